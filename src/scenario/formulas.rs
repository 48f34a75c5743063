//! Bounds of rules, incomes, priority cuts, gates, claims and flat rates: numbers and formulas of `model.toml`.

use toml_edit::{Item, TableLike};

use super::entries::{Asked, Entries, money_of, share_of, whole_of};
use super::number;
use super::rules::bands;
use super::select::{Names, rules};
use super::state::State;
use super::toml_text as toml;
use crate::input::{PartWord, Problems, Word};
use crate::problem::{ScenarioProblem, Shown, WordList};

/// Keys of a rule that hold its bound.
pub(super) const BOUNDS: [&str; 4] = ["at_least", "at_most", "below", "equal"];

/// `target = "threshold"`: the bound in euro, units or counts, or the thresholds of the bands of a share.
pub(super) fn threshold(
    asked: &Asked<'_>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let wanted = rules(asked.change.value.rule.as_ref()?, state, problems)?;
    let guard = asked.choice.guard(state, None);
    let guard = guard.as_deref();
    let band = asked.band();
    let entries = Entries {
        lists: &["rule"],
        name: "id",
        part: "threshold",
    };
    let is_wanted = |id: &str| wanted.contains(id);
    asked.each(
        &entries,
        is_wanted,
        state,
        problems,
        |rule, touched, problems| {
            let mut found = false;
            for key in BOUNDS {
                let Some(bound) = toml::inside_mut(rule, key) else {
                    continue;
                };
                let kinds = ["euro", "units", "count"].into_iter();
                for kind in kinds.filter(|_| band.is_none()) {
                    found |= asked.renew((bound, kind), touched, problems, |operator, old| {
                        operator.formula(old, guard, "threshold")
                    })?;
                }
                let bands = bands(bound, band, 0, |old| {
                    let new = asked.operator.value.quantity(old, "threshold")?;
                    touched.count(new != *old);
                    Ok(number::term(&new).trim_matches(['(', ')']).to_owned())
                });
                found |= problems.keep(asked.value_place(), bands)? > 0;
            }
            Some(found && !(guard.is_some() && has_bands(rule)))
        },
    )
}

/// Bands are the same for every zone and year: a selection of zones or years cannot reach them.
fn has_bands(rule: &dyn TableLike) -> bool {
    BOUNDS.iter().any(|key| {
        let bound = toml::inside(rule, key);
        bound.is_some_and(|bound| bound.get("step").is_some())
    })
}

/// `target = "income"`: the formula in euro, or a part of a band.
pub(super) fn income(
    asked: &Asked<'_>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let guard = asked.choice.guard(state, None);
    let guard = guard.as_deref();
    let part = asked.part().unwrap_or(PartWord::Euro);
    let band = asked.band();
    asked.each_of_fund(
        ("income", part),
        state,
        problems,
        |income, touched, problems| {
            let mut found = false;
            if band.is_none() && part == PartWord::Euro {
                found |= asked.renew((income, "euro"), touched, problems, |operator, old| {
                    operator.formula(old, guard, "income")
                })?;
            }
            let bands = income.get_mut("bands").map(toml::tables_mut);
            for (position, table) in (1_usize..).zip(bands.unwrap_or_default()) {
                let is_meant = band.is_none_or(|band| *band == position.to_string());
                let has_zones = part != PartWord::Euro || guard.is_none();
                if is_meant && has_zones {
                    found |=
                        asked.renew((table, part.word()), touched, problems, |operator, old| {
                            match part {
                                PartWord::Euro => money_of(operator, old, "euro"),
                                _ => operator.formula(old, guard, "income"),
                            }
                        })?;
                }
            }
            Some(found)
        },
    )
}

/// `target = "priority_cut"`: the cap in euro, or the old or new claims, a formula.
pub(super) fn priority_cut(
    asked: &Asked<'_>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let part = asked.part().unwrap_or(PartWord::Cap);
    if part == PartWord::Cap && asked.choice.asks_zones() {
        let is_zone = asked.change.value.zone.is_some();
        let not_for = ScenarioProblem::KeyNotFor {
            key: Shown::new(if is_zone { "zone" } else { "where" }),
            what: Shown::new(part.word()),
            known: WordList::of(["fund", "years", "part"]),
        };
        problems.push(asked.change.place.clone(), not_for);
        return None;
    }
    let guard = asked.choice.of_zones().guard(state, None);
    let guard = guard.as_deref();
    asked.each_of_fund(
        ("priority_cut", part),
        state,
        problems,
        |cut, touched, problems| {
            let year = toml::text(cut, "year").and_then(|year| year.parse().ok());
            if !year.is_some_and(|year| asked.choice.year(year)) {
                return Some(true);
            }
            asked.renew(
                (cut, part.word()),
                touched,
                problems,
                |operator, old| match part {
                    PartWord::Cap => money_of(operator, old, "cap"),
                    _ => operator.formula(old, guard, part.word()),
                },
            )
        },
    )
}

/// `target = "gate"`: the share of an earlier year that must be reported.
pub(super) fn gate(
    asked: &Asked<'_>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    asked.each_of_fund(
        ("gate", PartWord::Reported),
        state,
        problems,
        |gate, touched, problems| {
            asked.renew((gate, "reported"), touched, problems, |operator, old| {
                share_of(operator, old, "gate")
            })
        },
    )
}

/// `target = "claim"`: years until it is due, what was claimed, what was committed.
pub(super) fn claim(
    asked: &Asked<'_>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let part = asked.part()?;
    asked.each_of_fund(
        ("claim", part),
        state,
        problems,
        |claim, touched, problems| match part {
            PartWord::After => asked.renew((claim, "after"), touched, problems, |operator, old| {
                whole_of(operator, old, "after")
            }),
            PartWord::Prefinancing | PartWord::Claimed => {
                let key = part.word();
                asked.renew((claim, key), touched, problems, |operator, old| {
                    money_of(operator, old, key)
                })
            }
            PartWord::Commitments => {
                let Some(table) = claim
                    .get_mut("commitments")
                    .and_then(Item::as_table_like_mut)
                else {
                    return Some(false);
                };
                let years: Vec<String> = table.iter().map(|(year, _)| year.to_owned()).collect();
                let is_year =
                    |year: &&String| year.parse().is_ok_and(|year| asked.choice.year(year));
                for year in years.iter().filter(is_year) {
                    asked.renew((table, year), touched, problems, |operator, old| {
                        money_of(operator, old, "commitments")
                    })?;
                }
                Some(true)
            }
            _ => Some(false),
        },
    )
}

/// `target = "rate"`: a flat rate on another action's cost.
pub(super) fn rate(
    asked: &Asked<'_>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let names = Names::actions(state);
    let is_meant = |action: &str| {
        let actions = names.expand(action);
        actions.iter().any(|action| asked.choice.action(action))
    };
    let entries = Entries {
        lists: &["flat_rate"],
        name: "action",
        part: "rate",
    };
    asked.each(
        &entries,
        is_meant,
        state,
        problems,
        |rate, touched, problems| {
            asked.renew((rate, "rate"), touched, problems, |operator, old| {
                share_of(operator, old, "rate")
            })
        },
    )
}
