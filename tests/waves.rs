//! Waves compared, from poll files to data files: hand-worked changes, breaks, published
//! figures, and people who answered twice as R survey has them.
#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

mod rooms;

use std::collections::BTreeMap;
use std::io::{self, Read};

use pollsmith::diagnostic::{Findings, concise};
use pollsmith::estimate::Of;
use pollsmith::estimate::panel::{Panel, Spot, units};
use pollsmith::pipeline::{self, Delivery, Options, Profile, Run, Secret, World};
use pollsmith::poll;

/// Files by their paths, as if `poll.toml` were opened.
#[derive(Clone, Debug, Default)]
struct InMemory(BTreeMap<String, String>);

/// A path without the steps back in it.
fn plain(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            ".." => parts.truncate(parts.len().saturating_sub(1)),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

struct File(String);

impl Delivery for File {
    fn name(&self) -> &'static str {
        "replies.csv"
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        let offset = usize::try_from(offset).map_err(io::Error::other)?;
        Ok(Box::new(self.0.as_bytes().get(offset..).unwrap_or_default()))
    }
}

impl World for InMemory {
    fn name(&self, path: &str) -> String {
        plain(path)
    }

    fn text(&self, path: &str) -> io::Result<String> {
        self.0.get(&plain(path)).cloned().ok_or_else(|| io::Error::other("no such file"))
    }

    fn delivery(&self, path: &str) -> Box<dyn Delivery + '_> {
        Box::new(File(self.0.get(&plain(path)).cloned().unwrap_or_default()))
    }

    fn progress(&self, _: &str, _: u64) {}

    fn secret(&self) -> io::Result<Secret> {
        Ok(Secret::new([7; 32]))
    }
}

const SCHEMA: &str = "format = 1\nid = \"work\"\n[source]\nkey = { column = \"id\" }\n\
    [question.load]\nkind = \"single\"\ntitle = \"Workload\"\ntext = \"How is your work?\"\n\
    categories = [\"Too much\", \"Right\"]\n\
    [question.uses]\nkind = \"multi\"\ntitle = \"Uses\"\ndelimiter = \"|\"\n\
    categories = [\"Mail\", \"Post\"]\n";

fn poll_file(id: &str, day: &str, more: &str) -> String {
    format!(
        "format = 1\nid = \"{id}\"\ntitle = \"Work\"\nschema = \"schema.toml\"\n\
         data = [\"replies.csv\"]\nwave = \"{id}\"\nsynthetic = true\n{more}\n[method]\n\
         sampling = \"probability\"\nfield_start = {day}\n"
    )
}

/// Replies of `yes` people who said "Too much" and `no` who did not.
fn replies(yes: usize, no: usize) -> String {
    let answers = ["Too much"].repeat(yes).into_iter().chain(["Right"].repeat(no));
    let lines = answers.enumerate().map(|(n, answer)| format!("{n},{answer},Mail\n"));
    "id,load,uses\n".to_owned() + &lines.collect::<String>()
}

impl InMemory {
    /// 62 of 100 before and 100 of 200 now.
    fn waves(previous: &str) -> Self {
        let files = [
            ("poll.toml", poll_file("now", "2024-01-13", "") + "[[previous]]\n" + previous),
            ("schema.toml", SCHEMA.to_owned()),
            ("replies.csv", replies(100, 100)),
            ("then/poll.toml", poll_file("then", "2023-11-04", "")),
            ("then/schema.toml", SCHEMA.to_owned()),
            ("then/replies.csv", replies(62, 38)),
        ];
        Self(files.map(|(name, text)| (name.to_owned(), text)).into())
    }

    fn change(mut self, name: &str, from: &str, to: &str) -> Self {
        let text = self.0.get_mut(name).expect("a file");
        assert!(text.contains(from), "{name} has no `{from}`");
        *text = text.replace(from, to);
        self
    }

    fn run(&self, poll: &str, profile: Profile) -> Result<Run, String> {
        let mut findings = Findings::default();
        let options = Options { profile: Some(profile), strict: false, threads: 2 };
        let run = pipeline::run(self, poll, &options, &mut findings);
        let said = || findings.list().iter().map(concise).collect::<Vec<_>>().join("\n");
        run.map_err(|_| said())
    }
}

/// The file of that name.
fn file<'a>(run: &'a Run, name: &str) -> &'a str {
    let file = run.bundle.files.iter().find(|file| file.path == name).expect("a file");
    std::str::from_utf8(&file.bytes).expect("text")
}

/// Some columns of the first row of `results.csv` with this answer in the trend table, of the
/// wave and statistic.
fn row(
    run: &Run,
    answer: &str,
    (wave, statistic): (&str, &str),
    columns: &[&str],
) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(file(run, "results.csv").as_bytes());
    let header = reader.headers().expect("a header").clone();
    let place = |name: &str| header.iter().position(|column| column == name).expect("a column");
    let wanted = [("answer", answer), ("wave", wave), ("statistic", statistic)];
    let row = (reader.records().map(|record| record.expect("a record"))).find(|record| {
        record[place("table")].ends_with("-waves")
            && wanted.iter().all(|(column, value)| &record[place(column)] == *value)
    });
    let row = row.expect("a row");
    columns.iter().map(|column| row[place(column)].to_owned()).collect()
}

const CHANGE: [&str; 7] =
    ["value", "low", "high", "unit", "status", "compared_with", "verdict"];
const THEN: &str = "poll = \"then/poll.toml\"\n";

/// The variance of a share p of n people is p(1 − p)/(n − 1): 0.62 · 0.38 / 99 = 0.0023798
/// and 0.5 · 0.5 / 199 = 0.0012563, together 0.0036361, of which the root is 0.0602998. The
/// change of −12 points is −1.99006 standard errors; on 99 degrees of freedom, the smaller of
/// 99 and 199, p = 0.0493 and 95 % reach 1.98422 · 6.02998 = 11.9648 points to either side.
#[test]
fn a_change_worked_by_hand() {
    let waves = InMemory::waves(THEN);
    let public = waves.run("poll.toml", Profile::Public).expect("runs");
    let change = row(&public, "Too much", ("now", "change"), &CHANGE);
    assert_eq!(change, ["-12", "-24", "0", "points", "", "then", "lower"]);
    let before = row(&public, "Too much", ("then", "percent"), &["value", "base"]);
    assert_eq!(before, ["62", "100"]);
    let analyst = waves.run("poll.toml", Profile::Analyst).expect("runs");
    let change = row(&analyst, "Too much", ("now", "change"), &["value", "se", "df", "low"]);
    let number = |place: usize| change[place].parse::<f64>().expect("a number");
    assert!((number(0) + 12.0).abs() < 1e-12);
    let se = 100.0 * (0.62 * 0.38 / 99.0 + 0.25 / 199.0_f64).sqrt();
    assert!((number(1) - se).abs() < 1e-10, "{}", number(1));
    assert_eq!(change[2], "99");
    assert!((number(3) + 23.9648).abs() < 1e-4, "{}", number(3));
}

#[test]
fn where_people_chose_themselves_a_change_has_a_verdict_and_no_interval() {
    let waves =
        InMemory::waves(THEN).change("poll.toml", "\"probability\"", "\"nonprobability\"");
    let run = waves.run("poll.toml", Profile::Public).expect("runs");
    let change = row(&run, "Too much", ("now", "change"), &CHANGE);
    assert_eq!(change, ["-12", "", "", "points", "", "then", "lower"]);
}

#[test]
fn a_question_that_changed_has_a_break_and_no_test() {
    let schema = ("schema.toml", "How is your work?", "How was your work?");
    let run = InMemory::waves(THEN).change(schema.0, schema.1, schema.2);
    let run = run.run("poll.toml", Profile::Public).expect("runs");
    let change = row(&run, "Too much", ("now", "change"), &CHANGE);
    assert_eq!(change, ["", "", "", "points", "[b]", "then", ""]);
    let page = file(&run, "report.html");
    assert!(page.contains("Changed between then and now: the wording of the question."));
    assert!(page.contains("Question changed [b]"));
}

#[test]
fn other_variables_of_weighting_break_every_question() {
    let more = "[design]\nweight = \"id\"\n";
    let waves = InMemory::waves(THEN)
        .change(
            "then/poll.toml",
            "[method]\n",
            &format!("{more}[method.weighting]\nvariables = [\"age\"]\n[method]\n"),
        )
        .change("then/replies.csv", "id,load,uses\n0,", "id,load,uses\n500,");
    let run = waves.run("poll.toml", Profile::Public).expect("runs");
    assert_eq!(row(&run, "Too much", ("now", "change"), &["status", "verdict"]), ["[b]", ""]);
    assert!(file(&run, "report.html").contains("the variables of weighting"));
}

/// The answer "Post" was not offered before, "Fax" is not any more, "Right" was another word.
#[test]
fn answers_of_some_waves_only_have_a_dash_and_renamed_ones_are_the_same() {
    let waves =
        InMemory::waves(&format!("{THEN}recode = {{ load = {{ \"Fine\" = \"Right\" }} }}\n"))
            .change("then/schema.toml", "\"Post\"", "\"Fax\"")
            .change("then/schema.toml", "\"Right\"", "\"Fine\"")
            .change("then/replies.csv", "Right", "Fine")
            .change("then/replies.csv", "0,Too much,Mail\n", "0,Too much,Mail|Fax\n");
    let run = waves.run("poll.toml", Profile::Analyst).expect("runs");
    let status = |answer, of| row(&run, answer, of, &["value", "status"]);
    assert_eq!(status("Post", ("then", "percent")), ["", "[z]"]);
    assert_eq!(status("Post", ("now", "change")), ["", "[z]"]);
    assert_eq!(status("Fax", ("now", "change")), ["", "[z]"]);
    assert!(!status("Fax", ("then", "percent"))[0].is_empty());
    assert_eq!(row(&run, "Right", ("now", "change"), &["verdict"]), ["higher"]);
    assert!(file(&run, "report.html").contains("<td>-</td>"));
}

#[test]
fn a_wave_whose_answers_were_deleted_comes_in_as_it_was_published() {
    let waves = InMemory::waves(THEN);
    let own = InMemory(
        [
            ("poll.toml", "then/poll.toml"),
            ("schema.toml", "then/schema.toml"),
            ("replies.csv", "then/replies.csv"),
        ]
        .map(|(name, from)| (name.to_owned(), waves.0[from].clone()))
        .into(),
    );
    let then = own.run("poll.toml", Profile::Public).expect("runs");
    let mut waves = InMemory::waves("poll = \"then/results.json\"\n");
    waves.0.insert("then/results.json".to_owned(), file(&then, "results.json").to_owned());
    let run = waves.run("poll.toml", Profile::Public).expect("runs");
    assert_eq!(row(&run, "Too much", ("then", "percent"), &["value", "base"]), ["62", "100"]);
    let change = row(&run, "Too much", ("now", "change"), &CHANGE);
    assert_eq!(change, ["-12", "", "", "points", "", "then", ""]);
    let page = file(&run, "report.html");
    assert!(page.contains("Figures of then are as they were published."));
    assert!(file(&run, "manifest.json").contains("then/results.json"));
    let private = own.run("poll.toml", Profile::Analyst).expect("runs");
    waves.0.insert("then/results.json".to_owned(), file(&private, "results.json").to_owned());
    let said = waves.run("poll.toml", Profile::Public).expect_err("refused");
    assert!(said.contains("[T004] the earlier figures were not published for these readers"));
}

/// The second of three waves did not ask; the schemas of the first and the second are told
/// apart by what the poll file says.
#[test]
fn a_wave_that_did_not_ask_is_passed_over() {
    let previous = format!("{THEN}[[previous]]\npoll = \"first/poll.toml\"\n");
    let mut waves = InMemory::waves(&previous).change(
        "then/schema.toml",
        "load]",
        "burden]\ncolumn = \"load\"",
    );
    for name in ["poll.toml", "schema.toml", "replies.csv"] {
        let text = match name {
            "poll.toml" => poll_file("first", "2023-06-01", ""),
            "schema.toml" => SCHEMA.to_owned(),
            _ => replies(70, 30),
        };
        waves.0.insert(format!("first/{name}"), text);
    }
    let run = waves.run("poll.toml", Profile::Public).expect("runs");
    let change =
        row(&run, "Too much", ("now", "change"), &["value", "compared_with", "verdict"]);
    assert_eq!(change, ["-20", "first", "lower"]);
    let known = waves.change(
        "poll.toml",
        "then/poll.toml\"\n",
        "then/poll.toml\"\nrename = { burden = \"load\" }\n",
    );
    let run = known.run("poll.toml", Profile::Public).expect("runs");
    let change = row(&run, "Too much", ("now", "change"), &["value", "compared_with"]);
    assert_eq!(change, ["-12", "then"]);
    assert_eq!(row(&run, "Too much", ("first", "percent"), &["value"]), ["70"]);
}

#[test]
fn every_file_of_an_earlier_wave_is_an_input() {
    let run = InMemory::waves(THEN).run("poll.toml", Profile::Public).expect("runs");
    for path in ["then/poll.toml", "then/schema.toml", "then/replies.csv"] {
        assert!(file(&run, "manifest.json").contains(path), "{path}");
    }
}

#[test]
fn a_benchmark_stands_beside_its_figure_with_its_source() {
    let benchmark = "\n[[benchmark]]\nfigure = \"load.too_much\"\nvalue = 44.5\nlabel = \"All\"\n\
                     source = \"Example survey\"\nbase = \"all staff\"\n";
    let waves = InMemory::waves(&format!("{THEN}{benchmark}"));
    let run = waves.run("poll.toml", Profile::Public).expect("runs");
    let page = file(&run, "report.html");
    assert!(page.contains("<td>44.5%</td>"));
    assert!(page.contains("All: Example survey. Of all staff. Not tested against this poll."));
    let wrong = waves.change("poll.toml", "load.too_much", "load.to_much");
    let said = wrong.run("poll.toml", Profile::Public).expect_err("refused");
    assert!(said.contains("error[T006] there is no figure `load.to_much`"), "{said}");
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let said = |previous: &str| {
        let waves = InMemory::waves(previous);
        waves.run("poll.toml", Profile::Public).expect_err("refused")
    };
    let same = "poll.toml:13:8: error[T002] the earlier wave is this poll file";
    assert!(said("poll = \"then/../poll.toml\"\n").ends_with(same));
    assert!(said(&format!("{THEN}label = \"now\"\n")).contains("error[T003]"));
    assert!(said("poll = \"then/none.toml\"\n").contains("error[Q005]"));
    assert!(said(&format!("{THEN}linked_by = \"name\"\n")).contains("error[T009]"));
    assert!(said(&format!("{THEN}rename = {{ x = \"load\" }}\n")).contains("error[T005]"));
    let alone =
        InMemory::waves(THEN).change("then/schema.toml", "load]", "burden]\ncolumn = \"load\"");
    let alone = alone.change("then/schema.toml", "uses]", "used]\ncolumn = \"uses\"");
    let alone = alone.run("poll.toml", Profile::Public).expect_err("refused");
    assert!(
        alone.contains("error[T001] the earlier wave has no question of this one"),
        "{alone}"
    );
    let real =
        InMemory::waves(THEN).change("then/poll.toml", "synthetic = true", "synthetic = false");
    assert!(
        real.run("poll.toml", Profile::Public).expect_err("refused").contains("error[T008]")
    );
    let later = InMemory::waves(THEN).change("then/poll.toml", "2023-11-04", "2025-11-04");
    assert!(
        later.run("poll.toml", Profile::Public).expect_err("refused").contains("error[T007]")
    );
}

/// The first hundred answered twice: 62 of them said "Too much" before, and all say so now.
/// Each person's z is (1 − 0.5)/200 − (1 − 0.62)/100 for those 62, and so on: the variance is
/// that of one stacked sample of 200 people.
#[test]
fn people_who_are_linked_are_compared_in_the_stacked_sample() {
    let se = |previous: &str| {
        let run = InMemory::waves(previous).run("poll.toml", Profile::Analyst).expect("runs");
        row(&run, "Too much", ("now", "change"), &["se"])[0].parse::<f64>().expect("a number")
    };
    let z: Vec<f64> = (0..200)
        .map(|id| {
            let now = if id < 100 { 0.5 } else { -0.5 } / 200.0;
            let then = match id {
                0..62 => 0.38 / 100.0,
                62..100 => -0.62 / 100.0,
                _ => 0.0,
            };
            now - then
        })
        .collect();
    let variance = 200.0 / 199.0 * z.iter().map(|z| z * z).sum::<f64>();
    close(se(&format!("{THEN}linked_by = \"id\"\n")), 100.0 * variance.sqrt());
    close(se(THEN), 100.0 * (0.62 * 0.38 / 99.0 + 0.25 / 199.0_f64).sqrt());
}

const PANEL: &str = "format = 1\nid = \"panel\"\n[source]\nkey = { column = \"id\" }\n\
    unknown_columns = \"keep\"\nmissingValues = [{ value = \"\", label = \"No answer\" }]\n\
    [question.a]\nkind = \"single\"\ncategories = [\"No\", \"Yes\"]\n\
    [question.h]\nkind = \"number\"\n";

/// One wave: key, answer, hours, weight, school and region of each person.
fn person(id: usize, later: bool) -> String {
    let yes = if later {
        (id * 7 + if id.is_multiple_of(3) { 2 } else { 0 }) % 5 < 3
    } else {
        id * 7 % 5 < 2
    };
    let answer = match (later && id.is_multiple_of(10), yes) {
        (true, _) => "",
        (_, true) => "Yes",
        _ => "No",
    };
    let hours = if later { 41 + (id * 11 + id % 4) % 17 } else { 40 + id * 11 % 17 };
    let weight = if later { (id * 5 % 7) as f64 / 8.0 } else { (id * 3 % 4) as f64 / 4.0 };
    format!("{id},{answer},{hours},{},s{},r{}\n", 1.0 + weight, id % 6, id % 6 % 2)
}

/// The standard errors of the change of a share and of a mean over the stacked sample.
fn linked(design: &str, linked_by: &str) -> [f64; 2] {
    let text = format!(
        "format = 1\nid = \"p\"\ntitle = \"P\"\nschema = \"s.toml\"\ndata = [\"d.csv\"]\n\
         [method]\nsampling = \"probability\"\n[design]\nweight = \"w\"\n{design}"
    );
    let poll = poll::load("poll.toml", &text, &mut Findings::default()).expect("a poll");
    let wave = |people: std::ops::RangeInclusive<usize>, later: bool| {
        let rows: String = people.clone().map(|id| person(id, later)).collect();
        let data = format!("id,a,h,w,s,r\n{rows}");
        let sample = rooms::sample(PANEL, &text, &data).expect("a sample");
        let keys: Vec<String> = people.map(|id| id.to_string()).collect();
        let names = units(&sample, &poll, linked_by, Some(&keys)).expect("units");
        (sample, names)
    };
    let (then, now) = (wave(1..=24, false), wave(7..=30, true));
    let panel = Panel::stack((&then.0, &then.1), (&now.0, &now.1)).expect("a panel");
    [(0, Of::Answer(1)), (1, Of::Mean)].map(|(question, of)| {
        let spot = Spot { question, item: None, of };
        panel.variance(spot, spot).expect("a variance").sqrt()
    })
}

fn close(got: f64, want: f64) {
    assert!((got - want).abs() <= 1e-10 * want, "{got} is not {want}");
}

/// R survey: both waves in one data frame with `t` for the wave,
/// `svycontrast(svyby(~a, ~t, svydesign(ids = ~id, weights = ~w), svymean, covmat = TRUE),
/// c(-1, 1))`; then `ids = ~s, strata = ~r`. Of separate samples it is 0.1493 for the share.
#[test]
fn people_who_answered_twice_agree_with_r() {
    let [share, mean] = linked("", "id");
    close(share, 0.132_909_930_490_566);
    close(mean, 1.035_197_245_292_511_3);
    let [share, mean] = linked("psu = [\"s\"]\nstrata = [\"r\"]\n", "id");
    close(share, 0.059_429_881_614_949_304);
    close(mean, 0.778_149_982_275_781_8);
}
