//! Every case of every rule: value, bound, margin, law.

use std::collections::{BTreeMap, BTreeSet};

use super::book::{Book, beside_limit, year};
use super::prices::Explained;
use super::source::RuleCase;
use crate::model::Relation;
use crate::report::document::{Cell, Column, Expression, Kind, Place, Role, Section, Table, Topic};
use crate::report::words::annex as words;

/// Code of the table.
pub(super) const RULES: &str = "rules";
/// Code of the table that has a row for each rule.
const RULES_SHORT: &str = "rules_short";

pub(super) fn section(book: &Book<'_>, explained: Option<&Explained>) -> Section {
    let form = Form {
        with_zone: true,
        ..Form::of_zone(book)
    };
    let list = form.table(book, RULES.to_owned(), book.say(words::RULES_IN_FULL));
    let mut table = list.on_screen();
    table.notes.push(book.say(words::RULES_NOTE));
    if let Some(explained) = explained {
        table.columns.extend([
            book.column_of("cost", words::COST, Kind::Euro, words::COST_MEANING),
            book.column("cost_goal", words::COST_GOAL, Kind::Text),
        ]);
        table.notes.push(book.say(words::COST_NOTE));
        let mut told = BTreeSet::new();
        for case in &book.source.rules {
            let mut cells = form.cells(book, table.rows.len(), case);
            let first = told.insert(&case.rule);
            let cost = first.then(|| explained.cost(book, &case.rule)).flatten();
            cells.extend(cost.unwrap_or_default());
            table.row_as(role(case), cells);
        }
    } else {
        for case in &book.source.rules {
            let cells = form.cells(book, table.rows.len(), case);
            table.row_as(role(case), cells);
        }
    }
    book.section(
        Topic::Rules,
        words::S_RULES,
        words::S_RULES_TITLE,
        vec![in_short(book), table],
    )
}

/// A row for each rule: how many cases it has, and how they stand.
fn in_short(book: &Book<'_>) -> Table {
    let columns = vec![
        book.column("rule", words::RULE_CODE, Kind::Code),
        book.column("title", words::RULE, Kind::Text),
        book.column("law", words::LAW, Kind::Law),
        book.column("cases", words::CASES, Kind::Count),
        book.column("strength", words::STRENGTH, Kind::Text),
        book.column("met", words::MET, Kind::Count),
        book.column_of(
            "binding",
            words::AT_LIMIT,
            Kind::Count,
            words::AT_LIMIT_MEANING,
        ),
        book.column_of("missed", words::MISSED, Kind::Count, words::MISSED_MEANING),
        book.column("waived", words::WAIVED, Kind::Count),
    ];
    let mut table = Table::new(RULES_SHORT, book.say(words::RULES_SHORT), columns);
    table.notes.push(book.say(words::RULES_PAPER_NOTE));
    let mut told: Vec<(&RuleCase, [i128; 4])> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &book.source.rules {
        let place = *places.entry(&case.rule).or_insert_with(|| {
            told.push((case, [0; 4]));
            told.len() - 1
        });
        let column = match (role(case), case.status.as_str()) {
            (_, "waived") => 3,
            (Role::Failed, _) => 2,
            (Role::Binding, _) => 1,
            _ => 0,
        };
        if let Some(n) = told.get_mut(place).and_then(|(_, n)| n.get_mut(column)) {
            *n += 1;
        }
    }
    for (case, counts) in told {
        let mut cells = vec![
            Cell::Code(case.rule.clone()),
            Cell::text(case.title.clone()),
            Cell::law(case.law.clone(), case.url.clone()),
            Cell::Count(counts.iter().sum()),
            book.strength(case),
        ];
        cells.extend(counts.map(Cell::Count));
        let role = match counts {
            [_, _, missed, _] if missed > 0 => Role::Failed,
            [_, binding, ..] if binding > 0 => Role::Binding,
            _ => Role::Body,
        };
        table.row_as(role, cells);
    }
    table
}

/// Which columns a table of rules has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    with_zone: bool,
    /// Motives are told where there are any.
    with_waiver: bool,
}

impl Form {
    /// The rows are all of one zone.
    pub(super) fn of_zone(book: &Book<'_>) -> Self {
        Self {
            with_zone: false,
            with_waiver: book.source.rules.iter().any(|case| !case.waiver.is_empty()),
        }
    }

    /// An empty table.
    pub(super) fn table(self, book: &Book<'_>, id: String, title: String) -> Table {
        let mut columns: Vec<Column> = vec![
            book.column("rule", words::RULE_CODE, Kind::Code),
            book.column("title", words::RULE, Kind::Text),
            book.column("law", words::LAW, Kind::Law),
            book.column("year", words::YEAR, Kind::Year),
            book.column("relation", words::RELATION, Kind::Text),
            book.column("bound", words::BOUND, Kind::Euro),
            book.column("value", words::VALUE, Kind::Euro),
            book.column_of("margin", words::MARGIN, Kind::Euro, words::MARGIN_MEANING),
            book.column("unit", words::UNIT, Kind::Text),
            book.column("status", words::STATUS, Kind::Text),
            book.column("strength", words::STRENGTH, Kind::Text),
        ];
        columns.extend(book.fund_columns());
        columns.extend(book.action_columns());
        if self.with_zone {
            columns.extend(book.zone_columns());
        }
        columns.push(book.column("base", words::BASE, Kind::Text));
        if self.with_waiver {
            columns.push(book.column("waiver", words::WAIVER, Kind::Text));
        }
        Table::new(id, title, columns)
    }

    /// The cells of a case; `row` is where it will stand.
    pub(super) fn cells(self, book: &Book<'_>, row: usize, case: &RuleCase) -> Vec<Cell> {
        let nobody = || [Cell::Empty, Cell::Empty];
        let mut cells = vec![
            Cell::Code(case.rule.clone()),
            Cell::text(case.title.clone()),
            Cell::law(case.law.clone(), case.url.clone()),
            year(case.year),
            Cell::text(relation(book, case)),
        ];
        // What is missed is missed on one side.
        let side = match relation_of(case) {
            Relation::Equal if case.status == "short" && case.value < case.bound => {
                Relation::AtLeast
            }
            Relation::Equal if case.status == "short" => Relation::AtMost,
            relation => relation,
        };
        let [value, bound] = beside_limit(&case.unit, (&case.value, &case.bound), side);
        cells.extend([bound, value]);
        let value = cells.len() - 1;
        cells.push(margin(row, (value - 1, value), case));
        cells.extend([
            Cell::text(book.say(match case.unit.as_str() {
                "euro" => words::UNIT_EURO,
                "zones" => words::UNIT_ZONES,
                "projects" => words::UNIT_PROJECTS,
                _ => words::UNIT_UNITS,
            })),
            Cell::text(status(book, case)),
            book.strength(case),
        ]);
        cells.extend(case.fund.map_or_else(nobody, |fund| book.fund(fund)));
        cells.extend(
            case.action
                .map_or_else(nobody, |action| book.action(action)),
        );
        if self.with_zone {
            cells.extend(case.zone.map_or_else(nobody, |zone| book.zone(zone)));
        }
        cells.push(Cell::text(base(book, case)));
        if self.with_waiver {
            cells.push(Cell::text(case.waiver.clone()));
        }
        cells
    }
}

/// The distance from the bound, of the two cells as they are told.
fn margin(row: usize, (bound, value): (usize, usize), case: &RuleCase) -> Cell {
    let at = |column| Box::new(Expression::Cell(Place::here(row, column)));
    let from_value = match relation_of(case) {
        Relation::AtLeast => true,
        Relation::AtMost | Relation::Below => false,
        Relation::Equal => case.value < case.bound,
    };
    let (from, less) = if from_value {
        (value, bound)
    } else {
        (bound, value)
    };
    Expression::Less(at(from), at(less)).into()
}

/// How the value stands to the bound.
pub(super) fn relation_of(case: &RuleCase) -> Relation {
    let all = [Relation::AtLeast, Relation::AtMost, Relation::Below];
    let found = all
        .into_iter()
        .find(|relation| relation.word() == case.relation);
    found.unwrap_or(Relation::Equal)
}

pub(super) fn role(case: &RuleCase) -> Role {
    match case.status.as_str() {
        "binding" | "carried" => Role::Binding,
        "short" | "excess" => Role::Failed,
        _ => Role::Body,
    }
}

pub(super) fn relation(book: &Book<'_>, case: &RuleCase) -> String {
    book.say(match case.relation.as_str() {
        "at_least" => words::AT_LEAST,
        "at_most" => words::AT_MOST,
        "below" => words::BELOW,
        _ => words::EQUAL,
    })
}

/// The name of a fund, an action or a zone.
fn named<'b>(book: &'b Book<'_>, key: &str, code: &'b str) -> &'b str {
    let model = book.model;
    let name = match key {
        "fund" => model
            .funds
            .iter()
            .find(|of| of.id == code)
            .map(|of| &of.name),
        "action" => model
            .actions
            .iter()
            .find(|of| of.id == code)
            .map(|of| &of.name),
        "zone" => model
            .zones
            .iter()
            .find(|of| of.id == code)
            .map(|of| &of.name),
        _ => None,
    };
    name.map_or(code, String::as_str)
}

/// `programmato 40% (zone: tutte)`, from `allocated 40% [zone=all]`.
fn base(book: &Book<'_>, case: &RuleCase) -> String {
    let (head, scope) = case.base.split_once(" [").unwrap_or((&case.base, ""));
    let (word, share) = head.split_once(' ').unwrap_or((head, ""));
    let word = match word {
        "assigned" => book.say(words::BASE_ASSIGNED),
        "allocated" => book.say(words::BASE_ALLOCATED),
        "demand" => book.say(words::BASE_DEMAND),
        "last_year" => book.say(words::BASE_LAST_YEAR),
        other => other.to_owned(),
    };
    let parts = scope.trim_end_matches(']').split(' ');
    let parts: Vec<String> = parts
        .filter_map(|part| part.split_once('='))
        .map(|(key, codes)| {
            let (all, some) = match key {
                "fund" => (words::OF_ALL_FUNDS, words::OF_FUNDS),
                "action" => (words::OF_ALL_ACTIONS, words::OF_ACTIONS),
                "zone" => (words::OF_ALL_ZONES, words::OF_ZONES),
                _ => (words::OF_YEARS, words::OF_YEARS),
            };
            if codes == "all" {
                book.say(all)
            } else {
                let names = codes.split('+').map(|code| named(book, key, code));
                let names: Vec<&str> = names.collect();
                book.fill(some, &[("codes", &names.join(", "))])
            }
        })
        .collect();
    let told = format!("{word} {share}").trim().to_owned();
    if parts.is_empty() {
        told
    } else {
        format!("{told} ({})", parts.join("; "))
    }
}

fn status(book: &Book<'_>, case: &RuleCase) -> String {
    book.say(match case.status.as_str() {
        "met" => words::ST_MET,
        "binding" => words::ST_BINDING,
        "carried" => words::ST_CARRIED,
        "short" => words::ST_SHORT,
        "waived" => words::ST_WAIVED,
        _ => words::ST_EXCESS,
    })
}
