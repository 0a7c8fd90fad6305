//! Prints every mistake in the codebook; exit code 1 if there is any.
#![allow(clippy::print_stdout, reason = "an example program prints")]

use std::process::ExitCode;

use hedgerow_codebook::{Codebook, Source};

fn main() -> ExitCode {
    let (codebook, faults) = Codebook::check(&Source::embedded());
    for fault in &faults {
        println!("{fault}");
    }
    println!("{} pages, {} mistakes", codebook.pages.len(), faults.len());
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
