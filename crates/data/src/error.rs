//! Why a file could not be imported.

use std::path::PathBuf;

/// Each message names the file, the place in it, and what to do. Nothing of the file was kept, unless it says so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file cannot be read.
    #[error("{}: {reason}; check the path and who may read it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The file is of another format.
    #[error("{}: {wrong}; {remedy}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        wrong: String,
        /// What to do.
        remedy: String,
    },
    /// A place in the file that makes the rest unreadable.
    #[error("{}:{line}: {wrong}; {remedy}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// Line, from 1; in Parquet, the row.
        line: u64,
        /// What is wrong there.
        wrong: String,
        /// What to do.
        remedy: String,
    },
    /// A kind that does not exist.
    #[error("{kind}: no kind of import of that name; `hedgerow import --list` shows them")]
    UnknownKind {
        /// What was asked for.
        kind: String,
    },
    /// The ledger refused.
    #[error(transparent)]
    Ledger(#[from] hedgerow_ledger::Error),
}
