//! Weights that meet known totals.
