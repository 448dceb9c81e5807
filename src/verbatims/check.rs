//! What an entry of the poll file names, held against the questionnaire.

use super::{Answers, codes};
use crate::diagnostic::{Finding, Findings};
use crate::document;
use crate::frame;
use crate::poll::{Poll, Quotes};
use crate::prepare::Texts;
use crate::questionnaire::{Measure, Question};

/// The questions that an entry names.
pub(super) struct Asked<'a> {
    pub(super) question: &'a Question,
    /// What was written.
    pub(super) texts: &'a Texts,
    /// The question whose answer may stand beside a quote.
    pub(super) attribute: Option<&'a Question>,
    /// How many gave each of its answers.
    pub(super) respondents: Vec<u64>,
}

/// What an entry names; none if something is wrong, which is said.
pub(super) fn check<'a>(
    poll: &Poll,
    entry: &Quotes,
    answers: Answers<'a>,
    findings: &mut Findings,
) -> Option<Asked<'a>> {
    let question = question(entry, answers).map_err(|finding| {
        findings.push(finding.at(poll.place(&entry.question, "quotes.question")));
    });
    let attribute = entry.attribute.as_ref().map(|name| {
        attribute(name.get_ref(), poll, answers)
            .map_err(|finding| findings.push(finding.at(poll.place(name, "quotes.attribute"))))
    });
    let (question, texts) = question.ok()?;
    let attribute = attribute.transpose().ok()?;
    if let (true, Some(name)) = (question.sensitive, &entry.attribute) {
        let headline =
            format!("`{}` is sensitive: nothing may stand beside a quote", question.id);
        let finding = Finding::new(&codes::ATTRIBUTE, headline)
            .at(poll.place(name, "quotes.attribute"))
            .help("take `attribute` out");
        findings.push(finding);
        return None;
    }
    let respondents = attribute.map(|question| respondents(question, answers));
    Some(Asked { question, texts, attribute, respondents: respondents.unwrap_or_default() })
}

fn question<'a>(
    entry: &Quotes,
    answers: Answers<'a>,
) -> Result<(&'a Question, &'a Texts), Finding> {
    let name = entry.question.get_ref();
    let questions = &answers.sample.questionnaire().questions;
    let wrong =
        |headline: String, help: String| Finding::new(&codes::QUESTION, headline).help(help);
    let open = || questions.iter().filter(|q| q.measure() == Measure::Text);
    let Some(at) = questions.iter().position(|question| question.id == *name) else {
        let help = instead(name, open().map(|q| q.id.as_str()));
        return Err(wrong(format!("no question is called `{name}`"), help));
    };
    let question = &questions[at];
    if question.measure() != Measure::Text {
        let help = match open().next() {
            Some(_) => instead(name, open().map(|q| q.id.as_str())),
            None => "declare the question with `kind = \"text\"` in the schema".to_owned(),
        };
        return Err(wrong(format!("`{name}` is no question of open answers"), help));
    }
    let texts = answers.texts.iter().find(|texts| texts.question == at);
    texts.map(|texts| (question, texts)).ok_or_else(|| {
        let headline = format!("the column of `{name}` holds data about persons");
        let help = "take the entry out: a personal column is not read at all".to_owned();
        wrong(headline, help)
    })
}

fn attribute<'a>(
    name: &str,
    poll: &Poll,
    answers: Answers<'a>,
) -> Result<&'a Question, Finding> {
    let questionnaire = answers.sample.questionnaire();
    let wrong =
        |headline: String, help: String| Finding::new(&codes::ATTRIBUTE, headline).help(help);
    let personal = |question: &Question| answers.sample.facts().personal.contains(&question.id);
    let fits = |question: &&Question| {
        question.measure() == Measure::Category
            && question.items.is_empty()
            && !question.sensitive
            && !personal(question)
            && poll.crossed_in(&question.id) == 1
    };
    let others = || questionnaire.questions.iter().filter(fits).map(|q| q.id.as_str());
    let Some(question) = questionnaire.question(name) else {
        return Err(wrong(format!("no question is called `{name}`"), instead(name, others())));
    };
    let because = match question {
        question if fits(&question) => return Ok(question),
        question if question.sensitive => "is sensitive",
        question if personal(question) => "holds data about persons",
        question if poll.crossed_in(&question.id) > 1 => "joins several questions",
        question if question.measure() == Measure::Flags || !question.items.is_empty() => {
            "has several answers"
        }
        _ => "has no list of answers",
    };
    Err(wrong(
        format!("`{name}` {because}, and may not stand beside a quote"),
        instead("", others()),
    ))
}

/// A help that names the nearest, or else all.
fn instead<'n>(name: &str, others: impl Iterator<Item = &'n str> + Clone) -> String {
    if let Some(near) = document::nearest(name, others.clone()) {
        return format!("write `{near}`");
    }
    let all: Vec<String> = others.map(|other| format!("`{other}`")).collect();
    if all.is_empty() {
        return "take the key out: no question would do".to_owned();
    }
    format!("name one of these: {}", all.join(", "))
}

/// How many gave each answer of a question.
fn respondents(question: &Question, answers: Answers<'_>) -> Vec<u64> {
    let mut counts = vec![0; question.answers.len()];
    let Some(codes) = frame::codes(answers.sample.frame(), &question.id) else { return counts };
    for row in 0..codes.len() {
        if let Some(count) = counts.get_mut(codes.get(row)) {
            *count += 1;
        }
    }
    counts
}
