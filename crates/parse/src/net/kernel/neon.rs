//! The matrix product with the vectors of 64-bit ARM.

#![allow(clippy::wildcard_imports, reason = "the names say where they come from")]

use std::arch::aarch64::*;

use super::{BLOCK, GROUP, Packed, Quantised};

/// Registers that hold the sums of a block, four outputs each.
const QUARTERS: usize = BLOCK / 4;

impl Packed {
    /// Needs NEON, whole rows in `x` and room for whole rows in `out`.
    #[target_feature(enable = "neon")]
    pub(super) unsafe fn apply_neon(&self, x: &Quantised, out: &mut [f32]) {
        let rows = x.scales.len();
        for block in 0..self.stride() / BLOCK {
            let mut row = 0;
            while row + 4 <= rows {
                // SAFETY: `row + 4 <= rows` and `block` counts whole blocks.
                unsafe { self.tile_neon::<4>(x, row, block, out) };
                row += 4;
            }
            while row < rows {
                // SAFETY: as above, for one row.
                unsafe { self.tile_neon::<1>(x, row, block, out) };
                row += 1;
            }
        }
    }

    /// `ROWS` rows times sixteen outputs.
    #[target_feature(enable = "neon")]
    #[inline]
    unsafe fn tile_neon<const ROWS: usize>(
        &self,
        x: &Quantised,
        row: usize,
        block: usize,
        out: &mut [f32],
    ) {
        let groups = self.inputs / GROUP;
        let mut sums = [[vdupq_n_s32(0); QUARTERS]; ROWS];
        // SAFETY: a block holds `groups * 64` weights and a row `groups * 4` values; `values` is read in fours within
        // the row. The stores cover sixteen outputs of a row of `stride` outputs.
        unsafe {
            let weights = self.weights.as_ptr().add(block * groups * BLOCK * GROUP);
            let values = x.values.as_ptr().add(row * self.inputs);
            for group in 0..groups {
                let at = weights.add(group * BLOCK * GROUP);
                let quarters: [int8x16_t; QUARTERS] =
                    std::array::from_fn(|i| vld1q_s8(at.add(16 * i)));
                for (r, sums) in sums.iter_mut().enumerate() {
                    let four = values.add(r * self.inputs + group * GROUP).cast::<[u8; 4]>();
                    // Values have seven bits, so they are the same with a sign, and two products fit into sixteen bits.
                    let four = vreinterpretq_s8_u32(vdupq_n_u32(u32::from_le_bytes(four.read())));
                    for (sum, weights) in sums.iter_mut().zip(quarters) {
                        let low = vmull_s8(vget_low_s8(four), vget_low_s8(weights));
                        let high = vmull_high_s8(four, weights);
                        *sum = vpadalq_s16(*sum, vpaddq_s16(low, high));
                    }
                }
            }
            for (r, sums) in sums.into_iter().enumerate() {
                for (quarter, sum) in sums.into_iter().enumerate() {
                    let j = block * BLOCK + quarter * 4;
                    let offset = vld1q_s32(self.offset.as_ptr().add(j));
                    let exact = vcvtq_f32_s32(vsubq_s32(sum, offset));
                    let scales = vld1q_f32(self.scales.as_ptr().add(j));
                    let scale = vmulq_f32(scales, vdupq_n_f32(x.scales[row + r]));
                    let bias = vld1q_f32(self.bias.as_ptr().add(j));
                    // Not fused: fusing would round once less than the other instruction sets do.
                    let result = vaddq_f32(vmulq_f32(exact, scale), bias);
                    vst1q_f32(out.as_mut_ptr().add((row + r) * self.stride() + j), result);
                }
            }
        }
    }
}
