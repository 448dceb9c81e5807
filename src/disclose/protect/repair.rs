//! Which figure to hide so that another cannot be worked out: the one that tells least and
//! is enough.

use std::collections::BTreeSet;

use super::Attack;
use super::targets::Target;
use super::unit::{At, figure, is_told};
use crate::tabulate::Role;

/// How many figures are tried one by one before the smallest is taken.
const TRIED: usize = 6;

impl Attack<'_> {
    /// Figures to hide for a target: one of its column, of its row, or one of each; any
    /// other that helps if nothing is left there.
    pub(super) fn repair(&mut self, target: &Target) -> Vec<At> {
        let at = target.at;
        let own = |other: At| (other.table, other.block) == (at.table, at.block);
        let column = |other: At| own(other) && other.column == at.column;
        let row = |other: At| own(other) && other.row == at.row;
        // A figure that is shown may give away those whom its table leaves out.
        if is_told(figure(self.told.tables, at)) {
            return vec![at];
        }
        let lines: [&dyn Fn(At) -> bool; 2] = [&column, &row];
        let one = lines.into_iter().find(|line| self.would_do(target, line));
        let binding = self.binding(target);
        let found: Vec<At> = match one {
            Some(line) => self.least(target, line, &binding).into_iter().collect(),
            None => lines
                .into_iter()
                .filter_map(|line| self.least(target, line, &binding))
                .collect(),
        };
        if found.is_empty() {
            self.least(target, &|_| true, &binding).into_iter().collect()
        } else {
            found
        }
    }

    /// The figure that tells least, of those that are enough by themselves; of all, if none
    /// of the first few is. A total is never hidden for the sake of a group, unless the table
    /// by groups is left out already: what all say is worth more than what some do.
    fn least(
        &mut self,
        target: &Target,
        line: &dyn Fn(At) -> bool,
        binding: &BTreeSet<At>,
    ) -> Option<At> {
        let totals = target.at.column == 0 || self.told.is_left_out(target.at.table);
        let shown = self.shown.iter().copied().filter(|at| line(*at));
        let mut list: Vec<At> = shown.filter(|at| totals || !self.is_total(*at)).collect();
        list.sort_by_key(|at| self.worth(*at));
        let enough = |at: &&At| self.would_do(target, |other| other == **at);
        let found = list.iter().filter(|at| binding.contains(at)).take(TRIED).find(enough);
        found.or(list.first()).copied()
    }

    /// The figures but for which the range of a target could be wider: to hide any other
    /// alone does nothing for it.
    fn binding(&mut self, target: &Target) -> BTreeSet<At> {
        let gone = self.facts_of(|at| self.gone.contains(&at));
        let mut facts = self.search.binding(&gone, &target.sum).unwrap_or_default();
        if target.people >= target.many {
            let gone = self.and_whole(&gone);
            facts.extend(self.search.binding(&gone, &target.sum).unwrap_or_default());
        }
        self.with_twins(facts.into_iter().filter_map(|fact| self.by[fact]))
    }

    /// What readers lose with a figure: totals are worth most, then summaries, then answers
    /// of many.
    fn worth(&self, at: At) -> (bool, bool, bool, u64, At) {
        let table = &self.told.book.tables[at.table];
        let row = &table.blocks[at.block].rows[at.row];
        let (summary, net) = (row.role == Role::Summary, row.role == Role::Net);
        (self.is_total(at), summary, net, row.cells[at.column].count, at)
    }

    /// Whether a figure is of everybody.
    fn is_total(&self, at: At) -> bool {
        at.column == 0 || self.told.book.tables[at.table].banner.is_none()
    }
}
