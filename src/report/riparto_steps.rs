//! What a riparto takes off a fund before it divides it, and what it leaves to nobody: a sentence each.

use super::number::money;
use super::words::Text;
use super::words::annex as words;
use crate::model::{Deducted, FormulaYear, Language, Model};
use crate::units::Euro;

/// The sentences of every formula, in the order of the model.
#[must_use]
pub fn steps(model: &Model, language: Language) -> Vec<String> {
    let of_formula = |formula: &FormulaYear| {
        let deductions = formula.deductions.iter();
        let told = deductions.map(|deduction| deducted((model, formula), deduction, language));
        let mut sentences: Vec<String> = told.collect();
        sentences.extend(difference(model, formula, language));
        sentences
    };
    model.formula_years.iter().flat_map(of_formula).collect()
}

/// Only those that say why the zones do not get the amount of the fund, and nothing else.
#[must_use]
pub fn differences(model: &Model, language: Language) -> Vec<String> {
    let of_formula = |formula: &FormulaYear| {
        let out = formula.deductions.iter();
        let out = out.filter(|deduction| deduction.zones.is_empty());
        let out = out.map(|deduction| deducted((model, formula), deduction, language));
        let mut sentences: Vec<String> = out.collect();
        sentences.extend(difference(model, formula, language));
        sentences
    };
    model.formula_years.iter().flat_map(of_formula).collect()
}

fn deducted(of: (&Model, &FormulaYear), deduction: &Deducted, language: Language) -> String {
    let text = if deduction.zones.is_empty() {
        words::DEDUCTED
    } else {
        words::DEDUCTED_TO_ZONES
    };
    let figures = (deduction.euro, of.1.total);
    say(text, of, figures, &deduction.name, language)
}

fn difference(model: &Model, formula: &FormulaYear, language: Language) -> Option<String> {
    let left = formula.left;
    let (text, euro) = if left > Euro::ZERO {
        (words::LEFT_TO_NOBODY, left)
    } else if left < Euro::ZERO {
        let over = Euro::from_cents(left.cents().saturating_neg());
        (words::MORE_THAN_THERE_IS, over)
    } else {
        return None;
    };
    let figures = (euro, formula.divided);
    Some(say(text, (model, formula), figures, "", language))
}

fn say(
    text: Text,
    (model, formula): (&Model, &FormulaYear),
    (euro, of): (Euro, Euro),
    name: &str,
    language: Language,
) -> String {
    let money = |euro: Euro| money(language, euro.cents().into());
    let values = [
        ("fund", model.fund(formula.fund).name.as_str()),
        ("year", &formula.year.to_string()),
        ("euro", &money(euro)),
        ("of", &money(of)),
        ("name", name),
    ];
    text.fill(language, &values)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::ZoneIdx;

    #[test]
    fn deductions_and_what_is_left_or_too_much_are_told() {
        let mut model = crate::report::fixture::model();
        let fund = model.fund_indices().next().unwrap();
        let name = model.fund(fund).name.clone();
        let deducted = |name: &str, cents, zones: &[usize]| Deducted {
            name: name.to_owned(),
            euro: Euro::from_cents(cents),
            zones: zones
                .iter()
                .map(|zone| (ZoneIdx::new(*zone), Euro::ZERO))
                .collect::<BTreeMap<_, _>>(),
        };
        let formula = FormulaYear {
            fund,
            year: 2022,
            law: None,
            total: Euro::from_cents(100_000),
            deductions: vec![
                deducted("riserva", 10_000, &[]),
                deducted("capoluogo", 45_000, &[0]),
            ],
            divided: Euro::from_cents(45_000),
            zones: Vec::new(),
            parts: Vec::new(),
            shares: Vec::new(),
            floors: None,
            ceilings: None,
            given: Vec::new(),
            amounts: Vec::new(),
            left: Euro::from_cents(150),
        };
        model.formula_years = vec![formula.clone()];
        let told = steps(&model, Language::Italian);
        assert_eq!(
            told,
            [
                format!(
                    "{name} 2022: dei 1.000,00 euro, 100,00 sono tolti prima del riparto e restano fuori dalle zone (riserva)."
                ),
                format!(
                    "{name} 2022: dei 1.000,00 euro, 450,00 vanno ad alcune zone prima del riparto (capoluogo); sono nei loro importi."
                ),
                format!("{name} 2022: dei 450,00 euro da dividere, 1,50 restano non assegnati."),
            ]
        );
        let out = differences(&model, Language::Italian);
        assert_eq!(out, [told[0].clone(), told[2].clone()]);
        model.formula_years = vec![FormulaYear {
            left: Euro::from_cents(-1),
            deductions: Vec::new(),
            ..formula
        }];
        let told = steps(&model, Language::English);
        assert_eq!(
            told,
            [format!(
                "{name} 2022: rounding row by row, the zones get 0.01 euro more than the 450.00 to be divided."
            )]
        );
    }
}
