//! Exact expressions of a model: needs by formula, conditions on a zone, indicators of a riparto.
//!
//! Numbers are fractions, never floats, and a threshold is decided exactly. The language, from what binds least:
//! `or`, `and`, `not`, one comparison, `+ -`, `* /`, unary minus. A text is written `'Val d''Elsa'` (two quotes stand
//! for one), a name with other signs than letters, digits and `_` in backquotes. Names and texts are compared after NFC.

mod evaluate;
mod parse;
mod token;

use std::collections::BTreeSet;
use std::fmt;

use thiserror::Error;

use crate::units::Exact;
use evaluate::Node;
pub(crate) use parse::comma_between_digits;

/// Where names get their values from.
type Names<'l> = &'l dyn Fn(&str) -> Option<Value>;

/// Longest expression, in bytes.
pub const LONGEST: usize = 10_000;

/// Deepest nesting of parentheses, functions, `not` and unary minus.
pub const DEEPEST: usize = 64;

/// What an expression, or a name in it, stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An exact number.
    Number(Exact),
    /// A text attribute or a text in quotes.
    Text(String),
    /// The outcome of a comparison.
    Truth(bool),
}

impl Value {
    /// Which of the three it is.
    #[must_use]
    pub fn kind(&self) -> ValueKind {
        match self {
            Self::Number(_) => ValueKind::Number,
            Self::Text(_) => ValueKind::Text,
            Self::Truth(_) => ValueKind::Truth,
        }
    }
}

/// The kinds of [`Value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A number.
    Number,
    /// A text.
    Text,
    /// True or false.
    Truth,
}

impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Truth => "a condition",
        })
    }
}

/// Why a text is not an expression, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct ExpressionError {
    /// Byte offset in the text: the start of what is wrong, or the length of the text when something is missing.
    pub at: usize,
    /// What is wrong.
    pub kind: ExpressionErrorKind,
}

/// What can be wrong with the text of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ExpressionErrorKind {
    /// Longer than [`LONGEST`].
    #[error("the expression is longer than {LONGEST} bytes")]
    TooLong,
    /// Nested deeper than [`DEEPEST`].
    #[error("the expression is nested deeper than {DEEPEST} levels")]
    TooDeep,
    /// A sign outside the language.
    #[error("this sign is not part of an expression")]
    UnknownSign,
    /// Digits that are no decimal of at most 30 digits.
    #[error("not a number: write `12`, `0.5` or `40%`, with at most 30 digits")]
    BadNumber,
    /// A quote or backquote that is never closed.
    #[error("the closing quote is missing")]
    UnclosedQuote,
    /// Nothing between two backquotes.
    #[error("a name cannot be empty")]
    EmptyName,
    /// Something that cannot stand here.
    #[error("this cannot stand here")]
    Unexpected,
    /// A comma between two digits where none can stand.
    #[error("a decimal comma: write a point, as in `0.15`")]
    DecimalComma,
    /// The text ends where a value must follow.
    #[error("a number, a name, a text or a parenthesis must follow")]
    UnexpectedEnd,
    /// A parenthesis without its end.
    #[error("a closing parenthesis is missing")]
    MissingParenthesis,
    /// `a < b < c`.
    #[error("comparisons cannot be chained: write `a < b and b < c`")]
    ChainedComparison,
    /// A function that does not exist.
    #[error("unknown function: there are `min max ceil floor round abs if`")]
    UnknownFunction,
    /// A function with too few or too many arguments.
    #[error(
        "wrong number of arguments: `min` and `max` take one or more, `if` three, the others one"
    )]
    WrongArguments,
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EvaluationError {
    /// A name without a value.
    #[error("`{0}` has no value here")]
    UnknownName(String),
    /// A division by zero.
    #[error("division by zero")]
    DivisionByZero,
    /// One kind of value where another is needed.
    #[error("{expected} is needed, this is {found}")]
    TypeMismatch {
        /// The kind that is needed.
        expected: ValueKind,
        /// The kind that was found.
        found: ValueKind,
    },
    /// A number that does not fit in fractions of 128 bits.
    #[error("a number does not fit in fractions of 128 bits")]
    Overflow,
}

/// A parsed expression.
///
/// ```
/// use mappafondo::model::expression::{Expression, Value};
/// use mappafondo::units::Exact;
/// let need = Expression::parse("max(0, ceil(residenti / 5000) - `as-in-servizio`)").unwrap();
/// let zone = |name: &str| match name {
///     "residenti" => Some(Value::Number(Exact::from_integer(62_001))),
///     "as-in-servizio" => Some(Value::Number(Exact::new(21, 2))),
///     _ => None,
/// };
/// assert_eq!(need.number(&zone).unwrap(), Exact::new(5, 2));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    text: String,
    names: BTreeSet<String>,
    root: Node,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// The first thing that is wrong, with its byte offset.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        if text.len() > LONGEST {
            return Err(ExpressionErrorKind::TooLong.at(0));
        }
        let (root, names) = parse::parse(text)?;
        Ok(Self {
            text: text.to_owned(),
            names,
            root,
        })
    }

    /// The expression as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names it uses, in NFC.
    #[must_use]
    pub fn names(&self) -> BTreeSet<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    /// Its value, where `lookup` gives the value of each name (in NFC).
    ///
    /// `if` evaluates the branch taken only; `and` and `or` stop at the first operand that decides.
    ///
    /// # Errors
    /// A name without a value, a division by zero, one kind of value where another is needed, or an overflow.
    pub fn evaluate(&self, lookup: Names<'_>) -> Result<Value, EvaluationError> {
        self.root.evaluate(lookup)
    }

    /// Its value as a number.
    ///
    /// # Errors
    /// As [`Expression::evaluate`], and when the value is not a number.
    pub fn number(&self, lookup: Names<'_>) -> Result<Exact, EvaluationError> {
        self.root.number(lookup)
    }

    /// Its value as a condition.
    ///
    /// # Errors
    /// As [`Expression::evaluate`], and when the value is not a condition.
    pub fn holds(&self, lookup: Names<'_>) -> Result<bool, EvaluationError> {
        self.root.truth(lookup)
    }
}

impl ExpressionErrorKind {
    fn at(self, at: usize) -> ExpressionError {
        ExpressionError { at, kind: self }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::units::parse_exact;

    /// A zone of 100,000 residents with `as` social workers.
    fn zone(workers: &str) -> impl Fn(&str) -> Option<Value> {
        let workers = parse_exact(workers).unwrap();
        move |name| match name {
            "residenti" => Some(Value::Number(Exact::from_integer(100_000))),
            "as" => Some(Value::Number(workers)),
            "comune-maggiore" => Some(Value::Number(Exact::from_integer(75_000))),
            "zero" => Some(Value::Number(Exact::from_integer(0))),
            "largest" => Some(Value::Number(Exact::from_integer(i128::MAX))),
            "smallest" => Some(Value::Number(Exact::from_integer(i128::MIN))),
            "finest" => Some(Value::Number(Exact::new(1, i128::MAX))),
            "città" => Some(Value::Text("Forli\u{300}".to_owned())),
            _ => None,
        }
    }

    fn value(text: &str) -> Result<Value, EvaluationError> {
        Expression::parse(text).unwrap().evaluate(&zone("16"))
    }

    fn is_number(text: &str, expected: &str) {
        let expected = parse_exact(expected).unwrap();
        assert_eq!(value(text), Ok(Value::Number(expected)), "{text}");
    }

    fn is_truth(text: &str, expected: bool) {
        assert_eq!(value(text), Ok(Value::Truth(expected)), "{text}");
    }

    fn fails(text: &str, expected: &EvaluationError) {
        assert_eq!(value(text).as_ref(), Err(expected), "{text}");
    }

    fn refused(text: &str, at: usize, kind: ExpressionErrorKind) {
        assert_eq!(Expression::parse(text).unwrap_err(), kind.at(at), "{text}");
    }

    #[test]
    fn arithmetic_is_exact_and_binds_as_in_school() {
        is_number("0.1 + 0.2", "0.3");
        is_number("1 - 2 - 3", "-4");
        is_number("8 / 4 / 2 * 3", "3");
        is_number("2 + 3 * -(4 - 6)", "8");
        is_number("- - 40% * 5", "2");
        is_number("1 / 3 * 3", "1");
        is_number("`comune-maggiore`-as", "74984");
    }

    #[test]
    fn functions_round_half_up_and_take_any_number_of_arguments() {
        is_number("max(1, 5/2, 2)", "2.5");
        is_number("min(1, -1, 2)", "-1");
        is_number("min(7)", "7");
        is_number("ceil(-1/2) + floor(-1/2)", "-1");
        is_number("round(2.5)", "3");
        is_number("round(-2.5)", "-2");
        is_number("abs(-1/3)", "1/3");
        is_number("ceil(largest / 3) - floor(largest / 3)", "1");
    }

    #[test]
    fn conditions_join_and_compare_numbers_texts_and_conditions() {
        is_truth("1/3 = 2/6 and 1 == 1 and 1 != 2", true);
        is_truth("1 < 1 or 1 <= 1", true);
        is_truth("not 1 > 2 and not not 1 >= 1", true);
        is_truth("(1 > 2) = (2 > 3)", true);
        is_truth("città = 'Forlì'", true);
        is_truth("citta\u{300} != 'Val d''Elsa'", true);
    }

    #[test]
    fn what_is_not_needed_is_not_evaluated() {
        is_number("if(zero > 0, 1 / zero, 7)", "7");
        is_number("if(as > 0, residenti / as, nobody)", "6250");
        is_truth("zero > 0 and 1 / zero > 0", false);
        is_truth("zero = 0 or nobody", true);
    }

    #[test]
    fn what_has_no_value_says_why() {
        fails("1 / zero", &EvaluationError::DivisionByZero);
        fails("nobody", &EvaluationError::UnknownName("nobody".into()));
        for text in [
            "largest + 1",
            "-largest - 2",
            "-largest - 1",
            "largest * 2",
            "largest / finest",
            "finest / 2",
            "smallest",
            "-smallest",
            "round(largest)",
        ] {
            fails(text, &EvaluationError::Overflow);
        }
        let mismatch = |expected, found| EvaluationError::TypeMismatch { expected, found };
        let (number, text, truth) = (ValueKind::Number, ValueKind::Text, ValueKind::Truth);
        fails("1 + 'a'", &mismatch(number, text));
        fails("if(1, 2, 3)", &mismatch(truth, number));
        fails("1 and 1 < 2", &mismatch(truth, number));
        fails("'a' < 'b'", &mismatch(number, text));
        fails("'a' = 1", &mismatch(text, number));
        let where_ = Expression::parse("residenti").unwrap();
        assert_eq!(where_.holds(&zone("1")), Err(mismatch(truth, number)));
    }

    #[test]
    fn a_wrong_text_is_refused_at_its_place() {
        use ExpressionErrorKind as Kind;
        refused("", 0, Kind::UnexpectedEnd);
        refused("1 +", 3, Kind::UnexpectedEnd);
        refused("à + * 2", 5, Kind::Unexpected);
        refused("1 2", 2, Kind::Unexpected);
        refused("2)", 1, Kind::Unexpected);
        refused("(1", 2, Kind::MissingParenthesis);
        refused("(1 2)", 3, Kind::Unexpected);
        refused("1 + not 2", 4, Kind::Unexpected);
        refused("0 < as < 5", 7, Kind::ChainedComparison);
        refused("a ? b", 2, Kind::UnknownSign);
        for number in [
            "1.",
            "1.2.3",
            "12abc",
            "1e5",
            "1234567890123456789012345678901",
        ] {
            refused(number, 0, Kind::BadNumber);
        }
        refused("a = 'x", 4, Kind::UnclosedQuote);
        refused("`a", 0, Kind::UnclosedQuote);
        refused("``", 0, Kind::EmptyName);
        refused("1 + sqrt(2)", 4, Kind::UnknownFunction);
        refused("max()", 0, Kind::WrongArguments);
        refused("if(1 < 2, 3)", 0, Kind::WrongArguments);
        refused("abs(1, 2)", 0, Kind::WrongArguments);
    }

    #[test]
    fn names_are_read_in_one_form_whatever_they_look_like() {
        let names = |text: &str| -> Vec<String> {
            let parsed = Expression::parse(text).unwrap();
            parsed.names().into_iter().map(String::from).collect()
        };
        assert_eq!(names("_b + `a-b` - a2 * a2"), ["_b", "a-b", "a2"]);
        assert_eq!(
            names("min(popolazione_0_17, min)"),
            ["min", "popolazione_0_17"]
        );
        assert_eq!(names("citta\u{300} = 'città'"), ["città"]);
        assert_eq!(names("`and` + `if`"), ["and", "if"]);
    }

    #[test]
    fn nesting_is_limited_and_length_costs_no_stack() {
        for (open, close) in [("(", ")"), ("abs(", ")"), ("-", ""), ("not ", "")] {
            let nested = |n: usize| format!("{}1{}", open.repeat(n), close.repeat(n));
            assert!(Expression::parse(&nested(DEEPEST)).is_ok(), "{open}");
            let deeper = Expression::parse(&nested(DEEPEST + 1)).unwrap_err();
            assert_eq!(deeper.kind, ExpressionErrorKind::TooDeep, "{open}");
            assert!(Expression::parse(&open.repeat(LONGEST / open.len())).is_err());
        }
        let level = ("1 + 2 * -if(not 0 = 0 and 0 = 0 or 1 = ", ", 3, 4)");
        let levels = |n: usize| format!("{}1{}", level.0.repeat(n), level.1.repeat(n));
        is_number(&levels(DEEPEST / 2 - 1), "-7");
        assert!(Expression::parse(&levels(DEEPEST / 2)).is_err());
        let long = |n: usize| format!("1{}", "+1".repeat(n));
        is_number(&long(4_999), "5000");
        refused(&long(5_000), 0, ExpressionErrorKind::TooLong);
        refused("0,15 * famiglie", 1, ExpressionErrorKind::DecimalComma);
        refused("residenti * 1,5", 13, ExpressionErrorKind::DecimalComma);
        refused(
            "if(residenti > 0,5, 1, 0)",
            16,
            ExpressionErrorKind::DecimalComma,
        );
        refused("residenti, 1", 9, ExpressionErrorKind::Unexpected);
    }

    #[test]
    fn me14_income_from_social_workers() {
        let income = Expression::parse(
            "40000 * max(0, min(as, residenti / 5000) - residenti / 6500) \
             + 20000 * max(0, min(as, residenti / 4000) - residenti / 5000)",
        )
        .unwrap();
        for (workers, cents) in [
            ("15", 0),
            ("16", 2_461_538),
            ("20", 18_461_538),
            ("22", 22_461_538),
            ("25", 28_461_538),
            ("30", 28_461_538),
        ] {
            let euro = income.number(&zone(workers)).unwrap();
            let rounded = crate::units::Euro::round_of(&euro).unwrap();
            assert_eq!(rounded.cents(), cents, "{workers}");
        }
        assert_eq!(income.number(&zone("16")), Ok(Exact::new(320_000, 13)));
    }

    #[test]
    fn me17_bands_are_decided_at_their_boundaries() {
        let band = Expression::parse(
            "if(residenti / as > 20000, 60%, if(residenti / as > 10000, 40%, \
             if(residenti / as > 5000, 20%, 0%)))",
        )
        .unwrap();
        for (workers, percent) in [
            ("4.99", 60),
            ("5", 40),
            ("9.99", 40),
            ("10", 20),
            ("19.99", 20),
            ("20", 0),
        ] {
            let share = band.number(&zone(workers)).unwrap();
            assert_eq!(share, Exact::new(percent, 100), "{workers}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_inside_itself(text in any::<String>()) {
            match Expression::parse(&text) {
                Ok(expression) => drop(expression.evaluate(&zone("16"))),
                Err(error) => prop_assert!(text.is_char_boundary(error.at)),
            }
        }

        #[test]
        fn any_mix_of_words_has_a_value_or_an_error(words in proptest::collection::vec(
            proptest::sample::select(vec![
                "1", "0.5", "40%", "as", "zero", "largest", "smallest", "finest", "città", "nobody", "'x'", "`a-b`",
                "+", "-", "*", "/", "<", "<=", "=", "!=", "and", "or", "not", "(", ")", ",", "min(", "round(", "if(",
            ]),
            0..12,
        )) {
            if let Ok(expression) = Expression::parse(&words.join(" ")) {
                let _ = expression.evaluate(&zone("16"));
            }
        }

        #[test]
        fn any_sum_of_products_is_what_fractions_say(
            a in -1_000_i128..1_000, b in 1_i128..1_000, c in -1_000_i128..1_000, d in 1_i128..1_000,
        ) {
            let text = format!("{a} / {b} - ({c}) * {d} / {b}");
            let expected = Exact::new(a, b) - Exact::new(c * d, b);
            prop_assert_eq!(Expression::parse(&text).unwrap().number(&zone("1")), Ok(expected));
            let ordered = Expression::parse(&format!("{a} / {b} < {c} / {d}")).unwrap();
            prop_assert_eq!(ordered.holds(&zone("1")), Ok(a * d < c * b));
        }
    }
}
