//! What is wrong with the syntax of a TOML line, in the words of both languages.

use super::say::{Say, said};
use crate::model::Language;

said! {
    /// A fault of syntax.
    SyntaxFault {
        /// Elements of a list or pairs of a table without a comma.
        Comma = "manca una virgola fra due elementi, o una parentesi ] non è al suo posto", "a comma between two elements is missing, or a bracket ] is out of place";
        /// A list or table that is not closed.
        Unclosed = "una parentesi [ o { non è chiusa", "a bracket [ or a brace { is not closed";
        /// A text without quotes, or with one quote only.
        Quotes = "un testo non è chiuso fra virgolette", "a text is not closed in quotes";
        /// A key without `=` or value.
        Value = "dopo il nome della chiave mancano il segno = o il valore", "the = sign or the value is missing after the key";
        /// Two values or keys on one line.
        Extra = "c'è qualcosa di troppo sulla riga", "there is something too much on the line";
        /// A date or time that does not exist.
        Date = "la data non esiste", "the date does not exist";
        /// A number written in a way TOML does not know.
        Number = "il numero non è scritto in cifre semplici", "the number is not written in plain digits";
        /// A key with characters that want quotes.
        Key = "il nome della chiave contiene caratteri che vogliono le virgolette", "the key has characters that want quotes";
        /// A backslash in a quoted text.
        Escape = "dopo una barra rovesciata \\ c'è un carattere non previsto", "an unknown character follows a backslash \\";
        /// Anything else.
        Other = "la riga non si capisce", "the line cannot be understood";
    }
}

impl SyntaxFault {
    /// The fault behind the parser's own message.
    pub(crate) fn of(message: &str) -> Self {
        const WORDS: &[(&str, SyntaxFault)] = &[
            ("date", SyntaxFault::Date),
            ("time", SyntaxFault::Date),
            ("month", SyntaxFault::Date),
            ("missing comma", SyntaxFault::Comma),
            ("in array", SyntaxFault::Comma),
            ("extra comma", SyntaxFault::Extra),
            ("escape", SyntaxFault::Escape),
            ("unicode", SyntaxFault::Escape),
            ("unclosed", SyntaxFault::Unclosed),
            ("missing array opening", SyntaxFault::Unclosed),
            ("missing inline table", SyntaxFault::Unclosed),
            ("quote", SyntaxFault::Quotes),
            ("string", SyntaxFault::Quotes),
            ("no value", SyntaxFault::Value),
            ("missing value", SyntaxFault::Value),
            ("missing assignment", SyntaxFault::Value),
            ("extra", SyntaxFault::Extra),
            ("unexpected key or value", SyntaxFault::Extra),
            ("unexpected content", SyntaxFault::Extra),
            ("number", SyntaxFault::Number),
            ("integer", SyntaxFault::Number),
            ("radix", SyntaxFault::Number),
            ("leading zero", SyntaxFault::Number),
            ("sign", SyntaxFault::Number),
            ("digits", SyntaxFault::Number),
            ("key", SyntaxFault::Key),
        ];
        let found = WORDS.iter().find(|(words, _)| message.contains(words));
        found.map_or(Self::Other, |(_, fault)| *fault)
    }
}
