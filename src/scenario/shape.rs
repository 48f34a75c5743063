//! Whether a change says one thing, and only what goes with it.

use num_traits::CheckedMul;

use crate::input::{At, ChangeEntry, GoalWord, OneOf, PartWord, Problems, TargetWord, Word};
use crate::problem::{ScenarioProblem, Shown, ValueProblem, WordList};
use crate::units::{Exact, parse_exact};

/// Verbs, in the order in which they are told.
const VERBS: [&str; 12] = [
    "rule_off",
    "rule_on",
    "waive",
    "merge_zones",
    "split_zone",
    "freeze",
    "stop_fund",
    "new_fund",
    "new_amount",
    "new_riparto",
    "goals",
    "target",
];

const OPERATORS: [&str; 3] = ["scale", "add", "set"];

/// What a change is called: its target or its verb.
pub(super) fn what(change: &ChangeEntry) -> &'static str {
    match &change.target {
        Some(target) => target.value.0.word(),
        None => verbs(change).first().copied().unwrap_or("change"),
    }
}

fn verbs(change: &ChangeEntry) -> Vec<&'static str> {
    let given = [
        change.rule_off.is_some(),
        change.rule_on.is_some(),
        change.waive.is_some(),
        change.merge_zones.is_some(),
        change.split_zone.is_some(),
        change.freeze.is_some(),
        change.stop_fund.is_some(),
        change.new_fund.is_some(),
        change.new_amount.is_some(),
        change.new_riparto.is_some(),
        change.goals.is_some(),
        change.target.is_some(),
    ];
    let given = VERBS.into_iter().zip(given);
    given.filter(|(_, is)| *is).map(|(verb, _)| verb).collect()
}

/// Whether later changes may speak of what this one makes.
pub(super) fn makes_names(change: &ChangeEntry) -> bool {
    change.merge_zones.is_some()
        || change.split_zone.is_some()
        || change.freeze.is_some()
        || change.new_fund.is_some()
}

/// Keys given beside target, verb and note.
fn others(change: &ChangeEntry) -> Vec<&'static str> {
    let given = [
        ("fund", change.fund.is_some()),
        ("action", change.action.is_some()),
        ("zone", change.zone.is_some()),
        ("project", change.project.is_some()),
        ("rule", change.rule.is_some()),
        ("indicator", change.indicator.is_some()),
        ("years", change.years.is_some()),
        ("where", change.r#where.is_some()),
        ("band", change.band.is_some()),
        ("part", change.part.is_some()),
        ("confidence", change.confidence.is_some()),
        ("source", change.source.is_some()),
        ("act", change.act.is_some()),
        ("motive", change.motive.is_some()),
        ("from", change.from.is_some()),
        ("scale", change.scale.is_some()),
        ("add", change.add.is_some()),
        ("set", change.set.is_some()),
    ];
    given
        .into_iter()
        .filter(|(_, is)| *is)
        .map(|(key, _)| key)
        .collect()
}

/// The keys that go with a target, and those it needs (written first, so many).
fn of_target(target: TargetWord) -> (&'static [&'static str], usize) {
    match target {
        TargetWord::Amount => (
            &[
                "fund",
                "zone",
                "where",
                "years",
                "confidence",
                "source",
                "act",
            ],
            0,
        ),
        TargetWord::Need => (&["action", "zone", "where", "years"], 0),
        TargetWord::UnitCost => (&["action", "years"], 0),
        TargetWord::Priority | TargetWord::MinActive | TargetWord::Rate => (&["action"], 0),
        TargetWord::Weight => (&["action", "zone", "where", "years"], 0),
        TargetWord::Share => (&["rule", "fund", "band"], 1),
        TargetWord::Threshold => (&["rule", "zone", "where", "years", "band"], 1),
        TargetWord::Strength => (&["rule"], 1),
        TargetWord::MaxShare => (&["fund", "action"], 0),
        TargetWord::Indicator => (&["indicator", "zone", "where", "years"], 1),
        TargetWord::Project => (&["project", "action", "zone"], 0),
        TargetWord::Deadline | TargetWord::CarryOver => (&["fund"], 1),
        TargetWord::Income => (&["fund", "band", "part", "zone", "where", "years"], 1),
        TargetWord::Claim => (&["fund", "part", "years"], 2),
        TargetWord::Levels | TargetWord::Tolerance | TargetWord::Bound | TargetWord::Coverage => {
            (&[], 0)
        }
        TargetWord::Riparto => (&["fund", "indicator", "band", "part"], 0),
        TargetWord::PriorityCut => (&["fund", "years", "part", "zone", "where"], 0),
        TargetWord::Gate => (&["fund"], 0),
    }
}

/// The operators of a target.
fn operators(target: TargetWord) -> &'static [&'static str] {
    match target {
        TargetWord::Strength | TargetWord::Levels => &["set"],
        TargetWord::Deadline => &["add", "set"],
        TargetWord::Weight => &["scale"],
        _ => &OPERATORS,
    }
}

fn of_verb(verb: &str) -> (&'static [&'static str], usize) {
    match verb {
        "waive" => (&["motive", "zone", "where", "years"], 1),
        "freeze" => (&["fund", "action", "zone"], 0),
        "stop_fund" => (&["from"], 1),
        "new_amount" => (&["fund"], 1),
        _ => (&[], 0),
    }
}

/// Tells goals that are named twice: only the first of them would have anything to say.
fn goals_once(goals: &[At<OneOf<GoalWord>>], problems: &mut Problems) {
    for (position, goal) in goals.iter().enumerate() {
        let mut before = goals.iter().take(position);
        if before.any(|other| other.value.0 == goal.value.0) {
            let goal_word = Shown::new(goal.value.0.word());
            let twice = ScenarioProblem::GoalTwice { goal: goal_word };
            problems.push(goal.place.clone(), twice);
        }
    }
}

/// Whether a change speaks of money cell by cell: not of a formula, which may have any number in it.
fn is_money(change: &ChangeEntry) -> bool {
    let part = change.part.as_ref().map(|part| part.value.0);
    match change.target.as_ref().map(|target| target.value.0) {
        Some(
            TargetWord::Amount | TargetWord::UnitCost | TargetWord::MinActive | TargetWord::Project,
        ) => true,
        Some(TargetWord::Income) => {
            change.band.is_some() && part.is_none_or(|part| part == PartWord::Euro)
        }
        Some(TargetWord::PriorityCut) => part.is_none_or(|part| part == PartWord::Cap),
        Some(TargetWord::Claim) => part.is_some_and(|part| part != PartWord::After),
        _ => false,
    }
}

/// Tells money that somebody wrote as a percentage or with more than two decimals.
pub(super) fn check_money(change: &ChangeEntry, problems: &mut Problems) {
    let written = change.set.iter().chain(&change.add);
    for at in written.filter(|_| is_money(change)) {
        let text = &at.value.0;
        let value = Shown::new(text);
        let cents = parse_exact(text).and_then(|euro| euro.checked_mul(&Exact::from_integer(100)));
        if text.ends_with('%') {
            problems.push(at.place.clone(), ValueProblem::Percent { value });
        } else if cents.is_some_and(|cents| !cents.is_integer()) {
            problems.push(at.place.clone(), ValueProblem::Decimals { value });
        }
    }
}

/// Tells what is wrong with the form of a change.
pub(super) fn check(change: &At<ChangeEntry>, problems: &mut Problems) {
    let (entry, place) = (&change.value, || change.place.clone());
    let verb = match verbs(entry).as_slice() {
        [] => {
            let known = WordList::of(VERBS.into_iter().take(VERBS.len().saturating_sub(1)));
            problems.push(place(), ScenarioProblem::NoVerb { known });
            return;
        }
        [verb] => *verb,
        [first, second, ..] => {
            let (first, second) = (Shown::new(first), Shown::new(second));
            problems.push(place(), ScenarioProblem::TwoVerbs { first, second });
            return;
        }
    };
    let target = entry.target.as_ref().map(|target| target.value.0);
    let (allowed, needed) = target.map_or_else(|| of_verb(verb), of_target);
    let what = what(entry);
    let given = others(entry);
    let used: Vec<&str> = given
        .iter()
        .copied()
        .filter(|key| OPERATORS.contains(key))
        .collect();
    for key in &given {
        let is_operator = target.is_some() && OPERATORS.contains(key);
        if !is_operator && !allowed.contains(key) {
            let wrong = ScenarioProblem::KeyNotFor {
                key: Shown::new(key),
                what: Shown::new(what),
                known: WordList::of(allowed.iter().copied()),
            };
            problems.push(place(), wrong);
        }
    }
    for key in allowed.iter().take(needed) {
        if !given.contains(key) {
            let (key, what) = (Shown::new(key), Shown::new(what));
            problems.push(place(), ScenarioProblem::KeyNeeded { key, what });
        }
    }
    if let Some(goals) = &entry.goals {
        goals_once(&goals.value, problems);
    }
    let Some(target) = target else { return };
    let known = || WordList::of(operators(target).iter().copied());
    match used.as_slice() {
        [] => {
            let target = Shown::new(what);
            let known = known();
            problems.push(place(), ScenarioProblem::NoOperator { target, known });
        }
        [operator] if !operators(target).contains(operator) => {
            let wrong = ScenarioProblem::OperatorNotFor {
                operator: Shown::new(operator),
                target: Shown::new(what),
                known: known(),
            };
            problems.push(place(), wrong);
        }
        [_] => {}
        [first, second, ..] => {
            let (first, second) = (Shown::new(first), Shown::new(second));
            problems.push(place(), ScenarioProblem::TwoVerbs { first, second });
        }
    }
}
