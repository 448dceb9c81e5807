//! Text in, text out: small schemas and files, and what is said of them.

use std::io::{self, Read};

use crate::diagnostic::{Findings, concise};
use crate::frame;
use crate::ingest::{self, Delivery};
use crate::questionnaire;
use crate::validate::{self, Checked};

struct Memory(Vec<u8>);

impl Delivery for Memory {
    fn name(&self) -> &'static str {
        "answers.csv"
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(&self.0[usize::try_from(offset).unwrap()..]))
    }
}

/// Reads and checks; gives what passed, and what was said, a line each.
fn read(schema: &str, csv: &str) -> (Option<Checked>, String) {
    let mut findings = Findings::default();
    let schema = format!("format = 1\n{schema}");
    let outcome = questionnaire::load("schema.toml", &schema, &mut findings)
        .and_then(|questionnaire| {
            let file = Memory(csv.as_bytes().to_vec());
            let files: [&dyn Delivery; 1] = [&file];
            let responses = ingest::read(questionnaire, None, &files, &mut findings, &|_| ())?;
            validate::check(responses, &files, &mut findings)
        })
        .ok();
    let lines: Vec<String> = findings.list().iter().map(concise).collect();
    (outcome, lines.join("\n"))
}

/// What was said.
fn said(schema: &str, csv: &str) -> String {
    read(schema, csv).1
}

/// The labels of a column, a row each.
fn column(schema: &str, csv: &str, name: &str) -> Vec<String> {
    let (checked, said) = read(schema, csv);
    let checked = checked.unwrap_or_else(|| panic!("rejected: {said}"));
    let list = frame::list(checked.frame(), name);
    let codes = frame::codes(checked.frame(), name).unwrap();
    (0..codes.len()).map(|row| list[codes.get(row)].clone()).collect()
}

const LOOSE: &str = "limits = { warn_rows = \"100%\", fail_rows = \"100%\" }\n";

fn source(more: &str) -> String {
    format!("[source]\ndelimiter = \",\"\n{LOOSE}{more}\n")
}

fn yes_no(more: &str) -> String {
    source("")
        + "[question]\nid = { kind = \"text\" }\ncover = { kind = \"single\", categories = [\"Yes\", \"No\"] }\n"
        + more
}

#[test]
fn an_answer_that_is_not_listed_is_placed_to_the_character() {
    let csv = "id,cover\n1,Yes\n\n\"two\nlines\",Maybe\n3,No\ncaf\u{e9},Maybe\n";
    insta::assert_snapshot!(said(&yes_no(""), csv), @r"answers.csv:5:8: warning[V102] `cover` holds a text that is none of its answers");
    let (checked, _) = read(&yes_no(""), csv);
    let facts = checked.unwrap().facts().clone();
    let rows: Vec<(u64, u64)> =
        facts.set_aside.iter().map(|a| (a.spot.row, a.spot.line)).collect();
    assert_eq!(rows, [(4, 4), (6, 7)]);
    assert_eq!((facts.rows_read, facts.rows_kept), (4, 2));
}

#[test]
fn the_remedy_names_what_differs() {
    let mut findings = Findings::default();
    let schema = format!("format = 1\n{}", yes_no(""));
    let questionnaire = questionnaire::load("schema.toml", &schema, &mut findings).unwrap();
    let file = Memory(b"id,cover\n1,Yes \n2,yes\n3,Yse\n4,No\n".to_vec());
    let files: [&dyn Delivery; 1] = [&file];
    let responses = ingest::read(questionnaire, None, &files, &mut findings, &|_| ()).unwrap();
    validate::check(responses, &files, &mut findings).unwrap();
    let help: Vec<&str> =
        findings.list().iter().map(|f| f.help.as_deref().unwrap_or_default()).collect();
    assert_eq!(
        help,
        [
            "allow it with `fold = [\"space\"]` in `[question.cover]` or its scale, or correct the cells",
            "allow it with `fold = [\"case\"]` in `[question.cover]` or its scale, or correct the cells",
            "the nearest answer is `Yes`: if it is meant, add the text to its `aliases`; \
             otherwise add it to `categories`",
        ]
    );
}

#[test]
fn a_fold_or_an_alias_mends_and_is_counted() {
    let schema = source("")
        + "[question]\nq = { kind = \"single\", categories = [\"Yes\", { label = \"No\", \
           aliases = [\"Nope\"] }], fold = [\"space\", \"case\"] }\n";
    let csv = "q\nYes\n yes \nNope\nnope\nNope\n";
    assert_eq!(column(&schema, csv, "q"), ["Yes", "Yes", "No", "No", "No"]);
    insta::assert_snapshot!(said(&schema, csv), @r"
    answers.csv: note[V200] 2 cells are read as `No`
    answers.csv: note[V200] 1 cell is read as `Yes`
    answers.csv: note[V200] 1 cell is read as `No`
    ");
}

#[test]
fn who_was_not_asked_is_told_from_who_did_not_answer() {
    let schema = yes_no(
        "why = { kind = \"single\", categories = [\"Pay\"], asked_if = \"cover = 'Yes'\" }\n\
         more = { kind = \"single\", categories = [\"A\"], asked_if = \"why = 'Pay'\" }\n",
    );
    let csv = "id,cover,why,more\n1,Yes,Pay,A\n2,Yes,,\n3,No,,\n4,,,\n";
    assert_eq!(
        column(&schema, csv, "why"),
        ["Pay", "[No answer]", "[Not asked]", "[No answer]"]
    );
    assert_eq!(
        column(&schema, csv, "more"),
        ["A", "[No answer]", "[Not asked]", "[No answer]"]
    );
    let csv = "id,cover,why,more\n1,No,Pay,\n2,Yes,Pay,A\n";
    insta::assert_snapshot!(said(&schema, csv), @"answers.csv:2:6: warning[V120] `why` is answered by people who were not asked");
}

#[test]
fn several_answers_are_read_from_columns_and_from_one_cell() {
    let columns = source("header_rows = 2")
        + "[question]\nwhy = { kind = \"multi\", text = \"Why?\", categories = [\"Pay\", \"None\"], \
           exclusive = [\"None\"] }\n";
    let csv = "Why?,\nPay,None\nPay,\n,\nPay,None\n,None\n";
    assert_eq!(column(&columns, csv, "why.pay"), ["Picked", "[No answer]", "Not picked"]);
    insta::assert_snapshot!(said(&columns, csv), @"answers.csv:5:1: warning[V130] `why` has an answer that excludes others beside another");
    let joined = source("")
        + "[question]\nwhy = { kind = \"multi\", delimiter = \", \", max = 2, \
           categories = [\"Pay\", \"Pay, and more\", \"Time\"] }\n";
    let csv = "why\n\"Pay, and more, Time\"\n\"Time, Pay\"\n\nPay\n\"Pay, Tim\"\n";
    assert_eq!(column(&joined, csv, "why.pay"), ["Not picked", "Picked", "Picked"]);
    assert_eq!(column(&joined, csv, "why.time"), ["Picked", "Picked", "Not picked"]);
    let too_many = "why\n\"Pay, Time, Pay, and more\"\nPay\n";
    insta::assert_snapshot!(said(&joined, too_many), @"answers.csv:2:1: warning[V131] `why` has more answers than its maximum");
}

#[test]
fn numbers_dates_patterns_and_ranks_are_checked() {
    let schema = source("dates = \"%d/%m/%Y\"")
        + "[question]\nh = { kind = \"number\", constraints = { minimum = 0, maximum = 100 } }\n\
           d = { kind = \"date\" }\nt = { kind = \"text\", constraints = { pattern = \"[0-9]{3}\" } }\n\
           r = { kind = \"rank\", rows = [{ label = \"A\", column = \"ra\" }, { label = \"B\", \
           column = \"rb\" }] }\n";
    let csv =
        "h,d,t,ra,rb\n5,01/02/2024,123,1,2\nx,,,,\n,2024-02-01,,,\n,,12,,\n101,,,,\n,,,1,1\n";
    insta::assert_snapshot!(said(&schema, csv), @r"
    answers.csv:3:1: warning[V103] `h` holds a text where a number should be
    answers.csv:4:2: warning[V104] `d` holds a text where a date should be
    answers.csv:5:3: warning[V105] `t` holds a text not of the declared form
    answers.csv:6:1: warning[V111] `h` holds numbers outside its limits
    answers.csv:7:4: warning[V132] the places of `r` are no ranking
    ");
}

#[test]
fn required_answers_keys_and_widths_are_checked() {
    let schema = source("key = { column = \"id\", duplicates = \"first\" }")
        + "[question]\nq = { kind = \"single\", categories = [\"A\"], required = true }\n";
    let csv = "id,q\n1,A\n1,A\n,A\n2,\n3\n4,A,A\n5,A\n";
    insta::assert_snapshot!(said(&schema, csv), @r"
    answers.csv:6: warning[V150] 2 rows have too few or too many cells
    answers.csv:5:3: warning[V110] `q` is not answered, but required
    answers.csv:4: warning[V112] the key `id` is empty
    answers.csv:3: warning[V112] the key `id` occurs more than once
    ");
    let (checked, _) = read(&schema, csv);
    let facts = checked.unwrap().facts().clone();
    assert_eq!((facts.rows_read, facts.rows_kept, facts.set_aside.len()), (7, 2, 5));
}

#[test]
fn too_many_bad_rows_reject_the_file() {
    let schema = "[source]\ndelimiter = \",\"\n[question]\nq = { kind = \"single\", categories = [\"A\"] }\n";
    let csv = format!("q\n{}B\n", "A\n".repeat(18));
    let (checked, said) = read(schema, &csv);
    assert!(checked.is_none());
    insta::assert_snapshot!(said, @r"
    answers.csv:20:1: error[V102] `q` holds a text that is none of its answers
    answers.csv: error[V190] 1 of 19 rows are set aside
    ");
    let csv = format!("q\n{}B\n", "A\n".repeat(19));
    let (checked, said) = read(schema, &csv);
    assert!(checked.is_some());
    insta::assert_snapshot!(said, @r"
    answers.csv:21:1: warning[V102] `q` holds a text that is none of its answers
    answers.csv: warning[V191] 1 of 20 rows are set aside
    ");
}

#[test]
fn columns_are_missing_unknown_or_doubled() {
    let schema = yes_no("");
    insta::assert_snapshot!(said(&schema, "id,covr\n1,Yes\n"), @r"
    answers.csv:1: error[I014] the file has no column `cover`
    answers.csv:1: warning[I015] nothing names the column `covr`
    ");
    insta::assert_snapshot!(said(&schema, "id,cover,cover\n1,Yes,No\n"), @r"
    answers.csv:1: error[I016] two columns have the header `cover`
    answers.csv:1: warning[I015] nothing names the column `cover`
    ");
}

#[test]
fn personal_values_are_never_shown() {
    let schema = source("personal = [\"mail\"]")
        + "[question]\nmail = { kind = \"text\", constraints = { pattern = \"[a-z]+@[a-z.]+\" } }\n";
    let mut findings = Findings::default();
    let schema = format!("format = 1\n{schema}");
    let questionnaire = questionnaire::load("schema.toml", &schema, &mut findings).unwrap();
    let file = Memory(b"mail\nCANARY\na@b.c\n".to_vec());
    let files: [&dyn Delivery; 1] = [&file];
    let responses = ingest::read(questionnaire, None, &files, &mut findings, &|_| ()).unwrap();
    assert!(!format!("{responses:?}").contains("CANARY"));
    validate::check(responses, &files, &mut findings).unwrap();
    assert!(findings.list()[0].headline.contains("not of the declared form"));
    assert!(!format!("{findings:?}").contains("CANARY"));
}

#[test]
fn an_open_quotation_mark_is_placed_where_it_opens() {
    let csv = "id,cover\n1,Yes\n\"2,No\n3,Yes\n";
    insta::assert_snapshot!(said(&yes_no(""), csv), @"answers.csv:3: error[I005] a quotation mark is never closed");
}

#[test]
fn a_quotation_mark_that_swallows_rows_stops_the_run() {
    let csv = "id,cover\n1,Yes\n\"2 said,No\n3,Yes\n\"fine\",No\n5,Yes\n";
    insta::assert_snapshot!(said(&yes_no(""), csv), @"answers.csv:3: error[I005] a quotation mark closes a cell in the middle of its text");
}

#[test]
fn lines_are_counted_alike_whatever_ends_them() {
    for end in ["\n", "\r\n"] {
        let csv = "id,cover\n1,Yes\n\n\"two\nlines\",Yes\n4,Maybe\n5,No\n".replace('\n', end);
        assert_eq!(
            said(&yes_no(""), &csv),
            "answers.csv:6:3: warning[V102] `cover` holds a text that is none of its answers"
        );
    }
}

#[test]
fn one_column_is_one_thing() {
    let schema = source("")
        + "[question]\na = { kind = \"single\", column = \"x\", categories = [\"A\"] }\n\
           b = { kind = \"single\", column = \"x\", categories = [\"A\"] }\n";
    insta::assert_snapshot!(said(&schema, "x\nA\n"), @"answers.csv:1: error[I019] two parts of the schema name the same column");
    let schema = source("personal = [\"x\"]")
        + "[question]\na = { kind = \"single\", column = \"x\", categories = [\"A\"] }\n";
    insta::assert_snapshot!(said(&schema, "x\nA\n"), @"answers.csv:1: error[I020] `a` is personal, and would be published");
}

#[test]
fn what_looks_personal_is_not_shown_where_it_does_not_belong() {
    let csv = "id,cover\n1,Yes\n2,canary@example.org\n3,07700 900123\n";
    let mut findings = Findings::default();
    let schema = format!("format = 1\n{}", yes_no(""));
    let questionnaire = questionnaire::load("schema.toml", &schema, &mut findings).unwrap();
    let file = Memory(csv.as_bytes().to_vec());
    let files: [&dyn Delivery; 1] = [&file];
    let responses = ingest::read(questionnaire, None, &files, &mut findings, &|_| ()).unwrap();
    validate::check(responses, &files, &mut findings).unwrap();
    let all = format!("{findings:?}");
    assert!(!all.contains("canary") && !all.contains("900123"), "{all}");
}

#[test]
fn another_delimiter_than_declared_is_named() {
    insta::assert_snapshot!(said(&yes_no(""), "id;cover\n1;Yes\n"), @"answers.csv:1: error[I006] the file has a single column if cells are parted by commas");
}

#[test]
fn a_byte_order_mark_and_other_delimiters_are_read() {
    let schema = yes_no("").replace("delimiter = \",\"", "");
    let csv = "\u{feff}id;cover\r\n1;Yes\r\n2;No\r\n";
    assert_eq!(column(&schema, csv, "cover"), ["Yes", "No"]);
    insta::assert_snapshot!(said(&schema, csv), @"answers.csv: note[I030] cells are taken to be parted by semicolons");
}

#[test]
fn text_that_is_not_utf_8_is_refused_at_its_row() {
    let mut findings = Findings::default();
    let schema = format!("format = 1\n{}", yes_no(""));
    let questionnaire = questionnaire::load("schema.toml", &schema, &mut findings).unwrap();
    let file = Memory(b"id,cover\n1,Yes\ncaf\xe9,No\n".to_vec());
    let files: [&dyn Delivery; 1] = [&file];
    assert!(ingest::read(questionnaire, None, &files, &mut findings, &|_| ()).is_err());
    insta::assert_snapshot!(concise(&findings.list()[0]), @"answers.csv:3: error[I003] the byte 0xE9 is not UTF-8 text");
}
