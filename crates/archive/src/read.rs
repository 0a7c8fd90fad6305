//! Reading an archive: the claims of a state or of a pair, and what was published when.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use hedgerow_ledger::ClaimRow;
use jiff::civil::Date;

use crate::columns::{Days, Keys, Texts};
use crate::row::Claims;
use crate::scan::{self, Parties};
use crate::{Error, cell, folder, journal};

/// A folder of claims in Parquet, open for reading.
#[derive(Debug, Clone)]
pub struct Archive {
    path: PathBuf,
    claims: Vec<PathBuf>,
    documents: Vec<PathBuf>,
}

/// Documents of one day and outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// When they were published.
    pub published: Date,
    /// Outlet, or the document's id where none is named.
    pub outlet: String,
    /// How many they are.
    pub documents: u64,
}

impl Archive {
    /// Opens a folder: one that [`Writer`](crate::Writer) wrote, as far as its journal goes, or any with Parquet files that
    /// have the columns of claims (what Spark wrote, an export of a ledger).
    ///
    /// # Errors
    /// Where there is no such folder, or no claims in it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let missing = || Error::Missing { path: path.to_owned() };
        if !path.is_dir() {
            return Err(missing());
        }
        let own = path.join(folder::CLAIMS);
        let (claims, documents) = match journal::batches(path)? {
            Some(done) => {
                let files = || done.iter().flat_map(|it| &it.files);
                let of = |table: &str| {
                    files().filter(|it| it.starts_with(table)).map(|it| path.join(it)).collect()
                };
                (of(folder::CLAIMS), of(folder::DOCUMENTS))
            }
            None if own.is_dir() => {
                let documents = path.join(folder::DOCUMENTS);
                let documents = if documents.is_dir() {
                    folder::parquet_files(&documents)?
                } else {
                    Vec::new()
                };
                (folder::parquet_files(&own)?, documents)
            }
            None => (folder::parquet_files(path)?, Vec::new()),
        };
        let archive = Self { path: path.to_owned(), claims, documents };
        if archive.claims.is_empty() && archive.documents.is_empty() {
            return Err(missing());
        }
        Ok(archive)
    }

    /// The files of claims.
    pub fn files(&self) -> &[PathBuf] {
        &self.claims
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Every claim, in order of document and number.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn claims(&self) -> Result<Vec<ClaimRow>, Error> {
        self.rows(&Parties::Any)
    }

    /// Every claim that a state is party to, in order of document and number.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn actor(&self, code: &str) -> Result<Vec<ClaimRow>, Error> {
        self.rows(&Parties::One(code.to_owned()))
    }

    /// Every claim that has one of two on one side and the other on the other.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn dyad(&self, a: &str, b: &str) -> Result<Vec<ClaimRow>, Error> {
        self.rows(&Parties::Facing(a.to_owned(), b.to_owned()))
    }

    fn rows(&self, parties: &Parties) -> Result<Vec<ClaimRow>, Error> {
        let found = scan::scan(
            &self.claims,
            parties,
            None,
            |_| Vec::new(),
            |rows, path, batch| {
                let claims = Claims::of(batch);
                for at in 0..batch.num_rows() {
                    rows.push(claims.get(at).map_err(Error::parquet(path))?);
                }
                Ok(())
            },
        )?;
        let mut rows: Vec<ClaimRow> = found.into_iter().flatten().collect();
        rows.sort_by(|a, b| in_order(a).cmp(&in_order(b)));
        Ok(rows)
    }

    /// How many documents were published when and by whom, of those whose day is known. Where the archive has no table of
    /// documents, those count that make a claim.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn coverage(&self) -> Result<Vec<Covered>, Error> {
        let columns = Some(&["doc", "outlet", "published"].map(str::to_owned)[..]);
        let mut counts: BTreeMap<(Date, String), u64> = BTreeMap::new();
        if self.documents.is_empty() {
            let found = scan::scan(
                &self.claims,
                &Parties::Any,
                columns,
                |_| BTreeMap::new(),
                |all, _, batch| {
                    all.extend(published(batch));
                    Ok(())
                },
            )?;
            let documents: BTreeMap<String, (Date, String)> = found.into_iter().flatten().collect();
            for it in documents.into_values() {
                *counts.entry(it).or_default() += 1;
            }
        } else {
            let each = |all: &mut BTreeMap<_, u64>, _: &Path, batch: &RecordBatch| {
                for (it, n) in counted(batch) {
                    *all.entry(it).or_default() += n;
                }
                Ok(())
            };
            let start = |_| BTreeMap::<(Date, String), u64>::new();
            for part in scan::scan(&self.documents, &Parties::Any, columns, start, each)? {
                for (it, n) in part {
                    *counts.entry(it).or_default() += n;
                }
            }
        }
        let covered = |((published, outlet), documents)| Covered { published, outlet, documents };
        Ok(counts.into_iter().map(covered).collect())
    }
}

/// By document, then by number.
pub(crate) fn in_order(row: &ClaimRow) -> (&str, usize, &str) {
    (&row.claim.doc, row.claim.id.len(), &row.claim.id)
}

/// The documents of the rows whose day is known: id, day, and outlet (the id where none is named).
fn published(batch: &RecordBatch) -> impl Iterator<Item = (String, (Date, String))> {
    let (docs, outlets) = (Texts::of(batch, "doc"), Texts::of(batch, "outlet"));
    let days = Days::of(batch, "published");
    (0..batch.num_rows()).filter_map(move |at| {
        let doc = docs.own(at).unwrap_or_default();
        let outlet = outlets.own(at).unwrap_or_else(|| doc.clone());
        Some((doc, (days.get(at)?, outlet)))
    })
}

/// The same, counted by day and outlet: millions of documents are of few outlets.
fn counted(batch: &RecordBatch) -> Vec<((Date, String), u64)> {
    let (docs, outlets) = (Texts::of(batch, "doc"), Keys::of(batch, "outlet"));
    let days = Days::of(batch, "published");
    let mut counts: HashMap<(i32, i32), u64> = HashMap::new();
    let mut alone = Vec::new();
    let mut names: HashMap<i32, &str> = HashMap::new();
    for at in 0..batch.num_rows() {
        let Some(day) = days.count(at) else { continue };
        if let Some(outlet) = outlets.word(at) {
            names.entry(outlets.key(at)).or_insert(outlet);
            *counts.entry((day, outlets.key(at))).or_default() += 1;
        } else if let Some(day) = cell::day(day) {
            alone.push(((day, docs.own(at).unwrap_or_default()), 1));
        }
    }
    let named = counts.into_iter().filter_map(|((day, outlet), n)| {
        Some(((cell::day(day)?, (*names.get(&outlet)?).to_owned()), n))
    });
    named.chain(alone).collect()
}
