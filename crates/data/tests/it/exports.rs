//! Exports: everything in the zip, safe to open, and readable by the programs they are for.

use std::io::{Cursor, Read};

use hedgerow_codebook::Claim;
use hedgerow_data::export::{ExportError, Format, Query, What, export};
use hedgerow_ledger::{Ledger, NewDocument, sha256_hex};
use hedgerow_text::Meta;
use serde_json::json;
use tempfile::TempDir;

use crate::make::{Place, codebook};

const FORMATS: [Format; 11] = [
    Format::Csv,
    Format::Jsonl,
    Format::Parquet,
    Format::Xlsx,
    Format::Dta,
    Format::Graphml,
    Format::Gexf,
    Format::Bibtex,
    Format::Ris,
    Format::Icews,
    Format::Polecat,
];

/// A ledger with two documents whose words are bad to spreadsheets, XML and TeX.
fn ledger() -> (TempDir, Ledger) {
    let Place { folder, mut ledger } = Place::new();
    for (doc, outlet) in [("d00", "=cmd|'/c calc'!A1"), ("d01", "Gazette <&> \"Co\"")] {
        let words = "+Japan's \"minister\" visited Vietnam, it said.";
        let long = "A long sentence of no meaning. ".repeat(90);
        let text = format!("{words}\n{long}");
        let claim = |n: u32, evidence: &str, day: &str, extra: serde_json::Value| -> Claim {
            let bstart = text.find(evidence).unwrap();
            let mut claim = json!({
                "id": format!("{doc}-{n:02}"), "doc": doc, "kind": "event", "type": "CONSULT", "mode": "visit",
                "actors": [{"code": "JPN", "name": "Japan's\t\"minister\"", "role": "GOV", "person": null}],
                "recipients": [{"code": "VNM", "name": "Vietnam", "role": "GOV", "person": null}],
                "date": {"start": day, "end": day, "precision": "day", "text": null},
                "cameo": "042", "quad": 1, "contexts": ["legislative", "diplomatic"], "rule": "visit.verb",
                "evidence": {"start": bstart, "end": bstart + evidence.len(), "bstart": bstart, "bend": bstart + evidence.len(), "text": evidence}
            });
            claim.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            serde_json::from_value(claim).unwrap()
        };
        let pledge = json!({
            "kind": "flow", "type": "aid", "mode": null, "modality": "pledged", "stage": "pledged", "cameo": null, "quad": null,
            "amount": {"value": if doc == "d00" { 1.7e9 } else { 1.66e6 }, "unit": "money", "currency": "USD", "count_of": null, "qualifier": "about", "text": "much"}
        });
        let new = NewDocument {
            id: doc.into(),
            path: format!("{doc}.txt"),
            bytes_sha256: sha256_hex(text.as_bytes()),
            meta: Meta {
                title: Some(format!("100% {{news}} & more_of {doc}")),
                outlet: Some(outlet.into()),
                published: Some("2015-09-20".parse().unwrap()),
                url: Some("https://example.org/a?b&c".into()),
                ..Meta::default()
            },
            claims: vec![
                claim(1, words, "2015-09-15", json!({})),
                claim(2, &long, "2015-09-16", pledge),
            ],
            text,
            diagnostics: Vec::new(),
            codebook: "0".into(),
            model: "0".into(),
            ..NewDocument::default()
        };
        ledger.add(&new).unwrap();
    }
    (folder, ledger)
}

fn zip(ledger: &Ledger, format: Format, what: &[What], texts: bool) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let query = Query { format, what: what.to_vec(), texts };
    export(ledger, codebook(), &query, &mut bytes).unwrap();
    bytes.into_inner()
}

/// The files of a zip.
fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|n| {
            let mut file = zip.by_index(n).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

#[track_caller]
fn file(bytes: &[u8], name: &str) -> String {
    let found = files(bytes).into_iter().find(|it| it.0 == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("no {name}")).1).unwrap()
}

#[test]
fn every_export_explains_itself_and_is_the_same_twice() {
    let (_folder, ledger) = ledger();
    for format in FORMATS {
        let bytes = zip(&ledger, format, &[], false);
        let names: Vec<String> = files(&bytes).into_iter().map(|it| it.0).collect();
        for needed in ["CODEBOOK.md", "LICENCE.txt", "query.json", "CITATION.bib"] {
            assert!(names.iter().any(|it| it == needed), "{format:?}: {names:?}");
        }
        assert!(names.len() > 4, "{format:?}: {names:?}");
        assert_eq!(bytes, zip(&ledger, format, &[], false), "{format:?}");
        let asked: serde_json::Value = serde_json::from_str(&file(&bytes, "query.json")).unwrap();
        assert_eq!(asked["format"], format.as_str());
        for (name, content) in files(&bytes) {
            let inside = content.windows(29).any(|it| it == b"A long sentence of no meaning");
            // Evidence is a quotation; the article itself stays at home.
            assert!(!inside || !name.contains("documents"), "{format:?} {name}");
        }
    }
    let with = zip(&ledger, Format::Csv, &[What::Documents], true);
    assert!(file(&with, "documents.csv").contains("A long sentence of no meaning"));
    assert!(file(&with, "LICENCE.txt").contains("full texts"));
}

#[test]
fn csv_holds_no_formula_and_every_column_is_explained() {
    let (_folder, ledger) = ledger();
    let bytes = zip(&ledger, Format::Csv, &[], false);
    let claims = file(&bytes, "claims.csv");
    assert!(claims.contains("'=cmd|'/c calc'!A1"), "{claims}");
    assert!(
        claims.contains("\"'+Japan's \"\"minister\"\" visited Vietnam, it said.\""),
        "{claims}"
    );
    assert!(!claims.contains(",=cmd") && !claims.contains('\r'));
    let page = file(&bytes, "CODEBOOK.md");
    for name in ["claims", "facts", "dyad_year", "documents"] {
        let heading = file(&bytes, &format!("{name}.csv"));
        for column in heading.lines().next().unwrap().split(',') {
            assert!(page.contains(&format!("| `{column}` |")), "{name}.{column}");
        }
    }
    let years = file(&bytes, "dyad_year.csv");
    assert!(years.contains("\nJPN,VNM,2015,4,2,2,2,0,0,0,0,0,0,2\n"), "{years}");
    let facts = file(&bytes, "facts.csv");
    assert!(facts.contains("USD 1660000..1700000000"), "{facts}");
}

#[test]
fn json_lines_are_the_claims_as_they_are() {
    let (_folder, ledger) = ledger();
    let lines = file(&zip(&ledger, Format::Jsonl, &[What::Claims], false), "claims.jsonl");
    let rows: Vec<hedgerow_ledger::ClaimRow> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows, ledger.claims().unwrap());
}

#[test]
fn networks_are_well_formed() {
    let (_folder, ledger) = ledger();
    let graphml = file(&zip(&ledger, Format::Graphml, &[], false), "network.graphml");
    assert!(graphml.contains("<edge source=\"JPN\" target=\"VNM\">"), "{graphml}");
    assert!(graphml.contains("<data key=\"claims\">4</data>"), "{graphml}");
    let gexf = file(&zip(&ledger, Format::Gexf, &[], false), "network.gexf");
    assert!(gexf.contains("<node id=\"JPN\" label=\"Japan\"/>") && gexf.contains("weight=\"4\""));
}

#[test]
fn bibliographies_are_escaped() {
    let (_folder, ledger) = ledger();
    let bib = file(&zip(&ledger, Format::Bibtex, &[], false), "documents.bib");
    assert!(bib.contains("title = {100\\% {news} \\& more\\_of d00}"), "{bib}");
    assert!(bib.contains("@misc{d00,") && bib.contains("date = {2015-09-20}"), "{bib}");
    let ris = file(&zip(&ledger, Format::Ris, &[], false), "documents.ris");
    assert!(
        ris.contains("TY  - NEWS\r\nID  - d00\r\n") && ris.contains("DA  - 2015/09/20\r\n"),
        "{ris}"
    );
}

#[test]
fn event_tables_have_one_row_a_fact_and_can_be_imported() {
    let (_folder, ledger) = ledger();
    let bytes = zip(&ledger, Format::Icews, &[], false);
    let text = file(&bytes, "events.icews.tab");
    assert_eq!(text.lines().count(), 2, "two documents, one visit: {text}");
    let row: Vec<&str> = text.lines().nth(1).unwrap().split('\t').collect();
    assert_eq!(
        (row.len(), row[1], row[4], row[6], row[10]),
        (20, "2015-09-15", "Japan", "042", "Vietnam")
    );
    let mut place = Place::new();
    let tally = place.take("icews", &text, &[]);
    assert_eq!((tally.kept, tally.refused), (1, 0), "{tally:?}");

    let text = file(&zip(&ledger, Format::Polecat, &[], false), "events.polecat.txt");
    let row: Vec<&str> = text.lines().nth(1).unwrap().split('\t').collect();
    assert_eq!(
        (row.len(), row[2], row[3], row[5], row[9]),
        (40, "CONSULT", "visit", "Verbal Cooperation", "740")
    );
    assert_eq!((row[4], row[6]), ("4", "legislative;diplomatic"));
    let tally = place.take("polecat", &text, &[]);
    assert_eq!((tally.kept, tally.refused), (1, 0), "{tally:?}");
}

#[test]
fn a_table_that_a_format_cannot_hold_is_refused() {
    let (_folder, ledger) = ledger();
    let query = Query { format: Format::Ris, what: vec![What::Claims], texts: false };
    let error = export(&ledger, codebook(), &query, Cursor::new(Vec::new())).unwrap_err();
    assert!(matches!(error, ExportError::NoTable { .. }), "{error}");
    assert!(error.to_string().contains("it holds documents"), "{error}");
}

#[test]
fn an_empty_ledger_gives_headings() {
    let place = Place::new();
    for format in FORMATS {
        assert!(files(&zip(&place.ledger, format, &[], false)).len() > 4, "{format:?}");
    }
    let csv = zip(&place.ledger, Format::Csv, &[What::Claims], false);
    assert_eq!(file(&csv, "claims.csv").lines().count(), 1);
}

/// The layout of a Stata file: its map must name the places of its sections.
#[test]
fn the_map_of_a_stata_file_is_right() {
    let (_folder, ledger) = ledger();
    let bytes = zip(&ledger, Format::Dta, &[], false);
    let all = files(&bytes);
    let stata: Vec<_> = all.iter().filter(|it| it.0.contains(".dta")).collect();
    assert_eq!(stata.len(), 4);
    for (name, bytes) in stata {
        let at = |tag: &str| {
            bytes.windows(tag.len()).position(|it| it == tag.as_bytes()).unwrap() as u64
        };
        let map = at("<map>") as usize + 5;
        let entry = |n: usize| {
            let place = map + n * 8;
            u64::from_le_bytes(bytes[place..place + 8].try_into().unwrap())
        };
        for (n, tag) in [
            "<stata_dta>",
            "<map>",
            "<variable_types>",
            "<varnames>",
            "<sortlist>",
            "<formats>",
            "<value_label_names>",
            "<variable_labels>",
            "<characteristics>",
            "<data>",
            "<strls>",
            "<value_labels>",
            "</stata_dta>",
        ]
        .iter()
        .enumerate()
        {
            assert_eq!(entry(n), at(tag), "{name} {tag}");
        }
        assert_eq!(entry(13), bytes.len() as u64, "{name}");
    }
}

/// What pandas makes of it, where there is pandas.
#[test]
fn pandas_reads_stata_and_excel() {
    let (folder, ledger) = ledger();
    for (format, name) in
        [(Format::Dta, "dta.zip"), (Format::Xlsx, "xlsx.zip"), (Format::Csv, "csv.zip")]
    {
        std::fs::write(folder.path().join(name), zip(&ledger, format, &[], false)).unwrap();
    }
    let script = "
import io, sys, zipfile
try:
    import pandas, openpyxl
except ImportError:
    sys.exit(77)
read = lambda name: zipfile.ZipFile(name)
dta, xlsx, csv = read('dta.zip'), read('xlsx.zip'), read('csv.zip')
for table in ['claims', 'facts', 'dyad_year', 'documents']:
    a = pandas.read_stata(io.BytesIO(dta.read(table + '.dta')))
    b = pandas.read_excel(io.BytesIO(xlsx.read('hedgerow.xlsx')), sheet_name=table)
    c = pandas.read_csv(io.BytesIO(csv.read(table + '.csv')), dtype={'cameo': str})
    assert list(a.columns) == list(b.columns) == list(c.columns), table
    assert len(a) == len(b) == len(c) > 0, table
    for column in c.columns:
        for x, y in zip(a[column], c[column]):
            x = None if x in ('', None) or x != x else x
            y = None if y != y else y
            if isinstance(y, str) and y[:1] == chr(39):
                y = y[1:]
            assert x == y or str(x) == str(y), (table, column, x, y)
assert len(pandas.read_stata(io.BytesIO(dta.read('claims.dta'))).evidence[1]) > 2045
";
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let ran = std::process::Command::new(python)
        .arg("-c")
        .arg(script)
        .current_dir(folder.path())
        .output();
    match ran {
        Ok(ran) if ran.status.success() => {}
        Ok(ran) if ran.status.code() == Some(77) => eprintln!("SKIPPED: no pandas with openpyxl"),
        Ok(ran) => panic!("{}", String::from_utf8_lossy(&ran.stderr)),
        Err(_) => eprintln!("SKIPPED: no python3"),
    }
}

#[test]
fn parquet_has_the_columns_of_the_view() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let (_folder, ledger) = ledger();
    let bytes = zip(&ledger, Format::Parquet, &[], false);
    let open = |name: &str| {
        let file = files(&bytes).into_iter().find(|it| it.0 == name).unwrap().1;
        SerializedFileReader::new(bytes::Bytes::from(file)).unwrap()
    };
    let claims = open("claims.parquet");
    let schema = claims.metadata().file_metadata().schema_descr().columns().to_vec();
    let names: Vec<String> = schema.iter().map(|it| it.name().to_owned()).collect();
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/ledger.md");
    let page = std::fs::read_to_string(page).unwrap();
    let view = page.split("\n## ").find(|it| it.starts_with("`claims`")).unwrap();
    for name in &names {
        let ours = ["actor_roles", "recipient_roles", "domain", "intensity", "contexts"]
            .contains(&name.as_str());
        assert!(ours || view.contains(&format!("`{name}`")), "{name} is no column of the view");
    }
    let rows: Vec<Vec<(String, Field)>> = claims
        .get_row_iter(None)
        .unwrap()
        .map(|row| row.unwrap().get_column_iter().map(|(n, it)| (n.clone(), it.clone())).collect())
        .collect();
    assert_eq!(rows.len(), 4);
    let of = |row: usize, name: &str| {
        rows[row].iter().find(|it| it.0 == name).unwrap_or_else(|| panic!("no {name}")).1.clone()
    };
    assert_eq!(of(0, "claim_id"), Field::Str("d00-01".into()));
    assert_eq!(of(0, "date_start"), Field::Date(16_693), "2015-09-15");
    assert_eq!(of(0, "symmetric"), Field::Bool(false));
    assert_eq!(of(0, "quad"), Field::Long(1));
    assert_eq!(of(0, "contexts"), Field::Str("legislative;diplomatic".into()));
    assert_eq!(of(0, "amount"), Field::Null);
    assert_eq!(of(1, "amount"), Field::Double(1.7e9));
    assert_eq!(of(0, "outlet"), Field::Str("=cmd|'/c calc'!A1".into()), "no spreadsheet opens it");
    assert_eq!(of(0, "fact"), of(2, "fact"), "two documents tell one visit");
    assert_eq!(open("documents.parquet").metadata().file_metadata().num_rows(), 2);
    assert_eq!(open("facts.parquet").metadata().num_row_groups(), 1);
}
