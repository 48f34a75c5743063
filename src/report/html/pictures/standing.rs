//! How the rules stand, and where the money of each fund is.

use std::collections::BTreeMap;

use super::{Columns, PictureView};
use crate::model::Language;
use crate::report::chart::Unit;
use crate::report::chart::bars::{Bar, Bars};
use crate::report::document::{Role, Table};
use crate::report::words::page as words;

/// Cases of each rule, by how they stand.
pub(super) fn rules(language: Language, table: &Table) -> Option<PictureView> {
    let columns = Columns::of(table);
    let mut series: Vec<(String, usize)> = Vec::new();
    let mut order: Vec<&str> = Vec::new();
    let mut counts: BTreeMap<(&str, usize), i128> = BTreeMap::new();
    for row in columns.rows() {
        let (rule, status) = (columns.words(row, "title"), columns.words(row, "status"));
        if !order.contains(&rule) {
            order.push(rule);
        }
        let known = series.iter().position(|(name, _)| name == status);
        let place = known.unwrap_or(series.len());
        if known.is_none() {
            let colour = match row.role {
                Role::Binding => 1,
                Role::Failed => 5,
                _ if series.iter().any(|(_, colour)| *colour == 2) => 4,
                _ => 2,
            };
            series.push((status.to_owned(), colour));
        }
        *counts.entry((rule, place)).or_default() += 1;
    }
    if order.is_empty() {
        return None;
    }
    let title = words::RULES_TITLE.say(language);
    let bars = Bars {
        title: title.to_owned(),
        unit: Unit::Count,
        rows: order
            .into_iter()
            .map(|rule| {
                let parts = 0..series.len();
                let count = |part| counts.get(&(rule, part)).copied().unwrap_or(0);
                Bar::new(rule, parts.map(count).collect::<Vec<i128>>())
            })
            .collect(),
        series,
        reference: None,
        signed: false,
    };
    Some(PictureView::one(title, bars.chart(language)))
}

/// Of each fund over the plan: used, left for later, lost.
pub(super) fn spending(language: Language, table: &Table) -> Option<PictureView> {
    let columns = Columns::of(table);
    let mut funds: Vec<(&str, [i128; 3])> = Vec::new();
    for row in columns.rows() {
        let name = columns.words(row, "fund_name");
        let cents = |column| columns.cents(row, column);
        let (used, lost) = (cents("used"), cents("lost"));
        let place = funds.iter().position(|(known, _)| *known == name);
        // What comes in from before the plan counts once; later it is money the fund has already shown.
        let (place, before) = match place {
            Some(place) => (place, 0),
            None => {
                funds.push((name, [0; 3]));
                (funds.len() - 1, cents("carried_in"))
            }
        };
        if let Some((_, sums)) = funds.get_mut(place) {
            let [all_used, left, all_lost] = sums;
            *all_used += used;
            *left += cents("assigned") + before - used - lost;
            *all_lost += lost;
        }
    }
    if funds.is_empty() {
        return None;
    }
    funds.sort_by_key(|(_, sums)| -sums.iter().sum::<i128>());
    let title = words::SPENDING_TITLE.say(language);
    let part = |text: crate::report::words::Text, colour| (text.say(language).to_owned(), colour);
    let bars = Bars {
        title: title.to_owned(),
        unit: Unit::Euro,
        series: vec![
            part(words::PART_USED, 0),
            part(words::PART_LEFT, 2),
            part(words::PART_LOST, 5),
        ],
        rows: funds
            .into_iter()
            .map(|(name, sums)| Bar::new(name, sums))
            .collect(),
        reference: None,
        signed: false,
    };
    Some(PictureView::one(title, bars.chart(language)))
}
