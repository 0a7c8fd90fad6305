//! Opening a ledger file, making one where there is none, and leaving other programs' files alone.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::schema::{APPLICATION_ID, VERSION};
use crate::{Error, Ledger, schema};

/// How long a write waits for another program's write before it gives up.
const PATIENCE: Duration = Duration::from_secs(5);

/// Length of the header of an SQLite file.
const HEADER: usize = 100;

impl Ledger {
    /// Opens the ledger at `path` for adding and reading, and makes it where there is none.
    ///
    /// A file that is not a ledger is refused and left as it is, byte for byte.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        if look(path)? == Found::Nothing {
            make(path)?;
        }
        open_known(path)
    }

    /// Opens the ledger at `path` and makes nothing: where there is no file, that is an error.
    ///
    /// Where the file may not be written to, the handle can still read.
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        match look(path)? {
            Found::Ledger | Found::Older => open_known(path),
            Found::Nothing => Err(Error::Missing { path: path.to_owned() }),
        }
    }

    /// Opens the ledger at `path` for reading only, as a server does for each of its readers.
    ///
    /// A ledger of an earlier schema version is brought to the present one first.
    pub fn open_reader(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        match look(path)? {
            Found::Older => open_known(path),
            Found::Ledger => reader(path),
            Found::Nothing => Err(Error::Missing { path: path.to_owned() }),
        }
    }

    /// Sets how long a write waits for another program's write before it fails with [`Error::Locked`] (5 seconds).
    pub fn set_patience(&self, patience: Duration) -> Result<(), Error> {
        self.db.busy_timeout(patience).map_err(|e| self.error(e))
    }

    /// Lets the file grow to so many pages and no further, as a full disk would: tests are written with it.
    pub fn limit_pages(&self, pages: u64) -> Result<(), Error> {
        let sql = format!("PRAGMA max_page_count = {pages}");
        self.db.query_row(&sql, [], |_| Ok(())).map_err(|e| self.error(e))
    }

    /// Checks the whole file: SQLite's own structure, and every reference between rows.
    pub fn verify(&self) -> Result<(), Error> {
        let wrong = || -> rusqlite::Result<Option<String>> {
            let mut check = self.db.prepare("PRAGMA integrity_check")?;
            let report: Vec<String> =
                check.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            if report != ["ok"] {
                return Ok(Some(report.join("; ")));
            }
            let mut keys = self.db.prepare("PRAGMA foreign_key_check")?;
            let broken: Option<String> =
                keys.query_map([], |row| row.get(0))?.next().transpose()?;
            Ok(broken.map(|table| format!("table {table} refers to rows that are not there")))
        };
        match wrong().map_err(|e| self.error(e))? {
            None => Ok(()),
            Some(reason) => Err(Error::damaged(&self.path, reason)),
        }
    }

    pub(crate) fn error(&self, source: rusqlite::Error) -> Error {
        Error::from_sqlite(&self.path, source)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Found {
    Ledger,
    Older,
    Nothing,
}

/// What is at `path`, found out without changing anything there.
fn look(path: &Path) -> Result<Found, Error> {
    let unreadable =
        |e: &std::io::Error| Error::Unreadable { path: path.to_owned(), reason: e.to_string() };
    match path.metadata() {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(e) => return Err(unreadable(&e)),
        Ok(meta) if !meta.is_file() => return Err(Error::NotFile { path: path.to_owned() }),
        Ok(meta) if meta.len() == 0 => return Ok(Found::Nothing),
        Ok(_) => {}
    }
    let mut header = Vec::with_capacity(HEADER);
    File::open(path)
        .and_then(|file| file.take(HEADER as u64).read_to_end(&mut header))
        .map_err(|e| unreadable(&e))?;
    if header.len() < HEADER || !header.starts_with(b"SQLite format 3\0") {
        return Err(Error::NotSqlite { path: path.to_owned() });
    }
    // The number is written in one transaction with the schema, before the file is ever in WAL mode: so the header is
    // enough, and a file of another program is never opened by SQLite, which might write beside it.
    let at =
        |n: usize| i32::from_be_bytes([header[n], header[n + 1], header[n + 2], header[n + 3]]);
    let (user_version, application_id) = (at(60), at(68));
    if application_id != APPLICATION_ID {
        return Err(Error::Foreign { path: path.to_owned() });
    }
    if user_version > VERSION {
        return Err(Error::Newer { path: path.to_owned(), version: user_version, known: VERSION });
    }
    Ok(if user_version < VERSION { Found::Older } else { Found::Ledger })
}

/// Makes the schema in a new or empty file, all or nothing.
fn make(path: &Path) -> Result<(), Error> {
    let wrap = |e| Error::from_sqlite(path, e);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(path, flags).map_err(wrap)?;
    db.busy_timeout(PATIENCE).map_err(wrap)?;
    // Articles are long: on pages of the usual size, half of each would be left empty.
    db.pragma_update(None, "page_size", 8_192).map_err(wrap)?;
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrap)?;
    // Another program may have made it in between.
    let tables: i64 = change
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(wrap)?;
    if tables == 0 {
        change.execute_batch(&schema::create()).map_err(wrap)?;
    }
    change.commit().map_err(wrap)
}

fn open_known(path: &Path) -> Result<Ledger, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(path, flags).and_then(|mut db| {
        settings(&db)?;
        let read_only = db.is_readonly("main")?;
        if !read_only {
            if db.pragma_query_value(None, "user_version", |row| row.get::<_, i32>(0))? < VERSION {
                schema::migrate(&mut db)?;
            }
            db.pragma_update(None, "journal_mode", "wal")?;
            // The last document is on the disk before `add` returns, whatever happens to the machine.
            db.pragma_update(None, "synchronous", "full")?;
            // The log is folded in every 32 MiB, not every 8: a large import writes each page of an index less often.
            db.pragma_update(None, "wal_autocheckpoint", 4_000)?;
        }
        Ok((db, !read_only))
    });
    match opened.map_err(|e| Error::from_sqlite(path, e)) {
        Ok((db, true)) => known(Ledger { db, path: path.to_owned(), writable: true }),
        Ok((_, false)) | Err(Error::ReadOnly { .. } | Error::Unreadable { .. }) => reader(path),
        Err(error) => Err(error),
    }
}

fn reader(path: &Path) -> Result<Ledger, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let plain = Connection::open_with_flags(path, flags).and_then(usable);
    let opened = plain.or_else(|error| {
        // In a folder that cannot be written to, SQLite cannot make its shared memory; a file that nobody is writing to
        // (no log beside it) can then be read as it is.
        if beside(path, "-wal").exists() {
            return Err(error);
        }
        let uri = format!("file:{}?immutable=1", escaped(path));
        Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI).and_then(usable)
    });
    let db = opened.map_err(|e| Error::from_sqlite(path, e))?;
    known(Ledger { db, path: path.to_owned(), writable: false })
}

fn usable(db: Connection) -> rusqlite::Result<Connection> {
    settings(&db)?;
    // A server has several readers; what they do not keep, the system does.
    db.pragma_update(None, "cache_size", -4_096)?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(db)
}

fn settings(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(128);
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "recursive_triggers", true)?;
    // 32 MiB of pages, where SQLite would keep 2.
    db.pragma_update(None, "cache_size", -32_768)?;
    // What SQLite needs to take back a statement that a guard refuses stays in memory: as a file it costs most of a large
    // import.
    db.pragma_update(None, "temp_store", "memory")?;
    db.pragma_update(None, "trusted_schema", false)
}

/// Looks again through SQLite: a write that was cut short has been rolled back by now.
fn known(ledger: Ledger) -> Result<Ledger, Error> {
    let number = |name: &str| -> Result<i32, Error> {
        ledger.db.pragma_query_value(None, name, |row| row.get(0)).map_err(|e| ledger.error(e))
    };
    let path = || ledger.path.clone();
    if number("application_id")? != APPLICATION_ID {
        return Err(Error::Foreign { path: path() });
    }
    let version = number("user_version")?;
    if version > VERSION {
        return Err(Error::Newer { path: path(), version, known: VERSION });
    }
    if version < VERSION {
        return Err(Error::Older { path: path(), version });
    }
    Ok(ledger)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The path as it stands in an SQLite URI.
fn escaped(path: &Path) -> String {
    let absolute = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut uri = String::new();
    for c in absolute.to_string_lossy().chars() {
        match c {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            '\\' => uri.push('/'),
            c => uri.push(c),
        }
    }
    uri
}
