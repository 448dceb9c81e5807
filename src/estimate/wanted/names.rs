//! The names of tables, which files and links are made of: each must stand for one table.

use std::collections::BTreeMap;

use super::super::codes;
use super::super::columns::Columns;
use super::{Table, Wanting};
use crate::diagnostic::{Finding, Place};
use crate::poll::tables::Own;
use crate::questionnaire::Question;

/// `adequate`, `adequate-phase`; a table of one's own has a name of its own, with that of
/// the banner if there are several.
#[must_use]
pub fn table_name(question: &Question, own: Option<&Own>, columns: Option<&Columns>) -> String {
    match (own, columns) {
        (Some(own), Some(columns)) if own.by.len() > 1 => {
            format!("{}-{}", own.name.get_ref(), columns.id)
        }
        (Some(own), _) => own.name.get_ref().clone(),
        (None, Some(columns)) => format!("{}-{}", question.id, columns.id),
        (None, None) => question.id.clone(),
    }
}

impl Wanting<'_> {
    /// Notes tables of one's own whose name another table has.
    pub(super) fn check_names(&mut self, tables: &[Table]) {
        let mut taken: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for table in tables {
            let names = self.names(table);
            let clash = names.iter().find_map(|name| Some((name, *taken.get(name)?)));
            let finding = clash.map(|(name, other)| self.taken(name, table.own.or(other)));
            if let Some(finding) = finding {
                self.findings.push(finding);
            }
            taken.extend(names.into_iter().map(|name| (name, table.own)));
        }
    }

    /// All names that a table takes: without a banner and by each, with those of its parts.
    fn names(&self, table: &Table) -> Vec<String> {
        let question = &self.questionnaire.questions[table.question];
        let own = table.own.map(|own| &self.poll.tables.own[own]);
        let mut names = Vec::new();
        if table.totals {
            let name = table_name(question, own, None);
            // Pictures come in two widths.
            let narrow = format!("{name}-narrow");
            names.extend([name, narrow]);
        }
        for columns in table.by.iter().map(|by| &self.columns[*by]) {
            let name = table_name(question, own, Some(columns));
            // By groups, each item but the first is a table called after it.
            let items = question.items.iter().skip(1).filter(|_| table.item.is_none());
            names.extend(items.map(|item| format!("{name}-{}", item.id)));
            names.push(name);
        }
        names
    }

    fn taken(&self, name: &str, own: Option<usize>) -> Finding {
        let headline = format!("two tables are called `{name}`");
        let finding = Finding::new(&codes::SAME_NAME, headline)
            .because("a name stands for one table in links, file names and data files");
        match own.map(|own| &self.poll.tables.own[own]) {
            Some(own) => finding
                .at(self.poll.place(&own.name, "table.name"))
                .help("a question by a banner has both their names: take another"),
            None => finding
                .at(Place::file(&self.poll.file))
                .help("give an item another id, or nest another question"),
        }
    }
}
