//! Adding documents: once, again, recoded, changed, refused.

use hedgerow_ledger::{Added, Error, Ledger, sha256_hex};
use rusqlite::Connection;

use crate::make::{claim, document, place};

#[test]
fn adding_again_changes_nothing() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let before = document("a");
    assert_eq!(ledger.add(&before).unwrap(), Added::New);
    let (counts, claims) = (ledger.counts().unwrap(), ledger.claims().unwrap());
    assert_eq!(ledger.add(&before).unwrap(), Added::Unchanged);
    assert_eq!(ledger.counts().unwrap(), counts);
    assert_eq!(ledger.claims().unwrap(), claims);
    assert_eq!(claims[0].claim, before.claims[0]);
}

#[test]
fn a_new_codebook_makes_a_new_coding_and_the_old_claims_stay() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let mut a = document("a");
    ledger.add(&a).unwrap();
    a.codebook = "0.2.0".into();
    a.claims[0].mode = Some("meet".into());
    assert_eq!(ledger.add(&a).unwrap(), Added::Recoded);
    assert_eq!(ledger.add(&a).unwrap(), Added::Unchanged);
    let claims = ledger.claims().unwrap();
    assert_eq!(claims.len(), 1);
    assert_eq!(claims[0].claim.mode.as_deref(), Some("meet"));
    let row = &ledger.documents().unwrap()[0];
    assert_eq!((row.version, row.generation, row.codebook.as_str()), (1, 2, "0.2.0"));
    let kept: i64 = Connection::open(&path)
        .unwrap()
        .query_row("SELECT count(*) FROM coded_claim WHERE mode = 'visit'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, 1);
}

#[test]
fn a_changed_article_is_a_new_version_that_names_the_old() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let a = document("a");
    ledger.add(&a).unwrap();
    let mut changed = a.clone();
    changed.text.push_str("A correction.\n");
    changed.bytes_sha256 = sha256_hex(changed.text.as_bytes());
    assert_eq!(ledger.add(&changed).unwrap(), Added::NewVersion);
    assert_eq!(ledger.documents().unwrap().len(), 1);
    let kept = ledger.document("a").unwrap().unwrap();
    assert_eq!((kept.row.version, kept.text), (2, changed.text.clone()));
    let db = Connection::open(&path).unwrap();
    let old: String = db
        .query_row(
            "SELECT o.text FROM document_version n JOIN document_version o ON o.seq = n.replaces",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(old, a.text);
    // The day of publication decides what "on Monday" means: another day is another version.
    changed.meta.published = None;
    assert_eq!(ledger.add(&changed).unwrap(), Added::NewVersion);
}

#[test]
fn an_id_is_not_given_to_two_documents() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&document("a")).unwrap();
    let mut other = document("a");
    other.path = "elsewhere/a.txt".into();
    assert_eq!(ledger.add(&other).unwrap(), Added::Unchanged, "the same bytes under another path");
    other.text.push('!');
    other.bytes_sha256 = sha256_hex(other.text.as_bytes());
    let error = ledger.add(&other).unwrap_err();
    assert!(matches!(error, Error::IdTaken { .. }), "{error}");
    assert!(error.to_string().contains("news/a.txt"), "{error}");
    assert_eq!(ledger.counts().unwrap().documents, 1);
}

#[test]
fn claims_that_break_the_rules_are_refused_with_their_document() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let refused = |change: fn(&mut hedgerow_ledger::NewDocument), ledger: &mut Ledger| {
        let mut bad = document("a");
        change(&mut bad);
        let error = ledger.add(&bad).unwrap_err();
        assert!(matches!(error, Error::Invalid { .. }), "{error}");
        error.to_string()
    };
    let message = refused(|d| d.claims[0].evidence.text = "invented".into(), &mut ledger);
    assert!(message.contains("claim `a-01`") && message.contains("evidence"), "{message}");
    refused(|d| d.claims[0].evidence.end += 1, &mut ledger);
    refused(|d| d.claims[0].doc = "b".into(), &mut ledger);
    refused(|d| d.claims[0].id = "a-first".into(), &mut ledger);
    refused(|d| d.claims[0].actors.clear(), &mut ledger);
    refused(|d| d.claims[0].stage = Some("soon".into()), &mut ledger);
    refused(|d| d.claims[0].date.end = Some("2001-01-01".parse().unwrap()), &mut ledger);
    refused(|d| d.claims[0].confidence = Some(1.5), &mut ledger);
    refused(|d| d.claims.push(d.claims[0].clone()), &mut ledger);
    refused(|d| d.bytes_sha256 = "ABC".into(), &mut ledger);
    refused(|d| d.id = "a\nb".into(), &mut ledger);
    assert_eq!(ledger.counts().unwrap().documents, 0);
    assert_eq!(ledger.counts().unwrap().claims, 0);
}

#[test]
fn hostile_text_is_kept_byte_for_byte() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let mut odd = document("a'; DROP TABLE coding; --");
    odd.text =
        "NUL \0 inside, right-to-left \u{202e}, '); DELETE FROM decision; -- 🦔\r\n\u{feff}".into();
    odd.bytes_sha256 = sha256_hex(odd.text.as_bytes());
    odd.claims = vec![claim(&odd.id, 1, &odd.text, "GRP:'x'", "JPN")];
    ledger.add(&odd).unwrap();
    assert_eq!(ledger.document(&odd.id).unwrap().unwrap().text, odd.text);
    assert_eq!(ledger.claim(&odd.claims[0].id).unwrap().unwrap().claim, odd.claims[0]);
    ledger.verify().unwrap();
}

#[test]
fn no_program_can_change_or_remove_what_was_added() {
    let (_folder, path) = place();
    Ledger::open(&path).unwrap().add(&document("a")).unwrap();
    let db = Connection::open(&path).unwrap();
    db.execute("INSERT INTO decision (claim, verb, author) VALUES (1, 'rejected', 'a reader')", [])
        .unwrap();
    for table in [
        "about",
        "document_version",
        "coding",
        "coded_claim",
        "coded_party",
        "coded_dyad",
        "decision",
    ] {
        let column = match table {
            "about" => "value",
            "coded_party" => "code",
            "coded_dyad" => "a",
            _ => "rowid",
        };
        for sql in [
            format!("DELETE FROM {table}"),
            format!("UPDATE {table} SET {column} = {column}"),
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
        ] {
            let error = db.execute(&sql, []).unwrap_err().to_string();
            assert!(error.contains("the ledger only grows"), "{sql}: {error}");
        }
    }
}
