//! Files that are no table: what they are in plain words, and what to do instead.
//!
//! Takes the first bytes; gives a [`Foreign`] for what cannot be taken for anything else.
//! A signature is listed only if no header row of a CSV could begin with it.

/// Something that is no table of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    /// What it is, with its article.
    pub(super) what: &'static str,
    /// What to do, in the imperative.
    pub(super) remedy: &'static str,
}

pub(super) const EXPORT: &str = "export the answers from the survey platform as CSV or xlsx";
pub(super) const SAVE_AS: &str =
    "open it in a spreadsheet program, and save it as xlsx or `CSV UTF-8 (comma delimited)`";
const UNPACK: &str = "unpack it, and name the CSV file in it";
const STATISTICS: &str = "save it as CSV with the program that wrote it, or in R: \
                          `write.csv(haven::as_factor(data), \"answers.csv\")`";
const PAGE: &str = "open it in a browser: perhaps a login page or an error page was saved \
                    instead of the answers; then export them again as CSV or xlsx";
const REAL_FILE: &str = "fetch the file itself";

const ARCHIVE: &str = "an archive";
const OLD_EXCEL: &str = "an old Excel workbook";
const PICTURE: &str = "a picture";
const WEB_PAGE: &str = "a web page";

/// First bytes, what they mean, and the remedy.
const BINARY: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF", EXPORT),
    (b"\x89PNG\r\n", PICTURE, EXPORT),
    (b"\xFF\xD8\xFF", PICTURE, EXPORT),
    (b"GIF87a", PICTURE, EXPORT),
    (b"GIF89a", PICTURE, EXPORT),
    (b"II*\0", PICTURE, EXPORT),
    (b"MM\0*", PICTURE, EXPORT),
    (b"$FL2", "an SPSS file", STATISTICS),
    (b"$FL3", "an SPSS file", STATISTICS),
    (b"<stata_dta>", "a Stata file", STATISTICS),
    (b"HEADER RECORD*******LIB", "a SAS transport file", STATISTICS),
    (b"RDX2\n", "an R data file", STATISTICS),
    (b"RDX3\n", "an R data file", STATISTICS),
    (b"X\n\0\0\0", "an R data file", STATISTICS),
    (b"{\\rtf", "a word processor's document (RTF)", EXPORT),
    (b"SQLite format 3\0", "an SQLite database", "export the table of answers as CSV"),
    (b"\0\x01\0\0Standard ", "an Access database", "export the table of answers as CSV"),
    (b"PAR1\x15", "a Parquet file", "write it as CSV"),
    (b"ARROW1\0\0", "an Arrow file", "write it as CSV"),
    (b"\x09\x00\x04\x00", OLD_EXCEL, SAVE_AS),
    (b"\x09\x02\x06\x00", OLD_EXCEL, SAVE_AS),
    (b"\x09\x04\x06\x00", OLD_EXCEL, SAVE_AS),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", UNPACK),
    (b"Rar!\x1A\x07", "a rar archive", UNPACK),
    (b"\xFD7zXZ\0", "an xz archive", UNPACK),
    (b"\x28\xB5\x2F\xFD", "a zstd archive", UNPACK),
    (b"\x1F\x9D", ARCHIVE, UNPACK),
    (b"PK\x07\x08", "one part of a zip archive in several parts", UNPACK),
    (b"\0\x05\x16\x07", "a file that macOS keeps beside the real one", REAL_FILE),
];

/// First bytes of a gzip archive.
pub(super) const GZIP: &[u8] = b"\x1F\x8B";
/// First bytes of a zip archive, and of one with nothing in it.
pub(super) const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// First bytes of the container of old Office files, which also holds locked new ones.
pub(super) const OFFICE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What a file is by its first bytes, if it is no text. Archives that are read and the
/// Office container are not listed here.
pub(super) fn binary(sample: &[u8]) -> Option<Foreign> {
    let listed = BINARY.iter().find(|(mark, ..)| sample.starts_with(mark));
    let (what, remedy) = match listed {
        Some((_, what, remedy)) => (*what, *remedy),
        None => shaped(sample)?,
    };
    Some(Foreign { what, remedy })
}

/// What shows elsewhere than in the very first bytes.
fn shaped(sample: &[u8]) -> Option<(&'static str, &'static str)> {
    let at = |from: usize, mark: &[u8]| {
        sample.get(from..).is_some_and(|rest| rest.starts_with(mark))
    };
    let portable = sample.get(..512).unwrap_or(sample);
    Some(match sample {
        [b'B', b'Z', b'h', b'1'..=b'9', ..] if at(4, b"1AY&SY") => ("a bzip2 archive", UNPACK),
        [104..=119, 1 | 2, 1, 0, ..] => ("a Stata file", STATISTICS),
        _ if at(12, b"\xC2\xEA\x81\x60\xB3\x14\x11\xCF") => ("a SAS file", STATISTICS),
        _ if memchr::memmem::find(portable, b"SPSS PORT FILE").is_some() => {
            ("an SPSS portable file", STATISTICS)
        }
        _ if at(257, b"ustar") => ("a tar archive", UNPACK),
        _ if at(0, b"RIFF") && at(8, b"WEBP") => (PICTURE, EXPORT),
        _ if at(4, b"ftyphei") || at(4, b"ftypmif1") => (PICTURE, EXPORT),
        _ => return None,
    })
}

/// What a text is, if it is no table: markup, JSON, or a few words in place of a file.
pub(super) fn text(start: &str) -> Option<Foreign> {
    let bare = start.trim_start();
    let (what, remedy) = markup(bare).or_else(|| structured(bare))?;
    Some(Foreign { what, remedy })
}

fn markup(bare: &str) -> Option<(&'static str, &'static str)> {
    let commented = bare.starts_with("<!--");
    let inner = after_comments(bare);
    let lower: String = inner.chars().take(64).flat_map(char::to_lowercase).collect();
    let opens = |tag: &str| {
        let rest = lower.strip_prefix('<').and_then(|rest| rest.strip_prefix(tag));
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    if lower.starts_with("<?xml") {
        let page = inner.contains("<html");
        let sheet = inner.contains("urn:schemas-microsoft-com:office:spreadsheet");
        return Some(match (page, sheet) {
            (true, _) => (WEB_PAGE, PAGE),
            (_, true) => ("an Excel workbook in XML", SAVE_AS),
            _ => ("an XML file", EXPORT),
        });
    }
    let page = ["!doctype html", "html", "head", "body", "meta", "script"];
    if page.into_iter().any(opens) {
        return Some((WEB_PAGE, PAGE));
    }
    if opens("table") {
        return Some(("a web page with a table", SAVE_AS));
    }
    if opens("!doctype") || (commented && lower.starts_with('<')) {
        return Some(("an XML file", EXPORT));
    }
    None
}

/// The text after comments and the space between them.
fn after_comments(text: &str) -> &str {
    let mut rest = text;
    while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|t| t.split_once("-->")) {
        rest = after.trim_start();
    }
    rest
}

/// A bracket alone may open a header row, as in `[Q1] Age`; with what follows in JSON it
/// cannot.
fn structured(bare: &str) -> Option<(&'static str, &'static str)> {
    let mut characters = bare.chars().filter(|c| !c.is_whitespace());
    let start = (characters.next(), characters.next());
    if matches!(start, (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | '[' | '"' | ']')))
    {
        return Some(("JSON", EXPORT));
    }
    let pointer = bare.starts_with("version https://git-lfs.github.com/spec/");
    pointer.then_some(("a pointer that stands in for a large file", REAL_FILE))
}

#[cfg(test)]
mod tests {
    use super::{BINARY, binary, text};

    fn named(sample: &[u8]) -> Option<&'static str> {
        binary(sample).map(|foreign| foreign.what)
    }

    fn called(start: &str) -> Option<&'static str> {
        text(start).map(|foreign| foreign.what)
    }

    #[test]
    fn every_signature_is_known_by_its_bytes() {
        for (mark, what, _) in BINARY {
            assert_eq!(named(&[mark, b"...".as_slice()].concat()), Some(*what));
        }
        let tar = [vec![b'a'; 257], b"ustar\0".to_vec()].concat();
        let sas = [&[0; 12], b"\xC2\xEA\x81\x60\xB3\x14\x11\xCF\0".as_slice()].concat();
        let portable = [b"ASCII".repeat(40), b"SPSS PORT FILE".to_vec()].concat();
        for (sample, what) in [
            (tar.as_slice(), "a tar archive"),
            (&sas, "a SAS file"),
            (&portable, "an SPSS portable file"),
            (b"s\x02\x01\0\x01", "a Stata file"),
            (b"BZh91AY&SY", "a bzip2 archive"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "a picture"),
            (b"\0\0\0\x18ftypheic", "a picture"),
        ] {
            assert_eq!(named(sample), Some(what));
        }
    }

    #[test]
    fn a_page_is_known_however_it_begins() {
        for page in [
            "<!DOCTYPE html>",
            "\r\n \t<html lang=en>",
            "<!-- saved --> \n<!-- twice --><HTML>",
            "<?xml version='1.0'?><!DOCTYPE x><html xmlns='y'>",
            "<head><title>Sign in</title>",
            "<script>location=",
        ] {
            assert_eq!(called(page), Some("a web page"), "{page}");
        }
        assert!(text("<html>").unwrap().remedy.contains("login page"));
        assert_eq!(called("<table border=1>"), Some("a web page with a table"));
    }

    #[test]
    fn other_texts_are_named() {
        assert_eq!(called("<?xml version='1.0'?><data/>"), Some("an XML file"));
        assert_eq!(called("<!-- x --><data/>"), Some("an XML file"));
        let excel = "<?xml version='1.0'?>\n<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>";
        assert_eq!(called(excel), Some("an Excel workbook in XML"));
        for json in ["{\"a\": 1}", " [\n {\"a\": 1}]", "[[1]]", "[]", "{ }", "[\"a\"]"] {
            assert_eq!(called(json), Some("JSON"), "{json}");
        }
        let pointer = "version https://git-lfs.github.com/spec/v1\n";
        assert!(called(pointer).unwrap().starts_with("a pointer"));
    }

    #[test]
    fn headers_that_look_a_little_like_it_are_left_alone() {
        for header in [
            "[Q1] Age,[Q2] Sex\n",
            "{name},age\n",
            "<strong>How old are you?</strong>,b\n",
            "<heading>,b\n",
            "htmlish,b\n",
            "PAR1,b\n",
            "BZh,b\n",
            "\"<html>\",b\n",
            "",
        ] {
            assert_eq!((called(header), named(header.as_bytes())), (None, None), "{header}");
        }
    }
}
