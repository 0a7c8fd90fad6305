//! The ledger: every claim ever coded, with the document that makes it, in one SQLite file that only grows.
//!
//! The schema is in `sql/` and nowhere else; `docs/ledger.md` explains it. [`Ledger`] opens a file, [`Ledger::add`] keeps
//! one document with its claims in one transaction, the reading methods answer from what stands now: the newest coding of
//! the newest version of every document. [`facts()`] merges claims of several documents about one happening; it is pure.

mod add;
mod agreement;
mod audit;
mod backup;
mod check;
mod counts;
mod error;
mod facts;
mod flat;
mod ids;
mod lens;
mod merge;
mod more;
mod open;
mod queue;
mod read;
mod received;
mod review;
mod rows;
mod schema;
mod search;
mod settle;
mod sha;
mod sheet;
mod sketch;
mod stored;
pub mod structured;
mod years;

pub use add::{Added, Keep, NewDocument};
pub use agreement::{Agreement, Pair, agreement};
pub use audit::{Estimate, Judged, Sampled, Share, estimate, wilson};
pub use backup::{Examined, restore};
pub use check::claims as check_claims;
pub use counts::{ActorCount, Counts, DyadCount, Overview};
pub use error::Error;
pub use facts::{
    Commitment, Current, Fact, Field, Figures, Finding, Lens, Member, Origin, Outcome, Rates,
    Related, Relation, STANDINGS, Said, Section, Stand, Standing, Verdict, Why, check, commitments,
    facts, facts_with, related,
};
pub use ids::Candidate;
pub use merge::Merged;
pub use more::{COLUMNS, Rest, rest, word};
pub use queue::Queue;
pub use read::Other;
pub use review::{Decision, DecisionRow, Verb};
pub use rows::{ClaimRow, Diagnostic, DocumentRow, StoredDocument};
pub use search::Hit;
pub use sha::{hex, sha256_hex};
pub use sheet::{Extent, Part, Sheet, Shown};
pub use stored::WholeFact;
pub use years::{DYAD_YEAR_COUNTS, DyadYearRow};

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
