//! What can go wrong with an archive, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

/// Why an archive could not be written or read. Every message names the file and the next step.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file that could not be written or read.
    #[error("{}: {wrong}; check the folder, its permissions and its disk", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        wrong: io::Error,
    },
    /// A file that is no Parquet, or has other columns.
    #[error("{}: cannot be read as claims in Parquet ({wrong}); write it anew, or take it out of the folder", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        wrong: String,
    },
    /// A folder without claims.
    #[error("{} is no archive: there is no Parquet file with claims in it; write one with `hedgerow code PATH… --format parquet --out DIR`", path.display())]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// A folder that holds the work of another run.
    #[error("{}: this folder was begun {wrong}; go on with what it was begun with, or give --out another folder", path.display())]
    Another {
        /// The folder.
        path: PathBuf,
        /// In what the runs differ.
        wrong: String,
    },
    /// A folder whose run has not come to its end.
    #[error("{}: not all of it is coded yet; begin `hedgerow code` again with the same words, then take its claims together", path.display())]
    Unfinished {
        /// The folder.
        path: PathBuf,
    },
    /// Another program writes to the folder.
    #[error("{}: another program is writing to this folder; wait until it has finished", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
}

impl Error {
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |wrong| Self::File { path, wrong }
    }

    pub(crate) fn parquet<E: std::fmt::Display>(path: &Path) -> impl FnOnce(E) -> Self {
        let path = path.to_owned();
        move |wrong| Self::Parquet { path, wrong: wrong.to_string() }
    }
}
