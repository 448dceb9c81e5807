//! Replicate weights: columns of the data, or made from strata and sampling units.

use polars::prelude::DataFrame;

use super::codes;
use super::design::Design;
use crate::diagnostic::{Failure, Finding, Findings, Kind as End};
use crate::frame;
use crate::poll::{OneOrMany, Poll, ReplicateMethod, Replicates as Typed, column_name, names};
use crate::stats;
use crate::stats::multistage::Stage;
use crate::stats::replicate::{Draw, Given, Kind, ReplicateError, Replicates};

/// How many bootstrap samples are drawn if nobody says.
const BOOTSTRAP: usize = 500;
/// Replicates times sampling units that are kept in memory at most.
const MOST: usize = 200_000_000;

/// What to do about replicate weights, in the words of the place where they are described.
pub(super) struct Remedies {
    /// Chooses the jackknife within strata.
    pub(super) jkn: &'static str,
    /// Says what to do with strata of one unit.
    pub(super) single_unit: &'static str,
    /// Corrects the description.
    pub(super) correct: &'static str,
}

const OF_POLL: Remedies = Remedies {
    jkn: "write `method = \"jkn\"`",
    single_unit: "set `single_unit` in `[design]`",
    correct: "correct `replicates` in `[design]`",
};

/// The design with its replicate weights, if the poll has any.
pub(super) fn replicated(
    design: Design,
    frame: &DataFrame,
    poll: &Poll,
    findings: &mut Findings,
) -> Result<Design, Failure> {
    let Some(typed) = &poll.design.replicates else { return Ok(design) };
    let asked = typed.get_ref();
    let columns = asked.columns.as_ref().map(|patterns| of_frame(frame, patterns.get_ref()));
    with(design, asked, columns).map_err(|why| {
        let place = poll.place(typed, "design.replicates");
        Failure::because(findings, End::Input, refused(&why, &OF_POLL).at(place))
    })
}

/// The columns of a frame that are named, or fit a pattern.
fn of_frame(frame: &DataFrame, patterns: &OneOrMany) -> Vec<Vec<f64>> {
    let prefix = column_name("");
    let named = frame.get_column_names();
    let columns = named.iter().filter_map(|name| {
        let column = name.strip_prefix(prefix.as_str()).filter(|c| names(patterns, c))?;
        frame::numbers(frame, &column_name(column)).map(<[f64]>::to_vec)
    });
    columns.collect()
}

/// A design with replicate weights: those of the columns, or else made of its strata and
/// sampling units.
///
/// # Errors
/// Why there are none.
pub(super) fn with(
    design: Design,
    asked: &Typed,
    columns: Option<Vec<Vec<f64>>>,
) -> Result<Design, ReplicateError> {
    let replicates = match columns {
        Some(columns) => given(columns, asked),
        None => make(&design, asked),
    }?;
    let design = design.replicated(replicates);
    match design.replicate_freedom {
        Some(freedom) if freedom > 0.0 => Ok(design),
        _ => Err(ReplicateError::Alike),
    }
}

/// Says why there are none; without a place.
pub(super) fn refused(why: &ReplicateError, remedies: &Remedies) -> Finding {
    let Remedies { jkn, single_unit, correct } = remedies;
    let help = match why {
        ReplicateError::Stratified(_) => {
            format!("{jkn}, which is the jackknife within strata")
        }
        ReplicateError::SingleUnits(_) => format!("join strata, or {single_unit}"),
        ReplicateError::NotPaired(_) => {
            format!("{jkn}, or join strata so that each has two units")
        }
        ReplicateError::Weight { .. } => {
            "correct the column; a replicate weight is a number from 0 on".to_owned()
        }
        _ => format!("{correct}; the documentation of the data says how they were made"),
    };
    let headline = "the replicate weights give no variance";
    Finding::new(&codes::REPLICATES, headline).because(why.to_string()).help(help)
}

fn given(columns: Vec<Vec<f64>>, asked: &Typed) -> Result<Replicates, ReplicateError> {
    Replicates::given(Given {
        combined: asked.combined.unwrap_or(true),
        scale: asked.scale,
        rscales: (!asked.rscales.is_empty()).then(|| asked.rscales.clone()),
        mse: asked.mse,
        freedom: asked.df,
        ..Given::new(kind(asked), columns)
    })
}

fn kind(asked: &Typed) -> Kind {
    match asked.method.as_ref().map(|method| *method.get_ref()) {
        Some(ReplicateMethod::Jk1) => Kind::Jk1,
        Some(ReplicateMethod::Jkn) => Kind::Jkn,
        Some(ReplicateMethod::Brr) => Kind::Brr,
        Some(ReplicateMethod::Fay) => Kind::Fay { rho: asked.rho.unwrap_or_default() },
        Some(ReplicateMethod::Bootstrap) => Kind::Bootstrap { average: 1.0 },
        Some(ReplicateMethod::Sdr) => Kind::SuccessiveDifference,
        Some(ReplicateMethod::Other) | None => Kind::Other,
    }
}

fn make(design: &Design, asked: &Typed) -> Result<Replicates, ReplicateError> {
    let alone: Vec<u32>;
    let (units, sizes) = if let Some(stage) = design.stages.first() {
        (&stage.unit, &stage.population)
    } else {
        alone = (0..).take(design.weights.len()).collect();
        (&alone, &design.population)
    };
    let population: Option<Vec<f64>> =
        sizes.as_ref().map(|n| design.stratum.iter().map(|s| n[*s as usize]).collect());
    let stage = Stage { strata: &design.stratum, units, population: population.as_deref() };
    let single = stats::SingleUnit::from(design.single_unit);
    let replicates = match asked.method.as_ref().map(|method| *method.get_ref()) {
        Some(ReplicateMethod::Jk1) => Replicates::jk1(&stage),
        Some(ReplicateMethod::Brr) => Replicates::brr(&stage, 0.0),
        Some(ReplicateMethod::Fay) => Replicates::brr(&stage, asked.rho.unwrap_or_default()),
        Some(ReplicateMethod::Bootstrap) => {
            let count = asked.count.unwrap_or(BOOTSTRAP);
            Replicates::bootstrap(&stage, Draw::RaoWu, count, asked.seed.unwrap_or(1))
        }
        _ => Replicates::jkn(&stage, single),
    }?;
    let drawn: u32 = design.units_by_stratum().iter().sum();
    if replicates.len().saturating_mul(drawn as usize) > MOST {
        return Err(ReplicateError::TooManyReplicates(replicates.len()));
    }
    Ok(replicates.with_mse(asked.mse.unwrap_or_default()))
}
