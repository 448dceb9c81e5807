//! `audit`: releases that give a hidden cell away, and such that do not.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::trial::{End, Trial};

/// A release of one question by two groups. Two of the figures are as given; all others leave
/// 2 people to `No` in the group `South`, and are hidden or not.
fn release(respondents: u32, south: [&str; 2]) -> Value {
    let record = |answer: &str, group: Option<&str>, figure: &str| {
        let table = if group.is_some() { "enough-site" } else { "enough" };
        json!({
            "poll": "canteen", "wave": "2024-01", "table": table, "question": "enough",
            "item": null, "answer": answer, "banner": group.map(|_| "site"),
            "group": group.unwrap_or("Total"), "statistic": "percent",
            "value": figure.parse::<f64>().ok(), "low": null, "high": null, "unit": "%",
            "percent_of": "all", "base": if group.is_some() { 100 } else { 200 },
            "base_weighted": null, "base_effective": null,
            "status": Some(figure).filter(|figure| figure.starts_with('[')),
            "compared_with": null, "verdict": null,
        })
    };
    let row = |id: &str, label: &str| json!({ "id": id, "label": label, "statistic": "percent", "answers": [id] });
    let group = |id: &str, label: &str| json!({ "id": id, "label": label, "answers": [[id]] });
    let table = |name: &str, groups: Vec<Value>| {
        json!({
            "name": name, "question": "enough", "kind": "single", "items": [],
            "banner": if groups.is_empty() { vec![] } else { vec!["site"] }, "filter": null,
            "percent_of": "column", "sensitive": false, "overlapping": false, "partial": false,
            "base": ["yes", "no"], "groups": groups,
            "rows": [row("yes", "Yes"), row("no", "No")],
        })
    };
    json!({
        "format": 1,
        "poll": {
            "id": "canteen", "title": "Lunch", "wave": "2024-01", "synthetic": true,
            "profile": "public", "status": "final", "respondents": respondents,
        },
        "method": {},
        "disclosure": {
            "small": 4, "small_sensitive": 9, "floor": 50, "unreliable": 100,
            "all_or_none": 100, "base_step": 1, "reason": null,
        },
        "rounding": { "weighted": false, "percent_decimals": 0, "mean_decimals": 1 },
        "tables": [
            table("enough", vec![]),
            table("enough-site", vec![group("north", "North"), group("south", "South")]),
        ],
        "results": [
            record("Yes", None, "94"), record("No", None, "6"),
            record("Yes", Some("North"), "90"), record("No", Some("North"), "10"),
            record("Yes", Some("South"), south[0]), record("No", Some("South"), south[1]),
        ],
    })
}

/// Writes a release where `run` would.
fn write(trial: &Trial, folder: &str, release: &Value) {
    trial.write(&format!("{folder}/results.json"), release.to_string());
}

fn audit(trial: &Trial, more: &[&str]) -> End {
    trial.end(&[&["audit", "leaky"], more].concat())
}

#[test]
fn a_cell_that_can_be_worked_out_ends_with_5_and_is_named() {
    let trial = Trial::new();
    write(&trial, "leaky", &release(200, ["[c]", "[c]"]));
    let end = audit(&trial, &[]);
    assert_eq!(end.code, Some(5), "{}{}", end.stdout, end.stderr);
    assert_snapshot!(end.stdout, @"");
}

#[test]
fn the_account_can_be_read_by_programs() {
    let trial = Trial::new();
    write(&trial, "leaky", &release(200, ["[c]", "[c]"]));
    let end = audit(&trial, &["--format", "json"]);
    assert_eq!(end.code, Some(5));
    let said: Value = serde_json::from_str(&end.stdout).unwrap();
    assert_eq!((&said["outcome"], &said["hidden"]), (&json!("refused"), &json!(2)));
    assert_eq!(said["cells"][0]["figure"], "enough.no@site=south");
    assert_eq!(said["narrowest"], said["cells"][0]);
    assert_eq!(said["findings"][0]["code"], "A002");
}

#[test]
fn what_was_published_by_run_is_safe() {
    let trial = Trial::new();
    trial.publish();
    let end = trial.end(&["audit", "out/canteen"]);
    assert_eq!(end.code, Some(0), "{}", end.stdout);
    assert!(end.stdout.contains("no hidden cell can be worked out"), "{}", end.stdout);
    let file = trial.end(&["audit", "out/canteen/results.json"]);
    assert_eq!((file.code, file.stdout), (end.code, end.stdout));
}

#[test]
fn another_release_of_the_poll_may_give_away_more() {
    let trial = Trial::new();
    write(&trial, "leaky", &release(200, ["98", "[x]"]));
    write(&trial, "earlier", &release(200, ["[c]", "[c]"]));
    assert_eq!(audit(&trial, &[]).code, Some(0));
    let end = audit(&trial, &["--against", "earlier"]);
    assert_eq!(end.code, Some(5), "{}", end.stdout);
    write(&trial, "earlier", &release(199, ["98", "[x]"]));
    let end = audit(&trial, &["--against", "earlier"]);
    assert_eq!(end.code, Some(5), "{}", end.stdout);
    assert!(end.stdout.contains("error[A007]") && end.stdout.contains("200 and 199"));
    let mut other = release(200, ["98", "[x]"]);
    other["poll"]["wave"] = json!("2023-11");
    write(&trial, "earlier", &other);
    let end = audit(&trial, &["--against", "earlier"]);
    assert_eq!(end.code, Some(2));
    assert!(end.stderr.contains("error[A008]"), "{}", end.stderr);
}

#[test]
fn what_is_no_release_is_refused_with_the_remedy() {
    let trial = Trial::new();
    let end = audit(&trial, &[]);
    assert_eq!(end.code, Some(3));
    assert!(end.stderr.contains("error[A003]"), "{}", end.stderr);
    let mut older = release(200, ["[c]", "[c]"]);
    older.as_object_mut().unwrap().remove("tables");
    write(&trial, "leaky", &older);
    let end = audit(&trial, &[]);
    assert_eq!(end.code, Some(3));
    assert!(end.stderr.contains("error[A004]"), "{}", end.stderr);
    assert!(end.stderr.contains("publish it again"), "{}", end.stderr);
    assert_eq!(trial.end(&["audit"]).code, Some(2));
}
