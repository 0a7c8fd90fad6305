//! The linear model of pairs: a weight for each bucket of features and each root type, in `data/pair.bin`.
//!
//! ```text
//! magic "HGPAIR" · version u16 · buckets u32 · types u32 · shift u32 · weights i8 (bucket by bucket) · FNV-1a u64 of
//! all before
//! ```
//! Numbers are little-endian; a weight counts `weight << shift`.

use hedgerow_codebook::crosswalk::Plover;

use super::features::BUCKETS;

/// What the file begins with.
const MAGIC: &[u8; 6] = b"HGPAIR";
/// Changes with the features: weights mean nothing without theirs.
const VERSION: u16 = 1;
/// Length of all before the weights.
const HEAD: usize = 6 + 2 + 4 + 4 + 4;
/// Number of root types.
pub(crate) const TYPES: usize = Plover::ALL.len();

/// The weights in use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linear<'w> {
    weights: &'w [u8],
    shift: u32,
}

impl Linear<'static> {
    /// The model that is part of the program; nothing where the file is damaged or of another version, and then rules
    /// decide alone.
    pub(crate) fn embedded() -> Option<Self> {
        Linear::read(include_bytes!("../../data/pair.bin"))
    }
}

impl<'w> Linear<'w> {
    /// Reads a file.
    pub(crate) fn read(bytes: &'w [u8]) -> Option<Self> {
        let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(8)?)?;
        let number = |at: usize| Some(u32::from_le_bytes(body.get(at..at + 4)?.try_into().ok()?));
        let weights = body.get(HEAD..)?;
        let whole = body.starts_with(MAGIC)
            && body.get(6..8)? == VERSION.to_le_bytes()
            && number(8)? as usize == BUCKETS
            && number(12)? as usize == TYPES
            && weights.len() == BUCKETS * TYPES
            && fnv(body).to_le_bytes() == sum;
        let shift = number(16)?.min(24);
        whole.then_some(Self { weights, shift })
    }

    /// The bytes of a file with these weights, scaled to what fits.
    pub(crate) fn file(weights: &[i64]) -> Vec<u8> {
        let most = weights.iter().map(|w| w.unsigned_abs()).max().unwrap_or(0);
        let shift = (0..64).find(|&s| most >> s <= 127).unwrap_or(0);
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        for number in [BUCKETS as u32, TYPES as u32, shift] {
            out.extend(number.to_le_bytes());
        }
        // Halves are rounded away from nought, on both sides alike.
        let half = if shift == 0 { 0 } else { 1i64 << (shift - 1) };
        let small = |w: &i64| (((w.abs() + half) >> shift).min(127) * w.signum()) as i8;
        out.extend(weights.iter().map(|w| small(w).to_le_bytes()[0]));
        let sum = fnv(&out);
        out.extend(sum.to_le_bytes());
        out
    }

    /// The sum of each type, in the order of [`Plover::ALL`].
    pub(crate) fn sums(&self, features: &[u32]) -> [i32; TYPES] {
        let mut sums = [0; TYPES];
        for &bucket in features {
            let row = self.weights.chunks_exact(TYPES).nth(bucket as usize).unwrap_or_default();
            for (sum, &weight) in sums.iter_mut().zip(row) {
                *sum += i32::from(i8::from_le_bytes([weight])) << self.shift.min(16);
            }
        }
        sums
    }
}

fn fnv(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_back_and_damage_is_seen() {
        let mut weights = vec![0i64; BUCKETS * TYPES];
        weights[TYPES + 3] = 1000;
        weights[TYPES + 4] = -1000;
        let file = Linear::file(&weights);
        let sums = Linear::read(&file).unwrap().sums(&[1]);
        assert!((sums[3] - 1000).abs() <= 8 && sums[4] == -sums[3], "{sums:?}");
        let mut broken = file.clone();
        broken[HEAD + 5] ^= 1;
        assert!(Linear::read(&broken).is_none());
        assert!(Linear::read(&file[..20]).is_none());
        assert!(Linear::read(&[]).is_none());
    }

    #[test]
    fn the_embedded_model_is_whole() {
        assert!(Linear::embedded().is_some());
    }
}
