//! A file of targets: its sheet goes in, one [`Margin`] for each variable comes out.
//!
//! Columns `variable`, `category`, `share` or `count`, `source`. A joint variable is
//! `phase:region`, with categories such as `Primary:North`. May know the questionnaire.
//! Says all that is wrong with the file at once, each with its line and cell.

use indexmap::IndexMap;
use polars::prelude::DataFrame;

use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::document;
use crate::prepare::codes;
use crate::prepare::crossing::{Crossing, Fault};
use crate::prepare::side::{Row, Sheet};
use crate::questionnaire::Questionnaire;
use crate::words::Words;

/// What stands in place of a number where a group keeps its share.
const NO_TARGET: &str = "none";
/// How far a sum of shares may be from 1, or from 100 times as much.
const ROUNDING: f64 = 0.001;

/// The targets of one variable, or of several crossed.
#[derive(Clone, Debug)]
pub(super) struct Margin {
    pub(super) crossing: Crossing,
    /// Where it begins in its file.
    pub(super) place: Place,
    pub(super) cells: Vec<Target>,
    /// Whether targets are numbers of people; shares if not.
    pub(super) counts: bool,
    /// Where they come from.
    pub(super) source: Option<String>,
}

/// The target of one group.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The group, as a code of the crossing.
    pub(super) code: usize,
    /// A share, a number of people, or none: the group keeps its share.
    pub(super) size: Option<f64>,
    pub(super) place: Place,
}

impl Margin {
    /// The sum of the targets.
    pub(super) fn total(&self) -> f64 {
        self.cells.iter().filter_map(|cell| cell.size).sum()
    }
}

/// Reads a file of targets.
pub(super) fn read(
    sheet: &Sheet<'_>,
    (questionnaire, frame): (&Questionnaire, &DataFrame),
    words: &Words,
    findings: &mut Findings,
) -> Vec<Margin> {
    let Some(columns) = columns(sheet, findings) else { return Vec::new() };
    let mut reader = Reader { sheet, columns, faulty: Vec::new(), findings };
    let mut margins = reader.variables((questionnaire, frame), words);
    for row in &sheet.rows {
        reader.row(row, &mut margins);
    }
    // A line of a misspelled variable is missing from the sum of another.
    let astray = margins.values().any(Option::is_none);
    for (name, margin) in &mut margins {
        let Some(margin) = margin else { continue };
        reader.sourced(margin);
        if !astray && !reader.faulty.contains(name) {
            reader.add_up(margin);
        }
    }
    margins.into_values().flatten().collect()
}

/// Where each column stands.
#[derive(Clone, Copy)]
struct Columns {
    variable: usize,
    category: usize,
    size: usize,
    counts: bool,
    source: Option<usize>,
}

/// The headers that targets may have.
/// No list holds more people.
const MOST: f64 = 1e12;

const HEADERS: [&str; 5] = ["variable", "category", "share", "count", "source"];

fn columns(sheet: &Sheet<'_>, findings: &mut Findings) -> Option<Columns> {
    let mark = findings.list().len();
    for (field, header) in sheet.headers.iter().enumerate() {
        if !HEADERS.contains(&header.as_str()) {
            unknown_header(sheet, field, header, findings);
        }
    }
    if findings.list().len() > mark {
        return None;
    }
    let found = found_columns(sheet);
    if found.is_none() {
        let headline = "the file does not have the columns of targets";
        let help = "the first line is `variable,category,share,source`, or with `count` in place of \
                    `share`; not both";
        let finding = Finding::new(&codes::SHEET, headline).at(sheet.heading(0));
        findings.push(finding.help(help));
    }
    found
}

fn unknown_header(sheet: &Sheet<'_>, field: usize, header: &str, findings: &mut Findings) {
    let help = match document::nearest(header, HEADERS) {
        Some(near) => format!("did you mean `{near}`?"),
        None if header.contains([';', '\t']) => {
            "the cells are not parted by commas: save the file with commas between them"
                .to_owned()
        }
        None => format!(
            "the first line names the columns: {}, with `count` in place of `share` for numbers of \
             people; rename the column, or take it out",
            "`variable`, `category`, `share`, `source`"
        ),
    };
    let headline = format!("targets have no column `{header}`");
    let finding = Finding::new(&codes::SHEET, headline).at(sheet.heading(field));
    findings.push(finding.help(help));
}

fn found_columns(sheet: &Sheet<'_>) -> Option<Columns> {
    let (size, counts) = match (sheet.column("share"), sheet.column("count")) {
        (Some(share), None) => (share, false),
        (None, Some(count)) => (count, true),
        _ => return None,
    };
    let (variable, category) = (sheet.column("variable")?, sheet.column("category")?);
    Some(Columns { variable, category, size, counts, source: sheet.column("source") })
}

struct Reader<'a, 'f> {
    sheet: &'a Sheet<'a>,
    columns: Columns,
    /// The names of variables with a line that could not be used.
    faulty: Vec<String>,
    findings: &'f mut Findings,
}

impl Reader<'_, '_> {
    fn push(&mut self, code: &'static Code, row: &Row, field: usize, text: Fault) {
        let (headline, help) = text;
        let place = self.sheet.place(row, field);
        self.faulty.push(row.cells[self.columns.variable].clone());
        self.findings.push(Finding::new(code, headline).at(place).help(help));
    }

    /// Every variable of the file as a margin without cells; none where it is unknown.
    fn variables(
        &mut self,
        asked: (&Questionnaire, &DataFrame),
        words: &Words,
    ) -> IndexMap<String, Option<Margin>> {
        let (field, counts) = (self.columns.variable, self.columns.counts);
        let mut margins: IndexMap<String, Option<Margin>> = IndexMap::new();
        for row in &self.sheet.rows {
            let name = &row.cells[field];
            if margins.contains_key(name) {
                continue;
            }
            let margin = match Crossing::named(name, asked, words) {
                Err(fault) => {
                    self.push(&codes::VARIABLE, row, field, fault);
                    None
                }
                Ok(crossing) => {
                    let place = self.sheet.place(row, self.columns.variable);
                    Some(Margin { crossing, place, cells: Vec::new(), counts, source: None })
                }
            };
            margins.insert(name.clone(), margin);
        }
        margins
    }

    fn row(&mut self, row: &Row, margins: &mut IndexMap<String, Option<Margin>>) {
        let Columns { variable, category, size, source, .. } = self.columns;
        let Some(Some(margin)) = margins.get_mut(&row.cells[variable]) else { return };
        let text = &row.cells[category];
        let Some(code) = margin.crossing.code(text) else {
            let headline = format!("`{text}` is no answer of `{}`", margin.crossing.name);
            let help = margin.crossing.nearest(text);
            return self.push(&codes::CATEGORY, row, category, (headline, help));
        };
        if let Some(first) = margin.cells.iter().find(|cell| cell.code == code) {
            let line = first.place.line.unwrap_or_default();
            let headline = format!("`{text}` of `{}` stands here twice", margin.crossing.name);
            let help = format!("keep one of the lines {line} and {}", row.line);
            return self.push(&codes::TWICE, row, category, (headline, help));
        }
        let target = match self.number(&row.cells[size]) {
            Ok(target) => target,
            Err(fault) => return self.push(&codes::NUMBER, row, size, fault),
        };
        if let Some(field) = source.filter(|field| !row.cells[*field].is_empty()) {
            note(&mut margin.source, &row.cells[field]);
        }
        let place = self.sheet.place(row, category);
        margin.cells.push(Target { code, size: target, place });
    }

    /// The number of a cell; a percentage becomes a share where all shares do.
    fn number(&self, text: &str) -> Result<Option<f64>, Fault> {
        if text.eq_ignore_ascii_case(NO_TARGET) {
            return Ok(None);
        }
        let bare = text.strip_suffix('%').map_or(text, str::trim_end);
        let counts = self.columns.counts;
        let number = bare.parse::<f64>().ok().filter(|n| n.is_finite());
        let help = || {
            if counts {
                "write the number of people in digits alone, such as `21560`; `none` lets the \
                 group keep its share"
            } else {
                "write 0.43, 43 or 43%; `none` lets the group keep its share"
            }
            .to_owned()
        };
        match number {
            Some(number) if number < 0.0 => {
                Err((format!("the target is {text}, under zero"), help()))
            }
            Some(number) if number > MOST => {
                Err((format!("the target is {text}, more people than there are"), help()))
            }
            Some(_) if counts && text.ends_with('%') => {
                Err((format!("`{text}` is a share in a column of counts"), help()))
            }
            Some(number) => Ok(Some(number)),
            None => Err((format!("`{text}` is no number"), help())),
        }
    }

    /// Says that a margin has no source.
    fn sourced(&mut self, margin: &Margin) {
        if margin.source.is_none() {
            let mut place = margin.place.clone();
            place.column = Some("source".to_owned());
            place.field = self.columns.source.map(|field| field as u64 + 1);
            let headline = format!("the targets of `{}` have no source", margin.crossing.name);
            let finding = Finding::new(&codes::SOURCE, headline).at(place);
            let because =
                "a reader has to know where the targets come from and of when they are";
            let help = "add a column `source`, such as `Membership list, 8 January 2024`";
            self.findings.push(finding.because(because).help(help));
        }
    }

    /// Makes shares of percentages, and says if they do not add up.
    fn add_up(&mut self, margin: &mut Margin) {
        let mut place = margin.place.clone();
        let sum = margin.total();
        let near = |whole: f64| (sum - whole).abs() <= ROUNDING * whole;
        let bad = if margin.counts { sum <= 0.0 } else { !near(1.0) && !near(100.0) };
        if !bad {
            let whole = if margin.counts { 1.0 } else { sum };
            for cell in &mut margin.cells {
                cell.size = cell.size.map(|size| size / whole);
            }
            return;
        }
        let field = self.columns.size;
        place.column = self.sheet.headers.get(field).cloned();
        place.field = Some(field as u64 + 1);
        let what = if margin.counts { "counts" } else { "shares" };
        let name = &margin.crossing.name;
        let headline = if sum.abs() < f64::MIN_POSITIVE {
            format!("no category of `{name}` has a target")
        } else {
            format!("the {what} of `{name}` add up to {}", short(sum))
        };
        let help = if margin.counts {
            "give the number of people in each group"
        } else {
            "correct them: shares add up to 1 or 100, but for rounding; for numbers of people call \
             the column `count`"
        };
        let finding = Finding::new(&codes::SUM, headline).at(place).help(help);
        self.findings.push(finding);
    }
}

/// Adds a source that is not yet among those of a margin.
fn note(sources: &mut Option<String>, source: &str) {
    match sources {
        None => *sources = Some(source.to_owned()),
        Some(known) if !known.split("; ").any(|k| k == source) => {
            known.push_str("; ");
            known.push_str(source);
        }
        Some(_) => {}
    }
}

/// A number without the digits that nobody wrote.
pub(super) fn short(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
