//! Scores of tags, heads and relations, and their losses.

use hedgerow_parse::build::FAR;

use super::numbers::{self, Matrix};
use super::{Gradient, Guess, Shard, Source};

/// The score of what cannot be.
const NEVER: f32 = -1e9;

/// All scores, and what the way back needs.
pub(super) struct Scored {
    tags: Vec<f32>,
    dependents: Activated,
    heads: Activated,
    transformed: Vec<f32>,
    /// Per sentence: words by root and words.
    arcs: Vec<Vec<f32>>,
    /// Row of the head that the relation was scored with, per row.
    governors: Vec<usize>,
    pairs: Activated,
    rels: Vec<f32>,
}

/// Values after leaking and dropping, and their slopes with both.
struct Activated {
    values: Vec<f32>,
    slopes: Vec<f32>,
}

impl Activated {
    fn new(mut values: Vec<f32>, mask: &[f32]) -> Self {
        let mut slopes = numbers::leak(&mut values);
        numbers::scale(&mut values, mask);
        numbers::scale(&mut slopes, mask);
        Self { values, slopes }
    }
}

/// Place of a distance in its table.
fn far(word: usize, head: usize) -> usize {
    (head + FAR).saturating_sub(word + 1).min(2 * FAR)
}

/// Scores everything; relations under the true heads where `learning`, under the best ones otherwise.
pub(super) fn forward(
    shard: &Shard<'_>,
    x: &[f32],
    learning: bool,
    mut noise: Source<'_, '_>,
) -> Scored {
    let rows = shard.rows();
    let (dense, shape) = (&shard.weights.dense, &shard.weights.shape);
    let (arc, rel) = (shape.sizes.arc, shape.sizes.rel);
    let tags = numbers::affine(dense, shape.tag, x, rows);
    let mask = shard.mask(arc, super::reborrow(&mut noise));
    let dependents = Activated::new(numbers::affine(dense, shape.arc_dependent, x, rows), &mask);
    let mask = shard.mask(arc, super::reborrow(&mut noise));
    let heads = Activated::new(numbers::affine(dense, shape.arc_head, x, rows), &mask);
    let mut transformed = vec![0.0; rows * arc];
    numbers::multiply(
        Matrix::new(&dependents.values, rows, arc),
        Matrix::of(dense, shape.bilinear),
        0.0,
        &mut transformed,
    );
    let bias = &dense[shape.head_bias.range()];
    let distance = &dense[shape.distance.range()];
    let mut arcs = Vec::new();
    let mut governors = vec![0; rows];
    for (example, range) in shard.examples.iter().zip(shard.sentences()) {
        let (count, start) = (example.len(), range.start);
        let own = &heads.values[start * arc..range.end * arc];
        let mut scores = vec![0.0; count * (count + 1)];
        numbers::multiply(
            Matrix::new(&transformed[(start + 1) * arc..range.end * arc], count, arc),
            Matrix::new(own, count + 1, arc).turned(),
            0.0,
            &mut scores,
        );
        let prior: Vec<f32> = own
            .chunks_exact(arc)
            .map(|head| head.iter().zip(bias).map(|(a, b)| a * b).sum())
            .collect();
        for (word, row) in scores.chunks_exact_mut(count + 1).enumerate() {
            for (head, score) in row.iter_mut().enumerate() {
                *score += prior[head] + distance[far(word, head)];
            }
            row[word + 1] = NEVER;
            let head = if learning { example.heads[word] as usize } else { numbers::largest(row) };
            governors[start + 1 + word] = start + head;
        }
        arcs.push(scores);
    }
    let as_dependent = numbers::affine(dense, shape.rel_dependent, x, rows);
    let as_head = numbers::affine(dense, shape.rel_head, x, rows);
    let mut pairs = vec![0.0; rows * rel];
    for range in shard.sentences() {
        for row in range.skip(1) {
            for j in 0..rel {
                pairs[row * rel + j] =
                    as_dependent[row * rel + j] + as_head[governors[row] * rel + j];
            }
        }
    }
    let pairs = Activated::new(pairs, &shard.mask(rel, noise));
    let rels = numbers::affine(dense, shape.rel, &pairs.values, rows);
    Scored { tags, dependents, heads, transformed, arcs, governors, pairs, rels }
}

impl Scored {
    pub(super) fn guesses(&self, shard: &Shard<'_>) -> Vec<Guess> {
        let sizes = &shard.weights.shape.sizes;
        let best = |scores: &[f32], row: usize, count: usize| {
            numbers::largest(&scores[row * count..(row + 1) * count]) as u32
        };
        let sentence = |rows: std::ops::Range<usize>| Guess {
            tags: rows.clone().skip(1).map(|row| best(&self.tags, row, sizes.tags)).collect(),
            rels: rows.clone().skip(1).map(|row| best(&self.rels, row, sizes.rels)).collect(),
            heads: rows
                .clone()
                .skip(1)
                .map(|row| (self.governors[row] - rows.start) as u32)
                .collect(),
        };
        shard.sentences().map(sentence).collect()
    }
}

/// Adds losses and gradients; returns the gradient of `x`.
pub(super) fn backward(
    shard: &Shard<'_>,
    mut kept: Scored,
    x: &[f32],
    weight: (f32, f32),
    gradient: &mut Gradient,
) -> Vec<f32> {
    let rows = shard.rows();
    let (dense, shape) = (&shard.weights.dense, &shard.weights.shape);
    let (arc, rel) = (shape.sizes.arc, shape.sizes.rel);
    losses(shard, &mut kept, weight, gradient);

    let mut d_transformed = vec![0.0; rows * arc];
    let mut d_heads = vec![0.0; rows * arc];
    let bias = &dense[shape.head_bias.range()];
    for ((example, range), scores) in shard.examples.iter().zip(shard.sentences()).zip(&kept.arcs) {
        let (count, start) = (example.len(), range.start);
        let own = start * arc..range.end * arc;
        let words = (start + 1) * arc..range.end * arc;
        let matrix = Matrix::new(scores, count, count + 1);
        let heads = Matrix::new(&kept.heads.values[own.clone()], count + 1, arc);
        numbers::multiply(matrix, heads, 0.0, &mut d_transformed[words.clone()]);
        let transformed = Matrix::new(&kept.transformed[words], count, arc);
        numbers::multiply(matrix.turned(), transformed, 0.0, &mut d_heads[own]);
        for head in 0..=count {
            let mut sum = 0.0;
            for word in 0..count {
                let slope = scores[word * (count + 1) + head];
                sum += slope;
                gradient.dense[shape.distance.at + far(word, head)] += slope;
            }
            let row = (start + head) * arc;
            for j in 0..arc {
                gradient.dense[shape.head_bias.at + j] += sum * kept.heads.values[row + j];
                d_heads[row + j] += sum * bias[j];
            }
        }
    }
    let mut d_dependents = vec![0.0; rows * arc];
    let d_matrix = Matrix::new(&d_transformed, rows, arc);
    numbers::multiply(d_matrix, Matrix::of(dense, shape.bilinear).turned(), 0.0, &mut d_dependents);
    let dependents = Matrix::new(&kept.dependents.values, rows, arc);
    let bilinear = &mut gradient.dense[shape.bilinear.range()];
    numbers::multiply(dependents.turned(), d_matrix, 1.0, bilinear);
    numbers::scale(&mut d_dependents, &kept.dependents.slopes);
    numbers::scale(&mut d_heads, &kept.heads.slopes);

    let mut d_pairs = vec![0.0; rows * rel];
    numbers::affine_back(
        dense,
        &mut gradient.dense,
        shape.rel,
        &kept.pairs.values,
        &kept.rels,
        &mut d_pairs,
    );
    numbers::scale(&mut d_pairs, &kept.pairs.slopes);
    let mut d_governors = vec![0.0; rows * rel];
    for range in shard.sentences() {
        d_pairs[range.start * rel..(range.start + 1) * rel].fill(0.0);
        for row in range.skip(1) {
            for j in 0..rel {
                d_governors[kept.governors[row] * rel + j] += d_pairs[row * rel + j];
            }
        }
    }

    let mut dx = vec![0.0; x.len()];
    for (layer, slopes) in [
        (shape.tag, &kept.tags),
        (shape.arc_dependent, &d_dependents),
        (shape.arc_head, &d_heads),
        (shape.rel_dependent, &d_pairs),
        (shape.rel_head, &d_governors),
    ] {
        numbers::affine_back(dense, &mut gradient.dense, layer, x, slopes, &mut dx);
    }
    dx
}

/// Turns all scores into their gradients and adds up the loss. The weights are those of the truth and of agreement.
fn losses(
    shard: &Shard<'_>,
    kept: &mut Scored,
    (weight, agreement): (f32, f32),
    gradient: &mut Gradient,
) {
    let sizes = &shard.weights.shape.sizes;
    let pulls = if agreement > 0.0 { pulls(shard, kept, agreement) } else { Pulls::default() };
    for ((example, range), scores) in
        shard.examples.iter().zip(shard.sentences()).zip(&mut kept.arcs)
    {
        let start = range.start;
        let count = example.len();
        kept.tags[start * sizes.tags..(start + 1) * sizes.tags].fill(0.0);
        kept.rels[start * sizes.rels..(start + 1) * sizes.rels].fill(0.0);
        for word in 0..count {
            let row = start + 1 + word;
            let tags = &mut kept.tags[row * sizes.tags..(row + 1) * sizes.tags];
            gradient.loss += numbers::cross_entropy(tags, example.tags[word] as usize, weight);
            let arc_weight = weight * example.weight[word];
            let rels = &mut kept.rels[row * sizes.rels..(row + 1) * sizes.rels];
            gradient.loss += numbers::cross_entropy(rels, example.rels[word] as usize, arc_weight);
            let arcs = &mut scores[word * (count + 1)..(word + 1) * (count + 1)];
            gradient.loss += numbers::cross_entropy(arcs, example.heads[word] as usize, arc_weight);
            arcs[word + 1] = 0.0;
        }
    }
    numbers::add(&mut kept.tags, &pulls.tags);
    numbers::add(&mut kept.rels, &pulls.rels);
    for (scores, pull) in kept.arcs.iter_mut().zip(&pulls.arcs) {
        numbers::add(scores, pull);
    }
}

/// Gradients that pull two readings of each sentence together.
#[derive(Default)]
struct Pulls {
    tags: Vec<f32>,
    rels: Vec<f32>,
    arcs: Vec<Vec<f32>>,
}

/// The second half of the sentences of the shard are the first half once more.
fn pulls(shard: &Shard<'_>, kept: &Scored, weight: f32) -> Pulls {
    let sizes = &shard.weights.shape.sizes;
    let ranges: Vec<_> = shard.sentences().collect();
    let half = ranges.len() / 2;
    let mut pulls = Pulls {
        tags: vec![0.0; kept.tags.len()],
        rels: vec![0.0; kept.rels.len()],
        arcs: kept.arcs.iter().map(|scores| vec![0.0; scores.len()]).collect(),
    };
    for (i, (one, other)) in ranges[..half].iter().zip(&ranges[half..]).enumerate() {
        for (one, other) in one.clone().zip(other.clone()).skip(1) {
            for (scores, pulls, size) in [
                (&kept.tags, &mut pulls.tags, sizes.tags),
                (&kept.rels, &mut pulls.rels, sizes.rels),
            ] {
                let rows = [one * size..(one + 1) * size, other * size..(other + 1) * size];
                let (mine, theirs) = pulls.split_at_mut(rows[1].start);
                numbers::pull(
                    &scores[rows[0].clone()],
                    &scores[rows[1].clone()],
                    weight,
                    &mut mine[rows[0].clone()],
                    &mut theirs[..size],
                );
            }
        }
        let size = one.len();
        let (mine, theirs) = pulls.arcs.split_at_mut(half);
        let scores = kept.arcs[i].chunks_exact(size).zip(kept.arcs[half + i].chunks_exact(size));
        let pulls = mine[i].chunks_exact_mut(size).zip(theirs[i].chunks_exact_mut(size));
        for ((one, other), (mine, theirs)) in scores.zip(pulls) {
            numbers::pull(one, other, weight, mine, theirs);
        }
    }
    pulls
}
