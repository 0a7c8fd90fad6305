//! Annotating the given words of CoNLL-U files anew, so that trees can be compared word by word.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use hedgerow_parse::{Model, Parser, Sentence};
use hedgerow_text::Span;

use crate::print::Out;
use crate::trouble::{Refusal, Trouble, visible};

/// A sentence under way.
#[derive(Debug, Default)]
struct Block {
    /// Its lines; a word is given by its number and its first, second and last field.
    lines: Vec<Line>,
    /// The forms with one space between.
    text: String,
    /// Where the forms stand in it.
    spans: Vec<Span>,
}

#[derive(Debug)]
enum Line {
    /// A comment or a multiword token: printed as it is.
    Kept(String),
    Word {
        id: String,
        form: String,
        misc: String,
    },
}

/// Prints `file` with tags, lemmas, features and trees of `model` in place of its own. Words, comments, multiword
/// tokens and the last column are kept; empty nodes are left out, since they belong to enhanced graphs.
///
/// A sentence that is not CoNLL-U is refused, and the next one read.
pub(super) fn annotate(
    file: &Path,
    model: &Model,
    out: &mut Out,
    trouble: &mut Trouble,
) -> anyhow::Result<()> {
    let name = file.display().to_string();
    let refusal = |line: usize, wrong: &str, remedy: &str| {
        let place = if line > 0 { format!("{name}:{line}") } else { name.clone() };
        Refusal::new(place, wrong, remedy)
    };
    let opened = match File::open(file) {
        Ok(opened) => opened,
        Err(error) => {
            trouble.refuse(&refusal(0, &error.to_string(), "check the path"));
            return Ok(());
        }
    };
    let mut parser = Parser::new(model);
    let mut block = Block::default();
    let mut skipping = false;
    let mut lines = BufReader::new(opened).split(b'\n');
    let mut number = 0;
    loop {
        number += 1;
        let line = match lines.next() {
            None => {
                block.print(&mut parser, model, out)?;
                return Ok(());
            }
            Some(Err(error)) => {
                trouble.refuse(&refusal(number, &error.to_string(), "the rest is not read"));
                return Ok(());
            }
            Some(Ok(bytes)) => String::from_utf8(bytes),
        };
        match line {
            Ok(line) if line.trim().is_empty() => {
                block.print(&mut parser, model, out)?;
                skipping = false;
            }
            Ok(_) if skipping => {}
            Ok(line) => {
                if let Err(wrong) = block.take(line.trim_end_matches('\r')) {
                    trouble.refuse(&refusal(number, wrong, "its sentence is left out"));
                    (block, skipping) = (Block::default(), true);
                }
            }
            Err(_) => {
                trouble.refuse(&refusal(number, "it is not UTF-8", "its sentence is left out"));
                (block, skipping) = (Block::default(), true);
            }
        }
    }
}

impl Block {
    fn take(&mut self, line: &str) -> Result<(), &'static str> {
        if line.starts_with('#') {
            self.lines.push(Line::Kept(visible(line)));
            return Ok(());
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let &[id, form, .., misc] = &fields[..] else {
            return Err("a line of CoNLL-U has ten fields between tabs");
        };
        if fields.len() != 10 {
            return Err("a line of CoNLL-U has ten fields between tabs");
        }
        if id.contains('.') {
            return Ok(());
        }
        if id.contains('-') {
            self.lines.push(Line::Kept(visible_fields(&fields)));
            return Ok(());
        }
        if id.parse() != Ok(self.spans.len() + 1) {
            return Err("words are numbered from 1 without a gap");
        }
        if form.trim().is_empty() {
            return Err("a word has no form");
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len() as u32;
        self.text.push_str(form);
        self.spans.push(Span::new(start, self.text.len() as u32));
        let [id, form, misc] = [id, form, misc].map(visible);
        self.lines.push(Line::Word { id, form, misc });
        Ok(())
    }

    /// Prints the sentence, if there is one, and starts anew.
    fn print(
        &mut self,
        parser: &mut Parser<'_>,
        model: &Model,
        out: &mut Out,
    ) -> anyhow::Result<()> {
        let block = std::mem::take(self);
        let sentence = parser.annotate(&block.text, &block.spans);
        let mut word = 0;
        for line in &block.lines {
            match line {
                Line::Kept(line) => out.line(line)?,
                Line::Word { id, form, misc } => {
                    let fields = annotated(&sentence, &block.text, model, word);
                    let misc = if misc == "_" { String::new() } else { format!("{misc}|") };
                    let token = &sentence.tokens[word];
                    out.line(format!(
                        "{id}\t{form}\t{fields}\t_\t{misc}HeadProb={:.3}|RelProb={:.3}",
                        token.head_prob, token.rel_prob
                    ))?;
                    word += 1;
                }
            }
        }
        if !block.lines.is_empty() {
            out.line("")?;
        }
        Ok(())
    }
}

/// Lemma, tags, features, head and relation of a word.
fn annotated(sentence: &Sentence, text: &str, model: &Model, word: usize) -> String {
    let token = &sentence.tokens[word];
    format!(
        "{}\t{}\t{}\t{}\t{}\t{}",
        token.lemma,
        token.upos,
        token.xpos,
        model.features(sentence, text, word),
        token.head.map_or(0, |head| head + 1),
        token.rel
    )
}

fn visible_fields(fields: &[&str]) -> String {
    fields.iter().map(|field| visible(field)).collect::<Vec<_>>().join("\t")
}
