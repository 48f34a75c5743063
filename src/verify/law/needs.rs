//! Who may pay what, and how much at most: the matrix, the natures, the needs, the largest shares, and what is hired stays.

use std::collections::BTreeMap;

use crate::model::{ActionIdx, FundNature, Model, Nature, ZoneIdx};
use crate::units::Year;
use crate::verify::codes::Place;
use crate::verify::report::{Tally, said};

use super::exact::{self, euro_text, whole};
use super::plan::{Plan, max_share, may_pay};

/// An action in a zone and year.
pub(crate) type Spot = (ActionIdx, ZoneIdx, Year);

/// What may be paid at a spot: its lines of demand, and their cost where it is limited.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cost {
    /// Positions in `Model::demands`.
    pub(crate) lines: Vec<usize>,
    /// Cents of the limited lines, current and capital.
    limited: [i128; 2],
    /// Whether a line, current or capital, is unlimited.
    unlimited: [bool; 2],
}

impl Cost {
    /// Cents of all limited lines.
    pub(crate) fn limited(&self) -> i128 {
        self.limited.iter().sum()
    }

    /// Whether any line is unlimited.
    pub(crate) fn is_unlimited(&self) -> bool {
        self.unlimited.contains(&true)
    }

    /// The most that may be paid for lines of these natures, if there is a most.
    fn most(&self, natures: &[usize]) -> Option<i128> {
        natures.iter().try_fold(0_i128, |most, &nature| {
            let unlimited = self.unlimited.get(nature).copied().unwrap_or(false);
            let limited = self.limited.get(nature).copied().unwrap_or(0);
            (!unlimited).then(|| most.saturating_add(limited))
        })
    }
}

/// The costs of the model by action, zone and year.
pub(crate) fn costs(model: &Model) -> BTreeMap<Spot, Cost> {
    let mut costs: BTreeMap<Spot, Cost> = BTreeMap::new();
    for (position, demand) in model.demands.iter().enumerate() {
        let cost = costs
            .entry((demand.action, demand.zone, demand.year))
            .or_default();
        let nature = match demand.nature {
            Nature::Current => 0,
            Nature::Capital => 1,
        };
        cost.lines.push(position);
        match demand.euro {
            Some(euro) => {
                if let Some(sum) = cost.limited.get_mut(nature) {
                    *sum = sum.saturating_add(i128::from(euro.cents()));
                }
            }
            None => {
                if let Some(unlimited) = cost.unlimited.get_mut(nature) {
                    *unlimited = true;
                }
            }
        }
    }
    costs
}

/// Every line of the ledger is opened by the matrix.
pub(crate) fn check_eligibility(plan: &Plan<'_>, costs: &BTreeMap<Spot, Cost>) -> Tally {
    let mut tally = Tally::new(
        "eligibility",
        said!(
            "ogni fondo paga solo ciò che può pagare",
            "every fund pays only what it may pay"
        ),
    );
    tally.looked_at(plan.ledger.len());
    for (&cell, &cents) in plan.ledger {
        let (fund, action, zone, year) = cell;
        let opened = costs.get(&(action, zone, year)).is_some_and(|cost| {
            cost.lines
                .iter()
                .filter_map(|&line| plan.model.demands.get(line))
                .any(|demand| may_pay(plan.model, fund, demand))
        });
        if !opened {
            tally.fail(
                plan.codes.text(&Place::of(cell)),
                format!("{} euro", euro_text(&whole(i128::from(cents)))),
                said!(
                    "il fondo non può pagare questa azione qui e in quest'anno",
                    "the fund may not pay this action here and in this year"
                ),
            );
        }
    }
    tally
}

/// No cost is paid twice: all funds together stay within each need, and an assignment by nature exists.
pub(crate) fn check_needs(plan: &Plan<'_>, costs: &BTreeMap<Spot, Cost>) -> Tally {
    let mut tally = Tally::new(
        "needs",
        said!("nessun costo è pagato due volte", "no cost is paid twice"),
    );
    // Paid by funds for current expenditure only, for capital only, for both.
    let mut paid: BTreeMap<Spot, [i128; 3]> = BTreeMap::new();
    for (&(fund, action, zone, year), &cents) in plan.ledger {
        let kind = match plan.fund(fund).map(|fund| fund.nature) {
            Some(FundNature::Current) => 0,
            Some(FundNature::Capital) => 1,
            _ => 2,
        };
        if let Some(sum) = paid.entry((action, zone, year)).or_default().get_mut(kind) {
            *sum = sum.saturating_add(i128::from(cents));
        }
    }
    tally.looked_at(paid.len());
    let nothing = Cost::default();
    for (spot, [current, capital, both]) in paid {
        let (action, zone, year) = spot;
        let cost = costs.get(&spot).unwrap_or(&nothing);
        let place = Place {
            fund: None,
            action: Some(action),
            zone: Some(zone),
            year: Some(year),
        };
        let all = current.saturating_add(capital).saturating_add(both);
        for (paid, natures, italian, english) in [
            (all, &[0_usize, 1][..], "", ""),
            (current, &[0][..], " corrente", " current"),
            (capital, &[1][..], " in conto capitale", " capital"),
        ] {
            let Some(most) = cost.most(natures) else {
                continue;
            };
            let by = paid.saturating_sub(most);
            if by <= 0 {
                continue;
            }
            let (paid, most) = (euro_text(&whole(paid)), euro_text(&whole(most)));
            let said = said!(
                "pagati {paid} euro, il costo{italian} è {most}",
                "{paid} euro paid, the{english} cost is {most}"
            );
            let by = format!("{} euro", euro_text(&whole(by)));
            if plan.is_family_excused("need", &place) {
                tally.remark(plan.codes.text(&place), by, said);
            } else {
                tally.fail(plan.codes.text(&place), by, said);
            }
            break; // one sentence for one cost
        }
    }
    tally
}

/// No fund pays more than its largest share of a cost.
pub(crate) fn check_max_shares(plan: &Plan<'_>, costs: &BTreeMap<Spot, Cost>) -> Tally {
    let mut tally = Tally::new(
        "max_share",
        said!(
            "nessun fondo supera la sua quota massima di un costo",
            "no fund pays more than its largest share of a cost"
        ),
    );
    for (&cell, &cents) in plan.ledger {
        let (fund, action, zone, year) = cell;
        let Some(cost) = costs.get(&(action, zone, year)) else {
            continue;
        };
        let share = cost
            .lines
            .first()
            .and_then(|&line| plan.model.demands.get(line))
            .and_then(|demand| max_share(plan.model, fund, demand));
        let Some(share) = share else { continue };
        if cost.is_unlimited() {
            continue;
        }
        tally.looked_at(1);
        let most = (exact::of(&share) * whole(cost.limited())).floor();
        let paid = whole(i128::from(cents));
        if paid > most {
            let place = Place::of(cell);
            let by = format!("{} euro", euro_text(&(&paid - &most)));
            let (paid, most) = (euro_text(&paid), euro_text(&most));
            let said = said!(
                "pagati {paid} euro, la quota massima è {most}",
                "{paid} euro paid, the largest share is {most}"
            );
            if plan.is_family_excused("max_share", &place) {
                tally.remark(plan.codes.text(&place), by, said);
            } else {
                tally.fail(plan.codes.text(&place), by, said);
            }
        }
    }
    tally
}

/// What is hired stays: covered units of a persistent action never fall from one year to the next.
pub(crate) fn check_persistent(plan: &Plan<'_>) -> Tally {
    let mut tally = Tally::new(
        "persistent",
        said!(
            "ciò che è assunto resta: le unità coperte non calano",
            "what is hired stays: covered units never fall"
        ),
    );
    let mut paid: BTreeMap<Spot, i128> = BTreeMap::new();
    for (&(_, action, zone, year), &cents) in plan.ledger {
        let persistent = plan
            .model
            .actions
            .get(action.index())
            .is_some_and(|action| action.persistent);
        if persistent {
            let sum = paid.entry((action, zone, year)).or_default();
            *sum = sum.saturating_add(i128::from(cents));
        }
    }
    for (&(action, zone, year), &before) in &paid {
        let next = year.saturating_add(1);
        if !plan.model.years.contains(&next) {
            continue;
        }
        tally.looked_at(1);
        let after = paid.get(&(action, zone, next)).copied().unwrap_or(0);
        let cost = i128::from(plan.unit_cost(action, year).max(1));
        let next_cost = i128::from(plan.unit_cost(action, next));
        let (before, after) = (
            whole(before) / whole(cost),
            whole(after) / whole(next_cost.max(1)),
        );
        if after < before {
            let place = Place {
                fund: None,
                action: Some(action),
                zone: Some(zone),
                year: Some(next),
            };
            let by = exact::decimal_text(&(&before - &after), 0);
            let (before, after) = (
                exact::decimal_text(&before, 0),
                exact::decimal_text(&after, 0),
            );
            let said = said!(
                "{before} unità nel {year}, {after} nel {next}",
                "{before} units in {year}, {after} in {next}"
            );
            if plan.is_family_excused("persistent", &place) {
                tally.remark(plan.codes.text(&place), by, said);
            } else {
                tally.fail(plan.codes.text(&place), by, said);
            }
        }
    }
    tally
}
