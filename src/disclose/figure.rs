//! A figure that may be published: the only thing that charts, page and files accept.

use crate::tabulate::{Cell, Verdict};

/// A number as it may be shown, or the reason why it may not.
///
/// Fields are private and only this room has a maker, so a raw estimate cannot reach a
/// reader: it does not compile.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    status: Status,
    decimals: u8,
    set: bool,
    verdict: Option<Verdict>,
    letters: String,
    base: Option<f64>,
    half: Half,
    detail: Option<Detail>,
}

/// On which side of half of all a percentage surely is, by its 95% interval, which need not
/// be shown. Words such as "most" rest on it; it is never printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Half {
    /// The whole interval is above 50%.
    Above,
    /// The whole interval is below 50%.
    Below,
    /// The interval holds 50%, or there is none.
    #[default]
    Unsure,
}

impl Half {
    /// The side of an interval in per cent.
    pub(super) fn of(interval: Option<(f64, f64)>) -> Self {
        match interval {
            Some((low, _)) if low > 50.0 => Self::Above,
            Some((_, high)) if high < 50.0 => Self::Below,
            _ => Self::Unsure,
        }
    }
}

/// What is said about a figure besides its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing to say.
    Shown,
    /// Hidden to protect confidentiality: no value. `[c]`
    Confidential,
    /// Low reliability; keeps its value. `[u]`
    Unreliable,
    /// Above zero but rounds to zero: no value. `[low]`
    Low,
    /// Not asked. `[z]`
    NotAsked,
    /// Not available. `[x]`
    NotAvailable,
    /// Not comparable with what is older: a figure keeps its value, a change has none. `[b]`
    Broken,
}

impl Status {
    /// The shorthand that is printed, empty if there is nothing to say.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Shown => "",
            Self::Confidential => "[c]",
            Self::Unreliable => "[u]",
            Self::Low => "[low]",
            Self::NotAsked => "[z]",
            Self::NotAvailable => "[x]",
            Self::Broken => "[b]",
        }
    }
}

/// What only the analyst sees: full precision.
#[derive(Clone, Debug, PartialEq)]
pub struct Detail {
    /// Standard error, in the unit of the value; none if the design cannot tell.
    pub se: Option<f64>,
    /// Degrees of freedom.
    pub freedom: f64,
    /// Design effect against simple random sampling with replacement.
    pub deff: Option<f64>,
    /// Unweighted respondents in the base.
    pub n: u64,
    /// How the interval was made.
    pub method: &'static str,
}

impl Figure {
    /// The value, already rounded; none if the status says so.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.value
    }

    /// The interval, already rounded, where intervals are shown.
    #[must_use]
    pub fn interval(&self) -> Option<(f64, f64)> {
        Some((self.low?, self.high?))
    }

    /// Whether the weights were made to give this number, so that it has no interval.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.set
    }

    /// How its column lies to the rest of those in the table, where that was tested and may
    /// be said.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        self.verdict
    }

    /// The letters of the columns that its column is higher than, for the analyst: capitals
    /// at the first level, lower case at the second.
    #[must_use]
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// On which side of half of all it surely is.
    #[must_use]
    pub fn half(&self) -> Half {
        self.half
    }

    /// How many it is of, where that is not the base of its column; rounded.
    #[must_use]
    pub fn base(&self) -> Option<f64> {
        self.base
    }

    /// What is said about it.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status
    }

    /// Decimal places of the printed value.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        self.decimals
    }

    /// Full precision, for the analyst only.
    #[must_use]
    pub fn detail(&self) -> Option<&Detail> {
        self.detail.as_ref()
    }
}

/// What a figure is made of.
pub(super) struct Made {
    pub(super) value: f64,
    pub(super) interval: Option<(f64, f64)>,
    pub(super) status: Status,
    pub(super) decimals: u8,
    pub(super) set: bool,
    pub(super) detail: Option<Detail>,
}

impl Figure {
    /// A figure that may be shown.
    pub(super) fn make(made: Made) -> Self {
        let Made { value, interval, status, decimals, set, detail } = made;
        let (low, high) = interval.unzip();
        let value = Some(value);
        Self { value, low, high, status, decimals, set, detail, ..Self::hidden(status) }
    }

    /// With the side of half of all that it is on.
    pub(super) fn on_side(self, half: Half) -> Self {
        Self { half, ..self }
    }

    /// With a base of its own.
    pub(super) fn based(self, base: Option<f64>) -> Self {
        Self { base, ..self }
    }

    /// With what was found when its column was compared with others.
    pub(super) fn compared(self, verdict: Option<Verdict>, letters: String) -> Self {
        Self { verdict, letters, ..self }
    }

    /// The same after a break; what is said about it already stays.
    pub(super) fn broken(self) -> Self {
        let shown = self.value.is_some() && self.status == Status::Shown;
        let status = if shown { Status::Broken } else { self.status };
        Self { status, ..self }
    }

    /// A number without an interval.
    pub(super) fn shown(value: f64, decimals: u8) -> Self {
        let status = Status::Shown;
        Self { value: Some(value), decimals, ..Self::hidden(status) }
    }

    /// The reason why there is no number.
    pub(super) fn hidden(status: Status) -> Self {
        Self {
            value: None,
            low: None,
            high: None,
            status,
            decimals: 0,
            set: false,
            verdict: None,
            letters: String::new(),
            base: None,
            half: Half::Unsure,
            detail: None,
        }
    }

    /// Full precision, for the analyst.
    pub(super) fn detail_of(cell: &Cell) -> Detail {
        Detail {
            se: cell.se,
            freedom: cell.freedom,
            deff: cell.deff,
            n: cell.base,
            method: cell.method,
        }
    }
}
