//! What can go wrong, and what to do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why something was not read or kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no such file.
    #[error("there are no accounts at {}; make the first with `hedgerow user add NAME --role admin --ledger FILE`", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file of another program. It was not touched.
    #[error("{} is no file of accounts; it was left as it is: move it away, or name another ledger", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A file of a later schema version.
    #[error("{} has schema version {version}, this program knows versions up to {known}; update hedgerow to open it", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        version: i32,
        /// The highest version known here.
        known: i32,
    },
    /// Another program is writing and did not finish in time.
    #[error("{} is being written to by another program; try again (nothing was changed)", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be opened, made or written to.
    #[error("{} cannot be used: {reason}; check its folder, its permissions and the room on its disk", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Anything else that SQLite reports.
    #[error("{}: {source}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The system gives no random numbers.
    #[error("the system gives no random numbers; nothing can be kept secret without them")]
    NoChance,
    /// What was asked for is refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Why a request is refused: for the person who made it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// Of which kind it is.
    pub why: Why,
    /// What is the matter, in one sentence without a full stop.
    pub message: String,
}

/// Kinds of refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Whoever asks may not.
    NotAllowed,
    /// What was sent cannot be kept.
    Invalid,
    /// There is no such thing.
    NotFound,
    /// It was changed meanwhile.
    Conflict,
    /// Too much in too short a time.
    TooMany,
}

impl Error {
    /// A refusal.
    pub(crate) fn refused(why: Why, message: impl Into<String>) -> Self {
        Self::Refused(Refusal { why, message: message.into() })
    }

    pub(crate) fn from_sqlite(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let reason = source.to_string();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::NotADatabase) => Self::Foreign { path },
            Some(
                ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::DiskFull
                | ErrorCode::CannotOpen
                | ErrorCode::DatabaseCorrupt,
            ) => Self::Disk { path, reason },
            _ => Self::Sqlite { path, source },
        }
    }
}
