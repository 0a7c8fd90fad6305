//! Trees for the constructions of our domain that treebanks hardly have.
//!
//! Receivers before gifts, leaders with titles, money, datelines, reports, headlines, passives. The sentences are made
//! from our own words by rule; the analysis follows UD English EWT.

mod clauses;
mod gifts;
mod inflect;
mod names;
mod nominals;
mod phrase;
mod predicates;
mod sentences;
mod verbs;
mod words;

pub(crate) use self::inflect::irregular as irregular_verbs;
use crate::conllu::Tree;
use crate::random::Random;

/// Which words the sentences are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// To learn from.
    Training,
    /// To test with: other states, names, things and verbs, the same constructions.
    Held,
}

/// Longer sentences are not worth their cost.
const LONGEST: usize = 45;

/// Generated trees without end, the same for the same seed.
pub fn trees(part: Part, seed: u64) -> impl Iterator<Item = Tree> {
    let mut maker = nominals::Maker { names: names::of(part), random: Random::new(seed) };
    (1usize..)
        .map(move |number| maker.sentence().tree(format!("generated-{number:05}")))
        .filter(|tree| tree.words.len() <= LONGEST)
}

#[cfg(test)]
mod tests {
    use hedgerow_parse::{Rel, Upos, Xpos};

    use super::*;

    #[test]
    fn generated_trees_are_trees_with_known_labels() {
        for part in [Part::Training, Part::Held] {
            for tree in trees(part, 1).take(3000) {
                let roots = tree.words.iter().filter(|word| word.head == 0).count();
                assert_eq!(roots, 1, "{}", tree.text);
                for (i, word) in tree.words.iter().enumerate() {
                    assert!(Upos::parse(&word.upos).is_some(), "{}", word.upos);
                    assert!(Xpos::parse(&word.xpos).is_some(), "{}", word.xpos);
                    assert!(Rel::parse(&word.rel).is_some(), "{}", word.rel);
                    let mut at = i + 1;
                    let mut steps = 0;
                    while at != 0 {
                        at = tree.words[at - 1].head;
                        steps += 1;
                        assert!(steps <= tree.words.len(), "a cycle in {}", tree.text);
                    }
                }
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_trees() {
        let first: Vec<Tree> = trees(Part::Training, 7).take(50).collect();
        assert_eq!(first, trees(Part::Training, 7).take(50).collect::<Vec<_>>());
        assert_ne!(first, trees(Part::Training, 8).take(50).collect::<Vec<_>>());
    }
}
