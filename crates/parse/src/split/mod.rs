//! From text to sentences of words.
//!
//! Most places are decided by rule: letters within a word, a space between two small letters. The rest, mainly around
//! punctuation and capitals, are decided by a linear model over hashed features of the neighbourhood.

mod context;
mod features;

use std::ops::Range;

use hedgerow_text::Span;

pub use self::context::Text;
use self::context::{Place, Situation};
use crate::file::{ModelError, Sections};

/// What follows a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Boundary {
    /// The word goes on.
    None,
    /// The word ends.
    Word,
    /// The sentence ends.
    Sentence,
}

impl Boundary {
    /// All, in order of strength.
    pub const ALL: [Self; 3] = [Self::None, Self::Word, Self::Sentence];
}

/// Words that are two words written as one (*cannot*, *gonna*), and where to cut them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contractions(Vec<(Box<str>, u32)>);

impl Contractions {
    /// From words in small letters and the number of characters before the cut.
    pub fn new(mut entries: Vec<(Box<str>, u32)>) -> Self {
        entries.sort();
        entries.dedup();
        Self(entries)
    }

    /// The entries in order.
    pub fn entries(&self) -> &[(Box<str>, u32)] {
        &self.0
    }

    /// Whether some entry may start with this letter.
    fn may_hold(&self, first: char) -> bool {
        let first = first.to_ascii_lowercase();
        let from = self.0.partition_point(|(word, _)| !word.starts_with(|c| c >= first));
        self.0.get(from).is_some_and(|(word, _)| word.starts_with(first))
    }

    /// After how many characters `word`, in small letters, is cut.
    fn cuts(&self, word: &str) -> impl Iterator<Item = u32> + use<'_> {
        let from = self.0.partition_point(|(entry, _)| &**entry < word);
        let to = self.0.partition_point(|(entry, _)| &**entry <= word);
        self.0[from..to].iter().map(|(_, cut)| *cut).filter(|cut| *cut > 0)
    }
}

/// A word found in a text, as a range of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Whether the sentence ends with this word.
    pub last: bool,
}

/// No sentence is longer than this many words; the parser's work grows with the square of its length.
pub const MAX_WORDS: usize = 256;

/// Walks over `text` and asks `decide` at every place that no rule decides.
///
/// `decide` gets the features, the character before the place and the weakest boundary allowed there. The trainer
/// answers from the treebank, the parser from the weights.
pub fn walk(
    text: &Text,
    contractions: &Contractions,
    mut decide: impl FnMut(&[u32], usize, Boundary) -> Boundary,
    pieces: &mut Vec<Piece>,
) {
    pieces.clear();
    let mut situation = Situation::start(text, contractions);
    let mut found = Vec::with_capacity(features::COUNT);
    while let Some(at) = situation.place() {
        let boundary = match situation.judge() {
            Place::Sure(boundary) => boundary,
            Place::Ask { weakest } => {
                features::collect(&situation, &mut found);
                decide(&found, at, weakest).max(weakest)
            }
        };
        let full = situation.words_before() + 1 >= MAX_WORDS;
        let boundary =
            if full && boundary == Boundary::Word { Boundary::Sentence } else { boundary };
        if boundary > Boundary::None {
            let last = boundary == Boundary::Sentence;
            pieces.push(Piece { start: situation.word_start(), end: at + 1, last });
        }
        situation.advance(boundary);
    }
    if let Some(piece) = pieces.last_mut() {
        piece.last = true;
    }
}

/// Number of rows that features are hashed into; a power of two.
pub const ROWS: usize = features::ROWS;

/// The trained splitter.
#[derive(Debug)]
pub(crate) struct Splitter {
    contractions: Contractions,
    /// Where the weights stand in the model: for each row one signed byte per boundary and one of padding.
    weights: Range<usize>,
}

/// What an end of sentence must win by after a word without mark: treebanks of the web teach ends that news never has
/// ("Vietnam regards / Japan as …" reads like the end of a letter).
const UNMARKED_MARGIN: i32 = 250;
/// Bytes of one row of weights.
const ROW: usize = 4;

impl Splitter {
    pub(crate) fn load(sections: &Sections<'_>) -> Result<Self, ModelError> {
        let mut reader = sections.reader("split")?;
        let count = reader.u32()? as usize;
        let mut entries = Vec::new();
        for _ in 0..count {
            let word = reader.text()?;
            entries.push((word.into(), reader.u32()?));
        }
        let weights = reader.skip(ROWS * ROW)?;
        Ok(Self { contractions: Contractions::new(entries), weights })
    }

    /// The words of `span`, sentence by sentence, as spans of `text`.
    pub(crate) fn run(&self, file: &[u8], text: &str, span: Span, scratch: &mut Split) {
        scratch.text.read(span.of(text));
        let weights = &file[self.weights.clone()];
        let chars = scratch.text.chars();
        walk(
            &scratch.text,
            &self.contractions,
            |features, at, weakest| {
                let unmarked = weakest == Boundary::Word && chars[at].is_alphanumeric();
                best(weights, features, weakest, if unmarked { UNMARKED_MARGIN } else { 0 })
            },
            &mut scratch.pieces,
        );
    }
}

/// Buffers of the splitter.
#[derive(Debug, Default)]
pub(crate) struct Split {
    text: Text,
    pieces: Vec<Piece>,
}

impl Split {
    /// The sentences last found, with spans moved by `offset` bytes.
    pub(crate) fn sentences(&self, offset: u32) -> Vec<Vec<Span>> {
        let mut sentences = Vec::new();
        let mut words = Vec::new();
        for piece in &self.pieces {
            let [start, end] = [piece.start, piece.end].map(|at| self.text.byte(at) + offset);
            words.push(Span::new(start, end));
            if piece.last {
                sentences.push(std::mem::take(&mut words));
            }
        }
        sentences
    }
}

/// The boundary with the highest sum, the weaker one where two are equal. The end of a sentence must win by `margin`.
fn best(weights: &[u8], features: &[u32], weakest: Boundary, margin: i32) -> Boundary {
    let mut sums = [0i32; ROW];
    for &feature in features {
        let at = feature as usize * ROW;
        for (sum, &weight) in sums.iter_mut().zip(&weights[at..at + ROW]) {
            *sum += i32::from(weight.cast_signed());
        }
    }
    sums[Boundary::Sentence as usize] -= margin;
    let mut best = weakest;
    for boundary in Boundary::ALL {
        if boundary > weakest && sums[boundary as usize] > sums[best as usize] {
            best = boundary;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, contractions: &[(&str, u32)]) -> Vec<String> {
        let known = Contractions::new(contractions.iter().map(|&(w, at)| (w.into(), at)).collect());
        let mut read = Text::default();
        read.read(text);
        let mut pieces = Vec::new();
        walk(&read, &known, |_, _, weakest| weakest, &mut pieces);
        let word = |p: &Piece| {
            let form = text[read.byte(p.start) as usize..read.byte(p.end) as usize].to_owned();
            if p.last { form + "|" } else { form }
        };
        pieces.iter().map(word).collect()
    }

    #[test]
    fn plain_words_are_never_cut() {
        assert_eq!(words("Its allies met in 2015", &[]), ["Its", "allies", "met", "in", "2015|"]);
    }

    #[test]
    fn sums_are_cut_after_the_currency() {
        assert_eq!(words("A$5 and €1 or ₹20", &[]), ["A$", "5", "and", "€", "1", "or", "₹", "20|"]);
    }

    #[test]
    fn learnt_contractions_are_cut() {
        assert_eq!(words("They cannot go", &[("cannot", 3)]), ["They", "can", "not", "go|"]);
        assert_eq!(words("CANNOT", &[("cannot", 3)]), ["CAN", "NOT|"]);
    }

    #[test]
    fn blank_lines_end_sentences() {
        assert_eq!(words("A headline\n \nthe text", &[]), ["A", "headline|", "the", "text|"]);
        assert_eq!(words("a line\nbroken", &[]), ["a", "line", "broken|"]);
    }

    #[test]
    fn endless_sentences_are_cut() {
        let text = "word ".repeat(MAX_WORDS * 2 + 5);
        assert_eq!(words(&text, &[]).iter().filter(|w| w.ends_with('|')).count(), 3);
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(words("", &[]).is_empty());
        assert!(words(" \n\t\u{a0} ", &[]).is_empty());
    }
}
