//! Front matter: the `key: value` lines between `---` lines at the head of a Markdown file.

use super::line::Line;
use crate::Span;

/// Lines looked at before the block is taken for text.
const MAX_LINES: usize = 200;

/// The lines of the front matter, the two `---` lines included; 0 where there is none.
pub(crate) fn lines(text: &str, lines: &[Line]) -> usize {
    let is = |line: &Line, mark: &str| line.span.of(text) == mark;
    if !lines.first().is_some_and(|line| is(line, "---")) {
        return 0;
    }
    let inner = lines.iter().take(MAX_LINES).skip(1);
    let Some(n) = inner.clone().position(|line| is(line, "---") || is(line, "...")) else {
        return 0;
    };
    let data = inner.take(n).filter(|line| !line.is_blank()).all(|line| {
        let line = line.span.of(text);
        line.starts_with(['#', '-']) || entry(line).is_some()
    });
    if data { n + 2 } else { 0 }
}

/// The entries of the front matter of `text` in order: key in small letters, value without quotes, and where the value
/// stands.
pub fn front_matter(text: &str) -> Vec<(String, &str, Span)> {
    let all = super::line::split(text);
    let n = lines(text, &all);
    let inner = all.get(1..n.saturating_sub(1)).unwrap_or_default();
    inner.iter().filter_map(|line| field(text, *line)).collect()
}

fn field(text: &str, line: Line) -> Option<(String, &str, Span)> {
    let (key, value) = entry(line.span.of(text))?;
    let value = unquote(value.trim());
    let start = if value.is_empty() {
        line.span.end as usize
    } else {
        line.span.start as usize + line.span.of(text).rfind(value)?
    };
    let span = Span::new(start as u32, (start + value.len()) as u32);
    Some((key.to_lowercase(), value, span))
}

/// `key: value`, the key one word.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    (plain && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((key, value))
}

fn unquote(value: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|q| value.strip_prefix(q).and_then(|rest| rest.strip_suffix(q)))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_with_their_places() {
        let text = "---\ntitle: \"Tokyo: the visit\"\nPublished: 2015-09-20\nurl:\n---\nBody.\n";
        let found = front_matter(text);
        let plain: Vec<_> = found.iter().map(|(key, value, _)| (key.as_str(), *value)).collect();
        assert_eq!(
            plain,
            [("title", "Tokyo: the visit"), ("published", "2015-09-20"), ("url", "")]
        );
        for (_, value, span) in &found {
            assert_eq!(span.of(text), *value);
        }
    }

    #[test]
    fn a_rule_at_the_head_of_a_text_is_no_front_matter() {
        assert!(front_matter("---\nThe minister said: no.\n---\n").is_empty());
        assert!(front_matter("---\ntitle: x\n").is_empty());
    }
}
