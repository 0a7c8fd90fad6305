//! Days of publication, in the ways that pages, feeds and messages write them.

use hedgerow_text::Published;
use jiff::civil::Date;
use jiff::fmt::rfc2822;

/// When something was published, as far as `text` says: ISO 8601, RFC 2822, `20150920`, `2015/09/20`, and days with the
/// name of the month (`20 September 2015`, `Sept. 20, 2015 10:14 am`). The day is that of the writer's own time zone.
pub(crate) fn read(text: &str) -> Option<Published> {
    let text = text.trim();
    if text.len() > 100 {
        return None;
    }
    if let Ok(when) = text.parse() {
        return Some(when);
    }
    let day = |date: Date| Published { first: date, last: date };
    if let Ok(when) = rfc2822::DateTimeParser::new().parse_zoned_datetime(text) {
        return Some(day(when.date()));
    }
    numbers(text).or_else(|| names(text)).map(day)
}

/// `20150920`, `20150920T101400`, `2015/09/20`, `2015.09.20`: the year first; the other orders are ambiguous.
fn numbers(text: &str) -> Option<Date> {
    let head = text.get(..8)?;
    let rest = &text[8..];
    if head.bytes().all(|b| b.is_ascii_digit()) && !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return date(head[..4].parse().ok()?, head[4..6].parse().ok()?, head[6..].parse().ok()?);
    }
    let mut parts = text.split(['T', ' ']).next()?.split(['/', '.', '-']);
    let year = parts.next()?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (year.len() == 4 && parts.next().is_none()).then(|| date(year.parse().ok()?, month, day))?
}

/// A day with the name of its month, among other words.
fn names(text: &str) -> Option<Date> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')'))
        .map(|it| it.trim_matches('.'))
        .filter(|it| !it.is_empty())
        .collect();
    let at = words.iter().position(|it| month(it).is_some())?;
    let month = month(words[at])?;
    let day = |it: &str| -> Option<i8> {
        let digits = it.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse().ok().filter(|n| (1..=31).contains(n))
    };
    let year = |it: &&str| -> Option<i16> {
        (it.len() == 4).then(|| it.parse().ok()).flatten().filter(|n| (1800..2200).contains(n))
    };
    let before = at.checked_sub(1).and_then(|n| day(words[n]));
    let (day, years) = match before {
        Some(day) => (day, &words[at + 1..]),
        None => (day(words.get(at + 1)?)?, &words[at + 2..]),
    };
    // "September 20, 2015", and with the time between: "Sep 20 10:14 2015".
    let year = years.iter().take(2).find_map(year)?;
    date(year, month, day)
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn month(word: &str) -> Option<i8> {
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
    let word = word.to_lowercase();
    let known = |name: &&str| {
        **name == word || (name[..3] == word) || (word == "sept" && name.starts_with("sept"))
    };
    NAMES.iter().position(known).map(|n| n as i8 + 1)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_read_as_they_are_written() {
        let day = date(2015, 9, 20);
        for text in [
            "2015-09-20",
            "2015-09-20T23:30:00-07:00",
            "Sun, 20 Sep 2015 23:30:00 -0700",
            "20150920",
            "20150920T101400Z",
            "2015/09/20 10:14",
            "2015.9.20",
            "20 September 2015",
            "Sunday, September 20, 2015 | 10:14 am",
            "Sept. 20th, 2015",
            "Updated: 20 Sep 2015, 10:14 (GMT+7)",
            "Sep 20 10:14 2015",
        ] {
            let read = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((read.first, read.last), (day, day), "{text}");
        }
        let month = read("2015-09").unwrap();
        assert_eq!((month.first, month.last), (date(2015, 9, 1), date(2015, 9, 30)));
    }

    #[test]
    fn what_is_ambiguous_or_none_is_left() {
        for text in
            ["09/10/2015", "yesterday", "", "2015-02-30", "May", "30 February 2015", "é2015090"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
