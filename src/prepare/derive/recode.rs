//! `recode`: answers become other answers. Of several answers, a new one is picked if any
//! of its members is.

use indexmap::IndexMap;

use super::list::answer;
use super::shape::{Cell, Draft};
use super::source::{Cells, Source};
use super::{Made, Maker, listed};
use crate::ingest::PICKED;
use crate::poll::derive::{Name, Rest};
use crate::prepare::codes;
use crate::questionnaire::Answer;

/// A new answer, and its members as indexes of the old ones.
struct Group {
    answer: Answer,
    members: Vec<usize>,
}

pub(super) fn make(
    maker: &mut Maker<'_, '_>,
    from: &Name,
    (typed, rest): (&IndexMap<Name, Vec<Name>>, &Rest),
) -> Option<Made> {
    let sources = [maker.source(from)?];
    let source = &sources[0];
    if !matches!(source.cells, Cells::Answers(_) | Cells::Flags(_)) {
        let help = match source.cells {
            Cells::Numbers(..) => "use `bands` for numbers",
            _ => "name the whole question",
        };
        maker.unfit(from, source, help);
        return None;
    }
    let groups = groups(maker, source, typed, (from, rest))?;
    let candidates = groups.iter().map(|group| group.answer.clone()).collect();
    let list = maker.list(candidates, source.question.ordered)?;
    let draft = Draft {
        name: maker.derive.name.get_ref(),
        sources: &sources,
        like: Some(source),
        note: "Answers were grouped.".to_owned(),
        own: None,
    };
    if let Cells::Flags(flags) = &source.cells {
        let picked = |row: usize, group: usize| {
            let members = groups[group].members.iter().filter_map(|member| flags.get(*member));
            members.into_iter().any(|flag| flag.get(row) == usize::from(PICKED))
        };
        return draft.multi(maker, list, picked);
    }
    let mut becomes = vec![Cell::Nothing; source.question.answers.len()];
    for (group, code) in groups.iter().zip(&list.codes) {
        for member in &group.members {
            becomes[*member] = Cell::Answer(*code);
        }
    }
    let decide = |row| source.answer(row).map_or(Cell::Nothing, |answer| becomes[answer]);
    draft.single(maker, list, decide)
}

/// The new answers; all that is wrong with them is said.
fn groups(
    maker: &mut Maker<'_, '_>,
    source: &Source<'_>,
    typed: &IndexMap<Name, Vec<Name>>,
    (from, rest): (&Name, &Rest),
) -> Option<Vec<Group>> {
    let old = &source.question.answers;
    let one = matches!(source.cells, Cells::Answers(_));
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    let mut sound = true;
    for (label, members) in typed {
        let found = members.iter().map(|member| find(maker, source, member));
        let found: Vec<Option<usize>> = found.collect();
        for (member, index) in members.iter().zip(&found) {
            let held = index.and_then(|i| groups.iter().find(|(_, m)| m.contains(&i)));
            if let (Some((other, _)), true) = (held, one) {
                let member_label = member.get_ref();
                let (other, label) = (other.clone(), label.get_ref());
                let headline = format!("`{member_label}` is in `{other}` and in `{label}`");
                maker.wrong(&codes::NO_ANSWER, member, headline, "keep one of both");
            }
        }
        sound &= found.iter().all(Option::is_some);
        groups.push((label.get_ref().clone(), found.into_iter().flatten().collect()));
    }
    let named = |index: &usize| groups.iter().any(|(_, members)| members.contains(index));
    let left: Vec<usize> = (0..old.len()).filter(|index| !named(index)).collect();
    let (rest_of, apart): (Vec<usize>, Vec<usize>) =
        left.into_iter().partition(|index| old[*index].substantive);
    match rest {
        Rest::Becomes(label) if !rest_of.is_empty() => {
            match groups.iter_mut().find(|(held, _)| held == label.get_ref()) {
                Some((_, members)) => members.extend(rest_of),
                None => groups.push((label.get_ref().clone(), rest_of)),
            }
        }
        Rest::Kept => {
            groups.extend(rest_of.iter().map(|i| (old[*i].label.clone(), vec![*i])));
            // Among answers that stay, each group stands where its first member stood.
            groups.sort_by_key(|(_, members)| members.iter().min().copied());
        }
        Rest::Refused if !rest_of.is_empty() && sound => {
            let labels: Vec<&str> = rest_of.iter().map(|i| old[*i].label.as_str()).collect();
            let headline = format!("`recode` does not say what becomes of {}", listed(&labels));
            let help = "name them, or add `rest = \"Other\"` or `keep = true`";
            maker.wrong(&codes::REST, from, headline, help);
            return None;
        }
        _ => {}
    }
    groups.extend(apart.iter().map(|index| (old[*index].label.clone(), vec![*index])));
    let made = groups.into_iter().map(|(label, members)| group(&label, members, old));
    sound.then(|| made.collect())
}

/// The old answer of that label or id.
fn find(maker: &mut Maker<'_, '_>, source: &Source<'_>, member: &Name) -> Option<usize> {
    let old = &source.question.answers;
    let text = member.get_ref();
    let found = old
        .iter()
        .position(|a| a.label == *text)
        .or_else(|| old.iter().position(|answer| answer.id == *text));
    if found.is_none() {
        let labels: Vec<&str> = old.iter().map(|answer| answer.label.as_str()).collect();
        maker.no_answer(member, &format!("`{}`", source.name), &labels);
    }
    found
}

/// A group has what all its members have; one that keeps its label keeps its id.
fn group(label: &str, members: Vec<usize>, old: &[Answer]) -> Group {
    let of = || members.iter().map(|index| &old[*index]);
    let like = of().find(|answer| answer.label == label);
    let mut new = answer(label);
    if let Some(like) = like {
        new.id.clone_from(&like.id);
        new.pinned = like.pinned;
    }
    let score = of().next().and_then(|answer| answer.score);
    new.score = score.filter(|_| of().all(|answer| answer.score == score));
    new.substantive = of().any(|answer| answer.substantive) || members.is_empty();
    new.pinned |= !new.substantive;
    Group { answer: new, members }
}
