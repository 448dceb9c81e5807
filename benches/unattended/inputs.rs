//! Data that change while they are read, and clocks that jump.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::{Chance, PUBLISH, Trial, left_over, standing, start, title};

/// Replies enough that reading takes a while; two kinds that differ everywhere.
fn replies(kind: usize) -> String {
    let mut text = "id,email,weight,site,enough,minutes,words\n".to_owned();
    for i in 1..=400_000 {
        let site = ["North", "South"][(i + kind) % 2];
        let enough = ["Agree", "Don't know"][(i / 2 + kind) % 2];
        let _ = writeln!(text, "{i},m{i}@example.org,1,{site},{enough},,");
    }
    text
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What happens to the data: cut short, grown, or replaced by others of the same size.
type Change = fn(&Path, &str);

const CHANGES: [(&str, Change); 4] = [
    ("cut short", |file, text| {
        let open = fs::File::options().write(true).open(file).unwrap();
        open.set_len(text.len() as u64 / 2).unwrap();
    }),
    ("grown", |file, _| {
        use std::io::Write as _;
        let mut open = fs::File::options().append(true).open(file).unwrap();
        open.write_all(b"900001,x@example.org,1,North,Agree,,\n").unwrap();
    }),
    ("replaced", |file, text| {
        let other = file.with_extension("new");
        fs::write(&other, text).unwrap();
        fs::rename(other, file).unwrap();
    }),
    ("taken away", |file, _| fs::remove_file(file).unwrap()),
];

pub(super) fn changed() {
    let trial = Trial::new();
    let data = [replies(0), replies(1)];
    let file = trial.path("replies.csv");
    trial.write("replies.csv", &data[0]);
    let begin = Instant::now();
    assert_eq!(trial.publish().code, Some(0));
    let whole = begin.elapsed();
    let known = [hash(&data[0]), hash(&data[1])];
    let mut chance = Chance(4);
    for (name, change) in CHANGES {
        let [mut refused, mut published] = [0; 2];
        for round in 0..25 {
            trial.write("replies.csv", &data[0]);
            title(&trial, &format!("{name} {round}"));
            let before = standing(&trial);
            let mut run = start(&trial, &PUBLISH);
            sleep(whole.mul_f64(chance.share()));
            change(&file, &data[1]);
            match run.wait().unwrap().code() {
                Some(0) => {
                    let manifest = trial.files("out/canteen")["manifest.json"].clone();
                    let manifest = String::from_utf8(manifest).unwrap();
                    assert!(known.iter().any(|hash| manifest.contains(hash)), "{manifest}");
                    published += 1;
                }
                Some(3) => {
                    assert_eq!(standing(&trial), before);
                    refused += 1;
                }
                other => panic!("{name}: {other:?}"),
            }
        }
        println!(
            "data {name} while they were read: {refused} of 25 runs ended with 3, {published} \
             published one of the two files, whole"
        );
    }
    assert_eq!(left_over(&trial), 0);
}

/// Runs under clocks of other years, forwards and backwards; earlier releases stay in order.
pub(super) fn clocks() {
    let trial = Trial::new();
    let years = ["2024-01-01", "2039-12-31", "1999-06-01", "2024-01-02"];
    for year in years {
        title(&trial, year);
        let own = trial.command(&PUBLISH);
        let mut command = Command::new("faketime");
        command.arg(year).arg(own.get_program()).args(own.get_args());
        command.current_dir(trial.path(""));
        match command.output() {
            Err(error) => return println!("clocks: not tried, `faketime`: {error}"),
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                assert_eq!(output.status.code(), Some(0), "{said}");
            }
        }
        assert!(standing(&trial).contains(year));
        sleep(Duration::from_millis(10));
    }
    for year in years.iter().rev().skip(1) {
        let end = trial.end(&["rollback", "canteen", "--out", "out", "--private", "private"]);
        assert_eq!(end.code, Some(0), "{}", end.stderr);
        assert!(standing(&trial).contains(year));
    }
    println!("clocks: four runs from 1999 to 2039, rolled back in the order of the runs");
}
