//! What the shape of a line tells: words, sentence ends, capitals.

/// The words of `text`: runs of letters and digits, with apostrophes, hyphens and inner points kept.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.')))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

/// Whether `text` ends as a sentence does: a stop, with or without closing quotes and brackets after it.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| {
        matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_') || c.is_whitespace()
    });
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟'])
}

/// Whether `text` ends a stretch of running text: a sentence end, a colon or a semicolon.
pub(crate) fn ends_stretch(text: &str) -> bool {
    ends_sentence(text) || text.ends_with([':', ';', '：', '；'])
}

/// Whether the first letter or digit of `text` is a small letter.
pub(crate) fn starts_small(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// Whether `text` reads as running text: a whole sentence, or many words.
pub(crate) fn is_sentence(text: &str) -> bool {
    let n = words(text).take(25).count();
    let opens = !starts_small(text);
    (opens && n >= 4 && ends_sentence(text) && has_function_word(text))
        || (opens && n >= 12 && text.ends_with(':'))
        || n >= 25
}

/// Whether a word of grammar is there, in any case: what menus, names and credits lack.
pub(crate) fn has_function_word(text: &str) -> bool {
    words(text).any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "the"
                | "a"
                | "an"
                | "of"
                | "to"
                | "in"
                | "and"
                | "is"
                | "was"
                | "are"
                | "were"
                | "has"
                | "have"
                | "had"
                | "will"
                | "would"
                | "with"
                | "for"
                | "on"
                | "at"
                | "by"
                | "from"
                | "that"
                | "it"
                | "its"
                | "he"
                | "she"
                | "they"
                | "we"
                | "i"
                | "his"
                | "her"
                | "their"
                | "as"
                | "be"
                | "not"
                | "no"
                | "said"
                | "says"
                | "this"
                | "these"
                | "against"
                | "between"
                | "after"
                | "over"
                | "must"
                | "can"
                | "may"
                | "did"
                | "do"
        )
    }) || words(text).skip(1).any(|word| word.ends_with("ed") && starts_small(word))
}

/// Whether nearly every longer word starts with a capital, as in titles.
pub(crate) fn is_title_case(text: &str) -> bool {
    let (mut capital, mut small) = (0, 0);
    for word in words(text) {
        match word.chars().next() {
            Some(c) if c.is_uppercase() || c.is_numeric() => capital += 1,
            Some(_) if word.chars().count() > 4 => small += 1,
            _ => {}
        }
    }
    capital > 0 && small * 4 <= capital
}

/// Whether every letter is a capital and there are at least two.
pub(crate) fn is_all_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && text.chars().filter(|c| c.is_uppercase()).count() >= 2
        && letters.all(|c| !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_from_titles() {
        assert!(is_sentence("Both countries have put their militaries on high levels of alert."));
        assert!(is_sentence("“We agreed,” he said."));
        assert!(!is_sentence("Vietnam Diversifies Its Ties"));
        assert!(is_title_case("Vietnam Diversifies Its Ties with the West"));
        assert!(!is_title_case("Vietnam diversifies its ties"));
        assert!(is_all_capitals("PHNOM PENH"));
        assert!(!is_all_capitals("Phnom Penh"));
        assert!(ends_sentence("It was “signed.”"));
    }
}
