//! A formula and columns of data go in, the columns of numbers of the model come out
//! (R: `model.matrix`).
//!
//! A categorical variable stands as one column of 0 and 1 for each level but the
//! reference (treatment contrasts), or for every level where that is needed to leave the
//! span of the model as the formula says. Levels come in the order given, the reference
//! first; those nobody has are left out.

use super::formula::{Formula, Problem, Term, Variable};
use super::refusal::Refusal;
use super::slope::slope;
use super::values::{Columns, Data, Values, answers_of, evaluate};

/// What is chosen beside the formula.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choices<'a> {
    /// Which records the model is about; all when absent.
    pub domain: Option<&'a [bool]>,
    /// The reference level of a variable, by the variable's column or its label in the
    /// formula; the first level that anybody has where none is given. Of a response it is
    /// the answer that counts as failure.
    pub references: &'a [(&'a str, &'a str)],
    /// The answer of the response that counts as success.
    pub success: Option<&'a str>,
    /// Whether levels that nobody has get columns, as in R's `calibrate`.
    pub keep_empty_levels: bool,
}

/// A formula with the data that it is about.
#[derive(Clone, Debug)]
pub struct Model {
    pub(super) formula: Formula,
    pub(super) response: Option<Values>,
    pub(super) outcome: Option<Outcome>,
    parts: Vec<Part>,
    recipes: Vec<Recipe>,
    domain: Vec<bool>,
    used: Vec<bool>,
}

/// What of the response counts as success.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// This answer.
    Is(String),
    /// Any other than this.
    IsNot(String),
}

/// The values of one variable of the formula.
#[derive(Clone, Debug)]
enum Part {
    Numbers(Vec<f64>),
    /// The reference level first.
    Levels {
        codes: Vec<u32>,
        labels: Vec<String>,
    },
}

/// How a column is made: the product of its pieces; 1 of none.
#[derive(Clone, Debug, Default)]
struct Recipe {
    pieces: Vec<(usize, Piece)>,
    term: Option<usize>,
}

/// What a variable puts into a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// Its number.
    Number,
    /// 1 for those at a level, else 0.
    At(u32),
}

/// A variable that all records are given one level of, for a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) variable: usize,
    pub(super) level: usize,
}

impl Model {
    /// Makes the columns.
    ///
    /// # Errors
    /// [`Refusal::Formula`], [`Refusal::Lengths`], [`Refusal::OneLevel`],
    /// [`Refusal::UnknownLevel`] or [`Refusal::UnknownVariable`].
    pub fn new(
        formula: &Formula,
        columns: &Columns<'_>,
        choices: &Choices<'_>,
    ) -> Result<Self, Refusal> {
        let records = columns.first().map_or(0, |(_, column)| column.len());
        let domain = choices.domain.map_or_else(|| vec![true; records], <[bool]>::to_vec);
        let long = |(_, column): &(&str, super::Column<'_>)| column.len() == records;
        if domain.len() != records || !columns.iter().all(long) {
            return Err(Refusal::Lengths);
        }
        let data = Data { columns, domain: &domain };
        let value = |v: &Variable| evaluate(&v.expression, data);
        let values = formula.variables.iter().map(value).collect::<Result<Vec<_>, _>>()?;
        let response = formula.response.as_ref().map(value).transpose()?;
        let known = |record| values.iter().chain(&response).all(|v| v.known(record));
        let used: Vec<bool> = domain
            .iter()
            .enumerate()
            .map(|(record, inside)| *inside && known(record))
            .collect();
        choices.all_known(formula, &values, response.as_ref())?;
        let pairs = formula.variables.iter().zip(values);
        let part = |(variable, values)| part(variable, values, &used, choices);
        let parts = pairs.map(part).collect::<Result<Vec<_>, _>>()?;
        let recipes = recipes(formula, &parts);
        let outcome = outcome(formula, choices);
        Ok(Self { formula: formula.clone(), response, outcome, parts, recipes, domain, used })
    }

    /// The names of the columns, as in R: `(Intercept)`, `age`, `sectorPrimary:age`.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.recipes.iter().map(|recipe| self.name(recipe)).collect()
    }

    /// Which records are in the domain and have no missing value.
    #[must_use]
    pub fn used(&self) -> &[bool] {
        &self.used
    }

    pub(super) fn domain(&self) -> &[bool] {
        &self.domain
    }

    /// The columns, one value for each record; 0 for records that are not used.
    #[must_use]
    pub fn columns(&self) -> Vec<Vec<f64>> {
        self.recipes.iter().map(|recipe| self.column(recipe)).collect()
    }

    fn column(&self, recipe: &Recipe) -> Vec<f64> {
        let value = |(record, used): (usize, &bool)| {
            if *used { self.product(recipe, record, None) } else { 0.0 }
        };
        self.used.iter().enumerate().map(value).collect()
    }

    /// The labels of the terms that columns belong to, each once; that of the intercept
    /// only when it is alone.
    pub(super) fn terms_of(&self, columns: impl IntoIterator<Item = usize>) -> Vec<String> {
        let mut terms = Vec::new();
        for recipe in columns.into_iter().filter_map(|column| self.recipes.get(column)) {
            let term = recipe.term.and_then(|term| self.formula.terms.get(term));
            terms.extend(term.map(|term| self.formula.label(term)));
        }
        terms.dedup();
        if terms.is_empty() { vec!["(Intercept)".to_owned()] } else { terms }
    }

    /// One record's values of all columns, as they are or with a variable changed.
    pub(super) fn row(&self, record: usize, changed: Option<Changed>) -> Vec<f64> {
        self.recipes.iter().map(|recipe| self.product(recipe, record, changed)).collect()
    }

    /// The levels of a variable, the reference first; `None` for numbers.
    #[must_use]
    pub fn levels(&self, variable: usize) -> Option<&[String]> {
        match self.parts.get(variable)? {
            Part::Levels { labels, .. } => Some(labels),
            Part::Numbers(_) => None,
        }
    }

    /// By column: its term, and the levels that it is of, if any; `(Intercept)` for the
    /// intercept.
    #[must_use]
    pub fn terms_and_levels(&self) -> Vec<(String, Option<String>)> {
        let both = |recipe: &Recipe| {
            let term = recipe.term.and_then(|term| self.formula.terms.get(term));
            let label = term.map_or("(Intercept)".to_owned(), |t| self.formula.label(t));
            let level = |(variable, piece): &(usize, Piece)| self.level(*variable, *piece);
            let levels: Vec<&str> = recipe.pieces.iter().filter_map(level).collect();
            (label, (!levels.is_empty()).then(|| levels.join(":")))
        };
        self.recipes.iter().map(both).collect()
    }

    /// The level that a piece of a column is of.
    fn level(&self, variable: usize, piece: Piece) -> Option<&str> {
        let Piece::At(level) = piece else { return None };
        let labels = self.levels(variable)?;
        labels.get(usize::try_from(level).ok()?).map(String::as_str)
    }

    fn name(&self, recipe: &Recipe) -> String {
        if recipe.pieces.is_empty() {
            return "(Intercept)".to_owned();
        }
        let piece = |(variable, piece): &(usize, Piece)| {
            let label = self.formula.variables.get(*variable).map_or("", |v| &v.label);
            format!("{label}{}", self.level(*variable, *piece).unwrap_or_default())
        };
        recipe.pieces.iter().map(piece).collect::<Vec<_>>().join(":")
    }

    fn product(&self, recipe: &Recipe, record: usize, changed: Option<Changed>) -> f64 {
        let pieces = recipe.pieces.iter();
        pieces.map(|(variable, piece)| self.piece(*variable, *piece, record, changed)).product()
    }

    fn piece(
        &self,
        variable: usize,
        piece: Piece,
        record: usize,
        changed: Option<Changed>,
    ) -> f64 {
        let changed = changed.filter(|changed| changed.variable == variable);
        match (self.parts.get(variable), piece) {
            (Some(Part::Numbers(values)), _) => values.get(record).copied().unwrap_or(0.0),
            (Some(Part::Levels { codes, .. }), Piece::At(level)) => {
                let own = || codes.get(record).copied();
                let has = changed.map_or_else(own, |c| u32::try_from(c.level).ok());
                f64::from(u8::from(has == Some(level)))
            }
            _ => 0.0,
        }
    }
}

/// The slopes of the variables of a model with respect to a column of the data.
pub(super) struct Slopes<'a> {
    model: &'a Model,
    /// By variable and record; `None` where the variable does not depend on the column.
    slopes: Vec<Option<Vec<f64>>>,
}

impl<'a> Slopes<'a> {
    pub(super) fn new(
        model: &'a Model,
        column: &str,
        columns: &Columns<'_>,
    ) -> Result<Self, Refusal> {
        let data = Data { columns, domain: &model.domain };
        if columns.iter().any(|(_, column)| column.len() != model.domain.len()) {
            return Err(Refusal::Lengths);
        }
        let of = |v: &Variable| slope(&v.expression, column, data);
        let slopes = model.formula.variables.iter().map(of).collect::<Result<_, _>>()?;
        Ok(Self { model, slopes })
    }

    /// The derivatives of one record's values of all columns, by the product rule.
    pub(super) fn row(&self, record: usize) -> Vec<f64> {
        let terms = |recipe: &Recipe| -> f64 {
            (0..recipe.pieces.len()).map(|place| self.term(recipe, place, record)).sum()
        };
        self.model.recipes.iter().map(terms).collect()
    }

    /// The slope of one piece times the other pieces.
    fn term(&self, recipe: &Recipe, place: usize, record: usize) -> f64 {
        let value = |(at, (variable, piece)): (usize, &(usize, Piece))| {
            if at != place {
                return self.model.piece(*variable, *piece, record, None);
            }
            let slope = self.slopes.get(*variable).and_then(Option::as_ref);
            slope.and_then(|slope| slope.get(record)).copied().unwrap_or(0.0)
        };
        recipe.pieces.iter().enumerate().map(value).product()
    }
}

/// What was chosen about the response.
fn outcome(formula: &Formula, choices: &Choices<'_>) -> Option<Outcome> {
    let failure = || {
        let response = formula.response.as_ref()?;
        choices.reference(response).map(|level| Outcome::IsNot(level.to_owned()))
    };
    choices.success.map(|level| Outcome::Is(level.to_owned())).or_else(failure)
}

impl Choices<'_> {
    /// The reference level chosen for a variable.
    fn reference(&self, variable: &Variable) -> Option<&str> {
        let chosen = self.references.iter().find(|(name, _)| variable.goes_by(name));
        chosen.map(|(_, level)| *level)
    }

    /// Refuses reference levels of what has no levels.
    fn all_known(
        &self,
        formula: &Formula,
        values: &[Values],
        response: Option<&Values>,
    ) -> Result<(), Refusal> {
        let variables = formula.variables.iter().zip(values);
        let all: Vec<_> = variables.chain(formula.response.iter().zip(response)).collect();
        let has_levels = |values: &Values| !matches!(values, Values::Numbers(_));
        let known = |name: &str| all.iter().any(|(v, x)| v.goes_by(name) && has_levels(x));
        match self.references.iter().find(|(name, _)| !known(name)) {
            Some((name, _)) => Err(Refusal::UnknownVariable((*name).to_owned())),
            None => Ok(()),
        }
    }
}

/// The values of a variable, its levels in order.
fn part(
    variable: &Variable,
    values: Values,
    used: &[bool],
    choices: &Choices<'_>,
) -> Result<Part, Refusal> {
    let (codes, labels) = match values {
        Values::Numbers(numbers) => return Ok(Part::Numbers(numbers)),
        Values::Truths(truths) => answers_of(&truths),
        Values::Answers { codes, labels } => (codes, labels),
        Values::Text(text) => {
            let at = variable.expression.at.clone();
            let problem = Problem::new(at, format!("`{text}` is a text, not a variable"));
            return Err(problem.help("write names in backquotes or bare").into());
        }
    };
    let order = order(&codes, &labels, used, choices.keep_empty_levels);
    let order = referred(order, &labels, choices.reference(variable), &variable.label)?;
    if order.len() < 2 {
        return Err(Refusal::OneLevel { variable: variable.label.clone() });
    }
    Ok(recoded(&codes, &labels, &order))
}

/// The places of the labels that stay, in their order.
fn order(codes: &[u32], labels: &[String], used: &[bool], keep_empty: bool) -> Vec<usize> {
    let mut had = vec![keep_empty; labels.len()];
    for (code, _) in codes.iter().zip(used).filter(|(_, used)| **used) {
        if let Some(had) = usize::try_from(*code).ok().and_then(|code| had.get_mut(code)) {
            *had = true;
        }
    }
    (0..labels.len()).filter(|place| had.get(*place) == Some(&true)).collect()
}

/// The same with a chosen level first.
fn referred(
    mut order: Vec<usize>,
    labels: &[String],
    chosen: Option<&str>,
    variable: &str,
) -> Result<Vec<usize>, Refusal> {
    let Some(chosen) = chosen else { return Ok(order) };
    let label = |place: &usize| labels.get(*place).cloned().unwrap_or_default();
    let Some(at) = order.iter().position(|place| label(place) == chosen) else {
        let known = order.iter().map(label).collect();
        let (variable, level) = (variable.to_owned(), chosen.to_owned());
        return Err(Refusal::UnknownLevel { variable, level, known });
    };
    if let Some(head) = order.get_mut(..=at) {
        head.rotate_right(1);
    }
    Ok(order)
}

/// The codes as places in an order of labels.
fn recoded(codes: &[u32], labels: &[String], order: &[usize]) -> Part {
    let mut places = vec![u32::MAX; labels.len()];
    for (new, old) in (0..).zip(order) {
        if let Some(place) = places.get_mut(*old) {
            *place = new;
        }
    }
    let place = |code: &u32| usize::try_from(*code).ok().and_then(|code| places.get(code));
    let codes = codes.iter().map(|code| place(code).copied().unwrap_or(u32::MAX)).collect();
    let labels = order.iter().filter_map(|old| labels.get(*old).cloned()).collect();
    Part::Levels { codes, labels }
}

/// How the columns are made, in R's order.
fn recipes(formula: &Formula, parts: &[Part]) -> Vec<Recipe> {
    let mut recipes = Vec::new();
    if formula.intercept {
        recipes.push(Recipe::default());
    }
    let freed = if formula.intercept { None } else { first_factor(formula, parts) };
    for (place, term) in formula.terms.iter().enumerate() {
        let mut list = vec![Recipe { pieces: Vec::new(), term: Some(place) }];
        for variable in &term.variables {
            let full =
                freed == Some((place, *variable)) || full(&formula.terms, place, *variable);
            let pieces = parts.get(*variable).map_or(Vec::new(), |part| part.pieces(full));
            list = crossed(&list, *variable, &pieces);
        }
        recipes.append(&mut list);
    }
    recipes
}

impl Part {
    fn pieces(&self, full: bool) -> Vec<Piece> {
        match self {
            Self::Numbers(_) => vec![Piece::Number],
            Self::Levels { labels, .. } => {
                (0..).map(Piece::At).take(labels.len()).skip(usize::from(!full)).collect()
            }
        }
    }
}

/// Every recipe with every piece; those made first change fastest.
fn crossed(list: &[Recipe], variable: usize, pieces: &[Piece]) -> Vec<Recipe> {
    let with = |recipe: &Recipe, piece: Piece| {
        let mut recipe = recipe.clone();
        recipe.pieces.push((variable, piece));
        recipe
    };
    let each = |piece: &Piece| list.iter().map(|r| with(r, *piece)).collect::<Vec<_>>();
    pieces.iter().flat_map(each).collect()
}

/// Whether a variable gets a column for every level in a term: unless the term without it
/// is part of a term before (Chambers and Hastie 1992, "Statistical Models in S", page 38;
/// R's `TermCode`).
fn full(terms: &[Term], place: usize, variable: usize) -> bool {
    let Some(term) = terms.get(place) else { return false };
    let rest: Vec<usize> = term.variables.iter().copied().filter(|v| *v != variable).collect();
    let covers = |before: &Term| rest.iter().all(|v| before.variables.contains(v));
    !rest.is_empty() && !terms.iter().take(place).any(covers)
}

/// Without an intercept, the first categorical variable of the first term that has one
/// gets a column for every level: the term and the variable.
fn first_factor(formula: &Formula, parts: &[Part]) -> Option<(usize, usize)> {
    let factor = |v: &&usize| matches!(parts.get(**v), Some(Part::Levels { .. }));
    let first = |(place, term): (usize, &Term)| {
        term.variables.iter().find(factor).map(|variable| (place, *variable))
    };
    formula.terms.iter().enumerate().find_map(first)
}
