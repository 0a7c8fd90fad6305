//! Dates in the text: what they say, at the precision at which they say it. Nothing is ever taken from outside the text but
//! the day of publication, from which relative dates count.

mod calendar;
mod phrase;

use hedgerow_codebook::claim::Precision;
use jiff::civil::Date;

use crate::tree::{Ix, Tree};

pub(crate) use calendar::{Interval, small_number};

/// A date in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct TimeExpr {
    /// First token, the preposition included.
    pub(crate) first: Ix,
    /// Last token.
    pub(crate) last: Ix,
    /// What it means of something past.
    pub(crate) past: Interval,
    /// What it means of something to come, where that differs ("on Friday").
    pub(crate) future: Option<Interval>,
}

impl TimeExpr {
    /// The token through which the phrase hangs in the tree: the one whose head lies outside.
    pub(crate) fn anchor(&self, tree: &Tree<'_>) -> Ix {
        let outside = |i: &Ix| tree.head(*i).is_none_or(|h| h < self.first || h > self.last);
        (self.first..=self.last).rev().find(outside).unwrap_or(self.last)
    }
}

/// Finds the dates of a sentence.
/// Where the day of publication is known to the month only, what hangs on the day is left undated.
pub(crate) fn find(tree: &Tree<'_>, published: Option<Date>, until: Option<Date>) -> Vec<TimeExpr> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        match phrase::read(tree, at, published) {
            Some(expr) => {
                at = expr.last + 1;
                let same = |other: TimeExpr| (other.past, other.future) == (expr.past, expr.future);
                if until.is_none() || phrase::read(tree, expr.first, until).is_some_and(same) {
                    found.push(expr);
                }
            }
            None => at += 1,
        }
    }
    found
}

/// Drops what is part of a name: "Theresa May" is no month.
pub(crate) fn outside_names(times: &mut Vec<TimeExpr>, names: impl Fn(Ix) -> bool) {
    times.retain(|time| !(time.first..=time.last).any(&names));
}

/// An open beginning ("since 1992") ends with the day of publication at the same precision.
fn until(published: Option<Date>, start: Interval) -> Interval {
    let Some(day) = published else { return start };
    let now = Interval::around(day, start.precision);
    if now.end >= start.start { Interval { end: now.end, ..start } } else { start }
}

impl Interval {
    /// The day, month or year that `day` lies in.
    pub(crate) fn around(day: Date, precision: Precision) -> Self {
        match precision {
            Precision::Year => Self::year(day.year()).unwrap_or(Self::day(day)),
            Precision::Month => Self::month(day.year(), day.month()).unwrap_or(Self::day(day)),
            Precision::Day | Precision::None => Self::day(day),
        }
    }
}
