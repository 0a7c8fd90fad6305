//! From text to sentences with trees.

use std::ops::Range;

use hedgerow_text::Span;

use crate::held;
use crate::model::Model;
use crate::net::Scratch;
use crate::net::exp;
use crate::net::kernel::{self, Isa};
use crate::roles;
use crate::sentence::{Alternative, Sentence, Token};
use crate::split::Split;
use crate::tag::Rel;
use crate::tree;

/// Given tokens beyond this many are read block by block, so that no input costs the square of its length.
const LONGEST: usize = 512;
/// Other heads are kept from this posterior on.
const WORTH_WEIGHING: f32 = 0.03;
/// Other heads kept per word.
const ALTERNATIVES: usize = 2;

/// Reads text with a model. Holds buffers, so one per thread; what it gives does not depend on what it read before.
#[derive(Debug)]
pub struct Parser<'m> {
    model: &'m Model,
    split: Split,
    scratch: Scratch,
}

impl<'m> Parser<'m> {
    /// A parser that uses the fastest instructions of this machine; the results are the same on all.
    pub fn new(model: &'m Model) -> Self {
        Self::with_isa(model, Isa::best())
    }

    /// A parser for each instruction set that this machine has, slowest first, with its name: to compare their speed.
    pub fn variants(model: &'m Model) -> Vec<(String, Self)> {
        let named = |isa| (format!("{isa:?}"), Self::with_isa(model, isa));
        Isa::available().into_iter().map(named).collect()
    }

    fn with_isa(model: &'m Model, isa: Isa) -> Self {
        Self { model, split: Split::default(), scratch: Scratch::new(isa) }
    }

    /// The sentences of `span`, one zone of `text`. Blank lines end sentences; offsets are those of `text`.
    pub fn parse(&mut self, text: &str, span: Span) -> Vec<Sentence> {
        let sentences = self.split(text, span);
        sentences.iter().map(|tokens| self.annotate(text, tokens)).collect()
    }

    /// The words of `span`, sentence by sentence, without tags and trees.
    pub fn split(&mut self, text: &str, span: Span) -> Vec<Vec<Span>> {
        self.model.splitter.run(&self.model.bytes, text, span, &mut self.split);
        self.split.sentences(span.start)
    }

    /// Tags, lemmas and tree for the given words of `text`.
    pub fn annotate(&mut self, text: &str, tokens: &[Span]) -> Sentence {
        self.annotate_holding(text, tokens, &[])
    }

    /// The same where some names are known: the words of each, a range of `tokens`, stay together in the tree.
    pub fn annotate_holding(
        &mut self,
        text: &str,
        tokens: &[Span],
        names: &[Range<usize>],
    ) -> Sentence {
        let mut sentence = Sentence::default();
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return sentence };
        sentence.span = first.cover(*last);
        for (n, block) in tokens.chunks(LONGEST).enumerate() {
            // A name that a block boundary cuts is not held.
            let from = n * LONGEST;
            let here = names.iter().filter(|name| name.start >= from);
            let here: Vec<_> = here.map(|name| name.start - from..name.end - from).collect();
            self.annotate_block(text, block, &here, &mut sentence);
        }
        sentence
    }

    /// Appends a block. The root of a later block hangs from the root of the first.
    fn annotate_block(
        &mut self,
        text: &str,
        spans: &[Span],
        names: &[Range<usize>],
        sentence: &mut Sentence,
    ) {
        let (model, isa) = (self.model, self.scratch.isa);
        let before = sentence.tokens.len() as u32;
        let first_alternative = sentence.alternatives.len();
        let first_root = sentence.tokens.iter().position(|t| t.head.is_none()).map(|r| r as u32);
        let forms: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
        model.network.read(&model.bytes, &forms, &mut self.scratch);
        let count = forms.len();
        held::hold(&mut self.scratch.arcs, count, names);
        let mut heads = Vec::new();
        tree::best_tree(&self.scratch.arcs, count, &mut heads);
        let mut pairs: Vec<(usize, usize)> = heads.iter().copied().enumerate().collect();
        let mut posteriors = Vec::with_capacity(count);
        for (word, row) in self.scratch.arcs.chunks_exact_mut(count + 1).enumerate() {
            kernel::softmax(isa, row, model.head_temperature);
            posteriors.push(row[heads[word]]);
            others(row, heads[word], |head| pairs.push((word, head)));
        }
        model.network.relate(&pairs, &mut self.scratch);
        let global = |head: usize| (head > 0).then(|| before + head as u32 - 1);
        let rel_stride = model.network.rel_stride();
        let rows = self.scratch.rels.chunks_exact_mut(rel_stride);
        for (i, (&(word, head), row)) in pairs.iter().zip(rows).enumerate() {
            let (rel, rel_prob) = best_rel(model, isa, &mut row[..model.rels.len()], head == 0);
            if i >= count {
                sentence.alternatives.push(Alternative {
                    token: before + word as u32,
                    head: global(head),
                    rel,
                    head_prob: self.scratch.arcs[word * (count + 1) + head],
                    rel_prob,
                });
                continue;
            }
            let tags = &self.scratch.tags[word * model.network.tag_stride()..][..model.tags.len()];
            let (upos, xpos) = model.tags[largest(tags)];
            let (head, rel) = match (global(head), first_root) {
                (None, Some(root)) => (Some(root), Rel::Parataxis),
                (head, _) => (head, rel),
            };
            sentence.tokens.push(Token {
                span: spans[word],
                lemma: lemma(model, forms[word], tags),
                upos,
                xpos,
                rel,
                head,
                head_prob: posteriors[word],
                rel_prob,
            });
        }
        let rows =
            roles::Rows { labels: &model.rels, values: &self.scratch.rels, stride: rel_stride };
        let tokens = &mut sentence.tokens[before as usize..];
        roles::settle(tokens, &mut sentence.alternatives[first_alternative..], before, &rows);
    }
}

/// Calls `keep` for the likeliest heads besides `chosen`, likeliest first.
fn others(row: &[f32], chosen: usize, mut keep: impl FnMut(usize)) {
    if row[chosen] > 1.0 - WORTH_WEIGHING {
        return;
    }
    let mut taken = vec![chosen];
    for _ in 0..ALTERNATIVES {
        let mut best: Option<usize> = None;
        for (head, &p) in row.iter().enumerate() {
            let better = best.is_none_or(|best| p > row[best]);
            if p >= WORTH_WEIGHING && better && !taken.contains(&head) {
                best = Some(head);
            }
        }
        let Some(head) = best else { return };
        taken.push(head);
        keep(head);
    }
}

/// The best relation and its posterior. Only the root is labelled as root.
fn best_rel(model: &Model, isa: Isa, row: &mut [f32], is_root: bool) -> (Rel, f32) {
    if is_root {
        return (Rel::Root, 1.0);
    }
    kernel::softmax(isa, row, model.rel_temperature);
    let mut best: Option<usize> = None;
    for (i, &p) in row.iter().enumerate() {
        if model.rels[i] != Rel::Root && best.is_none_or(|best| p > row[best]) {
            best = Some(i);
        }
    }
    // The loader has seen to it that there is a relation besides the root.
    best.map_or((Rel::Dep, 0.0), |best| (model.rels[best], row[best]))
}

/// Tags whose value lies further below the best than this say nothing of the lemma.
const FAR_BELOW: f32 = 3.0;

/// The lemma under the best tag. Whether a capital is part of it is decided by all likely tags together: where *Online*
/// is an adverb, an adjective or a noun, small letters are likelier than a name, which may still be the best single tag.
fn lemma(model: &Model, form: &str, tags: &[f32]) -> Box<str> {
    let tags = &tags[..model.tags.len()];
    let best = largest(tags);
    let of = |tag: usize| model.lemmatiser.lemma(form, model.tags[tag].1);
    if !form.chars().any(char::is_uppercase) {
        return of(best);
    }
    let mut lemmas = vec![(of(best), 1.0)];
    for (tag, value) in tags.iter().enumerate() {
        if tag == best || *value < tags[best] - FAR_BELOW {
            continue;
        }
        let (lemma, weight) = (of(tag), exp(value - tags[best]));
        if let Some((_, sum)) = lemmas.iter_mut().find(|(known, _)| *known == lemma) {
            *sum += weight;
        } else if same_letters(&lemma, &lemmas[0].0) {
            lemmas.push((lemma, weight));
        }
    }
    let mut likeliest = 0;
    for at in 1..lemmas.len() {
        if lemmas[at].1 > lemmas[likeliest].1 {
            likeliest = at;
        }
    }
    lemmas.swap_remove(likeliest).0
}

fn same_letters(a: &str, b: &str) -> bool {
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

fn largest(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, &x) in row.iter().enumerate() {
        if x > row[best] {
            best = i;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Japan granted Vietnam six patrol boats in 2014. The two countries’ leaders met in \
        Hanoi, and a deal was signed by Prime Minister Shinzo Abe.";

    fn whole(text: &str) -> Span {
        Span::new(0, text.len() as u32)
    }

    #[test]
    fn a_sentence_of_the_domain_is_read_rightly() {
        let model = Model::english().unwrap();
        let sentences = Parser::new(&model).parse(TEXT, whole(TEXT));
        assert_eq!(sentences.len(), 2);
        let found: Vec<_> = sentences[0]
            .tokens
            .iter()
            .map(|t| (t.span.of(TEXT), &*t.lemma, t.upos.as_str(), t.rel.as_str(), t.head))
            .collect();
        assert_eq!(
            found,
            [
                ("Japan", "Japan", "PROPN", "nsubj", Some(1)),
                ("granted", "grant", "VERB", "root", None),
                ("Vietnam", "Vietnam", "PROPN", "iobj", Some(1)),
                ("six", "six", "NUM", "nummod", Some(5)),
                ("patrol", "patrol", "NOUN", "compound", Some(5)),
                ("boats", "boat", "NOUN", "obj", Some(1)),
                ("in", "in", "ADP", "case", Some(7)),
                ("2014", "2014", "NUM", "obl", Some(1)),
                (".", ".", "PUNCT", "punct", Some(1)),
            ]
        );
    }

    #[test]
    fn all_instruction_sets_give_the_same_sentences() {
        let model = Model::english().unwrap();
        let expected = Parser::with_isa(&model, Isa::Portable).parse(TEXT, whole(TEXT));
        for isa in Isa::available() {
            assert_eq!(Parser::with_isa(&model, isa).parse(TEXT, whole(TEXT)), expected, "{isa:?}");
        }
    }

    #[test]
    fn what_was_read_before_does_not_matter() {
        let model = Model::english().unwrap();
        let mut used = Parser::new(&model);
        used.parse("Something else was read before.", whole("Something else was read before."));
        assert_eq!(used.parse(TEXT, whole(TEXT)), Parser::new(&model).parse(TEXT, whole(TEXT)));
    }

    #[test]
    fn offsets_are_those_of_the_whole_text() {
        let model = Model::english().unwrap();
        let text = "— Việt Nam.\n\nJapan gave aid.";
        let zone = Span::new(text.find("Japan").unwrap() as u32, text.len() as u32);
        let sentences = Parser::new(&model).parse(text, zone);
        let words: Vec<_> = sentences[0].tokens.iter().map(|t| t.span.of(text)).collect();
        assert_eq!(words, ["Japan", "gave", "aid", "."]);
    }

    #[test]
    fn endless_token_lists_become_one_tree() {
        let model = Model::english().unwrap();
        let text = "aid ".repeat(LONGEST * 2 + 3);
        let tokens: Vec<Span> =
            (0..LONGEST as u32 * 2 + 3).map(|i| Span::new(i * 4, i * 4 + 3)).collect();
        let sentence = Parser::new(&model).annotate(&text, &tokens);
        assert_eq!(sentence.tokens.len(), tokens.len());
        assert_eq!(sentence.tokens.iter().filter(|t| t.head.is_none()).count(), 1);
    }
}
