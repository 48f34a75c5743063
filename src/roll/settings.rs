//! `model.toml` of the new plan: it starts later, and what spoke of past years alone goes.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{Block, split};
use super::todo::{Item, Kind};
use crate::input::year_of;
use crate::units::{Euro, Year};

/// What the ids of the rules begin with that keep hired staff.
pub(super) const STAFF: &str = "riporto-personale-";

/// `model.toml` while it is rolled.
#[derive(Debug)]
pub(super) struct Settings {
    blocks: Vec<Block>,
    /// What was taken out, or has to be looked at.
    pub(super) items: Vec<Item>,
}

impl Settings {
    /// The file with its plan moved: it keeps its first day and month and its length.
    pub(super) fn roll(text: &str, to: Year) -> Self {
        let mut settings = Self {
            blocks: split(text),
            items: Vec::new(),
        };
        let mut kept = Vec::new();
        for mut block in std::mem::take(&mut settings.blocks) {
            if settings.keep(&mut block, to) {
                kept.push(block);
            }
        }
        settings.blocks = kept;
        settings
    }

    /// Changes a block; `false` if it goes.
    fn keep(&mut self, block: &mut Block, to: Year) -> bool {
        match block.name.as_str() {
            "plan" => {
                if let Some(found) = block.find(&["start"]) {
                    let start = block.text.get(found.span.clone()).unwrap_or_default();
                    let moved = moved(start, to);
                    block.replace(found.span, &moved);
                }
                true
            }
            "need" => {
                let what = block.find(&["action"]);
                let what = what.and_then(|found| block.text.get(found.span).map(str::to_owned));
                self.cut_years(block, to, (Kind::NeedFormula, what.unwrap_or_default()))
            }
            "rule" => {
                let id = block.value(&["id"]).unwrap_or_default();
                if id.starts_with(STAFF) {
                    return false; // written anew from what the plan pays now
                }
                // A share of what past years had is of no year of the new plan.
                let kept = self.cut_years(block, to, (Kind::RulePast, id.clone()))
                    && BOUNDS.iter().all(|bound| {
                        let path = [*bound, "years"];
                        self.cut_years_at(block, &path, to, (Kind::RulePast, id.clone()))
                    });
                if kept {
                    self.cut_waiver(block, to, &id);
                }
                kept
            }
            "goal" => {
                self.cut_weights(block, to);
                true
            }
            "priority_cut" => {
                let year = block.value(&["year"]).and_then(|year| year_of(&year).ok());
                let past = year.filter(|year| *year < to);
                if let Some(year) = past {
                    let fund = block.value(&["fund"]).unwrap_or_default();
                    let values = [("fund", fund), ("years", year.to_string())];
                    self.items.push(Item::new(Kind::CutPast, values));
                }
                past.is_none()
            }
            _ => true,
        }
    }

    /// Takes past years out of `years`; `false` if none is left.
    fn cut_years(&mut self, block: &mut Block, to: Year, item: (Kind, String)) -> bool {
        self.cut_years_at(block, &["years"], to, item)
    }

    fn cut_years_at(
        &mut self,
        block: &mut Block,
        path: &[&str],
        to: Year,
        (kind, what): (Kind, String),
    ) -> bool {
        let Some(found) = block.find(path) else {
            return true;
        };
        let (past, left) = parted(&block.texts(&found), to);
        if past.is_empty() {
            return true;
        }
        if left.is_empty() {
            let values = [("what", what), ("years", past.join(", "))];
            self.items.push(Item::new(kind, values));
            return false;
        }
        block.replace(found.span, &format!("[{}]", left.join(", ")));
        true
    }

    fn cut_waiver(&mut self, block: &mut Block, to: Year, id: &str) {
        let Some(found) = block.find(&["waived", "years"]) else {
            return;
        };
        let (past, left) = parted(&block.texts(&found), to);
        if past.is_empty() {
            return;
        }
        if !left.is_empty() {
            block.replace(found.span, &format!("[{}]", left.join(", ")));
            return;
        }
        let waived = block.find(&["waived"]).filter(|waived| {
            let text = block.text.get(waived.span.clone());
            text.is_some_and(|text| text.starts_with('{'))
        });
        if let Some(waived) = waived {
            block.replace(waived.entry, "");
        }
        let values = [("what", id.to_owned()), ("years", past.join(", "))];
        self.items.push(Item::new(Kind::WaiverPast, values));
    }

    /// Takes past years out of the weights of a goal.
    fn cut_weights(&mut self, block: &mut Block, to: Year) {
        let Some(weights) = block.find(&["weights"]) else {
            return;
        };
        let texts: Vec<String> = weights
            .elements
            .iter()
            .filter_map(|span| block.text.get(span.clone()).map(str::to_owned))
            .collect();
        let mut kept = Vec::new();
        let mut changed = false;
        for text in &texts {
            let mut weight = Block {
                name: "w".to_owned(),
                text: format!("w = {text}\n"),
            };
            let items = self.items.len();
            let before = weight.text.clone();
            let is_kept = self.cut_years(&mut weight, to, (Kind::WeightPast, text.clone()));
            changed |= !is_kept || weight.text != before;
            debug_assert!(is_kept || self.items.len() > items);
            if is_kept {
                let text = weight.text.trim_end();
                kept.push(text.strip_prefix("w = ").unwrap_or(text).to_owned());
            }
        }
        if changed {
            block.replace(weights.span, &format!("[{}]", kept.join(", ")));
        }
    }

    /// How many years back the gate of each fund looks.
    pub(super) fn gates(&self) -> BTreeMap<String, Year> {
        let gates = self.blocks.iter().filter(|block| block.name == "gate");
        gates
            .filter_map(|gate| {
                let back = gate.value(&["of_year"])?.parse().ok()?;
                Some((gate.value(&["fund"])?, back))
            })
            .collect()
    }

    /// Funds that blocks of a name speak of.
    pub(super) fn funds_of(&self, name: &str) -> BTreeSet<String> {
        let blocks = self.blocks.iter().filter(|block| block.name == name);
        blocks.filter_map(|block| block.value(&["fund"])).collect()
    }

    /// Adds to what was claimed before the plan.
    pub(super) fn claim(&mut self, fund: &str, claimed: Euro) {
        let claims = self.blocks.iter_mut().filter(|b| b.name == "claim");
        for block in claims {
            if block.value(&["fund"]).as_deref() != Some(fund) {
                continue;
            }
            let text = format!("\"{claimed}\"");
            if let Some(found) = block.find(&["claimed"]) {
                block.replace(found.span, &text);
            } else if let Some(after) = block.find(&["after"]) {
                let end = after.span.end;
                block.replace(end..end, &format!("\nclaimed = {text}"));
            }
        }
    }

    /// Adds a block at the end.
    pub(super) fn add(&mut self, text: String) {
        let name = "rule".to_owned();
        self.blocks.push(Block { name, text });
    }

    /// The file.
    pub(super) fn text(&self) -> String {
        self.blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect()
    }
}

/// Keys of a rule whose bound may name years of its own.
const BOUNDS: [&str; 4] = ["at_least", "at_most", "below", "equal"];

/// Past years, and those that are left.
fn parted(years: &[String], to: Year) -> (Vec<String>, Vec<String>) {
    let past = |text: &String| year_of(text).is_ok_and(|year| year < to);
    years.iter().cloned().partition(past)
}

/// A date in another year; the last of February where that year has no 29th.
fn moved(start: &str, to: Year) -> String {
    let quote = if start.starts_with(['"', '\'']) {
        start.get(..1).unwrap_or_default()
    } else {
        ""
    };
    let bare = start.trim_matches(['"', '\'']);
    let rest = bare.get(4..).unwrap_or("-01-01");
    let leap = (to % 4 == 0 && to % 100 != 0) || to % 400 == 0;
    let rest = if rest.starts_with("-02-29") && !leap {
        "-02-28"
    } else {
        rest
    };
    format!("{quote}{to}{rest}{quote}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spoke_of_past_years_alone_goes() {
        let text = "[plan]\nstart = 2024-02-29\nmonths = 24\n\n# all gone\n[[need]]\naction = \"a\"\nyears = [2024]\n\n\
                    [[need]]\naction = \"b\"\nyears = [2024, 2025]\n\n\
                    [[rule]]\nid = \"r\"\nwaived = { motive = \"m\", years = [2024] }\n\n\
                    [[goal]]\nkind = \"value\"\nweights = [{ years = [2024], weight = \"2\" }, { years = [2025], weight = \"3\" }]\n\n\
                    [[claim]]\nfund = \"f\"\nafter = 3\n\n[[rule]]\nid = \"riporto-personale-a\"\n";
        let mut settings = Settings::roll(text, 2025);
        settings.claim("f", Euro::from_cents(150));
        assert_eq!(
            settings.text(),
            "[plan]\nstart = 2025-02-28\nmonths = 24\n\n\
             [[need]]\naction = \"b\"\nyears = [2025]\n\n\
             [[rule]]\nid = \"r\"\n\n\n\
             [[goal]]\nkind = \"value\"\nweights = [{ years = [2025], weight = \"3\" }]\n\n\
             [[claim]]\nfund = \"f\"\nafter = 3\nclaimed = \"1.50\"\n\n"
        );
        let codes: Vec<&str> = settings.items.iter().map(|item| item.kind.code()).collect();
        assert_eq!(codes, ["need_formula", "waiver_past", "weight_past"]);
    }

    #[test]
    fn a_share_of_past_years_alone_goes() {
        let rule = |id: &str, years: &str| {
            format!(
                "[[rule]]\nid = \"{id}\"\nat_least = {{ share_of = \"assigned\", share = \"40%\", years = {years} }}\n\n"
            )
        };
        let text = rule("past", "[2024]") + &rule("both", "[2024, 2025]");
        let settings = Settings::roll(&text, 2025);
        assert_eq!(settings.text(), rule("both", "[2025]"));
        let codes: Vec<&str> = settings.items.iter().map(|item| item.kind.code()).collect();
        assert_eq!(codes, ["rule_past"]);
    }
}
