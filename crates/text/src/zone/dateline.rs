//! Datelines: place, date and agency before the first sentence of a report.

use super::byline::is_month;
use super::shape;

/// Characters within which a dateline must end.
const MAX_CHARS: usize = 120;

/// The length in bytes of the dateline that `paragraph` begins with, its dash and the blanks after it included.
pub(crate) fn length(paragraph: &str) -> Option<usize> {
    dashes(paragraph).find_map(|(at, dash)| {
        let head = paragraph[..at].trim_end();
        let rest = &paragraph[at + dash.len()..];
        let end = paragraph.len() - rest.trim_start_matches(super::line::is_blank).len();
        (end < paragraph.len() && is_dateline(head, dash, &paragraph[end..])).then_some(end)
    })
}

/// The dashes and colons near the front that may close a dateline, in order.
fn dashes(paragraph: &str) -> impl Iterator<Item = (usize, &str)> {
    paragraph.char_indices().take(MAX_CHARS).filter_map(|(at, c)| {
        let before = paragraph[..at].chars().next_back();
        let rest = &paragraph[at..];
        let spaced = before.is_some_and(|c| c.is_whitespace() || c == ')');
        match c {
            '—' | '–' => Some((at, &rest[..c.len_utf8()])),
            '-' if rest.starts_with("--") && before != Some('-') => {
                let n = rest.bytes().take_while(|&b| b == b'-').count();
                Some((at, &rest[..n]))
            }
            '-' | '_' if spaced && rest[1..].starts_with(char::is_whitespace) => {
                Some((at, &rest[..1]))
            }
            ':' if rest[1..].starts_with(char::is_whitespace) => Some((at, &rest[..1])),
            _ => None,
        }
    })
}

/// Whether `head` names a place, a date or an agency as datelines do.
fn is_dateline(head: &str, dash: &str, rest: &str) -> bool {
    if head.is_empty() || !rest.chars().any(char::is_alphanumeric) || shape::starts_small(rest) {
        return false;
    }
    let (place, agency) = match head.split_once('(') {
        Some((place, agency)) => {
            let Some(agency) = agency.strip_suffix(')') else { return false };
            if !is_agency(agency) {
                return false;
            }
            (place.trim(), true)
        }
        None => (head, false),
    };
    if place.is_empty() {
        return agency;
    }
    let mut parts = place.split(',').map(str::trim);
    let Some(first) = parts.next() else { return false };
    let mut dated = false;
    for part in parts {
        if is_date(part) {
            dated = true;
        } else if !is_place(part) {
            return false;
        }
    }
    let capitals = first.split('/').all(|place| shape::is_all_capitals(place.trim()));
    let sure = agency || dated || capitals;
    // "US: …" and "UN – …" are speakers and subjects more often than places.
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let long = agency || dated || letters >= 4;
    first.split('/').all(is_place) && sure && long && (dash != ":" || agency || capitals)
}

/// One to four words with a capital each.
fn is_place(text: &str) -> bool {
    let mut n = 0;
    for word in text.split_whitespace() {
        n += 1;
        let small =
            matches!(word, "de" | "da" | "do" | "la" | "el" | "al" | "of" | "the" | "and" | "near");
        if !small && (shape::starts_small(word) || !word.starts_with(char::is_alphabetic)) {
            return false;
        }
    }
    (1..=4).contains(&n)
}

/// "Jan. 23", "23 January 2018", "April 5": a month and numbers, or a day of the week.
fn is_date(text: &str) -> bool {
    let mut month = false;
    let mut n = 0;
    for word in shape::words(text) {
        n += 1;
        let small = word.to_lowercase();
        if is_month(&small) {
            month = true;
        } else if !small.starts_with(|c: char| c.is_ascii_digit()) && !small.ends_with("day") {
            return false;
        }
    }
    let year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    (n > 0 && n <= 4 && (month || text.ends_with("day"))) || year
}

/// A name in brackets: a few words with capitals, perhaps with a date ("Reuters, 23 Jan").
fn is_agency(text: &str) -> bool {
    let words: Vec<&str> = shape::words(text).collect();
    (1..=8).contains(&words.len())
        && words.iter().any(|word| word.starts_with(char::is_uppercase))
        && words.iter().all(|word| {
            !shape::starts_small(word) || matches!(*word, "of" | "the" | "and" | "for" | "by")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(paragraph: &str) -> (&str, &str) {
        paragraph.split_at(length(paragraph).unwrap_or(0))
    }

    #[test]
    fn datelines_of_all_houses_are_found() {
        for (head, rest) in [
            ("PHNOM PENH (Khmer Times) – ", "Vietnam’s General Secretary visited Japan."),
            ("HANOI, Jan. 23 (Lotus Wire) -- ", "Vietnam wants more."),
            ("TOKYO — ", "Japan will send boats."),
            ("WASHINGTON, April 5 – ", "The president spoke."),
            ("Moscow/Kyiv (AFP) - ", "Shells fell."),
            ("Hanoi (VNA) – ", "Vietnam always supports."),
            ("WASHINGTON (AP) - ", "The Trump administration signed off."),
            ("SEOUL, South Korea (AP) _ ", "North Korea fired."),
            ("NEW DELHI: ", "India and Japan agreed."),
            ("(Reuters) - ", "Libya has freed six."),
            ("LONDON—", "Britain said so."),
            ("Beijing, 12 December 2021 — ", "“We agree,” he said."),
            ("ADDIS ABABA, Ethiopia — ", "Talks began."),
        ] {
            let paragraph = format!("{head}{rest}");
            assert_eq!(split(&paragraph), (head, rest));
        }
    }

    #[test]
    fn sentences_with_dashes_are_left_whole() {
        for paragraph in [
            "Vietnam – China’s neighbour – signed.",
            "Japan and Vietnam (both members) - The deal is done.",
            "US: Iran must stop.",
            "Vietnam, Japan and China – All three claim it.",
            "UN – Russia talks collapsed.",
            "Xi Jinping: We will never yield.",
            "TOKYO - which denies it - sent boats.",
            "“TOKYO – London”",
            "THE END",
            "TOKYO —",
        ] {
            assert_eq!(split(paragraph).0, "", "{paragraph}");
        }
    }
}
