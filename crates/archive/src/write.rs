//! Writing an archive, a batch at a time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use hedgerow_ledger::{ClaimRow, sha256_hex};
use jiff::civil::Date;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use crate::Error;
use crate::cell::Table;
use crate::claims::{self, Coded};
use crate::documents::{self, DOCUMENTS};
use crate::folder::{self, partition};
use crate::journal::{Done, Head, Journal};

/// A batch also ends with the document that brings it to so many claims.
const BATCH_CLAIMS: usize = 32_768;
/// Rows of a group: what a reader skips by statistics.
const GROUP: usize = 1 << 20;
/// Rows of a page: where a row is wanted, so many are unpacked.
pub(crate) const PAGE: usize = 4096;

/// A document as it is recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its id; of what could not be read, its place.
    pub doc: String,
    /// Headline.
    pub title: Option<String>,
    /// Who printed it.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Last day on which it can have been published, where the day is not known.
    pub published_until: Option<Date>,
    /// Address.
    pub url: Option<String>,
    /// Where it was read from.
    pub path: String,
    /// SHA-256 of the bytes received; none where nothing could be read.
    pub bytes_sha256: Option<String>,
    /// Number of its claims.
    pub claims: usize,
    /// Why it was not coded.
    pub refused: Option<String>,
}

/// Documents and claims on their way to files.
#[derive(Debug)]
pub struct Batch {
    documents: Vec<Document>,
    claims: Vec<ClaimRow>,
    most: usize,
}

impl Batch {
    /// An empty one that is full with `most` documents. Where one ends depends on the input alone, never on the number of
    /// threads.
    pub const fn of(most: usize) -> Self {
        Self { documents: Vec::new(), claims: Vec::new(), most }
    }

    /// Adds what came of one input.
    pub fn add(&mut self, document: Document, claims: impl IntoIterator<Item = ClaimRow>) {
        let before = self.claims.len();
        self.claims.extend(claims);
        self.documents.push(Document { claims: self.claims.len() - before, ..document });
    }

    /// Whether it is to be written.
    pub fn is_full(&self) -> bool {
        self.documents.len() >= self.most || self.claims.len() >= BATCH_CLAIMS
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

/// What an archive holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents that were coded.
    pub documents: u64,
    /// What was refused.
    pub refused: u64,
    /// Claims.
    pub claims: u64,
}

/// Writes an archive.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    head: Head,
    journal: Journal,
}

/// The inputs of a batch that an earlier run wrote, to be seen again before it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Documents and refusals that were read for it.
    pub read: u64,
    /// See [`fingerprint`].
    pub inputs: String,
}

impl Writer {
    /// Begins an archive in a folder, or goes on with what an earlier run of the same settings left there.
    ///
    /// # Errors
    /// Where the folder cannot be written, is in use, or belongs to a run of other settings.
    pub fn open(folder: &Path, head: Head) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let journal = Journal::open(folder, &head)?;
        Ok(Self { folder: folder.to_owned(), head, journal })
    }

    /// Whether an earlier run came to its end: there is nothing to do.
    pub fn is_complete(&self) -> bool {
        self.journal.complete
    }

    /// The batches that are on the disk.
    pub fn past(&self) -> Vec<Past> {
        let past = |it: &Done| Past { read: it.read, inputs: it.inputs.clone() };
        self.journal.done.iter().map(past).collect()
    }

    /// What an earlier run read at this place is not what is there now.
    pub fn changed(&self, batch: usize) -> Error {
        let wrong = format!("with other documents (batch {batch} of them has changed since)");
        Error::Another { path: self.folder.clone(), wrong }
    }

    /// Writes a batch; when this returns, it is on the disk.
    ///
    /// # Errors
    /// Where a file cannot be written. Nothing that was written before is lost.
    pub fn write(&mut self, batch: &Batch) -> Result<(), Error> {
        let number = self.journal.done.len() as u64;
        let mut files = Vec::new();
        let mut years: BTreeMap<String, (Vec<&ClaimRow>, Vec<&Document>)> = BTreeMap::new();
        for it in &batch.claims {
            years.entry(partition(it.published)).or_default().0.push(it);
        }
        for it in &batch.documents {
            years.entry(partition(it.published)).or_default().1.push(it);
        }
        for (year, (mut claims, documents)) in years {
            if !claims.is_empty() {
                claims.sort_by_cached_key(|it| order(it));
                let rows = claims.iter().map(|&row| Coded {
                    row,
                    model: &self.head.model,
                    fact: None,
                    stand: None,
                });
                let sorted = claims::batch(rows, false).map_err(Error::parquet(&self.folder))?;
                files.push(self.file(folder::CLAIMS, &year, number, &sorted)?);
            }
            let mut table = Table::new(&DOCUMENTS, false);
            for it in documents {
                table.row(documents::cells(it));
            }
            let rows = table.finish().map_err(Error::parquet(&self.folder))?;
            files.push(self.file(folder::DOCUMENTS, &year, number, &rows)?);
        }
        let refused = batch.documents.iter().filter(|it| it.refused.is_some()).count() as u64;
        let read = batch.documents.len() as u64;
        self.journal.add(Done {
            batch: number,
            read,
            documents: read - refused,
            refused,
            claims: batch.claims.len() as u64,
            inputs: fingerprint(batch.documents.iter().map(|it| it.bytes_sha256.as_deref())),
            files,
        })
    }

    fn file(
        &self,
        table: &str,
        year: &str,
        number: u64,
        rows: &RecordBatch,
    ) -> Result<String, Error> {
        let name = format!("{table}/{year}/part-{number:06}.parquet");
        let path = self.folder.join(&name);
        let sorted: &[&str] =
            if table == folder::CLAIMS { &["actors", "recipients", "date_start"] } else { &[] };
        let properties = properties(&self.head, rows, sorted)?;
        folder::write_whole(&path, |file| {
            let wrong = |it| Error::parquet(&path)(it);
            let mut to =
                ArrowWriter::try_new(file, rows.schema(), Some(properties)).map_err(wrong)?;
            to.write(rows).map_err(wrong)?;
            to.close().map_err(wrong)?;
            Ok(())
        })?;
        Ok(name)
    }

    /// All documents were written.
    ///
    /// # Errors
    /// Where the journal cannot be written.
    pub fn end(&mut self) -> Result<Summary, Error> {
        if !self.journal.complete {
            self.journal.end()?;
        }
        Ok(self.summary())
    }

    /// What is on the disk so far.
    pub fn summary(&self) -> Summary {
        self.journal.done.iter().fold(Summary::default(), |sum, it| Summary {
            documents: sum.documents + it.documents,
            refused: sum.refused + it.refused,
            claims: sum.claims + it.claims,
        })
    }
}

/// The order of claims in a file: that of dyads and days, then of documents.
fn order(row: &ClaimRow) -> (Vec<&str>, Vec<&str>, Option<Date>, &str, usize, &str) {
    let claim = &row.claim;
    (
        claim.actors.iter().map(|it| it.code.as_str()).collect(),
        claim.recipients.iter().map(|it| it.code.as_str()).collect(),
        claim.date.start,
        &claim.doc,
        claim.id.len(),
        &claim.id,
    )
}

/// One fingerprint of the fingerprints of inputs, in order; what could not be read counts by its place.
pub fn fingerprint<'a>(inputs: impl Iterator<Item = Option<&'a str>>) -> String {
    let all: Vec<&str> = inputs.map(|it| it.unwrap_or("-")).collect();
    sha256_hex(all.join("\n").as_bytes())
}

/// How files are written: Zstandard, dictionaries, statistics of every page. Nothing in them depends on the clock.
pub(crate) fn properties(
    head: &Head,
    rows: &RecordBatch,
    sorted: &[&str],
) -> Result<WriterProperties, Error> {
    let level = ZstdLevel::try_new(3).map_err(Error::parquet(Path::new("")))?;
    let schema = rows.schema();
    let sorting = sorted.iter().filter_map(|name| {
        let column_idx = i32::try_from(schema.index_of(name).ok()?).ok()?;
        Some(SortingColumn { column_idx, descending: false, nulls_first: true })
    });
    let about = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
    Ok(WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_created_by(format!("hedgerow {}", env!("CARGO_PKG_VERSION")))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_max_row_group_row_count(Some(GROUP))
        .set_data_page_row_count_limit(PAGE)
        .set_sorting_columns(Some(sorting.collect()))
        .set_key_value_metadata(Some(vec![
            about("hedgerow.codebook", &head.codebook),
            about("hedgerow.model", &head.model),
        ]))
        .build())
}
