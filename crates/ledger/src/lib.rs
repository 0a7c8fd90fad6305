//! The ledger: every claim ever coded, with the document that makes it, in one SQLite file that only grows.
//!
//! The schema is in `sql/` and nowhere else; `docs/ledger.md` explains it. [`Ledger`] opens a file, [`Ledger::add`] keeps
//! one document with its claims in one transaction, the reading methods answer from what stands now: the newest coding of
//! the newest version of every document. [`facts()`] merges claims of several documents about one happening; it is pure.

mod add;
mod check;
mod counts;
mod error;
mod facts;
mod ids;
mod open;
mod read;
mod rows;
mod schema;
mod sha;

pub use add::{Added, NewDocument};
pub use counts::{ActorCount, Counts, DyadCount, Overview};
pub use error::Error;
pub use facts::{Fact, Field, Figures, Member, Said, Stand, facts};
pub use ids::Candidate;
pub use rows::{ClaimRow, Diagnostic, DocumentRow, StoredDocument};
pub use sha::sha256_hex;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

/// A ledger file, open.
///
/// One handle serves one thread; a server opens several. Reading never waits for writing.
#[derive(Debug)]
pub struct Ledger {
    db: Connection,
    path: PathBuf,
    writable: bool,
}

impl Ledger {
    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether documents can be added: `false` where the file or its folder is read-only.
    pub const fn is_writable(&self) -> bool {
        self.writable
    }
}
