//! Numbers that look random and are the same on every machine.
//!
//! # Source
//! Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014 (splitmix64).

/// A stream of numbers from a seed.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Self(
            seed.wrapping_mul(0xD134_2543_DE82_EF95)
                .wrapping_add(0x2545_F491_4F6C_DD1D),
        );
        random.next();
        random
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `n - 1`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// From `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low).max(0).unsigned_abs().saturating_add(1)) as i64
    }

    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Each element with a chance, at least one.
    pub(crate) fn some<T: Clone>(&mut self, list: &[T], percent: u64) -> Vec<T> {
        let mut kept: Vec<T> = list
            .iter()
            .filter(|_| self.chance(percent))
            .cloned()
            .collect();
        if kept.is_empty() {
            kept.push(self.pick(list).clone());
        }
        kept
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }

    /// An amount up to `most`, small ones as likely as large ones; odd cents nearly always.
    pub(crate) fn amount(&mut self, most: i64) -> i64 {
        let most = most.max(1);
        match self.below(20) {
            0 => 0,
            1..=9 => self.between(most / 2, most),
            10..=15 => self.between(1, most),
            _ => {
                let digits = most.ilog10() as usize + 1;
                let size = 10_i64.pow(self.below(digits) as u32 + 1);
                self.between(0, size.min(most))
            }
        }
    }
}
