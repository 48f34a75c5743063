//! Scenarios change the files of a model as they say, to the cent, in the order given; what cannot be is refused.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

#[path = "scenarios/formulas.rs"]
mod formulas;
#[path = "scenarios/shared.rs"]
mod shared;

use mappafondo::model::GoalKind;
use mappafondo::scenario::Base;
use mappafondo::units::{Euro, Exact, parse_exact};
use shared::{
    applied, changed, full, line, model, named, scenario, text, tiny, toscana, total, units,
};

#[test]
fn a_scaled_group_keeps_its_scaled_total_to_the_cent() {
    let base = toscana();
    let before = model(&base);
    let all = |model: &mappafondo::model::Model| -> i64 {
        model.amounts.iter().map(|row| row.euro.cents()).sum()
    };
    for factor in ["80%", "1/3", "1.0345678901"] {
        let change = format!("[[change]]\ntarget = \"amount\"\nscale = \"{factor}\"\n");
        let after = changed(&base, &[scenario(&change)]);
        let factor = parse_exact(factor).unwrap();
        let exact = factor * Exact::new(i128::from(all(&before)), 100);
        assert_eq!(all(&after), Euro::round_of(&exact).unwrap().cents());
        for (old, new) in before.amounts.iter().zip(&after.amounts) {
            let floor = Euro::floor_of(&(factor * old.euro.to_exact()))
                .unwrap()
                .cents();
            assert!((floor..=floor + 1).contains(&new.euro.cents()));
        }
    }
}

#[test]
fn amounts_are_scaled_added_to_and_set_by_fund_tag_group_and_year() {
    let base = tiny();
    let before = model(&base);
    let change = |text: &str| {
        changed(
            &base,
            &[scenario(&format!(
                "[[change]]\ntarget = \"amount\"\n{text}"
            ))],
        )
    };
    let scaled = change("fund = \"quota-servizi\"\nscale = \"80%\"\n");
    assert_eq!(total(&scaled, "quota-servizi"), 7_567_374);
    assert_eq!(
        total(&scaled, "fondo-sociale"),
        total(&before, "fondo-sociale")
    );
    let added = change("fund = \"fondo-sociale\"\nyears = [2027]\nadd = \"-0.01\"\n");
    assert_eq!(total(&added, "fondo-sociale"), 12_000_001);
    let set = change("set = \"5000\"\n");
    assert_eq!(total(&set, "fondo-sociale"), 1_000_000);
    let tagged = changed(
        &toscana(),
        &[scenario(
            "[[change]]\ntarget = \"amount\"\nfund = \"pnrr\"\nscale = 0\n",
        )],
    );
    let others = model(&toscana());
    assert_eq!(total(&tagged, "pnrr-111"), 0);
    assert_eq!(total(&tagged, "fnps"), total(&others, "fnps"));
    // Only money that belongs to a zone can be meant by zone.
    let zone =
        "[[change]]\ntarget = \"amount\"\nfund = \"fse-regione\"\nzone = \"costa\"\nset = 1\n";
    let files = applied(&full(), &[scenario(zone)]);
    assert_eq!(
        line(&files, "amounts.csv", "fse-regione,2022,mare"),
        "fse-regione,2022,mare,1.00,DGR 1,estimate,scenario prova"
    );
    assert!(line(&files, "amounts.csv", "fse-regione,2022,monte").contains("80000.00"));
}

#[test]
fn a_changed_amount_no_longer_claims_to_be_official() {
    let base = full();
    let files = applied(
        &base,
        &[scenario(
            "[[change]]\ntarget = \"amount\"\nfund = \"fse-ue\"\nscale = \"1/3\"\n",
        )],
    );
    assert_eq!(
        line(&files, "amounts.csv", "fse-ue"),
        "fse-ue,2022,,133333.33,DGR 1,estimate,scenario prova"
    );
    let stated = "[[change]]\ntarget = \"amount\"\nfund = \"fse-ue\"\nset = 7\nact = \"DGR 9\"\nconfidence = \"official\"\nsource = \"BURT 9\"\n";
    let files = applied(&base, &[scenario(stated)]);
    assert_eq!(
        line(&files, "amounts.csv", "fse-ue"),
        "fse-ue,2022,,7.00,DGR 9,official,BURT 9"
    );
}

#[test]
fn changes_apply_in_order_each_to_the_current_value() {
    let base = tiny();
    let scale = "[[change]]\ntarget = \"amount\"\nfund = \"fondo-sociale\"\nyears = [2026]\nscale = \"50%\"\n";
    let add =
        "[[change]]\ntarget = \"amount\"\nfund = \"fondo-sociale\"\nyears = [2026]\nadd = 100\n";
    let of = |scenarios: &[_]| total(&changed(&base, scenarios), "fondo-sociale") - 6_000_001;
    assert_eq!(of(&[scenario(&format!("{scale}{add}"))]), 3_010_001);
    assert_eq!(of(&[scenario(&format!("{add}{scale}"))]), 3_005_001);
    // The same in two files.
    assert_eq!(of(&[named("a", scale), named("b", add)]), 3_010_001);
    assert_eq!(of(&[named("b", add), named("a", scale)]), 3_005_001);
}

#[test]
fn untouched_files_stay_as_they_were_byte_by_byte() {
    let base = full();
    let files = applied(
        &base,
        &[scenario(
            "[[change]]\ntarget = \"amount\"\nfund = \"fse-ue\"\nscale = 2\n",
        )],
    );
    for (name, bytes) in &base {
        assert_eq!(files[name] == *bytes, name != "amounts.csv", "{name}");
    }
}

#[test]
fn needs_change_in_rows_and_formulas_alike() {
    let base = full();
    let of = |text: &str| {
        changed(
            &base,
            &[scenario(&format!("[[change]]\ntarget = \"need\"\n{text}"))],
        )
    };
    let before = model(&base);
    assert_eq!(units(&before, "assistenti", "monte", 2022).unwrap(), "2");
    let doubled = of("scale = 2\n");
    assert_eq!(units(&doubled, "assistenti", "monte", 2022).unwrap(), "4");
    assert_eq!(units(&doubled, "pippi", "mare", 2022).unwrap(), "2001");
    let one_year = of("action = \"assistenti\"\nyears = [2023]\nadd = \"0.125\"\n");
    assert_eq!(units(&one_year, "assistenti", "monte", 2022).unwrap(), "2");
    assert_eq!(
        units(&one_year, "assistenti", "monte", 2023).unwrap(),
        "2.125"
    );
    let set = of("action = \"pippi\"\nzone = \"monte\"\nset = \"1.1250\"\n");
    assert_eq!(units(&set, "pippi", "monte", 2022).unwrap(), "1.125");
    assert_eq!(units(&set, "pippi", "mare", 2022).unwrap(), "1000.5");
}

#[test]
fn a_formula_changes_in_the_zones_meant_and_in_no_other() {
    let base = toscana();
    let before = model(&base);
    let of = |text: &str| {
        changed(
            &base,
            &[scenario(&format!(
                "[[change]]\ntarget = \"need\"\naction = \"mediazione\"\n{text}"
            ))],
        )
    };
    let scaled = of("zone = [\"elba\", \"pisana\"]\nyears = [2023]\nscale = \"50%\"\n");
    let half = |zone: &str, year: i32, after: &_| {
        let (old, new) = (
            units(&before, "mediazione", zone, year).unwrap(),
            units(after, "mediazione", zone, year).unwrap(),
        );
        parse_exact(&new).unwrap() / parse_exact(&old).unwrap() == Exact::new(1, 2)
    };
    assert!(half("elba", 2023, &scaled) && half("pisana", 2023, &scaled));
    assert!(!half("elba", 2022, &scaled) && !half("firenze", 2023, &scaled));
    let large = of("where = \"comune_maggiore > 75000\"\nscale = \"50%\"\n");
    assert!(half("firenze", 2022, &large) && !half("elba", 2022, &large));
}

#[test]
fn a_formula_of_several_actions_falls_into_two_when_one_is_meant() {
    let base = shared::files_of("models/piemonte");
    let before = model(&base);
    let change = "[[change]]\ntarget = \"need\"\naction = \"mediazione-culturale\"\nscale = 2\n";
    let after = changed(&base, &[scenario(change)]);
    let ratio = |action: &str| {
        let of = |model: &_| parse_exact(&units(model, action, "torino", 2019).unwrap()).unwrap();
        of(&after) / of(&before)
    };
    assert_eq!(ratio("mediazione-culturale"), Exact::from_integer(2));
    assert_eq!(ratio("pronto-intervento-sociale"), Exact::from_integer(1));
    assert_eq!(before.demands.len(), after.demands.len());
}

#[test]
fn unit_costs_change_by_year() {
    let base = full();
    let costs = |text: &str| {
        let after = changed(
            &base,
            &[scenario(&format!(
                "[[change]]\ntarget = \"unit_cost\"\naction = \"assistenti\"\n{text}"
            ))],
        );
        let action = after
            .actions
            .iter()
            .find(|action| action.id == "assistenti")
            .unwrap();
        action
            .unit_cost
            .iter()
            .map(|cost| cost.cents())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        costs("scale = \"110%\"\n"),
        [4_950_000, 4_950_000, 5_060_000]
    );
    assert_eq!(
        costs("years = [2023]\nadd = \"0.01\"\n"),
        [4_500_000, 4_500_001, 4_600_000]
    );
    assert_eq!(
        costs("years = [2022, 2024]\nset = 1\n"),
        [100, 4_500_000, 100]
    );
}

#[test]
fn priorities_minimum_grants_and_weights_change() {
    let change = "[[change]]\ntarget = \"priority\"\naction = \"minori\"\nscale = \"1.5\"\n\
        [[change]]\ntarget = \"min_active\"\nset = \"2500.50\"\naction = \"educativa\"\n\
        [[change]]\ntarget = \"weight\"\naction = \"pippi\"\nzone = \"monte\"\nyears = [2022]\nscale = 2\n";
    let after = changed(&full(), &[scenario(change)]);
    let action = |id: &str| after.actions.iter().find(|action| action.id == id).unwrap();
    assert_eq!(action("pippi").priority, Exact::from_integer(3));
    assert_eq!(action("educativa").priority, Exact::new(3, 4));
    assert_eq!(action("adulti").priority, Exact::new(3, 4));
    assert_eq!(action("educativa").min_active.unwrap().cents(), 250_050);
    let weights = after.goals.iter().find_map(|goal| match &goal.kind {
        GoalKind::Value { weights, .. } => Some(weights),
        _ => None,
    });
    let last = weights.unwrap().last().unwrap();
    assert_eq!(last.weight, Exact::from_integer(2));
    assert_eq!(last.scope.len(), 1);
    assert_eq!(after.zone(last.scope[0].0).id, "monte");
}

#[test]
fn indicators_change_for_good_or_for_the_years_meant() {
    let base = full();
    let value = |text: &str, zone: &str, year: i32| {
        let after = changed(
            &base,
            &[scenario(&format!(
                "[[change]]\ntarget = \"indicator\"\nindicator = \"residenti\"\n{text}"
            ))],
        );
        let zone = after
            .zone_indices()
            .find(|idx| after.zone(*idx).id == zone)
            .unwrap();
        after
            .indicators
            .value("residenti", zone, year)
            .unwrap()
            .to_integer()
    };
    let all = "scale = \"110%\"\n";
    assert_eq!(
        (value(all, "monte", 2022), value(all, "monte", 2023)),
        (33_000, 32_450)
    );
    let one = "zone = \"monte\"\nyears = [2022]\nadd = 5\n";
    assert_eq!(
        (value(one, "monte", 2022), value(one, "monte", 2023)),
        (30_005, 29_500)
    );
    assert_eq!(value(one, "mare", 2022), 62_001);
    // What stood after the years meant stands, though nothing was dated there.
    let middle = "zone = \"monte\"\nyears = [2023]\nset = 7\n";
    assert_eq!(
        (value(middle, "monte", 2023), value(middle, "monte", 2024)),
        (7, 29_500)
    );
}

#[test]
fn deadlines_carry_over_and_largest_shares_change() {
    let change = "[[change]]\ntarget = \"deadline\"\nfund = \"fse-ue\"\nadd = \"-12\"\n\
        [[change]]\ntarget = \"deadline\"\nfund = \"fnps\"\nset = \"+1\"\n\
        [[change]]\ntarget = \"carry_over\"\nfund = \"fnps\"\nscale = \"1/3\"\n\
        [[change]]\ntarget = \"max_share\"\nfund = \"fnps\"\naction = \"pippi\"\nscale = \"50%\"\n";
    let files = applied(&full(), &[scenario(change)]);
    assert!(line(&files, "funds.csv", "fse-ue").contains(",2023-12-31,"));
    assert!(line(&files, "funds.csv", "fnps").contains(",1/15,+1,"));
    let after = model(&files);
    // An empty share is the whole cost; a row of several funds and actions falls into pairs.
    let shares = |fund: &str, action: &str| {
        let entries = after.eligibility.iter().filter(|entry| {
            let actions = || entry.actions.iter().map(|idx| &after.action(*idx).id);
            after.fund(entry.fund).id == fund && actions().any(|id| id == action)
        });
        entries.map(|entry| entry.max_share).collect::<Vec<_>>()
    };
    let (half, two_fifths) = (Some(Exact::new(1, 2)), Some(Exact::new(2, 5)));
    assert_eq!(shares("fnps", "pippi"), [half, two_fifths]);
    assert_eq!(shares("fnps", "educativa"), [Some(Exact::new(4, 5))]);
    assert_eq!(shares("contributo-as", "pippi"), [Some(Exact::new(4, 5))]);
}

#[test]
fn shares_thresholds_and_strength_of_rules_change() {
    let change = "[[change]]\ntarget = \"share\"\nrule = \"fnps-minori\"\nadd = \"10%\"\n\
        [[change]]\ntarget = \"share\"\nrule = \"as-floor\"\nband = \"10000\"\nset = \"45%\"\n\
        [[change]]\ntarget = \"threshold\"\nrule = \"as-floor\"\nband = 5000\nset = 4000\n\
        [[change]]\ntarget = \"threshold\"\nrule = \"tetto\"\nwhere = \"provincia = 'LI'\"\nscale = \"50%\"\n\
        [[change]]\ntarget = \"threshold\"\nrule = \"fse-15000\"\nscale = \"150%\"\n\
        [[change]]\ntarget = \"strength\"\nrule = \"fse-15000\"\nset = \"wish\"\n";
    let files = applied(&full(), &[scenario(change)]);
    let toml = text(&files, "model.toml");
    for expected in [
        "at_least = { share_of = \"assigned\", share = \"60%\" }",
        "above = [[20000, \"60%\"], [10000, \"45%\"], [\"4000\", \"20%\"]]",
        "at_most = { euro = \"if((provincia = 'LI'), (capacita) * 0.5, capacita)\" }",
        "at_least = { units = \"45\" }",
        "strength = \"wish\"",
    ] {
        assert!(toml.contains(expected), "{expected}\n{toml}");
    }
    model(&files);
}

#[test]
fn one_social_worker_for_4000_is_a_matter_of_three_changes() {
    let change = "[[change]]\ntarget = \"need\"\naction = \"assistenti\"\nset = \"max(0, ceil(residenti / 4000) - as)\"\n\
        [[change]]\ntarget = \"income\"\nfund = \"premio-unita\"\nband = 2\npart = \"to\"\nset = \"residenti / 3000\"\n\
        [[change]]\ntarget = \"income\"\nfund = \"premio-unita\"\nband = 1\nscale = \"110%\"\n";
    let base = full();
    let files = applied(&base, &[scenario(change)]);
    let toml = text(&files, "model.toml");
    assert!(toml.contains("euro = \"44000.00\" }, { from = \"residenti / 5000\", to = \"residenti / 3000\", euro = \"20000.00\""), "{toml}");
    assert_eq!(
        units(&model(&files), "assistenti", "monte", 2022).unwrap(),
        "4"
    );
}

#[test]
fn goals_take_their_new_order_and_keep_what_they_had() {
    let goals = |change: &str| {
        let after = changed(&tiny(), &[scenario(change)]);
        after
            .goals
            .iter()
            .map(|goal| goal.word())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        goals("[[change]]\ngoals = [\"value\", \"leps\"]\n"),
        ["value", "leps"]
    );
    let change = "[[change]]\ngoals = [\"value\", \"leximin\"]\n[[change]]\ntarget = \"levels\"\nset = \"all\"\n";
    let files = applied(&tiny(), &[scenario(change)]);
    let toml = text(&files, "model.toml");
    assert!(
        toml.contains("levels = \"all\"") && toml.contains("montana = 1"),
        "{toml}"
    );
    // A floor comes in by its name and gets its coverage; a tolerance and a bound go to the goal that has them.
    let change = "[[change]]\ngoals = [\"leximin\", \"floor\"]\n[[change]]\ntarget = \"coverage\"\nset = \"65%\"\n[[change]]\ntarget = \"tolerance\"\nset = \"2%\"\n[[change]]\ntarget = \"tolerance\"\nscale = 2\n[[change]]\ntarget = \"bound\"\nadd = \"-10%\"\n";
    let after = changed(&tiny(), &[scenario(change)]);
    let share = |percent| Exact::new(percent, 100);
    let [leximin, floor] = after.goals.as_slice() else {
        panic!("{:?}", after.goals)
    };
    assert!(
        matches!(leximin.kind, GoalKind::Leximin { tolerance, bound, .. } if tolerance == share(4) && bound == share(90)),
        "{leximin:?}"
    );
    assert!(
        matches!(floor.kind, GoalKind::Floor { coverage, per_year: false } if coverage == share(65)),
        "{floor:?}"
    );
}

#[test]
fn a_base_read_once_gives_what_apply_gives() {
    let base = toscana();
    let read = Base::new(&base).unwrap();
    let less = scenario("[[change]]\ntarget = \"amount\"\nscale = \"90%\"\n");
    assert_eq!(
        read.apply(std::slice::from_ref(&less)).unwrap(),
        applied(&base, &[less])
    );
    assert_eq!(read.apply(&[]).unwrap(), base);
}

#[test]
fn a_base_and_its_scenarios_can_be_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Base>();
    shared::<mappafondo::scenario::Scenario>();
}
