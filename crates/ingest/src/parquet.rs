//! Stories as Parquet: one a row, with the columns `id,text,published,title,outlet,url`, all but `text` optional.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hedgerow_ledger::sha256_hex;
use hedgerow_text::Meta;
use jiff::civil::date as civil;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;

use crate::open::Place;
use crate::table::COLUMNS;
use crate::{Input, Refusal, Settings, bytes, date};

/// Rows of a file; one that cannot be read is refused, and the next one is read.
pub(crate) struct Rows {
    place: Place,
    left: RowIter<'static>,
    /// Which of [`COLUMNS`] the columns that are read are.
    columns: Vec<usize>,
    number: u64,
    /// How many bytes of the file a row stands for.
    share: u64,
    read: Arc<AtomicU64>,
    ended: bool,
}

impl Rows {
    /// The rows of a file.
    pub(crate) fn open(place: Place, file: File, settings: &Settings) -> Result<Self, Refusal> {
        let size = file.metadata().map_or(0, |it| it.len());
        let remedy = "write it anew as Parquet, packed with Snappy, Zstandard or not at all";
        let wrong =
            |why: String| place.refuse(format!("is no Parquet that can be read ({why})"), remedy);
        let reader = guarded(|| SerializedFileReader::new(file)).map_err(&wrong)?;
        let schema = reader.metadata().file_metadata().schema().clone();
        let named =
            |it: &Type| COLUMNS.iter().position(|name| it.name().eq_ignore_ascii_case(name));
        let fields: Vec<_> = schema
            .get_fields()
            .iter()
            .filter(|it| it.is_primitive() && named(it).is_some())
            .cloned()
            .collect();
        let columns: Vec<usize> = fields.iter().filter_map(|it| named(it)).collect();
        if !columns.contains(&1) {
            return Err(place.refuse(
                "has no column `text`",
                format!("name the columns {}", COLUMNS.join(", ")),
            ));
        }
        let n = u64::try_from(reader.metadata().file_metadata().num_rows()).unwrap_or(0);
        let wanted = Type::group_type_builder(schema.name()).with_fields(fields).build();
        let rows = wanted
            .and_then(|wanted| RowIter::from_file_into(Box::new(reader)).project(Some(wanted)))
            .map_err(|error| wrong(error.to_string()))?;
        let read = Arc::clone(&settings.read);
        Ok(Self {
            place,
            left: rows,
            columns,
            number: 0,
            share: size / n.max(1),
            read,
            ended: false,
        })
    }

    fn input(&self, row: &Row) -> Result<Input, Refusal> {
        let place = format!("{}, row {}", self.place.name, self.number);
        let mut cells: [Option<String>; 6] = Default::default();
        for (&at, (_, field)) in self.columns.iter().zip(row.get_column_iter()) {
            cells[at] = cell(field);
        }
        let received = cells.each_ref().map(|it| it.as_deref().unwrap_or_default()).join("\u{1F}");
        let [id, text, published, title, outlet, url] = cells;
        let (text, _) = bytes::text(&place, text.unwrap_or_default().into_bytes())?;
        let some = |it: Option<String>| it.filter(|it| !it.trim().is_empty());
        let mut meta =
            Meta { title: some(title), outlet: some(outlet), url: some(url), ..Meta::default() };
        if let Some(written) = some(published) {
            let when = date::read(&written).ok_or_else(|| {
                let wrong = format!("`published: {written}` is no date");
                Refusal::new(&place, wrong, "write YYYY-MM-DD, or a column of dates")
            })?;
            meta = meta.published(when);
        }
        let stem = some(id).unwrap_or_else(|| format!("{}-{}", self.place.stem, self.number));
        Ok(Input {
            path: format!("{}#{stem}", self.place.path),
            stem,
            sha256: sha256_hex(received.as_bytes()),
            text,
            meta,
            ..Input::default()
        })
    }
}

impl Iterator for Rows {
    type Item = Result<Input, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let rows = &mut self.left;
        let next = guarded(|| rows.next().transpose());
        self.number += 1;
        self.read.fetch_add(self.share, Ordering::Relaxed);
        match next {
            Ok(Some(row)) => Some(self.input(&row)),
            Ok(None) => {
                self.ended = true;
                (self.number == 1).then(|| Err(bytes::empty(&self.place.name)))
            }
            Err(why) => {
                self.ended = true;
                let place = format!("{}, row {}", self.place.name, self.number);
                let wrong = format!("cannot be read further ({why})");
                Some(Err(Refusal::new(place, wrong, "check whether the file is whole")))
            }
        }
    }
}

/// The library is given files of strangers: where it panics, the file is broken.
fn guarded<T>(read: impl FnOnce() -> parquet::errors::Result<T>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|error| error.to_string()),
        Err(_) => Err("it is broken".to_owned()),
    }
}

/// A cell as text; days and times as ISO 8601 has them.
fn cell(field: &Field) -> Option<String> {
    let day = |days: i64| {
        let span = jiff::Span::new().try_days(days).ok()?;
        civil(1970, 1, 1).checked_add(span).ok().map(|it| it.to_string())
    };
    match field {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => Some(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::Date(days) => day(i64::from(*days)),
        Field::TimestampMillis(ms) => day(ms.div_euclid(86_400_000)),
        Field::TimestampMicros(us) => day(us.div_euclid(86_400_000_000)),
        other => Some(other.to_string()),
    }
}
