//! Which column of the file goes to which coder: headers against questionnaire and design.

use super::coder::Coder;
use super::finder::Finder;
use super::head::Head;
use super::keys::{Marker, Secret};
use super::plan::Planner;
use super::work::{Hand, Worker};
use super::{Column, Repair, Use};
use crate::diagnostic::Findings;
use crate::document::Spanned;
use crate::poll::{Design, OneOrMany, Poll};
use crate::questionnaire::{Measure, Questionnaire};

/// A column of the file, its coder, and the columns of the frame that come of it.
pub(super) struct Slot {
    pub(super) field: usize,
    /// The first of its columns, as an index of all columns of the frame.
    pub(super) first: u32,
    pub(super) coder: Box<dyn Coder>,
    pub(super) columns: Vec<Column>,
}

impl Slot {
    fn hand(&self) -> Hand {
        let (coder, personal) = (self.coder.twin(), self.columns[0].personal);
        Hand { field: self.field, coder, personal }
    }
}

/// What to do with each column of the file.
pub(super) struct Layout {
    pub(super) slots: Vec<Slot>,
    pub(super) key: Option<usize>,
    pub(super) repairs: Vec<Repair>,
    /// How many columns the file has.
    width: usize,
}

impl Layout {
    /// Whether a column holds answers of a list, and is not personal.
    pub(super) fn lists(&self, field: usize) -> bool {
        let listed = |use_: &Use| match use_ {
            Use::Variable(variable) => variable.measure == Measure::Category,
            Use::Flag(..) => true,
            _ => false,
        };
        let mut slots = self.slots.iter().filter(|slot| slot.field == field);
        slots.any(|slot| slot.columns.iter().any(|c| !c.personal && listed(&c.use_)))
    }

    /// What codes the records of a file.
    pub(super) fn worker(&self, delimiter: u8, marker: Marker) -> Worker {
        let slots = self.slots.iter().map(Slot::hand).collect();
        Worker { slots, key: self.key, marker, width: self.width, delimiter }
    }
}

/// Every header that the questionnaire or the design may name.
pub(super) fn known_headers(questionnaire: &Questionnaire, design: &Design) -> Vec<String> {
    let mut known: Vec<String> = questionnaire.source.personal.clone();
    known.extend(questionnaire.source.key.clone());
    for question in &questionnaire.questions {
        known.extend(question.headers.iter().cloned());
        known.extend(question.items.iter().flat_map(|i| i.headers.clone()));
        known.extend(question.answers.iter().filter_map(|a| a.column.clone()));
    }
    known.extend(design_columns(design).into_iter().map(|(name, _)| name));
    known
}

/// The columns of the design, and whether each is a number.
pub(super) fn design_columns(design: &Design) -> Vec<(String, bool)> {
    let mut list = Vec::new();
    let units = design.strata.iter().chain(&design.psu);
    list.extend(units.map(|c| (c.get_ref().clone(), false)));
    list.extend(design.weight.iter().map(|c| (c.get_ref().clone(), true)));
    match design.population.as_ref().map(Spanned::get_ref) {
        Some(OneOrMany::One(column)) => list.push((column.clone(), true)),
        Some(OneOrMany::Many(columns)) => {
            list.extend(columns.iter().map(|c| (c.clone(), true)));
        }
        None => {}
    }
    list
}

/// Finds every column that is needed.
pub(super) fn layout(
    (file, head): (&str, &Head),
    (questionnaire, poll): (&Questionnaire, Option<&Poll>),
    secret: &Secret,
    findings: &mut Findings,
) -> Layout {
    let finder = Finder {
        file,
        platform: head.platform,
        headings: &head.headings,
        row: head.header_row,
        used: vec![false; head.headings.len()],
        questionnaire,
        repairs: Vec::new(),
        absent: Vec::new(),
        strangers: false,
        findings,
    };
    let mut planner = Planner { finder, questionnaire, poll, secret, slots: Vec::new() };
    planner.plan();
    let key = planner.key();
    let Planner { mut finder, mut slots, .. } = planner;
    for column in &questionnaire.source.personal {
        for heading in 0..finder.headings.len() {
            finder.used[heading] |= finder.headings[heading].names.contains(column);
        }
    }
    finder.say_missing();
    finder.unknown(poll.is_some());
    slots.sort_by_key(|slot: &Slot| slot.field);
    let mut first = 0;
    for slot in &mut slots {
        slot.first = first;
        first += u32::try_from(slot.columns.len()).unwrap_or(u32::MAX);
    }
    Layout { slots, key, repairs: finder.repairs, width: head.headings.len() }
}
