//! The account of weighting for people: a table for each margin, then the weights in words.

use std::fmt::Write as _;

use crate::pipeline::{MarginReport, NOTABLE, RETHINK, StepReport};

/// The headings of the columns of figures.
const HEADINGS: [&str; 5] = ["target", "unweighted", "before", "after", "difference"];
/// The width of each.
const WIDTH: usize = 11;

/// Every step.
pub(super) fn all(steps: &[StepReport]) -> String {
    let mut text = String::new();
    for (nth, step) in (1..).zip(steps) {
        let gap = if nth > 1 { "\n" } else { "" };
        let _ = writeln!(text, "{gap}Step {nth}: {}", step.method.name());
        for margin in &step.margins {
            text += &table(margin);
        }
        text += &summary(step);
    }
    text
}

fn table(margin: &MarginReport) -> String {
    let labels = margin.groups.iter().map(|group| group.label.chars().count() + 2);
    let heading = format!("{} (%)", margin.title);
    let wide = labels.chain([heading.chars().count()]).max().unwrap_or(0);
    let mut text = format!("\n{heading:<wide$}");
    for column in HEADINGS {
        let _ = write!(text, "{column:>WIDTH$}");
    }
    text.push('\n');
    for group in &margin.groups {
        let percent = |share: f64| format!("{:.1}", share * 100.0);
        let difference = group.target.map(|target| signed((group.after - target) * 100.0));
        let cells = [
            group.target.map_or_else(|| "kept".to_owned(), percent),
            percent(group.unweighted),
            percent(group.before),
            percent(group.after),
            difference.unwrap_or_default(),
        ];
        let indented = format!("  {}", group.label);
        let mut line = format!("{indented:<wide$}");
        for cell in cells {
            let _ = write!(line, "{cell:>WIDTH$}");
        }
        text += line.trim_end();
        text.push('\n');
    }
    let source = margin.source.as_deref().unwrap_or("not given");
    let _ = writeln!(text, "  Source of the targets: {source}");
    text
}

/// A difference in points; what would print as zero has no sign.
fn signed(points: f64) -> String {
    let text = format!("{points:+.1}");
    if text.ends_with("0.0") && text.len() == 4 { "0.0".to_owned() } else { text }
}

fn summary(step: &StepReport) -> String {
    let weights = range(step).into_iter().chain(cost(step));
    let step = [met(step), at_bounds(step), trimmed(step)].into_iter().flatten();
    format!("\n{}\n", weights.chain(step).collect::<Vec<_>>().join("\n"))
}

fn range(step: &StepReport) -> Vec<String> {
    let weights = &step.weights;
    let mean = three(weights.sum / weights.records as f64);
    let (smallest, largest) = (three(weights.smallest), three(weights.largest));
    let ratio = |ratio| format!("The largest is {} times the smallest", three(ratio));
    let range = format!("Weights run from {smallest} to {largest}, with a mean of {mean}");
    [range].into_iter().chain(weights.ratio.map(ratio)).collect()
}

fn cost(step: &StepReport) -> [String; 2] {
    let weights = &step.weights;
    let (efficiency, base) = (100.0 * weights.efficiency, weights.effective_base);
    let (n, mark) = (weights.records, mark(efficiency));
    let cost =
        format!("Efficiency {efficiency:.1} %: {n} respondents are worth {base:.0}{mark}");
    [cost, format!("Design effect of weighting {:.3}", weights.design_effect)]
}

/// What is left of a target below which nobody asks.
const EXACT: f64 = 1e-6;

fn met(step: &StepReport) -> Option<String> {
    let (worst, rounds) = (step.worst?, step.rounds);
    let word = if rounds == 1 { "round" } else { "rounds" };
    let met = if worst < EXACT {
        "every target met".to_owned()
    } else {
        format!("every target met but for {worst:.0e} of it")
    };
    Some(format!("{rounds} {word}, {met}"))
}

fn at_bounds(step: &StepReport) -> Option<String> {
    let ((lower, upper), share) = step.bounds?;
    let at = format!("{:.1} % of weights are at a bound", share * 100.0);
    Some(format!("{at} ({lower} or {upper} times the weight before)"))
}

fn trimmed(step: &StepReport) -> Option<String> {
    let ((lower, upper), count) = step.trimmed?;
    let limits = match (lower > 0.0, upper.is_finite()) {
        (true, true) => format!("limits {} to {}", three(lower), three(upper)),
        (true, false) => format!("at least {}", three(lower)),
        (false, _) => format!("at most {}", three(upper)),
    };
    Some(format!("{count} weights were trimmed ({limits})"))
}

/// What an efficiency means, by the marks that Quantipy's guide gives.
fn mark(efficiency: f64) -> &'static str {
    if efficiency < RETHINK {
        "; under 70 % the scheme should be thought over"
    } else if efficiency < NOTABLE {
        "; under 80 % the sample differs notably from its targets"
    } else {
        ""
    }
}

/// A number to three places.
fn three(number: f64) -> String {
    format!("{number:.3}")
}
