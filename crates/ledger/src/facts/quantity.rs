//! Comparing quantities: what can be set against what, and whether both can be true.
//!
//! Sums of two currencies are compared only by a rate that the user loaded, or by the equivalence that a text itself gives
//! ("200 million yen, about $1.7 million"). Nothing converted is ever shown as if a source had said it.

use std::collections::BTreeMap;

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::{Amount, Qualifier, Unit};
use jiff::civil::Date;

use super::days;
use crate::ClaimRow;

/// Nouns that reports use for one and the same thing.
const KIN: [&[&str]; 5] = [
    &["boat", "ship", "vessel", "craft", "cutter"],
    &["aircraft", "plane", "jet", "fighter"],
    &["soldier", "troop", "serviceman", "trooper"],
    &["shell", "round", "projectile"],
    &["people", "person", "citizen", "civilian"],
];

/// A rate holds for so many days before and after the day it is given for.
const RATE_DAYS: i32 = 370;
/// Sums of two currencies are one sum where they are this close: rates move within the period that they stand for.
const CONVERTED: f64 = 0.1;

/// What a US dollar was worth, by currency and day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rates {
    days: BTreeMap<String, BTreeMap<Date, f64>>,
    implied: BTreeMap<String, BTreeMap<Date, f64>>,
}

impl Rates {
    /// Adds what one US dollar was worth in `currency` on `day`.
    pub fn add(&mut self, currency: &str, day: Date, per_usd: f64) {
        self.days.entry(currency.to_owned()).or_default().insert(day, per_usd);
    }

    /// Adds the rates that claims imply which give one sum both in dollars and in another currency.
    pub(super) fn add_implied(&mut self, rows: &[&ClaimRow]) {
        for row in rows {
            let sums = |usd: bool| {
                amounts(&row.claim).filter(move |it| {
                    it.unit == Unit::Money && (it.currency.as_deref() == Some("USD")) == usd
                })
            };
            let Some(day) = day_of(row) else { continue };
            if let ([dollars], [other]) =
                (&sums(true).collect::<Vec<_>>()[..], &sums(false).collect::<Vec<_>>()[..])
                && let (Some(x), Some(y), Some(currency)) =
                    (dollars.value, other.value, &other.currency)
                && x > 0.0
                && y > 0.0
            {
                self.implied.entry(currency.clone()).or_default().insert(day, y / x);
            }
        }
    }

    /// `value` of `currency` in dollars of about `day`.
    pub fn in_usd(&self, value: f64, currency: &str, day: Option<Date>) -> Option<f64> {
        if currency == "USD" {
            return Some(value);
        }
        let near = |rates: &BTreeMap<String, BTreeMap<Date, f64>>| {
            let rates = rates.get(currency)?;
            let day = day?;
            let before = rates.range(..=day).next_back();
            let after = rates.range(day..).next();
            let nearest =
                before.into_iter().chain(after).min_by_key(|(it, _)| days::between(**it, day))?;
            (days::between(*nearest.0, day) <= RATE_DAYS).then_some(*nearest.1)
        };
        near(&self.days).or_else(|| near(&self.implied)).map(|per_usd| value / per_usd)
    }
}

/// The day for which the sums of a claim are converted: that of the act, else that of publication.
pub(super) fn day_of(row: &ClaimRow) -> Option<Date> {
    row.claim.date.end.or(row.claim.date.start).or(row.published)
}

/// All quantities of a claim, the main one first.
pub(super) fn amounts(claim: &Claim) -> impl Iterator<Item = &Amount> {
    claim.amount.iter().chain(&claim.more_amounts)
}

/// Whether two amounts measure one thing, money of any currency included.
pub(super) fn same_thing(a: &Amount, b: &Amount) -> bool {
    a.unit == b.unit
        && (a.unit != Unit::Count || same_noun(a.count_of.as_deref(), b.count_of.as_deref()))
}

fn same_noun(a: Option<&str>, b: Option<&str>) -> bool {
    let head = |noun: Option<&str>| {
        let noun = noun.unwrap_or_default().to_lowercase();
        noun.split_whitespace().next_back().unwrap_or_default().trim_end_matches('s').to_owned()
    };
    let (a, b) = (head(a), head(b));
    a == b || KIN.iter().any(|kin| kin.contains(&a.as_str()) && kin.contains(&b.as_str()))
}

/// How two quantities of one thing stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// Both can be true of one quantity.
    Agree,
    /// The same digits, a thousand or a million times apart: one of them was taken down wrongly.
    Scale,
    /// A quarter apart at most.
    Near,
    /// Two currencies, and no rate.
    NoRate,
    /// Further apart.
    Differ,
}

/// How two amounts of one thing stand to each other.
pub(super) fn compare(
    a: &Amount,
    b: &Amount,
    (on_a, on_b): (Option<Date>, Option<Date>),
    rates: &Rates,
) -> Match {
    let (Some(x), Some(y)) = (a.value, b.value) else { return Match::Agree };
    if a.unit == Unit::Money && a.currency != b.currency {
        let usd =
            |amount: &Amount, value, day| rates.in_usd(value, amount.currency.as_deref()?, day);
        // Where only one of the two has a day, both are taken at that day.
        return match (usd(a, x, on_a.or(on_b)), usd(b, y, on_b.or(on_a))) {
            (Some(x), Some(y)) if apart(x, y) <= CONVERTED => Match::Agree,
            (Some(x), Some(y)) if apart(x, y) <= 0.25 => Match::Near,
            (Some(x), Some(y)) if thousandfold(x, y, 0.1) => Match::Scale,
            (Some(_), Some(_)) => Match::Differ,
            _ => Match::NoRate,
        };
    }
    if compatible(a, b, x, y) {
        Match::Agree
    } else if thousandfold(x, y, 0.005) {
        Match::Scale
    } else if apart(x, y) <= 0.25 {
        Match::Near
    } else {
        Match::Differ
    }
}

/// The best match among the quantities that both claims give of one thing; `None` where they give none of one thing.
pub(super) fn best(a: &ClaimRow, b: &ClaimRow, rates: &Rates) -> Option<Match> {
    let on = (day_of(a), day_of(b));
    amounts(&a.claim)
        .flat_map(|x| amounts(&b.claim).map(move |y| (x, y)))
        .filter(|(x, y)| same_thing(x, y))
        .map(|(x, y)| compare(x, y, on, rates))
        .min()
}

/// Whether both claims count one thing and come to one number.
pub(super) fn counts_agree(a: &Claim, b: &Claim) -> bool {
    let counts = |claim| amounts(claim).filter(|it| it.unit == Unit::Count && it.value.is_some());
    counts(a).any(|x| {
        counts(b).any(|y| {
            same_thing(x, y) && compare(x, y, (None, None), &Rates::default()) == Match::Agree
        })
    })
}

/// Difference as a share of the greater.
fn apart(x: f64, y: f64) -> f64 {
    (x - y).abs() / x.abs().max(y.abs()).max(f64::MIN_POSITIVE)
}

/// Whether one is the other times a thousand or a million, to within `slack` of it.
fn thousandfold(x: f64, y: f64, slack: f64) -> bool {
    let ratio = (x / y).abs().max((y / x).abs());
    [1e3, 1e6].iter().any(|power| apart(ratio, *power) <= slack)
}

/// Whether both figures can be true of one quantity.
fn compatible(a: &Amount, b: &Amount, x: f64, y: f64) -> bool {
    let below = |amount: &Amount| matches!(amount.qualifier, Qualifier::UpTo | Qualifier::LessThan);
    let above =
        |amount: &Amount| matches!(amount.qualifier, Qualifier::MoreThan | Qualifier::AtLeast);
    let about = |amount: &Amount| amount.qualifier == Qualifier::About;
    // "More than 1.3" is said of 1.31, not of 5.
    let bound = |bound: f64, value: f64| apart(bound, value) <= 0.5;
    if above(a) && above(b) || below(a) && below(b) {
        bound(x, y)
    } else if above(a) || below(b) {
        y >= x && bound(x, y)
    } else if below(a) || above(b) {
        y <= x && bound(x, y)
    } else if about(a) || about(b) {
        apart(x, y) <= 0.05
    } else if a.unit == Unit::Money {
        same_rounded(x, y)
    } else {
        x.total_cmp(&y).is_eq()
    }
}

/// Whether two sums are one sum, one of them rounded to no fewer than two digits: 1.7 and 1.68 billion are.
fn same_rounded(x: f64, y: f64) -> bool {
    // No two numbers that lie further apart have two digits in common.
    if apart(x, y) > 0.06 {
        return false;
    }
    let digits = digits(x).min(digits(y)).max(2);
    rounded(x, digits) == rounded(y, digits)
}

fn rounded(value: f64, digits: usize) -> String {
    format!("{value:.*e}", digits - 1)
}

/// Significant digits of the shortest decimal that is this number.
fn digits(value: f64) -> usize {
    let text = format!("{value:e}");
    text.split('e').next().unwrap_or_default().bytes().filter(u8::is_ascii_digit).count()
}
