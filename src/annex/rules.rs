//! Every case of every rule: value, bound, margin, law.

use std::collections::BTreeSet;

use super::book::{Book, beside_limit, year};
use super::prices::Explained;
use super::source::RuleCase;
use crate::model::Relation;
use crate::report::document::{Cell, Column, Expression, Kind, Place, Role, Section, Table, Topic};
use crate::report::words::annex as words;

/// Code of the table.
pub(super) const RULES: &str = "rules";

pub(super) fn section(book: &Book<'_>, explained: Option<&Explained>) -> Section {
    let form = Form {
        with_zone: true,
        ..Form::of_zone(book)
    };
    let mut table = form.table(book, RULES.to_owned(), book.say(words::S_RULES_TITLE));
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
        vec![table],
    )
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
            book.column("strength", words::STRENGTH, Kind::Text),
            book.column("fund", words::FUND_CODE, Kind::Code),
            book.column("action", words::ACTION_CODE, Kind::Code),
        ];
        if self.with_zone {
            columns.extend(book.zone_columns());
        }
        columns.extend([
            book.column("year", words::YEAR, Kind::Year),
            book.column("bound", words::BOUND, Kind::Euro),
            book.column("value", words::VALUE, Kind::Euro),
            book.column_of("margin", words::MARGIN, Kind::Euro, words::MARGIN_MEANING),
            book.column("relation", words::RELATION, Kind::Text),
            book.column("unit", words::UNIT, Kind::Text),
            book.column("base", words::BASE, Kind::Text),
            book.column("status", words::STATUS, Kind::Text),
            book.column("law", words::LAW, Kind::Law),
        ]);
        if self.with_waiver {
            columns.push(book.column("waiver", words::WAIVER, Kind::Text));
        }
        Table::new(id, title, columns)
    }

    /// The cells of a case; `row` is where it will stand.
    pub(super) fn cells(self, book: &Book<'_>, row: usize, case: &RuleCase) -> Vec<Cell> {
        let code = |id: Option<&String>| id.map_or(Cell::Empty, |id| Cell::Code(id.clone()));
        let model = book.model;
        let mut cells = vec![
            Cell::Code(case.rule.clone()),
            Cell::text(case.title.clone()),
            book.strength(case),
            code(case.fund.map(|fund| &model.fund(fund).id)),
            code(case.action.map(|action| &model.action(action).id)),
        ];
        if self.with_zone {
            match case.zone {
                Some(zone) => cells.extend(book.zone(zone)),
                None => cells.extend([Cell::Empty, Cell::Empty]),
            }
        }
        // What is missed is missed on one side.
        let side = match relation_of(case) {
            Relation::Equal if case.status == "short" && case.value < case.bound => {
                Relation::AtLeast
            }
            Relation::Equal if case.status == "short" => Relation::AtMost,
            relation => relation,
        };
        let [value, bound] = beside_limit(&case.unit, (&case.value, &case.bound), side);
        cells.extend([year(case.year), bound, value]);
        let value = cells.len() - 1;
        cells.push(margin(row, (value - 1, value), case));
        cells.extend([
            Cell::text(relation(book, case)),
            Cell::text(book.say(match case.unit.as_str() {
                "euro" => words::UNIT_EURO,
                "zones" => words::UNIT_ZONES,
                "projects" => words::UNIT_PROJECTS,
                _ => words::UNIT_UNITS,
            })),
            Cell::text(base(book, case)),
            Cell::text(status(book, case)),
            Cell::law(case.law.clone(), case.url.clone()),
        ]);
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
                book.fill(some, &[("codes", &codes.replace('+', ", "))])
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
