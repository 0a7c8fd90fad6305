//! Tables of stories: comma- or tab-separated, with the columns `id,text,published,title,outlet,url`, all but `text` optional.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use csv::{ByteRecord, Reader, ReaderBuilder};
use hedgerow_ledger::sha256_hex;
use hedgerow_text::{Document, Meta};

use crate::encoding::Transcoded;
use crate::open::{Place, unreadable};
use crate::{Input, Refusal, bytes, date};

/// The columns that are read, in any order and case; others are passed over.
pub(crate) const COLUMNS: [&str; 6] = ["id", "text", "published", "title", "outlet", "url"];

/// Rows of a table; one that cannot be read is refused, and the next one is read.
pub(crate) struct Rows {
    place: Place,
    from: Reader<Metered>,
    fuel: Rc<Cell<u64>>,
    columns: [Option<usize>; 6],
    encoding: &'static str,
    given: usize,
    ended: bool,
}

/// A reader that a single row cannot read to no end.
struct Metered {
    from: Box<dyn BufRead>,
    fuel: Rc<Cell<u64>>,
}

impl Read for Metered {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let left = self.fuel.get();
        if left == 0 {
            return Err(io::Error::other("a row does not end; a quotation mark may be missing"));
        }
        let n = self.from.read(to)?;
        self.fuel.set(left.saturating_sub(n as u64));
        Ok(n)
    }
}

/// What one row may take (bytes): a document, its quotation marks doubled, and what is read ahead.
const MAX_ROW: u64 = Document::MAX_BYTES as u64 * 2 + (1 << 20);

impl Rows {
    /// The rows of a table, whose first names the columns.
    pub(crate) fn open(place: Place, from: Box<dyn BufRead>) -> Result<Self, Refusal> {
        let wrong = |error: &io::Error| unreadable(&place.name, error);
        let text = Transcoded::new(from).map_err(|it| wrong(&it))?;
        let encoding = text.name;
        let mut from: Box<dyn BufRead> = Box::new(BufReader::with_capacity(1 << 16, text));
        let delimiter = delimiter(from.fill_buf().map_err(|it| wrong(&it))?);
        let fuel = Rc::new(Cell::new(MAX_ROW));
        let metered = Metered { from, fuel: Rc::clone(&fuel) };
        let mut records =
            ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(metered);
        let head = records.byte_headers().map_err(|error| broken(&place, 1, &error))?;
        let named = |name: &str| {
            head.iter().position(|it| {
                String::from_utf8_lossy(it)
                    .trim()
                    .trim_start_matches('\u{FEFF}')
                    .eq_ignore_ascii_case(name)
            })
        };
        let columns = COLUMNS.map(named);
        if columns[1].is_none() {
            return Err(place.refuse(
                "its first row names no column `text`",
                format!("name the columns {}", COLUMNS.join(", ")),
            ));
        }
        Ok(Self { place, from: records, fuel, columns, encoding, given: 0, ended: false })
    }

    fn input(&self, row: &ByteRecord, line: u64) -> Result<Input, Refusal> {
        let place = format!("{}:{line}", self.place.name);
        let field = |n: usize| {
            let value = self.columns[n].and_then(|at| row.get(at)).unwrap_or_default();
            String::from_utf8_lossy(value).into_owned()
        };
        let some = |n: usize| Some(field(n).trim().to_owned()).filter(|it| !it.is_empty());
        let received: Vec<String> = (0..COLUMNS.len()).map(field).collect();
        let received = received.join("\u{1F}").into_bytes();
        let (text, _) = bytes::text(&place, field(1).into_bytes())?;
        let mut meta = Meta { title: some(3), outlet: some(4), url: some(5), ..Meta::default() };
        if let Some(written) = some(2) {
            let when = date::read(&written).ok_or_else(|| {
                let wrong = format!("`published: {written}` is no date");
                Refusal::new(&place, wrong, "write YYYY-MM-DD")
            })?;
            meta = meta.published(when);
        }
        let stem = some(0).unwrap_or_else(|| format!("{}-{line}", self.place.stem));
        Ok(Input {
            path: format!("{}#{stem}", self.place.path),
            stem,
            sha256: sha256_hex(&received),
            bytes: Some(received),
            text,
            meta,
            ..Input::default()
        })
    }
}

impl Iterator for Rows {
    type Item = Result<Input, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = ByteRecord::new();
        while !self.ended {
            self.fuel.set(MAX_ROW);
            match self.from.read_byte_record(&mut row) {
                Ok(false) => {
                    self.ended = true;
                    if self.given == 0 {
                        return Some(Err(bytes::empty(&self.place.name)));
                    }
                }
                Ok(true) if row.iter().all(|it| it.trim_ascii().is_empty()) => {}
                Ok(true) => {
                    let line = row.position().map_or(0, csv::Position::line);
                    let mut input = self.input(&row, line);
                    if let Ok(input) = &mut input
                        && self.given == 0
                        && self.encoding != "UTF-8"
                    {
                        let name = self.encoding;
                        input.remarks.push(format!("the table is no UTF-8 and was read as {name}"));
                    }
                    self.given += 1;
                    return Some(input);
                }
                Err(error) => {
                    self.ended = true;
                    let line = self.from.position().line();
                    return Some(Err(broken(&self.place, line, &error)));
                }
            }
        }
        None
    }
}

fn broken(place: &Place, line: u64, error: &csv::Error) -> Refusal {
    let wrong = match error.kind() {
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    };
    let remedy = "write one story a row, texts with line breaks in quotation marks";
    Refusal::new(
        format!("{}:{line}", place.name),
        format!("cannot be read further ({wrong})"),
        remedy,
    )
}

/// What parts the columns: whatever stands most often in the first line.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |mark: u8| line.split(|&b| b == mark).count();
    [b'\t', b';', b','].into_iter().max_by_key(|&mark| count(mark)).unwrap_or(b',')
}
