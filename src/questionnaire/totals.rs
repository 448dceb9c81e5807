//! What is counted of several answers together: nets, boxes at the ends of a scale,
//! differences of two nets, and the net promoter score.
//!
//! Takes what a question and its scale say of them, gives them with their members as
//! indexes of the answers. Never changes an answer.

use super::answers::unknown;
use super::load::Loading;
use super::typed;
use super::{Answer, Difference, Net, codes, slug};
use crate::diagnostic::{Finding, Place};
use crate::document::{self, Spanned};

/// What is counted of several answers together.
#[derive(Default)]
pub(super) struct Totals {
    pub(super) nets: Vec<Net>,
    pub(super) differences: Vec<Difference>,
    pub(super) promoters: bool,
}

/// Reads the totals of a question's list.
pub(super) fn totals(
    typed: &typed::Question,
    scale: &typed::Scale,
    answers: &[Answer],
    place: &Place,
    loading: &mut Loading<'_>,
) -> Totals {
    let nets = scale.nets.iter().chain(&typed.nets);
    let mut nets: Vec<Net> =
        nets.map(|(name, members)| net(name, members, answers, loading)).collect();
    if let Some(boxes) = typed.boxes.as_ref().or(scale.boxes.as_ref()) {
        nets.extend(ends(boxes, answers, loading));
    }
    let differences = scale.differences.iter().chain(&typed.differences);
    let differences = differences
        .filter_map(|(name, sides)| difference(name, sides, (answers, &nets), loading))
        .collect();
    let promoters = typed.nps || scale.nps;
    if promoters {
        check_promoters(answers, place, loading);
    }
    Totals { nets, differences, promoters }
}

fn net(
    name: &Spanned<String>,
    members: &[Spanned<String>],
    answers: &[Answer],
    loading: &mut Loading<'_>,
) -> Net {
    let mut found = Vec::new();
    for member in members {
        match answers.iter().position(|a| a.label == *member.get_ref()) {
            Some(index) => found.push(index),
            None => unknown(answers, member, "nets", loading),
        }
    }
    if members.is_empty() {
        empty(name, loading);
    }
    let label = name.get_ref().clone();
    Net { id: slug(&label), label, members: found }
}

fn empty(net: &Spanned<String>, loading: &mut Loading<'_>) {
    let place = loading.place(net.span(), "nets");
    let headline = format!("the net `{}` has no answers", net.get_ref());
    let finding = Finding::new(&codes::NEEDED, headline).at(place);
    loading.push(finding.help("name its answers, or take it out"));
}

/// The nets of the first and the last answers of a scale.
fn ends(boxes: &Spanned<i64>, answers: &[Answer], loading: &mut Loading<'_>) -> Vec<Net> {
    let scale: Vec<usize> = (0..answers.len()).filter(|a| answers[*a].substantive).collect();
    let count = usize::try_from(*boxes.get_ref()).unwrap_or(0);
    if count == 0 || 2 * count > scale.len() {
        let place = loading.place(boxes.span(), "boxes");
        let headline = format!("`boxes = {}` does not fit the scale", boxes.get_ref());
        let because = format!("the scale has {} answers of substance", scale.len());
        let finding = Finding::new(&codes::VALUE, headline).at(place).because(because);
        loading.push(finding.help("write how many answers at either end are counted together"));
        return Vec::new();
    }
    let net = |end: &str, members: &[usize]| {
        let label = if count == 1 { format!("{end} box") } else { format!("{end} {count}") };
        Net { id: slug(&label), label, members: members.to_vec() }
    };
    vec![net("Top", &scale[..count]), net("Bottom", &scale[scale.len() - count..])]
}

fn difference(
    name: &Spanned<String>,
    sides: &[Spanned<String>],
    (answers, nets): (&[Answer], &[Net]),
    loading: &mut Loading<'_>,
) -> Option<Difference> {
    let [plus, minus] = sides else {
        not_of_two(name, loading);
        return None;
    };
    let mut side = |side: &Spanned<String>| {
        let found = members(side.get_ref(), answers, nets);
        if found.is_none() {
            unknown_side(side, answers, nets, loading);
        }
        found
    };
    let of = [plus, minus].map(|side| side.get_ref().clone());
    let (plus, minus) = (side(plus), side(minus));
    let label = name.get_ref().clone();
    Some(Difference { id: slug(&label), label, of, plus: plus?, minus: minus? })
}

fn not_of_two(name: &Spanned<String>, loading: &mut Loading<'_>) {
    let place = loading.place(name.span(), "differences");
    let headline = format!("the difference `{}` is not of two", name.get_ref());
    let finding = Finding::new(&codes::NEEDED, headline).at(place);
    loading.push(finding.help("write it as `[\"All agree\", \"All disagree\"]`"));
}

/// The answers of a net, or an answer by itself.
fn members(label: &str, answers: &[Answer], nets: &[Net]) -> Option<Vec<usize>> {
    let net = nets.iter().find(|net| net.label == label).map(|net| net.members.clone());
    net.or_else(|| answers.iter().position(|a| a.label == label).map(|a| vec![a]))
}

fn unknown_side(
    side: &Spanned<String>,
    answers: &[Answer],
    nets: &[Net],
    loading: &mut Loading<'_>,
) {
    let labels = nets.iter().map(|net| net.label.as_str());
    let labels = labels.chain(answers.iter().map(|a| a.label.as_str()));
    let help = match document::nearest(side.get_ref(), labels) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "name a net of this question, or one of its answers".to_owned(),
    };
    let headline = format!("`{}` is no net and no answer here", side.get_ref());
    let place = loading.place(side.span(), "differences");
    loading.push(Finding::new(&codes::ANSWER, headline).at(place).help(help));
}

/// A net promoter score is of answers from 0 to 10.
fn check_promoters(answers: &[Answer], place: &Place, loading: &mut Loading<'_>) {
    let scores = answers.iter().filter(|a| a.substantive).map(|a| a.score.map(|s| s.0));
    let whole = (0..=10).map(|n| Some(f64::from(n)));
    if scores.eq(whole) {
        return;
    }
    loading.push(
        Finding::new(&codes::VALUE, "`nps` needs the answers 0 to 10")
            .at(place.clone())
            .because("promoters are 9 and 10, detractors 0 to 6")
            .help("write `range = [0, 10]`, or take `nps` out"),
    );
}
