//! A published `results.json`: its text goes in, the figures of the whole poll come out, as
//! they were printed.
//!
//! For a wave whose answers were deleted. Figures of groups, filters and earlier waves in it
//! are passed over. Never works a figure out again.

use jiff::civil::Date;
use serde::Deserialize;

use super::codes;
use crate::diagnostic::{Finding, Place};
use crate::poll::{Profile, Sampling};
use crate::words::{self, fill};

/// The version of the form that can be read.
const FORMAT: u64 = 1;

/// A wave of which only the published figures are left.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The poll's id.
    pub poll: String,
    /// The wave's name, if it has one.
    pub wave: Option<String>,
    /// Who might read the figures.
    pub profile: Profile,
    /// Whether the data were made up.
    pub synthetic: bool,
    /// Respondents in the whole poll.
    pub respondents: u64,
    /// How respondents were chosen, if it says so.
    pub sampling: Option<Sampling>,
    /// First and last day of fieldwork.
    pub fieldwork: Option<(Date, Date)>,
    /// The figures of the whole poll.
    pub figures: Vec<Printed>,
}

/// One figure as it was printed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Printed {
    table: String,
    /// The question's key.
    pub question: String,
    /// The item's label.
    pub item: Option<String>,
    /// The answer's label.
    pub answer: String,
    banner: Option<String>,
    /// What the figure is, by its name in `results.csv`.
    pub statistic: String,
    /// The figure; none where the status says so.
    pub value: Option<f64>,
    /// The lower end of its interval.
    pub low: Option<f64>,
    /// The upper end of its interval.
    pub high: Option<f64>,
    /// Whom it is a share of, in words.
    pub percent_of: Option<String>,
    /// Respondents in its base, unweighted.
    pub base: Option<f64>,
    /// The shorthand, such as `[u]`.
    pub status: Option<String>,
}

#[derive(Deserialize)]
struct File {
    format: u64,
    poll: Poll,
    method: Method,
    results: Vec<Printed>,
}

#[derive(Deserialize)]
struct Poll {
    id: String,
    wave: Option<String>,
    synthetic: bool,
    profile: String,
    respondents: u64,
}

#[derive(Deserialize)]
struct Method {
    sampling: Option<String>,
    field_start: Option<String>,
    field_end: Option<String>,
}

/// Reads the figures that were published in one file.
///
/// # Errors
/// The finding says why the file is none that this program wrote.
pub fn published(name: &str, text: &str) -> Result<Published, Box<Finding>> {
    let unfit = |why: String| {
        let headline = "the published figures of an earlier wave cannot be read";
        let finding = Finding::new(&codes::PUBLISHED, headline).at(Place::file(name));
        Box::new(finding.because(why).help("name a `results.json` that `pollsmith run` wrote"))
    };
    let file: File = serde_json::from_str(text).map_err(|error| unfit(error.to_string()))?;
    if file.format != FORMAT {
        return Err(unfit(format!("its `format` is {}, not {FORMAT}", file.format)));
    }
    let profile = profile(&file.poll.profile)
        .ok_or_else(|| unfit(format!("`{}` is no profile", file.poll.profile)))?;
    let figures = of_the_whole_poll(file.results);
    if figures.is_empty() {
        return Err(unfit("it holds no figure of the whole poll".to_owned()));
    }
    Ok(Published {
        poll: file.poll.id,
        wave: file.poll.wave,
        profile,
        synthetic: file.poll.synthetic,
        respondents: file.poll.respondents,
        sampling: file.method.sampling.as_deref().and_then(sampling),
        fieldwork: fieldwork(&file.method),
        figures,
    })
}

/// Toplines; whom they are of without the mark of made-up data.
fn of_the_whole_poll(mut figures: Vec<Printed>) -> Vec<Printed> {
    figures.retain(|figure| figure.banner.is_none() && figure.table == figure.question);
    for figure in &mut figures {
        let base = figure.percent_of.as_deref().and_then(without_mark);
        figure.percent_of = base.map(str::to_owned).or(figure.percent_of.take());
    }
    figures
}

/// A base without the mark of made-up data, in whichever language that is; none if it has
/// no mark.
fn without_mark(base: &str) -> Option<&str> {
    words::all().find_map(|words| base.strip_suffix(&fill(words.base_made_up, &[("base", "")])))
}

fn profile(name: &str) -> Option<Profile> {
    let all = [Profile::Public, Profile::Officers, Profile::Analyst];
    all.into_iter().find(|profile| profile.name() == name)
}

fn sampling(name: &str) -> Option<Sampling> {
    match name {
        "probability" => Some(Sampling::Probability),
        "nonprobability" => Some(Sampling::Nonprobability),
        "census" => Some(Sampling::Census),
        _ => None,
    }
}

fn fieldwork(method: &Method) -> Option<(Date, Date)> {
    let first: Date = method.field_start.as_deref()?.parse().ok()?;
    let last = method.field_end.as_deref().map_or(Some(first), |day| day.parse().ok())?;
    (first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{figure, file};
    use super::*;
    use jiff::civil::date;

    fn said(text: &str) -> String {
        published("results.json", text).unwrap_err().because.unwrap()
    }

    #[test]
    fn figures_of_the_whole_poll_are_read_as_they_were_printed() {
        let group =
            figure("q", "Yes", "4", "").replace("null, \"statistic", "\"phase\", \"statistic");
        let wave =
            figure("q", "Yes", "5", "").replace("\"table\": \"q\"", "\"table\": \"q-waves\"");
        let hidden = figure("q", "No", "null", ", \"status\": \"[c]\"");
        let read = published("r", &file(&[figure("q", "Yes", "3", ""), group, wave, hidden]));
        let read = read.unwrap();
        assert_eq!(read.fieldwork, Some((date(2023, 11, 4), date(2023, 11, 6))));
        assert_eq!(
            (read.sampling, read.profile),
            (Some(Sampling::Probability), Profile::Public)
        );
        let values: Vec<_> =
            read.figures.iter().map(|f| (f.answer.as_str(), f.value)).collect();
        assert_eq!(values, [("Yes", Some(3.0)), ("No", None)]);
        assert_eq!(read.figures[0].percent_of.as_deref(), Some("all who answered"));
        assert_eq!(read.figures[1].status.as_deref(), Some("[c]"));
    }

    #[test]
    fn what_is_no_such_file_says_why() {
        let whole = file(&[figure("q", "Yes", "3", "")]);
        assert_eq!(
            said(&whole.replace("\"format\": 1", "\"format\": 2")),
            "its `format` is 2, not 1"
        );
        assert_eq!(said(&whole.replace("\"public\"", "\"press\"")), "`press` is no profile");
        assert_eq!(said(&file(&[])), "it holds no figure of the whole poll");
        assert!(said("{").contains("EOF"));
    }
}
