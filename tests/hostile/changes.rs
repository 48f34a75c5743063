//! Odd scenarios and sweeps: each is what it says, or refused at its line.

use std::collections::BTreeMap;

use mappafondo::problem::InvalidModel;
use mappafondo::scenario::{Base, Scenario};
use mappafondo::sweep::Sweep;

use super::texts::{Owed, Seen, files_of, shown};
use super::values::{NO_NUMBERS, NUMBERS};

const HEAD: &str = "[scenario]\nformat = 1\nid = \"prova\"\ntitle = \"Prova\"\n\n";

/// Changes of `models/tiny` that take a plain number.
const NUMBER_CHANGES: [&str; 6] = [
    "[[change]]\ntarget = \"amount\"\nfund = \"fondo-sociale\"\nscale = $\n",
    "[[change]]\ntarget = \"amount\"\nfund = \"fondo-sociale\"\nset = $\n",
    "[[change]]\ntarget = \"unit_cost\"\naction = \"tirocini\"\nset = $\n",
    "[[change]]\ntarget = \"priority\"\naction = \"tirocini\"\nset = $\n",
    "[[change]]\ntarget = \"share\"\nrule = \"meta-ai-minori\"\nscale = $\n",
    "[[change]]\nfund = \"fondo-sociale\"\nnew_amount = { year = 2026, euro = $, act = \"A\", confidence = \"estimate\", source = \"s\" }\n",
];

/// What TOML may hold in place of a text or a number.
const NO_VALUES: [&str; 14] = [
    "1e308",
    "-1e308",
    "inf",
    "nan",
    "-inf",
    "true",
    "[]",
    "[1]",
    "{}",
    "2026-01-01",
    "12:00:00",
    "-1",
    "0.1.2",
    "1,5",
];

/// Whole scenarios that are refused.
const NO_SCENARIOS: [&str; 34] = [
    "",
    "[scenario]\n",
    "[scenario]\nformat = 1\n",
    "[scenario]\nformat = 1e308\nid = \"a\"\ntitle = \"a\"\n",
    "[scenario]\nformat = 2\nid = \"a\"\ntitle = \"a\"\n",
    "[scenario]\nformat = 1\nid = \"../a\"\ntitle = \"a\"\n",
    "[scenario]\nformat = 1\nid = \"/a\"\ntitle = \"a\"\n",
    "[scenario]\nformat = 1\nid = \"a\\\\b\"\ntitle = \"a\"\n",
    "[scenario]\nformat = 1\nid = \"\"\ntitle = \"a\"\n",
    "[scenario]\nformat = 1\nid = \".\"\ntitle = \"a\"\n",
    "[scenario]\nformat = 1\nid = \"a\\u0000b\"\ntitle = \"a\"\n",
    "[scenario]\nformat = 1\nid = \"a\\u202Eb\"\ntitle = \"a\"\n",
    "[scenario]\nformat = 1\nid = \"a\\nb\"\ntitle = \"a\"\n",
    "[scenario]\nformat = 1\nid = \"=a\"\ntitle = \"a\"\n",
    "[scenario]\nformat = 1\nid = 5\ntitle = \"a\"\n",
    "[scenario]\nformat = 1\nid = \"a\"\nid = \"b\"\ntitle = \"a\"\n",
    "[[scenario]]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[change]\ntarget = \"amount\"\nscale = 2\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\nscale = 2\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\ntarget = \"amount\"\nscale = 2\nyears = [2026.5]\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\ntarget = \"amount\"\nscale = 2\nyears = [99999999999]\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\ntarget = \"amount\"\nscale = 2\nyears = []\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\ntarget = \"amount\"\nscale = 2\nfund = []\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\ntarget = \"need\"\nscale = 2\nwhere = \"1/0 > 1\"\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\ntarget = \"deadline\"\nfund = \"fondo-sociale\"\nset = \"2026-02-30\"\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\ntarget = \"deadline\"\nfund = \"fondo-sociale\"\nset = \"+99999999999\"\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\nmerge_zones = { zones = [], id = \"x\", name = \"X\" }\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\nmerge_zones = { zones = [\"collina\", \"collina\"], id = \"x\", name = \"X\" }\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\nsplit_zone = { zone = \"collina\", into = [{ id = \"x\", name = \"X\", share = \"1e308\" }] }\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\nsplit_zone = { zone = \"collina\", into = [{ id = \"x\", name = \"X\", share = \"60%\" }, { id = \"y\", name = \"Y\", share = \"60%\" }] }\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\nfreeze = { until = 2026-13-01 }\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\nfreeze = { until = 2026-06-30, actuals = \"../../../etc/passwd\" }\n",
    "[scenario]\nformat = 1\nid = \"a\"\ntitle = \"a\"\n[[change]]\ngoals = [\"leps\", \"leps\"]\n",
];

fn quoted(value: &str) -> String {
    serde_json::to_string(value).unwrap()
}

/// The model after a scenario, as a text.
fn changed(base: &Base, text: &str) -> Result<String, InvalidModel> {
    let scenario = Scenario::parse("prova.toml", text)?;
    let (model, _, _) = base.read(&[scenario])?;
    Ok(shown(model))
}

#[test]
fn odd_scenarios_are_what_they_say_or_refused() {
    let base = Base::new(&files_of("models/tiny")).unwrap();
    let mut seen = Seen::default();
    for change in NUMBER_CHANGES {
        let with = |value: &str| format!("{HEAD}{}", change.replace('$', value));
        let refused = NO_NUMBERS
            .iter()
            .map(|value| (quoted(value), Owed::Refused));
        let plain = NO_VALUES
            .iter()
            .map(|value| ((*value).to_owned(), Owed::Refused));
        let same = NUMBERS
            .iter()
            .map(|(value, of)| (quoted(value), Owed::As(quoted(of))));
        for (value, owed) in refused.chain(plain).chain(same) {
            // What a share may be is more than a number: a percentage, a fraction.
            let wanted = |owed: &Owed| match owed {
                Owed::As(of) => changed(&base, &with(of)).ok(),
                _ => None,
            };
            let name = format!("{} = {value}", change.lines().nth(1).unwrap());
            seen.take(&name, &owed, &wanted, || changed(&base, &with(&value)));
        }
    }
    for text in NO_SCENARIOS {
        seen.take(text, &Owed::Refused, &|_| None, || changed(&base, text));
    }
    let whole = format!("{HEAD}{}", NUMBER_CHANGES[0].replace('$', "\"50%\""));
    let same = changed(&base, &whole).ok();
    let more = [
        ("Windows", whole.replace('\n', "\r\n"), Owed::Same),
        ("mark", format!("\u{feff}{whole}"), Owed::SameOrRefused),
        ("NUL", format!("{whole}\0"), Owed::Refused),
        (
            "deep",
            format!("{whole}x = {}{}\n", "[".repeat(20_000), "]".repeat(20_000)),
            Owed::Refused,
        ),
        (
            "a long id",
            whole.replacen("prova", &"p".repeat(100_000), 1),
            Owed::Any,
        ),
        (
            "a long title",
            whole.replacen("Prova", &"P".repeat(2_000_000), 1),
            Owed::Any,
        ),
        (
            "20,000 changes",
            format!(
                "{whole}{}",
                "[[change]]\ntarget = \"amount\"\nfund = \"fondo-sociale\"\nscale = 1\n"
                    .repeat(2_000)
            ),
            Owed::SameOrRefused,
        ),
    ];
    for (name, text, owed) in more {
        seen.take(name, &owed, &|_| same.clone(), || changed(&base, &text));
    }
    for cut in 0..whole.len() {
        seen.take(&format!("cut at {cut}"), &Owed::Any, &|_| None, || {
            changed(&base, &whole[..cut])
        });
    }
    assert!(seen.tried() > 200);
    seen.end("scenarios");
}

/// What the first scenarios of a sweep make of a model, as one text.
fn swept(base: &Base, text: &str, table: &str) -> Result<String, InvalidModel> {
    let beside = |name: &str| (name == "t.csv").then(|| table.as_bytes().to_vec());
    let sweep = Sweep::parse("prova.toml", text, &beside)?;
    let mut all = format!("{} {}", sweep.count(), sweep.id());
    for k in 0..sweep.count().min(3) {
        let scenario = sweep.scenario(&sweep.draw(k))?;
        let (model, _, _) = base.read(&[sweep.common(), &[scenario]].concat())?;
        all += &shown(model);
    }
    Ok(all)
}

fn sweep(kind: &str, rest: &str) -> String {
    format!("[sweep]\nformat = 1\nid = \"prova\"\ntitle = \"Prova\"\nkind = \"{kind}\"\n{rest}")
}

const AXIS: &str = "[[axis]]\nid = \"fs\"\nchange = { target = \"amount\", fund = \"fondo-sociale\", scale = \"$\" }\n";

#[test]
fn odd_sweeps_are_what_they_say_or_refused() {
    let base = Base::new(&files_of("models/tiny")).unwrap();
    let mut seen = Seen::default();
    // Values of a grid, ends of a range, a cell of a run table, the parts of a distribution.
    let with: [(&str, &dyn Fn(&str) -> (String, String)); 5] = [
        ("grid", &|value| {
            (
                sweep("grid", &format!("{AXIS}values = [{value}]\n")),
                String::new(),
            )
        }),
        ("from", &|value| {
            (
                sweep(
                    "grid",
                    &format!("{AXIS}from = {value}\nto = \"50\"\nsteps = 2\n"),
                ),
                String::new(),
            )
        }),
        ("set", &|value| {
            let axis = AXIS.replace("scale", "set");
            (
                sweep("one_at_a_time", &format!("{axis}values = [{value}]\n")),
                String::new(),
            )
        }),
        ("triangular", &|value| {
            let axis = format!(
                "draws = 3\nseed = 1\n{AXIS}distribution = {{ kind = \"triangular\", low = \"1\", mode = {value}, high = \"50\" }}\n"
            );
            (sweep("monte_carlo", &axis), String::new())
        }),
        ("table", &|value| {
            let value: String = serde_json::from_str(value).unwrap_or_else(|_| value.to_owned());
            let cell = format!("\"{}\"", value.replace('"', "\"\""));
            (
                sweep("table", &format!("table = \"t.csv\"\n{AXIS}")),
                format!("fs\n{cell}\n"),
            )
        }),
    ];
    for (name, make) in with {
        let refused = NO_NUMBERS
            .iter()
            .map(|value| (quoted(value), Owed::Refused));
        let same = NUMBERS
            .iter()
            .map(|(value, of)| (quoted(value), Owed::As(quoted(of))));
        for (value, owed) in refused.chain(same) {
            let wanted = |owed: &Owed| match owed {
                Owed::As(of) => {
                    let (text, table) = make(of);
                    swept(&base, &text, &table).ok()
                }
                _ => None,
            };
            let (text, table) = make(&value);
            seen.take(&format!("{name} {value}"), &owed, &wanted, || {
                swept(&base, &text, &table)
            });
        }
    }
    let grid = |head: &str, axis: &str| sweep("grid", &format!("{head}{axis}"));
    let chance = |head: &str, rest: &str| sweep("monte_carlo", &format!("{head}{AXIS}{rest}"));
    let range = "from = \"90%\"\nto = \"110%\"\n";
    let refused = [
        String::new(),
        "[sweep]\n".to_owned(),
        sweep("", AXIS),
        sweep("griglia", AXIS),
        grid("", ""),
        grid("", AXIS),
        grid("", &format!("{AXIS}values = []\n")),
        grid("", &format!("{AXIS}values = \"90%\"\n")),
        grid("", &format!("{AXIS}values = [[\"90%\"]]\n")),
        grid("", &format!("{AXIS}values = [nan]\n")),
        grid("", &format!("{AXIS}values = [1e308]\n")),
        grid("", &format!("{AXIS}{range}")),
        grid("", &format!("{AXIS}{range}steps = 0\n")),
        grid("", &format!("{AXIS}{range}steps = -1\n")),
        grid("", &format!("{AXIS}{range}steps = 1e308\n")),
        grid("", &format!("{AXIS}{range}steps = 99999999999\n")),
        grid(
            "",
            &format!("{AXIS}values = [\"90%\"]\n{AXIS}values = [\"90%\"]\n"),
        ),
        grid("", &AXIS.replace("$", "1")),
        grid(
            "",
            &format!("{}values = [\"90%\"]\n", AXIS.replace("\"$\"", "\"1\"")),
        ),
        grid(
            "",
            &format!(
                "{}values = [\"90%\"]\n",
                AXIS.replace("fondo-sociale", "fondo-sociali")
            ),
        ),
        grid(
            "",
            &format!(
                "{}values = [\"90%\"]\n",
                AXIS.replace("id = \"fs\"", "id = \"../fs\"")
            ),
        ),
        grid(
            "",
            &format!(
                "{}values = [\"90%\"]\n",
                AXIS.replace("id = \"fs\"", "id = \"f\\u202es\"")
            ),
        ),
        grid("seed = 1\n", &format!("{AXIS}values = [\"90%\"]\n")),
        chance("", range),
        chance("draws = 3\n", range),
        chance("seed = 1\n", range),
        chance("draws = 0\nseed = 1\n", range),
        chance("draws = -3\nseed = 1\n", range),
        chance("draws = 1e308\nseed = 1\n", range),
        chance("draws = 3\nseed = -1\n", range),
        chance("draws = 3\nseed = 1.5\n", range),
        chance("draws = 3\nseed = 99999999999999999999\n", range),
        chance("draws = 3\nseed = 1\n", "from = \"110%\"\nto = \"90%\"\n"),
        chance(
            "draws = 3\nseed = 1\n",
            "distribution = { kind = \"normal\" }\n",
        ),
        chance(
            "draws = 3\nseed = 1\n",
            "distribution = { kind = \"discrete\", values = [], weights = [] }\n",
        ),
        chance(
            "draws = 3\nseed = 1\n",
            "distribution = { kind = \"discrete\", values = [\"90%\"], weights = [1, 2] }\n",
        ),
        chance(
            "draws = 3\nseed = 1\n",
            "distribution = { kind = \"discrete\", values = [\"90%\"], weights = [0] }\n",
        ),
        chance(
            "draws = 3\nseed = 1\n",
            "distribution = { kind = \"discrete\", values = [\"90%\"], weights = [-1] }\n",
        ),
        chance(
            "draws = 3\nseed = 1\n",
            "distribution = { kind = \"triangular\", low = \"3\", mode = \"2\", high = \"1\" }\n",
        ),
        chance(
            "draws = 3\nseed = 1\n",
            &format!("{range}[[correlation]]\naxes = [\"fs\", \"fs\"]\nvalue = 0.5\n"),
        ),
        chance(
            "draws = 3\nseed = 1\n",
            &format!("{range}[[correlation]]\naxes = [\"fs\", \"altro\"]\nvalue = 0.5\n"),
        ),
        sweep("table", AXIS),
        sweep("table", &format!("table = \"../t.csv\"\n{AXIS}")),
        sweep("table", &format!("table = \"/etc/passwd\"\n{AXIS}")),
        sweep("table", &format!("table = \"manca.csv\"\n{AXIS}")),
        sweep(
            "morris",
            &format!("seed = 1\ntrajectories = 1e9\nlevels = 4\n{AXIS}{range}"),
        ),
        sweep("sobol", &format!("seed = 1\ndraws = 3.5\n{AXIS}{range}")),
    ];
    for text in &refused {
        seen.take(text, &Owed::Refused, &|_| None, || {
            swept(&base, text, "fs\n90%\n")
        });
    }
    // Run tables.
    let of_table = sweep("table", &format!("table = \"t.csv\"\n{AXIS}"));
    let same = swept(&base, &of_table, "fs\n90%\n80%\n").ok();
    for (table, owed) in [
        ("\u{feff}fs\n90%\n80%\n", Owed::Same),
        ("fs\r\n90%\r\n80%\r\n", Owed::Same),
        ("fs\n90%\n\n80%", Owed::Same),
        ("fs\n\"90%\"\n80%\n", Owed::Same),
        ("", Owed::Refused),
        ("fs\n", Owed::Refused),
        ("altro\n90%\n80%\n", Owed::Refused),
        ("fs,fs\n90%,80%\n", Owed::Refused),
        ("fs,altro\n90%,1\n", Owed::Refused),
        ("fs\n90%,80%\n", Owed::Refused),
        ("fs\n\"90%\n80%\n", Owed::Refused),
        ("fs\n9\"0%\n80%\n", Owed::Refused),
        ("fs\n90%\0\n80%\n", Owed::Refused),
        ("FS\n90%\n80%\n", Owed::SameOrRefused),
        ("fs;\n90%;\n80%;\n", Owed::Refused),
        ("fs\t\n90%\t\n80%\t\n", Owed::SameOrRefused),
    ] {
        seen.take(&format!("{table:?}"), &owed, &|_| same.clone(), || {
            swept(&base, &of_table, table)
        });
    }
    let whole = chance("draws = 3\nseed = 1\n", range);
    for cut in 0..whole.len() {
        seen.take(&format!("cut at {cut}"), &Owed::Any, &|_| None, || {
            swept(&base, &whole[..cut], "")
        });
    }
    assert!(seen.tried() > 200);
    seen.end("sweeps");
}

#[test]
fn scenarios_and_sweeps_are_told_apart() {
    let files: BTreeMap<String, Vec<u8>> = files_of("models/tiny");
    let base = Base::new(&files).unwrap();
    let grid = sweep("grid", &format!("{AXIS}values = [\"90%\"]\n"));
    assert!(changed(&base, &grid).is_err());
    let scenario = format!("{HEAD}{}", NUMBER_CHANGES[0].replace('$', "\"50%\""));
    assert!(swept(&base, &scenario, "").is_err());
    let model = String::from_utf8(files["model.toml"].clone()).unwrap();
    assert!(changed(&base, &model).is_err());
    assert!(swept(&base, &model, "").is_err());
}
