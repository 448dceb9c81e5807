//! The words of a dot plot: subtitle, notes, and the picture said in words.
//!
//! Every number in them is a released figure.

use super::super::describe::{count, extremes, is_hidden};
use super::super::frame::Frame;
use super::super::reading::Unit;
use super::super::text::clean;
use super::super::words::{
    bases, caveat, description, question, quoted, shorthand, source, stamps, weighting,
};
use super::super::{LIMIT, Subject};
use super::read::Measured;

/// The words around the chart.
pub(super) fn frame(subject: &Subject<'_>, measured: &Measured) -> Frame {
    let Subject { table, poll, setting, .. } = subject;
    let banner = table.banner.as_ref().map(|banner| clean(&banner.text)).unwrap_or_default();
    let own = format!("{}, by {banner}", table.title);
    let filter = table.filter.as_deref().map(|filter| format!(", {}", quoted(filter)));
    let universe = quoted(&table.question.base);
    let readings = measured.entries.iter().map(|entry| &entry.reading).chain([&measured.all]);
    let codes = readings.map(|reading| reading.code).filter(|code| !code.is_empty()).collect();
    let notes = [base(subject, measured), marks(measured), shorthand(&codes)];
    Frame {
        title: setting.title(&table.name, &own),
        subtitle: format!("{} of {universe}{}", measured.label, filter.unwrap_or_default()),
        marks: stamps(poll),
        question: question(table),
        notes: notes.into_iter().filter(|note| !note.is_empty()).collect(),
        source: source(poll),
    }
}

/// Who is counted, and how they were weighted.
fn base(subject: &Subject<'_>, measured: &Measured) -> String {
    let universe = quoted(&subject.table.question.base);
    let universe = universe.strip_prefix("all ").unwrap_or(&universe);
    let left_out = if measured.groups > LIMIT {
        format!("The first {LIMIT} groups are drawn; the table has all.")
    } else {
        String::new()
    };
    let base = format!("Base: {} {universe} (unweighted).", bases(subject.table));
    sentences([base, weighting(subject.poll), intervals(subject, measured), left_out])
}

fn sentences(all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the intervals are, if any are drawn.
fn intervals(subject: &Subject<'_>, measured: &Measured) -> String {
    let drawn = measured.entries.iter().any(|entry| entry.reading.interval.is_some());
    let band = measured.all.interval.map(|_| ", and so does the band around the dashed line");
    if !drawn {
        return String::new();
    }
    let band = band.unwrap_or_default();
    format!("Lines show 95% confidence intervals{band}.{}", caveat(subject.poll))
}

/// What the dashed line, the arrows and the scale mean.
fn marks(measured: &Measured) -> String {
    let rule = measured.all.value.map(|_| "The dashed line is all groups together.".to_owned());
    let arrows = measured.entries.iter().any(super::read::Entry::is_different).then(|| {
        "Dark, with ▲ or ▼: higher or lower than all other groups together, by more than chance \
         would explain."
            .to_owned()
    });
    let span = measured.span;
    let cut = (span.from > 0.0 && measured.ends.concat().is_empty()).then(|| {
        let from = Unit::Plain.write(span.from, span.decimals());
        format!("The scale begins at {from}, not at 0.")
    });
    sentences([rule, arrows, cut].into_iter().flatten())
}

/// The chart in words: all, the highest and the lowest group.
pub(super) fn describe(measured: &Measured) -> String {
    let entries = &measured.entries;
    let hidden = entries.iter().filter(|entry| is_hidden(&entry.reading)).count();
    let drawn = entries.iter().filter(|entry| entry.reading.value.is_some()).count();
    let all = format!("{}: all {}.", measured.label, measured.all.text);
    let mut said = vec![count(drawn, "group"), all];
    let pairs: Vec<_> = entries.iter().map(|e| (e.label.as_str(), &e.reading)).collect();
    let (highest, lowest) = extremes(&pairs);
    said.extend(highest.map(|text| format!("Highest: {text}.")));
    said.extend(lowest.map(|text| format!("Lowest: {text}.")));
    description(said, hidden)
}
