//! Why there is no plan.

use super::layout::{Align, Grid, paragraph};
use super::{Layout, Section, SummaryText, plan_line};
use crate::model::{Model, Strength};
use crate::proposal::Infeasible;
use crate::report::number::money;
use crate::report::text::terminal_text;
use crate::report::words::{Text, summary as words};

/// The summary of a model without any plan, whose files are in `folder`.
#[must_use]
pub fn of_infeasible(
    model: &Model,
    infeasible: &Infeasible,
    folder: &str,
    layout: Layout,
) -> SummaryText {
    let language = layout.language;
    let say = |text: Text| text.say(language);
    let columns = [
        (say(words::RULE), Align::Left),
        (say(words::CODE), Align::Left),
        (say(words::STRENGTH), Align::Left),
        (say(words::LAW), Align::Left),
    ];
    let mut grid = Grid::new(layout, &columns);
    for line in &infeasible.conflict {
        let strength = line
            .strength
            .map_or("", |strength| say(strength_word(strength)));
        grid.row([line.title.as_str(), &line.id, strength, &line.law]);
    }
    let mut body = grid.text();
    body.push_str(&paragraph(say(words::INFEASIBLE_WITHOUT), layout));
    if infeasible.whole {
        body.push_str(&paragraph(say(words::WHOLE_CONFLICT), layout));
    }
    if let Some(shortfall) = infeasible.shortfall {
        let euro = money(language, i128::from(shortfall.cents()));
        body.push_str(&paragraph(
            &words::INFEASIBLE_SHORTFALL.fill(language, &[("euro", &euro)]),
            layout,
        ));
    }
    body.push_str(&paragraph(say(words::INFEASIBLE_REMEDY), layout));
    let folder = terminal_text(folder);
    body.push_str(&paragraph(
        &words::INFEASIBLE_FILES.fill(language, &[("folder", &folder)]),
        layout,
    ));
    SummaryText {
        title: terminal_text(&model.title).into_owned(),
        sections: vec![
            Section {
                heading: String::new(),
                body: paragraph(&plan_line(model, language), layout),
            },
            Section {
                heading: say(words::INFEASIBLE).to_owned(),
                body,
            },
        ],
    }
}

fn strength_word(strength: Strength) -> Text {
    match strength {
        Strength::Law => words::STRENGTH_LAW,
        Strength::Plan => words::STRENGTH_PLAN,
        Strength::Target => words::STRENGTH_TARGET,
        Strength::Wish => words::STRENGTH_WISH,
    }
}
