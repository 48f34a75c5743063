//! Builds the programme: the columns first, then one family of rows after the other.

use std::collections::{BTreeMap, BTreeSet};

use super::error::BuildError;
use super::program::{Column, ColumnKey, Family, LinearProgram, Place};
use super::rows;
use crate::model::{Assigned, Deadline, FundIdx, Model, ZoneIdx};
use crate::units::{Euro, Exact, Year};

/// Writes a model as rows and columns.
///
/// # Errors
/// [`BuildError`] when figures do not fit in whole numbers, or a share has no known base.
pub fn build(model: &Model) -> Result<LinearProgram, BuildError> {
    write(Builder::new(model)?)
}

/// As [`build`], with a row for every limited need, even where the bound of its only column says it already: a conflict can
/// then name the need.
///
/// # Errors
/// See [`build`].
pub fn build_in_full(model: &Model) -> Result<LinearProgram, BuildError> {
    let mut builder = Builder::new(model)?;
    builder.in_full = true;
    write(builder)
}

/// Takes from the columns the bounds that rows say as well, so that a conflict is one of rows alone: what a payment may be
/// follows from the needs and the funds, not from its column.
pub fn loosen(model: &Model, program: &mut LinearProgram) {
    let mut said = vec![(false, false); program.columns.len()];
    for row in &program.rows {
        for &(column, _) in &row.cells {
            said[column].0 |= row.family == Family::Need;
            said[column].1 |= row.family == Family::Fund;
        }
    }
    let columns = program.columns.iter().map(|column| column.upper);
    let bounds = program
        .rows
        .iter()
        .flat_map(|row| [row.lower, row.upper])
        .flatten()
        .map(i64::saturating_abs);
    let all = columns.chain(bounds).fold(0_i64, i64::saturating_add);
    // A hundred thousand times all there is: what a share of a hundredth of a percent may ask for is still within.
    let wide = all.saturating_mul(100_000).min(i64::MAX / 1024);
    let most_asked = most_things(program);
    let mut needed: BTreeSet<usize> = BTreeSet::new();
    for row in program.rows.iter().filter(|row| row.family == Family::Need) {
        let paid = |&(column, _): &(usize, i64)| match program.columns[column].key {
            ColumnKey::Pay { demand, .. } => Some(demand),
            _ => None,
        };
        needed.extend(row.cells.iter().filter_map(paid));
    }
    for (position, (column, (need, fund))) in program.columns.iter_mut().zip(said).enumerate() {
        // How many units or projects there are to pay is what the needs say.
        if let ColumnKey::Units { demand } | ColumnKey::Project { first: demand } = column.key
            && needed.contains(&demand)
            && !column.is_chosen()
        {
            let asked = most_asked.get(&position).copied().unwrap_or(0);
            column.upper = column.upper.saturating_add(asked);
        }
        let is_said = match column.key {
            ColumnKey::Pay { demand, .. } => fund && (need || model.demands[demand].euro.is_none()),
            ColumnKey::Total { .. } | ColumnKey::Shortfall { .. } => true,
            _ => false,
        };
        if is_said {
            column.upper = wide;
        }
    }
}

/// Of units and projects, more than any row asks for: by what rows ask of them and of the payments they are tied to.
fn most_things(program: &LinearProgram) -> BTreeMap<usize, i64> {
    let mut asked: BTreeMap<usize, i64> = BTreeMap::new();
    for row in &program.rows {
        let bounds = [row.lower, row.upper].into_iter().flatten();
        let bound = bounds.map(i64::saturating_abs).max().unwrap_or(0);
        for &(column, coefficient) in &row.cells {
            let things = bound / coefficient.saturating_abs().max(1);
            let most = asked.entry(column).or_default();
            *most = things.max(*most);
        }
    }
    let ties = program.rows.iter();
    let ties = ties.filter(|row| matches!(row.family, Family::Units | Family::Project));
    let mut most = BTreeMap::new();
    for row in ties {
        let (whole, paid): (Vec<_>, Vec<_>) = row
            .cells
            .iter()
            .partition(|cell| program.columns[cell.0].is_whole());
        let paid = paid.iter().filter_map(|(column, _)| asked.get(column));
        let paid = paid.fold(0_i64, |sum, euro| sum.saturating_add(*euro));
        for (column, cost) in whole {
            let own = asked.get(&column).copied().unwrap_or(0);
            let things = own.max(paid / cost.saturating_abs().max(1));
            let entry: &mut i64 = most.entry(column).or_default();
            *entry = (*entry).max(things.saturating_add(1));
        }
    }
    most
}

pub(super) fn write(mut builder: Builder<'_>) -> Result<LinearProgram, BuildError> {
    rows::fund::add(&mut builder)?;
    rows::need::add(&mut builder)?;
    rows::whole::add(&mut builder)?;
    super::earned::add_rows(&mut builder)?;
    rows::rule::add(&mut builder)?;
    rows::matching::add(&mut builder)?;
    rows::claim::add(&mut builder)?;
    // What goals count asks nothing: a conflict does not look at it.
    if !builder.in_full {
        rows::goal::add(&mut builder)?;
    }
    Ok(builder.program)
}

/// The programme under construction, with what the row families look up.
pub(crate) struct Builder<'m> {
    pub(crate) model: &'m Model,
    pub(crate) program: LinearProgram,
    /// All pay columns: position, fund, demand; in order of demand, then fund.
    pub(crate) pays: Vec<(usize, FundIdx, usize)>,
    /// What belongs to each zone.
    pub(crate) by_zone: ByZone,
    /// Carry columns by fund, zone (of money that belongs to one) and the year they leave.
    pub(crate) carries: BTreeMap<(FundIdx, Option<ZoneIdx>, Year), usize>,
    /// Draw columns by fund, zone and year.
    pub(crate) draws: BTreeMap<(FundIdx, ZoneIdx, Year), usize>,
    /// Columns of what comes whole.
    pub(crate) whole: rows::whole::Whole,
    /// Columns of what units earn; none once they are chosen.
    pub(crate) earned: super::earned::EarnedColumns,
    /// Whether needs that a column's bound says already get their row too.
    pub(crate) in_full: bool,
}

/// Positions of what belongs to each zone, ascending: an instance of a rule looks at its own zone and not at a country.
#[derive(Clone, Debug, Default)]
pub(crate) struct ByZone {
    demands: Vec<Vec<usize>>,
    pays: Vec<Vec<usize>>,
}

impl ByZone {
    fn of(model: &Model, pays: &[(usize, FundIdx, usize)]) -> Self {
        let mut by_zone = Self {
            demands: vec![Vec::new(); model.zones.len()],
            pays: vec![Vec::new(); model.zones.len()],
        };
        for (position, demand) in model.demands.iter().enumerate() {
            by_zone.demands[demand.zone.index()].push(position);
        }
        for (position, (_, _, demand)) in pays.iter().enumerate() {
            by_zone.pays[model.demands[*demand].zone.index()].push(position);
        }
        by_zone
    }

    /// Positions of the demands of a zone, of all `n` without one.
    pub(crate) fn demands(
        &self,
        zone: Option<ZoneIdx>,
        n: usize,
    ) -> impl Iterator<Item = usize> + '_ {
        chosen(&self.demands, zone, n)
    }

    /// Positions in [`Builder::pays`] of the payments for a zone, of all `n` without one.
    pub(crate) fn pays(&self, zone: Option<ZoneIdx>, n: usize) -> impl Iterator<Item = usize> + '_ {
        chosen(&self.pays, zone, n)
    }
}

fn chosen(lists: &[Vec<usize>], zone: Option<ZoneIdx>, n: usize) -> impl Iterator<Item = usize> {
    let all = if zone.is_none() { 0..n } else { 0..0 };
    let own = zone.and_then(|zone| lists.get(zone.index()));
    all.chain(own.into_iter().flatten().copied())
}

/// What a fund (or its part that belongs to a zone) has over the plan.
#[derive(Clone, Debug)]
pub(crate) struct Purse {
    pub(crate) fund: FundIdx,
    pub(crate) zone: Option<ZoneIdx>,
    /// Every year of the plan.
    pub(crate) years: Vec<PurseYear>,
}

/// A purse in a year, in cents.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PurseYear {
    pub(crate) year: Year,
    /// The year's own amount.
    pub(crate) amount: i64,
    /// The most there can be, with what earlier years leave.
    pub(crate) at_hand: i64,
    /// The most that may leave it for the next year.
    pub(crate) most_carried: i64,
}

impl<'m> Builder<'m> {
    pub(super) fn new(model: &'m Model) -> Result<Self, BuildError> {
        let mut builder = Self {
            model,
            program: LinearProgram::default(),
            pays: Vec::new(),
            by_zone: ByZone::default(),
            carries: BTreeMap::new(),
            draws: BTreeMap::new(),
            whole: rows::whole::Whole::default(),
            earned: super::earned::EarnedColumns::new(),
            in_full: false,
        };
        builder.add_columns()?;
        builder.by_zone = ByZone::of(model, &builder.pays);
        Ok(builder)
    }

    fn add_columns(&mut self) -> Result<(), BuildError> {
        let model = self.model;
        let purses = purses(model)?;
        let at_hand: BTreeMap<(FundIdx, Option<ZoneIdx>, Year), i64> = purses
            .iter()
            .flat_map(|purse| {
                let key = move |of: &PurseYear| ((purse.fund, purse.zone, of.year), of.at_hand);
                purse.years.iter().map(key)
            })
            .collect();
        let hand = |key| at_hand.get(&key).copied().unwrap_or(0);
        for (position, demand) in model.demands.iter().enumerate() {
            for fund in model.fund_indices() {
                if !model.may_pay(fund, demand) {
                    continue;
                }
                let pooled = hand((fund, None, demand.year));
                let most = pooled
                    .checked_add(hand((fund, Some(demand.zone), demand.year)))
                    .ok_or_else(|| BuildError::overflow("money at hand"))?;
                let upper = demand.euro.map_or(most, |euro| most.min(euro.cents()));
                if upper <= 0 {
                    continue;
                }
                let place = Place {
                    fund: Some(fund),
                    action: Some(demand.action),
                    zone: Some(demand.zone),
                    year: Some(demand.year),
                };
                let mut codes = place.codes(model);
                if !demand.label.is_empty() {
                    codes = format!("{codes},{}", demand.label);
                }
                let column = self.program.add_column(Column {
                    name: format!("pay({codes})"),
                    key: ColumnKey::Pay {
                        fund,
                        demand: position,
                    },
                    place,
                    lower: 0,
                    upper,
                });
                self.pays.push((column, fund, position));
            }
        }
        for purse in &purses {
            for of in &purse.years {
                if of.most_carried > 0 {
                    self.add_carry(purse, of.year, of.most_carried);
                }
            }
        }
        for purse in &purses {
            let Some(zone) = purse.zone else { continue };
            for of in &purse.years {
                if of.at_hand > 0 && hand((purse.fund, None, of.year)) > 0 {
                    self.add_draw(purse.fund, zone, of);
                }
            }
        }
        Ok(())
    }

    fn add_draw(&mut self, fund: FundIdx, zone: ZoneIdx, of: &PurseYear) {
        let place = Place {
            fund: Some(fund),
            action: None,
            zone: Some(zone),
            year: Some(of.year),
        };
        let column = self.program.add_column(Column {
            name: format!("draw({})", place.codes(self.model)),
            key: ColumnKey::Draw {
                fund,
                zone,
                year: of.year,
            },
            place,
            lower: 0,
            upper: of.at_hand,
        });
        self.draws.insert((fund, zone, of.year), column);
    }

    fn add_carry(&mut self, purse: &Purse, year: Year, most: i64) {
        let place = Place {
            fund: Some(purse.fund),
            action: None,
            zone: purse.zone,
            year: Some(year),
        };
        let column = self.program.add_column(Column {
            name: format!("carry({})", place.codes(self.model)),
            key: ColumnKey::Carry {
                fund: purse.fund,
                zone: purse.zone,
                year,
            },
            place,
            lower: 0,
            upper: most,
        });
        self.carries.insert((purse.fund, purse.zone, year), column);
    }
}

/// The purses of a model: one per pooled fund, one per fund and zone where money belongs to zones. A fund may have both, when
/// some years are shared out and others are not.
///
/// # Errors
/// [`BuildError::Overflow`] when amounts add up beyond 64 bits.
pub(crate) fn purses(model: &Model) -> Result<Vec<Purse>, BuildError> {
    let mut amounts: BTreeMap<(FundIdx, Option<ZoneIdx>), BTreeMap<Year, i64>> = BTreeMap::new();
    for (&(fund, year), money) in &model.money {
        let expired = model
            .fund(fund)
            .deadline
            .last_year_for(year)
            .is_some_and(|last| last < year);
        if expired {
            continue;
        }
        match &money.assigned {
            Assigned::Pool(euro) => {
                let by_year = amounts.entry((fund, None)).or_default();
                by_year.insert(year, euro.cents());
            }
            Assigned::Zones(by_zone) => {
                for (&zone, euro) in by_zone {
                    let by_year = amounts.entry((fund, Some(zone))).or_default();
                    by_year.insert(year, euro.cents());
                }
            }
        }
    }
    let mut purses = Vec::new();
    for ((fund, zone), by_year) in amounts {
        let mut years = Vec::new();
        let mut carried: i64 = 0;
        for &year in &model.years {
            let amount = by_year.get(&year).copied().unwrap_or(0);
            let at_hand = amount
                .checked_add(carried)
                .ok_or_else(|| BuildError::overflow("money at hand"))?;
            let most_carried = most_carried(model, fund, &by_year, year)?;
            carried = most_carried.min(at_hand);
            years.push(PurseYear {
                year,
                amount,
                at_hand,
                most_carried,
            });
        }
        purses.push(Purse { fund, zone, years });
    }
    Ok(purses)
}

/// The most that may leave `year` for the next: of every earlier amount still spendable then, its carry-over share, rounded down.
fn most_carried(
    model: &Model,
    fund: FundIdx,
    by_year: &BTreeMap<Year, i64>,
    year: Year,
) -> Result<i64, BuildError> {
    let fund = model.fund(fund);
    let mut most: i64 = 0;
    for (&of, &amount) in by_year.range(..=year) {
        let alive = match fund.deadline {
            Deadline::Never => true,
            deadline => deadline.last_year_for(of).is_some_and(|last| last > year),
        };
        if alive {
            let part = Euro::from_cents(amount).share_down(&fund.carry_over);
            most = part
                .and_then(|part| most.checked_add(part.cents()))
                .ok_or_else(|| BuildError::overflow(format!("carry-over of `{}`", fund.id)))?;
        }
    }
    Ok(most)
}

/// An exact number as a fraction of 64-bit whole numbers.
pub(crate) fn fraction(value: &Exact, what: &str) -> Result<(i64, i64), BuildError> {
    match (i64::try_from(*value.numer()), i64::try_from(*value.denom())) {
        (Ok(numerator), Ok(denominator)) => Ok((numerator, denominator)),
        _ => Err(BuildError::overflow(what)),
    }
}
