//! Commitments: what was promised, from the first offer to what came of it.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::claim::{Kind, Unit};
use serde::Serialize;

use super::{Fact, Lens, Relation, related};
use crate::ClaimRow;

/// One promise and what came of it: facts that are stages of each other, never added up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Commitment {
    /// Its facts, by stage and date: offered, pledged, agreed, delivered or collapsed.
    pub facts: Vec<Fact>,
    /// What came of it, as far as the ledger knows.
    pub outcome: Outcome,
}

/// What came of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// No document says that it came.
    Open,
    /// It came.
    Delivered,
    /// Less came than was promised, as far as figures can be compared.
    Partly,
    /// It came to nothing.
    Collapsed,
    /// It came, and no document of the ledger promised it.
    Unannounced,
}

impl Outcome {
    /// The words that a sheet uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "nothing on record that it came",
            Self::Delivered => "delivered",
            Self::Partly => "less came than was promised",
            Self::Collapsed => "came to nothing",
            Self::Unannounced => "delivered, no promise on record",
        }
    }
}

/// The commitments of `giver` to `receiver` among facts, by their first date; trade is none, and a running total is none.
pub fn commitments(
    giver: &str,
    receiver: &str,
    facts: &[Fact],
    rows: &[ClaimRow],
    lens: &Lens,
) -> Vec<Commitment> {
    let by_id: BTreeMap<&str, &ClaimRow> =
        rows.iter().map(|row| (row.claim.id.as_str(), row)).collect();
    let total = |fact: &Fact| {
        fact.members
            .iter()
            .filter_map(|it| by_id.get(it.claim.as_str()))
            .all(|row| row.claim.cumulative)
    };
    let flows: Vec<Fact> = facts
        .iter()
        .filter(|fact| {
            fact.kind == Kind::Flow && fact.type_ != "trade" && !fact.symmetric && !total(fact)
        })
        .filter(|fact| {
            fact.actors.iter().any(|it| it == giver)
                && fact.recipients.iter().any(|it| it == receiver)
        })
        .cloned()
        .collect();
    let place: BTreeMap<&str, usize> =
        flows.iter().enumerate().map(|(n, fact)| (fact.id.as_str(), n)).collect();
    let mut home: Vec<usize> = (0..flows.len()).collect();
    for (n, fact) in flows.iter().enumerate() {
        for other in related(fact, &flows, rows, lens) {
            let stage = matches!(other.relation, Relation::Earlier | Relation::Later);
            if let (true, Some(&m)) = (stage, place.get(other.fact.as_str())) {
                let (from, to) = (home[n].max(home[m]), home[n].min(home[m]));
                home.iter_mut().filter(|it| **it == from).for_each(|it| *it = to);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<Fact>> = BTreeMap::new();
    for (n, fact) in flows.into_iter().enumerate() {
        groups.entry(home[n]).or_default().push(fact);
    }
    let mut all: Vec<Commitment> = groups
        .into_values()
        .map(|mut facts| {
            facts.sort_by_key(|it| (order(it), it.start.is_none(), it.start, it.id.clone()));
            Commitment { outcome: outcome(&facts), facts }
        })
        .collect();
    all.sort_by_key(|it| {
        let start = it.facts.iter().filter_map(|fact| fact.start).min();
        (start.is_none(), start, it.facts[0].id.clone())
    });
    all
}

/// How far along a fact is.
fn order(fact: &Fact) -> u8 {
    match fact.stage.as_deref() {
        Some("wanted") => 0,
        Some("offered") => 1,
        Some("pledged") => 2,
        Some("agreed") => 3,
        Some("expected") => 4,
        Some("delivered") => 5,
        _ => 6,
    }
}

fn outcome(facts: &[Fact]) -> Outcome {
    let stages: BTreeSet<u8> = facts.iter().map(order).collect();
    let promised = stages.iter().any(|it| (1..5).contains(it));
    if stages.contains(&5) {
        match (promised, short(facts)) {
            (false, _) => Outcome::Unannounced,
            (true, true) => Outcome::Partly,
            (true, false) => Outcome::Delivered,
        }
    } else if stages.contains(&6) {
        Outcome::Collapsed
    } else {
        Outcome::Open
    }
}

/// Whether the highest figure that came is below the lowest that was promised, of one currency or noun.
fn short(facts: &[Fact]) -> bool {
    let figures = |came: bool| {
        facts
            .iter()
            .filter(move |it| (order(it) == 5) == came)
            .flat_map(|it| &it.figures)
            .filter(|it| it.money || it.of != Unit::Percent.as_str())
    };
    figures(false).any(|promise| {
        figures(true).any(|came| {
            (came.of == promise.of && came.money == promise.money)
                && matches!((came.high, promise.low), (Some(came), Some(promise)) if came < 0.95 * promise)
        })
    })
}
