//! Derived variables of a small poll, row by row, and what is said of those that cannot be
//! made.

use std::io::{self, Read};

use crate::diagnostic::{Findings, full};
use crate::frame;
use crate::ingest::{self, Delivery, Manner};
use crate::prepare::{Sample, Side, sample};
use crate::questionnaire::Measure;
use crate::{poll, questionnaire, validate};

struct Memory(&'static str);

impl Delivery for Memory {
    fn name(&self) -> &'static str {
        "answers.csv"
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(&self.0.as_bytes()[usize::try_from(offset).unwrap()..]))
    }
}

const SCHEMA: &str = r#"format = 1
[source]
delimiter = ","
key = { column = "id" }
unknown_columns = "keep"
personal = ["email"]
missingValues = [{ value = "", label = "No answer" }, { value = "-9", label = "Refused" }]
[scale.agree]
categories = ["Agree", "Neither", "Disagree"]
nonsubstantive = ["Don't know"]
scores = { "Agree" = 1, "Neither" = 2, "Disagree" = 3 }
[question.role]
kind = "single"
title = "Role"
categories = ["Head", "Deputy", { label = "Teacher", id = "t" }]
nonsubstantive = ["Prefer not to say"]
sensitive = true
[question.phase]
kind = "single"
title = "Phase"
categories = [{ value = "P", label = "Primary" }, { value = "S", label = "Secondary" }]
[question.years]
kind = "number"
title = "Years"
asked_if = "role != 'Head'"
base = "All but heads"
[question.effects]
kind = "multi"
title = "Effects"
delimiter = ";"
categories = ["Hours", "Home", "None"]
exclusive = ["None"]
[question.views]
kind = "grid"
title = "Views"
rows = [{ label = "First", id = "a" }, { label = "Second", id = "b" }]
scale = "agree"
[question.again]
kind = "single"
title = "Phase, asked again"
categories = ["Primary", "Nursery"]
[question.school]
kind = "text"
title = "School number"
report = false
[question.email]
kind = "text"
title = "email"
report = false
[question.more]
kind = "number"
title = "More"
asked_if = "years >= 5"
"#;

/// Heads were not asked for years; nobody answered everything.
const CSV: &str = "\
id,role,phase,years,effects,First,Second,again,school,email,more
1,Head,P,,Hours;Home,Agree,Disagree,,012,a@example.org,
2,Deputy,S,0,Hours,Disagree,Don't know,,12,b@example.org,
3,Teacher,,5,None,,,Nursery,99,c@example.org,3
4,Teacher,P,14.5,,Neither,Agree,Primary,,d@example.org,4
5,Prefer not to say,S,20,-9,Agree,Agree,,\" 012 \",,
6,,-9,,Home,Agree,,Primary,7,f@example.org,
";

/// The sample of a poll with some derived variables, and what was said.
fn read(derive: &str, files: &[(&str, &str)]) -> (Option<Sample>, String) {
    let mut findings = Findings::default();
    let text = format!(
        "format = 1\nid = \"p\"\ntitle = \"P\"\nschema = \"s\"\ndata = [\"d\"]\n[method]\n\
         sampling = \"nonprobability\"\n{derive}\n"
    );
    let poll = poll::load("poll.toml", &text, &mut findings);
    let poll = poll.unwrap_or_else(|_| panic!("{:?}", findings.list()));
    let mut side = Side::default();
    for (name, text) in files {
        side.add(name, (*name).to_owned(), (*text).to_owned());
    }
    let questionnaire = questionnaire::load_alone("schema.toml", SCHEMA, &mut findings);
    let files: [&dyn Delivery; 1] = [&Memory(CSV)];
    let mark = findings.list().len();
    let made = questionnaire
        .and_then(|q| ingest::read(q, Some(&poll), &files, Manner::QUIET, &mut findings))
        .and_then(|responses| validate::check(responses, &files, &mut findings))
        .and_then(|checked| sample(checked, &poll, &side, &mut findings));
    let said = findings.list()[mark..].iter().filter(|f| !f.code.id.starts_with('V'));
    (made.ok(), said.map(full).collect::<Vec<_>>().join("\n"))
}

/// One derived variable: what each row says.
fn rows(derive: &str) -> Vec<String> {
    let (sample, said) = read(&format!("[[derive]]\nname = \"x\"\n{derive}"), &[]);
    assert_eq!(said, "");
    values(&sample.unwrap(), "x")
}

/// What each row says of a variable.
fn values(sample: &Sample, name: &str) -> Vec<String> {
    let question = sample.questionnaire().question(name).unwrap();
    let frame = sample.frame();
    let labels = |column: &str| -> Vec<String> {
        let codes = frame::codes(frame, column).unwrap();
        let list = frame::list(frame, column);
        (0..codes.len()).map(|row| list[codes.get(row)].clone()).collect()
    };
    match question.measure() {
        Measure::Number => {
            frame::numbers(frame, name).unwrap().iter().map(|n| format!("{n:.2}")).collect()
        }
        Measure::Flags => {
            let flags: Vec<Vec<String>> =
                (0..question.answers.len()).map(|i| labels(&question.flag(i))).collect();
            let row = |row: usize| {
                flags.iter().map(|flag| flag[row].as_str()).collect::<Vec<_>>().join("; ")
            };
            (0..frame.height()).map(row).collect()
        }
        _ => labels(name),
    }
}

/// What is said of one derived variable that cannot be made.
fn refused(derive: &str) -> String {
    let (sample, said) = read(&format!("[[derive]]\nname = \"x\"\n{derive}"), &[]);
    assert!(sample.is_none(), "it was made");
    said
}

#[test]
fn answers_become_other_answers() {
    let leaders = "from = \"role\"\nrecode = { \"Leader\" = [\"Head\", \"Deputy\"] }\n";
    let pupils = ["Leader", "Leader", "Teacher", "Teacher", "Prefer not to say", "[No answer]"];
    assert_eq!(rows(&format!("{leaders}keep = true")), pupils);
    let rest = rows(&format!("{leaders}rest = \"Others\""));
    assert_eq!(rest[2..5], ["Others", "Others", "Prefer not to say"]);
    let (sample, _) = read(&format!("[[derive]]\nname = \"x\"\n{leaders}keep = true"), &[]);
    let sample = sample.unwrap();
    let question = sample.questionnaire().question("x").unwrap();
    let ids: Vec<&str> = question.answers.iter().map(|answer| answer.id.as_str()).collect();
    assert_eq!(ids, ["leader", "t", "prefer_not_to_say"]);
    assert!(!question.answers[2].substantive && question.sensitive, "as its source");
    assert_eq!((question.title.as_str(), question.report), ("Role", true));
}

#[test]
fn of_several_answers_any_member_counts() {
    let derive = "from = \"effects\"\nrecode = { \"Any\" = [\"Hours\", \"Home\"], \"None\" = [\"None\"] }\n\
                  nets = { \"Either\" = [\"Any\", \"None\"] }";
    let expected = [
        "Picked; Not picked",
        "Picked; Not picked",
        "Not picked; Picked",
        "[No answer]; [No answer]",
        "[Refused]; [Refused]",
        "Picked; Not picked",
    ];
    assert_eq!(rows(derive), expected);
    let (sample, _) = read(&format!("[[derive]]\nname = \"x\"\n{derive}"), &[]);
    let sample = sample.unwrap();
    let net = frame::codes(sample.frame(), "x net: either").unwrap();
    assert_eq!(net.to_wide(), [1, 1, 1, 2, 3, 1], "nets are made of it too");
}

#[test]
fn numbers_fall_into_bands_and_whoever_was_not_asked_stays_so() {
    let bands =
        "from = \"years\"\nbands = [[0, 5, \"Few\"], [5, 15, \"Some\"], [15, 20, \"Many\"]]";
    let expected = ["[Not asked]", "Few", "Some", "Some", "Many", "[No answer]"];
    assert_eq!(rows(bands), expected);
    let narrow = "from = \"years\"\nbands = [[5, 15, \"Some\"]]\noutside = \"missing\"";
    assert_eq!(
        rows(narrow)[1..5],
        ["[Outside all bands]", "Some", "Some", "[Outside all bands]"]
    );
    // Who was not asked for years was not asked what follows from them.
    let none = "[Not asked]";
    let more = rows("from = \"more\"\nbands = [[0, 9, \"Few\"]]");
    assert_eq!(more, [none, none, "Few", "Few", "[No answer]", "[No answer]"]);
    let (sample, _) = read(&format!("[[derive]]\nname = \"x\"\n{bands}"), &[]);
    let sample = sample.unwrap();
    let question = sample.questionnaire().question("x").unwrap();
    assert!(question.ordered);
    assert_eq!(question.base.as_deref(), Some("All but heads"));
}

#[test]
fn combinations_that_somebody_has_are_answers() {
    let expected = [
        "Primary, Head",
        "Secondary, Deputy",
        "[No answer]",
        "Primary, Teacher",
        "Secondary, Prefer not to say",
        "[Refused]",
    ];
    let derive = "combine = [\"phase\", \"role\"]";
    assert_eq!(rows(derive), expected);
    let (sample, _) = read(&format!("[[derive]]\nname = \"x\"\n{derive}"), &[]);
    let sample = sample.unwrap();
    let answers = &sample.questionnaire().question("x").unwrap().answers;
    let ids: Vec<&str> = answers.iter().map(|answer| answer.id.as_str()).collect();
    let last = "secondary_prefer_not_to_say";
    assert_eq!(ids, ["primary_head", "primary_t", "secondary_deputy", last]);
    assert!(!answers[3].substantive);
}

#[test]
fn the_first_answer_counts_and_lists_are_united() {
    let expected = ["Primary", "Secondary", "Nursery", "Primary", "Secondary", "Primary"];
    assert_eq!(rows("first_of = [\"phase\", \"again\"]"), expected);
    let swapped = rows("first_of = [\"again\", \"phase\"]");
    assert_eq!(swapped, expected);
    let numbers = "[[derive]]\nname = \"n\"\ncount = { of = [\"effects\"] }\n\
                   [[derive]]\nname = \"x\"\nfirst_of = [\"n\", \"years\"]\nunit = \"things\"";
    let (sample, said) = read(numbers, &[]);
    assert_eq!(said, "");
    let numbers = values(&sample.unwrap(), "x");
    assert_eq!(numbers, ["2.00", "1.00", "0.00", "14.50", "20.00", "1.00"]);
    let items = rows("first_of = [\"views.b\", \"views.a\"]\npinned = [\"Neither\"]");
    assert_eq!(items, ["Disagree", "Don't know", "[No answer]", "Agree", "Agree", "Agree"]);
}

#[test]
fn things_that_hold_are_counted() {
    let picked = rows("count = { of = [\"effects.hours\", \"effects.home\"] }");
    assert_eq!(picked, ["2.00", "1.00", "0.00", "NaN", "NaN", "1.00"]);
    // The exclusive answer is none of what is counted.
    assert_eq!(rows("count = { of = [\"effects\"] }"), picked);
    let listed = rows("kind = \"single\"\ncount = { of = [\"effects\"] }");
    assert_eq!(listed, ["2", "1", "0", "[No answer]", "[Refused]", "1"]);
    let items = "count = { of = [\"views\"], answers = [\"Agree\"]";
    assert_eq!(rows(&format!("{items} }}")), ["1.00", "0.00", "NaN", "1.00", "2.00", "NaN"]);
    let some = rows(&format!("{items}, minimum_answered = 1 }}"));
    assert_eq!(some, ["1.00", "0.00", "NaN", "1.00", "2.00", "1.00"]);
}

#[test]
fn scores_are_means_of_items_that_were_answered() {
    // Rows: 1 3 · 3 - · - - · 2 1 · 1 1 · 1 -
    let all = rows("score = { of = [\"views\"] }");
    assert_eq!(all, ["2.00", "NaN", "NaN", "1.50", "1.00", "NaN"]);
    let some = rows("score = { of = [\"views.a\", \"views.b\"], minimum_answered = 1 }");
    assert_eq!(some, ["2.00", "3.00", "NaN", "1.50", "1.00", "1.00"]);
    let reversed =
        rows("score = { of = [\"views\"], method = \"sum\", reverse = [\"views.b\"] }");
    assert_eq!(reversed, ["2.00", "NaN", "NaN", "5.00", "4.00", "NaN"]);
}

#[test]
fn a_condition_that_is_not_known_stays_so() {
    let derive = "filter = \"phase = 'Primary' and years >= 5\"\nyes = \"Old hand\"";
    let expected = ["[Not asked]", "No", "[No answer]", "Old hand", "No", "[Refused]"];
    assert_eq!(rows(derive), expected);
    assert_eq!(rows("filter = \"years is missing\"")[..2], ["Yes", "No"]);
    // That somebody was not asked is the reason only if nothing else is.
    let both = rows("filter = \"years > 1 and again = 'Primary'\"");
    assert_eq!(both[0], "[No answer]");
}

const SCHOOLS: &str = "urn,PHASE,PUPILS\n012,Primary,300\n12,Secondary,900\n1,,\n";

#[test]
fn facts_are_looked_up_by_key_as_it_is_written() {
    let derive = "[[derive]]\nfrom = \"school\"\nreport = false\n\
                  lookup = { file = \"s.csv\", key = \"urn\", columns = { sp = \"PHASE\" } }\n\
                  [[derive]]\nname = \"size\"\nfrom = \"school\"\nkind = \"number\"\n\
                  lookup = { file = \"s.csv\", key = \"urn\", column = \"PUPILS\" }\n\
                  [[derive]]\nname = \"big\"\nfilter = \"size >= 500\"\n";
    let (sample, said) = read(derive, &[("s.csv", SCHOOLS)]);
    insta::assert_snapshot!(said, @r"
    warning[P052]: 2 replies have a key that the file does not have
      --> poll.toml:9:8   `derive[1]`
     because: `s.csv` lacks 2 different keys, such as `7`, `99`
        help: add them to the file, or correct them; they count as no answer
    ");
    let sample = sample.unwrap();
    let none = "[Not in the file]";
    let phases = ["Primary", "Secondary", none, "[No answer]", "Primary", none];
    assert_eq!(values(&sample, "sp"), phases);
    assert_eq!(values(&sample, "size"), ["300.00", "900.00", "NaN", "NaN", "300.00", "NaN"]);
    assert_eq!(values(&sample, "big")[..3], ["No", "Yes", "[No answer]"], "chains are made");
    let question = sample.questionnaire().question("sp").unwrap();
    assert_eq!((question.title.as_str(), question.report), ("PHASE", false));
    let kept = sample.frame().get_column_names().iter().any(|name| name.contains("key"));
    assert!(!kept, "keys go no further");
}

#[test]
fn a_lookup_says_what_its_file_lacks() {
    let from = |from: &str, more: &str, file: &str| {
        let derive = format!(
            "[[derive]]\nname = \"x\"\nfrom = \"{from}\"\n\
             lookup = {{ file = \"s.csv\", key = \"urn\", column = \"PHASE\"{more} }}"
        );
        let file = file.replace("; ", "\n");
        read(&derive, &[("s.csv", &file)]).1
    };
    let near = "urn,PHASE; 12,Primary; 99,Primary; 7,Primary";
    insta::assert_snapshot!(from("school", "", near), @r"
    warning[P052]: 2 replies have a key that the file does not have
      --> poll.toml:10:8   `derive[1]`
     because: `s.csv` lacks 1 key, such as `012`
        help: 1 would be found without zeros before the number: write the keys of the file as the data do, as text
    ");
    insta::assert_snapshot!(from("email", "", "urn,PHASE; a@example.org,Primary"), @r"
    warning[P052]: 4 replies have a key that the file does not have
      --> poll.toml:10:8   `derive[1]`
     because: `s.csv` lacks 4 different keys
        help: add them to the file, or correct them; they count as no answer
    ");
    insta::assert_snapshot!(from("id", "", "urn,PHASE; 1,Primary"), @r"
    warning[P052]: 5 replies have a key that the file does not have
      --> poll.toml:10:8   `derive[1]`
     because: `s.csv` lacks 5 different keys
        help: add them to the file, or correct them; they count as no answer
    ");
    insta::assert_snapshot!(from("school", "", "urn,PHASE; 5,Primary"), @r"
    error[P053]: 5 replies have a key that the file does not have
      --> poll.toml:10:8   `derive[1]`
     because: `s.csv` lacks 4 different keys, such as `012`, `12`, `7`
        help: add them to the file, or correct them; they count as no answer
    ");
    insta::assert_snapshot!(from("school", "", "urn,PHASE; 12,P; 12,S; 3,P; 3,S"), @r"
    error[P051]: 2 keys stand there a second time
      --> s.csv:3   column 1 `urn`
     because: the first of them stands in line 2 already
        help: keep one row for each key
    ");
    insta::assert_snapshot!(from("school", "", "urn,phase; 12,P; ,S"), @r"
    error[P050]: the file has no column `PHASE`
      --> poll.toml:11:50   `derive[1]`
        help: did you mean `phase`?
    ");
    insta::assert_snapshot!(from("school", ", categories = [\"Primary\"]", "urn,PHASE; 12,Primry"), @r"
    warning[P052]: 4 replies have a key that the file does not have
      --> poll.toml:10:8   `derive[1]`
     because: `s.csv` lacks 3 different keys, such as `012`, `7`, `99`
        help: 1 would be found without zeros before the number: write the keys of the file as the data do, as text
    error[P054]: `Primry` is none of the `categories`
      --> s.csv:2   column 2 `PHASE`
     because: `derive[1]` in poll.toml
        help: did you mean `Primary`?
    ");
    insta::assert_snapshot!(from("shcool", "", "urn,PHASE; 12,P"), @r"
    error[P040]: there is no variable `shcool`
      --> poll.toml:10:8   `derive[1]`
        help: did you mean `school`?
    ");
    // By label and by what stands in the file: a list of answers can be a key too.
    assert_eq!(from("phase", "", "urn,PHASE; Primary,1; S,2"), "");
}

#[test]
fn what_is_not_there_cannot_be_made_from() {
    insta::assert_snapshot!(refused("filter = \"roll = 'Head'\""), @r"
    error[P040]: there is no variable `roll`
      --> poll.toml:10:11   `derive[1]`
        help: did you mean `role`?
    ");
    insta::assert_snapshot!(refused("combine = [\"phase\", \"y\"]\n[[derive]]\nname = \"y\"\nfilter = \"role = 'Head'\""), @r"
    error[P040]: `y` is not made yet
      --> poll.toml:10:21   `derive[1]`
        help: move the `[[derive]]` that makes it above this one
    ");
    insta::assert_snapshot!(refused("filter = \"role = 'Haed'\"\n[[derive]]\nname = \"y\"\ncombine = [\"phase\", \"x\"]"), @r"
    error[P048]: `Haed` is not an answer to `role`
      --> poll.toml:10:18   `derive[1]`
        help: did you mean `Head`?
    ");
    insta::assert_snapshot!(refused("count = { of = [\"effects.houres\"] }"), @r"
    error[P040]: there is no variable `effects.houres`
      --> poll.toml:10:17   `derive[1]`
        help: did you mean `effects.hours`?
    ");
    let (_, said) = read("[[derive]]\nname = \"role\"\nfilter = \"years > 1\"", &[]);
    insta::assert_snapshot!(said, @r"
    error[P042]: `role` is a question already
      --> poll.toml:9:8   `derive[1]`
     because: it stands at schema.toml:12
        help: give another name
    ");
}

#[test]
fn what_does_not_fit_is_refused() {
    insta::assert_snapshot!(refused("from = \"years\"\nrecode = { \"A\" = [\"1\"] }"), @r"
    error[P041]: `years` is a number
      --> poll.toml:10:8   `derive[1]`
        help: use `bands` for numbers
    ");
    insta::assert_snapshot!(refused("from = \"role\"\nbands = [[0, 1, \"A\"]]"), @r"
    error[P041]: `role` has one answer of a list
      --> poll.toml:10:8   `derive[1]`
        help: use `recode` for answers
    ");
    insta::assert_snapshot!(refused("combine = [\"role\", \"effects\"]"), @r"
    error[P041]: `effects` has several answers
      --> poll.toml:10:20   `derive[1]`
        help: combine variables with one answer; `bands`, `count` or `filter` make one
    ");
    insta::assert_snapshot!(refused("first_of = [\"role\", \"years\"]"), @r"
    error[P041]: `years` is a number
      --> poll.toml:10:21   `derive[1]`
        help: `role` has one answer of a list: name variables of one kind
    ");
    insta::assert_snapshot!(refused("count = { of = [\"role\"] }"), @r"
    error[P041]: `role` has one answer of a list
      --> poll.toml:10:17   `derive[1]`
        help: say in `answers` which of its answers count
    ");
    insta::assert_snapshot!(refused("score = { of = [\"role\", \"school\"] }"), @r"
    error[P047]: `Head` of `role` has no score
      --> poll.toml:10:17   `derive[1]`
        help: add `scores` to the question or its scale: a number for each answer
    error[P041]: `school` is in words, which are not kept
      --> poll.toml:10:25   `derive[1]`
        help: name variables with one answer of a list, or numbers
    ");
    insta::assert_snapshot!(refused("score = { of = [\"years\"], minimum_answered = 2, reverse = [\"views.a\"] }"), @r"
    error[P040]: `views.a` is not among the items
      --> poll.toml:10:60   `derive[1]`
        help: name in `reverse` single items that `of` names, such as `views.b`
    error[P041]: `minimum_answered` is 2 of 1
      --> poll.toml:10:46   `derive[1]`
        help: give a number from 1 to 1
    ");
}

#[test]
fn nobody_is_lost_without_a_word() {
    insta::assert_snapshot!(refused("from = \"role\"\nrecode = { \"A\" = [\"Head\"] }"), @r#"
    error[P044]: `recode` does not say what becomes of `Deputy`, `Teacher`
      --> poll.toml:10:8   `derive[1]`
        help: name them, or add `rest = "Other"` or `keep = true`
    "#);
    insta::assert_snapshot!(refused("from = \"role\"\nrecode = { \"A\" = [\"Head\"], \"B\" = [\"Hed\", \"Head\"] }"), @r"
    error[P043]: `Hed` is no answer of `role`
      --> poll.toml:11:35   `derive[1]`
        help: did you mean `Head`?
    error[P043]: `Head` is in `A` and in `B`
      --> poll.toml:11:42   `derive[1]`
        help: keep one of both
    ");
    insta::assert_snapshot!(refused("from = \"years\"\nbands = [[5, 15, \"A\"]]"), @r#"
    error[P045]: 2 answers are outside all bands
      --> poll.toml:10:8   `derive[1]`
     because: of `years`: 1 below 5, 1 above 15
        help: widen the bands (`inf` leaves the last open), or add `outside = "missing"`
    "#);
    insta::assert_snapshot!(refused("filter = \"years > 1\"\nyes = \"A b\"\nno = \"A-b\"\nscores = { \"A b\" = 1 }"), @r"
    error[P047]: `A-b` has no score
      --> poll.toml:13:12   `derive[1]`
        help: add it to `scores`, or list the answer under `nonsubstantive`
    error[P046]: `A b` and `A-b` have the same id, `a_b`
      --> poll.toml:10:10   `derive[1].filter`
        help: write labels that tell the answers apart
    ");
    insta::assert_snapshot!(refused("filter = \"years > 1\"\nnets = { \"N\" = [\"Yess\"] }"), @r"
    error[P043]: `Yess` is no answer of this variable
      --> poll.toml:11:17   `derive[1]`
        help: did you mean `Yes`?
    ");
    let derive = "[[derive]]\nname = \"x\"\nfrom = \"years\"\nbands = [[99, inf, \"A\"]]\n\
                  outside = \"missing\"";
    let (sample, said) = read(derive, &[]);
    assert!(sample.is_some());
    insta::assert_snapshot!(said, @r"
    warning[P049]: nobody has an answer to `x`
      --> poll.toml:11:9   `derive[1].bands`
        help: look whether it is made from the right variables; it makes empty tables
    ");
}

#[test]
fn weights_may_meet_targets_of_a_derived_variable() {
    let poll = "[[derive]]\nname = \"leader\"\nfrom = \"role\"\n\
                recode = { \"Leader\" = [\"Head\", \"Deputy\"] }\nrest = \"Teacher\"\n\
                [[weighting]]\nmethod = \"rake\"\ntargets = \"t.csv\"\n";
    let targets =
        "variable,category,share,source\nleader,Leader,0.25,List\nleader,Teacher,0.75,List\n";
    let (sample, said) = read(poll, &[("t.csv", targets)]);
    let weights = sample.unwrap_or_else(|| panic!("{said}")).design().weights.clone();
    let leaders = weights[0] + weights[1];
    assert!((leaders / (leaders + weights[2] + weights[3]) - 0.25).abs() < 1e-9);
}

#[test]
fn what_a_variable_was_made_from_tells_which_groups_lie_in_which() {
    let derive = "[[derive]]\nname = \"lead\"\nfrom = \"role\"\nrecode = { \"Leader\" = [\"Head\", \
        \"Deputy\"] }\nrest = \"Others\"\n[[derive]]\nname = \"fine\"\nfrom = \"years\"\nbands = \
        [[0, 5, \"Few\"], [5, 15, \"Some\"], [15, 20, \"Many\"]]\n[[derive]]\nname = \"wide\"\nfrom \
        = \"years\"\nbands = [[0, 15, \"Below\"], [15, 20, \"Many\"]]\n[[derive]]\nname = \
        \"both\"\ncombine = [\"role\", \"phase\"]\njoin = \" / \"\n[[derive]]\nname = \
        \"region\"\nfrom = \"school\"\nlookup = { file = \"s.csv\", key = \"number\", column = \
        \"REGION\" }\n[[derive]]\nname = \"nation\"\nfrom = \"school\"\nlookup = { file = \
        \"s.csv\", key = \"number\", column = \"NATION\" }\n";
    let schools = "number,REGION,NATION\n012,North Wales,Wales\n12,South Wales,Wales\n99,Kent,\
                   England\n7,North Wales,Wales\n";
    let (sample, said) = read(derive, &[("s.csv", schools)]);
    assert_eq!(said, "");
    let sample = sample.unwrap();
    let questionnaire = sample.questionnaire();
    let at = |id: &str| questionnaire.questions.iter().position(|q| q.id == id).unwrap();
    let within = |inner, outer| questionnaire::within(questionnaire, at(inner), at(outer));
    assert_eq!(within("role", "lead"), Some(vec![Some(0), Some(0), Some(1), Some(2)]));
    assert_eq!(within("fine", "wide"), Some(vec![Some(0), Some(0), Some(1)]));
    assert_eq!(within("region", "nation"), Some(vec![Some(0), Some(1), Some(1)]));
    // Head / Primary, Deputy / Secondary, Teacher / Primary, Prefer not to say / Secondary.
    let phases = [0, 1, 0, 1].map(Some).to_vec();
    assert_eq!(within("both", "phase"), Some(phases));
    assert_eq!(within("both", "lead"), Some([0, 0, 1, 2].map(Some).to_vec()));
    for (inner, outer) in [("lead", "role"), ("wide", "fine"), ("phase", "both")] {
        assert_eq!(within(inner, outer), None, "{inner} in {outer}");
    }
}
