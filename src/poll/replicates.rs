//! What a description of replicate weights must say.
//!
//! The poll file and the command line describe them alike, in words of their own.

use super::codes;
use super::typed::{ReplicateMethod, Replicates};
use crate::diagnostic::Finding;

/// What to add where something lacks, in the words of the place where it is written.
#[derive(Clone, Copy, Debug)]
pub struct Additions {
    /// How the replicates were made.
    pub method: &'static str,
    /// Their columns.
    pub columns: &'static str,
    /// The factor of Fay's method.
    pub rho: &'static str,
    /// What stands before the name of a key.
    pub before: &'static str,
}

impl Replicates {
    /// What lacks, or is said for nothing, without a place: each method has its factors, and
    /// some replicate weights come with the data only.
    #[must_use]
    pub fn wrong(&self, add: &Additions) -> Option<Finding> {
        let Some(method) = self.method.as_ref().map(|method| *method.get_ref()) else {
            return Some(lacking("each method has its own factors", add.method));
        };
        let made = self.columns.is_none();
        match method {
            ReplicateMethod::Sdr | ReplicateMethod::Other if made => {
                let because = "they cannot be made from strata and sampling units";
                Some(lacking(because, add.columns))
            }
            ReplicateMethod::Fay if self.rho.is_none() => {
                Some(lacking("Fay's method needs its factor", add.rho))
            }
            _ => self.idle(method).map(|key| idle(key, method, add.before)),
        }
    }

    /// A key that the method does not use.
    fn idle(&self, method: ReplicateMethod) -> Option<&'static str> {
        use ReplicateMethod::{Bootstrap, Brr, Fay, Sdr};
        let made = self.columns.is_none();
        let drawn = made && method == Bootstrap;
        let keys = [
            ("rho", self.rho.is_some() && method != Fay),
            ("count", self.count.is_some() && !drawn),
            ("seed", self.seed.is_some() && !drawn),
            ("scale", self.scale.is_some() && (made || matches!(method, Brr | Fay | Sdr))),
            ("rscales", !self.rscales.is_empty() && (made || method == Sdr)),
        ];
        keys.into_iter().find(|(_, idle)| *idle).map(|(key, _)| key)
    }
}

fn lacking(because: &str, help: &str) -> Finding {
    let headline = "the replicate weights are not described in full";
    Finding::new(&codes::REPLICATES, headline).because(because).help(help)
}

fn idle(key: &str, method: ReplicateMethod, before: &str) -> Finding {
    let headline = format!("`{before}{key}` is not used");
    let because = format!("`{}` has no such choice here", method.name());
    Finding::new(&codes::REPLICATES, headline).because(because).help("take it out")
}

impl ReplicateMethod {
    /// As it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Jk1 => "jk1",
            Self::Jkn => "jkn",
            Self::Brr => "brr",
            Self::Fay => "fay",
            Self::Bootstrap => "bootstrap",
            Self::Sdr => "sdr",
            Self::Other => "other",
        }
    }
}
