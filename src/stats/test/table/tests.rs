//! R's figures for a table of 3 × 2, and what must not matter.

use super::super::sample::{Drawn, close, shares, totals};
use super::*;

fn association(drawn: Drawn) -> Association {
    let (shares, covariance) = shares(drawn);
    Association::new(&shares, &covariance).expect("can be tested")
}

fn same(got: TableTest, statistic: f64, degrees: (Option<f64>, Option<f64>), p: f64) {
    close(got.statistic, statistic);
    assert_eq!((got.numerator, got.denominator), degrees);
    close(got.p, p);
}

/// R survey: `svychisq(~r + c, svydesign(~1, weights = ~w))`.
#[test]
fn rao_scott_agrees_with_r() {
    let (shares, covariance) = shares(Drawn::Alone);
    let got = rao_scott(&shares, &covariance, 19.0).expect("exists");
    close(got.f, 0.329_242_236_671_08);
    close(got.numerator, 1.954_536_516_173_14);
    close(got.denominator, 37.136_193_807_289_7);
    close(got.p, 0.716_642_506_390_674);
}

/// R survey: `svychisq(~r + c, d, statistic = "Chisq")`.
#[test]
fn first_order_agrees_with_r() {
    let got = association(Drawn::Alone).first_order(20.0).expect("exists");
    same(got, 0.719_780_219_780_219_3, (Some(2.0), None), 0.719_468_713_930_452_2);
    let got = association(Drawn::InPairs).first_order(20.0).expect("exists");
    same(got, 0.719_780_219_780_219_3, (Some(2.0), None), 0.576_954_239_844_162_6);
}

/// R survey: `svychisq(~r + c, d, statistic = "Wald")` and `"adjWald"`.
#[test]
fn wald_agrees_with_r() {
    let degrees = |d| (Some(2.0), Some(d));
    let test = |drawn, reference| {
        let (totals, covariance) = totals(drawn);
        wald_of_table(&totals, &covariance, reference).expect("exists")
    };
    let got = test(Drawn::Alone, Reference::F(19.0));
    same(got, 0.355_976_775_148_095_84, degrees(19.0), 0.705_062_102_243_514_2);
    let got = test(Drawn::Alone, Reference::AdjustedF(19.0));
    same(got, 0.337_241_155_403_459_2, degrees(18.0), 0.718_150_396_581_001_8);
    let got = test(Drawn::InPairs, Reference::F(8.0));
    same(got, 0.316_854_556_580_809_4, degrees(8.0), 0.737_174_491_154_829_4);
    let got = test(Drawn::InPairs, Reference::AdjustedF(8.0));
    same(got, 0.277_247_737_008_208_26, degrees(7.0), 0.765_815_251_693_949_9);
}

/// R survey: `svychisq(~r + c, d, statistic = "saddlepoint")`; for replicate weights
/// `pchisqsum(X2, c(1, 1), lambda, FALSE, "saddlepoint")` with the eigenvalues of Δ.
#[test]
fn saddlepoint_agrees_with_r() {
    let got = association(Drawn::Alone).saddlepoint(20.0, Some(19.0)).expect("exists");
    same(got, 0.719_780_219_780_219_3, (None, None), 0.719_516_752_730_268_5);
    let got = association(Drawn::InPairs).saddlepoint(20.0, Some(8.0)).expect("exists");
    same(got, 0.719_780_219_780_219_3, (None, None), 0.533_975_955_306_989_4);
    let got = association(Drawn::InPairs).saddlepoint(20.0, None).expect("exists");
    close(got.p, 0.498_116_850_298_733_87);
}

/// A table of 2 × 2 whose X² is at its mean, where R too falls back on Satterthwaite:
/// `pchisq(1, 1, lower = FALSE)` and `pf(1, 1, 8, lower = FALSE)`.
#[test]
fn at_the_mean_there_is_no_saddlepoint() {
    let shares = Matrix::from_fn(2, 2, |r, c| [[0.3, 0.2], [0.1, 0.4]][r][c]);
    let first = Association::new(&shares, &Matrix::identity(4)).expect("can be tested");
    let factor = first.square / first.effects.trace();
    let covariance = Matrix::from_fn(4, 4, |i, j| Matrix::identity(4).at(i, j) * factor);
    let table = Association::new(&shares, &covariance).expect("can be tested");
    close(table.saddlepoint(9.0, None).expect("exists").p, 0.317_310_507_862_914_2);
    close(table.saddlepoint(9.0, Some(8.0)).expect("exists").p, 0.346_593_507_087_334_9);
}

/// R: Imhof's integral, with the eigenvalues of Δ.
#[test]
fn mixture_agrees_with_imhof() {
    let got = association(Drawn::InPairs).mixture(20.0, Some(8.0)).expect("exists");
    same(got, 0.719_780_219_780_219_3, (None, None), 0.546_793_964_651_134_1);
    let got = association(Drawn::InPairs).mixture(20.0, None).expect("exists");
    same(got, 0.719_780_219_780_219_3, (None, None), 0.508_372_384_979_721_8);
}

#[test]
fn which_way_the_table_lies_and_in_which_order_does_not_matter() {
    let straight = association(Drawn::InPairs);
    let (table, covariance) = shares(Drawn::InPairs);
    let (sums, sums_covariance) = totals(Drawn::InPairs);
    // Columns become rows, and the rows are turned round.
    let from = |cell: usize| 2 * (2 - cell % 3) + cell / 3;
    let turn = |table: &Matrix| Matrix::from_fn(2, 3, |r, c| table.at(2 - c, r));
    let permute = |of: &Matrix| Matrix::from_fn(6, 6, |a, b| of.at(from(a), from(b)));
    let turned = Association::new(&turn(&table), &permute(&covariance)).expect("exists");
    let both = [&straight, &turned].map(|of| of.second_order(8.0).expect("exists"));
    close(both[0].p, both[1].p);
    let both = [&straight, &turned].map(|of| of.mixture(9.0, Some(8.0)).expect("exists"));
    close(both[0].p, both[1].p);
    let test = |sums: &Matrix, covariance: &Matrix| {
        wald_of_table(sums, covariance, Reference::F(8.0)).expect("exists")
    };
    let across = test(&turn(&sums), &permute(&sums_covariance));
    close(across.statistic, test(&sums, &sums_covariance).statistic);
}

#[test]
fn an_empty_cell_is_no_obstacle_where_r_sees_none() {
    let (mut table, mut covariance) = shares(Drawn::Alone);
    let lost = table.at(2, 1);
    table.set(2, 1, 0.0);
    table.set(0, 0, table.at(0, 0) + lost);
    (0..6).for_each(|cell| {
        covariance.set(5, cell, 0.0);
        covariance.set(cell, 5, 0.0);
    });
    assert!(Association::new(&table, &covariance).is_ok());
}

#[test]
fn no_test_of_a_table_without_an_interaction() {
    let (shares, covariance) = shares(Drawn::Alone);
    let test = |shares: &Matrix, covariance: &Matrix| {
        Association::new(shares, covariance).map(|_| ()).expect_err("no test")
    };
    let row = Matrix::from_fn(1, 6, |_, _| 1.0 / 6.0);
    assert_eq!(test(&row, &covariance), Untestable::OneCategory);
    assert_eq!(test(&shares, &Matrix::zeros(6, 6)), Untestable::NoVariance);
    assert_eq!(test(&shares, &Matrix::identity(5)), Untestable::Shape);
    let diagonal = Matrix::from_fn(3, 2, |r, c| f64::from(u8::from(r == c)) / 2.0);
    let empty = test(&diagonal, &covariance);
    assert!(matches!(empty, Untestable::EmptyCells | Untestable::NoVariance), "{empty}");
    assert_eq!(rao_scott(&shares, &covariance, 0.0), None);
    let association = association(Drawn::Alone);
    let none = Some(Untestable::NoFreedom);
    assert_eq!(association.mixture(20.0, Some(0.0)).err(), none);
    assert_eq!(association.saddlepoint(20.0, Some(0.0)).err(), none);
}
