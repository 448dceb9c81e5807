//! Every kind of chart, and who reads its lengths.

use crate::assert_sound;
use crate::release::{self, Release};
use crate::svg::Picture;
use crate::{bars, battery, columns, dots, panels, profile, ranks, trend};

/// Reads a picture; gives how many values it found and what is wrong with them.
type Reader = fn(&Release, &Picture) -> (usize, Vec<String>);

/// The kinds by the first words of their titles, or by the name of the one chart.
const KINDS: [(&str, Reader); 8] = [
    ("who-answered", profile::faults),
    ("Bar charts by group", panels::faults),
    ("Bar chart of a ranking", ranks::faults),
    ("Column chart", columns::faults),
    ("Dot plot", dots::faults),
    ("Bar chart", bars::faults),
    ("Diverging bar chart", battery::faults),
    ("Line chart", trend::faults),
];

#[test]
fn every_length_is_that_of_a_released_figure() {
    let (mut broken, mut values) = (Vec::new(), [0; KINDS.len()]);
    for release in release::all() {
        for (place, picture) in release.pictures() {
            let of = |(name, _): &(&str, Reader)| {
                let rest = picture.title.strip_prefix(name);
                picture.table() == *name || rest.is_some_and(|rest| rest.starts_with(": "))
            };
            let Some(kind) = KINDS.iter().position(of) else {
                broken.push(format!("{place}: nobody reads “{}”", picture.title));
                continue;
            };
            let (read, faults) = KINDS[kind].1(release, picture);
            values[kind] += read;
            broken.extend(faults.into_iter().map(|fault| format!("{place}: {fault}")));
        }
    }
    let least = values.iter().copied().min().unwrap_or(0);
    assert_sound(&broken, values.iter().sum(), 5_000);
    assert!(least >= 30, "values read of each kind: {values:?}");
}
