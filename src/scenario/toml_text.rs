//! `model.toml` changed in place: comments and the order of everything else stay.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// The tables of a list, whether written `[[rule]]` or `rule = [{ ... }]`.
pub(super) fn list<'d>(document: &'d DocumentMut, name: &str) -> Vec<&'d dyn TableLike> {
    document.get(name).map(tables).unwrap_or_default()
}

/// The tables of a list.
pub(super) fn tables(list: &Item) -> Vec<&dyn TableLike> {
    match list {
        Item::ArrayOfTables(tables) => tables.iter().map(|table| table as &dyn TableLike).collect(),
        Item::Value(Value::Array(values)) => values
            .iter()
            .filter_map(|value| value.as_inline_table())
            .map(|table| table as &dyn TableLike)
            .collect(),
        _ => Vec::new(),
    }
}

/// As [`list`], to be changed.
pub(super) fn list_mut<'d>(
    document: &'d mut DocumentMut,
    name: &str,
) -> Vec<&'d mut dyn TableLike> {
    document.get_mut(name).map(tables_mut).unwrap_or_default()
}

/// The tables of a list, to be changed.
pub(super) fn tables_mut(list: &mut Item) -> Vec<&mut dyn TableLike> {
    match list {
        Item::ArrayOfTables(tables) => tables
            .iter_mut()
            .map(|table| table as &mut dyn TableLike)
            .collect(),
        Item::Value(Value::Array(values)) => values
            .iter_mut()
            .filter_map(Value::as_inline_table_mut)
            .map(|table| table as &mut dyn TableLike)
            .collect(),
        _ => Vec::new(),
    }
}

/// Keeps the tables of a list for which the position is wanted.
pub(super) fn retain(document: &mut DocumentMut, name: &str, keep: impl Fn(usize) -> bool) {
    let mut position = 0_usize;
    let mut next = || {
        position = position.saturating_add(1);
        keep(position.saturating_sub(1))
    };
    let is_empty = match document.get_mut(name) {
        Some(Item::ArrayOfTables(tables)) => {
            tables.retain(|_| next());
            tables.is_empty()
        }
        Some(Item::Value(Value::Array(values))) => {
            values.retain(|_| next());
            values.is_empty()
        }
        _ => false,
    };
    if is_empty {
        document.remove(name);
    }
}

/// Adds a table to the end of a list.
pub(super) fn push(document: &mut DocumentMut, name: &str, entries: Vec<(&str, Value)>) {
    match document.get_mut(name) {
        Some(Item::Value(Value::Array(values))) => {
            values.push(Value::InlineTable(inline(entries)));
        }
        Some(Item::ArrayOfTables(tables)) => tables.push(table(entries)),
        _ => {
            let mut tables = toml_edit::ArrayOfTables::new();
            tables.push(table(entries));
            document.insert(name, Item::ArrayOfTables(tables));
        }
    }
}

fn table(entries: Vec<(&str, Value)>) -> Table {
    let mut table = Table::new();
    for (key, value) in entries {
        table.insert(key, Item::Value(value));
    }
    table.decor_mut().set_prefix("\n");
    table
}

/// A table in braces.
pub(super) fn inline(entries: Vec<(&str, Value)>) -> InlineTable {
    entries.into_iter().collect()
}

/// A list of texts.
pub(super) fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Value {
    Value::Array(texts.into_iter().collect::<Array>())
}

/// A list of years.
pub(super) fn years(years: impl IntoIterator<Item = i32>) -> Value {
    Value::Array(years.into_iter().map(i64::from).collect::<Array>())
}

/// A value as text: a text without its quotes, a number with the digits of the file.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.value().clone(),
        other => {
            let mut bare = other.clone();
            bare.decor_mut().clear();
            bare.to_string().trim().to_owned()
        }
    }
}

/// The text at a key.
pub(super) fn text(table: &dyn TableLike, key: &str) -> Option<String> {
    table.get(key).and_then(Item::as_value).map(text_of)
}

/// The texts at a key: one or a list.
pub(super) fn names(table: &dyn TableLike, key: &str) -> Option<Vec<String>> {
    match table.get(key)?.as_value()? {
        Value::Array(values) => Some(values.iter().map(text_of).collect()),
        value => Some(vec![text_of(value)]),
    }
}

/// The table at a key, to be changed.
pub(super) fn inside_mut<'t>(
    table: &'t mut dyn TableLike,
    key: &str,
) -> Option<&'t mut dyn TableLike> {
    table.get_mut(key)?.as_table_like_mut()
}

/// The table at a key.
pub(super) fn inside<'t>(table: &'t dyn TableLike, key: &str) -> Option<&'t dyn TableLike> {
    table.get(key)?.as_table_like()
}

/// Puts a value, keeping blanks and comments around the old one.
pub(super) fn set(table: &mut dyn TableLike, key: &str, value: impl Into<Value>) {
    let value = value.into();
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => put(old, value),
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// Puts a number or formula: a whole number stays one where one stood.
pub(super) fn set_formula(table: &mut dyn TableLike, key: &str, text: String) {
    let was_whole = table.get(key).is_some_and(Item::is_integer);
    match text.parse::<i64>() {
        Ok(whole) if was_whole => set(table, key, whole),
        _ => set(table, key, text),
    }
}

/// Puts a value in the place of another, keeping blanks and comments around it.
pub(super) fn put(old: &mut Value, value: impl Into<Value>) {
    let decor = old.decor().clone();
    *old = value.into();
    *old.decor_mut() = decor;
}
