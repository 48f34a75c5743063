//! Scenarios of a model made by changing its numbers: every fund and every need by a factor of its own.

use mappafondo::model::{Assigned, Model};
use mappafondo::units::Euro;

/// How far factors are from one, in percent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    pub(crate) funds: u32,
    pub(crate) needs: u32,
}

/// Scenario `k` of a model.
pub(crate) fn perturbed(base: &Model, k: u64, spread: Spread) -> Model {
    let mut model = base.clone();
    let of_fund = |fund: usize| factor(k, fund as u64, spread.funds);
    for ((fund, _), money) in &mut model.money {
        let factor = of_fund(fund.index());
        match &mut money.assigned {
            Assigned::Pool(euro) => {
                *euro = scaled(*euro, factor);
                money.total = *euro;
            }
            Assigned::Zones(zones) => {
                let mut total = 0;
                for euro in zones.values_mut() {
                    *euro = scaled(*euro, factor);
                    total += euro.cents();
                }
                money.total = Euro::from_cents(total);
            }
        }
    }
    for ((fund, _, _), euro) in &mut model.formula {
        *euro = scaled(*euro, of_fund(fund.index()));
    }
    for demand in &mut model.demands {
        if let (Some(euro), true) = (&mut demand.euro, demand.label.is_empty()) {
            let place = 1_000 * (1 + demand.action.index()) + demand.zone.index();
            *euro = scaled(*euro, factor(k, place as u64, spread.needs));
        }
    }
    model
}

/// In millionths.
fn factor(k: u64, place: u64, spread: u32) -> i128 {
    let spread = 10_000 * u64::from(spread);
    let drawn = mix(mix(k) ^ place) % (2 * spread + 1);
    1_000_000 + i128::from(drawn) - i128::from(spread)
}

fn scaled(euro: Euro, factor: i128) -> Euro {
    let cents = i128::from(euro.cents()) * factor / 1_000_000;
    Euro::from_cents(i64::try_from(cents).unwrap_or(euro.cents()))
}

/// A number that looks random (splitmix64).
fn mix(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
