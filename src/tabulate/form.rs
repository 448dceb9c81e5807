//! How a table is drawn and read, and in which order answers stand.

use super::Form;
use crate::questionnaire::{Kind, Measure, Net, Question};

/// How a question's table is drawn and read.
pub(super) fn form(question: &Question) -> Form {
    match question.measure() {
        _ if question.kind == Kind::Rank => Form::Rank,
        Measure::Category if !question.items.is_empty() => battery(question),
        Measure::Category => Form::Single { ordered: question.ordered },
        Measure::Flags => Form::Multi,
        Measure::Number | Measure::Text => Form::Number,
    }
}

/// The ends of a battery's scale. The first net is one end and the second the other, as in
/// "All agree" and "All disagree"; with one net, all other answers are the other end.
/// Without nets, or with nets that are no ends, each half of the scale is one.
fn battery(question: &Question) -> Form {
    let order = order(question);
    let scale: Vec<usize> =
        order.into_iter().filter(|a| !question.answers[*a].pinned).collect();
    let is = |part: &[usize], net: &Net| {
        part.len() == net.members.len() && part.iter().all(|a| net.members.contains(a))
    };
    let half = scale.len() / 2;
    let (first, last) = match question.nets.as_slice() {
        [net] if scale.len() > net.members.len() => {
            (net.members.len(), scale.len() - net.members.len())
        }
        [one, other, ..] if scale.len() >= one.members.len() + other.members.len() => {
            (one.members.len(), other.members.len())
        }
        _ => (half, half),
    };
    let ends = question.nets.iter().zip([&scale[..first], &scale[scale.len() - last..]]);
    if ends.take(2).all(|(net, part)| is(part, net)) {
        Form::Battery { first, last }
    } else {
        Form::Battery { first: half, last: half }
    }
}

/// The answers in the order in which they are printed: the pinned ones last.
pub(super) fn order(question: &Question) -> Vec<usize> {
    let mut order: Vec<usize> = (0..question.answers.len()).collect();
    order.sort_by_key(|answer| question.answers[*answer].pinned);
    order
}
