//! Reading: what stands now.

use std::collections::BTreeSet;

use hedgerow_codebook::Claim;
use hedgerow_text::Meta;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Params, Row, params_from_iter};

use crate::{
    ClaimRow, DocumentRow, Error, Fact, Finding, Ledger, Related, Relation, StoredDocument,
    WholeFact, facts::check, facts_with, more, related,
};

const DOCUMENT: &str =
    "d.doc, d.version, d.title, d.outlet, d.published, d.url, d.path, d.bytes_sha256,
    d.generation, d.codebook, d.model, d.added,
    (SELECT count(*) FROM coded_claim k WHERE k.coding = d.coding_seq), d.extractor";

/// Another fact, and what it is to the one that was asked for.
pub type Other = (Relation, Fact);

/// How many parties narrow a search; further ones are told apart afterwards.
const MOST_PARTIES: usize = 8;

/// Claims of which `a` is on one side and `b` on the other.
const FACING: &str = "k.claim_seq IN (SELECT claim FROM coded_dyad WHERE a = ? AND b = ?)";

/// The condition that a claim has all of these codes (in alphabetical order) among its parties, and the values that it is
/// to be given; `facing` where they are on two sides.
pub(crate) fn with_all<'a>(codes: &[&'a str], facing: bool) -> (String, Vec<&'a str>) {
    if facing && codes.len() == 2 {
        return (FACING.to_owned(), codes.to_vec());
    }
    let codes: Vec<&str> = codes.iter().copied().take(MOST_PARTIES).collect();
    let all = vec!["SELECT claim FROM coded_party WHERE code = ?"; codes.len()].join(" INTERSECT ");
    let condition =
        if codes.is_empty() { "TRUE".to_owned() } else { format!("k.claim_seq IN ({all})") };
    (condition, codes)
}

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

    /// At most `limit` documents, those that were added last first.
    pub fn documents_added_last(&self, limit: usize) -> Result<Vec<DocumentRow>, Error> {
        let sql = format!(
            "SELECT {DOCUMENT} FROM document d
              WHERE d.document_seq IN (SELECT seq FROM document_version ORDER BY seq DESC LIMIT ?1)
              ORDER BY d.document_seq DESC"
        );
        self.rows(&sql, [i64::try_from(limit).unwrap_or(i64::MAX)], document_row)
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
                        Ok((
                            document_row(row)?,
                            row.get::<_, Option<String>>(14)?,
                            row.get::<_, String>(15)?,
                        ))
                    })
                    .optional()
            })
            .map_err(|e| self.error(e))?;
        let Some((row, text, diagnostics)) = found else { return Ok(None) };
        let diagnostics =
            serde_json::from_str(&diagnostics).map_err(|e| Error::damaged(&self.path, e))?;
        Ok(Some(StoredDocument { row, text: text.unwrap_or_default(), diagnostics }))
    }

    /// The claims of one document, in order of id.
    pub fn claims_of(&self, doc: &str) -> Result<Vec<ClaimRow>, Error> {
        self.claims_where("k.doc = ?1", [doc])
    }

    /// The claims of the newest coding of a document as the coder had them, whatever people decided on them.
    pub fn coded_claims_of(&self, doc: &str) -> Result<Vec<Claim>, Error> {
        let newest = "k.coding_seq = (SELECT coding_seq FROM document WHERE doc = ?1)";
        let read = more::read(&self.db, "every_claim", newest, [doc]).map_err(|e| self.error(e))?;
        let whole = |row: serde_json::Result<(i64, ClaimRow)>| {
            row.map(|(_, row)| row.claim).map_err(|e| Error::damaged(&self.path, e))
        };
        read.into_iter().map(whole).collect()
    }

    /// Every claim that stands, in order of id.
    pub fn claims(&self) -> Result<Vec<ClaimRow>, Error> {
        self.claims_where("TRUE", [])
    }

    /// One claim by its id; where a person has corrected it, the correction.
    pub fn claim(&self, id: &str) -> Result<Option<ClaimRow>, Error> {
        Ok(self.standing_claim(id)?.map(|(_, row)| row))
    }

    /// The same, with its row.
    fn standing_claim(&self, id: &str) -> Result<Option<(i64, ClaimRow)>, Error> {
        let corrected =
            "k.claim_seq IN (SELECT v.other FROM decided v JOIN coded_claim c ON c.seq = v.claim
                                          WHERE v.verb = 'corrected' AND c.claim_id = ?1)";
        for condition in ["k.claim_id = ?1", corrected] {
            let found =
                more::read(&self.db, "claim", condition, [id]).map_err(|e| self.error(e))?;
            if let Some(found) = found.into_iter().next_back() {
                return found.map(Some).map_err(|e| Error::damaged(&self.path, e));
            }
        }
        Ok(None)
    }

    /// A claim of the newest coding as the coder had it, whatever people decided on it.
    pub fn coded_claim(&self, id: &str) -> Result<Option<ClaimRow>, Error> {
        let newest = "k.claim_id = ?1 AND k.coding_seq = (SELECT coding_seq FROM document d WHERE d.doc = k.doc)";
        let read = more::read(&self.db, "every_claim", newest, [id]).map_err(|e| self.error(e))?;
        let first = read.into_iter().next().map(|row| row.map(|(_, row)| row));
        first.transpose().map_err(|e| Error::damaged(&self.path, e))
    }

    /// Whether a claim that stands has `code` among its parties.
    pub fn knows_actor(&self, code: &str) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM coded_party p JOIN claim k ON k.claim_seq = p.claim
                                   WHERE p.code = ?1)";
        Ok(self.rows(sql, [code], |row| row.get(0))?.first().copied().unwrap_or(false))
    }

    /// The claims that have `code` among their parties, in order of id.
    pub fn actor(&self, code: &str) -> Result<Vec<ClaimRow>, Error> {
        self.claims_where("k.claim_seq IN (SELECT claim FROM coded_party WHERE code = ?1)", [code])
    }

    /// At most `limit` of the claims that have `code` among their parties, in the order in which they were added, after the first `skip`.
    pub fn actor_from(
        &self,
        code: &str,
        skip: usize,
        limit: usize,
    ) -> Result<Vec<ClaimRow>, Error> {
        let sql = "SELECT k.claim_seq FROM claim k WHERE k.claim_seq IN (SELECT claim FROM coded_party WHERE code = ?1)
                    ORDER BY k.claim_seq LIMIT ?2 OFFSET ?3";
        let whole = |n| i64::try_from(n).unwrap_or(i64::MAX);
        let seqs: Vec<i64> =
            self.rows(sql, rusqlite::params![code, whole(limit), whole(skip)], |row| row.get(0))?;
        let (mut rows, of) = self.rows_of(&seqs)?;
        rows.sort_by_key(|row| of.get(&row.claim.id).copied());
        Ok(rows)
    }

    /// The claims that have `a` on one side and `b` on the other, in either direction, in order of id.
    pub fn dyad(&self, a: &str, b: &str) -> Result<Vec<ClaimRow>, Error> {
        if a == b {
            return Ok(Vec::new());
        }
        self.claims_where(FACING, [a.min(b), a.max(b)])
    }

    /// What the documents report of `a` and `b`, claims about one happening taken together.
    pub fn facts_between(&self, a: &str, b: &str) -> Result<Vec<Fact>, Error> {
        self.facts(&self.dyad(a, b)?)
    }

    /// One fact, by its id (`f-d00-07`) or by the id of any claim in it: so an id that was noted down stays good when
    /// further documents join the fact.
    pub fn fact(&self, id: &str) -> Result<Option<Fact>, Error> {
        Ok(self.fact_and_related(id)?.map(|(fact, _)| fact))
    }

    /// One fact, as [`Ledger::fact`] finds it, and the facts that have to do with it.
    pub fn fact_and_related(&self, id: &str) -> Result<Option<(Fact, Vec<Other>)>, Error> {
        Ok(self.whole_fact(id)?.map(|it| (it.fact, it.related)))
    }

    /// The same, with the claims of the fact.
    pub fn whole_fact(&self, id: &str) -> Result<Option<WholeFact>, Error> {
        let of_claim = match self.standing_claim(id)? {
            Some(found) => Some(found),
            None => match id.strip_prefix("f-") {
                Some(smallest) => self.standing_claim(smallest)?,
                None => None,
            },
        };
        let Some((seq, row)) = of_claim else { return Ok(None) };
        if self.is_settled()? {
            return self.settled_fact(seq);
        }
        let rows = self.kindred(&row)?;
        let lens = self.lens(&rows)?;
        let facts = facts_with(&rows, &lens);
        let id = &row.claim.id;
        let Some(fact) =
            facts.iter().find(|it| it.members.iter().any(|member| &member.claim == id))
        else {
            return Ok(None);
        };
        let others = related(fact, &facts, &rows, &lens);
        let whole = |it: Related| {
            facts.iter().find(|fact| fact.id == it.fact).map(|fact| (it.relation, fact.clone()))
        };
        let related = others.into_iter().filter_map(whole).collect();
        let fact = fact.clone();
        let own = |row: &ClaimRow| fact.members.iter().any(|it| it.claim == row.claim.id);
        let claims = rows.iter().filter(|row| own(row)).cloned().collect();
        Ok(Some(WholeFact { fact, claims, related }))
    }

    /// The claims that can be of one fact with this one, or of a related one: of its kind, with all its parties; and those
    /// that a person put together with them.
    pub fn kindred(&self, row: &ClaimRow) -> Result<Vec<ClaimRow>, Error> {
        let claim = &row.claim;
        let codes: BTreeSet<&str> =
            claim.actors.iter().chain(&claim.recipients).map(|party| party.code.as_str()).collect();
        let codes: Vec<&str> = codes.into_iter().collect();
        let faces = claim.actors.iter().any(|a| claim.recipients.iter().any(|b| a.code != b.code));
        let (among, values) = with_all(&codes, faces);
        let values = std::iter::once(claim.kind.as_str()).chain(values);
        let mut rows =
            self.claims_where(&format!("k.kind = ? AND {among}"), params_from_iter(values))?;
        let joined: Vec<(i64, i64)> =
            self.rows("SELECT claim, other FROM decided WHERE verb = 'same'", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let known: BTreeSet<String> = rows.iter().map(|row| row.claim.id.clone()).collect();
        for seq in joined.into_iter().flat_map(|(claim, other)| [claim, other]) {
            let more = self.claims_where("k.claim_seq = ?1", [seq])?;
            rows.extend(more.into_iter().filter(|row| !known.contains(&row.claim.id)));
        }
        Ok(rows)
    }

    /// Weighs one claim of a draft, with the claims that bear on it. `own` is the draft's document where it is kept here itself: it
    /// is no witness to itself. The id of the draft's claim must be none of this ledger.
    pub fn check(
        &self,
        draft: &ClaimRow,
        own: Option<&str>,
    ) -> Result<(Finding, Vec<ClaimRow>), Error> {
        let mut rows = self.kindred(draft)?;
        rows.retain(|row| Some(row.claim.doc.as_str()) != own);
        let finding = check(draft, &rows, &self.lens(&rows)?);
        Ok((finding, rows))
    }

    pub(crate) fn claims_where(
        &self,
        condition: &str,
        values: impl Params,
    ) -> Result<Vec<ClaimRow>, Error> {
        more::claims(&self.db, condition, values)
            .map_err(|e| self.error(e))?
            .into_iter()
            .map(|whole| whole.map_err(|e| Error::damaged(&self.path, e)))
            .collect()
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
        extractor: row.get(13)?,
    })
}

pub(crate) fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Date>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse()).transpose().map_err(|e: jiff::Error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, e.into())
    })
}
