//! Times the stages from JSON lines to Parquet, in sentences a second of processor time of one thread, each beside its ratio to a
//! fixed loop timed in the same run.
//!
//! `cargo run --release -p hedgerow-archive --example stages -- FILE.jsonl` (lines with `id`, `text`, `published`); `cargo xtask bench`
//! makes files.

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use std::hint::black_box;
use std::time::Instant;

use hedgerow_archive::{Coded, batch};
use hedgerow_codebook::Codebook;
use hedgerow_coder::Coder;
use hedgerow_ledger::ClaimRow;
use hedgerow_parse::{Model, Parser};
use hedgerow_text::{Document, Meta};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde_json::Value;

type Failure = Box<dyn std::error::Error>;

/// Rounds, of which the fastest counts, as the least disturbed.
const ROUNDS: usize = 3;
/// Steps of the loop that everything is compared with.
const STEPS: u64 = 100_000_000;

/// Seconds of processor time of this thread, where the system tells.
fn seconds(start: Instant) -> f64 {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = line.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    spent.map_or_else(|| start.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

fn fastest(start: Instant, mut work: impl FnMut()) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..ROUNDS {
        let from = seconds(start);
        work();
        least = least.min(seconds(start) - from);
    }
    least
}

/// The loop: each step hangs on the one before, so that no machine does two at once.
fn calibration() {
    let mut x = black_box(88_172_645_463_325_252_u64);
    for _ in 0..STEPS {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    black_box(x);
}

fn documents(lines: &str) -> Result<Vec<(String, String, Meta)>, Failure> {
    let one = |line: &str| -> Result<_, Failure> {
        let record: Value = serde_json::from_str(line)?;
        let field = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        let meta = Meta {
            published: field("published").parse().ok(),
            outlet: Some(field("outlet")),
            ..Meta::default()
        };
        Ok((field("id"), field("text"), meta))
    };
    lines.lines().map(one).collect()
}

fn written(rows: &[ClaimRow]) -> Result<usize, Failure> {
    let coded = rows.iter().map(|row| Coded { row, model: "", fact: None, stand: None });
    let batch = batch(coded, false)?;
    let level = Compression::ZSTD(ZstdLevel::try_new(3)?);
    let properties = WriterProperties::builder().set_compression(level).build();
    let mut to = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties))?;
    to.write(&batch)?;
    Ok(to.into_inner()?.len())
}

fn main() -> Result<(), Failure> {
    let start = Instant::now();
    let file = std::env::args().nth(1).ok_or("a file of JSON lines is needed")?;
    let text = std::fs::read_to_string(file)?;
    let from = seconds(start);
    let model = Model::english()?;
    let codebook = Codebook::embedded().map_err(|faults| faults.to_string())?;
    let ready = seconds(start) - from;
    let mut coder = Coder::new(&codebook, &model);
    let mut parser = Parser::new(&model);
    let all = documents(&text)?;
    let documents: Vec<Document> =
        all.iter().map(|(id, text, meta)| Document::new(id, text, meta.clone())).collect();
    let mut split = || -> usize {
        let zones = documents.iter().flat_map(|it| it.article().map(move |zone| (it, zone)));
        zones.map(|(it, zone)| parser.split(&it.text, zone.span).len()).sum()
    };
    let sentences = split();
    let steps = STEPS as f64 / fastest(start, calibration);
    let each = sentences as f64;
    println!(
        "{} documents, {sentences} sentences; model and codebook ready after {:.0} ms",
        documents.len(),
        ready * 1e3
    );
    let read: Vec<_> = documents.iter().map(|it| coder.code(it)).collect();
    let (all_read, parsed) =
        read.iter().fold((0, 0), |(n, m), it| (n + it.sentences, m + it.parsed));
    println!(
        "{parsed} of {all_read} sentences can hold a claim and are parsed: {:.1} %",
        100.0 * parsed as f64 / all_read as f64
    );
    println!("the loop: {:.0} million steps a second", steps / 1e6);
    let say = |stage: &str, taken: f64| {
        let rate = each / taken;
        println!(
            "{stage:<42} {rate:>10.0} sentences a second, {:>7.0} steps of the loop each",
            steps / rate
        );
    };
    say("reading (JSON lines)", fastest(start, || drop(black_box(self::documents(&text)))));
    say(
        "zones",
        fastest(start, || {
            for (id, text, meta) in &all {
                black_box(Document::new(id, text, meta.clone()));
            }
        }),
    );
    say(
        "language",
        fastest(start, || {
            for it in &documents {
                black_box(it.language());
            }
        }),
    );
    say(
        "sentences and tokens",
        fastest(start, || {
            black_box(split());
        }),
    );
    let parses: Vec<_> = documents.iter().map(|it| coder.parse(it)).collect();
    say(
        "parsing every sentence",
        fastest(start, || {
            for it in &documents {
                black_box(coder.parse(it));
            }
        }),
    );
    say(
        "coding, trees given",
        fastest(start, || {
            for (document, parses) in documents.iter().zip(&parses) {
                black_box(coder.code_parsed(document, parses));
            }
        }),
    );
    let mut rows = Vec::new();
    say(
        "from text to claims",
        fastest(start, || {
            rows.clear();
            for it in &documents {
                let meta = &it.meta;
                rows.extend(coder.code(it).claims.into_iter().map(|claim| ClaimRow {
                    claim,
                    title: None,
                    outlet: meta.outlet.clone(),
                    published: meta.published,
                    url: None,
                }));
            }
        }),
    );
    say("writing (Parquet)", fastest(start, || drop(black_box(written(&rows)))));
    println!("{} claims, {} bytes as Parquet", rows.len(), written(&rows)?);
    Ok(())
}
