//! Which groups lie in which by definition: what a question was made from, or what the schema
//! says with `within`.
//!
//! Takes a questionnaire with its derived questions, tells of two questions whether the
//! groups of one are made of whole groups of the other. Looks at no respondent: what only
//! happens to be so in one poll is no definition.

use super::load::Loading;
use super::{Measure, Question, Questionnaire, codes};
use crate::diagnostic::Finding;
use crate::document;

/// What the answers of a derived question follow from.
#[derive(Clone, Debug, PartialEq)]
pub enum MadeFrom {
    /// Each answer of another question, or each row of a file, makes one answer or none.
    List {
        /// The question's id, or what names the file and its key.
        of: String,
        /// For each of them the answer.
        becomes: Vec<Option<usize>>,
    },
    /// Each answer is a band of numbers.
    Bands {
        /// The question's id.
        of: String,
        /// The first number and the last of each answer.
        bands: Vec<(f64, f64)>,
    },
    /// Each answer stands for one answer of another question, and for something more.
    Parts {
        /// The question's id.
        of: String,
        /// For each own answer that of the other.
        part: Vec<Option<usize>>,
    },
}

/// The band of a number: a band has its first number, the next one its last; the last band
/// has both.
#[must_use]
pub fn band(number: f64, bands: &[(f64, f64)]) -> Option<usize> {
    let last = bands.len().checked_sub(1)?;
    bands.iter().enumerate().position(|(nth, (from, to))| {
        let below = if nth == last { number <= *to } else { number < *to };
        *from <= number && below
    })
}

/// For each answer of `inner` the answer of `outer` in which all who gave it are, by
/// definition; none of an answer that nobody can give or whose people have no answer to
/// `outer`. None as a whole if that cannot be said of every answer. Both are indexes of the
/// questions.
#[must_use]
pub fn within(
    questionnaire: &Questionnaire,
    inner: usize,
    outer: usize,
) -> Option<Vec<Option<usize>>> {
    let (inner, outer) =
        (questionnaire.questions.get(inner)?, questionnaire.questions.get(outer)?);
    let lists = [inner, outer].iter().all(|question| question.measure() == Measure::Category);
    if !lists || inner.id == outer.id {
        return None;
    }
    Search { questionnaire }.within(inner, outer, 0)
}

/// Whether the schema says that the groups of `inner` lie in those of `outer`, directly or
/// by steps. In which they lie is for the respondents to tell.
#[must_use]
pub fn said_within(questionnaire: &Questionnaire, inner: usize, outer: usize) -> bool {
    let questions = &questionnaire.questions;
    let (Some(mut at), Some(outer)) = (questions.get(inner), questions.get(outer)) else {
        return false;
    };
    for _ in questions {
        let next = at.within.as_ref().and_then(|id| questionnaire.question(id));
        match next {
            Some(next) if next.id == outer.id => return true,
            Some(next) => at = next,
            None => return false,
        }
    }
    false
}

/// How deep questions are made from others that are made from others.
const DEEPEST: usize = 32;

struct Search<'q> {
    questionnaire: &'q Questionnaire,
}

/// Something that a question follows from, and which of its answers each makes.
struct Root<'q> {
    of: &'q str,
    /// The bands, if it is a number.
    bands: Option<&'q [(f64, f64)]>,
    /// For each answer, row or band the answer that it makes.
    becomes: Vec<Option<usize>>,
}

impl<'q> Search<'q> {
    fn within(
        &self,
        inner: &'q Question,
        outer: &'q Question,
        depth: usize,
    ) -> Option<Vec<Option<usize>>> {
        if depth > DEEPEST {
            return None;
        }
        let (ours, theirs) = (self.roots(inner), self.roots(outer));
        let shared = ours.iter().find_map(|own| {
            let other = theirs.iter().find(|other| other.of == own.of)?;
            function(&pairs(own, other), inner.answers.len())
        });
        shared.or_else(|| {
            inner.made_from.iter().find_map(|made| {
                let MadeFrom::Parts { of, part } = made else { return None };
                let middle = self.questionnaire.question(of)?;
                if middle.id == outer.id {
                    return Some(part.clone());
                }
                let further = self.within(middle, outer, depth + 1)?;
                Some(part.iter().map(|part| further.get((*part)?).copied()?).collect())
            })
        })
    }

    /// All that a question follows from: itself first.
    fn roots(&self, question: &'q Question) -> Vec<Root<'q>> {
        let becomes = (0..question.answers.len()).map(Some).collect();
        let mut roots = vec![Root { of: &question.id, bands: None, becomes }];
        let mut at = 0;
        while at < roots.len().min(DEEPEST) {
            let found = self.questionnaire.question(roots[at].of);
            let made = found.map(|question| question.made_from.as_slice()).unwrap_or_default();
            let made: Vec<Root<'_>> =
                made.iter().filter_map(|made| roots[at].through(made)).collect();
            roots.extend(made);
            at += 1;
        }
        roots
    }
}

impl<'q> Root<'q> {
    /// What lies behind it, with the answers that it makes in the end.
    fn through(&self, made: &'q MadeFrom) -> Option<Self> {
        let last = |answer: &Option<usize>| self.becomes.get((*answer)?).copied()?;
        match made {
            MadeFrom::List { of, becomes } => {
                Some(Root { of, bands: None, becomes: becomes.iter().map(last).collect() })
            }
            MadeFrom::Bands { of, bands } => {
                Some(Root { of, bands: Some(bands), becomes: self.becomes.clone() })
            }
            MadeFrom::Parts { .. } => None,
        }
    }
}

/// What two questions make of each element of the same root.
fn pairs(own: &Root<'_>, other: &Root<'_>) -> Vec<(Option<usize>, Option<usize>)> {
    let (Some(ours), Some(theirs)) = (own.bands, other.bands) else {
        return own.becomes.iter().copied().zip(other.becomes.iter().copied()).collect();
    };
    let answer = |root: &Root<'_>, bands: &[(f64, f64)], number: f64| {
        root.becomes.get(band(number, bands)?).copied()?
    };
    let of = |number: f64| (answer(own, ours, number), answer(other, theirs, number));
    numbers(ours.iter().chain(theirs)).into_iter().map(of).collect()
}

/// Every end of bands and a number between each two, so that no two numbers that differ in a
/// band are left out.
fn numbers<'b>(bands: impl Iterator<Item = &'b (f64, f64)>) -> Vec<f64> {
    let mut ends: Vec<f64> = bands.flat_map(|(from, to)| [*from, *to]).collect();
    ends.sort_by(f64::total_cmp);
    let between = |pair: &[f64]| match (pair[0], pair[1]) {
        (low, high) if low.is_infinite() && high.is_infinite() => 0.0,
        (low, high) if low.is_infinite() => high - 1.0,
        (low, high) if high.is_infinite() => low + 1.0,
        (low, high) => low + (high - low) / 2.0,
    };
    let between: Vec<f64> = ends.windows(2).map(between).collect();
    ends.extend(between);
    ends
}

/// The second of pairs as a function of the first, where it is one.
fn function(
    pairs: &[(Option<usize>, Option<usize>)],
    answers: usize,
) -> Option<Vec<Option<usize>>> {
    let mut found: Vec<Option<Option<usize>>> = vec![None; answers];
    for (inner, outer) in pairs {
        let Some(held) = inner.and_then(|inner| found.get_mut(inner)) else { continue };
        if held.is_some_and(|held| held != *outer) {
            return None;
        }
        *held = Some(*outer);
    }
    Some(found.into_iter().map(Option::flatten).collect())
}

/// Notes what is wrong with `within`: both are questions with one answer of a list, and
/// nothing lies in itself.
pub(super) fn check(questionnaire: &Questionnaire, loading: &mut Loading<'_>) {
    let list = |q: &Question| q.measure() == Measure::Category && q.items.is_empty();
    let questions = &questionnaire.questions;
    for (index, question) in questions.iter().enumerate() {
        let Some(name) = &question.within else { continue };
        let outer = questions.iter().find(|outer| outer.id == *name);
        let headline = match outer {
            None => format!("there is no question `{name}`"),
            Some(outer) if !list(outer) => format!("`{name}` is no question with one answer"),
            Some(_) if !list(question) => {
                format!("`{}` is no question with one answer", question.id)
            }
            Some(_) if said_within(questionnaire, index, index) => {
                format!("`{}` lies within itself", question.id)
            }
            Some(_) => continue,
        };
        let known = questions.iter().filter(|q| list(q) && q.id != question.id);
        let help = match document::nearest(name, known.map(|q| q.id.as_str())) {
            Some(nearest) if outer.is_none() => format!("did you mean `{nearest}`?"),
            _ => "name the question whose groups hold those of this one, both of kind `single`"
                .to_owned(),
        };
        let because = format!("`within` of `{}`", question.id);
        let finding = Finding::new(&codes::UNKNOWN, headline).at(question.place.clone());
        loading.push(finding.because(because).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Answer, Kind, load_alone};
    use super::*;
    use crate::diagnostic::{Findings, Place};

    fn answer(id: usize) -> Answer {
        Answer {
            id: format!("a{id}"),
            label: format!("A {id}"),
            value: format!("A {id}"),
            aliases: Vec::new(),
            column: None,
            substantive: true,
            pinned: false,
            exclusive: false,
            score: None,
            merge_into: None,
        }
    }

    /// Questions with so many answers each, made from others.
    fn made(list: Vec<(&str, usize, Vec<MadeFrom>)>) -> Questionnaire {
        let mut made = load_alone("s.toml", "format = 1\n", &mut Findings::default()).unwrap();
        for (id, answers, made_from) in list {
            let question = Question::derived(id, Kind::Single, Place::default());
            let answers = (0..answers).map(answer).collect();
            made.questions.push(Question { answers, made_from, ..question });
        }
        made
    }

    fn list(of: &str, becomes: &[usize]) -> MadeFrom {
        let becomes = becomes.iter().map(|b| Some(*b).filter(|b| *b < 9)).collect();
        MadeFrom::List { of: of.to_owned(), becomes }
    }

    /// Of each answer the one in which it lies; 9 for none.
    fn nested(questionnaire: &Questionnaire, inner: &str, outer: &str) -> Option<Vec<usize>> {
        let at = |id: &str| questionnaire.questions.iter().position(|q| q.id == id).unwrap();
        let found = within(questionnaire, at(inner), at(outer))?;
        Some(found.into_iter().map(|answer| answer.unwrap_or(9)).collect())
    }

    #[test]
    fn answers_lie_in_what_is_made_from_them() {
        let q = made(vec![
            ("region", 4, vec![]),
            ("nation", 2, vec![list("region", &[0, 0, 1, 9])]),
            ("pair", 2, vec![list("region", &[0, 1, 1, 9])]),
            ("fine", 3, vec![list("region", &[0, 1, 2, 9])]),
            ("all", 1, vec![list("nation", &[0, 0])]),
        ]);
        assert_eq!(nested(&q, "region", "nation"), Some(vec![0, 0, 1, 9]));
        assert_eq!(nested(&q, "region", "all"), Some(vec![0, 0, 0, 9]), "by steps");
        assert_eq!(nested(&q, "fine", "nation"), Some(vec![0, 0, 1]), "from the same question");
        assert_eq!(nested(&q, "pair", "nation"), None, "`pair` goes across");
        assert_eq!(nested(&q, "nation", "region"), None);
        assert_eq!(nested(&q, "region", "region"), None);
    }

    #[test]
    fn a_group_that_is_half_outside_lies_nowhere() {
        let q = made(vec![
            ("region", 3, vec![]),
            ("wide", 1, vec![list("region", &[0, 0, 0])]),
            ("part", 1, vec![list("region", &[0, 0, 9])]),
        ]);
        assert_eq!(nested(&q, "wide", "part"), None);
        assert_eq!(nested(&q, "part", "wide"), Some(vec![0]));
    }

    #[test]
    fn facts_of_one_file_lie_in_each_other() {
        let q = made(vec![
            ("region", 3, vec![list("schools.csv: urn (school)", &[0, 1, 2, 0])]),
            ("nation", 2, vec![list("schools.csv: urn (school)", &[0, 0, 1, 0])]),
            ("size", 2, vec![list("schools.csv: urn (school)", &[0, 1, 0, 1])]),
        ]);
        assert_eq!(nested(&q, "region", "nation"), Some(vec![0, 0, 1]));
        assert_eq!(nested(&q, "region", "size"), None);
    }

    #[test]
    fn a_band_has_its_first_number_and_the_last_band_both() {
        let bands = [(0.0, 5.0), (5.0, 15.0), (15.0, 99.0)];
        let places = [0.0, 4.9, 5.0, 15.0, 99.0, 99.1, -0.1, f64::NAN];
        let found = places.map(|number| band(number, &bands));
        assert_eq!(found, [Some(0), Some(0), Some(1), Some(2), Some(2), None, None, None]);
    }

    #[test]
    fn bands_lie_in_wider_bands() {
        let bands = |bands: &[(f64, f64)]| {
            vec![MadeFrom::Bands { of: "years".to_owned(), bands: bands.to_vec() }]
        };
        let top = f64::INFINITY;
        let q = made(vec![
            ("years", 0, vec![]),
            ("fine", 3, bands(&[(0.0, 5.0), (5.0, 10.0), (10.0, top)])),
            ("wide", 2, bands(&[(0.0, 10.0), (10.0, top)])),
            ("other", 2, bands(&[(0.0, 7.0), (7.0, top)])),
            ("short", 1, bands(&[(0.0, 10.0)])),
            ("joined", 2, vec![list("fine", &[0, 1, 1])]),
        ]);
        assert_eq!(nested(&q, "fine", "wide"), Some(vec![0, 0, 1]));
        assert_eq!(nested(&q, "fine", "other"), None);
        assert_eq!(nested(&q, "short", "wide"), None, "10 itself is in the next band");
        assert_eq!(nested(&q, "fine", "joined"), Some(vec![0, 1, 1]));
        assert_eq!(nested(&q, "wide", "joined"), None);
    }

    #[test]
    fn combinations_lie_in_what_was_combined() {
        let parts = |of: &str, part: &[usize]| {
            let part = part.iter().map(|part| Some(*part)).collect();
            MadeFrom::Parts { of: of.to_owned(), part }
        };
        let q = made(vec![
            ("region", 3, vec![]),
            ("phase", 2, vec![]),
            ("both", 4, vec![parts("region", &[0, 0, 1, 2]), parts("phase", &[0, 1, 0, 0])]),
            ("nation", 2, vec![list("region", &[0, 0, 1])]),
        ]);
        assert_eq!(nested(&q, "both", "phase"), Some(vec![0, 1, 0, 0]));
        assert_eq!(nested(&q, "both", "nation"), Some(vec![0, 0, 0, 1]));
        assert_eq!(nested(&q, "region", "both"), None);
    }

    const NESTED: &str = "format = 1\n[question.nation]\nkind = \"single\"\ncategories = [\"A\", \
        \"B\"]\n[question.region]\nkind = \"single\"\ncategories = [\"C\", \"D\"]\nwithin = \
        \"nation\"\n[question.town]\nkind = \"single\"\ncategories = [\"E\", \"F\"]\nwithin = \
        \"region\"\n";

    #[test]
    fn a_schema_may_say_it() {
        let q = load_alone("s.toml", NESTED, &mut Findings::default()).unwrap();
        assert!(said_within(&q, 1, 0) && said_within(&q, 2, 0) && !said_within(&q, 0, 2));
        assert_eq!(within(&q, 1, 0), None, "only the respondents tell which is in which");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let said = |from: &str, to: &str| {
            let mut findings = Findings::default();
            let text = NESTED.replacen(from, to, 1);
            let _ = load_alone("s.toml", &text, &mut findings);
            let say = |f: &Finding| (f.headline.clone(), f.help.clone().unwrap_or_default());
            findings.list().iter().map(say).collect::<Vec<_>>()
        };
        assert_eq!(said("", ""), []);
        let (headline, help) = said("\"nation\"\n", "\"nations\"\n").remove(0);
        assert_eq!(headline, "there is no question `nations`");
        assert_eq!(help, "did you mean `nation`?");
        assert_eq!(said("\"nation\"\n", "\"town\"\n")[0].0, "`region` lies within itself");
        let number = "kind = \"number\"\n[question.region]";
        let text = "kind = \"single\"\ncategories = [\"A\", \"B\"]\n[question.region]";
        assert_eq!(said(text, number)[0].0, "`nation` is no question with one answer");
    }
}
