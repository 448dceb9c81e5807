//! What members wrote, as it may be printed: approved texts, each beside its group only where
//! the group is large enough and nothing of it is hidden.

use super::rules::rules;
use super::{Released, Status, Table};
use crate::diagnostic::{Finding, Findings};
use crate::poll::Poll;
use crate::verbatims::{Approved, Group, Quotes, WITHOUT_ATTRIBUTE};

/// Quotes of the answers to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The question's id.
    pub question: String,
    /// Its short title.
    pub title: String,
    /// The question as it was put.
    pub text: String,
    /// The quotes, in the order in which they were approved.
    pub quotes: Vec<Quote>,
}

/// One quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// What a member wrote, without what was taken out.
    pub text: String,
    /// The label of the group of whoever wrote it, where it may be told.
    pub attribute: Option<String>,
}

/// Adds the quotes that a person approved to what may leave.
#[must_use]
pub fn with_quotes(
    released: Released,
    quotes: &[Quotes],
    poll: &Poll,
    findings: &mut Findings,
) -> Released {
    let floor = rules(poll.profile).floor;
    let gate = Gate { released: &released, floor };
    let quoted = quotes.iter().filter(|quotes| !quotes.approved.is_empty());
    let quoted = quoted.map(|quotes| gate.quoted(quotes, findings)).collect();
    Released { quoted, ..released }
}

struct Gate<'a> {
    released: &'a Released,
    /// The fewest respondents that a group needs.
    floor: u64,
}

impl Gate<'_> {
    fn quoted(&self, quotes: &Quotes, findings: &mut Findings) -> Quoted {
        let mut bare: Vec<&Approved> = Vec::new();
        let mut list = Vec::new();
        for approved in &quotes.approved {
            let known = approved.group.as_ref().zip(quotes.attribute.as_deref());
            let shown = known.filter(|(group, attribute)| self.shows(group, attribute));
            if known.is_some() && shown.is_none() {
                bare.push(approved);
            }
            let attribute = shown.map(|(group, _)| group.label.clone());
            list.push(Quote { text: approved.text.clone(), attribute });
        }
        findings_of(&bare, quotes, self.floor)
            .into_iter()
            .for_each(|found| findings.push(found));
        Quoted {
            question: quotes.question.clone(),
            title: quotes.title.clone(),
            text: quotes.text.clone(),
            quotes: list,
        }
    }

    /// Whether a group may stand beside a quote: it has as many respondents as a column
    /// needs, and wherever the group has a figure of its own, that is shown.
    fn shows(&self, group: &Group, attribute: &str) -> bool {
        let whole = || self.released.tables.iter().filter(|table| !table.own);
        let topline = |table: &&Table| table.banner.is_none() && table.question.id == attribute;
        let banner = |table: &&Table| table.banner.as_ref().is_some_and(|b| b.id == attribute);
        let answers = whole().filter(topline).all(|table| shows_answer(table, group));
        let mut columns = whole().filter(banner).peekable();
        let columns =
            columns.peek().is_none() || columns.any(|table| shows_column(table, group));
        let answered = self.released.answered.iter().flat_map(|answered| &answered.variables);
        let mut own = answered.filter(|variable| variable.name == attribute);
        let known = own.all(|variable| {
            let mut groups = variable.groups.iter().filter(|g| g.label == group.label);
            groups.all(|g| g.unweighted.status() != Status::Confidential)
        });
        group.respondents >= self.floor && answers && columns && known
    }
}

/// Whether the share of those who gave an answer is shown.
fn shows_answer(table: &Table, group: &Group) -> bool {
    let rows = table.blocks.iter().flat_map(|block| &block.rows);
    let mut own = rows.filter(|row| row.label.id == group.answer);
    own.all(|row| row.cells.iter().all(|figure| figure.status() != Status::Confidential))
}

/// Whether the group has a column, and its base is shown.
fn shows_column(table: &Table, group: &Group) -> bool {
    let Some(at) = table.groups.iter().position(|label| label.id == group.answer) else {
        return false;
    };
    let mut bases = table.blocks.iter().filter_map(|block| block.bases.get(at));
    bases.any(|bases| bases.unweighted.value().is_some())
}

/// Says where quotes stand without their group.
fn findings_of(bare: &[&Approved], quotes: &Quotes, floor: u64) -> Option<Finding> {
    let (first, others) = bare.split_first()?;
    let attribute = quotes.attribute.as_deref().unwrap_or_default();
    let headline = format!("`{attribute}` does not stand beside every quote");
    let because = format!("a group needs {floor} respondents, and no hidden figure");
    let lines = others.iter().filter_map(|approved| approved.place.line).collect();
    let finding = Finding::new(&WITHOUT_ATTRIBUTE, headline).at(first.place.clone());
    Some(finding.because(because).times(bare.len() as u64, lines))
}
