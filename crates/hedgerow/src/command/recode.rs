//! `hedgerow recode`: the documents of a ledger, coded anew.

use std::collections::BTreeMap;

use hedgerow_codebook::{Claim, ClaimLine};
use hedgerow_ledger::{Added, Error, Ledger, NewDocument};
use hedgerow_text::Document;

use super::add::kept;
use crate::engine::{Engine, Task};
use crate::input::Input;
use crate::print::Out;
use crate::print::wrap::count;
use crate::trouble::{Refusal, Trouble, visible};

/// Documents coded at once.
const BATCH: usize = 64;

/// Code the documents of a ledger anew, with the codebook and model of this program.
///
/// The older claims stay in the file. What people decided holds: what they accepted, corrected or added stands, what they
/// rejected stays away. Documents whose text is not kept, or whose claims were imported, are passed over.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow recode
  hedgerow recode --diff
  hedgerow recode --diff --dry-run --codebook mine/")]
pub(crate) struct Args {
    #[command(flatten)]
    ledger: super::LedgerFile,
    /// A folder with codebook entries of your own, laid over those in this program.
    #[arg(long, value_name = "DIR")]
    codebook: Option<std::path::PathBuf>,
    /// Show every claim that is gained, lost or changed.
    #[arg(long)]
    diff: bool,
    /// Keep nothing.
    #[arg(long)]
    dry_run: bool,
}

/// What changed in one run.
#[derive(Default)]
struct Tally {
    recoded: u64,
    unchanged: u64,
    passed: u64,
    gained: u64,
    lost: u64,
    changed: u64,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let engine = Engine::load(args.codebook.as_deref())?;
    let mut ledger = Ledger::open_existing(&args.ledger.ledger)?;
    let mut tally = Tally::default();
    let documents = ledger.documents()?;
    let before = ledger.decisions()?.len();
    for chunk in documents.chunks(BATCH) {
        let mut tasks = Vec::new();
        for row in chunk {
            let current =
                row.codebook == engine.codebook.version() && row.model == engine.model.version();
            if current {
                tally.unchanged += 1;
                continue;
            }
            let Some(kept) = ledger.document(&row.id)? else { continue };
            if kept.text.is_empty() || row.model == "none" {
                tally.passed += 1;
                continue;
            }
            let (path, sha256) = (row.path.clone(), row.bytes_sha256.clone());
            let input = Input {
                stem: row.id.clone(),
                path,
                sha256,
                text: kept.text,
                meta: row.meta.clone(),
                ..Input::default()
            };
            tasks.push(Task { id: row.id.clone(), input });
        }
        for done in engine.code(tasks) {
            let coded = match done.coded {
                Ok(coded) => coded,
                Err(refusal) => {
                    trouble.refuse(&refusal);
                    continue;
                }
            };
            let Document { id, text, meta, .. } = done.document;
            let old: Vec<Claim> = ledger.coded_claims_of(&id)?;
            difference(&id, &old, &coded.claims, args.diff, &mut tally, out)?;
            if args.dry_run {
                tally.recoded += 1;
                continue;
            }
            let new = NewDocument {
                id,
                path: done.path.clone(),
                bytes_sha256: done.sha256,
                text,
                meta,
                claims: coded.claims,
                diagnostics: coded.diagnostics.into_iter().map(kept).collect(),
                codebook: engine.codebook.version().to_owned(),
                model: engine.model.version().to_owned(),
                ..NewDocument::default()
            };
            match ledger.add(&new) {
                Ok(Added::Unchanged) => tally.unchanged += 1,
                Ok(_) => tally.recoded += 1,
                Err(error @ (Error::Invalid { .. } | Error::IdTaken { .. })) => {
                    trouble.refuse(&Refusal::new(
                        done.path,
                        error.to_string(),
                        "it stays as it was",
                    ));
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
    let carried = ledger.decisions()?.len() - before;
    if !args.dry_run {
        ledger.settle(false)?;
    }
    let what = if args.dry_run { "would be coded anew" } else { "coded anew" };
    let mut parts = vec![format!("{} {what}", count(tally.recoded, "document"))];
    for (n, what) in [
        (tally.unchanged, "already so coded"),
        (tally.passed, "passed over (no text, or imported)"),
        (tally.gained, "claims gained"),
        (tally.lost, "lost"),
        (tally.changed, "changed"),
        (carried as u64, "decisions carried over"),
    ] {
        if n > 0 {
            parts.push(format!("{n} {what}"));
        }
    }
    if tally.recoded > 0 && tally.gained + tally.lost + tally.changed == 0 {
        parts.push("every claim as before".to_owned());
    }
    Ok(out.line(out.style.strong(&parts.join(", ")))?)
}

/// Counts, and on request shows, how the claims of a document differ from those before.
fn difference(
    id: &str,
    old: &[Claim],
    new: &[Claim],
    show: bool,
    tally: &mut Tally,
    out: &mut Out,
) -> anyhow::Result<()> {
    let line = |claim: &Claim| ClaimLine::from(claim).canonical().to_string();
    // The same words and the same line is the same claim; the same line on other words is, too.
    let mut before: BTreeMap<String, Vec<&Claim>> = BTreeMap::new();
    for claim in old {
        before.entry(line(claim)).or_default().push(claim);
    }
    let mut gained: Vec<&Claim> = Vec::new();
    for claim in new {
        let same = before.get_mut(&line(claim)).and_then(Vec::pop);
        if same.is_none() {
            gained.push(claim);
        }
    }
    let mut lost: Vec<&Claim> = before.into_values().flatten().collect();
    let mut lines = Vec::new();
    gained.retain(|claim| {
        let meets = |it: &&Claim| {
            it.kind == claim.kind
                && it.evidence.bstart < claim.evidence.bend
                && claim.evidence.bstart < it.evidence.bend
        };
        let Some(at) = lost.iter().position(meets) else { return true };
        let was = lost.remove(at);
        tally.changed += 1;
        lines.push(format!(
            "  was    {}\n  is now {}",
            ClaimLine::from(was),
            ClaimLine::from(*claim)
        ));
        false
    });
    tally.gained += gained.len() as u64;
    tally.lost += lost.len() as u64;
    lines.extend(lost.iter().map(|it| format!("  lost   {}", ClaimLine::from(*it))));
    lines.extend(gained.iter().map(|it| format!("  gained {}", ClaimLine::from(*it))));
    if show && !lines.is_empty() {
        out.line(out.style.strong(&format!("# {}", visible(id))))?;
        lines.iter().try_for_each(|it| out.line(it))?;
    }
    Ok(())
}
