//! Bytes put into other bytes, as exports come: gzip, zip, workbooks, UTF-16.
//!
//! Nothing is compressed, so that a change of the packed bytes reaches what is within.

/// Text as UTF-16, the lower byte first, with its mark.
pub(crate) fn utf16(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let letters = std::iter::once(0xFEFF).chain(text.encode_utf16());
    letters.flat_map(u16::to_le_bytes).collect()
}

/// A gzip file (RFC 1952) of stored blocks (RFC 1951, section 3.2.4).
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut file = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
    let mut blocks = bytes.chunks(0xFFFF).peekable();
    if blocks.peek().is_none() {
        file.extend([1, 0, 0, 0xFF, 0xFF]);
    }
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        file.push(u8::from(blocks.peek().is_none()));
        file.extend(length.to_le_bytes());
        file.extend((!length).to_le_bytes());
        file.extend(block);
    }
    file.extend(checksum(bytes).to_le_bytes());
    file.extend(short(bytes.len()).to_le_bytes());
    file
}

/// A zip archive (PKWARE, APPNOTE 6.3) of stored files.
pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in members {
        let offset = short(file.len());
        let size = short(bytes.len()).to_le_bytes();
        let mut about = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x58]; // version, 2024-01-01
        about.extend(checksum(bytes).to_le_bytes());
        about.extend([size, size].concat());
        about.extend([u8::try_from(name.len()).unwrap_or(0), 0, 0, 0]);
        file.extend(b"PK\x03\x04");
        file.extend(&about);
        file.extend(name.as_bytes());
        file.extend(*bytes);
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&about);
        list.extend([0; 10]);
        list.extend(offset.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let (start, count) = (short(file.len()), u8::try_from(members.len()).unwrap_or(0));
    file.extend(&list);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend([count, 0, count, 0]);
    file.extend(short(list.len()).to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0, 0]);
    file
}

const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Replies" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const LINKS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const TEXTS: &str = r"<sst><si><t>Yes</t></si><si><r><t>N</t></r><r><t>o</t></r></si></sst>";
const STYLES: &str = r#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;

/// A workbook (ECMA-376) with one sheet, given as XML.
pub(crate) fn workbook(sheet: &[u8]) -> Vec<u8> {
    zip(&[
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        ("xl/sharedStrings.xml", TEXTS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// Lines of a text as a sheet in XML; its quotation marks are taken for letters.
pub(crate) fn sheet(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let cell = |cell: &str| {
        let cell = cell.trim_matches('"').replace('&', "&amp;").replace('<', "&lt;");
        if cell.parse::<f64>().is_ok_and(f64::is_finite) {
            format!("<c s=\"1\"><v>{cell}</v></c>")
        } else {
            format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>")
        }
    };
    let row = |(row, line): (usize, &str)| {
        let cells: String = line.split(',').map(cell).collect();
        format!("<row r=\"{row}\">{cells}</row>")
    };
    let rows: String = (1..).zip(text.lines()).map(row).collect();
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").into_bytes()
}

fn short(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// CRC-32 (ISO 3309), bit by bit.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg());
    let byte = |sum: u32, byte: &u8| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum));
    !bytes.iter().fold(!0, byte)
}
