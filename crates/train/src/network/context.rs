//! The layers that put words into context.

use super::numbers::{self, Normalised};
use super::{Gradient, Shard, Source};

/// Words in context, and what the way back needs.
pub(super) struct Context {
    pub(super) out: Vec<f32>,
    layers: Vec<Kept>,
}

struct Kept {
    windows: Vec<f32>,
    gates: Vec<f32>,
    candidates: Vec<f32>,
    states: Vec<f32>,
    active: Vec<f32>,
    slopes: Vec<f32>,
    norm: Normalised,
    mask: Vec<f32>,
}

pub(super) fn forward(shard: &Shard<'_>, mut x: Vec<f32>, mut noise: Source<'_, '_>) -> Context {
    let width = shard.width();
    let (dense, shape) = (&shard.weights.dense, &shard.weights.shape);
    let mut layers = Vec::new();
    for layer in &shape.layers {
        let windows = if layer.window == 3 { gather(shard, &x) } else { x.clone() };
        let gated = numbers::affine(dense, layer.gate, &windows, shard.rows());
        let (mut gates, mut candidates) = (Vec::new(), Vec::new());
        for row in gated.chunks_exact(2 * width) {
            gates.extend(row[..width].iter().map(|&gate| numbers::sigmoid(gate)));
            candidates.extend_from_slice(&row[width..]);
        }
        let states = recur(shard, &gates, &candidates);
        let (active, slopes): (Vec<f32>, Vec<f32>) =
            states.iter().map(|&state| numbers::gelu(state)).unzip();
        let change = numbers::affine(dense, layer.project, &active, shard.rows());
        let (change, norm) = numbers::normalise(dense, layer.norm, &change);
        let mask = shard.mask(width, super::reborrow(&mut noise));
        for ((x, change), mask) in x.iter_mut().zip(&change).zip(&mask) {
            *x += change * mask;
        }
        layers.push(Kept { windows, gates, candidates, states, active, slopes, norm, mask });
    }
    Context { out: x, layers }
}

pub(super) fn backward(
    shard: &Shard<'_>,
    kept: &Context,
    mut dx: Vec<f32>,
    gradient: &mut Gradient,
) -> Vec<f32> {
    let width = shard.width();
    let (dense, shape) = (&shard.weights.dense, &shard.weights.shape);
    for (layer, kept) in shape.layers.iter().zip(&kept.layers).rev() {
        let mut change = dx.clone();
        numbers::scale(&mut change, &kept.mask);
        let out =
            numbers::normalise_back(dense, &mut gradient.dense, layer.norm, &kept.norm, &change);
        let mut active = vec![0.0; out.len()];
        numbers::affine_back(
            dense,
            &mut gradient.dense,
            layer.project,
            &kept.active,
            &out,
            &mut active,
        );
        numbers::scale(&mut active, &kept.slopes);
        let gated = recur_back(shard, kept, &active);
        if layer.window == 3 {
            let mut windows = vec![0.0; kept.windows.len()];
            numbers::affine_back(
                dense,
                &mut gradient.dense,
                layer.gate,
                &kept.windows,
                &gated,
                &mut windows,
            );
            scatter(shard, &windows, &mut dx);
        } else {
            numbers::affine_back(
                dense,
                &mut gradient.dense,
                layer.gate,
                &kept.windows,
                &gated,
                &mut dx,
            );
        }
    }
    debug_assert_eq!(dx.len(), shard.rows() * width);
    dx
}

/// Each row between its neighbours in the sentence.
fn gather(shard: &Shard<'_>, x: &[f32]) -> Vec<f32> {
    let width = shard.width();
    let mut out = Vec::with_capacity(3 * x.len());
    for rows in shard.sentences() {
        for row in rows.clone() {
            for neighbour in [row.wrapping_sub(1), row, row + 1] {
                if rows.contains(&neighbour) {
                    out.extend_from_slice(&x[neighbour * width..(neighbour + 1) * width]);
                } else {
                    out.resize(out.len() + width, 0.0);
                }
            }
        }
    }
    out
}

/// Adds what [`gather`] spread out.
fn scatter(shard: &Shard<'_>, windows: &[f32], dx: &mut [f32]) {
    let width = shard.width();
    for rows in shard.sentences() {
        for row in rows.clone() {
            let parts = windows[row * 3 * width..(row + 1) * 3 * width].chunks_exact(width);
            for (neighbour, part) in [row.wrapping_sub(1), row, row + 1].into_iter().zip(parts) {
                if rows.contains(&neighbour) {
                    for (sum, value) in dx[neighbour * width..].iter_mut().zip(part) {
                        *sum += value;
                    }
                }
            }
        }
    }
}

/// The two-way recurrence: the first half of the columns runs forwards, the second backwards.
fn recur(shard: &Shard<'_>, gates: &[f32], candidates: &[f32]) -> Vec<f32> {
    let width = shard.width();
    let half = width / 2;
    let mut states = vec![0.0; gates.len()];
    let mut run = |row: usize, columns: std::ops::Range<usize>, state: &mut [f32]| {
        for (column, state) in columns.zip(state) {
            let at = row * width + column;
            *state += gates[at] * (candidates[at] - *state);
            states[at] = *state;
        }
    };
    for rows in shard.sentences() {
        let mut state = vec![0.0; half];
        rows.clone().for_each(|row| run(row, 0..half, &mut state));
        state.fill(0.0);
        rows.rev().for_each(|row| run(row, half..width, &mut state));
    }
    states
}

/// Gradients of gates (before the sigmoid) and candidates, given those of the states.
fn recur_back(shard: &Shard<'_>, kept: &Kept, dy: &[f32]) -> Vec<f32> {
    let width = shard.width();
    let half = width / 2;
    let mut out = vec![0.0; 2 * dy.len()];
    let mut run = |row: usize,
                   before: Option<usize>,
                   columns: std::ops::Range<usize>,
                   carried: &mut [f32]| {
        for (column, carried) in columns.zip(carried) {
            let at = row * width + column;
            let slope = dy[at] + *carried;
            let before = before.map_or(0.0, |row| kept.states[row * width + column]);
            let gate = kept.gates[at];
            let to = row * 2 * width + column;
            out[to] = slope * (kept.candidates[at] - before) * gate * (1.0 - gate);
            out[to + width] = slope * gate;
            *carried = slope * (1.0 - gate);
        }
    };
    for rows in shard.sentences() {
        let mut carried = vec![0.0; half];
        for row in rows.clone().rev() {
            let before = (row > rows.start).then(|| row - 1);
            run(row, before, 0..half, &mut carried);
        }
        carried.fill(0.0);
        for row in rows.clone() {
            let before = (row + 1 < rows.end).then_some(row + 1);
            run(row, before, half..width, &mut carried);
        }
    }
    out
}
