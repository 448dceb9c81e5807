//! Logo, marks and titles: what is published of them, and what is refused.

use insta::assert_snapshot;

use super::trial::Trial;

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">\
                    <rect class=\"x\" width=\"30\" height=\"9\"/></svg>\n";
const REPORT: &str =
    "status = \"draft\"\norganisation = \"Example Union\"\nlogo = \"logo.svg\"";

/// The small poll with a logo, and with these lines at the end of its poll file.
fn with_logo(logo: &str, lines: &str) -> Trial {
    let trial = Trial::new();
    trial.write("logo.svg", logo);
    trial.change("poll.toml", "status = \"final\"", &format!("{REPORT}\n{lines}"));
    trial
}

#[test]
fn logo_marks_and_titles_stand_on_page_and_charts() {
    let title = "[[chart]]\ntable = \"enough\"\ntitle = \"{enough.agree|percent} agree\"";
    let trial = with_logo(LOGO, title);
    assert_eq!(trial.publish().code, Some(0));
    let files = trial.files("out/canteen");
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let page = text("report.html");
    assert!(page.contains("<p class=\"from\"><img src=\"data:image/svg+xml;base64,"));
    // The name stands beside it.
    assert!(page.contains(" alt=\"\""));
    assert!(page.contains("<strong>Draft.</strong>") && page.contains(">DRAFT</text>"));
    assert!(page.contains("% agree</h2><p class=\"topic\">Lunch is long enough</p>"));
    assert!(page.contains("% agree</a></li>"));
    for chart in ["charts/enough.svg", "charts/enough-narrow.svg"] {
        let chart = text(chart);
        assert!(chart.contains(" viewBox=\"0 0 40 20\"><path fill=\"#000000\""));
        assert!(chart.contains("% agree (DRAFT)</title>") && !chart.contains("class=\"x\""));
    }
    assert!(text("manifest.json").contains("\"logo.svg\""));
    assert_eq!(trial.publish().code, Some(0));
    assert!(trial.files("out/canteen") == files, "the same poll gave other bytes");
}

#[test]
fn a_bad_logo_is_refused_by_check_and_run() {
    let trial =
        with_logo(&LOGO.replace("<rect", "<text>Union</text>\n<rect onload=\"x()\""), "");
    let check = trial.end(&["check", "poll.toml"]);
    assert_eq!(check.code, Some(3));
    let run = trial.publish();
    assert_eq!(run.code, Some(3));
    assert_snapshot!(run.stderr, @r#"
    error[Q056]: the logo has text, which would need a font
      --> logo.svg:1:64
        help: convert text to outlines in the drawing program ("object to path")
    error[Q056]: the logo has an event handler
      --> logo.svg:2:1
        help: take attributes such as `onload` out
    "#);
    trial.remove("logo.svg");
    assert_snapshot!(trial.publish().stderr, @r"
    error[Q005]: the file cannot be read
      --> logo.svg
     because: No such file or directory (os error 2)
        help: correct the path; paths in a poll file are relative to the poll file
    ");
}

#[test]
fn a_chart_of_no_table_and_a_title_that_is_not_borne_are_refused() {
    let lines = "[[chart]]\ntable = \"enuogh\"\n[[chart]]\ntable = \"enough\"\ntitle = \"Most disagree\"";
    let end = with_logo(LOGO, lines).publish();
    assert_eq!(end.code, Some(3));
    assert_snapshot!(end.stderr, @r#"
    error[R012]: there is no table `enuogh`
      --> poll.toml:32:9   `chart.table`
        help: did you mean `enough`?
    error[R003]: "Most" is not borne out by the figures
      --> poll.toml:35:9   `chart.title`
       | Most
       | ^^^^
     because: no figure is bound in the title of a `[[chart]]`
        help: bind the figure that bears it: `{question.answer|percent}`, or `{question.answer|silent}`, which prints nothing
    "#);
}
