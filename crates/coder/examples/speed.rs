//! Measures the coder on documents (JSON lines with `id`, `text`, `published`): sentences a second of processor time for
//! everything from raw text, and for coding alone where the trees are given.
//!
//! `cargo run --release -p hedgerow-coder --example speed -- FILE.jsonl`

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use std::time::Instant;

use hedgerow_codebook::Codebook;
use hedgerow_coder::Coder;
use hedgerow_parse::Model;
use hedgerow_text::{Document, Meta};
use serde_json::Value;

/// Rounds, of which the fastest counts, as the least disturbed.
const ROUNDS: usize = 5;

/// Seconds of processor time of this thread, where the system tells; other programs do not count then.
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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let file = std::env::args().nth(1).ok_or("a file of JSON lines is needed")?;
    let mut documents = Vec::new();
    for line in std::fs::read_to_string(file)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        let field = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        let meta = Meta { published: field("published").parse().ok(), ..Meta::default() };
        documents.push(Document::new(field("id"), field("text"), meta));
    }
    let from = seconds(start);
    let model = Model::english()?;
    let codebook = Codebook::embedded().map_err(|faults| faults.to_string())?;
    println!("model and codebook ready after {:.0} ms", (seconds(start) - from) * 1e3);
    let mut coder = Coder::new(&codebook, &model);
    let parses: Vec<_> = documents.iter().map(|document| coder.parse(document)).collect();
    let sentences: usize = parses.iter().flatten().map(Vec::len).sum();
    let mut claims = 0;
    let whole = fastest(start, || {
        claims = documents.iter().map(|document| coder.code(document).claims.len()).sum();
    });
    let alone = fastest(start, || {
        for (document, parses) in documents.iter().zip(&parses) {
            std::hint::black_box(coder.code_parsed(document, parses));
        }
    });
    let each = sentences as f64;
    println!("{} documents, {sentences} sentences, {claims} claims", documents.len());
    println!("from raw text: {:.0} sentences a second", each / whole);
    println!("coding alone, trees given: {:.0} sentences a second", each / alone);
    Ok(())
}
