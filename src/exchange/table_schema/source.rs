//! The facts of the whole file: `[source]` and `[quality]` of the schema, as objects whose
//! keys are those of the schema, so that they can be read back word for word.

use serde_json::{Map, Value, json};

use super::descriptor::{Category, Facts, Missing, number};
use crate::questionnaire::{
    self, Alike, Clock, Duplicates, Questionnaire, Quick, Source, Then, UnknownColumns,
};

/// Ranges of up to so many whole numbers are written out as texts.
const LONGEST_RANGE: f64 = 200.0;

/// Everything about the file for which the standard has no property.
pub(super) fn facts(questionnaire: &Questionnaire) -> Facts {
    let mut facts = Facts::default();
    facts.say("id", questionnaire.id.as_str());
    facts.say("source", source(&questionnaire.source));
    facts.say("quality", quality(&questionnaire.quality));
    facts.say("breaks", breaks(questionnaire));
    facts
}

/// The words of `fieldsMatch`. Fields are always found by their names. Whoever rejects
/// unknown columns wants the very same ones, save that platforms add columns of their own.
pub(super) fn fields_match(source: &Source) -> &'static str {
    let plain = source.dialect.is_none_or(|d| d == questionnaire::Dialect::Plain);
    match source.unknown_columns {
        UnknownColumns::Reject if plain => "equal",
        _ => "subset",
    }
}

/// What stands for no answer, in either of the standard's forms.
pub(super) fn missing(missing: &questionnaire::Missing, labelled: bool) -> Missing {
    let texts = missing.texts.iter().map(|(value, label)| (value.clone(), label.as_str()));
    let ranges = missing.ranges.iter().flat_map(|(from, to, label)| {
        whole_numbers(*from, *to).into_iter().map(move |value| (value, label.as_str()))
    });
    let mut entries: Vec<(String, &str)> = Vec::new();
    for (value, label) in texts.chain(ranges) {
        if !entries.iter().any(|(held, _)| *held == value) {
            entries.push((value, label));
        }
    }
    if !labelled {
        return Missing::Plain(entries.into_iter().map(|(value, _)| value).collect());
    }
    // The standard wants each label once.
    let mut seen: Vec<&str> = Vec::new();
    let mut list = Vec::new();
    for (value, label) in entries {
        let first = !seen.contains(&label);
        seen.push(label);
        let label = first.then(|| label.to_owned());
        list.push(Category { value: Value::from(value), label });
    }
    Missing::Labelled(list)
}

/// The whole numbers of a range as texts; none if it has fractions or is long.
fn whole_numbers(from: f64, to: f64) -> Vec<String> {
    let whole = from.fract().abs() + to.fract().abs() <= 0.0;
    if !whole || to - from > LONGEST_RANGE {
        return Vec::new();
    }
    let numbers = std::iter::successors(Some(from), |n| Some(n + 1.0));
    numbers.take_while(|n| *n <= to).map(|n| n.to_string()).collect()
}

/// A list of missing codes as the schema writes it, without those that `known` has too.
pub(super) fn missing_table(
    missing: &questionnaire::Missing,
    known: Option<&questionnaire::Missing>,
) -> Vec<Value> {
    let texts =
        missing.texts.iter().filter(|text| known.is_none_or(|k| !k.texts.contains(text)));
    let texts = texts.map(|(value, label)| json!({ "value": value, "label": label }));
    let ranges = missing.ranges.iter();
    let ranges = ranges.filter(|range| known.is_none_or(|k| !k.ranges.contains(range)));
    let ranges = ranges.map(
        |(from, to, label)| json!({ "from": number(*from), "to": number(*to), "label": label }),
    );
    texts.chain(ranges).collect()
}

fn source(source: &Source) -> Map<String, Value> {
    let mark = |byte: u8| Value::from(char::from(byte).to_string());
    let count = |rows: usize| (rows > 0).then_some(rows);
    let complete = source.complete.as_ref();
    let complete = complete.map(|c| json!({ "column": c.column, "values": c.values }));
    let key = source.key.as_ref();
    let key = key.map(|k| json!({ "column": k, "duplicates": duplicates(source.duplicates) }));
    let entries = [
        ("dialect", source.dialect.map(questionnaire::Dialect::name).into()),
        ("header_rows", source.header_rows.into()),
        ("encoding", source.encoding.map(questionnaire::Encoding::name).into()),
        ("sheet", source.sheet.clone().into()),
        ("skip_rows", count(source.skip_rows).into()),
        ("footer_rows", count(source.footer_rows).into()),
        ("decimal", (source.decimal != b'.').then(|| mark(source.decimal)).into()),
        ("delimiter", source.delimiter.map(mark).into()),
        ("dates", source.dates.clone().into()),
        ("missingValues", missing_table(&source.missing, None).into()),
        ("complete", complete.into()),
        ("key", key.into()),
        ("unknown_columns", unknown(source.unknown_columns).into()),
        ("personal", source.personal.clone().into()),
        (
            "limits",
            json!({ "warn_rows": percent(source.warn_rows), "fail_rows": percent(source.fail_rows) }),
        ),
    ];
    let empty = Value::Array(Vec::new());
    let said = entries.into_iter().filter(|(_, v)| *v != Value::Null && *v != empty);
    said.map(|(key, value)| (key.to_owned(), value)).collect()
}

fn duplicates(policy: Duplicates) -> &'static str {
    match policy {
        Duplicates::Reject => "reject",
        Duplicates::First => "first",
        Duplicates::Last => "last",
    }
}

fn unknown(policy: UnknownColumns) -> &'static str {
    match policy {
        UnknownColumns::Reject => "reject",
        UnknownColumns::Drop => "drop",
        UnknownColumns::Keep => "keep",
    }
}

/// A share as per cent, with as many decimals as it takes to give the same share back.
fn percent(share: f64) -> String {
    let texts = (0..=17).map(|decimals| format!("{:.decimals$}", share * 100.0));
    let same = |text: &String| {
        text.parse::<f64>().is_ok_and(|percent| (percent / 100.0).to_bits() == share.to_bits())
    };
    let text = texts.clone().find(same).or_else(|| texts.clone().next_back());
    text.unwrap_or_default() + "%"
}

fn then(then: Then) -> &'static str {
    match then {
        Then::Note => "note",
        Then::SetAside => "set_aside",
        Then::Fail => "fail",
    }
}

fn quality(quality: &questionnaire::Quality) -> Map<String, Value> {
    let rules = [
        ("speeders", quality.speeders.as_ref().map(speeders)),
        ("straight_lining", quality.straight_lining.as_ref().map(alike)),
        ("duplicates", quality.duplicates.as_ref().map(alike)),
        ("attention", quality.attention.as_ref().map(attention)),
        (
            "partials",
            quality
                .partials
                .as_ref()
                .map(|(share, act)| json!({ "when": number(*share), "then": then(*act) })),
        ),
    ];
    let rules = rules.into_iter();
    rules.filter_map(|(name, rule)| rule.map(|rule| (name.to_owned(), rule))).collect()
}

fn speeders(rule: &questionnaire::Speeders) -> Value {
    let mut entries = Map::new();
    match &rule.clock {
        Clock::Own => {}
        Clock::Seconds(column) => drop(entries.insert("column".to_owned(), json!(column))),
        Clock::Between(start, end) => {
            entries.insert("start".to_owned(), json!(start));
            entries.insert("end".to_owned(), json!(end));
        }
    }
    let when = match rule.when {
        Quick::Seconds(seconds) => number(seconds),
        Quick::OfMedian(share) => json!(format!("{} of median", percent(share))),
    };
    entries.insert("when".to_owned(), when);
    entries.insert("then".to_owned(), json!(then(rule.then)));
    Value::Object(entries)
}

fn alike(rule: &Alike) -> Value {
    json!({ "questions": rule.questions, "when": rule.when, "then": then(rule.then) })
}

fn attention(rule: &questionnaire::Attention) -> Value {
    let right: Map<String, Value> =
        rule.right.iter().map(|(key, label)| (key.clone(), json!(label))).collect();
    json!({ "right": right, "when": rule.when, "then": then(rule.then) })
}

/// What a later wave changed. It cannot be read back without the earlier schema.
fn breaks(questionnaire: &Questionnaire) -> Vec<Value> {
    let list = questionnaire.breaks.iter().map(|change| {
        let mut entries = Map::new();
        entries.insert("question".to_owned(), json!(change.question));
        if let Some(was) = &change.was {
            entries.insert("was".to_owned(), json!(was));
        }
        if !change.answers.is_empty() {
            entries.insert("answers".to_owned(), json!(change.answers));
        }
        if let Some(reason) = &change.reason {
            entries.insert("reason".to_owned(), json!(reason));
        }
        Value::Object(entries)
    });
    list.collect()
}
