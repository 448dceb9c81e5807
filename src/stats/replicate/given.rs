//! Replicate weights that came with the data.
//!
//! Takes the columns and what is known of how they were made; gives [`Replicates`] with
//! the scales that `svrepdesign` of R survey 4.5 gives each kind. Where R warns and goes
//! on with less, this does what R does; where R would compute with weights or scales that
//! are no numbers, this is an error.

use super::{ReplicateError, Replicates, Source};
use crate::stats::count;

/// How given replicate weights were made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Unstratified jackknife. Scale (R − 1)/R if none is given and the weights are
    /// combined, else 1 over the largest factor of the first replicate.
    Jk1,
    /// Stratified jackknife. Rscales must be given, unless the weights are not combined:
    /// then 1 over the largest factor of each replicate. Scale 1 if none is given.
    Jkn,
    /// Jackknife of one unit of each pair. Scale and rscales 1, whatever is given.
    Jk2,
    /// Balanced half-samples. Scale 1/R, whatever is given.
    Brr,
    /// Fay's half-samples. Scale 1/(R(1 − ρ)²), whatever is given.
    Fay {
        /// The factor of the lighter unit, ρ.
        rho: f64,
    },
    /// Bootstrap. Scale b/(R − 1) if none is given.
    Bootstrap {
        /// How many bootstrap samples each replicate is the mean of, b; usually 1.
        average: f64,
    },
    /// Successive differences. Scale 4/R and rscales 1, whatever is given.
    SuccessiveDifference,
    /// Successive differences as in the American Community Survey, which takes them from
    /// the full-sample estimate unless told otherwise.
    Acs,
    /// Anything else. Scale and rscales 1 if none are given.
    Other,
}

impl Kind {
    /// The kind that R calls by this name.
    ///
    /// # Errors
    /// [`ReplicateError::UnknownKind`]; [`ReplicateError::Rho`] for Fay's without `rho`.
    pub fn named(name: &str, rho: Option<f64>) -> Result<Self, ReplicateError> {
        match name {
            "JK1" => Ok(Self::Jk1),
            "JKn" => Ok(Self::Jkn),
            "JK2" => Ok(Self::Jk2),
            "BRR" => Ok(Self::Brr),
            "Fay" => rho.map(|rho| Self::Fay { rho }).ok_or(ReplicateError::Rho(None)),
            "bootstrap" => Ok(Self::Bootstrap { average: 1.0 }),
            "successive-difference" => Ok(Self::SuccessiveDifference),
            "ACS" => Ok(Self::Acs),
            "other" => Ok(Self::Other),
            _ => Err(ReplicateError::UnknownKind(name.to_owned())),
        }
    }

    /// Whether a scale that is given with the weights is used: where not, say so.
    #[must_use]
    pub fn uses_scale(self) -> bool {
        !self.is_fixed() && !matches!(self, Self::Brr | Self::Fay { .. })
    }

    /// Whether rscales that are given with the weights are used.
    #[must_use]
    pub fn uses_rscales(self) -> bool {
        !self.is_fixed()
    }

    fn is_fixed(self) -> bool {
        matches!(self, Self::Jk2 | Self::SuccessiveDifference | Self::Acs)
    }

    fn has_correction(self) -> bool {
        matches!(self, Self::Jk1 | Self::Jkn | Self::Other)
    }
}

/// Replicate weights as they came, and what is known of them.
#[derive(Clone, Debug)]
pub struct Given {
    /// How they were made.
    pub kind: Kind,
    /// One slice for each replicate, with one entry for each record.
    pub columns: Vec<Vec<f64>>,
    /// Whether they are full weights, or factors by which to multiply the base weights.
    pub combined: bool,
    /// What the sum over replicates is multiplied by.
    pub scale: Option<f64>,
    /// What each replicate's term is multiplied by: one number for each, or one for all.
    pub rscales: Option<Vec<f64>>,
    /// A finite population correction, 1 − f, for each replicate.
    pub correction: Option<Vec<f64>>,
    /// Whether deviations are from the full-sample estimate, or from the replicates' mean.
    pub mse: Option<bool>,
    /// The degrees of freedom, if the rank of the weights less one is not to be taken.
    pub freedom: Option<f64>,
}

impl Given {
    /// Combined weights of which no more is known.
    #[must_use]
    pub fn new(kind: Kind, columns: Vec<Vec<f64>>) -> Self {
        let (scale, rscales, correction, mse, freedom) = (None, None, None, None, None);
        Self { kind, columns, combined: true, scale, rscales, correction, mse, freedom }
    }

    fn scale(&self) -> Result<f64, ReplicateError> {
        if let Some(scale) = self.scale.filter(|_| self.kind.uses_scale()) {
            return Ok(scale);
        }
        let replicates = count(self.columns.len());
        Ok(match self.kind {
            Kind::Brr => 1.0 / replicates,
            Kind::Fay { rho } if (0.0..1.0).contains(&rho) => {
                1.0 / (replicates * ((1.0 - rho) * (1.0 - rho)))
            }
            Kind::Fay { rho } => return Err(ReplicateError::Rho(Some(rho))),
            Kind::SuccessiveDifference | Kind::Acs => 4.0 / replicates,
            Kind::Bootstrap { average } => average / (replicates - 1.0),
            Kind::Jk1 if self.combined => (replicates - 1.0) / replicates,
            Kind::Jk1 => 1.0 / self.columns.first().map_or(0.0, |column| largest(column)),
            Kind::Jkn | Kind::Jk2 | Kind::Other => 1.0,
        })
    }

    fn rscales(&self) -> Result<Vec<f64>, ReplicateError> {
        let want = self.columns.len();
        let given = self.rscales.as_deref().filter(|_| self.kind.uses_rscales());
        let mut rscales = match given {
            Some(&[one]) => vec![one; want],
            Some(each) => each.to_vec(),
            None if self.kind != Kind::Jkn => vec![1.0; want],
            None if self.combined => return Err(ReplicateError::NoRscales),
            None => self.columns.iter().map(|column| 1.0 / largest(column)).collect(),
        };
        if let Some(correction) = &self.correction {
            if !self.kind.has_correction() {
                return Err(ReplicateError::NoCorrection);
            }
            if correction.iter().any(|one| !(0.0..=1.0).contains(one)) {
                return Err(ReplicateError::Scale);
            }
            fits(want, correction.len())?;
            for (rscale, one) in rscales.iter_mut().zip(correction) {
                *rscale *= one;
            }
        }
        fits(want, rscales.len())?;
        Ok(rscales)
    }

    fn check_columns(&self) -> Result<(), ReplicateError> {
        let want = self.columns.first().map_or(0, Vec::len);
        if want == 0 {
            return Err(ReplicateError::Empty);
        }
        for (replicate, column) in self.columns.iter().enumerate() {
            fits(want, column.len())?;
            let wrong = |weight: &f64| !(*weight >= 0.0 && weight.is_finite());
            if let Some(record) = column.iter().position(wrong) {
                return Err(ReplicateError::Weight { replicate, record });
            }
        }
        Ok(())
    }
}

impl Replicates {
    /// Replicate weights from given columns.
    ///
    /// # Errors
    /// [`ReplicateError::Empty`], [`ReplicateError::Length`] of a column or the rscales,
    /// [`ReplicateError::Weight`], [`ReplicateError::NoRscales`], [`ReplicateError::Rho`],
    /// [`ReplicateError::Scale`], [`ReplicateError::NoCorrection`] (only `JK1`, `JKn` and
    /// "other" have one), [`ReplicateError::Freedom`].
    pub fn given(given: Given) -> Result<Self, ReplicateError> {
        given.check_columns()?;
        let (scale, rscales) = (given.scale()?, given.rscales()?);
        let is_scale = |value: &f64| *value >= 0.0 && value.is_finite();
        if !is_scale(&scale) || !rscales.iter().all(is_scale) || largest(&rscales) <= 0.0 {
            return Err(ReplicateError::Scale);
        }
        if let Some(value) = given.freedom.filter(|value| value.is_nan() || *value <= 0.0) {
            return Err(ReplicateError::Freedom(value));
        }
        let mse = given.mse.unwrap_or(given.kind == Kind::Acs);
        let source = Source::Given { columns: given.columns, combined: given.combined };
        Ok(Self { source, scale, rscales, mse, freedom: given.freedom })
    }
}

fn fits(want: usize, got: usize) -> Result<(), ReplicateError> {
    if want == got { Ok(()) } else { Err(ReplicateError::Length { want, got }) }
}

fn largest(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}
