//! What came of the rows of a file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Most reasons told apart; further ones are counted together.
const MOST_REASONS: usize = 60;

/// Counts of one import. Rows read = kept + known + passed over + refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Rows of the file, without its heading.
    pub read: u64,
    /// Rows that gave something to keep.
    pub kept: u64,
    /// Rows that an earlier import, or an earlier row of this one, gave already.
    pub known: u64,
    /// Rows that are right, but not about what is kept: aggregates, events inside one state.
    pub passed_over: u64,
    /// Rows with a mistake.
    pub refused: u64,
    /// Values of a kept row that could not be kept, because an earlier row has them for the same pair and year.
    pub repeated: u64,
    /// Why rows, or values of rows that were kept, were left out.
    pub reasons: BTreeMap<String, Reason>,
    /// First and last year by variable.
    pub years: BTreeMap<String, (i16, i16)>,
}

/// How often something was the reason, and where first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Number of rows.
    pub rows: u64,
    /// Line of the first of them, from 1.
    pub first_line: u64,
}

impl Tally {
    /// Counts a reason.
    pub fn because(&mut self, reason: &str, line: u64) {
        self.because_of(reason, line, 1);
    }

    /// Counts a reason of several rows.
    pub fn because_of(&mut self, reason: &str, line: u64, rows: u64) {
        if let Some(known) = self.reasons.get_mut(reason) {
            known.rows += rows;
            return;
        }
        let reason = if self.reasons.len() < MOST_REASONS { reason } else { "further reasons" };
        let entry = self.reasons.entry(reason.to_owned()).or_default();
        entry.rows += rows;
        if entry.first_line == 0 {
            entry.first_line = line;
        }
    }

    /// Widens the years covered of a variable.
    pub fn cover(&mut self, variable: &str, from: i16, to: i16) {
        match self.years.get_mut(variable) {
            Some(years) => *years = (years.0.min(from), years.1.max(to)),
            None => {
                self.years.insert(variable.to_owned(), (from, to));
            }
        }
    }
}
