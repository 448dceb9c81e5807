//! Who seems to have been asked what: a question that is empty wherever an earlier one has
//! certain answers was probably not put to those people.
//!
//! Emptiness alone proves nothing: people skip questions and break off. So the others must
//! mostly have answered, and chance must be a bad explanation.

use super::columns::Column;
use super::page::thousands;
use super::questions::{Answers, Question, Route, Shape};
use super::several::is_picked;

/// The share of empty cells from which people count as not asked.
const EMPTY: f64 = 0.98;

/// The share of the others that must have answered.
const ANSWERED: f64 = 0.5;

/// How likely it may be that an answer's rows are empty by chance.
const CHANCE: f64 = 1e-6;

/// The share that must have answered for a condition that is put in force.
const ANSWERED_IN_FORCE: f64 = 0.8;

/// In how many rows a suggestion must show, and a condition that is put in force.
const ROWS: usize = 10;
const ROWS_IN_FORCE: usize = 20;

/// An earlier question, or one option of it, as what a condition may depend on.
struct Ground {
    /// The question's key.
    key: String,
    /// What each state is called in a condition; none if it cannot be named.
    labels: Vec<Option<String>>,
    /// The state of each row; none if there is no answer.
    rows: Vec<Option<usize>>,
    /// The option, where the states are picked and not picked.
    option: bool,
}

/// Notes with each question who seems to have been asked.
pub(super) fn suggest(questions: &mut [Question], columns: &[Column<'_>]) {
    let mut grounds: Vec<Ground> = Vec::new();
    for question in questions.iter_mut() {
        let answered = answered(question, columns);
        let found = grounds.iter().filter_map(|ground| test(ground, &answered));
        // The condition that leaves the fewest empty cells unexplained; the last of several.
        let best = found.max_by(|a, b| a.0.total_cmp(&b.0));
        question.route = best.map(|(_, route)| route);
        grounds.extend(of(question, columns));
    }
}

fn answered(question: &Question, columns: &[Column<'_>]) -> Vec<bool> {
    let members: Vec<&Column<'_>> = question.columns.iter().map(|c| &columns[*c]).collect();
    let rows = members.first().map_or(0, |column| column.rows.len());
    let any = |row| members.iter().any(|c| c.rows.get(row).is_some_and(Option::is_some));
    (0..rows).map(any).collect()
}

/// What conditions may depend on in a question.
fn of(question: &Question, columns: &[Column<'_>]) -> Vec<Ground> {
    match &question.shape {
        Shape::Single(Answers::List(list)) if !list.is_coded() => {
            let column = &columns[question.columns[0]];
            let named =
                |label: &String| Some(label.clone()).filter(|l| list.all().any(|a| a == l));
            let labels = column.texts.iter().map(|text| named(&text.label)).collect();
            let rows = column.rows.clone();
            vec![Ground { key: question.key.clone(), labels, rows, option: false }]
        }
        Shape::Ticks(ticks) => {
            let any = answered(question, columns);
            let state = |column: &Column<'_>, row: usize| {
                let picked = is_picked(column, row, &ticks.not_picked);
                any[row].then_some(usize::from(!picked))
            };
            let ground = |item: &super::questions::Item| Ground {
                key: question.key.clone(),
                labels: vec![Some(item.label.clone()), None],
                rows: (0..any.len()).map(|row| state(&columns[item.column], row)).collect(),
                option: true,
            };
            ticks.options.iter().map(ground).collect()
        }
        _ => Vec::new(),
    }
}

/// Rows and answers of one state.
#[derive(Clone, Copy, Default)]
struct Count {
    rows: usize,
    answered: usize,
}

/// The condition that a ground gives, and the share of those asked who answered.
fn test(ground: &Ground, answered: &[bool]) -> Option<(f64, Route)> {
    let mut counts = vec![Count::default(); ground.labels.len()];
    let mut stray = 0;
    for (row, answered) in answered.iter().enumerate() {
        match ground.rows.get(row).copied().flatten().and_then(|state| counts.get_mut(state)) {
            Some(count) => {
                count.rows += 1;
                count.answered += usize::from(*answered);
            }
            None => stray += usize::from(*answered),
        }
    }
    let asked = asked(&counts);
    let sum = |side: bool| {
        let of_side = counts.iter().zip(&asked).filter(|(_, asked)| **asked == side);
        of_side.fold(Count::default(), |sum, (count, _)| Count {
            rows: sum.rows + count.rows,
            answered: sum.answered + count.answered,
        })
    };
    let (yes, no) = (sum(true), sum(false));
    let share = yes.answered as f64 / yes.rows.max(1) as f64;
    if no.rows < ROWS || yes.rows < ROWS || share < ANSWERED {
        return None;
    }
    let certain = no.answered == 0
        && stray == 0
        && no.rows >= ROWS_IN_FORCE
        && share >= ANSWERED_IN_FORCE;
    let (expression, named) = expression(ground, &asked)?;
    let seen = seen(no, share, stray, &named);
    Some((share, Route { expression, seen, certain }))
}

/// For each state, whether people in it were asked.
fn asked(counts: &[Count]) -> Vec<bool> {
    let empty = |count: &Count| (count.rows - count.answered) as f64;
    let nearly_all =
        |count: &Count| count.rows > 0 && empty(count) >= EMPTY * count.rows as f64;
    let others = counts.iter().filter(|count| !nearly_all(count));
    let (rows, left) =
        others.fold((0, 0.0), |(rows, left), count| (rows + count.rows, left + empty(count)));
    let usual = left / rows.max(1) as f64;
    let by_chance =
        |count: &Count| std::iter::repeat_n(usual, count.rows.min(400)).product::<f64>();
    counts.iter().map(|count| !(nearly_all(count) && by_chance(count) < CHANCE)).collect()
}

/// The condition, and the answers of those who were not asked, in words.
fn expression(ground: &Ground, asked: &[bool]) -> Option<(String, String)> {
    let key = &ground.key;
    let side = |side: bool| -> Option<Vec<String>> {
        let of_side = ground.labels.iter().zip(asked).filter(|(_, asked)| **asked == side);
        of_side.map(|(label, _)| label.as_deref().map(quoted)).collect()
    };
    if ground.option {
        let label = quoted(ground.labels.first()?.as_deref()?);
        let picked = asked.first().copied().unwrap_or(false);
        let (sign, not) = if picked { ("=", "without ") } else { ("!=", "with ") };
        return Some((format!("{key} {sign} {label}"), format!("{not}{label}")));
    }
    let no = side(false)?;
    let named = match no.len() {
        0 => return None,
        1..=3 => format!("with {}", no.join(" or ")),
        _ => "with certain answers".to_owned(),
    };
    let expression = match side(true).filter(|yes| yes.len() <= no.len()) {
        Some(yes) if yes.len() == 1 => format!("{key} = {}", yes[0]),
        Some(yes) => format!("{key} in ({})", yes.join(", ")),
        None if no.len() == 1 => format!("{key} != {}", no[0]),
        None => format!("{key} not in ({})", no.join(", ")),
    };
    Some((expression, named))
}

fn quoted(label: &str) -> String {
    format!("'{}'", label.replace('\'', "''"))
}

fn seen(no: Count, share: f64, stray: usize, named: &str) -> String {
    let empty = match no.answered {
        0 => format!("empty in all {} rows", thousands(no.rows)),
        n => format!("empty in {} of {} rows", thousands(no.rows - n), thousands(no.rows)),
    };
    let others = format!("{:.0} % of the others answered", (share * 100.0).floor());
    let stray = match stray {
        0 => String::new(),
        n => format!("; but {n} people answered who left `asked_if`'s question out"),
    };
    format!("{empty} {named}; {others}{stray}")
}
