//! A `LimeSurvey` questionnaire kept as CSV files: the table of its questions and its lists of
//! answers go in, the text of our own schema comes out.
//!
//! The form is that of the international survey of research software engineers: a file
//! `questions.csv` with the columns `code`, `question`, `answer_format`, `answer_file`,
//! `other`, `condition`, `mandatory` and `section`, and a file of answers for each name in
//! `answer_file`, its first column in the survey's first language. Columns of the export are
//! named by its codes: `rse3[SQ001]` is the item SQ001 of the question rse3.

mod condition;
mod write;

use super::codes;
use super::draft::Draft;
use super::sheet::{Row, place, rows};
use crate::diagnostic::{Code, Finding};

const TOP: [&str; 3] = [
    "From a LimeSurvey questionnaire. Columns are named by the export's codes.",
    "Questions that could not be left out on the platform are not `required` here: an export \
     holds people who stopped half-way, too.",
    "Rows of rating questions with one list of answers stand together, as the platform shows \
     them: `likert0` is the first such block. Give each block a title.",
];

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    One,
    Several,
    Rating,
    Ranking,
    YesNo,
    Words,
    Number,
    Date,
}

const FORMS: [(&str, Form); 8] = [
    ("one choice", Form::One),
    ("multiple choices", Form::Several),
    ("likert", Form::Rating),
    ("ranking", Form::Ranking),
    ("y/n/na", Form::YesNo),
    ("freetext", Form::Words),
    ("freenumeric", Form::Number),
    ("datetime", Form::Date),
];

/// A list of answers, as it stands in its file.
struct List<'t> {
    name: &'t str,
    labels: Vec<String>,
    /// Whether the file begins with a byte order mark, which then stands before its first
    /// answer in the data.
    marked: bool,
}

/// One row of the table of questions.
struct Asked<'t> {
    section: &'t str,
    code: &'t str,
    text: &'t str,
    form: Form,
    list: Option<&'t List<'t>>,
    other: bool,
    condition: &'t str,
    public: bool,
}

/// Reads an instrument and writes it as a schema of ours. `file` is the name of the table of
/// questions, `lists` the name (without ending) and text of each file of answers.
///
/// # Errors
/// Everything that is wrong with the files, each with its line.
pub fn from_limesurvey(
    file: &str,
    questions: &str,
    lists: &[(String, String)],
) -> Result<String, Vec<Finding>> {
    let lists = read_lists(lists)?;
    let rows = rows(file, questions, b',')?;
    let asked = Table::new(file, &rows)?.questions(&lists)?;
    let mut draft = Draft {
        notes: TOP.map(str::to_owned).to_vec(),
        id: "questionnaire".to_owned(),
        ..Draft::default()
    };
    draft.source.insert("dialect".to_owned(), "limesurvey".into());
    draft.questions = write::entries(&asked);
    Ok(draft.text())
}

fn read_lists(lists: &[(String, String)]) -> Result<Vec<List<'_>>, Vec<Finding>> {
    let mut read = Vec::new();
    let mut findings = Vec::new();
    for (name, text) in lists {
        match rows(&format!("{name}.csv"), text, b';') {
            Ok(rows) => {
                let labels = rows.iter().map(|row| row.cell(0).to_owned()).collect();
                read.push(List { name, labels, marked: text.starts_with('\u{feff}') });
            }
            Err(found) => findings.extend(found),
        }
    }
    if findings.is_empty() { Ok(read) } else { Err(findings) }
}

/// The table of questions, and which of its columns holds what.
struct Table<'t> {
    file: &'t str,
    head: &'t Row,
    rows: &'t [Row],
}

impl<'t> Table<'t> {
    fn new(file: &'t str, rows: &'t [Row]) -> Result<Self, Vec<Finding>> {
        let wrong = |line, headline: String| {
            Finding::new(&codes::TABLE, headline)
                .at(place(file, line, ""))
                .help("give the instrument's table of questions")
        };
        let [head, rows @ ..] = rows else {
            return Err(vec![wrong(1, "the table of questions is empty".to_owned())]);
        };
        let needed = ["code", "question", "answer_format", "answer_file"];
        let absent = needed.iter().filter(|name| !head.cells.iter().any(|cell| cell == *name));
        let findings: Vec<Finding> = absent
            .map(|name| wrong(head.line, format!("there is no column `{name}`")))
            .collect();
        if findings.is_empty() { Ok(Self { file, head, rows }) } else { Err(findings) }
    }

    fn cell(&self, row: &'t Row, name: &str) -> &'t str {
        let at = self.head.cells.iter().position(|cell| cell == name);
        at.map_or("", |at| row.cell(at))
    }

    fn questions(&self, lists: &'t [List<'t>]) -> Result<Vec<Asked<'t>>, Vec<Finding>> {
        let mut findings = Vec::new();
        let asked = self.rows.iter().filter_map(|row| self.question(row, lists, &mut findings));
        let asked: Vec<Asked<'t>> = asked.collect();
        if findings.is_empty() { Ok(asked) } else { Err(findings) }
    }

    /// One row as a question; none if it cannot be understood, which is noted.
    fn question(
        &self,
        row: &'t Row,
        lists: &'t [List<'t>],
        findings: &mut Vec<Finding>,
    ) -> Option<Asked<'t>> {
        let word = self.cell(row, "answer_format");
        let form = FORMS.iter().find(|(name, _)| *name == word.to_lowercase());
        let Some((_, form)) = form else {
            let headline = format!("there is no form of answers `{word}`");
            findings.push(self.wrong(&codes::FORMAT, row, "answer_format", headline));
            return None;
        };
        let named = self.cell(row, "answer_file");
        let list = lists.iter().find(|list| list.name == named);
        let chosen = matches!(form, Form::One | Form::Several | Form::Rating | Form::Ranking);
        if chosen && list.is_none_or(|list| list.labels.is_empty()) {
            let headline = format!("there is no list of answers `{named}`");
            findings.push(self.wrong(&codes::LIST, row, "answer_file", headline));
            return None;
        }
        Some(Asked {
            section: self.cell(row, "section"),
            code: self.cell(row, "code"),
            text: self.cell(row, "question"),
            form: *form,
            list,
            other: self.cell(row, "other") == "Y",
            condition: self.cell(row, "condition"),
            public: !self.cell(row, "public").eq_ignore_ascii_case("false"),
        })
    }

    fn wrong(
        &self,
        code: &'static Code,
        row: &'t Row,
        column: &str,
        headline: String,
    ) -> Finding {
        let help = format!("correct `{column}` of `{}`", self.cell(row, "code"));
        Finding::new(code, headline).at(place(self.file, row.line, column)).help(help)
    }
}

#[cfg(test)]
mod tests;
