//! What the model says that cannot be: formulas, money, needs, rules.

use super::kinds::problem_kinds;
use super::say::{Nearest, Shown, WhereYear, WordList};
use crate::model::expression::{ExpressionErrorKind, ValueKind};
use crate::units::{Euro, Exact, Year};

problem_kinds! {
    /// An expression that cannot be read or has no value.
    FormulaProblem: Error

    Syntax { value: Shown, character: usize, why: ExpressionErrorKind } = "model::expression"
        it: "l'espressione \"{value}\" non si legge al carattere {character}: {why}.", "Correggere l'espressione.";
        en: "the expression \"{value}\" cannot be read at character {character}: {why}.", "Correct the expression.";
    UnknownName { name: Shown, nearest: Nearest, known: WordList } = "model::unknown_indicator"
        it: "\"{name}\" non è un indicatore né un attributo delle zone.", "{nearest}Si conoscono: {known}.";
        en: "\"{name}\" is not an indicator or an attribute of the zones.", "{nearest}Known: {known}.";
    NoValue { name: Shown, at: WhereYear } = "model::no_value"
        it: "\"{name}\" non ha valore ({at}).", "Scriverlo in zones.csv o in indicators.csv.";
        en: "\"{name}\" has no value ({at}).", "Write it in zones.csv or indicators.csv.";
    DivisionByZero { value: Shown, at: WhereYear } = "model::division_by_zero"
        it: "\"{value}\" divide per zero ({at}).", "Correggere il dato, o scrivere if(x > 0, ..., ...).";
        en: "\"{value}\" divides by zero ({at}).", "Correct the figure, or write if(x > 0, ..., ...).";
    Type { value: Shown, at: WhereYear, expected: ValueKind, found: ValueKind } = "model::expression_type"
        it: "in \"{value}\" serve {expected}, c'è {found} ({at}).", "Correggere l'espressione o il dato.";
        en: "in \"{value}\" {expected} is wanted, not {found} ({at}).", "Correct the expression or the figure.";
    Overflow { value: Shown, at: WhereYear } = "model::overflow"
        it: "il risultato di \"{value}\" è troppo grande ({at}).", "Controllare i dati e l'espressione.";
        en: "the result of \"{value}\" is too large ({at}).", "Check the figures and the expression.";
    Negative { value: Shown, result: Exact, at: WhereYear } = "model::negative_result"
        it: "\"{value}\" vale {result}, che è negativo ({at}).", "Scrivere max(0, ...) se è inteso come zero.";
        en: "\"{value}\" is {result}, which is negative ({at}).", "Write max(0, ...) if zero is meant.";
}

problem_kinds! {
    /// Money that does not add up.
    MoneyProblem: Error

    PoolAndZones { fund: Shown, year: Year, pool: u32, zone: u32 } = "model::pool_and_zones"
        it: "il fondo \"{fund}\" nel {year} è sia indiviso (riga {pool}) sia assegnato a una zona (riga {zone}).", "Scriverlo tutto indiviso o tutto per zona.";
        en: "fund \"{fund}\" in {year} is both pooled (line {pool}) and given to a zone (line {zone}).", "Write it all pooled or all by zone.";
    Overflow { fund: Shown, year: Year } = "model::overflow"
        it: "il totale del fondo \"{fund}\" per il {year} supera il massimo di 90.071.992.547.409,92 euro.", "Controllare gli importi.";
        en: "the total of fund \"{fund}\" for {year} is over the maximum of 90,071,992,547,409.92 euro.", "Check the amounts.";
    WeightsNotOne { sum: Exact } = "model::shares_sum"
        it: "i pesi sommano a {sum} e non a 1.", "Correggere i pesi perché la somma sia 100%.";
        en: "the weights sum to {sum}, not to 1.", "Correct the weights so that they sum to 100%.";
    IndicatorZero { name: Shown, year: Year } = "model::indicator_zero"
        it: "l'indicatore \"{name}\" è zero in tutte le zone nel {year}: non può dividere nulla.", "Correggere i dati o togliere l'indicatore dal riparto.";
        en: "indicator \"{name}\" is zero in every zone in {year}: it can divide nothing.", "Correct the figures or remove the indicator from the riparto.";
    FloorsAboveTotal { fund: Shown, year: Year, short: Euro } = "model::floors_above_total"
        it: "per garantire a tutti la quota dell'anno precedente mancano {short} euro (fondo \"{fund}\", {year}).", "Abbassare floor.last_year o controllare gli importi.";
        en: "{short} euro are missing to give everybody the share of last year (fund \"{fund}\", {year}).", "Lower floor.last_year or check the amounts.";
    RoundShare { found: Shown } = "model::out_of_range"
        it: "round_share = {found} è fuori dai limiti.", "Scrivere da 0 a 12 decimali, o togliere la chiave per quote esatte.";
        en: "round_share = {found} is out of range.", "Write 0 to 12 decimals, or remove the key for exact shares.";
    NotDivisible { fund: Shown, year: Year } = "model::riparto"
        it: "il riparto del fondo \"{fund}\" per il {year} non si può calcolare: i numeri sono troppo grandi.", "Controllare gli indicatori.";
        en: "the riparto of fund \"{fund}\" for {year} cannot be computed: the numbers are too large.", "Check the indicators.";
    NothingToDivide { fund: Shown } = "model::riparto"
        it: "il fondo \"{fund}\" non ha importi indivisi da ripartire negli anni del piano.", "Controllare amounts.csv, o togliere il riparto.";
        en: "fund \"{fund}\" has no pooled amount to divide in the years of the plan.", "Check amounts.csv, or remove the riparto.";
    NoLastYear { fund: Shown, year: Year } = "model::no_last_year"
        it: "non si conosce quanto il fondo \"{fund}\" ha dato alle zone nel {year}.", "Aggiungerlo a previous.csv, o togliere floor.last_year.";
        en: "what fund \"{fund}\" gave the zones in {year} is not known.", "Add it to previous.csv, or remove floor.last_year.";
    IncomeOnPool { fund: Shown, year: Year } = "model::pool_and_zones"
        it: "il fondo \"{fund}\" nel {year} ha importi indivisi, ma [[income]] e [[priority_cut]] assegnano alle zone.", "Usare un fondo a parte per il denaro guadagnato.";
        en: "fund \"{fund}\" has pooled amounts in {year}, but [[income]] and [[priority_cut]] give to zones.", "Use a fund of its own for the earned money.";
    CutOnAmounts { fund: Shown, year: Year } = "model::priority_cut"
        it: "il fondo \"{fund}\" ha importi per il {year} in amounts.csv, ma il taglio per priorità li calcola.", "Togliere gli importi o il taglio.";
        en: "fund \"{fund}\" has amounts for {year} in amounts.csv, but the priority cut computes them.", "Remove the amounts or the cut.";
    OldAboveCap { fund: Shown, year: Year, short: Euro } = "model::priority_cut"
        it: "le sole richieste vecchie superano il tetto di {short} euro (fondo \"{fund}\", {year}).", "Controllare cap e old.";
        en: "the old claims alone are {short} euro over the cap (fund \"{fund}\", {year}).", "Check cap and old.";
    IncomeForm = "model::income"
        it: "il denaro guadagnato è dato da euro (una formula nei dati) oppure da units_of con bands.", "Scrivere euro = \"...\" oppure units_of = \"azione\" e bands = [{{ from = \"...\", to = \"...\", euro = \"...\" }}].";
        en: "earned money is given by euro (a formula in the data) or by units_of with bands.", "Write euro = \"...\" or units_of = \"action\" and bands = [{{ from = \"...\", to = \"...\", euro = \"...\" }}].";
    IncomeUnits { action: Shown } = "model::income"
        it: "l'azione \"{action}\" non è a unità intere: non si può contare che cosa guadagna.", "Scrivere kind = units in actions.csv, o una formula nei dati (euro).";
        en: "action \"{action}\" does not come in whole units: what it earns cannot be counted.", "Write kind = units in actions.csv, or a formula in the data (euro).";
    IncomeBands { at: WhereYear } = "model::income"
        it: "le fasce non sono in ordine ({at}): ognuna comincia dove finisce la precedente, non finisce prima di cominciare e non vale più della precedente.", "Correggere from, to ed euro.";
        en: "the bands are not in order ({at}): each begins where the one before ends, does not end before it begins, and is not worth more than the one before.", "Correct from, to and euro.";
    IncomeFund { fund: Shown } = "model::income"
        it: "il fondo \"{fund}\" riceve denaro guadagnato dal piano: il suo riporto è 0% o 100%, e non ha [[gate]] né [[priority_cut]].", "Correggere carry_over, o usare un fondo a parte.";
        en: "fund \"{fund}\" receives money that the plan earns: its carry-over is 0% or 100%, and it has no [[gate]] and no [[priority_cut]].", "Correct carry_over, or use a fund of its own.";
    GateNoAmount { fund: Shown, year: Year } = "model::gate"
        it: "la soglia del fondo \"{fund}\" guarda al {year}, ma amounts.csv non ha importi di quell'anno.", "Aggiungere l'importo, o togliere la soglia.";
        en: "the gate of fund \"{fund}\" looks at {year}, but amounts.csv has no amount of that year.", "Add the amount, or remove the gate.";
    GateNoReport { fund: Shown } = "model::gate"
        it: "actuals.csv non dice quanto del fondo \"{fund}\" è stato rendicontato.", "Aggiungere le righe del fondo, o togliere la soglia.";
        en: "actuals.csv does not say how much of fund \"{fund}\" has been reported.", "Add the rows of the fund, or remove the gate.";
    NoMoney = "model::no_money"
        it: "nessun fondo ha denaro negli anni del piano.", "Controllare gli anni in amounts.csv e plan.start.";
        en: "no fund has money in the years of the plan.", "Check the years in amounts.csv and plan.start.";
}

problem_kinds! {
    /// A need or a cost that cannot be.
    NeedProblem: Error

    TwoSources { action: Shown, at: WhereYear, line: u32 } = "model::need_twice"
        it: "il fabbisogno dell'azione \"{action}\" ({at}) è già in needs.csv alla riga {line}.", "Scrivere yes nella colonna replaces perché valga la riga, o limitare la formula con where o years.";
        en: "the need of action \"{action}\" ({at}) is already in needs.csv on line {line}.", "Write yes in column replaces so that the row counts, or narrow the formula with where or years.";
    TwoFormulas { action: Shown, at: WhereYear, line: u32 } = "model::need_twice"
        it: "il fabbisogno dell'azione \"{action}\" ({at}) è già dato dalla formula alla riga {line}.", "Distinguere le formule con where o years.";
        en: "the need of action \"{action}\" ({at}) is already given by the formula on line {line}.", "Tell the formulas apart with where or years.";
    ZoneNotThere { zone: Shown, year: Year } = "model::zone_not_there"
        it: "la zona \"{zone}\" non esiste nel {year}.", "Controllare from e to in zones.csv, o usare la zona che l'ha sostituita.";
        en: "zone \"{zone}\" does not exist in {year}.", "Check from and to in zones.csv, or use the zone that replaced it.";
    PartYears { years: WordList } = "model::part_years"
        it: "il piano comprende solo una parte di questi anni: {years}. Un anno si prende intero, con tutto il suo denaro e i suoi fabbisogni; nulla viene diviso per mesi.", "Cominciare il 1° gennaio e durare un multiplo di 12 mesi; oppure, se importi e fabbisogni di quegli anni sono già scritti per la sola parte compresa, dirlo con part_years = \"as_written\" in [plan].";
        en: "the plan holds only a part of these years: {years}. A year is taken whole, with all its money and needs; nothing is divided by months.", "Start on 1 January and last a multiple of 12 months; or, if the amounts and needs of those years are already written for the part that is held, say so by part_years = \"as_written\" in [plan].";
    YearOutside { year: Year, first: Year, last: Year } = "model::year_outside"
        it: "il {year} non è un anno del piano.", "Scrivere un anno dal {first} al {last}, o cambiare plan.start e plan.months.";
        en: "{year} is not a year of the plan.", "Write a year from {first} to {last}, or change plan.start and plan.months.";
    None = "model::no_need"
        it: "il modello non ha alcun fabbisogno: nessun euro potrebbe essere assegnato.", "Aggiungere needs.csv, [[need]] o projects.csv.";
        en: "the model has no need at all: no euro could be allocated.", "Add needs.csv, [[need]] or projects.csv.";
    FlatRateNeed { action: Shown } = "model::need_twice"
        it: "l'azione \"{action}\" è a costo forfettario: il suo fabbisogno è calcolato.", "Togliere il fabbisogno o il costo forfettario.";
        en: "action \"{action}\" is paid at a flat rate: its need is computed.", "Remove the need or the flat rate.";
    PartsNotOne { sum: Exact } = "model::shares_sum"
        it: "le quote sommano a {sum} e non a 1.", "Correggerle perché la somma sia 100%.";
        en: "the shares sum to {sum}, not to 1.", "Correct them so that they sum to 100%.";
    NoWeight = "model::shares_sum"
        it: "i pesi sono tutti zero.", "Dare almeno un peso maggiore di zero.";
        en: "all weights are zero.", "Give at least one weight above zero.";
    SomeWeighted = "model::pair"
        it: "alcune zone hanno un peso e altre no.", "Dare un peso a tutte o a nessuna.";
        en: "some zones have a weight and others have none.", "Give a weight to all or to none.";
    Overflow { action: Shown, at: WhereYear } = "model::overflow"
        it: "il fabbisogno in euro dell'azione \"{action}\" ({at}) supera il massimo di 90.071.992.547.409,92.", "Controllare unità e unit_cost.";
        en: "the need in euro of action \"{action}\" ({at}) is over the maximum of 90,071,992,547,409.92.", "Check the units and unit_cost.";
    TotalOverflow = "model::overflow"
        it: "il fabbisogno complessivo supera il massimo di 90.071.992.547.409,92 euro.", "Controllare unità e unit_cost.";
        en: "the need in all is over the maximum of 90,071,992,547,409.92 euro.", "Check the units and unit_cost.";
    UnitsProject { action: Shown } = "model::kind"
        it: "l'azione \"{action}\" è a unità intere (kind = units), ma projects.csv ne divide il costo fra zone e anni.", "Scrivere kind = project o divisible, o togliere il progetto.";
        en: "action \"{action}\" comes in whole units (kind = units), but projects.csv divides its cost over zones and years.", "Write kind = project or divisible, or remove the project.";
    FlatRateWhole { action: Shown } = "model::kind"
        it: "l'azione \"{action}\" è a costo forfettario: segue il costo di un'altra e non può essere a unità, a progetti o con min_active.", "Scrivere kind = divisible e togliere min_active.";
        en: "action \"{action}\" is paid at a flat rate: it follows the cost of another and cannot come in units, in projects or with min_active.", "Write kind = divisible and remove min_active.";
    UnlimitedProject { action: Shown } = "model::kind"
        it: "l'azione \"{action}\" è tutto o niente (kind = project), ma il suo fabbisogno è senza limite.", "Scrivere quante unità servono, o kind = divisible.";
        en: "action \"{action}\" is all or nothing (kind = project), but its need has no limit.", "Write how many units are needed, or kind = divisible.";
    UnitsWithoutCost { action: Shown, year: Year } = "model::kind"
        it: "l'azione \"{action}\" è a unità intere con fabbisogno senza limite, ma nel {year} un'unità non costa nulla.", "Scrivere unit_cost, o quante unità servono.";
        en: "action \"{action}\" comes in whole units with a need without limit, but in {year} a unit costs nothing.", "Write unit_cost, or how many units are needed.";
    NoCost { year: Year } = "model::unit_cost"
        it: "manca il costo unitario per il {year}.", "Scrivere unit_cost oppure unit_cost_{year}.";
        en: "the unit cost for {year} is missing.", "Write unit_cost or unit_cost_{year}.";
}

problem_kinds! {
    /// A rule that cannot be understood.
    RuleProblem: Error

    Quantity = "model::measure"
        it: "la misura deve essere una sola: euro, unità, zone attive o progetti.", "Scrivere euro = true, units = true, active_zones = true oppure projects = true.";
        en: "the measure must be one: euro, units, active zones or projects.", "Write euro = true, units = true, active_zones = true or projects = true.";
    Relation { found: usize } = "model::relation"
        it: "la regola ha {found} relazioni, ne serve una.", "Scrivere una sola fra at_least, at_most, below, equal, within, excludes, requires.";
        en: "the rule has {found} relations, one is wanted.", "Write one of at_least, at_most, below, equal, within, excludes, requires.";
    Bound = "model::bound"
        it: "il limite deve essere uno solo: euro, units, count o una quota (share_of).", "Scrivere per esempio {{ euro = \"250000.00\" }} oppure {{ share_of = \"assigned\", share = \"40%\" }}.";
        en: "the bound must be one: euro, units, count or a share (share_of).", "Write for example {{ euro = \"250000.00\" }} or {{ share_of = \"assigned\", share = \"40%\" }}.";
    BoundUnit = "model::bound"
        it: "misura e limite non sono nella stessa unità.", "Una misura in euro vuole un limite in euro o una quota; una misura in unità vuole units; zone attive e progetti vogliono count.";
        en: "measure and bound are not in the same unit.", "A measure in euro wants a bound in euro or a share; a measure in units wants units; active zones and projects want count.";
    ShareOrStep = "model::bound"
        it: "con share_of serve share oppure step, uno solo dei due.", "Scrivere share = \"40%\" oppure step = {{ ... }}.";
        en: "share_of wants share or step, one of the two.", "Write share = \"40%\" or step = {{ ... }}.";
    ShareWithoutBase = "model::bound"
        it: "una quota senza share_of non dice di che cosa.", "Aggiungere share_of = \"assigned\", \"allocated\", \"demand\" o \"last_year\".";
        en: "a share without share_of does not say of what.", "Add share_of = \"assigned\", \"allocated\", \"demand\" or \"last_year\".";
    ScopeWithoutBase { key: Shown } = "model::bound"
        it: "{key} nel limite dice di che cosa si prende una quota: vale solo con share_of.", "Toglierla, o scriverla in measure.";
        en: "{key} in the bound says of what a share is taken: it goes only with share_of.", "Remove it, or write it in measure.";
    ActionOfAssigned = "model::bound"
        it: "il denaro assegnato non è di un'azione: action nel limite non vale con share_of = \"assigned\".", "Toglierla, o scrivere share_of = \"allocated\" (il denaro programmato per quelle azioni).";
        en: "money assigned is of no action: action in the bound does not go with share_of = \"assigned\".", "Remove it, or write share_of = \"allocated\" (the money planned for those actions).";
    FundOfDemand = "model::bound"
        it: "un fabbisogno non è di un fondo: fund nel limite non vale con share_of = \"demand\".", "Toglierlo.";
        en: "a need is of no fund: fund in the bound does not go with share_of = \"demand\".", "Remove it.";
    StepOfNamed { key: Shown, dimension: Shown } = "model::for_each"
        it: "con step la quota è quella della zona e dell'anno della regola: un limite che nomina {key} vuole \"{dimension}\" in for_each.", "Aggiungerlo, o scrivere share.";
        en: "with step the share is that of the rule's zone and year: a bound that names {key} wants \"{dimension}\" in for_each.", "Add it, or write share.";
    StepBands = "model::bands"
        it: "le fasce vogliono above oppure from, uno solo dei due e con almeno una fascia.", "Scrivere above = [[20000, \"60%\"], [10000, \"40%\"]] (oltre) oppure from = [...] (a partire da).";
        en: "bands want above or from, one of the two and with at least one band.", "Write above = [[20000, \"60%\"], [10000, \"40%\"]] (over) or from = [...] (reached).";
    BandOrder { first: Exact, second: Exact } = "model::bands"
        it: "la soglia {second} segue la soglia {first}, ma le fasce vanno dalla soglia più alta alla più bassa.", "Riordinare le fasce.";
        en: "threshold {second} follows threshold {first}, but bands go from the highest threshold to the lowest.", "Put the bands in order.";
    NotForEachZone = "model::for_each"
        it: "il limite dipende dalla zona o dall'anno, ma la regola non è scritta per ogni zona.", "Aggiungere \"zone\" a for_each (e \"year\" se serve), o scrivere un numero.";
        en: "the bound depends on the zone or the year, but the rule is not written for each zone.", "Add \"zone\" to for_each (and \"year\" if wanted), or write a number.";
    WithinForEachZone = "model::for_each"
        it: "within confronta le zone fra loro, ma la regola non è scritta per ogni zona.", "Aggiungere \"zone\" a for_each.";
        en: "within compares zones with each other, but the rule is not written for each zone.", "Add \"zone\" to for_each.";
    AssignedWithoutFormula { fund: Shown, year: Year } = "model::assigned_without_formula"
        it: "la base \"assigned\" per zona non si conosce: il fondo \"{fund}\" nel {year} è indiviso e senza riparto.", "Aggiungere un [[riparto]] del fondo, togliere \"zone\" da for_each, o scrivere zone = \"all\" nel limite per una quota di tutto il fondo.";
        en: "the base \"assigned\" per zone is not known: fund \"{fund}\" is pooled in {year} and has no riparto.", "Add a [[riparto]] of the fund, remove \"zone\" from for_each, or write zone = \"all\" in the bound for a share of the whole fund.";
    AssignedToSome { fund: Shown, at: WhereYear } = "model::assigned_without_formula"
        it: "la base comprende solo alcune zone ({at}), ma il fondo \"{fund}\" è indiviso e senza riparto: la loro parte non si conosce.", "Scrivere zone = \"all\" nel limite per una quota di tutto il fondo, o aggiungere un [[riparto]] del fondo.";
        en: "the base holds only some zones ({at}), but fund \"{fund}\" is pooled and has no riparto: their part is not known.", "Write zone = \"all\" in the bound for a share of the whole fund, or add a [[riparto]] of the fund.";
    ProportionNotOne { sum: Exact } = "model::shares_sum"
        it: "le quote dei finanziatori sommano a {sum} e non a 1.", "Correggerle perché la somma sia 100%.";
        en: "the funders' shares sum to {sum}, not to 1.", "Correct them so that they sum to 100%.";
    MinimaOverOne { sum: Exact } = "model::shares_sum"
        it: "le quote minime sommano a {sum}, più di 1.", "Abbassarle perché la somma non superi il 100%.";
        en: "the smallest shares sum to {sum}, more than 1.", "Lower them so that they do not exceed 100%.";
    SharesOrMinimum = "model::match"
        it: "serve shares (proporzione) oppure minimum con among, uno solo dei due.", "Scrivere shares = {{ ... }} oppure minimum = {{ ... }} e among = [...].";
        en: "shares (a proportion) or minimum with among is wanted, one of the two.", "Write shares = {{ ... }} or minimum = {{ ... }} and among = [...].";
    NotAmong { fund: Shown } = "model::match"
        it: "il fondo \"{fund}\" ha una quota minima ma non è fra i finanziatori.", "Aggiungerlo all'elenco dei finanziatori.";
        en: "fund \"{fund}\" has a smallest share but is not among the funders.", "Add it to the list of funders.";
    SoftMatch = "model::strength"
        it: "un cofinanziamento è sempre obbligatorio.", "Scrivere strength = \"law\" oppure \"plan\".";
        en: "a match is always compulsory.", "Write strength = \"law\" or \"plan\".";
    NotOfThisGoal = "model::goal"
        it: "questa chiave non vale per questo tipo di obiettivo.", "Toglierla: levels, tolerance e bound sono di \"leximin\", coverage di \"floor\", per di tutti e due, weights e bands di \"value\".";
        en: "this key does not belong to this kind of goal.", "Remove it: levels, tolerance and bound are of \"leximin\", coverage of \"floor\", per of both, weights and bands of \"value\".";
    FloorCoverage = "model::goal"
        it: "l'obiettivo \"floor\" non dice quale copertura deve avere ogni zona.", "Scrivere per esempio coverage = \"65%\".";
        en: "the goal \"floor\" does not say which coverage every zone should have.", "Write for example coverage = \"65%\".";
    BandEnds = "model::bands"
        it: "le fasce del valore vanno dalla copertura più bassa alla più alta, e ognuna finisce dopo quella di prima.", "Correggere up_to.";
        en: "the bands of value go from the lowest coverage to the highest, each ending after the one before.", "Correct up_to.";
    BandLast = "model::bands"
        it: "l'ultima fascia del valore arriva a tutto il fabbisogno.", "Togliere up_to dall'ultima fascia, o aggiungerne una senza up_to.";
        en: "the last band of value goes up to all of the need.", "Remove up_to from the last band, or add one without up_to.";
    BandRises { first: Exact, second: Exact } = "model::bands"
        it: "il peso {second} segue il peso {first}: con la copertura il peso di un euro deve scendere.", "Scrivere pesi sempre più bassi.";
        en: "weight {second} follows weight {first}: with coverage the weight of a euro must fall.", "Write lower and lower weights.";
    ToleranceLevels = "model::goal"
        it: "una tolleranza vale per la sola zona meno servita, ma levels ne guarda altre.", "Togliere levels (un solo livello) oppure tolerance.";
        en: "a tolerance goes with the worst-served zone alone, but levels looks at others.", "Remove levels (one level) or tolerance.";
    CountOfFund = "model::count"
        it: "zone attive e progetti si contano su ciò che tutti i fondi pagano insieme.", "Togliere fund dalla misura e da for_each.";
        en: "active zones and projects are counted on what all funds pay together.", "Remove fund from the measure and from for_each.";
    NeverActive { action: Shown } = "model::count"
        it: "non si sa quando una zona è attiva per l'azione \"{action}\": è divisibile e non ha min_active.", "Scrivere min_active in actions.csv, o kind = units oppure project.";
        en: "when a zone is active for action \"{action}\" is not known: it is divisible and has no min_active.", "Write min_active in actions.csv, or kind = units or project.";
    NotProjects { action: Shown } = "model::count"
        it: "l'azione \"{action}\" non è di progetti: non si può contare.", "Scrivere kind = project in actions.csv, o misurare altro.";
        en: "action \"{action}\" is not one of projects: it cannot be counted.", "Write kind = project in actions.csv, or measure something else.";
    OtherMeasure = "model::relation"
        it: "excludes e requires confrontano zone attive.", "Scrivere measure = {{ active_zones = true, action = \"...\" }}.";
        en: "excludes and requires compare active zones.", "Write measure = {{ active_zones = true, action = \"...\" }}.";
    OtherForEachZone = "model::for_each"
        it: "excludes e requires valgono in ogni zona, ma la regola non è scritta per ogni zona.", "Aggiungere \"zone\" a for_each (e \"year\" se vale in ogni anno), e non \"action\".";
        en: "excludes and requires hold in each zone, but the rule is not written for each zone.", "Add \"zone\" to for_each (and \"year\" if it holds in each year), and not \"action\".";
    OtherItself { action: Shown } = "model::relation"
        it: "l'azione \"{action}\" è sui due lati della regola.", "Toglierla da un lato.";
        en: "action \"{action}\" is on both sides of the rule.", "Remove it from one side.";
    AssignedEarned { fund: Shown } = "model::income"
        it: "la base \"assigned\" comprende il fondo \"{fund}\", il cui denaro è guadagnato dal piano stesso e non si conosce prima.", "Nominare in measure.fund gli altri fondi, o usare la base \"allocated\".";
        en: "the base \"assigned\" includes fund \"{fund}\", whose money the plan itself earns and is not known before.", "Name the other funds in measure.fund, or use the base \"allocated\".";
    HeadsZero { value: Shown } = "model::heads"
        it: "\"{value}\" è zero in tutte le zone della regola.", "Indicare un indicatore che conti le persone.";
        en: "\"{value}\" is zero in every zone of the rule.", "Name an indicator that counts people.";
    ZeroTarget = "model::bound"
        it: "un traguardo pari a zero non chiede nulla e il suo scarto non si può misurare.", "Scrivere un limite maggiore di zero, o togliere la regola.";
        en: "a target of zero asks for nothing and its shortfall cannot be measured.", "Write a bound above zero, or remove the rule.";
}
