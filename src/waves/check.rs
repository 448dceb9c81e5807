//! What is wrong with earlier waves: the same file twice, names that nobody knows, waves out
//! of order, nothing in common.
//!
//! Takes what the poll file says and what was read, gives findings with their place.

use super::{Names, Published, Wave, codes};
use crate::diagnostic::{Finding, Findings};
use crate::document::{self, Spanned};
use crate::poll::{Poll, Previous, Profile};
use crate::questionnaire::{Question, Questionnaire};

/// An earlier wave, as far as names go.
#[derive(Clone, Copy, Debug)]
pub enum Then<'a> {
    /// Its questionnaire.
    Asked(&'a Questionnaire),
    /// Its published figures.
    Published(&'a Published),
}

impl<'a> Then<'a> {
    /// The keys of its questions, each at least once.
    fn questions(self) -> Vec<&'a str> {
        match self {
            Self::Asked(asked) => asked.questions.iter().map(|q| q.id.as_str()).collect(),
            Self::Published(read) => read.figures.iter().map(|f| f.question.as_str()).collect(),
        }
    }

    /// The labels of a question's answers.
    fn labels(self, names: &Names, now: &str) -> Vec<&'a str> {
        match self {
            Self::Asked(asked) => {
                let same = asked.questions.iter().find(|q| names.question(&q.id) == now);
                same.map(labels_of).unwrap_or_default()
            }
            Self::Published(read) => {
                let same = read.figures.iter().filter(|f| names.question(&f.question) == now);
                same.map(|figure| figure.answer.as_str()).collect()
            }
        }
    }
}

fn labels_of(question: &Question) -> Vec<&str> {
    question.answers.iter().map(|answer| answer.label.as_str()).collect()
}

/// Notes what `rename`, `recode` and `breaks` of an earlier wave name that there is not.
pub fn check(
    (poll, said): (&Poll, &Previous),
    now: &Questionnaire,
    (then, names): (Then<'_>, &Names),
    findings: &mut Findings,
) {
    let keys: Vec<&str> = now.questions.iter().map(|q| q.id.as_str()).collect();
    let mut need = |typed: &Spanned<String>, known: &[&str], key: &str, what: &str| {
        let name = typed.get_ref();
        if known.contains(&name.as_str()) {
            return;
        }
        let help = match document::nearest(name, known.iter().copied()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "correct the name".to_owned(),
        };
        let place = poll.place(typed, &format!("previous.{key}"));
        let finding = Finding::new(&codes::UNKNOWN, format!("{what} `{name}`")).at(place);
        findings.push(finding.help(help));
    };
    for (old, new) in &said.rename {
        need(old, &then.questions(), "rename", "the earlier wave has no question");
        let new = Spanned::new(old.span(), new.clone());
        need(&new, &keys, "rename", "this wave has no question");
    }
    for (question, labels) in &said.recode {
        need(question, &keys, "recode", "this wave has no question");
        let Some(asked) = now.question(question.get_ref()) else { continue };
        let earlier = then.labels(names, &asked.id);
        for (old, new) in labels {
            need(old, &earlier, "recode", "in the earlier wave there is no answer");
            need(new, &labels_of(asked), "recode", "in this wave there is no answer");
        }
    }
    for (question, _) in &said.breaks {
        need(question, &keys, "breaks", "this wave has no question");
    }
}

/// What is said if an earlier wave has no question of those that are tabulated now.
#[must_use]
pub fn nothing_shared(
    (poll, said): (&Poll, &Previous),
    now: &Questionnaire,
    (then, names): (Then<'_>, &Names),
) -> Option<Finding> {
    let common = then
        .questions()
        .into_iter()
        .any(|key| now.question(names.question(key)).is_some_and(Question::tabulated));
    if common {
        return None;
    }
    let headline = "the earlier wave has no question of this one";
    let finding = Finding::new(&codes::NOTHING_SHARED, headline);
    let finding = finding.at(poll.place(&said.path, "previous.poll"));
    Some(finding.because("no key of its questions is one of this schema").help(
        "say which question is which by `rename = { earlier_key = \"key\" }`, or take it out",
    ))
}

/// What is said of a wave that is this poll, or stands twice.
#[must_use]
pub fn same_file(poll: &Poll, said: &Previous, what: &str) -> Finding {
    let headline = format!("the earlier wave is {what}");
    let finding = Finding::new(&codes::SAME_FILE, headline);
    let place = poll.place(&said.path, "previous.poll");
    finding.at(place).help("name the poll file of another wave, or take the entry out")
}

/// Notes waves that have one name; `own` is this wave's.
pub fn labels(poll: &Poll, own: &str, waves: &[&Wave], findings: &mut Findings) {
    for (nth, (wave, said)) in waves.iter().zip(&poll.previous).enumerate() {
        let newer = waves.iter().take(nth).any(|other| other.label == wave.label);
        if newer || wave.label == own {
            let headline = format!("two waves are called `{}`", wave.label);
            let finding = Finding::new(&codes::LABELS, headline);
            let finding = finding.at(poll.place(&said.path, "previous"));
            findings.push(finding.help("give this one a `label` of its own"));
        }
    }
}

/// Notes waves that are later than the one listed before them; the first has this wave
/// before it. Waves without dates are passed over.
pub fn in_order(poll: &Poll, waves: &[&Wave], findings: &mut Findings) {
    let mut newer = poll.fieldwork;
    for (wave, said) in waves.iter().zip(&poll.previous) {
        let later = newer.zip(wave.fieldwork).is_some_and(|(new, old)| old.0 > new.0);
        if later {
            let headline = format!("`{}` is later than the wave before it", wave.label);
            let finding = Finding::new(&codes::ORDER, headline);
            let finding = finding.at(poll.place(&said.path, "previous"));
            findings.push(
                finding
                    .because("waves are listed newest first, after this one")
                    .help("put the entries in order, or correct the dates of fieldwork"),
            );
        }
        newer = wave.fieldwork.or(newer);
    }
}

/// What is said of published figures that readers of this report must not see, or of made-up
/// answers beside real ones.
#[must_use]
pub fn unsuited(poll: &Poll, said: &Previous, then: (Profile, bool)) -> Option<Finding> {
    let (profile, synthetic) = then;
    let place = poll.place(&said.path, "previous.poll");
    let loose = |profile: Profile| match profile {
        Profile::Public => 0,
        Profile::Officers => 1,
        Profile::Analyst => 2,
    };
    if said.is_published() && loose(profile) > loose(poll.profile) {
        let headline = "the earlier figures were not published for these readers";
        let because = format!(
            "they are of the profile `{}`, and this report is `{}`",
            profile.name(),
            poll.profile.name()
        );
        let finding = Finding::new(&codes::PUBLISHED, headline).at(place);
        let help = format!("name the `results.json` of the profile `{}`", poll.profile.name());
        return Some(finding.because(because).help(help));
    }
    if synthetic == poll.synthetic {
        return None;
    }
    let (own, other) = if synthetic { ("real", "made up") } else { ("made up", "real") };
    let headline = format!("this wave's answers are {own} and the earlier wave's {other}");
    let finding = Finding::new(&codes::MADE_UP, headline).at(place);
    Some(finding.help("correct `synthetic` in one of the poll files, or take the wave out"))
}

/// What is said of waves that cannot be linked.
#[must_use]
pub fn unlinkable(poll: &Poll, linked: &Spanned<String>, why: &str) -> Finding {
    let headline = format!("the waves cannot be linked by `{}`", linked.get_ref());
    let finding = Finding::new(&codes::LINK, headline);
    let place = poll.place(linked, "previous.linked_by");
    finding.at(place).because(why).help("correct the name, or take `linked_by` out")
}

/// Notes benchmarks of figures that are not among the known names.
pub fn unknown_figures(poll: &Poll, known: &[String], findings: &mut Findings) {
    for benchmark in &poll.benchmarks {
        let name = benchmark.figure.get_ref();
        if known.contains(name) {
            continue;
        }
        let headline = format!("there is no figure `{name}` to stand beside");
        let finding = Finding::new(&codes::FIGURE, headline);
        let finding = finding.at(poll.place(&benchmark.figure, "benchmark.figure"));
        let help = match document::nearest(name, known.iter().map(String::as_str)) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "name a row of a table as `question.answer`".to_owned(),
        };
        findings.push(finding.help(help));
    }
}

/// What is noted of questions that changed between waves.
#[must_use]
pub fn broken(poll: &Poll, questions: &str, wave: &str) -> Finding {
    let headline = format!("changes of {questions} since {wave} or before are not tested");
    let finding = Finding::new(&codes::BROKEN, headline);
    let because = "wording, answers, base or weighting changed; the report says which";
    finding.at_file(&poll.file).because(because)
}

#[cfg(test)]
mod tests {
    use super::super::published::published;
    use super::super::testing::{figure, file};
    use super::*;
    use crate::diagnostic::full;
    use crate::poll::{Sampling, load};
    use crate::questionnaire::load_alone;
    use jiff::civil::date;

    const HEAD: &str = "format = 1\nid = \"p\"\ntitle = \"P\"\nschema = \"s.toml\"\n\
                        data = [\"d.csv\"]\nsynthetic = true\n[method]\n\
                        sampling = \"nonprobability\"\nfield_start = 2024-01-13\n";

    fn poll(more: &str) -> Poll {
        load("poll.toml", &format!("{HEAD}{more}"), &mut Findings::default()).unwrap()
    }

    fn questionnaire(key: &str) -> Questionnaire {
        let text = format!(
            "format = 1\nid = \"s\"\n[question.{key}]\nkind = \"single\"\n\
             categories = [\"Fine\", \"Bad\"]\n"
        );
        load_alone("s.toml", &text, &mut Findings::default()).unwrap()
    }

    fn wave(label: &str, day: i8) -> Wave {
        Wave {
            label: label.to_owned(),
            fieldwork: Some((date(2024, 1, day), date(2024, 1, day))),
            sampling: Sampling::Nonprobability,
            weighted_by: None,
            respondents: 100,
            published: false,
            linked_by: None,
        }
    }

    fn headlines(findings: &Findings) -> Vec<String> {
        let line = |f: &Finding| {
            let help = f.help.clone().unwrap_or_default();
            format!("{} {}; {help}", f.code.id, f.headline)
        };
        findings.list().iter().map(line).collect()
    }

    #[test]
    fn names_that_nobody_knows_are_said_with_the_nearest() {
        let poll = poll(
            "[[previous]]\npoll = \"a/poll.toml\"\nrename = { lod = \"workload\" }\n\
             recode = { workload = { \"OK\" = \"Fin\" } }\nbreaks = { workloads = \"new\" }\n",
        );
        let (now, then) = (questionnaire("workload"), questionnaire("load"));
        let mut findings = Findings::default();
        let names = Names::default();
        let then = (Then::Asked(&then), &names);
        check((&poll, &poll.previous[0]), &now, then, &mut findings);
        assert_eq!(
            headlines(&findings),
            [
                "T005 the earlier wave has no question `lod`; did you mean `load`?",
                "T005 in the earlier wave there is no answer `OK`; correct the name",
                "T005 in this wave there is no answer `Fin`; did you mean `Fine`?",
                "T005 this wave has no question `workloads`; did you mean `workload`?",
            ]
        );
        assert!(nothing_shared((&poll, &poll.previous[0]), &now, then).is_some());
        let same = questionnaire("workload");
        let then = (Then::Asked(&same), &names);
        assert_eq!(nothing_shared((&poll, &poll.previous[0]), &now, then), None);
    }

    #[test]
    fn published_figures_share_a_question_by_its_key() {
        let poll = poll("[[previous]]\npoll = \"results.json\"\n");
        let now = questionnaire("workload");
        let names = Names::default();
        for (key, missing) in [("workload", false), ("load", true)] {
            let read = published("r", &file(&[figure(key, "Fine", "3", "")])).unwrap();
            let then = (Then::Published(&read), &names);
            let said = nothing_shared((&poll, &poll.previous[0]), &now, then);
            assert_eq!(said.is_some(), missing, "{key}");
        }
    }

    #[test]
    fn waves_have_names_of_their_own_and_stand_in_order() {
        let poll = poll(
            "[[previous]]\npoll = \"a/poll.toml\"\n[[previous]]\npoll = \"b/poll.toml\"\n\
             [[previous]]\npoll = \"c/poll.toml\"\n",
        );
        let (a, b, c) = (wave("A", 9), wave("A", 11), wave("now", 5));
        let waves = [&a, &b, &c];
        let mut findings = Findings::default();
        labels(&poll, "now", &waves, &mut findings);
        in_order(&poll, &waves, &mut findings);
        assert_eq!(
            headlines(&findings),
            [
                "T003 two waves are called `A`; give this one a `label` of its own",
                "T003 two waves are called `now`; give this one a `label` of its own",
                "T007 `A` is later than the wave before it; put the entries in order, or \
                 correct the dates of fieldwork",
            ]
        );
        let place = findings.list()[2].place.clone().unwrap();
        assert_eq!(place.line, Some(13));
    }

    #[test]
    fn figures_of_another_profile_and_made_up_answers_are_refused() {
        let published = poll("[[previous]]\npoll = \"results.json\"\n");
        let asked = poll("[[previous]]\npoll = \"poll.toml\"\n");
        let say = |poll: &Poll, then| {
            unsuited(poll, &poll.previous[0], then).map(|finding| finding.code.id)
        };
        assert_eq!(say(&published, (Profile::Public, true)), None);
        assert_eq!(say(&published, (Profile::Officers, true)), Some("T004"));
        // A poll file is protected anew, by this report's rules.
        assert_eq!(say(&asked, (Profile::Analyst, true)), None);
        assert_eq!(say(&asked, (Profile::Public, false)), Some("T008"));
    }

    #[test]
    fn a_benchmark_of_nothing_is_said_with_the_nearest() {
        let poll = poll(
            "[[benchmark]]\nfigure = \"workload.fin\"\nvalue = 4\nlabel = \"All\"\nsource = \"S\"\n",
        );
        let mut findings = Findings::default();
        unknown_figures(&poll, &["workload.fine".to_owned()], &mut findings);
        let said = full(&findings.list()[0]);
        assert!(said.contains("error[T006]") && said.contains("did you mean `workload.fine`?"));
        let mut findings = Findings::default();
        unknown_figures(&poll, &["workload.fin".to_owned()], &mut findings);
        assert!(findings.list().is_empty());
    }
}
