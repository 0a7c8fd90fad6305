//! Reading: dyads, actors, facts, views.

use std::path::PathBuf;

use hedgerow_codebook::Claim;
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

#[test]
fn a_claim_read_from_its_columns_is_the_one_that_the_view_puts_together() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let mut new = document("a");
    let whole = r#"{"id": "a-01", "doc": "a", "kind": "flow", "type": "equipment", "mode": null,
        "actors": [{"code": "JPN", "name": "Tokyo", "role": "MIL", "person": "Ann Lee"}],
        "recipients": [{"code": "VNM", "name": "Hanoi", "role": "GOV", "person": null}],
        "date": {"start": "2015-09-01", "end": "2015-09-30", "precision": "month", "text": "in September"},
        "amount": {"value": 200000000.0, "unit": "money", "currency": "JPY", "count_of": null, "qualifier": "at-least", "text": "at least 200 million yen"},
        "more_amounts": [{"value": 6.0, "unit": "count", "currency": null, "count_of": "ship", "qualifier": "exact", "text": "six ships"}],
        "cumulative": true, "modality": "called-for", "place": "Da Nang", "rank": {"value": 2, "among": "donors", "after": ["USA"], "text": "second"},
        "attributed_to": {"code": "VNM", "name": "Hanoi"}, "polarity": null, "topic": "patrols", "quote": "soon", "level": null,
        "evidence": {"start": 4, "end": 12, "bstart": 4, "bend": 12, "text": "minister"},
        "also": [{"start": 0, "end": 3, "bstart": 0, "bend": 3, "text": "The"}],
        "rule": "give.1", "confidence": 0.75, "codebook": "0.0.9", "stage": "wanted", "purpose": ["the navy"], "domain": "security",
        "record": true, "recurring": "year", "ordinal": {"value": 1, "since": "2011", "text": "first"}, "zone": "body",
        "implied": {"code": "CHN", "by": "author"}, "antecedents": [{"mention": {"start": 0, "end": 3}, "antecedent": {"start": 4, "end": 12}}]}"#;
    let mut claim: Claim = serde_json::from_str(whole).unwrap();
    // A name where the text has none, a tie, a stance: what the columns of the others leave empty.
    let mut tie = crate::make::claim("a", 2, &new.text, "VNM", "JPN");
    (tie.kind, tie.type_, tie.mode) = (Kind::Tie, "partnership".into(), None);
    (tie.symmetric, tie.change, tie.in_force) = (true, Some("upgraded".into()), Some(true));
    (tie.confidence, tie.polarity, tie.level) = (None, Some(-1), Some("strategic".into()));
    claim.links = vec![];
    new.claims = vec![claim, tie];
    ledger.add(&new).unwrap();
    let read = ledger.claims_of("a").unwrap();
    let db = Connection::open(&path).unwrap();
    for row in read {
        let sql = "SELECT json FROM claim WHERE claim_id = ?1";
        let json: String = db.query_row(sql, [&row.claim.id], |it| it.get(0)).unwrap();
        let put_together: Claim = serde_json::from_str(&json).unwrap();
        assert_eq!(row.claim, put_together);
        assert!(new.claims.contains(&row.claim), "{:?}", row.claim);
    }
}
