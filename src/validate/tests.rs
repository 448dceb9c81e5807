//! Text in, text out: small schemas and files, and what is said of them.

use std::io::{self, Read};

use crate::diagnostic::{Findings, concise};
use crate::frame;
use crate::ingest::{self, Delivery, Manner};
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
    let outcome = questionnaire::load_alone("schema.toml", &schema, &mut findings)
        .and_then(|questionnaire| {
            let file = Memory(csv.as_bytes().to_vec());
            let files: [&dyn Delivery; 1] = [&file];
            let responses =
                ingest::read(questionnaire, None, &files, Manner::QUIET, &mut findings)?;
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
    insta::assert_snapshot!(said(&yes_no(""), csv), @r"
    answers.csv:5:8: note[V102] `cover` holds a text that is none of its answers
    ");
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
    let questionnaire =
        questionnaire::load_alone("schema.toml", &schema, &mut findings).unwrap();
    let file = Memory(b"id,cover\n1,Yes \n2,yes\n3,Yse\n4,No\n".to_vec());
    let files: [&dyn Delivery; 1] = [&file];
    let responses =
        ingest::read(questionnaire, None, &files, Manner::QUIET, &mut findings).unwrap();
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
    insta::assert_snapshot!(said(&schema, csv), @r"
        answers.csv:2:6: note[V120] `why` is answered by people who were not asked
        ");
}

#[test]
fn several_answers_are_read_from_columns_and_from_one_cell() {
    let columns = source("header_rows = 2\nunknown_columns = \"keep\"")
        + "[question]\nwhy = { kind = \"multi\", text = \"Why?\", categories = [\"Pay\", \"None\"], \
           exclusive = [\"None\"] }\n";
    let csv = "id,Why?,\n,Pay,None\n1,Pay,\n2,,\n3,Pay,None\n4,,None\n";
    assert_eq!(column(&columns, csv, "why.pay"), ["Picked", "[No answer]", "Not picked"]);
    insta::assert_snapshot!(said(&columns, csv), @"answers.csv:5:3: note[V130] `why` has an answer that excludes others beside another");
    let joined = source("")
        + "[question]\nwhy = { kind = \"multi\", delimiter = \", \", max = 2, \
           categories = [\"Pay\", \"Pay, and more\", \"Time\"] }\n";
    let csv = "why\n\"Pay, and more, Time\"\n\"Time, Pay\"\n\nPay\n\"Pay, Tim\"\n";
    assert_eq!(column(&joined, csv, "why.pay"), ["Not picked", "Picked", "Picked"]);
    assert_eq!(column(&joined, csv, "why.time"), ["Picked", "Picked", "Not picked"]);
    let too_many = "why\n\"Pay, Time, Pay, and more\"\nPay\n";
    insta::assert_snapshot!(said(&joined, too_many), @"answers.csv:2:1: note[V131] `why` has more answers than its maximum");
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
           answers.csv:3:1: note[V103] `h` holds a text where a number should be
           answers.csv:4:2: note[V104] `d` holds a text where a date should be
           answers.csv:5:3: note[V105] `t` holds a text not of the declared form
           answers.csv:6:1: note[V111] `h` holds numbers outside its limits
           answers.csv:7:4: note[V132] the places of `r` are no ranking
           ");
}

#[test]
fn required_answers_keys_and_widths_are_checked() {
    let schema = source("key = { column = \"id\", duplicates = \"first\" }")
        + "[question]\nq = { kind = \"single\", categories = [\"A\"], required = true }\n";
    let csv = "id,q\n1,A\n1,A\n,A\n2,\n3\n4,A,A\n5,A\n";
    insta::assert_snapshot!(said(&schema, csv), @r"
    answers.csv:6: note[V150] 2 rows have too few or too many cells
    answers.csv:5:3: note[V110] `q` is not answered, but required
    answers.csv:4: note[V112] the key `id` is empty
    answers.csv:3: note[V112] the key `id` occurs more than once
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
    let questionnaire =
        questionnaire::load_alone("schema.toml", &schema, &mut findings).unwrap();
    let file = Memory(b"mail\nCANARY\na@b.c\n".to_vec());
    let files: [&dyn Delivery; 1] = [&file];
    let responses =
        ingest::read(questionnaire, None, &files, Manner::QUIET, &mut findings).unwrap();
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
            "answers.csv:6:3: note[V102] `cover` holds a text that is none of its answers"
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
    let questionnaire =
        questionnaire::load_alone("schema.toml", &schema, &mut findings).unwrap();
    let file = Memory(csv.as_bytes().to_vec());
    let files: [&dyn Delivery; 1] = [&file];
    let responses =
        ingest::read(questionnaire, None, &files, Manner::QUIET, &mut findings).unwrap();
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
    insta::assert_snapshot!(said(&schema, csv), @r"
answers.csv: note[I030] cells are taken to be parted by semicolons
");
}

#[test]
fn text_that_is_not_utf_8_is_refused_at_its_row() {
    let mut findings = Findings::default();
    let schema = format!("format = 1\n{}", yes_no(""));
    let questionnaire =
        questionnaire::load_alone("schema.toml", &schema, &mut findings).unwrap();
    let file = Memory(b"id,cover\n1,Yes\ncaf\xe9,No\n".to_vec());
    let files: [&dyn Delivery; 1] = [&file];
    assert!(ingest::read(questionnaire, None, &files, Manner::QUIET, &mut findings).is_err());
    insta::assert_snapshot!(concise(&findings.list()[0]), @"answers.csv:3: error[I003] the byte 0xE9 is not UTF-8 text");
}

/// The labels of a column under a schema of one dialect or encoding.
fn read_labels(more: &str, csv: &[u8], name: &str) -> Vec<String> {
    let schema = yes_no("").replace("[source]", &format!("[source]\n{more}"));
    let mut findings = Findings::default();
    let schema = format!("format = 1\n{schema}");
    let questionnaire = questionnaire::load_alone("s.toml", &schema, &mut findings).unwrap();
    let file = Memory(csv.to_vec());
    let files: [&dyn Delivery; 1] = [&file];
    let read = ingest::read(questionnaire, None, &files, Manner::QUIET, &mut findings);
    let checked = read.and_then(|r| validate::check(r, &files, &mut findings));
    let said: Vec<String> = findings.list().iter().map(concise).collect();
    let checked = checked.unwrap_or_else(|_| panic!("rejected: {said:?}"));
    let list = frame::list(checked.frame(), name);
    let codes = frame::codes(checked.frame(), name).unwrap();
    (0..codes.len()).map(|row| list[codes.get(row)].clone()).collect()
}

#[test]
fn bytes_of_other_systems_are_read_as_declared() {
    let utf16: Vec<u8> = "\u{FEFF}id,cover\r\n\u{E9},Yes\r\n2,No\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read_labels("", &utf16, "cover"), ["Yes", "No"]);
    let mac = b"id,cover\rZo\x91,Yes\r2,No\r";
    assert_eq!(read_labels("encoding = \"macintosh\"", mac, "cover"), ["Yes", "No"]);
    let excel = b"sep=,\r\nid,cover\r\n1,Yes\r\n";
    assert_eq!(read_labels("", excel, "cover"), ["Yes"]);
    let titled = b"Members' poll\n\nid,cover\n1,Yes\n2,No\nTotal: 2\n";
    let lines = "skip_rows = 2\nfooter_rows = 1";
    assert_eq!(read_labels(lines, titled, "cover"), ["Yes", "No"]);
}

#[test]
fn a_preamble_and_a_footer_are_suspected_and_not_guessed() {
    let titled = "Members' poll\n\nid,cover\n1,Yes\n";
    insta::assert_snapshot!(said(&yes_no(""), titled), @"answers.csv:1: error[I022] the headers seem to stand in row 3");
    let (_, said) = read(&yes_no(""), "id,cover\n1,Yes\nTotal: 1\n");
    insta::assert_snapshot!(said, @"answers.csv:3: note[V150] a row has 1 cells, the header has 2");
}

#[test]
fn an_open_answer_takes_what_people_wrote_but_no_misspelling() {
    let schema = source("")
        + "[question]\nid = { kind = \"text\" }\n\
           why = { kind = \"multi\", delimiter = \";\", categories = [\"Pay\", \"More; time\"], other = \"Other\" }\n";
    let csv =
        "id,why\n1,Pay;\n2,More; time;Pay\n3,my own words;Pay\n4,\"\"\"Pay\"\"\"\n5,pay\n";
    assert_eq!(
        column(&schema, csv, "why.other"),
        ["Not picked", "Not picked", "Picked", "Not picked"]
    );
    assert_eq!(column(&schema, csv, "why.pay"), ["Picked", "Picked", "Picked", "Picked"]);
    insta::assert_snapshot!(said(&schema, csv), @r"
    answers.csv:6:3: note[V102] `why` holds a text that is none of its answers
    answers.csv: note[V200] 1 cell is read as `Other`
    ");
}

#[test]
fn a_ranking_may_stand_by_place_and_holds_each_item_once() {
    let schema = source("")
        + "[question]\nid = { kind = \"text\" }\n\
           first = { kind = \"rank\", places = 2, rows = [\"Noise\", \"Cold\"] }\n";
    let csv = "id,first [1],first [2]\n1,Cold,Noise\n2,Noise,\n3,Cold,Cold\n";
    let (checked, said) = read(&schema, csv);
    let frame = checked.unwrap().frame().clone();
    let places = |name| frame::numbers(&frame, name).unwrap().to_vec();
    assert_eq!(places("first.cold")[0].to_string(), "1");
    assert_eq!(
        places("first.noise").iter().map(f64::to_string).collect::<Vec<_>>(),
        ["2", "1"]
    );
    insta::assert_snapshot!(said, @"answers.csv:4:8: note[V132] `first` holds an item that has another place already");
}

#[test]
fn rules_of_quality_count_note_and_set_aside() {
    let quality = "[quality.speeders]\ncolumn = \"s\"\nwhen = \"50% of median\"\n\
                   [quality.duplicates]\nwhen = 2\nthen = \"set_aside\"\n\
                   [quality.straight_lining]\nwhen = 2\n\
                   [quality.attention]\nright = { cover = \"Yes\" }\n\
                   [quality.partials]\nwhen = \"60%\"\n";
    let schema =
        yes_no("g = { kind = \"grid\", rows = [\"a\", \"b\"], categories = [\"1\", \"2\"] }\n")
            + quality;
    let csv = "id,cover,a,b,s\n1,Yes,1,2,100\n2,No,1,1,40\n3,Yes,1,2,120\n4,,,1,130\n";
    let (checked, said) = read(&schema, csv);
    assert_eq!(checked.unwrap().facts().rows_kept, 3);
    insta::assert_snapshot!(said, @r"
    answers.csv:3:10: note[V171] 1 person took less than 55 seconds
    answers.csv:3:6: note[V172] 1 person gave every item of `g` the same answer
    answers.csv:4: note[V173] 1 row says the same as an earlier row
    answers.csv:3:3: note[V174] 1 person failed a question with a known right answer
    answers.csv:5: note[V175] 1 person answered less than 60 % of what they were asked
    ");
    let schema = schema.replace("\"set_aside\"", "\"fail\"");
    assert!(read(&schema, csv).0.is_none());
}

#[test]
fn missing_codes_and_ranges_are_reasons() {
    let schema = source(
        "missingValues = [{ from = -99, to = -90, label = \"Refused\" }, { value = \"N/A\", label = \"Not asked\" }]",
    ) + "[question]\nid = { kind = \"text\" }\nq = { kind = \"single\", categories = [\"1\", \"2\"] }\n\
           n = { kind = \"number\" }\n";
    let csv = "id,q,n\n1,1,-95\n2,-99,7\n3,N/A,N/A\n4,,-89\n";
    assert_eq!(column(&schema, csv, "q"), ["1", "[Refused]", "[Not asked]", "[No answer]"]);
    let (checked, said) = read(&schema, csv);
    assert_eq!(said, "");
    let frame = checked.unwrap().frame().clone();
    let numbers = frame::numbers(&frame, "n").unwrap().iter().map(f64::to_string);
    assert_eq!(numbers.collect::<Vec<_>>(), ["NaN", "7", "NaN", "-89"]);
}

#[test]
fn who_broke_off_did_not_reach_the_rest() {
    let schema = yes_no("more = { kind = \"single\", categories = [\"A\"] }\n")
        .replace("[source]", "[source]\ncomplete = { column = \"done\", values = [\"yes\"] }");
    let csv = "id,cover,more,done\n1,Yes,,yes\n2,Yes,,no\n3,,A,no\n";
    assert_eq!(column(&schema, csv, "more"), ["[No answer]", "[Not reached]", "A"]);
    assert_eq!(column(&schema, csv, "cover"), ["Yes", "Yes", "[No answer]"]);
}

#[test]
fn dates_need_a_form_where_day_and_month_could_change_places() {
    let schema = source("") + "[question]\nd = { kind = \"date\" }\n";
    insta::assert_snapshot!(said(&schema, "d\n03/04/2024\n"), @"answers.csv:2:1: error[V106] `d` holds a text where a date should be");
}

#[test]
fn a_later_wave_extends_an_earlier_schema() {
    let earlier = "format = 1\nid = \"poll\"\n[source]\ndelimiter = \",\"\n\
                   [scale.s]\ncategories = [\"Good\", \"Bad\"]\nnets = { \"Any\" = [\"Good\"] }\n\
                   [question.id]\nkind = \"text\"\n[question.pay]\nkind = \"single\"\nscale = \"s\"\n\
                   [question.old]\nkind = \"text\"\n";
    let later = "format = 1\nextends = \"first.toml\"\ndrop = [\"old\"]\n\
                 [rename]\npay = \"salary\"\n[recode.salary]\n\"Good\" = \"Fair\"\n\
                 [breaks]\nsalary = \"other wording\"\n[question.new]\nkind = \"text\"\n";
    let load = |later: &str| {
        let mut findings = Findings::default();
        let mut fetch =
            |path: &str, _: &mut Findings| Some((path.to_owned(), earlier.to_owned()));
        let loaded = questionnaire::load("second.toml", later, &mut fetch, &mut findings);
        let said: Vec<String> = findings.list().iter().map(concise).collect();
        (loaded.ok(), said.join("\n"))
    };
    let (questionnaire, said) = load(later);
    let questionnaire = questionnaire.unwrap_or_else(|| panic!("{said}"));
    let keys: Vec<&str> = questionnaire.questions.iter().map(|q| q.id.as_str()).collect();
    assert_eq!(keys, ["id", "salary", "new"]);
    let salary = questionnaire.question("salary").unwrap();
    assert_eq!(salary.answers[0].label, "Fair");
    assert_eq!(salary.nets[0].members, [0]);
    assert_eq!(salary.place.file, "first.toml");
    let change = &questionnaire.breaks[0];
    assert_eq!(
        (change.was.as_deref(), change.reason.as_deref()),
        (Some("pay"), Some("other wording"))
    );
    insta::assert_snapshot!(load(&later.replace("pay = ", "play = ")).1, @r"
    second.toml:5:1: error[Q017] there is no question `play`
    second.toml:6:9: error[Q017] there is no question `salary`
    second.toml:9:1: error[Q017] there is no question `salary`
    ");
}
