//! "Germany pledged 500 million euros, Japan $500 million and Britain $60 million": flows whose verb is said once.

use hedgerow_codebook::claim::{Amount, Claim, Kind};

use crate::draft::Frame;
use crate::fit::Fit;
use crate::mention::Entity;
use crate::party::Party;
use crate::scene::Scene;
use crate::tree::Ix;

impl<'c> Scene<'_, 'c> {
    /// The flows that follow on `claim` with a giver and a sum of their own; their sums are taken from it.
    pub(crate) fn gapped(&self, fit: &Fit<'c>, claim: &mut Claim, frame: &Frame<'_>) -> Vec<Claim> {
        if claim.kind != Kind::Flow || self.tree.is_passive(fit.trigger) {
            return Vec::new();
        }
        let first = |q: &crate::amount::Quantity| Some(&q.amount) == claim.amount.as_ref();
        let [_] = &fit.actors[..] else { return Vec::new() };
        let Some(own) = self.quantities.iter().find(|q| q.first > fit.trigger && first(q)) else {
            return Vec::new();
        };
        let mut found: Vec<(Party<'c>, Amount, Ix, Ix)> = Vec::new();
        let mut at = own.last + 1;
        // What lies between the first sum and the next giver: "to Indonesia", "in loans".
        while at < self.tree.len() && !self.is_joint(at) && at < own.last + 8 {
            at += 1;
        }
        while let Some((party, amount, first, last)) = self.next_giver(at) {
            found.push((party, amount, first, last));
            at = last + 1;
        }
        let taken = |p: &Party<'_>| {
            fit.recipients.iter().chain(&fit.actors).any(|r| r.identity.code == p.identity.code)
        };
        found.retain(|(party, ..)| !taken(party));
        claim.more_amounts.retain(|a| found.iter().all(|(_, amount, ..)| amount != a));
        let copy = |(party, amount, first, last): (Party<'c>, Amount, Ix, Ix)| Claim {
            actors: vec![crate::draft::actor(&party, frame.text)],
            amount: Some(amount),
            more_amounts: Vec::new(),
            evidence: frame.evidence(self.tree.cover(first, last)),
            antecedents: Vec::new(),
            quote: self.quoted_in(self.tree.cover(first, last)),
            purpose: Vec::new(),
            ..claim.clone()
        };
        found.into_iter().map(copy).collect()
    }

    /// A comma or conjunction between members of a list.
    fn is_joint(&self, at: Ix) -> bool {
        matches!(self.tree.word(at), "," | ";" | "and")
    }

    /// A giver with its sum that begins at `at`, behind commas and "and".
    fn next_giver(&self, at: Ix) -> Option<(Party<'c>, Amount, Ix, Ix)> {
        let mut first = at;
        while first < self.tree.len() && (self.is_joint(first) || self.tree.lemma(first) == "the") {
            first += 1;
        }
        (first > at && first < self.tree.len()).then_some(())?;
        let mention = self.mentions.iter().find(|m| m.first == first)?;
        let Entity::Actor(identity) = &mention.what else { return None };
        (!identity.demonym && identity.person.is_none()).then_some(())?;
        let sum = self.quantities.iter().find(|q| {
            q.first > mention.last
                && (mention.last + 1..q.first).all(|i| {
                    matches!(
                        self.tree.lemma(i),
                        "another" | "a" | "further" | "with" | "," | "about"
                    )
                })
        })?;
        let party = Party {
            identity: identity.clone(),
            name: self.tree.cover(mention.first, mention.last),
            antecedent: None,
        };
        Some((party, sum.amount.clone(), mention.first, sum.last))
    }
}
