//! Tables that cannot be made: each has a message with its place and a remedy.

use insta::assert_snapshot;

use super::counted::{DATA, SCHEMA};
use super::world::{poll, publish};

/// What is said of a poll that cannot be published, with a change of one text in its schema.
fn refused(from: &str, to: &str, more: &str) -> String {
    assert!(SCHEMA.contains(from), "{from}");
    let said = publish(&SCHEMA.replacen(from, to, 1), &poll("analyst", more), DATA);
    let said = said.err().expect("nothing is published");
    let errors = said.lines().filter(|line| line.contains("error["));
    errors.collect::<Vec<_>>().join("\n")
}

/// As [`refused`], of tables of one's own alone.
fn own(more: &str) -> String {
    refused("", "", more)
}

#[test]
fn banners_that_make_no_columns() {
    let schema = SCHEMA.replace("[\"Head\", \"Teacher\"]", "[\"Head\"]");
    let poll = poll("analyst", "[tables]\nbanner = [\"role\"]");
    let one = publish(&schema, &poll, &DATA.replace("Teacher", "Head")).err();
    assert!(one.unwrap().contains("poll.toml:9:11: error[E010] `role` cannot be a banner"));
    assert_snapshot!(own("[tables]\nbanner = [\"phase\", \"hours\", \"views\", \"phas\"]"), @r"
    poll.toml:9:20: error[E010] `hours` cannot be a banner
    poll.toml:9:29: error[E010] `views` cannot be a banner
    poll.toml:9:38: error[E010] `phas` cannot be a banner
    ");
    assert_snapshot!(own("[tables]\nbanner = [\"phase\", \"role\", \"phase\"]"), @"poll.toml:9:28: error[E010] `phase` cannot be a banner");
    assert_snapshot!(own("[tables]\nbanner = [\"phase > uses\"]"), @"poll.toml:9:11: error[E010] `phase > uses` cannot be a banner");
    assert_snapshot!(own("[[table]]\nname = \"a\"\nrows = \"view\"\nby = [\"role\", \"view\"]"), @"poll.toml:11:6: error[E010] `view` cannot be a banner");
}

#[test]
fn filters_that_leave_nobody_or_mean_nothing() {
    let filter = |text: &str| {
        own(&format!("[[table]]\nname = \"a\"\nrows = \"view\"\nwhere = \"{text}\""))
    };
    assert_snapshot!(filter(""), @"poll.toml:11:10: error[Q062] a condition is missing");
    assert_snapshot!(filter("phase = 'Special'"), @"poll.toml:11:9: error[E013] nobody fulfils the condition");
    assert_snapshot!(filter("phase = 'Primry'"), @"poll.toml:11:18: error[E014] `Primry` is not an answer to `phase`");
    assert_snapshot!(filter("hours > 'a'"), @"poll.toml:11:18: error[E014] `hours` is a number, and `a` is text");
}

#[test]
fn nets_and_scores_that_do_not_fit_the_answers() {
    let net = |members: &str| {
        refused(
            "\"Plan or mark\" = [\"Plan\", \"Mark\"]",
            &format!("\"Plan or mark\" = [{members}]"),
            "",
        )
    };
    assert_snapshot!(net("\"Plan\", \"Agree\""), @"schema.toml:39:36: error[Q015] `Agree` is not an answer here");
    assert_snapshot!(net(""), @"schema.toml:39:10: error[Q011] the net `Plan or mark` has no answers");
    assert_snapshot!(refused("\"Agree\" = 1, ", "", ""), @"schema.toml:24:11: error[Q022] `Agree` has no score");
    assert_snapshot!(refused("[\"All agree\", \"All disagree\"]", "[\"All agree\", \"Plan\"]", ""), @"schema.toml:11:45: error[Q015] `Plan` is no net and no answer here");
    assert_snapshot!(refused("boxes = 2", "boxes = 3", ""), @"schema.toml:12:9: error[Q019] `boxes = 3` does not fit the scale");
    assert_snapshot!(refused("range = [0, 10]", "range = [1, 10]", ""), @"schema.toml:45:11: error[Q019] `nps` needs the answers 0 to 10");
}

/// Files, links and records go by the name of a table.
#[test]
fn names_that_another_table_has() {
    let by_phase = "[tables]\nbanner = [\"phase\"]\n";
    let named =
        |name: &str| own(&format!("{by_phase}[[table]]\nname = \"{name}\"\nrows = \"uses\"\n"));
    assert_snapshot!(named("view"), @"poll.toml:11:8: error[E017] two tables are called `view`");
    assert_snapshot!(named("view-phase"), @"poll.toml:11:8: error[E017] two tables are called `view-phase`");
    assert_snapshot!(named("view-narrow"), @"poll.toml:11:8: error[E017] two tables are called `view-narrow`");
    assert_snapshot!(named("views-phase-helps"), @"poll.toml:11:8: error[E017] two tables are called `views-phase-helps`");
    assert_snapshot!(own("[[table]]\nname = \"a\"\nrows = \"uses\"\n[[table]]\nname = \"a\"\nrows = \"view\"\n"), @"poll.toml:12:8: error[Q060] two tables are called `a`");
    let several = "[[table]]\nname = \"a\"\nrows = \"uses\"\nby = [\"phase\", \"role\"]\n\
                   [[table]]\nname = \"a-role\"\nrows = \"view\"\n";
    assert_snapshot!(own(several), @"poll.toml:13:8: error[E017] two tables are called `a-role`");
}

#[test]
fn shares_that_a_question_does_not_have() {
    let counted = |rows: &str, how: &str| {
        own(&format!("[[table]]\nname = \"a\"\nrows = \"{rows}\"\nby = \"phase\"\n{how}"))
    };
    assert_snapshot!(counted("view", "percent = \"mentions\""), @"poll.toml:12:11: error[E015] the table `a` cannot be made");
    assert_snapshot!(counted("hours", "percent = \"row\""), @"poll.toml:12:11: error[E015] the table `a` cannot be made");
    assert_snapshot!(counted("hours", "base = \"routed\""), @"poll.toml:9:8: error[E015] the table `a` cannot be made");
    assert_snapshot!(counted("order", "base = \"routed\""), @"poll.toml:9:8: error[E015] the table `a` cannot be made");
    assert_snapshot!(counted("uses", "percent = \"mentions\"\nbase = \"routed\""), @"poll.toml:9:8: error[E015] the table `a` cannot be made");
    assert_snapshot!(counted("uses", "exclude_dk = true"), @"poll.toml:9:8: error[E015] the table `a` cannot be made");
    assert_snapshot!(own("[[table]]\nname = \"a\"\nrows = \"view\"\npercent = \"row\""), @"poll.toml:9:8: error[E015] the table `a` cannot be made");
    assert_snapshot!(own("[[table]]\nname = \"a\"\nrows = \"vew\""), @"poll.toml:10:8: error[E012] there is no question `vew`");
    assert_snapshot!(own("[[table]]\nname = \"a\"\nrows = \"views.harm\""), @"poll.toml:10:8: error[E012] there is no question `views.harm`");
}
