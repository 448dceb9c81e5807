//! What may stand after `estimate`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};

/// Estimate from a file without a schema.
#[derive(Args, Debug)]
#[command(group(
    ArgGroup::new("statistic")
        .required(true)
        .args(["mean", "total", "proportion", "quantile", "ratio", "model"])
))]
#[command(after_help = ESTIMATE_HELP)]
pub(in super::super) struct Estimate {
    /// The file: CSV, packed or not, or a workbook
    pub(super) data: PathBuf,
    /// Means of columns of numbers
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', num_args = 1..)]
    pub(super) mean: Vec<String>,
    /// Weighted sums of columns of numbers
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', num_args = 1..)]
    pub(super) total: Vec<String>,
    /// The share of each answer in columns of any kind, from 0 to 1
    #[arg(long, visible_alias = "share", value_name = "COLUMN", value_delimiter = ',', num_args = 1..)]
    pub(super) proportion: Vec<String>,
    /// Quantiles of columns of numbers; medians, unless --p says which
    #[arg(long, visible_alias = "median", value_name = "COLUMN", value_delimiter = ',', num_args = 1..)]
    pub(super) quantile: Vec<String>,
    /// The weighted sum of one column over that of another
    #[arg(long, value_name = "NUM/DEN", value_delimiter = ',', num_args = 1.., value_parser = ratio)]
    pub(super) ratio: Vec<(String, String)>,
    /// Which quantiles, from 0 to 1
    #[arg(
        long,
        value_name = "Q",
        value_delimiter = ',',
        default_value = "0.5",
        hide_default_value = true,
        value_parser = share,
        conflicts_with_all = NO_QUANTILE
    )]
    pub(super) p: Vec<f64>,
    /// The column of weights; all records count alike without it
    #[arg(long, value_name = "COLUMN")]
    pub(super) weight: Option<String>,
    /// The columns whose combinations are the strata of the sample
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub(super) strata: Vec<String>,
    /// The columns of sampling units, one for each stage of drawing
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub(super) psu: Vec<String>,
    /// The columns of population sizes or sampling fractions, one for each stage
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub(super) population: Vec<String>,
    /// Units of different strata may have the same name
    #[arg(long)]
    pub(super) nest: bool,
    /// What to do with a stratum of one sampling unit
    #[arg(long, value_name = "RULE", default_value = "fail")]
    pub(super) single_unit: SingleUnitName,
    #[command(flatten)]
    pub(super) replicates: ReplicateArguments,
    #[command(flatten)]
    pub(super) model: ModelArguments,
    /// Groups: the combinations of the values of these columns
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub(super) by: Vec<String>,
    /// Only the records of which a condition holds, such as "age >= 30 and role = 'Teacher'"
    #[arg(long = "where", value_name = "EXPR")]
    pub(super) filter: Option<String>,
    /// How intervals are made; shares by `korn_graubard_beta` if not given
    #[arg(long, value_name = "METHOD", conflicts_with = "model")]
    pub(super) ci: Option<IntervalName>,
    /// How degrees of freedom are counted
    #[arg(long, value_name = "COUNT", default_value = "domain")]
    pub(super) df: FreedomName,
    /// How figures are written to stdout
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) format: FigureForm,
    /// Cells that stand for no answer, besides empty ones
    #[arg(long, value_name = "TEXT", value_delimiter = ',', allow_hyphen_values = true)]
    pub(super) missing: Vec<String>,
    /// Decimals are written with a comma
    #[arg(long)]
    pub(super) decimal_comma: bool,
    /// How letters are stored, if not as UTF-8: windows-1252, macintosh, iso-8859-15
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    /// The sheet of a workbook, if several hold something
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
    /// How many lines stand above the headers
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) skip_rows: usize,
}

/// The statistics that are no quantiles.
const NO_QUANTILE: [&str; 5] = ["mean", "total", "proportion", "ratio", "model"];
/// The statistics that are no models.
const NO_MODEL: [&str; 5] = ["mean", "total", "proportion", "quantile", "ratio"];
/// What replicate weights that came with the data make needless.
const DRAWN: [&str; 4] = ["strata", "psu", "population", "nest"];

/// Variances from replicate weights.
#[derive(Args, Debug)]
#[command(next_help_heading = "Replicate weights")]
pub(super) struct ReplicateArguments {
    /// Their columns: names, or a pattern such as "rw*"; without it they are made of strata
    /// and sampling units
    #[arg(
        long,
        value_name = "COLUMN",
        value_delimiter = ',',
        requires_all = ["replicate_method", "weight"],
        conflicts_with_all = DRAWN
    )]
    pub(super) replicates: Vec<String>,
    /// How they were made, or are to be made
    #[arg(long, value_name = "METHOD")]
    pub(super) replicate_method: Option<ReplicateName>,
    /// The factor of Fay's method
    #[arg(long, value_name = "RHO", requires = "replicate_method")]
    pub(super) rho: Option<f64>,
    /// What the sum over replicates is multiplied by, if the method leaves it open
    #[arg(long, value_name = "NUMBER", requires = "replicates")]
    pub(super) scale: Option<f64>,
    /// What the term of each replicate is multiplied by: one number for each, or one for all
    #[arg(long, value_name = "NUMBER", value_delimiter = ',', requires = "replicates")]
    pub(super) rscales: Vec<f64>,
    /// Deviations are from the estimate of the whole sample, not from the replicates' mean
    #[arg(long, requires = "replicate_method")]
    pub(super) mse: bool,
    /// The columns hold factors of the weight, not whole weights
    #[arg(long, requires = "replicates")]
    pub(super) factors: bool,
    /// Degrees of freedom, if they are known; else the rank of the weights less one
    #[arg(long, value_name = "DF", requires = "replicates")]
    pub(super) replicate_df: Option<f64>,
    /// How many to make, with `bootstrap`: 500 if not given
    #[arg(long, value_name = "N", requires = "replicate_method")]
    pub(super) count: Option<usize>,
    /// Begins the random numbers of `bootstrap`; the same seed gives the same figures
    #[arg(long, value_name = "N", requires = "replicate_method")]
    pub(super) seed: Option<u64>,
}

/// A regression model.
#[derive(Args, Debug)]
#[command(next_help_heading = "Models")]
pub(super) struct ModelArguments {
    /// A model, as in R: "left ~ years + phase"
    #[arg(long, value_name = "FORMULA")]
    pub(super) model: Option<String>,
    /// What the response is; `gaussian` for numbers and `quasibinomial` for answers if not given
    #[arg(long, value_name = "FAMILY", conflicts_with_all = NO_MODEL)]
    pub(super) family: Option<FamilyName>,
    /// The level that others are compared with; the first one if not given
    #[arg(
        long,
        value_name = "VAR=LEVEL",
        value_delimiter = ',',
        value_parser = reference,
        conflicts_with_all = NO_MODEL
    )]
    pub(super) reference: Vec<(String, String)>,
    /// The answer of the response that counts as 1; of two the second if not given
    #[arg(long, value_name = "LEVEL", conflicts_with_all = NO_MODEL)]
    pub(super) success: Option<String>,
}

/// What stands below the help of `estimate`.
const ESTIMATE_HELP: &str = "\
Example: 200 schools, drawn by type of school; the mean index, with a finite population
correction, overall and for elementary schools:

  pollsmith estimate samples/api-schools/apistrat.csv --weight pw --strata stype \\
      --population fpc --mean api00
  pollsmith estimate samples/api-schools/apistrat.csv --weight pw --strata stype \\
      --population fpc --mean api00 --where \"stype = 'E'\"

An empty cell is a missing answer. The record stays in the design and counts as outside of
the group. Name a column whose name is no single word in backquotes within --where.";

/// Two columns with a stroke between them.
fn ratio(text: &str) -> Result<(String, String), String> {
    match text.split('/').collect::<Vec<_>>().as_slice() {
        [above, below] if !above.is_empty() && !below.is_empty() => {
            Ok(((*above).to_owned(), (*below).to_owned()))
        }
        _ => Err("a ratio is of two columns, such as `enrolled/invited`".to_owned()),
    }
}

/// A variable and one of its levels.
fn reference(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((variable, level)) if !variable.is_empty() && !level.is_empty() => {
            Ok((variable.trim().to_owned(), level.trim().to_owned()))
        }
        _ => Err("a reference is a variable and its level, such as `phase=Primary`".to_owned()),
    }
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|p| (0.0..=1.0).contains(p));
    number.ok_or_else(|| "a quantile is a number from 0 to 1, such as 0.25".to_owned())
}

/// How replicate weights are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReplicateName {
    /// Jackknife without strata
    Jk1,
    /// Jackknife within strata
    Jkn,
    /// Balanced half-samples
    Brr,
    /// Fay's balanced half-samples, with --rho
    Fay,
    /// Bootstrap of Rao and Wu
    Bootstrap,
    /// Successive differences; columns only
    Sdr,
    /// Anything else, by --scale and --rscales; columns only
    Other,
}

/// What the response of a model is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FamilyName {
    /// Numbers: differences of means
    Gaussian,
    /// One of two answers: odds ratios
    Quasibinomial,
    /// Counts: ratios of rates
    Poisson,
}

/// What to do with a stratum of one sampling unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SingleUnitName {
    /// Stop
    Fail,
    /// Its distance from the grand mean
    Adjust,
    /// The mean of the other strata
    Average,
    /// No contribution: the unit was certain to be drawn
    Certainty,
    /// Leave its records out of the variance
    Remove,
}

/// How intervals are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum IntervalName {
    /// Student's t about the estimate
    WaldT,
    /// As `wald_t`, on the logit scale
    Logit,
    /// Beta limits on the effective sample size
    KornGraubardBeta,
    /// Wilson's, on the effective sample size
    WilsonEffectiveN,
    /// As `wald_t`, on the arcsine scale
    Arcsine,
    /// The shares whose likelihood is not too small
    ProfileLikelihood,
    /// Woodruff's, of quantiles
    Woodruff,
}

/// How degrees of freedom are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FreedomName {
    /// Sampling units with a record of the group minus their strata
    Domain,
    /// Sampling units minus strata of the whole design, as degf(design) in R
    Whole,
}

/// How figures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FigureForm {
    /// A table, rounded by the standard errors
    Text,
    /// One JSON object, not rounded; null and a reason for what does not exist
    Json,
}
