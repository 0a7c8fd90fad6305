//! Prints the sentences of text files as CoNLL-U, with the posterior of every head and relation.
//!
//! `cargo run --release -p hedgerow-parse --example conllu -- FILE…`

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use hedgerow_parse::{Model, Parser};
use hedgerow_text::Span;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let model = Model::english()?;
    let mut parser = Parser::new(&model);
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(path)?;
        for sentence in parser.parse(&text, Span::new(0, text.len() as u32)) {
            print!("{}", sentence.to_conllu(&text, &model));
        }
    }
    Ok(())
}
