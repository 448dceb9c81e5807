//! Tests of independence in a two-way table.
//!
//! Takes the estimated shares, or totals, of the cells with their covariance; gives
//! statistics and p-values. Knows nothing of the design but its degrees of freedom.

use super::error::Untestable;
use super::linear;
use super::wald::{Reference, WaldTest, wald};
use crate::stats::count;
use crate::stats::distribution::{ChiSquared, ChiSquaredMixture, Distribution, FisherF};
use crate::stats::matrix::Matrix;

/// The result of a test of independence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TableTest {
    /// F or X², as the function says.
    pub statistic: f64,
    /// Numerator degrees of freedom; none for a mixture of χ².
    pub numerator: Option<f64>,
    /// Denominator degrees of freedom; none for χ² and mixtures.
    pub denominator: Option<f64>,
    /// P(greater than the statistic).
    pub p: f64,
}

/// Pearson's X² of a table with the design effects of its interaction, from which the
/// tests of Rao and Scott follow: Rao and Scott (1984), "On chi-squared tests for multiway
/// contingency tables with cell proportions estimated from survey data". As R's
/// `svychisq`.
///
/// The respondents of the table are those who answered both questions. Their number n is
/// only the unit of X² and cancels from every p-value; R takes it to be the number of rows
/// of the design, so that X² agrees where those without an answer were taken out of the
/// design first.
#[derive(Clone, Debug)]
pub struct Association {
    /// X²/n.
    square: f64,
    /// CᵀD⁻¹C, the covariance times n of the interaction under simple random sampling.
    simple: Matrix,
    /// CᵀD⁻¹VD⁻¹C, its covariance under the design.
    design: Matrix,
    /// Δ/n, where Δ is the matrix of design effects.
    effects: Matrix,
}

impl Association {
    /// From the table of estimated cell shares, adding up to 1 over those who answered
    /// both questions, and their covariance, cell (r, c) standing at r · columns + c.
    /// Leave out empty rows and columns.
    ///
    /// # Errors
    /// [`Untestable::OneCategory`] for a table of one row or column; [`Untestable::Shape`]
    /// for a covariance of another size; [`Untestable::EmptyCells`] when an interaction
    /// cannot be estimated; [`Untestable::NoVariance`] when the covariance is zero.
    pub fn new(shares: &Matrix, covariance: &Matrix) -> Result<Self, Untestable> {
        let (rows, columns) = sizes(shares, covariance)?;
        let cells = rows * columns;
        let contrasts = contrasts(rows, columns);
        // An empty cell stands in D⁻¹ as 0, as in R.
        let scaled = Matrix::from_fn(cells, contrasts.columns(), |cell, contrast| {
            let share = shares.at(cell / columns, cell % columns);
            if share > 0.0 { contrasts.at(cell, contrast) / share } else { 0.0 }
        });
        let product = |left: &Matrix, right: &Matrix| left.transposed().times(right);
        let simple = product(&contrasts, &scaled).ok_or(Untestable::Shape)?;
        let moved = covariance.times(&scaled).ok_or(Untestable::Shape)?;
        let design = product(&scaled, &moved).ok_or(Untestable::Shape)?;
        let effects = simple.solve(&design).ok_or(Untestable::EmptyCells)?;
        let square = pearson(shares);
        if !(effects.trace() > 0.0 && square.is_finite()) {
            return Err(Untestable::NoVariance);
        }
        Ok(Self { square, simple, design, effects })
    }

    /// The second-order test in the F form of Thomas and Rao (1987), "Small-sample
    /// comparisons of level and power for simple goodness-of-fit statistics under cluster
    /// sampling": X²/tr(Δ) as F on tr(Δ)²/tr(Δ²) and that times the degrees of freedom of
    /// the design; R's `statistic = "F"`.
    ///
    /// # Errors
    /// [`Untestable::NoFreedom`].
    pub fn second_order(&self, freedom: f64) -> Result<TableTest, Untestable> {
        let numerator = self.effective_freedom();
        let denominator = numerator * freedom;
        let statistic = self.square / self.effects.trace();
        let distribution = FisherF::new(numerator, denominator).ok_or(Untestable::NoFreedom)?;
        let p = distribution.upper(statistic);
        let (numerator, denominator) = (Some(numerator), Some(denominator));
        Ok(TableTest { statistic, numerator, denominator, p })
    }

    /// The first-order test: X² over the mean design effect tr(Δ)/k as χ² on k = (rows − 1)
    /// (columns − 1) degrees of freedom; R's `statistic = "Chisq"`. As there, the statistic
    /// given is X² of n respondents itself, before the division.
    ///
    /// # Errors
    /// [`Untestable::NoFreedom`], which does not happen.
    pub fn first_order(&self, n: f64) -> Result<TableTest, Untestable> {
        let k = count(self.effects.rows());
        let distribution = ChiSquared::new(k).ok_or(Untestable::NoFreedom)?;
        let p = distribution.upper(self.square * k / self.effects.trace());
        Ok(TableTest { statistic: n * self.square, numerator: Some(k), denominator: None, p })
    }

    /// X² of n respondents against its distribution, Σλχ² with the eigenvalues λ of Δ; R's
    /// `statistic = "lincom"` with the package `CompQuadForm` (without that package it gives
    /// what [`Self::saddlepoint`] gives).
    ///
    /// With the degrees of freedom d of the design, X² is first divided by an independent
    /// χ² over its degrees of freedom tr(Δ)²/tr(Δ²) · d, as R does for designs of units; by
    /// none with replicate weights.
    ///
    /// # Errors
    /// [`Untestable::NoVariance`], [`Untestable::NoFreedom`].
    pub fn mixture(&self, n: f64, freedom: Option<f64>) -> Result<TableTest, Untestable> {
        let terms = self.terms()?;
        let p = match freedom {
            None => terms.upper(self.square),
            Some(d) => self.against(&terms, d)?.upper(0.0),
        };
        Ok(self.without_freedom(n, p))
    }

    /// As [`Self::mixture`] by the saddlepoint approximation, or so near the mean that it
    /// does not exist, by Satterthwaite's; R's `statistic = "saddlepoint"`.
    ///
    /// # Errors
    /// As [`Self::mixture`].
    pub fn saddlepoint(&self, n: f64, freedom: Option<f64>) -> Result<TableTest, Untestable> {
        let terms = self.terms()?;
        let p = match freedom {
            None => terms.saddlepoint(self.square),
            Some(d) => self.against(&terms, d)?.saddlepoint(0.0),
        };
        let near = || match freedom {
            None => {
                let scaled = terms.satterthwaite().and_then(|near| near.upper(self.square));
                scaled.ok_or(Untestable::NoVariance)
            }
            Some(d) => self.second_order(d).map(|test| test.p),
        };
        let p = p.map_or_else(near, Ok)?;
        Ok(self.without_freedom(n, p))
    }

    /// tr(Δ)²/tr(Δ²).
    fn effective_freedom(&self) -> f64 {
        let (trace, size) = (self.effects.trace(), self.effects.rows());
        let row = |i| (0..size).map(move |j| self.effects.at(i, j) * self.effects.at(j, i));
        trace * trace / (0..size).flat_map(row).sum::<f64>()
    }

    /// The distribution of X²/n: the eigenvalues of Δ/n.
    fn terms(&self) -> Result<ChiSquaredMixture, Untestable> {
        let weights = self.simple.relative_eigenvalues(&self.design);
        let terms = weights.ok_or(Untestable::EmptyCells)?.into_iter().map(|w| (w, 1.0));
        ChiSquaredMixture::new(terms).ok_or(Untestable::NoVariance)
    }

    fn against(
        &self,
        terms: &ChiSquaredMixture,
        d: f64,
    ) -> Result<ChiSquaredMixture, Untestable> {
        let denominator = self.effective_freedom() * d;
        terms.against(self.square, denominator).ok_or(Untestable::NoFreedom)
    }

    fn without_freedom(&self, n: f64, p: f64) -> TableTest {
        TableTest { statistic: n * self.square, numerator: None, denominator: None, p }
    }
}

/// Rao and Scott's second-order test of independence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RaoScott {
    /// Pearson's X² over the trace of the design effects.
    pub f: f64,
    /// Numerator degrees of freedom, tr(Δ)²/tr(Δ²).
    pub numerator: f64,
    /// Denominator degrees of freedom, the numerator's times the design's.
    pub denominator: f64,
    /// P(F > f).
    pub p: f64,
}

/// [`Association::second_order`] of shares and their covariance; `None` where there is none.
#[must_use]
pub fn rao_scott(shares: &Matrix, covariance: &Matrix, freedom: f64) -> Option<RaoScott> {
    let test = Association::new(shares, covariance).ok()?.second_order(freedom).ok()?;
    let (numerator, denominator) = (test.numerator?, test.denominator?);
    Some(RaoScott { f: test.statistic, numerator, denominator, p: test.p })
}

/// Wald's test of independence on the differences T − RC/N of cell totals T from the
/// products of their margins: Koch, Freeman and Freeman (1975), "Strategies in the
/// multivariate analysis of data from complex surveys"; R's `statistic = "Wald"` with
/// [`Reference::F`] and `"adjWald"` with [`Reference::AdjustedF`], both of the degrees of
/// freedom of the design.
///
/// `totals` are the weighted totals of those who answered both questions, `covariance`
/// theirs (not of the shares), in the order of [`Association::new`]. Leave out empty rows
/// and columns.
///
/// # Errors
/// [`Untestable::OneCategory`], [`Untestable::Shape`], and those of [`wald`].
pub fn wald_of_table(
    totals: &Matrix,
    covariance: &Matrix,
    reference: Reference,
) -> Result<TableTest, Untestable> {
    let (rows, columns) = sizes(totals, covariance)?;
    let cells = rows * columns;
    let values: Vec<f64> =
        (0..cells).map(|cell| totals.at(cell / columns, cell % columns)).collect();
    let margins = Margins::of(totals);
    // Those of the first row and column follow from the rest.
    let inner = |place: usize| (place / (columns - 1) + 1, place % (columns - 1) + 1);
    let size = (rows - 1) * (columns - 1);
    let derivatives = Matrix::from_fn(size, cells, |place, cell| {
        margins.derivative(inner(place), (cell / columns, cell % columns))
    });
    let (_, variances) = linear(&values, covariance, &derivatives)?;
    let difference = |place: usize| {
        let (r, c) = inner(place);
        totals.at(r, c) - margins.expected(r, c)
    };
    let differences: Vec<f64> = (0..size).map(difference).collect();
    let test = wald(&differences, &variances, reference)?;
    let WaldTest { statistic, numerator, denominator, p, .. } = test;
    Ok(TableTest { statistic, numerator: Some(numerator), denominator, p })
}

/// The margins of a table.
struct Margins {
    rows: Vec<f64>,
    columns: Vec<f64>,
    whole: f64,
}

impl Margins {
    fn of(table: &Matrix) -> Self {
        let sums = |table: &Matrix| -> Vec<f64> {
            (0..table.rows()).map(|row| table.row(row).iter().sum()).collect()
        };
        let rows = sums(table);
        let whole = rows.iter().sum();
        Self { rows, columns: sums(&table.transposed()), whole }
    }

    fn row(&self, r: usize) -> f64 {
        self.rows.get(r).copied().unwrap_or(0.0)
    }

    fn column(&self, c: usize) -> f64 {
        self.columns.get(c).copied().unwrap_or(0.0)
    }

    /// RC/N.
    fn expected(&self, r: usize, c: usize) -> f64 {
        self.row(r) * self.column(c) / self.whole
    }

    /// The derivative of T − RC/N in one cell with respect to the total of another.
    fn derivative(&self, (r, c): (usize, usize), (row, column): (usize, usize)) -> f64 {
        let share = |of: f64| of / self.whole;
        let (same_row, same_column) = (r == row, c == column);
        let mut slope = share(self.expected(r, c));
        slope -= if same_row { share(self.column(c)) } else { 0.0 };
        slope -= if same_column { share(self.row(r)) } else { 0.0 };
        slope + f64::from(u8::from(same_row && same_column))
    }
}

/// The sizes of a table that can be tested.
fn sizes(table: &Matrix, covariance: &Matrix) -> Result<(usize, usize), Untestable> {
    let (rows, columns) = (table.rows(), table.columns());
    let cells = rows * columns;
    if rows < 2 || columns < 2 {
        return Err(Untestable::OneCategory);
    }
    let fits = covariance.rows() == cells && covariance.columns() == cells;
    fits.then_some((rows, columns)).ok_or(Untestable::Shape)
}

/// X²/n: Σ (p − e)²/e over the cells, where e is the product of the margins.
fn pearson(shares: &Matrix) -> f64 {
    let margins = Margins::of(shares);
    let cell = |r: usize, c: usize| {
        let expected = margins.row(r) * margins.column(c);
        let difference = shares.at(r, c) - expected;
        difference * difference / expected
    };
    let row = |r| (0..shares.columns()).map(move |c| (r, c));
    (0..shares.rows()).flat_map(row).map(|(r, c)| cell(r, c)).sum()
}

/// One column for each (r, c) > (0, 0): +1 at (0, 0) and (r, c), −1 at (r, 0) and (0, c),
/// which sums to zero along every row and column of the table: the interaction contrasts
/// C of the log-linear model.
fn contrasts(rows: usize, columns: usize) -> Matrix {
    let sign = |here: usize, of: usize| {
        f64::from(u8::from(here == of)) - f64::from(u8::from(here == 0))
    };
    Matrix::from_fn(rows * columns, (rows - 1) * (columns - 1), |cell, contrast| {
        let (r, c) = (contrast / (columns - 1) + 1, contrast % (columns - 1) + 1);
        sign(cell / columns, r) * sign(cell % columns, c)
    })
}

#[cfg(test)]
mod tests;
