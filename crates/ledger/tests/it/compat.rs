//! Ledgers of earlier schema versions open for ever.

use std::fs;
use std::path::Path;

use hedgerow_ledger::{Decision, Error, Ledger, Verb};

use crate::make::{document, place};

/// The schema version that this program writes.
const NEWEST: u32 = 4;

fn fixture(version: u32) -> std::path::PathBuf {
    let name = format!("tests/compat/ledger_v{version}.sqlite");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn every_version_opens_and_grows() {
    for version in 1..=NEWEST {
        let (_folder, path) = place();
        fs::copy(fixture(version), &path).unwrap();
        let mut ledger = Ledger::open(&path).unwrap();
        ledger.verify().unwrap();
        assert_eq!(ledger.examine().unwrap().faults, Vec::<String>::new());
        let row = &ledger.documents().unwrap()[0];
        let id = format!("v{version}");
        assert_eq!((row.id.as_str(), row.version, row.generation), (id.as_str(), 2, 2));
        assert_eq!(ledger.claims().unwrap().len(), 1);
        let fact = ledger.fact(&format!("f-{id}-01")).unwrap().unwrap();
        assert_eq!(fact.members.len(), 1);
        assert_eq!(ledger.search("minister", 5).unwrap().len(), 1, "its words are indexed");
        ledger.add(&document("new")).unwrap();
        ledger.settle(false).unwrap();
        assert_eq!(ledger.counts().unwrap().documents, 2);
        // The same text is a copy, in a ledger of any version.
        let kept = ledger.document(&id).unwrap().unwrap();
        assert!(kept.text.contains("visited Japan"), "{}", kept.text);
    }
}

#[test]
fn a_reader_brings_an_old_ledger_up_to_date_or_says_why_it_cannot() {
    let (_folder, path) = place();
    fs::copy(fixture(1), &path).unwrap();
    assert_eq!(Ledger::open_reader(&path).unwrap().claims().unwrap().len(), 1);
    let (_other, locked) = place();
    fs::copy(fixture(1), &locked).unwrap();
    let mut permissions = fs::metadata(&locked).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).unwrap();
    match Ledger::open_reader(&locked) {
        Err(error) => assert!(matches!(error, Error::Older { version: 1, .. }), "{error}"),
        Ok(_) => eprintln!("SKIPPED: this user may write everything"),
    }
}

/// Writes the fixture of the newest version anew when asked to; only to be done before that version is published.
#[test]
fn write_fixture_on_request() {
    if std::env::var_os("HEDGEROW_WRITE_FIXTURE").is_none() {
        return;
    }
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let mut new = document(&format!("v{NEWEST}"));
    ledger.add(&new).unwrap();
    let verb = Verb::Accept(new.claims[0].id.clone());
    ledger
        .decide(&Decision { verb, author: "A. Reader".into(), reason: None, added: None })
        .unwrap();
    new.meta.title = Some("Article, corrected".into());
    ledger.add(&new).unwrap();
    new.codebook = "0.2.0".into();
    ledger.add(&new).unwrap();
    ledger.settle(true).unwrap();
    drop(ledger);
    fs::copy(&path, fixture(NEWEST)).unwrap();
}
