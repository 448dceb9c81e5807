//! A run with derived variables of every kind: they make tables, banners, headlines and
//! targets like questions that were asked; `check` knows them too.

use insta::assert_snapshot;

use super::trial::Trial;

const DERIVED: &str = r#"
[[derive]]
name = "happy"
title = "Is lunch long enough?"
from = "enough"
recode = { "Happy" = ["Agree"] }
rest = "Unhappy"

[[derive]]
name = "wish"
title = "Minutes wanted, in bands"
from = "minutes"
bands = [[0, 40, "Under 40"], [40, 50, "40 to 49"], [50, inf, "50 or more"]]
nets = { "At least 40" = ["40 to 49", "50 or more"] }

[[derive]]
name = "site_happy"
combine = ["site", "happy"]
join = " / "
report = false

[[derive]]
name = "any"
first_of = ["wish", "enough"]
report = false

[[derive]]
name = "points"
title = "Has a view"
count = { of = ["enough"], answers = ["Agree", "Disagree"] }

[[derive]]
name = "mean_minutes"
score = { of = ["minutes"] }
report = false

[[derive]]
name = "long"
title = "Wants at least 50 minutes"
filter = "minutes >= 50"
yes = "At least 50"
no = "Less"

[[derive]]
name = "town"
title = "Town"
from = "words"
report = false
lookup = { file = "places.csv", key = "code", column = "TOWN" }

[tables]
banner = ["site", "town"]
"#;

/// The small poll with derived variables, a code of a place among the answers, and a file
/// of places.
fn derived() -> Trial {
    let trial = Trial::new();
    let tables = "\n[tables]\nbanner = [\"site\"]\n";
    trial.change("poll.toml", tables, DERIVED);
    let replies = String::from_utf8(trial.files("")["replies.csv"].clone()).unwrap();
    let code = |(nth, line): (usize, &str)| match nth {
        0 => format!("{line}\n"),
        nth => format!("{line}{}\n", ["012", "12"][nth / 2 % 2]),
    };
    trial.write("replies.csv", replies.lines().enumerate().map(code).collect::<String>());
    trial.write("places.csv", "code,TOWN\n012,Ayton\n12,Beeham\n");
    trial
}

/// The cells of the lines of `results.csv` that begin so.
fn lines(trial: &Trial, table: &str) -> Vec<String> {
    let text = String::from_utf8(trial.files("out/canteen")["results.csv"].clone()).unwrap();
    let of_table = |line: &&str| line.split(',').nth(2) == Some(table);
    let cells = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        [5, 7, 8, 9, 14].map(|cell| cells[cell]).join(" ")
    };
    text.lines().filter(of_table).map(cells).collect()
}

#[test]
fn derived_variables_are_tabulated_like_questions() {
    let trial = derived();
    let end = trial.publish();
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert_snapshot!(lines(&trial, "happy").join("\n"), @r"
    Unhappy Total percent 50 200
    Happy Total percent 25 200
    Don't know Total percent 25 200
    ");
    assert_snapshot!(lines(&trial, "wish").join("\n"), @r"
    Under 40 Total percent 29 100
    40 to 49 Total percent 29 100
    50 or more Total percent 42 100
    At least 40 Total net 71 100
    ");
    assert_snapshot!(lines(&trial, "points").join("\n"), @r"
    Mean Total mean 0.8 200
    Median Total median 1.0 200
    ");
    assert_snapshot!(lines(&trial, "long").join("\n"), @r"
    Less Total percent 58 100
    At least 50 Total percent 42 100
    ");
    assert_snapshot!(lines(&trial, "happy-town").join("\n"), @r"
    Unhappy Ayton percent 50 100
    Unhappy Beeham percent 50 100
    Happy Ayton percent 50 100
    Happy Beeham percent 0 100
    Don't know Ayton percent 0 100
    Don't know Beeham percent 50 100
    ");
    assert!(lines(&trial, "site_happy").is_empty(), "`report = false` makes no table");
    let page = String::from_utf8(trial.files("out/canteen")["report.html"].clone()).unwrap();
    assert!(page.contains("Is lunch long enough?") && page.contains("Answers were grouped."));
    let manifest = trial.files("out/canteen")["manifest.json"].clone();
    assert!(String::from_utf8(manifest).unwrap().contains("places.csv"), "an input");
}

#[test]
fn headlines_and_targets_may_name_them() {
    let trial = derived();
    let headline = "[[headline]]\ntext = \"{happy.unhappy|percent} are unhappy\"\n\
                    [[weighting]]\nmethod = \"rake\"\ntargets = \"t.csv\"\n\n[disclosure]";
    trial.change("poll.toml", "[disclosure]", headline);
    let targets =
        "variable,category,share,source\nhappy,Happy,60%,List\nhappy,Unhappy,40%,List\n";
    trial.write("t.csv", targets);
    let end = trial.publish();
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    let page = String::from_utf8(trial.files("out/canteen")["report.html"].clone()).unwrap();
    // 40 per cent of the three quarters who know.
    assert!(page.contains("30%</b> are unhappy"), "{page}");
}

#[test]
fn check_makes_them_and_says_what_is_wrong() {
    let trial = derived();
    assert_eq!(trial.end(&["check", "poll.toml"]).code, Some(0));
    trial.change("poll.toml", "[\"Agree\"] }\nrest", "[\"Agre\"] }\nrest");
    trial.change("poll.toml", "[50, inf, \"50 or more\"]", "[50, 55, \"50 or more\"]");
    trial.change("places.csv", "code,", "place,");
    let end = trial.end(&["check", "poll.toml"]);
    assert_eq!(end.code, Some(3));
    assert_snapshot!(end.stdout, @r#"
    error[P043]: `Agre` is no answer of `enough`
      --> poll.toml:24:23   `derive[1]`
        help: did you mean `Agree`?
    error[P045]: 14 answers are outside all bands
      --> poll.toml:30:8   `derive[2]`
     because: of `minutes`: 14 above 55
        help: widen the bands (`inf` leaves the last open), or add `outside = "missing"`
    error[P050]: the file has no column `code`
      --> poll.toml:67:39   `derive[8]`
        help: its columns are `place`, `TOWN`
    "#);
    trial.remove("places.csv");
    let end = trial.end(&["check", "poll.toml"]);
    assert!(end.stdout.contains("error[Q005]"), "{}{}", end.stdout, end.stderr);
}

#[test]
fn people_who_withdrew_are_left_out_of_everything() {
    let trial = Trial::new();
    trial.change("poll.toml", "wave =", "exclude = \"gone.csv\"\nwave =");
    trial.write("gone.csv", "reason,id\nwithdrew,3\nineligible,  7 \nwithdrew,9001\n");
    let end = trial.publish();
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert_snapshot!(end.stderr, @r"
    note[V176]: 2 replies are left out, as the poll file says
      --> replies.csv:4   row 4
     because: their keys stand in gone.csv
        also: 1 more (row 8)
        help: delete them from the data as well if people withdrew
    warning[V178]: no row has 1 key of those to be left out
      --> gone.csv:4   `id`
     because: the list has 3
        help: make sure that they are written as in the data; people who did not reply may stand in the list
    published: 198 rows counted, under 5 set aside, 0 repairs
    ");
    assert_snapshot!(lines(&trial, "enough").join("\n"), @r"
    Disagree Total percent 51 190
    Agree Total percent 25 190
    Don't know Total percent 24 190
    ");
    let kept: Vec<String> = ["out", "private"]
        .iter()
        .flat_map(|folder| trial.files(folder))
        .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("member3@"))
        .map(|(name, _)| name)
        .collect();
    assert!(kept.is_empty(), "{kept:?}");
    let page = String::from_utf8(trial.files("out/canteen")["report.html"].clone()).unwrap();
    assert!(page.contains("198 replies were read"), "the page knows of nobody else");

    trial.write("gone.csv", "3\n7\n");
    assert_snapshot!(trial.end(&["check", "poll.toml"]).stdout, @r"
    error[V177]: the list of keys has no column of the key
      --> gone.csv:1
        help: write `id` above the keys
    ");
    trial.write("gone.csv", "reason,id\nwithdrew,\n");
    assert_snapshot!(trial.end(&["check", "poll.toml"]).stdout, @r"
    error[V177]: a row of the list has no key
      --> gone.csv:2   `id`
        help: write a key in each row, or take the row out
    ");
    trial.change("schema.toml", "key = { column = \"id\", duplicates = \"reject\" }\n", "");
    trial.change("schema.toml", "\"reject\"", "\"drop\"");
    assert_snapshot!(trial.end(&["check", "poll.toml"]).stdout, @r#"
    error[V177]: nobody can be left out: the schema names no key
      --> schema.toml
        help: add `key = { column = "..." }` to `[source]`
    "#);
}
