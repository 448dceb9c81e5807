//! The reading itself: what each file is, its headers, then its records, block by block.

use super::blocks::Blocks;
use super::bytes::{self, Form, Wanted};
use super::coder::{Coded, Mended};
use super::gather::{Cursor, Gathered};
use super::hashed::Hashed;
use super::head::{self, About, Head, Rest, Stop};
use super::keys::Secret;
use super::layout::{self, Layout};
use super::platform::Role;
use super::work::Broken;
use super::{
    Column, Delivery, FileFacts, Places, Repair, Responses, SeenPersonal, Spot, Texts, Use,
    codes, frame, refusal, threads,
};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::poll::{Design, Poll};
use crate::questionnaire::Questionnaire;

/// How many bytes are shown on either side of one that is no UTF-8 text.
const WORD: usize = 12;
const LETTERS: usize = 1;

/// What reading is asked besides the files.
#[derive(Clone, Copy)]
pub struct Manner<'a> {
    /// How many threads to use; the result is the same with any number.
    pub threads: usize,
    /// Is told from time to time how many bytes have been read.
    pub progress: &'a dyn Fn(u64),
    /// The key with which members' numbers are hashed.
    pub secret: &'a Secret,
}

impl Manner<'_> {
    /// One thread, nobody is told, and everybody knows the key: for what has no members.
    pub const QUIET: Manner<'static> =
        Manner { threads: 1, progress: &|_| (), secret: &Secret::new([0; 32]) };
}

/// Reads every file of a delivery. `poll` names the columns of the design; without it the
/// questionnaire alone says which columns there are.
///
/// # Errors
/// [`Kind::Input`] if a file cannot be read, is no table of text, or lacks a column.
pub fn read(
    questionnaire: Questionnaire,
    poll: Option<&Poll>,
    deliveries: &[&dyn Delivery],
    manner: Manner<'_>,
    findings: &mut Findings,
) -> Result<Responses, Failure> {
    let (gathered, files) = (Gathered::default(), Vec::new());
    let mut reading = Reading { questionnaire, poll, manner, layout: None, gathered, files };
    for (file, delivery) in deliveries.iter().enumerate() {
        reading.file(file, *delivery, findings)?;
    }
    reading.finish(findings)
}

struct Reading<'a> {
    questionnaire: Questionnaire,
    poll: Option<&'a Poll>,
    manner: Manner<'a>,
    /// The headers of the first file, and what to do with its columns.
    layout: Option<(Vec<String>, Layout)>,
    gathered: Gathered,
    files: Vec<FileFacts>,
}

impl Reading<'_> {
    fn file(
        &mut self,
        file: usize,
        delivery: &dyn Delivery,
        findings: &mut Findings,
    ) -> Result<(), Failure> {
        let name = delivery.name();
        let delivery = Hashed::new(delivery);
        let form = self.form(&delivery, findings)?;
        let (head, rest) = self.head(&delivery, &form, findings)?;
        self.lay_out(name, &head, findings)?;
        self.gathered.places.begin_file();
        let before = self.records();
        let opened = Opened { file, delivery: &delivery, form: &form, head: &head };
        self.answers(&opened, rest, findings)?;
        let whole = delivery.finish();
        let (sha256, bytes) =
            whole.map_err(|error| refuse(refusal::unreadable(name, &error), findings))?;
        self.files.push(FileFacts {
            path: name.to_owned(),
            encoding: form.encoding.name(),
            delimiter: head.delimiter,
            header_rows: head.header_rows,
            headers: head.headers(),
            dialect: head.platform.dialect,
            rows_read: self.records() - before,
            bytes,
            sha256,
            form,
        });
        Ok(())
    }

    /// What the file is; that it is not plain UTF-8 text is said.
    fn form(&self, delivery: &Hashed<'_>, findings: &mut Findings) -> Result<Form, Failure> {
        let (name, source) = (delivery.name(), &self.questionnaire.source);
        let wanted = Wanted { encoding: source.encoding, sheet: source.sheet.clone() };
        let form = bytes::recognise(delivery, &wanted)
            .map_err(|finding| refuse(finding.at_file(name), findings))?;
        if let Some(note) = refusal::packed(&form) {
            findings.push(note.at(Place::file(name)));
        }
        Ok(form)
    }

    /// Records read so far.
    fn records(&self) -> u64 {
        let gathered = &self.gathered;
        u64::from(gathered.rows) + (gathered.ragged.len() + gathered.blank.len()) as u64
    }

    fn head<'d>(
        &self,
        delivery: &'d Hashed<'_>,
        form: &Form,
        findings: &mut Findings,
    ) -> Result<(Head, Rest<'d>), Failure> {
        let name = delivery.name();
        let empty = Design::default();
        let design = self.poll.map_or(&empty, |p| &p.design);
        let known = layout::known_headers(&self.questionnaire, design);
        let about = About {
            name,
            source: &self.questionnaire.source,
            known: &|header| known.iter().any(|k| k == header.trim()),
            first_row: form.first_row(),
        };
        let stream = bytes::text(delivery, form);
        let stream = stream.map_err(|e| refuse(refusal::unreadable(name, &e), findings))?;
        head::head(stream, &about, findings).map_err(|stop| match stop {
            Stop::Finding(finding) => refuse(*finding, findings),
            Stop::Io(error) => refuse(refusal::io(name, &error), findings),
        })
    }

    /// Finds the columns of the first file; those of others must be the same.
    fn lay_out(
        &mut self,
        name: &str,
        head: &Head,
        findings: &mut Findings,
    ) -> Result<(), Failure> {
        if let Some(finding) = self.other_delimiter(name, head) {
            return Err(refuse(finding, findings));
        }
        let mark = findings.list().len();
        let headers = head.headers();
        match &self.layout {
            None => {
                let asked = (&self.questionnaire, self.poll);
                let layout = layout::layout((name, head), asked, self.manner.secret, findings);
                self.layout = Some((headers, layout));
            }
            Some((first, _)) if *first != headers => findings.push(
                Finding::new(
                    &codes::HEADERS,
                    "the headers differ from those of the first file",
                )
                .at(Place { row: Some(1), line: Some(1), ..Place::file(name) })
                .because(difference(first, &headers))
                .help("export the files with the same settings"),
            ),
            Some(_) => {}
        }
        findings.stop_on_error_since(mark, Kind::Input)
    }

    /// Where a declared delimiter leaves a single column, says which one fits better.
    fn other_delimiter(&self, name: &str, head: &Head) -> Option<Finding> {
        let declared = self.questionnaire.source.delimiter?;
        let headers = head.headers();
        let [only] = headers.as_slice() else { return None };
        refusal::other_delimiter(name, declared, only)
    }

    /// Codes every record of a file.
    fn answers<'d>(
        &mut self,
        opened: &Opened<'d, '_>,
        rest: Rest<'d>,
        findings: &mut Findings,
    ) -> Result<(), Failure> {
        let Opened { head, .. } = opened;
        let name = opened.delivery.name();
        let Some((_, layout)) = &self.layout else {
            return Err(Failure { kind: Kind::Internal });
        };
        let worker = layout.worker(head.delimiter, self.manner.secret.marker());
        let width = worker.width;
        let footer = self.questionnaire.source.footer_rows;
        let mut blocks = Blocks::new(rest, head.delimiter, head.offset, footer);
        let mut cursor = Cursor { file: opened.file, row: head.row, line: head.line };
        let (gathered, mut broken) = (&mut self.gathered, None);
        let coded = threads::code_all(&mut blocks, worker, self.manner.threads, &mut |done| {
            broken = done.broken.clone().map(|broken| (cursor.spot(broken.at), broken));
            (self.manner.progress)(done.end);
            gathered.add(done, &mut cursor, width);
            broken.is_none()
        });
        coded.map_err(|error| refuse(refusal::io(name, &error), findings))?;
        if let Some((spot, broken)) = broken {
            return Err(refuse(self.encoding(opened, &broken, spot), findings));
        }
        if let Some((stray, rows, lines)) = blocks.stray() {
            let finding = refusal::stray(name, stray, cursor.row + rows, cursor.line + lines);
            return Err(refuse(finding, findings));
        }
        Ok(())
    }

    /// What is said of a byte that is no UTF-8 text.
    fn encoding(&self, opened: &Opened<'_, '_>, broken: &Broken, spot: Spot) -> Finding {
        let Opened { delivery, form, head, .. } = *opened;
        // Words are shown of lists of answers only, of other columns the letters beside the
        // byte, of those about a person nothing.
        let shown = |field: usize| match &self.layout {
            Some((_, layout)) if layout.lists(field) => Some(WORD),
            Some(_) if !self.about_a_person(head, field) => Some(LETTERS),
            _ => None,
        };
        let header = head.headings.get(broken.field).and_then(|h| h.names.first().cloned());
        let fragments = refusal::fragments(delivery, form, head, &shown);
        let place = Place {
            row: Some(spot.row),
            line: Some(spot.line),
            column: header,
            field: Some(broken.field as u64 + 1),
            ..Place::file(delivery.name())
        };
        refusal::not_utf8(broken.byte, &fragments).at(place)
    }

    fn about_a_person(&self, head: &Head, field: usize) -> bool {
        let declared = &self.questionnaire.source.personal;
        head.headings.get(field).is_none_or(|heading| {
            heading.role == Role::Personal || heading.names.iter().any(|n| declared.contains(n))
        })
    }

    fn finish(mut self, findings: &mut Findings) -> Result<Responses, Failure> {
        let Some((_, layout)) = self.layout else {
            return Err(Failure { kind: Kind::Internal });
        };
        let rows = self.gathered.rows as usize;
        if rows == 0 && self.gathered.ragged.is_empty() {
            let name = self.files.first().map_or("", |f| f.path.as_str());
            let finding = Finding::new(&codes::EMPTY, "the file has headers but no answers")
                .at(Place::file(name))
                .help("check that the export was complete");
            return Err(refuse(finding, findings));
        }
        let firsts: Vec<u32> = layout.slots.iter().map(|slot| slot.first).collect();
        let mut unread = self.gathered.take_unread(|slot| firsts[slot]);
        let key_field = layout.key;
        let keys = key_field.map(|_| std::mem::take(&mut self.gathered.keys));
        let slots: Vec<_> = self.gathered.take_slots().collect();
        let places = std::mem::take(&mut self.gathered.places);
        let taken = take(layout, slots, &places);
        let mut columns = taken.columns;
        let frame =
            frame::build(&mut columns, taken.coded, rows, &self.questionnaire, &mut unread)
                .map_err(|_| Failure { kind: Kind::Internal })?;
        Ok(Responses {
            questionnaire: self.questionnaire,
            frame,
            columns,
            unread,
            ragged: self.gathered.ragged,
            blank: self.gathered.blank,
            repairs: taken.repairs,
            personal: taken.personal,
            texts: taken.texts,
            files: self.files,
            places,
            keys,
            key_field,
        })
    }
}

/// A file on its way: what it is, and its headers.
struct Opened<'d, 'h> {
    file: usize,
    delivery: &'d Hashed<'d>,
    form: &'h Form,
    head: &'h Head,
}

/// How the headers of two files differ.
fn difference(first: &[String], second: &[String]) -> String {
    let lacks = |one: &[String], other: &[String]| {
        one.iter().find(|header| !other.contains(header)).map(|h| format!("`{h}`"))
    };
    match (lacks(first, second), lacks(second, first)) {
        (Some(one), Some(other)) => format!("the first has {one}, this one has {other}"),
        (Some(one), None) => format!("this one lacks {one}"),
        (None, Some(other)) => format!("the first lacks {other}"),
        (None, None) => "the columns are the same, in another order".to_owned(),
    }
}

fn refuse(finding: Finding, findings: &mut Findings) -> Failure {
    Failure::because(findings, Kind::Input, finding)
}

/// What the slots leave.
struct Taken {
    columns: Vec<Column>,
    coded: Vec<Coded>,
    repairs: Vec<Repair>,
    personal: Vec<SeenPersonal>,
    texts: Vec<Texts>,
}

/// The columns in the order of the file, what was mended, and what looks personal.
fn take(layout: Layout, slots: Vec<super::gather::Slot>, places: &Places) -> Taken {
    let repairs = layout.repairs;
    let (columns, coded, personal, texts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut taken = Taken { columns, coded, repairs, personal, texts };
    for (slot, finished) in layout.slots.into_iter().zip(slots) {
        let first = &slot.columns[0];
        for Mended { rule, from, to, count, first: row } in finished.mended {
            let shown = !first.personal && super::personal::cell(&from).is_none();
            taken.repairs.push(Repair {
                rule,
                column: first.header.clone(),
                from: if shown { from } else { String::new() },
                to,
                count,
                first_row: places.spot(row as usize).row,
            });
        }
        for (kind, count, row) in finished.seen {
            let column = slot.first;
            taken.personal.push(SeenPersonal { column, kind, count, row });
        }
        if let (Some(cells), Use::Variable(variable)) = (finished.texts, &first.use_) {
            taken.texts.push(Texts { question: variable.question, cells });
        }
        taken.columns.extend(slot.columns);
        taken.coded.extend(finished.columns);
    }
    taken
}
