//! `hedgerow dyad`: what a ledger holds on two states.

use std::collections::BTreeMap;

use anyhow::bail;
use clap::ValueEnum;
use hedgerow_ledger::{ClaimRow, Fact};
use hedgerow_measure::series::{Step, dyads};
use serde::Serialize;

use super::SheetFormat;
use crate::print::{Out, csv, published, series, sheet};
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
    /// How many facts of each section the sheet shows, the newest; 0 for all.
    #[arg(long, value_name = "N", default_value_t = super::SHEET_FACTS)]
    limit: usize,
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
    let store = args.ledger.store()?;
    if let Some(by) = args.by {
        let coverage = store.coverage()?;
        let step = if by == By::Year { Step::Year } else { Step::Month };
        let happenings = store.happenings(&a, &b, &codebook)?;
        let (mut rows, outside) = dyads(&happenings, &coverage, step);
        let of_pair = |x: &str, y: &str| x == a && y == b || x == b && y == a;
        rows.retain(|row| of_pair(&row.actor, &row.recipient));
        return series::print(out, args.format, &rows, &outside);
    }
    if args.format != SheetFormat::Table {
        let claims = store.dyad(&a, &b)?;
        return records(out, args.format, &store.facts(&claims)?, &claims);
    }
    let name = |code: &str| format!("{} ({code})", codebook.gazetteer.name_of(code));
    let found = store.sheet(&a, &b, args.limit)?;
    out.line(out.style.strong(&format!("{} and {}", name(&a), name(&b))))?;
    // An archive has no imports to measure.
    let figures = match store.ledger() {
        Some(ledger) => hedgerow_data::published::of_pair(ledger, &a, &b, i16::MAX)?,
        None => Vec::new(),
    };
    if found.extent.claims == 0 {
        out.line(format!("{} says nothing of them.", args.ledger.ledger.display()))?;
        published::print(out, &figures)?;
        return Ok(());
    }
    out.line(out.style.faint(&sheet::extent(&found.extent)))?;
    sheet::print(out, &found)?;
    published::print(out, &figures)?;
    out.blank()?;
    let facts = || found.parts.iter().flat_map(|it| &it.facts).map(|it| &it.fact);
    let shown =
        found.differing.first().map(|it| &it.fact).or_else(|| facts().find(|it| it.disputed));
    if let Some(fact) = shown.or_else(|| facts().next()) {
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
    let members = facts
        .iter()
        .flat_map(|fact| fact.members.iter().map(|it| (it.claim.as_str(), fact.id.as_str())));
    let fact_of: BTreeMap<&str, &str> = members.collect();
    for row in claims {
        let fact = fact_of.get(row.claim.id.as_str()).copied().unwrap_or_default();
        match format {
            SheetFormat::Csv => csv::row(out, row, fact)?,
            _ => out.line(serde_json::to_string(&Record { row, fact })?)?,
        }
    }
    Ok(())
}
