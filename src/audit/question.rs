//! The attack on one question: everything that is printed of it goes in, the range of each
//! hidden cell comes out.

use super::known::{Figure, Known, Manner, Seen};
use super::release::Release;
use super::source::Kind;
use super::space::{Space, View, families};
use super::ties::ties;
use super::verdict::{Cell, judge};
use crate::attack::{Fact, Range, Sum, System, Unsolved};

/// The spread of weights that a release keeps to itself, since some are far from the others.
const UNTOLD: f64 = 0.5;
/// By how much more than the least bases may give way: with the least a single solution fits,
/// which need not be the true one.
const EASE: f64 = 1.5;
/// How much more slack is given than is needed, so that the solver has room.
const ROOM: f64 = 1.001;

/// One question, or one item of it, in one release or in two of the same people.
#[derive(Clone, Debug)]
pub(super) struct Question<'a> {
    pub(super) releases: Vec<&'a Release>,
    pub(super) id: &'a str,
    pub(super) item: Option<&'a str>,
}

/// What became of the attack on a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Attacked {
    /// Every hidden cell that is a count.
    pub(super) cells: Vec<Cell>,
    /// By what share bases had to differ for the figures to fit, if they did not fit as
    /// counts.
    pub(super) slack: Option<f64>,
    /// Why nothing was found out.
    pub(super) failed: Option<Unsolved>,
}

/// A hidden cell: those whom it counts, and the others of its base.
struct Target<'a> {
    figure: Figure<'a>,
    sums: [Sum; 2],
}

impl Target<'_> {
    /// Whether far more than a small count are left of the printed base, if at most so many
    /// gave the answer. Half the base is not counted upon, since weights are no people.
    fn leaves_many(&self, most: f64) -> bool {
        let base = self.figure.record.base.unwrap_or(0.0);
        base / 2.0 - most > self.figure.small() + 1.0
    }
}

impl<'a> Question<'a> {
    /// Every question and item of one release, or of two.
    pub(super) fn all(releases: &[&'a Release]) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for table in releases.iter().flat_map(|release| &release.tables) {
            for block in table.blocks.iter().filter(|_| table.shape.kind != Kind::Number) {
                let item = block.item.as_ref().map(|item| item.id.as_str());
                let id = table.shape.question.as_str();
                if !found.iter().any(|known| (known.id, known.item) == (id, item)) {
                    found.push(Self { releases: releases.to_vec(), id, item });
                }
            }
        }
        found
    }

    /// Attacks its hidden cells.
    pub(super) fn attack(&self) -> Attacked {
        let tables = self.tables();
        let shapes: Vec<_> = tables.iter().map(|seen| seen.table).collect();
        let several = tables.first().is_some_and(|seen| seen.table.kind == Kind::Multi);
        if !several {
            return self.attack_in(&Space::of_one(&shapes), &tables);
        }
        let mut all = Attacked::default();
        for sets in families(&shapes) {
            let one = self.attack_in(&Space::of_sets(&shapes, sets), &tables);
            all.cells.extend(one.cells);
            all.slack = one.slack.into_iter().chain(all.slack).reduce(f64::max);
            all.failed = all.failed.or(one.failed);
        }
        all
    }

    /// The tables in whose rows its answers stand.
    fn tables(&self) -> Vec<Seen<'a>> {
        let mut found = Vec::new();
        for release in &self.releases {
            for table in release.tables.iter().filter(|table| table.shape.question == self.id) {
                let mine = table.blocks.iter().find(|block| {
                    block.item.as_ref().map(|item| item.id.as_str()) == self.item
                });
                found.extend(mine.map(|block| Seen {
                    release,
                    table: &table.shape,
                    block,
                    view: View::Straight,
                }));
            }
        }
        found
    }

    /// The tables of its banners: their toplines, and those with its answers as columns.
    fn mirrors(&self, space: &Space) -> Vec<Seen<'a>> {
        let mut found = Vec::new();
        for release in &self.releases {
            for table in &release.tables {
                let shape = &table.shape;
                let turned = shape.banner.is_empty()
                    || (self.item.is_none() && shape.banner == [self.id.to_owned()]);
                let known = space.plain(std::slice::from_ref(&shape.question)).is_some();
                let single = shape.kind == Kind::Single && shape.items.is_empty();
                if known
                    && turned
                    && single
                    && shape.filter.is_none()
                    && shape.question != self.id
                {
                    found.extend(table.blocks.iter().map(|block| Seen {
                        release,
                        table: shape,
                        block,
                        view: View::Mirrored,
                    }));
                }
            }
        }
        found
    }

    fn attack_in(&self, space: &Space, tables: &[Seen<'a>]) -> Attacked {
        let targets = targets(space, tables);
        if targets.is_empty() {
            return Attacked::default();
        }
        let seen = [tables, &self.mirrors(space)].concat();
        let mut known = Known::of(space, &seen);
        for table in tables {
            known.changes(space, table, &table.release.changes);
        }
        let shapes: Vec<_> = tables.iter().map(|seen| seen.table).collect();
        let siege = Siege { space, known, ties: ties(space, &shapes) };
        let rounding = self.releases.iter().map(|release| &release.rules.rounding);
        let weighted = rounding.filter(|rounding| rounding.weighted);
        let weighted =
            weighted.map(|rounding| rounding.weight_spread.unwrap_or(UNTOLD)).reduce(f64::max);
        match siege.ranges(&targets, weighted) {
            Ok((ranges, slack)) => {
                let cells = targets.iter().zip(ranges);
                let cells = cells.map(|(target, ranges)| judge(&target.figure, ranges));
                Attacked { cells: cells.collect(), slack, failed: None }
            }
            Err(why) => Attacked { failed: Some(why), ..Attacked::default() },
        }
    }
}

/// Every hidden cell that is a share of counts, once.
fn targets<'a>(space: &Space, tables: &[Seen<'a>]) -> Vec<Target<'a>> {
    let mut found: Vec<Target<'a>> = Vec::new();
    for figure in tables.iter().flat_map(|seen| seen.figures()) {
        if !figure.record.is_hidden() || !figure.row.is_share() {
            continue;
        }
        let Some(ratio) = figure.ratio(space) else { continue };
        let others = ratio.whole.plus(-1.0, &ratio.part);
        let sums = [ratio.part, others];
        if !found.iter().any(|known| known.sums == sums) {
            found.push(Target { figure, sums });
        }
    }
    found
}

/// Everything that is known of a question, and the counts that it is about.
struct Siege<'s> {
    space: &'s Space,
    known: Known,
    ties: Vec<Fact>,
}

impl Siege<'_> {
    /// The ranges of each target, and the slack that was needed.
    fn ranges(
        &self,
        targets: &[Target<'_>],
        weighted: Option<f64>,
    ) -> Result<(Vec<[Range; 2]>, Option<f64>), Unsolved> {
        // A release that breaks its own rules of hiding is attacked without them.
        for manner in [Manner::Counts, Manner::Plain].into_iter().filter(|_| weighted.is_none())
        {
            match ranges(&self.system(manner), targets) {
                Err(Unsolved::Contradiction) => {}
                other => return other.map(|ranges| (ranges, None)),
            }
        }
        // Nobody outside knows the weights: those of a group may differ from the mean as much
        // as weights do.
        let by = (EASE * self.least_slack()?).max(weighted.unwrap_or(0.0));
        let ranges = ranges(&self.system(Manner::Slack(by)), targets)?;
        Ok((ranges, Some(by)))
    }

    /// The least share by which bases must differ for the figures not to contradict each
    /// other.
    fn least_slack(&self) -> Result<f64, Unsolved> {
        let slack = Sum::of([self.space.grid.atoms()]);
        let ranges = self.system(Manner::Free).ranges(&[slack], f64::INFINITY)?;
        let least = ranges.first().map_or(0.0, |range| range.low);
        Ok(least.max(0.0) * ROOM + 1e-6)
    }

    fn system(&self, manner: Manner) -> System {
        self.known.system(&self.space.grid, &self.ties, manner)
    }
}

/// The range of those whom each target counts, and of the others of its base.
fn ranges(system: &System, targets: &[Target<'_>]) -> Result<Vec<[Range; 2]>, Unsolved> {
    let largest = targets.iter().map(|target| target.figure.small()).fold(0.0, f64::max);
    let enough = largest + 1.0;
    let counts: Vec<Sum> = targets.iter().map(|target| target.sums[0].clone()).collect();
    let counts = system.ranges(&counts, enough)?;
    // Where few gave an answer, of a base that is printed, the others are many.
    let others: Vec<Option<&Sum>> = targets
        .iter()
        .zip(&counts)
        .map(|(target, count)| {
            let few = count.whole_width() < enough && target.leaves_many(count.high);
            (!few).then_some(&target.sums[1])
        })
        .collect();
    let asked: Vec<Sum> = others.iter().flatten().map(|sum| (*sum).clone()).collect();
    let mut found = system.ranges(&asked, enough)?.into_iter();
    let many = Range { low: f64::INFINITY, high: f64::INFINITY };
    let pair = |(count, others): (Range, Option<&Sum>)| {
        [count, others.and_then(|_| found.next()).unwrap_or(many)]
    };
    Ok(counts.into_iter().zip(others).map(pair).collect())
}
