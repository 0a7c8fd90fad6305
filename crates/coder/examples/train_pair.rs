//! Trains the linear model of `hedgerow pair` from the codebook: `cargo xtask train pair`.
#![allow(clippy::print_stdout, reason = "an example")]

use std::path::Path;
use std::{env, error, fs};

use hedgerow_codebook::Codebook;
use hedgerow_coder::train_pairs;
use hedgerow_parse::Model;

fn main() -> Result<(), Box<dyn error::Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let frames = fs::read_to_string(here.join("../../codebook/pair/frames.txt"))?;
    let trained = train_pairs(&Codebook::embedded()?, &Model::english()?, &frames)
        .map_err(|wrong| format!("codebook/pair/frames.txt: {wrong}"))?;
    let all = trained.examples + trained.generated;
    println!(
        "{} pairs of examples, {} generated; {} of {all} right after training",
        trained.examples, trained.generated, trained.right
    );
    let file = here.join("data/pair.bin");
    fs::write(&file, &trained.file)?;
    println!(
        "written to crates/coder/data/pair.bin ({} bytes); build anew to use it",
        trained.file.len()
    );
    Ok(())
}
