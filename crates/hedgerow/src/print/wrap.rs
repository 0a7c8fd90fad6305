//! Text in columns.

use crate::trouble::visible;

/// `text` on lines of at most `width` columns, each behind `indent` blanks.
pub(crate) fn wrap(text: &str, width: usize, indent: usize) -> Vec<String> {
    let room = width.saturating_sub(indent).max(20);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let word = visible(word);
        let n = word.chars().count();
        if used > 0 && used + 1 + n > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(&word);
        used += n;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines.into_iter().map(|line| format!("{}{line}", " ".repeat(indent))).collect()
}

/// `text` on one line, cut to `width` columns.
pub(crate) fn cut(text: &str, width: usize) -> String {
    let line = visible(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    if line.chars().count() <= width {
        return line;
    }
    let kept: String = line.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// "1 claim", "2 claims".
pub(crate) fn count(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole() {
        let lines = wrap("Japan gave Vietnam six patrol boats", 24, 2);
        assert_eq!(lines, ["  Japan gave Vietnam six", "  patrol boats"]);
        assert_eq!(cut("Japan gave Vietnam", 11), "Japan gave…");
        assert_eq!(cut("a\u{1b}[2Jb", 40), "a\\u{1b}[2Jb");
        assert_eq!(count(1, "claim"), "1 claim");
    }
}
