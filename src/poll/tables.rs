//! `[tables]` and `[[table]]`: which tables are made, and how their columns are compared.
//!
//! Takes what was typed, gives [`Tables`] that have a value for every choice. Names of
//! questions stay as they were written: what they mean is found out where the questionnaire
//! is at hand.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::typed::OneOrMany;
use super::{codes, load::Loading};
use crate::diagnostic::Finding;
use crate::document::Spanned;
use crate::expression::Expression;
use crate::words::Words;

/// The unweighted base that a column needs to be compared, unless the poll file says.
const SMALLEST_BASE: u64 = 30;
/// The chance of a difference where there is none, unless the poll file says.
const ALPHA: [f64; 2] = [0.05, 0.10];

/// `[tables]` as it is typed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Typed {
    /// The questions whose groups are the columns of the crosstabs: `"phase"`, or nested,
    /// `"phase > role"` (officers and analyst only).
    pub banner: Vec<Spanned<String>>,
    /// How columns are compared.
    pub test: Option<Spanned<TypedTest>>,
    /// In which order answers stand; those that are pinned stay last.
    pub sort: Option<Sort>,
}

/// How columns are compared, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TypedTest {
    /// By which formula.
    pub method: Option<Method>,
    /// The chance of calling two columns different that are not: of marks with capital
    /// letters and of verdicts, then, if there is a second, of marks with lower case.
    pub alpha: Option<Vec<f64>>,
    /// What is done about there being many comparisons in one row.
    pub adjust: Option<Adjust>,
    /// The smallest unweighted base of a column that is compared.
    pub minimum: Option<u64>,
}

/// By which formula two columns are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The difference over its standard error under the design.
    #[default]
    Design,
    /// Pooled, with Kish's effective bases.
    EffectiveBase,
    /// As the program Quantum did it.
    Quantum,
    /// As SPSS does it: weighted counts taken for respondents.
    Spss,
    /// Effective bases, not pooled.
    Unpooled,
    /// Columns are not compared.
    None,
}

impl Method {
    /// The word in the poll file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Design => "design",
            Self::EffectiveBase => "effective_base",
            Self::Quantum => "quantum",
            Self::Spss => "spss",
            Self::Unpooled => "unpooled",
            Self::None => "none",
        }
    }
}

/// What is done about many comparisons in one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Adjust {
    /// Nothing.
    None,
    /// Bonferroni: the chance is shared out evenly.
    Bonferroni,
    /// Holm: the chance of any false mark in a row stays what `alpha` says.
    #[default]
    Holm,
    /// Benjamini and Hochberg: the share of false marks among all marks.
    Bh,
}

impl Adjust {
    /// The word in the poll file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Bonferroni => "bonferroni",
            Self::Holm => "holm",
            Self::Bh => "bh",
        }
    }
}

/// In which order answers stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Largest first, by the total, unless the answers have an order of their own; items of a
    /// battery by the total of the first net, things put in order by how often they were first.
    #[default]
    Natural,
    /// As in the questionnaire.
    Questionnaire,
    /// Largest first, by the total.
    Descending,
    /// Smallest first, by the total.
    Ascending,
}

/// What percentages are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Percent {
    /// Of those in the column.
    #[default]
    Column,
    /// Of those who gave the answer.
    Row,
    /// Of everybody in the table.
    Total,
    /// Of all answers given, where several were allowed.
    Mentions,
    /// No percentages: how many there are, weighted (officers and analyst only).
    Count,
}

/// Who is in the base of percentages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BaseOf {
    /// Those who answered; "don't know" is an answer.
    #[default]
    Answered,
    /// All who were asked, whether they answered or not.
    Routed,
}

/// One `[[table]]` as it is typed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["name", "rows"]))]
pub(super) struct TypedTable {
    /// Names files and anchors: lower case letters, digits and `-`.
    pub name: Option<Spanned<String>>,
    /// The title; the question's if absent.
    pub title: Option<String>,
    /// The question in the rows, or one item of it: `views.harms`.
    pub rows: Option<Spanned<String>>,
    /// The banner or banners; none for a table of totals.
    pub by: Option<Spanned<OneOrMany>>,
    /// Who is counted, such as `phase = 'Primary'`.
    #[serde(rename = "where")]
    pub filter: Option<Spanned<String>>,
    /// The same in words, as it is printed.
    pub where_label: Option<String>,
    /// What percentages are of.
    pub percent: Option<Spanned<Percent>>,
    /// Who is in the base.
    pub base: Option<BaseOf>,
    /// Whether "don't know" and its like are left out, of the rows and of the base.
    pub exclude_dk: bool,
    /// In which order answers stand.
    pub sort: Option<Sort>,
}

/// Which tables are made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// The banners of all questions.
    pub banners: Vec<Banner>,
    /// How columns are compared.
    pub test: Test,
    /// In which order answers stand.
    pub sort: Sort,
    /// Tables of one's own.
    pub own: Vec<Own>,
}

/// The variables whose groups are columns: one, or several nested.
#[derive(Clone, Debug, PartialEq)]
pub struct Banner {
    /// As it was typed, with its place.
    pub typed: Spanned<String>,
    /// The questions, the outermost first.
    pub questions: Vec<String>,
}

/// How columns are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// By which formula.
    pub method: Method,
    /// The chance of a difference where there is none: of verdicts and capital letters,
    /// then of lower case.
    pub alpha: [f64; 2],
    /// What is done about many comparisons in one row.
    pub adjust: Adjust,
    /// The smallest unweighted base of a column that is compared.
    pub minimum: u64,
}

impl Default for Test {
    fn default() -> Self {
        let (method, adjust) = (Method::default(), Adjust::default());
        Self { method, alpha: ALPHA, adjust, minimum: SMALLEST_BASE }
    }
}

/// A table of one's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// Names files and anchors.
    pub name: Spanned<String>,
    /// The title; none for the question's.
    pub title: Option<String>,
    /// The question, or one item of it.
    pub rows: Spanned<String>,
    /// The banners; none for a table of totals.
    pub by: Vec<Banner>,
    /// Who is counted; everybody if none.
    pub filter: Option<Filter>,
    /// What percentages are of.
    pub percent: Spanned<Percent>,
    /// Who is in the base.
    pub base: BaseOf,
    /// Whether "don't know" and its like are left out.
    pub exclude_dk: bool,
    /// In which order answers stand.
    pub sort: Sort,
}

/// Who is counted in a table.
#[derive(Clone, Debug)]
pub struct Filter {
    /// As it was typed, with its place.
    pub typed: Spanned<String>,
    /// The condition.
    pub condition: Expression,
    /// As it is printed.
    pub words: String,
}

impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        self.typed == other.typed && self.words == other.words
    }
}

impl Banner {
    /// The questions of `phase > role`.
    #[must_use]
    pub fn new(typed: Spanned<String>) -> Self {
        let questions = typed.get_ref().split('>').map(|part| part.trim().to_owned());
        Self { questions: questions.collect(), typed }
    }
}

impl Filter {
    /// Reads a condition.
    ///
    /// # Errors
    /// What is wrong with it, at its place in the text.
    pub fn new(
        typed: Spanned<String>,
        label: Option<String>,
        words: &Words,
    ) -> Result<Self, crate::expression::Problem> {
        let condition = Expression::parse(typed.get_ref())?;
        let words = label.unwrap_or_else(|| condition.words(words));
        Ok(Self { typed, condition, words })
    }
}

/// From what was typed to what it means.
pub(super) fn tables(
    typed: Typed,
    own: Vec<Spanned<TypedTable>>,
    loading: &mut Loading<'_>,
) -> Tables {
    let sort = typed.sort.unwrap_or_default();
    let own: Vec<Own> =
        own.into_iter().filter_map(|table| own_table(table, sort, loading)).collect();
    check_names(&own, loading);
    Tables {
        banners: typed.banner.into_iter().map(Banner::new).collect(),
        test: typed.test.map(|test| checked(&test, loading)).unwrap_or_default(),
        sort,
        own,
    }
}

fn check_names(tables: &[Own], loading: &mut Loading<'_>) {
    for (nth, own) in tables.iter().enumerate() {
        let name = own.name.get_ref();
        if tables[..nth].iter().any(|other| other.name.get_ref() == name) {
            let finding =
                Finding::new(&codes::TABLE, format!("two tables are called `{name}`"))
                    .at(loading.place(own.name.span(), "table.name"))
                    .because("a name stands for one table in links, file names and data files")
                    .help("give each a name of its own");
            loading.push(finding);
        }
    }
}

fn checked(typed: &Spanned<TypedTest>, loading: &mut Loading<'_>) -> Test {
    let TypedTest { method, alpha, adjust, minimum } = typed.get_ref().clone();
    let usual = Test::default();
    let alpha = alpha.map(|alpha| levels(&alpha));
    if alpha == Some(None) {
        let finding = Finding::new(&codes::TEST, "`alpha` is not one chance or two")
            .at(loading.place(typed.span(), "tables.test"))
            .because("each is a number above 0 and below 0.5")
            .help("write `alpha = [0.05]`, or `alpha = [0.05, 0.10]` for two levels");
        loading.push(finding);
    }
    Test {
        method: method.unwrap_or(usual.method),
        alpha: alpha.flatten().unwrap_or(usual.alpha),
        adjust: adjust.unwrap_or(usual.adjust),
        minimum: minimum.unwrap_or(usual.minimum),
    }
}

/// One level twice or two, the smaller first; none if they are no chances.
fn levels(alpha: &[f64]) -> Option<[f64; 2]> {
    let ([one] | [one, _]) = alpha else { return None };
    let other = alpha.last()?;
    let fits = alpha.iter().all(|a| *a > 0.0 && *a < 0.5);
    fits.then_some([one.min(*other), one.max(*other)])
}

fn own_table(typed: Spanned<TypedTable>, sort: Sort, loading: &mut Loading<'_>) -> Option<Own> {
    let start = typed.span().start..typed.span().start;
    let typed = typed.into_inner();
    if typed.name.is_none() {
        needed("name", start.clone(), loading);
    }
    if typed.rows.is_none() {
        needed("rows", start.clone(), loading);
    }
    let filter = typed.filter.and_then(|f| filter(f, typed.where_label, loading));
    let own = Own {
        name: typed.name?,
        title: typed.title,
        rows: typed.rows?,
        by: typed.by.map(|by| banners(&by)).unwrap_or_default(),
        filter,
        percent: typed.percent.unwrap_or_else(|| Spanned::new(start, Percent::Column)),
        base: typed.base.unwrap_or_default(),
        exclude_dk: typed.exclude_dk,
        sort: typed.sort.unwrap_or(sort),
    };
    check_name(&own.name, loading);
    Some(own)
}

fn needed(key: &str, at: Range<usize>, loading: &mut Loading<'_>) {
    let finding = Finding::new(&codes::TABLE, format!("a table does not say its `{key}`"))
        .at(loading.place(at, "table"))
        .help(format!("add `{key} = \"...\"` below `[[table]]`"));
    loading.push(finding);
}

/// The banners of a table; all have the place of the whole list.
fn banners(by: &Spanned<OneOrMany>) -> Vec<Banner> {
    let names = match by.get_ref() {
        OneOrMany::One(name) => vec![name.clone()],
        OneOrMany::Many(names) => names.clone(),
    };
    names.into_iter().map(|name| Banner::new(Spanned::new(by.span(), name))).collect()
}

fn filter(
    typed: Spanned<String>,
    label: Option<String>,
    loading: &mut Loading<'_>,
) -> Option<Filter> {
    let (span, text) = (typed.span(), typed.get_ref().clone());
    match Filter::new(typed, label, loading.words) {
        Ok(filter) => Some(filter),
        Err(problem) => {
            // The span begins at the opening quotation mark.
            let start = span.start + 1 + problem.at.start;
            let mut finding = Finding::new(&codes::WHERE, problem.message)
                .at(loading.place(start..start, "table.where"))
                .value(text);
            if let Some(help) = problem.help {
                finding = finding.help(help);
            }
            loading.push(finding);
            None
        }
    }
}

fn check_name(name: &Spanned<String>, loading: &mut Loading<'_>) {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    let text = name.get_ref();
    if text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(allowed) {
        return;
    }
    let finding = Finding::new(&codes::TABLE, "the name of a table cannot name a file")
        .at(loading.place(name.span(), "table.name"))
        .value(text.clone())
        .help("use lower case letters, digits, `-` and `_`");
    loading.push(finding);
}

#[cfg(test)]
mod tests {
    use super::{Adjust, Method, Percent};
    use crate::diagnostic::{Findings, concise};
    use crate::poll::{Poll, load};

    const HEAD: &str = "format = 1\nid = \"p\"\ntitle = \"P\"\nschema = \"s.toml\"\n\
                        data = [\"d.csv\"]\n[method]\nsampling = \"nonprobability\"\n";

    fn read(text: &str) -> Result<Poll, String> {
        let mut findings = Findings::default();
        load("poll.toml", &format!("{HEAD}{text}"), &mut findings)
            .map_err(|_| findings.list().iter().map(concise).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn banners_may_be_nested_and_tests_have_two_levels() {
        let text = "[tables]\nbanner = [\"phase\", \"phase > role\"]\n\
                    test = { method = \"effective_base\", alpha = [0.10, 0.05], adjust = \"bh\" }";
        let tables = read(text).unwrap().tables;
        assert_eq!(tables.banners[1].questions, ["phase", "role"]);
        assert_eq!(tables.test.method, Method::EffectiveBase);
        assert_eq!((tables.test.alpha, tables.test.adjust), ([0.05, 0.10], Adjust::Bh));
        assert_eq!(tables.test.minimum, 30);
    }

    #[test]
    fn a_table_of_ones_own_has_rows_columns_and_a_filter() {
        let text = "[[table]]\nname = \"a-b\"\nrows = \"a\"\nby = \"b\"\n\
                    where = \"phase = 'Primary'\"\npercent = \"row\"";
        let tables = read(text).unwrap().tables;
        let own = &tables.own[0];
        assert_eq!(own.by[0].questions, ["b"]);
        assert_eq!(own.filter.as_ref().unwrap().words, "phase is Primary");
        assert_eq!(*own.percent.get_ref(), Percent::Row);
    }

    #[test]
    fn what_is_wrong_is_said_at_its_place() {
        let text = "[tables]\ntest = { alpha = [5] }\n[[table]]\nrows = \"a\"\n\
                    [[table]]\nname = \"A b\"\nrows = \"a\"\nwhere = \"phase == 'x'\"\n";
        insta::assert_snapshot!(read(text).unwrap_err(), @r"
        poll.toml:10:1: error[Q060] a table does not say its `name`
        poll.toml:15:16: error[Q062] `==` is not a sign here
        poll.toml:13:8: error[Q060] the name of a table cannot name a file
        poll.toml:9:8: error[Q061] `alpha` is not one chance or two
        ");
    }
}
