//! Plans of different models: what they have in common, told before any figure.

use std::collections::BTreeMap;

use super::plan::Plan;
use crate::model::Language;
use crate::report::words::compare as words;
use crate::report::words::summary::{N_ACTIONS, N_FUNDS, N_ZONES};

/// How many zones, funds and actions two models have in common, by code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Zones.
    pub zones: usize,
    /// Funds.
    pub funds: usize,
    /// Actions.
    pub actions: usize,
}

/// What two plans have in common, where their models have different titles.
#[must_use]
pub fn shared(before: &Plan, after: &Plan) -> Option<Shared> {
    fn both(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> usize {
        one.keys().filter(|id| other.contains_key(*id)).count()
    }
    (before.title != after.title).then(|| Shared {
        zones: both(&before.names.zones, &after.names.zones),
        funds: both(&before.names.funds, &after.names.funds),
        actions: both(&before.names.actions, &after.names.actions),
    })
}

impl Shared {
    /// That the models are different, and what they share.
    #[must_use]
    pub fn told(self, language: Language) -> String {
        if (self.zones, self.funds, self.actions) == (0, 0, 0) {
            return words::NOTHING_SHARED.say(language).to_owned();
        }
        let values = [
            ("zones", N_ZONES.say(language, self.zones)),
            ("funds", N_FUNDS.say(language, self.funds)),
            ("actions", N_ACTIONS.say(language, self.actions)),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        words::OTHER_MODELS.fill(language, &values)
    }
}
