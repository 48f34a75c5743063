//! What `summary.json` tells of the pick, against the ledger and the certificate.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use serde::Deserialize;

use crate::sheet::PickCertificate;
use crate::units::Euro;
use crate::verify::number::parse_integer;
use crate::verify::report::Tally;

use super::exact::{file_ratio, whole};
use super::moved::{Moved, moved};
use super::plan::Plan;
use super::summary::{euro, same};

#[derive(Debug, Deserialize)]
pub(super) struct ToldPick {
    nearest: String,
    status: String,
    #[serde(flatten)]
    all: ToldMoved,
    #[serde(default)]
    funds: Vec<ToldMoved>,
    within: Option<String>,
    nearer: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct ToldMoved {
    fund: Option<String>,
    distance: String,
    spent: String,
    share: Option<String>,
    most: Option<ToldShare>,
    least: Option<ToldShare>,
}

#[derive(Debug, Deserialize)]
struct ToldShare {
    zone: String,
    due: String,
    euro: String,
    share: String,
}

pub(super) fn pick_word(pick: &PickCertificate) -> &'static str {
    if pick.proved { "proved" } else { "not proved" }
}

pub(super) fn check_pick(
    plan: &Plan<'_>,
    pick: &PickCertificate,
    told: Option<&ToldPick>,
    tally: &mut Tally,
) {
    let Some(line) = told else {
        return same(tally, "pick", "", pick_word(pick));
    };
    same(tally, "pick", &line.nearest, &pick.nearest);
    same(tally, "pick", &line.status, pick_word(pick));
    let (all, funds) = moved(plan);
    check_moved(plan, "pick", &line.all, &all, tally);
    let stated: BTreeMap<&str, &ToldMoved> = line
        .funds
        .iter()
        .filter_map(|told| Some((told.fund.as_deref()?, told)))
        .collect();
    same(
        tally,
        "pick.funds",
        &line.funds.len().to_string(),
        &funds.len().to_string(),
    );
    for (fund, found) in &funds {
        let code = plan.model.funds.get(fund.index());
        let code = code.map_or("", |fund| fund.id.as_str());
        match stated.get(code) {
            Some(told) => check_moved(plan, &format!("pick.{code}"), told, found, tally),
            None => same(tally, "pick.funds", "", code),
        }
    }
    let within = if pick.proved {
        in_euro(&root(&weighted(&pick.gap, &pick.due)))
    } else {
        String::new()
    };
    same(
        tally,
        "pick.within",
        line.within.as_deref().unwrap_or_default(),
        &within,
    );
    let nearer = if pick.proved {
        nearer_text(pick)
    } else {
        String::new()
    };
    same(
        tally,
        "pick.nearer",
        line.nearer.as_deref().unwrap_or_default(),
        &nearer,
    );
}

/// What is told of money moved, against the ledger.
fn check_moved(plan: &Plan<'_>, what: &str, told: &ToldMoved, found: &Moved, tally: &mut Tally) {
    same(tally, what, &told.distance, &euro(found.moved));
    same(tally, what, &told.spent, &euro(found.spent));
    let share = if found.spent > 0 {
        file_ratio(&(whole(found.moved) / whole(found.spent)))
    } else {
        String::new()
    };
    same(
        tally,
        what,
        told.share.as_deref().unwrap_or_default(),
        &share,
    );
    for (told, gains) in [(&told.most, true), (&told.least, false)] {
        let told = told.as_ref().map_or_else(String::new, |told| {
            format!("{} {} {} {}", told.zone, told.due, told.euro, told.share)
        });
        let found = found
            .furthest(gains)
            .map_or_else(String::new, |(zone, due, paid)| {
                let zone = plan.model.zones.get(zone.index());
                let zone = zone.map_or("", |zone| zone.id.as_str());
                let share = file_ratio(&(whole(paid - due) / whole(due)));
                format!("{zone} {} {} {share}", euro(due), euro(paid))
            });
        same(tally, what, &told, &found);
    }
}

/// Weighted squares times what is due, times `10^21`: cents squared.
fn weighted(weighted: &str, due: &str) -> BigInt {
    let number = |text: &str| {
        let number = parse_integer(text).unwrap_or_default();
        number.max(BigInt::default())
    };
    number(weighted) * number(due)
}

/// The root of so many cents squared, rounded up.
fn root(square: &BigInt) -> BigInt {
    let unit = BigInt::from(10).pow(21);
    // The least whole number whose square is no less.
    let mut root: BigInt = (square / &unit).sqrt();
    while &root * &root * &unit < *square {
        root += 1;
    }
    root
}

/// By how much a distance less its gap is nearer: the root of the one rounded up less that of the other rounded down.
fn nearer_text(pick: &PickCertificate) -> String {
    let before = weighted(&pick.distance, &pick.due);
    let least = &before - weighted(&pick.gap, &pick.due);
    let least: BigInt = least.max(BigInt::default()) / BigInt::from(10).pow(21);
    in_euro(&(root(&before) - least.sqrt()))
}

fn in_euro(cents: &BigInt) -> String {
    i64::try_from(cents).map_or_else(
        |_| cents.to_string(),
        |cents| Euro::from_cents(cents).to_string(),
    )
}
