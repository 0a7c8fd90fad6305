//! What two given actors have to do with each other: the task of the published benchmarks of event coders.
//!
//! Who acts and who is acted on is given, so that any two phrases may stand there: a court, a crowd, a decision. Every
//! sense of the lexicon is tried on them, and the rules of `codebook/pair/`, which need no states; the best placed one
//! is taken, and its mood folded into a root type of PLOVER by `codebook/crosswalk/projection.tsv`.

mod candidate;
mod decide;
mod features;
mod generate;
mod linear;
mod train;
mod turn;

pub(crate) use linear::Linear;
pub use train::{Trained, train_pairs};

use std::borrow::Cow;

use hedgerow_codebook::claim::Role;
use hedgerow_codebook::crosswalk::Plover;
use hedgerow_text::Span;

use crate::Coder;
use crate::memory::Memory;
use crate::mention::{Entity, Identity, Mention};
use crate::scene::Scene;
use crate::tree::{Ix, Tree};
use crate::{amount, time};
use candidate::Candidate;

/// Words that are read of one pair: what two actors do to each other is not told over pages.
const LONGEST: usize = 512;
/// Code of the given actor while its sentence is read.
const SOURCE: &str = "ORG:given-actor";
/// Code of the given recipient.
const TARGET: &str = "ORG:given-recipient";

/// A text with the phrases that name the actor and the recipient. Either may be missing: passives hide actors.
#[derive(Debug, Clone, Default)]
pub struct Pair<'t> {
    /// One sentence, or a few.
    pub text: &'t str,
    /// Where the actor is named (bytes).
    pub source: Vec<Span>,
    /// Where the recipient is named (bytes).
    pub target: Vec<Span>,
}

/// What is found of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paired {
    /// The root type.
    pub plover: Plover,
    /// What was considered, the best first.
    pub reasons: Vec<Reason>,
}

/// A sense or rule that speaks of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The root type that it gives.
    pub plover: Plover,
    /// Its id.
    pub rule: String,
    /// The word that states it (bytes).
    pub trigger: Span,
    /// How well it fits; comparable within one sentence.
    pub score: i32,
}

impl Coder<'_> {
    /// The root type of PLOVER by which the first actor acts on the second; nothing where the text says none.
    pub fn pair(&mut self, pair: &Pair<'_>) -> Option<Paired> {
        let linear = *self.linear.get_or_init(Linear::embedded);
        self.with_given(pair, |given| {
            let ranked = given.ranked();
            let plover =
                decide::decide(&ranked, linear.as_ref().map(|l| l.sums(&given.features())))?;
            let reason = |c: &Candidate<'_>| Reason {
                plover: c.plover,
                rule: c.sense.id.to_string(),
                trigger: given.scene.tree.span(c.trigger),
                score: c.score,
            };
            Some(Paired { plover, reasons: ranked.iter().map(reason).collect() })
        })
        .flatten()
    }

    /// Reads the sentence of a pair and hands it to `ask`; nothing where the text has no words.
    fn with_given<R>(
        &mut self,
        pair: &Pair<'_>,
        ask: impl FnOnce(&Given<'_, '_>) -> R,
    ) -> Option<R> {
        let tokens = self.tokens_of(pair);
        let sentence = self.parser.annotate(pair.text, &tokens);
        if sentence.tokens.is_empty() {
            return None;
        }
        let codebook = self.codebook;
        let known = |word: &str, verb: bool| {
            codebook.knows(word, verb) || codebook.lexicon.knows(word) || codebook.pairs.knows(word)
        };
        let tree = Tree::new(pair.text, &sentence, known);
        let memory = Memory::default();
        let mut mentions = self.finder.find(&tree, &memory, None);
        let sides = sides(&tree, pair);
        let given = |m: &Mention<'_>| (m.first..=m.last).any(|i| sides[i].is_some());
        mentions.retain(|m| !given(m));
        mentions.extend(named(&tree, &sides));
        mentions.sort_by_key(|m| m.first);
        let times = time::find(&tree, None, None);
        let quantities = amount::find(&tree, &times, "USD");
        let mut mention_at = vec![None; tree.len()];
        for (n, mention) in mentions.iter().enumerate() {
            mention_at[mention.first..=mention.last].fill(Some(n));
        }
        let scene = Scene {
            tree: &tree,
            mentions: &mentions,
            mention_at,
            memory: &memory,
            codebook: self.codebook,
            index: 0,
            quotes: &[],
            times: &times,
            quantities: &quantities,
        };
        let heads = |side| {
            let own = mentions.iter().filter(|m| sides[m.first] == Some(side));
            own.map(|m| m.head).collect::<Vec<Ix>>()
        };
        let (source, target) = (heads(Side::Source), heads(Side::Target));
        Some(ask(&Given { scene: &scene, sides: &sides, source, target }))
    }

    /// The words of the sentences from the one that names the first of the pair to the one that names the last: names
    /// with full stops in them ("U.S.") are not to cut a pair.
    fn tokens_of(&mut self, pair: &Pair<'_>) -> Vec<Span> {
        let end = u32::try_from(pair.text.len()).unwrap_or(u32::MAX);
        let sentences = self.parser.split(pair.text, Span::new(0, end));
        let first_of = |spans: &[Span]| {
            let at = spans.iter().map(|s| s.start).min()?;
            sentences.iter().position(|s| s.last().is_some_and(|last| at < last.end))
        };
        let (a, b) = (first_of(&pair.source), first_of(&pair.target));
        let (first, last) = match (a.or(b), b.or(a)) {
            (Some(a), Some(b)) => (a.min(b), a.max(b)),
            _ => (0, sentences.len().saturating_sub(1)),
        };
        let within = sentences.into_iter().skip(first).take(last - first + 1).flatten();
        within.take(LONGEST).collect()
    }
}

/// Which of the two a word belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Source,
    Target,
}

/// A sentence with the given pair in it.
#[derive(Debug)]
pub(crate) struct Given<'a, 'c> {
    pub(crate) scene: &'a Scene<'a, 'c>,
    /// The side of each word.
    pub(crate) sides: &'a [Option<Side>],
    /// Heads of the phrases that name the actor.
    pub(crate) source: Vec<Ix>,
    /// Heads of the phrases that name the recipient.
    pub(crate) target: Vec<Ix>,
}

impl Given<'_, '_> {
    /// Heads of the phrases of one side.
    pub(crate) fn heads(&self, side: Side) -> &[Ix] {
        match side {
            Side::Source => &self.source,
            Side::Target => &self.target,
        }
    }
}

/// The side of each word; where the phrases lie in each other, a word belongs to the shorter one.
fn sides(tree: &Tree<'_>, pair: &Pair<'_>) -> Vec<Option<Side>> {
    let length = |span: &Span| span.end.saturating_sub(span.start);
    let source = pair.source.iter().map(|s| (*s, Side::Source));
    let target = pair.target.iter().map(|s| (*s, Side::Target));
    let mut spans: Vec<(Span, Side)> = source.chain(target).collect();
    spans.sort_by_key(|(span, _)| std::cmp::Reverse(length(span)));
    let mut sides = vec![None; tree.len()];
    for (span, side) in spans {
        for (i, own) in sides.iter_mut().enumerate() {
            if tree.span(i).overlaps(span) {
                *own = Some(side);
            }
        }
    }
    sides
}

/// One mention for each stretch of words of one side, headed by its highest word.
fn named<'c>(tree: &Tree<'_>, sides: &[Option<Side>]) -> Vec<Mention<'c>> {
    let mut found = Vec::new();
    let mut first = 0;
    while first < sides.len() {
        let side = sides[first];
        let last = (first..sides.len()).take_while(|&i| sides[i] == side).last().unwrap_or(first);
        if let Some(side) = side {
            let depth = |i: &Ix| tree.path_up(*i).count();
            let head = (first..=last).min_by_key(depth).unwrap_or(last);
            let code = if side == Side::Source { SOURCE } else { TARGET };
            let identity = Identity {
                code: Cow::Borrowed(code),
                role: Role::Gov,
                person: None,
                called: None,
                demonym: false,
            };
            found.push(Mention { first, last, head, what: Entity::Actor(identity) });
        }
        first = last + 1;
    }
    found
}
