//! Replicate weights: columns of the data, or made from strata and sampling units.

use polars::prelude::DataFrame;

use super::codes;
use super::design::Design;
use crate::diagnostic::{Failure, Finding, Findings, Kind as End};
use crate::document::Spanned;
use crate::frame;
use crate::poll::{Poll, ReplicateMethod, Replicates as Typed, column_name, names};
use crate::stats;
use crate::stats::multistage::Stage;
use crate::stats::replicate::{Draw, Given, Kind, ReplicateError, Replicates};

/// How many bootstrap samples are drawn if nobody says.
const BOOTSTRAP: usize = 500;
/// Replicates times sampling units that are kept in memory at most.
const MOST: usize = 200_000_000;

/// The design with its replicate weights, if the poll has any.
pub(super) fn replicated(
    design: Design,
    frame: &DataFrame,
    poll: &Poll,
    findings: &mut Findings,
) -> Result<Design, Failure> {
    let Some(typed) = &poll.design.replicates else { return Ok(design) };
    let asked = typed.get_ref();
    let made = match &asked.columns {
        Some(patterns) => given(frame, asked, |column| names(patterns.get_ref(), column)),
        None => make(&design, asked),
    };
    match made {
        Ok(replicates) => Ok(design.replicated(replicates)),
        Err(why) => Err(refused(poll, typed, &why, findings)),
    }
}

fn refused(
    poll: &Poll,
    typed: &Spanned<Typed>,
    why: &ReplicateError,
    findings: &mut Findings,
) -> Failure {
    let help = match why {
        ReplicateError::Stratified(_) => {
            "write `method = \"jkn\"`, which is the jackknife within strata"
        }
        ReplicateError::SingleUnits(_) => "join strata, or set `single_unit` in `[design]`",
        ReplicateError::NotPaired(_) => {
            "write `method = \"jkn\"`, or join strata so that each has two units"
        }
        ReplicateError::Weight { .. } => {
            "correct the column; a replicate weight is a number from 0 on"
        }
        _ => {
            "correct `replicates` in `[design]`; the documentation of the data says how they were made"
        }
    };
    let finding = Finding::new(&codes::REPLICATES, "the replicate weights give no variance")
        .at(poll.place(typed, "design.replicates"))
        .because(why.to_string())
        .help(help);
    Failure::because(findings, End::Input, finding)
}

fn given(
    frame: &DataFrame,
    asked: &Typed,
    wanted: impl Fn(&str) -> bool,
) -> Result<Replicates, ReplicateError> {
    let prefix = column_name("");
    let named = frame.get_column_names();
    let columns = named.iter().filter_map(|name| {
        let column = name.strip_prefix(prefix.as_str()).filter(|column| wanted(column))?;
        frame::numbers(frame, &column_name(column)).map(<[f64]>::to_vec)
    });
    Replicates::given(Given {
        combined: asked.combined.unwrap_or(true),
        scale: asked.scale,
        rscales: (!asked.rscales.is_empty()).then(|| asked.rscales.clone()),
        mse: asked.mse,
        freedom: asked.df,
        ..Given::new(kind(asked), columns.collect())
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
