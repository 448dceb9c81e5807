//! How long a whole report takes and how heavy it is: a made-up poll of 50 questions of
//! every kind, with six banners, is written to a folder of its own and published by the
//! program, at 2,000 and at 12,000 replies.
//!
//! `cargo bench --bench fifty` prints a table; `cargo bench --bench fifty -- FOLDER` leaves
//! the polls in a folder that is there, to be run by hand. The replies are drawn from a
//! fixed seed: the same files every time.
#![allow(clippy::print_stdout, reason = "the table is what this program is for")]
#![allow(clippy::expect_used, reason = "without its files there is nothing to measure")]
#![allow(clippy::disallowed_methods, reason = "it writes the files and looks at the clock")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in short lists"
)]

mod chance;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use chance::Chance;

const SIZES: [usize; 2] = [2_000, 12_000];
const RUNS: usize = 5;

const BANNERS: [(&str, &[&str]); 6] = [
    ("Region", &["North", "Midlands", "East", "London", "South", "Wales"]),
    ("Sector", &["Primary", "Secondary", "Post-16", "Special"]),
    ("Role", &["Classroom teacher", "Support staff", "Middle leader", "Senior leader"]),
    ("Age", &["Under 30", "30 to 39", "40 to 49", "50 to 59", "60 and over"]),
    ("Contract", &["Full time", "Part time", "Supply"]),
    ("Service", &["Under 2 years", "2 to 5 years", "6 to 10 years", "Over 10 years"]),
];

const SUBJECTS: [&str; 8] = [
    "Workload and hours at the start of the school year",
    "Pay and the cost of living",
    "Pupil behaviour in lessons and around the school",
    "Inspection and the weeks before it",
    "Training that is offered by the employer",
    "Class sizes and the number of support staff",
    "Equipment, books and the state of buildings",
    "Support from leaders when something goes wrong",
];

const AGREE: [&str; 5] =
    ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"];

/// A kind of question, and how many of the fifty are of it.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Scale,
    Choice,
    Battery,
    Multi,
    Rank,
    Number,
}

const QUESTIONS: [(Kind, usize); 6] = [
    (Kind::Scale, 20),
    (Kind::Choice, 12),
    (Kind::Battery, 8),
    (Kind::Multi, 6),
    (Kind::Rank, 2),
    (Kind::Number, 2),
];

/// Items of a battery; places of a ranking.
const ITEMS: usize = 5;
const PLACES: usize = 3;

impl Chance {
    /// A place in a list of `n`: the first for those with the least of a trait.
    fn place(&mut self, n: usize, by: f64) -> usize {
        let line = 0.6 * by + 0.4 * self.share();
        ((line * n as f64) as usize).min(n - 1)
    }
}

/// The fifty questions with their names: `q01` to `q50`.
fn questions() -> impl Iterator<Item = (String, Kind)> {
    let kinds = QUESTIONS.iter().flat_map(|(kind, n)| std::iter::repeat_n(*kind, *n));
    (1..).zip(kinds).map(|(n, kind)| (format!("q{n:02}"), kind))
}

/// The columns that a question has in the file.
fn columns(name: &str, kind: Kind) -> Vec<String> {
    match kind {
        Kind::Battery => (1..=ITEMS).map(|item| format!("{name}_{item}")).collect(),
        Kind::Rank => (1..=SUBJECTS.len()).map(|item| format!("{name}_{item}")).collect(),
        Kind::Scale | Kind::Choice | Kind::Multi | Kind::Number => vec![name.to_owned()],
    }
}

/// A list of texts in TOML.
fn list(texts: &[&str]) -> String {
    format!("{texts:?}")
}

/// Rows of a battery or ranking in TOML.
fn rows(name: &str, kind: Kind) -> String {
    let columns = columns(name, kind);
    let rows = columns.iter().zip(SUBJECTS);
    rows.map(|(column, text)| format!("{{ label = {text:?}, column = {column:?} }}, "))
        .collect()
}

fn schema() -> String {
    let mut text = format!(
        "format = 1\nid = \"fifty\"\n[source]\ndelimiter = \",\"\n\
         key = {{ column = \"reply\" }}\npersonal = [\"reply\"]\n\
         [scale.agree]\ncategories = {}\ncategoriesOrdered = true\n\
         nonsubstantive = [\"Don't know\"]\n\
         nets = {{ \"All agree\" = [\"Strongly agree\", \"Agree\"], \
         \"All disagree\" = [\"Disagree\", \"Strongly disagree\"] }}\n[question]\n",
        list(&AGREE)
    );
    for (name, groups) in BANNERS {
        let id = name.to_lowercase();
        let groups = list(groups);
        let rest = format!("title = {name:?}, categories = {groups}, report = false");
        let _ = writeln!(text, "{id} = {{ kind = \"single\", column = {id:?}, {rest} }}");
    }
    for ((name, kind), n) in questions().zip(0..) {
        let subject = SUBJECTS[n % SUBJECTS.len()];
        let shape = match kind {
            Kind::Scale => "kind = \"single\", scale = \"agree\"".to_owned(),
            Kind::Choice => format!("kind = \"single\", categories = {}", list(&SUBJECTS)),
            Kind::Battery => {
                format!("kind = \"grid\", scale = \"agree\", rows = [{}]", rows(&name, kind))
            }
            Kind::Multi => {
                format!("kind = \"multi\", delimiter = \"|\", categories = {}", list(&SUBJECTS))
            }
            Kind::Rank => {
                format!("kind = \"rank\", max = {PLACES}, rows = [{}]", rows(&name, kind))
            }
            Kind::Number => "kind = \"number\", unit = \"hours\"".to_owned(),
        };
        let title = format!("{subject} ({name})");
        let text_of = format!("What do you think of this: {subject}? ({name})");
        let _ = writeln!(text, "{name} = {{ title = {title:?}, text = {text_of:?}, {shape} }}");
    }
    text
}

fn poll(replies: usize) -> String {
    let banners = BANNERS.map(|(name, _)| name.to_lowercase());
    let banners = list(&banners.each_ref().map(String::as_str));
    format!(
        "format = 1\nid = \"fifty-{replies}\"\ntitle = \"Fifty questions\"\n\
         schema = \"schema.toml\"\ndata = [\"{replies}.csv\"]\nsynthetic = true\n\
         [method]\nsampling = \"probability\"\n[design]\nweight = \"weight\"\n\
         [tables]\nbanner = {banners}\n"
    )
}

/// The cells of one question, for somebody with so much of a trait.
fn answer(kind: Kind, trait_: f64, chance: &mut Chance) -> Vec<String> {
    let agree = |chance: &mut Chance| match chance.share() {
        share if share < 0.05 => "Don't know".to_owned(),
        _ => AGREE[chance.place(AGREE.len(), trait_)].to_owned(),
    };
    match kind {
        Kind::Scale => vec![agree(chance)],
        Kind::Battery => (0..ITEMS).map(|_| agree(chance)).collect(),
        Kind::Choice => vec![SUBJECTS[chance.place(SUBJECTS.len(), trait_)].to_owned()],
        Kind::Multi => {
            let ticked = SUBJECTS.iter().filter(|_| chance.share() < 0.2 + 0.4 * trait_);
            vec![ticked.copied().collect::<Vec<_>>().join("|")]
        }
        Kind::Rank => {
            let first = chance.place(SUBJECTS.len(), trait_);
            let place = |item| (item + SUBJECTS.len() - first) % SUBJECTS.len() + 1;
            (0..SUBJECTS.len())
                .map(|item| Some(place(item)).filter(|place| *place <= PLACES))
                .map(|place| place.map_or_else(String::new, |place| place.to_string()))
                .collect()
        }
        Kind::Number => vec![format!("{:.1}", 20.0 + 30.0 * trait_ + 10.0 * chance.share())],
    }
}

/// The replies as CSV.
fn replies(n: usize) -> String {
    let mut chance = Chance(50);
    let banners = BANNERS.map(|(name, _)| name.to_lowercase());
    let questions: Vec<(String, Kind)> = questions().collect();
    let asked = questions.iter().flat_map(|(name, kind)| columns(name, *kind));
    let head: Vec<String> = std::iter::once("reply".to_owned())
        .chain(banners)
        .chain(asked)
        .chain(["weight".to_owned()])
        .collect();
    let mut text = head.join(",") + "\n";
    for reply in 1..=n {
        let groups = BANNERS.map(|(_, groups)| (chance.place(groups.len(), 0.5), groups));
        let drift: usize = groups.iter().map(|(place, _)| place).sum();
        let trait_ = (0.04 * drift as f64 + 0.7 * chance.share()).min(1.0);
        let mut cells = vec![reply.to_string()];
        cells.extend(groups.map(|(place, groups)| groups[place].to_owned()));
        for (_, kind) in &questions {
            let answers = answer(*kind, trait_, &mut chance);
            cells.extend(answers.iter().map(|cell| format!("\"{cell}\"")));
        }
        cells.push(format!("{:.4}", 0.5 + chance.share()));
        text += &(cells.join(",") + "\n");
    }
    text
}

/// Writes schema, poll files and replies; gives the poll files.
fn write(folder: &Path) -> Vec<PathBuf> {
    fs::write(folder.join("schema.toml"), schema()).expect("a folder that can be written");
    let poll_file = |n: usize| {
        let poll_file = folder.join(format!("{n}.toml"));
        fs::write(folder.join(format!("{n}.csv")), replies(n)).expect("room on the disk");
        fs::write(&poll_file, poll(n)).expect("room on the disk");
        poll_file
    };
    SIZES.map(poll_file).into()
}

/// Publishes a poll once; gives how long the process took.
fn run(poll: &Path, folder: &Path) -> Duration {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pollsmith"));
    command.arg("run").arg(poll).arg("--out").arg(folder.join("out"));
    command.arg("--private").arg(folder.join("private"));
    let start = Instant::now();
    let output = command.output().expect("the program");
    let took = start.elapsed();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    took
}

/// The number and the bytes of the files of a folder whose names end so.
fn weight(folder: &Path, end: &str) -> (usize, u64) {
    let files = fs::read_dir(folder).expect("a release").filter_map(Result::ok);
    let found = files.filter(|file| file.file_name().to_string_lossy().ends_with(end));
    found.fold((0, 0), |(n, bytes), file| {
        (n + 1, bytes + file.metadata().map_or(0, |metadata| metadata.len()))
    })
}

fn main() {
    // Cargo adds `--bench` of its own.
    let kept = std::env::args().skip(1).find(|word| !word.starts_with('-')).map(PathBuf::from);
    let passing = tempfile::tempdir().expect("a folder of its own");
    let folder = kept.as_deref().unwrap_or(passing.path());
    let polls = write(folder);
    println!("replies   fastest of {RUNS}   page      workbook  charts: SVG, PNG");
    for (poll, replies) in polls.iter().zip(SIZES) {
        let fastest = (0..RUNS).map(|_| run(poll, folder)).min().unwrap_or_default();
        let release = folder.join(format!("out/fifty-{replies}"));
        let size = |(_, bytes): (usize, u64)| bytes as f64 / 1024.0;
        let charts = release.join("charts");
        println!(
            "{replies:>7}   {:>8.2} s    {:>5.0} KB  {:>5.0} KB   {} of {:.1} KB, {:.1} KB",
            fastest.as_secs_f64(),
            size(weight(&release, "report.html")),
            size(weight(&release, "tables.xlsx")),
            weight(&charts, ".svg").0,
            size(weight(&charts, ".svg")) / weight(&charts, ".svg").0.max(1) as f64,
            size(weight(&charts, ".png")) / weight(&charts, ".png").0.max(1) as f64,
        );
    }
}
