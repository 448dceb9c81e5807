//! Faults become findings: where they are first, how often, and where else.

use super::codes;
use super::rules::Fault;
use crate::diagnostic::{Finding, Findings, Place};
use crate::ingest::{self, Delivery, Repair, Responses, Spot};

/// What is needed to find a cell in its file again.
pub(super) struct Reporter<'a> {
    pub(super) responses: &'a Responses,
    pub(super) deliveries: &'a [&'a dyn Delivery],
}

/// One finding for each fault, one for each count of cells of ragged rows.
pub(super) fn report(faults: &[Fault], reporter: &Reporter<'_>, findings: &mut Findings) {
    for finding in reporter.ragged() {
        findings.push(finding);
    }
    for fault in faults {
        findings.push(reporter.finding(fault));
    }
    for repair in &reporter.responses.repairs {
        findings.push(reporter.repair(repair));
    }
}

impl Reporter<'_> {
    fn finding(&self, fault: &Fault) -> Finding {
        let spots: Vec<Spot> = fault
            .rows
            .iter()
            .take(4)
            .map(|r| self.responses.places.spot(*r as usize))
            .collect();
        let also = spots.iter().skip(1).map(|s| s.row).collect();
        let mut finding = Finding::new(fault.code, fault.headline.clone())
            .because(fault.because.clone())
            .help(fault.help.clone())
            .times(fault.rows.len() as u64, also);
        finding.value.clone_from(&fault.value);
        if let Some(first) = spots.first() {
            finding.place = Some(self.place(*first, fault.column));
        }
        finding
    }

    fn repair(&self, repair: &Repair) -> Finding {
        let Repair { rule, column, from, to, count, .. } = repair;
        let cells = if *count == 1 { "cell is" } else { "cells are" };
        let headline = match (rule.as_str(), from.is_empty()) {
            ("header alias", _) => "a column is found under another header".to_owned(),
            (_, true) => format!("{count} {cells} read as another spelling of an answer"),
            (_, false) => format!("{count} {cells} read as `{to}`"),
        };
        let file = self.responses.files.first().map_or("", |file| file.path.as_str());
        let place = Place {
            row: Some(repair.first_row),
            column: Some(column.clone()),
            ..Place::file(file)
        };
        let because = match rule.as_str() {
            "header alias" => {
                format!("the schema names it as another spelling of `{to}`")
            }
            rule => format!("the schema allows it: {rule}"),
        };
        let mut finding = Finding::new(&codes::REPAIR, headline)
            .at(place)
            .because(because)
            .times(*count, vec![]);
        if !from.is_empty() && rule != "header alias" {
            finding = finding.value(from.clone());
        }
        finding
    }

    fn place(&self, spot: Spot, column: Option<usize>) -> Place {
        let file = &self.responses.files[spot.file];
        let mut place = Place {
            file: file.path.clone(),
            row: Some(spot.row),
            line: Some(spot.line),
            ..Place::default()
        };
        let Some(column) = column.map(|c| &self.responses.columns[c]) else {
            return place;
        };
        place.column = Some(column.header.clone());
        place.field = Some(column.field);
        let field = usize::try_from(column.field).unwrap_or(usize::MAX) - 1;
        let delivery = self.deliveries.get(spot.file);
        if let Some((lines, character)) =
            delivery.and_then(|d| ingest::locate(*d, spot.offset, file.delimiter, field))
        {
            place.line = Some(spot.line + lines);
            place.character = Some(character);
        }
        place
    }

    fn ragged(&self) -> Vec<Finding> {
        let list = &self.responses.ragged;
        let Some(first) = list.first() else { return Vec::new() };
        let also = list.iter().skip(1).take(3).map(|r| r.spot.row).collect();
        let few = if first.cells < first.expected { "few" } else { "many" };
        let headline = if list.len() == 1 {
            format!("a row has {} cells, the header has {}", first.cells, first.expected)
        } else {
            format!("{} rows have too few or too many cells", list.len())
        };
        let finding = Finding::new(&codes::RAGGED, headline)
            .at(self.place(first.spot, None))
            .because(format!(
                "{} cells are too {few}: the header has {}",
                first.cells, first.expected
            ))
            .help(
                "export again with text in quotes; a cell may hold a delimiter or a line break",
            )
            .times(list.len() as u64, also);
        vec![finding]
    }
}
