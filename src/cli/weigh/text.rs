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
    let weights = &step.weights;
    let mean = weights.sum / weights.records as f64;
    let mut lines = vec![
        format!(
            "Weights run from {} to {}, with a mean of {}",
            three(weights.smallest),
            three(weights.largest),
            three(mean)
        ),
        weights.ratio.map_or_else(String::new, |ratio| {
            format!("The largest is {} times the smallest", three(ratio))
        }),
        format!(
            "Efficiency {:.1} %: {} respondents are worth {:.0}{}",
            100.0 * weights.efficiency,
            weights.records,
            weights.effective_base,
            mark(100.0 * weights.efficiency)
        ),
        format!("Design effect of weighting {:.3}", weights.design_effect),
    ];
    if let Some(worst) = step.worst {
        let rounds = if step.rounds == 1 { "round" } else { "rounds" };
        let met = format!("{} {rounds}, every target met to {worst:.0e} of it", step.rounds);
        lines.push(met);
    }
    if let Some(((lower, upper), share)) = step.bounds {
        lines.push(format!(
            "{:.1} % of weights are at a bound ({lower} or {upper} times the weight before)",
            share * 100.0
        ));
    }
    if let Some(((lower, upper), count)) = step.trimmed {
        let limit =
            |limit: f64| if limit.is_finite() { three(limit) } else { "any".to_owned() };
        let (lower, upper) = (limit(lower), limit(upper));
        lines.push(format!("{count} weights were trimmed (limits {lower} to {upper})"));
    }
    lines.retain(|line| !line.is_empty());
    format!("\n{}\n", lines.join("\n"))
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
