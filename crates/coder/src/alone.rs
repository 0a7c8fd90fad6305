//! What a text says of one state alone: a turn of its policy, who holds which office, what it calls a place. Such claims are
//! made beside those between states and never instead of one.

use std::borrow::Cow;

use hedgerow_codebook::claim::{Claim, Kind, Role};
use hedgerow_codebook::gazetteer::Target;
use hedgerow_codebook::lexicon::{Path, Pos, Sense, Slot};
use hedgerow_parse::{Rel, Upos};
use hedgerow_text::{Span, ZoneKind};

use crate::draft::Frame;
use crate::fit::Fit;
use crate::mention::Identity;
use crate::party::Party;
use crate::scene::Scene;
use crate::tree::Ix;

/// A sense that fits, with what is said of the one party.
#[derive(Debug)]
pub(crate) struct Alone<'c> {
    fit: Fit<'c>,
    /// The office, the name, or what the posture is about.
    topic: Option<String>,
    /// The place that is named.
    place: Option<String>,
}

impl<'c> Scene<'_, 'c> {
    /// What is said of one state alone, except by words that tell of two.
    pub(crate) fn alone(&self, between: &[Fit<'c>]) -> Vec<Alone<'c>> {
        let mut found = Vec::new();
        for i in 0..self.tree.len() {
            if self.mention_at[i].is_some() || between.iter().any(|fit| fit.trigger == i) {
                continue;
            }
            let mut parts = self.parts_of_speech(i);
            // A "noun" with an object is a verb that the tagger took for one.
            if self.tree.is_noun(i) && self.tree.has_kid(i, &[Rel::Obj]) {
                parts.push(Pos::Verb);
            }
            found.extend(parts.into_iter().find_map(|pos| {
                let mut senses = self.codebook.alone.senses_of(self.tree.lemma(i), pos);
                senses.find_map(|sense| self.fit_alone(sense, i))
            }));
        }
        found
    }

    /// The claim of such a sense.
    pub(crate) fn claim_alone(
        &self,
        alone: &Alone<'c>,
        frame: &Frame<'_>,
        zone: ZoneKind,
    ) -> Option<Claim> {
        let claim = self.claim(&alone.fit, frame, zone, None)?;
        Some(Claim { topic: alone.topic.clone(), place: alone.place.clone(), ..claim })
    }

    fn fit_alone(&self, sense: &'c Sense, trigger: Ix) -> Option<Alone<'c>> {
        if !sense.tests.iter().all(|test| self.passes(trigger, test)) {
            return None;
        }
        let fit = |actors, recipients| Fit {
            sense,
            trigger,
            actors,
            recipients,
            symmetric: false,
            implied: false,
        };
        match sense.what.kind {
            Kind::Office => {
                let (holder, before, title) = self.office(sense, trigger)?;
                let before = before.into_iter().collect();
                Some(Alone { fit: fit(vec![holder], before), topic: title, place: None })
            }
            Kind::Naming => {
                let namer = self.namer(sense, trigger)?;
                let (name, place) = self.named_place(sense, trigger)?;
                Some(Alone { fit: fit(vec![namer], Vec::new()), topic: Some(name), place })
            }
            _ => {
                let mut actors = self.first_named(trigger, &sense.actor, &[]);
                // Firms and clubs have no policy.
                let official = |a: &Party<'_>| {
                    !matches!(a.identity.role, Role::Bus | Role::Cvl | Role::Med | Role::Ngo)
                };
                actors.retain(|a| !a.identity.code.starts_with("GRP:") && official(a));
                // What is done to or with another state is not its own affair.
                if !self.first_named(trigger, &sense.recipient, &actors).is_empty() {
                    return None;
                }
                let place = sense
                    .topic
                    .iter()
                    .find_map(|path| self.follow(trigger, path).into_iter().next());
                let topic = place.map(|at| self.own_words(at, &actors));
                (!actors.is_empty()).then(|| Alone {
                    fit: fit(actors, Vec::new()),
                    topic,
                    place: None,
                })
            }
        }
    }

    /// The words of a phrase without those that only say whose it is.
    fn own_words(&self, at: Ix, actors: &[Party<'c>]) -> String {
        let tree = self.tree;
        let span = self.stretch(at, true);
        let of_actor = |k: Ix| {
            let (a, b) = tree.reach(k);
            actors.iter().any(|p| (a..=b).any(|i| p.name.overlaps(tree.span(i))))
        };
        let (mut first, mut last) = (span.start, span.end);
        // "lifted its ban on arms exports": the phrase may hang on the verb.
        for name in ["on", "of", "for"] {
            for k in self.follow(at, &Path(vec![Slot::Prep(name.into())])) {
                let (a, _) = tree.reach(k);
                if a > 0 && tree.span(a - 1).end == last && !of_actor(k) {
                    last = self.stretch(k, true).end;
                }
            }
        }
        for &kid in tree.kids(at) {
            let (a, b) = tree.reach(kid);
            if kid < at && tree.rel(kid) == Rel::Amod && of_actor(kid) {
                first = first.max(tree.span(b + 1).start);
            }
            if kid > at && tree.rel(kid) == Rel::Nmod && of_actor(kid) {
                let joins = |i: Ix| matches!(tree.upos(i), Upos::Adp | Upos::Sconj | Upos::Det);
                let before = (at..a).rev().find(|&i| !joins(i)).unwrap_or(at);
                last = last.min(tree.span(before).end);
            }
        }
        Span::new(first, last.max(first)).of(tree.text).to_owned()
    }

    /// Who holds an office, after whom, and the words for it. The title tells the role, and its owner the state; else the
    /// state is that of the holder, or of the one whose people choose.
    fn office(
        &self,
        sense: &'c Sense,
        trigger: Ix,
    ) -> Option<(Party<'c>, Option<Party<'c>>, Option<String>)> {
        let titles =
            |path: &Path| self.follow(trigger, path).into_iter().find(|&at| self.is_title(at));
        let title = sense.topic.iter().find_map(titles);
        if !sense.topic.is_empty() && title.is_none() {
            return None;
        }
        let holder = sense.actor.iter().find_map(|path| self.person_at(trigger, path, title))?;
        let before = sense.recipient.iter().find_map(|path| self.person_at(trigger, path, title));
        if !sense.recipient.is_empty() && before.is_none() {
            return None;
        }
        let owner = title.and_then(|at| self.titled(at, 0).into_iter().next());
        let known = |p: &Party<'c>| (!p.identity.code.is_empty()).then(|| p.clone());
        let state = owner
            .or_else(|| self.choosing(trigger, &holder))
            .or_else(|| known(&holder))
            .or_else(|| before.as_ref().and_then(known))?;
        let serves = |person: Party<'c>| Party {
            identity: Identity {
                code: state.identity.code.clone(),
                role: state.identity.role,
                ..person.identity
            },
            ..person
        };
        let words = title.map(|at| self.stretch(at, true).of(self.tree.text).to_owned());
        Some((serves(holder), before.map(serves), words))
    }

    /// The state whose people or bodies choose somebody: the subject of the verb, or a state named in the sentence alone.
    fn choosing(&self, trigger: Ix, holder: &Party<'c>) -> Option<Party<'c>> {
        let subject =
            self.subjects(trigger, 0).into_iter().find_map(|s| self.parties(s).into_iter().next());
        subject.filter(|p| p.name != holder.name && !p.identity.code.is_empty())
    }

    /// The person in a place: one whom a table knows, one who was named before, or whoever's name stands there, with no code
    /// where nothing tells the state.
    fn person_at(&self, trigger: Ix, path: &Path, title: Option<Ix>) -> Option<Party<'c>> {
        self.follow(trigger, path).into_iter().find_map(|at| {
            let known = self.party(at, 0).into_iter().find(|p| p.identity.person.is_some());
            known.or_else(|| {
                let bare = Some(at) != title
                    && self.tree.upos(at) == Upos::Propn
                    && self.mention(at).is_none()
                    && !self.is_title(at);
                bare.then(|| {
                    let name = self.name_span(at);
                    let person = Some(Cow::Owned(name.of(self.tree.text).to_owned()));
                    let identity = Identity {
                        person,
                        ..Identity::nameless(Cow::Borrowed(""), Role::default())
                    };
                    Party { identity, name, antecedent: None }
                })
            })
        })
    }

    /// Whether a noun is the title of a public office.
    fn is_title(&self, at: Ix) -> bool {
        let private =
            |role| matches!(role, Role::Cvl | Role::Bus | Role::Per | Role::Med | Role::Ngo);
        let titles = &self.codebook.gazetteer;
        self.tree.is_noun(at)
            && self.mention(at).is_none()
            && self.title_role(at).is_some_and(|role| !private(role))
            && (at.saturating_sub(3)..=at).any(|from| titles.title(&self.words(from, at)).is_some())
    }

    /// Who uses a name: the party in the sense's place, or the people right before the verb ("the water the Finns call").
    fn namer(&self, sense: &'c Sense, trigger: Ix) -> Option<Party<'c>> {
        let named = self.first_named(trigger, &sense.actor, &[]).into_iter().next();
        named.or_else(|| {
            let before = trigger.checked_sub(1).filter(|&at| self.mention(at).is_some())?;
            self.party(before, 0).into_iter().next()
        })
    }

    /// The name given, and the place: what it is said of, else the other name in the sentence, in the spelling of the table of
    /// places where that has it. Only proper names count, of things that are no party.
    fn named_place(&self, sense: &'c Sense, trigger: Ix) -> Option<(String, Option<String>)> {
        let tree = self.tree;
        let name_at = |verb: Ix| {
            let places = sense.topic.iter().flat_map(|path| self.follow(verb, path));
            let places = places.chain(tree.kids_by(verb, &[Rel::Obj, Rel::Xcomp]));
            // Of "calls the Falkland Islands the Islas Malvinas" the last.
            places.filter(|&at| tree.upos(at) == Upos::Propn && at > verb).max()
        };
        let at = name_at(trigger)?;
        let words = |at: Ix| {
            let (first, last) =
                self.mention(at).map_or_else(|| self.name_ends(at), |m| (m.first, m.last));
            tree.cover(first, last).of(tree.text).to_owned()
        };
        let name = words(at);
        let modified =
            tree.head(trigger).filter(|_| matches!(tree.rel(trigger), Rel::Acl | Rel::AclRelcl));
        let places = sense.recipient.iter().flat_map(|path| self.follow(trigger, path));
        let said_of =
            modified.into_iter().chain(places).find(|&k| k != at && tree.upos(k) == Upos::Propn);
        let others = || {
            let verb = |i: &Ix| {
                *i != trigger
                    && tree.lemma(*i) == tree.lemma(trigger)
                    && tree.has_kid(*i, &[Rel::Obj, Rel::Xcomp])
            };
            (0..tree.len()).filter(verb).find_map(name_at).map(words)
        };
        let place = said_of.map(words).or_else(others);
        let canonical = [place.as_deref(), Some(name.as_str())]
            .into_iter()
            .flatten()
            .find_map(|n| self.canonical_place(n));
        let place = canonical.or(place)?;
        self.is_place(&place, said_of).then_some((name, Some(place)))
    }

    /// First and last token of a proper name.
    fn name_ends(&self, at: Ix) -> (Ix, Ix) {
        let parts = self
            .tree
            .kids_by(at, &[Rel::Compound, Rel::Flat, Rel::Amod])
            .filter(|&k| self.tree.word(k).starts_with(char::is_uppercase));
        parts.fold((at, at), |(first, last), k| (first.min(k), last.max(k)))
    }

    /// The name under which the table of places knows one, if it is the only one called so.
    fn canonical_place(&self, name: &str) -> Option<String> {
        let gazetteer = &self.codebook.gazetteer;
        let places: Vec<&str> = gazetteer
            .names()
            .targets(name)
            .iter()
            .filter_map(|target| match target {
                Target::Place(n) => Some(&*gazetteer.place(*n).name),
                _ => None,
            })
            .collect();
        if let [one] = places[..] { Some(one.to_owned()) } else { None }
    }

    /// Whether a name is that of a place: by the table, or by its last word.
    fn is_place(&self, name: &str, at: Option<Ix>) -> bool {
        let last = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
        let last = last.strip_suffix('s').unwrap_or(&last);
        self.canonical_place(name).is_some()
            || self.codebook.alone.is(last, "geography")
            || at.is_some_and(|k| {
                self.tree
                    .kids_by(k, &[Rel::Compound, Rel::NmodDesc, Rel::Appos])
                    .any(|d| self.codebook.alone.is(self.tree.lemma(d), "geography"))
            })
    }
}
