//! `hedgerow backup` and `hedgerow restore`.

use std::path::PathBuf;

use anyhow::bail;
use hedgerow_ledger::{Examined, Ledger, restore as put_back};

use crate::input::shown;
use crate::print::Out;
use crate::print::wrap::count;
use crate::trouble::{Refusal, Trouble};

/// Write a whole copy of a ledger, which may be in use meanwhile.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow backup asia-2026-01-31.sqlite --ledger asia.sqlite
  hedgerow backup copy.sqlite && hedgerow restore copy.sqlite --verify")]
pub(crate) struct BackupArgs {
    /// The copy; it must not exist.
    #[arg(value_name = "TO")]
    to: PathBuf,
    #[command(flatten)]
    ledger: super::LedgerFile,
}

/// Put a backup in the place of a ledger, or with --verify only prove that it is whole.
///
/// Everything is examined first: the file, the references in it, every text against its fingerprint, every claim's evidence
/// against its text. A ledger that is there is never written over: move it away.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow restore copy.sqlite --verify
  hedgerow restore copy.sqlite --ledger asia.sqlite")]
pub(crate) struct RestoreArgs {
    /// The backup.
    #[arg(value_name = "FROM")]
    from: PathBuf,
    /// Examine the backup, write nothing.
    #[arg(long)]
    verify: bool,
    #[command(flatten)]
    ledger: super::LedgerFile,
}

pub(crate) fn backup(args: &BackupArgs, out: &mut Out) -> anyhow::Result<()> {
    let ledger = args.ledger.open()?;
    ledger.backup(&args.to)?;
    let counts = Ledger::open_reader(&args.to)?.counts()?;
    Ok(out.line(format!(
        "{}: {}, {}; prove it with `hedgerow restore {0} --verify`",
        shown(&args.to),
        count(counts.documents, "document"),
        count(counts.claims, "claim")
    ))?)
}

pub(crate) fn restore(
    args: &RestoreArgs,
    out: &mut Out,
    trouble: &mut Trouble,
) -> anyhow::Result<()> {
    let to = &args.ledger.ledger;
    let examined = if args.verify {
        Ledger::open_reader(&args.from)?.examine()?
    } else {
        if to.exists() {
            bail!(
                "{}: is there already and was left as it is; move it away, or name another file with --ledger",
                shown(to)
            );
        }
        put_back(&args.from, to)?
    };
    let whole = report(&shown(&args.from), &examined, out, trouble)?;
    if whole && !args.verify {
        out.line(format!("restored to {}", shown(to)))?;
    }
    Ok(())
}

/// Says what an examination found; whether all was in order.
pub(super) fn report(
    name: &str,
    examined: &Examined,
    out: &mut Out,
    trouble: &mut Trouble,
) -> anyhow::Result<bool> {
    for fault in &examined.faults {
        trouble.refuse(&Refusal::new(name, fault.as_str(), "restore it from another backup"));
    }
    if examined.faults.is_empty() {
        out.line(format!(
            "{name}: {} and the evidence of {} are as they were received",
            count(examined.texts, "text"),
            count(examined.claims, "claim")
        ))?;
    }
    Ok(examined.faults.is_empty())
}
