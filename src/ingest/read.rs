//! The reading itself: records in file order, each cell to its coder.

use std::io::{BufReader, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};
use memchr::memchr_iter;
use sha2::Digest;

use super::coder::{Coded, Trouble};
use super::layout::{self, Layout};
use super::stream::{Stray, Watched};
use super::{
    Column, Delivery, FileFacts, Places, Ragged, Repair, Responses, Spot, Unread, codes, frame,
    header, sniff,
};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::poll::{Design, Poll};
use crate::questionnaire::Questionnaire;

/// Reads every file of a delivery. `poll` names the columns of the design; without it the
/// questionnaire alone says which columns there are. `progress` is told after every few
/// thousand records how many bytes have been read.
///
/// # Errors
/// [`Kind::Input`] if a file cannot be read, is no CSV, or lacks a column.
pub fn read(
    questionnaire: Questionnaire,
    poll: Option<&Poll>,
    deliveries: &[&dyn Delivery],
    findings: &mut Findings,
    progress: &dyn Fn(u64),
) -> Result<Responses, Failure> {
    let mut reading = Reading::new(questionnaire, poll, progress);
    for (file, delivery) in deliveries.iter().enumerate() {
        reading.file(file, *delivery, findings)?;
    }
    reading.finish(findings)
}

struct Reading<'a> {
    questionnaire: Questionnaire,
    poll: Option<&'a Poll>,
    progress: &'a dyn Fn(u64),
    layout: Option<(Vec<String>, Layout)>,
    unread: Vec<Unread>,
    ragged: Vec<Ragged>,
    files: Vec<FileFacts>,
    places: Places,
    keys: Vec<String>,
    rows: u32,
}

impl<'a> Reading<'a> {
    fn new(
        questionnaire: Questionnaire,
        poll: Option<&'a Poll>,
        progress: &'a dyn Fn(u64),
    ) -> Self {
        Self {
            questionnaire,
            poll,
            progress,
            layout: None,
            unread: Vec::new(),
            ragged: Vec::new(),
            files: Vec::new(),
            places: Places::default(),
            keys: Vec::new(),
            rows: 0,
        }
    }

    fn file(
        &mut self,
        file: usize,
        delivery: &dyn Delivery,
        findings: &mut Findings,
    ) -> Result<(), Failure> {
        let name = delivery.name();
        let sample = sample(delivery, findings)?;
        if let Some(finding) = sniff::refuse(&sample) {
            let finding = finding.at(Place::file(name));
            return Err(Failure::because(findings, Kind::Input, finding));
        }
        let (delimiter, declared) = self.delimiter(&sample);
        if !declared {
            findings.push(detected(name, delimiter));
        }
        let skip = if sample.starts_with(sniff::BYTE_ORDER_MARK) { 3 } else { 0 };
        let stream = delivery.open(0).map_err(|e| unreadable(name, &e, findings))?;
        let mut stream =
            BufReader::with_capacity(1 << 16, Watched::new(stream, delimiter, skip));
        let _ = std::io::copy(&mut (&mut stream).take(skip), &mut std::io::sink());
        let mut reader = csv_reader(delimiter).from_reader(stream);
        let header_rows = self.questionnaire.source.header_rows;
        let line = self.header(name, &mut reader, header_rows, findings)?;
        self.places.begin_file();
        let seen = reader.position().line();
        let cursor = Cursor { file, skip, row: header_rows as u64 + 1, line, seen };
        let records = self.records(name, &mut reader, cursor, findings)?;
        let mut watched = reader.into_inner().into_inner();
        if let Some(stray) = watched.quotes.stray() {
            let finding = self.stray(name, file, stray);
            return Err(Failure::because(findings, Kind::Input, finding));
        }
        let _ = std::io::copy(&mut watched, &mut std::io::sink());
        self.files.push(FileFacts {
            path: name.to_owned(),
            encoding: "UTF-8",
            delimiter,
            header_rows,
            rows_read: records,
            bytes: watched.bytes,
            sha256: hex(&watched.hash.finalize()),
        });
        Ok(())
    }

    /// Says in which row a stray quotation mark opens.
    fn stray(&self, name: &str, file: usize, stray: Stray) -> Finding {
        let ragged = self.ragged.iter().map(|r| r.spot);
        let before = |s: &Spot| s.file == file && s.offset <= stray.opened;
        let held = self.places.last_before(file, stray.opened);
        let spot = ragged.filter(before).chain(held).max_by_key(|s| s.offset);
        let (row, line) = spot.map_or((1, 1), |s| (s.row, s.line));
        let place = Place { row: Some(row), line: Some(line), ..Place::file(name) };
        let (headline, because) = if stray.closed {
            (
                "a quotation mark closes a cell in the middle of its text",
                "the cell opens in this row, and all up to the next mark would be read as one cell",
            )
        } else {
            (
                "a quotation mark is never closed",
                "it opens in this row, and everything after it would be read as one cell",
            )
        };
        Finding::new(&codes::UNCLOSED, headline)
            .at(place)
            .because(because)
            .help("close the mark, or double it if it belongs to the text")
    }

    fn delimiter(&self, sample: &[u8]) -> (u8, bool) {
        if let Some(declared) = self.questionnaire.source.delimiter {
            return (declared, true);
        }
        let empty = Design::default();
        let design = self.poll.map_or(&empty, |p| &p.design);
        let known = layout::known_headers(&self.questionnaire, design);
        let sample = sample.strip_prefix(sniff::BYTE_ORDER_MARK).unwrap_or(sample);
        (sniff::delimiter(sample, |h| known.iter().any(|k| k == h.trim())), false)
    }

    /// Reads the header rows and lays the columns out; gives the line after them.
    fn header<R: Read>(
        &mut self,
        name: &str,
        reader: &mut Reader<R>,
        header_rows: usize,
        findings: &mut Findings,
    ) -> Result<u64, Failure> {
        let mut rows = Vec::new();
        let mut record = ByteRecord::new();
        while rows.len() < header_rows {
            match reader.read_byte_record(&mut record) {
                Ok(true) => rows.push(record.clone()),
                Ok(false) => break,
                Err(error) => return Err(csv_fault(name, &error, findings)),
            }
        }
        if let Some(finding) = rows.iter().find_map(|row| header_not_utf8(name, row)) {
            return Err(Failure::because(findings, Kind::Input, finding));
        }
        let headers = header::names(&rows);
        if let Some(finding) = self.other_delimiter(name, &headers) {
            return Err(Failure::because(findings, Kind::Input, finding));
        }
        let mark = findings.list().len();
        match &self.layout {
            None => {
                let questionnaire = &self.questionnaire;
                let layout = layout::layout(name, &headers, questionnaire, self.poll, findings);
                self.layout = Some((headers, layout));
            }
            Some((first, _)) if *first != headers => findings.push(
                Finding::new(
                    &codes::HEADERS,
                    "the headers differ from those of the first file",
                )
                .at(Place { row: Some(1), line: Some(1), ..Place::file(name) })
                .help("export the files with the same settings"),
            ),
            Some(_) => {}
        }
        findings.stop_on_error_since(mark, Kind::Input)?;
        let breaks = |row: &ByteRecord| memchr_iter(b'\n', row.as_slice()).count();
        Ok(1 + rows.iter().map(|row| 1 + breaks(row) as u64).sum::<u64>())
    }

    /// Where a declared delimiter leaves a single column, says which one fits better.
    fn other_delimiter(&self, name: &str, headers: &[String]) -> Option<Finding> {
        let declared = self.questionnaire.source.delimiter?;
        let [only] = headers else { return None };
        let better = sniff::delimiter(only.as_bytes(), |_| false);
        (better != declared && only.as_bytes().contains(&better)).then(|| {
            let (better, declared) = (delimiter_word(better), delimiter_word(declared));
            Finding::new(
                &codes::SEPARATOR,
                format!("the file has a single column if cells are parted by {declared}"),
            )
            .at(Place { row: Some(1), line: Some(1), ..Place::file(name) })
            .because(format!("its first row looks as if cells were parted by {better}"))
            .help("correct `delimiter` in `[source]`, or take it out to have it detected")
        })
    }

    fn records<R: Read>(
        &mut self,
        name: &str,
        reader: &mut Reader<R>,
        mut cursor: Cursor,
        findings: &mut Findings,
    ) -> Result<u64, Failure> {
        let Some((headers, mut layout)) = self.layout.take() else {
            return Err(Failure { kind: Kind::Internal });
        };
        let mut record = ByteRecord::new();
        let mut count = 0_u64;
        loop {
            let offset = reader.position().byte();
            match reader.read_byte_record(&mut record) {
                Ok(true) => count += 1,
                Ok(false) => break,
                Err(error) => return Err(csv_fault(name, &error, findings)),
            }
            let spot = cursor.step(offset, reader.position().line(), &record);
            if let Err(error) = std::str::from_utf8(record.as_slice()) {
                let finding = not_utf8(name, spot, &record, error.valid_up_to());
                return Err(Failure::because(findings, Kind::Input, finding));
            }
            if record.len() == headers.len() {
                self.record(&record, spot, &mut layout);
            } else {
                let (cells, expected) = (record.len(), headers.len());
                self.ragged.push(Ragged { spot, cells, expected });
            }
            if count.is_multiple_of(4096) {
                (self.progress)(offset);
            }
        }
        self.layout = Some((headers, layout));
        Ok(count)
    }

    fn record(&mut self, record: &ByteRecord, spot: Spot, layout: &mut Layout) {
        self.places.push(spot);
        for slot in &mut layout.slots {
            let cell = record.get(slot.field).unwrap_or_default();
            if let Err(trouble) = slot.coder.push(cell) {
                note(&mut self.unread, self.rows, slot, trouble, cell);
            }
        }
        if let Some(field) = layout.key {
            let key = record.get(field).unwrap_or_default();
            self.keys.push(String::from_utf8_lossy(key).into_owned());
        }
        self.rows += 1;
    }

    fn finish(self, findings: &mut Findings) -> Result<Responses, Failure> {
        let Some((_, layout)) = self.layout else {
            return Err(Failure { kind: Kind::Internal });
        };
        if self.rows == 0 && self.ragged.is_empty() {
            let name = self.files.first().map_or("", |f| f.path.as_str());
            let finding = Finding::new(&codes::EMPTY, "the file has headers but no answers")
                .at(Place::file(name))
                .help("check that the export was complete");
            return Err(Failure::because(findings, Kind::Input, finding));
        }
        let keys = layout.key.map(|_| self.keys);
        let (columns, coded, mended) = finish_coders(layout, &self.places);
        let built = frame::build(&columns, coded, self.rows as usize);
        let frame = built.map_err(|_| Failure { kind: Kind::Internal })?;
        Ok(Responses {
            questionnaire: self.questionnaire,
            frame,
            columns,
            unread: self.unread,
            ragged: self.ragged,
            repairs: mended,
            files: self.files,
            places: self.places,
            keys,
        })
    }
}

/// Where the reader stands, as a person counts.
struct Cursor {
    file: usize,
    skip: u64,
    row: u64,
    line: u64,
    /// The line that the csv crate counts; behind by one where lines end in two bytes.
    seen: u64,
}

impl Cursor {
    /// The spot of the record just read. Blank lines before it are rows of a spreadsheet
    /// that hold nothing, so they count; line breaks inside cells do not.
    fn step(&mut self, offset: u64, next_line: u64, record: &ByteRecord) -> Spot {
        let used = next_line.saturating_sub(self.seen);
        self.seen = next_line;
        let (mut blank, mut inside) = (0, 0);
        if used != 1 {
            inside = memchr_iter(b'\n', record.as_slice()).count() as u64;
            blank = used.saturating_sub(1 + inside);
        }
        let spot = Spot {
            file: self.file,
            row: self.row + blank,
            line: self.line + blank,
            offset: offset + self.skip,
        };
        self.row += blank + 1;
        self.line += blank + 1 + inside;
        spot
    }
}

fn note(
    unread: &mut Vec<Unread>,
    row: u32,
    slot: &layout::Slot,
    trouble: Trouble,
    cell: &[u8],
) {
    let hide =
        slot.columns[0].personal || trouble == Trouble::NotMatching || looks_personal(cell);
    let value = if hide { String::new() } else { String::from_utf8_lossy(cell).into_owned() };
    unread.push(Unread { row, column: slot.first, trouble, value });
}

/// Whether a cell looks like an e-mail address or a telephone number, which a shifted row
/// may put into any column.
fn looks_personal(cell: &[u8]) -> bool {
    let digits = cell.iter().filter(|b| b.is_ascii_digit()).count();
    let rest = |b: &u8| b.is_ascii_digit() || matches!(b, b'+' | b' ' | b'-' | b'(' | b')');
    cell.contains(&b'@') || (digits >= 9 && cell.iter().all(rest))
}

fn csv_reader(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).buffer_capacity(1 << 18);
    builder
}

/// The first bytes of a file.
fn sample(delivery: &dyn Delivery, findings: &mut Findings) -> Result<Vec<u8>, Failure> {
    let mut sample = Vec::new();
    let read = delivery
        .open(0)
        .and_then(|stream| stream.take(sniff::SAMPLE as u64).read_to_end(&mut sample));
    read.map_err(|error| unreadable(delivery.name(), &error, findings))?;
    Ok(sample)
}

fn unreadable(name: &str, error: &std::io::Error, findings: &mut Findings) -> Failure {
    let finding = Finding::new(&codes::UNREADABLE, "the file cannot be read")
        .at(Place::file(name))
        .because(error.to_string())
        .help("correct the path; paths in a poll file are relative to the poll file");
    Failure::because(findings, Kind::Input, finding)
}

fn delimiter_word(delimiter: u8) -> &'static str {
    match delimiter {
        b',' => "commas",
        b';' => "semicolons",
        b'\t' => "tabs",
        _ => "bars",
    }
}

fn detected(name: &str, delimiter: u8) -> Finding {
    let word = delimiter_word(delimiter);
    Finding::new(&codes::DELIMITER, format!("cells are taken to be parted by {word}"))
        .at(Place::file(name))
        .because("the schema does not say, and this finds most of its headers in the file")
        .help("settle it with `delimiter` in `[source]`")
}

fn csv_fault(name: &str, error: &csv::Error, findings: &mut Findings) -> Failure {
    let finding = Finding::new(&codes::UNREADABLE, "the file cannot be read to its end")
        .at(Place::file(name))
        .because(error.to_string())
        .help("check the disk, and fetch the file again");
    Failure::because(findings, Kind::Input, finding)
}

/// A header that is not UTF-8 text is said before headers are compared.
fn header_not_utf8(name: &str, row: &ByteRecord) -> Option<Finding> {
    let error = std::str::from_utf8(row.as_slice()).err()?;
    let spot = Spot { file: 0, row: 1, line: 1, offset: 0 };
    Some(not_utf8(name, spot, row, error.valid_up_to()))
}

fn not_utf8(name: &str, spot: Spot, record: &ByteRecord, valid: usize) -> Finding {
    let field = (0..record.len()).find(|i| record.range(*i).is_some_and(|r| valid < r.end));
    let byte = record.as_slice().get(valid).copied().unwrap_or(0);
    let place = Place {
        row: Some(spot.row),
        line: Some(spot.line),
        field: field.map(|f| f as u64 + 1),
        ..Place::file(name)
    };
    Finding::new(&codes::ENCODING, format!("the byte 0x{byte:02X} is not UTF-8 text"))
        .at(place)
        .because("the file is in another encoding, so its letters cannot be known for certain")
        .help("export again as UTF-8; in Excel: Save As, `CSV UTF-8 (comma delimited)`")
}

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Finishes every coder: columns in the order of the file, and what was mended.
fn finish_coders(layout: Layout, places: &Places) -> (Vec<Column>, Vec<Coded>, Vec<Repair>) {
    let (mut columns, mut coded, mut repairs) = (Vec::new(), Vec::new(), layout.repairs);
    for slot in layout.slots {
        let finished = slot.coder.finish();
        let personal = slot.columns[0].personal;
        for mended in finished.mended {
            repairs.push(Repair {
                rule: mended.rule,
                column: slot.columns[0].header.clone(),
                from: if personal { String::new() } else { mended.from },
                to: mended.to,
                count: mended.count,
                first_row: places.spot(mended.first as usize).row,
            });
        }
        columns.extend(slot.columns);
        coded.extend(finished.columns);
    }
    (columns, coded, repairs)
}
