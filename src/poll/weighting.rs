//! `[[weighting]]`: the steps that make or adjust the weight, from what was typed to what
//! is to be done.
//!
//! Takes each step's keys, gives a [`Step`] that has all its method needs and nothing that
//! it does not know. Never opens the file of targets: `prepare` is given its text.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{codes, load::Loading};
use crate::diagnostic::{Finding, Place};
use crate::document::Spanned;

/// How far a margin may be from its target, as a share of the total, unless the step says.
const TOLERANCE: f64 = 1e-10;
/// How many rounds a step may take, unless it says.
const ROUNDS: u32 = 500;
/// The share of weights at a bound above which a step fails, unless it says.
const AT_BOUNDS: f64 = 0.25;
/// The respondents that a class needs, unless the step says.
const SMALLEST_CLASS: u32 = 10;

/// The value of `targets` and the key under `[method]` that mean the frame's members.
pub const FRAME: &str = "frame";

/// One step that makes or adjusts the weight.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["method"]))]
pub(super) struct Typed {
    /// What the step does.
    pub method: Option<Spanned<Method>>,
    /// A file of targets, with the columns `variable`, `category`, `share` or `count`, and
    /// `source`; or `frame` for the members of the frame.
    pub targets: Option<Spanned<String>>,
    /// Which margins to take from the frame, or which variables make the classes of
    /// `nonresponse`; `phase:region` is a joint margin.
    pub by: Option<Spanned<Vec<Spanned<String>>>>,
    /// The smallest and largest weight after the step, as multiples of the weight before.
    pub bounds: Option<Spanned<(f64, f64)>>,
    /// How far a margin may be from its target, as a share of the total.
    pub tolerance: Option<Spanned<f64>>,
    /// How many rounds the step may take.
    pub max_rounds: Option<Spanned<u32>>,
    /// The share of weights at a bound above which the step fails, from 0 to 1.
    pub at_bounds: Option<Spanned<f64>>,
    /// For `trim`: the smallest weight, in units of `unit`.
    pub lower: Option<Spanned<f64>>,
    /// For `trim`: the largest weight, in units of `unit`.
    pub upper: Option<Spanned<f64>>,
    /// For `trim`: what `lower` and `upper` are multiples of.
    pub unit: Option<Spanned<Unit>>,
    /// For `trim`: whether to repeat until no weight is beyond its limit, as if not said; R
    /// calls it `strict`, and does not.
    pub strict: Option<Spanned<bool>>,
    /// For `nonresponse`: how many respondents a class needs.
    pub smallest_class: Option<Spanned<u32>>,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Meets several margins with the smallest change of weights by Kullback and Leibler's
    /// distance: iterative proportional fitting.
    Rake,
    /// Meets the cells of one variable, or of several crossed.
    Poststratify,
    /// Meets several margins by generalised regression (GREG).
    Linear,
    /// Meets several margins within bounds, by the logit distance.
    Logit,
    /// Cuts off weights beyond limits and shares out what was cut.
    Trim,
    /// Makes those who replied stand for those of their class in the frame who did not.
    Nonresponse,
}

impl Method {
    /// The word in the poll file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rake => "rake",
            Self::Poststratify => "poststratify",
            Self::Linear => "linear",
            Self::Logit => "logit",
            Self::Trim => "trim",
            Self::Nonresponse => "nonresponse",
        }
    }

    /// The keys that mean something to it, besides `method`.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Rake | Self::Linear | Self::Logit => {
                &["targets", "by", "bounds", "tolerance", "max_rounds", "at_bounds"]
            }
            Self::Poststratify => &["targets", "by"],
            Self::Trim => &["lower", "upper", "unit", "strict"],
            Self::Nonresponse => &["by", "smallest_class"],
        }
    }
}

/// What the limits of `trim` are multiples of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// One: they are weights.
    Absolute,
    /// The mean weight before the step.
    Mean,
    /// The median weight before the step.
    Median,
}

impl Unit {
    /// In words, after a number.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Absolute => "",
            Self::Mean => " times the mean weight",
            Self::Median => " times the median weight",
        }
    }
}

/// One step, checked.
#[derive(Clone, Debug)]
pub struct Step {
    /// Where it stands in the poll file.
    pub place: Place,
    /// What it is called.
    pub method: Method,
    /// What it does.
    pub action: Action,
}

/// What a step does, with all it needs.
#[derive(Clone, Debug)]
pub enum Action {
    /// Meets targets: `rake`, `poststratify`, `linear`, `logit`.
    Meet {
        /// Where the targets are.
        targets: Targets,
        /// The smallest and largest weight after the step, as multiples of those before.
        bounds: Option<(f64, f64)>,
        /// How far a margin may be from its target, as a share of the total.
        tolerance: f64,
        /// How many rounds the step may take.
        max_rounds: u32,
        /// The share of weights at a bound above which the step fails.
        at_bounds: f64,
    },
    /// `trim`.
    Trim {
        /// The smallest weight, in units.
        lower: Option<f64>,
        /// The largest weight, in units.
        upper: Option<f64>,
        /// What they are multiples of.
        unit: Unit,
        /// Whether to repeat until no weight is beyond its limit.
        strict: bool,
    },
    /// `nonresponse`.
    Classes {
        /// The variables that make the classes.
        by: Vec<Spanned<String>>,
        /// How many respondents a class needs.
        smallest: u32,
    },
}

/// Where the targets of a step are.
#[derive(Clone, Debug)]
pub enum Targets {
    /// In a file, by its path as written.
    File(Spanned<String>),
    /// In the frame: these margins, or one for each of its variables if none is named.
    Frame(Vec<Spanned<String>>),
}

/// Checks the steps; `framed` says whether the poll has a file of its frame.
pub(super) fn steps(
    typed: &[Spanned<Typed>],
    framed: bool,
    loading: &mut Loading<'_>,
) -> Vec<Step> {
    let steps = typed.iter().enumerate();
    let checked = steps.filter_map(|(nth, step)| {
        let key = format!("weighting[{}]", nth + 1);
        Checking { typed: step.get_ref(), framed, key, loading }.step(step)
    });
    checked.collect()
}

/// Where a value begins.
fn at<T>(value: Option<&Spanned<T>>) -> Option<usize> {
    value.map(|value| value.span().start)
}

struct Checking<'a, 'l> {
    typed: &'a Typed,
    framed: bool,
    key: String,
    loading: &'a mut Loading<'l>,
}

impl Checking<'_, '_> {
    fn step(&mut self, whole: &Spanned<Typed>) -> Option<Step> {
        let Some(method) = &self.typed.method else {
            let help =
                "add `method = \"rake\"`, or poststratify, linear, logit, trim, nonresponse";
            self.wrong(whole.span().start, "method", "the step has no `method`", help);
            return None;
        };
        let place = self.loading.place(method.span(), &format!("{}.method", self.key));
        let method = *method.get_ref();
        self.check_keys(method);
        let action = match method {
            Method::Trim => self.trim(whole),
            Method::Nonresponse => self.classes(whole),
            _ => self.meet(method, whole),
        };
        Some(Step { place, method, action: action? })
    }

    fn wrong(&mut self, at: usize, key: &str, headline: &str, help: &str) {
        let place = self.loading.place(at..at, &format!("{}.{key}", self.key));
        let finding = Finding::new(&codes::STEP, headline).at(place);
        self.loading.push(finding.help(help));
    }

    /// Notes keys that mean nothing to the method.
    fn check_keys(&mut self, method: Method) {
        let typed = self.typed;
        let given = [
            ("targets", at(typed.targets.as_ref())),
            ("by", at(typed.by.as_ref())),
            ("bounds", at(typed.bounds.as_ref())),
            ("tolerance", at(typed.tolerance.as_ref())),
            ("max_rounds", at(typed.max_rounds.as_ref())),
            ("at_bounds", at(typed.at_bounds.as_ref())),
            ("lower", at(typed.lower.as_ref())),
            ("upper", at(typed.upper.as_ref())),
            ("unit", at(typed.unit.as_ref())),
            ("strict", at(typed.strict.as_ref())),
            ("smallest_class", at(typed.smallest_class.as_ref())),
        ];
        let known = method.keys();
        for (key, at) in given {
            let Some(at) = at.filter(|_| !known.contains(&key)) else { continue };
            let headline = format!("`{key}` means nothing to `{}`", method.name());
            let list: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
            let help = format!("take it out; `{}` knows {}", method.name(), list.join(", "));
            self.wrong(at, key, &headline, &help);
        }
    }

    fn meet(&mut self, method: Method, whole: &Spanned<Typed>) -> Option<Action> {
        let targets = self.targets(whole)?;
        if method == Method::Logit && self.typed.bounds.is_none() {
            let help = "add `bounds = [0.3, 3.0]`, or use `linear` or `rake`";
            self.wrong(whole.span().start, "bounds", "`logit` needs `bounds`", help);
        }
        Some(Action::Meet {
            targets,
            bounds: self.bounds(),
            tolerance: self.above_zero("tolerance", self.typed.tolerance.clone(), TOLERANCE),
            max_rounds: self.typed.max_rounds.as_ref().map_or(ROUNDS, |n| *n.get_ref()).max(1),
            at_bounds: self.above_zero("at_bounds", self.typed.at_bounds.clone(), AT_BOUNDS),
        })
    }

    fn targets(&mut self, whole: &Spanned<Typed>) -> Option<Targets> {
        let by = self.typed.by.as_ref();
        match &self.typed.targets {
            None => {
                let help = "add `targets = \"targets.csv\"`, or `targets = \"frame\"` for the \
                            members of the frame";
                self.wrong(whole.span().start, "targets", "the step has no `targets`", help);
                None
            }
            Some(typed) if typed.get_ref() == FRAME => {
                if !self.framed {
                    self.needs_frame(typed.span().start, "targets");
                }
                Some(Targets::Frame(by.map(|by| by.get_ref().clone()).unwrap_or_default()))
            }
            Some(typed) => {
                if let Some(by) = by {
                    let headline = "`by` chooses margins of the frame, not of a file";
                    let help = "take `by` out: every variable of the file is a margin";
                    self.wrong(by.span().start, "by", headline, help);
                }
                Some(Targets::File(typed.clone()))
            }
        }
    }

    fn needs_frame(&mut self, at: usize, key: &str) {
        let help =
            "add `frame = \"frame.csv\"` to `[method]`: cell variables, members, invited";
        self.wrong(at, key, "the poll names no file of its frame", help);
    }

    fn bounds(&mut self) -> Option<(f64, f64)> {
        let typed = self.typed.bounds.as_ref()?;
        let (low, high) = *typed.get_ref();
        if !((0.0..1.0).contains(&low) && high > 1.0 && high.is_finite()) {
            let headline = format!("`bounds` of {low} and {high} leave no room around 1");
            let help = "give multiples of the weight before, the first below 1 and the second \
                        above, such as `[0.3, 3.0]`";
            self.wrong(typed.span().start, "bounds", &headline, help);
        }
        Some((low, high))
    }

    fn above_zero(&mut self, key: &str, typed: Option<Spanned<f64>>, usual: f64) -> f64 {
        let Some(typed) = typed else { return usual };
        let value = *typed.get_ref();
        // A target that is missed by more is not met.
        let most = if key == "tolerance" { 0.001 } else { 1.0 };
        if !(value > 0.0 && value <= most) {
            let help = format!("give a share such as {usual}");
            let headline =
                format!("`{key}` is {value}, which is no share from above 0 to {most}");
            self.wrong(typed.span().start, key, &headline, &help);
        }
        value
    }

    fn trim(&mut self, whole: &Spanned<Typed>) -> Option<Action> {
        let typed = self.typed;
        let limit = |typed: &Option<Spanned<f64>>| typed.as_ref().map(|limit| *limit.get_ref());
        let (lower, upper) = (limit(&typed.lower), limit(&typed.upper));
        let at = whole.span().start;
        if lower.is_none() && upper.is_none() {
            let help = "add `upper = 3` and `unit = \"mean\"`";
            self.wrong(at, "upper", "`trim` has neither `lower` nor `upper`", help);
        }
        let (low, high) = (lower.unwrap_or(0.0), upper.unwrap_or(f64::INFINITY));
        if !(low >= 0.0 && low < high) {
            let help = "give two numbers from 0 up, `lower` the smaller one";
            let headline = format!("nothing is between {low} and {high}");
            self.wrong(at, "lower", &headline, help);
        }
        let Some(unit) = &typed.unit else {
            let help = "add `unit = \"mean\"` or `\"median\"` if they are multiples of the mean or \
                        median weight, `\"absolute\"` if they are weights";
            self.wrong(at, "unit", "`trim` does not say what its limits are", help);
            return None;
        };
        let strict = typed.strict.as_ref().is_none_or(|strict| *strict.get_ref());
        Some(Action::Trim { lower, upper, unit: *unit.get_ref(), strict })
    }

    fn classes(&mut self, whole: &Spanned<Typed>) -> Option<Action> {
        if !self.framed {
            self.needs_frame(whole.span().start, "method");
        }
        let by = self.typed.by.as_ref().map(|by| by.get_ref().clone()).unwrap_or_default();
        if by.is_empty() {
            let help = "add `by = [\"phase\", \"region\"]`: variables of the frame";
            self.wrong(whole.span().start, "by", "`nonresponse` has no classes", help);
            return None;
        }
        let smallest = self.typed.smallest_class.as_ref();
        let smallest = smallest.map_or(SMALLEST_CLASS, |n| *n.get_ref()).max(1);
        Some(Action::Classes { by, smallest })
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Findings, full};
    use crate::poll::load;

    /// What is said of one step.
    fn said(step: &str) -> String {
        let mut findings = Findings::default();
        let text = format!(
            "format = 1\nid = \"p\"\ntitle = \"P\"\nschema = \"s\"\ndata = [\"d\"]\n[method]\n\
             sampling = \"nonprobability\"\n[[weighting]]\n{step}\n"
        );
        let _ = load("poll.toml", &text, &mut findings);
        findings.list().iter().map(full).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn steps_have_what_their_method_needs() {
        assert_eq!(said("method = \"rake\"\ntargets = \"t.csv\"\nbounds = [0.3, 3]"), "");
        assert_eq!(said("method = \"trim\"\nupper = 4\nunit = \"mean\""), "");
        insta::assert_snapshot!(said("targets = \"t.csv\""), @r#"
        error[Q037]: the step has no `method`
          --> poll.toml:8:1   `weighting[1].method`
            help: add `method = "rake"`, or poststratify, linear, logit, trim, nonresponse
        "#);
        insta::assert_snapshot!(said("method = \"rake\""), @r#"
        error[Q037]: the step has no `targets`
          --> poll.toml:8:1   `weighting[1].targets`
            help: add `targets = "targets.csv"`, or `targets = "frame"` for the members of the frame
        "#);
        insta::assert_snapshot!(said("method = \"raek\"\ntargets = \"t.csv\""), @r#"
        error[Q004]: `raek` is not a word that `weighting[1].method` can take
          --> poll.toml:9:10   `weighting[1].method`
           | "raek"
           | ^^^^^^
            help: did you mean `rake`? the words allowed are `rake`, `poststratify`, `linear`, `logit`, `trim`, `nonresponse`
        error[Q037]: the step has no `method`
          --> poll.toml:8:1   `weighting[1].method`
            help: add `method = "rake"`, or poststratify, linear, logit, trim, nonresponse
        "#);
        insta::assert_snapshot!(said("method = \"logit\"\ntargets = \"t.csv\""), @r"
        error[Q037]: `logit` needs `bounds`
          --> poll.toml:8:1   `weighting[1].bounds`
            help: add `bounds = [0.3, 3.0]`, or use `linear` or `rake`
        ");
        insta::assert_snapshot!(said("method = \"trim\"\nupper = 4"), @r#"
        error[Q037]: `trim` does not say what its limits are
          --> poll.toml:8:1   `weighting[1].unit`
            help: add `unit = "mean"` or `"median"` if they are multiples of the mean or median weight, `"absolute"` if they are weights
        "#);
        insta::assert_snapshot!(said("method = \"trim\"\nlower = 4\nupper = 3\nunit = \"mean\""), @r"
        error[Q037]: nothing is between 4 and 3
          --> poll.toml:8:1   `weighting[1].lower`
            help: give two numbers from 0 up, `lower` the smaller one
        ");
        insta::assert_snapshot!(said("method = \"nonresponse\""), @r#"
        error[Q037]: the poll names no file of its frame
          --> poll.toml:8:1   `weighting[1].method`
            help: add `frame = "frame.csv"` to `[method]`: cell variables, members, invited
        error[Q037]: `nonresponse` has no classes
          --> poll.toml:8:1   `weighting[1].by`
            help: add `by = ["phase", "region"]`: variables of the frame
        "#);
    }

    #[test]
    fn keys_of_other_methods_are_no_keys_of_this_one() {
        insta::assert_snapshot!(said("method = \"rake\"\ntargets = \"t.csv\"\nupper = 3"), @r"
        error[Q037]: `upper` means nothing to `rake`
          --> poll.toml:11:9   `weighting[1].upper`
            help: take it out; `rake` knows `targets`, `by`, `bounds`, `tolerance`, `max_rounds`, `at_bounds`
        ");
        insta::assert_snapshot!(said("method = \"rake\"\ntargets = \"t.csv\"\nby = [\"phase\"]"), @r"
        error[Q037]: `by` chooses margins of the frame, not of a file
          --> poll.toml:11:6   `weighting[1].by`
            help: take `by` out: every variable of the file is a margin
        ");
        insta::assert_snapshot!(said("method = \"rake\"\ntargets = \"frame\""), @r#"
        error[Q037]: the poll names no file of its frame
          --> poll.toml:10:11   `weighting[1].targets`
            help: add `frame = "frame.csv"` to `[method]`: cell variables, members, invited
        "#);
    }

    #[test]
    fn bounds_lie_around_one() {
        insta::assert_snapshot!(said("method = \"rake\"\ntargets = \"t.csv\"\nbounds = [1.2, 3]"), @r"
        error[Q037]: `bounds` of 1.2 and 3 leave no room around 1
          --> poll.toml:11:10   `weighting[1].bounds`
            help: give multiples of the weight before, the first below 1 and the second above, such as `[0.3, 3.0]`
        ");
        insta::assert_snapshot!(said("method = \"rake\"\ntargets = \"t.csv\"\ntolerance = 0"), @r"
        error[Q037]: `tolerance` is 0, which is no share from above 0 to 0.001
          --> poll.toml:11:13   `weighting[1].tolerance`
            help: give a share such as 0.0000000001
        ");
    }
}
