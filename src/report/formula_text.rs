//! Formulas of a model as people read them.

use crate::model::Language;

/// The indicator of a formula: one that counts only where a condition holds is told so, anything else as it is written.
///
/// ```
/// use mappafondo::model::Language;
/// use mappafondo::report::formula_text::indicator;
/// let text = "if(comune > 75000 and mare = 1, residenti, 0)";
/// assert_eq!(indicator(Language::Italian, text), "residenti, dove comune > 75000 e mare = 1");
/// assert_eq!(indicator(Language::English, "residenti"), "residenti");
/// assert_eq!(indicator(Language::English, "if(a > 1, b, c)"), "if(a > 1, b, c)");
/// ```
#[must_use]
pub fn indicator(language: Language, text: &str) -> String {
    let inner = text
        .trim()
        .strip_prefix("if(")
        .and_then(|rest| rest.strip_suffix(')'));
    let parts: Vec<&str> = inner
        .map(|inner| inner.split(',').map(str::trim).collect())
        .unwrap_or_default();
    match (parts.as_slice(), language) {
        ([condition, value, "0"], Language::Italian) => {
            format!(
                "{value}, dove {}",
                condition.replace(" and ", " e ").replace(" or ", " o ")
            )
        }
        ([condition, value, "0"], Language::English) => format!("{value} where {condition}"),
        _ => text.to_owned(),
    }
}
