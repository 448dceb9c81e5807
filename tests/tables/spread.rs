//! Columns: groups of one question, nested, overlapping and several; shares across them;
//! filters. The ten respondents are those of `counted`.

use insta::assert_snapshot;

use super::counted::{DATA, SCHEMA, book};
use super::world::{close, poll, publish};

/// Primary: rows 1 to 5, Σw 6; secondary: rows 6 to 9, Σw 4. Nobody is in "Special".
#[test]
fn groups_of_one_question() {
    let book = book("[tables]\nbanner = [\"phase\"]");
    let view = |row: &str, group: &str| book.value("view-phase", row, group);
    close(view("All agree", "Primary"), 100.0 * (1.0 + 1.0 + 2.0) / 6.0);
    close(view("All agree", "Secondary"), 100.0 * 0.5 / 4.0);
    close(view("Net agree", "Primary"), 100.0 * (4.0 - 1.0) / 6.0);
    close(view("Mean", "Primary"), (2.0 + 1.0 + 2.0 - 1.0) / 5.0);
    close(view("Mean", "Secondary"), (2.0 * 0.5 - 0.5 - 2.0) / 4.0);
    let of = |group| ("view-phase", "All agree", group);
    let bases = |group| {
        ["base", "base_weighted", "base_effective"].map(|name| book.field(of(group), name))
    };
    // (Σw)²/Σw²: 36/8 and 16/5.5.
    assert_eq!(bases("Primary"), ["5", "6", "4.5"]);
    assert_eq!(bases("Secondary")[..2], ["4", "4"]);
    close(book.field(of("Secondary"), "base_effective").parse().unwrap(), 16.0 / 5.5);
    // A group of nobody has a base of nobody, and no figure.
    assert_eq!(book.field(of("Special"), "base"), "0");
    assert_eq!(book.field(of("Special"), "value"), "");
    assert_eq!(book.field(of("Special"), "status"), "[x]");
    assert_snapshot!(book.table("view-phase"), @r"
    Answer | Total | Primary | Secondary | Special
    Strongly agree | 15.0% [u] | 16.7% [u] | 12.5% [u] | [x]
    Agree | 30.0% [u] | 50.0% [u] | 0.0% [u] | [x]
    Neither | 10.0% [u] | 0.0% [u] | 25.0% [u] | [x]
    Disagree | 35.0% [u] | 16.7% [u] | 62.5% [u] | [x]
    Strongly disagree | 0.0% [u] | 0.0% [u] | 0.0% [u] | [x]
    Don't know | 10.0% [u] | 16.7% [u] | 0.0% [u] | [x]
    All agree | 45.0% [u] | 66.7% [u] | 12.5% [u] | [x]
    Any side | 80.0% [u] | 83.3% [u] | 75.0% [u] | [x]
    All disagree | 35.0% [u] | 16.7% [u] | 62.5% [u] | [x]
    Not for it | 45.0% [u] | 16.7% [u] | 87.5% [u] | [x]
    Top 2 | 45.0% [u] | 66.7% [u] | 12.5% [u] | [x]
    Bottom 2 | 35.0% [u] | 16.7% [u] | 62.5% [u] | [x]
    Net agree | 10.0 [u] | 50.0 [u] | −50.0 [u] | [x]
    Mean | 0.3 [u] | 0.8 [u] | −0.4 [u] | [x]
    Base (unweighted) | 9 | 5 | 4 | 0
    Base (weighted) | 10.0 | 6.0 | 4.0 | [x]
    Effective base | 7.4 | 4.5 | 2.9 | [x]
    ");
}

/// Heads: rows 1, 3, 6, 8.
#[test]
fn groups_within_groups() {
    let book = book("[tables]\nbanner = [\"phase > role\"]");
    let view = |group: &str| book.value("view-phase-role", "All agree", group);
    close(view("Primary, Head"), 100.0 * (1.0 + 2.0) / (1.0 + 2.0));
    close(view("Primary, Teacher"), 100.0 * 1.0 / (1.0 + 1.0 + 1.0));
    close(view("Secondary, Head"), 100.0 * 0.5 / (0.5 + 1.0));
    close(view("Secondary, Teacher"), 0.0);
    let of = |group| book.field(("view-phase-role", "All agree", group), "status");
    assert_eq!(of("Special, Head"), "[x]");
}

/// Who plans: rows 1, 2, 4, 7, 8; who marks: 1, 3, 4, 9; who talks: 4, 6, 8, 9.
#[test]
fn groups_that_overlap() {
    let book = book("[tables]\nbanner = [\"uses\"]");
    let view = |group: &str| book.value("view-uses", "All agree", group);
    close(view("Plan"), 100.0 * (1.0 + 1.0) / 4.5);
    close(view("Mark"), 100.0 * (1.0 + 2.0) / 6.0);
    close(view("Talk"), 100.0 * 0.5 / 4.5);
    close(view("None"), 0.0);
    assert!(book.caption("view-uses").contains("Somebody can be in several columns."));
    assert!(!book.has("uses-uses"));
}

#[test]
fn several_banners_in_one_table() {
    let own = "[[table]]\nname = \"split\"\ntitle = \"How views split\"\nrows = \"view\"\n\
               by = [\"phase\", \"role\"]";
    let book = book(own);
    close(book.value("split-phase", "All agree", "Secondary"), 100.0 * 0.5 / 4.0);
    // Heads who answered have weights 1, 2, 0.5, 1.
    close(book.value("split-role", "All agree", "Head"), 100.0 * 3.5 / 4.5);
    assert!(book.caption("split-role").contains("How views split, by Role"));
    assert!(book.has("split-phase") && !book.has("split") && !book.has("view-phase"));
}

/// "Strongly agree": rows 1 and 6, of weights 1 and 0.5.
#[test]
fn shares_of_rows_of_the_table_and_counts() {
    let table = |percent: &str| {
        format!(
            "[[table]]\nname = \"{percent}\"\nrows = \"view\"\nby = \"phase\"\n\
             percent = \"{percent}\"\n"
        )
    };
    let book = book(&["row", "total", "count", "column"].map(table).concat());
    let strongly = |table: &str, group: &str| book.value(table, "Strongly agree", group);
    close(strongly("row", "Primary"), 100.0 * 1.0 / 1.5);
    close(strongly("row", "Secondary"), 100.0 * 0.5 / 1.5);
    close(strongly("row", "Total"), 100.0);
    close(strongly("total", "Primary"), 100.0 * 1.0 / 10.0);
    close(strongly("total", "Secondary"), 100.0 * 0.5 / 10.0);
    close(strongly("total", "Total"), 15.0);
    close(strongly("count", "Primary"), 1.0);
    close(strongly("count", "Total"), 1.5);
    close(strongly("column", "Primary"), 100.0 * 1.0 / 6.0);
    let field = |table, name| book.field((table, "Strongly agree", "Primary"), name);
    assert_eq!(field("row", "base"), "2");
    assert_eq!(
        field("row", "percent_of"),
        "those of all who answered who gave the answer and whose group is known"
    );
    assert_eq!(field("total", "base"), "9");
    assert_eq!(
        field("total", "percent_of"),
        "all who answered and whose group is known, of all columns together"
    );
    assert_eq!((field("count", "statistic"), field("count", "unit")), ("total", "people"));
    assert_eq!(field("count", "percent_of"), "");
    // An answer that nobody gave has no shares of those who gave it.
    let nobody = ("row", "Strongly disagree", "Primary");
    assert_eq!((book.field(nobody, "value"), book.field(nobody, "status")), ("", "[x]"));
    // A row's total is a figure of its own: no topline has it.
    assert_eq!(book.field(("row", "Strongly agree", "Total"), "banner"), "");
}

/// Of primary teachers with more than 40 hours: rows 2, 3 and 4, of weight 4.
#[test]
fn a_filter_and_its_words() {
    let own = "[[table]]\nname = \"long\"\nrows = \"view\"\nby = \"role\"\n\
               where = \"phase = 'Primary' and hours > 40\"\n\
               [[table]]\nname = \"said\"\nrows = \"view\"\nwhere = \"role = 'Head'\"\n\
               where_label = \"heads of schools\"\n";
    let book = book(own);
    close(book.value("long", "All agree", "Total"), 100.0 * (1.0 + 2.0) / 4.0);
    close(book.value("long", "All agree", "Head"), 100.0);
    close(book.value("long", "All agree", "Teacher"), 100.0 * 1.0 / 2.0);
    let long = ("long", "All agree", "Total");
    assert_eq!(book.field(long, "base"), "3");
    let words = "phase is Primary and hours is over 40";
    assert!(book.caption("long").contains(words), "{}", book.caption("long"));
    assert_eq!(book.field(long, "percent_of"), format!("all who answered ({words})"));
    close(book.value("said", "All agree", "Total"), 100.0 * 3.5 / 4.5);
    assert!(book.caption("said").contains("(heads of schools)"));
}

#[test]
fn a_question_without_tables_of_its_own_has_those_that_are_asked_for() {
    let own = "[[table]]\nname = \"phases\"\nrows = \"phase\"\n\
               [[table]]\nname = \"phases-by-role\"\nrows = \"phase\"\nby = \"role\"";
    let book = book(own);
    // Primary: Σw 6 of 11.
    close(book.value("phases", "Primary", "Total"), 100.0 * 6.0 / 11.0);
    close(book.value("phases-by-role", "Primary", "Head"), 100.0 * 3.0 / 4.5);
    assert!(!book.has("phase") && book.has("phases-by-role"));
    assert!(book.words().contains("Phase"));
}

/// All in the table are in one group: it is made, compares nobody, and that is said.
#[test]
fn a_filter_that_leaves_one_group() {
    let own = "[[table]]\nname = \"one\"\nrows = \"view\"\nby = \"phase\"\n\
               where = \"phase = 'Primary'\"\n";
    let book = book(own);
    close(book.value("one", "All agree", "Primary"), 100.0 * 4.0 / 6.0);
    close(book.value("one", "All agree", "Total"), 100.0 * 4.0 / 6.0);
    assert_eq!(book.field(("one", "All agree", "Primary"), "verdict"), "");
    assert_snapshot!(book.said, @r"
    data.csv: note[I030] cells are taken to be parted by commas
    poll.toml:13:6: warning[E016] all who answered `phase` are in one group
    ");
}

#[test]
fn a_banner_all_of_whose_respondents_are_in_one_group() {
    let data = DATA.replace("Secondary", "Primary");
    let more = "[tables]\nbanner = [\"phase\"]";
    let book = publish(SCHEMA, &poll("analyst", more), &data).unwrap();
    // Without weights: 4 of 9 agree.
    close(book.value("view-phase", "All agree", "Primary"), 100.0 * 4.0 / 9.0);
    assert_eq!(book.field(("view-phase", "All agree", "Primary"), "verdict"), "");
    assert_snapshot!(book.said, @r"
    data.csv: note[I030] cells are taken to be parted by commas
    poll.toml:9:11: warning[E016] all who answered `phase` are in one group
    ");
    let nobody = data.replace(",Primary,", ",,");
    let book = publish(SCHEMA, &poll("analyst", more), &nobody).unwrap();
    assert_eq!(book.field(("view-phase", "All agree", "Primary"), "status"), "[x]");
    assert_snapshot!(book.said, @r"
    data.csv: note[I030] cells are taken to be parted by commas
    poll.toml:9:11: warning[E016] nobody is in a group of `phase`
    ");
}
