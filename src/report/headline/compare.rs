//! Comparisons in a headline: "more ... than", "lower", "rose", "doubled".
//!
//! Between groups they need the figures of one row: the first bound one is spoken of. A
//! figure of a group has a verdict against the rest, which bears "than others" by itself;
//! against another group it does so where that group differs from the rest the other way,
//! or is the rest. A change since an earlier wave cannot be bound, so none is borne.

use crate::diagnostic::Finding;
use crate::disclose::Verdict;
use crate::prose::Bearing;

use super::super::codes::{CHANGE, COMPARISON, TWICE, TWO_FIGURES};
use super::bear::Word;
use super::name::Cell;

/// What "doubled" may be; "halved" is one over it.
const TWICE_AS_MUCH: std::ops::RangeInclusive<f64> = 1.9..=2.1;

/// Words for all who are not in a group.
const REST: [&str; 7] =
    ["other", "others", "rest", "colleagues", "elsewhere", "average", "everyone"];

/// The comparison of a word, if the figures do not bear it.
pub(super) fn check(word: &Word<'_>) -> Option<Finding> {
    let up = matches!(word.cue.bearing, Bearing::More | Bearing::Rise | Bearing::Double);
    let wanted = if up { Verdict::Higher } else { Verdict::Lower };
    if matches!(word.cue.bearing, Bearing::Rise | Bearing::Fall) {
        return Some(word.finding(
            &CHANGE,
            format!("no change can be bound in {}", word.scope.what),
            "leave the word out; the question's table by wave gives the change and its test",
        ));
    }
    let row = row(word);
    let twice = matches!(word.cue.bearing, Bearing::Double | Bearing::Halve);
    match row.as_slice() {
        [own, other, ..] if twice => {
            ratio(word, own, other).or_else(|| pair(word, own, other, wanted))
        }
        [own, other, ..] => pair(word, own, other, wanted),
        [own] if own.group.is_some() && !twice && says_rest(word) => {
            against(word, own, wanted, "the rest")
        }
        _ => Some(word.finding(
            &TWO_FIGURES,
            format!(
                "two figures of one row, of different groups, are not bound in {}",
                word.scope.what
            ),
            "bind both (`{question.answer@banner=group|percent}`), or bind one and compare it \
             with \"others\"",
        )),
    }
}

/// The bound figures of one row in different groups, the one that is spoken of first.
fn row<'a>(word: &Word<'a>) -> Vec<Cell<'a>> {
    let Some(first) = word.bound.first().map(|bound| bound.cell) else { return Vec::new() };
    let same = |cell: &Cell<'_>| {
        cell.table.question.id == first.table.question.id
            && cell.item() == first.item()
            && cell.row.label.id == first.row.label.id
            && cell.group != first.group
    };
    let others = word.bound.iter().map(|bound| bound.cell).filter(same);
    std::iter::once(first).chain(others).collect()
}

fn says_rest(word: &Word<'_>) -> bool {
    word.tokens.iter().any(|token| token.is_in(&REST))
}

/// A group against the rest.
fn against(word: &Word<'_>, cell: &Cell<'_>, wanted: Verdict, what: &str) -> Option<Finding> {
    let because = match cell.figure.verdict() {
        Some(verdict) if verdict == wanted => return None,
        Some(Verdict::Neither) => {
            format!("no difference of `{}` from {what} was found", cell.name())
        }
        Some(_) => format!("the test of `{}` against {what} says the opposite", cell.name()),
        None => format!("`{}` was not tested against {what}", cell.name()),
    };
    Some(word.finding(&COMPARISON, because, "give both figures, without the comparison"))
}

/// A group against another.
fn pair(word: &Word<'_>, own: &Cell<'_>, other: &Cell<'_>, wanted: Verdict) -> Option<Finding> {
    // The whole poll is compared with as the rest is: who is higher than the rest is higher
    // than all.
    if own.group.is_none() {
        return against(word, other, opposite(wanted), "the rest");
    }
    let refused = against(word, own, wanted, "the rest");
    if refused.is_some() || other.group.is_none() {
        return refused;
    }
    let two = own.table.groups.len() == 3; // the total and two groups
    let apart = two || other.figure.verdict() == Some(opposite(wanted));
    (!apart).then(|| {
        let because = format!(
            "`{}` was tested against the rest, not against `{}`, which does not differ from the rest",
            own.name(),
            other.name()
        );
        word.finding(&COMPARISON, because, "compare it with \"others\", or give both figures")
    })
}

fn opposite(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Higher => Verdict::Lower,
        Verdict::Lower => Verdict::Higher,
        Verdict::Neither => Verdict::Neither,
    }
}

/// "doubled", "twice as many", "halved".
fn ratio(word: &Word<'_>, own: &Cell<'_>, other: &Cell<'_>) -> Option<Finding> {
    let (one, two) = (own.figure.value()?, other.figure.value()?);
    let times = if word.cue.bearing == Bearing::Halve { two / one } else { one / two };
    (!TWICE_AS_MUCH.contains(&times)).then(|| {
        let because = format!("`{}` is {one}, `{}` is {two}", own.name(), other.name());
        word.finding(&TWICE, because, "give both figures, without the word")
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::released;
    use super::super::{Scope, sentence};
    use super::*;
    use crate::disclose::testing::{figure, judged, released as gate};
    use crate::disclose::{Status, Table};
    use crate::words::EN_GB;

    /// Primary 4%, special 8% said yes, with these verdicts; a third group if there is one.
    fn tables(verdicts: &[Verdict]) -> Vec<Table> {
        let mut tables = released().tables().to_vec();
        let table = &mut tables[1];
        if verdicts.len() > 2 {
            let mut third = table.groups[2].clone();
            third.id = "third".to_owned();
            table.groups.push(third);
        }
        let shown = |(place, verdict): (usize, &Verdict)| {
            let value = 4.0 * (place + 1) as f64;
            judged(figure(Some(value), None, Status::Shown), *verdict)
        };
        let cells = verdicts.iter().enumerate().map(shown);
        let total = table.blocks[0].rows[0].cells[0].clone();
        table.blocks[0].rows[0].cells = std::iter::once(total).chain(cells).collect();
        tables
    }

    fn refused(text: &str, verdicts: &[Verdict]) -> Option<&'static str> {
        let text = text
            .replace("PRIMARY", "{adequate.yes@phase=primary|percent}")
            .replace("SPECIAL", "{adequate.yes@phase=special|percent}");
        let released = gate(tables(verdicts), false);
        sentence(&text, &Scope::headline(&released), &EN_GB).err().map(|found| found[0].code.id)
    }

    use Verdict::{Higher, Lower, Neither};

    #[test]
    fn a_group_is_compared_with_others_by_its_verdict() {
        let text = "Fewer primary members than others (PRIMARY) said yes";
        assert_eq!(refused(text, &[Lower, Higher]), None);
        assert_eq!(refused(text, &[Neither, Higher]), Some("R007"));
        assert_eq!(refused(text, &[Higher, Lower]), Some("R007"));
        assert_eq!(refused("Fewer than before, PRIMARY, said yes", &[Lower]), Some("R006"));
    }

    #[test]
    fn two_groups_need_two_figures_that_differ() {
        let text = "Fewer primary than special members said yes (PRIMARY, SPECIAL)";
        assert_eq!(refused(text, &[Lower, Higher]), None);
        // With two groups only, each is the other's rest.
        assert_eq!(refused(text, &[Lower, Neither]), None);
        assert_eq!(refused(text, &[Lower, Neither, Neither]), Some("R007"));
        assert_eq!(refused(text, &[Lower, Higher, Neither]), None);
        let more = "More primary than special members said yes (PRIMARY, SPECIAL)";
        assert_eq!(refused(more, &[Lower, Higher]), Some("R007"));
    }

    #[test]
    fn twice_is_nearly_two() {
        let text = "Twice as many special members (SPECIAL) as primary ones (PRIMARY) said yes";
        assert_eq!(refused(text, &[Lower, Higher]), None);
        assert_eq!(refused(text, &[Neither, Neither]), Some("R007"));
        let third = text
            .replace("special", "third")
            .replace("SPECIAL", "{adequate.yes@phase=third|percent}");
        assert_eq!(refused(&third, &[Lower, Lower, Higher]), Some("R009"));
    }

    #[test]
    fn changes_wait_for_an_earlier_wave() {
        assert_eq!(refused("PRIMARY said yes, down from last year", &[Lower]), Some("R008"));
    }
}
