//! Tokens to a tree: one method per level of the language, from what binds least.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::vec::IntoIter;

use super::evaluate::{Comparison, Node, Operator, Rounding};
use super::token::{Token, tokens};
use super::{DEEPEST, ExpressionError, ExpressionErrorKind};

type Parsed = Result<Node, ExpressionError>;

/// The tree of an expression and the names in it.
pub(super) fn parse(text: &str) -> Result<(Node, BTreeSet<String>), ExpressionError> {
    tree(text).map_err(|error| decimal_comma(text, error))
}

/// A comma between digits that cannot stand where it is was meant for a point.
fn decimal_comma(text: &str, error: ExpressionError) -> ExpressionError {
    let from = match error.kind {
        ExpressionErrorKind::Unexpected => error.at.saturating_sub(1),
        ExpressionErrorKind::WrongArguments => error.at,
        _ => return error,
    };
    let comma = text.get(from..).and_then(comma_between_digits);
    match comma.map(|comma| from.saturating_add(comma)) {
        Some(comma) if comma == error.at || error.kind == ExpressionErrorKind::WrongArguments => {
            ExpressionErrorKind::DecimalComma.at(comma)
        }
        _ => error,
    }
}

/// The first comma with a digit on either side.
pub(crate) fn comma_between_digits(text: &str) -> Option<usize> {
    let is =
        |three: &[u8]| matches!(three, [a, b',', c] if a.is_ascii_digit() && c.is_ascii_digit());
    let position = text.as_bytes().windows(3).position(is)?;
    Some(position.saturating_add(1))
}

fn tree(text: &str) -> Result<(Node, BTreeSet<String>), ExpressionError> {
    let mut parser = Parser {
        tokens: tokens(text)?.into_iter().peekable(),
        end: text.len(),
        depth: 0,
        names: BTreeSet::new(),
    };
    let root = parser.any()?;
    match parser.tokens.next() {
        Some((at, _)) => Err(ExpressionErrorKind::Unexpected.at(at)),
        None => Ok((root, parser.names)),
    }
}

/// What a function of the language becomes.
enum Callee {
    Extreme(Comparison),
    Apply(Rounding),
    If,
}

impl Callee {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "min" => Self::Extreme(Comparison::Less),
            "max" => Self::Extreme(Comparison::Greater),
            "ceil" => Self::Apply(Rounding::Ceil),
            "floor" => Self::Apply(Rounding::Floor),
            "round" => Self::Apply(Rounding::HalfUp),
            "abs" => Self::Apply(Rounding::Abs),
            "if" => Self::If,
            _ => return None,
        })
    }
}

struct Parser {
    tokens: Peekable<IntoIter<(usize, Token)>>,
    end: usize,
    depth: usize,
    names: BTreeSet<String>,
}

impl Parser {
    fn at(&mut self) -> usize {
        self.tokens.peek().map_or(self.end, |(at, _)| *at)
    }

    fn take(&mut self, wanted: &Token) -> bool {
        self.tokens.next_if(|(_, token)| token == wanted).is_some()
    }

    /// Runs `inner` one level deeper.
    fn deeper<T>(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<T, ExpressionError>,
    ) -> Result<T, ExpressionError> {
        if self.depth >= DEEPEST {
            return Err(ExpressionErrorKind::TooDeep.at(self.at()));
        }
        self.depth = self.depth.saturating_add(1);
        let parsed = inner(self)?;
        self.depth = self.depth.saturating_sub(1);
        Ok(parsed)
    }

    /// `operand`, repeated as long as `separator` follows.
    fn list(
        &mut self,
        separator: &Token,
        operand: fn(&mut Self) -> Parsed,
    ) -> Result<(Node, Vec<Node>), ExpressionError> {
        let first = operand(self)?;
        let mut others = Vec::new();
        while self.take(separator) {
            others.push(operand(self)?);
        }
        Ok((first, others))
    }

    fn any(&mut self) -> Parsed {
        let (first, others) = self.list(&Token::Or, Self::all)?;
        Ok(joined(first, others, Node::Any))
    }

    fn all(&mut self) -> Parsed {
        let (first, others) = self.list(&Token::And, Self::negation)?;
        Ok(joined(first, others, Node::All))
    }

    fn negation(&mut self) -> Parsed {
        if self.take(&Token::Not) {
            return Ok(Node::Not(Box::new(self.deeper(Self::negation)?)));
        }
        self.comparison()
    }

    fn next_comparison(&mut self) -> Option<Comparison> {
        let compares = |(_, token): &(usize, Token)| matches!(token, Token::Compare(_));
        match self.tokens.next_if(compares) {
            Some((_, Token::Compare(comparison))) => Some(comparison),
            _ => None,
        }
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.sum()?;
        let Some(comparison) = self.next_comparison() else {
            return Ok(left);
        };
        let sides = Box::new([left, self.sum()?]);
        let at = self.at();
        match self.next_comparison() {
            Some(_) => Err(ExpressionErrorKind::ChainedComparison.at(at)),
            None => Ok(Node::Compare(comparison, sides)),
        }
    }

    /// `operand`, repeated as long as one of the two operators follows.
    fn chain(&mut self, operators: [Operator; 2], operand: fn(&mut Self) -> Parsed) -> Parsed {
        let first = operand(self)?;
        let mut others = Vec::new();
        while let Some(operator) = operators
            .into_iter()
            .find(|operator| self.take(&Token::Operator(*operator)))
        {
            others.push((operator, operand(self)?));
        }
        Ok(if others.is_empty() {
            first
        } else {
            Node::Chain(Box::new(first), others)
        })
    }

    fn sum(&mut self) -> Parsed {
        self.chain([Operator::Plus, Operator::Minus], Self::product)
    }

    fn product(&mut self) -> Parsed {
        self.chain([Operator::Times, Operator::Over], Self::unary)
    }

    fn unary(&mut self) -> Parsed {
        if self.take(&Token::Operator(Operator::Minus)) {
            return Ok(Node::Negate(Box::new(self.deeper(Self::unary)?)));
        }
        match self.tokens.next() {
            None => Err(ExpressionErrorKind::UnexpectedEnd.at(self.end)),
            Some((_, Token::Number(number))) => Ok(Node::Number(number)),
            Some((_, Token::Text(text))) => Ok(Node::Text(text)),
            Some((at, Token::Word(word))) if self.take(&Token::Open) => self.call(at, &word),
            Some((_, Token::Word(name) | Token::Backquoted(name))) => {
                self.names.insert(name.clone());
                Ok(Node::Name(name))
            }
            Some((_, Token::Open)) => {
                let inner = self.deeper(Self::any)?;
                self.close().map(|()| inner)
            }
            Some((at, _)) => Err(ExpressionErrorKind::Unexpected.at(at)),
        }
    }

    fn close(&mut self) -> Result<(), ExpressionError> {
        if self.take(&Token::Close) {
            return Ok(());
        }
        Err(match self.tokens.peek() {
            Some((at, _)) => ExpressionErrorKind::Unexpected.at(*at),
            None => ExpressionErrorKind::MissingParenthesis.at(self.end),
        })
    }

    /// The arguments of the function at `at`, whose parenthesis is open.
    fn call(&mut self, at: usize, word: &str) -> Parsed {
        let callee = Callee::named(word).ok_or(ExpressionErrorKind::UnknownFunction.at(at))?;
        let wrong = ExpressionErrorKind::WrongArguments.at(at);
        if self.take(&Token::Close) {
            return Err(wrong);
        }
        let (first, others) = self.deeper(|parser| parser.list(&Token::Comma, Self::any))?;
        self.close()?;
        match callee {
            Callee::Extreme(wins) => Ok(Node::Extreme(wins, Box::new(first), others)),
            Callee::Apply(rounding) if others.is_empty() => {
                Ok(Node::Apply(rounding, Box::new(first)))
            }
            Callee::Apply(_) => Err(wrong),
            Callee::If => {
                let [then, other] = <[Node; 2]>::try_from(others).map_err(|_| wrong)?;
                Ok(Node::If(Box::new([first, then, other])))
            }
        }
    }
}

/// `first` alone, or all of them in one node.
fn joined(first: Node, mut others: Vec<Node>, node: fn(Vec<Node>) -> Node) -> Node {
    if others.is_empty() {
        return first;
    }
    others.insert(0, first);
    node(others)
}
