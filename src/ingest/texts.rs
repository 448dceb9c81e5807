//! What respondents wrote in answer to one question, as it may be kept: with what points at
//! a person taken out, and only where the poll file asks for quotes.

use super::personal::Redacted;

/// What respondents wrote in answer to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// The question, as an index of the questionnaire.
    pub question: usize,
    /// Rows of the frame, in order, and what stands there. A row without words is left out.
    pub cells: Vec<(u32, Redacted)>,
}

impl Texts {
    /// As they are once some rows, which are given in order, have left the frame.
    #[must_use]
    pub fn without(mut self, rows: &[u32]) -> Self {
        self.cells.retain(|(row, _)| rows.binary_search(row).is_err());
        for (row, _) in &mut self.cells {
            let before = rows.partition_point(|out| *out < *row);
            *row -= u32::try_from(before).unwrap_or(*row);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;
    use crate::ingest::personal::Redacted;

    #[test]
    fn texts_keep_to_their_respondents_when_rows_leave() {
        let text = |text: &str| Redacted { text: text.to_owned(), removed: Vec::new() };
        let cells = vec![(1, text("a")), (3, text("b")), (6, text("c"))];
        let left = Texts { question: 0, cells }.without(&[0, 3, 5]);
        assert_eq!(left.cells, [(0, text("a")), (3, text("c"))]);
    }
}
