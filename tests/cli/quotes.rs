//! What members wrote: from the data to the private folder, and only by a person's approval
//! to what is published.

use serde_json::Value;

use super::trial::{PUBLISH, Trial, is_whole};

const ENTRY: &str = "\n[[quotes]]\nquestion = \"words\"\napproved = \"approved-quotes.csv\"\n\
                     attribute = \"site\"\n";

/// What two members wrote, one of them more than can be printed.
const TOLD: &str = "Ask Mrs Canarina Birdsong (canary.bird@example.org, 07700 900123) at Canary \
                    Hill School <script>alert(1)</script>";
const KEPT: &str = "Ask [name] ([e-mail], [phone]) at [school] <script>alert(1)</script>";
const PLAIN: &str = "Half an hour is not a break";
const OTHER: &str = "My canary is called Pip";

/// The small poll, in which three members wrote something.
fn trial() -> Trial {
    let trial = Trial::new();
    for (row, text) in [("2,member2@", TOLD), ("3,member3@", PLAIN), ("5,member5@", OTHER)] {
        let replies = std::fs::read_to_string(trial.path("replies.csv")).unwrap();
        let line = replies.lines().find(|line| line.starts_with(row)).unwrap();
        trial.change("replies.csv", line, &format!("{line}\"{text}\""));
    }
    let poll = std::fs::read_to_string(trial.path("poll.toml")).unwrap();
    trial.write("poll.toml", poll + ENTRY);
    trial
}

/// The hash of a candidate.
fn hash(trial: &Trial, text: &str) -> String {
    let path = trial.path("private/canteen/quotes-words.csv");
    let file = std::fs::read_to_string(path).unwrap();
    let line = file.lines().find(|line| line.contains(text)).unwrap();
    line.split(',').next().unwrap().to_owned()
}

fn approve(trial: &Trial, texts: &[&str]) {
    let rows = texts.iter().map(|text| format!("{},\"{text}\"\n", hash(trial, text)));
    let file = format!("hash,quote\n{}", rows.collect::<String>());
    trial.write("approved-quotes.csv", file);
}

/// Whether some bytes hold a text.
fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// What of the texts an output holds as it is, and a workbook within its archive.
fn found(name: &str, bytes: &[u8], texts: &[&str]) -> Vec<String> {
    let mut parts = vec![bytes.to_vec()];
    if std::path::Path::new(name).extension().is_some_and(|end| end == "xlsx") {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        for at in 0..archive.len() {
            let mut part = Vec::new();
            std::io::Read::read_to_end(&mut archive.by_index(at).unwrap(), &mut part).unwrap();
            parts.push(part);
        }
    }
    let within = |text: &&&str| parts.iter().any(|part| holds(part, text));
    texts.iter().filter(within).map(|text| format!("{name}: {text}")).collect()
}

/// Words that must leave in nothing.
const CANARIES: [&str; 5] = ["Birdsong", "Canarina", "canary.bird", "900123", "Canary Hill"];

#[test]
fn nothing_is_published_before_a_person_approved_it() {
    let trial = trial();
    let end = trial.publish();
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert!(end.stderr.contains("note[D030]"), "{}", end.stderr);
    let file = &trial.files("private/canteen")["quotes-words.csv"];
    assert!(holds(file, KEPT) && holds(file, PLAIN) && holds(file, "South,no"));
    let all = [&CANARIES[..], &["called Pip", "Half an hour", "[school]"]].concat();
    for (name, bytes) in trial.files("out") {
        assert_eq!(found(&name, &bytes, &all), [""; 0]);
    }
}

#[cfg(unix)]
#[test]
fn candidates_can_be_read_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let trial = trial();
    trial.publish();
    let mode = |name: &str| trial.path(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("private/canteen"), 0o700);
    assert_eq!(mode("private/canteen/quotes-words.csv") & 0o077, 0);
}

#[test]
fn only_what_is_approved_leaves_in_every_format() {
    let trial = trial();
    trial.publish();
    approve(&trial, &[PLAIN, KEPT]);
    for profile in ["public", "officers", "analyst"] {
        let end = trial.end(&[&PUBLISH[..], &["--profile", profile, "--log", "json"]].concat());
        assert_eq!(end.code, Some(0), "{}", end.stderr);
        let said = [PLAIN, "Pip", "[school]", "Birdsong"];
        assert_eq!(found("stderr", end.stderr.as_bytes(), &said), [""; 0]);
    }
    let release = trial.files("out/canteen");
    assert!(is_whole(&release));
    let results: Value = serde_json::from_slice(&release["results.json"]).unwrap();
    let quote = |text, site| serde_json::json!({ "question": "words", "text": text, "attribute": site });
    let expected = serde_json::json!([quote(PLAIN, "South"), quote(KEPT, "North")]);
    assert_eq!(results["quotes"], expected);
    let page = std::str::from_utf8(&release["report.html"]).unwrap();
    assert!(
        page.contains("at [school] &lt;script&gt;alert(1)&lt;/script&gt;</p></blockquote>")
    );
    assert!(!page.contains("<script"));
    assert_eq!(found("tables.xlsx", &release["tables.xlsx"], &[PLAIN]).len(), 1);
    let never = [&CANARIES[..], &["called Pip"]].concat();
    for (name, bytes) in release.into_iter().chain(trial.files("private/canteen")) {
        // Candidates are for whoever approves.
        let never = if name == "quotes-words.csv" { &CANARIES[..] } else { &never[..] };
        assert_eq!(found(&name, &bytes, never), [""; 0]);
    }
}

#[test]
fn an_approval_of_other_words_is_void_and_edited_words_are_refused() {
    let trial = trial();
    trial.publish();
    approve(&trial, &[PLAIN, OTHER]);
    trial.change("replies.csv", PLAIN, "An hour is a break");
    let end = trial.publish();
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert!(end.stderr.contains("warning[D036]"), "{}", end.stderr);
    assert!(end.stderr.contains("--> approved-quotes.csv:2"), "{}", end.stderr);
    trial.change("approved-quotes.csv", "canary is called", "canary was called");
    let end = trial.publish();
    assert_eq!(end.code, Some(3), "{}", end.stderr);
    assert!(end.stderr.contains("error[D035]") && !end.stderr.contains("canary"));
    let check = trial.end(&["check", "poll.toml"]);
    assert!(check.stdout.contains("D035") && !check.stdout.contains("canary"));
}
