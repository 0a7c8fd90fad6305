//! Adding a document: one transaction, so that it is there whole or not at all.

use std::collections::BTreeSet;
use std::path::PathBuf;

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::Actor;
use hedgerow_text::Meta;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use crate::sketch::Sketch;
use crate::{Diagnostic, Error, Ledger, check, more, received, review, sha256_hex};

/// A document as it was received, and what one coding found in it.
#[derive(Debug, Clone, Default)]
pub struct NewDocument {
    /// Its id, unique in the ledger; see [`Ledger::assign_ids`].
    pub id: String,
    /// Where it was read from: a relative path, or an address.
    pub path: String,
    /// SHA-256 of the bytes received ([`sha256_hex`]).
    pub bytes_sha256: String,
    /// The bytes received, to be kept packed; nothing where they are the text itself, or not at hand.
    pub bytes: Option<Vec<u8>>,
    /// What took the text out of the bytes, with its version; nothing where the text is the bytes.
    pub extractor: Option<String>,
    /// The text as received.
    pub text: String,
    /// Headline, outlet, day of publication, address.
    pub meta: Meta,
    /// The claims, their ids being the document's id, a hyphen and a number.
    pub claims: Vec<Claim>,
    /// What the coder remarked.
    pub diagnostics: Vec<Diagnostic>,
    /// Version of the codebook (and of whatever else changes what is coded).
    pub codebook: String,
    /// Version of the model.
    pub model: String,
}

/// What adding a document did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Added {
    /// The ledger did not have it.
    New,
    /// The ledger has it, coded by the same codebook and model: nothing was written.
    Unchanged,
    /// The ledger has it, coded by another codebook or model: this coding is now the newest, the older claims stay.
    Recoded,
    /// The ledger has an earlier version of it: this one is now the newest, the earlier one stays.
    NewVersion,
}

/// How much of a document is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Keep {
    /// The text and the bytes as received.
    #[default]
    Text,
    /// Fingerprints, offsets and the words of the evidence, where the text itself may not be kept or is not at hand.
    /// An empty text then says that it was not at hand.
    Quotes,
}

impl Ledger {
    /// Keeps one document with its claims. Repeating it changes nothing.
    ///
    /// When this returns, the document is on the disk; if it fails or the machine stops, the ledger is as it was before.
    pub fn add(&mut self, new: &NewDocument) -> Result<Added, Error> {
        self.add_all(std::slice::from_ref(new), Keep::Text)?.pop().unwrap_or(Ok(Added::Unchanged))
    }

    /// Keeps several documents in one transaction, each of them whole or not at all; what is refused leaves the others.
    ///
    /// When this returns, all that were not refused are on the disk; if it fails or the machine stops, none is.
    pub fn add_all(
        &mut self,
        all: &[NewDocument],
        keep: Keep,
    ) -> Result<Vec<Result<Added, Error>>, Error> {
        if !self.writable {
            return Err(Error::ReadOnly { path: self.path.clone() });
        }
        let path = self.path.clone();
        let wrap = |e| Error::from_sqlite(&path, e);
        let checked: Vec<Result<(), Error>> =
            all.iter().map(|new| check::document(new, keep)).collect();
        let behavior = TransactionBehavior::Immediate;
        let change = self.db.transaction_with_behavior(behavior).map_err(wrap)?;
        let mut done = Vec::with_capacity(all.len());
        for (new, checked) in all.iter().zip(checked) {
            done.push(match checked {
                Ok(()) => one(&change, new, keep).map_err(wrap)?,
                Err(refused) => Err(refused),
            });
        }
        change.commit().map_err(wrap)?;
        Ok(done)
    }
}

/// Keeps one document; the inner error says why nothing of it was kept.
fn one(
    change: &Transaction<'_>,
    new: &NewDocument,
    keep: Keep,
) -> rusqlite::Result<Result<Added, Error>> {
    let (added, document, generation) = match next_step(change, new, keep)? {
        Step::Taken(held_by) => {
            return Ok(Err(Error::IdTaken {
                id: new.id.clone(),
                held_by: held_by.into(),
                path: PathBuf::from(&new.path),
            }));
        }
        Step::Nothing => return Ok(Ok(Added::Unchanged)),
        Step::Recode { document, generation } => (Added::Recoded, document, generation),
        Step::Version { version, replaces } => {
            let document = insert_document(change, new, version, replaces, keep)?;
            let added = if version == 1 { Added::New } else { Added::NewVersion };
            (added, document, 1)
        }
    };
    let coding = insert_coding(change, new, document, generation)?;
    review::carry(change, document, coding)?;
    Ok(Ok(added))
}

enum Step {
    Nothing,
    Taken(String),
    Recode { document: i64, generation: i64 },
    Version { version: i64, replaces: Option<i64> },
}

/// The newest version of a document, as far as it matters for what comes next.
struct Latest {
    seq: i64,
    version: i64,
    path: String,
    bytes_sha256: String,
    text_sha256: Option<String>,
    meta: (Option<String>, Option<String>, Option<String>, Option<String>),
}

fn next_step(change: &Transaction<'_>, new: &NewDocument, keep: Keep) -> rusqlite::Result<Step> {
    let latest = change
        .prepare_cached(
            "SELECT seq, version, path, bytes_sha256, text_sha256, title, outlet, published, url
               FROM document_version WHERE id = ?1 ORDER BY version DESC LIMIT 1",
        )?
        .query_row([&new.id], |row| {
            Ok(Latest {
                seq: row.get(0)?,
                version: row.get(1)?,
                path: row.get(2)?,
                bytes_sha256: row.get(3)?,
                text_sha256: row.get(4)?,
                meta: (row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?),
            })
        })
        .optional()?;
    let Some(latest) = latest else {
        return Ok(Step::Version { version: 1, replaces: None });
    };
    let meta = (
        new.meta.title.clone(),
        new.meta.outlet.clone(),
        iso(day_of(&new.meta)),
        new.meta.url.clone(),
    );
    let same_bytes = latest.bytes_sha256 == new.bytes_sha256;
    let same_place = latest.path == new.path || (meta.3.is_some() && latest.meta.3 == meta.3);
    if !same_bytes && !same_place {
        return Ok(Step::Taken(latest.path));
    }
    // What is known of the publication counts as content: the day decides what "last week" means.
    let same_text = latest.text_sha256 == fingerprint(new, keep);
    if !same_bytes || !same_text || latest.meta != meta {
        return Ok(Step::Version { version: latest.version + 1, replaces: Some(latest.seq) });
    }
    let (generation, codebook, model): (i64, String, String) = change
        .prepare_cached(
            "SELECT generation, codebook, model FROM coding WHERE document = ?1 AND author IS NULL
              ORDER BY generation DESC LIMIT 1",
        )?
        .query_row([latest.seq], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    if codebook == new.codebook && model == new.model {
        return Ok(Step::Nothing);
    }
    Ok(Step::Recode { document: latest.seq, generation: generation + 1 })
}

fn insert_document(
    change: &Transaction<'_>,
    new: &NewDocument,
    version: i64,
    replaces: Option<i64>,
    keep: Keep,
) -> rusqlite::Result<i64> {
    let kept = (keep == Keep::Text).then_some(&new.text);
    let sketch = (!new.text.is_empty()).then(|| Sketch::of(&new.text).to_bytes());
    let seq = change
        .prepare_cached(
            "INSERT INTO document_version
               (id, version, replaces, path, bytes_sha256, text_sha256, text, title, outlet, published, url, sketch, extractor)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .insert(params![
            new.id,
            version,
            replaces,
            new.path,
            new.bytes_sha256,
            fingerprint(new, keep),
            kept,
            new.meta.title,
            new.meta.outlet,
            iso(day_of(&new.meta)),
            new.meta.url,
            sketch,
            new.extractor,
        ])?;
    change
        .prepare_cached("INSERT INTO article_words (rowid, title, text) VALUES (?1, ?2, ?3)")?
        .execute(params![seq, new.meta.title, kept])?;
    // Bytes that are the text are not kept twice.
    let other = |bytes: &&Vec<u8>| keep == Keep::Text && bytes.as_slice() != new.text.as_bytes();
    if let Some(bytes) = new.bytes.as_ref().filter(other) {
        received::keep(change, seq, bytes)?;
    }
    Ok(seq)
}

/// The SHA-256 of the text; `None` where it was not at hand.
fn fingerprint(new: &NewDocument, keep: Keep) -> Option<String> {
    let known = keep == Keep::Text || !new.text.is_empty();
    known.then(|| sha256_hex(new.text.as_bytes()))
}

fn insert_coding(
    change: &Transaction<'_>,
    new: &NewDocument,
    document: i64,
    generation: i64,
) -> rusqlite::Result<i64> {
    let diagnostics = json(&new.diagnostics)?;
    let coding = change
        .prepare_cached(
            "INSERT INTO coding (document, generation, codebook, model, diagnostics)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .insert(params![document, generation, new.codebook, new.model, diagnostics])?;
    let quotes: bool = change
        .prepare_cached("SELECT text IS NULL FROM document_version WHERE seq = ?1")?
        .query_row([document], |row| row.get(0))?;
    for claim in &new.claims {
        let seq = insert_claim(change, coding, claim, &new.codebook)?;
        if quotes {
            change
                .prepare_cached("INSERT INTO quote_words (rowid, evidence) VALUES (?1, ?2)")?
                .execute(params![seq, claim.evidence.text])?;
        }
    }
    Ok(coding)
}

/// Writes a claim and its parties.
pub(crate) fn insert_claim(
    change: &Transaction<'_>,
    coding: i64,
    claim: &Claim,
    codebook: &str,
) -> rusqlite::Result<i64> {
    let seq = insert_row(change, coding, claim, codebook)?;
    insert_parties(change, seq, "actor", &claim.actors)?;
    insert_parties(change, seq, "recipient", &claim.recipients)?;
    let mut dyad =
        change.prepare_cached("INSERT INTO coded_dyad (a, b, claim) VALUES (?1, ?2, ?3)")?;
    for (a, b) in dyads(claim) {
        dyad.execute(params![a, b, seq])?;
    }
    Ok(seq)
}

/// The pairs of codes that face each other in a claim, each in alphabetical order.
fn dyads(claim: &Claim) -> BTreeSet<(&str, &str)> {
    let mut pairs = BTreeSet::new();
    for actor in &claim.actors {
        for recipient in &claim.recipients {
            let (a, b) = (actor.code.as_str(), recipient.code.as_str());
            if a != b {
                pairs.insert((a.min(b), a.max(b)));
            }
        }
    }
    pairs
}

fn insert_row(
    change: &Transaction<'_>,
    coding: i64,
    claim: &Claim,
    codebook: &str,
) -> rusqlite::Result<i64> {
    let amount = claim.amount.as_ref();
    let voice = claim.attributed_to.as_ref();
    let evidence = &claim.evidence;
    change
        .prepare_cached(
            "INSERT INTO coded_claim
               (coding, claim_id, kind, type, mode, actors, recipients, symmetric,
                date_start, date_end, date_precision, date_text,
                amount, unit, currency, count_of, amount_qualifier, amount_text, cumulative,
                modality, stage, change, level, rank, place, voice, voice_name,
                polarity, topic, quote, cameo, quad, rule, confidence,
                evidence_start, evidence_end, evidence_bstart, evidence_bend, evidence, more)
             VALUES
               (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38,
                ?39, ?40)",
        )?
        .insert(params![
            coding,
            claim.id,
            claim.kind.as_str(),
            claim.type_,
            claim.mode,
            codes(&claim.actors),
            codes(&claim.recipients),
            claim.symmetric,
            iso(claim.date.start),
            iso(claim.date.end),
            word(&claim.date.precision)?,
            claim.date.text,
            amount.and_then(|a| a.value),
            amount.map(|a| a.unit.as_str()),
            amount.and_then(|a| a.currency.as_deref()),
            amount.and_then(|a| a.count_of.as_deref()),
            amount.map(|a| word(&a.qualifier)).transpose()?,
            amount.map(|a| a.text.as_str()),
            claim.cumulative,
            claim.modality.as_str(),
            claim.stage,
            claim.change,
            claim.level,
            claim.rank.as_ref().map(|rank| rank.value),
            claim.place,
            voice.map(|v| v.code.as_str()),
            voice.map(|v| v.name.as_str()),
            claim.polarity,
            claim.topic,
            claim.quote,
            claim.cameo,
            claim.quad,
            claim.rule,
            claim.confidence,
            evidence.start,
            evidence.end,
            evidence.bstart,
            evidence.bend,
            evidence.text,
            more::of(claim, codebook)?,
        ])
}

fn insert_parties(
    change: &Transaction<'_>,
    claim: i64,
    side: &str,
    parties: &[Actor],
) -> rusqlite::Result<()> {
    let mut insert = change.prepare_cached(
        "INSERT INTO coded_party (claim, side, position, code, name, role, person)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, party) in (0_i64..).zip(parties) {
        let role = party.role.as_str();
        insert.execute(params![
            claim,
            side,
            position,
            party.code,
            party.name,
            role,
            party.person
        ])?;
    }
    Ok(())
}

/// The day of publication where it is known; a month is no day.
fn day_of(meta: &Meta) -> Option<Date> {
    meta.published.filter(|_| meta.published_until.is_none())
}

pub(crate) fn iso(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// Codes in the claim's order, `USA;JPN`.
fn codes(parties: &[Actor]) -> String {
    parties.iter().map(|party| party.code.as_str()).collect::<Vec<_>>().join(";")
}

pub(crate) fn json(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

/// The word that JSON has for an enumeration without fields.
pub(crate) fn word(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    Ok(json(value)?.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(n: usize) -> NewDocument {
        let text = format!("Document {n}. {}", "Words. ".repeat(2_000));
        NewDocument {
            id: n.to_string(),
            path: format!("{n}.txt"),
            bytes_sha256: sha256_hex(text.as_bytes()),
            text,
            meta: Meta::default(),
            claims: Vec::new(),
            diagnostics: Vec::new(),
            codebook: "0".to_owned(),
            model: "0".to_owned(),
            ..NewDocument::default()
        }
    }

    #[test]
    fn a_full_disk_loses_only_the_document_under_way() {
        let folder = std::env::temp_dir().join(format!("hedgerow-full-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut ledger = Ledger::open(folder.join("full.sqlite")).unwrap();
        // SQLite reports the same error for its own limit as for a disk without room.
        ledger.db.pragma_update(None, "max_page_count", 80).unwrap();
        let mut kept = 0;
        let error = loop {
            match ledger.add(&document(kept)) {
                Ok(_) => kept += 1,
                Err(error) => break error,
            }
        };
        assert!(matches!(error, Error::Full { .. }), "{error}");
        assert!(kept > 0);
        ledger.verify().unwrap();
        assert_eq!(ledger.counts().unwrap().documents, kept as u64);
        ledger.db.pragma_update(None, "max_page_count", 1_000).unwrap();
        assert_eq!(ledger.add(&document(kept)).unwrap(), Added::New);
        drop(ledger);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
