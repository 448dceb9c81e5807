//! Net promoter questions: heights, classes, what is said.

use super::super::scene::Mark;
use super::super::tests::{between, description, hidden, percent, row, scene, table, texts};
use super::*;
use crate::disclose::testing::figure;
use crate::disclose::{Role, Status, Table};

fn question(name: &str, answers: Vec<Figure>, score: Figure) -> Table {
    let answer = |(number, figure)| row(&format!("{number}"), Role::Answer, figure);
    let mut rows: Vec<_> = answers.into_iter().enumerate().map(answer).collect();
    rows.push(row("Don’t know", Role::Pinned, percent(4.0)));
    let net = row("Net promoter score", Role::Summary, score);
    rows.push(Row { statistic: Statistic::Nps, ..net });
    let block = super::super::tests::block(None, rows);
    table(name, Form::Single { ordered: true }, vec![block])
}

fn recommend() -> Table {
    let shares = [17.0, 8.0, 11.0, 12.0, 10.0, 13.0, 9.0, 9.0, 6.0, 2.0, 3.0];
    question("recommend", shares.map(percent).to_vec(), percent(-75.0))
}

/// Usual and odd tables.
pub(in super::super) fn all() -> Vec<Table> {
    let shares = || (0..11).map(|_| between(9.0, 7.0, 11.0)).collect();
    let mut odd: Vec<Figure> = (0..11).map(|_| hidden()).collect();
    odd[10] = percent(100.0);
    odd[3] = figure(None, None, Status::Low);
    vec![
        recommend(),
        question("nps-hidden", (0..11).map(|_| hidden()).collect(), hidden()),
        question("nps-odd", odd, percent(100.0)),
        question("nps-intervals", shares(), between(-45.0, -50.0, -40.0)),
    ]
}

/// The heights of the columns of a colour.
fn heights(scene: &Scene, colour: Colour) -> Vec<f64> {
    let height = |mark: &Mark| match mark {
        Mark::Fill(area, fill) if *fill == colour && area.height > 4.5 => Some(area.height),
        _ => None,
    };
    scene.marks.iter().filter_map(height).collect()
}

#[test]
fn columns_are_as_high_as_their_shares_in_three_shades() {
    for width in [Width::Wide, Width::Narrow] {
        let (picture, _) = scene(&recommend(), width);
        let [low, middle, high] = [0, 7, 9].map(|answer| heights(&picture, shade(answer).0));
        assert_eq!((low.len(), middle.len(), high.len()), (7, 2, 2));
        let unit = low[0] / 17.0;
        assert!((low[6] / unit - 9.0).abs() < 1e-6 && (middle[1] / unit - 6.0).abs() < 1e-6);
        assert!((high[1] / unit - 3.0).abs() < 1e-6);
        let texts = texts(&picture);
        let said: Vec<&str> = texts.iter().map(|(_, text)| *text).collect();
        for words in ["\u{2212}75", "Detractors", "Passives", "Promoters", "Don’t know 4%"] {
            assert!(said.contains(&words), "{words}");
        }
    }
}

#[test]
fn what_is_hidden_has_no_column() {
    let table = question("hidden", (0..11).map(|_| hidden()).collect(), hidden());
    let (picture, _) = scene(&table, Width::Wide);
    assert!([0, 7, 9].iter().all(|answer| heights(&picture, shade(*answer).0).is_empty()));
    assert_eq!(texts(&picture).iter().filter(|(_, text)| *text == "[c]").count(), 11);
}

#[test]
fn a_score_without_its_eleven_answers_is_drawn_as_bars() {
    let mut table = recommend();
    table.blocks[0].rows.remove(4);
    let (picture, _) = scene(&table, Width::Wide);
    assert!(texts(&picture).iter().all(|(_, text)| *text != "Detractors"));
}

#[test]
fn the_score_is_told_first() {
    assert_eq!(
        description(&recommend(), false),
        "Net promoter score \u{2212}75. 11 answers from 0 to 10 shown. Most gave 0: 17%. \
         Don’t know 4%. Full figures are in the table that follows."
    );
}
