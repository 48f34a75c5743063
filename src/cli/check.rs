//! `mappafondo check`: every problem of a model, on standard output.

use mappafondo::lp::impossible;
use mappafondo::model::{Language, Model, Warning};
use mappafondo::problem::{ProblemReport, ProblemRow};
use mappafondo::report::impossible_text::remark;
use mappafondo::report::summary_text::assumptions;
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::{program as words, scenario as scenario_words, summary};
use mappafondo::report::{Applied, difference_text};
use mappafondo::scenario::Difference;
use serde::Serialize;

use super::args::{Check, Format};
use super::exit;
use super::failure::{Failure, build_sentence, code_of};
use super::output::{Output, bold};
use super::scenario;

/// How many remarks are shown unless all are asked for.
const SHOWN_WARNINGS: usize = 20;

/// What `check --format json` prints.
#[derive(Serialize)]
struct CheckJson {
    #[serde(flatten)]
    problems: ProblemReport,
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<ModelJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenarios: Option<Vec<ScenarioJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<Vec<LineJson>>,
}

#[derive(Serialize)]
struct ScenarioJson {
    id: String,
    title: String,
}

/// What a scenario changes: nothing under `before` is new, nothing under `after` is gone.
#[derive(Serialize)]
struct LineJson {
    topic: &'static str,
    subject: String,
    part: Option<String>,
    year: Option<i32>,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Serialize)]
struct ModelJson {
    title: String,
    years: Vec<i32>,
    funds: usize,
    actions: usize,
    zones: usize,
    needs: usize,
    rules: usize,
    assumptions: Vec<AssumptionJson>,
}

#[derive(Serialize)]
struct AssumptionJson {
    assumption: String,
    value: String,
    method: String,
    range: String,
    replace: String,
}

pub(crate) fn run(arguments: &Check, output: &Output) -> Result<u8, Failure> {
    output.progress(words::READING);
    let read = match scenario::read(&arguments.model, &arguments.scenario) {
        Ok(read) => read,
        Err(invalid) => {
            match output.format {
                Format::Json => output.print_json(&CheckJson {
                    problems: invalid.report(output.language),
                    valid: false,
                    model: None,
                    scenarios: None,
                    difference: None,
                })?,
                Format::Table => output.print(&invalid.text(output.language))?,
            }
            return Ok(code_of(&invalid));
        }
    };
    let mut read = read;
    let built = mappafondo::lp::build(&read.model);
    if let Ok(program) = &built {
        let found = impossible(&read.model, program);
        let remarks = found.iter().map(|found| remark(&read.model, found));
        let remarks: Vec<Warning> = remarks.filter(|new| !is_told(&read.model, new)).collect();
        read.model.warnings.splice(0..0, remarks);
    }
    let model = &read.model;
    let refusal = built
        .err()
        .map(|error| build_sentence(&error, output.language));
    match output.format {
        Format::Json => output.print_json(&CheckJson {
            scenarios: read.applied.as_ref().map(scenarios_json),
            difference: read
                .applied
                .as_ref()
                .map(|_| difference_json(&read.difference)),
            ..json(model, refusal.as_deref(), output.language)
        })?,
        Format::Table => {
            let mut text = table(model, refusal.as_deref(), output);
            if let (Some(applied), false) = (&read.applied, output.quiet) {
                text.push_str(&scenarios_table(applied, &read.difference, output));
            }
            output.print(&text)?;
        }
    }
    Ok(if refusal.is_some() {
        exit::INVALID
    } else {
        exit::OK
    })
}

/// Whether the rule of a remark that no plan exists was already told to leave none.
fn is_told(model: &Model, new: &Warning) -> bool {
    const TOLD: [&str; 3] = [
        "model::floor_over_cap",
        "model::floor_over_need",
        "model::shares_over_all",
    ];
    let mut old = model.warnings.iter();
    !new.place.is_empty() && old.any(|old| TOLD.contains(&old.code) && old.place == new.place)
}

fn table(model: &Model, refusal: Option<&str>, output: &Output) -> String {
    let language = output.language;
    let mut text = String::new();
    if refusal.is_none() && !output.quiet {
        text.push_str(&valid(model, output));
    }
    let shown = if output.layout().full || output.quiet {
        usize::MAX
    } else {
        SHOWN_WARNINGS
    };
    for warning in model.warnings.iter().take(shown) {
        let place = if warning.place.is_empty() {
            String::new()
        } else {
            format!(" {}", warning.place)
        };
        let line = format!(
            "{} [{}]{place}: {}",
            output.say(words::WARNING),
            warning.code,
            sentence(warning, language)
        );
        text.push_str(&terminal_text(&line));
        text.push('\n');
    }
    if let Some(rest) = model
        .warnings
        .len()
        .checked_sub(shown)
        .filter(|rest| *rest > 0)
    {
        text.push_str(&words::MORE_WARNINGS.say(language, rest));
        text.push('\n');
    }
    if let Some(refusal) = refusal {
        text.push_str(&format!(
            "{} [model::programme]: {refusal}\n",
            output.say(words::ERROR)
        ));
    }
    if output.quiet {
        return text;
    }
    if model.assumptions.is_empty() {
        return text;
    }
    if output.layout().full {
        text.push_str(&format!(
            "\n{}\n{}",
            bold(output.say(words::ASSUMPTIONS)),
            assumptions(model, output.layout())
        ));
    } else {
        text.push_str(&words::N_ASSUMPTIONS.say(language, model.assumptions.len()));
        text.push('\n');
    }
    text
}

/// That the model can be planned, and what it holds.
fn valid(model: &Model, output: &Output) -> String {
    let language = output.language;
    let sentence = output.fill(
        words::VALID,
        &[
            ("funds", &summary::N_FUNDS.say(language, model.funds.len())),
            (
                "actions",
                &summary::N_ACTIONS.say(language, model.actions.len()),
            ),
            ("zones", &summary::N_ZONES.say(language, model.zones.len())),
            (
                "needs",
                &summary::N_NEEDS.say(language, model.demands.len()),
            ),
            ("rules", &words::N_RULES.say(language, n_rules(model))),
        ],
    );
    let warnings = words::N_WARNINGS.say(language, model.warnings.len());
    format!("{sentence} {warnings}\n")
}

fn scenarios_table(applied: &Applied, difference: &Difference, output: &Output) -> String {
    let language = output.language;
    let mut text = format!("\n{}\n", bold(output.say(scenario_words::SCENARIOS)));
    for told in applied.told() {
        let values = [("id", told.id.as_str()), ("title", &told.title)];
        let line = output.fill(scenario_words::SCENARIO, &values);
        text.push_str(&format!("{}\n", terminal_text(&line)));
    }
    text.push_str(&format!(
        "\n{}\n{}",
        bold(output.say(scenario_words::DIFFERENCE)),
        difference_text(difference, language)
    ));
    text
}

fn scenarios_json(applied: &Applied) -> Vec<ScenarioJson> {
    let told = applied.told().into_iter();
    told.map(|told| ScenarioJson {
        id: told.id,
        title: told.title,
    })
    .collect()
}

fn difference_json(difference: &Difference) -> Vec<LineJson> {
    let lines = difference.lines.iter();
    lines
        .map(|line| LineJson {
            topic: line.topic.word(),
            subject: line.subject.clone(),
            part: line.part.clone(),
            year: line.year,
            before: line.before.clone(),
            after: line.after.clone(),
        })
        .collect()
}

fn n_rules(model: &Model) -> usize {
    model.rules.len() + model.matches.len()
}

fn sentence(warning: &Warning, language: Language) -> &str {
    match language {
        Language::Italian => &warning.italian,
        Language::English => &warning.english,
    }
}

fn json(model: &Model, refusal: Option<&str>, language: Language) -> CheckJson {
    let mut problems: Vec<ProblemRow> = model
        .warnings
        .iter()
        .map(|warning| {
            let (file, line) = match warning.place.split_once(':') {
                Some((file, rest)) => (
                    file,
                    rest.chars()
                        .take_while(char::is_ascii_digit)
                        .collect::<String>()
                        .parse()
                        .ok(),
                ),
                None => (warning.place.as_str(), None),
            };
            ProblemRow {
                severity: "warning",
                code: warning.code,
                file: file.to_owned(),
                line,
                column: None,
                message: sentence(warning, language).to_owned(),
                remedy: String::new(),
            }
        })
        .collect();
    let warnings = problems.len();
    problems.extend(refusal.map(|refusal| ProblemRow {
        severity: "error",
        code: "model::programme",
        file: String::new(),
        line: None,
        column: None,
        message: refusal.to_owned(),
        remedy: String::new(),
    }));
    let assumptions = model.assumptions.iter().map(|assumption| AssumptionJson {
        assumption: assumption.what.clone(),
        value: assumption.value.clone(),
        method: assumption.method.clone(),
        range: assumption.range.clone(),
        replace: assumption.replace.clone(),
    });
    CheckJson {
        problems: ProblemReport {
            version: 1,
            errors: problems.len() - warnings,
            warnings,
            problems,
        },
        valid: refusal.is_none(),
        model: Some(ModelJson {
            title: model.title.clone(),
            years: model.years.clone(),
            funds: model.funds.len(),
            actions: model.actions.len(),
            zones: model.zones.len(),
            needs: model.demands.len(),
            rules: n_rules(model),
            assumptions: assumptions.collect(),
        }),
        scenarios: None,
        difference: None,
    }
}
