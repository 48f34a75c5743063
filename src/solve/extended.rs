//! Sums of products in twice the working precision, for residuals.
//!
//! # Source
//! Ogita, Rump and Oishi, *Accurate Sum and Dot Product*, SIAM J. Sci. Comput. 26 (2005), algorithm 5.3.

/// A sum kept as a float and the error of its roundings.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    high: f64,
    low: f64,
}

impl Sum {
    pub(crate) fn of(value: f64) -> Self {
        Self {
            high: value,
            low: 0.0,
        }
    }

    pub(crate) fn add_product(&mut self, a: f64, b: f64) {
        let product = a * b;
        let product_error = a.mul_add(b, -product);
        let sum = self.high + product;
        let part = sum - self.high;
        let sum_error = (self.high - (sum - part)) + (product - part);
        self.high = sum;
        self.low += product_error + sum_error;
    }

    pub(crate) fn value(self) -> f64 {
        self.high + self.low
    }
}

#[cfg(test)]
mod tests {
    use super::Sum;

    #[test]
    fn what_cancels_leaves_the_small_part() {
        let mut sum = Sum::of(1e16);
        sum.add_product(1.0, 1.0);
        sum.add_product(-1e8, 1e8);
        assert!((sum.value() - 1.0).abs() < f64::EPSILON);
    }
}
