//! Who pays with whom: fixed proportions, minimum shares, flat-rate costs, decommitment; evaluated on the ledger.

use std::collections::BTreeMap;

use crate::model::{FundIdx, Match, MatchPer, MatchShares, Quantity, Relation};
use crate::sheet::ColumnKind;
use crate::units::Year;
use crate::verify::codes::Place;
use crate::verify::report::{Tally, said};

use super::exact::{self, euro_text, whole};
use super::plan::Plan;
use super::rules::{Standing, fail};

/// Checks co-financing proportions, minimum shares and agreements; gives how each stands where anything is paid.
pub(crate) fn check_matches(plan: &Plan<'_>) -> (Tally, Vec<Standing>) {
    let mut tally = Tally::new(
        "matches",
        said!(
            "ogni cofinanziamento e accordo è rispettato",
            "every co-financing proportion and agreement holds"
        ),
    );
    let mut standings = Vec::new();
    for rule in &plan.model.matches {
        let (shares, funds, relation) = match &rule.shares {
            MatchShares::Proportion(shares) => {
                let funds: Vec<FundIdx> = shares.iter().map(|share| share.0).collect();
                (shares, funds, Relation::Equal)
            }
            MatchShares::Minimum { shares, among } => (shares, among.clone(), Relation::AtLeast),
        };
        for (place, paid) in paid_by(plan, rule, &funds) {
            let total: i128 = paid.values().sum();
            for (fund, share) in shares {
                tally.looked_at(1);
                let part = paid.get(fund).copied().unwrap_or(0);
                let standing = Standing {
                    code: rule.id.clone(),
                    place: Place {
                        fund: Some(*fund),
                        ..place
                    },
                    relation,
                    quantity: Quantity::Euro,
                    value: whole(part),
                    bound: exact::of(share) * whole(total),
                    waived: false,
                    hard: true,
                };
                if !standing.holds(&whole(1)) {
                    fail(plan, &standing, &standing.missed(), &mut tally);
                }
                standings.push(standing);
            }
        }
    }
    (tally, standings)
}

/// What each funder pays at each place over which the shares hold.
fn paid_by(
    plan: &Plan<'_>,
    rule: &Match,
    funds: &[FundIdx],
) -> BTreeMap<Place, BTreeMap<FundIdx, i128>> {
    let mut places: BTreeMap<Place, BTreeMap<FundIdx, i128>> = BTreeMap::new();
    for (&(fund, action, zone, year), &cents) in plan.ledger {
        if funds.contains(&fund) && rule.actions.contains(&action) && rule.zones.contains(&zone) {
            let operation = rule.per == MatchPer::Operation;
            let place = Place {
                fund: None,
                action: operation.then_some(action),
                zone: operation.then_some(zone),
                year: Some(year),
            };
            let sum = places.entry(place).or_default().entry(fund).or_default();
            *sum = sum.saturating_add(i128::from(cents));
        }
    }
    places
}

/// Checks costs that are a flat rate on another action's cost, within one cent in each zone and year.
pub(crate) fn check_flat_rates(plan: &Plan<'_>) -> (Tally, Vec<Standing>) {
    let mut tally = Tally::new(
        "flat_rates",
        said!(
            "ogni costo a forfait segue quello su cui è calcolato",
            "every flat-rate cost follows the cost it is a rate of"
        ),
    );
    let mut standings = Vec::new();
    for flat in &plan.model.flat_rates {
        let mut paid: BTreeMap<_, (i128, i128)> = BTreeMap::new();
        for (&(_, action, zone, year), &cents) in plan.ledger {
            let sums = paid.entry((zone, year)).or_default();
            if action == flat.action {
                sums.0 = sums.0.saturating_add(i128::from(cents));
            }
            if action == flat.on {
                sums.1 = sums.1.saturating_add(i128::from(cents));
            }
        }
        for ((zone, year), (part, on)) in paid {
            if part == 0 && on == 0 {
                continue;
            }
            tally.looked_at(1);
            let action = plan.model.actions.get(flat.action.index());
            let code = action.map_or("", |action| action.id.as_str());
            let standing = Standing {
                code: format!("flat_rate:{code}"),
                place: Place {
                    fund: None,
                    action: Some(flat.action),
                    zone: Some(zone),
                    year: Some(year),
                },
                relation: Relation::Equal,
                quantity: Quantity::Euro,
                value: whole(part),
                bound: exact::of(&flat.rate) * whole(on),
                waived: false,
                hard: true,
            };
            if !standing.holds(&whole(1)) {
                fail(plan, &standing, &standing.missed(), &mut tally);
            }
            standings.push(standing);
        }
    }
    (tally, standings)
}

/// What each fund loses at its decommitment deadlines, at least, in cents.
pub(crate) fn losses(plan: &Plan<'_>) -> BTreeMap<FundIdx, i128> {
    let mut losses: BTreeMap<FundIdx, i128> = BTreeMap::new();
    for claim in &plan.model.claims {
        let mut most = 0_i128;
        for &year in &plan.model.years {
            let due = committed(claim, year);
            let paid: i128 = plan
                .ledger
                .iter()
                .filter(|((fund, _, _, of), _)| *fund == claim.fund && *of <= year)
                .map(|(_, &cents)| i128::from(cents))
                .sum();
            most = most.max(due.saturating_sub(paid));
        }
        let sum = losses.entry(claim.fund).or_default();
        *sum = sum.saturating_add(most);
    }
    losses
}

/// What must have been claimed by the end of a year, net of what was claimed before the plan, in cents.
pub(crate) fn committed(claim: &crate::model::Claim, year: Year) -> i128 {
    let committed: i128 = claim
        .commitments
        .iter()
        .filter(|(of, _)| of.saturating_add(Year::from(claim.after)) <= year)
        .map(|(_, euro)| i128::from(euro.cents()))
        .sum();
    committed
        .saturating_sub(i128::from(claim.prefinancing.cents()))
        .saturating_sub(i128::from(claim.claimed.cents()))
}

/// Checks that the losses stated in the values are those that follow from the ledger.
pub(crate) fn check_claims(plan: &Plan<'_>) -> Tally {
    let mut tally = Tally::new(
        "claims",
        said!(
            "le somme perse per disimpegno sono quelle dichiarate",
            "the money lost to decommitment is what is stated"
        ),
    );
    for (fund, least) in losses(plan) {
        tally.looked_at(1);
        let stated: i128 = plan
            .sheet
            .columns
            .iter()
            .zip(plan.values)
            .filter(|(column, _)| column.kind == ColumnKind::Loss)
            .filter(|(column, _)| {
                column
                    .scope
                    .fund
                    .as_deref()
                    .and_then(|code| plan.codes.fund(code))
                    == Some(fund)
            })
            .map(|(_, &value)| i128::from(value))
            .sum();
        let by = least.saturating_sub(stated);
        if by == 0 {
            continue;
        }
        let place = Place {
            fund: Some(fund),
            ..Place::default()
        };
        let (least, stated) = (euro_text(&whole(least)), euro_text(&whole(stated)));
        let said = said!(
            "persi {least} euro, dichiarati {stated}",
            "{least} euro lost, {stated} stated"
        );
        let by = format!("{} euro", euro_text(&whole(by)));
        if plan.is_family_excused("claim", &place) {
            tally.remark(plan.codes.text(&place), by, said);
        } else {
            tally.fail(plan.codes.text(&place), by, said);
        }
    }
    tally
}
