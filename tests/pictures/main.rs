//! The charts of the committed reports, read back: from their drawings alone it must follow
//! what the data file says. Takes `reports/`, both the charts within each page and the
//! files beside it; draws nothing and computes no figure.
//!
//! A new kind of chart is a line in [`kinds::KINDS`] and a function that reads its lengths;
//! everything else here holds for every kind.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::float_cmp, reason = "what a picture says twice it says in the same digits")]
#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod bars;
mod battery;
mod columns;
mod dots;
mod fonts;
mod kinds;
mod legible;
mod panels;
mod profile;
mod ranks;
mod release;
mod scale;
mod svg;
mod told;
mod trend;
mod words;

/// Fails with all of what is broken, of so many things that were looked at.
fn assert_sound(broken: &[String], looked_at: usize, least: usize) {
    let shown = broken.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(broken.is_empty(), "{} faults in {looked_at}:\n{shown}", broken.len());
    assert!(looked_at >= least, "only {looked_at} were looked at");
}
