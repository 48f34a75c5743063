//! A model with one fund that is divided, as small as can be, and what comes of it.

use std::collections::BTreeMap;
use std::path::Path;

use mappafondo::input::{read_model, read_model_from};
use mappafondo::model::{Assigned, FormulaYear, Language, Model};

/// A model with one fund of so many euro in 2026, divided as a `[[riparto]]` says among zones with two columns.
pub(super) struct Given<'g> {
    pub(super) euro: &'g str,
    pub(super) zones: Vec<String>,
    pub(super) previous: &'g str,
    pub(super) riparto: &'g str,
}

/// Zones a, b, c, ... with a value of the column `peso` each, and of the column `limite`.
pub(super) fn given<'g>(euro: &'g str, zones: &[(&str, &str)], riparto: &'g str) -> Given<'g> {
    let row =
        |(id, (peso, limite)): (char, &(&str, &str))| format!("{id},Zona {id},{peso},{limite}");
    Given {
        euro,
        zones: ('a'..='z').zip(zones).map(row).collect(),
        previous: "",
        riparto,
    }
}

impl Given<'_> {
    pub(super) fn read(&self) -> Result<Model, String> {
        let model = "[model]\nformat = 1\ntitle = \"Riparto\"\n\n[plan]\nstart = 2026-01-01\nmonths = 12\n\n\
                     [[group]]\nid = \"alcune\"\nkind = \"zone\"\nmembers = [\"a\", \"b\"]\n\n\
                     [[riparto]]\nfund = \"f\"\n";
        let needs: String = self
            .zones
            .iter()
            .filter_map(|row| row.split(',').next())
            .map(|id| format!("s,{id},2026,unlimited\n"))
            .collect();
        let files = [
            ("model.toml", format!("{model}{}\n\n[[goal]]\nkind = \"value\"\n", self.riparto)),
            ("zones.csv", format!("zone,name,peso,limite\n{}\n", self.zones.join("\n"))),
            ("funds.csv", "fund,name,level,nature\nf,Fondo,state,current\n".to_owned()),
            ("amounts.csv", format!("fund,year,euro,act,confidence,source\nf,2026,{},Decreto,official,x\n", self.euro)),
            ("actions.csv", "action,name,area,leps,kind,unit,unit_cost,priority\ns,Servizi,Sociale,no,divisible,euro,1.00,1\n".to_owned()),
            ("eligibility.csv", "fund,action\nf,s\n".to_owned()),
            ("needs.csv", format!("action,zone,year,units\n{needs}")),
            ("previous.csv", format!("fund,action,zone,year,euro\n{}", self.previous)),
        ];
        let files: BTreeMap<String, Vec<u8>> = files
            .into_iter()
            .filter(|(name, text)| *name != "previous.csv" || text.lines().count() > 1)
            .map(|(name, text)| (name.to_owned(), text.into_bytes()))
            .collect();
        read_model_from(&files).map_err(|invalid| invalid.text(Language::Italian))
    }

    pub(super) fn divided(&self) -> (Vec<String>, FormulaYear, Vec<&'static str>) {
        let model = self.read().unwrap();
        told(&model)
    }

    /// What the zones get, in the order of their codes.
    pub(super) fn amounts(&self) -> Vec<String> {
        self.divided().0
    }

    pub(super) fn refusal(&self) -> String {
        self.read().unwrap_err()
    }
}

/// Codes of remarks on a riparto.
const ABOUT_IT: [&str; 4] = [
    "model::naive_rounding",
    "model::riparto_tie",
    "model::shares_sum",
    "model::no_last_year",
];

/// What the zones of the only riparto get, how it came about, and the codes of the remarks that speak of it.
pub(super) fn told(model: &Model) -> (Vec<String>, FormulaYear, Vec<&'static str>) {
    let formula = model.formula_years.first().unwrap().clone();
    let money = &model.money[&(formula.fund, formula.year)];
    let Assigned::Zones(zones) = &money.assigned else {
        panic!("a pool")
    };
    let codes = model.warnings.iter().map(|warning| warning.code);
    let codes = codes.filter(|code| ABOUT_IT.contains(code)).collect();
    (
        zones.values().map(ToString::to_string).collect(),
        formula,
        codes,
    )
}

pub(super) fn case(name: &str) -> Result<Model, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/cases")
        .join(name);
    match read_model(&folder) {
        Ok((model, _)) => Ok(model),
        Err(invalid) => Err(invalid.text(Language::Italian)),
    }
}

/// The sentences of the remarks of a code, in Italian.
pub(super) fn remarks(model: &Model, code: &str) -> Vec<String> {
    let of_code = model.warnings.iter().filter(|warning| warning.code == code);
    of_code.map(|warning| warning.italian.clone()).collect()
}

pub(super) const WEIGHTS: &str =
    "role = \"assign\"\nweights = [{ indicator = \"peso\", weight = \"100%\" }]\n";

pub(super) fn by_weight(more: &str) -> String {
    format!("{WEIGHTS}{more}")
}
