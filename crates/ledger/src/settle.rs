//! The facts as they stand, written into the file for whoever reads it without this program.
//!
//! `fact_row` and `fact_member` are made from the claims and may be made again at any time; the views `facts` and `claims` show
//! them. `dyad_fact` and `dyad_total` are what sheets of pairs are read from. Only what shares parties with something new is
//! computed again.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Row, Transaction, TransactionBehavior, params, params_from_iter};

use crate::read::with_all;
use crate::sheet::day_number;
use crate::{ClaimRow, Error, Fact, Ledger, more};

/// Claims read at once.
const CHUNK: usize = 512;
/// Claims whose facts are written in one transaction.
const BATCH: usize = 20_000;

/// Kind, the codes of all parties in alphabetical order, and whether any face each other: claims of one fact share them.
type Circle = (String, Vec<String>, bool);

/// Two codes that face each other, in alphabetical order.
type Pair = (String, String);

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
        let (mut drop, circles, pairs) = if everything {
            (Vec::new(), self.all_circles()?, BTreeSet::new())
        } else {
            self.touched(then)?
        };
        if everything {
            self.batch(
                "DELETE FROM fact_row; DELETE FROM fact_member; DELETE FROM fact_state;
                 DELETE FROM dyad_fact; DELETE FROM dyad_total;",
            )?;
        }
        let (mut batch, mut waiting, mut count) = (Vec::new(), 0, 0);
        for claims in together(circles, &self.joined()?) {
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
        self.finish(now, everything, &pairs)?;
        Ok(count)
    }

    /// Counts what each pair has, of all pairs or of those given, and notes up to where everything is settled.
    fn finish(
        &mut self,
        now: (i64, i64),
        everything: bool,
        pairs: &BTreeSet<Pair>,
    ) -> Result<(), Error> {
        let path = self.path.clone();
        let wrap = |e| Error::from_sqlite(&path, e);
        let change =
            self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrap)?;
        totals(&change, everything, pairs).map_err(wrap)?;
        change
            .execute("INSERT INTO fact_state (coding, decision) VALUES (?1, ?2)", [now.0, now.1])
            .map_err(wrap)?;
        change.commit().map_err(wrap)
    }

    fn one(&self, sql: &str) -> Result<(i64, i64), Error> {
        let found = self.rows(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.first().copied().unwrap_or_default())
    }

    fn batch(&self, sql: &str) -> Result<(), Error> {
        self.db.execute_batch(sql).map_err(|e| self.error(e))
    }

    pub(crate) fn rows_of(
        &self,
        claims: &[i64],
    ) -> Result<(Vec<ClaimRow>, BTreeMap<String, i64>), Error> {
        let mut rows = Vec::with_capacity(claims.len());
        let mut seqs = BTreeMap::new();
        for chunk in claims.chunks(CHUNK) {
            // As many marks as the next power of two, the last claim repeated: few statements are ever prepared.
            let size = chunk.len().next_power_of_two();
            let marks = vec!["?"; size].join(",");
            let condition = format!("k.claim_seq IN ({marks})");
            let last = chunk.last().into_iter().cycle();
            let values = chunk.iter().chain(last).take(size);
            let read = more::read(&self.db, "claim", &condition, params_from_iter(values))
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

    /// What is to be taken away, the claims that stand of every circle in which something is new, and the pairs in it.
    fn touched(&self, then: (i64, i64)) -> Result<Touched, Error> {
        let sql = "SELECT k.seq, k.kind, k.actors, k.recipients FROM coded_claim k
                     JOIN coding c ON c.seq = k.coding
                     JOIN document_version d ON d.seq = c.document
                    WHERE d.id IN (SELECT n.id FROM coding m JOIN document_version n ON n.seq = m.document WHERE m.seq > ?1)
                   UNION
                   SELECT k.seq, k.kind, k.actors, k.recipients FROM coded_claim k
                    WHERE k.seq IN (SELECT v.claim FROM decision v WHERE v.seq > ?2 UNION SELECT v.other FROM decision v WHERE v.seq > ?2
                                    UNION SELECT u.claim FROM decision v JOIN decision u ON u.seq = v.replaces WHERE v.seq > ?2
                                    UNION SELECT u.other FROM decision v JOIN decision u ON u.seq = v.replaces WHERE v.seq > ?2)";
        let mut new_pairs = BTreeSet::new();
        let found: Vec<(i64, Circle)> = self.rows(sql, [then.0, then.1], |row| {
            new_pairs.extend(pairs(row.get_ref(2)?.as_str()?, row.get_ref(3)?.as_str()?));
            Ok((row.get(0)?, circle(row)?))
        })?;
        let drop = found.iter().map(|(seq, _)| *seq).collect();
        let mut touched: BTreeSet<Circle> = found.into_iter().map(|(_, circle)| circle).collect();
        self.reach(&mut touched)?;
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
        Ok((drop, circles, new_pairs))
    }

    /// Claims that a person said are about one happening, two by two.
    fn joined(&self) -> Result<Vec<(i64, i64)>, Error> {
        self.rows("SELECT claim, other FROM decided WHERE verb = 'same'", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Adds the circles that a person has joined to one of these.
    fn reach(&self, touched: &mut BTreeSet<Circle>) -> Result<(), Error> {
        let mut joined: Vec<[Circle; 2]> = Vec::new();
        for (claim, other) in self.joined()? {
            let of = "SELECT kind, kind, actors, recipients FROM coded_claim WHERE seq IN (?1, ?2)";
            let both: Vec<Circle> = self.rows(of, [claim, other], circle)?;
            joined.extend(<[Circle; 2]>::try_from(both));
        }
        let mut before = 0;
        while before < touched.len() {
            before = touched.len();
            for both in &joined {
                if both.iter().any(|it| touched.contains(it)) {
                    touched.extend(both.iter().cloned());
                }
            }
        }
        Ok(())
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

/// Claims whose facts are to be taken away, circles to be computed, pairs to be counted.
type Touched = (Vec<i64>, Vec<Vec<i64>>, BTreeSet<Pair>);

/// The pairs that face each other among codes that are separated by `;`.
fn pairs(actors: &str, recipients: &str) -> Vec<Pair> {
    let mut all = Vec::new();
    for a in actors.split(';') {
        for b in recipients.split(';') {
            if a != b && !a.is_empty() && !b.is_empty() {
                all.push((a.min(b).to_owned(), a.max(b).to_owned()));
            }
        }
    }
    all
}

fn totals(
    change: &Transaction<'_>,
    everything: bool,
    pairs: &BTreeSet<Pair>,
) -> rusqlite::Result<()> {
    const COUNT: &str = "INSERT INTO dyad_total
         SELECT y.a, y.b, count(*), count(DISTINCT k.doc), count(DISTINCT k.outlet), min(k.published), max(k.published)
           FROM coded_dyad y JOIN claim k ON k.claim_seq = y.claim";
    if everything {
        // Another writer may have counted since the tables were emptied.
        change.execute_batch("DELETE FROM dyad_total")?;
        return change.execute_batch(&format!("{COUNT} GROUP BY y.a, y.b"));
    }
    let mut drop = change.prepare("DELETE FROM dyad_total WHERE a = ?1 AND b = ?2")?;
    let mut count =
        change.prepare(&format!("{COUNT} WHERE y.a = ?1 AND y.b = ?2 GROUP BY y.a, y.b"))?;
    for (a, b) in pairs {
        drop.execute([a, b])?;
        count.execute([a, b])?;
    }
    Ok(())
}

/// Puts together the circles of claims that a person has joined.
fn together(mut circles: Vec<Vec<i64>>, joined: &[(i64, i64)]) -> Vec<Vec<i64>> {
    for (claim, other) in joined {
        let at = |seq: &i64| circles.iter().position(|it| it.contains(seq));
        if let (Some(x), Some(y)) = (at(claim), at(other))
            && x != y
        {
            let moved = std::mem::take(&mut circles[y]);
            circles[x].extend(moved);
        }
    }
    circles
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
    let mut drop_dyads = change.prepare_cached("DELETE FROM dyad_fact WHERE claim = ?1")?;
    let mut dyad = change.prepare_cached(
        "INSERT OR REPLACE INTO dyad_fact (a, b, section, day, claim, fact, factor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut member = change.prepare_cached(
        "INSERT OR REPLACE INTO fact_member (claim, fact, stand, differs) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for seq in drop {
        drop_fact.execute([seq])?;
        drop_members.execute([seq])?;
        drop_dyads.execute([seq])?;
    }
    for (facts, seqs) in batch {
        for fact in facts {
            // A claim that stands alone is its own fact: the view makes it of the claim.
            let several = fact.members.len() > 1;
            let seq = several.then(|| insert_fact(change, fact)).transpose()?;
            let first = fact.members.first().and_then(|it| seqs.get(&it.claim));
            for (a, b) in pairs(&fact.actors.join(";"), &fact.recipients.join(";")) {
                let (section, day) = (fact.section as i64, day_number(fact));
                dyad.execute(params![a, b, section, day, first, seq, fact.factor])?;
            }
            let Some(seq) = seq else { continue };
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

/// Writes a fact of several claims.
fn insert_fact(change: &Transaction<'_>, fact: &Fact) -> rusqlite::Result<i64> {
    let figures = fact.figures.first();
    change
        .prepare_cached(
            "INSERT INTO fact_row (fact_id, kind, type, mode, actors, recipients, symmetric, stage, label, polarity, date_start,
               date_end, of, low, high, claims, documents, origins, disputed, factor, current, why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
        )?
        .insert(params![
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
        ])
}
