//! Two releases of one poll: what their difference gives away.
//!
//! If the same people answered, both are attacked as one. If few people are the difference,
//! every change between the releases is those people's answers.

use std::collections::BTreeMap;

use super::codes::{APART, FEW, OTHER};
use super::{Audit, Release, attack};
use crate::diagnostic::{Finding, Place};

/// Attacks a release with the help of another of the same poll.
///
/// # Errors
/// `A008` if they are of different polls or waves.
pub fn against(
    release: &Release,
    other: &Release,
    threads: usize,
) -> Result<Audit, Box<Finding>> {
    if (&release.id, &release.wave) != (&other.id, &other.wave) {
        return Err(Box::new(different(release, other)));
    }
    if release.respondents.to_bits() == other.respondents.to_bits() {
        return Ok(together(release, other, threads));
    }
    let mut audit = attack(&[release], threads);
    audit.findings.splice(0..0, few(release, other));
    Ok(audit)
}

fn different(release: &Release, other: &Release) -> Finding {
    let name = |release: &Release| match &release.wave {
        Some(wave) => format!("`{}`, wave `{wave}`", release.id),
        None => format!("`{}`", release.id),
    };
    Finding::new(&OTHER, format!("the other release is of {}", name(other)))
        .at(Place::file(&other.file))
        .because(format!("the one that is audited is of {}", name(release)))
        .help("give another release of the same poll and wave")
}

/// Attacks both as one, or each by itself if they cannot both be true.
fn together(release: &Release, other: &Release, threads: usize) -> Audit {
    let both = attack(&[release, other], threads);
    let alone = || attack(&[release], threads);
    let contradicts = |finding: &Finding| ["A005", "A006"].contains(&finding.code.id);
    if release.rules.rounding.weighted || !both.findings.iter().any(contradicts) {
        return both;
    }
    let mut audit = alone();
    let finding = Finding::new(&APART, "the two releases cannot be attacked together")
        .at(Place::file(&other.file))
        .because("they have figures that cannot both be true of the same people")
        .help("look at what was corrected between them");
    audit.findings.push(finding);
    audit
}

/// Every base of which a few people are the difference for certain.
fn few(release: &Release, other: &Release) -> Vec<Finding> {
    let small = f64::from(release.rules.thresholds.small);
    let few = |(low, high): (f64, f64)| low >= 1.0 && high <= small;
    let apart = |one: (f64, f64), two: (f64, f64)| {
        let up = (one.0 - two.1, one.1 - two.0);
        few(up) || few((-up.1, -up.0))
    };
    let people = |release: &Release| (release.respondents, release.respondents);
    let mut found = Vec::new();
    if apart(people(release), people(other)) {
        found.push(finding(
            release,
            other,
            "respondents of the whole poll",
            (release.respondents, other.respondents),
        ));
    }
    let before = bases(other);
    for (name, base) in bases(release) {
        let range = |release: &Release, base| release.rules.base(base, release.respondents);
        let Some(then) = before.get(&name) else { continue };
        if apart(range(release, base), range(other, *then)) {
            found.push(finding(release, other, &name, (base, *then)));
        }
    }
    found
}

fn finding(release: &Release, other: &Release, name: &str, (now, then): (f64, f64)) -> Finding {
    Finding::new(&FEW, format!("few people are the difference: {name}, {now} and {then}"))
        .at(Place::file(&release.file))
        .because(format!("whoever has `{}` too can subtract one from the other", other.file))
        .help("publish the earlier release again, or collect more answers first")
}

/// The printed bases of all columns, by table, item and group.
fn bases(release: &Release) -> BTreeMap<String, f64> {
    let mut bases = BTreeMap::new();
    for table in &release.tables {
        let records = table.blocks.iter().flat_map(|block| &block.cells).flatten().flatten();
        for record in records {
            let item = record.item.iter().map(|item| format!(", {item}"));
            let group = record.banner.as_ref().map(|_| format!(", {}", record.group));
            let name: String =
                [format!("`{}`", record.table)].into_iter().chain(item).chain(group).collect();
            if let Some(base) = record.base {
                bases.entry(name).or_insert(base);
            }
        }
    }
    bases
}
