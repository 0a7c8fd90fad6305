//! What people decide: rows that take nothing back by changing anything, and that outlive the coder.

use hedgerow_codebook::Claim;
use hedgerow_ledger::{Decision, Error, Ledger, Queue, Verb};

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

#[test]
fn what_is_counted_is_what_stands() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let new = two();
    ledger.add(&new).unwrap();
    let counted = |ledger: &Ledger| {
        let counts = ledger.counts().unwrap();
        (counts.claims, counts.events, counts.flows)
    };
    let before = ledger.state().unwrap();
    assert_eq!(counted(&ledger), (2, 1, 1));
    let rejected = ledger.decide(&by(Verb::Reject("a-01".into()))).unwrap();
    assert!(ledger.state().unwrap() > before, "whoever keeps counts learns that they are old");
    assert_eq!(counted(&ledger), (1, 0, 1));
    ledger.decide(&by(Verb::Undo(rejected))).unwrap();
    let fixed = Verb::Correct("a-02".into(), Box::new(corrected(&new.claims[1])));
    ledger.decide(&by(fixed)).unwrap();
    assert_eq!(counted(&ledger), (2, 1, 1), "the correction counts instead");
    let mut missed = claim("a", 9, &new.text, "CHN", "VNM");
    missed.evidence = evidence(&new.text, "Monday");
    ledger.decide(&by(Verb::Add(Box::new(missed)))).unwrap();
    assert_eq!(counted(&ledger), (3, 2, 1));
    assert_eq!(ledger.counts().unwrap().documents, 1);
    assert!(ledger.busiest_actors(9).unwrap().iter().any(|it| it.code == "CHN"));
}

#[test]
fn what_nobody_has_judged_waits() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let mut new = two();
    new.claims[0].confidence = Some(0.9);
    new.claims[1].confidence = Some(0.3);
    ledger.add(&new).unwrap();
    let mut other = document("b");
    let mut pledge = corrected(&new.claims[1]);
    (pledge.id, pledge.doc) = ("b-01".into(), "b".into());
    pledge.confidence = Some(0.5);
    pledge.evidence = evidence(&other.text, "More text.");
    other.claims = vec![pledge];
    ledger.add(&other).unwrap();
    let waiting = |ledger: &Ledger, queue| ledger.waiting(queue, 10).unwrap();
    assert_eq!(waiting(&ledger, Queue::Confidence), ["a-02", "b-01", "a-01"]);
    assert_eq!(ledger.waiting(Queue::Confidence, 1).unwrap(), ["a-02"]);
    ledger.settle(true).unwrap();
    assert_eq!(
        waiting(&ledger, Queue::Contradiction),
        ["a-02", "b-01"],
        "1.7 billion, 1.7 million"
    );
    let accepted = ledger.decide(&by(Verb::Accept("a-02".into()))).unwrap();
    ledger.decide(&by(Verb::Reject("b-01".into()))).unwrap();
    assert_eq!(waiting(&ledger, Queue::Confidence), ["a-01"]);
    ledger.decide(&by(Verb::Undo(accepted))).unwrap();
    assert_eq!(waiting(&ledger, Queue::Confidence), ["a-02", "a-01"]);
    assert_eq!(ledger.decision_count().unwrap(), 3);
    let newest = ledger.decisions_from(0, 1).unwrap();
    assert_eq!(newest[0].verb, "undone");
    let on: Vec<String> =
        ledger.decisions_on("a-02").unwrap().into_iter().map(|it| it.verb).collect();
    assert_eq!(on, ["accepted", "undone"]);
}
