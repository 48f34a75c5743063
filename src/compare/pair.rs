//! One plan against another: what changes, by zone, fund and action, and what appears or disappears.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use super::plan::{FundFigures, Names, Plan, ZoneFigures};
use crate::report::number::share;
use crate::units::{Exact, Year};

/// A figure before and after; none where the thing it belongs to is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<T> {
    /// In the first plan.
    pub before: Option<T>,
    /// In the other.
    pub after: Option<T>,
}

impl Change<i128> {
    /// After less before, in cents; what is not there counts as nothing.
    #[must_use]
    pub fn difference(&self) -> i128 {
        self.after.unwrap_or(0) - self.before.unwrap_or(0)
    }
}

impl<T: PartialEq> Change<T> {
    /// Whether both plans say the same.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.before == self.after
    }

    /// One figure of both.
    #[must_use]
    pub fn of<U>(&self, figure: impl Fn(&T) -> U) -> Change<U> {
        Change {
            before: self.before.as_ref().map(&figure),
            after: self.after.as_ref().map(&figure),
        }
    }
}

/// What a row is about: codes, each where it applies.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Zone.
    pub zone: Option<String>,
    /// Fund.
    pub fund: Option<String>,
    /// Action.
    pub action: Option<String>,
    /// Year; none over the plan.
    pub year: Option<Year>,
}

/// Something with its figures before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<T> {
    /// What it is about.
    pub key: Key,
    /// Its figures.
    pub change: Change<T>,
}

/// What an action gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActionFigures {
    /// Paid for it.
    pub euro: i128,
    /// Needed and not covered.
    pub unmet: i128,
}

/// How a rule stands, where that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRow {
    /// Code of the rule.
    pub rule: String,
    /// Where it holds.
    pub key: Key,
    /// `met`, `binding`, `carried`, `short`, `waived`, `excess`.
    pub change: Change<String>,
}

/// A goal, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalRow {
    /// Its kind, with the level of a leximin goal after a dash.
    pub id: String,
    /// `euro`, `bound` or `level`.
    pub unit: String,
    /// Its value.
    pub change: Change<Exact>,
}

/// How many things got more, less, the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// More than before.
    pub more: usize,
    /// Less.
    pub less: usize,
    /// The same.
    pub same: usize,
}

/// A plan against the first one. Rows come with the largest change first; ties in order of code.
#[derive(Clone, Debug)]
pub struct Pair<'p> {
    /// The plan the other is held against.
    pub before: &'p Plan,
    /// The other.
    pub after: &'p Plan,
    /// Sums over the plan, in reading order.
    pub totals: Vec<(&'static str, Change<i128>)>,
    /// Goals, in order of the first plan.
    pub goals: Vec<GoalRow>,
    /// Zones over the plan.
    pub zones: Vec<Row<ZoneFigures>>,
    /// Zones by year.
    pub zone_years: Vec<Row<ZoneFigures>>,
    /// Funds over the plan.
    pub funds: Vec<Row<FundFigures>>,
    /// Actions over the plan.
    pub actions: Vec<Row<ActionFigures>>,
    /// Money of each fund in each zone over the plan.
    pub zone_funds: Vec<Row<i128>>,
    /// Payments that are not the same, in order of code.
    pub payments: Vec<Row<i128>>,
    /// Needs whose uncovered part is not the same, in order of code.
    pub unmet: Vec<Row<(i128, String)>>,
    /// Rules that do not stand the same, in order of code.
    pub rules: Vec<RuleRow>,
}

impl<'p> Pair<'p> {
    /// Holds a plan against another.
    #[must_use]
    pub fn new(before: &'p Plan, after: &'p Plan) -> Self {
        let mut zones = rows(&over_plan(before), &over_plan(after), |zone| Key {
            zone: Some(zone.clone()),
            ..Key::default()
        });
        sort(&mut zones, |change| change.of(|figures| figures.euro));
        let mut zone_years = rows(&before.zones, &after.zones, |(zone, year)| Key {
            zone: Some(zone.clone()),
            year: Some(*year),
            ..Key::default()
        });
        sort(&mut zone_years, |change| change.of(|figures| figures.euro));
        let mut funds = rows(&before.funds, &after.funds, |fund| Key {
            fund: Some(fund.clone()),
            ..Key::default()
        });
        sort(&mut funds, |change| change.of(|figures| figures.used));
        let mut actions = rows(&of_actions(before), &of_actions(after), |action| Key {
            action: Some(action.clone()),
            ..Key::default()
        });
        sort(&mut actions, |change| change.of(|figures| figures.euro));
        let mut zone_funds = rows(&of_zone_funds(before), &of_zone_funds(after), |key| Key {
            zone: Some(key.0.clone()),
            fund: Some(key.1.clone()),
            ..Key::default()
        });
        sort(&mut zone_funds, |change| *change);
        let mut payments = rows(&before.ledger, &after.ledger, |key| Key {
            fund: Some(key.0.clone()),
            action: Some(key.1.clone()),
            zone: Some(key.2.clone()),
            year: Some(key.3),
        });
        payments.retain(|row| !row.change.is_same());
        let mut unmet = rows(&before.unmet, &after.unmet, |key| Key {
            action: Some(key.0.clone()),
            zone: Some(key.1.clone()),
            year: Some(key.2),
            ..Key::default()
        });
        unmet.retain(|row| !row.change.is_same());
        Self {
            before,
            after,
            totals: totals(before, after),
            goals: goals(before, after),
            zones,
            zone_years,
            funds,
            actions,
            zone_funds,
            payments,
            unmet,
            rules: rules(before, after),
        }
    }

    /// Whether any euro, goal or status differs.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.before.status != self.after.status
            || !self.totals.iter().all(|(_, change)| change.is_same())
            || !self.goals.iter().all(|row| row.change.is_same())
            || !self.zone_years.iter().all(|row| row.change.is_same())
            || !self.funds.iter().all(|row| row.change.is_same())
            || !self.payments.is_empty()
            || !self.unmet.is_empty()
            || !self.rules.is_empty()
    }

    /// Zones by what they receive.
    #[must_use]
    pub fn by_euro(&self) -> Tally {
        tally(self.zones.iter().map(|row| {
            let figures = row.change.of(|figures| figures.euro);
            figures.difference().cmp(&0)
        }))
    }

    /// Zones by the part of their need that is covered; those without a need in either plan are left out.
    #[must_use]
    pub fn by_coverage(&self) -> Tally {
        tally(self.zones.iter().filter_map(|row| {
            let before = coverage(row.change.before.as_ref())?;
            let after = coverage(row.change.after.as_ref())?;
            Some(after.cmp(&before))
        }))
    }

    /// The name of a thing in either plan, or its code.
    pub(super) fn name<'n>(
        &'n self,
        of: fn(&Names) -> &BTreeMap<String, String>,
        id: &'n str,
    ) -> &'n str {
        let plans = [self.after, self.before].into_iter();
        let mut names = plans.filter_map(|plan| of(&plan.names).get(id));
        names.next().map_or(id, String::as_str)
    }
}

/// The part of a zone's need that is covered; none where nothing is needed.
#[must_use]
pub fn coverage(figures: Option<&ZoneFigures>) -> Option<Exact> {
    let figures = figures?;
    share(figures.covered, figures.need)
}

fn tally(orders: impl Iterator<Item = Ordering>) -> Tally {
    let mut tally = Tally::default();
    for order in orders {
        match order {
            Ordering::Greater => tally.more += 1,
            Ordering::Less => tally.less += 1,
            Ordering::Equal => tally.same += 1,
        }
    }
    tally
}

fn over_plan(plan: &Plan) -> BTreeMap<String, ZoneFigures> {
    let mut zones: BTreeMap<String, ZoneFigures> = BTreeMap::new();
    for ((zone, _), figures) in &plan.zones {
        let sum = zones.entry(zone.clone()).or_default();
        sum.need += figures.need;
        sum.covered += figures.covered;
        sum.euro += figures.euro;
    }
    zones
}

fn of_actions(plan: &Plan) -> BTreeMap<String, ActionFigures> {
    let known = plan.names.actions.keys();
    let mut actions: BTreeMap<String, ActionFigures> = known
        .map(|id| (id.clone(), ActionFigures::default()))
        .collect();
    for ((_, action, ..), euro) in &plan.ledger {
        actions.entry(action.clone()).or_default().euro += euro;
    }
    for ((action, ..), (euro, _)) in &plan.unmet {
        actions.entry(action.clone()).or_default().unmet += euro;
    }
    actions
}

fn of_zone_funds(plan: &Plan) -> BTreeMap<(String, String), i128> {
    let mut sums = BTreeMap::new();
    for ((fund, _, zone, _), euro) in &plan.ledger {
        *sums.entry((zone.clone(), fund.clone())).or_default() += euro;
    }
    sums
}

/// Everything that either plan has, in order of code.
fn rows<K: Ord, T: Clone>(
    before: &BTreeMap<K, T>,
    after: &BTreeMap<K, T>,
    key: impl Fn(&K) -> Key,
) -> Vec<Row<T>> {
    let all: BTreeSet<&K> = before.keys().chain(after.keys()).collect();
    let row = |id: &K| Row {
        key: key(id),
        change: Change {
            before: before.get(id).cloned(),
            after: after.get(id).cloned(),
        },
    };
    all.into_iter().map(row).collect()
}

/// The largest change first; the order of code stays among equals.
fn sort<T: PartialEq>(rows: &mut [Row<T>], of: impl Fn(&Change<T>) -> Change<i128>) {
    rows.sort_by_key(|row| Reverse(of(&row.change).difference().unsigned_abs()));
}

fn totals(before: &Plan, after: &Plan) -> Vec<(&'static str, Change<i128>)> {
    let some = [before, after]
        .into_iter()
        .find(|plan| !plan.totals.is_empty());
    let names = some
        .iter()
        .flat_map(|plan| &plan.totals)
        .map(|(name, _)| *name);
    let of = |plan: &Plan, wanted: &str| {
        let mut found = plan.totals.iter().filter(|(name, _)| *name == wanted);
        found.next().map(|(_, cents)| *cents)
    };
    let row = |name| {
        let change = Change {
            before: of(before, name),
            after: of(after, name),
        };
        (name, change)
    };
    names.map(row).collect()
}

fn goals(before: &Plan, after: &Plan) -> Vec<GoalRow> {
    let value = |plan: &Plan, id: &str| {
        let mut found = plan.goals.iter().filter(|goal| goal.id == id);
        found.next().map(|goal| goal.value)
    };
    let mut rows: Vec<GoalRow> = Vec::new();
    for goal in before.goals.iter().chain(&after.goals) {
        if rows.iter().all(|row| row.id != goal.id) {
            rows.push(GoalRow {
                id: goal.id.clone(),
                unit: goal.unit.clone(),
                change: Change {
                    before: value(before, &goal.id),
                    after: value(after, &goal.id),
                },
            });
        }
    }
    rows
}

fn rules(before: &Plan, after: &Plan) -> Vec<RuleRow> {
    let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let all: BTreeSet<&[String; 5]> = before.rules.keys().chain(after.rules.keys()).collect();
    let row = |id: &[String; 5]| {
        let [rule, fund, action, zone, year] = id;
        RuleRow {
            rule: rule.clone(),
            key: Key {
                zone: some(zone),
                fund: some(fund),
                action: some(action),
                year: year.parse().ok(),
            },
            change: Change {
                before: before.rules.get(id).cloned(),
                after: after.rules.get(id).cloned(),
            },
        }
    };
    let rows = all.into_iter().map(row);
    rows.filter(|row| !row.change.is_same()).collect()
}
