//! `[[previous]]` and `[[benchmark]]`: what the poll is compared with, from what was typed
//! to what it means.
//!
//! Takes each entry's keys, gives [`Previous`] waves and [`Benchmark`]s that have all they
//! need. Never opens a file, and never knows whether a question exists: `waves` does.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{codes, load::Loading};
use crate::diagnostic::{Finding, Place};
use crate::document::Spanned;

/// One earlier wave, as it is typed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["poll"]))]
pub(super) struct TypedPrevious {
    /// Its poll file, or its `results.json` where the answers are deleted.
    pub poll: Option<Spanned<String>>,
    /// What it is called in tables; the wave's own name if absent.
    pub label: Option<Spanned<String>>,
    /// The column that names the same person or sampling unit in both waves, for panels.
    pub linked_by: Option<Spanned<String>>,
    /// Keys of the earlier wave's questions, each with the key that this one has for it.
    pub rename: IndexMap<Spanned<String>, Spanned<String>>,
    /// For a question of this wave: labels of the earlier one, each with this wave's.
    pub recode: IndexMap<Spanned<String>, IndexMap<Spanned<String>, Spanned<String>>>,
    /// Questions of this wave whose figures cannot be compared, each with the reason.
    pub breaks: IndexMap<Spanned<String>, Spanned<String>>,
}

/// One outside figure, as it is typed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["figure", "value", "label", "source"]))]
pub(super) struct TypedBenchmark {
    /// The figure that it stands beside: `question.answer`, or `question.item.answer`.
    pub figure: Option<Spanned<String>>,
    /// The outside figure, in the unit of the poll's own: per cent run from 0 to 100.
    pub value: Option<Spanned<f64>>,
    /// What it is called in tables, such as "All teachers, 2023".
    pub label: Option<String>,
    /// Where it is from.
    pub source: Option<Spanned<String>>,
    /// Whom it is of, in words.
    pub base: Option<String>,
}

/// A label of an earlier wave, and this wave's.
pub type Labels = (Spanned<String>, Spanned<String>);

/// One earlier wave.
#[derive(Clone, Debug)]
pub struct Previous {
    /// Its poll file or `results.json`, as written.
    pub path: Spanned<String>,
    /// What it is called in tables, if the poll file says so.
    pub label: Option<String>,
    /// The column that names the same person or sampling unit in both waves.
    pub linked_by: Option<Spanned<String>>,
    /// Earlier keys, each with this wave's.
    pub rename: Vec<(Spanned<String>, String)>,
    /// This wave's questions, each with earlier labels and this wave's.
    pub recode: Vec<(Spanned<String>, Vec<Labels>)>,
    /// This wave's questions, each with the reason why figures cannot be compared.
    pub breaks: Vec<(Spanned<String>, String)>,
}

impl Previous {
    /// Whether it is a published `results.json`, without answers.
    #[must_use]
    pub fn is_published(&self) -> bool {
        is_json(self.path.get_ref())
    }
}

/// A figure from outside, to stand beside one of the poll.
#[derive(Clone, Debug)]
pub struct Benchmark {
    /// The name of the poll's figure.
    pub figure: Spanned<String>,
    /// The outside figure.
    pub value: f64,
    /// What it is called.
    pub label: String,
    /// Where it is from.
    pub source: String,
    /// Whom it is of, in words.
    pub base: Option<String>,
}

fn is_json(path: &str) -> bool {
    path.to_lowercase().ends_with(".json")
}

fn is_toml(path: &str) -> bool {
    path.to_lowercase().ends_with(".toml")
}

/// Checks the earlier waves, in the order in which they are written.
pub(super) fn previous(
    typed: Vec<Spanned<TypedPrevious>>,
    loading: &mut Loading<'_>,
) -> Vec<Previous> {
    let waves = typed.into_iter().enumerate();
    waves.filter_map(|(nth, wave)| one_wave(nth, wave, loading)).collect()
}

fn one_wave(
    nth: usize,
    typed: Spanned<TypedPrevious>,
    loading: &mut Loading<'_>,
) -> Option<Previous> {
    let key = format!("previous[{}]", nth + 1);
    let whole = loading.place(typed.span(), &key);
    let TypedPrevious { poll, label, linked_by, rename, recode, breaks } = typed.into_inner();
    let headline = "an earlier wave does not name its poll file or its `results.json`";
    let Some(path) = poll else {
        let help = "add `poll = \"../earlier/poll.toml\"`";
        loading.push(Finding::new(&codes::EARLIER, headline).at(whole).help(help));
        return None;
    };
    let place = loading.place(path.span(), &format!("{key}.poll"));
    if !is_json(path.get_ref()) && !is_toml(path.get_ref()) {
        let because = format!("`{}` ends in neither `.toml` nor `.json`", path.get_ref());
        let finding = Finding::new(&codes::EARLIER, headline).at(place.clone());
        loading.push(finding.because(because).help("name one of these two files"));
        return None;
    }
    if let (true, Some(linked)) = (is_json(path.get_ref()), &linked_by) {
        let place = loading.place(linked.span(), &format!("{key}.linked_by"));
        let finding = Finding::new(&codes::EARLIER, "published figures cannot be linked");
        let finding = finding.at(place).because("a `results.json` holds no respondents");
        loading.push(finding.help("take `linked_by` out, or name the earlier poll file"));
    }
    let pairs = |list: IndexMap<Spanned<String>, Spanned<String>>| {
        list.into_iter().map(|(old, new)| (old, new.into_inner())).collect()
    };
    Some(Previous {
        path,
        label: label.map(Spanned::into_inner),
        linked_by,
        rename: pairs(rename),
        recode: recode.into_iter().map(|(q, list)| (q, list.into_iter().collect())).collect(),
        breaks: pairs(breaks),
    })
}

/// Checks the outside figures, in the order in which they are written.
pub(super) fn benchmarks(
    typed: Vec<Spanned<TypedBenchmark>>,
    loading: &mut Loading<'_>,
) -> Vec<Benchmark> {
    let list = typed.into_iter().enumerate();
    list.filter_map(|(nth, typed)| {
        let key = format!("benchmark[{}]", nth + 1);
        let place = loading.place(typed.span(), &key);
        benchmark(typed.into_inner(), &place, loading)
    })
    .collect()
}

fn benchmark(
    typed: TypedBenchmark,
    place: &Place,
    loading: &mut Loading<'_>,
) -> Option<Benchmark> {
    let TypedBenchmark { figure, value, label, source, base } = typed;
    let source = source.filter(|text| !text.get_ref().trim().is_empty());
    let needed = [
        ("figure", "figure = \"question.answer\"", figure.is_none()),
        ("value", "value = 41", value.is_none()),
        ("label", "label = \"All teachers, 2023\"", label.is_none()),
        ("source", "source = \"...\": who published it, where and when", source.is_none()),
    ];
    for (key, line, _) in needed.iter().filter(|(_, _, missing)| *missing) {
        let headline = format!("a benchmark does not say its `{key}`");
        let finding = Finding::new(&codes::BENCHMARK, headline).at(place.clone());
        loading.push(finding.help(format!("add `{line}`")));
    }
    let (figure, value, label, source) = (figure?, value?, label?, source?);
    if !value.get_ref().is_finite() {
        let place = loading.place(value.span(), "benchmark.value");
        let finding = Finding::new(&codes::BENCHMARK, "a benchmark's `value` is no number");
        loading.push(finding.at(place).help("write the figure as it was published"));
        return None;
    }
    let (value, source) = (value.into_inner(), source.into_inner());
    Some(Benchmark { figure, value, label, source, base })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Findings, concise};
    use crate::poll::{Poll, load};

    const HEAD: &str = "format = 1\nid = \"p\"\ntitle = \"P\"\nschema = \"s.toml\"\n\
                        data = [\"d.csv\"]\n[method]\nsampling = \"nonprobability\"\n";

    /// The poll, or what is said of it, a line each.
    fn check(text: &str) -> Result<Poll, String> {
        let mut findings = Findings::default();
        let poll = load("poll.toml", &format!("{HEAD}{text}"), &mut findings);
        let said = || findings.list().iter().map(concise).collect::<Vec<_>>().join("\n");
        poll.map_err(|_| said())
    }

    #[test]
    fn earlier_waves_are_read_in_their_order() {
        let text = "[[previous]]\npoll = \"../b/poll.toml\"\nlabel = \"Autumn\"\n\
                    linked_by = \"id\"\nrename = { load = \"workload\" }\n\
                    recode = { workload = { \"OK\" = \"Fine\" } }\nbreaks = { hours = \"new\" }\n\
                    [[previous]]\npoll = \"../a/results.json\"\n";
        let poll = check(text).unwrap();
        let [b, a] = poll.previous.as_slice() else { panic!("{:?}", poll.previous) };
        assert_eq!(b.path.get_ref(), "../b/poll.toml");
        assert_eq!(b.label.as_deref(), Some("Autumn"));
        assert_eq!(b.linked_by.as_ref().unwrap().get_ref(), "id");
        assert_eq!(
            (b.rename[0].0.get_ref().as_str(), b.rename[0].1.as_str()),
            ("load", "workload")
        );
        assert_eq!(b.recode[0].1[0].1.get_ref(), "Fine");
        assert_eq!(b.breaks[0].1, "new");
        assert!(a.is_published() && !b.is_published());
    }

    #[test]
    fn what_an_earlier_wave_lacks_is_said() {
        let text = "[[previous]]\nlabel = \"A\"\n[[previous]]\npoll = \"a.csv\"\n\
                    [[previous]]\npoll = \"results.json\"\nlinked_by = \"id\"\n";
        insta::assert_snapshot!(check(text).unwrap_err(), @r"
        poll.toml:8:1: error[Q050] an earlier wave does not name its poll file or its `results.json`
        poll.toml:11:8: error[Q050] an earlier wave does not name its poll file or its `results.json`
        poll.toml:14:13: error[Q050] published figures cannot be linked
        ");
    }

    #[test]
    fn a_benchmark_has_a_source() {
        let whole = "[[benchmark]]\nfigure = \"workload.net\"\nvalue = 41\nlabel = \"All\"\n\
                     source = \"Example survey, 2023\"\n";
        let benchmark = &check(whole).unwrap().benchmarks[0];
        assert_eq!((benchmark.value, benchmark.label.as_str()), (41.0, "All"));
        let said = check(&whole.replace("source = \"Example survey, 2023\"", "source = \" \""));
        let expected = "poll.toml:8:1: error[Q051] a benchmark does not say its `source`";
        assert_eq!(said.unwrap_err(), expected);
        let said = check("[[benchmark]]\n").unwrap_err();
        assert_eq!(said.lines().count(), 4, "{said}");
        assert!(check(&whole.replace("41", "nan")).unwrap_err().contains("is no number"));
    }
}
