//! How alike two portfolios are: agreement, S, Scott's pi, Cohen's kappa.
//!
//! A portfolio is a list of ordered levels, one an item: a state's votes (1 yes, 2 abstain, 3 no) over roll calls, or its
//! alliances (0 none to 3 defence) over all states. Both lists must be over the same items in the same order; items that one
//! of the two lacks are left out beforehand ([`paired`]), never filled with zero.
//!
//! None of these says *whose* doing likeness is: a state that votes with everyone is like everyone.

use std::collections::BTreeMap;

/// How the distance of two levels counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    /// `|x - y|`.
    Absolute,
    /// `(x - y)²`.
    Squared,
}

impl Distance {
    fn of(self, x: u8, y: u8) -> f64 {
        let steps = f64::from(x.abs_diff(y));
        match self {
            Self::Absolute => steps,
            Self::Squared => steps * steps,
        }
    }
}

/// The levels of the items that both have, in order of item.
pub fn paired<K: Ord>(a: &BTreeMap<K, u8>, b: &BTreeMap<K, u8>) -> (Vec<u8>, Vec<u8>) {
    a.iter().filter_map(|(item, x)| b.get(item).map(|y| (*x, *y))).unzip()
}

/// The levels as tie or no tie: 1 for every level above 0.
pub fn binary(levels: &[u8]) -> Vec<u8> {
    levels.iter().map(|level| u8::from(*level > 0)).collect()
}

/// Share of items on which both have the same level, 0 to 1; `None` without items.
///
/// Used of votes in the General Assembly since Lijphart (1963); here identical votes alone count, as in Bailey, Strezhnev and
/// Voeten's file.
pub fn agreement(x: &[u8], y: &[u8]) -> Option<f64> {
    let same = x.iter().zip(y).filter(|(x, y)| x == y).count();
    mean(same as f64, x.len(), y.len())
}

/// Signorino and Ritter's S, -1 to 1, unweighted: `1 - 2 Σ d(x, y) / (n d(max, min))`; `None` without items.
///
/// `range` is the widest step that the scale allows: 2 for votes, 3 for alliances. Signorino, C. and J. Ritter (1999): Tau-b or Not
/// Tau-b. International Studies Quarterly 43.
pub fn s(x: &[u8], y: &[u8], range: u8, distance: Distance) -> Option<f64> {
    let observed = observed(x, y, distance)?;
    Some(1.0 - 2.0 * observed / distance.of(range, 0))
}

/// S with a weight for each item, such as the power of the state that the tie is with; `None` where no item has weight.
pub fn weighted_s(
    x: &[u8],
    y: &[u8],
    weights: &[f64],
    range: u8,
    distance: Distance,
) -> Option<f64> {
    if x.len() != y.len() || x.len() != weights.len() {
        return None;
    }
    let total: f64 = weights.iter().sum();
    let items = x.iter().zip(y).zip(weights);
    let apart: f64 = items.map(|((x, y), w)| w * distance.of(*x, *y)).sum();
    (total > 0.0).then(|| 1.0 - 2.0 * apart / total / distance.of(range, 0))
}

/// Scott's pi: likeness beyond what two states would show that both drew their levels from the pair's common habits.
///
/// 1 is alike, 0 is as by chance, below is opposed; `None` without items or where both always have one and the same level.
/// Häge, F. (2011): Choice or Circumstance? Political Analysis 19; Scott (1955).
pub fn pi(x: &[u8], y: &[u8], distance: Distance) -> Option<f64> {
    let (p, q) = (shares(x), shares(y));
    let mut common = BTreeMap::new();
    for (level, share) in p.into_iter().chain(q) {
        *common.entry(level).or_insert(0.0) += share / 2.0;
    }
    beyond_chance(observed(x, y, distance)?, &common, &common, distance)
}

/// Cohen's kappa: likeness beyond what each state's own habits would give by chance; scale as for [`pi`].
///
/// Häge (2011) recommends it over S, which takes rare ties for likeness. Cohen (1968) for the weighted form.
pub fn kappa(x: &[u8], y: &[u8], distance: Distance) -> Option<f64> {
    beyond_chance(observed(x, y, distance)?, &shares(x), &shares(y), distance)
}

fn beyond_chance(
    observed: f64,
    p: &BTreeMap<u8, f64>,
    q: &BTreeMap<u8, f64>,
    distance: Distance,
) -> Option<f64> {
    let expected: f64 = p
        .iter()
        .flat_map(|(x, px)| q.iter().map(move |(y, qy)| px * qy * distance.of(*x, *y)))
        .sum();
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

fn observed(x: &[u8], y: &[u8], distance: Distance) -> Option<f64> {
    mean(x.iter().zip(y).map(|(x, y)| distance.of(*x, *y)).sum(), x.len(), y.len())
}

fn mean(sum: f64, n: usize, m: usize) -> Option<f64> {
    (n == m && n > 0).then(|| sum / n as f64)
}

fn shares(levels: &[u8]) -> BTreeMap<u8, f64> {
    let mut shares = BTreeMap::new();
    for level in levels {
        *shares.entry(*level).or_insert(0.0) += 1.0 / levels.len() as f64;
    }
    shares
}
