//! One table's numbers: its variables by its columns.

use super::answers::{Ask, Part, ratio_over, total};
use super::columns::{Columns, Split};
use super::compare::{Comparing, Seen, Together};
use super::inquiry::Inquiry;
use super::linear::{Linear, people};
use super::quantile::{Place, Sorted};
use super::rows::{Line, Manner, Rows, Source};
use super::{Base, Block, Estimate, Of, Row, independence, numbers};
use crate::poll::tables::{Method, Percent, Test};
use crate::prepare::Layers;
use crate::questionnaire::Question;
use crate::stats::effective;
use crate::stats::test::RaoScott;
use crate::tally::{self, Groups, Moments, Sums};

/// How tables are made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Making<'a> {
    pub(super) inquiry: &'a Inquiry<'a>,
    /// How columns are compared.
    pub(super) test: Test,
    /// Whether every pair of columns is compared, and the table as a whole tested.
    pub(super) thorough: bool,
}

/// A question, who is counted, and how.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) question: usize,
    /// One item of it, or all.
    pub(super) item: Option<usize>,
    pub(super) counted: Option<&'a [bool]>,
    pub(super) manner: Manner,
}

/// Sums of one source by one split.
enum Counted {
    Answers(Sums),
    Numbers(Moments),
}

/// Where a column is: a part of a split.
#[derive(Clone, Copy)]
struct Spot {
    split: usize,
    part: usize,
}

/// A block whose columns are parts of splits.
struct View<'a> {
    making: &'a Making<'a>,
    rows: &'a Rows<'a>,
    splits: &'a [Split],
    spots: &'a [Spot],
    percent: Percent,
    /// The sums of every source by every split.
    counted: Vec<Vec<Counted>>,
}

impl Making<'_> {
    /// A table without columns but the total.
    pub(super) fn totals(&self, asked: Asked<'_>) -> Vec<Block> {
        let height = self.inquiry.sample.frame().height();
        let splits = [Split::whole(height, asked.counted)];
        let spots = [Spot { split: 0, part: 0 }];
        self.blocks(asked, |_, rows| self.view(asked, rows, &splits, &spots).block())
    }

    /// The same with the columns of a banner; `totals` are the blocks of the table without.
    pub(super) fn crossed(
        &self,
        asked: Asked<'_>,
        (columns, splits): (&Columns, &[Split]),
        totals: &[Block],
    ) -> Vec<Block> {
        let spots: Vec<Spot> = if columns.overlapping {
            (0..splits.len()).map(|split| Spot { split, part: 0 }).collect()
        } else {
            (0..columns.groups.len()).map(|part| Spot { split: 0, part }).collect()
        };
        self.blocks(asked, |index, rows| {
            let view = self.view(asked, rows, splits, &spots);
            let mut block = view.block();
            if asked.manner.percent == Percent::Column && self.test.method != Method::None {
                view.compare(&mut block, columns);
            }
            view.lead(block, totals.get(index))
        })
    }

    fn view<'v>(
        &'v self,
        asked: Asked<'_>,
        rows: &'v Rows<'v>,
        splits: &'v [Split],
        spots: &'v [Spot],
    ) -> View<'v> {
        let sample = self.inquiry.sample;
        let count = |source: &Source<'_>, groups: Groups<'_>| match source {
            Source::Codes(list, answers) => {
                Counted::Answers(tally::coded(sample, list.codes(), *answers, groups))
            }
            Source::Numbers(values) => Counted::Numbers(tally::valued(sample, values, groups)),
        };
        let by_split = |source| splits.iter().map(|s| count(source, s.groups())).collect();
        let counted = rows.sources.iter().map(by_split).collect();
        View { making: self, rows, splits, spots, percent: asked.manner.percent, counted }
    }

    fn blocks(
        &self,
        asked: Asked<'_>,
        block: impl Fn(usize, &Rows<'_>) -> Block,
    ) -> Vec<Block> {
        let sample = self.inquiry.sample;
        let question: &Question = &sample.questionnaire().questions[asked.question];
        let variables = sample.questionnaire().variables().into_iter();
        let variables = variables
            .filter(|v| v.question == asked.question)
            .filter(|v| asked.item.is_none() || v.item == asked.item);
        let block = |(index, variable): (usize, crate::questionnaire::Variable)| {
            let rows = Rows::of(sample, question, &variable, asked.manner).unwrap_or_default();
            Block { item: variable.item, ..block(index, &rows) }
        };
        variables.enumerate().map(block).collect()
    }
}

impl View<'_> {
    /// Every row in every column.
    fn block(&self) -> Block {
        let row = |line: &Line| Row {
            of: line.of,
            cells: self.spots.iter().map(|spot| self.cell(line, *spot)).collect(),
            compared: Vec::new(),
            marks: Vec::new(),
        };
        Block {
            item: None,
            bases: self.spots.iter().map(|spot| self.base(*spot)).collect(),
            rows: self.rows.lines.iter().map(row).collect(),
            independence: None,
        }
    }

    /// Puts the total before the columns.
    fn lead(&self, mut block: Block, total: Option<&Block>) -> Block {
        let base = total.and_then(|total| total.bases.first().copied()).unwrap_or_default();
        block.bases.insert(0, base);
        for (line, row) in self.rows.lines.iter().zip(&mut block.rows) {
            let same = total.and_then(|t| t.rows.iter().find(|other| other.of == row.of));
            let whole = match self.percent {
                Percent::Row | Percent::Total if line.is_share() => self.whole(line),
                _ => same.and_then(|same| same.cells.first().cloned().flatten()),
            };
            row.cells.insert(0, whole);
        }
        block
    }

    /// Who is in the base of a column, by the first of the rows.
    fn base(&self, spot: Spot) -> Base {
        let Some(line) = self.rows.lines.first() else { return Base::default() };
        let (n, weighted, squares) = match &self.counted[line.source][spot.split] {
            Counted::Numbers(moments) => {
                let total = moments.total(spot.part);
                (people(total.n), total.w, total.ww)
            }
            Counted::Answers(sums) => {
                let kept = || line.ask.iter().flat_map(Ask::base);
                (
                    kept().map(|k| sums.count(spot.part, k)).sum(),
                    kept().map(|k| sums.weight(spot.part, k)).sum(),
                    kept().map(|k| sums.squared(spot.part, k)).sum(),
                )
            }
        };
        Base { n, weighted, effective: effective::base(weighted, squares) }
    }

    fn cell(&self, line: &Line, spot: Spot) -> Option<Estimate> {
        if line.of == Of::Median {
            return self.median(line, spot);
        }
        let linear = self.linear(line, spot)?;
        Some(self.estimate(line, &linear, self.count(line, spot)))
    }

    fn estimate(&self, line: &Line, linear: &Linear, count: Option<u64>) -> Estimate {
        let Inquiry { survey, conventions, .. } = self.making.inquiry;
        let of_people = !matches!(self.percent, Percent::Mentions | Percent::Count);
        match count {
            Some(count) if line.is_share() && of_people => {
                linear.share(count, survey, conventions)
            }
            Some(count) if line.is_share() => {
                Estimate { count, ..linear.number(survey, conventions) }
            }
            _ => linear.number(survey, conventions),
        }
    }

    fn median(&self, line: &Line, spot: Spot) -> Option<Estimate> {
        let Inquiry { sample, survey, conventions } = self.making.inquiry;
        let Source::Numbers(values) = &self.rows.sources[line.source] else { return None };
        let groups = self.splits[spot.split].groups();
        let layers = Layers::of(sample.design());
        Sorted::of(sample, values, groups, spot.part)?.quantile(
            Place::MEDIAN,
            &layers,
            survey,
            conventions,
        )
    }

    /// How many gave the answer, or one of the net, in a column.
    fn count(&self, line: &Line, spot: Spot) -> Option<u64> {
        match (&self.counted[line.source][spot.split], &line.ask) {
            (Counted::Answers(sums), Some(ask)) => Some(ask.count(sums, spot.part)),
            _ => None,
        }
    }

    /// A row in a column, as a number that depends on every respondent.
    fn linear(&self, line: &Line, spot: Spot) -> Option<Linear> {
        let Spot { split, part } = spot;
        match (&self.counted[line.source][split], &line.ask) {
            (Counted::Numbers(moments), _) => numbers::mean(moments, part),
            (Counted::Answers(sums), Some(ask)) => match self.percent {
                Percent::Count if line.is_share() => total(sums, &[(part, ask)]),
                Percent::Row | Percent::Total if line.is_share() => {
                    self.of_the_table(sums, ask, split, |other| other == part)
                }
                _ => ratio_over(sums, &[(part, ask)]),
            },
            (Counted::Answers(_), None) => None,
        }
    }

    /// A share whose base goes across columns: who is in some parts, of all who answered the
    /// banner, or of those of them who gave the answer.
    fn of_the_table(
        &self,
        sums: &Sums,
        ask: &Ask,
        split: usize,
        within: impl Fn(usize) -> bool,
    ) -> Option<Linear> {
        let inside =
            if self.percent == Percent::Row { ask.based_on_numerator() } else { ask.clone() };
        let outside = inside.without_numerator();
        let part = |part| (part, if within(part) { &inside } else { &outside });
        let parts: Vec<Part<'_>> = (0..self.splits[split].answered).map(part).collect();
        ratio_over(sums, &parts)
    }

    /// The same over all columns together.
    fn whole(&self, line: &Line) -> Option<Estimate> {
        let split = self.splits.first()?;
        let Counted::Answers(sums) = &self.counted[line.source][0] else { return None };
        let ask = line.ask.as_ref()?;
        let linear = self.of_the_table(sums, ask, 0, |_| true)?;
        let count = (0..split.answered).map(|part| ask.count(sums, part)).sum();
        Some(self.estimate(line, &linear, Some(count)))
    }

    /// A row in everybody who is in another of some columns; where columns overlap, in
    /// everybody who answered the banner and is not in the column.
    fn rest(&self, line: &Line, spot: Spot, family: &[Spot]) -> Option<(Linear, u64)> {
        let apart = family.iter().all(|other| other.split == spot.split);
        let parts: Vec<usize> = if apart {
            family.iter().map(|other| other.part).collect()
        } else {
            (0..self.splits[spot.split].answered).collect()
        };
        let others: Vec<usize> = parts.into_iter().filter(|part| *part != spot.part).collect();
        match (&self.counted[line.source][spot.split], &line.ask) {
            (Counted::Answers(sums), Some(ask)) => {
                let parts: Vec<Part<'_>> = others.iter().map(|part| (*part, ask)).collect();
                let count = parts.iter().map(|(part, ask)| ask.count(sums, *part)).sum();
                Some((ratio_over(sums, &parts)?, count))
            }
            (Counted::Numbers(moments), _) => Some((numbers::mean_over(moments, &others)?, 0)),
            (Counted::Answers(_), None) => None,
        }
    }

    /// Compares the columns of every row.
    fn compare(&self, block: &mut Block, columns: &Columns) {
        for (line, row) in self.rows.lines.iter().zip(&mut block.rows) {
            if line.of != Of::Median {
                self.compare_row(line, row, columns);
            }
        }
        block.independence = self.independence(columns);
    }

    fn compare_row(&self, line: &Line, row: &mut Row, columns: &Columns) {
        let (families, comparing) = (columns.families(), self.comparing(line));
        row.compared = comparing.against_the_rest(&families, |column, family| {
            let family: Vec<Spot> = family.iter().map(|c| self.spots[*c]).collect();
            let (linear, count) = self.rest(line, self.spots[column], &family)?;
            Some(Seen::new(linear, count, &self.making.inquiry.survey))
        });
        if self.making.thorough {
            let together =
                |a, b| columns.overlapping.then(|| self.together(line, (a, b))).flatten();
            let pairs = comparing.pairs(&families, together);
            row.marks = comparing.marks(&pairs);
            row.compared.extend(pairs);
        }
    }

    /// A row's numbers in all columns.
    fn comparing(&self, line: &Line) -> Comparing<'_> {
        let seen = |spot: &Spot| {
            let linear = self.linear(line, *spot)?;
            let count = self.count(line, *spot).unwrap_or(0);
            Some(Seen::new(linear, count, &self.making.inquiry.survey))
        };
        Comparing {
            inquiry: self.making.inquiry,
            test: &self.making.test,
            share: line.is_share(),
            columns: self.spots.iter().map(seen).collect(),
        }
    }

    /// Who is in two columns at once, of those in the base of a row.
    fn together(&self, line: &Line, (first, second): (usize, usize)) -> Option<Together> {
        let [a, b] = [first, second].map(|column| &self.splits[self.spots[column].split]);
        let within = |row: usize| (a.part(row) == 0, b.part(row) == 0);
        let sample = self.making.inquiry.sample;
        Some(match (&self.rows.sources[line.source], &line.ask) {
            (Source::Codes(list, _), Some(ask)) => {
                let codes = list.codes();
                Together::of(sample, within, |row| ask.terms(codes.get(row)))
            }
            (Source::Numbers(values), _) => {
                Together::of(sample, within, |row| number(values[row]))
            }
            (Source::Codes(..), None) => return None,
        })
    }

    /// The test of the table as a whole; of one answer of a list only.
    fn independence(&self, columns: &Columns) -> Option<RaoScott> {
        if !self.making.thorough || columns.overlapping {
            return None;
        }
        let [Source::Codes(..)] = self.rows.sources.as_slice() else { return None };
        let Counted::Answers(sums) = self.counted.first()?.first()? else { return None };
        let Inquiry { survey, conventions, .. } = self.making.inquiry;
        independence::test(sums, columns.groups.len(), survey, conventions.freedom)
    }
}

/// What a number adds to numerator and denominator of a mean.
fn number(value: f64) -> (f64, f64) {
    if value.is_nan() { (0.0, 0.0) } else { (value, 1.0) }
}
