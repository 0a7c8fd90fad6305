//! Prints the claim lines of text files: `lines PUBLISHED FILE…`, with `-j` as JSON lines.
#![allow(clippy::print_stdout, reason = "an example program prints")]

use hedgerow_codebook::{ClaimLine, Codebook, Source};
use hedgerow_coder::Coder;
use hedgerow_parse::Model;
use hedgerow_text::{Document, Meta};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let json = args.first().is_some_and(|a| a == "-j");
    if json {
        args.remove(0);
    }
    let (codebook, _) = Codebook::check(&Source::embedded());
    let model = Model::english()?;
    let mut coder = Coder::new(&codebook, &model);
    let published = args.first().and_then(|date| date.parse().ok());
    for path in args.iter().skip(1) {
        let text = std::fs::read_to_string(path)?;
        let id = std::path::Path::new(path).file_stem().unwrap_or_default().to_string_lossy();
        let document = Document::new(id, text, Meta { published, ..Meta::default() });
        for claim in coder.code(&document).claims {
            if json {
                println!("{}", serde_json::to_string(&claim)?);
            } else {
                println!(
                    "{}  [{}]\n    {}",
                    ClaimLine::from(&claim),
                    claim.rule,
                    claim.evidence.text
                );
            }
        }
    }
    Ok(())
}
