//! From rows of the tables to word vectors.

use super::numbers::{self, Normalised};
use super::{Gradient, PIECE, Shard, Source};

/// Word vectors, and what the way back needs.
pub(super) struct Embedded {
    pub(super) out: Vec<f32>,
    /// Rows of the tables per row of the shard; piece rows are marked.
    used: Vec<Vec<u32>>,
    sum_norm: Normalised,
    mask: Vec<f32>,
    normal: Vec<f32>,
    halves: Vec<f32>,
    mix_norm: Normalised,
}

pub(super) fn forward(shard: &Shard<'_>, mut noise: Source<'_, '_>) -> Embedded {
    let width = shard.width();
    let weights = shard.weights;
    let (dense, shape) = (&weights.dense, &weights.shape);
    let mut sums = vec![0.0; shard.rows() * width];
    let mut used = vec![Vec::new(); shard.rows()];
    for (example, rows) in shard.examples.iter().zip(shard.sentences()) {
        for (word, row) in rows.skip(1).enumerate() {
            let hidden = noise.as_mut().is_some_and(|(noise, random)| {
                random.chance(if example.rare[word] {
                    noise.rare_dropout
                } else {
                    noise.word_dropout
                })
            });
            let ids: &mut Vec<u32> = &mut used[row];
            if hidden {
                ids.push(weights.words.rows as u32);
            } else {
                ids.extend(example.words[word]);
            }
            ids.extend(example.pieces[word].iter().map(|piece| piece | PIECE));
            let sum = &mut sums[row * width..(row + 1) * width];
            for &id in ids.iter() {
                let table = if id & PIECE == 0 { &weights.words } else { &weights.pieces };
                let from = (id & !PIECE) as usize * width;
                for (sum, value) in sum.iter_mut().zip(&table.values[from..from + width]) {
                    *sum += value;
                }
            }
        }
    }
    let (mut normal, sum_norm) = numbers::normalise(dense, shape.sum_norm, &sums);
    let mask = shard.mask(width, noise);
    numbers::scale(&mut normal, &mask);
    let halves = numbers::affine(dense, shape.mix, &normal, shard.rows());
    let larger: Vec<f32> = halves
        .chunks_exact(2 * width)
        .flat_map(|row| row[..width].iter().zip(&row[width..]).map(|(a, b)| a.max(*b)))
        .collect();
    let (mut out, mix_norm) = numbers::normalise(dense, shape.mix_norm, &larger);
    for (out, normal) in out.iter_mut().zip(&normal) {
        *out += normal;
    }
    for rows in shard.sentences() {
        out[rows.start * width..][..width].copy_from_slice(&dense[shape.root.range()]);
    }
    Embedded { out, used, sum_norm, mask, normal, halves, mix_norm }
}

pub(super) fn backward(
    shard: &Shard<'_>,
    kept: &Embedded,
    mut dx: Vec<f32>,
    gradient: &mut Gradient,
) {
    let width = shard.width();
    let (dense, shape) = (&shard.weights.dense, &shard.weights.shape);
    let root = shape.root.range();
    for rows in shard.sentences() {
        let row = &mut dx[rows.start * width..][..width];
        for (sum, value) in gradient.dense[root.clone()].iter_mut().zip(row.iter()) {
            *sum += value;
        }
        row.fill(0.0);
    }
    let larger =
        numbers::normalise_back(dense, &mut gradient.dense, shape.mix_norm, &kept.mix_norm, &dx);
    let mut halves = vec![0.0; kept.halves.len()];
    for (row, (values, slopes)) in
        kept.halves.chunks_exact(2 * width).zip(larger.chunks_exact(width)).enumerate()
    {
        for j in 0..width {
            let winner = if values[j] >= values[width + j] { j } else { width + j };
            halves[row * 2 * width + winner] = slopes[j];
        }
    }
    numbers::affine_back(dense, &mut gradient.dense, shape.mix, &kept.normal, &halves, &mut dx);
    for rows in shard.sentences() {
        dx[rows.start * width..][..width].fill(0.0);
    }
    numbers::scale(&mut dx, &kept.mask);
    let sums =
        numbers::normalise_back(dense, &mut gradient.dense, shape.sum_norm, &kept.sum_norm, &dx);
    for (ids, slopes) in kept.used.iter().zip(sums.chunks_exact(width)) {
        for &id in ids {
            gradient.add_row(id, slopes);
        }
    }
}
