//! What the ledger takes as current among readings that differ, and why.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use hedgerow_codebook::claim::{Amount, Unit};
use jiff::civil::Date;
use serde::Serialize;

use super::origin::{Origin, STANDINGS};
use super::quantity::{self, Rates};
use super::weigh::{denies, differences, one_reading};
use super::{Field, Lens, days};
use crate::ClaimRow;

/// The reading that a sheet shows first. It is a rule of order, not a judgement: the others stay beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Current {
    /// The claim that has it.
    pub claim: String,
    /// What put it before the others.
    pub why: Why,
}

/// Why one reading is taken as current: the first of these in which it is ahead of every reading that differs from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// No claim differs from it.
    Undisputed,
    /// A person accepted or wrote it.
    Reviewed,
    /// Fewer independent origins contradict it.
    Origins,
    /// Its outlet has the weightier standing, as the user recorded it.
    Standing,
    /// It gives its sum in two currencies, and they agree.
    TwoCurrencies,
    /// It gives the finer date.
    Finer,
    /// It was published last.
    Later,
    /// Nothing tells them apart: it comes first in the order of ids.
    First,
}

impl Why {
    /// The words that a sheet uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Undisputed => "no source differs",
            Self::Reviewed => "a person accepted it",
            Self::Origins => "fewer independent origins contradict it",
            Self::Standing => "its outlet has the weightier standing",
            Self::TwoCurrencies => "it gives the sum in two currencies that agree",
            Self::Finer => "it is the more exact",
            Self::Later => "it was published last",
            Self::First => "nothing tells them apart; it comes first in order of id",
        }
    }

    /// The reason of those words.
    pub(crate) fn parse(words: &str) -> Option<Self> {
        const ALL: [Why; 8] = [
            Why::Undisputed,
            Why::Reviewed,
            Why::Origins,
            Why::Standing,
            Why::TwoCurrencies,
            Why::Finer,
            Why::Later,
            Why::First,
        ];
        ALL.into_iter().find(|it| it.as_str() == words)
    }
}

/// How a reading ranks: less is better, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    unreviewed: bool,
    /// Silent where others speak, or without a day: it contradicts nobody, and says nothing.
    vague: (bool, bool),
    /// Independent origins that say otherwise.
    against: usize,
    standing: usize,
    one_currency: bool,
    precision: u8,
    published: (bool, Reverse<Option<Date>>),
}

impl Rank {
    /// The first respect in which this rank is ahead of another; `None` where it is not.
    fn ahead(&self, other: &Self) -> Option<Why> {
        let steps = [
            (self.unreviewed.cmp(&other.unreviewed), Why::Reviewed),
            (self.vague.cmp(&other.vague), Why::Finer),
            (self.against.cmp(&other.against), Why::Origins),
            (self.standing.cmp(&other.standing), Why::Standing),
            (self.one_currency.cmp(&other.one_currency), Why::TwoCurrencies),
            (self.precision.cmp(&other.precision), Why::Finer),
            (self.published.cmp(&other.published), Why::Later),
        ];
        let (order, why) = steps.into_iter().find(|(order, _)| order.is_ne())?;
        order.is_lt().then_some(why)
    }
}

/// Whether two of the claims contradict each other, whichever is taken as current; denials stand by themselves.
pub(super) fn contested(rows: &[&ClaimRow], rates: &Rates) -> bool {
    let mut readings: Vec<&ClaimRow> = Vec::new();
    for &row in rows.iter().filter(|row| !denies(&row.claim)) {
        if !readings.iter().any(|it| one_reading(&it.claim, &row.claim)) {
            readings.push(row);
        }
    }
    readings.iter().enumerate().any(|(n, a)| {
        readings[..n]
            .iter()
            .any(|b| differences(a, b, rates).iter().any(|it| *it != Field::Currency))
    })
}

/// The current reading; `None` where every claim denies.
pub(super) fn current<'a>(
    rows: &[&'a ClaimRow],
    origins: &[Origin],
    lens: &Lens,
    rates: &Rates,
) -> Option<(&'a ClaimRow, Why)> {
    // Hundreds of claims may say the same: each reading is compared once.
    let mut readings: Vec<Vec<&'a ClaimRow>> = Vec::new();
    for &row in rows.iter().filter(|row| !denies(&row.claim)) {
        match readings.iter_mut().find(|same| one_reading(&same[0].claim, &row.claim)) {
            Some(same) => same.push(row),
            None => readings.push(vec![row]),
        }
    }
    let origin_of =
        |row: &ClaimRow| origins.iter().position(|it| it.claims.contains(&row.claim.id));
    let contradicts = |a: &ClaimRow, b: &ClaimRow| {
        differences(a, b, rates).iter().any(|it| *it != Field::Currency)
    };
    // A sum that cannot be compared is not confirmed either, so it does not come first for want of rivals.
    let against = |reading: &ClaimRow| {
        let others = readings.iter().filter(|it| !differences(reading, it[0], rates).is_empty());
        others.flatten().filter_map(|row| origin_of(row)).collect::<BTreeSet<_>>().len()
    };
    let figures = |row: &ClaimRow| quantity::amounts(&row.claim).next().is_some();
    let spoken = readings.iter().any(|same| figures(same[0]));
    let silent = |row: &ClaimRow| spoken && !figures(row);
    let standing = |same: &[&ClaimRow]| {
        let place = |row: &&ClaimRow| {
            let known = lens.standing(row.outlet.as_deref())?.standing.clone()?;
            STANDINGS.iter().position(|it| *it == known)
        };
        let unknown = STANDINGS.iter().position(|it| *it == "unknown").unwrap_or(0);
        same.iter().filter_map(place).min().unwrap_or(unknown)
    };
    let rank = |same: &Vec<&ClaimRow>| -> Rank {
        let first = same[0];
        let last = same.iter().filter_map(|row| row.published).max();
        Rank {
            unreviewed: !same.iter().any(|row| lens.reviewed.contains(&row.claim.id)),
            vague: (silent(first), days::is_vague(&first.claim)),
            against: against(first),
            standing: standing(same),
            one_currency: !two_currencies(first, rates),
            precision: first.claim.date.precision as u8,
            published: (last.is_none(), Reverse(last)),
        }
    };
    // Of claims that say the same, the one that a person accepted speaks for them.
    let spokesman = |same: &[&'a ClaimRow]| {
        same.iter().copied().find(|row| lens.reviewed.contains(&row.claim.id)).unwrap_or(same[0])
    };
    let ranked: Vec<(Rank, &ClaimRow)> =
        readings.iter().map(|same| (rank(same), spokesman(same))).collect();
    let (best, row) = ranked.iter().min_by_key(|(rank, _)| rank)?;
    // Ahead of every rival: by the last of the respects that it needed.
    let rivals = ranked.iter().filter(|(_, other)| contradicts(row, other));
    let why = rivals.map(|(rank, _)| best.ahead(rank).unwrap_or(Why::First)).max();
    Some((row, why.unwrap_or(Why::Undisputed)))
}

/// Whether the claim gives one sum in two currencies that agree at the rate of the time, as far as that is known: a slip in
/// one of them would show.
fn two_currencies(row: &ClaimRow, rates: &Rates) -> bool {
    let sums: Vec<&Amount> =
        quantity::amounts(&row.claim).filter(|it| it.unit == Unit::Money).collect();
    sums.len() > 1
        && sums.windows(2).all(|pair| {
            let on = (quantity::day_of(row), quantity::day_of(row));
            pair[0].currency != pair[1].currency
                && matches!(
                    quantity::compare(pair[0], pair[1], on, rates),
                    quantity::Match::Agree | quantity::Match::NoRate
                )
        })
}
