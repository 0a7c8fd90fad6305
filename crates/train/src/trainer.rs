//! The training loop.

use std::io::{self, Write};

use crate::conllu::Tree;
use crate::export::{Table, Weights};
use crate::labels::Labels;
use crate::network::{Example, Gradient, Noise, guess, learn};
use crate::optimise::Optimiser;
use crate::random::Random;
use crate::shape::{Shape, Sizes};

/// A batch is always cut into this many shards, whose gradients are added in order: the result does not depend on how
/// many threads there are.
const SHARDS: usize = 4;
/// Steps until the rate is full.
const WARM_UP: f32 = 200.0;

/// Everything that decides what is learnt, besides the data.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Width of word vectors; a multiple of 16.
    pub width: usize,
    /// Window of each layer, 1 or 3.
    pub windows: Vec<usize>,
    /// Width of head and relation scoring.
    pub inner: usize,
    /// Rows of the word table and of the piece table.
    pub tables: (usize, usize),
    /// Passes over the data.
    pub epochs: usize,
    /// Words per step.
    pub batch: usize,
    /// Highest rate.
    pub rate: f32,
    /// What is hidden.
    pub noise: Noise,
    /// What an arc to a participant counts for, others counting for 1.
    pub core_weight: f32,
    /// What the running average keeps at each step.
    pub smoothing: f32,
    /// Start of all random numbers.
    pub seed: u64,
    /// Threads; any number gives the same bytes.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            width: 192,
            windows: vec![3, 3, 1, 1],
            inner: 128,
            tables: (24_576, 24_576),
            epochs: 28,
            batch: 1200,
            rate: 2e-3,
            noise: Noise { dropout: 0.33, word_dropout: 0.06, rare_dropout: 0.35, agreement: 1.0 },
            core_weight: 1.5,
            smoothing: 0.998,
            seed: 1,
            threads: 2,
        }
    }
}

/// Trains a network on `trees` and on what `generate` gives anew for every pass; says after every pass how it does on
/// `held`.
pub fn train(
    settings: &Settings,
    labels: &Labels,
    trees: &[Tree],
    mut generate: impl FnMut() -> Vec<Tree>,
    held: &[Tree],
    log: &mut dyn Write,
) -> io::Result<Weights> {
    let mut random = Random::new(settings.seed);
    let mut examples = labels.examples(trees, settings.tables, settings.core_weight);
    let kept = examples.len();
    let held = labels.examples(held, settings.tables, 1.0);
    let mut more = |examples: &mut Vec<Example>| {
        examples.truncate(kept);
        examples.extend(labels.examples(&generate(), settings.tables, settings.core_weight));
    };
    more(&mut examples);
    let mut weights = start(settings, labels, &mut random);
    let mut optimiser = Optimiser::new(&weights, settings.smoothing);
    let words: usize = examples.iter().map(Example::len).sum();
    writeln!(
        log,
        "{} sentences, {words} words, {} tags, {} relations, {} dense parameters",
        examples.len(),
        labels.tags.len(),
        labels.rels.len(),
        weights.dense.len()
    )?;
    let steps = (words * settings.epochs) as f32 / settings.batch as f32;
    let mut step = 0.0;
    for epoch in 1..=settings.epochs {
        if epoch > 1 {
            more(&mut examples);
        }
        let mut order: Vec<usize> = (0..examples.len()).collect();
        random.shuffle(&mut order);
        let mut loss = 0.0;
        let mut next = order.iter().map(|&i| &examples[i]).peekable();
        while next.peek().is_some() {
            let mut batch = Vec::new();
            let mut size = 0;
            while size < settings.batch
                && let Some(example) = next.next()
            {
                size += example.len();
                batch.push(example);
            }
            step += 1.0;
            let falling = (1.0 - step / steps).max(0.02);
            let rate = settings.rate * (step / WARM_UP).min(1.0) * falling;
            let gradient = gradient(settings, &weights, &batch, size, &mut random);
            loss += gradient.loss;
            optimiser.step(&mut weights, &gradient, rate);
        }
        let [tags, heads, arcs] = accuracy(optimiser.average(), &held);
        writeln!(
            log,
            "pass {epoch}: loss {:.3}; held out: tags {tags:.2}, heads {heads:.2}, arcs {arcs:.2}",
            loss / words as f64
        )?;
    }
    Ok(optimiser.average().clone())
}

/// The parameters that a network with these settings and labels has.
pub fn shape(settings: &Settings, labels: &Labels) -> Shape {
    Shape::new(Sizes {
        width: settings.width,
        windows: settings.windows.clone(),
        arc: settings.inner,
        rel: settings.inner,
        tags: labels.tags.len(),
        rels: labels.rels.len(),
    })
}

fn start(settings: &Settings, labels: &Labels, random: &mut Random) -> Weights {
    let shape = shape(settings, labels);
    let dense = shape.start(random);
    // One row more than words are hashed to: the unknown word.
    let mut table = |rows: usize| Table {
        rows,
        values: (0..(rows + 1) * settings.width).map(|_| 0.1 * random.normal()).collect(),
    };
    let (words, pieces) = (table(settings.tables.0), table(settings.tables.1));
    Weights { shape, dense, words, pieces }
}

/// The gradient of a batch of `size` words, averaged per word.
fn gradient(
    settings: &Settings,
    weights: &Weights,
    batch: &[&Example],
    size: usize,
    random: &mut Random,
) -> Gradient {
    let seeds: Vec<u64> = (0..SHARDS).map(|_| random.draw()).collect();
    let shards: Vec<(&[&Example], u64)> =
        batch.chunks(batch.len().div_ceil(SHARDS)).zip(seeds).collect();
    let mut gradients: Vec<Gradient> =
        shards.iter().map(|_| Gradient::new(weights.shape.total)).collect();
    let weight = 1.0 / size as f32;
    let mut jobs: Vec<_> = shards.into_iter().zip(&mut gradients).collect();
    let per_thread = jobs.len().div_ceil(settings.threads.max(1));
    std::thread::scope(|scope| {
        for jobs in jobs.chunks_mut(per_thread) {
            scope.spawn(move || {
                for ((examples, seed), gradient) in jobs {
                    learn(weights, examples, &settings.noise, *seed, weight, gradient);
                }
            });
        }
    });
    let mut gradients = gradients.into_iter();
    let mut sum = gradients.next().unwrap_or_default();
    for gradient in gradients {
        sum.add(&gradient, settings.width);
    }
    sum
}

/// Right tags, heads, and heads with relations, in per cent, every word taken alone.
fn accuracy(weights: &Weights, held: &[Example]) -> [f64; 3] {
    let mut right = [0usize; 3];
    let mut words = 0;
    for chunk in held.chunks(32) {
        let chunk: Vec<&Example> = chunk.iter().collect();
        for (example, guess) in chunk.iter().zip(guess(weights, &chunk)) {
            words += example.len();
            for word in 0..example.len() {
                let head = guess.heads[word] == example.heads[word];
                right[0] += usize::from(guess.tags[word] == example.tags[word]);
                right[1] += usize::from(head);
                right[2] += usize::from(head && guess.rels[word] == example.rels[word]);
            }
        }
    }
    right.map(|right| 100.0 * right as f64 / words.max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    fn sample() -> Vec<Tree> {
        let line = |id: usize, form: &str, upos: &str, xpos: &str, head: usize, rel: &str| {
            format!("{id}\t{form}\t{form}\t{upos}\t{xpos}\t_\t{head}\t{rel}\t_\t_\n")
        };
        let mut text = String::new();
        for (who, what, whom) in
            [("Japan", "gave", "aid"), ("Laos", "sold", "rice"), ("Peru", "took", "loans")]
        {
            text += &line(1, who, "PROPN", "NNP", 2, "nsubj");
            text += &line(2, what, "VERB", "VBD", 0, "root");
            text += &line(3, whom, "NOUN", "NN", 2, "obj");
            text += &line(4, ".", "PUNCT", ".", 2, "punct");
            text += "\n";
        }
        let trees = conllu::read(&text).unwrap();
        (0..4).flat_map(|_| trees.clone()).collect()
    }

    fn settings(threads: usize) -> Settings {
        Settings {
            width: 16,
            windows: vec![3],
            inner: 16,
            tables: (64, 64),
            epochs: 60,
            batch: 16,
            rate: 1e-2,
            smoothing: 0.9,
            threads,
            ..Settings::default()
        }
    }

    #[test]
    fn small_treebanks_are_learnt_by_heart_with_any_number_of_threads() {
        let trees = sample();
        let labels = Labels::collect(&trees);
        let run = |threads| {
            train(&settings(threads), &labels, &trees, Vec::new, &[], &mut io::sink()).unwrap()
        };
        let one = run(1);
        let examples = labels.examples(&trees, (64, 64), 1.0);
        let [tags, _, arcs] = accuracy(&one, &examples);
        assert!(tags > 99.0 && arcs > 95.0, "tags {tags}, arcs {arcs}");
        for threads in [2, 3] {
            let other = run(threads);
            assert!(other.dense == one.dense && other.words == one.words);
        }
    }
}
