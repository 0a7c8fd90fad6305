//! Where a fact stands on a sheet.

use hedgerow_codebook::claim::{Kind, Modality};

use super::{Member, Stand};
use crate::ClaimRow;

/// A part of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Standing ties.
    Ties,
    /// Events.
    Events,
    /// Flows that were given, sold, delivered.
    Given,
    /// Flows that were pledged, planned, expected; they do not count as given.
    Promised,
    /// Flows that are wanted, denied, collapsed.
    Open,
    /// Stances.
    Stances,
    /// What is said of one state alone.
    Alone,
}

impl Section {
    /// All, in the order of a sheet.
    pub const ALL: [Self; 7] = [
        Self::Ties,
        Self::Events,
        Self::Given,
        Self::Promised,
        Self::Open,
        Self::Stances,
        Self::Alone,
    ];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ties => "Standing ties",
            Self::Events => "Events, by date",
            Self::Given => "Flows: given, sold, delivered",
            Self::Promised => "Flows: pledged, planned, expected (not counted as given)",
            Self::Open => "Flows: wanted, denied, collapsed",
            Self::Stances => "Stances",
            Self::Alone => "Of one state alone",
        }
    }
}

/// The section of a fact: flows by how far they have come, by their stage, or where the text gives none by whether they happened.
pub(super) fn of(kind: Kind, stage: Option<&str>, speaks: &ClaimRow) -> Section {
    match kind {
        Kind::Tie => return Section::Ties,
        Kind::Event => return Section::Events,
        Kind::Stance => return Section::Stances,
        Kind::Posture | Kind::Office | Kind::Naming => return Section::Alone,
        Kind::Flow => {}
    }
    match (stage, speaks.claim.modality) {
        (Some("wanted" | "collapsed"), _) => Section::Open,
        (_, Modality::Denied | Modality::CalledFor | Modality::Hypothetical) => Section::Open,
        (Some("offered" | "pledged" | "agreed" | "expected"), _) => Section::Promised,
        (_, Modality::Planned | Modality::Pledged | Modality::Expected) => Section::Promised,
        _ => Section::Given,
    }
}

/// The claim that speaks for a fact: the one that is taken as current, else the first that agrees, else the first.
pub(super) fn speaks<'a>(
    rows: &[&'a ClaimRow],
    current: Option<&'a ClaimRow>,
    members: &[Member],
) -> &'a ClaimRow {
    let agrees = || members.iter().position(|it| it.stand == Stand::Agrees);
    current.or_else(|| agrees().and_then(|n| rows.get(n).copied())).unwrap_or(rows[0])
}
