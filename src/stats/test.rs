//! Tests: of one estimate, of many at once, and of a two-way table.
//!
//! Takes estimates, standard errors, p-values, cell shares and their covariance; gives
//! statistics and p-values. It knows nothing of how they were estimated.

use super::count;
use super::distribution::{Distribution, FisherF, StudentT};
use super::matrix::Matrix;

/// A test of one estimate against 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TTest {
    /// estimate / standard error.
    pub t: f64,
    /// Two-sided.
    pub p: f64,
}

/// Student's t for an estimate under a design, on the design's degrees of freedom.
/// `None` without a standard error above zero or degrees of freedom.
#[must_use]
pub fn student(estimate: f64, se: f64, freedom: f64) -> Option<TTest> {
    let distribution = StudentT::new(freedom)?;
    let t = estimate / se;
    (se > 0.0 && t.is_finite()).then(|| TTest { t, p: distribution.two_sided(t) })
}

/// How p-values of one family are adjusted for their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjustment {
    /// As they are.
    None,
    /// Times their number: Dunn (1961), "Multiple comparisons among means".
    Bonferroni,
    /// Step-down: Holm (1979), "A simple sequentially rejective multiple test procedure".
    Holm,
    /// False discovery rate: Benjamini and Hochberg (1995), "Controlling the false
    /// discovery rate", procedure 1.
    BenjaminiHochberg,
}

/// The adjusted p-values, in the order given.
#[must_use]
pub fn adjust(p: &[f64], adjustment: Adjustment) -> Vec<f64> {
    let family = count(p.len());
    match adjustment {
        Adjustment::None => p.to_vec(),
        Adjustment::Bonferroni => p.iter().map(|p| (p * family).min(1.0)).collect(),
        Adjustment::Holm => {
            let order = ascending(p);
            step(p, order.into_iter(), |rank| family - rank, 0.0, f64::max)
        }
        Adjustment::BenjaminiHochberg => {
            let order = ascending(p).into_iter().rev();
            step(p, order, |rank| family / (family - rank), 1.0, f64::min)
        }
    }
}

/// The places of the p-values, smallest first; ties in the order given.
fn ascending(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<(usize, f64)> = p.iter().copied().enumerate().collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    order.into_iter().map(|(place, _)| place).collect()
}

/// Multiplies each p-value by a factor of its rank in the order, keeping what `keep`
/// chooses between it and the one before, so that the order of the p-values stays.
fn step(
    p: &[f64],
    order: impl Iterator<Item = usize>,
    factor: impl Fn(f64) -> f64,
    start: f64,
    keep: fn(f64, f64) -> f64,
) -> Vec<f64> {
    let mut adjusted = p.to_vec();
    let mut running = start;
    for (rank, place) in order.enumerate() {
        if let Some(value) = adjusted.get_mut(place) {
            running = keep(running, *value * factor(count(rank))).min(1.0);
            *value = running;
        }
    }
    adjusted
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

/// The test of Rao and Scott (1984), "On chi-squared tests for multiway contingency
/// tables with cell proportions estimated from survey data", equation 4.5, in the F form
/// of Thomas and Rao (1987), as R's `svychisq(statistic = "F")`.
///
/// `shares` is the table of estimated cell shares, adding up to 1 over those who answered
/// both questions. `covariance` is that of the shares, cell (r, c) standing at
/// r · columns + c. The number of respondents cancels. Leave out empty rows and columns.
/// `None` for a table of one row or column, one with so many empty cells that an
/// interaction cannot be estimated, a covariance of another shape or of zero, or no
/// degrees of freedom.
#[must_use]
pub fn rao_scott(shares: &Matrix, covariance: &Matrix, freedom: f64) -> Option<RaoScott> {
    let effects = design_effects(shares, covariance)?;
    let trace = effects.trace();
    let numerator = trace * trace / effects.times(&effects)?.trace();
    let f = pearson(shares) / trace;
    let denominator = numerator * freedom;
    let distribution = FisherF::new(numerator, denominator)?;
    f.is_finite().then(|| RaoScott { f, numerator, denominator, p: distribution.upper(f) })
}

/// X²/n: Σ (p − e)²/e over the cells, where e is the product of the margins.
fn pearson(shares: &Matrix) -> f64 {
    let by_row: Vec<f64> = (0..shares.rows()).map(|r| shares.row(r).iter().sum()).collect();
    let turned = shares.transposed();
    let by_column: Vec<f64> = (0..turned.rows()).map(|c| turned.row(c).iter().sum()).collect();
    let mut sum = 0.0;
    for (r, row) in by_row.iter().enumerate() {
        for (c, column) in by_column.iter().enumerate() {
            let expected = row * column;
            let difference = shares.at(r, c) - expected;
            sum += difference * difference / expected;
        }
    }
    sum
}

/// Δ/n: (CᵀD⁻¹C)⁻¹(CᵀD⁻¹VD⁻¹C), where D holds the shares on its diagonal and the columns
/// of C are the interaction contrasts of the log-linear model. An empty cell stands in D⁻¹
/// as 0, as in R.
fn design_effects(shares: &Matrix, covariance: &Matrix) -> Option<Matrix> {
    let (rows, columns) = (shares.rows(), shares.columns());
    let cells = rows * columns;
    if rows < 2 || columns < 2 || covariance.rows() != cells {
        return None;
    }
    let contrasts = contrasts(rows, columns);
    let scaled = Matrix::from_fn(cells, contrasts.columns(), |cell, contrast| {
        let share = shares.at(cell / columns, cell % columns);
        if share > 0.0 { contrasts.at(cell, contrast) / share } else { 0.0 }
    });
    let simple = contrasts.transposed().times(&scaled)?;
    let design = scaled.transposed().times(&covariance.times(&scaled)?)?;
    simple.solve(&design)
}

/// One column for each (r, c) > (0, 0): +1 at (0, 0) and (r, c), −1 at (r, 0) and (0, c),
/// which sums to zero along every row and column of the table.
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
mod tests {
    use super::*;

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() <= 1e-11 * want.abs(), "{got} is not {want}");
    }

    /// R survey: `svyttest(api00 ~ awards, …)` on apisrs.
    #[test]
    fn student_agrees_with_r() {
        let (estimate, t) = (57.883_276_740_237_6, 3.184_780_958_954_74);
        let got = student(estimate, estimate / t, 198.0).expect("exists");
        close(got.t, t);
        assert!((got.p / 0.001_682_933_625_931_18 - 1.0).abs() < 1e-9, "{}", got.p);
        assert_eq!(student(1.0, 0.0, 10.0), None);
        assert_eq!(student(1.0, 1.0, 0.0), None);
    }

    /// R: `p.adjust`.
    #[test]
    fn adjustments_agree_with_r() {
        let p = [0.01, 0.04, 0.03, 0.2, 0.005, 0.04];
        let cases = [
            (Adjustment::None, p),
            (Adjustment::Bonferroni, [0.06, 0.24, 0.18, 1.0, 0.03, 0.24]),
            (Adjustment::Holm, [0.05, 0.12, 0.12, 0.2, 0.03, 0.12]),
            (Adjustment::BenjaminiHochberg, [0.03, 0.048, 0.048, 0.2, 0.03, 0.048]),
        ];
        for (adjustment, wanted) in cases {
            let got = adjust(&p, adjustment);
            got.iter().zip(wanted).for_each(|(got, want)| close(*got, want));
        }
        assert_eq!(adjust(&[], Adjustment::Holm), [0.0; 0]);
    }

    const ROWS: [usize; 20] = [0, 0, 1, 1, 2, 2, 0, 1, 2, 0, 1, 2, 0, 0, 1, 2, 1, 2, 0, 1];
    const COLUMNS: [usize; 20] = [0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1];
    const WEIGHTS: [f64; 20] = [
        1.0, 2.0, 1.0, 1.0, 3.0, 1.0, 2.0, 1.0, 1.0, 2.0, 1.0, 1.0, 2.0, 3.0, 1.0, 1.0, 2.0,
        1.0, 1.0, 1.0,
    ];

    /// The shares of a table of 3 × 2 and their covariance under weights alone.
    fn table() -> (Matrix, Matrix) {
        let total: f64 = WEIGHTS.iter().sum();
        let mut shares = Matrix::zeros(3, 2);
        for ((r, c), w) in ROWS.into_iter().zip(COLUMNS).zip(WEIGHTS) {
            shares.set(r, c, shares.at(r, c) + w / total);
        }
        let z = |i: usize, cell: usize| {
            let inside = f64::from(u8::from(2 * ROWS[i] + COLUMNS[i] == cell));
            WEIGHTS[i] / total * (inside - shares.at(cell / 2, cell % 2))
        };
        let covariance = Matrix::from_fn(6, 6, |a, b| {
            (0..20).map(|i| z(i, a) * z(i, b)).sum::<f64>() * 20.0 / 19.0
        });
        (shares, covariance)
    }

    /// R survey: `svychisq(~r + c, svydesign(~1, weights = ~w))`.
    #[test]
    fn rao_scott_agrees_with_r() {
        let (shares, covariance) = table();
        let got = rao_scott(&shares, &covariance, 19.0).expect("exists");
        close(got.f, 0.329_242_236_671_08);
        close(got.numerator, 1.954_536_516_173_14);
        close(got.denominator, 37.136_193_807_289_7);
        close(got.p, 0.716_642_506_390_674);
    }

    #[test]
    fn rao_scott_does_not_mind_which_way_the_table_lies() {
        let (shares, covariance) = table();
        let turn = |cell: usize| 2 * (cell % 3) + cell / 3;
        let turned = Matrix::from_fn(6, 6, |a, b| covariance.at(turn(a), turn(b)));
        let straight = rao_scott(&shares, &covariance, 19.0).expect("exists");
        let across = rao_scott(&shares.transposed(), &turned, 19.0).expect("exists");
        close(across.f, straight.f);
        close(across.numerator, straight.numerator);
    }

    #[test]
    fn no_test_of_a_table_without_an_interaction() {
        let (shares, covariance) = table();
        let row = Matrix::from_fn(1, 6, |_, _| 1.0 / 6.0);
        assert_eq!(rao_scott(&row, &covariance, 19.0), None);
        assert_eq!(rao_scott(&shares, &Matrix::zeros(6, 6), 19.0), None);
        assert_eq!(rao_scott(&shares, &covariance, 0.0), None);
        let diagonal = Matrix::from_fn(3, 2, |r, c| f64::from(u8::from(r == c)) / 2.0);
        assert_eq!(rao_scott(&diagonal, &covariance, 19.0), None);
    }
}
