//! How a fund is divided: shares, rounding and what it leaves, every figure by hand. `tests/data/cases/riparto-*` are situations of
//! published tables.

use proptest::prelude::*;

use super::small::{by_weight, case, given, remarks, told};

#[test]
fn whole_euro_and_odd_cents_go_to_the_largest_remainders_whatever_the_order_of_rows() {
    let amounts = |name| told(&case(name).unwrap()).0;
    assert_eq!(amounts("riparto-a-tre-rate"), ["98.00", "2.00", "120.00"]);
    assert_eq!(
        amounts("riparto-b-quasi-uguali"),
        ["0.01", "0.02", "0.01", "0.01"]
    );
    assert_eq!(amounts("riparto-c-ties"), ["1.00", "3.00", "1.00", "3.00"]);
}

#[test]
fn equal_zones_that_rounded_shares_set_apart_are_told() {
    let model = case("riparto-d-quote-due-decimali").unwrap();
    assert_eq!(told(&model).0, ["333400.00", "333300.00", "333300.00"]);
    let ties = remarks(&model, "model::riparto_tie");
    assert_eq!(ties.len(), 1);
    assert!(
        ties[0].contains("la zona \"a\" riceve 100,00 euro più della zona \"b\""),
        "{ties:?}"
    );
    let (amounts, _, codes) = told(&case("riparto-e-sei-uguali").unwrap());
    assert_eq!(amounts[3..], ["166700.00", "166600.00", "166600.00"]);
    assert_eq!(codes, ["model::riparto_tie"]);
    // The odd cent goes to somebody, and zones that differ differ.
    assert_eq!(told(&case("riparto-c-ties").unwrap()).2, [""; 0]);
}

#[test]
fn a_floor_on_last_year_is_filled_and_one_too_high_says_what_is_missing() {
    let amounts = told(&case("riparto-floor").unwrap()).0;
    assert_eq!(
        amounts,
        ["102500.00", "102500.00", "102500.00", "104500.00"]
    );
    let refusal = case("riparto-floor-too-high").unwrap_err();
    assert!(refusal.contains("mancano 4.000,00 euro"), "{refusal}");
}

#[test]
fn rows_rounded_alone_above_the_fund_are_told_where_they_reproduce_a_table_and_refused_elsewhere() {
    let naive = case("riparto-naive-over-the-fund").unwrap();
    assert_eq!(told(&naive).0, ["0.01", "0.01"]);
    let told = remarks(&naive, "model::naive_rounding");
    assert!(
        told[0].contains("dà 0,02 euro: 0,01 più di quanto c'è, 0,01"),
        "{told:?}"
    );
    let zones = [("1", ""), ("1", ""), ("1", "")];
    let half_up = |more: &str| {
        by_weight(&format!(
            "round_to = \"hundreds\"\nround_by = \"half_up\"\n{more}"
        ))
    };
    let rows = half_up("");
    let refusal = given("200.00", &zones, &rows).refusal();
    assert!(refusal.contains("[model::riparto_over_total]"), "{refusal}");
    assert!(
        refusal.contains("dà 300,00 euro: 100,00 più di quanto c'è, 200,00"),
        "{refusal}"
    );
    // Five halves of a unit become five: 250.00 too much, and nobody has them.
    let back = half_up("rest = \"largest\"");
    let five = [("1", ""); 5];
    assert!(
        given("250.00", &five, &back)
            .refusal()
            .contains("dà 250,00 euro più di quanto c'è")
    );
    // The first of the largest gives it back; as a comparison nothing is paid, and it is only told.
    let back = half_up("rest = \"largest\"");
    assert_eq!(
        given("200.00", &zones, &back).amounts(),
        ["0.00", "100.00", "100.00"]
    );
    let compared = rows.replace("assign", "baseline");
    let compared = given("200.00", &zones, &compared).read().unwrap();
    assert_eq!(remarks(&compared, "model::naive_rounding").len(), 1);
}

#[test]
fn unit_and_method_of_rounding_are_apart_and_what_they_leave_is_told() {
    // 444.44, 444.44 and 111.11 and a bit.
    let zones = [("4", ""), ("4", ""), ("1", "")];
    let check = |rounding: &str, amounts: [&str; 3], left: &str, codes: &[&str]| {
        let rounding = by_weight(rounding);
        let (found, formula, told) = given("1000.00", &zones, &rounding).divided();
        assert_eq!(found, amounts, "{rounding}");
        assert_eq!(formula.left.to_string(), left, "{rounding}");
        assert_eq!(told, codes, "{rounding}");
    };
    let (left, tie) = ("model::naive_rounding", "model::riparto_tie");
    check("", ["444.45", "444.44", "111.11"], "0.00", &[]);
    check(
        "round_by = \"down\"",
        ["444.44", "444.44", "111.11"],
        "0.01",
        &[left],
    );
    check(
        "round_to = \"euro\"\nround_by = \"half_up\"",
        ["444.00", "444.00", "111.00"],
        "1.00",
        &[left],
    );
    check(
        "round_to = \"hundreds\"",
        ["500.00", "400.00", "100.00"],
        "0.00",
        &[tie],
    );
    check(
        "round_to = \"hundreds\"\nround_by = \"down\"",
        ["400.00", "400.00", "100.00"],
        "100.00",
        &[left],
    );
    check(
        "round_to = \"hundreds\"\nround_by = \"down\"\nrest = \"first\"",
        ["500.00", "400.00", "100.00"],
        "0.00",
        &[tie],
    );
    check(
        "round_to = \"thousands\"\nround_by = \"half_up\"\nrest = \"first\"",
        ["1000.00", "0.00", "0.00"],
        "0.00",
        &[tie],
    );
    // The old words are the same.
    for (old, new) in [
        (
            "cent",
            "round_to = \"cent\"\nround_by = \"largest_remainder\"",
        ),
        ("euro", "round_to = \"euro\"\nrest = \"none\""),
        ("naive", "round_to = \"cent\"\nround_by = \"half_up\""),
    ] {
        let (old, new) = (
            by_weight(&format!("round_amount = \"{old}\"")),
            by_weight(new),
        );
        assert_eq!(
            given("999.99", &zones, &old).amounts(),
            given("999.99", &zones, &new).amounts()
        );
    }
}

#[test]
fn what_is_left_goes_where_it_is_said() {
    let zones = [("1", ""), ("5", ""), ("3", "")];
    let down = |rest: &str| {
        by_weight(&format!(
            "round_to = \"hundreds\"\nround_by = \"down\"\nrest = \"{rest}\""
        ))
    };
    // 116.67, 583.33 and 350.00.
    let (amounts, formula, codes) = given("1050.00", &zones, &down("largest")).divided();
    assert_eq!(amounts, ["100.00", "650.00", "300.00"]);
    assert_eq!((formula.left.cents(), codes.len()), (0, 0));
    assert_eq!(
        given("1050.00", &zones, &down("first")).amounts(),
        ["250.00", "500.00", "300.00"]
    );
    let (amounts, formula, _) = given("1050.00", &zones, &down("none")).divided();
    assert_eq!(amounts, ["100.00", "500.00", "300.00"]);
    assert_eq!(formula.left.to_string(), "150.00");
    // The largest is at its ceiling: the next one takes it.
    let capped = format!("{}\nceiling = {{ euro = \"600\" }}", down("largest"));
    assert_eq!(
        given("1050.00", &zones, &capped).amounts(),
        ["100.00", "500.00", "450.00"]
    );
}

#[test]
fn fixed_shares_leave_what_they_do_not_give() {
    let zones = [("33.33", ""), ("33.33", ""), ("33.33", "")];
    let fixed = "role = \"assign\"\nshares = \"peso / 100\"\n";
    let shares = given("1000.00", &zones, fixed);
    let (amounts, formula, codes) = shares.divided();
    assert_eq!(amounts, ["333.30", "333.30", "333.30"]);
    assert_eq!(
        (formula.left.to_string().as_str(), codes),
        ("0.10", vec!["model::shares_sum"])
    );
    let told = remarks(&shares.read().unwrap(), "model::shares_sum");
    assert!(
        told[0].contains("sommano a 99,99% nel 2026: 0,10 euro restano non assegnati"),
        "{told:?}"
    );
    let to_first = format!("{fixed}rest = \"first\"\n");
    assert_eq!(
        given("1000.00", &zones, &to_first).amounts(),
        ["333.40", "333.30", "333.30"]
    );
    // 40% and 35% of 99.99 in whole euro: 39.996 and 34.9965 of 74.9925, of which 74 are given.
    let whole = format!("{fixed}round_to = \"euro\"\n");
    assert_eq!(
        given("99.99", &[("40", ""), ("35", "")], &whole).amounts(),
        ["39.00", "35.00"]
    );
    let above = given("1000.00", &[("60", ""), ("40.01", "")], fixed).refusal();
    assert!(above.contains("sommano a 100,01%"), "{above}");
    let rounded = format!("{fixed}round_share = 2\n");
    assert!(
        given("1000.00", &zones, &rounded)
            .refusal()
            .contains("round_share")
    );
}

#[test]
fn an_indicator_of_shares_that_miss_a_whole_is_told_with_its_sum() {
    let sum_of = |zones: &[(&str, &str)]| {
        let formula = by_weight("");
        let model = given("1000.00", zones, &formula).read().unwrap();
        remarks(&model, "model::shares_sum")
    };
    let told = sum_of(&[("33.33", ""), ("33.33", ""), ("33.33", "")]);
    assert!(
        told[0].contains("sommano a 99,99 nel 2026, non a 100"),
        "{told:?}"
    );
    assert!(sum_of(&[("0.5", ""), ("0.49", "")])[0].contains("sommano a 0,99 nel 2026, non a 1:"));
    assert_eq!(sum_of(&[("50.01", ""), ("50.01", "")]).len(), 1);
    for whole in [
        [("40", ""), ("60", "")],
        [("0.4", ""), ("0.6", "")],
        [("1", ""), ("1", "")],
        [("137", ""), ("363", "")],
    ] {
        assert_eq!(sum_of(&whole), [""; 0]);
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    let check = |riparto: &str, words: &str| {
        let refusal = given("1000.00", &[("1", ""), ("2", "")], riparto).refusal();
        assert!(refusal.contains(words), "{riparto}: {refusal}");
    };
    check("role = \"assign\"\n", "serve l'uno o l'altro, non entrambi");
    check(
        &by_weight("shares = \"peso\""),
        "serve l'uno o l'altro, non entrambi",
    );
    check(
        &by_weight("round_amount = \"cent\"\nround_by = \"down\""),
        "round_amount dice già",
    );
    check(&by_weight("floor = {}"), "il limite non dice nulla");
    check(
        &by_weight("deductions = [{ name = \"x\" }]"),
        "è di euro oppure di share",
    );
    check(
        &by_weight("deductions = [{ name = \"x\", euro = \"1\", base = \"total\" }]"),
        "base va solo con share",
    );
    check(
        &by_weight("deductions = [{ name = \"x\", euro = \"1\", by = \"peso\" }]"),
        "non fra quali zone",
    );
    check(
        &by_weight("deductions = [{ name = \"x\", euro = \"1\", zone = \"z\" }]"),
        "\"z\"",
    );
    check(
        &by_weight(
            "deductions = [{ name = \"x\", euro = \"1\", zone = \"alcune\", by = \"peso - peso\" }]",
        ),
        "zero in tutte le zone",
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_rows_does_not_matter_and_no_cent_appears(
        zones in proptest::collection::vec((1..9_u32, 0..40_u32), 2..8).prop_shuffle(),
        euro in 0..100_000_u32,
        turn in 0..8_usize,
        how in 0..4_usize,
    ) {
        let rounding = ["", "round_share = 1", "round_to = \"euro\"\nrest = \"largest\"", "round_to = \"hundreds\"\nround_by = \"down\"\nrest = \"first\""];
        let riparto = by_weight(rounding[how]);
        let euro = format!("{}.{:02}", euro / 100, euro % 100);
        let texts: Vec<_> = zones.iter().map(|(peso, limite)| (peso.to_string(), limite.to_string())).collect();
        let texts: Vec<_> = texts.iter().map(|(peso, limite)| (peso.as_str(), limite.as_str())).collect();
        let mut written = given(&euro, &texts, &riparto);
        let Ok(first) = written.read() else { return Ok(()) };
        let turn = turn % written.zones.len();
        written.zones.rotate_left(turn);
        let second = written.read().unwrap();
        prop_assert_eq!(&first.formula_years, &second.formula_years);
        let formula = &first.formula_years[0];
        let sum: i64 = formula.amounts.iter().map(|euro| euro.cents()).sum();
        prop_assert_eq!(sum, formula.total.cents());
    }
}
