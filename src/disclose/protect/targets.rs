//! What must not be worked out: the people behind figures that are hidden because few gave
//! an answer, few did not, or few are in a group.

use super::facts::{Told, listed};
use super::twins::Twins;
use super::unit::{At, Unit, View, figure, shares};
use crate::attack::Sum;
use crate::disclose::Status;
use crate::disclose::gate::Gate;
use crate::disclose::record::Earlier;
use crate::poll::Protected;
use crate::tabulate::{Cell, Row, Table as Raw};

/// How much wider a range must be than the smallest count that may be shown: what is known of
/// the sizes of groups from tables of other questions is looked at question by question only,
/// and narrows ranges by less than this.
const MARGIN: u64 = 1;

/// A number of people that must stay uncertain.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The figure that would give it away.
    pub(super) at: At,
    /// The people.
    pub(super) sum: Sum,
    /// How wide the range must be that is left to it: the smallest count that may be shown,
    /// or all that are in the group if they are fewer.
    pub(super) enough: f64,
    /// Whom it is of: see [`Key`].
    of: u8,
    /// How many they are.
    pub(super) people: f64,
    /// From this number on nobody is found, however narrow the range.
    pub(super) many: f64,
}

/// By what is decided what must stay uncertain.
#[derive(Clone, Copy)]
pub(in crate::disclose) struct Aim<'a> {
    pub(in crate::disclose) gate: &'a Gate,
    /// What the poll file hides by hand.
    pub(in crate::disclose) by_hand: &'a [Protected],
    /// What earlier releases showed of the same respondents.
    pub(in crate::disclose) earlier: &'a Earlier,
}

/// Which target it is: of a figure, those whom it counts, the others, or those whom its
/// table's condition leaves out.
pub(super) type Key = (At, u8);

impl Target {
    /// Which it is.
    pub(super) fn key(&self) -> Key {
        (self.at, self.of)
    }
}

/// All targets of a unit.
pub(super) fn targets(
    told: Told<'_>,
    (aim, twins): (Aim<'_>, &Twins),
    unit: &Unit,
) -> Vec<Target> {
    let mut targets = Vec::new();
    for view in unit.views.iter().filter(|view| !view.mirrored) {
        let raw = &told.book.tables[view.table];
        for (at, row, cell) in shares(view, raw) {
            targets.extend(hidden(told, (aim, twins), (unit, view), at, cell));
            targets.extend(left_out(told, aim.gate, (unit, view), at, (row, cell)));
        }
    }
    targets
}

/// The largest count that is too small to show.
fn small(gate: &Gate, raw: &Raw<Cell>) -> u64 {
    if raw.sensitive { gate.rules.small_sensitive } else { gate.rules.small }
}

/// What a figure hides: those whom it counts, if they are few or the others are not, and the
/// others, if they are few or could be taken for few. Nobody outside can tell why it is
/// hidden, so that one which is hidden for the sake of others must be as uncertain, unless it
/// is surely of many.
fn hidden(
    told: Told<'_>,
    (aim, twins): (Aim<'_>, &Twins),
    (unit, view): (&Unit, &View),
    at: At,
    cell: &Cell,
) -> Vec<Target> {
    if figure(told.tables, at).status() != Status::Confidential || told.earlier.showed(at) {
        return Vec::new();
    }
    let raw = &told.book.tables[at.table];
    let small = small(aim.gate, raw);
    // Not so few in a small group may be told of as some of a larger one.
    if cell.count > small && twins.of_same(at).iter().any(|twin| told.is_told(*twin)) {
        return Vec::new();
    }
    let Some(share) = told.share(unit, view, at) else { return Vec::new() };
    let others = cell.base.saturating_sub(cell.count);
    let enough = small + 1 + MARGIN;
    let counted = !told.is_nobodys(at) && (cell.count <= small || others > small);
    let both = [
        (1, share.whole.plus(-1.0, &share.part), others, others <= small + enough),
        (0, share.part, cell.count, counted),
    ];
    let enough = enough.min(cell.base) as f64;
    let by_hand = named(aim.by_hand, raw, at);
    let many = if by_hand { f64::INFINITY } else { (small + 1) as f64 };
    // All of a row are all of it, whatever they are.
    let both =
        both.into_iter().filter(|(_, sum, _, is_target)| *is_target && !sum.0.is_empty());
    both.map(|(of, sum, people, _)| Target { at, sum, enough, of, people: people as f64, many })
        .collect()
}

/// Whether a figure is hidden by hand.
fn named(names: &[Protected], raw: &Raw<Cell>, at: At) -> bool {
    let block = &raw.blocks[at.block];
    let item = block.item.as_ref().map(|item| item.id.as_str());
    let banner = raw.banner.as_ref().filter(|_| at.column > 0);
    let column = banner.map(|banner| (banner.id.as_str(), raw.groups[at.column].id.as_str()));
    let mut names = names.iter().filter(|name| name.is_of(&raw.question.id));
    names.any(|name| name.covers((item, &block.rows[at.row].label.id), column))
}

/// Whom a table's condition leaves out of a figure, if they are few: they are what the
/// table lacks of the same figure without the condition.
fn left_out(
    told: Told<'_>,
    gate: &Gate,
    (unit, view): (&Unit, &View),
    at: At,
    (row, cell): (&Row<Cell>, &Cell),
) -> Option<Target> {
    let raw = &told.book.tables[view.table];
    raw.filter.as_ref()?;
    let whole = unit.views.iter().filter(|other| !other.mirrored).find(|other| {
        let other = &told.book.tables[other.table];
        let same = other.makeup.banner == raw.makeup.banner || at.column == 0;
        other.filter.is_none() && same && other.makeup.based_on == raw.makeup.based_on
    })?;
    let table = &told.book.tables[whole.table];
    let rows = &table.blocks[whole.block].rows;
    let of = rows.iter().find(|other| other.label.id == row.label.id)?;
    let all = of.cells.get(at.column)?;
    let left = all.count.checked_sub(cell.count)?;
    if !(1..=small(gate, raw)).contains(&left) {
        return None;
    }
    let list = listed(unit, raw, row);
    let count = |raw, column| Some(unit.count(&list, &unit.spot(raw, column)?));
    let sum = count(table, at.column)?.plus(-1.0, &count(raw, at.column)?);
    let people = all.base.saturating_sub(cell.base);
    let many = (small(gate, raw) + 1) as f64;
    let enough = (many + MARGIN as f64).min(people as f64);
    Some(Target { at, sum, enough, of: 2, people: left as f64, many })
}
