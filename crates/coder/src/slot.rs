//! From a word to the places around it that a sense names.

use hedgerow_codebook::lexicon::{Path, Slot};
use hedgerow_parse::{Rel, Upos, Xpos};

use crate::mention::Entity;
use crate::scene::Scene;
use crate::tree::Ix;

impl Scene<'_, '_> {
    /// The words in the place that `path` leads to from `trigger`.
    pub(crate) fn follow(&self, trigger: Ix, path: &Path) -> Vec<Ix> {
        let mut here = vec![trigger];
        for slot in &path.0 {
            let mut next = Vec::new();
            for at in here {
                for word in self.fill(at, slot) {
                    // "the boats which Japan gave": what the pronoun stands for.
                    let word = if self.is_relative(word) {
                        self.antecedent(word).unwrap_or(word)
                    } else {
                        word
                    };
                    if !next.contains(&word) {
                        next.push(word);
                    }
                }
            }
            here = next;
        }
        here
    }

    fn fill(&self, at: Ix, slot: &Slot) -> Vec<Ix> {
        match slot {
            Slot::Own => vec![at],
            Slot::Subj => self.subjects(at, 0),
            Slot::Obj => self.objects(at),
            // "Nepal was given six boats"
            Slot::Iobj if self.tree.is_passive(at) && self.tree.has_kid(at, &[Rel::Obj]) => {
                self.tree.kids_by(at, &[Rel::NsubjPass]).collect()
            }
            Slot::Iobj => {
                let given =
                    self.gap(at).into_iter().flat_map(|_| self.tree.kids_by(at, &[Rel::Obj]));
                given.chain(self.tree.kids_by(at, &[Rel::Iobj])).collect()
            }
            Slot::Poss => self.owners(at),
            Slot::Comp => self.complements(at),
            Slot::Light => self.light_verb(at).or_else(|| self.copular(at)).into_iter().collect(),
            Slot::Aside => self.tree.kids_by(at, &[Rel::Advcl, Rel::Acl]).collect(),
            Slot::Name => self.counterpart(at).into_iter().collect(),
            Slot::Prep(name) => self.phrases(at, name),
        }
    }

    /// Who does it. `depth` bounds the search through governing clauses.
    pub(crate) fn subjects(&self, at: Ix, depth: usize) -> Vec<Ix> {
        const SUBJECT: &[Rel] = &[Rel::Nsubj, Rel::NsubjOuter];
        let tree = self.tree;
        if depth > 6 {
            return Vec::new();
        }
        if tree.is_verb(at) && tree.is_passive(at) {
            let by = |&k: &Ix| tree.rel(k) == Rel::OblAgent || tree.preposition(k) == Some("by");
            let own: Vec<Ix> = tree.kids_by(at, &[Rel::OblAgent, Rel::Obl]).filter(by).collect();
            if !own.is_empty() {
                return own;
            }
            // "trained and paid by Italy": by Italy, both.
            let last: Vec<Ix> = tree
                .kids_by(at, &[Rel::Conj])
                .filter(|&k| tree.is_passive(k) && !tree.has_kid(k, &[Rel::NsubjPass, Rel::Nsubj]))
                .flat_map(|k| tree.kids_by(k, &[Rel::OblAgent]))
                .collect();
            if !last.is_empty() {
                return last;
            }
            // "dropped on villages by jets": it may hang on the phrase before it.
            let phrases = tree
                .kids_by(at, &[Rel::Obl, Rel::Obj, Rel::NsubjPass, Rel::Xcomp])
                .filter(|&k| k > at);
            return phrases.flat_map(|k| tree.kids_by(k, &[Rel::Nmod]).filter(by)).collect();
        }
        let own: Vec<Ix> =
            tree.kids_by(at, SUBJECT).filter(|&k| tree.lemma(k) != "there").collect();
        // "it is Trong's first trip": whose it is, not "it".
        let empty = |&s: &Ix| matches!(tree.lemma(s), "it" | "this" | "that") && tree.is_noun(at);
        let owners = if own.iter().all(empty) { self.owners(at) } else { Vec::new() };
        if !own.is_empty() && owners.is_empty() {
            return own;
        }
        if !own.is_empty() {
            return owners;
        }
        if tree.is_noun(at) && !tree.has_kid(at, &[Rel::Cop]) {
            let owners = self.owners(at);
            if !owners.is_empty() {
                return owners;
            }
            let by: Vec<Ix> = tree
                .kids_by(at, &[Rel::Nmod, Rel::Obl, Rel::OblAgent])
                .filter(|&k| tree.preposition(k) == Some("by"))
                .collect();
            if !by.is_empty() {
                return by;
            }
            if let Some(other) = self.counterpart(at) {
                return vec![other];
            }
            if let Some(place) = self.whereabouts(at) {
                return self.subjects(place, depth + 1);
            }
            let lends = matches!(
                tree.rel(at),
                Rel::Obj | Rel::NsubjPass | Rel::Nsubj | Rel::Xcomp | Rel::Conj
            );
            return self
                .light_verb(at)
                .filter(|&v| lends && self.is_support(v))
                .map_or(Vec::new(), |v| self.subjects(v, depth + 1));
        }
        let Some(head) = tree.head(at) else { return Vec::new() };
        match tree.rel(at) {
            // "urged China to withdraw": the object of the governing verb; "wants to visit": its subject.
            Rel::Xcomp => {
                // "promised Croatia to recognise it": who promises is to do it.
                const PROMISE: &[&str] =
                    &["promise", "vow", "pledge", "threaten", "offer", "swear"];
                let objects: Vec<Ix> = if PROMISE.contains(&tree.lemma(head)) {
                    Vec::new()
                } else {
                    tree.kids_by(head, &[Rel::Obj, Rel::Iobj]).collect()
                };
                if objects.is_empty() && tree.is_passive(head) {
                    let own: Vec<Ix> = tree.kids_by(head, &[Rel::NsubjPass]).collect();
                    // "reached 28 billion and is expected to hit 30": the subject of the first verb.
                    return match tree.head(head).filter(|_| tree.rel(head) == Rel::Conj) {
                        Some(first) if own.is_empty() => self.subjects(first, depth + 1),
                        _ => own,
                    };
                }
                if objects.is_empty() { self.subjects(head, depth + 1) } else { objects }
            }
            Rel::Conj if tree.is_verb(head) || tree.is_clause(head) => {
                if tree.is_passive(head) && !tree.is_passive(at) {
                    return tree.kids_by(head, &[Rel::NsubjPass]).collect();
                }
                self.subjects(head, depth + 1)
            }
            Rel::Advcl | Rel::Parataxis | Rel::Ccomp => {
                if tree.is_passive(head) {
                    return tree.kids_by(head, &[Rel::NsubjPass]).collect();
                }
                // "jailed a student for helping rebels", "accused Turkey of backing them": who did it is the object.
                let reason = matches!(tree.xpos(at), Xpos::Vbg)
                    && tree.kids_by(at, &[Rel::Mark]).any(|m| {
                        matches!(tree.lemma(m), "for" | "of" | "from" | "against" | "into")
                    });
                let objects: Vec<Ix> = tree.kids_by(head, &[Rel::Obj]).collect();
                if reason && !objects.is_empty() {
                    return objects;
                }
                self.subjects(head, depth + 1)
            }
            // "a plan to visit Japan", "ships patrolling the strait"
            Rel::Acl if matches!(tree.xpos(at), Xpos::Vbg) => vec![head],
            // "Germany to send tanks" as a headline
            Rel::Acl if tree.rel(head) == Rel::Root && self.mention(head).is_some() => vec![head],
            Rel::Acl => self.subjects(head, depth + 1),
            Rel::AclRelcl => vec![head],
            _ => Vec::new(),
        }
    }

    /// The name that a noun is said of: "Japan, the largest donor", "its largest donor is Japan", "NATO member Turkey", "one of
    /// its largest donors".
    fn counterpart(&self, noun: Ix) -> Option<Ix> {
        let tree = self.tree;
        let named = |i: Ix| self.mention(i).is_some() || tree.upos(i) == Upos::Propn;
        let head = tree.head(noun);
        match (tree.rel(noun), head) {
            (Rel::Appos, Some(head)) if named(head) => return Some(head),
            // "Serbia, Russia's closest ally, abstained": read as a list.
            (Rel::Conj, Some(head))
                if named(head)
                    && tree.has_kid(noun, &[Rel::NmodPoss])
                    && !tree.has_kid(noun, &[Rel::Cc])
                    && !tree.kids_by(head, &[Rel::Conj]).any(|k| tree.has_kid(k, &[Rel::Cc])) =>
            {
                return Some(head);
            }
            (Rel::Nsubj, Some(head)) if tree.has_kid(head, &[Rel::Cop]) && named(head) => {
                return Some(head);
            }
            (Rel::NmodDesc | Rel::Compound, Some(head)) if head > noun && named(head) => {
                return Some(head);
            }
            (Rel::Nmod, Some(head))
                if tree.preposition(noun) == Some("of")
                    && matches!(tree.lemma(head), "one" | "some" | "part" | "many") =>
            {
                return tree
                    .kids_by(head, &[Rel::Nsubj])
                    .next()
                    .or_else(|| (tree.rel(head) == Rel::Appos).then(|| tree.head(head)).flatten());
            }
            _ => {}
        }
        tree.kids_by(noun, &[Rel::Appos, Rel::Flat]).find(|&k| k > noun && named(k))
    }

    /// What it is done to.
    fn objects(&self, at: Ix) -> Vec<Ix> {
        let tree = self.tree;
        if !tree.is_verb(at) {
            return tree
                .kids_by(at, &[Rel::Nmod])
                .filter(|&k| tree.preposition(k) == Some("of"))
                .collect();
        }
        if tree.is_passive(at) {
            let kept: Vec<Ix> = tree.kids_by(at, &[Rel::Obj]).collect();
            let own: Vec<Ix> = tree.kids_by(at, &[Rel::NsubjPass, Rel::Nsubj]).collect();
            if !kept.is_empty() && !own.is_empty() {
                return kept;
            }
            if !own.is_empty() {
                return own;
            }
            return match (tree.rel(at), tree.head(at)) {
                (Rel::Acl | Rel::AclRelcl, Some(head)) => vec![head],
                (Rel::Conj, Some(head)) if tree.is_passive(head) => self.objects(head),
                (Rel::Xcomp, Some(head)) => self.subjects(head, 1),
                // "Armed by Iran, the rebels fired": who fired.
                (Rel::Advcl, Some(head)) if kept.is_empty() => self.subjects(head, 1),
                _ => tree.kids_by(at, &[Rel::Obj]).collect(),
            };
        }
        if let Some(thing) = self.gap(at) {
            return vec![thing];
        }
        let own: Vec<Ix> = tree.kids_by(at, &[Rel::Obj]).collect();
        if own.is_empty() && tree.rel(at) == Rel::AclRelcl && tree.has_kid(at, &[Rel::Nsubj]) {
            // "the boats that Japan granted"
            return tree.head(at).into_iter().collect();
        }
        if own.is_empty() && tree.rel(at) == Rel::Conj {
            // "visited and praised Japan" hangs the object on the last verb, or on the first.
            return tree
                .head(at)
                .filter(|&h| tree.is_verb(h) && h < at)
                .map_or(Vec::new(), |_| Vec::new());
        }
        own
    }

    /// The thing given in "the missiles that Russia sold Iran", where the parser takes the receiver for what is sold.
    fn gap(&self, at: Ix) -> Option<Ix> {
        let tree = self.tree;
        let thing = tree.head(at).filter(|_| matches!(tree.rel(at), Rel::AclRelcl | Rel::Acl))?;
        let finite =
            matches!(tree.xpos(at), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Vbn | Xpos::Vb);
        let giver = tree.kids_by(at, &[Rel::Nsubj]).any(|s| !self.is_relative(s));
        let to = |&k: &Ix| self.mention(k).is_some() || tree.upos(k) == Upos::Pron;
        let mut receivers =
            tree.kids_by(at, &[Rel::Obj, Rel::Iobj]).filter(|&k| !self.is_relative(k));
        (finite && giver && self.mention(thing).is_none())
            .then_some(receivers.next())?
            .filter(|k| to(k) && receivers.next().is_none())?;
        self.codebook.lexicon.is(tree.lemma(at), "give-verb").then_some(thing)
    }

    /// Owners of a noun: "Japan's aid", "its aid", "Japanese aid", "Japan aid".
    pub(crate) fn owners(&self, at: Ix) -> Vec<Ix> {
        let tree = self.tree;
        let owns = |&k: &Ix| match tree.rel(k) {
            Rel::NmodPoss => true,
            Rel::Amod
            | Rel::Compound
            | Rel::NmodDesc
            | Rel::Nmod
            | Rel::NmodUnmarked
            | Rel::Det => {
                tree.preposition(k).is_none()
                    && k < at
                    && self
                        .mention(k)
                        .is_some_and(|m| m.head == k && !matches!(m.what, Entity::Target(_)))
            }
            _ => false,
        };
        let own: Vec<Ix> = tree.kids(at).iter().copied().filter(owns).collect();
        if own.is_empty() {
            // "US arms sales": the owner of a word inside.
            let inside =
                tree.kids_by(at, &[Rel::Compound, Rel::Amod, Rel::NmodDesc]).filter(|&k| k < at);
            return inside
                .filter(|&k| {
                    self.mention(k).is_none() && (tree.upos(k) != Upos::Verb || self.owned(k))
                })
                .map(|k| self.owners(k))
                .find(|owners| !owners.is_empty())
                .unwrap_or_default();
        }
        // "US-China tensions": both.
        let hyphen = |&k: &Ix, owner: Ix| {
            k + 2 == owner
                && matches!(tree.word(k + 1), "-" | "–")
                && self.mention(k).is_some_and(|m| m.last == k)
        };
        let joined: Vec<Ix> = own
            .iter()
            .filter_map(|&owner| {
                let first = self.mention(owner).map_or(owner, |m| m.first);
                first.checked_sub(2).filter(|k| hyphen(k, first))
            })
            .filter(|k| !own.contains(k))
            .collect();
        [joined, own].concat()
    }

    /// "Israeli-owned ship": the word before says whose.
    fn owned(&self, participle: Ix) -> bool {
        const OWNED: &[&str] = &[
            "own", "operate", "flag", "register", "charter", "hold", "fund", "make", "build",
            "supply", "lead", "crew",
        ];
        participle > 0
            && self.tree.word(participle - 1) == "-"
            && OWNED.contains(&self.tree.lemma(participle))
    }

    /// Clauses that a word governs: "agreed to visit", "said it had visited", "interested in helping".
    fn complements(&self, at: Ix) -> Vec<Ix> {
        let tree = self.tree;
        let clause = |&k: &Ix| match tree.rel(k) {
            Rel::Xcomp | Rel::Ccomp => true,
            Rel::Advcl | Rel::Acl => tree.kids_by(k, &[Rel::Mark]).any(|m| {
                matches!(
                    tree.lemma(m),
                    "to" | "in" | "of" | "on" | "about" | "that" | "for" | "from" | "against"
                )
            }),
            _ => false,
        };
        let mut found: Vec<Ix> = tree.kids(at).iter().copied().filter(clause).collect();
        // "rejected a demand to change": the clause may hang on the object.
        if found.is_empty() && tree.is_verb(at) {
            for object in tree.kids_by(at, &[Rel::Obj, Rel::NsubjPass]) {
                let to = |&k: &Ix| tree.kids_by(k, &[Rel::Mark]).any(|m| tree.lemma(m) == "to");
                found.extend(tree.kids_by(object, &[Rel::Acl]).filter(to));
            }
        }
        let more: Vec<Ix> = found
            .iter()
            .flat_map(|&k| tree.kids_by(k, &[Rel::Conj]).filter(|&c| tree.is_verb(c)))
            .collect();
        found.extend(more);
        found
    }

    /// "trade was $5 billion": what the noun is said to be.
    fn copular(&self, noun: Ix) -> Option<Ix> {
        let subject = self.tree.rel(noun) == Rel::Nsubj;
        self.tree.head(noun).filter(|&head| subject && self.tree.has_kid(head, &[Rel::Cop]))
    }

    /// The verb whose object or phrase this noun is, through "a visit to" but not through clauses.
    pub(crate) fn light_verb(&self, at: Ix) -> Option<Ix> {
        let tree = self.tree;
        let mut noun = at;
        while tree.rel(noun) == Rel::Conj && tree.head(noun).is_some_and(|h| tree.is_noun(h)) {
            noun = tree.head(noun)?;
        }
        let head = tree.head(noun).filter(|&h| tree.is_verb(h))?;
        matches!(tree.rel(noun), Rel::Obj | Rel::NsubjPass | Rel::Obl | Rel::Nsubj | Rel::Xcomp)
            .then_some(head)
    }

    /// Phrases with a preposition that belong to a word, or may: parsers often hang them one step too high or too low.
    fn phrases(&self, at: Ix, name: &str) -> Vec<Ix> {
        const PHRASE: &[Rel] =
            &[Rel::Obl, Rel::Nmod, Rel::OblAgent, Rel::Obj, Rel::Advcl, Rel::Xcomp];
        let tree = self.tree;
        let of = |top: Ix| {
            tree.kids_by(top, PHRASE).filter(move |&k| k > at || tree.is_verb(top)).filter(
                move |&k| {
                    tree.preposition(k) == Some(name)
                        || (tree.upos(k) != Upos::Verb && self.marked(k, name))
                },
            )
        };
        let mut found: Vec<Ix> = of(at).collect();
        if name == "against" {
            found.extend(self.opposed(at));
        }
        // "pulled out of the court": the particle and the phrase behind it.
        let particle = tree.kids_by(at, &[Rel::CompoundPrt]).any(|k| tree.lemma(k) == name);
        if found.is_empty() && particle {
            found = tree
                .kids_by(at, &[Rel::Obl, Rel::Obj])
                .filter(|&k| matches!(tree.preposition(k), Some("of" | "from") | None))
                .collect();
        }
        if !found.is_empty() {
            return found;
        }
        if tree.is_verb(at) {
            // "pledged $2 million of aid to Vietnam": the phrase may hang on the object.
            let mut below: Vec<Ix> =
                tree.kids_by(at, &[Rel::Obj, Rel::Iobj, Rel::NsubjPass, Rel::Xcomp]).collect();
            let deeper: Vec<Ix> = below
                .iter()
                .flat_map(|&k| {
                    tree.kids_by(k, &[Rel::Nmod, Rel::Conj, Rel::Appos, Rel::Acl, Rel::Amod])
                })
                .collect();
            below.extend(deeper);
            for top in below {
                found.extend(of(top));
            }
            // "speak with the queen by video link": on the phrase before it.
            if found.is_empty() && name != "of" {
                for top in tree.kids_by(at, &[Rel::Obl]) {
                    found.extend(of(top));
                }
            }
        } else {
            // "the largest provider of aid to Vietnam": on the noun inside; "paid a visit to Japan": on the verb.
            let inner: Vec<Ix> = tree.kids_by(at, &[Rel::Nmod, Rel::Acl, Rel::Conj]).collect();
            for top in inner {
                found.extend(of(top));
            }
            // "visits and contacts between leaders": the phrase may hang on the first.
            if found.is_empty() && tree.rel(at) == Rel::Conj {
                found.extend(tree.head(at).into_iter().flat_map(of).filter(|&k| k > at));
            }
            if found.is_empty() {
                let mut up = tree.head(at);
                // A noun inside an "of" phrase shares what its head has: "a total of 3 billion in aid to Vietnam".
                while let Some(top) = up.filter(|&t| tree.is_noun(t) && tree.rel(at) == Rel::Nmod) {
                    found.extend(of(top));
                    up = if found.is_empty() { tree.head(top) } else { None };
                }
                if found.is_empty()
                    && let Some(verb) = self.light_verb(at)
                {
                    found.extend(
                        tree.kids_by(verb, PHRASE)
                            .filter(|&k| k != at && tree.preposition(k) == Some(name)),
                    );
                }
            }
        }
        if found.is_empty() {
            found = self
                .whereabouts(at)
                .filter(|&k| tree.preposition(k) == Some(name))
                .into_iter()
                .collect();
        }
        if found.is_empty() {
            found = self.likely_phrases(at, name);
        }
        // "keeps 1,900 troops there"
        if found.is_empty() && matches!(name, "in" | "to") {
            found = self.there(at).into_iter().collect();
        }
        found
    }

    /// "there" as the place of a word or of its object.
    fn there(&self, at: Ix) -> Option<Ix> {
        let tree = self.tree;
        let objects = tree.kids_by(at, &[Rel::Obj, Rel::NsubjPass]);
        let there = |&k: &Ix| tree.lemma(k) == "there" && tree.upos(k) == Upos::Adv;
        std::iter::once(at)
            .chain(objects)
            .find_map(|top| tree.kids_by(top, &[Rel::Advmod]).find(there))
    }

    /// "anti-French protests"
    fn opposed(&self, noun: Ix) -> Option<Ix> {
        let target = |k: &Ix| self.mention(*k).is_some_and(|m| matches!(m.what, Entity::Target(_)));
        self.tree.kids_by(noun, &[Rel::Amod, Rel::Compound]).find(target)
    }

    /// "is in Tehran for talks with", "was in Hanoi on a visit": where somebody is for the sake of what the noun names.
    fn whereabouts(&self, noun: Ix) -> Option<Ix> {
        let tree = self.tree;
        let sake = matches!(tree.rel(noun), Rel::Obl | Rel::Nmod)
            && matches!(tree.preposition(noun), Some("for" | "on"));
        tree.head(noun).filter(|&place| {
            sake && tree.has_kid(place, &[Rel::Cop]) && tree.preposition(place).is_some()
        })
    }

    /// Phrases with that preposition which the parser hung elsewhere but might have hung here.
    fn likely_phrases(&self, at: Ix, name: &str) -> Vec<Ix> {
        /// Posterior from which another head is worth trying.
        const LIKELY: f32 = 0.1;
        let tree = self.tree;
        let others = &tree.sentence.alternatives;
        let here = others.iter().filter(|other| {
            other.head == u32::try_from(at).ok()
                && other.head_prob >= LIKELY
                && matches!(other.rel, Rel::Obl | Rel::Nmod | Rel::OblAgent)
        });
        here.map(|other| other.token as Ix)
            .filter(|&k| k > at && tree.preposition(k) == Some(name))
            .collect()
    }

    /// Whether a phrase is introduced by a conjunction used like a preposition ("than", "as").
    fn marked(&self, at: Ix, name: &str) -> bool {
        let tree = self.tree;
        // "opportunities for both countries to grow": the parser may hang "for" on the clause behind the phrase.
        let stray = || {
            let before = tree.reach(at).0.checked_sub(1);
            name == "for"
                && tree.is_noun(at)
                && !tree.has_kid(at, &[Rel::Case])
                && before.is_some_and(|k| tree.lemma(k) == name && tree.rel(k) == Rel::Mark)
        };
        tree.kids_by(at, &[Rel::Mark]).any(|m| tree.lemma(m) == name) || stray()
    }
}
