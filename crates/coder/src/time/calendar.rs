//! Calendar words and intervals.

use hedgerow_codebook::claim::Precision;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// First and last day, and how finely they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) precision: Precision,
}

impl Interval {
    pub(crate) fn day(day: Date) -> Self {
        Self { start: day, end: day, precision: Precision::Day }
    }

    pub(crate) fn month(year: i16, month: i8) -> Option<Self> {
        let start = Date::new(year, month, 1).ok()?;
        Some(Self { start, end: start.last_of_month(), precision: Precision::Month })
    }

    pub(crate) fn year(year: i16) -> Option<Self> {
        let start = Date::new(year, 1, 1).ok()?;
        Some(Self { start, end: Date::new(year, 12, 31).ok()?, precision: Precision::Year })
    }

    /// From the beginning of this to the end of `other`, at the coarser precision.
    pub(crate) fn through(self, other: Self) -> Option<Self> {
        let precision = self.precision.max(other.precision);
        (self.start <= other.end).then_some(Self { start: self.start, end: other.end, precision })
    }
}

/// Month by its name or abbreviation, 1 to 12.
pub(super) fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if !word.chars().next().is_some_and(char::is_uppercase) {
        return None;
    }
    let word = word.trim_end_matches('.').to_lowercase();
    let full = NAMES.iter().position(|name| *name == word);
    let short = || {
        (word.len() >= 3 && word.len() <= 4)
            .then(|| NAMES.iter().position(|n| n.starts_with(&word)))?
    };
    full.or_else(short).map(|n| n as i8 + 1)
}

/// Day of the month: `20`, `27th`.
pub(super) fn month_day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ending = &word[digits.len()..];
    let plain = matches!(ending, "" | "st" | "nd" | "rd" | "th") && digits.len() <= 2;
    digits.parse().ok().filter(|day| plain && (1..=31).contains(day))
}

/// A year written in four digits.
pub(super) fn year(word: &str) -> Option<i16> {
    let four = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|year| four && (1800..=2100).contains(year))
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    if !word.chars().next().is_some_and(char::is_uppercase) {
        return None;
    }
    Some(match word.trim_end_matches('.') {
        "Monday" | "Mon" => Weekday::Monday,
        "Tuesday" | "Tue" | "Tues" => Weekday::Tuesday,
        "Wednesday" | "Wed" => Weekday::Wednesday,
        "Thursday" | "Thu" | "Thurs" => Weekday::Thursday,
        "Friday" | "Fri" => Weekday::Friday,
        "Saturday" | "Sat" => Weekday::Saturday,
        "Sunday" | "Sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// The last such weekday up to and including `day`.
pub(super) fn weekday_before(day: Date, weekday: Weekday) -> Option<Date> {
    let back = day.weekday().since(weekday);
    day.checked_sub(i64::from(back).days()).ok()
}

/// The next such weekday from `day` on.
pub(super) fn weekday_after(day: Date, weekday: Weekday) -> Option<Date> {
    let ahead = weekday.since(day.weekday());
    day.checked_add(i64::from(ahead).days()).ok()
}

/// The week before, the week under way, or the week after: Monday to Sunday. To a Sunday paper the week that ends is
/// "last week" already, counted as the seven days before.
pub(super) fn week(day: Date, shift: i64) -> Option<Interval> {
    let (first, days) = if day.weekday() == Weekday::Sunday {
        (day, shift * 7)
    } else {
        (weekday_before(day, Weekday::Monday)?, shift * 7)
    };
    let start = first.checked_add(days.days()).ok()?;
    Some(Interval { start, end: start.checked_add(6.days()).ok()?, precision: Precision::Day })
}

/// The month `shift` months away from that of `day`.
pub(super) fn shifted_month(day: Date, shift: i64) -> Option<Interval> {
    let moved = day.first_of_month().checked_add(shift.months()).ok()?;
    Interval::month(moved.year(), moved.month())
}

/// The year `shift` years away from that of `day`.
pub(super) fn shifted_year(day: Date, shift: i64) -> Option<Interval> {
    Interval::year(day.year().checked_add(i16::try_from(shift).ok()?)?)
}

/// Small numbers in words or digits.
pub(crate) fn small_number(word: &str) -> Option<i64> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let word = word.to_lowercase();
    let tens = [
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
    ];
    WORDS
        .iter()
        .zip(0..)
        .find_map(|(w, n)| (*w == word).then_some(n))
        .or_else(|| tens.iter().find(|(w, _)| *w == word).map(|(_, n)| *n))
        .or_else(|| word.parse().ok().filter(|n| (0..1000).contains(n)))
}
