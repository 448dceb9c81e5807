//! Columns against each other and against the others: by R, by vectors of other programs, and
//! from the records of the sample one by one.

use pollsmith::diagnostic::Findings;
use pollsmith::estimate::study::{Quotient, Quotients, Study};
use pollsmith::estimate::{self, Conventions};
use pollsmith::prepare::{Sample, Side};
use pollsmith::tabulate::{self, Comparison};

use super::rooms;
use super::world::poll;

/// A sample and all comparisons of its columns.
struct Compared {
    sample: Sample,
    comparisons: Vec<Comparison>,
}

fn all(sample: Sample, poll: &str) -> Compared {
    let mut findings = Findings::default();
    let poll = pollsmith::poll::load("poll.toml", poll, &mut findings).unwrap();
    let estimates = estimate::all(&sample, &poll, 1, &mut findings).unwrap();
    let book = tabulate::book(sample.questionnaire(), &poll, estimates);
    Compared { sample, comparisons: book.comparisons }
}

fn compared(schema: &str, more: &str, data: &str) -> Compared {
    let poll = poll("analyst", more);
    all(rooms::sample(schema, &poll, data).unwrap(), &poll)
}

fn beside(schema: &str, more: &str, data: &str, side: &Side) -> Compared {
    let poll = poll("analyst", more);
    all(rooms::sample_beside(schema, &poll, data, side).unwrap(), &poll)
}

impl Compared {
    /// A comparison of a row; of the first column with the others if there is no second.
    fn of(&self, table: &str, row: &str, first: &str, second: &str) -> &Comparison {
        let is = |side: &Option<tabulate::Side>, label: &str| {
            side.as_ref().map_or("", |side| side.label.as_str()) == label
        };
        let mut found = self.comparisons.iter().filter(|c| {
            c.table == table
                && c.row.as_deref() == Some(row)
                && is(&c.first, first)
                && is(&c.second, second)
        });
        let one = found.next().unwrap_or_else(|| panic!("{table}: {row}, {first}, {second}"));
        assert!(found.next().is_none(), "{table}: {row}, {first}, {second}");
        one
    }
}

fn near(got: Option<f64>, want: f64, what: &str) {
    let got = got.unwrap_or_else(|| panic!("{what}: nothing"));
    assert!((got - want).abs() <= 1e-9 * want.abs().max(1e-12), "{what}: {got} is not {want}");
}

/// What R makes of the schools: `make-columns.R`.
#[test]
fn groups_compared_by_design_agree_with_r() {
    let schema = include_str!("../../schemas/api-schools.toml");
    let books = [
        (
            "clusters",
            "psu = [\"dnum\"]",
            include_str!("../../samples/api-schools/apiclus1.csv"),
        ),
        (
            "strata",
            "strata = [\"stype\"]",
            include_str!("../../samples/api-schools/apistrat.csv"),
        ),
    ]
    .map(|(name, design, data)| {
        let more = format!(
            "[design]\nweight = \"pw\"\npopulation = \"fpc\"\n{design}\n\
             [tables]\nbanner = [\"stype\"]\ntest = {{ minimum = 0 }}"
        );
        (name, compared(schema, &more, data))
    });
    let mut reader = csv::Reader::from_reader(include_str!("columns.csv").as_bytes());
    let mut tested = 0;
    for record in reader.records() {
        let record = record.unwrap();
        let (_, book) = books.iter().find(|(name, _)| *name == &record[0]).unwrap();
        let number = record[1] == *"api00";
        let (row, unit) = if number { ("Mean (points)", 1.0) } else { ("Yes", 100.0) };
        let table = format!("{}-stype", &record[1]);
        let found = book.of(&table, row, &record[2], &record[3]);
        let what = record.iter().take(4).collect::<Vec<_>>().join(", ");
        if record[4].is_empty() {
            assert_eq!((found.p, found.adjusted), (None, None), "{what}");
            assert!(found.untested.is_some(), "{what}");
            continue;
        }
        let got = [
            found.difference.map(|d| d / unit),
            found.se.map(|se| se / unit),
            found.statistic,
            found.freedom,
            found.p,
            found.adjusted,
        ];
        for (got, want) in got.into_iter().zip(record.iter().skip(4)) {
            near(got, want.parse().unwrap(), &what);
        }
        tested += 1;
    }
    assert_eq!(tested, 33);
}

const TWO: &str = r#"
format = 1
id = "made-up"
[source]
unknown_columns = "keep"
[question.column]
kind = "single"
categories = ["A", "B"]
[question.columns]
kind = "multi"
categories = [{ label = "A", column = "in_a" }, { label = "B", column = "in_b" }]
picked = ["1"]
not_picked = ["0"]
[question.answer]
kind = "single"
categories = ["Yes", "No"]
scores = { Yes = 1, No = 0 }
"#;

const TWO_HEADER: &str = "weight,column,in_a,in_b,answer\n";

/// So many of a column, of whom so many said yes; all of weight 1.
fn alike(column: &str, n: usize, yes: usize) -> String {
    let line = |i| format!("1,{column},,,{}\n", if i < yes { "Yes" } else { "No" });
    (0..n).map(line).collect()
}

/// The weighted columns: (w, y) six times over; the first `both` of A are in B too.
fn weighted(both: usize) -> String {
    const A: [(&str, &str); 6] = [
        ("0.5", "Yes"),
        ("0.5", "No"),
        ("1", "Yes"),
        ("1", "No"),
        ("1.5", "Yes"),
        ("1.5", "Yes"),
    ];
    const B: [(&str, &str); 6] = [
        ("0.8", "No"),
        ("1.2", "No"),
        ("1", "Yes"),
        ("1", "No"),
        ("0.6", "Yes"),
        ("1.4", "No"),
    ];
    let a = A.iter().cycle().take(120).enumerate();
    let a = a.map(|(i, (w, y))| format!("{w},A,1,{},{y}\n", u8::from(i < both)));
    let b = B.iter().cycle().take(150).map(|(w, y)| format!("{w},B,0,1,{y}\n"));
    TWO_HEADER.to_owned() + &a.chain(b).collect::<String>()
}

/// The row "Yes" of A and B: difference, standard error, statistic and degrees of freedom.
fn by_method(banner: &str, method: &str, data: &str) -> [Option<f64>; 4] {
    let more = format!(
        "[design]\nweight = \"weight\"\n[tables]\nbanner = [\"{banner}\"]\n\
         test = {{ method = \"{method}\", adjust = \"none\" }}"
    );
    let book = compared(TWO, &more, data);
    let found = book.of(&format!("answer-{banner}"), "Yes", "A", "B");
    [
        found.difference.map(|d| d / 100.0),
        found.se.map(|se| se / 100.0),
        found.statistic,
        found.freedom,
    ]
}

fn agrees(got: [Option<f64>; 4], want: [Option<f64>; 4], what: &str) {
    for (got, want) in got.into_iter().zip(want) {
        match want {
            // The vectors were printed with eight places.
            Some(want) => {
                let got = got.unwrap_or_else(|| panic!("{what}: nothing"));
                assert!(
                    (got - want).abs() < 1.1e-8_f64.max(1e-8 * want.abs()),
                    "{what}: {got} is not {want}"
                );
            }
            None => assert_eq!(got, None, "{what}"),
        }
    }
}

/// The trace in Quantum's manual: 16 of 125 against 128 of 312, without weights.
#[test]
fn the_trace_of_quantum_and_the_other_programs_on_it() {
    let data = TWO_HEADER.to_owned() + &alike("A", 125, 16) + &alike("B", 312, 128);
    let difference = 16.0 / 125.0 - 128.0 / 312.0;
    for (method, se, t, freedom) in [
        ("quantum", 0.049_812_63, -5.666_361_86, Some(436.0)),
        ("effective_base", 0.049_755_61, -5.672_856_26, Some(435.0)),
        ("spss", 0.049_755_61, -5.672_856_26, None),
        ("unpooled", 0.040_846_01, -6.910_257_23, Some(435.0)),
    ] {
        let want = [Some(difference), Some(se), Some(t), freedom];
        agrees(by_method("column", method, &data), want, method);
    }
}

/// W 120 and 150, Σw² 140 and 160, e 102.857143 and 140.625, p 0.75 and 0.266667.
#[test]
fn weighted_columns_by_every_method() {
    let data = weighted(0);
    let difference = 0.75 - 40.0 / 150.0;
    for (method, t, freedom) in [
        ("design", 9.307_709_99, Some(269.0)),
        ("quantum", 7.440_396_49, Some(242.482_142_857)),
        ("effective_base", 7.455_722_85, Some(241.482_142_857)),
        ("unpooled", 8.526_195_79, Some(241.482_142_857)),
        ("spss", 7.898_219_30, None),
    ] {
        let want = [Some(difference), Some(difference / t), Some(t), freedom];
        agrees(by_method("column", method, &data), want, method);
    }
}

/// The first sixty of A, of weight 60 and Σw² 70, are in B too: W 210, Σw² 230, and 85 of the
/// weight said yes. By design what somebody adds to A is taken off B; t was found in R from
/// z = w(y − p)/W of A less that of B.
#[test]
fn columns_that_overlap() {
    let data = weighted(60);
    let (p, q) = (0.75, 85.0 / 210.0);
    let want = [Some(p - q), Some(0.041_851_976_59), Some(8.249_027_246_98), Some(269.0)];
    agrees(by_method("columns", "design", &data), want, "design");
    // e₁ = 120²/140, e₂ = 210²/230, e₀ = 60²/70, and p̂ = (90 + 85)/(120 + 210).
    let (e1, e2, e0) = (14_400.0 / 140.0, 44_100.0 / 230.0, 3_600.0 / 70.0);
    let pooled: f64 = 175.0 / 330.0;
    let bracket = 1.0 / e1 + 1.0 / e2 - 2.0 * e0 / (e1 * e2);
    let se = (pooled * (1.0 - pooled) * bracket).sqrt();
    let freedom = e1 + e2 - e0;
    let want = [Some(p - q), Some(se), Some((p - q) / se), Some(freedom - 2.0)];
    agrees(by_method("columns", "effective_base", &data), want, "effective_base");
    let se = se * ((e1 + e2) / (e1 + e2 - 1.0)).sqrt();
    let want = [Some(p - q), Some(se), Some((p - q) / se), Some(freedom - 1.0)];
    agrees(by_method("columns", "quantum", &data), want, "quantum");
}

/// Means of scores that are 1 and 0: Σw(y − ȳ)² = Wp(1 − p), divided by W − Σw²/W.
#[test]
fn means_by_effective_base() {
    let more = "[design]\nweight = \"weight\"\n[tables]\nbanner = [\"column\"]\n\
                test = { method = \"effective_base\" }";
    let book = compared(TWO, more, &weighted(0));
    let mean = book.of("answer-column", "Mean", "A", "B");
    let spread = 120.0 * 0.75 * 0.25 + 150.0 * (40.0 / 150.0) * (110.0 / 150.0);
    let divisor = (120.0 - 140.0 / 120.0) + (150.0 - 160.0 / 150.0);
    let (e1, e2) = (14_400.0 / 140.0, 22_500.0 / 160.0);
    let se = f64::sqrt(spread / divisor * (1.0 / e1 + 1.0 / e2));
    near(mean.se, se, "se");
    near(mean.freedom, e1 + e2 - 2.0, "degrees of freedom");
    assert_eq!(mean.statistic_of, Some("mean"));
    assert_eq!(mean.bases.map(|base| base.map(|(n, _)| n)), [Some(120), Some(150)]);
}

/// A part, 120 of 300, against the rest of the whole, 350 of 1,000: z 2.17015579.
#[test]
fn a_part_against_the_rest() {
    let data = TWO_HEADER.to_owned() + &alike("A", 300, 120) + &alike("B", 700, 230);
    let more = "[tables]\nbanner = [\"column\"]\ntest = { method = \"spss\" }";
    let book = compared(TWO, more, &data);
    let rest = book.of("answer-column", "Yes", "A", "");
    agrees([rest.statistic, None, None, None], [Some(2.170_155_79), None, None, None], "z");
    // Each is the other's rest: one test, of which nothing is to be adjusted.
    assert_eq!((rest.adjusted, rest.marked.as_deref()), (rest.p, Some("higher")));
    let other = book.of("answer-column", "Yes", "B", "");
    assert_eq!((other.adjusted, other.marked.as_deref()), (rest.p, Some("lower")));
}

const THREE: &str = r#"
format = 1
id = "made-up"
[source]
unknown_columns = "keep"
[question.part]
kind = "single"
categories = ["North", "South"]
report = false
[question.column]
kind = "single"
categories = ["A", "B", "C"]
report = false
[question.answer]
kind = "single"
categories = ["Yes", "No"]
"#;

/// 60, 40 and 45 of 100; with `base`, so many fewer in C.
fn three(part: &str, fewer: usize) -> String {
    let column = |(column, n, yes): (&str, usize, usize)| -> String {
        let line = |i| format!("{part},{column},{}\n", if i < yes { "Yes" } else { "No" });
        (0..n).map(line).collect()
    };
    [("A", 100, 60), ("B", 100, 40), ("C", 100 - fewer, 45)].map(column).concat()
}

/// The letters under A, B and C, then the verdicts.
fn marks(test: &str) -> String {
    let data = "part,column,answer\n".to_owned() + &three("North", 0);
    let more = format!(
        "[tables]\nbanner = [\"column\"]\ntest = {{ method = \"effective_base\", {test} }}"
    );
    let book = compared(THREE, &more, &data);
    let pair = |a, b| book.of("answer-column", "Yes", a, b).marked.clone().unwrap_or_default();
    let rest = |a| book.of("answer-column", "Yes", a, "").marked.clone().unwrap_or_default();
    let pairs = [pair("A", "B"), pair("A", "C"), pair("B", "C")].join(",");
    format!("{pairs} {}", [rest("A"), rest("B"), rest("C")].join(","))
}

/// A against B: p̂ 0.5, t 2.828, p 0.0052; A against C: p̂ 0.525, t 2.124, p 0.0349; B against C
/// p 0.4761, all on 198 degrees of freedom. Holm: 0.0155, 0.0698, 0.4761; Bonferroni: 0.0155,
/// 0.1047, 1; Benjamini and Hochberg: 0.0155, 0.0524, 0.4761. Against the others: p 0.0045,
/// 0.0420, 0.4144, so that of B Holm makes 0.0840 and Benjamini and Hochberg 0.0630.
#[test]
fn letters_and_verdicts_follow_the_adjusted_chance() {
    let two = "alpha = [0.05, 0.10]";
    assert_eq!(marks(&format!("adjust = \"none\", {two}")), "B,C, higher,lower,none");
    assert_eq!(marks(&format!("adjust = \"holm\", {two}")), "B,c, higher,none,none");
    assert_eq!(marks(two), "B,c, higher,none,none");
    assert_eq!(marks(&format!("adjust = \"bonferroni\", {two}")), "B,, higher,none,none");
    assert_eq!(marks(&format!("adjust = \"bh\", {two}")), "B,c, higher,none,none");
    assert_eq!(marks("adjust = \"holm\", alpha = [0.05]"), "B,, higher,none,none");
    assert_eq!(marks("adjust = \"none\", alpha = [0.01]"), "B,, higher,none,none");
    assert_eq!(marks("minimum = 101"), ",, ,,");
}

/// Two headings with the columns of before below each: three pairs and three verdicts a
/// family, as if the other heading were not there.
#[test]
fn chances_are_adjusted_under_each_heading_by_itself() {
    let data = "part,column,answer\n".to_owned() + &three("North", 0) + &three("South", 20);
    let more = "[tables]\nbanner = [\"part > column\"]\n\
                test = { method = \"effective_base\", adjust = \"bonferroni\" }";
    let book = compared(THREE, more, &data);
    let of = |first: &str, second: &str| book.of("answer-part-column", "Yes", first, second);
    let pair = of("North, A", "North, B");
    near(pair.adjusted, 3.0 * pair.p.unwrap(), "a pair");
    let rest = of("North, B", "");
    near(rest.adjusted, 3.0 * rest.p.unwrap(), "a group against the others");
    assert_eq!(rest.bases[1].map(|(n, _)| n), Some(200), "the others under the heading");
    let rows = book.comparisons.iter().filter(|c| c.row.as_deref() == Some("Yes"));
    assert_eq!(rows.filter(|c| c.second.is_some()).count(), 6);
}

#[test]
fn few_answers_and_empty_groups_are_not_compared() {
    let data = TWO_HEADER.to_owned() + &alike("A", 50, 4) + &alike("B", 50, 25);
    let book = compared(TWO, "[tables]\nbanner = [\"column\"]", &data);
    let untested = |first: &str, second: &str| {
        let found = book.of("answer-column", "Yes", first, second);
        assert_eq!((found.p, found.adjusted, found.marked.as_deref()), (None, None, None));
        found.untested.clone().unwrap()
    };
    assert_eq!(untested("A", "B"), "in a column, too few gave the answer or too few did not");
    let data = TWO_HEADER.to_owned() + &alike("A", 29, 10) + &alike("B", 50, 25);
    let book = compared(TWO, "[tables]\nbanner = [\"column\"]", &data);
    let found = book.of("answer-column", "Yes", "A", "B");
    // Thirty on either side, unless the poll file says otherwise.
    assert_eq!(found.untested.as_deref(), Some("a column has too few respondents"));
    let data = TWO_HEADER.to_owned() + &alike("A", 50, 14);
    let book = compared(TWO, "[tables]\nbanner = [\"column\"]", &data);
    let found = book.of("answer-column", "Yes", "A", "B");
    assert_eq!(found.untested.as_deref(), Some("a column has no respondents"));
}

const MANY: &str = r#"
format = 1
id = "made-up"
[source]
unknown_columns = "keep"
[question.phase]
kind = "single"
categories = ["Primary", "Secondary", "Special"]
report = false
[question.uses]
kind = "multi"
categories = [{ label = "Plan", column = "plan" }, { label = "Mark", column = "mark" }]
picked = ["1"]
not_picked = ["0"]
report = false
[question.view]
kind = "single"
categories = ["Agree", "Neither", "Disagree"]
nonsubstantive = ["Don't know"]
nets = { "A side" = ["Agree", "Disagree"] }
differences = { "Net agree" = ["Agree", "Disagree"] }
scores = { "Agree" = 1, "Neither" = 0, "Disagree" = -1 }
[question.hours]
kind = "number"
"#;

/// One respondent.
struct Person {
    phase: usize,
    uses: [bool; 2],
    view: usize,
    hours: f64,
}

/// Made by a rule that mixes everything with everything: weights from 0.5 to 2.
fn people() -> (Vec<Person>, String) {
    let mut lines = vec!["w,region,school,phase,plan,mark,view,hours,".to_owned()];
    lines[0] += &(1..=10).map(|r| format!("rw{r}")).collect::<Vec<_>>().join(",");
    let mut state = 7_u64;
    let mut draw = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut people = Vec::new();
    for i in 0..240 {
        let phase = draw(3);
        // What people answer depends on their phase.
        let view = [draw(4), draw(3), draw(2)][phase];
        let person = Person {
            phase,
            uses: [draw(3) > 0, true],
            view,
            hours: 30.0 + draw(20) as f64 + 4.0 * phase as f64,
        };
        let uses = [person.uses[0], !person.uses[0] || draw(2) > 0];
        let weight = 0.5 + 0.25 * draw(7) as f64;
        let labels = ["Primary", "Secondary", "Special"][phase];
        let answer = ["Agree", "Neither", "Disagree", "Don't know"][view];
        let replicate = |r: usize| if i % 10 == r { 0.0 } else { weight * 10.0 / 9.0 };
        let replicates: Vec<String> = (0..10).map(|r| replicate(r).to_string()).collect();
        lines.push(format!(
            "{weight},{},{},{labels},{},{},{answer},{},{}",
            i % 3,
            i % 24,
            u8::from(uses[0]),
            u8::from(uses[1]),
            person.hours,
            replicates.join(",")
        ));
        people.push(Person { uses, ..person });
    }
    (people, lines.join("\n") + "\n")
}

/// A group of people.
type Group = fn(&Person) -> bool;

/// What a row adds up for a person, if they are in its base.
type Of = fn(&Person) -> Option<f64>;

const ROWS: [(&str, &str, f64, Of); 5] = [
    ("view", "Agree", 100.0, |p| Some(f64::from(u8::from(p.view == 0)))),
    ("view", "A side", 100.0, |p| Some(f64::from(u8::from(p.view == 0 || p.view == 2)))),
    ("view", "Net agree", 100.0, |p| {
        Some(f64::from(u8::from(p.view == 0)) - f64::from(u8::from(p.view == 2)))
    }),
    ("view", "Mean", 1.0, |p| (p.view < 3).then(|| [1.0, 0.0, -1.0][p.view])),
    ("hours", "Mean", 1.0, |p| Some(p.hours)),
];

/// A comparison against what the records give: both figures with their covariance.
fn from_records(book: &Compared, people: &[Person], at: [&str; 3], groups: [Group; 2]) {
    let [banner, first, second] = at;
    let study = Study::new(book.sample.design(), Conventions::PUBLISHED);
    for (question, row, unit, of) in ROWS {
        let found = book.of(&format!("{question}-{banner}"), row, first, second);
        let what = format!("{question}, {row}: {first} and {second}");
        let both = groups
            .map(|group| Quotient::mean(move |i| of(&people[i]).filter(|_| group(&people[i]))));
        let figures = study.figures(&Quotients(&both)).unwrap();
        let difference = figures.values[0] - figures.values[1];
        let at = |a, b| figures.covariance.at(a, b);
        let se = (at(0, 0) + at(1, 1) - 2.0 * at(0, 1)).sqrt();
        near(found.difference.map(|d| d / unit), difference, &what);
        near(found.se.map(|found| found / unit), se, &what);
        near(found.statistic, difference / se, &what);
        near(found.freedom, figures.freedom, &what);
    }
}

/// Pairs and rests of both banners.
fn check(design: &str, side: &Side) {
    let (people, data) = people();
    let more =
        format!("[design]\nweight = \"w\"\n{design}\n[tables]\nbanner = [\"phase\", \"uses\"]");
    let book = beside(MANY, &more, &data, side);
    let check = |at, first: Group, second: Group| {
        from_records(&book, &people, at, [first, second]);
    };
    check(["phase", "Primary", "Secondary"], |p| p.phase == 0, |p| p.phase == 1);
    check(["phase", "Primary", "Special"], |p| p.phase == 0, |p| p.phase == 2);
    check(["phase", "Secondary", "Special"], |p| p.phase == 1, |p| p.phase == 2);
    check(["phase", "Primary", ""], |p| p.phase == 0, |p| p.phase != 0);
    check(["phase", "Special", ""], |p| p.phase == 2, |p| p.phase != 2);
    check(["uses", "Plan", "Mark"], |p| p.uses[0], |p| p.uses[1]);
    check(["uses", "Plan", ""], |p| p.uses[0], |p| !p.uses[0]);
}

#[test]
fn weights_alone_as_from_the_records() {
    check("", &Side::default());
}

#[test]
fn strata_and_clusters_as_from_the_records() {
    check("strata = [\"region\"]\npsu = [\"school\"]", &Side::default());
}

#[test]
fn replicates_as_from_the_records() {
    check("replicates = { columns = \"rw*\", method = \"jk1\" }", &Side::default());
}

#[test]
fn raked_weights_as_from_the_records() {
    let targets = "variable,category,share,source\nphase,Primary,40%,A list\n\
                   phase,Secondary,40%,A list\nphase,Special,20%,A list\n\
                   view,Agree,40%,A list\nview,Neither,30%,A list\nview,Disagree,20%,A list\n\
                   view,Don't know,10%,A list\n";
    let mut side = Side::default();
    side.add("targets.csv", "targets.csv".to_owned(), targets.to_owned());
    check("[[weighting]]\nmethod = \"rake\"\ntargets = \"targets.csv\"\n", &side);
}
