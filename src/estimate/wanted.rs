//! What is asked for: the names of the poll file as questions, columns and conditions.
//!
//! Takes the poll's tables and the sample, gives a list of what is to be estimated, and a
//! finding for each name that stands for nothing, at its place in the poll file.

use super::columns::{Columns, Split, banner};
use super::crossed::{Asked, Making};
use super::rows::Manner;
use super::{Crossed, codes};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::document;
use crate::poll::tables::{Banner, Filter, Own, Percent};
use crate::poll::{Poll, Profile};
use crate::prepare::Sample;
use crate::questionnaire::{Measure, Question, Questionnaire};

/// Everything that is to be estimated.
pub(super) struct Wanted {
    /// The banners, each once.
    pub(super) columns: Vec<Columns>,
    /// Questions, in their order, then the tables of one's own.
    pub(super) tables: Vec<Table>,
}

/// A question, and the banners by which it is wanted.
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
    /// Its numbers: those without a banner first.
    pub(super) fn tables(
        &self,
        making: &Making<'_>,
        (columns, splits): (&[Columns], &[Vec<Split>]),
    ) -> Vec<Crossed> {
        let counted = self.counted.as_deref();
        let Self { question, item, manner, own, .. } = *self;
        let asked = Asked { question, item, counted, manner };
        let totals = making.totals(asked);
        let by = |index: &usize| {
            let columns = &columns[*index];
            let filtered = counted.map(|_| columns.splits(making.inquiry.sample, counted));
            let splits = filtered.as_deref().unwrap_or(&splits[*index]);
            let blocks = making.crossed(asked, (columns, splits), &totals);
            Crossed { question, columns: Some(*index), own, blocks }
        };
        let mut tables: Vec<Crossed> = self.by.iter().map(by).collect();
        if self.totals {
            tables.insert(0, Crossed { question, columns: None, own, blocks: totals });
        }
        tables
    }
}

/// Finds out what the poll's tables ask for.
pub(super) fn wanted(
    sample: &Sample,
    poll: &Poll,
    findings: &mut Findings,
) -> Result<Wanted, Failure> {
    let mark = findings.list().len();
    let questionnaire = sample.questionnaire();
    let columns = Vec::new();
    let mut wanting = Wanting { questionnaire, poll, columns, findings };
    let banners = poll.tables.banners.iter();
    let by: Vec<usize> = banners.filter_map(|b| wanting.banner(b, "tables.banner")).collect();
    let mut tables = Vec::new();
    for (question, asked) in questionnaire.questions.iter().enumerate() {
        if asked.tabulated() {
            let others = by.iter().copied();
            let others = others.filter(|b| !wanting.columns[*b].questions.contains(&question));
            tables.push(Table {
                question,
                item: None,
                totals: true,
                by: others.collect(),
                counted: None,
                manner: Manner::default(),
                own: None,
            });
        }
    }
    for (index, own) in poll.tables.own.iter().enumerate() {
        tables.extend(wanting.own(index, own, sample));
    }
    let Wanting { columns, findings, .. } = wanting;
    findings.stop_on_error_since(mark, Kind::Input)?;
    Ok(Wanted { columns, tables })
}

struct Wanting<'a> {
    questionnaire: &'a Questionnaire,
    poll: &'a Poll,
    columns: Vec<Columns>,
    findings: &'a mut Findings,
}

impl Wanting<'_> {
    /// The place of a banner among the columns; none if it cannot be one, which is said.
    fn banner(&mut self, banner: &Banner, key: &str) -> Option<usize> {
        if self.is_too_deep(banner, key) {
            return None;
        }
        let mut questions = Vec::new();
        for name in &banner.questions {
            questions.push(self.variable(name, banner, key)?);
        }
        let Some(columns) = Columns::of(self.questionnaire, &questions) else {
            let finding = self.unfit(banner, key, "questions with several answers do not nest");
            self.findings.push(finding.help("nest questions with one answer each"));
            return None;
        };
        self.check_groups(&columns, banner, key)?;
        let known = self.columns.iter().position(|c| c.questions == questions);
        Some(known.unwrap_or_else(|| {
            self.columns.push(columns);
            self.columns.len() - 1
        }))
    }

    /// Nested banners point at people: the public has one variable at a time.
    fn is_too_deep(&mut self, banner: &Banner, key: &str) -> bool {
        let deepest = match self.poll.profile {
            Profile::Public => 1,
            Profile::Officers => 2,
            Profile::Analyst => usize::MAX,
        };
        let deep = banner.questions.len() > deepest;
        if deep {
            let headline = format!("the banner `{}` is left out", banner.typed.get_ref());
            let because = match self.poll.profile {
                Profile::Public => "nested groups are small, and are not for the public",
                _ => "groups nested more than once are for the analyst alone",
            };
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
            let help = match document::nearest(name, possible) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "name a question with a list of answers by its key".to_owned(),
            };
            let because = "a banner is a question with a list of answers and without items";
            let finding = self.unfit(banner, key, because).help(help);
            self.findings.push(finding);
        }
        found
    }

    /// A banner needs two groups at least, and few enough to be columns.
    fn check_groups(&mut self, columns: &Columns, banner: &Banner, key: &str) -> Option<()> {
        const MOST: usize = 1_000;
        let groups = columns.groups.len();
        let (because, help) = match groups {
            0 | 1 => ("it has one group, which would only repeat the total", "take it out"),
            2..=MOST => return Some(()),
            _ => ("it has more than a thousand groups", "put its answers into bands"),
        };
        let finding = self.unfit(banner, key, because).help(help);
        self.findings.push(finding);
        None
    }

    fn unfit(&self, banner: &Banner, key: &str, because: &str) -> Finding {
        let headline = format!("`{}` cannot be a banner", banner.typed.get_ref());
        let place = self.poll.place(&banner.typed, key);
        Finding::new(&codes::BANNER, headline).at(place).because(because)
    }

    /// A table of one's own; none if it names what is not there, which is said.
    fn own(&mut self, index: usize, own: &Own, sample: &Sample) -> Option<Table> {
        let (question, item) = self.rows(own)?;
        let by: Vec<usize> = own.by.iter().filter_map(|b| self.banner(b, "table.by")).collect();
        if by.is_empty() && !own.by.is_empty() {
            return None;
        }
        let counted = match &own.filter {
            Some(filter) => Some(self.counted(filter, sample)?),
            None => None,
        };
        let asked = &self.questionnaire.questions[question];
        self.check_percent(own, asked)?;
        let (percent, base) = (*own.percent.get_ref(), own.base);
        let manner = Manner { percent, base, exclude_dk: own.exclude_dk };
        let totals = own.by.is_empty();
        Some(Table { question, item, totals, by, counted, manner, own: Some(index) })
    }

    fn rows(&mut self, own: &Own) -> Option<(usize, Option<usize>)> {
        let name = own.rows.get_ref();
        let questions = &self.questionnaire.questions;
        let place = self.poll.place(&own.rows, "table.rows");
        let found = questions.iter().position(|q| q.id == *name).map(|q| (q, None));
        let found = found.or_else(|| {
            let variable = self.questionnaire.variable(name)?;
            Some((variable.question, variable.item))
        });
        let Some(found) = found else {
            let variables = self.questionnaire.variables();
            let names = questions.iter().filter(|q| q.can_be_tabulated());
            let names = names.map(|q| q.id.as_str());
            let names = names.chain(variables.iter().map(|v| v.name.as_str()));
            let help = match document::nearest(name, names) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "name a question by its key, or an item of it".to_owned(),
            };
            let headline = format!("there is no question `{name}`");
            self.findings.push(Finding::new(&codes::ROWS, headline).at(place).help(help));
            return None;
        };
        if !questions[found.0].can_be_tabulated() {
            let headline = format!("`{name}` cannot stand in the rows of a table");
            let finding = Finding::new(&codes::ROWS, headline).at(place);
            let finding = finding.because("dates and words are not counted");
            self.findings.push(finding.help("name a question with answers or numbers"));
            return None;
        }
        Some(found)
    }

    /// Who fulfils a condition.
    fn counted(&mut self, filter: &Filter, sample: &Sample) -> Option<Vec<bool>> {
        let span = filter.typed.span();
        match sample.fulfil(&filter.condition) {
            Ok(counted) if counted.contains(&true) => Some(counted),
            Ok(_) => {
                let place = self.poll.place(&filter.typed, "table.where");
                let finding = Finding::new(&codes::EMPTY, "nobody fulfils the condition");
                let finding = finding.at(place).value(filter.typed.get_ref().clone());
                let help = "correct the condition, or take the table out";
                self.findings.push(finding.help(help));
                None
            }
            Err(problem) => {
                let start = span.start + 1 + problem.at.start;
                let Poll { file, source, .. } = self.poll;
                let place: Place = document::place(file, source, start..start, "table.where");
                let mut finding = Finding::new(&codes::CONDITION, problem.message)
                    .at(place)
                    .value(filter.typed.get_ref().clone());
                if let Some(help) = problem.help {
                    finding = finding.help(help);
                }
                self.findings.push(finding);
                None
            }
        }
    }

    fn check_percent(&mut self, own: &Own, question: &Question) -> Option<()> {
        let multiple = question.measure() == Measure::Flags;
        let percent = *own.percent.get_ref();
        let public = self.poll.profile == Profile::Public;
        let (because, help) = match percent {
            Percent::Mentions if !multiple => {
                ("mentions are counted where several answers are allowed", "take `percent` out")
            }
            Percent::Row | Percent::Total if own.by.is_empty() => {
                ("they are shares across columns, and there are none", "add `by`")
            }
            Percent::Count if public => {
                ("counts are not for the public", "run with `--profile officers` or `analyst`")
            }
            _ if own.exclude_dk && multiple => {
                ("`exclude_dk` does not go with several answers", "take `exclude_dk` out")
            }
            _ => return Some(()),
        };
        let place = self.poll.place(&own.percent, "table.percent");
        let headline = format!("the table `{}` cannot be made", own.name.get_ref());
        let finding = Finding::new(&codes::PERCENT, headline).at(place);
        self.findings.push(finding.because(because).help(help));
        None
    }
}
