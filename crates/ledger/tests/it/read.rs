//! Reading: dyads, actors, facts, views.

use std::path::PathBuf;

use hedgerow_codebook::claim::Kind;
use hedgerow_ledger::{Diagnostic, Ledger};
use rusqlite::Connection;

use crate::make::{Folder, actor, claim, day, document, place};

fn filled() -> (Folder, PathBuf, Ledger) {
    let (folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let mut a = document("a");
    let mut tie = claim("a", 2, &a.text, "VNM", "JPN");
    tie.kind = Kind::Tie;
    tie.type_ = "partnership".into();
    tie.mode = None;
    tie.quad = None;
    tie.symmetric = true;
    tie.actors = vec![actor("VNM"), actor("JPN")];
    tie.recipients.clone_from(&tie.actors);
    let mut meeting = claim("a", 3, &a.text, "USA", "VNM");
    meeting.recipients.push(actor("CHN"));
    meeting.date = day("2014-01-05");
    a.claims.extend([tie, meeting]);
    a.diagnostics = vec![Diagnostic {
        name: "long-sentence".into(),
        span: None,
        message: "a sentence of 300 words".into(),
        help: None,
    }];
    ledger.add(&a).unwrap();
    ledger.add(&document("b")).unwrap();
    (folder, path, ledger)
}

#[test]
fn dyads_are_found_from_either_side() {
    let (_folder, _path, ledger) = filled();
    let ids = |a, b| -> Vec<String> {
        ledger.dyad(a, b).unwrap().into_iter().map(|row| row.claim.id).collect()
    };
    assert_eq!(ids("VNM", "JPN"), ["a-01", "a-02", "b-01"]);
    assert_eq!(ids("JPN", "VNM"), ids("VNM", "JPN"));
    assert_eq!(ids("USA", "CHN"), ["a-03"]);
    assert!(ids("VNM", "CHN").is_empty(), "two recipients are no dyad");
    assert!(ids("VNM", "VNM").is_empty());
    assert_eq!(ledger.actor("CHN").unwrap().len(), 1);
    assert_eq!(ledger.busiest_dyads(1).unwrap()[0].claims, 3);
    assert_eq!(ledger.busiest_actors(1).unwrap()[0].code, "VNM");
    let counts = ledger.counts().unwrap();
    assert_eq!((counts.documents, counts.outlets, counts.actors), (2, 1, 4));
    assert_eq!((counts.claims, counts.events, counts.ties), (4, 3, 1));
}

#[test]
fn a_fact_is_found_by_its_id_and_by_any_of_its_claims() {
    let (_folder, _path, ledger) = filled();
    let facts = ledger.facts_between("JPN", "VNM").unwrap();
    let visit = facts.iter().find(|fact| fact.kind == Kind::Event).unwrap();
    assert_eq!(visit.id, "f-a-01");
    for id in ["f-a-01", "a-01", "b-01", "f-b-01"] {
        assert_eq!(ledger.fact(id).unwrap().as_ref(), Some(visit), "{id}");
    }
    assert_eq!(ledger.fact("f-zz-01").unwrap(), None);
    assert_eq!(ledger.fact("").unwrap(), None);
}

#[test]
fn documents_come_with_text_and_remarks() {
    let (_folder, _path, ledger) = filled();
    let kept = ledger.document("a").unwrap().unwrap();
    assert_eq!(kept.text, document("a").text);
    assert_eq!(kept.diagnostics[0].name, "long-sentence");
    assert_eq!(kept.row.claims, 3);
    let by_bytes = ledger.document(&kept.row.bytes_sha256).unwrap().unwrap();
    assert_eq!(by_bytes, kept);
    assert_eq!(ledger.document("zz").unwrap(), None);
}

#[test]
fn the_views_hold_what_scholars_count() {
    let (_folder, path, ledger) = filled();
    drop(ledger);
    let db = Connection::open(path).unwrap();
    let year: (i64, i64, i64, i64) = db
        .query_row(
            "SELECT year, claims, documents, verbal_cooperation FROM directed_dyad_year
              WHERE actor = 'VNM' AND recipient = 'JPN'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .unwrap();
    assert_eq!(year, (2015, 2, 2, 2));
    let flat: (String, String, String) = db
        .query_row(
            "SELECT actors, recipients, precision FROM claim WHERE claim_id = 'a-03'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .unwrap();
    assert_eq!(flat, ("USA".into(), "VNM;CHN".into(), "day".into()));
    let parties: i64 =
        db.query_row("SELECT count(*) FROM claim_party", [], |row| row.get(0)).unwrap();
    assert_eq!(parties, 2 + 4 + 3 + 2);
}
