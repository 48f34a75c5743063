//! Where the scenarios of a run come from.

use crate::model::{Language, Model};
use crate::problem::InvalidModel;
use crate::scenario::{Base, Files};
use crate::sweep::{Draw, Sweep};

/// One scenario, ready to be solved.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name.
    pub label: String,
    /// The value of each axis, in the order of the axes; none where an axis is left alone.
    pub values: Vec<Option<String>>,
    /// Its model, or what is wrong with it, in English.
    pub model: Result<Box<Model>, String>,
}

/// Scenarios by number: what is said of scenario `k` depends on nothing but `k`.
pub trait Source: Sync {
    /// Name of scenario `k` and the value of each axis, without its model.
    fn name(&self, k: u64) -> (String, Vec<Option<String>>);

    /// Scenario `k`.
    fn case(&self, k: u64) -> Case;
}

/// The scenarios of a sweep file.
#[derive(Clone, Debug)]
pub struct SweepSource {
    sweep: Sweep,
    axes: Vec<String>,
    base: Base,
}

impl SweepSource {
    /// The scenarios of a sweep of a model. What they have in common is applied once.
    ///
    /// # Errors
    /// Every problem of the common scenarios.
    pub fn new(sweep: Sweep, model_files: &Files) -> Result<Self, InvalidModel> {
        let base = Base::new(model_files)?;
        let base = if sweep.common().is_empty() {
            base
        } else {
            Base::new(&base.read(sweep.common())?.1)?
        };
        let axes = sweep.axes().map(|(id, _)| id.to_owned()).collect();
        Ok(Self { sweep, axes, base })
    }

    /// The model before any axis moves.
    ///
    /// # Errors
    /// None where [`SweepSource::new`] had none.
    pub fn base(&self) -> Result<Model, InvalidModel> {
        Ok(self.base.read(&[])?.0)
    }

    /// The model of a draw, or what is wrong with it, at the places of the files that somebody wrote.
    fn model(&self, draw: &Draw) -> Result<Model, InvalidModel> {
        let scenario = self.sweep.scenario(draw)?;
        let read = self.base.read(&[scenario]);
        let (model, _, _) = read.map_err(|invalid| self.sweep.at_home(draw, invalid))?;
        Ok(model)
    }

    /// What is wrong with scenario `k`, in a language; `None` where it has a model.
    #[must_use]
    pub fn why_invalid(&self, k: u64, language: Language) -> Option<String> {
        let invalid = self.model(&self.sweep.draw(k)).err()?;
        Some(one_line(&invalid.text(language)))
    }

    fn values(&self, draw: &Draw) -> Vec<Option<String>> {
        let value = |axis: &String| {
            let mut values = draw.values.iter().filter(|(id, _)| id == axis);
            values.next().map(|(_, value)| value.clone())
        };
        self.axes.iter().map(value).collect()
    }
}

impl Source for SweepSource {
    fn name(&self, k: u64) -> (String, Vec<Option<String>>) {
        let draw = self.sweep.draw(k);
        let values = self.values(&draw);
        (draw.label, values)
    }

    fn case(&self, k: u64) -> Case {
        let draw = self.sweep.draw(k);
        let model = self.model(&draw).map(Box::new);
        Case {
            values: self.values(&draw),
            model: model.map_err(|invalid| one_line(&invalid.text(Language::English))),
            label: draw.label,
        }
    }
}

/// A text on one line.
fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(" ")
}
