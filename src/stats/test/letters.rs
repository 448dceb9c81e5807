//! What the tests of one row of a table say: letters between its columns, and whether a
//! column lies above or below the rest.
//!
//! Takes the tests of one row within one span of the banner; adjusts p for their number
//! and gives marks and verdicts. Computes no test, knows no labels, and never looks across
//! rows or spans: the caller hands in one family at a time.

use super::adjust::{Adjustment, adjust};
use super::columns::ColumnTest;
use super::error::Untestable;
use crate::stats::count;

/// Two columns of a row, tested.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColumnPair {
    /// The place of one column in the banner.
    pub first: usize,
    /// The place of the other.
    pub second: usize,
    /// First against second, or why they are not tested.
    pub test: Result<ColumnTest, Untestable>,
    /// p adjusted for the tests of the row within the span; none where nothing is tested.
    pub adjusted: Option<f64>,
}

impl ColumnPair {
    /// Before [`adjust_pairs`].
    #[must_use]
    pub fn new(first: usize, second: usize, test: Result<ColumnTest, Untestable>) -> Self {
        Self { first, second, test, adjusted: None }
    }
}

/// p as a member of the family. Two shares that happen to be identical are a test without
/// a finding, not a test less: otherwise the others would be judged more mildly because of
/// what came out.
fn member(test: &Result<ColumnTest, Untestable>) -> Option<f64> {
    match test {
        Ok(test) => Some(test.p),
        Err(Untestable::Identical) => Some(1.0),
        Err(_) => None,
    }
}

/// Adjusts the p-values of one row within one span. Bonferroni's factor is K(K − 1)/2 for
/// the K columns of which something is tested, as in SPSS Custom Tables, also where some of
/// their pairs are not; the other adjustments count the pairs tested.
pub fn adjust_pairs(pairs: &mut [ColumnPair], adjustment: Adjustment) {
    let family: Vec<f64> = pairs.iter().filter_map(|pair| member(&pair.test)).collect();
    let adjusted = match adjustment {
        Adjustment::Bonferroni => {
            let factor = possible_pairs(pairs);
            family.iter().map(|p| (p * factor).min(1.0)).collect()
        }
        _ => adjust(&family, adjustment),
    };
    let tested = pairs.iter_mut().filter(|pair| member(&pair.test).is_some());
    tested.zip(adjusted).for_each(|(pair, p)| pair.adjusted = Some(p));
}

/// K(K − 1)/2.
fn possible_pairs(pairs: &[ColumnPair]) -> f64 {
    let tested = pairs.iter().filter(|pair| member(&pair.test).is_some());
    let mut columns: Vec<usize> = tested.flat_map(|pair| [pair.first, pair.second]).collect();
    columns.sort_unstable();
    columns.dedup();
    let k = count(columns.len());
    k * (k - 1.0) / 2.0
}

/// Up to which adjusted p a difference is marked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    /// Of capitals; the smaller one.
    pub strong: f64,
    /// Of lower case letters; equal to `strong` for one level only.
    pub weak: f64,
}

impl Default for Levels {
    /// 0.05 and 0.10, the custom of market research.
    fn default() -> Self {
        Self { strong: 0.05, weak: 0.10 }
    }
}

/// A column that another one is significantly higher than.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The place of the lower column in the banner.
    pub column: usize,
    /// Whether the strong level is reached: a capital.
    pub strong: bool,
}

impl Mark {
    /// As printed under the higher column.
    #[must_use]
    pub fn letter(self) -> String {
        let capital = letter(self.column);
        if self.strong { capital } else { capital.to_ascii_lowercase() }
    }
}

/// The name of a column by its place in the banner: A to Z, then AA, AB, …, as the columns
/// of a spreadsheet.
#[must_use]
pub fn letter(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let place = (rest - 1) % 26;
        letters.extend(('A'..='Z').nth(place));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// For each of the columns of the banner, the columns that it is higher than, in order;
/// p at the level counts, as in SPSS Custom Tables.
#[must_use]
pub fn marks(columns: usize, pairs: &[ColumnPair], levels: Levels) -> Vec<Vec<Mark>> {
    let mut marks = vec![Vec::new(); columns];
    for pair in pairs {
        let (Ok(test), Some(p)) = (&pair.test, pair.adjusted) else { continue };
        if p > levels.weak {
            continue;
        }
        let (higher, column) = if test.difference > 0.0 {
            (pair.first, pair.second)
        } else {
            (pair.second, pair.first)
        };
        if let Some(under) = marks.get_mut(higher) {
            under.push(Mark { column, strong: p <= levels.strong });
        }
    }
    for under in &mut marks {
        under.sort_unstable_by_key(|mark| mark.column);
    }
    marks
}

/// How a column lies to the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Significantly above.
    Higher,
    /// Significantly below.
    Lower,
    /// No significant difference.
    Neither,
}

impl Verdict {
    /// As in `results.csv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neither => "none",
        }
    }

    fn of(difference: f64, p: f64, level: f64) -> Self {
        if p > level {
            Self::Neither
        } else if difference > 0.0 {
            Self::Higher
        } else {
            Self::Lower
        }
    }
}

/// A column tested against everybody who is not in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AgainstRest {
    /// Column against rest, or why it is not tested.
    pub test: Result<ColumnTest, Untestable>,
    /// p adjusted for the columns of the span; none where nothing is tested.
    pub adjusted: Option<f64>,
    /// None where nothing is tested.
    pub verdict: Option<Verdict>,
}

/// Adjusts and judges the tests of a row's columns against their rests, one for each column
/// of the span. Of two columns that make up everybody each is the other's rest: that is one
/// test, not two, and agrees with their letters.
#[must_use]
pub fn against_rest(
    tests: Vec<Result<ColumnTest, Untestable>>,
    adjustment: Adjustment,
    level: f64,
) -> Vec<AgainstRest> {
    let family: Vec<f64> = tests.iter().filter_map(member).collect();
    let mirrored = are_mirrored(&tests);
    let mut adjusted = if mirrored { family } else { adjust(&family, adjustment) }.into_iter();
    let judge = |test: Result<ColumnTest, Untestable>| {
        let adjusted = member(&test).and_then(|_| adjusted.next());
        let difference = test.as_ref().map_or(0.0, |test| test.difference);
        let verdict = adjusted.map(|p| Verdict::of(difference, p, level));
        AgainstRest { test, adjusted, verdict }
    };
    tests.into_iter().map(judge).collect()
}

/// Whether the only two tests are one and the same, seen from either side.
fn are_mirrored(tests: &[Result<ColumnTest, Untestable>]) -> bool {
    const ROUNDING: f64 = 1e-9;
    let done: Vec<&ColumnTest> = tests.iter().flatten().collect();
    let opposite = |a: f64, b: f64| (a + b).abs() <= ROUNDING * a.abs();
    let [one, other] = done.as_slice() else { return false };
    opposite(one.difference, other.difference) && opposite(one.statistic, other.statistic)
}

#[cfg(test)]
mod tests;
