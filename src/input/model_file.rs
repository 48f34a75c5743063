//! `model.toml` as written.

use schemars::JsonSchema;
use toml::de::DeTable;

use super::at::At;
use super::collect::Problems;
use super::source::Source;
use super::toml_node::{Keys, toml_tables};
use super::toml_values::{
    Amount, Band, Day, Formula, Fraction, Id, Keyed, LevelsKey, OneOf, Quantity, Ratio, Selector,
    Text, Whole, YearKey,
};
use super::word::{
    BaseWord, DeductionBaseWord, DialectWord, EachWord, EncodingWord, FundOrderWord, GoalWord,
    GroupWord, LanguageWord, LeximinPerWord, NearestWord, PartYearsWord, PerWord, RestWord,
    RoleWord, RoundByWord, RoundWord, StrengthWord, UnitWord,
};

/// A model of mappafondo, format 1: what `model.toml` may hold. Tables are beside it as CSV.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(deny_unknown_fields, title = "model.toml")]
pub(crate) struct ModelFile {
    /// Title and format.
    #[schemars(required)]
    pub(crate) model: Option<ModelEntry>,
    /// Years of the plan.
    #[schemars(required)]
    pub(crate) plan: Option<PlanEntry>,
    /// Dialect and encoding by table, where they are not the default.
    pub(crate) files: Option<Keyed<FileEntry>>,
    /// Named lists of actions, funds or zones.
    pub(crate) group: Option<Vec<GroupEntry>>,
    /// Needs by formula.
    pub(crate) need: Option<Vec<NeedEntry>>,
    /// Formulas that divide a fund over the zones.
    pub(crate) riparto: Option<Vec<RipartoEntry>>,
    /// Money earned by formula.
    pub(crate) income: Option<Vec<IncomeEntry>>,
    /// Old claims in full, new ones pro rata.
    pub(crate) priority_cut: Option<Vec<CutEntry>>,
    /// Money released only after reporting.
    pub(crate) gate: Option<Vec<GateEntry>>,
    /// Rules.
    pub(crate) rule: Option<Vec<RuleEntry>>,
    /// Rules among funders.
    #[schemars(rename = "match")]
    pub(crate) matches: Option<Vec<MatchEntry>>,
    /// Decommitment calendars.
    pub(crate) claim: Option<Vec<ClaimEntry>>,
    /// Flat-rate costs.
    pub(crate) flat_rate: Option<Vec<FlatRateEntry>>,
    /// Goals in order.
    pub(crate) goal: Option<Vec<GoalEntry>>,
    /// Which of the equally good plans is proposed.
    pub(crate) pick: Option<PickEntry>,
}

impl ModelFile {
    /// Reads every part; a part that is wrong is left out, with its problems.
    pub(super) fn read(table: &DeTable<'_>, source: &Source, problems: &mut Problems) -> Self {
        let mut keys = Keys::of_file(table, source);
        let file = Self {
            model: keys.read("model", problems),
            plan: keys.read("plan", problems),
            files: keys.read("files", problems).flatten(),
            group: keys.read_list("group", problems),
            need: keys.read_list("need", problems),
            riparto: keys.read_list("riparto", problems),
            income: keys.read_list("income", problems),
            priority_cut: keys.read_list("priority_cut", problems),
            gate: keys.read_list("gate", problems),
            rule: keys.read_list("rule", problems),
            matches: keys.read_list("match", problems),
            claim: keys.read_list("claim", problems),
            flat_rate: keys.read_list("flat_rate", problems),
            goal: keys.read_list("goal", problems),
            pick: keys.read("pick", problems).flatten(),
        };
        // Unknown tables are told; the known ones are read all the same.
        let _ = keys.finish(problems);
        file
    }
}

toml_tables! {
    /// `[model]`.
    ModelEntry {
        /// Version of the format: 1.
        format: At<Whole>,
        /// Title for people.
        title: Text,
        /// Language of the files written.
        language: Option<OneOf<LanguageWord>>,
        /// Office that proposes the act, for the head of the proposal.
        office: Option<Text>,
        /// Who signs the act, by office or name; without it the line is left blank.
        signatory: Option<Text>,
        /// In which order reports name the funds: the largest first, or as `funds.csv` lists them.
        fund_order: Option<OneOf<FundOrderWord>>,
    }

    /// `[plan]`.
    PlanEntry {
        /// First day.
        start: At<Day>,
        /// Length in months.
        months: At<Whole>,
        /// What the files have of years that the plan holds only a part of: `as_written`, that part. Without it such a plan is refused.
        part_years: Option<OneOf<PartYearsWord>>,
    }

    /// `[files.<table>]`.
    FileEntry {
        /// How numbers and fields are written.
        dialect: Option<OneOf<DialectWord>>,
        /// Encoding of the text.
        encoding: Option<OneOf<EncodingWord>>,
    }

    /// `[[group]]`.
    GroupEntry {
        /// Name of the group.
        id: At<Id>,
        /// What it is a group of.
        kind: OneOf<GroupWord>,
        /// Ids, tags or groups.
        members: Selector,
    }

    /// `[[need]]`.
    NeedEntry {
        /// Actions.
        action: At<Selector>,
        /// Units, by zone and year.
        units: At<Formula>,
        /// Condition on the zone.
        r#where: Option<At<Formula>>,
        /// Years; all when left out.
        years: Option<Vec<At<YearKey>>>,
    }

    /// Where something comes from.
    LawEntry {
        /// The act.
        act: Text,
        /// Article, paragraph, objective.
        article: Option<Text>,
        /// First year in force.
        from: Option<At<YearKey>>,
        /// Last year in force.
        to: Option<At<YearKey>>,
        /// Where it can be read.
        url: Option<Text>,
    }

    /// `[[riparto]]`.
    RipartoEntry {
        /// The fund.
        fund: At<Id>,
        /// What the formula does.
        role: OneOf<RoleWord>,
        /// What is taken off the total before the formula, in order.
        deductions: Option<At<Vec<DeductionEntry>>>,
        /// Weighted indicators.
        weights: Option<At<Vec<WeightEntry>>>,
        /// Fixed share of each zone, instead of weights: together one or less.
        shares: Option<At<Formula>>,
        /// Decimals of the percentage.
        round_share: Option<At<Whole>>,
        /// Unit and method of rounding in one word.
        round_amount: Option<At<OneOf<RoundWord>>>,
        /// To what amounts are rounded; `cent` when left out.
        round_to: Option<OneOf<UnitWord>>,
        /// How amounts are rounded; `largest_remainder` when left out.
        round_by: Option<OneOf<RoundByWord>>,
        /// Where goes what is left; `none` when left out.
        rest: Option<OneOf<RestWord>>,
        /// Nobody below: the larger of the two.
        floor: Option<At<LimitEntry>>,
        /// Nobody above: the smaller of the two.
        ceiling: Option<At<LimitEntry>>,
        /// Where it comes from.
        law: Option<LawEntry>,
    }

    /// One indicator of a riparto.
    WeightEntry {
        /// An indicator or an expression.
        indicator: At<Formula>,
        /// Year of the indicator; the year of the money when left out.
        year: Option<At<YearKey>>,
        /// Its weight.
        weight: At<Fraction>,
    }

    /// Something taken off the total of a riparto before the formula.
    DeductionEntry {
        /// What it is for.
        name: At<Text>,
        /// An amount.
        euro: Option<At<Amount>>,
        /// A share, instead of an amount.
        share: Option<At<Fraction>>,
        /// What it is a share of; `left` when left out.
        base: Option<OneOf<DeductionBaseWord>>,
        /// Zones that get it, beside their part by the formula; nobody when left out.
        zone: Option<Selector>,
        /// By what several zones divide it, an indicator or an expression; equally when left out.
        by: Option<At<Formula>>,
        /// Years of the money; all when left out.
        years: Option<Vec<At<YearKey>>>,
    }

    /// Least or most of each zone in a riparto.
    LimitEntry {
        /// Share of last year's money.
        last_year: Option<At<Ratio>>,
        /// Euro, by zone and year.
        euro: Option<At<Formula>>,
    }

    /// `[[income]]`.
    IncomeEntry {
        /// The fund.
        fund: At<Id>,
        /// Euro, by zone and year, where the data say it.
        euro: Option<At<Formula>>,
        /// Action whose units earn, where the plan decides it.
        units_of: Option<At<Id>>,
        /// Units that are there already, by zone and year; none when left out.
        already: Option<At<Formula>>,
        /// So much for each unit between two thresholds.
        bands: Option<At<Vec<IncomeBandEntry>>>,
        /// Years between earning and money.
        lag: Option<At<Whole>>,
        /// Where it comes from.
        law: Option<LawEntry>,
    }

    /// A band of an income: so much for each unit between two thresholds.
    IncomeBandEntry {
        /// Where it begins, in units, by zone and year.
        from: At<Formula>,
        /// Where it ends.
        to: At<Formula>,
        /// Euro for each unit.
        euro: Amount,
    }

    /// `[[priority_cut]]`.
    CutEntry {
        /// The fund.
        fund: At<Id>,
        /// The year.
        year: At<YearKey>,
        /// The cap on all claims.
        cap: Amount,
        /// Old claims in euro, by zone.
        old: At<Formula>,
        /// New claims in euro, by zone.
        new: At<Formula>,
        /// Where it comes from.
        law: Option<LawEntry>,
    }

    /// `[[gate]]`.
    GateEntry {
        /// The fund.
        fund: At<Id>,
        /// Share that must be reported.
        reported: Fraction,
        /// Of the money of which year, counted from the year of the money: -2.
        of_year: At<Whole>,
        /// Where it comes from.
        law: Option<LawEntry>,
    }

    /// `[[rule]]`.
    RuleEntry {
        /// Code.
        id: At<Id>,
        /// Title for people.
        title: Option<Text>,
        /// Where it comes from.
        law: LawEntry,
        /// How strong it is.
        strength: OneOf<StrengthWord>,
        /// Dimensions along which it is repeated.
        for_each: Option<Vec<At<OneOf<EachWord>>>>,
        /// Condition on the zone.
        r#where: Option<At<Formula>>,
        /// Years; all when left out.
        years: Option<Vec<At<YearKey>>>,
        /// What is measured.
        measure: At<MeasureEntry>,
        /// Not less than.
        at_least: Option<At<BoundEntry>>,
        /// Not more than.
        at_most: Option<At<BoundEntry>>,
        /// Strictly less than.
        below: Option<At<BoundEntry>>,
        /// Equal to.
        equal: Option<At<BoundEntry>>,
        /// A band around the mean per head.
        within: Option<At<WithinEntry>>,
        /// Where the measured actions are active, these are not.
        excludes: Option<At<OtherEntry>>,
        /// Where the measured actions are active, these are too.
        requires: Option<At<OtherEntry>>,
        /// Instances that are not enforced.
        waived: Option<WaivedEntry>,
    }

    /// What a rule measures.
    MeasureEntry {
        /// Planned euro.
        euro: Option<bool>,
        /// Units of the action.
        units: Option<bool>,
        /// Zones in which the actions are active.
        active_zones: Option<bool>,
        /// Projects that are paid.
        projects: Option<bool>,
        /// Funds; all when left out.
        fund: Option<Selector>,
        /// Actions; all when left out.
        action: Option<Selector>,
        /// Zones; all when left out.
        zone: Option<Selector>,
    }

    /// The bound of a rule.
    BoundEntry {
        /// Euro: a number or an expression of the zone.
        euro: Option<At<Formula>>,
        /// Units: a number or an expression of the zone.
        units: Option<At<Formula>>,
        /// How many active zones or projects: a number or an expression of the zone.
        count: Option<At<Formula>>,
        /// Base of a share.
        share_of: Option<OneOf<BaseWord>>,
        /// The share.
        share: Option<At<Ratio>>,
        /// The share by bands of an indicator.
        step: Option<At<StepEntry>>,
        /// Funds of the base; those of the measure when left out.
        fund: Option<At<Selector>>,
        /// Actions of the base; when left out all of `allocated`, those of the measure of `demand` and `last_year`.
        action: Option<At<Selector>>,
        /// Zones of the base; when left out those where the rule holds, of `demand` and `last_year` those of the measure.
        zone: Option<At<Selector>>,
        /// Years of the base; those of the rule when left out.
        years: Option<At<Vec<At<YearKey>>>>,
    }

    /// A share by bands of an indicator.
    StepEntry {
        /// An indicator or an expression.
        indicator: At<Formula>,
        /// Bands whose threshold is strict.
        above: Option<Vec<Band>>,
        /// Bands whose threshold is reached.
        from: Option<Vec<Band>>,
        /// The share below all thresholds.
        r#else: At<Ratio>,
    }

    /// A band around the mean per head.
    WithinEntry {
        /// Half width.
        share: Fraction,
        /// Heads.
        per: At<Formula>,
    }

    /// The other side of `excludes` and `requires`.
    OtherEntry {
        /// Actions.
        action: Selector,
    }

    /// Instances that are not enforced.
    WaivedEntry {
        /// Why.
        motive: Text,
        /// Where; everywhere when left out.
        zones: Option<Selector>,
        /// When; always when left out.
        years: Option<Vec<At<YearKey>>>,
    }

    /// `[[match]]`.
    MatchEntry {
        /// Code.
        id: At<Id>,
        /// Title for people.
        title: Option<Text>,
        /// Where it comes from.
        law: LawEntry,
        /// `law` (when left out) or `plan`.
        strength: Option<At<OneOf<StrengthWord>>>,
        /// Proportion: fund and share, together 1.
        shares: Option<At<Keyed<At<Fraction>>>>,
        /// Fund and smallest share of what `among` pay.
        minimum: Option<At<Keyed<At<Fraction>>>>,
        /// Whose money is the total of `minimum`.
        among: Option<Selector>,
        /// Over what it holds.
        per: OneOf<PerWord>,
        /// Actions; all when left out.
        action: Option<Selector>,
        /// Zones; all when left out.
        zone: Option<Selector>,
    }

    /// `[[claim]]`.
    ClaimEntry {
        /// The fund.
        fund: At<Id>,
        /// Commitments by year.
        commitments: Keyed<Amount>,
        /// Due at the end of year n + after.
        after: At<Whole>,
        /// Pre-financing, counted as claimed.
        prefinancing: Option<Amount>,
        /// Claimed before the plan.
        claimed: Option<Amount>,
        /// Where it comes from.
        law: Option<LawEntry>,
    }

    /// `[[flat_rate]]`.
    FlatRateEntry {
        /// The action paid at a flat rate.
        action: At<Id>,
        /// The action it follows.
        on: At<Id>,
        /// The rate.
        rate: Ratio,
        /// Where it comes from.
        law: Option<LawEntry>,
    }

    /// `[[goal]]`.
    GoalEntry {
        /// What it is about.
        kind: At<OneOf<GoalWord>>,
        /// Actions it counts; all when left out.
        action: Option<Selector>,
        /// Leximin: how many levels; 1 when left out.
        levels: Option<At<LevelsKey>>,
        /// Leximin and floor: the unit, a zone over the plan (when left out) or in a year.
        per: Option<At<OneOf<LeximinPerWord>>>,
        /// Leximin: how far below its best the worst coverage may stay; nothing when left out.
        tolerance: Option<At<Fraction>>,
        /// Leximin: coverage above this is left to the goals after it; all of the need when left out.
        bound: Option<At<Fraction>>,
        /// Floor: the coverage that every zone should have at least.
        coverage: Option<At<Fraction>>,
        /// Value: multipliers.
        weights: Option<At<Vec<ValueWeightEntry>>>,
        /// Value: what a euro is worth as the coverage of its need grows; alike when left out.
        bands: Option<At<Vec<ValueBandEntry>>>,
    }

    /// A band of coverage in the goal `value`.
    ValueBandEntry {
        /// Where it ends, a share of the need; at all of it when left out.
        up_to: Option<At<Fraction>>,
        /// What a euro in it is worth: less than one in the band before.
        weight: At<Quantity>,
    }

    /// A multiplier of the goal `value`.
    ValueWeightEntry {
        /// Actions; all when left out.
        action: Option<Selector>,
        /// Condition on the zone.
        r#where: Option<At<Formula>>,
        /// Years; all when left out.
        years: Option<Vec<At<YearKey>>>,
        /// The multiplier.
        weight: At<Quantity>,
    }

    /// `[pick]`.
    PickEntry {
        /// What it comes near to; `riparto` when left out.
        nearest: Option<OneOf<NearestWord>>,
    }
}
