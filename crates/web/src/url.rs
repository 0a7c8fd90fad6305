//! Addresses of pages. Ids and codes come from outside, so every part is escaped.

use std::fmt::Write;

/// `text` as one segment of a path or as a fragment.
pub(crate) fn part(text: &str) -> String {
    let mut part = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' => {
                part.push(char::from(byte));
            }
            _ => {
                // Writing to a string does not fail.
                let _ = write!(part, "%{byte:02X}");
            }
        }
    }
    part
}

pub(crate) fn document(id: &str) -> String {
    format!("/documents/{}", part(id))
}

/// The stretch of text of a claim, within its document.
pub(crate) fn evidence(doc: &str, claim: &str) -> String {
    format!("/documents/{}#{}", part(doc), anchor(claim))
}

/// Anchor of a claim's text on the page of its document.
pub(crate) fn anchor(claim: &str) -> String {
    format!("c-{}", part(claim))
}

/// Anchor of a claim's card on the page of its document.
pub(crate) fn card(claim: &str) -> String {
    format!("card-{}", part(claim))
}

pub(crate) fn claim(id: &str) -> String {
    format!("/claims/{}", part(id))
}

pub(crate) fn fact(id: &str) -> String {
    format!("/facts/{}", part(id))
}

pub(crate) fn actor(code: &str) -> String {
    format!("/actors/{}", part(code))
}

pub(crate) fn dyad(a: &str, b: &str) -> String {
    format!("/dyads/{}/{}", part(a), part(b))
}

pub(crate) fn measure(name: &str) -> String {
    format!("/measures/{}", part(name))
}

/// A type of the codebook.
pub(crate) fn code(code: &str) -> String {
    format!("/codebook/{}", part(code))
}

/// A rule of the codebook.
pub(crate) fn rule(id: &str) -> String {
    format!("/codebook/rules/{}", part(id))
}

/// What one actor promised another.
pub(crate) fn pledges(giver: &str, receiver: &str) -> String {
    format!("/pledges/{}/{}", part(giver), part(receiver))
}

/// A state between two rivals.
pub(crate) fn hedge(code: &str) -> String {
    format!("/actors/{}/hedge", part(code))
}

/// The network around an actor.
pub(crate) fn network(code: &str) -> String {
    format!("/actors/{}/network", part(code))
}

/// Something that was handed in.
pub(crate) fn job(id: &str) -> String {
    format!("/add/{}", part(id))
}

/// Where one claim is judged.
pub(crate) fn judge(claim: &str) -> String {
    format!("/review?claim={}", part(claim))
}
