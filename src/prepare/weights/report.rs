//! The account of a step: what was wanted, what was there, and what came out.
//!
//! Takes groups and the weights after the step, gives shares and the diagnostics of the
//! weights. Raw figures: the gate rounds them before a reader sees them.

use super::groups::Groups;
use crate::poll::weighting::Method;
use crate::stats::calibrate::Quality;

/// What one step did.
#[derive(Clone, Debug, PartialEq)]
pub struct StepReport {
    /// What it is.
    pub method: Method,
    /// The margins that it meets; none for `trim`.
    pub margins: Vec<MarginReport>,
    /// How many rounds it took.
    pub rounds: usize,
    /// The largest distance of a margin from its target, as a share of the target; none for
    /// `trim`.
    pub worst: Option<f64>,
    /// The bounds of weight after over weight before, and the share of weights at one.
    pub bounds: Option<((f64, f64), f64)>,
    /// The limits of `trim`, as weights, and how many were beyond.
    pub trimmed: Option<((f64, f64), u64)>,
    /// The weights after the step.
    pub weights: Quality,
}

/// What one margin is, before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct MarginReport {
    /// The variable as it is written, such as `phase` or `phase:region`.
    pub variable: String,
    /// The variable in words.
    pub title: String,
    /// Where its targets come from.
    pub source: Option<String>,
    /// Each group that has respondents.
    pub groups: Vec<GroupReport>,
}

/// One group of a margin. Shares run from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupReport {
    /// The group in words.
    pub label: String,
    /// Its target, of all respondents; none if it keeps its share.
    pub target: Option<f64>,
    /// Its respondents.
    pub respondents: u64,
    /// Its share of respondents.
    pub unweighted: f64,
    /// Its share of the weights before the step.
    pub before: f64,
    /// Its share of the weights after it.
    pub after: f64,
}

/// The account of one margin.
pub(super) fn margin(groups: &Groups, weights: &[f64]) -> MarginReport {
    let mut after = vec![0.0; groups.list.len()];
    for (group, weight) in groups.of.iter().zip(weights) {
        after[*group as usize] += weight;
    }
    let sum = |values: &dyn Fn(usize) -> f64| (0..after.len()).map(values).sum::<f64>();
    let list = &groups.list;
    let wanted = sum(&|nth| list[nth].total);
    let (before, weighted) = (sum(&|nth| list[nth].before), sum(&|nth| after[nth]));
    let respondents = groups.of.len() as f64;
    let report = list.iter().zip(&after).map(|(group, after)| GroupReport {
        label: group.label.clone(),
        target: group.size.map(|_| group.total / wanted),
        respondents: group.respondents,
        unweighted: group.respondents as f64 / respondents,
        before: group.before / before,
        after: after / weighted,
    });
    MarginReport {
        variable: groups.name.clone(),
        title: groups.title.clone(),
        source: groups.source.clone(),
        groups: report.collect(),
    }
}
