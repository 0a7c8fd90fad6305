//! Arithmetic of the network in plain Rust.
//!
//! Every function here gives the same bits wherever it is compiled: sums run in eight lanes that are added in a fixed
//! order, nothing is fused, and `exp` is our own. `kernel` compiles these bodies a second time for wider registers.

#![allow(
    clippy::inline_always,
    reason = "a body must be inlined to be compiled for wider registers"
)]

/// Activations as seven-bit numbers around [`ZERO`], one scale per row.
///
/// Seven bits, because the wide multiply adds two products in sixteen bits, which eight would overflow.
#[derive(Debug, Default)]
pub(crate) struct Quantised {
    pub(crate) values: Vec<u8>,
    pub(crate) scales: Vec<f32>,
}

/// The quantised value that stands for nought.
pub(crate) const ZERO: i32 = 64;
const STEPS: f32 = 63.0;
/// Adding this moves the integer part of a small float into its lowest mantissa bits, rounded to nearest.
const TO_INT: f32 = 12_582_912.0;

const LANES: usize = 8;

/// Adds up the lanes, always in the same order.
#[inline(always)]
fn total(l: [f32; LANES]) -> f32 {
    ((l[0] + l[4]) + (l[1] + l[5])) + ((l[2] + l[6]) + (l[3] + l[7]))
}

#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// `e^x` within 3e-6 of it, for any `x`; out of range it stays at the nearest finite value.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let x = if x > 80.0 { 80.0 } else { x };
    let x = if x < -80.0 { -80.0 } else { x };
    let scaled = x * std::f32::consts::LOG2_E;
    let shifted = scaled + TO_INT;
    let f = scaled - (shifted - TO_INT);
    // Minimax polynomial of 2^f on [-0.5, 0.5].
    let p = 1.0
        + f * (std::f32::consts::LN_2
            + f * (0.240_226_5 + f * (0.055_504_1 + f * (0.009_618_1 + f * 0.001_333_4))));
    // The low bits of `shifted` hold the whole part; the exponent starts at bit 23.
    let power = shifted.to_bits().wrapping_add(127).wrapping_shl(23);
    f32::from_bits(power) * p
}

#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[inline(always)]
fn gelu(x: f32) -> f32 {
    let inner = 0.797_884_6 * (x + 0.044_715 * x * x * x);
    x * sigmoid(2.0 * inner)
}

/// Quantises rows of `width` values.
#[inline(always)]
pub(crate) fn quantise(x: &[f32], width: usize, out: &mut Quantised) {
    out.values.resize(x.len(), 0);
    out.scales.clear();
    for (row, to) in x.chunks_exact(width).zip(out.values.chunks_exact_mut(width)) {
        let mut lanes = [1e-9f32; LANES];
        for eight in row.chunks_exact(LANES) {
            for (lane, value) in lanes.iter_mut().zip(eight) {
                *lane = larger(*lane, value.abs());
            }
        }
        let largest = lanes.into_iter().fold(0.0, larger);
        let inverse = STEPS / largest;
        out.scales.push(largest / STEPS);
        for (to, value) in to.iter_mut().zip(row) {
            *to = (value * inverse + (ZERO as f32 + TO_INT)).to_bits() as u8;
        }
    }
}

/// Adds `scale * row` to `sum`.
#[inline(always)]
pub(crate) fn add_scaled(sum: &mut [f32], scale: f32, row: &[u8]) {
    for (sum, &value) in sum.iter_mut().zip(row) {
        *sum += scale * f32::from(value.cast_signed());
    }
}

/// Layer normalisation of one row.
#[inline(always)]
pub(crate) fn normalise(row: &mut [f32], gain: &[f32], bias: &[f32]) {
    let count = row.len() as f32;
    let mut lanes = [0.0; LANES];
    for eight in row.chunks_exact(LANES) {
        for (lane, value) in lanes.iter_mut().zip(eight) {
            *lane += value;
        }
    }
    let mean = total(lanes) / count;
    let mut lanes = [0.0; LANES];
    for eight in row.chunks_exact(LANES) {
        for (lane, value) in lanes.iter_mut().zip(eight) {
            *lane += (value - mean) * (value - mean);
        }
    }
    let inverse = 1.0 / (total(lanes) / count + 1e-5).sqrt();
    for ((value, gain), bias) in row.iter_mut().zip(gain).zip(bias) {
        *value = (*value - mean) * inverse * gain + bias;
    }
}

/// Normalises each row of `change` and adds it to the row of `x`.
#[inline(always)]
pub(crate) fn add_normalised(x: &mut [f32], change: &mut [f32], gain: &[f32], bias: &[f32]) {
    let width = gain.len();
    for (x, change) in x.chunks_exact_mut(width).zip(change.chunks_exact_mut(width)) {
        normalise(change, gain, bias);
        for (x, change) in x.iter_mut().zip(change) {
            *x += *change;
        }
    }
}

/// The larger half of each row, normalised and added to `x`: a maxout with a residual.
#[inline(always)]
pub(crate) fn add_maxout(x: &mut [f32], halves: &mut [f32], gain: &[f32], bias: &[f32]) {
    let width = gain.len();
    for (x, halves) in x.chunks_exact_mut(width).zip(halves.chunks_exact_mut(2 * width)) {
        let (first, second) = halves.split_at_mut(width);
        for (first, second) in first.iter_mut().zip(second) {
            *first = larger(*first, *second);
        }
        normalise(first, gain, bias);
        for (x, change) in x.iter_mut().zip(first) {
            *x += *change;
        }
    }
}

/// Moves each state towards its candidate by its gate.
#[inline(always)]
fn step(gates: &[f32], candidates: &[f32], states: &mut [f32], out: &mut [f32]) {
    for (((gate, candidate), state), out) in gates.iter().zip(candidates).zip(states).zip(out) {
        *state += gate * (candidate - *state);
        *out = *state;
    }
}

/// The two-way gated recurrence: the first half of each row runs forwards, the second backwards.
///
/// A row of `gated` holds `width` gates, then `width` candidates; each state moves towards its candidate by its gate.
#[inline(always)]
pub(crate) fn recur(gated: &mut [f32], width: usize, states: &mut Vec<f32>) {
    let half = width / 2;
    states.resize(gated.len() / 2, 0.0);
    for row in gated.chunks_exact_mut(2 * width) {
        for gate in &mut row[..width] {
            *gate = sigmoid(*gate);
        }
    }
    let mut state = vec![0.0; width];
    let (ahead, back) = state.split_at_mut(half);
    for (row, out) in gated.chunks_exact(2 * width).zip(states.chunks_exact_mut(width)) {
        step(&row[..half], &row[width..width + half], ahead, &mut out[..half]);
    }
    for (row, out) in gated.chunks_exact(2 * width).zip(states.chunks_exact_mut(width)).rev() {
        step(&row[half..width], &row[width + half..], back, &mut out[half..]);
    }
    for state in states.iter_mut() {
        *state = gelu(*state);
    }
}

/// Leaky rectifier.
#[inline(always)]
pub(crate) fn leak(x: &mut [f32]) {
    for x in x {
        *x = larger(*x, 0.01 * *x);
    }
}

/// Dot product in eight lanes.
#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for (lane, (a, b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane += a * b;
        }
    }
    total(lanes)
}

/// Scores of every head for every dependent: `scores[i][j] = dependent[i] . head[j] + head[j] . bias`.
#[inline(always)]
pub(crate) fn score_arcs(
    dependents: &[f32],
    heads: &[f32],
    bias: &[f32],
    prior: &mut Vec<f32>,
    scores: &mut Vec<f32>,
) {
    let width = bias.len();
    prior.clear();
    prior.extend(heads.chunks_exact(width).map(|head| dot(head, bias)));
    scores.clear();
    for dependent in dependents.chunks_exact(width) {
        for (head, prior) in heads.chunks_exact(width).zip(prior.iter()) {
            scores.push(dot(dependent, head) + prior);
        }
    }
}

/// Turns scores into probabilities.
#[inline(always)]
pub(crate) fn softmax(row: &mut [f32], temperature: f32) {
    let mut lanes = [f32::MIN; LANES];
    for eight in row.chunks(LANES) {
        for (lane, value) in lanes.iter_mut().zip(eight) {
            *lane = larger(*lane, *value);
        }
    }
    let top = lanes.into_iter().fold(f32::MIN, larger);
    let inverse = 1.0 / temperature;
    for value in row.iter_mut() {
        *value = exp((*value - top) * inverse);
    }
    let mut lanes = [0.0; LANES];
    for eight in row.chunks(LANES) {
        for (lane, value) in lanes.iter_mut().zip(eight) {
            *lane += value;
        }
    }
    let inverse = 1.0 / total(lanes);
    for value in row {
        *value *= inverse;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_close_and_finite_everywhere() {
        for step in -8000..8000 {
            let x = step as f32 / 100.0;
            let error = (f64::from(exp(x)) / f64::from(x).exp() - 1.0).abs();
            assert!(error < 1e-5, "exp({x}) is off by {error}");
        }
        for x in [f32::MAX, f32::MIN, f32::INFINITY, f32::NEG_INFINITY] {
            assert!(exp(x).is_finite());
        }
    }

    #[test]
    fn quantised_rows_stay_within_seven_bits() {
        let mut out = Quantised::default();
        quantise(&[-2.0, -1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 2.0], 8, &mut out);
        assert_eq!(out.values, [1, 32, 64, 80, 96, 111, 127, 127]);
        assert_eq!(out.scales, [2.0 / 63.0]);
    }

    #[test]
    fn normalised_rows_have_mean_nought_and_variance_one() {
        let mut row: Vec<f32> = (0..16).map(|i| i as f32).collect();
        normalise(&mut row, &[1.0; 16], &[0.0; 16]);
        assert!(row.iter().sum::<f32>().abs() < 1e-4);
        assert!((row.iter().map(|x| x * x).sum::<f32>() / 16.0 - 1.0).abs() < 1e-3);
    }
}
