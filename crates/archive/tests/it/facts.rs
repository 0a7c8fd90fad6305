//! An archive whose claims have facts: its years, read as columns, are those of the claims themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use hedgerow_archive::{Archive, Coded, batch};
use hedgerow_codebook::{Claim, Codebook, Domain};
use hedgerow_ledger::{ClaimRow, Lens, facts};
use hedgerow_measure::TieRow;
use hedgerow_measure::coded::Rates;
use hedgerow_measure::hedge::{Camp, Question, Rival, Settings, years};
use jiff::civil::{Date, date};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
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

/// Claim, fact and stand of every row of an archive.
fn members(archive: &Archive) -> BTreeMap<String, (String, String)> {
    let mut all = BTreeMap::new();
    for path in archive.files() {
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap());
        for batch in reader.unwrap().build().unwrap() {
            let batch = batch.unwrap();
            let column = |name: &str| -> Vec<String> {
                let column = batch.column_by_name(name).unwrap();
                match column.as_dictionary_opt::<Int32Type>() {
                    Some(coded) => {
                        let words = coded.values().as_string::<i32>();
                        coded
                            .keys()
                            .iter()
                            .map(|key| words.value(key.unwrap() as usize).to_owned())
                            .collect()
                    }
                    None => {
                        column.as_string::<i32>().iter().map(|it| it.unwrap().to_owned()).collect()
                    }
                }
            };
            let (ids, facts, stands) = (column("claim_id"), column("fact"), column("stand"));
            all.extend(ids.into_iter().zip(facts.into_iter().zip(stands)));
        }
    }
    all
}

#[test]
fn claims_get_the_facts_that_a_ledger_gives_them() {
    let codebook = Codebook::embedded().unwrap();
    let mut rows = starter();
    for row in &mut rows {
        let domain = codebook.domains.of(&row.claim);
        row.claim.domain = domain.map(|it| it.as_str().to_owned());
    }
    let folder = tempfile::tempdir().unwrap();
    // Claims of one fact lie in several files, of two layouts.
    for n in 0..3 {
        let own = rows.iter().enumerate().filter(|(at, _)| at % 3 == n);
        let coded = own.map(|(_, row)| Coded { row, model: "", fact: None, stand: None });
        let batch = batch(coded, n == 1).unwrap();
        let file = File::create(folder.path().join(format!("part-{n}.parquet"))).unwrap();
        let mut to = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
        to.write(&batch.slice(0, 40)).unwrap();
        to.flush().unwrap();
        to.write(&batch.slice(40, batch.num_rows() - 40)).unwrap();
        to.close().unwrap();
    }
    let archive = Archive::open(folder.path()).unwrap();
    let before = archive.claims().unwrap();
    assert!(!archive.has_facts().unwrap());
    let settled = archive.settle(|_| ()).unwrap();
    assert!(archive.has_facts().unwrap());
    assert_eq!(archive.claims().unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left over");

    let mut circles: BTreeMap<_, Vec<ClaimRow>> = BTreeMap::new();
    for row in &rows {
        let claim = &row.claim;
        let codes: BTreeSet<&str> =
            claim.actors.iter().chain(&claim.recipients).map(|it| it.code.as_str()).collect();
        circles.entry((claim.kind.as_str(), &claim.domain, codes)).or_default().push(row.clone());
    }
    let (mut expected, mut all, mut shared) = (BTreeMap::new(), 0, 0);
    for fact in circles.values().flat_map(|it| facts(it)) {
        all += 1;
        shared += u64::from(fact.members.len() > 1);
        for it in fact.members {
            expected.insert(it.claim, (fact.id.clone(), it.stand.as_str().to_owned()));
        }
    }
    assert_eq!(members(&archive), expected);
    assert_eq!((settled.claims, settled.facts, settled.shared), (rows.len() as u64, all, shared));
    assert!(shared > 20 && expected.values().any(|it| it.1 == "differs"));
}
