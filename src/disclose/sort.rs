//! In which order answers and items stand: by what may be seen of them.
//!
//! An order by what is hidden would give it away. The same order holds in table, chart and
//! files; answers that stay last, such as "Don't know", do so in every order.

use super::{Figure, Status, Table, Trend};
use crate::poll::tables::Sort;
use crate::tabulate::{Block, Form, Label, Role, Row};

/// Puts the answers, or the items, of a table in order.
pub(super) fn sort(blocks: &mut [Block<Figure>], form: Form, sort: Sort) {
    let natural = match form {
        Form::Single { ordered: true } | Form::Number => Sort::Questionnaire,
        Form::Single { ordered: false } | Form::Multi | Form::Battery { .. } | Form::Rank => {
            Sort::Descending
        }
    };
    let sign = match if sort == Sort::Natural { natural } else { sort } {
        Sort::Questionnaire | Sort::Natural => return,
        Sort::Descending => -1.0,
        Sort::Ascending => 1.0,
    };
    // What cannot be seen comes last in either order.
    let rank = |size: Option<f64>| size.map_or(f64::INFINITY, |size| sign * size);
    if matches!(form, Form::Battery { .. } | Form::Rank) {
        let rank = |block: &Block<Figure>| rank(item(block, form));
        blocks.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
        return;
    }
    for block in blocks {
        let answers = block.rows.iter().take_while(|row| row.role == Role::Answer).count();
        let rank = |row: &Row<Figure>| rank(size(row));
        block.rows[..answers].sort_by(|a, b| rank(a).total_cmp(&rank(b)));
    }
}

/// Puts the items and answers of a trend in the order of its question's own table; those that
/// this wave no longer has come last.
pub(super) fn like(mut trend: Trend, tables: &[Table]) -> Trend {
    let own = |table: &&Table| table.banner.is_none() && !table.own;
    let id = &trend.heading.question.id;
    let Some(table) = tables.iter().filter(own).find(|table| table.question.id == *id) else {
        return trend;
    };
    let place = |item: &Option<Label>| table.blocks.iter().position(|b| b.item == *item);
    trend.blocks.sort_by_key(|block| place(&block.item).unwrap_or(usize::MAX));
    for block in &mut trend.blocks {
        let Some(at) = place(&block.item) else { continue };
        let rows = &table.blocks[at].rows;
        let place = |id: &str| rows.iter().position(|row| row.label.id == id);
        block.rows.sort_by_key(|row| place(&row.label.id).unwrap_or(usize::MAX));
    }
    trend
}

/// The size of an item: of a battery its first total, or else that end of its scale; of
/// things put in order how often it was first.
fn item(block: &Block<Figure>, form: Form) -> Option<f64> {
    let net = block.rows.iter().find(|row| row.role == Role::Net);
    match (form, net) {
        (Form::Battery { .. }, Some(net)) => size(net),
        (Form::Battery { first, .. }, None) => block.rows.iter().take(first).map(size).sum(),
        _ => block.rows.first().and_then(size),
    }
}

/// What may be seen of a row's size in the total.
fn size(row: &Row<Figure>) -> Option<f64> {
    let figure = row.cells.first()?;
    let low = figure.status() == Status::Low;
    figure.value().or(low.then_some(0.0))
}

#[cfg(test)]
mod tests {
    use super::super::testing::figure;
    use super::*;
    use crate::tabulate::Statistic;

    fn row(text: &str, role: Role, value: Option<f64>) -> Row<Figure> {
        let status = if value.is_some() { Status::Shown } else { Status::Confidential };
        Row {
            label: Label { id: text.to_lowercase(), text: text.to_owned() },
            role,
            statistic: Statistic::Percent,
            content: crate::tabulate::Content::Other,
            cells: vec![figure(value, None, status)],
        }
    }

    fn block(item: &str, rows: Vec<Row<Figure>>) -> Block<Figure> {
        let item = Some(Label { id: item.to_lowercase(), text: item.to_owned() });
        Block { item, bases: Vec::new(), rows }
    }

    fn answers(form: Form, order: Sort) -> Vec<String> {
        let rows = vec![
            row("Few", Role::Answer, Some(5.0)),
            row("Hidden", Role::Answer, None),
            row("Many", Role::Answer, Some(70.0)),
            row("Other", Role::Pinned, Some(25.0)),
        ];
        let mut blocks = [block("", rows)];
        sort(&mut blocks, form, order);
        blocks[0].rows.iter().map(|row| row.label.text.clone()).collect()
    }

    #[test]
    fn answers_without_an_order_come_by_size_hidden_and_pinned_ones_last() {
        let largest = ["Many", "Few", "Hidden", "Other"];
        assert_eq!(answers(Form::Single { ordered: false }, Sort::Natural), largest);
        assert_eq!(answers(Form::Multi, Sort::Natural), largest);
        assert_eq!(answers(Form::Single { ordered: true }, Sort::Descending), largest);
        let ascending = answers(Form::Multi, Sort::Ascending);
        assert_eq!(ascending, ["Few", "Many", "Hidden", "Other"]);
        let asked = ["Few", "Hidden", "Many", "Other"];
        assert_eq!(answers(Form::Single { ordered: true }, Sort::Natural), asked);
        assert_eq!(answers(Form::Multi, Sort::Questionnaire), asked);
    }

    #[test]
    fn items_come_by_their_first_total_or_by_that_end_of_the_scale() {
        let item = |name: &str, agree: f64, net: Option<f64>| {
            let rest = row("Disagree", Role::Answer, Some(100.0 - agree));
            let net = net.map(|net| row("All agree", Role::Net, Some(net)));
            block(
                name,
                [row("Agree", Role::Answer, Some(agree)), rest]
                    .into_iter()
                    .chain(net)
                    .collect(),
            )
        };
        let order = |net: [Option<f64>; 2]| {
            let mut blocks = [item("A", 20.0, net[0]), item("B", 30.0, net[1])];
            sort(&mut blocks, Form::Battery { first: 1, last: 1 }, Sort::Natural);
            blocks.map(|block| block.item.map(|item| item.text).unwrap_or_default())
        };
        assert_eq!(order([None, None]), ["B", "A"]);
        assert_eq!(order([Some(40.0), Some(30.0)]), ["A", "B"]);
    }

    #[test]
    fn a_trend_stands_in_the_order_of_its_question() {
        use super::super::testing::{change, figure, trend, wave};
        let course =
            |text| (text, vec![figure(Some(5.0), None, Status::Shown); 2], change(0.0, None));
        let rows = vec![course("Gone"), course("Few"), course("Many")];
        let trend = trend(vec![wave("A", 100), wave("B", 0)], rows);
        let rows =
            vec![row("Many", Role::Answer, Some(70.0)), row("Few", Role::Answer, Some(30.0))];
        let table = Table {
            name: "workload".to_owned(),
            title: "Workload".to_owned(),
            own: false,
            question: trend.heading.question.clone(),
            form: Form::Multi,
            banner: None,
            groups: Vec::new(),
            spans: Vec::new(),
            overlapping: false,
            partial: false,
            merged: Vec::new(),
            percent: crate::poll::tables::Percent::Column,
            sort: Sort::Natural,
            blocks: vec![Block { item: None, bases: Vec::new(), rows }],
            sensitive: false,
            filter: None,
            makeup: crate::tabulate::Makeup::default(),
        };
        let trend = like(trend, &[table]);
        let labels = trend.blocks[0].rows.iter().map(|row| row.label.text.as_str());
        assert_eq!(labels.collect::<Vec<_>>(), ["Many", "Few", "Gone"]);
    }
}
