//! Eight scenarios side by side: the lanes of the processor's vectors.
//!
//! Every operation is element by element, without fused multiply-adds, so a lane's numbers depend neither on its neighbours nor
//! on the width of the vectors they are computed in.

use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub, SubAssign};

/// Scenarios solved at once.
pub(crate) const LANES: usize = 8;

/// One number of each scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(64))]
pub(crate) struct Lane(pub(crate) [f64; LANES]);

macro_rules! elementwise {
    ($trait:ident, $method:ident, $assign:ident, $assign_method:ident, $op:tt) => {
        impl $trait for Lane {
            type Output = Self;
            #[inline(always)]
            fn $method(mut self, other: Self) -> Self {
                for k in 0..LANES {
                    self.0[k] $op other.0[k];
                }
                self
            }
        }
        impl $assign for Lane {
            #[inline(always)]
            fn $assign_method(&mut self, other: Self) {
                for k in 0..LANES {
                    self.0[k] $op other.0[k];
                }
            }
        }
        impl $trait<f64> for Lane {
            type Output = Self;
            #[inline(always)]
            fn $method(mut self, other: f64) -> Self {
                for k in 0..LANES {
                    self.0[k] $op other;
                }
                self
            }
        }
    };
}

elementwise!(Add, add, AddAssign, add_assign, +=);
elementwise!(Sub, sub, SubAssign, sub_assign, -=);
elementwise!(Mul, mul, MulAssign, mul_assign, *=);

impl Neg for Lane {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.map(|value| -value)
    }
}

impl Lane {
    /// Nothing in every lane.
    pub(crate) const ZERO: Self = Self([0.0; LANES]);

    /// The same number in every lane.
    #[inline(always)]
    pub(crate) fn all(value: f64) -> Self {
        Self([value; LANES])
    }

    #[inline(always)]
    pub(crate) fn map(mut self, f: impl Fn(f64) -> f64) -> Self {
        for k in 0..LANES {
            self.0[k] = f(self.0[k]);
        }
        self
    }

    #[inline(always)]
    pub(crate) fn zip(mut self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        for k in 0..LANES {
            self.0[k] = f(self.0[k], other.0[k]);
        }
        self
    }

    #[inline(always)]
    pub(crate) fn inverse(self) -> Self {
        self.map(|value| 1.0 / value)
    }

    #[inline(always)]
    pub(crate) fn max(self, other: Self) -> Self {
        self.zip(other, |a, b| if a > b { a } else { b })
    }

    /// Of two numbers the first where this one is above zero.
    #[inline(always)]
    pub(crate) fn choose(self, mut yes: Self, no: Self) -> Self {
        for k in 0..LANES {
            yes.0[k] = if self.0[k] > 0.0 { yes.0[k] } else { no.0[k] };
        }
        yes
    }

    #[inline(always)]
    pub(crate) fn abs(self) -> Self {
        self.map(f64::abs)
    }
}

/// As many zeros.
pub(crate) fn zeros(n: usize) -> Vec<Lane> {
    vec![Lane::ZERO; n]
}
