//! `mappafondo explain`: what a euro is worth, what a law costs, what is at risk, why not here.

use std::num::NonZeroUsize;
use std::path::Path;
use std::thread::available_parallelism;

use mappafondo::disk::replace_file;
use mappafondo::explain::goal::goal_prices;
use mappafondo::explain::ground::Watch;
use mappafondo::explain::law::{Left, Wholes, acts, law_prices, rules, shapley};
use mappafondo::explain::price::{fund_prices, rule_prices, zone_prices};
use mappafondo::explain::risk::risks;
use mappafondo::explain::slope::break_points;
use mappafondo::explain::{Cell, ExplainError, Explanation, Ground, Moved, worst_zones};
use mappafondo::input::read_model_from;
use mappafondo::model::{FundIdx, Model};
use mappafondo::proposal::{Proposal, ProposeError, from_plan};
use mappafondo::report::dossier::input_hashes;
use mappafondo::report::explain_text::{Shown, of_explanation};
use mappafondo::report::explanation::{break_points_csv, explanation};
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::{Text, explain as words, program};
use mappafondo::solve::{Options, SolveError};

use super::args::{Explain, Format};
use super::checked::{checked, model_of};
use super::exit;
use super::explain_places::{Places, no_plan};
use super::failure::Failure;
use super::output::Output;
use super::progress::Bar;

/// Orders drawn where not all are looked at, and their seed.
const DRAWN: (usize, u64) = (16, 1);

/// How many of the worst-served zones are told.
const WORST: usize = 5;

/// What is explained: a model, and the hash of its files.
struct Explained {
    model: Model,
    hash: String,
}

pub(crate) fn run(arguments: &Explain, output: &Output) -> Result<u8, Failure> {
    let explained = read(arguments, output)?;
    let asked = Asked::of(arguments, &explained.model, output)?;
    let places = Places::of(arguments, &explained.model, output)?;
    let threads = arguments
        .threads
        .or_else(|| available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN);
    output.progress(program::PLANNING);
    let options = Options::default();
    let ground = match Ground::new(&explained.model, &options) {
        Err(ExplainError::Solve(SolveError::Infeasible)) => {
            if let Some(made) = no_plan(arguments, &explained.model, output)? {
                tell(arguments, &explained, &made, (Shown::All, false), output)?;
                return Ok(exit::INFEASIBLE);
            }
            return Err(failure(&SolveError::Infeasible.into(), output));
        }
        ground => ground.map_err(|why| failure(&why, output))?,
    };
    if !ground.base().plan().complete {
        return Err(Failure::new(exit::LIMIT, output.say(words::LIMITED)));
    }
    let plan = from_plan(ground.model(), ground.base().plan());
    output.progress(words::EXPLAINING);
    let bar = output.bar(words::PROGRESS, (0, 0));
    let mut made = Asking {
        ground: &ground,
        plan: &plan,
        options: &options,
        threads,
        bar: &bar,
    }
    .answer(&asked)
    .map_err(|why| failure(&why, output))?;
    places.answer(&ground, &plan, &mut made);
    bar.end();
    let shown = if asked.all { Shown::Best } else { Shown::All };
    tell(arguments, &explained, &made, (shown, asked.at_risk), output)?;
    Ok(exit::OK)
}

/// Writes the explanation to the file that was asked for, and prints it.
fn tell(
    arguments: &Explain,
    explained: &Explained,
    made: &Explanation,
    shown: (Shown, bool),
    output: &Output,
) -> Result<(), Failure> {
    let json = explanation(&explained.model, &explained.hash, made);
    if let Some(file) = &arguments.out {
        let bytes = if file.extension().is_some_and(|end| end == "csv") {
            break_points_csv(&json).map_err(|error| Failure::internal(&error, output))?
        } else {
            let text = serde_json::to_string_pretty(&json)
                .map_err(|error| Failure::internal(&error, output))?;
            format!("{text}\n").into_bytes()
        };
        replace_file(file, &bytes).map_err(|error| Failure::io(file, &error, output))?;
    }
    match output.format {
        Format::Json => output.print_json(&json),
        Format::Table if output.quiet => Ok(()),
        Format::Table => {
            let text = of_explanation(&explained.model, made, shown, output.layout());
            output.print_summary(&text)
        }
    }
}

/// What was asked, in the terms of the model.
struct Asked {
    /// Nothing in particular: the most telling of everything.
    all: bool,
    prices: Vec<FundIdx>,
    laws: Vec<Left>,
    /// Codes of the rules asked about: their limits are moved too.
    rules: Vec<String>,
    moved: Vec<Moved>,
    shapley: bool,
    goals: bool,
    at_risk: bool,
}

impl Asked {
    fn of(arguments: &Explain, model: &Model, output: &Output) -> Result<Self, Failure> {
        let all = arguments.price.is_empty()
            && arguments.law.is_empty()
            && arguments.breakpoints.is_empty()
            && arguments.why_not.is_empty()
            && arguments.why.is_empty()
            && !arguments.shapley
            && !arguments.goals
            && !arguments.at_risk;
        let mut asked = Self {
            all,
            prices: Vec::new(),
            laws: if all { rules(model) } else { Vec::new() },
            rules: Vec::new(),
            moved: Vec::new(),
            shapley: arguments.shapley,
            goals: arguments.goals || all,
            at_risk: arguments.at_risk || all,
        };
        for id in &arguments.price {
            let found = fund(model, id);
            let refusal = || no_such(words::NO_SUCH_FUND, id, fund_ids(model), output);
            asked.prices.push(found.ok_or_else(refusal)?);
        }
        for id in &arguments.law {
            asked.law(model, id, output)?;
        }
        for id in &arguments.breakpoints {
            let refusal = || {
                let ids = fund_ids(model).chain(model.rules.iter().map(|rule| rule.id.as_str()));
                no_such(words::NO_SUCH_MOVED, id, ids, output)
            };
            asked.moved.push(moved(model, id).ok_or_else(refusal)?);
        }
        Ok(asked)
    }

    /// A rule, with each of its zones where it has a few; or an act.
    fn law(&mut self, model: &Model, id: &str, output: &Output) -> Result<(), Failure> {
        let alone = rules(model);
        if let Some(left) = alone.iter().find(|left| left.rules == [id]) {
            self.laws.push(left.clone());
            self.rules.push(id.to_owned());
            let rule = model.rules.iter().find(|rule| rule.id == id);
            let zones = rule.filter(|rule| rule.for_each.zone).map(|rule| {
                let mut zones: Vec<_> = rule.scope.iter().map(|pair| pair.0).collect();
                zones.dedup();
                zones
            });
            let here = zones.into_iter().flatten().map(|zone| Left {
                place: Cell {
                    zone: Some(zone),
                    ..Cell::default()
                },
                ..left.clone()
            });
            self.laws.extend(here);
            return Ok(());
        }
        let acts = acts(model);
        if let Some(act) = acts.iter().find(|act| act.law == id) {
            self.laws.push(act.clone());
            let of_act = alone
                .iter()
                .filter(|left| act.rules.contains(&left.rules[0]));
            self.laws.extend(of_act.cloned());
            return Ok(());
        }
        let ids = alone
            .iter()
            .flat_map(|left| left.rules.iter().map(String::as_str));
        Err(no_such(words::NO_SUCH_RULE, id, ids, output))
    }
}

fn fund(model: &Model, id: &str) -> Option<FundIdx> {
    model.fund_indices().find(|fund| model.fund(*fund).id == id)
}

fn fund_ids(model: &Model) -> impl Iterator<Item = &str> {
    model.funds.iter().map(|fund| fund.id.as_str())
}

/// `FUND`, `FUND:YEAR`, or a rule.
fn moved(model: &Model, id: &str) -> Option<Moved> {
    let of_fund = |fund, year| Moved::Fund {
        fund,
        year,
        zone: None,
    };
    if let Some(fund) = fund(model, id) {
        return Some(of_fund(fund, None));
    }
    if let Some((id, year)) = id.rsplit_once(':')
        && let (Some(fund), Ok(year)) = (fund(model, id), year.parse())
        && model.years.contains(&year)
    {
        return Some(of_fund(fund, Some(year)));
    }
    let rule = model.rules.iter().find(|rule| rule.id == id)?;
    Some(Moved::Rule {
        rule: rule.id.clone(),
    })
}

fn no_such<'i>(
    text: Text,
    id: &str,
    all: impl Iterator<Item = &'i str>,
    output: &Output,
) -> Failure {
    let all: Vec<&str> = all.collect();
    let (id, all) = (terminal_text(id), all.join(", "));
    let values = [("id", &*id), ("all", &*terminal_text(&all))];
    Failure::new(exit::USAGE, output.fill(text, &values))
}

/// What it takes to answer.
struct Asking<'a> {
    ground: &'a Ground,
    plan: &'a Proposal,
    options: &'a Options,
    threads: NonZeroUsize,
    bar: &'a Bar,
}

impl Asking<'_> {
    fn answer(&self, asked: &Asked) -> Result<Explanation, ExplainError> {
        let (ground, plan, threads) = (self.ground, self.plan, self.threads);
        let advanced: &dyn Watch = self.bar;
        let mut made = Explanation {
            goals: ground.now().to_vec(),
            whole_fixed: ground.whole_fixed(),
            ..Explanation::default()
        };
        if asked.all {
            made.worst = worst_zones(plan, WORST);
            made.funds = fund_prices(ground, None, threads, advanced)?;
        }
        if !asked.prices.is_empty() {
            let funds = Some(asked.prices.as_slice());
            made.funds = fund_prices(ground, funds, threads, advanced)?;
            made.funds
                .extend(zone_prices(ground, &asked.prices, threads, advanced)?);
        }
        // One rule is worth the time it takes to choose whole numbers anew.
        let wholes = if asked.all {
            Wholes::Kept
        } else {
            Wholes::Anew
        };
        let left = (asked.laws.as_slice(), wholes);
        made.laws = law_prices(ground, &plan.rules, left, threads, advanced)?;
        if !asked.rules.is_empty() {
            let only = |id: &str| asked.rules.iter().any(|rule| rule == id);
            made.rules = rule_prices(ground, &plan.rules, only, threads, advanced)?;
        }
        if asked.goals {
            made.goal_prices = goal_prices(ground, wholes, threads, advanced)?;
        }
        if asked.shapley {
            let acts = acts(ground.model());
            made.shapley = Some(shapley(ground, &acts, DRAWN, threads, advanced)?);
        }
        for moved in &asked.moved {
            let found = break_points(ground, moved, threads, advanced)?;
            made.breakpoints.extend(found);
        }
        if asked.at_risk {
            made.risks = risks(ground, plan, self.options, threads, advanced)?;
        }
        Ok(made)
    }
}

/// Why nothing was explained, as a refusal.
fn failure(error: &ExplainError, output: &Output) -> Failure {
    match error {
        ExplainError::Solve(SolveError::Infeasible) => {
            Failure::new(exit::INFEASIBLE, output.say(words::NO_PLAN_TO_EXPLAIN))
        }
        ExplainError::Solve(why) => {
            let why = match why.clone() {
                SolveError::Limit => ProposeError::Limit,
                SolveError::Failed(why) => ProposeError::Solver(why),
                SolveError::Build(why) => ProposeError::Build(why),
                why => ProposeError::NoWholeNumbers(why),
            };
            Failure::propose(&why, output)
        }
        ExplainError::Threads(_) => Failure::internal(error, output),
    }
}

/// Whether a path is what `solve` wrote: its folder, its dossier, or a zip of it.
fn is_plan(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|end| end == "zip")
        || path.join("dossier").join("manifest.json").is_file()
        || path.join("manifest.json").is_file()
}

/// The model of a plan that is intact, or a model with its scenarios.
fn read(arguments: &Explain, output: &Output) -> Result<Explained, Failure> {
    if is_plan(&arguments.explained) {
        return of_plan(&arguments.explained, output);
    }
    output.progress(program::READING);
    let read = super::scenario::read(&arguments.explained, &arguments.scenario)
        .map_err(|invalid| Failure::invalid(&invalid, output))?;
    Ok(Explained {
        hash: input_hashes(&read.inputs).model,
        model: read.model,
    })
}

fn of_plan(path: &Path, output: &Output) -> Result<Explained, Failure> {
    output.progress(program::CHECKING);
    let files = checked(path, words::NOT_VERIFIED, output)?;
    let (model, manifest) = model_of(&files, output)?;
    let model = read_model_from(&model).map_err(|invalid| Failure::invalid(&invalid, output))?;
    Ok(Explained {
        model,
        hash: manifest.model_hash,
    })
}
