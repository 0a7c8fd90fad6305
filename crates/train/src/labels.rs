//! From treebank sentences to examples: label inventories and rows.

use std::collections::BTreeMap;

use hedgerow_parse::build::rows;
use hedgerow_parse::{Rel, Upos, Xpos};

use crate::conllu::{Tree, Word};
use crate::network::Example;

/// A relation must occur this often to be learnt.
const ENOUGH: u32 = 3;
/// A word seen less often is rare: its own rows are hidden more often, so that its pieces learn.
const RARE: u32 = 3;
/// Longer sentences are left out; they cost the square of their length.
const LONGEST: usize = 250;

/// What the outputs of the network stand for, and what was seen how often.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// `UPOS XPOS`, most frequent first.
    pub tags: Vec<String>,
    /// Relations, most frequent first.
    pub rels: Vec<String>,
    seen: BTreeMap<String, u32>,
}

fn tag_of(word: &Word) -> String {
    format!("{} {}", word.upos, word.xpos)
}

impl Labels {
    /// Collects the labels of `trees`; those that are no labels of the scheme are passed over.
    pub fn collect(trees: &[Tree]) -> Self {
        let (mut tags, mut rels) = (BTreeMap::new(), BTreeMap::new());
        let mut seen = BTreeMap::new();
        for word in trees.iter().flat_map(|tree| &tree.words) {
            if Upos::parse(&word.upos).is_some() && Xpos::parse(&word.xpos).is_some() {
                *tags.entry(tag_of(word)).or_insert(0) += 1;
            }
            if Rel::parse(&word.rel).is_some() {
                *rels.entry(word.rel.clone()).or_insert(0) += 1;
            }
            *seen.entry(word.form.to_lowercase()).or_insert(0) += 1;
        }
        rels.retain(|_, count| *count >= ENOUGH);
        Self { tags: by_count(tags), rels: by_count(rels), seen }
    }

    /// The examples of `trees`. Sentences with labels outside the inventories or of extreme length are left out.
    pub fn examples(
        &self,
        trees: &[Tree],
        tables: (usize, usize),
        core_weight: f32,
    ) -> Vec<Example> {
        let number = |labels: &[String]| -> BTreeMap<String, u32> {
            labels.iter().cloned().zip(0..).collect()
        };
        let (tags, rels) = (number(&self.tags), number(&self.rels));
        let example = |tree: &Tree| {
            let mut example = Example::default();
            for word in &tree.words {
                let universal = word.rel.split(':').next().unwrap_or_default();
                let rel = rels.get(&word.rel).or_else(|| rels.get(universal))?;
                let found = rows(&word.form, tables.0 as u32, tables.1 as u32);
                let times = self.seen.get(&word.form.to_lowercase()).copied().unwrap_or_default();
                example.words.push(found.words);
                example.pieces.push(found.pieces);
                example.rare.push(times < RARE);
                example.tags.push(*tags.get(&tag_of(word))?);
                example.heads.push(word.head as u32);
                example.rels.push(*rel);
                example.weight.push(if is_core(&word.rel) { core_weight } else { 1.0 });
            }
            (example.len() <= LONGEST).then_some(example)
        };
        trees.iter().filter_map(example).collect()
    }
}

/// Whether a relation carries a participant of a verb.
fn is_core(rel: &str) -> bool {
    matches!(rel, "nsubj" | "nsubj:pass" | "obj" | "iobj" | "obl:agent")
}

fn by_count(counts: BTreeMap<String, u32>) -> Vec<String> {
    let mut labels: Vec<(String, u32)> = counts.into_iter().collect();
    labels.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    labels.into_iter().map(|(label, _)| label).collect()
}
