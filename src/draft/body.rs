//! The questions of the draft schema as text.

use super::cells::RULES;
use super::columns::{Column, called};
use super::lists::List;
use super::names::{self, title};
use super::order::is_open;
use super::page::{Page, all_quoted, quoted, thousands};
use super::questions::{Answers, Item, Question, Shape, Ticks};
use super::schema::Written;
use crate::questionnaire::slug;

/// The columns that questions name, as indexes.
pub(super) fn used(written: &Written<'_>) -> Vec<usize> {
    let others = written.questions.iter().filter(|q| takes_other(q)).filter_map(|q| q.other);
    let columns = written.questions.iter().flat_map(|q| q.columns.iter().copied());
    columns.chain(others).map(|column| written.columns[column].field).collect()
}

/// Whether the question's kind has an open answer.
fn takes_other(question: &Question) -> bool {
    matches!(
        question.shape,
        Shape::Single(Answers::List(_)) | Shape::Ticks(_) | Shape::Joined { .. }
    )
}

/// One question.
pub(super) fn question(page: &mut Page, written: &Written<'_>, question: &Question) {
    let wording = Wording::new(question);
    seen(page, written, question);
    for note in &question.notes {
        page.comment(note);
    }
    let topic = format!("question.{}", question.key);
    for point in &question.undecided {
        page.undecided(&topic, point);
    }
    page.line(&format!("[{topic}]"));
    page.line(&format!("kind = \"{}\"", kind(&question.shape)));
    page.line(&format!("title = {}", quoted(&wording.title)));
    if let Some(text) = &wording.text {
        page.line(&format!("text = {}", quoted(text)));
    }
    shape(page, written, question, &wording);
    other(page, written, question);
    if !question.missing.is_empty() {
        page.list(
            "missingValues",
            &all_quoted(&question.missing),
            "seen, and taken for no answer",
        );
    }
    routing(page, question);
}

/// The title, and the text if it is another one.
struct Wording {
    key: String,
    title: String,
    text: Option<String>,
}

impl Wording {
    fn new(question: &Question) -> Self {
        let key = question.key.clone();
        if question.text.is_empty() {
            return Self { title: key.replace('_', " "), key, text: None };
        }
        let (short, cut) = title(&question.text);
        let title = readable(&short);
        let other = cut || title != question.text && names::plain(&title) != key;
        Self { key, title, text: other.then(|| question.text.clone()) }
    }

    /// What the question's headers are without `column`.
    fn headers(&self) -> Vec<String> {
        [Some(&self.key), self.text.as_ref(), Some(&self.title)]
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    }
}

/// A bare name such as `school_type` with a capital and spaces.
fn readable(title: &str) -> String {
    if title.contains(' ') {
        return title.to_owned();
    }
    let words = title.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or(words)
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Single(_) => "single",
        Shape::Ticks(_) | Shape::Joined { .. } => "multi",
        Shape::Grid { .. } => "grid",
        Shape::Ranks { .. } | Shape::Places { .. } => "rank",
        Shape::Number { .. } => "number",
        Shape::Date { .. } => "date",
        Shape::Text => "text",
    }
}

/// Where the question stands in the file, and how many rows have an answer.
fn seen(page: &mut Page, written: &Written<'_>, question: &Question) {
    let members: Vec<&Column<'_>> =
        question.columns.iter().map(|c| &written.columns[*c]).collect();
    let (Some(first), Some(last)) = (members.first(), members.last()) else { return };
    let rows = first.rows.len();
    let any =
        |row: &usize| members.iter().any(|c| c.rows.get(*row).is_some_and(Option::is_some));
    let answered = (0..rows).filter(any).count();
    let place = match members.len() {
        1 => format!("Column {}", first.field + 1),
        _ => format!("Columns {} to {}", first.field + 1, last.field + 1),
    };
    let answered = if answered == rows {
        "every row has an answer".to_owned()
    } else {
        format!("{} of {} rows have an answer", thousands(answered), thousands(rows))
    };
    page.comment(&format!("{place}: {answered}."));
}

/// The keys that belong to the kind.
fn shape(page: &mut Page, written: &Written<'_>, question: &Question, wording: &Wording) {
    if question.columns.len() == 1 && !matches!(question.shape, Shape::Ticks(_)) {
        column(page, written, question, wording);
    }
    match &question.shape {
        Shape::Single(answers) => self::answers(page, question, answers),
        Shape::Ticks(ticks) => self::ticks(page, written, question, ticks),
        Shape::Joined { list, delimiter, exclusive } => {
            page.line(&format!("delimiter = {}", quoted(delimiter)));
            self::list(page, list);
            alone(page, exclusive);
        }
        Shape::Grid { items, answers } => {
            self::answers(page, question, answers);
            page.list("rows", &rows(written, wording, items), "");
        }
        Shape::Ranks { items, places } => {
            page.set("max", &places.to_string(), "the highest number seen");
            page.list("rows", &rows(written, wording, items), "");
        }
        Shape::Places { items } => places(page, written, question, wording, items),
        Shape::Number { unit, lowest, highest } => {
            if let Some(unit) = unit {
                page.set("unit", &quoted(unit), "a word of the header");
            }
            let limits = format!("{{ minimum = {lowest}, maximum = {highest} }}");
            page.line(&format!("# constraints = {limits}   # seen: {lowest} to {highest}"));
        }
        Shape::Date { .. } | Shape::Text => {}
    }
}

/// The header of the question's column, where key, text and title would not find it.
fn column(page: &mut Page, written: &Written<'_>, question: &Question, wording: &Wording) {
    let own = &written.columns[question.columns[0]];
    if finds(written, own, &wording.headers()) {
        return;
    }
    if let Some(name) = &own.name {
        page.line(&format!("column = {}", quoted(name)));
    }
}

/// Whether these headers lead to the column: the first of them that leads anywhere does, and
/// to no other column.
fn finds(written: &Written<'_>, own: &Column<'_>, headers: &[String]) -> bool {
    let mut led = headers.iter().map(|header| called(header, &written.export.headings));
    led.find(|fields| !fields.is_empty()).is_some_and(|fields| fields == [own.field])
}

fn answers(page: &mut Page, question: &Question, answers: &Answers) {
    match (answers, &question.scale) {
        (_, Some(scale)) => page.line(&format!("scale = {}", quoted(scale))),
        (Answers::List(list), None) => list_or_codes(page, list),
        (Answers::Range { from, to, no_opinion }, None) => {
            page.line(&format!("range = [{from}, {to}]"));
            if !no_opinion.is_empty() {
                page.list("nonsubstantive", &categories(no_opinion), "");
            }
        }
    }
}

fn list_or_codes(page: &mut Page, list: &List) {
    if list.answers != ["1", "0"] {
        return self::list(page, list);
    }
    let yes_no = ["{ value = \"1\", label = \"Yes\" }", "{ value = \"0\", label = \"No\" }"];
    page.list("categories", &yes_no.map(str::to_owned), "");
    if !list.no_opinion.is_empty() {
        page.list("nonsubstantive", &categories(&list.no_opinion), "");
    }
}

/// A list of answers, in a scale or a question.
pub(super) fn list(page: &mut Page, list: &List) {
    let unknown = list.why.is_none() && list.answers.len() > 2;
    let remark = if unknown {
        "order unknown (here: the alphabet); put them in the questionnaire's order"
    } else {
        ""
    };
    page.list("categories", &categories(&list.answers), remark);
    if let Some(why) = list.why.filter(|_| list.answers.len() > 2) {
        page.set("categoriesOrdered", "true", why);
    }
    if !list.no_opinion.is_empty() {
        let remark = "shown and counted, but in no net and no mean";
        page.list("nonsubstantive", &categories(&list.no_opinion), remark);
    }
    let nets = list.nets.iter().map(|(name, members)| {
        format!("{} = [{}]", quoted(name), all_quoted(members).join(", "))
    });
    let nets: Vec<String> = nets.collect();
    if !nets.is_empty() {
        page.line(&format!("nets = {{ {} }}", nets.join(", ")));
    }
    if !list.fold.is_empty() {
        let rules = RULES.iter().filter(|(_, rule)| list.fold.contains(rule));
        let rules: Vec<String> = rules.map(|(name, _)| quoted(name)).collect();
        let remark = format!(
            "seen: {} cells spelled otherwise; each will be counted as a repair",
            thousands(list.folded_cells)
        );
        page.list("fold", &rules, &remark);
    }
}

/// Answers as TOML, with an id where two labels would give the same one.
fn categories(labels: &[String]) -> Vec<String> {
    let ids = ids(labels);
    let entry = |(label, id): (&String, String)| {
        if id == slug(label) {
            quoted(label)
        } else {
            format!("{{ label = {}, id = {} }}", quoted(label), quoted(&id))
        }
    };
    labels.iter().zip(ids).map(entry).collect()
}

/// An id for each label, each once and none empty.
fn ids(labels: &[String]) -> Vec<String> {
    let mut given: Vec<String> = Vec::new();
    for (place, label) in labels.iter().enumerate() {
        let id = match slug(label) {
            id if id.is_empty() => format!("answer_{}", place + 1),
            id => id,
        };
        let mut unique = id.clone();
        let mut next = 2;
        while given.contains(&unique) {
            unique = format!("{id}_{next}");
            next += 1;
        }
        given.push(unique);
    }
    given
}

fn ticks(page: &mut Page, written: &Written<'_>, question: &Question, ticks: &Ticks) {
    let wording = Wording::new(question);
    let mut options = ticks.options.clone();
    // Without a tick of its own, the open answer is picked by what is written.
    if let Some(column) = question.other.filter(|_| !options.iter().any(|o| is_open(&o.label)))
    {
        options.push(Item { label: "Other".to_owned(), column });
    }
    let headers = |label: &str| joined(&wording, label);
    page.list("categories", &items(written, &options, headers), "");
    if !ticks.picked.is_empty() {
        page.line(&format!("picked = [{}]", all_quoted(&ticks.picked).join(", ")));
    }
    if !ticks.not_picked.is_empty() {
        page.line(&format!("not_picked = [{}]", all_quoted(&ticks.not_picked).join(", ")));
    }
    alone(page, &ticks.exclusive);
}

/// The items of a grid or ranking as TOML.
fn rows(written: &Written<'_>, wording: &Wording, list: &[Item]) -> Vec<String> {
    // A row's label is looked for as a header first.
    let headers =
        |label: &str| std::iter::once(label.to_owned()).chain(joined(wording, label)).collect();
    items(written, list, headers)
}

fn joined(wording: &Wording, label: &str) -> Vec<String> {
    wording.headers().iter().map(|header| format!("{header} [{label}]")).collect()
}

fn alone(page: &mut Page, exclusive: &[String]) {
    if !exclusive.is_empty() {
        page.list("exclusive", &all_quoted(exclusive), "cannot go with another answer");
    }
}

/// Items or options as TOML, each with its column where the headers under which it is looked
/// for do not lead there.
fn items(
    written: &Written<'_>,
    items: &[Item],
    headers: impl Fn(&str) -> Vec<String>,
) -> Vec<String> {
    let labels: Vec<String> = items.iter().map(|item| item.label.clone()).collect();
    let entry = |(item, id): (&Item, String)| {
        let column = &written.columns[item.column];
        let found = finds(written, column, &headers(&item.label));
        let mut keys = vec![format!("label = {}", quoted(&item.label))];
        if id != slug(&item.label) {
            keys.push(format!("id = {}", quoted(&id)));
        }
        if let Some(name) = column.name.as_ref().filter(|_| !found) {
            keys.push(format!("column = {}", quoted(name)));
        }
        if keys.len() == 1 { quoted(&item.label) } else { format!("{{ {} }}", keys.join(", ")) }
    };
    items.iter().zip(ids(&labels)).map(entry).collect()
}

/// A ranking with a column for each place: the columns are `header [1]`, `header [2]`.
fn places(
    page: &mut Page,
    written: &Written<'_>,
    question: &Question,
    wording: &Wording,
    items: &List,
) {
    let fits = |header: &str| {
        let mut columns = question.columns.iter().enumerate();
        columns.all(|(i, column)| {
            finds(written, &written.columns[*column], &place_headers(header, i + 1))
        })
    };
    if !wording.headers().iter().any(|header| fits(header)) {
        let names = &written.columns[question.columns[0]].heading.names;
        let ends = place_headers("", 1);
        let mut own = names.iter().flat_map(|n| ends.iter().filter_map(|e| n.strip_suffix(e)));
        match own.find(|header| fits(header)) {
            Some(header) => page.line(&format!("column = {}", quoted(header))),
            None => page.undecided(
                &format!("question.{}", question.key),
                "the columns are not called `... [1]`, `... [2]`: rename them in the file",
            ),
        }
    }
    page.set("places", &question.columns.len().to_string(), "a column for each place");
    page.list("rows", &categories(&items.answers), "");
}

/// The headers under which a place is looked for.
fn place_headers(header: &str, place: usize) -> [String; 4] {
    [
        format!("{header} [{place}]"),
        format!("{header} [Rank {place}]"),
        format!("{header}[{place}]"),
        format!("{header}_{place}"),
    ]
}

/// The open answer, with the column of what people wrote themselves.
fn other(page: &mut Page, written: &Written<'_>, question: &Question) {
    let labels: Vec<&String> = match &question.shape {
        Shape::Single(Answers::List(list)) | Shape::Joined { list, .. } => {
            list.answers.iter().collect()
        }
        Shape::Ticks(ticks) => ticks.options.iter().map(|option| &option.label).collect(),
        _ => return,
    };
    let open = labels.into_iter().find(|label| is_open(label));
    let column = question.other.and_then(|column| written.columns[column].name.as_ref());
    let forms = question.joins_other;
    match (open, column) {
        (open, Some(column)) => {
            let label = open.map_or("Other", String::as_str);
            page.set("other", &quoted(label), "what people wrote is read past");
            page.line(&format!("other_column = {}", quoted(column)));
        }
        (open, None) if forms => {
            let label = open.map_or("Other", String::as_str);
            page.set(
                "other",
                &quoted(label),
                "any text that is not in the list counts as this",
            );
        }
        (Some(label), None) => {
            page.line(&format!("pinned = [{}]", quoted(label)));
        }
        (None, None) => {}
    }
}

/// Who seems to have been asked: in force if no row speaks against it.
fn routing(page: &mut Page, question: &Question) {
    let Some(route) = &question.route else { return };
    let line = quoted(&route.expression);
    if route.certain {
        page.set("asked_if", &line, &format!("seen: {}", route.seen));
    } else {
        page.comment(&format!("seen: {}", route.seen));
        page.line(&format!("# asked_if = {line}"));
    }
}
