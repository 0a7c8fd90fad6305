//! Chance by seed: every number is a function of the seed, the number of the draw and what it is drawn for, so no order of rows
//! or threads can change it.

/// One draw of a bootstrap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draw {
    seed: u64,
}

impl Draw {
    /// Draw number `n` under a seed.
    pub(crate) fn new(seed: u64, n: u32) -> Self {
        Self { seed: mix(seed ^ mix(u64::from(n) + 1)) }
    }

    /// The chance that belongs to a name; the same name has the same.
    pub(crate) fn of(self, purpose: &str, name: &str) -> Stream {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in purpose.bytes().chain([0]).chain(name.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Stream { state: mix(self.seed ^ mix(hash)) }
    }
}

/// A sequence of numbers (`SplitMix64`; Steele, Lea and Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct Stream {
    state: u64,
}

impl Stream {
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.state)
    }

    /// Above 0 and below 1, all alike.
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A whole number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((self.uniform() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// Mean 0, variance 1 (Box and Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(self.uniform()));
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }

    /// Gamma with shape 5: as a share of a sum, Dirichlet(5).
    pub(crate) fn gamma5(&mut self) -> f64 {
        (0..5).map(|_| -libm::log(self.uniform())).sum()
    }

    /// How many of `n` ballots, each with probability `p`, as a share.
    pub(crate) fn ballots(&mut self, n: u32, p: f64) -> f64 {
        let ayes = (0..n).filter(|_| self.uniform() < p).count();
        ayes as f64 / f64::from(n.max(1))
    }
}

fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_right() {
        let mut stream = Draw::new(1, 0).of("test", "x");
        let n = 20_000;
        let normals: Vec<f64> = (0..n).map(|_| stream.normal()).collect();
        let mean = normals.iter().sum::<f64>() / f64::from(n);
        let variance = normals.iter().map(|x| x * x).sum::<f64>() / f64::from(n);
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05, "{mean} {variance}");
        let gammas: f64 = (0..n).map(|_| stream.gamma5()).sum();
        assert!((gammas / f64::from(n) - 5.0).abs() < 0.1);
        let ballots: f64 = (0..200).map(|_| stream.ballots(69, 0.8)).sum();
        assert!((ballots / 200.0 - 0.8).abs() < 0.02);
    }

    #[test]
    fn names_and_draws_are_apart() {
        let first = |seed, n, name| Draw::new(seed, n).of("row", name).uniform().to_bits();
        assert_eq!(first(7, 3, "f-d00-01"), first(7, 3, "f-d00-01"));
        assert_ne!(first(7, 3, "f-d00-01"), first(7, 3, "f-d00-02"));
        assert_ne!(first(7, 3, "f-d00-01"), first(7, 4, "f-d00-01"));
        assert_ne!(first(7, 3, "f-d00-01"), first(8, 3, "f-d00-01"));
    }
}
