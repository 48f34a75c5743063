//! What a run comes to, for people.

use std::path::Path;

use mappafondo::model::Language;
use mappafondo::report::number::{count, goal, money};
use mappafondo::report::summary_text::{Align, Grid, Layout, Section, SummaryText, entry};
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::{Text, routes, run as words};
use mappafondo::run::{Digest, GoalDigest, Spread, Status};
use mappafondo::solve::routes::{HandedOver, Route};
use mappafondo::units::parse_exact;

use super::catalogue::Entry;

/// Zones and funds shown.
const SHOWN: usize = 5;

/// The summary of a finished run in `folder`.
pub(crate) fn of_digest(digest: &Digest, folder: &Path, layout: Layout) -> SummaryText {
    let language = layout.language;
    let with = digest.count(Status::Optimal) + digest.count(Status::Limit);
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let scenarios = words::N_SCENARIOS.say(language, number(digest.scenarios));
    let came = words::CAME.fill(
        language,
        &[
            ("scenarios", &scenarios),
            ("with", &words::N_WITH.say(language, number(with))),
            (
                "without",
                &words::N_WITHOUT.say(language, number(digest.scenarios.saturating_sub(with))),
            ),
        ],
    );
    let mut sections = vec![section(language, None, entry("", &came, layout))];
    if !digest.goals.is_empty() {
        let body = goals(&digest.goals, layout);
        sections.push(section(language, Some(words::HEAD_GOALS), body));
    }
    for (heading, of, spreads) in [
        (words::HEAD_ZONES, words::ZONE, &digest.zones),
        (words::HEAD_FUNDS, words::FUND, &digest.funds),
    ] {
        let moving: Vec<&Spread> = spreads
            .iter()
            .filter(|spread| spread.cents.least != spread.cents.most)
            .take(SHOWN)
            .collect();
        if !moving.is_empty() {
            let body = spread_table(of, &moving, layout);
            sections.push(section(language, Some(heading), body));
        }
    }
    if !digest.without_plan.is_empty() {
        let body = without_plan(digest, layout);
        sections.push(section(language, Some(words::HEAD_WITHOUT), body));
    }
    if !digest.routes.is_empty() {
        let body = by_route(digest, layout);
        sections.push(section(language, Some(words::HEAD_ROUTES), body));
    }
    let shown = terminal_text(&folder.display().to_string()).into_owned();
    let written = words::WRITTEN.fill(language, &[("folder", &shown)]);
    let body = entry("", &written, layout);
    sections.push(section(language, Some(words::HEAD_FILES), body));
    SummaryText {
        title: terminal_text(&digest.title).into_owned(),
        sections,
    }
}

fn section(language: Language, heading: Option<Text>, body: String) -> Section {
    Section {
        heading: heading
            .map_or("", |heading| heading.say(language))
            .to_owned(),
        body,
    }
}

fn quantile_heads(first: Text, language: Language) -> [(&'static str, Align); 5] {
    [
        (first.say(language), Align::Left),
        (words::SCENARIOS.say(language), Align::Right),
        (words::LEAST.say(language), Align::Right),
        (words::HALF.say(language), Align::Right),
        (words::MOST.say(language), Align::Right),
    ]
}

fn goals(goals: &[GoalDigest], layout: Layout) -> String {
    let language = layout.language;
    let mut grid = Grid::new(layout, &quantile_heads(words::GOAL, language));
    let levels = goals.iter().filter(|goal| goal.kind == "leximin").count();
    for goal in goals {
        let name = match goal.kind.as_str() {
            "leps" => words::GOAL_LEPS,
            "targets" => words::GOAL_TARGETS,
            "wishes" => words::GOAL_WISHES,
            "leximin" if levels > 1 => words::GOAL_LEXIMIN_LEVEL,
            "leximin" => words::GOAL_LEXIMIN,
            "floor" => words::GOAL_FLOOR,
            "steady" => words::GOAL_STEADY,
            "open" => words::GOAL_OPEN,
            "at_risk" => words::GOAL_AT_RISK,
            _ => words::GOAL_VALUE,
        };
        let name = name.fill(language, &[("level", &goal.level.to_string())]);
        // What is missing is told as such: the least missing is the best scenario.
        let is_missing = matches!(
            goal.kind.as_str(),
            "targets" | "wishes" | "floor" | "steady" | "open"
        );
        let (least, most) = if is_missing {
            (&goal.values.most, &goal.values.least)
        } else {
            (&goal.values.least, &goal.values.most)
        };
        let told = |text: &str| value(text, &goal.unit, is_missing, language);
        grid.row([
            name,
            count(language, goal.values.n),
            told(least),
            told(&goal.values.half),
            told(most),
        ]);
    }
    grid.text()
}

/// An exact value for people; of what is missing, how much.
fn value(text: &str, unit: &str, is_missing: bool, language: Language) -> String {
    let magnitude = text.strip_prefix('-');
    let Some(exact) = parse_exact(magnitude.unwrap_or(text)) else {
        return text.to_owned();
    };
    let told = goal(language, unit, &exact);
    if magnitude.is_some() && !is_missing {
        format!("-{told}")
    } else {
        told
    }
}

fn spread_table(of: Text, spreads: &[&Spread], layout: Layout) -> String {
    let language = layout.language;
    let mut grid = Grid::new(layout, &quantile_heads(of, language));
    for spread in spreads {
        let euro = |cents: i64| money(language, i128::from(cents));
        grid.row([
            terminal_text(&spread.name).into_owned(),
            count(language, spread.cents.n),
            euro(spread.cents.least),
            euro(spread.cents.half),
            euro(spread.cents.most),
        ]);
    }
    grid.text()
}

fn without_plan(digest: &Digest, layout: Layout) -> String {
    let language = layout.language;
    let heads = [
        (words::NUMBER.say(language), Align::Right),
        (words::SCENARIO.say(language), Align::Left),
        (words::HOW.say(language), Align::Left),
        (words::WHY.say(language), Align::Left),
    ];
    let mut grid = Grid::new(layout, &heads);
    for scenario in &digest.without_plan {
        let how = match Status::of_word(scenario.status) {
            Some(Status::Infeasible) => words::WITHOUT_INFEASIBLE.say(language),
            Some(Status::Invalid) => words::WITHOUT_INVALID.say(language),
            Some(Status::Failed) => words::WITHOUT_FAILED.say(language),
            _ => scenario.status,
        };
        grid.row([
            scenario.index.to_string().as_str(),
            &scenario.label,
            how,
            &why(&scenario.reason, language),
        ]);
    }
    grid.text()
}

/// A reason as a table has it, in English where it is a sentence of ours, for people.
fn why(reason: &str, language: Language) -> String {
    let ours = [
        words::WHY_PANIC,
        words::WHY_GIVEN_UP,
        words::WHY_DISAGREE,
        words::WHY_NO_PLAN,
        words::WHY_LIMIT,
        words::LOG_NO_ANSWER,
    ];
    // What follows a colon is what the solver said itself.
    let is = |text: &&Text| {
        let rest = reason.strip_prefix(text.en);
        rest.is_some_and(|rest| {
            rest.is_empty() || (language == Language::Italian && rest.starts_with(": "))
        })
    };
    let ours = ours.iter().find(is);
    ours.map_or_else(|| reason.to_owned(), |text| text.say(language).to_owned())
}

fn by_route(digest: &Digest, layout: Layout) -> String {
    let language = layout.language;
    let number = |n: &u64| count(language, usize::try_from(*n).unwrap_or(usize::MAX));
    let lines = digest.routes.iter().map(|(route, n)| {
        let route = by_word(
            route,
            [Route::Cold, Route::Hot, Route::Batch],
            Route::word,
            routes::route,
            language,
        );
        words::ROUTE_LINE.fill(language, &[("route", &route), ("n", &number(n))])
    });
    let handed = digest.handed_over.iter().map(|(why, n)| {
        let why = by_word(
            why,
            HandedOver::ALL,
            HandedOver::word,
            routes::handed_over,
            language,
        );
        words::HANDED_LINE.fill(language, &[("why", &why), ("n", &number(n))])
    });
    lines
        .chain(handed)
        .map(|line| entry("", &line, layout))
        .collect()
}

/// The words for what a table has as a code; the code itself where a later version wrote it.
fn by_word<T: Copy, const N: usize>(
    code: &str,
    all: [T; N],
    word: impl Fn(T) -> &'static str,
    text: impl Fn(T) -> Text,
    language: Language,
) -> String {
    let known = all.into_iter().find(|one| word(*one) == code);
    known.map_or_else(|| code.to_owned(), |one| text(one).say(language).to_owned())
}

/// The catalogue of runs.
pub(crate) fn of_runs(runs: &[Entry], layout: Layout) -> String {
    let language = layout.language;
    let heads = [
        (words::WHEN.say(language), Align::Left),
        (words::SWEEP.say(language), Align::Left),
        (words::SCENARIOS.say(language), Align::Right),
        (words::HOW.say(language), Align::Left),
        (words::FOLDER.say(language), Align::Left),
    ];
    let mut grid = Grid::new(layout, &heads);
    for run in runs {
        let how = match run.status.as_str() {
            "complete" => words::IS_COMPLETE,
            "stopped" => words::IS_STOPPED,
            "failed" => words::IS_FAILED,
            "resumed" => words::IS_RESUMED,
            _ => words::IS_BEGUN,
        };
        let when = run
            .begun
            .split('.')
            .next()
            .unwrap_or(&run.begun)
            .replace('T', " ");
        let shard = run
            .shard
            .as_ref()
            .map_or_else(String::new, |shard| format!(" ({shard})"));
        grid.row([
            when.as_str(),
            &format!("{}{shard}", run.sweep),
            &run.scenarios.to_string(),
            how.say(language),
            &run.folder,
        ]);
    }
    grid.text()
}
