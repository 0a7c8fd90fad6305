//! Deeds told before, to which "the attack", "the sanctions", "the deal" refer: who reacts to one reacts to who did it.

use hedgerow_codebook::claim::Kind;
use hedgerow_codebook::lexicon::Sense;
use hedgerow_parse::Rel;

use crate::fit::{Fit, from_memory};
use crate::memory::Named;
use crate::party::Party;
use crate::scene::Scene;
use crate::tree::Ix;

/// What was told of some actors, without what it needs to be a claim.
#[derive(Debug)]
pub(crate) struct Deed<'c> {
    /// The class of nouns that may mean it, `told-assault`.
    nouns: Box<str>,
    sense: &'c Sense,
    doers: Vec<Named<'c>>,
    others: Vec<Named<'c>>,
    sentence: usize,
}

/// Sentences after which a deed is no longer meant by a mere noun.
const NEAR: usize = 6;

/// Sentences after which it is no mere "step" any more.
const JUST_BEFORE: usize = 2;

impl<'c> Deed<'c> {
    /// What a fit of sentence `sentence` leaves in memory.
    pub(crate) fn of(fit: &Fit<'c>, sentence: usize) -> Self {
        let named = |party: &Party<'c>| Named::of(party, sentence);
        let what = &fit.sense.what;
        let nouns = match what.kind {
            Kind::Event => format!("told-{}", what.type_.to_lowercase()),
            Kind::Tie => "told-tie".to_owned(),
            _ => "told-flow".to_owned(),
        };
        let others =
            if fit.symmetric { Vec::new() } else { fit.recipients.iter().map(named).collect() };
        Self {
            nouns: nouns.into(),
            sense: fit.sense,
            doers: fit.actors.iter().map(named).collect(),
            others,
            sentence,
        }
    }

    /// The two whom it concerned, where it concerned just two states.
    pub(crate) fn pair(&self) -> Option<[Named<'c>; 2]> {
        let all: Vec<Named<'c>> = self.doers.iter().chain(&self.others).cloned().collect();
        let states = all.iter().all(|n| n.identity.code.len() == 3);
        <[Named<'c>; 2]>::try_from(all).ok().filter(|_| states)
    }

    fn involves(&self, code: &str) -> bool {
        self.doers.iter().chain(&self.others).any(|n| *n.identity.code == *code)
    }
}

impl<'c> Scene<'_, 'c> {
    /// Who did what `actors` react to, where the sentence names the deed and not the doer: "Japan condemned the barrage".
    pub(crate) fn doers(&self, sense: &Sense, trigger: Ix, actors: &[Party<'c>]) -> Vec<Party<'c>> {
        let reacts = sense.what.kind == Kind::Stance
            || matches!(&*sense.what.type_, "ACCUSE" | "REJECT" | "REQUEST" | "SUPPORT");
        if !reacts || !self.tree.is_verb(trigger) || !actors.iter().all(Party::is_official) {
            return Vec::new();
        }
        let nouns = self.deed_nouns(trigger);
        let deed = nouns.iter().find_map(|&noun| {
            self.memory.deeds().rev().find(|deed| self.means(noun, deed, actors))
        });
        deed.map_or(Vec::new(), |deed| {
            let reacting =
                |n: &&Named<'c>| actors.iter().all(|actor| actor.identity.code != n.identity.code);
            deed.doers.iter().filter(reacting).map(from_memory).collect()
        })
    }

    /// "Japan followed suit", "Austria did the same": what was told before, done by others to the same.
    pub(crate) fn same_again(&self, verb: Ix) -> Option<Fit<'c>> {
        let tree = self.tree;
        let again = |word: &str| {
            let object = tree.kids_by(verb, &[Rel::Obj, Rel::Advmod, Rel::Xcomp]);
            object.into_iter().any(|k| tree.lemma(k) == word)
        };
        let same = match tree.lemma(verb) {
            "follow" => again("suit"),
            "do" => again("same") || again("so") || again("likewise"),
            _ => false,
        };
        if !same || !tree.is_verb(verb) {
            return None;
        }
        let deed = self.memory.deeds().next_back()?;
        let acts = deed.sense.what.kind != Kind::Stance && !deed.others.is_empty();
        let actors: Vec<Party<'c>> =
            self.subjects(verb, 0).into_iter().flat_map(|s| self.parties(s)).collect();
        let new = actors.iter().all(|a| !deed.involves(&a.identity.code));
        let near = deed.sentence + JUST_BEFORE >= self.index;
        (acts && new && near && !actors.is_empty()).then(|| Fit {
            sense: deed.sense,
            trigger: verb,
            actors,
            recipients: deed.others.iter().map(from_memory).collect(),
            symmetric: false,
            implied: false,
        })
    }

    /// The last two who were told to be at odds, where `actors` are neither.
    pub(crate) fn at_odds(&self, actors: &[Party<'c>]) -> Option<[Named<'c>; 2]> {
        let adverse = |deed: &&Deed<'c>| {
            let what = &deed.sense.what;
            matches!(&*what.type_, "ASSAULT" | "THREATEN" | "MOBILIZE" | "COERCE" | "dispute")
        };
        let deed = self.memory.deeds().rev().find(adverse)?;
        let pair = deed.pair().filter(|_| deed.sentence + NEAR >= self.index)?;
        let third = |p: &Party<'_>| pair.iter().all(|n| n.identity.code != p.identity.code);
        actors.iter().all(third).then_some(pair)
    }

    /// "Egypt offered a truce. Israel rejected it": "it" is what was done just before, and the rejection is of its doer.
    pub(crate) fn doer_of_it(&self, at: Ix, verb: Ix) -> Option<Party<'c>> {
        let tree = self.tree;
        (self.codebook.lexicon.is(tree.lemma(verb), "reaction") && tree.rel(at) == Rel::Obj)
            .then_some(())?;
        let reacting: Vec<Party<'c>> =
            self.subjects(verb, 0).into_iter().flat_map(|s| self.party(s, 3)).collect();
        let same = |n: &Named<'c>| reacting.iter().any(|p| p.identity.code == n.identity.code);
        let deed = self.memory.deeds().next_back()?;
        let [doer] = &deed.doers[..] else { return None };
        let near = deed.sentence + 1 >= self.index;
        (near && !same(doer)).then(|| Party {
            identity: doer.identity.clone(),
            name: tree.span(at),
            antecedent: Some(doer.span),
        })
    }

    /// Whom an act is done to that names only its actor, told right after others did the same: "Germany expelled four Russian
    /// diplomats. Spain expelled two."
    pub(crate) fn alike(&self, sense: &Sense, actors: &[Party<'c>]) -> Option<Party<'c>> {
        let alike = |deed: &&Deed<'c>| {
            deed.sense.what.kind == sense.what.kind
                && deed.sense.what.type_ == sense.what.type_
                && deed.sense.what.mode == sense.what.mode
        };
        let deed = self.memory.deeds().next_back().filter(alike)?;
        let [other] = &deed.others[..] else { return None };
        let stranger = |n: &Named<'c>| actors.iter().all(|a| a.identity.code != n.identity.code);
        let near = deed.sentence + JUST_BEFORE >= self.index;
        (near && stranger(other) && deed.doers.iter().all(stranger)).then(|| from_memory(other))
    }

    /// Definite nouns in the object of a verb, or in what its object is "to" or "of": "demanded an end to the bombing".
    fn deed_nouns(&self, trigger: Ix) -> Vec<Ix> {
        let tree = self.tree;
        let definite = |&noun: &Ix| {
            tree.kids_by(noun, &[Rel::Det]).any(|d| {
                matches!(tree.lemma(d), "the" | "this" | "that" | "these" | "those" | "such")
            })
        };
        let objects: Vec<Ix> = tree
            .kids_by(trigger, &[Rel::Obj, Rel::Obl, Rel::NsubjPass])
            .filter(|&k| {
                matches!(
                    tree.preposition(k),
                    None | Some("to" | "of" | "at" | "over" | "about" | "against" | "with")
                )
            })
            .collect();
        let inside = objects.iter().flat_map(|&o| {
            tree.kids_by(o, &[Rel::Nmod])
                .filter(|&k| matches!(tree.preposition(k), Some("to" | "of")))
        });
        let all: Vec<Ix> = objects.iter().copied().chain(inside).collect();
        all.into_iter().filter(|k| self.mention(*k).is_none()).filter(definite).collect()
    }

    /// Whether a noun may mean a deed: by its class, and by whom its phrase names.
    fn means(&self, noun: Ix, deed: &Deed<'c>, actors: &[Party<'c>]) -> bool {
        let lexicon = &self.codebook.lexicon;
        let lemma = self.tree.lemma(noun);
        // A deal is one of two, a mere "step" what was told just before.
        let deal = lexicon.is(lemma, "told-tie");
        let named = lexicon.is(lemma, &deed.nouns) && (!deal || deed.others.is_empty());
        let step = lexicon.is(lemma, "told-any")
            && !matches!(&*deed.nouns, "told-flow" | "told-tie")
            && deed.sentence + JUST_BEFORE >= self.index;
        let suits = named || step;
        // "the decision of the league"
        let other = |k: Ix| {
            matches!(self.tree.preposition(k), Some("of" | "by"))
                && !self.mentions.iter().any(|m| self.tree.below(m.head, k))
        };
        if self.tree.kids_by(noun, &[Rel::Nmod]).any(other) {
            return false;
        }
        let reacting = |n: &Named<'c>| actors.iter().any(|a| a.identity.code == n.identity.code);
        // The deal that a text is about may have been told long before.
        suits
            && (deal || deed.sentence + NEAR >= self.index)
            && !deed.doers.iter().all(reacting)
            && (deed.others.is_empty() || !deed.doers.iter().any(reacting))
            && self.mentions.iter().filter(|m| self.tree.below(m.head, noun)).all(|m| {
                m.code().is_none_or(|code| {
                    deed.involves(code) && !deed.doers.iter().any(|n| *n.identity.code == *code)
                })
            })
    }
}
