//! What stands in a codebook, in both formats.

use super::super::tests::{ODD, SCHEMAS, loaded};
use super::{codebook_html, codebook_markdown};
use crate::questionnaire::{Break, Questionnaire};

const SMALL: &str = r#"
format = 1
id = "small"
[source]
missingValues = ["-9"]
[question.fly]
kind = "single"
title = "Flies"
text = "Do you fly <often>?"
note = 'Put twice, \*once\* in words.'
categories = [{ label = "Yes | no doubt", value = "1", id = "yes" }, "No"]
nonsubstantive = ["Don't know"]
nets = { "Any" = ["Yes | no doubt", "No"] }
[question.why]
kind = "multi"
title = "Why"
asked_if = "fly = 'No'"
base = "people who do not"
sensitive = true
categories = ["Fear", "None of these"]
exclusive = ["None of these"]
[question.hours]
kind = "number"
title = "Hours"
unit = "hours"
constraints = { minimum = 0 }
missingValues = ["?"]
[question.area]
kind = "single"
title = "Area"
categories = ["North", "South"]
report = false
"#;

fn small() -> Questionnaire {
    loaded(SMALL)
}

#[test]
fn the_markdown_says_everything() {
    insta::assert_snapshot!(codebook_markdown(&small()), @r#"
    # Codebook: small

    4 questions, in the order of the questionnaire. A figure's name, such as `{question.answer|percent}`, is what a headline in the poll file uses; the name of a group goes before the bar: `{question.answer@region=london|percent}`. What stands in the file for an answer is printed letter by letter.

    ## Contents

    - [Flies](#q-fly) (`fly`)
    - [Why](#q-why) (`why`)
    - [Hours](#q-hours) (`hours`)
    - [Area](#q-area) (`area`)

    ## The file

    - Other columns: refused

    What stands for no answer

    | In the file | Meaning |
    | --- | --- |
    | the empty cell | No answer |
    | `-9` | No answer |

    <a id="q-fly"></a>

    ## Flies

    Do you fly \<often\>?

    *Put twice, \\\*once\\\* in words.*

    - Key: `fly`
    - Asked: everyone
    - Kind: one answer
    - Column: `Do you fly <often>?` or `fly` or `Flies`

    Flies: answers

    | Answer | In the file | Figure | Remarks |
    | --- | --- | --- | --- |
    | Yes \| no doubt | `1` | `{fly.yes\|percent}` | – |
    | No | `No` | `{fly.no\|percent}` | – |
    | Don't know | `Don't know` | `{fly.don_t_know\|percent}` | counted in the base, in no net and no mean |

    Flies: totals

    | Total | Of | Figure |
    | --- | --- | --- |
    | Any | Yes \| no doubt; No | `{fly.any\|percent}` |

    <a id="q-why"></a>

    ## Why

    - Key: `why`
    - Asked: people who do not: `fly = 'No'`
    - Kind: several answers, a column for each
    - Sensitive: small groups are hidden sooner than elsewhere

    Why: answers

    | Answer | Column | Figure | Remarks |
    | --- | --- | --- | --- |
    | Fear | `why [Fear]` | `{why.fear\|percent}` | – |
    | None of these | `why [None of these]` | `{why.none_of_these\|percent}` | goes with no other answer |

    <a id="q-hours"></a>

    ## Hours

    - Key: `hours`
    - Asked: everyone
    - Kind: a number
    - Column: `hours` or `Hours`
    - Values: 0 hours or more
    - Figures: `{hours.mean|mean}`, `{hours.median|mean}`

    What stands for no answer

    | In the file | Meaning |
    | --- | --- |
    | `?` | No answer |

    <a id="q-area"></a>

    ## Area

    - Key: `area`
    - Asked: everyone
    - Kind: one answer
    - Column: `area` or `Area`
    - Tables: none of its own

    Area: answers, as they stand in the file

    | Answer | Group |
    | --- | --- |
    | North | `@area=north` |
    | South | `@area=south` |
    "#);
}

#[test]
fn the_page_is_escaped_and_each_part_has_its_name() {
    let page = codebook_html(&small());
    assert!(page.contains("<p class=\"asked\">Do you fly &lt;often&gt;?</p>"));
    assert!(page.contains("<caption id=\"t-fly-answers\">Flies: answers</caption>"));
    assert!(page.contains("<code>{fly.yes|percent}</code>"));
    assert!(page.contains("<a href=\"#q-fly\">Flies</a>"));
}

#[test]
fn what_a_wave_changed_is_said() {
    let change = Break {
        question: "area".to_owned(),
        was: Some("region".to_owned()),
        answers: vec![("N".to_owned(), "North".to_owned())],
        reason: Some("Borders moved.".to_owned()),
    };
    let page = codebook_markdown(&Questionnaire { breaks: vec![change], ..small() });
    for line in [
        "- In the earlier wave: `region`",
        "- Reworded: \u{201c}N\u{201d} is now \u{201c}North\u{201d}",
        "- Not comparable with earlier waves: Borders moved.",
    ] {
        assert_eq!(page.matches(line).count(), 1, "{line}");
    }
}

#[test]
fn nothing_can_run_or_load() {
    let page = codebook_html(&loaded(ODD));
    for forbidden in ["<script", "<link", "<img", " style=", "url(", "@import"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

/// Whatever stands between two marks, for each pair.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.split(open).skip(1).filter_map(|rest| rest.split(close).next()).collect()
}

#[test]
fn ids_are_unique_and_all_that_is_named_is_there() {
    for schema in SCHEMAS.into_iter().chain([ODD]) {
        let page = codebook_html(&loaded(schema));
        let ids = between(&page, " id=\"", "\"");
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
        let labels = between(&page, "aria-labelledby=\"", "\"");
        let labels = labels.iter().flat_map(|label| label.split(' '));
        for target in between(&page, "href=\"#", "\"").into_iter().chain(labels) {
            assert!(ids.contains(&target), "{target}");
        }
        assert!(!page.contains("<td></td>") && !page.contains("\"></th>"), "an empty cell");
    }
}
