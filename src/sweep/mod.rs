//! Sweeps: many scenarios from one file; scenario k is a function of the file, its seed and k alone.
//!
//! A [`Sweep`] knows how many scenarios it has and gives any of them, in any order: nothing is kept from one to the next, so a
//! shard draws its own range and nothing else.

mod chance;
mod copula;
mod distribution;
mod layout;
mod origin;
mod read;
mod special;
mod text;
mod value;

use std::path::Path;

use crate::input::{Change, Literal};
use crate::problem::{InvalidModel, Place, Problem};
use crate::scenario::{Files, Scenario};
use distribution::Distribution;
use layout::Layout;
use value::Form;

/// Most scenarios of a sweep.
pub const MOST_SCENARIOS: u64 = 10_000_000;
/// Most axes of a sweep.
pub const MOST_AXES: usize = 1_000;

/// What a sweep does with whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integers {
    /// Every scenario keeps the units and on/off choices of the base plan.
    Fixed,
    /// Every scenario decides them anew.
    Resolve,
}

/// A sweep file, valid.
///
/// ```
/// use mappafondo::sweep::Sweep;
/// let text = r#"
/// [sweep]
/// format = 1
/// id = "trial"
/// title = "A trial"
/// kind = "grid"
///
/// [[axis]]
/// id = "fnps"
/// change = { target = "amount", fund = "fnps", scale = "$" }
/// values = ["90%", "100%"]
/// "#;
/// let sweep = Sweep::parse("trial.toml", text, &|_| None).unwrap();
/// assert_eq!(sweep.count(), 2);
/// assert_eq!(sweep.draw(0).label, "fnps=90%");
/// assert!(sweep.draw(0).text.contains("scale = \"90%\""));
/// ```
#[derive(Clone, Debug)]
pub struct Sweep {
    id: String,
    title: String,
    kind: &'static str,
    seed: Option<u64>,
    integers: Integers,
    has_baseline: bool,
    common: Vec<Scenario>,
    tables: Files,
    axes: Vec<Axis>,
    layout: Layout,
    count: u64,
    labels: Labels,
}

/// One scenario of a sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Its number, from 0.
    pub index: u64,
    /// Its name, short and without a second of its kind.
    pub label: String,
    /// Axis and value, in the order of the file; an axis that is left alone is not there.
    pub values: Vec<(String, String)>,
    /// The scenario file it amounts to. The base has no `[[change]]`.
    pub text: String,
}

/// What varies.
#[derive(Clone, Debug)]
struct Axis {
    id: String,
    title: String,
    place: Place,
    changes: Vec<Change>,
    range: Range,
}

/// The values an axis may take.
#[derive(Clone, Debug)]
enum Range {
    /// Those of the combinations.
    Elsewhere,
    /// A list.
    Listed(Vec<Literal>),
    /// Levels of a trajectory, lowest first.
    Levels(Vec<Literal>),
    /// By chance.
    Chance(Distribution, Form),
}

/// How scenarios are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Labels {
    /// By their values.
    Values,
    /// By their number, with so many digits; a combination may have a name.
    Numbers(usize),
}

impl Sweep {
    /// Reads a sweep from its text. `beside` gives the files next to it: run tables, scenario files.
    ///
    /// # Errors
    /// Every problem of the file and of those it names, in their order.
    pub fn parse(
        file_name: &str,
        text: &str,
        beside: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Self, InvalidModel> {
        read::parse(file_name, text, beside)
    }

    /// Reads a sweep file, and gives the bytes of every file that was read.
    ///
    /// Files it names are opened only in its own folder.
    ///
    /// # Errors
    /// Every problem of the file and of those it names, in their order.
    pub fn read(path: &Path) -> Result<(Self, Files), InvalidModel> {
        read::read(path)
    }

    /// How many scenarios there are, the base included where the file asks for it.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// What is done with whole numbers.
    #[must_use]
    pub fn integers(&self) -> Integers {
        self.integers
    }

    /// Id of the sweep.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Title for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The seed, where chance plays a part.
    #[must_use]
    pub fn seed(&self) -> Option<u64> {
        self.seed
    }

    /// How the scenarios are laid out: the word of the file.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The number of the scenario without any change of the axes, where the file asks for one: always the first.
    #[must_use]
    pub fn baseline(&self) -> Option<u64> {
        self.has_baseline.then_some(0)
    }

    /// Id and title of each axis.
    pub fn axes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.axes
            .iter()
            .map(|axis| (axis.id.as_str(), axis.title.as_str()))
    }

    /// The scenarios applied before every scenario of the sweep, the base included.
    #[must_use]
    pub fn common(&self) -> &[Scenario] {
        &self.common
    }

    /// A draw as a scenario, to be applied after the [`common`](Self::common) ones.
    ///
    /// # Errors
    /// Every problem of the text: a change that a scenario does not know, a value that does not fit.
    pub fn scenario(&self, draw: &Draw) -> Result<Scenario, InvalidModel> {
        let beside = |name: &str| self.tables.get(name).cloned();
        let scenario = Scenario::parse_made(&draw.label, &draw.text, &beside);
        let scenario = scenario.map_err(|invalid| self.at_home(draw, invalid))?;
        Ok(scenario.with_places_of(self.files(draw.index)))
    }

    /// Scenario `k`; beyond the last one, the last one.
    #[must_use]
    pub fn draw(&self, k: u64) -> Draw {
        let k = k.min(self.count.saturating_sub(1));
        match (self.has_baseline, k.checked_sub(1)) {
            (true, None) => self.told(k, layout::Point::default()),
            (true, Some(position)) => self.told(k, self.layout.point(position, &self.axes)),
            (false, _) => self.told(k, self.layout.point(k, &self.axes)),
        }
    }
}

impl Labels {
    fn width(count: u64) -> usize {
        const LEAST: usize = 5;
        value::width(count.saturating_sub(1)).max(LEAST)
    }
}

/// A problem of a whole file.
fn of_file(name: &str, kind: impl Into<crate::problem::ProblemKind>) -> InvalidModel {
    Problem::new(Place::file(name), kind).into()
}
