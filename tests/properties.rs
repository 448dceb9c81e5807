//! What must hold of estimates whatever the sample is: made-up samples go through the rooms
//! of the program, and what is known beforehand is compared.
#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

mod rooms;
#[path = "properties/tables.rs"]
mod tables;

use pollsmith::estimate::study::{Quotient, Study};
use pollsmith::estimate::{Conventions, Estimate, Inquiry, QuantilePlace, Unanswerable};
use pollsmith::prepare::{Design, Sample};
use pollsmith::stats::ProportionMethod;
use pollsmith::stats::calibrate::{Limits, Margin, poststratify, rake};
use pollsmith::stats::multistage::Stage;
use pollsmith::stats::replicate::Replicates;
use proptest::prelude::*;
use proptest::sample::SizeRange;

const SCHEMA: &str = r#"
format = 1
id = "made-up"
[source]
unknown_columns = "keep"
[question.phase]
kind = "single"
categories = ["Primary", "Secondary", "Special"]
[question.view]
kind = "single"
categories = ["Agree", "Neither", "Disagree"]
scores = { Agree = 1, Neither = 0, Disagree = -1 }
nets = { "Not against" = ["Agree", "Neither"], "Against" = ["Disagree"] }
differences = { "Balance" = ["Not against", "Against"] }
[question.senior]
kind = "single"
categories = ["Head", "Teacher"]
[question.uses]
kind = "multi"
delimiter = ";"
categories = ["Plan", "Mark", "Talk", "None"]
exclusive = ["None"]
nets = { "Plan or mark" = ["Plan", "Mark"], "Talk or mark" = ["Talk", "Mark"] }
differences = { "Balance" = ["Plan or mark", "Talk or mark"] }
[question.hours]
kind = "number"
[question.marking]
kind = "number"
"#;

/// How a made-up sample is drawn, as the poll file says it.
const DESIGNS: [&str; 4] = [
    "",
    "strata = [\"region\"]",
    "psu = [\"school\"]",
    "strata = [\"region\"]\npsu = [\"school\", \"class\"]\npopulation = [\"schools\", \"classes\"]\nnest = true",
];

/// One respondent.
#[derive(Clone, Debug)]
struct Person {
    weight: f64,
    region: u8,
    school: u8,
    class: u8,
    phase: u8,
    view: u8,
    hours: Option<i16>,
    marking: u8,
}

fn person() -> impl Strategy<Value = Person> {
    let hours = prop_oneof![1 => Just(None), 5 => (-100_i16..800).prop_map(Some)];
    (0.05..20.0, 0_u8..3, 0_u8..4, 0_u8..3, 0_u8..3, 0_u8..4, hours, 1_u8..40).prop_map(
        |(weight, region, school, class, phase, view, hours, marking)| Person {
            weight,
            region,
            school,
            class,
            phase,
            view,
            hours,
            marking,
        },
    )
}

fn people(size: impl Into<SizeRange>) -> impl Strategy<Value = Vec<Person>> {
    prop::collection::vec(person(), size)
}

/// What somebody uses who marks for so many hours: any mixture.
fn uses(marking: u8) -> String {
    let names = ["Plan", "Mark", "Talk"].iter().enumerate();
    let picked = names.filter(|(bit, _)| marking >> bit & 1 == 1).map(|(_, name)| *name);
    let picked: Vec<&str> = picked.collect();
    if picked.is_empty() { "None".to_owned() } else { picked.join(";") }
}

/// A sample of these people, whose weights are multiplied by `scale`.
fn sample(people: &[Person], design: &str, scale: f64) -> Sample {
    let header =
        "weight,region,school,class,schools,classes,phase,view,senior,uses,hours,marking";
    let line = |person: &Person| {
        let Person { weight, region, school, class, phase, view, hours, marking } = person;
        let phase = ["Primary", "Secondary", "Special"][usize::from(*phase)];
        let view = ["Agree", "Neither", "Disagree", ""][usize::from(*view)];
        let hours = hours.map_or(String::new(), |hours| (f64::from(hours) / 10.0).to_string());
        let weight = weight * scale;
        let senior = ["Head", "Teacher", "Teacher"][usize::from(*class)];
        let uses = uses(*marking);
        format!(
            "{weight},{region},{school},{class},9,7,{phase},{view},{senior},{uses},{hours},{marking}"
        )
    };
    let lines: Vec<String> = people.iter().map(line).collect();
    let data = format!("{header}\n{}\n", lines.join("\n"));
    let poll = format!(
        "format = 1\nid = \"made-up\"\ntitle = \"Made up\"\nschema = \"schema.toml\"\n\
         data = [\"data.csv\"]\n[design]\nweight = \"weight\"\nsingle_unit = \"adjust\"\n{design}\n"
    );
    rooms::sample(SCHEMA, &poll, &data).expect("the sample is in order")
}

type Figures = Vec<Option<Estimate>>;

/// Figures that do not depend on the size of the population.
fn relative_figures(sample: &Sample) -> Figures {
    let inquiry = Inquiry::new(sample, Conventions::PUBLISHED);
    let mut figures = Figures::new();
    for by in [None, Some("phase")] {
        let asked = [
            inquiry.mean("hours", by),
            inquiry.mean("view", by),
            inquiry.share("view", &[0], by),
            inquiry.share("view", &[0, 1], by),
            inquiry.ratio("hours", "marking", by),
            inquiry.quantile("hours", QuantilePlace::MEDIAN, by),
        ];
        figures.extend(asked.into_iter().flat_map(|asked| asked.expect("it can be asked")));
    }
    figures
}

/// Figures that grow with the population.
fn totals(sample: &Sample, by: Option<&str>) -> [Figures; 3] {
    let inquiry = Inquiry::new(sample, Conventions::PUBLISHED);
    [inquiry.total("hours", by), inquiry.total("view", by), inquiry.headcount("view", &[0], by)]
        .map(|asked| asked.expect("it can be asked"))
}

fn close(a: f64, b: f64, scale: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(scale)
}

/// Whether two lists of figures are the same but for rounding. Rounding of a standard error
/// is measured by the number, of which it may be a small part.
fn same(a: &Figures, b: &Figures) -> Result<(), TestCaseError> {
    prop_assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(b) {
        let (a, b) = match (a, b) {
            (Some(a), Some(b)) => (a, b),
            (None, None) => continue,
            _ => return Err(TestCaseError::fail(format!("{a:?} is not {b:?}"))),
        };
        let se = |e: &Estimate| e.variance.map_or(-1.0, f64::sqrt);
        let ends = |e: &Estimate| e.interval.map_or([-1.0; 2], |(low, high)| [low, high]);
        prop_assert!(close(a.value, b.value, 1.0, 1e-12), "{:?} is not {:?}", a, b);
        // What is left of a variance where the weights explain nearly all of it is the
        // difference of far larger sums.
        let size = a.value.abs().max(1.0);
        if se(a).max(se(b)) < 1e-4 * size {
            let apart = (se(a) * se(a) - se(b) * se(b)).abs();
            prop_assert!(apart < 1e-10 * size * size, "{:?} is not {:?}", a, b);
            continue;
        }
        prop_assert!(close(se(a), se(b), size, 1e-10), "{:?} is not {:?}", a, b);
        for (a_end, b_end) in ends(a).into_iter().zip(ends(b)) {
            prop_assert!(close(a_end, b_end, 1.0, 1e-9), "{:?} is not {:?}", a, b);
        }
        let (effect, other) = (a.effect.unwrap_or(-1.0), b.effect.unwrap_or(-1.0));
        prop_assert!(close(effect, other, 1.0, 1e-8), "{:?} is not {:?}", a, b);
        prop_assert_eq!((a.count, a.base, a.method), (b.count, b.base, b.method));
        prop_assert!(close(a.freedom, b.freedom, 1.0, 0.0), "{:?} is not {:?}", a, b);
    }
    Ok(())
}

/// What is done to the weights before anything is asked.
#[derive(Clone, Copy, Debug)]
enum Weighting {
    Delivered,
    Raked,
    /// To post-strata, then margins, then held within limits, then to margins again.
    Chained,
    Jackknife,
}

const WEIGHTINGS: [Weighting; 4] =
    [Weighting::Delivered, Weighting::Raked, Weighting::Chained, Weighting::Jackknife];

/// The design with weights so made.
fn weighted(design: Design, people: &[Person], weighting: Weighting) -> Design {
    let limits = Limits::default();
    let codes =
        |of: fn(&Person) -> u8| people.iter().map(|p| u32::from(of(p))).collect::<Vec<_>>();
    let (phase, region) = (codes(|p| p.phase), codes(|p| p.region));
    // Of those who are there, three for one and four for the next.
    let targets = |codes: &[u32]| -> Vec<f64> {
        (0..3).map(|code| codes.iter().filter(|c| **c == code).count() as f64).collect()
    };
    let (by_phase, by_region) = (targets(&phase), targets(&region));
    let margins = [
        Margin { codes: &phase, targets: &by_phase },
        Margin { codes: &region, targets: &by_region },
    ];
    let base = design.weights.clone();
    match weighting {
        Weighting::Delivered => design,
        Weighting::Raked => match rake(&base, &margins, limits) {
            Ok(step) => design.fitted(step.weights, vec![step.fit]),
            Err(_) => design,
        },
        Weighting::Chained => {
            let steps = || {
                let first = poststratify(&base, &phase, &by_phase, limits).ok()?;
                let second = rake(&first.weights, &margins, limits).ok()?;
                let trimmed: Vec<f64> =
                    second.weights.iter().map(|w| w.clamp(0.7, 2.0)).collect();
                let last = rake(&trimmed, &margins, limits).ok()?;
                let after = last.weights.iter().map(|w| w.min(1.9)).collect();
                Some((after, vec![first.fit, second.fit, last.fit]))
            };
            match steps() {
                Some((weights, fits)) => design.fitted(weights, fits),
                None => design,
            }
        }
        Weighting::Jackknife => {
            let units: Vec<u32> = match design.stages.first() {
                Some(stage) => stage.unit.clone(),
                None => (0..).take(people.len()).collect(),
            };
            let one = vec![0; people.len()];
            let stage = Stage { strata: &one, units: &units, population: None };
            match Replicates::jk1(&stage) {
                Ok(replicates) => design.replicated(replicates),
                Err(_) => design,
            }
        }
    }
}

/// The figures of [`relative_figures`] from the records instead of sums.
fn figures_of_records(sample: &Sample, people: &[Person]) -> Figures {
    let study = Study::new(sample.design(), Conventions::PUBLISHED);
    let mut figures = Figures::new();
    for by in [None, Some(0), Some(1), Some(2)] {
        let inside = |i: usize| by.is_none_or(|by| people[i].phase == by).then_some(&people[i]);
        let hours = |i: usize| Some(f64::from(inside(i)?.hours?) / 10.0);
        let view = move |i: usize| Some(inside(i)?.view).filter(|view| *view < 3);
        let ratio = |i: usize| Some((hours(i)?, f64::from(people[i].marking)));
        let y: Vec<f64> = (0..people.len()).map(|i| hours(i).unwrap_or(f64::NAN)).collect();
        let asked = [
            study.estimate(&Quotient::mean(hours)),
            study.estimate(&Quotient::mean(|i| Some(1.0 - f64::from(view(i)?)))),
            study.estimate(&Quotient::share(|i| Some(view(i)? == 0))),
            study.estimate(&Quotient::share(|i| Some(view(i)? < 2))),
            study.estimate(&Quotient::ratio(ratio)),
            study.quantile(&y, QuantilePlace::MEDIAN),
        ];
        figures.extend(asked.map(Result::ok));
    }
    figures
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn a_constant_times_the_weights_changes_no_mean_share_or_median(
        people in people(2..60),
        design in prop::sample::select(&DESIGNS[..]),
        scale in 0.01..500.0,
    ) {
        let (plain, scaled) = (sample(&people, design, 1.0), sample(&people, design, scale));
        same(&relative_figures(&plain), &relative_figures(&scaled))?;
        let totals = totals(&plain, None).into_iter().zip(totals(&scaled, None));
        for (plain, scaled) in totals {
            for (plain, scaled) in plain.iter().flatten().zip(scaled.iter().flatten()) {
                prop_assert!(close(plain.value * scale, scaled.value, 1.0, 1e-11));
            }
        }
    }

    #[test]
    fn sums_give_what_the_records_give(
        people in people(2..60),
        design in prop::sample::select(&DESIGNS[..]),
        weighting in prop::sample::select(&WEIGHTINGS[..]),
    ) {
        let sample = sample(&people, design, 1.0)
            .with_design(|design| weighted(design, &people, weighting));
        let sums = relative_figures(&sample);
        // All figures overall, then each figure by group.
        let (overall, by) = sums.split_at(6);
        let group = |group: usize| by.iter().skip(group).step_by(3).cloned();
        let sums = [overall.to_vec(), group(0).collect(), group(1).collect(), group(2).collect()];
        same(&sums.concat(), &figures_of_records(&sample, &people))?;
    }

    #[test]
    fn the_order_of_the_rows_changes_nothing(
        (people, shuffled) in people(2..60)
            .prop_flat_map(|people| (Just(people.clone()), Just(people).prop_shuffle())),
        design in prop::sample::select(&DESIGNS[..]),
    ) {
        let (ordered, shuffled) = (sample(&people, design, 1.0), sample(&shuffled, design, 1.0));
        same(&relative_figures(&ordered), &relative_figures(&shuffled))?;
        for (ordered, shuffled) in totals(&ordered, None).iter().zip(&totals(&shuffled, None)) {
            same(ordered, shuffled)?;
        }
    }

    #[test]
    fn intervals_hold_the_estimate(
        people in people(2..60),
        design in prop::sample::select(&DESIGNS[..]),
    ) {
        let sample = sample(&people, design, 1.0);
        let mut figures = relative_figures(&sample);
        figures.extend(totals(&sample, Some("phase")).into_iter().flatten());
        for share in ProportionMethod::ALL {
            let inquiry = Inquiry::new(&sample, Conventions { share, ..Conventions::PUBLISHED });
            figures.extend(inquiry.share("view", &[0], Some("phase")).expect("it can be asked"));
        }
        for figure in figures.iter().flatten() {
            let Some((low, high)) = figure.interval else { continue };
            // The estimate may be its own limit, but for rounding.
            let room = 1e-12 * figure.value.abs().max(1.0);
            prop_assert!(low - room <= figure.value && figure.value <= high + room, "{:?}", figure);
        }
    }

    #[test]
    fn totals_of_groups_add_up_to_the_total(
        people in people(2..60),
        design in prop::sample::select(&DESIGNS[..]),
    ) {
        let sample = sample(&people, design, 1.0);
        for (whole, parts) in totals(&sample, None).iter().zip(&totals(&sample, Some("phase"))) {
            let whole = whole[0].as_ref().map_or(0.0, |whole| whole.value);
            let parts = parts.iter().flatten();
            let (sum, size) = parts.fold((0.0, 1.0), |(sum, size), part| {
                (sum + part.value, size + part.value.abs())
            });
            prop_assert!(close(whole, sum, size, 1e-12), "{} is not {}", whole, sum);
        }
        let inquiry = Inquiry::new(&sample, Conventions::PUBLISHED);
        let share = |members: &[usize]| {
            let shares = inquiry.share("view", members, None).expect("it can be asked");
            shares[0].as_ref().map(|share| share.value)
        };
        if let (Some(agree), Some(neither), Some(both)) = (share(&[0]), share(&[1]), share(&[0, 1])) {
            prop_assert!(close(agree + neither, both, 1.0, 1e-12));
        }
    }
}

#[test]
fn what_cannot_be_asked_is_said() {
    let person = Person {
        weight: 1.0,
        region: 0,
        school: 0,
        class: 0,
        phase: 0,
        view: 0,
        hours: Some(1),
        marking: 1,
    };
    let sample = sample(&[person.clone(), person], DESIGNS[0], 1.0);
    let inquiry = Inquiry::new(&sample, Conventions::PUBLISHED);
    let name = str::to_owned;
    assert_eq!(inquiry.mean("phas", None), Err(Unanswerable::Unknown(name("phas"))));
    assert_eq!(inquiry.mean("phase", None), Err(Unanswerable::NoNumber(name("phase"))));
    assert_eq!(inquiry.share("hours", &[0], None), Err(Unanswerable::NoAnswers(name("hours"))));
    let by_number = inquiry.mean("view", Some("hours"));
    assert_eq!(by_number, Err(Unanswerable::NoGroups(name("hours"))));
    let median = inquiry.quantile("view", QuantilePlace::MEDIAN, None);
    assert_eq!(median, Err(Unanswerable::NoNumber(name("view"))));
}
