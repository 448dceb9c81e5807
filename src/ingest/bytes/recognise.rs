//! What a file is, by its bytes alone: a [`Form`], or the finding that refuses it.
//!
//! Looks at the first megabyte; at the directory of a zip archive and the cells of a
//! workbook besides. What cannot be told for certain is refused or made a choice.

use std::io::{self, Read};

use super::super::Delivery;
use super::super::codes::{EMPTY, NOT_CSV};
use super::foreign::{self, Foreign};
use super::trouble::{damaged, refusal};
use super::unpack::TEXT;
use super::workbook::{self, Kind};
use super::zip::{Archive, Entry};
use super::{Form, Packing, Wanted, codes, encoding, office, unpacked};
use crate::diagnostic::Finding;
use crate::questionnaire::Encoding;

/// How much of a text is looked at.
const SAMPLE: u64 = 1 << 20;

/// In how many bytes a zero shows that a file is no text.
const NEAR: usize = 64 * 1024;

/// What the media type of a spreadsheet begins with, and of every document of that kind.
const SPREADSHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";
const OPEN_DOCUMENT: &str = "application/vnd.oasis.opendocument.";

/// Recognises a file.
///
/// # Errors
/// The finding that says why it cannot be read, with its place.
pub(in crate::ingest) fn recognise(
    delivery: &dyn Delivery,
    wanted: &Wanted,
) -> Result<Form, Box<Finding>> {
    form(delivery, wanted).map_err(|finding| Box::new(finding.at_file(delivery.name())))
}

fn form(delivery: &dyn Delivery, wanted: &Wanted) -> Result<Form, Box<Finding>> {
    let sample = sample(delivery, &Packing::Plain)?;
    if sample.starts_with(foreign::OFFICE) {
        return Err(Box::new(office::refuse(delivery).map_err(refusal)?));
    }
    if foreign::ZIP.iter().any(|mark| sample.starts_with(mark)) {
        return zip(delivery, wanted);
    }
    if sample.starts_with(foreign::GZIP) {
        return packed(delivery, wanted, Packing::Gzip, "the gzip archive");
    }
    let (encoding, skip) = look(&sample, wanted, "the file")?;
    Ok(Form { encoding, packing: Packing::Plain, skip })
}

/// The first bytes of the text, still encoded.
fn sample(delivery: &dyn Delivery, packing: &Packing) -> Result<Vec<u8>, Box<Finding>> {
    let mut sample = Vec::new();
    unpacked(delivery, packing)
        .and_then(|bytes| bytes.take(SAMPLE).read_to_end(&mut sample))
        .map_err(refusal)?;
    Ok(sample)
}

/// The form of a text within an archive.
fn packed(
    delivery: &dyn Delivery,
    wanted: &Wanted,
    packing: Packing,
    archive: &str,
) -> Result<Form, Box<Finding>> {
    let sample = sample(delivery, &packing)?;
    let marks = [foreign::GZIP, foreign::ZIP[0], foreign::ZIP[1], foreign::OFFICE];
    if marks.iter().any(|mark| sample.starts_with(mark)) {
        let headline = format!("{archive} holds a workbook or another archive");
        let finding = Finding::new(&codes::PACKED, headline)
            .because("only text is read out of an archive")
            .help("unpack it, and name the file in it");
        return Err(finding.into());
    }
    let (encoding, skip) = look(&sample, wanted, archive)?;
    Ok(Form { encoding, packing, skip })
}

/// The encoding of a text and the length of its mark, if it is a text; `holder` is what it
/// is the content of.
fn look(sample: &[u8], wanted: &Wanted, holder: &str) -> Result<(Encoding, u64), Box<Finding>> {
    let (apparent, mark) = encoding::apparent(sample);
    let content = sample.get(mark..).unwrap_or_default();
    let (start, _) = encoding::table(apparent).decode_without_bom_handling(content);
    let whole = (sample.len() as u64) < SAMPLE;
    if whole && start.trim().is_empty() {
        let finding = Finding::new(&EMPTY, format!("{holder} is empty"));
        return Err(finding.help("check that the export was complete").into());
    }
    if let Some(found) = foreign::binary(sample).or_else(|| foreign::text(&start)) {
        return Err(refused(found, holder).into());
    }
    let (found, skip) = encoding::decide(sample, wanted.encoding)?;
    if !encoding::is_utf16(found) && sample.iter().take(NEAR).any(|byte| *byte == 0) {
        let what = Foreign { what: "binary data", remedy: foreign::EXPORT };
        return Err(refused(what, holder).because("text has no zero bytes").into());
    }
    Ok((found, skip as u64))
}

fn refused(found: Foreign, holder: &str) -> Finding {
    let verb = if holder == "the file" { "is" } else { "holds" };
    Finding::new(&NOT_CSV, format!("{holder} {verb} {}, not a CSV", found.what))
        .because("its first bytes say so, whatever its name is")
        .help(found.remedy)
}

fn locked() -> Finding {
    Finding::new(&codes::PASSWORD, "the file is locked by a password")
        .because("it is a spreadsheet whose content is encrypted")
        .help("open it in the program that wrote it, and save it without a password")
}

/// The form of a zip archive, which a workbook is too.
fn zip(delivery: &dyn Delivery, wanted: &Wanted) -> Result<Form, Box<Finding>> {
    let archive = Archive::open(delivery);
    let mut archive = archive.map_err(refusal)?;
    match document(&mut archive).map_err(refusal)? {
        Some(Document::Locked) => Err(locked().into()),
        Some(Document::Other(found)) => Err(refused(found, "the file").into()),
        Some(Document::Workbook(kind)) => {
            let sheet = workbook::choose(archive, kind, wanted.sheet.as_deref())?;
            let packing = Packing::Workbook(sheet);
            Ok(Form { encoding: Encoding::Utf8, packing, skip: 0 })
        }
        None => {
            let name = only(archive.entries())?;
            let member = archive.member(&name).map_err(refusal)?;
            let missing = || refusal(damaged("its only file is missing"));
            let packing = Packing::Zip(member.ok_or_else(missing)?);
            packed(delivery, wanted, packing, "the zip archive")
        }
    }
}

/// What office programs keep in a zip archive.
enum Document {
    Workbook(Kind),
    Locked,
    Other(Foreign),
}

/// Which document the archive is, if it is more than an archive.
fn document(archive: &mut Archive<'_>) -> io::Result<Option<Document>> {
    let within = |folder: &str| archive.entries().iter().any(|e| e.name.starts_with(folder));
    let other = |what| Some(Document::Other(Foreign { what, remedy: foreign::EXPORT }));
    let save = |what| Some(Document::Other(Foreign { what, remedy: foreign::SAVE_AS }));
    if archive.has("[Content_Types].xml") {
        return Ok(match () {
            () if archive.has("xl/workbook.bin") => save("a binary Excel workbook (xlsb)"),
            () if within("word/") => other("a Word document"),
            () if within("ppt/") => other("a PowerPoint presentation"),
            () if within("visio/") => other("a Visio drawing"),
            () => Some(Document::Workbook(Kind::Xlsx)),
        });
    }
    if archive.entries().iter().any(|e| e.name.starts_with("Index/"))
        || archive.has("Index.zip")
    {
        return Ok(Some(Document::Other(Foreign {
            what: "a Numbers document",
            remedy: "open it in Numbers: File, Export To, CSV",
        })));
    }
    let media = start_of(archive, "mimetype")?;
    if media.starts_with(SPREADSHEET) {
        let manifest = start_of(archive, "META-INF/manifest.xml")?;
        let locked = manifest.contains("encryption-data");
        return Ok(Some(if locked { Document::Locked } else { Document::Workbook(Kind::Ods) }));
    }
    let office = media.starts_with(OPEN_DOCUMENT);
    Ok(if office { other("a LibreOffice document other than a spreadsheet") } else { None })
}

/// The first part of a file within an archive, as far as it is text; empty if there is no
/// such file.
fn start_of(archive: &mut Archive<'_>, name: &str) -> io::Result<String> {
    let locked = |entry: &Entry| entry.locked && entry.name == name;
    let mut bytes = Vec::new();
    if !archive.entries().iter().any(locked)
        && let Some(content) = archive.read(name, TEXT)?
    {
        content.take(SAMPLE).read_to_end(&mut bytes)?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The name of the only file in an archive, apart from what file managers add.
fn only(entries: &[Entry]) -> Result<String, Box<Finding>> {
    let files: Vec<&Entry> = entries.iter().filter(|entry| is_data(entry)).collect();
    let finding = match files.as_slice() {
        [] => Finding::new(&EMPTY, "the zip archive holds no file")
            .help("check that the export was complete"),
        [file] if file.locked => {
            Finding::new(&codes::PASSWORD, "the zip archive is locked by a password")
                .because(format!("`{}` in it is encrypted", file.name))
                .help("unpack it with the password, and name the file in it")
        }
        [file] => match &file.method {
            Ok(_) => return Ok(file.name.clone()),
            Err(method) => {
                Finding::new(&codes::PACKED, "the zip archive is packed by a rare method")
                    .because(format!("`{}` in it is packed by {method}", file.name))
                    .help("unpack it, and name the file in it")
            }
        },
        [first, between @ .., last] => {
            let more = if between.is_empty() { "" } else { ", among others" };
            let headline = format!("the zip archive holds {} files", files.len());
            Finding::new(&codes::MEMBERS, headline)
                .because(format!("they are `{}` and `{}`{more}", first.name, last.name))
                .help("unpack it, and list the file with the answers under `data`")
        }
    };
    Err(finding.into())
}

/// Whether a person put this file into the archive.
fn is_data(entry: &Entry) -> bool {
    let file = entry.name.rsplit('/').next().unwrap_or_default();
    let added = [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&file);
    let beside = entry.name.starts_with("__MACOSX/") || file.starts_with("._");
    !(entry.folder || added || beside)
}
