//! Ground floor: polars columns as slices, and slices as polars columns.
//!
//! The only room that knows how polars stores an `Enum`. Takes codes and labels, gives a
//! column, and the other way round; copies nothing. Knows nothing of polls.

use polars::prelude::{
    Categorical8Chunked, Categorical8Type, Categorical16Chunked, Categorical16Type,
    Categorical32Chunked, Categorical32Type, CategoricalPhysical, Column, DataFrame, DataType,
    Float64Chunked, FrozenCategories, IntoColumn, IntoSeries, PolarsResult, UInt8Chunked,
    UInt16Chunked, UInt32Chunked,
};

/// Codes of an `Enum` column, in as few bytes as its list of labels needs.
#[derive(Clone, Copy, Debug)]
pub enum Codes<'a> {
    /// Up to 255 labels.
    One(&'a [u8]),
    /// Up to 65,535 labels.
    Two(&'a [u16]),
    /// More.
    Four(&'a [u32]),
}

impl Codes<'_> {
    /// The code of one row.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> usize {
        match self {
            Self::One(codes) => usize::from(codes[row]),
            Self::Two(codes) => usize::from(codes[row]),
            Self::Four(codes) => codes[row] as usize,
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::One(codes) => codes.len(),
            Self::Two(codes) => codes.len(),
            Self::Four(codes) => codes.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The codes in four bytes each.
    #[must_use]
    pub fn to_wide(&self) -> Vec<u32> {
        match self {
            Self::One(codes) => codes.iter().map(|c| u32::from(*c)).collect(),
            Self::Two(codes) => codes.iter().map(|c| u32::from(*c)).collect(),
            Self::Four(codes) => codes.to_vec(),
        }
    }
}

/// An `Enum` column of codes that are all within the list of labels.
///
/// # Errors
/// If two labels are alike.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the list decides the width, so every code fits it"
)]
pub fn labels(name: &str, codes: Vec<u32>, labels: &[String]) -> PolarsResult<Column> {
    let categories = FrozenCategories::new(labels.iter().map(String::as_str))?;
    let kind = DataType::Enum(categories.clone(), categories.mapping().clone());
    let name = name.into();
    Ok(match categories.physical() {
        CategoricalPhysical::U8 => {
            let codes = codes.into_iter().map(|c| c as u8).collect();
            let codes = UInt8Chunked::from_vec(name, codes);
            Categorical8Chunked::from_cats_and_dtype(codes, kind).into_series().into_column()
        }
        CategoricalPhysical::U16 => {
            let codes = codes.into_iter().map(|c| c as u16).collect();
            let codes = UInt16Chunked::from_vec(name, codes);
            Categorical16Chunked::from_cats_and_dtype(codes, kind).into_series().into_column()
        }
        CategoricalPhysical::U32 => {
            let codes = UInt32Chunked::from_vec(name, codes);
            Categorical32Chunked::from_cats_and_dtype(codes, kind).into_series().into_column()
        }
    })
}

/// As [`labels`], for a list of fewer than 256 labels whose codes are bytes already.
///
/// # Errors
/// If two labels are alike.
pub fn narrow_labels(name: &str, codes: Vec<u8>, labels: &[String]) -> PolarsResult<Column> {
    let categories = FrozenCategories::new(labels.iter().map(String::as_str))?;
    let kind = DataType::Enum(categories.clone(), categories.mapping().clone());
    let codes = UInt8Chunked::from_vec(name.into(), codes);
    Ok(Categorical8Chunked::from_cats_and_dtype(codes, kind).into_series().into_column())
}

/// A column of numbers, not-a-number where there is none.
#[must_use]
pub fn number_column(name: &str, values: Vec<f64>) -> Column {
    Float64Chunked::from_vec(name.into(), values).into_series().into_column()
}

/// The codes of an `Enum` column; none if there is no such column, or if it is in several
/// pieces, which this program never makes.
#[must_use]
pub fn codes<'a>(frame: &'a DataFrame, name: &str) -> Option<Codes<'a>> {
    let column = frame.column(name).ok()?;
    let series = column.as_materialized_series();
    match series.dtype().cat_physical().ok()? {
        CategoricalPhysical::U8 => {
            series.cat::<Categorical8Type>().ok()?.physical().cont_slice().ok().map(Codes::One)
        }
        CategoricalPhysical::U16 => {
            series.cat::<Categorical16Type>().ok()?.physical().cont_slice().ok().map(Codes::Two)
        }
        CategoricalPhysical::U32 => series
            .cat::<Categorical32Type>()
            .ok()?
            .physical()
            .cont_slice()
            .ok()
            .map(Codes::Four),
    }
}

/// Gives every row of an `Enum` column the code that `change` makes of its row and code;
/// other columns stay as they are.
///
/// # Errors
/// If polars refuses the column: a fault of the program.
pub fn recode(
    frame: &mut DataFrame,
    name: &str,
    change: impl Fn(usize, usize) -> usize,
) -> PolarsResult<()> {
    let list = list(frame, name);
    let column = match codes(frame, name) {
        None => return Ok(()),
        Some(Codes::One(codes)) => {
            let changed = codes.iter().enumerate();
            let changed = changed.map(|(row, code)| change(row, usize::from(*code)));
            let narrow = |code| u8::try_from(code).unwrap_or(u8::MAX);
            narrow_labels(name, changed.map(narrow).collect(), &list)?
        }
        Some(codes) => {
            let changed = (0..codes.len()).map(|row| change(row, codes.get(row)));
            let wide = |code| u32::try_from(code).unwrap_or(u32::MAX);
            labels(name, changed.map(wide).collect(), &list)?
        }
    };
    frame.replace(name, column).map(|_| ())
}

/// The labels of an `Enum` column, in the order of their codes.
#[must_use]
pub fn list(frame: &DataFrame, name: &str) -> Vec<String> {
    let Ok(column) = frame.column(name) else { return Vec::new() };
    match column.dtype() {
        DataType::Enum(categories, _) => {
            categories.categories().values_iter().map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// The numbers of a column.
#[must_use]
pub fn numbers<'a>(frame: &'a DataFrame, name: &str) -> Option<&'a [f64]> {
    frame.column(name).ok()?.as_materialized_series().f64().ok()?.cont_slice().ok()
}

#[cfg(test)]
mod tests {
    use super::{codes, labels, list, narrow_labels, number_column, numbers};
    use polars::prelude::{BooleanChunked, DataFrame, NewChunkedArray};

    #[test]
    fn codes_and_labels_come_back_also_after_a_filter() {
        let short: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let long: Vec<String> = (0..300).map(|i| format!("label {i}")).collect();
        let frame = DataFrame::new(
            3,
            vec![
                narrow_labels("one", vec![2, 0, 1], &short).unwrap(),
                labels("two", vec![299, 0, 256], &long).unwrap(),
                number_column("n", vec![1.5, f64::NAN, 3.0]),
            ],
        )
        .unwrap();
        assert_eq!(list(&frame, "one"), short);
        let mask = BooleanChunked::from_slice("m".into(), &[true, false, true]);
        let kept = frame.filter(&mask).unwrap();
        assert_eq!(codes(&kept, "one").unwrap().to_wide(), [2, 1]);
        assert_eq!(codes(&kept, "two").unwrap().to_wide(), [299, 256]);
        assert_eq!(numbers(&kept, "n").unwrap(), [1.5, 3.0]);
        assert!(codes(&kept, "absent").is_none());
    }
}
