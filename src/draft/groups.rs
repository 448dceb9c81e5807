//! Which columns belong to one question: by what the platform says of them, else by how
//! their headers begin and by what stands in them.

use super::cells;
use super::columns::Column;
use crate::ingest::platform::Role;

/// Columns that were one question, or one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// The question in the export's words; empty if the export does not hold it.
    pub(super) question: String,
    /// The short name that the columns share.
    pub(super) code: Option<String>,
    /// The columns, as indexes.
    pub(super) columns: Vec<usize>,
    /// What each column adds to the question; empty for a single column.
    pub(super) parts: Vec<String>,
    /// The column with what people wrote themselves.
    pub(super) other: Option<usize>,
}

/// What may stand between a question and its option in one header, longest first.
const SEPARATORS: [&str; 9] = ["? - ", "? ", ": ", " - ", " – ", " [", " | ", " > ", ". "];

/// How short a beginning may be that columns share.
const SHORTEST: usize = 4;

/// Puts the columns of each question together, in the order of the file.
pub(super) fn groups(columns: &[Column<'_>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let usable: Vec<usize> = (0..columns.len()).filter(|i| is_usable(&columns[*i])).collect();
    let mut at = 0;
    while let Some(&first) = usable.get(at) {
        let column = &columns[first];
        if is_other(column)
            && let Some(last) = groups.last_mut().filter(|g| g.other.is_none())
        {
            last.other = Some(first);
            at += 1;
            continue;
        }
        let group = run(columns, &usable[at..]);
        at += group.columns.len();
        groups.push(group);
    }
    groups
}

/// Whether anything can be said of the column. An empty one within a tick list is an
/// option that nobody picked.
fn is_usable(column: &Column<'_>) -> bool {
    let empty = column.texts.is_empty();
    column.is_answer() && (!empty || part(column).is_some())
}

/// Whether the column holds what people wrote themselves: the platform says so, or its
/// part does and the cells are no ticks.
fn is_other(column: &Column<'_>) -> bool {
    if column.role == Role::OtherText {
        return true;
    }
    let part = part(column).unwrap_or_default();
    let named = cells::folded(part).starts_with("other");
    named && !column.texts.is_empty() && !is_tick(column, part) && mostly_different(column)
}

fn mostly_different(column: &Column<'_>) -> bool {
    column.texts.len() * 2 > column.answered()
}

fn part<'c>(column: &'c Column<'_>) -> Option<&'c str> {
    column.heading.part.as_deref().filter(|part| !part.trim().is_empty())
}

/// The longest run of columns from the first one on that are one question.
fn run(columns: &[Column<'_>], usable: &[usize]) -> Group {
    let Some((&first, rest)) = usable.split_first() else { return alone(columns, 0) };
    let same_question = |i: &&usize| same(&columns[first], &columns[**i]);
    let told = rest.iter().take_while(same_question).count();
    if part(&columns[first]).is_some() {
        return told_by_platform(columns, &usable[..=told]);
    }
    let options = usable.iter().take_while(|i| is_headed_by_option(&columns[**i])).count();
    if options > 1 {
        return headed_by_options(columns, &usable[..options]);
    }
    match shared_beginning(columns, first, rest) {
        Some((stem, length)) => by_beginning(columns, &usable[..=length], &stem),
        None => alone(columns, first),
    }
}

/// Whether the platform says that two columns are of one question.
fn same(one: &Column<'_>, other: &Column<'_>) -> bool {
    !is_other(other)
        && part(one).is_some()
        && part(other).is_some()
        && one.heading.question == other.heading.question
        && stem(one.heading.code.as_deref()) == stem(other.heading.code.as_deref())
}

/// The code of the question in the code of a column: `Q3` of `Q3_1`, `rse3` of
/// `rse3[SQ001]`.
fn stem(code: Option<&str>) -> Option<String> {
    let code = code?;
    if let Some((stem, _)) = code.split_once('[') {
        return Some(stem.to_owned());
    }
    match code.rsplit_once(['_', '.']) {
        Some((stem, end)) if !stem.is_empty() && is_place(end) => Some(stem.to_owned()),
        _ => Some(code.to_owned()),
    }
}

fn is_place(text: &str) -> bool {
    !text.is_empty() && text.len() <= 4 && text.chars().all(|c| c.is_ascii_alphanumeric())
}

fn alone(columns: &[Column<'_>], column: usize) -> Group {
    let heading = columns.get(column).map(|c| c.heading);
    Group {
        question: heading.map(|h| h.question.clone()).unwrap_or_default(),
        code: heading.and_then(|h| h.code.clone()),
        columns: vec![column],
        parts: vec![String::new()],
        other: None,
    }
}

fn told_by_platform(columns: &[Column<'_>], members: &[usize]) -> Group {
    let first = members.first().copied().unwrap_or(0);
    let parts = members.iter().map(|i| part(&columns[*i]).unwrap_or_default().to_owned());
    let code = columns[first].heading.code.as_deref();
    Group {
        code: if members.len() > 1 { stem(code) } else { code.map(str::to_owned) },
        columns: members.to_vec(),
        parts: parts.collect(),
        ..alone(columns, first)
    }
}

/// Whether nothing but the header itself, or nothing, stands in the column.
fn is_headed_by_option(column: &Column<'_>) -> bool {
    let header = cells::folded(&column.heading.question);
    column.heading.part.is_none() && column.all(|text| cells::folded(text) == header)
}

fn headed_by_options(columns: &[Column<'_>], members: &[usize]) -> Group {
    let parts = members.iter().map(|i| columns[*i].heading.question.clone());
    Group {
        question: String::new(),
        code: None,
        columns: members.to_vec(),
        parts: parts.collect(),
        other: None,
    }
}

/// The beginning that the header shares with those that follow, and how many of them do:
/// only columns with the same sort of cells.
fn shared_beginning(
    columns: &[Column<'_>],
    first: usize,
    rest: &[usize],
) -> Option<(String, usize)> {
    let follows = |stem: &str| {
        let next = |i: &&usize| {
            let column = &columns[**i];
            part(column).is_none()
                && column.heading.question.starts_with(stem)
                && alike(&columns[first], column)
        };
        rest.iter().take_while(next).count()
    };
    let stems = beginnings(&columns[first].heading.question);
    let runs = stems.into_iter().map(|stem| (follows(&stem), stem));
    // The longest run; of several, the longest beginning.
    let (length, stem) = runs.max_by_key(|(length, stem)| (*length, stem.len()))?;
    (length > 0).then_some((stem, length))
}

/// The beginnings of a header that end where an option might begin.
fn beginnings(header: &str) -> Vec<String> {
    let mut stems = Vec::new();
    for separator in SEPARATORS {
        for (at, _) in header.match_indices(separator) {
            let end = at + separator.len();
            if at >= SHORTEST && end < header.len() {
                stems.push(header[..end].to_owned());
            }
        }
    }
    let digits = header.trim_end_matches(|c: char| c.is_ascii_digit());
    if digits.len() < header.len() && digits.ends_with(['_', '.', ' ']) && digits.len() > 1 {
        stems.push(digits.to_owned());
    }
    stems
}

fn by_beginning(columns: &[Column<'_>], members: &[usize], stem: &str) -> Group {
    let part = |i: &usize| {
        let header = &columns[*i].heading.question;
        let part = header.strip_prefix(stem).unwrap_or(header);
        part.trim().trim_end_matches(']').trim().to_owned()
    };
    let question = stem.trim_end().trim_end_matches(['-', '–', '[', '|', '>', ':', '_']);
    Group {
        question: question.trim_end().to_owned(),
        code: None,
        columns: members.to_vec(),
        parts: members.iter().map(part).collect(),
        other: None,
    }
}

/// Whether two columns hold the same sort of cells.
fn alike(one: &Column<'_>, other: &Column<'_>) -> bool {
    if one.texts.is_empty() || other.texts.is_empty() {
        return true;
    }
    let ends = |column: &Column<'_>, text: &str| {
        cells::folded(&column.heading.question).ends_with(&cells::folded(text))
    };
    let own = |column: &Column<'_>| column.texts.len() == 1 && column.all(|t| ends(column, t));
    if own(one) && own(other) {
        return true;
    }
    let whole = |column: &Column<'_>| column.all(|text| cells::whole(text).is_some());
    if whole(one) && whole(other) {
        return true;
    }
    let shared = one.texts.iter().filter(|t| other.texts.iter().any(|o| o.label == t.label));
    2 * shared.count() >= one.texts.len().min(other.texts.len())
}

/// Whether every text of a column marks an option as picked or not, or is the option.
pub(super) fn is_tick(column: &Column<'_>, option: &str) -> bool {
    let option = cells::folded(option);
    let marks = [cells::is_picked, cells::is_not_picked, cells::is_not_applicable];
    column.all(|text| cells::folded(text) == option || marks.iter().any(|is| is(text)))
}
