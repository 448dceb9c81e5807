//! Files of every kind: what is said of them, and the text that comes out.

use std::io::{self, Read};

use super::codes::{CHOICES, CODES};
use super::testing::{DEFLATED, Made, Memory, gzip, ods, xlsx, zipped, zipped_as};
use super::trouble::Trouble;
use super::unpack::TEXT;
use super::zip::Archive;
use super::{Form, Packing, Wanted, recognise, text, text_from};
use crate::diagnostic::Finding;
use crate::questionnaire::Encoding;

const CSV: &[u8] = b"id,a\n1,2\n";

fn form(bytes: &[u8], encoding: Option<Encoding>) -> Result<Form, Box<Finding>> {
    recognise(&Memory(bytes.to_vec()), &Wanted { encoding, sheet: None })
}

/// Code and headline of the refusal.
fn refused(bytes: &[u8]) -> String {
    let finding = form(bytes, None).unwrap_err();
    assert_eq!(finding.place.as_ref().unwrap().file, "answers.csv");
    assert!(finding.help.is_some(), "{finding:?}");
    format!("{} {}", finding.code.id, finding.headline)
}

fn read(bytes: &[u8], form: &Form, offset: u64) -> io::Result<String> {
    let file = Memory(bytes.to_vec());
    let mut whole = String::new();
    text_from(&file, form, offset)?.read_to_string(&mut whole)?;
    Ok(whole)
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn marked(text: &str) -> Vec<u8> {
    [b"\xFF\xFE".as_slice(), &wide(text)].concat()
}

#[test]
fn the_same_text_comes_out_of_every_form() {
    let plain = "id,a\n1,Zoë €\n";
    let utf8 = [b"\xEF\xBB\xBF", plain.as_bytes()].concat();
    let western = b"id,a\n1,Zo\xEB \x80\n".to_vec();
    let stored = Made { flags: 0, method: 0 };
    let beside: [(&str, &[u8], Made); 6] = [
        ("folder/", b"", stored),
        ("folder/answers.csv", plain.as_bytes(), stored),
        ("__MACOSX/folder/answers.csv", b"\0\x05\x16\x07", DEFLATED),
        ("folder/._answers.csv", b"\0\x05\x16\x07", DEFLATED),
        (".DS_Store", b"\0", DEFLATED),
        ("folder/Thumbs.db", b"\0", DEFLATED),
    ];
    let inline = "<row><c t='inlineStr'><is><t>id</t></is></c><c t='inlineStr'><is><t>a</t></is></c></row>\
                  <row><c><v>1</v></c><c t='inlineStr'><is><t>Zoë €</t></is></c></row>";
    for (bytes, declared) in [
        (plain.as_bytes().to_vec(), None),
        (utf8.clone(), None),
        (utf8.clone(), Some(Encoding::Utf8)),
        (marked(plain), None),
        (wide(plain), Some(Encoding::Utf16Le)),
        (western.clone(), Some(Encoding::Windows1252)),
        (gzip(&utf8), None),
        (gzip(&marked(plain)), None),
        (gzip(&western), Some(Encoding::Windows1252)),
        (zipped(&[("answers.csv", &utf8)]), None),
        (zipped(&[("answers.csv", &western)]), Some(Encoding::Windows1252)),
        (zipped_as(&beside), None),
        (xlsx(&[("A", "visible", inline)], &[]), Some(Encoding::Windows1252)),
    ] {
        let form = form(&bytes, declared).unwrap();
        assert_eq!(read(&bytes, &form, 0).unwrap(), plain, "{form:?}");
        for offset in [3, 5, plain.len()] {
            let rest = read(&bytes, &form, offset as u64).unwrap();
            assert_eq!(rest, plain[offset..], "{form:?} from {offset}");
        }
    }
}

#[test]
fn the_form_says_what_the_file_is() {
    let of = |bytes: &[u8]| form(bytes, None).unwrap();
    let plain = of(b"\xEF\xBB\xBFid\n");
    assert!(plain.direct() && plain.skip == 3 && plain.packing == Packing::Plain);
    assert!(!of(&marked("id\n")).direct() && !of(&gzip(CSV)).direct());
    assert_eq!(of(&gzip(CSV)).described(), "text within a gzip archive");
    let zip = of(&zipped(&[("b/answers.csv", CSV)]));
    assert_eq!(zip.described(), "`b/answers.csv` within a zip archive");
    let book = of(&xlsx(&[("A", "visible", "<row r='4'><c r='B4'><v>1</v></c></row>")], &[]));
    assert_eq!(book.described(), "the sheet `A` of an Excel workbook");
    assert_eq!((book.first_row(), book.first_column(), book.direct()), (4, 2, false));
    assert_eq!((zip.first_row(), zip.first_column()), (1, 1));
}

#[test]
fn archives_that_are_not_one_text_are_refused() {
    let two = zipped(&[("a.csv", CSV), ("b.csv", CSV)]);
    assert_eq!(refused(&two), "I010 the zip archive holds 2 files");
    let because = form(&two, None).unwrap_err().because.unwrap();
    assert_eq!(because, "they are `a.csv` and `b.csv`");
    assert_eq!(refused(&zipped(&[])), "I004 the zip archive holds no file");
    let made = |flags, method| zipped_as(&[("a.csv", CSV, Made { flags, method })]);
    assert_eq!(refused(&made(1, 8)), "I012 the zip archive is locked by a password");
    assert_eq!(refused(&made(0, 9)), "I011 the zip archive is packed by a rare method");
    let book = xlsx(&[("A", "visible", "<row><c><v>1</v></c></row>")], &[]);
    let nested = "holds a workbook or another archive";
    assert_eq!(refused(&gzip(&book)), format!("I011 the gzip archive {nested}"));
    assert_eq!(refused(&gzip(&gzip(CSV))), format!("I011 the gzip archive {nested}"));
    assert_eq!(
        refused(&zipped(&[("a.xlsx", &book)])),
        format!("I011 the zip archive {nested}")
    );
    let page = zipped(&[("a.csv", b"<html>")]);
    assert_eq!(refused(&page), "I002 the zip archive holds a web page, not a CSV");
    assert_eq!(refused(&gzip(b" \n")), "I004 the gzip archive is empty");
}

#[test]
fn what_is_cut_off_is_said_to_be() {
    let cut = "I013 the file is not complete";
    let (gz, zip) = (gzip(CSV), zipped(&[("a.csv", CSV)]));
    assert_eq!(refused(&gz[..gz.len() - 1]), cut);
    assert!(refused(&zip[..zip.len() - 1]).starts_with("I013"));
    let long: Vec<u8> =
        (0..400_000).flat_map(|n| format!("{n},{}\n", n * 7 % 1000).into_bytes()).collect();
    let gz = gzip(&long);
    let half = &gz[..gz.len() * 3 / 4];
    let form = form(half, None).unwrap();
    let error = read(half, &form, 0).unwrap_err();
    assert_eq!(Trouble::of(&error), Some(&Trouble::Cut));
    assert_eq!(super::finding(&error).code.id, "I013");
}

#[test]
fn other_documents_are_named() {
    let wide = |name: &str| [super::foreign::OFFICE, &[0; 504], &wide(name), &[0, 0]].concat();
    let office = |part: &str| zipped(&[("[Content_Types].xml", b"<Types/>"), (part, b"x")]);
    let open = |media: &[u8]| zipped(&[("mimetype", media), ("content.xml", b"x")]);
    for (bytes, said) in [
        (b"%PDF-1.7".to_vec(), "I002 the file is a PDF, not a CSV"),
        (b" \n<!doctype html>".to_vec(), "I002 the file is a web page, not a CSV"),
        (marked("<html>"), "I002 the file is a web page, not a CSV"),
        (b"\xEF\xBB\xBF[{\"a\": 1}]".to_vec(), "I002 the file is JSON, not a CSV"),
        (b"$FL2@(#) SPSS".to_vec(), "I002 the file is an SPSS file, not a CSV"),
        (b"id,a\n1,\0\n".repeat(9), "I002 the file is binary data, not a CSV"),
        (b"\0\0\0\0".to_vec(), "I002 the file is binary data, not a CSV"),
        (wide("Workbook"), "I002 the file is an old Excel workbook, not a CSV"),
        (wide("WordDocument"), "I002 the file is a Word document, not a CSV"),
        (wide("Other"), "I002 the file is an old Office file, not a CSV"),
        (wide("EncryptedPackage"), "I012 the file is locked by a password"),
        (
            office("xl/workbook.bin"),
            "I002 the file is a binary Excel workbook (xlsb), not a CSV",
        ),
        (office("word/document.xml"), "I002 the file is a Word document, not a CSV"),
        (
            zipped(&[("Index/Document.iwa", b"x")]),
            "I002 the file is a Numbers document, not a CSV",
        ),
        (
            open(b"application/vnd.oasis.opendocument.text"),
            "I002 the file is a LibreOffice document other than a spreadsheet, not a CSV",
        ),
        (b"".to_vec(), "I004 the file is empty"),
        (b"\xEF\xBB\xBF".to_vec(), "I004 the file is empty"),
        (b"\xFF\xFE\n\0".to_vec(), "I004 the file is empty"),
        (b" \r\n\t".to_vec(), "I004 the file is empty"),
    ] {
        assert_eq!(refused(&bytes), said);
    }
}

#[test]
fn a_locked_spreadsheet_is_said_to_be() {
    let locked = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:encryption-data/>"),
        ("content.xml", b"\x01\x02"),
    ]);
    assert_eq!(refused(&locked), "I012 the file is locked by a password");
}

#[test]
fn an_encoding_that_does_not_fit_is_refused_at_once_or_where_it_shows() {
    assert!(refused(&wide("id,a\n1,2\n")).starts_with("I007"));
    let utf8 = form("Zoë\n".as_bytes(), Some(Encoding::Windows1252)).unwrap_err();
    assert_eq!(utf8.code.id, "I008");
    let bytes = b"id\nZo\xEB\n\x81\n";
    let found = form(bytes, Some(Encoding::Windows1252)).unwrap();
    let error = read(bytes, &found, 0).unwrap_err();
    let expected =
        Trouble::Undefined { encoding: Encoding::Windows1252, offset: 7, byte: 0x81 };
    assert_eq!(Trouble::of(&error), Some(&expected));
}

#[test]
fn offsets_of_undefined_bytes_count_the_mark() {
    let bytes = [marked("id\n"), b"\x00\xDC".to_vec()].concat();
    let error = read(&bytes, &form(&bytes, None).unwrap(), 0).unwrap_err();
    assert!(matches!(Trouble::of(&error), Some(Trouble::Undefined { offset: 8, .. })));
}

struct Broken;

impl super::Delivery for Broken {
    fn name(&self) -> &'static str {
        "answers.csv"
    }

    fn open(&self, _: u64) -> io::Result<Box<dyn Read + '_>> {
        Err(io::Error::other("no such disk"))
    }
}

#[test]
fn what_the_system_says_is_passed_on() {
    let finding = recognise(&Broken, &Wanted::default()).unwrap_err();
    assert_eq!((finding.code.id, finding.because.as_deref()), ("I001", Some("no such disk")));
}

#[test]
fn every_code_is_explained_and_choices_are_codes() {
    for code in CODES {
        assert!(code.explanation.contains("Remedy: "), "{}", code.id);
    }
    assert!(CHOICES.iter().all(|choice| CODES.contains(choice)));
}

/// Numbers that look random and are the same each time (Marsaglia, 2003: xorshift64).
struct Dice(u64);

impl Dice {
    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap()
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

/// Whatever the bytes are, there is an answer: a text, a finding, or an error.
fn survives(bytes: &[u8], encoding: Option<Encoding>) {
    let file = Memory(bytes.to_vec());
    if let Ok(form) = recognise(&file, &Wanted { encoding, sheet: None })
        && let Ok(stream) = text(&file, &form)
    {
        let _ = io::copy(&mut stream.take(1 << 24), &mut io::sink());
    }
}

/// A workbook of each form with something of everything.
fn books() -> [Vec<u8>; 2] {
    let rows = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='1'><v>45304.5</v></c></row>\
                <row r='3'><c r='A3' t='b'><v>1</v></c><c t='inlineStr'><is><t>x</t></is></c></row>";
    let table = "<table:table table:name='a'><table:table-row table:number-rows-repeated='2'>\
                 <table:table-cell office:value-type='float' office:value='1'/><table:table-cell \
                 table:number-columns-repeated='3'><text:p>a<text:s text:c='2'/></text:p>\
                 </table:table-cell></table:table-row></table:table>";
    [xlsx(&[("A", "visible", rows)], &["<r><t>one_x000D_</t></r>"]), ods(table)]
}

/// An archive with some bytes changed before they are packed, so that the checksums agree
/// and the damage reaches whoever reads the parts.
fn repacked(archive: &[u8], dice: &mut Dice) -> Vec<u8> {
    let file = Memory(archive.to_vec());
    let mut archive = Archive::open(&file).unwrap();
    let names: Vec<String> = archive.entries().iter().map(|e| e.name.clone()).collect();
    let unlucky = dice.below(names.len());
    let part = |(index, name): (usize, &String)| {
        let mut bytes = Vec::new();
        archive.read(name, TEXT).unwrap().unwrap().read_to_end(&mut bytes).unwrap();
        for _ in 0..dice.below(4) * usize::from(index == unlucky) {
            let at = dice.below(bytes.len());
            bytes[at] = b"<>/'=\"1a9&;: "[dice.below(13)];
        }
        bytes
    };
    let parts: Vec<Vec<u8>> = names.iter().enumerate().map(part).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().map(String::as_str).zip(parts.iter().map(Vec::as_slice)).collect();
    zipped(&files)
}

#[test]
fn no_bytes_make_it_panic() {
    const ROUNDS: usize = 300;
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let books = books();
    let [book, sheet] = books.clone();
    let sound =
        [CSV.to_vec(), marked("id,a\n1,Zoë\n"), gzip(CSV), zipped(&[("a", CSV)]), book, sheet];
    let encodings = [None, Some(Encoding::Utf16Be), Some(Encoding::Windows1252)];
    for round in 0..ROUNDS {
        let mut bytes = sound[round % sound.len()].clone();
        for _ in 0..=dice.below(4) {
            let at = dice.below(bytes.len());
            bytes[at] = dice.byte();
        }
        let length = if dice.below(3) == 0 { dice.below(bytes.len()) } else { bytes.len() };
        survives(&bytes[..length], encodings[dice.below(3)]);
        let noise: Vec<u8> = (0..dice.below(200)).map(|_| dice.byte()).collect();
        survives(&noise, encodings[dice.below(3)]);
        for book in &books {
            survives(&repacked(book, &mut dice), None);
        }
    }
}
