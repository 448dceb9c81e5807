//! What an earlier wave calls a question or an answer, in the names of this one.
//!
//! Schemas say it where one `extends` the other; else `[[previous]]` does. From wave to
//! wave the steps are joined, so that the oldest wave is read in this one's names too.

use crate::poll::Previous;
use crate::questionnaire::{Question, Questionnaire};

/// Names of an earlier wave, each with this wave's; what is not listed kept its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Keys of then and of now.
    questions: Vec<(String, String)>,
    /// The question's key of now, a label of then and that of now.
    answers: Vec<(String, String, String)>,
}

/// From a wave to the next newer one: its names, and what is said to be no longer
/// comparable, by keys of the newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Names of then, each with those of the newer wave.
    pub names: Names,
    /// Questions of the newer wave, each with the reason.
    pub breaks: Vec<(String, String)>,
}

/// What the schemas say of two waves, of which one may extend the other. Published figures
/// have no schema: they are taken to be of the one that the newer schema extends.
#[must_use]
pub fn step(newer: &Questionnaire, older: Option<&Questionnaire>) -> Step {
    match older {
        None if newer.extends.is_some() => forward(newer),
        Some(older) if extends(newer, older) => forward(newer),
        Some(older) if extends(older, newer) => backward(older),
        _ => Step::default(),
    }
}

fn extends(one: &Questionnaire, other: &Questionnaire) -> bool {
    one.extends.as_ref() == Some(&other.file)
}

/// The newer schema extends the older one.
fn forward(newer: &Questionnaire) -> Step {
    let mut step = Step::default();
    for changed in &newer.breaks {
        let key = changed.question.clone();
        if let Some(was) = &changed.was {
            step.names.questions.push((was.clone(), key.clone()));
        }
        for (then, now) in &changed.answers {
            step.names.answers.push((key.clone(), then.clone(), now.clone()));
        }
        step.breaks.extend(changed.reason.clone().map(|reason| (key, reason)));
    }
    step
}

/// The older wave's schema was written later, as a change of the newer one's.
fn backward(older: &Questionnaire) -> Step {
    let mut step = Step::default();
    for changed in &older.breaks {
        let key = changed.was.clone().unwrap_or_else(|| changed.question.clone());
        if changed.was.is_some() {
            step.names.questions.push((changed.question.clone(), key.clone()));
        }
        for (now, then) in &changed.answers {
            step.names.answers.push((key.clone(), then.clone(), now.clone()));
        }
        step.breaks.extend(changed.reason.clone().map(|reason| (key, reason)));
    }
    step
}

impl Names {
    /// These names of an older wave in those of a newer one, carried on to this wave by the
    /// newer one's names, and by what the poll file says of the older wave.
    #[must_use]
    pub fn carried(&self, newer: &Self, said: &Previous) -> Self {
        let mut names = newer.clone();
        for (then, next) in &self.questions {
            names.call(then, newer.question(next));
        }
        for (question, then, next) in &self.answers {
            let question = newer.question(question);
            names.word(question, then, newer.answer(question, next));
        }
        for (then, now) in &said.rename {
            names.call(then.get_ref(), now);
        }
        for (question, labels) in &said.recode {
            for (then, now) in labels {
                names.word(question.get_ref(), then.get_ref(), now.get_ref());
            }
        }
        names
    }

    /// Gives a question of then its key of now.
    fn call(&mut self, then: &str, now: &str) {
        self.questions.retain(|(key, _)| key != then);
        self.questions.push((then.to_owned(), now.to_owned()));
    }

    /// Gives an answer of then its label of now.
    fn word(&mut self, question: &str, then: &str, now: &str) {
        self.answers.retain(|(q, label, _)| q != question || label != then);
        self.answers.push((question.to_owned(), then.to_owned(), now.to_owned()));
    }

    /// This wave's key for a question of then.
    #[must_use]
    pub fn question<'a>(&'a self, then: &'a str) -> &'a str {
        self.questions.iter().find(|(key, _)| key == then).map_or(then, |(_, now)| now)
    }

    /// This wave's label for an answer of then; `question` is this wave's key.
    #[must_use]
    pub fn answer<'a>(&'a self, question: &str, then: &'a str) -> &'a str {
        let found = self.answers.iter().find(|(q, label, _)| q == question && label == then);
        found.map_or(then, |(_, _, now)| now)
    }

    /// This wave's id for an answer of then, by its label; `id` is that of then.
    #[must_use]
    pub fn id(&self, now: &Question, then: &str, id: &str) -> String {
        let label = self.answer(&now.id, then);
        let renamed = label != then;
        let same = now.answers.iter().find(|a| a.label == label).filter(|_| renamed);
        same.map_or_else(|| id.to_owned(), |answer| answer.id.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::document::Spanned;
    use crate::questionnaire;

    const OLD: &str = "format = 1\nid = \"s\"\n[question.load]\nkind = \"single\"\n\
        categories = [\"OK\", \"Bad\"]\n[question.sex]\nkind = \"single\"\n\
        categories = [\"Men\", \"Women\"]\n";
    const NEW: &str = "format = 1\nextends = \"old.toml\"\n[rename]\nload = \"workload\"\n\
        [recode.workload]\n\"OK\" = \"Fine\"\n[breaks]\nsex = \"asked by telephone\"\n";

    fn questionnaires() -> (Questionnaire, Questionnaire) {
        let mut findings = Findings::default();
        let mut earlier =
            |_: &str, _: &mut Findings| Some(("old.toml".to_owned(), OLD.to_owned()));
        let old = questionnaire::load("old.toml", OLD, &mut earlier, &mut findings);
        let new = questionnaire::load("new.toml", NEW, &mut earlier, &mut findings);
        (old.unwrap(), new.unwrap())
    }

    fn nothing_said() -> Previous {
        Previous {
            path: Spanned::new(0..0, "old.toml".to_owned()),
            label: None,
            linked_by: None,
            rename: Vec::new(),
            recode: Vec::new(),
            breaks: Vec::new(),
        }
    }

    #[test]
    fn a_schema_that_extends_the_other_says_what_changed_either_way() {
        let (old, new) = questionnaires();
        let forward = step(&new, Some(&old));
        assert_eq!(forward.names.question("load"), "workload");
        assert_eq!(forward.names.answer("workload", "OK"), "Fine");
        assert_eq!(forward.breaks[0], ("sex".to_owned(), "asked by telephone".to_owned()));
        // Published figures are taken to be of the schema that was extended.
        assert_eq!(step(&new, None), forward);
        let backward = step(&old, Some(&new));
        assert_eq!(backward.names.question("workload"), "load");
        assert_eq!(backward.names.answer("load", "Fine"), "OK");
        assert_eq!(step(&old, Some(&old)), Step::default());
        assert_eq!(step(&old, None), Step::default());
    }

    #[test]
    fn steps_are_joined_and_the_poll_file_has_the_last_word() {
        let (old, new) = questionnaires();
        let first = step(&new, Some(&old)).names;
        let spanned = |text: &str| Spanned::new(0..0, text.to_owned());
        let later = Names {
            questions: vec![("workload".to_owned(), "work".to_owned())],
            answers: vec![("work".to_owned(), "Fine".to_owned(), "Good".to_owned())],
        };
        let whole = first.carried(&later, &nothing_said());
        assert_eq!(whole.question("load"), "work");
        assert_eq!(whole.answer("work", "OK"), "Good");
        assert_eq!(whole.question("sex"), "sex");
        let said = Previous {
            rename: vec![(spanned("load"), "burden".to_owned())],
            recode: vec![(spanned("burden"), vec![(spanned("OK"), spanned("Light"))])],
            ..nothing_said()
        };
        let whole = first.carried(&later, &said);
        assert_eq!((whole.question("load"), whole.answer("burden", "OK")), ("burden", "Light"));
    }

    #[test]
    fn an_answer_that_was_reworded_has_the_id_of_its_new_label() {
        let (old, new) = questionnaires();
        let names = step(&new, Some(&old)).names;
        let now = new.question("workload").unwrap();
        assert_eq!(names.id(now, "OK", "ok"), "fine");
        assert_eq!(names.id(now, "Bad", "bad"), "bad");
    }
}
