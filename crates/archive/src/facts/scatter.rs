//! Dealing out claims over buckets on the disk, so that claims that can be one fact lie in one bucket.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{ArrayRef, Int32Array, RecordBatch, UInt32Array};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::take::take_record_batch;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use crate::Error;
use crate::columns::Keys;
use crate::scan::{self, Parties};

/// What the rule looks at.
const COLUMNS: [&str; 32] = [
    "claim_id",
    "doc",
    "kind",
    "type",
    "mode",
    "actors",
    "recipients",
    "symmetric",
    "date_start",
    "date_end",
    "precision",
    "date_text",
    "amount",
    "unit",
    "currency",
    "count_of",
    "amount_qualifier",
    "cumulative",
    "modality",
    "stage",
    "level",
    "voice",
    "polarity",
    "topic",
    "domain",
    "evidence_bstart",
    "evidence_bend",
    "evidence",
    "outlet",
    "published",
    "more",
    "json",
];
/// The place of a claim: number of its file, and of its row.
pub(super) const PLACE: [&str; 2] = ["place_file", "place_row"];
/// Bytes that are held back for each bucket.
const HELD: usize = 1 << 20;

/// The files of one bucket; of one layout each, since an archive's files may differ in theirs.
#[derive(Default)]
struct Bucket {
    open: Vec<(SchemaRef, PathBuf, ArrowWriter<File>)>,
}

/// Deals out the claims of `files`; the paths of each bucket.
pub(super) fn scatter(
    files: &[PathBuf],
    work: &Path,
    buckets: usize,
) -> Result<Vec<Vec<PathBuf>>, Error> {
    let open: Vec<Mutex<Bucket>> = (0..buckets).map(|_| Mutex::default()).collect();
    let columns = COLUMNS.map(str::to_owned);
    let start = |file: usize| (i32::try_from(file).unwrap_or(i32::MAX), 0);
    scan::scan(files, &Parties::Any, Some(&columns), start, |(file, row), path, batch| {
        let (placed, dealt) = (placed(batch, *file, *row), deal(batch, buckets));
        *row += i32::try_from(batch.num_rows()).unwrap_or(0);
        for (bucket, rows) in dealt {
            let rows = placed
                .as_ref()
                .map_err(ToString::to_string)
                .and_then(|it| take_record_batch(it, &rows).map_err(|it| it.to_string()))
                .map_err(Error::parquet(path))?;
            let mut bucket_open = open[bucket].lock().unwrap_or_else(PoisonError::into_inner);
            bucket_open.write(work, bucket, &rows)?;
        }
        Ok(())
    })?;
    open.into_iter()
        .map(|it| it.into_inner().unwrap_or_else(PoisonError::into_inner).close())
        .collect()
}

/// The batch with the place of each claim.
fn placed(
    batch: &RecordBatch,
    file: i32,
    row: i32,
) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let n = batch.num_rows();
    let numbers: [ArrayRef; 2] = [
        Arc::new(Int32Array::from_value(file, n)),
        Arc::new(Int32Array::from_iter_values((row..).take(n))),
    ];
    let schema = batch.schema();
    let fields = schema.fields().iter().cloned();
    let own = PLACE.map(|name| Arc::new(Field::new(name, DataType::Int32, false)));
    let schema = Schema::new(fields.chain(own).collect::<Vec<_>>());
    RecordBatch::try_new(Arc::new(schema), batch.columns().iter().cloned().chain(numbers).collect())
}

/// Which rows go to which bucket.
fn deal(batch: &RecordBatch, buckets: usize) -> BTreeMap<usize, UInt32Array> {
    let mut rows: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    let circles = Circles::of(batch);
    let mut known: HashMap<[i32; 4], usize> = HashMap::new();
    for at in 0..batch.num_rows() {
        let bucket = match known.entry(circles.key(at)) {
            Entry::Occupied(it) => *it.get(),
            Entry::Vacant(it) => {
                let mut hasher = DefaultHasher::new();
                circles.name(at).hash(&mut hasher);
                *it.insert((hasher.finish() % buckets as u64) as usize)
            }
        };
        rows.entry(bucket).or_default().push(at as u32);
    }
    rows.into_iter().map(|(bucket, rows)| (bucket, rows.into())).collect()
}

/// Which claims of a batch can be one fact.
pub(super) struct Circles<'b>([Keys<'b>; 4]);

impl<'b> Circles<'b> {
    pub(super) fn of(batch: &'b RecordBatch) -> Self {
        Self(["kind", "domain", "actors", "recipients"].map(|name| Keys::of(batch, name)))
    }

    /// What stands for the name, within this batch.
    pub(super) fn key(&self, at: usize) -> [i32; 4] {
        [0, 1, 2, 3].map(|n| self.0[n].key(at))
    }

    /// Kind, domain, and the codes of all parties in alphabetical order.
    pub(super) fn name(&self, at: usize) -> String {
        let word = |n: usize| self.0[n].word(at).unwrap_or_default();
        let codes: BTreeSet<&str> = word(2).split(';').chain(word(3).split(';')).collect();
        let codes: Vec<&str> = codes.into_iter().filter(|it| !it.is_empty()).collect();
        format!("{} {} {}", word(0), word(1), codes.join(";"))
    }
}

impl Bucket {
    fn write(&mut self, work: &Path, bucket: usize, rows: &RecordBatch) -> Result<(), Error> {
        let schema = rows.schema();
        let known = self.open.iter().position(|(it, _, _)| *it == schema);
        let at = known.unwrap_or(self.open.len());
        if known.is_none() {
            let path = work.join(format!("{bucket:03}-{at}.parquet"));
            let file = File::create(&path).map_err(Error::file(&path))?;
            let to = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties()));
            self.open.push((schema, path.clone(), to.map_err(Error::parquet(&path))?));
        }
        let (_, path, to) = &mut self.open[at];
        to.write(rows).map_err(Error::parquet(path))?;
        if to.in_progress_size() > HELD {
            to.flush().map_err(Error::parquet(path))?;
        }
        Ok(())
    }

    fn close(self) -> Result<Vec<PathBuf>, Error> {
        self.open
            .into_iter()
            .map(|(_, path, to)| {
                to.close().map_err(Error::parquet(&path))?;
                Ok(path)
            })
            .collect()
    }
}

/// Quick to write and read: these files live for minutes.
fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .build()
}
