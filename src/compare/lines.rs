//! Every figure of a comparison as one line: what CSV and JSON are made of.

use super::pair::{Change, Key, Pair, Row, coverage};
use super::plan::ZoneFigures;
use crate::report::number::{file_euro, file_goal, file_ratio, file_something};
use crate::units::Exact;

/// One figure, as text: euro with two decimals, other numbers with six at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `total`, `goal`, `zone`, `fund`, `action`, `zone_fund`, `payment`, `unmet`, `rule`.
    pub table: &'static str,
    /// Codes.
    pub key: Key,
    /// Code of the goal or rule, where it is about one.
    pub id: String,
    /// What is counted.
    pub figure: &'static str,
    /// `euro`, `share`, `bound`, `level`, `word`.
    pub unit: String,
    /// In the first plan; empty where it is not there.
    pub before: String,
    /// In the other.
    pub after: String,
    /// After less before; empty for words, and where one of two shares is not there.
    pub difference: String,
}

/// The lines of a comparison, table by table.
#[must_use]
pub fn lines(pair: &Pair<'_>) -> Vec<Line> {
    let mut lines = vec![Line {
        unit: "word".to_owned(),
        ..words(
            "status",
            &Change {
                before: Some(pair.before.status.clone()),
                after: Some(pair.after.status.clone()),
            },
        )
    }];
    // Where there is no plan there are no amounts, and nothing to take from each other.
    if !pair.before.has_ledger() || !pair.after.has_ledger() {
        return lines;
    }
    lines.extend(
        pair.totals
            .iter()
            .map(|(figure, change)| euro("total", &Key::default(), figure, change)),
    );
    for row in &pair.goals {
        let shown = |value: &Exact| file_goal(&row.unit, value);
        lines.push(Line {
            table: "goal",
            key: Key::default(),
            id: row.id.clone(),
            figure: "value",
            unit: row.unit.clone(),
            before: row.change.before.as_ref().map(shown).unwrap_or_default(),
            after: row.change.after.as_ref().map(shown).unwrap_or_default(),
            difference: less(&row.change)
                .as_ref()
                .map(|value| difference(&row.unit, value))
                .unwrap_or_default(),
        });
    }
    for row in pair.zones.iter().chain(&pair.zone_years) {
        zone(row, &mut lines);
    }
    for Row { key, change } in &pair.funds {
        lines.push(euro(
            "fund",
            key,
            "assigned",
            &change.of(|figures| figures.assigned),
        ));
        lines.push(euro(
            "fund",
            key,
            "used",
            &change.of(|figures| figures.used),
        ));
        lines.push(euro(
            "fund",
            key,
            "left",
            &change.of(|figures| figures.left),
        ));
        lines.push(euro(
            "fund",
            key,
            "lost",
            &change.of(|figures| figures.lost),
        ));
    }
    for Row { key, change } in &pair.actions {
        lines.push(euro(
            "action",
            key,
            "euro",
            &change.of(|figures| figures.euro),
        ));
        lines.push(euro(
            "action",
            key,
            "unmet",
            &change.of(|figures| figures.unmet),
        ));
    }
    lines.extend(
        pair.zone_funds
            .iter()
            .map(|row| euro("zone_fund", &row.key, "euro", &row.change)),
    );
    lines.extend(
        pair.payments
            .iter()
            .map(|row| euro("payment", &row.key, "euro", &row.change)),
    );
    for Row { key, change } in &pair.unmet {
        lines.push(euro("unmet", key, "euro", &change.of(|(euro, _)| *euro)));
        let reason = change.of(|(_, reason)| reason.clone());
        if !reason.is_same() {
            lines.push(Line {
                table: "unmet",
                key: key.clone(),
                ..words("reason", &reason)
            });
        }
    }
    for row in &pair.rules {
        lines.push(Line {
            table: "rule",
            key: row.key.clone(),
            id: row.rule.clone(),
            ..words("status", &row.change)
        });
    }
    lines
}

fn zone(row: &Row<ZoneFigures>, lines: &mut Vec<Line>) {
    let Row { key, change } = row;
    lines.push(euro(
        "zone",
        key,
        "euro",
        &change.of(|figures| figures.euro),
    ));
    lines.push(euro(
        "zone",
        key,
        "need",
        &change.of(|figures| figures.need),
    ));
    lines.push(euro(
        "zone",
        key,
        "covered",
        &change.of(|figures| figures.covered),
    ));
    let shares = Change {
        before: coverage(change.before.as_ref()),
        after: coverage(change.after.as_ref()),
    };
    lines.push(Line {
        table: "zone",
        key: key.clone(),
        id: String::new(),
        figure: "coverage",
        unit: "share".to_owned(),
        before: shares.before.as_ref().map(file_ratio).unwrap_or_default(),
        after: shares.after.as_ref().map(file_ratio).unwrap_or_default(),
        difference: less(&shares)
            .as_ref()
            .map(file_something)
            .unwrap_or_default(),
    });
}

/// A difference of goals as files have it: what is something is never nothing.
fn difference(unit: &str, value: &Exact) -> String {
    match unit {
        "euro" => file_goal(unit, value),
        _ => file_something(value),
    }
}

/// After less before, where both are there.
fn less(change: &Change<Exact>) -> Option<Exact> {
    use num_traits::CheckedSub;
    change.after?.checked_sub(&change.before?)
}

fn euro(table: &'static str, key: &Key, figure: &'static str, change: &Change<i128>) -> Line {
    let shown = |cents: Option<i128>| cents.map(file_euro).unwrap_or_default();
    Line {
        table,
        key: key.clone(),
        id: String::new(),
        figure,
        unit: "euro".to_owned(),
        before: shown(change.before),
        after: shown(change.after),
        difference: file_euro(change.difference()),
    }
}

fn words(figure: &'static str, change: &Change<String>) -> Line {
    Line {
        table: "total",
        key: Key::default(),
        id: String::new(),
        figure,
        unit: "word".to_owned(),
        before: change.before.clone().unwrap_or_default(),
        after: change.after.clone().unwrap_or_default(),
        difference: String::new(),
    }
}
