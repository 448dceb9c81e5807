//! Whether what a chart is said to show is what was released: every number of its
//! description is a figure of its table, and stands after the label of that figure.

use std::collections::BTreeSet;

use regex::Regex;

use crate::assert_sound;
use crate::fonts::Fonts;
use crate::release::{self, Record, Release};
use crate::scale::{is_label, percent};
use crate::svg::Picture;
use crate::trend::{has_course, of_table};

/// The label that a text ends with, of those that a table has; the longest of them.
fn label_at_end<'a>(text: &str, records: &[&'a Record]) -> Option<&'a str> {
    let labels = records.iter().flat_map(|record| [&record["item"], &record["answer"]]);
    let fits = |label: &&String| {
        let Some(start) = text.strip_suffix('…') else {
            return text.ends_with(label.as_str());
        };
        let cuts = label.char_indices().map(|(at, _)| &label[..at]);
        cuts.filter(|cut| cut.len() > 20).any(|cut| start.ends_with(cut.trim_end()))
    };
    let labels = labels.filter(|label| !label.is_empty()).filter(fits);
    labels.max_by_key(|label| label.len()).map(String::as_str)
}

/// Percentages that are not those of the label before them.
fn percentages(release: &Release, picture: &Picture) -> Vec<String> {
    let records = of_table(release, picture.table());
    let pattern = Regex::new(r"(\[u\] )?(?:([\d.]+)% to )?([\d.]*\d)%( interval)?").unwrap();
    let text = &picture.description;
    let mut faults = Vec::new();
    for found in pattern.captures_iter(text) {
        let before = text[..found.get(0).unwrap().start()].trim_end();
        if found.get(4).is_some() || before.ends_with("[low] under") {
            continue;
        }
        let Some(label) = label_at_end(before, &records) else {
            faults.push(format!("no label before “{}”", &found[0]));
            continue;
        };
        let number = |at| found.get(at).map(|found| found.as_str().parse::<f64>().unwrap());
        let ends: Vec<f64> = number(2).into_iter().chain(number(3)).collect();
        let same = if picture.table().ends_with("-waves") {
            has_course(release, picture.table(), label, &ends)
        } else {
            let of = |record: &&&Record| {
                [&record["item"], &record["answer"]].contains(&&label.to_owned())
            };
            records.iter().filter(of).any(|record| record["value"].parse() == Ok(ends[0]))
        };
        if !same {
            faults.push(format!("“{label}” is not {}", &found[0]));
        }
    }
    faults
}

/// Numbers that are no figure of the table: not counts of what is drawn, not in a label.
fn numbers(release: &Release, picture: &Picture) -> Vec<String> {
    let records = of_table(release, picture.table());
    let mut text = picture.description.clone();
    let mut labels: Vec<&str> = records
        .iter()
        .flat_map(|record| ["item", "answer", "wave"].map(|column| record[column].as_str()))
        .filter(|label| label.len() > 1)
        .collect();
    labels.sort_by_key(|label| std::cmp::Reverse(label.len()));
    for label in labels {
        text = text.replace(label, "");
    }
    let columns = ["value", "low", "high"];
    let mut known: BTreeSet<&str> = records
        .iter()
        .flat_map(|record| columns.map(|column| record[column].as_str()))
        .collect();
    known.extend(["95", "0.5"]);
    let counts = counts(picture);
    known.extend(counts.iter().map(String::as_str));
    let number = Regex::new(r"\d+(?:\.\d+)?").unwrap();
    let cut = |found: &regex::Match<'_>| text[..found.start()].contains('…');
    let unknown = number.find_iter(&text).filter(|found| !known.contains(found.as_str()));
    unknown
        .filter(|found| !cut(found))
        .map(|found| format!("{} is no figure of the table: {text}", found.as_str()))
        .collect()
}

/// How many answers have a number, how many rows have a name, how many are hidden, how many
/// lines there are.
fn counts(picture: &Picture) -> Vec<String> {
    let bold = picture.texts().filter(|text| text.bold && text.size == 14.0);
    let values = bold.filter(|text| percent(&text.content).is_some()).count();
    let starting = |code: &str| {
        picture
            .texts()
            .filter(|text| text.size == 14.0 && text.content.starts_with(code))
            .count()
    };
    let places: BTreeSet<u64> =
        picture.rects().map(|(area, _)| area.middle().1.to_bits()).collect();
    let lines: BTreeSet<&str> = picture
        .shapes
        .iter()
        .filter(|shape| matches!(shape, crate::svg::Shape::Line(_, _, width) if *width == 2.5))
        .map(|shape| shape.colour())
        .collect();
    let counts =
        [values, values + starting("[low]"), starting("[c]"), places.len(), lines.len()];
    counts.iter().map(ToString::to_string).collect()
}

/// The number of answers that a description of bars begins with.
fn answers(picture: &Picture) -> Option<String> {
    let (said, _) = picture.description.split_once(" answer")?;
    let shown = &counts(picture)[1];
    (said.parse::<usize>().is_ok() && said != shown)
        .then(|| format!("{said} answers are said to be shown, {shown} are"))
}

#[test]
fn descriptions_tell_released_figures() {
    let (mut broken, mut looked_at) = (Vec::new(), 0);
    for release in release::all(&Fonts::load()) {
        for (place, picture) in release.pictures() {
            looked_at += 1;
            let faults = percentages(&release, picture).into_iter();
            let faults = faults.chain(numbers(&release, picture)).chain(answers(picture));
            broken.extend(faults.map(|fault| format!("{place}: {fault}")));
        }
    }
    assert_sound(&broken, looked_at, 400);
}

#[test]
fn a_label_is_found_although_it_is_cut() {
    let record = |answer: &str| {
        Record::from([
            ("item".to_owned(), String::new()),
            ("answer".to_owned(), answer.to_owned()),
        ])
    };
    let records = [record("A long answer that does not fit"), record("No")];
    let records: Vec<&Record> = records.iter().collect();
    assert_eq!(label_at_end("Highest: No", &records), Some("No"));
    let long = label_at_end("Highest: A long answer that does…", &records);
    assert_eq!(long, Some("A long answer that does not fit"));
    assert_eq!(label_at_end("Highest: Yes", &records), None);
    assert!(is_label("A long an swer that…", "A long answer that does not fit"));
}
