//! Which sentences can hold a claim at all: those that name a state or organisation, or a word that may stand for one, and
//! have a word with a sense. Only they are parsed.

use std::borrow::Cow;
use std::ops::Range;

use hedgerow_codebook::Codebook;
use hedgerow_codebook::claim::Role;
use hedgerow_codebook::gazetteer::{Hit, Target};
use hedgerow_codebook::lexicon::Operator;
use hedgerow_parse::{Model, Rel, Sentence, Token, Upos, Xpos};
use hedgerow_text::Span;
use rustc_hash::FxHashMap;

use crate::memory::Memory;

/// Words that may stand for an actor named before.
const REFER: &[&str] = &[
    "it",
    "its",
    "they",
    "their",
    "them",
    "he",
    "his",
    "him",
    "she",
    "her",
    "we",
    "our",
    "us",
    "i",
    "my",
    "both",
    "two",
    "bilateral",
    "bilaterally",
    "mutual",
    "mutually",
    "joint",
    "jointly",
    "two-way",
    "neighbor",
    "neighbors",
    "neighbour",
    "neighbours",
    "sides",
    "side",
    "other",
    "who",
    "which",
    "counterpart",
    "counterparts",
    "leaders",
    "governments",
    "nations",
    "pair",
];

/// What a sentence is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Worth {
    /// It may hold a claim.
    Claims,
    /// It may say something of one state alone, or more of a flow told before; it names somebody.
    Alone,
    /// It names somebody to whom later sentences may refer.
    Names,
    Nothing,
}

/// Looks at the words of sentences before they are parsed. What it learns of a word it keeps.
pub(crate) struct Scan<'c> {
    codebook: &'c Codebook,
    model: &'c Model,
    /// Whether some lemma of the form has a sense.
    triggers: FxHashMap<Box<str>, bool>,
    /// Whether some lemma of the form speaks of one state alone, and whether one says what a flow is for.
    alone: FxHashMap<Box<str>, [bool; 2]>,
    hits: Vec<Hit<'c>>,
}

impl std::fmt::Debug for Scan<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scan").finish_non_exhaustive()
    }
}

/// For how many sentences somebody who was named may be meant without a name.
const NEAR: usize = 5;
/// For how many sentences two may be meant by words alone, "both", "he … them".
const FAR: usize = 20;

/// Forms that are remembered; further ones are looked up each time.
const MOST_FORMS: usize = 1 << 16;

impl<'c> Scan<'c> {
    pub(crate) fn new(codebook: &'c Codebook, model: &'c Model) -> Self {
        Self {
            codebook,
            model,
            triggers: FxHashMap::default(),
            alone: FxHashMap::default(),
            hits: Vec::new(),
        }
    }

    /// What the sentence with these words is worth.
    pub(crate) fn worth(
        &mut self,
        text: &str,
        tokens: &[Span],
        index: usize,
        memory: &Memory<'c>,
    ) -> Worth {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return Worth::Nothing;
        };
        let names = self.names(first.cover(*last).of(text), text, tokens, memory);
        let near = memory.named_since(index.saturating_sub(NEAR));
        // A claim needs two sides: two names, or one and a word or sentence that may lead to another.
        let refers = |scan: &Self| tokens.iter().any(|token| scan.refers(token.of(text)));
        let two = names >= 2
            || names == 1 && (near || refers(self))
            || near && memory.several_since(index.saturating_sub(FAR)) && refers(self);
        let told =
            tokens.iter().any(|token| matches!(token.of(text), "“" | "”" | "\"" | "''" | "``"));
        if two && tokens.iter().any(|token| self.is_trigger(token.of(text), told)) {
            Worth::Claims
        } else if (names > 0 || near && refers(self)) && self.of_one(text, tokens)[0]
            || near && (self.of_one(text, tokens)[1] || self.is_sum(text, tokens))
        {
            Worth::Alone
        } else if names > 0 {
            Worth::Names
        } else {
            Worth::Nothing
        }
    }

    /// The names of several words in the sentence that was weighed last, as ranges of its words.
    pub(crate) fn long_names(&self, tokens: &[Span]) -> Vec<Range<usize>> {
        let Some(first) = tokens.first() else { return Vec::new() };
        let range = |hit: &Hit<'_>| {
            let (start, end) = (first.start + hit.start as u32, first.start + hit.end as u32);
            let from = tokens.partition_point(|token| token.end <= start);
            let to = tokens.partition_point(|token| token.start < end);
            from..to
        };
        self.hits.iter().map(range).filter(|name| name.len() > 1).collect()
    }

    /// Whether some lemma of the form has a sense.
    pub(crate) fn is_known(&self, word: &str) -> bool {
        let lexicon = &self.codebook.lexicon;
        self.model.lemmas(word).any(|lemma| lexicon.has(&lemma.to_lowercase()))
    }

    /// How many names of actors there are.
    fn names(&mut self, sentence: &str, text: &str, tokens: &[Span], memory: &Memory<'c>) -> usize {
        self.codebook.gazetteer.names().find(sentence, &mut self.hits);
        let actor = |target: &Target| !matches!(target, Target::Place(_) | Target::Mask);
        let mut full = self.hits.iter().filter(|hit| hit.targets.iter().any(actor)).count();
        let short = tokens.iter().map(|token| token.of(text)).filter(|word| {
            word.starts_with(char::is_uppercase)
                && (memory.called(word).is_some()
                    || !self.codebook.gazetteer.called(word).is_empty())
        });
        full += short.count();
        // "the two Koreas" are two by one word.
        let several = |word: &&str| {
            word.starts_with(char::is_uppercase)
                && word.ends_with('s')
                && self.codebook.gazetteer.together(&word.to_lowercase()).is_some()
        };
        full += 2 * tokens.iter().map(|token| token.of(text)).filter(several).count();
        // "Russian missiles hit Kharkiv": a place stands for the state that holds it, beside somebody who acts.
        if full == 1 {
            let held = |target: &Target| match target {
                Target::Place(n) => self.codebook.gazetteer.place(*n).state.is_some(),
                _ => false,
            };
            full += self.hits.iter().filter(|hit| hit.targets.first().is_some_and(held)).count();
        }
        full
    }

    /// Pronouns, descriptions, organs and titles.
    fn refers(&self, word: &str) -> bool {
        let acts = |role| matches!(role, Role::Gov | Role::Mil | Role::Leg | Role::Pty | Role::Igo);
        let lower = word.to_lowercase();
        let gazetteer = &self.codebook.gazetteer;
        REFER.contains(&lower.as_str())
            || self.codebook.lexicon.is(&lower, "group")
            || lower.strip_suffix('s').is_some_and(|noun| self.codebook.lexicon.is(noun, "group"))
            || lower == "countries"
            || lower == "allies"
            || gazetteer.described(&lower).is_some()
            || gazetteer.organ_noun(&lower).is_some_and(acts)
            || gazetteer.title(&lower).is_some_and(acts)
    }

    fn is_trigger(&mut self, word: &str, told: bool) -> bool {
        let known = self.triggers.get(word).copied();
        known.unwrap_or_else(|| {
            let found = self.is_known(word);
            if self.triggers.len() < MOST_FORMS {
                self.triggers.insert(word.into(), found);
            }
            found
        }) || told && self.is_report(word)
    }

    /// Whether a sentence may say something of one state alone, and whether it may say what a flow is for.
    fn of_one(&mut self, text: &str, tokens: &[Span]) -> [bool; 2] {
        let mut all = [false; 2];
        for token in tokens {
            let word = token.of(text);
            let of_word = self.alone.get(word).copied().unwrap_or_else(|| {
                let lexicon = &self.codebook.alone;
                let mut found = [false; 2];
                for lemma in self.model.lemmas(word) {
                    let lemma = lemma.to_lowercase();
                    found[0] |= lexicon.has(&lemma);
                    found[1] |= lexicon.is(&lemma, "earmarking");
                }
                if self.alone.len() < MOST_FORMS {
                    self.alone.insert(word.into(), found);
                }
                found
            });
            all = [all[0] || of_word[0], all[1] || of_word[1]];
        }
        all
    }

    /// Whether a sentence with a number may say how much something was.
    fn is_sum(&self, text: &str, tokens: &[Span]) -> bool {
        let number = |token: &Span| token.of(text).bytes().any(|b| b.is_ascii_digit());
        let sum = |token: &Span| {
            let word = token.of(text);
            matches!(word, "worth" | "lasted" | "lasts")
                || self
                    .model
                    .lemmas(word)
                    .any(|lemma| self.codebook.lexicon.is(&lemma.to_lowercase(), "sum-verb"))
        };
        tokens.iter().any(number) && tokens.iter().any(sum)
    }

    /// Verbs of saying count where somebody is quoted: later words may be of the same speaker.
    fn is_report(&self, word: &str) -> bool {
        self.model.lemmas(word).any(|lemma| {
            self.codebook.lexicon.operator(&lemma.to_lowercase()) == Some(Operator::Report)
        })
    }
}

/// Words with hyphenated given names made whole, "Tsai Ing-wen", nouns made of a verb and a particle, "pull-out", and what the
/// codebook knows (`is_known`) as one word, "green-lighted", all of which the tokeniser cuts in three and the tagger takes
/// for other words; and where the names stand then.
pub(crate) fn joined<'t>(
    text: &str,
    tokens: &'t [Span],
    names: Vec<Range<usize>>,
    is_known: impl Fn(&str) -> bool,
) -> (Cow<'t, [Span]>, Vec<Range<usize>>) {
    let hyphen = |i: usize| {
        let [a, b, c] = [tokens[i - 1], tokens[i], tokens[i + 1]];
        matches!(b.of(text), "-" | "\u{2010}" | "\u{2011}") && a.end == b.start && b.end == c.start
    };
    let inner = |name: &Range<usize>| name.start + 1..name.end.saturating_sub(1);
    // "pull-out", not "hand-to-hand".
    let phrasal = |i: usize| {
        hyphen(i)
            && tokens[i - 1].of(text).bytes().all(|b| b.is_ascii_lowercase())
            && (PARTICLES.contains(&tokens[i + 1].of(text))
                || is_known(tokens[i - 1].cover(tokens[i + 1]).of(text)))
            && !(i + 2 < tokens.len() - 1 && hyphen(i + 2))
            && !(i >= 3 && hyphen(i - 2))
    };
    let middle = 1..tokens.len().saturating_sub(1);
    if !names.iter().any(|name| inner(name).any(hyphen)) && !middle.clone().any(phrasal) {
        return (Cow::Borrowed(tokens), names);
    }
    let mut whole: Vec<Span> = Vec::with_capacity(tokens.len());
    let mut moved = Vec::with_capacity(tokens.len() + 1);
    let mut glue = false;
    for (i, token) in tokens.iter().enumerate() {
        let named = names.iter().any(|name| inner(name).contains(&i)) && hyphen(i);
        let here = named || middle.contains(&i) && phrasal(i);
        match whole.last_mut().filter(|_| here || glue) {
            Some(last) => *last = last.cover(*token),
            None => whole.push(*token),
        }
        glue = here;
        moved.push(whole.len() - 1);
    }
    let name = |name: &Range<usize>| moved[name.start]..moved[name.end - 1] + 1;
    let names = names.iter().map(name).filter(|name| name.len() > 1).collect();
    (Cow::Owned(whole), names)
}

/// Particles that make a noun of a verb: "pull-out", "cease-fire".
const PARTICLES: [&str; 10] =
    ["out", "over", "off", "up", "down", "back", "through", "away", "by", "fire"];

/// The sentence without a tree: every word hangs from the first, and what has a capital is a name.
pub(crate) fn unparsed(text: &str, tokens: &[Span]) -> Sentence {
    let mut sentence = Sentence::default();
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return sentence };
    sentence.span = first.cover(*last);
    let token = |(i, span): (usize, &Span)| {
        let word = span.of(text);
        let name = word.starts_with(char::is_uppercase);
        Token {
            span: *span,
            lemma: word.into(),
            upos: if name { Upos::Propn } else { Upos::X },
            xpos: if name { Xpos::Nnp } else { Xpos::Fw },
            rel: if i == 0 { Rel::Root } else { Rel::Dep },
            head: (i > 0).then_some(0),
            head_prob: 0.0,
            rel_prob: 0.0,
        }
    };
    sentence.tokens = tokens.iter().enumerate().map(token).collect();
    sentence
}
