//! Rules and the linear model together.

use hedgerow_codebook::crosswalk::Plover;

use super::candidate::Candidate;
use super::linear::TYPES;

/// What one point of a rule's score weighs against the sums of the linear model.
const RULE: i32 = 90;
/// The score of a type for which no rule speaks.
const SILENT: i32 = -5;

/// The type with the most on its side, the first of several. Without a model the rules decide alone.
pub(super) fn decide(ranked: &[Candidate<'_>], sums: Option<[i32; TYPES]>) -> Option<Plover> {
    let Some(sums) = sums else { return ranked.first().map(|c| c.plover) };
    let score = |(n, plover): (usize, &Plover)| {
        let own = ranked.iter().filter(|c| c.plover == *plover).map(|c| c.score).max();
        (own.unwrap_or(SILENT) * RULE + sums[n], std::cmp::Reverse(n))
    };
    let best = Plover::ALL.iter().enumerate().max_by_key(|it| score(*it));
    best.map(|(_, plover)| *plover)
}
