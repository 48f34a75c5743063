//! The shares of the zones, from indicators or given.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};

use super::fractions::{Fractions, exact};
use super::{FINEST, RipartoError};
use crate::units::Exact;

/// One indicator of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighted {
    /// Its weight; all weights sum to one.
    pub weight: Exact,
    /// Its value in each zone.
    pub values: Vec<Exact>,
}

/// Exact shares of the zones: none negative, together one, or less where they are [`Shares::fixed`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares(pub(super) Fractions);

impl Shares {
    /// The shares of a formula: the sum over indicators of `weight x value / sum of the values`.
    ///
    /// ```
    /// use mappafondo::model::riparto::{Shares, Weighted};
    /// use mappafondo::units::Exact;
    /// let indicator = |percent, values: [i128; 2]| Weighted {
    ///     weight: Exact::new(percent, 100),
    ///     values: values.map(Exact::from_integer).to_vec(),
    /// };
    /// let shares = Shares::weighted(&[indicator(60, [1, 3]), indicator(40, [1, 1])]).unwrap();
    /// assert_eq!(shares.exact().unwrap(), [Exact::new(7, 20), Exact::new(13, 20)]);
    /// ```
    ///
    /// # Errors
    /// Weights that are negative or do not sum to one; an indicator that is negative somewhere or zero everywhere;
    /// indicators over different numbers of zones.
    pub fn weighted(indicators: &[Weighted]) -> Result<Self, RipartoError> {
        let weights: Vec<Exact> = indicators.iter().map(|entry| entry.weight).collect();
        let weights = Fractions::new(&weights);
        if let Some(indicator) = weights.first_negative() {
            return Err(RipartoError::NegativeWeight { indicator });
        }
        if weights.sum() != weights.denominator {
            let sum = exact(weights.sum(), weights.denominator)?;
            return Err(RipartoError::WeightsNotOne { sum });
        }
        let expected = indicators.first().map_or(0, |entry| entry.values.len());
        let mut terms = Vec::with_capacity(indicators.len());
        for (indicator, (entry, weight)) in indicators.iter().zip(weights.numerators).enumerate() {
            let found = entry.values.len();
            if found != expected {
                return Err(RipartoError::DifferentLengths { expected, found });
            }
            let values = Fractions::new(&entry.values);
            if let Some(zone) = values.first_negative() {
                return Err(RipartoError::NegativeIndicator { indicator, zone });
            }
            let sum = values.sum();
            if sum.is_zero() {
                return Err(RipartoError::EmptyIndicator { indicator });
            }
            terms.push((weight, values.numerators, sum));
        }
        let common = terms
            .iter()
            .fold(BigInt::one(), |common, (_, _, sum)| common.lcm(sum));
        let mut numerators = vec![BigInt::zero(); expected];
        for (weight, values, sum) in terms {
            let factor = weight * (&common / sum);
            for (numerator, value) in numerators.iter_mut().zip(values) {
                *numerator += &factor * value;
            }
        }
        let denominator = weights.denominator * common;
        Ok(Self(Fractions {
            numerators,
            denominator,
        }))
    }

    /// Shares that are already known, such as 40, 42 and 18 hundredths.
    ///
    /// # Errors
    /// Shares that are negative or do not sum to one.
    pub fn given(shares: &[Exact]) -> Result<Self, RipartoError> {
        let shares = Self::fixed(shares)?;
        if shares.0.sum() != shares.0.denominator {
            let sum = shares.sum()?;
            return Err(RipartoError::SharesNotOne { sum });
        }
        Ok(shares)
    }

    /// Shares that are fixed by an act, and may leave a part of the total to nobody.
    ///
    /// # Errors
    /// Shares that are negative or sum to more than one.
    pub fn fixed(shares: &[Exact]) -> Result<Self, RipartoError> {
        let shares = Self(Fractions::new(shares));
        if let Some(zone) = shares.0.first_negative() {
            return Err(RipartoError::NegativeShare { zone });
        }
        if shares.0.sum() > shares.0.denominator {
            let sum = shares.sum()?;
            return Err(RipartoError::SharesNotOne { sum });
        }
        Ok(shares)
    }

    /// What they are together.
    ///
    /// # Errors
    /// [`RipartoError::Overflow`] when it does not fit in 128 bits; one always does.
    pub fn sum(&self) -> Result<Exact, RipartoError> {
        exact(self.0.sum(), self.0.denominator.clone())
    }

    /// The shares as percentages of so many decimals: each rounded half up, then forced to 100.
    ///
    /// If half up gave too little, units of the last decimal are added where the discarded remainder is largest, ties
    /// by zone order. If it gave too much, units are taken back from those rounded up with the smallest remainder, ties
    /// by zone order reversed. Both together round up exactly the largest remainders, so that is how it is computed.
    ///
    /// # Errors
    /// More than [`FINEST`] decimals.
    pub fn rounded(&self, decimals: u32) -> Result<Self, RipartoError> {
        let units = 10_i64
            .checked_pow(decimals)
            .filter(|_| decimals <= FINEST)
            .and_then(|units| units.checked_mul(100))
            .ok_or(RipartoError::TooManyDecimals { decimals })?;
        let numerators = self.of(units).round_to(units)?;
        Ok(Self(Fractions {
            numerators: numerators.into_iter().map(BigInt::from).collect(),
            denominator: BigInt::from(units),
        }))
    }

    /// The shares as fractions of 128 bits.
    ///
    /// # Errors
    /// [`RipartoError::Overflow`] when one does not fit; rounded shares always do.
    pub fn exact(&self) -> Result<Vec<Exact>, RipartoError> {
        let all = self.0.numerators.iter();
        all.map(|numerator| exact(numerator.clone(), self.0.denominator.clone()))
            .collect()
    }

    /// Number of zones.
    #[must_use]
    pub fn n_zones(&self) -> usize {
        self.0.numerators.len()
    }

    /// Each share of a total.
    pub(super) fn of(&self, total: i64) -> Fractions {
        Fractions {
            numerators: self
                .0
                .numerators
                .iter()
                .map(|share| share * total)
                .collect(),
            denominator: self.0.denominator.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::units::{exact_text, parse_exact};

    fn indicator(weight: &str, values: &[&str]) -> Weighted {
        Weighted {
            weight: parse_exact(weight).unwrap(),
            values: values
                .iter()
                .map(|value| parse_exact(value).unwrap())
                .collect(),
        }
    }

    fn percentages(shares: &[Exact], decimals: u32) -> Vec<String> {
        let rounded = Shares::given(shares).unwrap().rounded(decimals).unwrap();
        let percent = |share: &Exact| exact_text(&(share * Exact::from_integer(100)));
        rounded.exact().unwrap().iter().map(percent).collect()
    }

    /// The rule of [`Shares::rounded`] to the letter, on shares `numerators / sum`, in units of the last decimal.
    fn half_up_then_forced(numerators: &[i128], units: i128) -> Vec<i128> {
        let sum: i128 = numerators.iter().sum();
        let parts: Vec<_> = numerators
            .iter()
            .map(|n| Exact::new(n * units, sum))
            .collect();
        let mut rounded: Vec<_> = parts
            .iter()
            .map(|part| (part + Exact::new(1, 2)).floor())
            .collect();
        loop {
            let missing = units - rounded.iter().map(|whole| *whole.numer()).sum::<i128>();
            let discarded = |at: &usize| (parts[*at] - rounded[*at], std::cmp::Reverse(*at));
            let down = (0..parts.len()).filter(|at| rounded[*at] < parts[*at]);
            let up = (0..parts.len()).filter(|at| rounded[*at] > parts[*at]);
            match missing.signum() {
                1 => {
                    let at = down.max_by_key(discarded).unwrap();
                    rounded[at] += Exact::one();
                }
                -1 => {
                    let at = up.min_by_key(discarded).unwrap();
                    rounded[at] -= Exact::one();
                }
                _ => return rounded.iter().map(|whole| *whole.numer()).collect(),
            }
        }
    }

    #[test]
    fn the_formula_adds_each_indicator_by_its_weight() {
        let shares = Shares::weighted(&[
            indicator("60%", &["10", "20", "30"]),
            indicator("0.4", &["1.5", "0", "0.5"]),
        ]);
        let exact = shares.unwrap().exact().unwrap();
        assert_eq!(
            exact,
            [Exact::new(2, 5), Exact::new(1, 5), Exact::new(2, 5)]
        );
    }

    #[test]
    fn a_formula_that_divides_nothing_names_what_is_wrong() {
        let check = |indicators: &[Weighted], expected| {
            assert_eq!(Shares::weighted(indicators), Err(expected))
        };
        let sum = Exact::new(9, 10);
        let good = indicator("50%", &["1", "2"]);
        check(&[], RipartoError::WeightsNotOne { sum: Exact::zero() });
        check(
            &[good.clone(), indicator("40%", &["1", "2"])],
            RipartoError::WeightsNotOne { sum },
        );
        check(
            &[indicator("150%", &["1"]), indicator("-50%", &["1"])],
            RipartoError::NegativeWeight { indicator: 1 },
        );
        check(
            &[good.clone(), indicator("50%", &["1", "-2"])],
            RipartoError::NegativeIndicator {
                indicator: 1,
                zone: 1,
            },
        );
        check(
            &[good.clone(), indicator("50%", &["0", "0"])],
            RipartoError::EmptyIndicator { indicator: 1 },
        );
        check(
            &[good, indicator("50%", &["1"])],
            RipartoError::DifferentLengths {
                expected: 2,
                found: 1,
            },
        );
        check(
            &[indicator("1", &[])],
            RipartoError::EmptyIndicator { indicator: 0 },
        );
        assert_eq!(
            Shares::given(&[sum]),
            Err(RipartoError::SharesNotOne { sum })
        );
        let negative = [Exact::from_integer(2), Exact::from_integer(-1)];
        assert_eq!(
            Shares::given(&negative),
            Err(RipartoError::NegativeShare { zone: 1 })
        );
    }

    #[test]
    fn percentages_are_forced_to_a_hundred() {
        let third = [Exact::new(1, 3); 3];
        assert_eq!(percentages(&third, 2), ["33.34", "33.33", "33.33"]);
        assert_eq!(percentages(&third, 0), ["34", "33", "33"]);
        let sixth = [Exact::new(1, 6); 6];
        assert_eq!(
            percentages(&sixth, 1),
            ["16.7", "16.7", "16.7", "16.7", "16.6", "16.6"]
        );
        let shares = Shares::given(&third).unwrap();
        let decimals = FINEST + 1;
        assert_eq!(
            shares.rounded(decimals),
            Err(RipartoError::TooManyDecimals { decimals })
        );
        assert!(shares.rounded(FINEST).is_ok());
    }

    #[test]
    fn ratios_of_many_zones_do_not_overflow() {
        let density = |zone: i128| Exact::new(100_003 + 17 * zone * zone, 7_919 + 2 * zone);
        let values: Vec<_> = (0..600).map(density).collect();
        let shares = Shares::weighted(&[Weighted {
            weight: Exact::one(),
            values,
        }])
        .unwrap();
        assert_eq!(shares.exact(), Err(RipartoError::Overflow));
        let rounded = shares.rounded(4).unwrap().exact().unwrap();
        assert_eq!(rounded.iter().sum::<Exact>(), Exact::one());
    }

    proptest! {
        #[test]
        fn rounding_the_largest_remainders_up_is_half_up_then_forced(
            mut numerators in proptest::collection::vec(0..60_i128, 1..25), decimals in 0..3_u32,
        ) {
            numerators.push(1);
            let sum: i128 = numerators.iter().sum();
            let shares: Vec<_> = numerators.iter().map(|n| Exact::new(*n, sum)).collect();
            let units = 100 * 10_i128.pow(decimals);
            let rounded = Shares::given(&shares).unwrap().rounded(decimals).unwrap().exact().unwrap();
            let expected = half_up_then_forced(&numerators, units);
            let expected: Vec<_> = expected.into_iter().map(|whole| Exact::new(whole, units)).collect();
            prop_assert_eq!(rounded, expected);
        }

        #[test]
        fn shares_of_any_formula_sum_to_one(
            values in proptest::collection::vec((0..1_000_i128, 1..100_i128, 0..1_000_i128), 1..10), percent in 0..=100_i128,
        ) {
            let one = values.iter().map(|(n, d, _)| Exact::new(n + 1, *d)).collect::<Vec<_>>();
            let two = values.iter().map(|(_, _, n)| Exact::from_integer(n + 1)).collect::<Vec<_>>();
            let expected: Vec<_> = one.iter().zip(&two).map(|(x, y)| {
                Exact::new(percent, 100) * x / one.iter().sum::<Exact>()
                    + Exact::new(100 - percent, 100) * y / two.iter().sum::<Exact>()
            }).collect();
            let formula = [
                Weighted { weight: Exact::new(percent, 100), values: one },
                Weighted { weight: Exact::new(100 - percent, 100), values: two },
            ];
            prop_assert_eq!(Shares::weighted(&formula).unwrap().exact().unwrap(), expected);
        }
    }
}
