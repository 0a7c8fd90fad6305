//! The bytes that a text was taken from are kept, or are not where they may not be.

use hedgerow_ledger::{Keep, Ledger, NewDocument, sha256_hex};

use crate::make::{document, place};

/// A document that was a page.
fn page(id: &str) -> NewDocument {
    let mut new = document(id);
    let bytes = format!("<html><p>{}</p>{}", new.text, "<i>\u{e9}</i>".repeat(500)).into_bytes();
    new.bytes_sha256 = sha256_hex(&bytes);
    new.bytes = Some(bytes);
    new.extractor = Some("html.v9".into());
    new
}

#[test]
fn the_bytes_of_a_page_come_back_and_the_text_is_not_kept_twice() {
    let (folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let plain = document("plain");
    for new in [&page("page"), &plain, &page("page")] {
        ledger.add(new).unwrap();
    }
    assert_eq!(ledger.received("page").unwrap(), page("page").bytes);
    assert_eq!(ledger.received("plain").unwrap(), Some(plain.text.into_bytes()));
    assert_eq!(ledger.received("nobody").unwrap(), None);
    assert_eq!(ledger.document("page").unwrap().unwrap().row.extractor.as_deref(), Some("html.v9"));
    let examined = ledger.examine().unwrap();
    assert_eq!((examined.bytes, examined.texts, examined.faults), (1, 2, vec![]));
    let other = folder.path().join("other.sqlite");
    let mut other = Ledger::open(other).unwrap();
    other.merge(&ledger).unwrap();
    assert_eq!(other.received("page").unwrap(), page("page").bytes, "a merge brings them");
}

#[test]
fn where_texts_may_not_be_kept_no_bytes_are() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add_all(&[page("page")], Keep::Quotes).unwrap().pop().unwrap().unwrap();
    assert_eq!(ledger.received("page").unwrap(), None);
    let db = rusqlite::Connection::open(&path).unwrap();
    let kept =
        "SELECT (SELECT count(*) FROM document_bytes) + (SELECT count(text) FROM document_version)";
    assert_eq!(db.query_row(kept, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    assert_eq!(ledger.claims().unwrap().len(), 1);
}

#[test]
fn an_examination_sees_bytes_that_were_changed() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&page("page")).unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    assert!(db.execute_batch("UPDATE document_bytes SET packed = x'00'").is_err());
    db.execute_batch("DROP TRIGGER document_bytes_changed; UPDATE document_bytes SET packed = substr(packed, 1, 40)").unwrap();
    let faults = ledger.examine().unwrap().faults;
    assert!(faults.iter().any(|it| it.contains("bytes are not those")), "{faults:?}");
    assert!(ledger.received("page").is_err());
}
