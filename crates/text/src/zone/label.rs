//! What each unit is, by its own words and by its place in the text.

use super::chrome::{self, Signs};
use super::layout::{Mark, Unit};
use super::{byline, shape, words};
use crate::ZoneKind;

/// Words of article that must stand before a line can open a comment thread.
const SEEN_BEFORE_COMMENTS: usize = 40;
/// A headline has at most so many words.
const MAX_HEADLINE: usize = 30;
/// A heading has at most so many words.
const MAX_HEADING: usize = 14;

/// The kind of every unit, in order.
pub(crate) fn kinds(text: &str, units: &[Unit], title: Option<&str>) -> Vec<ZoneKind> {
    let mut signs: Vec<Signs> = units.iter().map(|unit| chrome::signs(text, unit)).collect();
    let bylines: Vec<bool> = units.iter().map(|unit| is_byline(text, unit)).collect();
    mark_menus(&mut signs);
    let end = comments_from(&signs);
    mark_links(&mut signs[..end]);

    let real = |i: usize| signs[i].sentence && !signs[i].chrome && !bylines[i];
    let mut first = (0..end).find(|&i| real(i)).unwrap_or(end);
    let last = (0..end).rev().find(|&i| real(i));
    let open = |i: usize| !signs[i].chrome && !bylines[i];
    let headline = headline(text, units, &signs, &open, first, end, title);
    if headline == Some(first) {
        first = (first + 1..end).find(|&i| real(i)).unwrap_or(end);
    }

    (0..units.len())
        .map(|i| match () {
            () if headline == Some(i) => ZoneKind::Headline,
            () if i >= end || signs[i].chrome => ZoneKind::Boilerplate,
            () if bylines[i] => ZoneKind::Byline,
            () if headline.is_some_and(|h| i < h) && !real(i) => ZoneKind::Boilerplate,
            () if last.is_none() && signs[i].words >= 4 => ZoneKind::Body,
            // A section name or a place above the article; longer lines are a standfirst.
            () if i < first && units[i].mark == Mark::Plain && signs[i].words < 5 => {
                ZoneKind::Boilerplate
            }
            // A heading needs something under it.
            () if last.is_none_or(|last| i > last) && !real(i) && signs[i].words <= 12 => {
                ZoneKind::Boilerplate
            }
            () if is_heading(text, &units[i], signs[i]) => ZoneKind::Heading,
            () => ZoneKind::Body,
        })
        .collect()
}

fn is_byline(text: &str, unit: &Unit) -> bool {
    unit.mark != Mark::Item && byline::is_byline(unit.span.of(text))
}

/// The line that names the article: the given title, the first `#`, or the first line of some length before the text.
fn headline(
    text: &str,
    units: &[Unit],
    signs: &[Signs],
    open: &impl Fn(usize) -> bool,
    first: usize,
    end: usize,
    title: Option<&str>,
) -> Option<usize> {
    if let Some(title) = title {
        let title = words::fold(title);
        let named = |&i: &usize| {
            signs[i].words <= MAX_HEADLINE && words::fold(units[i].span.of(text)) == title
        };
        if let Some(i) = (0..=first).filter(|&i| i < end).find(named) {
            return Some(i);
        }
    }
    let before = || (0..first).filter(|&i| open(i) && signs[i].words <= MAX_HEADLINE);
    let asks = |i: usize| {
        let said = units[i].span.of(text);
        said.trim_end_matches(['"', '”', '’']).ends_with(['?', '!'])
    };
    before()
        .find(|&i| units[i].mark == Mark::Heading(1))
        .or_else(|| before().find(|&i| signs[i].words >= 4))
        .or_else(|| before().next())
        // "Who will win the race for the Arctic?" reads as a sentence, and stands alone above the text.
        .or_else(|| {
            let alone = (0..first).all(|i| !open(i))
                && first + 1 < end
                && units[first].opens_block
                && units[first].closes_block;
            (alone && signs[first].words <= 20 && asks(first)).then_some(first)
        })
}

/// Three or more short lines in a row are a menu where one of them says a word of menus, or where there are six.
fn mark_menus(signs: &mut [Signs]) {
    let mut from = 0;
    while from < signs.len() {
        let run =
            signs[from..].iter().take_while(|it| it.menu || (it.chrome && !it.closes)).count();
        let part = &mut signs[from..from + run];
        let short = part.iter().filter(|it| it.menu).count();
        let known = part.iter().filter(|it| it.menu_word || it.chrome).count();
        if (short >= 3 && known >= 1 && known * 3 >= short) || short >= 6 {
            for it in part {
                it.chrome = true;
            }
        }
        from += run.max(1);
    }
}

/// Where the comment thread begins: all from there on is not the article.
fn comments_from(signs: &[Signs]) -> usize {
    let mut seen = 0;
    for (i, it) in signs.iter().enumerate() {
        if it.closes && seen >= SEEN_BEFORE_COMMENTS {
            return i;
        }
        if it.sentence && !it.chrome {
            seen += it.words;
        }
    }
    signs.len()
}

/// Short lines after "Related articles" are its links, up to the next paragraph.
fn mark_links(signs: &mut [Signs]) {
    let mut inside = false;
    for it in signs {
        if it.links {
            inside = true;
        } else if it.sentence && !it.chrome {
            inside = false;
        } else if inside && it.words <= 20 {
            it.chrome = true;
        }
    }
}

fn is_heading(text: &str, unit: &Unit, signs: Signs) -> bool {
    let said = unit.span.of(text);
    let plain = unit.mark == Mark::Plain && !shape::ends_stretch(said);
    let alone = unit.opens_block && unit.closes_block;
    let shaped = shape::is_title_case(said) || (signs.words <= 10 && !shape::starts_small(said));
    matches!(unit.mark, Mark::Heading(_))
        || (plain && shaped && signs.words <= MAX_HEADING && !said.ends_with([',', ';', '-', '–']))
        || (plain && alone && signs.words <= 8)
}
