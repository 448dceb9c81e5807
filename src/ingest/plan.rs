//! What is read from which column, and by which coder: questions, design, quality.

use indexmap::IndexMap;

use super::coder::{Choice, Coder, Dates, Joined, Numbers, Seconds, Units, Words};
use super::finder::Finder;
use super::keys::Secret;
use super::layout::{Slot, design_columns};
use super::platform::{Heading, Role};
use super::{Column, Use, codes};
use crate::diagnostic::Finding;
use crate::poll::derive::Derive;
use crate::poll::{OneOrMany, Poll, column_name, key_column, names};
use crate::questionnaire::{Clock, Kind, Measure, Question, Questionnaire, Variable};

/// How many answers a list may have.
const LONGEST_LIST: usize = 65_000;

/// Gives each column that is needed its coder.
pub(super) struct Planner<'a> {
    pub(super) finder: Finder<'a>,
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) poll: Option<&'a Poll>,
    /// The key of members' numbers.
    pub(super) secret: &'a Secret,
    pub(super) slots: Vec<Slot>,
}

impl Planner<'_> {
    /// Notes a list that is longer than the codes reach.
    fn check_length(&mut self, question: &Question) {
        if question.answers.len() <= LONGEST_LIST {
            return;
        }
        let headline = format!("`{}` has {} answers", question.id, question.answers.len());
        self.finder.findings.push(
            Finding::new(&codes::LIST, headline)
                .at(question.place.clone())
                .help("make the question one of kind `text`"),
        );
    }

    /// Plans for every question, then for the design, then for the rules of quality.
    pub(super) fn plan(&mut self) {
        for question in &self.questionnaire.questions {
            self.check_length(question);
        }
        for variable in self.questionnaire.variables() {
            self.question(&variable, &self.questionnaire.questions[variable.question]);
        }
        self.check_questions();
        let design = self.poll.map(|p| design_columns(&p.design));
        for (column, number) in design.unwrap_or_default() {
            self.design(&column, number);
        }
        self.replicates();
        self.lookups();
        self.care();
    }

    /// The column of the key.
    pub(super) fn key(&mut self) -> Option<usize> {
        let key = self.questionnaire.source.key.as_ref()?;
        let why = "the key, declared in `source.key`";
        self.finder.needed(std::slice::from_ref(key), 1, why)
    }

    fn slot(&mut self, field: usize, coder: Box<dyn Coder>, columns: Vec<Column>) {
        self.slots.push(Slot { field, first: 0, coder, columns });
    }

    fn question(&mut self, variable: &Variable, question: &Question) {
        match (question.kind, &question.delimiter) {
            (Kind::Multi, None) => self.options(variable, question),
            (Kind::Rank, _) if question.places.is_some() => {
                // Every item is a variable, but the columns are those of the places.
                if variable.item == Some(0) {
                    self.places(variable, question);
                }
            }
            _ => self.whole(variable, question),
        }
    }

    /// A column for each option.
    fn options(&mut self, variable: &Variable, question: &Question) {
        for (index, answer) in question.answers.iter().enumerate() {
            let headers = match &answer.column {
                Some(column) => vec![column.clone()],
                None if answer.value == answer.label => joined(question, &answer.label),
                // A label may be shorter than what the header says.
                None => {
                    [joined(question, &answer.label), joined(question, &answer.value)].concat()
                }
            };
            let open = question.open == Some(index);
            let tick = if open { self.tick(&headers) } else { None };
            let text = if open { self.other_column(question) } else { None };
            let why = format!("the answer `{}` of `{}`", answer.label, question.id);
            let field = match tick.or(text) {
                Some(field) => field,
                None => match self.finder.needed(&headers, headers.len(), &why) {
                    Some(field) => field,
                    None => continue,
                },
            };
            // With a column for the tick and one for the text, the tick alone counts.
            let apart = tick.is_some() && text.is_some_and(|text| Some(text) != tick);
            let marks = self.finder.platform.marks;
            let coder = if open && !apart {
                Choice::written(question, answer, marks)
            } else {
                Choice::option(question, answer, marks)
            };
            let use_ = Use::Flag(variable.clone(), index);
            let columns = vec![self.finder.column(question.flag(index), field, use_)];
            self.slot(field, Box::new(coder), columns);
        }
    }

    /// The column for the tick of an open answer, beside the one for its text.
    fn tick(&mut self, headers: &[String]) -> Option<usize> {
        let headings = self.finder.headings;
        let fits = |h: &Heading| h.names.iter().any(|name| headers.contains(name));
        let field = headings.iter().position(|h| h.role != Role::OtherText && fits(h))?;
        self.finder.used[field] = true;
        Some(field)
    }

    /// The column with what people wrote themselves; marks it as known.
    fn other_column(&mut self, question: &Question) -> Option<usize> {
        let headers: Vec<String> = match &question.other_column {
            Some(column) => vec![column.clone()],
            None => other_headers(question),
        };
        let headings = self.finder.headings;
        let is_text = |i: &usize| headings[*i].role == Role::OtherText;
        let named = |i: &usize| headings[*i].names.iter().any(|n| headers.contains(n));
        let declared = question.other_column.is_some();
        let mut fields = (0..headings.len()).filter(named).filter(|i| declared || is_text(i));
        let Some(field) = fields.next_back() else {
            if declared {
                let why = format!("`other_column` of `{}`", question.id);
                self.finder.missing(&headers, &why);
            }
            return None;
        };
        self.finder.used[field] = true;
        Some(field)
    }

    /// A column for each place of a ranking.
    fn places(&mut self, variable: &Variable, question: &Question) {
        for place in 0..question.places.unwrap_or(0) {
            let nth = place + 1;
            let headers: Vec<String> = question
                .headers
                .iter()
                .flat_map(|h| {
                    [
                        format!("{h} [{nth}]"),
                        format!("{h} [Rank {nth}]"),
                        format!("{h}[{nth}]"),
                        format!("{h}_{nth}"),
                    ]
                })
                .collect();
            let why = format!("place {nth} of `question.{}` in the schema", question.id);
            let Some(field) = self.finder.needed(&headers, headers.len(), &why) else {
                continue;
            };
            let use_ = Use::Place(variable.clone(), place);
            let name = format!("{} at place {nth}", question.id);
            let columns = vec![self.finder.column(name, field, use_)];
            self.slot(field, Box::new(Choice::items(question)), columns);
        }
    }

    /// One column for the variable.
    fn whole(&mut self, variable: &Variable, question: &Question) {
        let (headers, declared) = variable_headers(variable, question);
        let why = format!("`question.{}` in the schema", question.id);
        let Some(field) = self.finder.needed(&headers, declared, &why) else { return };
        let text = question.open.and_then(|_| self.other_column(question));
        let text = text.filter(|text| *text != field);
        let source = &self.questionnaire.source;
        let dates = source.dates.clone();
        let dates = dates.or_else(|| self.finder.platform.dates.map(str::to_owned));
        let open = question.open.is_some() && text.is_none();
        let coder: Box<dyn Coder> = match (variable.measure, question.kind) {
            (Measure::Category, _) => Box::new(Choice::answers(question, open)),
            (Measure::Flags, _) => {
                let delimiter = question.delimiter.as_deref().unwrap_or(";");
                Box::new(Joined::new(question, delimiter, open))
            }
            (Measure::Number, Kind::Date) => Box::new(Dates::days(&question.missing, dates)),
            (Measure::Number, _) => {
                Box::new(Numbers::answers(&question.missing, source.decimal))
            }
            (Measure::Text, _) => Box::new(self.words(question, field)),
        };
        let columns = self.columns(variable, question, field);
        if columns.is_empty() {
            return;
        }
        self.slot(field, coder, columns);
        if let (Some(text), Kind::Single) = (text, question.kind) {
            let coder = Box::new(Words::new(question, true));
            let name = format!("{}: written", question.id);
            let use_ = Use::Written(variable.clone());
            let columns = vec![self.finder.column(name, text, use_)];
            self.slot(text, coder, columns);
        }
    }

    /// Words are kept only where the poll file asks for quotes, and never those of a column
    /// about a person.
    fn words(&self, question: &Question, field: usize) -> Words {
        let personal = self.finder.is_personal(field);
        let coder = Words::new(question, personal);
        let quotes =
            |poll: &&Poll| poll.quotes.iter().any(|q| q.question.get_ref() == &question.id);
        match self.poll.filter(quotes).filter(|_| !personal) {
            Some(poll) => coder.quoted(poll.words),
            None => coder,
        }
    }

    /// The columns of the frame that come of a column of the file.
    fn columns(&self, variable: &Variable, question: &Question, field: usize) -> Vec<Column> {
        if variable.measure != Measure::Flags {
            let use_ = Use::Variable(variable.clone());
            return vec![self.finder.column(variable.name.clone(), field, use_)];
        }
        let flag = |answer: usize| {
            let use_ = Use::Flag(variable.clone(), answer);
            self.finder.column(question.flag(answer), field, use_)
        };
        (0..question.answers.len()).map(flag).collect()
    }

    /// A column may belong to one variable only; that the design reads it too is fine.
    fn check_questions(&mut self) {
        let mut owners: IndexMap<usize, String> = IndexMap::new();
        for slot in &self.slots {
            let name = &slot.columns[0].name;
            let Some(first) = owners.insert(slot.field, name.clone()) else { continue };
            let place = self.finder.place(slot.field);
            let header = self.finder.header(slot.field);
            self.finder.findings.push(
                Finding::new(&codes::CLASH, "two parts of the schema name the same column")
                    .at(place)
                    .because(format!("`{first}` and `{name}` would be read from `{header}`"))
                    .help("correct `column`, a label or a key, so that each has its own"),
            );
        }
        for slot in &self.slots {
            let (Use::Variable(variable) | Use::Flag(variable, _)) = &slot.columns[0].use_
            else {
                continue;
            };
            let question = &self.questionnaire.questions[variable.question];
            let shows = question.tabulated() || variable.measure == Measure::Category;
            if shows {
                self.finder.flag_personal(slot.field, question);
            }
        }
    }

    fn design(&mut self, column: &str, number: bool) {
        let design = self.poll.map(|p| &p.design);
        let weight =
            design.and_then(|d| d.weight.as_ref()).is_some_and(|w| w.get_ref() == column);
        let name = column_name(column);
        if self.slots.iter().any(|slot| slot.columns[0].name == name) {
            return;
        }
        // Strata and units may be named by a question's key.
        let question = self.questionnaire.question(column).filter(|q| q.items.is_empty());
        let (headers, declared) = match question {
            Some(question) => (question.headers.clone(), question.declared),
            None => (vec![column.to_owned()], 1),
        };
        let file = self.poll.map_or("the poll file", |p| p.file.as_str());
        let why = format!("`design` in {file}");
        let Some(field) = self.finder.needed(&headers, declared, &why) else { return };
        let decimal = self.questionnaire.source.decimal;
        let use_ = if number { Use::Measure } else { Use::Unit };
        let column = self.finder.column(name, field, use_);
        let coder: Box<dyn Coder> = match number {
            true => Box::new(Numbers::design(weight, decimal)),
            // Persons may be the units; who they are is nobody's business.
            false if column.personal => Box::new(Units::of_persons(self.secret.marker())),
            false => Box::new(Units::new(true)),
        };
        let columns = vec![column];
        self.slot(field, coder, columns);
    }

    /// The columns of replicate weights, in the order of the file.
    fn replicates(&mut self) {
        let replicates = self.poll.and_then(|p| p.design.replicates.as_ref());
        let Some(patterns) = replicates.and_then(|r| r.get_ref().columns.as_ref()) else {
            return;
        };
        let of = |heading: &Heading| heading.names.first().cloned();
        let headers: Vec<String> = self.finder.headings.iter().filter_map(of).collect();
        let patterns = match patterns.get_ref() {
            OneOrMany::One(pattern) => vec![pattern.clone()],
            OneOrMany::Many(patterns) => patterns.clone(),
        };
        // A name that finds nothing would change every standard error without a word.
        for pattern in patterns {
            let one = OneOrMany::One(pattern.clone());
            let mut found = headers.iter().filter(|header| names(&one, header)).peekable();
            if found.peek().is_none() {
                self.finder.missing(&[pattern], "`design.replicates` in the poll file");
            }
            for header in found {
                self.design(header, true);
            }
        }
    }

    /// The columns that hold keys of lookups, as they are written: a question keeps neither
    /// words nor the zeros before a number. Labels of lists are in the frame already.
    fn lookups(&mut self) {
        let Some(poll) = self.poll else { return };
        for from in poll.lookups().map(|lookup| lookup.from.get_ref()) {
            let derived = poll.derived.iter().flat_map(Derive::names);
            let question = self.questionnaire.question(from).filter(|q| q.items.is_empty());
            let listed = question.is_some_and(|q| q.measure() == Measure::Category);
            if listed || derived.into_iter().any(|name| name.get_ref() == from) {
                continue;
            }
            let (headers, declared) = match question {
                Some(question) => (question.headers.clone(), question.declared),
                None => (vec![from.clone()], 1),
            };
            let why = format!("`derive` in {}", poll.file);
            // A name that is nothing at all is for `prepare` to report, which knows them all.
            let Some(field) = self.finder.find(&headers, declared, &why) else { continue };
            // The key of a respondent is a person, whatever else it is.
            let person =
                self.questionnaire.source.key.as_ref().is_some_and(|key| headers.contains(key));
            let name = key_column(from, person || self.finder.is_personal(field));
            if !self.slots.iter().any(|slot| slot.columns[0].name == name) {
                let columns = vec![self.finder.column(name, field, Use::Unit)];
                self.slot(field, Box::new(Units::new(false)), columns);
            }
        }
    }

    /// Columns that say with how much care people answered, and who reached the end.
    fn care(&mut self) {
        let source = &self.questionnaire.source;
        let platform = self.finder.platform;
        let form = source.dates.clone().or_else(|| platform.dates.map(str::to_owned));
        let time = || Box::new(Dates::seconds(source, form.clone())) as Box<dyn Coder>;
        let length = || Box::new(Seconds::new(source.decimal)) as Box<dyn Coder>;
        let why = "`quality.speeders` in the schema";
        let mut needed =
            |column: &String| self.finder.needed(std::slice::from_ref(column), 1, why);
        let (took, from, to) =
            match self.questionnaire.quality.speeders.as_ref().map(|s| &s.clock) {
                None => (None, None, None),
                Some(Clock::Seconds(column)) => (needed(column), None, None),
                Some(Clock::Between(start, end)) => (None, needed(start), needed(end)),
                Some(Clock::Own) => self.own_clock(),
            };
        self.own(took, Use::Duration, "quality: duration", length());
        self.own(from, Use::Started, "quality: started", time());
        self.own(to, Use::Ended, "quality: ended", time());
        let complete = match &source.complete {
            Some(complete) => {
                let why = "`source.complete` in the schema";
                self.finder.needed(std::slice::from_ref(&complete.column), 1, why)
            }
            None => self.mark(platform.complete.map(|(column, _)| column)),
        };
        self.own(complete, Use::Complete, "complete", Box::new(Units::new(false)));
        let preview = self.mark(platform.preview.map(|(column, _)| column));
        self.own(preview, Use::Preview, "preview", Box::new(Units::new(false)));
    }

    /// The platform's columns for how long people took, or for when they began and ended.
    fn own_clock(&mut self) -> (Option<usize>, Option<usize>, Option<usize>) {
        let own = |role| self.finder.own(role);
        match (own(Role::Duration), own(Role::Started), own(Role::Ended)) {
            (Some(took), ..) => (Some(took), None, None),
            (None, Some(from), Some(to)) => (None, Some(from), Some(to)),
            _ => {
                self.finder.missing_clock();
                (None, None, None)
            }
        }
    }

    /// The platform's own column of that name, if this export has it.
    fn mark(&mut self, column: Option<&str>) -> Option<usize> {
        self.finder.find(&[column?.to_owned()], 1, "the platform's own marks")
    }

    fn own(&mut self, field: Option<usize>, use_: Use, name: &str, coder: Box<dyn Coder>) {
        let Some(field) = field else { return };
        self.finder.used[field] = true;
        let columns = vec![self.finder.column(name.to_owned(), field, use_)];
        self.slot(field, coder, columns);
    }
}

fn other_headers(question: &Question) -> Vec<String> {
    let label = question.open.map(|open| question.answers[open].label.as_str());
    label.map_or_else(Vec::new, |label| joined(question, label))
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
