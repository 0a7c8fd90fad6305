//! Finding names in text.

use rustc_hash::FxHashMap;

use super::Target;

/// Names by their first word. A look-up touches only names that begin like the text.
#[derive(Debug, Clone, Default)]
pub struct Names {
    by_word: FxHashMap<Box<str>, Vec<Name>>,
    len: usize,
}

#[derive(Debug, Clone)]
struct Name {
    text: Box<str>,
    targets: Vec<Target>,
}

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'n> {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What the name may stand for.
    pub targets: &'n [Target],
}

/// Length of the run of letters and digits at the start.
fn word_len(text: &str) -> usize {
    text.char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(text.len(), |(at, _)| at)
}

impl Names {
    /// Adds a name; a name may stand for several things.
    pub(super) fn add(&mut self, text: &str, target: Target) {
        let first = &text[..word_len(text)];
        if first.is_empty() {
            return;
        }
        let names = self.by_word.entry(first.into()).or_default();
        match names.iter_mut().find(|name| &*name.text == text) {
            Some(name) if name.targets.contains(&target) => {}
            Some(name) => name.targets.push(target),
            None => {
                self.len += 1;
                names.push(Name { text: text.into(), targets: vec![target] });
            }
        }
    }

    /// Puts longer names first, so that the first that fits is the longest.
    pub(super) fn finish(&mut self) {
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted on its own")]
        for names in self.by_word.values_mut() {
            names.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
        }
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What exactly this name stands for.
    pub fn targets(&self, text: &str) -> &[Target] {
        let names = self.by_word.get(&text[..word_len(text)]);
        let found = names.and_then(|names| names.iter().find(|name| &*name.text == text));
        found.map_or(&[], |name| &name.targets)
    }

    /// The names in `text`, leftmost and longest first, none inside another. Blanks between words must be single.
    pub fn find<'n>(&'n self, text: &str, hits: &mut Vec<Hit<'n>>) {
        hits.clear();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let len = word_len(rest);
            if len == 0 {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let names = self.by_word.get(&rest[..len]);
            let found = names.and_then(|names| names.iter().find(|name| fits(rest, &name.text)));
            match found {
                Some(name) => {
                    hits.push(Hit { start: at, end: at + name.text.len(), targets: &name.targets });
                    at += name.text.len();
                }
                None => at += len,
            }
        }
    }
}

/// Whether `rest` begins with `name` and the name ends there.
fn fits(rest: &str, name: &str) -> bool {
    rest.strip_prefix(name).is_some_and(|after| {
        let inside = name.chars().next_back().is_some_and(char::is_alphanumeric);
        !inside || !after.chars().next().is_some_and(char::is_alphanumeric)
    })
}
