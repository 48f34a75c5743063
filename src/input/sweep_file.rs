//! A sweep file as written.

use schemars::JsonSchema;
use toml::de::DeTable;

use super::at::At;
use super::collect::Problems;
use super::decode::Encoding;
use super::entries::source_of;
use super::source::Source;
use super::template::{Change, Figure, Literal, Names};
use super::toml_file;
use super::toml_node::{Keys, toml_tables};
use super::toml_values::{Id, Keyed, OneOf, Quantity, Text, Whole};
use super::word::{DialectWord, DistributionWord, IntegersWord, SweepWord};

/// A sweep of mappafondo, format 1: many scenarios from one file.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(deny_unknown_fields, title = "sweep file")]
pub(crate) struct SweepFile {
    /// What the sweep is.
    #[schemars(required)]
    pub(crate) sweep: Option<SweepEntry>,
    /// What varies.
    pub(crate) axis: Option<Vec<AxisEntry>>,
    /// Scenarios written one by one.
    pub(crate) combination: Option<Vec<CombinationEntry>>,
    /// Axes that go together.
    pub(crate) correlation: Option<Vec<CorrelationEntry>>,
}

impl SweepFile {
    /// Reads every part; a part that is wrong is left out, with its problems.
    pub(crate) fn read(name: &str, bytes: &[u8], problems: &mut Problems) -> Self {
        let files = [(name.to_owned(), bytes.to_vec())].into();
        let Some(source) = source_of(&files, name, Encoding::Utf8, problems) else {
            return Self::default();
        };
        let Some(table) = toml_file::parse(&source, problems, |_| ()) else {
            return Self::default();
        };
        Self::of(table.get_ref(), &source, problems)
    }

    fn of(table: &DeTable<'_>, source: &Source, problems: &mut Problems) -> Self {
        let mut keys = Keys::of_file(table, source);
        let file = Self {
            sweep: keys.read("sweep", problems),
            axis: keys.read_list("axis", problems),
            combination: keys.read_list("combination", problems),
            correlation: keys.read_list("correlation", problems),
        };
        let _ = keys.finish(problems);
        file
    }
}

/// The changes of a scenario file, as they are written; the rest of the file is not looked at.
pub(crate) fn read_changes(name: &str, bytes: &[u8], problems: &mut Problems) -> Vec<Change> {
    let files = [(name.to_owned(), bytes.to_vec())].into();
    let Some(source) = source_of(&files, name, Encoding::Utf8, problems) else {
        return Vec::new();
    };
    let Some(table) = toml_file::parse(&source, problems, |_| ()) else {
        return Vec::new();
    };
    let mut keys = Keys::of_file(table.get_ref(), &source);
    keys.read_list("change", problems).unwrap_or_default()
}

toml_tables! {
    /// `[sweep]`.
    SweepEntry {
        /// Version of the format: 1.
        format: At<Whole>,
        /// Id of the sweep.
        id: Id,
        /// Title for people.
        title: Text,
        /// How the scenarios are laid out.
        kind: At<OneOf<SweepWord>>,
        /// Number from which all chance follows.
        seed: Option<At<Whole>>,
        /// Whole numbers of the base plan, or decided anew.
        integers: Option<OneOf<IntegersWord>>,
        /// The base itself is the first scenario.
        baseline: Option<bool>,
        /// Scenario files applied before every scenario.
        scenario: Option<Names>,
        /// How many draws.
        draws: Option<At<Whole>>,
        /// How many trajectories.
        trajectories: Option<At<Whole>>,
        /// How many levels a trajectory moves on.
        levels: Option<At<Whole>>,
        /// The run table.
        table: Option<At<Text>>,
        /// How the run table is written.
        dialect: Option<At<OneOf<DialectWord>>>,
    }

    /// `[[axis]]`.
    AxisEntry {
        /// Id of the axis.
        id: At<Id>,
        /// Title for people.
        title: Option<Text>,
        /// What the value changes.
        change: Option<At<Change>>,
        /// Several changes with the same value.
        changes: Option<At<Vec<At<Change>>>>,
        /// The values.
        values: Option<At<Vec<At<Literal>>>>,
        /// Lowest value.
        from: Option<At<Figure>>,
        /// Highest value.
        to: Option<At<Figure>>,
        /// How many values from lowest to highest, both included.
        steps: Option<At<Whole>>,
        /// How the values are distributed.
        distribution: Option<At<DistributionEntry>>,
        /// Decimals to which values are rounded.
        decimals: Option<At<Whole>>,
    }

    /// `distribution = { ... }`.
    DistributionEntry {
        /// Which one.
        kind: OneOf<DistributionWord>,
        /// Lowest value.
        low: Option<At<Figure>>,
        /// Likeliest value.
        mode: Option<At<Figure>>,
        /// Highest value.
        high: Option<At<Figure>>,
        /// Mean before the cut.
        mean: Option<At<Figure>>,
        /// Standard deviation before the cut.
        sd: Option<At<Figure>>,
        /// Half of the values are below it.
        median: Option<At<Figure>>,
        /// Standard deviation of the logarithm.
        spread: Option<At<Quantity>>,
        /// First shape of a beta.
        alpha: Option<At<Quantity>>,
        /// Second shape of a beta.
        beta: Option<At<Quantity>>,
        /// Weight of the likeliest value of a pert; 4 if left out.
        strength: Option<At<Quantity>>,
        /// Listed values.
        values: Option<At<Vec<At<Literal>>>>,
        /// Weight of each listed value; equal if left out.
        weights: Option<At<Vec<At<Quantity>>>>,
    }

    /// `[[combination]]`.
    CombinationEntry {
        /// Name of the scenario.
        label: Option<At<Text>>,
        /// Scenario files applied first.
        scenario: Option<Names>,
        /// Values by axis; an axis left out is left alone.
        values: Option<Keyed<At<Literal>>>,
    }

    /// `[[correlation]]`.
    CorrelationEntry {
        /// The two axes.
        axes: At<Vec<At<Id>>>,
        /// From -1 to 1, both excluded.
        value: At<Figure>,
    }
}
