//! `[[quotes]]`: which open answers are quoted, and where those stand that a person approved.
//!
//! Takes what was typed, gives [`Quotes`]. Never knows whether a question exists: that is
//! found out where the questionnaire is at hand.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{codes, load::Loading};
use crate::diagnostic::Finding;
use crate::document::Spanned;

/// How many quotes of a question are printed if nothing is said.
const MOST: u64 = 10;

/// One `[[quotes]]` as it is typed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["question", "approved"]))]
pub(super) struct Typed {
    /// A question of open answers, by its key in the schema.
    pub question: Option<Spanned<String>>,
    /// What a person approved, relative to this file: a CSV file with the columns `hash`,
    /// `quote` and, if wanted, `note`.
    pub approved: Option<Spanned<String>>,
    /// One question with a list of answers, whose answer may stand beside a quote.
    pub attribute: Option<Spanned<String>>,
    /// The largest number of quotes; 10 if absent.
    #[schemars(range(min = 1))]
    pub most: Option<Spanned<u64>>,
}

/// Which answers to one question are quoted.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotes {
    /// The question of open answers.
    pub question: Spanned<String>,
    /// The file of what a person approved, as written.
    pub approved: Spanned<String>,
    /// The question whose answer may stand beside a quote.
    pub attribute: Option<Spanned<String>>,
    /// The largest number of quotes, one at least.
    pub most: usize,
}

/// From what was typed to what it means.
pub(super) fn quotes(typed: Vec<Spanned<Typed>>, loading: &mut Loading<'_>) -> Vec<Quotes> {
    let list: Vec<Quotes> = typed.into_iter().filter_map(|typed| one(typed, loading)).collect();
    for (nth, quotes) in list.iter().enumerate() {
        let question = quotes.question.get_ref();
        if list[..nth].iter().any(|other| other.question.get_ref() == question) {
            let headline = format!("two `[[quotes]]` entries are of `{question}`");
            let finding = Finding::new(&codes::QUOTES, headline)
                .at(loading.place(quotes.question.span(), "quotes.question"))
                .help("join them in one entry");
            loading.push(finding);
        }
    }
    list
}

fn one(typed: Spanned<Typed>, loading: &mut Loading<'_>) -> Option<Quotes> {
    let start = typed.span().start..typed.span().start;
    let Typed { question, approved, attribute, most } = typed.into_inner();
    let mut absent = |key: &str, example: &str| {
        let headline = format!("an entry of quotes does not say `{key}`");
        let finding = Finding::new(&codes::QUOTES, headline)
            .at(loading.place(start.clone(), "quotes"))
            .help(format!("add `{key} = \"{example}\"` below `[[quotes]]`"));
        loading.push(finding);
    };
    if question.is_none() {
        absent("question", "...");
    }
    if approved.is_none() {
        absent("approved", "approved-quotes.csv");
    }
    if let Some(none) = most.as_ref().filter(|most| *most.get_ref() == 0) {
        let finding = Finding::new(&codes::QUOTES, "no quote may be printed")
            .at(loading.place(none.span(), "quotes.most"))
            .help("write 1 or more, or take the entry out");
        loading.push(finding);
    }
    let most = most.map_or(MOST, Spanned::into_inner);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    Some(Quotes { question: question?, approved: approved?, attribute, most })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, typed};

    #[test]
    fn nobody_is_quoted_unasked_and_ten_are_if_nothing_is_said() {
        assert_eq!(typed("").quotes, []);
        let entry = "[[quotes]]\nquestion = \"comment\"\napproved = \"a.csv\"\n";
        let quotes = typed(entry).quotes.remove(0);
        assert_eq!((quotes.question.get_ref().as_str(), quotes.most), ("comment", 10));
        assert_eq!(quotes.attribute, None);
    }

    #[test]
    fn an_entry_names_its_question_and_its_file_once() {
        insta::assert_snapshot!(said("[[quotes]]\nmost = 0\n"), @r"
        poll.toml:8:1: error[D031] an entry of quotes does not say `question`
        poll.toml:8:1: error[D031] an entry of quotes does not say `approved`
        poll.toml:9:8: error[D031] no quote may be printed
        ");
        let entry = "[[quotes]]\nquestion = \"a\"\napproved = \"a.csv\"\n";
        insta::assert_snapshot!(said(&format!("{entry}{entry}atribute = \"b\"\n")), @r"
        poll.toml:14:1: error[Q002] `atribute` is not a key of `quotes[2]`
        poll.toml:12:12: error[D031] two `[[quotes]]` entries are of `a`
        ");
    }
}
