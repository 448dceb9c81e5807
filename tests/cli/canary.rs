//! Marked names, addresses, numbers and texts are put into every sample, wherever a person
//! may stand; then everything that the program leaves is searched for them. Nothing may be
//! found, nor a hash of it, but where the private folder holds it by design.

use std::collections::BTreeMap;
use std::process::Stdio;

use super::marks::{self, Trace};
use super::trial::{End, Trial};

/// The column that is added to every file and declared personal.
const CONTACT: &str = "Contact details";
/// The one private file that holds rows as they were.
const ASIDE: &str = "rows-set-aside.csv";

/// Where the answers of a poll are, and where a person may stand in them.
struct Poll {
    /// The poll file.
    file: &'static str,
    /// Its data.
    data: &'static str,
    schema: &'static str,
    /// The column of the key.
    key: Option<&'static str>,
    /// Columns in which somebody writes freely.
    written: &'static [&'static str],
}

const POLLS: &[Poll] = &[
    Poll {
        file: "samples/safeguarding-2024-01/poll.toml",
        data: "samples/safeguarding-2024-01/responses.csv",
        schema: "schemas/safeguarding.toml",
        key: Some("respondent_id"),
        written: &["Is there anything else that you would like to say about inspection?"],
    },
    Poll {
        file: "samples/flying-etiquette-2014/poll.toml",
        data: "samples/flying-etiquette-2014/responses.csv",
        schema: "schemas/flying-etiquette.toml",
        key: Some("RespondentID"),
        written: &[],
    },
    Poll {
        file: "samples/rse-de-2017/poll.toml",
        data: "samples/rse-de-2017/responses.csv",
        schema: "schemas/rse-de-2017.toml",
        key: None,
        written: &["edu4. Do you hold any other professional qualifications?"],
    },
    Poll {
        file: "samples/api-schools/one-stage/poll.toml",
        data: "samples/api-schools/apiclus1.csv",
        schema: "schemas/api-schools.toml",
        key: Some("cds"),
        written: &["name", "sname"],
    },
    Poll {
        file: "samples/api-schools/stratified/poll.toml",
        data: "samples/api-schools/apistrat.csv",
        schema: "schemas/api-schools.toml",
        key: Some("cds"),
        written: &["name", "sname"],
    },
    Poll {
        file: "samples/api-schools/two-stage/poll.toml",
        data: "samples/api-schools/apiclus2.csv",
        schema: "schemas/api-schools.toml",
        key: Some("cds"),
        written: &["name", "sname"],
    },
    Poll {
        file: "awkward/poll.toml",
        data: "awkward/responses.csv",
        schema: "awkward/schema.toml",
        key: Some("id"),
        written: &[],
    },
];

/// The small poll, in which the person is the sampling unit.
const SMALL: Poll = Poll {
    file: "poll.toml",
    data: "replies.csv",
    schema: "schema.toml",
    key: Some("id"),
    written: &["words"],
};

/// The cells of a data file, headers first.
fn table(trial: &Trial, name: &str) -> Vec<Vec<String>> {
    let file = std::fs::File::open(trial.path(name)).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Rows of the file as CSV, whatever their widths.
fn text(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// Marks every row, adds one that is torn and one whose sender is there twice, and has a
/// person withdraw.
fn mark(trial: &Trial, poll: &Poll) {
    let mut rows = table(trial, poll.data);
    let place = |name: &str| rows[0].iter().position(|header| header == name).unwrap();
    let key = poll.key.map(place);
    let written: Vec<usize> = poll.written.iter().map(|name| place(name)).collect();
    for (number, row) in rows.iter_mut().enumerate() {
        if number == 0 {
            row.push(CONTACT.to_owned());
            continue;
        }
        if let Some(key) = key {
            row[key] = marks::number(number);
        }
        for column in &written {
            row[*column] = marks::verbatim(number);
        }
        row.push(marks::contact(number));
    }
    let mut torn = rows[1].clone();
    torn.push(marks::verbatim(0));
    rows.push(torn);
    if let Some(key) = key {
        rows.push(rows[2].clone());
        withdraw(trial, poll, [&rows[3][key], &marks::number(99_999)]);
    }
    trial.write(poll.data, text(&rows));
    declare(trial, poll);
}

/// Two people withdrew, of whom one had answered.
fn withdraw(trial: &Trial, poll: &Poll, keys: [&str; 2]) {
    let folder = poll.file.trim_end_matches("poll.toml");
    let list = [[poll.key.unwrap(), "why"], [keys[0], "left"], [keys[1], "left"]];
    let list: Vec<Vec<String>> =
        list.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
    trial.write(&format!("{folder}withdrawn.csv"), text(&list));
    trial.change(poll.file, "\ndata = ", "\nexclude = \"withdrawn.csv\"\ndata = ");
}

/// Declares the column that was added.
fn declare(trial: &Trial, poll: &Poll) {
    let schema = String::from_utf8(trial.files("")[poll.schema].clone()).unwrap();
    let own = format!("personal = [\"{CONTACT}\"");
    if schema.contains("\npersonal = [") {
        trial.change(poll.schema, "\npersonal = [", &format!("\n{own}, "));
    } else {
        trial.change(poll.schema, "[source]\n", &format!("[source]\n{own}]\n"));
    }
}

/// Runs the program with a folder of its own for temporary files, which is searched as long
/// as the program runs.
fn watched(trial: &Trial, arguments: &[&str]) -> End {
    let mut command = trial.command(arguments);
    command.env("TMPDIR", trial.path("tmp")).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    let finished = std::thread::spawn(move || child.wait_with_output().unwrap());
    while !finished.is_finished() {
        search("while it ran", &trial.files("tmp"), &|_| false);
    }
    End::from(finished.join().unwrap())
}

/// Fails if anything marked stands in a file, but for those that may hold it.
fn search(when: &str, files: &BTreeMap<String, Vec<u8>>, may: &dyn Fn(&str) -> bool) {
    for (name, bytes) in files.iter().filter(|(name, _)| !may(name)) {
        let found = marks::trace(bytes);
        assert_eq!(found, None::<Trace>, "{when}, in {name}");
    }
}

/// Runs a poll for some readers and searches all that it left.
fn run(trial: &Trial, poll: &Poll, profile: &str, log: &str) {
    let when = format!("{} {profile} {log}", poll.file);
    let arguments = [
        "run",
        poll.file,
        "--out",
        "left/out",
        "--private",
        "left/private",
        "--profile",
        profile,
        "--log",
        log,
    ];
    let end = watched(trial, &arguments);
    assert_eq!(end.code, Some(0), "{when}: {}", end.stderr);
    said(&when, &end);
    search(&when, &trial.files("left"), &|name| {
        let quotes = name.contains("/quotes-") && name.starts_with("private/");
        name.ends_with(ASIDE) || quotes
    });
    search(&when, &trial.files("tmp"), &|_| false);
    search(&when, &trial.files("state"), &|_| false);
}

fn said(when: &str, end: &End) {
    for (stream, text) in [("stdout", &end.stdout), ("stderr", &end.stderr)] {
        assert_eq!(marks::trace(text.as_bytes()), None, "{when}, on {stream}:\n{text}");
    }
}

fn check(trial: &Trial, poll: &Poll) {
    for form in ["full", "concise", "json"] {
        let end = watched(trial, &["check", poll.file, "--format", form]);
        assert_eq!(end.code, Some(0), "{}", end.stdout);
        assert!(end.stdout.contains("V150"), "the torn row is found: {}", end.stdout);
        said(&format!("check {} {form}", poll.file), &end);
    }
}

fn sample(poll: &Poll) {
    let trial = Trial::with_samples();
    for name in ["poll.toml", "schema.toml", "responses.csv"] {
        let file = format!("{}/tests/awkward/{name}", env!("CARGO_MANIFEST_DIR"));
        trial.write(&format!("awkward/{name}"), std::fs::read(file).unwrap());
    }
    std::fs::create_dir(trial.path("tmp")).unwrap();
    mark(&trial, poll);
    check(&trial, poll);
    run(&trial, poll, "public", "json");
    run(&trial, poll, "officers", "text");
    run(&trial, poll, "analyst", "json");
    let (_, aside) = trial
        .files("left/private")
        .into_iter()
        .find(|(name, _)| name.ends_with(ASIDE))
        .unwrap();
    assert!(marks::trace(&aside).is_some(), "the search finds what is there");
}

#[test]
fn nobody_is_found_in_what_the_union_publishes() {
    sample(&POLLS[0]);
}

#[test]
fn nobody_is_found_in_real_surveys() {
    sample(&POLLS[1]);
    sample(&POLLS[2]);
}

#[test]
fn nobody_is_found_in_samples_by_design() {
    POLLS[3..6].iter().for_each(sample);
}

#[test]
fn nobody_is_found_among_awkward_words() {
    sample(&POLLS[6]);
}

/// A question with an answer in people's own words.
fn with_other(trial: &Trial) {
    let mut rows = table(trial, SMALL.data);
    for (number, row) in rows.iter_mut().enumerate() {
        let cells = match number % 4 {
            _ if number == 0 => ["drink".to_owned(), "drink in words".to_owned()],
            0 => ["Other".to_owned(), marks::verbatim(number)],
            nth => [["Tea", "Coffee"][nth % 2].to_owned(), String::new()],
        };
        row.extend(cells);
    }
    trial.write(SMALL.data, text(&rows));
    let question = "[question.drink]\nkind = \"single\"\ntitle = \"Drink\"\n\
                    categories = [\"Tea\", \"Coffee\"]\nother = \"Other\"\n\
                    other_column = \"drink in words\"\n\n[question.words]";
    trial.change(SMALL.schema, "[question.words]", question);
}

#[test]
fn nobody_is_found_where_a_person_is_the_sampling_unit() {
    let trial = Trial::new();
    std::fs::create_dir(trial.path("tmp")).unwrap();
    let poll = SMALL;
    with_other(&trial);
    mark(&trial, &poll);
    trial.change(poll.file, "weight = \"weight\"", "weight = \"weight\"\npsu = [\"id\"]");
    trial.change(poll.file, "nonprobability", "probability");
    for (profile, log) in [("public", "text"), ("officers", "json"), ("analyst", "text")] {
        run(&trial, &poll, profile, log);
    }
    for command in [
        &["table", "poll.toml", "enough", "--by", "site"][..],
        &["table", "poll.toml", "enough", "--format", "json"],
        &["init", "replies.csv", "--dir", "left/draft"],
    ] {
        said(&command.join(" "), &watched(&trial, command));
    }
}

#[test]
fn the_key_of_the_hashes_changes_nothing() {
    let trial = Trial::new();
    let mut releases = Vec::new();
    for profile in ["public", "analyst"] {
        for key in [[1; 32], [2; 32]] {
            trial.write("elsewhere", key);
            let mut command =
                trial.command(&["run", "poll.toml", "--out", "out", "--private", "p"]);
            command
                .args(["--profile", profile])
                .env("POLLSMITH_KEY_FILE", trial.path("elsewhere"));
            assert_eq!(command.output().unwrap().status.code(), Some(0));
            let place = if profile == "public" { "out/canteen" } else { "p/canteen/analyst" };
            releases.push(trial.files(place));
        }
    }
    assert!(releases[0].len() > 5 && releases[2].len() > 5);
    assert!(releases[0] == releases[1] && releases[2] == releases[3]);
    assert!(!trial.path("p/key").exists(), "the key is elsewhere");
}
