//! The columns of a table: the groups that a banner makes of the respondents.
//!
//! Takes the names of a banner and a filter, gives [`Columns`] (their words) and [`Split`]s
//! (who is in which). Questions with one answer split the sample; nested ones split it by
//! all their combinations; a question with several answers makes groups that overlap, so
//! that each of them is a split of its own.

use crate::frame::{self, Codes};
use crate::prepare::{Group, Grouping, Sample};
use crate::questionnaire::{Geography, Measure, Question, Questionnaire};
use crate::tally::Groups;

/// The groups of a banner in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The questions' ids: `phase`, or `phase-role` where one is nested in the other.
    pub id: String,
    /// In words.
    pub title: String,
    /// The groups, in the order of the questionnaire.
    pub groups: Vec<Column>,
    /// What stands above the groups of a nested banner; none if it is not nested.
    pub spans: Vec<String>,
    /// Whether somebody can be in several groups.
    pub overlapping: bool,
    /// Whether any of its questions is sensitive.
    pub sensitive: bool,
    /// Whether they are places smaller than a region.
    pub local: bool,
    /// The questions, as indexes of the questionnaire, the outermost first.
    pub questions: Vec<usize>,
    /// The groups of each of them.
    pub groupings: Vec<Grouping>,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its answers' ids, with `-` between those of nested questions.
    pub id: String,
    /// In words, without what stands above it.
    pub label: String,
    /// What stands above it.
    pub span: Option<usize>,
}

impl Columns {
    /// The columns that questions with their groups make, one nested in the other; none if one
    /// of them is no list, or if several are nested and one allows several answers.
    #[must_use]
    pub fn of(
        questionnaire: &Questionnaire,
        questions: &[usize],
        groupings: Vec<Grouping>,
    ) -> Option<Self> {
        let asked: Vec<&Question> =
            questions.iter().map(|q| &questionnaire.questions[*q]).collect();
        let overlapping = asked.iter().any(|q| q.measure() == Measure::Flags);
        let fits = asked.iter().all(|q| banner(q)) && !(overlapping && asked.len() > 1);
        let (last, outer) = groupings.split_last().filter(|_| fits)?;
        let above = above(outer);
        let join = |of: fn(&Question) -> &str, mark: &str| {
            asked.iter().map(|q| of(q)).collect::<Vec<_>>().join(mark)
        };
        let spans = above.iter().filter(|(id, _)| !id.is_empty());
        Some(Self {
            id: join(|q| &q.id, "-"),
            title: join(|q| &q.title, ", "),
            groups: groups(&above, last),
            spans: spans.map(|(_, label)| label.join(", ")).collect(),
            overlapping,
            sensitive: asked.iter().any(|q| q.sensitive),
            local: asked.iter().any(|q| q.geography == Some(Geography::Local)),
            questions: questions.to_vec(),
            groupings,
        })
    }

    /// The groups that are more than one answer, each with its question's place among those
    /// of the banner.
    pub fn merged(&self) -> impl Iterator<Item = (usize, &Group)> {
        let all = self.groupings.iter().enumerate();
        let all = all.flat_map(|(at, grouping)| grouping.groups.iter().map(move |g| (at, g)));
        all.filter(|(_, group)| group.is_merged())
    }

    /// The groups that are compared with each other: those under one heading.
    pub(super) fn families(&self) -> Vec<Vec<usize>> {
        let mut spans: Vec<Option<usize>> = self.groups.iter().map(|g| g.span).collect();
        spans.dedup();
        let under = |span: &Option<usize>| {
            (0..self.groups.len()).filter(|g| self.groups[*g].span == *span).collect()
        };
        spans.iter().map(under).collect()
    }

    /// Who is in which group; `counted` says who is in the table at all.
    pub(super) fn splits(&self, sample: &Sample, counted: Option<&[bool]>) -> Vec<Split> {
        let list = self.asked(sample.questionnaire());
        let made = match list[..] {
            [one] if self.overlapping => overlapping(sample, one),
            _ => Vec::from_iter(nested(sample, &list, self.groups.len())),
        };
        made.into_iter().map(|split| split.within(counted)).collect()
    }

    fn asked<'q>(&'q self, questionnaire: &'q Questionnaire) -> Vec<Asked<'q>> {
        let questions = self.questions.iter().map(|index| &questionnaire.questions[*index]);
        questions.zip(&self.groupings).collect()
    }

    /// How many groups have somebody in them.
    pub(super) fn held(&self, sample: &Sample, counted: Option<&[bool]>) -> usize {
        let splits = self.splits(sample, counted);
        let columns = if self.overlapping { 1 } else { self.groups.len() };
        splits.iter().map(|split| split.held(columns)).sum()
    }
}

/// Whether the answers of a question can be columns.
pub(super) fn banner(question: &Question) -> bool {
    question.items.is_empty()
        && matches!(question.measure(), Measure::Category | Measure::Flags)
}

/// The groups of the last question under each combination of the outer ones.
fn groups(above: &[Above<'_>], last: &Grouping) -> Vec<Column> {
    let column = |span: usize, id: &[&str], group: &Group| Column {
        id: [id, &[group.id.as_str()]].concat().join("-"),
        label: group.label.clone(),
        span: (!id.is_empty()).then_some(span),
    };
    let mut groups = Vec::new();
    for (span, (id, _)) in above.iter().enumerate() {
        groups.extend(last.groups.iter().map(|group| column(span, id, group)));
    }
    groups
}

/// A question and its groups.
type Asked<'q> = (&'q Question, &'q Grouping);

/// The ids and labels of a combination of groups.
type Above<'q> = (Vec<&'q str>, Vec<&'q str>);

/// The ids and labels of all combinations of the outer questions; one that is empty if
/// there is no such question.
fn above<'q>(outer: &'q [Grouping]) -> Vec<Above<'q>> {
    let mut above: Vec<Above<'q>> = vec![(Vec::new(), Vec::new())];
    for question in outer {
        let with = |(ids, labels): &Above<'q>| {
            let (ids, labels) = (ids.clone(), labels.clone());
            question.groups.iter().map(move |group| {
                let (mut ids, mut labels) = (ids.clone(), labels.clone());
                ids.push(&group.id);
                labels.push(&group.label);
                (ids, labels)
            })
        };
        above = above.iter().flat_map(with).collect();
    }
    above
}

/// The respondents, each in one part: first those that are columns (where columns overlap,
/// the first part alone is one), then any others who answered the banner, then those who did
/// not, then those who are not counted at all.
#[derive(Clone, Debug)]
pub(super) struct Split {
    codes: Vec<u16>,
    /// How many parts answered the banner.
    pub(super) answered: usize,
}

impl Split {
    /// All that are counted, as one column.
    pub(super) fn whole(rows: usize, counted: Option<&[bool]>) -> Self {
        Self { codes: vec![0; rows], answered: 1 }.within(counted)
    }

    /// For the tally.
    pub(super) fn groups(&self) -> Groups<'_> {
        Groups::of(Codes::Two(&self.codes), self.answered + 1)
    }

    /// How many of the first parts have somebody in them.
    fn held(&self, parts: usize) -> usize {
        let mut held = vec![false; parts];
        for code in &self.codes {
            held.get_mut(usize::from(*code)).into_iter().for_each(|held| *held = true);
        }
        held.iter().filter(|held| **held).count()
    }

    /// The part of each respondent.
    pub(super) fn codes(&self) -> &[u16] {
        &self.codes
    }

    /// The part of a respondent.
    pub(super) fn part(&self, row: usize) -> usize {
        usize::from(self.codes[row])
    }

    fn within(mut self, counted: Option<&[bool]>) -> Self {
        let outside = code(self.answered + 1);
        let list = self.codes.iter_mut().zip(counted.unwrap_or_default());
        list.filter(|(_, counted)| !**counted).for_each(|(code, _)| *code = outside);
        self
    }
}

/// A part as it is stored. Banners of more than 65,000 groups are refused before.
fn code(part: usize) -> u16 {
    u16::try_from(part).unwrap_or(u16::MAX)
}

fn nested(sample: &Sample, questions: &[Asked<'_>], groups: usize) -> Option<Split> {
    let lists = questions.iter().map(|(q, _)| frame::codes(sample.frame(), &q.id));
    let lists: Vec<Codes<'_>> = lists.collect::<Option<_>>()?;
    let part = |row: usize| {
        questions.iter().zip(&lists).try_fold(0, |part, ((_, grouping), codes)| {
            let group = grouping.of.get(codes.get(row))?;
            Some(part * grouping.groups.len() + group)
        })
    };
    let codes = (0..sample.frame().height()).map(|row| code(part(row).unwrap_or(groups)));
    let codes = codes.collect();
    Some(Split { codes, answered: groups })
}

fn overlapping(sample: &Sample, (question, grouping): Asked<'_>) -> Vec<Split> {
    let split = |group: &Group| {
        let flag = |answer: &usize| frame::codes(sample.frame(), &question.flag(*answer));
        let flags: Vec<Codes<'_>> = group.answers.iter().map(flag).collect::<Option<_>>()?;
        let rows = flags.first().map_or(0, Codes::len);
        // Any picked, none picked, no answer.
        let part = |row: usize| {
            let is = |code: usize| flags.iter().any(|flag| flag.get(row) == code);
            if is(1) { 0 } else { 1 + u16::from(!is(0)) }
        };
        Some(Split { codes: (0..rows).map(part).collect(), answered: 2 })
    };
    grouping.groups.iter().filter_map(split).collect()
}
