//! A ledger of many documents, made and asked, with times: what `docs/ledger.md` says of size and speed.
//!
//! ```text
//! big make LEDGER [DOCUMENTS]     100,000 documents of 2 kB with 10 claims each, unless told otherwise
//! big ask LEDGER                  sheets of pairs, full-text search, one fact: time on the processor
//! big grow LEDGER                 ten more documents, one by one, each with its facts
//! ```
//!
//! Everything is made up by a fixed generator: the same documents every time. States come as unevenly as in the news (the
//! n-th in proportion to 1/n), words as in English.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use hedgerow_codebook::Claim;
use hedgerow_ledger::{Keep, Ledger, NewDocument, sha256_hex};
use hedgerow_text::Meta;
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use serde_json::{Value, json};

const STATES: usize = 190;
const WORDS: usize = 20_000;
const CLAIMS: usize = 10;
const BYTES: usize = 2_000;
/// Facts of each section that a sheet shows, as on the command line.
const SHEET: usize = 50;
/// Documents of one transaction, as an import keeps them.
const BATCH: usize = 250;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words[..] {
        ["make", ledger] => make(Path::new(ledger), 100_000),
        ["make", ledger, documents] => make(Path::new(ledger), documents.parse()?),
        ["ask", ledger] => ask(Path::new(ledger)),
        ["grow", ledger] => grow(Path::new(ledger)),
        _ => Err("usage: big make LEDGER [DOCUMENTS] | big ask LEDGER | big grow LEDGER".into()),
    }
}

fn make(path: &Path, documents: usize) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let mut ledger = Ledger::open(path)?;
    let mut chance = Chance(20_150_920);
    let (mut kept, mut spent, mut worked) = (0, Duration::ZERO, 0.0);
    for first in (0..documents).step_by(BATCH) {
        let batch = (first..documents.min(first + BATCH))
            .map(|n| document(n, &mut chance))
            .collect::<Result<Vec<NewDocument>, _>>()?;
        let (keeping, before) = (Instant::now(), processor());
        for added in ledger.add_all(&batch, Keep::Text)? {
            added?;
        }
        spent += keeping.elapsed();
        worked += processor() - before;
        kept += batch.len() * CLAIMS;
    }
    let (seconds, claims) = (spent.as_secs_f64(), kept as f64);
    let rates = (claims / seconds, claims / worked);
    writeln!(
        out,
        "{documents} documents, {kept} claims kept in {seconds:.1} s: {:.0} a second",
        rates.0
    )?;
    writeln!(out, "  {worked:.1} s of that on the processor: {:.0} a second", rates.1)?;
    let (settling, before) = (Instant::now(), processor());
    let facts = ledger.settle(true)?;
    let (seconds, worked) = (settling.elapsed().as_secs_f64(), processor() - before);
    writeln!(out, "{facts} facts in {seconds:.1} s, {worked:.1} s on the processor")?;
    drop(ledger);
    writeln!(out, "file: {:.0} MB", fs::metadata(path)?.len() as f64 / 1e6)?;
    Ok(())
}

fn grow(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let mut ledger = Ledger::open(path)?;
    let first = usize::try_from(ledger.state()?)?;
    let mut chance = Chance(first as u64);
    for n in first..first + 10 {
        let new = document(n, &mut chance)?;
        let (begun, before) = (Instant::now(), processor());
        ledger.add(&new)?;
        let facts = ledger.settle(false)?;
        let (seconds, worked) = (begun.elapsed().as_secs_f64(), processor() - before);
        writeln!(
            out,
            "{}: {facts} facts anew, {seconds:.2} s, {worked:.2} s on the processor",
            new.id
        )?;
    }
    Ok(())
}

fn ask(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let ledger = Ledger::open_reader(path)?;
    let sheet = |a: usize, b: usize| -> Result<(Duration, u64, u64), Box<dyn Error>> {
        // The better of two, and the time on the processor where that is told: other programs may have it meanwhile.
        let mut best = (Duration::MAX, 0, 0);
        for _ in 0..2 {
            let watch = Watch::start();
            let sheet = ledger.sheet(&code(a), &code(b), SHEET)?;
            best = best.min((watch.read(), sheet.extent.claims, sheet.facts()));
        }
        Ok(best)
    };
    let show = |(time, claims, facts): (Duration, u64, u64)| {
        format!("{:.1} ms ({claims} claims, {facts} facts)", time.as_secs_f64() * 1e3)
    };
    // From the busiest pairs to the rarest.
    let mut sheets = Vec::new();
    for a in (0..STATES).step_by(7) {
        for b in (a + 1..STATES).step_by(11) {
            sheets.push(sheet(a, b)?);
        }
    }
    sheets.sort_unstable();
    let at = |share: usize| sheets[(sheets.len() - 1) * share / 100];
    writeln!(out, "sheets of {} pairs: median {}", sheets.len(), show(at(50)))?;
    writeln!(
        out,
        "  95 in 100 below {}, 99 in 100 below {}, slowest {}",
        show(at(95)),
        show(at(99)),
        show(at(100))
    )?;
    writeln!(out, "  the busiest pair: {}", show(sheet(0, 1)?))?;
    let watch = Watch::start();
    let rows = ledger.dyad(&code(0), &code(1))?;
    let facts = ledger.facts(&rows)?.len();
    let whole = watch.read().as_secs_f64();
    writeln!(out, "  all of it, as for an export: {whole:.2} s, {facts} facts")?;
    for words in [&[3][..], &[2, 5], &[40, 300], &[900], &[15_000]] {
        let words = words.iter().map(|&n| word(n)).collect::<Vec<_>>().join(" ");
        let watch = Watch::start();
        let hits = ledger.search(&words, 20)?;
        writeln!(
            out,
            "search for {words}: {:.1} ms, {} shown",
            watch.read().as_secs_f64() * 1e3,
            hits.len()
        )?;
    }
    let watch = Watch::start();
    let fact = ledger.fact("doc000123-01")?;
    let claims = fact.map_or(0, |it| it.members.len());
    writeln!(out, "one fact: {:.1} ms, {claims} claims", watch.read().as_secs_f64() * 1e3)?;
    Ok(())
}

/// Seconds that this program has had the processor (Linux tells; elsewhere 0).
fn processor() -> f64 {
    let told = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    told.split_whitespace().next().and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

/// Measures the time on the processor; the time of day where that is not told.
struct Watch(Instant, f64);

impl Watch {
    fn start() -> Self {
        Self(Instant::now(), processor())
    }

    fn read(&self) -> Duration {
        let worked = processor() - self.1;
        if worked > 0.0 { Duration::from_secs_f64(worked) } else { self.0.elapsed() }
    }
}

/// Numbers that look like chance (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let n = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        n ^ (n >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// Fewer than so many days.
    fn days(&mut self, most: usize) -> Span {
        i32::try_from(self.below(most)).unwrap_or(0).days()
    }

    /// One of several.
    fn of<'a>(&mut self, several: &[&'a str]) -> &'a str {
        several[self.below(several.len())]
    }

    /// A number below `n`, the k-th in proportion to 1/k.
    fn uneven(&mut self, n: usize) -> usize {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((n as f64).powf(share) as usize - 1).min(n - 1)
    }
}

fn code(n: usize) -> String {
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    [letter(n / 26), letter(n), letter(n * 7 + 3)].iter().collect()
}

fn word(n: usize) -> String {
    const PARTS: [&str; 20] = [
        "ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "le", "mu", "na", "po", "ri", "se", "tu",
        "va", "wo", "xi", "ye", "zu",
    ];
    let mut text = String::new();
    let mut rest = n + 20;
    while rest > 0 {
        text.push_str(PARTS[rest % 20]);
        rest /= 20;
    }
    text
}

fn document(n: usize, chance: &mut Chance) -> serde_json::Result<NewDocument> {
    let mut text = String::with_capacity(BYTES + 20);
    let mut starts = Vec::new();
    while text.len() < BYTES {
        starts.push(text.len());
        text.push_str(&word(chance.uneven(WORDS)));
        text.push(if chance.below(12) == 0 { '.' } else { ' ' });
    }
    let published = date(2000, 1, 1).saturating_add(chance.days(9_400));
    let id = format!("doc{n:06}");
    let claims = (1..=CLAIMS)
        .map(|i| claim(&id, i, &text, &starts, published, chance))
        .collect::<serde_json::Result<Vec<Claim>>>()?;
    Ok(NewDocument {
        path: format!("news/{id}.txt"),
        bytes_sha256: sha256_hex(text.as_bytes()),
        meta: Meta {
            title: Some(text[..60].to_owned()),
            outlet: Some(format!("Outlet {}", chance.uneven(400))),
            published: Some(published),
            ..Meta::default()
        },
        claims,
        diagnostics: Vec::new(),
        codebook: "big".to_owned(),
        model: "big".to_owned(),
        text,
        id,
        ..NewDocument::default()
    })
}

fn claim(
    doc: &str,
    number: usize,
    text: &str,
    starts: &[usize],
    published: Date,
    chance: &mut Chance,
) -> serde_json::Result<Claim> {
    let at = chance.below(starts.len() - 14);
    let (start, end) = (starts[at], starts[at + 12] - 1);
    let from = chance.uneven(STATES);
    let to = (from + 1 + chance.uneven(STATES - 1)) % STATES;
    let actor =
        |n: usize| json!([{"code": code(n), "name": code(n), "role": "GOV", "person": null}]);
    let day = published.saturating_sub(chance.days(7)).to_string();
    let date = match chance.below(3) {
        0 => json!({"start": null, "end": null, "precision": "none", "text": null}),
        _ => json!({"start": day, "end": day, "precision": "day", "text": "on Monday"}),
    };
    let (kind, type_, mode) = match chance.below(20) {
        0..=4 => ("event", "CONSULT", json!(chance.of(&["visit", "meet", "phone"]))),
        5..=12 => {
            let types = [
                "ACCUSE",
                "SUPPORT",
                "COOPERATE",
                "REQUEST",
                "REJECT",
                "THREATEN",
                "SANCTION",
                "AGREE",
            ];
            ("event", chance.of(&types), Value::Null)
        }
        13..=16 => {
            ("flow", chance.of(&["aid", "arms", "loan", "investment", "equipment"]), Value::Null)
        }
        17..=18 => ("stance", "stance", Value::Null),
        _ => ("tie", chance.of(&["partnership", "dispute", "alliance"]), Value::Null),
    };
    let mut claim = json!({
        "id": format!("{doc}-{number:02}"), "doc": doc, "kind": kind, "type": type_, "mode": mode,
        "actors": actor(from), "recipients": actor(to), "date": date,
        "modality": if chance.below(5) == 0 { "planned" } else { "actual" },
        "evidence": {"start": start, "end": end, "bstart": start, "bend": end, "text": &text[start..end]},
        "rule": "visit.1", "confidence": 0.9, "codebook": "big", "zone": "body",
    });
    match kind {
        "flow" => {
            let value = (chance.below(990) + 10) as f64 * 1e6;
            claim["amount"] = json!({"value": value, "unit": "money", "currency": "USD", "count_of": null,
                "qualifier": "exact", "text": "so much"});
        }
        "stance" => {
            claim["polarity"] = json!(1);
            claim["topic"] = json!(word(chance.uneven(WORDS)));
        }
        "event" => {
            claim["cameo"] = json!("042");
            claim["quad"] = json!(1);
        }
        _ => {}
    }
    serde_json::from_value(claim)
}
