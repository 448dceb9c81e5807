//! Steps of weighting: what R gives, what must hold, and every way to fail.
#![allow(
    clippy::unreadable_literal,
    clippy::excessive_precision,
    reason = "figures as R prints them"
)]

use std::fmt::Write as _;
use std::io::{self, Read};

use crate::diagnostic::{Findings, full};
use crate::ingest::{self, Delivery, Manner};
use crate::prepare::{Sample, Side, sample};
use crate::{poll, questionnaire, validate};

struct Memory<'a>(&'a str);

impl Delivery for Memory<'_> {
    fn name(&self) -> &'static str {
        "answers.csv"
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(&self.0.as_bytes()[usize::try_from(offset).unwrap()..]))
    }
}

const SCHEMA: &str = "format = 1\n[source]\ndelimiter = \",\"\nunknown_columns = \"keep\"\n\
    missingValues = [{ value = \"\", label = \"No answer\" }]\n\
    [question.phase]\nkind = \"single\"\n\
    categories = [\"Primary\", \"Secondary\", \"Special\"]\n\
    nonsubstantive = [\"Prefer not to say\"]\n\
    [question.region]\nkind = \"single\"\ncategories = [\"North\", \"South\"]\n\
    [question.hours]\nkind = \"number\"\n";

/// Forty people, as in the R script whose results stand in the tests.
fn people() -> String {
    let mut csv = "w,phase,region,hours\n".to_owned();
    for i in 0..40_usize {
        let weight = 1.0 + (i % 5) as f64 * 0.25;
        let phase = ["Primary", "Secondary", "Special"][(i * i + i / 3) % 3];
        let region = ["North", "South"][usize::from((i * 3 + i / 4) % 7 > 3)];
        let _ = writeln!(csv, "{weight},{phase},{region},40");
    }
    csv
}

const SHARES: &str = "variable,category,share,source\n\
    phase,Primary,46%,Membership list\nphase,Secondary,40%,Membership list\n\
    phase,Special,14%,Membership list\nregion,North,45,Membership list\n\
    region,South,55,Membership list\n";

const RAKE: &str = "[[weighting]]\nmethod = \"rake\"\ntargets = \"targets.csv\"\n";

/// A poll with some steps, its data and its side files.
struct Trial<'a> {
    csv: String,
    design: &'a str,
    method: &'a str,
    steps: String,
    targets: String,
    frame: &'a str,
}

impl Trial<'_> {
    fn new(steps: &str, targets: &str) -> Self {
        Self {
            csv: people(),
            design: "weight = \"w\"\n",
            method: "",
            steps: steps.to_owned(),
            targets: targets.to_owned(),
            frame: "",
        }
    }

    fn go(&self) -> (Result<Sample, crate::diagnostic::Kind>, Findings) {
        let mut findings = Findings::default();
        let text = format!(
            "format = 1\nid = \"p\"\ntitle = \"P\"\nschema = \"s\"\ndata = [\"d\"]\n[design]\n{}\
             [method]\nsampling = \"nonprobability\"\n{}{}",
            self.design, self.method, self.steps
        );
        let way = |findings: &mut Findings| {
            let poll = poll::load("poll.toml", &text, findings)?;
            let schema = questionnaire::load_alone("schema.toml", SCHEMA, findings)?;
            let mut side = Side::default();
            side.add("targets.csv", "targets.csv".to_owned(), self.targets.clone());
            side.add("frame.csv", "frame.csv".to_owned(), self.frame.to_owned());
            let memory = Memory(&self.csv);
            let files: [&dyn Delivery; 1] = [&memory];
            let read = ingest::read(schema, Some(&poll), &files, Manner::QUIET, findings)?;
            let checked = validate::check(read, &files, findings)?;
            sample(checked, &poll, &side, findings)
        };
        (way(&mut findings).map_err(|failure| failure.kind), findings)
    }

    fn sample(&self) -> Sample {
        let (outcome, findings) = self.go();
        let said: Vec<String> = findings.list().iter().map(full).collect();
        outcome.unwrap_or_else(|_| panic!("{}", said.join("\n")))
    }

    /// How it ends, and what is said.
    fn said(&self) -> String {
        let (outcome, findings) = self.go();
        let kind = outcome.err().map(|kind| format!("{kind:?}"));
        let said = findings.list().iter().map(full);
        kind.into_iter().chain(said).collect::<Vec<_>>().join("\n")
    }
}

/// The weights of the first six people.
fn weights(steps: &str, targets: &str) -> Vec<f64> {
    Trial::new(steps, targets).sample().design().weights.clone()
}

fn assert_close(found: &[f64], expected: &[f64]) {
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-9 * expected, "{found} is not {expected}");
    }
}

fn step(method: &str, bounds: &str) -> String {
    format!("[[weighting]]\nmethod = \"{method}\"\ntargets = \"targets.csv\"\n{bounds}\n")
}

// R survey 4.5: rake, calibrate, postStratify, trimWeights on the same forty people.
const RAKED: [f64; 6] = [
    1.148166436850472,
    1.015190554621589,
    2.077214168067617,
    1.421266776470226,
    1.191674122875655,
    0.349441959041448,
];

#[test]
fn raking_gives_the_weights_of_r() {
    assert_close(&weights(RAKE, SHARES), &RAKED);
}

#[test]
fn calibration_gives_the_weights_of_r() {
    let linear = weights(&step("linear", ""), SHARES);
    assert_close(
        &linear,
        &[
            1.2539847328244274,
            1.0305343511450380,
            2.0541984732824430,
            1.4427480916030535,
            1.5500458015267176,
            0.2299847328244273,
        ],
    );
    let bounded = weights(&step("linear", "bounds = [0.4, 1.78]\nat_bounds = 1.0"), SHARES);
    assert_close(&bounded, &[1.2666666666666666, 0.825, 2.3625, 1.155, 1.04, 0.4]);
    let logit = weights(&step("logit", "bounds = [0.2, 2.2]"), SHARES);
    assert_close(
        &logit,
        &[
            1.2295451213229440,
            0.9530647587706669,
            2.1704028618439999,
            1.3342906622789339,
            1.2701413873572789,
            0.3232862042142408,
        ],
    );
}

#[test]
fn a_joint_target_is_met_as_in_r() {
    let targets = "variable,category,count,source\n\
        phase:region,Primary:North,30,list\nphase:region,Secondary:North,25,list\n\
        phase:region,Special:North,9,list\nphase:region,Primary:South,34,list\n\
        phase:region,Secondary:South,28,list\nphase:region,Special:South,12,list\n";
    let expected = [2.6666666666666667, 2.5, 4.2, 3.5, 3.2, 0.8];
    let trial = Trial::new(&step("poststratify", ""), targets);
    let sample = trial.sample();
    assert_close(&sample.design().weights, &expected);
    let sum: f64 = sample.design().weights.iter().sum();
    assert!((sum - 138.0).abs() < 1e-9, "counts are the population");
    assert_eq!(sample.design().calibrations.len(), 1);
}

#[test]
fn steps_follow_each_other_and_trimming_is_that_of_r() {
    let trim = "[[weighting]]\nmethod = \"trim\"\nlower = 0.75\nupper = 1.3\nunit = \"mean\"\n";
    let sample = Trial::new(&format!("{RAKE}{trim}"), SHARES).sample();
    assert_close(
        &sample.design().weights,
        &[1.227304764183173, 1.125, 1.95, 1.500405103802927, 1.270812450208356, 1.125],
    );
    let absolute = "[[weighting]]\nmethod = \"trim\"\nlower = 0.8\nupper = 1.9\n\
                    unit = \"absolute\"\nstrict = false\n";
    assert_close(
        &weights(&format!("{RAKE}{absolute}"), SHARES),
        &[1.423569982219329, 1.290594099990446, 1.9, 1.696670321839082, 1.467077668244511, 0.8],
    );
    assert_eq!(sample.weighting().len(), 2);
    assert_eq!(sample.design().calibrations.len(), 1, "trimming meets no targets");
    assert!(sample.weighting()[1].trimmed.is_some_and(|(_, count)| count > 5));
}

#[test]
fn bounds_hold_and_margins_are_met() {
    let sample = Trial::new(&step("rake", "bounds = [0.3, 1.8]"), SHARES).sample();
    let report = &sample.weighting()[0];
    for margin in &report.margins {
        for group in &margin.groups {
            let target = group.target.unwrap();
            assert!((group.after - target).abs() < 1e-9, "{} {}", group.label, group.after);
        }
    }
    for (i, weight) in sample.design().weights.iter().enumerate() {
        let ratio = weight / (1.0 + (i % 5) as f64 * 0.25);
        assert!((0.3 - 1e-9..=1.8 + 1e-9).contains(&ratio), "{ratio}");
    }
    assert_eq!(report.bounds.map(|(bounds, _)| bounds), Some((0.3, 1.8)));
}

#[test]
fn a_factor_on_base_weights_changes_nothing_but_their_sum() {
    for (method, bounds) in [("rake", ""), ("rake", "bounds = [0.3, 1.8]"), ("linear", "")] {
        let one = Trial::new(&step(method, bounds), SHARES);
        let mut other = Trial::new(&step(method, bounds), SHARES);
        let mut lines = other.csv.lines().map(str::to_owned).collect::<Vec<_>>();
        for line in lines.iter_mut().skip(1) {
            let (weight, rest) = line.split_once(',').unwrap();
            *line = format!("{},{rest}", weight.parse::<f64>().unwrap() * 1024.0);
        }
        other.csv = lines.join("\n");
        let scaled: Vec<f64> =
            other.sample().design().weights.iter().map(|w| w / 1024.0).collect();
        assert_close(&scaled, &one.sample().design().weights);
    }
}

#[test]
fn without_base_weights_shares_give_a_mean_of_one() {
    let trial = Trial { design: "", ..Trial::new(RAKE, SHARES) };
    let sample = trial.sample();
    assert!((sample.design().weights.iter().sum::<f64>() - 40.0).abs() < 1e-9);
    assert!(sample.design().weighted);
}

#[test]
fn shares_are_read_as_parts_or_per_cent() {
    let parts = SHARES.replace("46%", "0.46").replace("40%", "0.40").replace("14%", "0.14");
    assert_close(&weights(RAKE, &parts), &RAKED);
    let whole = SHARES.replace('%', "");
    assert_close(&weights(RAKE, &whole), &RAKED);
}

#[test]
fn who_has_no_target_keeps_the_share() {
    let mut trial = Trial::new(RAKE, SHARES);
    trial.csv = trial.csv.replacen("1,Primary", "1,Prefer not to say", 1);
    trial.csv = trial.csv.replacen("North", "", 1);
    let (outcome, findings) = trial.go();
    let said: Vec<_> = findings.list().iter().map(full).collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    note[W015]: 1 respondent is without a target of `phase`: 1.7 % before weighting, which they keep
      --> targets.csv:2   column 1 `variable`
     because: the targets are of the others
    note[W015]: 1 respondent is without a target of `region`: 1.7 % before weighting, which they keep
      --> targets.csv:5   column 1 `variable`
     because: the targets are of the others
    note[W017]: weighting leaves an efficiency of 77.0 %
      --> poll.toml:11:10   `weighting[1].method`
     because: under 80 % the sample differs notably from targets
        help: use fewer or broader targets, or add a step `trim`
    ");
    let sample = outcome.unwrap();
    for margin in &sample.weighting()[0].margins {
        for group in &margin.groups {
            let aim = group.target.unwrap_or(group.before);
            assert!((group.after - aim).abs() < 1e-9, "{}", group.label);
        }
        assert_eq!(margin.groups.iter().filter(|group| group.target.is_none()).count(), 1);
    }
}

/// What is said of raking to these targets.
fn raked(from: &str, to: &str) -> String {
    assert!(SHARES.contains(from), "{from}");
    Trial::new(RAKE, &SHARES.replacen(from, to, 1)).said()
}

#[test]
fn a_category_that_nobody_has_cannot_be_met() {
    let mut trial = Trial::new(RAKE, SHARES);
    trial.csv = trial.csv.replace("Special", "Primary");
    insta::assert_snapshot!(trial.said(), @r"
    Weighting
    error[W010]: nobody is `Special`, but the target is 0.14
      --> targets.csv:4   column 2 `category`
        help: join it with another category, in the schema and in the targets
    ");
    let zero = SHARES.replace("14%", "0%").replace("46%", "60%");
    insta::assert_snapshot!(Trial::new(RAKE, &zero).said(), @r"
    Weighting
    error[W010]: 12 respondents are `Special`, but the target is 0
      --> targets.csv:4   column 2 `category`
        help: join it with another category, in the schema and in the targets
    ");
}

#[test]
fn a_category_without_a_target_is_a_choice() {
    let without = SHARES.replace("phase,Special,14%,Membership list\n", "").replace("46", "60");
    insta::assert_snapshot!(Trial::new(RAKE, &without).said(), @r"
    Weighting
    error[W011]: 12 respondents are of `Special`, which has no target
      --> targets.csv:2   column 1 `variable`
     because: the targets of `phase` do not name it
        help: add a line `phase,Special,` with the target, or with `none` so that they keep their share
    ");
    let kept = SHARES.replace("14%", "none").replace("46", "60");
    let sample = Trial::new(RAKE, &kept).sample();
    let special = &sample.weighting()[0].margins[0].groups[2];
    assert_eq!((special.label.as_str(), special.target), ("Special", None));
    assert!((special.after - special.before).abs() < 1e-9);
}

#[test]
fn names_that_are_not_known_are_said_with_the_nearest() {
    insta::assert_snapshot!(raked("phase,Special", "phase,Specail"), @r"
    Input
    error[W003]: `Specail` is no answer of `phase`
      --> targets.csv:4   column 2 `category`
        help: did you mean `Special`?
    ");
    insta::assert_snapshot!(raked("region,North", "regoin,North"), @r"
    Input
    error[W002]: `regoin` is no question of the schema
      --> targets.csv:5   column 1 `variable`
        help: did you mean `region`?
    ");
    insta::assert_snapshot!(raked("region,North", "hours,North"), @r"
    Input
    error[W002]: `hours` is no question with one answer of a list
      --> targets.csv:5   column 1 `variable`
        help: name a question of kind `single` by its key in the schema
    ");
    insta::assert_snapshot!(raked("share", "shares"), @r"
    Input
    error[W001]: targets have no column `shares`
      --> targets.csv:1   column 3 `shares`
        help: did you mean `share`?
    ");
    insta::assert_snapshot!(raked(",share", ""), @r"
    Input
    error[W001]: the row has 4 cells, the headers 3
      --> targets.csv:2
        help: write a comma between cells, and quotation marks around a cell that has a comma in it
    ");
}

#[test]
fn numbers_and_lines_are_checked() {
    insta::assert_snapshot!(raked("phase,Special", "phase,Primary"), @r"
    Input
    error[W004]: `Primary` of `phase` stands here twice
      --> targets.csv:4   column 2 `category`
        help: keep one of the lines 2 and 4
    ");
    insta::assert_snapshot!(raked("14%", "-14%"), @r"
    Input
    error[W005]: the target is -14%, under zero
      --> targets.csv:4   column 3 `share`
        help: write 0.43, 43 or 43%; `none` lets the group keep its share
    ");
    insta::assert_snapshot!(raked("14%", "a few"), @r"
    Input
    error[W005]: `a few` is no number
      --> targets.csv:4   column 3 `share`
        help: write 0.43, 43 or 43%; `none` lets the group keep its share
    ");
    insta::assert_snapshot!(raked("14%", "24%"), @r"
    Input
    error[W006]: the shares of `phase` add up to 110
      --> targets.csv:2   column 3 `share`
        help: correct them: shares add up to 1 or 100, but for rounding; for numbers of people call the column `count`
    ");
    insta::assert_snapshot!(raked("region,North,45,Membership list", "region,North,45"), @r"
    Input
    error[W001]: the row has 3 cells, the headers 4
      --> targets.csv:5
        help: write a comma between cells, and quotation marks around a cell that has a comma in it
    ");
    let unsourced = SHARES.replace("Membership list", "");
    insta::assert_snapshot!(Trial::new(RAKE, &unsourced).said(), @r"
    warning[W007]: the targets of `phase` have no source
      --> targets.csv:2   column 4 `source`
     because: a reader has to know where the targets come from and of when they are
        help: add a column `source`, such as `Membership list, 8 January 2024`
    warning[W007]: the targets of `region` have no source
      --> targets.csv:5   column 4 `source`
     because: a reader has to know where the targets come from and of when they are
        help: add a column `source`, such as `Membership list, 8 January 2024`
    note[W017]: weighting leaves an efficiency of 77.2 %
      --> poll.toml:11:10   `weighting[1].method`
     because: under 80 % the sample differs notably from targets
        help: use fewer or broader targets, or add a step `trim`
    ");
}

#[test]
fn counts_of_the_same_people_have_one_total() {
    let counts = "variable,category,count,source\nphase,Primary,46,l\nphase,Secondary,40,l\n\
                  phase,Special,14,l\nregion,North,45,l\nregion,South,56,l\n";
    insta::assert_snapshot!(Trial::new(RAKE, counts).said(), @r"
    Input
    error[W006]: the counts of `region` add up to 101, those of `phase` to 100
      --> targets.csv:5   column 1 `variable`
     because: both are of the same people
        help: correct them, or write shares if the sources count different people
    ");
}

#[test]
fn what_cannot_be_met_ends_the_run() {
    let tight = step("rake", "bounds = [0.8, 1.1]");
    insta::assert_snapshot!(Trial::new(&tight, SHARES).said(), @r"
    Weighting
    error[W012]: `rake` does not meet its targets
      --> targets.csv:2   column 2 `category`
     because: `Primary` of `phase` should be 27.6, and within the bounds it can be from 15 to 20.625
        help: widen `bounds`, or join small categories in the schema and in the targets
    ");
    let hurried = step("rake", "max_rounds = 1");
    insta::assert_snapshot!(Trial::new(&hurried, SHARES).said(), @r"
    Weighting
    error[W012]: `rake` does not meet its targets
      --> targets.csv:3   column 2 `category`
     because: after 1 round `Secondary` of `phase` is still off its target by 1.4 %
        help: join small categories, take a margin out, or raise `max_rounds`
    ");
    let crowded = step("linear", "bounds = [0.4, 1.78]");
    insta::assert_snapshot!(Trial::new(&crowded, SHARES).said(), @r"
    Weighting
    error[W013]: 30.0 % of weights stand at a bound
      --> poll.toml:11:10   `weighting[1].method`
     because: the step allows 25 %, in `at_bounds`
        help: widen `bounds`, or join small categories
    ");
    let far = SHARES.replace("46%", "76%").replace("40%", "22%").replace("14%", "2%");
    insta::assert_snapshot!(Trial::new(&step("linear", ""), &far).said(), @r"
    Weighting
    error[W014]: 7 weights would not be above zero
      --> poll.toml:11:10   `weighting[1].method`
        help: add `bounds = [0.1, 5.0]` to the step, or use `rake`
    ");
    let two = step("poststratify", "");
    insta::assert_snapshot!(Trial::new(&two, SHARES).said(), @r#"
    Input
    error[W002]: post-stratification has one variable, or several crossed
      --> targets.csv:5   column 1 `variable`
        help: cross them: `phase:region` with categories such as `Primary:North`; or use `method = "rake"`
    "#);
    let trim = "[[weighting]]\nmethod = \"trim\"\nupper = 0.9\nunit = \"mean\"\n";
    insta::assert_snapshot!(Trial::new(trim, SHARES).said(), @r"
    Weighting
    error[W018]: weights cannot be trimmed to these limits
      --> poll.toml:11:10   `weighting[1].method`
     because: the mean weight is 1.5, and the limits are 0 and 1.35
        help: give limits on either side of the mean
    ");
}

#[test]
fn margins_that_contradict_each_other_do_not_converge() {
    let mut trial = Trial::new(&step("rake", "max_rounds = 50"), SHARES);
    // Everybody in the North is Primary or Secondary, everybody else is Special.
    trial.csv = trial.csv.replace("Primary,South", "Special,South");
    trial.csv = trial.csv.replace("Secondary,South", "Special,South");
    trial.csv = trial.csv.replace("Special,North", "Primary,North");
    insta::assert_snapshot!(trial.said(), @r"
    Weighting
    error[W012]: `rake` does not meet its targets
      --> targets.csv:4   column 2 `category`
     because: after 50 rounds `Special` of `phase` is still off its target by 292.9 %
        help: join small categories, take a margin out, or raise `max_rounds`
    ");
}

const FRAME: &str = "phase,region,members,invited\nPrimary,North,400,40\nPrimary,South,300,30\n\
    Secondary,North,350,35\nSecondary,South,300,30\nSpecial,North,100,10\nSpecial,South,200,20\n";

const FRAMED: &str = "frame = \"frame.csv\"\nframe_source = \"Membership list\"\n";

/// What is said of a frame.
fn framed(from: &str, to: &str) -> String {
    assert!(FRAME.contains(from), "{from}");
    let frame = FRAME.replacen(from, to, 1);
    Trial { method: FRAMED, frame: &frame, ..Trial::new("", "") }.said()
}

#[test]
fn the_frame_counts_respondents_and_gives_targets() {
    let steps = "[[weighting]]\nmethod = \"rake\"\ntargets = \"frame\"\n";
    let trial = Trial { method: FRAMED, frame: FRAME, ..Trial::new(steps, "") };
    let sample = trial.sample();
    let frame = sample.whom().unwrap();
    let replied: Vec<u64> = frame.cells.iter().map(|cell| cell.respondents).collect();
    assert_eq!(replied, [8, 5, 8, 7, 7, 5]);
    let sum: f64 = sample.design().weights.iter().sum();
    assert!((sum - 1650.0).abs() < 1e-6, "the members are the population: {sum}");
    let margins = &sample.weighting()[0].margins;
    let names: Vec<&str> = margins.iter().map(|margin| margin.variable.as_str()).collect();
    assert_eq!(names, ["phase", "region"]);
    assert_eq!(margins[0].source.as_deref(), Some("Membership list"));
}

#[test]
fn the_frame_fits_the_data() {
    insta::assert_snapshot!(framed("Primary,North", "Primary,Nroth"), @r"
    Input
    error[W003]: `Nroth` is no answer of `region`
      --> frame.csv:2   column 2 `region`
        help: did you mean `North`?
    ");
    insta::assert_snapshot!(framed("region", "regoin"), @r"
    Input
    error[W002]: `regoin` is no question of the schema
      --> frame.csv:1   column 2 `regoin`
        help: did you mean `region`?
    ");
    insta::assert_snapshot!(framed("Special,South,200,20\n", ""), @r"
    Input
    error[W008]: 5 respondents are of `Special:South`, where the frame has nobody
      --> frame.csv:1   column 1 `phase`
        help: add the cell with its members, or correct the answers; the frame and the data must be of the same people
    ");
    insta::assert_snapshot!(framed("200,20", "0,0"), @r"
    Input
    error[W008]: 5 respondents are of `Special:South`, where the frame has nobody
      --> frame.csv:7   column 1 `phase`
        help: add the cell with its members, or correct the answers; the frame and the data must be of the same people
    ");
    insta::assert_snapshot!(framed("200,20", "200,4"), @r"
    Input
    error[W009]: 5 replied of 4 who could
      --> frame.csv:7   column 1 `phase`
        help: correct the number, or look for people who answered twice
    ");
    insta::assert_snapshot!(framed("200,20", "200,twenty"), @r"
    Input
    error[W005]: `twenty` is no number of people
      --> frame.csv:7   column 4 `invited`
        help: write a whole number in digits alone, 0 for nobody
    ");
    insta::assert_snapshot!(framed("200,20", "10,20"), @r"
    Input
    error[W005]: 20 were invited of 10 members
      --> frame.csv:7   column 1 `phase`
        help: correct the numbers: those invited are among the members
    ");
    insta::assert_snapshot!(framed("Special,South", "Special,North"), @r"
    Input
    error[W004]: `Special:North` stands in the frame twice
      --> frame.csv:7   column 1 `phase`
        help: keep one of the lines 6 and 7
    ");
    insta::assert_snapshot!(framed("members,invited", "phase,region"), @r"
    Input
    error[W001]: two columns are called `phase`
      --> frame.csv:1   column 3 `phase`
        help: keep one of them
    ");
    insta::assert_snapshot!(framed("members,invited", "member,invite"), @r"
    Input
    error[W001]: the frame counts nobody
      --> frame.csv:1   column 1 `phase`
        help: add a column `members` or `invited`
    error[W002]: `member` is no question of the schema
      --> frame.csv:1   column 3 `member`
        help: name a question of kind `single` by its key in the schema
    error[W002]: `invite` is no question of the schema
      --> frame.csv:1   column 4 `invite`
        help: name a question of kind `single` by its key in the schema
    ");
}

#[test]
fn those_who_replied_stand_for_their_class() {
    let steps = "[[weighting]]\nmethod = \"nonresponse\"\nby = [\"phase\"]\n";
    let mut trial = Trial { method: FRAMED, frame: FRAME, ..Trial::new(steps, "") };
    let sample = trial.sample();
    for (i, weight) in sample.design().weights.iter().enumerate() {
        let base = 1.0 + (i % 5) as f64 * 0.25;
        let class = [70.0 / 13.0, 65.0 / 15.0, 30.0 / 12.0][(i * i + i / 3) % 3];
        assert!((weight - base * class).abs() < 1e-9, "{weight}");
    }
    trial.steps = steps.replace("[\"phase\"]", "[\"phase\", \"region\"]");
    insta::assert_snapshot!(trial.said(), @r"
    Weighting
    error[W016]: 8 respondents are in the class `Primary:North`
      --> frame.csv:2   column 1 `phase`
     because: a class needs 10: each would stand for many
        also: 5 more (rows 3, 4, 5, and so on)
        help: take a variable out of `by`, join answers, or set `smallest_class`
    ");
    trial.steps = steps.replace("phase", "phses");
    insta::assert_snapshot!(trial.said(), @r"
    Weighting
    error[W002]: `phses` is no variable of the frame
      --> poll.toml:14:7   `weighting.by`
        help: the frame has phase, region
    ");
}
