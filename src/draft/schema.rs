//! The draft schema as text: its head, what the file looks like, and the shared lists.

use super::Export;
use super::body;
use super::columns::Column;
use super::lists::SHOWN;
use super::names;
use super::page::{Page, all_quoted, quoted, thousands};
use super::questions::{Question, Shape};
use super::roles::names_rows;
use super::shared::{Scale, nearly};
use crate::ingest::platform::Role;

/// What is written, from which every part of the text is made.
pub(super) struct Written<'a> {
    pub(super) export: &'a Export<'a>,
    pub(super) columns: &'a [Column<'a>],
    pub(super) questions: &'a [Question],
}

/// The schema, and what is undecided in it.
pub(super) fn write(
    export: &Export<'_>,
    columns: &[Column<'_>],
    questions: &[Question],
    scales: &[Scale],
) -> (String, Vec<String>) {
    let written = Written { export, columns, questions };
    let mut page = Page::default();
    written.head(&mut page);
    written.source(&mut page);
    written.quality(&mut page);
    for (nth, scale) in scales.iter().enumerate() {
        page.gap();
        written.scale(&mut page, scale, &scales[..nth]);
    }
    for question in questions {
        page.gap();
        body::question(&mut page, &written, question);
    }
    page.finish()
}

/// Lower case letters, digits and `-`, from the file's name.
pub(super) fn id(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let id = names::plain(stem).replace('_', "-");
    if id.is_empty() { "poll".to_owned() } else { id }
}

impl Written<'_> {
    fn head(&self, page: &mut Page) {
        let rows = self.export.columns.first().map_or(0, Vec::len);
        let looked = if self.export.truncated { "the first " } else { "" };
        page.comment(&format!(
            "A draft, made by looking at {looked}{} rows of `{}`. Every comment says what was \
             seen. Read it once beside the questionnaire:",
            thousands(rows),
            self.export.name
        ));
        page.line(
            "# - lines that begin with `# UNDECIDED:` need a decision; then take them out;",
        );
        page.line("# - answers that nobody gave are not in an export: add them;");
        page.line("# - texts that one or two rows hold are not shown: they may be somebody's own words;");
        page.line("# - titles that end in `...` were cut, and are what tables print: say them shorter.");
        page.line("format = 1");
        page.line(&format!("id = {}", quoted(&id(self.export.name))));
        page.gap();
    }

    fn source(&self, page: &mut Page) {
        page.line("[source]");
        let why = self.export.why.clone().unwrap_or_default();
        page.set("dialect", &quoted(self.export.dialect.name()), &why);
        page.line(&format!("header_rows = {}", self.export.header_rows));
        page.line(&format!(
            "delimiter = {}",
            quoted(&char::from(self.export.delimiter).to_string())
        ));
        if let Some(encoding) = self.export.encoding {
            page.line(&format!("encoding = {}", quoted(encoding)));
        }
        if super::numbers::decimal_mark(self.columns) == ',' {
            page.set("decimal", "\",\"", "seen: numbers such as 1,5");
        }
        self.dates(page);
        self.missing(page);
        self.key(page);
        self.personal(page);
        self.unknown(page);
        self.complete(page);
        page.line(
            "limits = { warn_rows = \"0.5%\", fail_rows = \"5%\" }   # of rows set aside",
        );
    }

    fn dates(&self, page: &mut Page) {
        let mut dated = self.questions.iter().filter_map(|question| match &question.shape {
            Shape::Date { forms } => Some(forms),
            _ => None,
        });
        let Some(first) = dated.next() else { return };
        let shared = |form: &&String| dated.clone().all(|forms| forms.contains(form));
        let forms: Vec<&String> = first.iter().filter(shared).collect();
        match forms.as_slice() {
            [form] => page.set("dates", &quoted(form), "all dates fit this form only"),
            [] => {}
            several => {
                page.undecided(
                    "source.dates",
                    "day or month first? No date has a day above 12. Take the `#` off one line",
                );
                for form in several {
                    page.line(&format!("# dates = {}", quoted(form)));
                }
            }
        }
    }

    fn missing(&self, page: &mut Page) {
        let used = self.questions.iter().flat_map(|question| &question.columns);
        let mut texts: Vec<&String> = used.flat_map(|c| &self.columns[*c].missing).collect();
        texts.sort();
        texts.dedup();
        if !texts.is_empty() {
            let remark = "seen, and taken for no answer; an empty cell always is";
            page.list("missingValues", &all_quoted(texts), remark);
        }
    }

    fn key(&self, page: &mut Page) {
        let key = self.columns.iter().find(|c| c.role == Role::Key && c.name.is_some());
        let Some((column, name)) = key.and_then(|c| Some((c, c.name.as_ref()?))) else {
            page.comment(
                "No column was seen that names each respondent: rows sent twice stay unseen.",
            );
            page.line("# key = { column = \"...\", duplicates = \"reject\" }");
            return;
        };
        let line = format!("{{ column = {}, duplicates = \"reject\" }}", quoted(name));
        if names_rows(column) {
            return page.set("key", &line, "every row has one of its own");
        }
        page.undecided(
            "source.key",
            "it is empty or the same in some rows; `first` or `last` keeps one of them",
        );
        page.line(&format!("# key = {line}"));
    }

    fn personal(&self, page: &mut Page) {
        let listed: Vec<(&String, String)> = self
            .columns
            .iter()
            .filter_map(|c| Some((c.name.as_ref()?, why_personal(c)?)))
            .collect();
        if listed.is_empty() {
            return page.set(
                "personal",
                "[]",
                "no column was seen that names people: make sure",
            );
        }
        page.line("personal = [   # kept out of every output");
        for (name, why) in listed {
            page.line(&format!("  {},   # {why}", quoted(name)));
        }
        page.line("]");
    }

    /// Columns that nothing names, by the reason.
    fn unknown(&self, page: &mut Page) {
        let used = body::used(self);
        let left: Vec<&Column<'_>> = self
            .columns
            .iter()
            .filter(|c| !used.contains(&c.field) && why_personal(c).is_none())
            .filter(|c| c.role != Role::Key || c.name.is_none())
            .collect();
        if left.is_empty() {
            let remark = "all columns are accounted for, so a new one is a surprise";
            return page.set("unknown_columns", "\"reject\"", remark);
        }
        page.comment("Columns that are read past:");
        for (reason, test) in REASONS {
            let of_reason = left.iter().filter(|c| reason_of(c) == test);
            let names: Vec<String> = of_reason.map(|c| format!("`{}`", c.header())).collect();
            if !names.is_empty() {
                page.comment(&format!("- {reason}: {}", names.join(", ")));
            }
        }
        page.line("unknown_columns = \"drop\"");
        let twice = left.iter().filter(|c| reason_of(c) == Reason::SameHeader).count();
        if twice > 0 {
            page.undecided("source.unknown_columns", &format!("{twice} columns have a header that another one has too, so that no question can name them: rename them in the file"));
        }
    }

    fn complete(&self, page: &mut Page) {
        let column = self.columns.iter().find(|c| c.role == Role::Completion);
        let Some((column, name)) = column.and_then(|c| Some((c, c.name.as_ref()?))) else {
            return;
        };
        let usual = column.texts.iter().max_by_key(|text| text.rows);
        let usual = usual.filter(|text| text.rows >= SHOWN).map_or("...", |t| &t.label);
        page.comment("Who reached the end. Without this line, as the platform says it:");
        let (name, usual) = (quoted(name), quoted(usual));
        page.line(&format!("# complete = {{ column = {name}, values = [{usual}] }}"));
    }

    fn scale(&self, page: &mut Page, scale: &Scale, earlier: &[Scale]) {
        let users = self.questions.iter().filter(|q| q.scale.as_ref() == Some(&scale.name));
        let users: Vec<String> = users.map(|q| format!("`{}`", q.key)).collect();
        let named = match users.len() {
            0..=4 => users.join(", "),
            n => format!("{n} questions"),
        };
        page.comment(&format!("Used by {named}."));
        for text in earlier.iter().filter_map(|other| nearly(&scale.list, other)) {
            page.undecided(&format!("scale.{}", scale.name), &text);
        }
        page.line(&format!("[scale.{}]", scale.name));
        body::list(page, &scale.list);
    }

    /// Rules on care that the file has the columns for, as a suggestion.
    fn quality(&self, page: &mut Page) {
        let column = self.columns.iter().find(|c| c.role == Role::Duration);
        let Some(name) = column.and_then(|c| c.name.as_ref()) else { return };
        page.gap();
        page.comment("To note who answered suspiciously fast:");
        page.line("# [quality.speeders]");
        page.line(&format!("# column = {}", quoted(name)));
        page.line("# when = \"30% of median\"");
    }
}

/// Why a column is read past.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reason {
    Platform,
    Weight,
    NoHeader,
    SameHeader,
    NoAnswers,
    OtherText,
}

const REASONS: [(&str, Reason); 6] = [
    ("the platform's own", Reason::Platform),
    ("a weight, named in the poll file", Reason::Weight),
    ("without a header", Reason::NoHeader),
    ("with a header that another column has too", Reason::SameHeader),
    ("without any answer", Reason::NoAnswers),
    ("remarks beside a question", Reason::OtherText),
];

fn reason_of(column: &Column<'_>) -> Reason {
    let named = column.heading.names.iter().any(|name| !name.trim().is_empty());
    match column.role {
        _ if column.weight => Reason::Weight,
        _ if !named => Reason::NoHeader,
        Role::Answer | Role::OtherText if column.name.is_none() => Reason::SameHeader,
        Role::Answer if column.texts.is_empty() => Reason::NoAnswers,
        Role::Answer | Role::OtherText => Reason::OtherText,
        _ => Reason::Platform,
    }
}

/// Why a column is listed as personal.
fn why_personal(column: &Column<'_>) -> Option<String> {
    let platform = column.heading.role == Role::Personal;
    match (column.personal, column.role) {
        (Some(kind), Role::Personal) => Some(format!("its header asks for {}", kind.words())),
        (Some(kind), _) => Some(format!("some cells hold {}", kind.words())),
        (None, Role::Personal) if platform => Some("by its header".to_owned()),
        (None, Role::Personal) => Some("long numbers, nearly all different".to_owned()),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn an_id_is_made_of_the_file_name() {
        assert_eq!(id("Members' Poll (final).csv"), "members-poll-final");
        assert_eq!(id("данные.csv"), "poll");
    }
}
