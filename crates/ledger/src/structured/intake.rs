//! Keeping an import: begun, part by part, ended.

use rusqlite::{OptionalExtension, params};

use super::bulk::Bulk;
use super::{Batch, ImportRow, Tally};
use crate::{Error, Ledger};

/// A file that is to be imported, and what its source wants to have said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// Kind of import, `atop`.
    pub kind: String,
    /// Name of the file.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What the user stated and the file does not say, as a JSON object.
    pub assumed: String,
    /// Version of the reader: another reading of the same file is another import.
    pub reader: String,
    /// Version of the codebook, whose gazetteer gave the codes.
    pub codebook: String,
    /// Version of the data, as the user or the file states it.
    pub version: Option<String>,
    /// Licence of the data.
    pub licence: String,
    /// How to cite it.
    pub citation: String,
    /// Where it comes from.
    pub url: String,
}

/// Whether there is anything to do.
#[derive(Debug)]
pub enum Begun<'l> {
    /// The ledger has this import: nothing was written.
    Known(Box<ImportRow>),
    /// Rows can be kept.
    Open(Box<Intake<'l>>),
}

/// An import under way. What was not ended or kept as a part is rolled back when this is dropped.
#[derive(Debug)]
pub struct Intake<'l> {
    ledger: &'l mut Ledger,
    import: i64,
    parts: i64,
    bulk: Bulk,
    open: bool,
    resumed: Option<(u64, Tally)>,
}

impl Ledger {
    /// Begins an import, goes on with one that was cut short, or finds that it is there.
    pub fn begin_import(&mut self, new: &NewImport) -> Result<Begun<'_>, Error> {
        if !self.writable {
            return Err(Error::ReadOnly { path: self.path.clone() });
        }
        if let Some(known) = self.import_of(new)? {
            return Ok(Begun::Known(Box::new(known)));
        }
        // References are right by construction; checking each of them would halve the rate. `verify` checks them all.
        self.db.pragma_update(None, "foreign_keys", false).map_err(|e| self.error(e))?;
        let mut intake = Intake {
            import: 0,
            parts: 0,
            bulk: Bulk::default(),
            open: false,
            resumed: None,
            ledger: self,
        };
        intake.start(new)?;
        Ok(Begun::Open(Box::new(intake)))
    }

    fn import_of(&self, new: &NewImport) -> Result<Option<ImportRow>, Error> {
        Ok(self.imports()?.into_iter().find(|it| {
            it.sha256 == new.sha256
                && it.kind == new.kind
                && it.assumed == new.assumed
                && it.reader == new.reader
        }))
    }
}

impl Intake<'_> {
    fn start(&mut self, new: &NewImport) -> Result<(), Error> {
        self.begin()?;
        let found = self.try_start(new);
        let (import, parts, resumed) = found.map_err(|e| self.ledger.error(e))?;
        (self.import, self.parts, self.resumed) = (import, parts, resumed);
        Ok(())
    }

    #[expect(clippy::type_complexity, reason = "three numbers of one row")]
    fn try_start(&self, new: &NewImport) -> rusqlite::Result<(i64, i64, Option<(u64, Tally)>)> {
        let db = &self.ledger.db;
        let same = "sha256 = ?1 AND kind = ?2 AND assumed = ?3 AND reader = ?4";
        let begun: Option<i64> = db
            .query_row(
                &format!("SELECT seq FROM import WHERE {same}"),
                params![new.sha256, new.kind, new.assumed, new.reader],
                |row| row.get(0),
            )
            .optional()?;
        if let Some(import) = begun {
            let last = db
                .query_row(
                    "SELECT part, rows, tally FROM import_part WHERE import = ?1 ORDER BY part DESC LIMIT 1",
                    [import],
                    |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?)),
                )
                .optional()?;
            let Some((part, rows, tally)) = last else { return Ok((import, 0, None)) };
            let tally = serde_json::from_str(&tally)
                .map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
            return Ok((import, part, Some((rows.unsigned_abs(), tally))));
        }
        db.execute(
            "INSERT INTO import (kind, file, bytes, sha256, assumed, reader, codebook, version, licence, citation, url)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                new.kind,
                new.file,
                i64::try_from(new.bytes).unwrap_or(i64::MAX),
                new.sha256,
                new.assumed,
                new.reader,
                new.codebook,
                new.version,
                new.licence,
                new.citation,
                new.url
            ],
        )?;
        Ok((db.last_insert_rowid(), 0, None))
    }

    /// The number of the import.
    pub const fn import(&self) -> i64 {
        self.import
    }

    /// Where an earlier run stopped: the rows that are kept already, and what came of them.
    pub fn resumed(&mut self) -> Option<(u64, Tally)> {
        self.resumed.take()
    }

    /// Writes what waits in the batch and empties it. Gives how many rows were there already.
    pub fn keep(&mut self, batch: &mut Batch) -> Result<u64, Error> {
        let kept = self.bulk.write(&self.ledger.db, self.import, batch);
        kept.map_err(|e| self.ledger.error(e))
    }

    /// Everything kept so far is on the disk when this returns, and a later run goes on after `rows` rows of the file.
    pub fn part(&mut self, rows: u64, tally: &Tally) -> Result<(), Error> {
        self.parts += 1;
        let done = self.note_part(rows, tally);
        done.map_err(|e| self.ledger.error(e))?;
        self.commit()?;
        self.begin()
    }

    fn note_part(&self, rows: u64, tally: &Tally) -> rusqlite::Result<()> {
        let tally = json(tally)?;
        let mut insert = self.ledger.db.prepare_cached(
            "INSERT INTO import_part (import, part, rows, tally) VALUES (?1, ?2, ?3, ?4)",
        )?;
        insert.execute(params![self.import, self.parts, whole(rows), tally]).map(|_| ())
    }

    /// The import is complete: from now on it counts.
    pub fn end(mut self: Box<Self>, tally: &Tally) -> Result<i64, Error> {
        let done = self.note_end(tally);
        done.map_err(|e| self.ledger.error(e))?;
        self.commit()?;
        Ok(self.import)
    }

    fn note_end(&mut self, tally: &Tally) -> rusqlite::Result<()> {
        let db = &self.ledger.db;
        db.execute(
            "INSERT INTO import_end (import, read, kept, known, passed_over, refused, reasons)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                self.import,
                whole(tally.read),
                whole(tally.kept),
                whole(tally.known),
                whole(tally.passed_over),
                whole(tally.refused),
                json(&tally.reasons)?
            ],
        )?;
        for (variable, (from, to)) in &tally.years {
            db.execute(
                "INSERT INTO import_coverage (import, variable, from_year, to_year)
                 SELECT ?1, seq, ?3, ?4 FROM variable WHERE name = ?2",
                params![self.import, variable, from, to],
            )?;
        }
        Ok(())
    }

    fn begin(&mut self) -> Result<(), Error> {
        self.ledger.db.execute_batch("BEGIN IMMEDIATE").map_err(|e| self.ledger.error(e))?;
        self.open = true;
        self.bulk.take_guards(&self.ledger.db).map_err(|e| self.ledger.error(e))
    }

    fn commit(&mut self) -> Result<(), Error> {
        let db = &self.ledger.db;
        let done = self.bulk.put_guards(db).and_then(|()| db.execute_batch("COMMIT"));
        done.map_err(|e| self.ledger.error(e))?;
        self.open = false;
        Ok(())
    }
}

impl Drop for Intake<'_> {
    fn drop(&mut self) {
        // Nobody can be told of a failure here; what was not committed is not there, whatever happens.
        if self.open {
            let _ = self.ledger.db.execute_batch("ROLLBACK");
        }
        let _ = self.ledger.db.pragma_update(None, "foreign_keys", true);
    }
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn json(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}
