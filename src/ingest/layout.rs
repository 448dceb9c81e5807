//! Which column of the file goes to which coder: headers against questionnaire and design.

use indexmap::IndexMap;

use super::coder::{Choice, Coder, Dates, Joined, Numbers, Units, Words};
use super::{Column, Repair, Use, codes};
use crate::diagnostic::{Finding, Findings, Place, Severity};
use crate::document;
use crate::poll::{Design, OneOrMany, Poll, column_name};
use crate::questionnaire::{Kind, Measure, Question, Questionnaire, UnknownColumns, Variable};

/// A column of the file, its coder, and the columns of the frame that come of it.
pub(super) struct Slot {
    pub(super) field: usize,
    /// The first of its columns, as an index of all columns of the frame.
    pub(super) first: u32,
    pub(super) coder: Box<dyn Coder>,
    pub(super) columns: Vec<Column>,
}

/// What to do with each column of the file.
pub(super) struct Layout {
    pub(super) slots: Vec<Slot>,
    pub(super) key: Option<usize>,
    pub(super) repairs: Vec<Repair>,
}

/// Every header that the questionnaire or the design may name.
pub(super) fn known_headers(questionnaire: &Questionnaire, design: &Design) -> Vec<String> {
    let mut known: Vec<String> = questionnaire.source.personal.clone();
    known.extend(questionnaire.source.key.clone());
    for question in &questionnaire.questions {
        known.extend(question.headers.iter().cloned());
        known.extend(question.items.iter().flat_map(|i| i.headers.clone()));
        known.extend(question.answers.iter().filter_map(|a| a.column.clone()));
    }
    known.extend(design_columns(design).into_iter().map(|(name, _)| name));
    known
}

/// The columns of the design, and whether each is a number.
fn design_columns(design: &Design) -> Vec<(String, bool)> {
    let mut list = Vec::new();
    let units = design.strata.iter().chain(&design.psu);
    list.extend(units.map(|c| (c.get_ref().clone(), false)));
    list.extend(design.weight.iter().map(|c| (c.get_ref().clone(), true)));
    match design.population.as_ref().map(toml::Spanned::get_ref) {
        Some(OneOrMany::One(column)) => list.push((column.clone(), true)),
        Some(OneOrMany::Many(columns)) => {
            list.extend(columns.iter().map(|c| (c.clone(), true)));
        }
        None => {}
    }
    list
}

/// Finds every column that is needed; whatever is missing, doubled or unknown is noted.
pub(super) fn layout(
    file: &str,
    headers: &[String],
    questionnaire: &Questionnaire,
    poll: Option<&Poll>,
    findings: &mut Findings,
) -> Layout {
    let mut finder = Finder {
        file,
        headers,
        used: vec![false; headers.len()],
        questionnaire,
        repairs: Vec::new(),
        findings,
    };
    let mut slots = Vec::new();
    let variables = questionnaire.variables();
    for variable in &variables {
        let question = &questionnaire.questions[variable.question];
        finder.question(variable, question, &mut slots);
    }
    finder.check_questions(&slots);
    for (column, number) in poll.map(|p| design_columns(&p.design)).unwrap_or_default() {
        finder.design(&column, number, poll, &mut slots);
    }
    let key = questionnaire.source.key.as_ref().and_then(|key| {
        finder.needed(std::slice::from_ref(key), 1, "the key, declared in `source.key`")
    });
    for column in &questionnaire.source.personal {
        if let Some(field) = headers.iter().position(|h| h == column) {
            finder.used[field] = true;
        }
    }
    finder.unknown(questionnaire.source.unknown_columns, poll.is_some());
    slots.sort_by_key(|slot: &Slot| slot.field);
    let mut first = 0;
    for slot in &mut slots {
        slot.first = first;
        first += u32::try_from(slot.columns.len()).unwrap_or(u32::MAX);
    }
    Layout { slots, key, repairs: finder.repairs }
}

struct Finder<'a> {
    file: &'a str,
    headers: &'a [String],
    used: Vec<bool>,
    questionnaire: &'a Questionnaire,
    repairs: Vec<Repair>,
    findings: &'a mut Findings,
}

impl Finder<'_> {
    fn question(&mut self, variable: &Variable, question: &Question, slots: &mut Vec<Slot>) {
        let source = &self.questionnaire.source;
        if let Some(other) = &question.other {
            self.other(other, question);
        }
        if question.kind == Kind::Multi && question.delimiter.is_none() {
            for (index, answer) in question.answers.iter().enumerate() {
                let headers = match &answer.column {
                    Some(column) => vec![column.clone()],
                    None => joined(question, &answer.label),
                };
                let why = format!("the answer `{}` of `{}`", answer.label, question.id);
                let Some(field) = self.needed(&headers, headers.len(), &why) else {
                    continue;
                };
                let coder = Box::new(Choice::option(question, answer, source));
                let use_ = Use::Flag(variable.clone(), index);
                let columns = vec![self.column(question.flag(index), field, use_)];
                slots.push(Slot { field, first: 0, coder, columns });
            }
            return;
        }
        let (headers, declared) = variable_headers(variable, question);
        let why = format!("`question.{}` in the schema", question.id);
        let Some(field) = self.needed(&headers, declared, &why) else { return };
        let coder: Box<dyn Coder> = match (variable.measure, question.kind, &question.delimiter)
        {
            (Measure::Category, ..) => Box::new(Choice::answers(question, source)),
            (Measure::Flags, _, delimiter) => {
                Box::new(Joined::new(question, delimiter.as_deref().unwrap_or(";"), source))
            }
            (Measure::Number, Kind::Date, _) => Box::new(Dates::new(source)),
            (Measure::Number, ..) => Box::new(Numbers::answers(source)),
            (Measure::Text, ..) => Box::new(Words::new(question, source)),
        };
        let columns = if variable.measure == Measure::Flags {
            let flag = |i| self.column(question.flag(i), field, Use::Flag(variable.clone(), i));
            (0..question.answers.len()).map(flag).collect()
        } else {
            vec![self.column(variable.name.clone(), field, Use::Variable(variable.clone()))]
        };
        slots.push(Slot { field, first: 0, coder, columns });
    }

    /// Notes columns that two parts of the schema use, and personal ones that would show.
    fn check_questions(&mut self, slots: &[Slot]) {
        let mut first: IndexMap<usize, &str> = IndexMap::new();
        for slot in slots {
            let column = &slot.columns[0];
            if let Some(other) = first.insert(slot.field, &column.name) {
                let place = self.place(slot.field);
                self.findings.push(
                    Finding::new(&codes::CLASH, "two parts of the schema name the same column")
                        .at(place)
                        .because(format!(
                            "`{other}` and `{}` would be read from it",
                            column.name
                        ))
                        .help("correct `column` of one of them"),
                );
            }
            let (Use::Variable(variable) | Use::Flag(variable, _)) = &column.use_ else {
                continue;
            };
            let question = &self.questionnaire.questions[variable.question];
            let shows = question.tabulated() || variable.measure == Measure::Category;
            if column.personal && shows {
                let place = self.place(slot.field);
                self.findings.push(
                    Finding::new(&codes::PERSONAL, format!("`{}` is personal, and would be published", question.id))
                        .at(place)
                        .because("`source.personal` lists its column, and its answers make tables or groups")
                        .help("take the column out of `personal`, or make the question one of kind `text`"),
                );
            }
        }
    }

    fn design(
        &mut self,
        column: &str,
        number: bool,
        poll: Option<&Poll>,
        slots: &mut Vec<Slot>,
    ) {
        let name = column_name(column);
        let weight = poll.and_then(|p| p.design.weight.as_ref());
        let weight = weight.is_some_and(|weight| weight.get_ref() == column);
        if slots.iter().any(|slot| slot.columns[0].name == name) {
            return;
        }
        let question = self.questionnaire.question(column).filter(|q| q.items.is_empty());
        let (headers, declared) = match question {
            Some(question) => (question.headers.clone(), question.declared),
            None => (vec![column.to_owned()], 1),
        };
        let file = poll.map_or("the poll file", |p| p.file.as_str());
        let why = format!("`design` in {file}");
        let Some(field) = self.needed(&headers, declared, &why) else { return };
        let (coder, use_): (Box<dyn Coder>, Use) = if number {
            (Box::new(Numbers::design(weight)), Use::Measure)
        } else {
            (Box::new(Units::new()), Use::Unit)
        };
        slots.push(Slot {
            field,
            first: 0,
            coder,
            columns: vec![self.column(name, field, use_)],
        });
    }

    fn column(&self, name: String, field: usize, use_: Use) -> Column {
        let header = self.headers[field].clone();
        let personal = self.questionnaire.source.personal.contains(&header);
        Column { name, header, field: field as u64 + 1, personal, use_ }
    }

    /// The text of "Other" is read past: its header only has to be known.
    fn other(&mut self, other: &str, question: &Question) {
        let names = [vec![other.to_owned()], joined(question, other)].concat();
        for name in names {
            if let Some(field) = self.headers.iter().position(|h| *h == name) {
                self.used[field] = true;
            }
        }
    }

    /// The column that stands under one of `headers`; those after `declared` are repairs.
    fn needed(&mut self, headers: &[String], declared: usize, why: &str) -> Option<usize> {
        for (nth, header) in headers.iter().enumerate() {
            let mut fields = (0..self.headers.len()).filter(|i| self.headers[*i] == *header);
            let Some(field) = fields.next() else { continue };
            if let Some(second) = fields.next() {
                self.twice(header, field, second, why);
            }
            self.used[field] = true;
            if nth >= declared {
                self.repairs.push(Repair {
                    rule: "header alias".to_owned(),
                    column: header.clone(),
                    from: header.clone(),
                    to: headers[0].clone(),
                    count: 1,
                    first_row: 1,
                });
            }
            return Some(field);
        }
        self.missing(headers, why);
        None
    }

    fn twice(&mut self, header: &str, first: usize, second: usize, why: &str) {
        let place = self.place(second);
        self.findings.push(
            Finding::new(&codes::TWICE, format!("two columns have the header `{header}`"))
                .at(place)
                .because(format!("columns {} and {}; needed for {why}", first + 1, second + 1))
                .help("rename one of them, or correct the export"),
        );
    }

    fn missing(&mut self, headers: &[String], why: &str) {
        let wanted = headers.first().map_or("", String::as_str);
        let free = (0..self.headers.len()).filter(|i| !self.used[*i]);
        let free: Vec<&str> = free.map(|i| self.headers[i].as_str()).collect();
        let help = match document::nearest(wanted, free.iter().copied()) {
            Some(nearest) => {
                let file = if why.starts_with("`design`") {
                    "`[design]` of the poll file".to_owned()
                } else {
                    format!("the schema, `column = \"{nearest}\"`")
                };
                let field = self.headers.iter().position(|h| h == nearest).unwrap_or(0) + 1;
                format!(
                    "the closest header is `{nearest}`, column {field}: name it in {file}, or \
                     rename it in the file"
                )
            }
            None => "add the column to the file, or take it out of the schema".to_owned(),
        };
        let place = Place { row: Some(1), line: Some(1), ..Place::file(self.file) };
        self.findings.push(
            Finding::new(&codes::MISSING, format!("the file has no column `{wanted}`"))
                .at(place)
                .because(format!("it is needed for {why}"))
                .help(help),
        );
    }

    /// Without a poll file it is not known which columns the design needs, so that an
    /// unknown one may be a weight: then it is a warning.
    fn unknown(&mut self, policy: UnknownColumns, complete: bool) {
        let unknown: Vec<usize> = (0..self.headers.len()).filter(|i| !self.used[*i]).collect();
        let Some(first) = unknown.first() else { return };
        let names: Vec<String> =
            unknown.iter().take(8).map(|i| format!("`{}`", self.headers[*i])).collect();
        let more = if unknown.len() > 8 { ", and so on" } else { "" };
        let list = format!("{}{more}", names.join(", "));
        let finding = match policy {
            UnknownColumns::Keep => return,
            UnknownColumns::Reject => {
                let headline = match unknown.len() {
                    1 => format!("nothing names the column {list}"),
                    n => format!("nothing names {n} columns of the file"),
                };
                Finding::new(&codes::UNKNOWN, headline)
                    .because(format!("the schema does not know {list}"))
                    .help(
                        "add a question for it, list it under `source.personal`, or say \
                         `unknown_columns = \"drop\"`",
                    )
            }
            UnknownColumns::Drop => Finding::new(
                &codes::DROPPED,
                match unknown.len() {
                    1 => "1 column is read past".to_owned(),
                    n => format!("{n} columns are read past"),
                },
            )
            .because(format!("nothing names {list}")),
        };
        let mut finding = finding;
        if !complete && finding.severity == Severity::Error {
            finding.severity = Severity::Warning;
        }
        let place = self.place(*first);
        self.findings.push(finding.at(place).times(unknown.len() as u64, Vec::new()));
    }

    fn place(&self, field: usize) -> Place {
        Place {
            row: Some(1),
            line: Some(1),
            column: Some(self.headers[field].clone()),
            field: Some(field as u64 + 1),
            ..Place::file(self.file)
        }
    }
}

/// The headers of a question's part: `question [part]`.
fn joined(question: &Question, part: &str) -> Vec<String> {
    question.headers.iter().map(|header| format!("{header} [{part}]")).collect()
}

/// The headers under which a variable may stand, and how many of them are no repair.
fn variable_headers(variable: &Variable, question: &Question) -> (Vec<String>, usize) {
    let Some(item) = variable.item.map(|i| &question.items[i]) else {
        return (question.headers.clone(), question.declared);
    };
    let (own, aliases) = item.headers.split_at(1.min(item.headers.len()));
    let mut headers = [own.to_vec(), joined(question, &item.label)].concat();
    headers.push(variable.name.clone());
    let declared = headers.len();
    headers.extend_from_slice(aliases);
    (headers, declared)
}
