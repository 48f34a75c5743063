use super::*;
use crate::report::fixture;

fn plain(summary: &SummaryText) -> String {
    let text = summary.text(str::to_owned);
    for line in text.lines() {
        assert!(
            line.chars().count() <= usize::from(WIDEST),
            "too wide: {line}"
        );
        assert!(!line.ends_with(' '), "blanks at the end: {line}");
    }
    text
}

fn layout(language: Language) -> Layout {
    Layout {
        language,
        width: WIDEST,
        full: true,
    }
}

#[test]
fn the_summary_of_a_proposal_in_italian() {
    let summary = of_proposal(
        &fixture::model(),
        &fixture::proposal(),
        "piano",
        layout(Language::Italian),
    );
    insta::assert_snapshot!(plain(&summary));
}

#[test]
fn the_summary_of_a_proposal_in_english() {
    let summary = of_proposal(
        &fixture::model(),
        &fixture::proposal(),
        "plan",
        layout(Language::English),
    );
    insta::assert_snapshot!(plain(&summary));
}

#[test]
fn the_summary_of_a_conflict_in_both_languages() {
    for language in [Language::Italian, Language::English] {
        let summary = of_infeasible(
            &fixture::model(),
            &fixture::infeasible(),
            "piano",
            layout(language),
        );
        insta::assert_snapshot!(format!("conflict_{language:?}"), plain(&summary));
    }
}

#[test]
fn many_fund_years_are_summed_by_fund() {
    let mut model = fixture::model();
    model.years = (2022..=2030).collect();
    let mut proposal = fixture::proposal();
    let line = proposal.funds.remove(0);
    proposal.funds = (2022..=2030)
        .flat_map(|year| {
            [fixture::FNPS, fixture::PNRR].map(|fund| crate::proposal::FundLine {
                fund,
                year,
                carried_out: crate::units::Euro::ZERO,
                used: line.assigned,
                ..line.clone()
            })
        })
        .collect();
    let summary = of_proposal(&model, &proposal, "piano", layout(Language::Italian));
    let funds = summary
        .sections
        .iter()
        .find(|section| section.heading.contains("fondi (euro)"))
        .unwrap();
    assert_eq!(funds.body.lines().count(), 5, "{}", funds.body);
    assert!(funds.body.contains("10.800.000,00"), "{}", funds.body);
}

#[test]
fn hostile_names_do_not_reach_the_terminal() {
    let mut model = fixture::model();
    model.title = "\u{1b}]0;x\u{7}".to_owned();
    for zone in &mut model.zones {
        zone.name = "\u{1b}[2J\u{202e}zona".to_owned();
    }
    let summary = of_proposal(
        &model,
        &fixture::proposal(),
        "\u{1b}[31m",
        layout(Language::Italian),
    );
    let text = plain(&summary);
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{text:?}");
}

#[test]
fn a_narrow_terminal_gets_a_narrow_summary() {
    let narrow = Layout {
        language: Language::Italian,
        width: 80,
        full: true,
    };
    let summary = of_proposal(&fixture::model(), &fixture::proposal(), "piano", narrow);
    let text = summary.text(str::to_owned);
    let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(widest <= 88, "{widest}\n{text}");
}
