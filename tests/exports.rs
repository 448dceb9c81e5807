//! Whether each platform's export is read as `tests/exports/README.md` promises, and
//! whether the order of its rows and columns changes anything.
#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use csv::ByteRecord;
use insta::assert_snapshot;
use pollsmith::diagnostic::Findings;
use pollsmith::frame;
use pollsmith::ingest::{self, Delivery, Manner};
use pollsmith::pipeline::{self, Facts, Secret, World};
use pollsmith::validate::{self, Checked};
use pollsmith::{questionnaire, questionnaire::UnknownColumns};
use proptest::prelude::*;

/// Every export, by the name of its files.
const EXPORTS: [&str; 16] = [
    "surveymonkey",
    "surveymonkey-one-row",
    "qualtrics",
    "qualtrics-legacy",
    "microsoft-forms",
    "microsoft-forms-1252",
    "google-forms",
    "google-forms-download",
    "limesurvey-codes",
    "limesurvey-labels",
    "limesurvey-text",
    "jisc-labels",
    "jisc-codes",
    "typeform",
    "alchemer",
    "plain",
];

/// Exports in which the place of a column says what it holds: the question stands above an
/// earlier one, or several columns have one header.
const BY_PLACE: [&str; 3] = ["surveymonkey", "surveymonkey-one-row", "typeform"];

/// A schema and the file that it reads.
struct Export {
    schema: String,
    data: Vec<u8>,
}

/// A file in memory.
struct File<'a>(&'a [u8]);

impl Delivery for File<'_> {
    fn name(&self) -> &'static str {
        "export.csv"
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        let offset = usize::try_from(offset).map_err(io::Error::other)?;
        Ok(Box::new(self.0.get(offset..).unwrap_or_default()))
    }
}

impl World for Export {
    fn name(&self, path: &str) -> String {
        path.to_owned()
    }

    fn text(&self, _: &str) -> io::Result<String> {
        Ok(self.schema.clone())
    }

    fn delivery(&self, _: &str) -> Box<dyn Delivery + '_> {
        Box::new(File(&self.data))
    }

    fn progress(&self, _: &str, _: u64) {}

    fn secret(&self) -> io::Result<Secret> {
        Ok(Secret::new([7; 32]))
    }
}

impl Export {
    #[allow(clippy::disallowed_methods, reason = "a test reads its files")]
    fn read(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports").join(name);
        let schema = fs::read_to_string(path.with_extension("toml")).expect("a schema");
        Self { schema, data: fs::read(path.with_extension("csv")).expect("an export") }
    }

    fn facts(&self, findings: &mut Findings) -> Facts {
        let data = ["export.csv".to_owned()];
        let facts = pipeline::check_data(self, "export.toml", &data, 1, findings);
        facts.unwrap_or_else(|_| panic!("{:?}", findings.list()))
    }

    /// The answers, which `check_data` does not give.
    fn checked(&self) -> Checked {
        let findings = &mut Findings::default();
        let mut none = |_: &str, _: &mut Findings| None;
        let questionnaire =
            questionnaire::load("export.toml", &self.schema, &mut none, findings);
        let questionnaire = questionnaire.expect("the schema is sound");
        assert_eq!(questionnaire.source.unknown_columns, UnknownColumns::Keep);
        let file = File(&self.data);
        let deliveries: [&dyn Delivery; 1] = [&file];
        let responses = ingest::read(questionnaire, None, &deliveries, Manner::QUIET, findings);
        let responses = responses.expect("the export can be read");
        validate::check(responses, &deliveries, findings).expect("the answers are sound")
    }
}

/// What came of one export: its rows, then every row that is set aside, every repair and
/// every finding.
fn account(name: &str) -> String {
    let mut findings = Findings::default();
    let facts = Export::read(name).facts(&mut findings);
    let Facts { files, rows_read, rows_kept, set_aside, repairs, .. } = &facts;
    let file = &files[0];
    let (form, delimiter) = (file.encoding, char::from(file.delimiter));
    let mut lines = vec![format!(
        "{name}: {rows_read} read, {rows_kept} kept; {form} {delimiter} {} header rows",
        file.header_rows
    )];
    lines
        .extend(set_aside.iter().map(|a| format!("  aside: row {} {:?}", a.spot.row, a.codes)));
    lines.extend(repairs.iter().map(|r| {
        format!("  repair: {} in `{}`, {} from row {}", r.rule, r.column, r.count, r.first_row)
    }));
    lines.extend(findings.list().iter().map(|f| {
        let place = f.place.clone().unwrap_or_default();
        let row = place.row.map_or(String::new(), |row| format!(", row {row}"));
        format!("  {} {} {}{row}", f.severity.word(), f.code.id, f.headline)
    }));
    lines.join("\n")
}

#[test]
fn every_export_passes_with_the_rows_and_findings_that_are_promised() {
    let accounts: Vec<String> = EXPORTS.iter().map(|name| account(name)).collect();
    assert_snapshot!(accounts.join("\n"), @r#"
    surveymonkey: 8 read, 8 kept; UTF-8 , 2 header rows
      note I030 cells are taken to be parted by commas
      note V193 empty cells can mean several things
    surveymonkey-one-row: 6 read, 6 kept; UTF-8 , 1 header rows
      note I030 cells are taken to be parted by commas
      note V193 empty cells can mean several things
    qualtrics: 7 read, 6 kept; UTF-8 , 3 header rows
      aside: row 4 ["V170"]
      note I030 cells are taken to be parted by commas
      note V170 1 row is a trial of the questionnaire, row 4
      note V171 1 person took less than 60 seconds, row 7
      note V193 empty cells can mean several things
      warning V191 1 of 7 rows are not counted
    qualtrics-legacy: 6 read, 5 kept; UTF-8 , 2 header rows
      aside: row 4 ["V170"]
      note I030 cells are taken to be parted by commas
      note V170 1 row is a trial of the questionnaire, row 4
      note V193 empty cells can mean several things
      warning V191 1 of 6 rows are not counted
    microsoft-forms: 6 read, 6 kept; UTF-8 , 1 header rows
      repair: open answer in `What support have you had this year?`, 1 from row 6
      note I030 cells are taken to be parted by commas
      note V200 1 cell is read as `Other`, row 6
      note V193 empty cells can mean several things
    microsoft-forms-1252: 6 read, 6 kept; windows-1252 , 1 header rows
      note I032 the file is text, in windows-1252
      note I030 cells are taken to be parted by commas
      note V193 empty cells can mean several things
    google-forms: 6 read, 6 kept; UTF-8 , 1 header rows
      repair: open answer in `What would help most? (Tick all that apply.)`, 1 from row 4
      note I030 cells are taken to be parted by commas
      note V200 1 cell is read as `Other`, row 4
      note V193 empty cells can mean several things
    google-forms-download: 6 read, 6 kept; UTF-8 , 1 header rows
      note I030 cells are taken to be parted by commas
      note V193 empty cells can mean several things
    limesurvey-codes: 6 read, 6 kept; UTF-8 ; 1 header rows
      note I030 cells are taken to be parted by semicolons
      note V193 empty cells can mean several things
    limesurvey-labels: 6 read, 6 kept; UTF-8 , 1 header rows
      repair: fold invisible in `likert0[time2]`, 1 from row 3
      note I030 cells are taken to be parted by commas
      note V200 1 cell is read as `1 (None at all)`, row 3
      note V193 empty cells can mean several things
    limesurvey-text: 6 read, 6 kept; UTF-8 ; 1 header rows
      note I030 cells are taken to be parted by semicolons
      note V193 empty cells can mean several things
    jisc-labels: 6 read, 6 kept; UTF-8 , 1 header rows
      note I030 cells are taken to be parted by commas
      note V193 empty cells can mean several things
    jisc-codes: 6 read, 6 kept; UTF-8 , 1 header rows
      note I030 cells are taken to be parted by commas
      note V193 empty cells can mean several things
    typeform: 6 read, 6 kept; UTF-8 , 1 header rows
      note I030 cells are taken to be parted by commas
      note V193 empty cells can mean several things
    alchemer: 6 read, 6 kept; UTF-8 , 1 header rows
      note I030 cells are taken to be parted by commas
      note V193 empty cells can mean several things
    plain: 6 read, 6 kept; UTF-8 ; 1 header rows
    "#);
}

/// How many people gave each answer, and the sum of each column of numbers; by column.
fn answers(checked: &Checked) -> BTreeMap<String, BTreeMap<String, usize>> {
    let frame = checked.frame();
    let names = frame.get_column_names_owned();
    let count = |name: &str| {
        let mut counts = BTreeMap::new();
        if let Some(codes) = frame::codes(frame, name) {
            let list = frame::list(frame, name);
            for row in 0..codes.len() {
                *counts.entry(list[codes.get(row)].clone()).or_default() += 1;
            }
        }
        for number in frame::numbers(frame, name).unwrap_or_default() {
            *counts.entry(number.to_string()).or_default() += 1;
        }
        counts
    };
    names.iter().map(|name| (name.to_string(), count(name))).collect()
}

/// How many rows hold each of the answers of a column.
fn counted(name: &str, column: &str) -> BTreeMap<String, usize> {
    let mut answers = answers(&Export::read(name).checked());
    answers.remove(column).unwrap_or_else(|| panic!("{name} has no {column}: {answers:?}"))
}

/// The counts in the last column of the README's table.
#[test]
fn answers_are_counted_as_promised() {
    let promises = [
        ("surveymonkey", "role", "Other (please specify)", 1),
        ("surveymonkey", "time.other_please_specify", "Picked", 2),
        ("surveymonkey", "urgent.pay", "NaN", 2), // one `N/A`, one empty
        ("surveymonkey", "terms.i_am_paid_fairly", "[No answer]", 1),
        ("surveymonkey-one-row", "role", "Other (please specify)", 1),
        ("surveymonkey-one-row", "time.other_please_specify", "Picked", 2),
        ("surveymonkey-one-row", "hours", "NaN", 1),
        ("qualtrics", "complete", "False", 1),
        ("qualtrics", "role", "Other (please specify)", 1),
        ("qualtrics", "why.other", "Picked", 1),
        ("qualtrics", "why.pay", "[Seen, not answered]", 1),
        ("qualtrics", "school.my_school_is_well_led", "[Seen, not answered]", 1),
        ("qualtrics-legacy", "complete", "0", 1),
        ("qualtrics-legacy", "keep.flexible_hours_including_part_time", "Picked", 3),
        ("qualtrics-legacy", "keep.fewer_meetings", "Picked", 2),
        ("microsoft-forms", "had.other", "Picked", 1),
        ("microsoft-forms-1252", "cost", "Caf\u{e9} lunches", 2),
        ("microsoft-forms-1252", "cost", "Rent \u{2014} over \u{a3}900", 2),
        ("microsoft-forms-1252", "hours", "NaN", 1),
        ("google-forms", "help.fewer_tasks_marking_data_displays", "Picked", 3),
        ("google-forms", "help.pay", "Picked", 4),
        ("google-forms", "help.other", "Picked", 1),
        ("google-forms-download", "tools.textbook_print_scan_or_app", "Picked", 3),
        ("google-forms-download", "tools.textbook_print_scan_or_app", "[No answer]", 1),
        ("limesurvey-codes", "complete", "", 1),
        ("limesurvey-codes", "union", "Other", 1),
        ("limesurvey-codes", "why.other", "Picked", 1),
        ("limesurvey-labels", "complete", "", 1),
        ("limesurvey-labels", "why.other", "Picked", 1),
        ("limesurvey-labels", "time.marking", "1 (None at all)", 1),
        ("limesurvey-text", "complete", "", 1),
        ("limesurvey-text", "tools.other", "Picked", 1),
        ("jisc-labels", "heard", "Other", 2),
        ("jisc-labels", "subjects.history_politics_and_law", "Picked", 3),
        ("jisc-codes", "heard", "Other", 2),
        ("jisc-codes", "subjects.history_politics_and_law", "Picked", 3),
        ("typeform", "complete", "", 1),
        ("typeform", "learned.other", "Picked", 1),
        ("typeform", "helped.other", "Picked", 1),
        ("typeform", "learned.none", "Picked", 2),
        ("typeform", "helped.none", "Picked", 1),
        ("alchemer", "complete", "Partial", 1),
        ("alchemer", "week.other", "Picked", 2),
        ("plain", "bearable.noise", "Does not apply to me", 1),
        ("plain", "bearable.food", "Does not apply to me", 1),
        ("plain", "bearable.noise", "[No answer]", 1),
        ("plain", "bearable.food", "[No answer]", 1),
        ("plain", "hours", "41.5", 1),
        ("plain", "hours", "38.25", 1),
        ("plain", "hours", "NaN", 1),
    ];
    for (name, column, answer, promised) in promises {
        let counts = counted(name, column);
        let count = counts.get(answer).copied().unwrap_or(0);
        assert_eq!(count, promised, "`{answer}` of {column} in {name}: {counts:?}");
    }
}

/// A file taken apart, so that its rows and columns can change places.
struct Parts {
    delimiter: u8,
    /// Lines above the headers, and lines below the last answer.
    around: [Vec<u8>; 2],
    headers: Vec<ByteRecord>,
    rows: Vec<ByteRecord>,
}

impl Parts {
    fn of(name: &str) -> Self {
        let export = Export::read(name);
        let facts = export.facts(&mut Findings::default());
        let checked = export.checked();
        let source = &checked.questionnaire().source;
        let file = &facts.files[0];
        let ends = |at: &usize| export.data[*at] == b'\n';
        let ends: Vec<usize> = (0..export.data.len()).filter(ends).map(|at| at + 1).collect();
        let mark = if export.data.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let from = source.skip_rows.checked_sub(1).map_or(mark, |line| ends[line]);
        let to = ends[ends.len() - 1 - source.footer_rows];
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.has_headers(false).delimiter(file.delimiter);
        let records: Result<Vec<ByteRecord>, _> =
            reader.from_reader(&export.data[from..to]).byte_records().collect();
        let mut headers = records.expect("the export is a CSV");
        let rows = headers.split_off(file.header_rows);
        let around = [export.data[..from].to_vec(), export.data[to..].to_vec()];
        Self { delimiter: file.delimiter, around, headers, rows }
    }

    /// The file again, with its rows and columns in these orders.
    fn put_together(&self, rows: &[usize], columns: &[usize]) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new();
        let mut writer = writer.delimiter(self.delimiter).from_writer(self.around[0].clone());
        let records = self.headers.iter().chain(rows.iter().map(|row| &self.rows[*row]));
        for record in records {
            let cells = columns.iter().map(|column| &record[*column]);
            writer.write_record(cells).expect("it is written to memory");
        }
        let mut file = writer.into_inner().expect("it is written to memory");
        file.extend(&self.around[1]);
        file
    }
}

/// All that must not change with the order of rows and columns: places are left out.
fn unordered(export: &Export) -> String {
    let mut findings = Findings::default();
    let facts = export.facts(&mut findings);
    let mut headers = facts.files[0].headers.clone();
    headers.sort();
    let mut aside: Vec<_> = facts.set_aside.iter().map(|a| (&a.codes, a.bad)).collect();
    aside.sort();
    let repairs = facts.repairs.iter().map(|r| (&r.rule, &r.column, &r.from, &r.to, r.count));
    let mut repairs: Vec<_> = repairs.collect();
    repairs.sort();
    let found = findings.list().iter();
    let found =
        found.map(|f| (f.severity, f.code.id, &f.headline, &f.because, &f.help, f.count));
    let mut found: Vec<_> = found.collect();
    found.sort();
    let (read, kept) = (facts.rows_read, facts.rows_kept);
    let answers = answers(&export.checked());
    format!("{read} {kept}\n{headers:?}\n{aside:?}\n{repairs:?}\n{found:?}\n{answers:?}")
}

/// An export, and an order for the rows and the columns of its file.
fn orders(by_place: bool) -> impl Strategy<Value = (&'static str, Vec<usize>, Vec<usize>)> {
    let names = EXPORTS.into_iter().filter(move |name| by_place || !BY_PLACE.contains(name));
    prop::sample::select(names.collect::<Vec<_>>()).prop_flat_map(|name| {
        let parts = Parts::of(name);
        let order = |length: usize| Just((0..length).collect::<Vec<_>>()).prop_shuffle();
        (Just(name), order(parts.rows.len()), order(parts.headers[0].len()))
    })
}

/// Whether an export says the same when its file is put together in another order.
fn same_in_order(name: &str, rows: &[usize], columns: &[usize]) -> Result<(), TestCaseError> {
    let export = Export::read(name);
    let data = Parts::of(name).put_together(rows, columns);
    let other = Export { schema: export.schema.clone(), data };
    prop_assert_eq!(unordered(&export), unordered(&other), "{}", name);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn the_order_of_the_rows_changes_nothing((name, rows, columns) in orders(true)) {
        let columns: Vec<usize> = (0..columns.len()).collect();
        same_in_order(name, &rows, &columns)?;
    }

    #[test]
    fn the_order_of_the_columns_changes_nothing((name, rows, columns) in orders(false)) {
        let rows: Vec<usize> = (0..rows.len()).collect();
        same_in_order(name, &rows, &columns)?;
    }
}
