//! A long comparison fits a screen and closes; all of it is there for who asks. Plans of different models say so.

use std::fs;

use super::shared::{said, scratch};

/// Lines of a screen.
const SCREEN: usize = 52;

const LESS: &str = "[scenario]\nformat = 1\nid = \"meno-fnps\"\ntitle = \"Un decimo di FNPS in meno\"\n\n\
                    [[change]]\ntarget = \"amount\"\nfund = \"fnps\"\nscale = \"90%\"\n";

#[test]
fn a_comparison_of_a_region_fits_a_screen() {
    fs::write(scratch().join("less.toml"), LESS).unwrap();
    said("solve @models/toscana-2026 --out region --quiet");
    said("solve @models/toscana-2026 --scenario less.toml --out region-less --quiet");
    let (short, whole) = (
        said("compare region region-less"),
        said("compare region region-less -v"),
    );
    assert!(short.lines().count() <= SCREEN, "{short}");
    assert!(whole.lines().count() > 2 * SCREEN, "{whole}");
    // A tenth of 77,913,119.33 euro over three years, each year to the cent: the sum of what is cut, and of every table.
    let totals = short
        .lines()
        .filter(|line| line.contains("-7,791,311.93"))
        .count();
    assert!(totals >= 5, "{short}");
    for told in ["Firenze", "24 more rows", "7 rows as before", "with -v"] {
        assert!(short.contains(told), "{told}\n{short}");
    }
    assert!(
        !short.contains("Mind:")
            && !short.contains("Actions (euro)")
            && whole.contains("Actions (euro)"),
        "{short}"
    );
}

#[test]
fn plans_of_different_models_say_so() {
    said("solve @models/tiny --out other-tiny --quiet");
    said("solve @models/micro/me01 --out other-me01 --quiet");
    let told = said("compare other-tiny other-me01");
    assert!(
        told.contains("different models and have no zone, fund or action in common"),
        "{told}"
    );
    let told = said("compare other-tiny other-me01 --locale it");
    assert!(
        told.contains("non hanno alcuna zona, alcun fondo né alcuna azione in"),
        "{told}"
    );
    said("report other-me01 --out other.html --compare other-tiny --locale it");
    let page = fs::read_to_string(scratch().join("other.html")).unwrap();
    assert!(page.contains("i due piani sono di modelli diversi"));
    let same = said("compare other-tiny other-tiny");
    assert!(!same.contains("different models"), "{same}");
}
