//! Two ledgers become one; a backup is proven and put back.

use std::fs;

use hedgerow_ledger::{Decision, Error, Keep, Ledger, Standing, Verb, restore};

use crate::make::{document, place};

fn by(author: &str, verb: Verb) -> Decision {
    Decision { verb, author: author.into(), reason: None, added: None }
}

#[test]
fn merging_brings_everything_once() {
    let (_one, mine) = place();
    let (_two, theirs) = place();
    let mut mine = Ledger::open(mine).unwrap();
    let mut theirs = Ledger::open(theirs).unwrap();
    for id in ["a", "b"] {
        mine.add(&document(id)).unwrap();
    }
    // `b` is theirs as well; their `a` is another article; `q` they keep without its text.
    let mut other = document("a");
    other.path = "elsewhere/a.txt".into();
    other.text.push_str("Another article altogether.\n");
    other.bytes_sha256 = hedgerow_ledger::sha256_hex(other.text.as_bytes());
    theirs.add(&document("b")).unwrap();
    theirs.add(&other).unwrap();
    theirs.add_all(&[document("q")], Keep::Quotes).unwrap().pop().unwrap().unwrap();
    theirs.decide(&by("B", Verb::Reject("b-01".into()))).unwrap();
    let mut better = other.claims[0].clone();
    better.mode = Some("meet".into());
    theirs.decide(&by("B", Verb::Correct("a-01".into(), Box::new(better)))).unwrap();
    theirs
        .record_standing(&Standing {
            outlet: "Lotus Wire".into(),
            standing: Some("agency".into()),
            ..Standing::default()
        })
        .unwrap();
    theirs
        .record_rates(&[("JPY".into(), "2015-09-15".parse().unwrap(), 120.0, "invented".into())])
        .unwrap();
    let merged = mine.merge(&theirs).unwrap();
    assert_eq!((merged.new, merged.known, merged.grown), (2, 1, 0));
    assert_eq!((merged.decisions, merged.records), (2, 2));
    let ids: Vec<String> = mine.claims().unwrap().into_iter().map(|row| row.claim.id).collect();
    assert_eq!(
        ids,
        ["a-01", "elsewhere/a.txt-h1", "q-01"],
        "b-01 is rejected, theirs of `a` corrected under its new id"
    );
    assert_eq!(mine.document("q").unwrap().unwrap().text, "", "no text comes of nothing");
    let before = (mine.claims().unwrap(), mine.decisions().unwrap().len());
    let again = mine.merge(&theirs).unwrap();
    assert_eq!((again.new, again.grown, again.decisions, again.records), (0, 0, 0, 0));
    assert_eq!(before, (mine.claims().unwrap(), mine.decisions().unwrap().len()));
    mine.verify().unwrap();
    assert_eq!(mine.examine().unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_backup_is_whole_and_is_never_written_over() {
    let (folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&document("a")).unwrap();
    let copy = folder.path().join("copy.sqlite");
    ledger.backup(&copy).unwrap();
    assert!(matches!(ledger.backup(&copy).unwrap_err(), Error::Exists { .. }));
    ledger.add(&document("b")).unwrap();
    let back = folder.path().join("back.sqlite");
    let examined = restore(&copy, &back).unwrap();
    assert_eq!((examined.texts, examined.claims), (1, 1));
    let mut back = Ledger::open(&back).unwrap();
    assert_eq!(back.documents().unwrap().len(), 1, "as it was when the backup was made");
    back.add(&document("b")).unwrap();
    assert_eq!(back.claims().unwrap(), ledger.claims().unwrap());
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(!names.iter().any(|it| it.to_string_lossy().ends_with(".part")), "{names:?}");
}

#[test]
fn an_examination_sees_what_the_file_check_does_not() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&document("a")).unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch("DROP TRIGGER document_version_changed; UPDATE document_version SET text = 'The minister of China' || substr(text, 24);").unwrap();
    ledger.verify().unwrap();
    let faults = ledger.examine().unwrap().faults;
    assert!(faults.iter().any(|it| it.contains("triggers")), "{faults:?}");
    assert!(faults.iter().any(|it| it.contains("not the one that was received")), "{faults:?}");
}
