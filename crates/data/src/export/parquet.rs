//! Parquet: columns of the ledger's view `claims` under its names, days as days, yes and no as such.

use std::io::{Seek, Write};
use std::sync::Arc;

use jiff::civil::{Date, date};
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use super::sheet::{Cell, Column, Sheet, Unit};
use super::{ExportError, Zip};

/// Rows of one group: as many as are held in memory.
const GROUP: usize = 1 << 16;
/// Columns of days.
const DAYS: [&str; 3] = ["date_start", "date_end", "published"];
/// Columns that say yes or no.
const TRUTHS: [&str; 3] = ["symmetric", "cumulative", "disputed"];

/// What a column is in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Whole,
    Number,
    Day,
    Truth,
}

impl Kind {
    fn of(column: &Column) -> Self {
        match column.unit {
            Unit::Text if DAYS.contains(&column.name) => Self::Day,
            Unit::Whole if TRUTHS.contains(&column.name) => Self::Truth,
            Unit::Text => Self::Text,
            Unit::Whole => Self::Whole,
            Unit::Number => Self::Number,
        }
    }

    const fn schema(self) -> [&'static str; 2] {
        match self {
            Self::Text => ["BYTE_ARRAY", " (UTF8)"],
            Self::Whole => ["INT64", ""],
            Self::Number => ["DOUBLE", ""],
            Self::Day => ["INT32", " (DATE)"],
            Self::Truth => ["BOOLEAN", ""],
        }
    }
}

/// Writes one table as a file of the zip.
pub(super) fn write<W: Write + Seek>(
    sheet: &Sheet<'_>,
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    let name = format!("{}.parquet", sheet.name());
    // The footer of the file says where its pieces are: it is put together before it is packed.
    let mut file = Vec::new();
    let rows = table(sheet, &mut file)?;
    zip.begin(&name)?;
    zip.to.write_all(&file)?;
    zip.wrote(&name, rows);
    Ok(())
}

fn table(sheet: &Sheet<'_>, file: &mut Vec<u8>) -> Result<u64, ExportError> {
    let kinds: Vec<Kind> = sheet.columns.iter().map(Kind::of).collect();
    let fields = sheet.columns.iter().zip(&kinds).map(|(column, kind)| {
        let [physical, logical] = kind.schema();
        format!("optional {physical} {}{logical};", column.name)
    });
    let schema = format!("message {} {{ {} }}", sheet.name(), fields.collect::<Vec<_>>().join(" "));
    let schema = Arc::new(parse_message_type(&schema).map_err(wrong)?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("hedgerow {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut to = SerializedFileWriter::new(file, schema, Arc::new(properties)).map_err(wrong)?;
    let mut columns: Vec<Vec<Cell>> = vec![Vec::new(); kinds.len()];
    let rows = sheet.each(&mut |row| {
        for (column, cell) in columns.iter_mut().zip(row) {
            column.push(cell.clone());
        }
        if columns.first().is_some_and(|it| it.len() == GROUP) {
            group(&mut to, &kinds, &mut columns)?;
        }
        Ok(())
    })?;
    group(&mut to, &kinds, &mut columns)?;
    to.close().map_err(wrong)?;
    Ok(rows)
}

/// Writes the rows that wait.
fn group<W: Write + Send>(
    to: &mut SerializedFileWriter<W>,
    kinds: &[Kind],
    columns: &mut [Vec<Cell>],
) -> Result<(), ExportError> {
    if columns.first().is_none_or(Vec::is_empty) {
        return Ok(());
    }
    let mut group = to.next_row_group().map_err(wrong)?;
    for (kind, cells) in kinds.iter().zip(columns) {
        if let Some(mut column) = group.next_column().map_err(wrong)? {
            values(&mut column, *kind, cells).map_err(wrong)?;
            column.close().map_err(wrong)?;
        }
        cells.clear();
    }
    group.close().map_err(wrong)?;
    Ok(())
}

fn values(
    column: &mut SerializedColumnWriter<'_>,
    kind: Kind,
    cells: &[Cell],
) -> Result<(), ParquetError> {
    let there: Vec<i16> = cells.iter().map(|it| i16::from(held(kind, it))).collect();
    let there = Some(there.as_slice());
    let cells = cells.iter().filter(|it| held(kind, it));
    match kind {
        Kind::Text => {
            let all: Vec<ByteArray> = cells.map(|it| ByteArray::from(text(it).as_str())).collect();
            column.typed::<ByteArrayType>().write_batch(&all, there, None)?;
        }
        Kind::Whole => {
            let all: Vec<i64> = cells.map(whole).collect();
            column.typed::<Int64Type>().write_batch(&all, there, None)?;
        }
        Kind::Number => {
            let all: Vec<f64> = cells.map(number).collect();
            column.typed::<DoubleType>().write_batch(&all, there, None)?;
        }
        Kind::Day => {
            let all: Vec<i32> = cells.filter_map(day).collect();
            column.typed::<Int32Type>().write_batch(&all, there, None)?;
        }
        Kind::Truth => {
            let all: Vec<bool> = cells.map(|it| whole(it) != 0).collect();
            column.typed::<BoolType>().write_batch(&all, there, None)?;
        }
    }
    Ok(())
}

/// Whether a cell has a value of that kind.
fn held(kind: Kind, cell: &Cell) -> bool {
    match kind {
        Kind::Day => day(cell).is_some(),
        _ => *cell != Cell::Empty,
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Whole(n) => n.to_string(),
        Cell::Number(n) => n.to_string(),
    }
}

fn whole(cell: &Cell) -> i64 {
    if let Cell::Whole(n) = cell { *n } else { 0 }
}

fn number(cell: &Cell) -> f64 {
    match cell {
        Cell::Number(n) => *n,
        Cell::Whole(n) => *n as f64,
        _ => f64::NAN,
    }
}

/// Days since 1970.
fn day(cell: &Cell) -> Option<i32> {
    const FIRST: Date = date(1970, 1, 1);
    let Cell::Text(text) = cell else { return None };
    Some(text.parse::<Date>().ok()?.since(FIRST).ok()?.get_days())
}

fn wrong(error: ParquetError) -> ExportError {
    std::io::Error::other(error).into()
}
