//! Entries to a [`Model`], or every problem found.
//!
//! First who and where ([`setting`]): years, zones, funds, actions and their names. Then money, needs, the matrix, rules and
//! goals, each told about these. Nothing stops at the first problem; what a broken list may have held is not told as unknown.

mod actions;
mod base;
mod bounds;
mod counts;
mod directory;
mod earned;
mod earnings;
mod formula;
mod funds;
mod goals;
mod groups;
mod law;
mod map;
mod matches;
mod matrix;
mod money;
mod needs;
mod plan;
mod previous;
mod projects;
mod rules;
mod setting;
mod terrain;
mod zones;

use crate::input::{
    ClaimEntry, Entries, FundOrderWord, LanguageWord, ModelEntry, ModelFile, Problems,
};
use crate::model::check::{self, Lines};
use crate::model::{Claim, Demand, Fund, FundIdx, Head, Language, Match, Model, Rule, Warning};
use crate::problem::{InvalidModel, KeyProblem, MoneyProblem, NeedProblem, Place, Shown, Thing};
use crate::units::Euro;

use directory::Once;
use money::Money;
use rules::MoneyKnown;
use setting::Setting;

/// The version of the format this program reads.
const FORMAT: i64 = 1;

/// The model that some entries describe.
pub(crate) fn validate(entries: &Entries, mut problems: Problems) -> Result<Model, InvalidModel> {
    let built = build(entries, &mut problems);
    if let (Some((model, lines)), false) = (&built, problems.any_error()) {
        check::check(model, lines, &mut problems);
    }
    let found = problems.finish()?;
    let Some((mut model, _)) = built else {
        // Nothing is left out without a problem; should it be, the refusal is empty rather than a wrong model.
        return Err(InvalidModel::default());
    };
    model.warnings = found.iter().map(Warning::from).collect();
    Ok(model)
}

fn build(entries: &Entries, problems: &mut Problems) -> Option<(Model, Lines)> {
    let file = &entries.file;
    check_format(file, problems);
    let setting = Setting::build(entries, problems)?;
    let previous = previous::build(entries, &setting, problems);
    let assumptions = previous::assumptions(entries, &setting, problems);
    let map = map::build(entries, &setting, problems);
    let mut money = Money::read(entries, &setting, problems);
    earned::apply(entries, &setting, &mut money, problems);
    let earnings = earnings::build(entries, &setting, &mut money, problems);
    let repartitions = file.riparto.as_deref().unwrap_or_default();
    let last_years = previous::by_zone(&previous);
    let (mut formula, formula_years) =
        formula::apply(repartitions, &last_years, &setting, &mut money, problems);
    let known = MoneyKnown {
        by_year: &money.by_year,
        formula: &formula,
    };
    let (rules, mut matches) = rules_and_matches(entries, &setting, known, problems);
    earnings::check_rules(&earnings, &rules, entries, &setting, problems);
    let mut agreements: Vec<Match> = entries
        .agreements
        .iter()
        .filter_map(|entry| matches::agreement(entry, &setting, problems))
        .collect();
    agreements.sort_by(|a, b| a.id.cmp(&b.id));
    matches.append(&mut agreements);
    let flat_rates = matches::flat_rates(
        file.flat_rate.as_deref().unwrap_or_default(),
        &setting,
        problems,
    );
    let demands = demands(entries, &flat_rates, &setting, problems);
    let eligibility = matrix::build(&entries.eligibility, &setting, problems);
    let goals = goals::build(
        file.goal.as_deref().unwrap_or_default(),
        &rules,
        &setting,
        problems,
    );
    let claims = file.claim.as_deref().unwrap_or_default();
    let claims = claims_of(claims, &setting, problems);
    // Only the years of the plan are money of the model.
    money
        .by_year
        .retain(|(_, year), _| setting.years.contains(year));
    formula.retain(|(_, _, year), _| setting.years.contains(year));
    if money.is_whole
        && money
            .by_year
            .values()
            .all(|of_year| of_year.total == Euro::ZERO)
        && earnings.is_empty()
    {
        problems.push(Place::file("amounts.csv"), MoneyProblem::NoMoney);
    }
    let model_entry = file.model.as_ref()?;
    let lines = Lines::of(
        entries,
        std::mem::take(&mut money.places),
        law::unnamed(file, problems),
    );
    let head = head(model_entry, entries, &setting.funds);
    let model = Model {
        head,
        title: model_entry.title.0.clone(),
        language: match model_entry.language.map(|word| word.0) {
            None | Some(LanguageWord::It) => Language::Italian,
            Some(LanguageWord::En) => Language::English,
        },
        years: setting.years,
        zones: setting.terrain.zones,
        funds: setting.funds,
        actions: setting.actions,
        indicators: setting.terrain.indicators,
        money: money.by_year,
        amounts: money.amounts,
        formula,
        formula_years,
        eligibility,
        demands,
        rules,
        matches,
        flat_rates,
        claims,
        earnings,
        previous,
        goals,
        pick: goals::pick(file.pick.as_ref()),
        assumptions,
        map,
        warnings: Vec::new(),
        written: lines.written(problems),
    };
    Some((model, lines))
}

/// How the proposal is told.
fn head(model: &ModelEntry, entries: &Entries, funds: &[Fund]) -> Head {
    let text = |text: &Option<crate::input::Text>| text.as_ref().map(|text| text.0.clone());
    let is_listed = model
        .fund_order
        .is_some_and(|word| word.0 == FundOrderWord::Listed);
    let listed = is_listed.then(|| {
        let rows = entries.funds.iter();
        let place = |entry: &crate::input::FundEntry| {
            funds.iter().position(|fund| fund.id == entry.fund.value)
        };
        rows.filter_map(place).map(FundIdx::new).collect()
    });
    Head {
        office: text(&model.office),
        signatory: text(&model.signatory),
        listed,
    }
}

fn claims_of(entries: &[ClaimEntry], setting: &Setting, problems: &mut Problems) -> Vec<Claim> {
    let mut once = Once::new(Thing::Claim);
    let mut claims = Vec::new();
    for entry in entries {
        let fund = entry.fund.value.0.as_str();
        if once.is_new(fund, fund, &entry.fund, problems) {
            claims.extend(matches::claim(entry, setting, problems));
        }
    }
    claims
}

fn check_format(file: &ModelFile, problems: &mut Problems) {
    if let Some(model) = file
        .model
        .as_ref()
        .filter(|model| model.format.value.0 != FORMAT)
    {
        let found = Shown::new(&model.format.value.0.to_string());
        problems.push(model.format.place.clone(), KeyProblem::Format { found });
    }
}

/// Rules and matches in the order of the file; no id twice among both and the agreements.
fn rules_and_matches(
    entries: &Entries,
    setting: &Setting,
    money: MoneyKnown<'_>,
    problems: &mut Problems,
) -> (Vec<Rule>, Vec<Match>) {
    let mut once = Once::new(Thing::Rule);
    let mut rules = Vec::new();
    for entry in entries.file.rule.as_deref().unwrap_or_default() {
        let id = entry.id.value.0.as_str();
        let is_new = once.is_new(id, id, &entry.id, problems);
        let rule = rules::build(entry, setting, money, problems);
        rules.extend(rule.filter(|_| is_new));
    }
    let mut matches = Vec::new();
    for entry in entries.file.matches.as_deref().unwrap_or_default() {
        let id = entry.id.value.0.as_str();
        let is_new = once.is_new(id, id, &entry.id, problems);
        let found = matches::build(entry, setting, problems);
        matches.extend(found.filter(|_| is_new));
    }
    for entry in &entries.agreements {
        let id = entry.agreement.value.as_str();
        once.is_new(id, id, &entry.agreement, problems);
    }
    (rules, matches)
}

/// Everything that may be paid, in order.
fn demands(
    entries: &Entries,
    flat_rates: &[crate::model::FlatRate],
    setting: &Setting,
    problems: &mut Problems,
) -> Vec<Demand> {
    let before = problems.count();
    let mut demands = needs::build(entries, flat_rates, setting, problems);
    counts::check_needs(&demands, entries, setting, problems);
    demands.extend(projects::build(entries, setting, problems));
    needs::tell_zero_costs(&demands, entries, setting, problems);
    demands.extend(needs::flat_rates(flat_rates, &demands, setting));
    demands.retain(|demand| demand.euro != Some(Euro::ZERO));
    demands.sort_by(|a, b| order(a).cmp(&order(b)));
    let total = money::total(demands.iter().filter_map(|demand| demand.euro));
    if total.is_none() {
        problems.push(Place::file("needs.csv"), NeedProblem::TotalOverflow);
    }
    if demands.is_empty() && problems.count() == before && !problems.any_error() {
        problems.push(Place::file("needs.csv"), NeedProblem::None);
    }
    demands
}

fn order(
    demand: &Demand,
) -> (
    crate::model::ActionIdx,
    crate::model::ZoneIdx,
    crate::units::Year,
    &str,
) {
    (demand.action, demand.zone, demand.year, &demand.label)
}
