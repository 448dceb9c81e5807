//! Variances from replicate weights.
