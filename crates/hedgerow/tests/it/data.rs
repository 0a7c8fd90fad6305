//! Imports and exports on the command line.

use expect_test::expect;

use crate::run::{Place, VISIT};

const TRADE: &str =
    "ccode,year,imports,exports\n816,2014,147849,150217\n816,2013,-9,-9\n999,2014,1,1\n";

#[test]
fn an_import_says_what_came_of_every_row() {
    let place = Place::with("trade.csv", TRADE);
    let ran = place.run(&["import", "cow-trade", "trade.csv", "--dry-run"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("only tried; nothing was written"), "{}", ran.out);
    assert_eq!(place.files(), ["trade.csv"], "a trial leaves nothing behind");
    let ran = place.run(&["import", "cow-trade", "trade.csv"]);
    let (status, complaint) = ran.complaint();
    expect!["1 hedgerow: trade.csv: 1 row refused; correct them, or take the file as it is: the rest was read"]
        .assert_eq(&format!("{status} {complaint}"));
    expect![[r#"
        trade.csv: import 1 of hedgerow.sqlite
        Correlates of War trade, dyadic or national; free to use with citation

          rows  kept  known already  passed over  refused
             3     1              0            1        1

        Left out
          rows  first in line  why
             1              4  column `ccode`: cow 999 is not known
             1              3  no figure

        Years covered
          variable     from    to
          cow.exports  2014  2014
          cow.imports  2014  2014

        Cite as
          Barbieri, Katherine, and Omar M. G. Keshk (2016): Correlates of War Project Trade Data Set
          Codebook, Version 4.0. Barbieri, Katherine, Omar M. G. Keshk and Brian Pollins (2009): TRADING
          DATA: Evaluating our Assumptions and Coding Rules. Conflict Management and Peace Science 26(5):
          471-491
    "#]].assert_eq(&ran.out);
    let again = place.run(&["import", "cow-trade", "trade.csv"]).fine();
    assert!(again.contains("is in hedgerow.sqlite already (import 1,"), "{again}");
}

#[test]
fn a_file_that_cannot_be_read_makes_no_ledger() {
    let place = Place::with("trade.csv", "a,b\n1,2\n");
    let ran = place.run(&["import", "cow-trade", "trade.csv"]);
    let (status, complaint) = ran.complaint();
    expect!["2 hedgerow: trade.csv: there is no column `year` among a, b; check that the file is of this kind and has its heading"]
        .assert_eq(&format!("{status} {complaint}"));
    assert_eq!(place.files(), ["trade.csv"]);
    let ran = place.run(&["import", "trade", "trade.csv"]);
    expect![
        "2 hedgerow: trade: no kind of import of that name; `hedgerow import --list` shows them"
    ]
    .assert_eq(&format!("{} {}", ran.complaint().0, ran.complaint().1));
    assert_eq!(place.run(&["import", "cow-trade", "trade.csv", "--assume", "x"]).status, 2);
    assert_eq!(place.run(&["import", "cow-trade"]).status, 2);
}

#[test]
fn the_kinds_are_listed_with_licence_and_citation() {
    let place = Place::new();
    let all = place.run(&["import", "--list"]).fine();
    for word in
        ["un-votes", "licence   CC0 1.0", "SIPRI", "--assume  flow:", "tested on rows of our own"]
    {
        assert!(all.contains(word), "{word} is not in\n{all}");
    }
    let one = place.run(&["import", "reign", "--list"]).fine();
    assert!(one.starts_with("reign\n") && !one.contains("un-votes"), "{one}");
}

#[test]
fn an_export_is_a_zip_that_is_not_written_over() {
    let place = Place::with("sang.md", VISIT);
    place.run(&["add", "sang.md"]).fine();
    let out = place.run(&["export", "--format", "csv"]).fine();
    expect![[r#"
        hedgerow-csv.zip
          rows  file
             1  claims.csv
             1  facts.csv
             1  dyad_year.csv
             1  documents.csv
          with CODEBOOK.md, LICENCE.txt, query.json and CITATION.bib
    "#]]
    .assert_eq(&out);
    assert!(std::fs::read(place.path("hedgerow-csv.zip")).unwrap().starts_with(b"PK"));
    let ran = place.run(&["export", "--format", "csv"]);
    expect!["2 hedgerow: hedgerow-csv.zip: is there already; give --out another name"]
        .assert_eq(&format!("{} {}", ran.complaint().0, ran.complaint().1));
    let ran = place.run(&["export", "--format", "bibtex", "--what", "claims"]);
    expect!["2 hedgerow: bibtex cannot hold claims; it holds documents"].assert_eq(&format!(
        "{} {}",
        ran.complaint().0,
        ran.complaint().1.trim_end()
    ));
    assert!(
        !place.files().iter().any(|it| it.contains("part") || it.contains("bibtex")),
        "{:?}",
        place.files()
    );
}
