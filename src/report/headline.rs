//! Key findings: sentences of the poll file go in, with `{question.answer|percent}` where
//! a figure belongs; the same sentences come out with released figures in their places.
//!
//! May know released tables and the poll. Never lets a number through that is not a
//! released figure, and never prints one that is hidden or of low reliability.

use strsim::normalized_damerau_levenshtein;

use super::codes::{LOOSE_NUMBER, UNBOUND_FIGURE};
use super::document::{Part, Run, Section, SectionKind, Text};
use super::print;
use super::words::{Words, fill};
use crate::diagnostic::Finding;
use crate::disclose::{Figure, Status, Table};
use crate::disclose::{Row, Statistic};
use crate::poll::Poll;
use crate::poll::tables::Percent;

/// The section of key findings; none without headlines.
pub(super) fn section(
    poll: &Poll,
    tables: &[Table],
    words: &Words,
) -> Result<Option<Section>, Vec<Finding>> {
    let mut sentences = Vec::new();
    let mut findings = Vec::new();
    for headline in &poll.headlines {
        match sentence(headline.get_ref(), tables, words) {
            Ok(sentence) => sentences.push(sentence),
            Err(found) => {
                let place = poll.place(headline, "headline.text");
                findings.extend(found.into_iter().map(|f| f.at(place.clone())));
            }
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    Ok((!sentences.is_empty()).then(|| Section {
        id: "findings".to_owned(),
        kind: SectionKind::Findings,
        title: words.findings.to_owned(),
        parts: vec![Part::Findings(sentences)],
    }))
}

/// A sentence and the question (anchor, title) of its first figure.
type Sentence = (Text, Option<(String, String)>);

fn sentence(source: &str, tables: &[Table], words: &Words) -> Result<Sentence, Vec<Finding>> {
    let mut text = Text::new();
    let mut question = None;
    let mut findings = Vec::new();
    for piece in pieces(source) {
        match piece {
            Piece::Words(words) if words.contains(char::is_numeric) => {
                findings.push(loose_number(words));
            }
            Piece::Words(words) => text.push(Run::Plain(words.to_owned())),
            Piece::Gap(gap) => match bind(gap, tables, words) {
                Ok((figure, table)) => {
                    text.push(Run::Strong(figure));
                    question.get_or_insert_with(|| link(table));
                }
                Err(finding) => findings.push(*finding),
            },
        }
    }
    if findings.is_empty() { Ok((text, question)) } else { Err(findings) }
}

fn link(table: &Table) -> (String, String) {
    (format!("q-{}", table.question.id), table.question.title.clone())
}

fn loose_number(words: &str) -> Finding {
    Finding::new(&LOOSE_NUMBER, "a number in a headline is not bound to a figure")
        .value(words.trim())
        .because("every number in a headline must come from the results")
        .help("write `{question.answer|percent}` in its place, or leave it out")
}

/// What a headline is made of.
enum Piece<'a> {
    Words(&'a str),
    /// What stands between `{` and `}`, or after a `{` that is not closed.
    Gap(&'a str),
}

fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once('{') {
        let (gap, tail) = after.split_once('}').unwrap_or((after, ""));
        pieces.extend([Piece::Words(before), Piece::Gap(gap)]);
        rest = tail;
    }
    pieces.push(Piece::Words(rest));
    pieces.retain(|piece| !matches!(piece, Piece::Words("")));
    pieces
}

/// A figure's name, taken apart: `question[.item].answer[@banner=group]|style`.
struct Name<'a> {
    question: &'a str,
    item: Option<&'a str>,
    answer: &'a str,
    group: Option<(&'a str, &'a str)>,
    style: &'a str,
}

fn parse(gap: &str) -> Option<Name<'_>> {
    let (name, style) = gap.split_once('|')?;
    let (path, group) = match name.split_once('@') {
        Some((path, group)) => (path, Some(group.trim().split_once('=')?)),
        None => (name, None),
    };
    let parts: Vec<_> = path.trim().split('.').collect();
    let (question, item, answer) = match parts[..] {
        [question, answer] => (question, None, answer),
        [question, item, answer] => (question, Some(item), answer),
        _ => return None,
    };
    Some(Name { question, item, answer, group, style: style.trim() })
}

/// The words for a figure, and the table it stands in.
fn bind<'a>(
    gap: &str,
    tables: &'a [Table],
    words: &Words,
) -> Result<(String, &'a Table), Box<Finding>> {
    let unbound = |what: &str| Finding::new(&UNBOUND_FIGURE, what).value(gap);
    let name = parse(gap).ok_or_else(|| {
        unbound("a figure's name cannot be read")
            .help("write it as `{question.answer|percent}`")
    })?;
    let (table, row, figure) = find(&name, tables).ok_or_else(|| {
        nearest(unbound("a headline names a figure that there is not"), &name, tables)
    })?;
    if figure.status() != Status::Shown {
        let code = figure.status().code();
        return Err(Box::new(
            unbound("a headline names a figure that cannot be printed")
                .because(format!("the figure is marked `{code}`"))
                .help("take another figure, or take the headline out"),
        ));
    }
    let text = styled(figure, row.statistic, name.style, words).ok_or_else(|| {
        unbound("a figure cannot be printed in this way")
            .because(format!("the figure is of the kind `{}`", row.statistic.name()))
            .help(
                "write `percent`, `points` or `number` after a percentage, `mean` or \
                 `number` after any other figure",
            )
    })?;
    Ok((text, table))
}

fn styled(figure: &Figure, statistic: Statistic, style: &str, words: &Words) -> Option<String> {
    let value = figure.value()?;
    let number = print::number(value, figure.decimals(), words);
    match (style, statistic) {
        ("percent", Statistic::Percent) => Some(number + "%"),
        ("points", Statistic::Percent) => {
            let sentence = if number == "1" { words.point } else { words.points };
            Some(fill(sentence, &[("n", &number)]))
        }
        ("mean", Statistic::Mean | Statistic::Median) | ("number", _) => Some(number),
        _ => None,
    }
}

type Found<'a> = (&'a Table, &'a Row<Figure>, &'a Figure);

fn find<'a>(name: &Name<'_>, tables: &'a [Table]) -> Option<Found<'a>> {
    cells(tables).find(|cell| cell.is(name)).map(|cell| (cell.table, cell.row, cell.figure))
}

/// A figure that a headline could name.
struct Cell<'a> {
    table: &'a Table,
    item: Option<&'a str>,
    row: &'a Row<Figure>,
    group: Option<(&'a str, &'a str)>,
    figure: &'a Figure,
}

impl Cell<'_> {
    fn is(&self, name: &Name<'_>) -> bool {
        self.table.question.id == name.question
            && self.item == name.item
            && self.row.label.id == name.answer
            && self.group == name.group
    }

    fn name(&self) -> String {
        let item = self.item.map(|item| format!(".{item}")).unwrap_or_default();
        let group = self.group.map(|(b, g)| format!("@{b}={g}")).unwrap_or_default();
        format!("{}{item}.{}{group}", self.table.question.id, self.row.label.id)
    }
}

/// Every figure under the one name it has: of all who answered, in per cent of its column.
/// Tables of filters, and those that are counted otherwise, have figures of another kind.
fn cells(tables: &[Table]) -> impl Iterator<Item = Cell<'_>> {
    let usual = |table: &&Table| table.filter.is_none() && table.percent == Percent::Column;
    let whole = tables.iter().filter(usual);
    whole.flat_map(|table| {
        table.blocks.iter().flat_map(move |block| {
            let item = block.item.as_ref().map(|item| item.id.as_str());
            block.rows.iter().flat_map(move |row| {
                table.groups.iter().zip(&row.cells).map(move |(group, figure)| {
                    let banner = table.banner.as_ref();
                    let group = banner.map(|b| (b.id.as_str(), group.id.as_str()));
                    Cell { table, item, row, group, figure }
                })
            })
        })
    })
}

/// Names the figure whose name is most alike.
fn nearest(finding: Finding, name: &Name<'_>, tables: &[Table]) -> Finding {
    let item = name.item.map(|item| format!("{item}.")).unwrap_or_default();
    let group = name.group.map(|(b, g)| format!("@{b}={g}")).unwrap_or_default();
    let wanted = format!("{}.{item}{}{group}", name.question, name.answer);
    let nearest = cells(tables).map(|cell| cell.name()).max_by(|a, b| {
        let likeness = |other: &str| normalized_damerau_levenshtein(&wanted, other);
        likeness(a).total_cmp(&likeness(b))
    });
    match nearest {
        Some(nearest) => finding
            .because(format!("the closest figure is `{nearest}`"))
            .help(format!("write `{{{nearest}|{}}}`", name.style)),
        None => finding.because("the report has no figures"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{poll_with_headline, released};
    use super::super::words::EN_GB;
    use super::*;

    fn read(headline: &str) -> Result<String, Vec<(&'static str, String)>> {
        let poll = poll_with_headline(headline);
        let section = section(&poll, released().tables(), &EN_GB).map_err(|findings| {
            let told = |f: Finding| (f.code.id, f.because.unwrap_or_default());
            findings.into_iter().map(told).collect::<Vec<_>>()
        })?;
        let Some(Part::Findings(sentences)) = section.expect("a section").parts.pop() else {
            panic!("no findings")
        };
        let text = sentences[0].0.iter().map(|run| match run {
            Run::Plain(text) => text.clone(),
            Run::Strong(text) => format!("*{text}*"),
            other => panic!("{other:?}"),
        });
        Ok(text.collect())
    }

    #[test]
    fn figures_take_their_places() {
        let text = read("Only {adequate.yes|percent} said yes").expect("bound");
        assert_eq!(text, "Only *3%* said yes");
    }

    #[test]
    fn groups_items_nets_and_means_have_names() {
        let bound = |name: &str| read(name).expect("bound");
        assert_eq!(bound("{adequate.yes@phase=primary|percent}"), "*4%*");
        assert_eq!(bound("{inspection.workload.total_agree|number}"), "*78*");
        assert_eq!(bound("{inspection.home.total_agree|number}"), "*50*");
        assert_eq!(bound("{adequate.yes|points}"), "*3 points*");
        assert_eq!(bound("{hours.mean|mean}"), "*52*");
    }

    #[test]
    fn a_headline_links_to_its_question() {
        let poll = poll_with_headline("Only {adequate.yes|percent} said yes");
        let section = section(&poll, released().tables(), &EN_GB).expect("bound");
        let Some(Part::Findings(list)) = section.expect("a section").parts.pop() else {
            panic!("no findings")
        };
        let (anchor, title) = list[0].1.clone().expect("a link");
        assert_eq!((anchor.as_str(), title.as_str()), ("q-adequate", "Pause adequate"));
    }

    #[test]
    fn a_wrong_name_is_told_the_nearest_one() {
        let found = read("{adequate.yse|percent} said yes").expect_err("unbound");
        assert_eq!(found, [("R001", "the closest figure is `adequate.yes`".to_owned())]);
    }

    #[test]
    fn a_hidden_figure_may_not_stand_in_a_headline() {
        let found = read("{adequate.yes@phase=special|percent}").expect_err("hidden");
        assert_eq!(found, [("R001", "the figure is marked `[c]`".to_owned())]);
    }

    #[test]
    fn a_mean_is_not_a_percentage() {
        let found = read("{hours.mean|percent}").expect_err("wrong style");
        assert_eq!(found, [("R001", "the figure is of the kind `mean`".to_owned())]);
    }

    #[test]
    fn a_name_that_is_not_closed_or_lacks_its_style_cannot_be_read() {
        assert_eq!(read("Only {adequate.yes").expect_err("open")[0].0, "R001");
        assert_eq!(read("Only {adequate.yes}").expect_err("bare")[0].0, "R001");
    }

    #[test]
    fn a_loose_number_is_refused_and_all_faults_are_told() {
        let found = read("3% or {adequate.yse|percent}").expect_err("two faults");
        assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), ["R002", "R001"]);
    }

    #[test]
    fn the_place_is_the_poll_file_and_the_number_of_the_headline() {
        let poll = poll_with_headline("3%");
        let found = section(&poll, released().tables(), &EN_GB).expect_err("loose");
        let place = found[0].place.clone().expect("a place");
        assert_eq!((place.file, place.column.as_deref()), (poll.file, Some("headline.text")));
    }
}
