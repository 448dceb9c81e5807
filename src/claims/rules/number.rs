//! L001 to L004: each number is looked up, and what is found is told.

use super::count;
use crate::claims::codes::{CANNOT_TELL, HIDDEN, NOT_IN_TABLES, UNRELIABLE};
use crate::claims::matching::{Found, nearest};
use crate::claims::reading::{Claim, Reading};
use crate::claims::release::{Figure, Status, plain};
use crate::claims::{Borne, Checked};
use crate::diagnostic::Finding;
use crate::prose::{Amount, Number, Token, is_people};

/// Words that tell a reader to be careful.
const CAUTION: [&str; 10] = [
    "caution",
    "cautious",
    "small",
    "few",
    "indicative",
    "indication",
    "treated",
    "careful",
    "unreliable",
    "reliability",
];

/// What to do about a number that no figure bears.
const ELSEWHERE: &str = "take the figure that is meant, or leave it out; if this is a figure \
                         from elsewhere, name its source (\"according to \u{2026}\")";

/// Under this, a bare number that is in no table is not worth a word: "3 demands".
const SMALL: f64 = 20.0;

/// Looks up the numbers of a sentence, but for those that another rule has dealt with.
pub(super) fn check(
    reading: &Reading<'_>,
    skip: &dyn Fn(usize) -> bool,
    checked: &mut Checked,
) {
    for claim in &reading.claims {
        let number = claim.number;
        if count::check(reading, claim, checked) {
            continue;
        }
        if let Some(rate) = response_rate(reading, number) {
            checked.borne.push(rate);
            continue;
        }
        match claim.found {
            Found::Figure(figure) => {
                checked.borne.push(borne(reading, number, figure));
                checked.findings.extend(unreliable(reading, number, figure));
            }
            _ if skip(number.tokens.start) => {}
            Found::NotIn(block) => checked.findings.push(not_in(reading, number, block)),
            Found::Unclear => checked.findings.push(unclear(reading, number)),
            Found::Nowhere => checked.findings.extend(nowhere(reading, claim)),
        }
    }
}

fn borne(reading: &Reading<'_>, number: &Number, figure: &Figure) -> Borne {
    Borne {
        place: reading.draft.place(&number.tokens),
        said: reading.draft.words(&number.tokens).to_owned(),
        figure: reading.release.name(figure),
        value: figure.printed(),
        of: Some(reading.release.wave_and_group(figure)),
    }
}

fn unreliable(reading: &Reading<'_>, number: &Number, figure: &Figure) -> Option<Finding> {
    let marked = figure.status == Status::Unreliable && !reading.has_any(&CAUTION);
    marked.then(|| {
        let told = reading.release.told(figure);
        let base =
            figure.base.map_or_else(String::new, |n| format!(", of {} answers", plain(n)));
        (reading.draft)
            .finding(&UNRELIABLE, &number.tokens, "a figure of low reliability is quoted")
            .because(format!("{told} is marked `[u]`{base}"))
            .help("leave it out, or say in the sentence that few answered")
    })
}

/// The question is known, but none of its figures is the number.
fn not_in(reading: &Reading<'_>, number: &Number, block: usize) -> Finding {
    if let Some(hidden) = hidden(reading, number, block) {
        return hidden;
    }
    let name = reading.release.blocks.get(block).map_or("", |block| block.name.as_str());
    let said = reading.draft.words(&number.tokens);
    let near = nearest(reading, Some(block), number);
    let finding = reading.draft.finding(
        &NOT_IN_TABLES,
        &number.tokens,
        format!("no figure of `{name}` is {said}"),
    );
    finding.because(told(reading, &near)).help(ELSEWHERE)
}

/// The figure that is meant has no number to be quoted.
fn hidden(reading: &Reading<'_>, number: &Number, block: usize) -> Option<Finding> {
    let meant = reading.meant(block);
    let best = meant.iter().map(|figure| reading.named(figure)).max()?;
    let mut likely = meant.into_iter().filter(|f| reading.named(f) >= best && f.is_share());
    let first = likely.next().filter(|f| is_hidden(f, number))?;
    if !likely.all(|f| is_hidden(f, number)) {
        return None;
    }
    let name = reading.release.name(first);
    let finding = reading.draft.finding(
        &HIDDEN,
        &number.tokens,
        "a number stands for a figure that is not published",
    );
    let help = match first.status {
        Status::Low => "write \"under 1%\": it is above zero, but rounds to it",
        _ => "leave the group out, or take the figure of all",
    };
    Some(finding.because(format!("`{name}` is marked `{}`", first.mark)).help(help))
}

fn is_hidden(figure: &Figure, number: &Number) -> bool {
    let zero = number.amount == Amount::Percent(0.0);
    figure.status == Status::Hidden || (figure.status == Status::Low && zero)
}

fn unclear(reading: &Reading<'_>, number: &Number) -> Finding {
    let said = reading.draft.words(&number.tokens);
    (reading.draft)
        .finding(
            &CANNOT_TELL,
            &number.tokens,
            format!("it cannot be told which figure {said} is"),
        )
        .because("figures have this value, but the sentence has no words of their questions")
        .help("say it in the words of the question, or name the source if it is of no poll")
}

fn nowhere(reading: &Reading<'_>, claim: &Claim<'_>) -> Option<Finding> {
    let number = claim.number;
    let said = reading.draft.words(&number.tokens);
    if let Amount::Plain(value) = number.amount {
        let unit = reading.token(number.tokens.end);
        let unit = unit.is_some_and(|t| reading.release.units.contains(&t.stem));
        // "She worked 16 hours a day" is one person's story.
        let unit = unit && reading.tokens().iter().any(is_average);
        return match unit {
            true => Some(no_figure(reading, number)),
            false if value < SMALL && number.decimals == 0 => None,
            false => Some(
                (reading.draft)
                    .finding(&CANNOT_TELL, &number.tokens, format!("{said} is in no table"))
                    .because(
                        "it is no percentage, and no mean or number of people has this value",
                    )
                    .help(
                        "if it is a result, take the released figure; if not, name its source",
                    ),
            ),
        };
    }
    Some(no_figure(reading, number))
}

/// Words for an average, or for those of whom it is one.
fn is_average(token: &Token) -> bool {
    let average = ["average", "mean", "median", "typical", "typically"];
    token.is_in(&average) || is_people(&token.lower)
}

/// "A response rate of 7.7%": completed, or counted, over invited.
fn response_rate(reading: &Reading<'_>, number: &Number) -> Option<Borne> {
    let Amount::Percent(said) = number.amount else { return None };
    let named = reading.has(&["response", "rate"]) || reading.has(&["participation", "rate"]);
    let release = reading.release;
    let invited = release.method_count("invited").filter(|n| *n > 0.0 && named)?;
    let replied = [release.method_count("completed"), release.respondents];
    let unit = if number.decimals > 0 { 0.05 } else { 0.5 };
    let rates = replied.into_iter().flatten().map(|n| n / invited * 100.0);
    let rate = rates.into_iter().find(|rate| (rate - said).abs() <= unit + 1e-9)?;
    Some(Borne {
        place: reading.draft.place(&number.tokens),
        said: reading.draft.words(&number.tokens).to_owned(),
        figure: "response rate".to_owned(),
        value: format!("{rate:.1}%"),
        of: None,
    })
}

fn no_figure(reading: &Reading<'_>, number: &Number) -> Finding {
    let said = reading.draft.words(&number.tokens);
    let near = nearest(reading, None, number);
    (reading.draft)
        .finding(&NOT_IN_TABLES, &number.tokens, format!("no figure is {said}"))
        .because(told(reading, &near))
        .help(ELSEWHERE)
}

fn told(reading: &Reading<'_>, near: &[&Figure]) -> String {
    let told: Vec<String> = near.iter().map(|f| reading.release.told(f)).collect();
    if told.is_empty() {
        return "the results have no figure of this kind".to_owned();
    }
    format!("the nearest are {}", told.join(", "))
}
