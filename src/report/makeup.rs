//! What the figures of each table are made of, for data files: which answers a row counts,
//! which answers are in the base, which groups lie within which.
//!
//! Takes released tables and the poll, gives what anybody knows who has the questionnaire.
//! Never says which figure is hidden, or why.

use super::record::name;
use crate::disclose::{Block, Content, Figure, Form, Label, Merged, Row, Table};
use crate::poll::Poll;
use crate::poll::derive::{Action, Rest};
use crate::poll::tables::Percent;

/// The id of those who were asked and gave no answer.
const BLANK: &str = "no_answer";
/// The id of those who gave an item of a ranking no place.
const UNPLACED: &str = "unplaced";

/// What a table is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// The table's name.
    pub name: String,
    /// The question's id.
    pub question: String,
    /// `single`, `multi`, `number` or `rank`.
    pub kind: &'static str,
    /// The items of a grid or ranking.
    pub items: Vec<Label>,
    /// The questions whose groups are the columns, the outermost first.
    pub banner: Vec<String>,
    /// The condition on who is counted, in words.
    pub filter: Option<String>,
    /// What percentages are of: `column`, `row`, `total`, `mentions`, or `count` if there are
    /// none.
    pub percent_of: &'static str,
    /// Whether the rules for sensitive questions hold.
    pub sensitive: bool,
    /// Whether somebody can be in several groups.
    pub overlapping: bool,
    /// Whether somebody in the total is in no group.
    pub partial: bool,
    /// The answers in the base.
    pub base: Vec<String>,
    /// The columns after the total.
    pub groups: Vec<DescribedGroup>,
    /// The rows.
    pub rows: Vec<DescribedRow>,
}

/// What a column is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DescribedGroup {
    /// Its id and label.
    pub label: Label,
    /// Its answers to each of the banner's questions.
    pub answers: Vec<Vec<String>>,
    /// The question, and the answers to it, from which the poll file makes the group.
    pub made_of: Option<(String, Vec<String>)>,
}

/// What a row is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedRow {
    /// Its id and label.
    pub label: Label,
    /// What its figures are, as in the records.
    pub statistic: &'static str,
    /// Which answers it counts.
    pub made_of: MadeOf,
}

/// Which answers a row counts, by their ids.
#[derive(Clone, Debug, PartialEq)]
pub enum MadeOf {
    /// Those who gave any of these.
    Answers(Vec<String>),
    /// The share of some less that of others.
    Difference {
        /// What is added.
        plus: Vec<String>,
        /// What is taken away.
        minus: Vec<String>,
    },
    /// The mean of these scores.
    Scores(Vec<(String, f64)>),
    /// Nothing that can be written as a share of answers.
    Other,
}

/// Every table, in order.
pub(super) fn tables(poll: &Poll, tables: &[Table]) -> Vec<Described> {
    tables.iter().map(|table| described(poll, tables, table)).collect()
}

fn described(poll: &Poll, tables: &[Table], table: &Table) -> Described {
    let mut rows: Vec<DescribedRow> = Vec::new();
    for row in table.blocks.iter().flat_map(|block: &Block<Figure>| &block.rows) {
        let statistic = name(row.role, row.statistic);
        if !rows.iter().any(|known| (&known.label, known.statistic) == (&row.label, statistic))
        {
            let (label, made_of) = (row.label.clone(), made_of(table, row));
            rows.push(DescribedRow { label, statistic, made_of });
        }
    }
    Described {
        name: table.name.clone(),
        question: table.question.id.clone(),
        kind: kind(table.form),
        items: table.blocks.iter().filter_map(|block| block.item.clone()).collect(),
        banner: table.makeup.banner.clone(),
        filter: table.filter.clone(),
        percent_of: percent_of(table.percent),
        sensitive: table.sensitive,
        overlapping: table.overlapping,
        partial: table.partial,
        base: base(table, &rows),
        groups: table
            .groups
            .iter()
            .skip(1)
            .map(|group| self::group(poll, tables, table, group))
            .collect(),
        rows,
    }
}

fn kind(form: Form) -> &'static str {
    match form {
        Form::Single { .. } | Form::Battery { .. } => "single",
        Form::Multi => "multi",
        Form::Number => "number",
        Form::Rank => "rank",
    }
}

fn percent_of(percent: Percent) -> &'static str {
    match percent {
        Percent::Column => "column",
        Percent::Row => "row",
        Percent::Total => "total",
        Percent::Mentions => "mentions",
        Percent::Count => "count",
    }
}

/// The answers in the base; of a ranking, its places and no place.
fn base(table: &Table, rows: &[DescribedRow]) -> Vec<String> {
    if table.form != Form::Rank {
        return ids(table, &table.makeup.based_on);
    }
    let places = rows.iter().find_map(|row| match &row.made_of {
        MadeOf::Scores(scores) => Some(scores.iter().map(|(id, _)| id.clone())),
        _ => None,
    });
    places.into_iter().flatten().chain([UNPLACED.to_owned()]).collect()
}

fn made_of(table: &Table, row: &Row<Figure>) -> MadeOf {
    let place = |place: usize| (place + 1).to_string();
    // Answers that are left out of the base are left out of its nets too.
    let kept = |answers: &[usize]| -> Vec<usize> {
        answers.iter().copied().filter(|a| table.makeup.based_on.contains(a)).collect()
    };
    match &row.content {
        Content::Answers(answers) => MadeOf::Answers(ids(table, &kept(answers))),
        Content::Places(places) => MadeOf::Answers((0..*places).map(place).collect()),
        Content::Difference { plus, minus } => MadeOf::Difference {
            plus: ids(table, &kept(plus)),
            minus: ids(table, &kept(minus)),
        },
        Content::Scores(scores) if table.form == Form::Rank => {
            MadeOf::Scores(scores.iter().map(|(k, score)| (place(*k), *score)).collect())
        }
        Content::Scores(scores) => {
            let kept = scores.iter().filter(|(k, _)| table.makeup.based_on.contains(k));
            MadeOf::Scores(kept.map(|(k, score)| (id(table, *k), *score)).collect())
        }
        Content::Other => MadeOf::Other,
    }
}

fn ids(table: &Table, answers: &[usize]) -> Vec<String> {
    answers.iter().map(|answer| id(table, *answer)).collect()
}

/// The id of an answer: that of its own row.
fn id(table: &Table, answer: usize) -> String {
    if answer == table.makeup.answers {
        return BLANK.to_owned();
    }
    let mut rows = table.blocks.iter().flat_map(|block| &block.rows);
    let own = rows.find(|row| row.content == Content::Answers(vec![answer]));
    own.map_or_else(|| (answer + 1).to_string(), |row| row.label.id.clone())
}

fn group(poll: &Poll, tables: &[Table], table: &Table, label: &Label) -> DescribedGroup {
    // Ids of answers hold no `-`, which stands between those of nested questions.
    let ids = label.id.split('-').zip(&table.makeup.banner);
    let answers = ids.map(|(id, question)| members(table, question, id)).collect();
    let recoded = match table.makeup.banner.as_slice() {
        [question] if !table.overlapping => recoded(poll, tables, (question, label)),
        _ => None,
    };
    DescribedGroup { label: label.clone(), answers, made_of: recoded }
}

/// The answers that a group holds: itself, or those that were merged into it.
fn members(table: &Table, question: &str, group: &str) -> Vec<String> {
    let merged = |merged: &&Merged| merged.banner.id == question && merged.group.id == group;
    match table.merged.iter().find(merged) {
        Some(merged) => merged.parts.iter().map(|part| part.id.clone()).collect(),
        None => vec![group.to_owned()],
    }
}

/// The answers of another banner that become a group; none if no table shows that banner.
fn recoded(
    poll: &Poll,
    tables: &[Table],
    (question, label): (&str, &Label),
) -> Option<(String, Vec<String>)> {
    let derive = poll.derived.iter().find(|derive| derive.name.get_ref() == question)?;
    let Action::Recode { from, groups, rest } = &derive.action else { return None };
    let from = from.get_ref();
    let banner = |table: &&Table| table.makeup.banner == [from.clone()] && !table.overlapping;
    let old = tables.iter().find(banner)?.groups.get(1..)?;
    let find = |text: &str| {
        let labelled = old.iter().find(|answer| answer.text == text);
        labelled.or_else(|| old.iter().find(|answer| answer.id == text))
    };
    let named = |members: &[crate::poll::derive::Name]| -> Option<Vec<String>> {
        members.iter().map(|member| Some(find(member.get_ref())?.id.clone())).collect()
    };
    let group = groups.iter().find(|(name, _)| *name.get_ref() == label.text);
    let left_over = matches!(rest, Rest::Becomes(name) if *name.get_ref() == label.text);
    let members = match group {
        // Who else is in it depends on which answers are of substance.
        _ if left_over => return None,
        Some((_, members)) => named(members)?,
        None => vec![find(&label.text)?.id.clone()],
    };
    Some((from.clone(), members))
}
