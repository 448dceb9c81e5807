//! A made-up poll for the tests of later rooms.

use crate::words::EN_GB;

use super::{Design, Method, Poll, Profile, ReportStatus, Sampling};

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
        status: ReportStatus::Final,
        words: &EN_GB,
        organisation: Some("Example Education Union".to_owned()),
        published: None,
        headlines: Vec::new(),
        previous: Vec::new(),
        benchmarks: Vec::new(),
    }
}
