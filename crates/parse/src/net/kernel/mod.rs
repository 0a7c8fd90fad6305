//! The one place with `unsafe`: instructions chosen at run time.
//!
//! All instruction sets give the same bits. The matrix product adds whole numbers, which is exact in any order, and
//! turns them into floats with one multiplication and one addition, never fused. Everything else is the code of
//! [`ops`] compiled again for wider registers: rustc neither fuses nor reorders float operations, so the width of the
//! register cannot show.

#![allow(
    unsafe_code,
    reason = "intrinsics; each block says why its reads and writes are in bounds"
)]

#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(target_arch = "x86_64")]
mod x86;

use super::ops::{self, Quantised, ZERO};

/// An instruction set that this machine has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Isa {
    /// Plain Rust.
    Portable,
    /// 256-bit integer and float vectors.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// 512-bit vectors with a four-way byte product; the rest as with AVX2.
    #[cfg(target_arch = "x86_64")]
    Vnni,
    /// 128-bit vectors, which every processor of this kind has; the rest is compiled for them anyway.
    #[cfg(target_arch = "aarch64")]
    Neon,
}

impl Isa {
    /// All that this machine can run, slowest first. The values of [`Isa`] are made here alone, so having one proves
    /// that the machine has the instructions.
    pub(crate) fn available() -> Vec<Self> {
        let mut found = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            found.push(Self::Avx2);
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vnni")
            {
                found.push(Self::Vnni);
            }
        }
        #[cfg(target_arch = "aarch64")]
        if std::arch::is_aarch64_feature_detected!("neon") {
            found.push(Self::Neon);
        }
        found
    }

    /// The fastest that this machine can run.
    pub(crate) fn best() -> Self {
        Self::available().pop().unwrap_or(Self::Portable)
    }
}

/// Outputs per block of packed weights.
const BLOCK: usize = 16;
/// Inputs that one instruction multiplies and adds.
const GROUP: usize = 4;

/// A layer `y = x W + b` with eight-bit weights, laid out for the kernels: `[outputs / 16][inputs / 4][16][4]`.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    inputs: usize,
    outputs: usize,
    weights: Vec<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// What the offset of the activations adds to each output.
    offset: Vec<i32>,
}

impl Packed {
    /// Packs weights given output by output. `inputs` must be a multiple of four and all lengths must fit.
    pub(crate) fn new(inputs: usize, weights: &[u8], scales: &[f32], bias: &[f32]) -> Self {
        assert!(inputs > 0 && inputs.is_multiple_of(GROUP), "inputs come in groups of four");
        assert!(scales.len() == bias.len() && weights.len() == inputs * scales.len());
        let outputs = scales.len();
        let padded = outputs.next_multiple_of(BLOCK);
        let mut packed = Self {
            inputs,
            outputs,
            weights: vec![0; padded * inputs],
            scales: scales.to_vec(),
            bias: bias.to_vec(),
            offset: vec![0; padded],
        };
        packed.scales.resize(padded, 0.0);
        packed.bias.resize(padded, 0.0);
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let block = (output / BLOCK) * (inputs / GROUP);
            for (group, four) in row.chunks_exact(GROUP).enumerate() {
                let at = ((block + group) * BLOCK + output % BLOCK) * GROUP;
                for (to, &weight) in packed.weights[at..at + GROUP].iter_mut().zip(four) {
                    *to = weight.cast_signed();
                }
            }
            packed.offset[output] =
                ZERO * row.iter().map(|&w| i32::from(w.cast_signed())).sum::<i32>();
        }
        packed
    }

    /// Length of an input row.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Outputs that mean something.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Length of an output row: the outputs, padded to a whole block.
    pub(crate) fn stride(&self) -> usize {
        self.scales.len()
    }

    /// Multiplies every row; `out` gets rows of [`Packed::stride`] values.
    pub(crate) fn apply(&self, isa: Isa, x: &Quantised, out: &mut Vec<f32>) {
        assert_eq!(
            x.values.len(),
            x.scales.len() * self.inputs,
            "rows must be as long as the layer is wide"
        );
        out.resize(x.scales.len() * self.stride(), 0.0);
        match isa {
            Isa::Portable => self.apply_portable(x, out),
            // SAFETY: an `Isa` other than `Portable` proves that the machine has it; the lengths were set above.
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => unsafe { self.apply_avx2(x, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Isa::Vnni => unsafe { self.apply_vnni(x, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "aarch64")]
            Isa::Neon => unsafe { self.apply_neon(x, out) },
        }
    }

    fn apply_portable(&self, x: &Quantised, out: &mut [f32]) {
        let stride = self.stride();
        for (block, weights) in self.weights.chunks_exact(BLOCK * self.inputs).enumerate() {
            let first = block * BLOCK;
            for (row, (values, scale)) in
                x.values.chunks_exact(self.inputs).zip(&x.scales).enumerate()
            {
                let mut sums = [0i32; BLOCK];
                for (four, weights) in
                    values.chunks_exact(GROUP).zip(weights.chunks_exact(BLOCK * GROUP))
                {
                    for (sum, weights) in sums.iter_mut().zip(weights.chunks_exact(GROUP)) {
                        for (&value, &weight) in four.iter().zip(weights) {
                            *sum += i32::from(value) * i32::from(weight);
                        }
                    }
                }
                for (i, sum) in sums.into_iter().enumerate() {
                    let j = first + i;
                    out[row * stride + j] =
                        (sum - self.offset[j]) as f32 * (self.scales[j] * scale) + self.bias[j];
                }
            }
        }
    }
}

/// Makes a function that runs the body of the same name in [`ops`], compiled for the widest registers at hand.
macro_rules! widened {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $kind:ty),*);)+) => {$(
        $(#[$doc])*
        pub(crate) fn $name(isa: Isa, $($arg: $kind),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn wide($($arg: $kind),*) {
                    ops::$name($($arg),*);
                }
                if isa != Isa::Portable {
                    // SAFETY: an `Isa` other than `Portable` proves that the machine has AVX2.
                    return unsafe { wide($($arg),*) };
                }
            }
            let _ = isa;
            ops::$name($($arg),*);
        }
    )+};
}

widened! {
    /// See [`ops::quantise`].
    quantise(x: &[f32], width: usize, out: &mut Quantised);
    /// See [`ops::add_scaled`].
    add_scaled(sum: &mut [f32], scale: f32, row: &[u8]);
    /// See [`ops::normalise`].
    normalise(row: &mut [f32], gain: &[f32], bias: &[f32]);
    /// See [`ops::add_normalised`].
    add_normalised(x: &mut [f32], change: &mut [f32], gain: &[f32], bias: &[f32]);
    /// See [`ops::add_maxout`].
    add_maxout(x: &mut [f32], halves: &mut [f32], gain: &[f32], bias: &[f32]);
    /// See [`ops::recur`].
    recur(gated: &mut [f32], width: usize, states: &mut Vec<f32>);
    /// See [`ops::leak`].
    leak(x: &mut [f32]);
    /// See [`ops::softmax`].
    softmax(row: &mut [f32], temperature: f32);
    /// See [`ops::score_arcs`].
    score_arcs(dependents: &[f32], heads: &[f32], bias: &[f32], prior: &mut Vec<f32>, scores: &mut Vec<f32>);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without pattern, the same in every run.
    fn noise(count: usize, mut seed: u32) -> Vec<f32> {
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as f32 / 8_388_608.0 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn all_instruction_sets_give_the_same_bits() {
        let (inputs, outputs) = (96, 37);
        let weights: Vec<u8> =
            noise(inputs * outputs, 1).iter().map(|x| (x * 127.0) as i8 as u8).collect();
        let packed = Packed::new(inputs, &weights, &noise(outputs, 2), &noise(outputs, 3));
        for rows in [1, 3, 4, 7, 8, 9, 30] {
            let x = noise(rows * inputs, rows as u32);
            let run = |isa: Isa| {
                let (mut quantised, mut product) = (Quantised::default(), Vec::new());
                quantise(isa, &x, inputs, &mut quantised);
                packed.apply(isa, &quantised, &mut product);
                let mut gated = x.clone();
                let mut states = Vec::new();
                recur(isa, &mut gated, inputs / 2, &mut states);
                let (gain, bias) = (noise(inputs / 2, 4), noise(inputs / 2, 5));
                add_maxout(isa, &mut states, &mut gated, &gain, &bias);
                let (mut prior, mut scores) = (Vec::new(), Vec::new());
                score_arcs(isa, &states, &states, &bias, &mut prior, &mut scores);
                product
                    .iter()
                    .chain(&states)
                    .chain(&scores)
                    .map(|x| x.to_bits())
                    .collect::<Vec<_>>()
            };
            let portable = run(Isa::Portable);
            for isa in Isa::available() {
                assert!(run(isa) == portable, "{isa:?} differs with {rows} rows");
            }
        }
    }

    #[test]
    fn the_product_is_close_to_the_exact_one() {
        let x: Vec<f32> = noise(8, 9);
        let mut quantised = Quantised::default();
        quantise(Isa::Portable, &x, 8, &mut quantised);
        let packed = Packed::new(8, &[100; 8], &[0.01], &[0.5]);
        let mut out = Vec::new();
        packed.apply(Isa::best(), &quantised, &mut out);
        assert!((out[0] - (x.iter().sum::<f32>() + 0.5)).abs() < 0.08);
    }
}
