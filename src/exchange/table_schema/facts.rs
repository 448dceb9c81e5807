//! What the standard has no word for, as properties of the form `survey:askedIf`.

use serde_json::{Map, Value, json};

use super::super::columns::{Column, Part, declared_column};
use super::descriptor::{Facts, number};
use super::source::missing_table;
use crate::questionnaire::{Answer, Fold, Geography, Kind, Question, Source, slug};

/// What is true of this column alone.
pub(super) fn of_column(question: &Question, column: &Column<'_>) -> Facts {
    let mut facts = Facts::default();
    facts.say("group", question.id.as_str());
    facts.say("kind", question.kind.name());
    if !matches!(column.part, Part::Whole) {
        facts.say("title", question.title.as_str());
    }
    match column.part {
        Part::Option(answer) => facts.say("answer", option(answer)),
        Part::Item(item) => facts.say("item", named(&item.label, &item.id, &item.headers)),
        Part::Place(place) => facts.say("place", place),
        Part::Whole | Part::OtherText => {}
    }
    if column.names.len() > 1 {
        facts.say("headers", column.names.clone());
    }
    facts
}

/// What is true of the whole question, said again at each of its columns.
pub(super) fn of_question(question: &Question, source: &Source, facts: &mut Facts) {
    facts.say("column", declared_column(question));
    facts.say("aliases", question.headers.get(question.declared..).unwrap_or_default());
    facts.say("note", question.note.as_deref());
    facts.say("askedIf", question.asked_if.as_ref().map(ToString::to_string));
    facts.say("base", question.base.as_deref());
    of_answers(question, facts);
    if question.places.is_some() {
        let items = question.items.iter();
        let items: Vec<Value> = items.map(|i| named(&i.label, &i.id, &i.headers)).collect();
        facts.say("items", items);
        facts.say("places", question.places);
    }
    facts.say("fold", question.fold.iter().map(|f| fold(*f)).collect::<Vec<_>>());
    facts.say("picked", question.marks.picked.clone());
    facts.say("notPicked", question.marks.not_picked.clone());
    facts.say("max", question.max);
    facts.say("unit", question.unit.as_deref());
    facts.say("otherColumn", question.other_column.as_deref());
    if question.missing != source.missing {
        facts.say("missingValues", missing_table(&question.missing, Some(&source.missing)));
    }
    let limits = &question.limits;
    if question.kind != Kind::Number && (limits.minimum.is_some() || limits.maximum.is_some()) {
        facts.say("minimum", limits.minimum.map(number));
        facts.say("maximum", limits.maximum.map(number));
    }
    facts.flag("sensitive", question.sensitive);
    facts.say("geography", question.geography.map(Geography::name));
    facts.say("within", question.within.as_deref());
    facts.say("report", (!question.report).then_some(false));
}

/// What is true of the list of answers.
fn of_answers(question: &Question, facts: &mut Facts) {
    let labels = |wanted: fn(&Answer) -> bool| -> Vec<&str> {
        let found = question.answers.iter().filter(|answer| wanted(answer));
        found.map(|answer| answer.label.as_str()).collect()
    };
    facts.say("range", range(question).map(|(first, last)| json!([first, last])));
    facts.say("nonsubstantive", labels(|a| !a.substantive));
    facts.say("pinned", labels(|a| a.pinned && a.substantive && !a.exclusive));
    facts.say("exclusive", labels(|a| a.exclusive));
    let open = question.open.and_then(|index| question.answers.get(index));
    facts.say("other", open.map(|answer| answer.label.as_str()));
    let nets = question.nets.iter().map(|net| {
        let members = net.members.iter().filter_map(|index| question.answers.get(*index));
        json!({ "label": net.label, "answers": members.map(|a| &a.label).collect::<Vec<_>>() })
    });
    facts.say("nets", nets.collect::<Vec<_>>());
    let differences = question.differences.iter();
    let differences = differences.map(|d| json!({ "label": d.label, "of": d.of }));
    facts.say("differences", differences.collect::<Vec<_>>());
    facts.flag("nps", question.promoters);
    let numbers = question.answers.iter().filter_map(|a| Some((a.label.clone(), a.score?)));
    let scores: Map<String, Value> = numbers.map(|(l, score)| (l, number(score.0))).collect();
    facts.say("scores", scores);
    let ids = question.answers.iter().filter(|a| a.id != slug(&a.label));
    let ids: Map<String, Value> = ids.map(|a| (a.label.clone(), json!(a.id))).collect();
    facts.say("ids", ids);
    let others = question.answers.iter().filter(|a| !a.aliases.is_empty());
    let others: Map<String, Value> =
        others.map(|a| (a.label.clone(), json!(a.aliases))).collect();
    facts.say("spellings", others);
    let merged = question.answers.iter();
    let merged: Map<String, Value> =
        merged.filter_map(|a| Some((a.label.clone(), json!(a.merge_into.as_ref()?)))).collect();
    facts.say("mergeInto", merged);
}

/// The first and last of whole numbers that are the answers and their own scores.
pub(super) fn range(question: &Question) -> Option<(i64, i64)> {
    let own = |(index, answer): &(usize, &Answer)| {
        answer.substantive && question.open != Some(*index) && answer.score.is_some()
    };
    let answers: Vec<&Answer> =
        question.answers.iter().enumerate().filter(own).map(|(_, answer)| answer).collect();
    let (first, last) =
        (answers.first()?.label.parse().ok()?, answers.last()?.label.parse().ok()?);
    let same = |(answer, wanted): (&&Answer, i64)| {
        let plain = wanted.to_string();
        let score = answer.score.is_some_and(|s| number(s.0) == wanted);
        answer.label == plain && answer.value == plain && answer.id == slug(&plain) && score
    };
    let whole = answers.len() > 1 && answers.iter().zip(first..=last).all(same);
    let complete = i64::try_from(answers.len()).is_ok_and(|count| last - first + 1 == count);
    (whole && complete).then_some((first, last))
}

/// An answer with a column of its own, with the keys that it has in the schema.
fn option(answer: &Answer) -> Value {
    let mut entries = Map::new();
    entries.insert("label".to_owned(), json!(answer.label));
    if answer.value != answer.label {
        entries.insert("value".to_owned(), json!(answer.value));
    }
    if let Some(column) = &answer.column {
        entries.insert("column".to_owned(), json!(column));
    }
    Value::Object(entries)
}

/// An item, with the keys that it has in the schema.
fn named(label: &str, id: &str, headers: &[String]) -> Value {
    let mut entries = Map::new();
    entries.insert("label".to_owned(), json!(label));
    if id != slug(label) {
        entries.insert("id".to_owned(), json!(id));
    }
    if let Some(column) = headers.first().filter(|column| *column != label) {
        entries.insert("column".to_owned(), json!(column));
    }
    if headers.len() > 1 {
        entries.insert("aliases".to_owned(), json!(headers[1..]));
    }
    Value::Object(entries)
}

fn fold(fold: Fold) -> &'static str {
    match fold {
        Fold::Case => "case",
        Fold::Space => "space",
        Fold::Quotes => "quotes",
        Fold::Invisible => "invisible",
    }
}
