//! From values to positions and back to words: units, ticks, steps of colour.

use super::svg::Px;
use crate::model::Language;
use crate::report::number::{Rounding, count, decimal, money, percent};
use crate::report::words::page as words;
use crate::units::Exact;

/// What a value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Whole cents.
    Euro,
    /// Ten-thousandths of a whole: hundredths of a percent.
    Share,
    /// Things.
    Count,
    /// Ten-thousandths of one.
    Ratio,
}

impl Unit {
    /// A value in full.
    pub(crate) fn say(self, language: Language, value: i128) -> String {
        match self {
            Self::Euro => money(language, value),
            Self::Share => percent(language, &Exact::new(value, 10_000)),
            Self::Count => count(language, usize::try_from(value).unwrap_or(0)),
            Self::Ratio => decimal(language, &Exact::new(value, 10_000), 4, Rounding::HalfUp),
        }
    }

    /// A round value along a scale: no decimals that are all zero.
    pub(super) fn tick(self, language: Language, value: i128) -> String {
        match self {
            Self::Share => {
                let hundredths = decimal(language, &Exact::new(value, 100), 2, Rounding::HalfUp);
                format!("{hundredths}%")
            }
            Self::Euro if value % 100 == 0 => {
                decimal(language, &Exact::new(value, 100), 0, Rounding::HalfUp)
            }
            other => other.say(language, value),
        }
    }

    /// The value as a number of a specification, in euro, shares of one or things.
    pub(super) fn number(self, value: i128) -> serde_json::Value {
        let (whole, digits) = match self {
            Self::Euro => (100, 2),
            Self::Share | Self::Ratio => (10_000, 4),
            Self::Count => (1, 0),
        };
        let sign = if value < 0 { "-" } else { "" };
        let size = value.unsigned_abs();
        let text = match digits {
            0 => format!("{sign}{size}"),
            _ => format!("{sign}{}.{:0digits$}", size / whole, size % whole),
        };
        serde_json::from_str(&text).unwrap_or(serde_json::Value::Null)
    }

    /// How a specification shows it.
    pub(super) fn format(self) -> &'static str {
        match self {
            Self::Euro => ",.2f",
            Self::Share => ".2%",
            Self::Count => "d",
            Self::Ratio => ".4f",
        }
    }
}

/// How amounts are shortened: one unit for a whole picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// Euro.
    Ones,
    /// Thousands of euro.
    Thousands,
    /// Millions of euro.
    Millions,
}

impl Amount {
    /// The unit in which the largest amount (cents) reads best.
    pub(crate) fn of(largest: i128) -> Self {
        match largest.unsigned_abs() {
            0..=999_999 => Self::Ones,
            1_000_000..=499_999_999 => Self::Thousands,
            _ => Self::Millions,
        }
    }

    fn cents(self) -> i128 {
        match self {
            Self::Ones => 100,
            Self::Thousands => 100_000,
            Self::Millions => 100_000_000,
        }
    }

    /// An amount of cents with one decimal, without the unit.
    pub(crate) fn short(self, language: Language, cents: i128) -> String {
        let value = Exact::new(cents, self.cents());
        let one = decimal(language, &value, 1, Rounding::HalfUp);
        if matches!(one.as_str(), "0" | "-0") && cents != 0 {
            if self == Self::Ones {
                return money(language, cents);
            }
            let point = match language {
                Language::Italian => ',',
                Language::English => '.',
            };
            let less = if cents < 0 { ">-" } else { "<" };
            return format!("{less}0{point}1");
        }
        one
    }

    /// An amount of cents with its unit: `12,9 mln`.
    pub(crate) fn say(self, language: Language, cents: i128) -> String {
        format!("{} {}", self.short(language, cents), self.suffix(language))
    }

    /// The unit after a number.
    pub(crate) fn suffix(self, language: Language) -> &'static str {
        match self {
            Self::Ones => words::SHORT_EURO,
            Self::Thousands => words::SHORT_THOUSAND,
            Self::Millions => words::SHORT_MILLION,
        }
        .say(language)
    }

    /// The unit as a heading.
    pub(crate) fn title(self, language: Language) -> &'static str {
        match self {
            Self::Ones => words::IN_EURO,
            Self::Thousands => words::IN_THOUSANDS,
            Self::Millions => words::IN_MILLIONS,
        }
        .say(language)
    }
}

/// A straight scale from a range of values to a range of pixels.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    low: i128,
    high: i128,
    start: Px,
    length: Px,
    step: i128,
}

impl Scale {
    /// A scale that covers the values with round ticks; `from_zero` keeps zero in it.
    pub(super) fn new(
        values: impl IntoIterator<Item = i128>,
        from_zero: bool,
        (start, length): (Px, Px),
    ) -> Self {
        let mut values = values.into_iter();
        let first = values.next().unwrap_or(0);
        let (mut low, mut high) = values.fold((first, first), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        if from_zero {
            (low, high) = (low.min(0), high.max(0));
        }
        if low == high {
            high = low.saturating_add(1);
        }
        let step = round_step(high.saturating_sub(low), 5);
        let low = low.div_euclid(step).saturating_mul(step);
        let high = high
            .saturating_add(step - 1)
            .div_euclid(step)
            .saturating_mul(step);
        Self {
            low,
            high,
            start,
            length,
            step,
        }
    }

    /// Where a value is.
    pub(super) fn at(&self, value: i128) -> Px {
        let width = self.high.saturating_sub(self.low);
        self.start + self.length.part(value.saturating_sub(self.low), width)
    }

    /// The unit in which amounts along the scale read best.
    pub(super) fn amount(&self) -> Amount {
        Amount::of(self.low.saturating_abs().max(self.high.saturating_abs()))
    }

    /// Round values along the scale.
    pub(super) fn ticks(&self) -> Vec<i128> {
        let mut ticks = Vec::new();
        let mut tick = self.low;
        while tick <= self.high && ticks.len() < 20 {
            ticks.push(tick);
            tick = tick.saturating_add(self.step);
        }
        ticks
    }
}

/// The least of 1, 2, 5 times a power of ten of which at most `most` fit in a width.
pub(super) fn round_step(width: i128, most: i128) -> i128 {
    let least = width / most;
    let mut power = 1_i128;
    loop {
        for leading in [1, 2, 5] {
            let step = power.saturating_mul(leading);
            if step >= least.max(1) {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

/// Which of `steps` equal steps from `low` to `high` a value is in.
pub(super) fn step_of(value: i128, low: i128, high: i128, steps: usize) -> usize {
    let count = i128::try_from(steps).unwrap_or(1);
    let width = high.saturating_sub(low).max(1);
    let step = value
        .saturating_sub(low)
        .saturating_mul(count)
        .div_euclid(width);
    usize::try_from(step.clamp(0, count - 1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        let scale = Scale::new([3, 47], true, (Px(0), Px(1000)));
        assert_eq!(scale.ticks(), [0, 10, 20, 30, 40, 50]);
        assert_eq!(scale.at(25), Px(500));
        let scale = Scale::new([-12, 30], false, (Px(0), Px(1000)));
        assert_eq!(scale.ticks(), [-20, -10, 0, 10, 20, 30]);
        assert_eq!(Scale::new([], true, (Px(0), Px(10))).ticks(), [0, 1]);
    }

    #[test]
    fn amounts_read_in_one_unit() {
        let it = Language::Italian;
        assert_eq!(Amount::of(1_287_062_136).say(it, 1_287_062_136), "12,9 mln");
        assert_eq!(Amount::Millions.short(it, 1), "<0,1");
        assert_eq!(Amount::Millions.short(it, -1), ">-0,1");
        assert_eq!(Amount::Ones.short(it, 2), "0,02");
        assert_eq!(Amount::Ones.short(it, -2), "-0,02");
        assert_eq!(
            Amount::Thousands.say(Language::English, 150_000),
            "1.5 thousand"
        );
        assert_eq!(Unit::Euro.number(-1_234_505).to_string(), "-12345.05");
        assert_eq!(Unit::Share.number(5_603).to_string(), "0.5603");
    }

    #[test]
    fn steps_of_colour_are_equal() {
        assert_eq!(step_of(0, 0, 70, 7), 0);
        assert_eq!(step_of(10, 0, 70, 7), 1);
        assert_eq!(step_of(70, 0, 70, 7), 6);
        assert_eq!(step_of(5, 5, 5, 7), 0);
    }
}
