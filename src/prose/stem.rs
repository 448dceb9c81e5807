//! What forms of one word have in common, and words that say too little to find anything
//! by. Takes words in lower case. Never looks at their meaning.

/// Endings that are taken off, the longest first of those that overlap.
const ENDINGS: [&str; 13] =
    ["ments", "ment", "ings", "ing", "ions", "ion", "ors", "or", "ful", "ed", "ly", "es", "s"];

/// Words that stand in every text: no figure is found by them.
const STOP: &str = "\
    a about above after again against agree agreed all also although am among amongst an \
    and another answer answered any are around as asked at be because been before being \
    believe believed below between both but by call called can cent come compared could \
    data described did do does done down each even ever every expect far feel felt few \
    fewer figure figures find for found from further get give given go had half has have \
    having he her here him his how i if in into is it its just know less like made make \
    many may me mean meant might more most much must my named nearly never new no nor not \
    now of off on one only or other others our out over own past per percent poll put \
    quarter rather replied reply report reported respond responded result results said \
    same say saying says see several share she should since so some still such survey \
    synthetic take taken tell ten than that the their them then there these they think \
    third this those thought three through time to told too two under until up us very \
    want wanted was we well were what when where whether which while who whom whose why \
    will with within without would year years yes you your";

/// Words for people, of whom a share may be claimed.
const PEOPLE: &str = "\
    adult adults citizens colleagues customers doctor doctors educator educators employee \
    employees engineer engineers everybody everyone fliers flyers graduates heads \
    headteacher headteachers leader leaders lecturers male member members members' men \
    nurse nurses parent parents participant participants passenger passengers people \
    person physicians principals professionals public readers researcher researchers \
    residents respondent respondents scientist scientists staff student students teacher \
    teachers travellers user users voter voters women worker workers workforce";

/// The part of a word that its other forms share: `inspection`, `inspected` and
/// `inspectors` give `inspect`. Never shorter than four letters, unless the word is.
#[must_use]
pub fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let mut stem = match word.strip_suffix("ies") {
        Some(start) if start.len() >= 3 => format!("{start}y"),
        _ => word.to_owned(),
    };
    for _ in 0..3 {
        let cut = ENDINGS.iter().find_map(|ending| shorter(&stem, ending));
        match cut {
            Some(cut) => stem = cut,
            None => break,
        }
    }
    let bare = stem.trim_end_matches('e');
    if bare.chars().count() >= 4 { bare.to_owned() } else { stem }
}

fn shorter(word: &str, ending: &str) -> Option<String> {
    let least = if ending == "s" { 3 } else { 4 };
    let cut = word.strip_suffix(ending)?;
    let kept = ending == "s" && cut.ends_with(['s', 'u', 'i']);
    (!kept && cut.chars().count() >= least).then(|| cut.to_owned())
}

/// Whether a word, in lower case, is too common to find a figure by.
#[must_use]
pub fn is_stop(word: &str) -> bool {
    STOP.split(' ').any(|stop| stop == word) || is_people(word) || word.chars().count() < 2
}

/// Whether a word, in lower case, is one for people.
#[must_use]
pub fn is_people(word: &str) -> bool {
    PEOPLE.split(' ').any(|people| people == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for words in [
            ["inspection", "inspected", "inspectors"],
            ["judgement", "judgements", "judge"],
            ["harm", "harms", "harmful"],
            ["city", "cities", "city's"],
            ["stress", "stressed", "stresses"],
            ["disagree", "disagreed", "disagrees"],
        ] {
            let stems = words.map(stem);
            assert!(stems.iter().all(|s| *s == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn opposites_stay_apart() {
        assert_ne!(stem("manageable"), stem("unmanageable"));
        assert_ne!(stem("work"), stem("workload"));
        assert_eq!(stem("yes"), "yes");
    }
}
