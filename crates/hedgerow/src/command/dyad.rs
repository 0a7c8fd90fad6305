//! `hedgerow dyad`: what a ledger holds on two states.

use anyhow::bail;
use clap::ValueEnum;
use hedgerow_ledger::{ClaimRow, Fact};
use hedgerow_measure::series::{Step, dyads};
use serde::Serialize;

use super::SheetFormat;
use crate::print::{Out, csv, series, sheet};
use crate::who;

/// Show what a ledger holds on two states: ties, events, flows, stances, each with document and quote.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow dyad VNM JPN
  hedgerow dyad Vietnam Japan --ledger asia.sqlite
  hedgerow dyad VNM JPN --format csv > vnm-jpn.csv
  hedgerow dyad VNM JPN --ledger archive/
  hedgerow dyad VNM JPN --by year                  counts, scores and sums of each year")]
pub(crate) struct Args {
    /// A code (VNM), a name (Vietnam), or an organisation (IGO:ASEAN).
    #[arg(value_name = "A")]
    a: String,
    /// The other side.
    #[arg(value_name = "B")]
    b: String,
    #[command(flatten)]
    ledger: super::LedgerFile,
    /// A sheet for people, JSON lines, or comma-separated values.
    #[arg(long, value_enum, default_value = "table")]
    format: SheetFormat,
    /// Directed dyad-years or dyad-months over facts, instead of the sheet.
    #[arg(long, value_enum, value_name = "PERIOD")]
    by: Option<By>,
}

/// Length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// A calendar year.
    Year,
    /// A calendar month.
    Month,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let codebook = crate::codebook::load(None)?;
    let (a, b) = (who::code(&codebook, &args.a)?, who::code(&codebook, &args.b)?);
    if a == b {
        bail!("{} and {}: both are {a}; give two different states", args.a, args.b);
    }
    let ledger = args.ledger.store()?;
    let claims = ledger.dyad(&a, &b)?;
    if let Some(by) = args.by {
        let coverage = ledger.coverage()?;
        let step = if by == By::Year { Step::Year } else { Step::Month };
        let happenings = hedgerow_data::happenings(&claims, &ledger.lens(&claims)?, &codebook);
        let (mut rows, outside) = dyads(&happenings, &coverage, step);
        let of_pair = |x: &str, y: &str| x == a && y == b || x == b && y == a;
        rows.retain(|row| of_pair(&row.actor, &row.recipient));
        return series::print(out, args.format, &rows, &outside);
    }
    let name = |code: &str| format!("{} ({code})", codebook.gazetteer.name_of(code));
    let facts = ledger.facts(&claims)?;
    if args.format != SheetFormat::Table {
        return records(out, args.format, &facts, &claims);
    }
    out.line(out.style.strong(&format!("{} and {}", name(&a), name(&b))))?;
    if claims.is_empty() {
        out.line(format!("{} says nothing of them.", args.ledger.ledger.display()))?;
        return Ok(());
    }
    out.line(out.style.faint(&sheet::extent(&claims)))?;
    sheet::print(out, &facts, &sheet::rows(&claims))?;
    out.blank()?;
    if let Some(fact) = facts.iter().find(|it| it.disputed).or(facts.first()) {
        let option = args.ledger.option();
        out.line(
            out.style
                .faint(&format!("Every claim of one of them: hedgerow fact {}{option}", fact.id)),
        )?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Record<'a> {
    #[serde(flatten)]
    row: &'a ClaimRow,
    fact: &'a str,
}

/// The claims with the fact that each belongs to, for machines.
pub(super) fn records(
    out: &mut Out,
    format: SheetFormat,
    facts: &[Fact],
    claims: &[ClaimRow],
) -> anyhow::Result<()> {
    if format == SheetFormat::Csv {
        csv::head(out)?;
    }
    for row in claims {
        let in_fact = |it: &&Fact| it.members.iter().any(|member| member.claim == row.claim.id);
        let fact = facts.iter().find(in_fact).map_or("", |it| it.id.as_str());
        match format {
            SheetFormat::Csv => csv::row(out, row, fact)?,
            _ => out.line(serde_json::to_string(&Record { row, fact })?)?,
        }
    }
    Ok(())
}
