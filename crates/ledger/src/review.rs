//! What people decided about claims: every decision a row with author, time and reason, and undo another row.
//!
//! A verdict outranks the coder and survives it: when a document is coded anew, its decisions are written again for the
//! claims of the new coding ([`carry()`]).

mod bring;
mod carry;

use hedgerow_codebook::Claim;
use hedgerow_text::CodePoints;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Serialize;

use crate::queue::{DECISIONS, decision};
use crate::{Error, Ledger, add, check, more};

pub(crate) use bring::{bring, held, named};
pub(crate) use carry::carry;

/// The rule of claims that a person wrote.
const BY_HAND: &str = "by-hand";

/// What is decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Verb {
    /// The claim is right. Of one that somebody rejected this is a second opinion: it does not stand again by that.
    Accept(String),
    /// The claim is wrong, or none.
    Reject(String),
    /// The claim should be as the second has it. Its id is given by the ledger.
    Correct(String, Box<Claim>),
    /// A claim was missed. Its id is given by the ledger.
    Add(Box<Claim>),
    /// Two claims are about one happening.
    Same(String, String),
    /// Two claims are about two happenings.
    Apart(String, String),
    /// Something to say about a claim; the reason says it.
    Comment(String),
    /// A decision is taken back, by its number.
    Undo(i64),
}

/// A decision, and who takes it why.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What.
    pub verb: Verb,
    /// Who.
    pub author: String,
    /// Why.
    pub reason: Option<String>,
    /// When (UTC, ISO 8601); `None` for now. Only what another ledger decided comes with its time.
    pub added: Option<String>,
}

/// A decision as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionRow {
    /// Its number.
    pub seq: i64,
    /// `accepted`, `rejected`, `corrected`, `added`, `same`, `apart`, `comment`, `undone`.
    pub verb: String,
    /// The claim that it is about.
    pub claim: Option<String>,
    /// The correction, the added claim, or the second of two claims.
    pub other: Option<String>,
    /// Who took it.
    pub author: String,
    /// Why.
    pub reason: Option<String>,
    /// The decision that it takes back.
    pub replaces: Option<i64>,
    /// The decision that it repeats for a new coding.
    pub carries: Option<i64>,
    /// When (UTC).
    pub added: String,
    /// Whether it holds: it is not taken back.
    pub holds: bool,
}

impl Ledger {
    /// Keeps a decision and returns its number.
    pub fn decide(&mut self, decision: &Decision) -> Result<i64, Error> {
        if !self.writable {
            return Err(Error::ReadOnly { path: self.path.clone() });
        }
        let refuse = |reason: String| Error::Invalid { what: "the decision".to_owned(), reason };
        if decision.author.trim().is_empty() {
            return Err(refuse("it has no author".to_owned()));
        }
        let path = self.path.clone();
        let wrap = |e| Error::from_sqlite(&path, e);
        let change =
            self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrap)?;
        let row = match prepare(&change, decision).map_err(wrap)? {
            Ok(row) => row,
            Err(reason) => return Err(refuse(reason)),
        };
        let seq = insert(&change, decision, &row, None).map_err(wrap)?;
        if let Some(taken_back) = row.replaces {
            for other in repetitions(&change, taken_back).map_err(wrap)? {
                let row = Columns { verb: "undone", replaces: Some(other), ..Columns::default() };
                insert(&change, decision, &row, None).map_err(wrap)?;
            }
        }
        change.commit().map_err(wrap)?;
        Ok(seq)
    }

    /// Every decision in the order in which they were taken, those that were taken back included.
    pub fn decisions(&self) -> Result<Vec<DecisionRow>, Error> {
        self.rows(&format!("{DECISIONS} ORDER BY v.seq"), [], decision)
    }
}

/// The columns of a decision.
#[derive(Default)]
struct Columns {
    verb: &'static str,
    claim: Option<i64>,
    other: Option<i64>,
    replaces: Option<i64>,
}

/// Finds what a decision names and writes the claims that it brings; the inner error says what is wrong with it.
fn prepare(
    change: &Transaction<'_>,
    decision: &Decision,
) -> rusqlite::Result<Result<Columns, String>> {
    let find = |id: &str| -> rusqlite::Result<Result<i64, String>> {
        let found = change
            .prepare_cached("SELECT claim_seq FROM claim WHERE claim_id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        Ok(found.ok_or_else(|| format!("no claim of the id `{id}` stands")))
    };
    let on = |id: &str, verb| -> rusqlite::Result<Result<Columns, String>> {
        Ok(find(id)?.map(|claim| Columns { verb, claim: Some(claim), ..Columns::default() }))
    };
    // A second opinion on a claim that somebody rejected is kept beside the first: it stays rejected until that is undone.
    let judge = |id: &str, verb| -> rusqlite::Result<Result<Columns, String>> {
        if let Ok(found) = on(id, verb)? {
            return Ok(Ok(found));
        }
        let rejected = change
            .prepare_cached(
                "SELECT k.seq FROM coded_claim k JOIN document d ON d.coding_seq = k.coding
                  WHERE k.claim_id = ?1 AND EXISTS
                    (SELECT 1 FROM decided v WHERE v.claim = k.seq AND v.verb = 'rejected')",
            )?
            .query_row([id], |row| row.get(0))
            .optional()?;
        match rejected {
            Some(claim) => Ok(Ok(Columns { verb, claim: Some(claim), ..Columns::default() })),
            None => on(id, verb),
        }
    };
    let two = |a: &str, b: &str, verb| -> rusqlite::Result<Result<Columns, String>> {
        if a == b {
            return Ok(Err(format!("it names `{a}` twice")));
        }
        let (claim, other) = match (find(a)?, find(b)?) {
            (Ok(claim), Ok(other)) => (claim, other),
            (Err(reason), _) | (_, Err(reason)) => return Ok(Err(reason)),
        };
        Ok(Ok(Columns { verb, claim: Some(claim), other: Some(other), replaces: None }))
    };
    match &decision.verb {
        Verb::Accept(id) => judge(id, "accepted"),
        Verb::Reject(id) => judge(id, "rejected"),
        Verb::Comment(id) if decision.reason.is_none() => {
            Ok(Err(format!("the comment on `{id}` is empty")))
        }
        Verb::Comment(id) => on(id, "comment"),
        Verb::Same(a, b) => two(a, b, "same"),
        Verb::Apart(a, b) => two(a, b, "apart"),
        Verb::Correct(id, claim) => {
            let old = match find(id)? {
                Ok(old) => old,
                Err(reason) => return Ok(Err(reason)),
            };
            Ok(by_hand(change, claim, &decision.author)?.map(|other| Columns {
                verb: "corrected",
                claim: Some(old),
                other: Some(other),
                replaces: None,
            }))
        }
        Verb::Add(claim) => Ok(by_hand(change, claim, &decision.author)?.map(|other| Columns {
            verb: "added",
            other: Some(other),
            ..Columns::default()
        })),
        Verb::Undo(seq) => {
            let verb: Option<String> = change
                .prepare_cached("SELECT verb FROM decided WHERE seq = ?1")?
                .query_row([seq], |row| row.get(0))
                .optional()?;
            Ok(match verb {
                Some(_) => {
                    Ok(Columns { verb: "undone", replaces: Some(*seq), ..Columns::default() })
                }
                None => Err(format!("there is no decision {seq} that holds")),
            })
        }
    }
}

/// The decisions that hold and say for other codings what this one says: what they come from, and what comes from them.
fn repetitions(change: &Transaction<'_>, seq: i64) -> rusqlite::Result<Vec<i64>> {
    change
        .prepare_cached(
            "WITH RECURSIVE
               up (seq) AS (SELECT ?1 UNION SELECT d.carries FROM decision d JOIN up ON up.seq = d.seq WHERE d.carries IS NOT NULL),
               family (seq) AS (SELECT seq FROM up UNION SELECT d.seq FROM decision d JOIN family ON family.seq = d.carries)
             SELECT f.seq FROM family f JOIN decided v ON v.seq = f.seq WHERE f.seq <> ?1 ORDER BY f.seq",
        )?
        .query_map([seq], |row| row.get(0))?
        .collect()
}

/// Writes a claim that a person made, on the newest version of its document.
fn by_hand(
    change: &Transaction<'_>,
    claim: &Claim,
    author: &str,
) -> rusqlite::Result<Result<i64, String>> {
    let found: Option<(i64, Option<String>)> = change
        .prepare_cached(
            "SELECT seq, text FROM document_version WHERE id = ?1 ORDER BY version DESC LIMIT 1",
        )?
        .query_row([&claim.doc], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((document, text)) = found else {
        return Ok(Err(format!("there is no document `{}`", claim.doc)));
    };
    let mut claim = claim.clone();
    claim.id = next_id(change, &claim.doc)?;
    BY_HAND.clone_into(&mut claim.rule);
    let points = text.as_deref().map(CodePoints::new);
    if let Err(reason) = check::claim(&claim, &claim.doc, text.as_deref().zip(points.as_ref())) {
        return Ok(Err(format!("the claim in it does not hold: {reason}")));
    }
    write_by_hand(change, document, &claim, author).map(Ok)
}

/// The next id for a claim that a person writes: `d00-h1`.
fn next_id(change: &Transaction<'_>, doc: &str) -> rusqlite::Result<String> {
    let taken: i64 = change
        .prepare_cached("SELECT count(*) FROM coded_claim k JOIN coding c ON c.seq = k.coding JOIN document_version d ON d.seq = c.document WHERE d.id = ?1 AND c.author IS NOT NULL")?
        .query_row([doc], |row| row.get(0))?;
    Ok(format!("{doc}-h{}", taken + 1))
}

/// Writes a claim under a coding of its own, with its author.
fn write_by_hand(
    change: &Transaction<'_>,
    document: i64,
    claim: &Claim,
    author: &str,
) -> rusqlite::Result<i64> {
    let coding = change
        .prepare_cached(
            "INSERT INTO coding (document, generation, codebook, model, diagnostics, author)
             VALUES (?1, 1, ?2, 'none', '[]', ?3)",
        )?
        .insert(params![document, claim.codebook, author])?;
    add::insert_claim(change, coding, claim, &claim.codebook)
}

fn insert(
    change: &Transaction<'_>,
    decision: &Decision,
    row: &Columns,
    carries: Option<i64>,
) -> rusqlite::Result<i64> {
    change
        .prepare_cached(
            "INSERT INTO decision (verb, claim, other, author, reason, replaces, carries, added)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, coalesce(?8, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')))",
        )?
        .insert(params![
            row.verb,
            row.claim,
            row.other,
            decision.author,
            decision.reason,
            row.replaces,
            carries,
            decision.added
        ])
}

/// The claims of one coding, as they were written.
fn claims_of_coding(change: &Transaction<'_>, coding: i64) -> rusqlite::Result<Vec<(i64, Claim)>> {
    let rows = more::read(change, "every_claim", "k.coding_seq = ?1", [coding])?;
    Ok(rows.into_iter().flatten().map(|(seq, row)| (seq, row.claim)).collect())
}
