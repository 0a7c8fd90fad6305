//! Where the splitter stands in a text, and what the rules say there.

use super::{Boundary, Contractions};

/// A text as characters with their byte offsets.
#[derive(Debug, Default)]
pub struct Text {
    pub(super) chars: Vec<char>,
    bytes: Vec<u32>,
}

impl Text {
    /// Takes in `text` in place of what was there.
    pub fn read(&mut self, text: &str) {
        self.chars.clear();
        self.bytes.clear();
        for (byte, c) in text.char_indices() {
            self.chars.push(c);
            self.bytes.push(byte as u32);
        }
        self.bytes.push(text.len() as u32);
    }

    /// Byte offset of character `at`; the end of the text for anything beyond.
    pub fn byte(&self, at: usize) -> u32 {
        self.bytes.get(at).or(self.bytes.last()).copied().unwrap_or_default()
    }

    /// The characters.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }
}

/// What the rules say of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Decided.
    Sure(Boundary),
    /// Open, from the given boundary upwards.
    Ask { weakest: Boundary },
}

/// What lies between two characters that are not white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: both stand in one chunk.
    Closed,
    /// Spaces.
    Space,
    /// One line break.
    Line,
    /// A blank line, or the end of the text.
    Paragraph,
}

/// A place after a character: the character, its chunk, its word, and what comes next.
#[derive(Debug)]
pub(super) struct Situation<'t> {
    pub(super) chars: &'t [char],
    /// The character before the place.
    pub(super) at: usize,
    /// The next character that is not white space, or the end.
    pub(super) next: usize,
    pub(super) gap: Gap,
    /// The stretch without white space around `at`.
    pub(super) chunk: std::ops::Range<usize>,
    pub(super) word: usize,
    /// Words of the sentence before this one.
    pub(super) words: usize,
    /// First character of the line.
    pub(super) line: usize,
    contractions: &'t Contractions,
    /// Characters of the chunk after which a contraction is cut.
    cuts: Vec<usize>,
}

impl<'t> Situation<'t> {
    /// Before the first word.
    pub(super) fn start(text: &'t Text, contractions: &'t Contractions) -> Self {
        let chars = &text.chars[..];
        let at = chars.iter().position(|c| !c.is_whitespace()).unwrap_or(chars.len());
        let mut start = Self {
            chars,
            at,
            next: at,
            gap: Gap::Closed,
            chunk: at..at,
            word: at,
            words: 0,
            line: at,
            contractions,
            cuts: Vec::new(),
        };
        start.look_ahead();
        start
    }

    /// The character that the current place follows; none at the end.
    pub(super) fn place(&self) -> Option<usize> {
        (self.at < self.chars.len()).then_some(self.at)
    }

    pub(super) fn word_start(&self) -> usize {
        self.word
    }

    pub(super) fn words_before(&self) -> usize {
        self.words
    }

    /// Goes on to the next place, `boundary` being what was found here.
    pub(super) fn advance(&mut self, boundary: Boundary) {
        match boundary {
            Boundary::None => {}
            Boundary::Word => (self.word, self.words) = (self.next, self.words + 1),
            Boundary::Sentence => (self.word, self.words) = (self.next, 0),
        }
        if matches!(self.gap, Gap::Line | Gap::Paragraph) {
            self.line = self.next;
        }
        self.at = self.next;
        self.look_ahead();
    }

    fn look_ahead(&mut self) {
        let chars = self.chars;
        if self.at >= self.chunk.end {
            let rest = chars[self.at.min(chars.len())..].iter();
            let length = rest.take_while(|c| !c.is_whitespace()).count();
            self.chunk = self.at..self.at + length;
            self.find_cuts();
        }
        self.next = self.at + 1;
        let mut breaks = 0;
        while let Some(c) = chars.get(self.next).filter(|c| c.is_whitespace()) {
            breaks += usize::from(*c == '\n') + 2 * usize::from(*c == '\u{2029}');
            self.next += 1;
        }
        self.gap = if self.next >= chars.len() || breaks > 1 {
            Gap::Paragraph
        } else if breaks == 1 {
            Gap::Line
        } else if self.next > self.at + 1 {
            Gap::Space
        } else {
            Gap::Closed
        };
    }

    /// What the rules say of this place.
    pub(super) fn judge(&self) -> Place {
        let before = self.chars[self.at];
        let Some(&after) = self.chars.get(self.next) else {
            return Place::Sure(Boundary::Sentence);
        };
        match self.gap {
            Gap::Paragraph => Place::Sure(Boundary::Sentence),
            Gap::Space if is_plain(before) && after.is_lowercase() => Place::Sure(Boundary::Word),
            Gap::Space | Gap::Line => Place::Ask { weakest: Boundary::Word },
            Gap::Closed if before.is_alphabetic() && after.is_alphabetic() => {
                if self.before_not() {
                    Place::Ask { weakest: Boundary::None }
                } else if self.cuts.contains(&self.at) {
                    Place::Sure(Boundary::Word)
                } else {
                    Place::Sure(Boundary::None)
                }
            }
            Gap::Closed if before.is_numeric() && after.is_numeric() => Place::Sure(Boundary::None),
            // Treebanks hardly know other money than the dollar.
            Gap::Closed if is_currency(before) && after.is_numeric() => Place::Sure(Boundary::Word),
            Gap::Closed => Place::Ask { weakest: Boundary::None },
        }
    }

    /// Whether *n't* comes next.
    fn before_not(&self) -> bool {
        let next = |i: usize| self.chars.get(self.next + i).copied().unwrap_or(' ');
        matches!(next(0), 'n' | 'N') && is_apostrophe(next(1)) && matches!(next(2), 't' | 'T')
    }

    /// Looks up every run of letters of the chunk among the contractions.
    fn find_cuts(&mut self) {
        const LONGEST: usize = 12;
        self.cuts.clear();
        let chunk = &self.chars[self.chunk.clone()];
        let mut start = self.chunk.start;
        for run in chunk.split(|c| !c.is_alphabetic()) {
            if (2..=LONGEST).contains(&run.len()) && self.contractions.may_hold(run[0]) {
                let word: String = run.iter().flat_map(|c| c.to_lowercase()).collect();
                let cuts = self.contractions.cuts(&word);
                self.cuts.extend(cuts.map(|cut| start + cut as usize - 1));
            }
            start += run.len() + 1;
        }
    }
}

/// Letters that end no sentence by themselves before a small letter.
fn is_plain(c: char) -> bool {
    c.is_lowercase() || c.is_numeric() || c == ','
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '￥' | '₠'..='⃀')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`')
}
