//! `cargo xtask score pair`: `hedgerow pair` against sentences with given actors and known types.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use super::{bench_or_say, page, rows, write};
use crate::shell::{output, release, say};

/// Resamples of the bootstrap.
const RESAMPLES: &str = "1000";

/// Scores both halves of the type set and the set of conflict against cooperation; `args` go to the scorer. The table
/// goes to `docs/scores.md` where no `args` are given.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<bool> {
    let Some((bench, python)) = bench_or_say() else { return Ok(true) };
    let hedgerow = release()?;
    let folder = tempfile::tempdir()?;
    let answers = folder.path().join("answers.jsonl");
    let part = folder.path().join("part.jsonl");
    let score = |gold: &Path| -> anyhow::Result<Value> {
        let mut scorer = Command::new(&python);
        scorer
            .arg(bench.join("score.py"))
            .args([gold, &answers])
            .args(["--json", "--boot", RESAMPLES]);
        serde_json::from_str(&output(scorer.args(args))?).context("the scorer printed no JSON")
    };
    let answer = |gold: &Path| -> anyhow::Result<()> {
        Ok(fs::write(&answers, output(Command::new(&hedgerow).arg("pair").arg(gold))?)?)
    };

    let types = bench.join("plv_train.jsonl");
    answer(&types)?;
    let all = rows(&types)?;
    let read = |row: &Value| row["sent_id"].as_str().is_some_and(|id| id < "8");
    let mut table = String::from(
        "| sentences | n | root | quad | binary | answered |\n|---|---|---|---|---|---|\n",
    );
    let mut whole = Value::Null;
    for (name, keep) in [
        ("PLV train, half read while the rules were written", Some(true)),
        ("PLV train, half not read", Some(false)),
        ("PLV train, all", None),
    ] {
        let kept = all.iter().filter(|row| keep.is_none_or(|keep| read(row) == keep));
        write(&part, &kept.cloned().collect::<Vec<_>>())?;
        whole = score(&part)?;
        table += &line(name, &whole);
    }
    let binary = bench.join("aw_train.jsonl");
    answer(&binary)?;
    table += &line("AW train", &score(&binary)?);
    table += "\nMacro-F1 in percent with the 95 % interval of the bootstrap.\n\n";
    table += &types_of(&whole);
    say(&table);
    if args.is_empty() {
        page::put("pair", &table)?;
    }
    Ok(true)
}

fn line(name: &str, scores: &Value) -> String {
    let cell = |level: &str| {
        let level = &scores[level];
        let percent = |value: &Value| 100.0 * value.as_f64().unwrap_or_default();
        let ci = &level["ci95"];
        level["macro_f1"].as_f64().map_or_else(String::new, |f1| {
            format!("{:.1} ({:.1} to {:.1})", 100.0 * f1, percent(&ci[0]), percent(&ci[1]))
        })
    };
    format!(
        "| {name} | {} | {} | {} | {} | {} |\n",
        scores["gold_rows"],
        cell("root"),
        cell("quad"),
        cell("binary"),
        scores["binary"]["answered"],
    )
}

/// Precision and recall of each root type.
fn types_of(scores: &Value) -> String {
    let mut table = String::from("| type | n | precision | recall | F1 |\n|---|---|---|---|---|\n");
    let types = scores["root"]["per_class"].as_object();
    for (name, of) in types.into_iter().flatten() {
        let figure = |key: &str| 100.0 * of[key].as_f64().unwrap_or_default();
        let _ = writeln!(
            table,
            "| {name} | {} | {:.1} | {:.1} | {:.1} |",
            of["n"],
            figure("p"),
            figure("r"),
            figure("f1")
        );
    }
    table
}
