//! What can go wrong with a ledger, and what to do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a ledger could not be opened, read or added to. Every message names the file and the next step.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no such file.
    #[error("there is no ledger at {}; make one with `hedgerow add PATH… --ledger FILE`", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file that is not SQLite at all.
    #[error("{} is not a ledger (it is no SQLite file); name another file with --ledger", path.display())]
    NotSqlite {
        /// The file.
        path: PathBuf,
    },
    /// A folder, or another thing that is no file.
    #[error("{} is not a file; name a file with --ledger", path.display())]
    NotFile {
        /// The path.
        path: PathBuf,
    },
    /// An SQLite file of another program. It was not touched.
    #[error("{} is an SQLite file of another program, not a ledger; it was left as it is: name another file with --ledger", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A ledger of a later schema version.
    #[error("{} has schema version {version}, this program knows versions up to {known}; update hedgerow to open it", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        version: i32,
        /// The highest version known here.
        known: i32,
    },
    /// A ledger of an earlier schema version that cannot be brought to the present one, since it may not be written to.
    #[error("{} has schema version {version} and may not be written to, so it cannot be brought up to date; copy it to a place where it can", path.display())]
    Older {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        version: i32,
    },
    /// A file that would be written over.
    #[error("{} is there already and was left as it is; name another file, or move it away", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Another program is writing and did not finish in time.
    #[error("{} is being written to by another program; wait until it has finished, then try again (nothing was changed)", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder cannot be written to.
    #[error("{} cannot be written to; check the permissions of the file and its folder, or copy it", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be opened or made.
    #[error("{} cannot be opened: {reason}; check that its folder exists and who may read it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The disk is full. The document under way was not kept, everything before it was.
    #[error("no room left on the disk of {}; free some space and run the same command again (what was added before is kept)", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The file's content is broken.
    #[error("{} is damaged ({reason}); restore it from a backup", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
    },
    /// A document id that another document holds.
    #[error("document id `{id}` is taken by {}; rename {} or give it another id", held_by.display(), path.display())]
    IdTaken {
        /// The id.
        id: String,
        /// The path of the document that holds it.
        held_by: PathBuf,
        /// The path of the document that wanted it.
        path: PathBuf,
    },
    /// A document or claim that breaks the rules of the ledger, so it was not kept.
    #[error("{what} was not kept: {reason}")]
    Invalid {
        /// The document or claim id.
        what: String,
        /// The rule that it breaks.
        reason: String,
    },
    /// Anything else that SQLite reports.
    #[error("{}: {source}; `hedgerow doctor` examines the file", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

impl Error {
    /// Turns what SQLite reports into the error that tells what to do.
    pub(crate) fn from_sqlite(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let reason = source.to_string();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::NotADatabase) => Self::NotSqlite { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, reason },
            Some(ErrorCode::CannotOpen) => Self::Unreadable { path, reason },
            _ => Self::Sqlite { path, source },
        }
    }

    /// A row whose content does not parse.
    pub(crate) fn damaged(path: &Path, reason: impl std::fmt::Display) -> Self {
        Self::Damaged { path: path.to_owned(), reason: reason.to_string() }
    }
}
