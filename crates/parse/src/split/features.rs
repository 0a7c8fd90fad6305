//! What the splitter sees of a place.

use std::ops::Range;

use super::context::{Gap, Situation};

/// Number of rows that features are hashed into.
pub(super) const ROWS: usize = 1 << 18;
/// Features of one place.
pub(super) const COUNT: usize = 45;
/// Words are seen up to this many characters; a text without spaces must not cost its square.
const SEEN: usize = 24;

/// Titles and ranks that a name follows.
const TITLES: &[&str] = &[
    "adm", "amb", "brig", "capt", "cmdr", "col", "cpl", "dr", "fr", "gen", "gov", "hon", "insp",
    "lt", "maj", "messrs", "mr", "mrs", "ms", "pres", "prof", "rep", "reps", "rev", "sen", "sens",
    "sgt", "st", "supt",
];
/// Months and days, as datelines shorten them.
const DATES: &[&str] = &[
    "apr", "aug", "dec", "feb", "fri", "jan", "jul", "jun", "mar", "mon", "nov", "oct", "sat",
    "sept", "sep", "sun", "thu", "thurs", "tue", "tues", "wed",
];
/// Other words that keep their full stop within a sentence.
const OTHERS: &[&str] = &[
    "al", "approx", "art", "ca", "cf", "co", "corp", "dept", "e.g", "est", "etc", "fig", "govt",
    "i.e", "inc", "jr", "ltd", "no", "nos", "p", "pp", "sr", "vol", "vs", "v",
];

/// A kind of character; punctuation marks are kinds of their own.
fn kind(c: char) -> u32 {
    match c {
        '\n' => 5,
        '“' | '”' | '"' | '„' => 7,
        '‘' | '’' | '\'' | '`' => 8,
        '–' | '—' => 9,
        c if c.is_lowercase() => 1,
        c if c.is_uppercase() => 2,
        c if c.is_ascii_digit() => 3,
        c if c.is_whitespace() => 4,
        c if c.is_alphanumeric() => 6,
        c => 32 + c as u32,
    }
}

fn fold(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

fn mix(a: u32, b: u32) -> u32 {
    let x = (a ^ b).wrapping_mul(0x9E37_79B1);
    x ^ (x >> 15)
}

fn hash(chars: &[char]) -> u32 {
    chars.iter().fold(11, |h, &c| mix(h, fold(c) as u32 + 7))
}

/// The class of an abbreviation by our own lists, 0 where it is none.
fn abbreviation(chars: &[char]) -> u32 {
    let Some((&'.', stem)) = chars.split_last() else { return 0 };
    if stem.is_empty() || stem.len() > 6 {
        return 0;
    }
    let stem: String = stem.iter().map(|&c| fold(c)).collect();
    let within = |list: &[&str]| list.contains(&stem.as_str());
    if within(TITLES) {
        1
    } else if within(DATES) {
        2
    } else if within(OTHERS) {
        3
    } else if stem.contains('.') {
        4
    } else {
        5
    }
}

/// Fills `out` with the rows of the features of this place.
pub(super) fn collect(s: &Situation<'_>, out: &mut Vec<u32>) {
    let chars = s.chars;
    let slice = |range: Range<usize>| &chars[range.start.min(range.end)..range.end];
    let back = |i: usize| s.at.checked_sub(i).map_or('\n', |at| chars[at]);
    let ahead = |i: usize| chars.get(s.next + i).copied().unwrap_or('\n');
    let [l1, l2, l3, l4] = [0, 1, 2, 3].map(|i| back(i) as u32);
    let [r1, r2, r3] = [0, 1, 2].map(|i| ahead(i) as u32);
    let [lk1, lk2, lk3] = [0, 1, 2].map(|i| kind(back(i)));
    let [rk1, rk2, rk3] = [0, 1, 2].map(|i| kind(ahead(i)));

    let reach = s.at.saturating_sub(SEEN - 1);
    let left_chars = slice(s.chunk.start.max(reach)..s.at + 1);
    let left = hash(left_chars);
    let right = hash(slice((s.at + 1).min(s.chunk.end)..s.chunk.end.min(s.at + 1 + SEEN)));
    let word = hash(slice(s.word.max(reach)..s.at + 1));
    let following = chars[s.next.min(chars.len())..].iter();
    let following = following.take(SEEN).take_while(|c| !c.is_whitespace()).count();
    let next = hash(&chars[s.next.min(chars.len())..(s.next + following).min(chars.len())]);
    let gap_before =
        chars[..s.chunk.start].iter().rev().take_while(|c| c.is_whitespace()).take(SEEN);
    let previous_end = s.chunk.start - gap_before.count();
    let previous_length =
        chars[..previous_end].iter().rev().take(SEEN).take_while(|c| !c.is_whitespace()).count();
    let previous_start = previous_end - previous_length;
    let previous = hash(&chars[previous_start..previous_end]);
    let previous_kind = chars.get(previous_start).map_or(5, |&c| kind(c));

    let since = s.words.min(12) as u32;
    let within = (s.at + 1 - s.word).min(6) as u32;
    let size = s.chunk.len().min(8) as u32;
    let short = abbreviation(left_chars);
    let column = (s.next.saturating_sub(s.line) / 16).min(6) as u32;
    let gap = match s.gap {
        Gap::Closed => 0,
        Gap::Space => 1,
        Gap::Line => 2,
        Gap::Paragraph => 3,
    };

    out.clear();
    let mut number = 0;
    let mut add = |parts: &[u32]| {
        number += 1;
        let start = mix(mix(0x070C, number), gap);
        let h = parts.iter().fold(start, |h, &part| mix(h, part));
        out.push((h >> 7) & (ROWS as u32 - 1));
    };
    add(&[]);
    add(&[l1]);
    add(&[l1, l2]);
    add(&[l1, l2, l3]);
    add(&[l1, l2, l3, l4]);
    add(&[r1]);
    add(&[r1, r2]);
    add(&[r1, r2, r3]);
    add(&[l1, r1]);
    add(&[l1, l2, r1]);
    add(&[l1, r1, r2]);
    add(&[l1, l2, r1, r2]);
    add(&[lk1, lk2, lk3]);
    add(&[rk1, rk2, rk3]);
    add(&[lk1, rk1]);
    add(&[lk1, lk2, rk1, rk2]);
    add(&[lk1, lk2, lk3, rk1, rk2, rk3]);
    add(&[l1, rk1, rk2]);
    add(&[word]);
    add(&[word, rk1]);
    add(&[next]);
    add(&[word, next]);
    add(&[left]);
    add(&[right]);
    add(&[left, right]);
    add(&[l1, next]);
    add(&[left, rk1, rk2]);
    add(&[since]);
    add(&[l1, since, rk1]);
    add(&[size, l1, rk1]);
    add(&[within, l1, rk1]);
    add(&[previous, left, rk1]);
    add(&[previous, l1, next]);
    add(&[previous_kind, lk1, rk1]);
    add(&[short, rk1]);
    add(&[short, rk1, rk2]);
    add(&[short, previous_kind, rk1]);
    add(&[column, lk1, rk1]);
    add(&[column, l1, rk1]);
    add(&[previous, rk1]);
}
