//! Sweeps: why another route answered than the one asked, and what a scenario changed beyond numbers.

use super::{Text, words};
use crate::model::Language;
use crate::solve::routes::{Difference, HandedOver, Route};

words! {
    COLD { it: "ciascuno da capo, come solve", en: "each from the start, as solve does" }
    HOT { it: "ciascuno a partire dal piano di base", en: "each from the plan of the base" }
    BATCH { it: "otto alla volta", en: "eight at once" }
    STRUCTURE { it: "lo scenario cambia la struttura del programma e non solo i suoi numeri", en: "the scenario changes the structure of the programme and not only its numbers" }
    WHOLE { it: "i numeri interi si scelgono di nuovo in ogni scenario", en: "whole numbers are chosen anew in each scenario" }
    FIXED_WHOLE { it: "con i numeri interi del piano di base lo scenario non ha un piano: sono stati scelti di nuovo", en: "with the whole numbers of the base plan the scenario has no plan: they were chosen anew" }
    INFEASIBLE { it: "nessun piano trovato: chiesto di nuovo da capo", en: "no plan was found: asked again from the start" }
    DOUBT { it: "risposta dubbia: chiesta di nuovo da capo", en: "a doubtful answer: asked again from the start" }
    PICK { it: "il piano più vicino non era dimostrato: chiesto di nuovo da capo", en: "the nearest plan was not proved: asked again from the start" }
    PLAY { it: "le proporzioni del piano di base valgono solo con meno di un centesimo di gioco", en: "the proportions of the base plan hold only with less than a cent of play" }
    LEVELS { it: "un obiettivo guarda a più livelli di copertura: quanti siano si sa solo strada facendo", en: "a goal looks at more levels of coverage than one: how many there are is known only on the way" }
    NOT_CONVERGED { it: "il calcolo a lotti non è arrivato in fondo: forse nessun piano rispetta le regole", en: "the batched computation did not come to an end: maybe no plan obeys the rules" }

    NEW_COLUMN { it: "la variabile {name} nella base non c'è", en: "the base has no column {name}" }
    NO_COLUMN { it: "manca la variabile {name} della base", en: "column {name} of the base is missing" }
    OTHER_COLUMN { it: "la variabile {name} non è la stessa della base", en: "column {name} is not the one of the base" }
    NEW_ROW { it: "la riga {name} (famiglia {family}) nella base non c'è", en: "the base has no row {name} (family {family})" }
    NO_ROW { it: "manca la riga {name} (famiglia {family}) della base", en: "row {name} (family {family}) of the base is missing" }
    OTHER_ROW { it: "la riga {name} (famiglia {family}) non è la stessa della base", en: "row {name} (family {family}) is not the one of the base" }
    OTHER_CELLS { it: "la riga {name} (famiglia {family}) riguarda altre variabili che nella base", en: "row {name} (family {family}) has other columns than in the base" }
}

/// How a scenario was answered.
#[must_use]
pub fn route(route: Route) -> Text {
    match route {
        Route::Cold => COLD,
        Route::Hot => HOT,
        Route::Batch => BATCH,
    }
}

/// Why another route answered.
#[must_use]
pub fn handed_over(why: HandedOver) -> Text {
    match why {
        HandedOver::Structure => STRUCTURE,
        HandedOver::Whole => WHOLE,
        HandedOver::FixedWhole => FIXED_WHOLE,
        HandedOver::Infeasible => INFEASIBLE,
        HandedOver::Doubt => DOUBT,
        HandedOver::Pick => PICK,
        HandedOver::Play => PLAY,
        HandedOver::Levels => LEVELS,
        HandedOver::NotConverged => NOT_CONVERGED,
    }
}

/// What differs first from the structure of the base.
#[must_use]
pub fn rebuilt(difference: &Difference, language: Language) -> String {
    let text = match difference {
        Difference::NewColumn(_) => NEW_COLUMN,
        Difference::NoColumn(_) => NO_COLUMN,
        Difference::OtherColumn(_) => OTHER_COLUMN,
        Difference::NewRow(..) => NEW_ROW,
        Difference::NoRow(..) => NO_ROW,
        Difference::OtherRow(..) => OTHER_ROW,
        Difference::OtherCells(..) => OTHER_CELLS,
    };
    let family = difference.family().map_or("", |family| family.word());
    text.fill(language, &[("name", difference.name()), ("family", family)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lp::Family;

    #[test]
    fn a_difference_is_told_in_both_languages() {
        let told = Difference::NoRow(Family::Need, "need(sad,a,2022)".to_owned());
        assert_eq!(
            rebuilt(&told, Language::English),
            "row need(sad,a,2022) (family need) of the base is missing"
        );
        assert!(rebuilt(&told, Language::Italian).contains("need(sad,a,2022)"));
        for why in HandedOver::ALL {
            assert_ne!(handed_over(why).it, handed_over(why).en);
        }
    }
}
