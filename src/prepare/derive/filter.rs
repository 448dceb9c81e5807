//! `filter`: whether a condition holds. Where that is not known there is no answer, for the
//! reason of the first variable that is to blame.

use super::list::answer;
use super::shape::{Cell, Draft};
use super::{Made, Maker};
use crate::expression::{Expression, Problem, Truth};
use crate::poll::derive::Name;
use crate::prepare::codes;
use crate::validate::View;

pub(super) fn make(
    maker: &mut Maker<'_, '_>,
    (condition, text): (&Expression, &Name),
    [yes, no]: [&str; 2],
) -> Option<Made> {
    let sources = maker.each(&names(condition, text))?;
    let view = View::new(maker.world.frame, maker.world.questionnaire);
    let truths = condition.evaluate(maker.rows(), &view);
    let truths = truths.map_err(|problem| complain(maker, problem, text)).ok()?;
    let list = maker.list(vec![answer(yes), answer(no)], false)?;
    let codes = list.codes.clone();
    let note = maker.words().derived_filter;
    Draft::new(maker, &sources, note).single(maker, list, |row| match truths.get(row) {
        Some(Truth::True) => Cell::Answer(codes[0]),
        Some(Truth::False) => Cell::Answer(codes[1]),
        Some(Truth::Unknown) | None => Cell::Nothing,
    })
}

/// Where the condition begins, behind the opening quotation mark.
fn start(text: &Name) -> usize {
    text.span().start + 1
}

/// Each name of the condition once, and where it stands in the poll file.
fn names(condition: &Expression, text: &Name) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (name, at) in condition.places() {
        let span = start(text) + at.start..start(text) + at.end;
        let name = Name::new(span, name.to_owned());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn complain(maker: &mut Maker<'_, '_>, problem: Problem, text: &Name) {
    let span = start(text) + problem.at.start..start(text) + problem.at.end;
    let help = problem.help.unwrap_or_else(|| "correct the condition".to_owned());
    let at = Name::new(span, String::new());
    maker.wrong(&codes::CONDITION, &at, problem.message, &help);
}
