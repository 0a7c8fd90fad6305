//! An archive whose claims have facts: its years, read as columns, are those of the claims themselves.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use hedgerow_archive::{Archive, Coded, batch};
use hedgerow_codebook::{Claim, Codebook, Domain};
use hedgerow_ledger::{ClaimRow, Lens, facts};
use hedgerow_measure::TieRow;
use hedgerow_measure::coded::Rates;
use hedgerow_measure::hedge::{Camp, Question, Rival, Settings, years};
use jiff::civil::{Date, date};
use parquet::arrow::ArrowWriter;
use serde_json::Value;

/// The claims on Vietnam that come with the project.
fn starter() -> Vec<ClaimRow> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../starter");
    let lines = |name: &str| -> Vec<Value> {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        text.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
    };
    let documents: BTreeMap<String, Value> = lines("documents.jsonl")
        .into_iter()
        .map(|it| (it["id"].as_str().unwrap().to_owned(), it))
        .collect();
    let row = |it: Value| {
        let claim: Claim = serde_json::from_value(it).unwrap();
        let document = &documents[&claim.doc];
        let text = |name: &str| document[name].as_str().map(str::to_owned);
        let published = text("published").and_then(|it| it.parse::<Date>().ok());
        ClaimRow {
            claim,
            title: text("title"),
            outlet: text("outlet"),
            published,
            url: text("url"),
        }
    };
    lines("claims.jsonl").into_iter().map(row).collect()
}

fn question(who: &str) -> Question {
    Question {
        who: who.to_owned(),
        rivals: ["USA".to_owned(), "CHN".to_owned()],
        camps: vec![Camp { partner: "JPN".to_owned(), with: Rival::First, membership: 1.0 }],
        at: date(2025, 12, 31),
        settings: Settings::default(),
    }
}

#[test]
fn years_from_columns_are_those_of_claims() {
    let codebook = Codebook::embedded().unwrap();
    let rates = Rates::default();
    // What has another sum in `more` is read from its main one: left out here.
    let rows: Vec<ClaimRow> =
        starter().into_iter().filter(|it| it.claim.more_amounts.is_empty()).collect();
    assert!(rows.len() > 200);
    let (expected, _) = hedgerow_data::of_claims(&rows, &Lens::default(), &codebook, &rates);

    // Facts as the measure makes them: none of two domains.
    let mut domains: BTreeMap<Domain, Vec<ClaimRow>> = BTreeMap::new();
    for row in &rows {
        if let Some(domain) = codebook.domains.of(&row.claim) {
            let mut row = row.clone();
            row.claim.domain = Some(domain.as_str().to_owned());
            domains.entry(domain).or_default().push(row);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    for (n, of_domain) in domains.values().enumerate() {
        let facts = facts(of_domain);
        let member = |id: &str| {
            let all = facts.iter().flat_map(|fact| fact.members.iter().map(move |it| (fact, it)));
            all.into_iter().find(|(_, it)| it.claim == id).unwrap()
        };
        let coded = of_domain.iter().map(|row| {
            let (fact, member) = member(&row.claim.id);
            Coded { row, model: "", fact: Some(&fact.id), stand: Some(member.stand.as_str()) }
        });
        // Half of the files as others write them, without dictionaries.
        let batch = batch(coded, n % 2 == 1).unwrap();
        let file = File::create(folder.path().join(format!("part-{n}.parquet"))).unwrap();
        let mut to = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
        to.write(&batch).unwrap();
        to.close().unwrap();
    }
    let archive = Archive::open(folder.path()).unwrap();
    assert!(archive.has_facts().unwrap());
    for who in ["VNM", "PHL"] {
        let cells = archive.cells(who, &codebook, &rates).unwrap();
        let of = |rows: &[TieRow]| years(rows, &question(who), 1995, 2025);
        let (ours, theirs) = (of(&cells.rows), of(&expected));
        for ((year, a), (_, b)) in ours.iter().zip(&theirs) {
            for (a, b) in a.iter().zip(b) {
                let leans = |it: &hedgerow_measure::hedge::Position| -> Vec<Option<i64>> {
                    it.domains
                        .iter()
                        .map(|it| it.lean.map(|lean| (lean * 1e9).round() as i64))
                        .collect()
                };
                assert_eq!(leans(a), leans(b), "{who} {year}");
            }
        }
        assert!(cells.rows.len() <= expected.len());
    }
}
