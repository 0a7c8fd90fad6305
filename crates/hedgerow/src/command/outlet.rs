//! `hedgerow outlet`: what you know of an outlet.

use anyhow::bail;
use hedgerow_ledger::{Ledger, STANDINGS, Standing};

use crate::print::Out;
use crate::print::table::Table;
use crate::trouble::visible;

/// Record what you know of an outlet: its standing, whose it is, which agency's texts it prints.
///
/// Outlets that repost one agency are one voice; where sources differ, the weightier standing is shown first. Without a name it
/// lists what is recorded.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow outlet 'Xinhua' --standing state-media --state CHN
  hedgerow outlet 'Diario in English (AFP)' --reposts AFP
  hedgerow outlet 'MOFA Japan' --standing official --state JPN --note 'press releases'
  hedgerow outlet")]
pub(crate) struct Args {
    /// The outlet, as its documents name it.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// official, agency, independent, unknown, partisan, state-media.
    #[arg(long, value_name = "STANDING", requires = "name")]
    standing: Option<String>,
    /// The state that it belongs to or speaks for.
    #[arg(long, value_name = "CODE", requires = "name")]
    state: Option<String>,
    /// The agency whose texts it prints.
    #[arg(long, value_name = "AGENCY", requires = "name")]
    reposts: Option<String>,
    /// What else is to be known.
    #[arg(long, value_name = "TEXT", requires = "name")]
    note: Option<String>,
    #[command(flatten)]
    ledger: super::LedgerFile,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let Some(name) = &args.name else { return list(args, out) };
    if let Some(standing) = &args.standing
        && !STANDINGS.contains(&standing.as_str())
    {
        bail!("--standing {standing}: is none; write one of {}", STANDINGS.join(", "));
    }
    let mut ledger = Ledger::open_existing(&args.ledger.ledger)?;
    let before = ledger.standings()?.into_iter().find(|it| it.outlet == *name).unwrap_or_default();
    let standing = Standing {
        outlet: name.clone(),
        standing: args.standing.clone().or(before.standing),
        state: args.state.clone().or(before.state),
        reposts: args.reposts.clone().or(before.reposts),
        note: args.note.clone().or(before.note),
    };
    ledger.record_standing(&standing)?;
    // Who is one voice with whom bears on every fact.
    ledger.settle(true)?;
    list(args, out)
}

fn list(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let mut table = Table::new(&["outlet", "standing", "state", "reposts", "note"]);
    for it in args.ledger.open()?.standings()? {
        let some = |text: Option<String>| visible(&text.unwrap_or_default());
        table.row(vec![
            visible(&it.outlet),
            some(it.standing),
            some(it.state),
            some(it.reposts),
            some(it.note),
        ]);
    }
    if table.is_empty() {
        return Ok(out.line("nothing is recorded of any outlet")?);
    }
    Ok(table.print(out)?)
}
