//! Days and periods.

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::Precision;
use jiff::civil::Date;

use crate::ClaimRow;

/// How far from the day of publication an undated happening may lie.
pub(super) const UNDATED: i32 = 30;
/// How far apart two documents may be published whose undated claims are about one happening.
const SAME_NEWS: i32 = 3;

/// First and last day.
pub(super) type Period = (Date, Date);

/// First and last day, where the claim has a date.
pub(super) fn of(claim: &Claim) -> Option<Period> {
    match (claim.date.start, claim.date.end) {
        (Some(start), Some(end)) => Some((start, end)),
        (Some(day), None) | (None, Some(day)) => Some((day, day)),
        (None, None) => None,
    }
}

/// Days between two days, whichever comes first.
pub(super) fn between(a: Date, b: Date) -> i32 {
    let (a, b) = (a.min(b), a.max(b));
    a.until(b).map_or(i32::MAX, |span| span.get_days())
}

/// Days from the end of the earlier period to the start of the later; 0 where they overlap.
pub(super) fn gap(a: Period, b: Period) -> i32 {
    if a.1 < b.0 {
        between(a.1, b.0)
    } else if b.1 < a.0 {
        between(b.1, a.0)
    } else {
        0
    }
}

/// Whether two claims can be of one time: dates that lie no more than `slack` days apart; where one has none, a day of
/// publication near the dates of the other; where neither has, the same news.
pub(super) fn near(a: &ClaimRow, b: &ClaimRow, slack: i32) -> bool {
    match (of(&a.claim), of(&b.claim)) {
        (Some(a), Some(b)) => gap(a, b) <= slack,
        (None, Some(days)) => published_near(a, days),
        (Some(days), None) => published_near(b, days),
        (None, None) => match (a.published, b.published) {
            (Some(a), Some(b)) => between(a, b) <= SAME_NEWS,
            _ => a.claim.doc == b.claim.doc,
        },
    }
}

fn published_near(row: &ClaimRow, days: Period) -> bool {
    row.published.is_some_and(|day| gap((day, day), days) <= UNDATED)
}

/// Whether two claims give dates that cannot both be right.
///
/// A day within a week goes with the week. Two periods that are both told to the day, neither of them in words that count
/// from the day of publication ("last week"), must have the same ends: a visit of three weeks is none of two.
pub(super) fn contradict(a: &Claim, b: &Claim) -> bool {
    let (Some(x), Some(y)) = (of(a), of(b)) else { return false };
    let within = |x: Period, y: Period| y.0 <= x.0 && x.1 <= y.1;
    if !within(x, y) && !within(y, x) {
        return true;
    }
    let period = |claim: &Claim, (start, end): Period| {
        start != end && claim.date.precision == Precision::Day && !counted(claim)
    };
    x != y && period(a, x) && period(b, y)
}

/// Whether a claim has no date, or a period that only says how little is known of the day.
pub(super) fn is_vague(claim: &Claim) -> bool {
    let to_the_day = claim.date.precision == Precision::Day;
    of(claim).is_none_or(|(start, end)| to_the_day && start != end && counted(claim))
}

/// Whether the words of the date count from another day, so that the period says how little is known, not how long it took.
fn counted(claim: &Claim) -> bool {
    let words = claim.date.text.as_deref().unwrap_or_default().to_lowercase();
    words.split(|c: char| !c.is_alphanumeric()).any(|word| {
        matches!(
            word,
            "last"
                | "this"
                | "next"
                | "past"
                | "earlier"
                | "later"
                | "recent"
                | "recently"
                | "coming"
        )
    })
}
