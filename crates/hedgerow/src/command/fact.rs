//! `hedgerow fact`: one fact with every claim for and against it.

use anyhow::bail;

use super::SheetFormat;
use crate::print::{Out, fact};

/// Show one fact with every claim for and against it, and who gives which figure.
///
/// The id is the fact's own (f-d00-07) or that of any claim in it (d00-07).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow fact f-0001-ships-for-hanoi-01
  hedgerow fact 0003-billions-at-sea-02 --format jsonl")]
pub(crate) struct Args {
    /// As the sheets print it.
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    ledger: super::LedgerFile,
    /// A sheet for people, JSON, or comma-separated values.
    #[arg(long, value_enum, default_value = "table")]
    format: SheetFormat,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let ledger = args.ledger.open()?;
    let Some(found) = ledger.fact(&args.id)? else {
        bail!(
            "{}: no fact or claim of that id in {}; `hedgerow actor CODE` and `hedgerow dyad A B` print the ids",
            args.id,
            args.ledger.ledger.display()
        );
    };
    let mut claims = Vec::new();
    for member in &found.members {
        claims.extend(ledger.claim(&member.claim)?);
    }
    match args.format {
        SheetFormat::Table => fact::print(out, &found, &claims)?,
        SheetFormat::Jsonl => out.line(serde_json::to_string(&found)?)?,
        SheetFormat::Csv => fact::as_csv(out, &found, &claims)?,
    }
    Ok(())
}
