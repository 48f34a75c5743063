//! What is wrong with what the user wrote: where, why, and how to mend it, in Italian and English.
//!
//! Each kind of problem is a variant of a small closed enum, one enum per concept. Its two sentences and its two remedies are
//! written once, beside the variant, so that the two languages cannot drift apart.

mod expression_words;
mod file;
pub mod grammar;
mod invalid;
mod json;
mod kinds;
mod logic;
mod place;
mod reference;
mod remark;
mod riparto;
mod say;
mod scenario;
mod sheet_names;
#[rustfmt::skip]
mod sheet_phrases;
mod sweep;
mod syntax;
mod table;
mod text;
mod toml_key;
mod value;
mod workbook;

pub use file::FileProblem;
pub use invalid::{InvalidModel, SHOWN_PROBLEMS};
pub use json::{ProblemReport, ProblemRow};
pub use logic::{FormulaProblem, MoneyProblem, NeedProblem, RuleProblem};
pub use place::Place;
pub use reference::ReferenceProblem;
pub use remark::Remark;
pub use riparto::{RipartoProblem, RipartoRemark};
pub use say::{
    Day, Form, Nearest, Shown, Thing, Things, Wanted, WhereInstance, WhereYear, WordList,
    ZoneAndOthers,
};
pub(crate) use say::{is_bidirectional, is_invisible};
pub use scenario::{ScenarioProblem, ScenarioRemark};
pub(crate) use sheet_names::SHEET_NAMES;
pub use sweep::SweepProblem;
pub use syntax::SyntaxFault;
pub use table::TableProblem;
pub use text::TextProblem;
pub use toml_key::KeyProblem;
pub use value::ValueProblem;
pub use workbook::{WorkbookProblem, WorkbookRemark};

use std::fmt;

use crate::model::Language;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The model is refused.
    Error,
    /// The model is accepted; a careful reader should know.
    Warning,
}

impl Severity {
    /// The word that begins a line.
    #[must_use]
    pub fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Error, Language::Italian) => "errore",
            (Self::Error, Language::English) => "error",
            (Self::Warning, Language::Italian) => "avviso",
            (Self::Warning, Language::English) => "warning",
        }
    }
}

macro_rules! any_kind {
    ($($variant:ident($kind:ident)),* $(,)?) => {
        /// Every kind of problem, by concept.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        pub enum ProblemKind {
            $(
                #[doc = concat!("See [`", stringify!($kind), "`].")]
                #[error(transparent)]
                $variant(#[from] $kind),
            )*
        }

        impl ProblemKind {
            /// The stable code, such as `model::amount`.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self { $(Self::$variant(kind) => kind.code(),)* }
            }

            /// Error or warning.
            #[must_use]
            pub fn severity(&self) -> Severity {
                match self { $(Self::$variant(kind) => kind.severity(),)* }
            }

            /// What is wrong, in one sentence.
            #[must_use]
            pub fn message(&self, language: Language) -> String {
                match self { $(Self::$variant(kind) => kind.message(language),)* }
            }

            /// What to do about it.
            #[must_use]
            pub fn remedy(&self, language: Language) -> String {
                match self { $(Self::$variant(kind) => kind.remedy(language),)* }
            }
        }
    };
}

any_kind! {
    File(FileProblem),
    Text(TextProblem),
    Table(TableProblem),
    Value(ValueProblem),
    Key(KeyProblem),
    Reference(ReferenceProblem),
    Formula(FormulaProblem),
    Money(MoneyProblem),
    Need(NeedProblem),
    Rule(RuleProblem),
    Sweep(SweepProblem),
    Remark(Remark),
    Riparto(RipartoProblem),
    RipartoRemark(RipartoRemark),
    Scenario(ScenarioProblem),
    ScenarioRemark(ScenarioRemark),
    Workbook(WorkbookProblem),
    WorkbookRemark(WorkbookRemark),
}

/// One problem at its place.
///
/// ```
/// use mappafondo::model::Language;
/// use mappafondo::problem::{Form, Place, Problem, Shown, ValueProblem};
/// let problem = Problem::new(
///     Place::cell("actions.csv", 47, "unit_cost"),
///     ValueProblem::Amount { value: Shown::new("12,5.00"), form: Form::Point },
/// );
/// assert_eq!(
///     problem.text(Language::English),
///     "error [model::amount] actions.csv:47, column \"unit_cost\": \"12,5.00\" is not an amount. \
///      Write 1234.56 (decimal point, no thousands separators)."
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    place: Place,
    kind: ProblemKind,
    /// Sentences name sheets instead of tables.
    in_workbook: bool,
}

impl Problem {
    /// A problem of some kind at a place.
    #[must_use]
    pub fn new(place: Place, kind: impl Into<ProblemKind>) -> Self {
        Self {
            place,
            kind: kind.into(),
            in_workbook: false,
        }
    }

    /// A problem of a model that is a workbook: its sentences name sheets where they would name files.
    #[must_use]
    pub fn in_workbook(place: Place, kind: impl Into<ProblemKind>) -> Self {
        Self {
            in_workbook: true,
            ..Self::new(place, kind)
        }
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> &ProblemKind {
        &self.kind
    }

    /// The stable code, such as `model::amount`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// Error or warning.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        self.told(self.kind.message(language), language)
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self, language: Language) -> String {
        self.told(self.kind.remedy(language), language)
    }

    fn told(&self, sentence: String, language: Language) -> String {
        if self.in_workbook {
            sheet_names::in_sheets(sentence, language)
        } else {
            sentence
        }
    }

    /// The whole line: severity, code, place, message, remedy.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut line = format!("{} [{}]", self.severity().word(language), self.code());
        let place = self.place.text(language);
        if !place.is_empty() {
            line.push(' ');
            line.push_str(&place);
        }
        line.push_str(": ");
        line.push_str(&self.message(language));
        let remedy = self.remedy(language);
        if !remedy.is_empty() {
            line.push(' ');
            line.push_str(&remedy);
        }
        line
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.text(Language::English);
        if !place.is_empty() {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for Problem {}

impl miette::Diagnostic for Problem {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.kind.code()))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.kind.severity().into())
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let remedy = self.remedy(Language::English);
        (!remedy.is_empty()).then(|| Box::new(remedy) as Box<dyn fmt::Display>)
    }
}

impl From<Severity> for miette::Severity {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
        }
    }
}
