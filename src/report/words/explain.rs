//! `explain`: what a euro is worth, what a law costs, what is at risk.

use super::words;

words! {
    HELP { it: "Spiega un piano: quanto vale un euro, quanto costa una norma, perché qui no", en: "Explains a plan: what a euro is worth, what a law costs, why not here" }
    HELP_EXPLAINED { it: "Cartella scritta da solve (o suo dossier, o zip), oppure cartella di un modello", en: "Folder written by solve (or its dossier, or a zip), or folder of a model" }
    HELP_PRICE { it: "Quanto vale un euro in più o in meno di questo fondo; si può ripetere", en: "What one euro more or less of this fund is worth; may be repeated" }
    HELP_WHY_NOT { it: "Perché qui non arriva (altro) denaro: fund=..,zone=..,action=..,year=.., anche solo alcuni", en: "Why no (more) money gets here: fund=..,zone=..,action=..,year=.., or some of them" }
    HELP_WHY { it: "Perché qui l'importo è quello che è: fund=..,zone=..,action=..,year=.., anche solo alcuni", en: "Why the amount here is what it is: fund=..,zone=..,action=..,year=.., or some of them" }
    HELP_LAW { it: "Quanto costa questa regola, o questo atto; si può ripetere", en: "What this rule, or this act, costs; may be repeated" }
    HELP_GOALS { it: "Quanto costa ogni obiettivo a quelli che lo seguono", en: "What each goal costs those after it" }
    HELP_SHAPLEY { it: "Quanto costano tutti gli atti insieme, diviso fra loro", en: "What all acts cost together, split among them" }
    HELP_BREAKPOINTS { it: "A quali importi esatti di questo fondo (anche FONDO:ANNO), o limiti di questa regola, cambia il valore di un euro", en: "At which exact amounts of this fund (or FUND:YEAR), or bounds of this rule, the value of a euro changes" }
    HELP_AT_RISK { it: "Quanto denaro andrà perso alle scadenze e che cosa lo salverebbe", en: "How much money will be lost at deadlines and what would keep it" }
    HELP_OUT { it: "File .json in cui scrivere la spiegazione, per report; .csv per i soli punti di --breakpoints, per un grafico", en: "File .json to write the explanation to, for the report; .csv for the points of --breakpoints alone, for a chart" }
    NOT_VERIFIED { it: "il piano non supera la verifica: non c'è nulla da spiegare.", en: "the plan does not pass verification: there is nothing to explain." }
    WANT_CELL { it: "un posto come fund=qsfp,zone=z1,year=2023", en: "a place such as fund=qsfp,zone=z1,year=2023" }

    TITLE { it: "Perché: {title}", en: "Why: {title}" }
    WHOLE_FIXED { it: "Unità intere, progetti e zone attive restano quelli del piano; dove si dice \"almeno\", sceglierli di nuovo darebbe forse di più.", en: "Whole units, projects and active zones stay those of the plan; where it says \"at least\", choosing them anew might give more." }
    CHECKED { it: "Il piano è stato verificato di nuovo prima di spiegarlo.", en: "The plan was checked again before it was explained." }

    GOAL_LEPS { it: "livelli essenziali", en: "essential levels" }
    GOAL_TARGETS { it: "traguardi, sommati", en: "targets, added up" }
    GOAL_LEXIMIN { it: "copertura della zona meno servita", en: "coverage of the worst-served zone" }
    GOAL_LEXIMIN_N { it: "copertura della zona al posto {n} fra le meno servite", en: "coverage of the zone ranked {n} among the worst-served" }
    GOAL_FLOOR { it: "copertura minima delle zone", en: "least coverage of the zones" }
    GOAL_STEADY { it: "continuità fra gli anni", en: "steadiness from year to year" }
    GOAL_OPEN { it: "servizi che restano aperti", en: "services that stay open" }
    GOAL_VALUE { it: "copertura pesata per priorità", en: "coverage weighted by priority" }
    GOAL_AT_RISK { it: "denaro salvato dalle scadenze", en: "money kept from its deadlines" }
    GOAL_WISHES { it: "auspici, sommati", en: "wishes, added up" }
    SOME_EURO { it: "{number} euro di {goal}", en: "{number} euro of {goal}" }
    SOME_POINTS { it: "{number} {number|punto percentuale|punti percentuali} di {goal}", en: "{number} percentage {number|point|points} of {goal}" }
    PER_MILLION { it: "{number} {number|punto percentuale|punti percentuali} ({goal}) per milione di euro", en: "{number} percentage {number|point|points} ({goal}) per million euro" }

    LAWS { it: "Quanto costa ogni regola", en: "What each rule costs" }
    LAWS_TEN { it: "Le regole che costano di più", en: "The rules that cost most" }
    LAWS_HOW { it: "Quanto si raggiungerebbe in più senza la regola, rifacendo il piano; gli obiettivi vengono nel loro ordine.", en: "How much more would be reached without the rule, planning again; the goals come in their order." }
    KIND_RULE { it: "La regola", en: "The rule" }
    KIND_TARGET { it: "Il traguardo", en: "The target" }
    KIND_WISH { it: "L'auspicio", en: "The wish" }
    IN_ZONE { it: " nella zona {zone}", en: " in the zone {zone}" }
    LAW_COSTS { it: "{kind} «{title}» ({law}) costa {what}.", en: "{kind} \"{title}\" ({law}) costs {what}." }
    LAW_COSTS_HERE { it: "{kind} «{title}» ({law}) costa {what} nella sola zona {zone}.", en: "{kind} \"{title}\" ({law}) costs {what} in the zone {zone} alone." }
    LAW_COSTS_NOTHING { it: "{kind} «{title}» ({law}) non costa nulla{where}: senza, il piano non raggiunge di più.", en: "{kind} \"{title}\" ({law}) costs nothing{where}: without it the plan reaches no more." }
    LAW_UNKNOWN { it: "{kind} «{title}» ({law}): quanto costa non si è potuto calcolare.", en: "{kind} \"{title}\" ({law}): what it costs could not be computed." }
    ACT_COSTS { it: "Tutte le regole di «{law}» insieme costano {what}.", en: "All rules of \"{law}\" together cost {what}." }
    ACT_COSTS_NOTHING { it: "Le regole di «{law}», tolte insieme, non costano nulla.", en: "The rules of \"{law}\", left out together, cost nothing." }
    AT_LEAST { it: "almeno {what}", en: "at least {what}" }
    IN_RETURN { it: "; in cambio dà {what}", en: "; in return it gives {what}" }
    ONE_FREE { it: "Un'altra regola non costa nulla.", en: "One more rule costs nothing." }
    MANY_FREE { it: "Altre {n} regole non costano nulla.", en: "{n} more rules cost nothing." }
    ONE_MORE { it: "Un'altra regola costa meno di queste.", en: "One more rule costs less than these." }
    MANY_MORE { it: "Altre {n} regole costano meno di queste.", en: "{n} more rules cost less than these." }
    SHAPLEY { it: "Quanto costano tutti gli atti insieme, diviso fra loro", en: "What all acts cost together, split among them" }
    SHAPLEY_ALL { it: "Senza alcuna regola il piano raggiungerebbe {what} in più.", en: "Without any rule the plan would reach {what} more." }
    SHAPLEY_EXACT { it: "La parte di ogni atto è la media di quanto si guadagna togliendolo, su tutti gli ordini in cui gli atti si possono togliere.", en: "The part of each act is the mean of what is gained by leaving it out, over all orders in which acts may be left out." }
    SHAPLEY_DRAWN { it: "La parte di ogni atto è la media di quanto si guadagna togliendolo, su {n} ordini estratti a sorte (seme {seed}), con il suo errore.", en: "The part of each act is the mean of what is gained by leaving it out, over {n} orders drawn by lot (seed {seed}), with its error." }
    ACT { it: "Atto", en: "Act" }
    PART { it: "Parte", en: "Part" }
    ERROR_OF { it: "Errore", en: "Error" }

    GOALS_COST { it: "Quanto costa ogni obiettivo a quelli che lo seguono", en: "What each goal costs those after it" }
    GOALS_HOW { it: "Quanto raggiungerebbero in più gli obiettivi che seguono se questo non ci fosse, rifacendo il piano con le stesse regole. L'ultimo obiettivo non toglie nulla ad altri. Un meno: in cambio raggiungerebbero di meno.", en: "How much more the goals after it would reach if this one were not there, planning again under the same rules. The last goal takes nothing from others. A minus: in return they would reach less." }
    TO_GOAL { it: "A quale", en: "To which" }

    FUNDS { it: "Quanto vale un euro di ogni fondo", en: "What a euro of each fund is worth" }
    FUNDS_MOST { it: "I fondi di cui un euro in più vale di più", en: "The funds of which one euro more is worth most" }
    FUNDS_LEAST { it: "I fondi di cui un euro in più vale di meno", en: "The funds of which one euro more is worth least" }
    FUND_YEAR { it: "{fund}, {year}", en: "{fund}, {year}" }
    FUND_ZONE { it: "{fund}, {year}, {zone}", en: "{fund}, {year}, {zone}" }
    MORE_BRINGS { it: "{where}: un euro in più porta {what}.", en: "{where}: one euro more brings {what}." }
    MORE_NOTHING { it: "{where}: un euro in più non porta nulla.", en: "{where}: one euro more brings nothing." }
    LESS_TAKES { it: "Un euro in meno toglie {what}.", en: "One euro less takes away {what}." }
    LESS_NOTHING { it: "Un euro in meno non toglie nulla.", en: "One euro less takes nothing away." }
    MORE_HOLDS { it: "Vale almeno per altri {euro} euro.", en: "It holds for at least {euro} euro more." }
    LESS_HOLDS { it: "Vale almeno per {euro} euro in meno.", en: "It holds for at least {euro} euro less." }
    MORE_NO_PLAN { it: "{where}: con un euro in più non c'è più alcun piano.", en: "{where}: with one euro more there is no plan any more." }
    LESS_NO_PLAN { it: "Con un euro in meno non c'è più alcun piano.", en: "With one euro less there is no plan any more." }
    MORE_UNKNOWN { it: "{where}: quanto porta un euro in più non si è potuto calcolare.", en: "{where}: what one euro more brings could not be computed." }
    LESS_UNKNOWN { it: "Quanto toglie un euro in meno non si è potuto calcolare.", en: "What one euro less takes away could not be computed." }
    AND_TAKES { it: " e toglie {what}", en: " and takes away {what}" }
    AND_BRINGS { it: " e porta {what}", en: " and brings {what}" }

    FUND { it: "Fondo", en: "Fund" }
    YEAR { it: "Anno", en: "Year" }
    COSTS { it: "Costa", en: "Costs" }
    EURO_MORE { it: "Un euro in più", en: "A euro more" }
    EURO_LESS { it: "Un euro in meno", en: "A euro less" }
    UP_TO { it: "Almeno per", en: "At least for" }
    POINTS_PER_MILLION { it: "{goal} (punti % per milione)", en: "{goal} (% points per million)" }
    POINTS { it: "{goal} (punti %)", en: "{goal} (% points)" }
    EURO_OF { it: "{goal} (euro)", en: "{goal} (euro)" }
    ALL_GOALS { it: "tutti gli obiettivi", en: "all goals" }

    RULES { it: "Quanto vale allentare o stringere ogni limite raggiunto", en: "What it is worth to loosen or tighten each limit that is reached" }
    RULE { it: "Regola", en: "Rule" }
    WHERE { it: "Dove", en: "Where" }
    LIMIT { it: "Limite", en: "Limit" }
    LOOSER { it: "Più largo di uno", en: "Looser by one" }
    TIGHTER { it: "Più stretto di uno", en: "Tighter by one" }
    NOTHING { it: "nulla", en: "nothing" }
    NOTHING_KEPT { it: "nulla, con gli stessi numeri interi", en: "nothing, with the same whole numbers" }
    NO_PLAN { it: "nessun piano", en: "no plan" }
    UNKNOWN { it: "non calcolato", en: "not computed" }

    BREAKS { it: "Dove cambia il valore di un euro: {what}", en: "Where the value of a euro changes: {what}" }
    BREAKS_RULE { it: "Dove cambia quanto pesa un limite: {what}", en: "Where the weight of a limit changes: {what}" }
    BREAKS_NOW { it: "Oggi {now} euro; si guarda da {from} a {to} euro.", en: "{now} euro now; looked at from {from} to {to} euro." }
    BREAKS_NOW_RULE { it: "Il limite di oggi è 1; si guarda da {from} a {to} volte tanto.", en: "The limit now is 1; looked at from {from} to {to} times as much." }
    BREAKS_BELOW { it: "Con meno non c'è alcun piano.", en: "With less there is no plan." }
    BREAKS_ABOVE { it: "Con più non c'è alcun piano.", en: "With more there is no plan." }
    BREAKS_NONE { it: "Non c'è nulla da spostare: l'importo è zero, o la regola non ha un limite in cifre.", en: "There is nothing to move: the amount is zero, or the rule has no limit in figures." }
    GOAL { it: "Obiettivo", en: "Goal" }
    AT { it: "Importo", en: "Amount" }
    TIMES { it: "Volte il limite", en: "Times the limit" }
    VALUE { it: "Si raggiunge", en: "Reached" }
    HUNDREDTH_BEFORE { it: "Ogni 1% prima", en: "Each 1% before" }
    HUNDREDTH_AFTER { it: "Ogni 1% dopo", en: "Each 1% after" }
    BEFORE { it: "Un euro prima", en: "A euro before" }
    AFTER { it: "Un euro dopo", en: "A euro after" }
    JUMP { it: "Salto", en: "Jump" }

    RISK { it: "Denaro che andrà perso alle scadenze", en: "Money that will be lost at deadlines" }
    RISK_NONE { it: "Nessun denaro va perso alle scadenze del piano, oltre ai centesimi degli arrotondamenti.", en: "No money is lost at the deadlines of the plan, beyond the cents of rounding." }
    RISK_LOSES { it: "{fund}: {lost} euro persi ({years}).", en: "{fund}: {lost} euro lost ({years})." }
    RISK_YEAR { it: "{lost} a fine {year}", en: "{lost} at the end of {year}" }
    RISK_NO_RESCUE { it: "Nessuno dei cambiamenti provati ne salva.", en: "None of the changes tried keeps any of it." }
    KEEPS { it: "Ne salva {keeps} euro: {change}.", en: "{keeps} euro of it is kept by: {change}." }
    RESCUE_NEED { it: "{need} euro di fabbisogno in più per {action}", en: "{need} euro more need for {action}" }
    RESCUE_ELIGIBILITY { it: "aprire il fondo a {action}, che ha {unmet} euro di fabbisogno scoperto", en: "opening the fund to {action}, which has {unmet} euro of need uncovered" }
    RESCUE_DEADLINE { it: "un anno in più per spendere", en: "a year more to spend" }
    RESCUE_CARRY { it: "poter portare all'anno dopo tutto ciò che non è speso", en: "being able to carry to the next year all that is not spent" }
    RESCUE_RULE { it: "togliere «{title}» ({law})", en: "leaving out \"{title}\" ({law})" }
    EXTRA_YEAR { it: "Un anno in più di tempo porta {what}.", en: "A year more brings {what}." }
    EXTRA_YEAR_NOTHING { it: "Un anno in più di tempo non porta nulla.", en: "A year more brings nothing." }

    EXPLAINING { it: "Cerco le spiegazioni", en: "Looking for explanations" }
    PROGRESS { it: "{bar} {pos}/{len} domande · mancano {eta}", en: "{bar} {pos}/{len} questions · {eta} left" }
    NO_SUCH_FUND { it: "il fondo \"{id}\" non c'è nel modello. Ha: {all}.", en: "there is no fund \"{id}\" in the model. It has: {all}." }
    NO_SUCH_RULE { it: "la regola o l'atto \"{id}\" non c'è nel modello. Ha: {all}.", en: "there is no rule or act \"{id}\" in the model. It has: {all}." }
    NO_SUCH_MOVED { it: "\"{id}\" non è un fondo (anche FONDO:ANNO) né una regola del modello. Ha: {all}.", en: "\"{id}\" is no fund (or FUND:YEAR) and no rule of the model. It has: {all}." }
    NO_PLAN_TO_EXPLAIN { it: "nessun piano rispetta tutte le regole. Con mappafondo solve si vede quali non stanno insieme.", en: "no plan obeys every rule. mappafondo solve shows which cannot hold together." }
    LIMITED { it: "il piano è fermo a un limite: non tutti gli obiettivi sono calcolati, e non c'è nulla di certo da spiegare.", en: "the plan stopped at a limit: not all goals are computed, and there is nothing certain to explain." }
}
