//! `hedgerow import rates`: what a dollar was worth, day by day.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use hedgerow_ledger::Ledger;
use jiff::civil::Date;

use crate::input::shown;
use crate::print::Out;
use crate::print::wrap::count;
use crate::trouble::{Refusal, Trouble};

/// Take exchange rates into a ledger, by which sums of two currencies are compared.
///
/// Amounts stay as written. A sum is compared at the rate of the nearest day, no more than a year away; without a rate two
/// currencies are called not comparable.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow import rates rates.csv
  hedgerow import rates rates.csv --ledger asia.sqlite

The file has a head and one rate a line; `source` may be left out:
  date,currency,per_usd,source
  2015-09-15,JPY,120.2,Bank of Japan")]
pub(crate) struct Args {
    /// Comma-separated values: date, currency, `per_usd` (units of it for one US dollar), source.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    ledger: super::super::LedgerFile,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let name = shown(&args.file);
    let content = fs::read_to_string(&args.file)
        .with_context(|| format!("{name}: cannot be read; check the path"))?;
    let mut rates = Vec::new();
    for (n, line) in content.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty())
    {
        match rate(line, &name) {
            Ok(rate) => rates.push(rate),
            Err(wrong) => {
                let remedy =
                    "write date,currency,per_usd,source, as 2015-09-15,JPY,120.2,Bank of Japan";
                trouble.refuse(&Refusal::new(format!("{name}:{}", n + 1), wrong, remedy));
            }
        }
    }
    let mut ledger = Ledger::open(&args.ledger.ledger)?;
    let new = ledger.record_rates(&rates)?;
    if new > 0 {
        ledger.settle(true)?;
    }
    let known = rates.len() - new;
    Ok(out.line(format!("{}, {known} known already", count(new as u64, "new rate")))?)
}

fn rate(line: &str, file: &str) -> Result<(String, Date, f64, String), String> {
    let mut cells = line.split(',').map(|cell| cell.trim().trim_matches('"'));
    let mut cell =
        |name: &str| cells.next().filter(|it| !it.is_empty()).ok_or(format!("`{name}` is missing"));
    let day = cell("date")?;
    let day: Date = day.parse().map_err(|_| format!("`date`: {day} is no day"))?;
    let currency = cell("currency")?;
    if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(format!("`currency`: {currency} is no code of three letters"));
    }
    let per_usd = cell("per_usd")?;
    let value: f64 = per_usd.parse().map_err(|_| format!("`per_usd`: {per_usd} is no number"))?;
    if !value.is_finite() || value <= 0.0 {
        return Err(format!("`per_usd`: {per_usd} is no rate"));
    }
    let source = cell("source").unwrap_or(file);
    Ok((currency.to_owned(), day, value, source.to_owned()))
}
