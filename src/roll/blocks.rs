//! `model.toml` as blocks of text: what is not changed keeps its comments and its spaces.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A part of the file: a header such as `[[rule]]`, what follows it, and the comments right above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// First word of the header; empty for what stands before every header.
    pub(super) name: String,
    /// The text, final newline included.
    pub(super) text: String,
}

/// The blocks of a valid file, in order; sub-tables (`[rule.waived]`) stay with the block they belong to.
pub(super) fn split(text: &str) -> Vec<Block> {
    let mut blocks = vec![Block {
        name: String::new(),
        text: String::new(),
    }];
    let mut scanner = Scanner::default();
    // Comments that nothing has followed yet: they belong to the header below them, if one comes.
    let mut above = String::new();
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let outside = scanner.is_outside();
        if outside && trimmed.starts_with('[') {
            let path = trimmed.trim_start_matches('[').trim_start();
            let name: String = path
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
                .collect();
            let is_sub = path
                .get(name.len()..)
                .is_some_and(|rest| rest.trim_start().starts_with('.'));
            let last = blocks.last().map_or("", |block| block.name.as_str());
            if is_sub && last == name {
                push(&mut blocks, &above);
                push(&mut blocks, line);
            } else {
                let text = format!("{above}{line}");
                blocks.push(Block { name, text });
            }
            above.clear();
        } else if outside && trimmed.starts_with('#') {
            above.push_str(line);
        } else {
            push(&mut blocks, &above);
            above.clear();
            push(&mut blocks, line);
        }
        scanner.read(line);
    }
    push(&mut blocks, &above);
    if let Some(block) = blocks.last_mut().filter(|block| !block.text.is_empty()) {
        let ends = block.text.ends_with('\n');
        block.text.push_str(if ends { "" } else { "\n" });
    }
    blocks
}

fn push(blocks: &mut [Block], text: &str) {
    if let Some(block) = blocks.last_mut() {
        block.text.push_str(text);
    }
}

/// What is open at the end of a line: a list, an inline table, a text of several lines.
#[derive(Default)]
struct Scanner {
    depth: usize,
    text: Option<&'static str>,
}

impl Scanner {
    fn is_outside(&self) -> bool {
        self.depth == 0 && self.text.is_none()
    }

    fn read(&mut self, line: &str) {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let mut length = first.len_utf8();
            if let Some(quote) = self.text {
                if first == '\\' && quote.starts_with('"') {
                    let next = rest.get(length..).and_then(|after| after.chars().next());
                    length = length.saturating_add(next.map_or(0, char::len_utf8));
                } else if rest.starts_with(quote) {
                    length = quote.len();
                    self.text = None;
                }
            } else {
                let quotes = ["\"\"\"", "'''", "\"", "'"];
                if let Some(quote) = quotes.into_iter().find(|quote| rest.starts_with(quote)) {
                    self.text = Some(quote);
                    length = quote.len();
                }
                match first {
                    '#' => break,
                    '[' | '{' => self.depth = self.depth.saturating_add(1),
                    ']' | '}' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
            }
            rest = rest.get(length..).unwrap_or_default();
        }
        // A text between single marks ends with its line.
        self.text = self.text.filter(|quote| quote.len() == 3);
    }
}

/// A value of a block: where it stands and what it is.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its place in the text of the block.
    pub(super) span: Range<usize>,
    /// From its key to its end.
    pub(super) entry: Range<usize>,
    /// The places of its elements, if it is a list.
    pub(super) elements: Vec<Range<usize>>,
}

impl Block {
    /// The value at a path of keys; lists of tables are entered at their first element.
    pub(super) fn find(&self, path: &[&str]) -> Option<Found> {
        let table = DeTable::parse(&self.text).ok()?;
        let (last, before) = path.split_last()?;
        let mut table = inside(table.get_ref(), &self.name)?;
        for key in before {
            table = inside(table, key)?;
        }
        let (key, value) = entry(table, last)?;
        let elements = match value.get_ref() {
            DeValue::Array(list) => list.iter().map(Spanned::span).collect(),
            _ => Vec::new(),
        };
        Some(Found {
            span: value.span(),
            entry: key.span().start..value.span().end,
            elements,
        })
    }

    /// The text of a value without quotes.
    pub(super) fn value(&self, path: &[&str]) -> Option<String> {
        let found = self.find(path)?;
        let text = self.text.get(found.span)?;
        Some(text.trim_matches(['"', '\'']).to_owned())
    }

    /// Puts a text in place of a part.
    pub(super) fn replace(&mut self, span: Range<usize>, with: &str) {
        let fits = self.text.get(span.clone()).is_some();
        if fits {
            self.text.replace_range(span, with);
        }
    }

    /// The elements of a list as texts without quotes.
    pub(super) fn texts(&self, found: &Found) -> Vec<String> {
        let texts = found
            .elements
            .iter()
            .filter_map(|span| self.text.get(span.clone()));
        texts
            .map(|text| text.trim_matches(['"', '\'']).replace('_', ""))
            .collect()
    }
}

fn entry<'t, 'i>(
    table: &'t DeTable<'i>,
    name: &str,
) -> Option<(
    &'t Spanned<std::borrow::Cow<'i, str>>,
    &'t Spanned<DeValue<'i>>,
)> {
    table.iter().find(|(key, _)| key.get_ref().as_ref() == name)
}

fn inside<'t, 'i>(table: &'t DeTable<'i>, name: &str) -> Option<&'t DeTable<'i>> {
    let (_, value) = entry(table, name)?;
    match value.get_ref() {
        DeValue::Table(table) => Some(table),
        DeValue::Array(list) => match list.iter().next()?.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_falls_into_its_headers() {
        let text = "a = [\n  [1],\n]\nt = \"\"\"\n[no]\n\"\"\"\n\n# of x\n[[x]]\ny = 1 # [z]\n[x.sub]\nz = '['\n[[x]]\n";
        let blocks = split(text);
        let names: Vec<&str> = blocks.iter().map(|block| block.name.as_str()).collect();
        assert_eq!(names, ["", "x", "x"]);
        assert!(blocks[1].text.starts_with("# of x\n[[x]]"));
        let whole: String = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(whole, text);
        assert_eq!(blocks[1].value(&["sub", "z"]).as_deref(), Some("["));
    }
}
