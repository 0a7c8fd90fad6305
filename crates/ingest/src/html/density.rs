//! A second opinion on what the article of a page is.
//!
//! The method of jusText (Pomikálek, Removing Boilerplate and Duplicate Content from Web Corpora, 2011): blocks are good,
//! near-good, short or bad by their length, the share of link text and the share of words of grammar; then blocks that are
//! neither are judged by their neighbours.

use super::block::Block;

/// Characters below which a block says nothing by itself.
const SHORT: usize = 70;
/// Characters from which a block with enough words of grammar is good by itself.
const LONG: usize = 200;
/// Share of link text from which a block is a list of links.
const LINKED: f64 = 0.25;
/// Share of words of grammar from which a block reads as running text.
const GRAMMAR: f64 = 0.22;

/// Frequent words of English running text. Other languages are judged by length and links alone.
const WORDS: [&str; 66] = [
    "the", "of", "to", "in", "and", "a", "is", "that", "for", "on", "with", "as", "was", "were",
    "it", "its", "by", "from", "at", "be", "are", "has", "have", "had", "not", "this", "which",
    "will", "would", "said", "says", "their", "they", "he", "she", "his", "her", "an", "or", "but",
    "been", "also", "who", "more", "than", "after", "over", "between", "into", "about", "when",
    "there", "we", "i", "you", "all", "other", "new", "one", "two", "up", "out", "no", "could",
    "may", "can",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Good,
    NearGood,
    Short,
    Bad,
}

/// Whether each block belongs to the article.
pub(crate) fn article(blocks: &[Block]) -> Vec<bool> {
    let mut classes: Vec<Class> = blocks.iter().map(class).collect();
    // The nearest neighbour that is not short; the page's edges are bad.
    let before = |classes: &[Class], at: usize| nearest(classes[..at].iter().rev());
    let after = |classes: &[Class], at: usize| nearest(classes[at + 1..].iter());
    for at in 0..classes.len() {
        if classes[at] == Class::NearGood {
            let alone = before(&classes, at) == Class::Bad && after(&classes, at) == Class::Bad;
            classes[at] = if alone { Class::Bad } else { Class::Good };
        }
    }
    let good = |at: usize| match classes[at] {
        Class::Short => before(&classes, at) == Class::Good && after(&classes, at) == Class::Good,
        it => it == Class::Good,
    };
    (0..classes.len()).map(good).collect()
}

fn nearest<'c>(mut classes: impl Iterator<Item = &'c Class>) -> Class {
    classes.find(|it| **it != Class::Short).copied().unwrap_or(Class::Bad)
}

fn class(block: &Block) -> Class {
    let length = block.text.chars().count().max(1);
    if block.aside || block.linked as f64 / length as f64 > LINKED || block.text.starts_with('©') {
        return Class::Bad;
    }
    if block.heading || length < SHORT {
        return if block.linked > 0 { Class::Bad } else { Class::Short };
    }
    if grammar(&block.text) < GRAMMAR {
        return Class::Bad;
    }
    if length >= LONG { Class::Good } else { Class::NearGood }
}

/// The share of words of grammar among the words of `text`.
fn grammar(text: &str) -> f64 {
    let (mut all, mut known) = (0_u32, 0_u32);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()) {
        all += 1;
        known += u32::from(WORDS.contains(&word.to_lowercase().as_str()));
    }
    f64::from(known) / f64::from(all.max(1))
}

/// How far two texts have the same words: 1 all, 0 none (Jaccard, words counted).
pub(crate) fn agreement(a: &str, b: &str) -> f64 {
    let sorted = |text: &str| {
        let mut words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .map(str::to_lowercase)
            .collect();
        words.sort_unstable();
        words
    };
    let (a, b) = (sorted(a), sorted(b));
    let (mut i, mut j, mut both) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j) = (i + 1, j + 1);
                both += 1;
            }
        }
    }
    let all = a.len() + b.len() - both;
    if all == 0 { 1.0 } else { both as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_is_the_share_of_common_words() {
        assert!((agreement("Japan gave boats.", "japan GAVE boats") - 1.0).abs() < 1e-9);
        assert!((agreement("a b c", "b c d") - 0.5).abs() < 1e-9);
        assert!(agreement("a", "b").abs() < 1e-9);
    }

    #[test]
    fn short_blocks_go_with_their_neighbours() {
        let long = "The minister said that the two countries have agreed on the terms of the loan, and that the first part of it will be paid out to the port authority in the spring of the next year, after the talks.";
        let block = |text: &str, linked| Block { text: text.into(), linked, ..Block::default() };
        let page = [
            block(
                "Home News Sport Opinion Weather Jobs Archive Newsletter Contact Imprint and more",
                80,
            ),
            block(long, 0),
            block("A promise kept", 0),
            block(long, 10),
            block("Share", 0),
            block(
                "Most read: Ferry strike ends | Rice prices fall | Mayor resigns | Storm nears coast",
                70,
            ),
        ];
        assert_eq!(article(&page), [false, true, true, true, false, false]);
    }
}
