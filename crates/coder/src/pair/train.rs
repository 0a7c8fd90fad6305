//! Training the linear model of pairs: an averaged perceptron over integers, in a fixed order.
//!
//! Its text is the codebook's alone: the examples of pages and senses with the actors that the coder finds in them, and
//! the sentences that [`super::generate`] makes of `codebook/pair/frames.txt`.

use std::fmt;

use hedgerow_codebook::crosswalk::{Act, Plover};
use hedgerow_codebook::example::Example;
use hedgerow_codebook::lexicon::What;
use hedgerow_codebook::{ClaimLine, Codebook};
use hedgerow_parse::Model;
use hedgerow_text::Span;

use super::features::BUCKETS;
use super::linear::{Linear, TYPES};
use super::{Pair, generate};
use crate::Coder;
use crate::memory::Memory;
use crate::mention::Entity;
use crate::tree::Tree;

/// Passes over the text.
const PASSES: u64 = 8;
/// Features seen less often are left out.
const ENOUGH: u32 = 2;
/// By how much the right type must lead, or weights are moved.
const MARGIN: i64 = 4;

/// A trained model, and what it was trained on.
#[derive(Clone, PartialEq, Eq)]
pub struct Trained {
    /// The file.
    pub file: Vec<u8>,
    /// Pairs from the codebook's examples.
    pub examples: usize,
    /// Generated pairs.
    pub generated: usize,
    /// Pairs that the model itself gets right after training.
    pub right: usize,
}

impl fmt::Debug for Trained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, examples, generated, right } = self;
        write!(f, "{} bytes of {examples} examples and {generated} made, {right} right", file.len())
    }
}

/// A sentence with its pair and its type.
type Lesson = (Vec<u32>, Plover);

/// Trains the model from the codebook. The same codebook and parser give the same bytes.
pub fn train_pairs(codebook: &Codebook, model: &Model, frames: &str) -> Result<Trained, String> {
    let mut coder = Coder::new(codebook, model);
    let mut lessons: Vec<Lesson> = Vec::new();
    let pages = codebook
        .pages
        .iter()
        .filter(|page| !page.kind.is_alone())
        .flat_map(|page| page.examples.clone());
    let senses = codebook.lexicon.senses().iter().flat_map(|sense| sense.examples.read());
    for example in pages.chain(senses) {
        coder.lessons_of(&example, &mut lessons);
    }
    let examples = lessons.len();
    for made in generate::sentences(frames, codebook)? {
        let pair = Pair { text: &made.text, source: vec![made.source], target: vec![made.target] };
        let features = coder.features_of(&pair);
        lessons.extend(features.map(|features| (features, made.plover)));
    }
    let weights = perceptron(&lessons);
    let file = Linear::file(&weights);
    let right = Linear::read(&file).map_or(0, |linear| {
        lessons.iter().filter(|(features, plover)| best(linear.sums(features)) == *plover).count()
    });
    Ok(Trained { file, examples, generated: lessons.len() - examples, right })
}

/// The type with the largest sum, the first of several.
pub(super) fn best(sums: [i32; TYPES]) -> Plover {
    let largest = sums.iter().max().copied().unwrap_or_default();
    let at = sums.iter().position(|sum| *sum == largest).unwrap_or_default();
    Plover::ALL[at]
}

impl Coder<'_> {
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method itself is for one lifetime, the closure for all"
    )]
    fn features_of(&mut self, pair: &Pair<'_>) -> Option<Vec<u32>> {
        self.with_given(pair, |given| given.features())
    }

    /// One lesson for each claim of an example whose two sides are named by words of their own.
    fn lessons_of(&mut self, example: &Example, lessons: &mut Vec<Lesson>) {
        for line in example.given.iter().chain(&example.missed) {
            let Some(plover) = projected(line, self.codebook) else { continue };
            let (Some(actor), Some(recipient)) = (line.actors.first(), line.recipients.last())
            else {
                continue;
            };
            let text = example.text.as_str();
            let (source, target) = (self.named(text, &actor.0), self.named(text, &recipient.0));
            if let (Some(source), Some(target)) = (source, target)
                && !source.overlaps(target)
            {
                let pair = Pair { text, source: vec![source], target: vec![target] };
                let lesson = self.with_given(&pair, |given| {
                    // Where the compared coding files the act elsewhere, that is what is to be learnt.
                    let ranked = given.ranked();
                    let over = ranked.first().filter(|best| best.sense.overrides);
                    (given.features(), over.map_or(plover, |best| best.plover))
                });
                lessons.extend(lesson);
            }
        }
    }

    /// The first words of a text that name the actor of that code, with the phrase that they head.
    fn named(&mut self, text: &str, code: &str) -> Option<Span> {
        let end = u32::try_from(text.len()).ok()?;
        for sentence in self.parser.parse(text, Span::new(0, end)) {
            let tree = Tree::new(text, &sentence, |lemma, verb| self.codebook.knows(lemma, verb));
            let mentions = self.finder.find(&tree, &Memory::default(), None);
            let same = |entity: &Entity<'_>| matches!(entity, Entity::Actor(identity) if identity.code == *code);
            if let Some(mention) = mentions.iter().find(|m| same(&m.what)) {
                return Some(tree.cover(mention.first, mention.last));
            }
        }
        None
    }
}

/// The root type of a claim line.
fn projected(line: &ClaimLine, codebook: &Codebook) -> Option<Plover> {
    let what = What {
        kind: line.kind,
        type_: line.type_.as_str().into(),
        mode: None,
        polarity: line.polarity,
    };
    codebook.projection.of(Act {
        what: &what,
        change: None,
        modality: line.modality,
        ceased: false,
    })
}

/// The averaged weights, as sums over all steps.
fn perceptron(lessons: &[Lesson]) -> Vec<i64> {
    let mut seen = vec![0u32; BUCKETS];
    for (features, _) in lessons {
        for &bucket in features {
            seen[bucket as usize] += 1;
        }
    }
    let mut weights = vec![0i64; BUCKETS * TYPES];
    // Each change times the step at which it was made: the average is the last weight less what came late.
    let mut late = vec![0i64; BUCKETS * TYPES];
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut chance = generate::Chance::new(1);
    let mut step = 0i64;
    for _ in 0..PASSES {
        chance.shuffle(&mut order);
        for &n in &order {
            step += 1;
            let (features, plover) = &lessons[n];
            let kept = features.iter().map(|b| *b as usize).filter(|b| seen[*b] >= ENOUGH);
            let kept: Vec<usize> = kept.collect();
            let mut sums = [0i64; TYPES];
            for &bucket in &kept {
                for (sum, weight) in sums.iter_mut().zip(&weights[bucket * TYPES..]) {
                    *sum += weight;
                }
            }
            let right = Plover::ALL.iter().position(|it| it == plover).unwrap_or_default();
            let rival = (0..TYPES).filter(|&t| t != right).max_by_key(|&t| (sums[t], TYPES - t));
            let Some(rival) = rival.filter(|&rival| sums[right] - sums[rival] < MARGIN) else {
                continue;
            };
            for &bucket in &kept {
                for (type_, change) in [(right, 1), (rival, -1)] {
                    weights[bucket * TYPES + type_] += change;
                    late[bucket * TYPES + type_] += change * step;
                }
            }
        }
    }
    // Sixteen times the average, so that halves count.
    let total = step.max(1);
    weights.iter().zip(&late).map(|(w, l)| (w * (total + 1) - l) * 16 / total).collect()
}
