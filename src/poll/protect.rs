//! `protect`: figures that are hidden by hand, by their names.
//!
//! Takes names as they are typed, gives [`Protected`], and says which of them name nothing
//! in a questionnaire. Never sees a figure.

use super::load::Loading;
use super::{Poll, codes};
use crate::diagnostic::{Failure, Finding, Findings, Kind};
use crate::document::{self, Spanned};
use crate::questionnaire::{Question, Questionnaire};

/// Rows of a table that are no answer and no total.
const SUMMARIES: [&str; 6] = ["mean", "median", "nps", "no_answer", "first", "mean_place"];

/// The name of figures that are hidden by hand: `question[.item][.answer][@banner=group]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protected {
    typed: Spanned<String>,
    question: String,
    /// An item, an answer or total, or an item and one of its answers.
    parts: Vec<String>,
    group: Option<(String, String)>,
}

impl Protected {
    /// Takes a name apart; none if it is not of that form.
    fn parse(typed: Spanned<String>) -> Option<Self> {
        let (path, group) = match typed.get_ref().split_once('@') {
            Some((path, group)) => (path, Some(group.split_once('=')?)),
            None => (typed.get_ref().as_str(), None),
        };
        let mut parts = path.split('.').map(|part| part.trim().to_owned());
        let (question, parts) = (parts.next()?, Vec::from_iter(parts));
        let group = group.map(|(b, g)| (b.trim().to_owned(), g.trim().to_owned()));
        let gap = |name: &String| name.is_empty();
        let gaps = gap(&question)
            || parts.iter().any(gap)
            || group.iter().any(|(banner, group)| gap(banner) || gap(group));
        (!gaps && parts.len() <= 2).then_some(Self { typed, question, parts, group })
    }

    /// Whether it names figures of a question.
    #[must_use]
    pub fn is_of(&self, question: &str) -> bool {
        self.question == question
    }

    /// Whether it names a figure of its question: by the ids of the item and the row, and of
    /// the banner and the group in whose column it stands; none in the total.
    #[must_use]
    pub fn covers(
        &self,
        (item, row): (Option<&str>, &str),
        column: Option<(&str, &str)>,
    ) -> bool {
        let named = match &self.parts[..] {
            [] => true,
            [one] => item == Some(one) || row == one,
            [first, second, ..] => item == Some(first) && row == second,
        };
        let group = self.group.as_ref().map(|(b, g)| (b.as_str(), g.as_str()));
        named && (group.is_none() || group == column)
    }

    /// Whether it names every figure of a column, so that the base is hidden too.
    #[must_use]
    pub fn covers_column(&self, column: Option<(&str, &str)>) -> bool {
        self.parts.is_empty() && self.covers((None, ""), column)
    }

    /// Whether it names figures of everybody who answered.
    #[must_use]
    pub fn covers_total(&self) -> bool {
        self.group.is_none()
    }
}

/// From what was typed to what it means.
pub(super) fn protect(
    typed: Vec<Spanned<String>>,
    loading: &mut Loading<'_>,
) -> Vec<Protected> {
    let mut names = Vec::new();
    for typed in typed {
        let (span, text) = (typed.span(), typed.get_ref().clone());
        match Protected::parse(typed) {
            Some(name) => names.push(name),
            None => loading.push(
                Finding::new(&codes::PROTECT, format!("`{text}` names no figures"))
                    .at(loading.place(span, "disclosure.protect"))
                    .help(
                        "write `question`, `question.answer` or `question@banner=group`, with \
                         the ids that results.csv has",
                    ),
            ),
        }
    }
    names
}

/// Checks that every name stands for something in the questionnaire.
///
/// # Errors
/// [`Kind::Input`] if one does not; the finding has the nearest name that would do.
pub fn check_protected(
    poll: &Poll,
    questionnaire: &Questionnaire,
    findings: &mut Findings,
) -> Result<(), Failure> {
    let mark = findings.list().len();
    for name in &poll.disclosure.protect {
        let Some((what, wrong, known)) = unknown(name, poll, questionnaire) else { continue };
        let headline = format!("`{}`: there is no {what} `{wrong}`", name.typed.get_ref());
        let nearest = document::nearest(&wrong, known.iter().map(String::as_str));
        let help = match nearest {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("name one of {}", known.join(", ")),
        };
        findings.push(
            Finding::new(&codes::PROTECT, headline)
                .at(poll.place(&name.typed, "disclosure.protect"))
                .because("what it was to hide would be shown")
                .help(help),
        );
    }
    findings.stop_on_error_since(mark, Kind::Input)
}

/// What a name has that is not there: which kind of thing, its id, and those there are.
type Unknown = (&'static str, String, Vec<String>);

fn unknown(name: &Protected, poll: &Poll, questionnaire: &Questionnaire) -> Option<Unknown> {
    let Some(question) = questionnaire.question(&name.question) else {
        return Some(("question", name.question.clone(), ids(&questionnaire.questions)));
    };
    let (rows, items) = (rows(question), items(question));
    let of_question = match &name.parts[..] {
        [] => None,
        [one] if items.contains(one) => None,
        [one] => missing("answer or item", one, [rows, items].concat()),
        [first, second, ..] => {
            missing("item", first, items).or_else(|| missing("answer", second, rows))
        }
    };
    of_question.or_else(|| {
        let (banner, group) = name.group.as_ref()?;
        let Some(nested) = nested(banner, poll, questionnaire) else {
            return Some(("banner", banner.clone(), ids(&questionnaire.questions)));
        };
        missing("group", group, groups(&nested))
    })
}

fn missing(what: &'static str, id: &str, known: Vec<String>) -> Option<Unknown> {
    let summary = SUMMARIES.contains(&id) || id.starts_with("top_");
    let summary = what.starts_with("answer") && summary;
    let there = known.iter().any(|other| other == id) || summary;
    (!there).then(|| (what, id.to_owned(), known))
}

fn ids(questions: &[Question]) -> Vec<String> {
    questions.iter().map(|question| question.id.clone()).collect()
}

fn items(question: &Question) -> Vec<String> {
    question.items.iter().map(|item| item.id.clone()).collect()
}

/// The ids of a question's rows, but for those that every question may have.
fn rows(question: &Question) -> Vec<String> {
    let answers = question.answers.iter().map(|answer| &answer.id);
    let nets = question.nets.iter().map(|net| &net.id);
    let differences = question.differences.iter().map(|difference| &difference.id);
    answers.chain(nets).chain(differences).cloned().collect()
}

/// The questions of a banner: one, or those of a nested banner of the poll file, whose ids
/// are joined by `-`.
fn nested<'q>(
    banner: &str,
    poll: &Poll,
    questionnaire: &'q Questionnaire,
) -> Option<Vec<&'q Question>> {
    if let Some(question) = questionnaire.question(banner) {
        return Some(vec![question]);
    }
    let own = poll.tables.own.iter().flat_map(|own| &own.by);
    let all = poll.tables.banners.iter().chain(own);
    let mut found = all.filter(|other| other.questions.join("-") == banner);
    found.next()?.questions.iter().map(|id| questionnaire.question(id)).collect()
}

/// The ids of the groups of a banner.
fn groups(questions: &[&Question]) -> Vec<String> {
    let mut groups = vec![String::new()];
    for question in questions {
        let under = |group: &String| {
            let mark = if group.is_empty() { "" } else { "-" };
            let ids = question.answers.iter().map(|answer| &answer.id);
            ids.map(|id| format!("{group}{mark}{id}")).collect::<Vec<_>>()
        };
        groups = groups.iter().flat_map(under).collect();
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, typed};
    use super::*;
    use crate::diagnostic::concise;
    use crate::questionnaire;

    const SCHEMA: &str = "format = 1\n\
        [question.phase]\nkind = \"single\"\ncategories = [\"Primary\", \"Secondary\"]\n\
        [question.role]\nkind = \"single\"\ncategories = [\"Head\", \"Teacher\"]\n\
        [question.views]\nkind = \"grid\"\ncategories = [\"Agree\", \"Disagree\"]\n\
        rows = [\"Pay\", \"Hours\"]\nnets = { \"All\" = [\"Agree\", \"Disagree\"] }\n";

    /// What is said of the names, with these nested banners.
    fn checked(names: &str) -> String {
        let mut findings = Findings::default();
        let questionnaire = questionnaire::load_alone("s.toml", SCHEMA, &mut findings)
            .expect("a questionnaire");
        let poll = typed(&format!(
            "[tables]\nbanner = [\"phase > role\"]\n[disclosure]\nprotect = [{names}]\n"
        ));
        let _ = check_protected(&poll, &questionnaire, &mut findings);
        let told = findings.list().iter();
        told.map(|f| format!("{} ({})", concise(f), f.help.clone().unwrap_or_default()))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn names_of_what_there_is_are_taken() {
        let names = "'views', 'views.pay', 'views.agree', 'views.pay.all', 'views.mean', \
                     'phase@role=head', 'views.pay.agree@phase=primary', \
                     'views@phase-role=primary-head'";
        assert_eq!(checked(names), "");
    }

    #[test]
    fn names_of_nothing_are_errors_with_the_nearest() {
        insta::assert_snapshot!(
            checked(
                "'view', 'views.agre', 'views.py.agree', 'views.pay.agreed', 'phase@roles=head', \
                 'phase@role=heads', 'phase@role=mean'"
            ),
            @r"
        poll.toml:11:12: error[D013] `view`: there is no question `view` (did you mean `views`?)
        poll.toml:11:20: error[D013] `views.agre`: there is no answer or item `agre` (did you mean `agree`?)
        poll.toml:11:34: error[D013] `views.py.agree`: there is no item `py` (did you mean `pay`?)
        poll.toml:11:52: error[D013] `views.pay.agreed`: there is no answer `agreed` (did you mean `agree`?)
        poll.toml:11:72: error[D013] `phase@roles=head`: there is no banner `roles` (did you mean `role`?)
        poll.toml:11:92: error[D013] `phase@role=heads`: there is no group `heads` (did you mean `head`?)
        poll.toml:11:112: error[D013] `phase@role=mean`: there is no group `mean` (name one of head, teacher)
        "
        );
    }

    #[test]
    fn what_is_no_name_is_an_error() {
        let told = said("[disclosure]\nprotect = [\"a.b.c.d\", \"a@b\", \"\", \"a@=c\"]\n");
        assert_eq!(told.matches("error[D013]").count(), 4, "{told}");
    }

    #[test]
    fn a_name_covers_a_question_a_row_a_column_or_a_figure() {
        let name =
            |text: &str| Protected::parse(Spanned::new(0..0, text.to_owned())).expect("a name");
        let group = Some(("phase", "primary"));
        let figure = (Some("pay"), "agree");
        for text in ["views", "views.pay", "views.agree", "views.pay.agree"] {
            assert!(
                name(text).covers(figure, None) && name(text).covers(figure, group),
                "{text}"
            );
        }
        let column = name("views@phase=primary");
        assert!(column.covers(figure, group) && column.covers_column(group));
        assert!(!column.covers(figure, None) && !column.covers_total());
        assert!(!name("views.hours").covers(figure, None));
        assert!(!name("views.agree").covers_column(None));
    }
}
