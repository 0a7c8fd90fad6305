//! `hedgerow import KIND FILE`: structured sources into a ledger.

use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::bail;
use hedgerow_codebook::Codebook;
use hedgerow_data::import::{Done, Given, Step};
use hedgerow_data::{Kind, Tested, kind, kinds};
use hedgerow_ledger::Ledger;
use hedgerow_ledger::structured::Tally;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::print::Out;
use crate::print::table::{Table, heading};
use crate::print::wrap::{count, cut, wrap};
use crate::trouble::{Refusal, Trouble};

/// A file of a structured source.
#[derive(Debug, clap::Args)]
#[group(id = "source")]
pub(crate) struct Args {
    /// What the file is: atop, sipri, icews … `--list` shows all.
    #[arg(required_unless_present = "list", value_name = "KIND")]
    kind: Option<String>,
    /// The file: CSV or tab-separated text as the source gives it, or the same as Parquet.
    #[arg(required_unless_present = "list", value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    ledger: super::super::LedgerFile,
    /// Version of the data, where the file does not state it.
    #[arg(long, value_name = "TEXT")]
    version: Option<String>,
    /// What the file does not say, such as flow=M or dates=dmy.
    #[arg(long, value_name = "KEY=VALUE")]
    assume: Vec<String>,
    /// Read the file and say what would be kept; write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Show the kinds: source, licence, citation, where to download.
    #[arg(long)]
    list: bool,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let (Some(word), Some(file), false) = (&args.kind, &args.file, args.list) else {
        return list(args.kind.as_deref(), out);
    };
    let kind = kind(word)?;
    let mut given = Given::default();
    given.version.clone_from(&args.version);
    for pair in &args.assume {
        let Some((key, value)) = pair.split_once('=') else {
            bail!("--assume {pair}: no `=` in it; write KEY=VALUE, for example dates=dmy");
        };
        given.assume.insert(key.to_owned(), value.to_owned());
    }
    let codebook = Codebook::embedded()?;
    let path = &args.ledger.ledger;
    let was_there = path.exists();
    let mut ledger = match args.dry_run {
        true if was_there => Some(Ledger::open_reader(path)?),
        true => None,
        false => Some(Ledger::open(path)?),
    };
    let bar = bar(std::fs::metadata(file).map_or(0, |it| it.len()));
    let mut step = |step| show(&bar, step);
    let done = hedgerow_data::import(
        kind,
        file,
        &given,
        &codebook,
        ledger.as_mut(),
        args.dry_run,
        &mut step,
    );
    bar.finish_and_clear();
    let done = match done {
        Ok(done) => done,
        Err(error) => {
            // A ledger that was made for this file alone is not left behind.
            if !was_there && ledger.take().is_some() {
                std::fs::remove_file(path)?;
            }
            return Err(error.into());
        }
    };
    let name = file.display();
    let (tally, what) = match &done {
        Done::Known(row) => {
            let ended = row.ended.get(..10).unwrap_or(&row.ended);
            out.line(format!(
                "{name}: is in {} already (import {}, {ended}); nothing to do",
                path.display(),
                row.import
            ))?;
            return Ok(());
        }
        Done::Kept(number, tally) => (tally, format!("import {number} of {}", path.display())),
        Done::Tried(tally) => (tally, "only tried; nothing was written".to_owned()),
    };
    summary(kind, &format!("{name}: {what}"), tally, out)?;
    if tally.refused > 0 {
        let wrong = format!("{} refused", count(tally.refused, "row"));
        trouble.refuse(&Refusal::new(
            name.to_string(),
            wrong,
            "correct them, or take the file as it is: the rest was read",
        ));
    }
    Ok(())
}

fn summary(kind: &Kind, title: &str, tally: &Tally, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    out.line(style.strong(title))?;
    out.line(format!("{}; {}", kind.title, kind.licence))?;
    out.blank()?;
    let mut table = Table::new(&["rows", "kept", "known already", "passed over", "refused"]);
    let counts = [tally.read, tally.kept, tally.known, tally.passed_over, tally.refused];
    table.row(counts.map(|n| n.to_string()).to_vec());
    table.print(out)?;
    if !tally.reasons.is_empty() {
        heading(out, style, "Left out")?;
        let mut reasons: Vec<_> = tally.reasons.iter().collect();
        reasons.sort_by_key(|(_, it)| std::cmp::Reverse(it.rows));
        let mut table = Table::new(&["rows", "first in line", "why"]);
        for (why, it) in reasons {
            table.row(vec![it.rows.to_string(), it.first_line.to_string(), cut(why, style.width)]);
        }
        table.print(out)?;
    }
    if !tally.years.is_empty() {
        heading(out, style, "Years covered")?;
        let mut table = Table::new(&["variable", "from", "to"]);
        let shown = 40;
        for (variable, (from, to)) in tally.years.iter().take(shown) {
            table.row(vec![variable.clone(), from.to_string(), to.to_string()]);
        }
        table.print(out)?;
        if tally.years.len() > shown {
            out.line(format!("  and {} more variables", tally.years.len() - shown))?;
        }
    }
    heading(out, style, "Cite as")?;
    for line in wrap(kind.citation, style.width, 2) {
        out.line(line)?;
    }
    Ok(())
}

fn list(only: Option<&str>, out: &mut Out) -> anyhow::Result<()> {
    let style = out.style;
    let wanted: Vec<&Kind> = match only {
        Some(name) => vec![kind(name)?],
        None => kinds().iter().collect(),
    };
    for it in wanted {
        out.line(style.strong(it.name))?;
        let tested = match it.tested {
            Tested::RealRows => "rows of the source",
            Tested::Fixture => "rows of our own in its format",
        };
        for (what, text) in [
            ("data", it.title),
            ("one row", it.row),
            ("kept", it.keeps),
            ("licence", it.licence),
            ("cite", it.citation),
            ("from", it.url),
            ("tested on", tested),
        ] {
            let lines = wrap(text, style.width, 12);
            let first = lines.first().map_or("", |line| line.trim_start());
            out.line(format!("  {what:<10}{first}"))?;
            for line in lines.iter().skip(1) {
                out.line(line)?;
            }
        }
        for (key, meaning) in it.asks {
            out.line(format!("  --assume  {key}: {meaning}"))?;
        }
        out.blank()?;
    }
    Ok(())
}

fn show(bar: &ProgressBar, step: Step) {
    match step {
        Step::Hashing(bytes) => {
            bar.set_message("fingerprint");
            bar.set_position(bytes);
        }
        Step::Reading(bytes, rows) => {
            bar.set_message(format!("{rows} rows"));
            bar.set_position(bytes);
        }
    }
}

/// A bar on a terminal that shows it, else nothing.
fn bar(bytes: u64) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(bytes), target);
    match ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes}, {msg}, {eta} to go") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
