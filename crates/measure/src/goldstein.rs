//! Scores of events summed over a dyad: Goldstein's scale on CAMEO codes, PLOVER's scores on its types.
//!
//! The scale runs from -10 (attack) to 10 (aid, retreat). Goldstein, J. (1992): A Conflict-Cooperation Scale for WEIS Events Data.
//! Journal of Conflict Resolution 36. A sum grows with coverage: ten stories on one visit are ten visits to it. Sum over facts,
//! and compare sums only within one source and period.

use serde::Serialize;

/// Events of one directed dyad in one period.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Sums {
    /// How many.
    pub events: u64,
    /// Sum of the positive scores.
    pub cooperation: f64,
    /// Sum of the negative scores, zero or below.
    pub conflict: f64,
}

impl Sums {
    /// Counts an event.
    pub fn add(&mut self, score: f64) {
        self.events += 1;
        self.cooperation += score.max(0.0);
        self.conflict += score.min(0.0);
    }

    /// Counts what was summed elsewhere.
    pub fn merge(&mut self, other: Self) {
        self.events += other.events;
        self.cooperation += other.cooperation;
        self.conflict += other.conflict;
    }

    /// Cooperation and conflict together.
    pub fn net(&self) -> f64 {
        self.cooperation + self.conflict
    }

    /// Mean score of an event; `None` without events.
    pub fn mean(&self) -> Option<f64> {
        (self.events > 0).then(|| self.net() / self.events as f64)
    }
}

impl FromIterator<f64> for Sums {
    fn from_iter<I: IntoIterator<Item = f64>>(scores: I) -> Self {
        let mut sums = Self::default();
        scores.into_iter().for_each(|score| sums.add(score));
        sums
    }
}
