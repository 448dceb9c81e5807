//! One field of a foreign schema: its type becomes one of our kinds, the rest stays as it
//! is until it is known which question it belongs to.

use regex::Regex;
use serde_json::Value;

use super::super::super::codes;
use super::super::take::{Object, cell};
use super::list::{self, Choice};
use super::{missing_texts, own};

/// The standard's types, and the kind that each is here without a list of answers.
const TYPES: [(&str, &str); 16] = [
    ("string", "text"),
    ("number", "number"),
    ("integer", "number"),
    ("boolean", "single"),
    ("object", "text"),
    ("array", "text"),
    ("list", "text"),
    ("datetime", "date"),
    ("date", "date"),
    ("time", "text"),
    ("year", "number"),
    ("yearmonth", "text"),
    ("duration", "text"),
    ("geopoint", "text"),
    ("geojson", "text"),
    ("any", "text"),
];

/// Types that are read as what they are; the others lose something.
const FAITHFUL: [&str; 7] = ["string", "number", "boolean", "list", "datetime", "date", "any"];

/// One field, taken apart.
pub(super) struct Field<'r> {
    /// Its number in the list of fields, from 0.
    pub(super) index: usize,
    pub(super) name: String,
    pub(super) title: Option<&'r str>,
    pub(super) description: Option<&'r str>,
    /// Our kind, as a word of the schema.
    pub(super) kind: &'static str,
    pub(super) choices: Vec<Choice>,
    pub(super) ordered: bool,
    pub(super) required: bool,
    pub(super) unique: bool,
    /// `minimum`, `maximum` and `pattern`.
    pub(super) limits: toml::Table,
    pub(super) delimiter: Option<&'r str>,
    pub(super) decimal: Option<&'r str>,
    /// How dates are written, if not as ISO 8601 has it.
    pub(super) dates: Option<String>,
    pub(super) missing: Option<Vec<String>>,
    /// What has no counterpart here.
    pub(super) notes: Vec<String>,
    /// Every property, for those of our own.
    survey: &'r Value,
}

impl<'r> Field<'r> {
    /// Takes a field apart; what is wrong with it is noted.
    pub(super) fn new(object: &Object<'r, '_>) -> Option<Self> {
        let kind = kind(object)?;
        let name = name(object)?;
        let constraints = object.object("constraints");
        let mut field = Self {
            index: object.index(),
            name,
            title: object.text("title"),
            description: object.text("description"),
            kind: kind.1,
            choices: list::choices(object, constraints.as_ref()),
            ordered: object.flag("categoriesOrdered"),
            required: constraints.as_ref().is_some_and(|c| c.flag("required")),
            unique: constraints.as_ref().is_some_and(|c| c.flag("unique")),
            limits: constraints.as_ref().map(|c| limits(c, kind.1)).unwrap_or_default(),
            delimiter: object.text("delimiter"),
            decimal: object.text("decimalChar"),
            dates: None,
            missing: missing_texts(object.list("missingValues")),
            notes: Vec::new(),
            survey: object.whole(),
        };
        if !field.choices.is_empty() {
            field.kind = if kind.0 == "list" { "multi" } else { "single" };
        } else if field.own("group").is_none() {
            field.open(object, kind.0);
        }
        if field.own("group").is_none() {
            let more = constraints.iter().flat_map(Object::rest);
            let rest = object.rest().into_iter().chain(more);
            field.notes.extend(rest.map(|rest| format!("No counterpart here: {rest}")));
        }
        Some(field)
    }

    /// What is to be said of a field without a list of answers.
    fn open(&mut self, object: &Object<'r, '_>, kind: &str) {
        let format = object.text("format").unwrap_or("default");
        if self.kind == "date" && format.contains('%') {
            self.dates = Some(format.trim_start_matches("fmt:").to_owned());
        } else if format != "default" && format != "any" {
            self.notes.push(format!("No counterpart here: the format `{format}`"));
        }
        if kind == "list" {
            self.notes.push(
                "Several answers in one cell, and nothing says which there are: with \
                 `categories` this is `kind = \"multi\"`."
                    .to_owned(),
            );
        } else if !FAITHFUL.contains(&kind) {
            self.notes.push(format!("The type was `{kind}`."));
        }
    }

    /// A property of our own.
    pub(super) fn own(&self, name: &str) -> Option<&'r Value> {
        self.survey.get(own(name))
    }

    /// A property of our own that is a text.
    pub(super) fn own_text(&self, name: &str) -> Option<&'r str> {
        self.own(name)?.as_str()
    }

    /// Whether a question comes of it, and not a key or a column of the file's own.
    pub(super) fn is_question(&self, keys: &[String]) -> bool {
        let own = self.own("group").is_some();
        own || (self.own("role").is_none() && !keys.contains(&self.name))
    }
}

/// The type and our kind for it; an unknown one is noted.
fn kind(object: &Object<'_, '_>) -> Option<(&'static str, &'static str)> {
    let word = object.text("type").unwrap_or("any");
    let found = TYPES.iter().find(|(name, _)| *name == word);
    if found.is_none() {
        let names = TYPES.iter().map(|(name, _)| *name);
        let help = match crate::document::nearest(word, names) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "write one of the standard's types, such as `string`".to_owned(),
        };
        object.wrong(&codes::TYPE, "type", format!("there is no type `{word}`"), &help);
    }
    found.copied()
}

fn name(object: &Object<'_, '_>) -> Option<String> {
    let name = object.value("name");
    if name.is_none() {
        let help = "add `name`: the header of the column";
        object.wrong(&codes::SHAPE, "name", "a field has no name", help);
    }
    object.text("name").filter(|_| name.is_some()).map(str::to_owned)
}

/// What a number or a text must be like, in the words that both formats have.
fn limits(constraints: &Object<'_, '_>, kind: &str) -> toml::Table {
    let mut limits = toml::Table::new();
    if kind == "number" {
        for name in ["minimum", "maximum"] {
            let number = constraints.value(name).and_then(cell).and_then(|c| c.parse().ok());
            if let Some(number) = number {
                limits.insert(name.to_owned(), plain(number));
            }
        }
    }
    // Patterns of other dialects may be none of ours: then they are left over, and said.
    let pattern = constraints.entry("pattern").and_then(Value::as_str);
    if pattern.is_none_or(|pattern| Regex::new(pattern).is_ok())
        && let Some(pattern) = constraints.text("pattern")
    {
        limits.insert("pattern".to_owned(), pattern.into());
    }
    limits
}

/// A number as people write it.
fn plain(number: f64) -> toml::Value {
    let text = number.to_string();
    text.parse().map_or(toml::Value::Float(number), toml::Value::Integer)
}
