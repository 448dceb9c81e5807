//! A made-up poll for the tests of later rooms.

use super::load;
use super::{Design, Method, Poll, Profile, ReportStatus, Sampling};
use crate::diagnostic::{Findings, concise};
use crate::words::EN_GB;

/// A poll file that lacks nothing, seven lines long.
const WHOLE: &str = "format = 1\nid = \"p\"\ntitle = \"P\"\nschema = \"s.toml\"\n\
                     data = [\"d.csv\"]\n[method]\nsampling = \"nonprobability\"\n";

/// A poll file with these lines at its end.
pub(crate) fn typed(lines: &str) -> Poll {
    load("poll.toml", &format!("{WHOLE}{lines}"), &mut Findings::default()).expect("a poll")
}

/// What is said of a poll file with these lines at its end, a line each.
pub(crate) fn said(lines: &str) -> String {
    let mut findings = Findings::default();
    let _ = load("poll.toml", &format!("{WHOLE}{lines}"), &mut findings);
    findings.list().iter().map(concise).collect::<Vec<_>>().join("\n")
}

/// A synthetic poll with nothing but what it needs.
pub(crate) fn poll() -> Poll {
    Poll {
        file: "poll.toml".to_owned(),
        source: String::new(),
        id: "poll".to_owned(),
        title: "A poll".to_owned(),
        schema: "schema.toml".to_owned(),
        data: Vec::new(),
        exclude: None,
        wave: None,
        synthetic: true,
        method: Method::default(),
        sampling: Sampling::Nonprobability,
        fieldwork: None,
        frame: None,
        design: Design::default(),
        weighting: Vec::new(),
        derived: Vec::new(),
        tables: super::tables::Tables::default(),
        profile: Profile::Public,
        disclosure: super::Disclosure::default(),
        retention: super::Retention::default(),
        status: ReportStatus::Final,
        words: &EN_GB,
        organisation: Some("Example Education Union".to_owned()),
        logo: None,
        logo_alt: String::new(),
        published: None,
        headlines: Vec::new(),
        charts: super::charts::Charts::default(),
        previous: Vec::new(),
        benchmarks: Vec::new(),
        quotes: Vec::new(),
    }
}
