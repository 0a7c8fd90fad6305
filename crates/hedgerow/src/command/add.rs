//! `hedgerow add`: code articles and keep them in a ledger.

use std::io::IsTerminal;

use hedgerow_codebook::Claim;
use hedgerow_ingest::fetch::{Client, Manners};
use hedgerow_ledger::{Added, Candidate, Diagnostic, Error, Keep, Ledger, NewDocument};
use hedgerow_text::{Document, Zone};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::code::remark_on_undated;
use crate::engine::{self, Done, Engine, Task};
use crate::input::{self, Input, Reader};
use crate::print::table::{Table, heading};
use crate::print::wrap::count;
use crate::print::{Out, claims};
use crate::trouble::{Refusal, Trouble, complain};

/// Code articles and keep them, with every claim and its evidence, in a ledger.
///
/// Addresses are fetched, nothing else is; those in private networks are refused.
///
/// It is safe to repeat: what the ledger has is left as it is, a changed article becomes a new version.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow add corpus/
  hedgerow add articles.jsonl --ledger asia.sqlite
  hedgerow add pages/ stories.csv crawl.warc.gz
  hedgerow add https://example.org/2015/09/visit.html
  hedgerow add clipping.txt --published 2015-09-20")]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: super::Inputs,
    #[command(flatten)]
    ledger: super::LedgerFile,
    #[command(flatten)]
    keep: super::KeepArg,
    /// A host (or host:port) that may be fetched from although it is in a private network.
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    /// Print the summary only.
    #[arg(long, short)]
    quiet: bool,
}

/// What was done with the documents of one run.
#[derive(Default)]
pub(super) struct Tally {
    new: u64,
    unchanged: u64,
    recoded: u64,
    versions: u64,
    claims: u64,
    undated: Vec<String>,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let (found, refused, remarks) = input::find(&args.inputs.paths);
    let engine = Engine::load(args.inputs.codebook.as_deref())?;
    let path = &args.ledger.ledger;
    // What is there and is no ledger is found out first; a new one is made when there is something to keep.
    let was_there = path.exists();
    let mut ledger = if was_there { Some(Ledger::open(path)?) } else { None };
    for remark in &remarks {
        complain(remark);
    }
    for refusal in &refused {
        trouble.refuse(refusal);
    }
    let bar = bar(found.len());
    let manners = Manners { allowed: args.allow_host.clone(), robots: false, ..Manners::default() };
    let mut reader = Reader::new(found, args.inputs.published)
        .with(input::settings(args.inputs.codebook.as_deref())?)
        .online(Client::new(manners));
    let mut tally = Tally::default();
    loop {
        let batch = bar.suspend(|| engine::batch(&mut reader, trouble));
        if batch.is_empty() {
            break;
        }
        let ledger = match &mut ledger {
            Some(ledger) => ledger,
            none => none.insert(Ledger::open(path)?),
        };
        for done in coded(batch, &engine, ledger)? {
            let how = How { keep: args.keep.keep(), quiet: args.quiet };
            bar.suspend(|| one(done, &engine, ledger, how, &mut tally, out, trouble))?;
        }
        bar.set_position(reader.begun as u64);
    }
    bar.finish_and_clear();
    remark_on_undated(&tally.undated);
    if !was_there && tally.new == 0 && ledger.take().is_some() {
        // Everything was refused when it was coded: nothing is left behind.
        std::fs::remove_file(path)?;
    }
    if let Some(ledger) = &mut ledger {
        ledger.settle(false)?;
    }
    match ledger {
        Some(ledger) => {
            summary(&args.ledger, &engine, &ledger, &tally, trouble.refused() as u64, out)
        }
        None => Ok(out.line("nothing to keep: no ledger was made")?),
    }
}

/// Codes documents under the ids that the ledger gives them.
pub(super) fn coded(
    batch: Vec<Input>,
    engine: &Engine,
    ledger: &Ledger,
) -> anyhow::Result<Vec<Done>> {
    let candidates: Vec<Candidate> = batch
        .iter()
        .map(|it| Candidate {
            stem: it.stem.clone(),
            path: it.path.clone(),
            bytes_sha256: it.sha256.clone(),
        })
        .collect();
    let ids = ledger.assign_ids(&candidates)?;
    let tasks = batch.into_iter().zip(ids).map(|(input, id)| Task { id, input }).collect();
    Ok(engine.code(tasks))
}

/// What is kept of a document, and whether it is printed.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    pub(super) keep: Keep,
    pub(super) quiet: bool,
}

/// Keeps and prints one document.
pub(super) fn one(
    done: Done,
    engine: &Engine,
    ledger: &mut Ledger,
    how: How,
    tally: &mut Tally,
    out: &mut Out,
    trouble: &mut Trouble,
) -> anyhow::Result<()> {
    let path = done.path.clone();
    let (new, zones) = match document(done, engine) {
        Ok(new) => new,
        Err(refusal) => {
            trouble.refuse(&refusal);
            return Ok(());
        }
    };
    let undated = new.meta.published.is_none();
    let added = ledger.add_all(std::slice::from_ref(&new), how.keep)?.pop();
    let added = match added.unwrap_or(Ok(Added::Unchanged)) {
        Ok(added) => added,
        // This document breaks a rule of the ledger; the others can still be kept.
        Err(error @ (Error::Invalid { .. } | Error::IdTaken { .. })) => {
            trouble.refuse(&Refusal::new(path, error.to_string(), "nothing of it was kept"));
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    match added {
        Added::New => tally.new += 1,
        Added::Unchanged => tally.unchanged += 1,
        Added::Recoded => tally.recoded += 1,
        Added::NewVersion => tally.versions += 1,
    }
    tally.claims += new.claims.len() as u64;
    if undated {
        tally.undated.push(path);
    }
    if !how.quiet {
        let shown: Vec<&Claim> = new.claims.iter().collect();
        let document = Document { id: new.id, text: new.text, meta: new.meta, zones };
        claims::title(out, &document, shown.len())?;
        claims::lines(out, &shown, false, 2)?;
        out.blank()?;
    }
    Ok(())
}

/// A document as it is kept, and the parts of its text; or why it is not.
pub(crate) fn document(done: Done, engine: &Engine) -> Result<(NewDocument, Vec<Zone>), Refusal> {
    let coded = done.coded?;
    let Document { id, text, meta, zones } = done.document;
    let new = NewDocument {
        id,
        path: done.path,
        bytes_sha256: done.sha256,
        bytes: done.bytes,
        extractor: done.extractor.map(str::to_owned),
        text,
        meta,
        claims: coded.claims,
        diagnostics: coded.diagnostics.into_iter().map(kept).collect(),
        codebook: engine.codebook.version().to_owned(),
        model: engine.model.version().to_owned(),
    };
    Ok((new, zones))
}

pub(super) fn kept(diagnostic: hedgerow_coder::Diagnostic) -> Diagnostic {
    Diagnostic {
        name: diagnostic.name.to_owned(),
        span: diagnostic.span,
        message: diagnostic.message,
        help: None,
    }
}

pub(super) fn summary(
    file: &super::LedgerFile,
    engine: &Engine,
    ledger: &Ledger,
    tally: &Tally,
    refused: u64,
    out: &mut Out,
) -> anyhow::Result<()> {
    let style = out.style;
    let mut parts = vec![count(tally.new, "new document")];
    for (n, what) in [
        (tally.unchanged, "known already"),
        (tally.recoded, "coded anew"),
        (tally.versions, "in a new version"),
        (refused, "refused"),
    ] {
        if n > 0 {
            parts.push(format!("{n} {what}"));
        }
    }
    out.line(style.strong(&format!("{}; {}", parts.join(", "), count(tally.claims, "claim"))))?;
    let counts = ledger.counts()?;
    let name = file.ledger.display();
    heading(out, style, &format!("{name} now holds"))?;
    let mut table =
        Table::new(&["documents", "claims", "events", "ties", "flows", "stances", "other"]);
    table.row(
        [
            counts.documents,
            counts.claims,
            counts.events,
            counts.ties,
            counts.flows,
            counts.stances,
            counts.others,
        ]
        .map(|n| n.to_string())
        .to_vec(),
    );
    table.print(out)?;
    let dyads = ledger.busiest_dyads(5)?;
    let name = |code: &str| engine.codebook.gazetteer.name_of(code).to_owned();
    let mut table = Table::new(&["pair", "claims", "documents", "open it with"]);
    let option = file.option();
    for dyad in &dyads {
        table.row(vec![
            format!("{} and {}", name(&dyad.a), name(&dyad.b)),
            dyad.claims.to_string(),
            dyad.documents.to_string(),
            format!("hedgerow dyad {} {}{option}", super::quoted(&dyad.a), super::quoted(&dyad.b)),
        ]);
    }
    if !table.is_empty() {
        heading(out, style, "Most is said of")?;
        table.print(out)?;
    }
    heading(out, style, "Open next")?;
    if let Some(actor) = ledger.busiest_actors(1)?.first() {
        out.line(format!("  hedgerow actor {}{option}", super::quoted(&actor.code)))?;
    }
    out.line(format!("  hedgerow serve{option}"))?;
    Ok(())
}

/// A bar on a terminal that shows it, else nothing.
fn bar(files: usize) -> ProgressBar {
    let target = if files > 1 && std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    match ProgressStyle::with_template("{bar:30} {pos}/{len} files, {eta} to go") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
