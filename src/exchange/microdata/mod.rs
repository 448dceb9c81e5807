//! Records: a [`Sample`] goes in, one row of codes for each respondent comes out, and the
//! codebook that says what they mean.
//!
//! Answers are numbers, reasons for no answer are negative ones, and the same in every
//! column. Free text, personal columns and the key are left out, and rows stand in the order
//! of what they hold, so that neither a name nor a place in the export leads back to a
//! person. That alone makes nobody anonymous: `publish` writes this for the analyst only.

mod codebook;
mod codes;
mod column;

use std::cmp::Ordering;

use crate::prepare::Sample;

use column::Column;

/// The files: names and bytes of the records, of their codebook as Table Schema (version 2)
/// and of the same to read. The same sample gives the same bytes, in whatever order its
/// respondents came.
#[must_use]
pub fn microdata(sample: &Sample) -> Vec<(&'static str, Vec<u8>)> {
    let mut columns = column::columns(sample);
    let rows = order(&columns, sample.design().weights.len());
    for column in &mut columns {
        column.number_units(&rows);
    }
    let book = codebook::Records { columns: &columns, sample };
    vec![
        ("data.csv", records(&columns, &rows)),
        ("codebook.json", codebook::schema(&book).into_bytes()),
        ("codebook.html", codebook::page(&book).into_bytes()),
    ]
}

/// The rows in the order of what they hold: columns from left to right, sampling units last.
fn order(columns: &[Column<'_>], count: usize) -> Vec<usize> {
    let (units, others): (Vec<_>, Vec<_>) = columns.iter().partition(|column| column.is_unit());
    let by: Vec<&Column<'_>> = others.into_iter().chain(units).collect();
    let Some((first, rest)) = by.split_first() else { return (0..count).collect() };
    // Most rows differ in the first column, whose keys stand together in memory.
    let mut rows: Vec<(u64, usize)> = (0..count).map(|row| (first.key(row), row)).collect();
    rows.sort_by(|(key, a), (other, b)| {
        let differ = || rest.iter().map(|column| column.compare(*a, *b));
        let differ = || differ().find(|order| order.is_ne()).unwrap_or(Ordering::Equal);
        key.cmp(other).then_with(differ)
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A header and a line for each row. Nothing in it needs quotation marks: names are ids, and
/// cells are numbers and days.
fn records(columns: &[Column<'_>], rows: &[usize]) -> Vec<u8> {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let mut text = names.join(",") + "\n";
    for row in rows {
        for (place, column) in columns.iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            column.write(*row, &mut text);
        }
        text.push('\n');
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests;
