//! Examples of contexts: sentences with the contexts that their claims must have.
//!
//! ```text
//! The navies of Kenya and India held an exercise.
//!   => military
//! Kenya and India signed a fisheries agreement.
//!   => not military
//! ```
//! `=>` is what is right, `~>` a context that is wanted and known to be missed, `x>` one that is given and known to be wrong.

use jiff::civil::Date;

use super::NAMES;
use crate::example::{self, Mistakes};

/// A sentence and the contexts that its claims have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Publication date, where the claims need one.
    pub published: Option<Date>,
    /// The sentence.
    pub text: String,
    /// What some claim of it has, known errors included.
    pub given: Vec<String>,
    /// What no claim of it has.
    pub absent: Vec<String>,
    /// What some claim of it ought to have and is known to lack.
    pub missed: Vec<String>,
}

/// Reads a block of examples; mistakes come with their line in the block.
pub(super) fn parse(block: &str) -> (Vec<Shown>, Mistakes) {
    example::answered(block, sentence, |example, mark, names, line, mistakes| {
        for name in names.split(',').map(str::trim) {
            let (list, name) = match (mark, name.strip_prefix("not ")) {
                ("=>", Some(name)) => (&mut example.absent, name.trim()),
                ("=>" | "x>", _) => (&mut example.given, name),
                _ => (&mut example.missed, name),
            };
            if NAMES.contains(&name) {
                list.push(name.to_owned());
            } else {
                mistakes.push((line, format!("`{name}` is no context")));
            }
        }
    })
}

fn sentence(published: Option<Date>, text: String, _line: usize) -> Shown {
    Shown { published, text, given: Vec::new(), absent: Vec::new(), missed: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_apart() {
        let block = "2015-09-20 | A visited B.\n  => military, not cyber\n  ~> crime\n  x> legal\nC.\n  => no\n";
        let (examples, mistakes) = parse(block);
        let first = &examples[0];
        assert_eq!(first.published, "2015-09-20".parse().ok());
        assert_eq!(first.text, "A visited B.");
        assert_eq!(first.given, ["military", "legal"]);
        assert_eq!(
            (&first.absent[..], &first.missed[..]),
            (&["cyber".to_owned()][..], &["crime".to_owned()][..])
        );
        assert_eq!(mistakes, [(5, "`no` is no context".to_owned())]);
    }
}
