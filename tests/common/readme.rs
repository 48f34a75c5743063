//! The block of figures in the README of a model, written from the model and its plan: what stands there is what the program says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use mappafondo::model::{ActionKind, Confidence, Model, Quantity, Strength};
use mappafondo::proposal::{Proposal, RuleStatus};
use mappafondo::units::Euro;

const BEGIN: &str =
    "<!-- figures: written and checked by tests/models.rs (MAPPAFONDO_BLESS=1) -->\n";
const END: &str = "<!-- end of figures -->";

/// Holds the block of a README against the figures, or writes it where `MAPPAFONDO_BLESS` is set.
pub(crate) fn check(folder: &Path, model: &Model, plan: Option<&Proposal>) {
    let path = folder.join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let from = text.find(BEGIN).map(|at| at + BEGIN.len());
    let from = from.unwrap_or_else(|| panic!("{}: no block of figures", path.display()));
    let to = from + text[from..].find(END).expect("the block has an end");
    let mut block = of_model(model);
    if let Some(plan) = plan {
        block.push_str(&of_plan(model, plan));
    }
    if std::env::var_os("MAPPAFONDO_BLESS").is_some() {
        let new = format!("{}{block}{}", &text[..from], &text[to..]);
        std::fs::write(&path, new).unwrap();
    } else {
        assert_eq!(&text[from..to], block, "{}", path.display());
    }
}

fn of_model(model: &Model) -> String {
    let mut text = "| of the model | |\n| --- | --- |\n".to_owned();
    let mut row = |what: &str, value: String| writeln!(text, "| {what} | {value} |").unwrap();
    let years = (model.years.first().unwrap(), model.years.last().unwrap());
    row("years", format!("{}-{}", years.0, years.1));
    row(
        "funds, actions, zones",
        format!(
            "{}, {}, {}",
            model.funds.len(),
            model.actions.len(),
            model.zones.len()
        ),
    );
    let needs = model
        .demands
        .iter()
        .filter(|need| need.euro != Some(Euro::ZERO));
    row("needs (action, zone, year)", grouped(needs.count() as i64));
    let euro = model.demands.iter().filter_map(|need| need.euro);
    row("needs, euro", money(Euro::checked_sum(euro).unwrap()));
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for amount in model.money.values() {
        for (confidence, euro) in &amount.by_confidence {
            let word = match confidence {
                Confidence::Official => "official",
                Confidence::Derived => "derived",
                Confidence::Estimate => "estimate",
            };
            *sums.entry(word).or_default() += euro.cents();
        }
    }
    for word in ["official", "derived", "estimate"] {
        let cents = sums.get(word).copied().unwrap_or_default();
        row(
            &format!("money, {word}, euro"),
            money(Euro::from_cents(cents)),
        );
    }
    for (kind, title) in [
        (ActionKind::Units, "actions in whole units"),
        (ActionKind::Project, "actions in whole projects"),
    ] {
        let ids = model.actions.iter().filter(|action| action.kind == kind);
        row(title, list(ids.map(|action| action.id.as_str())));
    }
    let minimum = model
        .actions
        .iter()
        .filter(|action| action.min_active.is_some());
    row(
        "actions with a minimum grant",
        list(minimum.map(|action| action.id.as_str())),
    );
    row(
        "actions whose need changes from year to year",
        list(changing(model)),
    );
    for (strength, title) in [
        (Strength::Law, "rules of a law"),
        (Strength::Plan, "rules of a plan"),
        (Strength::Target, "targets"),
        (Strength::Wish, "wishes"),
    ] {
        let ids = model.rules.iter().filter(|rule| rule.strength == strength);
        row(title, list(ids.map(|rule| rule.id.as_str())));
    }
    let counting = model.rules.iter().filter(|rule| {
        matches!(
            rule.measure.quantity,
            Quantity::ActiveZones | Quantity::Projects
        )
    });
    row(
        "rules that count zones or projects",
        list(counting.map(|rule| rule.id.as_str())),
    );
    text
}

/// Actions of which the units asked in some zone are not the same in every year.
fn changing(model: &Model) -> impl Iterator<Item = &str> {
    let mut needs: BTreeMap<_, BTreeMap<i32, mappafondo::units::Exact>> = BTreeMap::new();
    for need in &model.demands {
        let by_year = needs.entry((need.action, need.zone)).or_default();
        *by_year.entry(need.year).or_default() += need.units;
    }
    let changing: BTreeSet<_> = needs
        .iter()
        .filter(|(_, by_year)| {
            let all: BTreeSet<_> = model
                .years
                .iter()
                .map(|year| by_year.get(year).copied().unwrap_or_default())
                .collect();
            all.len() > 1
        })
        .map(|((action, _), _)| *action)
        .collect();
    changing
        .into_iter()
        .map(|action| model.action(action).id.as_str())
}

fn of_plan(model: &Model, plan: &Proposal) -> String {
    let mut text = "\n| of the plan | |\n| --- | --- |\n".to_owned();
    let mut row = |what: &str, value: String| writeln!(text, "| {what} | {value} |").unwrap();
    let sum = |amounts: Vec<Euro>| Euro::checked_sum(amounts).unwrap();
    let assigned = sum(plan.funds.iter().map(|line| line.assigned).collect());
    let used = sum(plan.funds.iter().map(|line| line.used).collect());
    let lost = sum(plan.funds.iter().map(|line| line.lost).collect());
    row(
        "used, euro",
        format!("{} of {}", money(used), money(assigned)),
    );
    row("lost, euro", money(lost));
    let need = sum(plan.zones.iter().map(|line| line.need).collect());
    let covered = sum(plan.zones.iter().map(|line| line.covered).collect());
    let is_leps = |action| model.action(action).leps;
    let levels = model.demands.iter().filter(|need| is_leps(need.action));
    let levels = sum(levels.filter_map(|need| need.euro).collect());
    let open = plan.unmet.iter().filter(|line| is_leps(line.action));
    let open = sum(open.map(|line| line.euro).collect());
    row(
        "essential levels covered",
        percent(levels.cents() - open.cents(), levels.cents()),
    );
    row("all needs covered", percent(covered.cents(), need.cents()));
    let mut by_zone: BTreeMap<_, (i64, i64)> = BTreeMap::new();
    for line in &plan.zones {
        let entry = by_zone.entry(line.zone).or_default();
        entry.0 += line.covered.cents();
        entry.1 += line.need.cents();
    }
    let shares = by_zone.values().filter(|(_, need)| *need > 0);
    let mut shares: Vec<(i64, i64)> = shares.copied().collect();
    shares.sort_by_key(|(covered, need)| {
        mappafondo::units::Exact::new((*covered).into(), (*need).into())
    });
    if let (Some(worst), Some(best)) = (shares.first(), shares.last()) {
        row(
            "coverage of the worst and the best zone",
            format!(
                "{} and {}",
                percent(worst.0, worst.1),
                percent(best.0, best.1)
            ),
        );
    }
    row("payments", grouped(plan.ledger.len() as i64));
    if let Some(whole) = &plan.whole {
        row(
            "units and projects",
            format!("{} and {}", grouped(whole.units), whole.projects),
        );
    }
    for rule in &model.rules {
        let of_rule: Vec<_> = plan
            .rules
            .iter()
            .filter(|line| line.rule == rule.id)
            .collect();
        let count = |status| of_rule.iter().filter(|line| line.status == status).count();
        let mut told = vec![];
        for (status, word) in [
            (RuleStatus::Binding, "bind"),
            (RuleStatus::Carried, "carried"),
            (RuleStatus::Short, "short"),
            (RuleStatus::Waived, "waived"),
        ] {
            if count(status) > 0 {
                told.push(format!("{} {word}", count(status)));
            }
        }
        if !told.is_empty() {
            row(
                &format!(
                    "`{}`, {} {}",
                    rule.id,
                    of_rule.len(),
                    if of_rule.len() == 1 { "case" } else { "cases" }
                ),
                told.join(", "),
            );
        }
    }
    text
}

fn list<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let ids: Vec<String> = ids.map(|id| format!("`{id}`")).collect();
    if ids.is_empty() {
        "none".to_owned()
    } else {
        ids.join(", ")
    }
}

/// Rounded down: the whole alone is 100%.
fn percent(part: i64, whole: i64) -> String {
    let hundredths = i128::from(part) * 10_000 / i128::from(whole.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn money(euro: Euro) -> String {
    let text = euro.to_string();
    let (whole, cents) = text.split_once('.').unwrap();
    format!("{}.{cents}", grouped(whole.parse().unwrap()))
}

fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
