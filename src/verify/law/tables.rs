//! The tables beside the ledger: every amount in `rules.csv`, `zones.csv` and `unmet.csv` computed again.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use crate::model::{Base, Bound, Quantity, Relation, Strength};
use crate::units::{Euro, Year, parse_exact};
use crate::verify::codes::Place;
use crate::verify::report::{Tally, said};
use crate::verify::table::{Table, parse_euro, parse_year};

use super::exact::{self, Q, file_decimal, whole};
use super::goals::covered;
use super::needs;
use super::plan::{Plan, may_pay, zone_exists};
use super::rules::{Standing, place_text};

const RULES: [&str; 15] = [
    "rule", "fund", "action", "zone", "year", "law", "strength", "base", "relation", "value", "bound",
    "unit", "slack", "status", "waiver",
];

const REASONS: [&str; 6] = [
    "not_eligible",
    "exhausted",
    "rule",
    "outranked",
    "deadline",
    "indivisible",
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
        expected.insert((standing.code.clone(), place, word(standing.relation)), standing);
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
        let relation = [Relation::AtLeast, Relation::AtMost, Relation::Below, Relation::Equal]
            .into_iter()
            .find(|r| word(*r) == relation);
        let Some(relation) = relation else {
            tally.fail(place, "", said!("relazione sconosciuta", "unknown relation"));
            continue;
        };
        match expected.remove(&(code.to_owned(), at, word(relation))) {
            Some(standing) => check_rule_line(plan, standing, &fields, &place, tally),
            None if is_empty_match(plan, code, &at) => {
                let nothing = ["0.00", "0.00", "euro", "0.00", "binding"];
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
    if let Some(rule) = plan.model.rules.iter().find(|rule| rule.id == standing.code) {
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
        if text.is_empty() { Some(None) } else { find(text).map(Some) }
    }
    Some(Place {
        fund: part(fund, |code| plan.codes.fund(code))?,
        action: part(action, |code| plan.codes.action(code))?,
        zone: part(zone, |code| plan.codes.zone(code))?,
        year: part(year, |text| parse_year(text).and_then(|year| plan.codes.year(year)))?,
    })
}

/// Whether a line speaks of a match or flat rate where nothing is paid.
fn is_empty_match(plan: &Plan<'_>, code: &str, at: &Place) -> bool {
    let is_match = plan.model.matches.iter().any(|rule| rule.id == code);
    let is_flat = code
        .strip_prefix("flat_rate:")
        .and_then(|action| plan.codes.action(action))
        .is_some_and(|action| plan.model.flat_rates.iter().any(|flat| flat.action == action));
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

/// Strength and base of the rule or match behind a line.
fn source_words(plan: &Plan<'_>, code: &str) -> (&'static str, &'static str) {
    if let Some(rule) = plan.model.rules.iter().find(|rule| rule.id == code) {
        let base = match &rule.bound {
            Bound::ShareOf { base, .. } => match base {
                Base::Assigned => "assigned",
                Base::Allocated => "allocated",
                Base::Demand => "demand",
                Base::LastYear => "last_year",
            },
            _ => "",
        };
        return (strength_word(rule.strength), base);
    }
    let strength = plan
        .model
        .matches
        .iter()
        .find(|rule| rule.id == code)
        .map_or(Strength::Law, |rule| rule.strength);
    (strength_word(strength), "")
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
        let said_text = amount_text(euro, expected);
        if !is_amount(euro, text, expected) {
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
    } else if expected_slack < near {
        "binding"
    } else {
        "met"
    };
    let (strength, base) = source_words(plan, code);
    for (name, text, expected) in [
        ("status", status, expected),
        ("unit", unit, if euro { "euro" } else { "units" }),
        ("strength", fields[6], strength),
        ("base", fields[7], base),
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

fn amount_text(euro: bool, value: &Q) -> String {
    if euro {
        exact::euro_text(value)
    } else {
        file_decimal(value)
    }
}

/// Whether a text is an amount: euro exactly, units to six decimals.
fn is_amount(euro: bool, text: &str, value: &Q) -> bool {
    if euro {
        parse_exact(text).is_some_and(|exact| exact::of(&exact) * whole(100) == *value)
    } else {
        text == file_decimal(value)
    }
}

fn check_zones(plan: &Plan<'_>, bytes: &[u8], tally: &mut Tally) {
    let header = ["zone", "year", "need", "covered", "coverage", "euro"];
    let table = match Table::read(bytes, &header) {
        Ok(table) => table,
        Err(said) => return tally.fail("../zones.csv", "", said),
    };
    let mut expected: BTreeMap<(usize, Year), [i128; 3]> = BTreeMap::new();
    for zone in 0..plan.model.zones.len() {
        for &year in &plan.model.years {
            if zone_exists(plan.model, crate::model::ZoneIdx::new(zone), year) {
                expected.insert((zone, year), [0; 3]);
            }
        }
    }
    let mut add = |zone: crate::model::ZoneIdx, year: Year, what: usize, cents: i128| {
        let sums = expected.entry((zone.index(), year)).or_default();
        if let Some(sum) = sums.get_mut(what) {
            *sum = sum.saturating_add(cents);
        }
    };
    for demand in &plan.model.demands {
        if let Some(euro) = demand.euro {
            add(demand.zone, demand.year, 0, i128::from(euro.cents()));
        }
    }
    for ((_, _, zone, year), cents) in covered(plan) {
        add(zone, year, 1, cents);
    }
    for (&(_, _, zone, year), &cents) in plan.ledger {
        add(zone, year, 2, i128::from(cents));
    }
    let lines: Vec<[String; 6]> = expected
        .into_iter()
        .map(|((zone, year), [need, covered, euro])| {
            let coverage = if need > 0 {
                file_decimal(&(whole(covered) / whole(need)))
            } else {
                String::new()
            };
            let zone = plan.model.zones.get(zone).map_or("", |zone| zone.id.as_str());
            [
                zone.to_owned(),
                year.to_string(),
                cents_text(need),
                cents_text(covered),
                coverage,
                cents_text(euro),
            ]
        })
        .collect();
    compare_lines("../zones.csv", &header, &table, &lines, tally);
}

fn cents_text(cents: i128) -> String {
    i64::try_from(cents).map_or_else(|_| cents.to_string(), |cents| Euro::from_cents(cents).to_string())
}

/// Compares the lines of a table with those computed again, field by field.
fn compare_lines<const N: usize>(
    name: &str,
    header: &[&str; N],
    table: &Table,
    lines: &[[String; N]],
    tally: &mut Tally,
) {
    tally.looked_at(lines.len());
    if table.rows.len() != lines.len() {
        let (given, asked) = (table.rows.len(), lines.len());
        tally.fail(
            name,
            "",
            said!(
                "ha {given} righe, dovrebbe averne {asked}",
                "has {given} lines, it should have {asked}"
            ),
        );
    }
    for ((line, fields), expected) in table.rows::<N>().zip(lines) {
        for ((column, text), expected) in header.iter().zip(fields).zip(expected) {
            if text != expected {
                tally.fail(
                    format!("{name}:{line}"),
                    "",
                    said!(
                        "{column} dice `{text}`, il conto dà `{expected}`",
                        "{column} says `{text}`, the sum is `{expected}`"
                    ),
                );
            }
        }
    }
}

fn check_unmet(plan: &Plan<'_>, bytes: &[u8], tally: &mut Tally) {
    let header = ["action", "zone", "year", "units", "euro", "reason"];
    let table = match Table::read(bytes, &header) {
        Ok(table) => table,
        Err(said) => return tally.fail("../unmet.csv", "", said),
    };
    let lines = unmet(plan);
    let reasons: Vec<&str> = table.rows::<6>().map(|(_, fields)| fields[5]).collect();
    // The reason is a judgement: only whether anybody may pay is computed again.
    let lines: Vec<[String; 6]> = lines
        .into_iter()
        .zip(reasons.iter().copied().map(Some).chain(std::iter::repeat(None)))
        .map(|((fields, payable), reason)| {
            let [action, zone, year, units, euro] = fields;
            let reason = match reason {
                Some(reason) if payable && REASONS.contains(&reason) && reason != "not_eligible" => reason,
                _ if payable => "exhausted",
                _ => "not_eligible",
            };
            [action, zone, year, units, euro, reason.to_owned()]
        })
        .collect();
    compare_lines("../unmet.csv", &header, &table, &lines, tally);
    for (line, fields) in table.rows::<6>() {
        if parse_euro(fields[4]).is_none_or(|euro| euro.cents() <= 0) {
            tally.fail(
                format!("../unmet.csv:{line}"),
                "",
                said!("l'importo non è positivo", "the amount is not positive"),
            );
        }
    }
}

/// Needs that are not fully covered (action, zone, year, units, euro) and whether any fund may pay them.
fn unmet(plan: &Plan<'_>) -> Vec<([String; 5], bool)> {
    let mut paid: BTreeMap<_, i128> = BTreeMap::new();
    for ((_, action, zone, year), cents) in covered(plan) {
        let sum = paid.entry((action, zone, year)).or_default();
        *sum = sum.saturating_add(cents);
    }
    let mut lines = Vec::new();
    let mut seen = BTreeSet::new();
    for (spot, cost) in needs::costs(plan.model) {
        let (action, zone, year) = spot;
        let need = cost.limited();
        let missing = need.saturating_sub(paid.get(&spot).copied().unwrap_or(0));
        if missing <= 0 || !seen.insert(spot) {
            continue;
        }
        let demands = || cost.lines.iter().filter_map(|&line| plan.model.demands.get(line));
        let units: Q = demands()
            .filter(|demand| demand.euro.is_some())
            .map(|demand| exact::of(&demand.units))
            .sum();
        let share = if need.is_zero() { exact::zero() } else { whole(missing) / whole(need) };
        let payable = (0..plan.model.funds.len())
            .map(crate::model::FundIdx::new)
            .any(|fund| demands().any(|demand| may_pay(plan.model, fund, demand)));
        let id = |of: Option<&String>| of.cloned().unwrap_or_default();
        lines.push((
            [
                id(plan.model.actions.get(action.index()).map(|a| &a.id)),
                id(plan.model.zones.get(zone.index()).map(|z| &z.id)),
                year.to_string(),
                file_decimal(&(units * share)),
                cents_text(missing),
            ],
            payable,
        ));
    }
    lines
}
