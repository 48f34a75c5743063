//! `[plan]`: which years.

use crate::input::{PartYearsWord, PlanEntry, Problems};
use crate::problem::{NeedProblem, Remark, Shown, ValueProblem, WordList};
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
    let last = first.saturating_add(more);
    let begins_late = first_month > 0 || starts_late > 0;
    let ends_early = last_month % 12 != 11 || starts_late > 0;
    if begins_late || ends_early {
        part_years(plan, (first, begins_late), (last, ends_early), problems)?;
    }
    Some((first..=last).collect())
}

/// A year that the plan holds only a part of is taken as the files have it, and never without being asked: its money and needs may be
/// those of the whole year.
fn part_years(
    plan: &PlanEntry,
    (first, begins_late): (Year, bool),
    (last, ends_early): (Year, bool),
    problems: &mut Problems,
) -> Option<()> {
    let parts = [(first, begins_late), (last, ends_early)];
    let mut years: Vec<String> = parts
        .iter()
        .filter(|part| part.1)
        .map(|part| part.0.to_string())
        .collect();
    years.dedup();
    let years = WordList::of(years.iter().map(String::as_str));
    let place = if begins_late {
        &plan.start.place
    } else {
        &plan.months.place
    };
    match plan.part_years.map(|word| word.0) {
        Some(PartYearsWord::AsWritten) => {
            problems.push(place.clone(), Remark::PartYears { years });
            Some(())
        }
        None => {
            problems.push(place.clone(), NeedProblem::PartYears { years });
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::input::{At, Day, OneOf, Whole};
    use crate::problem::Place;

    fn check(start: jiff::civil::Date, months: i64, as_written: bool, expected: &[Year]) {
        let plan = PlanEntry {
            start: At::new(Day(start), Place::default()),
            months: At::new(Whole(months), Place::default()),
            part_years: as_written.then_some(OneOf(PartYearsWord::AsWritten)),
        };
        let mut problems = Problems::default();
        let years = years(&plan, &mut problems);
        assert_eq!(years.is_none(), problems.any_error(), "{start} {months}");
        assert_eq!(years.unwrap_or_default(), expected, "{start} {months}");
    }

    #[test]
    fn a_plan_covers_every_year_it_touches() {
        check(date(2022, 1, 1), 36, false, &[2022, 2023, 2024]);
        check(date(2022, 1, 1), 12, true, &[2022]);
        check(date(2022, 1, 1), 1, true, &[2022]);
        check(date(2022, 7, 1), 6, true, &[2022]);
        check(date(2022, 7, 1), 7, true, &[2022, 2023]);
        check(date(2022, 7, 15), 6, true, &[2022, 2023]);
        check(date(2018, 3, 9), 36, true, &[2018, 2019, 2020, 2021]);
        check(date(2022, 1, 1), 0, true, &[]);
        check(date(2022, 1, 1), 100_000, true, &[]);
    }

    #[test]
    fn a_part_of_a_year_is_refused_where_nothing_says_what_the_files_hold() {
        check(date(2022, 7, 1), 12, false, &[]);
        check(date(2022, 7, 1), 6, false, &[]);
        check(date(2022, 1, 1), 18, false, &[]);
        check(date(2022, 1, 1), 11, false, &[]);
        check(date(2022, 1, 2), 12, false, &[]);
        check(date(2022, 12, 31), 24, false, &[]);
    }
}
