//! The second way to the same numbers: by sums over groups of records, as everything that
//! a run publishes is made.

use pollsmith::estimate::{Asked, Inquiry};

use super::design::Drawn;
use super::files::Files;
use super::numbers::{Answers, Wanted, What, with_estimate};
use super::row::Row;
use super::world::World;

/// Something to ask, by the key of its question.
enum Question {
    Mean(String),
    Total(String),
    Ratio(String, String),
    Share(String, Vec<usize>),
    Headcount(String, Vec<usize>),
    Quantile(String, pollsmith::estimate::QuantilePlace),
}

impl Question {
    fn put(&self, to: &Inquiry<'_>, by: Option<&str>) -> Asked {
        match self {
            Self::Mean(y) => to.mean(y, by),
            Self::Total(y) => to.total(y, by),
            Self::Ratio(a, b) => to.ratio(a, b, by),
            Self::Share(of, members) => to.share(of, members, by),
            Self::Headcount(of, members) => to.headcount(of, members, by),
            Self::Quantile(y, place) => to.quantile(y, *place, by),
        }
    }
}

/// The rows of the numbers; none where variances are made as the poll file cannot say.
pub(crate) fn rows(world: &World<'_>, wanted: &Wanted) -> Result<Option<Vec<Row>>, String> {
    if world.drawn.unequal.is_some() || wanted.is_only_of_records(world) {
        return Ok(None);
    }
    let mut files = world.drawn.files.clone();
    let mut list = |of: &Answers| files.list(&of.codes, &of.labels);
    let lists: Vec<Option<String>> = wanted
        .numbers
        .iter()
        .map(|number| match &number.what {
            What::Share(of) | What::Headcount(of) => Some(list(of)),
            _ => None,
        })
        .collect();
    let questions: Vec<Question> = wanted
        .numbers
        .iter()
        .zip(lists)
        .map(|(number, list)| match (&number.what, list.unwrap_or_default()) {
            (What::Mean(y), _) => Question::Mean(files.number(y)),
            (What::Total(y), _) => Question::Total(files.number(y)),
            (What::Ratio(a, b), _) => Question::Ratio(files.number(a), files.number(b)),
            (What::Share(of), key) => Question::Share(key, of.members.clone()),
            (What::Headcount(of), key) => Question::Headcount(key, of.members.clone()),
            (What::Quantile(y, place), _) => Question::Quantile(files.number(y), *place),
        })
        .collect();
    let code = |record: usize| wanted.groups.iter().position(|group| group.members[record]);
    let codes: Vec<Option<usize>> = (0..world.data().rows).map(code).collect();
    let labels: Vec<String> =
        wanted.groups.iter().map(|group| group.labels.join(":")).collect();
    let by = (!wanted.by.is_empty()).then(|| files.list(&codes, &labels));
    ask(world, wanted, &files, &questions, by.as_deref()).map(Some)
}

fn ask(
    world: &World<'_>,
    wanted: &Wanted,
    files: &Files,
    questions: &[Question],
    by: Option<&str>,
) -> Result<Vec<Row>, String> {
    let Drawn { sample, .. } = world.drawn;
    let sample = files.sample()?.with_design(|_| sample.design().clone());
    let mut rows = Vec::new();
    for (number, question) in wanted.numbers.iter().zip(questions) {
        let mut of_groups: Vec<Row> = wanted
            .groups
            .iter()
            .map(|group| number.row.clone().group(&wanted.by, &group.labels))
            .collect();
        for (called, method) in &wanted.intervals {
            let inquiry = Inquiry::new(&sample, Wanted::conventions(world, *method));
            let found = question.put(&inquiry, by).map_err(|why| why.to_string())?;
            for (row, estimate) in of_groups.iter_mut().zip(&found) {
                if let Some(estimate) = estimate {
                    *row = with_estimate(row.clone(), estimate, called);
                }
            }
        }
        rows.extend(of_groups);
    }
    Ok(rows)
}
