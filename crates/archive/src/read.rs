//! Reading an archive: the claims of a state or of a pair, and what was published when.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use hedgerow_ledger::ClaimRow;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

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
                for at in 0..batch.num_rows() {
                    rows.push(claim(batch, at).map_err(Error::parquet(path))?);
                }
                Ok(())
            },
        )?;
        let mut rows: Vec<ClaimRow> = found.into_iter().flatten().collect();
        rows.sort_by(|a, b| {
            let key = |it: &ClaimRow| (it.claim.id.len(), it.claim.id.clone());
            a.claim.doc.cmp(&b.claim.doc).then_with(|| key(a).cmp(&key(b)))
        });
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
            let start = |_| BTreeMap::<(Date, String), u64>::new();
            let each = |all: &mut BTreeMap<_, u64>, _: &Path, batch: &RecordBatch| {
                for (_, it) in published(batch) {
                    *all.entry(it).or_default() += 1;
                }
                Ok(())
            };
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

/// The documents of the rows whose day is known: id, day, and outlet (the id where none is named).
fn published(batch: &RecordBatch) -> impl Iterator<Item = (String, (Date, String))> {
    (0..batch.num_rows()).filter_map(|at| {
        let doc = text(batch, "doc", at).unwrap_or_default();
        let outlet = text(batch, "outlet", at).unwrap_or_else(|| doc.clone());
        Some((doc, (day(batch, "published", at)?, outlet)))
    })
}

/// One row as a claim.
pub(crate) fn claim(batch: &RecordBatch, at: usize) -> serde_json::Result<ClaimRow> {
    let word = |name: &str| text(batch, name, at);
    let (title, outlet, url) = (word("title"), word("outlet"), word("url"));
    let published = day(batch, "published", at);
    // An export of a ledger has the claim whole.
    let claim = match word("json") {
        Some(json) => serde_json::from_str(&json)?,
        None => serde_json::from_value(Value::Object(fields(batch, at)?))?,
    };
    Ok(ClaimRow { claim, title, outlet, published, url })
}

/// The fields of a claim, from its columns.
fn fields(batch: &RecordBatch, at: usize) -> serde_json::Result<Map<String, Value>> {
    let word = |name: &str| text(batch, name, at).map_or(Value::Null, Value::String);
    let whole = |name: &str| whole(batch, name, at).map_or(Value::Null, Value::from);
    let number = |name: &str| number(batch, name, at).map_or(Value::Null, Value::from);
    let date = |name: &str| day(batch, name, at).map_or(Value::Null, |it| it.to_string().into());
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    put("id", word("claim_id"));
    for name in [
        "doc", "kind", "type", "mode", "modality", "stage", "change", "level", "place", "topic",
        "quote", "cameo", "domain",
    ] {
        put(name, word(name));
    }
    put("rule", text(batch, "rule", at).unwrap_or_else(|| "imported".to_owned()).into());
    put("codebook", text(batch, "codebook", at).unwrap_or_default().into());
    put("polarity", whole("polarity"));
    put("quad", whole("quad"));
    put("confidence", number("confidence"));
    put("symmetric", truth(batch, "symmetric", at).into());
    put("cumulative", truth(batch, "cumulative", at).into());
    let precision = text(batch, "precision", at).unwrap_or_else(|| "none".to_owned());
    put(
        "date",
        json!({"start": date("date_start"), "end": date("date_end"), "precision": precision, "text": word("date_text")}),
    );
    if let Some(unit) = text(batch, "unit", at) {
        let qualifier = text(batch, "amount_qualifier", at).unwrap_or_else(|| "exact".to_owned());
        let said = text(batch, "amount_text", at).unwrap_or_default();
        put(
            "amount",
            json!({"value": number("amount"), "unit": unit, "currency": word("currency"),
                "count_of": word("count_of"), "qualifier": qualifier, "text": said}),
        );
    }
    if let Some(code) = text(batch, "voice", at) {
        let name = text(batch, "voice_name", at).unwrap_or_default();
        put("attributed_to", json!({"code": code, "name": name}));
    }
    let offset = |name: &str| self::whole(batch, name, at).unwrap_or(0);
    put(
        "evidence",
        json!({"start": offset("evidence_start"), "end": offset("evidence_end"),
            "bstart": offset("evidence_bstart"), "bend": offset("evidence_bend"),
            "text": text(batch, "evidence", at).unwrap_or_default()}),
    );
    if let Some(more) = text(batch, "more", at) {
        fields.extend(serde_json::from_str::<Map<String, Value>>(&more)?);
    }
    // Where the names of the parties were left out, their codes are there.
    for side in ["actors", "recipients"] {
        if !fields.contains_key(side) {
            fields.insert(side.to_owned(), parties(&text(batch, side, at).unwrap_or_default()));
        }
    }
    Ok(fields)
}

/// Parties of whom no more than codes are known.
fn parties(codes: &str) -> Value {
    let party = |code: &str| {
        let role = hedgerow_codebook::claim::Role::default_of(code);
        json!({"code": code, "name": code, "role": role, "person": null})
    };
    codes.split(';').filter(|it| !it.is_empty()).map(party).collect()
}

/// The text in a column of texts or codes.
pub(crate) fn text(batch: &RecordBatch, name: &str, at: usize) -> Option<String> {
    let column = batch.column_by_name(name)?;
    if column.is_null(at) {
        return None;
    }
    let text = match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(at),
        DataType::LargeUtf8 => column.as_string::<i64>().value(at),
        DataType::Utf8View => column.as_string_view().value(at),
        DataType::Dictionary(_, _) => {
            let column = column.as_dictionary_opt::<Int32Type>()?;
            let key = usize::try_from(column.keys().value(at)).ok()?;
            column.values().as_string_opt::<i32>()?.value(key)
        }
        _ => return None,
    };
    Some(text.to_owned())
}

fn whole(batch: &RecordBatch, name: &str, at: usize) -> Option<i64> {
    let column = batch.column_by_name(name)?;
    if column.is_null(at) {
        return None;
    }
    match column.data_type() {
        DataType::Int32 => Some(column.as_primitive::<Int32Type>().value(at).into()),
        DataType::Int64 => Some(column.as_primitive::<Int64Type>().value(at)),
        _ => None,
    }
}

fn number(batch: &RecordBatch, name: &str, at: usize) -> Option<f64> {
    let column = batch.column_by_name(name)?;
    (!column.is_null(at))
        .then(|| column.as_primitive_opt::<Float64Type>().map(|it| it.value(at)))
        .flatten()
        .or_else(|| whole(batch, name, at).map(|it| it as f64))
}

/// Kept as yes and no, or as 1 and 0 where it comes from SQLite.
fn truth(batch: &RecordBatch, name: &str, at: usize) -> bool {
    let Some(column) = batch.column_by_name(name) else { return false };
    match column.as_boolean_opt() {
        Some(column) => !column.is_null(at) && column.value(at),
        None => whole(batch, name, at) == Some(1),
    }
}

/// Kept as a date, or as text where it comes from SQLite.
pub(crate) fn day(batch: &RecordBatch, name: &str, at: usize) -> Option<Date> {
    let column = batch.column_by_name(name)?;
    if column.is_null(at) {
        return None;
    }
    match column.as_primitive_opt::<Date32Type>() {
        Some(days) => cell::day(days.value(at)),
        None => text(batch, name, at)?.parse().ok(),
    }
}
