//! A first look at an export for which there is no schema yet: its headings and cells as
//! text.

use csv::{ByteRecord, StringRecord};

use super::blocks::Blocks;
use super::bytes::{self, Wanted};
use super::head::{self, About, Stop};
use super::platform::Heading;
use super::{Delivery, refusal, work};
use crate::diagnostic::{Failure, Finding, Findings, Kind};
use crate::questionnaire::{Dialect, Encoding, Source};

/// How many rows are looked at.
const ROWS: usize = 100_000;

/// What an export holds.
#[derive(Debug)]
pub struct Look {
    /// The platform that made it.
    pub dialect: Dialect,
    /// How the platform was recognised.
    pub why: Option<String>,
    /// How many rows of headers it has.
    pub header_rows: usize,
    /// What stands between cells.
    pub delimiter: u8,
    /// How its letters are stored.
    pub encoding: Encoding,
    /// What each column is called.
    pub headings: Vec<Heading>,
    /// The first row of headers as it stands in the file.
    pub written: Vec<String>,
    /// The cells, a list for each column.
    pub columns: Vec<Vec<String>>,
    /// Whether there are more rows than were looked at.
    pub truncated: bool,
}

/// Looks at an export; `source` says what a person knows of it.
///
/// # Errors
/// [`Kind::Input`] if it cannot be read, or a person must say how.
pub fn look(
    delivery: &dyn Delivery,
    source: &Source,
    findings: &mut Findings,
) -> Result<Look, Failure> {
    let name = delivery.name();
    let wanted = Wanted { encoding: source.encoding, sheet: source.sheet.clone() };
    let form = bytes::recognise(delivery, &wanted);
    let form = form.map_err(|finding| refuse(finding.at_file(name), findings))?;
    let stream = bytes::text(delivery, &form);
    let stream = stream.map_err(|error| refuse(refusal::io(name, &error), findings))?;
    let about = About { name, source, known: &|_| false, first_row: form.first_row() };
    let (head, rest) = head::head(stream, &about, findings).map_err(|stop| match stop {
        Stop::Finding(finding) => refuse(*finding, findings),
        Stop::Io(error) => refuse(refusal::io(name, &error), findings),
    })?;
    let mut look = Look {
        dialect: head.platform.dialect,
        why: head.recognised,
        header_rows: head.header_rows,
        delimiter: head.delimiter,
        encoding: form.encoding,
        columns: vec![Vec::new(); head.headings.len()],
        headings: head.headings,
        written: head.written,
        truncated: false,
    };
    let mut blocks = Blocks::new(rest, head.delimiter, head.offset, source.footer_rows);
    loop {
        let block = blocks.next();
        let block = block.map_err(|error| refuse(refusal::io(name, &error), findings))?;
        let Some(block) = block.filter(|_| !look.truncated) else { break };
        look.add(&block.bytes).map_err(|broken| {
            refuse(refusal::header(&broken, &|_| false).at_file(name), findings)
        })?;
    }
    if let Some((stray, rows, lines)) = blocks.stray() {
        let finding = refusal::stray(name, stray, head.row + rows, head.line + lines);
        return Err(refuse(finding, findings));
    }
    Ok(look)
}

fn refuse(finding: Finding, findings: &mut Findings) -> Failure {
    Failure::because(findings, Kind::Input, finding)
}

impl Look {
    /// Adds the rows of a block that have the right width; gives back one that is no UTF-8
    /// text.
    fn add(&mut self, bytes: &[u8]) -> Result<(), ByteRecord> {
        let mut reader = work::reader(self.delimiter).from_reader(bytes);
        let mut record = ByteRecord::new();
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            if self.columns.first().is_some_and(|column| column.len() == ROWS) {
                self.truncated = true;
                return Ok(());
            }
            if record.len() != self.columns.len() {
                continue;
            }
            let text = StringRecord::from_byte_record(record.clone());
            let text = text.map_err(|_| record.clone())?;
            for (column, cell) in self.columns.iter_mut().zip(&text) {
                column.push(cell.to_owned());
            }
        }
        Ok(())
    }
}
