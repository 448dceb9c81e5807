//! A file goes in as it stands, without a schema; the columns that are needed come out,
//! coded, with the place of each record.
//!
//! One pass over the file, by the same parts that read a delivery against its schema. What
//! cannot be read as numbers is not judged here: the first such cell is kept, for whoever
//! needs the numbers to say so. May know what its room may know.

mod cells;
mod column;
mod filter;
mod measures;
mod needed;
mod options;

#[cfg(test)]
mod tests;

use indexmap::IndexMap;

use super::blocks::Blocks;
use super::bytes::{self, Form, Wanted};
use super::gather::{Cursor, Gathered};
use super::head::{self, About, Head, Rest, Stop};
use super::work::{Broken, Worker};
use super::{Delivery, Manner, Places, Ragged, Records, Spot, codes, locate, refusal, threads};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::questionnaire::Source;

use cells::Rules;
pub use column::{Odd, PlainColumn};
use needed::Found;
pub use needed::Needed;

/// What is asked of a file besides its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What a person knows of the file: encoding, sheet, lines above, decimal mark.
    pub source: &'a Source,
    /// Cells that stand for no answer, besides empty ones.
    pub missing: &'a [String],
    /// The columns.
    pub columns: &'a [Needed],
}

/// A file as it stands, without a schema.
#[derive(Clone, Debug)]
pub struct Plain {
    /// Its name.
    pub file: String,
    /// What its columns are called.
    pub headers: Vec<String>,
    /// How many records it has.
    pub rows: usize,
    /// The decimal mark of its numbers.
    pub decimal: u8,
    columns: Vec<PlainColumn>,
    /// What columns were asked for by, and their places in `columns`.
    names: IndexMap<String, usize>,
    places: Places,
}

impl Plain {
    /// A column that was asked for by that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&PlainColumn> {
        self.columns.get(*self.names.get(name)?)
    }

    /// The columns that were asked for by a name with `*`, in the order of the file.
    pub fn matching(&self, pattern: &str) -> impl Iterator<Item = &PlainColumn> {
        self.columns.iter().filter(move |column| needed::fits(pattern, &column.header))
    }

    /// Where the cell of a record stands.
    #[must_use]
    pub fn place(&self, record: usize, column: &PlainColumn) -> Place {
        let Spot { row, line, .. } = self.places.spot(record);
        Place { row: Some(row), line: Some(line), ..self.top(column) }
    }

    /// A column as a place.
    #[must_use]
    pub fn top(&self, column: &PlainColumn) -> Place {
        let (header, field) = (Some(column.header.clone()), Some(column.field));
        Place { column: header, field, ..Place::file(&self.file) }
    }
}

/// Reads the columns that are needed.
///
/// # Errors
/// [`Kind::Input`] if the file cannot be read, is no table of text, lacks a column, or has
/// rows of another width than its header.
pub fn plain(
    delivery: &dyn Delivery,
    asked: &Asked<'_>,
    manner: Manner<'_>,
    findings: &mut Findings,
) -> Result<Plain, Failure> {
    let mut own = Findings::default();
    let outcome = Reading { delivery, asked, manner, findings: &mut own }.read();
    for finding in own.list() {
        if let Some(finding) = options::told(finding.clone()) {
            findings.push(finding);
        }
    }
    outcome
}

/// A file on its way.
struct Reading<'a, 'f> {
    delivery: &'a dyn Delivery,
    asked: &'a Asked<'a>,
    manner: Manner<'a>,
    findings: &'f mut Findings,
}

impl<'a> Reading<'a, '_> {
    fn read(&mut self) -> Result<Plain, Failure> {
        let form = self.form()?;
        let (head, rest) = self.head(&form)?;
        let found = self.find(&head)?;
        let gathered = self.records(&form, &head, rest, &found)?;
        self.note_blank(&gathered.blank);
        self.refuse_ragged(&gathered.ragged)?;
        self.columns(&form, &head, found, gathered)
    }

    fn find(&mut self, head: &Head) -> Result<Found, Failure> {
        needed::find(self.delivery.name(), head, self.asked.columns, self.findings)
    }

    fn place(&self, spot: Spot) -> Place {
        let (row, line) = (Some(spot.row), Some(spot.line));
        Place { row, line, ..Place::file(self.delivery.name()) }
    }

    fn refuse(&mut self, finding: Finding) -> Failure {
        let finding = finding.at_file(self.delivery.name());
        Failure::because(self.findings, Kind::Input, finding)
    }

    /// What the file is; that it is not plain UTF-8 text is said.
    fn form(&mut self) -> Result<Form, Failure> {
        let source = self.asked.source;
        let wanted = Wanted { encoding: source.encoding, sheet: source.sheet.clone() };
        let form = bytes::recognise(self.delivery, &wanted);
        let form = form.map_err(|finding| self.refuse(*finding))?;
        if let Some(note) = refusal::packed(&form) {
            self.findings.push(note.at(Place::file(self.delivery.name())));
        }
        Ok(form)
    }

    fn head(&mut self, form: &Form) -> Result<(Head, Rest<'a>), Failure> {
        let (name, asked) = (self.delivery.name(), self.asked);
        let known = |header: &str| asked.columns.iter().any(|c| c.column == header.trim());
        let first_row = form.first_row();
        let about = About { name, source: asked.source, known: &known, first_row };
        let stream = bytes::text(self.delivery, form);
        let stream = stream.map_err(|error| self.refuse(refusal::io(name, &error)))?;
        head::head(stream, &about, self.findings).map_err(|stop| match stop {
            Stop::Finding(finding) => self.refuse(*finding),
            Stop::Io(error) => self.refuse(refusal::io(name, &error)),
        })
    }

    /// Codes every record.
    fn records(
        &mut self,
        form: &Form,
        head: &Head,
        rest: Rest<'a>,
        found: &Found,
    ) -> Result<Gathered, Failure> {
        let name = self.delivery.name();
        let width = head.headings.len();
        let slots = found.columns.iter().map(|column| column.hand(&self.rules())).collect();
        let (delimiter, marker) = (head.delimiter, self.manner.secret.marker());
        let worker = Worker { slots, key: None, marker, width, delimiter };
        let footer = self.asked.source.footer_rows;
        let mut blocks = Blocks::new(rest, head.delimiter, head.offset, footer);
        let mut cursor = Cursor { file: 0, row: head.row, line: head.line };
        let (mut gathered, mut broken) = (Gathered::default(), None);
        gathered.places.begin_file();
        let progress = self.manner.progress;
        let coded = threads::code_all(&mut blocks, worker, self.manner.threads, &mut |done| {
            broken = done.broken.clone().map(|broken| (cursor.spot(broken.at), broken));
            progress(done.end);
            gathered.add(done, &mut cursor, width);
            broken.is_none()
        });
        coded.map_err(|error| self.refuse(refusal::io(name, &error)))?;
        if let Some((spot, broken)) = broken {
            return Err(self.not_utf8(form, head, &broken, spot));
        }
        if let Some((stray, rows, lines)) = blocks.stray() {
            let finding = refusal::stray(name, stray, cursor.row + rows, cursor.line + lines);
            return Err(self.refuse(finding));
        }
        if gathered.rows == 0 && gathered.ragged.is_empty() {
            let finding = Finding::new(&codes::EMPTY, "the file has headers but no records");
            return Err(self.refuse(finding.help("check that the export was complete")));
        }
        Ok(gathered)
    }

    fn rules(&self) -> Rules {
        Rules::new(self.asked.source.decimal, self.asked.missing)
    }

    /// Of a byte that is no UTF-8 text, the letters beside it are shown.
    fn not_utf8(&mut self, form: &Form, head: &Head, broken: &Broken, spot: Spot) -> Failure {
        let shown = |field: usize| (!needed::about_a_person(head, field)).then_some(1);
        let fragments = refusal::fragments(self.delivery, form, head, &shown);
        let column = head.headers().get(broken.field).cloned();
        let field = Some(broken.field as u64 + 1);
        let place = Place { column, field, ..self.place(spot) };
        self.refuse(refusal::not_utf8(broken.byte, &fragments).at(place))
    }

    /// Rows of another width cannot be assigned to columns, and a sample without them is
    /// another sample.
    fn refuse_ragged(&mut self, list: &[Ragged]) -> Result<(), Failure> {
        let Some(first) = list.first() else { return Ok(()) };
        let also = list.iter().skip(1).take(3).map(|ragged| ragged.spot.row).collect();
        let finding = width(first, list.len()).at(self.place(first.spot));
        Err(self.refuse(finding.times(list.len() as u64, also)))
    }

    fn note_blank(&mut self, blank: &[Spot]) {
        let Some(first) = blank.first() else { return };
        let rows = if blank.len() == 1 { "row holds" } else { "rows hold" };
        let also = blank.iter().skip(1).take(3).map(|spot| spot.row).collect();
        let finding = Finding::new(&codes::BLANK, format!("{} {rows} nothing", blank.len()))
            .because("spreadsheets keep rows whose cells have been emptied");
        let finding = finding.at(self.place(*first)).times(blank.len() as u64, also);
        self.findings.push(finding);
    }

    /// Puts the columns together, and says what in them was taken for something else.
    fn columns(
        &mut self,
        form: &Form,
        head: &Head,
        found: Found,
        mut gathered: Gathered,
    ) -> Result<Plain, Failure> {
        let rules = self.rules();
        let unread = gathered.take_unread(|slot| u32::try_from(slot).unwrap_or(u32::MAX));
        let mut plain = Plain {
            file: self.delivery.name().to_owned(),
            headers: head.headers(),
            rows: gathered.rows as usize,
            decimal: rules.decimal,
            columns: Vec::new(),
            names: found.names,
            places: std::mem::take(&mut gathered.places),
        };
        for (slot, (asked, finished)) in
            found.columns.into_iter().zip(gathered.take_slots()).enumerate()
        {
            let odd = unread.iter().find(|unread| unread.column as usize == slot);
            let mut column = column::settle(asked, finished, odd, &rules);
            self.place_odd(&mut column, &plain.places, form, head.delimiter);
            self.note_words(&plain, &column);
            plain.columns.push(column);
        }
        self.findings.stop_on_error_since(0, Kind::Input)?;
        Ok(plain)
    }

    /// Finds the character of a cell that is no number, where that needs no second pass.
    fn place_odd(&self, column: &mut PlainColumn, places: &Places, form: &Form, delimiter: u8) {
        let Some(odd) = column.odd.as_mut().filter(|_| form.direct()) else { return };
        let spot = places.spot(odd.record);
        let field = usize::try_from(column.field).unwrap_or(1) - 1;
        let mut records = Records::new(self.delivery, form, delimiter);
        let within = locate(&mut records, &[(spot.offset, field)]);
        if let Some(Some((0, character))) = within.first() {
            odd.character = Some(*character);
        }
    }

    /// Says which words were read as missing, and which that often mean so were not.
    fn note_words(&mut self, plain: &Plain, column: &PlainColumn) {
        for word in &column.words {
            let numeric = column.numbers.is_some();
            let finding = if numeric { word.missing(column) } else { word.answer(column) };
            self.findings.push(finding.at(plain.place(word.first, column)));
        }
    }
}

/// Rows of another width than the header; one of them is shown.
fn width(Ragged { cells, expected, .. }: &Ragged, rows: usize) -> Finding {
    let headline = match rows {
        1 => format!("a row has {cells} cells, the header has {expected}"),
        rows => format!("{rows} rows have too few or too many cells"),
    };
    let help =
        "export again with text in quotes; take lines that are no records out of the file";
    let because = format!("the header has {expected} cells, this row {cells}");
    Finding::new(&codes::WIDTH, headline).because(because).help(help)
}
