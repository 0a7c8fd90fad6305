//! Directed dyad-years, as the view counts them.

use serde::Serialize;
use serde::ser::SerializeMap;

use crate::{Error, Ledger};

/// What is counted, in the order of [`DyadYearRow::counts`].
pub const DYAD_YEAR_COUNTS: [&str; 11] = [
    "claims",
    "documents",
    "events",
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
    "ties",
    "flows",
    "stances",
    "not_actual",
];

/// Dated claims of one actor about one recipient in one year. These count claims, not happenings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DyadYearRow {
    /// Code of who acts.
    pub actor: String,
    /// Code of who is acted upon.
    pub recipient: String,
    /// The year.
    pub year: i16,
    /// The counts, named in [`DYAD_YEAR_COUNTS`].
    pub counts: [u64; DYAD_YEAR_COUNTS.len()],
}

impl Serialize for DyadYearRow {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3 + self.counts.len()))?;
        map.serialize_entry("actor", &self.actor)?;
        map.serialize_entry("recipient", &self.recipient)?;
        map.serialize_entry("year", &self.year)?;
        for (name, count) in DYAD_YEAR_COUNTS.iter().zip(&self.counts) {
            map.serialize_entry(name, count)?;
        }
        map.end()
    }
}

impl Ledger {
    /// The view `directed_dyad_year`, by actor, recipient and year.
    pub fn directed_dyad_years(&self) -> Result<Vec<DyadYearRow>, Error> {
        let columns = DYAD_YEAR_COUNTS.join(", ");
        let sql = format!(
            "SELECT actor, recipient, year, {columns} FROM directed_dyad_year ORDER BY actor, recipient, year"
        );
        self.rows(&sql, [], |row| {
            let mut counts = [0; DYAD_YEAR_COUNTS.len()];
            for (n, count) in counts.iter_mut().enumerate() {
                *count = row.get::<_, i64>(3 + n)?.unsigned_abs();
            }
            Ok(DyadYearRow {
                actor: row.get(0)?,
                recipient: row.get(1)?,
                year: row.get(2)?,
                counts,
            })
        })
    }
}
