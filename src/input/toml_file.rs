//! The text of `model.toml` to a table: syntax errors and nesting.

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::collect::Problems;
use super::source::Source;
use crate::problem::{KeyProblem, Place, SyntaxFault};

/// Deepest nesting of tables and lists.
const DEEPEST: usize = 64;
/// Syntax errors told; what follows the first ones is mostly their echo.
const SYNTAX_ERRORS: usize = 3;

/// Parses the file. `None` if its syntax is wrong; what could be understood is then given to `salvage`.
pub(super) fn parse<'a>(
    source: &'a Source,
    problems: &mut Problems,
    salvage: impl FnOnce(&DeTable<'_>),
) -> Option<Spanned<DeTable<'a>>> {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    if !errors.is_empty() {
        push_errors(&errors, source, problems);
        salvage(table.get_ref());
        return None;
    }
    let mut too_deep = table
        .get_ref()
        .values()
        .filter_map(|value| deeper(value, DEEPEST));
    if let Some(at) = too_deep.next() {
        problems.push(source.place_of(at), KeyProblem::TooDeep { limit: DEEPEST });
        return None;
    }
    drop(too_deep);
    Some(table)
}

/// Tells the first errors; what follows a bracket left open, or an error on the line before, is mostly its echo.
fn push_errors(errors: &[Error], source: &Source, problems: &mut Problems) {
    let mut last = None;
    let mut told = 0_usize;
    for error in errors {
        let place = source.place_of(error.span().map_or(0, |span| span.start));
        let line = place.line.unwrap_or_default();
        let is_echo = last.is_some_and(|last| line.abs_diff(last) <= 1);
        last = Some(line);
        if is_echo {
            continue;
        }
        push_error(error, place, problems);
        told = told.saturating_add(1);
        let open = [SyntaxFault::Comma, SyntaxFault::Unclosed];
        if told == SYNTAX_ERRORS || open.contains(&SyntaxFault::of(error.message())) {
            return;
        }
    }
}

fn push_error(error: &Error, place: Place, problems: &mut Problems) {
    let message = error.message();
    if message.contains("duplicate key") {
        problems.push(place, KeyProblem::DuplicateKey);
    } else if message.contains("recurs") {
        problems.push(place, KeyProblem::TooDeep { limit: DEEPEST });
    } else {
        let fault = SyntaxFault::of(message);
        problems.push(place, KeyProblem::Syntax { fault });
    }
}

/// The first byte of a value nested deeper than some levels; the parser itself never goes beyond 80.
fn deeper(value: &Spanned<DeValue<'_>>, levels: usize) -> Option<usize> {
    let inside = match value.get_ref() {
        DeValue::Array(list) => list.iter().collect(),
        DeValue::Table(table) => table.values().collect(),
        _ => Vec::new(),
    };
    match levels.checked_sub(1) {
        None if inside.is_empty() => None,
        None => Some(value.span().start),
        Some(left) => inside.into_iter().find_map(|value| deeper(value, left)),
    }
}
