//! From what was typed to what it means; everything that is wrong is said at once.

use std::ops::Range;

use indexmap::IndexMap;
use regex::Regex;

use super::typed::{self, Kind};
use super::{
    Item, Limits, Marks, Quality, Question, Questionnaire, Source, answers, codes, nesting,
    quality, routing, source, waves,
};
use crate::diagnostic::{Failure, Finding, Findings, Kind as End, Place};
use crate::document::{self, Spanned};

/// Gives a schema's name for messages and its text, by the path that `extends` writes; what
/// is wrong is noted.
pub type Earlier<'a> = &'a mut dyn FnMut(&str, &mut Findings) -> Option<(String, String)>;

/// Reads a schema; `earlier` fetches the one that it extends.
///
/// # Errors
/// [`End::Input`] if anything is wrong; `findings` says what and where.
pub fn load(
    file: &str,
    text: &str,
    earlier: Earlier<'_>,
    findings: &mut Findings,
) -> Result<Questionnaire, Failure> {
    let mark = findings.list().len();
    let first = Origin { file: file.to_owned(), text: text.to_owned() };
    let Some(whole) = waves::whole(first, earlier, findings) else {
        return Err(Failure { kind: End::Input });
    };
    let mut loading = Loading { origins: &whole.origins, at: 0, findings };
    let id = identity(&whole.schema, &mut loading);
    loading.at = whole.source;
    let source = source::source(&whole.schema.source.clone().unwrap_or_default(), &mut loading);
    let mut questions = Vec::new();
    for (key, entry) in &whole.schema.question {
        loading.at = whole.origin(key.get_ref());
        questions.extend(question(key, entry, &whole.schema.scale, &source, &mut loading));
    }
    let quality = Quality::default();
    let (file, breaks) = (file.to_owned(), whole.breaks.clone());
    let extends = whole.origins.get(1).map(|origin| origin.file.clone());
    let mut questionnaire =
        Questionnaire { file, extends, id, source, questions, quality, breaks };
    routing::check(&questionnaire, &whole, &mut loading);
    nesting::check(&questionnaire, &mut loading);
    loading.at = whole.quality;
    if let Some(typed) = &whole.schema.quality {
        questionnaire.quality = quality::quality(typed, &questionnaire, &mut loading);
    }
    findings.stop_on_error_since(mark, End::Input)?;
    Ok(questionnaire)
}

/// As [`load`], for a schema that extends no other.
///
/// # Errors
/// As [`load`], and if it does extend another.
pub fn load_alone(
    file: &str,
    text: &str,
    findings: &mut Findings,
) -> Result<Questionnaire, Failure> {
    load(file, text, &mut |_, _| None, findings)
}

/// A file that a schema was read from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub(super) file: String,
    pub(super) text: String,
}

/// What is needed to note a finding at its place in the schema.
pub(super) struct Loading<'a> {
    pub(super) origins: &'a [Origin],
    /// The file in which things stand that are read now.
    pub(super) at: usize,
    pub(super) findings: &'a mut Findings,
}

impl Loading<'_> {
    pub(super) fn place(&self, span: Range<usize>, key: &str) -> Place {
        let Some(origin) = self.origins.get(self.at) else { return Place::default() };
        document::place(&origin.file, &origin.text, span, key)
    }

    pub(super) fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}

fn identity(schema: &typed::Schema, loading: &mut Loading<'_>) -> String {
    if schema.format.as_ref().map(|f| *f.get_ref()) != Some(1) {
        let span = schema.format.as_ref().map_or(0..0, Spanned::span);
        let place = loading.place(span, "format");
        loading.push(
            Finding::new(&codes::FORMAT, "the schema does not say `format = 1`")
                .at(place)
                .help("write `format = 1` at the top"),
        );
    }
    schema.id.as_ref().map_or_else(|| "questionnaire".to_owned(), |id| id.get_ref().clone())
}

/// One question; none if it cannot be understood at all.
fn question(
    key: &Spanned<String>,
    typed: &typed::Question,
    scales: &IndexMap<Spanned<String>, typed::Scale>,
    source: &Source,
    loading: &mut Loading<'_>,
) -> Option<Question> {
    let id = key.get_ref().clone();
    let path = format!("question.{id}");
    let place = loading.place(key.span(), &path);
    check_key(&id, &place, loading);
    let Some(kind) = typed.kind.as_ref().map(|k| *k.get_ref()) else {
        let kinds = "`kind`: single, multi, grid, rank, number, date or text";
        needed(&format!("`{path}` has no `kind`"), kinds, &place, loading);
        return None;
    };
    check_keys_for_kind(kind, typed, &path, &place, loading);
    let list = answers::answers(typed, kind, scales, &place, loading);
    let title =
        typed.title.clone().or_else(|| typed.text.clone()).unwrap_or_else(|| id.clone());
    let (headers, declared) = headers(&id, typed);
    let mut missing = source.missing.clone();
    missing.add(&typed.missing_values);
    let other = typed.other.as_ref().map(Spanned::get_ref);
    Some(Question {
        open: other.and_then(|label| list.answers.iter().position(|a| a.label == *label)),
        other_column: typed.other_column.as_ref().map(|c| c.get_ref().clone()),
        missing,
        places: source::count(typed.places.as_ref(), 1..=100, "places", loading),
        kind,
        text: typed.text.clone().unwrap_or_else(|| title.clone()),
        title,
        note: typed.note.clone(),
        base: typed.base.clone(),
        headers,
        declared,
        answers: list.answers,
        ordered: list.ordered,
        items: items(typed, kind, &path, &place, loading),
        nets: list.totals.nets,
        differences: list.totals.differences,
        promoters: list.totals.promoters,
        fold: list.fold,
        required: typed.required,
        limits: limits(typed, &path, &place, loading),
        asked_if: routing::parse(typed, &path, loading),
        max: source::count(typed.max.as_ref(), 1..=100_000, "max", loading),
        delimiter: delimiter(typed, &path, loading),
        marks: Marks { picked: typed.picked.clone(), not_picked: typed.not_picked.clone() },
        unit: typed.unit.clone(),
        sensitive: typed.sensitive
            || list.sensitive
            || typed.rows.iter().any(|row| row.get_ref().sensitive),
        geography: typed.geography,
        report: typed.report.unwrap_or(true),
        within: typed.within.clone(),
        made_from: Vec::new(),
        place,
        id,
    })
}

/// What stands between several answers in one cell.
fn delimiter(typed: &typed::Question, path: &str, loading: &mut Loading<'_>) -> Option<String> {
    let typed = typed.delimiter.as_ref()?;
    if typed.get_ref().trim().is_empty() {
        let place = loading.place(typed.span(), &format!("{path}.delimiter"));
        let finding = Finding::new(&codes::VALUE, "the delimiter is empty").at(place);
        loading.push(finding.help("give what stands between answers, such as `;`"));
    }
    Some(typed.get_ref().clone())
}

fn check_key(id: &str, place: &Place, loading: &mut Loading<'_>) {
    let starts = id.starts_with(|c: char| c.is_ascii_lowercase());
    let rest = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !starts || !rest {
        loading.push(
            Finding::new(&codes::NAME, format!("`{id}` cannot be the key of a question"))
                .at(place.clone())
                .help("use lower case letters, digits and `_`, beginning with a letter"),
        );
    }
}

fn needed(headline: &str, key: &str, place: &Place, loading: &mut Loading<'_>) {
    loading.push(
        Finding::new(&codes::NEEDED, headline).at(place.clone()).help(format!("add {key}")),
    );
}

fn check_keys_for_kind(
    kind: Kind,
    typed: &typed::Question,
    path: &str,
    place: &Place,
    loading: &mut Loading<'_>,
) {
    let list = matches!(kind, Kind::Single | Kind::Multi | Kind::Grid);
    let wrong = [
        ("rows", !typed.rows.is_empty() && !matches!(kind, Kind::Grid | Kind::Rank)),
        ("delimiter", typed.delimiter.is_some() && kind != Kind::Multi),
        ("exclusive", !typed.exclusive.is_empty() && kind != Kind::Multi),
        ("unit", typed.unit.is_some() && kind != Kind::Number),
        ("categories", !typed.categories.is_empty() && !list),
        ("range", typed.range.is_some() && !matches!(kind, Kind::Single | Kind::Grid)),
        ("places", typed.places.is_some() && kind != Kind::Rank),
        ("other", typed.other.is_some() && !matches!(kind, Kind::Single | Kind::Multi)),
        ("scale", typed.scale.is_some() && !list),
    ];
    for (key, _) in wrong.iter().filter(|(_, wrong)| *wrong) {
        loading.push(
            Finding::new(
                &codes::KIND,
                format!("`{key}` does not go with the kind of `{path}`"),
            )
            .at(place.clone())
            .help(format!("take `{key}` out, or correct `kind`")),
        );
    }
}

/// The headers under which a question's column may stand, and how many are no repair.
fn headers(id: &str, typed: &typed::Question) -> (Vec<String>, usize) {
    let mut headers: Vec<String> = Vec::new();
    let own = typed.column.as_ref().map(|c| c.get_ref().clone());
    let usual = match own {
        Some(column) => vec![column],
        None => [Some(id.to_owned()), typed.text.clone(), typed.title.clone()]
            .into_iter()
            .flatten()
            .collect(),
    };
    for header in usual {
        if !headers.contains(&header) {
            headers.push(header);
        }
    }
    let declared = headers.len();
    headers.extend(typed.aliases.iter().map(|a| a.get_ref().clone()));
    (headers, declared)
}

fn items(
    typed: &typed::Question,
    kind: Kind,
    path: &str,
    place: &Place,
    loading: &mut Loading<'_>,
) -> Vec<Item> {
    if matches!(kind, Kind::Grid | Kind::Rank) && typed.rows.is_empty() {
        needed(&format!("`{path}` has no items"), "`rows`, one for each item", place, loading);
    }
    let items: Vec<Item> = typed.rows.iter().map(|row| item(row.get_ref())).collect();
    if typed.rows.iter().any(|row| row.get_ref().merge_into.is_some()) {
        let finding = Finding::new(&codes::KIND, "`merge_into` does not go with an item");
        loading.push(finding.at(place.clone()).help("take it out: answers are merged"));
    }
    answers::check_ids(items.iter().map(|i| (i.id.as_str(), i.label.as_str())), place, loading);
    items
}

fn item(row: &typed::Category) -> Item {
    let headers = match &row.column {
        Some(column) => vec![column.clone()],
        None => vec![row.label.clone()],
    };
    let headers = headers.into_iter().chain(row.aliases.clone()).collect();
    let id = row.id.clone().unwrap_or_else(|| super::slug(&row.label));
    let value = row.value.clone().unwrap_or_else(|| row.label.clone());
    Item { id, label: row.label.clone(), value, aliases: row.aliases.clone(), headers }
}

fn limits(
    typed: &typed::Question,
    path: &str,
    place: &Place,
    loading: &mut Loading<'_>,
) -> Limits {
    let typed = &typed.constraints;
    if typed.unique {
        loading.push(
            Finding::new(&codes::VALUE, "`unique` is for the key of the file")
                .at(place.clone())
                .because(format!("`constraints` of `{path}`"))
                .help(
                    "declare the column as the key: `key = { column = \"...\" }` in `[source]`",
                ),
        );
    }
    let pattern = typed.pattern.as_ref().and_then(|p| pattern(p, path, loading));
    let (minimum, maximum) = (typed.minimum, typed.maximum);
    if minimum.into_iter().chain(maximum).any(|limit| !limit.is_finite()) {
        loading.push(
            Finding::new(&codes::VALUE, "a limit is no number")
                .at(place.clone())
                .because(format!("`constraints` of `{path}`"))
                .help("give a plain number, or take the limit out"),
        );
    }
    if let (Some(low), Some(high)) = (minimum, maximum)
        && low > high
    {
        loading.push(
            Finding::new(
                &codes::VALUE,
                format!("the minimum {low} is above the maximum {high}"),
            )
            .at(place.clone())
            .because(format!("`constraints` of `{path}`"))
            .help("correct one of them"),
        );
    }
    Limits { minimum, maximum, pattern }
}

fn pattern(typed: &Spanned<String>, path: &str, loading: &mut Loading<'_>) -> Option<Regex> {
    match Regex::new(&format!("^(?:{})$", typed.get_ref())) {
        Ok(pattern) => Some(pattern),
        Err(error) => {
            let place = loading.place(typed.span(), &format!("{path}.constraints.pattern"));
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim().to_owned();
            loading.push(
                Finding::new(&codes::PATTERN, "the pattern is not a regular expression")
                    .at(place)
                    .because(reason)
                    .help("mend the pattern; `[0-9]{6}` means six digits"),
            );
            None
        }
    }
}
