//! "About this poll": who asked whom, when and how; and the same items for data files.
//!
//! May know the poll and how many people were counted. Prints only what the poll file
//! gives: an item that is missing is left out, never guessed.

use super::document::{Fact, Part, Run, Section, SectionKind, Text, plain};
use super::print;
use crate::disclose::Released;
use crate::poll::{Method, Poll, Sampling};
use crate::words::{Words, fill};

/// The section, from the items of the poll file.
pub(super) fn section(poll: &Poll, released: &Released, words: &Words) -> Section {
    Section {
        id: "about".to_owned(),
        kind: SectionKind::About,
        title: words.about.to_owned(),
        parts: vec![Part::Facts(facts(poll, released, words))],
    }
}

fn facts(poll: &Poll, released: &Released, words: &Words) -> Vec<Fact> {
    let method = &poll.method;
    let said = |term, text: &Option<String>| fact(term, given(text.as_ref()).map(plain));
    let counted = |term, n: Option<u64>| fact(term, n.map(|n| plain(words.count(n))));
    let rate = rate(method, words).or_else(|| counted_rate(released, words));
    // The rate names both numbers.
    let apart = |n: Option<u64>| n.filter(|_| rate.is_none());
    let respondents = words.count(released.respondents());
    let respondents = plain(fill(words.respondents_n, &[("n", &respondents)]));
    [
        said(words.sponsor, &method.sponsor),
        said(words.funder, &method.funder),
        said(words.conducted_by, &method.conducted_by),
        said(words.population, &method.population),
        said(words.geography, &method.geography),
        fact(words.frame, frame(method).map(plain)),
        said(words.recruitment, &method.recruitment),
        fact(words.fieldwork, poll.fieldwork.map(|(a, b)| print::dates(a, b, words))),
        said(words.mode, &method.mode),
        fact(words.languages, nonempty(&method.languages, words)),
        said(words.incentives, &method.incentives),
        counted(words.invited, apart(method.invited)),
        counted(words.started, method.started),
        counted(words.completed, apart(method.completed)),
        fact(rate_term(poll, words), rate.clone()),
        fact(words.respondents, Some(respondents)),
        removed(method, words),
        fact(words.effective, effective(released, words).map(plain)),
        fact(words.weighted_by, weighted_by(poll, released, words)),
        said(words.prior_waves, &method.prior_waves),
        fact(words.tables_url, method.tables_url.as_deref().map(address)),
        said(words.contact, &method.contact),
        fact(words.bpc, method.bpc_member.then(|| plain(words.bpc_long))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What is not just spaces.
fn given(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).cloned()
}

/// What weighting leaves of those who replied; the ratio of the two is its design effect.
fn effective(released: &Released, words: &Words) -> Option<String> {
    let (n, effective) = (released.respondents(), released.effective()?.max(1));
    let hundredths = n.checked_mul(100)?.checked_add(effective / 2)? / effective;
    let deff = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let effective = words.count(effective);
    Some(fill(words.effective_n, &[("n", &effective), ("deff", &deff)]))
}

fn fact(term: &str, text: Option<Text>) -> Option<Fact> {
    text.map(|text| Fact { term: plain(term), details: vec![text] })
}

fn nonempty(names: &[String], words: &Words) -> Option<Text> {
    (!names.is_empty()).then(|| plain(words.list(names)))
}

/// The frame in words. A single word is the name of a file, which tells a reader nothing.
fn frame(method: &Method) -> Option<String> {
    let frame = method.frame.as_ref()?.get_ref();
    frame.contains(' ').then(|| frame.clone())
}

/// Where people chose themselves there is no response rate in the usual sense.
fn rate_term(poll: &Poll, words: &Words) -> &'static str {
    if poll.sampling == Sampling::Nonprobability { words.participation } else { words.response }
}

/// Completed out of invited; both are the poll file's own numbers.
fn rate(method: &Method, words: &Words) -> Option<Text> {
    let (completed, invited) = (method.completed?, method.invited?);
    let percent =
        completed.checked_mul(200)?.checked_add(invited)? / invited.checked_mul(2)?.max(1);
    let rate = format!("{percent}%");
    let (completed, invited) = (words.count(completed), words.count(invited));
    let values = [("rate", rate.as_str()), ("completed", &completed), ("invited", &invited)];
    (percent <= 100).then(|| plain(fill(words.response_of, &values)))
}

/// Counted out of invited, where the frame says how many were invited.
fn counted_rate(released: &Released, words: &Words) -> Option<Text> {
    let (n, invited) = (released.respondents(), released.answered()?.invited?);
    let percent = n.checked_mul(200)?.checked_add(invited)? / invited.checked_mul(2)?.max(1);
    let rate = format!("{percent}%");
    let (n, invited) = (words.count(n), words.count(invited));
    let values = [("rate", rate.as_str()), ("n", &n), ("invited", &invited)];
    Some(plain(fill(words.response_counted, &values)))
}

/// The variables of the steps; without steps, those that the poll file states.
fn weighted_by(poll: &Poll, released: &Released, words: &Words) -> Option<Text> {
    match released.weighted_by() {
        [] => nonempty(&poll.method.weighting.variables, words),
        made => nonempty(made, words),
    }
}

fn removed(method: &Method, words: &Words) -> Option<Fact> {
    let details: Vec<_> = (method.removed.iter())
        .map(|(reason, n)| {
            let n = words.count(*n);
            plain(fill(words.removed_each, &[("n", &n), ("reason", reason)]))
        })
        .collect();
    (!details.is_empty()).then(|| Fact { term: plain(words.removed), details })
}

/// A link only where the address is one of the web; anything else stays words.
fn address(text: &str) -> Text {
    let web = text.starts_with("https://") || text.starts_with("http://");
    let text = text.to_owned();
    if web { vec![Run::Link(text.clone(), text)] } else { plain(text) }
}

/// The items that are given, by their keys in the poll file, for data files.
pub(super) fn keys(poll: &Poll) -> Vec<(&'static str, String)> {
    let method = &poll.method;
    let weighting = &method.weighting;
    let number = |n: Option<u64>| n.map(|n| n.to_string());
    let names = |list: &[String]| (!list.is_empty()).then(|| list.join(", "));
    let days = poll.fieldwork.map(|(first, last)| (first.to_string(), last.to_string()));
    let (first, last) = days.unzip();
    [
        ("sponsor", method.sponsor.clone()),
        ("funder", method.funder.clone()),
        ("conducted_by", method.conducted_by.clone()),
        ("population", method.population.clone()),
        ("geography", method.geography.clone()),
        ("frame", frame(method)),
        ("recruitment", method.recruitment.clone()),
        ("sampling", Some(sampling(poll.sampling).to_owned())),
        ("invited", number(method.invited)),
        ("started", number(method.started)),
        ("completed", number(method.completed)),
        ("mode", method.mode.clone()),
        ("languages", names(&method.languages)),
        ("field_start", first),
        ("field_end", last),
        ("incentives", method.incentives.clone()),
        ("weighting_variables", names(&weighting.variables)),
        ("weighting_targets_source", weighting.targets_source.clone()),
        ("precision_statement", method.precision_statement.clone()),
        ("processing", method.processing.clone()),
        ("limitations", method.limitations.clone()),
        ("contact", method.contact.clone()),
        ("tables_url", method.tables_url.clone()),
        ("prior_waves", method.prior_waves.clone()),
        ("attribution", method.attribution.clone()),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
    .collect()
}

fn sampling(sampling: Sampling) -> &'static str {
    match sampling {
        Sampling::Probability => "probability",
        Sampling::Nonprobability => "nonprobability",
        Sampling::Census => "census",
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{poll, released};
    use super::*;
    use crate::words::EN_GB;

    fn terms(poll: &Poll) -> Vec<String> {
        facts(poll, &released(), &EN_GB)
            .into_iter()
            .map(|fact| match &fact.term[0] {
                Run::Plain(term) => term.clone(),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn only_what_is_given_is_printed() {
        let mut poll = poll();
        poll.method = Method::default();
        poll.fieldwork = None;
        assert_eq!(terms(&poll), ["Counted in this report"]);
        poll.method.sponsor = Some("Example Education Union".to_owned());
        assert_eq!(terms(&poll), ["Commissioned by", "Counted in this report"]);
    }

    #[test]
    fn membership_is_said_only_if_it_is_set() {
        let mut poll = poll();
        poll.method.bpc_member = false;
        assert!(!terms(&poll).contains(&"Membership".to_owned()));
        poll.method.bpc_member = true;
        assert!(terms(&poll).contains(&"Membership".to_owned()));
    }

    #[test]
    fn the_rate_is_rounded_half_up_and_never_above_the_whole() {
        let rate_of = |completed, invited| {
            let method = Method {
                completed: Some(completed),
                invited: Some(invited),
                ..Method::default()
            };
            rate(&method, &EN_GB)
        };
        let said = plain("13%: 125 completed out of 1,000 invited");
        assert_eq!(rate_of(125, 1000), Some(said));
        assert_eq!(rate_of(10, 5), None);
        assert_eq!(rate_of(0, 0), Some(plain("0%: 0 completed out of 0 invited")));
    }

    #[test]
    fn the_effective_sample_has_the_design_effect_of_weighting() {
        assert_eq!(effective(&released(), &EN_GB), None, "without weights");
        let released = crate::disclose::testing::weighted(released(), 3340);
        let said = effective(&released, &EN_GB).expect("weights");
        assert!(said.starts_with("About 3,340") && said.contains("1.40"), "{said}");
    }

    #[test]
    fn spaces_are_no_item() {
        let mut poll = poll();
        poll.method = Method { sponsor: Some("  ".to_owned()), ..Method::default() };
        assert!(!terms(&poll).contains(&"Commissioned by".to_owned()));
    }

    #[test]
    fn a_file_name_is_no_frame() {
        let frame_of = |text: &str| {
            let text = crate::document::Spanned::new(0..0, text.to_owned());
            frame(&Method { frame: Some(text), ..Method::default() })
        };
        assert_eq!(frame_of("frame.csv"), None);
        assert_eq!(frame_of("The membership list"), Some("The membership list".to_owned()));
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert_eq!(address("javascript:alert(1)"), plain("javascript:alert(1)"));
        assert!(matches!(address("https://example.org/t")[0], Run::Link(..)));
    }
}
