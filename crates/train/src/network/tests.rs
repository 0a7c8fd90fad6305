//! Every gradient against the difference of two losses.

use super::*;
use crate::export::Table;
use crate::shape::{Shape, Sizes};

fn tiny() -> (Weights, Example) {
    let sizes = Sizes { width: 16, windows: vec![3, 1], arc: 16, rel: 16, tags: 3, rels: 4 };
    let shape = Shape::new(sizes);
    let mut random = Random::new(5);
    let dense = shape.start(&mut random);
    let mut table = |rows: usize| Table {
        rows,
        values: (0..(rows + 1) * 16).map(|_| random.normal()).collect(),
    };
    let (words, pieces) = (table(8), table(8));
    let example = Example {
        words: vec![[1, 2], [3, 4], [5, 1], [6, 7]],
        pieces: vec![vec![1, 2], vec![3], vec![4, 4], vec![]],
        rare: vec![false; 4],
        tags: vec![0, 1, 2, 1],
        heads: vec![2, 0, 2, 3],
        rels: vec![1, 0, 2, 3],
        weight: vec![1.0, 1.0, 1.5, 1.0],
    };
    (Weights { shape, dense, words, pieces }, example)
}

const STILL: Noise = Noise { dropout: 0.0, word_dropout: 0.0, rare_dropout: 0.0, agreement: 0.0 };

/// The loss as the gradient weighs it.
fn run(weights: &Weights, example: &Example) -> Gradient {
    let mut gradient = Gradient::new(weights.shape.total);
    learn(weights, &[example, example], &STILL, 1, 1.0, &mut gradient);
    gradient
}

#[test]
fn dense_gradients_are_the_slopes_of_the_loss() {
    let (mut weights, mut example) = tiny();
    example.weight = vec![1.0; 4];
    let gradient = run(&weights, &example);
    let mut checked = 0;
    for at in (0..weights.shape.total).step_by(7) {
        const STEP: f32 = 2e-3;
        let value = weights.dense[at];
        weights.dense[at] = value + STEP;
        let above = run(&weights, &example).loss;
        weights.dense[at] = value - STEP;
        let below = run(&weights, &example).loss;
        weights.dense[at] = value;
        let slope = (above - below) / (2.0 * f64::from(STEP));
        let found = f64::from(gradient.dense[at]);
        let error = (slope - found).abs();
        assert!(error < 2e-2 + 0.05 * slope.abs(), "parameter {at}: {found} instead of {slope}");
        checked += usize::from(found.abs() > 1e-3);
    }
    assert!(checked > 100, "only {checked} parameters matter");
}

#[test]
fn table_gradients_are_the_slopes_of_the_loss() {
    let (mut weights, mut example) = tiny();
    example.weight = vec![1.0; 4];
    let gradient = run(&weights, &example);
    for (i, &row) in gradient.rows.iter().enumerate() {
        const STEP: f32 = 2e-3;
        let at = (row & !PIECE) as usize * 16 + 3;
        let change = |weights: &mut Weights, by: f32| {
            let table = if row & PIECE == 0 { &mut weights.words } else { &mut weights.pieces };
            table.values[at] += by;
        };
        change(&mut weights, STEP);
        let above = run(&weights, &example).loss;
        change(&mut weights, -2.0 * STEP);
        let below = run(&weights, &example).loss;
        change(&mut weights, STEP);
        let slope = (above - below) / (2.0 * f64::from(STEP));
        let found = f64::from(gradient.values[i * 16 + 3]);
        let error = (slope - found).abs();
        assert!(error < 2e-2 + 0.05 * slope.abs(), "row {row}: {found} instead of {slope}");
    }
}

#[test]
fn pulls_are_the_slopes_of_the_distance() {
    let (one, other) = ([0.3, -1.0, 2.0], [1.0, 0.5, -0.2]);
    let softmax = |row: &[f32]| {
        let sum: f64 = row.iter().map(|x| f64::from(*x).exp()).sum();
        row.iter().map(|x| f64::from(*x).exp() / sum).collect::<Vec<_>>()
    };
    let distance = |one: &[f32], other: &[f32]| {
        let (p, q) = (softmax(one), softmax(other));
        p.iter().zip(&q).map(|(p, q)| 0.5 * (p - q) * (p / q).ln()).sum::<f64>()
    };
    let (mut to_one, mut to_other) = ([0.0; 3], [0.0; 3]);
    numbers::pull(&one, &other, 1.0, &mut to_one, &mut to_other);
    for i in 0..3 {
        let moved = |row: &[f32; 3], by: f32| {
            let mut row = *row;
            row[i] += by;
            row
        };
        let slope =
            (distance(&moved(&one, 1e-3), &other) - distance(&moved(&one, -1e-3), &other)) / 2e-3;
        assert!((slope - f64::from(to_one[i])).abs() < 1e-3);
        let slope =
            (distance(&one, &moved(&other, 1e-3)) - distance(&one, &moved(&other, -1e-3))) / 2e-3;
        assert!((slope - f64::from(to_other[i])).abs() < 1e-3);
    }
}

#[test]
fn noise_depends_on_the_seed_alone() {
    let (weights, example) = tiny();
    let noise = Noise { dropout: 0.3, word_dropout: 0.2, rare_dropout: 0.5, agreement: 1.0 };
    let run = |seed| {
        let mut gradient = Gradient::new(weights.shape.total);
        learn(&weights, &[&example], &noise, seed, 1.0, &mut gradient);
        gradient.dense
    };
    assert_eq!(run(3), run(3));
    assert_ne!(run(3), run(4));
}
