//! The maker of [`Released`]: every table through the gate, then all of them together.

use super::codes::{CHANGED, DIFFERS, LEFT_OUT, REFUSED, UNREAD};
use super::gate::Gate;
use super::protect::{Aim, protect};
use super::record::{Earlier, Record};
use super::rules::rules;
use super::sort::{like, sort};
use super::trend::Gates;
use super::{
    LeftOut, Released, Status, Table, Trend, by_hand, linked, notes, trend, weights, who,
};
use crate::diagnostic::{Failure, Finding, Findings, Kind};
use crate::poll::{Poll, Profile, Sampling};
use crate::tabulate::{Book, StepReport};

/// Protects every table. `earlier` are records of earlier releases ([`Released::record`]);
/// those of the same poll and wave are taken into account.
///
/// # Errors
/// [`Kind::Disclosure`] if figures cannot be protected, or if few respondents are the
/// difference between this release and an earlier one; `findings` says which.
pub fn release(
    book: &Book,
    poll: &Poll,
    (earlier, threads): (&[String], usize),
    findings: &mut Findings,
) -> Result<Released, Failure> {
    let gate = Gate {
        rules: rules(poll),
        profile: poll.profile,
        sampling: poll.sampling,
        respondents: book.account.respondents,
    };
    let by_hand = poll.protected();
    let mut tables: Vec<Table> =
        book.tables.iter().map(|table| gate.linked(table, &book.tables, by_hand)).collect();
    let mut left_out = Vec::new();
    if poll.profile != Profile::Analyst {
        let earlier = self::earlier(earlier, (book, poll), &gate, findings)?;
        note_changed(earlier.hide(&mut tables), findings);
        earlier.hide_again(&mut tables);
        let aim = Aim { gate: &gate, by_hand, earlier: &earlier };
        left_out = protect(book, &mut tables, aim, threads).map_err(|table| {
            let finding = refused(&book.tables[table].name, earlier.shows_any());
            Failure::because(findings, Kind::Disclosure, finding)
        })?;
    }
    let record = Record::of(book, &tables, (poll, &gate.rules)).text();
    weights::cover(&mut tables, &book.account, &gate.rules);
    let (tables, left_out) = finished(tables, &left_out, poll);
    note_left_out(&left_out, findings);
    Ok(Released { record, ..assembled(tables, &left_out, (book, poll), &gate) })
}

/// What earlier releases of the same wave make of this one.
fn earlier(
    texts: &[String],
    (book, poll): (&Book, &Poll),
    gate: &Gate,
    findings: &mut Findings,
) -> Result<Earlier, Failure> {
    let records: Option<Vec<Record>> = texts.iter().map(|text| Record::read(text)).collect();
    let Some(records) = records else {
        let finding = Finding::new(&UNREAD, UNREAD.title)
            .help("restore it in the folder `disclosure` of the poll's private folder");
        return Err(Failure::because(findings, Kind::Disclosure, finding));
    };
    let earlier = Earlier::of(&records, book, (poll, &gate.rules));
    let Some(then) = earlier.differs else { return Ok(earlier) };
    let now = book.account.respondents;
    let finding =
        Finding::new(&DIFFERS, format!("{now} respondents now, {then} in an earlier release"))
            .because("what changed between the two is what these few answered")
            .help("publish the same respondents as before, or wait until more have come");
    Err(Failure::because(findings, Kind::Disclosure, finding))
}

/// What is said of a table that cannot be protected, where an earlier release may be why.
fn refused(table: &str, again: bool) -> Finding {
    let finding = Finding::new(&REFUSED, format!("figures of `{table}` cannot be protected"));
    if again {
        finding
            .because("with what earlier releases of the wave show, hidden figures could be worked out")
            .help(
                "take the question or its banners out, or merge its answers; if nobody has seen \
                 the earlier releases, delete their records in the folder `disclosure` of the \
                 poll's private folder",
            )
    } else {
        finding
            .because(REFUSED.title)
            .help("take the question or its banners out, or merge its answers")
    }
}

fn note_changed(columns: usize, findings: &mut Findings) {
    if columns > 0 {
        let headline = "groups are hidden because few came or went since an earlier release";
        findings
            .push(Finding::new(&CHANGED, headline).help("nothing, or wait for more replies"));
    }
}

fn note_left_out(tables: &[Table], findings: &mut Findings) {
    if !tables.is_empty() {
        let names: Vec<String> =
            tables.iter().map(|table| format!("`{}`", table.name)).collect();
        let finding = Finding::new(&LEFT_OUT, LEFT_OUT.title)
            .because(format!("of {} nothing could be shown by groups", names.join(", ")));
        findings.push(finding.help("merge small groups, or take a banner out"));
    }
}

/// The tables in their order, then those that are left out: by the gate, or because none of
/// their groups can be shown.
fn finished(tables: Vec<Table>, left_out: &[usize], poll: &Poll) -> (Vec<Table>, Vec<Table>) {
    let mut kept = Vec::new();
    let mut out = Vec::new();
    for (index, mut table) in tables.into_iter().enumerate() {
        linked::cover(&mut table);
        // Last, since an order by what is hidden by then would give it away.
        sort(&mut table.blocks, table.form, table.sort);
        let empty = poll.profile != Profile::Analyst && is_empty(&table);
        let place = if empty || left_out.contains(&index) { &mut out } else { &mut kept };
        place.push(table);
    }
    (kept, out)
}

/// Whether a crosstab shows nothing of any group.
fn is_empty(table: &Table) -> bool {
    let mut rows = table.blocks.iter().flat_map(|block| &block.rows);
    let nothing = |figure: &super::Figure| {
        matches!(figure.status(), Status::Confidential | Status::NotAvailable)
    };
    table.banner.is_some() && rows.all(|row| row.cells.iter().skip(1).all(nothing))
}

fn assembled(
    tables: Vec<Table>,
    left_out: &[Table],
    (book, poll): (&Book, &Poll),
    gate: &Gate,
) -> Released {
    let by_hand = poll.protected();
    let gates = Gates { own: gate, tables: &tables };
    let trends = book.trends.iter().map(|trend| {
        let mut trend = gates.trend(trend);
        by_hand::trend(&mut trend, by_hand);
        like(trend, &tables)
    });
    let trends: Vec<Trend> = trends.collect();
    let answered = book.account.who.as_ref().map(|who| gate.who(who, by_hand));
    let hidden = tables.iter().map(hidden).sum::<u64>()
        + trends.iter().map(trend::hidden).sum::<u64>()
        + answered.as_ref().map_or(0, who::Answered::hidden);
    let effective = weights::effective(&book.account, &gate.rules);
    Released {
        profile: poll.profile,
        respondents: book.account.respondents,
        rows: notes::rows(&book.account, poll),
        weighted: book.account.weights.is_some(),
        effective,
        intervals: poll.sampling == Sampling::Probability,
        notes: (notes::notes(&book.account, poll, (hidden, effective)).into_iter())
            .chain(notes::merged(&tables, poll.words))
            .chain(notes::left_out(left_out, poll.words))
            .collect(),
        hidden,
        answered,
        weighted_by: weighted_by(&book.account.weighting),
        trends,
        comparisons: match poll.profile {
            Profile::Analyst => book.comparisons.clone(),
            _ => Vec::new(),
        },
        tables,
        quoted: Vec::new(),
        left_out: left_out.iter().filter_map(named).collect(),
        record: String::new(),
    }
}

/// What a table by groups is called.
fn named(table: &Table) -> Option<LeftOut> {
    let (name, question) = (table.name.clone(), table.question.id.clone());
    let banner = table.banner.as_ref()?.id.clone();
    Some(LeftOut { name, question, banner })
}

/// The variables of all steps, each once, in the order of the steps.
fn weighted_by(steps: &[StepReport]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for margin in steps.iter().flat_map(|step| &step.margins) {
        if !names.contains(&margin.title) {
            names.push(margin.title.clone());
        }
    }
    names
}

/// How many figures of a table are hidden to protect confidentiality.
fn hidden(table: &Table) -> u64 {
    // The total of a crosstab is the topline's figure, which is counted there; a table of
    // one's own has no topline.
    let told = usize::from(table.banner.is_some() && !table.own);
    let rows = table.blocks.iter().flat_map(|b| &b.rows);
    let figures = rows.flat_map(|r| r.cells.iter().skip(told));
    figures.filter(|f| f.status() == Status::Confidential).count() as u64
}
