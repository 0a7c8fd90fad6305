//! `hedgerow fact`: one fact with every claim for and against it.

use anyhow::bail;
use hedgerow_ledger::Ledger;

use super::SheetFormat;
use crate::print::{Out, fact, sheet};

/// Show one fact with every claim for and against it, and who gives which figure.
///
/// The id is the fact's own (f-d00-07) or that of any claim in it (d00-07).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow fact f-0001-ships-for-hanoi-01
  hedgerow fact 0003-billions-at-sea-02 --format jsonl
  hedgerow fact --all --format jsonl > facts.jsonl")]
pub(crate) struct Args {
    /// As the sheets print it.
    #[arg(value_name = "ID", required_unless_present = "all")]
    id: Option<String>,
    /// Every fact of the ledger: one a line.
    #[arg(long, conflicts_with = "id")]
    all: bool,
    #[command(flatten)]
    ledger: super::LedgerFile,
    /// A sheet for people, JSON, or comma-separated values.
    #[arg(long, value_enum, default_value = "table")]
    format: SheetFormat,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let ledger = args.ledger.open()?;
    let Some(id) = &args.id else { return all(args, &ledger, out) };
    let Some((found, related)) = ledger.fact_and_related(id)? else {
        bail!(
            "{id}: no fact or claim of that id in {}; `hedgerow actor CODE` and `hedgerow dyad A B` print the ids",
            args.ledger.ledger.display()
        );
    };
    let mut claims = Vec::new();
    for member in &found.members {
        claims.extend(ledger.claim(&member.claim)?);
    }
    match args.format {
        SheetFormat::Table => {
            let mut others = Vec::new();
            for (relation, fact) in &related {
                let spoken = fact.current.as_ref().map_or(&fact.members[0].claim, |it| &it.claim);
                others.extend(ledger.claim(spoken)?.map(|row| (*relation, fact, row)));
            }
            fact::print(out, &found, &claims, &others)?;
        }
        SheetFormat::Jsonl => out.line(serde_json::to_string(&found)?)?,
        SheetFormat::Csv => fact::as_csv(out, &found, &claims)?,
    }
    Ok(())
}

/// Every fact, one a line: those in which figures differ by the greatest factor first where people read.
fn all(args: &Args, ledger: &Ledger, out: &mut Out) -> anyhow::Result<()> {
    let claims = ledger.claims()?;
    let mut facts = ledger.facts(&claims)?;
    match args.format {
        SheetFormat::Jsonl => {
            for fact in &facts {
                out.line(serde_json::to_string(fact)?)?;
            }
        }
        SheetFormat::Csv => super::dyad::records(out, args.format, &facts, &claims)?,
        SheetFormat::Table => {
            facts.sort_by(|a, b| b.factor.unwrap_or(0.0).total_cmp(&a.factor.unwrap_or(0.0)));
            sheet::list(out, &facts, &sheet::rows(&claims))?;
        }
    }
    Ok(())
}
