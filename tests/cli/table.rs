//! `table`: one crosstab in the terminal, and as data.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use serde_json::Value;

use super::trial::{End, Trial};

/// A table of the small poll, in a window of so many columns.
fn shown(trial: &Trial, window: usize, arguments: &[&str]) -> End {
    let arguments = [&["table", "poll.toml"], arguments].concat();
    let mut command = trial.command(&arguments);
    command.env("COLUMNS", window.to_string());
    End::from(command.output().unwrap())
}

#[test]
fn a_crosstab_fits_the_window_and_is_marked_private() {
    let end = shown(&Trial::new(), 60, &["enough", "--by", "site"]);
    assert_eq!((end.code, end.stderr.as_str()), (Some(0), ""));
    assert!(end.stdout.lines().all(|line| line.chars().count() <= 60), "{}", end.stdout);
    assert_snapshot!(end.stdout, @r"
    Lunch is long enough, by Site
    One answer. Base: all who answered.
    [u]: low reliability, because few people answered or the
    interval is wide.

    Answer             Total      North      South
    ──────────────────────────────────────────────
    Disagree           50.1%  49.8% [u]  50.5% [u]
    Agree              25.2%  50.2% [u]       0.0%
    Don't know         24.7%       0.0%  49.5% [u]
    ──────────────────────────────────────────────
    Base (unweighted)    200        100        100
    Base (weighted)    200.5      100.5      100.0
    Effective base     171.6       85.8       85.8

    Synthetic data: The answers in this report are made up. They
    describe nobody and must not be quoted as findings.
    Private: For the analyst only: nothing is hidden to protect
    confidentiality. Not for publication.
    ");
}

#[test]
fn letters_and_marks_are_explained_where_there_are_any() {
    let trial = Trial::with_samples();
    let poll = "samples/safeguarding-2024-01/poll.toml";
    let end = trial.end(&["table", poll, "workload", "--by", "role,effects", "--quiet"]);
    let text = end.stdout;
    for said in ["teacher (A)", "▲ABC", "Letters:", "▲ higher", "†: fewer than 100"] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let public = trial.end(&["table", poll, "workload", "--by", "role", "--profile", "public"]);
    assert!(!public.stdout.contains("(A)") && public.stdout.contains('▼'), "{}", public.stdout);
}

#[test]
fn rows_may_be_counted_in_other_ways() {
    let trial = Trial::new();
    let rows = |arguments: &[&str]| {
        let end = shown(&trial, 80, arguments);
        assert_eq!(end.code, Some(0), "{}", end.stderr);
        let lines = end.stdout.lines().filter(|line| {
            let key = ["[u]:", "[x]:", "†:", "‡:"].iter().any(|key| line.starts_with(key));
            !key && (line.contains(['%', '.']) || line.contains("Base"))
        });
        lines.take(5).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(rows(&["enough"]), @r"
    One answer. Base: all who answered.
    Disagree              50.1%
    Agree                 25.2%
    Don't know            24.7%
    Base (unweighted)       200
    ");
    assert_snapshot!(rows(&["enough", "--by", "site", "--percent", "row"]), @r"
    One answer. Base: all who answered.
    Agree              100.0% [u]  100.0% [u]    0.0% [u]
    Disagree               100.0%   49.8% [u]   50.2% [u]
    Don't know         100.0% [u]    0.0% [u]  100.0% [u]
    Base (unweighted)         200         100         100
    ");
    assert_snapshot!(rows(&["enough", "--by", "site", "--percent", "total"]), @r"
    One answer. Base: all who answered.
    Disagree           50.1%  24.9%  25.2%
    Agree              25.2%  25.2%   0.0%
    Don't know         24.7%   0.0%  24.7%
    Base (unweighted)    200    100    100
    ");
    assert_snapshot!(rows(&["enough", "--where", "minutes >= 45"]), @r"
    One answer. Base: all who answered.
    Disagree           100.0% [u]
    Agree                0.0% [u]
    Don't know           0.0% [u]
    Base (unweighted)          56 †
    ");
    assert_snapshot!(rows(&["minutes", "--by", "site > enough"]), @r"
    A number. Base: those asked (enough is Disagree) who answered.
    Mean                44.8  [x]    44.7 [u]         [x]    [x]    45.0 [u]
    Median              45.0  [x]    45.0 [u]         [x]    [x]    45.0 [u]
    Base (unweighted)    100    0 ‡        50 †         0 ‡    0 ‡        50 †
    Base (weighted)    100.5  [x]        50.0         [x]    [x]        50.5
    ");
}

#[test]
fn data_are_those_of_a_run_and_clean() {
    let trial = Trial::new();
    trial.publish();
    let release = trial.files("out/canteen");
    let results = std::str::from_utf8(&release["results.csv"]).unwrap();
    let end = shown(
        &trial,
        80,
        &["enough", "--by", "site", "--profile", "public", "--format", "csv"],
    );
    let known: BTreeSet<&str> = results.lines().collect();
    let own: Vec<&str> = end.stdout.lines().collect();
    assert_eq!(own.len(), 1 + 3 * 3, "a header, three answers, a total and two groups");
    for line in own {
        let line = line.replace("enough-site,enough,,", "enough,enough,,");
        let known = known.iter().any(|known| known.replace("enough-site,", "enough,") == line);
        assert!(known, "{line}");
    }
    let end = shown(&trial, 80, &["enough", "--by", "site", "--format", "json"]);
    let json: Value = serde_json::from_str(&end.stdout).unwrap();
    assert_eq!(json["poll"]["profile"], "analyst");
    assert_eq!(json["results"].as_array().unwrap().len(), 9);
    assert_eq!(end.stderr, "");
}

#[test]
fn markdown_is_a_table_that_may_be_pasted() {
    let end = shown(&Trial::new(), 80, &["enough", "--by", "site", "--format", "markdown"]);
    assert_snapshot!(end.stdout, @r"
    ### Lunch is long enough, by Site

    One answer. Base: all who answered.

    \[u\]: low reliability, because few people answered or the interval is wide.

    | Answer | Total | North | South |
    | --- | ---: | ---: | ---: |
    | Disagree | 50.1% | 49.8% \[u\] | 50.5% \[u\] |
    | Agree | 25.2% | 50.2% \[u\] | 0.0% |
    | Don't know | 24.7% | 0.0% | 49.5% \[u\] |
    | Base (unweighted) | 200 | 100 | 100 |
    | Base (weighted) | 200.5 | 100.5 | 100.0 |
    | Effective base | 171.6 | 85.8 | 85.8 |

    > **Synthetic data**: The answers in this report are made up. They describe nobody and must not be quoted as findings.

    > **Private**: For the analyst only: nothing is hidden to protect confidentiality. Not for publication.
    ");
}

#[test]
fn the_public_profile_shows_what_may_be_released() {
    let trial = Trial::new();
    let shown = |profile: &str| {
        shown(&trial, 80, &["enough", "--by", "site", "--profile", profile]).stdout
    };
    assert!(shown("public").contains("50%") && !shown("public").contains("Private"));
    assert!(shown("analyst").contains("50.1%") && shown("analyst").contains("Private"));
    // Of few nothing is left to show.
    let few = ["--where", "minutes >= 45", "--profile", "public"];
    let asked = ["table", "poll.toml", "enough", "--by", "site"];
    let end = trial.end(&[&asked[..], &few].concat());
    assert_eq!(end.code, Some(5), "{}", end.stderr);
    assert!(end.stderr.contains("error[X016]"), "{}", end.stderr);
}

#[test]
fn names_that_are_not_there_are_said_with_the_nearest() {
    let end = shown(&Trial::new(), 80, &["enoughh", "--by", "sight,words"]);
    assert_eq!((end.code, end.stdout.as_str()), (Some(2), ""));
    assert_snapshot!(end.stderr, @r"
    error[X011]: `enoughh`: no question that has a table
        help: did you mean `enough`?
    error[X012]: `sight`: no question whose answers can be columns
        help: name one of site, enough
    error[X012]: `words`: no question whose answers can be columns
        help: name one of site, enough
    ");
    let end = shown(&Trial::new(), 80, &["enough", "--percent", "row"]);
    assert_eq!(end.code, Some(2));
    assert_snapshot!(end.stderr, @r"
    error[X013]: there are no columns to take shares across
        help: add `--by`, or leave `--percent` out
    ");
}

#[test]
fn conditions_that_do_not_fit_are_said() {
    let said = |condition: &str| {
        let end = shown(&Trial::new(), 80, &["enough", "--where", condition]);
        assert_eq!((end.code, end.stdout.as_str()), (Some(2), ""), "{condition}");
        end.stderr
    };
    assert_snapshot!(said("site = 'West'"), @r#"
    error[Q008]: `West` is not an answer to `site`
     because: `--where` says "site = 'West'"
        help: the answers are `North`, `South`
    "#);
    assert_snapshot!(said("site ="), @r#"
    error[Q008]: a value is missing
     because: `--where` says "site =", at ``
        help: write text in quotation marks, or a number
    "#);
    assert_snapshot!(said("minutes > 119"), @r#"
    error[X014]: nobody fulfils the condition
     because: `--where` says "minutes > 119"
        help: correct the condition
    "#);
}

#[test]
fn colour_is_only_where_it_is_asked_for_and_nothing_is_written() {
    let trial = Trial::new();
    let coloured =
        |when: &str| shown(&trial, 80, &["enough", "--color", when]).stdout.contains('\u{1b}');
    assert_eq!([coloured("always"), coloured("never"), coloured("auto")], [true, false, false]);
    let csv = shown(&trial, 80, &["enough", "--color", "always", "--format", "csv"]);
    assert!(!csv.stdout.contains('\u{1b}'));
    let files = trial.files("");
    assert_eq!(files.keys().collect::<Vec<_>>(), ["poll.toml", "replies.csv", "schema.toml"]);
}
