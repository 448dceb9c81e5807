//! Attacks that are known to work, each on figures from which it can be done by hand, and
//! what must not be taken for one.

use serde_json::json;

use super::testing::{Made, Table, told};
use super::{against, read};

const PHASES: &str = "phase: a b c";

/// Three groups of a hundred. What is missing of a row is 2 in group `c`.
fn one_hidden_in_a_row() -> Made {
    let all = Table::new("q", "", &[300.0]).answer("yes", "10.6667").answer("no", "89.3333");
    let by = Table::new("q", PHASES, &[300.0, 100.0, 100.0, 100.0])
        .answer("yes", "- 20 10 [c]")
        .answer("no", "- 80 90 [c]");
    Made::of(300).table(&all).table(&by)
}

#[test]
fn one_hidden_in_a_row_is_recovered_and_so_is_what_it_leaves() {
    assert_eq!(
        one_hidden_in_a_row().told(),
        ["q.no@phase=c 2..2 Recovered", "q.yes@phase=c 2..2 Recovered"]
    );
}

#[test]
fn the_findings_name_cell_and_range_and_the_most_telling_comes_first() {
    let audit = one_hidden_in_a_row().audit();
    let said: Vec<&str> = audit.findings.iter().map(|f| f.headline.as_str()).collect();
    assert_eq!(said, ["`q.no@phase=c` is all but exactly 2", "`q.yes@phase=c` is exactly 2"]);
    assert!(audit.findings.iter().all(|finding| finding.code.id == "A001"));
    assert_eq!((audit.tables, audit.questions, audit.figures), (2, 1, 8));
}

#[test]
fn a_total_less_its_other_answers_is_what_is_left() {
    let table = Table::new("q", "", &[200.0]);
    let table = table.answer("a", "60").answer("b", "38.5").answer("c", "[c]");
    assert_eq!(Made::of(200).table(&table).told(), ["q.c 3..3 Recovered"]);
}

#[test]
fn four_cells_that_can_change_places_are_safe_and_one_of_them_alone_is_not() {
    let corners = |first: &str, other: &str| {
        let all = Table::new("q", "", &[200.0]);
        let all = all.answer("x", "10").answer("y", "10").answer("z", "80");
        let by = Table::new("q", "phase: a b", &[200.0, 100.0, 100.0])
            .answer("x", &format!("- {first} {first}"))
            .answer("y", &format!("- {other} {other}"))
            .answer("z", "- 80 80");
        Made::of(200).table(&all).table(&by).told()
    };
    assert!(corners("[c]", "[c]").iter().all(|cell| cell.ends_with("Safe")));
    assert_eq!(
        corners("[c]", "10"),
        ["q.x@phase=a 10..10 Harmless", "q.x@phase=b 10..10 Harmless"]
    );
}

#[test]
fn a_nation_less_its_other_regions_is_the_last_one() {
    let regions = "region: north south isles";
    let by_region = Table::new("q", regions, &[400.0, 150.0, 150.0, 100.0])
        .answer("yes", "[c] 10 16.6667 [c]")
        .answer("no", "[c] 90 83.3333 [c]");
    let nation = |made_of: bool| {
        let group = |id: &str, of: &[&str]| {
            let made_of = made_of.then(|| json!({ "question": "region", "answers": of }));
            json!({ "id": id, "label": id, "answers": [[id]], "made_of": made_of })
        };
        let groups = [group("main", &["north", "south"]), group("other", &["isles"])];
        let by_nation = Table::new("q", "nation: main other", &[400.0, 300.0, 100.0])
            .answer("yes", "- [c] 3")
            .answer("no", "- [c] 97")
            .with("groups", json!(groups));
        Made::of(400).table(&by_nation)
    };
    let with = |made_of| nation(made_of).table(&by_region).told();
    assert!(with(true).contains(&"q.yes@region=isles 3..3 Recovered".to_owned()));
    assert!(!with(false).contains(&"q.yes@region=isles 3..3 Recovered".to_owned()));
}

#[test]
fn a_net_less_its_other_parts_is_the_last_one() {
    let table = Table::new("q", "", &[200.0])
        .answer("strongly", "[c]")
        .answer("tend", "30")
        .answer("no", "[c]")
        .net("agree", &["strongly", "tend"], "31.5");
    let told = Made::of(200).table(&table).told();
    assert_eq!(told[0], "q.strongly 3..3 Recovered");
}

#[test]
fn a_hidden_column_is_what_the_others_leave_of_all() {
    // Three people are in the group, so each of its cells is one of 0 to 3.
    let by = Table::new("q", PHASES, &[203.0, 100.0, 100.0, -1.0])
        .answer("yes", "[c] 50 50 [c]")
        .answer("no", "[c] 50 50 [c]");
    let told = Made::of(203).table(&by).told();
    assert!(told.contains(&"q.yes@phase=c 0..3 Narrow".to_owned()), "{told:?}");
    let some_are_in_none = by.with("partial", json!(true));
    let told = Made::of(203).table(&some_are_in_none).told();
    assert!(told.contains(&"q.yes@phase=c 0..3 Narrow".to_owned()), "{told:?}");
}

#[test]
fn a_condition_that_leaves_out_two_gives_the_cell_within_two() {
    let all = Table::new("q", "", &[100.0]).answer("yes", "6").answer("no", "94");
    let part = Table::new("q", "", &[98.0]).answer("yes", "[c]").answer("no", "[c]");
    let part = part.named("part").with("filter", json!("not the new ones"));
    let told = Made::of(100).table(&all).table(&part).told();
    assert!(told.contains(&"part.yes 4..6 Narrow".to_owned()), "{told:?}");
}

#[test]
fn nested_groups_lie_within_the_outer_ones() {
    let all = Table::new("q", "", &[200.0]).answer("yes", "[c]").answer("no", "[c]");
    let outer = Table::new("q", "phase: a b", &[200.0, 100.0, 100.0])
        .answer("yes", "- 0 20")
        .answer("no", "- 100 80");
    let nested = Table::new("q", "phase-role: a-x a-y", &[200.0, -1.0, -1.0])
        .answer("yes", "- [c] [c]")
        .answer("no", "- [c] [c]")
        .with("partial", json!(true));
    let told = Made::of(200).table(&all).table(&outer).table(&nested).told();
    assert!(told.contains(&"q.yes 20..20 Harmless".to_owned()), "{told:?}");
    assert!(told.contains(&"q.yes@phase-role=a-x 0..0 Harmless".to_owned()), "{told:?}");
}

#[test]
fn what_is_picked_by_any_holds_what_is_picked_by_one() {
    let table = Table::new("q", "", &[200.0])
        .answer("pay", "30")
        .answer("hours", "[c]")
        .answer("heat", "[c]")
        .net("any", &["pay", "hours"], "31")
        .with("kind", json!("multi"));
    let told = Made::of(200).table(&table).told();
    assert!(told.iter().all(|cell| cell.ends_with("Safe")), "{told:?}");
    // 62 picked pay or hours and 60 pay, so 2 or more hours, but no more than 2 any of both.
    let both = table.net("warm", &["hours", "heat"], "1");
    let told = Made::of(200).table(&both).told();
    assert_eq!(told, ["q.hours 2..2 Recovered", "q.heat 0..2 Narrow"]);
}

#[test]
fn tables_the_other_way_round_hold_the_same_counts() {
    let all = Table::new("q", "", &[200.0]).answer("yes", "[c]").answer("no", "[c]");
    let by = Table::new("q", "phase: a b", &[200.0, 100.0, 100.0])
        .answer("yes", "- [c] [c]")
        .answer("no", "- [c] [c]");
    let phase = Table::new("phase", "", &[200.0]).answer("a", "50").answer("b", "50");
    let mirror = Table::new("phase", "q: yes no", &[200.0, 22.0, 178.0])
        .answer("a", "- 13.6364 54.4944")
        .answer("b", "- 86.3636 45.5056");
    let told = Made::of(200).table(&all).table(&by).table(&phase).table(&mirror).told();
    assert!(told.contains(&"q.yes@phase=a 3..3 Recovered".to_owned()), "{told:?}");
}

#[test]
fn a_mean_gives_away_who_makes_it() {
    let mean = json!({ "scores": { "a": 1, "b": 2, "c": 100 }, "statistic": "mean" });
    let table = Table::new("q", "", &[200.0])
        .answer("a", "50")
        .answer("b", "[c]")
        .answer("c", "[c]")
        .row("mean", mean, "3.0");
    let told = Made::of(200).table(&table).told();
    assert_eq!(told[0], "q.c 3..3 Recovered");
}

#[test]
fn low_is_somebody_and_zero_is_nobody() {
    let told = |first: &str| {
        let table = Table::new("q", "", &[1200.0]).answer("a", first);
        let table = table.answer("b", "100").answer("c", "[c]");
        let made = Made::of(1200).with(["rounding", "percent_decimals"], json!(0));
        made.table(&table).told()
    };
    // Half a per cent of 1,200 is 6, and whoever is shown is one of 5 at least.
    assert!(told("0")[0].ends_with("Safe"));
    assert_eq!(told("[low]"), ["q.c 0..1 Narrow"]);
}

#[test]
fn rounding_widens_what_exact_figures_tell() {
    let table = Table::new("q", "", &[200.0]);
    let table = table.answer("a", "60").answer("b", "38").answer("c", "[c]");
    assert_eq!(Made::of(200).table(&table).told(), ["q.c 4..4 Recovered"]);
    assert_eq!(Made::of(204).rounded().table(&table).told(), ["q.c 2..6 Narrow"]);
    let large = Table::new("q", "", &[2000.0]);
    let large = large.answer("a", "60").answer("b", "40").answer("c", "[c]");
    assert!(Made::of(2004).rounded().table(&large).told()[0].ends_with("Safe"));
}

#[test]
fn a_verdict_bounds_the_rest() {
    let by = |verdict: &str| {
        let all = Table::new("q", "", &[300.0]).answer("yes", "[c]").answer("no", "[c]");
        let by = Table::new("q", "phase: a b", &[300.0, 100.0, 200.0])
            .answer("yes", &format!("- 2{verdict} [c]"))
            .answer("no", "- 98 [c]");
        Made::of(300).with(["disclosure", "small"], json!(1)).table(&all).table(&by).told()
    };
    assert!(by("").contains(&"q.yes@phase=b 0..200 Safe".to_owned()), "{:?}", by(""));
    let higher = by("/higher");
    let found = higher.iter().find(|cell| cell.starts_with("q.yes@phase=b")).unwrap();
    assert!(!found.contains("200"), "{higher:?}");
}

#[test]
fn a_change_and_the_figure_before_it_give_the_figure_now() {
    let then = |wave: &str, statistic: &str, value: f64, with: Option<&str>| {
        json!({
            "wave": wave, "table": "q-waves", "question": "q", "item": null, "answer": "yes",
            "banner": null, "group": "Total", "statistic": statistic, "value": value,
            "compared_with": with,
        })
    };
    let table = Table::new("q", "", &[200.0]).answer("yes", "[c]").answer("no", "[c]");
    let made = Made::of(200).table(&table);
    assert!(made.told()[0].ends_with("Safe"));
    let made = made.record(then("0", "percent", 3.0, None));
    let made = made.record(then("1", "change", -1.5, Some("0")));
    assert_eq!(made.told()[1], "q.yes 3..3 Recovered");
}

#[test]
fn an_interval_gives_back_a_base_that_is_hidden() {
    let by = |interval: bool| {
        let all = Table::new("q", "", &[1103.0]).answer("yes", "[c]").answer("no", "[c]");
        let by = Table::new("q", "phase: a b", &[1103.0, -1.0, -1.0])
            .answer("yes", "- 50 [c]")
            .answer("no", "- 50 [c]");
        let mut made = Made::of(1103).table(&all).table(&by);
        if interval {
            made = made.spread("q-phase", "a", 3.0);
        }
        made.told()
    };
    let wide =
        |told: &[String]| told.iter().find(|cell| cell.starts_with("q.yes ")).unwrap().clone();
    assert_ne!(wide(&by(true)), wide(&by(false)));
}

#[test]
fn nobody_counts_on_a_sensitive_question() {
    let table = |sensitive: bool| {
        let table = Table::new("q", "", &[80.0]).answer("a", "50").answer("b", "50");
        let table = table.answer("c", "[c]").with("sensitive", json!(sensitive));
        Made::of(80).table(&table).told()
    };
    assert_eq!(table(false), ["q.c 0..0 Harmless"]);
    assert_eq!(table(true), ["q.c 0..0 Recovered"]);
}

#[test]
fn weights_are_read_as_counts_with_half_more_than_the_least_slack() {
    let by = || {
        Table::new("q", "phase: a b", &[200.0, 100.0, 100.0])
            .answer("yes", "40 50 20")
            .answer("no", "58 48 78")
            .answer("dk", "2 [c] [c]")
    };
    let made = Made::of(200).with(["rounding", "weighted"], json!(true)).table(&by());
    let audit = made.audit();
    // All are 40 % only if the first group has twice the weight of the second: a third more
    // and less than its base.
    assert_eq!(audit.findings.last().unwrap().code.id, "A005");
    assert!(audit.findings.last().unwrap().headline.contains("50.0%"), "{:?}", audit.findings);
    assert!(told(&audit).iter().any(|cell| cell.starts_with("q.dk@phase=b")));
}

#[test]
fn figures_that_contradict_each_other_are_said_and_attacked_no_further() {
    let table = Table::new("q", "", &[200.0]);
    let table = table.answer("a", "60").answer("b", "60").answer("c", "[c]");
    let audit = Made::of(200).table(&table).audit();
    let codes: Vec<&str> = audit.findings.iter().map(|finding| finding.code.id).collect();
    assert_eq!((codes, audit.cells.len()), (vec!["A006"], 0));
}

#[test]
fn two_releases_of_the_same_people_are_attacked_as_one() {
    let first = Table::new("q", "", &[200.0]).answer("a", "60").answer("b", "[c]");
    let first = Made::of(200).table(&first.answer("c", "[c]"));
    let second = Table::new("q", "", &[200.0]).answer("a", "[c]").answer("b", "38.5");
    let second = Made::of(200).table(&second.answer("c", "[c]"));
    assert!(first.told().iter().all(|cell| cell.ends_with("Safe")));
    let both = against(&first.release(), &second.release(), 1).expect("the same poll");
    assert_eq!(told(&both)[0], "q.c 3..3 Recovered");
}

#[test]
fn two_releases_one_answer_apart_are_refused() {
    let made = |n: u32| {
        let table = Table::new("q", "", &[f64::from(n)]).answer("a", "50").answer("b", "50");
        Made::of(n).table(&table).release()
    };
    let said = |n| {
        let audit = against(&made(200), &made(n), 1).expect("the same poll");
        audit.findings.iter().map(|f| f.headline.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        said(199),
        [
            "few people are the difference: respondents of the whole poll, 200 and 199",
            "few people are the difference: `q`, 200 and 199",
        ]
    );
    assert_eq!(said(204).len(), 2);
    assert_eq!((said(205), said(200)), (vec![], vec![]));
}

#[test]
fn another_poll_or_wave_is_refused() {
    let one = Made::of(200).release();
    for key in ["id", "wave"] {
        let other = Made::of(200).with(["poll", key], json!("other")).release();
        let refused = against(&one, &other, 1).expect_err("another");
        assert_eq!(refused.code.id, "A008");
    }
}

#[test]
fn what_is_no_release_is_refused_with_the_remedy() {
    let refused = |text: &str| read("r.json", text).expect_err("refused");
    assert_eq!(refused("a,b").code.id, "A003");
    let other = r#"{"format": 2, "poll": {"id": "a", "profile": "public", "respondents": 1}, "results": []}"#;
    assert_eq!(refused(other).because.as_deref(), Some("its format is 2, not 1"));
    let older = refused(&other.replace('2', "1"));
    assert_eq!(older.code.id, "A004");
    assert!(older.help.unwrap().contains("publish it again"));
}
