//! Floors, ceilings and deductions of a riparto, every figure by hand.

use super::small::{Given, by_weight, given, remarks};

#[test]
fn floors_and_ceilings_in_euro_are_filled() {
    let zones = [("10", "200"), ("30", "0"), ("60", "0")];
    let check = |limits: &str, amounts: [&str; 3]| {
        let limits = by_weight(limits);
        assert_eq!(
            given("1000.00", &zones, &limits).amounts(),
            amounts,
            "{limits}"
        );
    };
    check(
        "floor = { euro = \"200\" }\nceiling = { euro = \"500\" }",
        ["200.00", "300.00", "500.00"],
    );
    check(
        "floor = { euro = \"limite\" }",
        ["200.00", "266.67", "533.33"],
    );
    check(
        "ceiling = { euro = \"400\" }",
        ["200.00", "400.00", "400.00"],
    );
    // Floors go up to the unit of rounding: 210 is 300 in hundreds.
    check(
        "round_to = \"hundreds\"\nfloor = { euro = \"210\" }",
        ["300.00", "300.00", "400.00"],
    );
    let all = by_weight("ceiling = { euro = \"300\" }");
    let (amounts, formula, codes) = given("1000.00", &zones, &all).divided();
    assert_eq!(amounts, ["300.00", "300.00", "300.00"]);
    assert_eq!(
        (formula.left.to_string().as_str(), codes),
        ("100.00", vec!["model::naive_rounding"])
    );
    let above = by_weight("floor = { euro = \"400\" }");
    let refusal = given("1000.00", &zones, &above).refusal();
    assert!(refusal.contains("mancano 200,00 euro"), "{refusal}");
    let crossed = by_weight("floor = { euro = \"300\" }\nceiling = { euro = \"200\" }");
    assert!(
        given("1000.00", &zones, &crossed)
            .refusal()
            .contains("il massimo è sotto il minimo")
    );
}

#[test]
fn a_zone_without_a_last_year_has_no_limit_of_it_and_is_told() {
    let zones = [("1", ""), ("1", ""), ("8", "")];
    let two = "f,s,a,2025,100.00\nf,s,b,2025,100.00\n";
    let floor = by_weight("floor = { last_year = \"95%\" }");
    let known = Given {
        previous: two,
        ..given("300.00", &zones, &floor)
    };
    let (amounts, _, codes) = known.divided();
    assert_eq!(amounts, ["95.00", "95.00", "110.00"]);
    assert_eq!(codes, ["model::no_last_year"]);
    let told = remarks(&known.read().unwrap(), "model::no_last_year");
    assert!(
        told[0].contains("ha dato nel 2025 alla zona \"c\""),
        "{told:?}"
    );
    // Nothing got is something known.
    let three = format!("{two}f,s,c,2025,0.00\n");
    let known = Given {
        previous: &three,
        ..known
    };
    assert_eq!(known.divided().2, [""; 0]);
    let ceiling = by_weight("ceiling = { last_year = \"110%\" }");
    let three = format!("{two}f,s,c,2025,100.00\n");
    let known = Given {
        previous: &three,
        ..given("300.00", &zones, &ceiling)
    };
    assert_eq!(known.amounts(), ["95.00", "95.00", "110.00"]);
    // The larger floor and the smaller ceiling hold.
    let both = by_weight(
        "floor = { last_year = \"50%\", euro = \"60\" }\nceiling = { last_year = \"200%\", euro = \"150\" }",
    );
    let known = Given {
        previous: &three,
        ..given("300.00", &zones, &both)
    };
    assert_eq!(known.amounts(), ["75.00", "75.00", "150.00"]);
}

#[test]
fn deductions_come_first_and_in_sequence() {
    let zones = [("1", ""), ("1", "")];
    let steps = by_weight(
        "deductions = [{ name = \"assistenza\", euro = \"100.00\" }, { name = \"capoluogo\", share = \"50%\", zone = \"a\" }]",
    );
    let (amounts, formula, codes) = given("1000.00", &zones, &steps).divided();
    // 900 are left after the first, half of them go to a, and 450 are divided.
    assert_eq!(
        (amounts, codes.len()),
        (vec!["675.00".to_owned(), "225.00".to_owned()], 0)
    );
    let taken: Vec<_> = formula
        .deductions
        .iter()
        .map(|taken| (taken.euro.to_string(), taken.zones.len()))
        .collect();
    assert_eq!(taken, [("100.00".to_owned(), 0), ("450.00".to_owned(), 1)]);
    assert_eq!(
        (formula.total.to_string(), formula.divided.to_string()),
        ("1000.00".to_owned(), "450.00".to_owned())
    );
    // Half of the whole by weight, 125 and 375; the 400 left by weight again.
    let total = by_weight(
        "deductions = [{ name = \"assistenza\", euro = \"100.00\" }, { name = \"quota\", share = \"50%\", base = \"total\", zone = \"alcune\", by = \"peso\" }]",
    );
    let zones = [("1", ""), ("3", "")];
    assert_eq!(
        given("1000.00", &zones, &total).amounts(),
        ["225.00", "675.00"]
    );
    // Equal parts to the cent: the odd one to the first; and another year is not this one.
    let zones = [("1", ""), ("1", ""), ("1", "")];
    let equal = by_weight(
        "deductions = [{ name = \"tutti\", euro = \"100.00\", zone = [\"a\", \"b\", \"c\"] }]",
    );
    assert_eq!(
        given("100.00", &zones, &equal).amounts(),
        ["33.34", "33.33", "33.33"]
    );
    let refused = by_weight(
        "deductions = [{ name = \"tutto\", share = \"100%\" }, { name = \"poi\", euro = \"0.01\" }]",
    );
    let refusal = given("100.00", &zones, &refused).refusal();
    assert!(
        refusal.contains(
            "la detrazione \"poi\" toglie 0,01 euro, ma del fondo \"f\" nel 2026 ne restano 0,00"
        ),
        "{refusal}"
    );
}

#[test]
fn limits_hold_for_all_a_zone_gets() {
    let zones = [("1", ""), ("9", "")];
    let given_first = "deductions = [{ name = \"capoluogo\", euro = \"250.00\", zone = \"a\" }]\n";
    let check = |limit: &str, amounts: [&str; 2]| {
        let riparto = by_weight(&format!("{given_first}{limit}"));
        assert_eq!(
            given("1000.00", &zones, &riparto).amounts(),
            amounts,
            "{limit}"
        );
    };
    check("floor = { euro = \"300\" }", ["325.00", "675.00"]);
    check("floor = { euro = \"400\" }", ["400.00", "600.00"]);
    check("ceiling = { euro = \"700\" }", ["325.00", "675.00"]);
    check("ceiling = { euro = \"600\" }", ["400.00", "600.00"]);
    let above = by_weight(&format!("{given_first}ceiling = {{ euro = \"200\" }}"));
    let refusal = given("1000.00", &zones, &above).refusal();
    assert!(
        refusal.contains("riceve 250,00 euro prima della formula, più del suo massimo di 200,00"),
        "{refusal}"
    );
}
