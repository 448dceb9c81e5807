//! `estimate` with replicate weights and with models: figures of R survey 4.5 (`svrepdesign`,
//! `svyglm`), and messages that say what to type instead.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;

use super::estimate::{STRATIFIED, agrees, estimate, refused, rows};
use super::trial::Trial;

/// Thirty teachers in seven pairs of schools, with replicate weights.
fn pairs() -> Trial {
    let trial = Trial::new();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/data/pairs.csv");
    trial.write("pairs.csv", fs::read(file).unwrap());
    trial
}

/// A number of a row agrees with R, which ends its steps a little earlier.
fn near(row: &Value, key: &str, r: f64) {
    let found = row[key].as_f64().unwrap_or_else(|| panic!("{key} of {row}"));
    assert!((found - r).abs() < 1e-9 * r.abs() + 1e-10, "{key}: {found}, not {r}");
}

/// Estimate, standard error, limits, t and p agree with R.
fn tested(row: &Value, r: [f64; 6]) {
    for (key, r) in ["estimate", "se", "low", "high", "t", "p"].into_iter().zip(r) {
        near(row, key, r);
    }
}

#[test]
fn replicate_weights_of_the_file_give_the_variance() {
    let trial = pairs();
    let mean = |options: &str| {
        rows(&trial, &format!("pairs.csv --weight weight --mean hours {options}"))[0].clone()
    };
    let half = mean("--replicates brr* --replicate-method brr");
    let r = [47.065_370_283_551_9, 1.013_411_731_061_31, 44.669_032_327_435_71];
    agrees(&half, [r[0], r[1], r[2], 49.461_708_239_668_09]);
    assert_eq!(half["df"], 7.0);
    let fay = mean("--replicates fay* --replicate-method fay --rho .3 --factors");
    let r = [47.065_370_283_551_9, 1.021_401_725_099_93, 44.650_138_993_761_89];
    agrees(&fay, [r[0], r[1], r[2], 49.480_601_573_341_89]);
    let jackknife = [
        47.065_370_283_551_9,
        1.042_957_014_612_02,
        44.599_168_833_431_51,
        49.531_571_733_672_29,
    ];
    agrees(&mean("--replicates jkn* --replicate-method jkn --rscales .5"), jackknife);
    // The same, made of strata and sampling units.
    agrees(&mean("--strata stratum --psu psu --nest --replicate-method jkn"), jackknife);
    // Named one by one, with everything that may be said of them.
    let names: Vec<String> = (1..=14).map(|n| format!("jkn{n}")).collect();
    let other = format!("--replicates {} --replicate-method other", names.join(","));
    let told = mean(&format!("{other} --scale .5 --mse --replicate-df 5"));
    assert_eq!((&told["estimate"], &told["df"]), (&half["estimate"], &5.0.into()));
    let bootstrap = |seed: u32| {
        let drawn = format!("--replicate-method bootstrap --count 40 --seed {seed}");
        mean(&format!("--strata stratum --psu psu --nest {drawn}"))["se"].clone()
    };
    assert_eq!(bootstrap(1), bootstrap(1));
    assert_ne!(bootstrap(1), bootstrap(2));
}

#[test]
fn the_table_says_which_replicate_weights_it_is_from() {
    let line =
        "pairs.csv --weight weight --replicates brr* --replicate-method brr --mean hours";
    let end = estimate(&pairs(), line);
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    assert_snapshot!(end.stdout, @r"
    variable  estimate    se    low   high  df  deff   n
    hours        47.07  1.01  44.67  49.46   7  0.78  40

    Design: 42 records, weights (weight).
    Intervals: 95 %, Student's t; variance from 8 replicate weights (brr); df is the rank of the
    replicate weights less one (7); deff is against simple random sampling with replacement.
    Missing: hours in 2 records; the figures are of the others, in a design of all.
    ");
}

#[test]
fn what_is_wrong_with_replicate_weights_is_said() {
    let file = "w,r1,r2,s\n1,2,0,a\n1,-1,2,a\n1,2,,b\n";
    let weights = "file.csv --mean w --weight w --replicates r*";
    assert_snapshot!(refused(file, &format!("{weights} --replicate-method brr"), 3), @r"
    error[P031]: a number in `r1` is below zero
      --> file.csv:3   row 3, column 2 `r1`
     because: a replicate weight is a number from 0 on
        help: correct the column
    error[P030]: a record has nothing in `r2`
      --> file.csv:4   row 4, column 3 `r2`
     because: each record of a sample has its replicate weights
        help: complete the column, or take the records out of the file if they are no part of the sample
    ");
    assert_snapshot!(refused(file, &format!("{weights} --replicate-method fay"), 2), @r"
    error[Q038]: the replicate weights are not described in full
     because: Fay's method needs its factor
        help: add `--rho 0.3`, or what was used
    ");
    assert_snapshot!(refused(file, "file.csv --mean w --replicate-method sdr", 2), @r"
    error[Q038]: the replicate weights are not described in full
     because: they cannot be made from strata and sampling units
        help: add their columns: `--replicates`
    ");
    assert_snapshot!(refused(file, "file.csv --mean w --strata s --replicate-method jk1", 3), @r"
    error[P023]: the replicate weights give no variance
      --> file.csv
     because: JK1 is for a sample without strata, and there are 2: use JKn
        help: give `--replicate-method jkn`, which is the jackknife within strata
    ");
    let idle = format!("{weights} --replicate-method brr --rho .3");
    assert_snapshot!(refused(file, &idle, 2), @r"
    error[Q038]: `--rho` is not used
     because: `brr` has no such choice here
        help: take it out
    ");
    let whole = "w,j1,j2\n1,2,0\n1,0,2\n";
    let weights = "file.csv --mean w --weight w --replicates j* --replicate-method jkn";
    assert_snapshot!(refused(whole, weights, 3), @r"
    error[P023]: the replicate weights give no variance
      --> file.csv
     because: combined JKn weights need rscales
        help: correct the options; the documentation of the data says how they were made
    ");
    assert_snapshot!(refused(file, &format!("{weights} --strata s"), 2), @r"
    error: the argument '--replicates <COLUMN>' cannot be used with '--strata <COLUMN>'

    Usage: pollsmith estimate --weight <COLUMN> --replicates <COLUMN> --replicate-method <METHOD> <--mean <COLUMN>...|--total <COLUMN>...|--proportion <COLUMN>...|--quantile <COLUMN>...|--ratio <NUM/DEN>...|--model <FORMULA>> <DATA>

    For more information, try '--help'.
    ");
    assert_snapshot!(refused(file, "file.csv --mean w --replicates r*", 2), @r"
    error: the following required arguments were not provided:
      --replicate-method <METHOD>
      --weight <COLUMN>

    Usage: pollsmith estimate --replicate-method <METHOD> --weight <COLUMN> --replicates <COLUMN> <--mean <COLUMN>...|--total <COLUMN>...|--proportion <COLUMN>...|--quantile <COLUMN>...|--ratio <NUM/DEN>...|--model <FORMULA>> <DATA>

    For more information, try '--help'.
    ");
    let none = "file.csv --mean w --weight w --replicates x* --replicate-method brr";
    assert_snapshot!(refused(file, none, 3), @r"
    error[I014]: the file has no column `x*`
      --> file.csv:1   row 1
     because: `--replicates` names it
        help: the columns are `w`, `r1`, `r2`, `s`
    ");
}

#[test]
fn linear_models_are_those_of_r() {
    let trial = Trial::with_samples();
    let found = rows(&trial, &format!("{STRATIFIED} --model 'api00 ~ ell + meals + mobility'"));
    tested(
        &found[1],
        [
            -0.480_586_612_171_949,
            0.391_973_403_222_528,
            -1.253_663_028_983_467,
            0.292_489_804_639_568,
            -1.226_069_443_030_84,
            0.221_658_715_155_487,
        ],
    );
    near(&found[0], "estimate", 820.887_315_905_623);
    let facts = ["variable", "kind", "level", "deff", "method", "n", "df"];
    let facts = facts.map(|key| found[1][key].to_string()).join(" ");
    assert_eq!(facts, "\"ell\" \"coefficient\" null null \"wald_t\" 200 194.0");
    // Where all terms are sums, average effects are the coefficients.
    assert_eq!(found.len(), 4);
    let levels = format!("{STRATIFIED} --model 'api00 ~ acs.46 + stype'");
    let found = rows(&trial, &levels);
    near(&found[3], "se", 24.240_747_067_698_9);
    assert_eq!((&found[3]["variable"], &found[3]["level"]), (&"stype".into(), &"M".into()));
    // Records without an answer leave with their sampling units.
    assert_eq!(found[3]["df"], 128.0);
    let other = rows(&trial, &format!("{levels} --reference stype=M"));
    near(&other[2], "estimate", 51.249_568_198_889_41);
    let some = "--where 'stype != \"E\"' --model 'api00 ~ meals + awards'";
    let found = rows(&trial, &format!("{STRATIFIED} {some}"));
    near(&found[2], "se", 12.569_003_254_126_521);
    assert_eq!((&found[2]["df"], &found[2]["n"]), (&96.0.into(), &100.into()));
}

#[test]
fn models_of_answers_have_odds_ratios_and_average_effects() {
    let trial = Trial::with_samples();
    let line = format!("{STRATIFIED} --model 'sch.wide ~ ell + meals + mobility'");
    let found = rows(&trial, &line);
    tested(
        &found[3],
        [
            0.060_896_778_727_527_83,
            0.031_934_576_936_539_39,
            -0.002_086_750_531_155_02,
            0.123_880_307_986_210_7,
            1.906_922_983_465_299,
            0.058_008_181_071_024_4,
        ],
    );
    let kinds: Vec<&str> = found.iter().map(|row| row["kind"].as_str().unwrap()).collect();
    let [c, r, e] = ["coefficient", "ratio", "effect"];
    assert_eq!(kinds, [c, c, c, c, r, r, r, e, e, e]);
    let (odds, effect) = (&found[6], &found[9]);
    near(odds, "estimate", 1.062_789_206_070_967);
    near(odds, "low", 0.997_915_425_219_056);
    near(odds, "high", 1.131_880_385_848_34);
    assert_snapshot!(odds["reason"].as_str().unwrap(), @"a ratio has no standard error: its limits come from those of the coefficient");
    tested(
        effect,
        [
            0.008_463_724_124_482_44,
            0.004_398_103_580_812_96,
            -0.000_210_512_772_888_19,
            0.017_137_961_021_855,
            0.008_463_724_124_482_44 / 0.004_398_103_580_812_96,
            0.055_767_223_109_105_42,
        ],
    );
    let counts = "--model 'enroll ~ stype + meals' --family poisson";
    let found = rows(&trial, &format!("{STRATIFIED} {counts}"));
    near(&found[1], "se", 0.081_798_433_248_791_88);
    near(&found[4], "estimate", 1.235_474_085_544_031_f64.exp());
    // The other answer as success turns the signs.
    let turned = rows(&trial, &format!("{line} --success No"));
    near(&turned[3], "estimate", -0.060_896_778_727_527_83);
}

#[test]
fn models_take_their_variance_from_replicate_weights() {
    let weights = "pairs.csv --weight weight --replicates brr* --replicate-method brr";
    let found = rows(&pairs(), &format!("{weights} --model 'hours ~ years + phase'"));
    tested(
        &found[3],
        [
            3.848_569_735_027_28,
            3.135_019_670_537_291,
            -4.855_640_283_934_783,
            12.552_779_753_989_34,
            1.227_606_247_959_43,
            0.286_897_666_299_691,
        ],
    );
    assert_eq!(found[3]["df"], 4.0);
}

#[test]
fn the_table_of_a_model_says_what_it_is_not() {
    let trial = Trial::with_samples();
    let line = format!("{STRATIFIED} --model 'sch.wide ~ meals + stype'");
    assert_snapshot!(estimate(&trial, &line).stdout, @r"
    figure          variable     level   estimate        se        low      high      t        p   df    n
    coefficient     (Intercept)             2.891     0.633      1.643     4.139   4.57  <0.0001  194  200
    coefficient     meals                -0.01039   0.00745   -0.02508   0.00430  -1.40   0.1645  194  200
    coefficient     stype        H         -2.496     0.538     -3.557    -1.435  -4.64  <0.0001  194  200
    coefficient     stype        M         -1.552     0.485     -2.510    -0.595  -3.20   0.0016  194  200
    odds ratio      meals                 0.98966         -    0.97523   1.00431  -1.40   0.1645  194  200
    odds ratio      stype        H         0.0824         -     0.0285    0.2382  -4.64  <0.0001  194  200
    odds ratio      stype        M          0.212         -      0.081     0.552  -3.20   0.0016  194  200
    average effect  stype        H        -0.4388    0.0842    -0.6047   -0.2728  -5.21  <0.0001  194  200
    average effect  stype        M        -0.2188    0.0691    -0.3550   -0.0826  -3.17   0.0018  194  200
    average effect  meals               -0.001268  0.000864  -0.002971  0.000436  -1.47   0.1439  194  200

    Design: 200 records, 3 strata (stype), weights (pw), finite population correction (fpc).
    Model: sch.wide ~ meals + stype; family quasibinomial, since the response is answers; it counts
    Yes as 1; it compares stype with E.
    Intervals: 95 %, Student's t; variance by Taylor linearisation; df counts sampling units with a
    record in the group minus their strata (whole design: 197), plus 1, minus the coefficients.
    -: a ratio has no standard error: its limits come from those of the coefficient.
    These figures say what goes with what among people alike in the other variables of the model.
    They do not say what leads to what: people were not put into groups by chance, and variables
    that are not in the model may explain the differences.
    ");
    let json = estimate(&trial, &format!("{line} --format json")).stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["family"], "quasibinomial");
    assert!(json["warning"].as_str().unwrap().contains("do not say what leads to what"));
}

#[test]
fn models_that_do_not_exist_say_why() {
    let file =
        "left,years,twice,phase,same\nyes,1,2,a,1\nyes,2,4,b,1\nno,3,6,a,1\nno,4,8,b,1\n";
    let model =
        |formula: &str, code| refused(file, &format!("file.csv --model '{formula}'"), code);
    assert_snapshot!(model("left ~ years", 3), @r"
    error[E054]: there is no such model: `left ~ years`
      --> file.csv
     because: the responses are told apart without error by `years`, so that coefficients have no end
        help: join levels or leave such a term out
    ");
    assert_snapshot!(model("years ~ twice + phase + same", 3), @r"
    error[E054]: there is no such model: `years ~ twice + phase + same`
      --> file.csv
     because: `same` follows from `(Intercept)`
        help: leave one of them out
    ");
    assert_snapshot!(model("same ~ years", 3), @r"
    error[E054]: there is no such model: `same ~ years`
      --> file.csv
     because: all complete records have the same response, so there is nothing to model
        help: check the filter and the response
    ");
    assert_snapshot!(model("years ~ phse", 3), @r"
    error[I014]: the file has no column `phse`
      --> file.csv:1   row 1
     because: `--model` names it
        help: did you mean `phase`?
    ");
    assert_snapshot!(model("years ~ log(phase)", 3), @r#"
    error[E054]: there is no such model: `years ~ log(phase)`
      --> file.csv
     because: there is no arithmetic on answers, at `phase`
        help: compare with an answer, `I(x == "a")`, or give the answers scores
    "#);
    assert_snapshot!(model("years ~", 2), @r#"
    error[Q009]: a term is missing here
     because: `--model` says "years ~", at ``
        help: write a variable or a number
    "#);
    assert_snapshot!(model("factor(years) ~ same", 3), @r#"
    error[E054]: there is no such model: `factor(years) ~ same`
      --> file.csv
     because: the response has 4 answers
        help: add `--success`: name the one that counts as success, or compare: `I(y == "...")`; the answers are: 1, 2, 3, 4
    "#);
    let reference = "file.csv --model 'years ~ phase' --reference phase=c";
    assert_snapshot!(refused(file, reference, 3), @r"
    error[E054]: there is no such model: `years ~ phase`
      --> file.csv
     because: no complete record has the answer `c` to `phase`
        help: choose one of: a, b
    ");
    let success = "file.csv --model 'years ~ phase' --success yes";
    assert_snapshot!(refused(file, success, 3), @r"
    error[E054]: there is no such model: `years ~ phase`
      --> file.csv
     because: `--success` names an answer, and the response has none
        help: leave `--success` out
    ");
    let groups = "file.csv --model 'years ~ twice' --by phase --family poisson";
    assert_snapshot!(refused(&file.replace("no,3", "no,-3"), groups, 3), @r"
    error[E054]: there is no such model in the group a: `years ~ twice`
      --> file.csv
     because: the response is -3, and the family takes counts, which are not negative
        help: choose another family, or recode the response
    ");
}

#[test]
fn a_variable_that_cannot_change_alone_has_no_average_effect() {
    let trial = Trial::with_samples();
    let line = format!("{STRATIFIED} --model 'sch.wide ~ meals + I(meals > 50)'");
    let end = estimate(&trial, &line);
    assert_eq!(end.code, Some(0));
    assert_snapshot!(end.stderr, @r"
    note[E055]: `I(meals > 50)` has no average effect
     because: `I(meals > 50)` does not change alone
        help: let each column stand in one variable only
    note[E055]: `meals` has no average effect
     because: this has no slope at the values of some records
        help: use a variable as it is or in a smooth function to get an average effect
    ");
}

#[test]
fn options_of_one_statistic_are_refused_with_another() {
    let file = "x\n1\n2\n";
    assert_snapshot!(refused(file, "file.csv --mean x --p .25", 2).lines().next().unwrap(), @"error: the argument '--mean <COLUMN>...' cannot be used with '--p <Q>'");
    let model = "file.csv --model 'x ~ 1' --ci logit";
    assert_snapshot!(refused(file, model, 2).lines().next().unwrap(), @"error: the argument '--model <FORMULA>' cannot be used with '--ci <METHOD>'");
    let mean = "file.csv --mean x --family poisson";
    assert_snapshot!(refused(file, mean, 2).lines().next().unwrap(), @"error: the argument '--mean <COLUMN>...' cannot be used with '--family <FAMILY>'");
}
