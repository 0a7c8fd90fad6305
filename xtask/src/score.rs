//! `cargo xtask score`: the built program against texts with known answers.

mod articles;
mod events;
mod hedge;
mod page;
mod pair;
mod reliability;

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::shell::{find, output, passes, release, root, say};

pub(crate) use articles::run as articles;
pub(crate) use events::run as events;
pub(crate) use hedge::run as hedge;
pub(crate) use pair::run as pair;

/// Whether the annotated articles are there. They are not part of the project.
pub(crate) fn is_there() -> bool {
    gold().is_dir()
}

fn gold() -> PathBuf {
    root().join("../shared/gold")
}

/// Fields of a claim that the annotators' format has not.
const OURS: [&str; 3] = ["domain", "links", "ordinal"];

/// Codes the articles, checks the claims and scores them; `args` go to the scorer.
pub(crate) fn coder(args: &[&str]) -> anyhow::Result<bool> {
    if !is_there() {
        say("skipped: no annotated articles at ../shared/gold");
        return Ok(true);
    }
    let Some(python) = find(&["python3"]) else {
        say("skipped: no python3, which the scorer is written in");
        return Ok(true);
    };
    let gold = gold();
    let hedgerow = release()?;
    let folder = tempfile::tempdir()?;
    let articles = folder.path().join("articles.jsonl");
    let claims = folder.path().join("claims.jsonl");
    write_articles(&gold, &articles)?;
    let coded =
        output(Command::new(hedgerow).arg("code").arg(&articles).args(["--format", "jsonl"]))?;
    fs::write(&claims, coded)?;
    // Our further fields are none of the annotators'.
    let plain = folder.path().join("plain.jsonl");
    let mut shared = rows(&claims)?;
    for claim in shared.iter_mut().filter_map(Value::as_object_mut) {
        claim.retain(|field, _| !OURS.contains(&field.as_str()));
    }
    write(&plain, &shared)?;
    let valid =
        passes(Command::new(&python).arg(gold.join("validate.py")).arg("--no-split").arg(&plain))?;
    let mut scorer = Command::new(&python);
    scorer.arg(gold.join("score.py")).arg(gold.join("dev.claims.jsonl")).arg(&claims);
    scorer.arg("--meta").arg(gold.join("meta.jsonl"));
    scorer.args(["--need-evidence", "--by-doc", "--by-type"]).args(args);
    let scored = passes(&mut scorer)?;
    let mut scorer = Command::new(&python);
    scorer.arg(gold.join("score.py")).arg(gold.join("dev.claims.jsonl")).arg(&claims);
    scorer.arg("--meta").arg(gold.join("meta.jsonl")).args(["--need-evidence", "--json"]);
    page::put("annotated", &annotated(&serde_json::from_str(&output(&mut scorer)?)?))?;
    Ok(scored && valid)
}

/// The scorer's figures as a table.
fn annotated(scores: &Value) -> String {
    let mut table = String::from(
        "| measure | kind | annotated | given | right | precision | recall | F1 |\n|---|---|---|---|---|---|---|---|\n",
    );
    for measure in ["strict", "relaxed", "pair"] {
        for kind in ["event", "flow", "tie", "stance", "ALL"] {
            let row = &scores[measure][kind];
            let percent = |key: &str| row[key].as_f64().map_or(0.0, |share| share * 100.0);
            let (gold, given, right) = (&row["gold"], &row["pred"], &row["tp"]);
            // Writing to a string cannot fail.
            let _ = writeln!(
                table,
                "| {measure} | {} | {gold} | {given} | {right} | {:.1} | {:.1} | {:.1} |",
                kind.to_lowercase(),
                percent("p"),
                percent("r"),
                percent("f1")
            );
        }
    }
    table
}

/// The articles with their days of publication, one a line.
fn write_articles(gold: &Path, to: &Path) -> anyhow::Result<()> {
    let meta = fs::read_to_string(gold.join("meta.jsonl"))?;
    let mut file = fs::File::create(to)?;
    for line in meta.lines() {
        let meta: Value = serde_json::from_str(line).context("meta.jsonl")?;
        let Some(id) = meta["id"].as_str() else { bail!("meta.jsonl: a line without id") };
        let text = fs::read_to_string(gold.join(format!("texts/{id}.txt")))?;
        let (published, outlet) = (&meta["published"], &meta["outlet"]);
        let record = json!({"id": id, "text": text, "published": published, "outlet": outlet});
        writeln!(file, "{record}")?;
    }
    Ok(())
}

/// The folder of the sentence benchmarks and the interpreter of their scorer; says why where they are not there.
fn bench_or_say() -> Option<(PathBuf, PathBuf)> {
    let bench = root().join("../shared/bench");
    if !bench.is_dir() {
        say("skipped: no sentence benchmarks at ../shared/bench");
        return None;
    }
    let python = find(&["python3"]);
    if python.is_none() {
        say("skipped: no python3, which the scorer is written in");
    }
    Some((bench, python?))
}

/// The rows of a file of JSON lines.
fn rows(path: &Path) -> anyhow::Result<Vec<Value>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let row = |(n, line): (usize, &str)| {
        serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), n + 1))
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(row).collect()
}

/// Writes one row a line.
fn write(path: &Path, rows: &[Value]) -> anyhow::Result<()> {
    let mut file = fs::File::create(path)?;
    for row in rows {
        writeln!(file, "{row}")?;
    }
    Ok(())
}
