//! A held sweep for people: where the scenarios lie, the widest first.

use std::cmp::Reverse;

use super::super::text::{
    SHOWN, SHOWN_FIRST, goal_difference, goal_value, goal_word, grid, section, total_word,
};
use super::held::{Against, Held, SeriesRow};
use super::run::SweepRun;
use super::spread::Spread;
use super::write::name_of;
use crate::model::Language;
use crate::report::number::{Rounding, count, decimal, points, share};
use crate::report::summary_text::{Align, Layout, Section, SummaryText, paragraph};
use crate::report::text::terminal_text;
use crate::report::words::{Text, compare as words};
use crate::run::Status;
use crate::units::Exact;

/// A sweep held against something; `place` is the number of the comparison and how many there are.
#[must_use]
pub fn of_held(held: &Held<'_>, place: (usize, usize), layout: Layout) -> SummaryText {
    let language = layout.language;
    let (one, of) = match held.against {
        Against::Same(_) => (words::PAIRED_TITLE, words::PAIRED_TITLE_OF),
        _ => (words::SWEEP_TITLE, words::SWEEP_TITLE_OF),
    };
    let (number, all) = (count(language, place.0), count(language, place.1));
    let title = match place.1 {
        1 => one.say(language).to_owned(),
        _ => of.fill(language, &[("n", &number), ("all", &all)]),
    };
    let mut sections = vec![opening(held, layout)];
    if has_figures(held) && !is_same(held) {
        for (table, figure, heading, first) in [
            ("total", "", words::TOTALS, words::ITEM),
            ("goal", "value", words::GOALS, words::GOAL),
            ("zone", "euro", words::SWEEP_ZONES, words::ZONE),
            ("zone", "coverage", words::SWEEP_COVERAGE, words::ZONE),
            ("fund", "used", words::SWEEP_FUNDS, words::FUND),
        ] {
            let wanted = |row: &&SeriesRow| {
                row.table == table
                    && row.year.is_none()
                    && (figure.is_empty() || row.figure == figure)
            };
            let rows: Vec<&SeriesRow> = held.rows.iter().filter(wanted).collect();
            if !rows.is_empty() {
                sections.push(table_of(held, rows, (heading, first), layout));
            }
        }
    }
    SummaryText { title, sections }
}

fn has_plan(run: &SweepRun) -> bool {
    run.statuses.iter().any(|status| status.has_plan())
}

fn has_figures(held: &Held<'_>) -> bool {
    has_plan(held.sweep) || held.first().is_some_and(has_plan)
}

/// Whether there was something to differ from, and nothing differs.
fn is_same(held: &Held<'_>) -> bool {
    matches!(held.against, Against::Same(_)) && !held.differs()
}

fn opening(held: &Held<'_>, layout: Layout) -> Section {
    let language = layout.language;
    let mut body = String::new();
    let mut say = |text: &str| body.push_str(&paragraph(text, layout));
    let named = |text: Text, title: &str, folder: &std::path::Path| {
        let folder = folder.display().to_string();
        let (title, folder) = (terminal_text(title), terminal_text(&folder));
        text.fill(language, &[("title", &title), ("folder", &folder)])
    };
    if let Against::Plan(plan) = held.against {
        say(&named(words::PLAN_OF, &plan.told(), &plan.folder));
    }
    let second = match held.first() {
        Some(first) => {
            say(&named(
                words::FIRST_SWEEP_OF,
                &first.manifest.title,
                &first.folder,
            ));
            endings(first, language).iter().for_each(|text| say(text));
            words::SECOND_SWEEP_OF
        }
        None => words::SWEEP_OF,
    };
    say(&named(
        second,
        &held.sweep.manifest.title,
        &held.sweep.folder,
    ));
    endings(held.sweep, language)
        .iter()
        .for_each(|text| say(text));
    if held.other_endings > 0 && matches!(held.against, Against::Same(_)) {
        say(&words::N_ENDINGS.say(language, held.other_endings));
    }
    if !has_figures(held) {
        say(words::SWEEP_NONE.say(language));
        return untitled(body);
    }
    match held.against {
        Against::Same(_) if is_same(held) => {
            say(words::PAIRED_NO_DIFFERENCE.say(language));
            return untitled(body);
        }
        Against::Same(_) => say(words::PAIRED.say(language)),
        Against::Other(_) => say(words::UNPAIRED.say(language)),
        Against::Nothing => {}
        _ if !held.has_baseline() => say(words::AGAINST_NONE.say(language)),
        Against::Base => say(words::AGAINST_BASE.say(language)),
        Against::Plan(_) => say(words::AGAINST.say(language)),
    }
    if held.has_baseline() && !held.differs() {
        say(words::SAME_AS_BASELINE.say(language));
    } else if held.has_baseline() || matches!(held.against, Against::Same(_)) {
        say(&winners(held, language));
    }
    say(words::SWEEP_METHOD.say(language));
    say(words::ALL_QUANTILES.say(language));
    untitled(body)
}

fn untitled(body: String) -> Section {
    Section {
        heading: String::new(),
        body,
    }
}

/// How many scenarios count, and why the others do not.
fn endings(run: &SweepRun, language: Language) -> Vec<String> {
    let counts = run.by_status();
    let of = |status: Status| counts.get(&status).copied().unwrap_or_default();
    let with_plan = of(Status::Optimal) + of(Status::Limit);
    let n = count(language, with_plan);
    let all = count(language, run.n_scenarios());
    let mut told = vec![words::SWEEP_COUNT.fill(language, &[("n", &n), ("all", &all)])];
    let why = [
        (Status::Infeasible, words::S_INFEASIBLE),
        (Status::Invalid, words::S_INVALID),
        (Status::Failed, words::S_FAILED),
    ];
    let why = why.into_iter().filter(|(status, _)| of(*status) > 0);
    let why = why.map(|(status, text)| text.fill(language, &[("n", &count(language, of(status)))]));
    let why: Vec<String> = why.collect();
    if !why.is_empty() {
        told.push(words::SWEEP_FAILED.fill(language, &[("what", &why.join(", "))]));
    }
    if of(Status::Limit) > 0 {
        let n = count(language, of(Status::Limit));
        told.push(words::SWEEP_LIMIT.fill(language, &[("n", &n)]));
    }
    told
}

/// How many zones receive less, or more, in more than half of the scenarios.
fn winners(held: &Held<'_>, language: Language) -> String {
    let zones = held.rows.iter();
    let zones = zones.filter(|row| (row.table, row.figure, row.year) == ("zone", "euro", None));
    let most = |part: usize, row: &SeriesRow| part * 2 > row.below + row.same + row.above;
    let (mut less, mut more) = (0, 0);
    for row in zones {
        less += usize::from(most(row.below, row));
        more += usize::from(most(row.above, row));
    }
    let (less, more) = (count(language, less), count(language, more));
    words::WINNERS.fill(language, &[("less", &less), ("more", &more)])
}

fn table_of(
    held: &Held<'_>,
    mut rows: Vec<&SeriesRow>,
    (heading, first): (Text, Text),
    layout: Layout,
) -> Section {
    let language = layout.language;
    let apart = matches!(held.against, Against::Other(_));
    let mut left = vec![(first, Align::Left)];
    let mut columns = Vec::new();
    if apart {
        left.push((words::SERIES, Align::Left));
    } else if held.has_baseline() {
        columns.push(words::BASELINE);
    }
    columns.extend([words::LOWEST, words::MIDDLE, words::HIGHEST]);
    if is_counted(held) {
        columns.extend([words::BELOW, words::ABOVE]);
    }
    // Where every figure is of every scenario with a plan, their number was told above.
    let n_of = |row: &&SeriesRow| [&row.first, &row.spread].map(|s| s.as_ref().map(|s| s.n));
    let n_first = rows.first().map(n_of);
    let with_n = rows.iter().any(|row| Some(n_of(row)) != n_first);
    if with_n {
        columns.push(words::COUNTED);
    }
    let mut grid = grid(layout, &left, &columns);
    let sorted = matches!(first, words::ZONE | words::FUND);
    if sorted {
        rows.sort_by_key(|row| Reverse(reach(held, row)));
    }
    // One row alone is told rather than counted.
    let shown = match rows.len() {
        n if !sorted || n == SHOWN + 1 => n,
        n if n > SHOWN && !layout.full => SHOWN_FIRST,
        n => n.min(SHOWN),
    };
    for row in rows.iter().take(shown) {
        for cells in cells(held, row, with_n, language) {
            grid.row(cells);
        }
    }
    if rows.len() > shown {
        let mut more = vec![words::N_OTHERS.say(language, rows.len() - shown)];
        more.resize(left.len() + columns.len(), String::new());
        grid.row(more);
    }
    section(heading, &grid, layout)
}

fn is_counted(held: &Held<'_>) -> bool {
    held.has_baseline() || matches!(held.against, Against::Same(_))
}

/// What the order of a table goes by: how far a figure moves, or how large its differences are.
fn reach(held: &Held<'_>, row: &SeriesRow) -> Exact {
    let zero = Exact::from_integer(0);
    match (held.against, &row.spread) {
        (Against::Same(_), Some(spread)) => spread.at[6].max(zero - spread.at[0]),
        _ => row.width(),
    }
}

/// Lines of a row: two where sweeps stand side by side. A shortfall is told without its sign, so its lowest is what its highest was.
fn cells(held: &Held<'_>, row: &SeriesRow, with_n: bool, language: Language) -> Vec<Vec<String>> {
    let short = row.table == "goal" && (row.id == "targets" || row.id == "wishes");
    let told = |value: &Exact| if short { -*value } else { *value };
    let unit = match row.unit.as_str() {
        "share" => "level",
        unit => unit,
    };
    let paired = matches!(held.against, Against::Same(_));
    let shown = |value: &Exact| match paired {
        true => difference(&told(value), unit, language),
        false => goal_value(&told(value), unit, language),
    };
    let three = |spread: Option<&Spread>| -> [String; 3] {
        let (low, high) = if short { (6, 0) } else { (0, 6) };
        spread.map_or_else(Default::default, |spread| {
            [low, 3, high].map(|place| shown(&spread.at[place]))
        })
    };
    let n_of = |spread: Option<&Spread>| spread.map_or(0, |spread| spread.n);
    let counted = |n: usize| with_n.then(|| count(language, n));
    let name = match row.table {
        "total" => total_word(row.figure).say(language).to_owned(),
        "goal" => goal_word(&row.id, language),
        _ => name_of(held, row).to_owned(),
    };
    let name = terminal_text(&name).into_owned();
    if let Against::Other(_) = held.against {
        let line = |name: String, series: Text, spread: Option<&Spread>| {
            let mut cells = vec![name, series.say(language).to_owned()];
            cells.extend(three(spread));
            cells.extend(counted(n_of(spread)));
            cells
        };
        return vec![
            line(name, words::FIRST_SERIES, row.first.as_ref()),
            line(String::new(), words::SECOND_SERIES, row.spread.as_ref()),
        ];
    }
    let mut cells = vec![name];
    if held.has_baseline() {
        cells.push(row.baseline.as_ref().map(shown).unwrap_or_default());
    }
    cells.extend(three(row.spread.as_ref()));
    let n = n_of(row.spread.as_ref());
    if is_counted(held) {
        let (below, above) = if short {
            (row.above, row.below)
        } else {
            (row.below, row.above)
        };
        cells.extend([below, above].map(|part| of_all(part, n, language)));
    }
    cells.extend(counted(n));
    vec![cells]
}

/// A difference with its sign; of shares in percentage points.
fn difference(value: &Exact, unit: &str, language: Language) -> String {
    if unit != "level" {
        return goal_difference(value, unit, language);
    }
    let number = points(language, value);
    let plus = if *value > Exact::from_integer(0) {
        "+"
    } else {
        ""
    };
    let number = format!("{plus}{number}");
    words::SHORT_POINTS.fill(language, &[("value", &number)])
}

/// `3 (42%)`; rounded down, so that 100% is said only of all.
fn of_all(part: usize, n: usize, language: Language) -> String {
    let number = |n: usize| i128::try_from(n).unwrap_or(i128::MAX);
    let hundredfold = number(part).saturating_mul(100);
    match share(hundredfold, number(n)) {
        Some(share) => {
            let percent = decimal(language, &share, 0, Rounding::Down);
            format!("{} ({percent}%)", count(language, part))
        }
        None => count(language, part),
    }
}
