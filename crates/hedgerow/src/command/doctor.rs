//! `hedgerow doctor`: is everything in order?

use hedgerow_codebook::gazetteer::{Covered, Gazetteer};
use hedgerow_ledger::Ledger;
use hedgerow_parse::Model;
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, Unit};

use crate::print::Out;
use crate::print::wrap::count;
use crate::trouble::{Refusal, Trouble};

/// Check this installation, and the ledger where there is one.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow doctor
  hedgerow doctor --ledger asia.sqlite")]
pub(crate) struct Args {
    #[command(flatten)]
    ledger: super::LedgerFile,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    out.line(format!("hedgerow {}", env!("CARGO_PKG_VERSION")))?;
    match crate::codebook::load(None) {
        Ok(codebook) => {
            out.line(format!(
                "codebook {}: {}, {}, {}",
                codebook.version(),
                count(codebook.pages.len() as u64, "page"),
                count(codebook.lexicon.senses().len() as u64, "rule"),
                count(codebook.gazetteer.states().len() as u64, "state"),
            ))?;
            offices(&codebook.gazetteer, out)?;
        }
        Err(error) => {
            trouble.refuse(&Refusal::new("codebook", error.to_string(), "install hedgerow anew"));
        }
    }
    match Model::english() {
        Ok(model) => out.line(format!("model {}: whole", model.version()))?,
        Err(error) => {
            trouble.refuse(&Refusal::new("model", error.to_string(), "install hedgerow anew"));
        }
    }
    let path = &args.ledger.ledger;
    if !path.exists() {
        out.line(format!("no ledger at {}; make one with `hedgerow add PATH…`", path.display()))?;
        return Ok(());
    }
    let ledger = Ledger::open_reader(path)?;
    if !super::backup::report(
        &format!("ledger {}", path.display()),
        &ledger.examine()?,
        out,
        trouble,
    )? {
        return Ok(());
    }
    match ledger.clock_steps()? {
        0 => {}
        n => out.line(format!(
            "the clock of the machine was set back {}; this harms nothing: the order of things is that of their numbers",
            count(n, "time")
        ))?,
    }
    let counts = ledger.counts()?;
    out.line(format!(
        "ledger {}: whole, {}, {}",
        path.display(),
        count(counts.documents, "document"),
        count(counts.claims, "claim"),
    ))?;
    Ok(())
}

/// First day from which leaders are to be known.
const SINCE: Date = jiff::civil::date(1990, 1, 1);

/// How well the gazetteer knows who leads whom, and up to when.
fn offices(gazetteer: &Gazetteer, out: &mut Out) -> anyhow::Result<()> {
    let Some(until) = gazetteer.offices_until() else { return Ok(()) };
    let states = gazetteer.leaders_known(SINCE, until);
    let (days, known) = states
        .iter()
        .fold((0, 0), |sum, it| (sum.0 + u64::from(it.days), sum.1 + u64::from(it.known)));
    let partly: Vec<&Covered> = states.iter().filter(|it| it.known < it.days).collect();
    out.line(format!(
        "offices: leaders of {} known on {:.1} % of days from {SINCE} to {until}; foreign ministers of {} and defence \
         ministers of {} on the last",
        count(states.len() as u64, "state"),
        100.0 * known as f64 / days.max(1) as f64,
        count(gazetteer.states_with("foreign", until) as u64, "state"),
        count(gazetteer.states_with("defen", until) as u64, "state"),
    ))?;
    if !partly.is_empty() {
        let named: Vec<String> =
            partly.iter().map(|it| format!("{} {} days", it.code, it.days - it.known)).collect();
        out.line(format!("  without a known leader: {}", named.join(", ")))?;
    }
    let today = Offset::UTC.to_datetime(Timestamp::now()).date();
    let age = until.until((Unit::Day, today)).map_or(0, |span| span.get_days());
    if age > STALE {
        out.line(format!(
            "  nobody came or went in it for {age} days: add who did since in a file of your own, \
             gazetteer/offices.mine.tsv (docs/codebook.md)"
        ))?;
    }
    Ok(())
}

/// Days after which the table of offices is out of date.
const STALE: i32 = 60;
