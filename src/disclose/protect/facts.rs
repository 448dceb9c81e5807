//! What a reader of released figures knows: each as a fact about the people behind it.
//!
//! Printed shares are of weights. The reader is granted more: the share of people, rounded
//! as the printed one is, so that nothing rests on weights being unknown.

use super::exact;
use super::share::{Share, by_interval, said};
use super::unit::{At, Spot, Unit, View, answers, figure, is_told, shares};
use crate::attack::{Fact, Sum};
use crate::disclose::Table;
use crate::disclose::record::Earlier;
use crate::disclose::rules::Rules;
use crate::poll::tables::Percent;
use crate::stats::rounding;
use crate::tabulate::{Book, Cell, Content, Form, Row, Table as Raw};

/// Tables before and after the gate, and its rules.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) book: &'a Book,
    pub(super) tables: &'a [Table],
    pub(super) rules: &'a Rules,
    /// What earlier releases showed of the same respondents.
    pub(super) earlier: &'a Earlier,
}

impl Told<'_> {
    /// Whether a figure is told, here or in an earlier release.
    pub(super) fn is_told(&self, at: At) -> bool {
        is_told(figure(self.tables, at)) || self.earlier.showed(at)
    }

    /// Whether a figure is told by an earlier release alone, and of nearly the same people.
    pub(super) fn is_nearly_told(&self, at: At) -> bool {
        let earlier = self.earlier;
        let nearly = earlier.nearly.contains(&at) && !earlier.known.contains(&at);
        nearly && !is_told(figure(self.tables, at))
    }

    /// Whether nothing of a table is told.
    pub(super) fn is_left_out(&self, table: usize) -> bool {
        let mut bases = self.tables[table].blocks.iter().flat_map(|block| &block.bases);
        bases.all(|bases| bases.unweighted.value().is_none())
    }

    /// Whether a figure is of an answer that nobody gave, in no group: its total says so, and
    /// to hide it in a group would hide nothing.
    pub(super) fn is_nobodys(&self, at: At) -> bool {
        let row = &self.book.tables[at.table].blocks[at.block].rows[at.row];
        let nobodys = row.statistic.is_percentage() && row.cells[0].count == 0;
        nobodys && row.cells[0].base > 0 && self.is_told(At { column: 0, ..at })
    }

    /// Everything that the figures of a unit say, with whom each says it of.
    pub(super) fn facts(&self, unit: &Unit) -> Vec<(Option<At>, Fact)> {
        let mut facts: Vec<(Option<At>, Fact)> = Vec::new();
        for view in &unit.views {
            facts.extend(self.bases(unit, view).map(|fact| (None, fact)));
            let raw = &self.book.tables[view.table];
            facts.extend(self.nobody_else(unit, view).map(|fact| (None, fact)));
            for row in &view.rows {
                let line = &raw.blocks[view.block].rows[*row];
                for column in 0..line.cells.len() {
                    let at = At { table: view.table, block: view.block, row: *row, column };
                    // What is known already can be hidden no more.
                    let known = self.earlier.known.contains(&at) || self.is_nobodys(at);
                    let own = (!known).then_some(at);
                    facts.extend(self.figure(unit, view, at).map(|fact| (own, fact)));
                }
            }
        }
        facts.extend(self.groups(unit).map(|fact| (None, fact)));
        facts.extend(self.nested_groups(unit).into_iter().map(|fact| (None, fact)));
        facts
    }

    /// How many are in each atom of a unit, as far as its tables count them.
    pub(super) fn counts(&self, unit: &Unit) -> Vec<f64> {
        let mut counts = vec![0.0; unit.grid.atoms()];
        let mut tell = |sum: Option<Sum>, people: u64| {
            if let Some([(atom, by)]) = sum.as_ref().map(|sum| &sum.0[..])
                && *by > 0.0
            {
                counts[*atom] = people as f64;
            }
        };
        for view in &unit.views {
            let raw = &self.book.tables[view.table];
            let block = &raw.blocks[view.block];
            for (column, bases) in block.bases.iter().enumerate() {
                tell(self.base(unit, view, raw, column), bases.unweighted.base);
            }
            for (at, _, cell) in shares(view, raw) {
                tell(self.share(unit, view, at).map(|share| share.part), cell.count);
            }
        }
        counts
    }

    /// A table says so if some in its total are in no column; if it does not, nobody is.
    fn nobody_else(&self, unit: &Unit, view: &View) -> Option<Fact> {
        let raw = &self.book.tables[view.table];
        if view.mirrored || raw.banner.is_none() || raw.overlapping || raw.partial {
            return None;
        }
        let (division, _) = *raw.makeup.places.columns.first()?;
        let spot =
            unit.parts(division, |part, of| (of.answered..of.counted).contains(&part))?;
        let sum = unit.grid.count(0, &based_on(unit, raw), spot.layer, &spot.parts);
        Some(Fact::exactly(sum, 0.0))
    }

    fn bases<'u>(&'u self, unit: &'u Unit, view: &'u View) -> impl Iterator<Item = Fact> + 'u {
        let raw = &self.book.tables[view.table];
        let bases = &self.tables[view.table].blocks[view.block].bases;
        bases.iter().enumerate().filter_map(move |(column, bases)| {
            let shown = bases.unweighted.value()?;
            let (low, high) = self.base_bounds(shown);
            let low = low.max(self.rules.floor as f64).min(high);
            Some(Fact::between(self.base(unit, view, raw, column)?, low, high))
        })
    }

    /// The smallest number of people that a shown figure of a table is of, if it is of any.
    fn least(&self, raw: &Raw<Cell>) -> f64 {
        let Rules { small, small_sensitive, .. } = *self.rules;
        (if raw.sensitive { small_sensitive } else { small } + 1) as f64
    }

    /// Between which numbers a printed base lies.
    pub(super) fn base_bounds(&self, shown: f64) -> (f64, f64) {
        let step = self.rules.rounding.map_or(0.0, |rounding| f64::from(rounding.base));
        let all = self.book.account.respondents as f64;
        // A base is never printed above the number of respondents, but one step below.
        let high = if shown + step > all { all } else { shown + step / 2.0 };
        ((shown - step / 2.0).ceil(), high.floor())
    }

    /// Who is in the base of a column.
    pub(super) fn base(
        &self,
        unit: &Unit,
        view: &View,
        raw: &Raw<Cell>,
        column: usize,
    ) -> Option<Sum> {
        if view.mirrored {
            let (spot, answers) = self.across(unit, raw, column)?;
            return Some(unit.count(&answers, &spot));
        }
        let spot = unit.spot(raw, column)?;
        Some(unit.grid.count(0, &based_on(unit, raw), spot.layer, &spot.parts))
    }

    /// Of a mirrored table: who answered its question, and the answers of the unit's question
    /// in a column.
    fn across(
        &self,
        unit: &Unit,
        raw: &Raw<Cell>,
        column: usize,
    ) -> Option<(Spot, Vec<usize>)> {
        let own = self.beside(unit, raw)?;
        let spot = unit.answered(own, 1)?;
        if column == 0 {
            // The total counts those too who are in no column.
            return Some((spot, (0..unit.grid.answers(0)).collect()));
        }
        let id = &raw.groups.get(column)?.id;
        let question = &own.question.id;
        let answers = match &raw.makeup.banner[..] {
            [by] if by == question => {
                let mut rows = own.blocks.first()?.rows.iter();
                answers(rows.find(|row| row.label.id == *id && !answers(row).is_empty())?)
                    .to_vec()
            }
            _ => self.made_up_of(unit, raw, column)?,
        };
        Some((spot, answers))
    }

    /// The answers of the unit's question that make up a group of a banner, as regions make
    /// up a nation; none if some of them are only partly in it.
    fn made_up_of(&self, unit: &Unit, raw: &Raw<Cell>, column: usize) -> Option<Vec<usize>> {
        let tables = unit.views.iter().filter(|view| !view.mirrored);
        let mut tables = tables.map(|view| &self.book.tables[view.table]);
        let own = tables
            .find(|own| own.filter.is_none() && own.makeup.banner == raw.makeup.banner)?;
        let block = own.blocks.first()?;
        let rows = block.rows.iter().filter(|row| answers(row).len() == 1);
        let inside = rows.filter(|row| row.cells.get(column).is_some_and(|c| c.count > 0));
        let mut found = Vec::new();
        for row in inside {
            if row.cells[column].count < row.cells[0].count {
                return None;
            }
            found.extend_from_slice(answers(row));
        }
        let (division, part) = *own.makeup.places.columns.get(column.checked_sub(1)?)?;
        let people = self.book.divisions.list[division].people[part];
        let all = block.bases.get(column)?.unweighted.base == people;
        (all && !found.is_empty()).then_some(found)
    }

    /// The unit's own table of which a table is the mirror.
    fn beside(&self, unit: &Unit, raw: &Raw<Cell>) -> Option<&Raw<Cell>> {
        let tables = unit.views.iter().filter(|view| !view.mirrored);
        let mut tables = tables.map(|view| &self.book.tables[view.table]);
        tables.find(|own| {
            own.filter.is_none()
                && matches!(&own.makeup.banner[..], [b] if *b == raw.question.id)
        })
    }

    /// What one figure says.
    fn figure(&self, unit: &Unit, view: &View, at: At) -> impl Iterator<Item = Fact> {
        let figure = figure(self.tables, at);
        let raw = &self.book.tables[at.table];
        let row = &raw.blocks[at.block].rows[at.row];
        let share = self.is_told(at).then(|| self.share(unit, view, at)).flatten();
        let cell = &row.cells[at.column];
        let mut facts = Vec::new();
        if let Some(share) = share {
            facts = said(&share, (figure, cell), (row.statistic, self.least(raw)));
            if let Some(base) = figure.base() {
                let (low, high) = self.base_bounds(base);
                facts.push(Fact::between(share.whole.clone(), low, high));
            }
            let (low, high) = by_interval(figure, cell);
            facts.push(Fact::between(share.whole.clone(), low, high));
            // People are whole, which says more than a share of a small group.
            if let Some((low, high)) = exact::people(*self, at) {
                facts.push(Fact::between(share.part, low, high));
            }
        }
        facts.into_iter()
    }

    /// A figure as a share; none if it is nothing of the kind.
    pub(super) fn share(&self, unit: &Unit, view: &View, at: At) -> Option<Share> {
        let raw = &self.book.tables[at.table];
        let block = &raw.blocks[at.block];
        let row = &block.rows[at.row];
        let cell = &row.cells[at.column];
        if view.mirrored {
            let (spot, answers) = self.across(unit, raw, at.column)?;
            let part = self.of_groups(unit, raw, row, &answers)?;
            let (exact, whole) = (ratio(cell)?, unit.count(&answers, &spot));
            return Some(Share { part, whole, exact });
        }
        let spot = unit.spot(raw, at.column)?;
        let base = || unit.grid.count(0, &based_on(unit, raw), spot.layer, &spot.parts);
        match &row.content {
            Content::Answers(_) | Content::Places(_) => {
                let list = listed(unit, raw, row);
                let part = unit.count(&list, &spot);
                if part.0.is_empty() {
                    return None;
                }
                let answered = unit.answered(raw, at.column).unwrap_or_else(|| spot.clone());
                let whole = match raw.percent {
                    Percent::Column | Percent::Count => base(),
                    Percent::Row => unit.count(&list, &answered),
                    Percent::Total => {
                        let based_on = based_on(unit, raw);
                        unit.grid.count(0, &based_on, answered.layer, &answered.parts)
                    }
                    Percent::Mentions => return Self::mention(unit, raw, at, &spot),
                };
                Some(Share { part, whole, exact: ratio(cell)? })
            }
            Content::Difference { plus, minus } => {
                let part = unit.count(plus, &spot).plus(-1.0, &unit.count(minus, &spot));
                let count = |list: &[usize]| counted(block, list, at.column);
                let exact = (count(plus)? - count(minus)?) / cell.base as f64;
                Some(Share { part, whole: base(), exact })
            }
            Content::Scores(scores) => {
                let (mut part, mut whole) = (Sum::default(), Sum::default());
                let (mut above, mut below) = (0.0, 0.0);
                for (answer, score) in scores {
                    let count = unit.count(&[*answer], &spot);
                    let people = counted(block, &[*answer], at.column)?;
                    part = part.plus(*score, &count);
                    whole = whole.plus(1.0, &count);
                    above += score * people;
                    below += people;
                }
                (below > 0.0).then(|| Share { part, whole, exact: above / below })
            }
            Content::Other => None,
        }
    }

    /// Of a mirrored table: who is in the groups that are a row of it, of some answers.
    fn of_groups(
        &self,
        unit: &Unit,
        raw: &Raw<Cell>,
        row: &Row<Cell>,
        list: &[usize],
    ) -> Option<Sum> {
        let own = self.beside(unit, raw)?;
        let (division, _) = *own.makeup.places.columns.first()?;
        let rows = &raw.blocks.first()?.rows;
        let part = |answer: &usize| {
            let row = rows.iter().find(|row| answers(row) == [*answer])?;
            let column = own.groups.iter().position(|group| group.id == row.label.id)?;
            own.makeup.places.columns.get(column.checked_sub(1)?).map(|(_, part)| *part)
        };
        let parts: Vec<usize> = answers(row).iter().map(part).collect::<Option<_>>()?;
        let spot = unit.parts(division, |part, _| parts.contains(&part))?;
        Some(unit.count(list, &spot)).filter(|_| !parts.is_empty())
    }

    /// A share of all answers that were given.
    fn mention(unit: &Unit, raw: &Raw<Cell>, at: At, spot: &Spot) -> Option<Share> {
        let block = &raw.blocks[at.block];
        let (mut whole, mut given) = (Sum::default(), 0.0);
        for row in block.rows.iter().filter(|row| answers(row).len() == 1) {
            whole = whole.plus(1.0, &unit.count(answers(row), spot));
            given += row.cells[at.column].count as f64;
        }
        let row = &block.rows[at.row];
        let part = unit.count(answers(row), spot);
        let exact = row.cells[at.column].count as f64 / given;
        exact.is_finite().then_some(Share { part, whole, exact })
    }

    /// How large the groups of banners are, which their own toplines tell.
    fn groups<'u>(&'u self, unit: &'u Unit) -> impl Iterator<Item = Fact> + 'u {
        let plain = |division: &usize| self.book.divisions.list[*division].plain;
        unit.divisions().filter(plain).flat_map(move |division| {
            let people = &self.book.divisions.list[division].people;
            let answered = self.book.divisions.list[division].answered;
            let all: u64 = people[..answered].iter().sum();
            let groups = (0..answered).filter(move |part| people[*part] > self.rules.small);
            groups.flat_map(move |part| {
                let sum = |spot: Spot| unit.grid.people(0, spot.layer, &spot.parts);
                let group = unit.parts(division, |other, _| other == part).map(sum);
                let whole = unit.parts(division, |other, of| other < of.answered).map(sum);
                let exact = people[part] as f64 / all as f64;
                let shown = rounding::half_away(100.0 * exact, 0);
                let (low, high) = ((shown - 0.5) / 100.0, (shown + 0.5) / 100.0);
                let facts = group.zip(whole).map(|(group, whole)| {
                    Fact::share(&group, &whole, low.max(0.0), high.min(1.0))
                });
                facts.into_iter().flatten()
            })
        })
    }
}

impl Told<'_> {
    /// How large groups are that lie within those of another banner, as regions do within a
    /// nation: the table of one by the other tells it, of fewer people than the topline does.
    fn nested_groups(&self, unit: &Unit) -> Vec<Fact> {
        let divisions = &self.book.divisions;
        let plain: Vec<usize> = unit.divisions().filter(|d| divisions.list[*d].plain).collect();
        let mut facts = Vec::new();
        for (inner, outer) in plain.iter().flat_map(|a| plain.iter().map(move |b| (*a, *b))) {
            let people = |division: usize, part: usize| divisions.list[division].people[part];
            for (part, (within, of)) in divisions.within(inner, outer).into_iter().enumerate() {
                let whole = people(outer, part);
                if of != whole || whole < self.rules.floor {
                    continue;
                }
                for group in within {
                    let spots = (
                        unit.parts(inner, |other, _| other == group),
                        unit.parts(outer, |other, _| other == part),
                    );
                    let (Some(group_spot), Some(whole_spot)) = spots else { continue };
                    let sum = |spot: &Spot| unit.grid.people(0, spot.layer, &spot.parts);
                    let exact = 100.0 * people(inner, group) as f64 / whole as f64;
                    let shown = rounding::half_away(exact, 0);
                    let (low, high) = ((shown - 0.5).max(0.0), (shown + 0.5).min(100.0));
                    let (part, whole) = (sum(&group_spot), sum(&whole_spot));
                    facts.extend(Fact::share(&part, &whole, low / 100.0, high / 100.0));
                }
            }
        }
        facts
    }
}

/// The share of people that a figure is of.
fn ratio(cell: &Cell) -> Option<f64> {
    (cell.base > 0).then(|| cell.count as f64 / cell.base as f64)
}

/// How many of a column gave any of some answers, by the rows of single answers.
fn counted(block: &crate::tabulate::Block<Cell>, list: &[usize], column: usize) -> Option<f64> {
    let one = |answer: &usize| {
        let row = block.rows.iter().find(|row| answers(row) == [*answer])?;
        Some(row.cells[column].count as f64)
    };
    list.iter().map(one).sum()
}

/// The answers of the unit's axis that a row of a table counts.
pub(super) fn listed(unit: &Unit, raw: &Raw<Cell>, row: &Row<Cell>) -> Vec<usize> {
    match &row.content {
        Content::Places(places) => (0..*places).collect(),
        _ if unit.is_multi() => answers(row).to_vec(),
        _ => {
            let kept = |answer: &&usize| raw.makeup.based_on.contains(answer);
            answers(row).iter().filter(kept).copied().collect()
        }
    }
}

/// The answers of the unit's axis that are in the base of a table.
fn based_on(unit: &Unit, raw: &Raw<Cell>) -> Vec<usize> {
    let asked = raw.makeup.based_on.contains(&raw.makeup.answers);
    match raw.form {
        Form::Single { .. } | Form::Battery { .. } => raw.makeup.based_on.clone(),
        _ => {
            let axis = unit.grid.answers(0) - usize::from(unit.blank);
            (0..axis).filter(|answer| asked || !unit.is_multi() || *answer < 2).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::unit::units;
    use super::*;
    use crate::disclose::gate::Gate;
    use crate::disclose::rules::rules;
    use crate::disclose::tests::{made_up, table};
    use crate::poll::{Sampling, testing};
    use crate::tabulate::Account;

    /// The facts that a table of two answers of 300 tells of its base of 600.
    fn of_the_base(sampling: Sampling) -> Vec<(f64, f64)> {
        let raw = made_up(table(&[300, 300], false));
        let account = Account { respondents: 600, ..Account::default() };
        let book = Book { tables: vec![raw], account, ..Book::default() };
        let poll = testing::poll();
        let rules = rules(&poll);
        let gate = Gate { rules, profile: poll.profile, sampling, respondents: 600 };
        let tables = [gate.linked(&book.tables[0], &book.tables, &[])];
        let earlier = Earlier::default();
        let told = Told { book: &book, tables: &tables, rules: &rules, earlier: &earlier };
        let unit = &units(&book)[0];
        let whole = unit.count(&[0, 1], &unit.spot(&book.tables[0], 0).unwrap());
        let facts = told.facts(unit).into_iter().map(|(_, fact)| fact);
        facts.filter(|fact| fact.sum == whole).map(|fact| (fact.low, fact.high)).collect()
    }

    #[test]
    fn a_printed_interval_tells_of_the_base() {
        // 50%, 48.74 to 51.26, is printed as 50%, 49 to 51.
        let low = 600.0 * (1.26 / 1.5) * (1.26 / 1.5);
        let told = |facts: &[(f64, f64)]| facts.iter().any(|fact| (fact.0 - low).abs() < 1e-6);
        assert!(told(&of_the_base(Sampling::Probability)));
        assert!(!told(&of_the_base(Sampling::Nonprobability)));
    }
}
