//! Whether one line or paragraph, taken by itself, belongs to the page and not to the article.

use super::layout::{Mark, Unit};
use super::shape;
use super::words::{fold, lists};

/// Longer paragraphs are never chrome.
const MAX_WORDS: usize = 80;

/// What is known of a unit before its neighbours are looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent signs, each with a rule of its own")]
pub(crate) struct Signs {
    /// Number of words, up to [`MAX_WORDS`] and one.
    pub(crate) words: usize,
    /// Reads as running text.
    pub(crate) sentence: bool,
    /// Is the page's by its own words.
    pub(crate) chrome: bool,
    /// Comments follow.
    pub(crate) closes: bool,
    /// Links to other pieces follow.
    pub(crate) links: bool,
    /// Could stand in a menu.
    pub(crate) menu: bool,
    /// Is a word of menus.
    pub(crate) menu_word: bool,
}

/// The signs of one unit.
pub(crate) fn signs(text: &str, unit: &Unit) -> Signs {
    let said = unit.span.of(text);
    let n = shape::words(said).take(MAX_WORDS + 1).count();
    let sentence = shape::is_sentence(said);
    if matches!(unit.mark, Mark::Rule | Mark::Picture) {
        return Signs { words: n, chrome: true, ..Signs::default() };
    }
    if n == 0 || n > MAX_WORDS || said.len() > 1000 {
        return Signs { words: n, sentence, chrome: n == 0, ..Signs::default() };
    }
    let words = fold(said);
    let lists = lists();
    let closes = !sentence && lists.closes.is(&words);
    let links = !sentence && lists.links.is(&words);
    let short = n <= 4 && !shape::ends_stretch(said);
    let chrome = closes
        || links
        || lists.whole.is(&words)
        || (said.contains('©') && n <= 40)
        || is_labelled(said)
        || begins(said, &words, sentence)
        || ends(said, &words, n)
        || is_bar(said)
        || is_address(said)
        || pleads(said, &words, n);
    let menu_word = short && lists.menu.begin(&words) == Some(words.len());
    Signs { words: n, sentence, chrome, closes, links, menu: short, menu_word }
}

/// "Photo: Lotus Wire", "Tags: trade, ports": a label, then little more than names.
fn is_labelled(said: &str) -> bool {
    let Some((label, rest)) = said.split_once([':', '|', '/']) else { return false };
    let rest_words = shape::words(rest).count();
    rest_words <= 40 && lists().labels.is(&fold(label)) && !shape::ends_sentence(rest)
        || rest_words <= 12 && lists().labels.is(&fold(label))
}

/// A known beginning; a whole sentence must also speak to its reader or of a web page.
fn begins(said: &str, words: &[String], sentence: bool) -> bool {
    let lists = lists();
    let Some(n) = lists.begins.begin(words) else { return false };
    let rest = &words[n.min(words.len())..];
    !is_quoting(said, words)
        && (!sentence || lists.reader.count(words) + lists.things.count(rest) > 0)
        && words.len() <= 60
}

/// A short line that ends in a credit.
fn ends(said: &str, words: &[String], n: usize) -> bool {
    let marked = said.ends_with([')', ']']) || !shape::ends_sentence(said);
    (2..=40).contains(&n) && marked && lists().ends.end(words) && credit_apart(said)
}

/// Whether the credit at the end is set apart by a sign: "(AP Photo)", "… in Tokyo. Photo: AFP", "… | Getty Images".
fn credit_apart(said: &str) -> bool {
    let tail = said.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    said[tail..].contains(['(', '[', ':', '|', '/', '.', '©', '…', '»', '›', '→'])
        || shape::words(said).count() <= 6
}

/// Entries parted by bars or arrows: "Home | World | Asia"; also the row of a table.
fn is_bar(said: &str) -> bool {
    if said.len() > 1 && said.starts_with('|') && said.ends_with('|') {
        return true;
    }
    let signs = said.chars().filter(|c| matches!(c, '|' | '›' | '»' | '•' | '→' | '·')).count();
    let words = shape::words(said).count();
    let tags = said.split_whitespace().filter(|word| word.starts_with('#')).count();
    (signs >= 2 && words <= signs * 4 + 4 && !shape::ends_sentence(said))
        || (tags >= 2 && tags * 2 >= words)
}

/// One web or mail address and nothing else.
fn is_address(said: &str) -> bool {
    let mut parts = said.split_whitespace();
    let (Some(one), None) = (parts.next(), parts.next()) else { return false };
    one.contains("://") || one.starts_with("www.") || (one.contains('@') && one.contains('.'))
}

/// A page asks its reader for something: an imperative first, an account, a newsletter or a button after it, or "you"
/// and "we" among so many of them that no report reads so.
fn pleads(said: &str, words: &[String], n: usize) -> bool {
    if is_quoting(said, words) {
        return false;
    }
    let lists = lists();
    let things = lists.things.count(words);
    let reader = lists.reader.count(words);
    let imperative = lists.imperatives.begin(words).is_some();
    (imperative && things >= 1 && (n <= 30 || reader >= 1))
        || (imperative && reader >= 2 && n <= 25)
        || (reader >= 1 && things >= 2 && n <= 15)
        || (reader >= 2 && things >= 3)
}

/// Whether the words are somebody's in a report.
fn is_quoting(said: &str, words: &[String]) -> bool {
    said.starts_with(['"', '“', '«', '\'', '‘'])
        || words.iter().any(|word| {
            matches!(word.as_str(), "said" | "says" | "told" | "according" | "asked" | "announced")
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;

    fn chrome(said: &str) -> bool {
        let span = Span::new(0, said.len() as u32);
        let unit = Unit { span, mark: Mark::Plain, opens_block: true, closes_block: true };
        signs(said, &unit).chrome
    }

    #[test]
    fn what_the_page_says_is_chrome() {
        for line in [
            "Fill in your details below or click an icon to log in:",
            "You are commenting using your WordPress.com account. Log\u{A0}Out\u{A0}/\u{A0} Change\u{A0})",
            "Leave a Reply",
            "Sign up for our daily newsletter and get the best of our coverage in your inbox.",
            "We use cookies to improve your experience. By continuing to use this website you agree to our use of cookies.",
            "Home | World | Asia | Business",
            "Photo: Lotus Wire",
            "Tags: Vietnam, Japan, hedging",
            "Read more: Japan sends six boats to Vietnam",
            "© 2015 Mekong Courier. All rights reserved.",
            "Copyright © 2015 Mekong Courier",
            "Advertisement",
            "Share on Facebook",
            "Log in to your account to continue reading this article.",
            "Subscribe now for unlimited access to our journalism.",
            "A patrol boat leaves Yokohama in August. (AP Photo)",
            "Prime Minister Abe greets Mr Trong in Tokyo. Photo: AFP",
            "Follow us on Twitter and Facebook.",
            "This website uses cookies to ensure you get the best experience on our website.",
            "Enter your email address to follow this blog and receive notifications of new posts by email.",
            "Please enable JavaScript in your browser.",
            "(Reporting by Jane Doe; Editing by John Smith)",
            "https://example.org/a/b",
            "#Vietnam #Japan #hedging",
            "12 Comments",
            "5 min read",
            "Already a subscriber? Log in",
        ] {
            assert!(chrome(line), "{line}");
        }
    }

    #[test]
    fn what_the_article_says_is_not() {
        for line in [
            "Facebook closed 32 accounts that Washington said were run from Tehran.",
            "Images of the missile were shown on state television.",
            "Support for the treaty grew in Hanoi.",
            "Follow-up talks are to be held in Tokyo in May.",
            "“If you click on the link, your account is theirs,” the ministry’s spokesman said.",
            "Related talks on tariffs collapsed on Friday.",
            "Comments by the Chinese ambassador angered Canberra.",
            "Twitter suspended the account of the Iranian foreign ministry.",
            "Credit Suisse froze $5 billion of Russian money.",
            "Copyright piracy was raised by the American side.",
            "Watch towers were built along the border with Belarus.",
            "Share prices fell in Tokyo after North Korea fired a missile.",
            "Help for Nepal came from India, China and Pakistan.",
            "Photographs: Beijing has denied that they show a runway on the reef.",
            "We shall fight on the beaches, Churchill told the Commons.",
            "Visit to Moscow",
            "Japan and Vietnam sign 12 agreements",
            "Section 301 tariffs on Chinese goods were raised to 25 percent.",
            "Listen to us, the Palestinian president asked the United Nations.",
        ] {
            assert!(!chrome(line), "{line}");
        }
    }
}
