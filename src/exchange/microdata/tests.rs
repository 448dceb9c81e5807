//! What stands in the records and their codebook, and what never does.

use std::io::{self, Read};

use serde_json::json;

use super::microdata;
use crate::diagnostic::Findings;
use crate::ingest::{self, Delivery, Manner};
use crate::prepare::{self, Sample, Side};
use crate::{poll, questionnaire, validate};

struct Memory(String);

impl Delivery for Memory {
    fn name(&self) -> &'static str {
        "answers.csv"
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(&self.0.as_bytes()[usize::try_from(offset).unwrap()..]))
    }
}

const SCHEMA: &str = r#"format = 1
id = "lunch"
[source]
delimiter = ","
key = { column = "id" }
personal = ["mail", "birth"]
unknown_columns = "keep"
missingValues = [{ value = "", label = "No answer" }, { value = "-9", label = "Refused" }]
[question.often]
kind = "single"
title = "How often"
categories = ["Daily", "Never"]
nonsubstantive = ["Don't know"]
[question.nps]
kind = "single"
title = "Recommend"
range = [0, 2]
nonsubstantive = ["Don't know"]
[question.what]
kind = "multi"
title = "What"
asked_if = "often = 'Daily'"
delimiter = ";"
categories = ["Soup", "Bread"]
[question.weight]
kind = "number"
title = "Weight of the meal"
report = false
[question.day]
kind = "date"
title = "Day"
report = false
[question.words]
kind = "text"
title = "In your own words"
report = false
[question.birth]
kind = "date"
title = "Born"
report = false
[question.number]
kind = "number"
title = "Number"
column = "id"
report = false
"#;

const POLL: &str = r#"format = 1
id = "p"
title = "P"
schema = "s"
data = ["d"]
[design]
weight = "w"
strata = ["site"]
psu = ["room"]
[method]
sampling = "nonprobability"
"#;

const HEADER: &str = "id,mail,w,site,room,often,nps,what,weight,day,words,birth\n";

const ROWS: [&str; 4] = [
    "7001,ann@example.org,1.5,South,R7,Daily,2,Soup;Bread,0.5,2024-01-13,Xylophone,1971-02-03\n",
    "7002,bob@example.org,1,North,R9,Never,0,,,2024-01-14,Xylophone,1971-02-03\n",
    "7003,cat@example.org,1,South,R8,Daily,Don't know,Bread,2,,Xylophone,1971-02-03\n",
    "7004,dan@example.org,2,North,R5,-9,,,2,2024-01-14,Xylophone,1971-02-03\n",
];

/// A sample of some rows in some order.
fn sample(rows: &[usize]) -> Sample {
    let mut findings = Findings::default();
    let poll = poll::load("poll.toml", POLL, &mut findings).unwrap();
    let questionnaire =
        questionnaire::load_alone("schema.toml", SCHEMA, &mut findings).unwrap();
    let text = rows.iter().map(|row| ROWS[*row]).collect::<String>();
    let file = Memory(HEADER.to_owned() + &text);
    let files: [&dyn Delivery; 1] = [&file];
    let responses =
        ingest::read(questionnaire, Some(&poll), &files, Manner::QUIET, &mut findings);
    let checked = validate::check(responses.unwrap(), &files, &mut findings).unwrap();
    prepare::sample(checked, &poll, &Side::default(), &mut findings).unwrap()
}

fn file(sample: &Sample, name: &str) -> String {
    let files = microdata(sample);
    let (_, bytes) = files.into_iter().find(|(path, _)| *path == name).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn answers_are_numbers_and_reasons_negative_ones() {
    insta::assert_snapshot!(file(&sample(&[0, 1, 2, 3]), "data.csv"), @r"
    weight_,stratum,psu,often,nps,what.soup,what.bread,weight,day
    1,1,1,2,0,-1,-1,,2024-01-14
    1,2,2,1,3,0,1,2,
    1.5,2,3,1,2,1,1,0.5,2024-01-13
    2,1,4,-5,-4,-4,-4,2,2024-01-14
    ");
}

#[test]
fn nothing_is_left_of_the_order_of_the_file() {
    let first = microdata(&sample(&[0, 1, 2, 3]));
    for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]] {
        assert!(microdata(&sample(&order)) == first, "{order:?}");
    }
}

#[test]
fn neither_keys_nor_names_nor_words_stand_in_any_file() {
    for (name, bytes) in microdata(&sample(&[0, 1, 2, 3])) {
        let text = String::from_utf8(bytes).unwrap();
        for canary in ["700", "example.org", "Xylophone", "1971", "R7", "birth,"] {
            assert!(!text.contains(canary), "{canary} in {name}");
        }
    }
}

#[test]
fn the_codebook_names_every_column_of_the_file_and_every_code() {
    let sample = sample(&[0, 1, 2, 3]);
    let schema: serde_json::Value =
        serde_json::from_str(&file(&sample, "codebook.json")).unwrap();
    let fields = schema["fields"].as_array().unwrap();
    let names: Vec<&str> = fields.iter().map(|f| f["name"].as_str().unwrap()).collect();
    let data = file(&sample, "data.csv");
    assert_eq!(names.join(","), data.lines().next().unwrap());
    for line in data.lines().skip(1) {
        for (cell, field) in line.split(',').zip(fields) {
            let counts = &field["survey:counts"];
            assert!(!counts.is_object() || counts[cell].as_u64() > Some(0), "{cell}: {field}");
        }
    }
    let nps = &fields[4];
    assert_eq!(nps["categories"][3], json!({ "value": 3, "label": "Don't know" }));
    assert_eq!(nps["survey:missingValues"][1], json!({ "value": "-5", "label": "Refused" }));
    assert_eq!(nps["missingValues"], json!(["-4", "-5", "-2", "-1", "-3"]));
}

#[test]
fn the_codebook_can_be_read() {
    let page = file(&sample(&[0, 1, 2, 3]), "codebook.html");
    let row = "<tr><th scope=\"row\"><code>often</code></th><td>How often</td>\
               <td><code>2</code></td><td>Never</td><td>1</td></tr>";
    assert!(page.contains(row), "{page}");
    assert!(page.contains("<dd>none: it is left out</dd>"));
}
