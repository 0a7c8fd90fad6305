//! What a fact has to do with others: it is a part of a total, a stage of one commitment, a meeting on a visit, or the
//! same told the other way round. Related facts are shown side by side; they are never merged and never added up.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use hedgerow_codebook::claim::{Kind, Unit};
use serde::Serialize;

use super::group::{Item, kin};
use super::quantity::{self, Match, Rates};
use super::{Fact, Lens, days};
use crate::ClaimRow;

/// The most days that may lie between a promise and what came of it.
const COMMITMENT_DAYS: i32 = 3_653;

/// Another fact that has to do with this one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Related {
    /// How.
    pub relation: Relation,
    /// Id of the other fact.
    pub fact: String,
}

/// What the other fact is to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The total that this is a part of.
    Total,
    /// A part of this total.
    Part,
    /// An earlier stage of this commitment: what was offered or promised before.
    Earlier,
    /// A later stage of this commitment: what was agreed, delivered, or came to nothing.
    Later,
    /// The visit on which this meeting was held.
    Occasion,
    /// A meeting held on this visit.
    Meeting,
    /// The same with giver and receiver exchanged: one of the two has the direction wrong.
    Reversed,
}

impl Relation {
    /// The words that a sheet uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Total => "the total that this is part of",
            Self::Part => "a part of this total",
            Self::Earlier => "an earlier stage of this commitment",
            Self::Later => "a later stage of this commitment",
            Self::Occasion => "the visit on which this meeting was held",
            Self::Meeting => "a meeting on this visit",
            Self::Reversed => "the same, told the other way round",
        }
    }
}

/// What other `facts` have to do with `fact`; `rows` are the claims of all of them.
pub fn related(fact: &Fact, facts: &[Fact], rows: &[ClaimRow], lens: &Lens) -> Vec<Related> {
    let by_id: BTreeMap<&str, &ClaimRow> =
        rows.iter().map(|row| (row.claim.id.as_str(), row)).collect();
    let mut rates = lens.rates.clone();
    rates.add_implied(&rows.iter().collect::<Vec<_>>());
    let view = |fact: &Fact| -> Vec<Item<'_>> {
        let members = fact.members.iter().filter_map(|it| by_id.get(it.claim.as_str()));
        members.map(|row| Item::new(row)).collect()
    };
    let own = view(fact);
    let mut found: Vec<Related> = facts
        .iter()
        .filter(|other| other.id != fact.id && near(fact, other))
        .filter_map(|other| {
            let relation = relation((fact, &own), (other, &view(other)), &rates)?;
            Some(Related { relation, fact: other.id.clone() })
        })
        .collect();
    found.sort();
    found
}

/// Whether two facts share their parties at all, whichever side they are on.
fn near(a: &Fact, b: &Fact) -> bool {
    let all = |fact: &Fact| -> Vec<String> {
        let mut codes = [fact.actors.clone(), fact.recipients.clone()].concat();
        codes.sort();
        codes.dedup();
        codes
    };
    a.kind == b.kind && all(a) == all(b)
}

type View<'f, 'r> = (&'f Fact, &'f [Item<'r>]);

fn relation(a: View<'_, '_>, b: View<'_, '_>, rates: &Rates) -> Option<Relation> {
    match a.0.kind {
        Kind::Event => meeting(a.0, b.0),
        Kind::Flow
            if a.0.actors == b.0.recipients && b.0.actors == a.0.recipients && !a.0.symmetric =>
        {
            reversed(a, b, rates).then_some(Relation::Reversed)
        }
        Kind::Flow if a.0.actors == b.0.actors && a.0.recipients == b.0.recipients => {
            part(a, b).or_else(|| step(a, b, rates))
        }
        _ => None,
    }
}

/// A meeting of two states on a day of a visit of one to the other.
fn meeting(a: &Fact, b: &Fact) -> Option<Relation> {
    let is =
        |fact: &Fact, mode: &str| fact.type_ == "CONSULT" && fact.mode.as_deref() == Some(mode);
    let period =
        |fact: &Fact| fact.start.zip(fact.end).filter(|it| days::between(it.0, it.1) <= 31);
    let (x, y) = (period(a)?, period(b)?);
    let within =
        |inner: days::Period, outer: days::Period| outer.0 <= inner.0 && inner.1 <= outer.1;
    if is(a, "meet") && is(b, "visit") && within(x, y) {
        Some(Relation::Occasion)
    } else if is(a, "visit") && is(b, "meet") && within(y, x) {
        Some(Relation::Meeting)
    } else {
        None
    }
}

fn reversed(a: View<'_, '_>, b: View<'_, '_>, rates: &Rates) -> bool {
    a.0.type_ == b.0.type_
        && a.1.iter().any(|x| {
            b.1.iter().any(|y| {
                x.row.claim.doc != y.row.claim.doc
                    && quantity::best(x.row, y.row, rates) == Some(Match::Agree)
                    && x.row.claim.amount.as_ref().is_some_and(|it| it.value.is_some())
                    && days::near(x.row, y.row, 0)
            })
        })
}

/// Two figures of one document and stage, the lesser of which names what the greater is the whole of.
fn part(a: View<'_, '_>, b: View<'_, '_>) -> Option<Relation> {
    let comparable =
        a.0.stage == b.0.stage && (a.0.type_ == b.0.type_ || kin(&a.0.type_, &b.0.type_));
    for one in a.1.iter().filter(|_| comparable) {
        for other in b.1.iter().filter(|other| other.row.claim.doc == one.row.claim.doc) {
            let (one, other) = (&one.row.claim, &other.row.claim);
            let (Some(mine), Some(theirs)) = (&one.amount, &other.amount) else { continue };
            if !quantity::same_thing(mine, theirs) || mine.currency != theirs.currency {
                continue;
            }
            let (less, more, relation) = match mine.value.partial_cmp(&theirs.value) {
                Some(Ordering::Less) => (one, other, Relation::Total),
                Some(Ordering::Greater) => (other, one, Relation::Part),
                _ => continue,
            };
            let within = match (days::of(less), days::of(more)) {
                (Some(inner), Some(outer)) => outer.0 <= inner.0 && inner.1 <= outer.1,
                _ => true,
            };
            let special = less.topic.is_some() || !less.purpose.is_empty();
            let general = more.topic.is_none() && more.purpose.is_empty();
            if within && (more.cumulative && !less.cumulative || special && general) {
                return Some(relation);
            }
        }
    }
    None
}

/// Two stages of one commitment: figures that agree, or the same words without figures that contradict.
fn step(a: View<'_, '_>, b: View<'_, '_>, rates: &Rates) -> Option<Relation> {
    let (x, y) = (order(a.0)?, order(b.0)?);
    if x == y || !(a.0.type_ == b.0.type_ || kin(&a.0.type_, &b.0.type_)) {
        return None;
    }
    // A total so far is no stage of a single promise.
    let total = |view: &[Item<'_>]| view.iter().any(|it| it.row.claim.cumulative);
    if total(a.1) || total(b.1) {
        return None;
    }
    let (first, then) = if x < y { (a, b) } else { (b, a) };
    let goes = first.1.iter().any(|one| {
        then.1.iter().any(|other| {
            let shared = one.shared_words(other);
            let figures = quantity::best(one.row, other.row, rates);
            let money = |item: &Item<'_>| {
                quantity::amounts(&item.row.claim).any(|it| it.unit == Unit::Money)
            };
            let same = match figures {
                // Round sums are given year after year: without a word in common they prove nothing.
                Some(Match::Agree | Match::Scale) => shared >= 1 || !money(one) || !money(other),
                Some(Match::Near | Match::NoRate) | None => shared >= 2,
                Some(Match::Differ) => shared >= 3,
            };
            same && in_time(one.row, other.row)
        })
    });
    goes.then_some(if x < y { Relation::Later } else { Relation::Earlier })
}

/// Whether what came can be what was promised: not before it (but for the coarseness of dates), and not ten years on.
fn in_time(promise: &ClaimRow, came: &ClaimRow) -> bool {
    match (days::of(&promise.claim), days::of(&came.claim)) {
        (Some(promise), Some(came)) => {
            promise.0 <= came.1 && days::gap(promise, came) <= COMMITMENT_DAYS
        }
        _ => true,
    }
}

/// How far along a flow is; `None` for what was never more than a wish.
fn order(fact: &Fact) -> Option<u8> {
    match fact.stage.as_deref()? {
        "offered" => Some(1),
        "pledged" => Some(2),
        "agreed" | "expected" => Some(3),
        "delivered" | "collapsed" => Some(4),
        _ => None,
    }
}
