//! What may be paid at most, by the money of the funds and the needs, and what lets no more through.

use std::collections::{BTreeMap, BTreeSet};

use super::extreme;
use crate::lp::flow::Flow;
use crate::lp::program::{ColumnKey, Family, LinearProgram, Origin};
use crate::model::{ActionKind, Model};
use crate::units::Euro;

/// Money and needs, as far as payments go through them.
pub(super) struct Network<'a> {
    pub(super) model: &'a Model,
    program: &'a LinearProgram,
    /// The fund row, demand and capacity of each payment.
    pays: BTreeMap<usize, (usize, usize, i64)>,
    /// Fund rows, and what each has.
    money: BTreeMap<usize, i64>,
    /// Carried or drawn from a fund row to another.
    moves: Vec<(usize, usize, i64)>,
    /// What all funds together may pay of a demand; none where it has no limit.
    needs: BTreeMap<usize, Option<i64>>,
}

impl<'a> Network<'a> {
    pub(super) fn of(model: &'a Model, program: &'a LinearProgram) -> Self {
        let mut network = Self {
            model,
            program,
            pays: BTreeMap::new(),
            money: BTreeMap::new(),
            moves: Vec::new(),
            needs: BTreeMap::new(),
        };
        let mut ends: BTreeMap<usize, (Option<usize>, Option<usize>)> = BTreeMap::new();
        let mut largest: BTreeMap<usize, i64> = BTreeMap::new();
        for row in &program.rows {
            if let (Family::MaxShare, [(column, 1)], Some(upper)) =
                (row.family, row.cells.as_slice(), row.upper)
            {
                largest.insert(*column, upper);
            }
        }
        for (position, row) in program.rows.iter().enumerate() {
            let (Family::Fund, Some(upper)) = (row.family, row.upper) else {
                continue;
            };
            let mut money = upper.saturating_add(row.play);
            for &(column, coefficient) in &row.cells {
                let bound = program.columns[column].upper;
                match program.columns[column].key {
                    ColumnKey::Pay { demand, .. } => {
                        let most = largest.get(&column).map_or(bound, |most| bound.min(*most));
                        network.pays.insert(column, (position, demand, most));
                        network
                            .needs
                            .entry(demand)
                            .or_insert_with(|| need(model, demand));
                    }
                    ColumnKey::Carry { .. } | ColumnKey::Draw { .. } => {
                        let end = ends.entry(column).or_default();
                        if coefficient > 0 {
                            end.0 = Some(position);
                        } else {
                            end.1 = Some(position);
                        }
                    }
                    // What units may yet fail to earn counts as earned.
                    _ => {
                        let least = extreme(program, (column, coefficient), false);
                        money = money.saturating_sub(i64::try_from(least).unwrap_or(i64::MIN));
                    }
                }
            }
            network.money.insert(position, money);
        }
        for (column, end) in ends {
            if let (Some(from), Some(to)) = end {
                network
                    .moves
                    .push((from, to, program.columns[column].upper));
            }
        }
        network
    }

    /// By needs or by columns alone: quick, and never below [`Self::most`].
    pub(super) fn most_simply(&self, columns: &BTreeSet<usize>) -> i128 {
        let mut by_need: BTreeMap<usize, i128> = BTreeMap::new();
        for column in columns {
            if let Some(&(_, demand, most)) = self.pays.get(column) {
                *by_need.entry(demand).or_default() += i128::from(most);
            } else {
                *by_need.entry(usize::MAX).or_default() +=
                    i128::from(self.program.columns[*column].upper);
            }
        }
        let need = |(demand, paid): (usize, i128)| match self.needs.get(&demand) {
            Some(Some(need)) => paid.min(i128::from(*need)),
            _ => paid,
        };
        by_need.into_iter().map(need).sum()
    }

    /// The most that some payments can be together, and which fund rows and demands let no more through.
    pub(super) fn most(&self, columns: &BTreeSet<usize>) -> (i128, Vec<Origin>) {
        let mut nodes: BTreeMap<(bool, usize), usize> = BTreeMap::new();
        let known: Vec<(usize, (usize, usize, i64))> = columns
            .iter()
            .filter_map(|column| Some((*column, *self.pays.get(column)?)))
            .collect();
        let loose: i128 = columns
            .iter()
            .filter(|column| !self.pays.contains_key(column))
            .map(|column| i128::from(self.program.columns[*column].upper))
            .sum();
        let funds: BTreeSet<Origin> = known
            .iter()
            .map(|(_, (row, _, _))| self.program.rows[*row].origin)
            .collect();
        for &row in self.money.keys() {
            if funds.contains(&self.program.rows[row].origin) {
                let next = nodes.len();
                nodes.insert((true, row), next);
            }
        }
        for (_, (_, demand, _)) in &known {
            let next = nodes.len();
            nodes.entry((false, *demand)).or_insert(next);
        }
        let (source, sink) = (nodes.len(), nodes.len() + 1);
        let mut flow = Flow::new(nodes.len() + 2);
        for (&(is_money, of), &node) in &nodes {
            if is_money {
                flow.join(source, node, self.money.get(&of).copied().unwrap_or(0));
            } else {
                let need = self.needs.get(&of).copied().flatten();
                flow.join(node, sink, need.unwrap_or(i64::MAX / 4));
            }
        }
        for &(from, to, most) in &self.moves {
            if let (Some(&from), Some(&to)) = (nodes.get(&(true, from)), nodes.get(&(true, to))) {
                flow.join(from, to, most);
            }
        }
        for (_, (row, demand, most)) in &known {
            if let (Some(&from), Some(&to)) =
                (nodes.get(&(true, *row)), nodes.get(&(false, *demand)))
            {
                flow.join(from, to, *most);
            }
        }
        let most = flow.most(source, sink) + loose;
        let reached = flow.reached(source);
        let mut limits = BTreeSet::new();
        for (&(is_money, of), &node) in &nodes {
            if is_money && !reached[node] {
                limits.insert(self.program.rows[of].origin);
            }
            if !is_money && reached[node] {
                limits.insert(Origin::Need(self.model.demands[of].action));
            }
        }
        for (column, (row, demand, _)) in &known {
            let (from, to) = (nodes.get(&(true, *row)), nodes.get(&(false, *demand)));
            if let (Some(&from), Some(&to)) = (from, to)
                && reached[from]
                && !reached[to]
            {
                limits.insert(self.narrow(*column, *row, *demand));
            }
        }
        for &(from, to, _) in &self.moves {
            if let (Some(&from_node), Some(&to_node)) =
                (nodes.get(&(true, from)), nodes.get(&(true, to)))
                && reached[from_node]
                && !reached[to_node]
            {
                limits.insert(self.program.rows[from].origin);
            }
        }
        (most, limits.into_iter().collect())
    }

    /// What keeps one payment from being larger: its need, or its fund.
    fn narrow(&self, column: usize, row: usize, demand: usize) -> Origin {
        let of = &self.model.demands[demand];
        let bound = self.program.columns[column].upper;
        let whole = of.euro.map(Euro::cents);
        match (self.pays.get(&column), whole) {
            (Some((_, _, most)), _) if *most < bound => {
                let fund = match self.program.columns[column].key {
                    ColumnKey::Pay { fund, .. } => Some(fund),
                    _ => None,
                };
                fund.map_or(self.program.rows[row].origin, |fund| {
                    Origin::Eligibility(fund, of.action)
                })
            }
            (_, Some(need)) if bound >= need => Origin::Need(of.action),
            _ => self.program.rows[row].origin,
        }
    }
}

/// What may be paid of a demand: whole units where it comes in such.
fn need(model: &Model, demand: usize) -> Option<i64> {
    let of = &model.demands[demand];
    let euro = of.euro?.cents();
    if model.action(of.action).kind != ActionKind::Units {
        return Some(euro);
    }
    let year = model.years.iter().position(|&year| year == of.year)?;
    let cost = model.action(of.action).unit_cost.get(year)?.cents();
    let units = i64::try_from(of.units.floor().to_integer()).ok()?;
    Some(units.checked_mul(cost)?.min(euro))
}
