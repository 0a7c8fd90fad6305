//! Codes documents (JSON lines with `id`, `text`, `published`) once, and says how many sentences they have: for callgrind, which counts
//! the instructions of the whole run.
//!
//! `cargo run --release -p hedgerow-coder --example once -- FILE.jsonl`

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use hedgerow_codebook::Codebook;
use hedgerow_coder::Coder;
use hedgerow_parse::Model;
use hedgerow_text::{Document, Meta};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("a file of JSON lines is needed")?;
    let model = Model::english()?;
    let codebook = Codebook::embedded().map_err(|faults| faults.to_string())?;
    let mut coder = Coder::new(&codebook, &model);
    let mut sentences = 0;
    for line in std::fs::read_to_string(file)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        let field = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        let meta = Meta { published: field("published").parse().ok(), ..Meta::default() };
        sentences += coder.code(&Document::new(field("id"), field("text"), meta)).sentences;
    }
    println!("{sentences}");
    Ok(())
}
