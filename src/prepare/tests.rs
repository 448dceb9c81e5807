//! Designs that make sense and designs that do not.

use std::io::{self, Read};

use super::{Sample, Side, sample};
use crate::diagnostic::{Findings, concise};
use crate::ingest::{self, Delivery, Manner};
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

const SCHEMA: &str = "format = 1\n[source]\ndelimiter = \",\"\nunknown_columns = \"keep\"\n\
                      [question]\nq = { kind = \"single\", categories = [\"A\", \"B\"] }\n";

/// The sample of a design, and what was said, a line each with its reason.
fn read(design: &str, csv: &'static str) -> (Option<Sample>, String) {
    let mut findings = Findings::default();
    let text = format!(
        "format = 1\nid = \"p\"\ntitle = \"P\"\nschema = \"s\"\ndata = [\"d\"]\n[design]\n{design}\n[method]\nsampling = \"nonprobability\"\n"
    );
    let poll = poll::load("poll.toml", &text, &mut findings).unwrap();
    let questionnaire =
        questionnaire::load_alone("schema.toml", SCHEMA, &mut findings).unwrap();
    let files: [&dyn Delivery; 1] = [&Memory(csv)];
    let outcome =
        ingest::read(questionnaire, Some(&poll), &files, Manner::QUIET, &mut findings)
            .and_then(|responses| validate::check(responses, &files, &mut findings))
            .and_then(|checked| sample(checked, &poll, &Side::default(), &mut findings))
            .ok();
    let line = |f: &crate::diagnostic::Finding| {
        format!("{}: {}", concise(f), f.because.as_deref().unwrap_or_default())
    };
    (outcome, findings.list().iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn said(design: &str, csv: &'static str) -> String {
    let (outcome, said) = read(design, csv);
    assert!(outcome.is_none(), "it was accepted");
    said
}

#[test]
fn weights_are_numbers_above_zero() {
    let weight = "weight = \"w\"";
    insta::assert_snapshot!(said(weight, "q,w\nA,1\nB,0\n"), @"answers.csv:3:3: error[V161] `w` holds a weight that is not above zero: a weight says how many members somebody stands for");
    insta::assert_snapshot!(said(weight, "q,w\nA,-1\nB,2\n"), @"answers.csv:2:3: error[V161] `w` holds a weight that is not above zero: a weight says how many members somebody stands for");
    insta::assert_snapshot!(said(weight, "q,w\nA,1e308\nB,1\n"), @"poll.toml:7:10: error[P001] the weights are too large to be added up: the sum of their squares is beyond what the computer can hold");
    insta::assert_snapshot!(said(weight, "q,w\nA,1\nB,\n"), @"answers.csv:3:3: error[V160] `w` has empty cells, and the design needs it: the design of the poll file names this column");
    insta::assert_snapshot!(said(weight, "q,w\nA,1\nB,heavy\n"), @"answers.csv:3:3: error[V160] `w` holds a text where a number should be: the design of the poll file names this column");
    insta::assert_snapshot!(said(weight, "q,v\nA,1\n"), @"answers.csv:1: error[I014] the file has no column `w`: it is needed for `design` in poll.toml");
}

#[test]
fn a_unit_stands_in_one_stratum_unless_names_repeat() {
    let csv = "q,s,u\nA,1,x\nB,1,y\nA,2,x\nB,2,z\n";
    let design = "strata = [\"s\"]\npsu = [\"u\"]\n";
    insta::assert_snapshot!(said(design, csv), @"poll.toml:8:8: error[P010] there is 1 sampling unit in two strata: the first is `x` of `u`; a unit is drawn within one stratum");
    let (sample, _) = read(&format!("{design}nest = true"), csv);
    let sample = sample.unwrap();
    assert_eq!(sample.design().units_by_stratum(), [2, 2]);
}

#[test]
fn a_stratum_of_one_unit_needs_a_choice() {
    let csv = "q,s\nA,1\nB,1\nA,lonely\n";
    insta::assert_snapshot!(said("strata = [\"s\"]", csv), @"poll.toml:7:11: error[P021] there is 1 stratum of one sampling unit, so variance is unknown: among them `lonely`");
    for rule in ["adjust", "average", "certainty", "remove"] {
        assert!(read(&format!("strata = [\"s\"]\nsingle_unit = \"{rule}\""), csv).0.is_some());
    }
}

#[test]
fn population_sizes_fit_what_was_drawn() {
    let design = "strata = [\"s\"]\npopulation = \"n\"";
    assert!(read(design, "q,s,n\nA,1,9\nB,1,9\nA,2,2\nB,2,2\n").0.is_some());
    insta::assert_snapshot!(said(design, "q,s,n\nA,1,9\nB,1,8\n"), @"poll.toml:8:14: error[P011] the population sizes in `n` do not fit the sample: within one stratum or unit it has different numbers");
    insta::assert_snapshot!(said(design, "q,s,n\nA,1,1\nB,1,1\n"), @"poll.toml:8:14: error[P011] the population sizes in `n` do not fit the sample: it says 1 where 2 were drawn");
    let two = "population = [\"n\", \"n\"]";
    insta::assert_snapshot!(said(two, "q,n\nA,9\nB,9\n"), @"poll.toml:7:14: error[P022] `population` and `psu` differ: there are 2 columns: each stage has one column of population sizes; stages: 1");
}

#[test]
fn stages_are_nested_in_each_other() {
    let csv = "q,u,v\nA,x,1\nB,x,2\nA,y,1\nB,y,1\n";
    let (sample, _) = read("psu = [\"u\", \"v\"]", csv);
    let stages = &sample.as_ref().unwrap().design().stages;
    assert_eq!(stages[0].unit, [0, 0, 1, 1]);
    assert_eq!(stages[1].unit, [0, 1, 2, 2]);
    assert_eq!(stages[1].parent, [0, 0, 1]);
}

#[test]
fn a_single_unit_of_a_later_stage_needs_a_choice_too() {
    let csv = "q,u,v,a,b\nA,x,1,9,5\nB,x,2,9,5\nA,y,1,9,8\n";
    let design = "psu = [\"u\", \"v\"]\npopulation = [\"a\", \"b\"]";
    insta::assert_snapshot!(said(design, csv), @"poll.toml:7:8: error[P021] there is 1 sampling unit with one unit of the next stage: variance within a unit is measured between the units of its next stage");
    let whole = "q,u,v,a,b\nA,x,1,9,5\nB,x,2,9,5\nA,y,1,9,1\n";
    assert!(read(design, whole).0.is_some());
}
