//! `[charts]` and `[[chart]]`: which tables are drawn, how, and under which titles.
//!
//! Takes what was typed, gives [`Charts`] that have a value for every choice. Never knows
//! whether a table exists: that is found out where the tables are at hand.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{codes, load::Loading};
use crate::diagnostic::Finding;
use crate::document::Spanned;

/// `[charts]` as it is typed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Typed {
    /// Which tables by groups are drawn.
    pub groups: Option<Groups>,
}

/// Which tables by groups are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Groups {
    /// Of each question the one in which most figures of groups were found to differ from the
    /// rest; and every table of one's own in which one does.
    #[default]
    Main,
    /// All in which a group was found to differ from the rest.
    Different,
    /// All.
    All,
    /// None.
    None,
}

/// One `[[chart]]` as it is typed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["table"]))]
pub(super) struct TypedChart {
    /// The table: its name in `results.csv`, or the question's id.
    pub table: Option<Spanned<String>>,
    /// What it shows, in a sentence; figures stand in it as `{question.answer|percent}`.
    pub title: Option<Spanned<String>>,
    /// How it is drawn, if not in the usual way.
    pub kind: Option<Kind>,
    /// Whether it is drawn; as `[charts]` says if absent.
    pub draw: Option<bool>,
}

/// Another way to draw a table than the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The items of a grid as plain bars of 100%.
    Stacked,
}

/// Which tables are drawn, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Charts {
    /// Which tables by groups.
    pub groups: Groups,
    /// What is said of single tables; no table stands twice.
    pub own: Vec<Own>,
}

/// What is said of the chart of one table.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// The table's name or its question's id, as it was typed.
    pub table: Spanned<String>,
    /// The title with its figures still to be filled in; none for the usual one.
    pub title: Option<Spanned<String>>,
    /// How it is drawn, if not in the usual way.
    pub kind: Option<Kind>,
    /// Whether it is drawn, if that is said.
    pub draw: Option<bool>,
}

impl Charts {
    /// What is said of the chart of a table.
    #[must_use]
    pub fn of(&self, table: &str) -> Option<&Own> {
        self.own.iter().find(|own| own.table.get_ref() == table)
    }
}

/// From what was typed to what it means.
pub(super) fn charts(
    typed: &Typed,
    own: Vec<Spanned<TypedChart>>,
    loading: &mut Loading<'_>,
) -> Charts {
    let own: Vec<Own> = own.into_iter().filter_map(|chart| one(chart, loading)).collect();
    for (nth, chart) in own.iter().enumerate() {
        let table = chart.table.get_ref();
        if own[..nth].iter().any(|other| other.table.get_ref() == table) {
            let headline = format!("two `[[chart]]` entries are of `{table}`");
            let finding = Finding::new(&codes::CHART, headline)
                .at(loading.place(chart.table.span(), "chart.table"))
                .help("join them in one entry");
            loading.push(finding);
        }
    }
    Charts { groups: typed.groups.unwrap_or_default(), own }
}

fn one(typed: Spanned<TypedChart>, loading: &mut Loading<'_>) -> Option<Own> {
    let start = typed.span().start..typed.span().start;
    let TypedChart { table, title, kind, draw } = typed.into_inner();
    let Some(table) = table else {
        let finding = Finding::new(&codes::CHART, "a chart does not say its `table`")
            .at(loading.place(start, "chart"))
            .help(
                "add `table = \"...\"` below `[[chart]]`: a question's id, or a table's name",
            );
        loading.push(finding);
        return None;
    };
    if let Some(empty) =
        title.as_ref().filter(|title| !title.get_ref().contains(char::is_alphanumeric))
    {
        let finding = Finding::new(&codes::CHART, "the title of a chart is empty")
            .at(loading.place(empty.span(), "chart.title"))
            .help("write a title, or take the key out: then the question's title stands there");
        loading.push(finding);
    }
    Some(Own { table, title, kind, draw })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, typed};
    use super::*;

    #[test]
    fn what_is_not_said_is_as_usual() {
        assert_eq!(typed("").charts, Charts::default());
        let charts = typed(
            "[charts]\ngroups = \"none\"\n[[chart]]\ntable = \"views\"\nkind = \"stacked\"\n",
        );
        let charts = charts.charts;
        assert_eq!(charts.groups, Groups::None);
        let own = charts.of("views").unwrap();
        assert_eq!((own.kind, own.draw, &own.title), (Some(Kind::Stacked), None, &None));
        assert_eq!(charts.of("view"), None);
    }

    #[test]
    fn a_chart_needs_a_table_of_its_own_and_known_words() {
        insta::assert_snapshot!(said("[[chart]]\ntitle = \" \"\n"), @r"
        poll.toml:8:1: error[Q052] a chart does not say its `table`
        ");
        let text = "[[chart]]\ntable = \"a\"\ntitle = \" \"\n[[chart]]\ntable = \"a\"\n\
                    draw = false\n";
        insta::assert_snapshot!(said(text), @r"
        poll.toml:10:9: error[Q052] the title of a chart is empty
        poll.toml:12:9: error[Q052] two `[[chart]]` entries are of `a`
        ");
        let text = "[charts]\ngroups = \"diferent\"\n[[chart]]\ntable = \"a\"\n\
                    kind = \"stack\"\ntitel = \"b\"\n";
        insta::assert_snapshot!(said(text), @r#"
        poll.toml:9:10: error[Q004] `diferent` is not a word that `charts.groups` can take
        poll.toml:12:8: error[Q004] `stack` is not a word that `chart[1].kind` can take
        poll.toml:13:1: error[Q002] `titel` is not a key of `chart[1]`
        "#);
    }
}
