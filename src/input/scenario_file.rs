//! A scenario file as written: a title and a list of changes, each with its place.

use schemars::JsonSchema;

use super::at::At;
use super::collect::Problems;
use super::model_file::RipartoEntry;
use super::source::Source;
use super::toml_file;
use super::toml_node::{Keys, toml_tables};
use super::toml_values::{
    Amount, Day, Formula, Fraction, Id, Keyed, OneOf, Ratio, Selector, Text, Whole, Written,
    YearKey,
};
use super::word::{
    ActualWord, ConfidenceWord, FundNatureWord, GoalWord, LevelWord, PartWord, TargetWord,
};

/// A scenario of mappafondo, format 1: named changes to a model.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(deny_unknown_fields, title = "scenario")]
pub(crate) struct ScenarioFile {
    /// Code and title.
    #[schemars(required)]
    pub(crate) scenario: Option<ScenarioEntry>,
    /// Changes in order.
    pub(crate) change: Option<Vec<At<ChangeEntry>>>,
}

impl ScenarioFile {
    /// Reads a file; what is wrong is left out, with its problems.
    pub(crate) fn read(name: &str, text: &str, problems: &mut Problems) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let source = Source::new(name, text.to_owned());
        let Some(table) = toml_file::parse(&source, problems, |_| {}) else {
            return Self::default();
        };
        let mut keys = Keys::of_file(table.get_ref(), &source);
        let file = Self {
            scenario: keys.read("scenario", problems),
            change: keys.read_list("change", problems),
        };
        let _ = keys.finish(problems);
        file
    }
}

toml_tables! {
    /// `[scenario]`.
    ScenarioEntry {
        /// Version of the format: 1.
        format: At<Whole>,
        /// Code.
        id: At<Id>,
        /// Title for people.
        title: Text,
    }

    /// `[[change]]`: a target with selectors and an operator, or a verb.
    ChangeEntry {
        /// What is changed.
        target: Option<At<OneOf<TargetWord>>>,
        /// Funds; all when left out.
        fund: Option<Selector>,
        /// Actions; all when left out.
        action: Option<Selector>,
        /// Zones; all when left out.
        zone: Option<Selector>,
        /// Projects; all when left out.
        project: Option<Selector>,
        /// Rules and matches.
        rule: Option<Selector>,
        /// An indicator; of a riparto, one of its weights.
        indicator: Option<At<Id>>,
        /// Years; all when left out.
        years: Option<Vec<At<YearKey>>>,
        /// Condition on the zone.
        r#where: Option<At<Formula>>,
        /// A band of a rule by its threshold (or `else`); a band of an income, or a weight of a riparto, by its position from 1.
        band: Option<At<Written>>,
        /// Part of an entry.
        part: Option<At<OneOf<PartWord>>>,
        /// Multiplies what is there: `80%`, `1.1`.
        scale: Option<At<Ratio>>,
        /// Adds to what is there; may be negative.
        add: Option<At<Written>>,
        /// Takes the place of what is there.
        set: Option<At<Written>>,
        /// How sure the new figure is; `estimate` when left out.
        confidence: Option<At<OneOf<ConfidenceWord>>>,
        /// Where the new figure comes from.
        source: Option<Text>,
        /// The act of the new figure.
        act: Option<Text>,
        /// Rules and matches that do not exist.
        rule_off: Option<Selector>,
        /// Rules and matches that are enforced again: what was off comes back, what was waived is not.
        rule_on: Option<Selector>,
        /// Rules with instances that are not enforced.
        waive: Option<Selector>,
        /// Why they are not.
        motive: Option<Text>,
        /// Several zones become one.
        merge_zones: Option<At<MergeEntry>>,
        /// A zone becomes several.
        split_zone: Option<At<SplitEntry>>,
        /// What was spent is a lower bound.
        freeze: Option<At<FreezeEntry>>,
        /// Funds that have no money from a year on.
        stop_fund: Option<Selector>,
        /// The first year without it.
        from: Option<At<YearKey>>,
        /// A fund that appears.
        new_fund: Option<At<NewFundEntry>>,
        /// An amount that appears.
        new_amount: Option<At<NewAmountEntry>>,
        /// A formula that shares out a fund; it takes the place of the one there is.
        new_riparto: Option<At<RipartoEntry>>,
        /// Goals in their new order; those that are not named go.
        goals: Option<At<Vec<At<OneOf<GoalWord>>>>>,
    }

    /// Zones that become one.
    MergeEntry {
        /// Zones.
        zones: Selector,
        /// Code of the new zone.
        id: At<Id>,
        /// Its name.
        name: Text,
        /// What becomes of each column of `zones.csv`: `sum` (when left out), `max`, `min`, an expression over the new zone's
        /// other columns, or the value itself.
        columns: Option<Keyed<At<Written>>>,
    }

    /// A zone that becomes several.
    SplitEntry {
        /// The zone.
        zone: At<Id>,
        /// Its parts.
        into: At<Vec<PartEntry>>,
    }

    /// A part of a zone.
    PartEntry {
        /// Code of the new zone.
        id: At<Id>,
        /// Its name.
        name: Text,
        /// Its share of every column that states nothing else.
        share: At<Fraction>,
        /// By column of `zones.csv`: a value, a share such as `40%`, or `same`.
        columns: Option<Keyed<At<Written>>>,
    }

    /// What was spent up to a date.
    FreezeEntry {
        /// The date.
        until: At<Day>,
        /// Column of `actuals.csv`; `committed` when left out.
        column: Option<At<OneOf<ActualWord>>>,
        /// A table beside the scenario, in the form of `actuals.csv`; the model's own when left out.
        actuals: Option<At<Text>>,
    }

    /// A fund that appears.
    NewFundEntry {
        /// Code.
        fund: At<Id>,
        /// Name.
        name: Text,
        /// Level of government.
        level: OneOf<LevelWord>,
        /// Kind of expenditure.
        nature: OneOf<FundNatureWord>,
        /// Tags.
        tags: Option<Vec<Id>>,
        /// Share that may move to the next year.
        carry_over: Option<At<Fraction>>,
        /// A date, or years after the amount such as `+1`.
        last_spend: Option<At<Written>>,
        /// Legal source.
        law: Option<Text>,
        /// Its money.
        amounts: At<Vec<At<NewAmountEntry>>>,
        /// What it may pay.
        eligibility: At<Vec<NewEligibilityEntry>>,
    }

    /// An amount that appears.
    NewAmountEntry {
        /// The year.
        year: At<YearKey>,
        /// The zone it belongs to; a pool when left out.
        zone: Option<At<Id>>,
        /// The amount.
        euro: Amount,
        /// The act.
        act: Text,
        /// How sure the figure is.
        confidence: OneOf<ConfidenceWord>,
        /// Where it was read.
        source: Text,
    }

    /// What a new fund may pay.
    NewEligibilityEntry {
        /// An action, a tag or a group.
        action: At<Id>,
        /// Condition on the zone.
        r#where: Option<At<Formula>>,
        /// Largest part of the cost.
        max_share: Option<At<Fraction>>,
        /// First year.
        from: Option<At<YearKey>>,
        /// Last year.
        to: Option<At<YearKey>>,
        /// Legal source.
        law: Option<Text>,
    }
}
