//! The table book, worked by hand: small polls run from their texts to the page and the data
//! files, and every figure is compared with arithmetic that stands beside it.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "tables/compared.rs"]
mod compared;
#[path = "tables/counted.rs"]
mod counted;
#[path = "tables/gate.rs"]
mod gate;
#[path = "tables/refused.rs"]
mod refused;
mod rooms;
#[path = "tables/spread.rs"]
mod spread;
#[path = "tables/thresholds.rs"]
mod thresholds;
#[path = "tables/world.rs"]
mod world;
