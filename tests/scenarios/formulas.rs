//! Formulas that share out money, gates, cuts and agreements, changed by scenarios.

use mappafondo::model::Model;
use mappafondo::run::{Source, SweepSource};
use mappafondo::scenario::Base;
use mappafondo::sweep::Sweep;
use mappafondo::units::Euro;

use super::shared::{applied, changed, full, line, model, named, scenario, text, tiny, toscana};

/// The line of `model.toml` that holds some text, blanks made one.
fn toml_line(changes: &str, wanted: &str) -> String {
    let files = applied(&full(), &[scenario(changes)]);
    model(&files);
    let toml = text(&files, "model.toml");
    let found = toml.lines().find(|line| line.contains(wanted));
    found
        .unwrap_or_else(|| panic!("{wanted}: {toml}"))
        .trim()
        .to_owned()
}

#[test]
fn the_weights_of_a_riparto_make_room_for_the_one_that_changes() {
    let weights = |operate: &str| {
        let change = format!("[[change]]\ntarget = \"riparto\"\nfund = \"qsfp\"\n{operate}\n");
        ["famiglie_rdc", "residenti"].map(|of| {
            let line = toml_line(&change, &format!("{{ indicator = \"{of}\""));
            line.split("weight = ").nth(1).unwrap().to_owned()
        })
    };
    let expected = ["\"45%\" },", "\"55%\" },"].map(str::to_owned);
    assert_eq!(
        weights("indicator = \"famiglie_rdc\"\nset = \"45%\""),
        expected
    );
    assert_eq!(weights("band = 1\nscale = \"75%\""), expected);
    assert_eq!(
        weights("indicator = \"residenti\"\nadd = \"15%\""),
        expected
    );
    // The zones get other money, and the pool is the same to the cent.
    let before = model(&toscana());
    let change = "[[change]]\ntarget = \"riparto\"\nfund = \"qsfp\"\nindicator = \"residenti\"\nset = \"100%\"\n";
    let after = changed(&toscana(), &[scenario(change)]);
    let of = |model: &Model| {
        let fund = model
            .fund_indices()
            .find(|idx| model.fund(*idx).id == "qsfp");
        let money = &model.money[&(fund.unwrap(), 2022)];
        let zones = model.zone_indices();
        let zones: Vec<Option<Euro>> = zones.map(|zone| money.of_zone(zone)).collect();
        (money.total, zones)
    };
    assert_eq!(of(&before).0, of(&after).0);
    assert_ne!(of(&before).1, of(&after).1);
}

#[test]
fn the_floor_of_a_riparto_changes_or_appears() {
    let floor = |change: &str| {
        toml_line(
            &format!(
                "[[change]]\ntarget = \"riparto\"\nfund = \"qsfp\"\npart = \"floor\"\n{change}"
            ),
            "floor = {",
        )
    };
    assert_eq!(floor("add = \"-5%\"\n"), "floor = { last_year = \"90%\" }");
    let without = "[[change]]\n[change.new_riparto]\nfund = \"qsfp\"\nrole = \"assign\"\nweights = [{ indicator = \"residenti\", weight = 1 }]\n";
    let files = applied(&full(), &[scenario(without)]);
    assert!(!text(&files, "model.toml").contains("floor = {"));
    let set =
        "[[change]]\ntarget = \"riparto\"\nfund = \"qsfp\"\npart = \"floor\"\nset = \"80%\"\n";
    let files = applied(&full(), &[scenario(&format!("{without}\n{set}"))]);
    assert!(text(&files, "model.toml").contains("floor = { last_year = \"80%\" }"));
}

#[test]
fn limits_and_deductions_of_a_riparto_change_or_appear() {
    let ask = |change: &str| {
        format!("[[change]]\ntarget = \"riparto\"\nfund = \"fse-stato\"\n{change}\n")
    };
    let line = |change: &str, of: &str| toml_line(&ask(change), of);
    let half = line("part = \"floor_euro\"\nscale = \"50%\"", "floor.euro");
    assert_eq!(half, "floor.euro = \"(capacita / 10) * 0.5\"");
    let more = line("part = \"ceiling_euro\"\nadd = \"1000\"", "ceiling.euro");
    assert_eq!(more, "ceiling.euro = \"301000\"");
    let first = line(
        "part = \"deduction\"\nband = 1\nset = \"10000.00\"",
        "{ name = \"assistenza",
    );
    assert!(first.contains("euro = \"10000.00\""), "{first}");
    let second = line(
        "part = \"deduction\"\nband = 2\nadd = \"5%\"",
        "{ name = \"tutta",
    );
    assert!(second.contains("share = \"15%\""), "{second}");
    // A limit that is not there yet.
    let files = applied(
        &full(),
        &[scenario(&ask(
            "part = \"ceiling_euro\"\nset = \"residenti * 5\"",
        ))],
    );
    model(&files);
    let qsfp =
        "[[change]]\ntarget = \"riparto\"\nfund = \"qsfp\"\npart = \"ceiling\"\nset = \"150%\"\n";
    let files = applied(&full(), &[scenario(qsfp)]);
    assert!(text(&files, "model.toml").contains("ceiling = { last_year = \"150%\" }"));
}

#[test]
fn a_new_riparto_is_written_with_every_key() {
    let keys = [
        "deductions = [{ name = \"prima\", euro = \"10.00\", years = [2022] }, { name = \"poi\", share = \"5%\", base = \"total\", zone = [\"mare\", \"monte\"], by = \"residenti\" }]",
        "shares = \"0.4\"",
        "round_to = \"thousands\"",
        "round_by = \"down\"",
        "rest = \"first\"",
        "floor = { last_year = \"10%\", euro = \"1000\" }",
        "ceiling = { euro = \"2 * residenti\" }",
    ];
    let change = format!(
        "[[change]]\n[change.new_riparto]\nfund = \"fse-stato\"\nrole = \"baseline\"\n{}\n",
        keys.join("\n")
    );
    let files = applied(&full(), &[scenario(&change)]);
    let toml = text(&files, "model.toml");
    for key in keys {
        assert!(toml.contains(key), "{key}\n{toml}");
    }
}

#[test]
fn a_new_riparto_takes_the_place_of_the_one_there_is() {
    let change = "[[change]]\n[change.new_riparto]\nfund = \"qsfp\"\nrole = \"baseline\"\n\
        weights = [{ indicator = \"residenti\", year = 2023, weight = \"1/3\" }, { indicator = \"famiglie_rdc\", weight = \"2/3\" }]\n\
        round_share = 3\nround_amount = \"cent\"\nfloor = { last_year = \"90%\" }\n\
        law = { act = \"Ipotesi\", article = \"a\", from = 2022, to = 2024, url = \"https://example.org\" }\n";
    let files = applied(&full(), &[scenario(change)]);
    let toml = text(&files, "model.toml");
    for expected in [
        "role = \"baseline\"",
        "{ indicator = \"residenti\", year = 2023, weight = \"1/3\" }, { indicator = \"famiglie_rdc\", weight = \"2/3\" }",
        "round_share = 3",
        "floor = { last_year = \"90%\" }",
        "law = { act = \"Ipotesi\", article = \"a\", from = 2022, to = 2024, url = \"https://example.org\" }",
    ] {
        assert!(toml.contains(expected), "{expected}\n{toml}");
    }
    assert_eq!(toml.matches("fund = \"qsfp\"\nrole").count(), 1, "{toml}");
    model(&files);
    // Saying it again changes nothing, and is told.
    let again = named("again", change);
    let read = Base::new(&full()).unwrap();
    let (_, _, remarks) = read.read(&[scenario(change), again]).unwrap();
    let is_told = |code: &str| remarks.iter().any(|remark| remark.code() == code);
    assert!(is_told("scenario::changes_nothing"));
}

#[test]
fn a_gate_closes_when_more_must_be_reported() {
    let money = |change: &str| {
        let after = changed(&full(), &[scenario(change)]);
        let fund = after
            .fund_indices()
            .find(|idx| after.fund(*idx).id == "fnps");
        let money = &after.money[&(fund.unwrap(), 2022)];
        money.total.cents()
    };
    // 240,000 of 300,000 euro are reported: 80%.
    let gate = |value: &str| money(&format!("[[change]]\ntarget = \"gate\"\n{value}\n"));
    assert_eq!(gate("set = \"80%\""), 30_000_000);
    assert_eq!(gate("fund = \"fnps\"\nadd = \"5.01%\""), 0);
    assert_eq!(gate("scale = \"10/9\""), 0);
}

#[test]
fn a_priority_cut_changes_in_its_cap_and_its_claims() {
    let cut = |change: &str, wanted: &str| {
        let change = format!("[[change]]\ntarget = \"priority_cut\"\n{change}");
        toml_line(&change, wanted)
    };
    assert_eq!(cut("scale = \"150%\"\n", "cap ="), "cap = \"45000.00\"");
    assert_eq!(
        cut("part = \"new\"\nscale = 2\n", "new ="),
        "new = \"(as * 4000) * 2\""
    );
    assert_eq!(
        cut(
            "fund = \"contributo-as\"\nyears = [2022]\npart = \"old\"\nwhere = \"provincia = 'LI'\"\nset = \"as * 900\"\n",
            "old ="
        ),
        "old = \"if((provincia = 'LI'), as * 900, as * 1000)\""
    );
}

#[test]
fn the_shares_of_an_agreement_change_party_by_party() {
    let share = |change: &str| {
        let change = format!("[[change]]\ntarget = \"share\"\nrule = \"pippi-2022\"\n{change}");
        let files = applied(&full(), &[scenario(&change)]);
        model(&files);
        line(&files, "agreements.csv", "pippi-2022")
    };
    assert!(share("fund = \"fnps\"\nset = \"2/7\"\n").contains(",fnps:2/7 qsfp:50%,"));
    assert!(share("scale = \"50%\"\n").contains(",fnps:10% qsfp:25%,"));
}

#[test]
fn an_axis_of_weights_needs_one_change() {
    let text = "[sweep]\nformat = 1\nid = \"w\"\ntitle = \"W\"\nkind = \"grid\"\n\n[[axis]]\nid = \"famiglie\"\n\
        change = { target = \"riparto\", fund = \"quota-servizi\", indicator = \"famiglie\", set = \"$\" }\n\
        from = \"0%\"\nto = \"100%\"\nsteps = 4\n";
    let sweep = Sweep::parse("w.toml", text, &|_| None).unwrap();
    let source = SweepSource::new(sweep, &tiny()).unwrap();
    for (k, weight) in (0..).zip(["0%", "33.33%", "66.67%", "100%"]) {
        let case = source.case(k);
        assert!(case.model.is_ok(), "{:?}", case.model.err());
        assert_eq!(case.values, [Some(weight.to_owned())]);
    }
}
