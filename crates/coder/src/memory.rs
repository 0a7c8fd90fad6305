//! What was named before in the document: people by surname, states and pairs of states under discussion.

use std::borrow::Cow;

use hedgerow_codebook::claim::{Role, When};
use hedgerow_text::Span;

use crate::deed::Deed;
use crate::mention::Identity;
use crate::party::{Party, plain};

/// Who was named where.
#[derive(Debug, Default)]
pub(crate) struct Memory<'c> {
    people: Vec<(String, Identity<'c>)>,
    /// Every actor named so far, in order.
    named: Vec<Named<'c>>,
    /// Pairs that claims were made about, in order.
    pairs: Vec<[Named<'c>; 2]>,
    /// Who spoke last, and the day where it is known.
    speaker: Option<Spoken<'c>>,
    /// Who met last on a day that is known: what they say has that day where it has no other.
    meeting: Option<Meeting>,
    /// The sentence that the paragraph under way began with.
    paragraph: usize,
    /// The words beside each person's name when it stood in full: "crown prince", "foreign minister of".
    introduced: Vec<(Box<str>, Box<str>)>,
    /// Visitor and host of the last visit.
    visit: Option<[Named<'c>; 2]>,
    /// Giver and receiver of each flow so far.
    flows: Vec<(Box<str>, Named<'c>, Named<'c>)>,
    deeds: Vec<Deed<'c>>,
    /// The state from which the text was written, by its dateline.
    home: Option<&'c str>,
}

/// An actor at one place of the text.
#[derive(Debug, Clone)]
pub(crate) struct Named<'c> {
    pub(crate) identity: Identity<'c>,
    pub(crate) span: Span,
    pub(crate) sentence: usize,
    /// Whether it was the subject of its sentence.
    pub(crate) subject: bool,
    /// Whether it only describes a firm or person ("the Chinese carmaker").
    pub(crate) describes: bool,
}

impl<'c> Named<'c> {
    /// The state or body of a party to a claim of that sentence.
    pub(crate) fn of(party: &Party<'c>, sentence: usize) -> Self {
        let identity = plain(&party.identity);
        Self { identity, span: party.name, sentence, subject: false, describes: false }
    }
}

/// Somebody who was heard.
#[derive(Debug, Clone)]
pub(crate) struct Spoken<'c> {
    pub(crate) by: Named<'c>,
    /// The date of the occasion, with the words that say it.
    pub(crate) on: Option<When>,
}

/// A meeting of states on a day that is known.
#[derive(Debug)]
pub(crate) struct Meeting {
    /// Who met.
    pub(crate) codes: Vec<String>,
    /// When.
    pub(crate) on: When,
    /// The sentence that told of it.
    pub(crate) sentence: usize,
}

/// Sentences after which what is said belongs to a meeting no more.
const STILL_AT_IT: usize = 8;

impl<'c> Memory<'c> {
    /// Remembers a name; a person also by the short form under which they may come back.
    pub(crate) fn add(&mut self, named: Named<'c>) {
        if let Some(surname) = named.identity.surname() {
            self.people.retain(|(word, _)| word != surname);
            self.people.push((surname.to_owned(), named.identity.clone()));
        }
        self.named.push(named);
    }

    /// Whether somebody of that code was named.
    pub(crate) fn names(&self, code: &str) -> bool {
        self.named.iter().any(|n| *n.identity.code == *code)
    }

    pub(crate) fn add_pair(&mut self, one: Named<'c>, other: Named<'c>) {
        self.pairs.push([one, other]);
    }

    pub(crate) fn add_flow(&mut self, type_: &str, giver: Named<'c>, receiver: Named<'c>) {
        self.flows.push((type_.into(), giver, receiver));
    }

    /// The text was written in that state.
    pub(crate) fn write_from(&mut self, code: &'c str) {
        self.home = Some(code);
    }

    pub(crate) fn add_deed(&mut self, deed: Deed<'c>) {
        self.deeds.push(deed);
    }

    /// What was told, in order.
    pub(crate) fn deeds(&self) -> impl DoubleEndedIterator<Item = &Deed<'c>> {
        self.deeds.iter()
    }

    /// Whether somebody was named in sentence `first` or later.
    pub(crate) fn named_since(&self, first: usize) -> bool {
        self.named.last().is_some_and(|n| n.sentence >= first)
    }

    /// Whether two actors, or one and the state from which the text was written, were named in sentence `first` or later.
    pub(crate) fn several_since(&self, first: usize) -> bool {
        let mut named = self.named.iter().rev().take_while(|it| it.sentence >= first);
        let Some(last) = named.next() else { return false };
        let code = last.identity.code.as_ref();
        self.home.is_some_and(|it| it != code) || named.any(|it| it.identity.code.as_ref() != code)
    }

    /// Remembers who spoke; a later word of the same speaker is of the same occasion unless it is dated itself.
    pub(crate) fn hear(&mut self, by: Named<'c>, on: Option<When>) {
        let before = self.speaker.take().filter(|s| s.by.identity.code == by.identity.code);
        self.speaker = Some(Spoken { by, on: on.or_else(|| before.and_then(|s| s.on)) });
    }

    /// Remembers a meeting.
    pub(crate) fn meet(&mut self, meeting: Meeting) {
        self.meeting = Some(meeting);
    }

    /// The day of the last meeting, if `code` took part in it and it was told of not long before sentence `index`.
    pub(crate) fn met(&self, code: &str, index: usize) -> Option<&When> {
        let meeting = self.meeting.as_ref()?;
        let near = index <= meeting.sentence + STILL_AT_IT;
        (near && meeting.codes.iter().any(|other| other == code)).then_some(&meeting.on)
    }

    pub(crate) fn speaker(&self) -> Option<&Spoken<'c>> {
        self.speaker.as_ref()
    }

    /// The last one named for whom `fits` holds.
    pub(crate) fn last(&self, fits: impl Fn(&Named<'c>) -> bool) -> Option<Named<'c>> {
        self.named.iter().rev().find(|n| fits(n)).cloned()
    }

    /// The person last called by this word.
    pub(crate) fn called(&self, word: &str) -> Option<Identity<'c>> {
        self.people.iter().rev().find(|(w, _)| w == word).map(|(_, identity)| identity.clone())
    }

    /// The person a "he" or "she" means: the last one named, subjects first within a sentence.
    pub(crate) fn person(&self) -> Option<&Named<'c>> {
        let last = self.named.iter().rev().find(|n| n.identity.person.is_some())?;
        let same = |n: &&Named<'c>| n.sentence == last.sentence && n.identity.person.is_some();
        self.named.iter().filter(same).find(|n| n.subject).or(Some(last))
    }

    /// The state or organisation an "it" means: the subject of the nearest sentence that names one.
    pub(crate) fn state(&self) -> Option<&Named<'c>> {
        let is_state = |n: &&Named<'c>| n.identity.person.is_none() && !n.identity.demonym;
        let last = self.named.iter().rev().find(is_state)?;
        let same = |n: &&Named<'c>| n.sentence == last.sentence && is_state(n);
        self.named.iter().filter(same).find(|n| n.subject).or(Some(last))
    }

    /// The last actor that stood for a state, whatever its form.
    pub(crate) fn any(&self) -> Option<&Named<'c>> {
        let last = self.named.iter().rev().find(|n| n.identity.role != Role::Med)?;
        let same = |n: &&Named<'c>| n.sentence == last.sentence;
        self.named.iter().filter(same).find(|n| n.subject).or(Some(last))
    }

    pub(crate) fn introduce(&mut self, person: &str, words: &str) {
        self.introduced.push((person.into(), words.into()));
    }

    /// Whether the person was introduced by these words.
    pub(crate) fn was_introduced(&self, person: &str, words: &str) -> bool {
        self.introduced.iter().any(|(p, w)| &**p == person && w.contains(words))
    }

    /// A person named before whose full name has this word in it: "Prince Mohammed".
    pub(crate) fn with_name(&self, word: &str) -> Option<Identity<'c>> {
        let has = |n: &&Named<'c>| {
            n.identity.person.as_deref().is_some_and(|p| p.split(' ').any(|part| part == word))
        };
        self.named.iter().rev().find(has).map(|n| n.identity.clone())
    }

    pub(crate) fn add_visit(&mut self, visitor: Named<'c>, host: Named<'c>) {
        self.visit = Some([visitor, host]);
    }

    pub(crate) fn visit(&self) -> Option<&[Named<'c>; 2]> {
        self.visit.as_ref()
    }

    /// A new paragraph begins with sentence `at`.
    pub(crate) fn begin_paragraph(&mut self, at: usize) {
        self.paragraph = at;
    }

    /// The two states under discussion before sentence `before`: in a paragraph those it spoke of last, at its beginning those
    /// of whom the text has said most, as a pair.
    pub(crate) fn pair(&self, before: usize) -> Option<[Named<'c>; 2]> {
        let mut pairs: Vec<(usize, [Named<'c>; 2])> = Vec::new();
        for pair in &self.pairs {
            pairs.push((pair[0].sentence.max(pair[1].sentence), pair.clone()));
        }
        let mut sentences: Vec<usize> = self.named.iter().map(|n| n.sentence).collect();
        sentences.dedup();
        for sentence in sentences {
            let named = self.distinct(|n| n.sentence == sentence);
            pairs.extend(<[Named<'c>; 2]>::try_from(named).ok().map(|pair| (sentence, pair)));
        }
        pairs.retain(|(sentence, _)| *sentence < before);
        // What a sentence claims of two weighs more than that it names them.
        let here = |(sentence, _): &&(usize, [Named<'c>; 2])| *sentence >= self.paragraph;
        let last = pairs.iter().filter(here).rev().max_by_key(|(sentence, _)| *sentence);
        let often =
            |pair: &[Named<'c>; 2]| pairs.iter().filter(|(_, p)| same_pair(p, pair)).count();
        last.or_else(|| pairs.iter().max_by_key(|(sentence, pair)| (often(pair), *sentence)))
            .map(|(_, pair)| pair.clone())
            .or_else(|| {
                // No sentence names just two: the two named most often.
                let mut all = self.distinct(|n| n.sentence < before);
                let often = |n: &Named<'c>| {
                    self.named.iter().filter(|m| m.identity.code == n.identity.code).count()
                };
                all.sort_by_key(|n| std::cmp::Reverse(often(n)));
                all.truncate(2);
                <[Named<'c>; 2]>::try_from(all).ok()
            })
    }

    /// The two states that a text is about: those of most of its pairs so far, and of two at least.
    pub(crate) fn dominant_pair(&self) -> Option<[Named<'c>; 2]> {
        let mut counted: Vec<(usize, &[Named<'c>; 2])> = Vec::new();
        for pair in &self.pairs {
            match counted.iter_mut().find(|(_, p)| same_pair(p, pair)) {
                Some((n, _)) => *n += 1,
                None => counted.push((1, pair)),
            }
        }
        let (most, pair) = counted.iter().max_by_key(|(n, _)| *n)?;
        (*most >= 2 && most * 3 >= self.pairs.len() * 2).then(|| (*pair).clone())
    }

    /// The one state that a text is about beside `others`: named in sentence after sentence, and far oftener than any third.
    pub(crate) fn focus(&self, others: &[Party<'_>]) -> Option<&Named<'c>> {
        const OFTEN: usize = 3;
        let mut counted: Vec<(usize, &Named<'c>)> = Vec::new();
        for named in &self.named {
            let other = others.iter().any(|other| other.identity.code == named.identity.code);
            if named.identity.code.len() != 3 || named.describes || other {
                continue;
            }
            match counted.iter_mut().find(|(_, n)| n.identity.code == named.identity.code) {
                Some((_, last)) if last.sentence == named.sentence => {}
                Some((n, last)) => (*n, *last) = (*n + 1, named),
                // The text is of the state that its dateline names, unless that one gives.
                None if self.home == Some(&*named.identity.code) && !self.gives(named) => {
                    counted.push((OFTEN, named));
                }
                None => counted.push((1, named)),
            }
        }
        counted.sort_by_key(|(n, named)| (std::cmp::Reverse(*n), named.span.start));
        let (most, focus) = *counted.first()?;
        let next = counted.get(1).map_or(0, |(n, _)| *n);
        (most >= OFTEN && most >= 2 * next).then_some(focus)
    }

    fn gives(&self, giver: &Named<'c>) -> bool {
        self.flows.iter().any(|(_, by, _)| by.identity.code == giver.identity.code)
    }

    /// The receiver of the last flow of that type from `giver`.
    pub(crate) fn receiver(&self, type_: &str, giver: &str) -> Option<&Named<'c>> {
        let same =
            |f: &&(Box<str>, Named<'c>, Named<'c>)| &*f.0 == type_ && f.1.identity.code == giver;
        self.flows.iter().rev().find(same).map(|(_, _, receiver)| receiver)
    }

    /// First mention of each code among those that `keep` lets pass; states only.
    fn distinct(&self, keep: impl Fn(&Named<'c>) -> bool) -> Vec<Named<'c>> {
        let mut found: Vec<Named<'c>> = Vec::new();
        for named in self.named.iter().filter(|n| keep(n)) {
            // "the Swedish brand of a Chinese carmaker" is about firms.
            let state = named.identity.code.len() == 3 && !named.describes;
            if state && !found.iter().any(|f| f.identity.code == named.identity.code) {
                found.push(named.clone());
            }
        }
        found
    }
}

pub(crate) fn same_pair(a: &[Named<'_>; 2], b: &[Named<'_>; 2]) -> bool {
    let codes = |p: &[Named<'_>; 2]| {
        let mut codes = [p[0].identity.code.to_string(), p[1].identity.code.to_string()];
        codes.sort();
        codes
    };
    codes(a) == codes(b)
}

impl Identity<'_> {
    /// The word by which news calls the person alone; of people whom no table knows the last of the name.
    fn surname(&self) -> Option<&str> {
        let name = self.person.as_deref()?;
        Some(self.called.as_deref().unwrap_or_else(|| name.rsplit(' ').next().unwrap_or(name)))
    }

    /// A group of states that is not named further, coded by its words.
    pub(crate) fn group(words: &str) -> Self {
        Self::nameless(Cow::Owned(format!("GRP:{words}")), Role::Gov)
    }
}
