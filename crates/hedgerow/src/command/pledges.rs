//! `hedgerow pledges`: what one state promised another, and what came of it.

use anyhow::bail;
use hedgerow_codebook::ClaimLine;
use hedgerow_ledger::{ClaimRow, Commitment, Fact, Outcome, commitments};
use jiff::civil::Date;
use serde::Serialize;

use super::SheetFormat;
use crate::print::table::heading;
use crate::print::wrap::{count, wrap};
use crate::print::{Out, csv, sheet};
use crate::who;

/// Show what one state promised another and what came of it: offered, pledged, agreed, delivered, each with who says so.
///
/// Stages of one commitment are put side by side; they are never added up.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow pledges JPN VNM
  hedgerow pledges JPN VNM --from 2010 --to 2020
  hedgerow pledges Japan Vietnam --open
  hedgerow pledges JPN VNM --format jsonl")]
pub(crate) struct Args {
    /// Who promises: a code (JPN) or a name (Japan).
    #[arg(value_name = "GIVER")]
    giver: String,
    /// To whom.
    #[arg(value_name = "RECEIVER")]
    receiver: String,
    /// First year.
    #[arg(long, value_name = "YEAR")]
    from: Option<i16>,
    /// Last year.
    #[arg(long, value_name = "YEAR")]
    to: Option<i16>,
    /// Only promises of which no document says that they came.
    #[arg(long)]
    open: bool,
    /// Also what came without a promise on record.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    ledger: super::LedgerFile,
    /// A sheet for people, JSON lines, or comma-separated values.
    #[arg(long, value_enum, default_value = "table")]
    format: SheetFormat,
}

#[derive(Serialize)]
struct Record<'a> {
    giver: &'a str,
    receiver: &'a str,
    #[serde(flatten)]
    commitment: &'a Commitment,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let codebook = crate::codebook::load(None)?;
    let (giver, receiver) =
        (who::code(&codebook, &args.giver)?, who::code(&codebook, &args.receiver)?);
    if giver == receiver {
        bail!("{} and {}: both are {giver}; give two different states", args.giver, args.receiver);
    }
    let ledger = args.ledger.open()?;
    let rows = ledger.dyad(&giver, &receiver)?;
    let lens = ledger.lens(&rows)?;
    let facts = ledger.facts(&rows)?;
    let all: Vec<Commitment> = commitments(&giver, &receiver, &facts, &rows, &lens)
        .into_iter()
        .filter(|it| wanted(it, &rows, args))
        .collect();
    match args.format {
        SheetFormat::Jsonl => {
            for commitment in &all {
                let record = Record { giver: &giver, receiver: &receiver, commitment };
                out.line(serde_json::to_string(&record)?)?;
            }
            return Ok(());
        }
        SheetFormat::Csv => {
            csv::head(out)?;
            let by_id = sheet::rows(&rows);
            for fact in all.iter().flat_map(|it| &it.facts) {
                for member in &fact.members {
                    if let Some(row) = by_id.get(member.claim.as_str()) {
                        csv::row(out, row, &fact.id)?;
                    }
                }
            }
            return Ok(());
        }
        SheetFormat::Table => {}
    }
    let name = |code: &str| format!("{} ({code})", codebook.gazetteer.name_of(code));
    out.line(out.style.strong(&format!("What {} promised {}", name(&giver), name(&receiver))))?;
    if all.is_empty() {
        return Ok(out.line("Nothing on record.")?);
    }
    out.line(out.style.faint(&tally(&all)))?;
    all.iter().try_for_each(|it| show(out, it, &rows))
}

/// Whether a commitment is asked for.
fn wanted(it: &Commitment, rows: &[ClaimRow], args: &Args) -> bool {
    let by_id = sheet::rows(rows);
    let day = |fact: &Fact| -> Option<Date> {
        fact.start.or_else(|| {
            fact.members.iter().filter_map(|m| by_id.get(m.claim.as_str())?.published).min()
        })
    };
    let year = it.facts.iter().filter_map(day).min().map(Date::year);
    let inside = |year: i16| {
        args.from.is_none_or(|from| year >= from) && args.to.is_none_or(|to| year <= to)
    };
    let bounded = args.from.is_some() || args.to.is_some();
    let wish =
        it.facts.iter().all(|fact| matches!(fact.stage.as_deref(), Some("wanted" | "collapsed")));
    year.map_or(!bounded, inside)
        && (args.all || it.outcome != Outcome::Unannounced && !wish)
        && (!args.open || it.outcome == Outcome::Open)
}

/// "12 commitments: 7 delivered, 5 with nothing on record that it came".
fn tally(all: &[Commitment]) -> String {
    let outcomes = [
        Outcome::Delivered,
        Outcome::Partly,
        Outcome::Open,
        Outcome::Collapsed,
        Outcome::Unannounced,
    ];
    let parts: Vec<String> = outcomes
        .into_iter()
        .map(|outcome| (all.iter().filter(|it| it.outcome == outcome).count(), outcome))
        .filter(|(n, _)| *n > 0)
        .map(|(n, outcome)| format!("{n} {}", outcome.as_str()))
        .collect();
    format!("{}: {}", count(all.len() as u64, "commitment"), parts.join(", "))
}

fn show(out: &mut Out, commitment: &Commitment, rows: &[ClaimRow]) -> anyhow::Result<()> {
    let style = out.style;
    let by_id = sheet::rows(rows);
    let what = commitment.facts.iter().find_map(|it| it.label.clone()).unwrap_or_default();
    let what = if what.is_empty() { commitment.facts[0].type_.clone() } else { what };
    heading(
        out,
        style,
        &format!("{}: {}", crate::trouble::visible(&what), commitment.outcome.as_str()),
    )?;
    for fact in &commitment.facts {
        let Some(row) = sheet::first(fact, &by_id) else { continue };
        let stage = fact.stage.as_deref().unwrap_or("");
        let disputed = if fact.disputed {
            style.alarm(&format!("  {}", sheet::dispute(fact)))
        } else {
            String::new()
        };
        out.line(format!("  {stage:<10} {}{disputed}", ClaimLine::from(&row.claim)))?;
        for member in fact.members.iter().take(3) {
            let Some(row) = by_id.get(member.claim.as_str()) else { continue };
            for line in wrap(&format!("“{}”", row.claim.evidence.text), style.width, 13) {
                out.line(line)?;
            }
            out.line(style.faint(&format!("             {}", sheet::origin(row))))?;
        }
        let voices = count(fact.origins.len() as u64, "voice");
        out.line(style.faint(&format!("             {}  {voices}", fact.id)))?;
    }
    Ok(())
}
