//! From cells of a file to candidates and quotes.

use std::io::{self, Read};

use super::candidates::hash;
use super::{Answers, Approvals, LONGEST, Quotes, quotes};
use crate::diagnostic::{Findings, concise, full};
use crate::ingest::{self, Delivery, Manner};
use crate::prepare::{self, Side};
use crate::{poll, questionnaire, validate};

const SCHEMA: &str = r#"format = 1
id = "s"

[source]
header_rows = 1
delimiter = ","
missingValues = [{ value = "", label = "No answer" }]
unknown_columns = "reject"
personal = ["home"]
limits = { warn_rows = "50%", fail_rows = "90%" }

[question.phase]
kind = "single"
title = "Phase"
categories = ["Primary", "Secondary"]

[question.size]
kind = "single"
title = "Size"
categories = ["Small", "Large"]

[question.faith]
kind = "single"
title = "Faith"
categories = ["Some", "None"]
sensitive = true

[question.words]
kind = "text"
title = "In your own words"
report = false

[question.home]
kind = "text"
title = "Where do you live"
report = false
"#;

const ENTRY: &str = "[[quotes]]\nquestion = \"words\"\napproved = \"a.csv\"\n";

struct InMemory(String);

impl Delivery for InMemory {
    fn name(&self) -> &'static str {
        "d.csv"
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        let offset = usize::try_from(offset).map_err(io::Error::other)?;
        Ok(Box::new(&self.0.as_bytes()[offset..]))
    }
}

/// A row for each phase and what was written.
fn data(rows: &[(&str, &str)]) -> InMemory {
    let mut lines = csv::Writer::from_writer(Vec::new());
    lines.write_record(["phase", "size", "faith", "words", "home"]).unwrap();
    for (phase, words) in rows {
        lines.write_record([phase, "Small", "Some", words, "1 Canary Road"]).unwrap();
    }
    InMemory(String::from_utf8(lines.into_inner().unwrap()).unwrap())
}

/// What is quoted, and everything that is said.
fn run(rows: &[(&str, &str)], approved: Option<&str>, entry: &str) -> (Vec<Quotes>, Findings) {
    let mut findings = Findings::default();
    let text = format!(
        "format = 1\nid = \"p\"\ntitle = \"P\"\nschema = \"s.toml\"\ndata = [\"d.csv\"]\n\
         [method]\nsampling = \"census\"\n{entry}"
    );
    let questionnaire =
        questionnaire::load_alone("s.toml", SCHEMA, &mut findings).expect("a schema");
    let poll = poll::load("poll.toml", &text, &mut findings).expect("a poll");
    let data = data(rows);
    let files: [&dyn Delivery; 1] = [&data];
    let read = ingest::read(questionnaire, Some(&poll), &files, Manner::QUIET, &mut findings);
    let mut checked =
        validate::check(read.expect("answers"), &files, &mut findings).expect("rows");
    let texts = checked.take_texts();
    let side = Side::default();
    let sample = prepare::sample(checked, &poll, &side, &mut findings).expect("a sample");
    let mut approvals = Approvals::default();
    if let Some(approved) = approved {
        approvals.add("a.csv", "a.csv".to_owned(), approved.to_owned());
    }
    let answers = Answers { sample: &sample, texts: &texts };
    let mut own = Findings::default();
    let quotes = quotes(&poll, answers, &approvals, &mut own).unwrap_or_default();
    (quotes, own)
}

/// A file of approvals with these texts.
fn approving(texts: &[&str]) -> String {
    let row = |text: &&str| format!("{},\"{text}\"\n", hash("words", text));
    format!("hash,quote\n{}", texts.iter().map(row).collect::<String>())
}

fn said(findings: &Findings) -> String {
    findings.list().iter().map(concise).collect::<Vec<_>>().join("\n")
}

fn texts(quotes: &[Quotes]) -> Vec<&str> {
    quotes.iter().flat_map(|q| &q.approved).map(|approved| approved.text.as_str()).collect()
}

#[test]
fn what_is_approved_is_quoted_in_the_order_of_approval_with_its_group() {
    let rows = [
        ("Primary", "It is too\nmuch. Write to a@example.org"),
        ("Nowhere", "This row is set aside"),
        ("Secondary", "It is fine"),
        ("Primary", ""),
        ("Secondary", "Not this one"),
    ];
    let file = approving(&["It is fine", "It is too much. Write to [e-mail]"]);
    let entry = format!("{ENTRY}attribute = \"phase\"\n");
    let (quotes, findings) = run(&rows, Some(&file), &entry);
    assert_eq!(said(&findings), "");
    let shown = quotes[0].approved.iter().map(|approved| {
        let group = approved.group.as_ref().expect("a group");
        (approved.text.as_str(), group.label.as_str(), group.respondents)
    });
    let shown: Vec<_> = shown.collect();
    assert_eq!(
        shown,
        [("It is fine", "Secondary", 2), ("It is too much. Write to [e-mail]", "Primary", 2)]
    );
}

#[test]
fn candidates_are_all_texts_that_count_by_their_hashes() {
    let rows = [
        ("Primary", "=1+1 \"quoted\", a@example.org"),
        ("Nowhere", "Set aside"),
        ("Secondary", "The same"),
        ("Primary", "The same"),
        ("Primary", "–"),
    ];
    let entry = format!("{ENTRY}attribute = \"phase\"\n");
    let (quotes, findings) = run(&rows, None, &entry);
    insta::assert_snapshot!(said(&findings), @"poll.toml:10:12: note[D030] nothing of `words` is quoted");
    assert_eq!(quotes[0].file_name(), "quotes-words.csv");
    let file = String::from_utf8(quotes[0].candidates()).expect("text");
    let mut lines: Vec<&str> =
        file.lines().map(|line| &line[line.find(',').unwrap()..]).collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            ",\"'=1+1 \"\"quoted\"\", [e-mail]\",[e-mail],Primary,no",
            ",The same,,,no",
            ",quote,taken_out,phase,approved",
        ]
    );
    let mut hashes: Vec<&str> = file.lines().skip(1).map(|line| &line[..17]).collect();
    assert!(hashes.is_sorted());
    hashes.dedup();
    assert_eq!(hashes.len(), 2);
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_approved_as_it_was_copied() {
    let text = "=1+1 is two";
    let file = format!("hash,quote\n{},'{text}\n", hash("words", text));
    let (quotes, findings) = run(&[("Primary", text)], Some(&file), ENTRY);
    assert_eq!((texts(&quotes), said(&findings).as_str()), (vec![text], ""));
}

#[test]
fn another_text_or_another_redaction_voids_an_approval() {
    let file = approving(&["I teach at Canary Hill School", "It was fine", "Still here"]);
    let rows = [
        ("Primary", "I teach at Canary Hill School"),
        ("Primary", "It was fine."),
        ("Primary", "Still here"),
    ];
    let (quotes, findings) = run(&rows, Some(&file), ENTRY);
    assert_eq!(texts(&quotes), ["Still here"]);
    insta::assert_snapshot!(said(&findings), @r"
    a.csv:2: warning[D036] an approval is of no text
    a.csv:3: warning[D036] an approval is of no text
    ");
}

#[test]
fn a_text_that_was_edited_is_refused_and_never_shown() {
    let file = approving(&["It was canary awful"]).replace("awful", "nice");
    let (quotes, findings) = run(&[("Primary", "It was canary awful")], Some(&file), ENTRY);
    assert_eq!(quotes, []);
    let shown = full(&findings.list()[0]);
    assert!(shown.contains("it has 18 characters, the text of this hash 19"), "{shown}");
    assert!(shown.contains("a.csv:2") && !shown.contains("canary"), "{shown}");
}

#[test]
fn a_text_that_is_too_long_is_refused_whole() {
    let long = "a ".repeat(LONGEST / 2) + "b";
    let (quotes, findings) = run(&[("Primary", &long)], Some(&approving(&[&long])), ENTRY);
    assert_eq!(quotes, []);
    assert_eq!(
        said(&findings),
        "a.csv:2: error[D037] a quote of 601 characters is too long to be printed"
    );
    let fits = &long[2..];
    let (quotes, _) = run(&[("Primary", fits)], Some(&approving(&[fits])), ENTRY);
    assert_eq!(texts(&quotes), [fits]);
}

#[test]
fn no_more_are_quoted_than_the_poll_file_says() {
    let rows = [("Primary", "One"), ("Primary", "Two"), ("Primary", "Three")];
    let file = approving(&["Three", "One", "Two"]);
    let (quotes, findings) = run(&rows, Some(&file), &format!("{ENTRY}most = 2\n"));
    assert_eq!(texts(&quotes), ["Three", "One"]);
    insta::assert_snapshot!(said(&findings), @"poll.toml:10:12: note[D039] 3 quotes are approved, and 2 are printed");
}

#[test]
fn a_file_of_approvals_has_its_columns_and_each_text_once() {
    let wrong = |file: &str| said(&run(&[("Primary", "One")], Some(file), ENTRY).1);
    insta::assert_snapshot!(wrong("hash,text\nq1,One\n"), @r"
    a.csv:1: error[D034] the file of approvals has no column `quote`
    a.csv:1: error[D034] 1 columns of the file of approvals are not known
    ");
    insta::assert_snapshot!(wrong("hash,quote,taken_out,phase,approved\nq1,One,,,no\n"), @"a.csv:1: error[D034] 3 columns of the file of approvals are not known");
    let file = approving(&["One", "One"]) + "q2,\n\nq3,One, two\n";
    insta::assert_snapshot!(wrong(&file), @r"
    a.csv:3: error[D034] a text is approved twice, first in line 2
    a.csv:4: error[D034] a row lacks its hash or its text
    a.csv:6: error[D034] the row has 3 cells, the heads 2
    ");
}

#[test]
fn only_open_answers_are_quoted_and_beside_them_stands_one_plain_answer() {
    let wrong = |question: &str, attribute: &str| {
        let entry = format!(
            "[[derive]]\nname = \"both\"\ncombine = [\"phase\", \"size\"]\n{}{attribute}",
            ENTRY.replace("words", question)
        );
        let (_, findings) = run(&[("Primary", "One")], Some("hash,quote\n"), &entry);
        let said = findings
            .list()
            .iter()
            .map(|f| format!("{}; {}", concise(f), f.help.clone().unwrap_or_default()));
        said.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(wrong("word", ""), @"poll.toml:12:12: error[D032] no question is called `word`; write `words`");
    insta::assert_snapshot!(wrong("phase", ""), @"poll.toml:12:12: error[D032] `phase` is no question of open answers; name one of these: `words`, `home`");
    insta::assert_snapshot!(wrong("home", ""), @"poll.toml:12:12: error[D032] the column of `home` holds data about persons; take the entry out: a personal column is not read at all");
    insta::assert_snapshot!(wrong("words", "attribute = \"phases\"\n"), @"poll.toml:14:13: error[D033] no question is called `phases`; write `phase`");
    insta::assert_snapshot!(wrong("words", "attribute = \"faith\"\n"), @"poll.toml:14:13: error[D033] `faith` is sensitive, and may not stand beside a quote; name one of these: `phase`, `size`");
    insta::assert_snapshot!(wrong("words", "attribute = \"home\"\n"), @"poll.toml:14:13: error[D033] `home` holds data about persons, and may not stand beside a quote; name one of these: `phase`, `size`");
    insta::assert_snapshot!(wrong("words", "attribute = \"both\"\n"), @"poll.toml:14:13: error[D033] `both` joins several questions, and may not stand beside a quote; name one of these: `phase`, `size`");
}

#[test]
fn nothing_is_kept_of_texts_that_nobody_wants_to_quote() {
    let mut findings = Findings::default();
    let poll = poll::testing::typed("");
    let questionnaire =
        questionnaire::load_alone("s.toml", SCHEMA, &mut findings).expect("a schema");
    let data = data(&[("Primary", "A canary sings")]);
    let files: [&dyn Delivery; 1] = [&data];
    let read = ingest::read(questionnaire, Some(&poll), &files, Manner::QUIET, &mut findings);
    let read = read.expect("answers");
    assert_eq!(read.texts, []);
    assert!(!format!("{read:?}").contains("canary sings"));
}

#[test]
fn a_panic_would_show_no_text() {
    let entry = format!("{ENTRY}attribute = \"phase\"\n");
    let (quotes, _) = run(&[("Primary", "A canary sings")], None, &entry);
    assert!(!format!("{quotes:?}").contains("canary"));
}
