//! Whether a sense fits a word in its sentence, and who and what it then speaks of.

use std::borrow::Cow;

use hedgerow_codebook::claim::{Kind, Role};
use hedgerow_codebook::gazetteer::Target;
use hedgerow_codebook::lexicon::{Path, Sense, Slot, Test, Trait};
use hedgerow_parse::{Rel, Upos};

use crate::memory::Named;
use crate::mention::{Entity, Identity};
use crate::party::{Party, plain};
use crate::scene::Scene;
use crate::tree::Ix;

/// A sense that fits, with its parties.
#[derive(Debug, Clone)]
pub(crate) struct Fit<'c> {
    pub(crate) sense: &'c Sense,
    pub(crate) trigger: Ix,
    pub(crate) actors: Vec<Party<'c>>,
    pub(crate) recipients: Vec<Party<'c>>,
    pub(crate) symmetric: bool,
    /// Whether the recipient is not named but meant: "he said, referring to China".
    pub(crate) implied: bool,
}

impl<'c> Scene<'_, 'c> {
    /// The parties of `sense` at `trigger`, or nothing where it does not fit.
    pub(crate) fn fit(&self, sense: &'c Sense, trigger: Ix) -> Option<Fit<'c>> {
        if !sense.tests.iter().all(|test| self.passes(trigger, test)) {
            return None;
        }
        if sense.parties.is_empty() {
            self.fit_directed(sense, trigger)
        } else {
            self.fit_symmetric(sense, trigger)
        }
    }

    fn fit_symmetric(&self, sense: &'c Sense, trigger: Ix) -> Option<Fit<'c>> {
        let mut parties: Vec<Party<'c>> = Vec::new();
        // "ties with Iran and Iraq": theirs with somebody else, not with each other.
        let mut partners = true;
        for path in &sense.parties {
            let with = matches!(path.0.last(), Some(Slot::Prep(name)) if &**name == "with");
            for place in self.follow(trigger, path) {
                for party in self.parties(place) {
                    if !parties.iter().any(|p| p.identity.code == party.identity.code) {
                        parties.push(party);
                        partners &= with;
                    }
                }
            }
        }
        if parties.len() >= 2 && partners {
            return None;
        }
        if parties.len() < 2 && sense.elliptic && !self.names_unknown(trigger, &sense.parties) {
            let pair = self.pair_under_discussion()?;
            let known = parties.first().map(|p| p.identity.code.clone());
            if known.as_ref().is_some_and(|code| pair.iter().all(|n| n.identity.code != *code)) {
                return None;
            }
            let missing = pair.iter().filter(|n| known.as_ref() != Some(&n.identity.code));
            parties.extend(missing.map(from_memory));
        }
        let states = parties.iter().any(|p| !p.identity.code.starts_with("GRP:"));
        (parties.len() >= 2 && states).then(|| Fit {
            sense,
            trigger,
            recipients: parties.clone(),
            actors: parties,
            symmetric: true,
            implied: false,
        })
    }

    /// Whether one of the places is filled by a name that is not in the tables: that side is said, though we know it not.
    fn names_unknown(&self, trigger: Ix, paths: &[Path]) -> bool {
        let unknown = |&i: &Ix| {
            self.tree.upos(i) == Upos::Propn
                && self.mention(i).is_none()
                && self.parties(i).is_empty()
        };
        paths.iter().any(|path| self.follow(trigger, path).iter().any(unknown))
    }

    fn fit_directed(&self, sense: &'c Sense, trigger: Ix) -> Option<Fit<'c>> {
        let mut actors = self.first_named(trigger, &sense.actor, &[]);
        let mut recipients = self.first_named(trigger, &sense.recipient, &actors);
        if recipients.is_empty() {
            recipients = self.holders(trigger, &sense.recipient);
            // What one man threatens a town with is no business of states.
            let citizen = |p: &Party<'_>| p.identity.role == Role::Cvl;
            if !recipients.is_empty() && !actors.is_empty() && actors.iter().all(citizen) {
                return None;
            }
        }
        if recipients.is_empty() && !actors.is_empty() {
            recipients = self.doers(sense, trigger, &actors);
        }
        // "Oman and the European Union called for restraint": of the two who were at odds.
        let calls = &*sense.what.type_ == "REQUEST"
            && matches!(sense.what.mode.as_deref(), Some("yield" | "meet") | None);
        if calls && self.tree.is_verb(trigger) && recipients.is_empty() && !actors.is_empty() {
            recipients.extend(self.at_odds(&actors).iter().flatten().map(from_memory));
        }
        if sense.elliptic && (actors.is_empty() || recipients.is_empty()) {
            self.complete(sense, &mut actors, &mut recipients);
        }
        if recipients.is_empty() && !actors.is_empty() {
            recipients.extend(self.adversary(sense, trigger, &actors));
        }
        if recipients.is_empty() && &*sense.what.type_ == "territorial-claim" {
            recipients.extend(self.rival_of(sense, trigger, &actors));
        }
        if recipients.is_empty() && !actors.is_empty() {
            recipients.extend(self.focus(sense, trigger, &actors));
        }
        // "Kenyans conquer Tokyo": people told without an article are no army.
        let conquest = sense.what.mode.as_deref() == Some("territory");
        if conquest && !actors.is_empty() && actors.iter().all(|p| self.is_people_at_large(p)) {
            return None;
        }
        let mut implied = false;
        if recipients.is_empty() && !actors.is_empty() {
            recipients = self.meant(trigger);
            implied = !recipients.is_empty();
        }
        actors.retain(|a| !recipients.iter().any(|r| r.identity.code == a.identity.code));
        let named = |p: &Party<'_>| !p.identity.code.starts_with("GRP:");
        // What firms do with each other is no business of states.
        let private = |p: &Party<'_>| p.identity.role == Role::Bus;
        if actors.iter().all(private) && recipients.iter().all(private) {
            return None;
        }
        let fits = !actors.is_empty()
            && !recipients.is_empty()
            && (actors.iter().any(named) || recipients.iter().any(named));
        fits.then_some(Fit { sense, trigger, actors, recipients, symmetric: false, implied })
    }

    /// The parties at the first of `paths` that names one other than `not`.
    pub(crate) fn first_named(
        &self,
        trigger: Ix,
        paths: &[Path],
        not: &[Party<'c>],
    ) -> Vec<Party<'c>> {
        for path in paths {
            let mut found: Vec<Party<'c>> = Vec::new();
            for place in self.follow(trigger, path) {
                for party in self.parties(place) {
                    let same = |p: &Party<'_>| p.identity.code == party.identity.code;
                    if !not.iter().any(same) && !found.iter().any(same) {
                        found.push(party);
                    }
                }
            }
            if found.is_empty() {
                found = self.seats(trigger, path);
                found.retain(|p| not.iter().all(|n| n.identity.code != p.identity.code));
            }
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The states in whose cities something is, where a sense asks for the place itself ("arrived in Hanoi").
    fn seats(&self, trigger: Ix, path: &Path) -> Vec<Party<'c>> {
        let asked =
            matches!(path.0.last(), Some(Slot::Prep(name)) if matches!(&**name, "in" | "at"));
        if !asked {
            return Vec::new();
        }
        let seat = |place| {
            let mention = self.mention(place)?;
            let identity = match &mention.what {
                Entity::Seat(identity) => identity.clone(),
                // "protesters in Karachi"
                Entity::Place(Some(code)) => {
                    Identity::nameless(Cow::Borrowed(*code), Role::default_of(code))
                }
                _ => return None,
            };
            let name = self.tree.cover(mention.first, mention.last);
            Some(Party { identity, name, antecedent: None })
        };
        self.follow(trigger, path).into_iter().filter_map(seat).collect()
    }

    /// The states that hold the places to which something is done ("an attack on Gaza").
    fn holders(&self, trigger: Ix, paths: &[Path]) -> Vec<Party<'c>> {
        let holder = |place| {
            let mention = self.mention(place)?;
            let Entity::Place(Some(code)) = mention.what else { return None };
            let identity = Identity::nameless(Cow::Borrowed(code), Role::default_of(code));
            let name = self.tree.cover(mention.first, mention.last);
            Some(Party { identity, name, antecedent: None })
        };
        let found = |path: &Path| -> Vec<Party<'c>> {
            self.follow(trigger, path).into_iter().filter_map(holder).collect()
        };
        paths.iter().map(found).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Whom an act concerns that names only its actor, in a text about two states: the other of them. Only acts of states
    /// and their forces count, in sentences that name no third one.
    fn adversary(&self, sense: &Sense, trigger: Ix, actors: &[Party<'c>]) -> Option<Party<'c>> {
        const TYPES: [&str; 7] =
            ["ACCUSE", "REJECT", "THREATEN", "ASSAULT", "RETREAT", "MOBILIZE", "CONCEDE"];
        if !TYPES.contains(&&*sense.what.type_) || !self.tree.is_verb(trigger) {
            return None;
        }
        let [actor] = actors else { return None };
        let official = matches!(actor.identity.role, Role::Gov | Role::Mil);
        let pair = self.memory.dominant_pair().filter(|_| official)?;
        let inside = |code: &str| pair.iter().any(|n| n.identity.code == code);
        let third = self.mentions.iter().any(|m| match &m.what {
            Entity::Actor(identity) => !inside(&identity.code),
            _ => false,
        });
        if third || !inside(&actor.identity.code) {
            return None;
        }
        pair.iter().find(|n| n.identity.code != actor.identity.code).map(from_memory)
    }

    /// "Venezuela claims the Essequibo": the other of the two that the gazetteer knows to claim the place.
    fn rival_of(&self, sense: &Sense, trigger: Ix, actors: &[Party<'c>]) -> Option<Party<'c>> {
        let [actor] = actors else { return None };
        let gazetteer = &self.codebook.gazetteer;
        let object = Path(vec![Slot::Obj]);
        let places = [vec![object], sense.recipient.clone()].concat();
        let place = places.iter().flat_map(|path| self.follow(trigger, path)).find_map(|at| {
            let mention = self.mention(at)?;
            let words = self.tree.cover(mention.first, mention.last).of(self.tree.text);
            let named = gazetteer.names().targets(words).iter();
            let found = named.filter_map(|target| match target {
                Target::Place(n) => Some(gazetteer.place(*n)),
                _ => None,
            });
            found.filter(|place| !place.claimants.is_empty()).map(|place| (mention, place)).next()
        });
        let (mention, place) = place?;
        let mut others = place.claimants.iter().filter(|c| ***c != *actor.identity.code);
        let claims = place.claimants.iter().any(|c| **c == *actor.identity.code);
        let (Some(rival), None, true) = (others.next(), others.next(), claims) else { return None };
        let name = self.tree.cover(mention.first, mention.last);
        let identity = Identity::nameless(Cow::Borrowed(&**rival), Role::Gov);
        Some(Party { identity, name, antecedent: None })
    }

    /// Whom a gift, a measure or mediation concerns that names only its actor, in a text about one other state: that state.
    /// Not where the sentence names a third one, or says otherwise who receives it.
    fn focus(&self, sense: &Sense, trigger: Ix, actors: &[Party<'c>]) -> Option<Party<'c>> {
        const TYPES: [&str; 9] = [
            "aid",
            "loan",
            "equipment",
            "training",
            "personnel",
            "arms",
            "CONCEDE",
            "SANCTION",
            "CONSULT",
        ];
        if !TYPES.contains(&&*sense.what.type_)
            || sense.what.kind == Kind::Event
                && &*sense.what.type_ == "CONSULT"
                && sense.what.mode.as_deref() != Some("mediate")
        {
            return None;
        }
        let act = |actor: &Party<'_>| {
            actor.is_official()
                // Who "they" are is guess enough.
                && (actors.len() == 1 || actor.antecedent.is_none())
        };
        if !actors.iter().all(act) {
            return None;
        }
        let focus = self.memory.focus(actors).map(from_memory);
        let focus = focus.or_else(|| self.alike(sense, actors))?;
        let third = self.mentions.iter().any(|m| match &m.what {
            Entity::Actor(identity) => {
                actors.iter().all(|actor| actor.identity.code != identity.code)
                    && identity.code != focus.identity.code
            }
            Entity::Place(Some(code)) => *code != &*focus.identity.code,
            Entity::Seat(identity) | Entity::Target(identity) => {
                identity.code != focus.identity.code
            }
            Entity::Place(None) => true,
        });
        let to = |path: &&Path| match path.0.last() {
            Some(Slot::Iobj) => true,
            Some(Slot::Prep(name)) => &**name == "to",
            _ => false,
        };
        let told =
            sense.recipient.iter().filter(to).any(|path| !self.follow(trigger, path).is_empty());
        // "Washington came to its neighbour's aid": who is told of as acting is not the unsaid one.
        let acting = self
            .mentions
            .iter()
            .any(|m| m.code() == Some(&*focus.identity.code) && self.tree.is_in_subject(m.head));
        (!third && !told && !acting).then_some(focus)
    }

    /// Whom words are aimed at that name nobody, on the author's word: "…, he said, implicitly referring to China".
    fn meant(&self, trigger: Ix) -> Vec<Party<'c>> {
        let tree = self.tree;
        let Some(verb) = self.telling(trigger) else { return Vec::new() };
        let alludes = |&k: &Ix| self.codebook.alone.is(tree.lemma(k), "alluding");
        let aside = tree
            .kids_by(
                verb,
                &[Rel::Advcl, Rel::Obl, Rel::Acl, Rel::Parataxis, Rel::Ccomp, Rel::Xcomp],
            )
            .find(alludes);
        let to = |name: &str| Path(vec![Slot::Prep(name.into())]);
        let places = aside.map(|k| ["to", "at"].map(|name| self.follow(k, &to(name))).concat());
        places.unwrap_or_default().into_iter().flat_map(|at| self.parties(at)).collect()
    }

    /// Fills an unsaid side: the receiver of the last such flow, or the other of the pair under discussion.
    fn complete(
        &self,
        sense: &Sense,
        actors: &mut Vec<Party<'c>>,
        recipients: &mut Vec<Party<'c>>,
    ) {
        if let [actor] = &actors[..]
            && recipients.is_empty()
            && let Some(receiver) = self.memory.receiver(&sense.what.type_, &actor.identity.code)
        {
            recipients.push(from_memory(receiver));
            return;
        }
        let Some(pair) = self.pair_under_discussion() else { return };
        // "Qatar brokered the exchange": between the two.
        if let [third] = &actors[..]
            && sense.what.mode.as_deref() == Some("mediate")
            && recipients.is_empty()
            && pair.iter().all(|n| n.identity.code != third.identity.code)
        {
            recipients.extend(pair.iter().map(from_memory));
            return;
        }
        let (known, missing) = match (&actors[..], &recipients[..]) {
            ([one], []) => (one.identity.code.clone(), recipients),
            ([], [one]) => (one.identity.code.clone(), actors),
            _ => return,
        };
        if let [one, other] = &pair
            && (one.identity.code == known || other.identity.code == known)
        {
            missing.push(from_memory(if one.identity.code == known { other } else { one }));
        }
    }

    pub(crate) fn passes(&self, trigger: Ix, test: &Test) -> bool {
        let mut places = self.follow(trigger, &test.path);
        for path in &test.or {
            places.extend(self.follow(trigger, path));
        }
        if test.absent {
            return places.is_empty();
        }
        let mut fits = false;
        for place in places {
            for member in self.tree.conjuncts(place) {
                for word in self.tree.phrase(member) {
                    let lemma = self.tree.lemma(word);
                    if test.none.contains(lemma) {
                        return false;
                    }
                    fits |= test.any.contains(lemma);
                }
                if test.not.iter().any(|&t| self.has_trait(member, t)) {
                    return false;
                }
                fits |= test.traits.iter().any(|&t| self.has_trait(member, t));
            }
        }
        // With exclusions only, an empty place passes.
        fits || (test.any.is_empty() && test.traits.is_empty())
    }

    fn has_trait(&self, place: Ix, property: Trait) -> bool {
        match property {
            Trait::Any => true,
            Trait::Must => {
                let bound = |&k: &Ix| {
                    matches!(self.tree.lemma(k), "must" | "should" | "ought")
                        && matches!(self.tree.rel(k), Rel::Aux | Rel::AuxPass)
                };
                let has_to = matches!(self.tree.lemma(place), "have" | "need")
                    && self.tree.has_kid(place, &[Rel::Xcomp]);
                has_to || self.tree.kids(place).iter().any(bound)
            }
            Trait::Money | Trait::Number => {
                let (first, last) = self.tree.reach(place);
                self.quantities.iter().any(|q| {
                    first <= q.first
                        && q.last <= last
                        && (q.amount.currency.is_some() || property == Trait::Number)
                })
            }
            Trait::Actor => {
                // A city that is hit stands for the state that holds it.
                let named = self
                    .mention(place)
                    .is_some_and(|m| matches!(m.what, Entity::Actor(_) | Entity::Place(Some(_))));
                named || (self.tree.upos(place) != Upos::Verb && !self.parties(place).is_empty())
            }
        }
    }
}

/// A party that the sentence leaves unsaid.
pub(crate) fn from_memory<'c>(named: &Named<'c>) -> Party<'c> {
    Party { identity: plain(&named.identity), name: named.span, antecedent: Some(named.span) }
}
