//! `estimate`: design-based estimates from any file of records, without a schema.

mod arguments;
mod json;
mod model;
mod text;

use std::path::Path;

use super::arguments::Global;
use super::disk::Disk;
use super::progress::Progress;
use super::{codes, say};
use crate::diagnostic::{Failure, Finding, Findings, Kind};
use crate::document::Spanned;
use crate::pipeline;
use crate::pipeline::estimate::{
    Answers, Conventions, Family, Freedom, Keys, Link, Model, OneOrMany, ProportionMethod,
    ReplicateMethod, Replicates, SingleUnit, Statistic, Wanted,
};
use arguments::{
    FamilyName, FigureForm, FreedomName, IntervalName, ModelArguments, ReplicateName,
    SingleUnitName,
};

pub(super) use arguments::Estimate;

pub(super) fn run(estimate: &Estimate, global: &Global) -> Result<(), Kind> {
    let mut findings = Findings::default();
    let progress = Progress::new(global.quiet);
    let answers = answers(estimate, global.threads(), &progress, &mut findings);
    progress.end();
    say::findings(&findings, global);
    let answers = answers.map_err(|failure| failure.kind)?;
    say::out(&match estimate.format {
        FigureForm::Json => json::rows(&answers),
        FigureForm::Text => text::table(&answers, estimate),
    })
}

fn answers(
    estimate: &Estimate,
    threads: usize,
    progress: &Progress,
    findings: &mut Findings,
) -> Result<Answers, Failure> {
    let statistic = statistic(estimate, findings)?;
    let wanted = Wanted {
        data: estimate.data.to_string_lossy().into_owned(),
        known: pipeline::Known {
            encoding: estimate.encoding.clone(),
            sheet: estimate.sheet.clone(),
            skip_rows: estimate.skip_rows,
            decimal_comma: estimate.decimal_comma,
            missing: estimate.missing.clone(),
        },
        keys: keys(estimate),
        replicates: replicates(estimate),
        conventions: conventions(estimate, &statistic, findings)?,
        statistic,
        by: estimate.by.clone(),
        filter: estimate.filter.clone(),
    };
    let disk = Disk::beside(Path::new(""), progress);
    pipeline::estimate::estimate(&disk, &wanted, threads, findings)
}

/// The one statistic that was asked for.
fn statistic(estimate: &Estimate, findings: &mut Findings) -> Result<Statistic, Failure> {
    let Estimate { mean, total, proportion, quantile, ratio, p, .. } = estimate;
    if let Some(text) = &estimate.model.model {
        return Ok(Statistic::Model(Box::new(model(text, &estimate.model, findings)?)));
    }
    Ok(if !mean.is_empty() {
        Statistic::Mean(mean.clone())
    } else if !total.is_empty() {
        Statistic::Total(total.clone())
    } else if !proportion.is_empty() {
        Statistic::Proportion(proportion.clone())
    } else if !quantile.is_empty() {
        Statistic::Quantile(quantile.clone(), p.clone())
    } else {
        Statistic::Ratio(ratio.clone())
    })
}

fn model(
    text: &str,
    asked: &ModelArguments,
    findings: &mut Findings,
) -> Result<Model, Failure> {
    Ok(Model {
        text: text.to_owned(),
        formula: pipeline::estimate::formula(text, findings)?,
        family: asked.family.map(|family| match family {
            FamilyName::Gaussian => Family::Gaussian,
            FamilyName::Quasibinomial => Family::Binomial(Link::Logit),
            FamilyName::Poisson => Family::Poisson,
        }),
        references: asked.reference.clone(),
        success: asked.success.clone(),
    })
}

/// The replicate weights, if any option names them.
fn replicates(estimate: &Estimate) -> Option<Replicates> {
    let asked = &estimate.replicates;
    let method = asked.replicate_method?;
    let method = match method {
        ReplicateName::Jk1 => ReplicateMethod::Jk1,
        ReplicateName::Jkn => ReplicateMethod::Jkn,
        ReplicateName::Brr => ReplicateMethod::Brr,
        ReplicateName::Fay => ReplicateMethod::Fay,
        ReplicateName::Bootstrap => ReplicateMethod::Bootstrap,
        ReplicateName::Sdr => ReplicateMethod::Sdr,
        ReplicateName::Other => ReplicateMethod::Other,
    };
    let columns = OneOrMany::Many(asked.replicates.clone());
    let given = !asked.replicates.is_empty();
    Some(Replicates {
        method: Some(Spanned::new(0..0, method)),
        columns: given.then(|| Spanned::new(0..0, columns)),
        combined: Some(!asked.factors),
        scale: asked.scale,
        rscales: asked.rscales.clone(),
        rho: asked.rho,
        mse: Some(asked.mse),
        df: asked.replicate_df,
        count: asked.count,
        seed: asked.seed,
    })
}

fn keys(estimate: &Estimate) -> Keys {
    Keys {
        weight: estimate.weight.clone(),
        strata: estimate.strata.clone(),
        psu: estimate.psu.clone(),
        population: estimate.population.clone(),
        nest: estimate.nest,
        single_unit: match estimate.single_unit {
            SingleUnitName::Fail => SingleUnit::Fail,
            SingleUnitName::Adjust => SingleUnit::Adjust,
            SingleUnitName::Average => SingleUnit::Average,
            SingleUnitName::Certainty => SingleUnit::Certainty,
            SingleUnitName::Remove => SingleUnit::Remove,
        },
        replicated: estimate.replicates.replicate_method.is_some(),
    }
}

/// How uncertainty is expressed, if the statistic has such an interval.
fn conventions(
    estimate: &Estimate,
    statistic: &Statistic,
    findings: &mut Findings,
) -> Result<Conventions, Failure> {
    let freedom = match estimate.df {
        FreedomName::Domain => Freedom::Domain,
        FreedomName::Whole => Freedom::Whole,
    };
    let usual = Conventions { freedom, ..Conventions::PUBLISHED };
    let Some(ci) = estimate.ci else { return Ok(usual) };
    let (has, only) = match statistic {
        Statistic::Proportion(_) => (ci != IntervalName::Woodruff, "any but `woodruff`"),
        Statistic::Quantile(..) => (ci == IntervalName::Woodruff, "`woodruff` only"),
        _ => (ci == IntervalName::WaldT, "`wald_t` only"),
    };
    if has {
        return Ok(Conventions { share: share(ci).unwrap_or(usual.share), ..usual });
    }
    let finding =
        Finding::new(&codes::INTERVAL, "the statistic does not have such an interval")
            .because(format!("of the methods of `--ci` it has {only}"))
            .help("leave `--ci` out, or give one that it has");
    Err(Failure::because(findings, Kind::Usage, finding))
}

/// The method of a share's interval.
fn share(name: IntervalName) -> Option<ProportionMethod> {
    Some(match name {
        IntervalName::WaldT => ProportionMethod::WaldT,
        IntervalName::Logit => ProportionMethod::Logit,
        IntervalName::KornGraubardBeta => ProportionMethod::KornGraubardBeta,
        IntervalName::WilsonEffectiveN => ProportionMethod::WilsonEffectiveN,
        IntervalName::Arcsine => ProportionMethod::Arcsine,
        IntervalName::ProfileLikelihood => ProportionMethod::ProfileLikelihood,
        IntervalName::Woodruff => return None,
    })
}
