//! Places in a ranking: "the second largest investor, after South Korea, in Vietnam".

use hedgerow_codebook::claim::Rank;
use hedgerow_parse::{Rel, Xpos};

use crate::scene::Scene;
use crate::tree::Ix;

impl Scene<'_, '_> {
    /// The rank that a superlative gives to the noun `at`.
    pub(crate) fn rank(&self, at: Ix) -> Option<Rank> {
        let tree = self.tree;
        let best = |&k: &Ix| {
            tree.xpos(k) == Xpos::Jjs
                || matches!(tree.lemma(k), "largest" | "biggest" | "top" | "leading" | "main")
        };
        let superlative = tree.kids_by(at, &[Rel::Amod]).find(best)?;
        let before = tree.kids(superlative).iter().copied().chain(tree.kids(at).iter().copied());
        let place = before.filter(|&k| k < at).find_map(|k| Some((k, ordinal(tree.lemma(k))?)));
        let value = place.map_or(1, |(_, value)| value);
        let first = place.map_or(superlative, |(k, _)| k.min(superlative));
        let text = tree.cover(first, at).of(tree.text).to_owned();
        let mut after = Vec::new();
        let behind = tree
            .kids(at)
            .iter()
            .copied()
            .filter(|&k| matches!(tree.preposition(k), Some("after" | "behind")));
        for phrase in behind.collect::<Vec<_>>() {
            after.extend(self.parties(phrase).into_iter().map(|p| p.identity.code.into_owned()));
        }
        let of = tree
            .kids_by(at, &[Rel::Nmod])
            .find(|&k| matches!(tree.preposition(k), Some("of" | "in")));
        let end = of.map_or(at, |k| tree.phrase(k).last().copied().unwrap_or(k));
        let noun =
            tree.kids_by(at, &[Rel::Compound]).filter(|&k| k > superlative).min().unwrap_or(at);
        let among = tree.cover(noun, end.max(at)).of(tree.text).to_owned();
        Some(Rank { value, among, after, text })
    }
}

pub(crate) fn ordinal(word: &str) -> Option<u32> {
    const WORDS: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    let spelt = WORDS.iter().position(|w| *w == word).map(|n| n as u32 + 1);
    spelt.or_else(|| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        (digits.len() < word.len()).then(|| digits.parse().ok())?
    })
}
