//! Tables of one's own: what stands in the rows, who is counted, and how.

use super::super::codes;
use super::super::rows::Manner;
use super::{Table, Wanting, meant};
use crate::diagnostic::Finding;
use crate::document;
use crate::expression;
use crate::poll::tables::{BaseOf, Filter, Own, Percent};
use crate::poll::{Poll, Profile};
use crate::questionnaire::{Kind, Measure, Question};

/// A question, or one item of it.
type Rows = (usize, Option<usize>);

impl Wanting<'_> {
    /// A table of one's own; none if it names what is not there, which is said.
    pub(super) fn own(&mut self, index: usize, own: &Own) -> Option<Table> {
        let (question, item) = self.rows(own)?;
        let asked = &self.questionnaire.questions[question];
        self.check_manner(own, asked)?;
        self.check_columns(own, asked);
        let counted = match &own.filter {
            Some(filter) => Some(self.counted(filter)?),
            None => None,
        };
        let by = self.banners(&own.by, "table.by", counted.as_deref());
        let totals = own.by.is_empty();
        if by.is_empty() && !totals {
            self.say_left_out(own);
            return None;
        }
        let (percent, base) = (*own.percent.get_ref(), own.base);
        let manner = Manner { percent, base, exclude_dk: own.exclude_dk };
        Some(Table { question, item, totals, by, counted, manner, own: Some(index) })
    }

    /// A table whose banners are all left out is left out too.
    fn say_left_out(&mut self, own: &Own) {
        let headline = format!("the table `{}` is left out", own.name.get_ref());
        let place = self.poll.place(&own.name, "table.name");
        let finding = Finding::new(&codes::DEEP, headline).at(place);
        let finding = finding.because("none of its banners is for these readers");
        self.findings.push(finding.help("give it a banner of one variable, or take it out"));
    }

    /// What stands in the rows; none if that cannot be counted, which is said.
    fn rows(&mut self, own: &Own) -> Option<Rows> {
        let name = own.rows.get_ref();
        let wrong = |headline: String| Finding::new(&codes::ROWS, headline);
        let finding = match self.named(name) {
            Some(rows) if self.questionnaire.questions[rows.0].can_be_tabulated() => {
                return Some(rows);
            }
            Some(_) => wrong(format!("`{name}` cannot stand in the rows of a table"))
                .because("dates and words are not counted")
                .help("name a question with answers or numbers"),
            None => wrong(format!("there is no question `{name}`")).help(self.rows_meant(name)),
        };
        let place = self.poll.place(&own.rows, "table.rows");
        self.findings.push(finding.at(place));
        None
    }

    fn named(&self, name: &str) -> Option<Rows> {
        let mut questions = self.questionnaire.questions.iter();
        let whole = questions.position(|question| question.id == name);
        let item = || self.questionnaire.variable(name).map(|v| (v.question, v.item));
        whole.map(|question| (question, None)).or_else(item)
    }

    fn rows_meant(&self, name: &str) -> String {
        let variables = self.questionnaire.variables();
        let questions = self.questionnaire.questions.iter().filter(|q| q.can_be_tabulated());
        let names = questions.map(|q| q.id.as_str());
        let names = names.chain(variables.iter().map(|variable| variable.name.as_str()));
        meant(name, names, "name a question by its key, or an item of it")
    }

    /// A question by itself would only say that all who gave an answer gave it.
    fn check_columns(&mut self, own: &Own, question: &Question) {
        for banner in own.by.iter().filter(|banner| banner.questions.contains(&question.id)) {
            let finding = self.unfit(banner, "table.by", "it is what stands in the rows");
            self.findings.push(finding.help("name another question in `by`"));
        }
    }

    /// Who fulfils a condition; none if nobody does or it cannot be known, which is said.
    fn counted(&mut self, filter: &Filter) -> Option<Vec<bool>> {
        let finding = match self.sample.fulfil(&filter.condition) {
            Ok(counted) if counted.contains(&true) => return Some(counted),
            Ok(_) => {
                let place = self.poll.place(&filter.typed, "table.where");
                Finding::new(&codes::EMPTY, "nobody fulfils the condition")
                    .at(place)
                    .help("correct the condition, or take the table out")
            }
            Err(problem) => self.misunderstood(filter, problem),
        };
        self.findings.push(finding.value(filter.typed.get_ref().clone()));
        None
    }

    fn misunderstood(&self, filter: &Filter, problem: expression::Problem) -> Finding {
        // The span begins at the opening quotation mark.
        let start = filter.typed.span().start + 1 + problem.at.start;
        let Poll { file, source, .. } = self.poll;
        let place = document::place(file, source, start..start, "table.where");
        let finding = Finding::new(&codes::CONDITION, problem.message).at(place);
        match problem.help {
            Some(help) => finding.help(help),
            None => finding,
        }
    }

    /// Whether the question can be counted as the table says.
    fn check_manner(&mut self, own: &Own, question: &Question) -> Option<()> {
        let public = self.poll.profile == Profile::Public;
        let Some((because, help)) = misfit(own, question, public) else { return Some(()) };
        let headline = format!("the table `{}` cannot be made", own.name.get_ref());
        let finding = Finding::new(&codes::PERCENT, headline).because(because).help(help);
        let place = match help {
            "take `percent` out" => self.poll.place(&own.percent, "table.percent"),
            _ => self.poll.place(&own.name, "table"),
        };
        self.findings.push(finding.at(place));
        None
    }
}

/// Why a question cannot be counted as a table says, and what to do.
fn misfit(
    own: &Own,
    question: &Question,
    public: bool,
) -> Option<(&'static str, &'static str)> {
    let multiple = question.measure() == Measure::Flags;
    let number = question.measure() == Measure::Number;
    let ranked = question.kind == Kind::Rank;
    let routed = own.base == BaseOf::Routed;
    Some(match *own.percent.get_ref() {
        Percent::Mentions if !multiple => {
            ("mentions are counted where several answers are allowed", "take `percent` out")
        }
        Percent::Row | Percent::Total if own.by.is_empty() => {
            ("they are shares across columns, and there are none", "add `by`")
        }
        Percent::Row | Percent::Total | Percent::Count if number && !ranked => {
            ("a number has a mean and a median, and no percentages", "take `percent` out")
        }
        Percent::Count if public => {
            ("counts are not for the public", "run with `--profile officers` or `analyst`")
        }
        Percent::Mentions if routed => {
            ("who gave no answer mentions nothing", "take `base` or `percent` out")
        }
        _ if routed && number => {
            ("who gave no number or place is in no mean", "take `base` out")
        }
        _ if own.exclude_dk && multiple => {
            ("`exclude_dk` does not go with several answers", "take `exclude_dk` out")
        }
        _ => return None,
    })
}
