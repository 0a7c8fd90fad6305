//! `hedgerow code`: claims of articles, printed or written to a folder.

mod parquet;

use std::collections::HashSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueEnum;
use hedgerow_codebook::Claim;
use hedgerow_text::Meta;
use serde::Serialize;

use crate::engine::{Done, Engine, Task};
use crate::files::Draft;
use crate::input::{self, Reader};
use crate::print::{Out, claims};
use crate::trouble::{Refusal, Trouble, complain};

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
  hedgerow code articles.jsonl --out coded/
  hedgerow code articles.parquet --format parquet --out archive/    goes on where it was cut off")]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: super::Inputs,
    /// Claim lines, JSON lines, a table, or a folder of Parquet files (with --out).
    #[arg(long, value_enum, default_value = "lines")]
    format: Format,
    /// Under each claim line, the words that state it.
    #[arg(long, short)]
    evidence: bool,
    /// Write to this folder instead of printing: documents.jsonl and claims.jsonl, or an archive with --format parquet.
    #[arg(long, value_name = "DIR", conflicts_with = "evidence")]
    out: Option<PathBuf>,
    /// Also what an article says of one state alone: postures, offices, names of places.
    #[arg(long)]
    all: bool,
    /// How many documents to code at a time; as many as there are cores where it is not given.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// With --format parquet, how many documents a file holds at most.
    #[arg(long, value_name = "N", default_value = "16384")]
    batch: NonZeroUsize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Lines,
    Jsonl,
    Table,
    Parquet,
}

impl Args {
    fn engine(&self) -> anyhow::Result<Engine> {
        let mut engine = Engine::load(self.inputs.codebook.as_deref())?;
        if let Some(threads) = self.threads {
            engine.threads = threads.get();
        }
        Ok(engine)
    }
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    match (args.format, &args.out) {
        (Format::Parquet, None) => {
            bail!("--format parquet writes a folder; name it with --out DIR")
        }
        (Format::Table, Some(_)) => {
            bail!(
                "--out writes JSON lines or, with --format parquet, an archive, no tables; leave --format out"
            )
        }
        _ => {}
    }
    let (found, refused, remarks) = input::find(&args.inputs.paths);
    for remark in &remarks {
        complain(remark);
    }
    for refusal in &refused {
        trouble.refuse(refusal);
    }
    if let (Format::Parquet, Some(folder)) = (args.format, &args.out) {
        return parquet::run(args, folder, found, out, trouble);
    }
    let mut archive = args.out.as_deref().map(Archive::create).transpose()?;
    let several = found.len() > 1 || found.iter().any(|it| it.kind.is_several());
    let engine = args.engine()?;
    let settings = input::settings(args.inputs.codebook.as_deref())?;
    let mut reader = Reader::new(found, args.inputs.published).with(settings);
    let mut ids = Ids::default();
    let mut undated = Vec::new();
    let each = |done: Result<Done, Refusal>| {
        let done = match done {
            Ok(done) => done,
            Err(refusal) => {
                trouble.refuse(&refusal);
                return Ok(());
            }
        };
        let coded = match &done.coded {
            Ok(coded) => coded,
            Err(refusal) => {
                trouble.refuse(refusal);
                return Ok(());
            }
        };
        if done.document.meta.published.is_none() {
            undated.push(done.path.clone());
        }
        let shown: Vec<&Claim> =
            coded.claims.iter().filter(|claim| args.all || !claim.kind.is_alone()).collect();
        match &mut archive {
            Some(archive) => archive.add(&done, &shown),
            None => print(args, several, &done, &shown, out),
        }
    };
    engine.stream(|| next(&mut reader, &mut ids), each)?;
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

/// Prints the claims of one document.
fn print(
    args: &Args,
    several: bool,
    done: &Done,
    shown: &[&Claim],
    out: &mut Out,
) -> anyhow::Result<()> {
    match args.format {
        Format::Jsonl => claims::json(out, shown)?,
        Format::Table => {
            claims::title(out, &done.document, shown.len())?;
            claims::table(out, shown)?;
            out.blank()?;
        }
        Format::Lines | Format::Parquet => {
            if several {
                claims::title(out, &done.document, shown.len())?;
            }
            claims::lines(out, shown, args.evidence, 0)?;
            if several {
                out.blank()?;
            }
        }
    }
    Ok(())
}

/// The next document under its id, or why there is none in its place.
fn next(reader: &mut Reader, ids: &mut Ids) -> Option<Result<Task, Refusal>> {
    let input = match reader.next()? {
        Ok(input) => input,
        Err(refusal) => return Some(Err(refusal)),
    };
    for remark in &input.remarks {
        complain(&format!("{}: {remark}", input.path));
    }
    Some(Ok(Task { id: ids.give(&input), input }))
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

/// Ids that are unique within a run: the stem, else the path, else the path with a number. They are known by fingerprints of
/// eight bytes, so that millions fit; two that share one by chance get a longer id than they need.
#[derive(Default)]
struct Ids(HashSet<u64>);

impl Ids {
    fn give(&mut self, input: &input::Input) -> String {
        let fingerprint = |id: &str| {
            let mut hasher = DefaultHasher::new();
            id.hash(&mut hasher);
            hasher.finish()
        };
        let mut id = input.stem.clone();
        let mut n = 1;
        while id.is_empty() || self.0.contains(&fingerprint(&id)) {
            id = if n == 1 { input.path.clone() } else { format!("{}~{n}", input.path) };
            n += 1;
        }
        self.0.insert(fingerprint(&id));
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
