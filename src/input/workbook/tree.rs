//! A piece of `model.toml` being put together from cells, each value with the cell it came from.

use super::places::{CellAt, Places};
use crate::input::files::MODEL_FILE;
use crate::input::template::push_key;

/// A value, a table or a list.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// A value as TOML has it, and its cell.
    Leaf(String, CellAt),
    /// Keys in order.
    Table(Vec<(String, Node)>),
    /// Elements in order.
    List(Vec<Node>),
}

impl Node {
    /// The table at a path, made where it is missing.
    fn table_at(&mut self, path: &[&str]) -> Option<&mut Vec<(String, Node)>> {
        let Self::Table(keys) = self else {
            return None;
        };
        let Some((first, rest)) = path.split_first() else {
            return Some(keys);
        };
        let position = match keys.iter().position(|(key, _)| key == first) {
            Some(position) => position,
            None => {
                keys.push(((*first).to_owned(), Self::Table(Vec::new())));
                keys.len().saturating_sub(1)
            }
        };
        keys.get_mut(position)?.1.table_at(rest)
    }

    /// Puts a node at a path. `false` where something else is in the way.
    pub(super) fn put(&mut self, path: &str, node: Node) -> bool {
        let parts: Vec<&str> = path.split('.').collect();
        let Some((last, before)) = parts.split_last() else {
            return false;
        };
        let Some(table) = self.table_at(before) else {
            return false;
        };
        if table.iter().any(|(key, _)| key == last) {
            return false;
        }
        table.push(((*last).to_owned(), node));
        true
    }

    /// Adds an element to the list at a path.
    pub(super) fn push(&mut self, path: &str, element: Node) {
        let parts: Vec<&str> = path.split('.').collect();
        let Some((last, before)) = parts.split_last() else {
            return;
        };
        let Some(table) = self.table_at(before) else {
            return;
        };
        match table.iter_mut().find(|(key, _)| key == last) {
            Some((_, Self::List(list))) => list.push(element),
            Some(_) => {}
            None => table.push(((*last).to_owned(), Self::List(vec![element]))),
        }
    }

    /// Takes a key of this table away.
    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        let Self::Table(keys) = self else {
            return None;
        };
        let position = keys.iter().position(|(own, _)| own == key)?;
        Some(keys.remove(position).1)
    }

    /// The table at a key of this table.
    pub(super) fn inside(&mut self, key: &str) -> Option<&mut Node> {
        let Self::Table(keys) = self else {
            return None;
        };
        keys.iter_mut()
            .find(|(own, _)| own == key)
            .map(|(_, node)| node)
    }

    /// Puts the keys of another table into the one at a key.
    pub(super) fn merge(&mut self, key: &str, other: Node) {
        match (self.inside(key), other) {
            (Some(Self::Table(own)), Self::Table(others)) => {
                for (name, node) in others {
                    if !own.iter().any(|(known, _)| *known == name) {
                        own.push((name, node));
                    }
                }
            }
            (Some(_), _) => {}
            (None, other) => {
                if let Self::Table(keys) = self {
                    keys.push((key.to_owned(), other));
                }
            }
        }
    }
}

/// The text of `model.toml`, with the cell of every line and key.
pub(super) struct TomlText<'p> {
    pub(super) places: &'p mut Places,
    text: String,
    line: u32,
}

impl<'p> TomlText<'p> {
    pub(super) fn new(places: &'p mut Places) -> Self {
        Self {
            places,
            text: String::new(),
            line: 1,
        }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    /// A heading: `[plan]` or `[[rule]]`, which comes from a cell.
    pub(super) fn heading(&mut self, heading: &str, cell: Option<&CellAt>) {
        if !self.text.is_empty() {
            self.new_line();
        }
        if let Some(cell) = cell {
            self.places.cell(MODEL_FILE, self.line, cell.clone());
        }
        self.text.push_str(heading);
        self.new_line();
    }

    /// The keys of a table, one on each line.
    pub(super) fn keys(&mut self, keys: &[(String, Node)], cell: Option<&CellAt>) {
        for (key, node) in keys {
            if matches!(node, Node::Table(inside) if inside.is_empty()) {
                continue;
            }
            self.start(cell);
            push_key(key, &mut self.text);
            self.text.push_str(" = ");
            match node {
                Node::List(list) if list.len() > 1 => {
                    self.text.push('[');
                    self.new_line();
                    for (number, element) in (1..).zip(list) {
                        self.start(cell);
                        self.text.push_str("  ");
                        self.inline(element, &format!("{key}[{number}]"));
                        self.text.push(',');
                        self.new_line();
                    }
                    self.text.push(']');
                }
                _ => self.inline(node, key),
            }
            self.new_line();
        }
    }

    fn start(&mut self, cell: Option<&CellAt>) {
        if let Some(cell) = cell {
            self.places.cell(MODEL_FILE, self.line, cell.clone());
        }
    }

    fn new_line(&mut self) {
        self.text.push('\n');
        self.line = self.line.saturating_add(1);
    }

    fn inline(&mut self, node: &Node, path: &str) {
        match node {
            Node::Leaf(text, cell) => {
                self.places
                    .key(MODEL_FILE, self.line, path.to_owned(), cell.clone());
                self.text.push_str(text);
            }
            Node::Table(keys) => {
                self.text.push_str("{ ");
                for (position, (key, node)) in keys.iter().enumerate() {
                    if position > 0 {
                        self.text.push_str(", ");
                    }
                    push_key(key, &mut self.text);
                    self.text.push_str(" = ");
                    self.inline(node, &format!("{path}.{key}"));
                }
                self.text.push_str(" }");
            }
            Node::List(list) => {
                self.text.push('[');
                for (number, node) in (1..).zip(list) {
                    if number > 1 {
                        self.text.push_str(", ");
                    }
                    self.inline(node, &format!("{path}[{number}]"));
                }
                self.text.push(']');
            }
        }
    }
}
