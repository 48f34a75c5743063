//! A comparison of two plans for people: largest changes first, totals that close.

use super::models::shared;
use super::moves::moves;
use super::pair::{Change, GoalRow, Pair, Row, Tally, coverage};
use super::plan::Plan;
use crate::model::Language;
use crate::report::number::{count, goal, money, percent, points};
use crate::report::summary_text::{Align, Grid, Layout, Section, SummaryText, entry, paragraph};
use crate::report::text::terminal_text;
use crate::report::words::{Text, compare as words};
use crate::units::Exact;

/// How many rows of a table are told one by one.
pub(super) const SHOWN: usize = 12;

/// How many where only what matters first is told.
pub(super) const SHOWN_FIRST: usize = 4;

/// Lines up to which a comparison is told whole: what matters first of a longer one fits a screen.
const WHOLE: usize = 70;

/// The comparison of a plan with the first; `place` is its number and how many there are. What is longer than a screen is told whole
/// only where the layout asks for it.
#[must_use]
pub fn of_pair(pair: &Pair<'_>, place: (usize, usize), layout: Layout) -> SummaryText {
    let whole = Layout {
        full: true,
        ..layout
    };
    let text = told_pair(pair, place, whole);
    let heading = |section: &Section| if section.heading.is_empty() { 0 } else { 2 };
    let lines = |section: &Section| section.body.lines().count() + heading(section);
    if layout.full || text.sections.iter().map(lines).sum::<usize>() < WHOLE {
        return text;
    }
    told_pair(pair, place, layout)
}

fn told_pair(pair: &Pair<'_>, place: (usize, usize), layout: Layout) -> SummaryText {
    let language = layout.language;
    let (number, all) = (count(language, place.0), count(language, place.1));
    let title = match place.1 {
        1 => words::TITLE.say(language).to_owned(),
        _ => words::TITLE_OF.fill(language, &[("n", &number), ("all", &all)]),
    };
    let mut sections = vec![opening(pair, layout)];
    let both = pair.before.has_ledger() && pair.after.has_ledger();
    if pair.differs() && both {
        sections.push(totals(pair, layout));
        sections.push(zones(pair, layout));
        sections.push(funds(pair, layout));
        if layout.full {
            sections.push(actions(pair, layout));
            sections.extend(zone_funds(pair, layout));
        }
        sections.extend(goals(pair, layout));
        sections.extend(moves(pair, layout));
    }
    SummaryText { title, sections }
}

fn opening(pair: &Pair<'_>, layout: Layout) -> Section {
    let language = layout.language;
    let line = |text: Text, plan: &Plan| {
        let (title, folder) = (plan.told(), plan.folder.display().to_string());
        let values = [
            ("title", terminal_text(&title)),
            ("folder", terminal_text(&folder)),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, &**value));
        paragraph(&text.fill(language, &values), layout)
    };
    let mut body = line(words::FIRST, pair.before) + &line(words::OTHER, pair.after);
    let mut say = |text: &str| body.push_str(&paragraph(text, layout));
    if !pair.differs() {
        say(words::NO_DIFFERENCE.say(language));
    }
    if pair.before.status != pair.after.status {
        let (before, after) = (status(pair.before), status(pair.after));
        let values = [
            ("before", before.say(language)),
            ("after", after.say(language)),
        ];
        say(&words::STATUS_CHANGES.fill(language, &values));
    }
    if !pair.before.has_ledger() || !pair.after.has_ledger() {
        say(words::NO_PLAN.say(language));
    } else if pair.differs() {
        if let Some(shared) = shared(pair.before, pair.after) {
            say(&shared.told(language));
        }
        if pair.before.years != pair.after.years {
            let (before, after) = (years(pair.before), years(pair.after));
            let values = [("before", before.as_str()), ("after", &after)];
            say(&words::OTHER_YEARS.fill(language, &values));
        }
        say(&used(pair, language));
        say(&tally(words::TALLY_EURO, pair.by_euro(), language));
        say(&tally(words::TALLY_COVERAGE, pair.by_coverage(), language));
        let where_all = if layout.full {
            words::ALL_FIGURES
        } else {
            words::ALL_WITH_V
        };
        say(where_all.say(language));
    }
    Section {
        heading: String::new(),
        body,
    }
}

pub(super) fn status(plan: &Plan) -> Text {
    match plan.status.as_str() {
        "optimal" => words::IS_OPTIMAL,
        "limit" => words::IS_LIMIT,
        _ => words::IS_INFEASIBLE,
    }
}

fn years(plan: &Plan) -> String {
    let years: Vec<String> = plan.years.iter().map(ToString::to_string).collect();
    years.join(", ")
}

fn used(pair: &Pair<'_>, language: Language) -> String {
    let used = pair.totals.iter().filter(|(name, _)| *name == "used");
    let difference: i128 = used.map(|(_, change)| change.difference()).sum();
    let text = match difference {
        0 => return words::USED_SAME.say(language).to_owned(),
        1.. => words::USED_MORE,
        _ => words::USED_LESS,
    };
    let euro = money(language, difference.saturating_abs());
    text.fill(language, &[("euro", &euro)])
}

fn tally(text: Text, tally: Tally, language: Language) -> String {
    use crate::report::words::summary::N_ZONES;
    let [more, less, same] = [tally.more, tally.less, tally.same].map(|n| N_ZONES.say(language, n));
    text.fill(
        language,
        &[("more", &more), ("less", &less), ("same", &same)],
    )
}

fn totals(pair: &Pair<'_>, layout: Layout) -> Section {
    let language = layout.language;
    let mut grid = grid(layout, &[(words::ITEM, Align::Left)], &three());
    for (name, change) in &pair.totals {
        let nothing = change.before.unwrap_or(0) == 0 && change.after.unwrap_or(0) == 0;
        let is_told = match *name {
            "unlimited" => !nothing,
            "need" | "left" | "leps_need" => layout.full || !change.is_same(),
            _ => true,
        };
        if !is_told {
            continue;
        }
        let mut cells = vec![total_word(name).say(language).to_owned()];
        cells.extend(amounts(change, language));
        grid.row(cells);
    }
    section(words::TOTALS, &grid, layout)
}

pub(super) fn total_word(name: &str) -> Text {
    match name {
        "assigned" => words::T_ASSIGNED,
        "used" => words::T_USED,
        "left" => words::T_LEFT,
        "lost" => words::T_LOST,
        "need" => words::T_NEED,
        "covered" => words::T_COVERED,
        "leps_need" => words::T_LEPS_NEED,
        "leps_covered" => words::T_LEPS_COVERED,
        _ => words::T_UNLIMITED,
    }
}

fn zones(pair: &Pair<'_>, layout: Layout) -> Section {
    let language = layout.language;
    let share = |share: Option<Exact>| share.map(|s| percent(language, &s)).unwrap_or_default();
    let mut columns = three();
    columns.extend([words::COVERAGE_BEFORE, words::COVERAGE_AFTER]);
    let mut grid = grid(layout, &[(words::ZONE, Align::Left)], &columns);
    let told = told(
        &pair.zones,
        |row| vec![named(pair, row, Thing::Zone, language)],
        |change| change.of(|figures| figures.euro),
        layout,
    );
    for (mut cells, rows) in told {
        let sum = |of: fn(&super::ZoneFigures) -> i128, after: bool| -> i128 {
            let one = |row: &&Row<super::ZoneFigures>| {
                let figures = if after {
                    row.change.after
                } else {
                    row.change.before
                };
                figures.as_ref().map_or(0, of)
            };
            rows.iter().map(one).sum()
        };
        for after in [false, true] {
            let figures = super::ZoneFigures {
                need: sum(|figures| figures.need, after),
                covered: sum(|figures| figures.covered, after),
                euro: 0,
            };
            cells.push(share(coverage(Some(&figures))));
        }
        grid.row(cells);
    }
    section(words::ZONES, &grid, layout)
}

fn funds(pair: &Pair<'_>, layout: Layout) -> Section {
    let language = layout.language;
    let columns = [
        words::ASSIGNED_MORE,
        words::USED_BEFORE,
        words::USED_AFTER,
        words::DIFFERENCE,
    ];
    let mut grid = grid(layout, &[(words::FUND, Align::Left)], &columns);
    let told = told(
        &pair.funds,
        |row| vec![named(pair, row, Thing::Fund, language)],
        |change| change.of(|figures| figures.used),
        layout,
    );
    for (mut cells, rows) in told {
        let more = |row: &&Row<super::FundFigures>| row.change.of(|f| f.assigned).difference();
        cells.insert(1, signed(rows.iter().map(more).sum(), language));
        grid.row(cells);
    }
    section(words::FUNDS, &grid, layout)
}

fn actions(pair: &Pair<'_>, layout: Layout) -> Section {
    let language = layout.language;
    let mut columns = three();
    columns.push(words::UNMET_MORE);
    let mut grid = grid(layout, &[(words::ACTION, Align::Left)], &columns);
    let told = told(
        &pair.actions,
        |row| vec![named(pair, row, Thing::Action, language)],
        |change| change.of(|figures| figures.euro),
        layout,
    );
    for (mut cells, rows) in told {
        let more = |row: &&Row<super::ActionFigures>| row.change.of(|f| f.unmet).difference();
        cells.push(signed(rows.iter().map(more).sum(), language));
        grid.row(cells);
    }
    section(words::ACTIONS, &grid, layout)
}

fn zone_funds(pair: &Pair<'_>, layout: Layout) -> Option<Section> {
    if pair.zone_funds.iter().all(|row| row.change.is_same()) {
        return None;
    }
    let left = [(words::ZONE, Align::Left), (words::FUND, Align::Left)];
    let mut grid = grid(layout, &left, &three());
    let names = |row: &Row<i128>| {
        let fund = row.key.fund.as_deref().unwrap_or_default();
        let zone = row.key.zone.as_deref().unwrap_or_default();
        let name = |thing: Thing, id: &str| thing.name(pair, id).to_owned();
        vec![name(Thing::Zone, zone), name(Thing::Fund, fund)]
    };
    for (cells, _) in told(&pair.zone_funds, names, |change| *change, layout) {
        grid.row(cells);
    }
    Some(section(words::ZONE_FUNDS, &grid, layout))
}

fn goals(pair: &Pair<'_>, layout: Layout) -> Option<Section> {
    let language = layout.language;
    let mut grid = grid(layout, &[(words::GOAL, Align::Left)], &three());
    let is_told = |row: &&GoalRow| layout.full || !row.change.is_same();
    let told: Vec<&GoalRow> = pair.goals.iter().filter(is_told).collect();
    for row in &told {
        // A shortfall is told without its sign.
        let short = row.id == "targets" || row.id == "wishes";
        let told = |value: &Exact| if short { -*value } else { *value };
        let change = row.change.of(told);
        let shown = |value: &Exact| goal_value(value, &row.unit, language);
        let difference = match (change.before, change.after) {
            (Some(before), Some(after)) => goal_difference(&(after - before), &row.unit, language),
            _ => String::new(),
        };
        grid.row([
            goal_word(&row.id, language),
            change.before.as_ref().map(shown).unwrap_or_default(),
            change.after.as_ref().map(shown).unwrap_or_default(),
            difference,
        ]);
    }
    (!told.is_empty()).then(|| section(words::GOALS, &grid, layout))
}

pub(super) fn goal_word(id: &str, language: Language) -> String {
    let (kind, level) = id.split_once('-').unwrap_or((id, "1"));
    let text = match kind {
        "leps" => words::G_LEPS,
        "targets" => words::G_TARGETS,
        "wishes" => words::G_WISHES,
        "leximin" => return words::G_LEXIMIN.fill(language, &[("level", level)]),
        "floor" => words::G_FLOOR,
        "steady" => words::G_STEADY,
        "open" => words::G_OPEN,
        "value" => words::G_VALUE,
        _ => words::G_AT_RISK,
    };
    text.say(language).to_owned()
}

pub(super) fn goal_value(value: &Exact, unit: &str, language: Language) -> String {
    goal(language, unit, value)
}

pub(super) fn goal_difference(value: &Exact, unit: &str, language: Language) -> String {
    let plus = if *value > Exact::from_integer(0) {
        "+"
    } else {
        ""
    };
    let shown = match unit {
        "level" => {
            let value = points(language, value);
            words::POINTS.fill(language, &[("value", &value)])
        }
        _ => goal_value(value, unit, language),
    };
    format!("{plus}{shown}")
}

/// Which kind of thing a row is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Thing {
    Zone,
    Fund,
    Action,
}

impl Thing {
    pub(super) fn name<'n>(self, pair: &'n Pair<'_>, id: &'n str) -> &'n str {
        match self {
            Self::Zone => pair.name(|names| &names.zones, id),
            Self::Fund => pair.name(|names| &names.funds, id),
            Self::Action => pair.name(|names| &names.actions, id),
        }
    }
}

/// The name in a row, with a word where only one plan has it.
fn named<T>(pair: &Pair<'_>, row: &Row<T>, thing: Thing, language: Language) -> String {
    let id = match thing {
        Thing::Zone => &row.key.zone,
        Thing::Fund => &row.key.fund,
        Thing::Action => &row.key.action,
    };
    let name = thing.name(pair, id.as_deref().unwrap_or_default());
    let text = match (&row.change.before, &row.change.after) {
        (Some(_), None) => words::ONLY_BEFORE,
        (None, Some(_)) => words::ONLY_AFTER,
        _ => return name.to_owned(),
    };
    text.fill(language, &[("name", name)])
}

/// Cells of a line of a table, and the rows it stands for.
type Told<'r, T> = (Vec<String>, Vec<&'r Row<T>>);

/// The rows that changed, the largest first, then what is left of them, what stayed, and the sum of all.
fn told<'r, T: PartialEq>(
    rows: &'r [Row<T>],
    names: impl Fn(&Row<T>) -> Vec<String>,
    of: impl Fn(&Change<T>) -> Change<i128>,
    layout: Layout,
) -> Vec<Told<'r, T>> {
    let language = layout.language;
    let (changed, same): (Vec<&Row<T>>, Vec<&Row<T>>) =
        rows.iter().partition(|row| !row.change.is_same());
    let most = if layout.full { SHOWN } else { SHOWN_FIRST };
    // One row alone is told rather than counted.
    let shown = if changed.len() == most + 1 {
        most + 1
    } else {
        most
    };
    let (first, others) = changed.split_at(shown.min(changed.len()));
    let blank = rows
        .first()
        .map_or(0, |row| names(row).len().saturating_sub(1));
    let sum = |rows: &[&Row<T>], after: bool| -> i128 {
        let one = |row: &&Row<T>| {
            let change = of(&row.change);
            if after {
                change.after.unwrap_or(0)
            } else {
                change.before.unwrap_or(0)
            }
        };
        rows.iter().map(one).sum()
    };
    let line = |head: Vec<String>, rows: Vec<&'r Row<T>>| {
        let change = Change {
            before: Some(sum(&rows, false)),
            after: Some(sum(&rows, true)),
        };
        let cells = head.into_iter().chain(amounts(&change, language));
        (cells.collect(), rows)
    };
    let with_blanks = |head: String| {
        let mut cells = vec![head];
        cells.resize(blank + 1, String::new());
        cells
    };
    let mut lines: Vec<Told<'r, T>> = Vec::new();
    lines.extend(first.iter().map(|row| line(names(row), vec![*row])));
    for (text, rows) in [(words::N_OTHERS, others.to_vec()), (words::N_SAME, same)] {
        if !rows.is_empty() {
            lines.push(line(with_blanks(text.say(language, rows.len())), rows));
        }
    }
    let total = words::TOTAL.say(language).to_owned();
    lines.push(line(with_blanks(total), rows.iter().collect()));
    lines
}

fn three() -> Vec<Text> {
    vec![words::BEFORE, words::AFTER, words::DIFFERENCE]
}

fn amounts(change: &Change<i128>, language: Language) -> [String; 3] {
    let shown = |cents: Option<i128>| money(language, cents.unwrap_or(0));
    [
        shown(change.before),
        shown(change.after),
        signed(change.difference(), language),
    ]
}

/// An amount with its sign, so that more and less are seen at once.
pub(super) fn signed(cents: i128, language: Language) -> String {
    let plus = if cents > 0 { "+" } else { "" };
    format!("{plus}{}", money(language, cents))
}

pub(super) fn grid(layout: Layout, left: &[(Text, Align)], right: &[Text]) -> Grid {
    let right = right.iter().map(|text| (*text, Align::Right));
    let columns: Vec<(&str, Align)> = left
        .iter()
        .copied()
        .chain(right)
        .map(|(text, align)| (text.say(layout.language), align))
        .collect();
    Grid::new(layout, &columns)
}

pub(super) fn section(heading: Text, grid: &Grid, layout: Layout) -> Section {
    Section {
        heading: heading.say(layout.language).to_owned(),
        body: grid.text(),
    }
}

/// An entry of a list.
pub(super) fn bullet(text: &str, layout: Layout) -> String {
    entry("-", &terminal_text(text), layout)
}
