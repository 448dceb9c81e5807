//! A made-up poll for tests: a single choice with a hidden cell, a battery, a number.

use crate::chart::{Chart, Picture};
use crate::diagnostic::Finding;
use crate::disclose::testing::{
    change, compared, figure, for_analyst, over_time, quoting, released as gate, trend, wave,
};
use crate::disclose::{
    Bases, Block, Form, Label, Outside, Role, Row, Span, Statistic, Verdict, Wording,
};
use crate::disclose::{Figure, Quote, Quoted, Released, Status, Table};
use crate::poll::tables::{Percent, Sort};
use crate::poll::{Poll, Profile, ReportStatus, Sampling, testing};

use super::{Drawn, InputFacts, Report, assemble};

/// A poll whose fields that the tests read are set.
pub(crate) fn poll() -> Poll {
    Poll {
        file: "poll.toml".to_owned(),
        id: "pause-2024".to_owned(),
        title: "Inspection & safeguarding".to_owned(),
        wave: Some("January".to_owned()),
        synthetic: true,
        sampling: Sampling::Nonprobability,
        profile: Profile::Public,
        status: ReportStatus::Final,
        headlines: Vec::new(),
        ..testing::poll()
    }
}

/// The poll with one headline.
pub(crate) fn poll_with_headline(text: &str) -> Poll {
    let headline = crate::document::Spanned::new(0..text.len(), text.to_owned());
    Poll { headlines: vec![headline], ..poll() }
}

/// Its tables, as a public page without intervals may show them.
pub(crate) fn released() -> Released {
    gate(tables(), false)
}

/// Its tables, from a probability sample.
pub(crate) fn released_with_intervals() -> Released {
    gate(tables(), true)
}

/// Its tables for the analyst, with a second banner that is nested, letters and low bases.
pub(crate) fn released_to_analyst() -> Released {
    let mut tables = tables();
    tables.insert(2, adequate_by_role_in_phase());
    for_analyst(gate(tables, false))
}

/// The whole report for the analyst.
pub(crate) fn report_to_analyst() -> Report {
    assemble(&poll(), &released_to_analyst(), drawn(), Vec::new()).expect("a report")
}

/// The whole report of some tables.
pub(crate) fn report_on(released: &Released) -> Report {
    assemble(&poll(), released, drawn(), Vec::new()).expect("a report")
}

/// The tables with an earlier wave of the first question and a figure from outside.
pub(crate) fn with_waves(released: Released) -> Released {
    let shown = |value| figure(Some(value), None, Status::Shown);
    let broken = figure(None, None, Status::Broken);
    let row = |text, [from, to]: [f64; 2], change| (text, vec![shown(from), shown(to)], change);
    let rows = vec![
        row("Yes", [7.0, 3.0], change(-4.0, Some(Verdict::Lower))),
        row("No", [89.0, 90.0], change(1.0, Some(Verdict::Neither))),
        row("Don't know", [5.0, 7.0], broken),
    ];
    let mut trend = trend(vec![wave("2023-11", 100), wave("2024-01", 0)], rows);
    trend.heading.name = "adequate-waves".to_owned();
    trend.heading.question = tables()[0].question.clone();
    trend.heading.outside.push(Outside {
        label: "Census".to_owned(),
        source: "Example Office, 2021".to_owned(),
        base: None,
    });
    for (row, value) in trend.blocks[0].rows.iter_mut().zip([Some(12.5), None, None]) {
        row.outside = vec![value];
    }
    over_time(released, vec![trend])
}

/// The whole report with quotes, of which the first is hostile.
pub(crate) fn report_with_quotes() -> Report {
    let quote = |text: &str, attribute: Option<&str>| Quote {
        text: text.to_owned(),
        attribute: attribute.map(str::to_owned),
    };
    let hostile = "</p><script>a()</script> ]]> & =1\u{202e}\u{200b}";
    let quoted = Quoted {
        question: "words".to_owned(),
        title: "In your own words".to_owned(),
        text: "What would you like to say?".to_owned(),
        quotes: vec![quote(hostile, Some("<Primary>")), quote("=2+2", None)],
    };
    report_on(&quoting(released(), vec![quoted]))
}

/// Two charts, whose drawings are a title and a description, with no title of their own.
pub(crate) fn drawn() -> Drawn {
    Drawn { charts: ["adequate", "inspection"].map(chart).to_vec(), ..Drawn::default() }
}

/// The whole report.
pub(crate) fn report() -> Report {
    let headline = "Only {adequate.yes|percent} said the pause was <adequate>";
    report_of(&poll_with_headline(headline)).expect("a report")
}

/// The report of a poll.
pub(crate) fn report_of(poll: &Poll) -> Result<Report, Vec<Finding>> {
    let input = InputFacts { path: "data.csv".to_owned(), sha256: "ab".repeat(32), bytes: 12 };
    assemble(poll, &released(), drawn(), vec![input])
}

fn chart(table: &str) -> Chart {
    Chart {
        table: table.to_owned(),
        heading: table.to_owned(),
        title: format!("Bar chart: {table}"),
        description: "3 answers shown.".to_owned(),
        question: "Question: “Was it enough?” One answer.".to_owned(),
        notes: vec!["Base: 4,678 (unweighted).".to_owned()],
        source: "Source: a poll.".to_owned(),
        wide: picture(table, "wide", 720),
        narrow: picture(table, "narrow", 360),
    }
}

fn picture(table: &str, twin: &str, width: u32) -> Picture {
    let svg = |id: String| {
        format!(
            "<svg role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\
             <title id=\"{id}-t\">Bar chart</title>\
             <desc id=\"{id}-d\">3 answers shown.</desc></svg>"
        )
    };
    let inline = svg(format!("{table}-{twin}"));
    let embedded = svg(format!("pollsmith-{table}-{twin}"));
    let outlined = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\"/>");
    let foreign = std::collections::BTreeSet::new();
    Picture { width, height: 100, inline, embedded, outlined, png: vec![1, 2, 3], foreign }
}

fn tables() -> Vec<Table> {
    vec![adequate(), adequate_by_phase(), inspection(), hours()]
}

fn adequate() -> Table {
    let rows = vec![
        row("yes", "Yes", Role::Answer, &[Ok(3.0)]),
        row("no", "No", Role::Answer, &[Ok(90.0)]),
        row("dk", "Don't know", Role::Pinned, &[Ok(7.0)]),
    ];
    single(None, &["Total"], block(None, &[Some(4678.0)], rows))
}

fn adequate_by_phase() -> Table {
    let hidden = Err(Status::Confidential);
    let rows = vec![
        row("yes", "Yes", Role::Answer, &[Ok(3.0), Ok(4.0), hidden]),
        row("no", "No", Role::Answer, &[Ok(90.0), Ok(89.0), hidden]),
        row("dk", "Don't know", Role::Pinned, &[Ok(7.0), Ok(7.0), hidden]),
    ];
    let bases = [Some(4678.0), Some(2100.0), None];
    let mut table =
        single(Some("Phase"), &["Total", "Primary", "Special"], block(None, &bases, rows));
    table.name = "adequate-phase".to_owned();
    table.blocks[0].rows[1].cells[1] =
        figure(Some(89.0), Some((85.0, 92.0)), Status::Unreliable);
    table
}

fn adequate_by_role_in_phase() -> Table {
    let rows = vec![
        row("yes", "Yes", Role::Answer, &[Ok(3.0), Ok(2.26), Ok(9.5)]),
        row("no", "No", Role::Answer, &[Ok(90.0), Ok(91.0), Ok(80.0)]),
        row("dk", "Don't know", Role::Pinned, &[Ok(7.0), Ok(6.74), Ok(10.5)]),
    ];
    let groups = ["Total", "Primary, Teacher", "Primary, Leader"];
    let bases = [Some(4678.0), Some(99.0), Some(40.0)];
    let mut table = single(Some("Phase and role"), &groups, block(None, &bases, rows));
    table.name = "adequate-phase-role".to_owned();
    table.spans = vec![Span { text: "Primary".to_owned(), columns: 1..3 }];
    let yes = &mut table.blocks[0].rows[0].cells[2];
    *yes = compared(yes.clone(), Verdict::Higher, "A");
    table
}

fn single(banner: Option<&str>, groups: &[&str], block: Block<Figure>) -> Table {
    Table {
        name: "adequate".to_owned(),
        question: wording("adequate", "Pause adequate"),
        form: Form::Single { ordered: false },
        banner: banner.map(label),
        groups: groups.iter().copied().map(label).collect(),
        title: "Pause adequate".to_owned(),
        own: false,
        spans: Vec::new(),
        overlapping: false,
        partial: false,
        merged: Vec::new(),
        percent: Percent::Column,
        sort: Sort::Natural,
        blocks: vec![block],
        sensitive: false,
        filter: None,
        makeup: crate::disclose::Makeup::default(),
    }
}

fn inspection() -> Table {
    let rows = |strongly, tend| {
        vec![
            row("strongly", "Strongly agree", Role::Answer, &[Ok(strongly)]),
            row("tend", "Tend to agree", Role::Answer, &[Ok(tend)]),
            row("total_agree", "Total agree", Role::Net, &[Ok(strongly + tend)]),
        ]
    };
    let item = |id: &str, text: &str| Label { id: id.to_owned(), text: text.to_owned() };
    let workload = item("workload", "Adds to workload");
    let home = item("home", "Affects home life");
    Table {
        name: "inspection".to_owned(),
        title: "Effects of inspection".to_owned(),
        question: wording("inspection", "Effects of inspection"),
        form: Form::Battery { first: 2, last: 2 },
        blocks: vec![
            block(Some(workload), &[Some(4620.0)], rows(50.0, 28.0)),
            block(Some(home), &[Some(4510.0)], rows(30.0, 20.0)),
        ],
        ..adequate()
    }
}

fn hours() -> Table {
    let summary = |id: &str, text: &str, value, statistic| Row {
        statistic,
        ..row(id, text, Role::Summary, &[Ok(value)])
    };
    let rows = vec![
        summary("mean", "Mean", 52.0, Statistic::Mean),
        summary("median", "Median", 50.0, Statistic::Median),
    ];
    Table {
        name: "hours".to_owned(),
        title: "Hours worked".to_owned(),
        question: wording("hours", "Hours worked"),
        form: Form::Number,
        blocks: vec![block(None, &[Some(4600.0)], rows)],
        ..adequate()
    }
}

fn wording(id: &str, title: &str) -> Wording {
    Wording {
        id: id.to_owned(),
        title: title.to_owned(),
        text: format!("{title}?"),
        note: None,
        unit: None,
        base: "all members who replied".to_owned(),
    }
}

fn label(text: &str) -> Label {
    Label { id: text.to_lowercase(), text: text.to_owned() }
}

fn block(item: Option<Label>, bases: &[Option<f64>], rows: Vec<Row<Figure>>) -> Block<Figure> {
    let base = |n: Option<f64>| match n {
        Some(n) => figure(Some(n), None, Status::Shown),
        None => figure(None, None, Status::Confidential),
    };
    let bases = bases.iter().map(|n| Bases {
        unweighted: base(*n),
        weighted: figure(None, None, Status::NotAvailable),
        effective: base(n.map(|n| n / 2.0)),
    });
    Block { item, bases: bases.collect(), rows }
}

/// A row of percentages; each shown one has an interval of three points either way.
fn row(id: &str, text: &str, role: Role, cells: &[Result<f64, Status>]) -> Row<Figure> {
    let cell = |cell: &Result<f64, Status>| match *cell {
        Ok(value) => figure(Some(value), Some((value - 3.0, value + 3.0)), Status::Shown),
        Err(status) => figure(None, None, status),
    };
    Row {
        label: Label { id: id.to_owned(), text: text.to_owned() },
        role,
        statistic: Statistic::Percent,
        content: crate::disclose::Content::Other,
        cells: cells.iter().map(cell).collect(),
    }
}
