//! What is counted.

use std::collections::BTreeMap;

use hedgerow_parse::{Model, Sentence};

use super::head_of;
use crate::conllu::{Tree, Word};
use crate::feats::told;

/// Right ones, those of the treebank, those of the parser.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ratio {
    /// Found and true.
    pub right: u64,
    /// In the treebank.
    pub gold: u64,
    /// Found.
    pub found: u64,
}

impl Ratio {
    /// Precision and recall in one figure, in per cent.
    pub fn f1(self) -> f64 {
        let sum = self.gold + self.found;
        if sum == 0 { 0.0 } else { 200.0 * self.right as f64 / sum as f64 }
    }

    /// Counts one item that is in both, right or not.
    pub(super) fn both(&mut self, right: bool) {
        self.right += u64::from(right);
        self.gold += 1;
        self.found += 1;
    }

    /// Counts an item of the treebank (`gold`), of the parser (`found`), and whether they agree.
    pub(super) fn see(&mut self, gold: bool, found: bool, agree: bool) {
        self.right += u64::from(gold && found && agree);
        self.gold += u64::from(gold);
        self.found += u64::from(found);
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.gold += other.gold;
        self.found += other.found;
    }
}

/// A sentence that a model found in a text.
#[derive(Debug)]
pub(super) struct Found<'f> {
    pub(super) model: &'f Model,
    pub(super) text: &'f str,
    pub(super) sentence: &'f Sentence,
}

/// All that is counted of a stretch of treebank.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Words found.
    pub words: Ratio,
    /// Sentences found.
    pub sentences: Ratio,
    /// Universal word class.
    pub upos: Ratio,
    /// Penn tag.
    pub xpos: Ratio,
    /// Morphological features, without those that tell of spelling, abbreviation and style.
    pub feats: Ratio,
    /// Lemma, of words that have one in the treebank.
    pub lemma: Ratio,
    /// Head.
    pub uas: Ratio,
    /// Head and relation without subtype: the rule of `CoNLL` 2018.
    pub las: Ratio,
    /// Head and relation with subtype.
    pub las_full: Ratio,
    /// The relations that carry participants, each by itself.
    pub core: BTreeMap<&'static str, Ratio>,
    /// Whole frames: verbs with at least two participants, all of them right and no other.
    pub frames: Ratio,
    /// Tenths of the posterior of head and relation: arcs, right arcs, and the sum of posteriors in thousandths.
    pub calibration: [[u64; 3]; 10],
}

/// Relations that carry participants.
pub(super) const CORE: [&str; 8] =
    ["nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "xcomp", "ccomp"];
/// Relations that make a verb frame.
const FRAME: [&str; 5] = ["nsubj", "nsubj:pass", "obj", "iobj", "obl:agent"];

impl Counts {
    /// Adds the counts of another stretch.
    pub fn add(&mut self, other: &Self) {
        self.words.add(other.words);
        self.sentences.add(other.sentences);
        self.upos.add(other.upos);
        self.xpos.add(other.xpos);
        self.feats.add(other.feats);
        self.lemma.add(other.lemma);
        self.uas.add(other.uas);
        self.las.add(other.las);
        self.las_full.add(other.las_full);
        for (relation, ratio) in &other.core {
            self.core.entry(relation).or_default().add(*ratio);
        }
        self.frames.add(other.frames);
        for (mine, theirs) in
            self.calibration.iter_mut().flatten().zip(other.calibration.iter().flatten())
        {
            *mine += theirs;
        }
    }

    /// Counts the labels of two words that are one, and whether their heads are.
    pub(super) fn compare(&mut self, gold: &Word, found: &Found<'_>, index: usize, head: bool) {
        let token = &found.sentence.tokens[index];
        let feats = found.model.features(found.sentence, found.text, index);
        self.feats.right += u64::from(told(&gold.feats) == feats);
        self.upos.right += u64::from(gold.upos == token.upos.as_str());
        self.xpos.right += u64::from(gold.xpos == token.xpos.as_str());
        self.lemma.right += u64::from(gold.lemma == *token.lemma && gold.lemma != "_");
        self.uas.right += u64::from(head);
        let full = gold.rel == token.rel.as_str();
        let universal = gold.rel.split(':').next() == Some(token.rel.universal());
        self.las.right += u64::from(head && universal);
        self.las_full.right += u64::from(head && full);
        let posterior = token.head_prob * token.rel_prob;
        let bin = &mut self.calibration[((posterior * 10.0) as usize).min(9)];
        bin[0] += 1;
        bin[1] += u64::from(head && full);
        bin[2] += (posterior * 1000.0) as u64;
        for relation in CORE {
            let (is_gold, is_found) = (gold.rel == relation, token.rel.as_str() == relation);
            if is_gold || is_found {
                self.core.entry(relation).or_default().see(is_gold, is_found, head);
            }
        }
    }

    /// Sets how many words there are on either side.
    pub(super) fn sizes(&mut self, gold: u64, with_lemma: u64, found: u64) {
        for ratio in [
            &mut self.words,
            &mut self.upos,
            &mut self.xpos,
            &mut self.feats,
            &mut self.uas,
            &mut self.las,
            &mut self.las_full,
        ] {
            (ratio.gold, ratio.found) = (gold, found);
        }
        self.lemma.gold = with_lemma;
        self.lemma.found = found - (gold - with_lemma).min(found);
    }
}

/// Scores a sentence whose words were given.
pub(super) fn of_gold_tokens(tree: &Tree, read: &Found<'_>) -> Counts {
    let found = read.sentence;
    let mut counts = Counts::default();
    let with_lemma = tree.words.iter().filter(|word| word.lemma != "_").count() as u64;
    counts.sizes(tree.words.len() as u64, with_lemma, found.tokens.len() as u64);
    counts.words.right = counts.words.gold;
    counts.sentences.both(true);
    for (i, word) in tree.words.iter().enumerate() {
        counts.compare(word, read, i, head_of(found, i) == word.head);
    }
    for i in (0..tree.words.len()).filter(|&i| tree.words[i].upos == "VERB") {
        let of_verb = |head: usize, rel: &str| head == i + 1 && FRAME.contains(&rel);
        let gold: Vec<(usize, &str)> = tree
            .words
            .iter()
            .enumerate()
            .filter(|(_, w)| of_verb(w.head, &w.rel))
            .map(|(j, w)| (j, w.rel.as_str()))
            .collect();
        if gold.len() < 2 {
            continue;
        }
        let ours: Vec<(usize, &str)> = (0..found.tokens.len())
            .map(|j| (j, found.tokens[j].rel.as_str()))
            .filter(|&(j, rel)| of_verb(head_of(found, j), rel))
            .collect();
        counts.frames.both(gold == ours);
    }
    counts
}
