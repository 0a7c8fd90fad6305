//! How often may somebody try? A bucket for each, refilled evenly.

use std::collections::HashMap;

/// How many tries, in how many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Tries at once.
    pub tries: u32,
    /// Seconds in which all of them come back.
    pub seconds: u32,
}

/// Counts tries by whoever makes them; forgets who has none left to wait for. Holds a bounded number of them.
#[derive(Debug)]
pub struct Limiter {
    limit: Limit,
    most: usize,
    /// What is used up of each bucket, in seconds, and when that was.
    used: HashMap<String, (f64, i64)>,
}

impl Limiter {
    /// Nobody has tried yet. `most` is how many are remembered at once.
    pub fn new(limit: Limit, most: usize) -> Self {
        Self { limit, most, used: HashMap::new() }
    }

    /// Takes one try for `who`; where none is left, in how many seconds there is one.
    pub fn take(&mut self, who: &str, now: i64) -> Result<(), u64> {
        let whole = f64::from(self.limit.seconds);
        let one = whole / f64::from(self.limit.tries);
        let left = |(used, at): (f64, i64)| (used - (now - at).max(0) as f64).max(0.0);
        if self.used.len() >= self.most && !self.used.contains_key(who) {
            self.used.retain(|_, it| left(*it) > 0.0);
            if self.used.len() >= self.most {
                // Everybody who is remembered has tried just now: that is an attack, and whoever comes new waits.
                return Err(one.ceil() as u64);
            }
        }
        let used = self.used.get(who).map_or(0.0, |it| left(*it)) + one;
        if used > whole {
            return Err((used - whole).ceil() as u64);
        }
        self.used.insert(who.to_owned(), (used, now));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_come_back_evenly_and_to_each_alone() {
        let mut limiter = Limiter::new(Limit { tries: 3, seconds: 30 }, 10);
        for _ in 0..3 {
            assert_eq!(limiter.take("a", 0), Ok(()));
        }
        assert_eq!(limiter.take("a", 0), Err(10));
        assert_eq!(limiter.take("b", 0), Ok(()));
        assert_eq!(limiter.take("a", 9), Err(1));
        assert_eq!(limiter.take("a", 10), Ok(()));
        assert_eq!(limiter.take("a", 10), Err(10));
        assert_eq!(limiter.take("a", 5), Err(10), "a clock that goes back gives nothing");
    }

    #[test]
    fn a_crowd_does_not_fill_the_memory() {
        let mut limiter = Limiter::new(Limit { tries: 1, seconds: 10 }, 100);
        let allowed = (0..1_000).filter(|n| limiter.take(&n.to_string(), 0).is_ok()).count();
        assert_eq!((allowed, limiter.used.len()), (100, 100));
        assert_eq!(limiter.take("new", 11), Ok(()));
        assert_eq!(limiter.used.len(), 1);
    }
}
