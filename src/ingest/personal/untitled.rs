//! Names of people without a title: a text goes in, where a name stands comes out.
//!
//! Two words with capitals beside each other, of which neither is known to mean something else,
//! or one after a word for a person (`my head Jane`). Takes out places and titles of books
//! too. Misses a name that stands alone, one in small letters or in capitals throughout, and
//! one that is also an ordinary word; so a person has to look for names all the same.

use std::ops::Range;

use super::school::{KINDS, bare, stops};
use super::{is_one_of, within};

/// The most words of a name.
const MOST: usize = 4;

/// Words for a person after which a single word with a capital is a name.
const PERSONS: &str = "head headteacher principal deputy boss manager mentor colleague friend \
    inspector governor chair assistant partner husband wife son daughter mum dad brother sister";

/// Words of ordinary sentences, which have a capital where a sentence begins.
const ORDINARY: &str = "about above after again all also although always am an and another any \
    anyone are as ask at be because been before being both but by can cannot could did do does \
    doing done during each either else even ever every everyone everything few finally first \
    for from get give given go had has have having he her here his how however i if in indeed \
    instead into is it its just keep last later least less let like look made make many maybe me \
    mine more most much must my neither never no nobody none nor not nothing now of off often \
    on once one only or other others our out over overall own people perhaps please put rather \
    really same see she should since so some someone something sometimes soon sorry still stop \
    such take tell than thank thanks that the their them then there these they this those though \
    through thus to today together tomorrow too totally try two under unless until up us use very \
    was we were what whatever when where whether which while who whole why will with within \
    without would yes yet you your don't didn't doesn't can't won't isn't wasn't couldn't \
    shouldn't wouldn't aren't haven't hasn't i'm i've i'd i'll we've we're we'd we'll they've \
    they're they'd you're you've it'll he's she's let's";

/// Words that stand in names of days, subjects, offices, products and countries.
const KNOWN: &str = "ofsted hmi estyn government minister ministers ministry secretary prime \
    union labour conservative conservatives tory tories mp mps council authority authorities \
    trusts academies key stages years sats phonics mathematics history geography physical \
    religious french german spanish latin design computing curriculum assessment exam exams \
    level levels gcses btecs inspector inspectors inspection inspections inspectorate \
    framework report reports card requires requirement satisfactory measures serious weaknesses \
    safeguarding section category word judgement judgements judgment judgments grade grades \
    heads headteachers leadership principals carer carers health care plan plans mental \
    wellbeing well-being working hours workload planning preparation marking pay pension \
    pensions covid-19 coronavirus pandemic lockdown christmas easter half term january february \
    march april may june july august september october november december monday tuesday \
    wednesday thursday friday saturday sunday britain scotland ireland united kingdom european \
    europe north south east west midlands north-east north-west south-east south-west \
    american america african asian muslim hindu microsoft google teams zoom excel outlook office \
    powerpoint whatsapp facebook twitter instagram tiktok youtube classroom internet house \
    commons lords parliament westminster treasury foreign queen safety act regulations human \
    resources equality diversity inclusion option group part form set tier chapter question \
    answer reception insurance educational needs literature evening";

/// Where a name begins and ends.
pub(super) fn untitled(text: &str) -> Option<Range<usize>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).find_map(|at| {
        let after_person = at > 0 && is_person(words[at - 1]);
        let name = named(&words[at..]);
        let long_enough = name.len() >= if after_person { 1 } else { 2 };
        let (first, last) = (name.first()?, name.last()?);
        long_enough.then(|| within(text, bare(first)).start..within(text, bare(last)).end)
    })
}

/// The words of a name with which some words begin; none if they do not.
fn named<'w, 't>(words: &'w [&'t str]) -> &'w [&'t str] {
    let mut count = 0;
    for word in words.iter().take(MOST) {
        let joined = count == 0 || word.starts_with(char::is_alphanumeric);
        if !joined || !(is_name(word) || is_initial(word)) {
            break;
        }
        count += 1;
        if stops(word) && !is_initial(word) {
            break;
        }
    }
    let name = &words[..count];
    if name.iter().any(|word| is_name(word)) { name } else { &[] }
}

/// Whether a word is for a person, and goes on to the next.
fn is_person(word: &str) -> bool {
    let goes_on = word.strip_suffix(',').unwrap_or(word);
    goes_on.ends_with(char::is_alphabetic) && is_one_of(PERSONS, &bare(word).to_lowercase())
}

/// `J.` or `J`; `A` and `I` are words of their own.
fn is_initial(word: &str) -> bool {
    let letter = bare(word);
    letter.chars().count() == 1
        && letter.starts_with(char::is_uppercase)
        && (word.ends_with('.') || !is_one_of("A I", letter))
}

/// A word with a capital and small letters that is not known to mean something else.
fn is_name(word: &str) -> bool {
    let name = bare(word);
    name.starts_with(char::is_uppercase)
        && name.contains(char::is_lowercase)
        && name.chars().all(|c| c.is_alphabetic() || "'’-".contains(c))
        && !is_known(&name.to_lowercase().replace('’', "'"))
}

/// Whether a word, or a part of it, is in one of the lists.
fn is_known(small: &str) -> bool {
    let lists = [ORDINARY, KNOWN, KINDS];
    let known = |part: &str| lists.iter().any(|list| is_one_of(list, part));
    known(small) || small.split('-').any(known)
}

#[cfg(test)]
mod tests {
    use super::untitled;

    #[test]
    fn names_are_found_in_sentences() {
        let mut wrong = Vec::new();
        for (text, name) in [
            ("my head Jane Smith shouted at us", "Jane Smith"),
            ("Jane Smith shouted at us", "Jane Smith"),
            ("It was Aoife Ní Bhriain’s idea", "Aoife Ní Bhriain"),
            ("We told J. R. O'Brien, who left", "J. R. O'Brien"),
            ("(see Anne-Marie Jones)", "Anne-Marie Jones"),
            ("our headteacher, Jane, cried", "Jane"),
            ("I told my manager Tom. He left", "Tom"),
            ("Then Priya K. was ill", "Priya K"),
            ("Head of Year Kwame Mensah", "Kwame Mensah"),
        ] {
            let found = untitled(text).map(|range| &text[range]);
            wrong.extend((found != Some(name)).then_some((text, found)));
        }
        assert_eq!(wrong, []);
    }

    #[test]
    fn words_with_capitals_that_name_nobody_stay() {
        let mut wrong = Vec::new();
        for text in [
            "Ofsted came in January. Then Covid came, and Key Stage 2 SATs.",
            "The Department for Education and the Prime Minister did nothing",
            "In London we had Requires Improvement; the North West had Good.",
            "Please Stop. I'm Sorry. Don't Ask. It's Monday",
            "Microsoft Teams and Google Classroom on Christmas Day",
            "English Literature, Religious Education and Special Educational Needs",
            "A Level Maths, Year A, Plan B, Grade C",
            "my head Ofsted said",
            "They wrote: “Safeguarding Inspection Framework”",
            "Our Deputy Head Teacher left. Parents Evening is hard",
        ] {
            wrong.extend(untitled(text).map(|range| (text, &text[range])));
        }
        assert_eq!(wrong, []);
    }

    #[test]
    fn a_name_that_stands_alone_is_missed() {
        assert_eq!(untitled("Everybody knows that jane smith and JANE SMITH left"), None);
        assert_eq!(untitled("Then Jane came"), None);
    }
}
