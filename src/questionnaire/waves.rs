//! A later wave: a schema that extends an earlier one. What the later file writes replaces
//! what the earlier one says; renames, recodes and breaks say how the two belong together.

use indexmap::IndexMap;

use super::load::{Earlier, Loading, Origin};
use super::{codes, typed};
use crate::diagnostic::{Finding, Findings};
use crate::document::{self, Spanned};

/// How many schemas may stand on one another.
const DEEPEST: usize = 20;

/// What a wave changed about a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Break {
    /// The question's key in this wave.
    pub question: String,
    /// Its key in the earlier one, if that was another.
    pub was: Option<String>,
    /// Labels of the earlier wave, each with this wave's.
    pub answers: Vec<(String, String)>,
    /// Why figures before and after cannot be compared, if they cannot.
    pub reason: Option<String>,
}

/// A schema with everything that it takes from earlier ones.
pub(super) struct Whole {
    pub(super) schema: typed::Schema,
    /// The files, the latest first.
    pub(super) origins: Vec<Origin>,
    /// In which file `[source]` stands.
    pub(super) source: usize,
    /// In which file `[quality]` stands.
    pub(super) quality: usize,
    /// In which file each question stands that is not in the first.
    older: IndexMap<String, usize>,
    pub(super) breaks: Vec<Break>,
}

impl Whole {
    /// In which file a question stands.
    pub(super) fn origin(&self, question: &str) -> usize {
        self.older.get(question).copied().unwrap_or(0)
    }
}

/// Reads a schema and those that it extends; none if one of them is no TOML or cannot be
/// read, which is noted.
pub(super) fn whole(
    first: Origin,
    earlier: Earlier<'_>,
    findings: &mut Findings,
) -> Option<Whole> {
    let mut origins = vec![first];
    let mut schemas: Vec<typed::Schema> = Vec::new();
    while schemas.len() < origins.len() {
        let Origin { file, text } = &origins[schemas.len()];
        let schema = document::parse::<typed::Schema>(file, text, findings)?;
        if let Some(path) = &schema.extends {
            let at = schemas.len();
            let (file, text) = earlier(path.get_ref(), findings)?;
            let again = origins.iter().any(|o| o.file == file && o.text == text);
            if again || origins.len() == DEEPEST {
                let place = document::place(
                    &origins[at].file,
                    &origins[at].text,
                    path.span(),
                    "extends",
                );
                let headline = format!("`extends` leads back to `{file}`");
                let finding = Finding::new(&codes::EXTENDS, headline).at(place);
                findings.push(finding.help("take one `extends` out"));
                return None;
            }
            origins.push(Origin { file, text });
        }
        schemas.push(schema);
    }
    let oldest = schemas.pop()?;
    let depth = schemas.len();
    let older = keys(&oldest).map(|key| (key, depth)).filter(|(_, d)| *d > 0).collect();
    let mut whole = Whole {
        schema: oldest,
        origins: Vec::new(),
        source: depth,
        quality: depth,
        older,
        breaks: Vec::new(),
    };
    while let Some(later) = schemas.pop() {
        let mut loading = Loading { origins: &origins, at: schemas.len(), findings };
        whole.extend(later, &mut loading);
    }
    whole.origins = origins;
    Some(whole)
}

fn keys(schema: &typed::Schema) -> impl Iterator<Item = String> {
    schema.question.keys().map(|key| key.get_ref().clone())
}

impl Whole {
    /// Lays a later wave over what is there.
    fn extend(&mut self, later: typed::Schema, loading: &mut Loading<'_>) {
        self.breaks.clear();
        self.rename(&later, loading);
        self.recode(&later, loading);
        for key in &later.drop {
            let found = position(&self.schema.question, key.get_ref());
            match found {
                Some(at) => drop(self.schema.question.shift_remove_index(at)),
                None => self.unknown(key, "drop", loading),
            }
        }
        let typed::Schema { format, id, question, scale, source, quality, breaks, .. } = later;
        self.schema.format = format;
        self.schema.id = id.or(self.schema.id.take());
        if source.is_some() {
            (self.schema.source, self.source) = (source, loading.at);
        }
        if quality.is_some() {
            (self.schema.quality, self.quality) = (quality, loading.at);
        }
        for (name, list) in scale {
            replace(&mut self.schema.scale, name, list);
        }
        for (key, entry) in question {
            if loading.at > 0 {
                self.older.insert(key.get_ref().clone(), loading.at);
            } else {
                self.older.shift_remove(key.get_ref());
            }
            replace(&mut self.schema.question, key, entry);
        }
        for (key, reason) in &breaks {
            if position(&self.schema.question, key.get_ref()).is_none() {
                self.unknown(key, "breaks", loading);
            }
            self.changed(key.get_ref()).reason = Some(reason.get_ref().clone());
        }
    }

    fn rename(&mut self, later: &typed::Schema, loading: &mut Loading<'_>) {
        for (old, new) in &later.rename {
            let questions = &mut self.schema.question;
            let at = position(questions, old.get_ref());
            let taken = at.and_then(|at| Some((at, questions.shift_remove_index(at)?.1)));
            let Some((at, entry)) = taken else {
                self.unknown(old, "rename", loading);
                continue;
            };
            questions.shift_insert(at, new.clone(), entry);
            let origin = self.older.shift_remove(old.get_ref()).unwrap_or(loading.at);
            self.older.insert(new.get_ref().clone(), origin);
            self.changed(new.get_ref()).was = Some(old.get_ref().clone());
        }
    }

    fn recode(&mut self, later: &typed::Schema, loading: &mut Loading<'_>) {
        for (key, labels) in &later.recode {
            let Some(at) = position(&self.schema.question, key.get_ref()) else {
                self.unknown(key, "recode", loading);
                continue;
            };
            let scales = &self.schema.scale;
            let Some((_, question)) = self.schema.question.get_index_mut(at) else { continue };
            own_list(question, scales);
            for (old, new) in labels {
                if !reword(question, old.get_ref(), new.get_ref()) {
                    let place = loading.place(old.span(), "recode");
                    let headline = format!("`{}` is not an answer here", old.get_ref());
                    let lists = question.categories.iter().chain(&question.nonsubstantive);
                    let labels = lists.map(|c| c.get_ref().label.as_str());
                    let help = match document::nearest(old.get_ref(), labels) {
                        Some(nearest) => format!("did you mean `{nearest}`?"),
                        None => "name an answer as the earlier schema spells it".to_owned(),
                    };
                    let finding = Finding::new(&codes::ANSWER, headline).at(place);
                    loading.push(finding.help(help));
                }
            }
            let pair = |(old, new): (&Spanned<String>, &Spanned<String>)| {
                (old.get_ref().clone(), new.get_ref().clone())
            };
            self.changed(key.get_ref()).answers = labels.iter().map(pair).collect();
        }
    }

    /// What this wave changed about a question.
    fn changed(&mut self, question: &str) -> &mut Break {
        let at = self.breaks.iter().position(|b| b.question == question);
        let at = at.unwrap_or_else(|| {
            self.breaks.push(Break { question: question.to_owned(), ..Break::default() });
            self.breaks.len() - 1
        });
        &mut self.breaks[at]
    }

    fn unknown(&self, key: &Spanned<String>, table: &str, loading: &mut Loading<'_>) {
        let keys: Vec<String> = keys(&self.schema).collect();
        let help = match document::nearest(key.get_ref(), keys.iter().map(String::as_str)) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "name a question by its key".to_owned(),
        };
        let place = loading.place(key.span(), table);
        let headline = format!("there is no question `{}`", key.get_ref());
        loading.push(Finding::new(&codes::UNKNOWN, headline).at(place).help(help));
    }
}

fn position<V>(map: &IndexMap<Spanned<String>, V>, key: &str) -> Option<usize> {
    map.keys().position(|held| held.get_ref() == key)
}

/// Puts an entry where the one of the same name was, or at the end.
fn replace<V>(map: &mut IndexMap<Spanned<String>, V>, key: Spanned<String>, value: V) {
    let at = position(map, key.get_ref());
    if let Some(at) = at {
        map.shift_remove_index(at);
    }
    map.shift_insert(at.unwrap_or(map.len()), key, value);
}

/// Gives a question the list of its scale as its own, so that it can be changed alone.
fn own_list(question: &mut typed::Question, scales: &IndexMap<Spanned<String>, typed::Scale>) {
    let name = question.scale.as_ref().map(|name| name.get_ref().clone());
    let Some(at) = name.and_then(|name| position(scales, &name)) else { return };
    let Some((_, scale)) = scales.get_index(at) else { return };
    question.scale = None;
    question.categories_ordered = question.categories_ordered.or(scale.categories_ordered);
    let lists = [
        (&mut question.categories, &scale.categories),
        (&mut question.nonsubstantive, &scale.nonsubstantive),
    ];
    for (own, shared) in lists {
        if own.is_empty() {
            own.clone_from(shared);
        }
    }
    if question.fold.is_empty() {
        question.fold.clone_from(&scale.fold);
    }
    let nets = scale.nets.clone().into_iter().chain(question.nets.drain(..));
    question.nets = nets.collect();
    let scores = scale.scores.clone().into_iter().chain(question.scores.drain(..));
    question.scores = scores.collect();
}

/// Gives an answer another label wherever the question names it; says whether it has it.
fn reword(question: &mut typed::Question, old: &str, new: &str) -> bool {
    let mut found = false;
    for answer in question.categories.iter_mut().chain(&mut question.nonsubstantive) {
        let answer = answer.get_mut();
        if answer.label == old {
            new.clone_into(&mut answer.label);
            found = true;
        }
        for name in answer.merge_into.iter_mut().filter(|name| *name == old) {
            new.clone_into(name);
        }
    }
    let names = question.nets.values_mut().flatten();
    let names = names.chain(&mut question.pinned).chain(&mut question.exclusive);
    for name in names.chain(&mut question.other).filter(|name| name.get_ref() == old) {
        new.clone_into(name.get_mut());
    }
    let scores = std::mem::take(&mut question.scores).into_iter();
    question.scores = scores
        .map(|(label, score)| {
            let same = label.get_ref() == old;
            (if same { Spanned::new(label.span(), new.to_owned()) } else { label }, score)
        })
        .collect();
    found
}
