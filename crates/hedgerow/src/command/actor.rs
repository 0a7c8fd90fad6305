//! `hedgerow actor`: what a ledger holds on one state.

use std::collections::BTreeMap;

use hedgerow_codebook::claim::Kind;
use hedgerow_ledger::{Extent, Sheet};

use super::{SheetFormat, dyad};
use crate::print::table::{Table, heading};
use crate::print::{Out, published, sheet};
use crate::who;

/// Show what a ledger holds on one state: whom it deals with, its ties, events, flows and stances.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow actor VNM
  hedgerow actor \"South Korea\" --ledger asia.sqlite
  hedgerow actor IGO:ASEAN --format jsonl")]
pub(crate) struct Args {
    /// A code (VNM), a name (Vietnam), or an organisation (IGO:ASEAN).
    #[arg(value_name = "CODE")]
    code: String,
    #[command(flatten)]
    ledger: super::LedgerFile,
    /// A sheet for people, JSON lines, or comma-separated values.
    #[arg(long, value_enum, default_value = "table")]
    format: SheetFormat,
    /// How many facts of each section the sheet shows, the newest; 0 for all.
    #[arg(long, value_name = "N", default_value_t = super::SHEET_FACTS)]
    limit: usize,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let codebook = crate::codebook::load(None)?;
    let code = who::code(&codebook, &args.code)?;
    let ledger = args.ledger.store()?;
    let claims = ledger.actor(&code)?;
    let facts = ledger.facts(&claims)?;
    if args.format != SheetFormat::Table {
        return dyad::records(out, args.format, &facts, &claims);
    }
    let style = out.style;
    let name = |code: &str| codebook.gazetteer.name_of(code).to_owned();
    out.line(style.strong(&format!("{} ({code})", name(&code))))?;
    // An archive has no imports to measure.
    let figures = match ledger.ledger() {
        Some(ledger) => hedgerow_data::published::of_state(ledger, &code, i16::MAX)?,
        None => Vec::new(),
    };
    if claims.is_empty() {
        out.line(format!("{} says nothing of it.", args.ledger.ledger.display()))?;
        published::print(out, &figures)?;
        return Ok(());
    }
    out.line(style.faint(&sheet::extent(&Extent::of(&claims))))?;
    let mut partners: BTreeMap<&str, [usize; 5]> = BTreeMap::new();
    for row in &claims {
        let column = match row.claim.kind {
            Kind::Tie => 1,
            Kind::Event => 2,
            Kind::Flow => 3,
            Kind::Stance => 4,
            _ => continue,
        };
        for partner in sheet::partners(&row.claim, &code) {
            let counts = partners.entry(partner).or_default();
            counts[0] += 1;
            counts[column] += 1;
        }
    }
    let mut order: Vec<(&str, [usize; 5])> = partners.into_iter().collect();
    order.sort_by_key(|(code, counts)| (usize::MAX - counts[0], *code));
    let mut table = Table::new(&["with", "code", "claims", "ties", "events", "flows", "stances"]);
    for (code, counts) in &order {
        let mut cells = vec![name(code), (*code).to_owned()];
        cells.extend(counts.iter().map(ToString::to_string));
        table.row(cells);
    }
    if !table.is_empty() {
        heading(out, style, "Whom it deals with")?;
        table.print(out)?;
    }
    let busiest = order.first().map(|(partner, _)| (*partner).to_owned());
    sheet::print(out, &Sheet::of(claims, &facts, args.limit))?;
    published::print(out, &figures)?;
    if let Some(partner) = &busiest {
        out.blank()?;
        let option = args.ledger.option();
        let pair =
            format!("hedgerow dyad {} {}{option}", super::quoted(&code), super::quoted(partner));
        out.line(style.faint(&format!("The pair: {pair}")))?;
    }
    Ok(())
}
