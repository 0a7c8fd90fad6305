//! Whether two articles are one text: what a wire sent, printed by several outlets, is one voice.
//!
//! A sketch keeps the smallest hashes of the runs of five words of a text (bottom-k sampling of shingles: Broder, "On the
//! resemblance and containment of documents", 1997). Two sketches tell how much of the shorter text is in the longer.

/// Words of one shingle.
const WORDS: usize = 5;
/// Hashes kept; the estimate is then good to about 0.07.
const KEPT: usize = 48;
/// So much of the shorter text must be in the longer for the two to be one voice.
const COPIED: f64 = 0.7;
/// Texts with fewer shingles tell nothing: a headline may be the same by chance.
const FEWEST: u32 = 20;

/// The shingles of a text, sampled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sketch {
    /// How many different shingles the text has.
    shingles: u32,
    /// The smallest of their hashes, ascending.
    least: Vec<u32>,
}

impl Sketch {
    /// The sketch of a text; case, punctuation and layout do not matter.
    pub(crate) fn of(text: &str) -> Self {
        let words: Vec<u64> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| hash(&word.to_lowercase()))
            .collect();
        let mut hashes: Vec<u32> = words
            .windows(WORDS)
            .map(|run| (run.iter().fold(0_u64, |hash, word| mix(hash ^ word)) >> 32) as u32)
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        let shingles = hashes.len() as u32;
        hashes.truncate(KEPT);
        Self { shingles, least: hashes }
    }

    /// As it is kept in the ledger: the count and the hashes, four bytes each, least significant first.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        [self.shingles].iter().chain(&self.least).flat_map(|n| n.to_le_bytes()).collect()
    }

    /// The sketch in these bytes; `None` where they are none.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut numbers = bytes
            .chunks_exact(4)
            .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        let shingles = numbers.next()?;
        Some(Self { shingles, least: numbers.collect() })
    }

    /// Whether one of the two texts is, for the most part, in the other.
    pub(crate) fn is_copy_of(&self, other: &Self) -> bool {
        let fewer = self.shingles.min(other.shingles);
        if fewer < FEWEST {
            return false;
        }
        // Of the least hashes of both together, how many does each have? That estimates shared / all.
        let (mut i, mut j, mut seen, mut shared) = (0, 0, 0, 0);
        while seen < KEPT && (i < self.least.len() || j < other.least.len()) {
            match (self.least.get(i), other.least.get(j)) {
                (Some(a), Some(b)) if a == b => {
                    shared += 1;
                    i += 1;
                    j += 1;
                }
                (Some(a), Some(b)) if a < b => i += 1,
                (Some(_), None) => i += 1,
                _ => j += 1,
            }
            seen += 1;
        }
        let resemblance = f64::from(shared) / seen as f64;
        let both = f64::from(self.shingles) + f64::from(other.shingles);
        both * resemblance / (1.0 + resemblance) >= COPIED * f64::from(fewer)
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, mixed: the same on every machine and in every version.
pub(crate) fn hash(word: &str) -> u64 {
    mix(word
        .bytes()
        .fold(FNV_OFFSET, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)))
}

/// The finisher of `SplitMix64`.
fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

#[cfg(test)]
mod tests {
    use super::Sketch;

    /// `n` words that no other `seed` has in this order.
    fn words(seed: usize, n: usize) -> String {
        let words = (0..n).map(|i| format!("w{}", (i * i + seed * 7_919) % 9_973));
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_reprint_is_a_copy_and_another_report_is_not() {
        let wire = words(1, 300);
        let copy = |text: &str| Sketch::of(&wire).is_copy_of(&Sketch::of(text));
        assert!(copy(&wire.to_uppercase().replace(' ', "\n")));
        assert!(copy(&format!("Our own lead. {wire}")));
        assert!(
            copy(&format!("{} {wire} {}", words(2, 200), words(3, 200))),
            "within a longer one"
        );
        assert!(copy(&wire[..wire.len() * 2 / 3]), "shortened");
        assert!(!copy(&words(2, 300)));
        assert!(!copy(&format!("{} {}", words(2, 300), &wire[..200])), "a passage in common");
    }

    #[test]
    fn short_texts_tell_nothing_and_bytes_come_back() {
        let line = "Vietnam's president visited Japan last week";
        assert!(!Sketch::of(line).is_copy_of(&Sketch::of(line)));
        let sketch = Sketch::of(&words(5, 300));
        assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
        assert_eq!(Sketch::from_bytes(&[]), None);
    }
}
