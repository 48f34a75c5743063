//! What people read: both languages, and every number in a sentence computed again from plans solved anew.

use mappafondo::explain::change::{Purse, with_amount, without};
use mappafondo::explain::law::{Wholes, law_prices, rules};
use mappafondo::explain::price::{fund_prices, rule_prices};
use mappafondo::explain::risk::risks;
use mappafondo::explain::slope::break_points;
use mappafondo::explain::{Explanation, Ground, Moved};
use mappafondo::model::{Language, Model};
use mappafondo::proposal::{GoalLine, Outcome, propose};
use mappafondo::report::explain_text::{
    Shown, fund_sentence, law_sentence, of_explanation, risk_sentences,
};
use mappafondo::report::explanation::explanation;
use mappafondo::report::summary_text::Layout;
use mappafondo::solve::Options;
use mappafondo::units::{Euro, Exact, parse_exact};
use num_traits::Signed;
use std::num::NonZeroUsize;

use super::{TWO, exact, ground, model, plan};

/// Everything of a small model.
fn all(ground: &Ground, threads: NonZeroUsize) -> Explanation {
    let plan = plan(ground);
    let model = ground.model();
    let mut breakpoints = Vec::new();
    for fund in model.fund_indices() {
        let moved = Moved::Fund {
            fund,
            year: None,
            zone: None,
        };
        breakpoints.extend(break_points(ground, &moved, threads, &|| ()).unwrap());
    }
    Explanation {
        goals: ground.now().to_vec(),
        whole_fixed: ground.whole_fixed(),
        funds: fund_prices(ground, None, threads, &|| ()).unwrap(),
        rules: rule_prices(ground, &plan.rules, |_| true, threads, &|| ()).unwrap(),
        laws: law_prices(
            ground,
            &plan.rules,
            (&rules(model), Wholes::Anew),
            threads,
            &|| (),
        )
        .unwrap(),
        breakpoints,
        risks: risks(ground, &plan, &Options::default(), threads, &|| ()).unwrap(),
        ..Explanation::default()
    }
}

fn text(folder: &str, language: Language) -> String {
    let ground = ground(folder);
    let layout = Layout {
        language,
        width: 110,
        full: true,
    };
    let made = all(&ground, TWO);
    of_explanation(ground.model(), &made, (Shown::All, true), layout).text(str::to_owned)
}

#[test]
fn an_explanation_reads_like_this_in_italian() {
    for folder in ["micro/me01", "micro/me07", "micro/me21", "tiny"] {
        let name = format!("italian_{}", folder.replace('/', "_"));
        insta::assert_snapshot!(name, text(folder, Language::Italian));
    }
}

#[test]
fn an_explanation_reads_like_this_in_english() {
    for folder in ["micro/me01", "micro/me07", "micro/me21", "tiny"] {
        let name = format!("english_{}", folder.replace('/', "_"));
        insta::assert_snapshot!(name, text(folder, Language::English));
    }
}

#[test]
fn an_explanation_is_the_same_for_any_number_of_threads() {
    let json = |threads: usize| {
        let ground = ground("tiny");
        let made = all(&ground, NonZeroUsize::new(threads).unwrap());
        serde_json::to_string(&explanation(ground.model(), "", &made)).unwrap()
    };
    let one = json(1);
    assert!(one.contains("\"format\":1"));
    assert_eq!(one, json(3));
}

/// The numbers before a word of an English sentence: `12,300.00 euro of`.
fn numbers(sentence: &str, word: &str) -> Vec<Exact> {
    sentence
        .match_indices(word)
        .filter_map(|(at, _)| {
            let before = sentence[..at].trim_end();
            let number = before.rsplit(' ').next()?.replace(',', "");
            parse_exact(&number)
        })
        .collect()
}

fn goals(model: &Model) -> Vec<GoalLine> {
    match propose(model, &Options::default()).unwrap() {
        Outcome::Proposal(proposal) => proposal.goals,
        Outcome::Infeasible(_) => panic!("no plan"),
    }
}

/// The first goal of the plan in cents: later ones are proved only given the earlier values of the same plan.
fn first_euro(goals: &[GoalLine]) -> Option<&GoalLine> {
    goals.first().filter(|goal| goal.unit == "euro")
}

#[test]
fn the_euro_a_law_is_said_to_cost_are_those_of_two_plans_in_cents() {
    let mut compared = 0;
    for folder in ["micro/me01", "micro/me08", "tiny"] {
        let ground = ground(folder);
        let model = ground.model();
        let lines = plan(&ground).rules;
        let with = goals(model);
        for price in
            law_prices(&ground, &lines, (&rules(model), Wholes::Anew), TWO, &|| ()).unwrap()
        {
            let sentence = law_sentence(model, &price, Language::English);
            let said = numbers(&sentence, " euro of");
            let without = goals(&without(model, &price.rules));
            let (Some(with), Some(without)) = (first_euro(&with), first_euro(&without)) else {
                continue;
            };
            let gain = without.value - with.value;
            let off = exact("0.02") + with.gap.abs() + without.gap.abs();
            if gain <= off {
                continue;
            }
            assert!((said[0] - gain).abs() <= off, "{sentence} but {gain}");
            compared += 1;
        }
    }
    assert!(compared >= 2, "{compared}");
}

#[test]
fn what_a_euro_is_said_to_bring_is_the_difference_of_plans_in_cents() {
    for (folder, step) in [
        ("micro/me01", 100_000),
        ("micro/me18", 100),
        ("micro/me21", 1_000),
    ] {
        let ground = ground(folder);
        let model = ground.model();
        let now = goals(model)[0].value;
        for price in fund_prices(&ground, None, TWO, &|| ()).unwrap() {
            let sentence = fund_sentence(model, &price, Language::English);
            let purse = Purse {
                fund: price.fund,
                year: price.year,
                zone: None,
            };
            let at = |cents: i64| {
                let amount = Euro::from_cents(price.amount.cents() + cents);
                let changed = with_amount(model, purse, amount).unwrap();
                goals(&changed)[0].value
            };
            let euro = Exact::new(step, 100);
            let (more, less) = sentence.split_once("One euro less").unwrap();
            for (part, difference) in [
                (more, at(step as i64) - now),
                (less, now - at(-step as i64)),
            ] {
                let said = numbers(part, " euro of coverage")
                    .first()
                    .copied()
                    .unwrap_or_default();
                assert!(
                    (said * euro - difference).abs() <= exact("0.02"),
                    "{sentence}"
                );
            }
        }
    }
}

#[test]
fn the_money_said_to_be_lost_and_kept_is_that_of_the_plans() {
    let ground = ground("micro/me07");
    let proposal = plan(&ground);
    let found = risks(&ground, &proposal, &Options::default(), TWO, &|| ()).unwrap();
    for risk in &found {
        let sentences = risk_sentences(ground.model(), risk, Language::English);
        let lost: i64 = proposal
            .funds
            .iter()
            .filter(|line| line.fund == risk.fund)
            .map(|line| line.lost.cents())
            .sum();
        assert_eq!(
            numbers(&sentences[0], " euro lost"),
            [Exact::new(i128::from(lost), 100)]
        );
        for (sentence, rescued) in sentences[1..].iter().zip(&risk.rescues) {
            assert_eq!(numbers(sentence, " euro of it"), [rescued.keeps.to_exact()]);
        }
    }
    assert!(!found.is_empty());
}

#[test]
fn the_form_for_programs_is_stated_and_read_back() {
    let model = model("micro/me21");
    let ground = Ground::new(&model, &Options::default()).unwrap();
    let written = explanation(&model, "hash", &all(&ground, TWO));
    let text = serde_json::to_string(&written).unwrap();
    let read: mappafondo::report::explanation::ExplanationJson =
        serde_json::from_str(&text).unwrap();
    assert_eq!(read, written);
    assert_eq!(read.kind, "mappafondo explanation");
}
