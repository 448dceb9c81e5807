//! Why there are no replicate weights, or no variance from them.
//!
//! Takes nothing; gives one error type for the makers, the given columns and the
//! covariance. Strata are named by their codes; replicates and records count from 0. It
//! never holds an answer.

use std::fmt;

/// Why replicate weights, or a covariance from them, do not exist.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplicateError {
    /// No records, or no columns of replicate weights.
    Empty,
    /// Slices that should have one entry per record, or per replicate, do not fit.
    Length {
        /// How many entries there should be.
        want: usize,
        /// How many there are.
        got: usize,
    },
    /// A kind of replicate weights that R survey does not have.
    UnknownKind(String),
    /// Fay's method needs a rho of at least 0 and less than 1.
    Rho(Option<f64>),
    /// A replicate weight that is negative or not a number.
    Weight {
        /// The column.
        replicate: usize,
        /// The row.
        record: usize,
    },
    /// Combined `JKn` weights do not tell how many units their strata have.
    NoRscales,
    /// A scale, rscale or correction that is negative, infinite or not a number, or
    /// rscales that are all zero.
    Scale,
    /// A finite population correction with a kind that has none.
    NoCorrection,
    /// Degrees of freedom that are not above zero.
    Freedom(f64),
    /// The unstratified jackknife with so many strata.
    Stratified(usize),
    /// Strata of a single unit, by code.
    SingleUnits(Vec<u32>),
    /// Strata whose units cannot be paired, by code: an odd number of them.
    NotPaired(Vec<u32>),
    /// More pairs of units than there are Hadamard matrices for.
    TooManyPairs(usize),
    /// Records of a stratum that disagree on the size of its population.
    PopulationVaries(u32),
    /// A stratum with more units in the sample than in the population.
    PopulationTooSmall(u32),
    /// Every unit of the population is in the sample: there is nothing to replicate.
    WholePopulation,
    /// A bootstrap needs two replicates or more.
    TooFewReplicates(usize),
    /// Weights that do not differ from one another.
    Alike,
    /// More than the computer should hold: how many.
    TooManyReplicates(usize),
    /// The full-sample estimate is not a number.
    NoEstimate,
    /// At so many replicates the statistic does not exist.
    Undefined(usize),
    /// Replicates that count towards the variance and were not added, or added twice.
    NotAdded {
        /// How many count.
        want: usize,
        /// How many were added.
        got: usize,
    },
}

impl fmt::Display for ReplicateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there are no records or no replicate weights"),
            Self::Length { want, got } => write!(f, "{got} entries where {want} should be"),
            Self::UnknownKind(name) => write!(f, "“{name}” is no kind of replicate weights"),
            Self::Rho(None) => f.write_str("Fay's method needs rho"),
            Self::Rho(Some(rho)) => {
                write!(f, "rho is {rho}; it must be at least 0 and less than 1")
            }
            Self::Weight { replicate, record } => {
                let (replicate, record) = (replicate + 1, record + 1);
                write!(f, "replicate weight {replicate} of record {record} is negative ")?;
                f.write_str("or not a number")
            }
            Self::NoRscales => f.write_str("combined JKn weights need rscales"),
            Self::Scale => {
                f.write_str("scale, rscales and corrections must be numbers of at least 0, ")?;
                f.write_str("and one rscale above 0")
            }
            Self::NoCorrection => f.write_str(
                "this kind of replicate weights has no finite population correction",
            ),
            Self::Freedom(value) => write!(f, "{value} degrees of freedom are not above zero"),
            Self::Stratified(n) => {
                write!(f, "JK1 is for a sample without strata, and there are {n}: use JKn")
            }
            Self::SingleUnits(codes) => {
                write!(f, "{} strata have a single sampling unit", codes.len())
            }
            Self::NotPaired(codes) => {
                write!(f, "{} strata have an odd number of sampling units", codes.len())
            }
            Self::TooManyPairs(n) => write!(f, "{n} pairs of units are too many for BRR"),
            Self::PopulationVaries(code) => {
                write!(f, "stratum {code} has more than one population size")
            }
            Self::PopulationTooSmall(code) => {
                write!(f, "the population of stratum {code} is smaller than its sample, ")?;
                f.write_str("or not a number")
            }
            Self::WholePopulation => {
                f.write_str("every unit of the population is in the sample")
            }
            Self::TooFewReplicates(n) => write!(f, "{n} replicates are too few: two at least"),
            Self::Alike => f.write_str("the replicate weights are all alike"),
            Self::TooManyReplicates(n) => {
                write!(f, "{n} replicates of so many sampling units are too many")
            }
            Self::NoEstimate => f.write_str("the estimate from the full sample is no number"),
            Self::Undefined(n) => write!(f, "the statistic does not exist at {n} replicates"),
            Self::NotAdded { want, got } => {
                write!(f, "{got} replicates were added where {want} count")
            }
        }
    }
}

impl std::error::Error for ReplicateError {}
