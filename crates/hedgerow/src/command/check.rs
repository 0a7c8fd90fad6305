//! `hedgerow check`: a draft against the ledger.

use std::collections::BTreeMap;

use hedgerow_codebook::ClaimLine;
use hedgerow_codebook::claim::{Claim, Kind};
use hedgerow_ledger::{ClaimRow, Finding, Ledger, Verdict};
use serde::Serialize;

use crate::engine::{self, Engine, Task};
use crate::input::{self, Reader};
use crate::print::wrap::{count, wrap};
use crate::print::{Out, sheet};
use crate::trouble::{Refusal, Trouble, complain};

/// Sources shown for and against a claim before the rest is only counted.
const SHOWN: usize = 3;

/// Check a draft: is each claim of it supported, contradicted or unknown to the ledger?
///
/// Contradicted is a claim on whose happening the sources say otherwise: another sum, number, date, or that it did not
/// happen. Where they differ among themselves, the better founded reading decides (docs/ledger.md). Exit status 1 where a claim
/// is contradicted.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow check draft.md
  hedgerow check draft.md --published 2015-09-21 --ledger asia.sqlite
  hedgerow check draft.md --only contradicted --format jsonl")]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: super::Inputs,
    #[command(flatten)]
    ledger: super::LedgerFile,
    /// Only claims with this verdict.
    #[arg(long, value_enum)]
    only: Option<Only>,
    /// A sheet for people, or one claim a line as JSON.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Only {
    Supported,
    Contradicted,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Table,
    Jsonl,
}

/// One claim of a draft and what the ledger says to it.
#[derive(Serialize)]
struct Record<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    claim: &'a Claim,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let ledger = args.ledger.open()?;
    let (found, refused, remarks) = input::find(&args.inputs.paths);
    for remark in &remarks {
        complain(remark);
    }
    for refusal in &refused {
        trouble.refuse(refusal);
    }
    let engine = Engine::load(args.inputs.codebook.as_deref())?;
    let mut reader = Reader::new(found, args.inputs.published);
    loop {
        let batch = engine::batch(&mut reader, trouble);
        if batch.is_empty() {
            return Ok(());
        }
        // No document of a ledger has an id with a line break in it, so that a draft is never taken for one.
        let tasks = batch
            .into_iter()
            .enumerate()
            .map(|(n, input)| Task { id: format!("draft\n{n}"), input })
            .collect();
        for done in engine.code(tasks) {
            match &done.coded {
                Ok(coded) => one(args, &ledger, &done, &coded.claims, out, trouble)?,
                Err(refusal) => trouble.refuse(refusal),
            }
        }
    }
}

fn one(
    args: &Args,
    ledger: &Ledger,
    done: &engine::Done,
    claims: &[Claim],
    out: &mut Out,
    trouble: &mut Trouble,
) -> anyhow::Result<()> {
    let meta = &done.document.meta;
    let known = ledger.document(&done.sha256)?.map(|it| it.row.id);
    let dated = |it: &Claim| it.date.start.or(it.date.end).is_some();
    if meta.published.is_none() && !claims.iter().all(dated) {
        complain(&format!(
            "{}: has no day of its own, so that \"this year\" is no year and what is undated is held against any time; give --published",
            done.path
        ));
    }
    let mut tally: BTreeMap<Verdict, u64> = BTreeMap::new();
    for claim in
        claims.iter().filter(|it| !matches!(it.kind, Kind::Posture | Kind::Office | Kind::Naming))
    {
        let row = ClaimRow {
            claim: claim.clone(),
            title: meta.title.clone(),
            outlet: None,
            published: meta.published.filter(|_| meta.published_until.is_none()),
            url: None,
        };
        // A draft that is in the ledger itself is no witness to itself.
        let (finding, rows) = ledger.check(&row, known.as_deref())?;
        *tally.entry(finding.verdict).or_default() += 1;
        let wanted = match args.only {
            None => true,
            Some(Only::Supported) => finding.verdict == Verdict::Supported,
            Some(Only::Contradicted) => finding.verdict == Verdict::Contradicted,
            Some(Only::Unknown) => finding.verdict == Verdict::Unknown,
        };
        match args.format {
            _ if !wanted => {}
            Format::Jsonl => {
                let mut claim = claim.clone();
                claim.doc.clone_from(&done.path);
                claim.id = claim.id.replace(&done.document.id, &done.path);
                out.line(serde_json::to_string(&Record { finding: &finding, claim: &claim })?)?;
            }
            Format::Table => show(out, claim, &finding, &rows)?,
        }
    }
    let of = |verdict| tally.get(&verdict).copied().unwrap_or(0);
    let contradicted = of(Verdict::Contradicted);
    if args.format == Format::Table {
        let sum = format!(
            "{}: {} supported, {contradicted} contradicted, {} unknown to the ledger",
            count(tally.values().sum(), "claim"),
            of(Verdict::Supported),
            of(Verdict::Unknown)
        );
        out.line(out.style.strong(&format!("{}: {sum}", crate::trouble::visible(&done.path))))?;
    }
    if contradicted > 0 {
        let wrong = format!("{} contradicted by the ledger", count(contradicted, "claim"));
        trouble.refuse(&Refusal::new(&done.path, wrong, "see the sources above"));
    }
    Ok(())
}

fn show(out: &mut Out, claim: &Claim, finding: &Finding, rows: &[ClaimRow]) -> anyhow::Result<()> {
    let style = out.style;
    let by_id = sheet::rows(rows);
    let mark = match finding.verdict {
        Verdict::Supported => style.strong("supported"),
        Verdict::Contradicted => style.alarm("contradicted"),
        Verdict::Unknown => style.faint("unknown"),
    };
    out.line(format!("{mark}  {}", ClaimLine::from(claim)))?;
    for line in wrap(&format!("“{}”", claim.evidence.text), style.width, 2) {
        out.line(line)?;
    }
    let mut voices = |title: &str, ids: &[(&str, String)]| -> anyhow::Result<()> {
        for (id, on) in ids.iter().take(SHOWN) {
            let Some(row) = by_id.get(id) else { continue };
            out.line(format!("    {title}{on}  {}", ClaimLine::from(&row.claim)))?;
            for line in wrap(&format!("“{}”", row.claim.evidence.text), style.width, 8) {
                out.line(line)?;
            }
            out.line(style.faint(&format!("        {}, claim {id}", sheet::origin(row))))?;
        }
        if ids.len() > SHOWN {
            out.line(style.faint(&format!("        and {} more", ids.len() - SHOWN)))?;
        }
        Ok(())
    };
    let plain =
        |ids: &[String]| ids.iter().cloned().map(|id| (id, String::new())).collect::<Vec<_>>();
    let against: Vec<(String, String)> = finding
        .contradicts
        .iter()
        .map(|(id, on)| {
            let on: Vec<&str> = on.iter().map(|it| sheet::name(*it)).collect();
            let on = if on.is_empty() {
                " (denies it)".to_owned()
            } else {
                format!(" (on {})", on.join(", "))
            };
            (id.clone(), on)
        })
        .collect();
    for (title, list) in [
        ("against", against),
        ("for", plain(&finding.supports)),
        ("without the figure", plain(&finding.silent)),
    ] {
        let list: Vec<(&str, String)> =
            list.iter().map(|(id, on)| (id.as_str(), on.clone())).collect();
        voices(title, &list)?;
    }
    for related in finding.related.iter().take(SHOWN) {
        let known = by_id.get(related.fact.trim_start_matches("f-"));
        let line =
            known.map(|row| format!("  {}", ClaimLine::from(&row.claim))).unwrap_or_default();
        out.line(style.faint(&format!(
            "    but see {}: {}{line}",
            related.fact,
            related.relation.as_str()
        )))?;
    }
    Ok(out.blank()?)
}
