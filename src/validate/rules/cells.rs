//! Cells that could not be coded: not an answer of the list, not a number, not a date.

use super::{Effect, Fault, Routed};
use crate::diagnostic::{Code, letters};
use crate::document;
use crate::ingest::{Column, Responses, Trouble, Unread, Use, folded, needed};
use crate::questionnaire::{Fold, Question};
use crate::validate::codes;

/// One fault for each text of a column, and one for all further texts of it.
pub(super) fn check(responses: &Responses, _: &Routed) -> Vec<Fault> {
    let fault = |unread: &Unread| {
        let about = About { responses, index: unread.column as usize, trouble: unread.trouble };
        about.fault(unread.value.as_deref(), unread.rows.clone())
    };
    responses.unread.iter().map(fault).collect()
}

struct About<'a> {
    responses: &'a Responses,
    index: usize,
    trouble: Trouble,
}

impl About<'_> {
    fn fault(&self, text: Option<&str>, rows: Vec<u32>) -> Fault {
        let column = &self.responses.columns[self.index];
        // What may not be shown was never kept.
        let shown = text.filter(|text| !text.is_empty());
        let (help, mut why) = self.advice(shown);
        if text.is_some_and(str::is_empty) && self.trouble != Trouble::Blank {
            why.push_str("; the text is not shown, as it may be about a person");
        }
        let what = if text.is_none() { "other texts" } else { "a text" };
        let form = shown.is_some_and(|text| self.undeclared_date(text));
        Fault {
            code: if form { &codes::DATE_FORM } else { self.code(column) },
            column: Some(self.index),
            rows,
            value: shown.map(str::to_owned),
            headline: self.headline(column, what),
            because: why,
            help,
            effect: if form { Effect::Fail } else { Effect::SetAside },
        }
    }

    /// Whether a cell looks like a date whose form nobody declared.
    fn undeclared_date(&self, text: &str) -> bool {
        let source = &self.responses.questionnaire.source;
        self.trouble == Trouble::NotDate && source.dates.is_none() && parts(text).is_some()
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
            Trouble::Twice => &codes::RANKS,
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
            Trouble::Twice => format!("`{name}` holds an item that has another place already"),
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
            Use::Variable(variable)
            | Use::Flag(variable, _)
            | Use::Place(variable, _)
            | Use::Written(variable) => {
                Some(&self.responses.questionnaire.questions[variable.question])
            }
            _ => None,
        }
    }

    fn advice(&self, text: Option<&str>) -> (String, String) {
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
        let flag = matches!(self.responses.columns[self.index].use_, Use::Flag(..));
        match (self.trouble, text) {
            (Trouble::Unlisted, _) if flag && question.delimiter.is_none() => (
                format!(
                    "if it marks the answer as picked, list it under `picked` in `[question.{}]`, \
                     otherwise under `not_picked`",
                    question.id
                ),
                format!("a column of one answer holds its label or a mark; {declared}"),
            ),
            (Trouble::Unlisted, Some(text)) => option_advice(text, question, &declared),
            (Trouble::NotDate, _) => self.date_advice(text, &declared),
            (Trouble::NotNumber, _) => (self.number_help(text), self.number_reason(&declared)),
            (Trouble::NotMatching, _) => {
                let pattern = question.limits.pattern.as_ref().map_or("", |p| p.as_str());
                let why = format!("the whole cell must match `{pattern}`, {declared}");
                ("correct the cells, or the pattern in the schema".to_owned(), why)
            }
            (Trouble::Twice, _) => (
                "find out how the platform let it through".to_owned(),
                format!("each item has one place, {declared}"),
            ),
            _ => {
                ("add what is missing to the schema, or correct the cells".to_owned(), declared)
            }
        }
    }

    fn number_reason(&self, declared: &str) -> String {
        let mark = match self.responses.questionnaire.source.decimal {
            b',' => "comma",
            _ => "point",
        };
        format!("numbers are digits, with a {mark} for decimals; {declared}")
    }

    fn number_help(&self, text: Option<&str>) -> String {
        let comma = text.is_some_and(|text| {
            let parts: Vec<&str> = text.split(',').collect();
            let digits = |part: &&str| {
                !part.is_empty()
                    && part.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit())
            };
            parts.len() == 2 && parts.iter().all(digits)
        });
        if comma && self.responses.questionnaire.source.decimal == b'.' {
            return "if the comma is the decimal mark, say `decimal = \",\"` in `[source]`; if it \
                    parts thousands, correct the cells"
                .to_owned();
        }
        "correct the cells, or list the text under `source.missingValues` if it means no answer"
            .to_owned()
    }

    fn date_advice(&self, text: Option<&str>, declared: &str) -> (String, String) {
        let source = &self.responses.questionnaire.source;
        if let Some(form) = &source.dates {
            let why = format!("dates are written `{form}`, {declared}");
            return ("say in `source.dates` how the export writes dates".to_owned(), why);
        }
        let why = format!("`source.dates` does not say how dates are written, {declared}");
        let help = match text.and_then(parts) {
            Some((first, _)) if first > 12 => {
                "say `dates = \"%d/%m/%Y\"` in `[source]`: the first number is above 12"
            }
            Some((_, second)) if second > 12 => {
                "say `dates = \"%m/%d/%Y\"` in `[source]`: the second number is above 12"
            }
            Some(_) => {
                "find out whether the day or the month comes first, and say \
                 `dates = \"%d/%m/%Y\"` or `dates = \"%m/%d/%Y\"` in `[source]`"
            }
            None => "say in `source.dates` how the export writes dates",
        };
        (help.to_owned(), why)
    }
}

/// The first two numbers of a date written with strokes, points or dashes.
fn parts(text: &str) -> Option<(u32, u32)> {
    let date = text.split(' ').next().unwrap_or(text);
    let parts: Vec<&str> = date.split(['/', '.', '-']).collect();
    match parts.as_slice() {
        [first, second, year] if matches!(year.len(), 2 | 4) && first.len() <= 2 => {
            Some((first.parse().ok()?, second.parse().ok()?))
        }
        _ => None,
    }
}

/// Why a text is not an answer, and what to do: the nearest answer, and what differs.
fn option_advice(cell: &str, question: &Question, declared: &str) -> (String, String) {
    let items = question.items.iter().map(|i| i.value.as_str());
    let answers = question.answers.iter().map(|a| a.value.as_str());
    // A ranking has items in place of answers.
    let labels: Vec<&str> =
        if question.answers.is_empty() { items.collect() } else { answers.collect() };
    let text = odd_item(cell, question, &labels);
    let odd = letters::odd(text).filter(|(_, c)| !c.is_ascii_whitespace());
    let odd = odd.map_or_else(String::new, |(at, c)| {
        format!("; its character {at} is {}", letters::name(c))
    });
    if let Some(label) =
        labels.iter().find(|l| folded(l, &Fold::ALL) == folded(text, &Fold::ALL))
    {
        let fold = needed(text, label, &Fold::ALL);
        let words: Vec<String> = fold.iter().map(|f| format!("\"{}\"", f.key())).collect();
        let what: Vec<&str> = fold.iter().map(|f| difference(*f, text)).collect();
        let why = format!(
            "it differs from `{label}` in {} only{odd}; {declared}",
            what.join(" and ")
        );
        let help = format!(
            "allow it with `fold = [{}]` in `[question.{}]` or its scale, or correct the cells",
            words.join(", "),
            question.id
        );
        return (help, why);
    }
    let listed = match labels.len() {
        0..=6 => format!("its answers are {}{odd}; {declared}", quoted(&labels)),
        n => format!("it has {n} answers, {} and so on{odd}; {declared}", quoted(&labels[..3])),
    };
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

/// Of several answers in one cell, the first that the question does not have.
fn odd_item<'t>(cell: &'t str, question: &Question, labels: &[&str]) -> &'t str {
    let Some(delimiter) = &question.delimiter else { return cell };
    let unknown = |item: &&str| !item.is_empty() && !labels.contains(item);
    let mut items = cell.split(delimiter.trim()).map(str::trim);
    items.find(unknown).unwrap_or(cell)
}

fn difference(fold: Fold, text: &str) -> &'static str {
    match fold {
        Fold::Case => "capital letters",
        Fold::Space if text.ends_with(char::is_whitespace) => "a space at the end",
        Fold::Space if text.starts_with(char::is_whitespace) => "a space at the beginning",
        Fold::Space => "spaces",
        Fold::Quotes => "quotation marks",
        Fold::Invisible => "characters that cannot be seen",
    }
}

fn quoted(labels: &[&str]) -> String {
    labels.iter().map(|l| format!("`{l}`")).collect::<Vec<_>>().join(", ")
}
