//! Training and scoring of the parser: a program of its own in `crates/train`, so that no other build waits for it.

use std::path::Path;

use crate::shell::{cargo, passes, root, say};

/// Hands the arguments to that program.
pub(crate) fn run(command: &str, args: &[&str]) -> anyhow::Result<bool> {
    let there = |path: &str| Path::new(&root()).join("crates/train").join(path).exists();
    if !there("src/main.rs") && !there("src/bin") {
        say("skipped: crates/train has no program yet");
        return Ok(true);
    }
    let mut run = cargo(&["run", "--release", "--quiet", "-p", "hedgerow-train", "--", command]);
    passes(run.args(args))
}

/// Trains the linear model of `hedgerow pair`.
pub(crate) fn pair() -> anyhow::Result<bool> {
    passes(&mut cargo(&[
        "run",
        "--release",
        "--quiet",
        "-p",
        "hedgerow-coder",
        "--example",
        "train_pair",
    ]))
}
