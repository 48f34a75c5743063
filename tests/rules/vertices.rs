//! Small programmes solved exactly: every vertex in fractions, without the program's own rows.

use std::collections::BTreeMap;

use mappafondo::units::Exact;
use num_traits::{Signed, Zero};

use super::Files;

/// What a fund may pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) fund: &'static str,
    pub(crate) action: &'static str,
    pub(crate) zone: &'static str,
    pub(crate) year: i32,
}

/// `sum(weight x cents) <= bound`.
#[derive(Clone, Debug)]
pub(crate) struct Constraint {
    weights: Vec<Exact>,
    bound: Exact,
}

impl Constraint {
    pub(crate) fn at_most(weights: Vec<Exact>, bound: Exact) -> Self {
        Self { weights, bound }
    }

    pub(crate) fn at_least(weights: Vec<Exact>, bound: Exact) -> Self {
        Self {
            weights: weights.into_iter().map(|weight| -weight).collect(),
            bound: -bound,
        }
    }
}

/// Figures known before any plan, in cents.
pub(crate) struct Known {
    pub(crate) last: i32,
    pub(crate) money: Vec<(Cell, i64)>,
    pub(crate) needs: Vec<(Cell, i64)>,
    pub(crate) previous: Vec<(Cell, i64)>,
}

/// A model of four payments.
pub(crate) struct Setup {
    pub(crate) cells: Vec<Cell>,
    pub(crate) known: Known,
}

const fn cell(fund: &'static str, action: &'static str, zone: &'static str, year: i32) -> Cell {
    Cell {
        fund,
        action,
        zone,
        year,
    }
}

/// Two funds, two zones.
pub(crate) fn funds() -> Setup {
    Setup {
        cells: vec![
            cell("f", "p", "a", 2022),
            cell("f", "p", "b", 2022),
            cell("g", "p", "a", 2022),
            cell("g", "p", "b", 2022),
        ],
        known: Known {
            last: 2022,
            money: vec![
                (cell("f", "", "", 2022), 10_007),
                (cell("g", "", "", 2022), 6_001),
            ],
            needs: vec![
                (cell("", "p", "a", 2022), 9_000),
                (cell("", "p", "b", 2022), 8_003),
            ],
            previous: vec![
                (cell("f", "p", "a", 2021), 4_001),
                (cell("g", "p", "b", 2021), 2_600),
            ],
        },
    }
}

/// Two actions, two zones.
pub(crate) fn actions() -> Setup {
    Setup {
        cells: vec![
            cell("f", "p", "a", 2022),
            cell("f", "p", "b", 2022),
            cell("f", "q", "a", 2022),
            cell("f", "q", "b", 2022),
        ],
        known: Known {
            last: 2022,
            money: vec![(cell("f", "", "", 2022), 12_001)],
            needs: vec![
                (cell("", "p", "a", 2022), 5_001),
                (cell("", "p", "b", 2022), 4_000),
                (cell("", "q", "a", 2022), 3_002),
                (cell("", "q", "b", 2022), 6_000),
            ],
            previous: vec![
                (cell("f", "p", "a", 2021), 1_003),
                (cell("f", "q", "b", 2021), 3_000),
            ],
        },
    }
}

/// Two years, two zones.
pub(crate) fn years() -> Setup {
    Setup {
        cells: vec![
            cell("f", "p", "a", 2022),
            cell("f", "p", "b", 2022),
            cell("f", "p", "a", 2023),
            cell("f", "p", "b", 2023),
        ],
        known: Known {
            last: 2023,
            money: vec![
                (cell("f", "", "", 2022), 8_001),
                (cell("f", "", "", 2023), 9_000),
            ],
            needs: vec![
                (cell("", "p", "a", 2022), 6_000),
                (cell("", "p", "b", 2022), 5_003),
                (cell("", "p", "a", 2023), 4_000),
                (cell("", "p", "b", 2023), 7_001),
            ],
            previous: vec![
                (cell("f", "p", "a", 2021), 2_001),
                (cell("f", "p", "b", 2021), 3_000),
            ],
        },
    }
}

impl Setup {
    /// A euro in zone b is worth twice one in zone a.
    pub(crate) fn weights(&self) -> Vec<Exact> {
        let weight = |cell: &Cell| Exact::from_integer(if cell.zone == "b" { 2 } else { 1 });
        self.cells.iter().map(weight).collect()
    }

    /// Money, needs, nothing below zero.
    pub(crate) fn constraints(&self) -> Vec<Constraint> {
        let sum = |counted: &dyn Fn(&Cell) -> bool| -> Vec<Exact> {
            let weight = |cell: &Cell| Exact::from_integer(counted(cell).into());
            self.cells.iter().map(weight).collect()
        };
        let mut all = Vec::new();
        for (of, cents) in &self.known.money {
            let counted = |c: &Cell| c.fund == of.fund && c.year == of.year;
            all.push(Constraint::at_most(
                sum(&counted),
                Exact::from_integer((*cents).into()),
            ));
        }
        for (of, cents) in &self.known.needs {
            let counted = |c: &Cell| (c.action, c.zone, c.year) == (of.action, of.zone, of.year);
            all.push(Constraint::at_most(
                sum(&counted),
                Exact::from_integer((*cents).into()),
            ));
        }
        for cell in &self.cells {
            all.push(Constraint::at_least(
                sum(&|c: &Cell| c == cell),
                Exact::zero(),
            ));
        }
        all
    }

    /// The model with a rule.
    pub(crate) fn files(&self, rule: &str) -> Files {
        let euro = |cents: &i64| format!("{}.{:02}", cents / 100, cents % 100);
        let mut tables: BTreeMap<&str, String> = BTreeMap::from([
            ("zones.csv", "zone,name,peso\na,A,1\nb,B,2\n".to_owned()),
            ("funds.csv", "fund,name,level,nature\n".to_owned()),
            (
                "amounts.csv",
                "fund,year,euro,act,confidence,source\n".to_owned(),
            ),
            (
                "actions.csv",
                "action,name,area,leps,kind,unit,unit_cost,priority\n".to_owned(),
            ),
            ("eligibility.csv", "fund,action\n".to_owned()),
            ("needs.csv", "action,zone,year,units\n".to_owned()),
            (
                "previous.csv",
                "fund,action,zone,year,euro,source\n".to_owned(),
            ),
        ]);
        let mut add = |table: &'static str, line: String| {
            let text = tables.get_mut(table).unwrap();
            if !text.contains(&line) {
                text.push_str(&line);
            }
        };
        for cell in &self.cells {
            add("funds.csv", format!("{0},{0},state,current\n", cell.fund));
            add(
                "actions.csv",
                format!("{0},{0},X,no,divisible,euro,1.00,1\n", cell.action),
            );
            add(
                "eligibility.csv",
                format!("{},{}\n", cell.fund, cell.action),
            );
        }
        for (of, cents) in &self.known.money {
            add(
                "amounts.csv",
                format!("{},{},{},A,official,A\n", of.fund, of.year, euro(cents)),
            );
        }
        for (of, cents) in &self.known.needs {
            let units = euro(cents);
            add(
                "needs.csv",
                format!("{},{},{},{units}\n", of.action, of.zone, of.year),
            );
        }
        for (of, cents) in &self.known.previous {
            let euro = euro(cents);
            add(
                "previous.csv",
                format!(
                    "{},{},{},{},{euro},A\n",
                    of.fund, of.action, of.zone, of.year
                ),
            );
        }
        let toml = format!(
            "[model]\nformat = 1\ntitle = \"Prova\"\nlanguage = \"it\"\n\n[plan]\nstart = 2022-01-01\nmonths = {}\n\n{rule}\n\
             [[goal]]\nkind = \"value\"\nweights = [{{ where = \"peso = 2\", weight = \"2\" }}]\n",
            (self.known.last - 2021) * 12
        );
        let mut files: Files = tables
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text.into_bytes()))
            .collect();
        files.insert("model.toml".to_owned(), toml.into_bytes());
        files
    }
}

/// The largest value over all points that every constraint allows; `None` where there is none. What is allowed is bounded, so the
/// largest is where as many constraints as there are payments hold with equality.
pub(crate) fn best(constraints: &[Constraint], weights: &[Exact]) -> Option<Exact> {
    let n = weights.len();
    let mut chosen: Vec<usize> = (0..n).collect();
    let mut best: Option<Exact> = None;
    loop {
        let rows: Vec<&Constraint> = chosen.iter().map(|&row| &constraints[row]).collect();
        if let Some(point) = meet(&rows) {
            let value = |of: &[Exact]| -> Exact {
                of.iter().zip(&point).map(|(weight, x)| *weight * *x).sum()
            };
            if constraints
                .iter()
                .all(|row| value(&row.weights) <= row.bound)
            {
                let here = value(weights);
                best = Some(best.map_or(here, |old| old.max(here)));
            }
        }
        // The next choice in order.
        let mut at = n;
        loop {
            if at == 0 {
                return best;
            }
            at -= 1;
            if chosen[at] < constraints.len() - (n - at) {
                chosen[at] += 1;
                for next in at + 1..n {
                    chosen[next] = chosen[next - 1] + 1;
                }
                break;
            }
        }
    }
}

/// The one point where some constraints hold with equality.
fn meet(rows: &[&Constraint]) -> Option<Vec<Exact>> {
    let n = rows.len();
    let mut table: Vec<Vec<Exact>> = rows
        .iter()
        .map(|row| {
            let mut line = row.weights.clone();
            line.push(row.bound);
            line
        })
        .collect();
    for column in 0..n {
        let pivot = (column..n).find(|&row| !table[row][column].is_zero())?;
        table.swap(column, pivot);
        let lead = table[column][column];
        table[column].iter_mut().for_each(|value| *value /= lead);
        for row in 0..n {
            let factor = table[row][column];
            if row != column && factor.abs() > Exact::zero() {
                let by: Vec<Exact> = table[column].iter().map(|value| *value * factor).collect();
                table[row]
                    .iter_mut()
                    .zip(by)
                    .for_each(|(value, by)| *value -= by);
            }
        }
    }
    Some(table.iter().map(|line| line[n]).collect())
}
