//! Date and author lines.

use super::shape;
use super::words::{fold, lists};

/// Whether `text` is the date or author line of a page.
pub(crate) fn is_byline(text: &str) -> bool {
    let words = fold(text);
    if words.is_empty() || words.len() > 20 || text.len() > 200 {
        return false;
    }
    let opener = lists().byline.begin(&words);
    let rest = &words[opener.unwrap_or(0)..];
    let dated = rest.iter().filter(|word| is_date_word(word)).count();
    let digits = rest.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    // "20 September 2015", "Friday, August 21, 2015 | 3:14 pm GMT".
    if digits && !rest.is_empty() && dated * 10 >= rest.len() * 7 && (dated >= 2 || rest.len() == 1)
    {
        return is_date_line(&words, rest, opener.is_some());
    }
    // "Published 20 September 2015, 10:00, by Jane Doe": half of it dates, and an opener.
    if digits && opener.is_some() && words[0] != "on" && words[0] != "by" && dated * 2 >= rest.len()
    {
        return true;
    }
    is_author_line(text, &words) || is_name_and_date(text, dated)
}

/// A number alone is a date only as a year or a full date.
fn is_date_line(words: &[String], rest: &[String], opened: bool) -> bool {
    if rest.len() > 1 {
        return true;
    }
    let year = matches!(rest[0].parse::<u32>(), Ok(1900..=2100));
    year && (opened || words.len() == 1)
}

/// "By Jane Doe and John Smith in Hanoi", "JANE DOE, Staff Writer".
fn is_author_line(text: &str, words: &[String]) -> bool {
    let by = words.first().is_some_and(|word| word == "by");
    let written = lists().byline.begin(words).is_some_and(|n| n >= 2) && !by;
    if shape::ends_sentence(text) && !text.ends_with("Jr.") {
        return false;
    }
    let opener = if by { 1 } else { 2 };
    let mut names = shape::words(text).skip(opener).peekable();
    (by || written)
        && names.peek().is_some()
        && words.len() <= 16
        && names.all(|word| {
            !shape::starts_small(word)
                || matches!(
                    word,
                    "and"
                        | "with"
                        | "in"
                        | "of"
                        | "for"
                        | "the"
                        | "at"
                        | "de"
                        | "der"
                        | "den"
                        | "van"
                        | "von"
                        | "al"
                        | "bin"
                        | "da"
                        | "du"
                        | "la"
                        | "el"
                        | "di"
                        | "ter"
                        | "a"
                        | "special"
                        | "to"
                )
        })
}

/// "Jane Doe | 20 September 2015", "Lotus Wire, Hanoi, 20 Sept 2015": names around a date with its year.
fn is_name_and_date(text: &str, dated: usize) -> bool {
    let capital = shape::words(text).all(|word| {
        !shape::starts_small(word)
            || matches!(word, "and" | "by" | "at" | "on" | "of" | "the" | "in")
            || is_date_word(&word.to_lowercase())
    });
    let year = shape::words(text).any(|word| matches!(word.parse::<u32>(), Ok(1900..=2100)));
    let month = shape::words(text).any(|word| is_month(&word.to_lowercase()));
    let parted = text.contains(['|', '•', '·', ',', '-', '–', '—', '/']);
    capital && year && month && parted && dated >= 3 && !shape::ends_sentence(text)
}

/// Whether a word in small letters is part of dates and times.
fn is_date_word(word: &str) -> bool {
    is_month(word)
        || word.starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            word,
            "mon"
                | "tue"
                | "tues"
                | "wed"
                | "thu"
                | "thur"
                | "thurs"
                | "fri"
                | "sat"
                | "sun"
                | "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
                | "am"
                | "pm"
                | "a"
                | "p"
                | "m"
                | "gmt"
                | "utc"
                | "bst"
                | "est"
                | "edt"
                | "pst"
                | "pdt"
                | "cet"
                | "cest"
                | "ist"
                | "jst"
                | "kst"
                | "ict"
                | "hkt"
                | "sgt"
                | "st"
                | "nd"
                | "rd"
                | "th"
                | "of"
                | "at"
                | "on"
                | "updated"
                | "published"
                | "last"
                | "posted"
                | "modified"
                | "hours"
                | "hour"
                | "minutes"
                | "min"
                | "days"
                | "ago"
                | "today"
                | "yesterday"
                | "h"
                | "hrs"
                | "time"
                | "local"
                | "and"
        )
}

/// Whether a word in small letters is a month, written out or short.
pub(crate) fn is_month(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "jan"
            | "january"
            | "feb"
            | "february"
            | "mar"
            | "march"
            | "apr"
            | "april"
            | "may"
            | "jun"
            | "june"
            | "jul"
            | "july"
            | "aug"
            | "august"
            | "sep"
            | "sept"
            | "september"
            | "oct"
            | "october"
            | "nov"
            | "november"
            | "dec"
            | "december"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_authors_are_bylines() {
        for line in [
            "20 September 2015",
            "Friday, August 21, 2015",
            "Published: 20/09/2015 10:14 GMT",
            "Last updated 3 hours ago",
            "Last updated September 20, 2015",
            "By Jane Doe",
            "BY JANE DOE AND JOHN SMITH",
            "By Anna van der Meer in Hanoi",
            "Posted on September 20, 2015 by admin",
            "Jane Doe | 20 September 2015",
            "2015-09-20",
            "Written by Jane Doe",
            "Updated: Aug 3, 2021, 10:12 am IST",
        ] {
            assert!(is_byline(line), "{line}");
        }
    }

    #[test]
    fn sentences_and_headings_are_not() {
        for line in [
            "By Tuesday the fleet had left port.",
            "By the end of the year Japan will deliver six boats",
            "Vietnam Diversifies Its Ties",
            "Oscars 2017: Germany and Iran among foreign film contenders",
            "On Friday Japan and Vietnam signed",
            "Japan pledged $3 billion in 2015",
            "May in talks with Merkel",
            "Economic Ties",
            "US to update Saudi artillery for $1.31 billion",
            "36 shells",
        ] {
            assert!(!is_byline(line), "{line}");
        }
    }
}
