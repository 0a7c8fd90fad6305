//! Learning the table of morphological features.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_parse::build::{cue, feats_key, feats_section, sentence};
use hedgerow_parse::{Rel, Sentence, Upos, Xpos};

use crate::conllu::Tree;
use crate::score::spaced;

/// Features that tell of this one text, not of the word: spelling, abbreviation, style.
const OF_THE_TEXT: [&str; 5] = ["Typo=", "Abbr=", "Style=", "ExtPos=", "CorrectForm="];

/// How often each set of features was seen under a key.
type Seen = BTreeMap<u64, BTreeMap<String, u32>>;

/// Learns the table from `trees` and returns the section of the model file.
///
/// A form has an entry of its own where the usual set of its tag and cue is not its own.
pub fn train(trees: &[Tree]) -> Vec<u8> {
    let (mut forms, mut cues, mut tags) = (Seen::new(), Seen::new(), Seen::new());
    let mut fallback = BTreeMap::new();
    for tree in trees.iter().filter(|tree| has_features(tree)) {
        let Some((text, read)) = as_read(tree) else { continue };
        for (place, (word, token)) in tree.words.iter().zip(&read.tokens).enumerate() {
            let (upos, xpos) = (token.upos, token.xpos);
            let cue = cue(&read, &text, place);
            let set = told(&word.feats);
            let by_cue = feats_key("", upos, xpos, cue);
            let by_form = feats_key(&word.form.to_lowercase(), upos, xpos, cue);
            fallback.insert(by_form, by_cue);
            for (seen, key) in [
                (&mut forms, by_form),
                (&mut cues, by_cue),
                (&mut tags, feats_key("", upos, xpos, 0)),
            ] {
                *seen.entry(key).or_default().entry(set.clone()).or_default() += 1;
            }
        }
    }
    let usual = |seen: &Seen| -> BTreeMap<u64, String> {
        let best = |sets: &BTreeMap<String, u32>| {
            sets.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(set, _)| set.clone())
        };
        seen.iter().filter_map(|(key, sets)| Some((*key, best(sets)?))).collect()
    };
    let mut chosen = usual(&tags);
    chosen.extend(usual(&cues));
    let own = usual(&forms);
    let own = own.into_iter().filter(|(key, set)| chosen.get(&fallback[key]) != Some(set));
    let own: Vec<(u64, String)> = own.collect();
    chosen.extend(own);
    let sets: Vec<String> = chosen.values().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let number = |set: &String| sets.binary_search(set).unwrap_or_default() as u16;
    let entries: Vec<(u64, u16)> = chosen.iter().map(|(key, set)| (*key, number(set))).collect();
    feats_section(&sets, &entries)
}

/// Whether features were annotated in a sentence at all.
pub(crate) fn has_features(tree: &Tree) -> bool {
    tree.words.iter().any(|word| word.feats != "_")
}

/// The features that the table is to know.
pub(crate) fn told(feats: &str) -> String {
    let kept: Vec<&str> = feats
        .split('|')
        .filter(|feature| !OF_THE_TEXT.iter().any(|name| feature.starts_with(name)))
        .collect();
    if kept.is_empty() { "_".to_owned() } else { kept.join("|") }
}

/// A tree as the parser would give it, over its words with one space between; none where it has labels of no treebank.
fn as_read(tree: &Tree) -> Option<(String, Sentence)> {
    let (text, spans) = spaced(tree);
    let mut words = Vec::new();
    for (word, span) in tree.words.iter().zip(spans) {
        let head = word.head.checked_sub(1).map(|head| head as u32);
        let (upos, xpos) = (Upos::parse(&word.upos)?, Xpos::parse(&word.xpos)?);
        words.push((span, word.lemma.clone(), upos, xpos, head, Rel::parse(&word.rel)?));
    }
    Some((text, sentence(words.into_iter())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_of_the_text_alone_is_left_out() {
        assert_eq!(told("Number=Sing|Typo=Yes"), "Number=Sing");
        assert_eq!(told("Abbr=Yes"), "_");
        assert_eq!(told("_"), "_");
    }
}
