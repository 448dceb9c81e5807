//! What changed about a question from one wave to the next, so that its figures cannot be
//! compared: wording, answers, base, unit, scores, members of nets, or what somebody says.

use super::names::Names;
use super::published::Published;
use crate::questionnaire::{Measure, Question};

/// Why two figures cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The schema or the poll file says why.
    Said(String),
    /// The question, or the item, was worded in another way.
    Wording,
    /// The answers that were offered differ.
    Answers,
    /// Others were asked or counted.
    Base,
    /// The number has another unit, or is now an answer of a list.
    Kind,
    /// Answers count another number in the mean.
    Scores,
    /// The net is made of other answers.
    Members,
    /// The variables of weighting differ.
    Weighting,
}

/// Something that changed between two waves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The item that it is about, by its id; all of them if none.
    pub item: Option<String>,
    /// The row that it is about, by its id; all of them if none.
    pub row: Option<String>,
    /// What changed.
    pub reason: Reason,
}

impl Break {
    /// Of every figure of the question.
    #[must_use]
    pub fn whole(reason: Reason) -> Self {
        Self { item: None, row: None, reason }
    }

    fn of_row(row: &str, reason: Reason) -> Self {
        Self { item: None, row: Some(row.to_owned()), reason }
    }

    /// Whether it is about this item and row.
    #[must_use]
    pub fn covers(&self, item: Option<&str>, row: &str) -> bool {
        self.item.as_deref().is_none_or(|own| Some(own) == item)
            && self.row.as_deref().is_none_or(|own| own == row)
    }
}

/// A question as one wave asked it, by this wave's ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Whether all of it is known; of published figures only base and answers are.
    whole: bool,
    text: String,
    measure: Option<Measure>,
    base: String,
    answers: Vec<String>,
    ordered: bool,
    most: Option<usize>,
    items: Vec<(String, String)>,
    nets: Vec<(String, Vec<String>)>,
    scores: Vec<(String, u64)>,
    unit: Option<String>,
}

impl Asked {
    /// As a questionnaire has it; `base` is whom percentages are of, in words, and `now`
    /// this wave's question.
    #[must_use]
    pub fn of(question: &Question, base: &str, now: &Question, names: &Names) -> Self {
        let id = |place: usize| {
            let answer = question.answers.get(place);
            answer.map(|a| names.id(now, &a.label, &a.id)).unwrap_or_default()
        };
        let answers: Vec<String> = (0..question.answers.len()).map(id).collect();
        let net = |net: &crate::questionnaire::Net| {
            let mut members: Vec<String> = net.members.iter().map(|place| id(*place)).collect();
            members.sort();
            (net.id.clone(), members)
        };
        let counted = question.answers.iter().zip(&answers);
        let scores = counted.filter_map(|(a, id)| Some((id.clone(), a.score?.0.to_bits())));
        let mut scores: Vec<(String, u64)> = scores.collect();
        scores.sort();
        Self {
            whole: true,
            text: plain(&question.text),
            measure: Some(question.measure()),
            base: plain(base),
            ordered: question.ordered,
            most: question.max,
            items: question.items.iter().map(|i| (i.id.clone(), plain(&i.label))).collect(),
            nets: question.nets.iter().map(net).collect(),
            scores,
            unit: question.unit.clone(),
            answers,
        }
    }

    /// As published figures show it; none if they have no such question.
    #[must_use]
    pub fn printed(published: &Published, now: &Question, names: &Names) -> Option<Self> {
        let own = |question: &str| names.question(question) == now.id;
        let mut asked = Self::default();
        for figure in published.figures.iter().filter(|figure| own(&figure.question)) {
            if let Some(base) = &figure.percent_of {
                asked.base = plain(base);
            }
            asked.measure = Some(now.measure());
            let label = names.answer(&now.id, &figure.answer);
            let answer = now.answers.iter().find(|answer| answer.label == label);
            let id = answer.map_or_else(|| crate::questionnaire::slug(label), |a| a.id.clone());
            if figure.statistic == "percent" && !asked.answers.contains(&id) {
                asked.answers.push(id);
            }
        }
        asked.measure.is_some().then_some(asked)
    }

    /// Whether an answer was offered.
    #[must_use]
    pub fn offered(&self, answer: &str) -> bool {
        self.answers.iter().any(|own| own == answer)
    }
}

/// Everything that changed from the older wave to the newer one.
#[must_use]
pub fn differences(older: &Asked, newer: &Asked) -> Vec<Break> {
    let known = older.whole && newer.whole;
    // A mean has no words for its base in published figures.
    let told = !older.base.is_empty() && !newer.base.is_empty();
    let kind = older.measure != newer.measure || older.unit != newer.unit;
    let whole = [
        (known && kind, Reason::Kind),
        (known && older.text != newer.text, Reason::Wording),
        (other_answers(older, newer), Reason::Answers),
        (told && older.base != newer.base, Reason::Base),
    ];
    let whole = whole.into_iter().filter(|(changed, _)| *changed);
    let mean = (known && older.scores != newer.scores).then_some(("mean", Reason::Scores));
    whole
        .map(|(_, reason)| Break::whole(reason))
        .chain(reworded(older, newer))
        .chain(remade(older, newer).map(|net| Break::of_row(net, Reason::Members)))
        .chain(mean.map(|(row, reason)| Break::of_row(row, reason)))
        .collect()
}

/// Items in other words.
fn reworded(older: &Asked, newer: &Asked) -> impl Iterator<Item = Break> {
    let changed = |(id, label): &&(String, String)| {
        newer.items.iter().any(|(other, now)| other == id && now != label)
    };
    let items = older.items.iter().filter(changed);
    let of = |(id, _): &(String, String)| Some(id.clone());
    items.map(move |item| Break { item: of(item), row: None, reason: Reason::Wording })
}

/// Nets of other answers.
fn remade<'a>(older: &'a Asked, newer: &'a Asked) -> impl Iterator<Item = &'a str> {
    let changed = |(id, members): &&(String, Vec<String>)| {
        newer.nets.iter().any(|(other, now)| other == id && now != members)
    };
    older.nets.iter().filter(changed).map(|(id, _)| id.as_str())
}

/// Where one answer is chosen, another list changes the share of each; where several are
/// ticked, each is a question of its own, unless the number that may be ticked changed.
fn other_answers(older: &Asked, newer: &Asked) -> bool {
    if newer.measure == Some(Measure::Flags) {
        return older.whole && newer.whole && older.most != newer.most;
    }
    if newer.measure == Some(Measure::Number) {
        return false;
    }
    let sorted = |asked: &Asked| {
        let mut ids = asked.answers.clone();
        // Published figures are not always in the order of the questionnaire.
        if !newer.ordered || !older.whole || !newer.whole {
            ids.sort();
        }
        ids
    };
    sorted(older) != sorted(newer)
}

/// Words alone: line breaks and doubled spaces are no other wording.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::published::published;
    use super::super::testing::{figure, file};
    use super::*;
    use crate::diagnostic::Findings;
    use crate::questionnaire::{Questionnaire, load_alone};

    const QUESTION: &str = "kind = \"single\"\ntext = \"How is  it?\"\n\
        categories = [\"Good\", \"Fair\", \"Bad\"]\ncategoriesOrdered = true\n\
        nets = { \"Not good\" = [\"Fair\", \"Bad\"] }\n\
        scores = { \"Good\" = 1, \"Fair\" = 0, \"Bad\" = -1 }\n";

    fn questionnaire(question: &str) -> Questionnaire {
        let text = format!("format = 1\nid = \"s\"\n[question.q]\n{question}");
        load_alone("s.toml", &text, &mut Findings::default()).unwrap()
    }

    /// What changed from the usual question to another.
    fn changed(question: &str) -> Vec<(Option<String>, Reason)> {
        let (then, now) = (questionnaire(QUESTION), questionnaire(question));
        let (then, now) = (&then.questions[0], &now.questions[0]);
        let older = Asked::of(then, "all", now, &Names::default());
        let newer = Asked::of(now, "all", now, &Names::default());
        differences(&older, &newer).into_iter().map(|b| (b.row, b.reason)).collect()
    }

    fn replaced(what: &str, by: &str) -> Vec<(Option<String>, Reason)> {
        assert!(QUESTION.contains(what));
        changed(&QUESTION.replace(what, by))
    }

    #[test]
    fn what_is_the_same_is_no_break() {
        assert_eq!(changed(QUESTION), []);
        assert_eq!(replaced("is  it", "is it"), []);
        assert_eq!(replaced("kind", "title = \"Other\"\nkind"), []);
    }

    #[test]
    fn each_change_has_its_reason_and_its_rows() {
        assert_eq!(replaced("is  it", "was it"), [(None, Reason::Wording)]);
        assert_eq!(
            replaced("\"Good\", \"Fair\"", "\"Fair\", \"Good\""),
            [(None, Reason::Answers)]
        );
        assert_eq!(
            replaced("kind", "nonsubstantive = [\"DK\"]\nkind"),
            [(None, Reason::Answers)]
        );
        let net = Some("not_good".to_owned());
        assert_eq!(replaced("[\"Fair\", \"Bad\"]", "[\"Bad\"]"), [(net, Reason::Members)]);
        assert_eq!(replaced("= 1,", "= 2,"), [(Some("mean".to_owned()), Reason::Scores)]);
        assert_eq!(replaced("\"single\"", "\"multi\"")[0], (None, Reason::Kind));
    }

    #[test]
    fn another_list_to_tick_from_breaks_nothing_but_another_limit_does() {
        let multi = |more: &str, answers: &str| {
            questionnaire(&format!("kind = \"multi\"\n{more}categories = [{answers}]\n"))
        };
        let compare = |older: &Questionnaire, newer: &Questionnaire| {
            let now = &newer.questions[0];
            let asked =
                |q: &Questionnaire| Asked::of(&q.questions[0], "", now, &Names::default());
            differences(&asked(older), &asked(newer)).len()
        };
        let two = multi("", "\"A\", \"B\"");
        assert_eq!(compare(&two, &multi("", "\"A\", \"B\", \"C\"")), 0);
        assert_eq!(compare(&two, &multi("max = 1\n", "\"A\", \"B\"")), 1);
    }

    #[test]
    fn the_words_for_the_base_count() {
        let now = questionnaire(QUESTION);
        let asked =
            |base| Asked::of(&now.questions[0], base, &now.questions[0], &Names::default());
        let found = differences(&asked("all"), &asked("all teachers"));
        assert_eq!(found, [Break::whole(Reason::Base)]);
    }

    #[test]
    fn published_figures_break_where_answers_or_base_differ() {
        let now = questionnaire(QUESTION);
        let now = &now.questions[0];
        let newer = Asked::of(now, "all who answered", now, &Names::default());
        let then = |answers: &[&str]| {
            let figures: Vec<String> =
                answers.iter().map(|answer| figure("q", answer, "30", "")).collect();
            let published = published("r", &file(&figures)).unwrap();
            Asked::printed(&published, now, &Names::default())
        };
        let same = then(&["Bad", "Fair", "Good"]).unwrap();
        assert_eq!(differences(&same, &newer), []);
        let fewer = then(&["Good", "Bad"]).unwrap();
        assert_eq!(differences(&fewer, &newer), [Break::whole(Reason::Answers)]);
        let renamed = Names::default();
        let other = questionnaire(QUESTION).questions.remove(0);
        let other = Question { id: "r".to_owned(), ..other };
        let published = published("r", &file(&[figure("q", "Good", "1", "")])).unwrap();
        assert_eq!(Asked::printed(&published, &other, &renamed), None);
    }

    #[test]
    fn a_break_covers_its_item_and_row() {
        let own = Break { item: Some("a".to_owned()), row: None, reason: Reason::Wording };
        assert!(own.covers(Some("a"), "x") && !own.covers(Some("b"), "x"));
        let row = Break { item: None, row: Some("mean".to_owned()), reason: Reason::Scores };
        assert!(row.covers(Some("a"), "mean") && !row.covers(None, "yes"));
    }
}
