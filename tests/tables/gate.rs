//! The gate: what the public may not see of a table, whatever stands in its rows.

use super::world::{Book, close, poll, publish, rows};

const SCHEMA: &str = r#"
[source]
unknown_columns = "keep"
[question.phase]
kind = "single"
title = "Phase"
categories = ["Primary", "Secondary", "Special"]
report = false
[question.role]
kind = "single"
title = "Role"
categories = ["Head", "Teacher"]
report = false
[question.view]
kind = "single"
title = "View"
categories = ["Agree", "Neither", "Disagree"]
nonsubstantive = ["Don't know"]
scores = { "Agree" = 1, "Neither" = 0, "Disagree" = -1 }
"#;

const HEADER: &str = "phase,role,view";

fn published(profile: &str, more: &str, counts: &[(&str, usize)]) -> Result<Book, String> {
    publish(SCHEMA, &poll(profile, more), &rows(HEADER, counts))
}

const BY_PHASE: &str = "[tables]\nbanner = [\"phase\"]\ntest = { method = \"effective_base\" }";

/// 40 in "Special", all but few of whom agree, beside 2,000 of whom half do.
const UNEVEN: [(&str, usize); 6] = [
    ("Primary,Head,Agree", 300),
    ("Primary,Teacher,Disagree", 700),
    ("Secondary,Head,Agree", 700),
    ("Secondary,Teacher,Disagree", 300),
    ("Special,Head,Agree", 34),
    ("Special,Teacher,Disagree", 6),
];

/// 34 of 40 is higher than 1,000 of 2,000, and the analyst sees it; the public sees neither.
#[test]
fn no_verdict_stands_beside_a_hidden_figure() {
    let special = ("view-phase", "Agree", "Special");
    let book = published("analyst", BY_PHASE, &UNEVEN).unwrap();
    assert_eq!(book.field(special, "verdict"), "higher");
    let book = published("public", BY_PHASE, &UNEVEN).unwrap();
    assert_eq!(["status", "value", "verdict"].map(|n| book.field(special, n)), ["[c]", "", ""]);
    let lower = ("view-phase", "Agree", "Primary");
    assert_eq!(["value", "verdict"].map(|name| book.field(lower, name)), ["30", "lower"]);
    let table = book.table("view-phase");
    assert!(table.contains("Agree | 51% | 30% ▼ lower | 70% ▲ higher | [c]"), "{table}");
}

/// A sensitive answer of seven is tested, as it is more than five, and hidden, as it is
/// fewer than ten.
#[test]
fn no_verdict_stands_beside_a_small_cell() {
    let schema = SCHEMA.replace("title = \"View\"", "title = \"View\"\nsensitive = true");
    let data = rows(
        HEADER,
        &[
            ("Primary,Head,Agree", 7),
            ("Primary,Head,Disagree", 993),
            ("Secondary,Head,Agree", 600),
            ("Secondary,Head,Disagree", 400),
        ],
    );
    let agree = ("view-phase", "Agree", "Primary");
    let verdict = |profile: &str| {
        let book = publish(&schema, &poll(profile, BY_PHASE), &data).unwrap();
        ["status", "verdict"].map(|name| book.field(agree, name).to_owned())
    };
    assert_eq!(verdict("public"), ["[c]", ""]);
    assert_eq!(verdict("officers"), ["", "lower"]);
}

/// Of whom it is known what they said to a sensitive question, nine are as few as in the
/// question itself.
#[test]
fn a_filter_by_a_sensitive_answer_makes_a_sensitive_table() {
    let own = "[[table]]\nname = \"heads\"\nrows = \"view\"\nwhere = \"role = 'Head'\"";
    let counts = [("Primary,Head,Agree", 7), ("Primary,Head,Disagree", 93)];
    let status = |schema: &str| {
        let book = publish(schema, &poll("public", own), &rows(HEADER, &counts)).unwrap();
        book.field(("heads", "Agree", "Total"), "status").to_owned()
    };
    assert_eq!(status(SCHEMA), "");
    assert_eq!(status(&SCHEMA.replace("\"Role\"", "\"Role\"\nsensitive = true")), "[c]");
}

/// Pages have words and arrows; letters are for the workbook and the terminal of the analyst.
#[test]
fn no_page_has_letters() {
    for profile in ["analyst", "officers", "public"] {
        let table = published(profile, BY_PHASE, &UNEVEN).unwrap().table("view-phase");
        assert!(!table.contains(" A"), "{table}");
    }
}

#[test]
fn counts_are_not_for_the_public() {
    let own = "[[table]]\nname = \"n\"\nrows = \"view\"\nby = \"phase\"\npercent = \"count\"\n";
    let refused = published("public", own, &UNEVEN).err().unwrap();
    assert!(refused.contains("error[E015] the table `n` cannot be made"), "{refused}");
    let book = published("officers", own, &UNEVEN).unwrap();
    // Weighted numbers to tens.
    close(book.value("n", "Agree", "Total"), 1030.0);
}

#[test]
fn nested_groups_are_not_for_the_public() {
    let nested = "[tables]\nbanner = [\"phase > role\", \"role\"]";
    let book = published("public", nested, &UNEVEN).unwrap();
    assert!(book.said.contains("warning[E011] the banner `phase > role` is left out"));
    assert!(book.has("view-role") && !book.has("view-phase-role"));
    let own = "[[table]]\nname = \"deep\"\nrows = \"view\"\nby = \"phase > role\"";
    let book = published("public", own, &UNEVEN).unwrap();
    assert!(book.said.contains("E011") && !book.has("deep") && book.has("view"));
    let book = published("officers", nested, &UNEVEN).unwrap();
    assert!(book.has("view-phase-role"));
}

/// 30 of 300 said "Neither": too few for shares of them, though each column has a hundred.
#[test]
fn shares_of_a_small_row_are_hidden() {
    let own = "[[table]]\nname = \"row\"\nrows = \"view\"\nby = \"phase\"\npercent = \"row\"\n";
    let counts = [
        ("Primary,Head,Agree", 90),
        ("Primary,Head,Neither", 10),
        ("Secondary,Head,Agree", 80),
        ("Secondary,Head,Neither", 20),
    ];
    let book = published("public", own, &counts).unwrap();
    for group in ["Total", "Primary", "Secondary"] {
        assert_eq!(book.field(("row", "Neither", group), "status"), "[c]");
        assert_eq!(book.field(("row", "Neither", group), "base"), "");
    }
    assert_eq!(book.field(("row", "Agree", "Primary"), "value"), "53");
    assert_eq!(book.field(("row", "Agree", "Primary"), "base"), "170");
    close(book.value("view", "Neither", "Total"), 15.0);
}

/// Of sixty only forty have a view: their mean is of forty.
#[test]
fn a_mean_of_few_is_hidden_though_its_column_is_not() {
    let counts = [
        ("Primary,Head,Agree", 20),
        ("Primary,Head,Disagree", 20),
        ("Primary,Head,Don't know", 20),
        ("Secondary,Head,Agree", 60),
        ("Secondary,Head,Disagree", 60),
    ];
    let book = published("public", BY_PHASE, &counts).unwrap();
    assert_eq!(book.field(("view-phase", "Mean", "Primary"), "status"), "[c]");
    close(book.value("view-phase", "Agree", "Primary"), 33.0);
    // 80 − 80 of 160; the base is that of the mean, to tens.
    close(book.value("view", "Mean", "Total"), 0.0);
    assert_eq!(book.field(("view", "Mean", "Total"), "base"), "160");
    assert_eq!(book.field(("view", "Agree", "Total"), "base"), "180");
}

/// "Neither" has the fewest, and would come first if its size could be seen.
#[test]
fn what_is_hidden_comes_last_in_order_of_size() {
    let counts = [
        ("Primary,Head,Agree", 600),
        ("Primary,Head,Neither", 3),
        ("Primary,Head,Disagree", 400),
        ("Primary,Head,Don't know", 200),
    ];
    let labels = |profile: &str, sort: &str| {
        let more = format!("[tables]\nsort = \"{sort}\"");
        let table = published(profile, &more, &counts).unwrap().table("view");
        let labels = table.lines().skip(1).take(4).map(|l| l.split(" | ").next().unwrap());
        labels.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(labels("analyst", "ascending"), "Neither, Disagree, Agree, Don't know");
    assert_eq!(labels("public", "ascending"), "Disagree, Agree, Neither, Don't know");
    assert_eq!(labels("public", "descending"), "Agree, Disagree, Neither, Don't know");
}
