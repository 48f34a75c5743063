//! Where the money goes: the flow from funds to actions to zones, and the table of actions by funds in colours.

use std::collections::{BTreeMap, BTreeSet};

use super::PictureView;
use crate::model::Level;
use crate::report::chart::flow::{Flow, Link, Node};
use crate::report::chart::heat::Heat;
use crate::report::document::{Document, FlowZone, Table, Value};
use crate::report::words::{Text, page as words};

/// Positions of codes.
fn positions(of: &[(String, String)]) -> BTreeMap<&str, usize> {
    of.iter()
        .enumerate()
        .map(|(at, (id, _))| (id.as_str(), at))
        .collect()
}

pub(super) fn flow(document: &Document) -> Option<PictureView> {
    let (language, of) = (document.language, &document.flow);
    if of.paid.is_empty() {
        return None;
    }
    let (funds, actions) = (positions(&of.funds), positions(&of.actions));
    let mut links = Vec::new();
    for link in &of.paid {
        if let (Some(from), Some(to)) =
            (funds.get(link.from.as_str()), actions.get(link.to.as_str()))
        {
            links.push(Link {
                stage: 0,
                from: *from,
                to: *to,
                cents: link.cents,
            });
        }
    }
    let levels: BTreeSet<Level> = of.levels.values().copied().collect();
    let levels: Vec<Level> = levels.into_iter().collect();
    let fund = |(id, name): &(String, String)| Node {
        name: name.clone(),
        group: of
            .levels
            .get(id)
            .and_then(|level| levels.iter().position(|known| known == level)),
    };
    let node = |name: &String| Node {
        name: name.clone(),
        group: None,
    };
    let mut stages = vec![
        (
            words::FLOW_FUNDS.say(language).to_owned(),
            of.funds.iter().map(fund).collect(),
        ),
        (
            words::FLOW_ACTIONS.say(language).to_owned(),
            of.actions.iter().map(|(_, name)| node(name)).collect(),
        ),
    ];
    if let Some(areas) = Areas::of(&of.zones) {
        let mut sums: BTreeMap<(usize, usize), i128> = BTreeMap::new();
        for link in &of.received {
            let area = areas.of_zone.get(link.to.as_str());
            if let (Some(from), Some(to)) = (actions.get(link.from.as_str()), area) {
                *sums.entry((*from, *to)).or_default() += link.cents;
            }
        }
        links.extend(sums.into_iter().map(|((from, to), cents)| Link {
            stage: 1,
            from,
            to,
            cents,
        }));
        let nodes = areas.names.iter().map(node);
        stages.push((words::FLOW_ZONES.say(language).to_owned(), nodes.collect()));
    }
    let title = words::FLOW_TITLE.say(language);
    let flow = Flow {
        title: title.to_owned(),
        stages,
        groups: levels
            .iter()
            .map(|level| level_word(*level).say(language).to_owned())
            .collect(),
        links,
    };
    Some(PictureView::one(title, flow.chart(language)))
}

/// Whose money it is.
fn level_word(level: Level) -> Text {
    match level {
        Level::Eu => words::LEVEL_EU,
        Level::State => words::LEVEL_STATE,
        Level::Region => words::LEVEL_REGION,
        Level::Municipal => words::LEVEL_MUNICIPAL,
    }
}

/// Zones put together for a picture that would be too full.
struct Areas<'d> {
    names: Vec<String>,
    of_zone: BTreeMap<&'d str, usize>,
}

/// Most zones a picture shows one by one.
const MOST_ZONES: usize = 12;

/// How many areas a picture can show.
const AREAS: std::ops::RangeInclusive<usize> = 2..=12;

impl<'d> Areas<'d> {
    /// Few zones stand for themselves. Else the zones are put together by the text column that every zone has, with the fewest
    /// values (two at least, three if there is such a column), by name among equals. Columns that say how sure a figure is are no areas.
    fn of(zones: &'d [FlowZone]) -> Option<Self> {
        if zones.len() <= MOST_ZONES {
            return Some(Self::by(zones, |zone| Some(&zone.name)));
        }
        let first = zones.first()?;
        let sure = ["official", "derived", "estimate"];
        let columns = first.attributes.keys().filter_map(|column| {
            let values: Option<BTreeSet<&str>> = zones
                .iter()
                .map(|zone| zone.attributes.get(column).map(String::as_str))
                .collect();
            let values = values?;
            let is_area =
                AREAS.contains(&values.len()) && !values.iter().all(|value| sure.contains(value));
            is_area.then_some((values.len() < 3, values.len(), column))
        });
        let (_, _, column) = columns.min()?;
        Some(Self::by(zones, |zone| zone.attributes.get(column)))
    }

    fn by(zones: &'d [FlowZone], name: impl Fn(&'d FlowZone) -> Option<&'d String>) -> Self {
        let names: BTreeSet<&String> = zones.iter().filter_map(&name).collect();
        let names: Vec<String> = names.into_iter().cloned().collect();
        let place = |zone: &'d FlowZone| {
            let own = name(zone)?;
            let at = names.iter().position(|known| known == own)?;
            Some((zone.id.as_str(), at))
        };
        let of_zone = zones.iter().filter_map(place).collect();
        Self { names, of_zone }
    }
}

pub(super) fn heat(document: &Document, table: &Table) -> Option<PictureView> {
    let (language, of) = (document.language, &document.flow);
    if of.paid.is_empty() {
        return None;
    }
    let (funds, actions) = (positions(&of.funds), positions(&of.actions));
    let mut cells = BTreeMap::new();
    for link in &of.paid {
        if let (Some(fund), Some(action)) =
            (funds.get(link.from.as_str()), actions.get(link.to.as_str()))
        {
            *cells.entry((*action, *fund)).or_insert(0) += link.cents;
        }
    }
    let title = words::HEAT_TITLE.say(language);
    let names = |of: &[(String, String)]| of.iter().map(|(_, name)| name.clone()).collect();
    let heat = Heat {
        title: title.to_owned(),
        rows: names(&of.actions),
        columns: names(&of.funds),
        cells,
        apart: uncovered(document, table),
    };
    Some(PictureView::one(title, heat.chart(language)))
}

/// What stays uncovered of each action, from the last column of the table of actions by funds.
fn uncovered(document: &Document, table: &Table) -> Option<(String, Vec<i128>)> {
    let (code, column) = (table.column("action")?, table.column("uncovered")?);
    let title = table.columns.get(column)?.title.clone();
    let of_action = |id: &str| {
        let mut rows = table.rows.iter();
        let row = rows.find(|row| row.cells.get(code).and_then(|cell| cell.words()) == Some(id))?;
        row.cells.get(column)?.value().and_then(Value::cents)
    };
    let actions = document.flow.actions.iter();
    let cents = actions.map(|(id, _)| of_action(id).unwrap_or(0)).collect();
    Some((title, cents))
}
