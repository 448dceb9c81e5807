//! Whether what a chart is said to show is what was released: every number of its
//! description is a figure of its table, and stands after the label of that figure.

use std::collections::BTreeSet;

use regex::Regex;

use crate::assert_sound;
use crate::release::{self, Record, Release};
use crate::scale::percent;
use crate::svg::{Picture, Shape};
use crate::trend::{has_course, of_table};

/// The labels of a table that a text may end with: the longest, or all that begin like one
/// that is cut.
fn labels_at_end<'a>(text: &str, records: &[&'a Record]) -> Vec<&'a str> {
    let labels = records.iter().flat_map(|record| [&record["item"], &record["answer"]]);
    let labels = labels.map(String::as_str).filter(|label| !label.is_empty());
    if let Some(start) = text.strip_suffix('…') {
        let cut = |label: &&str| {
            let cuts = label.char_indices().map(|(at, _)| label[..at].trim_end());
            cuts.filter(|cut| cut.len() > 20).any(|cut| start.ends_with(cut))
        };
        return labels.filter(cut).collect();
    }
    labels
        .filter(|label| text.ends_with(label))
        .max_by_key(|label| label.len())
        .into_iter()
        .collect()
}

/// The name of the one chart that no table has.
const ANSWERED: &str = "who-answered";

/// The colour of the numbers of all groups together, which no description counts.
const TOTAL: &str = "#B3450A";

/// A label as a description has it: cut where it is long.
fn cut(label: &str) -> String {
    if label.chars().count() <= 50 {
        return label.to_owned();
    }
    let kept: String = label.chars().take(49).collect();
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '.']))
}

/// Whether a text ends with the name of a group that has this value in the row that was
/// named last before it.
fn is_cell(text: &str, value: f64, records: &[&Record]) -> bool {
    let row = |record: &Record| match record["item"].as_str() {
        "" => cut(&record["answer"]),
        item => cut(item),
    };
    let named = |text: &str, label: &str| {
        let ends = [": ", ", "].map(|end| text.rfind(&format!(" {label}{end}")));
        ends.into_iter().flatten().max().map(|at| (at + label.len(), label.len()))
    };
    let fits = |record: &&&Record| {
        record["value"].parse() == Ok(value) && text.ends_with(&cut(&record["group"]))
    };
    records.iter().filter(fits).any(|record| {
        let start = text.strip_suffix(&cut(&record["group"])).unwrap_or_default();
        let own = row(record);
        let last = records.iter().filter_map(|other| named(start, &row(other))).max();
        last.is_some() && last == named(start, &own)
    })
}

/// Percentages that are not those of the label before them.
fn percentages(release: &Release, picture: &Picture) -> Vec<String> {
    let records = of_table(release, picture.table());
    let pattern = Regex::new(r"(\[u\] )?(?:([\d.]+)% to )?([\d.]*\d)%( interval)?").unwrap();
    // The signs within labels are not those of figures.
    let mut text = picture.description.clone();
    for label in records.iter().flat_map(|r| [&r["item"], &r["answer"], &r["group"]]) {
        text = text.replace(label.as_str(), &label.replace('%', "‰"));
    }
    let by_group = records.iter().any(|record| !record["banner"].is_empty());
    let mut faults = Vec::new();
    for found in pattern.captures_iter(&text) {
        let before = text[..found.get(0).unwrap().start()].trim_end().replace('‰', "%");
        if found.get(4).is_some() || before.ends_with("[low] under") {
            continue;
        }
        let labels = labels_at_end(before.trim_end_matches(':'), &records);
        let number = |at| found.get(at).map(|found| found.as_str().parse::<f64>().unwrap());
        let ends: Vec<f64> = number(2).into_iter().chain(number(3)).collect();
        let same = |label: &&str| {
            if picture.table().ends_with("-waves") {
                return has_course(release, picture.table(), label, &ends);
            }
            let named =
                |record: &&Record| record["item"] == **label || record["answer"] == **label;
            let mut records = records.iter().copied().filter(named);
            records.any(|record| record["value"].parse() == Ok(ends[0]))
        };
        let told = if picture.table() == ANSWERED {
            picture.texts().any(|text| found[0] == text.content)
        } else if by_group {
            is_cell(&before, ends[0], &records)
        } else {
            labels.iter().any(same)
        };
        if !told {
            faults.push(format!("{labels:?}: {}", &found[0]));
        }
    }
    faults
}

/// Numbers that are no figure of the table: not counts of what is drawn, not in a label.
fn numbers(release: &Release, picture: &Picture) -> Vec<String> {
    let records = of_table(release, picture.table());
    let text = &picture.description;
    let number = Regex::new(r"\d+(?:\.\d+)?").unwrap();
    let columns = ["item", "answer", "group", "wave", "value", "low", "high"];
    let printed =
        records.iter().flat_map(|record| columns.map(|column| record[column].as_str()));
    let mut known: BTreeSet<&str> =
        printed.flat_map(|text| number.find_iter(text)).map(|found| found.as_str()).collect();
    // The level of intervals, and what rounds to zero.
    known.extend(["95", "0.5"]);
    if picture.table() == ANSWERED {
        let printed = picture.texts().flat_map(|text| number.find_iter(&text.content));
        known.extend(printed.map(|found| found.as_str()));
    }
    let mut counts = counts(picture);
    counts.extend(groups(picture, &records));
    known.extend(counts.iter().map(String::as_str));
    let found = number.find_iter(text).map(|found| found.as_str());
    let unknown = found.filter(|number| !known.contains(number));
    unknown.map(|number| format!("{number} is no figure of the table: {text}")).collect()
}

/// How many answers have a number, how many rows have a name, how many are hidden, how many
/// lines there are.
fn counts(picture: &Picture) -> Vec<String> {
    let bold = picture.texts().filter(|text| text.bold && text.size == 14.0);
    let values = bold.filter(|text| percent(&text.content).is_some()).count();
    let starting = |code: &str| {
        picture
            .texts()
            .filter(|text| text.size == 14.0 && text.colour != TOTAL)
            .filter(|text| text.content.starts_with(code))
            .count()
    };
    let places: BTreeSet<u64> =
        picture.rects().map(|(area, _)| area.middle().1.to_bits()).collect();
    let points = picture.shapes.iter().filter(|shape| {
        matches!(shape, Shape::Circle(..) | Shape::Polygon(..)) && shape.colour() != "#FFFFFF"
    });
    let lines: BTreeSet<&str> = points.map(Shape::colour).collect();
    let counts =
        [values, values + starting("[low]"), starting("[c]"), places.len(), lines.len()];
    counts.iter().map(ToString::to_string).collect()
}

/// How many groups of a table have a figure, and how many of them are shown.
fn groups(picture: &Picture, records: &[&Record]) -> [String; 2] {
    let of = |shown: &dyn Fn(&Record) -> bool| {
        let own = records.iter().filter(|record| record["table"] == picture.table());
        let own = own.filter(|record| record["group"] != "Total" && shown(record));
        own.map(|record| &record["group"]).collect::<BTreeSet<_>>().len().to_string()
    };
    [of(&|record| !record["value"].is_empty()), of(&|record| record["status"].is_empty())]
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
    for release in release::all() {
        for (place, picture) in release.pictures() {
            looked_at += 1;
            let faults = percentages(release, picture).into_iter();
            let faults = faults.chain(numbers(release, picture)).chain(answers(picture));
            broken.extend(faults.map(|fault| format!("{place}: {fault}")));
        }
    }
    assert_sound(&broken, looked_at, 600);
}

#[test]
fn a_label_is_found_although_it_is_cut() {
    let record = |answer: &str| {
        Record::from([
            ("item".to_owned(), String::new()),
            ("answer".to_owned(), answer.to_owned()),
        ])
    };
    let records = ["A long answer that does not fit", "No", "Not No"].map(record);
    let records: Vec<&Record> = records.iter().collect();
    assert_eq!(labels_at_end("Highest: No", &records), ["No"]);
    assert_eq!(labels_at_end("Highest: Not No", &records), ["Not No"]);
    let long = labels_at_end("Highest: A long answer that does…", &records);
    assert_eq!(long, ["A long answer that does not fit"]);
    assert!(labels_at_end("Highest: Yes", &records).is_empty());
}

#[test]
fn a_value_is_that_of_the_group_and_the_row_before_it() {
    let record = |answer: &str, group: &str, value: &str| {
        let columns = [("item", ""), ("answer", answer), ("group", group), ("value", value)];
        columns.map(|(name, text)| (name.to_owned(), text.to_owned())).into_iter().collect()
    };
    let records: [Record; 3] =
        [record("Yes", "Yes", "98"), record("Yes", "No", "96"), record("No", "Yes", "2")];
    let records: Vec<&Record> = records.iter().collect();
    assert!(is_cell("2 groups. Yes: Yes 98%, higher than the rest; No", 96.0, &records));
    assert!(is_cell("2 groups. Yes: Yes 98%. Lowest: No, Yes", 2.0, &records));
    assert!(!is_cell("2 groups. Yes: Yes 98%. Lowest: No, Yes", 98.0, &records));
    assert!(!is_cell("2 groups. Yes: No", 98.0, &records));
}
