//! `[plan]`: which years.

use crate::input::{PlanEntry, Problems};
use crate::problem::{Shown, ValueProblem};
use crate::units::Year;

/// Longest plan.
const MOST_MONTHS: u32 = 600;

/// The years that a plan touches, ascending.
pub(super) fn years(plan: &PlanEntry, problems: &mut Problems) -> Option<Vec<Year>> {
    let months = u32::try_from(plan.months.value.0).ok();
    let Some(months) = months.filter(|months| (1..=MOST_MONTHS).contains(months)) else {
        let wrong = ValueProblem::OutOfRange {
            value: Shown::new(&plan.months.value.0.to_string()),
            low: 1,
            high: MOST_MONTHS,
        };
        problems.push(plan.months.place.clone(), wrong);
        return None;
    };
    let start = plan.start.value.0;
    let first = Year::from(start.year());
    if !(1900..=2200).contains(&first) {
        let value = Shown::new(&first.to_string());
        problems.push(plan.start.place.clone(), ValueProblem::Year { value });
        return None;
    }
    // The plan ends on the day before it is so many months old.
    let first_month = u32::try_from(start.month()).unwrap_or(1).saturating_sub(1);
    let starts_late = u32::from(start.day() > 1);
    let last_month = first_month
        .saturating_add(months)
        .saturating_add(starts_late)
        .saturating_sub(1);
    let more = Year::try_from(last_month / 12).unwrap_or_default();
    Some((first..=first.saturating_add(more)).collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::input::{At, Day, Whole};
    use crate::problem::Place;

    fn check(start: jiff::civil::Date, months: i64, expected: &[Year]) {
        let plan = PlanEntry {
            start: At::new(Day(start), Place::default()),
            months: At::new(Whole(months), Place::default()),
        };
        let years = years(&plan, &mut Problems::default());
        assert_eq!(years.unwrap_or_default(), expected);
    }

    #[test]
    fn a_plan_covers_every_year_it_touches() {
        check(date(2022, 1, 1), 36, &[2022, 2023, 2024]);
        check(date(2022, 1, 1), 1, &[2022]);
        check(date(2022, 7, 1), 6, &[2022]);
        check(date(2022, 7, 1), 7, &[2022, 2023]);
        check(date(2022, 7, 15), 6, &[2022, 2023]);
        check(date(2022, 1, 1), 0, &[]);
        check(date(2022, 1, 1), 100_000, &[]);
    }
}
