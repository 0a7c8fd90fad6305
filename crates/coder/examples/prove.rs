//! Puts the examples of the codebook to the test: `prove [PART OF A FILE NAME OR SENSE]`. Reads `codebook/` of the working
//! directory, so that nothing is built anew after an edit.
#![allow(clippy::print_stdout, reason = "an example program prints")]

use std::path::Path;

use hedgerow_codebook::{Codebook, Source};
use hedgerow_coder::{Coder, prove};
use hedgerow_parse::Model;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let filter = std::env::args().nth(1).unwrap_or_default();
    let mut source = Source::default();
    walk(Path::new("codebook"), Path::new("codebook"), &mut source)?;
    let (codebook, faults) = Codebook::check(&source);
    for fault in &faults {
        println!("{fault}");
    }
    let model = Model::english()?;
    let mut coder = Coder::new(&codebook, &model);
    let (tried, broken) = prove(&codebook, &mut coder, &filter);
    for example in &broken {
        println!("{}\n  {}", example.place, example.text);
        for error in &example.errors {
            println!("      {error}");
        }
    }
    println!("{tried} examples, {} do not hold, {} faults", broken.len(), faults.len());
    Ok(())
}

fn walk(root: &Path, folder: &Path, source: &mut Source) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(root, &path, source)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv" || e == "md") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            source.insert(name, std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
