//! Lines of a text as it was received.

use crate::Span;

/// One line without its line end and without the blanks around it; empty where the line is blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    /// What is left of the line.
    pub(crate) span: Span,
    /// Its length in characters.
    pub(crate) chars: u32,
}

impl Line {
    /// Whether nothing is on the line.
    pub(crate) const fn is_blank(self) -> bool {
        self.span.is_empty()
    }
}

/// Splits `text` at every kind of line end.
pub(crate) fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_line_end(c) {
            continue;
        }
        lines.push(trim(text, start, at));
        start = at + c.len_utf8();
        if c == '\r' && chars.peek().is_some_and(|&(_, next)| next == '\n') {
            chars.next();
            start += 1;
        }
    }
    if start < text.len() {
        lines.push(trim(text, start, text.len()));
    }
    lines
}

/// The stretch `start..end` without the blanks around it.
pub(crate) fn trim(text: &str, start: usize, end: usize) -> Line {
    let raw = text.get(start..end).unwrap_or("");
    let left = raw.trim_start_matches(is_blank);
    let kept = left.trim_end_matches(is_blank);
    let from = start + (raw.len() - left.len());
    Line {
        span: Span::new(from as u32, (from + kept.len()) as u32),
        chars: kept.chars().count() as u32,
    }
}

const fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// White space, and the characters that show nothing: byte order mark, zero-width blanks, soft hyphen, controls.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_ends_a_line_and_blanks_fall_away() {
        let text = "\u{FEFF}one \r\n\r\n\u{A0}two\rthree\u{2028}four";
        let found: Vec<_> = split(text).into_iter().map(|line| line.span.of(text)).collect();
        assert_eq!(found, ["one", "", "two", "three", "four"]);
    }
}
