//! What all acts cost together, split among them: the mean, over the orders in which acts may be given up, of what giving up each
//! brings.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use num_traits::Zero;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::cost::Left;
use super::{ActShare, Shapley};
use crate::explain::change::without;
use crate::explain::ground::{Advanced, ExplainError, Ground, changes, on_threads, rounded};
use crate::explain::{GoalChange, GoalKey};
use crate::units::Exact;

/// Up to so many acts every set of them is solved.
pub const EXACT_UP_TO: usize = 8;

/// Decimals of a part.
const DECIMALS: u32 = 12;

/// Acts left out, by position, however many there are.
type Set = BTreeSet<usize>;

/// Splits what all acts cost.
///
/// With more than [`EXACT_UP_TO`] acts, `draws` orders are drawn with `seed`, and each part comes with its standard error.
///
/// # Errors
/// [`ExplainError::Solve`] where a set of acts leaves no answer; [`ExplainError::Threads`].
pub fn shapley(
    ground: &Ground,
    acts: &[Left],
    (draws, seed): (usize, u64),
    threads: NonZeroUsize,
    advanced: Advanced<'_>,
) -> Result<Shapley, ExplainError> {
    let n = acts.len();
    let all: Set = (0..n).collect();
    let is_exact = n <= EXACT_UP_TO;
    let orders = if is_exact {
        Vec::new()
    } else {
        drawn(n, draws, seed)
    };
    let sets: Vec<Set> = if is_exact {
        subsets(&all)
    } else {
        let mut sets: Vec<Set> = orders.iter().flat_map(|order| prefixes(order)).collect();
        sets.extend([Set::new(), all.clone()]);
        sets.sort_unstable();
        sets.dedup();
        sets
    };
    let gains = on_threads(threads, &sets, advanced, |set| gain(ground, acts, set))?;
    let gains: BTreeMap<Set, Vec<GoalChange>> = sets
        .iter()
        .cloned()
        .zip(gains)
        .map(|(set, gain)| gain.map(|gain| (set, gain)))
        .collect::<Result<_, _>>()?;
    let total = gains.get(&all).cloned().unwrap_or_default();
    let keys: Vec<GoalKey> = total.iter().map(|gain| gain.key).collect();
    let of = |set: &Set, key: &GoalKey| {
        let gain = gains
            .get(set)
            .and_then(|gains| gains.iter().find(|gain| gain.key == *key));
        gain.map_or_else(Exact::zero, |gain| gain.change)
    };
    let mut shares: Vec<ActShare> = acts
        .iter()
        .enumerate()
        .map(|(act, left)| {
            let split = keys.iter().map(|key| {
                let value = |set: &Set| of(set, key);
                let (part, error) = if is_exact {
                    (exact_part(act, &all, value), Exact::zero())
                } else {
                    drawn_part(act, &orders, value)
                };
                (
                    GoalChange {
                        key: *key,
                        change: rounded(&part, DECIMALS),
                    },
                    error,
                )
            });
            let (parts, errors) = split.unzip();
            ActShare {
                act: left.law.clone(),
                rules: left.rules.clone(),
                parts,
                errors,
            }
        })
        .collect();
    let size =
        |share: &ActShare| -> Vec<Exact> { share.parts.iter().map(|part| part.change).collect() };
    shares.sort_by_key(|share| std::cmp::Reverse(size(share)));
    Ok(Shapley {
        total,
        acts: shares,
        is_exact,
        drawn: orders.len(),
        seed,
        solves: sets.len(),
    })
}

fn gain(ground: &Ground, acts: &[Left], set: &Set) -> Result<Vec<GoalChange>, ExplainError> {
    if set.is_empty() {
        return Ok(changes(ground.now(), ground.now()));
    }
    let ids: Vec<String> = acts
        .iter()
        .enumerate()
        .filter(|(act, _)| set.contains(act))
        .flat_map(|(_, left)| left.rules.iter().cloned())
        .collect();
    let found = ground.anew(&without(ground.model(), &ids))?;
    Ok(changes(ground.now(), &found))
}

/// Orders of acts, each as likely as any other, and with each its reverse.
fn drawn(n: usize, draws: usize, seed: u64) -> Vec<Vec<usize>> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut orders = Vec::new();
    while orders.len() < draws {
        let mut order: Vec<usize> = (0..n).collect();
        order.shuffle(&mut random);
        orders.push(order.clone());
        if orders.len() < draws {
            order.reverse();
            orders.push(order);
        }
    }
    orders
}

fn prefixes(order: &[usize]) -> Vec<Set> {
    let mut set = Set::new();
    let add = |act: &usize| {
        set.insert(*act);
        set.clone()
    };
    order.iter().map(add).collect()
}

/// Every set of some acts, ascending.
fn subsets(all: &Set) -> Vec<Set> {
    let mut sets = vec![Set::new()];
    for &act in all {
        let with = sets.iter().map(|set| with(set, act));
        sets.extend(with.collect::<Vec<Set>>());
    }
    sets.sort_unstable();
    sets
}

fn with(set: &Set, act: usize) -> Set {
    let mut set = set.clone();
    set.insert(act);
    set
}

/// Over all sets without the act, by how likely it comes right after them.
fn exact_part(act: usize, all: &Set, value: impl Fn(&Set) -> Exact) -> Exact {
    let mut part = Exact::zero();
    for set in subsets(all).iter().filter(|set| !set.contains(&act)) {
        let before = set.len();
        let after = all.len().saturating_sub(before + 1);
        let likely = Exact::new(
            factorial(before) * factorial(after),
            factorial(before + after + 1),
        );
        part += likely * (value(&with(set, act)) - value(set));
    }
    part
}

fn factorial(n: usize) -> i128 {
    (1..=n).filter_map(|n| i128::try_from(n).ok()).product()
}

/// The mean over drawn orders, and its standard error, rounded up to a millionth.
fn drawn_part(act: usize, orders: &[Vec<usize>], value: impl Fn(&Set) -> Exact) -> (Exact, Exact) {
    let of_order = |order: &Vec<usize>| {
        let before = order.iter().copied().take_while(|other| *other != act);
        let set: Set = before.collect();
        rounded(&(value(&with(&set, act)) - value(&set)), 6)
    };
    let marginals: Vec<Exact> = orders.iter().map(of_order).collect();
    let n = i128::try_from(marginals.len()).unwrap_or(1).max(1);
    let mean = marginals.iter().sum::<Exact>() / Exact::from_integer(n);
    // In millionths, so that the root is one of whole numbers.
    let micro = |value: &Exact| {
        (value * Exact::from_integer(1_000_000))
            .round()
            .to_integer()
    };
    let squares: num_bigint::BigInt = marginals
        .iter()
        .map(|marginal| num_bigint::BigInt::from(micro(&(marginal - mean))).pow(2))
        .sum();
    let variance = squares / (n * (n - 1).max(1));
    let root = i128::try_from(variance.sqrt() + 1).unwrap_or(i128::MAX);
    let error = if marginals.windows(2).all(|pair| pair[0] == pair[1]) {
        0
    } else {
        root
    };
    (mean, Exact::new(error, 1_000_000))
}
