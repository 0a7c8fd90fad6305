//! What waits for a person's judgement, and what was judged.

use crate::{DecisionRow, Error, Ledger};

/// In which order claims are put before a reviewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// The claims of which the coder is least sure first.
    Confidence,
    /// Claims of facts on which reports disagree, those whose figures lie furthest apart first. Stored facts are looked
    /// at: [`Ledger::settle`] brings them up to date.
    Contradiction,
}

const CONFIDENCE: &str = "SELECT k.claim_id FROM claim k
    WHERE k.author IS NULL AND k.confidence IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM decided v WHERE v.claim = k.claim_seq AND v.verb = 'accepted')
    ORDER BY k.confidence, k.claim_seq LIMIT ?1";

/// Facts on which reports disagree, those whose figures lie furthest apart first.
const DISPUTED: &str =
    "SELECT f.seq FROM fact_row f WHERE f.disputed ORDER BY coalesce(f.factor, 1) DESC, f.seq";

/// The claims of one fact that wait.
const OF_FACT: &str = "SELECT k.claim_id FROM fact_member m
    JOIN claim k ON k.claim_seq = m.claim
   WHERE m.fact = ?1 AND k.author IS NULL
     AND NOT EXISTS (SELECT 1 FROM decided v WHERE v.claim = k.claim_seq AND v.verb = 'accepted')
   ORDER BY m.claim";

/// Decisions with the ids of their claims.
pub(crate) const DECISIONS: &str =
    "SELECT v.seq, v.verb, a.claim_id, b.claim_id, v.author, v.reason, v.replaces, v.carries, v.added,
            v.verb <> 'undone' AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.replaces = v.seq)
       FROM decision v
       LEFT JOIN coded_claim a ON a.seq = v.claim
       LEFT JOIN coded_claim b ON b.seq = v.other";

impl Ledger {
    /// Ids of at most `limit` claims that nobody has decided upon, in the order of `queue`.
    pub fn waiting(&self, queue: Queue, limit: usize) -> Result<Vec<String>, Error> {
        match queue {
            Queue::Confidence => {
                let limit = i64::try_from(limit).unwrap_or(i64::MAX);
                self.rows(CONFIDENCE, [limit], |row| row.get(0))
            }
            // Fact by fact: few of them are ever looked at.
            Queue::Contradiction => {
                let mut ids = Vec::new();
                for fact in self.rows(DISPUTED, [], |row| row.get::<_, i64>(0))? {
                    if ids.len() >= limit {
                        break;
                    }
                    ids.extend(self.rows(OF_FACT, [fact], |row| row.get::<_, String>(0))?);
                }
                ids.truncate(limit);
                Ok(ids)
            }
        }
    }

    /// How many decisions there are, those that were taken back included.
    pub fn decision_count(&self) -> Result<u64, Error> {
        let found: Vec<i64> = self.rows("SELECT count(*) FROM decision", [], |row| row.get(0))?;
        Ok(found.first().map_or(0, |it| it.unsigned_abs()))
    }

    /// At most `limit` decisions, the newest first, after the first `skip`.
    pub fn decisions_from(&self, skip: usize, limit: usize) -> Result<Vec<DecisionRow>, Error> {
        let whole = |n| i64::try_from(n).unwrap_or(i64::MAX);
        let sql = format!("{DECISIONS} ORDER BY v.seq DESC LIMIT ?1 OFFSET ?2");
        self.rows(&sql, [whole(limit), whole(skip)], decision)
    }

    /// The decisions on one claim, whatever coding they were taken on, and those that took them back.
    pub fn decisions_on(&self, claim: &str) -> Result<Vec<DecisionRow>, Error> {
        let sql = format!(
            "{DECISIONS} WHERE a.claim_id = ?1 OR b.claim_id = ?1
                OR v.replaces IN (SELECT d.seq FROM decision d
                                    LEFT JOIN coded_claim x ON x.seq = d.claim
                                    LEFT JOIN coded_claim y ON y.seq = d.other
                                   WHERE x.claim_id = ?1 OR y.claim_id = ?1)
              ORDER BY v.seq"
        );
        self.rows(&sql, [claim], decision)
    }
}

pub(crate) fn decision(row: &rusqlite::Row<'_>) -> rusqlite::Result<DecisionRow> {
    Ok(DecisionRow {
        seq: row.get(0)?,
        verb: row.get(1)?,
        claim: row.get(2)?,
        other: row.get(3)?,
        author: row.get(4)?,
        reason: row.get(5)?,
        replaces: row.get(6)?,
        carries: row.get(7)?,
        added: row.get(8)?,
        holds: row.get(9)?,
    })
}
