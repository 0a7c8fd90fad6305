//! `hedgerow code`: claims of articles, printed or written to a folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueEnum;
use hedgerow_codebook::Claim;
use hedgerow_text::Meta;
use serde::Serialize;

use crate::engine::{self, Done, Engine, Task};
use crate::files::Draft;
use crate::input::{self, Reader};
use crate::print::{Out, claims};
use crate::trouble::{Trouble, complain};

/// Print the claims of articles; keep nothing.
///
/// A claim line reads: who -> whom, what, how much, when, and after ! whether it happened.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow code article.txt --published 2015-09-20
  hedgerow code article.txt --published 2015-09-20 --evidence
  hedgerow code corpus/ --format jsonl > claims.jsonl
  hedgerow code page.html feed.rss mails.mbox crawl.warc.gz
  curl -s https://example.org/a.html | hedgerow code -
  hedgerow code articles.jsonl --out archive/")]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: super::Inputs,
    /// Claim lines, JSON lines, or a table.
    #[arg(long, value_enum, default_value = "lines")]
    format: Format,
    /// Under each claim line, the words that state it.
    #[arg(long, short)]
    evidence: bool,
    /// Write documents.jsonl and claims.jsonl to this folder instead of printing.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["format", "evidence"])]
    out: Option<PathBuf>,
    /// Also what an article says of one state alone: postures, offices, names of places.
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Lines,
    Jsonl,
    Table,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let mut archive = args.out.as_deref().map(Archive::create).transpose()?;
    let (found, refused, remarks) = input::find(&args.inputs.paths);
    for remark in &remarks {
        complain(remark);
    }
    for refusal in &refused {
        trouble.refuse(refusal);
    }
    let several = found.len() > 1 || found.iter().any(|it| it.kind.is_several());
    let engine = Engine::load(args.inputs.codebook.as_deref())?;
    let settings = input::settings(args.inputs.codebook.as_deref())?;
    let mut reader = Reader::new(found, args.inputs.published).with(settings);
    let mut ids = Ids::default();
    let mut undated = Vec::new();
    loop {
        let batch = engine::batch(&mut reader, trouble);
        if batch.is_empty() {
            break;
        }
        let tasks = batch.into_iter().map(|input| Task { id: ids.give(&input), input }).collect();
        for done in engine.code(tasks) {
            let coded = match &done.coded {
                Ok(coded) => coded,
                Err(refusal) => {
                    trouble.refuse(refusal);
                    continue;
                }
            };
            if done.document.meta.published.is_none() {
                undated.push(done.path.clone());
            }
            let shown: Vec<&Claim> =
                coded.claims.iter().filter(|claim| args.all || !claim.kind.is_alone()).collect();
            match &mut archive {
                Some(archive) => archive.add(&done, &shown)?,
                None => match args.format {
                    Format::Lines => {
                        if several {
                            claims::title(out, &done.document, shown.len())?;
                        }
                        claims::lines(out, &shown, args.evidence, 0)?;
                        if several {
                            out.blank()?;
                        }
                    }
                    Format::Jsonl => claims::json(out, &shown)?,
                    Format::Table => {
                        claims::title(out, &done.document, shown.len())?;
                        claims::table(out, &shown)?;
                        out.blank()?;
                    }
                },
            }
        }
    }
    remark_on_undated(&undated);
    if let Some(archive) = archive {
        let (documents, claims) = archive.keep()?;
        out.line(format!(
            "{} and {} in {}",
            crate::print::wrap::count(documents, "document"),
            crate::print::wrap::count(claims, "claim"),
            args.out.as_deref().unwrap_or(Path::new("")).display()
        ))?;
    }
    Ok(())
}

/// Says once what a missing day of publication costs.
pub(super) fn remark_on_undated(paths: &[String]) {
    let Some(first) = paths.first() else { return };
    let what = match paths.len() {
        1 => first.clone(),
        n => format!("{first} and {} more", n - 1),
    };
    complain(&format!(
        "{what}: no day of publication, so that \"last week\" stays undated; give it with --published or in front matter"
    ));
}

/// Ids that are unique within a run: the stem, else the path, else the path with a number.
#[derive(Default)]
struct Ids(BTreeSet<String>);

impl Ids {
    fn give(&mut self, input: &input::Input) -> String {
        let mut id = input.stem.clone();
        let mut n = 1;
        while id.is_empty() || self.0.contains(&id) {
            id = if n == 1 { input.path.clone() } else { format!("{}~{n}", input.path) };
            n += 1;
        }
        self.0.insert(id.clone());
        id
    }
}

/// `documents.jsonl` and `claims.jsonl` in a folder, complete or not there.
struct Archive {
    documents: Draft,
    claims: Draft,
    counts: (u64, u64),
}

#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    #[serde(flatten)]
    meta: &'a Meta,
    path: &'a str,
    sha256: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    extractor: Option<&'a str>,
    text: &'a str,
}

impl Archive {
    fn create(folder: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(folder).with_context(|| {
            format!("{}: this folder cannot be made; check the path of --out", folder.display())
        })?;
        let begin = |name: &str| {
            let path = folder.join(name);
            if path.exists() {
                bail!("{}: is there already; give --out another folder", path.display());
            }
            Draft::create(&path).with_context(|| {
                format!("{}: cannot be written; check the folder's permissions", path.display())
            })
        };
        let documents = begin("documents.jsonl")?;
        Ok(Self { documents, claims: begin("claims.jsonl")?, counts: (0, 0) })
    }

    fn add(&mut self, done: &Done, claims: &[&Claim]) -> anyhow::Result<()> {
        let document = &done.document;
        let (id, meta, text) = (&document.id, &document.meta, &document.text);
        let (path, sha256, extractor) = (&done.path, &done.sha256, done.extractor);
        let record = Record { id, meta, path, sha256, extractor, text };
        self.documents.line(&serde_json::to_string(&record)?)?;
        for claim in claims {
            self.claims.line(&serde_json::to_string(claim)?)?;
        }
        self.counts.0 += 1;
        self.counts.1 += claims.len() as u64;
        Ok(())
    }

    fn keep(self) -> anyhow::Result<(u64, u64)> {
        self.claims.keep()?;
        self.documents.keep()?;
        Ok(self.counts)
    }
}
