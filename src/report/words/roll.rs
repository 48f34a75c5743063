//! `roll`: what is carried into the new plan, and what people have to fill in.

use super::words;

words! {
    PAGE_NAME { it: "DA-COMPILARE.md", en: "TO-FILL-IN.md" }
    PAGE_TITLE { it: "Da compilare e da rivedere", en: "To fill in and to look at" }
    PAGE_INTRO {
        it: "Questo modello ({years}) viene dal piano {from} \"{title}\". Nessuna cifra è inventata: ciò che segue va deciso o confermato da chi firma il piano. Poi `mappafondo check` su questa cartella.",
        en: "This model ({years}) comes from the plan {from} \"{title}\". No figure is invented: what follows is for those who sign the plan to decide or confirm. Then run `mappafondo check` on this folder.",
    }
    NOTHING { it: "Nulla da segnalare.", en: "Nothing to report." }
    ACT { it: "riporto dal {year}", en: "riporto (carried over) from {year}" }
    ACT_EARNED { it: "maturato nel {year} dal personale del piano", en: "earned in {year} by the staff of the plan" }
    FROM_PLAN { it: "piano", en: "plan" }
    FROM_ACTUALS { it: "consuntivo", en: "actuals" }
    RULE_TITLE { it: "Il personale pagato nel {year} resta", en: "Staff paid for in {year} stays" }
    RULE_ACT { it: "Riporto dal piano {from}", en: "Carried over from the plan {from}" }

    H_MONEY { it: "Fondi", en: "Funds" }
    H_NEEDS { it: "Fabbisogni e costi", en: "Needs and costs" }
    H_INDICATORS { it: "Indicatori", en: "Indicators" }
    H_RULES { it: "Regole, pesi e ammissibilità", en: "Rules, weights and eligibility" }
    H_ACTUALS { it: "Consuntivi", en: "Actuals" }
    H_CARRIED { it: "Riporti", en: "Carried money" }
    H_KEPT { it: "Impegni che continuano (da confermare)", en: "Commitments that go on (to confirm)" }
    H_ASSUMPTIONS { it: "Ipotesi ancora in uso", en: "Estimates still in force" }
    H_CHECK { it: "Che cosa dice check di questa cartella", en: "What check says of this folder" }

    AMOUNTS { it: "Il fondo \"{fund}\" non ha importi nel {years}, oltre a eventuali riporti: scriverli in amounts.csv, con il loro atto.", en: "Fund \"{fund}\" has no amount in {years}, apart from what may be carried: write it in amounts.csv, with its act." }
    FUND_EXPIRED { it: "Il fondo \"{fund}\" si poteva spendere fino al {year}: togliergli righe e regole, o correggere last_spend.", en: "Fund \"{fund}\" could be spent until {year}: remove its rows and rules, or correct last_spend." }
    NEEDS { it: "L'azione \"{action}\" non ha fabbisogno nel {year} per {zones}: scriverlo in needs.csv.", en: "Action \"{action}\" has no need in {year} for {zones}: write it in needs.csv." }
    NEED_FORMULA { it: "Il fabbisogno per formula di {what} valeva solo per {years}: tolto. Scriverne uno nuovo in model.toml, se serve.", en: "The need by formula of {what} held for {years} alone: removed. Write a new one in model.toml, if needed." }
    UNIT_COST { it: "L'azione \"{action}\" non ha un costo unitario nel {year}: aggiungere unit_cost_{year} in actions.csv.", en: "Action \"{action}\" has no unit cost in {year}: add unit_cost_{year} in actions.csv." }
    INDICATOR { it: "Indicatore \"{indicator}\": l'ultimo valore è del {year}, e vale finché non ce n'è uno più recente.", en: "Indicator \"{indicator}\": its latest value is of {year}, and stands until there is a newer one." }
    UNDATED { it: "Colonne di zones.csv senza data, da aggiornare se invecchiate: {indicators}.", en: "Columns of zones.csv without a date, to bring up to date where they are old: {indicators}." }
    RULE_PAST { it: "La regola \"{what}\" valeva solo per {years}: tolta.", en: "Rule \"{what}\" held for {years} alone: removed." }
    RULE_EXPIRED { it: "\"{what}\": la norma ({law}) era in vigore fino al {year}. Resta scritta: confermarla con la norma nuova, o toglierla.", en: "\"{what}\": its law ({law}) was in force until {year}. It is still there: confirm it with the new law, or remove it." }
    WAIVER_PAST { it: "La deroga alla regola \"{what}\" valeva solo per {years}: tolta.", en: "The waiver of rule \"{what}\" held for {years} alone: removed." }
    WEIGHT_PAST { it: "Il peso {what} di un obiettivo valeva solo per {years}: tolto.", en: "The weight {what} of a goal held for {years} alone: removed." }
    CUT_PAST { it: "Il taglio per priorità di \"{fund}\" era del {years}: tolto.", en: "The priority cut of \"{fund}\" was of {years}: removed." }
    ELIGIBILITY_PAST { it: "Ammissibilità di \"{action}\" sul fondo \"{fund}\": valeva fino al {year}. La riga resta, e non apre più nulla.", en: "Eligibility of \"{action}\" on fund \"{fund}\": it held until {year}. The row is still there, and opens nothing any more." }
    ACTUALS { it: "Consuntivo di {place}: nessuna cifra utilizzabile al 31 dicembre {year} (serve il cumulato a quella data e, se ci sono date precedenti, anche a fine {before}). Per il {year} vale la cifra del piano.", en: "Actuals of {place}: no usable figure at 31 December {year} (what is needed is the cumulative amount at that date and, where earlier dates are there, also at the end of {before}). For {year} the figure of the plan stands." }
    OVERSPENT { it: "Fondo \"{fund}\", {year}: il consuntivo supera di {euro} euro il denaro disponibile. Nulla è riportato da lì; verificare.", en: "Fund \"{fund}\", {year}: the actuals exceed the money at hand by {euro} euro. Nothing is carried from there; look into it." }
    CARRIED_OUT { it: "Riporto di {euro} euro del fondo \"{fund}\"{zone}, dal {of_year}: NON scritto in amounts.csv, perché {why}. Decidere come scriverlo.", en: "{euro} euro carried by fund \"{fund}\"{zone}, from {of_year}: NOT written in amounts.csv, because {why}. Decide how to write it." }
    CARRIED_TERM { it: "Riporto di {euro} euro del fondo \"{fund}\"{zone}, dal {of_year}: si può spendere {until}. Il formato lo tratta come denaro del {year}, con la scadenza e il riporto massimo di quell'anno.", en: "{euro} euro carried by fund \"{fund}\"{zone}, from {of_year}: it may be spent {until}. The format treats it as money of {year}, with the deadline and the largest carry-over of that year." }
    CARRIED_BASE { it: "La regola \"{rule}\" chiede una quota di quanto è assegnato a \"{fund}\": nel {year} la base comprende {euro} euro di riporto. Adattare la quota, se la norma non li conta.", en: "Rule \"{rule}\" takes a share of what is assigned to \"{fund}\": in {year} the base includes {euro} euro of carried money. Adapt the share if the law does not count it." }
    CARRIED_FORMULA { it: "Il fondo \"{fund}\" è diviso da un [[riparto]], e nel {year} ha riporti che appartengono alle zone: anche l'importo nuovo va scritto per zona, o il riporto messo in un fondo a parte.", en: "Fund \"{fund}\" is divided by a [[riparto]], and in {year} it has carried money that belongs to zones: write the new amount by zone too, or put the carried money in a fund of its own." }
    CARRIED_GATE { it: "Il fondo \"{fund}\" ha un [[gate]]: se è chiuso nel {year}, blocca anche il riporto.", en: "Fund \"{fund}\" has a [[gate]]: if it is closed in {year}, it holds the carried money back too." }
    PROJECT { it: "Il progetto \"{project}\" ({item}) prosegue: {profile}. Che sia pagato anche dal piano nuovo non è un obbligo del modello.", en: "Project \"{project}\" ({item}) goes on: {profile}. Nothing in the model obliges the new plan to go on paying it." }
    STAFF { it: "Personale di \"{action}\": la regola \"{rule}\" non lascia scendere nessuna zona sotto quanto pagato nel {year}. Confermarla, o toglierla.", en: "Staff of \"{action}\": rule \"{rule}\" lets no zone fall below what was paid in {year}. Confirm it, or remove it." }
    STAFF_OUT { it: "Personale di \"{action}\" nella zona \"{zone}\" ({euro} euro nel {year}): non ha posto nel modello nuovo. Deciderne la sorte.", en: "Staff of \"{action}\" in zone \"{zone}\" ({euro} euro in {year}): it has no place in the new model. Decide what becomes of it." }
    EARNED { it: "Fondo \"{fund}\", zona \"{zone}\": {euro} euro maturati nel {of_year} arrivano nel {year} (in amounts.csv). Se `already` viene aggiornato con quel personale, toglierli.", en: "Fund \"{fund}\", zone \"{zone}\": {euro} euro earned in {of_year} arrive in {year} (in amounts.csv). If `already` is brought up to date with that staff, remove them." }
    CLAIMED { it: "Disimpegno di \"{fund}\": claimed ora è {euro}, con quanto speso prima del {year}. Sostituirlo con quanto davvero rendicontato.", en: "Decommitment of \"{fund}\": claimed is now {euro}, with what was spent before {year}. Replace it with what was really claimed." }
    ASSUMPTION { it: "{what} = {value}. Da sostituire con: {replace}.", en: "{what} = {value}. To be replaced by: {replace}." }
    CHECK { it: "{problem}", en: "{problem}" }

    UNTIL { it: "fino al 31 dicembre {until}", en: "until 31 December {until}" }
    UNTIL_NEVER { it: "senza scadenza", en: "without a deadline" }
    OF_ZONE { it: ", zona \"{zone}\"", en: ", zone \"{zone}\"" }
    WHY_POOL { it: "nel {year} il fondo è scritto indiviso e il riporto appartiene a una zona", en: "in {year} the fund is written as a pool and the carried money belongs to a zone" }
    WHY_ZONES { it: "nel {year} il fondo è scritto per zona e il riporto è indiviso", en: "in {year} the fund is written by zone and the carried money is a pool" }
    WHY_NO_ZONE { it: "la zona non esiste più nel {year} e non ha un'unica erede", en: "the zone is no longer there in {year} and has no single heir" }

    HELP { it: "Prepara il modello dell'anno dopo, da un piano e dai suoi consuntivi", en: "Makes next year's model, from a proposal and its actuals" }
    HELP_TO { it: "Primo anno del piano nuovo", en: "First year of the new plan" }
    HELP_OUT { it: "Cartella del modello nuovo: nuova, vuota, o scritta da roll e non più toccata", en: "Folder of the new model: new, empty, or written by roll and not touched since" }
    HELP_ACTUALS { it: "Consuntivi da usare al posto di quelli del piano, nella forma di actuals.csv", en: "Actuals to use in place of those of the plan, in the form of actuals.csv" }
    WANT_YEAR { it: "un anno di quattro cifre, come 2027", en: "a year of four digits, such as 2027" }
    NOT_A_PROPOSAL { it: "il dossier dice che nessun piano è possibile: non c'è nulla da portare all'anno dopo.", en: "the dossier says that no plan is possible: there is nothing to take to the next year." }
    NOT_VERIFIED { it: "il piano non supera la verifica: nulla è stato scritto.", en: "the proposal does not pass verification: nothing was written." }
    YEAR_OUTSIDE { it: "il piano è {from}: l'anno nuovo può andare dal {first} al {last}.", en: "the plan is {from}: the new year can be from {first} to {last}." }
    OVERFLOW { it: "le cifre, sommate, superano l'importo massimo.", en: "the figures add up beyond the largest amount." }

    DONE { it: "Modello {years} in {folder}, dal piano {from}.", en: "Model {years} in {folder}, from the plan {from}." }
    PREVIOUS { it: "Anni passati (previous.csv): {euro} euro. Righe: {rows}; decise dai consuntivi (impegnato, o pagato dove manca): {actual}.", en: "Past years (previous.csv): {euro} euro. Rows: {rows}; decided by the actuals (committed, or paid where that is missing): {actual}." }
    CARRIED { it: "Riporti", en: "Carried money" }
    NO_CARRIED { it: "Nessun riporto.", en: "No carried money." }
    COLUMN_FUND { it: "Fondo", en: "Fund" }
    COLUMN_ZONE { it: "Zona", en: "Zone" }
    COLUMN_OF { it: "Dal", en: "From" }
    COLUMN_UNTIL { it: "Fino al", en: "Until" }
    COLUMN_EURO { it: "Euro", en: "Euro" }
    IS_VALID { it: "check non trova errori in questo modello.", en: "check finds no error in this model." }
    IS_NOT_VALID { it: "check trova ancora errori in questo modello: sono nell'elenco.", en: "check still finds errors in this model: they are in the list." }
}
