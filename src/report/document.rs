//! What a report is made of: sections, sentences, facts, tables and places for pictures.
//!
//! Plain data that knows no format, no poll and no estimate. Numbers are text here: they
//! were printed once, in `print`, so that no two formats can round them differently.

/// The top of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masthead {
    /// What must be said first, such as that the data are made up: a short word and its
    /// sentence.
    pub marks: Vec<(&'static str, &'static str)>,
    /// Whose report it is.
    pub organisation: Option<String>,
    /// The poll's title.
    pub title: String,
    /// "Published 18 January 2024".
    pub published: Option<Text>,
}

/// A part of the page with a heading of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The anchor: lower case letters, digits, `-` and `_`; unique in the report.
    pub id: String,
    /// What it is for.
    pub kind: SectionKind,
    /// The heading.
    pub title: String,
    /// What stands below the heading, in order.
    pub parts: Vec<Part>,
}

/// What a section is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    /// The sentences at the top.
    Findings,
    /// How the poll was done, in brief.
    About,
    /// Links to all that follows.
    Contents,
    /// One question.
    Question,
    /// How to read it, how it was made, which files go with it.
    Reference,
}

/// One piece of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading below the section's own.
    Heading(String),
    /// A sentence or several.
    Paragraph(Text),
    /// Key findings: each a sentence, and the anchor and title of its question.
    Findings(Vec<(Text, Option<(String, String)>)>),
    /// Terms and what is said about them.
    Facts(Vec<Fact>),
    /// Anchors and titles of the sections that follow.
    Contents(Vec<(String, String)>),
    /// The question as it was put, how it could be answered, and any note.
    Asked {
        /// The question's short title, where the section's is a finding.
        topic: Option<String>,
        /// The question's own words in quotation marks, unless they are the section's title.
        wording: Option<String>,
        /// How it could be answered, and by whom.
        terms: Vec<String>,
    },
    /// The picture of a table, by the table's name, with the picture's own notes.
    Figure(String),
    /// A table.
    Table(Grid),
    /// What members wrote, and who: a quote each.
    Quotes(Vec<Quotation>),
    /// A place for the checksums of the files beside the page, which whoever writes them
    /// knows.
    Sums(Sums),
}

/// What a member wrote, and who it was as far as it may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The words.
    pub text: String,
    /// "Primary, member who replied".
    pub by: String,
}

/// The fixed words of a table of checksums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Its caption.
    pub caption: &'static str,
    /// The head of the files' names.
    pub file: &'static str,
    /// The head of the checksums.
    pub hash: &'static str,
}

/// A term and what is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The term.
    pub term: Text,
    /// What is said about it, a paragraph each.
    pub details: Vec<Text>,
}

/// Words in a row.
pub type Text = Vec<Run>;

/// Some words of one sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Words.
    Plain(String),
    /// A figure that stands out.
    Strong(String),
    /// A day: as it is read, and as `YYYY-MM-DD`.
    Day(String, String),
    /// A link: its words, and a `http`, `https` or relative address.
    Link(String, String),
}

/// A table as it is read: every cell is text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// For its anchor: the released table's name; with an item's id for all but the first
    /// item of a battery by groups.
    pub name: String,
    /// Its number and what it shows: no two tables of a report have the same.
    pub caption: String,
    /// What the shorthand in it means; only what occurs.
    pub keys: Vec<String>,
    /// The heading of the first column.
    pub corner: &'static str,
    /// The other columns.
    pub columns: Vec<Column>,
    /// Answers, or the items of a battery.
    pub lines: Vec<Line>,
    /// Bases, where they hold for all rows.
    pub foot: Vec<Line>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub text: String,
    /// Its kind, where the columns are answers.
    pub kind: LineKind,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it shows.
    pub label: String,
    /// Its kind.
    pub kind: LineKind,
    /// As many as there are columns.
    pub cells: Vec<Entry>,
}

/// What a row or column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// An answer or a group.
    Plain,
    /// An answer that stays last, such as "Don't know".
    Pinned,
    /// A total of several answers.
    Net,
    /// A mean or a median.
    Summary,
    /// A number of respondents.
    Base,
    /// An interval.
    Interval,
    /// A change since the wave before: points, where the figures are percentages.
    Change,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The figure or its shorthand.
    pub text: String,
    /// Its interval, such as "36 to 42".
    pub range: Option<String>,
    /// The number that stands in `text`, in plain digits such as `-4.5`: for files that
    /// calculate. None where there is only shorthand or words.
    pub digits: Option<String>,
    /// The two numbers of `range`, in plain digits.
    pub ends: Option<(String, String)>,
    /// How it lies to everybody else, such as "▲ higher".
    pub verdict: Option<&'static str>,
    /// The same without a symbol, and said too if there is no difference; none where nothing
    /// was compared.
    pub compared: Option<&'static str>,
    /// The letters of the columns that it is higher than, for the analyst.
    pub letters: String,
}

impl Entry {
    /// A cell of words or shorthand.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// Words without emphasis.
pub(super) fn plain(text: impl Into<String>) -> Text {
    vec![Run::Plain(text.into())]
}
