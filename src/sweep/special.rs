//! Functions of the normal and the beta distribution, the same bits on every machine.
//!
//! The `exp` and `ln` of an operating system differ in their last bit from one to the next; those of `libm` are plain Rust, and so
//! is the rest. Everything else is additions, products, quotients and square roots, which the standard for floats fixes.

/// The smallest and the largest probability that is passed on.
const EDGE: f64 = f64::EPSILON / 4.0;

/// A probability away from 0 and 1, where quantiles are infinite.
pub(super) fn inside(probability: f64) -> f64 {
    probability.clamp(EDGE, 1.0 - f64::EPSILON / 2.0)
}

/// Probability that a standard normal is below `z`.
pub(super) fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// The value below which a standard normal falls with a probability strictly between 0 and 1.
///
/// # Source
/// Wichura, algorithm AS 241 (PPND16), *Applied Statistics* 37 (1988): relative error below 1e-15.
pub(super) fn normal_quantile(probability: f64) -> f64 {
    let q = probability - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(&MIDDLE, 0.180_625 - q * q);
    }
    let tail = if q < 0.0 {
        probability
    } else {
        1.0 - probability
    };
    let r = libm::sqrt(-libm::log(tail));
    let size = if r <= 5.0 {
        ratio(&TAIL, r - 1.6)
    } else {
        ratio(&FAR_TAIL, r - 5.0)
    };
    if q < 0.0 { -size } else { size }
}

type Ratio = ([f64; 8], [f64; 8]);

/// Numerator over denominator, lowest power first.
fn ratio((above, below): &Ratio, x: f64) -> f64 {
    let value = |terms: &[f64; 8]| terms.iter().rev().fold(0.0, |sum, term| sum * x + term);
    value(above) / value(below)
}

#[rustfmt::skip]
const MIDDLE: Ratio = (
    [3.387_132_872_796_366_5, 133.141_667_891_784_38, 1_971.590_950_306_551_3, 13_731.693_765_509_46,
     45_921.953_931_549_87, 67_265.770_927_008_7, 33_430.575_583_588_13, 2_509.080_928_730_122_7],
    [1.0, 42.313_330_701_600_91, 687.187_007_492_057_9, 5_394.196_021_424_751,
     21_213.794_301_586_597, 39_307.895_800_092_71, 28_729.085_735_721_943, 5_226.495_278_852_854],
);
#[rustfmt::skip]
const TAIL: Ratio = (
    [1.423_437_110_749_683_5, 4.630_337_846_156_546, 5.769_497_221_460_691, 3.647_848_324_763_204_5,
     1.270_458_252_452_368_4, 0.241_780_725_177_450_6, 0.022_723_844_989_269_184, 7.745_450_142_783_414e-4],
    [1.0, 2.053_191_626_637_759, 1.676_384_830_183_803_8, 0.689_767_334_985_1,
     0.148_103_976_427_480_08, 0.015_198_666_563_616_457, 5.475_938_084_995_345e-4, 1.050_750_071_644_416_9e-9],
);
#[rustfmt::skip]
const FAR_TAIL: Ratio = (
    [6.657_904_643_501_103, 5.463_784_911_164_114, 1.784_826_539_917_291_3, 0.296_560_571_828_504_87,
     0.026_532_189_526_576_124, 1.242_660_947_388_078_4e-3, 2.711_555_568_743_487_6e-5, 2.010_334_399_292_288_1e-7],
    [1.0, 0.599_832_206_555_888, 0.136_929_880_922_735_8, 0.014_875_361_290_850_615,
     7.868_691_311_456_133e-4, 1.846_318_317_510_054_8e-5, 1.421_511_758_316_446e-7, 2.044_263_103_389_939_8e-15],
);

/// A beta distribution on [0, 1].
#[derive(Clone, Copy, Debug)]
pub(super) struct Beta {
    a: f64,
    b: f64,
    /// Logarithm of one over the beta function.
    scale: f64,
}

impl Beta {
    /// From its two shapes, both above zero.
    pub(super) fn new(a: f64, b: f64) -> Self {
        let scale = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
        Self { a, b, scale }
    }

    /// Probability of a value below `x`.
    pub(super) fn below(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        if x >= 1.0 {
            return 1.0;
        }
        let front = libm::exp(self.scale + self.a * libm::log(x) + self.b * libm::log1p(-x));
        // The fraction converges fast on the left of the mean; on the right its mirror image does.
        if x < (self.a + 1.0) / (self.a + self.b + 2.0) {
            front * fraction(self.a, self.b, x) / self.a
        } else {
            1.0 - front * fraction(self.b, self.a, 1.0 - x) / self.b
        }
    }

    /// The value below which a draw falls with a probability.
    ///
    /// Newton's steps, held inside an interval that halves where they would leave it.
    pub(super) fn quantile(&self, probability: f64) -> f64 {
        const STEPS: usize = 200;
        let (mut low, mut high) = (0.0, 1.0);
        let mut x = self.a / (self.a + self.b);
        for _ in 0..STEPS {
            let error = self.below(x) - probability;
            if error > 0.0 {
                high = x;
            } else {
                low = x;
            }
            let log_density =
                self.scale + (self.a - 1.0) * libm::log(x) + (self.b - 1.0) * libm::log1p(-x);
            let newton = x - error / libm::exp(log_density);
            let next = if newton > low && newton < high {
                newton
            } else {
                0.5 * (low + high)
            };
            let moved = (next - x).abs();
            x = next;
            if moved <= 1e-15 * x || high - low <= 1e-15 * high {
                break;
            }
        }
        x
    }
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
///
/// # Source
/// *NIST Handbook of Mathematical Functions*, 8.17.22.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TERMS: u32 = 10_000;
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for m in (1..TERMS).map(f64::from) {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        value *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Beta as Other, ContinuousCDF, Normal};

    use super::*;

    #[test]
    fn the_normal_agrees_with_another_library() {
        let other = Normal::new(0.0, 1.0).unwrap();
        for step in 1..2000 {
            let p = f64::from(step) / 2000.0;
            let z = normal_quantile(p);
            assert!((z - other.inverse_cdf(p)).abs() < 1e-9, "{p}");
            assert!((normal_below(z) - p).abs() < 1e-14, "{p}");
        }
        for tail in [1e-5, 1e-10, 1e-15] {
            assert!((normal_below(normal_quantile(tail)) / tail - 1.0).abs() < 1e-12);
        }
        assert!(normal_quantile(inside(0.0)) > -9.0 && normal_quantile(inside(1.0)) < 9.0);
    }

    #[test]
    fn the_beta_agrees_with_another_library_and_with_itself() {
        for (a, b) in [
            (1.0, 1.0),
            (2.0, 3.5),
            (0.5, 0.5),
            (5.0, 1.0),
            (0.1, 40.0),
            (1000.0, 900.0),
        ] {
            let (own, other) = (Beta::new(a, b), Other::new(a, b).unwrap());
            for step in 1..200 {
                let p = f64::from(step) / 200.0;
                assert!((own.below(p) - other.cdf(p)).abs() < 1e-9, "{a} {b} {p}");
                let x = own.quantile(p);
                assert!((own.below(x) - p).abs() < 1e-12, "{a} {b} {p} {x}");
            }
        }
    }
}
