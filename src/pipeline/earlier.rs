//! Earlier waves: each is read, checked, weighted and estimated in the same rooms as this
//! one, by its own poll file; of a wave whose answers are deleted, the published figures.

use std::io;

use super::{Delivery, World, folder, read_poll, read_side, read_text, read_wave};
use crate::diagnostic::{Failure, Findings, Kind};
use crate::estimate::panel::{self, Panel};
use crate::estimate::{self as estimates};
use crate::poll::{Poll, Previous, Sampling};
use crate::prepare::{self, Sample};
use crate::questionnaire::Questionnaire;
use crate::report::InputFacts;
use crate::tabulate::{self, Book, Cell, Earlier, Figures, Now, Table};
use crate::validate::{Keys, Mark, Secret};
use crate::waves::{self, Names, Published, Then, Wave};

/// The world as an earlier poll file sees it: paths in it are relative to its own folder.
struct Beside<'a> {
    world: &'a dyn World,
    folder: &'a str,
}

impl World for Beside<'_> {
    fn name(&self, path: &str) -> String {
        self.world.name(&beside(self.folder, path))
    }

    fn text(&self, path: &str) -> io::Result<String> {
        self.world.text(&beside(self.folder, path))
    }

    fn delivery(&self, path: &str) -> Box<dyn Delivery + '_> {
        self.world.delivery(&beside(self.folder, path))
    }

    fn progress(&self, stage: &str, bytes: u64) {
        self.world.progress(stage, bytes);
    }

    fn secret(&self) -> io::Result<Secret> {
        self.world.secret()
    }
}

/// A path that is relative to a folder, as short as it can be; one from the root stays.
fn beside(folder: &str, path: &str) -> String {
    if path.starts_with('/') || path.get(1..2) == Some(":") {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match (part, parts.last()) {
            ("" | ".", Some(_)) => {}
            ("..", Some(name)) if !["..", "", "."].contains(name) => {
                parts.truncate(parts.len() - 1);
            }
            _ => parts.push(part),
        }
    }
    let parts = parts.strip_prefix(&[""][..]).filter(|_| folder.is_empty()).unwrap_or(&parts);
    parts.join("/")
}

/// This wave: its poll file, its respondents, and their keys.
pub(super) struct Present<'a> {
    pub(super) poll: &'a Poll,
    pub(super) sample: &'a Sample,
    pub(super) keys: Option<Keys>,
}

/// An earlier wave as it was read.
pub(super) struct Read {
    wave: Wave,
    names: Names,
    said: Vec<(String, String)>,
    kept: Kept,
}

/// What is left of an earlier wave.
#[expect(clippy::large_enum_variant, reason = "there are a few of them in a run")]
enum Kept {
    Sampled { poll: Poll, sample: Sample, tables: Vec<Table<Cell>>, keys: Option<Vec<String>> },
    Published(Published),
}

impl Kept {
    fn questionnaire(&self) -> Option<&Questionnaire> {
        match self {
            Self::Sampled { sample, .. } => Some(sample.questionnaire()),
            Self::Published(_) => None,
        }
    }

    fn then(&self) -> Then<'_> {
        match self {
            Self::Sampled { sample, .. } => Then::Asked(sample.questionnaire()),
            Self::Published(published) => Then::Published(published),
        }
    }
}

/// Reads every earlier wave, newest first; all their files count as inputs.
pub(super) fn read(
    world: &dyn World,
    now: &Present<'_>,
    (inputs, threads): (&mut Vec<InputFacts>, usize),
    findings: &mut Findings,
) -> Result<Vec<Read>, Failure> {
    let Present { poll, sample, .. } = now;
    let mark = findings.list().len();
    let mut read: Vec<Read> = Vec::new();
    different_files(world, poll, findings);
    findings.stop_on_error_since(mark, Kind::Input)?;
    for said in &poll.previous {
        let (wave, kept) = one(world, now, said, (inputs, threads), findings)?;
        let (names, reasons) = steps(now, said, &read, &kept);
        let then = (kept.then(), &names);
        waves::check((poll, said), sample.questionnaire(), then, findings);
        let nothing = waves::nothing_shared((poll, said), sample.questionnaire(), then);
        if let Some(finding) = nothing {
            findings.push(finding);
        }
        read.push(Read { wave, names, said: reasons, kept });
    }
    let waves: Vec<&Wave> = read.iter().map(|read| &read.wave).collect();
    waves::labels(poll, label(poll), &waves, findings);
    waves::in_order(poll, &waves, findings);
    findings.stop_on_error_since(mark, Kind::Input)?;
    Ok(read)
}

/// A wave's names in those of this one, and the questions that cannot be compared with the
/// next newer wave. What the schemas say is said of the next newer wave that has one.
fn steps(
    now: &Present<'_>,
    said: &Previous,
    read: &[Read],
    kept: &Kept,
) -> (Names, Vec<(String, String)>) {
    let newer = read.iter().rev().find_map(|r| Some((r.kept.questionnaire()?, &r.names)));
    let here = (now.sample.questionnaire(), &Names::default());
    let (asked, newer) = newer.unwrap_or(here);
    let step = waves::step(asked, kept.questionnaire());
    let names = step.names.carried(newer, said);
    let schemas = step.breaks.into_iter();
    let schemas = schemas.map(|(key, why)| (newer.question(&key).to_owned(), why));
    let poll = said.breaks.iter().map(|(key, why)| (key.get_ref().clone(), why.clone()));
    (names, schemas.chain(poll).collect())
}

/// Notes a wave that is this poll, or stands twice.
fn different_files(world: &dyn World, poll: &Poll, findings: &mut Findings) {
    let mut seen = vec![poll.file.clone()];
    for said in &poll.previous {
        let name = world.name(said.path.get_ref());
        if let Some(place) = seen.iter().position(|other| *other == name) {
            let what = if place == 0 { "this poll file" } else { "listed twice" };
            findings.push(waves::same_file(poll, said, what));
        }
        seen.push(name);
    }
}

/// What a wave is called where nothing else is said.
fn label(poll: &Poll) -> &str {
    poll.wave.as_deref().unwrap_or(&poll.id)
}

fn one(
    world: &dyn World,
    now: &Present<'_>,
    said: &Previous,
    (inputs, threads): (&mut Vec<InputFacts>, usize),
    findings: &mut Findings,
) -> Result<(Wave, Kept), Failure> {
    let path = said.path.get_ref();
    if said.is_published() {
        let (text, facts) = read_text(world, path, findings)?;
        inputs.push(facts);
        return published(&world.name(path), &text, (now.poll, said), findings);
    }
    let folder = folder(path);
    let mut files = Vec::new();
    let beside_it = Beside { world, folder };
    let read = sampled(&beside_it, now, said, (&mut files, threads), findings)?;
    for file in files {
        let path = beside(folder, &file.path);
        if !inputs.iter().any(|known| known.path == path) {
            inputs.push(InputFacts { path, ..file });
        }
    }
    Ok(read)
}

/// A wave that has its answers.
fn sampled(
    world: &Beside<'_>,
    now: &Present<'_>,
    said: &Previous,
    (files, threads): (&mut Vec<InputFacts>, usize),
    findings: &mut Findings,
) -> Result<(Wave, Kept), Failure> {
    let path = said.path.get_ref();
    let own = path.get(world.folder.len()..).unwrap_or(path);
    let (mut poll, read) = read_poll(world, own, findings)?;
    files.extend(read);
    if let Some(finding) = waves::unsuited(now.poll, said, (poll.profile, poll.synthetic)) {
        return Err(Failure::because(findings, Kind::Input, finding));
    }
    poll.to_be_compared(now.poll);
    let side = read_side(world, &poll, files, findings)?;
    let checked = read_wave(world, &poll, files, threads, findings)?;
    let keys = checked.keys().filter(|_| said.linked_by.is_some());
    let keys = keys.map(|keys| labels(&keys));
    let sample = prepare::sample(checked, &poll, &side, findings)?;
    let estimates = estimates::all(&sample, &poll, threads, findings)?;
    let tables = tabulate::book(sample.questionnaire(), &poll, estimates).tables;
    let wave = Wave {
        label: said.label.clone().unwrap_or_else(|| label(&poll).to_owned()),
        linked_by: said.linked_by.as_ref().map(|column| column.get_ref().clone()),
        ..facts_of(&poll, &sample)
    };
    Ok((wave, Kept::Sampled { poll, sample, tables, keys }))
}

/// What is known of a wave as a whole.
fn facts_of(poll: &Poll, sample: &Sample) -> Wave {
    Wave {
        label: label(poll).to_owned(),
        fieldwork: poll.fieldwork,
        sampling: poll.sampling,
        weighted_by: weighted_by(poll, sample),
        respondents: sample.design().weights.len() as u64,
        published: false,
        linked_by: None,
    }
}

/// The variables of the steps; of a weight that came with the data those that the poll file
/// states, if it does.
fn weighted_by(poll: &Poll, sample: &Sample) -> Option<Vec<String>> {
    let margins = sample.weighting().iter().flat_map(|step| &step.margins);
    let mut names: Vec<String> = margins.map(|margin| margin.title.clone()).collect();
    if names.is_empty() && sample.design().weighted {
        names.clone_from(&poll.method.weighting.variables);
        if names.is_empty() {
            return None;
        }
    }
    names.sort();
    names.dedup();
    Some(names)
}

fn published(
    name: &str,
    text: &str,
    (poll, said): (&Poll, &Previous),
    findings: &mut Findings,
) -> Result<(Wave, Kept), Failure> {
    let read = waves::published(name, text)
        .map_err(|finding| Failure::because(findings, Kind::Input, *finding))?;
    if let Some(finding) = waves::unsuited(poll, said, (read.profile, read.synthetic)) {
        return Err(Failure::because(findings, Kind::Input, finding));
    }
    let own = read.wave.as_ref().unwrap_or(&read.poll);
    let wave = Wave {
        label: said.label.as_ref().unwrap_or(own).clone(),
        fieldwork: read.fieldwork,
        sampling: read.sampling.unwrap_or(Sampling::Nonprobability),
        weighted_by: None,
        respondents: read.respondents,
        published: true,
        linked_by: None,
    };
    Ok((wave, Kept::Published(read)))
}

/// The units that persons are; a row without a key is set aside before.
fn labels(keys: &Keys) -> Vec<String> {
    keys.iter().map(|mark| mark.map(Mark::label).unwrap_or_default()).collect()
}

/// The book with its trend tables.
pub(super) fn compare(
    book: Book,
    now: &Present<'_>,
    read: &[Read],
    findings: &mut Findings,
) -> Result<Book, Failure> {
    let mark = findings.list().len();
    let waves = read.iter().zip(&now.poll.previous);
    let earlier: Vec<Earlier<'_>> =
        waves.map(|(read, said)| read.comparable(now, said, findings)).collect();
    findings.stop_on_error_since(mark, Kind::Input)?;
    let now = Now {
        questionnaire: now.sample.questionnaire(),
        poll: now.poll,
        wave: facts_of(now.poll, now.sample),
    };
    let book = book.with_trends(&now, &earlier, findings);
    findings.stop_on_error_since(mark, Kind::Input)?;
    Ok(book)
}

impl Read {
    /// As `tabulate` wants it.
    fn comparable<'a>(
        &'a self,
        now: &Present<'a>,
        said: &Previous,
        findings: &mut Findings,
    ) -> Earlier<'a> {
        let figures = match &self.kept {
            Kept::Published(published) => Figures::Published(published),
            Kept::Sampled { sample, tables, .. } => Figures::Estimated {
                questionnaire: sample.questionnaire(),
                tables,
                panel: linked(now, &self.kept, said, findings),
            },
        };
        let (wave, names, said) = (self.wave.clone(), self.names.clone(), self.said.clone());
        Earlier { wave, names, said, figures }
    }
}

/// What two waves share, if the poll file says by what; noted if they cannot be linked.
fn linked<'a>(
    now: &Present<'a>,
    kept: &'a Kept,
    said: &Previous,
    findings: &mut Findings,
) -> Option<Panel<'a>> {
    let column = said.linked_by.as_ref()?;
    let Kept::Sampled { poll, sample, keys, .. } = kept else { return None };
    let own = now.keys.as_ref().map(labels);
    let stacked = || {
        let then = panel::units(sample, poll, column.get_ref(), keys.as_deref())?;
        let here = panel::units(now.sample, now.poll, column.get_ref(), own.as_deref())?;
        Panel::stack((sample, &then), (now.sample, &here))
    };
    match stacked() {
        Ok(panel) => Some(panel),
        Err(why) => {
            findings.push(waves::unlinkable(now.poll, column, &why));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn paths_of_an_earlier_poll_file_are_relative_to_its_folder() {
        assert_eq!(beside("../then/", "replies.csv"), "../then/replies.csv");
        assert_eq!(beside("../then/", "../../schemas/s.toml"), "../../schemas/s.toml");
        assert_eq!(beside("then/", "./a/../b.csv"), "then/b.csv");
        assert_eq!(beside("", "b.csv"), "b.csv");
        assert_eq!(beside("then/", "/data/b.csv"), "/data/b.csv");
        assert_eq!(beside("/then/", "b.csv"), "/then/b.csv");
    }
}
