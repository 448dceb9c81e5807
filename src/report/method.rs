//! The end of the page: how to read it, how it was made, and which files go with it.
//!
//! May know the poll and what was released, its notes included. Says of intervals only
//! what the gate allows, and explains only the shorthand that occurs.

use super::InputFacts;
use super::document::Sums;
use super::document::{Fact, Part, Run, Section, SectionKind, Text, plain};
use super::grid::{codes, keys};
use super::waves;
use super::who;
use crate::disclose::Released;
use crate::poll::tables::{Adjust, Method};
use crate::poll::{Poll, Profile, Sampling};
use crate::words::{Words, fill};

/// The three sections after the questions.
pub(super) fn sections(
    poll: &Poll,
    released: &Released,
    inputs: &[InputFacts],
    words: &Words,
) -> [Section; 3] {
    let section = |id: &str, title: &str, parts| Section {
        id: id.to_owned(),
        kind: SectionKind::Reference,
        title: title.to_owned(),
        parts,
    };
    let reading = vec![Part::Facts(reading(poll, released, words))];
    let method = vec![Part::Facts(method(poll, released, words))];
    let files = vec![
        Part::Paragraph(plain(words.files_long)),
        Part::Facts(files(released.profile(), words)),
        Part::Heading(words.checks.to_owned()),
        Part::Facts(checks(released.profile(), inputs, words)),
        Part::Sums(Sums { caption: words.sums, file: words.sums_file, hash: words.sums_hash }),
    ];
    [
        section("reading", words.reading, reading),
        section("method", words.method, method),
        section("files", words.files, files),
    ]
}

fn fact(term: &str, details: impl IntoIterator<Item = impl Into<String>>) -> Fact {
    Fact { term: plain(term), details: details.into_iter().map(plain).collect() }
}

fn reading(poll: &Poll, released: &Released, words: &Words) -> Vec<Fact> {
    let rounded = released.profile() != Profile::Analyst;
    let optional = |sentence| rounded.then_some(sentence);
    let percentages = [words.percentages_long].into_iter().chain(optional(words.rounding_long));
    let bases = [words.bases_long].into_iter().chain(optional(words.bases_rounded));
    let intervals = released.intervals_on_charts();
    let intervals = intervals.then(|| fact(words.intervals, [words.intervals_shown]));
    [
        fact(words.percentages, percentages),
        fact(words.bases, bases),
        fact(words.nets, [words.nets_long]),
        fact(words.medians, [words.medians_long]),
    ]
    .into_iter()
    .chain(comparisons(poll, released, words))
    .chain(intervals)
    .chain([fact(words.shorthand, shorthand(released, words))])
    .collect()
}

/// Whether any figure was compared.
fn compares(released: &Released) -> bool {
    let rows = released.tables().iter().flat_map(|t| &t.blocks).flat_map(|b| &b.rows);
    rows.flat_map(|row| &row.cells).any(|figure| figure.verdict().is_some())
}

/// By which test groups were compared; none where none was.
fn tests(poll: &Poll, released: &Released, words: &Words) -> Option<String> {
    let test = &poll.tables.test;
    let method = match test.method {
        Method::Design => words.tests_design.to_owned(),
        other => fill(words.tests_other, &[("name", other.name())]),
    };
    let adjust = match test.adjust {
        Adjust::None => words.tests_none,
        Adjust::Bonferroni => words.tests_bonferroni,
        Adjust::Holm => words.tests_holm,
        Adjust::Bh => words.tests_bh,
    };
    let alpha = format!("{}", 100.0 * test.alpha[0]);
    let values = [("method", method.as_str()), ("adjust", adjust), ("alpha", &alpha)];
    compares(released).then(|| fill(words.tests_method, &values))
}

/// What the marks of comparisons mean; none where no figure carries one.
fn comparisons(poll: &Poll, released: &Released, words: &Words) -> Option<Fact> {
    if !compares(released) {
        return None;
    }
    let [alpha, _] = poll.tables.test.alpha;
    let alpha = format!("{}", 100.0 * alpha);
    let adjusted = match poll.tables.test.adjust {
        Adjust::Holm | Adjust::Bonferroni => words.comparisons_adjusted,
        Adjust::None | Adjust::Bh => "",
    };
    let long = fill(words.comparisons_long, &[("alpha", &alpha), ("adjusted", adjusted)]);
    let caution = (poll.sampling == Sampling::Nonprobability)
        .then(|| words.comparisons_nonprobability.to_owned());
    Some(fact(words.comparisons, [long].into_iter().chain(caution)))
}

/// The codes that occur anywhere, each once, in the order in which they are explained.
fn shorthand(released: &Released, words: &Words) -> Vec<String> {
    let used = released.tables().iter().flat_map(|t| keys(t, words));
    let used: Vec<_> =
        used.chain(who::keys(released, words)).chain(waves::keys(released, words)).collect();
    let all = codes(words).into_iter().map(|(_, key)| key.to_owned());
    let mut known: Vec<String> = all.collect();
    known.retain(|key| used.contains(key));
    if known.is_empty() { vec![words.shorthand_none.to_owned()] } else { known }
}

fn method(poll: &Poll, released: &Released, words: &Words) -> Vec<Fact> {
    let given = |term, text: &Option<String>| {
        text.clone().filter(|text| !text.trim().is_empty()).map(|text| fact(term, [text]))
    };
    let mut facts = vec![fact(words.chosen, chosen(poll, released, words))];
    facts.extend(given(words.precision, &poll.method.precision_statement));
    facts.push(fact(words.weighting, weighting(poll, words)));
    facts.extend(tests(poll, released, words).map(|text| fact(words.tests, [text])));
    facts.extend(given(words.processing, &poll.method.processing));
    add_notes(&mut facts, released);
    facts.extend(given(words.limitations, &poll.method.limitations));
    facts
}

fn chosen(poll: &Poll, released: &Released, words: &Words) -> Vec<&'static str> {
    let (how, why_no_interval) = match poll.sampling {
        Sampling::Probability => (words.chosen_probability, None),
        Sampling::Nonprobability => {
            (words.chosen_nonprobability, Some(words.intervals_nonprobability))
        }
        Sampling::Census => (words.chosen_census, Some(words.intervals_census)),
    };
    let why = why_no_interval.filter(|_| !released.intervals_on_charts());
    [how].into_iter().chain(why).collect()
}

fn weighting(poll: &Poll, words: &Words) -> Vec<String> {
    if !poll.weighting.is_empty() {
        return vec![words.weighting_made.to_owned()];
    }
    if poll.design.weight.is_none() {
        return vec![words.unweighted.to_owned()];
    }
    let facts = &poll.method.weighting;
    let variables = (!facts.variables.is_empty()).then(|| {
        let names = words.list(&facts.variables);
        fill(words.weighting_by, &[("variables", &names)])
    });
    let source = facts.targets_source.as_ref();
    let source = source.map(|s| fill(words.weighting_source, &[("source", s)]));
    let stated = |sentence, n: Option<f64>| n.map(|n| fill(sentence, &[("n", &n.to_string())]));
    [
        variables,
        source,
        Some(words.weighting_column.to_owned()),
        stated(words.weighting_efficiency, facts.efficiency),
        stated(words.weighting_max, facts.max_weight),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Adds what was done to the data; notes on one topic stand together.
fn add_notes(facts: &mut Vec<Fact>, released: &Released) {
    for note in released.notes() {
        let term = plain(note.topic);
        let text = plain(note.text.clone());
        match facts.iter_mut().find(|fact| fact.term == term) {
            Some(fact) => fact.details.push(text),
            None => facts.push(Fact { term, details: vec![text] }),
        }
    }
}

/// The names are fixed (contract); a test of `publish` compares them with what it writes.
fn files(profile: Profile, words: &Words) -> Vec<Fact> {
    let file =
        |(name, what): (&str, &str)| Fact { term: link(name), details: vec![plain(what)] };
    let results = [
        ("tables.xlsx", words.file_xlsx),
        ("results.csv", words.file_csv),
        ("results.json", words.file_json),
    ];
    let private = [
        ("comparisons.csv", words.file_comparisons),
        ("data.csv", words.file_records),
        ("codebook.html", words.file_codebook),
        ("codebook.json", words.file_codebook_json),
    ];
    let private = private.into_iter().filter(|_| profile == Profile::Analyst);
    let others = [
        ("charts/", words.file_charts),
        ("manifest.json", words.file_manifest),
        ("SHA256SUMS", words.file_sums),
    ];
    results.into_iter().chain(private).chain(others).map(file).collect()
}

/// What made the report, of what, and what it hides.
fn checks(profile: Profile, inputs: &[InputFacts], words: &Words) -> Vec<Fact> {
    let tool = fill(words.tool, &[("version", env!("CARGO_PKG_VERSION"))]);
    let profile = match profile {
        Profile::Public => words.profile_public,
        Profile::Officers => words.profile_officers,
        Profile::Analyst => words.profile_analyst,
    };
    let input = |input: &InputFacts| {
        let values = [("path", input.path.as_str()), ("sha256", &input.sha256)];
        fill(words.went_in_each, &values)
    };
    let inputs = (!inputs.is_empty()).then(|| fact(words.went_in, inputs.iter().map(input)));
    let made = [fact(words.made, [tool]), fact(words.profile, [profile])];
    made.into_iter().chain(inputs).collect()
}

fn link(name: &str) -> Text {
    vec![Run::Link(name.to_owned(), name.to_owned())]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{poll, released, released_with_intervals};
    use super::*;
    use crate::words::EN_GB;

    fn text(section: &Section) -> String {
        format!("{:?}", section.parts)
    }

    #[test]
    fn where_members_chose_themselves_the_page_says_why_there_is_no_interval() {
        let mut poll = poll();
        poll.sampling = Sampling::Nonprobability;
        let [reading, method, _] = sections(&poll, &released(), &[], &EN_GB);
        let sentence = "Intervals are not shown: people chose whether to reply.";
        assert!(text(&method).contains(sentence));
        assert!(!text(&reading).contains(EN_GB.intervals_shown));
    }

    #[test]
    fn where_intervals_are_shown_the_page_says_what_they_mean() {
        let [reading, method, _] = sections(&poll(), &released_with_intervals(), &[], &EN_GB);
        assert!(text(&reading).contains(EN_GB.intervals_shown));
        assert!(!text(&method).contains("Intervals are not shown"));
    }

    #[test]
    fn only_shorthand_that_occurs_is_explained() {
        assert_eq!(shorthand(&released(), &EN_GB), [EN_GB.key_c, EN_GB.key_u]);
    }

    #[test]
    fn weights_are_named_only_if_there_are_any() {
        let mut poll = poll();
        poll.design.weight = None;
        assert_eq!(weighting(&poll, &EN_GB), [EN_GB.unweighted]);
        poll.design.weight = Some(crate::document::Spanned::new(0..0, "weight".to_owned()));
        poll.method.weighting.variables = vec!["phase".to_owned(), "region".to_owned()];
        let said = weighting(&poll, &EN_GB);
        assert_eq!(said[0], "Results are weighted by phase and region.");
    }

    #[test]
    fn the_test_is_named_only_where_something_was_compared() {
        assert_eq!(tests(&poll(), &released(), &EN_GB), None);
        let mut tables = released().tables().to_vec();
        let cell = &mut tables[1].blocks[0].rows[0].cells[1];
        *cell =
            crate::disclose::testing::judged(cell.clone(), crate::disclose::Verdict::Higher);
        let released = crate::disclose::testing::released(tables, false);
        let said = tests(&poll(), &released, &EN_GB).expect("a test");
        assert!(said.contains("(Holm)") && said.contains("5%"), "{said}");
    }

    #[test]
    fn the_checks_name_the_tool_the_profile_and_what_went_in() {
        let input =
            InputFacts { path: "poll.toml".to_owned(), sha256: "ab".repeat(32), bytes: 1 };
        let said = format!("{:?}", checks(Profile::Public, &[input], &EN_GB));
        for part in [env!("CARGO_PKG_VERSION"), "Public: ", "poll.toml, SHA-256 abab"] {
            assert!(said.contains(part), "{part}");
        }
    }
}
