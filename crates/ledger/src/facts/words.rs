//! What two claims are about, as far as their words tell.

use std::collections::BTreeSet;

use hedgerow_codebook::Claim;

use crate::sketch::hash;

/// Words that claims of any matter use.
const COMMON: [&str; 96] = [
    "about",
    "after",
    "again",
    "against",
    "agreed",
    "agreement",
    "aid",
    "also",
    "amount",
    "amounts",
    "and",
    "announced",
    "announcing",
    "approved",
    "are",
    "around",
    "assistance",
    "been",
    "before",
    "between",
    "billion",
    "both",
    "but",
    "china",
    "cooperation",
    "could",
    "countries",
    "country",
    "deal",
    "did",
    "dollar",
    "dollars",
    "during",
    "each",
    "first",
    "for",
    "foreign",
    "from",
    "gave",
    "give",
    "given",
    "gives",
    "government",
    "grant",
    "granted",
    "had",
    "has",
    "have",
    "her",
    "his",
    "including",
    "into",
    "its",
    "made",
    "make",
    "million",
    "minister",
    "ministry",
    "more",
    "most",
    "nation",
    "nations",
    "new",
    "not",
    "offer",
    "offered",
    "official",
    "over",
    "pledge",
    "pledged",
    "president",
    "prime",
    "promised",
    "provide",
    "provided",
    "relations",
    "said",
    "says",
    "since",
    "some",
    "state",
    "states",
    "than",
    "that",
    "the",
    "their",
    "this",
    "total",
    "under",
    "was",
    "were",
    "will",
    "with",
    "worth",
    "would",
    "year",
];

/// The words that tell one matter from another: topic, purpose and evidence, without the common ones and the parties;
/// as ascending hashes, since they are only compared.
pub(super) fn of(claim: &Claim) -> Vec<u64> {
    let parties = claim.actors.iter().chain(&claim.recipients);
    let names: BTreeSet<String> =
        parties.flat_map(|it| stems(&it.name).chain(stems(&it.code)).collect::<Vec<_>>()).collect();
    let told =
        claim.topic.iter().chain(&claim.purpose).chain(claim.level.iter()).map(String::as_str);
    let mut words: Vec<u64> = told
        .chain([claim.evidence.text.as_str()])
        .flat_map(stems)
        .filter(|word| !names.contains(word) && !word.bytes().any(|b| b.is_ascii_digit()))
        .map(|word| hash(&word))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// How many of two ascending lists are the same.
pub(super) fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    both
}

/// The words of a text without endings; short ones only where they are written in capitals (ODA, EU).
fn stems(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter_map(|word| {
        let acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
        let lower = word.to_lowercase();
        if !acronym && (lower.chars().count() < 4 || COMMON.binary_search(&lower.as_str()).is_ok())
        {
            return None;
        }
        let stem = lower.strip_suffix("ies").map(|it| format!("{it}y"));
        let stem = stem.or_else(|| {
            ["ing", "ed", "es", "s"].iter().find_map(|end| {
                lower.strip_suffix(end).filter(|it| it.len() >= 4).map(str::to_owned)
            })
        });
        Some(stem.unwrap_or(lower))
    })
}

#[cfg(test)]
mod tests {
    use super::{COMMON, stems};

    #[test]
    fn common_words_are_sorted_and_endings_fall() {
        assert!(COMMON.is_sorted());
        let words: Vec<String> =
            stems("Japan pledged ODA for two patrolling ships and aid").collect();
        assert_eq!(words, ["japan", "oda", "patroll", "ship"]);
    }
}
