//! Regression models.
