//! The columns of one row compared: each with the rest, and, for the analyst, every pair.
//!
//! Takes a row's numbers with their linearised variables, gives tests by the method of the
//! poll file, adjusted for their number within the row. The formulas stand in
//! [`crate::stats::test`].

use super::inquiry::Inquiry;
use super::linear::{Base, Linear, people};
use super::survey::{Sum, Survey};
use crate::poll::tables::{Adjust, Method, Test};
use crate::prepare::{Layers, Sample};
use crate::stats::test::{
    Adjustment, AgainstRest, ColumnMethod, ColumnPair, ColumnTest, Dialect, Levels, Mark,
    MeanSide, Minimum, Overlap, Side, Untestable, Verdict, adjust_pairs, against_rest,
    by_design, marks, screen_bases, screen_shares,
};

/// One comparison of two columns of a row, or of a column and the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The column, from 0 without the total.
    pub first: usize,
    /// The other; none for everybody who is not in the first.
    pub second: Option<usize>,
    /// First against second, or why they are not tested.
    pub test: Result<ColumnTest, Untestable>,
    /// p adjusted for the comparisons of the row.
    pub adjusted: Option<f64>,
    /// Of a column against the rest: above, below or neither; none where nothing is tested.
    pub verdict: Option<Verdict>,
    /// The base of either side: respondents and effective base.
    pub bases: [(u64, f64); 2],
}

impl Compared {
    /// As a pair of columns; none if it is one of a column with the rest.
    fn pair(&self) -> Option<ColumnPair> {
        let Self { first, second, test, adjusted, .. } = *self;
        Some(ColumnPair { first, second: second?, test, adjusted })
    }
}

/// What a comparison gives, or why there is none.
type Tested = Result<ColumnTest, Untestable>;

/// A row's number in one column.
pub(super) struct Seen {
    linear: Linear,
    /// How many gave the answer.
    count: u64,
    /// Its variance under the design; 0 if the design cannot tell.
    variance: f64,
    /// [`Survey::centred`].
    centred: Option<Vec<f64>>,
}

impl Seen {
    pub(super) fn new(linear: Linear, count: u64, survey: &Survey<'_>) -> Self {
        let centred = survey.centred(&linear.raw);
        let variance = match &centred {
            Some(centred) => centred.iter().map(|z| z * z).sum(),
            None => linear.variance(survey).unwrap_or(0.0),
        };
        Self { linear, count, variance, centred }
    }
}

/// A row's numbers in all columns.
pub(super) struct Comparing<'a> {
    pub(super) inquiry: &'a Inquiry<'a>,
    pub(super) test: &'a Test,
    /// Whether they are shares.
    pub(super) share: bool,
    pub(super) columns: Vec<Option<Seen>>,
}

/// People who are in two columns at once.
pub(super) struct Together {
    pub(super) overlap: Overlap,
    /// The influence of each respondent on the difference of the two columns: which column
    /// they are in, and what they add to numerator and denominator.
    terms: Vec<Term>,
}

#[derive(Clone, Copy)]
struct Term {
    row: usize,
    within: (bool, bool),
    c: f64,
    d: f64,
}

impl Term {
    /// What somebody adds to the ratio of a column, if they are in it.
    fn part(&self, inside: bool, value: f64, below: f64) -> f64 {
        if inside { (self.c - value * self.d) / below } else { 0.0 }
    }
}

impl Together {
    /// Of all who are in either column and in the base of the row.
    pub(super) fn of(
        sample: &Sample,
        within: impl Fn(usize) -> (bool, bool),
        term: impl Fn(usize) -> (f64, f64),
    ) -> Self {
        let weights = &sample.design().weights;
        let (mut n, mut weight, mut squares) = (0, 0.0, 0.0);
        let mut terms = Vec::new();
        for (row, w) in weights.iter().enumerate() {
            let (within, (c, d)) = (within(row), term(row));
            if d <= 0.0 || within == (false, false) {
                continue;
            }
            if within == (true, true) {
                n += 1;
                weight += w;
                squares += w * w;
            }
            terms.push(Term { row, within, c, d });
        }
        Self { overlap: Overlap::of_same_answers(n, weight, squares), terms }
    }
}

impl Seen {
    fn side(&self) -> Side {
        let Base { weight, squares, .. } = self.linear.base;
        let n = people(self.linear.base.n());
        Side { share: self.linear.value, weight, squares, n, count: self.count }
    }

    fn mean(&self) -> MeanSide {
        let Base { weight, squares, .. } = self.linear.base;
        let spread = self.linear.spread * weight;
        MeanSide { mean: self.linear.value, spread, weight, squares }
    }

    fn base(&self) -> (u64, f64) {
        let side = self.side();
        (side.n, side.weight * side.weight / side.squares)
    }
}

fn base(seen: Option<&Seen>) -> (u64, f64) {
    seen.map_or((0, 0.0), Seen::base)
}

/// Every two of a list, the earlier first.
fn couples(columns: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let places = columns.iter().enumerate();
    places.flat_map(|(nth, first)| columns[nth + 1..].iter().map(|second| (*first, *second)))
}

impl Comparing<'_> {
    /// Every column against all others under its heading; p is adjusted within it.
    pub(super) fn against_the_rest(
        &self,
        families: &[Vec<usize>],
        rest: impl Fn(usize, &[usize]) -> Option<Seen>,
    ) -> Vec<Compared> {
        let family = |family: &Vec<usize>| {
            let rests: Vec<_> = family.iter().map(|column| rest(*column, family)).collect();
            self.family_against_the_rest(family, &rests)
        };
        families.iter().flat_map(family).collect()
    }

    fn family_against_the_rest(
        &self,
        family: &[usize],
        rests: &[Option<Seen>],
    ) -> Vec<Compared> {
        let sides = || family.iter().zip(rests);
        let pair = |(column, rest): (&usize, &Option<Seen>)| {
            self.test([self.columns[*column].as_ref(), rest.as_ref()], None)
        };
        let [level, _] = self.test.alpha;
        let judged =
            against_rest(sides().map(pair).collect(), adjustment(self.test.adjust), level);
        let compared = |(judged, (first, rest)): (AgainstRest, (&usize, &Option<Seen>))| {
            let AgainstRest { test, adjusted, verdict } = judged;
            let bases = [base(self.columns[*first].as_ref()), base(rest.as_ref())];
            Compared { first: *first, second: None, test, adjusted, verdict, bases }
        };
        judged.into_iter().zip(sides()).map(compared).collect()
    }

    /// Every pair of columns under one heading; p is adjusted within it.
    pub(super) fn pairs(
        &self,
        families: &[Vec<usize>],
        together: impl Fn(usize, usize) -> Option<Together>,
    ) -> Vec<Compared> {
        let pair = |(first, second): (usize, usize)| {
            let [a, b] = [first, second].map(|column| self.columns[column].as_ref());
            let test = self.test([a, b], together(first, second).as_ref());
            ColumnPair::new(first, second, test)
        };
        let family = |columns: &Vec<usize>| {
            let mut pairs: Vec<ColumnPair> = couples(columns).map(pair).collect();
            adjust_pairs(&mut pairs, adjustment(self.test.adjust));
            pairs
        };
        families.iter().flat_map(family).map(|pair| self.paired(pair)).collect()
    }

    /// Two columns, if both have a number.
    fn test(&self, pair: [Option<&Seen>; 2], both: Option<&Together>) -> Tested {
        let [Some(first), Some(second)] = pair else { return Err(Untestable::NoBase) };
        self.compare(first, second, both)
    }

    fn paired(&self, pair: ColumnPair) -> Compared {
        let ColumnPair { first, second, test, adjusted } = pair;
        let bases = [first, second].map(|column| base(self.columns[column].as_ref()));
        Compared { first, second: Some(second), test, adjusted, verdict: None, bases }
    }

    /// For each column, those that it is higher than.
    pub(super) fn marks(&self, pairs: &[Compared]) -> Vec<Vec<Mark>> {
        let pairs: Vec<ColumnPair> = pairs.iter().filter_map(Compared::pair).collect();
        let [strong, weak] = self.test.alpha;
        marks(self.columns.len(), &pairs, Levels { strong, weak })
    }

    fn compare(
        &self,
        first: &Seen,
        second: &Seen,
        together: Option<&Together>,
    ) -> Result<ColumnTest, Untestable> {
        let minimum = Minimum { base: self.test.minimum, ..Minimum::default() };
        let both = together.map_or(Overlap::NONE, |together| together.overlap);
        let (a, b) = (first.side(), second.side());
        if self.share {
            screen_shares(&a, &b, both, minimum)?;
        } else {
            screen_bases(a.n, b.n, both.n, minimum)?;
        }
        match method(self.test.method).dialect() {
            None => self.by_design(first, second, together),
            Some(dialect) if self.share => dialect.shares(&a, &b, both),
            Some(dialect) => means(dialect, first, second, both),
        }
    }

    fn by_design(
        &self,
        first: &Seen,
        second: &Seen,
        together: Option<&Together>,
    ) -> Result<ColumnTest, Untestable> {
        let Inquiry { survey, conventions, .. } = self.inquiry;
        let apart = first.variance + second.variance;
        if let (Some(a), Some(b), None) = (&first.centred, &second.centred, together) {
            let members = first.linear.base.with(&second.linear.base);
            let variance = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
            let difference = first.linear.value - second.linear.value;
            let freedom = members.freedom(survey, conventions);
            return by_design(difference, variance, apart, freedom);
        }
        let difference = match together {
            None => first.linear.minus(&second.linear),
            Some(together) => self.of_both(&first.linear, &second.linear, together),
        };
        let freedom = difference.base.freedom(survey, conventions);
        let variance = difference.variance(survey).ok_or(Untestable::NoVariance)?;
        by_design(difference.value, variance, apart, freedom)
    }

    /// The difference of two numbers of columns that share people, from the records: what
    /// somebody in both adds to one is taken off the other.
    fn of_both(&self, a: &Linear, b: &Linear, together: &Together) -> Linear {
        let Inquiry { sample, survey, .. } = self.inquiry;
        let weights = &sample.design().weights;
        let below = |of: fn(&Term) -> bool| -> f64 {
            let terms = together.terms.iter().filter(|term| of(term));
            terms.map(|term| weights[term.row] * term.d).sum()
        };
        let (first, second) = (below(|term| term.within.0), below(|term| term.within.1));
        let mut z = vec![0.0; weights.len()];
        for term in &together.terms {
            let u = term.part(term.within.0, a.value, first)
                - term.part(term.within.1, b.value, second);
            z[term.row] = weights[term.row] * u;
        }
        let members = together.terms.iter().map(|term| (term.row, weights[term.row]));
        let base = Base::of(&Layers::of(sample.design()), members);
        let settled: Vec<Sum> = survey.of_records(z);
        Linear {
            value: a.value - b.value,
            raw: super::fitted::Raw { layers: settled, ..Default::default() },
            replicates: a.replicates.iter().zip(&b.replicates).map(|(a, b)| a - b).collect(),
            base,
            spread: 0.0,
        }
    }
}

fn means(
    dialect: Dialect,
    first: &Seen,
    second: &Seen,
    both: Overlap,
) -> Result<ColumnTest, Untestable> {
    dialect.means(&first.mean(), &second.mean(), both)
}

fn method(method: Method) -> ColumnMethod {
    match method {
        Method::Design | Method::None => ColumnMethod::Design,
        Method::EffectiveBase => ColumnMethod::EffectiveBase,
        Method::Quantum => ColumnMethod::Quantum,
        Method::Spss => ColumnMethod::Spss,
        Method::Unpooled => ColumnMethod::Unpooled,
    }
}

fn adjustment(adjust: Adjust) -> Adjustment {
    match adjust {
        Adjust::None => Adjustment::None,
        Adjust::Bonferroni => Adjustment::Bonferroni,
        Adjust::Holm => Adjustment::Holm,
        Adjust::Bh => Adjustment::BenjaminiHochberg,
    }
}
