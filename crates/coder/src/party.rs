//! Which states and organisations a phrase stands for.

use std::borrow::Cow;

use hedgerow_codebook::claim::Role;
use hedgerow_parse::{Rel, Upos, Xpos};
use hedgerow_text::Span;

use crate::mention::{Entity, Identity, Mention};
use crate::scene::Scene;
use crate::tree::Ix;

/// A party to a claim, and the words that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Party<'c> {
    pub(crate) identity: Identity<'c>,
    /// The mention.
    pub(crate) name: Span,
    /// Where the words stand that the mention refers to.
    pub(crate) antecedent: Option<Span>,
}

impl Party<'_> {
    /// Whether it acts for a state or a body of states: a government, its forces, a parliament.
    pub(crate) fn is_official(&self) -> bool {
        matches!(self.identity.role, Role::Gov | Role::Mil | Role::Leg | Role::Igo)
    }
}

/// Offices that are held "for" somebody.
const SPEAKS_FOR: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "envoy",
    "representative",
    "inspector",
    "adviser",
    "lawyer",
    "negotiator",
];

/// Those who are at home where they are said to be: "officials in Kenya" are Kenya's, soldiers in Kenya may be anybody's.
const SEATED: &[&str] = &[
    "official",
    "authority",
    "lawmaker",
    "legislator",
    "parliamentarian",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "government",
    "regime",
    "junta",
    "ministry",
    "leadership",
    "parliament",
    "administration",
    "cabinet",
];

impl<'c> Scene<'_, 'c> {
    /// The parties of a phrase and of those coordinated with it.
    pub(crate) fn parties(&self, at: Ix) -> Vec<Party<'c>> {
        let mut found: Vec<Party<'c>> = Vec::new();
        for member in self.tree.conjuncts(at) {
            // "major powers, particularly the US and Japan": the names say who is meant.
            let spelt_out = self.is_spelt_out(member);
            let named = self.tree.kids_by(member, &[Rel::Appos]).filter(|_| spelt_out);
            let named = named.flat_map(|k| self.tree.conjuncts(k)).flat_map(|k| self.party(k, 1));
            let own = if spelt_out { Vec::new() } else { self.party(member, 0) };
            for party in own.into_iter().chain(named) {
                if !found.iter().any(|p| p.identity.code == party.identity.code) {
                    found.push(party);
                }
            }
        }
        found
    }

    /// Whether names follow that say who is meant by a description.
    fn is_spelt_out(&self, at: Ix) -> bool {
        const NAMELY: &[&str] =
            &["particularly", "especially", "notably", "mainly", "chiefly", "namely", "including"];
        let tree = self.tree;
        self.mention(at).is_none()
            && tree.kids_by(at, &[Rel::Conj, Rel::Appos]).any(|k| {
                self.mention(k).is_some()
                    && tree.kids(k).iter().any(|&m| m < k && NAMELY.contains(&tree.lemma(m)))
            })
    }

    pub(crate) fn party(&self, at: Ix, depth: usize) -> Vec<Party<'c>> {
        if depth > 4 {
            return Vec::new();
        }
        let tree = self.tree;
        if let Some(mention) = self.mention(at) {
            // The phrase is the name, or a word inside it.
            return match &mention.what {
                Entity::Actor(identity) => vec![Party {
                    identity: self
                        .served(mention, identity)
                        .unwrap_or_else(|| self.counted_people(at, identity)),
                    name: tree.cover(mention.first, mention.last),
                    antecedent: None,
                }],
                Entity::Target(identity) => vec![Party {
                    identity: identity.clone(),
                    name: tree.cover(mention.first, mention.last),
                    antecedent: None,
                }],
                Entity::Seat(_) | Entity::Place(_) => Vec::new(),
            };
        }
        let both = tree.lemma(at) == "both"
            && !tree.has_kid(at, &[Rel::Nmod])
            && !matches!(tree.rel(at), Rel::Det | Rel::CcPreconj);
        if tree.upos(at) == Upos::Pron || both {
            return self.pronoun(at, depth);
        }
        if tree.lemma(at) == "there" && tree.upos(at) == Upos::Adv {
            return self.there_named(at).into_iter().collect();
        }
        // "Nguyen Phu Trong, the head of the party, who is visiting": what stands beside a name is the name.
        if tree.rel(at) == Rel::Appos
            && let Some(name) = tree.head(at).filter(|&head| head < at)
            && let Some(Mention { what: Entity::Actor(identity), first, last, .. }) =
                self.mention(name)
            && identity.person.is_some()
        {
            let name = tree.cover(*first, *last);
            return vec![Party { identity: identity.clone(), name, antecedent: None }];
        }
        if let Some(parties) = self.together(at) {
            return parties;
        }
        if let Some(parties) = self.both(at) {
            return parties;
        }
        if let Some(party) = self.opposite(at) {
            return vec![party];
        }
        if let Some(party) = self.described(at) {
            return vec![party];
        }
        // "Chancellor Angela Merkel": the title may head the name.
        let after = tree
            .kids_by(at, &[Rel::Flat, Rel::Appos])
            .find_map(|k| self.mention(k).filter(|m| m.first > at));
        if let Some(Mention { what: Entity::Actor(identity), first, last, head, .. }) = after
            && (identity.person.is_some() || tree.rel(*head) == Rel::Flat)
        {
            let name = tree.cover(*first, *last);
            let identity =
                after.and_then(|m| self.served(m, identity)).unwrap_or_else(|| identity.clone());
            return vec![Party { identity, name, antecedent: None }];
        }
        if self.is_quantity(at) {
            let of = |&k: &Ix| tree.preposition(k) == Some("of");
            return tree
                .kids_by(at, &[Rel::Nmod])
                .filter(of)
                .flat_map(|k| self.party(k, depth + 1))
                .collect();
        }
        // "its Lao partners" are Laos.
        let partners = self.nation_of(at);
        if !partners.is_empty() {
            return partners;
        }
        // "the countries that imposed sanctions" are those countries.
        if tree.has_kid(at, &[Rel::AclRelcl])
            && let Some(group) = self.group(at)
        {
            return vec![group];
        }
        let titled = self.titled(at, depth);
        if !titled.is_empty() {
            return titled;
        }
        // "major powers, particularly the US and Japan": the names say who is meant.
        let named: Vec<Party<'c>> = tree
            .kids_by(at, &[Rel::Appos])
            .filter(|&k| self.mention(k).is_some())
            .flat_map(|k| self.parties(k))
            .collect();
        if !named.is_empty() {
            return named;
        }
        self.group(at).into_iter().collect()
    }

    /// "the two Koreas", "the Baltic states": all of them.
    fn together(&self, at: Ix) -> Option<Vec<Party<'c>>> {
        let tree = self.tree;
        if !tree.word(at).ends_with('s') {
            return None;
        }
        let gazetteer = &self.codebook.gazetteer;
        let called = |from| gazetteer.together(&tree.cover(from, at).of(tree.text).to_lowercase());
        let codes = (at.saturating_sub(1)..=at).find_map(called)?;
        let name = self.phrase_span(at);
        let party = |code: &'c str| {
            let identity = Identity::nameless(Cow::Borrowed(code), Role::default_of(code));
            Party { identity, name, antecedent: None }
        };
        Some(codes.iter().map(|code| party(code)).collect())
    }

    /// An organ or office of a state: "the Japanese government", "Vietnam's foreign minister X", "Abe's administration";
    /// of several states where several own it, "leaders of the two countries".
    pub(crate) fn titled(&self, at: Ix, depth: usize) -> Vec<Party<'c>> {
        let tree = self.tree;
        let role = self.organ_role(at).or_else(|| self.is_officers_seat(at).then_some(Role::Gov));
        let Some(role) = role else { return Vec::new() };
        let person = self.person_name(at);
        let mut owners = self.owners(at);
        // The title beside a name carries the state: "Vietnamese Foreign Minister Pham Binh Minh".
        for kid in
            tree.kids_by(at, &[Rel::NmodDesc, Rel::Compound, Rel::Appos, Rel::Amod, Rel::Flat])
        {
            owners.extend(self.owners(kid));
            owners.extend(
                tree.kids_by(kid, &[Rel::Nmod]).filter(|&k| tree.preposition(k) == Some("of")),
            );
        }
        // "the Ministry of Foreign Affairs of Azerbaijan"
        let of = |&k: &Ix| tree.preposition(k) == Some("of");
        for kid in tree.kids_by(at, &[Rel::Nmod]).filter(of).filter(|&k| self.mention(k).is_none())
        {
            owners.extend(tree.kids_by(kid, &[Rel::Nmod]).filter(of));
        }
        owners.extend(tree.kids_by(at, &[Rel::Nmod]).filter(|&k| {
            matches!(tree.preposition(k), Some("of" | "from"))
                || tree.preposition(k) == Some("for") && SPEAKS_FOR.contains(&tree.lemma(at))
                || tree.preposition(k) == Some("in") && SEATED.contains(&tree.lemma(at))
        }));
        let members = |k: Ix| {
            tree.conjuncts(k).into_iter().flat_map(|m| self.party(m, depth + 1)).collect::<Vec<_>>()
        };
        // "his Chinese counterpart" is Chinese.
        owners.sort_by_key(|&k| tree.upos(k) == Upos::Pron);
        let joined = |first: Ix, last: Ix| {
            // "the Russian, Turkish and Iranian presidents"
            let between = |i: Ix| tree.upos(i) == Upos::Cconj || tree.word(i) == ",";
            tree.xpos(at) == Xpos::Nns && (first.min(last)..first.max(last)).any(between)
        };
        let mut found: Vec<(Ix, Party<'c>)> = Vec::new();
        for owner in owners {
            // "the US and South Korean leaders": all of them; else the first that names one.
            if found.first().is_none_or(|(first, _)| joined(*first, owner)) {
                found.extend(members(owner).into_iter().map(|party| (owner, party)));
            }
        }
        let mut owners: Vec<Party<'c>> = found.into_iter().map(|(_, party)| party).collect();
        // "the ministry", "the government": that of the state under discussion.
        if owners.is_empty()
            && person.is_none()
            && tree.kids_by(at, &[Rel::Det]).any(|d| tree.lemma(d) == "the")
        {
            // "the party chief": the one named before, where somebody of that office was.
            if let Some(holder) = self.office_before(at) {
                let (name, antecedent) = (self.phrase_span(at), Some(holder.span));
                return vec![Party { identity: holder.identity, name, antecedent }];
            }
            let known = self.named_before(at).next().or_else(|| self.memory.any().cloned());
            owners.extend(known.map(|known| Party {
                identity: known.identity,
                name: known.span,
                antecedent: Some(known.span),
            }));
        }
        let name = if person.is_some() { self.name_span(at) } else { self.phrase_span(at) };
        let office = |owner: Party<'c>| {
            // "head of the Communist Party", "Chinese officials": the role of whom they serve.
            let role = match role {
                _ if owner.identity.code.starts_with("IGO:") => Role::Igo,
                Role::Unk => owner.identity.role,
                role => role,
            };
            let identity = Identity {
                code: owner.identity.code,
                role,
                person: person.clone().map(Cow::Owned),
                called: None,
                demonym: false,
            };
            Party { identity, name, antecedent: owner.antecedent }
        };
        owners.into_iter().map(office).collect()
    }

    /// "Netanyahu's office", "the office of the president"; "Japan's office in Taipei" is no organ.
    fn is_officers_seat(&self, at: Ix) -> bool {
        let tree = self.tree;
        let of = |&k: &Ix| tree.preposition(k) == Some("of");
        tree.lemma(at) == "office"
            && tree.xpos(at) == Xpos::Nn
            && (self.owners(at).into_iter().any(|k| self.is_officer(k))
                || tree.kids_by(at, &[Rel::Nmod]).filter(of).any(|k| self.is_officer(k)))
    }

    /// Whether it names somebody in office: "Netanyahu", "the president".
    fn is_officer(&self, at: Ix) -> bool {
        let person = |m: &Mention<'_>| matches!(&m.what, Entity::Actor(identity) if identity.person.is_some());
        match self.mention(at) {
            Some(mention) => person(mention),
            None => self.title_role(at).is_some(),
        }
    }

    /// "African Union mediator Olusegun Obasanjo", "U.N. envoy Kofi Annan": who acts for a body is not his state.
    fn served(&self, mention: &Mention<'c>, identity: &Identity<'c>) -> Option<Identity<'c>> {
        identity.person.as_ref().filter(|_| identity.code.len() == 3)?;
        let before = self.mentions.iter().rev().find(|m| m.last < mention.first)?;
        let Entity::Actor(body) = &before.what else { return None };
        let title = (before.last + 1..mention.first).last()?;
        let close = mention.first - before.last <= 4
            && (before.last + 1..mention.first).all(|i| {
                !matches!(self.tree.upos(i), Upos::Punct | Upos::Verb | Upos::Cconj | Upos::Adp)
            });
        (body.code.starts_with("IGO:") && close && self.title_role(title).is_some())
            .then(|| Identity { code: body.code.clone(), role: Role::Igo, ..identity.clone() })
    }

    /// "two wounded Syrians" and "a Syrian" are citizens, "the Syrians" may be the state.
    fn counted_people(&self, at: Ix, identity: &Identity<'c>) -> Identity<'c> {
        let tree = self.tree;
        let people = identity.demonym
            && matches!(tree.xpos(at), Xpos::Nns | Xpos::Nnps)
            && tree.has_kid(at, &[Rel::Nummod, Rel::Amod]);
        // "300 Vietnamese", "hundreds of Greeks"
        let counted = identity.demonym
            && identity.role == Role::Gov
            && !matches!(tree.rel(at), Rel::Amod | Rel::Compound | Rel::NmodDesc)
            && (at > 0 && tree.upos(at - 1) == Upos::Num
                || tree
                    .head(at)
                    .is_some_and(|of| tree.rel(at) == Rel::Nmod && self.is_quantity(of)));
        let role = if people || counted || self.is_one_person(at, identity) {
            Role::Cvl
        } else {
            identity.role
        };
        Identity { role, ..identity.clone() }
    }

    /// "hundreds of", "a group of", "most of".
    fn is_quantity(&self, at: Ix) -> bool {
        let tree = self.tree;
        let of = |k: Ix| tree.preposition(k) == Some("of");
        self.codebook.lexicon.is(tree.lemma(at), "quantity")
            && tree.kids_by(at, &[Rel::Nmod]).any(of)
            && !tree.has_kid(at, &[Rel::NmodPoss])
    }

    /// "the Macedonian", "a German": one of that nation, where "the Japanese" and "the French" are all of it.
    fn is_one_person(&self, at: Ix, identity: &Identity<'c>) -> bool {
        const ALL: [&str; 5] = ["s", "ese", "sh", "ch", "x"];
        let tree = self.tree;
        let word = tree.word(at);
        identity.demonym
            && identity.role == Role::Gov
            && !matches!(tree.rel(at), Rel::Amod | Rel::Compound | Rel::NmodDesc)
            && tree.has_kid(at, &[Rel::Det])
            && !ALL.iter().any(|end| word.ends_with(end))
    }

    /// "Kenyans", with nothing before it.
    pub(crate) fn is_people_at_large(&self, party: &Party<'c>) -> bool {
        let tree = self.tree;
        let word = (0..tree.len()).find(|&i| tree.span(i) == party.name);
        party.identity.demonym
            && word.is_some_and(|at| {
                matches!(tree.xpos(at), Xpos::Nns | Xpos::Nnps)
                    && tree.word(at).ends_with('s')
                    && !tree.has_kid(at, &[Rel::Det, Rel::Amod, Rel::Nummod])
            })
    }

    /// The role of an organ noun or title: of the word itself with the words before it, or of a title beside a name.
    fn organ_role(&self, at: Ix) -> Option<Role> {
        let tree = self.tree;
        let own = self.title_role(at);
        if own.is_none() && tree.upos(at) == Upos::Propn {
            let mut kids = tree.kids_by(at, &[Rel::NmodDesc, Rel::Compound, Rel::Appos]);
            return kids.find_map(|k| self.title_role(k));
        }
        own
    }

    /// The role of the longest title or organ noun that ends at `at`.
    pub(crate) fn title_role(&self, at: Ix) -> Option<Role> {
        let gazetteer = &self.codebook.gazetteer;
        let from = at.saturating_sub(3);
        let own = (from..=at).find_map(|f| {
            let phrase = self.words(f, at);
            gazetteer.title(&phrase).or_else(|| gazetteer.organ_noun(&phrase))
        });
        own.or_else(|| {
            // "Minister of Defence", "ministry of foreign affairs"
            let of = self
                .tree
                .kids_by(at, &[Rel::Nmod])
                .find(|&k| self.tree.preposition(k) == Some("of"))?;
            let last = self.tree.reach(of).1;
            let phrase = self.tree.cover(at, last).of(self.tree.text).to_lowercase();
            gazetteer.title(&phrase).or_else(|| gazetteer.organ_noun(&phrase))
        })
    }

    /// The person named by a phrase whose head is a proper name.
    fn person_name(&self, at: Ix) -> Option<String> {
        let tree = self.tree;
        let named = tree.upos(at) == Upos::Propn && self.title_role(at).is_none();
        if named {
            return Some(self.name_span(at).of(tree.text).to_owned());
        }
        // "the foreign minister, Pham Binh Minh"
        let name =
            tree.kids_by(at, &[Rel::Appos]).find(|&k| tree.upos(k) == Upos::Propn && k > at)?;
        Some(self.name_span(name).of(tree.text).to_owned())
    }

    /// A name without its title.
    pub(crate) fn name_span(&self, at: Ix) -> Span {
        let tree = self.tree;
        let mut first = at;
        let mut last = at;
        for kid in tree.kids_by(at, &[Rel::Flat, Rel::Compound]) {
            if tree.upos(kid) == Upos::Propn
                && self.title_role(kid).is_none()
                && self.mention(kid).is_none()
            {
                first = first.min(kid);
                last = last.max(kid);
            }
        }
        tree.cover(first, last)
    }

    /// A phrase without article, relative clause and coordination.
    pub(crate) fn phrase_span(&self, at: Ix) -> Span {
        let words = self.tree.phrase(at);
        let first = words.iter().copied().find(|&i| self.tree.upos(i) != Upos::Det).unwrap_or(at);
        // Only what stands in one piece up to the head.
        let first = (first..=at).rev().take_while(|i| words.contains(i)).last().unwrap_or(at);
        self.tree.cover(first, at)
    }

    /// "its Lao partners", "her Chinese hosts": the state, by its adjective.
    fn nation_of(&self, at: Ix) -> Vec<Party<'c>> {
        let tree = self.tree;
        if !self.codebook.lexicon.is(tree.lemma(at), "fellow") {
            return Vec::new();
        }
        let name = self.phrase_span(at);
        let nation = |k: Ix| match &self.mention(k)?.what {
            Entity::Actor(identity) if identity.demonym && identity.code.len() == 3 => {
                Some(Party { identity: plain(identity), name, antecedent: None })
            }
            _ => None,
        };
        tree.kids_by(at, &[Rel::Amod, Rel::Compound]).filter_map(nation).collect()
    }

    /// "major powers", "Western countries", "its neighbours": states that are not named.
    fn group(&self, at: Ix) -> Option<Party<'c>> {
        let tree = self.tree;
        let noun = self.codebook.lexicon.is(tree.lemma(at), "group");
        let plural = matches!(tree.xpos(at), Xpos::Nns | Xpos::Nnps);
        let described = tree.has_kid(at, &[Rel::Amod, Rel::Compound, Rel::NmodPoss, Rel::AclRelcl]);
        (noun && plural && described && !tree.has_kid(at, &[Rel::Nummod])).then_some(())?;
        let name = self.phrase_span(at);
        let words = name.of(tree.text);
        let words = words.strip_prefix("all ").unwrap_or(words);
        Some(Party { identity: Identity::group(words), name, antecedent: None })
    }
}

/// A state as such, without the person or office by which it was named.
pub(crate) fn plain<'c>(identity: &Identity<'c>) -> Identity<'c> {
    Identity::nameless(identity.code.clone(), Role::default_of(&identity.code))
}
