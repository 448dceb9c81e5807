//! Schemas that are spoilt: lines, values, keys and letters, over data that are sound.

use super::{line, piece};
use crate::corpus::Pair;
use crate::oracle::Case;
use crate::random::Random;

/// Values that some key or other may not have.
const VALUES: [&str; 44] = [
    "0",
    "1",
    "-1",
    "3",
    "1001",
    "9223372036854775807",
    "-9223372036854775808",
    "0.5",
    "-0.0",
    "nan",
    "inf",
    "-inf",
    "1e308",
    "true",
    "false",
    "\"\"",
    "\" \"",
    "\"x\"",
    "\"0%\"",
    "\"100%\"",
    "\"1e400%\"",
    "\"-5%\"",
    "\"nan%\"",
    "\"30% of median\"",
    "\"%d/%m/%Y\"",
    "\"%\"",
    "\"%s\"",
    "\"%Q\"",
    "\"(\"",
    "\"(a*)*\"",
    "\"\\u0000\"",
    "\"\\uFEFF\"",
    "[]",
    "[[]]",
    "[\"\"]",
    "[1, 2]",
    "[0, 10]",
    "[-9223372036854775808, 9223372036854775807]",
    "{}",
    "{ value = \"\" }",
    "{ from = 5, to = 1 }",
    "{ label = \"x\", id = \"-\" }",
    "2024-01-31",
    "'''\n'''",
];

/// Lines that mean something within some table or other.
const LINES: [&str; 47] = [
    "[source]",
    "[quality]",
    "[question]",
    "[scale.agree]",
    "[question.a]",
    "[[question]]",
    "format = 1",
    "format = 2",
    "id = \"x\"",
    "extends = \"schema.toml\"",
    "drop = [\"region\"]",
    "dialect = \"qualtrics\"",
    "dialect = \"surveymonkey\"",
    "dialect = \"limesurvey\"",
    "dialect = \"jisc\"",
    "dialect = \"typeform\"",
    "header_rows = 1",
    "header_rows = 3",
    "encoding = \"utf-16le\"",
    "encoding = \"windows-1252\"",
    "sheet = \"x\"",
    "skip_rows = 1",
    "skip_rows = 1000",
    "footer_rows = 1",
    "footer_rows = 1000",
    "decimal = \",\"",
    "delimiter = \"|\"",
    "delimiter = \";\"",
    "unknown_columns = \"reject\"",
    "missingValues = [{ from = -99, to = 1e9 }]",
    "kind = \"single\"",
    "kind = \"multi\"",
    "kind = \"grid\"",
    "kind = \"rank\"",
    "kind = \"number\"",
    "kind = \"date\"",
    "kind = \"text\"",
    "range = [1, 5]",
    "places = 2",
    "places = 100",
    "max = 1",
    "other = \"Other\"",
    "required = true",
    "fold = [\"case\", \"space\", \"quotes\", \"invisible\"]",
    "asked_if = \"a = 'x' or a is missing\"",
    "[quality.speeders]\nwhen = \"30% of median\"\nthen = \"set_aside\"",
    "[quality.duplicates]\nwhen = 1\nthen = \"set_aside\"",
];

/// A pair of the corpus whose schema is spoilt.
pub(crate) fn schema(corpus: &[Pair], random: &mut Random) -> Option<Case> {
    let pair = corpus.get(random.below(corpus.len()))?;
    let other = corpus.get(random.below(corpus.len()))?;
    let mut text = pair.schema.clone().into_bytes();
    for _ in 0..=random.below(4) {
        once(&mut text, other.schema.as_bytes(), random);
    }
    Some(Case { schema: text, data: pair.data.clone() })
}

/// One change.
fn once(text: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    match random.below(8) {
        0 | 1 => value(text, random),
        2 => {
            let (at, _) = line(text, random);
            let new = random.of(&LINES).unwrap_or_default();
            text.splice(at..at, new.bytes().chain(*b"\n"));
        }
        3 => {
            let (from, to) = line(text, random);
            text.drain(from..to);
        }
        4 => {
            let ((from, to), (at, _)) = (line(text, random), line(text, random));
            let copy: Vec<u8> = text[from..to].to_vec();
            text.splice(at..at, copy);
        }
        5 => {
            let ((at, _), (from, to)) = (line(text, random), line(other, random));
            text.splice(at..at, other[from..to].iter().copied());
        }
        6 => word(text, random),
        _ => {
            let (from, to) = piece(text.len(), 8, random);
            let byte = u8::try_from(random.below(128)).unwrap_or(b'x');
            text.splice(from..to, [byte]);
        }
    }
}

/// What stands behind an equals sign becomes something else.
fn value(text: &mut Vec<u8>, random: &mut Random) {
    let (from, to) = line(text, random);
    let Some(sign) = text[from..to].iter().position(|byte| *byte == b'=') else { return };
    let new = random.of(&VALUES).unwrap_or_default();
    text.splice(from + sign + 1..to, format!(" {new}\n").into_bytes());
}

/// A text in quotation marks becomes another one of the same schema.
fn word(text: &mut Vec<u8>, random: &mut Random) {
    let marks: Vec<usize> = (0..text.len()).filter(|at| text[*at] == b'"').collect();
    let pair = |random: &mut Random| {
        let at = random.below(marks.len());
        Some((*marks.get(at)?, *marks.get(at + 1)?))
    };
    let (Some((from, to)), Some((start, end))) = (pair(random), pair(random)) else { return };
    let copy: Vec<u8> = text[start..end].to_vec();
    text.splice(from..to, copy);
}
