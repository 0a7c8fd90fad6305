//! Scores of a model on treebanks, by the rules of the `CoNLL` 2018 shared task.
//!
//! From gold tokens, every word is compared with its counterpart. From raw text, words are aligned by their place in the
//! text; precision is over the parser's words, recall over the treebank's, and a head is right where it is the
//! counterpart of the gold head. Words that share one surface place (forms not in the text) count against recall.

mod align;
mod counts;
mod report;

use std::collections::BTreeMap;

use hedgerow_parse::{Model, Parser, Sentence};
use hedgerow_text::Span;

use self::counts::Found;
pub use self::counts::{Counts, Ratio};
pub use self::report::report;
use crate::conllu::Tree;
use crate::feats::has_features;
use crate::rawtext;

/// Scores of one group of sentences, from gold tokens and from raw text.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// Tokens and sentences given.
    pub gold: Counts,
    /// Nothing given but the text.
    pub raw: Counts,
}

/// Scores `trees` under each group that `groups` names for a sentence.
pub fn score(
    model: &Model,
    trees: &[Tree],
    groups: impl Fn(&Tree) -> Vec<String>,
) -> BTreeMap<String, Scores> {
    let mut parser = Parser::new(model);
    let with_features = trees.iter().any(has_features);
    let counted = |mut counts: Counts| {
        if !with_features {
            counts.feats = Ratio::default();
        }
        counts
    };
    let mut all: BTreeMap<String, Scores> = BTreeMap::new();
    for tree in trees {
        let (text, spans) = spaced(tree);
        let sentence = parser.annotate(&text, &spans);
        let found = Found { model, text: &text, sentence: &sentence };
        let counts = counted(counts::of_gold_tokens(tree, &found));
        for group in groups(tree) {
            all.entry(group).or_default().gold.add(&counts);
        }
    }
    for document in rawtext::documents(trees) {
        let Some(first) = document.trees.first().map(|&number| &trees[number]) else { continue };
        let found = parser.parse(&document.text, Span::new(0, document.text.len() as u32));
        let counts = counted(align::of_document(&document, trees, &found, model));
        for group in groups(first) {
            all.entry(group).or_default().raw.add(&counts);
        }
    }
    all
}

/// The words of a tree with one space between, and where each stands.
pub fn spaced(tree: &Tree) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for word in &tree.words {
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len() as u32;
        text.push_str(&word.form);
        spans.push(Span::new(start, text.len() as u32));
    }
    (text, spans)
}

/// The genre that the name of a sentence tells, in EWT and GUM.
pub fn genre(tree: &Tree) -> Option<&str> {
    if let Some(rest) = tree.id.strip_prefix("GUM_") {
        return rest.split('_').next();
    }
    tree.id
        .split('-')
        .next()
        .filter(|first| ["answers", "email", "newsgroup", "reviews", "weblog"].contains(first))
}

/// Number of the head counted from 1, 0 for the root, as treebanks write it.
fn head_of(sentence: &Sentence, word: usize) -> usize {
    sentence.tokens[word].head.map_or(0, |head| head as usize + 1)
}
