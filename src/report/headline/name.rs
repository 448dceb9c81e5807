//! Names of figures: `question[.item].answer[@banner=group]|style`. Takes the text of a
//! gap, gives the released figure that it names, or the nearest name.

use strsim::normalized_damerau_levenshtein;

use crate::diagnostic::Finding;
use crate::disclose::{Block, Figure, LeftOut, Merged, Row, Table};

/// A figure's name, taken apart: `question[.item].answer[@banner=group]|style`.
pub(super) struct Name<'a> {
    pub(super) question: &'a str,
    pub(super) item: Option<&'a str>,
    pub(super) answer: &'a str,
    pub(super) group: Option<(&'a str, &'a str)>,
    pub(super) style: &'a str,
}

impl Name<'_> {
    /// Whether a figure of that name would stand in a table, if it were shown.
    pub(super) fn is_of(&self, table: &LeftOut) -> bool {
        self.question == table.question
            && self.group.is_some_and(|(banner, _)| banner == table.banner)
    }
}

/// Takes a name apart; none if it is not of that form.
pub(super) fn parse(gap: &str) -> Option<Name<'_>> {
    let (name, style) = gap.split_once('|')?;
    let (path, group) = match name.split_once('@') {
        Some((path, group)) => (path, Some(group.trim().split_once('=')?)),
        None => (name, None),
    };
    let parts: Vec<_> = path.trim().split('.').collect();
    let (question, item, answer) = match parts[..] {
        [question, answer] => (question, None, answer),
        [question, item, answer] => (question, Some(item), answer),
        _ => return None,
    };
    Some(Name { question, item, answer, group, style: style.trim() })
}

/// The figure of a name.
pub(super) fn find<'a>(name: &Name<'_>, tables: &[&'a Table]) -> Option<Cell<'a>> {
    cells(tables).find(|cell| cell.is(name))
}

/// A figure that a headline could name.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    pub(super) table: &'a Table,
    pub(super) block: &'a Block<Figure>,
    pub(super) row: &'a Row<Figure>,
    pub(super) group: Option<(&'a str, &'a str)>,
    pub(super) figure: &'a Figure,
}

impl<'a> Cell<'a> {
    /// The item's id, in a battery.
    pub(super) fn item(&self) -> Option<&'a str> {
        self.block.item.as_ref().map(|item| item.id.as_str())
    }

    fn is(&self, name: &Name<'_>) -> bool {
        self.table.question.id == name.question
            && self.item() == name.item
            && self.row.label.id == name.answer
            && self.group == name.group
    }

    /// The name, as a headline writes it.
    pub(super) fn name(&self) -> String {
        let item = self.item().map(|item| format!(".{item}")).unwrap_or_default();
        let group = self.group.map(|(b, g)| format!("@{b}={g}")).unwrap_or_default();
        format!("{}{item}.{}{group}", self.table.question.id, self.row.label.id)
    }
}

/// Every figure, under the name that it has.
pub(super) fn cells<'a>(tables: &[&'a Table]) -> impl Iterator<Item = Cell<'a>> {
    tables.iter().copied().flat_map(|table| {
        table.blocks.iter().flat_map(move |block| {
            block.rows.iter().flat_map(move |row| {
                table.groups.iter().zip(&row.cells).map(move |(group, figure)| {
                    let banner = table.banner.as_ref();
                    let group = banner.map(|b| (b.id.as_str(), group.id.as_str()));
                    Cell { table, block, row, group, figure }
                })
            })
        })
    })
}

/// The figure of the merged group that holds the group of a name, and that group in words.
pub(super) fn merged<'a>(
    name: &Name<'a>,
    tables: &[&'a Table],
) -> Option<(Cell<'a>, &'a Merged)> {
    let (banner, group) = name.group?;
    tables.iter().find_map(|table| {
        let own = table.banner.as_ref().filter(|own| own.id == banner)?;
        let holds = |variable: &str, id: &str| {
            table.merged.iter().find(|merged| {
                merged.banner.id == variable && merged.parts.iter().any(|part| part.id == id)
            })
        };
        // The groups of nested variables stand in the order of the variables.
        let parts = || own.id.split('-').zip(group.split('-'));
        let first = parts().find_map(|(variable, id)| holds(variable, id))?;
        let ids = parts().map(|(variable, id)| match holds(variable, id) {
            Some(merged) => merged.group.id.as_str(),
            None => id,
        });
        let ids = ids.collect::<Vec<_>>().join("-");
        let is = |cell: &Cell<'_>| cell.is(&Name { group: Some((banner, &ids)), ..*name });
        cells(&[*table]).find(is).map(|cell| (cell, first))
    })
}

/// Names the figure whose name is most alike.
pub(super) fn nearest(finding: Finding, name: &Name<'_>, tables: &[&Table]) -> Finding {
    let item = name.item.map(|item| format!("{item}.")).unwrap_or_default();
    let group = name.group.map(|(b, g)| format!("@{b}={g}")).unwrap_or_default();
    let wanted = format!("{}.{item}{}{group}", name.question, name.answer);
    let nearest = cells(tables).map(|cell| cell.name()).max_by(|a, b| {
        let likeness = |other: &str| normalized_damerau_levenshtein(&wanted, other);
        likeness(a).total_cmp(&likeness(b))
    });
    match nearest {
        Some(nearest) => finding
            .because(format!("the closest figure is `{nearest}`"))
            .help(format!("write `{{{nearest}|{}}}`", name.style)),
        None => finding.because("the report has no figures"),
    }
}
