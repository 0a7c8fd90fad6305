//! How the text relates two claims of one sentence: by means of, in order to, because of, amid, upgraded from, delivery of.
//! `codebook/links.tsv` says which words do.

use hedgerow_codebook::claim::{Claim, Link, Relation};
use hedgerow_codebook::marks::Form;
use hedgerow_parse::{Rel, Upos, Xpos};
use hedgerow_text::Span;

use crate::draft::Frame;
use crate::fit::Fit;
use crate::scene::Scene;
use crate::tree::Ix;

impl<'c> Scene<'_, 'c> {
    /// Links the claims of this sentence, each given with its fit.
    pub(crate) fn link(&self, told: &mut [(&Fit<'c>, Claim)], frame: &Frame<'_>) {
        for one in 0..told.len() {
            for other in (0..told.len()).filter(|&other| other != one) {
                let Some((relation, span)) = self.relation(told[one].0, told[other].0) else {
                    continue;
                };
                let (to, evidence) = (told[other].1.id.clone(), frame.evidence(span));
                if relation == Relation::UpgradedFrom {
                    told[other].1.in_force = Some(false);
                }
                told[one].1.links.push(Link { to, rel: relation, evidence });
            }
        }
    }

    /// What the second is to the first, and the words that say so.
    fn relation(&self, one: &Fit<'c>, other: &Fit<'c>) -> Option<(Relation, Span)> {
        let tree = self.tree;
        let (from, to) = (one.trigger, other.trigger);
        if let Some(span) = self.upgraded(one, other) {
            return Some((Relation::UpgradedFrom, span));
        }
        if let Some(span) = self.delivered(one, other) {
            return Some((Relation::DeliveryOf, span));
        }
        // The words between the first and the second: what hangs on the first, or on the clause it stands in.
        let clause = tree.clause_of(from);
        let spine: Vec<Ix> =
            tree.path_up(from).take_while(|&at| at != clause).chain([clause]).collect();
        let mut path = tree.path_up(to);
        let branch = path.find(|&at| {
            tree.head(at).is_some_and(|head| spine.contains(&head)) && !spine.contains(&at)
        })?;
        // A claim inside a clause of its own below the branch belongs to that clause.
        let own = tree.path_up(to).take_while(|&at| at != branch).any(|at| {
            matches!(tree.rel(at), Rel::AclRelcl | Rel::Ccomp | Rel::Parataxis | Rel::Advcl)
        });
        if own {
            return None;
        }
        let last = tree.reach(branch).1;
        if let Some((relation, first)) = self.complex_preposition(branch) {
            return Some((relation, tree.cover(first, last)));
        }
        let relation = self.introduced(branch)?;
        Some((relation, tree.cover(self.begin(branch), last)))
    }

    /// "in retaliation for the raid" where the raid hangs beside the retaliation: the relation, and its first word.
    fn complex_preposition(&self, at: Ix) -> Option<(Relation, Ix)> {
        let tree = self.tree;
        matches!(tree.preposition(at), Some("for" | "to" | "against" | "with" | "of"))
            .then_some(())?;
        let noun = self.begin(at).checked_sub(1)?;
        let relation = self.codebook.marks.relation(tree.lemma(noun), Form::Noun)?;
        (tree.preposition(noun) == Some("in")).then(|| (relation, self.begin(noun)))
    }

    /// How a clause or phrase is related to what it hangs on.
    fn introduced(&self, at: Ix) -> Option<Relation> {
        let tree = self.tree;
        let marks = &self.codebook.marks;
        let verbal = tree.is_verb(at) || tree.has_kid(at, &[Rel::Cop]);
        match tree.rel(at) {
            Rel::Advcl | Rel::Acl if verbal => {
                let marker = tree.kids_by(at, &[Rel::Mark, Rel::Case]).next()?;
                let form = if tree.has_kid(at, &[Rel::Nsubj, Rel::NsubjPass]) {
                    Form::Clause
                } else if tree.xpos(at) == Xpos::Vbg {
                    Form::Gerund
                } else {
                    Form::Infinitive
                };
                marks.relation(tree.lemma(marker), form)
            }
            Rel::Obl | Rel::Nmod => {
                let preposition = tree.preposition(at)?;
                let noun = matches!(preposition, "in")
                    .then(|| marks.relation(tree.lemma(at), Form::Noun))
                    .flatten();
                noun.or_else(|| marks.relation(preposition, Form::Phrase))
                    .filter(|r| *r != Relation::DeliveryOf)
            }
            _ => None,
        }
    }

    /// "a partnership in 2009, which was later upgraded to a wider one".
    fn upgraded(&self, one: &Fit<'c>, other: &Fit<'c>) -> Option<Span> {
        let tree = self.tree;
        let raised =
            one.sense.change.as_deref() == Some("upgraded") && other.sense.what == one.sense.what;
        let noun =
            tree.head(one.trigger).filter(|_| raised && tree.rel(one.trigger) == Rel::AclRelcl)?;
        (tree.below(other.trigger, noun)
            || tree.below(noun, other.trigger)
            || tree.below(one.trigger, other.trigger))
        .then(|| tree.cover(self.begin(one.trigger), one.trigger))
    }

    /// "delivered six of the boats that it had promised", "shipped grain under a pledge of 2022".
    fn delivered(&self, one: &Fit<'c>, other: &Fit<'c>) -> Option<Span> {
        use hedgerow_codebook::claim::{Kind, Modality};
        let tree = self.tree;
        let flows = one.sense.what.kind == Kind::Flow && one.sense.modality.is_none();
        let pledged = other.sense.modality == Some(Modality::Pledged)
            && matches!(other.sense.what.kind, Kind::Flow | Kind::Event);
        if !(flows && pledged) {
            return None;
        }
        let inside = tree.path_up(other.trigger).find(|&at| {
            tree.head(at).is_some_and(|head| tree.below(head, one.trigger))
                && matches!(tree.rel(at), Rel::AclRelcl | Rel::Acl | Rel::Obl | Rel::Nmod)
        })?;
        let by_clause = matches!(tree.rel(inside), Rel::AclRelcl | Rel::Acl);
        let under = || {
            let preposition = tree.preposition(inside)?;
            self.codebook
                .marks
                .relation(preposition, Form::Phrase)
                .filter(|r| *r == Relation::DeliveryOf)
        };
        (by_clause || under().is_some())
            .then(|| tree.cover(self.begin(inside), tree.reach(inside).1))
    }

    /// The first word of a clause or phrase, punctuation aside.
    fn begin(&self, at: Ix) -> Ix {
        let (first, last) = self.tree.reach(at);
        (first..last).find(|&i| self.tree.upos(i) != Upos::Punct).unwrap_or(first)
    }
}
