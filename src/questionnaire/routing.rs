//! Who was asked what: `asked_if` expressions, their names and their order.

use super::load::Loading;
use super::waves::Whole;
use super::{Questionnaire, codes, typed};
use crate::diagnostic::Finding;
use crate::document::{self, Spanned};
use crate::expression::Expression;

/// Reads a question's `asked_if`.
pub(super) fn parse(
    typed: &typed::Question,
    path: &str,
    loading: &mut Loading<'_>,
) -> Option<Expression> {
    let typed = typed.asked_if.as_ref()?;
    match Expression::parse(typed.get_ref()) {
        Ok(expression) => Some(expression),
        Err(problem) => {
            // The span begins at the opening quote.
            let start = typed.span().start + 1 + problem.at.start;
            let place = loading.place(start..start, &format!("{path}.asked_if"));
            let mut finding = Finding::new(&codes::EXPRESSION, problem.message)
                .at(place)
                .value(typed.get_ref().clone());
            if let Some(help) = problem.help {
                finding = finding.help(help);
            }
            loading.push(finding);
            None
        }
    }
}

/// Notes conditions on questions that do not exist, and conditions that go in a circle.
pub(super) fn check(questionnaire: &Questionnaire, whole: &Whole, loading: &mut Loading<'_>) {
    let names: Vec<String> = questionnaire.variables().into_iter().map(|v| v.name).collect();
    for question in &questionnaire.questions {
        let questions = &whole.schema.question;
        let typed = questions.iter().find(|(key, _)| key.get_ref() == &question.id);
        loading.at = whole.origin(&question.id);
        let Some(asked_if) = typed.and_then(|(_, t)| t.asked_if.as_ref()) else {
            continue;
        };
        let Some(expression) = &question.asked_if else { continue };
        for name in expression.names() {
            if !names.iter().any(|n| n == name) {
                unknown(name, &names, asked_if, loading);
            }
        }
        if let Some(circle) = circle(questionnaire, &question.id) {
            let place =
                loading.place(asked_if.span(), &format!("question.{}.asked_if", question.id));
            loading.push(
                Finding::new(&codes::CYCLE, format!("`{}` depends on itself", question.id))
                    .at(place)
                    .because(format!("the conditions go {}", circle.join(" to ")))
                    .help("take one of these conditions out"),
            );
        }
    }
}

fn unknown(
    name: &str,
    names: &[String],
    asked_if: &Spanned<String>,
    loading: &mut Loading<'_>,
) {
    let help = match document::nearest(name, names.iter().map(String::as_str)) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "name a question by its key".to_owned(),
    };
    let place = loading.place(asked_if.span(), "asked_if");
    loading.push(
        Finding::new(&codes::UNKNOWN, format!("there is no question `{name}`"))
            .at(place)
            .value(asked_if.get_ref().clone())
            .help(help),
    );
}

/// The way from a question back to itself, if there is one.
fn circle(questionnaire: &Questionnaire, start: &str) -> Option<Vec<String>> {
    let mut paths = vec![vec![start.to_owned()]];
    let mut seen: Vec<String> = Vec::new();
    while let Some(path) = paths.pop() {
        let last = path.last().map_or(start, String::as_str);
        for next in parents(questionnaire, last) {
            let mut longer = path.clone();
            longer.push(next.clone());
            if next == start {
                return Some(longer);
            }
            if !seen.contains(&next) {
                seen.push(next);
                paths.push(longer);
            }
        }
    }
    None
}

/// The questions on which a question's routing depends.
fn parents(questionnaire: &Questionnaire, id: &str) -> Vec<String> {
    let expression = questionnaire.question(id).and_then(|q| q.asked_if.as_ref());
    let names = expression.map(Expression::names).unwrap_or_default();
    names.into_iter().map(|n| n.split('.').next().unwrap_or(n).to_owned()).collect()
}
