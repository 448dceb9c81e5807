//! Question kinds lower to variables of four measures: the one place that knows both.

use super::{Kind, Limits, Marks, Measure, Missing, Question, Questionnaire, Variable};
use crate::diagnostic::Place;

impl Question {
    /// What the cells of each of its variables are.
    #[must_use]
    pub fn measure(&self) -> Measure {
        match self.kind {
            Kind::Single | Kind::Grid => Measure::Category,
            Kind::Multi => Measure::Flags,
            Kind::Number | Kind::Rank | Kind::Date => Measure::Number,
            Kind::Text => Measure::Text,
        }
    }

    /// Whether tables are made of it unasked.
    #[must_use]
    pub fn tabulated(&self) -> bool {
        self.report && self.can_be_tabulated()
    }

    /// Whether tables can be made of it.
    #[must_use]
    pub fn can_be_tabulated(&self) -> bool {
        !matches!(self.kind, Kind::Date | Kind::Text)
    }

    /// The code of the first reason for no answer in its columns; "no answer" itself. Codes
    /// below are answers, those above other reasons, the last two "not asked" and "not
    /// valid".
    #[must_use]
    pub fn reasons(&self) -> usize {
        match self.measure() {
            Measure::Category => self.answers.len(),
            Measure::Flags => 2,
            Measure::Text => 1,
            Measure::Number => 0,
        }
    }

    /// The name of one answer's own column in the frame, for [`Measure::Flags`].
    #[must_use]
    pub fn flag(&self, answer: usize) -> String {
        format!("{}.{}", self.id, self.answers[answer].id)
    }

    /// A question that nobody was asked: a variable made from others. No file has a column
    /// for it.
    #[must_use]
    pub fn derived(id: &str, kind: Kind, place: Place) -> Self {
        Self {
            id: id.to_owned(),
            kind,
            title: id.to_owned(),
            text: id.to_owned(),
            note: None,
            base: None,
            headers: Vec::new(),
            declared: 0,
            answers: Vec::new(),
            ordered: false,
            items: Vec::new(),
            nets: Vec::new(),
            differences: Vec::new(),
            promoters: false,
            fold: Vec::new(),
            required: false,
            limits: Limits::default(),
            asked_if: None,
            max: None,
            delimiter: None,
            marks: Marks::default(),
            open: None,
            other_column: None,
            missing: Missing::default(),
            places: None,
            unit: None,
            sensitive: false,
            geography: None,
            report: true,
            within: None,
            made_from: Vec::new(),
            place,
        }
    }

    fn lower(&self, question: usize) -> Vec<Variable> {
        let measure = self.measure();
        let variable = |name, item| Variable { name, question, item, measure };
        if self.items.is_empty() {
            return vec![variable(self.id.clone(), None)];
        }
        let named = |(i, item): (usize, &super::Item)| {
            variable(format!("{}.{}", self.id, item.id), Some(i))
        };
        self.items.iter().enumerate().map(named).collect()
    }
}

impl Questionnaire {
    /// Every variable, in the order of the questionnaire.
    #[must_use]
    pub fn variables(&self) -> Vec<Variable> {
        self.questions.iter().enumerate().flat_map(|(i, q)| q.lower(i)).collect()
    }
}
