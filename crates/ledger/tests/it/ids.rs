//! Ids of documents.

use hedgerow_ledger::{Candidate, Ledger, sha256_hex};

use crate::make::{document, place};

fn candidate(stem: &str, path: &str, bytes: &str) -> Candidate {
    Candidate { stem: stem.into(), path: path.into(), bytes_sha256: sha256_hex(bytes.as_bytes()) }
}

#[test]
fn a_clash_of_stems_takes_the_path() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(path).unwrap();
    ledger.add(&document("a")).unwrap();
    let wanted = [
        candidate("a", "news/a.txt", "the same path, changed"),
        candidate("a", "old/a.txt", "another article"),
        candidate("a", "older/a.txt", "a third"),
        candidate("lines", "x.jsonl", "first line"),
        candidate("lines", "x.jsonl", "second line"),
        candidate("lines", "x.jsonl", "third line"),
        candidate("", "stdin", "no stem"),
    ];
    let ids = ledger.assign_ids(&wanted).unwrap();
    assert_eq!(ids, ["a", "old/a.txt", "older/a.txt", "lines", "x.jsonl", "x.jsonl~2", "stdin"]);
}

#[test]
fn the_same_documents_get_the_same_ids_again() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(path).unwrap();
    let mut wanted = Vec::new();
    let mut first = document("a");
    for path in ["one/a.txt", "two/a.txt", "two/a.txt"] {
        first.text.push('.');
        first.bytes_sha256 = sha256_hex(first.text.as_bytes());
        wanted.push((path, first.text.clone()));
    }
    let candidates: Vec<Candidate> =
        wanted.iter().map(|(path, text)| candidate("a", path, text)).collect();
    let ids = ledger.assign_ids(&candidates).unwrap();
    assert_eq!(ids, ["a", "two/a.txt", "two/a.txt~2"]);
    for ((path, text), id) in wanted.iter().zip(&ids) {
        let mut new = document("a");
        new.id.clone_from(id);
        new.path = (*path).into();
        new.text.clone_from(text);
        new.bytes_sha256 = sha256_hex(text.as_bytes());
        new.claims.clear();
        ledger.add(&new).unwrap();
    }
    assert_eq!(ledger.assign_ids(&candidates).unwrap(), ids);
    assert_eq!(ledger.counts().unwrap().documents, 3);
}
