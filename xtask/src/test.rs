//! `cargo xtask test`: everything that must hold.

use std::path::Path;

use crate::provider::Provider;
use crate::shell::{cargo, metadata, passes, root, say, watch};
use crate::{bench, browser, languages, score, tidy};

/// What was counted so far.
#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
    skipped: Vec<String>,
}

impl Tally {
    /// Says what was skipped and how it went.
    fn report(&mut self) -> bool {
        if !root().join("../shared/gold").is_dir() {
            self.skipped.push("tests on annotated articles: no ../shared/gold".to_owned());
        }
        for what in &self.skipped {
            say(&format!("skipped: {what}"));
        }
        say(&format!("{} passed, {} failed", self.passed, self.failed));
        self.failed == 0
    }

    /// A step that is no test: only its failure counts.
    fn step(&mut self, name: &str, done: anyhow::Result<bool>) {
        match done {
            Ok(true) => say(&format!("ok: {name}")),
            Ok(false) => {
                say(&format!("FAILED: {name}"));
                self.failed += 1;
            }
            Err(error) => {
                say(&format!("FAILED: {name}: {error:#}"));
                self.failed += 1;
            }
        }
    }

    /// Test binaries; each says how many of its tests passed.
    fn tests(&mut self, name: &str, args: &[&str]) {
        self.tests_with(name, args, &[]);
    }

    /// The same, with an environment.
    fn tests_with(&mut self, name: &str, args: &[&str], environment: &[(&str, &str)]) {
        say(&format!("== {name}"));
        let mut failed = 0;
        let (mut passed, mut skipped) = (0, Vec::new());
        let mut command = cargo(args);
        command.envs(environment.iter().copied());
        let done = watch(&mut command, |line| {
            if let Some(rest) = line.strip_prefix("test result: ") {
                passed += number(rest, " passed");
                failed += number(rest, " failed");
            } else if let Some(at) = line.find("SKIPPED: ") {
                skipped.push(line[at + 9..].to_owned());
            }
        });
        self.passed += passed;
        self.failed += failed;
        self.skipped.extend(skipped);
        // A binary that does not build, or dies, counts once.
        if failed == 0 {
            self.step(name, done);
        }
    }
}

/// Runs it; `full` adds what takes long.
pub(crate) fn run(full: bool) -> bool {
    let mut tally = Tally::default();
    let skip_train = ["--workspace", "--exclude", "hedgerow-train"];

    say("== formatting");
    tally.step("formatting", passes(&mut cargo(&["fmt", "--all", "--check"])));

    say("== lints");
    let mut clippy = cargo(&["clippy", "--quiet"]);
    clippy.args(skip_train).args(["--all-targets", "--", "-D", "warnings"]);
    tally.step("lints", passes(&mut clippy));

    // `--show-output` would bury the result; what is skipped says so on standard error, uncaptured.
    tally.tests("tests", &[&["test", "--quiet", "--no-fail-fast"], &skip_train[..]].concat());

    say("== codebook");
    tally.step("codebook", passes(&mut cargo(&["run", "--quiet", "-p", "hedgerow", "--", "lint"])));

    say("== tidy");
    let faults = tidy::run();
    if let Ok(faults) = &faults {
        for fault in faults {
            say(fault);
        }
    }
    tally.step("tidy", faults.map(|it| it.is_empty()));

    // Seconds differ from machine to machine, instructions do not.
    say("== instructions a sentence");
    tally.step("instructions a sentence", bench::run(&["instructions"]));

    if full {
        long(&mut tally);
    } else {
        say("== browser");
        match metadata(&["--no-deps"]).and_then(|it| {
            let target = it["target_directory"].as_str().unwrap_or("target").to_owned();
            browser::short(&Path::new(&target).join("debug").join("hedgerow"))
        }) {
            Ok(browser::Outcome::Skipped(why)) => tally.skipped.push(format!("browser: {why}")),
            Ok(browser::Outcome::Looked) => tally.step("browser", Ok(true)),
            Err(error) => tally.step("browser", Err(error)),
        }
        tally.skipped.push(
            "training, documentation, annotated articles, the whole journey in a browser, Python, Spark, R: run with --full"
                .to_owned(),
        );
    }
    tally.report()
}

/// The last steps of the long run alone.
pub(crate) fn run_late() -> bool {
    let mut tally = Tally::default();
    late(&mut tally);
    tally.report()
}

/// What takes long, or needs more than the toolchain.
fn long(tally: &mut Tally) {
    tally.tests("training", &["test", "--quiet", "--release", "-p", "hedgerow-train"]);

    // Kills, full disks and holes by the hundred, where the tests above make do with a few.
    let faults = [
        "test",
        "--quiet",
        "-p",
        "hedgerow-ledger",
        "--test",
        "it",
        "--",
        "faults",
        "kill::",
        "--nocapture",
    ];
    tally.tests_with("faults of the ledger", &faults, &[("HEDGEROW_FULL", "1")]);

    let kills =
        ["test", "--quiet", "-p", "hedgerow", "--test", "it", "--", "kill::", "--nocapture"];
    tally.tests_with("exports cut short", &kills, &[("HEDGEROW_FULL", "1")]);

    // Ten thousand mutated documents of each kind.
    for (of, name) in [("hedgerow-ingest", "mutated documents"), ("hedgerow", "mutated PDFs")] {
        let args = [
            "test",
            "--quiet",
            "--release",
            "-p",
            of,
            "--test",
            "it",
            "--",
            "--ignored",
            "ten_thousand",
        ];
        tally.tests(name, &args);
    }

    late(tally);
}

/// The steps of the long run that need a browser, other languages or the annotated articles.
fn late(tally: &mut Tally) {
    match Provider::start(&["http://127.0.0.1:9/callback/op"]) {
        Ok(Some(provider)) => {
            let args =
                ["test", "--quiet", "-p", "hedgerow-people", "--test", "it", "--", "provider::"];
            let place = [("HEDGEROW_OIDC", provider.issuer.as_str())];
            tally.tests_with("a real OpenID provider", &args, &place);
        }
        Ok(None) => tally.skipped.push("a real OpenID provider: no node here".to_owned()),
        Err(error) => tally.step("a real OpenID provider", Err(error)),
    }

    say("== documentation");
    let mut doc = cargo(&["doc", "--quiet", "--no-deps", "--document-private-items"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    tally.step("documentation", passes(&mut doc));

    say("== annotated articles");
    if score::is_there() {
        tally.step("annotated articles", score::coder(&[]));
    } else {
        tally.skipped.push("annotated articles: no ../shared/gold".to_owned());
    }

    say("== browser");
    match browser::run() {
        Ok(browser::Outcome::Skipped(why)) => tally.skipped.push(format!("browser: {why}")),
        Ok(browser::Outcome::Looked) => tally.step("browser", Ok(true)),
        Err(error) => tally.step("browser", Err(error)),
    }

    others(tally);
}

/// What needs other languages.
fn others(tally: &mut Tally) {
    type Check = fn() -> anyhow::Result<languages::Outcome>;
    let checks: [(&str, Check); 3] =
        [("Python", languages::package), ("Spark", languages::spark), ("R", languages::r)];
    for (name, check) in checks {
        say(&format!("== {name}"));
        match check() {
            Ok(languages::Outcome::Held(held)) => tally.step(name, Ok(held)),
            Ok(languages::Outcome::Skipped(why)) => tally.skipped.push(format!("{name}: {why}")),
            Err(error) => tally.step(name, Err(error)),
        }
    }
}

/// The number before `word`.
fn number(text: &str, word: &str) -> u64 {
    let Some((before, _)) = text.split_once(word) else { return 0 };
    before.rsplit([' ', ';']).next().and_then(|it| it.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn results_are_read() {
        let line = "ok. 13 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!((number(line, " passed"), number(line, " failed")), (13, 2));
    }
}
