//! The imports of another ledger, brought into this one with their rows.

use rusqlite::{Connection, params};

use super::bulk::Bulk;
use crate::{Error, Ledger};

/// Terms and variables have other numbers there: both sides by number.
const MAPS: &str = "
INSERT INTO term (text) SELECT t.text FROM theirs.term t WHERE NOT EXISTS (SELECT 1 FROM main.term o WHERE o.text = t.text) ORDER BY t.seq;
INSERT INTO variable (name, unit, what, absent)
SELECT t.name, t.unit, t.what, t.absent FROM theirs.variable t WHERE NOT EXISTS (SELECT 1 FROM main.variable o WHERE o.name = t.name) ORDER BY t.seq;
CREATE TEMP TABLE term_of (theirs INTEGER PRIMARY KEY, ours INTEGER NOT NULL);
INSERT INTO term_of SELECT t.seq, o.seq FROM theirs.term t JOIN main.term o ON o.text = t.text;
CREATE TEMP TABLE variable_of (theirs INTEGER PRIMARY KEY, ours INTEGER NOT NULL);
INSERT INTO variable_of SELECT t.seq, o.seq FROM theirs.variable t JOIN main.variable o ON o.name = t.name;
";

/// The rows of one import: its number there is ?1, here ?2.
const ROWS: [&str; 9] = [
    "INSERT INTO dyad_value (variable, a, b, year, import, value)
     SELECT v.ours, a.ours, b.ours, d.year, ?2, d.value FROM theirs.dyad_value d JOIN variable_of v ON v.theirs = d.variable
       JOIN term_of a ON a.theirs = d.a JOIN term_of b ON b.theirs = d.b WHERE d.import = ?1",
    "INSERT INTO state_value (variable, state, year, import, value)
     SELECT v.ours, s.ours, d.year, ?2, d.value FROM theirs.state_value d JOIN variable_of v ON v.theirs = d.variable
       JOIN term_of s ON s.theirs = d.state WHERE d.import = ?1",
    "INSERT INTO spell_row (variable, a, row, b, start, until, label, value, detail, import)
     SELECT v.ours, a.ours, d.row, b.ours, d.start, d.until, d.label, d.value, d.detail, ?2 FROM theirs.spell_row d
       JOIN variable_of v ON v.theirs = d.variable JOIN term_of a ON a.theirs = d.a LEFT JOIN term_of b ON b.theirs = d.b
      WHERE d.import = ?1",
    "INSERT INTO roll_call (rcid, import, session, day, resolution, important, about)
     SELECT rcid, ?2, session, day, resolution, important, about FROM theirs.roll_call WHERE import = ?1",
    "INSERT INTO vote_row (rcid, state, import, vote)
     SELECT d.rcid, s.ours, ?2, d.vote FROM theirs.vote_row d JOIN term_of s ON s.theirs = d.state WHERE d.import = ?1",
    // Events and mentions are known by their own numbers: of two imports the first counts.
    "INSERT INTO event_row (actor, recipient, day, source, id, code, quad, score, actor_name, actor_sector, recipient_name,
            recipient_sector, publisher, story, import)
     SELECT a.ours, r.ours, e.day, s.ours, e.id, c.ours, e.quad, e.score, an.ours, sa.ours, rn.ours, sr.ours, p.ours, e.story, ?2
       FROM theirs.event_row e JOIN term_of a ON a.theirs = e.actor JOIN term_of r ON r.theirs = e.recipient
       JOIN term_of s ON s.theirs = e.source JOIN term_of c ON c.theirs = e.code
       LEFT JOIN term_of an ON an.theirs = e.actor_name LEFT JOIN term_of sa ON sa.theirs = e.actor_sector
       LEFT JOIN term_of rn ON rn.theirs = e.recipient_name LEFT JOIN term_of sr ON sr.theirs = e.recipient_sector
       LEFT JOIN term_of p ON p.theirs = e.publisher WHERE e.import = ?1 ON CONFLICT DO NOTHING",
    "INSERT INTO mention_row (event, seen, document, sentence, publisher, confidence, actor_at, recipient_at, action_at, import)
     SELECT m.event, m.seen, m.document, m.sentence, p.ours, m.confidence, m.actor_at, m.recipient_at, m.action_at, ?2
       FROM theirs.mention_row m JOIN term_of p ON p.theirs = m.publisher WHERE m.import = ?1 ON CONFLICT DO NOTHING",
    "INSERT INTO import_coverage (import, variable, from_year, to_year)
     SELECT ?2, v.ours, c.from_year, c.to_year FROM theirs.import_coverage c JOIN variable_of v ON v.theirs = c.variable
      WHERE c.import = ?1",
    "INSERT INTO import_end (import, read, kept, known, passed_over, refused, reasons, ended)
     SELECT ?2, read, kept, known, passed_over, refused, reasons, ended FROM theirs.import_end WHERE import = ?1",
];

impl Ledger {
    /// Brings the completed imports of another ledger that this one does not have; returns how many.
    ///
    /// An import is the same where file, kind, what was assumed and the reader are. All come in one transaction.
    pub(crate) fn merge_imports(&mut self, other: &Self) -> Result<u64, Error> {
        let there: Vec<i64> =
            other.rows("SELECT count(*) FROM import_end", [], |row| row.get(0))?;
        if there == [0] {
            return Ok(0);
        }
        let path = other.path.to_string_lossy().into_owned();
        self.db.execute("ATTACH ?1 AS theirs", [path]).map_err(|e| other.error(e))?;
        let done = bring(&self.db);
        if done.is_err() {
            // What failed is told; nothing of it is there.
            let _ = self.db.execute_batch("ROLLBACK");
        }
        let left = self.db.execute_batch("DETACH theirs");
        let new = done.map_err(|e| self.error(e))?;
        left.map_err(|e| self.error(e))?;
        Ok(new)
    }
}

fn bring(db: &Connection) -> rusqlite::Result<u64> {
    db.execute_batch("BEGIN IMMEDIATE")?;
    let missing: Vec<i64> = db
        .prepare(
            "SELECT t.seq FROM theirs.import t JOIN theirs.import_end e ON e.import = t.seq
              WHERE NOT EXISTS (SELECT 1 FROM main.import o WHERE o.sha256 = t.sha256 AND o.kind = t.kind
                                   AND o.assumed = t.assumed AND o.reader = t.reader) ORDER BY t.seq",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if !missing.is_empty() {
        db.execute_batch(MAPS)?;
        let mut bulk = Bulk::default();
        bulk.take_guards(db)?;
        for import in &missing {
            db.execute(
                "INSERT INTO import (kind, file, bytes, sha256, assumed, reader, codebook, version, licence, citation, url, begun)
                 SELECT kind, file, bytes, sha256, assumed, reader, codebook, version, licence, citation, url, begun
                   FROM theirs.import WHERE seq = ?1",
                [import],
            )?;
            let here = db.last_insert_rowid();
            for sql in ROWS {
                db.execute(sql, params![import, here])?;
            }
        }
        bulk.put_guards(db)?;
        db.execute_batch("DROP TABLE temp.term_of; DROP TABLE temp.variable_of")?;
    }
    db.execute_batch("COMMIT")?;
    Ok(missing.len() as u64)
}
