//! The proposal as tables: what `report` writes.

use super::words;

words! {
    // Sections: names of sheets (at most 31 characters) and titles.
    S_SUMMARY { it: "Sintesi", en: "Summary" }
    S_SUMMARY_TITLE { it: "Sintesi della proposta", en: "Summary of the proposal" }
    S_RIPARTO { it: "Riparto per zona", en: "Shares by zone" }
    S_RIPARTO_TITLE { it: "Riparto di ogni fondo fra le zone", en: "How each fund is divided among the zones" }
    S_FORMULA { it: "Riparto e formula", en: "Shares and formula" }
    S_FORMULA_TITLE { it: "Quanto darebbero le formule, e di quanto il piano se ne scosta", en: "What the formulas would give, and how far the plan is from it" }
    S_CALCULATION { it: "Calcolo del riparto", en: "Shares, row by row" }
    S_CALCULATION_TITLE { it: "Come si arriva a ogni importo del riparto", en: "How each amount of the shares comes about" }
    S_MAP { it: "Mappafondo", en: "Mappafondo" }
    S_MAP_TITLE { it: "Mappafondo: chi paga che cosa, e che cosa resta scoperto", en: "Mappafondo: who pays for what, and what stays uncovered" }
    S_COVERAGE { it: "Copertura", en: "Coverage" }
    S_COVERAGE_TITLE { it: "Fabbisogni coperti, zona per zona", en: "Needs covered, zone by zone" }
    S_RULES { it: "Quadro regole", en: "Rules" }
    S_RULES_TITLE { it: "Quadro delle regole: che cosa chiedono, che cosa il piano dà, con quale margine", en: "Rules: what they ask, what the plan gives, with what margin" }
    S_SPENDING { it: "Spesa e scadenze", en: "Spending and deadlines" }
    S_SPENDING_TITLE { it: "Spesa di ogni fondo, anno per anno, e scadenze", en: "Spending of each fund, year by year, and deadlines" }
    S_PRICES { it: "Prezzi", en: "Prices" }
    S_PRICES_TITLE { it: "Quanto vale un euro in più, quanto costa una regola", en: "What one euro more is worth, what a rule costs" }
    PRICES_NOTE { it: "Ogni cifra viene dal calcolo ripetuto con la modifica indicata, non da una stima.", en: "Every figure comes from computing again with the change it names, not from an estimate." }
    PRICE_OF_LAWS { it: "Che cosa si guadagnerebbe senza ciascuna regola", en: "What would be gained without each rule" }
    PRICE_OF_GOALS { it: "Che cosa guadagnerebbero gli obiettivi che seguono senza ciascun obiettivo", en: "What the goals after it would gain without each goal" }
    TO_GOAL { it: "A quale obiettivo", en: "To which goal" }
    TO_NONE { it: "a nessuno", en: "to none" }
    NOT_COMPUTED { it: "non calcolato", en: "not computed" }
    GOAL_POSITION { it: "Posto", en: "Place" }
    PRICE_OF_FUNDS { it: "Che cosa vale il denaro di ciascun fondo, in più e in meno", en: "What money of each fund is worth, more of it and less" }
    GOAL_IN_EURO { it: "{goal}", en: "{goal}" }
    GOAL_IN_POINTS { it: "{goal}, punti percentuali", en: "{goal}, percentage points" }
    GOAL_PER_EURO { it: "{goal}, euro per euro", en: "{goal}, euro per euro" }
    GOAL_PER_MILLION { it: "{goal}, punti percentuali per milione di euro", en: "{goal}, percentage points per million euro" }
    BREAK_POINTS { it: "Dove cambia il valore di un euro: {fund} (oggi {euro} euro)", en: "Where the worth of a euro changes: {fund} (today {euro} euro)" }
    BREAK_AT { it: "Importo del fondo", en: "Amount of the fund" }
    BREAK_BEFORE { it: "Quanto vale l'ultimo euro prima di questo importo", en: "What the last euro before this amount is worth" }
    BREAK_AFTER { it: "Quanto vale il primo euro dopo questo importo", en: "What the first euro after this amount is worth" }
    EURO_MORE { it: "Denaro in più", en: "More money" }
    EURO_LESS { it: "Denaro in meno", en: "Less money" }
    WHERE { it: "Dove", en: "Where" }
    COST_GOAL { it: "Su quale obiettivo", en: "On which goal" }
    S_SCENARIOS { it: "Confronto scenari", en: "Scenarios compared" }
    S_SCENARIOS_TITLE { it: "Confronto con altri piani e scenari", en: "This plan beside other plans and scenarios" }
    S_ZONE { it: "Scheda", en: "Zone" }
    S_ZONE_TITLE { it: "Scheda di programmazione: {zone}", en: "Planning sheet: {zone}" }
    S_ZONES { it: "Schede delle zone", en: "Zones" }
    S_ZONES_TITLE { it: "Schede di programmazione di tutte le zone", en: "Planning sheets of all zones" }
    S_LEDGER { it: "Registro", en: "Ledger" }
    S_LEDGER_TITLE { it: "Registro: ogni importo del piano", en: "Ledger: every amount of the plan" }
    S_CHECKS { it: "Controlli", en: "Checks" }
    S_CHECKS_TITLE { it: "Controlli: ogni totale rifatto da capo", en: "Checks: every total computed anew" }
    S_ESTIMATES { it: "Stime e ipotesi", en: "Estimates" }
    S_ESTIMATES_TITLE { it: "Su che cosa poggia il piano: dati ufficiali, stime, ipotesi", en: "What the plan rests on: official figures, estimates, assumptions" }
    S_REPRODUCE { it: "Come rifare", en: "How to reproduce" }
    S_REPRODUCE_TITLE { it: "Come rifare e ricontrollare questa proposta", en: "How to make and check this proposal again" }

    SUBTITLE { it: "Piano {years}: {zones}, {funds}, {actions}", en: "Plan {years}: {zones}, {funds}, {actions}" }
    TOTAL { it: "Totale", en: "Total" }
    TOTAL_OF { it: "Totale {what}", en: "Total {what}" }
    YES { it: "sì", en: "yes" }
    NO { it: "no", en: "no" }
    UNLIMITED { it: "senza limite", en: "no limit" }

    // The summary.
    IN_SHORT { it: "In breve", en: "In short" }
    LEPS_SENTENCE { it: "Dei livelli essenziali (LEPS) sono coperti {covered} euro su {need} ({share}); di tutti i fabbisogni, {all_covered} su {all_need} ({all_share}).", en: "Of the essential levels (LEPS), {covered} euro out of {need} are covered ({share}); of all needs, {all_covered} out of {all_need} ({all_share})." }
    ALL_SENTENCE { it: "Dei fabbisogni sono coperti {covered} euro su {need} ({share}).", en: "Of the needs, {covered} euro out of {need} are covered ({share})." }
    WORST_SENTENCE { it: "La zona meno servita è {zone}, con {il share} del suo fabbisogno coperto; la meglio servita è {best}, con {il best_share}.", en: "The worst-served zone is {zone}, with {share} of its need covered; the best served is {best}, with {best_share}." }
    LOST_SENTENCE { it: "Alla scadenza si perderebbero {lost} euro; {left} {left|resta spendibile|restano spendibili} dopo il piano.", en: "{lost} euro would be lost at their deadlines; {left} can still be spent after the plan." }
    NOTHING_LOST_SENTENCE { it: "Nessun euro si perde alle scadenze; {left} {left|resta spendibile|restano spendibili} dopo il piano.", en: "No euro is lost at a deadline; {left} can still be spent after the plan." }
    ESTIMATE_SENTENCE { it: "{estimate} euro degli importi dei fondi ({share}) sono stime da confermare.", en: "{estimate} euro of the amounts of the funds ({share}) are estimates to be confirmed." }
    RULES_SENTENCE { it: "Regole di legge e di piano: {held} {held|caso|casi} su {all} {held|è rispettato|sono rispettati}, {binding} {binding|è|sono} al limite. Traguardi e auspici: {met} {met|raggiunto|raggiunti} su {soft}.", en: "Rules of laws and plans: {held} cases out of {all} hold, {binding} are at their limit. Targets and wishes: {met} reached out of {soft}." }
    SCENARIO_SENTENCE { it: "Il piano è calcolato nello scenario «{title}».", en: "The plan is computed in the scenario “{title}”." }

    ACT_HEAD { it: "Atto", en: "Act" }
    OFFICE { it: "Ufficio proponente", en: "Office that proposes" }
    ACT_NUMBER { it: "Atto n.", en: "Act no." }
    ACT_DATE { it: "Data", en: "Date" }
    SIGNATURE { it: "Firma", en: "Signature" }
    SIGNATURE_OF { it: "Firma ({who})", en: "Signature ({who})" }
    ITEM { it: "Voce", en: "Item" }
    EURO { it: "Euro", en: "Euro" }
    SHARE { it: "Quota", en: "Share" }
    ASSIGNED { it: "Assegnato", en: "Assigned" }
    USED { it: "Programmato", en: "Planned" }
    LEFT { it: "Resta, con scadenza dopo il piano", en: "Left, with a deadline after the plan" }
    LOST { it: "Perso alla scadenza", en: "Lost at the deadline" }
    NEED { it: "Fabbisogno", en: "Need" }
    COVERED { it: "Coperto", en: "Covered" }
    UNCOVERED { it: "Scoperto", en: "Uncovered" }
    COVERAGE { it: "Copertura", en: "Coverage" }
    LEPS_NEED { it: "Fabbisogno dei livelli essenziali (LEPS)", en: "Need of the essential levels (LEPS)" }
    LEPS_COVERED { it: "Livelli essenziali coperti", en: "Essential levels covered" }
    TO_UNLIMITED { it: "A fabbisogni senza limite", en: "To needs without a limit" }
    LEVELS { it: "Chi paga, per livello di governo", en: "Who pays, by level of government" }
    LEVEL { it: "Livello", en: "Level" }
    LEVEL_EU { it: "Unione europea", en: "European Union" }
    LEVEL_STATE { it: "Stato", en: "State" }
    LEVEL_REGION { it: "Regione", en: "Region" }
    LEVEL_MUNICIPAL { it: "Comuni", en: "Municipalities" }
    GOALS { it: "Obiettivi, nell'ordine in cui sono stati perseguiti", en: "Goals, in the order in which they were pursued" }
    GOAL { it: "Obiettivo", en: "Goal" }
    REACHED { it: "Raggiunto", en: "Reached" }
    GAP { it: "Al più migliorabile di", en: "Could be better by at most" }
    GAP_MEANING { it: "nessun piano altrettanto buono sugli obiettivi precedenti fa meglio per più di così: è dimostrato", en: "no plan as good on the goals before does better by more than this: it is proved" }
    UNIT { it: "Unità", en: "Unit" }
    UNIT_EURO { it: "euro", en: "euro" }
    UNIT_BOUND { it: "quote del limite", en: "shares of the limit" }
    UNIT_LEVEL { it: "quota del fabbisogno", en: "share of the need" }
    UNIT_UNITS { it: "unità", en: "units" }
    UNIT_ZONES { it: "zone", en: "zones" }
    UNIT_PROJECTS { it: "progetti", en: "projects" }
    G_LEPS { it: "Livelli essenziali coperti", en: "Essential levels covered" }
    G_TARGETS { it: "Traguardi: quanto manca", en: "Targets: what is missing" }
    G_WISHES { it: "Auspici: quanto manca", en: "Wishes: what is missing" }
    G_LEXIMIN { it: "Copertura della zona meno servita", en: "Coverage of the worst-served zone" }
    G_FLOOR { it: "Copertura minima di ogni zona: quanto manca", en: "Least coverage of every zone: what is missing" }
    G_STEADY { it: "Continuità: quanto cambia da un anno all'altro", en: "Steadiness: what changes from year to year" }
    G_OPEN { it: "Servizi aperti: quanto manca per tenerli tutti", en: "Open services: what is missing to keep them all" }
    G_VALUE { it: "Copertura pesata per priorità", en: "Coverage weighted by priority" }
    G_AT_RISK { it: "Denaro salvato dalle scadenze", en: "Money kept from its deadlines" }
    BINDING { it: "Regole al limite, le più grandi", en: "Rules at their limit, the largest" }
    CASES { it: "Casi", en: "Cases" }
    UNMET { it: "Fabbisogni scoperti, per motivo", en: "Uncovered needs, by reason" }
    REASON { it: "Motivo", en: "Reason" }
    NEEDS { it: "Fabbisogni", en: "Needs" }

    // Codes and names.
    FUND_CODE { it: "Codice fondo", en: "Fund code" }
    FUND { it: "Fondo", en: "Fund" }
    ACTION_CODE { it: "Codice azione", en: "Action code" }
    ACTION { it: "Azione", en: "Action" }
    ZONE_CODE { it: "Codice zona", en: "Zone code" }
    ZONE { it: "Zona", en: "Zone" }
    YEAR { it: "Anno", en: "Year" }
    LEPS { it: "LEPS", en: "LEPS" }
    LEPS_MEANING { it: "livello essenziale delle prestazioni sociali", en: "essential level of social services" }
    LAW { it: "Fonte", en: "Source" }
    RECEIVED { it: "Ricevuto", en: "Received" }
    SCREEN_NOTE { it: "Questo foglio si legge a schermo: di esso si stampa solo la testata.", en: "This sheet is read on the screen: only its head is printed." }
    RECEIVED_MEANING { it: "denaro del piano nella zona, fabbisogni senza limite compresi", en: "money of the plan in the zone, needs without a limit included" }
    BY_YEAR { it: "Anno per anno", en: "Year by year" }
    OVER_PLAN { it: "Nell'intero piano", en: "Over the whole plan" }

    // Riparto.
    ACT { it: "Atto", en: "Act" }
    ACTS_OF_ZONES { it: "{n} atti di singole zone (ciascuno nella scheda della sua)", en: "{n} acts of single zones (each in the sheet of its own)" }
    INDICATOR_N { it: "Indicatore {n}", en: "Indicator {n}" }
    INDICATOR_N_MEANING { it: "indicatore della formula, anno del dato e peso", en: "indicator of the formula, year of the figure and weight" }
    INDICATOR_TEXT { it: "{indicator} ({year}), peso {weight}", en: "{indicator} ({year}), weight {weight}" }
    VALUE_N { it: "Valore {n}", en: "Value {n}" }
    FORMULA { it: "Riparto per formula", en: "By formula" }
    FORMULA_MEANING { it: "che cosa darebbe la formula", en: "what the formula would give" }
    SHARE_MEANING { it: "quota della formula, prima di minimi e arrotondamenti", en: "share of the formula, before floors and rounding" }
    ASSIGNED_MEANING { it: "quello che un atto o la formula assegna alla zona per l'anno; dove lo divide il piano, una riga sola per tutte le zone", en: "what an act or the formula assigns to the zone for the year; where the plan divides it, one row for all zones" }
    PLANNED_MEANING { it: "quello che il piano paga nella zona in quell'anno, somme riportate da anni prima comprese", en: "what the plan pays in the zone in that year, money carried from earlier years included" }
    OFF_FORMULA { it: "Scostamento dalla formula", en: "Off the formula" }
    OFF_FORMULA_MEANING { it: "programmato meno quanto darebbe la formula", en: "planned less what the formula would give" }
    RIPARTO_SHARES_NOTE { it: "Una riga per zona, una colonna per fondo. Indicatori, quote, atti, minimi e arrotondamenti di ogni importo sono nella cartella di lavoro, foglio «Calcolo del riparto», e nella scheda che ogni zona ha per sé.", en: "A row for each zone, a column for each fund. Indicators, shares, acts, floors and rounding of each amount are in the workbook, sheet “Shares, row by row”, and in the sheet that each zone has for itself." }
    SHARES_PLANNED_OF { it: "Quanto il piano programma nel {year} in ogni zona, fondo per fondo (euro)", en: "What the plan pays in {year} in each zone, fund by fund (euro)" }
    SHARES_PLANNED { it: "Quanto il piano programma in ogni zona, fondo per fondo, in tutti gli anni del piano (euro)", en: "What the plan pays in each zone, fund by fund, in all years of the plan (euro)" }
    SHARES_ASSIGNED { it: "Quanto è assegnato a ogni zona, fondo per fondo, negli anni del piano (euro)", en: "What is assigned to each zone, fund by fund, over the years of the plan (euro)" }
    SHARES_FORMULA { it: "Quanto darebbe la formula a ogni zona, per i fondi e gli anni che ne hanno una (euro)", en: "What the formula would give each zone, for the funds and years that have one (euro)" }
    SHARES_OFF_FORMULA { it: "Di quanto il programmato si scosta dalla formula, per gli stessi fondi e anni (euro)", en: "How far what is planned is off the formula, for the same funds and years (euro)" }
    ALL_FUNDS { it: "Tutti i fondi", en: "All funds" }
    ALL_ZONES { it: "Tutte le zone", en: "All zones" }
    LAST_YEAR { it: "Programmato l'anno precedente", en: "Planned the year before" }
    LAST_YEAR_MEANING { it: "lo stesso dell'anno precedente; prima del piano, quanto risulta in previous.csv", en: "the same of the year before; before the plan, what previous.csv has" }
    YEARS_DIFFERENCE_MEANING { it: "programmato meno programmato l'anno precedente", en: "planned less planned the year before" }
    ZONES_TOGETHER { it: "Tutte le zone insieme", en: "All zones together" }
    DIFFERENCE { it: "Differenza", en: "Difference" }
    FLOOR { it: "Minimo o massimo applicato", en: "Floor or ceiling applied" }
    FLOOR_MEANING { it: "se il minimo dà alla zona più della formula, o il massimo meno", en: "whether the floor gives the zone more than the formula, or the ceiling less" }
    FLOOR_HELD { it: "minimo", en: "floor" }
    CEILING_HELD { it: "massimo", en: "ceiling" }
    DEDUCTED { it: "{fund} {year}: {dei of} euro, {euro} sono tolti prima del riparto e restano fuori dalle zone ({name}).", en: "{fund} {year}: of {of} euro, {euro} are taken off first and stay out of the zones ({name})." }
    DEDUCTED_TO_ZONES { it: "{fund} {year}: {dei of} euro, {euro} vanno ad alcune zone prima del riparto ({name}); sono nei loro importi.", en: "{fund} {year}: of {of} euro, {euro} go to some zones first ({name}); they are in their amounts." }
    LEFT_TO_NOBODY { it: "{fund} {year}: {dei of} euro da dividere, {euro} {euro|resta|restano} non assegnati.", en: "{fund} {year}: of the {of} euro to be divided, {euro} stay unassigned." }
    MORE_THAN_THERE_IS { it: "{fund} {year}: arrotondando riga per riga le zone ricevono {euro} euro più {dei of} da dividere.", en: "{fund} {year}: rounding row by row, the zones get {euro} euro more than the {of} to be divided." }
    HOW { it: "Come", en: "How" }
    HOW_FORMULA { it: "formula", en: "formula" }
    HOW_ACT { it: "atto, per zona", en: "act, by zone" }
    HOW_PLAN { it: "scelta del piano", en: "chosen by the plan" }
    HOW_CARRIED { it: "somme riportate", en: "carried money" }
    RIPARTO_NOTE { it: "Una riga per fondo, anno e zona. La somma di «Assegnato» è l'importo del fondo in quell'anno; la somma di «Programmato» è quanto il piano ne usa in quell'anno, con le somme riportate da anni prima.", en: "One row for each fund, year and zone. «Assigned» sums to the amount of the fund in that year; «Planned» sums to what the plan uses of it in that year, with money carried from earlier years." }

    // Mappafondo.
    MAP_NOTE { it: "Euro nell'intero piano. Una cella vuota e grigia: nessuna norma apre quella spesa a quel fondo. Un trattino: si potrebbe, il piano non lo fa.", en: "Euro over the whole plan. An empty grey cell: no law opens that expenditure to that fund. A dash: it could, the plan does not." }

    // Rules.
    RULE_CODE { it: "Codice regola", en: "Rule code" }
    RULE { it: "Regola", en: "Rule" }
    STRENGTH { it: "Forza", en: "Strength" }
    RELATION { it: "Relazione", en: "Relation" }
    AT_LEAST { it: "almeno", en: "at least" }
    AT_MOST { it: "al massimo", en: "at most" }
    BELOW { it: "meno di", en: "less than" }
    EQUAL { it: "esattamente", en: "exactly" }
    BOUND { it: "Limite", en: "Limit" }
    VALUE { it: "Nel piano", en: "In the plan" }
    MARGIN { it: "Margine", en: "Margin" }
    MARGIN_MEANING { it: "quanto manca al limite; sotto zero quando il limite non è raggiunto", en: "distance from the limit; below zero where the limit is not reached" }
    BASE { it: "Base", en: "Base" }
    BASE_ASSIGNED { it: "assegnato", en: "assigned" }
    BASE_ALLOCATED { it: "programmato", en: "planned" }
    BASE_DEMAND { it: "fabbisogno", en: "need" }
    BASE_LAST_YEAR { it: "anno precedente", en: "year before" }
    OF_ALL_FUNDS { it: "tutti i fondi", en: "all funds" }
    OF_FUNDS { it: "fondi: {codes}", en: "funds: {codes}" }
    OF_ALL_ACTIONS { it: "tutte le azioni", en: "all actions" }
    OF_ACTIONS { it: "azioni: {codes}", en: "actions: {codes}" }
    OF_ALL_ZONES { it: "tutte le zone", en: "all zones" }
    OF_ZONES { it: "zone: {codes}", en: "zones: {codes}" }
    OF_YEARS { it: "anni: {codes}", en: "years: {codes}" }
    STATUS { it: "Stato", en: "Status" }
    ST_MET { it: "rispettato", en: "holds" }
    ST_BINDING { it: "al limite", en: "at its limit" }
    ST_CARRIED { it: "passa all'anno dopo", en: "moves to the next year" }
    ST_SHORT { it: "non raggiunto", en: "not reached" }
    ST_WAIVED { it: "in deroga", en: "waived" }
    ST_EXCESS { it: "superato", en: "exceeded" }
    WAIVER { it: "Motivo della deroga", en: "Motive of the waiver" }
    COST { it: "Quanto costa", en: "What it costs" }
    RULES_SHORT { it: "Ogni regola, con i suoi casi", en: "Each rule, with its cases" }
    RULES_IN_FULL { it: "I casi per esteso: che cosa chiede ciascuno, che cosa il piano dà, con quale margine", en: "The cases in full: what each asks, what the plan gives, with what margin" }
    RULES_PAPER_NOTE { it: "Si stampa questa tabella; i casi, uno per uno, sono qui sotto, a schermo.", en: "This table is printed; the cases, one by one, are below, on the screen." }
    MET { it: "Rispettati", en: "Met" }
    AT_LIMIT { it: "Al limite", en: "At the limit" }
    AT_LIMIT_MEANING { it: "rispettati senza margine: allentarli potrebbe cambiare il piano", en: "met without a margin: less of them might change the plan" }
    MISSED { it: "Mancati", en: "Missed" }
    MISSED_MEANING { it: "il piano non li raggiunge", en: "the plan does not reach them" }
    WAIVED { it: "In deroga", en: "Waived" }
    COST_MEANING { it: "quanto si guadagnerebbe sul primo obiettivo che cambia se la regola non ci fosse", en: "what would be gained on the first goal that changes, were the rule not there" }
    RULES_NOTE { it: "Una riga per ogni caso di ogni regola, nell'ordine del modello.", en: "One row for each case of each rule, in the order of the model." }
    GOAL_COST_MEANING { it: "quanto raggiungerebbe in più l'obiettivo indicato se questo non ci fosse; un meno: raggiungerebbe di meno", en: "how much more the goal named would reach if this one were not there; a minus: it would reach less" }

    COST_NOTE { it: "Il costo è dell'intera regola, scritto al suo primo caso.", en: "The cost is that of the whole rule, written at its first case." }

    // Spending.
    DEADLINE { it: "Spendibile entro", en: "To be spent by" }
    NO_DEADLINE { it: "senza scadenza", en: "no deadline" }
    CARRIED_IN { it: "Da prima", en: "From before" }
    CARRIED_OUT { it: "All'anno dopo", en: "To the next year" }
    CARRIED_OUT_MEANING { it: "riportato; nell'ultimo anno del piano, ciò che resta con una scadenza successiva", en: "carried; in the last year of the plan, what is left with a later deadline" }
    ESTIMATE { it: "Di cui stima", en: "Of which estimate" }
    CLAIMS { it: "Disimpegno automatico: impegni e scadenze", en: "Automatic decommitment: commitments and due dates" }
    COMMITTED { it: "Impegno", en: "Commitment" }
    DUE_BY { it: "Da certificare entro", en: "To be claimed by" }

    // Zone.
    BEFORE_PLAN { it: "{year}, prima del piano", en: "{year}, before the plan" }
    BEFORE_PLAN_MEANING { it: "quanto risulta in previous.csv per l'anno precedente il piano", en: "what previous.csv has of the year before the plan" }
    ZONE_PAPER_NOTE { it: "Si stampa questa tabella; norme, fabbisogni, riparto, regole e indicatori sono a destra e qui sotto.", en: "This table is printed; laws, needs, shares, rules and indicators are to the right and below." }
    FUND_AND_ACTION { it: "Fondo, e azioni che paga", en: "Fund, and the actions it pays" }
    ZONE_RULES { it: "Quote obbligatorie e regole della zona", en: "Obligatory shares and rules of the zone" }
    ZONE_PLAN { it: "Che cosa riceve: da quale fondo, per che cosa", en: "What it gets: from which fund, for what" }
    ZONE_NEEDS { it: "Fabbisogni: che cosa è coperto e che cosa no", en: "Needs: what is covered and what is not" }
    ZONE_FUNDS { it: "Riparto: la parte della zona", en: "The zone's part of each fund" }
    ZONE_INDICATORS { it: "Indicatori della zona", en: "Indicators of the zone" }
    INDICATOR { it: "Indicatore", en: "Indicator" }
    UNDATED { it: "Senza data", en: "Undated" }

    // Checks.
    CHECK { it: "Controllo", en: "Check" }
    SUM { it: "Somma", en: "Sum" }
    MUST_EQUAL { it: "Deve essere", en: "Must equal" }
    CHECKS_SHORT { it: "Che cosa è controllato", en: "What is checked" }
    CHECKS_LIST { it: "I controlli, uno per uno", en: "The checks, one by one" }
    CHECKS_THAT_FAIL { it: "Controlli che non tornano", en: "Checks that do not close" }
    CHECKS_PAPER_NOTE { it: "Si stampano questa tabella e i controlli che non tornano, se ve ne sono; tutti i controlli, uno per uno, sono qui sotto, a schermo.", en: "This table is printed, and the checks that do not close, if there are any; all checks, one by one, are below, on the screen." }
    CHECKED { it: "Che cosa", en: "What" }
    CHECKS_COUNT { it: "Controlli", en: "Checks" }
    CHECKS_FAILED { it: "Non tornano", en: "Do not close" }
    CG_WHOLE { it: "Totali del piano: registro, fondi, mappafondo, copertura, stime", en: "Totals of the plan: ledger, funds, mappafondo, coverage, estimates" }
    CG_SHORT { it: "Cifre della sintesi, rifatte dagli altri fogli", en: "Figures of the summary, computed from the other sheets" }
    CG_FUNDS { it: "Ogni fondo: registro, spesa anno per anno, mappafondo", en: "Each fund: ledger, spending year by year, mappafondo" }
    CG_ACTIONS { it: "Ogni azione: registro e mappafondo", en: "Each action: ledger and mappafondo" }
    CG_ZONES { it: "Ogni zona: registro, copertura, scheda", en: "Each zone: ledger, coverage, its sheet" }
    CG_RIPARTO { it: "Riparto di ogni fondo e anno: assegnato, programmato, formula, anno precedente", en: "Shares of each fund and year: assigned, planned, formula, year before" }
    CG_COMPARED { it: "Confronto con altri piani", en: "Comparison with other plans" }
    CG_SHEETS { it: "Totali di ogni foglio, rifatti dalle loro righe", en: "Totals of each sheet, computed anew from their rows" }
    CHECKS_NOTE { it: "Nella cartella di lavoro ogni cella è una formula viva: cambiando un importo si vede quale totale non torna. La differenza deve essere 0,00.", en: "In a workbook every cell is a live formula: change an amount and see which total no longer closes. The difference must be 0.00." }
    C_LEDGER { it: "Registro: programmato come nel riepilogo della proposta", en: "Ledger: planned as in the summary of the proposal" }
    C_ASSIGNED { it: "Fondi: assegnato come nel riepilogo della proposta", en: "Funds: assigned as in the summary of the proposal" }
    C_CLOSES { it: "Fondi: assegnato = programmato + resta + perso", en: "Funds: assigned = planned + left + lost" }
    C_FUND { it: "{what}: registro e spesa anno per anno", en: "{what}: ledger and spending year by year" }
    C_FUND_MAP { it: "{what}: registro e mappafondo", en: "{what}: ledger and mappafondo" }
    C_YEAR { it: "Anno {what}: registro e spesa", en: "Year {what}: ledger and spending" }
    C_ACTION { it: "{what}: registro e mappafondo", en: "{what}: ledger and mappafondo" }
    C_ZONE { it: "Zona {what}: registro e copertura", en: "Zone {what}: ledger and coverage" }
    C_ZONE_SHEET { it: "Zona {what}: registro e scheda", en: "Zone {what}: ledger and planning sheet" }
    C_MAP { it: "Mappafondo: somma delle righe e somma delle colonne", en: "Mappafondo: sum of rows and sum of columns" }
    C_UNMET { it: "Fabbisogni: scoperto delle zone e scoperto delle azioni", en: "Needs: uncovered by zone and uncovered by action" }
    C_RIPARTO { it: "Riparto {what}: assegnato e importo del fondo", en: "Shares of {what}: assigned and amount of the fund" }
    C_RIPARTO_PLANNED { it: "Riparto {what}: programmato e spesa dell'anno", en: "Shares of {what}: planned and spending of the year" }
    C_RIPARTO_FORMULA { it: "Riparto {what}: righe della formula e totale da ripartire", en: "Shares of {what}: rows of the formula and the total it divides" }
    C_RIPARTO_OFF { it: "Riparto {what}: formula più scostamento, e programmato", en: "Shares of {what}: formula plus what is off it, and planned" }
    C_SHARES_ASSIGNED { it: "Riparto per zona: assegnato di tutti i fondi, e importo di tutti i fondi", en: "Shares by zone: assigned of all funds, and amount of all funds" }
    C_SHARES_PLANNED { it: "Riparto per zona: programmato di tutti i fondi, e spesa di tutti i fondi", en: "Shares by zone: planned of all funds, and spending of all funds" }
    C_RIPARTO_BEFORE { it: "Riparto {what}: anno precedente più differenza, e programmato", en: "Shares of {what}: year before plus difference, and planned" }
    C_RIPARTO_TOTAL { it: "Riparto: assegnato a tutte le zone e importo di tutti i fondi", en: "Shares: assigned to all zones and amount of all funds" }
    C_RIPARTO_TOTAL_PLANNED { it: "Riparto: programmato in tutte le zone e in tutti i fondi", en: "Shares: planned in all zones and in all funds" }
    C_SHORT { it: "In breve, {what}: rifatto dagli altri fogli", en: "In short, {what}: computed from the other sheets" }
    C_LEVELS_ASSIGNED { it: "Chi paga: assegnato dei livelli e dei fondi", en: "Who pays: assigned by level and by fund" }
    C_LEVELS { it: "Chi paga: programmato dei livelli e dei fondi", en: "Who pays: planned by level and by fund" }
    C_CONFIDENCE { it: "Stime: importi ufficiali, derivati e stimati, e assegnato dei fondi", en: "Estimates: official, derived and estimated amounts, and assigned of the funds" }
    C_REASONS { it: "Fabbisogni: scoperto per motivo e scoperto delle zone", en: "Needs: uncovered by reason and uncovered by zone" }
    C_ZONES_RECEIVED { it: "Copertura: ricevuto dalle zone e registro", en: "Coverage: received by the zones and ledger" }
    C_YEARS_NEED { it: "Copertura: fabbisogno anno per anno e nell'intero piano", en: "Coverage: need year by year and over the plan" }
    C_YEARS_COVERED { it: "Copertura: coperto anno per anno e nell'intero piano", en: "Coverage: covered year by year and over the plan" }
    C_YEARS_RECEIVED { it: "Copertura: ricevuto anno per anno e registro", en: "Coverage: received year by year and ledger" }
    C_ZONE_NEED { it: "Zona {what}: fabbisogno nella copertura e nella scheda", en: "Zone {what}: need in the coverage and in its sheet" }
    C_ZONE_OPEN { it: "Zona {what}: scoperto nella copertura e nella scheda", en: "Zone {what}: uncovered in the coverage and in its sheet" }
    C_ZONE_FUNDS { it: "Zona {what}: registro e parte di ogni fondo nella scheda", en: "Zone {what}: ledger and its part of each fund in its sheet" }
    C_COMPARED { it: "{what}: questa proposta e registro", en: "{what}: this proposal and ledger" }
    C_SHEET { it: "Foglio «{what}»: ogni totale rifatto dalle sue righe (somma di tutti)", en: "Sheet «{what}»: every total computed anew from its rows (sum of all)" }

    // Estimates.
    CONFIDENCE { it: "Su che cosa poggiano gli importi dei fondi", en: "What the amounts of the funds rest on" }
    ACTS { it: "Importi dei fondi, atto per atto", en: "Amounts of the funds, act by act" }
    ACTS_NOTE { it: "Questa tabella si legge a schermo; non si stampa.", en: "This table is read on the screen; it is not printed." }
    KIND { it: "Natura del dato", en: "Kind of figure" }
    SOURCE { it: "Dove è stato letto", en: "Where it was read" }
    OFFICIAL { it: "ufficiale", en: "official" }
    DERIVED { it: "derivato", en: "derived" }
    ESTIMATED { it: "stima", en: "estimate" }
    ASSUMPTIONS { it: "Ipotesi del modello", en: "Assumptions of the model" }
    ASSUMPTION { it: "Ipotesi", en: "Assumption" }
    ASSUMED { it: "Valore", en: "Value" }
    METHOD { it: "Come è ottenuta", en: "How it was obtained" }
    RANGE { it: "Fra quali valori", en: "Within which values" }
    REPLACE { it: "Che cosa la sostituirebbe", en: "What would replace it" }

    // How to reproduce.
    WHAT { it: "Che cosa", en: "What" }
    PRINT { it: "Impronta (BLAKE3)", en: "Hash (BLAKE3)" }
    FILE { it: "File", en: "File" }
    R_MODEL { it: "Modello", en: "Model" }
    R_HASH { it: "Impronta del modello (BLAKE3)", en: "Hash of the model (BLAKE3)" }
    R_BASE { it: "Impronta del modello prima degli scenari", en: "Hash of the model before its scenarios" }
    R_SCENARIO { it: "Scenario", en: "Scenario" }
    R_STATUS { it: "Esito del calcolo", en: "How the computation ended" }
    R_OPTIMAL { it: "completo", en: "complete" }
    R_LIMIT { it: "fermato da un limite di tempo", en: "stopped by a time limit" }
    R_VERSION { it: "Versione di mappafondo", en: "Version of mappafondo" }
    R_SOLVER { it: "Risolutore", en: "Optimiser used" }
    R_DOSSIER { it: "Formato del dossier", en: "Format of the dossier" }
    R_VERIFY { it: "Per ricontrollare", en: "To check again" }
    R_REMAKE { it: "Per rifare il calcolo", en: "To compute again" }
    R_CHECKED { it: "Prima di scrivere queste tabelle il dossier è stato ricontrollato per intero, in aritmetica esatta.", en: "Before these tables were written the dossier was checked again in full, in exact arithmetic." }
    R_FILES { it: "File del modello", en: "Files of the model" }

    // Scenarios.
    COMPARED { it: "Che cosa cambia rispetto a «{title}»", en: "What changes against «{title}»" }
    COMPARED_ZONES { it: "Chi riceve di più e chi di meno rispetto a «{title}»", en: "Who receives more and who less than in «{title}»" }
    COMPARED_FUNDS { it: "I fondi rispetto a «{title}»", en: "The funds against «{title}»" }
    COMPARED_ACTIONS { it: "Le azioni rispetto a «{title}»", en: "The actions against «{title}»" }
    BEFORE_IS { it: "Prima: «{title}» (impronta {hash}). Ora: questa proposta. La differenza è ora meno prima.", en: "Before: «{title}» (hash {hash}). Now: this proposal. The difference is now less before." }
    BEFORE { it: "Prima", en: "Before" }
    NOW { it: "Ora", en: "Now" }
    THIS_PLAN { it: "Questo piano", en: "This plan" }
    COVERAGE_BEFORE { it: "Copertura prima", en: "Coverage before" }
    COVERAGE_NOW { it: "Copertura ora", en: "Coverage now" }
    NO_PLAN_THERE { it: "{title}: nessun piano è possibile.", en: "{title}: no plan is possible." }
    SWEPT { it: "{title}: dove {n|sta|stanno} {n} {n|scenario|scenari}", en: "{title}: where {n} {n|scenario lies|scenarios lie}" }
    FIGURE { it: "Grandezza", en: "Figure" }
    LOWEST { it: "Minimo", en: "Lowest" }
    HIGHEST { it: "Massimo", en: "Highest" }
    QUANTILE { it: "{q}%", en: "{q}%" }
    MEDIAN { it: "Mediana", en: "Median" }
    SCENARIOS_BELOW { it: "Scenari sotto", en: "Scenarios below" }
    SCENARIOS_SAME { it: "Uguali", en: "The same" }
    SCENARIOS_ABOVE { it: "Sopra", en: "Above" }
    F_EURO { it: "ricevuto", en: "received" }
    F_USED { it: "programmato", en: "planned" }
    F_COVERAGE { it: "copertura", en: "coverage" }

    // The command.
    REPORT_EXTENSION { it: "{file}: il nome deve finire con .html, .xlsx, .docx, .pdf, .csv o .json.", en: "{file}: the name must end with .html, .xlsx, .docx, .pdf, .csv or .json." }
    NO_PDF { it: "{file}: questo programma è stato costruito senza PDF (cargo build --release lo comprende). Altrimenti: aprire la pagina .html in un browser e stamparla in PDF.", en: "{file}: this program was built without PDF (cargo build --release has it). Otherwise: open the .html page in a browser and print it to PDF." }
    NO_PLAN { it: "{folder} non ha un piano: nessun importo è stato programmato (summary.json dice perché). Non c'è nulla da riportare.", en: "{folder} has no plan: no amount was assigned (summary.json says why). There is nothing to report." }
    NOT_WHOLE { it: "{folder} non è la cartella scritta da solve: manca {file}. Dare la cartella intera, non il solo dossier.", en: "{folder} is not the folder that solve wrote: {file} is missing. Give the whole folder, not the dossier alone." }
    NOT_VERIFIED { it: "la proposta non supera la verifica: non si scrive nulla.", en: "the proposal does not pass its check: nothing is written." }
    OTHER_MODEL { it: "{file}: le spiegazioni sono di un altro modello, o di questo prima di una modifica. Rifarle con explain.", en: "{file}: the explanations are of another model, or of this one before a change. Make them again with explain." }
    NOT_MANY { it: "{path}: è un piano, non una serie di scenari.", en: "{path}: this is a plan, not a run of many scenarios." }
    NOT_A_PLAN { it: "{path}: è una serie di scenari; darla con --sweep.", en: "{path}: this is a run of many scenarios; give it with --sweep." }
    TOO_LARGE { it: "{what}: le tabelle non stanno in un foglio ({rows} righe; al massimo 1.048.576).", en: "{what}: the tables do not fit into a workbook ({rows} rows; at most 1,048,576)." }
    WRITTEN { it: "Scritto {file}.", en: "Written {file}." }
    WRITTEN_ZONES { it: "{n|Scritta|Scritte} {n} {n|zona|zone} in {folder}.", en: "Written {n} {n|zone|zones} into {folder}." }
    HELP_REPORT { it: "Scrive le tabelle di un piano: pagina, cartella di lavoro, csv o json", en: "Writes the tables of a plan: page, workbook, csv or json" }
    HELP_REPORT_OUT { it: "File da scrivere: .html, .xlsx, .docx, .pdf, .csv o .json", en: "File to write: .html, .xlsx, .docx, .pdf, .csv or .json" }
    HELP_PER_ZONE { it: "Cartella in cui scrivere una cartella di lavoro e una pagina per ogni zona", en: "Folder to write a workbook and a page for each zone into" }
    HELP_DIALECT { it: "it: punto e virgola e virgola decimale; en: virgola e punto [predefinito: la lingua delle tabelle]", en: "it: semicolons and decimal commas; en: commas and points [default: the language of the tables]" }
    HELP_COMPARE_WITH { it: "Un altro piano da mettere a confronto; si può ripetere", en: "Another plan to compare with; may be repeated" }
    HELP_REPORT_SWEEP { it: "Una serie di scenari da mettere a confronto", en: "A run of many scenarios to compare with" }
    HELP_EXPLANATIONS { it: "Spiegazioni scritte da explain --out", en: "Explanations written by explain --out" }
}
