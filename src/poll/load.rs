//! From what was typed to what it means; everything that is wrong is said at once.

use std::ops::Range;

use jiff::civil::Date;
use toml::value::Datetime;

use super::typed::{Design, Method, PollFile, Report, Sampling};
use super::{
    Additions, Poll, charts, codes, derive, previous, quotes, retention, tables, thresholds,
    weighting,
};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::document::{self, Spanned};
use crate::words::{self, EN_GB, Words};

/// Reads a poll file.
///
/// # Errors
/// [`Kind::Input`] if anything is wrong; `findings` says what and where.
pub fn load(file: &str, text: &str, findings: &mut Findings) -> Result<Poll, Failure> {
    let mark = findings.list().len();
    let typed = document::parse::<PollFile>(file, text, findings);
    let Some(typed) = typed else { return Err(Failure { kind: Kind::Input }) };
    let mut loading = Loading { file, text, words: &EN_GB, findings };
    loading.words = loading.language(typed.report.lang.as_ref());
    loading.check_format(&typed);
    loading.check_replicates(&typed.design);
    let mut method = typed.method;
    let frame = frame_file(&mut method);
    let weighting = weighting::steps(&typed.weighting, frame.is_some(), &mut loading);
    loading.check_together(&typed.design, &weighting);
    let derived = derive::check(&typed.derive, &mut loading);
    let tables = tables::tables(typed.tables, typed.table, &mut loading);
    let charts = charts::charts(&typed.charts, typed.chart, &mut loading);
    let logo_alt = loading.logo_alt(&typed.report);
    let poll = Poll {
        file: file.to_owned(),
        source: text.to_owned(),
        id: loading.id(typed.id.as_ref()),
        title: loading.needed(typed.title.as_ref(), "title", "title = \"...\""),
        schema: loading.needed(typed.schema.as_ref(), "schema", "schema = \"...\""),
        data: loading.data(typed.data),
        exclude: typed.exclude,
        wave: typed.wave,
        synthetic: typed.synthetic,
        sampling: method.sampling.as_ref().map_or(Sampling::Nonprobability, |s| *s.get_ref()),
        fieldwork: loading.fieldwork(method.field_start.as_ref(), method.field_end.as_ref()),
        method,
        frame,
        design: typed.design,
        weighting,
        derived,
        tables,
        profile: typed.disclosure.profile.unwrap_or_default(),
        retention: {
            let thresholds::Typed { retention_days, releases, .. } = &typed.disclosure;
            retention::retention(retention_days.as_ref(), releases.as_ref(), &mut loading)
        },
        disclosure: thresholds::disclosure(typed.disclosure, &mut loading),
        status: typed.report.status.unwrap_or_default(),
        words: loading.words,
        organisation: typed.report.organisation,
        logo: typed.report.logo,
        logo_alt,
        published: typed.report.published.as_ref().and_then(date),
        headlines: typed.headline.into_iter().filter_map(|h| h.text).collect(),
        charts,
        previous: previous::previous(typed.previous, &mut loading),
        benchmarks: previous::benchmarks(typed.benchmark, &mut loading),
        quotes: quotes::quotes(typed.quotes, &mut loading),
    };
    if poll.method.sampling.is_none() {
        loading.say_sampling();
    }
    findings.stop_on_error_since(mark, Kind::Input)?;
    Ok(poll)
}

/// Takes the name of a file out of the frame's description: to a reader it would mean
/// nothing, so what the file is stands in its place.
fn frame_file(method: &mut Method) -> Option<Spanned<String>> {
    let file = method.frame.take_if(|frame| frame.get_ref().to_lowercase().ends_with(".csv"));
    let file = file?;
    method.frame = method.frame_source.clone().map(|source| Spanned::new(file.span(), source));
    Some(file)
}

pub(super) struct Loading<'a> {
    file: &'a str,
    text: &'a str,
    /// Of labels that the poll file leaves out.
    pub(super) words: &'static Words,
    findings: &'a mut Findings,
}

impl Loading<'_> {
    pub(super) fn place(&self, span: Range<usize>, key: &str) -> Place {
        document::place(self.file, self.text, span, key)
    }

    pub(super) fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn check_format(&mut self, typed: &PollFile) {
        if typed.format.as_ref().map(|f| *f.get_ref()) != Some(1) {
            self.missing("format = 1", "format");
        }
    }

    fn missing(&mut self, line: &str, key: &str) {
        let place = self.place(0..0, key);
        self.findings.push(
            Finding::new(&codes::NEEDED, format!("the poll file does not say `{line}`"))
                .at(place)
                .help(format!("add `{line}` before the first `[table]`")),
        );
    }

    fn needed(&mut self, typed: Option<&Spanned<String>>, key: &str, line: &str) -> String {
        if let Some(text) = typed {
            return text.get_ref().clone();
        }
        self.missing(line, key);
        String::new()
    }

    fn id(&mut self, typed: Option<&Spanned<String>>) -> String {
        let id = self.needed(typed, "id", "id = \"...\"");
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if let Some(typed) = typed
            && (id.is_empty() || id.starts_with('-') || !id.chars().all(allowed))
        {
            let place = self.place(typed.span(), "id");
            self.findings.push(
                Finding::new(&codes::NAME, "the id cannot name a folder")
                    .at(place)
                    .value(id.clone())
                    .help("use lower case letters, digits and `-`"),
            );
        }
        id
    }

    fn data(&mut self, typed: Vec<Spanned<String>>) -> Vec<Spanned<String>> {
        if typed.is_empty() {
            self.missing("data = [\"...\"]", "data");
        }
        typed
    }

    fn fieldwork(
        &mut self,
        start: Option<&Spanned<Datetime>>,
        end: Option<&Spanned<Datetime>>,
    ) -> Option<(Date, Date)> {
        let start = start?;
        let end = end.unwrap_or(start);
        match (date(start.get_ref()), date(end.get_ref())) {
            (Some(first), Some(last)) if first <= last => Some((first, last)),
            _ => {
                let place = self.place(end.span(), "method.field_end");
                self.findings.push(
                    Finding::new(&codes::DATES, "fieldwork does not end after it begins")
                        .at(place)
                        .help("write both as days, such as `2024-01-13`"),
                );
                None
            }
        }
    }

    /// The words of the language that is asked for; English where nothing is said, or where
    /// there are none, which stops the run.
    fn language(&mut self, lang: Option<&Spanned<String>>) -> &'static Words {
        let Some(lang) = lang else { return &EN_GB };
        words::of(lang.get_ref()).unwrap_or_else(|| {
            let known: Vec<String> =
                words::known().iter().map(|tag| format!("`lang = \"{tag}\"`")).collect();
            let place = self.place(lang.span(), "report.lang");
            self.findings.push(
                Finding::new(&codes::LANGUAGE, "the report has no wording in this language")
                    .at(place)
                    .value(lang.get_ref().clone())
                    .help(format!("write {}", EN_GB.list_or(&known))),
            );
            &EN_GB
        })
    }

    /// The words for a logo; without a logo they do not matter.
    fn logo_alt(&mut self, report: &Report) -> String {
        let said = report.logo_alt.as_deref().or(report.organisation.as_deref());
        let said = said.unwrap_or_default().trim().to_owned();
        if let Some(logo) = report.logo.as_ref().filter(|_| said.is_empty()) {
            let place = self.place(logo.span(), "report.logo");
            let headline = "the logo has no words for those who cannot see it";
            self.findings.push(
                Finding::new(&codes::LOGO_WORDS, headline)
                    .at(place)
                    .because("a screen reader would come to a picture and say nothing")
                    .help(
                        "add `organisation = \"...\"` to `[report]`, or `logo_alt = \"...\"`",
                    ),
            );
        }
        said
    }

    /// Replicate weights are described in full.
    fn check_replicates(&mut self, design: &Design) {
        let Some(typed) = &design.replicates else { return };
        let add = Additions {
            method: "add `method = \"brr\"`, or the method that made them",
            columns: "add `columns = \"...\"`",
            rho: "add `rho = 0.3`, or what was used",
            before: "",
        };
        if design.weight.is_none() && typed.get_ref().columns.is_some() {
            let place = self.place(typed.span(), "design.replicates");
            let headline = "the replicate weights stand without a weight";
            self.findings.push(
                Finding::new(&codes::REPLICATES, headline)
                    .at(place)
                    .because("estimates are made with the weight, and their errors with the replicates")
                    .help("add `weight = \"...\"` to `[design]`: the column that belongs to them"),
            );
        }
        if let Some(finding) = typed.get_ref().wrong(&add) {
            let place = self.place(typed.span(), "design.replicates");
            self.findings.push(finding.at(place));
        }
    }

    /// Steps change the weight, and replicate weights would have to change with it.
    fn check_together(&mut self, design: &Design, steps: &[weighting::Step]) {
        let (Some(typed), false) = (&design.replicates, steps.is_empty()) else { return };
        let place = self.place(typed.span(), "design.replicates");
        let headline = "`replicates` and `[[weighting]]` do not go together in this version";
        self.findings.push(
            Finding::new(&codes::STEP, headline)
                .at(place)
                .because("each replicate weight would have to be weighted in the same steps")
                .help("take `replicates` out: variances allow for the steps by residuals"),
        );
    }

    fn say_sampling(&mut self) {
        let place = self.place(0..0, "method.sampling");
        self.findings.push(
            Finding::new(&codes::SAMPLING, "the poll does not say how respondents were chosen")
                .at(place)
                .because("they are taken to have chosen themselves, so no intervals are shown")
                .help("add `sampling = \"nonprobability\"`, `\"probability\"` or `\"census\"` to `[method]`"),
        );
    }
}

/// The day of a TOML date.
fn date(value: &Datetime) -> Option<Date> {
    let day = value.date?;
    let (year, month, day) = (day.year, day.month, day.day);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::load;
    use crate::diagnostic::{Findings, concise};

    /// What is said of a poll file, a line each.
    fn said(text: &str) -> String {
        let mut findings = Findings::default();
        let _ = load("poll.toml", text, &mut findings);
        findings.list().iter().map(concise).collect::<Vec<_>>().join("\n")
    }

    const HEAD: &str = "format = 1\nid = \"p\"\ntitle = \"P\"\nschema = \"s.toml\"\n\
                        data = [\"d.csv\"]\n";
    const SAMPLING: &str = "[method]\nsampling = \"nonprobability\"\n";

    #[test]
    fn a_language_without_words_is_refused_with_those_that_have_some() {
        let said = |lang: &str| {
            let mut findings = Findings::default();
            let text = format!("{HEAD}{SAMPLING}[report]\nlang = \"{lang}\"\n");
            let _ = load("poll.toml", &text, &mut findings);
            let first = findings.list().first();
            first.map(|finding| (finding.code.id, finding.help.clone().unwrap_or_default()))
        };
        assert_eq!(said("en-GB"), None);
        assert_eq!(said("cy-GB"), Some(("Q034", "write `lang = \"en-GB\"`".to_owned())));
    }

    #[test]
    fn all_that_is_missing_is_said_at_once() {
        insta::assert_snapshot!(said(SAMPLING), @r#"
        poll.toml:1:1: error[Q030] the poll file does not say `format = 1`
        poll.toml:1:1: error[Q030] the poll file does not say `id = "..."`
        poll.toml:1:1: error[Q030] the poll file does not say `title = "..."`
        poll.toml:1:1: error[Q030] the poll file does not say `schema = "..."`
        poll.toml:1:1: error[Q030] the poll file does not say `data = ["..."]`
        "#);
        assert_eq!(said(&format!("{HEAD}{SAMPLING}")), "");
    }

    #[test]
    fn ids_name_folders_and_days_come_in_order() {
        let text = HEAD.replace("\"p\"", "\"My poll\"")
            + SAMPLING
            + "field_start = 2024-01-14\nfield_end = 2024-01-13\n";
        insta::assert_snapshot!(said(&text), @r"
        poll.toml:2:6: error[Q031] the id cannot name a folder
        poll.toml:9:13: error[Q032] fieldwork does not end after it begins
        ");
    }
}
