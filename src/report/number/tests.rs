use super::*;

#[test]
fn money_is_grouped_in_each_language() {
    for (cents, it, en) in [
        (0, "0,00", "0.00"),
        (-5, "-0,05", "-0.05"),
        (99_999, "999,99", "999.99"),
        (100_000, "1.000,00", "1,000.00"),
        (-123_456_789, "-1.234.567,89", "-1,234,567.89"),
    ] {
        assert_eq!(money(Language::Italian, cents), it);
        assert_eq!(money(Language::English, cents), en);
    }
    assert_eq!(count(Language::Italian, 28), "28");
    assert_eq!(count(Language::Italian, 150_000), "150.000");
}

#[test]
fn a_rate_has_four_digits() {
    for (value, it, en) in [
        (Exact::new(0, 1), "0", "0"),
        (Exact::new(5, 2), "2,5", "2.5"),
        (Exact::new(2_003_042, 1_000_000), "2,003", "2.003"),
        (Exact::new(-25_000, 9), "-2.778", "-2,778"),
        (Exact::new(-30_000_005, 1_000), "-30.000", "-30,000"),
        (Exact::new(9_321_001, 25_000), "372,8", "372.8"),
        (Exact::new(133_334, 1_000_000), "0,1333", "0.1333"),
        (Exact::new(669_825, 10_000_000), "0,06698", "0.06698"),
        (Exact::new(99_999, 10_000), "10", "10"),
        (Exact::new(-1, 36_000), "-0,00002778", "-0.00002778"),
    ] {
        assert_eq!(rate(Language::Italian, &value), it);
        assert_eq!(rate(Language::English, &value), en);
    }
}

#[test]
fn files_have_cents_or_every_digit() {
    assert_eq!(file_exact_euro(&Exact::new(5, 2)), "2.50");
    assert_eq!(file_exact_euro(&Exact::new(1, 200)), "0.005");
    assert_eq!(file_exact_euro(&Exact::new(1, 3)), "1/3");
    let near = |value: Exact| file_decimal_rounded(&value, Rounding::HalfUp);
    assert_eq!(near(Exact::new(2, 3)), "0.666667");
    assert_eq!(near(Exact::new(1, 2_000_000)), "0.000001");
    assert_eq!(near(Exact::new(1, 1)), "1");
    assert_eq!(near(Exact::new(100, 1)), "100");
    assert_eq!(
        file_decimal_rounded(&Exact::new(1, 10_000_000), Rounding::Up),
        "0.000001"
    );
}

#[test]
fn a_hundred_percent_is_whole() {
    let nearly = Exact::new(9_999_999, 10_000_000);
    assert_eq!(percent(Language::Italian, &nearly), "99,99%");
    assert_eq!(percent(Language::English, &Exact::new(1, 1)), "100.00%");
    assert_eq!(
        decimal(Language::Italian, &Exact::new(1, 4), 6, Rounding::Up),
        "0,25"
    );
    assert_eq!(share(1, 0), None);
}

#[test]
fn a_ratio_is_never_told_as_a_whole_it_is_not() {
    let (it, cent_short) = (Language::Italian, Exact::new(259_999_999, 260_000_000));
    for (ratio, percented, filed) in [
        (cent_short, "99,99%", "0.999999"),
        (Exact::new(1, 1), "100,00%", "1"),
        (Exact::new(260_000_001, 260_000_000), "100,01%", "1.000001"),
        (Exact::new(1, 260_000_000), "0,01%", "0.000001"),
        (Exact::new(0, 1), "0,00%", "0"),
        (Exact::new(2, 3), "66,66%", "0.666667"),
        (Exact::new(-1, 260_000_000), "-0,01%", "-0.000001"),
        (Exact::new(5, 2), "250,00%", "2.5"),
    ] {
        assert_eq!(percent(it, &ratio), percented);
        assert_eq!(file_ratio(&ratio), filed);
    }
    assert_eq!(
        file_percent(&Exact::new(25_999_999_999, 26_000_000_000)),
        "99.999999%"
    );
    assert_eq!(file_percent(&Exact::new(2, 5)), "40%");
    // A shortfall of a fraction of a millionth is not nothing, nor is a difference.
    let short = Exact::new(-1, 260_000_000);
    assert_eq!(file_goal("bound", &short), "-0.000001");
    assert_eq!(file_goal("bound", &Exact::new(-1, 3)), "-0.333333");
    assert_eq!(goal(it, "bound", &-short), "0,000001");
    assert_eq!(shortfall(&-short), Exact::new(1, 1_000_000));
    assert_eq!(goal(it, "level", &cent_short), "99,99%");
    assert_eq!(goal(it, "euro", &Exact::new(5, 2)), "2,50");
    assert_eq!(points(it, &Exact::new(1, 10_000_000_000)), "0,0001");
    assert_eq!(points(it, &Exact::new(-1, 10_000_000_000)), "-0,0001");
    assert_eq!(points(it, &Exact::new(13, 10_000)), "0,13");
    assert_eq!(
        file_something(&Exact::new(-74_559_600, 1_000_000_000)),
        "-0.07456"
    );
    // A value beside its limit.
    let limit = Exact::from_integer(2_600);
    let missed = Exact::new(259_999_999_999, 100_000_000);
    assert_eq!(file_apart(&missed, &limit), "2599.999999");
    assert_eq!(file_apart(&limit, &missed), "2600.000001");
    assert_eq!(file_apart(&limit, &limit), "2600");
}

#[test]
fn a_limit_and_a_value_that_differ_are_told_apart() {
    let exact = |text: &str| crate::units::parse_exact(text).unwrap();
    for (value, limit, relation, told) in [
        // Whole cents against a limit that is none.
        (
            "78095.23",
            "23428571/300",
            Relation::AtMost,
            ("78095.23", "78095.23"),
        ),
        (
            "78095.24",
            "23428571/300",
            Relation::AtLeast,
            ("78095.24", "78095.24"),
        ),
        (
            "78095.23",
            "23428571/300",
            Relation::AtLeast,
            ("78095.23", "78095.24"),
        ),
        // Units a fraction short, a fraction over, and exactly met.
        (
            "2599.99999999",
            "2600",
            Relation::AtLeast,
            ("2599.99", "2600"),
        ),
        (
            "2600.00000001",
            "2600",
            Relation::AtMost,
            ("2600.01", "2600"),
        ),
        ("2600", "2600", Relation::AtLeast, ("2600", "2600")),
        ("10.008", "10.009", Relation::AtLeast, ("10", "10.01")),
        ("4.4173", "6", Relation::AtLeast, ("4.42", "6")),
    ] {
        let found = beside_limit((&exact(value), &exact(limit)), relation, 2);
        assert_eq!(found, (exact(told.0), exact(told.1)), "{value} {limit}");
    }
}
