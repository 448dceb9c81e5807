//! The README: its commands are run as they stand there, and its pictures are of today.

use sha2::{Digest, Sha256};

use super::pages;
use super::trial::Trial;

#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    let run = pages::follow(&pages::page("README.md"), &Trial::with_samples());
    assert!(run >= 3, "the README shows {run} commands");
}

#[test]
fn the_chart_that_is_shown_is_the_one_that_is_drawn() {
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let shown = std::fs::read(top.join("examples/pictures/chart.png")).unwrap();
    let hash: String = Sha256::digest(shown).iter().map(|byte| format!("{byte:02x}")).collect();
    let sums = pages::page("reports/safeguarding-2024-01/SHA256SUMS");
    let now = sums.lines().find(|line| line.ends_with("  charts/views.png"));
    let how = "publish the sample, copy its charts/views.png there, and look at page.png too";
    assert_eq!(now, Some(&*format!("{hash}  charts/views.png")), "it is stale: {how}");
}
