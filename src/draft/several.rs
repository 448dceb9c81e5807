//! Questions of several columns: tick lists, grids, and rankings in either form.

use super::cells;
use super::columns::{Column, Text};
use super::groups::Group;
use super::kinds::{Kinds, all_ticks, items};
use super::lists::{self, List};
use super::order::{is_no_opinion, is_nothing, is_open};
use super::questions::{Answers, Item, Question, Shape, Ticks};
use crate::questionnaire::Dialect;

/// Words of questions that take several answers.
const SEVERAL: [&str; 7] =
    ["apply", "tick", "as many", "select", "choose any", "check all", "which of the following"];

/// Words that come before the number of a place.
const PLACES: [&str; 8] = ["", "rank", "ranking", "place", "choice", "priority", "no.", "#"];

/// What share of rows must keep to the rules of a ranking.
const SHARE_OF_RANKS: f64 = 0.98;

/// What share of the cells a grid's list must account for.
const SHARE: f64 = 0.8;

/// More answers than this are no grid.
const WIDEST: usize = 15;

/// Whether an option sounds as if it could go with no other one.
pub(super) fn stands_alone(label: &str) -> bool {
    is_nothing(label) || is_no_opinion(label)
}

fn members<'k>(kinds: &'k Kinds<'_>, group: &Group) -> Vec<&'k Column<'k>> {
    group.columns.iter().map(|c| &kinds.columns[*c]).collect()
}

/// A column for each place, which holds the item.
pub(super) fn places(kinds: &Kinds<'_>, group: &Group) -> Option<Shape> {
    let place = |part: &String| {
        let part = cells::folded(part);
        let digits = part.trim_start_matches(|c: char| !c.is_ascii_digit());
        let word = part.strip_suffix(digits)?.trim();
        PLACES.contains(&word).then(|| digits.parse::<usize>().ok()).flatten()
    };
    let in_order = group.parts.iter().enumerate().all(|(i, part)| place(part) == Some(i + 1));
    let columns = members(kinds, group);
    let words = columns.iter().all(|c| !c.all(|text| cells::whole(text).is_some()));
    if !in_order || !words || !mostly_distinct(&columns) {
        return None;
    }
    let mut items = lists::list(&lists::pooled(&columns), SHARE, &kinds.wordings)?;
    items.answers.append(&mut items.no_opinion);
    Some(Shape::Places { items })
}

/// A column for each item, which holds its place.
pub(super) fn ranks(kinds: &Kinds<'_>, group: &Group) -> Option<Shape> {
    let columns = members(kinds, group);
    let most = i64::try_from(columns.len()).ok()?;
    let place = |text: &str| cells::whole(text).is_some_and(|n| (1..=most).contains(&n));
    let filled: Vec<&&Column<'_>> = columns.iter().filter(|c| !c.texts.is_empty()).collect();
    let fits = |column: &&&Column<'_>| {
        column.texts.iter().all(|t| place(&t.label) || cells::is_not_applicable(&t.label))
    };
    if filled.len() < 2 || !filled.iter().all(&fits) || !mostly_distinct(&columns) {
        return None;
    }
    let texts = columns.iter().flat_map(|column| &column.texts);
    let places = texts.filter_map(|text| cells::whole(&text.label)).max()?;
    (places > 1).then(|| Shape::Ranks { items: items(group), places })
}

/// Whether nearly no row has the same text in two columns, and enough rows could have.
fn mostly_distinct(columns: &[&Column<'_>]) -> bool {
    let rows = columns.first().map_or(0, |column| column.rows.len());
    let (mut several, mut distinct) = (0_usize, 0_usize);
    for row in 0..rows {
        let label = |c| text_of(c, row).map(|text| text.label.as_str());
        let mut labels: Vec<&str> = columns.iter().filter_map(|c| label(c)).collect();
        let all = labels.len();
        labels.sort_unstable();
        labels.dedup();
        several += usize::from(all > 1);
        distinct += usize::from(all > 1 && labels.len() == all);
    }
    several >= lists::SHOWN && distinct as f64 >= SHARE_OF_RANKS * several as f64
}

/// Several answers, a column for each.
pub(super) fn ticks(kinds: &Kinds<'_>, group: &Group) -> Option<Shape> {
    if !all_ticks(kinds, group) {
        return None;
    }
    let columns = members(kinds, group);
    let own = group.parts.iter().zip(&columns).any(|(part, column)| {
        column.texts.iter().any(|text| cells::folded(&text.label) == cells::folded(part))
    });
    let spelled = |test: fn(&str) -> bool| spellings(&columns, &group.parts, test);
    let (picked, not_picked) = (spelled(cells::is_picked), spelled(cells::is_not_picked));
    let words = not_picked.iter().any(|mark| cells::folded(mark).starts_with('n'))
        && picked.iter().any(|mark| cells::folded(mark).starts_with('y'));
    let question = cells::folded(&group.question);
    let several = SEVERAL.iter().any(|word| question.contains(word));
    let grid_of_yes_no = words && !several && kinds.dialect != Dialect::LimeSurvey;
    if !own && (picked.is_empty() || grid_of_yes_no) {
        return None;
    }
    let options = items(group);
    let exclusive = exclusive(&options, &columns, &not_picked);
    Some(Shape::Ticks(Ticks { options, picked, not_picked, exclusive }))
}

/// The marks of a kind as they are spelled in the file.
fn spellings(columns: &[&Column<'_>], parts: &[String], test: fn(&str) -> bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (column, part) in columns.iter().zip(parts) {
        let marks = column.texts.iter().filter(|t| test(&t.label) && t.label != *part);
        for spelling in marks.flat_map(|text| text.spellings.keys()) {
            if !found.contains(spelling) {
                found.push(spelling.clone());
            }
        }
    }
    found.sort();
    found
}

/// Options that sound as if they stood alone and do in every row.
fn exclusive(options: &[Item], columns: &[&Column<'_>], not_picked: &[String]) -> Vec<String> {
    let alone = |nth: usize| {
        let Some(column) = columns.get(nth) else { return false };
        (0..column.rows.len())
            .filter(|row| is_picked(column, *row, not_picked))
            .all(|row| columns.iter().filter(|c| is_picked(c, row, not_picked)).count() == 1)
    };
    let sounding = options.iter().enumerate().filter(|(_, item)| stands_alone(&item.label));
    sounding.filter(|(nth, _)| alone(*nth)).map(|(_, item)| item.label.clone()).collect()
}

/// What stands in a row.
fn text_of<'c>(column: &'c Column<'_>, row: usize) -> Option<&'c Text> {
    column.rows.get(row).copied().flatten().and_then(|index| column.texts.get(index))
}

/// Whether an option was picked in a row.
pub(super) fn is_picked(column: &Column<'_>, row: usize, not_picked: &[String]) -> bool {
    text_of(column, row).is_some_and(|text| {
        !cells::is_not_applicable(&text.label)
            && !not_picked.iter().any(|mark| text.spellings.contains_key(mark))
    })
}

/// Several items on one list of answers.
pub(super) fn grid(kinds: &Kinds<'_>, group: &Group) -> Option<Shape> {
    let columns = members(kinds, group);
    let pooled = lists::pooled(&columns);
    if let Some(answers) = range(&pooled) {
        return Some(Shape::Grid { items: items(group), answers });
    }
    let list = lists::list(&pooled, SHARE, &kinds.wordings)
        .filter(|list| list.all().count() <= WIDEST)?;
    let fits = |column: &&&Column<'_>| fits(column, &columns, &list);
    let filled: Vec<&&Column<'_>> = columns.iter().filter(|c| !c.texts.is_empty()).collect();
    let numeric = list.is_coded() && list.answers.len() > 1;
    let enough = filled.len() > 1 && filled.iter().all(&fits) && !numeric;
    enough.then(|| Shape::Grid { items: items(group), answers: Answers::List(list) })
}

/// Whether the column shares the list: half of its answers stand in other columns too, or
/// the order of all is known by words.
fn fits(column: &Column<'_>, columns: &[&Column<'_>], list: &List) -> bool {
    let elsewhere = |label: &String| {
        let others = columns.iter().filter(|other| other.field != column.field);
        others.into_iter().any(|other| other.texts.iter().any(|text| text.label == *label))
    };
    let own: Vec<&String> =
        list.all().filter(|l| column.texts.iter().any(|text| text.label == **l)).collect();
    let shared = own.iter().filter(|label| elsewhere(label)).count();
    !own.is_empty() && (list.scale.is_some() || 2 * shared >= own.len())
}

/// A range of whole numbers, if there is nothing else but opinions on none.
fn range(pooled: &[Text]) -> Option<Answers> {
    let (no_opinion, rest): (Vec<_>, Vec<_>) =
        pooled.iter().partition(|text| is_no_opinion(&text.label));
    let numbers: Option<Vec<i64>> = rest.iter().map(|text| text.label.parse().ok()).collect();
    let numbers = numbers.filter(|numbers| numbers.len() > 2)?;
    let (from, to) = (*numbers.iter().min()?, *numbers.iter().max()?);
    let no_opinion = no_opinion.iter().map(|text| text.label.clone()).collect();
    let to = if to > 7 { 10 } else { to };
    (from >= 0 && to <= 10).then(|| Answers::Range { from: from.min(1), to, no_opinion })
}

/// What a person should know about a question of several columns.
pub(super) fn notes(kinds: &Kinds<'_>, group: &Group, question: &mut Question) {
    let columns = members(kinds, group);
    match &question.shape {
        Shape::Ticks(ticks) => {
            let note = ticks_note(kinds, ticks, &columns);
            question.notes.extend(note);
        }
        Shape::Grid { answers: Answers::Range { from, to, .. }, .. } => question.notes.push(
            format!("whole numbers: {from} to {to} is taken for the range that was offered"),
        ),
        Shape::Ranks { .. } => question.notes.push(
            "whole numbers, none twice in a row of the file: taken for the place of each item"
                .to_owned(),
        ),
        _ => {}
    }
    not_applicable(question, &columns);
}

/// "N/A" is no answer to a tick and no place.
fn not_applicable(question: &mut Question, columns: &[&Column<'_>]) {
    if !matches!(question.shape, Shape::Ticks(_) | Shape::Ranks { .. }) {
        return;
    }
    let texts = columns.iter().flat_map(|column| &column.texts);
    for text in texts.filter(|text| cells::is_not_applicable(&text.label)) {
        for spelling in text.spellings.keys() {
            if !question.missing.contains(spelling) {
                question.missing.push(spelling.clone());
            }
        }
    }
}

fn ticks_note(kinds: &Kinds<'_>, ticks: &Ticks, columns: &[&Column<'_>]) -> Option<String> {
    let rows = columns.first().map_or(0, |column| column.rows.len());
    let picks =
        |row: usize| columns.iter().filter(|c| is_picked(c, row, &ticks.not_picked)).count();
    if rows >= 20 && (0..rows).all(|row| picks(row) <= 1) {
        return Some(
            "nobody picked two: if only one could be picked, add `max = 1`".to_owned(),
        );
    }
    let words = ticks.not_picked.iter().any(|mark| cells::folded(mark) == "no");
    let open = ticks.options.iter().any(|option| is_open(&option.label));
    (words && !open && kinds.dialect == Dialect::LimeSurvey).then(|| {
        "taken for a tick list; if each line was a question of its own, `kind = \"grid\"`"
            .to_owned()
    })
}
