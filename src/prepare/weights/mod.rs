//! Steps of the poll file that make or adjust the weight: targets and base weights go in,
//! final weights come out, with an account of each step and what a variance must know.
//!
//! May know the ground floor, the questionnaire, the poll and the rows. Works step by step,
//! each from the weights of the one before. Never leaves a target out that cannot be met:
//! that ends the run.

mod groups;
mod meet;
mod of_frame;
mod report;
mod targets;
#[cfg(test)]
mod tests;

use polars::prelude::DataFrame;

use super::codes;
use super::frame_file::Frame;
use super::side::Side;
use crate::diagnostic::{Failure, Finding, Findings, Kind};
use crate::poll::Poll;
use crate::poll::weighting::{Action, Method, Step, Targets, Unit};
use crate::questionnaire::Questionnaire;
use crate::stats::calibrate::{self, Bounds, Fit, Quality};
use groups::Groups;
use of_frame::Source;
use targets::Margin;

pub use report::{GroupReport, MarginReport, StepReport};

/// Under this efficiency, in per cent, the sample differs notably from its targets.
pub const NOTABLE: f64 = 80.0;
/// Under this one the scheme should be thought over.
pub const RETHINK: f64 = 70.0;

/// What steps are made from.
pub(super) struct Making<'a> {
    pub(super) poll: &'a Poll,
    pub(super) questionnaire: &'a Questionnaire,
    pub(super) rows: &'a DataFrame,
    pub(super) side: &'a Side,
    pub(super) frame: Option<&'a Frame>,
}

/// Weights, and how they came about.
#[derive(Clone, Debug, Default)]
pub(super) struct Weighting {
    pub(super) weights: Vec<f64>,
    /// What a variance must know of each step, in order; trimming leaves nothing.
    pub(super) calibrations: Vec<Fit>,
    pub(super) steps: Vec<StepReport>,
}

impl Making<'_> {
    /// Takes every step of the poll file, from the base weights on.
    ///
    /// # Errors
    /// [`Kind::Input`] if targets or frame are wrong in themselves; [`Kind::Weighting`] if
    /// they cannot be met.
    pub(super) fn weighting(
        &self,
        base: Vec<f64>,
        findings: &mut Findings,
    ) -> Result<Weighting, Failure> {
        let mark = findings.list().len();
        let steps = self.poll.weighting.iter();
        let margins: Vec<Vec<Margin>> =
            steps.map(|step| self.margins(step, findings)).collect();
        findings.stop_on_error_since(mark, Kind::Input)?;
        let mut weighting = Weighting { weights: base, ..Weighting::default() };
        for (step, margins) in self.poll.weighting.iter().zip(margins) {
            let done = self.step(step, margins, &mut weighting, findings);
            findings.stop_on_error_since(mark, Kind::Weighting)?;
            done.ok_or(Failure { kind: Kind::Weighting })?;
        }
        judge(self.poll, &weighting, findings);
        Ok(weighting)
    }

    /// The targets of a step, read and checked in themselves.
    fn margins(&self, step: &Step, findings: &mut Findings) -> Vec<Margin> {
        let Action::Meet { targets, .. } = &step.action else { return Vec::new() };
        let margins = match targets {
            Targets::File(path) => {
                let sheet = self.side.sheet(path.get_ref(), findings);
                let asked = (self.questionnaire, self.rows);
                sheet.map(|s| targets::read(&s, asked, self.poll.words, findings))
            }
            Targets::Frame(by) => {
                self.source().map(|source| source.margins(step.method, by, findings))
            }
        };
        let margins = margins.unwrap_or_default();
        check_alike(step, &margins, findings);
        margins
    }

    fn source(&self) -> Option<Source<'_>> {
        let Self { poll, questionnaire, rows, .. } = *self;
        self.frame.map(|frame| Source { frame, poll, questionnaire, rows })
    }

    /// Takes one step; none if it cannot be taken, which is then said.
    fn step(
        &self,
        step: &Step,
        mut margins: Vec<Margin>,
        weighting: &mut Weighting,
        findings: &mut Findings,
    ) -> Option<()> {
        let base = std::mem::take(&mut weighting.weights);
        let mark = findings.list().len();
        match &step.action {
            Action::Trim { lower, upper, unit, strict } => {
                let limits = limits(&base, *unit, *lower, *upper);
                let report = trim(step, &base, (limits, *strict), weighting, findings)?;
                weighting.steps.push(report);
                return Some(());
            }
            Action::Classes { by, smallest } => {
                let source = self.source()?;
                margins.extend(source.classes(by, *smallest, &base, findings));
            }
            Action::Meet { .. } => {}
        }
        let mut groups: Vec<Groups> = margins
            .iter()
            .map(|margin| groups::groups(margin, self.rows, &base, findings))
            .collect();
        findings.stop_on_error_since(mark, Kind::Weighting).ok()?;
        share_out(&margins, &mut groups, &base, findings);
        let (weights, fit, report) = meet::meet(step, &groups, &base, findings)?;
        weighting.weights = weights;
        weighting.calibrations.push(fit);
        weighting.steps.push(report);
        Some(())
    }
}

/// Gives each group its total: of all people where they are counted, else of all weights.
fn share_out(margins: &[Margin], groups: &mut [Groups], base: &[f64], findings: &mut Findings) {
    let sum: f64 = base.iter().sum();
    let counted = margins.iter().find(|margin| margin.counts);
    let whole = counted.map_or(sum, Margin::total);
    for groups in groups {
        groups.share_out(whole, sum, findings);
    }
}

/// Notes margins whose counts are of different totals, and post-stratification to several.
fn check_alike(step: &Step, margins: &[Margin], findings: &mut Findings) {
    let Some((first, others)) = margins.split_first() else { return };
    for other in others.iter().filter(|other| disagree(first, other)) {
        findings.push(disagreement(first, other));
    }
    let other = others.first().filter(|_| step.method == Method::Poststratify);
    if let Some(other) = other {
        findings.push(several(other));
    }
}

/// Whether two margins count different numbers of people.
fn disagree(first: &Margin, other: &Margin) -> bool {
    /// What totals may differ by, in totals, and still be of the same people.
    const ROUNDING: f64 = 1e-9;
    let (one, two) = (first.total(), other.total());
    other.counts && (one - two).abs() > ROUNDING * one.abs()
}

fn disagreement(first: &Margin, other: &Margin) -> Finding {
    let [one, two] = [first, other].map(|margin| targets::short(margin.total()));
    let (first, name) = (&first.crossing.name, &other.crossing.name);
    let headline =
        format!("the counts of `{name}` add up to {two}, those of `{first}` to {one}");
    Finding::new(&codes::SUM, headline)
        .at(other.place.clone())
        .because("both are of the same people")
        .help("correct them, or write shares if the sources count different people")
}

fn several(other: &Margin) -> Finding {
    let headline = "post-stratification has one variable, or several crossed";
    let help = "cross them: `phase:region` with categories such as `Primary:North`; or use \
                `method = \"rake\"`";
    Finding::new(&codes::VARIABLE, headline).at(other.place.clone()).help(help)
}

/// The limits of `trim` as weights.
fn limits(weights: &[f64], unit: Unit, lower: Option<f64>, upper: Option<f64>) -> Bounds {
    let unit = match unit {
        Unit::Absolute => 1.0,
        Unit::Mean => mean(weights),
        Unit::Median => median(weights),
    };
    let lower = lower.map_or(0.0, |limit| limit * unit);
    Bounds { lower, upper: upper.map_or(f64::INFINITY, |limit| limit * unit) }
}

/// The middle weight, or the mean of the two in the middle.
fn median(weights: &[f64]) -> f64 {
    let mut sorted = weights.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.len() % 2, sorted.get(middle.wrapping_sub(1)), sorted.get(middle)) {
        (0, Some(low), Some(high)) => f64::midpoint(*low, *high),
        (_, _, Some(middle)) => *middle,
        _ => 1.0,
    }
}

fn trim(
    step: &Step,
    base: &[f64],
    (limits, strict): (Bounds, bool),
    weighting: &mut Weighting,
    findings: &mut Findings,
) -> Option<StepReport> {
    let mean = mean(base);
    let trimmed = calibrate::trim(base, limits, strict);
    let trimmed = trimmed.ok().filter(|trimmed| trimmed.lost.is_none());
    let Some(trimmed) = trimmed.filter(|_| limits.lower <= mean && mean <= limits.upper) else {
        findings.push(untrimmed(step, limits, mean));
        return None;
    };
    weighting.weights = trimmed.weights;
    Some(StepReport {
        method: step.method,
        margins: Vec::new(),
        rounds: 1,
        worst: None,
        bounds: None,
        trimmed: Some(((limits.lower, limits.upper), trimmed.trimmed as u64)),
        weights: Quality::of(&weighting.weights)?,
    })
}

fn mean(weights: &[f64]) -> f64 {
    weights.iter().sum::<f64>() / weights.len().max(1) as f64
}

/// Why weights cannot be trimmed.
fn untrimmed(step: &Step, limits: Bounds, mean: f64) -> Finding {
    let [mean, lower, upper] = [mean, limits.lower, limits.upper].map(targets::short);
    let because = format!("the mean weight is {mean}, and the limits are {lower} and {upper}");
    Finding::new(&codes::TRIM, "weights cannot be trimmed to these limits")
        .at(step.place.clone())
        .because(because)
        .help("give limits on either side of the mean")
}

/// Says what the weights cost, if that is much.
fn judge(poll: &Poll, weighting: &Weighting, findings: &mut Findings) {
    let (Some(step), Some(report)) = (poll.weighting.last(), weighting.steps.last()) else {
        return;
    };
    let efficiency = 100.0 * report.weights.efficiency;
    if efficiency >= NOTABLE {
        return;
    }
    let (severity, meaning) = if efficiency < RETHINK {
        (codes::EFFICIENCY.severity, "under 70 % the scheme should be thought over")
    } else {
        (
            crate::diagnostic::Severity::Note,
            "under 80 % the sample differs notably from targets",
        )
    };
    let headline = format!("weighting leaves an efficiency of {efficiency:.1} %");
    let mut finding = Finding::new(&codes::EFFICIENCY, headline).at(step.place.clone());
    finding.severity = severity;
    let help = "use fewer or broader targets, or add a step `trim`";
    findings.push(finding.because(meaning).help(help));
}
