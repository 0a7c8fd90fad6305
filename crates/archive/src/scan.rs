//! Reading files on all cores: who is party is found out from two columns of codes, the rest is read of what matches.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use arrow_array::{Array, BooleanArray, Int32Array, RecordBatch};
use arrow_schema::ArrowError;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowPredicateFn, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowFilter,
};
use parquet::file::metadata::PageIndexPolicy;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::SchemaDescriptor;

use crate::Error;
use crate::columns::{Texts, code};

/// Rows that are looked at together.
const ROWS: usize = 1 << 16;

/// Which claims are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Parties {
    /// All.
    Any,
    /// Those that a code is party to.
    One(String),
    /// Those that have one code on one side and another on the other.
    Facing(String, String),
}

impl Parties {
    /// Whether a claim of these sides, codes separated by `;`, is one of them.
    fn holds(&self, actors: &str, recipients: &str) -> bool {
        let has = |side: &str, code: &str| side.split(';').any(|it| it == code);
        match self {
            Self::Any => true,
            Self::One(code) => has(actors, code) || has(recipients, code),
            Self::Facing(a, b) => {
                has(actors, a) && has(recipients, b) || has(actors, b) && has(recipients, a)
            }
        }
    }
}

/// Reads files on all cores. Each file has a `start` of its own, made of its number, and gives every batch of matching rows to `each`; the
/// result has one part a file, in the order of files, so that it does not depend on the number of threads.
pub(crate) fn scan<T: Send>(
    files: &[PathBuf],
    parties: &Parties,
    columns: Option<&[String]>,
    start: impl Fn(usize) -> T + Sync,
    each: impl Fn(&mut T, &Path, &RecordBatch) -> Result<(), Error> + Sync,
) -> Result<Vec<T>, Error> {
    // A thread that panics in `each` takes the whole scan with it.
    on_all_cores(files.len(), |at| {
        let (mut part, path) = (start(at), &files[at]);
        file(path, parties, columns, &mut |batch| each(&mut part, path, batch))?;
        Ok(part)
    })
}

/// `work` on each of `n`, on all cores; the results in order, or the first error.
pub(crate) fn on_all_cores<T: Send>(
    n: usize,
    work: impl Fn(usize) -> Result<T, Error> + Sync,
) -> Result<Vec<T>, Error> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, Result<T, Error>)>> = Mutex::new(Vec::with_capacity(n));
    let worker = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= n {
                return;
            }
            let done = work(at);
            if done.is_err() {
                next.store(n, Ordering::Relaxed);
            }
            if let Ok(mut results) = results.lock() {
                results.push((at, done));
            }
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from).min(n.max(1));
    thread::scope(|scope| {
        for _ in 1..cores {
            scope.spawn(worker);
        }
        worker();
    });
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, done)| done).collect()
}

/// How many rows files have.
pub(crate) fn rows(files: &[PathBuf]) -> Result<u64, Error> {
    let of = |path: &PathBuf| {
        let file = File::open(path).map_err(Error::file(path))?;
        let reader = SerializedFileReader::new(file).map_err(Error::parquet(path))?;
        Ok(u64::try_from(reader.metadata().file_metadata().num_rows()).unwrap_or(0))
    };
    files.iter().map(of).sum()
}

/// Whether a column has a value in every row of every file, as the files' own statistics say.
pub(crate) fn full(files: &[PathBuf], name: &str) -> Result<bool, Error> {
    for path in files {
        let file = File::open(path).map_err(Error::file(path))?;
        let reader = SerializedFileReader::new(file).map_err(Error::parquet(path))?;
        let full = reader.metadata().row_groups().iter().all(|group| {
            let column = group.columns().iter().find(|it| it.column_path().string() == name);
            column.and_then(|it| it.statistics()?.null_count_opt()) == Some(0)
        });
        if !full {
            return Ok(false);
        }
    }
    Ok(!files.is_empty())
}

fn file(
    path: &Path,
    parties: &Parties,
    columns: Option<&[String]>,
    each: &mut dyn FnMut(&RecordBatch) -> Result<(), Error>,
) -> Result<(), Error> {
    let file = File::open(path).map_err(Error::file(path))?;
    // Where the pages lie, so that those that are passed over need not be looked at.
    let options = ArrowReaderOptions::new().with_offset_index_policy(PageIndexPolicy::Optional);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options)
        .map_err(Error::parquet(path))?;
    let schema = builder.parquet_schema();
    let mask = |names: &[&str]| of_names(schema, names);
    let all = match columns {
        Some(names) => mask(&names.iter().map(String::as_str).collect::<Vec<_>>()),
        None => ProjectionMask::all(),
    };
    let sides = mask(&["actors", "recipients"]);
    let mut builder = builder.with_projection(all).with_batch_size(ROWS);
    if *parties != Parties::Any {
        let parties = parties.clone();
        let matches = move |batch: RecordBatch| matching(&parties, &batch);
        let filter = ArrowPredicateFn::new(sides, matches);
        builder = builder.with_row_filter(RowFilter::new(vec![Box::new(filter)]));
    }
    for batch in builder.build().map_err(Error::parquet(path))? {
        each(&batch.map_err(Error::parquet(path))?)?;
    }
    Ok(())
}

/// The columns of those names, as far as the file has them.
fn of_names(schema: &SchemaDescriptor, names: &[&str]) -> ProjectionMask {
    let leaves = schema.columns().iter().enumerate();
    let wanted = leaves.filter(|(_, it)| names.contains(&it.name())).map(|(at, _)| at);
    ProjectionMask::leaves(schema, wanted.collect::<Vec<_>>())
}

/// Which rows of the two columns of codes match.
fn matching(parties: &Parties, batch: &RecordBatch) -> Result<BooleanArray, ArrowError> {
    let side = |name: &str| {
        let side = Texts::of(batch, name);
        let wrong = || ArrowError::SchemaError(format!("there is no column of codes `{name}`"));
        if side.is_none() { Err(wrong()) } else { Ok(side) }
    };
    let (actors, recipients) = (side("actors")?, side("recipients")?);
    let holds = |at: usize| {
        let [actors, recipients] = [actors, recipients].map(|it| it.get(at).unwrap_or_default());
        parties.holds(actors, recipients)
    };
    let rows = 0..batch.num_rows();
    let matches: Vec<bool> = match (actors, recipients) {
        (Texts::Codes(a, x), Texts::Codes(b, y)) => {
            // Words repeat a thousand times, and rows are sorted by them: a table of what matches, and no look-up where both stay.
            let row = y.len() + 1;
            let mut table: Vec<Option<bool>> = vec![None; (x.len() + 1) * row];
            let mut last = ((usize::MAX, usize::MAX), false);
            let place = |keys: &Int32Array, at, n: usize| code(keys, at).map_or(n, |it| it.min(n));
            let each = |at: usize| {
                let pair @ (i, j) = (place(a, at, x.len()), place(b, at, y.len()));
                if pair != last.0 {
                    last = (pair, *table[i * row + j].get_or_insert_with(|| holds(at)));
                }
                last.1
            };
            rows.map(each).collect()
        }
        _ => rows.map(holds).collect(),
    };
    Ok(matches.into())
}
