//! Which files an archive has, and how one is written: whole or not at all.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::Error;

/// The journal of the run that wrote the folder.
pub(crate) const JOURNAL: &str = "journal.jsonl";
/// Claims.
pub(crate) const CLAIMS: &str = "claims";
/// Documents.
pub(crate) const DOCUMENTS: &str = "documents";

/// Whether the path is a folder that may be an archive.
pub fn is_archive(path: &Path) -> bool {
    path.is_dir()
}

/// The folder of a year, as Hive, Spark and Arrow name partitions; that of documents without a day has the name that
/// they give to nothing.
pub(crate) fn partition(published: Option<Date>) -> String {
    published
        .map_or("year=__HIVE_DEFAULT_PARTITION__".to_owned(), |it| format!("year={}", it.year()))
}

/// Writes a file under another name, sees it on the disk, and gives it its name.
pub(crate) fn write_whole(
    path: &Path,
    content: impl FnOnce(&mut File) -> Result<(), Error>,
) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Error::file(folder))?;
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".part");
    let part = path.with_file_name(name);
    let mut file = File::create(&part).map_err(Error::file(&part))?;
    content(&mut file)?;
    file.flush().and_then(|()| file.sync_all()).map_err(Error::file(&part))?;
    fs::rename(&part, path).map_err(Error::file(path))?;
    sync(folder)
}

/// The names in a folder are on the disk.
pub(crate) fn sync(folder: &Path) -> Result<(), Error> {
    // Only Unix opens folders.
    if cfg!(unix) {
        File::open(folder).and_then(|it| it.sync_all()).map_err(Error::file(folder))?;
    }
    Ok(())
}

/// Every Parquet file below a folder, in order of name; hidden ones are passed over, as are those that begin with `_`.
pub(crate) fn parquet_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(Error::file(&folder))? {
            let path = entry.map_err(Error::file(&folder))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with(['.', '_']) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".parquet") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
