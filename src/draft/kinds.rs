//! What kind of question each group of columns was.
//!
//! The kinds are tried from the surest sign to the weakest; what fits none is text.

use super::columns::Column;
use super::groups::{Group, is_tick};
use super::names::{Keys, without_tags};
use super::questions::{Answers, Item, Question, Shape};
use super::shared::Scale;
use super::{Export, cells, dates, joined, lists, numbers, several};
use crate::ingest::platform::Heading;
use crate::questionnaire::Dialect;

/// What share of the cells a list must account for; less where written answers join it.
const SHARE: f64 = 0.8;
const SHARE_OF_FORMS: f64 = 0.6;

/// What every question is judged by.
pub(super) struct Kinds<'a> {
    pub(super) columns: &'a [Column<'a>],
    pub(super) dialect: Dialect,
    pub(super) decimal: char,
    pub(super) wordings: lists::Wordings,
    keys: Keys,
}

/// The questions of the draft, in the order of the file.
pub(super) fn questions<'a>(
    export: &Export<'_>,
    columns: &'a [Column<'a>],
    groups: &[Group],
) -> Vec<Question> {
    let decimal = numbers::decimal_mark(columns);
    let mut kinds = Kinds {
        columns,
        dialect: export.dialect,
        decimal,
        wordings: lists::Wordings::of(columns),
        keys: Keys::default(),
    };
    let mut questions = groups.iter().flat_map(|group| kinds.group(group)).collect();
    agree_on_dates(&mut questions);
    questions
}

/// A schema has one form of dates: that of the first column of dates, as far as others bear
/// it out. A column of another form is text.
fn agree_on_dates(questions: &mut Vec<Question>) {
    let mut shared: Vec<String> = Vec::new();
    for question in questions {
        let Shape::Date { forms } = &question.shape else { continue };
        let both: Vec<String> = forms.iter().filter(|f| shared.contains(f)).cloned().collect();
        if shared.is_empty() {
            shared.clone_from(forms);
        } else if both.is_empty() {
            question.shape = Shape::Text;
            question.undecided.push(
                "its dates are written in another form than those above, and a schema has one: \
                 taken for text"
                    .to_owned(),
            );
        } else {
            shared = both;
        }
    }
}

impl Kinds<'_> {
    fn share(&self) -> f64 {
        if joins_other(self.dialect) { SHARE_OF_FORMS } else { SHARE }
    }

    fn group(&mut self, group: &Group) -> Vec<Question> {
        if group.columns.iter().all(|c| self.columns[*c].texts.is_empty()) {
            return Vec::new();
        }
        if let Some(shape) = self.shape_of_several(group) {
            let mut question = self.question(group, shape);
            several::notes(self, group, &mut question);
            return vec![question];
        }
        let last = group.columns.len() - 1;
        let parts = group.columns.iter().zip(&group.parts).enumerate();
        let used = parts.filter(|(_, (column, _))| !self.columns[**column].texts.is_empty());
        let singles: Vec<Group> = used
            .map(|(nth, (column, part))| Group {
                question: whole(&group.question, part, self.columns[*column].heading),
                code: self.columns[*column].heading.code.clone(),
                columns: vec![*column],
                parts: vec![String::new()],
                other: group.other.filter(|_| nth == last),
            })
            .collect();
        singles.iter().map(|single| self.single(single)).collect()
    }

    fn shape_of_several(&self, group: &Group) -> Option<Shape> {
        let own = self.columns[group.columns[0]].all(|t| {
            cells::folded(t) == cells::folded(&group.parts[0]) && !group.parts[0].is_empty()
        });
        let personal = group.columns.iter().any(|c| self.columns[*c].personal.is_some());
        if personal || group.columns.len() < 2 && !own {
            return None;
        }
        several::places(self, group)
            .or_else(|| several::ranks(self, group))
            .or_else(|| several::ticks(self, group))
            .or_else(|| several::grid(self, group))
    }

    fn question(&mut self, group: &Group, shape: Shape) -> Question {
        let first = group.columns.first().copied().unwrap_or(0);
        // An export of codes has the code in place of the words.
        let coded = group.code.as_ref() == Some(&group.question);
        let text = if coded { String::new() } else { without_tags(&group.question) };
        let mut undecided = Vec::new();
        if text.is_empty() {
            undecided
                .push("the export does not hold the question's words: give `text`".to_owned());
        }
        Question {
            key: self.keys.give(group.code.as_deref(), &text, first + 1),
            text,
            shape,
            columns: group.columns.clone(),
            other: group.other,
            joins_other: false,
            missing: Vec::new(),
            notes: Vec::new(),
            undecided,
            route: None,
            scale: None,
        }
    }

    /// A question of one column.
    fn single(&mut self, group: &Group) -> Question {
        let column = &self.columns[group.columns[0]];
        let mut question = self.question(group, Shape::Text);
        let text = question.text.clone();
        if column.personal.is_some() {
            // Whatever else it looks like, only whether there is an answer may be known.
        } else if let Some(forms) = date(column) {
            question.shape = Shape::Date { forms };
        } else if let Some(found) = numbers::number(column, &text, self.decimal) {
            question.shape = found.shape;
            question.notes.extend(found.notes);
            question.undecided.extend(found.undecided);
            question.missing = found.missing;
        } else if let Some(joined) = joined::joined(column, self.share(), &self.wordings) {
            several_in_a_cell(&mut question, joined);
        } else if let Some(list) = lists::list(&column.texts, self.share(), &self.wordings) {
            one_of_a_list(&mut question, list);
        }
        if matches!(question.shape, Shape::Text) {
            self.text_notes(column, &mut question);
        }
        question
    }

    fn text_notes(&self, column: &Column<'_>, question: &mut Question) {
        question.notes.push("words: never shown, only whether there are any".to_owned());
        let repeated = column.texts.iter().filter(|text| self.wordings.shows(text));
        let repeated: usize = repeated.map(|text| text.rows).sum();
        if repeated >= 10 && 2 * repeated >= column.answered() {
            question.notes.push(
                "many texts repeat: if this was a list with an open answer, make it `single` or \
                 `multi` and give `categories`"
                    .to_owned(),
            );
        }
    }
}

fn several_in_a_cell(question: &mut Question, joined: joined::Joined) {
    let joined::Joined { list, delimiter } = joined;
    question.notes.push(format!("cells hold several answers, parted by `{delimiter}`"));
    let exclusive = list.all().filter(|label| several::stands_alone(label)).cloned().collect();
    question.shape = Shape::Joined { list, delimiter, exclusive };
}

fn one_of_a_list(question: &mut Question, list: lists::List) {
    if list.is_coded() {
        question
            .undecided
            .push("the file holds codes: write each answer's words as its `label`".to_owned());
    } else if let Some(bare) = list.bare_number() {
        question.undecided.push(format!(
            "`{bare}` is a bare number among answers that say more: perhaps something was lost \
             on the way. Write `{{ value = \"{bare}\", label = \"...\" }}`"
        ));
    }
    question.shape = Shape::Single(Answers::List(list));
}

/// Says how many texts are not in the lists, and what becomes of them. A text that a shared
/// list holds is in the list.
pub(super) fn say_hidden(questions: &mut [Question], scales: &[Scale], dialect: Dialect) {
    for question in questions {
        let (Shape::Single(Answers::List(list))
        | Shape::Grid { answers: Answers::List(list), .. }
        | Shape::Joined { list, .. }
        | Shape::Places { items: list }) = &question.shape
        else {
            continue;
        };
        let scale = scales.iter().find(|s| Some(&s.name) == question.scale.as_ref());
        let known = |label: &&String| scale.is_some_and(|s| s.list.all().any(|a| a == *label));
        let texts = match list.hidden.iter().filter(|label| !known(label)).count() {
            0 => continue,
            1 => "1 further text, in one or two rows, is not shown here".to_owned(),
            n => format!("{n} further texts, in one or two rows each, are not shown here"),
        };
        if joins_other(dialect) && !matches!(question.shape, Shape::Grid { .. }) {
            question.joins_other = true;
            question.notes.push(format!("{texts}; they count as the open answer"));
        } else {
            question.undecided.push(format!(
                "{texts}. Add those that were offered; if people wrote them themselves, add \
                 `other = \"Other\"`"
            ));
        }
    }
}

/// Whether what people write themselves joins the list of answers.
fn joins_other(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::GoogleForms | Dialect::MicrosoftForms)
}

/// Question and part in one, unless the part is but a code.
fn whole(question: &str, part: &str, heading: &Heading) -> String {
    let code = heading.code.as_deref().unwrap_or_default();
    if part.is_empty() || code.ends_with(&format!("[{part}]")) {
        return question.to_owned();
    }
    format!("{question} {part}").trim().to_owned()
}

/// The forms of a column of dates; none if it is no such column.
fn date(column: &Column<'_>) -> Option<Vec<String>> {
    let forms = dates::forms(&column.labels());
    (!forms.is_empty()).then_some(forms)
}

/// The items of a group: each part with its column.
pub(super) fn items(group: &Group) -> Vec<Item> {
    let parts = group.columns.iter().zip(&group.parts);
    parts.map(|(column, part)| Item { label: without_tags(part), column: *column }).collect()
}

/// Whether every column of the group that holds anything is ticks.
pub(super) fn all_ticks(kinds: &Kinds<'_>, group: &Group) -> bool {
    group.columns.iter().zip(&group.parts).all(|(column, part)| {
        let column = &kinds.columns[*column];
        column.texts.is_empty() || is_tick(column, part)
    })
}
