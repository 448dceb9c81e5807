//! Rows that say the same as another row.

use super::{Fault, Routed, counted, held, rows};
use crate::frame;
use crate::ingest::Responses;
use crate::validate::codes;

/// One fault at most.
pub(super) fn check(responses: &Responses, _: &Routed) -> Vec<Fault> {
    fault(responses).into_iter().collect()
}

/// The answers of one column.
enum Answers<'a> {
    /// Codes, and the first that is no answer.
    Codes(frame::Codes<'a>, usize),
    Numbers(&'a [f64]),
}

impl Answers<'_> {
    /// What stands in a row, as a number; none without an answer.
    fn get(&self, row: usize) -> Option<u64> {
        match self {
            Self::Codes(codes, reasons) => {
                let code = codes.get(row);
                (code < *reasons).then_some(code as u64)
            }
            Self::Numbers(numbers) => (!numbers[row].is_nan()).then(|| numbers[row].to_bits()),
        }
    }
}

fn fault(responses: &Responses) -> Option<Fault> {
    let rule = responses.questionnaire.quality.duplicates.as_ref()?;
    let looked_at = held(responses).filter(|h| rule.questions.contains(&h.question.id));
    let columns: Vec<Answers<'_>> = looked_at
        .filter_map(|held| match frame::numbers(&responses.frame, held.name) {
            Some(numbers) => Some(Answers::Numbers(numbers)),
            None => frame::codes(&responses.frame, held.name)
                .map(|codes| Answers::Codes(codes, held.question.reasons())),
        })
        .collect();
    let height = responses.frame.height();
    let given = |row: usize| columns.iter().filter(|c| c.get(row).is_some()).count();
    let hashes: Vec<u64> = (0..height).map(|row| hash(&columns, row)).collect();
    let mut order: Vec<usize> = (0..height).collect();
    order.sort_by_key(|row| (hashes[*row], *row));
    let same = |a: usize, b: usize| columns.iter().all(|c| c.get(a) == c.get(b));
    let mut again = vec![false; height];
    for group in order.chunk_by(|a, b| hashes[*a] == hashes[*b]).filter(|g| g.len() > 1) {
        for (nth, row) in group.iter().enumerate().skip(1) {
            again[*row] =
                given(*row) >= rule.when && group[..nth].iter().any(|first| same(*first, *row));
        }
    }
    let rows = rows(again.into_iter());
    rows.first()?;
    Some(Fault {
        code: &codes::ALIKE,
        column: None,
        headline: counted(rows.len(), "row says", "rows say") + " the same as an earlier row",
        rows,
        value: None,
        because: format!("`quality.duplicates` in the schema, from {} answers on", rule.when),
        help: "find out whether the export holds them twice; `then` says what becomes of them"
            .to_owned(),
        effect: rule.then.into(),
    })
}

/// A number that is the same for rows that say the same (FNV-1a, Fowler, Noll and Vo 1991).
fn hash(columns: &[Answers<'_>], row: usize) -> u64 {
    columns.iter().fold(0xCBF2_9CE4_8422_2325, |hash, column| {
        let value = column.get(row).map_or(u64::MAX, |value| value.rotate_left(7));
        (hash ^ value).wrapping_mul(0x100_0000_01B3)
    })
}
