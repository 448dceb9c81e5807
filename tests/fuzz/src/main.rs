//! Looks for files and schemas that the reading and checking of the library does not stand.
//!
//! Takes the name of a target and how long to go on, gives what was found in `found`. It
//! runs the library in its own process; the README says what is promised.

mod corpus;
mod keep;
mod memory;
mod mutate;
mod oracle;
mod pack;
mod random;
mod shrink;
mod watch;
mod world;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use corpus::Pair;
use keep::Keep;
use oracle::Case;
use random::Random;
use watch::Watch;

const USAGE: &str = "usage: pollsmith-fuzz bytes|schemas [--seconds N] [--seed N] [--case N]";

/// How many different promises are broken before it stops.
const ENOUGH: usize = 20;

/// What is asked on the command line.
struct Asked {
    target: String,
    seconds: u64,
    seed: u64,
    /// One case alone, to see it again.
    case: Option<u64>,
}

fn asked() -> Option<Asked> {
    let mut words = std::env::args().skip(1);
    let target = words.next().filter(|word| word == "bytes" || word == "schemas")?;
    let mut asked = Asked { target, seconds: 60, seed: 1, case: None };
    while let Some(option) = words.next() {
        let number = words.next()?.parse().ok()?;
        match option.as_str() {
            "--seconds" => asked.seconds = number,
            "--seed" => asked.seed = number,
            "--case" => asked.case = Some(number),
            _ => return None,
        }
    }
    Some(asked)
}

fn main() -> ExitCode {
    let Some(asked) = asked() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let corpus = match corpus::pairs() {
        Ok(corpus) => corpus,
        Err(error) => {
            eprintln!("the corpus cannot be read: {error}");
            return ExitCode::from(3);
        }
    };
    oracle::quieten_panics();
    let mut search = Search::new(&asked, corpus);
    search.sound();
    search.run();
    let (cases, accepted) = (search.cases, search.accepted);
    println!("{cases} cases, {accepted} accepted, {} promises broken", search.found.len());
    ExitCode::from(u8::from(!search.found.is_empty()))
}

struct Search<'a> {
    asked: &'a Asked,
    corpus: Vec<Pair>,
    keep: Keep,
    watch: Watch,
    cases: u64,
    /// How many of them are sound after all: few of them would test the refusals alone.
    accepted: u64,
    /// The promises that were broken: each is shown once.
    found: BTreeSet<String>,
}

impl<'a> Search<'a> {
    fn new(asked: &'a Asked, corpus: Vec<Pair>) -> Self {
        let keep = Keep::new();
        let watch = Watch::begin(keep.clone());
        Self { asked, corpus, keep, watch, cases: 0, accepted: 0, found: BTreeSet::new() }
    }

    /// The corpus itself, as it stands.
    fn sound(&mut self) {
        let pairs: Vec<(String, Case)> = self.corpus.iter().map(sound).collect();
        for (name, case) in pairs {
            self.try_case(&name, case);
        }
    }

    fn run(&mut self) {
        if let Some(case) = self.asked.case {
            return self.numbered(case);
        }
        let end = Instant::now() + Duration::from_secs(self.asked.seconds);
        let mut case = 0;
        while Instant::now() < end && self.found.len() < ENOUGH {
            self.numbered(case);
            case += 1;
        }
    }

    fn numbered(&mut self, number: u64) {
        let Asked { target, seed, .. } = self.asked;
        let random = &mut Random::of_case(*seed, number);
        let mutate = if target == "bytes" { mutate::bytes } else { mutate::schema };
        if let Some(case) = mutate(&self.corpus, random) {
            self.try_case(&format!("{target}-{seed}-{number}"), case);
        }
    }

    fn try_case(&mut self, name: &str, case: Case) {
        self.cases += 1;
        self.keep.begins(name);
        let broken = match self.watch.over(name, &case, || oracle::promises(&case)) {
            Ok(accepted) => return self.accepted += u64::from(accepted),
            Err(broken) => broken,
        };
        if self.found.insert(broken.promise.clone()) {
            self.keep.write(name, &case, &broken);
            let (case, broken) = shrink::shrink(case, broken);
            self.keep.write(&format!("{name}-small"), &case, &broken);
        }
    }
}

fn sound(pair: &Pair) -> (String, Case) {
    let schema = pair.schema.clone().into_bytes();
    (format!("sound-{}", pair.name), Case { schema, data: pair.data.clone() })
}
