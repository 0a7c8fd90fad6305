//! Training the lemma tables: suffix rules, and the words that the rules get wrong.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_parse::Xpos;
use hedgerow_parse::build::{Script, by_shape, filed_under, key, lemma_section, suffixes};

use crate::conllu::Tree;
use crate::verbs;

/// A script must have been seen on this many words to be the rule of their suffix; whole words need one.
const ENOUGH: u32 = 2;

/// Counts of the scripts seen for a suffix.
type Endings = BTreeMap<u64, BTreeMap<Script, u32>>;
/// Counts of the forms and lemmas seen for a word in small letters under a tag.
type Words = BTreeMap<(String, Xpos), BTreeMap<(String, String), u32>>;

/// Learns the tables from `trees` and from lists of verbs, and returns the section of the model file.
pub fn train(trees: &[Tree]) -> Vec<u8> {
    let (mut words, mut endings) = (Words::new(), Endings::new());
    for word in trees.iter().flat_map(|tree| &tree.words) {
        let Some(tag) = Xpos::parse(&word.xpos).filter(|_| word.lemma != "_") else { continue };
        let tag = filed_under(&word.form, tag);
        let letters = word.form.to_lowercase();
        let pair = (word.form.clone(), word.lemma.clone());
        *words.entry((letters, tag)).or_default().entry(pair).or_default() += 1;
    }
    drop_misread_pasts(&mut words);
    // What the treebank says of a form stands, then what the lists say.
    for (form, base, tag) in verbs::listed().into_iter().chain(verbs::of_treebank(trees)) {
        let pair = (form.clone(), base);
        words.entry((form, tag)).or_insert_with(|| BTreeMap::from([(pair, 1)]));
    }
    // Every word counts once: how often it is said tells nothing of words that were never met.
    for ((letters, tag), seen) in &words {
        let most = seen.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        let Some(((form, lemma), _)) = most else { continue };
        let script = Script::between(form, lemma);
        for suffix in suffixes(letters) {
            *endings
                .entry(key(suffix, *tag, true))
                .or_default()
                .entry(script.clone())
                .or_default() += 1;
        }
    }
    let endings: BTreeMap<u64, Script> =
        endings.iter().filter_map(|(k, seen)| Some((*k, usual(seen)?))).collect();

    let mut chosen = endings.clone();
    for ((letters, tag), seen) in &words {
        let by_rule = suffixes(letters).find_map(|suffix| endings.get(&key(suffix, *tag, true)));
        let plain = |(form, lemma): &(String, String)| {
            let found = by_shape(form, *tag).or_else(|| by_rule.map(|rule| rule.apply(form)));
            found.is_some_and(|found| *found == **lemma)
        };
        let plain = seen.iter().filter(|(pair, _)| plain(pair)).map(|(_, count)| count).sum();
        let mut best: Option<(u32, Script)> = by_rule.map(|rule| (plain, rule.clone()));
        for (form, lemma) in seen.keys() {
            // A script that starts from small letters serves "I" and "i" alike.
            let small = Script { lower: true, ..Script::between(&form.to_lowercase(), lemma) };
            for script in [Script::between(form, lemma), small] {
                let count = right(&script, seen);
                if best.as_ref().is_none_or(|(most, _)| count > *most) {
                    best = Some((count, script));
                }
            }
        }
        if let Some((count, script)) = best
            && (count > plain || by_rule.is_none())
        {
            chosen.insert(key(letters, *tag, false), script);
        }
    }
    let mut scripts: Vec<Script> = chosen.values().cloned().collect();
    scripts.sort();
    scripts.dedup();
    let number = |script: &Script| scripts.binary_search(script).unwrap_or_default() as u16;
    let entries: Vec<(u64, u16)> = chosen.iter().map(|(k, script)| (*k, number(script))).collect();
    lemma_section(&scripts, &entries)
}

/// Forgets what the treebanks say of irregular pasts where the base they give (*fled* from *flead*) is itself no verb.
fn drop_misread_pasts(words: &mut Words) {
    let bases: BTreeSet<String> = words
        .iter()
        .filter(|((_, tag), _)| matches!(tag, Xpos::Vb | Xpos::Vbp))
        .map(|((form, _), _)| form.clone())
        .collect();
    for (form, _, tag) in verbs::irregular() {
        if let Some(seen) = words.get_mut(&(form.clone(), tag)) {
            seen.retain(|(_, lemma), _| bases.contains(lemma));
            if seen.is_empty() {
                words.remove(&(form, tag));
            }
        }
    }
}

/// How often a script gives the lemma.
fn right(script: &Script, seen: &BTreeMap<(String, String), u32>) -> u32 {
    let gives = |((form, lemma), _): &(&(String, String), &u32)| *script.apply(form) == **lemma;
    seen.iter().filter(gives).map(|(_, count)| count).sum()
}

/// The script seen most often, the first in order where several were; none where that is too seldom.
fn usual(seen: &BTreeMap<Script, u32>) -> Option<Script> {
    let best = seen.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
    best.filter(|(_, count)| **count >= ENOUGH).map(|(script, _)| script.clone())
}
