//! Reads panels: small charts side by side, each with a zero of its own and all with one
//! unit; bars are thick lines, and a tick on each is the total.

use crate::release::{Record, Release};
use crate::scale::{GRAIN, Mark, interval, is_label, printed, together, unit};
use crate::svg::{Picture, Stroke, Text};

/// Bars are so thick.
const BAR: f64 = 16.0;

/// Bars that differ from the rest; bars that do not; those of answers that stay last.
const FILLS: [&str; 3] = ["#12436D", "#5694CA", "#8A9299"];

/// What stands for the total.
const REFERENCE: &str = "#B3450A";

const INK: &str = "#0B0C0C";

/// A small chart: its zero line, and where the next one begins.
struct Panel<'a> {
    zero: f64,
    end: f64,
    top: f64,
    bottom: f64,
    /// Where the panels above end.
    above: f64,
    /// Where the first panel beside it begins.
    first: f64,
    /// The number of each row, or the shorthand in its place.
    cells: Vec<&'a Text>,
    /// The bars of its rows with their colours.
    bars: Vec<(Stroke, &'static str)>,
    /// The lines on its bars.
    lines: Vec<Stroke>,
    /// The ticks of the total.
    ticks: Vec<Stroke>,
}

/// What is wrong with a chart, and how many bars were read.
pub(crate) fn faults(release: &Release, picture: &Picture) -> (usize, Vec<String>) {
    let (mut faults, mut marks, mut read) = (Vec::new(), Vec::new(), 0);
    let (all, records) = (panels(picture), records(release, picture));
    for panel in &all {
        let head = head(picture, panel);
        let zero = panel.bars.first().map_or(panel.zero, |(bar, _)| bar.from.0);
        for (cell, row) in panel.cells.iter().zip(panel.labels(picture)) {
            let Some(record) = record(&records, picture, (&head, &row)) else {
                faults.push(format!("no record of “{row}”, “{head}”"));
                continue;
            };
            let (found, wrong) = lengths(panel, cell, record);
            read += usize::from(!found.is_empty());
            let (tick, missing) = tick(panel, cell, (record, total(&records, record)));
            faults.extend(said(cell, record).into_iter().chain(wrong).chain(missing));
            let stands = found.into_iter().chain(tick);
            let mark = |(value, at)| Mark { value, length: at - zero, off: GRAIN };
            marks.extend(stands.map(mark));
        }
    }
    if all.is_empty() {
        faults.push("no panel was read".to_owned());
    }
    faults.extend(drawn(picture, read));
    faults.extend(unit(&marks).err().map(|mark| format!("{mark:?} does not fit the others")));
    (read, faults)
}

/// The panels by their zero lines.
fn panels(picture: &Picture) -> Vec<Panel<'_>> {
    let upright = |line: &Stroke| line.is_upright();
    let mut lines: Vec<Stroke> =
        picture.strokes("#6F777B", 1.0).into_iter().filter(upright).collect();
    lines.sort_by(|a, b| (a.from.1, a.from.0).partial_cmp(&(b.from.1, b.from.0)).unwrap());
    let panel = |line: &Stroke| {
        let (zero, top) = line.from;
        let beside =
            || lines.iter().filter(|other| other.from.1 == top).map(|line| line.from.0);
        let next = beside().find(|x| *x > zero);
        let above = lines.iter().map(|other| other.to.1).filter(|bottom| *bottom < top);
        let panel = Panel {
            zero,
            end: next.unwrap_or(picture.view.right),
            top,
            bottom: line.to.1,
            above: above.fold(0.0, f64::max),
            first: beside().fold(zero, f64::min),
            cells: Vec::new(),
            bars: Vec::new(),
            lines: Vec::new(),
            ticks: Vec::new(),
        };
        panel.filled(picture)
    };
    lines.iter().map(panel).collect()
}

impl<'a> Panel<'a> {
    /// With what stands in it.
    fn filled(self, picture: &'a Picture) -> Self {
        let within = |text: &&Text| (self.zero..self.end).contains(&text.left);
        let begins = |line: &Stroke| {
            (self.zero - 1.0..self.end - 1.0).contains(&line.from.0)
                && line.from.1 < self.bottom
                && self.top < line.to.1
        };
        let strokes = |colour, thick| picture.strokes(colour, thick).into_iter().filter(begins);
        Self {
            cells: picture.texts().filter(|text| self.holds(text)).filter(within).collect(),
            bars: FILLS
                .into_iter()
                .flat_map(|fill| strokes(fill, BAR).map(move |bar| (bar, fill)))
                .collect(),
            lines: strokes(INK, 2.0).filter(|line| line.is_level()).collect(),
            ticks: strokes(REFERENCE, 2.5).filter(|line| line.is_upright()).collect(),
            ..self
        }
    }

    fn holds(&self, text: &Text) -> bool {
        text.size == 14.0 && (self.top..self.bottom).contains(&text.middle())
    }

    /// For each number the words left of the panels that stand nearest to its height.
    fn labels(&self, picture: &Picture) -> Vec<String> {
        let words = picture.texts().filter(|text| self.holds(text) && text.colour == INK);
        let mut rows: Vec<Vec<&Text>> = self.cells.iter().map(|_| Vec::new()).collect();
        for text in words.filter(|text| !text.bold && text.area().right < self.first) {
            let away = |row: &usize| (self.cells[*row].middle() - text.middle()).abs();
            if let Some(near) = (0..rows.len()).min_by(|a, b| away(a).total_cmp(&away(b))) {
                rows[near].push(text);
            }
        }
        rows.into_iter().map(together).collect()
    }
}

/// What a panel is called: the bold words above it.
fn head(picture: &Picture, panel: &Panel<'_>) -> String {
    let left =
        if picture.is_narrow() { 0.0..panel.zero } else { panel.zero - 2.0..panel.zero + 2.0 };
    let above = |text: &&Text| {
        text.bold
            && text.size == 14.0
            && (panel.above..panel.top).contains(&text.middle())
            && left.contains(&text.left)
    };
    together(picture.texts().filter(above).collect())
}

/// Whether panels are groups: then the numbers of all stand beside the labels, in large type.
fn is_by_group(picture: &Picture) -> bool {
    picture.texts().any(|text| text.colour == REFERENCE && text.size == 14.0 && !text.bold)
}

/// The percentages of a table, and those of its question without groups.
fn records<'a>(release: &'a Release, picture: &Picture) -> Vec<&'a Record> {
    let of = |table: &str| -> Vec<&Record> {
        release.records.iter().filter(|record| record["table"] == table).collect()
    };
    let own = of(picture.table());
    let question = own.first().map_or("", |record| &record["question"]);
    own.iter().copied().chain(of(question)).filter(|record| record["unit"] == "%").collect()
}

/// The record of a panel and a row; of a battery's item the first net.
fn record<'a>(
    records: &[&'a Record],
    picture: &Picture,
    (head, row): (&str, &str),
) -> Option<&'a Record> {
    let (group, label) = if is_by_group(picture) { (head, row) } else { (row, head) };
    let fits = |record: &&&Record| {
        let (kind, of) = match record["item"].as_str() {
            "" => ("percent", "answer"),
            _ => ("net", "item"),
        };
        record["table"] == picture.table()
            && record["statistic"] == kind
            && is_label(label, &record[of])
            && is_label(group, &record["group"])
    };
    records.iter().find(fits).copied()
}

/// The same answer of all groups together: in the table itself, or in that of the question.
fn total<'a>(records: &[&'a Record], record: &Record) -> Option<&'a Record> {
    let columns = ["wave", "question", "item", "answer", "statistic"];
    let same = |other: &&&Record| {
        other["group"] == "Total" && columns.iter().all(|of| other[*of] == record[*of])
    };
    records.iter().find(same).copied()
}

/// A number, or an arrow after it, that is not that of the record.
fn said(cell: &Text, record: &Record) -> Option<String> {
    let arrow = match record["verdict"].as_str() {
        _ if !record["status"].is_empty() => "",
        "higher" => " ▲",
        "lower" => " ▼",
        _ => "",
    };
    let told = printed(record) + arrow;
    (cell.content != told).then(|| format!("{} is {told} in {record:?}", cell.content))
}

/// Where a bar and the line on it begin and end, with the values that they show.
fn lengths(
    panel: &Panel<'_>,
    cell: &Text,
    record: &Record,
) -> (Vec<(f64, f64)>, Option<String>) {
    let bar = panel.bars.iter().find(|(bar, _)| (bar.from.1 - cell.middle()).abs() < 1.0);
    let value = record["value"].parse().unwrap_or(0.0);
    let is_long = record["status"].is_empty() && value > 0.0;
    let Some((bar, fill)) = bar.filter(|_| is_long) else {
        let fault = (is_long || bar.is_some()).then(|| format!("{} and its bar", cell.content));
        return (Vec::new(), fault);
    };
    let differs = cell.content.contains(['▲', '▼']);
    let fault = (differs != (*fill == FILLS[0])).then(|| format!("{fill} of {}", cell.content));
    let mut found = vec![(0.0, bar.from.0), (value, bar.to.0)];
    let line = panel.lines.iter().find(|line| (line.from.1 - bar.from.1).abs() < 0.2);
    if let (Some(line), Some((low, high))) = (line, interval(record)) {
        found.extend([(low, line.from.0), (high, line.to.0)]);
    }
    (found, fault)
}

/// Where the tick of the total stands on a row, with its value; or that it is missing.
fn tick(
    panel: &Panel<'_>,
    cell: &Text,
    (record, total): (&Record, Option<&Record>),
) -> (Option<(f64, f64)>, Option<String>) {
    let Some(total) = total else {
        return (None, Some(format!("no record of the total of {record:?}")));
    };
    let value = total["value"].parse().ok();
    let tick = panel.ticks.iter().find(|tick| tick.passes(cell.middle()));
    match (tick, value.filter(|_| record["status"].is_empty() && total["status"].is_empty())) {
        (Some(tick), Some(value)) => (Some((value, tick.from.0)), None),
        (None, None) => (None, None),
        _ => (None, Some(format!("{} and its tick: {value:?}", cell.content))),
    }
}

/// Bars without a number.
fn drawn(picture: &Picture, read: usize) -> Option<String> {
    let bars: usize = FILLS.iter().map(|fill| picture.strokes(fill, BAR).len()).sum();
    (bars != read).then(|| format!("{bars} bars, of which {read} have a number"))
}
