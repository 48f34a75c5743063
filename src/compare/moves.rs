//! What appears and what disappears from one plan to another: payments, uncovered needs, rules that begin or cease to bind.

use std::collections::{BTreeMap, BTreeSet};

use super::pair::{Key, Pair};
use super::text::{Thing, bullet};
use crate::model::Language;
use crate::report::number::{count, money};
use crate::report::summary_text::{Layout, Section, entry};
use crate::report::text::terminal_text;
use crate::report::words::{Text, compare as words};

/// How many things of a kind are named.
const NAMED: usize = 4;

/// What appears and disappears, if anything does.
pub(super) fn moves(pair: &Pair<'_>, layout: Layout) -> Option<Section> {
    let language = layout.language;
    let mut body = String::new();
    let (new, gone, other) = payments(pair);
    let payment = |key: &Key| key_values(pair, key);
    let line = (words::PAY_NEW, words::PAYMENT);
    body.push_str(&list(line, &new, payment, layout));
    let line = (words::PAY_GONE, words::PAYMENT);
    body.push_str(&list(line, &gone, payment, layout));
    if other > 0 {
        let n = count(language, other);
        body.push_str(&bullet(
            &words::PAY_OTHER.fill(language, &[("n", &n)]),
            layout,
        ));
    }
    let (open, closed) = needs(pair);
    let line = (words::NEED_OPEN, words::NEED);
    body.push_str(&list(line, &open, payment, layout));
    let line = (words::NEED_CLOSED, words::NEED);
    body.push_str(&list(line, &closed, payment, layout));
    body.push_str(&rules(pair, layout));
    if only_one(pair) {
        body.push_str(&bullet(words::ONLY_THERE.say(language), layout));
    }
    (!body.is_empty()).then(|| Section {
        heading: words::MOVES.say(language).to_owned(),
        body,
    })
}

type Amounts<'p> = Vec<(&'p Key, i128)>;

fn payments<'p>(pair: &'p Pair<'_>) -> (Amounts<'p>, Amounts<'p>, usize) {
    let (mut new, mut gone, mut other) = (Vec::new(), Vec::new(), 0);
    for row in &pair.payments {
        match (row.change.before, row.change.after) {
            (None, Some(euro)) => new.push((&row.key, euro)),
            (Some(euro), None) => gone.push((&row.key, euro)),
            _ => other += 1,
        }
    }
    (new, gone, other)
}

fn needs<'p>(pair: &'p Pair<'_>) -> (Amounts<'p>, Amounts<'p>) {
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    for row in &pair.unmet {
        match (&row.change.before, &row.change.after) {
            (None, Some((euro, _))) => open.push((&row.key, *euro)),
            (Some((euro, _)), None) => closed.push((&row.key, *euro)),
            _ => {}
        }
    }
    (open, closed)
}

/// A sentence with number and sum, and the largest few by name.
fn list(
    (sentence, one): (Text, Text),
    amounts: &[(&Key, i128)],
    values: impl Fn(&Key) -> Vec<(&'static str, String)>,
    layout: Layout,
) -> String {
    let language = layout.language;
    if amounts.is_empty() {
        return String::new();
    }
    let n = count(language, amounts.len());
    let euro = money(language, amounts.iter().map(|(_, euro)| euro).sum());
    let mut text = bullet(
        &sentence.fill(language, &[("n", &n), ("euro", &euro)]),
        layout,
    );
    let mut largest = amounts.to_vec();
    largest.sort_by_key(|(_, euro)| std::cmp::Reverse(*euro));
    if !layout.full {
        return text;
    }
    for (key, euro) in largest.iter().take(NAMED) {
        let mut values = values(key);
        values.push(("euro", money(language, *euro)));
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        text.push_str(&inner(&one.fill(language, &values), layout));
    }
    if let Some(more @ 1..) = amounts.len().checked_sub(NAMED) {
        text.push_str(&inner(&words::N_MORE.say(language, more), layout));
    }
    text
}

/// An entry within an entry.
fn inner(text: &str, layout: Layout) -> String {
    entry("   ", &terminal_text(text), layout)
}

fn key_values(pair: &Pair<'_>, key: &Key) -> Vec<(&'static str, String)> {
    let name = |thing: Thing, id: &Option<String>| {
        id.as_deref()
            .map(|id| thing.name(pair, id).to_owned())
            .unwrap_or_default()
    };
    vec![
        ("fund", name(Thing::Fund, &key.fund)),
        ("action", name(Thing::Action, &key.action)),
        ("zone", name(Thing::Zone, &key.zone)),
        (
            "year",
            key.year.map(|year| year.to_string()).unwrap_or_default(),
        ),
    ]
}

fn rules(pair: &Pair<'_>, layout: Layout) -> String {
    let language = layout.language;
    let word = |status: &Option<String>| status.clone().unwrap_or_default();
    let mut groups: BTreeMap<(&str, String, String), usize> = BTreeMap::new();
    for row in &pair.rules {
        let key = (
            row.rule.as_str(),
            word(&row.change.before),
            word(&row.change.after),
        );
        *groups.entry(key).or_default() += 1;
    }
    if !layout.full && !groups.is_empty() {
        let rules: BTreeSet<&str> = groups.keys().map(|(rule, ..)| *rule).collect();
        let values = [
            ("rules", words::N_RULES_MOVED.say(language, rules.len())),
            ("cases", words::N_CASES.say(language, pair.rules.len())),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        return bullet(&words::RULES_MOVED.fill(language, &values), layout);
    }
    let mut text = String::new();
    for ((rule, before, after), n) in &groups {
        let n = words::N_CASES.say(language, *n);
        let values = [
            ("rule", pair.name(|names| &names.rules, rule)),
            ("before", stands(before, language)),
            ("after", stands(after, language)),
            ("n", &n),
        ];
        text.push_str(&bullet(&words::RULE.fill(language, &values), layout));
    }
    text
}

fn stands(status: &str, language: Language) -> &'static str {
    let text = match status {
        "met" => words::R_MET,
        "binding" => words::R_BINDING,
        "carried" => words::R_CARRIED,
        "short" => words::R_SHORT,
        "waived" => words::R_WAIVED,
        "excess" => words::R_EXCESS,
        _ => words::R_ABSENT,
    };
    text.say(language)
}

/// Whether a zone, fund or action is in one plan alone.
fn only_one(pair: &Pair<'_>) -> bool {
    let one = |before: bool, after: bool| before != after;
    let zones = pair.zones.iter().map(|row| &row.change);
    let funds = pair.funds.iter().map(|row| &row.change);
    let actions = pair.actions.iter().map(|row| &row.change);
    zones
        .clone()
        .any(|c| one(c.before.is_some(), c.after.is_some()))
        || funds
            .clone()
            .any(|c| one(c.before.is_some(), c.after.is_some()))
        || actions
            .clone()
            .any(|c| one(c.before.is_some(), c.after.is_some()))
}
