//! Titles that say what a table shows: the sentences of `[[chart]]` go in, finished titles
//! come out, before anything is drawn.
//!
//! May know released tables and the poll. A title names only figures that stand below it,
//! and says of them what a headline may.

use indexmap::IndexMap;

use super::codes::{NO_TABLE, NOT_DRAWN, TITLE_TOO_LONG};
use super::document::Run;
use super::headline::{Scope, is_usual, sentence};
use crate::diagnostic::Finding;
use crate::disclose::{Form, Released, Table, Trend};
use crate::document::nearest;
use crate::poll::charts::{Kind, Own};
use crate::poll::{Poll, Profile};
use crate::words::Words;

/// Finished titles by the names of their tables; the others have none.
pub(super) type Titles = IndexMap<String, String>;

/// The most characters of a title, its figures filled in.
const LONGEST: usize = 120;

/// What a title is called in messages.
const WHAT: &str = "the title of a `[[chart]]`";

/// The finished titles by the names of their tables; the others have none.
///
/// # Errors
/// Every `[[chart]]` that names no table (`R012`), and every title that its figures do not
/// bear, as with headlines, or that is too long (`R014`).
pub fn titles(poll: &Poll, released: &Released) -> Result<Titles, Vec<Finding>> {
    let (mut titles, mut findings) = (Titles::new(), Vec::new());
    for chart in &poll.charts.own {
        match title(chart, (poll, released), poll.words) {
            Ok(title) => {
                titles.extend(title.map(|title| (chart.table.get_ref().clone(), title)));
            }
            Err(found) => findings.extend(found),
        }
    }
    if findings.is_empty() { Ok(titles) } else { Err(findings) }
}

fn title(
    chart: &Own,
    (poll, released): (&Poll, &Released),
    words: &Words,
) -> Result<Option<String>, Vec<Finding>> {
    let Some(subject) = Subject::find(chart.table.get_ref(), released) else {
        return if is_left_out(chart, poll, released) {
            Ok(None)
        } else {
            Err(vec![unknown(chart, poll, released)])
        };
    };
    let wrong = chart.kind.filter(|Kind::Stacked| !subject.is_grid());
    if wrong.is_some() {
        return Err(vec![no_grid(chart, poll)]);
    }
    let Some(typed) = &chart.title else { return Ok(None) };
    let at = |finding: Finding| finding.at(poll.place(typed, "chart.title"));
    let scope = Scope {
        what: WHAT,
        tables: subject.figures(released),
        others: released.tables(),
        left_out: released.left_out(),
    };
    let sentence = sentence(typed.get_ref().trim(), &scope, words);
    let (text, _) = sentence.map_err(|found| found.into_iter().map(at).collect::<Vec<_>>())?;
    let title: String = text.iter().map(said).collect();
    let length = title.chars().count();
    if length > LONGEST { Err(vec![at(too_long(length))]) } else { Ok(Some(title)) }
}

fn said(run: &Run) -> &str {
    match run {
        Run::Plain(words) | Run::Strong(words) | Run::Day(words, _) | Run::Link(words, _) => {
            words
        }
    }
}

/// What a chart is of.
enum Subject<'a> {
    Table(&'a Table),
    Trend(&'a Trend),
}

impl<'a> Subject<'a> {
    fn find(name: &str, released: &'a Released) -> Option<Self> {
        let table = released.tables().iter().find(|table| table.name == name);
        let trend = || released.trends().iter().find(|trend| trend.heading.name == name);
        table.map(Self::Table).or_else(|| trend().map(Self::Trend))
    }

    fn is_grid(&self) -> bool {
        matches!(self, Self::Table(Table { form: Form::Battery { .. }, .. }))
    }

    /// The tables whose figures a title may name: its own first. Beside a table of some
    /// respondents, or of other percentages, the figures of all would be misread.
    fn figures(&self, released: &'a Released) -> Vec<&'a Table> {
        let (own, question) = match self {
            Self::Table(table) if !is_usual(table) => return vec![table],
            Self::Table(table) => (Some(*table), &table.question.id),
            Self::Trend(trend) => (None, &trend.heading.question.id),
        };
        let same = |table: &&Table| table.question.id == *question && is_usual(table);
        own.into_iter().chain(released.tables().iter().filter(same)).collect()
    }
}

/// A warning for every `[[chart]]` whose table is left out to protect respondents.
#[must_use]
pub fn not_drawn(poll: &Poll, released: &Released) -> Vec<Finding> {
    let wanted = poll.charts.own.iter().filter(|chart| chart.draw != Some(false));
    let lost = wanted.filter(|chart| is_protected(chart.table.get_ref(), released));
    lost.map(|chart| {
        let headline = format!("no chart is drawn of `{}`", chart.table.get_ref());
        Finding::new(&NOT_DRAWN, headline)
            .at(poll.place(&chart.table, "chart.table"))
            .because("to protect respondents nothing is shown of this table")
            .help(
                "take the `[[chart]]` out, or merge small groups (`merge_into` in the schema)",
            )
    })
    .collect()
}

/// Whether nothing of a table may be shown.
fn is_protected(name: &str, released: &Released) -> bool {
    released.left_out().iter().any(|table| table.name == name)
}

/// Whether the table is one that these readers do not get: tables by nested banners are
/// left out for all but the analyst, and what is said of them waits.
fn is_left_out(chart: &Own, poll: &Poll, released: &Released) -> bool {
    let name = chart.table.get_ref();
    if is_protected(name, released) {
        return true;
    }
    let own = || poll.tables.own.iter();
    let nested = (poll.tables.banners.iter().chain(own().flat_map(|table| &table.by))).filter(
        |banner| banner.questions.iter().map(|q| poll.crossed_in(q)).sum::<usize>() > 1,
    );
    let mut suffixes = nested.map(|banner| format!("-{}", banner.questions.join("-")));
    let by = suffixes.any(|suffix| name.ends_with(&suffix));
    released.profile() != Profile::Analyst && (by || own().any(|t| t.name.get_ref() == name))
}

fn unknown(chart: &Own, poll: &Poll, released: &Released) -> Finding {
    let name = chart.table.get_ref();
    let tables = released.tables().iter().map(|table| table.name.as_str());
    let trends = released.trends().iter().map(|trend| trend.heading.name.as_str());
    let finding = Finding::new(&NO_TABLE, format!("there is no table `{name}`"))
        .at(poll.place(&chart.table, "chart.table"));
    match nearest(name, tables.chain(trends)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(
            "name a question by its id, a question by groups as `adequate-phase`, or a `[[table]]`",
        ),
    }
}

fn no_grid(chart: &Own, poll: &Poll) -> Finding {
    let headline = format!("`{}` has no items that could be stacked", chart.table.get_ref());
    Finding::new(&NO_TABLE, headline)
        .at(poll.place(&chart.table, "chart.table"))
        .because("`kind = \"stacked\"` draws the items of a grid as bars of 100%")
        .help("take `kind` out")
}

fn too_long(length: usize) -> Finding {
    Finding::new(&TITLE_TOO_LONG, format!("the title of a `[[chart]]` has {length} characters"))
        .because(format!("it has at most {LONGEST}, with its figures filled in"))
        .help("say it in fewer words")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{poll, released, with_waves};
    use super::*;
    use crate::diagnostic::{concise, full};
    use crate::document::Spanned;
    use crate::poll::charts::Charts;

    fn spanned(text: &str) -> Spanned<String> {
        Spanned::new(0..0, text.to_owned())
    }

    fn chart(table: &str, title: &str) -> Own {
        let title = Some(spanned(title)).filter(|title| !title.get_ref().is_empty());
        Own { table: spanned(table), title, kind: None, draw: None }
    }

    fn read(own: Own) -> Result<Option<String>, Vec<Finding>> {
        let name = own.table.get_ref().clone();
        let poll = Poll { charts: Charts { own: vec![own], ..Charts::default() }, ..poll() };
        let found = titles(&poll, &with_waves(released()));
        found.map(|mut titles| titles.shift_remove(&name))
    }

    fn refused(own: Own) -> &'static str {
        read(own).expect_err("refused")[0].code.id
    }

    #[test]
    fn a_title_has_its_figures_filled_in() {
        let of = |table, title| read(chart(table, title)).expect("bound").expect("a title");
        let title = "Only {adequate.yes|percent} said yes";
        assert_eq!(of("adequate", title), "Only 3% said yes");
        assert_eq!(of("adequate-phase", title), "Only 3% said yes");
        assert_eq!(of("adequate-waves", title), "Only 3% said yes");
        let by = "{adequate.no|in ten} said no{adequate.yes@phase=primary|silent}";
        assert_eq!(of("adequate-phase", by), "Nine in ten said no");
        assert_eq!(read(chart("adequate", "")), Ok(None));
    }

    #[test]
    fn a_title_is_refused_where_a_headline_would_be() {
        for (title, code) in [
            ("3% said yes", "R002"),
            ("A third ({adequate.yes|percent}) said yes", "R002"),
            ("Most said no", "R003"),
            ("Most said yes ({adequate.yes|percent})", "R004"),
            ("{adequate.yes@phase=special|percent} said yes", "R001"),
            (
                "Fewer primary members than others ({adequate.yes@phase=primary|percent}) said yes",
                "R007",
            ),
            ("{adequate.yes|percent} said yes, down from before", "R008"),
            (
                "Twice as many ({adequate.yes@phase=primary|percent}, {adequate.no@phase=special|percent})",
                "R001",
            ),
        ] {
            assert_eq!(refused(chart("adequate", title)), code, "{title}");
        }
    }

    #[test]
    fn messages_say_that_it_is_the_title_of_a_chart() {
        let found = read(chart("adequate", "Most said no")).expect_err("unbound");
        let because = found[0].because.as_deref();
        assert_eq!(because, Some("no figure is bound in the title of a `[[chart]]`"));
        let place = found[0].place.clone().expect("a place");
        assert_eq!(place.column.as_deref(), Some("chart.title"));
        let found = read(chart("adequate", "5")).expect_err("loose");
        let said = "a number in the title of a `[[chart]]` is not bound to a figure";
        assert_eq!(found[0].headline, said);
    }

    #[test]
    fn a_title_names_no_figure_of_another_question() {
        let title = "{hours.mean|mean} hours";
        assert_eq!(refused(chart("adequate", title)), "R013");
        assert_eq!(refused(chart("adequate", "{hour.men|mean} hours")), "R001");
    }

    #[test]
    fn a_table_of_some_respondents_has_a_title_of_its_own_figures() {
        let own = |title: &str| {
            let mut tables = released().tables().to_vec();
            tables[1].filter = Some("some".to_owned());
            let released = crate::disclose::testing::released(tables, false);
            let poll = Poll {
                charts: Charts {
                    own: vec![chart("adequate-phase", title)],
                    ..Charts::default()
                },
                ..poll()
            };
            titles(&poll, &released).map(|mut titles| titles.pop().map(|(_, title)| title))
        };
        let title = own("{adequate.yes@phase=total|percent} said yes");
        assert_eq!(title.expect("bound").as_deref(), Some("3% said yes"));
        let found = own("{adequate.yes|percent} said yes").expect_err("of all");
        assert_eq!(found[0].code.id, "R013");
    }

    #[test]
    fn a_chart_of_no_table_is_told_the_nearest_one() {
        let found = read(chart("adequate_phase", "")).expect_err("unknown");
        assert_eq!(
            concise(&found[0]),
            "poll.toml:1:1: error[R012] there is no table `adequate_phase`"
        );
        assert_eq!(found[0].help.as_deref(), Some("did you mean `adequate-phase`?"));
        let stacked = Own { kind: Some(Kind::Stacked), ..chart("adequate", "") };
        assert_eq!(refused(stacked), "R012");
        let stacked = Own { kind: Some(Kind::Stacked), ..chart("inspection", "") };
        assert_eq!(read(stacked), Ok(None));
    }

    #[test]
    fn what_is_said_of_a_nested_table_waits_for_the_analyst() {
        let mut poll = poll();
        let banner = crate::poll::tables::Banner::new(spanned("phase > role"));
        poll.tables.banners.push(banner);
        poll.charts.own = vec![chart("adequate-phase-role", "")];
        assert_eq!(titles(&poll, &released()), Ok(IndexMap::new()));
        let analyst = crate::disclose::testing::for_analyst(released());
        assert!(titles(&poll, &analyst).is_err());
    }

    #[test]
    fn a_chart_of_a_table_that_is_left_out_is_not_drawn_and_that_is_said() {
        let mut poll = poll();
        poll.charts.own = vec![chart("adequate-phase", "Most said {adequate.no|silent}no")];
        let released = crate::disclose::testing::without(released(), "adequate-phase");
        assert_eq!(titles(&poll, &released), Ok(IndexMap::new()));
        let said: Vec<String> = not_drawn(&poll, &released).iter().map(full).collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        warning[R016]: no chart is drawn of `adequate-phase`
          --> poll.toml:1:1   `chart.table`
         because: to protect respondents nothing is shown of this table
            help: take the `[[chart]]` out, or merge small groups (`merge_into` in the schema)
        ");
        poll.charts.own[0].draw = Some(false);
        assert_eq!(not_drawn(&poll, &released), []);
    }

    #[test]
    fn a_title_of_many_words_is_refused() {
        let long = "word ".repeat(25);
        assert_eq!(refused(chart("adequate", &long)), "R014");
    }
}
