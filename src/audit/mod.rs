//! What an outsider could work out: the text of a release's `results.json` goes in, the range
//! of each hidden cell comes out.
//!
//! Knows what is published, and the questionnaire as far as `tables` tells it: which answers
//! make a total, which groups lie within which. Never sees a private value, so that an audit
//! shows what a stranger can do. Where figures are of weights, they are attacked as if they
//! were counts, and the audit says with how much room.

mod codes;
mod hints;
mod known;
mod pair;
mod question;
mod release;
mod source;
mod space;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod ties;
mod verdict;

use crate::attack::Unsolved;
use crate::diagnostic::{Finding, Place};
use crate::parallel::in_parallel;

use codes::{NARROW, RECOVERED, SLACK, STRAY, UNREAD};
use question::{Attacked, Question};

pub use codes::CODES;
pub use pair::against;
pub use release::{Release, read, unreadable};
pub use verdict::{Cell, State, Whom};

/// What was found out about a release.
#[derive(Debug, Default)]
pub struct Audit {
    /// The file that was read.
    pub file: String,
    /// The poll's id.
    pub poll: String,
    /// The wave, if it has one.
    pub wave: Option<String>,
    /// For whom it was published.
    pub profile: String,
    /// How many tables there are, and of how many questions.
    pub tables: usize,
    /// Questions and items with hidden cells.
    pub questions: usize,
    /// How many figures there are.
    pub figures: usize,
    /// Every hidden cell that is a count of people, the most telling first.
    pub cells: Vec<Cell>,
    /// Everything that has to be said.
    pub findings: Vec<Finding>,
}

impl Audit {
    /// How many cells came to an end.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.cells.iter().filter(|cell| cell.state == state).count()
    }

    /// The hidden cell of which most is known; harmless ones only if there is no other.
    #[must_use]
    pub fn narrowest(&self) -> Option<&Cell> {
        let telling = |cell: &&Cell| cell.state != State::Harmless;
        self.cells.iter().find(telling).or_else(|| self.cells.first())
    }
}

/// Attacks a release by itself.
#[must_use]
pub fn audit(release: &Release, threads: usize) -> Audit {
    attack(&[release], threads)
}

/// Attacks one release, or two of the same people; what is said of the first comes first.
fn attack(releases: &[&Release], threads: usize) -> Audit {
    let questions = Question::all(releases);
    let attacked = in_parallel(&questions, threads, Question::attack);
    let mut audit = Audit::default();
    if let Some(first) = releases.first() {
        audit.file.clone_from(&first.file);
        audit.poll.clone_from(&first.id);
        audit.wave.clone_from(&first.wave);
        audit.profile.clone_from(&first.profile);
    }
    for release in releases {
        audit.tables += release.tables.len();
        audit.figures += release.figures;
        audit.findings.extend(stray(release));
    }
    for (question, attacked) in questions.iter().zip(attacked) {
        audit.questions += usize::from(!attacked.cells.is_empty());
        audit.findings.extend(said(&audit.file, question, &attacked));
        audit.cells.extend(attacked.cells);
    }
    audit.cells.sort_by(telling);
    let found: Vec<Finding> =
        audit.cells.iter().filter(|c| c.is_found()).map(|c| finding(&audit.file, c)).collect();
    audit.findings.splice(0..0, found);
    audit
}

/// The most telling first: recovered, then the narrowest, then the smallest count.
fn telling(one: &Cell, other: &Cell) -> std::cmp::Ordering {
    let order = one.state.cmp(&other.state);
    let order = order.then(one.width().total_cmp(&other.width()));
    order.then(one.whole().0.total_cmp(&other.whole().0)).then(one.name.cmp(&other.name))
}

fn stray(release: &Release) -> Option<Finding> {
    let finding =
        Finding::new(&STRAY, format!("{} hidden figures stand in no table", release.strays));
    let because = "`tables` does not say what they are made of";
    let help = "publish the poll again with this version";
    let finding = finding.at(Place::file(&release.file)).because(because).help(help);
    (release.strays > 0).then_some(finding)
}

/// What has to be said of a question as a whole.
fn said(file: &str, question: &Question<'_>, attacked: &Attacked) -> Option<Finding> {
    let item = question.item.map_or_else(String::new, |item| format!(".{item}"));
    let name = format!("`{}{item}`", question.id);
    let place = Place::file(file);
    if let Some(why) = attacked.failed {
        let because = match why {
            Unsolved::Contradiction => "no counts fit what is printed",
            Unsolved::GaveUp => "the solver found no answer",
        };
        let finding = Finding::new(&UNREAD, format!("{name} could not be attacked")).at(place);
        let help = "look whether the release was changed by hand";
        return Some(finding.because(because).help(help));
    }
    let slack = attacked.slack?;
    let percent = slack * 100.0;
    let headline =
        format!("{name} is no plain count: attacked with {percent:.1}% of slack in its bases");
    let because = "the figures are of weights, or were corrected by hand";
    Some(Finding::new(&SLACK, headline).at(place).because(because))
}

/// A cell that was found, as a finding.
fn finding(file: &str, cell: &Cell) -> Finding {
    let (low, high) = cell.whole();
    let whom = match cell.whom {
        Whom::Those => "",
        Whom::Others => "all but ",
    };
    let name = &cell.name;
    let (code, headline) = match cell.state {
        State::Recovered => (&RECOVERED, format!("`{name}` is {whom}exactly {low}")),
        _ => (&NARROW, format!("`{name}` is {whom}{low} to {high} people")),
    };
    let help = "publish the poll again with this version, merge the group with another, or drop \
                the breakdown";
    Finding::new(code, headline)
        .at(Place::file(file))
        .because(format!("a hidden cell has to leave {} whole numbers open", cell.needed + 1.0))
        .help(help)
}
