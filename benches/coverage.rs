//! How often 95 % intervals hold the truth: samples are drawn from a made-up population by
//! several designs, and intervals are made as the program makes them.
//!
//! `cargo bench --bench coverage` prints a table; theory promises between 93 and 97 per cent
//! where the sample is not small for the method. It measures nothing of speed.
#![allow(clippy::print_stdout, reason = "the table is what this program is for")]
#![allow(clippy::expect_used, reason = "the population is made up so that nothing fails")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of people and schools"
)]

mod chance;

use pollsmith::estimate::study::{Quotient, Study};
use pollsmith::estimate::{Conventions, Estimate, Freedom, QuantilePlace};
use pollsmith::prepare::{Design, Stage};
use pollsmith::stats::ProportionMethod;
use pollsmith::stats::calibrate::{Limits, Margin, rake};
use pollsmith::stats::multistage;
use pollsmith::stats::replicate::Replicates;

use chance::Chance;

const SCHOOLS: usize = 1_200;
const STRATA: u32 = 6;
const SAMPLES: usize = 2_000;

/// One member of the population.
#[derive(Clone, Copy)]
struct Member {
    stratum: u32,
    school: u32,
    phase: u32,
    /// Hours of work in a week.
    hours: f64,
    /// Whether each of three things holds: about 3, 20 and 50 per cent say so.
    says: [bool; 3],
}

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        (self.share() * n as f64) as usize
    }

    /// About normal, with mean 0 and variance 1.
    fn deviate(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }

    /// `n` of the items, without replacement.
    fn draw<T: Copy>(&mut self, items: &[T], n: usize) -> Vec<T> {
        let mut pool = items.to_vec();
        for place in 0..n.min(pool.len()) {
            let other = place + self.below(pool.len() - place);
            pool.swap(place, other);
        }
        pool.truncate(n);
        pool
    }
}

/// Schools of 20 to 60 members who are somewhat alike.
fn population(chance: &mut Chance) -> Vec<Member> {
    let mut members = Vec::new();
    for school in 0..SCHOOLS as u32 {
        let stratum = school % STRATA;
        let leaning = 0.5 * chance.deviate() + 0.1 * f64::from(stratum);
        for _ in 0..20 + chance.below(41) {
            let own = leaning + chance.deviate();
            let hours = 45.0 + 6.0 * own + 0.8 * own * own;
            let says = [2.1, 0.95, 0.1].map(|at| own + 0.3 * chance.deviate() > at);
            let phase = u32::from(own + 2.0 * chance.deviate() > 0.4);
            members.push(Member { stratum, school, phase, hours, says });
        }
    }
    members
}

/// How a sample is drawn, and how its variances are made.
#[derive(Clone, Copy)]
enum Plan {
    /// 600 of all.
    Simple,
    /// 100 of each stratum, whatever its size.
    Stratified,
    /// 10 of the schools of each stratum, 10 members of each.
    Clustered,
    /// As clustered, by the jackknife.
    Jackknife,
    /// 600, of whom one phase replies less; raked to phase and stratum.
    Raked,
}

const PLANS: [(&str, Plan); 5] = [
    ("600 at random", Plan::Simple),
    ("stratified", Plan::Stratified),
    ("60 schools", Plan::Clustered),
    ("60 schools, jackknife", Plan::Jackknife),
    ("raked", Plan::Raked),
];

fn count(members: &[Member], of: impl Fn(&Member) -> bool) -> f64 {
    members.iter().filter(|member| of(member)).count() as f64
}

fn sample(plan: Plan, all: &[Member], chance: &mut Chance) -> (Vec<Member>, Design) {
    match plan {
        Plan::Simple => {
            let drawn = chance.draw(all, 600);
            let weight = all.len() as f64 / 600.0;
            let population = Some(vec![all.len() as f64]);
            let design = Design { population, ..Design::alone(vec![weight; drawn.len()]) };
            (drawn, design)
        }
        Plan::Stratified => stratified(all, chance),
        Plan::Clustered => clustered(all, chance),
        Plan::Jackknife => {
            let (drawn, design) = clustered(all, chance);
            let units: Vec<u32> = design.stages[0].unit.clone();
            let stage =
                multistage::Stage { strata: &design.stratum, units: &units, population: None };
            let replicates = Replicates::jkn(&stage, pollsmith::stats::SingleUnit::Fail);
            (drawn, design.replicated(replicates.expect("a jackknife")))
        }
        Plan::Raked => raked(all, chance),
    }
}

fn stratified(all: &[Member], chance: &mut Chance) -> (Vec<Member>, Design) {
    let (mut drawn, mut weights, mut sizes) = (Vec::new(), Vec::new(), Vec::new());
    for stratum in 0..STRATA {
        let members: Vec<Member> =
            all.iter().filter(|member| member.stratum == stratum).copied().collect();
        drawn.extend(chance.draw(&members, 100));
        weights.extend(vec![members.len() as f64 / 100.0; 100]);
        sizes.push(members.len() as f64);
    }
    let design = Design {
        stratum: drawn.iter().map(|member| member.stratum).collect(),
        strata: (0..STRATA).map(|stratum| stratum.to_string()).collect(),
        population: Some(sizes),
        ..Design::alone(weights)
    };
    (drawn, design)
}

fn clustered(all: &[Member], chance: &mut Chance) -> (Vec<Member>, Design) {
    let (mut drawn, mut weights, mut unit, mut parent) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for stratum in 0..STRATA {
        let schools: Vec<u32> =
            (0..SCHOOLS as u32).filter(|school| school % STRATA == stratum).collect();
        for school in chance.draw(&schools, 10) {
            let members: Vec<Member> =
                all.iter().filter(|member| member.school == school).copied().collect();
            let some = chance.draw(&members, 10);
            let weight = schools.len() as f64 / 10.0 * members.len() as f64 / some.len() as f64;
            weights.extend(vec![weight; some.len()]);
            unit.extend(vec![parent.len() as u32; some.len()]);
            parent.push(stratum);
            drawn.extend(some);
        }
    }
    let design = Design {
        stratum: drawn.iter().map(|member| member.stratum).collect(),
        strata: (0..STRATA).map(|stratum| stratum.to_string()).collect(),
        stages: vec![Stage { unit, parent, population: None }],
        ..Design::alone(weights)
    };
    (drawn, design)
}

fn raked(all: &[Member], chance: &mut Chance) -> (Vec<Member>, Design) {
    let mut replies = Vec::new();
    while replies.len() < 600 {
        let member = all[chance.below(all.len())];
        if chance.share() < if member.phase == 1 { 0.3 } else { 0.7 } {
            replies.push(member);
        }
    }
    let phase: Vec<u32> = replies.iter().map(|member| member.phase).collect();
    let stratum: Vec<u32> = replies.iter().map(|member| member.stratum).collect();
    let phases: Vec<f64> = (0..2).map(|p| count(all, |member| member.phase == p)).collect();
    let strata: Vec<f64> =
        (0..STRATA).map(|s| count(all, |member| member.stratum == s)).collect();
    let margins = [
        Margin { codes: &phase, targets: &phases },
        Margin { codes: &stratum, targets: &strata },
    ];
    let step = rake(&vec![1.0; replies.len()], &margins, Limits::default()).expect("it meets");
    let design = Design::alone(vec![1.0; replies.len()]).fitted(step.weights, vec![step.fit]);
    (replies, design)
}

/// The figures of a sample, and the truth of each.
fn figures(drawn: &[Member], design: &Design) -> Vec<Option<Estimate>> {
    let conventions = Conventions { freedom: Freedom::Whole, ..Conventions::PUBLISHED };
    let study = Study::new(design, conventions);
    let hours: Vec<f64> = drawn.iter().map(|member| member.hours).collect();
    let mut found = vec![
        study.estimate(&Quotient::mean(|i| Some(drawn[i].hours))).ok(),
        study.estimate(&Quotient::total(|i| Some(drawn[i].hours))).ok(),
        study
            .estimate(&Quotient::mean(|i| (drawn[i].phase == 1).then_some(drawn[i].hours)))
            .ok(),
        study.quantile(&hours, QuantilePlace::MEDIAN).ok(),
    ];
    for thing in 0..3 {
        for share in ProportionMethod::ALL {
            let study = study.with(Conventions { share, ..conventions });
            found.push(study.estimate(&Quotient::share(|i| Some(drawn[i].says[thing]))).ok());
        }
    }
    found
}

fn truths(all: &[Member]) -> (Vec<String>, Vec<f64>) {
    let n = all.len() as f64;
    let sum: f64 = all.iter().map(|member| member.hours).sum();
    let phase: Vec<f64> =
        all.iter().filter(|member| member.phase == 1).map(|member| member.hours).collect();
    let mut hours: Vec<f64> = all.iter().map(|member| member.hours).collect();
    hours.sort_by(f64::total_cmp);
    let names = ["mean", "total", "mean of a group", "median"];
    let mut names: Vec<String> = names.map(str::to_owned).to_vec();
    let mean = phase.iter().sum::<f64>() / phase.len() as f64;
    let mut truths = vec![sum / n, sum, mean, hours[hours.len() / 2]];
    for thing in 0..3 {
        let share = count(all, |member| member.says[thing]) / n;
        for method in ProportionMethod::ALL {
            names.push(format!("share of {:.0} %, {}", 100.0 * share, method.name()));
            truths.push(share);
        }
    }
    (names, truths)
}

fn main() {
    let mut chance = Chance(20_240_113);
    let all = population(&mut chance);
    let (names, truths) = truths(&all);
    let mut table = vec![Vec::new(); names.len()];
    for (_, plan) in PLANS {
        let mut held = vec![0_usize; names.len()];
        for _ in 0..SAMPLES {
            let (drawn, design) = sample(plan, &all, &mut chance);
            for (place, found) in figures(&drawn, &design).iter().enumerate() {
                let interval = found.as_ref().and_then(|estimate| estimate.interval);
                let holds =
                    interval.is_some_and(|(low, high)| (low..=high).contains(&truths[place]));
                held[place] += usize::from(holds);
            }
        }
        for (row, held) in table.iter_mut().zip(held) {
            row.push(100.0 * held as f64 / SAMPLES as f64);
        }
    }
    println!("95 % intervals that hold the truth, per cent of {SAMPLES} samples\n");
    print!("{:<36}", "");
    for (name, _) in PLANS {
        print!("{name:>23}");
    }
    for (name, row) in names.iter().zip(table) {
        print!("\n{name:<36}");
        for held in row {
            print!("{held:>23.1}");
        }
    }
    println!();
}
