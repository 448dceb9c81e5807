//! What each profile lets past.

use super::{Figure, Released, Status};
use crate::diagnostic::Findings;
use crate::poll::{Poll, Profile, Sampling, testing};
use crate::tabulate::{
    Account, Bases, Block, Book, Cell, Form, Label, Role, Row, Statistic, Table, Wording,
};

pub(super) fn label(id: &str) -> Label {
    Label { id: id.to_owned(), text: id.to_owned() }
}

pub(super) fn cell(count: u64, base: u64) -> Cell {
    let share = 100.0 * count as f64 / base as f64;
    Cell {
        value: (base > 0).then_some(share),
        interval: Some((share - 1.26, share + 1.26)),
        count,
        base,
        se: Some(0.6),
        freedom: 500.0,
        deff: Some(1.1),
        method: "korn_graubard_beta",
        set: false,
        ..Cell::default()
    }
}

/// One question of one answer in one group, with that many respondents for each answer.
pub(super) fn table(counts: &[u64], sensitive: bool) -> Table<Cell> {
    let base = counts.iter().sum();
    let whole = |value: f64| Cell { value: Some(value), count: base, base, ..Cell::default() };
    let bases = Bases {
        unweighted: whole(base as f64),
        weighted: whole(base as f64 * 1.02),
        effective: whole(base as f64 * 0.93),
    };
    let row = |(index, count): (usize, &u64)| Row {
        label: label(&format!("a{index}")),
        role: Role::Answer,
        statistic: Statistic::Percent,
        content: crate::tabulate::Content::Other,
        cells: vec![cell(*count, base)],
    };
    Table {
        name: "q".to_owned(),
        question: Wording {
            id: "q".to_owned(),
            title: "Q".to_owned(),
            text: "Q?".to_owned(),
            note: None,
            unit: None,
            base: "all".to_owned(),
        },
        form: Form::Single { ordered: true },
        banner: None,
        groups: vec![label("total")],
        title: "Q".to_owned(),
        own: false,
        spans: Vec::new(),
        overlapping: false,
        partial: false,
        merged: Vec::new(),
        percent: crate::poll::tables::Percent::Column,
        sort: crate::poll::tables::Sort::Questionnaire,
        blocks: vec![Block {
            item: None,
            bases: vec![bases],
            rows: counts.iter().enumerate().map(row).collect(),
        }],
        sensitive,
        filter: None,
        makeup: crate::tabulate::Makeup::default(),
    }
}

/// The same, with what each row counts.
pub(super) fn made_up(mut table: Table<Cell>) -> Table<Cell> {
    let rows = &mut table.blocks[0].rows;
    table.makeup.answers = rows.len();
    table.makeup.based_on = (0..rows.len()).collect();
    for (answer, row) in rows.iter_mut().enumerate() {
        row.content = crate::tabulate::Content::Answers(vec![answer]);
    }
    table
}

pub(super) fn gate(table: Table<Cell>, profile: Profile, sampling: Sampling) -> Released {
    let account = Account { respondents: 4678, ..Account::default() };
    let poll = Poll { sampling, profile, ..testing::poll() };
    release(&Book { tables: vec![table], account, ..Book::default() }, &poll)
}

/// What is released of a book, if anything is.
fn release(book: &Book, poll: &Poll) -> Released {
    super::release(book, poll, (&[], 1), &mut Findings::default()).unwrap()
}

/// The tables of a book past the gate.
pub(super) fn gated(book: &Book) -> Vec<super::Table> {
    release(book, &testing::poll()).tables
}

/// What is released of one table, with these lines at the end of the poll file.
pub(super) fn typed(table: Table<Cell>, lines: &str) -> Released {
    let account = Account { respondents: 4678, ..Account::default() };
    let poll = testing::typed(&format!("[disclosure]\n{lines}"));
    release(&Book { tables: vec![table], account, ..Book::default() }, &poll)
}

pub(super) fn figures(released: &Released) -> Vec<&Figure> {
    released.tables()[0].blocks[0].rows.iter().map(|row| &row.cells[0]).collect()
}

/// Values, or the shorthand where there is none.
fn shown(counts: &[u64], sensitive: bool, profile: Profile) -> Vec<String> {
    let released = gate(table(counts, sensitive), profile, Sampling::Nonprobability);
    let text = |f: &&Figure| {
        f.value().map_or_else(
            || f.status().code().to_owned(),
            |v| format!("{v}{}", f.status().code()),
        )
    };
    figures(&released).iter().map(text).collect()
}

#[test]
fn small_counts_and_small_remainders_are_hidden() {
    assert_eq!(shown(&[1000, 4, 5, 0], false, Profile::Public), ["99", "[c]", "[low]", "0"]);
    assert_eq!(shown(&[996, 3], false, Profile::Public), ["[c]", "[c]"]);
    assert_eq!(
        shown(&[1000, 4], false, Profile::Analyst),
        ["99.60159362549801", "0.398406374501992"]
    );
}

#[test]
fn sensitive_questions_hide_more() {
    assert_eq!(shown(&[1000, 9, 30], true, Profile::Public), ["96", "[c]", "3"]);
    assert_eq!(shown(&[1000, 9, 30], true, Profile::Officers), ["96", "1", "3"]);
    assert_eq!(shown(&[90, 0], true, Profile::Public), ["[c]", "[c]"]);
    assert_eq!(shown(&[100, 0], true, Profile::Public), ["100", "0"]);
}

#[test]
fn small_bases_show_nothing_and_middling_ones_are_marked() {
    assert_eq!(shown(&[25, 24], false, Profile::Public), ["[c]", "[c]"]);
    assert_eq!(shown(&[25, 24], false, Profile::Officers), ["51[u]", "49[u]"]);
    assert_eq!(shown(&[25, 25], false, Profile::Public), ["50[u]", "50[u]"]);
    assert_eq!(shown(&[50, 50], false, Profile::Public), ["50", "50"]);
    let released = gate(table(&[25, 24], false), Profile::Public, Sampling::Probability);
    let bases = &released.tables()[0].blocks[0].bases[0];
    assert_eq!(bases.unweighted.status(), Status::Confidential);
    assert_eq!(bases.effective.value(), None);
    assert_eq!(released.hidden(), 2);
}

#[test]
fn numbers_are_rounded_and_bases_stepped() {
    let public = gate(table(&[333, 667, 126], false), Profile::Public, Sampling::Probability);
    let bases = &public.tables()[0].blocks[0].bases[0];
    assert_eq!(bases.unweighted.value(), Some(1130.0));
    assert_eq!(bases.weighted.value(), None);
    assert_eq!(bases.effective.value(), Some(1050.0));
    assert_eq!(figures(&public)[0].interval(), Some((28.0, 31.0)));
    assert!(figures(&public).iter().all(|f| f.detail().is_none()));
    let officers =
        gate(table(&[333, 667, 126], false), Profile::Officers, Sampling::Probability);
    let bases = &officers.tables()[0].blocks[0].bases[0];
    assert_eq!(bases.unweighted.value(), Some(1125.0));
    assert_eq!(bases.weighted.value(), Some(1150.0));
    let analyst = gate(table(&[333, 667, 126], false), Profile::Analyst, Sampling::Probability);
    assert_eq!(analyst.tables()[0].blocks[0].bases[0].unweighted.value(), Some(1126.0));
    assert!(figures(&analyst)[0].detail().is_some());
}

#[test]
fn intervals_need_a_probability_sample() {
    for (sampling, expected) in [
        (Sampling::Probability, true),
        (Sampling::Nonprobability, false),
        (Sampling::Census, false),
    ] {
        let released = gate(table(&[300, 700], false), Profile::Public, sampling);
        assert_eq!(released.intervals_on_charts(), expected);
        assert_eq!(figures(&released)[0].interval().is_some(), expected);
    }
}

#[test]
fn a_column_that_few_weights_carry_shows_nothing() {
    let mut table = table(&[300, 700], false);
    table.blocks[0].bases[0].effective.value = Some(15.9);
    let released = gate(table.clone(), Profile::Public, Sampling::Nonprobability);
    assert!(figures(&released).iter().all(|f| f.status() == Status::Confidential));
    table.blocks[0].bases[0].effective.value = Some(16.1);
    let released = gate(table, Profile::Public, Sampling::Nonprobability);
    assert_eq!(figures(&released)[0].value(), Some(30.0));
}

#[test]
fn a_column_of_nobody_is_not_available_and_no_number_is_infinite() {
    let mut table = table(&[300, 700], false);
    table.blocks[0].rows[0].cells[0].value = Some(f64::NAN);
    let released = gate(table.clone(), Profile::Analyst, Sampling::Nonprobability);
    assert_eq!(figures(&released)[0].status(), Status::NotAvailable);
    table.blocks[0].bases[0].unweighted.base = 0;
    let released = gate(table, Profile::Public, Sampling::Nonprobability);
    assert!(figures(&released).iter().all(|f| f.status() == Status::NotAvailable));
}

#[test]
fn an_answer_of_few_is_hidden_in_every_group() {
    let mut raw = table(&[2, 498], false);
    let block = &mut raw.blocks[0];
    let bases = block.bases[0].clone();
    block.bases.extend([bases.clone(), bases]);
    // Both who gave the first answer are in the first group.
    block.rows[0].cells.extend([cell(2, 250), cell(0, 250)]);
    block.rows[1].cells.extend([cell(248, 250), cell(250, 250)]);
    raw.groups.extend([label("one"), label("two")]);
    let released = gate(raw, Profile::Public, Sampling::Nonprobability);
    for row in &released.tables()[0].blocks[0].rows {
        assert!(row.cells.iter().all(|figure| figure.status() == Status::Confidential));
    }
}

#[test]
fn a_rounded_base_is_never_above_the_number_of_respondents() {
    let account = Account { respondents: 325, ..Account::default() };
    let poll = Poll { profile: Profile::Public, ..testing::poll() };
    let book = Book { tables: vec![table(&[200, 125], false)], account, ..Book::default() };
    let released = release(&book, &poll);
    let bases = &released.tables()[0].blocks[0].bases[0];
    assert_eq!(bases.unweighted.value(), Some(320.0));
}

#[test]
fn a_difference_beside_a_hidden_share_is_hidden() {
    let mut raw = table(&[400, 97, 3], false);
    let difference = Row {
        label: label("net"),
        role: Role::Summary,
        statistic: Statistic::Difference,
        content: crate::tabulate::Content::Other,
        cells: vec![cell(400, 500)],
    };
    raw.blocks[0].rows.push(difference);
    let public = gate(raw.clone(), Profile::Public, Sampling::Nonprobability);
    assert_eq!(figures(&public)[3].status(), Status::Confidential);
    let analyst = gate(raw, Profile::Analyst, Sampling::Nonprobability);
    assert!(figures(&analyst)[3].value().is_some());
}

#[test]
fn a_condition_that_leaves_out_few_hides_its_table() {
    let hidden = |left_out: u64| {
        let whole = table(&[300, 700], false);
        let mut part = table(&[300, 700 - left_out], false);
        part.filter = Some("not the new ones".to_owned());
        super::linked::leaves_out_few(&part, &[whole, part.clone()], 4)
    };
    assert!(!hidden(0) && !hidden(5) && hidden(1) && hidden(4));
}

#[test]
fn what_earlier_releases_give_away_together_is_refused() {
    let book = |counts: &[u64]| {
        let account = Account { respondents: counts.iter().sum(), ..Account::default() };
        Book { tables: vec![made_up(table(counts, false))], account, ..Book::default() }
    };
    let poll = testing::poll();
    let after = |book: &Book, then: &[String]| {
        super::release(book, &poll, (then, 1), &mut Findings::default())
    };
    let few = book(&[123, 76, 3]);
    let told = |then: &Released| {
        figures(then).iter().filter(|figure| figure.value().is_some()).count()
    };
    let alone = after(&few, &[]).unwrap();
    assert_eq!(told(&alone), 1, "one is hidden, and another for its sake");
    // One release hid one of the two others, and another release the other.
    let both = alone.record.replace("false", "true").replace("[3,202,true]", "[3,202,false]");
    let refused = after(&few, &[both]).map(|_| ()).unwrap_err();
    assert_eq!(refused.kind, crate::diagnostic::Kind::Disclosure);
}
