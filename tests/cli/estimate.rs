//! `estimate`: figures of R survey 4.5 from files as they stand, and messages that say what
//! to type instead.

use insta::assert_snapshot;
use serde_json::Value;

use super::trial::{End, Trial};

/// The program's words after `estimate`, parted by spaces; those in single quotation marks
/// stay together.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (nth, part) in line.split('\'').enumerate() {
        if nth % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

pub(crate) fn estimate(trial: &Trial, line: &str) -> End {
    let words = words(line);
    let mut arguments = vec!["estimate"];
    arguments.extend(words.iter().map(String::as_str));
    trial.end(&arguments)
}

/// The rows in JSON of a line that must succeed.
pub(crate) fn rows(trial: &Trial, line: &str) -> Vec<Value> {
    let end = estimate(trial, &format!("{line} --format json"));
    assert_eq!((end.code, end.stderr.as_str()), (Some(0), ""), "{line}");
    let json: Value = serde_json::from_str(&end.stdout).unwrap();
    json["rows"].as_array().unwrap().clone()
}

/// Estimate, standard error and limits agree with R.
pub(crate) fn agrees(row: &Value, r: [f64; 4]) {
    for (key, expected) in ["estimate", "se", "low", "high"].into_iter().zip(r) {
        let found = row[key].as_f64().unwrap_or_else(|| panic!("{key} of {row}"));
        assert!((found / expected - 1.0).abs() < 1e-12, "{key}: {found}, not {expected}");
    }
}

/// A file of its own, and what the line says that must end with a code.
pub(crate) fn refused(file: &str, line: &str, code: i32) -> String {
    let trial = Trial::new();
    trial.write("file.csv", file);
    let end = estimate(&trial, line);
    assert_eq!((end.code, end.stdout.as_str()), (Some(code), ""), "{line}: {}", end.stderr);
    end.stderr
}

pub(crate) const STRATIFIED: &str =
    "samples/api-schools/apistrat.csv --weight pw --strata stype --population fpc";
const ONE_STAGE: &str =
    "samples/api-schools/apiclus1.csv --weight pw --psu dnum --population fpc";
const TWO_STAGES: &str =
    "samples/api-schools/apiclus2.csv --weight pw --psu dnum,snum --population fpc1,fpc2";

/// The commands of the help, run as they stand there.
#[test]
fn the_examples_of_the_help_give_what_r_gives() {
    let trial = Trial::with_samples();
    let help = trial.end(&["estimate", "--help"]).stdout.replace("\\\n", " ");
    let examples =
        help.lines().filter_map(|line| line.trim().strip_prefix("pollsmith estimate"));
    let examples: Vec<String> = examples
        .filter(|line| line.contains("--mean"))
        .map(|line| line.replace('\'', "\u{0}").replace('"', "'"))
        .collect();
    let known = [
        [662.287_363_159_321, 9.408_940_802_784_58, 643.732_188_272_086, 680.842_538_046_555],
        [674.43, 12.382_479_793_907_3, 649.860_473_690_253, 698.999_526_309_747],
    ];
    assert_eq!(examples.len(), known.len(), "{help}");
    for (example, known) in examples.iter().zip(known) {
        let words: Vec<String> =
            words(example).iter().map(|word| word.replace('\u{0}', "'")).collect();
        let mut arguments = vec!["estimate", "--format", "json"];
        arguments.extend(words.iter().map(String::as_str));
        let end = trial.end(&arguments);
        assert_eq!(end.code, Some(0), "{}", end.stderr);
        let json: Value = serde_json::from_str(&end.stdout).unwrap();
        agrees(&json["rows"][0], known);
    }
}

#[test]
fn means_totals_and_ratios_are_those_of_r() {
    let trial = Trial::with_samples();
    let both = rows(&trial, &format!("{TWO_STAGES} --mean enroll api00 --df whole"));
    agrees(
        &both[0],
        [526.262_641_509_434, 80.340_983_990_424_4, 363.757_662_685_184, 688.767_620_333_684],
    );
    agrees(
        &both[1],
        [670.811_808_118_081, 30.099_027_376_836_6, 609.930_778_741_016, 731.692_837_495_146],
    );
    assert_eq!((&both[0]["n"], &both[1]["n"]), (&120.into(), &126.into()));
    assert_eq!(
        (&both[0]["method"], &both[0]["by"], &both[0]["level"]),
        (&"wald_t".into(), &Value::Null, &Value::Null)
    );
    let total = rows(&trial, &format!("{TWO_STAGES} --total enroll --df whole"));
    agrees(
        &total[0],
        [2_639_272.93, 799_637.773_648_358, 1_021_852.865_923_06, 4_256_692.994_076_94],
    );
    let ratio = rows(&trial, &format!("{ONE_STAGE} --ratio api.stu/enroll"));
    agrees(
        &ratio[0],
        [
            0.849_708_741_724_488,
            0.008_386_297_169_391_08,
            0.831_721_923_194_655,
            0.867_695_560_254_32,
        ],
    );
    assert_eq!(ratio[0]["variable"], "api.stu/enroll");
    let alone = rows(&trial, "samples/api-schools/apistrat.csv --mean api00");
    agrees(
        &alone[0],
        [652.82, 8.553_972_188_463_39, 635.951_938_563_612_2, 669.688_061_436_388],
    );
}

#[test]
fn shares_and_quantiles_are_those_of_r() {
    let trial = Trial::with_samples();
    let shares = rows(&trial, &format!("{ONE_STAGE} --proportion stype"));
    agrees(
        &shares[0],
        [
            0.786_885_245_901_639,
            0.046_336_553_649_911_9,
            0.668_785_080_843_058,
            0.878_053_063_673_316,
        ],
    );
    let (level, method, df) = (&shares[0]["level"], &shares[0]["method"], &shares[0]["df"]);
    assert_eq!((level, method, df), (&"E".into(), &"korn_graubard_beta".into(), &14.0.into()));
    for method in ["wald_t", "logit", "arcsine", "wilson_effective_n", "profile_likelihood"] {
        let shares = rows(&trial, &format!("{ONE_STAGE} --proportion stype --ci {method}"));
        assert_eq!(shares[0]["method"], *method);
        assert_ne!(shares[0]["low"], Value::Null);
    }
    let quantiles = rows(&trial, &format!("{TWO_STAGES} --quantile api00 --p .25,.5"));
    agrees(&quantiles[0], [545.0, 34.112_972_632_885_5, 489.0, 627.0]);
    agrees(&quantiles[1], [653.0, 45.978_354_418_237, 580.0, 766.0]);
    assert_eq!((&quantiles[0]["level"], &quantiles[0]["deff"]), (&0.25.into(), &Value::Null));
    assert_eq!(quantiles[0]["reason"], "a quantile has no design effect");
}

#[test]
fn groups_are_combinations_of_columns() {
    let trial = Trial::with_samples();
    let one = rows(&trial, &format!("{STRATIFIED} --mean api00 --by stype"));
    assert_eq!(one.iter().map(|row| &row["by"]).collect::<Vec<_>>(), ["E", "H", "M"]);
    let two = rows(&trial, &format!("{STRATIFIED} --mean api00 --by stype,sch.wide"));
    assert_eq!(two[1]["by"], serde_json::json!(["E", "Yes"]));
    for (row, (mean, se)) in two.iter().zip([
        (626.777_777_777_778, 39.540_025_922_811),
        (679.142_857_142_857, 12.929_961_938_271_4),
        (595.583_333_333_333, 20.431_651_730_827),
        (653.730_769_230_769, 20.247_576_570_592_8),
        (548.533_333_333_333, 26.498_483_137_201),
        (674.342_857_142_857, 16.611_944_170_081_8),
    ]) {
        let near = |key: &str, to: f64| (row[key].as_f64().unwrap() / to - 1.0).abs() < 1e-12;
        assert!(near("estimate", mean) && near("se", se), "{row}");
    }
}

#[test]
fn the_table_says_how_it_was_made() {
    let trial = Trial::with_samples();
    let end = estimate(
        &trial,
        &format!("{TWO_STAGES} --mean enroll --by stype --where 'api99 > 600'"),
    );
    assert_snapshot!(end.stdout, @r"
    variable  stype  estimate     se    low    high  df  deff   n
    enroll    E         322.3   48.1  223.1   421.5  24  7.73  56
    enroll    H        1033.9  112.5  767.9  1299.9   7  0.82  10
    enroll    M         789.6  130.9  501.6  1077.6  11  1.52  13

    Design: 126 records, 40 sampling units (dnum), 126 sampling units within them (snum), weights
    (pw), finite population correction (fpc1, fpc2).
    Domain: api99 > 600 keeps 80 records.
    Intervals: 95 %, Student's t; variance by Taylor linearisation; df counts sampling units with a
    record in the group minus their strata (whole design: 39); deff is against simple random
    sampling with replacement.
    Missing: enroll in 6 records; the figures are of the others, in a design of all.
    ");
}

#[test]
fn what_does_not_exist_is_null_with_a_reason() {
    let trial = Trial::new();
    trial.write("file.csv", "g,x,y\na,1,1\na,2,1\nb,3,\n");
    let found = rows(&trial, "file.csv --mean x --by g");
    assert_eq!(found[1]["low"], Value::Null);
    assert_snapshot!(found[1]["reason"].as_str().unwrap(), @"there are no degrees of freedom; the answers are all alike, so there is no design effect");
    let found = rows(&trial, "file.csv --mean y --by g");
    assert_eq!((&found[1]["estimate"], &found[1]["n"]), (&Value::Null, &0.into()));
    assert_snapshot!(found[1]["reason"].as_str().unwrap(), @"nobody in the group has answered");
}

#[test]
fn zero_weights_and_fractions_are_taken_as_r_takes_them() {
    let trial = Trial::new();
    trial.write("file.csv", "w,s,f,x\n0,a,.5,9\n1,a,.5,1\n1,a,.5,2\n1,b,.5,4\n1,b,.5,6\n");
    let found = rows(&trial, "file.csv --weight w --strata s --population f --mean x");
    // Stratum a holds a record of weight zero.
    assert_eq!((&found[0]["n"], &found[0]["estimate"]), (&4.into(), &3.25.into()));
    assert!((found[0]["se"].as_f64().unwrap() / 0.494_105_884_401_309 - 1.0).abs() < 1e-12);
    assert_eq!(found[0]["df"], 2.0);
}

#[test]
fn errors_say_what_to_type() {
    let file =
        "name,phase,hours,w\nAnn,Primary,40,1\nBob,Secondary,full time,1\nCy,Primary,38,2\n";
    assert_snapshot!(refused(file, "file.csv --mean hours", 3), @r"
    error[I054]: `hours` is not a column of numbers
      --> file.csv:3:15   row 3, column 3 `hours`
       | full time
       | ^^^^^^^^^
     because: `--mean` needs numbers, and this cell is the first that holds none
        help: for the share of each answer: `--proportion hours`
    ");
    assert_snapshot!(refused(file, "file.csv --mean huors --weight w", 3), @r"
    error[I014]: the file has no column `huors`
      --> file.csv:1   row 1
     because: `--mean` names it
        help: did you mean `hours`?
    ");
    assert_snapshot!(refused(file, "file.csv --proportion phase --where 'w > 5'", 3), @r#"
    error[E051]: no record is left: `--where "w > 5"`
      --> file.csv
     because: the condition is false for every record
        help: correct the condition; names and labels are compared letter by letter
    "#);
    assert_snapshot!(refused(file, "file.csv --proportion phase --where 'phase = 5'", 3), @r#"
    error[E050]: `5` is not an answer to `phase`
     because: `--where` says "phase = 5", at `5`
        help: the answers are `Primary`, `Secondary`
    "#);
    assert_snapshot!(refused(file, "file.csv --proportion phase --where 'w = Primary'", 2), @r#"
    error[Q008]: `Primary` stands without quotation marks
     because: `--where` says "w = Primary", at `Primary`
        help: write `'Primary'`; variables cannot be compared
    "#);
    assert_snapshot!(refused(file, "file.csv --mean w --ci logit", 2), @r"
    error[X008]: the statistic does not have such an interval
     because: of the methods of `--ci` it has `wald_t` only
        help: leave `--ci` out, or give one that it has
    ");
    assert_snapshot!(refused(file, "file.csv --mean w --ratio w/hours", 2), @r"
    error: the argument '--mean <COLUMN>...' cannot be used with '--ratio <NUM/DEN>...'

    Usage: pollsmith estimate <--mean <COLUMN>...|--total <COLUMN>...|--proportion <COLUMN>...|--quantile <COLUMN>...|--ratio <NUM/DEN>...|--model <FORMULA>> <DATA>

    For more information, try '--help'.
    ");
    assert_snapshot!(refused(file, "file.csv --quantile w --p 25", 2), @r"
    error: invalid value '25' for '--p <Q>': a quantile is a number from 0 to 1, such as 0.25

    For more information, try '--help'.
    ");
    assert_snapshot!(refused(file, "file.csv --mean w --strata phase", 3), @r"
    error[P021]: there is 1 stratum of one sampling unit, so variance is unknown
      --> file.csv   column 2 `phase`
     because: among them `Secondary`
        help: say what to do, with `--single-unit` `adjust` (distance from the grand mean), `average` (mean of the other strata), `certainty` (no contribution) or `remove` (leave out); no choice is made for you
    ");
    let keys: String = (0..2000).map(|key| format!("{key},1\n")).collect();
    let many = format!("key,x\n{keys}");
    assert_snapshot!(refused(&many, "file.csv --mean x --by key", 3), @r"
    error[E052]: `--by key` makes 2000 groups
      --> file.csv   column 1 `key`
     because: each group has figures of its own, and there are 1000 at most
        help: name a column with few different values, or put its values into bands first
    ");
    assert_snapshot!(refused(&many, "file.csv --proportion key", 3), @r"
    error[E052]: `key` has 2000 different answers
      --> file.csv   column 1 `key`
     because: `--proportion` gives the share of each, of at most 1000
        help: for its mean or median: `--mean key`, `--quantile key`
    ");
}

#[test]
fn a_total_without_weights_is_said_to_be_of_the_records() {
    let trial = Trial::new();
    trial.write("file.csv", "x\n1\n2\n");
    let end = estimate(&trial, "file.csv --total x");
    assert_eq!(end.code, Some(0));
    assert_snapshot!(end.stderr, @r"
    warning[E053]: the totals are those of the records alone
     because: without weights each record stands for itself
        help: name the column that says how many each record stands for: `--weight`
    ");
}

#[test]
fn any_form_of_file_is_read() {
    let trial = Trial::new();
    trial.write("file.csv", b"Gr\xF6\xDFe;Ort\r\n1,5;Nord\r\n2,5;S\xFCd\r\n".as_slice());
    let line = "file.csv --mean Größe --decimal-comma --encoding windows-1252 --where '`Ort` = \"Süd\"'";
    let end = estimate(&trial, &format!("{line} --format json"));
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert!(end.stdout.contains("\"estimate\": 2.5"), "{}", end.stdout);
    let threads = |n: &str| {
        let trial = Trial::with_samples();
        estimate(&trial, &format!("{STRATIFIED} --proportion cnum --by stype --threads {n}"))
            .stdout
    };
    assert_eq!(threads("1"), threads("4"));
}
