//! Comparisons of columns in words: which row, which columns, by which test.

use super::{Block, Cell, Table, rows};
use crate::estimate::{Block as Numbers, Compared, Crossed, Row};
use crate::poll::Poll;
use crate::questionnaire::Question;
use crate::stats::test::{RaoScott, letter};

/// A comparison of two columns of a row, of a column with the rest, or of all columns of a
/// table; with everything that it rests on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The table's name.
    pub table: String,
    /// The item's label, in a battery.
    pub item: Option<String>,
    /// The row's label; none for the table as a whole.
    pub row: Option<String>,
    /// The name of the row's statistic.
    pub statistic_of: Option<&'static str>,
    /// The first column; none for the table as a whole.
    pub first: Option<Side>,
    /// The other; none for the rest, and for the table as a whole.
    pub second: Option<Side>,
    /// By which method: that of the poll file, or `rao_scott`.
    pub method: &'static str,
    /// First less second, in the unit of the row.
    pub difference: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// The test statistic: t or z; F for a table.
    pub statistic: Option<f64>,
    /// Degrees of freedom: of the numerator for a table; none for a normal statistic.
    pub freedom: Option<f64>,
    /// Degrees of freedom of the denominator, for a table.
    pub freedom_below: Option<f64>,
    /// The chance of such a difference where there is none.
    pub p: Option<f64>,
    /// The same, adjusted for the comparisons of the row.
    pub adjusted: Option<f64>,
    /// What is marked: for a pair the letter, capital or not, under the higher column; for
    /// the rest `higher`, `lower` or `none`.
    pub marked: Option<String>,
    /// Bases and effective bases of first and second.
    pub bases: [Option<(u64, f64)>; 2],
    /// Why nothing was tested.
    pub untested: Option<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Its letter.
    pub letter: String,
    /// Its label.
    pub label: String,
}

/// All comparisons of a table, row by row.
pub(super) fn all(
    question: &Question,
    crossed: &Crossed,
    table: &Table<Cell>,
    poll: &Poll,
) -> Vec<Comparison> {
    let blocks = crossed.blocks.iter().zip(&table.blocks);
    let of_block = |(numbers, block): (&Numbers, &Block<Cell>)| {
        let item = block.item.as_ref().map(|item| item.text.clone());
        let about = About { question, table, item, poll };
        let rows = numbers.rows.iter().flat_map(|row| about.row(row)).collect::<Vec<_>>();
        rows.into_iter().chain(numbers.independence.as_ref().map(|whole| about.whole(whole)))
    };
    blocks.flat_map(of_block).collect()
}

struct About<'a> {
    question: &'a Question,
    table: &'a Table<Cell>,
    item: Option<String>,
    poll: &'a Poll,
}

impl About<'_> {
    fn row(&self, row: &Row) -> Vec<Comparison> {
        row.compared.iter().map(|compared| self.compared(row, compared)).collect()
    }

    fn compared(&self, row: &Row, compared: &Compared) -> Comparison {
        let (_, statistic) = rows::kind(self.question, row.of, self.table.percent);
        let unit = statistic.unit();
        let test = compared.test.as_ref().ok();
        Comparison {
            row: Some(rows::label(self.question, row.of, self.poll.words).text),
            statistic_of: Some(statistic.name()),
            first: Some(self.side(compared.first)),
            second: compared.second.map(|second| self.side(second)),
            method: self.poll.tables.test.method.name(),
            difference: test.map(|test| test.difference * unit),
            se: test.map(|test| test.se * unit),
            statistic: test.map(|test| test.statistic),
            freedom: test.map(|test| test.freedom).filter(|freedom| freedom.is_finite()),
            p: test.map(|test| test.p),
            adjusted: compared.adjusted,
            marked: Self::marked(row, compared),
            bases: compared.bases.map(Some),
            untested: compared.test.as_ref().err().map(ToString::to_string),
            ..self.about()
        }
    }

    /// Rao and Scott's test of the whole table.
    fn whole(&self, whole: &RaoScott) -> Comparison {
        Comparison {
            method: "rao_scott",
            statistic: Some(whole.f),
            freedom: Some(whole.numerator),
            freedom_below: Some(whole.denominator),
            p: Some(whole.p),
            ..self.about()
        }
    }

    fn about(&self) -> Comparison {
        let (table, item) = (self.table.name.clone(), self.item.clone());
        Comparison { table, item, ..Comparison::default() }
    }

    fn side(&self, column: usize) -> Side {
        let label = self.table.groups.get(column + 1).map(|group| group.text.clone());
        Side { letter: letter(column), label: label.unwrap_or_default() }
    }

    /// The letter that a pair puts under its higher column, or the verdict on the rest.
    fn marked(row: &Row, compared: &Compared) -> Option<String> {
        let Some(second) = compared.second else {
            return compared.verdict.map(|verdict| verdict.name().to_owned());
        };
        let marks = |column: usize, other: usize| {
            let marks = row.marks.get(column)?;
            marks.iter().find(|mark| mark.column == other).map(|mark| mark.letter())
        };
        marks(compared.first, second).or_else(|| marks(second, compared.first))
    }
}
