//! Needs: units in `needs.csv` and formulas in `model.toml`.

use std::collections::BTreeSet;

use super::ground::{Ground, ground, value};
use super::number;
use super::operator::Operator;
use super::select::{Choice, Names};
use super::state::State;
use super::toml_text as toml;
use crate::input::{At, Problems};
use crate::model::expression::{Expression, Value};
use crate::problem::{ProblemKind, ScenarioProblem, ScenarioRemark, Shown};
use crate::units::{Exact, Year, parse_exact};

const UNLIMITED: &str = "unlimited";

/// `target = "need"`.
pub(super) fn change(
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    rows(operator, choice, state, problems)?;
    formulas(operator, choice, state, problems)
}

fn rows(
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let formula = Formula::of(&operator.value, state);
    for row in 0..state.table("needs.csv").rows.len() {
        let table = state.table("needs.csv");
        let cells = table.rows.get(row)?;
        let year = table.year(cells, "year").unwrap_or_default();
        let action = table.cell(cells, "action");
        if !(choice.action(action) && choice.year(year)) {
            continue;
        }
        if !choice.zone(table.cell(cells, "zone"), year, problems)? {
            continue;
        }
        let old = table.quantity(cells, "units");
        let new = match (&operator.value, old) {
            (Operator::Set(text), _) if text == UNLIMITED => UNLIMITED.to_owned(),
            (Operator::Scale(_) | Operator::Add(_), None) => {
                let action = Shown::new(action);
                problems.push(operator.place.clone(), ScenarioRemark::Unlimited { action });
                state.touched.count(false);
                continue;
            }
            (operate, old) => {
                let old = old.unwrap_or_default();
                let zone = table.cell(cells, "zone");
                let new = match (operate, &formula) {
                    (Operator::Set(text), Some(formula)) => formula.units(text, zone, year),
                    _ => operate.quantity(&old, "need"),
                };
                let new = problems.keep(&operator.place, new)?;
                if Some(new) == table.quantity(cells, "units") {
                    state.touched.count(false);
                    continue;
                }
                table.decimal(&number::decimal(&new)?)
            }
        };
        state.put("needs.csv", row, "units", &new);
    }
    Some(())
}

/// A formula that a row of `needs.csv` is set to: the row holds its value.
struct Formula {
    expression: Expression,
    ground: Ground,
}

impl Formula {
    /// The formula of an operator that sets one; `None` for a plain number.
    fn of(operator: &Operator, state: &State<'_>) -> Option<Self> {
        let Operator::Set(text) = operator else {
            return None;
        };
        if parse_exact(text).is_some() {
            return None;
        }
        let expression = Expression::parse(text).ok()?;
        let ground = ground(state);
        Some(Self { expression, ground })
    }

    fn units(&self, text: &str, zone: &str, year: Year) -> Result<Exact, ProblemKind> {
        let found = self.expression.number(&|name| match name {
            "year" => Some(Value::Number(Exact::from_integer(i128::from(year)))),
            _ => value(&self.ground, name, zone, year),
        });
        found
            .ok()
            .filter(|units| *units >= Exact::from_integer(0))
            .ok_or_else(|| {
                let (value, what) = (Shown::new(text), Shown::new("need"));
                ScenarioProblem::NotANumber { value, what }.into()
            })
    }
}

/// A formula of several actions of which some are meant falls into two: those meant, and the others.
fn formulas(
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let names = Names::actions(state);
    let mut found = Vec::new();
    for (position, need) in (0_usize..).zip(toml::list(state.document(), "need")) {
        let actions = names.expand_all(&toml::names(need, "action").unwrap_or_default());
        let years: Option<Vec<Year>> = toml::names(need, "years")
            .map(|years| years.iter().filter_map(|year| year.parse().ok()).collect());
        let is_year = match &years {
            Some(years) => years.iter().any(|year| choice.year(*year)),
            None => true,
        };
        let (meant, rest): (BTreeSet<_>, BTreeSet<_>) = actions
            .into_iter()
            .partition(|action| choice.action(action));
        let units = toml::text(need, "units").unwrap_or_default();
        if is_year && !meant.is_empty() {
            found.push((position, meant, rest, years, units));
        }
    }
    for (position, meant, rest, years, units) in found {
        if units.trim() == UNLIMITED && !matches!(operator.value, Operator::Set(_)) {
            let action = Shown::new(meant.first().map_or("", String::as_str));
            problems.push(operator.place.clone(), ScenarioRemark::Unlimited { action });
            state.touched.count(false);
            continue;
        }
        let guard = choice.guard(state, years.as_deref());
        let new = operator.value.formula(&units, guard.as_deref(), "need");
        let new = problems.keep(&operator.place, new)?;
        state.touched.count(new != units);
        if new == units {
            continue;
        }
        let document = state.document_mut();
        if !rest.is_empty() {
            let tables = toml::list(document, "need");
            let mut entries = Vec::new();
            for key in ["units", "where", "years"] {
                let value = tables
                    .get(position)
                    .and_then(|need| need.get(key)?.as_value());
                entries.extend(value.map(|value| (key, value.clone())));
            }
            entries.push(("action", toml::texts(rest.iter().map(String::as_str))));
            toml::push(document, "need", entries);
        }
        let mut tables = toml::list_mut(document, "need");
        let need = tables.get_mut(position)?;
        if !rest.is_empty() {
            toml::set(
                *need,
                "action",
                toml::texts(meant.iter().map(String::as_str)),
            );
        }
        toml::set(*need, "units", new);
    }
    Some(())
}
