//! Lists of answers: a question's own or its scale's, with scores and pinned ones.

use indexmap::IndexMap;

use super::load::Loading;
use super::totals::{self, Totals};
use super::typed::{self, Category, Fold, Kind};
use super::{Answer, Score, codes, merge, slug};
use crate::diagnostic::{Finding, Place};
use crate::document::{self, Spanned};

/// A checked list of answers.
pub(super) struct List {
    pub(super) answers: Vec<Answer>,
    pub(super) ordered: bool,
    pub(super) totals: Totals,
    pub(super) fold: Vec<Fold>,
    /// Whether one of them is sensitive.
    pub(super) sensitive: bool,
}

type Scales = IndexMap<Spanned<String>, typed::Scale>;

/// The answers of a question: its own, or those of its scale.
pub(super) fn answers(
    typed: &typed::Question,
    kind: Kind,
    scales: &Scales,
    place: &Place,
    loading: &mut Loading<'_>,
) -> List {
    let empty = typed::Scale::default();
    let found = scale(typed, scales, loading);
    let unknown_scale = typed.scale.is_some() && found.is_none();
    let scale = found.unwrap_or(&empty);
    let whole = whole_numbers(typed, loading);
    let categories = pick(&typed.categories, &scale.categories);
    let others = pick(&typed.nonsubstantive, &scale.nonsubstantive);
    let known =
        |c: &Spanned<Category>| !others.iter().any(|o| o.get_ref().label == c.get_ref().label);
    let mut answers: Vec<Answer> = categories
        .iter()
        .filter(|c| known(c))
        .map(|c| answer(c.get_ref(), true))
        .chain(whole)
        .collect();
    if let Some(label) = &typed.other
        && !answers.iter().any(|a| a.label == *label.get_ref())
    {
        let label = label.get_ref().clone();
        let open = Category { label, ..Category::default() };
        answers.push(Answer { pinned: true, ..answer(&open, true) });
    }
    answers.extend(others.iter().map(|c| answer(c.get_ref(), false)));
    let needs = matches!(kind, Kind::Single | Kind::Multi | Kind::Grid);
    if needs && !answers.iter().any(|a| a.substantive) && !unknown_scale {
        loading.push(
            Finding::new(&codes::NEEDED, "the question has no answers")
                .at(place.clone())
                .help("add `categories = [...]`, or `scale = \"...\"` for a shared list"),
        );
    }
    check_ids(answers.iter().map(|a| (a.id.as_str(), a.label.as_str())), place, loading);
    check_values(&answers, place, loading);
    for label in &typed.pinned {
        mark(&mut answers, label, "pinned", loading, |a| a.pinned = true);
    }
    for label in &typed.exclusive {
        mark(&mut answers, label, "exclusive", loading, |a| {
            a.exclusive = true;
            a.pinned = true;
        });
    }
    for (label, score) in scale.scores.iter().chain(&typed.scores) {
        mark(&mut answers, label, "scores", loading, |a| a.score = Some(Score(*score)));
    }
    if typed.range.is_none() {
        check_scores(&answers, place, loading);
    }
    let ordered = typed.categories_ordered.or(scale.categories_ordered);
    let ordered = ordered.unwrap_or(typed.range.is_some());
    merge::check(&answers, ordered, place, loading);
    let totals = totals::totals(typed, scale, &answers, place, loading);
    let fold = pick(&typed.fold, &scale.fold).iter().map(|f| *f.get_ref()).collect();
    let sensitive = categories.iter().chain(others).any(|c| c.get_ref().sensitive);
    List { answers, ordered, totals, fold, sensitive }
}

/// The answers of a `range`: each whole number, which is its own score.
fn whole_numbers(typed: &typed::Question, loading: &mut Loading<'_>) -> Vec<Answer> {
    let Some(range) = &typed.range else { return Vec::new() };
    let (from, to) = *range.get_ref();
    if !to.checked_sub(from).is_some_and(|steps| (1..=100).contains(&steps)) {
        let place = loading.place(range.span(), "range");
        let headline = format!("`range` goes from {from} to {to}");
        let finding = Finding::new(&codes::VALUE, headline).at(place);
        loading.push(finding.help("give the first and the last number, such as `[0, 10]`"));
        return Vec::new();
    }
    let number = |number: i64| {
        let category = Category { label: number.to_string(), ..Category::default() };
        Answer { score: Some(Score(number as f64)), ..answer(&category, true) }
    };
    (from..=to).map(number).collect()
}

/// The question's own list if it has one, otherwise the scale's.
fn pick<'a, T>(own: &'a [T], scale: &'a [T]) -> &'a [T] {
    if own.is_empty() { scale } else { own }
}

fn scale<'a>(
    typed: &typed::Question,
    scales: &'a Scales,
    loading: &mut Loading<'_>,
) -> Option<&'a typed::Scale> {
    let name = typed.scale.as_ref()?;
    let found = scales.iter().find(|(key, _)| key.get_ref() == name.get_ref());
    if found.is_none() {
        let names: Vec<&str> = scales.keys().map(|k| k.get_ref().as_str()).collect();
        let help = match document::nearest(name.get_ref(), names.iter().copied()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None if names.is_empty() => format!("add `[scale.{}]`", name.get_ref()),
            None => format!("the schema has the scales {}", names.join(", ")),
        };
        let place = loading.place(name.span(), "scale");
        loading.push(
            Finding::new(&codes::SCALE, format!("there is no scale `{}`", name.get_ref()))
                .at(place)
                .help(help),
        );
    }
    found.map(|(_, scale)| scale)
}

fn answer(typed: &Category, substantive: bool) -> Answer {
    Answer {
        id: typed.id.clone().unwrap_or_else(|| slug(&typed.label)),
        label: typed.label.clone(),
        value: typed.value.clone().unwrap_or_else(|| typed.label.clone()),
        aliases: typed.aliases.clone(),
        column: typed.column.clone(),
        substantive,
        pinned: !substantive,
        exclusive: false,
        score: None,
        merge_into: typed.merge_into.clone(),
    }
}

/// Notes ids that occur twice or are empty.
pub(super) fn check_ids<'a>(
    list: impl Iterator<Item = (&'a str, &'a str)>,
    place: &Place,
    loading: &mut Loading<'_>,
) {
    let mut seen: IndexMap<&str, &str> = IndexMap::new();
    for (id, label) in list {
        let headline = match seen.insert(id, label) {
            Some(first) => format!("`{first}` and `{label}` have the same id, `{id}`"),
            None if id.is_empty() => format!("`{label}` gives no id"),
            None if !plain(id) => format!("`{id}` cannot be the id of `{label}`"),
            None => continue,
        };
        loading.push(Finding::new(&codes::TWICE, headline).at(place.clone()).help(format!(
            "give one an id of its own: {{ label = \"{label}\", id = \"...\" }}"
        )));
    }
}

/// Notes two answers that stand for the same text in the file.
fn check_values(answers: &[Answer], place: &Place, loading: &mut Loading<'_>) {
    let mut seen: IndexMap<&str, &str> = IndexMap::new();
    for answer in answers {
        for value in std::iter::once(&answer.value).chain(&answer.aliases) {
            let Some(first) = seen.insert(value, &answer.label) else { continue };
            if first != answer.label {
                let label = &answer.label;
                let headline = format!("`{value}` stands for both `{first}` and `{label}`");
                let finding = Finding::new(&codes::TWICE, headline).at(place.clone());
                loading.push(finding.help("correct `value` or `aliases` of one of them"));
            }
        }
    }
}

/// Whether an id is lower case letters, digits and `_`.
fn plain(id: &str) -> bool {
    id.chars().all(|c| c == '_' || (c.is_alphanumeric() && !c.is_uppercase()))
}

fn mark(
    answers: &mut [Answer],
    label: &Spanned<String>,
    key: &str,
    loading: &mut Loading<'_>,
    change: impl FnOnce(&mut Answer),
) {
    match answers.iter_mut().find(|a| a.label == *label.get_ref()) {
        Some(answer) => change(answer),
        None => unknown(answers, label, key, loading),
    }
}

pub(super) fn unknown(
    answers: &[Answer],
    label: &Spanned<String>,
    key: &str,
    loading: &mut Loading<'_>,
) {
    let labels = answers.iter().map(|a| a.label.as_str());
    let help = match document::nearest(label.get_ref(), labels) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "name an answer as it is spelled in `categories`".to_owned(),
    };
    let place = loading.place(label.span(), key);
    loading.push(
        Finding::new(&codes::ANSWER, format!("`{}` is not an answer here", label.get_ref()))
            .at(place)
            .help(help),
    );
}

/// Notes answers of substance without a score, where others have one: the mean would be
/// of those who have, and nobody could see it.
fn check_scores(answers: &[Answer], place: &Place, loading: &mut Loading<'_>) {
    if answers.iter().all(|a| a.score.is_none()) {
        return;
    }
    let without = answers.iter().filter(|a| a.substantive && a.score.is_none());
    let without: Vec<String> = without.map(|a| format!("`{}`", a.label)).collect();
    if !without.is_empty() {
        loading.push(
            Finding::new(&codes::SCORES, format!("{} has no score", without.join(", ")))
                .at(place.clone())
                .because("the mean needs a number for each answer of substance")
                .help("add it to `scores`, or list the answer under `nonsubstantive`"),
        );
    }
}
