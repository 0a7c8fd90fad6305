//! Opening: ledgers, and everything that is none.

use std::fs;
use std::time::Duration;

use hedgerow_ledger::{Error, Ledger};
use rusqlite::Connection;

use crate::make::{document, place};

#[test]
fn a_missing_file_is_made_only_on_request() {
    let (_folder, path) = place();
    let error = Ledger::open_existing(&path).unwrap_err();
    assert!(matches!(error, Error::Missing { .. }), "{error}");
    assert!(!path.exists());
    assert!(Ledger::open(&path).unwrap().is_writable());
    Ledger::open_existing(&path).unwrap();
    let db = Connection::open(&path).unwrap();
    let id: i32 = db.pragma_query_value(None, "application_id", |row| row.get(0)).unwrap();
    let version: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    let mode: String = db.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!((id, version, mode.as_str()), (0x4844_4752, 4, "wal"));
}

#[test]
fn an_empty_file_becomes_a_ledger() {
    let (_folder, path) = place();
    fs::write(&path, "").unwrap();
    Ledger::open(&path).unwrap();
}

#[test]
fn files_of_others_are_refused_and_left_as_they_are() {
    let (folder, path) = place();
    let text = folder.path().join("notes.txt");
    fs::write(
        &text,
        "SQLite format 3 is what these notes are about, and they are long enough ".repeat(9),
    )
    .unwrap();
    let foreign = folder.path().join("browser.sqlite");
    let db = Connection::open(&foreign).unwrap();
    db.execute_batch(
        "PRAGMA journal_mode = wal; CREATE TABLE document (x); PRAGMA application_id = 7;",
    )
    .unwrap();
    drop(db);
    for file in [&text, &foreign] {
        let before = fs::read(file).unwrap();
        for opened in [Ledger::open(file), Ledger::open_existing(file), Ledger::open_reader(file)] {
            let error = opened.unwrap_err();
            assert!(matches!(error, Error::NotSqlite { .. } | Error::Foreign { .. }), "{error}");
            let message = error.to_string();
            assert!(message.contains("--ledger"), "{message}");
            assert!(message.contains(file.to_str().unwrap()), "{message}");
        }
        assert_eq!(fs::read(file).unwrap(), before);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing was made beside them");
    let error = Ledger::open(folder.path()).unwrap_err();
    assert!(matches!(error, Error::NotFile { .. }), "{error}");
    let error = Ledger::open(path.join("no/such/folder/x.sqlite")).unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }), "{error}");
}

#[test]
fn a_newer_schema_is_refused_with_its_number() {
    let (_folder, path) = place();
    drop(Ledger::open(&path).unwrap());
    let db = Connection::open(&path).unwrap();
    db.execute_batch("PRAGMA user_version = 9; PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
    drop(db);
    let error = Ledger::open(&path).unwrap_err();
    assert!(matches!(error, Error::Newer { version: 9, known: 4, .. }), "{error}");
}

#[test]
fn another_writer_gives_a_clear_error_and_readers_go_on() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&document("a")).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    ledger.set_patience(Duration::from_millis(20)).unwrap();
    let error = ledger.add(&document("b")).unwrap_err();
    assert!(matches!(error, Error::Locked { .. }), "{error}");
    assert_eq!(Ledger::open_reader(&path).unwrap().counts().unwrap().documents, 1);
    other.execute_batch("ROLLBACK").unwrap();
    ledger.add(&document("b")).unwrap();
}

#[test]
fn a_reader_cannot_add() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&document("a")).unwrap();
    let mut reader = Ledger::open_reader(&path).unwrap();
    assert!(!reader.is_writable());
    assert_eq!(reader.claims().unwrap().len(), 1);
    let error = reader.add(&document("b")).unwrap_err();
    assert!(matches!(error, Error::ReadOnly { .. }), "{error}");
}

#[test]
fn a_damaged_file_is_called_damaged() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    for n in 0..40 {
        ledger.add(&document(&format!("d{n}"))).unwrap();
    }
    drop(ledger);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle - 4096..middle + 4096].fill(0xA5);
    fs::write(&path, bytes).unwrap();
    let error = match Ledger::open(&path) {
        Ok(ledger) => ledger.verify().unwrap_err(),
        Err(error) => error,
    };
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
}
