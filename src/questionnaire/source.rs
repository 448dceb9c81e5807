//! What the file looks like: the `[source]` table, checked.

use std::ops::RangeInclusive;

use super::codes;
use super::load::Loading;
use super::missing::Missing;
use super::typed::{self, Duplicates, UnknownColumns};
use crate::diagnostic::Finding;
use crate::document::Spanned;

/// The usual shares of bad rows for a warning, and for publishing nothing.
const WARN_ROWS: f64 = 0.005;
const FAIL_ROWS: f64 = 0.05;

/// What the file looks like.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The platform that made the export; recognised if absent.
    pub dialect: Option<Dialect>,
    /// How many rows of headers there are; the platform's usual number if absent.
    pub header_rows: Option<usize>,
    /// How letters are stored; UTF-8, or what a byte order mark says, if absent.
    pub encoding: Option<Encoding>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// How many lines stand above the headers.
    pub skip_rows: usize,
    /// How many lines stand below the last answer.
    pub footer_rows: usize,
    /// The decimal mark of numbers.
    pub decimal: u8,
    /// What stands between cells; detected if absent.
    pub delimiter: Option<u8>,
    /// How dates are written.
    pub dates: Option<String>,
    /// What stands for no answer.
    pub missing: Missing,
    /// Who reached the end of the questionnaire.
    pub complete: Option<Complete>,
    /// The header of the column that names each respondent.
    pub key: Option<String>,
    /// What to do with a key that occurs twice.
    pub duplicates: Duplicates,
    /// What to do with columns that no question names.
    pub unknown_columns: UnknownColumns,
    /// Headers of columns with personal data.
    pub personal: Vec<String>,
    /// The share of bad rows above which the report carries a warning.
    pub warn_rows: f64,
    /// The share of bad rows above which nothing is published.
    pub fail_rows: f64,
}

impl Default for Source {
    /// What a schema without `[source]` says.
    fn default() -> Self {
        Self {
            dialect: None,
            header_rows: None,
            encoding: None,
            sheet: None,
            skip_rows: 0,
            footer_rows: 0,
            decimal: b'.',
            delimiter: None,
            dates: None,
            missing: Missing::new(&[]),
            complete: None,
            key: None,
            duplicates: Duplicates::default(),
            unknown_columns: UnknownColumns::default(),
            personal: Vec::new(),
            warn_rows: WARN_ROWS,
            fail_rows: FAIL_ROWS,
        }
    }
}

/// Who reached the end of the questionnaire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Complete {
    /// The column's header.
    pub column: String,
    /// What stands there then; any text if empty.
    pub values: Vec<String>,
}

/// The platform that made the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// One header row, one column for each question or answer.
    Plain,
    /// `SurveyMonkey`: two header rows, one column for each option.
    SurveyMonkey,
    /// Qualtrics: three header rows, the last of them technical.
    Qualtrics,
    /// Microsoft Forms: several answers in one cell, each with a semicolon behind it.
    MicrosoftForms,
    /// Google Forms: several answers in one cell, parted by commas or semicolons.
    GoogleForms,
    /// `LimeSurvey`: codes and subquestions in square brackets in the headers.
    LimeSurvey,
    /// Jisc Online Surveys.
    Jisc,
    /// Typeform: columns of options headed by the bare option.
    Typeform,
    /// Alchemer, earlier `SurveyGizmo`: `option:question` in the headers.
    Alchemer,
}

/// The dialects by name.
pub(super) const DIALECTS: [(&str, Dialect); 9] = [
    ("plain", Dialect::Plain),
    ("surveymonkey", Dialect::SurveyMonkey),
    ("qualtrics", Dialect::Qualtrics),
    ("microsoft-forms", Dialect::MicrosoftForms),
    ("google-forms", Dialect::GoogleForms),
    ("limesurvey", Dialect::LimeSurvey),
    ("jisc", Dialect::Jisc),
    ("typeform", Dialect::Typeform),
    ("alchemer", Dialect::Alchemer),
];

impl Dialect {
    /// Its name in a schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        DIALECTS.iter().find(|(_, dialect)| *dialect == self).map_or("plain", |(name, _)| name)
    }
}

/// How letters are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// One to four bytes a letter.
    Utf8,
    /// Two or four bytes a letter, the lower byte first.
    Utf16Le,
    /// Two or four bytes a letter, the higher byte first.
    Utf16Be,
    /// Windows for Western Europe.
    Windows1252,
    /// Macs before 2001.
    Macintosh,
    /// Latin-9: Latin-1 with the euro sign.
    Iso8859_15,
}

/// The encodings by name; the first name of each is the one that is printed.
pub(super) const ENCODINGS: [(&str, Encoding); 12] = [
    ("UTF-8", Encoding::Utf8),
    ("UTF-16LE", Encoding::Utf16Le),
    ("UTF-16BE", Encoding::Utf16Be),
    ("windows-1252", Encoding::Windows1252),
    ("macintosh", Encoding::Macintosh),
    ("ISO-8859-15", Encoding::Iso8859_15),
    ("utf8", Encoding::Utf8),
    ("cp1252", Encoding::Windows1252),
    ("latin-9", Encoding::Iso8859_15),
    ("mac-roman", Encoding::Macintosh),
    ("macroman", Encoding::Macintosh),
    ("mac roman", Encoding::Macintosh),
];

impl Encoding {
    /// The encoding of that name, if it is one that is read.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let same = |(known, _): &&(&str, Self)| known.eq_ignore_ascii_case(name);
        ENCODINGS.iter().find(same).map(|(_, encoding)| *encoding)
    }

    /// The name by which it is known.
    #[must_use]
    pub fn name(self) -> &'static str {
        ENCODINGS
            .iter()
            .find(|(_, encoding)| *encoding == self)
            .map_or("UTF-8", |(name, _)| name)
    }
}

/// The decimal marks.
pub(super) const DECIMALS: [(&str, u8); 2] = [(".", b'.'), (",", b',')];

/// What stands between cells, by name and by character.
pub(super) const DELIMITERS: [(&str, u8); 8] = [
    (",", b','),
    (";", b';'),
    ("\t", b'\t'),
    ("|", b'|'),
    ("comma", b','),
    ("semicolon", b';'),
    ("tab", b'\t'),
    ("pipe", b'|'),
];

/// Reads the `[source]` table; what is wrong is noted and replaced by the usual value.
pub(super) fn source(typed: &typed::Source, loading: &mut Loading<'_>) -> Source {
    Source {
        dialect: chosen(typed.dialect.as_ref(), &DIALECTS, "source.dialect", loading),
        header_rows: count(typed.header_rows.as_ref(), 1..=3, "source.header_rows", loading),
        encoding: chosen(typed.encoding.as_ref(), &ENCODINGS, "source.encoding", loading),
        sheet: typed.sheet.as_ref().map(text),
        skip_rows: count(typed.skip_rows.as_ref(), 0..=1000, "source.skip_rows", loading)
            .unwrap_or(0),
        footer_rows: count(typed.footer_rows.as_ref(), 0..=1000, "source.footer_rows", loading)
            .unwrap_or(0),
        decimal: chosen(typed.decimal.as_ref(), &DECIMALS, "source.decimal", loading)
            .unwrap_or(b'.'),
        delimiter: chosen(typed.delimiter.as_ref(), &DELIMITERS, "source.delimiter", loading),
        dates: typed.dates.as_ref().map(text),
        missing: Missing::new(&typed.missing_values),
        complete: typed.complete.as_ref().and_then(complete),
        key: typed.key.as_ref().and_then(|k| k.column.as_ref()).map(text),
        duplicates: typed.key.as_ref().and_then(|k| k.duplicates).unwrap_or_default(),
        unknown_columns: typed
            .unknown_columns
            .as_ref()
            .map(|u| *u.get_ref())
            .unwrap_or_default(),
        personal: typed.personal.iter().map(text).collect(),
        warn_rows: share(typed.limits.warn_rows.as_ref(), WARN_ROWS, "warn_rows", loading),
        fail_rows: share(typed.limits.fail_rows.as_ref(), FAIL_ROWS, "fail_rows", loading),
    }
}

fn text(word: &Spanned<String>) -> String {
    word.get_ref().clone()
}

fn complete(typed: &typed::Complete) -> Option<Complete> {
    let column = text(typed.column.as_ref()?);
    Some(Complete { column, values: typed.values.clone() })
}

/// A whole number within a range; another one is noted.
pub(super) fn count(
    typed: Option<&Spanned<i64>>,
    range: RangeInclusive<usize>,
    key: &str,
    loading: &mut Loading<'_>,
) -> Option<usize> {
    let typed = typed?;
    let number = usize::try_from(*typed.get_ref()).ok().filter(|n| range.contains(n));
    if number.is_none() {
        let place = loading.place(typed.span(), key);
        let name = key.rsplit('.').next().unwrap_or(key);
        loading.push(
            Finding::new(&codes::VALUE, format!("`{name}` is {}", typed.get_ref()))
                .at(place)
                .help(format!("give a number from {} to {}", range.start(), range.end())),
        );
    }
    number
}

/// Looks a word up in a list of choices; an unknown one is noted.
fn chosen<T: Copy>(
    word: Option<&Spanned<String>>,
    list: &[(&str, T)],
    key: &str,
    loading: &mut Loading<'_>,
) -> Option<T> {
    let word = word?;
    let same = |(name, _): &&(&str, T)| name.eq_ignore_ascii_case(word.get_ref());
    if let Some((_, value)) = list.iter().find(same) {
        return Some(*value);
    }
    let names: Vec<_> =
        list.iter().map(|(name, _)| format!("`{}`", name.escape_debug())).collect();
    let place = loading.place(word.span(), key);
    loading.push(
        Finding::new(&codes::VALUE, format!("`{}` is no {key}", word.get_ref().escape_debug()))
            .at(place)
            .help(format!("give one of {}", names.join(", "))),
    );
    None
}

/// Reads a share such as `0.5%` or `0.005`.
fn share(
    word: Option<&Spanned<String>>,
    usual: f64,
    key: &str,
    loading: &mut Loading<'_>,
) -> f64 {
    let Some(word) = word else { return usual };
    let text = word.get_ref().trim();
    let parsed = match text.strip_suffix('%') {
        Some(number) => number.trim().parse::<f64>().map(|n| n / 100.0),
        None => text.parse::<f64>(),
    };
    match parsed {
        Ok(share) if (0.0..=1.0).contains(&share) => share,
        _ => {
            let place = loading.place(word.span(), &format!("source.limits.{key}"));
            loading.push(
                Finding::new(&codes::VALUE, format!("`{text}` is not a share of rows"))
                    .at(place)
                    .help("give a percentage in quotes, such as \"0.5%\""),
            );
            usual
        }
    }
}
