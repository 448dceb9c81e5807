//! Columns of made-up tables compared by the design of the sample, from data file to t: what
//! R survey gives by `svycontrast(svyby(~y, ~g, design, svymean, covmat = TRUE), c(1, -1))`.
#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

mod rooms;

use pollsmith::estimate::{Conventions, Inquiry};
use pollsmith::stats::test::{ColumnTest, by_design};

const SCHEMA: &str = r#"
format = 1
id = "made-up"
[source]
unknown_columns = "keep"
[question.phase]
kind = "single"
categories = ["Primary", "Secondary", "Special"]
[question.adequate]
kind = "single"
categories = ["Yes", "No"]
scores = { Yes = 1, No = 0 }
"#;

/// Weight and answer of six respondents.
type Six = [(f64, &'static str); 6];

const PRIMARY: Six =
    [(0.5, "Yes"), (0.5, "No"), (1.0, "Yes"), (1.0, "No"), (1.5, "Yes"), (1.5, "Yes")];
const SECONDARY: Six =
    [(0.8, "No"), (1.2, "No"), (1.0, "Yes"), (1.0, "No"), (0.6, "Yes"), (1.4, "No")];

/// Primary twenty times, secondary twenty-five times, and so many others of weight 1 who said
/// no. Fifteen schools, each with teachers of both phases.
fn data(others: usize) -> String {
    let mut lines = vec!["weight,phase,adequate,school".to_owned()];
    let mut add = |weight: f64, phase: &str, answer: &str| {
        let school = (lines.len() - 1) / 2 % 15;
        lines.push(format!("{weight},{phase},{answer},{school}"));
    };
    for (phase, six, times) in [("Primary", PRIMARY, 20), ("Secondary", SECONDARY, 25)] {
        for (weight, answer) in [six].repeat(times).into_iter().flatten() {
            add(weight, phase, answer);
        }
    }
    for _ in 0..others {
        add(1.0, "Special", "No");
    }
    lines.join("\n") + "\n"
}

/// Primary minus secondary, with the variance that the design gives.
fn compared(others: usize, design: &str) -> ColumnTest {
    let poll = format!(
        "format = 1\nid = \"made-up\"\ntitle = \"Made up\"\nschema = \"schema.toml\"\n\
         data = [\"data.csv\"]\n[design]\nweight = \"weight\"\n{design}\n"
    );
    let sample = rooms::sample(SCHEMA, &poll, &data(others)).expect("the sample is in order");
    let inquiry = Inquiry::new(&sample, Conventions::PUBLISHED);
    let difference = inquiry.difference("adequate", "phase", (0, 1));
    let estimate = difference.expect("can be asked").expect("both answered");
    let variance = estimate.variance.expect("the design can tell");
    by_design(estimate.value, variance, variance, estimate.freedom).expect("can be tested")
}

fn close(got: f64, want: f64) {
    assert!((got - want).abs() <= 1e-12 * want.abs(), "{got} is not {want}");
}

/// One sample, with the columns as domains of it. Others who are in neither column count as
/// respondents drawn, but give no degrees of freedom.
#[test]
fn columns_are_domains_of_one_sample() {
    let test = compared(0, "");
    close(test.difference, 0.75 - 40.0 / 150.0);
    close(test.se, 0.051_928_276_004_724_05);
    close(test.statistic, 9.307_709_990_013_21);
    close(test.freedom, 269.0);
    let test = compared(30, "");
    close(test.statistic, 9.309_439_886_876_023);
    close(test.freedom, 269.0);
}

/// Only a design that says so makes two samples of them.
#[test]
fn columns_are_samples_where_they_are_strata() {
    let test = compared(0, "strata = [\"phase\"]");
    close(test.statistic, 9.289_572_270_877_741);
    close(test.freedom, 268.0);
}

/// Columns that share schools are not independent: their covariance is −0.000298.
#[test]
fn columns_share_sampling_units() {
    let test = compared(0, "psu = [\"school\"]");
    close(test.se, 0.093_911_897_246_538_73);
    close(test.statistic, 5.146_667_754_613_459);
    close(test.freedom, 14.0);
}
