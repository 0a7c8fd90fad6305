//! Writes an archive of generated claims that have facts, to measure how a large one is read:
//!
//! `cargo run --release -p hedgerow-archive --example many -- FOLDER 100000000 [FILES]`
//!
//! Claims of 1980 to 2024, one file a year (or as many as are said, as a run in batches leaves them), in the order and with the columns
//! that an archive has, and its documents. Pairs are drawn from 200 states by a power law (the eleventh state is in about one claim in
//! thirty), a fact has two claims or so, sizes, days and words are drawn. It speaks of no real happening; it has the shape of one: dictionary codes, runs of one pair, ids that differ, sentences as evidence.

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use hedgerow_archive::{Cell, Column, Table, Type};
use hedgerow_codebook::Codebook;
use jiff::civil::{Date, date};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

type Failure = Box<dyn std::error::Error + Send + Sync>;

const FIRST: i16 = 1980;
const LAST: i16 = 2024;
/// Rows that are made at a time.
const STEP: usize = 1 << 16;

const fn it(name: &'static str, kind: Type) -> Column {
    Column { name, kind }
}

const DOCUMENTS: [Column; 4] = [
    it("doc", Type::Text),
    it("outlet", Type::Code),
    it("published", Type::Day),
    it("claims", Type::Whole),
];

const COLUMNS: [Column; 25] = {
    [
        it("claim_id", Type::Text),
        it("doc", Type::Text),
        it("kind", Type::Code),
        it("type", Type::Code),
        it("mode", Type::Code),
        it("actors", Type::Code),
        it("recipients", Type::Code),
        it("symmetric", Type::Truth),
        it("date_start", Type::Day),
        it("date_end", Type::Day),
        it("precision", Type::Code),
        it("amount", Type::Number),
        it("unit", Type::Code),
        it("currency", Type::Code),
        it("modality", Type::Code),
        it("stage", Type::Code),
        it("polarity", Type::Whole),
        it("domain", Type::Code),
        it("evidence_bstart", Type::Whole),
        it("evidence_bend", Type::Whole),
        it("evidence", Type::Text),
        it("outlet", Type::Code),
        it("published", Type::Day),
        it("fact", Type::Text),
        it("stand", Type::Code),
    ]
};

/// Kind, type, mode, domain, modality, stage, polarity, whether it has a sum.
type What =
    (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, i8, bool);

const WHAT: [What; 12] = [
    ("event", "CONSULT", "visit", "diplomatic", "actual", "", 9, false),
    ("event", "CONSULT", "meet", "diplomatic", "actual", "", 9, false),
    ("event", "AGREE", "", "diplomatic", "actual", "", 9, false),
    ("event", "COOPERATE", "", "security", "actual", "", 9, false),
    ("event", "ACCUSE", "", "diplomatic", "actual", "", 9, false),
    ("event", "THREATEN", "", "security", "actual", "", 9, false),
    ("event", "SUPPORT", "", "diplomatic", "planned", "", 9, false),
    ("flow", "aid", "", "development", "actual", "delivered", 9, true),
    ("flow", "aid", "", "development", "pledged", "pledged", 9, true),
    ("flow", "investment", "", "economic", "actual", "delivered", 9, true),
    ("stance", "stance", "", "stance", "actual", "", 1, false),
    ("stance", "stance", "", "stance", "actual", "", -1, false),
];

/// Words of which evidence is made.
const WORDS: [&str; 24] = [
    "ministers",
    "talks",
    "harbour",
    "envoy",
    "treaty",
    "border",
    "exercise",
    "credit",
    "railway",
    "fishery",
    "vaccine",
    "summit",
    "refugees",
    "satellite",
    "tariff",
    "pipeline",
    "delegation",
    "ceasefire",
    "embassy",
    "students",
    "reactor",
    "frigate",
    "wheat",
    "radar",
];

/// Claims of a document.
const OF_DOCUMENT: u64 = 5;
/// Outlets.
const OUTLETS: u64 = 500;

/// Numbers that look drawn: the same on every machine.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 11
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// 0 to 1.
    fn share(&mut self) -> f64 {
        self.next() as f64 / (1_u64 << 53) as f64
    }

    /// The place of a state: the first is drawn most.
    fn state(&mut self, n: usize) -> usize {
        let x = self.share() * (n as f64 + 10.0).ln().mul_add(1.0, -(10_f64.ln()));
        ((x.exp() * 10.0 - 10.0) as usize).min(n - 1)
    }
}

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().ok_or("a folder is needed")?);
    let claims: u64 = args.next().ok_or("a number of claims is needed")?.parse()?;
    let files: u64 = args.next().map_or(Ok(1), |it| it.parse())?;
    let codebook = Codebook::embedded().map_err(|it| it.to_string())?;
    let first = ["USA", "CHN", "RUS", "GBR", "JPN", "FRA", "DEU", "IND", "KOR", "ISR", "VNM"];
    let others = codebook.gazetteer.states().iter().map(|it| &*it.code);
    let mut states: Vec<&str> = first.to_vec();
    states.extend(others.filter(|it| it.len() == 3 && !first.contains(it)).take(189));
    let years = u64::try_from(LAST - FIRST + 1)?;
    let queue = Mutex::new(FIRST..=LAST);
    let written = AtomicU64::new(0);
    let work = || -> Result<(), Failure> {
        loop {
            let Some(year) = queue.lock().map_err(|_| "a thread has ended")?.next() else {
                return Ok(());
            };
            for file in 0..files {
                one(&folder, year, file, claims / years / files, &states)?;
            }
            let all = written.fetch_add(claims / years, Ordering::Relaxed) + claims / years;
            println!("{year}: {all} claims");
        }
    };
    thread::scope(|scope| {
        let other = scope.spawn(work);
        work().and_then(|()| other.join().map_err(|_| "a thread has ended")?)
    })
}

/// A year: pairs in order, and of each its facts by day.
fn one(folder: &Path, year: i16, file: u64, claims: u64, states: &[&str]) -> Result<(), Failure> {
    let mut draw = Draw(0x9E37_79B9_7F4A_7C15 ^ u64::from(year.unsigned_abs()) << 17 ^ file << 40);
    let n = states.len();
    let mut pairs = vec![0_u32; n * n];
    for _ in 0..claims {
        let (a, b) = (draw.state(n), draw.state(n));
        let b = if a == b { (b + 1) % n } else { b };
        pairs[a * n + b] += 1;
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|&it| states[it]);
    let path = folder.join(format!("claims/year={year}/part-{file:06}.parquet"));
    fs::create_dir_all(path.parent().ok_or("no folder")?)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_data_page_row_count_limit(4096)
        .build();
    let schema = Table::new(&COLUMNS, false).finish()?.schema();
    let mut to = ArrowWriter::try_new(File::create(&path)?, schema, Some(properties))?;
    let mut table = Table::new(&COLUMNS, false);
    let (mut rows, mut number, mut claim) = (0, 0_u64, 0_u64);
    let daily = (claims / OF_DOCUMENT / 365).max(1);
    for &a in &order {
        for &b in &order {
            let mut left = pairs[a * n + b];
            let mut day = date(year, 1, 1);
            // So that the facts of a pair are spread over its year.
            let step = 730 / (left as usize / 2 + 1) + 1;
            while left > 0 {
                let of_fact = (1 + draw.below(3) as u32).min(left);
                left -= of_fact;
                number += 1;
                day = later(day, year, draw.below(step));
                let what = WHAT[draw.below(WHAT.len())];
                let sum = what.7.then(|| (draw.share() * 9.0).exp().round() * 1e5);
                let fact = format!("f-{year}{file:04}{number:08}");
                let words: [&str; 3] = std::array::from_fn(|_| WORDS[draw.below(WORDS.len())]);
                for k in 0..of_fact {
                    claim += 1;
                    let of_day = draw.next() % daily;
                    let doc = (day.day_of_year(), of_day);
                    let told =
                        Told { what, day, sum, fact: &fact, words, first: k == 0, doc, claim };
                    row(&mut table, &mut draw, (states[a], states[b]), &told);
                    rows += 1;
                }
            }
            if rows >= STEP {
                to.write(&std::mem::replace(&mut table, Table::new(&COLUMNS, false)).finish()?)?;
                rows = 0;
            }
        }
    }
    to.write(&table.finish()?)?;
    to.close()?;
    documents(folder, year, file, daily)
}

/// The documents of a year: as many each day.
fn documents(folder: &Path, year: i16, file: u64, daily: u64) -> Result<(), Failure> {
    let path = folder.join(format!("documents/year={year}/part-{file:06}.parquet"));
    fs::create_dir_all(path.parent().ok_or("no folder")?)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .build();
    let schema = Table::new(&DOCUMENTS, false).finish()?.schema();
    let mut to = ArrowWriter::try_new(File::create(&path)?, schema, Some(properties))?;
    let mut day = date(year, 1, 1);
    while day.year() == year {
        let mut table = Table::new(&DOCUMENTS, false);
        for of_day in 0..daily {
            table.row([
                Cell::Text(document(year, day.day_of_year(), of_day).into()),
                Cell::Text(format!("Outlet {}", of_day % OUTLETS).into()),
                Cell::Day(day),
                Cell::Whole(i32::try_from(OF_DOCUMENT)?),
            ]);
        }
        to.write(&table.finish()?)?;
        day = day.tomorrow()?;
    }
    to.close()?;
    Ok(())
}

fn document(year: i16, day_of_year: i16, of_day: u64) -> String {
    format!("d{year}{day_of_year:03}{of_day:05}")
}

/// A claim of a fact.
struct Told<'a> {
    what: What,
    day: Date,
    sum: Option<f64>,
    fact: &'a str,
    words: [&'a str; 3],
    first: bool,
    doc: (i16, u64),
    claim: u64,
}

fn later(day: Date, year: i16, days: usize) -> Date {
    let next =
        i64::try_from(days).ok().and_then(|it| day.checked_add(jiff::Span::new().days(it)).ok());
    next.filter(|it| it.year() == year).unwrap_or(date(year, 1, 1))
}

fn row(table: &mut Table, draw: &mut Draw, (a, b): (&str, &str), it: &Told<'_>) {
    let text =
        |it: &str| if it.is_empty() { Cell::Empty } else { Cell::Text(it.to_owned().into()) };
    let (kind, type_, mode, domain, modality, stage, polarity, _) = it.what;
    let doc = document(it.day.year(), it.doc.0, it.doc.1);
    let differs = !it.first && draw.below(10) == 0;
    let amount = it.sum.map(|sum| if differs { sum * 1.3 } else { sum });
    // A sentence of its own for each claim of each document; those of one fact share words.
    let at = (it.claim % 40) as i32 * 100;
    let evidence = format!(
        "{a} and {b}: {} {} {} {}",
        it.words[0],
        it.words[1],
        it.words[2],
        WORDS[draw.below(WORDS.len())]
    );
    table.row([
        Cell::Text(format!("{doc}-{:07}", it.claim).into()),
        Cell::Text(doc.into()),
        text(kind),
        text(type_),
        text(mode),
        text(a),
        text(b),
        Cell::Truth(false),
        Cell::Day(it.day),
        Cell::Day(it.day),
        text("day"),
        amount.map_or(Cell::Empty, Cell::Number),
        text(if amount.is_some() { "money" } else { "" }),
        text(if amount.is_some() { "USD" } else { "" }),
        text(modality),
        text(stage),
        if polarity == 9 { Cell::Empty } else { Cell::Whole(polarity.into()) },
        text(domain),
        Cell::Whole(at),
        Cell::Whole(at + 80),
        Cell::Text(evidence.into()),
        Cell::Text(format!("Outlet {}", it.doc.1 % OUTLETS).into()),
        Cell::Day(it.day),
        Cell::Text(it.fact.to_owned().into()),
        text(if differs { "differs" } else { "agrees" }),
    ]);
}
