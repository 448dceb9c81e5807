//! Complementary suppression: hides what hidden figures could be worked out from, then
//! attacks what is left.
//!
//! Of each question all tables are looked at together (`unit`), as a reader would who has a
//! computer: what is printed is written down as facts about the people behind it (`facts`),
//! and for each figure that is hidden, for whatever reason (`targets`), the range is found
//! that the facts leave. Where it is narrow, one more figure is hidden (`repair`), and all is
//! done again; a crosstab that does not settle is left out, and totals that were hidden for
//! its sake are shown again. Figures that leave one whole number only are taken out first,
//! by exact elimination (`exact`).
//!
//! Sources: Fischetti and Salazar-González 2000, "Models and algorithms for optimizing cell
//! suppression in tabular data with linear constraints" (the attacker's problem); Langsrud
//! 2024, "Secondary cell suppression by Gaussian elimination" (elimination, then intervals).

mod exact;
mod facts;
mod line;
mod repair;
mod share;
mod targets;
mod twins;
mod unit;

use std::collections::BTreeSet;

use super::{Figure, Status, Table};
use crate::attack::{Fact, Range, Search, Sum, System, Unsolved};
use crate::parallel::in_parallel;
use crate::tabulate::Book;

use facts::Told;
pub(super) use line::Line;
use targets::{Key, Target, targets};
use twins::Twins;
use unit::{Unit, figure, units};

pub(super) use targets::Aim;
pub(super) use unit::At;

/// How often is looked for what else must be hidden, before a crosstab is left out.
const ROUNDS: usize = 10;

/// Hides what hidden figures could be worked out from. Gives the tables that must be left
/// out altogether, as indexes.
///
/// # Errors
/// A table, as an index, from which few people could be worked out even then.
pub(super) fn protect(
    book: &Book,
    tables: &mut [Table],
    aim: Aim<'_>,
    threads: usize,
) -> Result<Vec<usize>, usize> {
    let units = units(book);
    let twins = Twins::of(book);
    let before = tables.to_vec();
    let mut dropped: Vec<usize> = Vec::new();
    // Ranges only become wider when more is hidden.
    let mut safe: BTreeSet<Key> = BTreeSet::new();
    let mut changed: Vec<usize> = (0..book.tables.len()).collect();
    let mut rounds = 0;
    loop {
        let told = Told { book, tables, rules: &aim.gate.rules, earlier: aim.earlier };
        let open: Vec<&Unit> = units.iter().filter(|unit| unit.has_any(&changed)).collect();
        let found = in_parallel(&open, threads, |unit| {
            unsafe_figures(told, (aim, &twins), unit, &safe)
        });
        let (found, wide): (Vec<Vec<At>>, Vec<Vec<Key>>) = found.into_iter().unzip();
        safe.extend(wide.concat());
        let mut list: Vec<At> = found.concat();
        if list.is_empty() {
            return Ok(dropped);
        }
        list.sort();
        list.dedup();
        rounds += 1;
        changed = if rounds <= ROUNDS { hide(tables, &twins, &list) } else { Vec::new() };
        if changed.is_empty() {
            let out = leave_out(tables, &mut dropped, &list).ok_or(list[0].table)?;
            changed = show_totals(tables, &before, (&units, &dropped), &out);
            changed.extend(out);
            // What is shown again narrows the ranges of everything that it is tied to.
            let tied: BTreeSet<usize> = units
                .iter()
                .filter(|unit| unit.has_any(&changed))
                .flat_map(|unit| &unit.views)
                .map(|view| view.table)
                .collect();
            safe.retain(|(at, _)| !tied.contains(&at.table));
            rounds = 0;
        }
    }
}

/// Figures of a unit that must be hidden too, or are hidden and can be worked out whatever
/// else is: none if nothing can be worked out.
fn unsafe_figures(
    told: Told<'_>,
    (aim, twins): (Aim<'_>, &Twins),
    unit: &Unit,
    safe: &BTreeSet<Key>,
) -> (Vec<At>, Vec<Key>) {
    let mut targets = targets(told, (aim, twins), unit);
    targets.retain(|target| !safe.contains(&target.key()));
    if targets.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let structure = unit.structure(told.book, aim.gate.rules.floor);
    let facts = told.facts(unit);
    let pinned = exact::pinned(told, unit, (&structure, &facts), &targets);
    if !pinned.is_empty() {
        return (pinned, Vec::new());
    }
    let facts: Vec<(Option<At>, Fact)> =
        structure.into_iter().map(|fact| (None, fact)).chain(facts).collect();
    let found = Attack::new(told, twins, unit, facts)
        .and_then(|mut attack| attack.narrow(&targets).map(|found| (attack, found)));
    if let Ok((mut attack, (narrow, wide))) = found {
        return (attack.repair_all(&narrow), wide);
    }
    // What cannot be attacked cannot be shown to hold.
    let shown = crosstabs(told, unit);
    let hidden = || targets.iter().map(|target| target.at).collect();
    (if shown.is_empty() { hidden() } else { shown }, Vec::new())
}

/// A unit under attack.
struct Attack<'a> {
    told: Told<'a>,
    twins: &'a Twins,
    search: Search,
    /// The figure that says each fact, if it is one.
    by: Vec<Option<At>>,
    /// Facts that rest on people being whole, by their numbers.
    whole: Vec<usize>,
    /// Every figure that says something.
    shown: Vec<At>,
    /// Figures that are hidden by now.
    gone: BTreeSet<At>,
}

impl<'a> Attack<'a> {
    /// `facts` each with the figure that says it; of twins that say the same one counts.
    fn new(
        told: Told<'a>,
        twins: &'a Twins,
        unit: &Unit,
        mut facts: Vec<(Option<At>, Fact)>,
    ) -> Result<Self, Unsolved> {
        let mut shown: Vec<At> = facts.iter().filter_map(|(at, _)| *at).collect();
        shown.dedup();
        shown.retain(|at| !told.earlier.nearly.contains(at));
        let mut said = BTreeSet::new();
        facts.retain(|(at, fact)| {
            let first = at.and_then(|at| twins.of_same(at).into_iter().min());
            let terms = fact.sum.0.iter().map(|(atom, by)| (*atom, by.to_bits()));
            let bounds = (fact.low.to_bits(), fact.high.to_bits());
            said.insert((first, bounds, terms.collect::<Vec<_>>()))
        });
        let whole = facts.iter().enumerate().filter(|(_, fact)| is_whole(fact));
        let whole = whole.map(|(number, _)| number).collect();
        let (by, facts) = facts.into_iter().unzip();
        let point = Some(told.counts(unit));
        let search = Search::new(&System { atoms: unit.grid.atoms(), facts, point })?;
        Ok(Self { told, twins, search, by, whole, shown, gone: BTreeSet::new() })
    }

    fn with_twins(&self, list: impl Iterator<Item = At>) -> BTreeSet<At> {
        list.flat_map(|at| self.twins.of_same(at)).collect()
    }

    /// The targets whose range is too narrow, and which ranges are wide.
    fn narrow<'t>(
        &mut self,
        targets: &'t [Target],
    ) -> Result<(Vec<&'t Target>, Vec<Key>), Unsolved> {
        let sums: Vec<Sum> = targets.iter().map(|target| target.sum.clone()).collect();
        let enough: Vec<f64> = targets.iter().map(|target| target.enough).collect();
        let ranges = self.search.ranges(&sums, &enough)?;
        let (narrow, wide): (Vec<_>, Vec<_>) =
            ranges.iter().zip(targets).partition(|(range, t)| range.whole_width() < t.enough);
        let wide = wide.iter().map(|(_, target)| target.key()).collect();
        let narrow = narrow.into_iter().filter(|(range, t)| !self.surely_many(t, **range, &[]));
        Ok((narrow.map(|(_, t)| t).collect(), wide))
    }

    /// Whether the range of a target is wide enough without some figures.
    fn would_do(&mut self, target: &Target, without: impl Fn(At) -> bool) -> bool {
        let gone = self.with_twins(self.shown.iter().copied().filter(|at| without(*at)));
        let facts = self.facts_of(|at| gone.contains(&at) || self.gone.contains(&at));
        self.is_wide_without(target, &facts)
    }

    /// The facts that some figures say, by their numbers.
    fn facts_of(&self, is: impl Fn(At) -> bool) -> Vec<usize> {
        let facts = self.by.iter().enumerate().filter(|(_, at)| at.is_some_and(&is));
        facts.map(|(fact, _)| fact).collect()
    }

    /// The same without some facts, by their numbers in order.
    fn is_wide_without(&mut self, target: &Target, facts: &[usize]) -> bool {
        let sums = std::slice::from_ref(&target.sum);
        let ranges = self.search.ranges_without(facts, sums, &[target.enough]);
        let Ok([found]) = ranges.as_deref() else { return false };
        found.whole_width() >= target.enough || self.surely_many(target, *found, facts)
    }

    /// Whether a target is of so many, whatever they are exactly, that nobody is found, also
    /// by somebody who does not see that people are whole. `found` is too narrow, and so
    /// holds the whole range.
    fn surely_many(&mut self, target: &Target, found: Range, gone: &[usize]) -> bool {
        if target.people < target.many || !found.is_from(target.many) {
            return false;
        }
        let facts = self.and_whole(gone);
        let sums = std::slice::from_ref(&target.sum);
        let ranges = self.search.ranges_without(&facts, sums, &[target.enough]);
        let many = |r: &Range| r.whole_width() >= target.enough || r.is_from(target.many);
        ranges.is_ok_and(|list| list.iter().all(many))
    }

    /// Whether a target is uncertain by what this release tells: an earlier one may have
    /// told more, of people of whom a few came, went or changed.
    fn is_safe_alone(&mut self, target: &Target) -> bool {
        let facts = self.facts_of(|at| self.told.is_nearly_told(at) || self.gone.contains(&at));
        self.is_wide_without(target, &facts)
    }

    /// Some facts, and all that rest on people being whole.
    fn and_whole(&self, facts: &[usize]) -> Vec<usize> {
        let both: BTreeSet<usize> = self.whole.iter().chain(facts).copied().collect();
        both.into_iter().collect()
    }

    /// Figures to hide for all narrow targets, one after the other: what is hidden for one
    /// may be enough for those that follow. A target for which nothing is left to hide gives
    /// itself, so that its table is left out.
    fn repair_all(&mut self, narrow: &[&Target]) -> Vec<At> {
        let mut list: Vec<At> = Vec::new();
        for target in narrow {
            if list.is_empty() || !self.would_do(target, |_| false) {
                let mut hidden = self.repair(target);
                if hidden.is_empty() && !self.is_safe_alone(target) {
                    hidden.push(target.at);
                }
                self.gone.extend(self.with_twins(hidden.iter().copied()));
                self.shown.retain(|at| !self.gone.contains(at));
                list.extend(hidden);
            }
        }
        list
    }
}

/// Every figure of a group in a crosstab of a unit that is told.
fn crosstabs(told: Told<'_>, unit: &Unit) -> Vec<At> {
    let facts = told.facts(unit);
    let shown = facts.into_iter().filter_map(|(at, _)| at);
    shown.filter(|at| at.column > 0 && told.tables[at.table].banner.is_some()).collect()
}

/// Whether what a figure says is a number of whole people, and not a share.
fn is_whole((at, fact): &(Option<At>, Fact)) -> bool {
    let is = |bound: f64| bound.is_finite() && bound.fract().abs() < f64::EPSILON;
    at.is_some() && is(fact.low) && is(fact.high) && fact.high > 0.0
}

/// Hides figures, and whatever says the same. Gives the tables in which something was.
fn hide(tables: &mut [Table], twins: &Twins, list: &[At]) -> Vec<usize> {
    let mut changed = Vec::new();
    for at in list.iter().flat_map(|at| twins.of_same(*at)) {
        if figure(tables, at).status() == Status::Confidential {
            continue;
        }
        let rows = &mut tables[at.table].blocks[at.block].rows;
        rows[at.row].cells[at.column] = Figure::hidden(Status::Confidential);
        changed.push(at.table);
    }
    changed.sort_unstable();
    changed.dedup();
    changed
}

/// Shows the totals again that were hidden for the sake of crosstabs which are left out now.
/// Gives the tables in which they are.
fn show_totals(
    tables: &mut [Table],
    before: &[Table],
    (units, dropped): (&[Unit], &[usize]),
    out: &[usize],
) -> Vec<usize> {
    let mut changed = Vec::new();
    for unit in units.iter().filter(|unit| unit.has_any(out)) {
        let kept = unit.views.iter().filter(|v| !v.mirrored && !dropped.contains(&v.table));
        for view in kept {
            for row in &view.rows {
                let before = &before[view.table].blocks[view.block].rows[*row];
                let now = &mut tables[view.table].blocks[view.block].rows[*row];
                if let (Some(now), Some(before)) = (now.cells.first_mut(), before.cells.first())
                {
                    now.clone_from(before);
                }
            }
            changed.push(view.table);
        }
    }
    changed
}

/// Leaves out what does not settle: crosstabs, then the totals of the question too. None if
/// nothing is left of it.
fn leave_out(
    tables: &mut [Table],
    dropped: &mut Vec<usize>,
    list: &[At],
) -> Option<Vec<usize>> {
    let mut found: Vec<usize> = list.iter().map(|at| at.table).collect();
    found.sort_unstable();
    found.dedup();
    found.retain(|table| !dropped.contains(table));
    let crosstabs = found.iter().any(|table| tables[*table].banner.is_some());
    found.retain(|table| tables[*table].banner.is_some() == crosstabs);
    for table in &found {
        super::linked::hide(&mut tables[*table]);
    }
    dropped.extend(&found);
    (!found.is_empty()).then_some(found)
}
