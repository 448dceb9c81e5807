//! How dates are written: cells go in, the forms that all of them fit come out.
//!
//! A day and a month can only be told apart by a number above 12; without one, both forms
//! come out, and a person has to choose.

use jiff::civil::{Date, DateTime};

/// Days, then times, in every form that is looked for: ISO 8601 first, days before months.
const DAYS: [&str; 10] = [
    "%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y",
    "%d/%m/%y", "%m/%d/%y", "%d %B %Y",
];
const TIMES: [&str; 8] = [
    "",
    "T%H:%M:%S",
    " %H:%M:%S",
    " %H:%M",
    " %I:%M:%S %p",
    " %I:%M %p",
    "T%H:%M:%SZ",
    "T%H:%M:%S%.fZ",
];

/// The forms that every one of the cells fits, the usual one first; none if there are no
/// cells.
pub(super) fn forms(cells: &[&str]) -> Vec<String> {
    let Some(first) = cells.first() else { return Vec::new() };
    if !first.starts_with(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let every =
        DAYS.iter().flat_map(|day| TIMES.iter().map(move |time| format!("{day}{time}")));
    let fitting = every.filter(|form| fits(form, first));
    fitting.filter(|form| cells.iter().all(|cell| fits(form, cell))).collect()
}

fn fits(form: &str, cell: &str) -> bool {
    let mut numbers = cell.split(|c: char| !c.is_ascii_digit());
    if form.contains("%Y") != numbers.any(|number| number.len() == 4) {
        return false;
    }
    if form.contains("%H") || form.contains("%I") {
        DateTime::strptime(form, cell).is_ok()
    } else {
        Date::strptime(form, cell).is_ok() && !cell.contains(':')
    }
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn a_day_above_twelve_decides() {
        let check = |cells: &[&str]| forms(cells);
        assert_eq!(check(&["03/02/2024", "25/01/2024"]), ["%d/%m/%Y"]);
        assert_eq!(check(&["03/02/2024", "01/25/2024"]), ["%m/%d/%Y"]);
        assert_eq!(check(&["03/02/2024", "01/12/2024"]), ["%d/%m/%Y", "%m/%d/%Y"]);
        assert_eq!(check(&["2024-01-13T07:00:02"]), ["%Y-%m-%dT%H:%M:%S"]);
        assert_eq!(check(&["7/10/14 18:37"]), ["%d/%m/%y %H:%M", "%m/%d/%y %H:%M"]);
        assert_eq!(check(&["25/01/2024", "01/25/2024"]), [""; 0]);
        assert_eq!(check(&["3", "4"]), [""; 0]);
    }
}
