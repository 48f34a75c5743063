//! Formulas as a workbook writes them.

use super::layout::{Layout, Placed};
use crate::report::document::{Area, Cell, Document, Expression, Place, Value};
use crate::report::number::ratio_steps;
use crate::units::Exact;

/// The longest formula that a workbook takes.
const LONGEST: usize = 8000;

/// Decimals of a share: hundredths of a percent, rounded as wherever a share is shown.
const SHARE_DECIMALS: u32 = 4;

/// The result of a formula as the formula gives it.
pub(super) fn result(value: Value) -> Value {
    match value {
        Value::Share(share) => {
            let steps = ratio_steps(&share, SHARE_DECIMALS);
            Value::Share(steps.map_or(share, |steps| {
                Exact::new(steps, 10_i128.pow(SHARE_DECIMALS))
            }))
        }
        other => other,
    }
}

/// A table's formulas, written from where it stands.
pub(super) struct Writer<'d> {
    pub(super) document: &'d Document,
    pub(super) layout: &'d Layout<'d>,
    /// Code of the table the formula is in.
    pub(super) own: &'d str,
}

impl Writer<'_> {
    /// The formula, with `=` before it; `None` where it would be too long or speaks of what is not there.
    pub(super) fn text(&self, expression: &Expression, result: Value) -> Option<String> {
        let text = self.expression(expression)?;
        // Doubles of cents do not add up exactly; their difference to the cent does.
        let is_difference = matches!(expression, Expression::Less(..));
        let text = match result {
            Value::Euro(_) if is_difference => format!("=ROUND({text},2)"),
            _ => format!("={text}"),
        };
        (text.len() <= LONGEST).then_some(text)
    }

    fn expression(&self, expression: &Expression) -> Option<String> {
        Some(match expression {
            Expression::Cell(place) => self.place(place)?,
            Expression::Sum(area) => format!("SUM({})", self.area(area)?),
            // The differences that are counted are rounded to the cent.
            Expression::CountOff(area) => format!("SUMPRODUCT(--({}<>0))", self.area(area)?),
            Expression::Plus(terms) if terms.is_empty() => "0".to_owned(),
            Expression::Plus(terms) => {
                let terms: Option<Vec<String>> =
                    terms.iter().map(|term| self.operand(term)).collect();
                terms?.join("+")
            }
            Expression::Less(from, less) => {
                format!("{}-{}", self.operand(from)?, self.operand(less)?)
            }
            Expression::SumWhere { sum, equal } => self.sum_where(sum, equal)?,
            Expression::Ratio(part, whole) => {
                let (part, whole) = (self.operand(part)?, self.operand(whole)?);
                // As `ratio_steps`: what is something is never nothing, what is above one is never one.
                let down = format!("ROUNDDOWN({part}/{whole},{SHARE_DECIMALS})");
                let least = "0.0001";
                format!(
                    "IF({whole}=0,\"\",IF(AND({part}<>0,{down}=0),SIGN({part}/{whole})*{least},IF(AND({down}=1,{part}>{whole}),1+{least},{down})))"
                )
            }
        })
    }

    fn operand(&self, expression: &Expression) -> Option<String> {
        let text = self.expression(expression)?;
        Some(match expression {
            Expression::Plus(_) | Expression::Less(..) => format!("({text})"),
            _ => text,
        })
    }

    /// `SUMIFS` where the text that is looked for cannot be taken for a number, a pattern or a comparison.
    fn sum_where(&self, sum: &Area, equal: &[(Area, Place)]) -> Option<String> {
        let plain = equal.iter().all(|(_, place)| match self.cell(place) {
            Some(Cell::Year(_)) => true,
            Some(cell) => cell.words().is_some_and(is_plain),
            None => false,
        });
        let sum = self.area(sum)?;
        let mut parts = Vec::new();
        for (keys, place) in equal {
            let (keys, place) = (self.area(keys)?, self.place(place)?);
            parts.push(if plain {
                format!("{keys},{place}")
            } else {
                format!("--({keys}={place})")
            });
        }
        let parts = parts.join(",");
        Some(if plain {
            format!("SUMIFS({sum},{parts})")
        } else {
            format!("SUMPRODUCT({parts},{sum})")
        })
    }

    fn cell(&self, place: &Place) -> Option<&Cell> {
        let id = place.table.as_deref().unwrap_or(self.own);
        self.document.table(id)?.cell(place.row, place.column)
    }

    fn place(&self, place: &Place) -> Option<String> {
        self.reference(place.table.as_deref(), |placed| {
            let column = placed.columns.get(place.column)?;
            Some(address(placed, place.row, *column))
        })
    }

    /// Columns side by side in a table are so in its sheet too: only codes and what is no number is moved.
    fn area(&self, area: &Area) -> Option<String> {
        self.reference(area.table.as_deref(), |placed| {
            let columns = placed.columns.get(area.left..=area.right)?;
            let (left, right) = (columns.iter().min()?, columns.iter().max()?);
            if right - left + 1 != columns.len() {
                return None;
            }
            let from = address(placed, area.top, *left);
            let to = address(placed, area.bottom.max(area.top), *right);
            Some(format!("{from}:{to}"))
        })
    }

    /// What `text` says of a table, with the sheet where it is another one.
    fn reference(
        &self,
        table: Option<&str>,
        text: impl Fn(&Placed) -> Option<String>,
    ) -> Option<String> {
        let own = self.layout.table(self.own)?;
        let placed = self.layout.table(table.unwrap_or(self.own))?;
        let text = text(placed)?;
        Some(if placed.sheet == own.sheet {
            text
        } else {
            let name = self.layout.name(placed.sheet).replace('\'', "''");
            format!("'{name}'!{text}")
        })
    }
}

/// `C5`, of a row of a table and a column of its sheet.
fn address(placed: &Placed, row: usize, column: usize) -> String {
    format!("{}{}", letters(column), placed.headings + row + 2)
}

/// `A`, `Z`, `AA`.
fn letters(column: usize) -> String {
    let mut rest = column;
    let mut name = String::new();
    loop {
        let digit = u8::try_from(rest % 26).unwrap_or(0);
        name.insert(0, char::from(b'A' + digit));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => return name,
        }
    }
}

fn is_plain(text: &str) -> bool {
    let starts = text.chars().next().is_some_and(char::is_alphabetic);
    let looks_like_word = ["true", "false", "vero", "falso"]
        .iter()
        .all(|word| !text.eq_ignore_ascii_case(word));
    starts
        && looks_like_word
        && text.len() < 200
        && !text.contains(['*', '?', '~'])
        && text
            .chars()
            .any(|c| c.is_alphabetic() && !matches!(c, 'e' | 'E'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let names: Vec<String> = [0, 25, 26, 51, 701, 702].map(letters).to_vec();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "ZZ", "AAA"]);
    }

    #[test]
    fn only_a_text_that_is_no_pattern_is_looked_for_as_one() {
        for (text, plain) in [
            ("pratese", true),
            ("048017", false),
            ("a*", false),
            ("VERO", false),
            ("e5", false),
            ("", false),
        ] {
            assert_eq!(is_plain(text), plain, "{text}");
        }
    }
}
