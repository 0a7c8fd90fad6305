//! A document is coded anew: what people decided about the old claims holds for the new ones.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::Claim;
use rusqlite::{OptionalExtension, Transaction};

use super::{BY_HAND, Columns, Decision, Verb, claims_of_coding, insert, next_id, write_by_hand};
use crate::more;

/// A decision that holds, as its row has it.
struct Held {
    seq: i64,
    verb: String,
    claim: Option<i64>,
    other: Option<i64>,
    author: String,
    reason: Option<String>,
    added: String,
}

/// How a claim of the new coding stands to one of the old.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heir {
    /// It says the same.
    Same(i64),
    /// It stands on the same words and is about the same parties, but says otherwise.
    Rival(i64),
}

/// Writes the decisions on the claims of the coding before `coding` again, for its claims.
///
/// - accepted: the same claim is accepted; where the coder now says otherwise, or nothing, the accepted claim stands.
/// - rejected: the same claim is rejected; another on the same words is to be looked at again.
/// - corrected: the correction stands, in the place of whatever the coder now says on these words.
/// - same, apart, comment: hold for the claims that say the same, or stand on the same words.
pub(crate) fn carry(change: &Transaction<'_>, document: i64, coding: i64) -> rusqlite::Result<()> {
    let any: bool = change
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM decision)")?
        .query_row([], |row| row.get(0))?;
    if !any {
        return Ok(());
    }
    let Some((before, same_text)) = coding_before(change, document, coding)? else { return Ok(()) };
    let held = held(change, before, document)?;
    if held.is_empty() {
        return Ok(());
    }
    let mut old: BTreeMap<i64, Claim> = claims_of_coding(change, before)?.into_iter().collect();
    for seq in held.iter().flat_map(|it| [it.claim, it.other]).flatten() {
        if let Entry::Vacant(place) = old.entry(seq)
            && let Some(claim) = claim_of(change, seq)?
        {
            place.insert(claim);
        }
    }
    let new = claims_of_coding(change, coding)?;
    let heir = |seq: i64| old.get(&seq).and_then(|claim| heir(claim, &new, same_text));
    // What a person wrote may hang on several decisions, one for each coding so far.
    let mut done: BTreeSet<(&str, Option<i64>, Option<i64>)> = BTreeSet::new();
    for it in &held {
        let row = match (it.verb.as_str(), it.claim.and_then(heir)) {
            ("accepted", Some(Heir::Same(seq))) => on("accepted", seq),
            ("accepted", rival) => {
                let Some(claim) = it.claim.and_then(|seq| old.get(&seq)).filter(|_| same_text)
                else {
                    continue;
                };
                let mut copy = claim.clone();
                copy.id = next_id(change, &claim.doc)?;
                let other = Some(write_by_hand(change, document, &copy, &it.author)?);
                match rival {
                    Some(Heir::Rival(seq)) => Columns { other, ..on("corrected", seq) },
                    _ => Columns { verb: "added", other, ..Columns::default() },
                }
            }
            ("rejected", Some(Heir::Same(seq))) => on("rejected", seq),
            ("corrected" | "added", by_claim) if same_text => {
                let found = by_claim.or_else(|| it.other.and_then(heir));
                let Some(Heir::Same(seq) | Heir::Rival(seq)) = found else { continue };
                Columns { other: it.other, ..on("corrected", seq) }
            }
            ("comment", Some(Heir::Same(seq) | Heir::Rival(seq))) => on("comment", seq),
            (verb @ ("same" | "apart"), _) => {
                // The second claim may be of another document, or a person's: then it is still there.
                let of_old = |seq: i64| {
                    old.get(&seq)
                        .is_some_and(|it| it.doc == new_doc(&new, it) && it.rule != BY_HAND)
                };
                let end = |seq: Option<i64>| {
                    let seq = seq?;
                    match heir(seq) {
                        Some(Heir::Same(to) | Heir::Rival(to)) => Some(to),
                        None if of_old(seq) => None,
                        None => Some(seq),
                    }
                };
                let (Some(claim), Some(other)) = (end(it.claim), end(it.other)) else { continue };
                let verb = if verb == "same" { "same" } else { "apart" };
                Columns { other: Some(other), ..on(verb, claim) }
            }
            _ => continue,
        };
        if !done.insert((row.verb, row.claim, row.other)) {
            continue;
        }
        let decision = Decision {
            verb: Verb::Undo(0),
            author: it.author.clone(),
            reason: it.reason.clone(),
            added: Some(it.added.clone()),
        };
        insert(change, &decision, &row, Some(it.seq))?;
    }
    Ok(())
}

fn on(verb: &'static str, claim: i64) -> Columns {
    Columns { verb, claim: Some(claim), ..Columns::default() }
}

/// The document of the new claims: that of `old`, where there are none.
fn new_doc<'a>(new: &'a [(i64, Claim)], old: &'a Claim) -> &'a str {
    new.first().map_or(old.doc.as_str(), |(_, claim)| claim.doc.as_str())
}

fn claim_of(change: &Transaction<'_>, seq: i64) -> rusqlite::Result<Option<Claim>> {
    let found = more::read(change, "every_claim", "k.claim_seq = ?1", [seq])?;
    Ok(found.into_iter().flatten().next().map(|(_, row)| row.claim))
}

/// The coder's coding before this one, and whether it was of the same text.
fn coding_before(
    change: &Transaction<'_>,
    document: i64,
    coding: i64,
) -> rusqlite::Result<Option<(i64, bool)>> {
    change
        .prepare_cached(
            "SELECT c.seq, c.document = ?1 FROM coding c
               JOIN document_version d ON d.seq = c.document
              WHERE c.author IS NULL AND c.seq < ?2
                AND d.id = (SELECT id FROM document_version WHERE seq = ?1)
              ORDER BY d.version DESC, c.generation DESC LIMIT 1",
        )?
        .query_row([document, coding], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// The decisions that hold on the claims of a coding, or that brought a claim of this document that a person wrote.
fn held(change: &Transaction<'_>, coding: i64, document: i64) -> rusqlite::Result<Vec<Held>> {
    change
        .prepare_cached(
            "SELECT v.seq, v.verb, v.claim, v.other, v.author, v.reason, v.added FROM decided v
              WHERE v.claim IN (SELECT seq FROM coded_claim WHERE coding = ?1)
                 OR v.other IN (SELECT seq FROM coded_claim WHERE coding = ?1)
                 OR (v.verb IN ('corrected', 'added')
                     AND v.other IN (SELECT k.seq FROM coded_claim k JOIN coding c ON c.seq = k.coding
                                      WHERE c.document = ?2 AND c.author IS NOT NULL))
              ORDER BY v.seq",
        )?
        .query_map([coding, document], |row| {
            Ok(Held {
                seq: row.get(0)?,
                verb: row.get(1)?,
                claim: row.get(2)?,
                other: row.get(3)?,
                author: row.get(4)?,
                reason: row.get(5)?,
                added: row.get(6)?,
            })
        })?
        .collect()
}

/// The claim of the new coding that takes the place of an old one.
fn heir(old: &Claim, new: &[(i64, Claim)], same_text: bool) -> Option<Heir> {
    let meets = |claim: &Claim| {
        if same_text {
            old.evidence.bstart < claim.evidence.bend && claim.evidence.bstart < old.evidence.bend
        } else {
            old.evidence.text == claim.evidence.text
        }
    };
    let parties = |claim: &Claim| -> Vec<String> {
        let mut codes: Vec<String> =
            claim.actors.iter().chain(&claim.recipients).map(|it| it.code.clone()).collect();
        codes.sort();
        codes.dedup();
        codes
    };
    let near: Vec<&(i64, Claim)> = new
        .iter()
        .filter(|(_, claim)| {
            claim.kind == old.kind && meets(claim) && parties(claim) == parties(old)
        })
        .collect();
    let same = near.iter().find(|(_, claim)| says_the_same(old, claim));
    same.map(|(seq, _)| Heir::Same(*seq)).or_else(|| {
        let rival = near.iter().find(|(_, claim)| claim.type_ == old.type_).or(near.first());
        rival.map(|(seq, _)| Heir::Rival(*seq))
    })
}

/// Whether two claims agree in all that a reviewer judges.
fn says_the_same(a: &Claim, b: &Claim) -> bool {
    let sides = |claim: &Claim| {
        let codes = |list: &[hedgerow_codebook::claim::Actor]| {
            list.iter().map(|it| it.code.clone()).collect::<Vec<_>>()
        };
        (codes(&claim.actors), codes(&claim.recipients))
    };
    let figure = |claim: &Claim| {
        claim.amount.as_ref().map(|it| (it.value, it.currency.clone(), it.count_of.clone()))
    };
    a.type_ == b.type_
        && a.mode == b.mode
        && a.symmetric == b.symmetric
        && sides(a) == sides(b)
        && (a.date.start, a.date.end) == (b.date.start, b.date.end)
        && figure(a) == figure(b)
        && a.modality == b.modality
        && a.polarity == b.polarity
        && a.level == b.level
}
