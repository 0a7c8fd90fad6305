//! The words by which chrome is known: `codebook/zones.toml`, read once.

use std::sync::LazyLock;

use serde::Deserialize;

/// The list as it stands in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    whole: Vec<String>,
    begins: Vec<String>,
    labels: Vec<String>,
    closes: Vec<String>,
    links: Vec<String>,
    imperatives: Vec<String>,
    things: Vec<String>,
    reader: Vec<String>,
    menu: Vec<String>,
    ends: Vec<String>,
    byline: Vec<String>,
}

/// Lists of phrases, ready to be held against lines.
#[derive(Debug)]
pub(crate) struct Words {
    /// Lines that are exactly this.
    pub(crate) whole: Phrases,
    /// Lines that begin so.
    pub(crate) begins: Phrases,
    /// Words before a colon or a bar.
    pub(crate) labels: Phrases,
    /// Lines from which on nothing is article.
    pub(crate) closes: Phrases,
    /// Lines after which links follow.
    pub(crate) links: Phrases,
    /// Imperatives of web pages.
    pub(crate) imperatives: Phrases,
    /// What web pages ask about.
    pub(crate) things: Phrases,
    /// Words that address the reader.
    pub(crate) reader: Phrases,
    /// Entries of menus.
    pub(crate) menu: Phrases,
    /// Ends of captions and credits.
    pub(crate) ends: Phrases,
    /// Openers of date and author lines.
    pub(crate) byline: Phrases,
}

/// The lists of this build.
pub(crate) fn lists() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        read(include_str!("../../../../codebook/zones.toml"))
            .expect("codebook/zones.toml is read by this crate's tests")
    });
    &WORDS
}

fn read(toml: &str) -> Result<Words, toml::de::Error> {
    let file: File = toml::from_str(toml)?;
    Ok(Words {
        whole: Phrases::new(&file.whole),
        begins: Phrases::new(&file.begins),
        labels: Phrases::new(&file.labels),
        closes: Phrases::new(&file.closes),
        links: Phrases::new(&file.links),
        imperatives: Phrases::new(&file.imperatives),
        things: Phrases::new(&file.things),
        reader: Phrases::new(&file.reader),
        menu: Phrases::new(&file.menu),
        ends: Phrases::new(&file.ends),
        byline: Phrases::new(&file.byline),
    })
}

/// Phrases, sorted by their first word.
#[derive(Debug)]
pub(crate) struct Phrases(Vec<Vec<Part>>);

/// One place of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// This word.
    Word(String),
    /// A number.
    Number,
    /// One to four words.
    Some,
}

impl Phrases {
    fn new(list: &[String]) -> Self {
        let mut phrases: Vec<Vec<Part>> = list.iter().map(|entry| parts(entry)).collect();
        phrases.sort();
        Self(phrases)
    }

    /// Whether `words` are one of the phrases.
    pub(crate) fn is(&self, words: &[String]) -> bool {
        self.starting(words).any(|phrase| ends_of(phrase, words).contains(&words.len()))
    }

    /// How many words the longest phrase takes that `words` begin with.
    pub(crate) fn begin(&self, words: &[String]) -> Option<usize> {
        self.starting(words).flat_map(|phrase| ends_of(phrase, words)).max()
    }

    /// How many places in `words` begin one of the phrases.
    pub(crate) fn count(&self, words: &[String]) -> usize {
        (0..words.len()).filter(|&at| self.begin(&words[at..]).is_some()).count()
    }

    /// Whether `words` end in one of the phrases.
    pub(crate) fn end(&self, words: &[String]) -> bool {
        (words.len().saturating_sub(6)..words.len()).any(|at| self.is(&words[at..]))
    }

    /// The phrases that can begin as `words` do.
    fn starting<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = &'a [Part]> {
        let first = words.first().map(String::as_str).unwrap_or_default();
        let from = self.0.partition_point(
            |phrase| matches!(phrase.first(), Some(Part::Word(word)) if word.as_str() < first),
        );
        let named = self.0[from..]
            .iter()
            .take_while(move |phrase| matches!(&phrase[0], Part::Word(word) if word == first));
        let open = self.0.iter().rev().take_while(|phrase| !matches!(phrase[0], Part::Word(_)));
        named.chain(open).map(Vec::as_slice)
    }
}

fn parts(entry: &str) -> Vec<Part> {
    let mut out = Vec::new();
    for piece in entry.split_whitespace() {
        match piece {
            "*" => out.push(Part::Some),
            "#" => out.push(Part::Number),
            _ => out.extend(fold(piece).into_iter().map(Part::Word)),
        }
    }
    out
}

/// Where in `words` the phrase may end when it begins at the front.
fn ends_of(phrase: &[Part], words: &[String]) -> Vec<usize> {
    let mut places = vec![0];
    for part in phrase {
        let mut next = Vec::new();
        for at in places {
            match part {
                Part::Word(word) if words.get(at) == Some(word) => next.push(at + 1),
                Part::Number if words.get(at).is_some_and(|word| is_number(word)) => {
                    next.push(at + 1);
                }
                Part::Some => next.extend((at + 1..=at + 4).take_while(|&to| to <= words.len())),
                _ => {}
            }
        }
        next.dedup();
        places = next;
    }
    places
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// The words of a line in small letters, without punctuation; `©` is a word.
pub(crate) fn fold(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if c == '©' {
            out.push("©".to_owned());
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lists_are_read() {
        assert!(read(include_str!("../../../../codebook/zones.toml")).is_ok());
    }

    #[test]
    fn phrases_match_whole_lines_and_beginnings() {
        let words = lists();
        assert!(words.whole.is(&fold("Leave a Reply")) || words.closes.is(&fold("Leave a Reply")));
        assert!(words.closes.is(&fold("12 Comments")));
        assert!(words.closes.is(&fold("3 thoughts on “Vietnam and Japan”")));
        assert!(!words.closes.is(&fold("Comments by the minister were read out")));
        assert_eq!(words.begins.begin(&fold("Sign up for our newsletter")), Some(3));
        assert_eq!(words.things.count(&fold("your WordPress.com account. Log Out")), 2);
    }
}
