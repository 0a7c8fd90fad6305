//! `cargo xtask bench`: how fast, on how much memory, in how many instructions.
//!
//! Figures are of processor time, so that other programs count little, and each stands beside its ratio to a fixed loop that is
//! timed in the same run: ratios carry over to other machines, seconds do not.

mod corpus;
mod process;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::shell::{cargo, find, metadata, output, passes, release, root, say};

/// Articles of general news that are measured by default: 220,000 sentences.
const ARTICLES: usize = 10_000;
/// Dense articles.
const DENSE: usize = 1_000;
/// By how much the number of instructions may grow before it counts as a regression.
const TOLERANCE: f64 = 0.05;
/// Instructions a sentence that were measured last, for general news and dense text.
const BASELINE: &str = "xtask/instructions.tsv";
/// Articles of a GDELT day.
const DAY: f64 = 729_000.0;

/// Everything, or what the words ask for.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<bool> {
    match args {
        [] => {
            stages()?;
            whole(ARTICLES)?;
            Ok(true)
        }
        ["day"] => whole(100_000).map(|()| true),
        ["day", n] => whole(n.parse().context("a number of articles")?).map(|()| true),
        ["articles", file, n] => {
            articles(Path::new(file), n.parse().context("a number of articles")?).map(|()| true)
        }
        ["instructions"] => instructions(false),
        ["instructions", "--keep"] => instructions(true),
        _ => bail!("cargo xtask bench [day [ARTICLES] | articles FILE N | instructions [--keep]]"),
    }
}

/// Articles of general news, for others to try things on.
pub(crate) fn articles(path: &Path, n: usize) -> anyhow::Result<()> {
    corpus::write(path, n, false)
}

/// Where generated articles lie.
fn folder() -> anyhow::Result<PathBuf> {
    let metadata = metadata(&["--no-deps"])?;
    Ok(Path::new(metadata["target_directory"].as_str().unwrap_or("target")).join("bench"))
}

/// An example of a crate, built for release.
fn example(of: &str, name: &str) -> anyhow::Result<PathBuf> {
    if !passes(&mut cargo(&["build", "--quiet", "--release", "-p", of, "--example", name]))? {
        bail!("the example `{name}` does not build");
    }
    Ok(folder()?.with_file_name("release").join("examples").join(name))
}

/// Sentences a second of each stage, one thread.
fn stages() -> anyhow::Result<()> {
    let (folder, program) = (folder()?, example("hedgerow-archive", "stages")?);
    for (name, n, dense) in [("general", 1_000, false), ("dense", 300, true)] {
        let file = folder.join(format!("{name}-{n}.jsonl"));
        corpus::write(&file, n, dense)?;
        say(&format!("== stages, {name}: {n} articles"));
        if !passes(Command::new(&program).arg(&file))? {
            bail!("the example `stages` failed");
        }
    }
    Ok(())
}

/// The whole path, by the program itself: from JSON lines to Parquet.
fn whole(articles: usize) -> anyhow::Result<()> {
    let (folder, program) = (folder()?, release()?);
    let start = process::measure(
        Command::new(&program)
            .args(["code", "--published", "2015-01-01"])
            .arg(root().join("corpus/0013-galwan.md")),
    )?;
    say(&format!(
        "== start-up and one article: {:.0} ms of processor time, {:.0} ms in all, {:.0} MB",
        start.cpu * 1e3,
        start.wall * 1e3,
        start.memory
    ));
    for (name, n, dense) in [("general", articles, false), ("dense", DENSE, true)] {
        let file = folder.join(format!("{name}-{n}.jsonl"));
        corpus::write(&file, n, dense)?;
        let sentences = sentences(&file)?;
        say(&format!(
            "== {name}: {n} articles, {sentences:.0} sentences, {} MB",
            fs::metadata(&file)?.len() >> 20
        ));
        for threads in ["1", "2"] {
            let out = folder.join("out");
            if out.exists() {
                fs::remove_dir_all(&out)?;
            }
            let mut command = Command::new(&program);
            command
                .arg("code")
                .arg(&file)
                .args(["--format", "parquet", "--threads", threads, "--out"])
                .arg(&out);
            let used = process::measure(&mut command)?;
            let share = used.cpu / used.wall;
            say(&format!(
                "{threads} thread(s): {:.0} sentences a second of processor time; {:.1} s wall at {share:.2} cores; {:.0} sentences and {:.0} articles a second of wall; peak {:.0} MB",
                sentences / used.cpu,
                used.wall,
                sentences / used.wall,
                n as f64 / used.wall,
                used.memory
            ));
            if !dense {
                say(&format!(
                    "   a day of {DAY:.0} articles: {:.1} min of processor time, {:.1} min on two whole cores, {:.1} min at this run's pace",
                    DAY / n as f64 * used.cpu / 60.0,
                    DAY / n as f64 * used.cpu / 120.0,
                    DAY / n as f64 * used.wall / 60.0
                ));
            }
        }
    }
    Ok(())
}

/// How many sentences a file has, as ends of sentences go: the generator's own have no others.
fn sentences(file: &Path) -> anyhow::Result<f64> {
    let text = fs::read_to_string(file)?;
    Ok(text.matches(". ").count() as f64
        + text.matches(".\\n").count() as f64
        + text.lines().count() as f64)
}

/// Instructions a sentence under callgrind: what does not depend on the load of the machine. With `keep` they become the baseline.
fn instructions(keep: bool) -> anyhow::Result<bool> {
    let Some(valgrind) = find(&["valgrind"]) else {
        say("skipped: instructions: no valgrind (Debian: apt-get install valgrind)");
        return Ok(true);
    };
    let (folder, program) = (folder()?, example("hedgerow-coder", "once")?);
    let mut lines = String::new();
    let mut fine = true;
    let known = fs::read_to_string(root().join(BASELINE)).unwrap_or_default();
    for (name, dense, few, many) in [("general", false, 20, 80), ("dense", true, 5, 20)] {
        let count = |n: usize| -> anyhow::Result<(f64, f64)> {
            let file = folder.join(format!("{name}-{n}.jsonl"));
            corpus::write(&file, n, dense)?;
            let to = folder.join(format!("callgrind.{name}.{n}"));
            let mut command = Command::new(&valgrind);
            command
                .args(["--tool=callgrind", "--quiet"])
                .arg(format!("--callgrind-out-file={}", to.display()));
            let said = output(command.arg(&program).arg(&file))?;
            let sentences =
                said.trim().parse().context("the example says no number of sentences")?;
            let profile = fs::read_to_string(&to)?;
            let total = profile
                .lines()
                .find_map(|it| it.strip_prefix("totals: ").or(it.strip_prefix("summary: ")));
            Ok((
                total.and_then(|it| it.trim().parse().ok()).context("callgrind wrote no total")?,
                sentences,
            ))
        };
        // What loading takes is the same in both.
        let ((a, m), (b, n)) = (count(few)?, count(many)?);
        let each = (b - a) / (n - m);
        let before =
            known.lines().find_map(|it| it.strip_prefix(&format!("{name}\t"))?.parse::<f64>().ok());
        let change = before.map_or(0.0, |it| each / it - 1.0);
        say(&format!(
            "{name}: {each:.0} instructions a sentence ({:+.1} % against the baseline)",
            change * 100.0
        ));
        fine &= change <= TOLERANCE;
        lines.extend([name.to_owned(), format!("\t{each:.0}\n")]);
    }
    if keep {
        fs::write(root().join(BASELINE), lines)?;
        return Ok(true);
    }
    if !fine {
        say(&format!(
            "more than {:.0} % above {BASELINE}; make it faster, or keep the new figures with --keep and say why",
            TOLERANCE * 100.0
        ));
    }
    Ok(fine)
}
