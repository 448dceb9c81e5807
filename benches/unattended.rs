//! What happens to a release when nobody looks: runs that are killed or stopped at random
//! moments, disks that are full or read-only, data that change while they are read, clocks
//! that jump, and hundreds of nights in a row.
//!
//! `cargo bench --bench unattended` does all of it but the nights, which take long;
//! `cargo bench --bench unattended -- kill nights` does what is named. Disks need the right to
//! mount a `tmpfs`, clocks the program `faketime`; without them it says so and goes on. It
//! ends with a panic at the first release that is not whole.
#![allow(clippy::print_stdout, reason = "the account is what this program is for")]
#![allow(clippy::unwrap_used, reason = "what cannot be tried is no result")]
#![allow(clippy::disallowed_methods, reason = "it reads files and looks at the clock")]
#![allow(clippy::cast_possible_truncation, reason = "small numbers")]
#![allow(clippy::cast_sign_loss, reason = "small numbers")]

#[path = "unattended/disks.rs"]
mod disks;
#[path = "unattended/inputs.rs"]
mod inputs;
#[path = "unattended/kill.rs"]
mod kill;
#[path = "unattended/nights.rs"]
mod nights;
#[allow(dead_code, reason = "only some of it is needed here")]
#[path = "../tests/cli/trial.rs"]
mod trial;

use std::process::{Child, Stdio};

use trial::{PUBLISH, Trial, is_whole};

/// Each part with its name, and whether it is done unless it is named.
const PARTS: [(&str, bool, fn()); 7] = [
    ("kill", true, kill::killed),
    ("rollback", true, kill::rolled_back),
    ("stop", true, kill::stopped),
    ("disk", true, disks::full_and_read_only),
    ("input", true, inputs::changed),
    ("clock", true, inputs::clocks),
    ("nights", false, nights::in_a_row),
];

fn main() {
    let named: Vec<String> =
        std::env::args().skip(1).filter(|name| !name.starts_with("--")).collect();
    for (name, usual, part) in PARTS {
        let wanted = if named.is_empty() { usual } else { named.iter().any(|n| n == name) };
        if wanted {
            part();
        }
    }
}

/// Numbers of chance: `SplitMix64` (Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    /// From 0 up to 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Gives the poll another title, so that its release differs.
fn title(trial: &Trial, title: &str) {
    trial.change("poll.toml", "title = ", &format!("title = \"{title}\"\n# "));
}

fn start(trial: &Trial, arguments: &[&str]) -> Child {
    let mut command = trial.command(arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// What the title of the current release is; panics if it is not whole.
fn standing(trial: &Trial) -> String {
    let release = trial.files("out/canteen");
    assert!(is_whole(&release), "the current release is not whole");
    let page = String::from_utf8(release["report.html"].clone()).unwrap();
    let (_, after) = page.split_once("<title>").unwrap();
    after.split_once("</title>").unwrap().0.to_owned()
}

/// How many files lie in the folders that are neither released, kept nor a lock.
fn left_over(trial: &Trial) -> usize {
    let files = ["out", "private"].map(|folder| trial.files(folder));
    let names = files.into_iter().flat_map(std::collections::BTreeMap::into_keys);
    let is_lock = |part: &str| part.strip_suffix(".lock").is_some();
    let hidden = |part: &str| part.starts_with('.') && !is_lock(part);
    names.filter(|name| name.split('/').any(hidden)).count()
}
