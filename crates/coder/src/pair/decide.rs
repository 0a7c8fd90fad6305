//! Rules and the linear model together.

use hedgerow_codebook::crosswalk::Plover;

use super::candidate::Candidate;
use super::linear::TYPES;

/// The type with the most on its side.
pub(super) fn decide(ranked: &[Candidate<'_>], sums: Option<[i32; TYPES]>) -> Option<Plover> {
    let env = |k: &str, d: i32| std::env::var(k).ok().and_then(|v| v.parse().ok()).unwrap_or(d);
    let (rule, floor, low) = (env("RULE", 40), env("FLOOR", 0), env("LOW", 0));
    let Some(sums) = sums else { return ranked.first().map(|c| c.plover) };
    let score = |(n, plover): (usize, &Plover)| {
        let own = ranked.iter().filter(|c| c.plover == *plover).map(|c| c.score.max(low)).max();
        (own.unwrap_or(floor) * rule + sums[n], std::cmp::Reverse(n))
    };
    let best = Plover::ALL.iter().enumerate().max_by_key(|it| score(*it));
    best.map(|(_, plover)| *plover)
}
