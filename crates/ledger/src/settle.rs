//! The facts as they stand, written into the file for whoever reads it without this program.
//!
//! `fact_row` and `fact_member` are made from the claims and may be made again at any time; the views `facts` and `claims` show
//! them. Only what shares parties with something new is computed again.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Row, Transaction, TransactionBehavior, params, params_from_iter};

use crate::read::with_all;
use crate::{ClaimRow, Error, Fact, Ledger, more};

/// Claims read at once.
const CHUNK: usize = 500;
/// Claims whose facts are written in one transaction.
const BATCH: usize = 20_000;

/// Kind, the codes of all parties in alphabetical order, and whether any face each other: claims of one fact share them.
type Circle = (String, Vec<String>, bool);

/// Facts to be written, and the rows of their claims by id.
type Made = (Vec<Fact>, BTreeMap<String, i64>);

impl Ledger {
    /// Brings the stored facts up to date; returns how many were computed again.
    ///
    /// Without `everything` only those circles of parties are looked at in which documents or decisions are new since the
    /// last time.
    pub fn settle(&mut self, everything: bool) -> Result<usize, Error> {
        if !self.writable {
            return Err(Error::ReadOnly { path: self.path.clone() });
        }
        let now: (i64, i64) = self.one("SELECT (SELECT coalesce(max(seq), 0) FROM coding), (SELECT coalesce(max(seq), 0) FROM decision)")?;
        let then: (i64, i64) = self
            .one("SELECT coalesce(max(coding), 0), coalesce(max(decision), 0) FROM fact_state")?;
        if now == then && !everything {
            return Ok(0);
        }
        let everything = everything || then == (0, 0);
        let (mut drop, circles) =
            if everything { (Vec::new(), self.all_circles()?) } else { self.touched(then)? };
        if everything {
            self.batch("DELETE FROM fact_row; DELETE FROM fact_member; DELETE FROM fact_state;")?;
        }
        let (mut batch, mut waiting, mut count) = (Vec::new(), 0, 0);
        for claims in circles {
            let (rows, seqs) = self.rows_of(&claims)?;
            if !everything {
                drop.extend(claims.iter().copied());
            }
            let facts = self.facts(&rows)?;
            count += facts.len();
            waiting += claims.len();
            batch.push((facts, seqs));
            if waiting >= BATCH {
                self.write(&std::mem::take(&mut drop), &std::mem::take(&mut batch))?;
                waiting = 0;
            }
        }
        self.write(&drop, &batch)?;
        self.batch(&format!(
            "INSERT INTO fact_state (coding, decision) VALUES ({}, {})",
            now.0, now.1
        ))?;
        Ok(count)
    }

    fn one(&self, sql: &str) -> Result<(i64, i64), Error> {
        let found = self.rows(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.first().copied().unwrap_or_default())
    }

    fn batch(&self, sql: &str) -> Result<(), Error> {
        self.db.execute_batch(sql).map_err(|e| self.error(e))
    }

    fn rows_of(&self, claims: &[i64]) -> Result<(Vec<ClaimRow>, BTreeMap<String, i64>), Error> {
        let mut rows = Vec::with_capacity(claims.len());
        let mut seqs = BTreeMap::new();
        for chunk in claims.chunks(CHUNK) {
            let marks = vec!["?"; chunk.len()].join(",");
            let condition = format!("k.claim_seq IN ({marks})");
            let read = more::read(&self.db, "claim", &condition, params_from_iter(chunk))
                .map_err(|e| self.error(e))?;
            for row in read {
                let (seq, row) = row.map_err(|e| Error::damaged(&self.path, e))?;
                seqs.insert(row.claim.id.clone(), seq);
                rows.push(row);
            }
        }
        Ok((rows, seqs))
    }

    /// The claims that stand, by circle.
    fn all_circles(&self) -> Result<Vec<Vec<i64>>, Error> {
        let mut circles: BTreeMap<Circle, Vec<i64>> = BTreeMap::new();
        self.each("SELECT claim_seq, kind, actors, recipients FROM claim", |row| {
            circles.entry(circle(row)?).or_default().push(row.get(0)?);
            Ok(())
        })?;
        Ok(circles.into_values().collect())
    }

    /// What is to be taken away, and the claims that stand of every circle in which something is new.
    fn touched(&self, then: (i64, i64)) -> Result<(Vec<i64>, Vec<Vec<i64>>), Error> {
        let sql = "SELECT k.seq, k.kind, k.actors, k.recipients FROM coded_claim k
                     JOIN coding c ON c.seq = k.coding
                     JOIN document_version d ON d.seq = c.document
                    WHERE d.id IN (SELECT n.id FROM coding m JOIN document_version n ON n.seq = m.document WHERE m.seq > ?1)
                   UNION
                   SELECT k.seq, k.kind, k.actors, k.recipients FROM coded_claim k
                    WHERE k.seq IN (SELECT v.claim FROM decision v WHERE v.seq > ?2 UNION SELECT v.other FROM decision v WHERE v.seq > ?2
                                    UNION SELECT u.claim FROM decision v JOIN decision u ON u.seq = v.replaces WHERE v.seq > ?2
                                    UNION SELECT u.other FROM decision v JOIN decision u ON u.seq = v.replaces WHERE v.seq > ?2)";
        let found: Vec<(i64, Circle)> =
            self.rows(sql, [then.0, then.1], |row| Ok((row.get(0)?, circle(row)?)))?;
        let drop = found.iter().map(|(seq, _)| *seq).collect();
        let touched: BTreeSet<Circle> = found.into_iter().map(|(_, circle)| circle).collect();
        let mut circles = Vec::new();
        for (kind, codes, facing) in touched {
            let list: Vec<&str> = codes.iter().map(String::as_str).collect();
            let (among, values) = with_all(&list, facing);
            let sql = format!(
                "SELECT claim_seq, kind, actors, recipients FROM claim k WHERE k.kind = ? AND {among}"
            );
            let values = std::iter::once(kind.as_str()).chain(values);
            let rows: Vec<(i64, Circle)> =
                self.rows(&sql, params_from_iter(values), |row| Ok((row.get(0)?, circle(row)?)))?;
            circles.push(
                rows.into_iter()
                    .filter(|(_, it)| (&it.1, it.2) == (&codes, facing))
                    .map(|(seq, _)| seq)
                    .collect(),
            );
        }
        Ok((drop, circles))
    }

    fn write(&mut self, drop: &[i64], batch: &[Made]) -> Result<(), Error> {
        let path = self.path.clone();
        let wrap = |e| Error::from_sqlite(&path, e);
        let change =
            self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrap)?;
        write(&change, drop, batch).map_err(wrap)?;
        change.commit().map_err(wrap)
    }
}

/// How many, as the file has numbers.
fn count<T>(of: &[T]) -> i64 {
    i64::try_from(of.len()).unwrap_or(i64::MAX)
}

fn circle(row: &Row<'_>) -> rusqlite::Result<Circle> {
    let (actors, recipients): (String, String) = (row.get(2)?, row.get(3)?);
    let codes: BTreeSet<&str> =
        actors.split(';').chain(recipients.split(';')).filter(|it| !it.is_empty()).collect();
    let facing = !recipients.is_empty()
        && codes.len() > 1
        && actors.split(';').any(|a| recipients.split(';').any(|b| a != b));
    Ok((row.get(1)?, codes.into_iter().map(str::to_owned).collect(), facing))
}

fn write(change: &Transaction<'_>, drop: &[i64], batch: &[Made]) -> rusqlite::Result<()> {
    let mut drop_fact = change.prepare_cached(
        "DELETE FROM fact_row WHERE seq = (SELECT fact FROM fact_member WHERE claim = ?1)",
    )?;
    let mut drop_members = change.prepare_cached(
        "DELETE FROM fact_member WHERE fact = (SELECT fact FROM fact_member WHERE claim = ?1)",
    )?;
    let mut insert = change.prepare_cached(
        "INSERT INTO fact_row (fact_id, kind, type, mode, actors, recipients, symmetric, stage, label, polarity, date_start,
           date_end, of, low, high, claims, documents, origins, disputed, factor, current, why)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
    )?;
    let mut member = change.prepare_cached(
        "INSERT OR REPLACE INTO fact_member (claim, fact, stand, differs) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for seq in drop {
        drop_fact.execute([seq])?;
        drop_members.execute([seq])?;
    }
    for (facts, seqs) in batch {
        // A claim that stands alone is its own fact: the view makes it of the claim.
        for fact in facts.iter().filter(|it| it.members.len() > 1) {
            let figures = fact.figures.first();
            let seq = insert.insert(params![
                fact.id,
                fact.kind.as_str(),
                fact.type_,
                fact.mode,
                fact.actors.join(";"),
                fact.recipients.join(";"),
                fact.symmetric,
                fact.stage,
                fact.label,
                fact.polarity,
                fact.start.map(|it| it.to_string()),
                fact.end.map(|it| it.to_string()),
                figures.map(|it| it.of.as_str()),
                figures.and_then(|it| it.low),
                figures.and_then(|it| it.high),
                count(&fact.members),
                count(&fact.documents),
                count(&fact.origins),
                fact.disputed,
                fact.factor,
                fact.current.as_ref().map(|it| it.claim.as_str()),
                fact.current.as_ref().map(|it| it.why.as_str()),
            ])?;
            for it in &fact.members {
                let Some(claim) = seqs.get(&it.claim) else { continue };
                let on: Vec<&str> = it.on.iter().map(|it| it.as_str()).collect();
                let on = (!on.is_empty()).then(|| on.join(";"));
                member.execute(params![claim, seq, it.stand.as_str(), on])?;
            }
        }
    }
    Ok(())
}
