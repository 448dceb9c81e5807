//! Figures of R survey 4.5.
