//! Cells that could not be coded: not an answer of the list, not a number, not a date.

use indexmap::IndexMap;

use super::{Fault, Routed};
use crate::diagnostic::Code;
use crate::document;
use crate::ingest::{Column, Responses, Trouble, Use};
use crate::questionnaire::Question;
use crate::validate::codes;

/// Different texts that are reported one by one; the others of the column together.
const ONE_BY_ONE: usize = 3;

/// One fault for each text of a column, and one for all further texts of it.
pub(super) fn check(responses: &Responses, _: &Routed) -> Vec<Fault> {
    let mut columns: IndexMap<(u32, Trouble), IndexMap<&str, Vec<u32>>> = IndexMap::new();
    for unread in &responses.unread {
        let texts = columns.entry((unread.column, unread.trouble)).or_default();
        let key = if texts.len() < ONE_BY_ONE || texts.contains_key(unread.value.as_str()) {
            unread.value.as_str()
        } else {
            OTHERS
        };
        texts.entry(key).or_default().push(unread.row);
    }
    columns.sort_by(|a, _, b, _| a.cmp(b));
    let mut faults = Vec::new();
    for ((column, trouble), texts) in columns {
        let about = About { responses, index: column as usize, trouble };
        faults.extend(texts.into_iter().map(|(text, rows)| about.fault(text, rows)));
    }
    faults
}

/// Stands for all further texts of a column; no cell can hold it, since it has a zero byte.
const OTHERS: &str = "\0";

struct About<'a> {
    responses: &'a Responses,
    index: usize,
    trouble: Trouble,
}

impl About<'_> {
    fn fault(&self, text: &str, rows: Vec<u32>) -> Fault {
        let column = &self.responses.columns[self.index];
        let others = text == OTHERS;
        // What may not be shown was never kept.
        let shown = !others && !text.is_empty();
        let (help, why) = self.advice(text, shown);
        let what = if others { "other texts" } else { "a text" };
        Fault {
            code: self.code(column),
            column: Some(self.index),
            rows,
            value: shown.then(|| text.to_owned()),
            headline: self.headline(column, what),
            because: why,
            help,
        }
    }

    fn code(&self, column: &Column) -> &'static Code {
        if self.trouble == Trouble::NotPositive {
            return &codes::WEIGHT;
        }
        if matches!(column.use_, Use::Measure | Use::Unit) {
            return &codes::DESIGN;
        }
        match self.trouble {
            Trouble::Unlisted => &codes::OPTION,
            Trouble::NotNumber | Trouble::Blank | Trouble::NotPositive => &codes::NUMBER,
            Trouble::NotDate => &codes::DATE,
            Trouble::NotMatching => &codes::PATTERN,
        }
    }

    fn headline(&self, column: &Column, what: &str) -> String {
        let name = self.question().map_or(column.header.as_str(), |q| q.id.as_str());
        match self.trouble {
            Trouble::Unlisted => format!("`{name}` holds {what} that is none of its answers")
                .replace("texts that is", "texts that are"),
            Trouble::NotNumber => {
                format!("`{name}` holds {what} where a number should be")
            }
            Trouble::NotDate => format!("`{name}` holds {what} where a date should be"),
            Trouble::NotMatching => {
                format!("`{name}` holds {what} not of the declared form")
            }
            Trouble::Blank => {
                format!("`{name}` has empty cells, and the design needs it")
            }
            Trouble::NotPositive => {
                format!("`{name}` holds a weight that is not above zero")
            }
        }
    }

    fn question(&self) -> Option<&Question> {
        match &self.responses.columns[self.index].use_ {
            Use::Variable(variable) | Use::Flag(variable, _) => {
                Some(&self.responses.questionnaire.questions[variable.question])
            }
            Use::Measure | Use::Unit => None,
        }
    }

    fn advice(&self, text: &str, shown: bool) -> (String, String) {
        if self.trouble == Trouble::NotPositive {
            let help = "correct the weights, or take these respondents out of the file and say so \
                        in `[method] removed`";
            let why = "a weight says how many members somebody stands for";
            return (help.to_owned(), why.to_owned());
        }
        let Some(question) = self.question() else {
            let help = "complete the column, or take these respondents out of the file and say \
                        so in `[method] removed`";
            return (
                help.to_owned(),
                "the design of the poll file names this column".to_owned(),
            );
        };
        let line = question.place.line.map_or_else(String::new, |l| format!(":{l}"));
        let declared = format!("declared at {}{line}", question.place.file);
        match self.trouble {
            Trouble::Unlisted if shown => option_advice(text, question, &declared),
            Trouble::NotDate => {
                let form = self.responses.questionnaire.source.dates.as_deref();
                let form = form.unwrap_or("%Y-%m-%d");
                let why = format!("dates are written `{form}`, {declared}");
                ("say in `source.dates` how the export writes dates".to_owned(), why)
            }
            Trouble::NotNumber => (
                "correct the cells, or list the text under `source.missingValues` if it means no \
                 answer"
                    .to_owned(),
                format!("numbers are digits, with a point for decimals; {declared}"),
            ),
            Trouble::NotMatching => {
                let pattern = question.limits.pattern.as_ref().map_or("", |p| p.as_str());
                let why = format!("the whole cell must match `{pattern}`, {declared}");
                ("correct the cells, or the pattern in the schema".to_owned(), why)
            }
            _ => ("add what is missing to the schema, or correct the cells".to_owned(), declared),
        }
    }
}

/// Why a text is not an answer, and what to do: the nearest answer, and what differs.
fn option_advice(text: &str, question: &Question, declared: &str) -> (String, String) {
    let labels: Vec<&str> = question.answers.iter().map(|a| a.value.as_str()).collect();
    let listed = match labels.len() {
        0..=6 => format!("its answers are {}; {declared}", quoted(&labels)),
        n => {
            format!("it has {n} answers, {} and so on; {declared}", quoted(&labels[..3]))
        }
    };
    let same =
        |change: fn(&str) -> String| labels.iter().find(|l| change(l) == change(text)).copied();
    let fold = [
        ("space", same(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")), "spaces"),
        ("case", same(str::to_lowercase), "capital letters"),
        ("quotes", same(straight), "quotation marks"),
    ];
    if let Some((word, Some(label), what)) = fold.into_iter().find(|(_, l, _)| l.is_some()) {
        let why = format!("it differs from `{label}` in {what} only; {declared}");
        let help = format!(
            "allow it with `fold = [\"{word}\"]` in `[question.{}]` or its scale, or correct the cells",
            question.id
        );
        return (help, why);
    }
    let help = match document::nearest(text, labels.iter().copied()) {
        Some(nearest) => format!(
            "the nearest answer is `{nearest}`: if it is meant, add the text to its `aliases`; \
             otherwise add it to `categories`"
        ),
        None => {
            "add it to `categories`, or list it under `source.missingValues` if it means no \
                 answer"
                .to_owned()
        }
    };
    (help, listed)
}

fn quoted(labels: &[&str]) -> String {
    labels.iter().map(|l| format!("`{l}`")).collect::<Vec<_>>().join(", ")
}

fn straight(text: &str) -> String {
    text.replace(['\u{2018}', '\u{2019}'], "'").replace(['\u{201C}', '\u{201D}'], "\"")
}
