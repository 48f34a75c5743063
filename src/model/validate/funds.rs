//! Funds: natures, deadlines, carry-over.

use std::collections::BTreeMap;

use num_traits::{One, Zero};

use super::directory::Once;
use super::zones::similar_ids;
use crate::input::{Deadline as Written, Entries, FundEntry, FundNatureWord, LevelWord, Problems};
use crate::model::{Deadline, Fund, FundNature, Level};
use crate::problem::Thing;
use crate::units::{Exact, Year};

/// Builds the funds in order of their id.
pub(super) fn build(entries: &Entries, years: &[Year], problems: &mut Problems) -> Vec<Fund> {
    let mut rows: BTreeMap<&str, &FundEntry> = BTreeMap::new();
    let mut once = Once::new(Thing::Fund);
    for entry in &entries.funds {
        let id = entry.fund.value.as_str();
        if once.is_new(id, id, &entry.fund, problems) {
            rows.insert(id, entry);
        }
    }
    similar_ids(rows.values().map(|entry| &entry.fund), problems);
    rows.values().map(|entry| fund(entry, years)).collect()
}

fn fund(entry: &FundEntry, years: &[Year]) -> Fund {
    let (deadline, carry_over) = deadline(entry.last_spend, entry.carry_over, years);
    Fund {
        id: entry.fund.value.clone(),
        name: entry.name.clone(),
        level: match entry.level {
            LevelWord::Eu => Level::Eu,
            LevelWord::State => Level::State,
            LevelWord::Region => Level::Region,
            LevelWord::Municipal => Level::Municipal,
        },
        nature: match entry.nature {
            FundNatureWord::Current => FundNature::Current,
            FundNatureWord::Capital => FundNature::Capital,
            FundNatureWord::Both => FundNature::Both,
        },
        tags: entry.tags.iter().map(|tag| tag.value.clone()).collect(),
        carry_over,
        deadline,
        law: entry.law.clone(),
    }
}

/// Deadline and carry-over: each says something about the other where it is left out.
fn deadline(
    last_spend: Option<Written>,
    carry_over: Option<Exact>,
    years: &[Year],
) -> (Deadline, Exact) {
    let deadline = match last_spend {
        Some(Written::Until(year)) => Deadline::LastYear(year),
        Some(Written::YearsAfter(more)) => Deadline::YearsAfter(more),
        None if carry_over.is_some_and(|share| share > Exact::zero()) => Deadline::Never,
        None => Deadline::YearsAfter(0),
    };
    let allows_later = match deadline {
        Deadline::LastYear(year) => years.first().is_some_and(|first| year > *first),
        Deadline::YearsAfter(more) => more > 0,
        Deadline::Never => true,
    };
    let usual = if allows_later {
        Exact::one()
    } else {
        Exact::zero()
    };
    (deadline, carry_over.unwrap_or(usual))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadline_and_carry_over_speak_for_each_other() {
        let (none, all, half) = (Exact::zero(), Exact::one(), Exact::new(1, 2));
        let check = |last_spend, carry_over, expected| {
            assert_eq!(deadline(last_spend, carry_over, &[2022, 2023]), expected);
        };
        check(None, None, (Deadline::YearsAfter(0), none));
        check(None, Some(none), (Deadline::YearsAfter(0), none));
        check(None, Some(half), (Deadline::Never, half));
        check(
            Some(Written::YearsAfter(1)),
            None,
            (Deadline::YearsAfter(1), all),
        );
        check(
            Some(Written::Until(2022)),
            None,
            (Deadline::LastYear(2022), none),
        );
        check(
            Some(Written::Until(2023)),
            Some(half),
            (Deadline::LastYear(2023), half),
        );
    }
}
