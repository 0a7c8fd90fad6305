//! Whether an act happened, is to happen, is asked for or denied; and on whose word that rests.

use hedgerow_codebook::claim::Modality;
use hedgerow_codebook::lexicon::Operator;
use hedgerow_parse::{Rel, Upos, Xpos};

use crate::party::Party;
use crate::scene::Scene;
use crate::tree::Ix;

/// The mood of an act in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mood {
    pub(crate) modality: Modality,
    /// The act is only pretended or presupposed: nothing is claimed.
    pub(crate) blocked: bool,
}

impl<'c> Scene<'_, 'c> {
    /// The mood of the act that `trigger` names.
    /// `light` is a verb that is part of the sense, "offered condolences": an offer there is none.
    /// `happens` where the thing comes about of itself (tension, trade), so that "will" is a forecast.
    /// `inverted` where a negation is part of the sense, "spare no effort".
    pub(crate) fn mood(
        &self,
        trigger: Ix,
        light: Option<Ix>,
        inverted: bool,
        happens: bool,
    ) -> Mood {
        let tree = self.tree;
        let mut mood = Mood { modality: Modality::Actual, blocked: false };
        let mut negated = inverted;
        let mut forecast = false;
        let mut via = None;
        let mut steps = tree.path_up(trigger).peekable();
        while let Some(at) = steps.next() {
            self.own_mood(at, via, &mut mood, &mut negated);
            via = Some(at);
            // "if Iran attacks" claims no attack.
            let supposed =
                tree.kids_by(at, &[Rel::Mark]).any(|m| matches!(tree.lemma(m), "if" | "unless"));
            mood.blocked |= (supposed || self.is_awaited(at)) && tree.rel(at) == Rel::Advcl;
            let Some(&head) = steps.peek() else { break };
            // "rejected reports that it had bombed": it says that it had not.
            if self.is_denied_report(head, at) {
                negated = !negated;
                break;
            }
            // "faces pressure to help": the clause may hang on the verb instead of its object.
            if tree.rel(at) == Rel::Advcl && self.has_to(at) {
                let object = tree.kids_by(head, &[Rel::Obj]).find(|&k| k < at);
                if let Some(Operator::Mood(modality)) = object.and_then(|k| self.operator(k)) {
                    set(&mut mood, modality);
                }
            }
            if !self.governs(head, at) {
                // "will send troops to help": what is done for a purpose is done no sooner than the rest.
                if tree.rel(at) == Rel::Advcl && self.has_to(at) && tree.is_verb(trigger) {
                    match self.mood(head, None, false, false).modality {
                        Modality::Actual => {}
                        Modality::Denied => set(&mut mood, Modality::Hypothetical),
                        modality => set(&mut mood, modality),
                    }
                }
                break;
            }
            // "tensions will recede": nobody plans that.
            forecast |=
                happens && tree.rel(at) == Rel::Nsubj && at == trigger && !self.only_begins(head);
            let operator = self.operator(head);
            if light == Some(head) && operator == Some(Operator::Mood(Modality::Hypothetical)) {
                continue;
            }
            match operator {
                // "cooperation prevented a clash": the clash did not happen.
                Some(Operator::Mood(Modality::Denied))
                    if tree.rel(at) == Rel::Nsubj
                        && !tree.is_passive(head)
                        && tree.has_kid(head, &[Rel::Obj, Rel::Xcomp, Rel::Ccomp]) => {}
                // "exports dropped to 4 billion": there were some.
                Some(Operator::Mood(Modality::Denied))
                    if happens && tree.rel(at) == Rel::Nsubj && tree.lemma(head) == "drop" => {}
                Some(Operator::Mood(Modality::Denied)) => negated = !negated,
                // "wants to invest" asks nobody for anything.
                Some(Operator::Mood(Modality::CalledFor))
                    if tree.rel(at) == Rel::Xcomp
                        && !tree.is_passive(head)
                        && !tree.has_kid(head, &[Rel::Obj, Rel::Iobj]) =>
                {
                    set(&mut mood, Modality::Hypothetical);
                }
                Some(Operator::Mood(modality)) if self.is_operator(head, at) => {
                    set(&mut mood, modality);
                }
                Some(Operator::Block) => mood.blocked = true,
                // The telling has its own mood, which is not that of what is told.
                Some(Operator::Report) if matches!(tree.rel(at), Rel::Ccomp | Rel::Parataxis) => {
                    break;
                }
                _ if matches!(tree.rel(at), Rel::Ccomp) => break,
                None if self.is_possible(head, at) => set(&mut mood, Modality::Hypothetical),
                _ => {}
            }
            // "has yet to sign"
            negated ^= self.has_to(at) && self.is_yet(at, head);
        }
        if forecast && mood.modality == Modality::Planned {
            mood.modality = Modality::Expected;
        }
        self.described_mood(trigger, &mut mood, &mut negated);
        if negated {
            mood.modality = Modality::Denied;
        }
        mood
    }

    /// Whether a clause tells what is waited for: "will hold no talks until Iran complies" claims no compliance. What is past has come.
    fn is_awaited(&self, at: Ix) -> bool {
        let tree = self.tree;
        let until =
            tree.kids_by(at, &[Rel::Mark]).any(|m| matches!(tree.lemma(m), "until" | "till"));
        until
            && tree
                .kids_by(at, &[Rel::Aux, Rel::AuxPass, Rel::Cop])
                .chain([at])
                .any(|verb| matches!(tree.xpos(verb), Xpos::Vbz | Xpos::Vbp))
    }

    /// Auxiliaries and negation of one word.
    /// `via` is the dependent from which the word was reached, whose negation is counted already.
    pub(crate) fn own_mood(&self, at: Ix, via: Option<Ix>, mood: &mut Mood, negated: &mut bool) {
        let tree = self.tree;
        let mut shared = at;
        // "will visit Japan and sign": the second verb shares the auxiliary of the first.
        while tree.rel(shared) == Rel::Conj
            && tree.xpos(shared) == Xpos::Vb
            && !tree.has_kid(shared, &[Rel::Aux])
            && let Some(head) = tree.head(shared)
        {
            shared = head;
        }
        for kid in tree.kids_by(shared, &[Rel::Aux, Rel::AuxPass, Rel::Cop]) {
            match (tree.lemma(kid), tree.word(kid)) {
                ("will" | "shall", word) if word != "would" && word != "should" => {
                    set(mood, Modality::Planned);
                }
                // "said he would visit" is "will" after a past.
                (_, "would") if self.telling(at).is_some() => set(mood, Modality::Planned),
                ("may" | "might" | "could" | "would" | "should" | "can", _)
                | (_, "would" | "could" | "might" | "should") => {
                    set(mood, Modality::Hypothetical);
                }
                // "is to visit"
                ("be", _) if self.is_to(shared, kid) => set(mood, Modality::Planned),
                _ => {}
            }
        }
        // "Seoul to send troops" heads a report of plans.
        let named = tree.rel(at) == Rel::Acl
            && tree.head(at).is_some_and(|h| tree.rel(h) == Rel::Root && self.mention(h).is_some());
        let headline = (named || tree.rel(at) == Rel::Root && tree.has_kid(at, &[Rel::Nsubj]))
            && tree.xpos(at) == Xpos::Vb
            && tree.kids_by(at, &[Rel::Mark]).any(|m| tree.lemma(m) == "to");
        if headline {
            set(mood, Modality::Planned);
        }
        let never = |&k: &Ix| matches!(tree.lemma(k), "not" | "n't" | "never" | "n’t");
        let no = |&k: &Ix| {
            tree.lemma(k) == "no" && tree.rel(k) == Rel::Det || tree.lemma(k) == "neither"
        };
        // "no longer trusts"
        let no_longer =
            |&k: &Ix| tree.lemma(k).starts_with("long") && k > 0 && tree.lemma(k - 1) == "no";
        // "without telling the ally"
        let without = |&k: &Ix| tree.rel(k) == Rel::Mark && tree.lemma(k) == "without";
        if tree
            .kids(at)
            .iter()
            .any(|k| never(k) || without(k) || no_longer(k) || (tree.is_noun(at) && no(k)))
        {
            *negated = !*negated;
        }
        // "no deal was signed", "neither side agreed"
        if tree
            .kids_by(at, &[Rel::Nsubj, Rel::NsubjPass, Rel::Obj])
            .any(|k| Some(k) != via && tree.kids(k).iter().any(no))
            && tree.is_verb(at)
        {
            *negated = !*negated;
        }
    }

    /// What the adjectives of a noun say: "a planned visit", "the cancelled summit", "possible talks".
    fn described_mood(&self, noun: Ix, mood: &mut Mood, negated: &mut bool) {
        if !self.tree.is_noun(noun) {
            return;
        }
        for kid in self.tree.kids_by(noun, &[Rel::Amod]) {
            match self.operator(kid) {
                Some(Operator::Mood(Modality::Denied)) => *negated = !*negated,
                Some(Operator::Mood(modality)) => set(mood, modality),
                _ => {}
            }
        }
    }

    /// "talks will start": that is planned, not forecast.
    fn only_begins(&self, verb: Ix) -> bool {
        const BEGIN: &[&str] =
            &["start", "begin", "end", "open", "resume", "take", "conclude", "launch", "kick"];
        BEGIN.contains(&self.tree.lemma(verb))
    }

    /// Whether a form of "be" stands before "to" and the verb.
    fn is_to(&self, verb: Ix, be: Ix) -> bool {
        let to = self
            .tree
            .kids_by(verb, &[Rel::Mark])
            .any(|m| m > be && self.tree.lemma(m) == "to" && m == be + 1);
        to && matches!(self.tree.xpos(verb), Xpos::Vb | Xpos::Vbn)
    }

    /// Whether a clause is one with "to".
    fn has_to(&self, at: Ix) -> bool {
        self.tree.kids_by(at, &[Rel::Mark]).any(|m| self.tree.lemma(m) == "to")
    }

    /// Whether an infinitive under a word that does nothing else to it is no more than possible: "has the right to", "longs to".
    /// Not what follows on an act ("sent ships to help"), nor what is over ("is known to have helped").
    fn is_possible(&self, head: Ix, at: Ix) -> bool {
        let tree = self.tree;
        let over = || tree.kids_by(at, &[Rel::Aux]).any(|a| tree.lemma(a) == "have");
        let governed = match tree.rel(at) {
            Rel::Xcomp => true,
            Rel::Acl => self.is_free_noun(head),
            Rel::Advcl => tree.upos(head) == Upos::Adj,
            _ => false,
        };
        governed && tree.xpos(at) == Xpos::Vb && self.has_to(at) && !over()
    }

    /// Whether a noun before an infinitive is neither a party nor the first of many: "the right to", not "the first state to".
    fn is_free_noun(&self, noun: Ix) -> bool {
        let tree = self.tree;
        let told = |k: Ix| self.operator(k) == Some(Operator::Mood(Modality::Actual));
        // "I have had the opportunity to thank"
        let had = tree.head(noun).is_some_and(|verb| {
            tree.lemma(verb) == "have"
                && tree.kids_by(verb, &[Rel::Aux]).any(|k| tree.lemma(k) == "have")
        });
        tree.is_noun(noun)
            && !had
            && self.mention(noun).is_none()
            && !tree.kids_by(noun, &[Rel::Amod]).any(told)
    }

    /// "denied reports that": a clause that says what is reported, under a word that denies the report.
    fn is_denied_report(&self, noun: Ix, at: Ix) -> bool {
        const DENY: &[&str] = &[
            "deny",
            "reject",
            "refute",
            "dismiss",
            "dispute",
            "rebut",
            "repudiate",
            "rubbish",
            "scotch",
        ];
        let tree = self.tree;
        tree.is_noun(noun)
            && matches!(tree.rel(at), Rel::Acl | Rel::Ccomp | Rel::AclRelcl)
            && tree.kids_by(at, &[Rel::Mark]).any(|m| tree.lemma(m) == "that")
            && tree.rel(noun) == Rel::Obj
            && tree.head(noun).is_some_and(|verb| DENY.contains(&tree.lemma(verb)))
    }

    /// "has yet to sign".
    fn is_yet(&self, at: Ix, head: Ix) -> bool {
        let tree = self.tree;
        matches!(tree.lemma(head), "have" | "be")
            && tree.rel(at) == Rel::Xcomp
            && [head, at]
                .iter()
                .any(|&w| tree.kids_by(w, &[Rel::Advmod]).any(|k| tree.lemma(k) == "yet"))
    }

    /// Whether the mood of `head` reaches down to its dependent `at`.
    pub(crate) fn governs(&self, head: Ix, at: Ix) -> bool {
        let tree = self.tree;
        match tree.rel(at) {
            Rel::Xcomp | Rel::Ccomp | Rel::Parataxis => true,
            Rel::Obj | Rel::NsubjPass | Rel::Obl | Rel::Nmod | Rel::Compound => !tree.is_verb(at),
            Rel::Nsubj => !tree.is_verb(at),
            Rel::Acl | Rel::Advcl => {
                // "its plan to visit", "is ready to help", "interested in helping" – not "visited to sign".
                let operator =
                    matches!(self.operator(head), Some(Operator::Mood(_) | Operator::Block));
                // "was pressed to help", however the clause hangs
                let made = tree.is_passive(head) && self.has_to(at);
                // "the agreement, signed in 2007": a participle says what was done with it.
                let named =
                    tree.rel(at) == Rel::Acl && (tree.xpos(at) != Xpos::Vbn || self.has_to(at));
                let apart = tree.rel(at) != Rel::Acl && !tree.is_verb(head);
                operator && (named || apart || made)
                    || self.operator(head).is_none() && self.is_possible(head, at)
            }
            _ => false,
        }
    }

    /// Operators that are verbs of saying too ("expects that") count with a clause or infinitive, or a noun of their own.
    pub(crate) fn is_operator(&self, head: Ix, at: Ix) -> bool {
        // "were called constructive" calls for nothing.
        let named = self.tree.lemma(head) == "call"
            && self.tree.kids_by(head, &[Rel::Xcomp]).any(|k| !self.tree.is_verb(k));
        if named {
            return false;
        }
        match self.tree.rel(at) {
            Rel::Xcomp | Rel::Ccomp | Rel::Obj | Rel::Acl | Rel::Advcl | Rel::NsubjPass => true,
            Rel::Nsubj => self.tree.is_passive(head) || !self.tree.is_verb(head),
            Rel::Nmod => {
                self.tree.preposition(at) == Some("of") || self.tree.preposition(at) == Some("for")
            }
            Rel::Compound => true,
            _ => false,
        }
    }

    /// On whose word a claim rests: the subject of the verb of saying above it, or "according to".
    pub(crate) fn voice(&self, trigger: Ix) -> Option<Party<'c>> {
        self.voice_at(trigger, 0)
    }

    /// The same; `depth` tells how far it was asked for by words that it is to resolve.
    pub(crate) fn voice_at(&self, trigger: Ix, depth: usize) -> Option<Party<'c>> {
        self.telling(trigger)
            .and_then(|verb| self.speaker(verb, depth))
            .or_else(|| self.according(trigger))
            .or_else(|| self.quoted_speaker(trigger, depth))
    }

    /// The verb of saying whose content `trigger` belongs to.
    pub(crate) fn telling(&self, trigger: Ix) -> Option<Ix> {
        let tree = self.tree;
        let mut path = tree.path_up(trigger).peekable();
        while let Some(at) = path.next() {
            // ", the minister said" hangs below what is said.
            let aside = tree
                .kids_by(at, &[Rel::Parataxis])
                .find(|&k| self.is_report(k) && !tree.below(trigger, k));
            if aside.is_some() {
                return aside;
            }
            let Some(&head) = path.peek() else { break };
            let told = matches!(tree.rel(at), Rel::Ccomp | Rel::Parataxis | Rel::Xcomp);
            if told && self.is_report(head) {
                return Some(head);
            }
        }
        None
    }

    /// "according to the ministry".
    fn according(&self, trigger: Ix) -> Option<Party<'c>> {
        let tree = self.tree;
        tree.path_up(trigger).find_map(|at| {
            let phrase = tree
                .kids_by(at, &[Rel::Obl, Rel::Nmod])
                .find(|&k| matches!(tree.preposition(k), Some("according" | "accord")))?;
            self.parties(phrase).into_iter().next()
        })
    }

    /// Who is quoted where `trigger` stands in quotation marks: whoever says something outside them in this sentence, else
    /// whoever spoke last.
    fn quoted_speaker(&self, trigger: Ix, depth: usize) -> Option<Party<'c>> {
        const NEAR: usize = 4;
        self.is_quoted(trigger).then_some(())?;
        let here = self.heard(depth).map(|(_, speaker)| speaker);
        here.or_else(|| {
            let spoken = &self.memory.speaker()?.by;
            (spoken.sentence + NEAR >= self.index).then(|| Party {
                identity: spoken.identity.clone(),
                name: spoken.span,
                antecedent: Some(spoken.span),
            })
        })
    }

    fn is_report(&self, at: Ix) -> bool {
        self.operator(at) == Some(Operator::Report)
    }

    fn speaker(&self, verb: Ix, depth: usize) -> Option<Party<'c>> {
        let members = |s: Ix| self.tree.conjuncts(s);
        let party =
            |s: Ix| members(s).into_iter().find_map(|m| self.party(m, depth).into_iter().next());
        self.subjects(verb, 0).into_iter().find_map(party)
    }

    /// "He made the remarks at a reception on Monday": dates what was said.
    fn makes_remark(&self, at: Ix) -> bool {
        let lexicon = &self.codebook.lexicon;
        matches!(self.tree.lemma(at), "make" | "deliver" | "give")
            && self.tree.kids_by(at, &[Rel::Obj]).any(|o| lexicon.is(self.tree.lemma(o), "remark"))
    }

    /// Who says something in this sentence outside quotation marks, with the verb.
    pub(crate) fn spoken(&self) -> Option<(Ix, Party<'c>)> {
        self.heard(0)
    }

    fn heard(&self, depth: usize) -> Option<(Ix, Party<'c>)> {
        let tree = self.tree;
        (0..tree.len())
            .filter(|&i| tree.is_verb(i) && !self.is_quoted(i))
            .filter(|&i| self.is_report(i) || self.makes_remark(i))
            .find_map(|verb| Some((verb, self.speaker(verb, depth)?)))
    }
}

/// The outermost mood that is set first stands, but a promise is not weakened to a plan.
pub(crate) fn set(mood: &mut Mood, modality: Modality) {
    // "the first state to": a word under which acts happened makes none of what is only planned.
    if modality == Modality::Actual {
        return;
    }
    if mood.modality == Modality::Actual || mood.modality == Modality::Planned {
        mood.modality = modality;
    }
}
