//! One column of a table against another, by five methods that analysts know by name.
//!
//! Takes the shares (or means) of two columns with their sums of weights, or the variance
//! of their difference; gives the difference with standard error, statistic, degrees of
//! freedom and p, or the reason why there is none. It knows neither answers nor the design,
//! does not adjust for the number of tests ([`super::letters`]) and does not decide which
//! columns are worth testing ([`super::screen`]).

use super::compare::Compared;
use super::error::Untestable;
use crate::stats::effective;

/// How columns are compared; the names of `poll.toml`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnMethod {
    /// The linearised variance of the difference under the design of the sample, on the
    /// degrees of freedom of both columns together. People in both columns, clusters, strata
    /// and weights fall into place by themselves: [`by_design`].
    #[default]
    Design,
    /// [`Dialect::EffectiveBase`].
    EffectiveBase,
    /// [`Dialect::Quantum`].
    Quantum,
    /// [`Dialect::Spss`].
    Spss,
    /// [`Dialect::Unpooled`].
    Unpooled,
}

impl ColumnMethod {
    /// All of them, the default first.
    pub const ALL: [Self; 5] =
        [Self::Design, Self::EffectiveBase, Self::Quantum, Self::Spss, Self::Unpooled];

    /// As it is written in `poll.toml` and in `comparisons.csv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Design => "design",
            Self::EffectiveBase => "effective_base",
            Self::Quantum => "quantum",
            Self::Spss => "spss",
            Self::Unpooled => "unpooled",
        }
    }

    /// The formula on sums of weights; none for the design's own variance.
    #[must_use]
    pub fn dialect(self) -> Option<Dialect> {
        match self {
            Self::Design => None,
            Self::EffectiveBase => Some(Dialect::EffectiveBase),
            Self::Quantum => Some(Dialect::Quantum),
            Self::Spss => Some(Dialect::Spss),
            Self::Unpooled => Some(Dialect::Unpooled),
        }
    }

    /// Whether people in both columns are allowed for; if not, overlapping columns are
    /// tested as if nobody were in both.
    #[must_use]
    pub fn heeds_overlap(self) -> bool {
        matches!(self, Self::Design | Self::EffectiveBase | Self::Quantum)
    }
}

/// How table programs compare columns by the sums of weights alone. In what follows, e is
/// the effective base W²/Σw² of a column, e₀ that of the people in both, Z their
/// [`Overlap::correlation`] and p̂ = (W₁p₁ + W₂p₂)/(W₁ + W₂). None of these sees clusters,
/// strata or a finite population.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Variance p̂(1 − p̂)·(1/e₁ + 1/e₂ − 2Z·e₀/(e₁e₂)), t on e₁ + e₂ − e₀ − 2: UNICOM
    /// Intelligence (formerly IBM SPSS Data Collection), "Statistical formula for the column
    /// proportions test". Identical shares are not tested.
    EffectiveBase,
    /// That variance times (e₁ + e₂)/(e₁ + e₂ − 1), t on e₁ + e₂ − e₀ − 1: Quantum and
    /// Quanvert, in UNICOM's "Statistical tests compared to Quantum and Quanvert". Identical
    /// shares are not tested.
    Quantum,
    /// Pooled z on weighted bases as if they were people, each base and each weighted count
    /// of an answer rounded to a whole number: IBM SPSS Statistics, Custom Tables with
    /// `WEIGHT`. The only method that multiplying all weights by a constant changes, and
    /// the only one here that takes weights for a size of sample: it finds too much, and
    /// is there to reproduce old tables. Shares of 0 or 1 and bases under 2 are not tested.
    Spss,
    /// Variance p₁(1 − p₁)/e₁ + p₂(1 − p₂)/e₂, t on e₁ + e₂ − 2: Crunch.
    Unpooled,
}

/// One column's share of one answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// p, from 0 to 1.
    pub share: f64,
    /// W = Σw over the base of the column.
    pub weight: f64,
    /// Σw² over the base.
    pub squares: f64,
    /// How many respondents the base has.
    pub n: u64,
    /// How many of them gave the answer.
    pub count: u64,
}

impl Side {
    /// Σw over those who gave the answer.
    fn answered(&self) -> f64 {
        self.share * self.weight
    }

    /// Whether nobody in either column gave the answer, or everybody in both did: by the
    /// people, for a sum of weights says it only to within rounding.
    pub(super) fn is_all_or_none_with(&self, other: &Self) -> bool {
        let given = self.count + other.count;
        given == 0 || given == self.n + other.n
    }

    /// Everybody else: what is left of the whole of which this is a part. The test of a part
    /// against it equals that of the part against the whole with variance
    /// p(1 − p)(1/e₁ − 1/e), p being the whole's share, where all weights are alike.
    ///
    /// # Errors
    /// [`Untestable::NoBase`] when nobody is left.
    pub fn rest_of(&self, whole: &Self) -> Result<Self, Untestable> {
        let n = whole.n.saturating_sub(self.n);
        let (weight, squares) = (whole.weight - self.weight, whole.squares - self.squares);
        if n == 0 || weight <= 0.0 || squares <= 0.0 {
            return Err(Untestable::NoBase);
        }
        let count = whole.count.saturating_sub(self.count);
        // The difference of two sums is never quite 0 or the whole of the weight.
        let share = match count {
            0 => 0.0,
            _ if count == n => 1.0,
            _ => ((whole.answered() - self.answered()) / weight).clamp(0.0, 1.0),
        };
        Ok(Self { share, weight, squares, n, count })
    }
}

/// One column's mean of a number or score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanSide {
    /// ȳ, in the unit of the answers.
    pub mean: f64,
    /// Σw(y − ȳ)², in the square of that unit times that of the weights.
    pub spread: f64,
    /// W = Σw over the base of the column.
    pub weight: f64,
    /// Σw² over the base.
    pub squares: f64,
}

impl MeanSide {
    /// W − Σw²/W: what Σw(y − ȳ)² is divided by so that it estimates the variance of the
    /// answers without bias; n − 1 for weights of 1.
    fn divisor(&self) -> f64 {
        self.weight - self.squares / self.weight
    }

    /// The square of the mean's standard error, on an effective base of e.
    fn variance(&self, e: f64) -> f64 {
        self.spread / self.divisor() / e
    }
}

/// The people who are in both columns.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overlap {
    /// How many they are.
    pub n: u64,
    /// Σw over them.
    pub weight: f64,
    /// Σw² over them.
    pub squares: f64,
    /// Z, the correlation among them of what is compared: 1 where both columns show the
    /// same answers of theirs, as with a banner of several answers; [`correlation`] where
    /// the columns show different answers, as with the items of a grid.
    pub correlation: f64,
}

impl Overlap {
    /// Nobody is in both.
    pub const NONE: Self = Self { n: 0, weight: 0.0, squares: 0.0, correlation: 0.0 };

    /// Of people whose answers are the same in both columns.
    #[must_use]
    pub fn of_same_answers(n: u64, weight: f64, squares: f64) -> Self {
        Self { n, weight, squares, correlation: 1.0 }
    }
}

/// The weighted Pearson correlation of two answers among the people in both columns: Σw
/// over these people, over those who gave the first, the second, and both. `None` where one
/// of the answers was given by all of them or by nobody, so that nothing goes together.
#[must_use]
pub fn correlation(weight: f64, first: f64, second: f64, both: f64) -> Option<f64> {
    let (p, q) = (first / weight, second / weight);
    let size = (p * (1.0 - p) * q * (1.0 - q)).sqrt();
    (size > 0.0).then(|| ((both / weight - p * q) / size).clamp(-1.0, 1.0))
}

/// The difference of two columns, tested against 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColumnTest {
    /// First minus second; that of the rounded counts under [`Dialect::Spss`].
    pub difference: f64,
    /// Its standard error.
    pub se: f64,
    /// Difference over standard error.
    pub statistic: f64,
    /// Degrees of freedom of Student's t; infinite where the statistic is taken for normal.
    pub freedom: f64,
    /// Two-sided, not adjusted for the number of tests.
    pub p: f64,
    /// p̂, or the pooled variance of means; none where nothing is pooled.
    pub pooled: Option<f64>,
}

impl ColumnTest {
    fn new(compared: Compared, pooled: Option<f64>) -> Self {
        let Compared { difference, se, t, freedom, p } = compared;
        Self { difference, se, statistic: t, freedom, p, pooled }
    }
}

/// A difference by its variance under the design of the sample, [`ColumnMethod::Design`];
/// for shares, means, scores and medians alike. `apart` is the sum of the two columns' own
/// variances, beside which a rest of rounding is no variance; `freedom` is of the sampling
/// units with a member of either column.
///
/// # Errors
/// [`Untestable::NoVariance`], [`Untestable::NoFreedom`], [`Untestable::Shape`] for what is
/// not a number.
pub fn by_design(
    difference: f64,
    variance: f64,
    apart: f64,
    freedom: f64,
) -> Result<ColumnTest, Untestable> {
    Compared::new(difference, variance, apart, freedom).map(|test| ColumnTest::new(test, None))
}

/// The effective bases of two columns and of the people in both.
#[derive(Clone, Copy)]
struct Bases {
    first: f64,
    second: f64,
    both: f64,
    correlation: f64,
}

impl Bases {
    /// Of pairs of Σw and Σw².
    fn of(first: (f64, f64), second: (f64, f64), both: Overlap) -> Result<Self, Untestable> {
        let effective = |(weight, squares)| effective::base(weight, squares);
        Ok(Self {
            first: effective(first).ok_or(Untestable::NoBase)?,
            second: effective(second).ok_or(Untestable::NoBase)?,
            both: effective((both.weight, both.squares)).unwrap_or(0.0),
            correlation: both.correlation,
        })
    }

    /// 1/e₁ + 1/e₂: by how much the variance of one answer shrinks to that of the difference
    /// of two columns without people in common.
    fn apart(self) -> f64 {
        1.0 / self.first + 1.0 / self.second
    }

    /// The same with the people in common.
    fn together(self) -> f64 {
        self.apart() - 2.0 * self.correlation * self.both / (self.first * self.second)
    }
}

impl Dialect {
    /// e₁ + e₂ − e₀ − 2, or − 1 under [`Self::Quantum`].
    fn freedom(self, bases: Bases) -> f64 {
        let people = bases.first + bases.second - bases.both;
        people - if self == Self::Quantum { 1.0 } else { 2.0 }
    }

    /// Two shares of one answer.
    ///
    /// # Errors
    /// [`Untestable::NoBase`], [`Untestable::AllOrNone`], [`Untestable::Identical`],
    /// [`Untestable::Certain`], [`Untestable::SmallBase`] as the method has it;
    /// [`Untestable::NoVariance`] also when the overlap leaves none, and
    /// [`Untestable::NoFreedom`].
    pub fn shares(
        self,
        first: &Side,
        second: &Side,
        both: Overlap,
    ) -> Result<ColumnTest, Untestable> {
        let bases =
            Bases::of((first.weight, first.squares), (second.weight, second.squares), both)?;
        if first.is_all_or_none_with(second) {
            return Err(Untestable::AllOrNone);
        }
        match self {
            Self::EffectiveBase | Self::Quantum => self.pooled_shares(first, second, bases),
            Self::Spss => spss_shares(first, second),
            Self::Unpooled => unpooled_shares(first, second, bases),
        }
    }

    fn pooled_shares(
        self,
        first: &Side,
        second: &Side,
        bases: Bases,
    ) -> Result<ColumnTest, Untestable> {
        /// Two sums of weights whose quotients differ by less are the same share.
        const ROUNDING: f64 = 1e-12;
        let difference = first.share - second.share;
        if difference.abs() < ROUNDING {
            return Err(Untestable::Identical);
        }
        let p = (first.answered() + second.answered()) / (first.weight + second.weight);
        let all = bases.first + bases.second;
        let factor = if self == Self::Quantum { all / (all - 1.0) } else { 1.0 };
        let size = factor * p * (1.0 - p);
        let (variance, apart) = (size * bases.together(), size * bases.apart());
        let test = Compared::new(difference, variance, apart, self.freedom(bases))?;
        Ok(ColumnTest::new(test, Some(p)))
    }

    /// Two means of one number or score. [`Self::EffectiveBase`] and [`Self::Quantum`] put
    /// s² = (S₁ + S₂)/((W₁ − Σw²/W₁) + (W₂ − Σw²/W₂)), with S = Σw(y − ȳ)², in place of
    /// p̂(1 − p̂), as UNICOM Intelligence does, on the degrees of freedom that they have for
    /// shares, the second without its factor. [`Self::Spss`] is the two-sample t of equal
    /// variances with W rounded, on W₁ + W₂ − 2, the variance of the two columns alone
    /// (`MEANSVARIANCE=TESTEDCATS`). [`Self::Unpooled`] is Welch's t on effective bases:
    /// Welch (1947), "The generalization of Student's problem when several different
    /// population variances are involved".
    ///
    /// # Errors
    /// [`Untestable::NoBase`], [`Untestable::SmallBase`], [`Untestable::NoVariance`],
    /// [`Untestable::NoFreedom`].
    pub fn means(
        self,
        first: &MeanSide,
        second: &MeanSide,
        both: Overlap,
    ) -> Result<ColumnTest, Untestable> {
        let bases =
            Bases::of((first.weight, first.squares), (second.weight, second.squares), both)?;
        match self {
            Self::EffectiveBase | Self::Quantum => self.pooled_means(first, second, bases),
            Self::Spss => spss_means(first, second),
            Self::Unpooled => welch(first, second, bases),
        }
    }

    fn pooled_means(
        self,
        first: &MeanSide,
        second: &MeanSide,
        bases: Bases,
    ) -> Result<ColumnTest, Untestable> {
        let pooled = (first.spread + second.spread) / (first.divisor() + second.divisor());
        let (variance, apart) = (pooled * bases.together(), pooled * bases.apart());
        let difference = first.mean - second.mean;
        let test = Compared::new(difference, variance, apart, self.freedom(bases))?;
        Ok(ColumnTest::new(test, Some(pooled)))
    }
}

/// z of two shares, from weighted counts rounded to whole ones.
fn spss_shares(first: &Side, second: &Side) -> Result<ColumnTest, Untestable> {
    let counts = |side: &Side| (side.answered().round(), side.weight.round());
    let ((r1, n1), (r2, n2)) = (counts(first), counts(second));
    if n1 < 2.0 || n2 < 2.0 {
        return Err(Untestable::SmallBase);
    }
    if [(r1, n1), (r2, n2)].iter().any(|(r, n)| *r <= 0.0 || r >= n) {
        return Err(Untestable::Certain);
    }
    let p = (r1 + r2) / (n1 + n2);
    let variance = p * (1.0 - p) * (1.0 / n1 + 1.0 / n2);
    let test = Compared::new(r1 / n1 - r2 / n2, variance, variance, f64::INFINITY)?;
    Ok(ColumnTest::new(test, Some(p)))
}

fn spss_means(first: &MeanSide, second: &MeanSide) -> Result<ColumnTest, Untestable> {
    let (n1, n2) = (first.weight.round(), second.weight.round());
    if n1 < 2.0 || n2 < 2.0 {
        return Err(Untestable::SmallBase);
    }
    let freedom = n1 + n2 - 2.0;
    let pooled = (first.spread + second.spread) / freedom;
    let variance = pooled * (1.0 / n1 + 1.0 / n2);
    let test = Compared::new(first.mean - second.mean, variance, variance, freedom)?;
    Ok(ColumnTest::new(test, Some(pooled)))
}

fn unpooled_shares(
    first: &Side,
    second: &Side,
    bases: Bases,
) -> Result<ColumnTest, Untestable> {
    let of = |side: &Side, e: f64| side.share * (1.0 - side.share) / e;
    let variance = of(first, bases.first) + of(second, bases.second);
    let freedom = bases.first + bases.second - 2.0;
    let test = Compared::new(first.share - second.share, variance, variance, freedom)?;
    Ok(ColumnTest::new(test, None))
}

/// t on Welch and Satterthwaite's degrees of freedom (a + b)²/(a²/(e₁ − 1) + b²/(e₂ − 1)),
/// a and b being the variances of the means.
fn welch(first: &MeanSide, second: &MeanSide, bases: Bases) -> Result<ColumnTest, Untestable> {
    let (a, b) = (first.variance(bases.first), second.variance(bases.second));
    let (rest, other_rest) = (bases.first - 1.0, bases.second - 1.0);
    let freedom = (a + b) * (a + b) / (a * a / rest + b * b / other_rest);
    let test = Compared::new(first.mean - second.mean, a + b, a + b, freedom)?;
    Ok(ColumnTest::new(test, None))
}

/// Two answers of the same people: two rows of a question with several answers, or the same
/// answer to two items of a grid. `both` is the share who gave both, `e` the effective base
/// of all; the variance is [p₁(1 − p₁) + p₂(1 − p₂) − 2(p₁₂ − p₁p₂)]/e, that of the mean of
/// the differences, on e − 1 degrees of freedom.
///
/// # Errors
/// [`Untestable::NoVariance`] when nobody gave one of the answers without the other,
/// [`Untestable::NoFreedom`] for a base of 1 or less.
pub fn paired(first: f64, second: f64, both: f64, e: f64) -> Result<ColumnTest, Untestable> {
    let apart = first * (1.0 - first) + second * (1.0 - second);
    let variance = apart - 2.0 * (both - first * second);
    let test = Compared::new(first - second, variance / e, apart / e, e - 1.0)?;
    Ok(ColumnTest::new(test, None))
}

/// The net promoter score of shares of promoters P (9 and 10 of 0 to 10) and detractors D
/// (0 to 6), from −100 to 100, and the variance of one answer in the square of its points,
/// 100²(P + D − (P − D)²), which over an effective base is that of the score. W times the
/// variance is the [`MeanSide::spread`].
#[must_use]
pub fn nps(promoters: f64, detractors: f64) -> (f64, f64) {
    let score = promoters - detractors;
    (100.0 * score, 1e4 * (promoters + detractors - score * score))
}

#[cfg(test)]
mod tests;
