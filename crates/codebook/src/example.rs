//! Examples: sentences with the claims they must give. They stand beside what they prove, and are its tests.
//!
//! ```text
//! 2015-09-20 | Vietnam's President Truong Tan Sang visited Japan last week.
//!   => VNM -> JPN  CONSULT.visit  2015-09-13/2015-09-19
//! Thousands of fans visited the website.
//!   => nothing
//! Japan was paid a visit by Sang.
//!   => nothing
//!   ~> VNM -> JPN  CONSULT.visit
//! ```
//! `=>` is what the coder gives, `~>` what it ought to give and is known to miss, `x>` what it gives and ought not to.
//! A known error that is cured fails the test, so that its mark is taken away.

use jiff::civil::Date;

use crate::line::ClaimLine;

/// A sentence (or short text) and the claims it gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Publication date, where relative dates matter.
    pub published: Option<Date>,
    /// The text.
    pub text: String,
    /// Claims that are given and right.
    pub given: Vec<ClaimLine>,
    /// Claims that are wanted and known to be missed.
    pub missed: Vec<ClaimLine>,
    /// Claims that are given and known to be wrong.
    pub wrong: Vec<ClaimLine>,
    /// Line in the block, from 0.
    pub line: usize,
}

impl Example {
    /// Whether nothing at all should come of the text.
    pub fn is_silent(&self) -> bool {
        self.given.is_empty() && self.missed.is_empty()
    }
}

/// Examples as they stand in their file. They are read when somebody asks for them, since coding needs none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    text: Box<str>,
    start: usize,
}

impl Block {
    pub(crate) fn new(text: String, start: usize) -> Self {
        Self { text: text.into(), start }
    }

    /// The examples that can be read.
    pub fn read(&self) -> Vec<Example> {
        parse(&self.text).0
    }

    /// The block as it stands in its file.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The examples, and the mistakes with their line in the block.
    pub(crate) fn check(&self) -> (Vec<Example>, Vec<(usize, String)>) {
        parse(&self.text)
    }

    /// Where the block begins in its file, in bytes.
    pub(crate) const fn start(&self) -> usize {
        self.start
    }
}

/// Mistakes in a block, each with its line.
pub(crate) type Mistakes = Vec<(usize, String)>;

/// Reads a block of examples; mistakes come with their line in the block.
pub fn parse(block: &str) -> (Vec<Example>, Vec<(usize, String)>) {
    answered(block, sentence, |example, mark, claim, line, mistakes| {
        if claim == "nothing" {
            return;
        }
        match claim.parse::<ClaimLine>() {
            Err(error) => mistakes.push((line, error.to_string())),
            Ok(claim) => match mark {
                "=>" => example.given.push(claim),
                "~>" => example.missed.push(claim),
                _ => example.wrong.push(claim),
            },
        }
    })
}

/// Reads a block of sentences, each with lines of answers behind a mark (`=>`, `~>`, `x>`): `begin` makes an example of a
/// sentence, its day and its line, `answer` adds what stands behind a mark in a line.
pub(crate) fn answered<T>(
    block: &str,
    begin: impl Fn(Option<Date>, String, usize) -> T,
    mut answer: impl FnMut(&mut T, &str, &str, usize, &mut Mistakes),
) -> (Vec<T>, Mistakes) {
    let mut examples: Vec<T> = Vec::new();
    let mut mistakes = Vec::new();
    let mut answered = true;
    for (line, text) in block.lines().enumerate() {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let marked = ["=>", "~>", "x>"].into_iter().find_map(|m| Some((m, text.strip_prefix(m)?)));
        let Some((mark, said)) = marked else {
            if !answered {
                mistakes.push((line - 1, "this sentence has no `=>` line".to_owned()));
            }
            let (published, text) = dated(text);
            examples.push(begin(published, text.trim().to_owned(), line));
            answered = false;
            continue;
        };
        let Some(example) = examples.last_mut() else {
            mistakes.push((line, "no sentence stands before this line".to_owned()));
            continue;
        };
        answered = true;
        answer(example, mark, said.trim(), line, &mut mistakes);
    }
    if !answered {
        mistakes.push((block.lines().count(), "the last sentence has no `=>` line".to_owned()));
    }
    (examples, mistakes)
}

/// The day before a sentence, `2015-09-20 | `, and the sentence.
fn dated(text: &str) -> (Option<Date>, &str) {
    let dated = text.split_once(" | ").and_then(|(d, rest)| Some((d.trim().parse().ok()?, rest)));
    dated.map_or((None, text), |(date, rest)| (Some(date), rest))
}

fn sentence(published: Option<Date>, text: String, line: usize) -> Example {
    Example { published, text, given: Vec::new(), missed: Vec::new(), wrong: Vec::new(), line }
}
