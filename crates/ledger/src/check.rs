//! What a document and its claims must satisfy before they are kept.
//!
//! The claims come from a coder or from a file that somebody wrote: neither is trusted with the ledger's promise that
//! every claim shows the stretch of text that makes it.

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::{CHANGES, Evidence, STAGES};
use hedgerow_text::CodePoints;
use jiff::civil::Date;

use crate::{Error, NewDocument};

/// The longest id of a document, in bytes.
const LONGEST_ID: usize = 512;

/// Refuses a document that would break the ledger's rules, naming the first rule broken.
pub(crate) fn document(new: &NewDocument) -> Result<(), Error> {
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
    let points = CodePoints::new(&new.text);
    let mut ids: Vec<&str> = Vec::with_capacity(new.claims.len());
    for item in &new.claims {
        if let Err(reason) = claim(item, &new.id, &new.text, &points) {
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

fn claim(claim: &Claim, doc: &str, text: &str, points: &CodePoints) -> Result<(), String> {
    if claim.doc != doc {
        return Err(format!("it names document `{}`, but was given for `{doc}`", claim.doc));
    }
    let number = claim.id.strip_prefix(doc).and_then(|rest| rest.strip_prefix('-'));
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
    evidence(&claim.evidence, text, points)?;
    for repeated in &claim.also {
        evidence(repeated, text, points)?;
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
