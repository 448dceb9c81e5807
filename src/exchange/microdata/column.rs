//! The columns of the records: those of the design first, then those of the questions in
//! the order of the questionnaire.
//!
//! Takes a sample, borrows its codes and numbers, and writes one cell at a time.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::Write as _;

use indexmap::IndexMap;
use jiff::Span;
use jiff::civil::Date;

use super::codes::{self, Reasons};
use crate::frame::{self, Codes};
use crate::prepare::{Design, Sample};
use crate::questionnaire::{Kind, Measure, Question, Variable};

/// One column.
pub(super) struct Column<'s> {
    /// Its header.
    pub(super) name: String,
    /// The question that it is of, as an index; none for those of the design.
    pub(super) question: Option<usize>,
    /// What it holds of its question, or of the design, in words.
    pub(super) part: String,
    /// What stands in its cells.
    pub(super) cells: Cells<'s>,
}

/// What stands in the cells of a column.
pub(super) enum Cells<'s> {
    /// Codes of a list, and what each is written as.
    Codes(Codes<'s>, Vec<Meaning>),
    /// Numbers; not-a-number for none.
    Numbers(Cow<'s, [f64]>),
    /// Days since 1970-01-01; not-a-number for none.
    Days(Cow<'s, [f64]>),
    /// Sampling units, by a number without meaning.
    Units(Vec<u32>),
}

/// What one code means.
pub(super) struct Meaning {
    /// The number in the file.
    pub(super) code: i64,
    /// In words.
    pub(super) label: String,
    /// Whether it is a reason for no answer.
    pub(super) missing: bool,
}

impl Column<'_> {
    /// Whether it holds sampling units.
    pub(super) fn is_unit(&self) -> bool {
        matches!(self.cells, Cells::Units(_))
    }

    /// Which of two rows comes first by this column; a row without a number comes last.
    pub(super) fn compare(&self, a: usize, b: usize) -> Ordering {
        match &self.cells {
            Cells::Codes(codes, meanings) => {
                let code = |row| meanings.get(codes.get(row)).map(|meaning| meaning.code);
                code(a).cmp(&code(b))
            }
            Cells::Numbers(numbers) | Cells::Days(numbers) => numbers[a].total_cmp(&numbers[b]),
            Cells::Units(units) => units[a].cmp(&units[b]),
        }
    }

    /// A number in the order of [`Column::compare`].
    pub(super) fn key(&self, row: usize) -> u64 {
        const SIGN: u64 = 1 << 63;
        match &self.cells {
            Cells::Codes(codes, meanings) => {
                let meaning = meanings.get(codes.get(row));
                meaning.map_or(0, |meaning| meaning.code.cast_unsigned() ^ SIGN)
            }
            // The bits of numbers above zero are in order, those of others in reverse.
            Cells::Numbers(numbers) | Cells::Days(numbers) => {
                let bits = numbers[row].to_bits();
                if bits & SIGN == 0 { bits | SIGN } else { !bits }
            }
            Cells::Units(units) => u64::from(units[row]),
        }
    }

    /// Numbers sampling units in the order of the rows, so that nothing is left of the order
    /// in which they came.
    pub(super) fn number_units(&mut self, rows: &[usize]) {
        let Cells::Units(units) = &mut self.cells else { return };
        let mut numbers: IndexMap<u32, u32> = IndexMap::new();
        for row in rows {
            let next = u32::try_from(numbers.len() + 1).unwrap_or(u32::MAX);
            units[*row] = *numbers.entry(units[*row]).or_insert(next);
        }
    }

    /// Writes a cell; nothing where there is no number.
    pub(super) fn write(&self, row: usize, text: &mut String) {
        // Writing to a text never fails.
        let _ = match &self.cells {
            Cells::Codes(codes, meanings) => match meanings.get(codes.get(row)) {
                Some(meaning) => write!(text, "{}", meaning.code),
                None => Ok(()),
            },
            Cells::Numbers(numbers) if numbers[row].is_nan() => Ok(()),
            Cells::Numbers(numbers) => write!(text, "{}", numbers[row] + 0.0),
            Cells::Days(days) => day(days[row]).map_or(Ok(()), |day| write!(text, "{day}")),
            Cells::Units(units) => write!(text, "{}", units[row]),
        };
    }
}

/// The day that is so many days after 1970-01-01.
#[expect(clippy::cast_possible_truncation, reason = "days of dates, read from dates")]
fn day(days: f64) -> Option<Date> {
    let span = Span::new().try_days(days as i64).ok().filter(|_| !days.is_nan())?;
    Date::constant(1970, 1, 1).checked_add(span).ok()
}

/// All columns of a sample.
pub(super) fn columns(sample: &Sample) -> Vec<Column<'_>> {
    let mut reasons = Reasons::new();
    let variables = sample.questionnaire().variables();
    let of_questions = variables.iter().flat_map(|v| of_variable(sample, v, &mut reasons));
    let of_questions: Vec<Column<'_>> = of_questions.collect();
    let mut columns = of_design(sample.design());
    for column in &mut columns {
        while of_questions.iter().any(|other| other.name == column.name) {
            column.name.push('_');
        }
    }
    columns.extend(of_questions);
    columns
}

/// Weight, stratum, sampling units and population sizes.
fn of_design(design: &Design) -> Vec<Column<'_>> {
    let column = |name: &str, part: &str, cells| Column {
        name: name.to_owned(),
        question: None,
        part: part.to_owned(),
        cells,
    };
    let weights = Cells::Numbers(Cow::Borrowed(&design.weights));
    let mut columns = vec![column("weight", "Final weight", weights)];
    if design.strata.len() > 1 {
        let cells = Cells::Codes(Codes::Four(&design.stratum), strata(&design.strata));
        columns.push(column("stratum", "Stratum", cells));
    }
    for (stage, number) in design.stages.iter().zip(1..) {
        let units = Cells::Units(stage.unit.clone());
        columns.push(column(&nth("psu", number), &nth_stage("Sampling unit", number), units));
    }
    for (sizes, number) in population(design).into_iter().zip(1..) {
        let sizes = Cells::Numbers(Cow::Owned(sizes));
        let words = nth_stage("Units in the population", number);
        columns.push(column(&nth("population", number), &words, sizes));
    }
    columns
}

fn nth(name: &str, number: usize) -> String {
    if number == 1 { name.to_owned() } else { format!("{name}_{number}") }
}

fn nth_stage(words: &str, number: usize) -> String {
    if number == 1 { words.to_owned() } else { format!("{words}, stage {number}") }
}

/// The numbers of strata, by their names in alphabetical order.
fn strata(names: &[String]) -> Vec<Meaning> {
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort();
    let place = |name: &String| sorted.iter().position(|other| *other == name);
    let code = |name: &String| place(name).and_then(|at| i64::try_from(at + 1).ok());
    let meaning = |name: &String| Meaning {
        code: code(name).unwrap_or_default(),
        label: name.clone(),
        missing: false,
    };
    names.iter().map(meaning).collect()
}

/// For each stage with known sizes: how many units the parent of each respondent's has.
fn population(design: &Design) -> Vec<Vec<f64>> {
    let sizes_of = |sizes: &[f64], parents: &mut dyn Iterator<Item = u32>| -> Vec<f64> {
        parents.map(|parent| sizes[parent as usize]).collect()
    };
    if let (Some(sizes), true) = (&design.population, design.stages.is_empty()) {
        return vec![sizes_of(sizes, &mut design.stratum.iter().copied())];
    }
    let stages = design.stages.iter().map_while(|stage| {
        let parents = &mut stage.unit.iter().map(|unit| stage.parent[*unit as usize]);
        Some(sizes_of(stage.population.as_ref()?, parents))
    });
    stages.collect()
}

/// The columns of a variable; none if it is free text, or may never be shown.
fn of_variable<'s>(
    sample: &'s Sample,
    variable: &Variable,
    reasons: &mut Reasons,
) -> Vec<Column<'s>> {
    let question = &sample.questionnaire().questions[variable.question];
    let named: Vec<(String, String)> = match variable.measure {
        Measure::Text => Vec::new(),
        Measure::Flags => {
            let answers = question.answers.iter().enumerate();
            answers.map(|(at, answer)| (question.flag(at), answer.label.clone())).collect()
        }
        Measure::Category | Measure::Number => {
            let item = variable.item.and_then(|item| question.items.get(item));
            let part = item.map_or(&question.title, |item| &item.label);
            vec![(variable.name.clone(), part.clone())]
        }
    };
    let shown = named.into_iter().filter(|(name, _)| !sample.facts().personal.contains(name));
    let column = |(name, part): (String, String)| {
        let cells = cells(sample, question, &name, reasons)?;
        Some(Column { name, question: Some(variable.question), part, cells })
    };
    shown.filter_map(column).collect()
}

fn cells<'s>(
    sample: &'s Sample,
    question: &Question,
    name: &str,
    reasons: &mut Reasons,
) -> Option<Cells<'s>> {
    if let Some(codes) = frame::codes(sample.frame(), name) {
        let list = frame::list(sample.frame(), name);
        return Some(Cells::Codes(codes, meanings(question, list, reasons)));
    }
    let numbers = Cow::Borrowed(frame::numbers(sample.frame(), name)?);
    Some(if question.kind == Kind::Date {
        Cells::Days(numbers)
    } else {
        Cells::Numbers(numbers)
    })
}

/// What the codes of the frame mean: the answers, then the reasons, in square brackets there.
fn meanings(question: &Question, list: Vec<String>, reasons: &mut Reasons) -> Vec<Meaning> {
    let answers = match question.measure() {
        Measure::Flags => vec![0, 1],
        _ => codes::answers(question),
    };
    let meaning = |(at, label): (usize, String)| {
        if let Some(code) = answers.get(at) {
            return Meaning { code: *code, label, missing: false };
        }
        let label = label.trim_start_matches('[').trim_end_matches(']').to_owned();
        Meaning { code: reasons.code(&label), label, missing: true }
    };
    list.into_iter().enumerate().map(meaning).collect()
}
