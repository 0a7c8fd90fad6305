//! Where somebody is quoted.

use hedgerow_text::Span;

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
