//! Files that are spoilt: bytes, marks, lines, cells, encodings and packing.

use super::{line, piece};
use crate::corpus::Pair;
use crate::oracle::Case;
use crate::pack;
use crate::random::Random;

/// What means something to a reader of files.
const TOKENS: [&[u8]; 58] = [
    b"\"",
    b"\"\"",
    b"\"\"\"",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\xE9",
    b"\xC3",
    b"\x80",
    b"\x81",
    b"\xCA",
    b"sep=;\n",
    b"sep=,\r\n",
    b"\xE2\x80\x8B",
    b"\xE2\x80\xAE",
    b"\xC2\xA0",
    b"\xCC\x81",
    b"\xF0\x9F\x98\x80",
    b"=cmd|'x'!A1",
    b"-99",
    b"1e308",
    b"1e999",
    b"nan",
    b"-0",
    b"1,5",
    b"007",
    b"03/04/2024",
    b"31/02/2024",
    b"2024-01-31T10:00:00Z",
    b"Y",
    b"-oth-",
    b"N/A",
    b"Other (please specify)",
    b"Response",
    b"{\"ImportId\":\"QID1\"}",
    b" - ",
    b": ",
    b" [",
    b"]",
    b"PK\x03\x04",
    b"\x1F\x8B",
    b"<html>",
    b"someone@example.org",
    b"07700 900123",
    b"#N/A",
    b"1",
    b"0",
    b" ",
    b"'",
];

/// What means something to a reader of sheets.
const XML: [&[u8]; 26] = [
    b" t=\"s\"",
    b" t=\"b\"",
    b" t=\"e\"",
    b" t=\"str\"",
    b" t=\"d\"",
    b" t=\"inlineStr\"",
    b" r=\"XFD1048576\"",
    b" r=\"A1\"",
    b" r=\"B2\"",
    b" r=\"0\"",
    b" r=\"1048577\"",
    b" s=\"99\"",
    b"<v>",
    b"</v>",
    b"<c>",
    b"</c>",
    b"<row>",
    b"</row>",
    b"<f>1</f>",
    b"&#0;",
    b"&#xD800;",
    b"&lol;",
    b"<![CDATA[",
    b"<!DOCTYPE x [<!ENTITY lol \"x\">]>",
    b"_x000D_",
    b"<!--",
];

/// A pair of the corpus whose data are spoilt.
pub(crate) fn bytes(corpus: &[Pair], random: &mut Random) -> Option<Case> {
    let pair = corpus.get(random.below(corpus.len()))?;
    let other = corpus.get(random.below(corpus.len()))?;
    let mut data = pair.data.clone();
    spoil(&mut data, &other.data, &TOKENS, random);
    let data = packed(data, random);
    Some(Case { schema: lenient(&pair.schema).into_bytes(), data })
}

/// The schema with no limit to bad rows, so that a check does not end at the first few.
fn lenient(schema: &str) -> String {
    let limits = "[source]\nlimits = { fail_rows = \"100%\" }\n";
    if schema.contains("limits") {
        schema.to_owned()
    } else {
        schema.replace("[source]\n", limits)
    }
}

fn spoil(data: &mut Vec<u8>, other: &[u8], tokens: &[&[u8]], random: &mut Random) {
    let most = 1 + random.below(6);
    for _ in 0..=random.below(most) {
        once(data, other, tokens, random);
    }
}

/// One change.
fn once(data: &mut Vec<u8>, other: &[u8], tokens: &[&[u8]], random: &mut Random) {
    match random.below(10) {
        0 => flip(data, random),
        1 => {
            let (from, to) = piece(data.len(), 40, random);
            data.drain(from..to);
        }
        2 | 3 => {
            let at = random.below(data.len() + 1);
            let token = random.of(tokens).unwrap_or_default();
            data.splice(at..at, token.iter().copied());
        }
        4 => replace_cell(data, tokens, random),
        5 => move_line(data, random),
        6 => {
            let (from, to) = piece(data.len(), 400, random);
            let copy: Vec<u8> = data[from..to].to_vec();
            let most = if random.once_in(20) { 400 } else { 3 };
            let times = 1 + random.below(most);
            data.splice(from..from, copy.repeat(times));
        }
        7 => {
            let ((from, to), (start, end)) =
                (piece(data.len(), 400, random), line(other, random));
            data.splice(from..to, other[start..end].iter().copied());
        }
        8 => repeat(data, tokens, random),
        _ => data.truncate(random.below(data.len() + 1)),
    }
}

/// A bit, or a whole byte.
fn flip(data: &mut [u8], random: &mut Random) {
    let at = random.below(data.len());
    let mask = if random.once_in(2) { 1 << random.below(8) } else { random.below(256) };
    if let Some(byte) = data.get_mut(at) {
        *byte ^= u8::try_from(mask).unwrap_or(1);
    }
}

/// What stands between two marks becomes something else.
fn replace_cell(data: &mut Vec<u8>, tokens: &[&[u8]], random: &mut Random) {
    let at = random.below(data.len());
    let mark = |byte: &u8| matches!(byte, b',' | b';' | b'\t' | b'\n');
    let from = data[..at].iter().rposition(mark).map_or(0, |mark| mark + 1);
    let to = data[at..].iter().position(mark).map_or(data.len(), |mark| at + mark);
    let token = random.of(tokens).unwrap_or_default();
    data.splice(from..to, token.iter().copied());
}

/// A line goes, or stands elsewhere, or twice.
fn move_line(data: &mut Vec<u8>, random: &mut Random) {
    let (from, to) = line(data, random);
    let taken: Vec<u8> = data[from..to].to_vec();
    if !random.once_in(3) {
        data.drain(from..to);
    }
    if !random.once_in(3) {
        let (at, _) = line(data, random);
        data.splice(at..at, taken);
    }
}

/// The same over and over, up to a megabyte of it.
fn repeat(data: &mut Vec<u8>, tokens: &[&[u8]], random: &mut Random) {
    let token = random.of(tokens).unwrap_or_default();
    let bytes = match random.below(200) {
        0 => 1 << 20,
        1..=20 => 1 << 15,
        _ => 1 << 8,
    };
    let times = 1 + random.below(bytes / token.len().max(1));
    let at = random.below(data.len() + 1);
    data.splice(at..at, token.repeat(times));
}

/// Sometimes in another encoding or an archive, which may be spoilt in turn.
fn packed(data: Vec<u8>, random: &mut Random) -> Vec<u8> {
    let mut packed = match random.below(16) {
        0 => pack::utf16(&data),
        1 => pack::gzip(&data),
        2 => pack::zip(&[("replies.csv", &data)]),
        3 => {
            let mut sheet = pack::sheet(&data);
            spoil(&mut sheet, &data, &XML, random);
            pack::workbook(&sheet)
        }
        _ => return data,
    };
    if random.once_in(2) {
        spoil(&mut packed, &data, &TOKENS, random);
    }
    packed
}
