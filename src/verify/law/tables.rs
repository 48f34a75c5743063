//! The tables beside the ledger: every amount in `rules.csv`, `zones.csv` and `unmet.csv` computed again.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::Signed;

use crate::model::{Base, BaseScope, Bound, Quantity, Relation, Rule, Share, Strength};
use crate::units::parse_exact;
use crate::verify::codes::Place;
use crate::verify::report::{Tally, said};
use crate::verify::table::{Table, parse_year};

use super::exact::{self, Q, file_apart, file_percent, whole};
use super::instance::share_at;
use super::plan::Plan;
use super::rules::{Standing, place_text};
use super::zones::{check_unmet, check_zones};

const RULES: [&str; 15] = [
    "rule", "fund", "action", "zone", "year", "law", "strength", "base", "relation", "value",
    "bound", "unit", "slack", "status", "waiver",
];

/// Checks the amounts of the three tables.
pub(crate) fn check_tables(
    plan: &Plan<'_>,
    standings: &[Standing],
    files: &BTreeMap<String, Vec<u8>>,
) -> Tally {
    let mut tally = Tally::new(
        "figures",
        said!(
            "le cifre di rules.csv, zones.csv e unmet.csv sono quelle ricalcolate",
            "the figures of rules.csv, zones.csv and unmet.csv are those computed again"
        ),
    );
    let content = |name: &str| files.get(name).map_or(&[][..], Vec::as_slice);
    check_rules(plan, standings, content("../rules.csv"), &mut tally);
    check_zones(plan, content("../zones.csv"), &mut tally);
    check_unmet(plan, content("../unmet.csv"), &mut tally);
    tally
}

/// A line of `rules.csv`: code, place and relation.
type Key = (String, Place, &'static str);

fn check_rules(plan: &Plan<'_>, standings: &[Standing], bytes: &[u8], tally: &mut Tally) {
    let table = match Table::read(bytes, &RULES) {
        Ok(table) => table,
        Err(said) => return tally.fail("../rules.csv", "", said),
    };
    let mut expected: BTreeMap<Key, &Standing> = BTreeMap::new();
    for standing in standings {
        let place = told_place(plan, standing);
        expected.insert(
            (standing.code.clone(), place, word(standing.relation)),
            standing,
        );
    }
    tally.looked_at(table.rows.len());
    for (line, fields) in table.rows::<15>() {
        let place = format!("../rules.csv:{line}");
        let [code, fund, action, zone, year, ..] = fields;
        let relation = fields[8];
        let Some(at) = place_of(plan, fund, action, zone, year) else {
            tally.fail(place, "", said!("codice sconosciuto", "unknown code"));
            continue;
        };
        let relation = [
            Relation::AtLeast,
            Relation::AtMost,
            Relation::Below,
            Relation::Equal,
        ]
        .into_iter()
        .find(|r| word(*r) == relation);
        let Some(relation) = relation else {
            tally.fail(
                place,
                "",
                said!("relazione sconosciuta", "unknown relation"),
            );
            continue;
        };
        match expected.remove(&(code.to_owned(), at, word(relation))) {
            Some(standing) => check_rule_line(plan, standing, &fields, &place, tally),
            None if is_empty_match(plan, code, &at) => {
                let status = match relation {
                    Relation::AtLeast => "met",
                    _ => "binding",
                };
                let nothing = ["0.00", "0.00", "euro", "0.00", status];
                if fields[9..14] != nothing {
                    tally.fail(
                        place,
                        "",
                        said!("nulla è pagato qui", "nothing is paid here"),
                    );
                }
            }
            None => tally.fail(
                place,
                "",
                said!(
                    "regola `{code}` sconosciuta o ripetuta in questo luogo",
                    "rule `{code}` unknown or repeated at this place"
                ),
            ),
        }
    }
    for (code, at, _) in expected.keys() {
        tally.fail(
            format!("../rules.csv: {}", place_text(plan, code, at)),
            "",
            said!("manca", "missing"),
        );
    }
}

/// A place as `rules.csv` tells it: a rule that measures one fund or one action names it.
fn told_place(plan: &Plan<'_>, standing: &Standing) -> Place {
    let mut place = standing.place;
    if let Some(rule) = plan
        .model
        .rules
        .iter()
        .find(|rule| rule.id == standing.code)
    {
        if let [fund] = rule.measure.selection.funds.as_slice() {
            place.fund = place.fund.or(Some(*fund));
        }
        if let [action] = rule.measure.selection.actions.as_slice() {
            place.action = place.action.or(Some(*action));
        }
    }
    place
}

fn place_of(plan: &Plan<'_>, fund: &str, action: &str, zone: &str, year: &str) -> Option<Place> {
    fn part<T>(text: &str, find: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
        if text.is_empty() {
            Some(None)
        } else {
            find(text).map(Some)
        }
    }
    Some(Place {
        fund: part(fund, |code| plan.codes.fund(code))?,
        action: part(action, |code| plan.codes.action(code))?,
        zone: part(zone, |code| plan.codes.zone(code))?,
        year: part(year, |text| {
            parse_year(text).and_then(|year| plan.codes.year(year))
        })?,
    })
}

/// Whether a line speaks of a match or flat rate where nothing is paid.
fn is_empty_match(plan: &Plan<'_>, code: &str, at: &Place) -> bool {
    let is_match = plan.model.matches.iter().any(|rule| rule.id == code);
    let is_flat = code
        .strip_prefix("flat_rate:")
        .and_then(|action| plan.codes.action(action))
        .is_some_and(|action| {
            plan.model
                .flat_rates
                .iter()
                .any(|flat| flat.action == action)
        });
    (is_match && at.fund.is_some() || is_flat) && at.year.is_some()
}

fn word(relation: Relation) -> &'static str {
    match relation {
        Relation::AtLeast => "at_least",
        Relation::AtMost => "at_most",
        Relation::Below => "below",
        Relation::Equal => "equal",
    }
}

fn strength_word(strength: Strength) -> &'static str {
    match strength {
        Strength::Law => "law",
        Strength::Plan => "plan",
        Strength::Target => "target",
        Strength::Wish => "wish",
    }
}

/// Strength and base of the rule or match behind a line; with the base the share of this place, where it is not the same
/// everywhere.
fn source_words(plan: &Plan<'_>, code: &str, place: &Place) -> (&'static str, String) {
    if let Some(rule) = plan.model.rules.iter().find(|rule| rule.id == code) {
        let Bound::ShareOf { base, share, scope } = &rule.bound else {
            return (strength_word(rule.strength), String::new());
        };
        let mut text = match base {
            Base::Assigned => "assigned",
            Base::Allocated => "allocated",
            Base::Demand => "demand",
            Base::LastYear => "last_year",
        }
        .to_owned();
        if let (Share::ByZone(_), Some(zone), Some(year)) = (share, place.zone, place.year) {
            let share = share_at(share, Some(zone), Some(year));
            text.push_str(&format!(" {}", file_percent(&share)));
        }
        text.push_str(&base_scope(plan, rule, scope));
        return (strength_word(rule.strength), text);
    }
    let strength = plan
        .model
        .matches
        .iter()
        .find(|rule| rule.id == code)
        .map_or(Strength::Law, |rule| rule.strength);
    (strength_word(strength), String::new())
}

/// What a base is of, where it is not of what the rule measures.
fn base_scope(plan: &Plan<'_>, rule: &Rule, scope: &BaseScope) -> String {
    let model = plan.model;
    let mut told = Vec::new();
    let mut tell = |key: &str, codes: Vec<&str>, is_all: bool| {
        let codes = if is_all {
            "all".to_owned()
        } else {
            codes.join("+")
        };
        told.push(format!("{key}={codes}"));
    };
    if scope.own.fund {
        let funds = scope
            .funds
            .iter()
            .filter_map(|f| model.funds.get(f.index()));
        let codes: Vec<&str> = funds.map(|fund| fund.id.as_str()).collect();
        let is_all = codes.len() == model.funds.len();
        tell("fund", codes, is_all);
    }
    if scope.own.action {
        let actions = (scope.actions.iter()).filter_map(|a| model.actions.get(a.index()));
        let codes: Vec<&str> = actions.map(|action| action.id.as_str()).collect();
        let is_all = codes.len() == model.actions.len();
        tell("action", codes, is_all);
    }
    if scope.has_other_zones(rule) {
        let mut zones: Vec<usize> = scope.pairs.iter().map(|pair| pair.0.index()).collect();
        zones.dedup(); // pairs are in order of zones
        let codes: Vec<&str> = zones
            .iter()
            .filter_map(|&zone| Some(model.zones.get(zone)?.id.as_str()))
            .collect();
        let is_all = codes.len() == model.zones.len();
        tell("zone", codes, is_all);
    }
    if scope.own.year {
        let mut years: Vec<i32> = scope.pairs.iter().map(|pair| pair.1).collect();
        years.sort_unstable();
        years.dedup();
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        tell("years", years.iter().map(String::as_str).collect(), false);
    }
    if told.is_empty() {
        String::new()
    } else {
        format!(" [{}]", told.join(" "))
    }
}

fn check_rule_line(
    plan: &Plan<'_>,
    standing: &Standing,
    fields: &[&str; 15],
    place: &str,
    tally: &mut Tally,
) {
    let [code, .., value, bound, unit, slack, status, waiver] = *fields;
    let euro = standing.quantity == Quantity::Euro;
    let expected_slack = match standing.relation {
        Relation::AtLeast => &standing.value - &standing.bound,
        Relation::AtMost | Relation::Below => &standing.bound - &standing.value,
        Relation::Equal => -(&standing.value - &standing.bound).abs(),
    };
    for (name, text, expected) in [
        ("value", value, &standing.value),
        ("bound", bound, &standing.bound),
        ("slack", slack, &expected_slack),
    ] {
        let said_text = if euro {
            exact::euro_text(expected)
        } else {
            units_text(name, standing, expected)
        };
        let is_it = if euro {
            parse_exact(text).is_some_and(|told| exact::of(&told) * whole(100) == *expected)
        } else {
            text == said_text
        };
        if !is_it {
            tally.fail(
                place,
                "",
                said!(
                    "{name} dice {text}, il conto dà {said_text}",
                    "{name} says {text}, the sum is {said_text}"
                ),
            );
        }
    }
    let near = if euro {
        whole(1)
    } else {
        Q::new(BigInt::from(1), BigInt::from(1000))
    };
    let excused = plan.is_excused(&standing.code, &standing.place);
    let expected = if standing.waived {
        "waived"
    } else if !standing.hard && expected_slack.is_negative() {
        "short"
    } else if standing.relation == Relation::AtLeast && !standing.bound.is_positive() {
        "met"
    } else if expected_slack <= -near.clone() && is_assigned_floor(plan, standing) {
        "carried"
    } else if expected_slack < near {
        "binding"
    } else {
        "met"
    };
    let (strength, base) = source_words(plan, code, &standing.place);
    for (name, text, expected) in [
        ("status", status, expected),
        ("unit", unit, unit_word(standing.quantity)),
        ("strength", fields[6], strength),
        ("base", fields[7], base.as_str()),
    ] {
        let forgiven = name == "status" && excused && text == "excess";
        if text != expected && !forgiven {
            tally.fail(
                place,
                "",
                said!(
                    "{name} dice `{text}`, dovrebbe dire `{expected}`",
                    "{name} says `{text}`, it should say `{expected}`"
                ),
            );
        }
    }
    if waiver.is_empty() == standing.waived {
        tally.fail(
            place,
            "",
            said!(
                "la deroga e il suo motivo non si accordano",
                "the waiver and its motive do not agree"
            ),
        );
    }
}

/// Only a floor on assigned money may leave a part for the year its money moves to.
fn is_assigned_floor(plan: &Plan<'_>, standing: &Standing) -> bool {
    let rule = plan
        .model
        .rules
        .iter()
        .find(|rule| rule.id == standing.code);
    let assigned = rule.is_some_and(|rule| {
        matches!(
            rule.bound,
            Bound::ShareOf {
                base: Base::Assigned,
                ..
            }
        )
    });
    assigned && standing.relation == Relation::AtLeast
}

fn unit_word(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Euro => "euro",
        Quantity::Units => "units",
        Quantity::ActiveZones => "zones",
        Quantity::Projects => "projects",
    }
}

/// Units with six decimals: a value is not told as the limit it misses, nor what is missing as nothing.
fn units_text(name: &str, standing: &Standing, value: &Q) -> String {
    match name {
        "value" => file_apart(value, std::slice::from_ref(&standing.bound)),
        "slack" => file_apart(value, &[exact::zero()]),
        _ => file_apart(value, &[]),
    }
}
