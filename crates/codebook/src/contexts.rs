//! The contexts in which acts and ties stand: `codebook/contexts.toml`, PLOVER's 37 with the words that show each of them and
//! the codes that have it by definition.

mod load;
mod shown;

use rustc_hash::FxHashMap;

use crate::claim::Claim;
use crate::example::Block;
use crate::fault::{Fault, Place, Report};
use crate::lexicon::What;
use crate::source::Source;

pub use shown::Shown;

/// Where they stand.
const FILE: &str = "contexts.toml";

/// The contexts of PLOVER 2.0 in the order in which claims list them.
pub const NAMES: [&str; 37] = [
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
];

/// All contexts of a codebook.
#[derive(Debug, Clone, Default)]
pub struct Contexts {
    list: Vec<Context>,
    /// Words and phrases by their first word.
    phrases: FxHashMap<Box<str>, Vec<Phrase>>,
}

/// What an act may be about.
#[derive(Debug, Clone)]
pub struct Context {
    /// Its name in PLOVER, `human_rights`.
    pub name: Box<str>,
    /// What it covers, in our words.
    pub meaning: Box<str>,
    /// Codes of claims that have it by definition.
    pub types: Vec<What>,
    /// Words and phrases that show it.
    pub words: Vec<Box<str>>,
    /// Phrases that do not show it, although such a word is in them.
    pub except: Vec<Box<str>>,
    /// Sentences that prove it.
    examples: Block,
    place: Place,
}

/// A word, or several in a row, that speaks for a context or takes its words out of account.
#[derive(Debug, Clone)]
struct Phrase {
    context: usize,
    rest: Box<[Box<str>]>,
    counts: bool,
}

/// A word of a text in lower case: as a dictionary has it, and as it stands there.
#[derive(Debug, Clone, Copy)]
pub struct Word<'t> {
    /// Dictionary form, "weapon".
    pub lemma: &'t str,
    /// Form in the text, "weapons".
    pub form: &'t str,
}

impl Word<'_> {
    fn is(&self, word: &str) -> bool {
        self.lemma == word || self.form == word
    }
}

impl Contexts {
    /// All of them, in the order of [`NAMES`].
    pub fn iter(&self) -> impl Iterator<Item = &Context> {
        self.list.iter()
    }

    /// The context of that name.
    pub fn find(&self, name: &str) -> Option<&Context> {
        self.list.iter().find(|it| *it.name == *name)
    }

    /// The contexts that these words show, in order; phrases do not reach over a `None`.
    pub fn shown(&self, words: &[Option<Word<'_>>]) -> Vec<&str> {
        let mut hits: Vec<(usize, usize)> = Vec::new();
        let mut idle: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let Some(word) = word else { continue };
            let forms = [word.lemma, word.form];
            let tried = if word.lemma == word.form { &forms[..1] } else { &forms[..] };
            for phrase in tried.iter().filter_map(|form| self.phrases.get(*form)).flatten() {
                let end = at + 1 + phrase.rest.len();
                let follows = |next: &[Option<Word<'_>>]| {
                    let same = |(n, part): (usize, &Option<Word<'_>>)| {
                        part.is_some_and(|it| it.is(&phrase.rest[n]))
                    };
                    next.iter().enumerate().all(same)
                };
                if words.get(at + 1..end).is_some_and(follows) {
                    if phrase.counts {
                        hits.push((phrase.context, at));
                    } else {
                        idle.push((phrase.context, at..end));
                    }
                }
            }
        }
        hits.retain(|(context, at)| {
            !idle.iter().any(|(c, span)| c == context && span.contains(at))
        });
        let found = |n: &usize| hits.iter().any(|(context, _)| context == n);
        (0..self.list.len()).filter(found).map(|n| &*self.list[n].name).collect()
    }

    /// Adds the contexts that a claim has by its code, and puts all of them in order, each once.
    pub fn settle(&self, claim: &mut Claim) {
        if claim.kind.is_alone() && claim.contexts.is_empty() {
            return;
        }
        let had = std::mem::take(&mut claim.contexts);
        let has = |it: &&Context| {
            had.iter().any(|name| **name == *it.name) || it.types.iter().any(|w| covers(w, claim))
        };
        let all: Vec<String> = self.list.iter().filter(has).map(|it| it.name.to_string()).collect();
        claim.contexts = all;
    }
}

impl Context {
    /// Its examples as far as they can be read.
    pub fn examples(&self) -> Vec<Shown> {
        shown::parse(self.examples.text()).0
    }
}

/// Whether a code, with any mode or sign where it has none, is that of a claim.
fn covers(what: &What, claim: &Claim) -> bool {
    what.kind == claim.kind
        && *what.type_ == *claim.type_
        && (what.mode.is_none() || what.mode.as_deref() == claim.mode.as_deref())
        && (what.polarity.is_none() || what.polarity == claim.polarity)
}

impl Contexts {
    /// Reports contexts whose examples cannot be read, or prove nothing.
    pub(crate) fn check_examples(&self, source: &Source, faults: &mut Vec<Fault>) {
        let mut report = Report::new(FILE, source.get(FILE).unwrap_or_default());
        for context in &self.list {
            let (examples, mistakes) = shown::parse(context.examples.text());
            for (line, message) in mistakes {
                let start = context.examples.start();
                let message = format!("examples, line {}: {message}", line + 1);
                let help = "write a sentence, and below it `=> NAME` or `=> not NAME`";
                report.add("bad-example", start..start, message, help);
            }
            let named = |list: &[String]| list.iter().any(|name| **name == *context.name);
            let given = examples.iter().filter(|e| named(&e.given)).count();
            let absent = examples.iter().filter(|e| named(&e.absent) || named(&e.missed)).count();
            if given < 2 || absent < 1 {
                let message = format!(
                    "context `{}` has {given} examples that show it and {absent} that do not",
                    context.name
                );
                let help = "give two sentences that must show it and one that must not";
                report.add("untested-context", context.place.span.clone(), message, help);
            }
        }
        faults.append(&mut report.faults);
    }
}
