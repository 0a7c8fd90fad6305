//! The page on the file format names everything that is in the file.

use std::path::Path;

use hedgerow_ledger::Ledger;
use rusqlite::Connection;

use crate::make::place;

#[test]
fn every_table_view_and_column_is_documented() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/ledger.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_folder, path) = place();
    drop(Ledger::open(&path).unwrap());
    let db = Connection::open(path).unwrap();
    let mut missing = Vec::new();
    let mut tables = db
        .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_words_%'")
        .unwrap();
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for table in tables {
        let section = page.split("\n## ").find(|part| part.starts_with(&format!("`{table}`")));
        let Some(section) = section else {
            missing.push(table);
            continue;
        };
        let mut columns =
            db.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).unwrap();
        let columns = columns.query_map([], |row| row.get::<_, String>(0)).unwrap();
        for column in columns.map(Result::unwrap) {
            if !section.contains(&format!("`{column}`")) {
                missing.push(format!("{table}.{column}"));
            }
        }
    }
    assert!(missing.is_empty(), "not in docs/ledger.md: {missing:?}");
}
