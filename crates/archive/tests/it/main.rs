//! Claims to Parquet and back.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod facts;

use std::fs::File;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int32Array, RecordBatch, StringArray};
use hedgerow_archive::{Archive, Batch, Coded, Document, Head, Writer, batch};
use hedgerow_ledger::ClaimRow;
use parquet::arrow::ArrowWriter;
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::{Value, json};

/// A claim with everything that a claim can have.
fn full() -> Value {
    json!({
        "id": "d00-07", "doc": "d00", "kind": "flow", "type": "aid", "mode": "loan",
        "actors": [
            {"code": "JPN", "name": "Tokyo", "role": "GOV", "person": null},
            {"code": "IGO:ADB", "name": "the bank", "role": "IGO", "person": null},
        ],
        "recipients": [{"code": "VNM", "name": "Hanoi", "role": "PTY", "person": "Nguyen Phu Trong"}],
        "symmetric": false,
        "date": {"start": "2015-09-01", "end": "2015-09-30", "precision": "month", "text": "this month"},
        "amount": {"value": 1.7e9, "unit": "money", "currency": "USD", "count_of": null, "qualifier": "about", "text": "about $1.7 billion"},
        "more_amounts": [{"value": 6.0, "unit": "count", "currency": null, "count_of": "patrol boat", "qualifier": "exact", "text": "six patrol boats"}],
        "cumulative": true, "modality": "pledged",
        "rank": {"value": 2, "among": "donor to Vietnam", "after": ["KOR"], "text": "second largest donor"},
        "place": "Hải Phòng", "attributed_to": {"code": "JPN", "name": "the ministry"},
        "polarity": 1, "topic": "safety at sea", "quote": "\"for peace\"", "level": "strategic partnership",
        "evidence": {"start": 3, "end": 40, "bstart": 3, "bend": 44, "text": "Tokyo will lend about $1.7 billion…"},
        "also": [], "rule": "lend.1", "confidence": 0.87, "codebook": "0.3.0", "cameo": "0231", "quad": 1, "stage": "pledged",
        "change": "upgraded", "purpose": ["maritime security"], "domain": "security", "record": true, "in_force": true,
        "recurring": "year", "zone": "body", "implied": {"code": "CHN", "by": "author"},
        "title": "A loan", "outlet": "Lotus Wire", "published": "2015-09-20", "url": "https://lotus.example/loan",
    })
}

fn rows() -> Vec<ClaimRow> {
    let full = full();
    let mut bare = json!({
        "id": "d00-08", "doc": "d00", "kind": "event", "type": "CONSULT",
        "actors": [{"code": "VNM", "name": "Vietnam", "role": "GOV", "person": null}],
        "recipients": [{"code": "CHN", "name": "China", "role": "GOV", "person": null}],
        "evidence": {"start": 0, "end": 1, "bstart": 0, "bend": 1, "text": "x"},
        "title": null, "outlet": null, "published": null, "url": null,
    });
    bare["id"] = "d01-1".into();
    bare["doc"] = "d01".into();
    vec![serde_json::from_value(full).unwrap(), serde_json::from_value(bare).unwrap()]
}

fn head() -> Head {
    Head {
        archive: 1,
        codebook: "0.3.0".to_owned(),
        model: "en-1".to_owned(),
        all: true,
        published: None,
        batch: 10,
        inputs: vec!["a.jsonl".to_owned()],
    }
}

#[test]
fn claims_come_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path(), head()).unwrap();
    let mut batch = Batch::of(10);
    for row in rows() {
        let document = Document {
            doc: row.claim.doc.clone(),
            published: row.published,
            ..Document::default()
        };
        batch.add(document, [row]);
    }
    writer.write(&batch).unwrap();
    writer.end().unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    assert_eq!(archive.actor("VNM").unwrap(), rows());
    assert_eq!(archive.dyad("IGO:ADB", "VNM").unwrap(), rows()[..1]);
    assert_eq!(archive.dyad("CHN", "JPN").unwrap(), []);
    // A code is a whole code.
    assert_eq!(archive.actor("VN").unwrap(), []);
    assert_eq!(archive.coverage().unwrap().len(), 1, "the other has no day");
}

#[test]
fn what_others_wrote_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let rows = rows();
    let coded = rows.iter().map(|row| Coded { row, model: "en-1", fact: None, stand: None });
    let plain = batch(coded, true).unwrap();
    let file = File::create(folder.path().join("part-1.parquet")).unwrap();
    let mut to = ArrowWriter::try_new(file, plain.schema(), None).unwrap();
    to.write(&plain).unwrap();
    to.close().unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    assert_eq!(archive.actor("VNM").unwrap(), rows);
    assert_eq!(archive.coverage().unwrap().len(), 1);
}

#[test]
fn files_have_dictionaries_statistics_and_an_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path(), head()).unwrap();
    let mut batch = Batch::of(10);
    batch.add(Document::default(), rows().into_iter().take(1));
    writer.write(&batch).unwrap();
    let path = folder.path().join("claims/year=2015/part-000000.parquet");
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let group = reader.metadata().row_group(0);
    assert_eq!(group.sorting_columns().unwrap().len(), 3);
    for column in group.columns() {
        assert!(column.statistics().is_some(), "{}", column.column_path());
    }
    let actors = group.columns().iter().find(|it| it.column_path().string() == "actors").unwrap();
    assert!(actors.dictionary_page_offset().is_some());
    // What is cut off is not read further than the journal goes.
    let journal = folder.path().join("journal.jsonl");
    let text = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(&journal, text.lines().next().unwrap().to_owned() + "\n").unwrap();
    assert!(
        Archive::open(folder.path()).is_err(),
        "a batch that is not in the journal does not count"
    );
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let writer = Writer::open(folder.path(), head()).unwrap();
    let second = Writer::open(folder.path(), head()).unwrap_err().to_string();
    assert!(second.contains("another program is writing to this folder"), "{second}");
    drop(writer);
    let other = Head { codebook: "0.4.0".to_owned(), ..head() };
    let third = Writer::open(folder.path(), other).unwrap_err().to_string();
    assert!(third.contains("begun with codebook 0.3.0, and this is codebook 0.4.0"), "{third}");
}

#[test]
fn rows_that_are_no_claims_are_refused() {
    let [row, _]: [ClaimRow; 2] = rows().try_into().unwrap();
    let coded = Coded { row: &row, model: "", fact: None, stand: None };
    let batch = batch([coded], true).unwrap();
    let spoilt: [(&str, ArrayRef, &str); 3] = [
        ("claim_id", Arc::new(StringArray::new_null(1)), "claim_id"),
        ("type", Arc::new(StringArray::new_null(1)), "type"),
        ("polarity", Arc::new(Int32Array::from(vec![300])), "300 is out of range"),
    ];
    for (name, column, why) in spoilt {
        let mut columns = batch.columns().to_vec();
        columns[batch.schema().index_of(name).unwrap()] = column;
        let batch = RecordBatch::try_new(batch.schema(), columns).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = File::create(folder.path().join("part.parquet")).unwrap();
        let mut to = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
        to.write(&batch).unwrap();
        to.close().unwrap();
        let said = Archive::open(folder.path()).unwrap().claims().unwrap_err().to_string();
        assert!(said.contains(why) && said.contains("part.parquet"), "{said}");
    }
}
