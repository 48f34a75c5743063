//! Sheets that become `model.toml`: the first one, the lists, what hangs on their rows, and what has no column.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{
    Child, ChildForm, Column, DIALECT, ENTRIES, Holds, Kind, List, MODEL, plain, sheets,
};
use super::places::{CellAt, Places};
use super::rows::{Head, Rows};
use super::speak::unknown_word;
use super::text::{TextNumbers, raw, text_of};
use super::tree::{Node, TomlText};
use super::value::{Cell, Value};
use super::written::{as_written, is_toml, toml_of};
use crate::input::collect::Problems;
use crate::input::number::Dialect;
use crate::model::Language;
use crate::problem::{Shown, TableProblem, ValueProblem, WordList, WorkbookProblem};

/// An entry of a list, with the cell it begins at.
struct Entry {
    /// By what other sheets name it.
    name: String,
    node: Node,
    cell: CellAt,
}

/// Everything that goes into `model.toml`.
pub(super) struct Lists<'p> {
    problems: &'p mut Problems,
    numbers: TextNumbers,
    book: Language,
    /// Lists in which the name of a row could not be read.
    unnamed: BTreeSet<&'static str>,
    /// Rows of lists that other sheets name and that are not there, each told once.
    absent: BTreeSet<(&'static str, String)>,
    /// Tables that are there once: `model`, `plan`, `pick`.
    single: Node,
    /// Entries by list, in the order of the sheets.
    lists: BTreeMap<&'static str, Vec<Entry>>,
}

impl<'p> Lists<'p> {
    pub(super) fn new(numbers: TextNumbers, book: Language, problems: &'p mut Problems) -> Self {
        Self {
            problems,
            numbers,
            book,
            unnamed: BTreeSet::new(),
            absent: BTreeSet::new(),
            single: Node::Table(Vec::new()),
            lists: BTreeMap::new(),
        }
    }

    /// The entries of the first sheet.
    pub(super) fn model(&mut self, rows: &Rows<'_>) {
        for (entry, value, place) in entries_of(rows) {
            let wanted = plain(&entry);
            let is = |column: &&Column| {
                [column.name.it, column.name.en, column.key]
                    .iter()
                    .any(|name| plain(name) == wanted)
            };
            let Some(column) = ENTRIES.iter().find(is) else {
                let book = self.book;
                let known = WordList::of(ENTRIES.iter().map(|column| column.name.say(book)));
                let name = Shown::new(&entry);
                self.problems
                    .push(place.place(), WorkbookProblem::ModelKey { name, known });
                continue;
            };
            let Some((value, cell)) = value else { continue };
            if column.key != DIALECT
                && let Some(node) = self.leaf(value, column, cell)
            {
                self.single.put(column.key, node);
            }
        }
    }

    /// A sheet of a list.
    pub(super) fn list(&mut self, list: List, rows: &Rows<'_>) {
        let mut entries: Vec<Entry> = Vec::new();
        let by = rows.position(list.by);
        for (row, cells) in &rows.rows {
            let is_named = by.is_some_and(|by| cells.contains_key(&by));
            let mut node = Node::Table(Vec::new());
            for column in rows.sheet.columns {
                let Some(position) = rows.position(column.key) else {
                    continue;
                };
                let Some(cell) = cells.get(&position) else {
                    continue;
                };
                let at = rows.at(*row, position);
                match self.leaf(&cell.value, column, at) {
                    Some(leaf) => {
                        node.put(column.key, leaf);
                    }
                    None if column.key == list.by => {
                        self.unnamed.insert(list.path);
                    }
                    None => {}
                }
            }
            if !is_named {
                self.unnamed.insert(list.path);
            }
            let name = named(cells, list.by, rows, self.numbers);
            let same = entries
                .iter()
                .filter(|entry| base(&entry.name) == name)
                .count();
            let name = numbered(name, same);
            let first = cells.keys().next().copied().unwrap_or_default();
            let cell = rows.at(*row, first);
            entries.push(Entry { name, node, cell });
        }
        self.lists.insert(list.path, entries);
    }

    /// A sheet of what hangs on the rows of a list.
    pub(super) fn child(&mut self, child: Child, rows: &Rows<'_>) {
        let needed: &[&str] = if child.parts.len() > 1 {
            &["of", "part"]
        } else {
            &["of"]
        };
        let mut missing = needed.iter().filter(|key| rows.position(key).is_none());
        if let Some(key) = missing.next() {
            // Where a header is wrong it is told already.
            if rows
                .heads
                .values()
                .all(|head| matches!(head, Head::Known(_)))
            {
                let name = rows
                    .sheet
                    .column(key)
                    .map_or(*key, |column| column.name.say(self.book));
                let name = Shown::new(name);
                let place = rows.at(rows.header, 0).place();
                self.problems
                    .push(place, TableProblem::MissingColumn { name });
            }
            self.problems.lacks(child.of);
            return;
        }
        for (row, cells) in &rows.rows {
            let get = |key: &str| {
                let position = rows.position(key)?;
                Some((cells.get(&position)?, rows.at(*row, position)))
            };
            let first = cells.keys().next().copied().unwrap_or_default();
            let Some((of, of_cell)) = get("of") else {
                let place = rows.at(*row, first).place();
                self.problems.push(place, ValueProblem::Empty);
                self.problems.lacks(child.of);
                continue;
            };
            let part = match (child.parts, get("part")) {
                ([only], _) => *only,
                (parts, Some((cell, at))) => {
                    let word = rows
                        .sheet
                        .column("part")
                        .and_then(|column| self.text(&cell.value, column, &at));
                    let ends = |part: &&&str| {
                        word.as_deref()
                            .is_some_and(|w| part.rsplit('.').next() == Some(w))
                    };
                    match parts.iter().find(ends) {
                        Some(part) => part,
                        None => {
                            self.problems.lacks(child.of);
                            continue;
                        }
                    }
                }
                (_, None) => {
                    let place = rows.at(*row, first).place();
                    self.problems.push(place, ValueProblem::Empty);
                    continue;
                }
            };
            let before = self.problems.count();
            let mut leaves: Vec<(&Column, Node)> = Vec::new();
            let mut key = None;
            for column in rows
                .sheet
                .columns
                .iter()
                .filter(|c| !["of", "part"].contains(&c.key))
            {
                let Some((cell, at)) = get(column.key) else {
                    continue;
                };
                if child.form == ChildForm::Keyed && column.key == "key" {
                    key = self.text(&cell.value, column, &at);
                } else if let Some(leaf) = self.leaf(&cell.value, column, at) {
                    leaves.push((column, leaf));
                }
            }
            let is_whole = child.form != ChildForm::Pairs || leaves.len() == 2;
            if !is_whole && self.problems.count() == before {
                let absent = ["key", "value"]
                    .into_iter()
                    .filter_map(|key| rows.position(key))
                    .find(|position| !cells.contains_key(position));
                // A column that is not there is told at the header.
                match absent {
                    Some(position) => {
                        let place = rows.at(*row, position).place();
                        self.problems.push(place, ValueProblem::Empty);
                    }
                    None => self.problems.lacks(child.of),
                }
            }
            if !is_whole {
                self.problems.lacks(child.of);
                continue;
            }
            let is_wrong = self.problems.count() > before;
            let wanted = raw(&of.value);
            let Some(entry) = self.entry(child.of, &wanted) else {
                self.problems.lacks(child.of);
                // A row of the list whose own name is wrong is told there.
                let is_new = self.absent.insert((child.of, wanted.clone()));
                if is_new && !self.unnamed.contains(child.of) {
                    let sheet = list_sheet(child.of, self.book);
                    let name = Shown::new(&wanted);
                    let problem = WorkbookProblem::NoParent { name, sheet };
                    self.problems.push(of_cell.place(), problem);
                }
                continue;
            };
            if is_wrong {
                // What the entry then lacks is not told a second time.
                let cell = entry.cell.place();
                self.problems.hush(cell);
                self.problems.lacks(child.of);
                continue;
            }
            match child.form {
                ChildForm::Tables => {
                    let mut table = Node::Table(Vec::new());
                    for (column, leaf) in leaves {
                        table.put(column.key, leaf);
                    }
                    entry.node.push(part, table);
                }
                ChildForm::Pairs => {
                    let pair = leaves.into_iter().map(|(_, leaf)| leaf).collect();
                    entry.node.push(part, Node::List(pair));
                }
                ChildForm::Keyed => {
                    let value = leaves.into_iter().next().map(|(_, leaf)| leaf);
                    let (Some(key), Some(value)) = (key, value) else {
                        let place = rows.at(*row, first).place();
                        self.problems.push(place, ValueProblem::Empty);
                        continue;
                    };
                    entry.node.merge(part, Node::Table(vec![(key, value)]));
                }
            }
        }
    }

    /// The sheet of what has no column.
    pub(super) fn other(&mut self, rows: &Rows<'_>) {
        for (path, value, cell) in entries_of(rows) {
            let Some((value, value_cell)) = value else {
                continue;
            };
            let text = raw(value);
            let shown = Shown::new(&text);
            if !is_toml(&text) {
                self.problems.push(
                    value_cell.place(),
                    WorkbookProblem::OtherValue { value: shown },
                );
                continue;
            }
            let leaf = Node::Leaf(text, value_cell);
            let put = match path.split_once('[').and_then(|(list, rest)| {
                let (name, key) = rest.split_once("].")?;
                Some((list, name, key))
            }) {
                Some((list, name, key)) => self
                    .entry(list, name)
                    .is_some_and(|e| e.node.put(key, leaf)),
                None => self.single.put(&path, leaf),
            };
            if !put {
                let value = Shown::new(&path);
                self.problems
                    .push(cell.place(), WorkbookProblem::OtherPath { value });
            }
        }
    }

    /// The file.
    pub(super) fn write(mut self, places: &mut Places) -> Vec<u8> {
        let mut text = TomlText::new(places);
        let single = std::mem::replace(&mut self.single, Node::Table(Vec::new()));
        let mut single = match single {
            Node::Table(keys) => keys,
            Node::Leaf(..) | Node::List(_) => Vec::new(),
        };
        // What is no table stands before every heading.
        let (tables, values): (Vec<_>, Vec<_>) = single
            .drain(..)
            .partition(|(_, node)| matches!(node, Node::Table(_)));
        text.keys(&values, None);
        let (last, first): (Vec<_>, Vec<_>) =
            tables.into_iter().partition(|(key, _)| key == "pick");
        for (key, node) in &first {
            single_table(key, node, &mut text);
        }
        for sheet in sheets() {
            let Holds::List(list) = sheet.holds else {
                continue;
            };
            for mut entry in self.lists.remove(list.path).unwrap_or_default() {
                if list.path == "rule" {
                    as_written(&mut entry.node);
                }
                text.heading(&format!("[[{}]]", list.path), Some(&entry.cell));
                if let Node::Table(keys) = &entry.node {
                    text.keys(keys, Some(&entry.cell));
                }
            }
        }
        for (key, node) in &last {
            single_table(key, node, &mut text);
        }
        text.into_bytes()
    }

    fn entry(&mut self, list: &str, name: &str) -> Option<&mut Entry> {
        let kind = sheets().find_map(|sheet| match sheet.holds {
            Holds::List(own) if own.path == list => sheet.column(own.by).map(|column| column.kind),
            _ => None,
        });
        let (start, number) = name.rsplit_once('#').unwrap_or((name, ""));
        let value = Value::Text(start.to_owned());
        let key = kind.and_then(|kind| text_of(&value, kind, self.numbers).ok())?;
        let wanted = if number.is_empty() {
            key
        } else {
            format!("{key}#{number}")
        };
        let entries = self.lists.get_mut(list)?;
        entries.iter_mut().find(|entry| entry.name == wanted)
    }

    fn text(&mut self, value: &Value, column: &Column, at: &CellAt) -> Option<String> {
        let text = self
            .problems
            .keep(&at.place(), text_of(value, column.kind, self.numbers))?;
        if let Kind::Word(words) = column.kind
            && !words.iter().any(|word| word.key == text)
        {
            let problem = unknown_word(&text, words, self.book);
            self.problems.push(at.place(), problem);
            return None;
        }
        Some(text)
    }

    fn leaf(&mut self, value: &Value, column: &Column, at: CellAt) -> Option<Node> {
        let text = self.text(value, column, &at)?;
        Some(Node::Leaf(toml_of(&text, column.kind), at))
    }
}

fn single_table(key: &str, node: &Node, text: &mut TomlText<'_>) {
    if let Node::Table(keys) = node {
        let cell = first_cell(node);
        text.heading(&format!("[{key}]"), cell);
        text.keys(keys, cell);
    }
}

fn first_cell(node: &Node) -> Option<&CellAt> {
    match node {
        Node::Leaf(_, cell) => Some(cell),
        Node::Table(keys) => keys.iter().find_map(|(_, node)| first_cell(node)),
        Node::List(list) => list.iter().find_map(first_cell),
    }
}

/// Name and value of each row of a sheet of two columns.
fn entries_of<'g>(rows: &Rows<'g>) -> Vec<(String, Option<(&'g Value, CellAt)>, CellAt)> {
    let [name, value, ..] = rows.sheet.columns else {
        return Vec::new();
    };
    let (Some(name), Some(value)) = (rows.position(name.key), rows.position(value.key)) else {
        return Vec::new();
    };
    let entry = |(row, cells): &(u32, &'g BTreeMap<u32, Cell>)| {
        let own = cells.get(&name)?;
        let value = cells
            .get(&value)
            .map(|cell| (&cell.value, rows.at(*row, value)));
        Some((raw(&own.value), value, rows.at(*row, name)))
    };
    rows.rows.iter().filter_map(entry).collect()
}

fn named(cells: &BTreeMap<u32, Cell>, by: &str, rows: &Rows<'_>, numbers: TextNumbers) -> String {
    let text = || {
        let cell = cells.get(&rows.position(by)?)?;
        text_of(&cell.value, rows.sheet.column(by)?.kind, numbers).ok()
    };
    text().unwrap_or_default()
}

/// The name without the number that tells it from others like it.
fn base(name: &str) -> &str {
    name.rsplit_once('#').map_or(name, |(start, _)| start)
}

/// The second of a name is `name#2`.
pub(crate) fn numbered(name: String, before: usize) -> String {
    match before {
        0 => name,
        n => format!("{name}#{}", n.saturating_add(1)),
    }
}

fn list_sheet(path: &str, book: Language) -> Shown {
    let found =
        sheets().find(|sheet| matches!(sheet.holds, Holds::List(list) if list.path == path));
    Shown::new(found.map_or(MODEL.name, |sheet| sheet.name).say(book))
}

/// An entry of a sheet of two columns: its key, its value and where the value is.
pub(crate) type Entered<'g> = (&'static str, &'g Value, CellAt);

/// The known entries of a sheet of two columns; others are left aside.
pub(crate) fn values_of<'g>(rows: &Rows<'g>, entries: &'static [Column]) -> Vec<Entered<'g>> {
    let known = |(name, value, _): (String, Option<(&'g Value, CellAt)>, CellAt)| {
        let (value, at) = value?;
        let wanted = plain(&name);
        let is = |column: &&Column| {
            [column.name.it, column.name.en, column.key]
                .iter()
                .any(|own| plain(own) == wanted)
        };
        entries
            .iter()
            .find(is)
            .map(|column| (column.key, value, at))
    };
    entries_of(rows).into_iter().filter_map(known).collect()
}

/// How numbers are written in the texts of a workbook, as its first sheet says.
pub(crate) fn numbers_in(entries: &[Entered<'_>], problems: &mut Problems) -> TextNumbers {
    let dialect = ENTRIES.iter().find(|column| column.key == DIALECT);
    let mut found = Dialect::Undeclared;
    for (_, value, at) in entries.iter().filter(|(key, _, _)| *key == DIALECT) {
        let kind = dialect.map_or(Kind::Text, |column| column.kind);
        match text_of(value, kind, TextNumbers(Dialect::Undeclared)).as_deref() {
            Ok("it") => found = Dialect::Italian,
            Ok("en") => found = Dialect::English,
            _ => {
                let value = value.shown();
                problems.push(at.place(), WorkbookProblem::DialectWord { value });
            }
        }
    }
    TextNumbers(found)
}
