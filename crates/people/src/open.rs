//! Opening the file, making it where there is none, and leaving other programs' files alone.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::schema::{self, APPLICATION_ID, VERSION};
use crate::{Error, People};

/// How long a write waits for another program's write before it gives up.
const PATIENCE: Duration = Duration::from_secs(5);

/// Length of the header of an SQLite file.
const HEADER: usize = 100;

/// Where the accounts of a ledger are: `NAME.people.sqlite` beside `NAME.sqlite`.
pub fn beside(ledger: &Path) -> PathBuf {
    let mut name = ledger.file_stem().unwrap_or_default().to_owned();
    name.push(".people.sqlite");
    ledger.with_file_name(name)
}

impl People {
    /// Opens the file at `path`, and makes it where there is none.
    ///
    /// A file that is something else is refused and left as it is, byte for byte.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::opened(path.as_ref())
    }

    /// Opens the file at `path`; where there is none, that is an error.
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        if !path.exists() {
            return Err(Error::Missing { path: path.to_owned() });
        }
        Self::opened(path)
    }

    fn opened(path: &Path) -> Result<Self, Error> {
        let found = look(path)?;
        if found.is_none() {
            keep_private(path)?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags).and_then(|mut db| {
            db.busy_timeout(PATIENCE)?;
            db.pragma_update(None, "foreign_keys", true)?;
            db.pragma_update(None, "trusted_schema", false)?;
            // What is erased is overwritten, not only unlinked.
            db.pragma_update(None, "secure_delete", true)?;
            if found.is_none_or(|version| version < VERSION) {
                schema::migrate(&mut db)?;
            }
            db.pragma_update(None, "journal_mode", "wal")?;
            db.pragma_update(None, "synchronous", "full")?;
            Ok(db)
        });
        let db = opened.map_err(|e| Error::from_sqlite(path, e))?;
        Ok(Self { db, path: path.to_owned() })
    }

    /// A number that is another one after every change by another handle.
    pub fn data_version(&self) -> Result<i64, Error> {
        self.look(|db| Ok(db.pragma_query_value(None, "data_version", |row| row.get(0))?))
    }

    /// Runs `work` as one transaction that no other writer can get between.
    pub(crate) fn change<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, Error> {
        let path = self.path.clone();
        let run = || -> Result<T, Fault> {
            let change = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&change)?;
            change.commit()?;
            Ok(done)
        };
        run().map_err(|fault| fault.at(&path))
    }

    /// Runs `work`, which only reads.
    pub(crate) fn look<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, Error> {
        work(&self.db).map_err(|fault| fault.at(&self.path))
    }
}

/// What ends a piece of work: SQLite, or a reason of ours.
#[derive(Debug)]
pub(crate) enum Fault {
    Sqlite(rusqlite::Error),
    Ours(Error),
}

impl Fault {
    fn at(self, path: &Path) -> Error {
        match self {
            Self::Sqlite(source) => Error::from_sqlite(path, source),
            Self::Ours(error) => error,
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(source: rusqlite::Error) -> Self {
        Self::Sqlite(source)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

/// The schema version of what is at `path`, found out without changing anything there; `None` where nothing is.
fn look(path: &Path) -> Result<Option<i32>, Error> {
    let unusable =
        |e: &std::io::Error| Error::Disk { path: path.to_owned(), reason: e.to_string() };
    let foreign = || Error::Foreign { path: path.to_owned() };
    match path.metadata() {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(unusable(&e)),
        Ok(meta) if !meta.is_file() => return Err(foreign()),
        Ok(meta) if meta.len() == 0 => return Ok(None),
        Ok(_) => {}
    }
    let mut header = Vec::with_capacity(HEADER);
    File::open(path)
        .and_then(|file| file.take(HEADER as u64).read_to_end(&mut header))
        .map_err(|e| unusable(&e))?;
    if header.len() < HEADER || !header.starts_with(b"SQLite format 3\0") {
        return Err(foreign());
    }
    let at =
        |n: usize| i32::from_be_bytes([header[n], header[n + 1], header[n + 2], header[n + 3]]);
    let (version, application_id) = (at(60), at(68));
    if application_id != APPLICATION_ID {
        return Err(foreign());
    }
    if version > VERSION {
        return Err(Error::Newer { path: path.to_owned(), version, known: VERSION });
    }
    Ok(Some(version))
}

/// Makes the file so that only its owner can read it: it holds guests' addresses and hashes of passwords.
fn keep_private(path: &Path) -> Result<(), Error> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(path);
    made.map(drop).map_err(|e| Error::Disk { path: path.to_owned(), reason: e.to_string() })
}
