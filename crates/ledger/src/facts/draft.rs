//! Checking a draft: is what it claims supported, contradicted or unknown?

use std::collections::HashMap;

use serde::Serialize;

use super::group::closeness;
use super::quantity::{self, Rates};
use super::weigh::{denies, differences};
use super::{Fact, Field, Lens, Related, Why, days, facts_with, related};
use crate::ClaimRow;

/// What the ledger says to one claim of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The verdict.
    pub verdict: Verdict,
    /// Claims that say the same.
    pub supports: Vec<String>,
    /// Claims that say otherwise, and in what; those that deny it differ in nothing.
    pub contradicts: Vec<(String, Vec<Field>)>,
    /// Claims that report the happening without the figure that the draft gives.
    pub silent: Vec<String>,
    /// Facts that have to do with it: a pledge where the draft says that it came.
    pub related: Vec<Related>,
}

/// Whether a claim of a draft holds against a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// A source says the same, and no better founded one says otherwise.
    Supported,
    /// The sources say otherwise, or the better founded of them do.
    Contradicted,
    /// No source says anything to it, or none gives the figure.
    Unknown,
}

/// Weighs one claim of a draft against the claims of a ledger; the draft's id must be none of theirs.
pub fn check(draft: &ClaimRow, rows: &[ClaimRow], lens: &Lens) -> Finding {
    let mut all = rows.to_vec();
    all.push(draft.clone());
    let mut rates = lens.rates.clone();
    rates.add_implied(&rows.iter().collect::<Vec<_>>());
    let facts = facts_with(&all, lens);
    let mut finding = Finding {
        verdict: Verdict::Unknown,
        supports: Vec::new(),
        contradicts: Vec::new(),
        silent: Vec::new(),
        related: Vec::new(),
    };
    let own = |it: &&Fact| it.members.iter().any(|member| member.claim == draft.claim.id);
    let Some(fact) = facts.iter().find(own) else {
        return finding;
    };
    finding.related = related(fact, &facts, &all, lens);
    let mut others: Vec<ClaimRow> = rows
        .iter()
        .filter(|row| fact.members.iter().any(|member| member.claim == row.claim.id))
        .cloned()
        .collect();
    if others.is_empty() {
        others = nearest(draft, rows, lens, &rates);
    }
    for row in &others {
        let id = row.claim.id.clone();
        let mut on = differences(draft, row, &rates);
        on.retain(|it| !matches!(it, Field::Currency | Field::Actor));
        if denies(&row.claim) != denies(&draft.claim) || !on.is_empty() {
            finding.contradicts.push((id, on));
        } else if gives_figure(draft) && !comparable(draft, row, &rates) {
            finding.silent.push(id);
        } else {
            finding.supports.push(id);
        }
    }
    finding.verdict = match (finding.supports.is_empty(), finding.contradicts.is_empty()) {
        (false, true) => Verdict::Supported,
        (true, false) => Verdict::Contradicted,
        (true, true) => Verdict::Unknown,
        // The sources differ among themselves: where one reading is better founded, it decides.
        (false, false) => {
            let known = facts_with(&others, lens);
            let current =
                known.iter().max_by_key(|it| it.members.len()).and_then(|it| it.current.as_ref());
            let founded = |it: &&super::Current| {
                matches!(it.why, Why::Reviewed | Why::Origins | Why::Standing | Why::TwoCurrencies)
            };
            match current.filter(founded) {
                Some(current) if !finding.supports.contains(&current.claim) => {
                    Verdict::Contradicted
                }
                _ => Verdict::Supported,
            }
        }
    };
    finding
}

/// The claims of the one fact that a draft's claim is closest to, where it makes none of them its own: since it fits some of
/// them and not others, or since neither it nor its draft has a day. A draft without a day is of any time.
fn nearest(draft: &ClaimRow, rows: &[ClaimRow], lens: &Lens, rates: &Rates) -> Vec<ClaimRow> {
    let by_id: HashMap<&str, &ClaimRow> =
        rows.iter().map(|row| (row.claim.id.as_str(), row)).collect();
    let timeless = draft.published.is_none() && days::of(&draft.claim).is_none();
    let mut claim = draft.clone();
    let mut best: Option<(u32, Vec<&ClaimRow>)> = None;
    let mut twice = false;
    for fact in facts_with(rows, lens) {
        let known: Vec<&ClaimRow> =
            fact.members.iter().filter_map(|it| by_id.get(it.claim.as_str()).copied()).collect();
        let dated = known.iter().find(|it| days::of(&it.claim).is_some()).or(known.first());
        if let Some(dated) = dated.filter(|_| timeless) {
            claim.claim.date.clone_from(&dated.claim.date);
            claim.published = dated.published;
        }
        let Some(score) = closeness(&claim, &known, lens, rates) else { continue };
        match &best {
            Some((most, _)) if score < *most => {}
            Some((most, _)) if score == *most => twice = true,
            _ => (best, twice) = (Some((score, known)), false),
        }
    }
    best.filter(|_| !twice).map_or_else(Vec::new, |(_, known)| known.into_iter().cloned().collect())
}

fn gives_figure(row: &ClaimRow) -> bool {
    quantity::amounts(&row.claim).any(|it| it.value.is_some())
}

/// Whether a claim gives a figure against which the draft's can be held.
fn comparable(draft: &ClaimRow, row: &ClaimRow, rates: &Rates) -> bool {
    quantity::best(draft, row, rates).is_some_and(|it| it != quantity::Match::NoRate)
        && gives_figure(row)
}
