//! The network while it learns: forwards in floats, and hand-written steps backwards.
//!
//! The same computation as in `hedgerow-parse`, whose `net` module draws it. A [`Shard`] holds some sentences; each row
//! is a word, the first row of a sentence its root.

mod context;
mod embed;
mod heads;
mod numbers;

use rustc_hash::FxHashMap;

use crate::export::Weights;
use crate::random::Random;

/// A sentence ready for training.
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// Rows of the word table, per word.
    pub words: Vec<[u32; 2]>,
    /// Rows of the piece table, per word.
    pub pieces: Vec<Vec<u32>>,
    /// Whether the word is rare in the training data.
    pub rare: Vec<bool>,
    /// True tag.
    pub tags: Vec<u32>,
    /// True head, 0 for the root.
    pub heads: Vec<u32>,
    /// True relation.
    pub rels: Vec<u32>,
    /// What the arc counts for in the loss.
    pub weight: Vec<f32>,
}

impl Example {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.tags.len()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }
}

/// How much is hidden while learning.
#[derive(Debug, Clone, Copy)]
pub struct Noise {
    /// Part of the values that are dropped, the same ones in all words of a sentence.
    pub dropout: f32,
    /// Part of the words whose word rows are replaced by the row of the unknown.
    pub word_dropout: f32,
    /// The same for rare words.
    pub rare_dropout: f32,
    /// How much two readings of a sentence under different noise must agree; 0 reads once.
    pub agreement: f32,
}

/// Bit that marks a row of the piece table in [`Gradient::rows`].
pub(crate) const PIECE: u32 = 1 << 31;

/// Gradients of one shard.
#[derive(Debug, Default)]
pub struct Gradient {
    /// Of the dense parameters.
    pub dense: Vec<f32>,
    /// Rows of the tables that were used, in the order of their first use.
    pub rows: Vec<u32>,
    /// Gradients of those rows.
    pub values: Vec<f32>,
    index: FxHashMap<u32, usize>,
    /// Sum of the losses.
    pub loss: f64,
}

impl Gradient {
    /// Nothing learnt yet; `total` dense parameters.
    pub fn new(total: usize) -> Self {
        Self { dense: vec![0.0; total], ..Self::default() }
    }

    fn add_row(&mut self, row: u32, values: &[f32]) {
        let width = values.len();
        let place = *self.index.entry(row).or_insert_with(|| {
            self.rows.push(row);
            self.values.resize(self.values.len() + width, 0.0);
            self.rows.len() - 1
        });
        for (sum, value) in self.values[place * width..].iter_mut().zip(values) {
            *sum += value;
        }
    }

    /// Adds another gradient. Sums depend on the order of the calls, so callers keep it fixed.
    pub fn add(&mut self, other: &Self, width: usize) {
        for (sum, value) in self.dense.iter_mut().zip(&other.dense) {
            *sum += value;
        }
        for (&row, values) in other.rows.iter().zip(other.values.chunks_exact(width)) {
            self.add_row(row, values);
        }
        self.loss += other.loss;
    }
}

/// What the network thinks of one sentence.
#[derive(Debug, Clone, Default)]
pub struct Guess {
    /// Best tag per word.
    pub tags: Vec<u32>,
    /// Best head per word, taken alone.
    pub heads: Vec<u32>,
    /// Best relation per word under that head.
    pub rels: Vec<u32>,
}

/// Sentences that are computed together.
struct Shard<'a> {
    weights: &'a Weights,
    examples: &'a [&'a Example],
    /// First row of each sentence, and the number of rows at the end.
    starts: Vec<usize>,
}

impl<'a> Shard<'a> {
    fn new(weights: &'a Weights, examples: &'a [&'a Example]) -> Self {
        let mut starts = vec![0];
        for example in examples {
            starts.push(starts[starts.len() - 1] + example.len() + 1);
        }
        Self { weights, examples, starts }
    }

    fn rows(&self) -> usize {
        self.starts[self.starts.len() - 1]
    }

    fn width(&self) -> usize {
        self.weights.shape.sizes.width
    }

    /// Rows of each sentence.
    fn sentences(&self) -> impl DoubleEndedIterator<Item = std::ops::Range<usize>> + '_ {
        self.starts.windows(2).map(|pair| pair[0]..pair[1])
    }

    /// Factors that drop whole columns of each sentence; all ones without noise.
    fn mask(&self, width: usize, noise: Option<(&Noise, &mut Random)>) -> Vec<f32> {
        let mut mask = Vec::with_capacity(self.rows() * width);
        let Some((noise, random)) = noise else {
            mask.resize(self.rows() * width, 1.0);
            return mask;
        };
        let kept = 1.0 / (1.0 - noise.dropout);
        for rows in self.sentences() {
            let row: Vec<f32> =
                (0..width).map(|_| if random.chance(noise.dropout) { 0.0 } else { kept }).collect();
            for _ in rows {
                mask.extend_from_slice(&row);
            }
        }
        mask
    }
}

/// Runs forwards and backwards over `examples`. `weight` is what one word counts for in the gradient.
///
/// With `noise.agreement` every sentence is read twice, with other values hidden, and both readings are pulled together.
pub fn learn(
    weights: &Weights,
    examples: &[&Example],
    noise: &Noise,
    seed: u64,
    weight: f32,
    gradient: &mut Gradient,
) {
    let twice;
    let (examples, weight) = if noise.agreement > 0.0 {
        twice = [examples, examples].concat();
        (&twice[..], weight / 2.0)
    } else {
        (examples, weight)
    };
    let agreement = noise.agreement * weight;
    let shard = Shard::new(weights, examples);
    let mut random = Random::new(seed);
    let mut noise = Some((noise, &mut random));
    let embedded = embed::forward(&shard, reborrow(&mut noise));
    let context = context::forward(&shard, embedded.out.clone(), reborrow(&mut noise));
    let heads = heads::forward(&shard, &context.out, true, reborrow(&mut noise));
    let dx = heads::backward(&shard, heads, &context.out, (weight, agreement), gradient);
    let dx = context::backward(&shard, &context, dx, gradient);
    embed::backward(&shard, &embedded, dx, gradient);
}

/// Runs forwards only.
pub fn guess(weights: &Weights, examples: &[&Example]) -> Vec<Guess> {
    let shard = Shard::new(weights, examples);
    let embedded = embed::forward(&shard, None);
    let context = context::forward(&shard, embedded.out, None);
    heads::forward(&shard, &context.out, false, None).guesses(&shard)
}

type Source<'a, 'r> = Option<(&'a Noise, &'r mut Random)>;

fn reborrow<'a, 'r>(noise: &'r mut Source<'a, '_>) -> Source<'a, 'r> {
    noise.as_mut().map(|(noise, random)| (*noise, &mut **random))
}

#[cfg(test)]
mod tests;
