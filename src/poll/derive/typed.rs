//! `[[derive]]` as it is typed. Every key is optional here; `check` says which of them a
//! variable needs, and which mean nothing to it.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Method;
use crate::document::Spanned;
use crate::poll::json;
use crate::questionnaire::Geography;

/// A list of names or labels.
pub(super) type List = Spanned<Vec<Spanned<String>>>;

/// Two numbers and a label.
pub(super) type Band = Spanned<(f64, f64, String)>;

/// New answers, each with the labels that become it.
pub(super) type Groups = IndexMap<Spanned<String>, Vec<Spanned<String>>>;

/// A variable made from others; later ones may use it, and so may banners, tables, targets
/// and headlines.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("oneOf" = json::one_of(&super::KINDS)))]
pub(in crate::poll) struct Typed {
    /// Its name: lower case letters, digits and `_`. With `columns` of a lookup, the names
    /// stand there.
    pub name: Option<Spanned<String>>,
    /// The short title; that of its one source if absent, else its name.
    pub title: Option<String>,
    /// The question in words; that of its one source if absent.
    pub text: Option<String>,
    /// A note that is printed with it; how it was made if absent.
    pub note: Option<String>,
    /// Who was asked and counted, in words; that of its one source if absent.
    pub base: Option<String>,
    /// The unit of a number, such as "hours".
    pub unit: Option<Spanned<String>>,
    /// Whether answers are sensitive. They are if those of any source are.
    pub sensitive: bool,
    /// How small the places are that its answers name; as those of any source if absent.
    pub geography: Option<Geography>,
    /// Whether tables are made of it; a banner needs none. Yes if absent.
    pub report: Option<bool>,
    /// Whether the order of answers means something; as in its one source if absent.
    #[serde(rename = "categoriesOrdered")]
    pub categories_ordered: Option<Spanned<bool>>,
    /// Totals of several answers.
    pub nets: Groups,
    /// A number for each answer; the mean of them is reported.
    pub scores: IndexMap<Spanned<String>, f64>,
    /// Answers that stay last, such as "Other".
    pub pinned: Vec<Spanned<String>>,
    /// Answers that are shown but left out of means and nets.
    pub nonsubstantive: Vec<Spanned<String>>,

    /// The variable that `recode`, `bands` or `lookup` starts from: a question, an item of
    /// a grid as `question.item`, or an earlier derived variable. A `lookup` may name a
    /// column of the file.
    pub from: Option<Spanned<String>>,
    /// New answers, each with those that become it, such as
    /// `{ "Leader" = ["Head", "Deputy"] }`. Of several answers, one is picked if any of
    /// its members is.
    pub recode: Option<Spanned<Groups>>,
    /// For `recode`: the label for all answers of substance that are not named.
    pub rest: Option<Spanned<String>>,
    /// For `recode`: whether answers that are not named stay as they are.
    pub keep: Option<Spanned<bool>>,
    /// Bands of a number, such as `[[0, 5, "Under 5"], [5, 15, "5 to 14"]]`: the first
    /// number belongs to the band, the second to the next one, that of the last band to it.
    pub bands: Option<Spanned<Vec<Band>>>,
    /// For `bands`: `missing` makes a number outside all bands no answer; an error if
    /// absent.
    pub outside: Option<Spanned<Outside>>,
    /// Variables with one answer that are crossed, such as `["phase", "role"]`. Combinations
    /// that nobody has are left out.
    pub combine: Option<List>,
    /// For `combine`: what stands between labels; `, ` if absent.
    pub join: Option<Spanned<String>>,
    /// Variables of which the first with an answer counts, such as `["q1", "q1b"]`. Lists of
    /// answers that differ are united.
    pub first_of: Option<List>,
    /// How many of several things hold.
    pub count: Option<Spanned<Count>>,
    /// The mean or sum of several items.
    pub score: Option<Spanned<Score>>,
    /// A condition, such as `phase = 'Primary' and years >= 5`: yes where it holds, no where
    /// it does not, no answer where that is not known.
    pub filter: Option<Spanned<String>>,
    /// For `filter`: the label where it holds; `Yes` if absent.
    pub yes: Option<Spanned<String>>,
    /// For `filter`: the label where it does not hold; `No` if absent.
    pub no: Option<Spanned<String>>,
    /// Facts from a file of one's own, found by a key.
    pub lookup: Option<Spanned<Lookup>>,
    /// For `count` and `lookup`: whether it is a number or one answer of a list. A count is
    /// a number if absent, a fact from a file an answer.
    pub kind: Option<Spanned<Kind>>,
}

/// What becomes of numbers outside all bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::poll) enum Outside {
    /// They are no answer.
    Missing,
}

/// What kind of variable it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::poll) enum Kind {
    /// One answer of a list.
    Single,
    /// A number.
    Number,
}

/// How many of several things hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["of"]))]
pub(in crate::poll) struct Count {
    /// Answers of a question with several as `question.answer`; such a question for all its
    /// answers of substance; or variables with one answer, together with `answers`.
    pub of: Option<List>,
    /// For variables with one answer: the labels that count.
    pub answers: Vec<Spanned<String>>,
    /// How many of the parts must be answered; all if absent.
    #[schemars(range(min = 1))]
    pub minimum_answered: Option<Spanned<usize>>,
}

/// The mean or sum of several items.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["of"]))]
pub(in crate::poll) struct Score {
    /// Variables with one answer, by the scores of their answers; a grid for all its items;
    /// or numbers.
    pub of: Option<List>,
    /// `mean` if absent, or `sum`.
    pub method: Option<Spanned<Method>>,
    /// For a mean: how many items must be answered; all if absent.
    #[schemars(range(min = 1))]
    pub minimum_answered: Option<Spanned<usize>>,
    /// Items that run the other way: their smallest score becomes the largest.
    pub reverse: Vec<Spanned<String>>,
}

/// Facts from a file of one's own, found by a key.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["file", "key"]))]
pub(in crate::poll) struct Lookup {
    /// A CSV file with one row of headers, relative to this file.
    pub file: Option<Spanned<String>>,
    /// The header of its column that holds the keys, each once.
    pub key: Option<Spanned<String>>,
    /// The header of the column that becomes the variable.
    pub column: Option<Spanned<String>>,
    /// Several variables, each with the header of its column, such as
    /// `{ phase = "PHASE", region = "REGION" }`; instead of `name` and `column`.
    pub columns: IndexMap<Spanned<String>, Spanned<String>>,
    /// All answers in their order; those of the file in alphabetical order if absent.
    pub categories: Vec<Spanned<String>>,
}
