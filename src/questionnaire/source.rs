//! What the file looks like: the `[source]` table, checked.

use toml::Spanned;

use super::codes;
use super::load::Loading;
use super::typed::{self, Duplicates, UnknownColumns};
use crate::diagnostic::Finding;

/// What the file looks like.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The platform that made the export.
    pub dialect: Dialect,
    /// How many rows of headers there are.
    pub header_rows: usize,
    /// What stands between cells; detected if absent.
    pub delimiter: Option<u8>,
    /// How dates are written.
    pub dates: Option<String>,
    /// Cell texts that mean no answer, each with its reason; the empty cell is the first.
    pub missing: Vec<(String, String)>,
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

/// The platform that made the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// One header row, one column for each question or answer.
    Plain,
    /// `SurveyMonkey`: two header rows, one column for each option.
    SurveyMonkey,
}

/// The dialects by name.
const DIALECTS: [(&str, Dialect); 2] =
    [("plain", Dialect::Plain), ("surveymonkey", Dialect::SurveyMonkey)];

/// What stands between cells, by name and by character.
const DELIMITERS: [(&str, u8); 8] = [
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
    let dialect =
        choice(typed.dialect.as_ref(), &DIALECTS, "source.dialect", Dialect::Plain, loading);
    Source {
        dialect,
        header_rows: header_rows(typed.header_rows.as_ref(), dialect, loading),
        delimiter: typed.delimiter.as_ref().and_then(|word| {
            let found = choice(Some(word), &DELIMITERS, "source.delimiter", 0, loading);
            (found != 0).then_some(found)
        }),
        dates: typed.dates.as_ref().map(|d| d.get_ref().clone()),
        missing: missing(&typed.missing_values),
        key: typed.key.as_ref().and_then(|k| k.column.as_ref()).map(text),
        duplicates: typed.key.as_ref().and_then(|k| k.duplicates).unwrap_or_default(),
        unknown_columns: typed
            .unknown_columns
            .as_ref()
            .map(|u| *u.get_ref())
            .unwrap_or_default(),
        personal: typed.personal.iter().map(text).collect(),
        warn_rows: share(typed.limits.warn_rows.as_ref(), 0.005, "warn_rows", loading),
        fail_rows: share(typed.limits.fail_rows.as_ref(), 0.05, "fail_rows", loading),
    }
}

fn text(word: &Spanned<String>) -> String {
    word.get_ref().clone()
}

fn missing(typed: &[Spanned<typed::Missing>]) -> Vec<(String, String)> {
    let mut list = vec![(String::new(), "No answer".to_owned())];
    for entry in typed {
        let entry = entry.get_ref();
        let label = entry.label.clone().unwrap_or_else(|| "No answer".to_owned());
        if entry.value.is_empty() {
            list[0].1 = label;
        } else {
            list.push((entry.value.clone(), label));
        }
    }
    list
}

fn header_rows(
    typed: Option<&Spanned<i64>>,
    dialect: Dialect,
    loading: &mut Loading<'_>,
) -> usize {
    let usual = if dialect == Dialect::SurveyMonkey { 2 } else { 1 };
    let Some(typed) = typed else { return usual };
    match *typed.get_ref() {
        1 => 1,
        2 => 2,
        other => {
            let place = loading.place(typed.span(), "source.header_rows");
            loading.push(
                Finding::new(&codes::VALUE, format!("`header_rows` is {other}"))
                    .at(place)
                    .help("give 1 or 2"),
            );
            usual
        }
    }
}

/// Looks a word up in a list of choices; an unknown one is noted.
fn choice<T: Copy>(
    word: Option<&Spanned<String>>,
    list: &[(&str, T)],
    key: &str,
    usual: T,
    loading: &mut Loading<'_>,
) -> T {
    let Some(word) = word else { return usual };
    if let Some((_, value)) = list.iter().find(|(name, _)| name == word.get_ref()) {
        return *value;
    }
    let names: Vec<_> =
        list.iter().map(|(name, _)| format!("`{}`", name.escape_debug())).collect();
    let place = loading.place(word.span(), key);
    loading.push(
        Finding::new(&codes::VALUE, format!("`{}` is no {key}", word.get_ref().escape_debug()))
            .at(place)
            .help(format!("give one of {}", names.join(", "))),
    );
    usual
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
