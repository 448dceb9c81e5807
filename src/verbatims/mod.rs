//! What members wrote in their own words: redacted texts and a person's approvals go in,
//! candidates for the private folder and approved [`Quotes`] come out.
//!
//! May know the poll, the questionnaire and the sample. Nothing is quoted that a person has
//! not approved, by the hash of the very words that would be printed. Never says a word of a
//! text in a message, and never judges how small a group may be: the gate does that.

mod approvals;
mod candidates;
mod check;
mod codes;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::fmt::{self, Debug, Formatter};

use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::poll::{self, Poll};
use crate::prepare::{Sample, Texts};

use approvals::Row;
use candidates::{Candidate, Candidates};

pub use approvals::Approvals;
pub use codes::{CODES, WITHOUT_ATTRIBUTE};

/// The most characters that a quote may have: more is no quote but a document, and the more
/// somebody tells, the more easily they are known.
pub const LONGEST: usize = 600;

/// What is quoted of the answers to one question.
#[derive(Clone, PartialEq)]
pub struct Quotes {
    /// The question's id.
    pub question: String,
    /// Its short title.
    pub title: String,
    /// The question as it was put.
    pub text: String,
    /// The id of the question whose answer may stand beside a quote.
    pub attribute: Option<String>,
    /// What a person approved, in the order of their file, and no more than may be printed.
    pub approved: Vec<Approved>,
    candidates: Candidates,
}

/// A text that a person approved.
#[derive(Clone, Debug, PartialEq)]
pub struct Approved {
    /// The words, at most [`LONGEST`] characters.
    pub text: String,
    /// The group of whoever wrote it; none if that is not known, or differs between several
    /// who wrote the same.
    pub group: Option<Group>,
    /// Where it was approved.
    pub place: Place,
}

/// A group of respondents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The id of the answer that they gave.
    pub answer: String,
    /// Its label.
    pub label: String,
    /// How many gave it, unweighted.
    pub respondents: u64,
}

impl Debug for Quotes {
    /// Without the texts, of which most may be read by nobody else.
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Quotes");
        shown.field("question", &self.question).finish_non_exhaustive()
    }
}

impl Quotes {
    /// The name of the file of candidates, for the private folder.
    #[must_use]
    pub fn file_name(&self) -> String {
        file_name(&self.question)
    }

    /// Every text as CSV, in the order of the hashes, from which nobody can tell who wrote
    /// two of them: hash, redacted text, what was taken out, group, whether it is approved.
    #[must_use]
    pub fn candidates(&self) -> Vec<u8> {
        self.candidates.to_csv(self.attribute.as_deref())
    }
}

fn file_name(question: &str) -> String {
    format!("quotes-{question}.csv")
}

/// What is known of the answers when quotes are chosen.
#[derive(Clone, Copy, Debug)]
pub struct Answers<'a> {
    /// Who answered what.
    pub sample: &'a Sample,
    /// What they wrote, by the rows of the sample.
    pub texts: &'a [Texts],
}

/// Holds the texts against what a person approved, for each question that the poll file
/// wants to quote.
///
/// # Errors
/// [`Kind::Input`] if the poll file or a file of approvals is wrong; `findings` says where.
pub fn quotes(
    poll: &Poll,
    answers: Answers<'_>,
    approvals: &Approvals,
    findings: &mut Findings,
) -> Result<Vec<Quotes>, Failure> {
    let mark = findings.list().len();
    let mut list = Vec::new();
    for entry in &poll.quotes {
        let Some(asked) = check::check(poll, entry, answers, findings) else { continue };
        let found = Candidates::of(&asked, answers.sample, poll.words);
        match found {
            Ok(candidates) => {
                let asking = Asking { poll, entry, asked: &asked };
                list.push(asking.quotes(candidates, approvals, findings));
            }
            Err(finding) => {
                findings.push(finding.at(poll.place(&entry.question, "quotes.question")));
            }
        }
    }
    findings.stop_on_error_since(mark, Kind::Input)?;
    Ok(list)
}

/// One entry of the poll file, and the questions that it names.
struct Asking<'a> {
    poll: &'a Poll,
    entry: &'a poll::Quotes,
    asked: &'a check::Asked<'a>,
}

impl Asking<'_> {
    fn quotes(
        &self,
        mut candidates: Candidates,
        approvals: &Approvals,
        findings: &mut Findings,
    ) -> Quotes {
        let question = self.asked.question;
        let path = self.entry.approved.get_ref();
        let rows = match approvals.rows(path) {
            None => Err(vec![self.nothing_approved()]),
            Some(rows) => rows,
        };
        let rows = rows.unwrap_or_else(|wrong| {
            for finding in wrong {
                findings.push(finding);
            }
            Vec::new()
        });
        let mut approved = Vec::new();
        for row in rows {
            match candidates.approve(&row) {
                Ok(candidate) => approved.push(self.approved(candidate, row)),
                Err(finding) => findings.push(*finding),
            }
        }
        if approved.len() > self.entry.most {
            findings.push(self.more(approved.len()));
            approved.truncate(self.entry.most);
        }
        Quotes {
            question: question.id.clone(),
            title: question.title.clone(),
            text: question.text.clone(),
            attribute: self.asked.attribute.map(|question| question.id.clone()),
            approved,
            candidates,
        }
    }

    fn approved(&self, candidate: &Candidate, row: Row) -> Approved {
        let answers = self.asked.attribute.map(|question| question.answers.as_slice());
        let answer = candidate.answer.and_then(|at| Some((at, answers?.get(at)?)));
        let group = answer.map(|(at, answer)| Group {
            answer: answer.id.clone(),
            label: answer.label.clone(),
            respondents: self.asked.respondents.get(at).copied().unwrap_or(0),
        });
        Approved { text: candidate.text.clone(), group, place: row.place }
    }

    fn nothing_approved(&self) -> Finding {
        let question = &self.asked.question.id;
        let path = self.entry.approved.get_ref();
        Finding::new(&codes::NOTHING_APPROVED, format!("nothing of `{question}` is quoted"))
            .at(self.poll.place(&self.entry.approved, "quotes.approved"))
            .because(format!("`{path}` does not exist, so nobody has approved anything"))
            .help(format!(
                "read `{}`, which `pollsmith run` writes to the poll's private folder, look for \
                 names that are left, and copy `hash` and `quote` of what may be printed into \
                 `{path}`",
                file_name(question)
            ))
    }

    fn more(&self, approved: usize) -> Finding {
        let most = self.entry.most;
        let headline = format!("{approved} quotes are approved, and {most} are printed");
        Finding::new(&codes::MORE, headline)
            .at(self.poll.place(&self.entry.approved, "quotes.approved"))
            .because("they are the first of the file")
            .help("raise `most`, or order the file by what matters")
    }
}
