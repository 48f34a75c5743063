//! The rules that bind, and the targets.

use std::cmp::Reverse;

use super::layout::{Align, Grid, paragraph};
use super::{Layout, Section};
use crate::model::{Language, Model, Relation};
use crate::proposal::{Proposal, RuleLine, RuleStatus};
use crate::report::number::{Rounding, beside_limit, cents, count, decimal, money, to_decimals};
use crate::report::words::{Text, summary as words};
use crate::units::Exact;

/// How many rules that bind, and how many targets, are shown.
const SHOWN: usize = 10;
/// How many where only what matters first is told.
const FIRST: usize = 5;

fn shown(layout: Layout) -> usize {
    if layout.full { SHOWN } else { FIRST }
}

/// The instances of one rule, told on one line. Amounts are in hundredths of the unit: cents, or hundredths of a unit.
struct Group<'p> {
    first: &'p RuleLine,
    n: usize,
    value: i128,
    bound: i128,
    missing: i128,
}

/// Decimals of a sum over instances, before it is rounded: enough that rounding each of them is not seen.
const SUM_DECIMALS: u32 = 8;

/// Instances by rule, in the order of the model.
fn by_rule<'p>(lines: impl Iterator<Item = &'p RuleLine>) -> Vec<Group<'p>> {
    let mut groups: Vec<(&RuleLine, usize, Exact, Exact)> = Vec::new();
    for line in lines {
        let known = groups
            .iter_mut()
            .find(|(first, ..)| first.rule == line.rule);
        match known {
            Some((_, n, value, bound)) => {
                *n += 1;
                let fine = |value: &Exact| to_decimals(value, SUM_DECIMALS, Rounding::HalfUp);
                *value = fine(value) + fine(&line.value);
                *bound = fine(bound) + fine(&line.bound);
            }
            None => groups.push((line, 1, line.value, line.bound)),
        }
    }
    let group =
        |(first, n, value, bound): (_, usize, Exact, Exact)| Group::of(first, n, (value, bound));
    groups.into_iter().map(group).collect()
}

impl<'p> Group<'p> {
    /// The sums as they are told: what is missing is what the other two differ by, and a target that is missed is never missed by nothing.
    fn of(first: &'p RuleLine, n: usize, (value, bound): (Exact, Exact)) -> Self {
        let hundredths = |value: &Exact| cents(value, Rounding::HalfUp).unwrap_or_default();
        let (mut reached, mut told) = (hundredths(&value), hundredths(&bound));
        if n == 1 {
            let beside = beside_limit((&value, &bound), first.relation, 2);
            (reached, told) = (hundredths(&beside.0), hundredths(&beside.1));
        }
        if reached == told && first.slack < Exact::from_integer(0) {
            reached += if value < bound { -1 } else { 1 };
        }
        Self {
            first,
            n,
            value: reached,
            bound: told,
            missing: (told - reached).abs(),
        }
    }
}

impl Group<'_> {
    fn place(&self, model: &Model, language: Language) -> String {
        if self.n == 1 {
            place(model, self.first)
        } else {
            words::N_CASES.say(language, self.n)
        }
    }

    fn limit(&self, language: Language) -> String {
        let text = match self.first.relation {
            _ if self.n > 1 => words::IN_ALL,
            Relation::AtLeast => words::AT_LEAST,
            Relation::AtMost => words::AT_MOST,
            Relation::Below => words::BELOW,
            Relation::Equal => words::EQUAL,
        };
        text.fill(language, &[("bound", &self.quantity(self.bound, language))])
    }

    fn quantity(&self, hundredths: i128, language: Language) -> String {
        if self.first.unit == "euro" {
            money(language, hundredths)
        } else {
            let number = decimal(language, &Exact::new(hundredths, 100), 2, Rounding::HalfUp);
            let text = match self.first.unit {
                "zones" => words::IN_ZONES,
                "projects" => words::IN_PROJECTS,
                _ => words::IN_UNITS,
            };
            text.fill(language, &[("number", &number)])
        }
    }
}

pub(super) fn binding(model: &Model, proposal: &Proposal, layout: Layout) -> Section {
    let language = layout.language;
    let say = |text: Text| text.say(language);
    let binds = |line: &&RuleLine| line.strength.is_hard() && line.status == RuleStatus::Binding;
    let mut groups = by_rule(proposal.rules.iter().filter(binds));
    // Euro before units, the largest first; among equals the order of the model.
    groups.sort_by_key(|group| (group.first.unit != "euro", Reverse(group.bound)));
    let mut body = if groups.is_empty() {
        paragraph(say(words::BINDING_NONE), layout)
    } else {
        let columns = [
            (say(words::RULE), Align::Left),
            (say(words::WHERE), Align::Left),
            (say(words::LIMIT), Align::Right),
            (say(words::LAW), Align::Left),
        ];
        let mut grid = Grid::new(layout, &columns);
        for group in groups.iter().take(shown(layout)) {
            let first = group.first;
            grid.row([
                &first.title,
                &group.place(model, language),
                &group.limit(language),
                &first.law,
            ]);
        }
        grid.text()
    };
    body.push_str(&more(groups.len(), layout));
    let waived = proposal
        .rules
        .iter()
        .filter(|line| line.status == RuleStatus::Waived)
        .count();
    if waived > 0 {
        body.push_str(&paragraph(&words::WAIVED.say(language, waived), layout));
    }
    Section {
        heading: say(words::BINDING).to_owned(),
        body,
    }
}

pub(super) fn targets(model: &Model, proposal: &Proposal, layout: Layout) -> Option<Section> {
    let language = layout.language;
    let say = |text: Text| text.say(language);
    let soft = |line: &&RuleLine| !line.strength.is_hard() && line.status != RuleStatus::Waived;
    let all = proposal.rules.iter().filter(soft).count();
    if all == 0 {
        return None;
    }
    let short = |line: &&RuleLine| soft(line) && line.status == RuleStatus::Short;
    let n_short = proposal.rules.iter().filter(short).count();
    let mut groups = by_rule(proposal.rules.iter().filter(short));
    groups.sort_by_key(|group| (group.first.strength, Reverse(group.missing)));
    let met = [
        ("met", count(language, all - n_short)),
        ("all", count(language, all)),
    ];
    let met: Vec<(&str, &str)> = met
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let mut body = paragraph(&words::TARGETS_MET.fill(language, &met), layout);
    if !groups.is_empty() {
        let columns = [
            (say(words::TARGET), Align::Left),
            (say(words::WHERE), Align::Left),
            (say(words::ASKED), Align::Right),
            (say(words::REACHED), Align::Right),
            (say(words::SHORT_BY), Align::Right),
        ];
        let mut grid = Grid::new(layout, &columns);
        for group in groups.iter().take(shown(layout)) {
            grid.row([
                &group.first.title,
                &group.place(model, language),
                &group.limit(language),
                &group.quantity(group.value, language),
                &group.quantity(group.missing, language),
            ]);
        }
        body.push_str(&grid.text());
    }
    body.push_str(&more(groups.len(), layout));
    Some(Section {
        heading: say(words::TARGETS).to_owned(),
        body,
    })
}

/// How many are not shown.
fn more(n: usize, layout: Layout) -> String {
    match n.checked_sub(shown(layout)) {
        None | Some(0) => String::new(),
        Some(rest) => paragraph(&words::MORE.say(layout.language, rest), layout),
    }
}

/// Fund, action, zone and year of an instance, as far as it has them.
fn place(model: &Model, line: &RuleLine) -> String {
    let parts = [
        line.fund.map(|fund| model.fund(fund).id.clone()),
        line.action.map(|action| model.action(action).id.clone()),
        line.zone.map(|zone| model.zone(zone).name.clone()),
        line.year.map(|year| year.to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
