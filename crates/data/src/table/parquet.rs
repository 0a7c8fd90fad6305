//! Parquet, as text cells: the same readers serve both.

use std::io::Write;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;

use super::open;
use crate::Error;
use crate::row::{Columns, Row};

/// A Parquet file, open.
pub(super) struct Parquet {
    rows: RowIter<'static>,
    row: Vec<u8>,
    ends: Vec<usize>,
    read: u64,
}

impl std::fmt::Debug for Parquet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parquet").field("read", &self.read).finish_non_exhaustive()
    }
}

impl Parquet {
    pub(super) fn open(path: &Path, columns: &mut Columns) -> Result<Self, Error> {
        let broken = |error: &parquet::errors::ParquetError| Error::Format {
            path: path.to_owned(),
            wrong: format!("is no Parquet file that can be read ({error})"),
            remedy: "give it as CSV, or packed with Snappy or not at all".to_owned(),
        };
        let reader = SerializedFileReader::new(open(path)?).map_err(|e| broken(&e))?;
        let schema = reader.metadata().file_metadata().schema_descr();
        let names = schema.columns().iter().map(|column| column.path().string());
        columns.names = names.collect();
        let rows = RowIter::from_file_into(Box::new(reader));
        Ok(Self { rows, row: Vec::new(), ends: Vec::new(), read: 0 })
    }

    pub(super) fn position(&self) -> u64 {
        self.read
    }

    pub(super) fn next<'r>(&'r mut self, columns: &'r Columns) -> Result<Option<Row<'r>>, Error> {
        let Some(row) = self.rows.next() else { return Ok(None) };
        self.read += 1;
        let row = row.map_err(|e| Error::Broken {
            path: columns.path.clone(),
            line: self.read,
            wrong: format!("the row cannot be read ({e})"),
            remedy: "give the file as CSV".to_owned(),
        })?;
        self.row.clear();
        self.ends.clear();
        for (_, field) in row.get_column_iter() {
            // Writing to memory cannot fail.
            let _ = match field {
                Field::Null => Ok(()),
                Field::Str(text) => self.row.write_all(text.as_bytes()),
                Field::Bytes(bytes) => self.row.write_all(bytes.data()),
                Field::Float(n) => write!(self.row, "{n}"),
                Field::Double(n) => write!(self.row, "{n}"),
                Field::Bool(it) => write!(self.row, "{}", u8::from(*it)),
                // Days since 1970.
                Field::Date(days) => write!(self.row, "{}", date(*days)),
                other => write!(self.row, "{other}"),
            };
            self.ends.push(self.row.len());
        }
        Ok(Some(Row { bytes: &self.row, ends: &self.ends, columns, line: self.read }))
    }
}

fn date(days: i32) -> String {
    let epoch = jiff::civil::date(1970, 1, 1);
    let day = epoch.checked_add(jiff::Span::new().try_days(days).unwrap_or_default());
    day.map(|day| day.to_string()).unwrap_or_default()
}
