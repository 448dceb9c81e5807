//! The rows of a table: labelled, with what each cell is.

use super::form::order;
use super::{Cell, Label, Role, Row, Statistic};
use crate::estimate::{Block as Numbers, Of, Row as Estimated};
use crate::poll::tables::Percent;
use crate::questionnaire::Question;
use crate::words::{Words, fill};

/// Answers of substance, then the pinned ones, then nets, then differences and means.
pub(super) fn rows(
    question: &Question,
    (numbers, percent): (&Numbers, Percent),
    words: &Words,
) -> Vec<Row<Cell>> {
    let order = order(question);
    let place = |of: Of| match of {
        Of::Answer(answer) => order.iter().position(|a| *a == answer).unwrap_or(answer),
        _ => order.len(),
    };
    let mut rows: Vec<&Estimated> = numbers.rows.iter().filter(|row| is_there(row)).collect();
    rows.sort_by_key(|row| place(row.of));
    rows.iter().map(|row| labelled(question, (row, percent), words)).collect()
}

/// A mean or median that exists in no column has no row.
fn is_there(row: &Estimated) -> bool {
    !matches!(row.of, Of::Mean | Of::Median) || row.cells.iter().any(Option::is_some)
}

fn labelled(
    question: &Question,
    (row, percent): (&Estimated, Percent),
    words: &Words,
) -> Row<Cell> {
    let (role, statistic) = kind(question, row.of, percent);
    let cell = |(column, estimate): (usize, &Option<_>)| {
        let base = row.cells.get(column).and_then(Option::as_ref).map_or(0, |e| e.base);
        let cell = Cell::of(estimate.as_ref(), base, statistic.unit());
        let Some(group) = column.checked_sub(1) else { return cell };
        let rest = row.compared.iter().find(|c| c.first == group && c.second.is_none());
        let marks = row.marks.get(group).map(Vec::as_slice).unwrap_or_default();
        Cell {
            verdict: rest.and_then(|compared| compared.verdict),
            letters: marks.iter().map(|mark| mark.letter()).collect::<Vec<_>>().join(" "),
            ..cell
        }
    };
    let cells = row.cells.iter().enumerate().map(cell).collect();
    let (label, content) = (label(question, row.of, words), row.of.content(question));
    Row { label, role, statistic, content, cells }
}

pub(super) fn kind(question: &Question, of: Of, percent: Percent) -> (Role, Statistic) {
    let share = match percent {
        Percent::Column | Percent::Row | Percent::Total => Statistic::Percent,
        Percent::Mentions => Statistic::PercentOfMentions,
        Percent::Count => Statistic::Total,
    };
    match of {
        Of::Answer(answer) if question.answers[answer].pinned => (Role::Pinned, share),
        Of::Answer(_) | Of::First => (Role::Answer, share),
        Of::Blank => (Role::Pinned, share),
        Of::Net(_) | Of::Top(_) => (Role::Net, share),
        Of::Difference(_) => (Role::Summary, Statistic::Difference),
        Of::Promoters => (Role::Summary, Statistic::Nps),
        Of::Mean | Of::Place => (Role::Summary, Statistic::Mean),
        Of::Median => (Role::Summary, Statistic::Median),
    }
}

pub(super) fn label(question: &Question, of: Of, words: &Words) -> Label {
    let label = |id: &str, text: &str| Label { id: id.to_owned(), text: text.to_owned() };
    match of {
        Of::Answer(answer) => {
            let answer = &question.answers[answer];
            label(&answer.id, &answer.label)
        }
        Of::Blank => label("no_answer", words.no_answer),
        Of::Net(net) => label(&question.nets[net].id, &question.nets[net].label),
        Of::Difference(index) => {
            let difference = &question.differences[index];
            label(&difference.id, &difference.label)
        }
        Of::Promoters => label("nps", words.net_promoter_score),
        Of::Mean => label("mean", &with_unit(words.mean, question, words)),
        Of::Median => label("median", &with_unit(words.median, question, words)),
        Of::First => label("first", words.first_choice),
        Of::Top(places) => {
            let text = fill(words.in_the_first, &[("n", &places.to_string())]);
            label(&format!("top_{places}"), &text)
        }
        Of::Place => label("mean_place", words.mean_place),
    }
}

fn with_unit(word: &str, question: &Question, words: &Words) -> String {
    match &question.unit {
        Some(unit) => fill(words.with_unit, &[("what", word), ("unit", unit)]),
        None => word.to_owned(),
    }
}
