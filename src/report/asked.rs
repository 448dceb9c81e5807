//! What was asked, for data files: questions, items, answers and groups with their ids and
//! labels, so that a record's figure can be named as headlines name it.
//!
//! Takes released tables. Never holds a number.

use crate::disclose::{Label, Table};

/// A question that has figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question's id.
    pub id: String,
    /// The short title.
    pub title: String,
    /// The question as it was put.
    pub text: String,
    /// Whom its percentages are of.
    pub base: String,
    /// The items of a grid.
    pub items: Vec<Label>,
    /// Answers, totals and summaries.
    pub answers: Vec<Label>,
}

/// A variable by whose groups there are figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouped {
    /// The variable's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its groups.
    pub groups: Vec<Label>,
}

/// Every question once, in the order of the tables.
pub(super) fn questions(tables: &[Table]) -> Vec<Asked> {
    let mut found: Vec<Asked> = Vec::new();
    for table in tables {
        let known = found.iter().any(|asked| asked.id == table.question.id);
        if !known {
            found.push(asked(table));
        }
    }
    found
}

fn asked(table: &Table) -> Asked {
    let mut answers: Vec<Label> = Vec::new();
    for row in table.blocks.iter().flat_map(|block| &block.rows) {
        if !answers.contains(&row.label) {
            answers.push(row.label.clone());
        }
    }
    Asked {
        id: table.question.id.clone(),
        title: table.question.title.clone(),
        text: table.question.text.clone(),
        base: table.question.base.clone(),
        items: table.blocks.iter().filter_map(|block| block.item.clone()).collect(),
        answers,
    }
}

/// Every banner once.
pub(super) fn banners(tables: &[Table]) -> Vec<Grouped> {
    let mut found: Vec<Grouped> = Vec::new();
    for table in tables {
        let Some(banner) = &table.banner else { continue };
        // The total comes first.
        let groups = table.groups.iter().skip(1).cloned();
        let Some(known) = found.iter_mut().find(|grouped| grouped.id == banner.id) else {
            let (id, title) = (banner.id.clone(), banner.text.clone());
            found.push(Grouped { id, title, groups: groups.collect() });
            continue;
        };
        // A table with a condition may have other groups, of which more are merged.
        let further: Vec<Label> =
            groups.filter(|group| !known.groups.contains(group)).collect();
        known.groups.extend(further);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::released;

    #[test]
    fn questions_and_banners_stand_once() {
        let released = released();
        let questions = questions(released.tables());
        let ids: Vec<&str> = questions.iter().map(|asked| asked.id.as_str()).collect();
        assert_eq!(ids, ["adequate", "inspection", "hours"]);
        let items: Vec<&str> = questions[1].items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(items, ["workload", "home"]);
        assert_eq!(questions[1].answers.len(), 3);
        let banners = banners(released.tables());
        assert_eq!((banners.len(), banners[0].id.as_str()), (1, "phase"));
        assert_eq!(banners[0].groups.len(), 2);
    }
}
