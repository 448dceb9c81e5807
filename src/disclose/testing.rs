//! Makers of figures for the tests of later rooms.

use jiff::civil::date;

use super::figure::Made;
use super::{
    Answered, Course, Figure, Form, Half, Heading, Label, LeftOut, Note, Quoted, Released,
    Role, Statistic, Status, Table, Times, Trend, Verdict, Wave, Wording,
};
use crate::poll::{Profile, Sampling};

/// A figure with that value, interval and status.
pub(crate) fn figure(
    value: Option<f64>,
    interval: Option<(f64, f64)>,
    status: Status,
) -> Figure {
    match value {
        None => Figure::hidden(status),
        Some(value) => Figure::make(Made {
            value,
            interval,
            status,
            decimals: 0,
            set: false,
            detail: None,
        })
        .on_side(Half::of(interval)),
    }
}

/// The figure with what was found when its column was compared with others.
pub(crate) fn compared(figure: Figure, verdict: Verdict, letters: &str) -> Figure {
    figure.compared(Some(verdict), letters.to_owned())
}

/// The same for the analyst.
pub(crate) fn for_analyst(released: Released) -> Released {
    Released { profile: Profile::Analyst, ..released }
}

/// The same with who answered, and notes on a topic.
pub(crate) fn answered_by(
    released: Released,
    answered: Answered,
    notes: Vec<Note>,
) -> Released {
    Released { answered: Some(answered), notes, ..released }
}

/// The same with earlier waves.
pub(crate) fn over_time(released: Released, trends: Vec<Trend>) -> Released {
    Released { trends, ..released }
}

/// The figure with a verdict on its group against the rest.
pub(crate) fn judged(figure: Figure, verdict: Verdict) -> Figure {
    figure.compared(Some(verdict), String::new())
}

/// Tables that have passed the gate, in profile `public`.
pub(crate) fn released(tables: Vec<Table>, intervals: bool) -> Released {
    Released {
        profile: Profile::Public,
        tables,
        respondents: 4678,
        rows: (4720, 4680),
        weighted: false,
        effective: None,
        intervals,
        hidden: 0,
        notes: Vec::new(),
        answered: None,
        weighted_by: Vec::new(),
        comparisons: Vec::new(),
        trends: Vec::new(),
        quoted: Vec::new(),
        left_out: Vec::new(),
        record: String::new(),
    }
}

/// The same, from which a table is left out to protect respondents.
pub(crate) fn without(mut released: Released, name: &str) -> Released {
    released.tables.retain(|table| table.name != name);
    let (question, banner) = name.split_once('-').expect("a table by groups");
    let (question, banner) = (question.to_owned(), banner.to_owned());
    released.left_out.push(LeftOut { name: name.to_owned(), question, banner });
    released
}

/// The same with quotes.
pub(crate) fn quoting(released: Released, quoted: Vec<Quoted>) -> Released {
    Released { quoted, ..released }
}

/// With what weighting leaves of the respondents.
pub(crate) fn weighted(released: Released, effective: u64) -> Released {
    Released { weighted: true, effective: Some(effective), ..released }
}

/// A wave of that many days before 14 January 2024.
pub(crate) fn wave(label: &str, days: i32) -> Wave {
    let day = date(2024, 1, 14).saturating_sub(jiff::Span::new().days(days));
    Wave {
        label: label.to_owned(),
        fieldwork: Some((day, day)),
        sampling: Sampling::Nonprobability,
        weighted_by: None,
        respondents: 4678,
        published: false,
        linked_by: None,
    }
}

/// A change with a verdict.
pub(crate) fn change(value: f64, verdict: Option<Verdict>) -> Figure {
    figure(Some(value), None, Status::Shown).compared(verdict, String::new())
}

/// The workload question over some waves: for each row its label, its figures and the change.
pub(crate) fn trend(waves: Vec<Wave>, rows: Vec<(&str, Vec<Figure>, Figure)>) -> Trend {
    let count = waves.len();
    let row = |(text, points, change): (&str, Vec<Figure>, Figure)| Course {
        label: Label { id: text.to_lowercase(), text: text.to_owned() },
        role: Role::Answer,
        statistic: Statistic::Percent,
        points,
        change,
        outside: Vec::new(),
    };
    Trend {
        heading: Heading {
            name: "workload-waves".to_owned(),
            question: Wording {
                id: "workload".to_owned(),
                title: "Workload".to_owned(),
                text: "How is your work?".to_owned(),
                note: None,
                unit: None,
                base: "all who answered".to_owned(),
            },
            form: Form::Single { ordered: true },
            sensitive: false,
            waves,
            breaks: Vec::new(),
            outside: Vec::new(),
        },
        blocks: vec![Times {
            item: None,
            bases: vec![figure(Some(4500.0), None, Status::Shown); count],
            rows: rows.into_iter().map(row).collect(),
        }],
    }
}
