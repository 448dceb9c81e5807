//! Headers that are needed against headings that are there; whatever is missing, doubled
//! or unknown is noted.

use super::platform::{Heading, Platform, Role};
use super::{Column, Repair, Use, codes, personal};
use crate::diagnostic::{Finding, Findings, Place, Severity, letters};
use crate::document;
use crate::questionnaire::{Dialect, Question, Questionnaire, UnknownColumns};

/// How many characters of a header a message shows.
const LONGEST: usize = 72;

/// How many headers a message lists.
const LISTED: usize = 8;

/// Finds columns.
pub(super) struct Finder<'a> {
    pub(super) file: &'a str,
    pub(super) platform: &'static Platform,
    pub(super) headings: &'a [Heading],
    /// The row of the headers, as a spreadsheet shows it.
    pub(super) row: u64,
    pub(super) used: Vec<bool>,
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) repairs: Vec<Repair>,
    /// Columns that were not found: what they may be called, and what needs them.
    pub(super) absent: Vec<(Vec<String>, String)>,
    /// Whether hardly a header is one that the schema names: then the row may hold
    /// somebody's answers, and is not shown.
    pub(super) strangers: bool,
    pub(super) findings: &'a mut Findings,
}

/// The columns that may be called so: those whose usual name it is, or else those that have
/// it as a further name.
pub(super) fn called(headings: &[Heading], header: &str) -> Vec<usize> {
    let first = |h: &Heading| h.names.first().is_some_and(|name| name == header);
    let any = |h: &Heading| h.names.iter().any(|name| name == header);
    let fields = |test: &dyn Fn(&Heading) -> bool| -> Vec<usize> {
        (0..headings.len()).filter(|i| test(&headings[*i])).collect()
    };
    let usual = fields(&first);
    if usual.is_empty() { fields(&any) } else { usual }
}

impl Finder<'_> {
    /// The usual name of a column; its number if it has no header, or if the header looks
    /// like data about a person, as in a file that begins with somebody's answers.
    pub(super) fn header(&self, field: usize) -> String {
        match self.headings.get(field).and_then(|h| h.names.first()) {
            Some(name) if personal::cell(name).is_none() => name.clone(),
            _ => format!("column {}", field + 1),
        }
    }

    /// As [`Finder::header`], cut to what a message can hold.
    fn shown(&self, field: usize) -> String {
        // A cell that swallowed rows would show them.
        let header = self.header(field);
        let header = header.lines().next().unwrap_or_default().to_owned();
        match header.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &header[..end]),
            None => header,
        }
    }

    /// The column that stands under one of `headers`, if there is one; those after
    /// `declared` are repairs.
    pub(super) fn find(
        &mut self,
        headers: &[String],
        declared: usize,
        why: &str,
    ) -> Option<usize> {
        for (nth, header) in headers.iter().enumerate() {
            let fields = called(self.headings, header);
            let Some(field) = fields.first().copied() else { continue };
            if let Some(second) = fields.get(1) {
                self.twice(header, field, *second, why);
            }
            self.used[field] = true;
            if nth >= declared {
                self.repairs.push(Repair {
                    rule: "header alias".to_owned(),
                    column: header.clone(),
                    from: header.clone(),
                    to: headers[0].clone(),
                    count: 1,
                    first_row: self.row,
                });
            }
            return Some(field);
        }
        None
    }

    /// As [`Finder::find`]; notes that the column is missing if it is.
    pub(super) fn needed(
        &mut self,
        headers: &[String],
        declared: usize,
        why: &str,
    ) -> Option<usize> {
        let found = self.find(headers, declared, why);
        if found.is_none() {
            self.missing(headers, why);
        }
        found
    }

    /// The platform's own column of that kind.
    pub(super) fn own(&self, role: Role) -> Option<usize> {
        self.headings.iter().position(|heading| heading.role == role)
    }

    /// A column of the frame that comes of a column of the file.
    pub(super) fn column(&self, name: String, field: usize, use_: Use) -> Column {
        let header = self.header(field);
        let personal = self.is_personal(field) || self.is_key(field);
        Column { name, header, field: field as u64 + 1, personal, use_ }
    }

    /// Whether a column is declared personal, or is by its header.
    pub(super) fn is_personal(&self, field: usize) -> bool {
        let declared = &self.questionnaire.source.personal;
        let Some(heading) = self.headings.get(field) else { return true };
        heading.role == Role::Personal || heading.names.iter().any(|n| declared.contains(n))
    }

    /// Whether a column holds the key of each row, which says whose row it is.
    fn is_key(&self, field: usize) -> bool {
        let key = self.questionnaire.source.key.as_ref();
        let names = self.headings.get(field).map(|heading| &heading.names);
        key.zip(names).is_some_and(|(key, names)| names.contains(key))
    }

    /// Notes a question that would show a column about a person. A declared one is an
    /// error; one that only looks so by its header is a warning.
    pub(super) fn flag_personal(&mut self, field: usize, question: &Question) {
        if !self.is_personal(field) {
            return;
        }
        let declared = &self.questionnaire.source.personal;
        let declared = self.headings[field].names.iter().any(|n| declared.contains(n));
        let place = self.place(field);
        let finding = if declared {
            let headline = format!("`{}` is personal, and would be published", question.id);
            Finding::new(&codes::PERSONAL, headline)
                .because(
                    "`source.personal` lists its column, and its answers make tables or groups",
                )
                .help("take the column out of `personal`, or make the question one of kind `text`")
        } else {
            let headline = format!("`{}` seems to be about a person", question.id);
            Finding::new(&codes::SEEMS_PERSONAL, headline)
                .because(
                    "the header of its column says so, and its answers make tables or groups",
                )
                .help(
                    "list the column under `source.personal` and take the question out, unless \
                       its answers are about nobody in particular",
                )
        };
        self.findings.push(finding.at(place));
    }

    fn twice(&mut self, header: &str, first: usize, second: usize, why: &str) {
        let place = self.place(second);
        let names = |field: usize| self.headings[field].names.iter();
        let own = names(second).find(|name| called(self.headings, name).len() == 1);
        let help = match own {
            Some(name) => {
                format!("name the right one in the schema; this one is also `{name}`")
            }
            None => "rename one of them, or correct the export".to_owned(),
        };
        self.findings.push(
            Finding::new(&codes::TWICE, format!("two columns have the header `{header}`"))
                .at(place)
                .because(format!("columns {} and {}; needed for {why}", first + 1, second + 1))
                .help(help),
        );
    }

    /// Notes that a column is missing; it is said once all others are known, so that no
    /// column of another question is proposed.
    pub(super) fn missing(&mut self, headers: &[String], why: &str) {
        self.absent.push((headers.to_vec(), why.to_owned()));
    }

    /// Says which columns are missing.
    pub(super) fn say_missing(&mut self) {
        let absent = std::mem::take(&mut self.absent);
        let found = self.used.iter().filter(|used| **used).count();
        self.strangers = !absent.is_empty() && absent.len() > 3 * found;
        if self.strangers {
            self.say_most_missing(absent.len(), found);
            return;
        }
        for (headers, why) in absent {
            self.say_one_missing(&headers, &why);
        }
    }

    fn say_most_missing(&mut self, missing: usize, found: usize) {
        let place = self.top();
        let headline = match found {
            0 => "none of the columns that the schema names is in the file".to_owned(),
            _ => format!("{missing} columns that the schema names are not in the file"),
        };
        self.findings.push(
            Finding::new(&codes::MISSING, headline)
                .at(place)
                .because(format!(
                    "this row, with {} cells, holds {found} of the headers that are needed",
                    self.headings.len()
                ))
                .help(
                    "look whether the file has headers, whether lines stand above them \
                     (`skip_rows`), whether `dialect`, `header_rows` and `delimiter` are right, \
                     and whether it is the right file",
                ),
        );
    }

    fn say_one_missing(&mut self, headers: &[String], why: &str) {
        let wanted = headers.first().map_or("", String::as_str);
        let free = (0..self.headings.len()).filter(|i| !self.used[*i]);
        let fit = |name: &&String| name.len() <= 4 * LONGEST && personal::cell(name).is_none();
        let names = free
            .filter_map(|i| self.headings[i].names.first().filter(fit).map(|name| (i, name)));
        let names: Vec<(usize, &str)> = names.map(|(i, name)| (i, name.as_str())).collect();
        let near = |header: &String| document::nearest(header, names.iter().map(|(_, n)| *n));
        let nearest = headers.iter().find_map(near);
        let (mut because, help) = (format!("it is needed for {why}"), nearest);
        let help = match help.and_then(|n| names.iter().find(|(_, name)| *name == n)) {
            Some((field, nearest)) => {
                let file = if why.starts_with("`design`") {
                    "`[design]` of the poll file".to_owned()
                } else {
                    format!("the schema, `column = \"{}\"`", nearest.escape_debug())
                };
                if letters::without_invisible(nearest) == wanted
                    && let Some((_, odd)) = letters::odd(nearest)
                {
                    because =
                        format!("{because}; the closest has {} in it", letters::name(odd));
                }
                format!(
                    "the closest header is `{nearest}`, column {}: name it in {file}, or \
                     rename it in the file",
                    field + 1
                )
            }
            None => "add the column to the file, or take it out of the schema".to_owned(),
        };
        let place = self.top();
        self.findings.push(
            Finding::new(&codes::MISSING, format!("the file has no column `{wanted}`"))
                .at(place)
                .because(because)
                .help(help),
        );
    }

    /// Notes that no column says how long people took.
    pub(super) fn missing_clock(&mut self) {
        let place = self.top();
        let headline = "no column says how long people took";
        self.findings.push(
            Finding::new(&codes::MISSING, headline)
                .at(place)
                .because("`quality.speeders` in the schema needs it")
                .help(
                    "name it with `column`, or with `start` and `end`, in `[quality.speeders]`",
                ),
        );
    }

    /// Notes columns that nothing names. Without a poll file it is not known which columns
    /// the design needs, so that an unknown one may be a weight: then it is a warning.
    pub(super) fn unknown(&mut self, complete: bool) {
        if self.strangers {
            return;
        }
        let policy = self.questionnaire.source.unknown_columns;
        let unknown: Vec<usize> = (0..self.headings.len()).filter(|i| !self.used[*i]).collect();
        let own = |field: &usize| {
            let heading = &self.headings[*field];
            let platform = self.platform.dialect != Dialect::Plain;
            platform && !heading.names.is_empty() && heading.role != Role::Answer
        };
        let unknown = unknown.into_iter();
        let (nameless, unknown): (Vec<usize>, Vec<usize>) =
            unknown.partition(|field| self.headings[*field].names.is_empty());
        let (own, unknown): (Vec<usize>, Vec<usize>) = unknown.into_iter().partition(own);
        if policy != UnknownColumns::Keep {
            self.passed(&own, "of the platform itself ", "the schema names none of these: ");
            self.passed(&nameless, "without a header ", "nothing can name ");
        }
        match policy {
            UnknownColumns::Reject if !unknown.is_empty() => self.reject(&unknown, complete),
            UnknownColumns::Drop => self.passed(&unknown, "", "nothing names "),
            _ => {}
        }
    }

    fn reject(&mut self, unknown: &[usize], complete: bool) {
        let list = self.list(unknown);
        let headline = match unknown.len() {
            1 => format!("nothing names the column {list}"),
            n => format!("nothing names {n} columns of the file"),
        };
        let about = unknown.iter().find(|i| self.headings[**i].role == Role::Personal);
        let help = match about {
            Some(field) => format!(
                "list `{}` and others about a person under `source.personal`; add a question \
                 for each other column, or say `unknown_columns = \"drop\"`",
                self.header(*field)
            ),
            None => "add a question for it, list it under `source.personal`, or say \
                     `unknown_columns = \"drop\"`"
                .to_owned(),
        };
        let mut finding = Finding::new(&codes::UNKNOWN, headline)
            .because(format!("the schema does not know {list}"))
            .help(help)
            .at(self.place(unknown[0]))
            .times(unknown.len() as u64, Vec::new());
        if !complete {
            finding.severity = Severity::Warning;
        }
        self.findings.push(finding);
    }

    /// Notes columns that are read past.
    fn passed(&mut self, fields: &[usize], what: &str, because: &str) {
        let Some(first) = fields.first() else { return };
        let (columns, verb) =
            if fields.len() == 1 { ("column", "is") } else { ("columns", "are") };
        let headline = format!("{} {columns} {what}{verb} read past", fields.len());
        let finding = Finding::new(&codes::DROPPED, headline)
            .because(format!("{because}{}", self.list(fields)))
            .at(self.place(*first))
            .times(fields.len() as u64, Vec::new());
        self.findings.push(finding);
    }

    fn list(&self, fields: &[usize]) -> String {
        let names = fields.iter().take(LISTED).map(|i| format!("`{}`", self.shown(*i)));
        let more = if fields.len() > LISTED { ", and so on" } else { "" };
        format!("{}{more}", names.collect::<Vec<_>>().join(", "))
    }

    pub(super) fn place(&self, field: usize) -> Place {
        let column = Some(self.header(field));
        Place { column, field: Some(field as u64 + 1), ..self.top() }
    }

    /// The row of the headers.
    fn top(&self) -> Place {
        Place { row: Some(self.row), line: Some(self.row), ..Place::file(self.file) }
    }
}
