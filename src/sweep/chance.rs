//! Chance: streams of random numbers that depend on the seed and a number, never on what was drawn before.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Rounds of a shuffle.
const ROUNDS: usize = 6;
/// Streams of shuffles begin here; those of scenarios are far below.
const SHUFFLES: u64 = 1 << 63;

/// All chance of a sweep: one key, many streams.
#[derive(Clone, Debug)]
pub(super) struct Chance {
    key: [u8; 32],
}

/// The numbers of one scenario, one after the other.
pub(super) struct Stream(ChaCha8Rng);

/// A reordering of `0..n` that is computed number by number: nothing is stored.
#[derive(Clone, Debug)]
pub(super) struct Shuffle {
    n: u64,
    half_bits: u32,
    rounds: [u64; ROUNDS],
}

impl Chance {
    /// From the seed of the file.
    pub(super) fn new(seed: u64) -> Self {
        let key = blake3::derive_key("mappafondo sweep, format 1", &seed.to_le_bytes());
        Self { key }
    }

    /// The stream of a number.
    pub(super) fn stream(&self, number: u64) -> Stream {
        let mut generator = ChaCha8Rng::from_seed(self.key);
        generator.set_stream(number);
        Stream(generator)
    }

    /// A shuffle of `0..n`, another one for each number.
    pub(super) fn shuffle(&self, number: u64, n: u64) -> Shuffle {
        let mut stream = self.stream(SHUFFLES | number);
        let bits = u64::BITS - n.saturating_sub(1).leading_zeros();
        Shuffle {
            n,
            half_bits: bits.div_ceil(2).max(1),
            rounds: std::array::from_fn(|_| stream.0.next_u64()),
        }
    }

    /// Four bytes for generators that take no more.
    pub(super) fn short(&self) -> u32 {
        let [a, b, c, d, ..] = self.key;
        u32::from_le_bytes([a, b, c, d])
    }
}

impl Stream {
    /// A number strictly between 0 and 1, one of 2^53 that are equally far apart.
    pub(super) fn unit(&mut self) -> f64 {
        let steps = self.0.next_u64() >> 11;
        (steps as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A whole number below `n`. The bias is below n / 2^64.
    pub(super) fn below(&mut self, n: u64) -> u64 {
        let product = u128::from(self.0.next_u64()) * u128::from(n);
        u64::try_from(product >> 64).unwrap_or_default()
    }
}

impl Shuffle {
    /// Where a number of `0..n` goes.
    ///
    /// A Feistel network reorders the next power of four; numbers that fall outside walk on until they are inside.
    pub(super) fn of(&self, number: u64) -> u64 {
        let mut number = number;
        loop {
            number = self.once(number);
            if number < self.n {
                return number;
            }
        }
    }

    fn once(&self, number: u64) -> u64 {
        let mask = (1_u64 << self.half_bits) - 1;
        let (mut left, mut right) = (number >> self.half_bits, number & mask);
        for round in &self.rounds {
            (left, right) = (right, left ^ (mix(right ^ round) & mask));
        }
        (left << self.half_bits) | right
    }
}

/// The finaliser of SplitMix64.
fn mix(number: u64) -> u64 {
    let z = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_takes_each_number_to_another_place() {
        for n in [1, 2, 3, 10, 1000, 4097] {
            let shuffle = Chance::new(7).shuffle(3, n);
            let mut seen: Vec<u64> = (0..n).map(|k| shuffle.of(k)).collect();
            let fixed = (0..n).zip(&seen).filter(|(k, to)| k == *to).count();
            assert!(n < 10 || fixed < 8, "{fixed} of {n} stay");
            seen.sort_unstable();
            assert_eq!(seen, (0..n).collect::<Vec<_>>());
        }
    }

    #[test]
    fn streams_differ_by_seed_and_number_and_repeat() {
        let first = |seed, number| Chance::new(seed).stream(number).0.next_u64();
        assert_eq!(first(1, 5), first(1, 5));
        assert_ne!(first(1, 5), first(1, 6));
        assert_ne!(first(1, 5), first(2, 5));
    }

    #[test]
    fn whole_numbers_fill_their_range_evenly() {
        let mut stream = Chance::new(11).stream(0);
        let mut counts = [0_u32; 5];
        for _ in 0..10_000 {
            counts[usize::try_from(stream.below(5)).unwrap()] += 1;
        }
        assert!(
            counts.iter().all(|count| (1800..2200).contains(count)),
            "{counts:?}"
        );
    }
}
