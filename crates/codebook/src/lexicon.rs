//! The lexicon: which words, in which syntax, state which claim.
//!
//! One file per lemma in `codebook/lexicon/`, one or more senses each, tried in the order in which they stand: the first
//! that fits a sentence is taken. `classes.toml` names sets of words, `operators.toml` the words that change the mood of
//! an act ("plan to", "refuse to").

mod check;
mod file;
mod loose;
mod path;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::claim::{Kind, Modality};
use crate::example::Block;
use crate::fault::{Fault, Place};
use crate::source::Source;

pub use path::{Path, Slot};
pub use words::Words;

/// All senses, classes and operators.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    senses: Vec<Sense>,
    /// The senses of a lemma, by part of speech.
    by_lemma: FxHashMap<Box<str>, [Vec<u32>; 3]>,
    operators: FxHashMap<Box<str>, Operator>,
    classes: BTreeMap<String, Arc<FxHashSet<Box<str>>>>,
    /// The words of all classes.
    classed: FxHashSet<Box<str>>,
    /// Every lemma that a sense, a test, a class or an operator names.
    words: FxHashSet<Box<str>>,
}

/// One meaning of a word: the syntax it needs and the claim it gives.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a key of its own in the lexicon")]
pub struct Sense {
    /// Stable for ever, never used again: tests, claims and reviews cite it.
    pub id: Box<str>,
    /// File it stands in.
    pub file: Box<str>,
    /// Where in the file its id stands, and where its code.
    pub(crate) places: [Place; 2],
    /// Part of speech of the word.
    pub pos: Pos,
    /// What is claimed.
    pub what: What,
    /// Where the actor stands; the first that names one is taken.
    pub actor: Vec<Path>,
    /// Where the recipient stands; the first that names one is taken.
    pub recipient: Vec<Path>,
    /// Of a symmetric claim: all places where parties stand.
    pub parties: Vec<Path>,
    /// What must hold of the words in some places.
    pub tests: Vec<Test>,
    /// Whether quantities in the clause belong to the claim.
    pub amount: bool,
    /// Whether a superlative gives a rank ("largest provider").
    pub rank: bool,
    /// Where the topic of a stance stands.
    pub topic: Vec<Path>,
    /// Where the words for a partnership's level stand.
    pub level: Option<Path>,
    /// Modality of its own ("pledge"), before the mood of the clause.
    pub modality: Option<Modality>,
    /// Stage of a flow.
    pub stage: Option<Box<str>>,
    /// What happens to a tie.
    pub change: Option<Box<str>>,
    /// Whether the clause it governs is part of it and gives no claim of its own ("wants to help").
    pub absorbs: bool,
    /// Whether a missing recipient may be taken from the same kind of claim before, or the pair under discussion.
    pub elliptic: bool,
    /// Of a rule for given pairs: whether the lexicon's reading of the same word gives way to it.
    pub overrides: bool,
    /// Whether a negation is part of its words ("spare no effort").
    pub negated: bool,
    /// What a reader should know of it.
    pub note: Option<Box<str>>,
    /// Sentences that show it, which are its tests.
    pub examples: Block,
}

/// Part of speech of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pos {
    /// Verbs, participles included.
    Verb,
    /// Common and proper nouns.
    Noun,
    /// Adjectives and adverbs.
    Adj,
}

/// Kind, type and mode of a claim, and the polarity of a stance.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct What {
    /// Event, tie, flow, stance.
    pub kind: Kind,
    /// Type within the kind.
    pub type_: Box<str>,
    /// Mode of an event.
    pub mode: Option<Box<str>>,
    /// Of a stance.
    pub polarity: Option<i8>,
}

/// What must hold of the words in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// The place.
    pub path: Path,
    /// Other places that do as well ("obj | comp").
    pub or: Vec<Path>,
    /// One of these lemmas must be among its words (where the set is not empty).
    pub any: Words,
    /// None of these lemmas may be.
    pub none: Words,
    /// Properties that count like a lemma in `any`.
    pub traits: Vec<Trait>,
    /// Properties that count like a lemma in `none`.
    pub not: Vec<Trait>,
    /// The place must be empty.
    pub absent: bool,
}

/// A property of a phrase that no word list can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trait {
    /// It is an amount of money.
    Money,
    /// It has a number.
    Number,
    /// It names a state or organisation of states.
    Actor,
    /// It is a clause that says what has to be done ("must", "should", "has to").
    Must,
    /// There is something, whatever it is.
    Any,
}

/// What a word does to the act it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// The act has this modality.
    Mood(Modality),
    /// The act is told by this word's subject ("said that").
    Report,
    /// The act did not happen, and nothing is claimed ("pretend to").
    Block,
    /// Nothing changes ("manage to", "begin to").
    Support,
}

impl Lexicon {
    /// Reads the lexicon of a codebook; mistakes go to `faults`.
    pub(crate) fn load(source: &Source, faults: &mut Vec<Fault>) -> Self {
        let mut lexicon = Self::default();
        for path in ["lexicon/classes.toml", "pair/classes.toml"] {
            file::classes(source, path, &mut lexicon.classes, faults);
        }
        file::operators(source, &mut lexicon.operators, faults);
        for (path, text) in source.under("lexicon/", ".toml") {
            if !matches!(path, "lexicon/classes.toml" | "lexicon/operators.toml") {
                file::senses(path, text, &mut lexicon, faults);
            }
        }
        lexicon.classed = lexicon.listed().cloned().collect();
        check::ids(&lexicon, faults);
        lexicon.index_words();
        lexicon
    }

    /// Reads the words for what is said of one state alone: `alone/*.toml`. They are kept apart so that no claim between
    /// states is lost to them; classes are those of `words` and of `alone/classes.toml`.
    pub(crate) fn load_alone(source: &Source, words: &Self, faults: &mut Vec<Fault>) -> Self {
        let mut lexicon = Self { classes: words.classes.clone(), ..Self::default() };
        file::classes(source, "alone/classes.toml", &mut lexicon.classes, faults);
        for (path, text) in source.under("alone/", ".toml") {
            if path != "alone/classes.toml" {
                file::senses(path, text, &mut lexicon, faults);
            }
        }
        check::ids(&lexicon, faults);
        lexicon
    }

    /// Reads the rules for given pairs of actors, which share the classes of `words`; mistakes go to `faults`.
    pub(crate) fn load_loose(source: &Source, words: &Self, faults: &mut Vec<Fault>) -> Self {
        loose::rules(source, words, faults)
    }

    fn add(&mut self, lemmas: &[String], sense: Sense) {
        let index = self.senses.len() as u32;
        for lemma in lemmas {
            let senses = self.by_lemma.entry(lemma.as_str().into()).or_default();
            senses[sense.pos as usize].push(index);
        }
        self.senses.push(sense);
    }

    /// The senses of a word in the order in which they are tried.
    pub fn senses_of(&self, lemma: &str, pos: Pos) -> impl Iterator<Item = &Sense> {
        let found = self.by_lemma.get(lemma).map_or(&[][..], |senses| &senses[pos as usize]);
        found.iter().map(|&n| &self.senses[n as usize])
    }

    /// Whether the lemma has a sense, as any part of speech.
    pub fn has(&self, lemma: &str) -> bool {
        self.by_lemma.contains_key(lemma)
    }

    /// Every sense, in order of file and place.
    pub fn senses(&self) -> &[Sense] {
        &self.senses
    }

    /// Whether a lemma plays any part in the lexicon.
    pub fn knows(&self, lemma: &str) -> bool {
        self.words.contains(lemma)
    }

    #[allow(clippy::iter_over_hash_type, reason = "a set of words has no order to lose")]
    fn index_words(&mut self) {
        let tests = self.senses.iter().flat_map(|sense| &sense.tests);
        let tested = tests.flat_map(|test| test.any.own().chain(test.none.own()));
        let listed = self.listed();
        let lemmas = self.by_lemma.keys();
        let words = lemmas.chain(self.operators.keys()).chain(listed).chain(tested);
        self.words = words.cloned().collect();
    }

    /// The words of all classes.
    fn listed(&self) -> impl Iterator<Item = &Box<str>> {
        self.classes.values().flat_map(|class| class.iter())
    }

    /// Reports senses whose examples cannot be read, or prove nothing.
    pub(crate) fn check_examples(&self, source: &Source, faults: &mut Vec<Fault>) {
        check::examples(self, source, faults);
    }

    /// What a word does to the act it governs.
    pub fn operator(&self, lemma: &str) -> Option<Operator> {
        self.operators.get(lemma).copied()
    }

    /// Whether `lemma` belongs to a class of `classes.toml`.
    pub fn is(&self, lemma: &str, class: &str) -> bool {
        self.classes.get(class).is_some_and(|words| words.contains(lemma))
    }

    /// Whether `lemma` belongs to some class.
    pub fn is_classed(&self, lemma: &str) -> bool {
        self.classed.contains(lemma)
    }

    pub(crate) fn class(&self, name: &str) -> Option<&Arc<FxHashSet<Box<str>>>> {
        self.classes.get(name)
    }

    pub(crate) fn class_names(&self) -> impl Iterator<Item = &str> {
        self.classes.keys().map(String::as_str)
    }
}
