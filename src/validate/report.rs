//! Faults become findings: where they are first, how often, and where else.

use super::codes;
use super::rules::Effect;
use super::rules::Fault;
use crate::diagnostic::{Finding, Findings, Place, Severity};
use crate::ingest::{self, Delivery, Records, Repair, Responses, SeenPersonal, Spot};
use crate::questionnaire::Dialect;

/// What is needed to find a cell in its file again.
pub(super) struct Reporter<'a> {
    pub(super) responses: &'a Responses,
    pub(super) deliveries: &'a [&'a dyn Delivery],
}

/// One finding for each fault, one for each count of cells of ragged rows.
pub(super) fn report(faults: &[Fault], reporter: &Reporter<'_>, findings: &mut Findings) {
    let places = reporter.places(faults);
    for finding in reporter.blank().into_iter().chain(reporter.ragged()) {
        findings.push(finding);
    }
    for (fault, place) in faults.iter().zip(places) {
        findings.push(reporter.finding(fault, place));
    }
    for seen in &reporter.responses.personal {
        findings.push(reporter.personal(seen));
    }
    for repairs in reporter.alike() {
        findings.push(reporter.repair(&repairs));
    }
    if let Some(finding) = reporter.nothing() {
        findings.push(finding);
    }
}

impl Reporter<'_> {
    fn finding(&self, fault: &Fault, place: Option<Place>) -> Finding {
        let rows = fault.rows.iter().skip(1).take(3);
        let also = rows.map(|r| self.responses.places.spot(*r as usize).row).collect();
        let mut finding = Finding::new(fault.code, fault.headline.clone())
            .because(fault.because.clone())
            .help(fault.help.clone())
            .times(fault.rows.len() as u64, also);
        finding.value.clone_from(&fault.value);
        finding.place = place;
        match fault.effect {
            Effect::SetAside => {}
            Effect::Exclude | Effect::Note => finding.severity = Severity::Note,
            Effect::Fail => finding.severity = Severity::Error,
        }
        finding
    }

    /// Where each fault is first; each file is gone through once.
    fn places(&self, faults: &[Fault]) -> Vec<Option<Place>> {
        let first = |fault: &Fault| {
            let row = fault.rows.first()?;
            Some((self.responses.places.spot(*row as usize), fault.column))
        };
        let firsts: Vec<_> = faults.iter().map(first).collect();
        let mut places: Vec<Option<Place>> = firsts
            .iter()
            .map(|first| first.map(|(spot, column)| self.place(spot, column)))
            .collect();
        for (number, file) in self.responses.files.iter().enumerate() {
            let Some(delivery) = self.deliveries.get(number) else { continue };
            let cell = |(index, first): (usize, &Option<(Spot, Option<usize>)>)| {
                let (spot, column) = (*first)?;
                let field = self.responses.columns.get(column?)?.field;
                let field = usize::try_from(field).ok()? - 1;
                (spot.file == number).then_some((index, spot, field))
            };
            let cells: Vec<_> = firsts.iter().enumerate().filter_map(cell).collect();
            let wanted: Vec<_> =
                cells.iter().map(|(_, spot, field)| (spot.offset, *field)).collect();
            let mut records = Records::new(*delivery, &file.form, file.delimiter);
            let found = ingest::locate(&mut records, &wanted);
            for ((index, spot, _), found) in cells.into_iter().zip(found) {
                let (Some(place), Some((lines, character))) = (&mut places[index], found)
                else {
                    continue;
                };
                place.line = Some(spot.line + lines);
                place.character = Some(character);
            }
        }
        places
    }

    /// What in a column looks like data about a person.
    fn personal(&self, seen: &SeenPersonal) -> Finding {
        let spot = self.responses.places.spot(seen.row as usize);
        let column = &self.responses.columns[seen.column as usize];
        let (cells, verb) = if seen.count == 1 { ("cell", "looks") } else { ("cells", "look") };
        let what = seen.kind.words();
        let headline =
            format!("{} {cells} of `{}` {verb} like {what}", seen.count, column.header);
        Finding::new(&codes::PERSONAL, headline)
            .at(self.place(spot, Some(seen.column as usize)))
            .because("people write about themselves and others where they may write freely")
            .help(
                "nothing of it is published; keep it in mind before you quote from the column",
            )
            .times(seen.count, Vec::new())
    }

    /// What an empty cell may mean in this export, said once.
    fn nothing(&self) -> Option<Finding> {
        let file = self.responses.files.first().filter(|f| f.dialect != Dialect::Plain)?;
        let routed =
            self.responses.questionnaire.questions.iter().any(|q| q.asked_if.is_some());
        let help = if routed {
            "`asked_if` tells who was not asked; all else counts as no answer"
        } else {
            "declare `asked_if` where not everybody was asked"
        };
        let name = file.platform().dialect.name();
        let finding = Finding::new(&codes::NOTHING, "empty cells can mean several things")
            .at(Place::file(&file.path))
            .because(format!("`{name}`: {}", file.platform().blank))
            .help(help);
        Some(finding)
    }

    fn blank(&self) -> Option<Finding> {
        let list = &self.responses.blank;
        let first = list.first()?;
        let also = list.iter().skip(1).take(3).map(|spot| spot.row).collect();
        let rows = if list.len() == 1 { "row holds" } else { "rows hold" };
        let finding = Finding::new(&codes::BLANK, format!("{} {rows} nothing", list.len()))
            .at(self.place(*first, None))
            .because("spreadsheets keep rows whose cells have been emptied")
            .times(list.len() as u64, also);
        Some(finding)
    }

    /// Repairs of one kind together, whatever their columns.
    fn alike(&self) -> Vec<Vec<&Repair>> {
        let mut kinds: Vec<Vec<&Repair>> = Vec::new();
        for repair in &self.responses.repairs {
            let same = |held: &&Repair| {
                (&held.rule, &held.from, &held.to) == (&repair.rule, &repair.from, &repair.to)
            };
            let kind = kinds.iter_mut().find(|kind| kind.first().is_some_and(same));
            match kind {
                Some(kind) => kind.push(repair),
                None => kinds.push(vec![repair]),
            }
        }
        kinds
    }

    fn repair(&self, repairs: &[&Repair]) -> Finding {
        let repair = repairs[0];
        let Repair { rule, column, from, to, .. } = repair;
        let count = repairs.iter().map(|repair| repair.count).sum::<u64>();
        let cells = match (count, repairs.len()) {
            (1, _) => "cell is".to_owned(),
            (_, 1) => "cells are".to_owned(),
            (_, columns) => format!("cells in {columns} columns are"),
        };
        let headline = match (rule.as_str(), from.is_empty()) {
            ("header alias", _) => "a column is found under another header".to_owned(),
            (rule, true) if rule != "open answer" => {
                format!("{count} {cells} read as another spelling of an answer")
            }
            _ => format!("{count} {cells} read as `{to}`"),
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
            "open answer" => "`other` in the schema: what people wrote themselves".to_owned(),
            rule => format!("the schema allows it: {rule}"),
        };
        let mut finding = Finding::new(&codes::REPAIR, headline)
            .at(place)
            .because(because)
            .times(count, vec![]);
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
        place
    }

    fn ragged(&self) -> Option<Finding> {
        let list = &self.responses.ragged;
        let first = list.first()?;
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
            .help(self.ragged_help())
            .times(list.len() as u64, also);
        Some(finding)
    }

    /// Short rows at the very end are a footer rather than answers.
    fn ragged_help(&self) -> String {
        let list = &self.responses.ragged;
        let file = self.responses.files.len() - 1;
        let rows = self.responses.places.last(file).map_or(0, |spot| spot.offset);
        let after = list.iter().filter(|r| r.spot.file == file && r.spot.offset > rows).count();
        if after > 0 && after == list.len() && list.iter().all(|r| r.cells < r.expected) {
            return format!(
                "look whether the file was cut short: then fetch it again; if these are no answers \
                 but a footer, say `footer_rows = {after}` in `[source]`"
            );
        }
        "export again with text in quotes; a cell may hold a delimiter or a line break"
            .to_owned()
    }
}
