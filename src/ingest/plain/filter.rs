//! A file's columns as filters see them: numbers where all cells are, labels otherwise.

use super::Plain;
use crate::expression::{Codes, Column, Columns};

impl Columns for Plain {
    fn column(&self, name: &str) -> Option<Column<'_>> {
        let column = self.column(name)?;
        Some(match &column.numbers {
            Some(numbers) => Column::Number(numbers),
            None => Column::Category {
                codes: Codes::Long(&column.codes),
                labels: &column.labels,
                first_reason: column.labels.len(),
            },
        })
    }

    fn names(&self) -> Vec<&str> {
        self.names.keys().map(String::as_str).collect()
    }
}
