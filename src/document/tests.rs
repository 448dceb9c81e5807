//! Tests of the whole room: a text in, findings out.

use indexmap::IndexMap;
use serde::Deserialize;
use toml::value::Datetime;

use super::*;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    id: Option<Spanned<String>>,
    since: Option<Spanned<Datetime>>,
    invited: Option<u64>,
    share: Option<f64>,
    banner: Vec<Spanned<String>>,
    question: IndexMap<Spanned<String>, Question>,
    headline: Vec<Headline>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Question {
    kind: Option<Spanned<Kind>>,
    title: Option<String>,
    required: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Single,
    Multi,
    Number,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Headline {
    text: Option<String>,
}

/// One finding on one line each: place, code, headline, help.
fn check(text: &str) -> (Option<File>, String) {
    let mut findings = Findings::default();
    let parsed = parse::<File>("f.toml", text, &mut findings);
    let lines = findings.list().iter().map(|f| {
        let place = f.place.clone().unwrap_or_default();
        let (line, character) = (place.line.unwrap_or(0), place.character.unwrap_or(0));
        let because = f.because.as_ref().map_or(String::new(), |b| format!(" ({b})"));
        let (id, help) = (f.code.id, f.help.clone().unwrap_or_default());
        format!("{line}:{character} {id} {}{because}; {help}", f.headline)
    });
    (parsed, lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn a_good_file_is_read_without_a_word() {
    let (file, said) = check("id = \"a\"\nbanner = [\"x\"]\n[question.q]\nkind = \"multi\"\n");
    let file = file.unwrap();
    assert_eq!(said, "");
    assert_eq!(file.id.unwrap().get_ref(), "a");
    assert_eq!(*file.question["q"].kind.as_ref().unwrap().get_ref(), Kind::Multi);
}

#[test]
fn all_is_said_at_once_and_the_rest_is_kept() {
    let (file, said) = check(
        "id = 3\ncolour = \"red\"\nbanner = [\"a\", 2, \"c\"]\n\n[question.workload]\n\
         kind = \"singel\"\ntitel = \"Workload\"\nrequired = \"yes\"\ntitle = \"Kept\"\n\n\
         [question.\"my q\"]\nkind = \"radio\"\n\n[[headline]]\ntext = \"ok\"\n\n\
         [[headline]]\ntexte = \"no\"\n",
    );
    insta::assert_snapshot!(said, @r#"
    1:6 Q003 `id`: expected text in quotes, found the number 3; put it in quotes: `"3"`
    2:1 Q002 `colour` is not a key of this file; take it out; the keys here are `id`, `since`, `invited`, `share`, `banner`, `question`, `headline`
    3:16 Q003 `banner[2]`: expected text in quotes, found the number 2; put it in quotes: `"2"`
    6:8 Q004 `singel` is not a word that `question.workload.kind` can take; did you mean `single`? the words allowed are `single`, `multi`, `number`
    7:1 Q002 `titel` is not a key of `question.workload`; did you mean `title`?
    8:12 Q003 `question.workload.required`: expected `true` or `false`, found text; write `true` or `false` here
    12:8 Q004 `radio` is not a word that `question."my q".kind` can take; the words allowed are `single`, `multi`, `number`
    18:1 Q002 `texte` is not a key of `headline[2]`; did you mean `text`?
    "#);
    let file = file.unwrap();
    assert_eq!(file.question["workload"].title.as_deref(), Some("Kept"));
    assert!(file.question["workload"].kind.is_none() && !file.question["workload"].required);
    assert_eq!(file.headline.len(), 2);
    let banner: Vec<&str> = file.banner.iter().map(|name| name.get_ref().as_str()).collect();
    assert_eq!(banner, ["a", "2", "c"], "what lacks quotation marks is kept as text");
}

#[test]
fn wrong_types_are_told_in_plain_words() {
    let (_, said) = check(
        "id = 2024-01-13\nsince = \"2024-01-13\"\ninvited = -1\nshare = \"0.5\"\n\
         banner = \"phase\"\nquestion = 3\nheadline = [\"x\"]\n",
    );
    insta::assert_snapshot!(said, @r#"
    1:6 Q003 `id`: expected text in quotes, found the date 2024-01-13; put it in quotes: `"2024-01-13"`
    2:9 Q003 `since`: expected a date such as 2024-01-13, found text; write it without quotation marks: `2024-01-13`
    3:11 Q003 `invited`: expected a whole number, 0 or more, found the number -1; write a whole number, 0 or more here
    4:9 Q003 `share`: expected a number, found text; write it without quotation marks: `0.5`
    5:10 Q003 `banner`: expected a list, found text; put it in square brackets: `["phase"]`
    6:12 Q003 `question`: expected a table, found the number 3; write a heading `[question]`, or `{ key = value }`
    7:13 Q003 `headline[1]`: expected a table, found text; write it as `{ key = value }`
    "#);
    let (_, said) = check(
        "invited = 2.5\nshare = [1]\n[[id]]\n[[question]]\n[headline]\ntext = \"x\"\n\
         [[banner]]\nx = 1\n",
    );
    insta::assert_snapshot!(said, @r#"
    1:11 Q003 `invited`: expected a whole number, 0 or more, found the number 2.5; write a whole number, 0 or more here
    2:9 Q003 `share`: expected a number, found a list; write a number here
    3:1 Q003 `id`: expected text in quotes, found a list; write text in quotes here
    4:1 Q003 `question`: expected a table, found a list; write the heading with single brackets: `[question]`
    5:1 Q003 `headline`: expected a list, found a table; write a list, `headline = [...]`, or `[[headline]]` if its items are tables
    7:1 Q003 `banner[1]`: expected text in quotes, found a table; write text in quotes here
    "#);
    let (_, said) = check("question = { a = 2024-01-13, b = { kind = 3 } }\n");
    insta::assert_snapshot!(said, @r#"
    1:18 Q003 `question.a`: expected text in quotes or a table, found the date 2024-01-13; put it in quotes: `"2024-01-13"`
    1:43 Q003 `question.b.kind`: expected a word in quotes, found the number 3; write a word in quotes here
    "#);
}

#[test]
fn implicit_and_dotted_tables_are_found() {
    let (file, said) = check("id.x = 1\nquestion.a.kind = \"single\"\n[banner.b]\nc = 1\n");
    insta::assert_snapshot!(said, @r#"
    1:1 Q003 `id`: expected text in quotes, found a table; write text in quotes here
    3:2 Q003 `banner`: expected a list, found a table; write a list, `banner = [...]`, or `[[banner]]` if its items are tables
    "#);
    assert!(file.unwrap().question["a"].kind.is_some());
}

#[test]
fn findings_come_in_the_order_of_the_text() {
    let (_, said) = check("[question.a]\nx = 1\n[[headline]]\ny = 1\n[question.b]\nz = 1\n");
    let places: Vec<&str> = said.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(places, ["2:1", "4:1", "6:1"]);
}

#[test]
fn broken_text_is_told_line_by_line() {
    let (file, said) = check(
        "id = workload\nshare 3\n[question.a]\nkind = \"single\"\nkind = \"multi\"\n\
         [question.b]\nkind = \"single\n[question.a]\ntitle = \"x\"\ntitle = \"a\" b\n",
    );
    assert!(file.is_none());
    insta::assert_snapshot!(said, @r#"
    1:6 Q001 a value is neither text in quotes, a number, a date, `true` nor `false`; put text in straight quotation marks: `"like this"`
    2:7 Q001 a key has no value; write `key = value`; a key of several words needs quotation marks
    10:13 Q001 something follows a value on the same line; begin a new line, or put the whole value in quotation marks
    "#);
    let (_, said) = check("banner = [\"a\" \"b\"]\ninvited = 01\nshare = “x”\n[question\n");
    insta::assert_snapshot!(said, @r#"
    1:15 Q001 two items of a list have no comma between them, or the list is not closed; put a comma between the items, and close the list with `]`
    2:11 Q001 a number begins with 0; take the zero away, or put a code such as `"01"` in quotation marks
    3:9 Q001 a value is neither text in quotes, a number, a date, `true` nor `false`; put text in straight quotation marks: `"like this"`
    4:10 Q001 a heading is not closed; write the heading as `[heading]`
    "#);
}

#[test]
fn a_key_set_twice_names_the_first() {
    let (_, said) = check(
        "[question.a]\nkind = \"single\"\n[question.b]\nkind = \"multi\"\n\
         x = { kind = 1 }\nkind = \"number\"\n[question.a]\n",
    );
    insta::assert_snapshot!(said, @r#"
    6:1 Q001 `kind` is set twice in the same table (it is first set in line 4); keep one of the two, or join the two tables under one heading
    7:11 Q001 `a` is set twice in the same table (it is first set in line 1); keep one of the two, or join the two tables under one heading
    "#);
    let (_, said) = check("id = { x = 1, x = 2 }\n");
    insta::assert_snapshot!(said, @"1:15 Q001 `x` is set twice in the same table (it is first set in line 1); keep one of the two, or join the two tables under one heading");
    let (_, said) = check("id = \"never closed\ninvited = 3\n");
    insta::assert_snapshot!(said, @r#"1:19 Q001 a text has no closing quotation mark, or an escape that TOML does not know; close the text with `"` on the same line, and write a backslash as `\\`"#);
}

#[test]
fn every_code_is_explained() {
    for code in CODES {
        assert!(code.id.starts_with('Q') && code.explanation.contains("```toml"));
    }
}

#[test]
fn nothing_makes_it_panic() {
    let pieces =
        ["id", "=", "[", "]", "\"", "'", "{", "}", "\n", "3", ".", ",", "ü", "question"];
    let mut state = 7_usize;
    for _ in 0..3000 {
        let text: String = (0..12)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                pieces[(state >> 33) % pieces.len()]
            })
            .collect();
        check(&text);
    }
}
