//! What people decide: rows that take nothing back by changing anything, and that outlive the coder.

use hedgerow_codebook::Claim;
use hedgerow_ledger::{Decision, Error, Ledger, Verb};

use crate::make::{claim, day, document, evidence, money, place};

fn by(verb: Verb) -> Decision {
    Decision {
        verb,
        author: "A. Reader".into(),
        reason: Some("as the wires have it".into()),
        added: None,
    }
}

fn ids(ledger: &Ledger) -> Vec<String> {
    ledger.claims().unwrap().into_iter().map(|row| row.claim.id).collect()
}

/// A document of a visit and a pledge.
fn two() -> hedgerow_ledger::NewDocument {
    let mut new = document("a");
    let mut pledge = claim("a", 2, &new.text, "JPN", "VNM");
    pledge.evidence = evidence(&new.text, "More text.");
    pledge.kind = hedgerow_codebook::claim::Kind::Flow;
    pledge.type_ = "aid".into();
    pledge.mode = None;
    pledge.amount = Some(money(1.7e9, "USD"));
    new.claims.push(pledge);
    new
}

fn corrected(of: &Claim) -> Claim {
    let mut claim = of.clone();
    claim.amount = Some(money(1.7e6, "USD"));
    claim
}

#[test]
fn every_verb_does_what_it_says_and_undo_takes_it_back() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let new = two();
    ledger.add(&new).unwrap();
    let rejected = ledger.decide(&by(Verb::Reject("a-01".into()))).unwrap();
    assert_eq!(ids(&ledger), ["a-02"]);
    ledger.decide(&by(Verb::Undo(rejected))).unwrap();
    assert_eq!(ids(&ledger), ["a-01", "a-02"]);
    let fixed = ledger
        .decide(&by(Verb::Correct("a-02".into(), Box::new(corrected(&new.claims[1])))))
        .unwrap();
    assert_eq!(ids(&ledger), ["a-01", "a-h1"]);
    let now = ledger.claim("a-02").unwrap().unwrap().claim;
    assert_eq!((now.id.as_str(), now.amount.unwrap().value), ("a-h1", Some(1.7e6)));
    ledger.decide(&by(Verb::Undo(fixed))).unwrap();
    assert_eq!(ids(&ledger), ["a-01", "a-02"]);
    let mut missed = claim("a", 9, &new.text, "CHN", "VNM");
    missed.evidence = evidence(&new.text, "Monday");
    let added = ledger.decide(&by(Verb::Add(Box::new(missed.clone())))).unwrap();
    assert_eq!(ids(&ledger), ["a-01", "a-02", "a-h2"], "ids are not given twice");
    ledger.decide(&by(Verb::Undo(added))).unwrap();
    assert_eq!(ids(&ledger), ["a-01", "a-02"]);
    let refused = |ledger: &mut Ledger, decision: Decision| {
        let error = ledger.decide(&decision).unwrap_err();
        assert!(matches!(error, Error::Invalid { .. }), "{error}");
    };
    refused(&mut ledger, by(Verb::Undo(added)));
    refused(&mut ledger, by(Verb::Accept("a-77".into())));
    refused(&mut ledger, by(Verb::Same("a-01".into(), "a-01".into())));
    refused(&mut ledger, Decision { author: " ".into(), ..by(Verb::Accept("a-01".into())) });
    missed.evidence.text = "Tuesday".into();
    refused(&mut ledger, by(Verb::Add(Box::new(missed))));
    assert_eq!(ledger.decisions().unwrap().len(), 6, "what was refused left no row");
    ledger.verify().unwrap();
}

#[test]
fn verdicts_hold_for_the_next_coding() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let mut new = two();
    ledger.add(&new).unwrap();
    ledger.decide(&by(Verb::Accept("a-01".into()))).unwrap();
    ledger.decide(&by(Verb::Correct("a-02".into(), Box::new(corrected(&new.claims[1]))))).unwrap();
    // The same claims, by another codebook, in another order.
    new.codebook = "0.2.0".into();
    new.claims.reverse();
    for (n, claim) in new.claims.iter_mut().enumerate() {
        claim.id = format!("a-{:02}", n + 1);
    }
    ledger.add(&new).unwrap();
    let figures: Vec<_> = ledger
        .claims()
        .unwrap()
        .into_iter()
        .map(|row| row.claim.amount.and_then(|it| it.value))
        .collect();
    assert_eq!(figures, [None, Some(1.7e6)], "the visit, and the pledge as corrected");
    // A coder that sees the visit otherwise, and the pledge no more: the person's word stands.
    new.codebook = "0.3.0".into();
    new.claims.remove(0);
    new.claims[0].date = day("2015-09-13");
    ledger.add(&new).unwrap();
    let claims = ledger.claims().unwrap();
    let visit = claims.iter().find(|row| row.claim.type_ == "CONSULT").unwrap();
    assert_eq!(visit.claim.date, day("2015-09-14"), "as it was accepted");
    assert_eq!(claims.len(), 2);
    // And once more, to the first view of things.
    let mut again = two();
    again.codebook = "0.4.0".into();
    ledger.add(&again).unwrap();
    assert_eq!(ledger.claims().unwrap().len(), 2);
    // Undo reaches what was carried over from coding to coding.
    let first = ledger.decisions().unwrap()[1].clone();
    assert_eq!(first.verb, "corrected");
    ledger.decide(&by(Verb::Undo(first.seq))).unwrap();
    let figures: Vec<_> = ledger
        .claims()
        .unwrap()
        .into_iter()
        .filter_map(|row| row.claim.amount.and_then(|it| it.value))
        .collect();
    assert_eq!(figures, [1.7e9]);
    ledger.verify().unwrap();
}

#[test]
fn what_was_rejected_stays_away_and_what_is_new_is_looked_at_again() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let mut new = two();
    ledger.add(&new).unwrap();
    ledger.decide(&by(Verb::Reject("a-02".into()))).unwrap();
    new.codebook = "0.2.0".into();
    ledger.add(&new).unwrap();
    assert_eq!(ids(&ledger), ["a-01"]);
    new.codebook = "0.3.0".into();
    new.claims[1] = corrected(&new.claims[1]);
    ledger.add(&new).unwrap();
    assert_eq!(ids(&ledger), ["a-01", "a-02"], "another figure is another claim");
}

#[test]
fn the_views_show_what_the_program_reads() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let new = two();
    ledger.add(&new).unwrap();
    ledger.add(&document("b")).unwrap();
    ledger.decide(&by(Verb::Correct("a-02".into(), Box::new(corrected(&new.claims[1]))))).unwrap();
    ledger.settle(false).unwrap();
    let rows = ledger.claims().unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    let mut query = db
        .prepare("SELECT json, fact, stand FROM claims ORDER BY doc, length(claim_id), claim_id")
        .unwrap();
    let shown: Vec<(String, String, String)> = query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(shown.len(), rows.len());
    for (row, (json, fact, stand)) in rows.iter().zip(&shown) {
        let claim: Claim = serde_json::from_str(json).unwrap();
        assert_eq!(claim, row.claim);
        let found = ledger.fact(&row.claim.id).unwrap().unwrap();
        assert_eq!((&found.id, "agrees"), (fact, stand.as_str()));
    }
    let facts: i64 = db.query_row("SELECT count(*) FROM facts", [], |row| row.get(0)).unwrap();
    assert_eq!(facts as usize, ledger.facts(&rows).unwrap().len());
    // Stored bit by bit, they are what they are when made at once.
    drop(query);
    let stored = |db: &rusqlite::Connection| -> Vec<(String, i64, i64)> {
        let mut query =
            db.prepare("SELECT fact, claims, origins FROM facts ORDER BY fact").unwrap();
        query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    };
    let bit_by_bit = stored(&db);
    ledger.settle(true).unwrap();
    assert_eq!(bit_by_bit, stored(&db));
}
