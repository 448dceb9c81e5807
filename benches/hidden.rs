//! What protecting everybody costs: the share of percentages that are hidden, by how many
//! answered and by how many banners there are, beside hiding small cells and small columns
//! only; and how much longer a report takes with it.
//!
//! `cargo bench --bench hidden` prints a table. Polls are made up from a fixed seed: twelve
//! questions of three kinds, unweighted. Small cells are counted in the analyst's release,
//! which hides nothing.
#![allow(clippy::print_stdout, reason = "the table is what this program is for")]
#![allow(clippy::unwrap_used, reason = "without its files there is nothing to measure")]
#![allow(clippy::disallowed_methods, reason = "it looks at the clock")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in short lists"
)]

mod chance;
#[allow(dead_code, reason = "only some columns are counted here")]
#[path = "../tests/attack/run.rs"]
mod run;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use chance::Chance;
use run::Record;

const SIZES: [usize; 4] = [300, 900, 1_500, 5_000];

const BANNERS: [(&str, &[&str]); 6] = [
    ("sector", &["Primary", "Secondary", "Post-16", "Special"]),
    ("region", &["North", "Midlands", "East", "London", "South", "Wales"]),
    ("age", &["Under 30", "30 to 39", "40 to 49", "50 to 59", "60 and over"]),
    ("role", &["Classroom teacher", "Support staff", "Middle leader", "Senior leader"]),
    ("contract", &["Full time", "Part time", "Supply"]),
    ("service", &["Under 2 years", "2 to 5 years", "6 to 10 years", "Over 10 years"]),
];

const AGREE: [&str; 5] =
    ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"];
const SUBJECTS: [&str; 8] = [
    "Workload",
    "Pay",
    "Behaviour",
    "Inspection",
    "Training",
    "Class sizes",
    "Books",
    "Leaders",
];

/// How many questions there are of each kind: with totals, with one answer, with several.
const QUESTIONS: [usize; 3] = [6, 3, 3];

impl Chance {
    /// A place in a list, of which the first are more likely.
    fn place(&mut self, n: usize) -> usize {
        let share = self.share();
        ((0.4 * share + 0.6 * share * share) * n as f64) as usize
    }
}

/// The questions with their kinds: 0, 1 or 2.
fn questions() -> impl Iterator<Item = (String, usize)> {
    let kinds =
        QUESTIONS.iter().enumerate().flat_map(|(kind, n)| std::iter::repeat_n(kind, *n));
    (1..).zip(kinds).map(|(n, kind)| (format!("q{n}"), kind))
}

fn schema() -> String {
    let mut text = "format = 1\nid = \"made-up\"\n".to_owned();
    for (name, groups) in BANNERS {
        let rest = format!("title = {name:?}\ncategories = {groups:?}\nreport = false");
        let _ = writeln!(text, "[question.{name}]\nkind = \"single\"\n{rest}");
    }
    for (name, kind) in questions() {
        let shape = match kind {
            0 => format!(
                "kind = \"single\"\ncategories = {AGREE:?}\nnets = {{ \"All agree\" = {:?}, \
                 \"All disagree\" = {:?} }}",
                &AGREE[..2],
                &AGREE[3..]
            ),
            1 => format!("kind = \"single\"\ncategories = {SUBJECTS:?}"),
            _ => format!("kind = \"multi\"\ndelimiter = \"|\"\ncategories = {SUBJECTS:?}"),
        };
        let _ = writeln!(text, "[question.{name}]\ntitle = \"About {name}\"\n{shape}");
    }
    text
}

fn poll(profile: &str, banners: usize) -> String {
    let banners: Vec<&str> = BANNERS[..banners].iter().map(|(name, _)| *name).collect();
    format!(
        "format = 1\nid = \"made-up\"\ntitle = \"Made up\"\nschema = \"schema.toml\"\n\
         data = [\"replies.csv\"]\nsynthetic = true\n[method]\nsampling = \"nonprobability\"\n\
         [tables]\nbanner = {banners:?}\n[disclosure]\nprofile = \"{profile}\"\n"
    )
}

fn replies(n: usize) -> String {
    let mut chance = Chance(n as u64);
    let banners = BANNERS.iter().map(|(name, _)| (*name).to_owned());
    let head: Vec<String> = banners.chain(questions().map(|(name, _)| name)).collect();
    let mut text = head.join(",") + "\n";
    for _ in 0..n {
        let mut cells: Vec<String> = BANNERS
            .iter()
            .map(|(_, groups)| groups[chance.place(groups.len())].to_owned())
            .collect();
        for (_, kind) in questions() {
            cells.push(match kind {
                _ if chance.share() < 0.03 => String::new(),
                0 => AGREE[chance.place(AGREE.len())].to_owned(),
                1 => SUBJECTS[chance.place(SUBJECTS.len())].to_owned(),
                _ => {
                    let picked = SUBJECTS.iter().filter(|_| chance.share() < 0.25);
                    picked.copied().collect::<Vec<_>>().join("|")
                }
            });
        }
        text += &(cells.join(",") + "\n");
    }
    text
}

/// The percentages of a release, and how long it took.
fn released(profile: &str, banners: usize, replies: &str) -> (Vec<Record>, Duration) {
    let start = Instant::now();
    let records = run::publish(&schema(), &poll(profile, banners), replies);
    let took = start.elapsed();
    let mut records = records.unwrap_or_default();
    records.retain(|record| matches!(record.statistic.as_str(), "percent" | "net"));
    (records, took)
}

/// Whether a figure of the analyst's is hidden for its own sake: few, all but few, or a
/// column below the floor.
fn is_small(record: &Record, floor: f64) -> bool {
    let (Some(value), Some(base)) = (record.value, record.base) else { return false };
    let count = (value * base / 100.0).round();
    let few = |count: f64| (1.0..=4.0).contains(&count);
    base < floor || few(count) || few(base - count)
}

fn percent(records: &[Record], hidden: impl Fn(&Record) -> bool) -> f64 {
    let hidden = records.iter().filter(|record| hidden(record)).count();
    100.0 * hidden as f64 / records.len().max(1) as f64
}

fn main() {
    println!("replies  banners  profile   small only   hidden   of tables   more time");
    for banners in [3, 6] {
        for n in SIZES {
            let replies = replies(n);
            let (all, quick) = released("analyst", banners, &replies);
            for (profile, floor) in [("public", 50.0), ("officers", 30.0)] {
                let (records, took) = released(profile, banners, &replies);
                let missing = all.len() - records.len();
                let hidden = records.iter().filter(|r| r.status == "[c]").count() + missing;
                println!(
                    "{n:>7}  {banners:>7}  {profile:<8}  {:>8.1} %  {:>5.1} %  {:>7.1} %  {:>7.2} s",
                    percent(&all, |record| is_small(record, floor)),
                    100.0 * hidden as f64 / all.len().max(1) as f64,
                    100.0 * missing as f64 / all.len().max(1) as f64,
                    took.saturating_sub(quick).as_secs_f64(),
                );
            }
        }
    }
}
