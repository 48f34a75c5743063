//! Of what a share is: the cases of the South.

use mappafondo::model::Language;

use super::{Files, case, codes, model, of_zone, proposal, refused, with};

const CENTS: i64 = 45_000_000_000;

fn south() -> Files {
    case("quota-al-sud")
}

#[test]
fn forty_percent_to_the_south_is_of_all_the_money() {
    let north = |files| {
        let files = with(files, "model.toml", "zone = \"sud\"", "zone = \"nord\"");
        with(
            files,
            "model.toml",
            "at_least = { share_of = \"allocated\", share = \"40%\"",
            "at_most = { share_of = \"allocated\", share = \"60%\"",
        )
    };
    let assigned = |files| with(files, "model.toml", "\"allocated\"", "\"assigned\"");
    let shared_out = |files| {
        let mut files = assigned(files);
        let riparto = "\n[[riparto]]\nfund = \"pnrr\"\nrole = \"baseline\"\nweights = [{ indicator = \"4 - 3 * (1 - nord)\", weight = \"100%\" }]\n";
        files.get_mut("model.toml").unwrap().extend(riparto.bytes());
        files
    };
    for (name, files) in [
        ("a", south()),
        ("b", north(south())),
        ("c", shared_out(south())),
        ("d", assigned(south())),
    ] {
        let silent = model(&files);
        assert!(
            codes(&silent).contains(&"model::base_beyond_measure"),
            "{name}"
        );
        let said = with(
            files,
            "model.toml",
            "share = \"",
            "zone = \"all\", share = \"",
        );
        let said = model(&said);
        assert!(
            !codes(&said).contains(&"model::base_beyond_measure"),
            "{name}"
        );
        for model in [silent, said] {
            let plan = proposal(&model);
            assert_eq!(of_zone(&model, &plan, "sud"), CENTS / 10 * 4, "{name}");
            assert_eq!(of_zone(&model, &plan, "nord"), CENTS / 10 * 6, "{name}");
        }
    }
}

#[test]
fn a_condition_on_the_zone_narrows_the_base_too_and_a_share_of_itself_is_told() {
    let where_south = with(
        south(),
        "model.toml",
        "measure = { euro = true, zone = \"sud\" }",
        "where = \"nord = 0\"\nmeasure = { euro = true }",
    );
    let own = with(
        south(),
        "model.toml",
        "share = \"",
        "zone = \"sud\", share = \"",
    );
    for files in [where_south.clone(), own] {
        let model = model(&files);
        assert!(codes(&model).contains(&"model::share_of_itself"));
        let plan = proposal(&model);
        assert_eq!(of_zone(&model, &plan, "nord"), 40_000_000_000);
    }
    // Of itself, a cap is zero; and it is told how to write what was meant.
    let cap = with(where_south, "model.toml", "at_least", "at_most");
    let held = model(&cap);
    let warning = held
        .warnings
        .iter()
        .find(|warning| warning.code == "model::share_of_itself")
        .unwrap();
    assert!(
        warning.english.contains("zone = \"all\""),
        "{}",
        warning.english
    );
    assert!(
        warning.italian.contains("zone = \"all\""),
        "{}",
        warning.italian
    );
    assert_eq!(of_zone(&held, &proposal(&held), "sud"), 0);
    let meant = with(
        cap,
        "model.toml",
        "share = \"",
        "zone = \"all\", share = \"",
    );
    let meant = model(&meant);
    assert!(!codes(&meant).contains(&"model::share_of_itself"));
    assert_eq!(of_zone(&meant, &proposal(&meant), "sud"), 5_000_000_000);
}

#[test]
fn what_some_zones_have_of_a_pool_is_refused_at_its_line_with_a_remedy_that_applies() {
    let assigned = with(south(), "model.toml", "\"allocated\"", "\"assigned\"");
    let own = with(
        assigned.clone(),
        "model.toml",
        "share = \"",
        "zone = \"sud\", share = \"",
    );
    let invalid = refused(&own);
    let [problem] = invalid.problems.as_slice() else {
        panic!("{invalid:?}")
    };
    assert_eq!(problem.code(), "model::assigned_without_formula");
    assert_eq!(problem.place().line_text(), "model.toml:16");
    for language in [Language::Italian, Language::English] {
        assert!(problem.remedy(language).contains("zone = \"all\""));
    }
    // The remedy taken.
    model(&with(
        own,
        "model.toml",
        "zone = \"sud\", share",
        "zone = \"all\", share",
    ));
    // For each zone, the other remedy.
    let each = with(
        assigned,
        "model.toml",
        "measure =",
        "for_each = [\"zone\"]\nmeasure =",
    );
    let told = refused(&each).text(Language::English);
    assert!(told.contains("for_each"), "{told}");
}

#[test]
fn a_scope_without_a_base_of_its_kind_is_refused() {
    for (bound, remedy) in [
        ("{ euro = \"1\", zone = \"sud\" }", "share_of"),
        (
            "{ share_of = \"assigned\", share = \"40%\", action = \"serv\" }",
            "allocated",
        ),
        (
            "{ share_of = \"demand\", share = \"40%\", fund = \"pnrr\" }",
            "demand",
        ),
        (
            "{ share_of = \"allocated\", share = \"40%\", zone = \"est\" }",
            "est",
        ),
        (
            "{ share_of = \"allocated\", share = \"40%\", years = [2030] }",
            "2030",
        ),
        (
            "{ share_of = \"allocated\", zone = \"all\", step = { indicator = \"1\", above = [[0, \"40%\"]], else = \"0%\" } }",
            "for_each",
        ),
    ] {
        let files = with(
            south(),
            "model.toml",
            "{ share_of = \"allocated\", share = \"40%\" }",
            bound,
        );
        let told = refused(&files).text(Language::English);
        assert!(
            told.contains(remedy) && told.contains("model.toml:16"),
            "{bound}: {told}"
        );
    }
}

#[test]
fn all_is_the_zone_of_that_name_where_there_is_one() {
    let rename = |text: &[u8]| {
        let text = String::from_utf8(text.to_vec()).unwrap();
        text.replace("sud", "all").into_bytes()
    };
    let mut files: Files = south()
        .into_iter()
        .map(|(name, text)| (name, rename(&text)))
        .collect();
    files = with(
        files,
        "model.toml",
        "share = \"",
        "zone = \"all\", share = \"",
    );
    let model = model(&files);
    assert!(codes(&model).contains(&"model::share_of_itself"));
}
