//! How far the coder can be trusted on this ledger: a random sample, judged by hand, and what follows from it.
//!
//! The sample is drawn by a keyed hash of the claim's id, so nobody chooses, and the same seed draws the same claims.
//! Intervals are Wilson's (1927) at 95 per cent. Counts are corrected as Rogan and Gladen (1978) correct a prevalence: what
//! was found, times the share of it that is right, divided by the share of what is there that is found.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{ClaimRow, Error, Ledger, sha256_hex};

/// What is drawn: claims to judge, and documents to read for what was missed.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Sampled {
    /// Claims, each with its stratum, in the order in which they are to be judged.
    pub claims: Vec<(String, ClaimRow)>,
    /// Documents that are to be read whole.
    pub documents: Vec<String>,
    /// How many claims there are of each stratum.
    pub strata: BTreeMap<String, u64>,
}

/// A judgement on one stratum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// Claims that are right.
    pub right: u64,
    /// Claims that are wrong.
    pub wrong: u64,
    /// Claims of the documents that were read whole.
    pub found: u64,
    /// Claims that those documents make and that were not found.
    pub missed: u64,
}

/// A share with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// The share itself.
    pub value: f64,
    /// Lower end of the 95 per cent interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How many were judged.
    pub of: u64,
}

/// What a judged sample says of one stratum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// How many claims the ledger has.
    pub counted: u64,
    /// Of those, the share that is right; `None` where none was judged.
    pub precision: Option<Share>,
    /// Of the claims that documents make, the share that was found; `None` where no document was read whole.
    pub recall: Option<Share>,
    /// How many there are in truth, as far as both tell: estimate, lower and upper end.
    pub corrected: Option<(f64, f64, f64)>,
}

impl Ledger {
    /// Draws `size` claims at random, from each stratum in proportion to its size and at least one, and a tenth as many
    /// documents to be read whole. Strata are the kinds of claim, or kind and type.
    ///
    /// What people wrote is left out: it says nothing about the coder. What they rejected or corrected is still in it.
    pub fn sample(&self, size: usize, seed: &str, by_type: bool) -> Result<Sampled, Error> {
        // Of each stratum how many it has, and the least hashes, which are drawn; of documents the same.
        let mut strata: BTreeMap<String, (u64, BTreeSet<(String, i64)>)> = BTreeMap::new();
        let mut documents: BTreeSet<(String, String)> = BTreeSet::new();
        let whole = size.div_ceil(10);
        self.each(
            "SELECT k.seq, k.claim_id, k.kind, k.type, d.doc FROM document d JOIN coded_claim k ON k.coding = d.coding_seq",
            |row| {
                let (seq, id): (i64, String) = (row.get(0)?, row.get(1)?);
                let (kind, type_, doc): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
                let stratum = if by_type && kind != type_ { format!("{kind}.{type_}") } else { kind };
                let (claims, least) = strata.entry(stratum).or_default();
                *claims += 1;
                keep_least(least, (draw(seed, &id), seq), size.max(1));
                keep_least(&mut documents, (draw(seed, &doc), doc), whole);
                Ok(())
            },
        )?;
        let all: u64 = strata.values().map(|it| it.0).sum();
        let mut sampled = Sampled::default();
        let mut drawn = Vec::new();
        for (stratum, (claims, least)) in strata {
            sampled.strata.insert(stratum.clone(), claims);
            let share = (size as u64 * claims).div_ceil(all.max(1)).clamp(1, claims);
            let share = usize::try_from(share).unwrap_or(usize::MAX);
            drawn.extend(
                least.into_iter().take(share).map(|(hash, seq)| (hash, stratum.clone(), seq)),
            );
        }
        drawn.sort();
        for (_, stratum, seq) in drawn {
            let read = crate::more::read(&self.db, "every_claim", "k.claim_seq = ?1", [seq])
                .map_err(|e| self.error(e))?;
            for row in read {
                sampled
                    .claims
                    .push((stratum.clone(), row.map_err(|e| Error::damaged(&self.path, e))?.1));
            }
        }
        sampled.documents = documents.into_iter().map(|(_, doc)| doc).collect();
        Ok(sampled)
    }
}

/// Adds one and keeps at most `most`, the least.
fn keep_least<T: Ord>(least: &mut BTreeSet<T>, one: T, most: usize) {
    least.insert(one);
    if least.len() > most {
        least.pop_last();
    }
}

fn draw(seed: &str, id: &str) -> String {
    sha256_hex(format!("{seed}\n{id}").as_bytes())
}

/// What a judged sample says of a stratum of `counted` claims.
pub fn estimate(counted: u64, judged: Judged) -> Estimate {
    let precision = wilson(judged.right, judged.right + judged.wrong);
    // Of what was found in the documents that were read, some is wrong: only what is right counts as found.
    let recall = precision.and_then(|precision| {
        let hits = (judged.found as f64 * precision.value).round() as u64;
        wilson(hits, hits + judged.missed).filter(|_| judged.found + judged.missed > 0)
    });
    let corrected = precision.map(|precision| {
        let counted = counted as f64;
        let found = |at: f64, most: f64| if at > 0.0 { most / at } else { f64::INFINITY };
        match recall {
            Some(recall) => (
                counted * found(recall.value, precision.value),
                counted * found(recall.high, precision.low),
                counted * found(recall.low, precision.high),
            ),
            None => (counted * precision.value, counted * precision.low, counted * precision.high),
        }
    });
    Estimate { counted, precision, recall, corrected }
}

/// The share `hits` of `of` with Wilson's interval at 95 per cent; `None` of nothing.
pub fn wilson(hits: u64, of: u64) -> Option<Share> {
    if of == 0 {
        return None;
    }
    let (n, p, z) = (of as f64, hits as f64 / of as f64, 1.959_963_984_540_054);
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    Some(Share { value: p, low: (middle - half).max(0.0), high: (middle + half).min(1.0), of })
}

#[cfg(test)]
mod tests {
    use super::{Judged, estimate, wilson};

    #[test]
    fn intervals_are_those_of_the_tables() {
        // Newcombe (1998), table I: 81 of 263, Wilson without continuity correction: 0.2553 to 0.3662.
        let share = wilson(81, 263).unwrap();
        assert!(
            (share.low - 0.2553).abs() < 5e-5 && (share.high - 0.3662).abs() < 5e-5,
            "{share:?}"
        );
        let none = wilson(0, 20).unwrap();
        assert!(none.low.abs() < 1e-12 && (none.high - 0.1611).abs() < 5e-5, "{none:?}");
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn counts_are_corrected_by_what_is_wrong_and_what_is_missed() {
        let found = estimate(1_000, Judged { right: 80, wrong: 20, found: 50, missed: 10 });
        // 1000 * 0.8 / (40 / 50).
        let (middle, low, high) = found.corrected.unwrap();
        assert!((middle - 1_000.0).abs() < 1e-9, "{middle}");
        assert!(low < middle && middle < high);
        let blind = estimate(1_000, Judged { right: 80, wrong: 20, ..Judged::default() });
        assert_eq!((blind.recall, blind.corrected.unwrap().0), (None, 800.0));
    }
}
