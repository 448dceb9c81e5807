//! Names of worksheets and of tables, each given once.
//!
//! Takes the names of the page's tables. Knows what spreadsheets allow, and nothing else.

use std::collections::BTreeSet;

/// A worksheet's name may have as many characters.
const LONGEST_SHEET: usize = 31;

/// A table's name may have as many; so long a name helps nobody.
const LONGEST_TABLE: usize = 64;

/// The names that have been given, in lower case: spreadsheets do not tell case.
pub(super) struct Names {
    sheets: BTreeSet<String>,
    tables: BTreeSet<String>,
}

impl Names {
    pub(super) fn new() -> Self {
        // Excel keeps this name for itself.
        let sheets = BTreeSet::from(["history".to_owned()]);
        Self { sheets, tables: BTreeSet::new() }
    }

    /// A name for a worksheet: without spaces, so that links to it need no care.
    pub(super) fn sheet(&mut self, wish: &str) -> String {
        give(&mut self.sheets, &only(wish, |c| matches!(c, '-' | '_')), LONGEST_SHEET)
    }

    /// A name for a table. It begins with a word: `q4` alone would be taken for a cell.
    pub(super) fn table(&mut self, wish: &str) -> String {
        let wish = format!("table_{}", only(wish, |c| c == '_'));
        give(&mut self.tables, &wish, LONGEST_TABLE)
    }
}

/// Letters and digits, and `_` for all that is not allowed.
fn only(wish: &str, allowed: fn(char) -> bool) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || allowed(c) { c } else { '_' };
    if wish.is_empty() { "_".to_owned() } else { wish.chars().map(kept).collect() }
}

/// The wish cut to its length; with a number if somebody has it already.
fn give(given: &mut BTreeSet<String>, wish: &str, longest: usize) -> String {
    let mut name: String = wish.chars().take(longest).collect();
    let mut number = 1;
    while !given.insert(name.to_lowercase()) {
        number += 1;
        let end = format!("_{number}");
        let start = wish.chars().take(longest - end.len());
        name = start.chain(end.chars()).collect();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_if_spreadsheets_allow_it() {
        let mut names = Names::new();
        assert_eq!(names.sheet("adequate-phase"), "adequate-phase");
        assert_eq!(names.sheet("pupils' needs [1]"), "pupils__needs__1_");
        assert_eq!(names.table("adequate-phase"), "table_adequate_phase");
        assert_eq!(names.sheet(""), "_");
    }

    #[test]
    fn no_name_is_given_twice_whatever_its_case() {
        let mut names = Names::new();
        let given = ["Notes", "notes", "NOTES", "History"].map(|wish| names.sheet(wish));
        assert_eq!(given, ["Notes", "notes_2", "NOTES_3", "History_2"]);
        assert_eq!(names.table("a-b"), "table_a_b");
        assert_eq!(names.table("a_b"), "table_a_b_2");
    }

    #[test]
    fn long_names_are_cut_and_still_differ() {
        let mut names = Names::new();
        let long = "effects_of_inspection_on_home_life";
        assert_eq!(names.sheet(&format!("{long}-phase")), "effects_of_inspection_on_home_l");
        assert_eq!(names.sheet(&format!("{long}-role")), "effects_of_inspection_on_home_2");
    }
}
