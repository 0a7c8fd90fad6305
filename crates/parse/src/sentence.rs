//! What the parser gives: sentences of tokens.

use hedgerow_text::Span;

use crate::model::Model;
use crate::tag::{Rel, Upos, Xpos};

/// One word of a sentence. Its form is the text under `span`.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where the word stands in the text given to the parser.
    pub span: Span,
    /// Dictionary form.
    pub lemma: Box<str>,
    /// Universal word class.
    pub upos: Upos,
    /// Penn Treebank tag.
    pub xpos: Xpos,
    /// Relation to the head.
    pub rel: Rel,
    /// Index of the head within the sentence; none for the root.
    pub head: Option<u32>,
    /// Posterior of the head, calibrated on held-out text.
    pub head_prob: f32,
    /// Posterior of the relation, given the head.
    pub rel_prob: f32,
}

/// Another head that a token might have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alternative {
    /// Index of the token within the sentence.
    pub token: u32,
    /// Index of the other head; none where the token would be the root.
    pub head: Option<u32>,
    /// The best relation under that head.
    pub rel: Rel,
    /// Posterior of that head.
    pub head_prob: f32,
    /// Posterior of the relation, given that head.
    pub rel_prob: f32,
}

/// A sentence with its tree: exactly one token has no head, and every other token leads to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sentence {
    /// From the first token to the last.
    pub span: Span,
    /// The words in the order of the text.
    pub tokens: Vec<Token>,
    /// Heads that lost, ordered by token and falling posterior; only those worth weighing.
    pub alternatives: Vec<Alternative>,
}

impl Sentence {
    /// The other heads that token `token` might have, likeliest first.
    pub fn alternatives_of(&self, token: usize) -> &[Alternative] {
        let from = self.alternatives.partition_point(|other| (other.token as usize) < token);
        let to = self.alternatives.partition_point(|other| (other.token as usize) <= token);
        &self.alternatives[from..to]
    }

    /// The sentence in CoNLL-U, with the features that `model` gives and the posteriors in the last column.
    pub fn to_conllu(&self, text: &str, model: &Model) -> String {
        use std::fmt::Write;
        let mut out = String::new();
        let line = self.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        // Writing to a string cannot fail.
        let _ = writeln!(out, "# text = {line}");
        for (i, token) in self.tokens.iter().enumerate() {
            let glued =
                self.tokens.get(i + 1).is_some_and(|next| next.span.start == token.span.end);
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\tHeadProb={:.3}|RelProb={:.3}{}",
                i + 1,
                token.span.of(text),
                token.lemma,
                token.upos,
                token.xpos,
                model.features(self, text, i),
                token.head.map_or(0, |head| head + 1),
                token.rel,
                token.head_prob,
                token.rel_prob,
                if glued { "|SpaceAfter=No" } else { "" },
            );
        }
        out.push('\n');
        out
    }
}
