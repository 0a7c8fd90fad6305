//! `hedgerow import`: data that somebody else coded or counted, into a ledger.

mod claims;
mod documents;
mod rates;

use clap::Subcommand;

use crate::print::Out;
use crate::trouble::Trouble;

/// Take data into a ledger that was coded or counted elsewhere.
///
/// It is safe to repeat: what the ledger has is left as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow import claims claims.jsonl --documents meta.jsonl --documents texts/
  hedgerow import rates rates.csv --ledger asia.sqlite")]
pub(crate) struct Args {
    #[command(subcommand)]
    kind: Kind,
}

/// What is imported.
#[derive(Debug, Subcommand)]
enum Kind {
    /// Claims in the interchange format, one JSON object a line.
    Claims(claims::Args),
    /// Exchange rates, as comma-separated values.
    Rates(rates::Args),
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    match &args.kind {
        Kind::Claims(args) => claims::run(args, out, trouble),
        Kind::Rates(args) => rates::run(args, out, trouble),
    }
}
