//! Values and rules as `model.toml` writes them.

use toml::de::DeTable;

use super::layout::Kind;
use super::tree::Node;
use crate::input::template::push_quoted;

/// A text of the format as TOML has it.
pub(super) fn toml_of(text: &str, kind: Kind) -> String {
    let quoted = |text: &str| {
        let mut out = String::new();
        push_quoted(text, &mut out);
        out
    };
    let list = |bare: bool, text: &str| {
        let each = text.split_whitespace().map(|part| {
            if bare && is_whole(part) {
                part.to_owned()
            } else {
                quoted(part)
            }
        });
        format!("[{}]", each.collect::<Vec<_>>().join(", "))
    };
    match kind {
        Kind::Year | Kind::Whole | Kind::Levels if is_whole(text) => text.to_owned(),
        Kind::Date if is_day(text) => text.to_owned(),
        Kind::Years => list(true, text),
        Kind::Words(_) => list(false, text),
        Kind::Ids if text.split_whitespace().count() > 1 => list(false, text),
        _ => quoted(text),
    }
}

fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits == "0" || !digits.starts_with('0');
    plain && text.parse::<i64>().is_ok() && !text.starts_with('+')
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

pub(super) fn is_toml(value: &str) -> bool {
    let text = format!("x = {value}");
    !value.contains('\n') && DeTable::parse(&text).is_ok_and(|table| table.get_ref().len() == 1)
}

/// A rule as `model.toml` has it: the measure and the relation are keys.
pub(super) fn as_written(rule: &mut Node) {
    let mut what = None;
    if let Some(measure) = rule.inside("measure")
        && let Some(Node::Leaf(word, cell)) = measure.take("what")
    {
        let word = word.trim_matches('"').to_owned();
        if let Node::Table(keys) = measure {
            keys.insert(0, (word.clone(), Node::Leaf("true".to_owned(), cell)));
        }
        what = Some(word);
    }
    let relation = rule.take("relation");
    let Some(mut bound) = rule.take("bound") else {
        if let Some(Node::Leaf(word, cell)) = relation {
            // Says that the limit is missing, at the relation.
            let key = word.trim_matches('"').to_owned();
            let empty = Node::Leaf("{}".to_owned(), cell);
            rule.merge(&key, empty);
        }
        return;
    };
    if let Some(Node::Leaf(limit, cell)) = bound.take("limit") {
        let (key, limit) = match what.as_deref() {
            Some("units") => ("units", limit),
            Some("active_zones" | "projects") => ("count", bare(&limit)),
            _ => ("euro", limit),
        };
        if let Node::Table(keys) = &mut bound {
            keys.insert(0, (key.to_owned(), Node::Leaf(limit, cell)));
        }
    }
    if let Some(Node::Leaf(word, _)) = relation {
        rule.merge(word.trim_matches('"'), bound);
    }
}

/// A whole number without its quotes.
fn bare(text: &str) -> String {
    let inside = text.trim_matches('"');
    if is_whole(inside) {
        inside.to_owned()
    } else {
        text.to_owned()
    }
}
