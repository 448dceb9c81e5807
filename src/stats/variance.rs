//! The design-based variance of a linearised total, from sums by stratum.
//!
//! Takes, per stratum, how many sampling units it has, what fraction of the population
//! they are, and the sums of the linearised variable z over them; gives variances and
//! covariances. Without clusters a unit is a respondent and the sums are closed forms of
//! Σw and Σw² by cell ([`Spread::of_proportion`] and the like); with clusters they are
//! sums over the totals of the primary sampling units ([`Spread::of_totals`]). More
//! stages are in [`super::multistage`]. It never sees a respondent's answer.
//!
//! Units are taken as drawn with replacement within strata, with a finite population
//! correction where a fraction is given: Särndal, Swensson and Wretman (1992), "Model
//! Assisted Survey Sampling", equation 3.7.11 applied to the z of section 5.5.

use std::fmt;

use super::count;

/// The sampling units of one stratum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stratum {
    /// `n_h`: the units in the sample, with or without a member of the domain.
    pub units: f64,
    /// `f_h` = `n_h`/`N_h`; 0 when there is no finite population correction.
    pub fraction: f64,
}

impl Stratum {
    /// One unit of several: nothing says how it differs from the others.
    #[must_use]
    pub fn is_single(self) -> bool {
        self.units < 1.5 && !self.is_complete()
    }

    /// Every unit of the population is in the sample, within R survey's tolerance.
    fn is_complete(self) -> bool {
        1.0 - self.fraction < 1e-7
    }
}

/// What to do with a stratum of one unit: R's `survey.lonely.psu`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SingleUnit {
    /// No variance is given.
    #[default]
    Fail,
    /// The distance of the unit from the mean of all units of all strata.
    Adjust,
    /// The mean contribution of the other strata.
    Average,
    /// The unit was certain to be drawn and contributes nothing.
    Certainty,
    /// The stratum contributes nothing.
    Remove,
}

/// Why there is no variance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoVariance {
    /// Strata of a single unit, by position, when [`SingleUnit::Fail`] was asked for.
    SingleUnits(Vec<usize>),
    /// [`SingleUnit::Average`] was asked for and there is no other stratum.
    NoOtherStratum,
}

impl fmt::Display for NoVariance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SingleUnits(places) => {
                write!(f, "{} strata have a single sampling unit", places.len())
            }
            Self::NoOtherStratum => f.write_str("every stratum has a single sampling unit"),
        }
    }
}

impl std::error::Error for NoVariance {}

/// Two linearised variables over the units of one stratum; the same one twice for a
/// variance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// Σ z over the units.
    pub first: f64,
    /// Σ z′ over the units.
    pub second: f64,
    /// Σ (z − z̄)(z′ − z̄′) over all units of the stratum.
    pub product: f64,
}

/// Σw and Σw² over the members of a cell within one stratum.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// A = Σw.
    pub weight: f64,
    /// B = Σw².
    pub square: f64,
}

/// A share p of the base whose weights sum to `total` over all strata.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// p = Σw in the cell / `total`.
    pub p: f64,
    /// W: the sum of the weights of the base over all strata; above zero.
    pub total: f64,
}

/// One share within one stratum: its cell and its base.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Those who gave the answer.
    pub cell: Cell,
    /// All who count as base.
    pub base: Cell,
    /// The estimate that the part belongs to.
    pub share: Share,
}

impl Part {
    /// Σz = (A of the cell − p · A of the base)/W.
    fn sum(&self) -> f64 {
        (self.cell.weight - self.share.p * self.base.weight) / self.share.total
    }
}

/// Σw² over those whom two shares have in common within one stratum.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Common {
    /// In both cells; 0 for two exclusive answers.
    pub cells: f64,
    /// In the first cell and in the base of the second.
    pub first_in_base: f64,
    /// In the base of the first and in the second cell.
    pub second_in_base: f64,
    /// In both bases; 0, like the rest, for two groups that share nobody.
    pub bases: f64,
}

impl Common {
    /// Of two exclusive answers on the same base.
    #[must_use]
    pub fn exclusive(first: &Part, second: &Part) -> Self {
        Self {
            cells: 0.0,
            first_in_base: first.cell.square,
            second_in_base: second.cell.square,
            bases: first.base.square,
        }
    }
}

/// Weighted sums of a numeric answer y within one stratum.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Σw and Σw² of those who answered.
    pub base: Cell,
    /// Σwy.
    pub y: f64,
    /// Σw²y.
    pub square_y: f64,
    /// Σw²y².
    pub square_y2: f64,
}

impl Spread {
    /// From Σz, Σz′ and Σzz′ over the units that have any; the others count as zero.
    #[must_use]
    pub fn new(stratum: Stratum, first: f64, second: f64, product: f64) -> Self {
        Self { first, second, product: product - first * second / stratum.units }
    }

    /// A proportion, without clusters: z = w(1[in cell] − p)/W for members of the base,
    /// so Σz² = (B(1−p)² + (B of the base − B)p²)/W².
    #[must_use]
    pub fn of_proportion(stratum: Stratum, part: &Part) -> Self {
        let Part { cell, base, share: Share { p, total } } = *part;
        let inside = cell.square * (1.0 - p) * (1.0 - p);
        let outside = (base.square - cell.square) * p * p;
        let sum = part.sum();
        Self::new(stratum, sum, sum, (inside + outside) / (total * total))
    }

    /// Two proportions, without clusters: with J the sums of [`Common`],
    /// Σzz′ = (J(cells) − p′J(first) − pJ(second) + pp′J(bases))/WW′.
    #[must_use]
    pub fn of_proportions(
        stratum: Stratum,
        first: &Part,
        second: &Part,
        common: Common,
    ) -> Self {
        let (p, q) = (first.share.p, second.share.p);
        let product = common.cells - q * common.first_in_base - p * common.second_in_base
            + p * q * common.bases;
        let scale = first.share.total * second.share.total;
        Self::new(stratum, first.sum(), second.sum(), product / scale)
    }

    /// A mean m on weights that sum to `total`, without clusters: z = w(y − m)/W, so
    /// Σz² = (Σw²y² − 2mΣw²y + m²Σw²)/W². Answers far from 0 compared with their spread
    /// lose digits here: sum them after taking a constant off.
    #[must_use]
    pub fn of_mean(stratum: Stratum, scores: &Scores, mean: f64, total: f64) -> Self {
        let sum = (scores.y - mean * scores.base.weight) / total;
        let square =
            scores.square_y2 - mean * (2.0 * scores.square_y - mean * scores.base.square);
        Self::new(stratum, sum, sum, square.max(0.0) / (total * total))
    }

    /// Totals of z and z′ by unit (the same slice twice for a variance). Units of the
    /// stratum that are left out of the slices count as zero.
    #[must_use]
    pub fn of_totals(stratum: Stratum, z: &[f64], z_prime: &[f64]) -> Self {
        let first: f64 = z.iter().sum();
        let second: f64 = z_prime.iter().sum();
        let (mean, mean_prime) = (first / stratum.units, second / stratum.units);
        let seen: f64 = z.iter().zip(z_prime).map(|(a, b)| (a - mean) * (b - mean_prime)).sum();
        let unseen = (stratum.units - count(z.len())).max(0.0);
        Self { first, second, product: seen + unseen * mean * mean_prime }
    }

    /// The one unit of a single stratum about a centre other than itself.
    fn about(self, centre: (f64, f64)) -> f64 {
        (self.first - centre.0) * (self.second - centre.1)
    }
}

/// The variance (or covariance) of the total: `Σ_h` (1−`f_h`) `n_h`/(`n_h`−1) times the
/// products of deviations.
///
/// Strata of one unit are handled as R survey 4.5 does, with `H` strata given:
/// `Adjust` puts (1−f)(z−c)(z′−c′) for them, where c is Σz over all strata / `Σ_h n_h`;
/// `Average` multiplies the sum of the others by H / (H − singles); `Certainty` and
/// `Remove` give nothing. R leaves out strata without a member of the domain; leave them
/// out of `strata` to do the same, which only `Adjust` and `Average` notice.
///
/// # Errors
/// [`NoVariance`] for single units under `Fail`, or under `Average` with nothing else.
pub fn of_total(strata: &[(Stratum, Spread)], single: SingleUnit) -> Result<f64, NoVariance> {
    let singles = single_strata(strata);
    if single == SingleUnit::Fail && !singles.is_empty() {
        return Err(NoVariance::SingleUnits(singles));
    }
    let several: f64 =
        strata.iter().filter(|(stratum, _)| stratum.units > 1.5).map(contribution).sum();
    match single {
        SingleUnit::Adjust => Ok(several + adjusted(strata)),
        SingleUnit::Average if !singles.is_empty() => average(several, strata, &singles),
        _ => Ok(several),
    }
}

fn single_strata(strata: &[(Stratum, Spread)]) -> Vec<usize> {
    let singles = strata.iter().enumerate().filter(|(_, (of, _))| of.is_single());
    singles.map(|(place, _)| place).collect()
}

fn contribution((stratum, spread): &(Stratum, Spread)) -> f64 {
    if stratum.is_complete() {
        return 0.0;
    }
    let scale = (1.0 - stratum.fraction) * stratum.units / (stratum.units - 1.0);
    scale * spread.product
}

fn adjusted(strata: &[(Stratum, Spread)]) -> f64 {
    let sum = |of: fn(&(Stratum, Spread)) -> f64| strata.iter().map(of).sum::<f64>();
    let units = sum(|(stratum, _)| stratum.units);
    let centre = (sum(|(_, z)| z.first) / units, sum(|(_, z)| z.second) / units);
    let singles = strata.iter().filter(|(stratum, _)| stratum.is_single());
    singles.map(|(stratum, z)| (1.0 - stratum.fraction) * z.about(centre)).sum()
}

fn average(
    several: f64,
    strata: &[(Stratum, Spread)],
    singles: &[usize],
) -> Result<f64, NoVariance> {
    let others = strata.len() - singles.len();
    if others == 0 {
        return Err(NoVariance::NoOtherStratum);
    }
    Ok(several * count(strata.len()) / count(others))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() <= 1e-13 * want.abs(), "{got} is not {want}");
    }

    fn stratum(units: f64, fraction: f64) -> Stratum {
        Stratum { units, fraction }
    }

    /// Weight, answer (0 or 1) and group of eight respondents in two strata of four.
    const SAMPLE: [[(f64, u8, u8); 4]; 2] = [
        [(2.0, 1, 0), (1.0, 0, 0), (3.0, 1, 1), (1.5, 0, 1)],
        [(1.0, 0, 0), (2.5, 1, 1), (2.0, 0, 0), (1.0, 1, 0)],
    ];

    fn cell(rows: &[(f64, u8, u8)], keep: impl Fn(u8, u8) -> bool) -> Cell {
        let kept = rows.iter().filter(|(_, answer, group)| keep(*answer, *group));
        kept.fold(Cell::default(), |sums, (w, ..)| Cell {
            weight: sums.weight + w,
            square: sums.square + w * w,
        })
    }

    /// The parts by stratum of the share of `answer` in `group`.
    fn parts(answer: u8, group: u8) -> [Part; 2] {
        let bases = SAMPLE.map(|rows| cell(&rows, |_, g| g == group));
        let cells = SAMPLE.map(|rows| cell(&rows, |a, g| g == group && a == answer));
        let total: f64 = bases.iter().map(|base| base.weight).sum();
        let p = cells.iter().map(|cell| cell.weight).sum::<f64>() / total;
        let share = Share { p, total };
        [0, 1].map(|h| Part { cell: cells[h], base: bases[h], share })
    }

    /// z of each respondent of a stratum for the share of `answer` in `group`.
    fn influence(h: usize, answer: u8, group: u8) -> Vec<f64> {
        let Share { p, total } = parts(answer, group)[h].share;
        let z = |(w, a, g): &(f64, u8, u8)| {
            let inside = f64::from(u8::from(*a == answer)) - p;
            if *g == group { w * inside / total } else { 0.0 }
        };
        SAMPLE[h].iter().map(z).collect()
    }

    /// The closed form and the sums over respondents, of two (answer, group) pairs.
    fn both_ways(first: (u8, u8), second: (u8, u8)) -> (f64, f64) {
        let of = stratum(4.0, 0.1);
        let (a, b) = (parts(first.0, first.1), parts(second.0, second.1));
        let common = |h: usize| {
            if first.1 == second.1 {
                Common::exclusive(&a[h], &b[h])
            } else {
                Common::default()
            }
        };
        let closed = [0, 1].map(|h| {
            if first == second {
                (of, Spread::of_proportion(of, &a[h]))
            } else {
                (of, Spread::of_proportions(of, &a[h], &b[h], common(h)))
            }
        });
        let long = [0, 1].map(|h| {
            let (z, other) = (influence(h, first.0, first.1), influence(h, second.0, second.1));
            (of, Spread::of_totals(of, &z, &other))
        });
        let value = |strata: &[_]| of_total(strata, SingleUnit::Fail).expect("no singles");
        (value(&closed), value(&long))
    }

    #[test]
    fn closed_forms_are_the_sums_over_respondents() {
        for (first, second) in [((1, 0), (1, 0)), ((1, 0), (0, 0)), ((1, 0), (1, 1))] {
            let (closed, long) = both_ways(first, second);
            close(closed, long);
        }
        let (variance, _) = both_ways((1, 0), (1, 0));
        let (covariance, _) = both_ways((1, 0), (0, 0));
        close(covariance, -variance);
    }

    #[test]
    fn a_mean_of_zeros_and_ones_is_a_proportion() {
        let of = stratum(4.0, 0.0);
        let [part, _] = parts(1, 0);
        let Cell { weight: y, square: square_y } = part.cell;
        let scores = Scores { base: part.base, y, square_y, square_y2: square_y };
        let mean = Spread::of_mean(of, &scores, part.share.p, part.share.total);
        close(mean.product, Spread::of_proportion(of, &part).product);
    }

    #[test]
    fn everybody_or_nobody_has_no_variance() {
        let base = Cell { weight: 7.3, square: 11.9 };
        for (p, cell) in [(1.0, base), (0.0, Cell::default())] {
            let part = Part { cell, base, share: Share { p, total: 7.3 } };
            let of = stratum(5.0, 0.0);
            let variance =
                of_total(&[(of, Spread::of_proportion(of, &part))], SingleUnit::Fail);
            assert_eq!(variance, Ok(0.0));
        }
    }

    #[test]
    fn units_without_a_member_of_the_domain_count_as_zero() {
        let of = stratum(5.0, 0.0);
        let short = Spread::of_totals(of, &[3.0, 1.0], &[3.0, 1.0]);
        let full = [3.0, 1.0, 0.0, 0.0, 0.0];
        close(short.product, Spread::of_totals(of, &full, &full).product);
        close(short.product, Spread::new(of, 4.0, 4.0, 10.0).product);
    }

    /// Totals 1, 3, 8 | 5 | 2, 4 with fractions ¼, ½ and 0, worked by hand.
    fn lonely() -> Vec<(Stratum, Spread)> {
        let strata: [(&[f64], f64); 3] =
            [(&[1.0, 3.0, 8.0], 0.25), (&[5.0], 0.5), (&[2.0, 4.0], 0.0)];
        let spread = |(z, fraction): (&[f64], f64)| {
            let of = stratum(count(z.len()), fraction);
            (of, Spread::of_totals(of, z, z))
        };
        strata.map(spread).to_vec()
    }

    #[test]
    fn single_units() {
        let others = 0.75 * 1.5 * 26.0 + 2.0 * 2.0;
        let centre = 23.0 / 6.0;
        let value = |single| of_total(&lonely(), single);
        assert_eq!(value(SingleUnit::Fail), Err(NoVariance::SingleUnits(vec![1])));
        close(value(SingleUnit::Certainty).expect("given"), others);
        close(value(SingleUnit::Remove).expect("given"), others);
        close(value(SingleUnit::Average).expect("given"), others * 1.5);
        let distance = 5.0 - centre;
        let adjusted = others + 0.5 * distance * distance;
        close(value(SingleUnit::Adjust).expect("given"), adjusted);
    }

    #[test]
    fn a_complete_stratum_of_one_is_not_single() {
        let of = stratum(1.0, 1.0);
        let complete = [(of, Spread::of_totals(of, &[5.0], &[5.0]))];
        for single in [SingleUnit::Fail, SingleUnit::Adjust, SingleUnit::Average] {
            assert_eq!(of_total(&complete, single), Ok(0.0));
        }
    }

    #[test]
    fn nothing_to_average() {
        let only = &lonely()[1..2];
        let got = of_total(only, SingleUnit::Average);
        assert_eq!(got, Err(NoVariance::NoOtherStratum));
    }
}
