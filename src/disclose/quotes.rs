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
    let floor = rules(poll).floor;
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

#[cfg(test)]
mod tests {
    use super::super::testing::{figure, released};
    use super::{Released, Status, with_quotes};
    use crate::diagnostic::{Findings, Place, concise};
    use crate::poll::{Poll, Profile, testing};
    use crate::report::testing as report;
    use crate::verbatims::testing::approving;
    use crate::verbatims::{Approved, Group};

    /// The group that stands beside a quote from a group of that many, and what is said.
    fn beside(
        released: Released,
        (answer, respondents): (&str, u64),
        profile: Profile,
    ) -> (Option<String>, String) {
        let label = answer.to_uppercase();
        let group = Group { answer: answer.to_owned(), label, respondents };
        let place = Place { line: Some(2), ..Place::file("a.csv") };
        let text = "Two weeks is a canary.".to_owned();
        let quotes = approving("phase", vec![Approved { text, group: Some(group), place }]);
        let poll = Poll { profile, ..testing::poll() };
        let mut findings = Findings::default();
        let released = with_quotes(released, &[quotes], &poll, &mut findings);
        let quote = &released.quoted()[0].quotes[0];
        assert_eq!(quote.text, "Two weeks is a canary.");
        let said = findings.list().iter().map(concise).collect::<String>();
        assert!(!said.contains("canary"));
        (quote.attribute.clone(), said)
    }

    const HIDDEN: &str = "a.csv:2: note[D038] `phase` does not stand beside every quote";

    #[test]
    fn a_group_stands_beside_a_quote_if_it_is_as_large_as_a_column_must_be() {
        let shown = |respondents, profile| {
            beside(report::released(), ("primary", respondents), profile).0.is_some()
        };
        assert!(shown(50, Profile::Public) && !shown(49, Profile::Public));
        assert!(shown(30, Profile::Officers) && !shown(29, Profile::Officers));
        let (group, said) = beside(report::released(), ("primary", 49), Profile::Public);
        assert_eq!((group, said.as_str()), (None, HIDDEN));
    }

    #[test]
    fn a_group_whose_column_is_hidden_or_not_there_stands_beside_no_quote() {
        let beside = |answer| beside(report::released(), (answer, 400), Profile::Public);
        assert_eq!(beside("primary"), (Some("PRIMARY".to_owned()), String::new()));
        assert_eq!(beside("special"), (None, HIDDEN.to_owned()));
        assert_eq!(beside("merged_away"), (None, HIDDEN.to_owned()));
    }

    #[test]
    fn a_group_whose_share_is_hidden_stands_beside_no_quote() {
        let mut table = report::released().tables()[0].clone();
        table.question.id = "phase".to_owned();
        table.blocks[0].rows[0].label.id = "primary".to_owned();
        let group =
            |table| beside(released(vec![table], false), ("primary", 400), Profile::Public);
        assert!(group(table.clone()).0.is_some());
        table.blocks[0].rows[0].cells[0] = figure(None, None, Status::Confidential);
        assert_eq!(group(table).0, None);
    }
}
