//! Lists of answers that several questions share become scales of the schema.

use super::lists::List;
use super::page::quoted;
use super::questions::{Answers, Question, Shape};

/// A list with a name of its own.
pub(super) struct Scale {
    pub(super) name: String,
    pub(super) list: List,
}

/// A named list of at least so many answers also serves a question in which some of them
/// were never given.
const LONG: usize = 4;

/// What a person should be told of two lists that are the same but for one answer.
pub(super) fn nearly(own: &List, scale: &Scale) -> Option<String> {
    let other = &scale.list;
    let pairs = || own.answers.iter().zip(&other.answers);
    let differ: Vec<(&String, &String)> = pairs().filter(|(one, two)| one != two).collect();
    let same = own.scale == other.scale && own.answers.len() == other.answers.len();
    let [(here, there)] = differ.as_slice() else { return None };
    (same && own.answers.len() > 2).then(|| {
        format!(
            "the same as `[scale.{}]` but for `{here}` here and `{there}` there. If they are one \
             answer, use one list with `{{ label = {}, aliases = [{}] }}`",
            scale.name,
            quoted(there),
            quoted(here)
        )
    })
}

/// Finds the lists that several questions share, and notes their names with the questions.
/// A grid's list is a scale in any case.
pub(super) fn share(questions: &mut [Question]) -> Vec<Scale> {
    let mut wholes: Vec<List> = Vec::new();
    for list in questions.iter().filter_map(answers) {
        match wholes.iter().position(|whole| serves(whole, list) || serves(list, whole)) {
            Some(found) => wholes[found] = joined(&wholes[found], list),
            None => wholes.push(list.clone()),
        }
    }
    let mut scales: Vec<Scale> = Vec::new();
    for whole in wholes {
        let users: Vec<&mut Question> = questions
            .iter_mut()
            .filter(|q| answers(q).is_some_and(|list| serves(&whole, list)))
            .filter(|q| q.scale.is_none())
            .collect();
        let grid = users.iter().any(|user| matches!(user.shape, Shape::Grid { .. }));
        if users.len() < 2 && !grid {
            continue;
        }
        let name = name(&whole, &users, &scales);
        for user in users {
            user.scale = Some(name.clone());
        }
        scales.push(Scale { name, list: whole });
    }
    for question in questions.iter_mut().filter(|question| question.scale.is_none()) {
        let list = answers(question).cloned().unwrap_or_default();
        let said: Vec<String> = scales.iter().filter_map(|s| nearly(&list, s)).collect();
        question.undecided.extend(said);
    }
    scales
}

fn answers(question: &Question) -> Option<&List> {
    match &question.shape {
        Shape::Single(Answers::List(list))
        | Shape::Grid { answers: Answers::List(list), .. } => {
            Some(list).filter(|list| !list.is_coded())
        }
        _ => None,
    }
}

/// Whether a question with `list` may use `whole` instead.
fn serves(whole: &List, list: &List) -> bool {
    let within = list.answers.iter().all(|answer| whole.answers.contains(answer));
    if !within || whole.no_opinion != list.no_opinion {
        return false;
    }
    let (more, fewer) = (whole.answers.len(), list.answers.len());
    let words = whole.scale.is_some() && whole.scale == list.scale && fewer + 1 >= LONG;
    let numbers = whole.why.is_some() && whole.scale.is_none() && fewer > LONG;
    more == fewer || (more >= LONG && more - fewer <= 2 && (words || numbers))
}

/// The longer of two lists, with what has to be overlooked in either.
fn joined(one: &List, other: &List) -> List {
    let mut whole =
        if other.answers.len() > one.answers.len() { other.clone() } else { one.clone() };
    whole.fold = one.fold.iter().chain(&other.fold).copied().collect();
    whole.fold.sort_unstable();
    whole.fold.dedup();
    whole.folded_cells = one.folded_cells + other.folded_cells;
    whole
}

fn name(list: &List, users: &[&mut Question], taken: &[Scale]) -> String {
    let from_question = || users.first().map(|q| q.key.clone()).unwrap_or_default();
    let usual = list.scale.as_deref().map(super::names::plain);
    let name = usual.filter(|name| !name.is_empty()).unwrap_or_else(from_question);
    let mut unique = name.clone();
    let mut next = 2;
    while taken.iter().any(|scale| scale.name == unique) {
        unique = format!("{name}_{next}");
        next += 1;
    }
    unique
}
