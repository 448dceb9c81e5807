//! The way from three texts to a sample, through the rooms of the program: what integration
//! tests of estimates begin with.

use std::io::{self, Read};

use pollsmith::diagnostic::{self, Findings};
use pollsmith::ingest::{self, Delivery, Manner};
use pollsmith::prepare::{self, Sample, Side};
use pollsmith::{poll, questionnaire, validate};

/// A data file in memory.
struct InMemory<'a>(&'a [u8]);

impl Delivery for InMemory<'_> {
    fn name(&self) -> &'static str {
        "data.csv"
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        let offset = usize::try_from(offset).map_err(io::Error::other)?;
        Ok(Box::new(self.0.get(offset..).unwrap_or_default()))
    }
}

/// Reads, checks and weights; or says what the rooms find wrong, a line each.
pub(crate) fn sample(schema: &str, poll: &str, data: &str) -> Result<Sample, String> {
    sample_beside(schema, poll, data, &Side::default())
}

/// The same with files beside the data.
pub(crate) fn sample_beside(
    schema: &str,
    poll: &str,
    data: &str,
    side: &Side,
) -> Result<Sample, String> {
    let mut findings = Findings::default();
    let way = |findings: &mut Findings| {
        let questionnaire = questionnaire::load_alone("schema.toml", schema, findings)?;
        let poll = poll::load("poll.toml", poll, findings)?;
        let delivery = InMemory(data.as_bytes());
        let deliveries: [&dyn Delivery; 1] = [&delivery];
        let responses =
            ingest::read(questionnaire, Some(&poll), &deliveries, Manner::QUIET, findings)?;
        let checked = validate::check(responses, &deliveries, findings)?;
        prepare::sample(checked, &poll, side, findings)
    };
    way(&mut findings).map_err(|_| {
        findings.list().iter().map(diagnostic::concise).collect::<Vec<_>>().join("\n")
    })
}
