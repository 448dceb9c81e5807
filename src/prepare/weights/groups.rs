//! A margin met with the sample: the group of each row, and what each group shall add up to.
//!
//! Takes targets and base weights, gives codes and totals to compute with. Groups without a
//! target keep their share, and the targets are of the rest. Says every group for which that
//! cannot be.

use polars::prelude::DataFrame;

use super::targets::{Margin, short};
use crate::diagnostic::{Finding, Findings, Place};
use crate::prepare::codes;

/// One margin of a step.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    /// The variable as it is written.
    pub(super) name: String,
    pub(super) title: String,
    pub(super) source: Option<String>,
    /// Where its targets begin.
    pub(super) place: Place,
    /// Those with a target, then those without.
    pub(super) list: Vec<Group>,
    /// The group of each row.
    pub(super) of: Vec<u32>,
}

/// The respondents of one group.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) label: String,
    /// What the file says; none if the group keeps its share.
    pub(super) size: Option<f64>,
    pub(super) respondents: u64,
    /// The sum of their weights before the step.
    pub(super) before: f64,
    /// What their weights shall add up to.
    pub(super) total: f64,
    /// Where its target stands.
    pub(super) place: Place,
    code: usize,
}

/// No group yet.
const NONE: u32 = u32::MAX;

/// Sorts the rows into the groups of a margin.
pub(super) fn groups(
    margin: &Margin,
    rows: &DataFrame,
    base: &[f64],
    findings: &mut Findings,
) -> Groups {
    let crossing = &margin.crossing;
    let mut table = vec![NONE; crossing.size().unwrap_or(0)];
    let group = |code: usize, size: Option<f64>, place: &Place| Group {
        label: crossing.label(code),
        size,
        respondents: 0,
        before: 0.0,
        total: 0.0,
        place: place.clone(),
        code,
    };
    let named = margin.cells.iter();
    let mut list: Vec<Group> =
        named.map(|cell| group(cell.code, cell.size, &cell.place)).collect();
    for (nth, group) in (0..).zip(&list) {
        table[group.code] = nth;
    }
    let mut of = crossing.rows(rows);
    for (code, weight) in of.iter_mut().zip(base) {
        let place = &mut table[*code as usize];
        if *place == NONE {
            *place = u32::try_from(list.len()).unwrap_or(NONE);
            list.push(group(*code as usize, None, &margin.place));
        }
        *code = *place;
        let group = &mut list[*place as usize];
        group.respondents += 1;
        group.before += weight;
    }
    let unnamed = list.iter().skip(margin.cells.len());
    for group in unnamed.filter(|group| crossing.substantive(group.code)) {
        unnamed_group(margin, group, findings);
    }
    let (name, title) = (crossing.name.clone(), crossing.title.clone());
    let groups = Groups {
        name,
        title,
        source: margin.source.clone(),
        place: margin.place.clone(),
        list,
        of,
    };
    groups.without_empty(findings)
}

/// Notes respondents of a category that should have a target.
fn unnamed_group(margin: &Margin, group: &Group, findings: &mut Findings) {
    let crossing = &margin.crossing;
    let written = crossing.written(group.code);
    let headline =
        format!("{} of `{}`, which has no target", people(group.respondents), written);
    let help = format!(
        "add a line `{},{written},` with the target, or with `none` so that they keep their share",
        crossing.name
    );
    let because = format!("the targets of `{}` do not name it", crossing.name);
    let finding = Finding::new(&codes::UNNAMED, headline).at(margin.place.clone());
    findings.push(finding.because(because).help(help));
}

/// `1 respondent is`, `5 respondents are`.
pub(super) fn people(count: u64) -> String {
    if count == 1 { "1 respondent is".to_owned() } else { format!("{count} respondents are") }
}

impl Groups {
    /// Takes out groups that have neither respondents nor a target above zero, and says
    /// which have one without the other.
    fn without_empty(mut self, findings: &mut Findings) -> Self {
        for group in &self.list {
            let Some(size) = group.size else { continue };
            let headline = match group.respondents {
                0 if size > 0.0 => {
                    format!("nobody is `{}`, but the target is {}", group.label, short(size))
                }
                count if count > 0 && size <= 0.0 => {
                    format!("{} `{}`, but the target is 0", people(count), group.label)
                }
                _ => continue,
            };
            let help = "join it with another category, in the schema and in the targets";
            let finding = Finding::new(&codes::NOBODY, headline).at(group.place.clone());
            findings.push(finding.help(help));
        }
        let mut table = vec![0; self.list.len()];
        let mut kept = 0;
        for (place, group) in table.iter_mut().zip(&self.list) {
            *place = kept;
            kept += u32::from(group.respondents > 0);
        }
        self.list.retain(|group| group.respondents > 0);
        if table.last().is_some_and(|last| *last as usize + 1 != table.len()) {
            self.of.iter_mut().for_each(|code| *code = table[*code as usize]);
        }
        self
    }

    /// The sum of the sizes that the file gives.
    fn sizes(&self) -> f64 {
        self.list.iter().filter_map(|group| group.size).sum()
    }

    /// Gives each group its total: those without a target their share of `whole`, the others
    /// theirs of the rest. `base` is the sum of all weights before.
    pub(super) fn share_out(&mut self, whole: f64, base: f64, findings: &mut Findings) {
        let kept: Vec<&Group> = self.list.iter().filter(|group| group.size.is_none()).collect();
        let share = kept.iter().map(|group| group.before).sum::<f64>() / base;
        let count: u64 = kept.iter().map(|group| group.respondents).sum();
        if count > 0 {
            let headline = format!(
                "{} without a target of `{}`: {:.1} % before weighting, which they keep",
                people(count),
                self.name,
                share * 100.0
            );
            let finding = Finding::new(&codes::KEPT, headline).at(self.place.clone());
            findings.push(finding.because("the targets are of the others"));
        }
        let sizes = self.sizes();
        for group in &mut self.list {
            group.total = match group.size {
                None => whole * (group.before / base),
                Some(size) => whole * (1.0 - share) * (size / sizes),
            };
        }
    }

    /// What each group shall add up to.
    pub(super) fn totals(&self) -> Vec<f64> {
        self.list.iter().map(|group| group.total).collect()
    }
}
