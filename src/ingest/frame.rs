//! Finished coders become a polars frame: lists of answers as `Enum`, one byte a cell.

use indexmap::IndexMap;
use polars::prelude::{Column as PolarsColumn, DataFrame, PolarsResult};

use super::coder::{Coded, Codes, Trouble};
use super::{Column, Unread, Use};
use crate::frame;
use crate::questionnaire::Questionnaire;

/// Builds the frame; `rows` is its height. Rankings get a column for each item, and items
/// that stand at two places are added to `unread`.
///
/// # Errors
/// Only if polars refuses the columns: a fault of the program.
pub(super) fn build(
    columns: &mut Vec<Column>,
    mut coded: Vec<Coded>,
    rows: usize,
    questionnaire: &Questionnaire,
    unread: &mut Vec<Unread>,
) -> PolarsResult<DataFrame> {
    settle_ticks(columns, &mut coded);
    settle_written(columns, &mut coded, questionnaire);
    rank(columns, &mut coded, rows, questionnaire, unread);
    let finished: PolarsResult<Vec<PolarsColumn>> =
        columns.iter().zip(coded).map(|(column, cells)| series(&column.name, cells)).collect();
    DataFrame::new(rows, finished?)
}

/// Who wrote something and chose no answer chose the open one.
fn settle_written(columns: &[Column], coded: &mut [Coded], questionnaire: &Questionnaire) {
    for (index, column) in columns.iter().enumerate() {
        let Use::Written(variable) = &column.use_ else { continue };
        let question = &questionnaire.questions[variable.question];
        let main = columns.iter().position(|c| c.use_ == Use::Variable(variable.clone()));
        let Coded::Labels { codes: Codes::Narrow(written), .. } = &coded[index] else {
            continue;
        };
        let written = written.clone();
        let (Some(main), Some(open)) = (main, question.open) else { continue };
        let Coded::Labels { codes: chosen, .. } = &mut coded[main] else { continue };
        for (row, written) in written.into_iter().enumerate() {
            if chosen.get(row) == question.answers.len() && written == 0 {
                chosen.set(row, open);
            }
        }
    }
}

/// Turns the items at each place into the place of each item.
fn rank(
    columns: &mut Vec<Column>,
    coded: &mut Vec<Coded>,
    rows: usize,
    questionnaire: &Questionnaire,
    unread: &mut Vec<Unread>,
) {
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let of_question =
            |c: &Column| matches!(&c.use_, Use::Place(v, _) if v.question == index);
        let Some(first) = columns.iter().find(|c| of_question(c)).cloned() else { continue };
        let mut items = vec![vec![f64::NAN; rows]; question.items.len()];
        for (number, column) in columns.iter().enumerate() {
            let Use::Place(variable, place) = &column.use_ else { continue };
            let Coded::Labels { codes: placed, .. } = &coded[number] else { continue };
            if variable.question != index {
                continue;
            }
            let mut twice = Vec::new();
            for row in 0..rows {
                let Some(item) = items.get_mut(placed.get(row)) else { continue };
                if item[row].is_nan() {
                    item[row] = (place + 1) as f64;
                } else {
                    twice.push(u32::try_from(row).unwrap_or(u32::MAX));
                }
            }
            if !twice.is_empty() {
                let (column, trouble) =
                    (u32::try_from(number).unwrap_or(u32::MAX), Trouble::Twice);
                unread.push(Unread {
                    column,
                    trouble,
                    value: Some(String::new()),
                    rows: twice,
                });
            }
        }
        for variable in questionnaire.variables().into_iter().filter(|v| v.question == index) {
            let item = variable.item.unwrap_or(0);
            let name = variable.name.clone();
            columns.push(Column { name, use_: Use::Variable(variable), ..first.clone() });
            coded.push(Coded::Numbers(std::mem::take(&mut items[item])));
        }
    }
}

fn series(name: &str, cells: Coded) -> PolarsResult<PolarsColumn> {
    Ok(match cells {
        Coded::Numbers(values) => frame::number_column(name, values),
        Coded::Units { codes, labels } => {
            let text = |label: &[u8]| String::from_utf8_lossy(label).into_owned();
            let labels: Vec<String> = labels.iter().map(|label| text(label)).collect();
            frame::labels(name, codes, &labels)?
        }
        Coded::Labels { codes: Codes::Narrow(codes), labels } => {
            frame::narrow_labels(name, codes, &labels)?
        }
        Coded::Labels { codes: Codes::Wide(codes), labels } => {
            frame::labels(name, codes.into_iter().map(u32::from).collect(), &labels)?
        }
    })
}

/// The code of an empty cell: the first reason, which follows "Not picked" and "Picked".
const NO_ANSWER: u8 = 2;

/// An empty cell means "not picked" only beside an answer; where another cell of the
/// question says why there is none, it means the same.
fn settle_ticks(columns: &[Column], coded: &mut [Coded]) {
    let mut questions: IndexMap<usize, Vec<usize>> = IndexMap::new();
    for (index, column) in columns.iter().enumerate() {
        if let Use::Flag(variable, _) = &column.use_ {
            questions.entry(variable.question).or_default().push(index);
        }
    }
    for indexes in questions.values() {
        settle(coded, indexes);
    }
}

fn settle(cells: &mut [Coded], indexes: &[usize]) {
    let mut columns: Vec<&mut Vec<u8>> = cells
        .iter_mut()
        .enumerate()
        .filter(|(index, _)| indexes.contains(index))
        .filter_map(|(_, c)| match c {
            Coded::Labels { codes: Codes::Narrow(codes), .. } => Some(codes),
            _ => None,
        })
        .collect();
    let rows = columns.first().map_or(0, |c| c.len());
    for row in 0..rows {
        let codes = || columns.iter().map(|codes| codes[row]);
        let nothing = if codes().any(|code| code < NO_ANSWER) {
            0
        } else {
            codes().filter(|code| *code > NO_ANSWER).min().unwrap_or(NO_ANSWER)
        };
        if nothing != NO_ANSWER {
            for codes in columns.iter_mut().filter(|codes| codes[row] == NO_ANSWER) {
                codes[row] = nothing;
            }
        }
    }
}
