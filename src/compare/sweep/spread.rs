//! Where the figures of many scenarios lie: quantiles that are figures of real scenarios, compared exactly.

use std::cmp::Ordering;

use num_traits::CheckedSub;

use crate::units::Exact;

/// The quantiles told, in hundredths.
pub const QUANTILES: [usize; 7] = [0, 5, 25, 50, 75, 95, 100];

/// Where the figures of some scenarios lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many scenarios.
    pub n: usize,
    /// By nearest rank, for [`QUANTILES`]: of `n` figures in order, the one in place `⌈q·n⌉`, the first at least.
    pub at: [Exact; 7],
}

impl Spread {
    /// From the highest to the lowest.
    #[must_use]
    pub fn width(&self) -> Exact {
        self.at[6].checked_sub(&self.at[0]).unwrap_or(self.at[6])
    }
}

/// A figure of a scenario: compared exactly.
pub trait Figure: Copy + Ord {
    /// As a number: euro, or a share of one.
    fn exact(self) -> Exact;
}

impl Figure for i64 {
    fn exact(self) -> Exact {
        Exact::new(i128::from(self), 100)
    }
}

impl Figure for Exact {
    fn exact(self) -> Exact {
        self
    }
}

/// Need met, of a need: ordered as the fraction it is.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    covered: i64,
    need: i64,
}

impl Share {
    /// None where nothing is needed.
    #[must_use]
    pub fn of(covered: i64, need: i64) -> Option<Self> {
        (need > 0).then_some(Self { covered, need })
    }
}

impl Ord for Share {
    fn cmp(&self, other: &Self) -> Ordering {
        let ours = i128::from(self.covered) * i128::from(other.need);
        ours.cmp(&(i128::from(other.covered) * i128::from(self.need)))
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Share {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Share {}

impl Figure for Share {
    fn exact(self) -> Exact {
        Exact::new(i128::from(self.covered), i128::from(self.need))
    }
}

/// The quantiles of some figures; none of none.
pub(super) fn spread<T: Figure>(mut values: Vec<T>) -> Option<Spread> {
    values.sort_unstable();
    let n = values.len();
    let at = |hundredths: usize| {
        let place = hundredths.saturating_mul(n).div_ceil(100);
        values.get(place.saturating_sub(1)).map(|v| v.exact())
    };
    let [a, b, c, d, e, f, g] = QUANTILES.map(at);
    Some(Spread {
        n,
        at: [a?, b?, c?, d?, e?, f?, g?],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_figure_in_its_place() {
        // Of 20 figures the 5% one is the first, of 21 the second.
        let at = |n: i64| spread((1..=n).rev().collect::<Vec<i64>>()).unwrap().at;
        let cents = |places: [i64; 7]| places.map(Figure::exact);
        assert_eq!(at(20), cents([1, 1, 5, 10, 15, 19, 20]));
        assert_eq!(at(21), cents([1, 2, 6, 11, 16, 20, 21]));
        assert_eq!(at(1), cents([1; 7]));
        assert_eq!(spread(Vec::<i64>::new()), None);
    }

    #[test]
    fn shares_are_ordered_as_the_fractions_they_are() {
        // Alike in the first sixteen digits, and still not the same.
        let (a, b) = (
            Share::of(i64::MAX - 2, i64::MAX - 1).unwrap(),
            Share::of(i64::MAX - 1, i64::MAX).unwrap(),
        );
        assert!(a < b);
        assert_eq!(Share::of(2, 4), Share::of(50, 100));
        assert_eq!(Share::of(1, 0), None);
        assert_eq!(Share::of(1, 3).unwrap().exact(), Exact::new(1, 3));
    }
}
