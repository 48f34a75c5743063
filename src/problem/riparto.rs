//! What is wrong with how a fund is divided, and what a careful reader should know of it.

use super::kinds::problem_kinds;
use super::say::{Shown, ZoneAndOthers};
use crate::units::{Euro, Exact, Year};

problem_kinds! {
    /// A riparto that cannot be.
    RipartoProblem: Error

    WeightsOrShares = "model::riparto"
        it: "un riparto divide per pesi (weights) oppure per quote fisse (shares): serve l'uno o l'altro, non entrambi.", "Scrivere weights = [{{ indicator = \"residenti\", weight = \"100%\" }}] oppure shares = \"quota / 100\".";
        en: "a riparto divides by weights or by fixed shares: one of them is wanted, not both.", "Write weights = [{{ indicator = \"residents\", weight = \"100%\" }}] or shares = \"quota / 100\".";
    SharesAsWritten = "model::riparto"
        it: "le quote fisse (shares) valgono come sono scritte: round_share arrotonda quelle che vengono dai pesi.", "Togliere round_share, o scrivere le quote con meno decimali.";
        en: "fixed shares hold as they are written: round_share rounds those that come of weights.", "Remove round_share, or write the shares with fewer decimals.";
    SharesAboveOne { sum: Exact, year: Year } = "model::shares_sum"
        it: "le quote fisse sommano a {sum}% nel {year}: più di tutto.", "Correggerle perché non superino 100%.";
        en: "the fixed shares sum to {sum}% in {year}: more than all.", "Correct them so that they are at most 100%.";
    RoundedTwice = "model::riparto"
        it: "round_amount dice già unità e modo di arrotondare: round_to e round_by non vanno insieme.", "Tenere round_amount, oppure round_to e round_by.";
        en: "round_amount already says unit and method of rounding: it does not go with round_to and round_by.", "Keep round_amount, or round_to and round_by.";
    EmptyLimit = "model::riparto"
        it: "il limite non dice nulla.", "Scrivere last_year = \"95%\", euro = \"10000\", o entrambi.";
        en: "the limit says nothing.", "Write last_year = \"95%\", euro = \"10000\", or both.";
    FloorsAboveTotal { fund: Shown, year: Year, short: Euro } = "model::floors_above_total"
        it: "per dare a tutte le zone il loro minimo mancano {short} euro (fondo \"{fund}\", {year}).", "Abbassare floor o controllare gli importi.";
        en: "{short} euro are missing to give every zone its floor (fund \"{fund}\", {year}).", "Lower floor or check the amounts.";
    LimitsCross { zone: Shown, fund: Shown, year: Year } = "model::riparto"
        it: "nella zona \"{zone}\" il massimo è sotto il minimo, contati nell'unità a cui si arrotonda (fondo \"{fund}\", {year}).", "Correggere floor o ceiling, o arrotondare a un'unità più piccola.";
        en: "in zone \"{zone}\" the ceiling is below the floor, counted in the unit of rounding (fund \"{fund}\", {year}).", "Correct floor or ceiling, or round to a smaller unit.";
    GivenAboveCeiling { zone: Shown, fund: Shown, year: Year, given: Euro, ceiling: Euro } = "model::riparto"
        it: "la zona \"{zone}\" riceve {given} euro prima della formula, più del suo massimo di {ceiling} (fondo \"{fund}\", {year}).", "Correggere deductions o ceiling.";
        en: "zone \"{zone}\" gets {given} euro before the formula, more than its ceiling of {ceiling} (fund \"{fund}\", {year}).", "Correct deductions or ceiling.";
    RowsAboveTotal { fund: Shown, year: Year, total: Euro, rows: Euro, over: Euro } = "model::riparto_over_total"
        it: "arrotondando riga per riga, il riparto {year} del fondo \"{fund}\" dà {rows} euro: {over} più di quanto c'è, {total}.", "Scrivere rest = \"largest\" o \"first\" perché una zona li restituisca, o round_by = \"largest_remainder\".";
        en: "rounding row by row, the {year} riparto of fund \"{fund}\" gives {rows} euro: {over} more than the {total} there are.", "Write rest = \"largest\" or \"first\" so that a zone gives them back, or round_by = \"largest_remainder\".";
    NobodyGivesBack { fund: Shown, year: Year, over: Euro } = "model::riparto_over_total"
        it: "arrotondando riga per riga, il riparto {year} del fondo \"{fund}\" dà {over} euro più di quanto c'è, e nessuna zona da sola può restituirli.", "Scrivere round_by = \"largest_remainder\", o arrotondare a un'unità più piccola.";
        en: "rounding row by row, the {year} riparto of fund \"{fund}\" gives {over} euro more than there is, and no single zone can give them back.", "Write round_by = \"largest_remainder\", or round to a smaller unit.";
    DeductionForm { name: Shown } = "model::riparto"
        it: "la detrazione \"{name}\" è di euro oppure di share: serve l'uno o l'altro, e base va solo con share.", "Scrivere euro = \"50000.00\" oppure share = \"5%\".";
        en: "deduction \"{name}\" is of euro or of a share: one of them is wanted, and base goes with share alone.", "Write euro = \"50000.00\" or share = \"5%\".";
    DeductionAboveTotal { name: Shown, fund: Shown, year: Year, euro: Euro, left: Euro } = "model::riparto"
        it: "la detrazione \"{name}\" toglie {euro} euro, ma del fondo \"{fund}\" nel {year} ne restano {left}.", "Correggere deductions, o limitarla ad alcuni anni con years.";
        en: "deduction \"{name}\" takes {euro} euro, but {left} are left of fund \"{fund}\" in {year}.", "Correct deductions, or limit it to some years with years.";
    DeductionNowhere { name: Shown, year: Year } = "model::riparto"
        it: "nessuna delle zone della detrazione \"{name}\" esiste nel {year}.", "Correggere zone, o limitarla ad alcuni anni con years.";
        en: "none of the zones of deduction \"{name}\" exists in {year}.", "Correct zone, or limit it to some years with years.";
    ByWithoutZones { name: Shown } = "model::riparto"
        it: "la detrazione \"{name}\" dice come si divide (by) ma non fra quali zone.", "Aggiungere zone, o togliere by.";
        en: "deduction \"{name}\" says by what it is divided but not among which zones.", "Add zone, or remove by.";
}

problem_kinds! {
    /// A riparto that is possible, and not quite what its reader may expect.
    RipartoRemark: Warning

    RowsLeave { fund: Shown, year: Year, total: Euro, rows: Euro, left: Euro } = "model::naive_rounding"
        it: "il riparto {year} del fondo \"{fund}\" dà alle zone {rows} euro di {total}: {left} restano non assegnati.", "Scrivere rest = \"largest\" o \"first\" se vanno a una zona.";
        en: "the {year} riparto of fund \"{fund}\" gives the zones {rows} euro of {total}: {left} stay unassigned.", "Write rest = \"largest\" or \"first\" if they go to a zone.";
    RowsExceed { fund: Shown, year: Year, total: Euro, rows: Euro, over: Euro } = "model::naive_rounding"
        it: "arrotondando riga per riga, il riparto {year} del fondo \"{fund}\" dà {rows} euro: {over} più di quanto c'è, {total}.", "Va bene solo per riprodurre una tabella pubblicata; altrimenti scrivere round_amount = \"cent\", o rest = \"largest\".";
        en: "rounding row by row, the {year} riparto of fund \"{fund}\" gives {rows} euro: {over} more than the {total} there are.", "That is good only to reproduce a published table; else write round_amount = \"cent\", or rest = \"largest\".";
    SharesLeave { fund: Shown, year: Year, sum: Exact, left: Euro } = "model::shares_sum"
        it: "le quote fisse del fondo \"{fund}\" sommano a {sum}% nel {year}: {left} euro restano non assegnati.", "Correggere le quote, o scrivere rest = \"largest\" o \"first\" se vanno a una zona.";
        en: "the fixed shares of fund \"{fund}\" sum to {sum}% in {year}: {left} euro stay unassigned.", "Correct the shares, or write rest = \"largest\" or \"first\" if they go to a zone.";
    NearlyAWhole { name: Shown, year: Year, sum: Exact, whole: Exact } = "model::shares_sum"
        it: "i valori di \"{name}\" sommano a {sum} nel {year}, non a {whole}: le zone dividono tutto in proporzione.", "Se sono quote, correggerle, o scrivere shares al posto di weights perché ciò che manca non si divida.";
        en: "the values of \"{name}\" sum to {sum} in {year}, not to {whole}: the zones divide all of it in proportion.", "If they are shares, correct them, or write shares in place of weights so that what is missing is not divided.";
    NoFloor { zone: ZoneAndOthers, fund: Shown, year: Year } = "model::no_last_year"
        it: "non si conosce quanto il fondo \"{fund}\" ha dato nel {year} alla {zone}: lì il minimo sull'anno precedente non vale.", "Aggiungerlo a previous.csv (0 se non ha avuto nulla), o scrivere un minimo in euro con floor.euro.";
        en: "what fund \"{fund}\" gave {zone} in {year} is not known: there the floor on last year does not hold.", "Add it to previous.csv (0 if it got nothing), or write a floor in euro with floor.euro.";
    NoCeiling { zone: ZoneAndOthers, fund: Shown, year: Year } = "model::no_last_year"
        it: "non si conosce quanto il fondo \"{fund}\" ha dato nel {year} alla {zone}: lì il massimo sull'anno precedente non vale.", "Aggiungerlo a previous.csv, o scrivere un massimo in euro con ceiling.euro.";
        en: "what fund \"{fund}\" gave {zone} in {year} is not known: there the ceiling on last year does not hold.", "Add it to previous.csv, or write a ceiling in euro with ceiling.euro.";
    Tie { zone: Shown, other: Shown, fund: Shown, year: Year, apart: Euro, by_formula: Euro } = "model::riparto_tie"
        it: "nel riparto {year} del fondo \"{fund}\" la zona \"{zone}\" riceve {apart} euro più della zona \"{other}\", ma la formula ne darebbe solo {by_formula} in più: decidono l'arrotondamento e, a parità, il codice della zona.", "Arrotondare le quote a più decimali, o gli importi a un'unità più piccola.";
        en: "in the {year} riparto of fund \"{fund}\" zone \"{zone}\" gets {apart} euro more than zone \"{other}\", but the formula would give only {by_formula} more: rounding decides and, of equals, the code of the zone.", "Round the shares to more decimals, or the amounts to a smaller unit.";
}
