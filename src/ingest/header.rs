//! One name for each column, from one or two header rows.

use csv::ByteRecord;

/// Words in a second header row that add nothing to the question above them.
const PLAIN: [&str; 3] = ["", "Response", "Open-Ended Response"];

/// The names of the columns: the header itself, or with two rows `question [option]`,
/// where an empty first cell belongs to the question on its left.
pub(super) fn names(rows: &[ByteRecord]) -> Vec<String> {
    let cell = |row: &ByteRecord, field: usize| {
        let bytes = row.get(field).unwrap_or_default();
        String::from_utf8_lossy(bytes).trim().to_owned()
    };
    let Some((first, rest)) = rows.split_first() else { return Vec::new() };
    let width = rows.iter().map(ByteRecord::len).max().unwrap_or(0);
    let mut question = String::new();
    let mut names = Vec::with_capacity(width);
    for field in 0..width {
        let own = cell(first, field);
        let Some(second) = rest.first() else {
            names.push(own);
            continue;
        };
        if !own.is_empty() {
            question = own;
        }
        let option = cell(second, field);
        let plain = PLAIN.contains(&option.as_str());
        names.push(if plain { question.clone() } else { format!("{question} [{option}]") });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::names;
    use csv::ByteRecord;

    #[test]
    fn a_question_is_carried_over_its_options() {
        let rows = [
            ByteRecord::from(vec!["ID", "Why?", "", "", "Age"]),
            ByteRecord::from(vec!["", "Pay", "Workload", "Other", "Response"]),
        ];
        let expected = ["ID", "Why? [Pay]", "Why? [Workload]", "Why? [Other]", "Age"];
        assert_eq!(names(&rows), expected);
        assert_eq!(names(&rows[..1]), ["ID", "Why?", "", "", "Age"]);
    }
}
