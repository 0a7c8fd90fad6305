//! Puts the examples of the codebook to the test: `prove [--mark] [PART OF A FILE NAME OR SENSE]`.
//!
//! Reads `codebook/` of the working directory, so that nothing is built anew after an edit. With `--mark` what is missed is
//! marked `~>`, what is wrong `x>`, and what is cured `=>`: read the difference before you keep it.
#![allow(clippy::print_stdout, reason = "an example program prints")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hedgerow_codebook::{ClaimLine, Codebook, Source};
use hedgerow_coder::{Broken, Coder, prove};
use hedgerow_parse::Model;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mark = args.iter().any(|a| a == "--mark");
    args.retain(|a| a != "--mark");
    let source = Source::read(Path::new("codebook"))?;
    let (codebook, faults) = Codebook::check(&source);
    for fault in &faults {
        println!("{fault}");
    }
    let model = Model::english()?;
    let mut coder = Coder::new(&codebook, &model);
    let (tried, broken) = prove(&codebook, &mut coder, args.first().map_or("", String::as_str));
    for example in &broken {
        println!("{}\n  {}", example.place, example.text);
        for error in &example.errors {
            println!("      {error}");
        }
    }
    if mark {
        set_marks(&broken)?;
    }
    println!("{tried} examples, {} do not hold, {} faults", broken.len(), faults.len());
    Ok(())
}

/// Rewrites the answers of the examples that do not hold.
fn set_marks(broken: &[Broken]) -> Outcome<()> {
    let mut by_file: BTreeMap<PathBuf, Vec<&Broken>> = BTreeMap::new();
    for example in broken {
        let file = example.place.split(' ').next().unwrap_or_default();
        by_file.entry(Path::new("codebook").join(file)).or_default().push(example);
    }
    for (file, examples) in by_file {
        let text = std::fs::read_to_string(&file)?;
        let mut out: Vec<String> = Vec::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            out.push(line.to_owned());
            let sentence = line.trim();
            let Some(example) = examples.iter().find(|e| is_sentence(sentence, &e.text)) else {
                continue;
            };
            let mut answers = Vec::new();
            while let Some(answer) = lines.next_if(|l| is_answer(l)) {
                answers.push(answer.trim().to_owned());
            }
            out.extend(marked(answers, &example.errors));
        }
        std::fs::write(&file, out.join("\n") + "\n")?;
    }
    Ok(())
}

fn is_sentence(line: &str, text: &str) -> bool {
    line == text || line.split_once(" | ").is_some_and(|(_, rest)| rest.trim() == text)
}

fn is_answer(line: &str) -> bool {
    ["=>", "~>", "x>"].iter().any(|mark| line.trim_start().starts_with(mark))
}

/// A claim line, however its numbers are written.
fn read(line: &str) -> Option<ClaimLine> {
    line.trim().parse().ok().map(ClaimLine::canonical)
}

/// The answers of one example with their marks set anew.
fn marked(mut answers: Vec<String>, errors: &[String]) -> Vec<String> {
    for error in errors {
        let error = error.trim();
        if let Some(line) = error.strip_suffix("   is not given") {
            let (mark, claim) = line.split_at(2);
            for answer in &mut answers {
                let same = answer.starts_with(mark) && read(&answer[2..]) == read(claim);
                if same && mark == "=>" {
                    *answer = format!("~> {}", claim.trim());
                } else if same {
                    answer.clear();
                }
            }
        } else if let Some((claim, remark)) = error.split_once("   is given") {
            if remark.starts_with(" now") {
                for answer in &mut answers {
                    if answer.starts_with("~>") && read(&answer[2..]) == read(claim) {
                        *answer = format!("=> {}", answer[2..].trim());
                    }
                }
            } else {
                answers.push(format!("x> {claim}"));
            }
        }
    }
    answers.retain(|answer| !answer.is_empty() && answer != "=> nothing");
    if !answers.iter().any(|answer| answer.starts_with("=>")) {
        answers.insert(0, "=> nothing".to_owned());
    }
    answers.into_iter().map(|answer| format!("  {answer}")).collect()
}
