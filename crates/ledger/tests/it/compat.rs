//! Ledgers of earlier schema versions open for ever.

use std::fs;
use std::path::Path;

use hedgerow_ledger::Ledger;

use crate::make::{document, place};

fn fixture() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/ledger_v1.sqlite")
}

#[test]
fn version_1_opens_and_grows() {
    let (_folder, path) = place();
    fs::copy(fixture(), &path).unwrap();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.verify().unwrap();
    let row = &ledger.documents().unwrap()[0];
    assert_eq!((row.id.as_str(), row.version, row.generation), ("v1", 2, 2));
    assert_eq!(ledger.claims().unwrap().len(), 1);
    assert_eq!(ledger.fact("f-v1-01").unwrap().unwrap().members.len(), 1);
    ledger.add(&document("new")).unwrap();
    assert_eq!(ledger.counts().unwrap().documents, 2);
}

/// Writes the fixture anew when asked to; only to be done before a schema version is published.
#[test]
fn write_fixture_on_request() {
    if std::env::var_os("HEDGEROW_WRITE_FIXTURE").is_none() {
        return;
    }
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let mut new = document("v1");
    ledger.add(&new).unwrap();
    new.meta.title = Some("Article v1, corrected".into());
    ledger.add(&new).unwrap();
    new.codebook = "0.2.0".into();
    ledger.add(&new).unwrap();
    drop(ledger);
    fs::copy(&path, fixture()).unwrap();
}
