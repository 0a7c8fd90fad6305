//! One sentence with all that is known of it while it is coded.

use hedgerow_codebook::Codebook;
use hedgerow_codebook::lexicon::Operator;
use hedgerow_parse::{Rel, Upos};
use hedgerow_text::Span;

use crate::amount::Quantity;
use crate::memory::Memory;
use crate::mention::Mention;
use crate::time::TimeExpr;
use crate::tree::{self, Ix, Tree};

/// A sentence in its document.
#[derive(Debug)]
pub(crate) struct Scene<'a, 'c> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) mentions: &'a [Mention<'c>],
    /// Mention that covers each token.
    pub(crate) mention_at: Vec<Option<usize>>,
    pub(crate) memory: &'a Memory<'c>,
    pub(crate) codebook: &'c Codebook,
    /// Number of the sentence in the document.
    pub(crate) index: usize,
    /// Quotations of the paragraph.
    pub(crate) quotes: &'a [Span],
    pub(crate) times: &'a [TimeExpr],
    pub(crate) quantities: &'a [Quantity],
}

impl<'c> Scene<'_, 'c> {
    pub(crate) fn mention(&self, i: Ix) -> Option<&Mention<'c>> {
        self.mention_at[i].map(|n| &self.mentions[n])
    }

    /// Whether the token stands inside quotation marks.
    pub(crate) fn is_quoted(&self, i: Ix) -> bool {
        let span = self.tree.span(i);
        self.quotes.iter().any(|q| q.start <= span.start && span.end <= q.end)
    }

    /// Whether `i` is a form of "be", "have" or a light verb that lends its subject to a noun.
    pub(crate) fn is_support(&self, i: Ix) -> bool {
        let lexicon = &self.codebook.lexicon;
        let lemma = self.tree.lemma(i);
        lexicon.is(lemma, "support")
            || matches!(self.operator(i), Some(Operator::Support | Operator::Mood(_)))
    }

    /// What a word does to the act it governs; with its particle where that says something else ("call off").
    pub(crate) fn operator(&self, i: Ix) -> Option<Operator> {
        let lexicon = &self.codebook.lexicon;
        let lemma = self.tree.lemma(i);
        let particle = self.tree.kids_by(i, &[Rel::CompoundPrt]).next();
        let phrasal =
            particle.and_then(|p| lexicon.operator(&format!("{lemma} {}", self.tree.lemma(p))));
        let to = i + 1 < self.tree.len() && self.tree.word(i + 1) == "to";
        phrasal
            .or_else(|| if to { lexicon.operator(&format!("{lemma} to")) } else { None })
            .or_else(|| lexicon.operator(lemma))
            // "a planned visit"
            .or_else(|| {
                let adjective = self.tree.upos(i) == Upos::Adj;
                let stems = tree::stems(lemma, "ed").filter(|_| adjective)?;
                stems.iter().find_map(|stem| lexicon.operator(stem))
            })
    }

    /// Whether the token is a relative pronoun.
    pub(crate) fn is_relative(&self, i: Ix) -> bool {
        matches!(self.tree.lemma(i), "who" | "which" | "that" | "whom")
            && self.tree.upos(i) == Upos::Pron
            && self.tree.path_up(i).any(|at| self.tree.rel(at) == Rel::AclRelcl)
    }

    /// The noun that a relative pronoun stands for.
    pub(crate) fn antecedent(&self, i: Ix) -> Option<Ix> {
        let clause = self.tree.path_up(i).find(|&at| self.tree.rel(at) == Rel::AclRelcl)?;
        self.tree.head(clause)
    }
}
