//! Random numbers that are the same on every machine.

/// A xorshift generator with a multiplied output.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// A generator of its own for every seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Any number.
    pub fn draw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from 0 to below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        ((self.draw() >> 32).wrapping_mul(end as u64) >> 32) as usize
    }

    /// A float from 0 to below 1.
    pub fn float(&mut self) -> f32 {
        (self.draw() >> 40) as f32 / (1u32 << 24) as f32
    }

    /// Whether something of probability `p` happens.
    pub fn chance(&mut self, p: f32) -> bool {
        self.float() < p
    }

    /// A float of mean 0 and variance 1.
    pub fn normal(&mut self) -> f32 {
        // The sum of twelve uniform numbers is close enough and needs no functions that differ between machines.
        (0..12).map(|_| self.float()).sum::<f32>() - 6.0
    }

    /// One of `items`.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// Puts `items` into random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
