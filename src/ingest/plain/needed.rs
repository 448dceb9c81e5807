//! Columns that are needed against the headings of a file.

use indexmap::IndexMap;

use super::cells::Rules;
use super::measures::Measures;
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::document;
use crate::ingest::coder::{Coder, Units};
use crate::ingest::head::Head;
use crate::ingest::platform::Role;
use crate::ingest::work::Hand;
use crate::ingest::{codes, finder, personal};
use crate::poll::{self, OneOrMany};

/// How many columns a message lists.
const LISTED: usize = 8;

/// A column that is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// Its header; with `*`, which stands for any text, every header that it fits.
    pub column: String,
    /// Whether its numbers alone are needed: labels of many different numbers take memory.
    pub numbers: bool,
    /// What needs it, for messages: an option, such as `--weight`.
    pub why: String,
}

/// The columns of a file that are needed.
pub(super) struct Found {
    /// Each once.
    pub(super) columns: Vec<Sought>,
    /// What they were asked for by, and their places in `columns`.
    pub(super) names: IndexMap<String, usize>,
}

/// A column of the file that is needed.
pub(super) struct Sought {
    pub(super) field: usize,
    pub(super) header: String,
    pub(super) numbers: bool,
    pub(super) personal: bool,
}

impl Sought {
    /// What codes its cells.
    pub(super) fn hand(&self, rules: &Rules) -> Hand {
        let coder: Box<dyn Coder> = if self.numbers {
            Box::new(Measures::new(rules.clone()))
        } else {
            Box::new(Units::new(false))
        };
        Hand { field: self.field, coder, personal: self.personal }
    }
}

/// Whether a column is about a person, by its header.
pub(super) fn about_a_person(head: &Head, field: usize) -> bool {
    head.headings.get(field).is_none_or(|heading| heading.role == Role::Personal)
}

/// Whether a header is one of those that a pattern names: `*` stands for any text.
pub(super) fn fits(pattern: &str, header: &str) -> bool {
    poll::names(&OneOrMany::One(pattern.to_owned()), header)
}

/// Finds every column that is needed.
///
/// # Errors
/// [`Kind::Input`] if one is missing, or a header stands twice.
pub(super) fn find(
    file: &str,
    head: &Head,
    needed: &[Needed],
    findings: &mut Findings,
) -> Result<Found, Failure> {
    let mark = findings.list().len();
    let found = Found { columns: Vec::new(), names: IndexMap::new() };
    let mut search = Search { file, head, found, findings };
    for needed in needed {
        search.one(needed);
    }
    let Search { found, findings, .. } = search;
    findings.stop_on_error_since(mark, Kind::Input)?;
    Ok(found)
}

struct Search<'a> {
    file: &'a str,
    head: &'a Head,
    found: Found,
    findings: &'a mut Findings,
}

impl Search<'_> {
    fn one(&mut self, needed: &Needed) {
        let fields = finder::called(&self.head.headings, &needed.column);
        match fields.as_slice() {
            [] if needed.column.contains('*') => self.pattern(needed),
            [] => self.missing(needed),
            [field] => {
                let place = self.add(*field, needed.numbers);
                self.found.names.insert(needed.column.clone(), place);
            }
            [first, second, ..] => self.twice(needed, *first, *second),
        }
    }

    /// The usual name of a column.
    fn name(&self, field: usize) -> Option<&str> {
        self.head.headings.get(field)?.names.first().map(String::as_str)
    }

    /// Adds a column, unless it is held; labels are kept if anybody needs them.
    fn add(&mut self, field: usize, numbers: bool) -> usize {
        let held = self.found.columns.iter().position(|column| column.field == field);
        if let Some(held) = held {
            self.found.columns[held].numbers &= numbers;
            return held;
        }
        let header = self.name(field).unwrap_or_default().to_owned();
        let personal = about_a_person(self.head, field);
        self.found.columns.push(Sought { field, header, numbers, personal });
        self.found.columns.len() - 1
    }

    fn pattern(&mut self, needed: &Needed) {
        let fits = |field: &usize| self.name(*field).is_some_and(|n| fits(&needed.column, n));
        let fields: Vec<usize> = (0..self.head.headings.len()).filter(fits).collect();
        if fields.is_empty() {
            self.missing(needed);
        }
        for field in fields {
            self.add(field, needed.numbers);
        }
    }

    fn missing(&mut self, needed: &Needed) {
        let Needed { column, why, .. } = needed;
        let shown = |name: &&str| personal::cell(name).is_none();
        let names = (0..self.head.headings.len()).filter_map(|field| self.name(field));
        let names: Vec<&str> = names.filter(shown).collect();
        let help = match document::nearest(column, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the columns are {}", list(&names)),
        };
        let finding =
            Finding::new(&codes::MISSING, format!("the file has no column `{column}`"))
                .because(format!("{why} names it"));
        self.findings.push(finding.at(self.top()).help(help));
    }

    fn twice(&mut self, needed: &Needed, first: usize, second: usize) {
        let Needed { column, why, .. } = needed;
        let headline = format!("two columns have the header `{column}`");
        let own = |field: usize| {
            let names = self.head.headings.get(field).into_iter().flat_map(|h| &h.names);
            let mut own =
                names.filter(|name| finder::called(&self.head.headings, name).len() == 1);
            own.next().map(|name| format!("`{name}`"))
        };
        let help = match own(first).zip(own(second)) {
            Some((one, other)) => format!("name the right one: {one} or {other}"),
            None => "rename one of them in the file".to_owned(),
        };
        let place = Place { field: Some(second as u64 + 1), ..self.top() };
        self.findings.push(
            Finding::new(&codes::TWICE, headline)
                .at(Place { column: Some(column.clone()), ..place })
                .because(format!("columns {} and {}; {why} names it", first + 1, second + 1))
                .help(help),
        );
    }

    /// The row of the headers.
    fn top(&self) -> Place {
        let row = Some(self.head.header_row);
        Place { row, line: row, ..Place::file(self.file) }
    }
}

/// The first names, in backquotes.
fn list(names: &[&str]) -> String {
    let shown: Vec<String> =
        names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(LISTED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
