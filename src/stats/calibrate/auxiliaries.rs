//! The numbers whose totals calibration makes come true.
//!
//! Takes auxiliary values by cell or by record; gives them in one form: a cell for each
//! record and a row of values for each cell. Checks shapes and that all is finite, once,
//! so that nothing later has to.

use super::{Error, Raking, check_length};

/// Auxiliary variables: one row for each cell, one cell for each record.
#[derive(Clone, Debug, PartialEq)]
pub struct Auxiliaries {
    cells: Vec<u32>,
    rows: Vec<f64>,
    columns: usize,
}

impl Auxiliaries {
    /// Auxiliaries that are constant within cells, as indicators are.
    ///
    /// `cells`: the cell of each record; `rows`: the values of each cell one after
    /// another, `columns` of them for each.
    ///
    /// # Errors
    ///
    /// No records or no columns, rows that are not whole or too few for the cells, and
    /// values that are not finite.
    pub fn by_cell(cells: Vec<u32>, rows: Vec<f64>, columns: usize) -> Result<Self, Error> {
        let Some(last) = cells.iter().max().filter(|_| columns > 0) else {
            return Err(Error::NoRecords);
        };
        let needed = (*last as usize + 1).max(rows.len().div_ceil(columns)) * columns;
        check_length("auxiliary values", rows.len(), needed)?;
        match rows.iter().position(|x| !x.is_finite()) {
            Some(place) => {
                Err(Error::Auxiliary { column: place % columns, cell: place / columns })
            }
            None => Ok(Self { cells, rows, columns }),
        }
    }

    /// Auxiliaries that differ from record to record: columns of one number per record.
    ///
    /// # Errors
    ///
    /// No records or no columns, columns of different length, more than 2³² records, and
    /// values that are not finite.
    pub fn by_record(columns: &[&[f64]]) -> Result<Self, Error> {
        let records = columns.first().map_or(0, |column| column.len());
        for column in columns {
            check_length("values in a column", column.len(), records)?;
        }
        let last = u32::try_from(records);
        let last = last.map_err(|_| Error::Length {
            what: "records",
            found: records,
            expected: u32::MAX as usize,
        })?;
        let mut rows = vec![0.0; records * columns.len()];
        for (place, column) in columns.iter().enumerate() {
            let places = rows.iter_mut().skip(place).step_by(columns.len());
            places.zip(*column).for_each(|(x, value)| *x = *value);
        }
        Self::by_cell((0..last).collect(), rows, columns.len())
    }

    /// One indicator for each code of each margin, margin after margin, and their totals:
    /// raking as calibration, which can have bounds.
    #[must_use]
    pub fn of_margins(raking: &Raking) -> (Self, Vec<f64>) {
        let (cells, targets) = (raking.cells(), raking.targets());
        let mut rows = Vec::new();
        for cell in 0..cells.count() {
            for (margin, targets) in targets.iter().enumerate() {
                let own = cells.codes(margin).get(cell).map(|&code| code as usize);
                rows.extend((0..targets.len()).map(|code| f64::from(own == Some(code))));
            }
        }
        let totals = targets.concat();
        (Self { cells: cells.of().to_vec(), rows, columns: totals.len() }, totals)
    }

    /// The cell of each record.
    #[must_use]
    pub fn cells(&self) -> &[u32] {
        &self.cells
    }

    /// How many columns there are; at least one.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The values of each cell, one row after another.
    pub(super) fn values(&self) -> &[f64] {
        &self.rows
    }

    /// The values of each cell.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.rows.chunks_exact(self.columns.max(1))
    }

    /// How many cells there are.
    pub(super) fn count(&self) -> usize {
        self.rows.len() / self.columns.max(1)
    }

    /// Σ weight · x for each column, of a weight for each cell.
    pub(super) fn totals(&self, weights: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut totals = vec![0.0; self.columns];
        for (row, weight) in self.rows().zip(weights) {
            for (total, x) in totals.iter_mut().zip(row) {
                *total += weight * x;
            }
        }
        totals
    }
}
