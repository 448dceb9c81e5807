//! Workbooks made by hand, and the text that comes out.

use std::io::Read;

use super::super::testing::{Memory, ods, xlsx, xlsx_with};
use super::super::{Form, Kind, Packing, Wanted, recognise, text};
use super::Sheet;
use crate::diagnostic::Finding;

fn form(bytes: &[u8], sheet: Option<&str>) -> Result<Form, Box<Finding>> {
    let wanted = Wanted { encoding: None, sheet: sheet.map(str::to_owned) };
    recognise(&Memory(bytes.to_vec()), &wanted)
}

/// The text of the sheet, or what is said against it.
fn csv(bytes: &[u8], sheet: Option<&str>) -> String {
    let form = match form(bytes, sheet) {
        Ok(form) => form,
        Err(finding) => {
            let because = finding.because.unwrap_or_default();
            return format!("{} {}; {because}", finding.code.id, finding.headline);
        }
    };
    let mut whole = String::new();
    text(&Memory(bytes.to_vec()), &form).unwrap().read_to_string(&mut whole).unwrap();
    whole
}

fn sheet(bytes: &[u8]) -> Sheet {
    match form(bytes, None).unwrap().packing {
        Packing::Workbook(sheet) => sheet,
        other => panic!("{other:?}"),
    }
}

/// A workbook of one sheet, from the XML of its rows.
fn rows(rows: &str) -> Vec<u8> {
    xlsx(&[("Answers", "visible", rows)], &["<t>one</t>", "<t>two</t>"])
}

/// A spreadsheet of one sheet, from the XML of its rows.
fn table(rows: &str) -> Vec<u8> {
    ods(&format!("<table:table table:name=\"Answers\">{rows}</table:table>"))
}

/// A row of such a spreadsheet, of the given attributes and content of its cells.
fn cells(cells: &[(&str, &str)]) -> String {
    let cell = |(attributes, inner): &(&str, &str)| {
        format!("<table:table-cell {attributes}>{inner}</table:table-cell>")
    };
    format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
}

#[test]
fn each_kind_of_cell_has_its_text() {
    for (cell, expected) in [
        ("<c r='A1' t='s'><v>1</v></c>", "two"),
        ("<c r='A1' t='inlineStr'><is><t> as it is </t></is></c>", " as it is "),
        (
            "<c r='A1' t='inlineStr'><is><r><t>ri</t></r><r><t>ch</t></r><rPh><t>x</t></rPh></is></c>",
            "rich",
        ),
        ("<c r='A1'><v>4678</v></c>", "4678"),
        ("<c r='A1' t='n'><v>4678.0</v></c>", "4678"),
        ("<c r='A1'><v>1E-1</v></c>", "0.1"),
        ("<c r='A1' s='4'><v>0.45</v></c>", "0.45"),
        ("<c r='A1' s='1'><v>45304</v></c>", "2024-01-13"),
        ("<c r='A1' s='2'><v>45304.354166666664</v></c>", "2024-01-13 08:30:00"),
        ("<c r='A1' s='3'><v>1.1041666666666667</v></c>", "26:30:00"),
        ("<c r='A1' t='d'><v>2024-01-13T00:00:00</v></c>", "2024-01-13"),
        ("<c r='A1' t='b'><v>1</v></c>", "TRUE"),
        ("<c r='A1' t='b'><v>0</v></c>", "FALSE"),
        ("<c r='A1' t='e'><v>#N/A</v></c>", "#N/A"),
        ("<c r='A1' t='str'><f>A2&amp;\"b\"</f><v>a &amp; b_x000D_</v></c>", "\"a & b\r\""),
        ("<c r='A1'><f>1+1</f><v>2</v></c>", "2"),
        ("<c r='A1'><ext><v>9</v></ext><v>2</v></c>", "2"),
        ("<x:c r='A1'><x:v>7</x:v></x:c>", "7"),
    ] {
        let row = format!("<row r='1'>{cell}</row>");
        assert_eq!(csv(&rows(&row), None), format!("{expected}\n"), "{cell}");
    }
}

#[test]
fn each_kind_of_opendocument_cell_has_its_text() {
    let kind = |kind: &str, rest: &str| format!("office:value-type='{kind}' {rest}");
    for (attributes, inner, expected) in [
        (kind("string", ""), "<text:p>one<text:s text:c='2'/>two</text:p>", "one  two"),
        (kind("string", ""), "<text:p>a &lt; <text:span>b</text:span></text:p>", "a < b"),
        (kind("string", ""), "<text:p>a</text:p><text:p>b</text:p>", "\"a\nb\""),
        (kind("string", "office:string-value='full'"), "<text:p>f…</text:p>", "full"),
        (kind("float", "office:value='4678'"), "<text:p>4,678.00</text:p>", "4678"),
        (kind("percentage", "office:value='0.45'"), "<text:p>45%</text:p>", "0.45"),
        (kind("date", "office:date-value='2024-01-13'"), "<text:p>13/1</text:p>", "2024-01-13"),
        (kind("time", "office:time-value='PT08H30M00S'"), "<text:p>8:30</text:p>", "08:30:00"),
        (kind("boolean", "office:boolean-value='true'"), "<text:p>wahr</text:p>", "TRUE"),
        (
            kind("float", "office:value='0' calcext:value-type='error'"),
            "<text:p>#N/A</text:p>",
            "#N/A",
        ),
        (
            kind("string", ""),
            "<office:annotation><text:p>note</text:p></office:annotation><text:p>x</text:p>",
            "x",
        ),
    ] {
        let bytes = table(&cells(&[(&attributes, inner)]));
        assert_eq!(csv(&bytes, None), format!("{expected}\n"), "{attributes}");
    }
}

#[test]
fn the_text_is_a_rectangle_that_says_where_it_begins() {
    let bytes = rows(
        "<row r='3'><c r='B3' t='s'><v>0</v></c><c r='D3' t='inlineStr'><is><t>a,\"b\"</t></is></c></row>\
         <row r='4'><c r='C4'><v>1</v></c><c r='E4' s='1'/></row>\
         <row r='7'><c r='B7'><v>2</v></c></row><row r='9'><c r='B9' s='2'/></row>",
    );
    assert_eq!(csv(&bytes, None), "one,,\"a,\"\"b\"\"\"\n,1,\n\n\n2,,\n");
    let found = sheet(&bytes);
    assert_eq!((found.first_row, found.first_column), (3, 2));
    assert_eq!((found.name.as_str(), found.kind), ("Answers", Kind::Xlsx));
    let unnamed =
        rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>");
    assert_eq!(csv(&unnamed, None), "1,2\n,3\n");
}

#[test]
fn what_is_repeated_in_an_opendocument_sheet_is_counted() {
    let many = "table:number-columns-repeated='16380'";
    let value = "office:value-type='float' office:value='7'";
    let twice = format!("{value} table:number-columns-repeated='2'");
    let bytes = table(&format!(
        "<table:table-row table:number-rows-repeated='2'><table:table-cell/></table:table-row>\
         {}<table:table-row table:number-rows-repeated='2'><table:table-cell {value}/>\
         <table:covered-table-cell {value}/><table:table-cell {value}/></table:table-row>\
         <table:table-row table:number-rows-repeated='1048000'><table:table-cell {many}/>\
         </table:table-row>",
        cells(&[("", ""), (&twice, ""), (many, "")])
    ));
    assert_eq!(csv(&bytes, None), ",7,7\n7,,7\n7,,7\n");
    let found = sheet(&bytes);
    assert_eq!((found.first_row, found.first_column, found.kind), (3, 1, Kind::Ods));
}

#[test]
fn the_only_sheet_with_content_is_taken() {
    let (full, empty) = ("<row><c><v>1</v></c></row>", "<row><c s='1'/></row>");
    let workbook = |sheets: &[(&str, &str, &str)]| csv(&xlsx(sheets, &[]), None);
    let alone = [("Empty", "visible", empty), ("Full", "visible", full)];
    assert_eq!(workbook(&alone), "1\n");
    let hidden =
        [("Old", "hidden", full), ("Older", "veryHidden", full), ("Full", "visible", full)];
    assert_eq!(workbook(&hidden), "1\n");
    let said = workbook(&[("Old", "hidden", full)]);
    assert!(said.starts_with("I004 the workbook has no sheet with content"), "{said}");
    let row = cells(&[("office:value-type='float' office:value='7'", "")]);
    let tables = format!(
        "<table:table table:name='A' table:style-name='h'>{row}</table:table>\
         <table:table table:name='B' table:style-name='v'>{row}</table:table>"
    );
    assert_eq!(sheet(&ods(&tables)).name, "B");
    assert_eq!(csv(&ods(&tables), Some("A")), "7\n", "and not the rows of the next one");
}

#[test]
fn several_sheets_with_content_ask_for_a_choice() {
    let full = "<row><c><v>1</v></c></row>";
    let other = "<row><c><v>2</v></c></row>";
    let bytes = xlsx(
        &[("Responses", "visible", full), ("Summary", "visible", other), ("No", "visible", "")],
        &[],
    );
    let said = "I041 the workbook has several sheets with content; \
                they are `Responses`, `Summary`";
    assert_eq!(csv(&bytes, None), said);
    assert_eq!(csv(&bytes, Some("Summary")), "2\n");
    assert_eq!(csv(&bytes, Some("No")), "I004 the sheet `No` is empty; ");
    let said = csv(&bytes, Some("responses"));
    assert!(said.starts_with("I042 the workbook has no sheet `responses`; its sheets are"));
    let help = form(&bytes, Some("responses")).unwrap_err().help.unwrap();
    assert_eq!(help, "write `sheet = \"Responses\"` in `[source]`");
}

#[test]
fn a_chart_is_no_sheet_and_years_may_begin_in_1904() {
    let dates = "<row><c s='1'><v>43842</v></c></row>";
    let chart = "<workbookPr date1904='1'/><sheet name='Chart' r:id='c'/>";
    let link = "<Relationship Id='c' Type='x/chartsheet' Target='chart.xml'/>";
    let bytes = xlsx_with(&[("A", "visible", dates)], &[], [chart, link]);
    assert_eq!(csv(&bytes, None), "2024-01-13\n");
}

#[test]
fn a_declared_sheet_may_be_hidden() {
    let full = "<row><c><v>1</v></c></row>";
    let bytes = xlsx(&[("A", "visible", full), ("B", "hidden", full)], &[]);
    assert_eq!(csv(&bytes, Some("B")), "1\n");
}

#[test]
fn a_workbook_that_contradicts_itself_is_refused() {
    for (row, because) in [
        ("<row><c t='s'><v>2</v></c></row>", "a cell names a text that is not there"),
        ("<row r='x'><c><v>2</v></c></row>", "a row has no number"),
        ("<row><c r='?'><v>2</v></c></row>", "a cell has no proper name"),
        (
            "<row r='2'><c><v>2</v></c></row><row r='1'><c><v>2</v></c></row>",
            "its cells are not in order",
        ),
        (
            "<row><c r='A1'><v>2</v></c><c r='A1'><v>2</v></c></row>",
            "its cells are not in order",
        ),
    ] {
        assert_eq!(csv(&rows(row), None), format!("I013 the file is damaged; {because}"));
    }
    let open = csv(&rows("<row><c><v>1</v></c>"), None);
    assert!(open.starts_with("I013"), "{open}");
    let never = ods("<table:table table:name='a'><table:table-row>");
    assert!(csv(&never, None).starts_with("I013"));
}

#[test]
fn a_cell_outside_of_any_sheet_is_refused() {
    let because = "I013 the file is damaged; a cell lies outside of the largest sheet there is";
    for place in ["A1048577", "XFE1", "A9999999999"] {
        assert_eq!(
            csv(&rows(&format!("<row><c r='{place}'><v>1</v></c></row>")), None),
            because
        );
    }
    assert_eq!(csv(&rows("<row><c r='XFD1048576'><v>1</v></c></row>"), None), "1\n");
    let value = "office:value-type='float' office:value='7'";
    let most = u64::MAX;
    for row in [
        format!(
            "<table:table-row><table:table-cell table:number-columns-repeated='{most}' {value}/>"
        ),
        format!(
            "<table:table-row table:number-rows-repeated='{most}'><table:table-cell {value}/>"
        ),
    ] {
        assert_eq!(csv(&table(&format!("{row}</table:table-row>")), None), because);
    }
}

#[test]
fn a_sheet_that_would_fill_the_memory_is_refused() {
    let value = "office:value-type='float' office:value='7'";
    let many = "table:number-rows-repeated='100000'";
    let wide = format!(
        "<table:table-row><table:table-cell/><table:table-cell \
         table:number-columns-repeated='16383' {value}/></table:table-row>\
         <table:table-row {many}><table:table-cell {value}/></table:table-row>"
    );
    let long = format!(
        "<table:table-row {many}><table:table-cell office:value-type='string' \
         office:string-value='{}'/></table:table-row>",
        "x".repeat(20_000)
    );
    for rows in [wide, long] {
        let said = csv(&table(&rows), None);
        assert!(said.starts_with("I040") && said.ends_with("can have"), "{said}");
    }
}
