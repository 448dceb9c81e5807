//! What a person knows of a file for which there is no schema.

use crate::diagnostic::{Code, Failure, Finding, Findings, Kind, Severity};
use crate::questionnaire::{Encoding, Source};

/// What a person knows of an export for which there is no schema yet.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// How its letters are stored, by name.
    pub encoding: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// How many lines stand above its headers.
    pub skip_rows: usize,
    /// Whether decimals are written with a comma.
    pub decimal_comma: bool,
    /// What stands for no answer, besides empty cells.
    pub missing: Vec<String>,
}

impl Known {
    /// As a schema would say it.
    ///
    /// # Errors
    /// [`Kind::Usage`] if the encoding has a name that is not known.
    pub(super) fn source(&self, findings: &mut Findings) -> Result<Source, Failure> {
        let encoding = self.encoding.as_deref();
        let named = encoding.map(|name| Encoding::named(name).ok_or(name)).transpose();
        let encoding = named.map_err(|name| {
            let finding = Finding::new(&ENCODING, format!("`{name}` is no known encoding"))
                .help("give utf-8, utf-16le, utf-16be, windows-1252, macintosh or iso-8859-15");
            Failure::because(findings, Kind::Usage, finding)
        })?;
        let (sheet, skip_rows) = (self.sheet.clone(), self.skip_rows);
        let decimal = if self.decimal_comma { b',' } else { b'.' };
        Ok(Source { encoding, sheet, skip_rows, decimal, ..Source::default() })
    }
}

pub(super) static ENCODING: Code = Code {
    id: "I033",
    severity: Severity::Error,
    title: "an encoding has a name that is not known",
    explanation: "Letters are read as UTF-8, UTF-16LE, UTF-16BE, windows-1252, macintosh or \
                  ISO-8859-15.\n\n\
                  Example: `--encoding ansi`, which Windows calls windows-1252 in Western Europe.\n\n\
                  Remedy: give one of these names.",
};
