//! Documents and claims for tests. All sentences are invented.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::{
    Actor, Amount, Evidence, Kind, Modality, Precision, Qualifier, Role, Unit, When,
};
use hedgerow_ledger::{ClaimRow, NewDocument, sha256_hex};
use hedgerow_text::Meta;

/// A folder that goes away with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// A folder, and a path for a ledger in it.
pub(crate) fn place() -> (Folder, PathBuf) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = env::temp_dir().join(format!("hedgerow-ledger-{}-{number}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    let ledger = folder.join("test.sqlite");
    (Folder(folder), ledger)
}

pub(crate) fn actor(code: &str) -> Actor {
    Actor { code: code.into(), name: code.into(), role: Role::Gov, person: None }
}

/// The evidence for `words` in `text`.
pub(crate) fn evidence(text: &str, words: &str) -> Evidence {
    let bstart = text.find(words).unwrap();
    let start = text[..bstart].chars().count();
    Evidence {
        start: start as u32,
        end: (start + words.chars().count()) as u32,
        bstart: bstart as u32,
        bend: (bstart + words.len()) as u32,
        text: words.into(),
    }
}

/// An event on the whole first line of the text.
pub(crate) fn claim(doc: &str, number: usize, text: &str, from: &str, to: &str) -> Claim {
    Claim {
        id: format!("{doc}-{number:02}"),
        doc: doc.into(),
        kind: Kind::Event,
        type_: "CONSULT".into(),
        mode: Some("visit".into()),
        actors: vec![actor(from)],
        recipients: vec![actor(to)],
        symmetric: false,
        date: When::default(),
        amount: None,
        more_amounts: vec![],
        cumulative: false,
        modality: Modality::Actual,
        rank: None,
        place: None,
        attributed_to: None,
        polarity: None,
        topic: None,
        quote: None,
        level: None,
        evidence: evidence(text, text.lines().next().unwrap()),
        also: vec![],
        rule: "visit.1".into(),
        confidence: Some(0.9),
        codebook: "0.1.0".into(),
        cameo: Some("042".into()),
        quad: Some(1),
        intensity: None,
        contexts: Vec::new(),
        stage: None,
        change: None,
        purpose: vec![],
        domain: None,
        in_force: None,
        recurring: None,
        ordinal: None,
        links: vec![],
        record: false,
        zone: None,
        implied: None,
        antecedents: vec![],
    }
}

pub(crate) fn on(start: &str, end: &str, precision: Precision) -> When {
    When {
        start: Some(start.parse().unwrap()),
        end: Some(end.parse().unwrap()),
        precision,
        text: None,
    }
}

pub(crate) fn day(day: &str) -> When {
    on(day, day, Precision::Day)
}

pub(crate) fn money(value: f64, currency: &str) -> Amount {
    Amount {
        value: Some(value),
        unit: Unit::Money,
        currency: Some(currency.into()),
        count_of: None,
        qualifier: Qualifier::Exact,
        text: format!("{currency} {value}"),
    }
}

pub(crate) fn count(value: f64, noun: &str) -> Amount {
    Amount {
        value: Some(value),
        unit: Unit::Count,
        currency: None,
        count_of: Some(noun.into()),
        qualifier: Qualifier::Exact,
        text: format!("{value} {noun}"),
    }
}

/// A document of one visit, as if read from `news/<id>.txt`.
pub(crate) fn document(id: &str) -> NewDocument {
    let text =
        format!("The minister of Việt Nam visited Japan – “{id}” – on Monday.\nMore text.\n");
    let mut visit = claim(id, 1, &text, "VNM", "JPN");
    visit.date = day("2015-09-14");
    NewDocument {
        id: id.into(),
        path: format!("news/{id}.txt"),
        bytes_sha256: sha256_hex(text.as_bytes()),
        meta: Meta {
            title: Some(format!("Article {id}")),
            outlet: Some("Lotus Wire".into()),
            published: Some("2015-09-20".parse().unwrap()),
            url: None,
            published_until: None,
        },
        claims: vec![visit],
        diagnostics: vec![],
        codebook: "0.1.0".into(),
        model: "en-1".into(),
        text,
        ..NewDocument::default()
    }
}

/// The row of a claim printed by `outlet` on `published`.
pub(crate) fn row(claim: Claim, outlet: &str, published: &str) -> ClaimRow {
    ClaimRow {
        claim,
        title: None,
        outlet: (!outlet.is_empty()).then(|| outlet.into()),
        published: (!published.is_empty()).then(|| published.parse().unwrap()),
        url: None,
    }
}
