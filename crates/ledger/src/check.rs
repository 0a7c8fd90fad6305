//! What a document and its claims must satisfy before they are kept.
//!
//! The claims come from a coder or from a file that somebody wrote: neither is trusted with the ledger's promise that
//! every claim shows the stretch of text that makes it.

use std::collections::BTreeSet;

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::{CHANGES, Evidence, STAGES};
use hedgerow_text::CodePoints;
use jiff::civil::Date;

use crate::{Error, Keep, NewDocument};

/// The longest id of a document, in bytes.
const LONGEST_ID: usize = 512;

/// Refuses a document that would break the ledger's rules, naming the first rule broken.
pub(crate) fn document(new: &NewDocument, keep: Keep) -> Result<(), Error> {
    let refuse = |reason: &str| {
        Err(Error::Invalid { what: format!("document `{}`", new.id), reason: reason.to_owned() })
    };
    if new.id.is_empty() || new.id.len() > LONGEST_ID {
        return refuse("its id must have 1 to 512 bytes");
    }
    if new.id.chars().any(char::is_control) {
        return refuse("its id must not contain control characters");
    }
    if !is_sha256(&new.bytes_sha256) {
        return refuse("`bytes_sha256` must be 64 lower-case hexadecimal digits");
    }
    if new.meta.published.is_some_and(|date| date.year() < 0) {
        return refuse("its day of publication lies before the year 0");
    }
    // Where the text is not at hand, its claims can only be checked for themselves.
    let blind = keep == Keep::Quotes && new.text.is_empty();
    let points = (!blind).then(|| CodePoints::new(&new.text));
    let text = points.as_ref().map(|points| (new.text.as_str(), points));
    let mut ids: Vec<&str> = Vec::with_capacity(new.claims.len());
    for item in &new.claims {
        if let Err(reason) = claim(item, &new.id, text) {
            return Err(Error::Invalid { what: format!("claim `{}`", item.id), reason });
        }
        ids.push(&item.id);
    }
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Error::Invalid {
            what: format!("claim `{}`", pair[0]),
            reason: "its id occurs twice in the document".to_owned(),
        }),
        None => Ok(()),
    }
}

/// What is wrong with each of the claims of document `doc`, against its text where that is at hand.
pub fn claims(doc: &str, text: Option<&str>, claims: &[Claim]) -> Vec<Result<(), String>> {
    let points = text.map(CodePoints::new);
    let mut ids = BTreeSet::new();
    let twice = |id: &str| format!("`id`: {id} occurs twice in the document");
    claims
        .iter()
        .map(|it| {
            claim(it, doc, text.zip(points.as_ref()))?;
            if ids.insert(&it.id) { Ok(()) } else { Err(twice(&it.id)) }
        })
        .collect()
}

/// Refuses a claim that breaks the rules, naming the first rule broken; against the text where that is at hand.
pub(crate) fn claim(
    claim: &Claim,
    doc: &str,
    text: Option<(&str, &CodePoints)>,
) -> Result<(), String> {
    if claim.doc != doc {
        return Err(format!("it names document `{}`, but was given for `{doc}`", claim.doc));
    }
    let number = claim.id.strip_prefix(doc).and_then(|rest| rest.strip_prefix('-'));
    // `h` marks what a person wrote, so that no later coding takes the same id.
    let number = number.map(|n| n.strip_prefix('h').unwrap_or(n));
    if !number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())) {
        return Err(format!("its id must be `{doc}-` and a number"));
    }
    if claim.type_.is_empty() {
        return Err("it has no type".to_owned());
    }
    if claim.actors.is_empty() {
        return Err("it has no actor".to_owned());
    }
    if claim.actors.iter().chain(&claim.recipients).any(|party| party.code.is_empty()) {
        return Err("a party has no code".to_owned());
    }
    for stretch in std::iter::once(&claim.evidence).chain(&claim.also) {
        if stretch.text.is_empty() || stretch.start >= stretch.end || stretch.bstart >= stretch.bend
        {
            return Err("its evidence is empty".to_owned());
        }
        if let Some((text, points)) = text {
            evidence(stretch, text, points)?;
        }
    }
    let days = [claim.date.start, claim.date.end];
    if days.into_iter().flatten().any(|date: Date| date.year() < 0) {
        return Err("its date lies before the year 0".to_owned());
    }
    if let [Some(start), Some(end)] = days
        && start > end
    {
        return Err(format!("its date ends ({end}) before it starts ({start})"));
    }
    let known = |value: Option<&String>, list: &[&str]| {
        value.is_none_or(|value| list.contains(&value.as_str()))
    };
    if !known(claim.stage.as_ref(), &STAGES) {
        return Err(format!("its stage must be one of: {}", STAGES.join(", ")));
    }
    if !known(claim.change.as_ref(), &CHANGES) {
        return Err(format!("its change must be one of: {}", CHANGES.join(", ")));
    }
    let amounts = claim.amount.iter().chain(&claim.more_amounts);
    if amounts.filter_map(|amount| amount.value).any(|value| !value.is_finite()) {
        return Err("an amount is not a finite number".to_owned());
    }
    if claim.confidence.is_some_and(|c| !(0.0..=1.0).contains(&c)) {
        return Err("its confidence must lie between 0 and 1".to_owned());
    }
    if claim.polarity.is_some_and(|p| !(-1..=1).contains(&p)) {
        return Err("its polarity must be -1, 0 or 1".to_owned());
    }
    if claim.quad.is_some_and(|q| !(1..=4).contains(&q)) {
        return Err("its quad class must be 1, 2, 3 or 4".to_owned());
    }
    if claim.rank.as_ref().is_some_and(|rank| rank.value == 0) {
        return Err("its rank must be 1 or more".to_owned());
    }
    Ok(())
}

fn evidence(evidence: &Evidence, text: &str, points: &CodePoints) -> Result<(), String> {
    let span = evidence.span();
    if evidence.text.is_empty() || span.is_empty() || span.of(text) != evidence.text {
        return Err(format!(
            "its evidence is not what the text has at bytes {}..{}",
            evidence.bstart, evidence.bend
        ));
    }
    let counted = (points.at(text, evidence.bstart), points.at(text, evidence.bend));
    if counted != (evidence.start, evidence.end) {
        return Err(format!(
            "its evidence lies at code points {}..{}, not {}..{}",
            counted.0, counted.1, evidence.start, evidence.end
        ));
    }
    Ok(())
}

fn is_sha256(hex: &str) -> bool {
    hex.len() == 64 && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
