//! Rules on the care with which people answered: the `[quality]` table, checked.

use super::load::Loading;
use super::typed::{self, Amount, Then};
use super::{Kind, Question, Questionnaire, codes};
use crate::diagnostic::Finding;
use crate::document::{self, Spanned};

/// Rules on the care with which people answered; each is off if absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// People who were quicker than anybody can read.
    pub speeders: Option<Speeders>,
    /// People who gave every item of a grid the same answer.
    pub straight_lining: Option<Alike>,
    /// Rows that say the same as another row.
    pub duplicates: Option<Alike>,
    /// People who failed a question with a known right answer.
    pub attention: Option<Attention>,
    /// People who answered less than a share of what they were asked.
    pub partials: Option<(f64, Then)>,
}

/// People who were quicker than anybody can read.
#[derive(Clone, Debug, PartialEq)]
pub struct Speeders {
    /// Where the time stands.
    pub clock: Clock,
    /// How quick is too quick.
    pub when: Quick,
    /// What to do with them.
    pub then: Then,
}

/// Where the time stands that somebody took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clock {
    /// In the platform's own column.
    Own,
    /// As seconds in the column of that header.
    Seconds(String),
    /// Between the times in two columns.
    Between(String, String),
}

/// How quick is too quick.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quick {
    /// Under so many seconds.
    Seconds(f64),
    /// Under such a share of the median time.
    OfMedian(f64),
}

/// Answers that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The questions that are looked at, by key.
    pub questions: Vec<String>,
    /// From so many answers on.
    pub when: usize,
    /// What to do with these rows.
    pub then: Then,
}

/// People who failed a question with a known right answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attention {
    /// Each such question by key, and the label of its right answer.
    pub right: Vec<(String, String)>,
    /// From so many wrong answers on.
    pub when: usize,
    /// What to do with these rows.
    pub then: Then,
}

/// Reads the `[quality]` table once the questions are known.
pub(super) fn quality(
    typed: &typed::Quality,
    questionnaire: &Questionnaire,
    loading: &mut Loading<'_>,
) -> Quality {
    let mut reading = Reading { questionnaire, loading };
    let straight = |kind| matches!(kind, Kind::Grid);
    Quality {
        speeders: typed.speeders.as_ref().and_then(|t| reading.speeders(t)),
        straight_lining: typed
            .straight_lining
            .as_ref()
            .and_then(|t| reading.alike(t, "straight_lining", straight)),
        duplicates: typed
            .duplicates
            .as_ref()
            .and_then(|t| reading.alike(t, "duplicates", |kind| kind != Kind::Text)),
        attention: typed.attention.as_ref().and_then(|t| reading.attention(t)),
        partials: typed.partials.as_ref().and_then(|t| {
            let typed = t.get_ref();
            let share = reading.when(typed.when.as_ref(), t, ("partials", "\"50%\""), share)?;
            Some((share, typed.then))
        }),
    }
}

struct Reading<'r, 'a> {
    questionnaire: &'r Questionnaire,
    loading: &'r mut Loading<'a>,
}

impl Reading<'_, '_> {
    fn speeders(&mut self, table: &Spanned<typed::Speeders>) -> Option<Speeders> {
        let typed = table.get_ref();
        let text = |word: &Spanned<String>| word.get_ref().clone();
        let clock = match (&typed.column, &typed.start, &typed.end) {
            (Some(column), ..) => Clock::Seconds(text(column)),
            (None, Some(start), Some(end)) => Clock::Between(text(start), text(end)),
            (None, None, None) => Clock::Own,
            _ => {
                let place = self.loading.place(table.span(), "quality.speeders");
                let headline = "`start` and `end` go together";
                let finding = Finding::new(&codes::NEEDED, headline).at(place);
                self.loading.push(finding.help("give both, or `column` alone"));
                return None;
            }
        };
        let example = "120 (seconds) or \"30% of median\"";
        let when = self.when(typed.when.as_ref(), table, ("speeders", example), quick)?;
        Some(Speeders { clock, when, then: typed.then })
    }

    fn alike(
        &mut self,
        table: &Spanned<typed::Alike>,
        rule: &str,
        usual: impl Fn(Kind) -> bool,
    ) -> Option<Alike> {
        let typed = table.get_ref();
        let key = format!("quality.{rule}");
        for name in typed.questions.iter().chain(&typed.ignore) {
            self.known(name, &key);
        }
        let named = |list: &[Spanned<String>], id: &str| list.iter().any(|n| n.get_ref() == id);
        let questions = self.questionnaire.questions.iter();
        let all = typed.questions.is_empty();
        let taken = |q: &&Question| {
            let chosen = if all { usual(q.kind) } else { named(&typed.questions, &q.id) };
            chosen && !named(&typed.ignore, &q.id)
        };
        let questions = questions.filter(taken);
        let questions = questions.map(|q| q.id.clone()).collect();
        let when = self.when(typed.when.as_ref(), table, (rule, "5"), number)?;
        Some(Alike { questions, when, then: typed.then })
    }

    fn attention(&mut self, table: &Spanned<typed::Attention>) -> Option<Attention> {
        let typed = table.get_ref();
        let mut right = Vec::new();
        for (name, answer) in &typed.right {
            self.known(name, "quality.attention");
            let question = self.questionnaire.question(name.get_ref())?;
            let labels = question.answers.iter().map(|a| a.label.as_str());
            if !labels.clone().any(|label| label == answer.get_ref()) {
                let place = self.loading.place(answer.span(), "quality.attention.right");
                let help = match document::nearest(answer.get_ref(), labels) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => "name an answer as it is spelled in `categories`".to_owned(),
                };
                let headline = format!("`{}` is not an answer here", answer.get_ref());
                let finding = Finding::new(&codes::ANSWER, headline).at(place).help(help);
                self.loading.push(finding);
            }
            right.push((name.get_ref().clone(), answer.get_ref().clone()));
        }
        let one = Spanned::new(0..0, Amount::Number(1.0));
        let when = typed.when.as_ref().unwrap_or(&one);
        let when = self.when(Some(when), table, ("attention", "1"), number)?;
        Some(Attention { right, when, then: typed.then })
    }

    /// Notes a key that no question has.
    fn known(&mut self, name: &Spanned<String>, key: &str) {
        if self.questionnaire.question(name.get_ref()).is_some() {
            return;
        }
        let ids = self.questionnaire.questions.iter().map(|q| q.id.as_str());
        let help = match document::nearest(name.get_ref(), ids) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "name a question by its key".to_owned(),
        };
        let place = self.loading.place(name.span(), key);
        let headline = format!("there is no question `{}`", name.get_ref());
        self.loading.push(Finding::new(&codes::UNKNOWN, headline).at(place).help(help));
    }

    /// A rule's threshold; one that is missing or cannot be understood is noted.
    fn when<T, V>(
        &mut self,
        amount: Option<&Spanned<Amount>>,
        table: &Spanned<T>,
        (rule, example): (&str, &str),
        read: fn(&Amount) -> Option<V>,
    ) -> Option<V> {
        let key = format!("quality.{rule}.when");
        let found = amount.and_then(|amount| read(amount.get_ref()));
        if found.is_none() {
            let span = amount.map_or(table.span(), Spanned::span);
            let what = if amount.is_some() { "cannot be understood" } else { "is missing" };
            let place = self.loading.place(span, &key);
            let finding = Finding::new(&codes::VALUE, format!("`{key}` {what}")).at(place);
            self.loading.push(finding.help(format!("give {example}")));
        }
        found
    }
}

fn number(amount: &Amount) -> Option<usize> {
    match amount {
        Amount::Number(number) => {
            (1..=10_000).find(|whole| (*whole as f64).total_cmp(number).is_eq())
        }
        Amount::Text(text) => text.parse().ok().filter(|n| *n > 0),
    }
}

fn share(amount: &Amount) -> Option<f64> {
    let share = match amount {
        Amount::Number(number) => *number,
        Amount::Text(text) => {
            text.trim().strip_suffix('%')?.trim().parse::<f64>().ok()? / 100.0
        }
    };
    (share > 0.0 && share <= 1.0).then_some(share)
}

fn quick(amount: &Amount) -> Option<Quick> {
    match amount {
        Amount::Number(seconds) => (*seconds > 0.0).then_some(Quick::Seconds(*seconds)),
        Amount::Text(text) => {
            let percent = text.trim().strip_suffix("of median")?.trim();
            share(&Amount::Text(percent.to_owned())).map(Quick::OfMedian)
        }
    }
}
