//! Small groups are merged before anything is hidden, as the schema allows: everywhere, for
//! all but the analyst, and it is said; and what is said of a table of which nothing is left.

use insta::assert_snapshot;
use serde_json::Value;

use super::trial::{End, Trial};

const SITES: &str = "categories = [\"North\", { label = \"East\", merge_into = \"West\" }, \
                     \"South\", \"West\"]";

/// The small poll with so many people at North, East, South and West, weighted by site.
fn trial(people: [usize; 4]) -> Trial {
    let trial = Trial::new();
    trial.change("schema.toml", "categories = [\"North\", \"South\"]", SITES);
    let rake = "[[weighting]]\nmethod = \"rake\"\ntargets = \"targets.csv\"\n[tables]\n";
    trial.change("poll.toml", "[tables]\n", rake);
    let targets = "variable,category,share,source\nsite,North,0.4,List\nsite,East,0.2,List\n\
                   site,South,0.3,List\nsite,West,0.1,List\n";
    trial.write("targets.csv", targets);
    let sites = ["North", "East", "South", "West"].into_iter().zip(people);
    let sites = sites.flat_map(|(site, count)| (0..count).map(move |nth| (site, nth)));
    let line = |(id, (site, nth)): (usize, (&str, usize))| {
        let (enough, minutes) = [("Agree", ""), ("Disagree", "40")][nth % 2];
        format!("{id},,1,{site},{enough},{minutes},\n")
    };
    let lines: String = sites.enumerate().map(line).collect();
    trial.write("replies.csv", format!("id,email,weight,site,enough,minutes,words\n{lines}"));
    trial
}

fn publish(trial: &Trial, profile: &str) -> End {
    let arguments = ["run", "poll.toml", "--out", "out", "--private", "private", "--profile"];
    trial.end(&[&arguments[..], &[profile]].concat())
}

/// A file of the public release.
fn released(trial: &Trial, name: &str) -> String {
    file(trial, "out/canteen", name)
}

fn file(trial: &Trial, folder: &str, name: &str) -> String {
    String::from_utf8(trial.files(folder)[name].clone()).unwrap()
}

/// The ids of the groups of the banner, as the `results.json` of a folder lists them.
fn groups(trial: &Trial, folder: &str) -> Vec<String> {
    let json: Value = serde_json::from_str(&file(trial, folder, "results.json")).unwrap();
    let groups = json["banners"][0]["groups"].as_array().unwrap();
    groups.iter().map(|group| group["id"].as_str().unwrap().to_owned()).collect()
}

/// The groups and figures of a table, as `results.csv` has them.
fn lines(trial: &Trial, table: &str) -> String {
    let text = released(trial, "results.csv");
    let of_table = |line: &&str| line.split(',').nth(2) == Some(table);
    let cells = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        [5, 7, 8, 9, 14].map(|cell| cells[cell]).join(" ")
    };
    text.lines().filter(of_table).map(cells).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_small_group_joins_the_one_that_the_schema_names() {
    let trial = trial([110, 160, 110, 20]);
    let end = publish(&trial, "public");
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert!(end.stderr.contains("note[D026]: groups of `site` are merged"), "{}", end.stderr);
    assert_eq!(groups(&trial, "out/canteen"), ["north", "east_and_west", "south"]);
    assert_snapshot!(lines(&trial, "enough-site"), @r"
    Agree North percent 50 110
    Agree East and West percent 50 180
    Agree South percent 50 110
    Disagree North percent 50 110
    Disagree East and West percent 50 180
    Disagree South percent 50 110
    Don't know North percent 0 110
    Don't know East and West percent 0 180
    Don't know South percent 0 110
    ");
    let page = released(&trial, "report.html");
    let said =
        "Groups that were merged because few people are in them: “East and West” (Site).";
    assert!(page.matches(said).count() >= 2, "once in the method, once at each table");
    // Weighting went by all four sites; who answered shows three.
    let who = page.split("id=\"who\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(who.contains("East and West") && !who.contains(">West<"), "{who}");
    assert!(who.contains("30%"), "the targets of both together");
}

#[test]
fn officers_see_it_too_and_the_analyst_sees_every_group() {
    let trial = trial([110, 160, 110, 20]);
    assert_eq!(publish(&trial, "officers").code, Some(0));
    let officers = groups(&trial, "private/canteen/officers");
    assert_eq!(officers, ["north", "east_and_west", "south"]);
    let end = publish(&trial, "analyst");
    let analyst = groups(&trial, "private/canteen/analyst");
    assert_eq!(analyst, ["north", "east", "south", "west"]);
    assert!(!end.stderr.contains("D026"), "{}", end.stderr);
}

#[test]
fn a_condition_that_makes_a_group_small_merges_it_there_alone() {
    let trial = trial([120, 100, 120, 60]);
    let own = "[[table]]\nname = \"wanted\"\nrows = \"minutes\"\nby = [\"site\"]\nwhere = \
               \"enough = 'Disagree'\"\n[disclosure]\n";
    trial.change("poll.toml", "[disclosure]\n", own);
    let end = publish(&trial, "public");
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert!(lines(&trial, "enough-site").contains("West percent"));
    assert!(!lines(&trial, "wanted").contains("Mean West"), "{}", lines(&trial, "wanted"));
    assert!(lines(&trial, "wanted").contains("Mean East and West"));
    assert_eq!(
        groups(&trial, "out/canteen"),
        ["north", "east", "south", "west", "east_and_west"]
    );
}

#[test]
fn nested_groups_are_merged_alike_under_each_outer_one() {
    let trial = trial([110, 160, 110, 20]);
    let by = ["--by", "enough > site", "--profile", "officers", "--format", "csv"];
    let end = trial.end(&[&["table", "poll.toml", "minutes"], &by[..]].concat());
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    let merged = end.stdout.lines().filter(|line| line.contains("East and West")).count();
    assert_eq!(merged, 3 * 2, "{}", end.stdout);
    assert!(!end.stdout.contains(", West,"), "{}", end.stdout);
}

#[test]
fn a_headline_on_a_part_is_told_of_the_whole() {
    let trial = trial([110, 160, 110, 20]);
    let headline =
        "[[headline]]\ntext = \"{enough.agree@site=west|percent} agreed\"\n[report]\n";
    trial.change("poll.toml", "[report]\n", headline);
    let end = publish(&trial, "public");
    assert_eq!(end.code, Some(3), "{}", end.stderr);
    assert!(end.stderr.contains("names a group that is merged"), "{}", end.stderr);
    assert!(
        end.stderr.contains("`{enough.agree@site=east_and_west|percent}`"),
        "{}",
        end.stderr
    );
    trial.change("poll.toml", "=west|percent", "=east_and_west|percent");
    assert_eq!(publish(&trial, "public").code, Some(0));
}

#[test]
fn a_banner_of_one_merged_group_is_left_out() {
    let trial = trial([0, 40, 0, 20]);
    trial.change("schema.toml", "\"North\", { label", "{ label");
    trial.change("schema.toml", ", \"South\", ", ", ");
    trial.change(
        "poll.toml",
        "[[weighting]]\nmethod = \"rake\"\ntargets = \"targets.csv\"\n",
        "",
    );
    let end = publish(&trial, "public");
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert!(
        end.stderr.contains("warning[D027]: the banner `site` is left out"),
        "{}",
        end.stderr
    );
}

#[test]
fn what_is_said_of_a_table_that_protects_respondents_by_its_absence_is_told_why() {
    let trial = Trial::new();
    // Of forty it is known where they are, so that nothing can be shown by site.
    let replies = std::fs::read_to_string(trial.path("replies.csv")).unwrap();
    let moved = replies.lines().enumerate().map(|(row, line)| match row {
        0..=40 => format!("{line}\n"),
        _ => line.replace(",South,", ",,").replace(",North,", ",,") + "\n",
    });
    trial.write("replies.csv", moved.collect::<String>());
    let poll = std::fs::read_to_string(trial.path("poll.toml")).unwrap();
    trial.write("poll.toml", format!("{poll}\n[[chart]]\ntable = \"enough-site\"\n"));
    let end = trial.publish();
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert!(end.stderr.contains("note[D001]"), "{}", end.stderr);
    let (_, warning) = end.stderr.split_once("warning[R016]").unwrap();
    assert!(warning.contains("no chart is drawn of `enough-site`"), "{warning}");
    let headline = "[[headline]]\ntext = \"{enough.agree@site=north|percent} in the North\"\n";
    trial.write("poll.toml", format!("{poll}\n{headline}"));
    let end = trial.publish();
    assert_eq!(end.code, Some(3));
    assert!(
        end.stderr.contains("to protect respondents nothing is shown of `enough-site`"),
        "{}",
        end.stderr
    );
}
