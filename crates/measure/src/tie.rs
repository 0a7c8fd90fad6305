//! The row that measures read: one tie, flow, act or stance of two states, from a ledger's fact or a structured source.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Indicator;

/// Which of four series a row belongs to. They are never added to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Series {
    /// What stands or is observed, and has no stages: levels, votes, trade.
    Standing,
    /// What was given, done, said.
    Delivered,
    /// What was promised, planned, committed.
    Pledged,
    /// Disputes, accusations, threats, force; the value is its size, zero or above.
    Conflict,
}

impl Series {
    /// The word used in files and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standing => "standing",
            Self::Delivered => "delivered",
            Self::Pledged => "pledged",
            Self::Conflict => "conflict",
        }
    }

    /// The series of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Standing, Self::Delivered, Self::Pledged, Self::Conflict]
            .into_iter()
            .find(|it| it.as_str() == name)
    }
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A row: who and whom, in which indicator and series, when, and how much on whose word.
///
/// Both directions count as a tie of either state.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TieRow {
    /// Id of the fact in the ledger, or of the row in its source (`gcdf-3.0:CHN-VNM:2015`).
    pub id: String,
    /// Code of the giver, doer, holder of the view.
    pub actor: String,
    /// Code of the receiver; the other party of a symmetric tie.
    pub recipient: String,
    /// What it is a measurement of.
    pub indicator: Indicator,
    /// Pledged, delivered, standing, or conflict.
    pub series: Series,
    /// Type as in claim lines, `flow.aid`, `CONSULT`: what the coder may have mistaken. `imported` where no coder was at work.
    pub kind: String,
    /// First day.
    pub start: Option<Date>,
    /// Last day; `None` where it goes on.
    pub end: Option<Date>,
    /// Earliest day on which a document told it: places what stands but has no date.
    pub told: Option<Date>,
    /// Where it comes from.
    pub source: Origin,
    /// What is said of its size, the reading that counts first. Never empty.
    pub readings: Vec<Reading>,
}

/// Where rows come from; this decides how they are drawn anew.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Claims of documents: publishers and claims are drawn anew, and the coder may be wrong.
    Reports,
    /// A structured source by name and version: one figure, with the error that is put to it.
    Register {
        /// Name and version, `fbic-2023`.
        name: String,
        /// How far off its figures may be.
        error: RegisterError,
    },
    /// A scenario: taken as supposed, beside whatever else there is.
    Supposed,
}

/// Error of a figure in a structured source.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RegisterError {
    /// Taken as it stands.
    None,
    /// Lognormal with this standard deviation of the logarithm.
    Relative(f64),
    /// A share of that many ballots.
    Ballots(u32),
}

/// One figure and who gives it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// In the unit of the indicator.
    pub value: f64,
    /// Whether it says that nothing of the kind happened.
    pub denies: bool,
    /// Who prints it: outlet, or document where none is named.
    pub publishers: Vec<String>,
    /// Ids of the claims that give it; of a register, the row's own id.
    pub claims: Vec<String>,
}

impl TieRow {
    /// The partner of `who` in this row, if `who` is in it.
    pub fn partner(&self, who: &str) -> Option<&str> {
        if self.actor == who && self.recipient != who {
            Some(&self.recipient)
        } else if self.recipient == who && self.actor != who {
            Some(&self.actor)
        } else {
            None
        }
    }

    /// The figure that counts where nothing is drawn: the first reading, nothing where it denies.
    pub fn value(&self) -> Option<f64> {
        self.readings.first().filter(|it| !it.denies).map(|it| it.value)
    }

    /// Ids of all its claims, in order.
    pub fn claims(&self) -> impl Iterator<Item = &str> {
        self.readings.iter().flat_map(|it| it.claims.iter().map(String::as_str))
    }

    /// Whether it comes from a structured source.
    pub const fn is_register(&self) -> bool {
        matches!(self.source, Origin::Register { .. })
    }
}
