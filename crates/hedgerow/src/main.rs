//! Hedgerow reads reporting about states and keeps a sourced ledger of the ties between them.
//!
//! This crate is the command line: it reads files, calls the other crates, and prints. One file a command in [`command`],
//! what they read in `input`, what they show in `print`.

mod codebook;
mod command;
mod engine;
mod files;
mod hand_in;
mod input;
mod print;
mod store;
mod ties;
mod trouble;
mod who;

use std::process::ExitCode;

use clap::Parser;

use print::Out;
use trouble::{Trouble, is_closed_pipe};

/// With musl's own, threads wait for each other at every allocation.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Read reporting about states; keep a sourced ledger of the ties between them.
#[derive(Debug, Parser)]
#[command(name = "hedgerow", version, max_term_width = 100, subcommand_required = true)]
#[command(after_help = "\
Start here:
  hedgerow code article.txt --published 2015-09-20   claims of one article
  hedgerow add corpus/                               code a folder and keep it in hedgerow.sqlite
  hedgerow dyad VNM JPN                              what the ledger says of two states
  hedgerow serve                                     the same in a browser

Exit status: 0 fine, 1 some input was refused, 2 wrong usage or environment.")]
struct Cli {
    #[command(subcommand)]
    command: command::Command,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if matches!(cli.command, command::Command::ExtractPdf) {
        return ExitCode::from(hedgerow_ingest::pdf::child());
    }
    let mut out = Out::stdout();
    let mut trouble = Trouble::default();
    let done = command::run(cli.command, &mut out, &mut trouble).and_then(|()| Ok(out.flush()?));
    match done {
        Ok(()) if trouble.any() => ExitCode::from(1),
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads us has seen enough: `hedgerow code … | head`.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            trouble::complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}
