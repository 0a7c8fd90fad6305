//! Structured sources beside the news: votes, alliances, trade, leaders, events of other coders.
//!
//! A reader (crate `hedgerow-data`) fills a [`Batch`], an [`Intake`] keeps it; a long import is kept in parts and can go on
//! after a crash, a short one is there whole or not at all. The schema is `sql/structured.sql`.

mod acts;
mod batch;
mod bulk;
mod intake;
mod merge;
mod read;
mod tally;

use serde::{Deserialize, Serialize};

pub use acts::EventYear;
pub use batch::{Batch, Event, Mention, NewSpell, RollCall, TermId, VariableId};
pub use intake::{Begun, Intake, NewImport};
pub use read::{Coverage, DyadYear, EventCount, ImportRow, Spell, StateYear, Vote};
pub use tally::{Reason, Tally};

/// What it means that a source has no row for a pair or state in a year that it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Absent {
    /// Nothing is known: no trade figure is not no trade.
    Missing,
    /// There was none: a list of all alliances.
    Zero,
}

impl Absent {
    /// The word for it in the ledger.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Zero => "zero",
        }
    }
}

/// A quantity that a source gives of pairs or states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Source and quantity, `atop.defense`.
    pub name: String,
    /// Unit of its values, `current USD`, `share`, `0/1`.
    pub unit: String,
    /// What it is, in one line.
    pub what: String,
    /// What a missing row means inside the years covered.
    pub absent: Absent,
}
