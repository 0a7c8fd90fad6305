//! Words of the parser and of the treebank that stand in the same place.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_parse::{Model, Sentence};

use super::counts::{CORE, Counts, Found};
use super::head_of;
use crate::conllu::{Tree, Word};
use crate::rawtext::Document;

/// Scores what was found in the text of a document.
pub(super) fn of_document(
    document: &Document,
    trees: &[Tree],
    found: &[Sentence],
    model: &Model,
) -> Counts {
    let text = &document.text;
    let mut counts = Counts::default();
    let gold = gold_words(document, trees, text);
    let total: usize = document.trees.iter().map(|&number| trees[number].words.len()).sum();
    let tokens: usize = found.iter().map(|sentence| sentence.tokens.len()).sum();
    let no_lemma = document
        .trees
        .iter()
        .flat_map(|&number| &trees[number].words)
        .filter(|word| word.lemma == "_")
        .count();
    counts.sizes(total as u64, (total - no_lemma) as u64, tokens as u64);

    let is_gold: BTreeSet<(usize, usize)> = gold_sentences(document).collect();
    counts.sentences.gold = is_gold.len() as u64;
    counts.sentences.found = found.len() as u64;
    for sentence in found {
        let span = (sentence.span.start as usize, sentence.span.end as usize);
        counts.sentences.right += u64::from(is_gold.contains(&span));
        for (i, token) in sentence.tokens.iter().enumerate() {
            let place = (token.span.start as usize, token.span.end as usize);
            let Some((word, head)) = gold.get(&place) else {
                unmatched(&mut counts, token.rel.as_str());
                continue;
            };
            counts.words.right += 1;
            let ours = head_of(sentence, i);
            let ours = ours.checked_sub(1).map(|head| {
                let span = sentence.tokens[head].span;
                (span.start as usize, span.end as usize)
            });
            counts.compare(word, &Found { model, text, sentence }, i, ours == *head);
        }
    }
    counts
}

/// A word that the treebank does not have still claims its relation.
fn unmatched(counts: &mut Counts, rel: &str) {
    if let Some(relation) = CORE.into_iter().find(|core| *core == rel) {
        counts.core.entry(relation).or_default().see(false, true, false);
    }
}

type Place = (usize, usize);

/// The words of the treebank by place, with the place of their head.
fn gold_words<'t>(
    document: &Document,
    trees: &'t [Tree],
    text: &str,
) -> BTreeMap<Place, (&'t Word, Option<Place>)> {
    let mut gold = BTreeMap::new();
    let mut places = document.words.iter();
    for &number in &document.trees {
        let tree = &trees[number];
        let mut own = Vec::new();
        for &(start, end, last) in places.by_ref() {
            own.push((start, end));
            if last {
                break;
            }
        }
        let mut of_word: Vec<Option<Place>> = Vec::new();
        let mut next = own.into_iter().peekable();
        for word in &tree.words {
            let fits = next.peek().is_some_and(|&(start, end)| text[start..end] == word.form);
            if fits || !word.continues {
                of_word.push(next.next());
            } else {
                of_word.push(None);
            }
        }
        for (word, place) in tree.words.iter().zip(&of_word) {
            let Some(place) = place else { continue };
            let head = word.head.checked_sub(1).map(|head| of_word[head]);
            // A head without a place of its own can be nobody's counterpart.
            let head = head.map(|head| head.unwrap_or((0, 0)));
            gold.insert(*place, (word, head));
        }
    }
    gold
}

/// From the first to the last word of every sentence.
fn gold_sentences(document: &Document) -> impl Iterator<Item = Place> {
    let mut start = None;
    document.words.iter().filter_map(move |&(from, to, last)| {
        let first = *start.get_or_insert(from);
        last.then(|| {
            start = None;
            (first, to)
        })
    })
}
