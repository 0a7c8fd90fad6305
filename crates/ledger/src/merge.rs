//! Two colleagues' ledgers become one: what the other has is added to this one, with its decisions, outlets, rates
//! and imports.

use std::collections::BTreeMap;

use hedgerow_text::Meta;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, TransactionBehavior, params};

use crate::read::date;
use crate::{Added, Candidate, Diagnostic, Error, Keep, Ledger, NewDocument, more, review};

/// What a merge brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Merged {
    /// Documents that this ledger did not have.
    pub new: u64,
    /// Documents that it had, in a new version or coded otherwise.
    pub grown: u64,
    /// Documents that it had as they are.
    pub known: u64,
    /// Decisions that it did not have.
    pub decisions: u64,
    /// Standings of outlets, and rates, that it did not have.
    pub records: u64,
    /// Imports of structured sources that it did not have.
    pub imports: u64,
}

/// One coding of one version of one document, as the other ledger has it.
struct Theirs {
    keep: Keep,
    new: NewDocument,
}

impl Ledger {
    /// Adds what another ledger has. Repeating it changes nothing.
    ///
    /// A document that both have under one id stays one; where the id is taken by another document, it gets another. The
    /// newest coding of each document of the other ledger comes over, and everything that people decided on it.
    pub fn merge(&mut self, other: &Self) -> Result<Merged, Error> {
        let mut merged = Merged::default();
        // Their documents' ids here.
        let mut ids: BTreeMap<String, String> = BTreeMap::new();
        for row in other.rows(
            "SELECT document_seq, coding_seq FROM document ORDER BY document_seq",
            [],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
        )? {
            let mut theirs = other.theirs(row.0, row.1)?;
            let old = theirs.new.id.clone();
            self.settle_id(&mut theirs.new)?;
            ids.insert(old, theirs.new.id.clone());
            if self.has(&theirs.new)? {
                merged.known += 1;
                continue;
            }
            match self
                .add_all(std::slice::from_ref(&theirs.new), theirs.keep)?
                .pop()
                .unwrap_or(Ok(Added::Unchanged))?
            {
                Added::New => merged.new += 1,
                Added::Unchanged => merged.known += 1,
                Added::Recoded | Added::NewVersion => merged.grown += 1,
            }
        }
        for standing in other.standings()? {
            let before = self.standings()?.len();
            // What this ledger's user recorded of an outlet stays.
            if !self.standings()?.iter().any(|it| it.outlet == standing.outlet) {
                self.record_standing(&standing)?;
            }
            merged.records += (self.standings()?.len() - before) as u64;
        }
        let rates: Vec<(String, Date, f64, String)> = other
            .rows("SELECT currency, day, per_usd, source FROM rate ORDER BY seq", [], |row| {
                Ok((row.get(0)?, date(row, 1)?, row.get(2)?, row.get(3)?))
            })?
            .into_iter()
            .filter_map(|(currency, day, per_usd, source)| Some((currency, day?, per_usd, source)))
            .collect();
        merged.records += self.record_rates(&rates)? as u64;
        merged.decisions = self.merge_decisions(other, &ids)?;
        merged.imports = self.merge_imports(other)?;
        Ok(merged)
    }

    fn theirs(&self, document: i64, coding: i64) -> Result<Theirs, Error> {
        let sql = "SELECT d.id, d.path, d.bytes_sha256, d.text, d.title, d.outlet, d.published, d.url, c.codebook, c.model, c.diagnostics, d.extractor
                     FROM document_version d JOIN coding c ON c.seq = ?2 WHERE d.seq = ?1";
        let found = self.rows(sql, [document, coding], |row| {
            let meta = Meta {
                title: row.get(4)?,
                outlet: row.get(5)?,
                published: date(row, 6)?,
                published_until: None,
                url: row.get(7)?,
            };
            let text: Option<String> = row.get(3)?;
            let diagnostics: String = row.get(10)?;
            Ok(Theirs {
                keep: if text.is_some() { Keep::Text } else { Keep::Quotes },
                new: NewDocument {
                    id: row.get(0)?,
                    path: row.get(1)?,
                    bytes_sha256: row.get(2)?,
                    bytes: None,
                    extractor: row.get(11)?,
                    text: text.unwrap_or_default(),
                    meta,
                    claims: Vec::new(),
                    diagnostics: serde_json::from_str::<Vec<Diagnostic>>(&diagnostics)
                        .unwrap_or_default(),
                    codebook: row.get(8)?,
                    model: row.get(9)?,
                },
            })
        })?;
        let mut theirs = found
            .into_iter()
            .next()
            .ok_or_else(|| Error::damaged(&self.path, "a coding without a document"))?;
        theirs.new.bytes =
            self.bytes_of(document)?.transpose().map_err(|e| Error::damaged(&self.path, e))?;
        let claims = more::read(&self.db, "every_claim", "k.coding_seq = ?1", [coding])
            .map_err(|e| self.error(e))?;
        for claim in claims {
            theirs.new.claims.push(claim.map_err(|e| Error::damaged(&self.path, e))?.1.claim);
        }
        Ok(theirs)
    }

    /// Gives a document of another ledger the id that it has, or is to have, here.
    fn settle_id(&self, new: &mut NewDocument) -> Result<(), Error> {
        let candidate = Candidate {
            stem: new.id.clone(),
            path: new.path.clone(),
            bytes_sha256: new.bytes_sha256.clone(),
        };
        let id = self.assign_ids(&[candidate])?.remove(0);
        if id != new.id {
            for claim in &mut new.claims {
                claim.id = renamed(&claim.id, &new.id, &id);
                claim.doc.clone_from(&id);
            }
            new.id = id;
        }
        Ok(())
    }

    /// Whether this ledger has the document in this state, perhaps superseded by now.
    fn has(&self, new: &NewDocument) -> Result<bool, Error> {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM document_version d JOIN coding c ON c.document = d.seq
                    WHERE d.id = ?1 AND d.bytes_sha256 = ?2 AND c.codebook = ?3 AND c.model = ?4
                      AND d.published IS ?5 AND d.outlet IS ?6 AND d.title IS ?7 AND d.url IS ?8)";
        let published = new.meta.published.map(|it| it.to_string());
        let values = params![
            new.id,
            new.bytes_sha256,
            new.codebook,
            new.model,
            published,
            new.meta.outlet,
            new.meta.title,
            new.meta.url
        ];
        Ok(self.rows(sql, values, |row| row.get(0))?.first().copied().unwrap_or(false))
    }

    fn merge_decisions(
        &mut self,
        other: &Self,
        ids: &BTreeMap<String, String>,
    ) -> Result<u64, Error> {
        let theirs = review::held(other)?;
        let path = self.path.clone();
        let wrap = |e| Error::from_sqlite(&path, e);
        let change =
            self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrap)?;
        let mut new = 0;
        // Their claims by hand, as rows here.
        let mut by_hand: BTreeMap<i64, i64> = BTreeMap::new();
        for it in &theirs {
            let same: Option<(i64, Option<i64>)> = change
                .prepare_cached("SELECT seq, other FROM decision WHERE verb = ?1 AND author = ?2 AND added = ?3 AND reason IS ?4 AND coalesce((SELECT claim_id FROM coded_claim WHERE seq = claim), '') = ?5")
                .and_then(|mut query| {
                    let claim = it.claim.as_ref().map(|(_, claim)| review::named(claim, ids)).unwrap_or_default();
                    query.query_row(params![it.verb, it.author, it.added, it.reason, claim], |row| Ok((row.get(0)?, row.get(1)?))).optional()
                })
                .map_err(wrap)?;
            if let Some((_, here)) = same {
                if let (Some((seq, _)), Some(here)) = (&it.other, here) {
                    by_hand.insert(*seq, here);
                }
                continue;
            }
            if review::bring(&change, it, ids, &mut by_hand).map_err(wrap)? {
                new += 1;
            }
        }
        change.commit().map_err(wrap)?;
        Ok(new)
    }
}

/// The id of a claim whose document has got another id.
pub(crate) fn renamed(claim: &str, from: &str, to: &str) -> String {
    claim.strip_prefix(from).map_or_else(|| claim.to_owned(), |rest| format!("{to}{rest}"))
}
