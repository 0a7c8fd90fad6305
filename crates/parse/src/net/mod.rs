//! The network: words to vectors, vectors in context, scores of tags, heads and relations.
//!
//! ```text
//! word vector   hashed rows of word and pieces, summed, normalised, plus a maxout of itself
//! in context    layers: window of three -> gates and candidates -> two-way recurrence -> projection, normalised, added
//! tags          one product over word class and Penn tag together
//! heads         dependent . U . head + head . b + a bonus for the distance
//! relations     leaky (dependent part + head part), then one product
//! ```

pub(crate) mod kernel;
mod load;
pub(crate) mod ops;

use std::ops::Range;

use rustc_hash::FxHashMap;

use self::kernel::{Isa, Packed};
use self::ops::Quantised;
use crate::features;

/// `e^x` as the network has it; within 1e-5 of the true value and the same on every machine.
pub fn exp(x: f32) -> f32 {
    ops::exp(x)
}

/// Largest distance between word and head that the network tells apart.
pub const FAR: usize = 20;

/// An embedding table inside the model file.
#[derive(Debug)]
struct Table {
    rows: u32,
    /// One float per row.
    scales: Vec<f32>,
    /// Where the rows stand in the file.
    bytes: Range<usize>,
}

/// Gain and bias of a layer normalisation.
#[derive(Debug)]
struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    /// 3 where the layer sees its neighbours, 1 where it does not.
    window: usize,
    gate: Packed,
    project: Packed,
    norm: Norm,
}

/// The weights.
#[derive(Debug)]
pub(crate) struct Network {
    width: usize,
    words: Table,
    pieces: Table,
    root: Vec<f32>,
    sum_norm: Norm,
    mix: Packed,
    mix_norm: Norm,
    layers: Vec<Layer>,
    tag: Packed,
    arc_dependent: Packed,
    arc_head: Packed,
    bilinear: Packed,
    head_bias: Vec<f32>,
    distance: Vec<f32>,
    rel_dependent: Packed,
    rel_head: Packed,
    rel: Packed,
}

/// Vectors of the words met so far. They depend on the form alone, so forgetting them changes nothing but time.
#[derive(Debug, Default)]
struct WordCache {
    index: FxHashMap<Box<str>, u32>,
    vectors: Vec<f32>,
}

const CACHED_WORDS: usize = 16_384;

/// Buffers of one parser, reused from sentence to sentence.
#[derive(Debug)]
pub(crate) struct Scratch {
    pub(crate) isa: Isa,
    cache: WordCache,
    quantised: Quantised,
    /// One row for the root, then one for each word.
    x: Vec<f32>,
    windows: Vec<f32>,
    gated: Vec<f32>,
    states: Vec<f32>,
    change: Vec<f32>,
    dependents: Vec<f32>,
    transformed: Vec<f32>,
    heads: Vec<f32>,
    prior: Vec<f32>,
    rel_dependents: Vec<f32>,
    rel_heads: Vec<f32>,
    pairs: Vec<f32>,
    /// Tag scores, one row of [`Network::tag_stride`] per word.
    pub(crate) tags: Vec<f32>,
    /// Head scores: for each word, the root and then every word; a word is never its own head.
    pub(crate) arcs: Vec<f32>,
    /// Relation scores of the pairs last asked for.
    pub(crate) rels: Vec<f32>,
}

/// The score of what cannot be.
pub(crate) const NEVER: f32 = -1e9;

impl Scratch {
    pub(crate) fn new(isa: Isa) -> Self {
        Self {
            isa,
            cache: WordCache::default(),
            quantised: Quantised::default(),
            x: Vec::new(),
            windows: Vec::new(),
            gated: Vec::new(),
            states: Vec::new(),
            change: Vec::new(),
            dependents: Vec::new(),
            transformed: Vec::new(),
            heads: Vec::new(),
            prior: Vec::new(),
            rel_dependents: Vec::new(),
            rel_heads: Vec::new(),
            pairs: Vec::new(),
            tags: Vec::new(),
            arcs: Vec::new(),
            rels: Vec::new(),
        }
    }
}

/// `out = x W + b` through the quantised kernel.
fn apply(layer: &Packed, isa: Isa, x: &[f32], quantised: &mut Quantised, out: &mut Vec<f32>) {
    kernel::quantise(isa, x, layer.inputs(), quantised);
    layer.apply(isa, quantised, out);
}

impl Network {
    /// Row length of [`Scratch::tags`].
    pub(crate) fn tag_stride(&self) -> usize {
        self.tag.stride()
    }

    /// Row length of [`Scratch::rels`].
    pub(crate) fn rel_stride(&self) -> usize {
        self.rel.stride()
    }

    /// Fills `s.tags` and `s.arcs` for one sentence. `file` holds the tables.
    pub(crate) fn read(&self, file: &[u8], forms: &[&str], s: &mut Scratch) {
        self.embed(file, forms, s);
        for layer in &self.layers {
            self.run_layer(layer, s);
        }
        let isa = s.isa;
        let words = &s.x[self.width..];
        apply(&self.tag, isa, words, &mut s.quantised, &mut s.tags);
        // The five products over the same rows share one quantisation where they can: words alone, root and words.
        self.arc_dependent.apply(isa, &s.quantised, &mut s.dependents);
        self.rel_dependent.apply(isa, &s.quantised, &mut s.rel_dependents);
        apply(&self.arc_head, isa, &s.x, &mut s.quantised, &mut s.heads);
        self.rel_head.apply(isa, &s.quantised, &mut s.rel_heads);
        kernel::leak(isa, &mut s.dependents);
        kernel::leak(isa, &mut s.heads);
        apply(&self.bilinear, isa, &s.dependents, &mut s.quantised, &mut s.transformed);
        kernel::score_arcs(
            isa,
            &s.transformed,
            &s.heads,
            &self.head_bias,
            &mut s.prior,
            &mut s.arcs,
        );
        let heads = forms.len() + 1;
        for (word, row) in s.arcs.chunks_exact_mut(heads).enumerate() {
            for (head, score) in row.iter_mut().enumerate() {
                let far = (head + FAR).saturating_sub(word + 1).min(2 * FAR);
                *score += self.distance[far];
            }
            row[word + 1] = NEVER;
        }
    }

    /// Fills `s.rels`, one row for each pair of a word and its head (0 is the root, 1 the first word).
    pub(crate) fn relate(&self, pairs: &[(usize, usize)], s: &mut Scratch) {
        let width = self.rel.inputs();
        s.pairs.clear();
        for &(word, head) in pairs {
            let dependent = &s.rel_dependents[word * width..(word + 1) * width];
            let head = &s.rel_heads[head * width..(head + 1) * width];
            s.pairs.extend(dependent.iter().zip(head).map(|(a, b)| a + b));
        }
        kernel::leak(s.isa, &mut s.pairs);
        apply(&self.rel, s.isa, &s.pairs, &mut s.quantised, &mut s.rels);
    }

    /// Puts the root and the vector of every word into `s.x`.
    fn embed(&self, file: &[u8], forms: &[&str], s: &mut Scratch) {
        if s.cache.index.len() + forms.len() > CACHED_WORDS {
            s.cache = WordCache::default();
        }
        let first_new = s.cache.vectors.len();
        let mut rows = Vec::with_capacity(forms.len());
        for &form in forms {
            let next = s.cache.index.len() as u32;
            if let Some(&row) = s.cache.index.get(form) {
                rows.push(row);
                continue;
            }
            s.cache.index.insert(form.into(), next);
            rows.push(next);
            self.sum_rows(file, form, s);
        }
        let new = &mut s.cache.vectors[first_new..];
        if !new.is_empty() {
            apply(&self.mix, s.isa, new, &mut s.quantised, &mut s.gated);
            kernel::add_maxout(s.isa, new, &mut s.gated, &self.mix_norm.gain, &self.mix_norm.bias);
        }
        s.x.clear();
        s.x.extend_from_slice(&self.root);
        for row in rows {
            let at = row as usize * self.width;
            s.x.extend_from_slice(&s.cache.vectors[at..at + self.width]);
        }
    }

    /// Appends the normalised sum of the rows of `form` to the cache.
    fn sum_rows(&self, file: &[u8], form: &str, s: &mut Scratch) {
        let rows = features::rows(form, self.words.rows, self.pieces.rows);
        let from = s.cache.vectors.len();
        s.cache.vectors.resize(from + self.width, 0.0);
        let sum = &mut s.cache.vectors[from..];
        let mut add = |table: &Table, row: u32| {
            let row = row as usize;
            let bytes = &file[table.bytes.clone()][row * self.width..(row + 1) * self.width];
            kernel::add_scaled(s.isa, sum, table.scales[row], bytes);
        };
        for row in rows.words {
            add(&self.words, row);
        }
        for row in rows.pieces {
            add(&self.pieces, row);
        }
        kernel::normalise(s.isa, sum, &self.sum_norm.gain, &self.sum_norm.bias);
    }

    fn run_layer(&self, layer: &Layer, s: &mut Scratch) {
        let isa = s.isa;
        if layer.window == 3 {
            self.gather_windows(s);
            apply(&layer.gate, isa, &s.windows, &mut s.quantised, &mut s.gated);
        } else {
            apply(&layer.gate, isa, &s.x, &mut s.quantised, &mut s.gated);
        }
        kernel::recur(isa, &mut s.gated, self.width, &mut s.states);
        apply(&layer.project, isa, &s.states, &mut s.quantised, &mut s.change);
        kernel::add_normalised(isa, &mut s.x, &mut s.change, &layer.norm.gain, &layer.norm.bias);
    }

    /// Each row between its neighbours; nought beyond the ends.
    fn gather_windows(&self, s: &mut Scratch) {
        let width = self.width;
        let rows = s.x.len() / width;
        s.windows.clear();
        for row in 0..rows {
            let from = row.saturating_sub(1) * width;
            let to = (row + 2).min(rows) * width;
            if row == 0 {
                s.windows.resize(width, 0.0);
            }
            s.windows.extend_from_slice(&s.x[from..to]);
        }
        s.windows.resize(rows * 3 * width, 0.0);
    }
}
