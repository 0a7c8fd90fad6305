//! From gradients to better parameters: Adam with a limit on the step, and a running average of all parameters.

use crate::export::Weights;
use crate::network::{Gradient, PIECE};

/// Decay of the mean of gradients and of their squares.
const DECAY: (f32, f32) = (0.9, 0.95);
/// Longest gradient that is followed; longer ones are shortened.
const LONGEST: f64 = 5.0;
/// Steps between two updates of the running average.
const AVERAGE_EVERY: u32 = 4;

/// Moments of the gradients of one block of parameters.
#[derive(Debug)]
struct Moments {
    mean: Vec<f32>,
    square: Vec<f32>,
}

impl Moments {
    fn new(size: usize) -> Self {
        Self { mean: vec![0.0; size], square: vec![0.0; size] }
    }
}

/// One step's factors.
struct Step {
    rate: f32,
    /// Factor that shortens the gradient.
    shorten: f32,
    /// What the means lack, being started from nought.
    correct: (f32, f32),
}

impl Step {
    fn take(&self, parameters: &mut [f32], moments: &mut Moments, from: usize, gradient: &[f32]) {
        let to = from + gradient.len();
        let values = parameters[from..to].iter_mut().zip(gradient);
        let moments = moments.mean[from..to].iter_mut().zip(&mut moments.square[from..to]);
        for ((value, gradient), (mean, square)) in values.zip(moments) {
            let gradient = gradient * self.shorten;
            *mean = DECAY.0 * *mean + (1.0 - DECAY.0) * gradient;
            *square = DECAY.1 * *square + (1.0 - DECAY.1) * gradient * gradient;
            let size = (*square / self.correct.1).sqrt() + 1e-8;
            *value -= self.rate * (*mean / self.correct.0) / size;
        }
    }
}

/// The state of learning.
#[derive(Debug)]
pub struct Optimiser {
    dense: Moments,
    words: Moments,
    pieces: Moments,
    steps: u32,
    decayed: (f64, f64),
    average: Weights,
    smoothing: f32,
}

impl Optimiser {
    /// Starts from `weights`; `smoothing` is what the running average keeps at each step.
    pub fn new(weights: &Weights, smoothing: f32) -> Self {
        Self {
            dense: Moments::new(weights.dense.len()),
            words: Moments::new(weights.words.values.len()),
            pieces: Moments::new(weights.pieces.values.len()),
            steps: 0,
            decayed: (1.0, 1.0),
            average: weights.clone(),
            smoothing,
        }
    }

    /// The running average of all parameters, which is what a model should be.
    pub fn average(&self) -> &Weights {
        &self.average
    }

    /// Takes one step of at most `rate` per parameter.
    pub fn step(&mut self, weights: &mut Weights, gradient: &Gradient, rate: f32) {
        self.steps += 1;
        self.decayed.0 *= f64::from(DECAY.0);
        self.decayed.1 *= f64::from(DECAY.1);
        let squares = gradient.dense.iter().chain(&gradient.values);
        let length = squares.map(|x| f64::from(*x) * f64::from(*x)).sum::<f64>().sqrt();
        let step = Step {
            rate,
            shorten: (LONGEST / (length + 1e-9)).min(1.0) as f32,
            correct: ((1.0 - self.decayed.0) as f32, (1.0 - self.decayed.1) as f32),
        };
        step.take(&mut weights.dense, &mut self.dense, 0, &gradient.dense);
        let width = weights.shape.sizes.width;
        for (&row, values) in gradient.rows.iter().zip(gradient.values.chunks_exact(width)) {
            let from = (row & !PIECE) as usize * width;
            if row & PIECE == 0 {
                step.take(&mut weights.words.values, &mut self.words, from, values);
            } else {
                step.take(&mut weights.pieces.values, &mut self.pieces, from, values);
            }
        }
        if self.steps.is_multiple_of(AVERAGE_EVERY) {
            self.follow(weights);
        }
    }

    /// Moves the average towards the parameters; faster at first, when they still move far.
    fn follow(&mut self, weights: &Weights) {
        let early = (1.0 + self.steps as f32) / (10.0 + self.steps as f32);
        let keep = (0..AVERAGE_EVERY).fold(1.0, |keep, _| keep * self.smoothing.min(early));
        let pairs = [
            (&mut self.average.dense, &weights.dense),
            (&mut self.average.words.values, &weights.words.values),
            (&mut self.average.pieces.values, &weights.pieces.values),
        ];
        for (average, now) in pairs {
            for (average, now) in average.iter_mut().zip(now) {
                *average += (1.0 - keep) * (now - *average);
            }
        }
    }
}
