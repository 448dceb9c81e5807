//! Records: every released figure on its own, with all that is needed to read it alone.
//!
//! Takes released tables, gives them flat, in the order of the tables. The data files
//! are these records; columns and escapes are the business of `publish`. Never leaves a
//! hidden figure out: it has a record without a value.

use crate::disclose::{Bases, Block, Course, Heading, Label, Role, Row, Statistic, Wording};
use crate::disclose::{Detail, Figure, Released, Table, Trend, Verdict};
use crate::poll::Poll;
use crate::poll::tables::Percent;
use crate::words::{Words, fill};

/// One released figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The wave, if it is an earlier one.
    pub wave: Option<String>,
    /// The table's name.
    pub table: String,
    /// The question's id.
    pub question: String,
    /// The item's label, in a battery.
    pub item: Option<String>,
    /// The answer's label.
    pub answer: String,
    /// The banner's id; none for the whole poll.
    pub banner: Option<String>,
    /// The group's label; `Total` for all.
    pub group: String,
    /// What the figure is, by its name in `results.csv`.
    pub statistic: &'static str,
    /// The figure.
    pub value: Option<Amount>,
    /// The lower end of its interval, where that is shown.
    pub low: Option<Amount>,
    /// The upper end of its interval.
    pub high: Option<Amount>,
    /// `%`, the unit of a number, or nothing.
    pub unit: Option<String>,
    /// Whom a percentage is a share of, in words.
    pub percent_of: Option<String>,
    /// Respondents in the base, unweighted.
    pub base: Option<Amount>,
    /// Sum of weights in the base.
    pub base_weighted: Option<Amount>,
    /// Kish's effective base.
    pub base_effective: Option<Amount>,
    /// The shorthand: `[c]`, `[u]` and so on; nothing if the figure is just shown.
    pub status: Option<&'static str>,
    /// With what it was compared: `rest`, everybody who is not in the group, or the name of
    /// an earlier wave.
    pub compared_with: Option<String>,
    /// `higher`, `lower` or `none`; nothing if nothing was tested.
    pub verdict: Option<&'static str>,
    /// Full precision, for the analyst.
    pub detail: Option<Detail>,
}

/// A number and its decimal places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The number.
    pub value: f64,
    /// How many places are printed, unless full precision is asked for.
    pub decimals: u8,
}

/// Where a figure stands.
struct Spot<'a> {
    table: &'a Table,
    block: &'a Block<Figure>,
    row: &'a Row<Figure>,
    group: &'a Label,
    /// Whether the column is that of everybody.
    total: bool,
    words: &'a Words,
}

/// All records, table by table, item by item, answer by answer, group by group; then the
/// figures of earlier waves and the changes.
pub(super) fn all(poll: &Poll, released: &Released) -> Vec<Record> {
    let words = poll.words;
    let tables = released.tables();
    let own = tables.iter().enumerate();
    let own = own.flat_map(|(at, table)| of_table(table, &tables[..at], words));
    let trends = released.trends().iter().flat_map(|trend| of_trend(trend, words));
    let mut records: Vec<Record> = own.chain(trends).collect();
    if poll.synthetic {
        mark(&mut records, words);
    }
    records
}

/// Made-up data are called so in every record, since a row may be copied alone.
pub(super) fn mark(records: &mut [Record], words: &Words) {
    for base in records.iter_mut().filter_map(|record| record.percent_of.as_mut()) {
        *base = fill(words.base_made_up, &[("base", base)]);
    }
}

/// This wave's figure is the topline, which has a record of its own.
pub(super) fn of_trend(trend: &Trend, words: &Words) -> Vec<Record> {
    let heading = &trend.heading;
    let Some(before) = heading.before() else { return Vec::new() };
    let mut records = Vec::new();
    for block in &trend.blocks {
        for row in &block.rows {
            let item = block.item.as_ref();
            let waves = heading.waves.iter().zip(&row.points).zip(&block.bases);
            records.extend(waves.take(heading.waves.len() - 1).map(|((wave, point), base)| {
                let whole = at_a_time((heading, words), item, row, (point, base));
                Record { wave: Some(wave.label.clone()), ..whole }
            }));
            let Some(base) = block.bases.last() else { continue };
            let points = match row.statistic {
                Statistic::Mean | Statistic::Median => heading.question.unit.clone(),
                _ => Some("points".to_owned()),
            };
            records.push(Record {
                statistic: "change",
                unit: points,
                percent_of: None,
                compared_with: Some(before.label.clone()),
                verdict: row.change.verdict().map(Verdict::name),
                ..at_a_time((heading, words), item, row, (&row.change, base))
            });
        }
    }
    records
}

/// A figure of the whole poll in one wave.
fn at_a_time(
    (heading, words): (&Heading, &Words),
    item: Option<&Label>,
    row: &Course<Figure, Figure>,
    (cell, base): (&Figure, &Figure),
) -> Record {
    let (low, high) = cell.interval().unzip();
    let amount = |value| Amount { value, decimals: cell.decimals() };
    let percent = row.statistic.is_percentage();
    Record {
        wave: None,
        table: heading.name.clone(),
        question: heading.question.id.clone(),
        item: item.map(|item| item.text.clone()),
        answer: row.label.text.clone(),
        banner: None,
        group: words.total.to_owned(),
        statistic: name(row.role, row.statistic),
        value: cell.value().map(amount),
        low: low.map(amount),
        high: high.map(amount),
        unit: unit(row.statistic, &heading.question),
        percent_of: percent.then(|| heading.question.base.clone()),
        base: cell.base().map(|value| Amount { value, decimals: 0 }).or_else(|| count(base)),
        base_weighted: None,
        base_effective: None,
        status: Some(cell.status().code()).filter(|code| !code.is_empty()),
        compared_with: None,
        verdict: None,
        detail: cell.detail().cloned(),
    }
}

/// The total of a crosstab has a record already where a table before it, such as the
/// topline, is of the same answers and the same people.
pub(super) fn of_table<'t>(
    table: &'t Table,
    before: &[Table],
    words: &'t Words,
) -> impl Iterator<Item = Record> + use<'t> {
    let same = |other: &Table| {
        let items =
            |table: &Table| table.blocks.iter().map(|b| b.item.clone()).collect::<Vec<_>>();
        other.question == table.question
            && (other.percent, &other.filter) == (table.percent, &table.filter)
            && items(other) == items(table)
    };
    let told = usize::from(before.iter().any(same));
    table.blocks.iter().flat_map(move |block| {
        block.rows.iter().flat_map(move |row| {
            let columns = table.groups.iter().zip(&row.cells).zip(&block.bases).enumerate();
            columns.skip(told).map(move |(at, ((group, cell), bases))| {
                record(&Spot { table, block, row, group, total: at == 0, words }, cell, bases)
            })
        })
    })
}

fn record(spot: &Spot<'_>, cell: &Figure, bases: &Bases<Figure>) -> Record {
    let table = spot.table;
    let (low, high) = cell.interval().unzip();
    let own = cell.base().map(|value| Amount { value, decimals: 0 });
    // Weighted bases are known of columns only; a hidden share of a row is of none of them.
    let hidden = table.percent == Percent::Row && cell.value().is_none();
    let base = |base| count(base).filter(|_| own.is_none() && !hidden);
    let amount = |value| Amount { value, decimals: cell.decimals() };
    Record {
        wave: None,
        table: table.name.clone(),
        question: table.question.id.clone(),
        item: spot.block.item.as_ref().map(|item| item.text.clone()),
        answer: spot.row.label.text.clone(),
        banner: table.banner.as_ref().filter(|_| !spot.total).map(|banner| banner.id.clone()),
        group: if spot.total { spot.words.total.to_owned() } else { spot.group.text.clone() },
        statistic: name(spot.row.role, spot.row.statistic),
        value: cell.value().map(amount),
        low: low.map(amount),
        high: high.map(amount),
        unit: unit(spot.row.statistic, &table.question),
        percent_of: spot.row.statistic.is_percentage().then(|| percent_of(table, spot.words)),
        base: own.or_else(|| base(&bases.unweighted)),
        base_weighted: base(&bases.weighted),
        base_effective: base(&bases.effective),
        status: Some(cell.status().code()).filter(|code| !code.is_empty()),
        compared_with: cell.verdict().map(|_| "rest".to_owned()),
        verdict: cell.verdict().map(Verdict::name),
        detail: cell.detail().cloned(),
    }
}

fn unit(statistic: Statistic, question: &Wording) -> Option<String> {
    match statistic {
        Statistic::Percent | Statistic::PercentOfMentions => Some("%".to_owned()),
        Statistic::Nps | Statistic::Difference => Some("points".to_owned()),
        Statistic::Total => Some("people".to_owned()),
        Statistic::Mean | Statistic::Median => question.unit.clone(),
    }
}

/// Whom percentages are a share of, in words.
fn percent_of(table: &Table, words: &Words) -> String {
    let base = match &table.filter {
        None => table.question.base.clone(),
        Some(filter) => {
            fill(words.base_filter, &[("base", &table.question.base), ("filter", filter)])
        }
    };
    let of = |sentence| fill(sentence, &[("base", &base)]);
    match table.percent {
        Percent::Column | Percent::Count => base,
        Percent::Row => of(words.row_of),
        Percent::Total => of(words.whole_of),
        Percent::Mentions => of(words.mentions_of),
    }
}

/// A total of several answers has a name of its own, so that nobody adds it to its parts.
pub(super) fn name(role: Role, statistic: Statistic) -> &'static str {
    match (role, statistic) {
        (Role::Net, Statistic::Percent) => "net",
        (_, statistic) => statistic.name(),
    }
}

fn count(base: &Figure) -> Option<Amount> {
    base.value().map(|value| Amount { value, decimals: base.decimals() })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{poll, released};
    use super::*;

    fn find<'a>(records: &'a [Record], table: &str, answer: &str) -> Vec<&'a Record> {
        records.iter().filter(|r| r.table == table && r.answer == answer).collect()
    }

    #[test]
    fn every_cell_has_one_record_and_totals_are_not_told_twice() {
        let released = released();
        let cells = |table: &Table| -> usize {
            let told = usize::from(table.banner.is_some());
            let rows = table.blocks.iter().flat_map(|block| &block.rows);
            rows.map(|row| row.cells.len() - told).sum()
        };
        let expected: usize = released.tables().iter().map(cells).sum();
        let records = all(&poll(), &released);
        assert_eq!(records.len(), expected);
        assert!(records.iter().all(|r| r.banner.is_none() || r.group != "Total"));
    }

    #[test]
    fn the_total_of_a_table_alone_is_told_once() {
        let tables = released().tables()[1..2].to_vec();
        let alone =
            crate::disclose::testing::released([tables.clone(), tables].concat(), false);
        let records = all(&poll(), &alone);
        let totals: Vec<_> = records.iter().filter(|record| record.group == "Total").collect();
        assert_eq!(totals.len(), 3, "an answer each");
        assert!(totals.iter().all(|record| record.banner.is_none()));
    }

    #[test]
    fn the_whole_poll_has_no_banner_and_its_group_is_total() {
        let records = all(&poll(), &released());
        let yes = find(&records, "adequate", "Yes");
        assert_eq!(yes.len(), 1);
        assert_eq!((yes[0].banner.as_deref(), yes[0].group.as_str()), (None, "Total"));
        assert_eq!(yes[0].value, Some(Amount { value: 3.0, decimals: 0 }));
        assert_eq!(yes[0].base.map(|base| base.value), Some(4678.0));
        assert_eq!(
            yes[0].percent_of.as_deref(),
            Some("all members who replied (synthetic data)")
        );
    }

    #[test]
    fn a_hidden_figure_keeps_its_record_without_a_value() {
        let records = all(&poll(), &released());
        let yes = find(&records, "adequate-phase", "Yes");
        let special = yes.iter().find(|r| r.group == "Special").expect("a record");
        assert_eq!((special.value, special.status), (None, Some("[c]")));
        assert_eq!(special.banner.as_deref(), Some("phase"));
    }

    #[test]
    fn totals_of_answers_are_nets_and_means_have_no_unit() {
        let records = all(&poll(), &released());
        let agree = find(&records, "inspection", "Total agree");
        assert_eq!(agree[0].statistic, "net");
        assert_eq!(agree[0].item.as_deref(), Some("Adds to workload"));
        let mean = find(&records, "hours", "Mean");
        assert_eq!((mean[0].statistic, mean[0].unit.as_deref()), ("mean", None));
        assert_eq!(mean[0].percent_of, None);
    }
}
