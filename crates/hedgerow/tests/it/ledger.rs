//! Adding to a ledger and reading from it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use expect_test::expect;

use crate::run::{Place, VISIT};

fn stocked() -> Place {
    let place = Place::with("sang.md", VISIT);
    place.write(
        "again.md",
        "---\ntitle: A Visit\noutlet: Harbour Post\npublished: 2014-03-21\n---\n\nPresident Truong Tan Sang of Vietnam visited Japan last week.\n",
    );
    place.run(&["add", "sang.md", "again.md"]).fine();
    place
}

#[test]
fn adding_prints_claims_sums_and_what_to_open() {
    let place = Place::with("sang.md", VISIT);
    expect![[r#"
        # sang  Sang in Tokyo (Lotus Wire, 2014-03-20): 1 claim
          VNM -> JPN  CONSULT.visit  2014-03-10/2014-03-16

        1 new document; 1 claim

        my ledger.sqlite now holds
          documents  claims  events  ties  flows  stances  other
                  1       1       1     0      0        0      0

        Most is said of
          pair               claims  documents  open it with
          Japan and Vietnam       1          1  hedgerow dyad JPN VNM --ledger 'my ledger.sqlite'

        Open next
          hedgerow actor JPN --ledger 'my ledger.sqlite'
          hedgerow serve --ledger 'my ledger.sqlite'
    "#]]
    .assert_eq(&place.run(&["add", "sang.md", "--ledger", "my ledger.sqlite"]).fine());
}

#[test]
fn adding_again_changes_nothing() {
    let place = stocked();
    let out = place.run(&["add", "sang.md", "again.md", "--quiet"]).fine();
    assert!(out.starts_with("0 new documents, 2 known already; 2 claims\n"), "{out}");
    place.write("sang.md", VISIT.replace("last week", "in 2013"));
    let out = place.run(&["add", "sang.md", "--quiet"]).fine();
    assert!(out.contains("1 in a new version"), "{out}");
}

#[test]
fn a_pair_and_a_state_have_sheets() {
    let place = stocked();
    expect![[r#"
        Vietnam (VNM) and Japan (JPN)
        2 claims in 2 documents of 2 outlets, published 2014-03-20 to 2014-03-21

        Events, by date
          VNM -> JPN  CONSULT.visit  2014-03-10/2014-03-16
              “President Truong Tan Sang of Vietnam visited Japan last week”
              Harbour Post, 2014-03-21, document again
              “Vietnam's President Truong Tan Sang visited Japan last week”
              Lotus Wire, 2014-03-20, document sang
              f-again-01  2 claims

        Every claim of one of them: hedgerow fact f-again-01
    "#]]
    .assert_eq(&place.run(&["dyad", "Vietnam", "jpn"]).fine());
    expect![[r#"
        Vietnam (VNM)
        2 claims in 2 documents of 2 outlets, published 2014-03-20 to 2014-03-21

        Whom it deals with
          with   code  claims  ties  events  flows  stances
          Japan  JPN        2     0       2      0        0

        Events, by date
          VNM -> JPN  CONSULT.visit  2014-03-10/2014-03-16
              “President Truong Tan Sang of Vietnam visited Japan last week”
              Harbour Post, 2014-03-21, document again
              “Vietnam's President Truong Tan Sang visited Japan last week”
              Lotus Wire, 2014-03-20, document sang
              f-again-01  2 claims

        The pair: hedgerow dyad VNM JPN
    "#]]
    .assert_eq(&place.run(&["actor", "VNM"]).fine());
    let none = place.run(&["dyad", "VNM", "SWE"]).fine();
    assert!(none.ends_with("hedgerow.sqlite says nothing of them.\n"), "{none}");
}

#[test]
fn sheets_are_data_too() {
    let place = stocked();
    let lines = place.run(&["dyad", "VNM", "JPN", "--format", "jsonl"]).fine();
    let claim: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(claim["type"], "CONSULT");
    assert!(claim["outlet"].is_string() && claim["fact"].is_string());
    let table = place.run(&["actor", "VNM", "--format", "csv"]).fine();
    assert!(table.starts_with("id,fact,doc,outlet,published,kind,type,mode,actors,recipients,"));
    assert_eq!(table.lines().count(), 3);
    let columns = |line: &str| line.split(',').count();
    assert!(table.lines().all(|line| columns(line) == columns(table.lines().next().unwrap())));
}

#[test]
fn a_fact_shows_every_claim() {
    let place = stocked();
    let out = place.run(&["fact", "sang-01"]).fine();
    assert!(out.contains("For it (2)"), "{out}");
    assert!(out.contains("Lotus Wire, 2014-03-20, document sang"), "{out}");
    assert!(out.contains("Harbour Post, 2014-03-21, document again"), "{out}");
    let json = place.run(&["fact", "sang-01", "--format", "jsonl"]).fine();
    let fact: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(fact["members"].as_array().unwrap().len(), 2);
}

#[test]
fn the_ledger_is_served() {
    let place = stocked();
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut server = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split_whitespace().next().unwrap().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address.trim_end_matches('/')).unwrap();
    stream
        .write_all(b"GET /dyads/JPN/VNM HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("Truong Tan Sang"), "{answer}");
}

#[test]
fn the_doctor_finds_all_in_order() {
    let place = stocked();
    let out = place.run(&["doctor"]).fine();
    assert!(out.contains("ledger hedgerow.sqlite: whole, 2 documents, 2 claims"), "{out}");
}

#[test]
fn a_pair_has_series() {
    let place = stocked();
    let out = place.run(&["dyad", "VNM", "JPN", "--by", "month"]).fine();
    expect![[r#"

        VNM toward JPN
          period   facts  coop  conf  Goldstein  PLOVER  level  warm  cold  flows  documents  outlets
          2014-03      1     1     0  1.9        4.0               0     0                 2        2

        Periods without a document in the ledger are missing, not zero. What counts: hedgerow explain dyad-series
    "#]].assert_eq(&out);
    let csv = place.run(&["dyad", "VNM", "JPN", "--by", "year", "--format", "csv"]).fine();
    let (head, row) = csv.trim_end().split_once("\r\n").unwrap();
    assert_eq!(head.split(',').count(), row.split(',').count(), "{csv}");
    assert!(row.starts_with("VNM,JPN,2014,,1,1,0,0,0,1.9,0.0,1,4.0,0.0,"), "{row}");
}
