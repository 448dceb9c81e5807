//! Files made in memory, for the tests of this folder.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

use super::super::Delivery;

/// A file held in memory.
pub(super) struct Memory(pub(super) Vec<u8>);

impl Delivery for Memory {
    fn name(&self) -> &'static str {
        "answers.csv"
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(&self.0[usize::try_from(offset).unwrap()..]))
    }
}

/// Bytes that come a few at a time.
pub(super) struct Drops<'b>(pub(super) &'b [u8], pub(super) usize);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = self.1.min(buffer.len());
        self.0.read(&mut buffer[..most])
    }
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// What a zip archive says of a file, besides its name.
#[derive(Clone, Copy)]
pub(super) struct Made {
    /// Bit 0: locked by a password.
    pub(super) flags: u16,
    /// 0: stored; 8: deflate.
    pub(super) method: u16,
}

pub(super) const DEFLATED: Made = Made { flags: 0, method: 8 };

/// A zip archive of deflated files.
pub(super) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let files: Vec<_> = files.iter().map(|(name, bytes)| (*name, *bytes, DEFLATED)).collect();
    zipped_as(&files)
}

/// A zip archive written by hand (APPNOTE 6.3.10, 4.3.7 to 4.3.16).
pub(super) fn zipped_as(files: &[(&str, &[u8], Made)]) -> Vec<u8> {
    let short = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
    let long = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes, made) in files {
        let packed = if made.method == 8 { deflate(bytes) } else { bytes.to_vec() };
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let shorts = [20, made.flags, made.method, 0, 33].map(u16::to_le_bytes).concat();
        let sizes = [crc.sum().to_le_bytes(), long(packed.len()), long(bytes.len())].concat();
        let lengths = [short(name.len()), short(0)].concat();
        let header = [shorts, sizes, lengths].concat();
        directory.extend([b"PK\x01\x02\x14\0", header.as_slice(), &[0; 10]].concat());
        directory.extend([&long(archive.len()), name.as_bytes()].concat());
        archive.extend([b"PK\x03\x04", header.as_slice(), name.as_bytes(), &packed].concat());
    }
    let start = archive.len();
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([short(files.len()), short(files.len())].concat());
    archive.extend([long(directory.len()), long(start)].concat());
    archive.extend([0, 0]);
    archive
}

/// An Excel workbook. Each sheet has a name, a state and its rows in XML; `strings` are the
/// texts that cells name by number, in XML too.
pub(super) fn xlsx(sheets: &[(&str, &str, &str)], strings: &[&str]) -> Vec<u8> {
    xlsx_with(sheets, strings, ["", ""])
}

/// The same with more XML in the list of sheets, and in that of what they link to.
pub(super) fn xlsx_with(
    sheets: &[(&str, &str, &str)],
    strings: &[&str],
    more: [&str; 2],
) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inner: String| format!("<Relationships>{inner}</Relationships>");
    let [mut listed, mut links] = more.map(|more| vec![more.to_owned()]);
    let mut parts = vec![("[Content_Types].xml".to_owned(), "<Types/>".to_owned())];
    for (number, (name, state, rows)) in sheets.iter().enumerate() {
        let (id, path) = (format!("r{number}"), format!("worksheets/sheet{number}.xml"));
        listed.push(format!("<sheet name=\"{name}\" state=\"{state}\" r:id=\"{id}\"/>"));
        links.push(relation(&id, "worksheet", &path));
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/{path}"), sheet));
    }
    links.push(relation("s", "sharedStrings", "/xl/sharedStrings.xml"));
    links.push(relation("t", "styles", "styles.xml"));
    let texts: String = strings.iter().flat_map(|text| ["<si>", text, "</si>"]).collect();
    let workbook = format!("<workbook><sheets>{}</sheets></workbook>", listed.concat());
    for (path, text) in [
        ("_rels/.rels", relations(relation("a", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations(links.concat())),
        ("xl/sharedStrings.xml", format!("<sst>{texts}</sst>")),
        ("xl/styles.xml", STYLES.to_owned()),
    ] {
        parts.push((path.to_owned(), text));
    }
    let files: Vec<_> = parts.iter().map(|(p, t)| (p.as_str(), t.as_bytes())).collect();
    zipped(&files)
}

/// Style 0 is general, 1 a date of the built-in formats, 2 one that is written out, 3 a
/// length of time, 4 a percentage.
const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>\
                      </numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>\
                      <xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>\
                      <xf numFmtId=\"46\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>";

/// An `OpenDocument` spreadsheet, from the XML of its tables; `h` is a style that hides one,
/// `v` one that does not.
pub(super) fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><style:style style:name=\"h\"><style:table-properties \
         table:display=\"false\"/></style:style><style:style style:name=\"v\">\
         <style:table-properties table:display=\"true\"/></style:style>{tables}</office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}
