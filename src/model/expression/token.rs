//! Text to tokens, each with its byte offset.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::evaluate::{Comparison, Operator};
use super::{ExpressionError, ExpressionErrorKind};
use crate::units::{Exact, parse_exact};

/// The smallest parts of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number(Exact),
    Text(String),
    /// A name or a function.
    Word(String),
    /// A name for sure.
    Backquoted(String),
    Operator(Operator),
    Compare(Comparison),
    Open,
    Close,
    Comma,
    And,
    Or,
    Not,
}

/// All tokens of a text, names and texts in NFC.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, ExpressionError> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let at = text.len().saturating_sub(rest.len());
        let (token, length) = token(first, rest).map_err(|kind| kind.at(at))?;
        found.push((at, token));
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(found)
}

/// The token at the start of `rest`, and its length in bytes.
fn token(first: char, rest: &str) -> Result<(Token, usize), ExpressionErrorKind> {
    let in_word = |c: char| c.is_alphanumeric() || c == '_' || is_combining_mark(c);
    let run = |inside: &dyn Fn(char) -> bool| rest.find(|c| !inside(c)).unwrap_or(rest.len());
    if first.is_ascii_digit() {
        let mut length = run(&|c| in_word(c) || c == '.');
        if rest
            .get(length..)
            .is_some_and(|after| after.starts_with('%'))
        {
            length = length.saturating_add(1);
        }
        let number = rest.get(..length).and_then(parse_exact);
        return Ok((
            Token::Number(number.ok_or(ExpressionErrorKind::BadNumber)?),
            length,
        ));
    }
    if first == '\'' || first == '`' {
        return quoted(first, rest);
    }
    if first.is_alphabetic() || first == '_' {
        let length = run(&in_word);
        let word: String = rest.get(..length).unwrap_or_default().nfc().collect();
        let token = match word.as_str() {
            "and" => Token::And,
            "or" => Token::Or,
            "not" => Token::Not,
            _ => Token::Word(word),
        };
        return Ok((token, length));
    }
    let two = rest.get(..2).and_then(|pair| match pair {
        "<=" => Some(Comparison::AtMost),
        ">=" => Some(Comparison::AtLeast),
        "!=" => Some(Comparison::Different),
        "==" => Some(Comparison::Equal),
        _ => None,
    });
    if let Some(comparison) = two {
        return Ok((Token::Compare(comparison), 2));
    }
    let token = match first {
        '+' => Token::Operator(Operator::Plus),
        '-' => Token::Operator(Operator::Minus),
        '*' => Token::Operator(Operator::Times),
        '/' => Token::Operator(Operator::Over),
        '<' => Token::Compare(Comparison::Less),
        '>' => Token::Compare(Comparison::Greater),
        '=' => Token::Compare(Comparison::Equal),
        '(' => Token::Open,
        ')' => Token::Close,
        ',' => Token::Comma,
        _ => return Err(ExpressionErrorKind::UnknownSign),
    };
    Ok((token, 1))
}

/// A text in quotes, where `''` stands for one quote, or a name in backquotes.
fn quoted(quote: char, rest: &str) -> Result<(Token, usize), ExpressionErrorKind> {
    let mut content = String::new();
    let mut signs = rest.char_indices().skip(1).peekable();
    while let Some((at, sign)) = signs.next() {
        if sign != quote {
            content.push(sign);
        } else if quote == '\'' && signs.next_if(|(_, next)| *next == quote).is_some() {
            content.push(quote);
        } else {
            let content: String = content.nfc().collect();
            let token = match (quote, content.is_empty()) {
                ('\'', _) => Token::Text(content),
                (_, false) => Token::Backquoted(content),
                (_, true) => return Err(ExpressionErrorKind::EmptyName),
            };
            return Ok((token, at.saturating_add(1)));
        }
    }
    Err(ExpressionErrorKind::UnclosedQuote)
}
