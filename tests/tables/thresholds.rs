//! Thresholds of the poll file: what they change in a small poll, and what the page says of it.

use super::world::{Book, poll, publish, rows};

const SCHEMA: &str = r#"
[question.phase]
kind = "single"
title = "Phase"
categories = ["Primary", "Secondary"]
report = false
[question.town]
kind = "single"
title = "Town"
categories = ["Ashby", "Barton"]
geography = "local"
report = false
[question.view]
kind = "single"
title = "View"
categories = ["Agree", "Neither", "Disagree"]
"#;

/// 130 in "Primary" and 60 in "Secondary"; 70 in "Ashby" and 120 in "Barton".
const COUNTS: [(&str, usize); 6] = [
    ("Primary,Ashby,Agree", 40),
    ("Primary,Barton,Agree", 40),
    ("Primary,Barton,Neither", 10),
    ("Primary,Barton,Disagree", 40),
    ("Secondary,Ashby,Agree", 30),
    ("Secondary,Barton,Disagree", 30),
];

fn published(profile: &str, lines: &str) -> Result<Book, String> {
    let poll = poll(profile, "[tables]\nbanner = [\"phase\", \"town\"]") + lines;
    publish(SCHEMA, &poll, &rows("phase,town,view", &COUNTS))
}

/// Value and status of who agreed, in a column.
fn agree(lines: &str, profile: &str, group: &str) -> String {
    let book = published(profile, lines).expect("a book");
    let table = format!("view-{}", if group.ends_with("ry") { "phase" } else { "town" });
    // A table of whose groups nothing can be shown is left out.
    if !book.has(&table) {
        return "[c]".to_owned();
    }
    ["value", "status"].map(|name| book.field((&table, "Agree", group), name)).concat()
}

const REASON: &str = "reason = \"Every member agreed to it.\"\n";

#[test]
fn a_higher_floor_hides_more_and_a_lower_one_less() {
    assert_eq!(agree("", "public", "Secondary"), "50[u]");
    assert_eq!(agree("floor = 61\n", "public", "Secondary"), "[c]");
    assert_eq!(agree("floor = 61\n", "analyst", "Secondary"), "50[u]");
    assert_eq!(agree("", "public", "Primary"), "62");
    assert_eq!(agree("unreliable = 140\n", "public", "Primary"), "62[u]");
}

#[test]
fn the_page_names_the_thresholds_and_the_reason() {
    let words = published("public", "").expect("a book").words();
    assert!(words.contains("fewer than 50 people (fewer than 100 in a place"), "{words}");
    assert!(words.contains("bases to the nearest 10"), "{words}");
    assert!(!words.contains("Not as usual"), "{words}");
    let lines = format!("floor = 40\nbase_step = 20\n{REASON}");
    let words = published("public", &lines).expect("a book").words();
    let said = "Not as usual in this report: a small group is one of fewer than 40 people, not 50; \
                bases are rounded to the nearest 20, not 10. \
                The reason: Every member agreed to it.";
    assert!(words.contains(said), "{words}");
}

#[test]
fn without_a_reason_or_below_the_end_nothing_is_published() {
    let refused = |lines: &str| published("public", lines).err().expect("nothing");
    assert!(refused("floor = 40\n").contains("error[D010]"));
    assert!(refused(&format!("floor = 9\n{REASON}")).contains("error[D011]"));
    assert!(refused("small = -3\n").contains("error[D012]"));
    let unknown = refused("protect = [\"view@phase=primry\"]\n");
    assert!(
        unknown.contains("error[D013] `view@phase=primry`: there is no group"),
        "{unknown}"
    );
}

#[test]
fn what_is_hidden_by_hand_is_hidden_everywhere_and_told() {
    let book = published("public", "protect = [\"view.agree\"]\n").expect("a book");
    for (table, group) in [("view", "Total"), ("view-phase", "Primary")] {
        assert_eq!(book.field((table, "Agree", group), "status"), "[c]", "{table}, {group}");
        assert_eq!(book.field((table, "Agree", group), "value"), "", "{table}, {group}");
    }
    let caption = book.caption("view-phase");
    assert!(caption.contains("[c]: hidden to protect confidentiality."), "{caption}");
    assert!(book.words().contains("hidden by decision"), "{}", book.words());
}

#[test]
fn columns_of_small_places_need_a_hundred_and_for_officers_fifty() {
    assert_eq!(agree("", "public", "Ashby"), "[c]");
    assert_eq!(agree("", "officers", "Ashby"), "100[u]");
    assert_eq!(agree("", "analyst", "Ashby"), "100[u]");
}
