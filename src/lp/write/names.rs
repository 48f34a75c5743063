//! Names that every reader of LP and MPS accepts: letters, digits and underscores, at most 60 of them, unique.
//!
//! What is not a letter or digit becomes an underscore. A name that is then too long, or taken, is cut and ends in `__` and its
//! number among the columns, rows, locks and distances of the file; the head says which those are.

use std::collections::BTreeSet;

use super::Export;

/// Longest name: CBC takes 100, and fields of some readers end at 64.
const LONGEST: usize = 60;

/// What the row of an upper bound and that of a lower one end in, where a row has both.
pub(super) const SIDES: [&str; 2] = ["_low", "_up"];

/// How much of a name that is cut stays.
const KEPT: usize = 44;

/// Words that open a section of an LP file, or a number in it, for one reader or another.
const WORDS: [&str; 32] = [
    "bin", "binaries", "binary", "bound", "bounds", "end", "free", "gen", "general", "generals",
    "inf", "infinity", "int", "integer", "integers", "max", "maximise", "maximize", "maximum",
    "min", "minimise", "minimize", "minimum", "nan", "sec", "semi", "sin", "sos", "sos1", "sos2",
    "st", "subject",
];

/// The names of a file.
pub(super) struct Names {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<String>,
    /// One for each goal that is kept.
    pub(super) locks: Vec<String>,
    /// Column and row of each distance.
    pub(super) squares: Vec<(String, String)>,
    /// What stands for what, where a name was cut.
    pub(super) told: Vec<String>,
}

impl Names {
    pub(super) fn of(export: &Export<'_>) -> Self {
        let mut naming = Naming {
            taken: BTreeSet::from(["goal".to_owned()]),
            count: 0,
            told: Vec::new(),
        };
        let columns = &export.program.columns;
        let columns = columns.iter().map(|c| naming.name(&c.name, &[""]));
        let columns = columns.collect();
        let rows = export.program.rows.iter();
        let rows = rows.map(|row| naming.name(&row.name, &["", SIDES[0], SIDES[1]]));
        let rows = rows.collect();
        let locks = export.locks.iter().map(|lock| {
            let (goal, kind) = (lock.objective.goal + 1, lock.objective.kind);
            let level = lock.objective.level;
            naming.name(&format!("lock({goal},{kind},{level})"), &[""])
        });
        let locks = locks.collect();
        let squares = export.squares().iter().map(|square| {
            let column = naming.name(&format!("off({})", square.name), &[""]);
            (
                column,
                naming.name(&format!("total({})", square.name), &[""]),
            )
        });
        Self {
            columns,
            rows,
            locks,
            squares: squares.collect(),
            told: naming.told,
        }
    }

    /// Any column: what a row or objective without cells names, zero times.
    pub(super) fn first(&self) -> &str {
        self.columns.first().map_or("none", String::as_str)
    }
}

struct Naming {
    taken: BTreeSet<String>,
    count: usize,
    told: Vec<String>,
}

impl Naming {
    /// A name that is not taken with any of the endings it may get.
    fn name(&mut self, name: &str, endings: &[&str]) -> String {
        self.count += 1;
        let plain = plain(name);
        let room = endings.iter().map(|ending| ending.len()).max();
        let most = LONGEST - room.unwrap_or_default();
        let mut safe = plain.clone();
        let mut number = self.count.to_string();
        while safe.len() > most
            || endings
                .iter()
                .any(|e| self.taken.contains(&format!("{safe}{e}")))
        {
            let kept: String = plain.chars().take(KEPT).collect();
            safe = format!("{}__{number}", kept.trim_end_matches('_'));
            number.push('x');
        }
        if safe != plain {
            self.told.push(format!("{safe} is {name}"));
        }
        self.taken
            .extend(endings.iter().map(|ending| format!("{safe}{ending}")));
        safe
    }
}

/// A name in the letters that readers take.
fn plain(name: &str) -> String {
    let letters = name.chars();
    let letters = letters.map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    let mut plain: String = letters.collect();
    plain.truncate(plain.trim_end_matches('_').len());
    // A leading digit, or `e1`, would be read as a number.
    let is_number = plain.starts_with(|c: char| c.is_ascii_digit() || c == 'e' || c == 'E');
    if is_number || plain.is_empty() || WORDS.contains(&plain.to_ascii_lowercase().as_str()) {
        plain.insert_str(0, "n_");
    }
    plain
}
