//! `tables.xlsx`: the report's workbook as bytes.
//!
//! Takes a [`Book`], which is arranged already, and writes it. Times within the file are
//! those of the book, never the clock's. Words are written as words: none becomes a formula
//! or a link. Nothing is hidden: no sheet, row, comment or second value.

mod banner;
mod format;
mod pen;
mod sheet;
mod size;
mod table;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::File;
use super::clean::clean;
use crate::report::{Book, Report};
use format::Formats;
use pen::Pen;

pub(super) fn files(report: &Report) -> Vec<File> {
    // The book keeps to the limits of worksheets and memory takes every byte: this cannot
    // fail. If it did, no file is better than half a file.
    let bytes = bytes(&report.book).ok();
    bytes.map(|bytes| File::new("tables.xlsx", bytes)).into_iter().collect()
}

fn bytes(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    // A row and a column of this font, in pixels.
    workbook.set_default_format(&formats.plain, 21, 80)?;
    workbook.set_properties(&properties(book)?);
    // In a header an ampersand begins a command; two are one.
    let running = format!("&C{}", line(&book.running).replace('&', "&&"));
    for sheet in &book.sheets {
        let to = workbook.add_worksheet();
        if !book.running.is_empty() {
            to.set_header(&running);
        }
        let widths = size::widths(sheet);
        sheet::write(&mut Pen { to, formats: &formats, widths }, sheet)?;
    }
    workbook.save_to_buffer()
}

fn properties(book: &Book) -> Result<DocProperties, XlsxError> {
    // Without a day of publication a day that nobody takes for one.
    let day = ExcelDateTime::from_ymd(1980, 1, 1)?;
    let day = book.created.map_or(Ok(day), |day| {
        let (month, of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
        ExcelDateTime::from_ymd(day.year().unsigned_abs(), month, of_month)
    })?;
    Ok(DocProperties::new()
        .set_title(line(&book.title))
        .set_author(line(&book.author))
        .set_company(line(&book.author))
        .set_subject(line(&book.subject))
        .set_creation_datetime(&day))
}

/// Words on one line, without characters that cannot be seen.
fn line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;
    use crate::poll::Poll;
    use crate::report::testing::{
        poll, report, report_of, report_to_analyst, report_with_quotes,
    };
    use crate::report::{Body, Cell, Listed};

    fn written(report: &Report) -> Vec<u8> {
        files(report).pop().expect("a file").bytes
    }

    /// The parts of a workbook: names and text, in the order in which they stand there.
    fn parts(report: &Report) -> Vec<(String, String)> {
        let mut archive = zip::ZipArchive::new(Cursor::new(written(report))).expect("a zip");
        let count = archive.len();
        let read = |at| {
            let mut part = archive.by_index(at).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("text");
            (part.name().expect("a name").into_owned(), text)
        };
        (0..count).map(read).collect()
    }

    fn part(report: &Report, name: &str) -> String {
        parts(report).into_iter().find(|(path, _)| path.ends_with(name)).expect("a part").1
    }

    /// The table "adequate-phase", to be changed.
    fn crosstab(report: &mut Report) -> &mut Listed {
        let sheet = report.book.sheets.iter_mut().find(|s| s.name == "adequate-phase");
        match &mut sheet.expect("a sheet").body {
            Body::Listed(table) => table,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_same_book_gives_the_same_bytes() {
        assert_eq!(written(&report()), written(&report()));
    }

    #[test]
    fn times_are_those_of_the_book() {
        let day = jiff::civil::date(2024, 1, 18);
        let dated = report_of(&Poll { published: Some(day), ..poll() }).expect("a report");
        let core = part(&dated, "core.xml");
        assert_eq!(core.matches("2024-01-18T00:00:00Z").count(), 2);
        assert!(part(&report(), "core.xml").contains("1980-01-01T00:00:00Z"));
    }

    #[test]
    fn properties_name_the_poll_and_the_organisation_and_nobody_else() {
        let core = part(&report(), "core.xml");
        assert!(core.contains("<dc:creator>Example Education Union</dc:creator>"));
        assert!(
            core.contains("<cp:lastModifiedBy>Example Education Union</cp:lastModifiedBy>")
        );
        let title = "<dc:title>Synthetic data: Inspection &amp; safeguarding, January";
        assert!(core.contains(title), "{core}");
    }

    #[test]
    fn nothing_is_merged_frozen_filtered_hidden_filled_or_calculated() {
        let parts = parts(&report());
        for (name, text) in &parts {
            let forbidden = [
                "<mergeCell",
                "<pane",
                "<autoFilter",
                "hidden=",
                "<f>",
                "<comment",
                "<drawing",
                "rgb=",
            ];
            for word in forbidden {
                assert!(!text.contains(word), "{word} in {name}");
            }
        }
        let names: Vec<_> = parts.iter().map(|(name, _)| name.as_str()).collect();
        assert!(!names.iter().any(|n| n.contains("calcChain") || n.contains("externalLink")));
        let styles = part(&report(), "styles.xml");
        assert_eq!(
            styles.matches("<name val=").count(),
            styles.matches("val=\"Arial\"").count()
        );
    }

    #[test]
    fn a_table_is_named_and_has_heads_and_no_look_of_its_own() {
        let table = part(&report(), "table4.xml");
        assert!(table.contains("displayName=\"table_adequate_phase\""), "{table}");
        assert!(table.contains("<tableColumn id=\"2\" name=\"Total (%)\"/>"));
        assert!(!table.contains("TableStyle") && table.contains("showRowStripes=\"0\""));
        assert!(table.contains("altText=\"Table 2: Pause adequate, by Phase\""));
    }

    /// A worksheet with a column so wide, and the part that holds what repeats in print.
    fn printed(width: usize) -> (String, String) {
        let mut report = report();
        crosstab(&mut report).rows[0][1] = Cell::Words("x".repeat(width));
        (part(&report, "sheet5.xml"), part(&report, "workbook.xml"))
    }

    #[test]
    fn a_sheet_is_printed_one_page_wide_with_its_heads_on_every_page() {
        let (sheet, book) = printed(5);
        assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>"), "{sheet}");
        assert!(sheet.contains("fitToHeight=\"0\" orientation=\"portrait\""), "{sheet}");
        assert!(book.contains("'adequate-phase'!$A:$A,'adequate-phase'!$11:$11"), "{book}");
        let (sheet, _) = printed(40);
        assert!(sheet.contains("fitToHeight=\"0\" orientation=\"landscape\""), "{sheet}");
        assert!(!sheet.contains("fitToWidth"));
    }

    #[test]
    fn the_analysts_table_is_frozen_below_its_letters_and_nothing_is_merged() {
        let sheet = part(&report_to_analyst(), "sheet4.xml");
        assert!(
            sheet.contains("<pane xSplit=\"1\" ySplit=\"12\" topLeftCell=\"B13\""),
            "{sheet}"
        );
        assert!(!sheet.contains("<mergeCell"));
        assert!(sheet.contains("&amp;CSynthetic data. Private"));
        // All places, whatever is shown.
        assert!(sheet.contains("<v>2.26</v>"));
        assert!(
            !parts(&report_to_analyst()).iter().any(|(name, _)| name.ends_with("table3.xml"))
        );
    }

    #[test]
    fn words_that_look_like_a_formula_or_an_address_stay_words() {
        let mut report = report();
        let table = crosstab(&mut report);
        table.rows[0][0] = Cell::Words("=HYPERLINK(\"https://example.org\")".to_owned());
        table.heads[1] = "=1+1".to_owned();
        let sheet = part(&report, "sheet5.xml");
        assert!(!sheet.contains("<f>"));
        let links = sheet.matches("<hyperlink ").count();
        assert_eq!(links, sheet.matches(" location=").count());
        assert!(part(&report, "sharedStrings.xml").contains("=HYPERLINK("));
    }

    #[test]
    fn quotes_have_a_worksheet_on_which_they_are_words() {
        let report = report_with_quotes();
        let strings = part(&report, "sharedStrings.xml");
        assert!(
            strings.contains("&lt;/p&gt;&lt;script&gt;a()&lt;/script&gt; ]]&gt; &amp; =1</t>")
        );
        assert!(strings.contains("=2+2</t>") && strings.contains("Member who replied</t>"));
        assert!(part(&report, "workbook.xml").contains("<sheet name=\"Quotes\""));
        assert!(parts(&report).iter().all(|(_, text)| !text.contains("<f>")));
    }

    #[test]
    fn heads_that_are_alike_are_told_apart_and_have_no_line_feed() {
        let mut report = report();
        let table = crosstab(&mut report);
        table.heads = ["A", "a\u{200b}", "A\nb", ""].map(str::to_owned).to_vec();
        let table = part(&report, "table4.xml");
        let heads = ["\"A\"", "\"a (2)\"", "\"A b\"", "\" (2)\""];
        assert!(heads.iter().all(|head| table.contains(&format!("name={head}"))), "{table}");
    }

    #[test]
    fn words_longer_than_a_cell_are_cut_and_end_in_dots() {
        let mut report = report();
        let table = crosstab(&mut report);
        table.rows[0][0] = Cell::Words("\u{1f600}".repeat(20_000));
        let strings = part(&report, "sharedStrings.xml");
        assert!(strings.contains("\u{1f600}…</t>"));
        assert_eq!(strings.matches('\u{1f600}').count(), 16_383);
    }
}
