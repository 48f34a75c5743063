//! A plan that holds only a part of a year: never taken as a whole one without a word.

use mappafondo::model::Language;

use super::{Files, case, codes, model, refused, with};

fn plan(start: &str, months: &str) -> Files {
    let files = case("quota-al-sud");
    let files = with(
        files,
        "model.toml",
        "start = 2022-01-01",
        &format!("start = {start}"),
    );
    with(
        files,
        "model.toml",
        "months = 12",
        &format!("months = {months}"),
    )
}

#[test]
fn a_part_of_a_year_is_refused_with_the_years_and_two_ways_out() {
    for (start, months, line, years) in [
        ("2022-07-01", "12", 7, "2022, 2023"),
        ("2022-07-01", "6", 7, "2022"),
        ("2022-01-01", "18", 8, "2023"),
        ("2022-01-01", "11", 8, "2022"),
        ("2022-01-02", "24", 7, "2022, 2024"),
    ] {
        let invalid = refused(&plan(start, months));
        let problem = &invalid.problems[0];
        assert_eq!(problem.code(), "model::part_years", "{start} {months}");
        assert_eq!(problem.place().line_text(), format!("model.toml:{line}"));
        for language in [Language::Italian, Language::English] {
            let message = problem.message(language);
            assert!(message.contains(&format!(": {years}.")), "{message}");
            let remedy = problem.remedy(language);
            assert!(
                remedy.contains("part_years = \"as_written\"") && remedy.contains("12"),
                "{remedy}"
            );
        }
    }
}

#[test]
fn what_is_written_for_the_part_is_taken_as_it_is_and_told() {
    let said = |files| {
        with(
            files,
            "model.toml",
            "months =",
            "part_years = \"as_written\"\nmonths =",
        )
    };
    let part = model(&said(plan("2022-07-01", "6")));
    assert_eq!(part.years, [2022]);
    assert!(codes(&part).contains(&"model::part_years"));
    let whole = model(&said(plan("2022-01-01", "12")));
    assert!(!codes(&whole).contains(&"model::part_years"));
    // Nothing is divided by months: the same money and needs.
    assert_eq!(part.money, whole.money);
    assert_eq!(part.demands, whole.demands);
}
