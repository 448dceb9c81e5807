//! The invented membership list, counted: how many members of each region, phase and sex,
//! and how many of them were invited. Takes the shares of `asked`, gives CSV.

use std::io::{self, Write};

use crate::asked::{PHASES, REGIONS, SEXES};

/// Members who teach in a state school.
const MEMBERS: f64 = 64_118.0;
/// Those of them who have an e-mail address.
const INVITED: f64 = 61_240.0;

/// Writes one line for each cell. The list has the sex of everybody.
pub(super) fn write(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "region,phase,sex,members,invited")?;
    let sexes = &SEXES[..2];
    let all: f64 = sexes.iter().map(|(_, share, _)| share).sum();
    let mut passed = 0.0;
    for (region, by_region, _) in &REGIONS {
        for (phase, by_phase, _) in &PHASES {
            for (sex, by_sex, _) in sexes {
                let end = passed + by_region * by_phase * by_sex / (10_000.0 * all);
                // Rounded where the cell begins and ends, so that the cells add up.
                let count = |whole: f64| (end * whole).round() - (passed * whole).round();
                writeln!(out, "{region},{phase},{sex},{},{}", count(MEMBERS), count(INVITED))?;
                passed = end;
            }
        }
    }
    out.flush()
}
