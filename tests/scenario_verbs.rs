//! The verbs of scenarios: rules off and on, waivers, zones merged and split, freezing, funds that stop and appear.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

#[path = "scenarios/shared.rs"]
mod shared;

use std::collections::BTreeMap;

use mappafondo::lp;
use mappafondo::model::{Bound, Model, Share};
use mappafondo::scenario::{Files, Scenario};
use mappafondo::units::{Exact, parse_exact};
use shared::{
    applied, changed, files_of, full, line, model, named, scenario, text, toscana, total, units,
};

fn ids(model: &Model) -> Vec<&str> {
    model.rules.iter().map(|rule| rule.id.as_str()).collect()
}

#[test]
fn a_rule_that_is_off_does_not_exist_and_comes_back_as_it_was() {
    let base = full();
    let off = scenario("[[change]]\nrule_off = [\"fnps-minori\", \"tetto\"]\n");
    let without = changed(&base, std::slice::from_ref(&off));
    assert!(!ids(&without).contains(&"tetto") && ids(&without).contains(&"sotto"));
    let on = named(
        "back",
        "[[change]]\nrule_on = [\"fnps-minori\", \"tetto\"]\n",
    );
    assert_eq!(applied(&base, &[off, on]), base);
    let names: Vec<String> = model(&base)
        .matches
        .iter()
        .map(|one| one.id.clone())
        .collect();
    let change = format!("[[change]]\nrule_off = \"{}\"\n", names[0]);
    let fewer = changed(&base, &[scenario(&change)]);
    assert_eq!(fewer.matches.len() + 1, names.len());
}

#[test]
fn a_waived_rule_is_enforced_again_when_it_is_switched_on() {
    let base = files_of("models/piemonte");
    let rules = "[\"accesso-un-quinto\", \"accesso-un-quinto-b\", \"punti-uno-ogni-50000\"]";
    let after = changed(
        &base,
        &[scenario(&format!("[[change]]\nrule_on = {rules}\n"))],
    );
    assert!(after.rules.iter().all(|rule| rule.waived.is_none()));
}

#[test]
fn a_waiver_has_its_motive_and_widens_the_one_that_stands() {
    let base = files_of("models/piemonte");
    let change =
        "[[change]]\nwaive = \"accesso-un-quinto\"\nwhere = \"torino = 1\"\nmotive = \"prova\"\n";
    let after = changed(&base, &[scenario(change)]);
    let rule = after
        .rules
        .iter()
        .find(|rule| rule.id == "accesso-un-quinto")
        .unwrap();
    let waived = rule.waived.as_ref().unwrap();
    let zones: Vec<&str> = waived
        .zones
        .iter()
        .map(|zone| after.zone(*zone).id.as_str())
        .collect();
    assert_eq!(zones, ["mondovi-ceva", "torino"]);
    assert!(waived.motive.ends_with("; prova"));
    let everywhere = "[[change]]\nwaive = \"tetto\"\nmotive = \"prova\"\n";
    let toml = text(&applied(&full(), &[scenario(everywhere)]), "model.toml");
    assert!(toml.contains("waived = { motive = \"prova\" }"), "{toml}");
}

/// ME16 of the rulebook before the merge: two zones in one year.
fn me16() -> Files {
    let mut files = files_of("models/micro/me16");
    let keep = |name: &str, files: &mut Files, wanted: &dyn Fn(&str) -> bool| {
        let kept: Vec<String> = text(files, name)
            .lines()
            .filter(|line| wanted(line))
            .map(str::to_owned)
            .collect();
        files.insert(name.to_owned(), (kept.join("\n") + "\n").into_bytes());
    };
    keep("amounts.csv", &mut files, &|line| !line.contains(",2023,"));
    keep("needs.csv", &mut files, &|line| !line.contains(",2023,"));
    let zones = "zone,name,residenti,as_in_servizio\na,Zona A,60000,4\nb,Zona B,40000,10\n";
    files.insert("zones.csv".to_owned(), zones.as_bytes().to_vec());
    let toml = text(&files, "model.toml").replace("months = 24", "months = 12");
    files.insert("model.toml".to_owned(), toml.into_bytes());
    files
}

fn floors(files: &Files) -> BTreeMap<String, Exact> {
    let model = model(files);
    let Bound::ShareOf {
        share: Share::ByZone(shares),
        ..
    } = &model.rules[0].bound
    else {
        panic!("{:?}", model.rules[0].bound)
    };
    shares
        .iter()
        .map(|((zone, _), share)| (model.zone(*zone).id.clone(), *share))
        .collect()
}

#[test]
fn me16_merging_two_zones_recomputes_the_ratio_and_lowers_the_floor() {
    let base = me16();
    let tenths = |n: i128| Exact::new(n, 10);
    assert_eq!(
        floors(&base),
        BTreeMap::from([("a".to_owned(), tenths(4)), ("b".to_owned(), tenths(0))])
    );
    let merge =
        "[[change]]\nmerge_zones = { zones = [\"a\", \"b\"], id = \"ab\", name = \"Zona AB\" }\n";
    let files = applied(&base, &[scenario(merge)]);
    assert_eq!(line(&files, "zones.csv", "ab"), "ab,Zona AB,100000,14");
    assert_eq!(
        line(&files, "amounts.csv", "qsfp"),
        "qsfp,2022,ab,1000000.00,Atto di esempio,estimate,cifra inventata"
    );
    assert_eq!(
        text(&files, "needs.csv"),
        "action,zone,year,units\naltro,ab,2022,unlimited\nas,ab,2022,unlimited\n"
    );
    assert_eq!(
        floors(&files),
        BTreeMap::from([("ab".to_owned(), tenths(2))])
    );
}

#[test]
fn merged_zones_take_all_tables_projects_and_rules_with_them() {
    let base = full();
    let merge = "[[change]]\n[change.merge_zones]\nzones = [\"mare\", \"monte\"]\nid = \"costa-monte\"\nname = \"Costa e monte\"\n\
        columns = { capacita = \"max\", famiglie_rdc = \"round(residenti / 100)\", provincia = \"LI+FI\" }\n";
    // The two do not exist in the same years.
    let refused = mappafondo::scenario::apply(&base, &[scenario(merge)]).unwrap_err();
    assert_eq!(refused.problems[0].code(), "scenario::merge");
    let mut base = base;
    let zones = text(&base, "zones.csv").replace("mare,Mare,2022,", "mare,Mare,,");
    base.insert("zones.csv".to_owned(), zones.into_bytes());
    let files = applied(&base, &[scenario(merge)]);
    assert_eq!(
        line(&files, "zones.csv", "costa-monte"),
        "costa-monte,Costa e monte,,,,LI+FI,92001,14.5,920,900000,nuova"
    );
    assert!(text(&files, "model.toml").contains("base = \"total\", zone = [\"costa-monte\"]"));
    assert_eq!(
        line(&files, "indicators.csv", "costa-monte"),
        "costa-monte,2023,residenti,92500"
    );
    assert_eq!(
        line(&files, "amounts.csv", "fse-regione"),
        "fse-regione,2022,costa-monte,180000.00,DGR 1,official,BURT"
    );
    assert!(text(&files, "needs.csv").contains("pippi;costa-monte;2022;1020,5;"));
    assert!(text(&files, "projects.csv").contains(",sede,costa-monte:74,lavori,"));
    assert_eq!(
        line(&files, "actuals.csv", "fnps,pippi,costa-monte"),
        "fnps,pippi,costa-monte,2021-12-31,300000.00,300000.00,250000.00,40000.00"
    );
    assert_eq!(
        text(&files, "map.csv"),
        "zone,row,col,outline,source\ncosta-monte,0,1,10 0 20 0 20 9 10 9; 12 2 14 2 14 4,prova\n\
         costa-monte,0,0,,\nisola,1,0,0 20 4 20 4 24,zona di prima\n"
    );
    assert_eq!(model(&files).map.len(), 2);
    let toml = text(&files, "model.toml");
    assert!(
        toml.contains("members = [\"costa-monte\"]")
            && toml.contains("zones = [\"costa-monte\"], years = [2022]"),
        "{toml}"
    );
}

#[test]
fn the_money_of_projects_follows_zones_that_merge() {
    let base = toscana();
    let before = model(&base);
    let merge =
        std::fs::read_to_string(shared::folder("scenarios/toscana/two-zones-merge.toml")).unwrap();
    let merge = Scenario::parse("m.toml", &merge).unwrap();
    let after = changed(&base, &[merge]);
    let euro = |model: &Model, zones: &[&str]| -> i64 {
        let demands = model
            .demands
            .iter()
            .filter(|demand| !demand.label.is_empty());
        let meant = demands.filter(|demand| zones.contains(&model.zone(demand.zone).id.as_str()));
        meant
            .filter_map(|demand| demand.euro)
            .map(|euro| euro.cents())
            .sum()
    };
    let (old, new) = (
        euro(&before, &["lunigiana", "apuane"]),
        euro(&after, &["massa-carrara"]),
    );
    // Each item is shared out by largest remainder: a cent may fall elsewhere.
    assert!((old - new).abs() < 100, "{old} {new}");
    assert_eq!(after.zones.len(), 27);
}

#[test]
fn a_zone_that_is_split_loses_nothing() {
    let base = toscana();
    let split = "[[change]]\n[change.split_zone]\nzone = \"pratese\"\ninto = [\n\
        { id = \"prato-citta\", name = \"Prato\", share = \"2/3\", columns = { comune_maggiore = \"195213\" } },\n\
        { id = \"val-di-bisenzio\", name = \"Val di Bisenzio\", share = \"1/3\", columns = { comune_maggiore = \"18000\" } },\n]\n";
    let files = applied(&base, &[scenario(split)]);
    let (before, after) = (model(&base), model(&files));
    assert_eq!(after.zones.len(), 29);
    // Nobody knows where the two are: they are not drawn.
    assert_eq!((before.map.len(), after.map.len()), (28, 27));
    let sum = |model: &Model, name: &str| -> Exact {
        let zones = model.zone_indices();
        zones
            .filter_map(|zone| model.indicators.value(name, zone, 2022))
            .fold(Exact::from_integer(0), |a, b| a + b)
    };
    for name in [
        "residenti",
        "famiglie_rdc",
        "as_fte",
        "fnps_2019",
        "pnrr_12",
    ] {
        assert_eq!(sum(&before, name), sum(&after, name), "{name}");
    }
    let of = |name: &str, zone: &str| {
        let zone = after
            .zone_indices()
            .find(|idx| after.zone(*idx).id == zone)
            .unwrap();
        after.indicators.value(name, zone, 2022).unwrap()
    };
    assert_eq!(
        of("comune_maggiore", "val-di-bisenzio"),
        Exact::from_integer(18_000)
    );
    assert!(of("residenti", "prato-citta").is_integer());
    for fund in &before.funds {
        assert_eq!(
            total(&before, &fund.id),
            total(&after, &fund.id),
            "{}",
            fund.id
        );
    }
    let projects = text(&files, "projects.csv");
    assert!(
        !projects.contains(",pratese,")
            && projects.contains("prato-citta:0.666666666667 val-di-bisenzio:0.333333333333")
    );
}

#[test]
fn what_was_committed_is_a_floor_in_its_year() {
    let mut base = toscana();
    let actuals = "fund,action,zone,date,assigned,committed,paid,reported\n\
        qsfp,assistenti-sociali,elba,2022-12-31,1.00,100000.00,0.00,0.00\n\
        qsfp,assistenti-sociali,elba,2023-03-31,1.00,110000.00,5.00,0.00\n\
        qsfp,assistenti-sociali,elba,2023-06-30,1.00,130000.50,6.00,0.00\n\
        qsfp,assistenti-sociali,pisana,2023-06-30,1.00,20.00,0.00,0.00\n\
        qsfp,mediazione,pisana,2023-09-30,1.00,99.00,0.00,0.00\n";
    base.insert("actuals.csv".to_owned(), actuals.as_bytes().to_vec());
    let freeze = |column: &str| {
        scenario(&format!(
            "[[change]]\nfreeze = {{ until = 2023-06-30, column = \"{column}\" }}\n"
        ))
    };
    let after = changed(&base, &[freeze("committed")]);
    let rule = after.rules.last().unwrap();
    assert_eq!(rule.id, "frozen-qsfp-assistenti-sociali");
    let Bound::ByZone(bounds) = &rule.bound else {
        panic!("{:?}", rule.bound)
    };
    let bound = |zone: &str, year: i32| {
        let found = bounds
            .iter()
            .find(|((idx, of), _)| after.zone(*idx).id == zone && *of == year);
        mappafondo::units::exact_text(found.unwrap().1)
    };
    assert_eq!(
        [bound("elba", 2022), bound("elba", 2023)],
        ["100000", "30000.5"]
    );
    assert_eq!([bound("pisana", 2022), bound("pisana", 2023)], ["0", "20"]);
    assert_eq!(after.rules.len(), model(&base).rules.len() + 1);
    assert!(rule.law.act.contains("2023-06-30"));
    let paid = changed(&base, &[freeze("paid")]);
    assert!(paid.rules.iter().any(|rule| rule.id.starts_with("frozen-")));
    lp::build(&after).unwrap();
}

#[test]
fn a_fund_stops_and_another_takes_its_place() {
    let change = "[[change]]\nstop_fund = \"fnps\"\nfrom = 2023\n\n\
        [[change]]\n[change.new_fund]\nfund = \"fondo-nuovo\"\nname = \"Fondo nuovo\"\nlevel = \"region\"\nnature = \"current\"\n\
        tags = [\"nuovi\"]\ncarry_over = \"50%\"\nlast_spend = \"+1\"\nlaw = \"Esempio\"\n\
        amounts = [{ year = 2023, euro = \"1000.50\", act = \"Esempio 1\", confidence = \"estimate\", source = \"prova\" }]\n\
        eligibility = [{ action = \"minori\", where = \"residenti > 0\", max_share = \"1/3\" }]\n\n\
        [[change]]\nfund = \"nuovi\"\nnew_amount = { year = 2024, euro = 7, act = \"Esempio 2\", confidence = \"estimate\", source = \"prova\" }\n";
    let base = toscana();
    let files = applied(&base, &[scenario(change)]);
    let after = model(&files);
    let years: Vec<i32> = after
        .amounts
        .iter()
        .filter(|row| after.fund(row.fund).id == "fnps")
        .map(|row| row.year)
        .collect();
    assert_eq!(years, [2022]);
    assert!(line(&files, "funds.csv", "fnps,").contains(",2022-12-31,"));
    assert_eq!(total(&after, "fondo-nuovo"), 100_750);
    let entry = after
        .eligibility
        .iter()
        .find(|entry| after.fund(entry.fund).id == "fondo-nuovo")
        .unwrap();
    assert_eq!(entry.max_share, Some(Exact::new(1, 3)));
    let first = scenario("[[change]]\nstop_fund = \"contributo-as\"\nfrom = 2022\n");
    assert!(!text(&applied(&base, &[first]), "model.toml").contains("[[income]]"));
    let later = scenario("[[change]]\nstop_fund = \"contributo-as\"\nfrom = 2024\n");
    let later = changed(&base, &[later]);
    let money = |year: i32| {
        let mut found = later
            .money
            .iter()
            .filter(|((fund, of), _)| later.fund(*fund).id == "contributo-as" && *of == year);
        found.next().map_or(0, |(_, money)| money.total.cents())
    };
    assert!(money(2023) > 0 && money(2024) == 0);
}

#[test]
fn the_scenarios_for_toscana_change_what_they_say() {
    let base = toscana();
    let before = model(&base);
    let read = |name: &str| {
        let (scenario, _) = mappafondo::scenario::read_scenario(&shared::folder(&format!(
            "scenarios/toscana/{name}.toml"
        )))
        .unwrap_or_else(|invalid| panic!("{}", invalid.text(mappafondo::model::Language::English)));
        changed(&base, &[scenario])
    };
    let less = read("qsfp-20");
    assert_eq!(
        total(&less, "qsfp") * 5,
        (total(&before, "qsfp") * 4 + 2) / 5 * 5
    );
    let by_residents = read("qsfp-by-residents");
    assert_eq!(total(&by_residents, "qsfp"), total(&before, "qsfp"));
    let shares = |model: &Model| {
        let fund = model
            .fund_indices()
            .find(|idx| model.fund(*idx).id == "qsfp");
        let money = &model.money[&(fund.unwrap(), 2022)];
        let zones = model.zone_indices().map(|zone| {
            let residents = model.indicators.value("residenti", zone, 2022).unwrap();
            money.of_zone(zone).unwrap().to_exact() / residents
        });
        let mut each: Vec<Exact> = zones.collect();
        each.sort();
        (each[0], each[each.len() - 1])
    };
    // As much for each resident in every zone, but for a cent of a zone.
    let (least, most) = shares(&by_residents);
    assert!(most - least < Exact::new(1, 100_000));
    let (least, most) = shares(&before);
    assert!(most - least > Exact::new(1, 1));
    let ended = read("pnrr-ended");
    for fund in ended
        .funds
        .iter()
        .filter(|fund| fund.tags.iter().any(|tag| tag == "pnrr"))
    {
        assert_eq!(fund.deadline.last_year_for(2023), Some(2023), "{}", fund.id);
    }
    let more = read("leps-1-4000");
    let bound = |model: &Model| {
        let rule = model
            .rules
            .iter()
            .find(|rule| rule.id == "as-uno-ogni-5000")
            .unwrap();
        let Bound::ByZone(bounds) = &rule.bound else {
            panic!("{:?}", rule.bound)
        };
        bounds.values().fold(Exact::from_integer(0), |a, b| a + b)
    };
    assert_eq!(bound(&more) / bound(&before), Exact::new(5, 4));
    let merged = read("two-zones-merge");
    let persons = |model: &Model, action: &str| {
        let zones = model
            .zones
            .iter()
            .filter_map(|zone| units(model, action, &zone.id, 2022));
        zones
            .map(|text| parse_exact(&text).unwrap())
            .fold(Exact::from_integer(0), |a, b| a + b)
    };
    assert_eq!(
        persons(&merged, "mediazione"),
        persons(&before, "mediazione")
    );
    let frozen = read("month-18");
    let rules = frozen
        .rules
        .iter()
        .filter(|rule| rule.id.starts_with("frozen-"));
    assert_eq!(rules.count(), 5);
}

#[test]
fn all_scenarios_of_the_folder_leave_a_valid_model_and_change_it() {
    for (name, least) in [("toscana", 5), ("piemonte", 3)] {
        let base = files_of(&format!("models/{name}"));
        let folder = shared::folder(&format!("scenarios/{name}"));
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_scenario = path.extension().is_some_and(|end| end == "toml")
                && std::fs::read_to_string(&path)
                    .unwrap()
                    .contains("[scenario]");
            if !is_scenario {
                continue;
            }
            let (scenario, _) =
                mappafondo::scenario::read_scenario(&path).unwrap_or_else(|invalid| {
                    panic!("{}", invalid.text(mappafondo::model::Language::English))
                });
            assert_eq!(path.file_stem().unwrap().to_str(), Some(scenario.id()));
            assert_ne!(applied(&base, std::slice::from_ref(&scenario)), base);
            changed(&base, &[scenario]);
            seen += 1;
        }
        assert!(seen >= least, "{name}");
    }
}
