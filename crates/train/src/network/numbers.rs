//! Matrix products, normalisation and activations, forwards and backwards.

use hedgerow_parse::build::exp;

use crate::shape::{Affine, Norm, Part};

/// A matrix as it lies in memory, or turned over.
#[derive(Clone, Copy)]
pub(super) struct Matrix<'a> {
    values: &'a [f32],
    rows: usize,
    columns: usize,
    turned: bool,
}

impl<'a> Matrix<'a> {
    pub(super) fn new(values: &'a [f32], rows: usize, columns: usize) -> Self {
        assert_eq!(values.len(), rows * columns, "a matrix must be full");
        Self { values, rows, columns, turned: false }
    }

    /// The matrix of a parameter.
    pub(super) fn of(dense: &'a [f32], part: Part) -> Self {
        Self::new(&dense[part.range()], part.rows, part.columns)
    }

    pub(super) fn turned(self) -> Self {
        Self { turned: !self.turned, ..self }
    }

    /// Rows and columns as seen.
    fn size(self) -> (usize, usize) {
        if self.turned { (self.columns, self.rows) } else { (self.rows, self.columns) }
    }

    fn strides(self) -> (isize, isize) {
        let row = self.columns.cast_signed();
        if self.turned { (1, row) } else { (row, 1) }
    }
}

/// `out = left right + keep * out`.
pub(super) fn multiply(left: Matrix<'_>, right: Matrix<'_>, keep: f32, out: &mut [f32]) {
    let ((rows, inner), (inner_too, columns)) = (left.size(), right.size());
    assert!(inner == inner_too && out.len() == rows * columns, "the matrices must fit each other");
    if rows == 0 || columns == 0 {
        return;
    }
    let ((left_row, left_column), (right_row, right_column)) = (left.strides(), right.strides());
    #[allow(unsafe_code, reason = "the product takes pointers; the sizes were checked above")]
    // SAFETY: both are full matrices with these strides and `out` holds `rows` rows of `columns` values.
    unsafe {
        matrixmultiply::sgemm(
            rows,
            inner,
            columns,
            1.0,
            left.values.as_ptr(),
            left_row,
            left_column,
            right.values.as_ptr(),
            right_row,
            right_column,
            keep,
            out.as_mut_ptr(),
            columns.cast_signed(),
            1,
        );
    }
}

/// `x W + b` for `rows` rows.
pub(super) fn affine(dense: &[f32], layer: Affine, x: &[f32], rows: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(rows * layer.weight.columns);
    for _ in 0..rows {
        out.extend_from_slice(&dense[layer.bias.range()]);
    }
    let x = Matrix::new(x, rows, layer.weight.rows);
    multiply(x, Matrix::of(dense, layer.weight), 1.0, &mut out);
    out
}

/// Adds the gradients of [`affine`] to `gradient` and to `dx`.
pub(super) fn affine_back(
    dense: &[f32],
    gradient: &mut [f32],
    layer: Affine,
    x: &[f32],
    dy: &[f32],
    dx: &mut [f32],
) {
    let rows = dy.len() / layer.weight.columns;
    let dy_matrix = Matrix::new(dy, rows, layer.weight.columns);
    let x = Matrix::new(x, rows, layer.weight.rows);
    multiply(x.turned(), dy_matrix, 1.0, &mut gradient[layer.weight.range()]);
    for row in dy.chunks_exact(layer.bias.columns) {
        for (sum, value) in gradient[layer.bias.range()].iter_mut().zip(row) {
            *sum += value;
        }
    }
    multiply(dy_matrix, Matrix::of(dense, layer.weight).turned(), 1.0, dx);
}

/// What the way back through a normalisation needs.
#[derive(Default)]
pub(super) struct Normalised {
    /// Centred and scaled, before gain and bias.
    unit: Vec<f32>,
    /// One over the deviation, per row.
    inverse: Vec<f32>,
}

/// Layer normalisation of every row.
pub(super) fn normalise(dense: &[f32], norm: Norm, x: &[f32]) -> (Vec<f32>, Normalised) {
    let width = norm.gain.columns;
    let (gain, bias) = (&dense[norm.gain.range()], &dense[norm.bias.range()]);
    let mut kept = Normalised { unit: Vec::with_capacity(x.len()), inverse: Vec::new() };
    let mut out = Vec::with_capacity(x.len());
    for row in x.chunks_exact(width) {
        let mean = row.iter().sum::<f32>() / width as f32;
        let variance = row.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / width as f32;
        let inverse = 1.0 / (variance + 1e-5).sqrt();
        kept.inverse.push(inverse);
        for ((value, gain), bias) in row.iter().zip(gain).zip(bias) {
            let unit = (value - mean) * inverse;
            kept.unit.push(unit);
            out.push(unit * gain + bias);
        }
    }
    (out, kept)
}

/// The gradient of the input of [`normalise`].
pub(super) fn normalise_back(
    dense: &[f32],
    gradient: &mut [f32],
    norm: Norm,
    kept: &Normalised,
    dy: &[f32],
) -> Vec<f32> {
    let width = norm.gain.columns;
    let gain = &dense[norm.gain.range()];
    let mut dx = Vec::with_capacity(dy.len());
    let rows = dy.chunks_exact(width).zip(kept.unit.chunks_exact(width));
    for ((dy, unit), inverse) in rows.zip(&kept.inverse) {
        let (mut sum, mut along) = (0.0, 0.0);
        for j in 0..width {
            gradient[norm.gain.at + j] += dy[j] * unit[j];
            gradient[norm.bias.at + j] += dy[j];
            sum += dy[j] * gain[j];
            along += dy[j] * gain[j] * unit[j];
        }
        let (sum, along) = (sum / width as f32, along / width as f32);
        dx.extend((0..width).map(|j| inverse * (dy[j] * gain[j] - sum - unit[j] * along)));
    }
    dx
}

/// `1 / (1 + e^-x)`.
pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The smooth rectifier of the network and its slope.
pub(super) fn gelu(x: f32) -> (f32, f32) {
    const C: f32 = 0.797_884_6;
    let gate = sigmoid(2.0 * C * (x + 0.044_715 * x * x * x));
    let inner = 2.0 * C * (1.0 + 3.0 * 0.044_715 * x * x);
    (x * gate, gate + x * gate * (1.0 - gate) * inner)
}

/// Leaky rectifier in place; returns the slopes.
pub(super) fn leak(x: &mut [f32]) -> Vec<f32> {
    x.iter_mut()
        .map(|x| {
            let slope = if *x < 0.0 { 0.01 } else { 1.0 };
            *x *= slope;
            slope
        })
        .collect()
}

/// Multiplies `x` by `factors`, value by value.
pub(super) fn scale(x: &mut [f32], factors: &[f32]) {
    for (x, factor) in x.iter_mut().zip(factors) {
        *x *= factor;
    }
}

/// Softmax cross entropy of one row of scores, which become its gradient times `weight`. Returns the loss.
pub(super) fn cross_entropy(scores: &mut [f32], truth: usize, weight: f32) -> f64 {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    let true_score = scores[truth];
    for score in scores.iter_mut() {
        *score = exp(*score - top);
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score *= weight / sum;
    }
    scores[truth] -= weight;
    f64::from(sum).ln() + f64::from(top - true_score)
}

/// Adds `more` to `x`, value by value; nothing where there is nothing.
pub(super) fn add(x: &mut [f32], more: &[f32]) {
    for (x, more) in x.iter_mut().zip(more) {
        *x += more;
    }
}

/// Gradients, times `weight`, of how far two rows of scores are apart: the mean of both relative entropies.
pub(super) fn pull(
    one: &[f32],
    other: &[f32],
    weight: f32,
    to_one: &mut [f32],
    to_other: &mut [f32],
) {
    let log_sum = |row: &[f32]| {
        let top = row.iter().copied().fold(f32::MIN, f32::max);
        top + row.iter().map(|score| exp(score - top)).sum::<f32>().ln()
    };
    let (one_sum, other_sum) = (log_sum(one), log_sum(other));
    let (mut from_one, mut from_other) = (0.0, 0.0);
    for (a, b) in one.iter().zip(other) {
        let apart = (a - one_sum) - (b - other_sum);
        from_one += exp(a - one_sum) * apart;
        from_other -= exp(b - other_sum) * apart;
    }
    let slopes = to_one.iter_mut().zip(to_other);
    for ((a, b), (to_one, to_other)) in one.iter().zip(other).zip(slopes) {
        let (p, q) = (exp(a - one_sum), exp(b - other_sum));
        let apart = (a - one_sum) - (b - other_sum);
        *to_one = 0.5 * weight * (p * (apart - from_one) + p - q);
        *to_other = 0.5 * weight * (q * (-apart - from_other) + q - p);
    }
}

/// Where the row is largest, the first where several are.
pub(super) fn largest(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, value) in row.iter().enumerate() {
        if *value > row[best] {
            best = i;
        }
    }
    best
}
