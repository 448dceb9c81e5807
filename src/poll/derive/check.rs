//! What was typed is checked: exactly one kind, a name, and no key that means nothing.

use std::ops::Range;

use super::typed::{Kind, Typed};
use super::{About, Derive, KINDS, Name};
use crate::diagnostic::{Code, Finding};
use crate::document::Spanned;
use crate::poll::codes;
use crate::poll::load::Loading;
use crate::words::Words;

/// Keys of an answer list, which numbers do not have.
const LIST: [&str; 5] = ["categoriesOrdered", "nets", "scores", "pinned", "nonsubstantive"];

/// Checks all variables, in order.
pub(in crate::poll) fn check(
    typed: &[Spanned<Typed>],
    loading: &mut Loading<'_>,
) -> Vec<Derive> {
    let checked: Vec<Derive> = typed
        .iter()
        .enumerate()
        .filter_map(|(nth, typed)| {
            let key = format!("derive[{}]", nth + 1);
            Checking { typed: typed.get_ref(), whole: typed.span(), key, loading }.derive()
        })
        .collect();
    check_twice(&checked, loading);
    checked
}

/// Each name stands for one variable.
fn check_twice(derived: &[Derive], loading: &mut Loading<'_>) {
    let mut seen: Vec<&str> = Vec::new();
    for derive in derived {
        for name in derive.names().filter(|name| !name.get_ref().is_empty()) {
            if seen.contains(&name.get_ref().as_str()) {
                let place = loading.place(name.span(), &format!("{}.name", derive.key));
                let headline = format!("two derived variables are called `{}`", name.get_ref());
                let finding = Finding::new(&codes::DERIVED_NAME, headline).at(place);
                loading.push(finding.help("give one another name"));
            }
            seen.push(name.get_ref());
        }
    }
}

/// One variable as it is checked.
pub(super) struct Checking<'a, 'l> {
    pub(super) typed: &'a Typed,
    /// Where it stands.
    pub(super) whole: Range<usize>,
    key: String,
    loading: &'a mut Loading<'l>,
}

/// A key that was typed, and where.
type Given = (&'static str, Range<usize>);

fn span<T>(key: &'static str, value: Option<&Spanned<T>>) -> Option<Given> {
    value.map(|value| (key, value.span()))
}

impl Checking<'_, '_> {
    /// For labels that the poll file leaves out.
    pub(super) fn words(&self) -> &'static Words {
        self.loading.words
    }

    fn derive(mut self) -> Option<Derive> {
        let (kind, at) = self.kind()?;
        let columns = self.typed.lookup.as_ref().map(|l| &l.get_ref().columns);
        let several = columns.is_some_and(|columns| !columns.is_empty());
        self.check_keys(kind, several);
        let name =
            if several { Some(Spanned::new(at.clone(), String::new())) } else { self.name() };
        let action = self.action(kind);
        let place = self.loading.place(at, &format!("{}.{kind}", self.key));
        let about = self.about();
        Some(Derive { place, key: self.key, name: name?, about, action: action? })
    }

    pub(super) fn push(
        &mut self,
        code: &'static Code,
        at: Range<usize>,
        key: &str,
        text: [&str; 2],
    ) {
        let place = self.loading.place(at, &format!("{}.{key}", self.key));
        self.loading.push(Finding::new(code, text[0]).at(place).help(text[1]));
    }

    pub(super) fn wrong(&mut self, at: Range<usize>, key: &str, headline: &str, help: &str) {
        self.push(&codes::DERIVE, at, key, [headline, help]);
    }

    /// The one kind that is given.
    fn kind(&mut self) -> Option<Given> {
        let typed = self.typed;
        let mut given = [
            span("recode", typed.recode.as_ref()),
            span("bands", typed.bands.as_ref()),
            span("combine", typed.combine.as_ref()),
            span("first_of", typed.first_of.as_ref()),
            span("count", typed.count.as_ref()),
            span("score", typed.score.as_ref()),
            span("filter", typed.filter.as_ref()),
            span("lookup", typed.lookup.as_ref()),
        ]
        .into_iter()
        .flatten();
        let Some(first) = given.next() else {
            let help = format!("add exactly one of {}", listed(&KINDS));
            let headline = "the variable does not say how it is made";
            self.wrong(self.whole.clone(), "name", headline, &help);
            return None;
        };
        if let Some((second, at)) = given.next() {
            let headline = format!("`{}` and `{second}` do not go together", first.0);
            let help = "make two variables, the second from the first";
            self.wrong(at, second, &headline, help);
            return None;
        }
        Some(first)
    }

    /// Notes keys that mean nothing to the kind.
    fn check_keys(&mut self, kind: &str, several: bool) {
        let known = self.known(kind, several);
        for (key, at) in self.given() {
            if known.contains(&key) {
                continue;
            }
            let of = if several { "`columns`".to_owned() } else { format!("`{kind}`") };
            let headline = format!("`{key}` means nothing to {of} here");
            let help = if LIST.contains(&key) {
                "take it out: only a list of answers has it".to_owned()
            } else if known.is_empty() {
                "take it out".to_owned()
            } else {
                format!("take it out; `{kind}` knows {}", listed(&known))
            };
            self.wrong(at, key, &headline, &help);
        }
    }

    /// The keys that were given, apart from the kinds and those that every variable has.
    fn given(&self) -> Vec<Given> {
        let typed = self.typed;
        let first = |key, list: &[Name]| list.first().map(|name| (key, name.span()));
        [
            span("from", typed.from.as_ref()),
            span("rest", typed.rest.as_ref()),
            span("keep", typed.keep.as_ref()),
            span("outside", typed.outside.as_ref()),
            span("join", typed.join.as_ref()),
            span("yes", typed.yes.as_ref()),
            span("no", typed.no.as_ref()),
            span("kind", typed.kind.as_ref()),
            span("unit", typed.unit.as_ref()),
            span("categoriesOrdered", typed.categories_ordered.as_ref()),
            typed.nets.keys().next().map(|name| ("nets", name.span())),
            typed.scores.keys().next().map(|name| ("scores", name.span())),
            first("pinned", &typed.pinned),
            first("nonsubstantive", &typed.nonsubstantive),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The keys that mean something to the kind.
    fn known(&self, kind: &str, several: bool) -> Vec<&'static str> {
        let own: &[&str] = match kind {
            "recode" => &["from", "rest", "keep"],
            "bands" => &["from", "outside"],
            "combine" => &["join"],
            "first_of" => &["unit"],
            "count" => &["kind"],
            "filter" => &["yes", "no"],
            "lookup" => &["from", "kind"],
            _ => &[],
        };
        let number = self.number(kind);
        let of_number = if number { &["unit"][..] } else { &[] };
        let of_list = if number || several { &[][..] } else { &LIST };
        [own, of_number, of_list].concat()
    }

    /// Whether the variable is a number.
    pub(super) fn number(&self, kind: &str) -> bool {
        let said = self.typed.kind.as_ref().map(|kind| *kind.get_ref());
        match kind {
            "score" => true,
            "count" => said != Some(Kind::Single),
            "lookup" => said == Some(Kind::Number),
            _ => false,
        }
    }

    fn name(&mut self) -> Option<Name> {
        let Some(name) = self.typed.name.clone() else {
            let help = "add `name = \"...\"`: lower case letters, digits and `_`";
            self.wrong(self.whole.clone(), "name", "the variable has no `name`", help);
            return None;
        };
        self.check_name(&name, "name");
        Some(name)
    }

    pub(super) fn check_name(&mut self, name: &Name, key: &str) {
        let text = name.get_ref();
        let starts = text.starts_with(|c: char| c.is_ascii_lowercase());
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !starts || !text.chars().all(plain) {
            let headline = format!("`{text}` cannot be the name of a variable");
            let help = "use lower case letters, digits and `_`, beginning with a letter";
            self.push(&codes::DERIVED_NAME, name.span(), key, [&headline, help]);
        }
    }

    fn about(&self) -> About {
        let typed = self.typed;
        About {
            title: typed.title.clone(),
            text: typed.text.clone(),
            note: typed.note.clone(),
            base: typed.base.clone(),
            unit: typed.unit.as_ref().map(|unit| unit.get_ref().clone()),
            sensitive: typed.sensitive,
            geography: typed.geography,
            report: typed.report.unwrap_or(true),
            ordered: typed.categories_ordered.as_ref().map(|ordered| *ordered.get_ref()),
            nets: typed.nets.clone(),
            scores: typed.scores.clone(),
            pinned: typed.pinned.clone(),
            nonsubstantive: typed.nonsubstantive.clone(),
        }
    }
}

/// Words in backquotes, with commas between them.
fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
