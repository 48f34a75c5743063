//! Correlated draws: a Gaussian copula.
//!
//! Each axis keeps its own distribution. The declared number is the correlation of the normal scores behind the draws; the rank
//! correlation of the draws is `6 / pi * asin(r / 2)`, at most 0.02 below it.

use super::special::{inside, normal_below, normal_quantile};

/// Least square of a pivot: below it the matrix is taken for one that is not positive definite.
const LEAST_PIVOT: f64 = 1e-9;
/// Halvings in the search for the factor that makes correlations hold together.
const HALVINGS: u32 = 40;

/// Why correlations cannot hold together.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotTogether {
    /// Smallest eigenvalue of the matrix.
    pub(super) smallest: f64,
    /// All correlations times this, or less, do hold together.
    pub(super) factor: f64,
}

/// The lower triangle that mixes independent scores into correlated ones.
#[derive(Clone, Debug)]
pub(super) struct Copula {
    /// Position of each correlated axis.
    axes: Vec<usize>,
    /// Row by row, up to the diagonal.
    rows: Vec<Vec<f64>>,
}

impl Copula {
    /// From the pairs that are correlated; axes by position.
    pub(super) fn new(pairs: &[(usize, usize, f64)]) -> Result<Self, NotTogether> {
        let mut axes: Vec<usize> = pairs.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
        axes.sort_unstable();
        axes.dedup();
        let rows = |factor: f64| triangle(&axes, pairs, factor);
        if let Some(rows) = rows(1.0) {
            return Ok(Self { axes, rows });
        }
        let (mut good, mut bad) = (0.0, 1.0);
        for _ in 0..HALVINGS {
            let middle = 0.5 * (good + bad);
            if rows(middle).is_some() {
                good = middle;
            } else {
                bad = middle;
            }
        }
        // With all correlations times f the smallest eigenvalue is 1 - f * (1 - smallest): zero at the largest good f.
        Err(NotTogether {
            smallest: 1.0 - 1.0 / bad,
            factor: good,
        })
    }

    /// Replaces independent probabilities by correlated ones.
    pub(super) fn mix(&self, probabilities: &mut [f64]) {
        let score = |axis: &usize| {
            probabilities
                .get(*axis)
                .map_or(0.0, |probability| normal_quantile(*probability))
        };
        let scores: Vec<f64> = self.axes.iter().map(score).collect();
        for (axis, row) in self.axes.iter().zip(&self.rows) {
            let mixed: f64 = row.iter().zip(&scores).map(|(part, z)| part * z).sum();
            if let Some(probability) = probabilities.get_mut(*axis) {
                *probability = inside(normal_below(mixed));
            }
        }
    }
}

/// Cholesky's triangle of the matrix with every correlation times a factor; `None` if it is not positive definite.
fn triangle(axes: &[usize], pairs: &[(usize, usize, f64)], factor: f64) -> Option<Vec<Vec<f64>>> {
    let mut matrix: Vec<Vec<f64>> = (0..axes.len()).map(|row| vec![0.0; row + 1]).collect();
    for (a, b, value) in pairs {
        let (a, b) = (axes.binary_search(a).ok()?, axes.binary_search(b).ok()?);
        *matrix.get_mut(a.max(b))?.get_mut(a.min(b))? = value * factor;
    }
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(axes.len());
    for (position, wanted) in matrix.iter().enumerate() {
        let mut row: Vec<f64> = Vec::with_capacity(position + 1);
        for (earlier, value) in rows.iter().zip(wanted) {
            let known: f64 = row.iter().zip(earlier).map(|(a, b)| a * b).sum();
            row.push((value - known) / earlier.last()?);
        }
        let pivot = 1.0 - row.iter().map(|part| part * part).sum::<f64>();
        if pivot < LEAST_PIVOT {
            return None;
        }
        row.push(libm::sqrt(pivot));
        rows.push(row);
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlations_that_cannot_hold_together_are_told_with_their_eigenvalue() {
        let pairs = [(0, 1, 0.9), (1, 2, 0.9), (0, 2, -0.9)];
        let refused = Copula::new(&pairs).unwrap_err();
        // The eigenvalues are 1.9, 1.9 and -0.8.
        assert!((refused.smallest + 0.8).abs() < 1e-6, "{refused:?}");
        let weaker = pairs.map(|(a, b, value)| (a, b, value * refused.factor * 0.999));
        assert!(Copula::new(&weaker).is_ok());
    }

    #[test]
    fn an_axis_without_correlations_keeps_its_probability() {
        let copula = Copula::new(&[(0, 2, 0.5)]).unwrap();
        let mut probabilities = [0.3, 0.7, 0.6];
        copula.mix(&mut probabilities);
        assert!((probabilities[0] - 0.3).abs() < 1e-14);
        assert!((probabilities[1] - 0.7).abs() < 1e-15);
        assert!((probabilities[2] - 0.6).abs() > 0.01);
    }
}
