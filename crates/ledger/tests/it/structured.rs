//! Structured sources: kept whole or in parts, never twice, never changed.

use hedgerow_ledger::Ledger;
use hedgerow_ledger::structured::{
    Absent, Batch, Begun, Event, Intake, NewImport, NewSpell, RollCall, Tally, TermId, Variable,
    VariableId,
};
use rusqlite::Connection;

use crate::make::place;

fn source(kind: &str, fingerprint: char) -> NewImport {
    NewImport {
        kind: kind.into(),
        file: format!("{kind}.csv"),
        bytes: 1,
        sha256: fingerprint.to_string().repeat(64),
        assumed: "{}".into(),
        reader: "1".into(),
        codebook: "0".into(),
        version: None,
        licence: "ours".into(),
        citation: "invented".into(),
        url: "none".into(),
    }
}

#[track_caller]
fn open<'l>(ledger: &'l mut Ledger, new: &NewImport) -> Box<Intake<'l>> {
    match ledger.begin_import(new).unwrap() {
        Begun::Open(intake) => intake,
        Begun::Known(row) => panic!("known as {row:?}"),
    }
}

fn defense(batch: &mut Batch) -> VariableId {
    batch.variable(Variable {
        name: "atop.defense".into(),
        unit: "0/1".into(),
        what: "a must help b".into(),
        absent: Absent::Zero,
    })
}

/// Keeps one value of Vietnam and Japan in 2015.
fn keep_one(ledger: &mut Ledger, fingerprint: char, value: f64) {
    let mut intake = open(ledger, &source("atop", fingerprint));
    let mut batch = Batch::default();
    let variable = defense(&mut batch);
    let (a, b) = (batch.term("VNM"), batch.term("JPN"));
    batch.dyad(variable, a, b, 2015, value);
    batch.state(variable, a, 2015, value);
    batch.roll_call(RollCall {
        rcid: 7,
        session: 70,
        day: Some("2015-12-01".into()),
        resolution: None,
        important: None,
        about: None,
    });
    batch.vote(7, a, 1);
    batch.spell(NewSpell {
        variable,
        row: 1,
        a,
        b: TermId::NONE,
        start: Some("2011-01-19".into()),
        until: None,
        label: "someone".into(),
        value: None,
        detail: "{}".into(),
    });
    let mut tally = Tally { read: 1, kept: 1, ..Tally::default() };
    for (name, from, to) in batch.take_years() {
        tally.cover(&name, from, to);
    }
    assert_eq!(intake.keep(&mut batch).unwrap(), 0);
    intake.end(&tally).unwrap();
}

fn event(batch: &mut Batch, id: i64) -> Event {
    Event {
        actor: batch.term("JPN"),
        recipient: batch.term("VNM"),
        day: 20_150_915,
        id,
        code: batch.term("042"),
        quad: 1,
        score: 1.9,
        actor_name: TermId::NONE,
        actor_sector: TermId::NONE,
        recipient_name: TermId::NONE,
        recipient_sector: TermId::NONE,
        publisher: batch.term("Somebody"),
        story: 0,
    }
}

#[test]
fn the_newest_import_counts_and_the_older_stays() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    keep_one(&mut ledger, 'a', 1.0);
    keep_one(&mut ledger, 'b', 0.0);
    assert!(matches!(
        ledger.begin_import(&source("atop", 'a')).unwrap(),
        Begun::Known(row) if row.import == 1 && row.kept == 1
    ));
    let values = ledger.dyad_values("atop.defense", Some("VNM"), None, 2010..=2020).unwrap();
    assert_eq!((values.len(), values[0].value, values[0].import), (1, 0.0, 2));
    assert!(ledger.dyad_values("atop.defense", Some("USA"), None, 2010..=2020).unwrap().is_empty());
    assert!(ledger.dyad_values("atop.defense", None, Some("JPN"), 2016..=2020).unwrap().is_empty());
    assert!(ledger.state_values("atop.defense", None, 0..=3000).unwrap()[0].value.abs() < 1e-9);
    assert_eq!(ledger.votes(70).unwrap().len(), 1);
    assert_eq!(ledger.vote_sessions().unwrap(), [(70, 1)]);
    assert_eq!(ledger.spells("atop.defense", Some("VNM")).unwrap()[0].label, "someone");
    let coverage = ledger.coverage(Some("atop.defense")).unwrap();
    assert_eq!(coverage.len(), 2);
    assert_eq!((coverage[0].from_year, coverage[0].absent), (2015, Absent::Zero));
    ledger.verify().unwrap();
    drop(ledger);
    let db = Connection::open(&path).unwrap();
    let all: i64 = db.query_row("SELECT count(*) FROM dyad_value", [], |row| row.get(0)).unwrap();
    let shown: i64 = db.query_row("SELECT count(*) FROM dyad_year", [], |row| row.get(0)).unwrap();
    let votes: i64 = db.query_row("SELECT count(*) FROM vote", [], |row| row.get(0)).unwrap();
    assert_eq!((all, shown, votes), (2, 1, 1));
}

#[test]
fn what_was_not_ended_does_not_count_and_goes_on_where_it_stopped() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let new = source("icews", 'c');
    let mut batch = Batch::default();
    let mut intake = open(&mut ledger, &new);
    let first = event(&mut batch, 1);
    batch.event(first);
    intake.keep(&mut batch).unwrap();
    let tally = Tally { read: 10, kept: 1, passed_over: 9, ..Tally::default() };
    intake.part(10, &tally).unwrap();
    let second = event(&mut batch, 2);
    batch.event(second);
    intake.keep(&mut batch).unwrap();
    // The program dies here.
    drop(intake);
    let all = 10_000_101..=99_991_231;
    assert!(ledger.event_counts(None, None, None, all.clone()).unwrap().is_empty());
    assert!(ledger.imports().unwrap().is_empty());

    let mut batch = Batch::default();
    let mut intake = open(&mut ledger, &new);
    assert_eq!(intake.resumed(), Some((10, tally.clone())));
    let again = event(&mut batch, 1);
    batch.event(again);
    let second = event(&mut batch, 2);
    batch.event(second);
    assert_eq!(intake.keep(&mut batch).unwrap(), 1, "the first is there already");
    intake.end(&Tally { read: 12, kept: 2, known: 1, passed_over: 9, ..Tally::default() }).unwrap();
    let counts = ledger.event_counts(Some("icews"), Some("JPN"), Some("VNM"), all).unwrap();
    assert_eq!((counts.len(), counts[0].events), (1, 2));
    assert_eq!(counts[0].month, "2015-09");
    assert!((counts[0].score.unwrap() - 3.8).abs() < 1e-9);
    ledger.verify().unwrap();
}

#[test]
fn a_short_import_is_there_whole_or_not_at_all() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let mut intake = open(&mut ledger, &source("atop", 'd'));
    let mut batch = Batch::default();
    let variable = defense(&mut batch);
    let (a, b) = (batch.term("VNM"), batch.term("JPN"));
    batch.dyad(variable, a, b, 2015, 1.0);
    intake.keep(&mut batch).unwrap();
    drop(intake);
    let db = Connection::open(&path).unwrap();
    for table in ["import", "dyad_value", "term", "variable"] {
        let sql = format!("SELECT count(*) FROM {table}");
        let n: i64 = db.query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(n, 0, "{table}");
    }
}

#[test]
fn nobody_can_change_remove_or_replace_what_was_imported() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    keep_one(&mut ledger, 'e', 1.0);
    let mut batch = Batch::default();
    let mut intake = open(&mut ledger, &source("icews", 'f'));
    let one = event(&mut batch, 1);
    batch.event(one);
    intake.keep(&mut batch).unwrap();
    intake.part(1, &Tally::default()).unwrap();
    intake.end(&Tally::default()).unwrap();
    drop(ledger);
    let db = Connection::open(&path).unwrap();
    let tables = [
        "term",
        "import",
        "import_part",
        "import_end",
        "variable",
        "import_coverage",
        "dyad_value",
        "state_value",
        "spell_row",
        "roll_call",
        "vote_row",
        "event_row",
    ];
    for table in tables {
        let column: String = db
            .query_row(&format!("SELECT name FROM pragma_table_info('{table}')"), [], |r| r.get(0))
            .unwrap();
        for sql in [
            format!("UPDATE {table} SET {column} = {column}"),
            format!("DELETE FROM {table}"),
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
        ] {
            let error = db.execute(&sql, []).unwrap_err().to_string();
            assert!(error.contains("the ledger only grows"), "{sql}: {error}");
        }
    }
}

#[test]
fn an_older_ledger_gets_the_tables() {
    let (_folder, path) = place();
    let old =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/ledger_v1.sqlite");
    std::fs::copy(old, &path).unwrap();
    let reader = Ledger::open_reader(&path).unwrap();
    assert!(reader.imports().unwrap().is_empty());
    drop(reader);
    let mut ledger = Ledger::open(&path).unwrap();
    keep_one(&mut ledger, '0', 1.0);
    assert_eq!(ledger.documents().unwrap().len(), 1, "what it held is still there");
    ledger.verify().unwrap();
}
