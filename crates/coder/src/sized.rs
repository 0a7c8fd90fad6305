//! How much it was, told in a sentence of its own: "The deal is worth $2 billion", "It covered 17 individuals", "The exercise lasted
//! seven days".

use hedgerow_codebook::claim::{Amount, Claim, Kind, Unit};
use hedgerow_parse::{Rel, Upos};

use crate::scene::Scene;
use crate::tree::Ix;

/// Quantities that a sentence gives for something told before.
#[derive(Debug)]
pub(crate) struct Sized {
    amounts: Vec<Amount>,
    of: Of,
}

/// What a sentence takes up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// "It" and "they": the last thing told.
    Last,
    /// "The deal".
    Flow,
    /// "The sanctions".
    Measure,
    /// "The exercise".
    Exercise,
}

impl Scene<'_, '_> {
    /// What a sentence without a claim says of the size of one told before.
    pub(crate) fn sized(&self) -> Option<Sized> {
        let tree = self.tree;
        let lexicon = &self.codebook.lexicon;
        let says = |&i: &Ix| {
            tree.is_verb(i) && (lexicon.is(tree.lemma(i), "sum-verb") || tree.lemma(i) == "last")
                || tree.lemma(i) == "worth" && tree.has_kid(i, &[Rel::Cop])
        };
        let verb = (0..tree.len()).find(says)?;
        let subject = tree.kids_by(verb, &[Rel::Nsubj, Rel::NsubjPass]).next()?;
        // "The exercise lasted seven days".
        let lasts = tree.lemma(verb) == "last";
        let of = match tree.lemma(subject) {
            "exercise" | "drill" | "manoeuvre" | "maneuver" if lasts => Of::Exercise,
            _ if lasts => return None,
            "it" | "they" if tree.upos(subject) == Upos::Pron => Of::Last,
            noun => {
                let the = tree
                    .kids_by(subject, &[Rel::Det])
                    .any(|d| matches!(tree.lemma(d), "the" | "this" | "these"));
                let bargain = lexicon.is(noun, "bargain");
                (the && (bargain || noun == "sanction")).then_some(())?;
                if bargain { Of::Flow } else { Of::Measure }
            }
        };
        let lasting = |unit: Unit| {
            matches!(unit, Unit::Days | Unit::Hours | Unit::Months | Unit::Years | Unit::Percent)
        };
        let told = |anchor: Ix| tree.path_up(anchor).any(|at| at == verb) && anchor > subject;
        let amounts: Vec<Amount> = self
            .quantities
            .iter()
            .filter(|q| told(q.anchor) && lasting(q.amount.unit) == lasts)
            .map(|q| q.amount.clone())
            .collect();
        (!amounts.is_empty()).then_some(Sized { amounts, of })
    }
}

/// Gives the quantities to the last flow or measure, where it has none and stands in this or the last paragraph, which begins at
/// byte `from`.
pub(crate) fn size(claims: &mut [Claim], sized: Sized, from: u32) {
    let measure = |claim: &Claim| claim.kind == Kind::Event && claim.type_ == "SANCTION";
    let fits = |claim: &Claim| match sized.of {
        Of::Last => claim.kind == Kind::Flow || measure(claim),
        Of::Measure => measure(claim),
        Of::Flow => claim.kind == Kind::Flow,
        Of::Exercise => claim.kind == Kind::Event && claim.type_ == "COOPERATE",
    };
    let last = match sized.of {
        Of::Last => claims.last_mut().filter(|claim| fits(claim)),
        _ => claims.iter_mut().rev().find(|claim| fits(claim)),
    };
    let Some(claim) = last.filter(|it| it.amount.is_none() && it.evidence.bstart >= from) else {
        return;
    };
    let mut amounts = sized.amounts.into_iter();
    claim.amount = amounts.next();
    claim.more_amounts.extend(amounts);
}
