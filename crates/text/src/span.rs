//! Places in a text.

use serde::{Deserialize, Serialize};

/// A stretch of a document's text: byte offsets, end exclusive, always on character boundaries.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end` (bytes).
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The text under this span; empty where the span does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing is covered.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether at least one byte is shared.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The shortest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Turns byte offsets into Unicode code point offsets, the unit of the claim's `start` and `end`.
///
/// Built once per document; a look-up costs a binary search and at most 64 bytes of counting.
#[derive(Debug, Clone)]
pub struct CodePoints {
    /// Number of code points before byte `64 * i`.
    before: Vec<u32>,
}

const BLOCK: usize = 64;

impl CodePoints {
    /// Counts the code points of `text`.
    pub fn new(text: &str) -> Self {
        let mut before = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut n = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(n);
            n += block.iter().filter(|&&b| is_first_byte(b)).count() as u32;
        }
        before.push(n);
        Self { before }
    }

    /// The number of code points before byte `byte` of the same text.
    pub fn at(&self, text: &str, byte: u32) -> u32 {
        let byte = (byte as usize).min(text.len());
        let block = byte / BLOCK;
        let rest = &text.as_bytes()[block * BLOCK..byte];
        self.before[block] + rest.iter().filter(|&&b| is_first_byte(b)).count() as u32
    }
}

/// Whether a UTF-8 byte starts a character (is no continuation byte).
const fn is_first_byte(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting_characters() {
        let text = "Việt Nam’s “hedge” – ".repeat(9);
        let table = CodePoints::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(table.at(&text, byte as u32), n as u32);
        }
        assert_eq!(table.at(&text, text.len() as u32), text.chars().count() as u32);
    }
}
