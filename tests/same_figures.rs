//! Whether the page and the data file of each committed report print the same strings: every
//! record of `results.csv` is looked up in the tables of `report.html`, as a reader would,
//! by the table's name, the item, the answer and the group. Computes no figure.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

/// A record of `results.csv`, by the names of its columns.
type Record = BTreeMap<String, String>;

/// A table of the page: every cell is text.
struct Table {
    name: String,
    caption: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn records(csv: &[u8]) -> Vec<Record> {
    let mut reader = csv::Reader::from_reader(csv);
    let header = reader.headers().unwrap().clone();
    let named = |record: csv::StringRecord| {
        header.iter().zip(&record).map(|(n, f)| (n.to_owned(), f.to_owned())).collect()
    };
    reader.records().map(|record| named(record.unwrap())).collect()
}

/// Every table of a page.
fn tables(page: &str) -> Vec<Table> {
    let pattern = |text: &str| Regex::new(&format!("(?s){text}")).unwrap();
    let table = pattern(r#"<table id="table-([^"]*)"[^>]*>(.*?)</table>"#);
    let caption = pattern("<caption><span[^>]*>(.*?)</span>");
    let row = pattern("<tr[^>]*>(.*?)</tr>");
    let cell = pattern("<t[hd][^>]*>(.*?)</t[hd]>");
    let cells = |row: &str| cell.captures_iter(row).map(|found| words(&found[1])).collect();
    let read = |found: regex::Captures<'_>| {
        let mut rows: Vec<Vec<String>> =
            row.captures_iter(&found[2]).map(|found| cells(&found[1])).collect();
        Table {
            name: found[1].to_owned(),
            caption: words(&caption.captures(&found[2]).unwrap()[1]),
            head: rows.remove(0),
            rows,
        }
    };
    table.captures_iter(page).map(read).collect()
}

/// What is read of a piece of a page: without intervals and marks, which are small print.
fn words(html: &str) -> String {
    let small = Regex::new("(?s)<small>.*?</small>|<[^>]*>").unwrap();
    let text = small.replace_all(html, "");
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&").trim().to_owned()
}

/// The cell of the page that shows a record, if its table has one.
fn cell<'t>(tables: &'t [Table], names: &[&str], record: &Record) -> Option<&'t str> {
    let [name, item, answer, banner, group] =
        ["table", "item", "answer", "banner", "group"].map(|column| record[column].as_str());
    let waves = is_of_waves(record);
    let battery = !item.is_empty() && banner.is_empty() && !waves;
    let (row, column) = match (battery, waves) {
        (true, _) => (item, answer),
        (false, true) if record["statistic"] == "change" => (answer, "Change since"),
        (false, true) => (answer, record["wave"].as_str()),
        (false, false) => (answer, group),
    };
    let of_name = |table: &&Table| {
        // A battery by groups has a table for each item, with the item's id in its name.
        let longer = table.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'));
        table.name == name || (longer && !names.contains(&table.name.as_str()))
    };
    let tables = tables.iter().filter(of_name);
    let of_item = |table: &&Table| {
        let title =
            table.caption.split_once(": ").and_then(|(_, title)| title.strip_prefix(item));
        let rest =
            title.is_some_and(|rest| rest.starts_with(", by ") || rest.starts_with(" By "));
        battery || item.is_empty() || rest
    };
    tables.filter(of_item).find_map(|table| {
        let at = match table
            .head
            .iter()
            .position(|head| head == column || (waves && head.starts_with(column)))
        {
            Some(at) => at,
            None if banner.is_empty() && !battery => 1, // a topline has one column of figures
            None => return None,
        };
        table.rows.iter().find(|cells| cells[0] == row)?.get(at).map(String::as_str)
    })
}

/// Whether a record stands in a table of several waves.
fn is_of_waves(record: &Record) -> bool {
    record["table"].ends_with("-waves")
}

/// How a record is printed: its value with unit and status.
fn printed(record: &Record) -> String {
    let (value, status) = (record["value"].as_str(), record["status"].as_str());
    let sign = if record["unit"] == "%" { "%" } else { "" };
    let up = record["statistic"] == "change" && value.parse().is_ok_and(|v: f64| v > 0.0);
    let plus = if up { "+" } else { "" };
    match (value, status) {
        // The page has a dash where a wave did not have the answer.
        ("", "[z]") if is_of_waves(record) => "-".to_owned(),
        ("", status) => status.to_owned(),
        (value, "") => format!("{plus}{}{sign}", grouped(value)),
        (value, status) => format!("{plus}{}{sign} {status}", grouped(value)),
    }
}

/// Digits with the page's separator of thousands and its minus sign.
fn grouped(digits: &str) -> String {
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let (sign, whole) = match whole.strip_prefix('-') {
        Some(whole) => ("\u{2212}", whole),
        None => ("", whole),
    };
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{sign}{text}{rest}")
}

/// The folders of the committed reports.
fn reports() -> Vec<PathBuf> {
    let entries = fs::read_dir(top().join("reports")).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join("report.html").exists());
    folders.sort();
    folders
}

#[test]
fn page_and_data_file_print_the_same_strings() {
    let mut broken = Vec::new();
    let mut compared = 0;
    for folder in reports() {
        let tables = tables(&fs::read_to_string(folder.join("report.html")).unwrap());
        let records = records(&fs::read(folder.join("results.csv")).unwrap());
        let names: Vec<&str> = records.iter().map(|record| record["table"].as_str()).collect();
        for record in &records {
            let (shown, told) = (cell(&tables, &names, record), printed(record));
            compared += 1;
            if shown != Some(told.as_str()) {
                let at = ["table", "item", "answer", "group"].map(|key| record[key].as_str());
                broken.push(format!("{}: {at:?}: {told} is {shown:?}", folder.display()));
            }
        }
    }
    assert!(compared > 5_000, "{compared} figures");
    let count = broken.len();
    broken.truncate(20);
    assert!(broken.is_empty(), "{count} of {compared}:\n{}", broken.join("\n"));
}

/// What makes a figure: where it stands, and what is printed of it.
const FIGURE: [&str; 9] =
    ["table", "item", "answer", "group", "value", "low", "high", "base", "status"];

fn figure(record: &Record) -> [&str; 9] {
    FIGURE.map(|column| record[column].as_str())
}

/// Two tables of each sample by its first banner, made anew, against the report of the run.
#[test]
fn a_table_alone_prints_the_strings_of_the_report() {
    let polls = ["safeguarding-2024-01", "flying-etiquette-2014", "rse-de-2017"];
    for name in polls {
        let results = fs::read(top().join("reports").join(name).join("results.csv")).unwrap();
        let known = records(&results);
        let banner =
            &known.iter().find(|record| !record["banner"].is_empty()).unwrap()["banner"];
        let mut questions: Vec<&str> =
            known.iter().map(|record| record["question"].as_str()).collect();
        questions.dedup();
        for question in [questions[0], questions[questions.len() - 1]] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_pollsmith"));
            let poll = format!("samples/{name}/poll.toml");
            command.current_dir(top()).args(["table", &poll, question, "--by", banner]);
            command.args(["--profile", "public", "--format", "csv", "--quiet"]);
            let own = records(&command.output().unwrap().stdout);
            assert!(!own.is_empty(), "{name}: {question} by {banner}");
            for mut record in own {
                if record["group"] == "Total" {
                    record.insert("table".to_owned(), question.to_owned());
                }
                let same = known.iter().any(|known| figure(known) == figure(&record));
                assert!(same, "{name}: {record:?}");
            }
        }
    }
}
