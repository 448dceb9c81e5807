//! Families, letters and verdicts, worked by hand.

use super::super::sample::close;
use super::super::{Dialect, Overlap, Side, by_design};
use super::*;

/// A difference of so many standard errors.
fn z(statistic: f64) -> Result<ColumnTest, Untestable> {
    by_design(statistic, 1.0, 2.0, f64::INFINITY)
}

fn unweighted(count: u64, n: u64) -> Side {
    let weight = n as f64;
    Side { share: count as f64 / weight, weight, squares: weight, n, count }
}

/// All pairs of columns with so many of 200 in the answer.
fn row(counts: &[u64]) -> Vec<ColumnPair> {
    let mut pairs = Vec::new();
    for (first, a) in counts.iter().enumerate() {
        for (second, b) in counts.iter().enumerate().skip(first + 1) {
            let (a, b) = (unweighted(*a, 200), unweighted(*b, 200));
            let test = Dialect::Spss.shares(&a, &b, Overlap::NONE);
            pairs.push(ColumnPair::new(first, second, test));
        }
    }
    pairs
}

/// What is printed under each column.
fn under(counts: &[u64], adjustment: Adjustment) -> Vec<String> {
    let mut pairs = row(counts);
    adjust_pairs(&mut pairs, adjustment);
    let marks = marks(counts.len(), &pairs, Levels::default());
    let text = |marks: &Vec<Mark>| marks.iter().map(|mark| mark.letter()).collect();
    marks.iter().map(text).collect()
}

/// 40, 50, 51 and 62 % of 200 each. p by R's `prop.test`: A–B 0.0444, A–C 0.0272, A–D
/// 0.00001, B–C 0.841, B–D 0.0156, C–D 0.0265. Holm: 6 · 0.00001 is strong, 5 · 0.0156 = 0.078
/// weak, and 4 · 0.0265 = 0.106 ends it. Bonferroni: 6 · 0.0156 = 0.094 is weak. Benjamini and
/// Hochberg: 0.0272 · 6/4 = 0.041 and the smaller ones are strong, 0.0444 · 6/5 = 0.053 weak.
#[test]
fn a_row_by_hand() {
    let counts = [80, 100, 102, 124];
    assert_eq!(under(&counts, Adjustment::None), ["", "A", "A", "ABC"]);
    assert_eq!(under(&counts, Adjustment::Holm), ["", "", "", "Ab"]);
    assert_eq!(under(&counts, Adjustment::Bonferroni), ["", "", "", "Ab"]);
    assert_eq!(under(&counts, Adjustment::BenjaminiHochberg), ["", "a", "A", "ABC"]);
}

/// The same columns the other way round: each letter moves with its column.
#[test]
fn the_order_of_columns_does_not_matter() {
    let forth = under(&[80, 100, 102, 124], Adjustment::Holm);
    let back = under(&[124, 102, 100, 80], Adjustment::Holm);
    assert_eq!(forth, ["", "", "", "Ab"]);
    assert_eq!(back, ["cD", "", "", ""]);
}

/// Another column makes every other difference harder to find, whether it differs or not.
#[test]
fn a_further_column_makes_no_letters() {
    for counts in [[80, 100, 124], [60, 64, 85], [99, 100, 120]] {
        let mut more = counts.to_vec();
        more.push(counts[1]);
        for adjustment in [Adjustment::Holm, Adjustment::Bonferroni] {
            let (few, many) = (under(&counts, adjustment), under(&more, adjustment));
            for (few, many) in few.iter().zip(&many).take(2) {
                let capitals =
                    |text: &str| text.chars().filter(char::is_ascii_uppercase).count();
                assert!(many.len() <= few.len() && capitals(many) <= capitals(few));
            }
        }
    }
}

/// Columns 0, 1 and 3 are tested, 1–3 excepted: three pairs are possible, two were tested.
#[test]
fn the_factor_of_bonferroni() {
    let mut pairs = [
        ColumnPair::new(0, 1, z(2.0)),
        ColumnPair::new(0, 2, Err(Untestable::SmallBase)),
        ColumnPair::new(0, 3, z(1.0)),
        ColumnPair::new(1, 2, Err(Untestable::SmallBase)),
        ColumnPair::new(1, 3, Err(Untestable::Nested)),
    ];
    adjust_pairs(&mut pairs, Adjustment::Bonferroni);
    let p = pairs[0].test.expect("tested").p;
    close(pairs[0].adjusted.expect("tested"), 3.0 * p);
    close(pairs[2].adjusted.expect("tested"), 3.0 * pairs[2].test.expect("tested").p);
    assert_eq!(pairs[1].adjusted.or(pairs[4].adjusted), None);
    adjust_pairs(&mut pairs, Adjustment::Holm);
    close(pairs[0].adjusted.expect("tested"), 2.0 * p);
}

#[test]
fn identical_shares_stay_in_the_family() {
    let mut pairs = [
        ColumnPair::new(0, 1, z(2.0)),
        ColumnPair::new(0, 2, Err(Untestable::Identical)),
        ColumnPair::new(1, 2, z(-2.0)),
    ];
    adjust_pairs(&mut pairs, Adjustment::Holm);
    close(pairs[0].adjusted.expect("tested"), 3.0 * pairs[0].test.expect("tested").p);
    assert_eq!(pairs[1].adjusted, Some(1.0));
    assert_eq!(marks(3, &pairs, Levels { strong: 0.2, weak: 1.0 })[0].len(), 1);
}

/// p 0.0455 and 0.072, at two levels, at one, and on the edge of it.
#[test]
fn levels() {
    let mut pairs = [ColumnPair::new(0, 1, z(2.0)), ColumnPair::new(1, 2, z(-1.8))];
    adjust_pairs(&mut pairs, Adjustment::None);
    let p = pairs[0].adjusted.expect("tested");
    let first = |strong, weak| marks(3, &pairs, Levels { strong, weak })[0].clone();
    assert_eq!(first(0.05, 0.10), [Mark { column: 1, strong: true }]);
    assert_eq!(first(0.01, 0.10), [Mark { column: 1, strong: false }]);
    assert_eq!(first(0.01, 0.01), []);
    assert_eq!(first(p, p), [Mark { column: 1, strong: true }]);
    let all = marks(3, &pairs, Levels::default());
    assert_eq!(all[2], [Mark { column: 1, strong: false }]);
    assert_eq!(all[1], []);
}

#[test]
fn letters_of_columns() {
    let names: Vec<String> = [0, 1, 25, 26, 27, 51, 52, 701, 702].map(letter).to_vec();
    assert_eq!(names, ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    assert_eq!(Mark { column: 27, strong: false }.letter(), "ab");
}

fn verdicts(tests: &[Result<ColumnTest, Untestable>]) -> Vec<Option<Verdict>> {
    let judged = against_rest(tests.to_vec(), Adjustment::Holm, 0.05);
    judged.iter().map(|column| column.verdict).collect()
}

/// p 0.0027, 0.0164, 0.0455: times 3, 2 and 1, and the third stays below 0.05.
#[test]
fn against_the_rest() {
    let (higher, lower) = (Some(Verdict::Higher), Some(Verdict::Lower));
    let got = verdicts(&[z(-2.4), z(3.0), Err(Untestable::FewAnswers), z(2.0)]);
    assert_eq!(got, [lower, higher, None, higher]);
    // 0.0164 times 3 is under 0.05; 0.0455 times 2 is not.
    let got = verdicts(&[z(-2.4), z(0.3), z(2.0)]);
    assert_eq!(got, [lower, Some(Verdict::Neither), Some(Verdict::Neither)]);
    let names = [Verdict::Higher, Verdict::Lower, Verdict::Neither].map(Verdict::name);
    assert_eq!(names, ["higher", "lower", "none"]);
    assert_eq!(verdicts(&[Err(Untestable::Identical)]), [Some(Verdict::Neither)]);
}

/// Women against men is men against women: p 0.0455, not twice that.
#[test]
fn two_columns_are_one_test() {
    let judged = against_rest(vec![z(2.0), z(-2.0)], Adjustment::Holm, 0.05);
    close(judged[0].adjusted.expect("tested"), z(2.0).expect("exists").p);
    assert_eq!(judged[0].verdict, Some(Verdict::Higher));
    assert_eq!(judged[1].verdict, Some(Verdict::Lower));
    // The only two of several columns that can be tested are two tests, even if they happen
    // to lie as far apart.
    let wider = by_design(-2.0, 1.01, 2.0, f64::INFINITY);
    let further = by_design(-4.0, 4.0, 8.0, f64::INFINITY);
    for other in [z(-2.01), z(2.0), wider, further] {
        assert_eq!(verdicts(&[z(2.0), other]), [Some(Verdict::Neither); 2]);
    }
}
