//! Reading: what stands now.

use std::collections::BTreeSet;

use hedgerow_text::Meta;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Params, Row, params_from_iter};

use crate::{ClaimRow, DocumentRow, Error, Fact, Ledger, StoredDocument, facts};

const DOCUMENT: &str =
    "d.doc, d.version, d.title, d.outlet, d.published, d.url, d.path, d.bytes_sha256,
    d.generation, d.codebook, d.model, d.added,
    (SELECT count(*) FROM coded_claim k WHERE k.coding = d.coding_seq)";

const CLAIM: &str = "k.json, d.title, d.outlet, d.published, d.url";

/// How many parties narrow a search; further ones are told apart afterwards.
const MOST_PARTIES: usize = 8;

impl Ledger {
    /// Every document, the most recently published first; those without a day of publication come last.
    pub fn documents(&self) -> Result<Vec<DocumentRow>, Error> {
        self.documents_from(0, usize::MAX)
    }

    /// At most `limit` documents in the order of [`Ledger::documents`], after the first `skip`.
    pub fn documents_from(&self, skip: usize, limit: usize) -> Result<Vec<DocumentRow>, Error> {
        let sql = format!(
            "SELECT {DOCUMENT} FROM
               (SELECT * FROM document ORDER BY published IS NULL, published DESC, doc LIMIT ?1 OFFSET ?2) d"
        );
        let whole = |n| i64::try_from(n).unwrap_or(i64::MAX);
        self.rows(&sql, [whole(limit), whole(skip)], document_row)
    }

    /// One document with its text, by its id or by the SHA-256 of its bytes.
    pub fn document(&self, key: &str) -> Result<Option<StoredDocument>, Error> {
        let sql = format!(
            "SELECT {DOCUMENT}, t.text, c.diagnostics
               FROM document d
               JOIN document_version t ON t.seq = d.document_seq
               JOIN coding c ON c.seq = d.coding_seq
              WHERE d.doc = ?1 OR d.bytes_sha256 = ?1
              ORDER BY d.doc = ?1 DESC, d.doc LIMIT 1"
        );
        let found = self
            .db
            .prepare_cached(&sql)
            .and_then(|mut query| {
                query
                    .query_row([key], |row| {
                        Ok((document_row(row)?, row.get(13)?, row.get::<_, String>(14)?))
                    })
                    .optional()
            })
            .map_err(|e| self.error(e))?;
        let Some((row, text, diagnostics)) = found else { return Ok(None) };
        let diagnostics =
            serde_json::from_str(&diagnostics).map_err(|e| Error::damaged(&self.path, e))?;
        Ok(Some(StoredDocument { row, text, diagnostics }))
    }

    /// The claims of one document, in order of id.
    pub fn claims_of(&self, doc: &str) -> Result<Vec<ClaimRow>, Error> {
        self.claims_where("d.doc = ?1", [doc])
    }

    /// Every claim that stands, in order of id.
    pub fn claims(&self) -> Result<Vec<ClaimRow>, Error> {
        self.claims_where("TRUE", [])
    }

    /// One claim by its id.
    pub fn claim(&self, id: &str) -> Result<Option<ClaimRow>, Error> {
        Ok(self.claims_where("k.claim_id = ?1", [id])?.pop())
    }

    /// Whether a claim that stands has `code` among its parties.
    pub fn knows_actor(&self, code: &str) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM coded_party p
                                    JOIN coded_claim k ON k.seq = p.claim
                                    JOIN document d ON d.coding_seq = k.coding
                                   WHERE p.code = ?1)";
        Ok(self.rows(sql, [code], |row| row.get(0))?.first().copied().unwrap_or(false))
    }

    /// The claims that have `code` among their parties, in order of id.
    pub fn actor(&self, code: &str) -> Result<Vec<ClaimRow>, Error> {
        self.claims_where("k.seq IN (SELECT claim FROM coded_party WHERE code = ?1)", [code])
    }

    /// The claims that have `a` on one side and `b` on the other, in either direction, in order of id.
    pub fn dyad(&self, a: &str, b: &str) -> Result<Vec<ClaimRow>, Error> {
        if a == b {
            return Ok(Vec::new());
        }
        self.claims_where(
            "k.seq IN (SELECT x.claim FROM coded_party x
                         JOIN coded_party y ON y.claim = x.claim AND y.side <> x.side
                        WHERE x.code = ?1 AND y.code = ?2)",
            [a, b],
        )
    }

    /// What the documents report of `a` and `b`, claims about one happening taken together.
    pub fn facts_between(&self, a: &str, b: &str) -> Result<Vec<Fact>, Error> {
        Ok(facts(&self.dyad(a, b)?))
    }

    /// One fact, by its id (`f-d00-07`) or by the id of any claim in it: so an id that was noted down stays good when
    /// further documents join the fact.
    pub fn fact(&self, id: &str) -> Result<Option<Fact>, Error> {
        let of_claim = match self.claim(id)? {
            Some(row) => Some(row),
            None => match id.strip_prefix("f-") {
                Some(smallest) => self.claim(smallest)?,
                None => None,
            },
        };
        let Some(row) = of_claim else { return Ok(None) };
        // All claims of a fact have the same parties, so those of these parties are enough to find it.
        let claim = &row.claim;
        let codes: BTreeSet<&str> =
            claim.actors.iter().chain(&claim.recipients).map(|party| party.code.as_str()).collect();
        let mut values = vec![claim.kind.as_str(), claim.type_.as_str()];
        let mut condition = "k.kind = ?1 AND k.type = ?2".to_owned();
        for code in codes.into_iter().take(MOST_PARTIES) {
            values.push(code);
            condition += " AND k.seq IN (SELECT claim FROM coded_party WHERE code = ?)";
        }
        let related = self.claims_where(&condition, params_from_iter(values))?;
        let id = &row.claim.id;
        let holds = |fact: &Fact| fact.members.iter().any(|member| &member.claim == id);
        Ok(facts(&related).into_iter().find(holds))
    }

    fn claims_where(&self, condition: &str, values: impl Params) -> Result<Vec<ClaimRow>, Error> {
        let sql = format!(
            "SELECT {CLAIM} FROM document d JOIN coded_claim k ON k.coding = d.coding_seq
              WHERE {condition} ORDER BY d.doc, length(k.claim_id), k.claim_id"
        );
        let found = self.rows(&sql, values, |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, date(row, 3)?, row.get(4)?))
        })?;
        let whole = |(json, title, outlet, published, url): (String, _, _, _, _)| {
            let claim = serde_json::from_str(&json).map_err(|e| Error::damaged(&self.path, e))?;
            Ok(ClaimRow { claim, title, outlet, published, url })
        };
        found.into_iter().map(whole).collect()
    }

    /// Reads row by row where the rows need not be kept.
    pub(crate) fn each(
        &self,
        sql: &str,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), Error> {
        let mut all = || -> rusqlite::Result<()> {
            let mut query = self.db.prepare_cached(sql)?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                read(row)?;
            }
            Ok(())
        };
        all().map_err(|e| self.error(e))
    }

    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut query| query.query_map(values, read)?.collect())
            .map_err(|e| self.error(e))
    }
}

fn document_row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: row.get(0)?,
        version: row.get(1)?,
        meta: Meta {
            title: row.get(2)?,
            outlet: row.get(3)?,
            published: date(row, 4)?,
            published_until: None,
            url: row.get(5)?,
        },
        path: row.get(6)?,
        bytes_sha256: row.get(7)?,
        generation: row.get(8)?,
        codebook: row.get(9)?,
        model: row.get(10)?,
        added: row.get(11)?,
        claims: row.get::<_, i64>(12)?.unsigned_abs(),
    })
}

fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Date>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse()).transpose().map_err(|e: jiff::Error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, e.into())
    })
}
