//! What people have to fill in or look at before the new plan is theirs.

use crate::model::Language;
use crate::report::words::{Text, roll as words};

/// What a line of the list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A fund without any amount in a year of the new plan.
    Amounts,
    /// A fund whose money may no longer be spent.
    FundExpired,
    /// A need of earlier years without a row in a new one.
    Needs,
    /// A formula for needs that spoke of past years alone.
    NeedFormula,
    /// An action without a cost in a new year.
    UnitCost,
    /// A dated indicator without a value of the new plan.
    Indicator,
    /// Indicators without a date.
    Undated,
    /// A rule that spoke of past years alone.
    RulePast,
    /// A rule, or another source, whose law is no longer in force.
    RuleExpired,
    /// A waiver that spoke of past years alone.
    WaiverPast,
    /// A weight of a goal that spoke of past years alone.
    WeightPast,
    /// A priority cut of a past year.
    CutPast,
    /// An opening of the matrix that has ended.
    EligibilityPast,
    /// Actuals that do not close a year: the plan's figures stand.
    Actuals,
    /// More spent than there was.
    Overspent,
    /// Carried money that the new model cannot hold.
    CarriedOut,
    /// Carried money that must be spent sooner than the new model knows.
    CarriedTerm,
    /// Carried money counts as assigned for a rule.
    CarriedBase,
    /// Carried money of zones in a fund that a formula divides.
    CarriedFormula,
    /// Carried money of a fund that a gate may hold back.
    CarriedGate,
    /// A project that goes on.
    Project,
    /// Staff that stays.
    Staff,
    /// Staff that stays, for which there is no place in the model.
    StaffOut,
    /// Money earned in a past year.
    Earned,
    /// Claims made in the past years.
    Claimed,
    /// An estimate that is still in force.
    Assumption,
    /// What `check` says of the new model.
    Check,
}

impl Kind {
    /// Stable name for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.words().0
    }

    /// Name, heading and sentence.
    fn words(self) -> (&'static str, Text, Text) {
        match self {
            Self::Amounts => ("amounts", words::H_MONEY, words::AMOUNTS),
            Self::FundExpired => ("fund_expired", words::H_MONEY, words::FUND_EXPIRED),
            Self::Needs => ("needs", words::H_NEEDS, words::NEEDS),
            Self::NeedFormula => ("need_formula", words::H_NEEDS, words::NEED_FORMULA),
            Self::UnitCost => ("unit_cost", words::H_NEEDS, words::UNIT_COST),
            Self::Indicator => ("indicator", words::H_INDICATORS, words::INDICATOR),
            Self::Undated => ("undated", words::H_INDICATORS, words::UNDATED),
            Self::RulePast => ("rule_past", words::H_RULES, words::RULE_PAST),
            Self::RuleExpired => ("rule_expired", words::H_RULES, words::RULE_EXPIRED),
            Self::WaiverPast => ("waiver_past", words::H_RULES, words::WAIVER_PAST),
            Self::WeightPast => ("weight_past", words::H_RULES, words::WEIGHT_PAST),
            Self::CutPast => ("cut_past", words::H_RULES, words::CUT_PAST),
            Self::EligibilityPast => ("eligibility_past", words::H_RULES, words::ELIGIBILITY_PAST),
            Self::Actuals => ("actuals", words::H_ACTUALS, words::ACTUALS),
            Self::Overspent => ("overspent", words::H_ACTUALS, words::OVERSPENT),
            Self::CarriedOut => ("carried_out", words::H_CARRIED, words::CARRIED_OUT),
            Self::CarriedTerm => ("carried_term", words::H_CARRIED, words::CARRIED_TERM),
            Self::CarriedBase => ("carried_base", words::H_CARRIED, words::CARRIED_BASE),
            Self::CarriedFormula => ("carried_formula", words::H_CARRIED, words::CARRIED_FORMULA),
            Self::CarriedGate => ("carried_gate", words::H_CARRIED, words::CARRIED_GATE),
            Self::Project => ("project", words::H_KEPT, words::PROJECT),
            Self::Staff => ("staff", words::H_KEPT, words::STAFF),
            Self::StaffOut => ("staff_out", words::H_KEPT, words::STAFF_OUT),
            Self::Earned => ("earned", words::H_KEPT, words::EARNED),
            Self::Claimed => ("claimed", words::H_KEPT, words::CLAIMED),
            Self::Assumption => ("assumption", words::H_ASSUMPTIONS, words::ASSUMPTION),
            Self::Check => ("check", words::H_CHECK, words::CHECK),
        }
    }
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// What it is about.
    pub kind: Kind,
    /// Its values by name, as in the files.
    pub values: Vec<(&'static str, String)>,
}

impl Item {
    pub(super) fn new(
        kind: Kind,
        values: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        let values = values.into_iter().collect();
        Self { kind, values }
    }

    /// Under which heading it stands.
    #[must_use]
    pub fn heading(&self, language: Language) -> &'static str {
        self.kind.words().1.say(language)
    }

    /// The sentence.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let values: Vec<(&str, &str)> = self
            .values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.kind.words().2.fill(language, &values)
    }
}

/// The list under its headings, `mark` in front of each heading and of each line; `clean` makes a sentence safe to print.
pub fn listed(
    items: &[Item],
    language: Language,
    heading: impl Fn(&str) -> String,
    line: impl Fn(&str) -> String,
) -> String {
    let mut text = String::new();
    let mut last = "";
    for item in items {
        let of = item.heading(language);
        if of != last {
            text.push_str(&heading(of));
            last = of;
        }
        text.push_str(&line(&item.text(language)));
    }
    text
}
