//! The matrix product with the wide registers of x86.

#![allow(clippy::wildcard_imports, reason = "the names say where they come from")]

use std::arch::x86_64::*;

use super::{BLOCK, GROUP, Packed, Quantised};

impl Packed {
    /// Needs AVX2, whole rows in `x` and room for whole rows in `out`.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn apply_avx2(&self, x: &Quantised, out: &mut [f32]) {
        let rows = x.scales.len();
        for block in 0..self.stride() / BLOCK {
            let mut row = 0;
            while row + 4 <= rows {
                // SAFETY: `row + 4 <= rows` and `block` counts whole blocks.
                unsafe { self.tile_avx2::<4>(x, row, block, out) };
                row += 4;
            }
            while row < rows {
                // SAFETY: as above, for one row.
                unsafe { self.tile_avx2::<1>(x, row, block, out) };
                row += 1;
            }
        }
    }

    /// `ROWS` rows times sixteen outputs.
    #[target_feature(enable = "avx2")]
    #[inline]
    unsafe fn tile_avx2<const ROWS: usize>(
        &self,
        x: &Quantised,
        row: usize,
        block: usize,
        out: &mut [f32],
    ) {
        let groups = self.inputs / GROUP;
        let ones = _mm256_set1_epi16(1);
        let mut sums = [[_mm256_setzero_si256(); 2]; ROWS];
        // SAFETY: a block holds `groups * 64` weights and a row `groups * 4` values; `values` is read in fours
        // within the row. The stores cover sixteen outputs of a row of `stride` outputs.
        unsafe {
            let weights = self.weights.as_ptr().add(block * groups * BLOCK * GROUP);
            let values = x.values.as_ptr().add(row * self.inputs);
            for group in 0..groups {
                let low = _mm256_loadu_si256(weights.add(group * 64).cast());
                let high = _mm256_loadu_si256(weights.add(group * 64 + 32).cast());
                for (r, sums) in sums.iter_mut().enumerate() {
                    let four = values.add(r * self.inputs + group * GROUP).cast::<[u8; 4]>();
                    let four = _mm256_set1_epi32(i32::from_le_bytes(four.read()));
                    for (sum, weights) in sums.iter_mut().zip([low, high]) {
                        let pairs = _mm256_maddubs_epi16(four, weights);
                        *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, ones));
                    }
                }
            }
            for (r, sums) in sums.into_iter().enumerate() {
                for (half, sum) in sums.into_iter().enumerate() {
                    let j = block * BLOCK + half * 8;
                    let offset = _mm256_loadu_si256(self.offset.as_ptr().add(j).cast());
                    let exact = _mm256_cvtepi32_ps(_mm256_sub_epi32(sum, offset));
                    let scale = _mm256_mul_ps(
                        _mm256_loadu_ps(self.scales.as_ptr().add(j)),
                        _mm256_set1_ps(x.scales[row + r]),
                    );
                    let bias = _mm256_loadu_ps(self.bias.as_ptr().add(j));
                    let result = _mm256_add_ps(_mm256_mul_ps(exact, scale), bias);
                    let to = out.as_mut_ptr().add((row + r) * self.stride() + j);
                    _mm256_storeu_ps(to, result);
                }
            }
        }
    }

    /// Needs AVX-512 F, BW and VNNI, whole rows in `x` and room for whole rows in `out`.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) unsafe fn apply_vnni(&self, x: &Quantised, out: &mut [f32]) {
        let rows = x.scales.len();
        for block in 0..self.stride() / BLOCK {
            let mut row = 0;
            while row + 8 <= rows {
                // SAFETY: `row + 8 <= rows` and `block` counts whole blocks.
                unsafe { self.tile_vnni::<8>(x, row, block, out) };
                row += 8;
            }
            while row < rows {
                // SAFETY: as above, for one row.
                unsafe { self.tile_vnni::<1>(x, row, block, out) };
                row += 1;
            }
        }
    }

    /// `ROWS` rows times sixteen outputs.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    #[inline]
    unsafe fn tile_vnni<const ROWS: usize>(
        &self,
        x: &Quantised,
        row: usize,
        block: usize,
        out: &mut [f32],
    ) {
        let groups = self.inputs / GROUP;
        let mut sums = [_mm512_setzero_si512(); ROWS];
        // SAFETY: as in `tile_avx2`; a block of sixteen outputs is one register wide.
        unsafe {
            let weights = self.weights.as_ptr().add(block * groups * BLOCK * GROUP);
            let values = x.values.as_ptr().add(row * self.inputs);
            for group in 0..groups {
                let sixteen = _mm512_loadu_si512(weights.add(group * 64).cast());
                for (r, sum) in sums.iter_mut().enumerate() {
                    let four = values.add(r * self.inputs + group * GROUP).cast::<[u8; 4]>();
                    let four = _mm512_set1_epi32(i32::from_le_bytes(four.read()));
                    *sum = _mm512_dpbusd_epi32(*sum, four, sixteen);
                }
            }
            let j = block * BLOCK;
            let offset = _mm512_loadu_si512(self.offset.as_ptr().add(j).cast());
            let scales = _mm512_loadu_ps(self.scales.as_ptr().add(j));
            let bias = _mm512_loadu_ps(self.bias.as_ptr().add(j));
            for (r, sum) in sums.into_iter().enumerate() {
                let exact = _mm512_cvtepi32_ps(_mm512_sub_epi32(sum, offset));
                let scale = _mm512_mul_ps(scales, _mm512_set1_ps(x.scales[row + r]));
                let result = _mm512_add_ps(_mm512_mul_ps(exact, scale), bias);
                let to = out.as_mut_ptr().add((row + r) * self.stride() + j);
                _mm512_storeu_ps(to, result);
            }
        }
    }
}
