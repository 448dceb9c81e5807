//! `filter`: whether a condition holds. Where that is not known there is no answer, for the
//! reason of the first variable that is to blame.

use super::list::answer;
use super::shape::{Cell, Draft};
use super::{Made, Maker};
use crate::expression::{Expression, Truth};
use crate::poll::derive::Name;
use crate::prepare::codes;
use crate::validate::View;

pub(super) fn make(
    maker: &mut Maker<'_, '_>,
    (condition, text): (&Expression, &Name),
    [yes, no]: [&str; 2],
) -> Option<Made> {
    // Names stand behind the opening quotation mark.
    let start = text.span().start + 1;
    let mut names: Vec<Name> = Vec::new();
    for (name, at) in condition.places() {
        let name = Name::new(start + at.start..start + at.end, name.to_owned());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let sources = maker.each(&names)?;
    let view = View::new(maker.world.frame, maker.world.questionnaire);
    let truths = match condition.evaluate(maker.rows(), &view) {
        Ok(truths) => truths,
        Err(problem) => {
            let at = Name::new(start + problem.at.start..start + problem.at.end, String::new());
            let help = problem.help.unwrap_or_else(|| "correct the condition".to_owned());
            maker.wrong(&codes::CONDITION, &at, problem.message, &help);
            return None;
        }
    };
    let list = maker.list(vec![answer(yes), answer(no)], false)?;
    let codes = list.codes.clone();
    let draft = Draft {
        name: maker.derive.name.get_ref(),
        sources: &sources,
        like: None,
        note: "Made from a condition on other answers.".to_owned(),
        own: None,
    };
    draft.single(maker, list, |row| match truths.get(row) {
        Some(Truth::True) => Cell::Answer(codes[0]),
        Some(Truth::False) => Cell::Answer(codes[1]),
        Some(Truth::Unknown) | None => Cell::Nothing,
    })
}
