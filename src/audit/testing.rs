//! Releases for tests, written as the `results.json` that a run would publish.

use serde_json::{Map, Value, json};

use super::{Audit, Release, audit, read};

/// A release in the making. Percentages have four places and bases are exact, unless a test
/// says otherwise: then figures are as good as counts.
pub(super) struct Made {
    file: Value,
}

impl Made {
    /// A poll of so many people.
    pub(super) fn of(respondents: u32) -> Self {
        let file = json!({
            "format": 1,
            "poll": { "id": "poll", "wave": "1", "profile": "public", "respondents": respondents },
            "disclosure": {
                "small": 4, "small_sensitive": 9, "floor": 0, "all_or_none": 100, "base_step": 1,
            },
            "rounding": { "weighted": false, "percent_decimals": 4, "mean_decimals": 1 },
            "tables": [],
            "results": [],
        });
        Self { file }
    }

    /// With percentages in whole numbers and bases in tens, as the public sees them.
    pub(super) fn rounded(mut self) -> Self {
        self.file["disclosure"]["base_step"] = json!(10);
        self.file["rounding"]["percent_decimals"] = json!(0);
        self
    }

    /// With another value at a path of two keys.
    pub(super) fn with(mut self, [outer, inner]: [&str; 2], value: Value) -> Self {
        self.file[outer][inner] = value;
        self
    }

    /// With a table.
    pub(super) fn table(mut self, table: &Table) -> Self {
        for (key, entries) in [("tables", vec![table.shape()]), ("results", table.records())] {
            self.file[key].as_array_mut().expect("a list").extend(entries);
        }
        self
    }

    /// With a record of an earlier wave, or of a change.
    pub(super) fn record(mut self, record: Value) -> Self {
        self.file["results"].as_array_mut().expect("a list").push(record);
        self
    }

    /// With intervals of so much on either side of the figures of a group.
    pub(super) fn spread(mut self, table: &str, group: &str, half: f64) -> Self {
        for record in self.file["results"].as_array_mut().expect("a list") {
            if record["table"] == table && record["group"] == group {
                let value = record["value"].as_f64().expect("a value");
                (record["low"], record["high"]) = (json!(value - half), json!(value + half));
            }
        }
        self
    }

    pub(super) fn release(&self) -> Release {
        read("results.json", &self.file.to_string()).expect("a release")
    }

    pub(super) fn audit(&self) -> Audit {
        audit(&self.release(), 2)
    }

    /// Every hidden cell: its name, the range of whole numbers and what that means.
    pub(super) fn told(&self) -> Vec<String> {
        told(&self.audit())
    }
}

pub(super) fn told(audit: &Audit) -> Vec<String> {
    let cell = |cell: &super::Cell| {
        let (low, high) = cell.whole();
        format!("{} {low}..{high} {:?}", cell.name, cell.state)
    };
    audit.cells.iter().map(cell).collect()
}

/// A table: the groups of a banner, and the figures of each row.
#[derive(Clone)]
pub(super) struct Table {
    name: String,
    question: String,
    banner: Vec<String>,
    groups: Vec<String>,
    bases: Vec<Option<f64>>,
    rows: Vec<(String, Value, Vec<String>)>,
    more: Map<String, Value>,
}

impl Table {
    /// A question by the groups of a banner, which are `phase: a b`; of all if that is empty.
    /// Bases are those of all and of each group; −1 for a hidden one.
    pub(super) fn new(question: &str, by: &str, bases: &[f64]) -> Self {
        let (banner, groups) = by.split_once(": ").unwrap_or(("", ""));
        let words = |text: &str, mark| -> Vec<String> {
            text.split(mark).filter(|word: &&str| !word.is_empty()).map(str::to_owned).collect()
        };
        let name =
            if banner.is_empty() { question.into() } else { format!("{question}-{banner}") };
        Self {
            name,
            question: question.to_owned(),
            banner: words(banner, '-'),
            groups: words(groups, ' '),
            bases: bases.iter().map(|base| Some(*base).filter(|base| *base >= 0.0)).collect(),
            rows: Vec::new(),
            more: Map::new(),
        }
    }

    /// An answer. Figures stand for all and for each group; `-` where there is no record.
    pub(super) fn answer(self, id: &str, figures: &str) -> Self {
        self.row(id, json!({ "answers": [id], "statistic": "percent" }), figures)
    }

    /// A net.
    pub(super) fn net(self, id: &str, of: &[&str], figures: &str) -> Self {
        self.row(id, json!({ "answers": of, "statistic": "net" }), figures)
    }

    pub(super) fn row(mut self, id: &str, made_of: Value, figures: &str) -> Self {
        let figures = figures.split(' ').map(str::to_owned).collect();
        self.rows.push((id.to_owned(), made_of, figures));
        self
    }

    /// With another value of what describes it.
    pub(super) fn with(mut self, key: &str, value: Value) -> Self {
        self.more.insert(key.to_owned(), value);
        self
    }

    /// Under another name.
    pub(super) fn named(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    fn shape(&self) -> Value {
        let rows = self.rows.iter().map(|(id, made_of, _)| {
            let mut row = made_of.clone();
            (row["id"], row["label"]) = (json!(id), json!(id));
            row
        });
        let single = |row: &&(String, Value, _)| row.1["answers"] == json!([row.0]);
        let base: Vec<&String> = self.rows.iter().filter(single).map(|row| &row.0).collect();
        let group = |id: &String| {
            let answers: Vec<Vec<&str>> = id.split('-').map(|id| vec![id]).collect();
            json!({ "id": id, "label": id, "answers": answers })
        };
        let mut shape = json!({
            "name": self.name, "question": self.question, "kind": "single", "items": [],
            "banner": self.banner, "filter": null, "percent_of": "column", "sensitive": false,
            "overlapping": false, "partial": false, "base": base,
            "groups": self.groups.iter().map(group).collect::<Vec<_>>(),
            "rows": rows.collect::<Vec<_>>(),
        });
        self.more.iter().for_each(|(key, value)| shape[key] = value.clone());
        shape
    }

    fn records(&self) -> Vec<Value> {
        let mut records = Vec::new();
        for (row, made_of, figures) in &self.rows {
            for (at, figure) in figures.iter().enumerate().filter(|(_, figure)| *figure != "-")
            {
                let group = at.checked_sub(1).map(|at| &self.groups[at]);
                let (number, verdict) = figure.split_once('/').unwrap_or((figure, ""));
                let hidden = number.starts_with('[');
                records.push(json!({
                    "wave": "1", "table": self.name, "question": self.question, "item": null,
                    "answer": row, "group": group.map_or("Total", |group| group.as_str()),
                    "banner": group.map(|_| self.banner.join("-")),
                    "statistic": made_of["statistic"],
                    "value": number.parse::<f64>().ok(), "base": self.bases[at],
                    "status": hidden.then_some(number),
                    "verdict": Some(verdict).filter(|verdict| !verdict.is_empty()),
                }));
            }
        }
        records
    }
}
