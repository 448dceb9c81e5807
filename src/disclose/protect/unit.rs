//! What must be looked at together: all tables of one question (of one item of it; of one
//! answer, where several are allowed), and tables in which it is the banner.

use std::collections::BTreeMap;

use crate::attack::{Axis, Fact, Grid, Layer, Sum};
use crate::disclose::{Figure, Status, Table};
use crate::poll::tables::Percent;
use crate::tabulate::{Book, Cell, Content, Division, Form, Role, Row, Table as Raw};

/// Where a figure is: table, block, row, column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::disclose) struct At {
    pub(in crate::disclose) table: usize,
    pub(in crate::disclose) block: usize,
    pub(in crate::disclose) row: usize,
    pub(in crate::disclose) column: usize,
}

/// A block of a table that belongs to a unit, and which of its rows do.
#[derive(Clone, Debug)]
pub(super) struct View {
    pub(super) table: usize,
    pub(super) block: usize,
    pub(super) rows: Vec<usize>,
    /// Whether the question stands in the columns.
    pub(super) mirrored: bool,
}

/// Tables whose figures are made of the same atoms.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) views: Vec<View>,
    /// The answers of which each axis is: one axis of all, unless several are allowed.
    pub(super) axes: Vec<Vec<usize>>,
    pub(super) grid: Grid,
    /// Whether somebody may have given no answer.
    pub(super) blank: bool,
    /// The division behind each layer after the first, and the part there of each of its
    /// parts that hold anybody.
    layers: Vec<(usize, Vec<Option<usize>>)>,
}

/// Some people of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) layer: usize,
    pub(super) parts: Vec<usize>,
}

impl Spot {
    fn everybody() -> Self {
        Self { layer: 0, parts: vec![0] }
    }
}

/// All units of a book.
pub(super) fn units(book: &Book) -> Vec<Unit> {
    let mut keys: Vec<(String, Option<String>)> = Vec::new();
    let mut views: BTreeMap<(String, Option<String>), Vec<View>> = BTreeMap::new();
    for (index, table) in book.tables.iter().enumerate() {
        for (block, held) in table.blocks.iter().enumerate() {
            let item = held.item.as_ref().map(|item| item.id.clone());
            let key = (table.question.id.clone(), item);
            if !views.contains_key(&key) {
                keys.push(key.clone());
            }
            let rows = (0..held.rows.len()).collect();
            let view = View { table: index, block, rows, mirrored: false };
            views.entry(key).or_default().push(view);
        }
    }
    keys.iter()
        .flat_map(|key| {
            let mut list = views.get(key).cloned().unwrap_or_default();
            let one = |view: &View| book.tables[view.table].form != Form::Multi;
            if key.1.is_none() && list.iter().all(one) {
                list.extend(mirrored(book, &key.0, &list));
            }
            parts_of(book, list)
        })
        .map(|(views, axes)| Unit::new(book, views, axes))
        .collect()
}

/// Tables of the questions that are banners of a question, by that question or by groups of
/// its answers.
fn mirrored(book: &Book, question: &str, views: &[View]) -> Vec<View> {
    let own = || views.iter().map(|view| &book.tables[view.table]);
    let plain = |table: &&Raw<Cell>| table.filter.is_none() && !table.overlapping;
    let banner = |table: &Raw<Cell>| match &table.makeup.banner[..] {
        [one] => Some(one.clone()),
        _ => None,
    };
    let banners: Vec<String> = own().filter(plain).filter_map(banner).collect();
    let fits = |table: &Raw<Cell>| {
        plain(&table)
            && banner(table).is_some_and(|by| by == question || banners.contains(&by))
            && matches!(table.form, Form::Single { .. })
            && banners.contains(&table.question.id)
            && table.percent == Percent::Column
    };
    let found = book.tables.iter().enumerate().filter(|(_, table)| fits(table));
    found
        .map(|(table, raw)| View {
            table,
            block: 0,
            rows: (0..raw.blocks.first().map_or(0, |block| block.rows.len())).collect(),
            mirrored: true,
        })
        .collect()
}

/// The units of one question, each with its axes. Where several answers are allowed, each is
/// a unit of its own, but those of a total are looked at together.
fn parts_of(book: &Book, views: Vec<View>) -> Vec<(Vec<View>, Vec<Vec<usize>>)> {
    let first = views.iter().find(|view| !view.mirrored).map(|view| &book.tables[view.table]);
    let Some(first) = first else { return Vec::new() };
    if first.form != Form::Multi {
        return vec![(views, vec![Vec::new()])];
    }
    let contents = |view: &View| {
        let rows = &book.tables[view.table].blocks[view.block].rows;
        rows.iter().map(|row| answers(row).to_vec()).collect::<Vec<_>>()
    };
    let mentions =
        views.iter().any(|view| book.tables[view.table].percent == Percent::Mentions);
    let mut groups: Vec<Vec<usize>> = (0..first.makeup.answers).map(|a| vec![a]).collect();
    let nets = views.iter().flat_map(contents).filter(|answers| answers.len() > 1);
    let all = mentions.then(|| (0..first.makeup.answers).collect::<Vec<usize>>());
    for net in nets.chain(all) {
        let (joined, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.iter().any(|a| net.contains(a)));
        groups = apart;
        groups.push(joined.concat());
    }
    let of = |group: Vec<usize>| {
        let mut axes: Vec<Vec<usize>> = group.iter().map(|answer| vec![*answer]).collect();
        let mut own = Vec::new();
        for view in &views {
            let held = contents(view);
            let rows = (0..held.len()).filter(|row| {
                !held[*row].is_empty() && held[*row].iter().all(|a| group.contains(a))
            });
            let rows: Vec<usize> = rows.collect();
            for row in &rows {
                if !axes.contains(&held[*row]) {
                    axes.push(held[*row].clone());
                }
            }
            own.push(View { rows, ..view.clone() });
        }
        (own, axes)
    };
    groups.into_iter().map(of).collect()
}

/// The answers of a row, if it is those who gave any of them.
pub(super) fn answers<C>(row: &Row<C>) -> &[usize] {
    match &row.content {
        Content::Answers(answers) => answers,
        _ => &[],
    }
}

impl Unit {
    fn new(book: &Book, views: Vec<View>, axes: Vec<Vec<usize>>) -> Self {
        let divisions = views.iter().filter(|view| !view.mirrored).flat_map(|view| {
            let places = &book.tables[view.table].makeup.places;
            let columns = places.columns.iter().map(|(division, _)| *division);
            columns.chain(places.total)
        });
        let mut seen: Vec<usize> = Vec::new();
        divisions.for_each(|division| {
            if !seen.contains(&division) {
                seen.push(division);
            }
        });
        let layers: Vec<(usize, Vec<Option<usize>>)> =
            seen.into_iter().map(|d| (d, held(&book.divisions.list[d]))).collect();
        let own = || views.iter().filter(|view| !view.mirrored);
        let tables = || own().map(|view| (&book.tables[view.table], view.block));
        let multi = tables().any(|(table, _)| table.form == Form::Multi);
        let listed = tables().map(|(table, _)| table.makeup.answers).max().unwrap_or(0);
        let asked = tables().any(|(table, _)| table.makeup.based_on.contains(&listed));
        let answers = usize::from(asked)
            + match tables().next().map(|(table, _)| table.form) {
                Some(Form::Multi) => 2,
                Some(Form::Number) => 1,
                Some(Form::Rank) => places(book, &views) + 1,
                _ => listed,
            };
        let base = tables()
            .filter(|(table, _)| table.makeup.places.total.is_none())
            .filter_map(|(table, block)| table.blocks[block].bases.first())
            .map(|bases| bases.unweighted.base)
            .max();
        let blank = base.is_none_or(|base| base < book.account.respondents);
        let axes = if multi { axes } else { vec![Vec::new()] };
        let parts =
            layers.iter().map(|(_, held)| Layer { parts: held.iter().flatten().count() });
        let everybody = Layer { parts: 1 };
        let grid = Grid::new(
            vec![Axis { answers, blank }; axes.len()],
            std::iter::once(everybody).chain(parts).collect(),
        );
        Self { views, axes, grid, blank, layers }
    }

    /// Who is in a column of a table; none if nobody is.
    pub(super) fn spot(&self, table: &Raw<Cell>, column: usize) -> Option<Spot> {
        let places = &table.makeup.places;
        let Some(group) = column.checked_sub(1) else {
            return match places.total {
                None => Some(Spot::everybody()),
                Some(division) => self.parts(division, |part, of| part < of.counted),
            };
        };
        let (division, part) = *places.columns.get(group)?;
        self.parts(division, |other, _| other == part)
    }

    /// Who answered the banner of a column's table.
    pub(super) fn answered(&self, table: &Raw<Cell>, column: usize) -> Option<Spot> {
        let group = column.checked_sub(1)?;
        let (division, _) = *table.makeup.places.columns.get(group)?;
        self.parts(division, |part, of| part < of.answered)
    }

    /// Some parts of a division; none if nobody is in them.
    pub(super) fn parts(
        &self,
        division: usize,
        wanted: impl Fn(usize, &Bounds) -> bool,
    ) -> Option<Spot> {
        let at = self.layers.iter().position(|(d, _)| *d == division)?;
        let held = &self.layers[at].1;
        let bounds = Bounds { counted: held.len() - 1, answered: held.len() - 2 };
        let parts = held.iter().enumerate().filter(|(part, _)| wanted(*part, &bounds));
        let parts: Vec<usize> = parts.filter_map(|(_, part)| *part).collect();
        (!parts.is_empty()).then_some(Spot { layer: at + 1, parts })
    }

    /// The divisions behind the layers after the first.
    pub(super) fn divisions(&self) -> impl Iterator<Item = usize> {
        self.layers.iter().map(|(division, _)| *division)
    }

    /// The people of a spot who gave any of some answers, or who are in the axis of a row of
    /// a question with several answers.
    pub(super) fn count(&self, answers: &[usize], spot: &Spot) -> Sum {
        if self.is_multi() {
            let axis = self.axes.iter().position(|axis| axis == answers);
            return axis
                .map(|axis| self.grid.count(axis, &[0], spot.layer, &spot.parts))
                .unwrap_or_default();
        }
        self.grid.count(0, answers, spot.layer, &spot.parts)
    }

    /// Whether any of some tables says something of it.
    pub(super) fn has_any(&self, tables: &[usize]) -> bool {
        self.views.iter().any(|view| tables.contains(&view.table))
    }

    /// Whether each answer has an axis of its own.
    pub(super) fn is_multi(&self) -> bool {
        self.axes.iter().any(|axis| !axis.is_empty())
    }

    /// What holds whatever is published.
    pub(super) fn structure(&self, book: &Book, floor: u64) -> Vec<Fact> {
        let mut facts = self.grid.structure();
        let everybody = self.grid.people(0, 0, &[0]);
        facts.push(Fact::exactly(everybody, book.account.respondents as f64));
        if self.is_multi() {
            facts.extend(self.totals_of_several());
        }
        let known = self.made_of(book);
        for inner in self.divisions() {
            for outer in self.divisions().filter(|outer| *outer != inner) {
                let (one, other) = (&known[&inner], &known[&outer]);
                let is_said = one.iter().any(|a| other.iter().any(|b| a.is_within(b)));
                let least = if is_said { 1 } else { floor };
                facts.extend(self.nested(book, (inner, outer), (floor, least)));
            }
        }
        facts
    }

    /// A total of several answers that may go together holds each of them, and no more than
    /// all of them.
    fn totals_of_several(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        let spots = std::iter::once(Spot::everybody()).chain(self.single_parts());
        let spots: Vec<Spot> = spots.collect();
        for net in self.axes.iter().filter(|axis| axis.len() > 1) {
            for spot in &spots {
                let whole = self.count(net, spot);
                let mut all = Sum::default();
                for member in net {
                    let part = self.count(&[*member], spot);
                    all = all.plus(1.0, &part);
                    facts.push(Fact::between(whole.plus(-1.0, &part), 0.0, f64::INFINITY));
                }
                facts.push(Fact::between(all.plus(-1.0, &whole), 0.0, f64::INFINITY));
            }
        }
        facts
    }

    fn single_parts(&self) -> impl Iterator<Item = Spot> {
        self.layers.iter().enumerate().flat_map(|(at, (_, held))| {
            let parts = 0..held.iter().flatten().count();
            parts.map(move |part| Spot { layer: at + 1, parts: vec![part] })
        })
    }

    /// By which words readers know each division.
    fn made_of<'b>(&self, book: &'b Book) -> BTreeMap<usize, Vec<Words<'b>>> {
        let mut found: BTreeMap<usize, Vec<Words<'b>>> =
            self.divisions().map(|division| (division, Vec::new())).collect();
        for view in self.views.iter().filter(|view| !view.mirrored) {
            let table = &book.tables[view.table];
            let filter = table.filter.as_deref();
            let columns = table.makeup.places.columns.iter().map(|(division, _)| *division);
            let banner = Words { banner: &table.makeup.banner, filter };
            let total = table.makeup.places.total.into_iter();
            let known = columns.map(|division| (division, banner));
            let known = known.chain(total.map(|d| (d, Words { banner: &[], filter })));
            for (division, words) in known {
                let list = found.entry(division).or_default();
                if !list.contains(&words) {
                    list.push(words);
                }
            }
        }
        found
    }

    /// Parts of one division that lie within a part of another: a region within a nation, a
    /// group within the same group without a condition. Chance makes small parts lie within
    /// others: nobody could know of that, unless the words say so, and then of parts from
    /// `least` people on.
    fn nested(
        &self,
        book: &Book,
        (inner, outer): (usize, usize),
        (floor, least): (u64, u64),
    ) -> Vec<Fact> {
        let people = |division: usize, part: usize| book.divisions.list[division].people[part];
        let mut facts = Vec::new();
        for (part, (within, of)) in book.divisions.within(inner, outer).into_iter().enumerate()
        {
            let whole = people(outer, part);
            let all = of == whole;
            let within: Vec<usize> =
                within.into_iter().filter(|p| all || people(inner, *p) >= least).collect();
            if within.is_empty() || whole < floor.min(least) {
                continue;
            }
            let (Some(inside), Some(outside)) = (
                self.parts(inner, |p, _| within.contains(&p)),
                self.parts(outer, |p, _| p == part),
            ) else {
                continue;
            };
            for axis in 0..self.axes.len() {
                for answer in 0..self.grid.answers(axis) {
                    let sum =
                        |spot: &Spot| self.grid.count(axis, &[answer], spot.layer, &spot.parts);
                    let left = sum(&outside).plus(-1.0, &sum(&inside));
                    facts.push(Fact {
                        sum: left,
                        low: 0.0,
                        high: if all { 0.0 } else { f64::INFINITY },
                    });
                }
            }
        }
        facts
    }
}

/// How a table says who stands in its columns.
#[derive(Clone, Copy, PartialEq)]
struct Words<'b> {
    banner: &'b [String],
    filter: Option<&'b str>,
}

impl Words<'_> {
    /// Whether whoever stands in a column by these words stands in one by others.
    fn is_within(&self, other: &Words<'_>) -> bool {
        (other.filter.is_none() || other.filter == self.filter)
            && other.banner.iter().all(|banner| self.banner.contains(banner))
    }
}

/// Where the parts of a division that are no columns begin.
pub(super) struct Bounds {
    pub(super) counted: usize,
    pub(super) answered: usize,
}

/// The parts that hold anybody, numbered anew.
fn held(division: &Division) -> Vec<Option<usize>> {
    let mut next = 0;
    let number = |people: &u64| {
        (*people > 0).then(|| {
            next += 1;
            next - 1
        })
    };
    division.people.iter().map(number).collect()
}

/// How many places a ranking has.
fn places(book: &Book, views: &[View]) -> usize {
    let rows = views.iter().flat_map(|view| &book.tables[view.table].blocks[view.block].rows);
    let places = rows.filter_map(|row| match &row.content {
        Content::Scores(scores) => Some(scores.len()),
        Content::Places(places) => Some(*places),
        _ => None,
    });
    places.max().unwrap_or(0)
}

/// Whether anything is said of a figure's number.
pub(super) fn is_told(figure: &Figure) -> bool {
    figure.value().is_some() || figure.status() == Status::Low
}

/// The figures of a view whose rows are shares of people.
pub(super) fn shares<'a>(
    view: &'a View,
    raw: &'a Raw<Cell>,
) -> impl Iterator<Item = (At, &'a Row<Cell>, &'a Cell)> {
    let block = &raw.blocks[view.block];
    let rows = view.rows.iter().map(|row| (*row, &block.rows[*row]));
    let rows = rows.filter(|(_, row)| row.role != Role::Summary);
    let (table, block) = (view.table, view.block);
    rows.flat_map(move |(index, row)| {
        row.cells.iter().enumerate().map(move |(column, cell)| {
            let at = At { table, block, row: index, column };
            (at, row, cell)
        })
    })
}

/// The table of a view after the gate.
pub(super) fn figure(tables: &[Table], at: At) -> &Figure {
    &tables[at.table].blocks[at.block].rows[at.row].cells[at.column]
}
