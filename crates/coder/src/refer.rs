//! What a word refers to that names nobody: pronouns, "the two countries", "the kingdom".

use hedgerow_codebook::lexicon::Operator;
use hedgerow_parse::{Rel, Xpos};

use crate::deed::Deed;
use crate::memory::{Named, same_pair};
use crate::mention::{Entity, Identity, Mention};
use crate::party::{Party, plain};
use crate::scene::Scene;
use crate::tree::Ix;

impl<'c> Scene<'_, 'c> {
    pub(crate) fn pronoun(&self, at: Ix, depth: usize) -> Vec<Party<'c>> {
        let tree = self.tree;
        if self.is_relative(at) {
            return self.antecedent(at).map_or(Vec::new(), |noun| self.party(noun, depth + 1));
        }
        let refer = |named: &Named<'c>| Party {
            identity: named.identity.clone(),
            name: tree.span(at),
            antecedent: Some(named.span),
        };
        match tree.lemma(at) {
            // "Fiji's prime minister said he": one who was not named counts where nobody was.
            "he" | "she" | "his" | "her" | "him" => self
                .person_here(at)
                .or_else(|| self.office_holder(at, depth))
                .or_else(|| self.person_before(at).map(|named| refer(&named)))
                .into_iter()
                .collect(),
            "it" if self.is_object(at) => self.other_state(at, depth).into_iter().collect(),
            "it" | "its" => self
                .speaking_body(at, depth)
                .or_else(|| self.state_before(at).map(|named| refer(&named)))
                .into_iter()
                .collect(),
            "they" | "their" | "them" | "both" => {
                let here = self.pair_before(at);
                let apart = || self.pair_apart(at).filter(|_| tree.lemma(at) == "both");
                here.or_else(apart)
                    .or_else(|| self.memory.pair(self.index))
                    // A pair that was left behind is not meant any more.
                    .filter(|pair| pair.iter().any(|n| n.sentence + 2 >= self.index))
                    .map_or(Vec::new(), |pair| pair.iter().map(refer).collect())
            }
            "we" | "our" | "us" | "ours" => {
                let speaker = self.speaker_of(at, depth);
                let pair = if self.is_mutual(at) { self.memory.pair(self.index) } else { None };
                let with = |s: &Named<'c>| {
                    let pair = pair.as_ref()?;
                    pair.iter()
                        .any(|n| n.identity.code == s.identity.code)
                        .then(|| pair.iter().map(refer).collect())
                };
                speaker.map_or(Vec::new(), |s| {
                    with(&s).unwrap_or_else(|| {
                        vec![Party { identity: plain(&s.identity), ..refer(&s) }]
                    })
                })
            }
            "i" | "my" | "me" => self.speaker_of(at, depth).iter().map(refer).collect(),
            _ => Vec::new(),
        }
    }

    /// Who speaks where a first person stands: the subject of the saying above it, or whoever is being quoted.
    fn speaker_of(&self, at: Ix, depth: usize) -> Option<Named<'c>> {
        // A first person is never resolved through another one.
        (depth == 0).then_some(())?;
        let voice = self.voice_at(at, 1)?;
        let span = voice.antecedent.unwrap_or(voice.name);
        Some(Named {
            identity: voice.identity,
            span,
            sentence: self.index,
            subject: true,
            describes: false,
        })
    }

    /// The holder of the office at `at` who was named last: "the crown prince", "the party chief".
    pub(crate) fn office_before(&self, at: Ix) -> Option<Named<'c>> {
        let gazetteer = &self.codebook.gazetteer;
        let phrases = (at.saturating_sub(3)..=at).map(|from| self.words(from, at));
        let title = phrases.into_iter().find(|phrase| gazetteer.title(phrase).is_some())?;
        let holds = |n: &Named<'c>| {
            n.identity.person.as_deref().is_some_and(|person| {
                self.memory.was_introduced(person, &title)
                    || gazetteer.person_called(person).is_some_and(|p| {
                        p.offices.iter().any(|o| {
                            *o.code == *n.identity.code && o.title.contains(title.as_str())
                        })
                    })
            })
        };
        self.named_before(at).find(holds).or_else(|| self.memory.last(holds))
    }

    /// The words from `from` to `at` in small letters, the last as its lemma.
    pub(crate) fn words(&self, from: Ix, at: Ix) -> String {
        let mut words: Vec<String> = (from..at).map(|i| self.tree.word(i).to_lowercase()).collect();
        words.push(self.tree.lemma(at).to_owned());
        words.join(" ")
    }

    /// "the guest" and "his host" of the last visit; "its neighbour", "his counterpart": the other of the two.
    pub(crate) fn opposite(&self, at: Ix) -> Option<Party<'c>> {
        let tree = self.tree;
        let determined = tree.kids_by(at, &[Rel::Det, Rel::NmodPoss]).next()?;
        if tree.has_kid(at, &[Rel::Appos, Rel::Flat, Rel::Nmod]) {
            return None;
        }
        let name = tree.cover(determined.min(at), at);
        let visit = |n: usize| {
            let named = self.memory.visit()?[n].clone();
            Some(Party { identity: named.identity, name, antecedent: Some(named.span) })
        };
        match tree.lemma(at) {
            "guest" | "visitor" => visit(0),
            "host" => visit(1),
            "neighbor" | "neighbour" | "counterpart" => {
                let owner = tree.kids_by(at, &[Rel::NmodPoss]).next()?;
                let [owner] = &self.party(owner, 1)[..] else { return None };
                let pair = self.pair_under_discussion()?;
                let holds = |n: &&Named<'c>| n.identity.code == owner.identity.code;
                pair.iter().find(holds)?;
                let other = pair.iter().find(|n| !holds(n))?;
                Some(Party { identity: plain(&other.identity), name, antecedent: Some(other.span) })
            }
            _ => None,
        }
    }

    /// "the kingdom", "the bloc", "the North": the state or body last named that the description fits.
    pub(crate) fn described(&self, at: Ix) -> Option<Party<'c>> {
        let tree = self.tree;
        let the = tree
            .kids_by(at, &[Rel::Det])
            .find(|&d| d < at && matches!(tree.lemma(d), "the" | "this" | "that"))?;
        // "the kingdom of Jordan", "the country that borders Kenya" say more than the words before them.
        let plural = matches!(tree.xpos(at), Xpos::Nns | Xpos::Nnps);
        if plural
            || tree.has_kid(at, &[Rel::NmodPoss, Rel::Nummod, Rel::AclRelcl, Rel::Nmod, Rel::Appos])
        {
            return None;
        }
        let gazetteer = &self.codebook.gazetteer;
        let codes = (the + 1..=at).find_map(|from| gazetteer.described(&self.words(from, at)))?;
        let fits = |n: &Named<'c>| {
            let code = &*n.identity.code;
            if codes.is_empty() { code.len() == 3 } else { codes.iter().any(|c| **c == *code) }
        };
        // The subject of the clause is spoken of by a pronoun, not by a description.
        let clause = tree.clause_of(at);
        let subjects: Vec<&str> = tree
            .kids_by(clause, &[Rel::Nsubj, Rel::NsubjPass])
            .filter(|&k| k < at)
            .filter_map(|k| self.mention(k))
            .filter_map(|m| match &m.what {
                Entity::Actor(identity) => Some(&*identity.code),
                Entity::Seat(_) | Entity::Target(_) | Entity::Place(_) => None,
            })
            .collect();
        let other = |n: &Named<'c>| fits(n) && !subjects.contains(&&*n.identity.code);
        let known = self.named_before(at).find(&other).or_else(|| self.memory.last(other))?;
        let name = tree.cover(the, at);
        Some(Party { identity: plain(&known.identity), name, antecedent: Some(known.span) })
    }

    /// "there": the state last named that does nothing in this clause.
    pub(crate) fn there_named(&self, at: Ix) -> Option<Party<'c>> {
        let tree = self.tree;
        let doers = self.named_doers(tree.clause_of(at));
        let fits = |n: &Named<'c>| {
            n.identity.code.len() == 3 && !n.describes && !doers.contains(&&*n.identity.code)
        };
        let known = self.named_before(at).find(fits).or_else(|| self.memory.last(fits))?;
        Some(Party {
            identity: plain(&known.identity),
            name: tree.span(at),
            antecedent: Some(known.span),
        })
    }

    /// "the Indian army said it had …": the body that speaks in the verb of saying above.
    fn speaking_body(&self, at: Ix, depth: usize) -> Option<Party<'c>> {
        let subject = self.subject_of_telling(at, depth)?;
        self.same_as(at, subject, depth).filter(|body| body.identity.person.is_none())
    }

    /// Whether something is done to what the pronoun means.
    fn is_object(&self, at: Ix) -> bool {
        let to = || matches!(self.tree.preposition(at), Some("to" | "for" | "with" | "from"));
        matches!(self.tree.rel(at), Rel::Obj | Rel::Iobj) || self.tree.rel(at) == Rel::Obl && to()
    }

    /// "Poland said Germany would give it two batteries", "it" as an object: not who does it, but who says so, or the state
    /// named before.
    fn other_state(&self, at: Ix, depth: usize) -> Option<Party<'c>> {
        let tree = self.tree;
        (depth <= 1).then_some(())?;
        let verb = tree.head(at)?;
        if let Some(doer) = self.doer_of_it(at, verb) {
            return Some(doer);
        }
        let doers: Vec<Party<'c>> =
            self.subjects(verb, 0).into_iter().flat_map(|s| self.party(s, depth + 2)).collect();
        let fits = |n: &Identity<'c>| {
            n.person.is_none() && !n.demonym && doers.iter().all(|d| d.identity.code != n.code)
        };
        let says = self.telling(at).and_then(|v| self.subjects(v, 0).into_iter().find(|&s| s < at));
        let teller = says.and_then(|s| self.same_as(at, s, depth)).filter(|t| fits(&t.identity));
        // "Georgia sends in the dumplings: attack them": nobody who is named.
        let aside = || tree.path_up(at).any(|i| tree.rel(i) == Rel::Parataxis);
        teller.or_else(|| {
            (!aside()).then_some(())?;
            let here = self.named_before(at).find(|n| n.subject && fits(&n.identity));
            let known = here
                .or_else(|| self.named_before(at).find(|n| fits(&n.identity)))
                .or_else(|| self.last_state(verb).filter(|n| fits(&n.identity)))?;
            Some(Party {
                identity: known.identity,
                name: tree.span(at),
                antecedent: Some(known.span),
            })
        })
    }

    /// The state that the sentence before was about; not for "tells it otherwise".
    fn last_state(&self, verb: Ix) -> Option<Named<'c>> {
        let told = self.operator(verb) == Some(Operator::Report);
        self.memory.state().filter(|n| !told && n.sentence + 1 >= self.index).cloned()
    }

    /// The subject of the verb of saying above a pronoun that is itself a subject.
    fn subject_of_telling(&self, at: Ix, depth: usize) -> Option<Ix> {
        (depth <= 1 && self.tree.rel(at) == Rel::Nsubj).then_some(())?;
        self.subjects(self.telling(at)?, 0).into_iter().find(|&s| s < at)
    }

    /// The party of `noun` as the pronoun `at` stands for it.
    fn same_as(&self, at: Ix, noun: Ix, depth: usize) -> Option<Party<'c>> {
        let party = self.party(noun, depth + 1).into_iter().next()?;
        let antecedent = Some(party.antecedent.unwrap_or(party.name));
        Some(Party { name: self.tree.span(at), antecedent, ..party })
    }

    /// A person named before the pronoun in its own sentence.
    fn person_here(&self, at: Ix) -> Option<Party<'c>> {
        let named = self.named_before(at).find(|n| n.identity.person.is_some())?;
        let before = self.person_before(at)?;
        (before.span == named.span).then(|| Party {
            identity: before.identity,
            name: self.tree.span(at),
            antecedent: Some(before.span),
        })
    }

    /// The holder of an office who speaks in the verb of saying above, named or not.
    fn office_holder(&self, at: Ix, depth: usize) -> Option<Party<'c>> {
        let subject = self.subject_of_telling(at, depth).filter(|&s| self.tree.is_noun(s))?;
        self.codebook.gazetteer.title(self.tree.lemma(subject))?;
        self.same_as(at, subject, depth)
    }

    /// Actors named in this sentence before `at`, last first.
    pub(crate) fn named_before(&self, at: Ix) -> impl Iterator<Item = Named<'c>> + '_ {
        self.mentions.iter().rev().filter(move |m| m.last < at).filter_map(|m| match &m.what {
            Entity::Actor(identity) => Some(self.named(identity, m.first, m.last, m.head)),
            Entity::Seat(_) | Entity::Target(_) | Entity::Place(_) => None,
        })
    }

    pub(crate) fn named(
        &self,
        identity: &Identity<'c>,
        first: Ix,
        last: Ix,
        head: Ix,
    ) -> Named<'c> {
        Named {
            identity: identity.clone(),
            span: self.tree.cover(first, last),
            sentence: self.index,
            subject: self.tree.is_in_subject(head),
            describes: false,
        }
    }

    fn person_before(&self, at: Ix) -> Option<Named<'c>> {
        // "held talks with him" is not the one who held them.
        let object = self.tree.rel(at) != Rel::NmodPoss && self.tree.rel(at) != Rel::Nsubj;
        let subjects: Vec<Party<'c>> = if object {
            let clause = self.tree.clause_of(at);
            let own = self.tree.kids_by(clause, &[Rel::Nsubj]).filter(|&s| s < at);
            own.flat_map(|s| self.party(s, 3)).collect()
        } else {
            Vec::new()
        };
        let fits = |n: &Named<'c>| {
            n.identity.person.is_some()
                && subjects.iter().all(|s| s.identity.code != n.identity.code)
        };
        let here = self.named_before(at).find(fits);
        here.or_else(|| self.memory.person().filter(|n| fits(n)).cloned())
            .or_else(|| if object { self.memory.last(fits) } else { None })
    }

    /// The state that "it" or "its" means: the subject of the same sentence before it, then the nearest one.
    fn state_before(&self, at: Ix) -> Option<Named<'c>> {
        let is_state = |n: &Named<'c>| n.identity.person.is_none() && !n.identity.demonym;
        if let Some(viewed) = self.perspective(at) {
            return Some(viewed);
        }
        let subject = self.named_before(at).find(|n| n.subject && is_state(n));
        subject
            .or_else(|| self.named_before(at).find(is_state))
            .or_else(|| self.memory.state().cloned())
    }

    /// "From the Vietnamese perspective, the visit reflects its policy": whose eyes the sentence is seen with.
    fn perspective(&self, at: Ix) -> Option<Named<'c>> {
        let seen = |m: &&Mention<'c>| {
            m.last < at
                && self.tree.head(m.head).is_some_and(|noun| {
                    matches!(
                        self.tree.lemma(noun),
                        "perspective" | "viewpoint" | "standpoint" | "eye"
                    ) && self.tree.preposition(noun).is_some()
                })
        };
        let mention = self.mentions.iter().find(seen)?;
        let Entity::Actor(identity) = &mention.what else { return None };
        Some(self.named(&plain(identity), mention.first, mention.last, mention.head))
    }

    /// Whether what a first person plural does is done by two: "we shared", "we agreed", with nobody else named.
    fn is_mutual(&self, at: Ix) -> bool {
        let tree = self.tree;
        tree.rel(at) == Rel::Nsubj
            && tree.head(at).is_some_and(|verb| {
                self.codebook.alone.is(tree.lemma(verb), "mutual")
                    && !tree.kids_by(verb, &[Rel::Obl]).any(|k| tree.preposition(k) == Some("with"))
            })
    }

    /// Two states coordinated before `at` in this sentence.
    fn pair_before(&self, at: Ix) -> Option<[Named<'c>; 2]> {
        let mut found: Vec<Named<'c>> = Vec::new();
        for named in self.named_before(at) {
            if !found.iter().any(|f| f.identity.code == named.identity.code) {
                found.insert(0, named);
            }
        }
        <[Named<'c>; 2]>::try_from(found).ok()
    }

    /// "the two countries", "both sides", "the two leaders": the pair under discussion.
    pub(crate) fn both(&self, at: Ix) -> Option<Vec<Party<'c>>> {
        let tree = self.tree;
        let alone = tree.lemma(at) == "two" && tree.kids_by(at, &[Rel::Det]).next().is_some();
        if alone && !tree.has_kid(at, &[Rel::Nmod]) && tree.rel(at) != Rel::Nummod {
            let pair = self.pair_apart(at).or_else(|| self.pair_before_or_around(at))?;
            let name = tree.cover(at.saturating_sub(1), at);
            let party = |n: &Named<'c>| Party {
                identity: plain(&n.identity),
                name,
                antecedent: Some(n.span),
            };
            return Some(pair.iter().map(party).collect());
        }
        self.codebook.lexicon.is(tree.lemma(at), "party").then_some(())?;
        let two = |&k: &Ix| {
            matches!(tree.lemma(k), "two" | "both" | "either" | "neighboring" | "neighbouring")
        };
        let marker = tree.kids(at).iter().find(|k| two(k))?;
        // "two Turkish ministers" are new, and Turkey's.
        if tree.kids_by(at, &[Rel::Amod, Rel::Compound]).any(|k| self.mention(k).is_some()) {
            return None;
        }
        let pair = self.pair_apart(at).or_else(|| self.pair_before_or_around(*marker))?;
        let first = tree
            .kids(at)
            .iter()
            .copied()
            .filter(|&k| k < *marker && tree.rel(k) == Rel::Det)
            .min()
            .unwrap_or(*marker);
        let name = tree.cover(first.min(at), at.max(first));
        let party =
            |n: &Named<'c>| Party { identity: plain(&n.identity), name, antecedent: Some(n.span) };
        Some(pair.iter().map(party).collect())
    }

    /// The codes of those who are named as doing what a verb says; what must itself be referred is left out, so that no
    /// reference leads back to itself.
    fn named_doers(&self, verb: Ix) -> Vec<&str> {
        let subjects = self.subjects(verb, 0).into_iter().flat_map(|s| self.tree.conjuncts(s));
        subjects.filter_map(|s| self.mention(s)?.code()).collect()
    }

    /// "The United States urged both sides to talk": the two of whom the text has told most, without those who act here.
    fn pair_apart(&self, at: Ix) -> Option<[Named<'c>; 2]> {
        let tree = self.tree;
        let subject = matches!(tree.rel(at), Rel::Nsubj | Rel::NsubjPass);
        let verb = tree.head(at).filter(|_| !subject).map(|head| tree.clause_of(head))?;
        let subjects: Vec<Ix> = self.subjects(verb, 0);
        if subjects.is_empty() || !subjects.iter().all(|&s| s < at && self.mention(s).is_some()) {
            return None;
        }
        let doers = self.named_doers(verb);
        let other = |n: &Named<'c>| !doers.contains(&&*n.identity.code);
        if self.named_before(at).any(|n| n.identity.code.len() == 3 && other(&n)) {
            return None;
        }
        let apart = |pair: &[Named<'c>; 2]| pair.iter().all(other);
        // Those of whom the text has told most.
        let pairs: Vec<[Named<'c>; 2]> =
            self.memory.deeds().filter_map(Deed::pair).filter(apart).collect();
        let often = |pair: &[Named<'c>; 2]| pairs.iter().filter(|p| same_pair(p, pair)).count();
        pairs.iter().max_by_key(|pair| often(pair)).cloned()
    }

    /// The two states that this sentence, or else the text before it, is about.
    pub(crate) fn pair_under_discussion(&self) -> Option<[Named<'c>; 2]> {
        self.pair_before_or_around(self.tree.len())
    }

    /// The two states named before `at` in this sentence, or else in the text before it.
    fn pair_before_or_around(&self, at: Ix) -> Option<[Named<'c>; 2]> {
        let mut here: Vec<Named<'c>> = Vec::new();
        for mention in self.mentions.iter().filter(|m| m.last < at) {
            if let Entity::Actor(identity) = &mention.what
                && identity.code.len() == 3
                && !here.iter().any(|n| n.identity.code == identity.code)
            {
                here.push(self.named(identity, mention.first, mention.last, mention.head));
            }
        }
        <[Named<'c>; 2]>::try_from(here).ok().or_else(|| self.memory.pair(self.index))
    }
}
