//! Warnings: things a careful reader should know, which do not stop a run.

use super::kinds::problem_kinds;
use super::say::{Nearest, Shown, WhereInstance, WhereYear, WordList};
use crate::units::{Euro, Exact, Year};

problem_kinds! {
    /// A remark that does not stop a run.
    Remark: Warning

    UnknownFile { nearest: Nearest } = "model::unknown_file"
        it: "nessuna tabella ha questo nome: il file non è letto.", "{nearest}Toglierlo dalla cartella se non serve.";
        en: "no table has this name: the file is not read.", "{nearest}Take it out of the folder if it is not needed.";
    Invisible { value: Shown, code_point: Shown } = "model::invisible"
        it: "\"{value}\" contiene il carattere invisibile {code_point}.", "Riscrivere il testo se non è voluto.";
        en: "\"{value}\" contains the invisible character {code_point}.", "Write the text again if it is not meant.";
    MixedColumn { column: Shown, value: Shown } = "model::mixed_column"
        it: "la colonna \"{column}\" ha quasi solo numeri, ma \"{value}\" non lo è: tutta la colonna è letta come testo.", "Correggere il valore se la colonna è un indicatore.";
        en: "column \"{column}\" has mostly numbers, but \"{value}\" is not one: the whole column is read as text.", "Correct the value if the column is an indicator.";
    SimilarIds { first: Shown, second: Shown } = "model::similar_ids"
        it: "\"{first}\" e \"{second}\" differiscono solo per maiuscole e minuscole.", "Controllare che siano davvero due cose diverse.";
        en: "\"{first}\" and \"{second}\" differ only in upper and lower case.", "Check that they really are two things.";
    ZeroPriority { action: Shown } = "model::zero_weight"
        it: "l'azione \"{action}\" ha priorità 0: nell'obiettivo \"value\" non conta.", "Dare una priorità maggiore di zero se deve contare.";
        en: "action \"{action}\" has priority 0: it does not count in the goal \"value\".", "Give it a priority above zero if it should count.";
    ZeroWeight { what: Shown } = "model::zero_weight"
        it: "il peso di \"{what}\" è 0 e non conta.", "Toglierlo, o dargli un peso.";
        en: "the weight of \"{what}\" is 0 and does not count.", "Remove it, or give it a weight.";
    ZeroCost { action: Shown, year: Year } = "model::zero_cost"
        it: "l'azione \"{action}\" non costa nulla nel {year}: il suo fabbisogno non entra nel piano.", "Controllare unit_cost.";
        en: "action \"{action}\" costs nothing in {year}: its need does not enter the plan.", "Check unit_cost.";
    UnspendableFund { fund: Shown, year: Year, euro: Euro } = "model::unspendable_fund"
        it: "nessuna azione con fabbisogno può ricevere il denaro del fondo \"{fund}\" per il {year}: {euro} euro.", "Controllare eligibility.csv, le nature, i termini di spesa e i fabbisogni.";
        en: "no action with a need can receive the {euro} euro of fund \"{fund}\" for {year}.", "Check eligibility.csv, the natures, the deadlines and the needs.";
    IdleFund { fund: Shown } = "model::idle_fund"
        it: "il fondo \"{fund}\" non ha denaro in nessun anno del piano: nulla lo usa.", "Scriverne gli importi in amounts.csv, o togliere il fondo.";
        en: "fund \"{fund}\" has no money in any year of the plan: nothing uses it.", "Write its amounts in amounts.csv, or remove the fund.";
    IdleProject { project: Shown } = "model::idle_project"
        it: "nessun costo del progetto \"{project}\" cade negli anni del piano: nulla lo usa.", "Controllarne gli anni e il costo, o togliere la riga.";
        en: "no cost of project \"{project}\" falls in the years of the plan: nothing uses it.", "Check its years and its cost, or remove the row.";
    IdleGoal { goal: Shown } = "model::idle_goal"
        it: "l'obiettivo \"{goal}\" non può cambiare nulla: in questo modello tutti i piani sono pari per lui.", "Togliere l'obiettivo, o controllare regole, fabbisogni e priorità di cui parla.";
        en: "goal \"{goal}\" can change nothing: in this model all plans are equal to it.", "Remove the goal, or check the rules, needs and priorities it speaks of.";
    InThousands { fund: Shown, euro: Euro, usual: Euro } = "model::mixed_units"
        it: "per il fondo \"{fund}\" un importo è di {euro} euro e gli altri sono intorno a {usual}: sembra scritto in migliaia.", "Scrivere tutti gli importi in euro.";
        en: "fund \"{fund}\" has an amount of {euro} euro beside others around {usual}: it looks written in thousands.", "Write all amounts in euro.";
    ActionWithoutFund { action: Shown } = "model::action_without_fund"
        it: "nessun fondo può pagare l'azione \"{action}\".", "Aggiungere una riga in eligibility.csv, o togliere l'azione.";
        en: "no fund may pay action \"{action}\".", "Add a row to eligibility.csv, or remove the action.";
    UnpayableNeed { action: Shown, at: WhereYear, euro: Euro } = "model::unpayable_need"
        it: "nessun fondo può pagare il fabbisogno dell'azione \"{action}\" ({at}): {euro} euro in tutto.", "Controllare eligibility.csv, le nature e i termini di spesa.";
        en: "no fund may pay the need of action \"{action}\" ({at}): {euro} euro in all.", "Check eligibility.csv, the natures and the deadlines.";
    ActionWithoutNeed { action: Shown } = "model::action_without_need"
        it: "l'azione \"{action}\" non ha fabbisogno: non può ricevere denaro.", "Aggiungere il fabbisogno, o togliere l'azione.";
        en: "action \"{action}\" has no need: no money may go there.", "Add its need, or remove the action.";
    SelectsNothing { value: Shown } = "model::selects_nothing"
        it: "nessuna zona soddisfa \"{value}\" negli anni indicati.", "Controllare la condizione e gli anni.";
        en: "no zone meets \"{value}\" in the years given.", "Check the condition and the years.";
    ReplacesNothing = "model::replaces_nothing"
        it: "la riga dice di prendere il posto di una formula, ma nessuna formula dà questo fabbisogno.", "Togliere \"yes\" dalla colonna replaces, o controllare azione, zona e anno.";
        en: "the row says it takes the place of a formula, but no formula gives this need.", "Remove \"yes\" from column replaces, or check action, zone and year.";
    MeasuresNothing { rule: Shown } = "model::measures_nothing"
        it: "la regola \"{rule}\" non misura nulla: nessuno dei suoi fondi può pagare le sue azioni.", "Controllare la misura ed eligibility.csv.";
        en: "rule \"{rule}\" measures nothing: none of its funds may pay its actions.", "Check the measure and eligibility.csv.";
    LawExpired { rule: Shown, to: Year } = "model::expired_law"
        it: "la norma di \"{rule}\" vale fino al {to}, ma la regola si applica ad anni successivi.", "Aggiornare la norma o limitare years.";
        en: "the law of \"{rule}\" holds until {to}, but the rule applies to later years.", "Update the law or limit years.";
    LawNotYet { rule: Shown, from: Year } = "model::law_not_yet"
        it: "la norma di \"{rule}\" vale dal {from}, ma la regola si applica ad anni precedenti.", "Controllare la norma o limitare years.";
        en: "the law of \"{rule}\" holds from {from}, but the rule applies to earlier years.", "Check the law or limit years.";
    FloorOverCap { floor: Shown, cap: Shown, low: Exact, high: Exact } = "model::floor_over_cap"
        it: "la regola \"{floor}\" chiede almeno {low} dove la regola \"{cap}\" concede al massimo {high}.", "Una delle due va cambiata, altrimenti non esiste alcun piano.";
        en: "rule \"{floor}\" asks for at least {low} where rule \"{cap}\" allows at most {high}.", "Change one of them, else no plan exists.";
    FloorOverNeed { rule: Shown, low: Exact, most: Exact } = "model::floor_over_need"
        it: "la regola \"{rule}\" chiede almeno {low}, ma il fabbisogno che può servire è {most}.", "Abbassare il limite o controllare il fabbisogno, altrimenti non esiste alcun piano.";
        en: "rule \"{rule}\" asks for at least {low}, but the need it can serve is {most}.", "Lower the bound or check the need, else no plan exists.";
    FloorOverCapAt { floor: Shown, cap: Shown, at: WhereYear, low: Shown, high: Shown } = "model::floor_over_cap"
        it: "la regola \"{floor}\" chiede almeno {low} dove la regola \"{cap}\" concede al massimo {high} ({at}).", "Una delle due va cambiata, altrimenti non esiste alcun piano.";
        en: "rule \"{floor}\" asks for at least {low} where rule \"{cap}\" allows at most {high} ({at}).", "Change one of them, else no plan exists.";
    SharesOverAll { rules: WordList, fund: Shown, at: WhereYear, sum: Shown } = "model::shares_over_all"
        it: "le regole {rules} impegnano insieme più di tutto il fondo \"{fund}\": {sum} ({at}).", "Ridurre le quote a non più del 100% in tutto, altrimenti non esiste alcun piano.";
        en: "rules {rules} together commit {sum} of fund \"{fund}\" ({at}).", "Lower the shares to no more than 100% in all, else no plan exists.";
    FloorOfNothing { rule: Shown } = "model::never_binds"
        it: "la regola \"{rule}\" chiede almeno zero in ogni caso: non può mai stringere.", "Controllare quota, soglie e base, o togliere la regola.";
        en: "rule \"{rule}\" asks for at least zero in every case: it can never bind.", "Check share, thresholds and base, or remove the rule.";
    CapOutOfReach { rule: Shown, high: Exact, most: Exact } = "model::never_binds"
        it: "la regola \"{rule}\" concede fino a {high}, ma con i fondi e i fabbisogni del modello non si può andare oltre {most}: non può mai stringere.", "Controllare il limite, o togliere la regola.";
        en: "rule \"{rule}\" allows up to {high}, but with the funds and needs of the model no more than {most} is possible: it can never bind.", "Check the bound, or remove the rule.";
    TargetOutOfReach { rule: Shown, asked: Exact, most: Exact, at: WhereInstance } = "model::target_out_of_reach"
        it: "la regola \"{rule}\" vorrebbe almeno {asked}{at}, ma con i fondi e i fabbisogni del modello non si può andare oltre {most}: nessun piano può soddisfarla.", "Abbassare il limite, o controllare fabbisogni e fondi; lo scoperto resta contato.";
        en: "rule \"{rule}\" would have at least {asked}{at}, but with the funds and needs of the model no more than {most} is possible: no plan can meet it.", "Lower the bound, or check needs and funds; the shortfall stays counted.";
    CapOfAll { rule: Shown } = "model::never_binds"
        it: "la regola \"{rule}\" concede il 100% di una base che comprende già tutto ciò che misura: non può mai stringere.", "Controllare quota e base, o togliere la regola.";
        en: "rule \"{rule}\" allows 100% of a base that already holds all it measures: it can never bind.", "Check share and base, or remove the rule.";
    ShareOfItselfHolds { rule: Shown, share: Shown, keys: WordList } = "model::share_of_itself"
        it: "la regola \"{rule}\" chiede almeno una quota, {share}, di ciò che essa stessa misura: è sempre vera.", "Dire nel limite di che cosa si prende la quota ({keys} = \"all\"), o misurare meno.";
        en: "rule \"{rule}\" asks for at least {share} of what it measures itself: it always holds.", "Say in the bound of what the share is taken ({keys} = \"all\"), or measure less.";
    ShareOfItselfIsZero { rule: Shown, share: Shown, keys: WordList } = "model::share_of_itself"
        it: "la regola \"{rule}\" concede solo una quota, {share}, di ciò che essa stessa misura: vale solo se è zero.", "Dire nel limite di che cosa si prende la quota ({keys} = \"all\"), o misurare meno.";
        en: "rule \"{rule}\" allows only {share} of what it measures itself: it holds only where that is zero.", "Say in the bound of what the share is taken ({keys} = \"all\"), or measure less.";
    BaseBeyondMeasure { rule: Shown, zones: WordList } = "model::base_beyond_measure"
        it: "la regola \"{rule}\" misura solo alcune zone ({zones}), ma la sua quota è presa del denaro di tutte quelle dove vale.", "Scrivere nel limite zone = \"all\" per confermarlo, o nominarvi le stesse zone per una quota del loro solo denaro.";
        en: "rule \"{rule}\" measures some zones only ({zones}), but its share is taken of the money of all where it holds.", "Write zone = \"all\" in the bound to confirm, or name the same zones there for a share of their money alone.";
    PartYears { years: WordList } = "model::part_years"
        it: "il piano comprende solo una parte di questi anni: {years}. I loro importi e fabbisogni valgono come sono scritti.", "Controllare che siano quelli della sola parte compresa.";
        en: "the plan holds only a part of these years: {years}. Their amounts and needs count as they are written.", "Check that they are those of the part that is held.";
    DuplicateRule { rule: Shown, first: Shown } = "model::duplicate_rule"
        it: "la regola \"{rule}\" dice la stessa cosa della regola \"{first}\".", "Tenerne una sola, o correggere quella sbagliata.";
        en: "rule \"{rule}\" says the same as rule \"{first}\".", "Keep only one, or correct the one that is wrong.";
    BandHole { between: Exact, share: Shown } = "model::band_gap"
        it: "la fascia sopra {between} dà {share}, meno delle fasce che le stanno sopra e sotto: sembra un buco.", "Controllare soglie e quote delle fasce.";
        en: "the band above {between} gives {share}, less than the bands above and below it: it looks like a gap.", "Check thresholds and shares of the bands.";
    UnreachedZone { zone: Shown } = "model::unreached_zone"
        it: "nessun fondo può pagare alcun fabbisogno della zona \"{zone}\".", "Controllare fondi assegnati, eligibility.csv e fabbisogni della zona.";
        en: "no fund may pay any need of zone \"{zone}\".", "Check the money assigned, eligibility.csv and the needs of the zone.";
    ZoneWithoutNeed { zone: Shown } = "model::unreached_zone"
        it: "la zona \"{zone}\" non ha alcun fabbisogno: non può ricevere denaro.", "Aggiungere i fabbisogni, o togliere la zona.";
        en: "zone \"{zone}\" has no need: no money may go there.", "Add its needs, or remove the zone.";
    WaivedEverywhere { rule: Shown } = "model::waived"
        it: "la regola \"{rule}\" è derogata ovunque e sempre.", "Togliere la regola, o limitare la deroga.";
        en: "rule \"{rule}\" is waived everywhere and always.", "Remove the rule, or limit the waiver.";
    PartOfUnit { action: Shown, at: WhereYear, units: Exact } = "model::part_of_unit"
        it: "servono {units} unità dell'azione \"{action}\" ({at}), ma si pagano solo unità intere: la frazione resta scoperta.", "Arrotondare il fabbisogno, o scrivere kind = divisible.";
        en: "{units} units of action \"{action}\" are needed ({at}), but only whole units are paid: the fraction stays uncovered.", "Round the need, or write kind = divisible.";
    BelowMinimum { action: Shown, at: WhereYear, euro: Euro } = "model::below_minimum"
        it: "il fabbisogno dell'azione \"{action}\" ({at}) è di {euro} euro, meno di min_active: non può ricevere nulla.", "Controllare min_active e il fabbisogno.";
        en: "the need of action \"{action}\" ({at}) is {euro} euro, less than min_active: it can receive nothing.", "Check min_active and the need.";
    MinimumOverMoney { action: Shown, at: WhereYear, least: Euro, most: Euro } = "model::minimum_over_money"
        it: "dell'azione \"{action}\" ({at}) si possono pagare almeno {least} euro o nulla, ma i fondi che possono pagarla hanno al massimo {most} euro: non può ricevere nulla.", "Controllare il minimo, il costo unitario o il progetto, e gli importi dei fondi.";
        en: "of action \"{action}\" ({at}) at least {least} euro or nothing may be paid, but the funds that may pay it have {most} euro at most: it can receive nothing.", "Check the minimum, the unit cost or the project, and the amounts of the funds.";
    NoAct { fund: Shown, year: Year } = "model::no_act"
        it: "l'importo del fondo \"{fund}\" per il {year} non cita alcun atto.", "Scrivere l'atto nella colonna act.";
        en: "the amount of fund \"{fund}\" for {year} names no act.", "Write the act in column act.";
    Estimates { rows: usize, euro: Euro } = "model::estimates"
        it: "importi che sono stime: {rows}, per {euro} euro in tutto.", "Sostituirli con gli atti quando ci sono.";
        en: "amounts that are estimates: {rows}, {euro} euro in all.", "Replace them by acts when there are any.";
    GateClosed { fund: Shown, year: Year, reported: Euro, wanted: Euro } = "model::gate_closed"
        it: "il denaro {year} del fondo \"{fund}\" non è erogato: rendicontati {reported} euro, ne servono {wanted}.", "Aggiornare actuals.csv quando la rendicontazione avanza.";
        en: "the {year} money of fund \"{fund}\" is not released: {reported} euro are reported, {wanted} are wanted.", "Update actuals.csv as reporting proceeds.";
    PreviousUnplaced { zone: Shown } = "model::previous_unplaced"
        it: "la zona \"{zone}\" non esiste più negli anni del piano e non ha un'unica erede: i suoi importi passati non contano.", "Scrivere gli importi passati sulle zone di oggi.";
        en: "zone \"{zone}\" does not exist in the years of the plan and has no single heir: its past amounts do not count.", "Write the past amounts on today's zones.";
    PreviousInPlan { year: Year } = "model::previous_in_plan"
        it: "ci sono importi precedenti per il {year}, che è un anno del piano.", "Controllare gli anni di previous.csv.";
        en: "there are previous amounts for {year}, which is a year of the plan.", "Check the years of previous.csv.";
    WaivedNowhere { rule: Shown } = "model::waived"
        it: "la deroga alla regola \"{rule}\" non tocca alcun caso.", "Controllare zone e anni della deroga.";
        en: "the waiver of rule \"{rule}\" touches no instance.", "Check the zones and years of the waiver.";
}
