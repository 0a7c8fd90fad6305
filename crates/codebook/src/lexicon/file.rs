//! Reading lexicon files.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use toml::Spanned;

use super::{Lexicon, Operator, Path, Pos, Sense, Test, Trait, What, Words};
use crate::claim::{CHANGES, Kind, Modality, STAGES};
use crate::example::Block;
use crate::fault::{Fault, Report};
use crate::source::Source;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    lemma: Lemmas,
    #[serde(default)]
    sense: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Lemmas {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "each is a key of its own in the lexicon")]
struct Entry {
    id: Spanned<String>,
    pos: Spanned<String>,
    code: Spanned<String>,
    actor: Option<Spanned<String>>,
    recipient: Option<Spanned<String>>,
    parties: Option<Spanned<String>>,
    #[serde(default, rename = "where")]
    tests: BTreeMap<String, Spanned<String>>,
    amount: Option<bool>,
    #[serde(default)]
    rank: bool,
    topic: Option<Spanned<String>>,
    level: Option<Spanned<String>>,
    modality: Option<Spanned<String>>,
    stage: Option<Spanned<String>>,
    change: Option<Spanned<String>>,
    #[serde(default)]
    absorbs: bool,
    #[serde(default)]
    elliptic: bool,
    #[serde(default)]
    negated: bool,
    note: Option<String>,
    examples: Spanned<String>,
}

/// Reads `text` as TOML, or reports where it fails.
fn toml_of<T: serde::de::DeserializeOwned>(report: &mut Report<'_>, text: &str) -> Option<T> {
    match toml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let help = "see docs/codebook.md for the form of a lexicon file";
            report.add("bad-toml", error.span().unwrap_or(0..0), error.message(), help);
            None
        }
    }
}

pub(super) fn senses(path: &str, text: &str, lexicon: &mut Lexicon, faults: &mut Vec<Fault>) {
    let mut report = Report::new(path, text);
    if let Some(file) = toml_of::<File>(&mut report, text) {
        let lemmas = match file.lemma {
            Lemmas::One(lemma) => vec![lemma],
            Lemmas::Several(lemmas) => lemmas,
        };
        for entry in file.sense {
            if let Some(sense) = sense(path, entry, lexicon, &mut report) {
                lexicon.add(&lemmas, sense);
            }
        }
    }
    faults.append(&mut report.faults);
}

fn sense(file: &str, entry: Entry, lexicon: &Lexicon, report: &mut Report<'_>) -> Option<Sense> {
    let before = report.faults.len();
    let paths = |text: &Option<Spanned<String>>, report: &mut Report<'_>| {
        let Some(text) = text else { return Vec::new() };
        Path::parse_all(text.get_ref()).unwrap_or_else(|slot| {
            let help = "use self, subj, obj, iobj, poss, comp, light, aside, name or a preposition";
            report.add("unknown-slot", text.span(), format!("unknown slot `{slot}`"), help);
            Vec::new()
        })
    };
    let pos = match entry.pos.get_ref().as_str() {
        "verb" => Pos::Verb,
        "noun" => Pos::Noun,
        "adj" => Pos::Adj,
        other => {
            let message = format!("unknown part of speech `{other}`");
            report.add("unknown-pos", entry.pos.span(), message, "use verb, noun or adj");
            Pos::Verb
        }
    };
    let what = What::parse(entry.code.get_ref()).unwrap_or_else(|| {
        let message = format!("`{}` is no code", entry.code.get_ref());
        let help = "write TYPE.mode, flow.TYPE, tie.TYPE, stance+, stance- or stance0";
        report.add("unknown-code", entry.code.span(), message, help);
        What { kind: Kind::Event, type_: "?".into(), mode: None, polarity: None }
    });
    let modality = entry.modality.as_ref().and_then(|name| {
        let found = Modality::parse(name.get_ref());
        if found.is_none() {
            let message = format!("unknown modality `{}`", name.get_ref());
            report.add("unknown-modality", name.span(), message, "see `hedgerow explain modality`");
        }
        found
    });
    let tests =
        entry.tests.iter().filter_map(|(place, text)| test(place, text, lexicon, report)).collect();
    let start = entry.examples.span().start;
    let examples = Block::new(entry.examples.into_inner(), start);
    let sense = Sense {
        id: entry.id.get_ref().as_str().into(),
        file: file.into(),
        places: [entry.id.span(), entry.code.span()].map(|span| report.place(span)),
        pos,
        actor: paths(&entry.actor, report),
        recipient: paths(&entry.recipient, report),
        parties: paths(&entry.parties, report),
        tests,
        amount: entry.amount.unwrap_or(what.kind == Kind::Flow),
        rank: entry.rank,
        topic: paths(&entry.topic, report),
        level: paths(&entry.level, report).into_iter().next(),
        modality,
        stage: one_of(entry.stage, "stage", &STAGES, report),
        change: one_of(entry.change, "change", &CHANGES, report),
        absorbs: entry.absorbs,
        elliptic: entry.elliptic,
        overrides: false,
        negated: entry.negated,
        note: entry.note.map(Into::into),
        what,
        examples,
    };
    let sided = entry.actor.is_some() && (entry.recipient.is_some() || sense.what.kind.is_alone());
    if sided == entry.parties.is_some() {
        let help = "give actor and recipient of a directed claim, parties of a symmetric one, the actor of one of a state alone";
        report.add("no-sides", entry.id.span(), "a sense needs its two sides", help);
    }
    (report.faults.len() == before).then_some(sense)
}

/// A word that must be one of a few.
fn one_of(
    word: Option<Spanned<String>>,
    key: &str,
    known: &[&str],
    report: &mut Report<'_>,
) -> Option<Box<str>> {
    let word = word?;
    if !known.contains(&word.get_ref().as_str()) {
        let message = format!("unknown {key} `{}`", word.get_ref());
        report.add(
            "unknown-word",
            word.span(),
            message,
            format!("use one of: {}", known.join(", ")),
        );
    }
    Some(word.into_inner().into())
}

/// Reads `@equipment boat !school $money` or `absent`.
pub(super) fn test(
    place: &str,
    text: &Spanned<String>,
    lexicon: &Lexicon,
    report: &mut Report<'_>,
) -> Option<Test> {
    let places = Path::parse_all(place).ok().and_then(|paths| {
        let mut paths = paths.into_iter();
        Some((paths.next()?, paths.collect()))
    });
    let Some((path, or)) = places else {
        report.add(
            "unknown-slot",
            text.span(),
            format!("unknown slot `{place}`"),
            "see docs/codebook.md",
        );
        return None;
    };
    let mut test = Test {
        path,
        or,
        any: Words::default(),
        none: Words::default(),
        traits: Vec::new(),
        not: Vec::new(),
        absent: false,
    };
    for word in text.get_ref().split_whitespace() {
        let (set, traits, word) = match word.strip_prefix('!') {
            Some(word) => (&mut test.none, &mut test.not, word),
            None => (&mut test.any, &mut test.traits, word),
        };
        if let Some(name) = word.strip_prefix('@') {
            if let Some(words) = lexicon.class(name) {
                set.insert_class(words);
            } else {
                let known = lexicon.class_names().collect::<Vec<_>>().join(", ");
                let message = format!("unknown class `@{name}`");
                report.add("unknown-class", text.span(), message, format!("known are: {known}"));
            }
        } else {
            match word {
                "$money" => traits.push(Trait::Money),
                "$number" => traits.push(Trait::Number),
                "$actor" => traits.push(Trait::Actor),
                "$must" => traits.push(Trait::Must),
                "$any" => traits.push(Trait::Any),
                "absent" => test.absent = true,
                word => {
                    set.insert(word);
                }
            }
        }
    }
    Some(test)
}

impl What {
    /// Reads `CONSULT.visit`, `flow.aid`, `tie.dispute`, `stance-`.
    pub fn parse(code: &str) -> Option<Self> {
        if let Some(sign) = code.strip_prefix("stance") {
            let polarity = match sign {
                "+" => 1,
                "-" => -1,
                "0" => 0,
                _ => return None,
            };
            let type_ = "stance".into();
            return Some(Self { kind: Kind::Stance, type_, mode: None, polarity: Some(polarity) });
        }
        let (first, rest) = code.split_once('.').map_or((code, None), |(f, r)| (f, Some(r)));
        let kind = match first {
            "flow" => Kind::Flow,
            "tie" => Kind::Tie,
            "posture" => Kind::Posture,
            "office" => Kind::Office,
            "naming" => Kind::Naming,
            _ if !first.is_empty() && first.bytes().all(|b| b.is_ascii_uppercase()) => {
                let mode = rest.map(Into::into);
                return Some(Self { kind: Kind::Event, type_: first.into(), mode, polarity: None });
            }
            _ => return None,
        };
        rest.map(|rest| {
            let (type_, mode) = match rest.split_once('.') {
                Some((type_, mode)) if kind.is_alone() => (type_, Some(mode.into())),
                _ => (rest, None),
            };
            Self { kind, type_: type_.into(), mode, polarity: None }
        })
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, self.polarity) {
            (Kind::Stance, sign) => {
                let sign = sign.map_or("", |sign| match sign {
                    1.. => "+",
                    0 => "0",
                    _ => "-",
                });
                write!(f, "stance{sign}")?;
            }
            (Kind::Event, _) => f.write_str(&self.type_)?,
            (kind, _) => write!(f, "{}.{}", kind.as_str(), self.type_)?,
        }
        self.mode.as_ref().map_or(Ok(()), |mode| write!(f, ".{mode}"))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    class: BTreeMap<String, String>,
}

/// Reads the classes of `path`; a class may name others with `@`, which must stand before it in the alphabet or the file.
pub(super) fn classes(
    source: &Source,
    path: &str,
    classes: &mut BTreeMap<String, Arc<FxHashSet<Box<str>>>>,
    faults: &mut Vec<Fault>,
) {
    let Some(text) = source.get(path) else { return };
    let mut report = Report::new(path, text);
    if let Some(file) = toml_of::<ClassFile>(&mut report, text) {
        for name in file.class.keys() {
            let mut words = FxHashSet::default();
            let mut seen = Vec::new();
            expand(name, &file.class, &mut words, &mut seen, &mut report);
            if classes.insert(name.clone(), Arc::new(words)).is_some() {
                let message = format!("another file has a class `{name}` too");
                report.add("duplicate-class", 0..0, message, "give one of the two another name");
            }
        }
    }
    faults.append(&mut report.faults);
}

/// Adds the words of a class and of those it names.
fn expand<'c>(
    name: &'c str,
    file: &'c BTreeMap<String, String>,
    words: &mut FxHashSet<Box<str>>,
    seen: &mut Vec<&'c str>,
    report: &mut Report<'_>,
) {
    if seen.contains(&name) {
        return;
    }
    seen.push(name);
    let Some(list) = file.get(name) else {
        report.add(
            "unknown-class",
            0..0,
            format!("unknown class `@{name}`"),
            "define it in this file",
        );
        return;
    };
    for word in list.split_whitespace() {
        match word.strip_prefix('@') {
            Some(other) => expand(other, file, words, seen, report),
            // A blank inside a word is written `_`.
            None => {
                words.insert(word.replace('_', " ").into());
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperatorFile {
    operator: BTreeMap<String, Spanned<String>>,
}

pub(super) fn operators(
    source: &Source,
    operators: &mut FxHashMap<Box<str>, Operator>,
    faults: &mut Vec<Fault>,
) {
    let path = "lexicon/operators.toml";
    let Some(text) = source.get(path) else { return };
    let mut report = Report::new(path, text);
    if let Some(file) = toml_of::<OperatorFile>(&mut report, text) {
        for (name, words) in &file.operator {
            let operator = match name.as_str() {
                "report" => Operator::Report,
                "block" => Operator::Block,
                "support" => Operator::Support,
                name => {
                    if let Some(modality) = Modality::parse(name) {
                        Operator::Mood(modality)
                    } else {
                        let message = format!("unknown operator `{name}`");
                        report.add(
                            "unknown-operator",
                            words.span(),
                            message,
                            "use a modality, report, block or support",
                        );
                        continue;
                    }
                }
            };
            for word in words.get_ref().split_whitespace() {
                operators.insert(word.replace('_', " ").into(), operator);
            }
        }
    }
    faults.append(&mut report.faults);
}
