//! What has to hold of a proposal, computed again from the model and the ledger alone.

use std::collections::{BTreeMap, BTreeSet};

use mappafondo::model::{
    ActionIdx, Assigned, Base, Bound, Deadline, Demand, FundIdx, FundNature, MatchPer, MatchShares,
    Model, Nature, Quantity, Relation, Rule, Selection, Share, ZoneIdx,
};
use mappafondo::proposal::Proposal;
use mappafondo::sheet::{Claim, ColumnKind, GoalCertificate};
use mappafondo::units::{Euro, Exact, Year};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

/// A demand's place.
type Cell = (ActionIdx, ZoneIdx, Year);

/// What broke, and how it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    /// Stable word: what a smaller model has to break too.
    pub(crate) what: &'static str,
    pub(crate) how: String,
}

pub(crate) fn broken<T>(what: &'static str, how: impl Into<String>) -> Result<T, Broken> {
    Err(Broken {
        what,
        how: how.into(),
    })
}

/// How far the goals of a proposal may be from the best.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gaps {
    /// By goal: word, gap over one euro of that goal, what the bound allows over one euro.
    pub(crate) goals: Vec<(&'static str, f64, f64)>,
}

/// The ledger by fund and demand's place, with the model.
struct Books<'m> {
    model: &'m Model,
    paid: BTreeMap<(FundIdx, Cell), i64>,
    demands: BTreeMap<Cell, Vec<&'m Demand>>,
}

/// Checks a proposal against its model.
pub(crate) fn check(model: &Model, proposal: &Proposal) -> Result<(), Broken> {
    if !proposal.complete {
        return broken(
            "complete",
            "no limit was set, yet the proposal is not complete",
        );
    }
    let mut paid = BTreeMap::new();
    let mut last = None;
    for line in &proposal.ledger {
        let key = (line.fund, line.action, line.zone, line.year);
        if line.euro <= Euro::ZERO {
            return broken("ledger", format!("a line of {} euro", line.euro));
        }
        if last.is_some_and(|last| last >= key) {
            return broken("ledger", format!("{key:?} is not after {last:?}"));
        }
        last = Some(key);
        paid.insert(
            (line.fund, (line.action, line.zone, line.year)),
            line.euro.cents(),
        );
    }
    let mut demands: BTreeMap<Cell, Vec<&Demand>> = BTreeMap::new();
    for demand in &model.demands {
        demands
            .entry((demand.action, demand.zone, demand.year))
            .or_default()
            .push(demand);
    }
    let books = Books {
        model,
        paid,
        demands,
    };
    books.funds()?;
    books.matrix()?;
    books.needs()?;
    books.persistent()?;
    books.rules(proposal)?;
    books.matches()?;
    books.fund_lines(proposal)?;
    books.zone_lines(proposal)?;
    books.unmet_lines(proposal)
}

impl Books<'_> {
    /// Money of each purse and year goes to years it may be spent in, never more than there is.
    ///
    /// By Gale's theorem: for every set of years, what is spent in them is at most what all amounts can bring to them.
    fn funds(&self) -> Result<(), Broken> {
        let mut purses: BTreeMap<(FundIdx, Option<ZoneIdx>), BTreeMap<Year, i64>> = BTreeMap::new();
        for (&(fund, year), money) in &self.model.money {
            match &money.assigned {
                Assigned::Pool(euro) => {
                    purses
                        .entry((fund, None))
                        .or_default()
                        .insert(year, euro.cents());
                }
                Assigned::Zones(zones) => {
                    for (&zone, euro) in zones {
                        purses
                            .entry((fund, Some(zone)))
                            .or_default()
                            .insert(year, euro.cents());
                    }
                }
            }
        }
        let none = BTreeMap::new();
        for fund in self.model.fund_indices() {
            let mut spent: BTreeMap<ZoneIdx, BTreeMap<Year, i64>> = BTreeMap::new();
            for (&(of, (_, zone, year)), &cents) in &self.paid {
                if of == fund {
                    *spent.entry(zone).or_default().entry(year).or_default() += cents;
                }
            }
            let years = &self.model.years;
            for set in 1..1_usize << years.len() {
                let chosen: Vec<Year> = (0..years.len())
                    .filter(|k| set >> k & 1 == 1)
                    .map(|k| years[k])
                    .collect();
                // What a zone spends beyond its own money is the pool's.
                let mut from_pool = 0;
                for (&zone, by_year) in &spent {
                    let asked: i64 = chosen.iter().filter_map(|year| by_year.get(year)).sum();
                    let own = purses.get(&(fund, Some(zone))).unwrap_or(&none);
                    from_pool += (asked - self.reach(fund, own, &chosen)).max(0);
                }
                let pool = purses.get(&(fund, None)).unwrap_or(&none);
                let there = self.reach(fund, pool, &chosen);
                if from_pool > there {
                    let id = &self.model.fund(fund).id;
                    return broken(
                        "fund",
                        format!("{id} in {chosen:?}: {from_pool} cents of {there}"),
                    );
                }
            }
        }
        Ok(())
    }

    /// What amounts can bring to some years.
    fn reach(&self, fund: FundIdx, amounts: &BTreeMap<Year, i64>, chosen: &[Year]) -> i64 {
        let found = self.model.fund(fund);
        let in_time = |of: Year, year: Year| match found.deadline {
            Deadline::Never => true,
            Deadline::LastYear(last) => year <= last,
            Deadline::YearsAfter(more) => year <= of + Year::from(more),
        };
        let mut there = 0;
        for (&of, &cents) in amounts {
            if !in_time(of, of) {
                continue;
            }
            if chosen.contains(&of) {
                there += cents;
            } else if chosen.iter().any(|&year| of < year && in_time(of, year)) {
                let part = Exact::from_integer(i128::from(cents)) * found.carry_over;
                there += i64::try_from(part.floor().to_integer()).unwrap_or(i64::MAX);
            }
        }
        there
    }

    fn opens(
        &self,
        fund: FundIdx,
        (action, zone, year): Cell,
    ) -> impl Iterator<Item = Option<Exact>> + '_ {
        self.model.eligibility.iter().filter_map(move |entry| {
            let opens = entry.fund == fund
                && entry.actions.contains(&action)
                && entry.zones.contains(&(zone, year));
            opens.then_some(entry.max_share)
        })
    }

    fn pays(&self, fund: FundIdx, nature: Nature) -> bool {
        match self.model.fund(fund).nature {
            FundNature::Both => true,
            FundNature::Current => nature == Nature::Current,
            FundNature::Capital => nature == Nature::Capital,
        }
    }

    /// Every line is opened by the matrix, and no fund pays more of a cost than it may.
    fn matrix(&self) -> Result<(), Broken> {
        for (&(fund, cell), &cents) in &self.paid {
            let shares: Vec<Option<Exact>> = self.opens(fund, cell).collect();
            let of_nature: Vec<&&Demand> = self
                .demands
                .get(&cell)
                .into_iter()
                .flatten()
                .filter(|demand| self.pays(fund, demand.nature))
                .collect();
            if shares.is_empty() || of_nature.is_empty() {
                return broken(
                    "matrix",
                    format!("{} may not pay {cell:?}", self.model.fund(fund).id),
                );
            }
            let largest = shares.iter().try_fold(Exact::zero(), |most, share| {
                share.map(|share| most.max(share))
            });
            // Of the whole cost, whatever its nature.
            let cost: Option<i128> = self.demands[&cell]
                .iter()
                .map(|d| d.euro.map(|euro| i128::from(euro.cents())))
                .sum();
            if let (Some(share), Some(cost)) = (largest, cost)
                && Exact::from_integer(i128::from(cents)) > share * Exact::from_integer(cost)
            {
                return broken(
                    "max_share",
                    format!(
                        "{} pays {cents} of {cost} for {cell:?}",
                        self.model.fund(fund).id
                    ),
                );
            }
        }
        Ok(())
    }

    /// No cost is paid twice: by nature and in all.
    fn needs(&self) -> Result<(), Broken> {
        let mut by_cell: BTreeMap<Cell, BTreeMap<&str, i64>> = BTreeMap::new();
        for (&(fund, cell), &cents) in &self.paid {
            let nature = match self.model.fund(fund).nature {
                FundNature::Both => "both",
                FundNature::Current => "current",
                FundNature::Capital => "capital",
            };
            *by_cell.entry(cell).or_default().entry(nature).or_default() += cents;
        }
        for (cell, by_nature) in by_cell {
            let sum = |nature: Option<Nature>| -> Option<i64> {
                let demands = self.demands.get(&cell).into_iter().flatten();
                demands
                    .filter(|d| nature.is_none_or(|n| n == d.nature))
                    .map(|d| d.euro.map(Euro::cents))
                    .sum()
            };
            let paid = |nature: &str| by_nature.get(nature).copied().unwrap_or(0);
            let all: i64 = by_nature.values().sum();
            let limits = [
                (paid("current"), sum(Some(Nature::Current))),
                (paid("capital"), sum(Some(Nature::Capital))),
                (all, sum(None)),
            ];
            for (paid, need) in limits {
                if need.is_some_and(|need| paid > need) {
                    return broken(
                        "need",
                        format!("{cell:?}: {paid} cents for a need of {need:?}"),
                    );
                }
            }
        }
        Ok(())
    }

    fn paid_for(&self, cell: Cell) -> i64 {
        self.model
            .fund_indices()
            .filter_map(|fund| self.paid.get(&(fund, cell)))
            .sum()
    }

    /// Covered units never fall.
    fn persistent(&self) -> Result<(), Broken> {
        let years = self.model.years.windows(2).enumerate();
        for (position, pair) in years {
            let [year, next] = pair else { continue };
            for (&(action, zone, of), _) in self.demands.iter().filter(|(cell, _)| cell.2 == *year)
            {
                let found = self.model.action(action);
                if !found.persistent {
                    continue;
                }
                let (cost, later) = (
                    found.unit_cost[position].cents(),
                    found.unit_cost[position + 1].cents(),
                );
                let (now, then) = (
                    self.paid_for((action, zone, of)),
                    self.paid_for((action, zone, *next)),
                );
                if i128::from(then) * i128::from(cost.max(1)) < i128::from(now) * i128::from(later)
                {
                    return broken(
                        "persistent",
                        format!("{} falls from {now} to {then}", found.id),
                    );
                }
            }
        }
        Ok(())
    }

    fn sum(&self, selection: &Selection, cell: impl Fn(FundIdx, Cell) -> bool) -> i128 {
        let counted = self.paid.iter().filter(|((fund, place), _)| {
            selection.funds.contains(fund)
                && selection.actions.contains(&place.0)
                && selection.zones.contains(&place.1)
                && cell(*fund, *place)
        });
        counted.map(|(_, cents)| i128::from(*cents)).sum()
    }

    /// Hard rules in euro with a fixed bound, or a share of needs, of what is given, of what is assigned (caps).
    fn rules(&self, proposal: &Proposal) -> Result<(), Broken> {
        if !proposal.excess.is_empty() {
            return Ok(()); // told by name
        }
        for rule in &self.model.rules {
            if rule.strength.is_hard()
                && rule.measure.quantity == Quantity::Euro
                && !matches!(rule.bound, Bound::Band { .. })
            {
                self.rule(rule)?;
            }
        }
        Ok(())
    }

    fn rule(&self, rule: &Rule) -> Result<(), Broken> {
        fn each<T: Copy>(split: bool, all: &[T]) -> Vec<Option<T>> {
            if split {
                all.iter().copied().map(Some).collect()
            } else {
                vec![None]
            }
        }
        let (for_each, measured) = (rule.for_each, &rule.measure.selection);
        for fund in each(for_each.fund, &measured.funds) {
            for action in each(for_each.action, &measured.actions) {
                for zone in each(for_each.zone, &measured.zones) {
                    for year in each(for_each.year, &rule.years) {
                        let waived = rule
                            .waived
                            .as_ref()
                            .is_some_and(|waiver| waiver.covers(zone, year));
                        if !waived {
                            self.instance(rule, (fund, action, zone, year))?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn instance(
        &self,
        rule: &Rule,
        (fund, action, zone, year): (
            Option<FundIdx>,
            Option<ActionIdx>,
            Option<ZoneIdx>,
            Option<Year>,
        ),
    ) -> Result<(), Broken> {
        let pairs: BTreeSet<(ZoneIdx, Year)> = rule
            .scope
            .iter()
            .copied()
            .filter(|&(z, y)| {
                zone.is_none_or(|zone| zone == z) && year.is_none_or(|year| year == y)
            })
            .filter(|(z, _)| rule.measure.selection.zones.contains(z))
            .collect();
        if pairs.is_empty() {
            return Ok(());
        }
        let in_scope = |f: FundIdx, cell: Cell| {
            fund.is_none_or(|fund| fund == f) && pairs.contains(&(cell.1, cell.2))
        };
        let value = self.sum(&rule.measure.selection, |f, cell| {
            in_scope(f, cell) && action.is_none_or(|a| a == cell.0)
        });
        let whole = |cents: i128| Exact::from_integer(cents);
        let bound = match &rule.bound {
            Bound::Constant(euro) => *euro * whole(100),
            Bound::ShareOf {
                base,
                share: Share::Constant(share),
                scope,
            } => {
                // What the bound names itself is the same for every instance.
                let of_fund = |f: FundIdx| {
                    scope.funds.contains(&f)
                        && (scope.own.fund || fund.is_none_or(|fund| fund == f))
                };
                let of_action = |a: ActionIdx| {
                    let any = scope.own.action || matches!(base, Base::Allocated);
                    scope.actions.contains(&a) && (any || action.is_none_or(|action| action == a))
                };
                let base_pairs: BTreeSet<(ZoneIdx, Year)> = scope
                    .pairs
                    .iter()
                    .copied()
                    .filter(|&(z, y)| {
                        (scope.own.zone || zone.is_none_or(|zone| zone == z))
                            && (scope.own.year || year.is_none_or(|year| year == y))
                    })
                    .collect();
                let planned = |back: i32| -> i128 {
                    let counted = self.paid.iter().filter(|((f, (a, z, y)), _)| {
                        of_fund(*f) && of_action(*a) && base_pairs.contains(&(*z, *y + back))
                    });
                    counted.map(|(_, cents)| i128::from(*cents)).sum()
                };
                let first = self.model.years.first().copied().unwrap_or(0);
                match base {
                    Base::Allocated => *share * whole(planned(0)),
                    Base::LastYear => {
                        let before = self.model.previous.iter().filter(|((f, a, z, y), _)| {
                            of_fund(*f)
                                && of_action(*a)
                                && *y + 1 == first
                                && base_pairs.contains(&(*z, first))
                        });
                        let known: i128 = before.map(|(_, euro)| i128::from(euro.cents())).sum();
                        *share * whole(known + planned(1))
                    }
                    Base::Demand => {
                        let counted = self.model.demands.iter().filter(|demand| {
                            of_action(demand.action)
                                && base_pairs.contains(&(demand.zone, demand.year))
                        });
                        let cents: i128 = counted
                            .filter_map(|demand| demand.euro)
                            .map(|euro| i128::from(euro.cents()))
                            .sum();
                        *share * whole(cents)
                    }
                    // The whole of some years: a floor may move on with carried money, unless it names funds or years.
                    Base::Assigned
                        if (rule.relation != Relation::AtLeast
                            || scope.own.fund
                            || scope.own.year)
                            && (zone.is_none() || scope.own.zone)
                            && self.is_everywhere(&base_pairs) =>
                    {
                        let years: BTreeSet<Year> = base_pairs.iter().map(|pair| pair.1).collect();
                        let mut cents = 0_i128;
                        for &f in scope.funds.iter().filter(|f| of_fund(**f)) {
                            let money = years.iter().filter_map(|&y| self.model.money.get(&(f, y)));
                            cents += money.map(|of| i128::from(of.total.cents())).sum::<i128>();
                        }
                        if rule.relation == Relation::AtLeast {
                            self.given_way(*share * whole(cents))
                        } else {
                            *share * whole(cents)
                        }
                    }
                    Base::Assigned => return Ok(()),
                }
            }
            _ => return Ok(()),
        };
        let value = whole(value);
        let holds = match rule.relation {
            Relation::AtLeast => value >= bound,
            Relation::AtMost => value <= bound,
            Relation::Below => value < bound,
            Relation::Equal => (value - bound).abs() < whole(1),
        };
        if holds {
            return Ok(());
        }
        let relation = rule.relation.word();
        broken(
            "rule",
            format!(
                "{} {fund:?} {action:?} {zone:?} {year:?}: {value} {relation} {bound} cents",
                rule.id
            ),
        )
    }

    /// Whether some zones and years are every zone of each of these years.
    fn is_everywhere(&self, pairs: &BTreeSet<(ZoneIdx, Year)>) -> bool {
        let years: BTreeSet<Year> = pairs.iter().map(|pair| pair.1).collect();
        years.iter().all(|&year| {
            let mut zones = self.model.zone_indices();
            zones
                .all(|zone| !self.model.zone(zone).exists_in(year) || pairs.contains(&(zone, year)))
        })
    }

    /// A floor that shares out one total with others may give way a cent.
    fn given_way(&self, bound: Exact) -> Exact {
        bound.ceil() - Exact::from_integer(1)
    }

    /// Proportions within a cent, smallest shares.
    fn matches(&self) -> Result<(), Broken> {
        for rule in &self.model.matches {
            let (shares, funds, relation): (_, Vec<FundIdx>, _) = match &rule.shares {
                MatchShares::Proportion(shares) => (
                    shares,
                    shares.iter().map(|share| share.0).collect(),
                    Relation::Equal,
                ),
                MatchShares::Minimum { shares, among } => {
                    (shares, among.clone(), Relation::AtLeast)
                }
            };
            let mut parts: BTreeMap<
                (Option<ActionIdx>, Option<ZoneIdx>, Year),
                BTreeMap<FundIdx, i128>,
            > = BTreeMap::new();
            for (&(fund, (action, zone, year)), &cents) in &self.paid {
                if funds.contains(&fund)
                    && rule.actions.contains(&action)
                    && rule.zones.contains(&zone)
                {
                    let operation = rule.per == MatchPer::Operation;
                    let place = (operation.then_some(action), operation.then_some(zone), year);
                    *parts.entry(place).or_default().entry(fund).or_default() += i128::from(cents);
                }
            }
            for (place, by_fund) in parts {
                let total = Exact::from_integer(by_fund.values().sum::<i128>());
                for (fund, share) in shares {
                    let part = Exact::from_integer(by_fund.get(fund).copied().unwrap_or(0));
                    let asked = total * *share;
                    let holds = match relation {
                        Relation::Equal => (part - asked).abs() < Exact::from_integer(1),
                        _ => part >= asked,
                    };
                    if !holds {
                        let fund = &self.model.fund(*fund).id;
                        return broken(
                            "match",
                            format!(
                                "{} {place:?} {fund}: {part} of {total}, asked {asked}",
                                rule.id
                            ),
                        );
                    }
                }
            }
        }
        Ok(())
    }

    fn fund_lines(&self, proposal: &Proposal) -> Result<(), Broken> {
        let mut used: BTreeMap<(FundIdx, Year), i64> = BTreeMap::new();
        for (&(fund, (_, _, year)), &cents) in &self.paid {
            *used.entry((fund, year)).or_default() += cents;
        }
        let mut carried: BTreeMap<(FundIdx, Year), i64> = BTreeMap::new();
        let mut last = None;
        for line in &proposal.funds {
            let key = (line.fund, line.year);
            if last.is_some_and(|last| last >= key) {
                return broken("funds", format!("{key:?} is not after {last:?}"));
            }
            last = Some(key);
            let assigned = self
                .model
                .money
                .get(&key)
                .map_or(0, |money| money.total.cents());
            let came = carried.get(&key).copied().unwrap_or(0);
            let sums = line.assigned.cents() == assigned
                && line.used.cents() == used.remove(&key).unwrap_or(0)
                && line.carried_in.cents() == came
                && line.assigned.cents() + line.carried_in.cents()
                    == line.used.cents() + line.carried_out.cents() + line.lost.cents()
                && line.lost >= Euro::ZERO
                && line.carried_out >= Euro::ZERO;
            if !sums {
                return broken(
                    "funds",
                    format!("{line:?} of {assigned} with {came} carried in"),
                );
            }
            carried.insert((line.fund, line.year + 1), line.carried_out.cents());
        }
        if used.is_empty() {
            Ok(())
        } else {
            broken("funds", format!("no line for {used:?}"))
        }
    }

    fn zone_lines(&self, proposal: &Proposal) -> Result<(), Broken> {
        let mut lines = proposal.zones.iter();
        for zone in self.model.zone_indices() {
            for &year in self
                .model
                .years
                .iter()
                .filter(|year| self.model.zone(zone).exists_in(**year))
            {
                let Some(line) = lines
                    .next()
                    .filter(|line| (line.zone, line.year) == (zone, year))
                else {
                    return broken(
                        "zones",
                        format!("no line for {} {year}", self.model.zone(zone).id),
                    );
                };
                let here = |cell: &Cell| (cell.1, cell.2) == (zone, year);
                let demands: Vec<&&Demand> = self
                    .demands
                    .iter()
                    .filter(|(cell, _)| here(cell))
                    .flat_map(|(_, demands)| demands)
                    .collect();
                let need: i64 = demands
                    .iter()
                    .filter_map(|demand| demand.euro)
                    .map(Euro::cents)
                    .sum();
                let given: i64 = self
                    .paid
                    .iter()
                    .filter(|((_, cell), _)| here(cell))
                    .map(|(_, cents)| cents)
                    .sum();
                let unlimited = demands.iter().any(|demand| demand.euro.is_none());
                let covered = line.covered.cents();
                let coverage =
                    (need > 0).then(|| Exact::new(i128::from(covered), i128::from(need)));
                let sums = line.need.cents() == need
                    && line.euro.cents() == given
                    && (covered == given || (unlimited && covered <= given))
                    && covered <= need
                    && line.coverage == coverage;
                if !sums {
                    return broken("zones", format!("{line:?}: need {need}, given {given}"));
                }
            }
        }
        if lines.next().is_none() {
            Ok(())
        } else {
            broken("zones", "a line too many")
        }
    }

    /// Unmet and covered are the need; what is met has no line.
    fn unmet_lines(&self, proposal: &Proposal) -> Result<(), Broken> {
        let mut unmet: BTreeMap<Cell, i64> = BTreeMap::new();
        let mut last = None;
        for line in &proposal.unmet {
            let cell = (line.action, line.zone, line.year);
            if last.is_some_and(|last| last >= cell) || line.euro <= Euro::ZERO {
                return broken("unmet", format!("{line:?} after {last:?}"));
            }
            last = Some(cell);
            unmet.insert(cell, line.euro.cents());
        }
        for (&cell, demands) in &self.demands {
            let left = unmet.remove(&cell).unwrap_or(0);
            let need: i64 = demands
                .iter()
                .filter_map(|demand| demand.euro)
                .map(Euro::cents)
                .sum();
            let covered = self.paid_for(cell);
            let unlimited = demands.iter().any(|demand| demand.euro.is_none());
            if unlimited && left <= need || !unlimited && left + covered == need {
                continue;
            }
            return broken(
                "unmet",
                format!("{cell:?}: need {need}, covered {covered}, unmet {left}"),
            );
        }
        if unmet.is_empty() {
            Ok(())
        } else {
            broken("unmet", format!("no demand for {unmet:?}"))
        }
    }
}

/// The gaps of a proposal: each at most one euro, what the earlier gaps make of it, times their multipliers, and a cent of
/// each row that binds, times its multiplier.
///
/// One euro of a goal is what a hundred cents can change in it: a hundred times the largest cost; for a shortfall, its cost times
/// the largest coefficient of its row; for a level, a hundred cents of the unit that has the least need.
pub(crate) fn gaps(proposal: &Proposal) -> Result<Gaps, Broken> {
    let Claim::Proposal { goals, .. } = &proposal.certificate.claim else {
        return broken("certificate", "of a proposal claims that there is none");
    };
    if goals.len() != proposal.sheet.goals.len() || goals.len() != proposal.goals.len() {
        return broken("certificate", "has another number of goals");
    }
    let number = |text: &str| {
        text.parse::<BigInt>()
            .ok()
            .and_then(|n| n.to_f64())
            .unwrap_or(f64::NAN)
    };
    let mut found = Gaps::default();
    // What a goal leaves to those after it is no gap.
    let beyond = |position: usize, goal: &GoalCertificate| {
        number(&goal.gap) - proposal.sheet.goals[position].tolerance as f64
    };
    for (position, certificate) in goals.iter().enumerate() {
        let gap = number(&certificate.gap);
        // A plan that breaks a row by a cent may do better than any that obeys it.
        if gap < 0.0 && proposal.excess.is_empty() {
            return broken(
                "gap",
                format!("of goal {position} is negative: {}", certificate.gap),
            );
        }
        let one = one_euro(proposal, position);
        let passed: f64 = certificate
            .goal_multipliers
            .iter()
            .zip(goals.iter().enumerate())
            .map(|(multiplier, (earlier, goal))| multiplier * beyond(earlier, goal).max(0.0))
            .sum();
        // Whole cents may keep every row that binds a cent away from its bound, or use the play of a proportion.
        let by_cents: f64 = certificate
            .multipliers
            .iter()
            .map(|&(row, multiplier)| {
                let row = &proposal.sheet.rows[row as usize];
                let largest = row.cells.iter().map(|cell| (cell.1 as f64).abs());
                multiplier.abs() * (row.play as f64 + largest.fold(0.0, f64::max))
            })
            .sum();
        let line = &proposal.goals[position];
        if line.rounding > line.gap.abs() || (gap >= 0.0 && line.gap < Exact::zero()) {
            return broken("gap", format!("{line:?}"));
        }
        // A zone's own money is spent before the pool's, whatever may be carried of either.
        let draws = proposal
            .sheet
            .columns
            .iter()
            .any(|c| c.kind == ColumnKind::Draw);
        if draws && line.kind == "at_risk" {
            continue;
        }
        found.goals.push((
            line.kind,
            beyond(position, certificate) / one,
            1.0 + (passed + by_cents) / one,
        ));
    }
    Ok(found)
}

/// What a hundred cents can change in a goal, in its whole-number unit.
fn one_euro(proposal: &Proposal, goal: usize) -> f64 {
    let sheet = &proposal.sheet;
    let mut most: f64 = 1.0;
    for &(column, cost) in &sheet.goals[goal].cost {
        let kind = sheet.columns[column as usize].kind;
        let cost = (cost as f64).abs();
        let step = match kind {
            ColumnKind::Shortfall | ColumnKind::Level => {
                let rows = sheet
                    .rows
                    .iter()
                    .filter(|row| row.cells.iter().any(|cell| cell.0 == column));
                let steps = rows.map(|row| {
                    let own = row
                        .cells
                        .iter()
                        .find(|cell| cell.0 == column)
                        .map_or(1.0, |cell| (cell.1 as f64).abs());
                    let pays = row
                        .cells
                        .iter()
                        .filter(|cell| sheet.columns[cell.0 as usize].kind == ColumnKind::Pay);
                    pays.map(|cell| (cell.1 as f64).abs()).fold(0.0, f64::max) / own
                });
                steps.fold(1.0, f64::max)
            }
            _ => 1.0,
        };
        most = most.max(100.0 * cost * step);
    }
    most
}
