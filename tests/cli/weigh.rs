//! `weigh`, and a run whose weights are made by the poll file.

use insta::assert_snapshot;
use serde_json::Value;

use super::trial::{PUBLISH, Trial, is_whole};

const TARGETS: &str = "variable,category,share,source\nsite,North,40%,Staff list\n\
                       site,South,60%,Staff list\n";

const FRAME: &str = "site,members,invited\nNorth,480,400\nSouth,720,600\n";

/// The small poll, raked by site.
fn raked() -> Trial {
    let trial = Trial::new();
    let step = "[[weighting]]\nmethod = \"rake\"\ntargets = \"targets.csv\"\n\n[tables]";
    trial.change("poll.toml", "[tables]", step);
    trial.write("targets.csv", TARGETS);
    trial
}

#[test]
fn the_account_is_said_in_words() {
    let end = raked().end(&["weigh", "poll.toml"]);
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert_snapshot!(end.stdout, @r"
    Step 1: rake

    Site (%)     target unweighted     before      after difference
      North        40.0       50.0       50.1       40.0        0.0
      South        60.0       50.0       49.9       60.0        0.0
      Source of the targets: Staff list

    Weights run from 0.399 to 1.804, with a mean of 1.003
    The largest is 4.522 times the smallest
    Efficiency 82.5 %: 200 respondents are worth 165
    Design effect of weighting 1.212
    1 round, every target met
    ");
}

#[test]
fn the_account_is_data_too() {
    let end = raked().end(&["weigh", "poll.toml", "--format", "json"]);
    let json: Value = serde_json::from_str(&end.stdout).unwrap();
    let step = &json["steps"][0];
    assert_eq!(step["method"], "rake");
    let south = &step["margins"][0]["categories"][1];
    assert_eq!((&south["category"], &south["respondents"]), (&"South".into(), &100.into()));
    assert!((south["after"].as_f64().unwrap() - 0.6).abs() < 1e-9);
    let efficiency = step["weights"]["efficiency"].as_f64().unwrap();
    assert!(efficiency > 50.0 && efficiency < 100.0, "{efficiency}");
}

#[test]
fn weights_are_written_for_the_owner_alone() {
    let trial = raked();
    let end = trial.end(&["weigh", "poll.toml", "--write", "weights.csv"]);
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    let text = String::from_utf8(trial.files("")["weights.csv"].clone()).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("id,weight"));
    let weights: Vec<f64> =
        lines.map(|line| line.split_once(',').unwrap().1.parse().unwrap()).collect();
    assert_eq!(weights.len(), 200);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(trial.path("weights.csv")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn weights_are_never_written_among_what_is_published() {
    let trial = raked();
    trial.write("reports/index.html", "");
    trial.write("www/canteen/SHA256SUMS", "");
    for file in ["reports/w.csv", "reports/../reports/w.csv", "www/canteen/w.csv"] {
        let end = trial.end(&["weigh", "poll.toml", "--write", file]);
        assert_eq!(end.code, Some(2), "{file}: {}", end.stderr);
        assert!(end.stderr.contains("error[X006]"), "{}", end.stderr);
    }
    let end = trial.end(&["weigh", "poll.toml", "--write", "nowhere/w.csv"]);
    assert_eq!(end.code, Some(6), "{}", end.stderr);
}

#[test]
fn a_poll_without_steps_has_nothing_to_show() {
    let end = Trial::new().end(&["weigh", "poll.toml"]);
    assert_eq!((end.code, end.stdout.as_str()), (Some(3), ""));
    assert_snapshot!(end.stderr, @r#"
    error[Q007]: the poll file has no `[[weighting]]` step
      --> poll.toml
        help: add one, such as `method = "rake"` with `targets = "targets.csv"`
    "#);
}

#[test]
fn targets_that_cannot_be_met_end_with_4() {
    let trial = raked();
    trial.change("schema.toml", "[\"North\", \"South\"]", "[\"North\", \"South\", \"East\"]");
    trial.change("targets.csv", "South,60%", "South,50%");
    trial.change("targets.csv", "site,North", "site,East,10%,Staff list\nsite,North");
    for command in [&["weigh", "poll.toml"][..], &["run", "poll.toml"], &["check", "poll.toml"]]
    {
        let end = trial.end(command);
        assert_eq!(end.code, Some(4), "{command:?}: {}{}", end.stdout, end.stderr);
    }
    trial.change("targets.csv", "South,50%", "South,a half");
    assert_eq!(trial.end(&["weigh", "poll.toml"]).code, Some(3));
    trial.remove("targets.csv");
    let end = trial.end(&["weigh", "poll.toml"]);
    assert_eq!(end.code, Some(3));
    assert!(end.stderr.contains("error[Q005]"), "{}", end.stderr);
}

#[test]
fn the_page_says_how_weights_were_made_and_who_answered() {
    let trial = raked();
    trial.write("frame.csv", FRAME);
    trial.change("poll.toml", "\"targets.csv\"", "\"frame\"\nbounds = [0.4, 2.5]");
    let frame = "[method]\nframe = \"frame.csv\"\nframe_source = \"The staff list\"\n";
    trial.change("poll.toml", "[method]\n", frame);
    let end = trial.publish();
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    let release = trial.files("out/canteen");
    assert!(is_whole(&release));
    let page = String::from_utf8(release["report.html"].clone()).unwrap();
    let (_, who) = page.split_once("id=\"who\"").unwrap();
    let (who, _) = who.split_once("</section>").unwrap();
    let words = plain(who);
    assert_snapshot!(words, @"Who answered How those who replied compare with everybody on the list, before and after weighting. Those who did not say, or whose group is not known, are left out, so a figure can differ from that of the question. Dot plot: Who answered 2 groups shown, by Site. Before weighting furthest apart: North, list 40%, replied 50%. After weighting all groups have their share. Full figures are in the table that follows. Synthetic data % of those who replied, before and after weighting, and of everybody on the list List Replied Weighted 0 10 20 30 40 50 60% Site North 40% 50% South 60% 50% 40% 60% Dot plot: Who answered 2 groups shown, by Site. Before weighting furthest apart: North, list 40%, replied 50%. After weighting all groups have their share. Full figures are in the table that follows. Synthetic data % of those who replied, before and after weighting, and of everybody on the list List Replied Weighted 0 10 20 30 40 50 60% Site North South 40% 50% 60% 50% 40% 60% 200 of 1,000 invited replied. List: The staff list. Weighting leaves an effective sample of about 170 (efficiency 85%). Table 5: Who answered, by Site Group List Replied Weighted Response rate North 40% 50% 40% 25% South 60% 50% 60% 17% Source: The staff list.");
    let (_, method) = page.split_once("Weighting</dt>").unwrap();
    let (method, _) = method.split_once("<dt").unwrap();
    assert_snapshot!(plain(method), @"The weights were made for this report, as follows. Weighting starts from the weights that came with the answers. Weights were raked to the targets of: Site. No weight was made less than 0.4 times or more than 2.5 times what it was. Source of the targets (Site): The staff list.");
    assert!(page.contains("20%: 200 counted out of 1,000 invited"));
    let manifest = String::from_utf8(release["manifest.json"].clone()).unwrap();
    assert!(manifest.contains("frame.csv"), "the frame went in");
}

#[test]
fn small_groups_of_the_frame_are_hidden() {
    let trial = raked();
    trial.write("frame.csv", "site,members,invited\nNorth,480,400\nSouth,720,103\n");
    let frame = "[method]\nframe = \"frame.csv\"\nframe_source = \"The staff list\"\n";
    trial.change("poll.toml", "[method]\n", frame);
    let end = trial.publish();
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    let page = String::from_utf8(trial.files("out/canteen")["report.html"].clone()).unwrap();
    let (_, who) = page.split_once("id=\"who\"").unwrap();
    // All but three of those invited in the South replied.
    assert!(plain(who).contains("South 60% 50% 60% [c]"), "{}", plain(who));
}

#[test]
fn the_size_of_a_small_group_cannot_be_worked_out_from_its_weights() {
    let trial = raked();
    // All but three are in the North.
    let replies = std::fs::read_to_string(trial.path("replies.csv")).unwrap();
    let moved = replies.lines().enumerate().map(|(row, line)| {
        let line = if row > 6 { line.replace(",South,", ",North,") } else { line.to_owned() };
        line.replace(",0.5,", ",1,").replace(",1.5,", ",1,") + "\n"
    });
    trial.write("replies.csv", moved.collect::<String>());
    let end = trial.end(&[&PUBLISH[..], &["--profile", "analyst"]].concat());
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    let page =
        |name: &str| String::from_utf8(trial.files(name)["report.html"].clone()).unwrap();
    // The attack: the target's share of 200 respondents over the largest weight.
    let private = page("private/canteen/analyst");
    let (_, range) = private.split_once("The final weights run from ").unwrap();
    let range = range.split([' ', ':']).collect::<Vec<_>>();
    let largest: f64 = range[2].parse().unwrap();
    assert!((0.6 * 200.0 / largest - 3.0).abs() < 0.01, "{largest}");
    assert_eq!(trial.publish().code, Some(0));
    let public = page("out/canteen");
    assert!(!public.contains("weights run from") && !public.contains("Effective sample"));
    let results: Value =
        serde_json::from_slice(&trial.files("out/canteen")["results.json"]).unwrap();
    assert_eq!(results["rounding"]["weight_spread"], Value::Null);
    let records = results["results"].as_array().unwrap();
    assert!(records.iter().all(|record| record["base_effective"].is_null()));
    assert_eq!(trial.end(&["audit", "out/canteen"]).code, Some(0));
}

/// The words of a piece of a page.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = true;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
