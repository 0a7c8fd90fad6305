//! Decisions of another ledger, brought into this one.

use std::collections::BTreeMap;

use hedgerow_codebook::Claim;
use rusqlite::{OptionalExtension, Transaction};

use super::{Columns, Decision, Verb, by_hand, insert};
use crate::merge::renamed;
use crate::{Error, Ledger, more};

/// A decision of another ledger that holds there, with the claims that it names.
pub(crate) struct Theirs {
    pub(crate) verb: String,
    pub(crate) claim: Option<(i64, Claim)>,
    pub(crate) other: Option<(i64, Claim)>,
    pub(crate) author: String,
    pub(crate) reason: Option<String>,
    pub(crate) added: String,
}

/// The decisions that hold in a ledger on what stands there.
pub(crate) fn held(ledger: &Ledger) -> Result<Vec<Theirs>, Error> {
    type Row = (String, Option<i64>, Option<i64>, String, Option<String>, String);
    let rows: Vec<Row> = ledger.rows(
        "SELECT verb, claim, other, author, reason, added FROM decided ORDER BY seq",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)),
    )?;
    let claim = |seq: Option<i64>| -> Result<Option<(i64, Claim)>, Error> {
        let Some(seq) = seq else { return Ok(None) };
        let found = more::read(&ledger.db, "every_claim", "k.claim_seq = ?1", [seq])
            .map_err(|e| ledger.error(e))?;
        Ok(found.into_iter().flatten().next().map(|(seq, row)| (seq, row.claim)))
    };
    rows.into_iter()
        .map(|(verb, one, other, author, reason, added)| {
            Ok(Theirs { verb, claim: claim(one)?, other: claim(other)?, author, reason, added })
        })
        .collect()
}

/// The id that a claim of another ledger has here.
pub(crate) fn named(claim: &Claim, ids: &BTreeMap<String, String>) -> String {
    ids.get(&claim.doc).map_or_else(|| claim.id.clone(), |to| renamed(&claim.id, &claim.doc, to))
}

/// Writes a decision of another ledger here; `false` where what it is about does not stand here.
pub(crate) fn bring(
    change: &Transaction<'_>,
    it: &Theirs,
    ids: &BTreeMap<String, String>,
    hands: &mut BTreeMap<i64, i64>,
) -> rusqlite::Result<bool> {
    let find = |claim: &Option<(i64, Claim)>,
                hands: &BTreeMap<i64, i64>|
     -> rusqlite::Result<Option<i64>> {
        let Some((seq, claim)) = claim else { return Ok(None) };
        if let Some(here) = hands.get(seq) {
            return Ok(Some(*here));
        }
        change
            .prepare_cached("SELECT claim_seq FROM claim WHERE claim_id = ?1 AND evidence = ?2 AND author IS NULL")?
            .query_row([named(claim, ids), claim.evidence.text.clone()], |row| row.get(0))
            .optional()
    };
    let claim = find(&it.claim, hands)?;
    if it.claim.is_some() && claim.is_none() {
        return Ok(false);
    }
    let verb = match it.verb.as_str() {
        "accepted" => "accepted",
        "rejected" => "rejected",
        "corrected" => "corrected",
        "added" => "added",
        "same" => "same",
        "apart" => "apart",
        _ => "comment",
    };
    let other = match (verb, &it.other) {
        ("corrected" | "added", Some((seq, written))) => {
            let mut written = written.clone();
            if let Some(id) = ids.get(&written.doc) {
                written.doc.clone_from(id);
            }
            let Ok(here) = by_hand(change, &written, &it.author)? else { return Ok(false) };
            hands.insert(*seq, here);
            Some(here)
        }
        (_, Some(_)) => match find(&it.other, hands)? {
            Some(here) => Some(here),
            None => return Ok(false),
        },
        (_, None) => None,
    };
    let decision = Decision {
        verb: Verb::Undo(0),
        author: it.author.clone(),
        reason: it.reason.clone(),
        added: Some(it.added.clone()),
    };
    insert(change, &decision, &Columns { verb, claim, other, replaces: None }, None)?;
    Ok(true)
}
