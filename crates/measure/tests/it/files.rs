//! Reads the structured sources in ../shared/ties. They are not part of the project; where they are not there, a test is skipped
//! and says so.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A row by the names of its columns.
pub(crate) type Row = BTreeMap<String, String>;

/// Where a file stands, if it is there.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/ties").join(name);
    if !path.is_file() {
        eprintln!("SKIPPED: no {name} at ../shared/ties");
        return None;
    }
    Some(path)
}

/// The rows of a comma-separated file with a line of names.
pub(crate) fn rows(name: &str) -> Option<Vec<Row>> {
    rows_after(name, 0)
}

/// The same for a file whose line of names comes after `skip` others. Latin-1 is read as such.
pub(crate) fn rows_after(name: &str, skip: usize) -> Option<Vec<Row>> {
    let bytes = fs::read(find(name)?).unwrap();
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|e| e.into_bytes().iter().map(|byte| char::from(*byte)).collect());
    let start = text.split_inclusive('\n').take(skip).map(str::len).sum();
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(&text.as_bytes()[start..]);
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| {
        names.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
    };
    Some(reader.records().map(|record| row(record.unwrap())).collect())
}

/// A cell as a number; `None` where it is empty or none.
pub(crate) fn number(row: &Row, column: &str) -> Option<f64> {
    row.get(column)?.trim().parse().ok()
}

/// The number to that many decimals, without a leading zero, as tables print it.
pub(crate) fn printed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    text.replacen("-0.", "-.", 1)
        .strip_prefix('0')
        .map_or(text.replacen("-0.", "-.", 1), str::to_owned)
}

/// Calls `each` with the numbers of these columns of a Parquet file, row by row; a missing cell is not a number.
pub(crate) fn parquet<const N: usize>(
    name: &str,
    columns: [&str; N],
    mut each: impl FnMut([f64; N]),
) -> Option<()> {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let reader = SerializedFileReader::new(fs::File::open(find(name)?).unwrap()).unwrap();
    for row in reader.get_row_iter(None).unwrap() {
        let row = row.unwrap();
        let number = |column: &str| {
            let cell = row.get_column_iter().find(|(name, _)| *name == column);
            match cell {
                Some((_, Field::Double(value))) => *value,
                _ => f64::NAN,
            }
        };
        each(columns.map(number));
    }
    Some(())
}
