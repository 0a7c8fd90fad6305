//! `hedgerow audit`: how far can the claims of this ledger be trusted?

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use hedgerow_codebook::ClaimLine;
use hedgerow_ledger::{ClaimRow, Decision, Judged, Ledger, Sampled, Share, Verb, estimate};
use serde::{Deserialize, Serialize};

use crate::files::Draft;
use crate::input::shown;
use crate::print::table::Table;
use crate::print::wrap::{count, wrap};
use crate::print::{Out, sheet};
use crate::trouble::{Refusal, Trouble};

/// Judge a random sample of claims, and learn their precision, recall and corrected counts.
///
/// Claims are drawn at random from every stratum, never by interest; the same seed draws the same. Documents are drawn too, to
/// be read whole for what was missed: without them there is precision, but no recall.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow audit --sample 200                             asks you, one claim after the other
  hedgerow audit --sample 200 --out sample.jsonl          writes the sample, to be judged elsewhere
  hedgerow audit --sample 200 --verdicts sample.jsonl     takes the verdicts and reports

In the file set \"verdict\" to \"right\" or \"wrong\" on lines with a claim, and \"missed\" to the number of claims that the
document makes and that are not in the ledger, on lines with a document.")]
pub(crate) struct Args {
    /// How many claims.
    #[arg(long, value_name = "N", default_value_t = 200)]
    sample: usize,
    /// What the draw hangs on.
    #[arg(long, value_name = "TEXT", default_value = "1")]
    seed: String,
    /// A stratum for each type of claim, not only for each kind.
    #[arg(long)]
    by_type: bool,
    /// Write the sample to this file.
    #[arg(long, value_name = "FILE", conflicts_with = "verdicts")]
    out: Option<PathBuf>,
    /// Take the verdicts from this file.
    #[arg(long, value_name = "FILE")]
    verdicts: Option<PathBuf>,
    /// Keep the verdicts as decisions under this name: accepted, rejected.
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    #[command(flatten)]
    ledger: super::LedgerFile,
}

/// A line of the file: a claim with its verdict, or a document with the number of claims that were missed.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Line {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claim: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    verdict: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    missed: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stratum: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(rename = "line")]
    shown: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    evidence: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
}

/// What was judged.
#[derive(Default)]
struct Verdicts {
    claims: BTreeMap<String, bool>,
    missed: BTreeMap<String, u64>,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let ledger = args.ledger.open()?;
    let sample = ledger.sample(args.sample, &args.seed, args.by_type)?;
    if sample.claims.is_empty() {
        return Ok(out.line("the ledger has no claims to judge")?);
    }
    if let Some(path) = &args.out {
        return write(path, &sample, out);
    }
    let verdicts = match &args.verdicts {
        Some(path) => read(path, &sample, trouble)?,
        None => ask(&sample, out)?,
    };
    report(&ledger, &sample, &verdicts, out)?;
    drop(ledger);
    match &args.author {
        Some(author) => decide(args, author, &verdicts, out),
        None => Ok(()),
    }
}

fn write(path: &Path, sample: &Sampled, out: &mut Out) -> anyhow::Result<()> {
    if path.exists() {
        bail!("{}: is there already, perhaps with verdicts in it; name another file", shown(path));
    }
    let mut file = Draft::create(path)
        .with_context(|| format!("{}: cannot be written; check the folder", shown(path)))?;
    for (stratum, row) in &sample.claims {
        let line = Line {
            claim: Some(row.claim.id.clone()),
            verdict: Some(String::new()),
            stratum: Some(stratum.clone()),
            shown: Some(ClaimLine::from(&row.claim).to_string()),
            evidence: Some(row.claim.evidence.text.clone()),
            title: row.title.clone(),
            ..Line::default()
        };
        file.line(&serde_json::to_string(&line)?)?;
    }
    for document in &sample.documents {
        // No number yet: a document that nobody has read must not count as one without fault.
        file.line(&serde_json::json!({ "document": document, "missed": null }).to_string())?;
    }
    file.keep()?;
    Ok(out.line(format!(
        "{} and {} in {}",
        count(sample.claims.len() as u64, "claim"),
        count(sample.documents.len() as u64, "document"),
        shown(path)
    ))?)
}

fn read(path: &Path, sample: &Sampled, trouble: &mut Trouble) -> anyhow::Result<Verdicts> {
    let content = std::fs::read_to_string(path)
        .with_context(|| format!("{}: cannot be read; check the path", shown(path)))?;
    let claims: BTreeSet<&str> =
        sample.claims.iter().map(|(_, row)| row.claim.id.as_str()).collect();
    let mut verdicts = Verdicts::default();
    for (n, text) in content.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let refuse = |wrong: String| {
            Refusal::new(
                format!("{}:{}", shown(path), n + 1),
                wrong,
                "the sample must be the one of --sample and --seed",
            )
        };
        let line: Line = match serde_json::from_str(text) {
            Ok(line) => line,
            Err(error) => {
                trouble.refuse(&refuse(format!("is no line of a sample ({error})")));
                continue;
            }
        };
        match (line.claim, line.verdict.as_deref(), line.document, line.missed) {
            (Some(claim), ..) if !claims.contains(claim.as_str()) => {
                // Whoever picks claims learns about the picker.
                trouble.refuse(&refuse(format!("claim {claim} was not drawn")));
            }
            (Some(claim), Some("right"), ..) => _ = verdicts.claims.insert(claim, true),
            (Some(claim), Some("wrong"), ..) => _ = verdicts.claims.insert(claim, false),
            (Some(_), None | Some(""), ..) | (None, _, Some(_), None) => {}
            (Some(_), Some(other), ..) => {
                trouble.refuse(&refuse(format!("`verdict`: {other} is neither right nor wrong")));
            }
            (None, _, Some(document), Some(missed)) => {
                if sample.documents.contains(&document) {
                    verdicts.missed.insert(document, missed);
                } else {
                    trouble.refuse(&refuse(format!("document {document} was not drawn")));
                }
            }
            (None, _, None, _) => {
                trouble.refuse(&refuse("names neither a claim nor a document".to_owned()));
            }
        }
    }
    Ok(verdicts)
}

fn ask(sample: &Sampled, out: &mut Out) -> anyhow::Result<Verdicts> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        bail!(
            "there is nobody to ask; write the sample with --out FILE and give the verdicts with --verdicts FILE"
        );
    }
    let mut verdicts = Verdicts::default();
    let mut answers = stdin.lock().lines();
    let total = sample.claims.len();
    for (n, (_, row)) in sample.claims.iter().enumerate() {
        out.line(format!("\n{} of {total}  {}", n + 1, ClaimLine::from(&row.claim)))?;
        for line in wrap(&format!("“{}”", row.claim.evidence.text), out.style.width, 2) {
            out.line(line)?;
        }
        out.line(out.style.faint(&format!("  {}", sheet::origin(row))))?;
        out.text("  right? y, n, s to skip, q to end: ")?;
        out.flush()?;
        std::io::stdout().flush()?;
        match answers.next().transpose()?.as_deref().map(str::trim) {
            Some("y") => _ = verdicts.claims.insert(row.claim.id.clone(), true),
            Some("n") => _ = verdicts.claims.insert(row.claim.id.clone(), false),
            None | Some("q") => break,
            Some(_) => {}
        }
    }
    Ok(verdicts)
}

fn report(
    ledger: &Ledger,
    sample: &Sampled,
    verdicts: &Verdicts,
    out: &mut Out,
) -> anyhow::Result<()> {
    let mut judged: BTreeMap<&str, Judged> = BTreeMap::new();
    for (stratum, row) in &sample.claims {
        if let Some(right) = verdicts.claims.get(&row.claim.id) {
            let it = judged.entry(stratum).or_default();
            *(if *right { &mut it.right } else { &mut it.wrong }) += 1;
        }
    }
    let mut all = Judged::default();
    for it in judged.values() {
        all.right += it.right;
        all.wrong += it.wrong;
    }
    for (document, missed) in &verdicts.missed {
        let coded: Vec<ClaimRow> = ledger.claims_of(document)?;
        all.found += coded.len() as u64;
        all.missed += missed;
    }
    let mut table =
        Table::new(&["stratum", "claims", "judged", "precision", "recall", "corrected count"]);
    let mut row = |name: &str, counted: u64, judged: Judged| {
        let it = estimate(counted, judged);
        let range =
            |(middle, low, high): (f64, f64, f64)| format!("{middle:.0} ({low:.0} to {high:.0})");
        table.row(vec![
            name.to_owned(),
            counted.to_string(),
            (judged.right + judged.wrong).to_string(),
            it.precision.map(share).unwrap_or_default(),
            it.recall.map(share).unwrap_or_default(),
            it.corrected.map(range).unwrap_or_default(),
        ]);
    };
    for (stratum, counted) in &sample.strata {
        row(stratum, *counted, judged.get(stratum.as_str()).copied().unwrap_or_default());
    }
    // Strata are drawn in proportion, so that the whole is what is judged of it.
    row("all", sample.strata.values().sum(), all);
    table.print(out)?;
    out.blank()?;
    let read = verdicts.missed.len() as u64;
    let note = if read == 0 {
        "No document was read whole: nothing is known of what was missed.".to_owned()
    } else {
        format!(
            "Recall from {} read whole. Intervals: 95 per cent (Wilson).",
            count(read, "document")
        )
    };
    Ok(out.line(out.style.faint(&note))?)
}

/// "0.81 (0.75 to 0.86)".
fn share(it: Share) -> String {
    format!("{:.2} ({:.2} to {:.2})", it.value, it.low, it.high)
}

/// Keeps the verdicts as decisions, but for claims that somebody decided upon already.
fn decide(args: &Args, author: &str, verdicts: &Verdicts, out: &mut Out) -> anyhow::Result<()> {
    let mut ledger = Ledger::open_existing(&args.ledger.ledger)?;
    let decided: BTreeSet<String> = ledger
        .decisions()?
        .into_iter()
        .filter(|it| it.holds && it.verb != "comment")
        .filter_map(|it| it.claim)
        .collect();
    let mut new = 0;
    for (claim, right) in verdicts.claims.iter().filter(|(claim, _)| !decided.contains(*claim)) {
        let verb = if *right { Verb::Accept(claim.clone()) } else { Verb::Reject(claim.clone()) };
        let reason = Some(format!("audit of {} with seed {}", args.sample, args.seed));
        ledger.decide(&Decision { verb, author: author.to_owned(), reason, added: None })?;
        new += 1;
    }
    ledger.settle(false)?;
    Ok(out.line(format!("{} kept", count(new, "decision")))?)
}
