//! A small model as text, to be changed by tests: two zones, two years, every unit costs a euro.

use std::collections::BTreeMap;

use mappafondo::input::read_model_from;
use mappafondo::model::{Language, Model};

/// The tables of a model, without their headers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mini {
    /// fund, nature, carry_over, last_spend.
    pub(crate) funds: String,
    /// fund, year, zone, euro.
    pub(crate) amounts: String,
    /// action, leps, kind, nature, unit_cost, priority.
    pub(crate) actions: String,
    /// fund, action.
    pub(crate) eligibility: String,
    /// action, zone, year, units.
    pub(crate) needs: String,
    /// Rules and goals.
    pub(crate) toml: String,
}

impl Mini {
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let toml = format!(
            "[model]\nformat = 1\ntitle = \"Prova\"\nlanguage = \"it\"\n[plan]\nstart = 2026-01-01\nmonths = 24\n{}",
            self.toml
        );
        let named = |rows: &str, line: &dyn Fn(&str, &str) -> String| -> String {
            rows.split_whitespace()
                .map(|row| {
                    let (id, rest) = row.split_once(',').unwrap_or((row, ""));
                    line(id, rest)
                })
                .collect::<Vec<_>>()
                .join("\n")
        };
        let plain = |header: &str, rows: &str| {
            let rows: Vec<&str> = rows.split_whitespace().collect();
            format!("{header}\n{}\n", rows.join("\n"))
        };
        let funds = named(&self.funds, &|id, rest| {
            format!("{id},Fondo {id},state,{rest}")
        });
        let actions = named(&self.actions, &|id, rest| {
            format!("{id},Azione {id},Area,unità,{rest}")
        });
        let amounts = named(&self.amounts, &|id, rest| {
            format!("{id},{rest},Atto {id},official,prova")
        });
        let eligibility = named(&self.eligibility, &|id, rest| {
            format!("{id},{rest},Norma {id}")
        });
        [
            ("model.toml", toml),
            (
                "zones.csv",
                "zone,name,residenti\na,Alfa,100\nb,Beta,100\n".to_owned(),
            ),
            (
                "funds.csv",
                format!("fund,name,level,nature,carry_over,last_spend\n{funds}\n"),
            ),
            (
                "actions.csv",
                format!("action,name,area,unit,leps,kind,nature,unit_cost,priority\n{actions}\n"),
            ),
            (
                "amounts.csv",
                format!("fund,year,zone,euro,act,confidence,source\n{amounts}\n"),
            ),
            (
                "eligibility.csv",
                format!("fund,action,law\n{eligibility}\n"),
            ),
            ("needs.csv", plain("action,zone,year,units", &self.needs)),
        ]
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .collect()
    }

    #[track_caller]
    pub(crate) fn model(&self) -> Model {
        read_model_from(&self.files())
            .unwrap_or_else(|invalid| panic!("{}", invalid.text(Language::English)))
    }

    /// The same with another rule on euro: relation and bound as the file writes them.
    pub(crate) fn rule(&self, id: &str, strength: &str, measure: &str, bound: &str) -> Self {
        let mut more = self.clone();
        more.toml.push_str(&format!(
            "[[rule]]\nid = \"{id}\"\ntitle = \"Regola {id}\"\nlaw = {{ act = \"Atto {id}\", article = \"art. 1\" }}\nstrength = \"{strength}\"\nmeasure = {{ euro = true, {measure} }}\n{bound}\n"
        ));
        more
    }
}

/// Fund `f`, pooled, 100 a year, pays `x` and `y`, of which each zone needs 100 a year; `y` counts twice.
pub(crate) fn pooled() -> Mini {
    Mini {
        funds: "f,current,,".to_owned(),
        amounts: "f,2026,,100.00 f,2027,,100.00".to_owned(),
        actions: "x,no,divisible,current,1.00,1 y,no,divisible,current,1.00,2".to_owned(),
        eligibility: "f,x f,y".to_owned(),
        needs: everywhere(&["x", "y"], "100"),
        toml: "[[goal]]\nkind = \"value\"\n[pick]\nnearest = \"riparto\"\n".to_owned(),
    }
}

/// The same need in every zone and year.
pub(crate) fn everywhere(actions: &[&str], units: &str) -> String {
    let mut rows = Vec::new();
    for action in actions {
        for zone in ["a", "b"] {
            for year in [2026, 2027] {
                rows.push(format!("{action},{zone},{year},{units}"));
            }
        }
    }
    rows.join(" ")
}

/// The same amount in every zone and year.
pub(crate) fn by_zone(fund: &str, euro: &str) -> String {
    let mut rows = Vec::new();
    for year in [2026, 2027] {
        for zone in ["a", "b"] {
            rows.push(format!("{fund},{year},{zone},{euro}"));
        }
    }
    rows.join(" ")
}
