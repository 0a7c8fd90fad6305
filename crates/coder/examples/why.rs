//! Why a sense did not fire: `why [DAY OF PUBLICATION] < TEXT` prints the claims of a text and, for each word with senses, what
//! was lacking. Reads `codebook/` of the working directory.
#![allow(clippy::print_stdout, reason = "an example program prints")]

use std::io::Read;
use std::path::Path;

use hedgerow_codebook::{ClaimLine, Codebook, Source};
use hedgerow_coder::Coder;
use hedgerow_parse::Model;
use hedgerow_text::{Document, Meta};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let published = std::env::args().nth(1).map(|day| day.parse()).transpose()?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let (codebook, _) = Codebook::check(&Source::read(Path::new("codebook"))?);
    let model = Model::english()?;
    let mut coder = Coder::new(&codebook, &model);
    let document = Document::new("why", text, Meta { published, ..Meta::default() });
    for claim in coder.code(&document).claims {
        println!("{}  [{}]", ClaimLine::from(&claim), claim.rule);
    }
    for tried in coder.why(&document) {
        println!("  {} {}: {}", tried.word, tried.sense, tried.why);
    }
    Ok(())
}
