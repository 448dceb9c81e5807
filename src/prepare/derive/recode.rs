//! `recode`: answers become other answers. Of several answers, a new one is picked if any
//! of its members is.

use indexmap::IndexMap;

use super::list::{List, answer};
use super::shape::{Cell, Draft};
use super::source::{Cells, Source};
use super::{Made, Maker, listed};
use crate::frame::Codes;
use crate::ingest::PICKED;
use crate::poll::derive::{Name, Rest};
use crate::prepare::codes;
use crate::questionnaire::Answer;

/// A new answer: its label, and its members as indexes of the old ones.
type Group = (String, Vec<usize>);

pub(super) fn make(
    maker: &mut Maker<'_, '_>,
    from: &Name,
    (typed, rest): (&IndexMap<Name, Vec<Name>>, &Rest),
) -> Option<Made> {
    let sources = [maker.source(from)?];
    let [source] = &sources;
    check_kind(maker, from, source)?;
    let named = named(maker, source, typed)?;
    let groups = whole(maker, (from, rest), named, &source.question.answers)?;
    let old = &source.question.answers;
    let candidates = groups.iter().map(|(label, members)| group(label, members, old));
    let list = maker.list(candidates.collect(), source.question.ordered)?;
    let draft = Draft::new(maker, &sources, maker.words().derived_recode).like(source);
    match &source.cells {
        Cells::Flags(flags) => {
            draft.multi(maker, list, |row, nth| any(flags, &groups[nth].1, row))
        }
        _ => single(maker, &draft, (list, &groups)),
    }
}

fn check_kind(maker: &mut Maker<'_, '_>, from: &Name, source: &Source<'_>) -> Option<()> {
    let help = match source.cells {
        Cells::Answers(_) | Cells::Flags(_) => return Some(()),
        Cells::Numbers(..) => "use `bands` for numbers",
        _ => "name the whole question",
    };
    maker.unfit(from, source, help);
    None
}

/// Whether a row has picked any of some answers.
fn any(flags: &[Codes<'_>], members: &[usize], row: usize) -> bool {
    let mut members = members.iter().filter_map(|member| flags.get(*member));
    members.any(|flag| flag.get(row) == usize::from(PICKED))
}

fn single(
    maker: &mut Maker<'_, '_>,
    draft: &Draft<'_, '_>,
    (list, groups): (List, &[Group]),
) -> Option<Made> {
    let source = draft.sources.first()?;
    let mut becomes = vec![Cell::Nothing; source.question.answers.len()];
    for ((_, members), code) in groups.iter().zip(&list.codes) {
        for member in members {
            becomes[*member] = Cell::Answer(*code);
        }
    }
    let decide = |row| source.answer(row).map_or(Cell::Nothing, |answer| becomes[answer]);
    draft.single(maker, list, decide)
}

/// The groups that the poll file names; all that is wrong with them is said.
fn named(
    maker: &mut Maker<'_, '_>,
    source: &Source<'_>,
    typed: &IndexMap<Name, Vec<Name>>,
) -> Option<Vec<Group>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut sound = true;
    for (label, members) in typed {
        let mut found = Vec::new();
        for member in members {
            match find(maker, source, member) {
                Some(index) => {
                    check_once(maker, (source, index), (member, label), &groups);
                    found.push(index);
                }
                None => sound = false,
            }
        }
        groups.push((label.get_ref().clone(), found));
    }
    sound.then_some(groups)
}

/// The old answer of that label or id.
fn find(maker: &mut Maker<'_, '_>, source: &Source<'_>, member: &Name) -> Option<usize> {
    let old = &source.question.answers;
    let text = member.get_ref();
    let labelled = old.iter().position(|answer| answer.label == *text);
    let found = labelled.or_else(|| old.iter().position(|answer| answer.id == *text));
    if found.is_none() {
        let labels: Vec<&str> = old.iter().map(|answer| answer.label.as_str()).collect();
        maker.no_answer(member, &format!("`{}`", source.name), &labels);
    }
    found
}

/// An answer becomes one other; where several can be picked, it may become several.
fn check_once(
    maker: &mut Maker<'_, '_>,
    (source, index): (&Source<'_>, usize),
    (member, label): (&Name, &Name),
    groups: &[Group],
) {
    let held = groups.iter().find(|(_, members)| members.contains(&index));
    if let (Some((other, _)), Cells::Answers(_)) = (held, &source.cells) {
        let (member_label, label) = (member.get_ref(), label.get_ref());
        let headline = format!("`{member_label}` is in `{other}` and in `{label}`");
        maker.wrong(&codes::NO_ANSWER, member, headline, "keep one of both");
    }
}

/// The groups with what becomes of all other answers; those that are not of substance stay
/// as they are.
fn whole(
    maker: &mut Maker<'_, '_>,
    (from, rest): (&Name, &Rest),
    mut groups: Vec<Group>,
    old: &[Answer],
) -> Option<Vec<Group>> {
    let named = |index: &usize| groups.iter().any(|(_, members)| members.contains(index));
    let left = (0..old.len()).filter(|index| !named(index));
    let (left, apart): (Vec<usize>, Vec<usize>) = left.partition(|i| old[*i].substantive);
    match rest {
        _ if left.is_empty() => {}
        Rest::Refused => {
            refuse(maker, from, &left, old);
            return None;
        }
        Rest::Becomes(label) => join(&mut groups, label.get_ref(), left),
        Rest::Kept => groups.extend(left.iter().map(|index| alone(*index, old))),
    }
    if matches!(rest, Rest::Kept) {
        // Among answers that stay, each group stands where its first member stood.
        groups.sort_by_key(|(_, members)| members.iter().min().copied());
    }
    groups.extend(apart.iter().map(|index| alone(*index, old)));
    Some(groups)
}

fn alone(index: usize, old: &[Answer]) -> Group {
    (old[index].label.clone(), vec![index])
}

/// Adds members to the group of that label, which may be new.
fn join(groups: &mut Vec<Group>, label: &str, members: Vec<usize>) {
    match groups.iter_mut().find(|(held, _)| held == label) {
        Some((_, held)) => held.extend(members),
        None => groups.push((label.to_owned(), members)),
    }
}

fn refuse(maker: &mut Maker<'_, '_>, from: &Name, left: &[usize], old: &[Answer]) {
    let labels: Vec<&str> = left.iter().map(|index| old[*index].label.as_str()).collect();
    let headline = format!("`recode` does not say what becomes of {}", listed(&labels));
    let help = "name them, or add `rest = \"Other\"` or `keep = true`";
    maker.wrong(&codes::REST, from, headline, help);
}

/// A group has what all its members have; one that keeps its label keeps its id.
fn group(label: &str, members: &[usize], old: &[Answer]) -> Answer {
    let of = || members.iter().map(|index| &old[*index]);
    let mut new = answer(label);
    if let Some(like) = of().find(|answer| answer.label == label) {
        new.id.clone_from(&like.id);
        new.pinned = like.pinned;
    }
    let score = of().next().and_then(|answer| answer.score);
    new.score = score.filter(|_| of().all(|answer| answer.score == score));
    new.substantive = of().any(|answer| answer.substantive) || members.is_empty();
    new.pinned |= !new.substantive;
    new
}
