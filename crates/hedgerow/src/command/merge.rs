//! `hedgerow merge`: a colleague's ledger into yours.

use std::path::PathBuf;

use anyhow::bail;
use hedgerow_ledger::Ledger;

use crate::input::shown;
use crate::print::Out;
use crate::print::wrap::count;

/// Add to a ledger what another one has: documents, claims, decisions, outlets, rates, imports.
///
/// It is safe to repeat. The other ledger is only read. A document that both have stays one; a decision keeps its author and
/// time; what you recorded of an outlet stays yours.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow merge colleague.sqlite
  hedgerow merge colleague.sqlite --ledger asia.sqlite")]
pub(crate) struct Args {
    /// The other ledger.
    #[arg(value_name = "OTHER")]
    other: PathBuf,
    #[command(flatten)]
    ledger: super::LedgerFile,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let same = args.other.canonicalize().ok().zip(args.ledger.ledger.canonicalize().ok());
    if same.is_some_and(|(a, b)| a == b) {
        bail!("{}: is the ledger itself; name another one", shown(&args.other));
    }
    let other = Ledger::open_reader(&args.other)?;
    let mut ledger = Ledger::open(&args.ledger.ledger)?;
    let merged = ledger.merge(&other)?;
    ledger.settle(merged.records > 0)?;
    let mut parts = vec![count(merged.new, "new document")];
    for (n, what) in [
        (merged.grown, "in a new version or coded otherwise"),
        (merged.known, "known already"),
        (merged.decisions, "new decisions"),
        (merged.records, "new records of outlets and rates"),
        (merged.imports, "new imports"),
    ] {
        if n > 0 {
            parts.push(format!("{n} {what}"));
        }
    }
    Ok(out.line(parts.join(", "))?)
}
