//! What each kind of derived variable needs: bands without gaps, lists of enough names,
//! conditions that can be read.

use std::ops::Range;

use indexmap::IndexMap;

use super::check::Checking;
use super::{Action, Band, Lookup, Method, Name, Rest, typed};
use crate::document::Spanned;
use crate::expression::Expression;
use crate::poll::codes;

impl Checking<'_, '_> {
    /// How the variable of that kind is made; none if something is wrong, which is said.
    pub(super) fn action(&mut self, kind: &str) -> Option<Action> {
        match kind {
            "recode" => self.recode(),
            "bands" => self.bands(),
            "combine" => self.combine(),
            "first_of" => self.first_of(),
            "count" => self.count(),
            "score" => self.score(),
            "filter" => self.filter(),
            _ => self.lookup(),
        }
    }

    fn from(&mut self) -> Option<Name> {
        let from = self.typed.from.clone();
        if from.is_none() {
            let help = "add `from = \"...\"`: a question, or an earlier derived variable";
            self.wrong(self.whole.clone(), "from", "the variable has no `from`", help);
        }
        from
    }

    fn recode(&mut self) -> Option<Action> {
        let groups = self.typed.recode.as_ref()?;
        for (label, members) in groups.get_ref() {
            if members.is_empty() {
                let headline = format!("`{}` has no answers", label.get_ref());
                let help = "name the answers that become it, or take it out";
                self.wrong(label.span(), "recode", &headline, help);
            }
        }
        let keep = self.typed.keep.as_ref().filter(|keep| *keep.get_ref());
        let rest = match (&self.typed.rest, keep) {
            (Some(rest), Some(_)) => {
                let help = "take one of both out";
                self.wrong(rest.span(), "rest", "`rest` and `keep` do not go together", help);
                Rest::Kept
            }
            (Some(rest), None) => Rest::Becomes(rest.clone()),
            (None, Some(_)) => Rest::Kept,
            (None, None) => Rest::Refused,
        };
        if groups.get_ref().is_empty() {
            let help = "write `recode = { \"Leader\" = [\"Head\", \"Deputy\"] }`";
            self.wrong(groups.span(), "recode", "`recode` names no answers", help);
            return None;
        }
        let groups = groups.get_ref().clone();
        Some(Action::Recode { from: self.from()?, groups, rest })
    }

    fn bands(&mut self) -> Option<Action> {
        let typed = self.typed.bands.as_ref()?;
        let from = self.from();
        let spans: Vec<Range<usize>> = typed.get_ref().iter().map(Spanned::span).collect();
        let band = |band: &Spanned<(f64, f64, String)>| {
            let (from, to, label) = band.get_ref().clone();
            Band { from, to, label }
        };
        let bands: Vec<Band> = typed.get_ref().iter().map(band).collect();
        if bands.is_empty() {
            let help = "write `bands = [[0, 5, \"Under 5\"], [5, 15, \"5 to 14\"]]`";
            self.push(&codes::BANDS, typed.span(), "bands", ["there are no bands", help]);
            return None;
        }
        for (band, at) in bands.iter().zip(&spans) {
            self.check_band(band, at);
        }
        for (pair, at) in bands.windows(2).zip(spans.iter().skip(1)) {
            self.check_pair(&pair[0], &pair[1], at);
        }
        Some(Action::Bands { from: from?, bands, outside: self.typed.outside.is_some() })
    }

    fn check_band(&mut self, band: &Band, at: &Range<usize>) {
        // The band of one number, such as [10, 10], is only possible at the end.
        if band.from.is_nan() || band.to.is_nan() || band.from > band.to {
            let headline = format!("nothing is from {} to {}", band.from, band.to);
            let help = "write the smaller number first";
            self.push(&codes::BANDS, at.clone(), "bands", [&headline, help]);
        }
    }

    fn check_pair(&mut self, one: &Band, next: &Band, at: &Range<usize>) {
        let (end, begin) = (one.to, next.from);
        if one.from >= end && one.from <= begin {
            let headline = format!("nothing can be in `{}`", one.label);
            let help = "let it end where the next band begins";
            self.push(&codes::BANDS, at.clone(), "bands", [&headline, help]);
        } else if end < begin {
            let headline = format!("there is a gap from {end} to {begin}");
            let help = format!(
                "begin `{}` at {end}: a band has its first number, and the next one its last",
                next.label
            );
            self.push(&codes::BANDS, at.clone(), "bands", [&headline, &help]);
        } else if end > begin {
            let headline = format!("`{}` and `{}` overlap", one.label, next.label);
            let help = format!("end `{}` where `{}` begins, in order", one.label, next.label);
            self.push(&codes::BANDS, at.clone(), "bands", [&headline, &help]);
        }
    }

    fn combine(&mut self) -> Option<Action> {
        let of = self.typed.combine.as_ref()?;
        self.check_list(of, "combine", 2)?;
        let join = self.typed.join.as_ref().map(|join| join.get_ref().clone());
        let join = join.unwrap_or_else(|| ", ".to_owned());
        Some(Action::Combine { of: of.get_ref().clone(), join })
    }

    fn first_of(&mut self) -> Option<Action> {
        let of = self.typed.first_of.as_ref()?;
        self.check_list(of, "first_of", 2)?;
        Some(Action::FirstOf { of: of.get_ref().clone() })
    }

    /// A list of enough names, each once.
    fn check_list(&mut self, list: &typed::List, key: &str, least: usize) -> Option<()> {
        let names = list.get_ref();
        for (nth, name) in names.iter().enumerate() {
            if names[..nth].contains(name) {
                let headline = format!("`{}` stands twice in `{key}`", name.get_ref());
                self.wrong(name.span(), key, &headline, "take one of both out");
            }
        }
        if names.len() < least {
            let headline = format!("`{key}` names {} of at least {least}", names.len());
            self.wrong(list.span(), key, &headline, "add what it is made from");
            return None;
        }
        Some(())
    }

    /// The parts of a count or score; said if there are none.
    fn parts(&mut self, of: Option<&typed::List>, key: &str) -> Option<Vec<Name>> {
        let Some(of) = of else {
            let headline = format!("`{key}` does not say of what");
            let help = "add `of = [\"...\", \"...\"]`";
            self.wrong(self.whole.clone(), &format!("{key}.of"), &headline, help);
            return None;
        };
        self.check_list(of, &format!("{key}.of"), 1)?;
        Some(of.get_ref().clone())
    }

    fn check_minimum(&mut self, minimum: Option<&Spanned<usize>>, key: &str) {
        let Some(minimum) = minimum.filter(|minimum| *minimum.get_ref() == 0) else { return };
        let key = format!("{key}.minimum_answered");
        let headline = "`minimum_answered` is 0";
        self.wrong(minimum.span(), &key, headline, "give a number from 1 on");
    }

    fn count(&mut self) -> Option<Action> {
        let count = self.typed.count.as_ref()?.get_ref();
        let of = self.parts(count.of.as_ref(), "count");
        self.check_minimum(count.minimum_answered.as_ref(), "count");
        let (answers, minimum) = (count.answers.clone(), count.minimum_answered.clone());
        Some(Action::Count { of: of?, answers, minimum, number: self.number("count") })
    }

    fn score(&mut self) -> Option<Action> {
        let score = self.typed.score.as_ref()?.get_ref();
        let of = self.parts(score.of.as_ref(), "score");
        self.check_minimum(score.minimum_answered.as_ref(), "score");
        let method = score.method.as_ref().map_or(Method::Mean, |method| *method.get_ref());
        if let (Method::Sum, Some(minimum)) = (method, &score.minimum_answered) {
            let headline = "a sum of fewer items is smaller, whatever was answered";
            let help = "take `minimum_answered` out, or use `method = \"mean\"`";
            self.wrong(minimum.span(), "score.minimum_answered", headline, help);
        }
        let (minimum, reverse) = (score.minimum_answered.clone(), score.reverse.clone());
        Some(Action::Score { of: of?, method, minimum, reverse })
    }

    fn filter(&mut self) -> Option<Action> {
        let text = self.typed.filter.clone()?;
        let label = |typed: &Option<Name>, usual: &str| {
            typed.as_ref().map_or_else(|| usual.to_owned(), |label| label.get_ref().clone())
        };
        let words = self.words();
        let (yes, no) = (label(&self.typed.yes, words.yes), label(&self.typed.no, words.no));
        match Expression::parse(text.get_ref()) {
            Ok(condition) => Some(Action::Filter { condition, text, yes, no }),
            Err(problem) => {
                // The span begins at the opening quote.
                let start = text.span().start + 1 + problem.at.start;
                let help = problem.help.unwrap_or_else(|| {
                    "write it like `phase = 'Primary' and years >= 5`".to_owned()
                });
                let text = [problem.message.as_str(), &help];
                self.push(&codes::CONDITION, start..start, "filter", text);
                None
            }
        }
    }

    fn lookup(&mut self) -> Option<Action> {
        let lookup = self.typed.lookup.as_ref()?;
        let (at, lookup) = (lookup.span(), lookup.get_ref());
        let from = self.from();
        for (key, given) in [("file", &lookup.file), ("key", &lookup.key)] {
            if given.is_none() {
                let headline = format!("the lookup has no `{key}`");
                let help = "write `lookup = { file = \"schools.csv\", key = \"urn\", column = \
                            \"PHASE\" }`";
                self.wrong(at.clone(), &format!("lookup.{key}"), &headline, help);
            }
        }
        let columns = self.columns(lookup, at)?;
        let number = self.number("lookup");
        if let Some(label) = lookup.categories.first().filter(|_| number || columns.len() > 1) {
            let headline = "`categories` are those of one variable with one answer";
            let help = "make a variable of its own of each column";
            self.wrong(label.span(), "lookup.categories", headline, help);
        }
        Some(Action::Lookup(Lookup {
            from: from?,
            file: lookup.file.clone()?,
            key: lookup.key.clone()?,
            columns,
            number,
            categories: lookup.categories.clone(),
        }))
    }

    /// The new variables of a lookup, each with its column.
    fn columns(
        &mut self,
        lookup: &typed::Lookup,
        at: Range<usize>,
    ) -> Option<Vec<(Name, Name)>> {
        let columns = &lookup.columns;
        match &lookup.column {
            Some(column) => {
                if !columns.is_empty() {
                    let headline = "`column` and `columns` do not go together";
                    self.wrong(
                        column.span(),
                        "lookup.column",
                        headline,
                        "take one of both out",
                    );
                }
                Some(vec![(self.typed.name.clone()?, column.clone())])
            }
            None if columns.is_empty() => {
                let help =
                    "add `column = \"PHASE\"`, or several: `columns = { phase = \"PHASE\" }`";
                self.wrong(at, "lookup.column", "the lookup has no `column`", help);
                None
            }
            None => {
                self.check_several(columns, &at);
                Some(columns.clone().into_iter().collect())
            }
        }
    }

    /// What is said of one variable is not said of several.
    fn check_several(&mut self, columns: &IndexMap<Name, Name>, at: &Range<usize>) {
        let typed = self.typed;
        if let Some(name) = &typed.name {
            let headline = "`name` and `columns` do not go together";
            let help = "take `name` out: the names stand in `columns`";
            self.wrong(name.span(), "name", headline, help);
        }
        for (key, given) in [("title", &typed.title), ("text", &typed.text)] {
            if given.is_some() && columns.len() > 1 {
                let headline = format!("`{key}` is that of one variable");
                let help =
                    "make a variable of its own of each column, with `name` and `column`";
                self.wrong(at.clone(), key, &headline, help);
            }
        }
        columns.keys().for_each(|name| self.check_name(name, "lookup.columns"));
    }
}
