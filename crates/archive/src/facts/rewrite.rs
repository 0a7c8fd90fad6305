//! Writing a file of claims anew with facts: two columns are made, the bytes of all others are copied.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{StringBuilder, StringDictionaryBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, new_null_array};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::ArrowReaderMetadata;
use parquet::arrow::arrow_reader::ArrowReaderOptions;
use parquet::arrow::arrow_writer::{ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;

use super::gather::Member;
use crate::write::PAGE;
use crate::{Error, folder};

/// The columns that are filled.
const FILLED: [&str; 2] = ["fact", "stand"];

fn opened(path: &Path) -> Result<(File, ArrowReaderMetadata), Error> {
    let file = File::open(path).map_err(Error::file(path))?;
    let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
    let about = ArrowReaderMetadata::load(&file, options).map_err(Error::parquet(path))?;
    Ok((file, about))
}

/// Whether a file has columns to be filled.
pub(super) fn check(path: &Path) -> Result<(), Error> {
    let (_, about) = opened(path)?;
    for name in FILLED {
        let kind = about.schema().field_with_name(name).ok().map(|it| it.data_type().clone());
        let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        if !kind.is_some_and(|it| it == DataType::Utf8 || it == dictionary) {
            let wrong = format!("there is no column `{name}` of text to be filled");
            return Err(Error::parquet(path)(wrong));
        }
    }
    Ok(())
}

/// Replaces a file by the same with facts; `members` are in order of row.
pub(super) fn rewrite(path: &Path, members: &[Member]) -> Result<(), Error> {
    let (from, about) = opened(path)?;
    let wrong = |it: parquet::errors::ParquetError| Error::parquet(path)(it);
    let held = about.metadata();
    folder::write_whole(path, |to| {
        let root = held.file_metadata().schema_descr().root_schema_ptr();
        let properties = properties(held).map_err(wrong)?;
        let mut to = SerializedFileWriter::new(to, root, Arc::new(properties)).map_err(wrong)?;
        let factory = ArrowRowGroupWriterFactory::new(&to, Arc::clone(about.schema()));
        let (mut rest, mut row) = (members, 0_u32);
        for (n, group) in held.row_groups().iter().enumerate() {
            let end = row + u32::try_from(group.num_rows()).unwrap_or(0);
            let (here, later) = rest.split_at(rest.partition_point(|it| it.row < end));
            let index = held.page_index_for_row_group(n);
            let mut writers = factory.create_column_writers(n).map_err(wrong)?.into_iter();
            let mut out = to.next_row_group().map_err(wrong)?;
            for (at, column) in group.columns().iter().enumerate() {
                let writer = writers.next();
                let name = column.column_path().string();
                if let (Some(filled), Some(mut writer)) =
                    (FILLED.iter().position(|it| *it == name), writer)
                {
                    let field =
                        about.schema().field_with_name(&name).map_err(Error::parquet(path))?;
                    let values = values(field.data_type(), here, row, end, filled == 0);
                    for leaf in compute_leaves(field, &values).map_err(wrong)? {
                        writer.write(&leaf).map_err(wrong)?;
                    }
                    let chunk = writer.close().map_err(wrong)?;
                    chunk.append_to_row_group(&mut out).map_err(wrong)?;
                    continue;
                }
                let close = ColumnCloseResult {
                    bytes_written: u64::try_from(column.compressed_size()).unwrap_or(0),
                    rows_written: u64::from(end - row),
                    metadata: column.clone(),
                    bloom_filter: None,
                    column_index: index.column_index(at).cloned(),
                    offset_index: index.offset_index(at).cloned(),
                };
                out.append_column(&from, close).map_err(wrong)?;
            }
            out.close().map_err(wrong)?;
            (rest, row) = (later, end);
        }
        to.close().map_err(wrong)?;
        Ok(())
    })
}

/// A column of facts, or of stands, for the rows from `row` to `end`.
fn values(kind: &DataType, members: &[Member], row: u32, end: u32, facts: bool) -> ArrayRef {
    let word = |it: &Member| if facts { it.fact.clone() } else { it.stand.as_str().to_owned() };
    let mut members = members.iter().peekable();
    let words = (row..end).map(|at| members.next_if(|it| it.row == at).map(word));
    match kind {
        DataType::Utf8 => {
            let mut all = StringBuilder::new();
            words.for_each(|it| all.append_option(it));
            Arc::new(all.finish())
        }
        DataType::Dictionary(_, _) => {
            let mut all = StringDictionaryBuilder::<Int32Type>::new();
            words.for_each(|it| all.append_option(it));
            Arc::new(all.finish())
        }
        // `check` has seen to it that there are no others.
        _ => new_null_array(kind, (end - row) as usize),
    }
}

/// As the file was written.
fn properties(held: &ParquetMetaData) -> Result<WriterProperties, parquet::errors::ParquetError> {
    let about = held.file_metadata();
    let sorted = held.row_groups().first().and_then(|it| it.sorting_columns().cloned());
    Ok(WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_created_by(about.created_by().unwrap_or("hedgerow").to_owned())
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_data_page_row_count_limit(PAGE)
        .set_sorting_columns(sorted)
        .set_key_value_metadata(about.key_value_metadata().cloned())
        .build())
}
