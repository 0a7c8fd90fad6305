//! Tables: delimited text and Parquet, a row at a time, in bounded memory.

mod delimited;
mod parquet;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::Error;
use crate::row::{Columns, Row};

use delimited::Delimited;
use parquet::Parquet;

/// How the files of a kind are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// Where the heading is.
    pub(crate) heading: Heading,
    /// Whether quotation marks quote; tab-separated event files write them as they are.
    pub(crate) quoted: bool,
    /// Whether bytes that are not UTF-8 are ISO 8859-1, as the source documents it.
    pub(crate) latin1: bool,
}

/// Where the names of the columns stand.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Heading {
    /// In the first line.
    First,
    /// In the line that begins with this word.
    Beginning(&'static str),
    /// Nowhere, the columns being known by their number.
    None(&'static [&'static str]),
}

/// Plain comma-separated text with a heading.
pub(crate) const CSV: Layout = Layout { heading: Heading::First, quoted: true, latin1: false };

/// A table, open.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) columns: Columns,
    rows: Rows,
}

#[derive(Debug)]
enum Rows {
    Text(Box<Delimited>),
    Parquet(Box<Parquet>),
}

impl Table {
    /// Opens a file and reads its heading.
    pub(crate) fn open(path: &Path, layout: Layout) -> Result<Self, Error> {
        let mut columns =
            Columns { path: path.to_owned(), latin1: layout.latin1, ..Columns::default() };
        let mut file = open(path)?;
        let mut start = [0; 8];
        let n = file.read(&mut start).map_err(|e| unreadable(path, &e))?;
        let format = |wrong: &str, remedy: &str| Err(columns.format(wrong, remedy));
        match &start[..n] {
            [] => return format("is empty", "download it anew"),
            [b'P', b'A', b'R', b'1', ..] => {
                let rows = Parquet::open(path, &mut columns)?;
                return Ok(Self { columns, rows: Rows::Parquet(Box::new(rows)) });
            }
            [b'P', b'K', 3, 4, ..] => {
                return format(
                    "is a zip archive or an Excel workbook",
                    "unpack it, or save its sheet as CSV",
                );
            }
            [0x1F, 0x8B, ..] => return format("is packed with gzip", "unpack it: gunzip -k FILE"),
            [b'B', b'Z', b'h', ..] => {
                return format("is packed with bzip2", "unpack it: bunzip2 -k FILE");
            }
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
                return format("is UTF-16", "convert it: iconv -f UTF-16 -t UTF-8");
            }
            [b'R', b'D', ..] | [0x80, 2..=5, ..] => {
                return format(
                    "is no table of text but objects of another program",
                    "never open such files from strangers; download the CSV",
                );
            }
            bytes if bytes.contains(&0) => return format("is binary", "give the CSV or Parquet"),
            _ => {}
        }
        let rows = Delimited::open(open(path)?, layout, &mut columns)?;
        Ok(Self { columns, rows: Rows::Text(Box::new(rows)) })
    }

    /// The next row.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, Error> {
        match &mut self.rows {
            Rows::Text(rows) => rows.next(&self.columns),
            Rows::Parquet(rows) => rows.next(&self.columns),
        }
    }

    /// How much of the file has been read, in bytes; rows where bytes are not counted.
    pub(crate) fn position(&self) -> u64 {
        match &self.rows {
            Rows::Text(rows) => rows.position(),
            Rows::Parquet(rows) => rows.position(),
        }
    }
}

pub(crate) fn open(path: &Path) -> Result<File, Error> {
    let file = File::open(path).map_err(|e| unreadable(path, &e))?;
    let meta = file.metadata().map_err(|e| unreadable(path, &e))?;
    if meta.is_dir() {
        let (wrong, remedy) = ("is a folder".to_owned(), "give one file of it".to_owned());
        return Err(Error::Format { path: path.to_owned(), wrong, remedy });
    }
    Ok(file)
}

pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::Unreadable { path: path.to_owned(), reason: error.to_string() }
}
