//! Declared distributions: the value of an axis from a probability.

use super::special::{Beta, inside, normal_below, normal_quantile};
use super::value::Form;
use crate::input::Literal;

/// Least part of a distribution that its bounds must leave.
const LEAST_LEFT: f64 = 1e-6;

/// A distribution of the values of an axis.
#[derive(Clone, Debug)]
pub(super) enum Distribution {
    /// Any value from the lowest to the highest.
    Uniform {
        /// Lowest.
        low: f64,
        /// Highest.
        high: f64,
    },
    /// A triangle over the likeliest value.
    Triangular {
        /// Lowest.
        low: f64,
        /// Likeliest.
        mode: f64,
        /// Highest.
        high: f64,
    },
    /// A beta stretched from the lowest to the highest.
    Beta {
        /// Lowest.
        low: f64,
        /// Highest.
        high: f64,
        /// On [0, 1].
        shape: Beta,
    },
    /// Normal, cut.
    Normal(Cut),
    /// The logarithm is normal, cut.
    Lognormal(Cut),
    /// Listed values.
    Discrete {
        /// The values in the order of the file.
        values: Vec<Literal>,
        /// Weight up to and with each of them, over all weights.
        up_to: Vec<f64>,
    },
}

/// A normal distribution between two bounds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    mean: f64,
    sd: f64,
    low: f64,
    high: f64,
    /// Probability below the lower bound, and between the bounds.
    below: f64,
    between: f64,
    /// Computed on the mirror image, which keeps the digits of an upper tail.
    mirrored: bool,
}

impl Cut {
    /// A normal between two bounds; `None` if next to nothing of it is there.
    pub(super) fn new(mean: f64, sd: f64, low: f64, high: f64) -> Option<Self> {
        let (from, to) = ((low - mean) / sd, (high - mean) / sd);
        let mirrored = from > 0.0;
        let (from, to) = if mirrored { (-to, -from) } else { (from, to) };
        let below = normal_below(from);
        let between = normal_below(to) - below;
        (between >= LEAST_LEFT).then_some(Self {
            mean,
            sd,
            low,
            high,
            below,
            between,
            mirrored,
        })
    }

    /// The normal of a logarithm, from the bounds of the number itself.
    pub(super) fn of_logarithm(
        median: f64,
        spread: f64,
        low: Option<f64>,
        high: Option<f64>,
    ) -> Option<Self> {
        let low = low.map_or(f64::NEG_INFINITY, libm::log);
        let high = high.map_or(f64::INFINITY, libm::log);
        Self::new(libm::log(median), spread, low, high)
    }

    fn quantile(&self, probability: f64) -> f64 {
        let probability = if self.mirrored {
            1.0 - probability
        } else {
            probability
        };
        let z = normal_quantile(inside(self.below + probability * self.between));
        let z = if self.mirrored { -z } else { z };
        (self.mean + self.sd * z).clamp(self.low, self.high)
    }
}

impl Distribution {
    /// A pert: a beta whose mean is drawn to the likeliest value with some strength, usually 4.
    pub(super) fn pert(low: f64, mode: f64, high: f64, strength: f64) -> Self {
        let width = high - low;
        let a = 1.0 + strength * (mode - low) / width;
        let b = 1.0 + strength * (high - mode) / width;
        let shape = Beta::new(a, b);
        Self::Beta { low, high, shape }
    }

    /// Listed values with their weights, not all zero.
    pub(super) fn discrete(values: Vec<Literal>, weights: &[f64]) -> Self {
        let all: f64 = weights.iter().sum();
        let mut sum = 0.0;
        let up_to = weights.iter().map(|weight| {
            sum += weight;
            sum / all
        });
        Self::Discrete {
            up_to: up_to.collect(),
            values,
        }
    }

    /// The value below which a draw falls with a probability strictly between 0 and 1.
    pub(super) fn value(&self, probability: f64, form: Form) -> Literal {
        let quantile = match self {
            Self::Uniform { low, high } => low + probability * (high - low),
            Self::Triangular { low, mode, high } => triangular(*low, *mode, *high, probability),
            Self::Beta { low, high, shape } => low + shape.quantile(probability) * (high - low),
            Self::Normal(cut) => cut.quantile(probability),
            Self::Lognormal(cut) => libm::exp(cut.quantile(probability)),
            Self::Discrete { values, up_to } => {
                let reached = up_to.iter().position(|sum| probability < *sum);
                let value = reached.and_then(|position| values.get(position));
                return value
                    .or(values.last())
                    .cloned()
                    .unwrap_or_else(|| form.nearest(0.0));
            }
        };
        form.nearest(quantile)
    }
}

fn triangular(low: f64, mode: f64, high: f64, probability: f64) -> f64 {
    let width = high - low;
    if probability * width < mode - low {
        low + libm::sqrt(probability * width * (mode - low))
    } else {
        high - libm::sqrt((1.0 - probability) * width * (high - mode))
    }
}
