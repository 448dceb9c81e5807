//! Derived variables: questions that nobody was asked, made from those that were. What the
//! poll file says goes in with the questionnaire and the frame; both come out longer.
//!
//! A derived variable is a question with its columns, as `ingest` makes them, so that no
//! later room can tell. One file a kind; a new kind is one more file and one more line in
//! `by_kind`. Never changes a column that was there, and leaves no answer out without saying
//! why there is none.

mod bands;
mod combine;
mod count;
mod filter;
mod first_of;
mod keys;
mod list;
mod lookup;
mod recode;
mod score;
mod shape;
mod source;
#[cfg(test)]
mod tests;

use polars::prelude::{Column, DataFrame};

use super::{codes, side::Side};
use crate::diagnostic::{Code, Failure, Finding, Findings, Kind};
use crate::document::nearest;
use crate::frame;
use crate::poll::Poll;
use crate::poll::derive::{Action, Derive, Name};
use crate::questionnaire::{Question, Questionnaire};
use crate::words::Words;

/// A derived variable: a question, and its columns of the frame.
struct Made {
    question: Question,
    columns: Vec<Column>,
}

/// Adds every derived variable of the poll, and takes the keys of lookups out.
///
/// # Errors
/// [`Kind::Input`] if one cannot be made; `findings` says all that is wrong.
pub(super) fn derive(
    mut questionnaire: Questionnaire,
    mut frame: DataFrame,
    (poll, side): (&Poll, &Side),
    findings: &mut Findings,
) -> Result<(Questionnaire, DataFrame), Failure> {
    let mark = findings.list().len();
    let names: Vec<&Name> = poll.derived.iter().flat_map(Derive::names).collect();
    let mut done = 0;
    let mut failed: Vec<&str> = Vec::new();
    for derive in &poll.derived {
        let later = &names[done..];
        done += derive.names().count();
        let world = World { poll, side, questionnaire: &questionnaire, frame: &frame };
        let mut maker = Maker { world, derive, later, failed: &failed, findings };
        match maker.make() {
            Some(made) => frame = add(made, &mut questionnaire, &frame)?,
            None => failed.extend(derive.names().map(|name| name.get_ref().as_str())),
        }
    }
    findings.stop_on_error_since(mark, Kind::Input)?;
    let frame = lookup::without_keys(frame).map_err(|_| Failure { kind: Kind::Internal })?;
    Ok((questionnaire, frame))
}

fn add(
    made: Vec<Made>,
    questionnaire: &mut Questionnaire,
    frame: &DataFrame,
) -> Result<DataFrame, Failure> {
    let columns: Vec<Column> = made.iter().flat_map(|made| made.columns.clone()).collect();
    questionnaire.questions.extend(made.into_iter().map(|made| made.question));
    frame.hstack(&columns).map_err(|_| Failure { kind: Kind::Internal })
}

/// What variables are made from.
#[derive(Clone, Copy)]
struct World<'a> {
    poll: &'a Poll,
    side: &'a Side,
    questionnaire: &'a Questionnaire,
    frame: &'a DataFrame,
}

/// Makes one variable, or those of one file.
struct Maker<'a, 'f> {
    world: World<'a>,
    derive: &'a Derive,
    /// The names of this variable and of those that come after it.
    later: &'a [&'a Name],
    /// Variables that could not be made, of which enough has been said.
    failed: &'a [&'a str],
    findings: &'f mut Findings,
}

impl Maker<'_, '_> {
    fn make(&mut self) -> Option<Vec<Made>> {
        let mark = self.findings.list().len();
        self.check_names();
        let made = self.by_kind();
        let sound = self.findings.stop_on_error_since(mark, Kind::Input).is_ok();
        made.filter(|_| sound)
    }

    fn by_kind(&mut self) -> Option<Vec<Made>> {
        let made = match &self.derive.action {
            Action::Recode { from, groups, rest } => recode::make(self, from, (groups, rest)),
            Action::Bands { from, bands, outside } => bands::make(self, from, bands, *outside),
            Action::Combine { of, join } => combine::make(self, of, join),
            Action::FirstOf { of } => first_of::make(self, of),
            Action::Count { of, answers, minimum, number } => {
                count::make(self, of, answers, (minimum.as_ref(), *number))
            }
            Action::Score { of, method, minimum, reverse } => {
                score::make(self, of, (*method, minimum.as_ref()), reverse)
            }
            Action::Filter { condition, text, yes, no } => {
                filter::make(self, (condition, text), [yes, no])
            }
            Action::Lookup(lookup) => return lookup::make(self, lookup),
        };
        made.map(|made| vec![made])
    }

    fn check_names(&mut self) {
        for name in self.derive.names() {
            if let Some(question) = self.world.questionnaire.question(name.get_ref()) {
                let headline = format!("`{}` is a question already", name.get_ref());
                let line = question.place.line.map_or_else(String::new, |l| format!(":{l}"));
                let because = format!("it stands at {}{line}", question.place.file);
                let finding = self.finding(&codes::TAKEN, name, headline);
                self.findings.push(finding.because(because).help("give another name"));
            }
        }
    }

    /// A finding at a name of the poll file.
    fn finding(&self, code: &'static Code, name: &Name, headline: String) -> Finding {
        let place = self.world.poll.place(name, &self.derive.key);
        Finding::new(code, headline).at(place)
    }

    fn wrong(&mut self, code: &'static Code, name: &Name, headline: String, help: &str) {
        let finding = self.finding(code, name, headline).help(help);
        self.findings.push(finding);
    }

    /// Says that a label is none of some answers.
    fn no_answer(&mut self, label: &Name, of: &str, labels: &[&str]) {
        let help = match nearest(label.get_ref(), labels.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its answers are {}", listed(labels)),
        };
        let headline = format!("`{}` is no answer of {of}", label.get_ref());
        self.wrong(&codes::NO_ANSWER, label, headline, &help);
    }

    /// For notes that a reader of the page sees.
    fn words(&self) -> &'static Words {
        self.world.poll.words
    }

    fn rows(&self) -> usize {
        self.world.frame.height()
    }
}

/// A column of codes; none if two labels are alike, which is checked before.
fn labelled(name: &str, codes: Vec<u32>, labels: &[String]) -> Option<Column> {
    frame::labels(name, codes, labels).ok()
}

/// The first few of some words, in backquotes.
fn listed(words: &[&str]) -> String {
    const LISTED: usize = 12;
    let quoted: Vec<String> = words.iter().take(LISTED).map(|w| format!("`{w}`")).collect();
    let more = words.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", quoted.join(", "))
}
