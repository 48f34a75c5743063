//! Sweep files whose parts do not fit together.

use super::kinds::problem_kinds;
use super::say::Shown;
use crate::units::Exact;

problem_kinds! {
    /// A sweep that cannot be laid out.
    SweepProblem: Error

    NoAxis { kind: Shown } = "sweep::no_axis"
        it: "uno sweep \"{kind}\" vuole almeno un asse.", "Aggiungere [[axis]] con un change e i suoi valori.";
        en: "a sweep of kind \"{kind}\" wants at least one axis.", "Add [[axis]] with a change and its values.";
    TooManyAxes { count: usize, limit: usize } = "sweep::limit"
        it: "gli assi sono {count}, il massimo è {limit}.", "Dividere lo sweep in più file.";
        en: "there are {count} axes, the maximum is {limit}.", "Divide the sweep into several files.";
    TooManyScenarios { count: Shown, limit: u64 } = "sweep::limit"
        it: "gli scenari sarebbero {count}, il massimo è {limit}.", "Ridurre i valori o gli assi, oppure estrarre a sorte: kind = \"monte_carlo\" o \"latin_hypercube\".";
        en: "there would be {count} scenarios, the maximum is {limit}.", "Use fewer values or axes, or draw at random: kind = \"monte_carlo\" or \"latin_hypercube\".";
    SobolDraws { limit: u64 } = "sweep::limit"
        it: "la sequenza di Sobol ha al massimo {limit} punti.", "Chiederne meno, oppure usare kind = \"latin_hypercube\".";
        en: "the Sobol sequence has at most {limit} points.", "Ask for fewer, or use kind = \"latin_hypercube\".";
    SobolAxes { limit: usize } = "sweep::limit"
        it: "la sequenza di Sobol ha al massimo {limit} dimensioni.", "Togliere assi, oppure usare kind = \"latin_hypercube\".";
        en: "the Sobol sequence has at most {limit} dimensions.", "Remove axes, or use kind = \"latin_hypercube\".";
    NoScenario = "sweep::nothing"
        it: "lo sweep non contiene alcuno scenario.", "Aggiungere [[combination]] o righe alla tabella.";
        en: "the sweep has no scenario.", "Add [[combination]] or rows to the table.";
    NotForKind { key: Shown, kind: Shown } = "sweep::key"
        it: "la chiave \"{key}\" non ha senso in uno sweep \"{kind}\".", "Toglierla, o cambiare kind.";
        en: "key \"{key}\" makes no sense in a sweep of kind \"{kind}\".", "Remove it, or change kind.";
    NeededForKind { key: Shown, kind: Shown } = "sweep::key"
        it: "uno sweep \"{kind}\" vuole la chiave \"{key}\".", "Aggiungerla.";
        en: "a sweep of kind \"{kind}\" wants the key \"{key}\".", "Add it.";
    AxisForm { kind: Shown, form: Shown } = "sweep::axis_values"
        it: "in uno sweep \"{kind}\" i valori di un asse si danno con {form}.", "Scrivere queste chiavi e nessun'altra di values, from, to, steps, distribution.";
        en: "in a sweep of kind \"{kind}\" the values of an axis are given by {form}.", "Write these keys and no other of values, from, to, steps, distribution.";
    AxisElsewhere { kind: Shown } = "sweep::axis_values"
        it: "in uno sweep \"{kind}\" i valori non stanno sull'asse.", "Togliere values, from, to, steps e distribution: i valori sono in [[combination]] o nella tabella.";
        en: "in a sweep of kind \"{kind}\" the values are not on the axis.", "Remove values, from, to, steps and distribution: the values are in [[combination]] or in the table.";
    OneChange = "sweep::change"
        it: "un asse vuole change oppure changes, uno solo dei due.", "Scrivere change = {{ ... }}, o changes = [{{ ... }}, {{ ... }}].";
        en: "an axis wants either change or changes.", "Write change = {{ ... }}, or changes = [{{ ... }}, {{ ... }}].";
    NoPlaceholder = "sweep::change"
        it: "nel cambiamento manca il segno \"$\", dove va il valore dell'asse.", "Scrivere per esempio scale = \"$\".";
        en: "the change has no \"$\", where the value of the axis goes.", "Write for example scale = \"$\".";
    RepeatedValue { value: Shown } = "sweep::repeated_value"
        it: "il valore \"{value}\" si ripete.", "Scriverlo una volta sola; in un intervallo, aumentare decimals o ridurre steps.";
        en: "the value \"{value}\" is repeated.", "Write it once; in a range, raise decimals or lower steps.";
    NotBelow { low: Shown, high: Shown } = "sweep::range"
        it: "{low} non è minore di {high}.", "Scrivere prima il valore più basso.";
        en: "{low} is not below {high}.", "Write the lower value first.";
    OutsideRange { value: Shown, low: Shown, high: Shown } = "sweep::range"
        it: "{value} non è fra {low} e {high}.", "Scrivere un valore fra i due, estremi compresi.";
        en: "{value} is not between {low} and {high}.", "Write a value between the two, ends included.";
    MixedPercent = "sweep::percent"
        it: "alcuni numeri dell'asse sono percentuali e altri no.", "Scriverli tutti con % o tutti senza.";
        en: "some numbers of the axis are percentages and others are not.", "Write all of them with % or all without.";
    Decimals { value: Shown, decimals: u32 } = "sweep::decimals"
        it: "{value} ha più decimali di quanti ne sono dichiarati: {decimals}.", "Aumentare decimals o arrotondare il valore.";
        en: "{value} has more decimals than the {decimals} declared.", "Raise decimals or round the value.";
    NotAboveZero = "sweep::range"
        it: "il valore deve essere maggiore di zero.", "Correggerlo.";
        en: "the value must be above zero.", "Correct it.";
    Shape { low: Exact, high: Exact } = "sweep::range"
        it: "il valore è fuori dai limiti.", "Scrivere un numero da {low} a {high}.";
        en: "the value is out of range.", "Write a number from {low} to {high}.";
    CutAway = "sweep::cut_away"
        it: "fra low e high non resta quasi nulla della distribuzione.", "Allargare i limiti o avvicinarli al centro della distribuzione.";
        en: "next to nothing of the distribution is left between low and high.", "Widen the bounds or move them towards the middle of the distribution.";
    Weights { values: usize, weights: usize } = "sweep::weights"
        it: "i valori sono {values} e i pesi {weights}.", "Dare un peso a ogni valore, o togliere weights perché siano uguali.";
        en: "there are {values} values and {weights} weights.", "Give one weight to each value, or remove weights to make them equal.";
    LevelsOdd = "sweep::levels"
        it: "i livelli di una traiettoria devono essere in numero pari.", "Scrivere per esempio levels = 4.";
        en: "the levels of a trajectory must be an even number.", "Write for example levels = 4.";
    CorrelationAxes = "sweep::correlation"
        it: "una correlazione riguarda due assi diversi.", "Scrivere axes = [\"uno\", \"altro\"].";
        en: "a correlation is between two different axes.", "Write axes = [\"one\", \"other\"].";
    CorrelationValue { value: Exact } = "sweep::correlation"
        it: "{value} non è una correlazione.", "Scrivere un numero maggiore di -1 e minore di 1.";
        en: "{value} is not a correlation.", "Write a number above -1 and below 1.";
    CorrelationTwice { first: Shown, second: Shown } = "sweep::correlation"
        it: "la correlazione fra \"{first}\" e \"{second}\" è scritta due volte.", "Tenerne una sola.";
        en: "the correlation of \"{first}\" and \"{second}\" is written twice.", "Keep one of them.";
    CorrelationListed { axis: Shown } = "sweep::correlation"
        it: "i valori elencati dell'asse \"{axis}\" devono essere numeri crescenti per avere una correlazione.", "Elencarli dal più basso al più alto, o togliere la correlazione.";
        en: "the listed values of axis \"{axis}\" must be rising numbers to be correlated.", "List them from lowest to highest, or remove the correlation.";
    NotTogether { smallest: Shown, factor: Shown } = "sweep::correlation"
        it: "queste correlazioni non possono valere insieme: se due assi vanno con un terzo, devono andare anche fra loro (il più piccolo autovalore della matrice è {smallest}, deve essere maggiore di zero).", "Avvicinarle a zero, per esempio moltiplicandole tutte per {factor}, o dichiarare le correlazioni che mancano.";
        en: "these correlations cannot hold together: if two axes go with a third, they must go with each other too (the smallest eigenvalue of the matrix is {smallest}, it must be above zero).", "Bring them nearer to zero, for example by multiplying all by {factor}, or declare the correlations that are missing.";
    RepeatedLabel { label: Shown } = "sweep::label"
        it: "due scenari si chiamano \"{label}\".", "Dare a ciascuno un nome suo, diverso anche dai numeri d'ordine.";
        en: "two scenarios are called \"{label}\".", "Give each a name of its own, different from the running numbers too.";
    LongLabel { limit: usize } = "sweep::label"
        it: "il nome di uno scenario ha al massimo {limit} caratteri, senza a capo.", "Abbreviarlo.";
        en: "the name of a scenario has at most {limit} characters, on one line.", "Shorten it.";
    NoFile { name: Shown } = "sweep::file"
        it: "il file \"{name}\" non c'è accanto al file dello sweep, o non si legge.", "Metterlo nella stessa cartella.";
        en: "the file \"{name}\" is not beside the sweep file, or cannot be read.", "Put it in the same folder.";
    OutsideFile { name: Shown } = "sweep::file"
        it: "\"{name}\" porta fuori dalla cartella del file dello sweep.", "Copiare il file in quella cartella e scriverne solo il nome.";
        en: "\"{name}\" leads outside the folder of the sweep file.", "Copy the file into that folder and write its name alone.";
    NoChanges { name: Shown } = "sweep::file"
        it: "il file \"{name}\" non contiene alcun [[change]]: non è uno scenario.", "Indicare un file di scenario.";
        en: "the file \"{name}\" has no [[change]]: it is not a scenario.", "Name a scenario file.";
}
