//! Tables out of the ledger: each export is a zip with the data, a page that explains every column, the licence, the query and how
//! to cite it.
//!
//! [`export()`] puts it together. The tables are defined once, in `sheets`, and written by one file a format.

mod about;
mod csv;
mod dta;
mod graph;
mod jsonl;
mod parquet;
mod references;
mod shaped;
mod sheet;
mod sheets;
mod xlsx;

use std::io::{self, Seek, Write};

use hedgerow_codebook::Codebook;
use hedgerow_ledger::{ClaimRow, DocumentRow, DyadYearRow, Fact, Ledger};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

pub use sheet::{Cell, Column, Unit};

/// A format of export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Comma-separated values, safe to open in a spreadsheet.
    Csv,
    /// JSON lines, exactly as kept.
    Jsonl,
    /// Parquet, a file a table, with the columns of the ledger's views.
    Parquet,
    /// An Excel workbook, a sheet a table.
    Xlsx,
    /// Stata data files, a file a table.
    Dta,
    /// A network of states as `GraphML`.
    Graphml,
    /// A network of states as GEXF, for Gephi.
    Gexf,
    /// The documents as `BibTeX` entries.
    Bibtex,
    /// The documents as RIS entries.
    Ris,
    /// Events in the columns of ICEWS.
    Icews,
    /// Events in the columns of POLECAT.
    Polecat,
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The claims that stand, one a row.
    Claims,
    /// Facts: claims about one happening taken together, one a row.
    Facts,
    /// Counts by actor, recipient and year.
    DyadYear,
    /// The documents, without their texts.
    Documents,
}

impl What {
    /// Every table.
    pub const ALL: [Self; 4] = [Self::Claims, Self::Facts, Self::DyadYear, Self::Documents];

    /// The word for it on the command line; in names of files the hyphen is a low line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Claims => "claims",
            Self::Facts => "facts",
            Self::DyadYear => "dyad-year",
            Self::Documents => "documents",
        }
    }
}

impl Format {
    /// The word for it on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
            Self::Dta => "dta",
            Self::Graphml => "graphml",
            Self::Gexf => "gexf",
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
            Self::Icews => "icews",
            Self::Polecat => "polecat",
        }
    }

    /// The tables that it can hold; those without a table are made from the one named here.
    pub const fn tables(self) -> &'static [What] {
        match self {
            Self::Csv | Self::Jsonl | Self::Parquet | Self::Xlsx | Self::Dta => &What::ALL,
            Self::Graphml | Self::Gexf => &[What::DyadYear],
            Self::Bibtex | Self::Ris => &[What::Documents],
            Self::Icews | Self::Polecat => &[What::Facts],
        }
    }
}

/// What is exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The format.
    pub format: Format,
    /// The tables, in this order; all that the format can hold where there is none.
    pub what: Vec<What>,
    /// Whether the articles' texts go with the documents. They may not be yours to pass on.
    pub texts: bool,
}

/// A file of an export, and the number of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Name inside the zip.
    pub name: String,
    /// Rows, nodes and edges, or entries.
    pub rows: u64,
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] hedgerow_ledger::Error),
    /// The zip cannot be written.
    #[error(
        "the export cannot be written: {0}; check the room on the disk and who may write there"
    )]
    Write(#[from] io::Error),
    /// The workbook cannot be written.
    #[error("the workbook cannot be written: {0}; use csv")]
    Workbook(String),
    /// A table that the format cannot hold.
    #[error("{format} cannot hold {what}; it holds {holds}")]
    NoTable {
        /// The format.
        format: &'static str,
        /// The table.
        what: &'static str,
        /// What it holds.
        holds: String,
    },
}

impl From<zip::result::ZipError> for ExportError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Write(io::Error::other(error))
    }
}

/// What an export is made from, read once.
pub(crate) struct Content<'c> {
    pub(crate) codebook: &'c Codebook,
    pub(crate) ledger: &'c Ledger,
    pub(crate) claims: Vec<ClaimRow>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) years: Vec<DyadYearRow>,
    pub(crate) documents: Vec<DocumentRow>,
    pub(crate) texts: bool,
    /// Whether claims have all columns of the ledger's view.
    pub(crate) full: bool,
}

/// Writes an export. The same ledger gives the same bytes.
///
/// # Errors
/// Where the ledger cannot be read, the format cannot hold a table, or the zip cannot be written.
pub fn export(
    ledger: &Ledger,
    codebook: &Codebook,
    query: &Query,
    to: impl Write + Seek,
) -> Result<Vec<Written>, ExportError> {
    let holds = query.format.tables();
    for what in &query.what {
        if !holds.contains(what) {
            let words: Vec<&str> = holds.iter().map(|it| it.as_str()).collect();
            return Err(ExportError::NoTable {
                format: query.format.as_str(),
                what: what.as_str(),
                holds: words.join(", "),
            });
        }
    }
    let tables = if query.what.is_empty() { holds.to_vec() } else { query.what.clone() };
    let needs = |what| tables.contains(&what);
    let claims =
        if needs(What::Claims) || needs(What::Facts) { ledger.claims()? } else { Vec::new() };
    // Parquet has the columns of the view `claims`, the fact of each claim among them.
    let full = query.format == Format::Parquet;
    let content = Content {
        codebook,
        ledger,
        facts: if needs(What::Facts) || full && needs(What::Claims) {
            ledger.facts(&claims)?
        } else {
            Vec::new()
        },
        full,
        claims,
        years: if needs(What::DyadYear) { ledger.directed_dyad_years()? } else { Vec::new() },
        documents: if needs(What::Documents) { ledger.documents()? } else { Vec::new() },
        texts: query.texts,
    };
    let mut zip = Zip { to: ZipWriter::new(to), written: Vec::new() };
    let sheets: Vec<sheet::Sheet<'_>> =
        tables.iter().map(|&what| sheets::of(what, &content)).collect();
    match query.format {
        Format::Csv => sheets.iter().try_for_each(|it| csv::write(it, &mut zip))?,
        Format::Jsonl => tables.iter().try_for_each(|&it| jsonl::write(it, &content, &mut zip))?,
        Format::Parquet => sheets.iter().try_for_each(|it| parquet::write(it, &mut zip))?,
        Format::Xlsx => xlsx::write(&sheets, &mut zip)?,
        Format::Dta => sheets.iter().try_for_each(|it| dta::write(it, &mut zip))?,
        Format::Graphml => graph::graphml(&content, &mut zip)?,
        Format::Gexf => graph::gexf(&content, &mut zip)?,
        Format::Bibtex => references::bibtex(&content, &mut zip)?,
        Format::Ris => references::ris(&content, &mut zip)?,
        Format::Icews => shaped::icews(&content, &mut zip)?,
        Format::Polecat => shaped::polecat(&content, &mut zip)?,
    }
    about::write(query, &tables, &sheets, &content, &mut zip)?;
    zip.to.finish()?;
    Ok(zip.written)
}

/// The zip under way.
pub(crate) struct Zip<W: Write + Seek> {
    pub(crate) to: ZipWriter<W>,
    written: Vec<Written>,
}

impl<W: Write + Seek> Zip<W> {
    /// Begins a file. Its date is always the same, so that the same content gives the same bytes.
    pub(crate) fn begin(&mut self, name: &str) -> Result<(), ExportError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .large_file(true);
        Ok(self.to.start_file(name, options)?)
    }

    /// Says how many rows a file has.
    pub(crate) fn wrote(&mut self, name: &str, rows: u64) {
        self.written.push(Written { name: name.to_owned(), rows });
    }
}
