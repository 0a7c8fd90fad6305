//! `hedgerow import`: data that somebody else coded or counted, into a ledger.

mod claims;
mod documents;
mod rates;
mod source;

use clap::Subcommand;

use crate::print::Out;
use crate::trouble::Trouble;

/// Take data into a ledger that was coded or counted elsewhere: structured sources (votes, alliances, trade, arms, aid, leaders,
/// events), claims, exchange rates.
///
/// It is safe to repeat: what the ledger has is left as it is, and a long import that was cut short goes on. Rows that are refused
/// are counted with their reasons; dates and units are never guessed.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "\
Examples:
  hedgerow import --list                                      structured sources: what they are, how to cite them
  hedgerow import sipri trade-register.csv --dry-run
  hedgerow import comtrade imports-2019.csv --assume flow=M --version 2024-05-01
  hedgerow import claims claims.jsonl --documents meta.jsonl --documents texts/
  hedgerow import rates rates.csv --ledger asia.sqlite")]
pub(crate) struct Args {
    #[command(subcommand)]
    kind: Option<Kind>,
    #[command(flatten)]
    source: source::Args,
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
        Some(Kind::Claims(args)) => claims::run(args, out, trouble),
        Some(Kind::Rates(args)) => rates::run(args, out, trouble),
        None => source::run(&args.source, out, trouble),
    }
}
