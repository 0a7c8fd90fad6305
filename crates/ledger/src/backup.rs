//! Copies of a ledger: made while it is in use, and proven before anybody relies on them.

use std::fs::{self, File};
use std::path::Path;

use hedgerow_text::CodePoints;

use crate::schema;
use crate::{Error, Ledger, sha256_hex};

/// What a thorough examination found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examined {
    /// Document versions whose text was held against its fingerprint.
    pub texts: u64,
    /// Document versions whose bytes as received were held against their fingerprint.
    pub bytes: u64,
    /// Claims whose evidence was held against the text.
    pub claims: u64,
    /// What is wrong, one line each.
    pub faults: Vec<String>,
}

impl Ledger {
    /// Writes a whole copy of the ledger to `to`, which must not exist; others may go on writing meanwhile.
    ///
    /// The copy appears under its name only when it is complete and on the disk.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        let unwritable =
            |e: &std::io::Error| Error::Unreadable { path: to.to_owned(), reason: e.to_string() };
        if to.exists() {
            return Err(Error::Exists { path: to.to_owned() });
        }
        let mut part = to.as_os_str().to_owned();
        part.push(format!(".{}.part", std::process::id()));
        let part = Path::new(&part);
        let made = self
            .db
            .execute("VACUUM INTO ?1", [part.to_string_lossy()])
            .map_err(|e| Error::from_sqlite(to, e))
            .and_then(|_| {
                File::open(part).and_then(|file| file.sync_all()).map_err(|e| unwritable(&e))
            })
            .and_then(|()| fs::rename(part, to).map_err(|e| unwritable(&e)));
        if made.is_err() {
            // What could not be finished is of no use to anybody.
            let _ = fs::remove_file(part);
        }
        made
    }

    /// Examines everything: the file, the references between its rows, the guards that keep it append-only, all bytes and texts
    /// against their fingerprints, and every claim's evidence against its text.
    pub fn examine(&self) -> Result<Examined, Error> {
        let mut found = Examined::default();
        if let Err(error) = self.verify() {
            found.faults.push(error.to_string());
            return Ok(found);
        }
        let guards: Vec<i64> = self.rows(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%the ledger only grows%'",
            [],
            |row| row.get(0),
        )?;
        let wanted = schema::guards();
        if guards.first().copied().and_then(|n| usize::try_from(n).ok()) != Some(wanted) {
            found.faults.push(format!(
                "{} of the {wanted} triggers are there that keep rows from being changed; restore the file from a backup",
                guards.first().copied().unwrap_or(0)
            ));
        }
        let kept = "SELECT d.seq, d.id, d.version, d.bytes_sha256 FROM document_version d
                      JOIN document_bytes b ON b.document = d.seq ORDER BY d.seq";
        let kept: Vec<(i64, String, i64, String)> =
            self.rows(kept, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        for (seq, id, version, sha256) in kept {
            found.bytes += 1;
            let bytes = self.bytes_of(seq)?.and_then(Result::ok);
            if bytes.is_none_or(|it| sha256_hex(&it) != sha256) {
                found.faults.push(format!(
                    "document {id}, version {version}: its bytes are not those that were received"
                ));
            }
        }
        let texts = "SELECT seq, id, version, text, text_sha256 FROM document_version WHERE text IS NOT NULL";
        let mut evidence = self
            .db
            .prepare(
                "SELECT k.claim_id, k.evidence, k.evidence_bstart, k.evidence_bend, k.evidence_start
                   FROM coded_claim k JOIN coding c ON c.seq = k.coding WHERE c.document = ?1",
            )
            .map_err(|e| self.error(e))?;
        self.each(texts, |row| {
            let (seq, id, version): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (text, sha256): (String, Option<String>) = (row.get(3)?, row.get(4)?);
            found.texts += 1;
            if sha256.as_deref() != Some(&sha256_hex(text.as_bytes())) {
                found.faults.push(format!(
                    "document {id}, version {version}: its text is not the one that was received"
                ));
                return Ok(());
            }
            let points = CodePoints::new(&text);
            let mut claims = evidence.query([seq])?;
            while let Some(claim) = claims.next()? {
                let (name, words): (String, String) = (claim.get(0)?, claim.get(1)?);
                let (start, end, point): (u32, u32, u32) =
                    (claim.get(2)?, claim.get(3)?, claim.get(4)?);
                found.claims += 1;
                let there = text.get(start as usize..end as usize) == Some(words.as_str());
                if !there || points.at(&text, start) != point {
                    found.faults.push(format!(
                        "claim {name}: its evidence is not what the text has at that place"
                    ));
                }
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Rows whose time lies before that of the row before them: the clock of the machine was set back. It harms nothing, since
    /// the order of things is that of their numbers.
    pub fn clock_steps(&self) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM (SELECT added < lag(added) OVER (ORDER BY seq) AS back FROM coding) WHERE back";
        let found: Vec<i64> = self.rows(sql, [], |row| row.get(0))?;
        Ok(found.first().map_or(0, |n| n.unsigned_abs()))
    }
}

/// Puts a backup in the place of a ledger that is not there: `to` must not exist.
///
/// The copy is examined before it gets its name.
pub fn restore(from: &Path, to: &Path) -> Result<Examined, Error> {
    let ledger = Ledger::open_reader(from)?;
    let examined = ledger.examine()?;
    if examined.faults.is_empty() {
        ledger.backup(to)?;
    }
    Ok(examined)
}
