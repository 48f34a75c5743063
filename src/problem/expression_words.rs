//! What can be wrong with an expression, told in both languages.

use super::say::Say;
use crate::model::Language;
use crate::model::expression::{DEEPEST, ExpressionErrorKind as Kind, LONGEST, ValueKind};

impl Say for Kind {
    fn say(&self, language: Language) -> String {
        let (italian, english) = match self {
            Self::TooLong => (
                format!("supera i {LONGEST} byte"),
                format!("it is longer than {LONGEST} bytes"),
            ),
            Self::TooDeep => (
                format!("ha più di {DEEPEST} livelli di parentesi"),
                format!("it is nested deeper than {DEEPEST} levels"),
            ),
            Self::UnknownSign => pair("questo segno non è previsto", "this sign is not known"),
            Self::BadNumber => pair(
                "non è un numero (scrivere 12, 0.5 o 40%)",
                "not a number (write 12, 0.5 or 40%)",
            ),
            Self::UnclosedQuote => pair(
                "manca la virgoletta di chiusura",
                "the closing quote is missing",
            ),
            Self::EmptyName => pair("un nome non può essere vuoto", "a name cannot be empty"),
            Self::Unexpected => pair("questo non può stare qui", "this cannot stand here"),
            Self::DecimalComma => pair(
                "virgola decimale (scrivere il punto, come in 0.15)",
                "a decimal comma (write a point, as in 0.15)",
            ),
            Self::UnexpectedEnd => pair(
                "dopo deve venire un numero, un nome, un testo o una parentesi",
                "a number, a name, a text or a parenthesis must follow",
            ),
            Self::MissingParenthesis => pair(
                "manca una parentesi chiusa",
                "a closing parenthesis is missing",
            ),
            Self::ChainedComparison => pair(
                "i confronti non si concatenano (scrivere a < b and b < c)",
                "comparisons cannot be chained (write a < b and b < c)",
            ),
            Self::UnknownFunction => pair(
                "la funzione non esiste (ci sono min max ceil floor round abs if)",
                "the function does not exist (there are min max ceil floor round abs if)",
            ),
            Self::WrongArguments => pair(
                "il numero di argomenti è sbagliato (min e max uno o più, if tre, le altre uno)",
                "the number of arguments is wrong (min and max one or more, if three, the others one)",
            ),
        };
        match language {
            Language::Italian => italian,
            Language::English => english,
        }
    }
}

impl Say for ValueKind {
    fn say(&self, language: Language) -> String {
        let (italian, english) = match self {
            Self::Number => pair("un numero", "a number"),
            Self::Text => pair("un testo", "a text"),
            Self::Truth => pair("una condizione", "a condition"),
        };
        match language {
            Language::Italian => italian,
            Language::English => english,
        }
    }
}

fn pair(italian: &str, english: &str) -> (String, String) {
    (italian.to_owned(), english.to_owned())
}
