//! Comma-, semicolon- and tab-separated text.

use std::fs::File;
use std::io::Read;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::{Heading, Layout, unreadable};
use crate::Error;
use crate::row::{Col, Columns, Row};

/// How much is read at a time. The heading, with what stands before it, must lie in the first such piece.
const PIECE: usize = 1 << 18;
/// The longest row; a quotation mark that is never closed would take the whole file into memory.
const LONGEST_ROW: usize = 4 << 20;
/// Most cells of a row.
const MOST_CELLS: usize = 20_000;

/// Delimited text, open after its heading.
#[derive(Debug)]
pub(super) struct Delimited {
    file: File,
    core: Reader,
    piece: Vec<u8>,
    /// What of the piece is still to be read.
    at: usize,
    end: usize,
    read: u64,
    /// Lines before the heading.
    skipped: u64,
    row: Vec<u8>,
    ends: Vec<usize>,
}

impl Delimited {
    pub(super) fn open(file: File, layout: Layout, columns: &mut Columns) -> Result<Self, Error> {
        let mut text = Self {
            file,
            core: Reader::new(),
            piece: vec![0; PIECE],
            at: 0,
            end: 0,
            read: 0,
            skipped: 0,
            row: vec![0; 1 << 14],
            ends: vec![0; 128],
        };
        text.fill(columns)?;
        if text.piece[..text.end].starts_with(&[0xEF, 0xBB, 0xBF]) {
            text.at = 3;
        }
        if let Heading::Beginning(word) = layout.heading {
            text.skip_to(word, columns)?;
        }
        let rest = &text.piece[text.at..text.end];
        let first = rest.split(|&b| b == b'\n').next().unwrap_or_default();
        let delimiter = delimiter(first, layout.heading);
        // Tab-separated event files write quotation marks as they are; with commas these always quote.
        let quoting = layout.quoted || delimiter != b'\t';
        text.core = ReaderBuilder::new().delimiter(delimiter).quoting(quoting).build();
        if let Heading::None(names) = layout.heading {
            columns.names = names.iter().map(|&it| it.to_owned()).collect();
            return Ok(text);
        }
        let names = text.next(columns)?.map(|row| {
            let cell = |n| String::from_utf8_lossy(row.bytes(Col(n))).into_owned();
            (0..row.len()).map(cell).collect()
        });
        columns.names =
            names.ok_or_else(|| columns.format("has no heading", "download it anew"))?;
        Ok(text)
    }

    /// Leaves out everything before the line that begins with `word`.
    fn skip_to(&mut self, word: &str, columns: &mut Columns) -> Result<(), Error> {
        let mut at = self.at;
        while at < self.end {
            let rest = &self.piece[at..self.end];
            let line = rest.split_inclusive(|&b| b == b'\n').next().unwrap_or_default();
            let bare = line.strip_prefix(b"\"").unwrap_or(line);
            if bare.starts_with(word.as_bytes()) {
                self.at = at;
                return Ok(());
            }
            columns.preamble.push(line.iter().map(|&b| char::from(b)).collect());
            self.skipped += 1;
            at += line.len();
        }
        Err(columns.format(
            format!("no line in its beginning starts with `{word}`, as the heading does"),
            "check that the file is of this kind, and complete",
        ))
    }

    fn fill(&mut self, columns: &Columns) -> Result<(), Error> {
        self.at = 0;
        self.end = 0;
        while self.end < self.piece.len() {
            let n = self.file.read(&mut self.piece[self.end..]);
            match n.map_err(|e| unreadable(columns.path(), &e))? {
                0 => break,
                n => self.end += n,
            }
        }
        self.read += self.end as u64;
        Ok(())
    }

    pub(super) fn position(&self) -> u64 {
        self.read - (self.end - self.at) as u64
    }

    /// The next row, however long the text before it.
    pub(super) fn next<'r>(&'r mut self, columns: &'r Columns) -> Result<Option<Row<'r>>, Error> {
        let line = self.core.line() + self.skipped;
        let (mut bytes, mut cells) = (0, 0);
        loop {
            if self.at == self.end {
                self.fill(columns)?;
            }
            let (result, taken, written, ended) = self.core.read_record(
                &self.piece[self.at..self.end],
                &mut self.row[bytes..],
                &mut self.ends[cells..],
            );
            self.at += taken;
            bytes += written;
            cells += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.row.len() < LONGEST_ROW => {
                    self.row.resize(self.row.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < MOST_CELLS => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    return Err(Error::Broken {
                        path: columns.path.clone(),
                        line,
                        wrong: "a row without end, as a quotation mark makes that is never closed"
                            .to_owned(),
                        remedy: "correct this line".to_owned(),
                    });
                }
                ReadRecordResult::Record => {
                    return Ok(Some(Row {
                        bytes: &self.row[..bytes],
                        ends: &self.ends[..cells],
                        columns,
                        line,
                    }));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }
}

/// What separates the cells of a line: what most of its columns are made by. Where there is no heading, commas in the text must not
/// count, so tabs that are enough are believed.
fn delimiter(line: &[u8], heading: Heading) -> u8 {
    let count = |delimiter: u8| memchr::memchr_iter(delimiter, line).count();
    if let Heading::None(names) = heading
        && count(b'\t') + 4 >= names.len()
    {
        return b'\t';
    }
    [b',', b';', b'\t'].into_iter().max_by_key(|&it| count(it)).unwrap_or(b',')
}
