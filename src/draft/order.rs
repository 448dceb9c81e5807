//! The order of a list of answers: by opposite words with degrees, by steps that are known
//! word for word, by qualifications, or by the numbers in the answers.

use super::cells;
use super::scales::{
    BANDS, DEGREES, EDUCATION, MIDDLES, NO_OPINION, NOTHING, POLES, Poles, STEPS,
};

/// A list in its order, and how that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) answers: Vec<String>,
    /// The name of the scale; none for bands and numbers.
    pub(super) name: Option<String>,
    /// Why, in words for a comment.
    pub(super) why: &'static str,
    /// Totals of either side.
    pub(super) nets: Vec<(String, Vec<String>)>,
}

/// Whether the answer is shown but is none on the matter.
pub(super) fn is_no_opinion(label: &str) -> bool {
    NO_OPINION.contains(&cells::folded(label).trim_end_matches('.'))
}

/// Whether the answer cannot go with another one.
pub(super) fn is_nothing(label: &str) -> bool {
    NOTHING.contains(&cells::folded(label).trim_end_matches('.'))
}

/// Whether the answer is the open one.
pub(super) fn is_open(label: &str) -> bool {
    let label = cells::folded(label);
    let after = label.strip_prefix("other").unwrap_or("x");
    after.is_empty()
        || after.trim_start().starts_with(['(', ':', ',', '-', '.'])
        || after.trim() == "please specify"
}

/// Whether the text belongs to questionnaires, so that it is nobody's own words even if one
/// person gave it.
pub(super) fn is_common(label: &str) -> bool {
    let word = plain(label);
    let step = STEPS.iter().any(|s| s.steps.iter().any(|wordings| wordings.contains(&&*word)));
    let pole = POLES.iter().any(|poles| is_pole(&word, poles));
    step || pole
        || is_no_opinion(label)
        || is_nothing(label)
        || is_open(label)
        || is_band(&word)
}

fn is_pole(word: &str, poles: &Poles) -> bool {
    let middle = word.starts_with("neither") && word.contains(poles.plus);
    middle || degree(word, poles.plus, poles.minus).is_some_and(|degree| degree != 0)
}

/// Whether the text is one or two short numbers and the words of bands only. Three numbers
/// may be a date, and long ones or ones that begin with 0 a telephone number.
fn is_band(word: &str) -> bool {
    let joined = word.replace(',', "");
    let words = joined.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let digits = |w: &&str| w.chars().all(|c| c.is_ascii_digit());
    let (numbers, words): (Vec<&str>, Vec<&str>) = words.partition(digits);
    let bare = joined.chars().all(|c| c.is_ascii_digit());
    let longest = match joined.contains(['£', '$', '€']) {
        true => 7,
        false if bare => 2,
        false => 4,
    };
    let plain =
        |number: &&str| number.len() <= longest && (*number == "0" || !number.starts_with('0'));
    (1..=2).contains(&numbers.len())
        && numbers.iter().all(plain)
        && words.iter().all(|word| BANDS.contains(word))
}

/// Puts answers in order, if their order is known.
pub(super) fn order(labels: &[String]) -> Option<Order> {
    if labels.len() < 2 {
        return None;
    }
    opposite(labels)
        .or_else(|| steps(labels))
        .or_else(|| numbered(labels))
        .or_else(|| education(labels))
        .or_else(|| shared_word(labels))
}

/// A label as the tables of `scales` have it.
fn plain(label: &str) -> String {
    cells::folded(label).trim_end_matches('.').to_owned()
}

fn opposite(labels: &[String]) -> Option<Order> {
    POLES.iter().find_map(|poles| {
        let degrees: Option<Vec<i32>> =
            labels.iter().map(|l| degree(&plain(l), poles.plus, poles.minus)).collect();
        let degrees = degrees?;
        let named = labels.iter().any(|l| is_pole(&plain(l), poles));
        let ranked = ranked(labels, &degrees)?;
        named.then(|| Order {
            name: Some(poles.name.to_owned()),
            nets: nets(poles, &ranked),
            answers: ranked.into_iter().map(|(_, label)| label).collect(),
            why: "by the words; turn it round if need be",
        })
    })
}

/// How far an answer is from the middle, above zero on the side of `plus`.
fn degree(word: &str, plus: &str, minus: &[&str]) -> Option<i32> {
    if MIDDLES.iter().any(|middle| word.starts_with(middle)) {
        return Some(0);
    }
    let word = word.strip_prefix("yes, ").or(word.strip_prefix("no, ")).unwrap_or(word);
    let words: Vec<&str> = word.split(|c: char| !c.is_alphanumeric() && c != '\'').collect();
    let side = |pole: &str| words.iter().position(|w| *w == pole);
    let minus = minus.iter().find_map(|pole| side(pole));
    let (place, sign) = minus.map(|place| (place, -1)).or(side(plus).map(|p| (p, 1)))?;
    let rest = words.iter().enumerate().filter(|(i, w)| *i != place && !w.is_empty());
    let rest: Vec<&str> = rest.map(|(_, w)| *w).collect();
    let rest = rest.join(" ");
    let (_, strength) = DEGREES.iter().find(|(degree, _)| *degree == rest)?;
    Some(sign * strength)
}

/// The answers from the highest to the lowest; none if two are alike.
fn ranked(labels: &[String], degrees: &[i32]) -> Option<Vec<(i32, String)>> {
    let mut pairs: Vec<(i32, String)> =
        degrees.iter().copied().zip(labels.iter().cloned()).collect();
    pairs.sort_by_key(|(degree, _)| -degree);
    let alike = pairs.windows(2).any(|pair| pair[0].0 == pair[1].0);
    (!alike).then_some(pairs)
}

/// How far from the middle an answer must be to count to a side: "only just" does not.
const FAR: i32 = 25;

/// Totals of either side, where each side has more than one answer.
fn nets(poles: &Poles, ranked: &[(i32, String)]) -> Vec<(String, Vec<String>)> {
    let Some((plus, minus)) = poles.nets else { return Vec::new() };
    let side = |sign: i32| -> Vec<String> {
        let of_side = ranked.iter().filter(|(degree, _)| degree * sign >= FAR);
        of_side.map(|(_, label)| label.clone()).collect()
    };
    let (above, below) = (side(1), side(-1));
    if above.len() < 2 || below.len() < 2 {
        return Vec::new();
    }
    vec![(plus.to_owned(), above), (minus.to_owned(), below)]
}

fn steps(labels: &[String]) -> Option<Order> {
    STEPS.iter().find_map(|scale| {
        let place = |label: &String| {
            let word = plain(label);
            scale.steps.iter().position(|wordings| wordings.contains(&&*word))
        };
        let places: Option<Vec<i32>> = labels
            .iter()
            .map(|label| place(label).and_then(|p| i32::try_from(p).ok()).map(|p| -p))
            .collect();
        let ranked = ranked(labels, &places?)?;
        Some(Order {
            answers: ranked.into_iter().map(|(_, label)| label).collect(),
            name: Some(scale.name.to_owned()),
            why: "by the words; turn it round if need be",
            nets: Vec::new(),
        })
    })
}

/// By the numbers in the answers, first by the first: bands, codes, lengths.
fn numbered(labels: &[String]) -> Option<Order> {
    let keys: Option<Vec<Vec<f64>>> = labels.iter().map(|label| numbers(label)).collect();
    let mut pairs: Vec<(Vec<f64>, &String)> = keys?.into_iter().zip(labels).collect();
    pairs.sort_by(|a, b| {
        let by_number = a.0.iter().zip(&b.0).map(|(a, b)| a.total_cmp(b));
        let first = by_number.into_iter().find(|o| o.is_ne());
        first.unwrap_or_else(|| a.0.len().cmp(&b.0.len())).then_with(|| a.1.cmp(b.1))
    });
    Some(Order {
        answers: pairs.into_iter().map(|(_, label)| label.clone()).collect(),
        name: None,
        why: "by the numbers",
        nets: Vec::new(),
    })
}

/// The numbers of an answer; the first a little less after "under", a little more after
/// "over". Words for nothing are below zero.
fn numbers(label: &str) -> Option<Vec<f64>> {
    let word = plain(label);
    if ["none", "zero", "never", "no"].contains(&word.as_str()) {
        return Some(vec![-1.0]);
    }
    let joined = word.replace(|c: char| c == ',' || c == '\'' && word.contains("000"), "");
    let parts = joined.split(|c: char| !c.is_ascii_digit() && c != '.');
    let mut found: Vec<f64> =
        parts.filter_map(|part| part.trim_matches('.').parse().ok()).collect();
    let first = found.first_mut()?;
    let starts = |words: &[&str]| words.iter().any(|w| word.starts_with(w));
    if starts(&["under", "less", "fewer", "below", "<", "up to", "younger"]) {
        *first -= 0.5;
    } else if starts(&["over", "more", "above", ">"]) {
        *first += 0.5;
    }
    Some(found)
}

fn education(labels: &[String]) -> Option<Order> {
    let level = |label: &String| {
        let word = plain(label);
        let held = EDUCATION.iter().enumerate().flat_map(|(i, words)| {
            words
                .iter()
                .filter(|w| begins(&word, w))
                .map(move |w| (w.len(), i))
                .collect::<Vec<_>>()
        });
        held.max().map(|(_, level)| level)
    };
    let levels: Option<Vec<usize>> = labels.iter().map(level).collect();
    let mut pairs: Vec<(usize, &String)> = levels?.into_iter().zip(labels).collect();
    pairs.sort();
    (labels.len() > 2).then(|| Order {
        answers: pairs.into_iter().map(|(_, label)| label.clone()).collect(),
        name: None,
        why: "lowest qualification first",
        nets: Vec::new(),
    })
}

/// Whether one of the text's words begins so: "graduate" is no part of "undergraduate".
fn begins(text: &str, start: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric();
    text.match_indices(start).any(|(at, _)| !text[..at].ends_with(letter))
}

/// By degrees of a word that all answers share: "very rude", "not at all rude".
fn shared_word(labels: &[String]) -> Option<Order> {
    let first = plain(labels.first()?);
    let words = first.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2);
    words.into_iter().find_map(|word| {
        let degrees: Option<Vec<i32>> =
            labels.iter().map(|label| degree(&plain(label), word, &[])).collect();
        let ranked = ranked(labels, &degrees?)?;
        Some(Order {
            answers: ranked.into_iter().map(|(_, label)| label).collect(),
            name: Some(crate::questionnaire::slug(word)),
            why: "by the words; turn it round if need be",
            nets: Vec::new(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order of a list, from any order.
    fn check(labels: &[&str]) -> String {
        let labels: Vec<String> = labels.iter().map(|&l| l.to_owned()).collect();
        let found = order(&labels);
        found.map_or("unknown".to_owned(), |order| order.answers.join(" > "))
    }

    #[test]
    fn degrees_go_from_one_pole_to_the_other() {
        let agree = [
            "Disagree",
            "Strongly Agree",
            "Neither agree or disagree",
            "Agree",
            "Strongly disagree",
        ];
        assert_eq!(
            check(&agree),
            "Strongly Agree > Agree > Neither agree or disagree > Disagree > Strongly disagree"
        );
        assert_eq!(
            check(&[
                "Not at all important",
                "Very important",
                "Fairly important",
                "Not very important"
            ]),
            "Very important > Fairly important > Not very important > Not at all important"
        );
        assert_eq!(
            check(&["No, not at all rude", "Yes, somewhat rude", "Yes, very rude"]),
            "Yes, very rude > Yes, somewhat rude > No, not at all rude"
        );
        assert_eq!(
            check(&[
                "Unmanageable all of the time",
                "Only just manageable",
                "Manageable most of the time"
            ]),
            "Manageable most of the time > Only just manageable > Unmanageable all of the time"
        );
    }

    #[test]
    fn totals_need_two_answers_on_either_side() {
        let labels = |list: &[&str]| list.iter().map(|&l| l.to_owned()).collect::<Vec<_>>();
        let five = labels(&["Agree", "Strongly agree", "Disagree", "Strongly disagree"]);
        let found = order(&five).unwrap().nets;
        assert_eq!(found[0], ("All agree".to_owned(), labels(&["Strongly agree", "Agree"])));
        assert_eq!(order(&five[..3]).unwrap().nets, []);
    }

    #[test]
    fn steps_and_bands_are_known() {
        assert_eq!(check(&["Never", "Sometimes", "Always"]), "Always > Sometimes > Never");
        assert_eq!(check(&["No", "Yes"]), "Yes > No");
        assert_eq!(check(&["> 60", "18-29", "45-60"]), "18-29 > 45-60 > > 60");
        assert_eq!(
            check(&["40 to 49", "Under 30", "30 to 39"]),
            "Under 30 > 30 to 39 > 40 to 49"
        );
        assert_eq!(
            check(&["6'0\"", "5'10\"", "5'9\"", "Under 5 ft."]),
            "Under 5 ft. > 5'9\" > 5'10\" > 6'0\""
        );
        assert_eq!(check(&["A10", "A2", "A1"]), "A1 > A2 > A10");
        assert_eq!(check(&["10 (All)", "2", "1 (None)"]), "1 (None) > 2 > 10 (All)");
        assert_eq!(
            check(&["Doctorate", "Undergraduate degree", "Master degree"]),
            "Undergraduate degree > Master degree > Doctorate"
        );
        assert_eq!(check(&["London", "Wales"]), "unknown");
    }

    #[test]
    fn words_of_questionnaires_are_nobodys_own() {
        for label in [
            "Strongly agree",
            "Prefer not to say",
            "Other (please specify)",
            "80 or more hours",
            "3-5",
        ] {
            assert!(is_common(label), "{label}");
        }
        for label in ["My head teacher", "Flat 3", "Another school", "07700 900123 45", "1980"]
        {
            assert!(!is_common(label), "{label}");
        }
    }
}
