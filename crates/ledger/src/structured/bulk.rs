//! Writing many rows at a time.

use rusqlite::{Connection, OptionalExtension, params};

use super::batch::{Batch, Event, TermId, VariableId};

/// Tables that get millions of rows; looking for an equal row before each of them would cost a third of the rate.
const LARGE: [&str; 5] = ["dyad_value", "state_value", "vote_row", "event_row", "mention_row"];

/// What the ledger calls the terms and variables of a batch, and the guards that wait to be put back.
#[derive(Debug, Default)]
pub(super) struct Bulk {
    /// By the batch's number less one.
    terms: Vec<i64>,
    variables: Vec<i64>,
    source: Option<i64>,
    guards: Vec<String>,
}

impl Bulk {
    /// Takes the slow guards away, inside the transaction.
    pub(super) fn take_guards(&mut self, db: &Connection) -> rusqlite::Result<()> {
        for table in LARGE {
            let guard = format!("{table}_replaced");
            let sql: Option<String> = db
                .query_row(
                    "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?1",
                    [&guard],
                    |row| row.get(0),
                )
                .optional()?;
            if let Some(sql) = sql {
                db.execute_batch(&format!("DROP TRIGGER {guard}"))?;
                self.guards.push(sql);
            }
        }
        Ok(())
    }

    /// Puts them back, before the transaction is committed.
    pub(super) fn put_guards(&mut self, db: &Connection) -> rusqlite::Result<()> {
        self.guards.drain(..).try_for_each(|sql| db.execute_batch(&sql))
    }

    /// Writes and empties a batch. Gives the number of rows that were there already and were left as they are.
    pub(super) fn write(
        &mut self,
        db: &Connection,
        import: i64,
        batch: &mut Batch,
    ) -> rusqlite::Result<u64> {
        self.learn(db, batch)?;
        let mut written = 0;
        let rows = batch.len() - batch.spells.len() - batch.roll_calls.len();
        written += self.dyads(db, import, batch)?;
        written += self.states(db, import, batch)?;
        written += self.votes(db, import, batch)?;
        if !batch.events.is_empty() {
            let source = self.source(db, import)?;
            written += self.events(db, import, source, &mut batch.events)?;
        }
        written += self.mentions(db, import, batch)?;
        self.spells(db, import, batch)?;
        roll_calls(db, import, batch)?;
        batch.clear_rows();
        Ok((rows - written) as u64)
    }

    /// Gives the ledger the texts and variables that it has not seen.
    fn learn(&mut self, db: &Connection, batch: &mut Batch) -> rusqlite::Result<()> {
        // The batch has begun to count anew.
        if batch.terms() != self.terms.len() + batch.fresh.len() {
            self.terms.clear();
        }
        for text in batch.fresh.drain(..) {
            self.terms.push(term(db, &text)?);
        }
        for variable in &batch.variables[self.variables.len()..] {
            let known: Option<i64> = db
                .prepare_cached("SELECT seq FROM variable WHERE name = ?1")?
                .query_row([&variable.name], |row| row.get(0))
                .optional()?;
            let seq = match known {
                Some(seq) => seq,
                None => db
                    .prepare_cached(
                        "INSERT INTO variable (name, unit, what, absent) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .insert(params![
                        variable.name,
                        variable.unit,
                        variable.what,
                        variable.absent.as_str()
                    ])?,
            };
            self.variables.push(seq);
        }
        Ok(())
    }

    fn source(&mut self, db: &Connection, import: i64) -> rusqlite::Result<i64> {
        if let Some(source) = self.source {
            return Ok(source);
        }
        let kind: String =
            db.query_row("SELECT kind FROM import WHERE seq = ?1", [import], |row| row.get(0))?;
        let source = term(db, &kind)?;
        self.source = Some(source);
        Ok(source)
    }

    fn of(&self, term: TermId) -> i64 {
        self.some(term).unwrap_or(0)
    }

    fn some(&self, term: TermId) -> Option<i64> {
        term.0.checked_sub(1).and_then(|n| self.terms.get(n as usize)).copied()
    }

    fn variable(&self, id: VariableId) -> i64 {
        self.variables.get(id.0 as usize).copied().unwrap_or(0)
    }

    fn dyads(&self, db: &Connection, import: i64, batch: &mut Batch) -> rusqlite::Result<usize> {
        let mut insert = db.prepare_cached(
            "INSERT INTO dyad_value (variable, a, b, year, import, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO NOTHING",
        )?;
        // In the order of the table each page is touched once. The sort is stable: the first of equals is the first of the file.
        batch.dyads.sort_by_key(|d| (d.variable, self.of(d.a), self.of(d.b), d.year));
        let mut written = 0;
        for d in &batch.dyads {
            let (a, b) = (self.of(d.a), self.of(d.b));
            written +=
                insert.execute((self.variable(d.variable), a, b, d.year, import, d.value))?;
        }
        Ok(written)
    }

    fn states(&self, db: &Connection, import: i64, batch: &mut Batch) -> rusqlite::Result<usize> {
        let mut insert = db.prepare_cached(
            "INSERT INTO state_value (variable, state, year, import, value) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?;
        batch.states.sort_by_key(|s| (s.variable, self.of(s.who), s.year));
        let mut written = 0;
        for s in &batch.states {
            written += insert.execute((
                self.variable(s.variable),
                self.of(s.who),
                s.year,
                import,
                s.value,
            ))?;
        }
        Ok(written)
    }

    fn votes(&self, db: &Connection, import: i64, batch: &Batch) -> rusqlite::Result<usize> {
        let mut insert = db.prepare_cached(
            "INSERT INTO vote_row (rcid, state, import, vote) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?;
        let mut written = 0;
        for &(rcid, state, vote) in &batch.votes {
            written += insert.execute((rcid, self.of(state), import, vote))?;
        }
        Ok(written)
    }

    fn events(
        &self,
        db: &Connection,
        import: i64,
        source: i64,
        events: &mut [Event],
    ) -> rusqlite::Result<usize> {
        let mut insert = db.prepare_cached(
            "INSERT INTO event_row (actor, recipient, day, source, id, code, quad, score, actor_name, actor_sector,
               recipient_name, recipient_sector, publisher, story, import)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
             ON CONFLICT DO NOTHING",
        )?;
        events.sort_by_cached_key(|e| (self.of(e.actor), self.of(e.recipient), e.day, e.id));
        let mut written = 0;
        for e in &*events {
            written += insert.execute(params![
                self.of(e.actor),
                self.of(e.recipient),
                e.day,
                source,
                e.id,
                self.of(e.code),
                (e.quad > 0).then_some(e.quad),
                (!e.score.is_nan()).then_some(e.score),
                self.some(e.actor_name),
                self.some(e.actor_sector),
                self.some(e.recipient_name),
                self.some(e.recipient_sector),
                self.some(e.publisher),
                (e.story != 0).then_some(e.story),
                import
            ])?;
        }
        Ok(written)
    }

    fn mentions(&self, db: &Connection, import: i64, batch: &mut Batch) -> rusqlite::Result<usize> {
        let mut insert = db.prepare_cached(
            "INSERT INTO mention_row (event, seen, document, sentence, publisher, confidence, actor_at, recipient_at,
               action_at, import)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT DO NOTHING",
        )?;
        batch.mentions.sort_by_key(|m| (m.event, m.seen));
        let mut written = 0;
        for m in &batch.mentions {
            let [actor, recipient, action] = m.places;
            written += insert.execute(params![
                m.event,
                m.seen,
                m.document,
                m.sentence,
                self.of(m.publisher),
                m.confidence,
                actor,
                recipient,
                action,
                import
            ])?;
        }
        Ok(written)
    }

    fn spells(&self, db: &Connection, import: i64, batch: &Batch) -> rusqlite::Result<()> {
        let mut insert = db.prepare_cached(
            "INSERT INTO spell_row (variable, a, row, b, start, until, label, value, detail, import)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        for s in &batch.spells {
            insert.execute(params![
                self.variable(s.variable),
                self.of(s.a),
                s.row,
                self.some(s.b),
                s.start,
                s.until,
                s.label,
                s.value,
                s.detail,
                import
            ])?;
        }
        Ok(())
    }
}

fn roll_calls(db: &Connection, import: i64, batch: &Batch) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO roll_call (rcid, import, session, day, resolution, important, about)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for call in &batch.roll_calls {
        insert.execute(params![
            call.rcid,
            import,
            call.session,
            call.day,
            call.resolution,
            call.important,
            call.about
        ])?;
    }
    Ok(())
}

fn term(db: &Connection, text: &str) -> rusqlite::Result<i64> {
    let known: Option<i64> = db
        .prepare_cached("SELECT seq FROM term WHERE text = ?1")?
        .query_row([text], |row| row.get(0))
        .optional()?;
    match known {
        Some(seq) => Ok(seq),
        None => db.prepare_cached("INSERT INTO term (text) VALUES (?1)")?.insert([text]),
    }
}
