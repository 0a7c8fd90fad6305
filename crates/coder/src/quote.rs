//! Where somebody is quoted, and which words of a quotation a claim rests on.

use hedgerow_text::Span;

use crate::scene::Scene;

/// How many characters of a quotation a claim keeps at most.
const LONGEST: usize = 400;

impl Scene<'_, '_> {
    /// The quotation, without its marks, that has most of the evidence in it; of one that is too long the part that the
    /// evidence has.
    pub(crate) fn quoted_in(&self, evidence: Span) -> Option<String> {
        let text = self.tree.text;
        let shared = |quote: Span| Span {
            start: quote.start.max(evidence.start),
            end: quote.end.min(evidence.end),
        };
        let quotes = self.quotes.iter().copied().filter(|quote| quote.overlaps(evidence));
        // Of equals the first.
        let quote = quotes.rev().max_by_key(|&quote| shared(quote).len())?;
        let words = |span: Span| {
            let words = span.of(text).trim().trim_end_matches([',', ';']);
            Some(words.to_owned()).filter(|words| words.contains(char::is_alphanumeric))
        };
        words(quote)
            .filter(|words| words.chars().count() <= LONGEST)
            .or_else(|| words(shared(quote)).filter(|words| words.chars().count() <= LONGEST))
    }
}

/// The stretches between quotation marks in `span` of `text`, the marks excluded. A quotation that is not closed lasts to the
/// end: newspapers close only the last paragraph of a long one.
pub(crate) fn find(text: &str, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<u32> = None;
    for (at, c) in span.of(text).char_indices() {
        let at = span.start + at as u32;
        let after = at + c.len_utf8() as u32;
        match (c, open) {
            ('“' | '"', None) => open = Some(after),
            ('”' | '"', Some(start)) => {
                found.push(Span::new(start, at));
                open = None;
            }
            _ => {}
        }
    }
    if let Some(start) = open.filter(|&start| start < span.end) {
        found.push(Span::new(start, span.end));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found() {
        let text = "He said: “We agree.” Then \"no\". “It goes on";
        let whole = Span::new(0, text.len() as u32);
        let quoted: Vec<&str> = find(text, whole).iter().map(|s| s.of(text)).collect();
        assert_eq!(quoted, ["We agree.", "no", "It goes on"]);
    }
}
