//! What goals gain or lose, in words.

use num_traits::{Signed, Zero};

use crate::explain::law::counts;
use crate::explain::{GoalChange, GoalKey, Rate};
use crate::model::Language;
use crate::report::number::{self, Rounding, cents, decimal, money};
use crate::report::words::{Text, explain as words};
use crate::units::Exact;

/// Percentage points for a million euro, of a share for one.
pub(super) const POINTS_A_MILLION: i128 = 100_000_000;

/// The least rate that is told: half a ten-thousandth, of a euro or of a percentage point for a million.
const TOLD: Exact = Exact::new_raw(1, 20_000);

/// What gets better and what gets worse, each as a list of amounts in words; empty where nothing does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What gets better.
    pub better: String,
    /// What gets worse, told without its sign.
    pub worse: String,
}

/// The name of a goal for people.
#[must_use]
pub fn goal_name(key: GoalKey, language: Language) -> String {
    let text = match key.kind {
        "leps" => words::GOAL_LEPS,
        "targets" => words::GOAL_TARGETS,
        "wishes" => words::GOAL_WISHES,
        "leximin" if key.level > 1 => {
            return words::GOAL_LEXIMIN_N.fill(language, &[("n", &key.level.to_string())]);
        }
        "leximin" => words::GOAL_LEXIMIN,
        "floor" => words::GOAL_FLOOR,
        "steady" => words::GOAL_STEADY,
        "open" => words::GOAL_OPEN,
        "at_risk" => words::GOAL_AT_RISK,
        _ => words::GOAL_VALUE,
    };
    text.say(language).to_owned()
}

/// Changes of goals as lists of amounts; what is less than a cent, or a millionth of what is no money, is not told.
#[must_use]
pub fn told(changes: &[GoalChange], language: Language) -> Told {
    let told = changes.iter().filter(|change| counts(change));
    lists(told.map(|change| (change.change, amount(change, language))))
}

/// Rates per euro; of what is no money per million euro.
pub(super) fn rates(rates: &[Rate], language: Language) -> Told {
    let changes: Vec<GoalChange> = rates
        .iter()
        .map(|rate| GoalChange {
            key: rate.key,
            change: rate.change,
        })
        .collect();
    per_euro(&changes, language)
}

/// Changes per euro; of what is no money per million euro.
pub(super) fn per_euro(changes: &[GoalChange], language: Language) -> Told {
    let found = changes.iter().filter_map(|of| {
        if of.key.unit == "euro" {
            let number = rate_of(of, language)?;
            let number = number.trim_start_matches('-');
            return Some((of.change, some_euro(number, of.key, language)));
        }
        let number = rate_of(of, language)?;
        let (number, goal) = (number.trim_start_matches('-'), goal_name(of.key, language));
        let values = [("number", number), ("goal", goal.as_str())];
        Some((of.change, words::PER_MILLION.fill(language, &values)))
    });
    lists(found)
}

/// The name of a goal with the unit of its column.
pub(super) fn goal_in(key: GoalKey, points: Text, language: Language) -> String {
    let goal = goal_name(key, language);
    let text = if key.unit == "euro" {
        words::EURO_OF
    } else {
        points
    };
    text.fill(language, &[("goal", &goal)])
}

/// A change as a number of a column: cents of euro, or percentage points with four decimals.
pub(super) fn number(change: &GoalChange, language: Language) -> String {
    if change.key.unit == "euro" {
        return money(
            language,
            cents(&change.change, Rounding::HalfUp).unwrap_or_default(),
        );
    }
    let points = change.change * Exact::from_integer(100);
    decimal(language, &points, 4, Rounding::HalfUp)
}

/// A rate as a number of a column, as it is told in sentences; `None` where that is nothing.
pub(super) fn rate(rate: &Rate, language: Language) -> Option<String> {
    rate_of(
        &GoalChange {
            key: rate.key,
            change: rate.change,
        },
        language,
    )
}

/// A change per euro as a number: euro, or percentage points per million euro. `None` below a ten-thousandth of either.
fn rate_of(of: &GoalChange, language: Language) -> Option<String> {
    let per = if of.key.unit == "euro" {
        1
    } else {
        POINTS_A_MILLION
    };
    seen(&(of.change * Exact::from_integer(per)), language)
}

/// A rate as a number; `None` where it is less than is told.
pub(super) fn seen(rate: &Exact, language: Language) -> Option<String> {
    (rate.abs() >= TOLD).then(|| number::rate(language, rate))
}

fn lists(found: impl Iterator<Item = (Exact, String)>) -> Told {
    let (mut better, mut worse) = (Vec::new(), Vec::new());
    for (change, text) in found {
        if change > Exact::zero() {
            better.push(text);
        } else {
            worse.push(text);
        }
    }
    Told {
        better: better.join(", "),
        worse: worse.join(", "),
    }
}

fn some_euro(number: &str, key: GoalKey, language: Language) -> String {
    let values = [("number", number), ("goal", &goal_name(key, language))];
    words::SOME_EURO.fill(language, &values)
}

/// An amount without its sign, with the name of its goal.
fn amount(change: &GoalChange, language: Language) -> String {
    let size = change.change.abs();
    match change.key.unit {
        "euro" => {
            let number = money(language, cents(&size, Rounding::HalfUp).unwrap_or_default());
            some_euro(&number, change.key, language)
        }
        _ => {
            let points = size * Exact::from_integer(100);
            let number = decimal(language, &points, 4, Rounding::HalfUp);
            let goal = goal_name(change.key, language);
            words::SOME_POINTS.fill(language, &[("number", &number), ("goal", &goal)])
        }
    }
}
