//! Made-up tables for tests: two banners with letters and marks, and letters of East Asia.

use crate::pipeline::table::{Alone, Column, Crosstab, Entry, Grid, Line, LineKind};

/// A table with all that may surround it.
pub(super) fn shown(table: Crosstab) -> Alone {
    Alone {
        marks: vec![("Private", "For the analyst only.")],
        wording: Some("“Is the pause of two weeks enough?”".to_owned()),
        terms: vec!["One answer. Base: all who answered.".to_owned()],
        tables: vec![table],
    }
}

/// The total, three phases and four roles; no two figures are alike.
pub(super) fn crosstab() -> Crosstab {
    let columns = [
        "Total",
        "Nursery and primary",
        "Secondary",
        "Special or alternative provision",
        "Classroom teacher",
        "Middle leader",
        "Headteacher or senior leader",
        "Supply",
    ];
    let letters = ["", "A", "B", "C", "A", "B", "C", "D"];
    let mut yes = line("Yes", LineKind::Plain, 11);
    yes.cells[1].letters = "B C".to_owned();
    yes.cells[4].verdict = Some("▼ lower");
    yes.cells[6].verdict = Some("▲ higher");
    yes.cells[6].letters = "A b".to_owned();
    let mut base = line("Base (unweighted)", LineKind::Base, 301);
    base.cells[7].letters = "‡".to_owned();
    Crosstab {
        spans: vec![("Phase".to_owned(), 1..4), ("Role".to_owned(), 4..8)],
        letters: letters.map(str::to_owned).to_vec(),
        grid: grid(
            &columns,
            vec![
                yes,
                line("Neither one nor the other, or both of them", LineKind::Plain, 31),
                line("Don't know", LineKind::Pinned, 51),
                line("Any answer of substance", LineKind::Net, 71),
            ],
            vec![base],
        ),
    }
}

/// Labels and headings in letters that take two columns each.
pub(super) fn wide() -> Crosstab {
    Crosstab {
        spans: Vec::new(),
        letters: vec![String::new(); 3],
        grid: grid(
            &["合計", "小学校と幼稚園", "カフェ"],
            vec![line("はい、そう思います", LineKind::Plain, 11)],
            vec![line("回答者", LineKind::Base, 301)],
        ),
    }
}

fn grid(columns: &[&str], lines: Vec<Line>, foot: Vec<Line>) -> Grid {
    let column = |text: &&str| Column { text: (*text).to_owned(), kind: LineKind::Plain };
    let columns: Vec<Column> = columns.iter().map(column).collect();
    let cut = |mut line: Line| {
        line.cells.truncate(columns.len());
        line
    };
    Grid {
        name: "pause".to_owned(),
        caption: "Pause adequate, by Phase and Role".to_owned(),
        keys: vec!["‡: fewer than 50 people in the column.".to_owned()],
        corner: "Answer",
        lines: lines.into_iter().map(cut).collect(),
        foot: foot.into_iter().map(cut).collect(),
        columns,
    }
}

/// Eight cells, counted up from a number.
fn line(label: &str, kind: LineKind, first: usize) -> Line {
    let sign = if kind == LineKind::Base { "" } else { "%" };
    let cell = |n: usize| Entry { text: format!("{}{sign}", first + n), ..Entry::default() };
    Line { label: label.to_owned(), kind, cells: (0..8).map(cell).collect() }
}
