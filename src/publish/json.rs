//! `results.json`: the records of `results.csv` under the same names, with `null` for
//! what is empty, the details of the poll, and the words of its questions and banners.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::File;
use super::clean::clean;
use super::columns::{Column, Value, columns};
use super::makeup;
use crate::disclose::{Label, MEAN_DECIMALS, PERCENT_DECIMALS, Quoted};
use crate::report::{Asked, Grouped, Identity, Record, Report};

/// The version of this form.
const FORMAT: u8 = 1;

pub(super) fn files(report: &Report) -> Vec<File> {
    vec![File::new("results.json", bytes(report))]
}

/// The poll, and every record of a report.
pub(super) fn bytes(report: &Report) -> Vec<u8> {
    let columns = columns(report.identity.profile);
    let identity = &report.identity;
    let results: Vec<_> = (report.records.iter())
        .map(|record| Fields { identity, record, columns: &columns })
        .collect();
    let payload = Payload {
        format: FORMAT,
        poll: Poll::of(identity),
        method: Method(&identity.method),
        disclosure: Disclosure(identity),
        questions: report.questions.iter().map(Question::of).collect(),
        banners: report.banners.iter().map(Banner::of).collect(),
        quotes: report.quoted.iter().flat_map(quotes).collect(),
        rounding: Rounding::of(identity),
        tables: makeup::tables(report),
        results,
    };
    text(&payload).into_bytes()
}

/// Indented JSON that ends in a line feed.
pub(super) fn text(payload: &impl Serialize) -> String {
    // Keys are strings and nothing here refuses to be written.
    serde_json::to_string_pretty(payload).unwrap_or_default() + "\n"
}

#[derive(serde::Serialize)]
struct Payload<'a> {
    format: u8,
    poll: Poll<'a>,
    method: Method<'a>,
    disclosure: Disclosure<'a>,
    questions: Vec<Question<'a>>,
    banners: Vec<Banner<'a>>,
    #[serde(skip_serializing_if = "nobody")]
    quotes: Vec<Quote<'a>>,
    rounding: Rounding,
    tables: Vec<makeup::Table<'a>>,
    results: Vec<Fields<'a>>,
}

#[derive(serde::Serialize)]
struct Poll<'a> {
    id: &'a str,
    title: &'a str,
    wave: Option<&'a str>,
    synthetic: bool,
    profile: &'static str,
    status: &'static str,
    respondents: u64,
}

impl<'a> Poll<'a> {
    fn of(identity: &'a Identity) -> Self {
        Self {
            id: &identity.poll,
            title: &identity.title,
            wave: identity.wave.as_deref(),
            synthetic: identity.synthetic,
            profile: identity.profile.name(),
            status: identity.status,
            respondents: identity.respondents,
        }
    }
}

/// How figures are rounded, and of what they are.
#[derive(serde::Serialize)]
struct Rounding {
    weighted: bool,
    percent_decimals: u8,
    mean_decimals: u8,
    weight_spread: Option<f64>,
}

impl Rounding {
    fn of(identity: &Identity) -> Self {
        let weighted = identity.weighted;
        Self {
            weighted,
            percent_decimals: PERCENT_DECIMALS,
            mean_decimals: MEAN_DECIMALS,
            weight_spread: identity.weight_spread,
        }
    }
}

/// The words of a question, by which records can be found and named.
#[derive(serde::Serialize)]
struct Question<'a> {
    id: &'a str,
    title: String,
    text: String,
    base: String,
    items: Vec<Named<'a>>,
    answers: Vec<Named<'a>>,
}

impl<'a> Question<'a> {
    fn of(asked: &'a Asked) -> Self {
        Self {
            id: &asked.id,
            title: clean(&asked.title),
            text: clean(&asked.text),
            base: clean(&asked.base),
            items: named(&asked.items),
            answers: named(&asked.answers),
        }
    }
}

/// A variable by whose groups there are records.
#[derive(serde::Serialize)]
struct Banner<'a> {
    id: &'a str,
    title: String,
    groups: Vec<Named<'a>>,
}

impl<'a> Banner<'a> {
    fn of(grouped: &'a Grouped) -> Self {
        Self { id: &grouped.id, title: clean(&grouped.title), groups: named(&grouped.groups) }
    }
}

/// What a member wrote.
#[derive(serde::Serialize)]
struct Quote<'a> {
    question: &'a str,
    text: String,
    attribute: Option<String>,
}

/// Whether nobody is quoted.
fn nobody(quotes: &[Quote<'_>]) -> bool {
    quotes.is_empty()
}

fn quotes(quoted: &Quoted) -> impl Iterator<Item = Quote<'_>> {
    quoted.quotes.iter().map(|quote| Quote {
        question: &quoted.question,
        text: clean(&quote.text),
        attribute: quote.attribute.as_deref().map(clean),
    })
}

#[derive(serde::Serialize)]
pub(super) struct Named<'a> {
    id: &'a str,
    label: String,
}

pub(super) fn named(labels: &[Label]) -> Vec<Named<'_>> {
    labels.iter().map(|label| Named { id: &label.id, label: clean(&label.text) }).collect()
}

struct Method<'a>(&'a [(&'static str, String)]);

impl Serialize for Method<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// The thresholds in force, and why some are not the usual ones.
struct Disclosure<'a>(&'a Identity);

impl Serialize for Disclosure<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Identity { thresholds, reason, .. } = self.0;
        let mut map = serializer.serialize_map(Some(thresholds.len() + 1))?;
        for (key, value) in thresholds {
            map.serialize_entry(key, value)?;
        }
        map.serialize_entry("reason", &reason.as_deref().map(clean))?;
        map.end()
    }
}

/// A record, field by field in the order of the columns.
struct Fields<'a> {
    identity: &'a Identity,
    record: &'a Record,
    columns: &'a [Column],
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (name, read) in self.columns {
            map.serialize_entry(name, &read(self.identity, self.record))?;
        }
        map.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            // `39`, not `39.0`, where the figure has no places.
            Self::Number(number, Some(0)) => serializer.serialize_i64(whole(*number)),
            Self::Number(number, _) => serializer.serialize_f64(*number),
        }
    }
}

/// A released number without places, as an integer.
#[expect(clippy::cast_possible_truncation, reason = "released as a whole number")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{report, report_with_quotes};
    use serde_json::{Value as Json, json};

    fn read() -> Json {
        serde_json::from_slice(&files(&report()).remove(0).bytes).expect("JSON")
    }

    #[test]
    fn the_poll_stands_at_the_top() {
        let file = read();
        assert_eq!(file["format"], 1);
        assert_eq!(file["poll"]["id"], "pause-2024");
        assert_eq!(file["poll"]["synthetic"], true);
        assert_eq!(file["poll"]["profile"], "public");
        assert_eq!(file["poll"]["status"], "final");
        assert_eq!(file["method"]["sampling"], "nonprobability");
        assert_eq!(file["disclosure"]["small_sensitive"], 9);
        assert_eq!(file["disclosure"]["reason"], Json::Null);
    }

    #[test]
    fn questions_and_banners_have_ids_and_labels() {
        let file = read();
        let views = &file["questions"][1];
        assert_eq!(views["items"][0], json!({ "id": "workload", "label": "Adds to workload" }));
        assert_eq!(views["answers"][2]["label"], "Total agree");
        assert_eq!(file["banners"][0]["groups"][1]["label"], "Special");
    }

    #[test]
    fn quotes_stand_there_if_there_are_any_without_what_cannot_be_seen() {
        let bytes = bytes(&report_with_quotes());
        let file: Json = serde_json::from_slice(&bytes).expect("JSON");
        let first = "</p><script>a()</script> ]]> & =1";
        assert_eq!(
            file["quotes"],
            json!([
                { "question": "words", "text": first, "attribute": "<Primary>" },
                { "question": "words", "text": "=2+2", "attribute": null },
            ])
        );
        assert!(read().get("quotes").is_none());
    }

    #[test]
    fn a_record_has_the_columns_of_the_csv_and_null_for_nothing() {
        let first = &read()["results"][0];
        assert_eq!(first["value"], json!(3));
        assert_eq!(first["banner"], Json::Null);
        assert_eq!(first["group"], "Total");
        let keys = first.as_object().expect("a record").len();
        assert_eq!(keys, columns(report().identity.profile).len());
    }

    #[test]
    fn fields_are_written_in_the_order_of_the_columns() {
        let text = String::from_utf8(files(&report()).remove(0).bytes).expect("text");
        let place = |key: &str| text.find(&format!("\"{key}\": ")).expect("a key");
        assert!(place("table") < place("answer") && place("answer") < place("verdict"));
    }
}
