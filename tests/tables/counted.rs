//! Rows, one kind after the other, over the same ten respondents.
//!
//! | row | w | phase, role | view | uses | hours | rate | views: harms | helps | order: pay, hours, pupils |
//! |---|---|---|---|---|---|---|---|---|---|
//! | 1 | 1 | Primary, Head | Strongly agree | Plan, Mark | 40 | 10 | Yes | Don't know | 1 2 3 |
//! | 2 | 1 | Primary, Teacher | Agree | Plan | 50 | 9 | Yes | Don't know | 2 1 3 |
//! | 3 | 2 | Primary, Head | Agree | Mark | 44 | 7 | Yes | Don't know | 1 3 2 |
//! | 4 | 1 | Primary, Teacher | Disagree | Plan, Mark, Talk | 60 | 3 | Yes | No | 3 1 2 |
//! | 5 | 1 | Primary, Teacher | Don't know | None | – | 8 | No | No | 1 2 – |
//! | 6 | 0.5 | Secondary, Head | Strongly agree | Talk | 30 | 10 | No | No | – |
//! | 7 | 0.5 | Secondary, Teacher | Disagree | Plan | 52 | 0 | No | No | 2 3 1 |
//! | 8 | 1 | Secondary, Head | Neither | Plan, Talk | 48 | 6 | No | No | 1 3 2 |
//! | 9 | 2 | Secondary, Teacher | Disagree | Mark, Talk | 58 | 9 | – | No | – – 1 |
//! | 10 | 1 | Secondary, Teacher | – | – | 45 | – | – | Yes | 3 2 1 |

use std::sync::OnceLock;

use insta::assert_snapshot;

use super::world::{Book, close, poll, publish};

pub(super) const SCHEMA: &str = r#"
[source]
unknown_columns = "keep"
[scale.agreement]
categories = ["Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree"]
categoriesOrdered = true
nonsubstantive = ["Don't know"]
nets = { "All agree" = ["Strongly agree", "Agree"], "Any side" = ["Strongly agree", "Agree", "Disagree", "Strongly disagree"], "All disagree" = ["Disagree", "Strongly disagree"], "Not for it" = ["Neither", "Disagree", "Strongly disagree"] }
differences = { "Net agree" = ["All agree", "All disagree"] }
boxes = 2
scores = { "Strongly agree" = 2, "Agree" = 1, "Neither" = 0, "Disagree" = -1, "Strongly disagree" = -2 }
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
scale = "agreement"
[question.reason]
kind = "single"
title = "Reason"
categories = ["Pay", "Time"]
asked_if = "view = 'Disagree'"
[question.uses]
kind = "multi"
title = "Uses"
delimiter = ";"
categories = ["Plan", "Mark", "Talk", "None"]
exclusive = ["None"]
nets = { "Plan or mark" = ["Plan", "Mark"], "Plan or talk" = ["Plan", "Talk"] }
differences = { "Marking over the rest" = ["Mark", "Plan or talk"] }
[question.hours]
kind = "number"
title = "Hours"
unit = "hours"
[question.rate]
kind = "single"
title = "Rate"
range = [0, 10]
nps = true
[question.views]
kind = "grid"
title = "Views"
rows = ["Harms", "Helps"]
categories = ["Yes", "No"]
nonsubstantive = ["Don't know"]
[question.order]
kind = "rank"
title = "Order"
rows = ["Pay", "Time", "Pupils"]
[question.best]
kind = "rank"
title = "Best"
places = 2
rows = ["Pay", "Time", "Pupils"]
"#;

pub(super) const DATA: &str = "\
w,phase,role,view,reason,uses,hours,rate,Harms,Helps,Pay,Time,Pupils,best_1,best_2
1,Primary,Head,Strongly agree,,Plan;Mark,40,10,Yes,Don't know,1,2,3,Pay,Time
1,Primary,Teacher,Agree,,Plan,50,9,Yes,Don't know,2,1,3,Time,Pay
2,Primary,Head,Agree,,Mark,44,7,Yes,Don't know,1,3,2,Pay,Pupils
1,Primary,Teacher,Disagree,Pay,Plan;Mark;Talk,60,3,Yes,No,3,1,2,Time,Pupils
1,Primary,Teacher,Don't know,,None,,8,No,No,1,2,,Pay,Time
0.5,Secondary,Head,Strongly agree,,Talk,30,10,No,No,,,,,
0.5,Secondary,Teacher,Disagree,,Plan,52,0,No,No,2,3,1,Pupils,Pay
1,Secondary,Head,Neither,,Plan;Talk,48,6,No,No,1,3,2,Pay,Pupils
2,Secondary,Teacher,Disagree,Time,Mark;Talk,58,9,,No,,,1,Pupils,
1,Secondary,Teacher,,,,45,,,Yes,3,2,1,Pupils,Time
";

pub(super) fn book(more: &str) -> Book {
    let more = format!("[design]\nweight = \"w\"\n{more}");
    publish(SCHEMA, &poll("analyst", &more), DATA).unwrap()
}

/// The book without a banner, made once.
fn plain() -> &'static Book {
    static PLAIN: OnceLock<Book> = OnceLock::new();
    PLAIN.get_or_init(|| book(""))
}

/// Σw of those who answered is 10: all but row 10.
#[test]
fn answers_nets_and_what_is_made_of_them() {
    let book = plain();
    let view = |row: &str| book.value("view", row, "Total");
    close(view("Strongly agree"), 100.0 * (1.0 + 0.5) / 10.0);
    close(view("Agree"), 100.0 * (1.0 + 2.0) / 10.0);
    close(view("Neither"), 100.0 * 1.0 / 10.0);
    close(view("Disagree"), 100.0 * (1.0 + 0.5 + 2.0) / 10.0);
    close(view("Don't know"), 100.0 * 1.0 / 10.0);
    // "Don't know" is in no net, and in the base of all of them; nets may overlap.
    close(view("All agree"), 15.0 + 30.0);
    close(view("All disagree"), 35.0 + 0.0);
    close(view("Any side"), 45.0 + 35.0);
    close(view("Not for it"), 10.0 + 35.0 + 0.0);
    close(view("Net agree"), 45.0 - 35.0);
    close(view("Top 2"), 15.0 + 30.0);
    close(view("Bottom 2"), 35.0 + 0.0);
    // Σw of those with a score is 9.
    close(view("Mean"), (2.0 * 1.5 + 3.0 - 3.5) / 9.0);
    assert_eq!(book.field(("view", "Net agree", "Total"), "statistic"), "difference");
    assert_eq!(book.field(("view", "All agree", "Total"), "statistic"), "net");
    assert_eq!(book.field(("view", "Mean", "Total"), "base"), "8");
    assert_eq!(book.field(("view", "All agree", "Total"), "base"), "9");
}

/// A scale point that nobody chose keeps its row; means stand last, weights in all bases:
/// Σw = 10 and (Σw)²/Σw² = 100/13.5.
#[test]
fn a_topline_as_it_is_printed() {
    assert_snapshot!(plain().table("view"), @r"
    Answer | Result
    Strongly agree | 15.0% [u]
    Agree | 30.0% [u]
    Neither | 10.0% [u]
    Disagree | 35.0% [u]
    Strongly disagree | 0.0% [u]
    Don't know | 10.0% [u]
    All agree | 45.0% [u]
    Any side | 80.0% [u]
    All disagree | 35.0% [u]
    Not for it | 45.0% [u]
    Top 2 | 45.0% [u]
    Bottom 2 | 35.0% [u]
    Net agree | 10.0 [u]
    Mean | 0.3 [u]
    Base (unweighted) | 9
    Base (weighted) | 10.0
    Effective base | 7.4
    ");
}

/// Promoters are rows 1, 2, 6, 9: 4.5 of 10; detractors rows 4, 7, 8: 2.5 of 10.
#[test]
fn promoters_less_detractors() {
    let book = plain();
    close(book.value("rate", "Net promoter score", "Total"), 45.0 - 25.0);
    assert_eq!(book.field(("rate", "Net promoter score", "Total"), "statistic"), "nps");
    let sum = 10.0 + 9.0 + 2.0 * 7.0 + 3.0 + 8.0 + 0.5 * 10.0 + 0.0 + 6.0 + 2.0 * 9.0;
    close(book.value("rate", "Mean", "Total"), sum / 10.0);
}

/// The net is of rows 1, 2, 3, 4, 7, 8, 9, and not 45 + 60.
#[test]
fn several_answers_are_counted_from_respondents() {
    let book = plain();
    let uses = |row: &str| book.value("uses", row, "Total");
    close(uses("Plan"), 100.0 * (1.0 + 1.0 + 1.0 + 0.5 + 1.0) / 10.0);
    close(uses("Mark"), 100.0 * (1.0 + 2.0 + 1.0 + 2.0) / 10.0);
    close(uses("Talk"), 100.0 * (1.0 + 0.5 + 1.0 + 2.0) / 10.0);
    close(uses("None"), 100.0 * 1.0 / 10.0);
    close(uses("Plan or mark"), 100.0 * (1.0 + 1.0 + 2.0 + 1.0 + 0.5 + 1.0 + 2.0) / 10.0);
    close(uses("Plan or talk"), 100.0 * (1.0 + 1.0 + 1.0 + 0.5 + 0.5 + 1.0 + 2.0) / 10.0);
    close(uses("Marking over the rest"), 60.0 - 70.0);
}

/// All answers given: 2 + 1 + 2·1 + 3 + 1 + 0.5 + 0.5 + 2 + 2·2 = 16.
#[test]
fn several_answers_of_all_mentions() {
    let own = "[[table]]\nname = \"said\"\nrows = \"uses\"\npercent = \"mentions\"";
    let book = book(own);
    let said = |row: &str| book.value("said", row, "Total");
    close(said("Plan"), 100.0 * 4.5 / 16.0);
    close(said("Mark"), 100.0 * 6.0 / 16.0);
    close(said("Talk"), 100.0 * 4.5 / 16.0);
    close(said("None"), 100.0 * 1.0 / 16.0);
    let field = |name| book.field(("said", "Plan", "Total"), name);
    assert_eq!(field("statistic"), "percent_of_mentions");
    assert_eq!(field("percent_of"), "all answers given by all who answered");
    assert_snapshot!(book.caption("said"), @"Table 4: Uses, as shares of all answers given [u]: low reliability, because few people answered or the interval is wide.");
}

/// Σw = 10. Half of the weight is reached at 48: 30 (0.5), 40 (1.5), 44 (3.5), 45 (4.5), 48.
#[test]
fn means_and_medians_of_numbers() {
    let book = plain();
    let sum = 40.0 + 50.0 + 2.0 * 44.0 + 60.0 + 0.5 * 30.0 + 0.5 * 52.0 + 48.0;
    let sum = sum + 2.0 * 58.0 + 45.0;
    close(book.value("hours", "Mean (hours)", "Total"), sum / 10.0);
    close(book.value("hours", "Median (hours)", "Total"), 48.0);
    assert_eq!(book.field(("hours", "Mean (hours)", "Total"), "unit"), "hours");
}

/// Of "Harms" Σw is 8 and of "Helps" 11: each item has a base of its own.
#[test]
fn a_grid_in_one_table_and_item_by_item() {
    let own = "[tables]\nbanner = [\"phase\"]\n\
               [[table]]\nname = \"harms\"\nrows = \"views.harms\"";
    let book = book(own);
    let views = |row: &str| book.value("views", row, "Total");
    close(views("Harms / Yes"), 100.0 * (1.0 + 1.0 + 2.0 + 1.0) / 8.0);
    close(views("Harms / No"), 100.0 * (1.0 + 0.5 + 0.5 + 1.0) / 8.0);
    close(views("Helps / Yes"), 100.0 * 1.0 / 11.0);
    close(views("Helps / Don't know"), 100.0 * 4.0 / 11.0);
    assert_snapshot!(book.table("views"), @r"
    Item | Yes | No | Don't know | Base (unweighted)
    Harms | 62.5% [u] | 37.5% [u] | 0.0% [u] | 8
    Helps | 9.1% [u] | 54.5% [u] | 36.4% [u] | 10
    ");
    close(book.value("harms", "Harms / Yes", "Total"), 62.5);
    // Primary: rows 1 to 5, of whom row 5 said no. Secondary: rows 6, 7 and 8.
    close(book.value("views-phase", "Harms / Yes", "Primary"), 100.0 * 5.0 / 6.0);
    close(book.value("views-phase", "Harms / Yes", "Secondary"), 0.0);
    assert!(book.has("views-phase-helps"), "an item by groups is a table");
}

/// Σw of who placed anything is 10.5: all but row 6. Where nothing else is said, the first
/// two of three places are counted together.
#[test]
fn ranks_of_items() {
    let book = plain();
    let order = |row: &str| book.value("order", row, "Total");
    close(order("Pay / First choice"), 100.0 * (1.0 + 2.0 + 1.0 + 1.0) / 10.5);
    close(order("Time / First choice"), 100.0 * (1.0 + 1.0) / 10.5);
    close(order("Pupils / First choice"), 100.0 * (0.5 + 2.0 + 1.0) / 10.5);
    let top = (1.0 + 1.0 + 2.0) + 1.0 + 0.5 + 1.0;
    close(order("Pay / In the first 2"), 100.0 * top / 10.5);
    // Rows 1, 2, 3, 4, 5, 7, 8, 10, of weight 8.5: row 9 gave pay no place.
    let places = 1.0 + 2.0 + 2.0 * 1.0 + 3.0 + 1.0 + 0.5 * 2.0 + 1.0 + 3.0;
    close(order("Pay / Mean place, where ranked"), places / 8.5);
    assert_eq!(book.field(("order", "Pay / Mean place, where ranked", "Total"), "base"), "8");
    assert_snapshot!(book.table("order"), @r"
    Item | First choice | In the first 2 | Mean place, where ranked | Base (unweighted)
    Pay | 47.6% [u] | 61.9% [u] | 1.6 [u] | 9
    Pupils | 33.3% [u] | 71.4% [u] | 1.8 [u] | 9
    Time | 19.0% [u] | 47.6% [u] | 2.2 [u] | 9
    ");
}

/// The same first two places, from a column for each place: shares are the same, and the
/// mean place is of those among the first two.
#[test]
fn ranks_from_a_column_for_each_place() {
    let book = plain();
    for item in ["Pay", "Time", "Pupils"] {
        for row in ["First choice", "In the first 2"] {
            let row = format!("{item} / {row}");
            let (best, order) =
                (book.value("best", &row, "Total"), book.value("order", &row, "Total"));
            close(best, order);
        }
    }
    // First: 5 of weight; second: rows 2 and 7, of weight 1.5.
    let mean = (1.0 * 5.0 + 2.0 * 1.5) / 6.5;
    close(book.value("best", "Pay / Mean place, where ranked", "Total"), mean);
}

/// The labels of the rows above the first net, in the order of the page.
fn order_of(book: &Book, table: &str) -> String {
    let rows = book.table(table);
    let labels = rows.lines().skip(1).map(|line| line.split(" | ").next().unwrap().to_owned());
    labels.take(5).collect::<Vec<_>>().join(", ")
}

/// Plan and Talk have 45 % each, Mark 60 %; "None" and "Don't know" stay last.
#[test]
fn rows_in_order_of_size() {
    let descending = book("[tables]\nsort = \"descending\"");
    assert_eq!(order_of(&descending, "uses"), "Mark, Plan, Talk, None, Plan or mark");
    assert_eq!(
        order_of(&descending, "view"),
        "Disagree, Agree, Strongly agree, Neither, Strongly disagree"
    );
    let own = "[[table]]\nname = \"up\"\nrows = \"uses\"\nsort = \"ascending\"";
    let ascending = book(own);
    assert_eq!(order_of(&ascending, "up"), "Plan, Talk, Mark, None, Plan or mark");
    assert_eq!(order_of(&ascending, "uses"), "Mark, Plan, Talk, None, Plan or mark");
    let asked = book("[tables]\nsort = \"questionnaire\"");
    assert_eq!(order_of(&asked, "uses"), "Plan, Mark, Talk, None, Plan or mark");
}

/// Without row 5, Σw is 9.
#[test]
fn without_those_who_do_not_know() {
    let own = "[[table]]\nname = \"sure\"\nrows = \"view\"\nexclude_dk = true";
    let book = book(own);
    close(book.value("sure", "All agree", "Total"), 100.0 * 4.5 / 9.0);
    close(book.value("sure", "Net agree", "Total"), 100.0 * (4.5 - 3.5) / 9.0);
    close(book.value("sure", "Mean", "Total"), 2.5 / 9.0);
    let field = |name| book.field(("sure", "Agree", "Total"), name);
    assert_eq!((field("base"), field("base_weighted")), ("8", "9"));
    assert_eq!(
        field("percent_of"),
        "all who answered, without those who answered \u{201c}Don't know\u{201d}"
    );
    assert!(!book.table("sure").contains("Don't know"));
    close(book.value("view", "All agree", "Total"), 45.0);
}

/// Those who disagree were asked: rows 4, 7 and 9, of weight 3.5; row 7 gave no reason.
#[test]
fn of_all_who_were_asked() {
    let own = "[[table]]\nname = \"asked\"\nrows = \"reason\"\nbase = \"routed\"\n\
               [[table]]\nname = \"used\"\nrows = \"uses\"\nbase = \"routed\"";
    let book = book(own);
    close(book.value("reason", "Pay", "Total"), 100.0 * 1.0 / 3.0);
    close(book.value("asked", "Pay", "Total"), 100.0 * 1.0 / 3.5);
    close(book.value("asked", "Time", "Total"), 100.0 * 2.0 / 3.5);
    close(book.value("asked", "No answer", "Total"), 100.0 * 0.5 / 3.5);
    let of = |table| book.field((table, "Pay", "Total"), "percent_of");
    assert_eq!(of("reason"), "those asked (view is Disagree) who answered");
    assert_eq!(of("asked"), "those asked (view is Disagree)");
    // Row 10 was asked what they use and ticked nothing.
    close(book.value("used", "No answer", "Total"), 100.0 * 1.0 / 11.0);
    close(book.value("used", "Plan or mark", "Total"), 100.0 * 8.5 / 11.0);
    close(book.value("used", "Marking over the rest", "Total"), 100.0 * (6.0 - 7.0) / 11.0);
    assert_snapshot!(book.table("asked"), @r"
    Answer | Per cent
    Time | 57.1% [u]
    Pay | 28.6% [u]
    No answer | 14.3% [u]
    Base (unweighted) | 3
    Base (weighted) | 3.5
    Effective base | 2.3
    ");
}
