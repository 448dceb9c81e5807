//! The words of panels: subtitle, notes, and the picture said in words.
//!
//! Every number in them is a released figure.

use super::super::Subject;
use super::super::frame::Frame;
use super::super::text::{list, shorten};
use super::super::words::{self, description};
use super::read::{Answer, Differs, Read};
use crate::disclose::Table;
use std::collections::BTreeSet;

/// The longest label in a description.
const LABEL: usize = 50;

/// What a dark bar means.
pub(super) fn verdicts(read: &Read) -> &'static str {
    if read.overlapping {
        "▲ higher, ▼ lower than those who are not in the group"
    } else {
        "▲ higher, ▼ lower than all other groups together"
    }
}

/// How many answered, group by group.
pub(super) fn bases(read: &Read) -> String {
    let group = |group: &super::read::Group| format!("{} {}", group.label, group.base);
    let groups: Vec<String> = read.groups.iter().map(group).collect();
    let least = if read.at_least { ", at least" } else { "" };
    format!("Answers{least}: {}.", groups.join("; "))
}

/// The words around the chart.
pub(super) fn frame(subject: &Subject<'_>, read: &Read) -> Frame {
    let Subject { table, setting, .. } = subject;
    let whole = words::frame(subject);
    let own = [words::base(subject, intervals(read)), groups(table, read), shorthand(read)];
    Frame {
        title: setting.title(&table.name, &title(table)),
        subtitle: subtitle(&whole.subtitle, read),
        notes: own.into_iter().filter(|note| !note.is_empty()).collect(),
        ..whole
    }
}

/// "Title, by banner", but for a title that is a question or a sentence.
fn title(table: &Table) -> String {
    let banner = table.banner.as_ref().map_or("", |banner| banner.text.as_str());
    if table.title.ends_with(['?', '!', '.']) {
        return format!("{} By {banner}", table.title);
    }
    format!("{}, by {banner}", table.title)
}

fn subtitle(whole: &str, read: &Read) -> String {
    match &read.net {
        Some(net) => format!("{net}, {whole}"),
        None => whole.to_owned(),
    }
}

fn intervals(read: &Read) -> Option<&'static str> {
    let shown = read.cells().any(|cell| cell.reading.interval.is_some());
    shown.then_some("Lines show")
}

/// Who is in which group, and which groups are not drawn.
fn groups(table: &Table, read: &Read) -> String {
    let what = if read.net.is_some() { "items" } else { "answers" };
    let hidden: Vec<String> =
        read.hidden.iter().map(|(group, code)| format!("{group} {code}")).collect();
    let sentences = [
        (table.overlapping, "Somebody can be in several groups.".to_owned()),
        (table.partial, "Some people in the total are in no group.".to_owned()),
        (!hidden.is_empty(), format!("Not drawn: {}.", list(&hidden))),
        (
            read.only_differing,
            format!("Only {what} in which a group differs are drawn; the table has all."),
        ),
        (
            read.cut && !read.only_differing,
            "Not all rows are drawn; the table has all.".to_owned(),
        ),
    ];
    let told = sentences.into_iter().filter(|(holds, _)| *holds);
    told.map(|(_, sentence)| sentence).collect::<Vec<_>>().join(" ")
}

/// What the shorthand in this chart means.
fn shorthand(read: &Read) -> String {
    let totals = read.answers.iter().map(|answer| answer.all.code);
    let cells = read.cells().map(|cell| cell.reading.code);
    let hidden = read.hidden.iter().map(|(_, code)| *code);
    let codes: BTreeSet<&str> = totals.chain(cells).chain(hidden).collect();
    words::explained(&codes)
}

/// The chart in words: what differs, largest difference first; then the highest and the
/// lowest of all.
pub(super) fn describe(read: &Read) -> String {
    let mut differing: Vec<(f64, String)> =
        read.answers.iter().filter_map(|a| told(read, a)).collect();
    differing.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut sentences = vec![format!("{} groups.", read.groups.len())];
    sentences.extend(differing.into_iter().map(|(_, sentence)| sentence));
    sentences.extend(extremes(read));
    let hidden = read.cells().filter(|cell| cell.reading.code == "[c]").count();
    description(sentences, hidden)
}

/// The groups that differ in an answer, and by how much at most.
fn told(read: &Read, answer: &Answer) -> Option<(f64, String)> {
    let mut found: Vec<(f64, Differs, String)> = (read.groups.iter().zip(&answer.cells))
        .filter_map(|(group, cell)| {
            let far = (cell.reading.value? - answer.all.value.unwrap_or(0.0)).abs();
            let text = format!("{} {}", shorten(&group.label, LABEL), cell.reading.text);
            Some((far, cell.differs?, text))
        })
        .collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    let most = found.first()?.0;
    let (mut first, mut parts) = (true, Vec::new());
    for (_, differs, text) in found {
        let rest = if first { " than the rest" } else { "" };
        first = false;
        parts.push(match differs {
            Differs::Higher => format!("{text}, higher{rest}"),
            Differs::Lower => format!("{text}, lower{rest}"),
        });
    }
    parts.truncate(3);
    Some((most, format!("{}: {}.", shorten(&answer.label, LABEL), parts.join("; "))))
}

/// The highest and the lowest bar.
fn extremes(read: &Read) -> Vec<String> {
    let bars = read.answers.iter().flat_map(|answer| {
        let cells = read.groups.iter().zip(&answer.cells);
        cells.filter_map(move |(group, cell)| {
            let (answer, group) = (shorten(&answer.label, LABEL), shorten(&group.label, LABEL));
            Some((cell.reading.value?, format!("{answer}, {group} {}.", cell.reading.text)))
        })
    });
    let mut bars: Vec<(f64, String)> = bars.collect();
    bars.sort_by(|one, other| other.0.total_cmp(&one.0));
    let highest = bars.first().map(|(_, text)| format!("Highest: {text}"));
    let lowest =
        bars.last().filter(|_| bars.len() > 1).map(|(_, text)| format!("Lowest: {text}"));
    highest.into_iter().chain(lowest).collect()
}
