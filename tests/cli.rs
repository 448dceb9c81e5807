//! The command line as it is typed: runs the program in folders of its own and looks at
//! exit codes, messages and files. What the numbers mean is tested elsewhere.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

#[path = "cli/audit.rs"]
mod audit;
#[path = "cli/bad_input.rs"]
mod bad_input;
#[path = "cli/batch.rs"]
mod batch;
#[path = "cli/batch_trouble.rs"]
mod batch_trouble;
#[path = "cli/canary.rs"]
mod canary;
#[path = "cli/claims.rs"]
mod claims;
#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/cookbook.rs"]
mod cookbook;
#[path = "cli/crash.rs"]
mod crash;
#[path = "cli/derive.rs"]
mod derive;
#[path = "cli/differencing.rs"]
mod differencing;
#[path = "cli/estimate.rs"]
mod estimate;
#[path = "cli/estimate_models.rs"]
mod estimate_models;
#[path = "cli/events.rs"]
mod events;
#[path = "cli/identity.rs"]
mod identity;
#[path = "cli/marks.rs"]
mod marks;
#[path = "cli/merge.rs"]
mod merge;
#[path = "cli/pages.rs"]
mod pages;
#[path = "cli/privacy.rs"]
mod privacy;
#[path = "cli/publishing.rs"]
mod publishing;
#[path = "cli/quotes.rs"]
mod quotes;
#[path = "cli/readme.rs"]
mod readme;
#[path = "cli/table.rs"]
mod table;
#[path = "cli/trial.rs"]
mod trial;
#[path = "cli/waves.rs"]
mod waves;
#[path = "cli/weigh.rs"]
mod weigh;
