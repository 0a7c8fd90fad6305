//! `hedgerow import claims`: claims in the interchange format.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::Context;
use hedgerow_codebook::claim::{Claim, Kind};
use hedgerow_codebook::{Codebook, Page};
use hedgerow_ledger::{Added, Keep, Ledger, NewDocument, check_claims, sha256_hex};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::documents::{Documents, Known, Line};
use crate::input::shown;
use crate::print::Out;
use crate::print::wrap::count;
use crate::trouble::{Refusal, Trouble};

/// Documents of one transaction.
const BATCH: usize = 256;

/// Take claims into a ledger that were coded elsewhere: one JSON object a line, as `hedgerow code --format jsonl` prints.
///
/// Where the text of a document is at hand, evidence must be in it, byte for byte; else its words, offsets and
/// fingerprints are kept. A line that does not hold is refused with the field that is wrong, and the others are kept.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow import claims claims.jsonl
  hedgerow import claims claims.jsonl --documents meta.jsonl --documents texts/
  hedgerow import claims claims.jsonl --documents texts/ --keep quotes --ledger shared.sqlite

META.jsonl has one object a line: id, title, outlet, published, url, and text or sha256 where known.
A folder holds texts as ID.txt or ID.md. What a claim's own line says of its document counts where META says nothing.")]
pub(crate) struct Args {
    /// Claims, one JSON object a line; - is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What is known of the documents: a file of JSON lines, or a folder of texts. May be given several times.
    #[arg(long, value_name = "META.jsonl|FOLDER")]
    documents: Vec<PathBuf>,
    #[command(flatten)]
    keep: super::super::KeepArg,
    #[command(flatten)]
    ledger: super::super::LedgerFile,
}

/// A claim and the line that it stands on.
struct Told {
    place: String,
    claim: Claim,
}

/// The claims of one document, in the order of their lines, and what they say of it.
#[derive(Default)]
struct Bundle {
    told: Vec<Told>,
    known: Known,
}

#[derive(Default)]
struct Tally {
    new: u64,
    unchanged: u64,
    recoded: u64,
    versions: u64,
    claims: u64,
    blind: u64,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let codebook = crate::codebook::load(None)?;
    let documents = Documents::read(&args.documents, trouble)?;
    let mut bundles = read(&args.file, &codebook, trouble)?;
    // A document in which nothing was found is a document all the same.
    for id in documents.ids() {
        bundles.entry(id.to_owned()).or_default();
    }
    if bundles.is_empty() {
        return Ok(out.line("nothing to keep")?);
    }
    let mut ledger = Ledger::open(&args.ledger.ledger)?;
    let mut tally = Tally::default();
    let mut waiting: [Vec<(String, NewDocument)>; 2] = Default::default();
    for (id, bundle) in bundles {
        let (new, keep) = document(id, bundle, &documents, args, trouble)?;
        let Some(new) = new else { continue };
        tally.blind += u64::from(new.text.is_empty());
        let queue = &mut waiting[usize::from(keep == Keep::Quotes)];
        queue.push((new.id.clone(), new));
        if queue.len() == BATCH {
            keep_all(&mut ledger, std::mem::take(queue), keep, &mut tally, trouble)?;
        }
    }
    let [texts, quotes] = waiting;
    keep_all(&mut ledger, texts, Keep::Text, &mut tally, trouble)?;
    keep_all(&mut ledger, quotes, Keep::Quotes, &mut tally, trouble)?;
    ledger.settle(false)?;
    summary(args, &tally, trouble.refused() as u64, out)
}

/// The claims of a file by document; what does not hold is refused with its line and field.
fn read(
    path: &Path,
    codebook: &Codebook,
    trouble: &mut Trouble,
) -> anyhow::Result<BTreeMap<String, Bundle>> {
    let name = shown(path);
    let from: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        let file = File::open(path)
            .with_context(|| format!("{name}: cannot be opened; check the path"))?;
        Box::new(BufReader::new(file))
    };
    let mut bundles: BTreeMap<String, Bundle> = BTreeMap::new();
    for (n, line) in from.lines().enumerate() {
        let line =
            line.with_context(|| format!("{name}:{}: cannot be read as UTF-8 text", n + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        let place = format!("{name}:{}", n + 1);
        match one(line.trim_start_matches('\u{feff}'), codebook) {
            Ok((claim, known)) => {
                let bundle = bundles.entry(claim.doc.clone()).or_default();
                bundle.known.meta = std::mem::take(&mut bundle.known.meta).or(known.meta);
                bundle.known.text = bundle.known.text.take().or(known.text);
                bundle.told.push(Told { place, claim });
            }
            Err(wrong) => {
                let remedy =
                    "correct the line, the others are kept; DESIGN of a claim: docs/ledger.md";
                trouble.refuse(&Refusal::new(place, wrong, remedy));
            }
        }
    }
    Ok(bundles)
}

fn one(line: &str, codebook: &Codebook) -> Result<(Claim, Known), String> {
    let mut value: Value = serde_json::from_str(line).map_err(|e| format!("is no JSON ({e})"))?;
    complete(&mut value);
    let claim: Claim = from_json(&value.to_string())?;
    let known = from_json::<Line>(line).map_or_else(|_| Ok(Known::default()), Line::known)?;
    let page = |it: &&Page| it.kind == claim.kind && it.type_ == claim.type_;
    let checked = matches!(claim.kind, Kind::Event | Kind::Tie | Kind::Flow);
    if checked && !codebook.pages.iter().any(|it| page(&it)) {
        return Err(format!(
            "`type`: {} is no type of {}; `hedgerow explain` lists them",
            claim.type_,
            claim.kind.as_str()
        ));
    }
    Ok((claim, known))
}

/// What may be left out: who an actor is beyond its code, and where evidence stands in a text that nobody has.
fn complete(value: &mut Value) {
    for side in ["actors", "recipients"] {
        let Some(parties) = value.get_mut(side).and_then(Value::as_array_mut) else { continue };
        for party in parties.iter_mut() {
            if let Some(code) = party.as_str() {
                *party = json!({ "code": code });
            }
            let Some(code) = party.get("code").and_then(Value::as_str).map(str::to_owned) else {
                continue;
            };
            let role = hedgerow_codebook::claim::Role::default_of(&code);
            let Some(fields) = party.as_object_mut() else { continue };
            fields.entry("name").or_insert_with(|| code.into());
            fields.entry("role").or_insert_with(|| role.as_str().into());
        }
    }
    let Some(evidence) = value.get_mut("evidence") else { return };
    if let Some(text) = evidence.as_str() {
        *evidence = json!({ "text": text });
    }
    let text = evidence.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some(fields) = evidence.as_object_mut()
        && !fields.contains_key("bstart")
    {
        for (name, offset) in
            [("start", 0), ("end", text.chars().count()), ("bstart", 0), ("bend", text.len())]
        {
            fields.insert(name.to_owned(), offset.into());
        }
    }
}

/// A value, or what is wrong with which field.
pub(super) fn from_json<T: DeserializeOwned>(line: &str) -> Result<T, String> {
    let read = &mut serde_json::Deserializer::from_str(line);
    serde_path_to_error::deserialize(read).map_err(|error| {
        let path = error.path().to_string();
        let text = error.inner().to_string();
        let wrong = text.split(" at line ").next().unwrap_or(&text).to_owned();
        if path == "." { wrong } else { format!("`{path}`: {wrong}") }
    })
}

/// The document of a bundle with the claims that hold, or nothing where none does.
fn document(
    id: String,
    bundle: Bundle,
    documents: &Documents,
    args: &Args,
    trouble: &mut Trouble,
) -> anyhow::Result<(Option<NewDocument>, Keep)> {
    let known = documents.get(&id)?.unwrap_or_default();
    let meta = known.meta.or(bundle.known.meta);
    let text = known.text.or(bundle.known.text);
    let mut claims: Vec<Claim> = bundle.told.iter().map(|it| it.claim.clone()).collect();
    if let Some(text) = &text {
        for claim in &mut claims {
            place_in(claim, text);
        }
    }
    let mut kept = Vec::new();
    for ((told, claim), checked) in
        bundle.told.iter().zip(&claims).zip(check_claims(&id, text.as_deref(), &claims))
    {
        match checked {
            Ok(()) => kept.push(claim.clone()),
            Err(wrong) => trouble.refuse(&Refusal::new(
                told.place.as_str(),
                format!("claim `{}`: {wrong}", claim.id),
                "correct the line; the other claims are kept",
            )),
        }
    }
    if kept.is_empty() && (text.is_none() || !bundle.told.is_empty()) {
        return Ok((None, Keep::Text));
    }
    let keep = if text.is_some() { args.keep.keep() } else { Keep::Quotes };
    let bytes_sha256 = match (&text, known.sha256) {
        (Some(text), _) => sha256_hex(text.as_bytes()),
        (None, Some(noted)) => noted,
        (None, None) => {
            sha256_hex(format!("{id}\n{}", meta.url.as_deref().unwrap_or_default()).as_bytes())
        }
    };
    // The same claims are the same coding: repeating an import changes nothing.
    let all = kept.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?.join("\n");
    let path = known
        .path
        .or_else(|| meta.url.clone())
        .unwrap_or_else(|| format!("{}#{id}", shown(&args.file)));
    let new = NewDocument {
        codebook: format!("imported {}", &sha256_hex(all.as_bytes())[..12]),
        model: "none".to_owned(),
        text: text.unwrap_or_default(),
        claims: kept,
        diagnostics: Vec::new(),
        bytes_sha256,
        path,
        meta,
        id,
        ..NewDocument::default()
    };
    Ok((Some(new), keep))
}

/// Gives evidence without offsets its place, where its words stand in the text once.
fn place_in(claim: &mut Claim, text: &str) {
    for stretch in std::iter::once(&mut claim.evidence).chain(&mut claim.also) {
        if stretch.bstart != 0 || stretch.span().of(text) == stretch.text || stretch.text.is_empty()
        {
            continue;
        }
        let mut found = text.match_indices(stretch.text.as_str());
        if let (Some((at, words)), None) = (found.next(), found.next()) {
            let start = text[..at].chars().count();
            (stretch.bstart, stretch.bend) = (at as u32, (at + words.len()) as u32);
            (stretch.start, stretch.end) = (start as u32, (start + words.chars().count()) as u32);
        }
    }
}

fn keep_all(
    ledger: &mut Ledger,
    batch: Vec<(String, NewDocument)>,
    keep: Keep,
    tally: &mut Tally,
    trouble: &mut Trouble,
) -> anyhow::Result<()> {
    let (ids, batch): (Vec<String>, Vec<NewDocument>) = batch.into_iter().unzip();
    for ((id, new), added) in ids.iter().zip(&batch).zip(ledger.add_all(&batch, keep)?) {
        match added {
            Ok(Added::New) => tally.new += 1,
            Ok(Added::Unchanged) => tally.unchanged += 1,
            Ok(Added::Recoded) => tally.recoded += 1,
            Ok(Added::NewVersion) => tally.versions += 1,
            Err(error) => {
                trouble.refuse(&Refusal::new(
                    format!("document {id}"),
                    error.to_string(),
                    "nothing of it was kept",
                ));
                continue;
            }
        }
        tally.claims += new.claims.len() as u64;
    }
    Ok(())
}

fn summary(args: &Args, tally: &Tally, refused: u64, out: &mut Out) -> anyhow::Result<()> {
    let mut parts = vec![count(tally.new, "new document")];
    for (n, what) in [
        (tally.unchanged, "known already"),
        (tally.recoded, "with other claims than before"),
        (tally.versions, "in a new version"),
        (tally.blind, "without a text: quotes kept, evidence not checked"),
        (refused, "refused"),
    ] {
        if n > 0 {
            parts.push(format!("{n} {what}"));
        }
    }
    let line = format!("{}; {}", parts.join(", "), count(tally.claims, "claim"));
    out.line(out.style.strong(&line))?;
    Ok(out.line(format!("kept in {}", args.ledger.ledger.display()))?)
}
