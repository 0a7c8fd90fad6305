//! `hedgerow facts`: the facts of a whole archive, once for all.

use std::io::IsTerminal;
use std::path::PathBuf;

use hedgerow_archive::{Archive, Step};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::print::Out;
use crate::print::wrap::count;

/// Take the claims of an archive together into facts, once for all.
///
/// Fills the columns `fact` and `stand` of each claim, by the rule by which a ledger has its facts. Afterwards series of states
/// with millions of claims are read as columns. Files are replaced one by one, each whole; begun again, it begins anew. It
/// needs free space of about three times the archive for a while.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow facts archive/
  hedgerow hedge VNM --rivals USA,CHN --series --ledger archive/")]
pub(crate) struct Args {
    /// The folder of the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let archive = Archive::open(&args.archive)?;
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(1), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}  {msg}") {
        bar.set_style(style);
    }
    bar.set_message("dealing out claims");
    let settled = archive.settle(|step| {
        let (done, of, what) = match step {
            Step::Dealt => (0, 1, "taking claims together"),
            Step::Taken(done, of) => (done, of, "taking claims together"),
            Step::Written(done, of) => (done, of, "writing files"),
        };
        bar.set_length(of as u64);
        bar.set_position(done as u64);
        bar.set_message(what);
    })?;
    bar.finish_and_clear();
    out.line(format!(
        "{} in {}, {} of several claims, in {}",
        count(settled.claims, "claim"),
        count(settled.facts, "fact"),
        settled.shared,
        args.archive.display()
    ))?;
    Ok(())
}
