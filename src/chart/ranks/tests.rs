//! Rankings: lengths, what is hidden, what is said.

use super::super::tests::{
    between, block, description, hidden, inline, lengths, percent, row as line, table, words,
};
use super::*;
use crate::disclose::Table;

fn item(name: &str, [first, top, place]: [Figure; 3]) -> Block<Figure> {
    let mean = line("Mean place, where ranked", Role::Summary, place);
    let rows = vec![
        line("First choice", Role::Answer, first),
        line("In the first 3", Role::Net, top),
        Row { statistic: Statistic::Mean, ..mean },
    ];
    block(Some(name), rows)
}

fn priorities() -> Table {
    let items = vec![
        item("Pay", [percent(30.0), percent(57.0), percent(2.0)]),
        item("Workload", [percent(20.0), between(55.0, 52.0, 58.0), percent(1.8)]),
        item("Buildings", [percent(1.0), percent(7.0), hidden()]),
    ];
    table("priorities", Form::Rank, items)
}

fn partly_hidden() -> Table {
    let items = vec![
        item("Pay", [hidden(), percent(57.0), percent(2.0)]),
        item("Workload", [percent(20.0), hidden(), percent(1.8)]),
        item(&"a very long label ".repeat(17), [hidden(), hidden(), hidden()]),
    ];
    table("ranks-hidden", Form::Rank, items)
}

/// Usual and odd tables.
pub(in super::super) fn all() -> Vec<Table> {
    let mut only_first = priorities();
    only_first.name = "ranks-first".to_owned();
    only_first.blocks.iter_mut().for_each(|block| block.rows.truncate(1));
    vec![priorities(), partly_hidden(), only_first, table("no-ranks", Form::Rank, vec![])]
}

#[test]
fn first_choices_are_the_dark_part_of_the_first_few() {
    let svg = inline(&priorities(), false);
    // The first of each is the swatch of the key.
    let (dark, light) = (lengths(&svg, "#0F3A61"), lengths(&svg, "#4590D2"));
    let unit = dark[1] / 30.0;
    for (length, value) in dark[1..].iter().zip([30.0, 20.0, 1.0]) {
        assert!((length / unit - value).abs() < 0.05, "{value}");
    }
    for (length, value) in light[1..].iter().zip([57.0, 55.0, 7.0]) {
        assert!((length / unit - value).abs() < 0.05, "{value}");
    }
    let said = words(&svg);
    assert!(["30%", "57%", "2", "[c]"].iter().all(|w| said.contains(&(*w).to_owned())));
}

#[test]
fn what_is_hidden_has_no_part_in_a_bar() {
    let svg = inline(&partly_hidden(), false);
    assert_eq!((lengths(&svg, "#0F3A61").len(), lengths(&svg, "#4590D2").len()), (2, 2));
    let said = words(&svg);
    assert!(said.contains(&"[c] hidden to protect confidentiality".to_owned()));
}

#[test]
fn a_ranking_is_told_in_words() {
    assert_eq!(
        description(&priorities(), false),
        "3 items shown. First choice: most often Pay 30%, least often Buildings 1%. \
         In the first 3: most often Pay 57%, least often Buildings 7%. \
         Full figures are in the table that follows."
    );
}
