//! Training the lemma tables: suffix rules, and the words that the rules get wrong.

use std::collections::BTreeMap;

use hedgerow_parse::Xpos;
use hedgerow_parse::build::{Script, key, lemma_section, suffixes};

use crate::conllu::Tree;

/// Suffixes must have been seen this often; whole words once.
const ENOUGH: u32 = 2;

/// Counts of the scripts seen for a key.
type Seen = BTreeMap<u64, BTreeMap<Script, u32>>;

/// Learns the tables from `trees` and returns the section of the model file.
pub fn train(trees: &[Tree]) -> Vec<u8> {
    let (mut words, mut endings) = (Seen::new(), Seen::new());
    let mut forms: BTreeMap<(String, Xpos), u64> = BTreeMap::new();
    for word in trees.iter().flat_map(|tree| &tree.words) {
        let Some(tag) = Xpos::parse(&word.xpos).filter(|_| word.lemma != "_") else { continue };
        let script = Script::between(&word.form, &word.lemma);
        let letters = word.form.to_lowercase();
        for suffix in suffixes(&letters) {
            *endings
                .entry(key(suffix, tag, true))
                .or_default()
                .entry(script.clone())
                .or_default() += 1;
        }
        let whole = key(&letters, tag, false);
        *words.entry(whole).or_default().entry(script).or_default() += 1;
        forms.insert((letters, tag), whole);
    }
    endings.retain(|_, seen| seen.values().sum::<u32>() >= ENOUGH);
    let endings: BTreeMap<u64, Script> =
        endings.iter().map(|(k, seen)| (*k, usual(seen))).collect();

    let mut chosen = endings.clone();
    for ((letters, tag), whole) in &forms {
        let by_rule = suffixes(letters).find_map(|suffix| endings.get(&key(suffix, *tag, true)));
        let right = usual(&words[whole]);
        let same = by_rule.is_some_and(|rule| {
            rule.lower == right.lower && rule.apply(letters) == right.apply(letters)
        });
        if !same {
            chosen.insert(*whole, right);
        }
    }
    let mut scripts: Vec<Script> = chosen.values().cloned().collect();
    scripts.sort();
    scripts.dedup();
    let number = |script: &Script| scripts.binary_search(script).unwrap_or_default() as u16;
    let entries: Vec<(u64, u16)> = chosen.iter().map(|(k, script)| (*k, number(script))).collect();
    lemma_section(&scripts, &entries)
}

/// The script seen most often, the first in order where several were.
fn usual(seen: &BTreeMap<Script, u32>) -> Script {
    let best = seen.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
    best.map_or_else(
        || Script { lower: true, cut: 0, add: "".into() },
        |(script, _)| script.clone(),
    )
}
