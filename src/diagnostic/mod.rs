//! Ground floor: findings as data.
//!
//! Takes what any room has to say about its input, gives it in a form that every
//! renderer can print. It knows nothing of polls; it never prints and never decides
//! whether a run goes on: a [`Failure`] does that.

mod code;
pub mod letters;
mod render;
mod visible;

pub use code::Code;
pub use letters::without_invisible;
pub use render::{concise, full, full_coloured, json};
pub use visible::text as visible;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Records a decision that was taken.
    Note,
    /// Is printed in the method note of the report.
    Warning,
    /// Stops publication.
    Error,
}

impl Severity {
    /// The word that is printed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where a finding is: as much of it as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, as it was named to the program.
    pub file: String,
    /// The row that a spreadsheet shows (the header is row 1).
    pub row: Option<u64>,
    /// The line of the file, from 1; differs from the row when cells hold line breaks.
    pub line: Option<u64>,
    /// The character within the line, from 1.
    pub character: Option<u64>,
    /// The column's name in the header, or the key in a TOML file.
    pub column: Option<String>,
    /// The column's number, from 1.
    pub field: Option<u64>,
}

impl Place {
    /// A place that is a whole file.
    #[must_use]
    pub fn file(name: &str) -> Self {
        Self { file: name.to_owned(), ..Self::default() }
    }
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The kind of finding; its first letter is the room.
    pub code: &'static Code,
    /// How much it matters here.
    pub severity: Severity,
    /// What is: one line, lower case, no full stop, true on its own.
    pub headline: String,
    /// Where it is first.
    pub place: Option<Place>,
    /// The cell's text, if it may be shown.
    pub value: Option<String>,
    /// Why this was expected: one sentence that cites where.
    pub because: Option<String>,
    /// What to do: an action in the imperative.
    pub help: Option<String>,
    /// How many times it occurs.
    pub count: u64,
    /// The rows of the next few occurrences.
    pub also: Vec<u64>,
}

impl Finding {
    /// A finding of a given code with its usual severity.
    #[must_use]
    pub fn new(code: &'static Code, headline: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            headline: headline.into(),
            place: None,
            value: None,
            because: None,
            help: None,
            count: 1,
            also: Vec::new(),
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says in which file, unless a place is known.
    #[must_use]
    pub fn at_file(self, name: &str) -> Self {
        if self.place.is_some() { self } else { self.at(Place::file(name)) }
    }

    /// Says why.
    #[must_use]
    pub fn because(mut self, text: impl Into<String>) -> Self {
        self.because = Some(text.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Shows the cell.
    #[must_use]
    pub fn value(mut self, text: impl Into<String>) -> Self {
        self.value = Some(text.into());
        self
    }

    /// Says how many times, and where else.
    #[must_use]
    pub fn times(mut self, count: u64, also: Vec<u64>) -> Self {
        self.count = count;
        self.also = also;
        self
    }
}

/// Everything found so far, in the order in which it was found.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.list.push(finding);
    }

    /// All of them.
    #[must_use]
    pub fn list(&self) -> &[Finding] {
        &self.list
    }

    /// All of them, to be completed in place.
    pub fn list_mut(&mut self) -> &mut [Finding] {
        &mut self.list
    }

    /// Those of one severity.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        self.list.iter().filter(move |f| f.severity == severity)
    }

    /// Fails if an error was found since `mark` findings were held.
    ///
    /// # Errors
    /// A failure of the given kind if any of them is an error.
    pub fn stop_on_error_since(&self, mark: usize, kind: Kind) -> Result<(), Failure> {
        if self.list.iter().skip(mark).any(|f| f.severity == Severity::Error) {
            return Err(Failure { kind });
        }
        Ok(())
    }
}

/// What kind of end a run came to; the program turns it into an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The program is at fault.
    Internal,
    /// The command line is wrong.
    Usage,
    /// A file, schema or too many bad rows.
    Input,
    /// Weights could not be made.
    Weighting,
    /// Nothing may be published.
    Disclosure,
    /// The output could not be written.
    Output,
    /// Another run holds the lock.
    Locked,
    /// There was nothing new to do, and somebody wants to know.
    Idle,
}

/// The reason why a run ended early. What happened stands in the [`Findings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The kind of end.
    pub kind: Kind,
}

impl Failure {
    /// Records the finding that ends the run, and gives the failure.
    pub fn because(findings: &mut Findings, kind: Kind, finding: Finding) -> Self {
        findings.push(finding);
        Self { kind }
    }
}
