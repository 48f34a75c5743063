//! Values of one cell or key that cannot be read.

use super::kinds::problem_kinds;
use super::say::{Form, Nearest, Shown, Wanted, WordList};
use crate::units::Year;

problem_kinds! {
    /// A value that cannot be read.
    ValueProblem: Error

    Empty = "model::empty"
        it: "il valore manca.", "Scriverlo; un campo vuoto non vale zero.";
        en: "the value is missing.", "Write it; an empty field is not zero.";
    Amount { value: Shown, form: Form } = "model::amount"
        it: "\"{value}\" non è un importo.", "Scrivere {form}.";
        en: "\"{value}\" is not an amount.", "Write {form}.";
    Number { value: Shown, form: Form } = "model::number"
        it: "\"{value}\" non è un numero.", "Scrivere {form}.";
        en: "\"{value}\" is not a number.", "Write {form}.";
    Decimals { value: Shown } = "model::decimals"
        it: "\"{value}\" ha più di due decimali.", "Arrotondare al centesimo.";
        en: "\"{value}\" has more than two decimals.", "Round it to the cent.";
    Ambiguous { value: Shown, table: Shown } = "model::ambiguous_number"
        it: "\"{value}\" è ambiguo: il punto può separare le migliaia o i decimali.", "Togliere il punto se separa le migliaia; oppure dichiarare in model.toml [files.{table}] dialect = \"it\" (migliaia con il punto) o \"en\" (decimali con il punto).";
        en: "\"{value}\" is ambiguous: the point may separate thousands or decimals.", "Remove the point if it separates thousands; or declare [files.{table}] dialect = \"it\" (point for thousands) or \"en\" (point for decimals) in model.toml.";
    AmbiguousKey { value: Shown } = "model::ambiguous_number"
        it: "\"{value}\" è ambiguo: il punto può separare le migliaia o i decimali.", "Scrivere le migliaia senza separatore (250000) e gli importi con due decimali (250.00).";
        en: "\"{value}\" is ambiguous: the point may separate thousands or decimals.", "Write thousands without a separator (250000) and amounts with two decimals (250.00).";
    AmbiguousRun { value: Shown } = "model::ambiguous_number"
        it: "\"{value}\" è ambiguo: il punto può separare le migliaia o i decimali.", "Togliere il punto se separa le migliaia; oppure dichiarare sotto [sweep] dialect = \"it\" (migliaia con il punto) o \"en\" (decimali con il punto).";
        en: "\"{value}\" is ambiguous: the point may separate thousands or decimals.", "Remove the point if it separates thousands; or declare dialect = \"it\" (point for thousands) or \"en\" (point for decimals) under [sweep].";
    ShareTooLarge { value: Shown } = "model::share_too_large"
        it: "la quota \"{value}\" supera il 10000%.", "Controllare il segno %.";
        en: "the share \"{value}\" is over 10000%.", "Check the % sign.";
    Negative { value: Shown } = "model::negative"
        it: "\"{value}\" è negativo.", "Scrivere un valore da zero in su.";
        en: "\"{value}\" is negative.", "Write a value from zero up.";
    TooLarge { value: Shown } = "model::too_large"
        it: "\"{value}\" supera il massimo di 90.071.992.547.409,92.", "Controllare il numero di cifre.";
        en: "\"{value}\" is over the maximum of 90,071,992,547,409.92.", "Check the number of digits.";
    TooManyDigits { value: Shown } = "model::too_large"
        it: "\"{value}\" ha troppe cifre.", "Usare al massimo 30 cifre.";
        en: "\"{value}\" has too many digits.", "Use at most 30 digits.";
    NotFinite { value: Shown } = "model::not_finite"
        it: "\"{value}\" non è un numero finito.", "Scrivere il valore vero, o togliere la riga se non si conosce.";
        en: "\"{value}\" is not a finite number.", "Write the true value, or remove the row if it is not known.";
    NotKnown { value: Shown } = "model::not_known"
        it: "\"{value}\" dice che il valore non c'è, e mancante non vale zero.", "Scrivere il valore, o togliere la riga se non si conosce.";
        en: "\"{value}\" says that the value is not there, and missing is not zero.", "Write the value, or remove the row if it is not known.";
    SheetError { value: Shown } = "model::sheet_error"
        it: "\"{value}\" è un errore del foglio di calcolo.", "Correggere la formula nel foglio e salvare di nuovo.";
        en: "\"{value}\" is an error of the spreadsheet.", "Mend the formula in the sheet and save it again.";
    Exponent { value: Shown } = "model::exponent"
        it: "\"{value}\" è in notazione scientifica, che può aver perso cifre.", "Scrivere tutte le cifre; in un foglio di calcolo, dare alla colonna un formato numerico.";
        en: "\"{value}\" is in scientific notation, which may have lost digits.", "Write all digits; in a spreadsheet, give the column a number format.";
    Units { value: Shown } = "model::number"
        it: "\"{value}\" non è un numero di unità.", "Scrivere un numero come 12 o 12.5, oppure unlimited.";
        en: "\"{value}\" is not a number of units.", "Write a number such as 12 or 12.5, or unlimited.";
    Tile { value: Shown } = "model::tile"
        it: "\"{value}\" non è una riga o una colonna della mappa a tessere.", "Scrivere un numero intero da 0 a 199, contando dall'alto e da sinistra.";
        en: "\"{value}\" is not a row or a column of the tile map.", "Write a whole number from 0 to 199, counted from the top and from the left.";
    Outline { value: Shown } = "model::outline"
        it: "\"{value}\" non è un contorno.", "Scrivere almeno tre punti come numeri interi (x y x y x y), con un punto e virgola tra un anello e l'altro.";
        en: "\"{value}\" is not an outline.", "Write at least three points as whole numbers (x y x y x y), with a semicolon between rings.";
    Hexadecimal { value: Shown } = "model::number"
        it: "\"{value}\" è un numero esadecimale.", "Scriverlo in cifre decimali.";
        en: "\"{value}\" is a hexadecimal number.", "Write it in decimal digits.";
    Percent { value: Shown } = "model::percent"
        it: "\"{value}\" è una percentuale, ma qui serve un numero.", "Scrivere il numero senza %.";
        en: "\"{value}\" is a percentage, but a number is wanted here.", "Write the number without %.";
    Currency { value: Shown } = "model::currency"
        it: "\"{value}\" contiene un simbolo di valuta.", "Scrivere solo la cifra: tutti gli importi sono in euro.";
        en: "\"{value}\" contains a currency sign.", "Write the figure alone: all amounts are in euro.";
    Share { value: Shown } = "model::share"
        it: "\"{value}\" non è una quota.", "Scrivere per esempio 40%, 0.4 oppure 2/5.";
        en: "\"{value}\" is not a share.", "Write for example 40%, 0.4 or 2/5.";
    ShareOverOne { value: Shown } = "model::share_over_one"
        it: "la quota \"{value}\" supera il 100%.", "Scrivere una quota fra 0% e 100%.";
        en: "the share \"{value}\" is over 100%.", "Write a share between 0% and 100%.";
    Year { value: Shown } = "model::year"
        it: "\"{value}\" non è un anno.", "Scrivere quattro cifre, come 2022.";
        en: "\"{value}\" is not a year.", "Write four digits, such as 2022.";
    Date { value: Shown } = "model::date"
        it: "\"{value}\" non è una data.", "Scrivere anno-mese-giorno, come 2026-06-30.";
        en: "\"{value}\" is not a date.", "Write year-month-day, such as 2026-06-30.";
    AmbiguousDate { value: Shown } = "model::date"
        it: "la data \"{value}\" è ambigua: non si sa quale numero sia il giorno e quale il mese.", "Scrivere anno-mese-giorno, come 2026-06-30.";
        en: "the date \"{value}\" is ambiguous: which number is the day and which the month?", "Write year-month-day, such as 2026-06-30.";
    ImpossibleDate { value: Shown } = "model::date"
        it: "la data \"{value}\" non esiste.", "Controllare giorno e mese.";
        en: "the date \"{value}\" does not exist.", "Check the day and the month.";
    Deadline { value: Shown } = "model::date"
        it: "\"{value}\" non è un termine di spesa.", "Scrivere una data come 2026-06-30, oppure +1 per la fine dell'anno dopo.";
        en: "\"{value}\" is not a spending deadline.", "Write a date such as 2026-06-30, or +1 for the end of the year after.";
    Word { value: Shown, nearest: Nearest, known: WordList } = "model::word"
        it: "\"{value}\" non è fra i valori previsti.", "{nearest}Valori previsti: {known}.";
        en: "\"{value}\" is not one of the known values.", "{nearest}Known values: {known}.";
    WantedElse { wanted: Wanted, found: Wanted } = "model::type"
        it: "qui serve {wanted}, c'è {found}.", "Riscrivere il valore.";
        en: "{wanted} is wanted here, not {found}.", "Write the value again.";
    Pair { value: Shown } = "model::pair"
        it: "\"{value}\" non ha la forma codice:quota.", "Scrivere per esempio fnps:20% pnrr:50%.";
        en: "\"{value}\" has not the form id:share.", "Write for example fnps:20% pnrr:50%.";
    Profile { value: Shown } = "model::pair"
        it: "\"{value}\" non ha la forma anno:quota.", "Scrivere per esempio 2022:20% 2023:80%.";
        en: "\"{value}\" has not the form year:share.", "Write for example 2022:20% 2023:80%.";
    OutOfRange { value: Shown, low: u32, high: u32 } = "model::out_of_range"
        it: "{value} è fuori dai limiti.", "Scrivere un numero intero da {low} a {high}.";
        en: "{value} is out of range.", "Write a whole number from {low} to {high}.";
    YearsBack { value: Shown } = "model::out_of_range"
        it: "{value} non indica un anno precedente.", "Scrivere per esempio -2 per il secondo anno precedente.";
        en: "{value} does not name an earlier year.", "Write for example -2 for the second year before.";
    FromAfterTo { from: Year, to: Year } = "model::from_after_to"
        it: "l'anno iniziale {from} viene dopo l'anno finale {to}.", "Scambiarli o correggerne uno.";
        en: "the first year {from} comes after the last year {to}.", "Swap them or correct one.";
}
