//! Targets taken from the frame: its margins, and the classes of non-response.
//!
//! Takes the cells of the frame, gives [`Margin`]s as if they had stood in a file. May know
//! the questionnaire and the rows.

use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use super::targets::{Margin, Target};
use crate::diagnostic::{Finding, Findings, Place};
use crate::document::{self, Spanned};
use crate::poll::Poll;
use crate::poll::weighting::Method;
use crate::prepare::codes;
use crate::prepare::crossing::{BETWEEN, Crossing};
use crate::prepare::frame_file::{Cell, Frame, people};
use crate::questionnaire::Questionnaire;

/// What margins are made from.
pub(super) struct Source<'a> {
    pub(super) frame: &'a Frame,
    pub(super) poll: &'a Poll,
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) rows: &'a DataFrame,
}

/// What is counted in a cell of the frame.
type Size = fn(&Cell) -> u64;

impl Source<'_> {
    /// The margins of a step: those named, or all. Post-stratification has one, of all
    /// variables crossed.
    pub(super) fn margins(
        &self,
        method: Method,
        by: &[Spanned<String>],
        findings: &mut Findings,
    ) -> Vec<Margin> {
        if self.frame.source.is_none() {
            findings.push(self.without_source());
        }
        if by.iter().filter(|name| !self.known(name, findings)).count() > 0 {
            return Vec::new();
        }
        let mut names: Vec<String> = by.iter().map(|name| name.get_ref().clone()).collect();
        if names.is_empty() {
            names = self.frame.variables().map(str::to_owned).collect();
        }
        if method == Method::Poststratify {
            names = vec![names.join(":")];
        }
        names.iter().filter_map(|name| self.margin(name, Frame::size)).collect()
    }

    fn without_source(&self) -> Finding {
        let place = self.poll.frame.as_ref().map(|f| self.poll.place(f, "method.frame"));
        Finding::new(&codes::SOURCE, "the frame has no source in words")
            .at(place.unwrap_or_else(|| self.frame.place.clone()))
            .because("a reader has to know where the targets come from")
            .help("add `frame_source = \"Membership list, 8 January 2024\"` to `[method]`")
    }

    /// Whether a name, or each part of it, is a variable of the frame.
    fn known(&self, name: &Spanned<String>, findings: &mut Findings) -> bool {
        let parts = name.get_ref().split(BETWEEN).map(str::trim);
        let unknown = parts.filter(|part| self.frame.variables().all(|v| v != *part));
        let mut known = true;
        for part in unknown {
            let all: Vec<&str> = self.frame.variables().collect();
            let help = match document::nearest(part, all.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the frame has {}", all.join(", ")),
            };
            let headline = format!("`{part}` is no variable of the frame");
            let place = self.poll.place(name, "weighting.by");
            findings.push(Finding::new(&codes::VARIABLE, headline).at(place).help(help));
            known = false;
        }
        known
    }

    /// The sums of the frame by the groups of some of its variables.
    fn margin(&self, name: &str, size: Size) -> Option<Margin> {
        // The names are variables of the frame, which are questions.
        let crossing =
            Crossing::named(name, (self.questionnaire, self.rows), self.poll.words).ok()?;
        let all: Vec<&str> = self.frame.variables().collect();
        let places: Vec<usize> =
            crossing.variables().filter_map(|v| all.iter().position(|a| *a == v)).collect();
        let mut sums: BTreeMap<usize, (u64, Place)> = BTreeMap::new();
        for cell in &self.frame.cells {
            let answers = places.iter().map(|place| cell.answers[*place].as_str());
            let code = crossing.code_of(answers)?;
            sums.entry(code).or_insert_with(|| (0, cell.place.clone())).0 += size(cell);
        }
        let target = |(code, (sum, place))| Target { code, size: Some(sum as f64), place };
        Some(Margin {
            place: self.frame.place.clone(),
            cells: sums.into_iter().map(target).collect(),
            counts: true,
            source: self.frame.source.clone(),
            crossing,
        })
    }

    /// The classes of non-response: in each, the weights are multiplied by those invited
    /// over those who replied; where nobody counted the invited, they add up to its members.
    /// Little and Rubin (2019), "Statistical Analysis with Missing Data", section 3.3.1.
    pub(super) fn classes(
        &self,
        by: &[Spanned<String>],
        smallest: u32,
        base: &[f64],
        findings: &mut Findings,
    ) -> Option<Margin> {
        let whole = by.iter().filter(|name| !self.known(name, findings)).count() == 0;
        let names: Vec<&str> = by.iter().map(|name| name.get_ref().as_str()).collect();
        let invited = self.frame.cells.iter().all(|cell| cell.invited.is_some());
        let size: Size = if invited { |cell| cell.invited.unwrap_or(0) } else { Frame::size };
        let mut margin = self.margin(&names.join(":"), size).filter(|_| whole)?;
        let sums = margin.crossing.sums(self.rows, base);
        let mut small: Vec<(u64, &Target)> = Vec::new();
        for cell in &margin.cells {
            let count = sums[cell.code].0;
            if cell.size.is_some_and(|size| size > 0.0) && count < u64::from(smallest) {
                small.push((count, cell));
            }
        }
        small_classes(&small, &margin.crossing, smallest, findings);
        for cell in &mut margin.cells {
            let (count, weight) = sums[cell.code];
            if let Some(size) = cell.size.filter(|_| invited && count > 0) {
                cell.size = Some(size * weight / count as f64);
            }
        }
        Some(margin)
    }
}

/// Notes the first class with too few respondents, and how many more there are.
fn small_classes(
    small: &[(u64, &Target)],
    crossing: &Crossing,
    smallest: u32,
    findings: &mut Findings,
) {
    let Some(((count, first), others)) = small.split_first() else { return };
    let headline =
        format!("{} in the class `{}`", people(*count), crossing.written(first.code));
    let because = format!("a class needs {smallest}: each would stand for many");
    let help = "take a variable out of `by`, join answers, or set `smallest_class`";
    let also = others.iter().filter_map(|(_, cell)| cell.place.line).collect();
    let finding = Finding::new(&codes::CLASS, headline).at(first.place.clone());
    findings.push(finding.because(because).help(help).times(small.len() as u64, also));
}
