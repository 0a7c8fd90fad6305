//! The project's own chores: `cargo xtask test`, `tidy`, `score`, `train`.

mod bench;
mod browser;
mod languages;
mod licence;
mod provider;
mod score;
mod shell;
mod test;
mod tidy;
mod train;

use std::env;
use std::process::ExitCode;

use shell::say;

const HELP: &str = "\
cargo xtask test [--full]       formatting, lints, all tests, codebook, tidy; --full adds what takes long
cargo xtask test --late         of what takes long only what needs a browser, other languages or annotated articles
cargo xtask tidy                edges between crates, length of files, licences, marks and paths that must not be there
cargo xtask score coder [ARGS]  the built program against the annotated articles in ../shared/gold
cargo xtask score articles      the coder against the claims beside the articles in corpus/
cargo xtask score hedge         the measure from coded claims against the measure from claims by hand
cargo xtask score pair [ARGS]   `hedgerow pair` against the sentences with given actors in ../shared/bench
cargo xtask score events [ARGS] the coder against the records of older coders in ../shared/bench
cargo xtask score parse [ARGS]  the parser against the treebanks
cargo xtask bench               sentences a second of each stage and in all, memory, start-up
cargo xtask bench day [N]       N articles (100,000) through the program, and what a day of GDELT would take
cargo xtask bench instructions  instructions a sentence under callgrind against xtask/instructions.tsv; --keep writes it
cargo xtask train pair          train the tie-break of `hedgerow pair` from the codebook
cargo xtask train [ARGS]        train the parser
";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match &words[..] {
        ["test"] => Ok(test::run(false)),
        ["test", "--full"] => Ok(test::run(true)),
        ["test", "--late"] => Ok(test::run_late()),
        ["tidy"] => tidy::run().map(|faults| {
            for fault in &faults {
                say(fault);
            }
            say(&format!("tidy: {} faults", faults.len()));
            faults.is_empty()
        }),
        ["score", "coder", rest @ ..] => score::coder(rest),
        ["score", "articles"] => score::articles(),
        ["score", "hedge"] => score::hedge(),
        ["score", "pair", rest @ ..] => score::pair(rest),
        ["score", "events", rest @ ..] => score::events(rest),
        ["score", "parse", rest @ ..] => train::run("score", rest),
        ["train", "pair"] => train::pair(),
        ["train", rest @ ..] => train::run("train", rest),
        ["bench", rest @ ..] => bench::run(rest),
        [] | ["help" | "--help" | "-h"] => {
            say(HELP.trim_end());
            Ok(true)
        }
        _ => {
            say(HELP.trim_end());
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            say(&format!("xtask: {error:#}"));
            ExitCode::from(2)
        }
    }
}
