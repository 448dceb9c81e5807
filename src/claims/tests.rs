//! Sentences that hold and sentences that do not, rule by rule.

use super::check;
use super::testing::{checked, found, release};

/// Said once, so that later sentences may be short.
const TOLD: &str = "The figures are of 4,678 members who replied.\n\n";

#[track_caller]
fn passes(text: &str) {
    assert_eq!(found(&format!("{TOLD}{text}")), [], "{text}");
}

#[track_caller]
fn fails(text: &str, code: &str, words: &str) {
    let found = found(&format!("{TOLD}{text}"));
    assert_eq!(found, [(code, words.to_owned())].map(|(c, w)| (leak(c), w)), "{text}");
}

fn leak(code: &str) -> &'static str {
    super::CODES.iter().find(|known| known.id == code).map_or("", |known| known.id)
}

#[test]
fn what_the_tables_say_may_be_said() {
    for text in [
        "Only 3% of members who replied said the two-week pause was adequate.",
        "94% said the pause was not adequate and 3% did not know.",
        "Nine in ten said inspection harms the mental health of staff.",
        "Half named strain on their life at home.",
        "41% called their workload unmanageable; 37% called it only just manageable.",
        "Members work 50.8 hours in a full week, and the median is 51 hours.",
        "Longer working hours were named by 78%, harm to mental health by 58%.",
        "5% of primary members said the pause was adequate, against 2% of secondary members.",
        "More than nine in ten members said the pause was not adequate.",
        "Fewer than 1% disagreed that inspection harms the mental health of staff.",
        "29% were under stress for 60% to 79% of their working time.",
        "Of those inspected in the past 12 months, 68% described the inspection as negative.",
    ] {
        passes(text);
    }
}

#[test]
fn l001_a_number_that_is_not_in_the_tables() {
    fails("62% of members said the pause was adequate.", "L001", "62%");
    fails("A third named strain on their life at home.", "L001", "A third");
    fails("Nobody was asked about pets, yet 97% have one.", "L001", "97%");
    fails("Members work 55 hours in a full week.", "L001", "55");
    fails("72% agreed that inspection helps my school to get better.", "L001", "72%");
    fails("94.3% said the pause was not adequate.", "L001", "94.3%");
}

#[test]
fn l002_a_number_that_leads_nowhere() {
    fails("As many as 78% were delighted.", "L002", "78%");
    fails("There are 24,000 buildings.", "L002", "24,000");
}

#[test]
fn l003_what_is_hidden_may_not_be_quoted() {
    fails("In special schools, 4% said the pause was adequate.", "L003", "4%");
    fails("94% of members in special schools said the pause was not adequate.", "L003", "94%");
    fails("0% disagreed that inspection harms the mental health of staff.", "L003", "0%");
}

#[test]
fn l004_low_reliability_needs_a_caution() {
    fails("6% of sixth form members said the pause was adequate.", "L004", "6%");
    passes("6% of sixth form members said the pause was adequate, but few answered.");
}

#[test]
fn l005_whom_a_figure_is_of() {
    fails("3% of teachers said the pause was adequate.", "L005", "3% of teachers");
    fails(
        "Nine in ten teachers said inspection harms mental health of staff.",
        "L005",
        "Nine in ten teachers",
    );
    fails("68% of members described it as negative.", "L005", "68% of members");
    let first = found("3% of members said the pause was adequate.");
    assert_eq!(first, [("L005", "3% of members".to_owned())]);
    let count = found("A poll of 4,678 teachers found that 3% said the pause was adequate.");
    assert_eq!(count, [("L005", "4,678 teachers".to_owned())]);
}

#[test]
fn l006_a_number_in_the_wrong_place() {
    fails("94% said the pause was adequate.", "L006", "94%");
    fails("3% said the pause was not adequate.", "L006", "3%");
    fails("58% named longer working hours and 78% harm to mental health.", "L006", "58%");
    fails("94% of primary members said the pause was not adequate.", "L006", "94%");
    fails("41% called their workload only just manageable.", "L006", "41%");
    fails("41% called their workload manageable.", "L006", "41%");
}

#[test]
fn l007_numbers_of_people() {
    fails("The poll was answered by 4,768 members.", "L007", "4,768");
    fails("The poll of 61,240 members began in January.", "L007", "61,240");
    passes("61,240 members were invited.");
    passes("Nearly 4,700 members replied.");
}

#[test]
fn l008_most_and_the_like() {
    fails("Most members call their workload unmanageable.", "L008", "Most");
    fails("A majority, 50%, named strain on their life at home.", "L008", "majority");
    fails(
        "Nearly all members say inspection harms the mental health of staff.",
        "L008",
        "Nearly all",
    );
    passes("Most members said inspection has meant longer working hours.");
    passes("Very few members said the pause was adequate.");
    passes("A minority of 41% call their workload unmanageable.");
}

#[test]
fn l009_comparisons_need_a_test() {
    fails(
        "Women were more likely than men to say the pause was not adequate (95% and 93%).",
        "L009",
        "more",
    );
    passes("More primary than secondary members said the pause was adequate (5% and 2%).");
    fails(
        "Fewer primary than secondary members said the pause was adequate (5% and 2%).",
        "L009",
        "Fewer",
    );
}

#[test]
fn l010_changes_need_an_earlier_wave() {
    fails("3% said the pause was adequate, up from 2% last year.", "L010", "up");
    passes("41% called their workload unmanageable, up 5 points on last year.");
    fails(
        "41% called their workload unmanageable, down 5 points on last year.",
        "L010",
        "down",
    );
}

#[track_caller]
fn because(text: &str) -> (String, String) {
    let findings = checked(&format!("{TOLD}{text}")).findings;
    assert_eq!(findings.len(), 1, "{text}: {findings:?}");
    let first = findings.into_iter().next().expect("a finding");
    (first.because.unwrap_or_default(), first.help.unwrap_or_default())
}

#[test]
fn l008_a_mark_does_not_hide_the_word() {
    for text in [
        "Most (41%) members who replied call their workload unmanageable.",
        "Most, 41%, call their workload unmanageable.",
        "Most \u{2013} 41% \u{2013} call their workload unmanageable.",
    ] {
        fails(text, "L008", "Most");
    }
    fails("A majority: 41% call their workload unmanageable.", "L008", "majority");
    let (why, _) = because("Most members call their workload unmanageable.");
    assert!(why.contains("`workload.unmanageable` 41% (2024-01, all), "), "{why}");
}

#[test]
fn l010_a_change_without_a_number_is_tested() {
    let fell = "The share who call their workload unmanageable has fallen since November.";
    fails(fell, "L010", "fallen");
    let (why, help) = because(fell);
    assert_eq!(
        why,
        "`workload.unmanageable` 41% (2024-01, all): it went the other way: 5 points since 2023-11"
    );
    assert!(!help.contains("[[previous]]"), "{help}");
    fails("41% called their workload unmanageable, down from 48% last year.", "L010", "down");
    let rose = checked("The share who call their workload unmanageable has risen.");
    assert_eq!(rose.findings, []);
    assert_eq!(
        (rose.borne[0].said.as_str(), rose.borne[0].value.as_str()),
        ("risen", "5 points")
    );
}

#[test]
fn l009_a_comparison_without_a_number_is_tested() {
    fails(
        "Sixth form members were less likely than others to say the pause was adequate.",
        "L009",
        "less",
    );
    let (why, _) = because(
        "Sixth form members were less likely than others to say the pause was adequate.",
    );
    assert!(why.starts_with("`adequate.yes@phase=sixth_form` 6%"), "{why}");
    fails(
        "Primary members were less likely than others to say the pause was adequate.",
        "L009",
        "less",
    );
    passes("Primary members were more likely than others to say the pause was adequate.");
    passes("Primary members were less likely than others to say the pause was not adequate.");
}

#[test]
fn l020_what_is_not_clear_is_said_to_be_unchecked() {
    fails("Views of inspection have risen since November.", "L020", "risen");
    fails("The workload has risen since November.", "L020", "risen");
    fails("More members than ever described that inspection.", "L020", "More");
    let text = "41% called their workload unmanageable. Views of inspection have risen.";
    fails(text, "L020", "risen");
}

#[test]
fn a_sentence_with_its_own_question_is_not_looked_up_in_the_one_before() {
    let text = "91% agreed that inspection harms the mental health of staff. Only 16% said that \
                the two-week pause was adequate.";
    fails(text, "L001", "16%");
    let text = "91% agreed that inspection harms the mental health of staff. Only 4% said that \
                the two-week pause was adequate.";
    fails(text, "L001", "4%");
    let text = "2% of secondary members said the pause was adequate. Only 5% of all who replied \
                said that the two-week pause was adequate.";
    fails(text, "L001", "5%");
}

#[test]
fn figures_of_an_earlier_wave_have_to_be_said_to_be() {
    let earlier = checked("Of those who replied in November, 4% said the pause was adequate.");
    assert_eq!(earlier.findings, []);
    assert_eq!(earlier.borne[0].of.as_deref(), Some("2023-11, all"));
    passes("41% called their workload unmanageable, up from 36%.");
    passes("36% called their workload unmanageable last year.");
    fails("36% called their workload unmanageable.", "L001", "36%");
}

#[test]
fn the_base_of_a_table_of_some_is_no_remedy() {
    let own = r#"{"table": "pause-by-inspected", "question": "adequate", "item": null, "answer": "No",
        "banner": null, "group": "Total", "statistic": "percent", "value": 89,
        "percent_of": "members inspected lately"},
      {"wave": "2024-01", "question": "adequate", "#;
    let json = super::testing::results();
    let json = json.replacen(r#"{"wave": "2024-01", "question": "adequate", "#, own, 1);
    let release = super::read("results.json", &json).expect("a release");
    let text = "Of members who replied, 89% said the pause was not adequate.";
    let findings = check("press.md", text, &release).findings;
    let help = findings[0].help.clone().unwrap_or_default();
    assert!(help.contains("name its source") && !help.contains("inspected"), "{help}");
}

#[test]
fn l011_the_most_is_the_most() {
    fails("The most common effect was strain on life at home (50%).", "L011", "most common");
    passes("The most common effect was longer working hours (78%).");
}

#[test]
fn l012_no_margin_of_error_without_chance() {
    fails("The margin of error is small.", "L012", "margin of error");
    passes("No margin of error can be given.");
}

#[test]
fn l013_differences_are_points() {
    fails(
        "At 5%, primary members were 3% more often satisfied with the pause than the 2% of secondary members.",
        "L013",
        "3%",
    );
}

#[test]
fn a_table_of_the_text_is_checked_cell_by_cell() {
    let table = "Was the pause adequate?\n\n| Answer | All | Primary |\n|---|---|---|\n\
                 | Yes | 3% | 5% |\n| No | 94% | 96% |\n";
    fails(table, "L001", "96%");
}

#[test]
fn what_is_true_of_the_whole_text_comes_last() {
    let json = super::testing::results().replace("\"synthetic\": false", "\"synthetic\": true");
    let made_up = super::read("results.json", &json).expect("a release");
    let findings = check("press.md", "3% said the pause was adequate.", &made_up).findings;
    assert_eq!(findings.last().map(|f| f.code.id), Some("L014"));
    let nothing = check("press.md", "Good morning.", &release()).findings;
    assert_eq!(nothing.iter().map(|f| f.code.id).collect::<Vec<_>>(), ["L019"]);
}

#[test]
fn each_number_that_is_borne_out_names_its_figure() {
    let checked =
        checked("Of members who replied on 13 January, 3% said the pause was adequate.");
    let borne = &checked.borne[0];
    assert_eq!((borne.said.as_str(), borne.figure.as_str()), ("3%", "adequate.yes"));
    assert_eq!((borne.place.line, borne.place.character), (Some(1), Some(39)));
    assert_eq!(checked.aside[0].why, "a date");
}

mod any_text {
    use proptest::prelude::*;

    use super::{check, release};

    /// Words and marks that mean something here, in any order.
    const WORDS: [&str; 40] = [
        "3%",
        "94",
        "per",
        "cent",
        "in",
        "ten",
        "half",
        "a",
        "third",
        "of",
        "members",
        "who",
        "replied",
        "most",
        "more",
        "than",
        "primary",
        "secondary",
        "said",
        "the",
        "pause",
        "was",
        "not",
        "adequate",
        "up",
        "from",
        "points",
        ".",
        "\n\n",
        "|",
        "\n|",
        "- ",
        "\u{201c}",
        "\"",
        "4,678",
        "13",
        "January",
        "(",
        "two-week",
        "inspection",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn can_be_checked(text in "\\PC{0,120}") {
            let release = release();
            let _ = check("press.md", &text, &release);
        }

        #[test]
        fn made_of_claims_can_be_checked(
            places in prop::collection::vec(0..WORDS.len(), 0..80),
        ) {
            let words: Vec<&str> = places.into_iter().map(|place| WORDS[place]).collect();
            let text = words.join(" ");
            let checked = check("press.md", &text, &release());
            let lines = text.lines().count().max(1) as u64;
            for finding in &checked.findings {
                let line = finding.place.as_ref().and_then(|place| place.line);
                prop_assert!(line.is_none_or(|line| line <= lines));
            }
        }
    }
}
