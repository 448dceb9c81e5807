//! Runs and rollbacks that are killed, and runs that are stopped, at random moments.

use std::path::Path;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::{Chance, PUBLISH, Trial, left_over, standing, start, title};

const ROLLBACK: [&str; 6] = ["rollback", "canteen", "--out", "out", "--private", "private"];

/// How long a run takes, and how long of that it writes.
fn times(trial: &Trial) -> (Duration, Duration) {
    let begin = Instant::now();
    let mut run = start(trial, &PUBLISH);
    await_building(trial, &mut run);
    let building = begin.elapsed();
    assert!(run.wait().unwrap().success());
    (begin.elapsed(), begin.elapsed().saturating_sub(building))
}

fn is_building(out: &Path) -> bool {
    let names = std::fs::read_dir(out).into_iter().flatten().filter_map(Result::ok);
    names.into_iter().any(|e| e.file_name().to_string_lossy().contains(".building-"))
}

/// Waits until the run writes or has ended.
fn await_building(trial: &Trial, run: &mut Child) {
    let out = trial.path("out");
    while run.try_wait().unwrap().is_none() && !is_building(&out) {}
}

/// Two hundred runs: every other one is killed at any moment, the rest while they write.
pub(super) fn killed() {
    let trial = Trial::new();
    assert_eq!(trial.publish().code, Some(0));
    title(&trial, "Round 0");
    let (whole, writing) = times(&trial);
    let mut chance = Chance(1);
    let [mut ended, mut old, mut new, mut littered] = [0; 4];
    let mut last = standing(&trial);
    for round in 1..=200 {
        title(&trial, &format!("Round {round}"));
        let mut run = start(&trial, &PUBLISH);
        if round % 2 == 0 {
            await_building(&trial, &mut run);
        }
        let span = if round % 2 == 0 { 3 * writing } else { whole };
        sleep(span.mul_f64(chance.share()));
        let _ = run.kill();
        ended += u32::from(run.wait().unwrap().success());
        let stands = standing(&trial);
        littered += u32::from(left_over(&trial) > 0);
        match stands {
            stands if stands == last => old += 1,
            stands => {
                assert!(stands.contains(&format!("Round {round}")), "{stands}");
                new += 1;
                last = stands;
            }
        }
    }
    title(&trial, "Last");
    assert_eq!(trial.publish().code, Some(0));
    assert!(standing(&trial).contains("Last") && left_over(&trial) == 0);
    println!(
        "killed: 200 runs of {} ms ({} ms of writing); {ended} had ended before; the old \
         release stood {old} times, the new one {new} times, whole each time; something unfinished \
         lay beside it {littered} times, the last run cleared it",
        whole.as_millis(),
        writing.as_millis()
    );
}

/// Fifty rollbacks.
pub(super) fn rolled_back() {
    let trial = Trial::new();
    let mut chance = Chance(2);
    let [mut old, mut new] = [0; 2];
    let mut whole = Duration::ZERO;
    for round in 0..=50 {
        for part in ["a", "b"] {
            title(&trial, &format!("Round {round}{part}"));
            assert_eq!(trial.publish().code, Some(0));
        }
        let begin = Instant::now();
        let mut run = start(&trial, &ROLLBACK);
        if round == 0 {
            run.wait().unwrap();
            whole = begin.elapsed();
        }
        sleep((whole * 2).mul_f64(chance.share()));
        let _ = run.kill();
        run.wait().unwrap();
        let stands = standing(&trial);
        assert!(stands.contains(&format!("Round {round}")), "{stands}");
        *(if stands.contains(&format!("Round {round}b")) { &mut old } else { &mut new }) += 1;
    }
    assert_eq!(trial.publish().code, Some(0));
    assert_eq!(left_over(&trial), 0);
    println!(
        "rollbacks killed: 50, after one that was not; not yet done {old} times, done {new} times, whole each time"
    );
}

/// Sixty runs are told to end.
pub(super) fn stopped() {
    let trial = Trial::new();
    assert_eq!(trial.publish().code, Some(0));
    let (whole, writing) = times(&trial);
    let mut chance = Chance(3);
    let (mut took, mut codes) = (Vec::new(), Vec::new());
    for round in 0..60 {
        title(&trial, &format!("Round {round}"));
        let mut run = start(&trial, &PUBLISH);
        if round % 2 == 0 {
            await_building(&trial, &mut run);
        }
        sleep((if round % 2 == 0 { writing } else { whole }).mul_f64(chance.share()));
        let signal = if round % 4 < 2 { Signal::TERM } else { Signal::INT };
        let begin = Instant::now();
        let _ = kill_process(Pid::from_child(&run), signal);
        codes.push(run.wait().unwrap().code());
        took.push(begin.elapsed());
        standing(&trial);
        assert_eq!(left_over(&trial), 0, "round {round}");
    }
    let count = |code| codes.iter().filter(|held| **held == code).count();
    println!(
        "stopped: 60 runs; {} ended with 130, {} with 143, {} had ended before or died of the \
         signal before they listened ({}); nothing was left; at most {} ms",
        count(Some(130)),
        count(Some(143)),
        count(Some(0)),
        count(None),
        took.iter().max().unwrap().as_millis()
    );
}
