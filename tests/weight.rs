//! How heavy the pages of `reports/` are, so that weight cannot creep in: the part that every
//! page has, each question with its chart in both widths and its table, each table by its
//! cells.
//!
//! What a question's groups and earlier waves add stands below headings of its section, and
//! each of those is weighed as a question is.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::disallowed_methods, reason = "it reads the reports")]

use std::fs;
use std::path::Path;

const KILOBYTE: usize = 1024;

/// Head with style and both fonts, key findings, about, contents, method, files; not who
/// answered, which is a table and a chart as questions are.
const FIXED: usize = 80 * KILOBYTE;
/// One chart in both widths with its words, and the tables up to the next heading.
const PART: usize = 25 * KILOBYTE;
/// Caption, what its shorthand means, frame and head of a table.
const TABLE: usize = KILOBYTE;
/// A cell with its share of the row and the head of its column.
const CELL: usize = 40;

/// The pages, with the names of their reports.
fn pages() -> Vec<(String, String)> {
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports");
    let folders = fs::read_dir(reports).unwrap().map(|entry| entry.unwrap());
    let page = |folder: fs::DirEntry| {
        let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
        (folder.file_name().to_string_lossy().into_owned(), page)
    };
    folders.map(page).collect()
}

/// Whatever begins and ends with two marks, with both.
fn pieces<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let starts = text.match_indices(open).map(|(start, _)| &text[start..]);
    starts.map(|rest| &rest[..rest.find(close).unwrap() + close.len()]).collect()
}

fn questions(page: &str) -> Vec<&str> {
    let sections = pieces(page, "<section ", "</section>");
    let has_figures = |s: &&str| s.contains(" class=\"question\"") || s.contains(" id=\"who\"");
    sections.into_iter().filter(has_figures).collect()
}

/// The name of an element, for messages.
fn id(element: &str) -> &str {
    element.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("no id")
}

#[test]
fn a_page_without_its_questions_is_at_most_80_kilobytes() {
    for (report, page) in pages() {
        let fixed = page.len() - questions(&page).iter().map(|q| q.len()).sum::<usize>();
        assert!(fixed <= FIXED, "{report}: {fixed}");
    }
}

#[test]
fn a_question_with_its_chart_in_both_widths_is_at_most_25_kilobytes() {
    for (report, page) in pages() {
        let questions = questions(&page);
        assert!(!questions.is_empty(), "{report}");
        for question in questions {
            // A battery by groups is a table for each of its items: those are weighed below.
            for part in question.split("<h3") {
                let tables = pieces(part, "<table", "</table>");
                let further: usize = tables.iter().skip(1).map(|table| table.len()).sum();
                let weight = part.len() - further;
                assert!(weight <= PART, "{report}: {weight} in {}", id(question));
            }
        }
    }
}

#[test]
fn a_table_weighs_what_its_cells_do() {
    for (report, page) in pages() {
        let tables = pieces(&page, "<table", "</table>").into_iter();
        for table in tables.filter(|table| !table.contains("class=\"sums\"")) {
            let most = TABLE + CELL * table.matches("<td").count();
            assert!(table.len() <= most, "{report}: {} in {}", table.len(), id(table));
        }
    }
}
