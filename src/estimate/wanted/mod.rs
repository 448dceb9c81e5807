//! What is asked for: the names of the poll file as questions, columns and conditions.
//!
//! Takes the poll's tables and the sample, gives a list of what is to be estimated, and a
//! finding for each name that stands for nothing, at its place in the poll file. Here are
//! the tables of all questions and their banners; `own` has tables of one's own.

mod merged;
mod names;
mod own;

use super::columns::{Columns, Split, banner};
use super::crossed::{Asked, Making};
use super::rows::{Manner, based_on};
use super::{Crossed, Places, codes};
use crate::diagnostic::{Failure, Finding, Findings, Kind};
use crate::document;
use crate::poll::tables::Banner;
use crate::poll::{Poll, Profile};
use crate::prepare::Sample;
use crate::questionnaire::Questionnaire;

pub use names::table_name;

/// Everything that is to be estimated.
pub(super) struct Wanted {
    /// The banners, each once.
    pub(super) columns: Vec<Columns>,
    /// Questions, in their order, then the tables of one's own.
    pub(super) tables: Vec<Table>,
}

/// A question, and the banners by which it is wanted.
#[derive(Default)]
pub(super) struct Table {
    question: usize,
    item: Option<usize>,
    /// Whether a table without a banner is wanted too.
    totals: bool,
    /// Indexes of [`Wanted::columns`].
    by: Vec<usize>,
    /// Who is counted; everybody if none.
    counted: Option<Vec<bool>>,
    manner: Manner,
    own: Option<usize>,
}

impl Table {
    /// Who is counted; everybody if none.
    pub(super) fn counted(&self) -> Option<&[bool]> {
        self.counted.as_deref()
    }

    /// Whether a table without a banner is wanted too; it comes first.
    pub(super) fn has_total(&self) -> bool {
        self.totals
    }

    /// The banners by which it is wanted.
    pub(super) fn by(&self) -> &[usize] {
        &self.by
    }

    /// Its numbers: those without a banner first.
    pub(super) fn tables(
        &self,
        making: &Making<'_>,
        (columns, splits): (&[Columns], &[Vec<Split>]),
    ) -> Vec<Crossed> {
        let counted = self.counted.as_deref();
        let Self { question, item, manner, own, .. } = *self;
        let asked = Asked { question, item, counted, manner };
        let questions = &making.inquiry.sample.questionnaire().questions;
        let based_on = based_on(&questions[question], manner);
        let totals = making.totals(asked);
        let by = |index: &usize| {
            let columns = &columns[*index];
            let filtered = counted.map(|_| columns.splits(making.inquiry.sample, counted));
            let splits = filtered.as_deref().unwrap_or(&splits[*index]);
            let blocks = making.crossed(asked, (columns, splits), &totals);
            let (columns, places) = (Some(*index), Places::default());
            Crossed { question, columns, own, blocks, places, based_on: based_on.clone() }
        };
        let mut tables: Vec<Crossed> = self.by.iter().map(by).collect();
        if self.totals {
            let (columns, places) = (None, Places::default());
            let blocks = totals;
            let total = Crossed { question, columns, own, blocks, places, based_on };
            tables.insert(0, total);
        }
        tables
    }
}

/// Notes names in the poll's tables that stand for nothing, and whatever else cannot be
/// asked for.
///
/// # Errors
/// [`Kind::Input`] if there is such a name.
pub fn check(sample: &Sample, poll: &Poll, findings: &mut Findings) -> Result<(), Failure> {
    wanted(sample, poll, findings).map(|_| ())
}

/// Finds out what the poll's tables ask for.
pub(super) fn wanted(
    sample: &Sample,
    poll: &Poll,
    findings: &mut Findings,
) -> Result<Wanted, Failure> {
    let mark = findings.list().len();
    let mut wanting = Wanting {
        sample,
        questionnaire: sample.questionnaire(),
        poll,
        columns: Vec::new(),
        findings,
    };
    let mut tables = wanting.of_all_questions();
    for (index, own) in poll.tables.own.iter().enumerate() {
        tables.extend(wanting.own(index, own));
    }
    wanting.check_names(&tables);
    let Wanting { columns, findings, .. } = wanting;
    findings.stop_on_error_since(mark, Kind::Input)?;
    Ok(Wanted { columns, tables })
}

struct Wanting<'a> {
    sample: &'a Sample,
    questionnaire: &'a Questionnaire,
    poll: &'a Poll,
    columns: Vec<Columns>,
    findings: &'a mut Findings,
}

impl Wanting<'_> {
    /// Every question by every banner but those that it is a part of.
    fn of_all_questions(&mut self) -> Vec<Table> {
        let banners = self.banners(&self.poll.tables.banners, "tables.banner", None);
        let questions = self.questionnaire.questions.iter().enumerate();
        let questions = questions.filter(|(_, question)| question.tabulated());
        questions.map(|(question, _)| self.whole(question, &banners)).collect()
    }

    /// A question without and with banners.
    fn whole(&self, question: usize, banners: &[usize]) -> Table {
        let others = banners.iter().copied();
        let others = others.filter(|b| !self.columns[*b].questions.contains(&question));
        Table { question, totals: true, by: others.collect(), ..Table::default() }
    }

    /// The places of banners among the columns, each of them once; those that cannot be
    /// banners are left out, and that is said.
    fn banners(&mut self, typed: &[Banner], key: &str, counted: Option<&[bool]>) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for banner in typed {
            let Some(index) = self.banner(banner, key, counted) else { continue };
            if found.contains(&index) {
                let finding = self.unfit(banner, key, "it is one already");
                self.findings.push(finding.help("name it once"));
                continue;
            }
            self.check_spread(index, counted, (banner, key));
            found.push(index);
        }
        found
    }

    /// The place of a banner among the columns; none if it cannot be one, which is said.
    fn banner(
        &mut self,
        banner: &Banner,
        key: &str,
        counted: Option<&[bool]>,
    ) -> Option<usize> {
        let mut questions = Vec::new();
        for name in &banner.questions {
            questions.push(self.variable(name, banner, key)?);
        }
        let again = (1..questions.len()).any(|at| questions[..at].contains(&questions[at]));
        let groupings = self.groupings(&questions, counted);
        let columns = Columns::of(self.questionnaire, &questions, groupings);
        let Some(columns) = columns.filter(|_| !again) else {
            let because = if again {
                "a question is nested in itself"
            } else {
                "questions with several answers do not nest"
            };
            let finding = self.unfit(banner, key, because);
            self.findings.push(finding.help("nest different questions with one answer each"));
            return None;
        };
        if self.is_too_deep(banner, key) {
            return None;
        }
        self.check_groups(&columns, banner, key)?;
        if let Some(known) = self.columns.iter().position(|known| *known == columns) {
            return Some(known);
        }
        self.check_merged(&columns, banner, key)?;
        self.columns.push(columns);
        Some(self.columns.len() - 1)
    }

    /// Nested banners point at people: the public has one variable at a time.
    fn is_too_deep(&mut self, banner: &Banner, key: &str) -> bool {
        let (deepest, because) = match self.poll.profile {
            Profile::Public => (1, "nested groups are small, and are not for the public"),
            Profile::Officers => (2, "groups nested more than once are for the analyst alone"),
            Profile::Analyst => return false,
        };
        let crossed = banner.questions.iter().map(|name| self.poll.crossed_in(name));
        let deep = crossed.sum::<usize>() > deepest;
        if deep {
            let headline = format!("the banner `{}` is left out", banner.typed.get_ref());
            let place = self.poll.place(&banner.typed, key);
            let finding = Finding::new(&codes::DEEP, headline).at(place).because(because);
            self.findings.push(finding.help("run with `--profile officers` or `analyst`"));
        }
        deep
    }

    fn variable(&mut self, name: &str, banner: &Banner, key: &str) -> Option<usize> {
        let questions = &self.questionnaire.questions;
        let found = questions.iter().position(|q| q.id == name && self::banner(q));
        if found.is_none() {
            let possible = questions.iter().filter(|q| self::banner(q)).map(|q| q.id.as_str());
            let otherwise = "name a question with a list of answers by its key";
            let because = "a banner is a question with a list of answers and without items";
            let finding = self.unfit(banner, key, because);
            self.findings.push(finding.help(meant(name, possible, otherwise)));
        }
        found
    }

    /// A banner needs two groups at least, and few enough to be columns.
    fn check_groups(&mut self, columns: &Columns, banner: &Banner, key: &str) -> Option<()> {
        const MOST: usize = 1_000;
        let groups = columns.groups.len();
        let (because, help) = match groups {
            0 | 1 if columns.merged().next().is_some() => return Some(()),
            0 | 1 => ("it has one group, which would only repeat the total", "take it out"),
            2..=MOST => return Some(()),
            _ => ("it has more than a thousand groups", "put its answers into bands"),
        };
        let finding = self.unfit(banner, key, because).help(help);
        self.findings.push(finding);
        None
    }

    /// Says so where all who are counted are in one group: the table is made, but compares
    /// nobody with anybody.
    fn check_spread(
        &mut self,
        index: usize,
        counted: Option<&[bool]>,
        (banner, key): (&Banner, &str),
    ) {
        let name = banner.typed.get_ref();
        let headline = match self.columns[index].held(self.sample, counted) {
            0 => format!("nobody is in a group of `{name}`"),
            1 => format!("all who answered `{name}` are in one group"),
            _ => return,
        };
        let because = match counted {
            Some(_) => "the condition of the table leaves no other groups",
            None => "nobody gave another answer",
        };
        let place = self.poll.place(&banner.typed, key);
        let finding = Finding::new(&codes::ONE_GROUP, headline).at(place).because(because);
        self.findings.push(finding.help("take the banner out, or look at the data"));
    }

    fn unfit(&self, banner: &Banner, key: &str, because: &str) -> Finding {
        let headline = format!("`{}` cannot be a banner", banner.typed.get_ref());
        let place = self.poll.place(&banner.typed, key);
        Finding::new(&codes::BANNER, headline).at(place).because(because)
    }
}

/// What somebody who wrote an unknown name probably meant.
fn meant<'n>(name: &str, possible: impl Iterator<Item = &'n str>, otherwise: &str) -> String {
    match document::nearest(name, possible) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => otherwise.to_owned(),
    }
}
