//! What every section needs: the plan, the language, sums by fund, action and zone.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::CheckedMul;

use super::source::{RuleCase, Source, ranks};
use crate::model::{ActionIdx, FundIdx, Language, Model, Relation, ZoneIdx};
use crate::proposal::LedgerLine;
use crate::report::document::{Cell, Column, Kind, Section, Table, Topic};
use crate::report::number::{self, Rounding, cents as round_cents, shortfall, to_decimals};
use crate::report::words::{Text, annex as words, summary as summary_words};
use crate::units::{Euro, Exact, Year};

/// The plan being told.
pub(super) struct Book<'s> {
    pub(super) source: &'s Source,
    pub(super) model: &'s Model,
    pub(super) language: Language,
    /// The one zone that is told; none for the whole plan.
    pub(super) zone: Option<ZoneIdx>,
    /// The place of each fund among all.
    ranks: BTreeMap<FundIdx, usize>,
    /// Law of each opening of the matrix.
    laws: BTreeMap<(FundIdx, ActionIdx), String>,
}

impl<'s> Book<'s> {
    pub(super) fn new(source: &'s Source, language: Language, zone: Option<ZoneIdx>) -> Self {
        let model = &source.model;
        let mut laws: BTreeMap<(FundIdx, ActionIdx), BTreeSet<&str>> = BTreeMap::new();
        for entry in &model.eligibility {
            for &action in &entry.actions {
                let texts = laws.entry((entry.fund, action)).or_default();
                texts.extend(entry.law.as_deref());
            }
        }
        let joined = |texts: BTreeSet<&str>| texts.into_iter().collect::<Vec<_>>().join("; ");
        Self {
            source,
            model,
            language,
            zone,
            ranks: ranks(&source.order),
            laws: laws
                .into_iter()
                .map(|(key, texts)| (key, joined(texts)))
                .collect(),
        }
    }

    pub(super) fn say(&self, text: Text) -> String {
        text.say(self.language).to_owned()
    }

    pub(super) fn fill(&self, text: Text, values: &[(&str, &str)]) -> String {
        text.fill(self.language, values)
    }

    /// The payments that are told.
    pub(super) fn ledger(&self) -> impl Iterator<Item = &'s LedgerLine> {
        let zone = self.zone;
        let all = self.source.ledger.iter();
        all.filter(move |line| zone.is_none_or(|zone| line.zone == zone))
    }

    /// A column whose heading says what it is.
    pub(super) fn column(&self, id: &str, title: Text, kind: Kind) -> Column {
        Column::new(id, self.say(title), kind)
    }

    /// A column with its meaning.
    pub(super) fn column_of(&self, id: &str, title: Text, kind: Kind, meaning: Text) -> Column {
        self.column(id, title, kind).meaning(self.say(meaning))
    }

    /// The place of a fund among all, as a proposal names them.
    pub(super) fn rank(&self, fund: FundIdx) -> usize {
        self.ranks.get(&fund).copied().unwrap_or(usize::MAX)
    }

    /// Code and name of a fund.
    pub(super) fn fund_columns(&self) -> [Column; 2] {
        [
            self.column("fund", words::FUND_CODE, Kind::Code),
            self.column("fund_name", words::FUND, Kind::Text),
        ]
    }

    pub(super) fn action_columns(&self) -> [Column; 2] {
        [
            self.column("action", words::ACTION_CODE, Kind::Code),
            self.column("action_name", words::ACTION, Kind::Text),
        ]
    }

    pub(super) fn zone_columns(&self) -> [Column; 2] {
        [
            self.column("zone", words::ZONE_CODE, Kind::Code),
            self.column("zone_name", words::ZONE, Kind::Text),
        ]
    }

    pub(super) fn fund(&self, fund: FundIdx) -> [Cell; 2] {
        let fund = self.model.fund(fund);
        [Cell::Code(fund.id.clone()), Cell::text(fund.name.clone())]
    }

    pub(super) fn action(&self, action: ActionIdx) -> [Cell; 2] {
        let action = self.model.action(action);
        [
            Cell::Code(action.id.clone()),
            Cell::text(action.name.clone()),
        ]
    }

    pub(super) fn zone(&self, zone: ZoneIdx) -> [Cell; 2] {
        let zone = self.model.zone(zone);
        [Cell::Code(zone.id.clone()), Cell::text(zone.name.clone())]
    }

    pub(super) fn leps(&self, action: ActionIdx) -> Cell {
        self.yes_no(self.model.action(action).leps)
    }

    pub(super) fn yes_no(&self, yes: bool) -> Cell {
        Cell::text(self.say(if yes { words::YES } else { words::NO }))
    }

    /// Whether the matrix opens an action to a fund anywhere.
    pub(super) fn is_open(&self, fund: FundIdx, action: ActionIdx) -> bool {
        self.laws.contains_key(&(fund, action))
    }

    /// The law that opens an action to a fund; else the law of the fund.
    pub(super) fn law(&self, fund: FundIdx, action: ActionIdx) -> Cell {
        let own = self.laws.get(&(fund, action)).filter(|law| !law.is_empty());
        let law = own.or(self.model.fund(fund).law.as_ref());
        Cell::law(law.cloned().unwrap_or_default(), None)
    }

    pub(super) fn strength(&self, case: &RuleCase) -> Cell {
        Cell::text(self.say(match case.strength.as_str() {
            "law" => summary_words::STRENGTH_LAW,
            "plan" => summary_words::STRENGTH_PLAN,
            "target" => summary_words::STRENGTH_TARGET,
            _ => summary_words::STRENGTH_WISH,
        }))
    }

    pub(super) fn section(
        &self,
        topic: Topic,
        name: Text,
        title: Text,
        tables: Vec<Table>,
    ) -> Section {
        Section {
            topic,
            zone: None,
            name: self.say(name),
            title: self.say(title),
            notes: Vec::new(),
            tables,
        }
    }

    /// Payments summed by a key.
    pub(super) fn sums<K: Ord>(&self, key: impl Fn(&LedgerLine) -> K) -> BTreeMap<K, i128> {
        let mut sums = BTreeMap::new();
        for line in self.ledger() {
            *sums.entry(key(line)).or_default() += cents(line.euro);
        }
        sums
    }
}

/// Whole cents.
pub(super) fn cents(euro: Euro) -> i128 {
    i128::from(euro.cents())
}

/// Money as a cell.
pub(super) fn euro(euro: Euro) -> Cell {
    Cell::Euro(cents(euro))
}

/// Decimals of units.
const UNIT_DECIMALS: u32 = 2;

/// A quantity as it is told: money in whole cents, units with two decimals.
pub(super) fn quantity(unit: &str, value: &Exact, rounding: Rounding) -> Cell {
    let cents = (unit == "euro").then(|| round_cents(value, rounding));
    cents.flatten().map_or_else(
        || Cell::Number(to_decimals(value, UNIT_DECIMALS, rounding)),
        Cell::Euro,
    )
}

/// A value and its limit as they are told beside each other.
pub(super) fn beside_limit(unit: &str, figures: (&Exact, &Exact), relation: Relation) -> [Cell; 2] {
    let (value, limit) = number::beside_limit(figures, relation, UNIT_DECIMALS);
    [value, limit].map(|figure| quantity(unit, &figure, Rounding::HalfUp))
}

/// A value of a goal as it is told: money in whole cents, a level as a share, a shortfall as a number never less than it is.
pub(super) fn goal_value(unit: &str, value: &Exact) -> Cell {
    match unit {
        "level" | "share" => Cell::Share(*value),
        "bound" => Cell::Number(shortfall(value)),
        unit => quantity(unit, value, Rounding::HalfUp),
    }
}

/// A change of a goal as it is told: money in whole cents, what is no money in percentage points.
pub(super) fn goal_change(unit: &str, change: &Exact) -> Cell {
    match unit {
        "euro" => quantity(unit, change, Rounding::HalfUp),
        _ => in_points(change),
    }
}

/// A change of a goal for each euro, as it is told: euro with four decimals, what is no money in percentage points for a million
/// euro, so that something is seen.
pub(super) fn goal_rate(unit: &str, rate: &Exact) -> Cell {
    match unit {
        "euro" => Cell::Number(to_decimals(rate, POINT_DECIMALS, Rounding::HalfUp)),
        _ => match rate.checked_mul(&Exact::from_integer(1_000_000)) {
            Some(million) => in_points(&million),
            None => Cell::Number(*rate),
        },
    }
}

/// Decimals of percentage points, and of euro for each euro.
const POINT_DECIMALS: u32 = 4;

/// A ratio in percentage points: noise below what is shown is nothing.
fn in_points(ratio: &Exact) -> Cell {
    let points = ratio.checked_mul(&Exact::from_integer(100));
    let shown = points.map(|points| to_decimals(&points, POINT_DECIMALS, Rounding::HalfUp));
    Cell::Number(shown.unwrap_or(*ratio))
}

/// Whether a cell of a change tells nothing.
pub(super) fn is_nothing(cell: &Cell) -> bool {
    cell.value()
        .is_none_or(|value| value.exact() == Exact::from_integer(0))
}

/// A year as a cell, or nothing.
pub(super) fn year(year: Option<Year>) -> Cell {
    year.map_or(Cell::Empty, Cell::Year)
}

/// `n` empty cells.
pub(super) fn blank(n: usize) -> impl Iterator<Item = Cell> {
    std::iter::repeat_n(Cell::Empty, n)
}
