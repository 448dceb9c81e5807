//! The beginning of a text: what parts cells, which platform wrote it, and its headers.
//!
//! Takes the stream of text and what the schema declares, gives the headings and leaves the
//! stream at the first answer. What is recognised rather than declared is said.

use std::io::{self, Chain, Cursor, Read};

use csv::StringRecord;
use memchr::memchr;

use super::blocks::{returns_to_feeds, rows};
use super::platform::{self, Heading, Platform};
use super::{codes, refusal, sniff, work};
use crate::diagnostic::{Finding, Findings, Place};
use crate::questionnaire::{Dialect, Source};

/// How many bytes of headers are read at most, and at once.
const MOST: usize = 1 << 24;
const SIZE: u64 = 1 << 16;

/// How many rows platforms are recognised by.
const ROWS: usize = 4;

/// The beginning of a file.
pub(super) struct Head {
    pub(super) platform: &'static Platform,
    /// How the platform was recognised, if it was.
    pub(super) recognised: Option<String>,
    pub(super) delimiter: u8,
    pub(super) header_rows: usize,
    pub(super) headings: Vec<Heading>,
    /// The first row of headers as it stands in the file.
    pub(super) written: Vec<String>,
    /// Row and line of the first answer as a person counts, and its offset in the text.
    pub(super) row: u64,
    pub(super) line: u64,
    pub(super) offset: u64,
    /// The row of the first header.
    pub(super) header_row: u64,
}

impl Head {
    /// The usual name of each column.
    pub(super) fn headers(&self) -> Vec<String> {
        let name = |heading: &Heading| heading.names.first().cloned().unwrap_or_default();
        self.headings.iter().map(name).collect()
    }
}

/// A text without its headers.
pub(super) type Rest<'a> = Chain<Cursor<Vec<u8>>, Box<dyn Read + 'a>>;

/// What is said of a file on the way.
pub(super) struct About<'a> {
    pub(super) name: &'a str,
    pub(super) source: &'a Source,
    /// Whether a header is one that the schema names.
    pub(super) known: &'a dyn Fn(&str) -> bool,
    /// The row of the text's first line, in a sheet that does not begin in row 1.
    pub(super) first_row: u64,
}

/// Why there are no headers.
pub(super) enum Stop {
    /// What a person must mend or choose.
    Finding(Box<Finding>),
    /// What the system says.
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl About<'_> {
    fn place(&self, row: u64) -> Place {
        Place { row: Some(row), line: Some(row), ..Place::file(self.name) }
    }

    fn stop(&self, row: u64, finding: Finding) -> Stop {
        Stop::Finding(Box::new(finding.at(self.place(row))))
    }
}

/// Reads the headers.
///
/// # Errors
/// If the stream fails, or a person must say what the file is.
pub(super) fn head<'a>(
    mut stream: Box<dyn Read + 'a>,
    about: &About<'_>,
    findings: &mut Findings,
) -> Result<(Head, Rest<'a>), Stop> {
    let mut start = Vec::new();
    let ended = more(&mut stream, &mut start)?;
    let (above, declared) = above(&start, about)?;
    let declared = declared.or(about.source.delimiter);
    let delimiter = declared.unwrap_or_else(|| {
        let delimiter = sniff::delimiter(&start[above.bytes..], about.known);
        findings.push(sniff::detected(delimiter).at(Place::file(about.name)));
        delimiter
    });
    let wanted = about.source.header_rows.unwrap_or(0).max(ROWS) as u64;
    let mut ended = ended;
    while !ended && rows(&start[above.bytes..], delimiter).0 <= wanted && start.len() < MOST {
        ended = more(&mut stream, &mut start)?;
    }
    let text = &start[above.bytes..];
    let records = records((text, delimiter), wanted, ended, about.known)
        .map_err(|finding| about.stop(about.first_row + above.lines, *finding))?;
    let (platform, recognised) = platform(&records, about, findings);
    let header_rows = header_rows(&records, platform, about, findings);
    let header_row = about.first_row + above.lines;
    let Some(last) = records.get(..header_rows).and_then(<[Row]>::last) else {
        let headline = if records.is_empty() {
            "the file is empty"
        } else {
            "the file has headers but no answers"
        };
        let finding = Finding::new(&codes::EMPTY, headline);
        return Err(about.stop(header_row, finding.help("check that the export was complete")));
    };
    let cells: Vec<Vec<String>> =
        records[..header_rows].iter().map(|r| r.cells.clone()).collect();
    let headings = (platform.headings)(&cells);
    let used = &text[..last.end];
    let (counted, lines) = rows(used, delimiter);
    let head = Head {
        platform,
        recognised,
        delimiter,
        header_rows,
        headings,
        written: cells.first().cloned().unwrap_or_default(),
        row: header_row + counted,
        line: header_row + lines,
        offset: (above.bytes + last.end) as u64,
        header_row,
    };
    misplaced(&head, &cells, text, about)?;
    let rest = start.split_off(above.bytes + last.end);
    Ok((head, Cursor::new(rest).chain(stream)))
}

/// Reads on; gives whether the stream has ended.
fn more(stream: &mut dyn Read, start: &mut Vec<u8>) -> io::Result<bool> {
    let from = start.len();
    let read = stream.take(SIZE).read_to_end(start)?;
    let ended = (read as u64) < SIZE;
    returns_to_feeds(&mut start[from.saturating_sub(1)..], ended);
    Ok(ended)
}

/// What stands above the headers.
struct Above {
    bytes: usize,
    lines: u64,
}

/// Passes a `sep=;` line and the declared lines; gives what the line says.
fn above(start: &[u8], about: &About<'_>) -> Result<(Above, Option<u8>), Stop> {
    let (mut above, mut declared) = (Above { bytes: 0, lines: 0 }, None);
    let line = start.split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii_end();
    if let Some([mark]) = line.strip_prefix(b"sep=") {
        above =
            Above { bytes: memchr(b'\n', start).map_or(start.len(), |at| at + 1), lines: 1 };
        declared = Some(*mark);
        if let Some(other) = about.source.delimiter.filter(|d| d != mark) {
            let (says, other) = (sniff::delimiter_word(*mark), sniff::delimiter_word(other));
            let headline = format!("the first line says that cells are parted by {says}");
            let finding = Finding::new(&codes::SEPARATOR, headline)
                .because(format!(
                    "it is `sep={}`, but the schema says {other}",
                    char::from(*mark)
                ))
                .help("correct `delimiter` in `[source]`, or take it out");
            return Err(about.stop(about.first_row, finding));
        }
    }
    for _ in 0..about.source.skip_rows {
        let rest = &start[above.bytes..];
        above.bytes += memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        above.lines += 1;
    }
    Ok((above, declared))
}

/// One of the first rows.
struct Row {
    cells: Vec<String>,
    /// Where it ends in the text.
    end: usize,
}

/// The first records of a text.
fn records(
    (text, delimiter): (&[u8], u8),
    most: u64,
    ended: bool,
    known: &dyn Fn(&str) -> bool,
) -> Result<Vec<Row>, Box<Finding>> {
    let mut reader = work::reader(delimiter).from_reader(text);
    let (mut list, mut record) = (Vec::new(), csv::ByteRecord::new());
    while (list.len() as u64) < most && reader.read_byte_record(&mut record).unwrap_or(false) {
        let mut end = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        if text.get(end.saturating_sub(1)..=end) == Some(b"\r\n") {
            end += 1;
        }
        if end >= text.len() && !ended {
            break;
        }
        let Ok(cells) = StringRecord::from_byte_record(record.clone()) else {
            return if list.is_empty() {
                Err(Box::new(refusal::header(&record, known)))
            } else {
                Ok(list)
            };
        };
        list.push(Row { cells: cells.iter().map(str::to_owned).collect(), end });
    }
    Ok(list)
}

/// The declared platform, or the one that is recognised, which is said.
fn platform(
    records: &[Row],
    about: &About<'_>,
    findings: &mut Findings,
) -> (&'static Platform, Option<String>) {
    if let Some(dialect) = about.source.dialect {
        return (platform::platform(dialect), None);
    }
    let rows: Vec<Vec<String>> = records.iter().map(|row| row.cells.clone()).collect();
    if let Some((platform, why)) = platform::recognise(&rows) {
        let name = platform.dialect.name();
        findings.push(
            Finding::new(&codes::DIALECT, format!("the export is taken for one of `{name}`"))
                .at(Place::file(about.name))
                .because(why.clone())
                .help(format!("settle it with `dialect = \"{name}\"` in `[source]`")),
        );
        return (platform, Some(why));
    }
    (platform::platform(Dialect::Plain), None)
}

/// The declared number of header rows, or the one that the first rows show; one that is
/// unusual for the platform is said.
fn header_rows(
    records: &[Row],
    platform: &Platform,
    about: &About<'_>,
    findings: &mut Findings,
) -> usize {
    if let Some(declared) = about.source.header_rows {
        return declared;
    }
    let rows: Vec<Vec<String>> = records.iter().map(|row| row.cells.clone()).collect();
    let shown = (platform.rows_shown)(&rows);
    if shown != platform.header_rows {
        let name = platform.dialect.name();
        let count = if shown == 1 { "1 row".to_owned() } else { format!("{shown} rows") };
        findings.push(
            Finding::new(&codes::HEADER_ROWS, format!("the export has {count} of headers"))
                .at(about.place(about.first_row))
                .because(format!("`{name}` usually writes {}", platform.header_rows))
                .help(format!("settle it with `header_rows = {shown}` in `[source]`")),
        );
    }
    shown
}

/// Says where the headers seem to be, if the schema knows none of those at the top.
fn misplaced(
    head: &Head,
    cells: &[Vec<String>],
    text: &[u8],
    about: &About<'_>,
) -> Result<(), Stop> {
    let known = |cells: &[String]| cells.iter().filter(|c| (about.known)(c.trim())).count();
    let named = |heading: &Heading| heading.names.iter().any(|name| (about.known)(name));
    if cells.iter().any(|row| known(row) > 0) || head.headings.iter().any(named) {
        return Ok(());
    }
    let Ok(rows) = records((text, head.delimiter), 40, false, about.known) else {
        return Ok(());
    };
    let found = rows.iter().position(|row| known(&row.cells) >= 2.min(row.cells.len()));
    let Some(found) = found.filter(|at| *at > 0) else { return Ok(()) };
    let end = rows[found - 1].end;
    let blank = text[end..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let end = end + blank;
    let lines = memchr::memchr_iter(b'\n', &text[..end]).count();
    let skip = about.source.skip_rows + lines;
    let row = head.header_row + lines as u64;
    Err(about.stop(
        head.header_row,
        Finding::new(&codes::PREAMBLE, format!("the headers seem to stand in row {row}"))
            .because("the schema knows none of the headers in the first row, but several there")
            .help(format!("say `skip_rows = {skip}` in `[source]`, or correct the schema")),
    ))
}
