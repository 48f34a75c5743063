//! Words of a fixed vocabulary.

use crate::problem::{Nearest, Shown, ValueProblem, WordList};

/// A closed list of words.
pub(crate) trait Word: Sized + Copy + 'static {
    /// The words and what they stand for; synonyms come last.
    const WORDS: &'static [(&'static str, Self)];

    /// The value of a word.
    fn parse(text: &str) -> Result<Self, ValueProblem> {
        let found = Self::WORDS.iter().find(|(word, _)| *word == text);
        let words = || Self::WORDS.iter().map(|(word, _)| *word);
        found
            .map(|(_, value)| *value)
            .ok_or_else(|| ValueProblem::Word {
                value: Shown::new(text),
                nearest: Nearest::of(text, words()),
                known: WordList::of(words()),
            })
    }

    /// The word as files have it.
    fn word(self) -> &'static str
    where
        Self: PartialEq,
    {
        let found = Self::WORDS.iter().find(|(_, value)| *value == self);
        found.map_or("", |(word, _)| *word)
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal $(| $other:literal)*,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub(crate) enum $name {
                $($(#[$variant_doc])* $variant,)*
            }

            impl Word for $name {
                const WORDS: &'static [(&'static str, Self)] = &[
                    $(($word, Self::$variant),)*
                    $($(($other, Self::$variant),)*)*
                ];
            }
        )*
    };
}

words! {
    /// What the files have of years that a plan holds only a part of.
    PartYearsWord {
        /// The money and needs of that part.
        AsWritten = "as_written",
    }
    /// Yes or no.
    YesNo {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
    /// Level of government.
    LevelWord {
        /// European Union.
        Eu = "eu",
        /// State.
        State = "state" | "national",
        /// Region.
        Region = "region",
        /// Municipalities.
        Municipal = "municipal",
    }
    /// Nature of an expenditure.
    NatureWord {
        /// Running expenditure.
        Current = "current",
        /// Investment.
        Capital = "capital",
    }
    /// Nature of a fund.
    FundNatureWord {
        /// Running expenditure only.
        Current = "current",
        /// Investment only.
        Capital = "capital",
        /// Both.
        Both = "both",
    }
    /// How sure a figure is.
    ConfidenceWord {
        /// Issued by a public body.
        Official = "official",
        /// Computed from official figures.
        Derived = "derived",
        /// A modelling assumption.
        Estimate = "estimate",
    }
    /// How an action divides.
    KindWord {
        /// Any amount.
        Divisible = "divisible",
        /// Whole units.
        Units = "units",
        /// All or nothing.
        Project = "project",
    }
    /// Kinds of agreements.
    AgreementWord {
        /// A joint action of several funders.
        Joint = "joint",
    }
    /// How numbers are written in a table.
    DialectWord {
        /// Comma between fields, decimal point.
        En = "en",
        /// Semicolon between fields, decimal comma.
        It = "it",
    }
    /// Encoding of a table.
    EncodingWord {
        /// UTF-8.
        Utf8 = "utf-8",
        /// Windows-1252.
        Windows1252 = "windows-1252",
    }
    /// Language of the files written.
    LanguageWord {
        /// Italian.
        It = "it",
        /// English.
        En = "en",
    }
    /// In which order reports name the funds.
    FundOrderWord {
        /// The one with most money first.
        Largest = "largest",
        /// As the file lists them.
        Listed = "listed",
    }
    /// What a group is of.
    GroupWord {
        /// Actions.
        Action = "action",
        /// Funds.
        Fund = "fund",
        /// Zones.
        Zone = "zone",
    }
    /// What a formula riparto does.
    RoleWord {
        /// Fixes each zone's money.
        Assign = "assign",
        /// Leaves the pool free.
        Baseline = "baseline",
    }
    /// How amounts of a riparto are rounded.
    RoundWord {
        /// To the cent by largest remainder.
        Cent = "cent",
        /// To the euro by largest remainder.
        Euro = "euro",
        /// Each row alone.
        Naive = "naive",
    }
    /// To what amounts of a riparto are rounded.
    UnitWord {
        /// Cents.
        Cent = "cent",
        /// Whole euro.
        Euro = "euro",
        /// Hundreds of euro.
        Hundreds = "hundreds",
        /// Thousands of euro.
        Thousands = "thousands",
    }
    /// How amounts of a riparto are rounded.
    RoundByWord {
        /// All down, then the largest remainders up until the total is given.
        LargestRemainder = "largest_remainder",
        /// Each row alone, half up.
        HalfUp = "half_up",
        /// Each row alone, down.
        Down = "down",
    }
    /// Where goes what a riparto leaves.
    RestWord {
        /// To nobody.
        None = "none",
        /// To the largest amount.
        Largest = "largest",
        /// To the first zone.
        First = "first",
    }
    /// What a deduction is a share of.
    DeductionBaseWord {
        /// Of what earlier deductions leave.
        Left = "left",
        /// Of the whole amount.
        Total = "total",
    }
    /// Strength of a rule.
    StrengthWord {
        /// A law.
        Law = "law",
        /// A plan.
        Plan = "plan",
        /// A target.
        Target = "target",
        /// A wish.
        Wish = "wish",
    }
    /// Dimension of `for_each`.
    EachWord {
        /// Each fund.
        Fund = "fund",
        /// Each action.
        Action = "action",
        /// Each zone.
        Zone = "zone",
        /// Each year.
        Year = "year",
    }
    /// Base of a share.
    BaseWord {
        /// The year's amount.
        Assigned = "assigned",
        /// Planned euro.
        Allocated = "allocated",
        /// Need in euro.
        Demand = "demand",
        /// Of the year before.
        LastYear = "last_year",
    }
    /// Over what a match holds.
    PerWord {
        /// Over all zones, per year.
        Priority = "priority",
        /// In each action, zone and year.
        Operation = "operation",
    }
    /// Kinds of goals.
    GoalWord {
        /// LEPS first.
        Leps = "leps",
        /// Targets.
        Targets = "targets",
        /// Worst zone first.
        Leximin = "leximin",
        /// Every zone at least at a coverage.
        Floor = "floor",
        /// Weighted euro.
        Value = "value",
        /// Little change from year to year.
        Steady = "steady",
        /// What is open stays open.
        Open = "open",
        /// Euro lost at deadlines.
        AtRisk = "at_risk",
    }
    /// Unit of a leximin goal.
    LeximinPerWord {
        /// A zone over all years.
        Plan = "plan",
        /// A zone in one year.
        Year = "year",
    }
    /// What the pick comes near to.
    NearestWord {
        /// The formula riparto.
        Riparto = "riparto",
        /// Last year's allocation.
        LastYear = "last_year",
    }
    /// How the scenarios of a sweep are laid out.
    SweepWord {
        /// Every combination of the values of the axes.
        Grid = "grid",
        /// Combinations written one by one.
        List = "list",
        /// Combinations in a table.
        Table = "table",
        /// Independent draws.
        MonteCarlo = "monte_carlo",
        /// One draw in each stratum of each axis.
        LatinHypercube = "latin_hypercube",
        /// A scrambled Sobol sequence.
        Sobol = "sobol",
        /// Trajectories that move one axis at a time.
        Morris = "morris",
        /// The base, then each value of each axis alone.
        OneAtATime = "one_at_a_time",
    }
    /// What a sweep does with whole numbers.
    IntegersWord {
        /// Those of the base plan.
        Fixed = "fixed",
        /// Decided anew in each scenario.
        Resolve = "resolve",
    }
    /// Distributions.
    DistributionWord {
        /// Any value as likely as any other.
        Uniform = "uniform",
        /// A triangle.
        Triangular = "triangular",
        /// Normal, cut at both ends.
        Normal = "normal",
        /// The logarithm is normal.
        Lognormal = "lognormal",
        /// Beta.
        Beta = "beta",
        /// Beta from lowest, likeliest and highest value.
        Pert = "pert",
        /// Listed values with weights.
        Discrete = "discrete",
    }
    /// What a change of a scenario is about.
    TargetWord {
        /// Rows of `amounts.csv`.
        Amount = "amount",
        /// Units of need, in rows and formulas.
        Need = "need",
        /// Costs of a unit.
        UnitCost = "unit_cost",
        /// Weights of actions in the goal `value`.
        Priority = "priority",
        /// Multipliers of the goal `value`.
        Weight = "weight",
        /// Smallest amounts of active actions.
        MinActive = "min_active",
        /// Shares of rules and matches.
        Share = "share",
        /// Bounds of rules that are not shares, and thresholds of bands.
        Threshold = "threshold",
        /// Strength of rules.
        Strength = "strength",
        /// Largest share of a cost a fund may pay.
        MaxShare = "max_share",
        /// Indicators of the zones.
        Indicator = "indicator",
        /// Cost items of projects.
        Project = "project",
        /// Last day of spending.
        Deadline = "deadline",
        /// Share that may move to the next year.
        CarryOver = "carry_over",
        /// Money earned by formula.
        Income = "income",
        /// Decommitment calendars.
        Claim = "claim",
        /// Flat rates.
        Rate = "rate",
        /// Levels of the goal `leximin`.
        Levels = "levels",
        /// Tolerance of the goal `leximin`.
        Tolerance = "tolerance",
        /// How far the goal `leximin` lifts the worst zone.
        Bound = "bound",
        /// Coverage of the goal `floor`.
        Coverage = "coverage",
        /// Weights and floors of formulas that share out a pool.
        Riparto = "riparto",
        /// Caps and claims of priority cuts.
        PriorityCut = "priority_cut",
        /// Shares that must be reported before money is released.
        Gate = "gate",
    }
    /// Which part of an entry a change is about.
    PartWord {
        /// Where a band of an income begins.
        From = "from",
        /// Where a band of an income ends.
        To = "to",
        /// Euro for each unit.
        Euro = "euro",
        /// Years until a claim is due.
        After = "after",
        /// Pre-financing of a claim.
        Prefinancing = "prefinancing",
        /// Claimed before the plan.
        Claimed = "claimed",
        /// Commitments of a claim.
        Commitments = "commitments",
        /// Weights of a riparto.
        Weight = "weight",
        /// Floor of a riparto against last year.
        Floor = "floor",
        /// Floor of a riparto in euro.
        FloorEuro = "floor_euro",
        /// Ceiling of a riparto against last year.
        Ceiling = "ceiling",
        /// Ceiling of a riparto in euro.
        CeilingEuro = "ceiling_euro",
        /// Deductions of a riparto.
        Deduction = "deduction",
        /// Cap of a priority cut.
        Cap = "cap",
        /// Old claims of a priority cut.
        Old = "old",
        /// New claims of a priority cut.
        New = "new",
        /// Share of a gate that must be reported.
        Reported = "reported",
    }
    /// A cumulative column of `actuals.csv`.
    ActualWord {
        /// Assigned.
        Assigned = "assigned",
        /// Committed.
        Committed = "committed",
        /// Paid.
        Paid = "paid",
        /// Reported.
        Reported = "reported",
    }
}
