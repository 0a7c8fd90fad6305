//! Events of other coders by year: one pass over what a state did and what was done to it.

use std::collections::BTreeMap;

use rusqlite::{params, params_from_iter};
use rustc_hash::FxHashMap;

use crate::{Error, Ledger};

/// Events of one source from one state toward another in a year, under one code.
#[derive(Debug, Clone, PartialEq)]
pub struct EventYear {
    /// Who acts.
    pub actor: String,
    /// Upon whom.
    pub recipient: String,
    /// The year.
    pub year: i16,
    /// Code of the event.
    pub code: String,
    /// Rows of the source: reports, not happenings.
    pub events: u64,
    /// Sum of their scores above zero.
    pub cooperation: f64,
    /// Sum of their scores below zero.
    pub conflict: f64,
}

/// Number of the partner, whether it acts, year, number of the code.
type Key = (i64, bool, i16, i64);
/// Rows, scores above and below zero.
type Sum = (u64, f64, f64);

impl Ledger {
    /// The events of a source that a state is party to, by partner, direction, year and code.
    ///
    /// Rows are summed as they are read: grouping them in the file would sort them first.
    pub fn event_years(&self, source: &str, who: &str) -> Result<Vec<EventYear>, Error> {
        let number = |text: &str| self.term(text);
        let (Some(source), Some(state)) = (number(source)?, number(who)?) else {
            return Ok(Vec::new());
        };
        let mut sums: FxHashMap<Key, Sum> = FxHashMap::default();
        let complete = if self.all_imports_ended()? {
            ""
        } else {
            " AND e.import IN (SELECT import FROM import_end)"
        };
        let own = format!(
            "SELECT e.recipient, e.day, e.code, e.score FROM event_row e
              WHERE e.actor = ?1 AND e.source = ?2{complete}"
        );
        // Who acts upon it is found by leaps from one actor to the next: the table is in their order.
        let theirs = format!(
            "WITH RECURSIVE other(n) AS (
               SELECT min(actor) FROM event_row
               UNION ALL SELECT (SELECT min(actor) FROM event_row WHERE actor > n) FROM other WHERE n IS NOT NULL)
             SELECT e.actor, e.day, e.code, e.score FROM other CROSS JOIN event_row e
              WHERE e.actor = other.n AND e.recipient = ?1 AND e.source = ?2{complete}"
        );
        for (sql, acts) in [(own, false), (theirs, true)] {
            let mut add = || -> rusqlite::Result<()> {
                let mut query = self.db.prepare_cached(&sql)?;
                let mut rows = query.query(params![state, source])?;
                while let Some(row) = rows.next()? {
                    let score: Option<f64> = row.get(3)?;
                    let year = (row.get::<_, i64>(1)? / 10_000) as i16;
                    let sum = sums.entry((row.get(0)?, acts, year, row.get(2)?)).or_default();
                    let score = score.unwrap_or(0.0);
                    sum.0 += 1;
                    sum.1 += score.max(0.0);
                    sum.2 += score.min(0.0);
                }
                Ok(())
            };
            add().map_err(|e| self.error(e))?;
        }
        let terms: Vec<i64> = sums.keys().flat_map(|key| [key.0, key.3]).collect();
        let words = self.words(terms)?;
        let word = |n: i64| words.get(&n).cloned().unwrap_or_default();
        let mut years: Vec<EventYear> = sums
            .into_iter()
            .map(|((partner, acts, year, code), (events, cooperation, conflict))| {
                let (own, other) = (who.to_owned(), word(partner));
                let (actor, recipient) = if acts { (other, own) } else { (own, other) };
                EventYear {
                    actor,
                    recipient,
                    year,
                    code: word(code),
                    events,
                    cooperation,
                    conflict,
                }
            })
            .collect();
        years.sort_by(|a, b| {
            let key = |it: &EventYear| (it.actor.clone(), it.recipient.clone(), it.year);
            (key(a), &a.code).cmp(&(key(b), &b.code))
        });
        Ok(years)
    }

    /// The sources that have events.
    pub fn event_sources(&self) -> Result<Vec<String>, Error> {
        self.rows(
            "SELECT DISTINCT kind FROM import_done WHERE kind IN ('icews', 'gdelt-events', 'polecat') ORDER BY kind",
            [],
            |row| row.get(0),
        )
    }

    fn term(&self, text: &str) -> Result<Option<i64>, Error> {
        let found = self.rows("SELECT seq FROM term WHERE text = ?1", [text], |row| row.get(0))?;
        Ok(found.first().copied())
    }

    fn all_imports_ended(&self) -> Result<bool, Error> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM import WHERE seq NOT IN (SELECT import FROM import_end))";
        Ok(self.rows(sql, [], |row| row.get(0))?.first().copied().unwrap_or(false))
    }

    fn words(&self, mut terms: Vec<i64>) -> Result<BTreeMap<i64, String>, Error> {
        terms.sort_unstable();
        terms.dedup();
        let mut words = BTreeMap::new();
        for some in terms.chunks(500) {
            let marks = vec!["?"; some.len()].join(",");
            let sql = format!("SELECT seq, text FROM term WHERE seq IN ({marks})");
            words.extend(
                self.rows(&sql, params_from_iter(some), |row| Ok((row.get(0)?, row.get(1)?)))?,
            );
        }
        Ok(words)
    }
}
