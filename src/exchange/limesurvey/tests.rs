//! An instrument made up for the purpose, and what becomes of it.

use super::super::tests::loaded;
use super::from_limesurvey;

const QUESTIONS: &str = "\u{feff}section,code,question,answer_format,answer_file,other,condition,public\n\
    1,job1,Where do you work?,ONE CHOICE,place,Y,,\n\
    1,code1,Do you teach?,Y/N/NA,,,,FALSE\n\
    1,like1,\"In a week, how often do you read?\",LIKERT,often,,\u{2018}YES\u{2019} in code1,\n\
    2,like2,\"In a week, how often do you write?\",LIKERT,often,,,\n\
    2,like3,\"In a week, how often do you draw?\",LIKERT,often,,,\n\
    2,tool1,What with?,MULTIPLE CHOICES,place,Y,NOT 'School' in job1 or 'college' in job1,\n\
    2,rank1,Which first?,Ranking,place,,the weather is fine,\n\
    2,years,How long?,FREENUMERIC,,,'2' in like2,\n";

fn lists() -> Vec<(String, String)> {
    let lists = [
        ("place", "\"School\";\"Schule\"\n\"College\";\"Fachhochschule\"\n"),
        ("often", "\u{feff}1 (never);1 (nie)\n2;2\n"),
    ];
    lists.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec()
}

#[test]
fn an_instrument_becomes_a_schema() {
    let text = from_limesurvey("questions.csv", QUESTIONS, &lists()).expect("readable");
    let start = text.find("[source]").expect("a table");
    insta::assert_snapshot!(text[start..], @r#"
    [source]
    dialect = "limesurvey"

    [scale.1_never_2]
    categories = ["1 (never)", "2"]
    fold = ["invisible"]

    [question.job1]
    kind = "single"
    title = "Where do you work?"
    column = "job1"
    categories = ["School", "College"]
    other = "Other"
    other_column = "job1[other]"

    # The instrument keeps this question out of public data.
    [question.code1]
    kind = "single"
    title = "Do you teach?"
    column = "code1"
    categories = ["Yes", "No"]
    nonsubstantive = ["N/A"]

    [question.like1]
    kind = "single"
    title = "In a week, how often do you read?"
    column = "like1[SQ001]"
    asked_if = "code1 = 'Yes'"
    scale = "1_never_2"

    [question.likert0]
    kind = "grid"
    title = "In a week, how often do you …"
    scale = "1_never_2"
    rows = [
      { label = "In a week, how often do you write?", id = "like2", column = "likert0[like2]" },
      { label = "In a week, how often do you draw?", id = "like3", column = "likert0[like3]" },
    ]

    [question.tool1]
    kind = "multi"
    title = "What with?"
    asked_if = "job1 != 'School' or job1 = 'College'"
    categories = [
      { label = "School", column = "tool1[1]" },
      { label = "College", column = "tool1[2]" },
      { label = "Other", column = "tool1[other]" },
    ]
    other = "Other"

    # asked_if, in the instrument's words: the weather is fine
    # `places`: as many as there are columns `rank1[1]`, ...
    [question.rank1]
    kind = "rank"
    title = "Which first?"
    column = "rank1"
    rows = ["School", "College"]
    places = 2

    # asked_if, in the instrument's words: '2' in like2
    [question.years]
    kind = "number"
    title = "How long?"
    column = "years"
    "#);
    loaded(&text);
}

#[test]
fn everything_that_is_wrong_is_said_with_its_line() {
    let text =
        "code,question,answer_format,answer_file\na,A?,ONE CHOICES,x\nb,B?,ONE CHOICE,x\n";
    let findings = from_limesurvey("q.csv", text, &[]).expect_err("findings");
    let said = findings.iter().map(|f| {
        let place = f.place.clone().unwrap_or_default();
        format!("{} {:?} {:?}: {}", f.code.id, place.line, place.column, f.headline)
    });
    insta::assert_snapshot!(said.collect::<Vec<_>>().join("\n"), @r#"
    S007 Some(2) Some("answer_format"): there is no form of answers `ONE CHOICES`
    S006 Some(3) Some("answer_file"): there is no list of answers `x`
    "#);
    let findings = from_limesurvey("q.csv", "code\na\n", &[]).expect_err("findings");
    assert_eq!(findings.len(), 3);
    let findings = from_limesurvey("q.csv", "", &[]).expect_err("findings");
    assert_eq!(findings[0].headline, "the table of questions is empty");
}
