//! The text of `results.json` goes in, a [`Release`] comes out.

use std::collections::BTreeMap;

use super::source::{Record, Results};
use super::{
    Block, Figure, Group, Index, NumberedLabel, Release, Statistic, Status, Verdict, source,
};
use crate::claims::no_results;
use crate::diagnostic::Finding;
use crate::prose::{Kind, is_stop, stem, tokens};

/// What is added to the base of made-up data.
const SYNTHETIC: &str = " (synthetic data)";

/// Reads a release.
///
/// # Errors
/// `L018` if the text is no `results.json` of format 1.
pub fn read(file: &str, text: &str) -> Result<Release, Box<Finding>> {
    let refuse = |why: String| Box::new(no_results(file, why));
    let results: Results =
        serde_json::from_str(text).map_err(|error| refuse(error.to_string()))?;
    if results.format != 1 {
        return Err(refuse(format!("its format is {}, not 1", results.format)));
    }
    Ok(Maker::new(results).release())
}

struct Maker {
    results: Results,
    blocks: Vec<Block>,
    /// By the name of a table of one's own, question and item.
    places: BTreeMap<(Option<String>, String, Option<String>), usize>,
    groups: Vec<Group>,
    group_places: BTreeMap<(String, String), usize>,
    answers: BTreeMap<(usize, String), usize>,
    index: Index,
    figures: Vec<Figure>,
}

impl Maker {
    fn new(results: Results) -> Self {
        Self {
            results,
            blocks: Vec::new(),
            places: BTreeMap::new(),
            groups: Vec::new(),
            group_places: BTreeMap::new(),
            answers: BTreeMap::new(),
            index: Index::default(),
            figures: Vec::new(),
        }
    }

    fn release(mut self) -> Release {
        let records = std::mem::take(&mut self.results.records);
        for record in &records {
            self.add(record);
        }
        let labels = self.labels();
        let poll = &self.results.poll;
        Release {
            synthetic: poll.synthetic,
            profile: poll.profile.clone().unwrap_or_else(|| "public".to_owned()),
            wave: poll.wave.clone(),
            status: poll.status.clone(),
            respondents: poll.respondents.map(|n| n as f64),
            units: units(&self.figures),
            method: self
                .results
                .method
                .iter()
                .map(|(key, value)| (key.clone(), plain(value)))
                .collect(),
            blocks: self.blocks,
            figures: self.figures,
            groups: self.groups,
            index: self.index,
            labels,
        }
    }

    fn add(&mut self, record: &Record) {
        let block = self.block(record);
        let answer = self.answer(block, record);
        let group = record.banner.as_ref().map(|banner| self.group(banner, &record.group));
        if let Some(block) = self.blocks.get_mut(block) {
            block.figures.push(self.figures.len());
        }
        let percent_of = record.percent_of.as_deref();
        let own_wave = self.results.poll.wave.clone();
        self.figures.push(Figure {
            block,
            answer,
            answer_id: self.answer_id(record),
            label: record.answer.clone(),
            words: label_words(&record.answer),
            group,
            wave: record.wave.clone().filter(|wave| Some(wave) != own_wave.as_ref()),
            statistic: statistic(record),
            value: record.value,
            low: record.low,
            high: record.high,
            unit: record.unit.clone().filter(|unit| unit != "%"),
            percent_of: percent_of.map(|of| of.trim_end_matches(SYNTHETIC).to_owned()),
            base: record.base,
            effective: record.base_effective,
            status: status(record),
            mark: record.status.clone().unwrap_or_else(|| "[x]".to_owned()),
            verdict: record.verdict.as_deref().and_then(verdict),
            compared_with: record.compared_with.clone(),
        });
    }

    fn block(&mut self, record: &Record) -> usize {
        let own = is_own(record).then(|| record.table.clone());
        let key = (own.clone(), record.question.clone(), record.item.clone());
        if let Some(place) = self.places.get(&key) {
            return *place;
        }
        let place = self.blocks.len();
        let question = self.results.questions.iter().find(|q| q.id == record.question);
        let item = record.item.as_deref();
        let item_id = item.map(|label| match question {
            Some(question) => id(&question.items, label),
            None => plain_id(label),
        });
        let of_poll_file = own.is_some();
        let start = own.unwrap_or_else(|| record.question.clone());
        let name = match item_id {
            Some(item) => format!("{start}.{item}"),
            None => start,
        };
        let topic = question.map_or_else(
            || record.question.replace('_', " "),
            |question| format!("{} {}", question.title, question.text),
        );
        self.index.add_topic(place, &format!("{topic} {}", item.unwrap_or_default()));
        self.blocks.push(Block {
            name,
            question: record.question.clone(),
            own: of_poll_file,
            figures: Vec::new(),
        });
        self.places.insert(key, place);
        place
    }

    fn answer(&mut self, block: usize, record: &Record) -> usize {
        let key = (block, record.answer.clone());
        if let Some(place) = self.answers.get(&key) {
            return *place;
        }
        let place = self.answers.len();
        self.index.add_answer(block, place, &record.answer);
        self.answers.insert(key, place);
        place
    }

    fn answer_id(&self, record: &Record) -> String {
        let question = self.results.questions.iter().find(|q| q.id == record.question);
        question.map_or_else(|| plain_id(&record.answer), |q| id(&q.answers, &record.answer))
    }

    fn group(&mut self, banner: &str, label: &str) -> usize {
        let key = (banner.to_owned(), label.to_owned());
        if let Some(place) = self.group_places.get(&key) {
            return *place;
        }
        let known = self.results.banners.iter().find(|known| known.id == banner);
        let id = known.map_or_else(|| plain_id(label), |known| id(&known.groups, label));
        let place = self.groups.len();
        self.groups.push(Group::new(banner, &id, label));
        self.group_places.insert(key, place);
        place
    }

    /// Labels of answers that hold digits, or only words that say nothing, such as "None of
    /// these". "Under 20%" may be said of any question, so that
    /// it is not taken for a label.
    fn labels(&self) -> Vec<NumberedLabel> {
        let mut found: BTreeMap<Vec<String>, Vec<(usize, usize)>> = BTreeMap::new();
        for ((block, label), answer) in &self.answers {
            let words = words(label);
            let numbered = label.contains(|c: char| c.is_ascii_digit());
            let bound = label.contains('%') && words.first().is_some_and(|w| is_bound(w));
            let silent = words.len() > 1 && !says_something(label);
            if (numbered || silent) && words.len() > 1 && !bound {
                found.entry(words).or_default().push((*block, *answer));
            }
        }
        found.into_iter().map(|(words, places)| NumberedLabel { words, places }).collect()
    }
}

/// The words of a label by which it may be known; "all" in "All agree" is ours.
fn label_words(label: &str) -> Vec<String> {
    let words = tokens(label).into_iter().filter(|token| token.kind != Kind::Mark);
    words.filter(|token| !token.is_in(&["all", "total", "net"])).map(|t| t.stem).collect()
}

fn says_something(label: &str) -> bool {
    tokens(label).iter().any(|token| token.kind == Kind::Word && !is_stop(&token.lower))
}

fn is_bound(word: &str) -> bool {
    ["under", "over", "below", "above", "less", "more"].contains(&word)
}

/// A value of the method as text.
fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn words(label: &str) -> Vec<String> {
    tokens(label).into_iter().map(|token| token.lower).collect()
}

fn id(known: &[source::Named], label: &str) -> String {
    let known = known.iter().find(|named| named.label == label);
    known.map_or_else(|| plain_id(label), |named| named.id.clone())
}

/// The id that a label has if none was chosen: lower case, `_` for all else.
fn plain_id(label: &str) -> String {
    let lower = label.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("_")
}

/// Whether a record is of a table that the poll file names: it may have a filter or other
/// percentages than the question's own tables.
fn is_own(record: &Record) -> bool {
    let rest = record.table.strip_prefix(&record.question);
    !record.table.is_empty()
        && !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn statistic(record: &Record) -> Statistic {
    match record.statistic.as_str() {
        "net" => Statistic::Net,
        "percent" | "percent_of_mentions" => Statistic::Share,
        "change" => Statistic::Change,
        "difference" => Statistic::Difference,
        _ => Statistic::Number,
    }
}

fn status(record: &Record) -> Status {
    match (record.value, record.status.as_deref()) {
        (Some(_), Some("[u]")) => Status::Unreliable,
        (Some(_), _) => Status::Shown,
        (None, Some("[low]")) => Status::Low,
        (None, _) => Status::Hidden,
    }
}

fn verdict(word: &str) -> Option<Verdict> {
    match word {
        "higher" => Some(Verdict::Higher),
        "lower" => Some(Verdict::Lower),
        "none" => Some(Verdict::Neither),
        _ => None,
    }
}

/// Stems of the first words of units: `hour` of "hours".
fn units(figures: &[Figure]) -> Vec<String> {
    let units = figures.iter().filter_map(|figure| figure.unit.as_deref());
    let first = units.filter_map(|unit| {
        let token = tokens(unit).into_iter().next()?;
        (token.kind == Kind::Word).then(|| stem(&token.lower))
    });
    let mut stems: Vec<String> = first.collect();
    stems.sort();
    stems.dedup();
    stems
}

#[cfg(test)]
mod tests {
    use crate::claims::read;
    use crate::claims::testing::release;

    #[test]
    fn figures_have_the_names_that_headlines_give_them() {
        let release = release();
        let names: Vec<String> = release.figures.iter().map(|f| release.name(f)).collect();
        for name in
            ["adequate.yes", "adequate.no@phase=primary", "views.harms.all_agree", "hours.mean"]
        {
            assert!(names.contains(&name.to_owned()), "{name}: {names:?}");
        }
    }

    #[test]
    fn what_is_no_results_file_is_refused() {
        let because = |text| read("r.json", text).expect_err("refused").because;
        assert!(because("{\"format\": 2}").is_some());
        let other = "{\"format\": 2, \"poll\": {}, \"results\": []}";
        assert_eq!(because(other).as_deref(), Some("its format is 2, not 1"));
    }

    #[test]
    fn a_release_without_questions_is_named_by_its_labels() {
        let text = r#"{"format": 1, "poll": {}, "results": [{"question": "a", "answer": "Yes, of course",
            "group": "Total", "statistic": "percent", "value": 3}]}"#;
        let release = read("r.json", text).expect("a release");
        assert_eq!(release.name(&release.figures[0]), "a.yes_of_course");
    }
}
