//! Somebody who has `results.csv`, the questionnaire and the poll file, and wants to know how
//! many are in a cell that is hidden.
//!
//! Written without the gate's model: every published figure of a question is turned into an
//! inequality about people, with its rounding, and linear programming says how few and how
//! many may be in the cell. Shares of people are what is printed, as nobody is weighted.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOutcome};

use super::polls::{
    LESSONS, NATIONS, PAYS, PHASES, Person, REGIONS, ROLES, SCORES, USES, VIEW_NETS, VIEWS,
};
use super::run::Record;

/// Atoms with what they are multiplied by.
type Sum = Vec<(usize, f64)>;

/// A way of dividing everybody.
struct Division {
    parts: usize,
    of: fn(&Person) -> usize,
}

const ALL: usize = 0;
const PHASE: usize = 1;
const REGION: usize = 2;
const PRIMARY: usize = 3;
const ROLE: usize = 4;

const DIVISIONS: [Division; 5] = [
    Division { parts: 1, of: |_| 0 },
    Division { parts: 3, of: |person| person.phase },
    Division { parts: 6, of: |person| person.region },
    // Those in primary schools by region, and all others.
    Division { parts: 7, of: |person| if person.phase == 0 { person.region } else { 6 } },
    Division { parts: 9, of: |person| 3 * person.phase + person.role },
];

/// What is attacked at once: a question, or one answer where several are allowed.
#[derive(Clone, Copy)]
pub(crate) struct Aim {
    pub(crate) question: &'static str,
    answers: &'static [&'static str],
    /// The answer of somebody; as many as there are answers stands for none.
    of: fn(&Person, usize) -> usize,
    /// Which of several answers, where these are allowed.
    item: usize,
}

const NOT: [&str; 2] = ["", "not"];

/// Everything that can be attacked.
pub(crate) fn aims() -> Vec<Aim> {
    let single = |question, answers, of| Aim { question, answers, of, item: 0 };
    let mut aims = vec![
        single("view", &VIEWS[..], |person, _| person.view.unwrap_or(VIEWS.len())),
        single("pay", &PAYS, |person, _| person.pay.unwrap_or(PAYS.len())),
        single("lesson", &LESSONS, |person, _| person.lesson.unwrap_or(LESSONS.len())),
        single("phase", &PHASES, |person, _| person.phase),
        single("region", &REGIONS, |person, _| person.region),
    ];
    let picked = |person: &Person, item: usize| match person.uses {
        [false, false, false, false] => 2,
        uses => usize::from(!uses[item]),
    };
    let item = |item| Aim { question: "uses", answers: &NOT, of: picked, item };
    aims.extend((0..USES.len()).map(item));
    aims
}

/// What is known of a question.
pub(crate) struct Known<'p> {
    aim: Aim,
    people: &'p [Person],
    /// Bases are rounded to multiples of this.
    step: f64,
    /// Which divisions its tables have.
    used: Vec<bool>,
    /// How many are in each atom: for the judge, not for the attacker.
    truth: Vec<f64>,
    /// Sums that lie between two numbers.
    facts: Vec<(Sum, f64, f64)>,
}

/// A hidden cell and what was found out about it.
pub(crate) struct Found {
    pub(crate) cell: String,
    truth: f64,
    /// How far apart the whole numbers must be: all of a group that is smaller.
    enough: f64,
    low: f64,
    high: f64,
}

impl std::fmt::Debug for Found {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { cell, truth, low, high, .. } = self;
        write!(out, "{cell}: {truth}, found {low:.2} to {high:.2}")
    }
}

impl Found {
    /// Whether too little is left open, by more than is to spare.
    pub(crate) fn is_narrow(&self, spare: f64) -> bool {
        self.width() < self.enough - spare
    }

    /// From the smallest whole number that fits to the largest.
    pub(crate) fn width(&self) -> f64 {
        (self.high + 1e-5).floor() - (self.low - 1e-5).ceil()
    }
}

/// The number of those with an answer in a part of a division.
fn atom(answer: usize, division: usize, part: usize) -> usize {
    let parts = |divisions: &[Division]| divisions.iter().map(|d| d.parts).sum::<usize>();
    answer * parts(&DIVISIONS) + parts(&DIVISIONS[..division]) + part
}

/// Those with any of some answers in any of some parts of a division.
fn count(answers: &[usize], (division, parts): (usize, &[usize])) -> Sum {
    let in_part = |answer: &usize| {
        let answer = *answer;
        parts.iter().map(move |part| (atom(answer, division, *part), 1.0))
    };
    let mut sum: Sum = answers.iter().flat_map(in_part).collect();
    sum.sort_by_key(|(atom, _)| *atom);
    sum
}

/// `a` + `factor` · `b`.
fn plus(a: &Sum, factor: f64, b: &Sum) -> Sum {
    let mut terms: std::collections::BTreeMap<usize, f64> = a.iter().copied().collect();
    for (atom, by) in b {
        *terms.entry(*atom).or_default() += factor * by;
    }
    terms.into_iter().collect()
}

impl<'p> Known<'p> {
    /// All that the records say of a question.
    pub(crate) fn of(aim: Aim, records: &[Record], people: &'p [Person], step: f64) -> Self {
        let width: usize = DIVISIONS.iter().map(|division| division.parts).sum();
        let truth = vec![0.0; (aim.answers.len() + 1) * width];
        let used = used(aim, records);
        let mut known = Self { aim, people, step, used, truth, facts: Vec::new() };
        for person in people {
            for (index, division) in DIVISIONS.iter().enumerate() {
                let atom = atom((aim.of)(person, aim.item), index, (division.of)(person));
                known.truth[atom] += 1.0;
            }
        }
        known.structure();
        for record in records {
            known.figure(record);
            known.group_size(record);
        }
        known
    }

    fn value(&self, sum: &Sum) -> f64 {
        sum.iter().map(|(atom, by)| by * self.truth[*atom]).sum()
    }

    /// What the attacker is told is true, or the attack is worth nothing.
    fn tell(&mut self, sum: Sum, low: f64, high: f64) {
        let value = self.value(&sum);
        let true_ = value >= low - 1e-7 && value <= high + 1e-7;
        assert!(true_, "{}: {value} is not within {low} and {high}", self.aim.question);
        self.facts.push((sum, low, high));
    }

    fn share(&mut self, part: &Sum, whole: &Sum, low: f64, high: f64) {
        self.tell(plus(part, -low, whole), 0.0, f64::INFINITY);
        self.tell(plus(part, -high, whole), f64::NEG_INFINITY, 0.0);
    }

    /// Everybody is in one part of each division; who is in a primary school in a region is
    /// in that region, and in a primary school; roles are within phases.
    fn structure(&mut self) {
        let everybody: Vec<usize> = (0..=self.aim.answers.len()).collect();
        let all = count(&everybody, (ALL, &[0]));
        let n = self.people.len() as f64;
        self.tell(all, n, n);
        for answer in everybody {
            let of = |division, parts: &[usize]| count(&[answer], (division, parts));
            let all = of(ALL, &[0]);
            for (division, held) in DIVISIONS.iter().enumerate().skip(1) {
                if !self.used[division] {
                    continue;
                }
                let parts: Vec<usize> = (0..held.parts).collect();
                let sum = of(division, &parts);
                self.tell(plus(&sum, -1.0, &all), 0.0, 0.0);
            }
            let phases = if self.used[ROLE] { PHASES.len() } else { 0 };
            for phase in 0..phases {
                let roles: Vec<usize> = (0..ROLES.len()).map(|role| 3 * phase + role).collect();
                let sum = plus(&of(ROLE, &roles), -1.0, &of(PHASE, &[phase]));
                self.tell(sum, 0.0, 0.0);
            }
            if self.used[PRIMARY] {
                self.primary(answer);
            }
        }
    }

    fn primary(&mut self, answer: usize) {
        let of = |division, parts: &[usize]| count(&[answer], (division, parts));
        let all = plus(&of(PRIMARY, &[0, 1, 2, 3, 4, 5]), -1.0, &of(PHASE, &[0]));
        let others = (0..REGIONS.len())
            .map(|region| plus(&of(REGION, &[region]), -1.0, &of(PRIMARY, &[region])));
        self.tell(all, 0.0, 0.0);
        for sum in others {
            self.tell(sum, 0.0, f64::INFINITY);
        }
    }

    /// What one figure says.
    fn figure(&mut self, record: &Record) {
        let Some((part, whole)) = self.cell(record) else { return };
        if let Some(base) = record.base {
            let (low, high) = self.base(base);
            self.tell(whole.clone(), low, high);
        }
        match (record.statistic.as_str(), record.value) {
            ("mean", Some(mean)) => self.mean(record, mean),
            ("mean", None) => {}
            (_, Some(0.0)) => self.tell(part, 0.0, 0.0),
            (_, Some(value)) => {
                self.share(&part, &whole, (value - 0.5) / 100.0, (value + 0.5) / 100.0);
            }
            (_, None) if record.status == "[low]" => {
                self.tell(part.clone(), 1.0, f64::INFINITY);
                self.share(&part, &whole, 0.0, 0.005);
            }
            (_, None) => {}
        }
    }

    /// A mean with one decimal is a weighted sum of answers between two numbers of all.
    fn mean(&mut self, record: &Record, mean: f64) {
        let Some((division, parts)) = spot(record) else { return };
        for (by, low, high) in [(-0.05, 0.0, f64::INFINITY), (0.05, f64::NEG_INFINITY, 0.0)] {
            let of = |answer: usize| {
                let sum = count(&[answer], (division, &parts));
                sum.into_iter().map(move |(atom, _)| (atom, SCORES[answer] - mean - by))
            };
            let mut sum: Sum = (0..SCORES.len()).flat_map(of).collect();
            sum.sort_by_key(|(atom, _)| *atom);
            self.tell(sum, low, high);
        }
    }

    /// A base was rounded to a multiple of a step, and never above everybody.
    fn base(&self, shown: f64) -> (f64, f64) {
        let all = self.people.len() as f64;
        let high = if shown + self.step > all { all } else { shown + self.step / 2.0 };
        (shown - self.step / 2.0, high)
    }

    /// Whose share of whom a figure is, if it is one of the question.
    fn cell(&self, record: &Record) -> Option<(Sum, Sum)> {
        let any: Vec<usize> = (0..self.aim.answers.len()).collect();
        if record.question != self.aim.question {
            return self.mirrored(record, &any);
        }
        if (self.aim.question, record.banner.as_str()) == ("region", "nation") {
            let region = place(&REGIONS, &record.answer)?;
            let nation = nation(&record.group)?;
            let one = if nation.contains(&region) { vec![region] } else { Vec::new() };
            let of = |answers: &[usize]| count(answers, (ALL, &[0]));
            return Some((of(&one), of(&nation)));
        }
        let (division, parts) = spot(record)?;
        let net = VIEW_NETS.iter().find(|(net, _)| *net == record.answer);
        let answers = match (self.aim.question, record.statistic.as_str(), net) {
            (_, "mean", _) => any.clone(),
            ("uses", ..) if USES[self.aim.item] == record.answer => vec![0],
            (_, _, Some((_, answers))) => answers.to_vec(),
            _ => vec![place(self.aim.answers, &record.answer)?],
        };
        let spot = (division, &parts[..]);
        Some((count(&answers, spot), count(&any, spot)))
    }

    /// A figure of the other of the two questions that are banners too: its groups are the
    /// answers of this one.
    fn mirrored(&self, record: &Record, any: &[usize]) -> Option<(Sum, Sum)> {
        let (division, names) = match (self.aim.question, record.question.as_str()) {
            ("phase", "region") => (REGION, &REGIONS[..]),
            ("region", "phase") => (PHASE, &PHASES[..]),
            _ => return None,
        };
        let part = place(names, &record.answer).filter(|_| self.used[division])?;
        let parts: Vec<usize> = (0..names.len()).collect();
        let answers = match (record.banner.as_str(), record.group.as_str()) {
            ("", "Total") => any.to_vec(),
            ("nation", group) if self.aim.question == "region" => nation(group)?,
            (banner, group) if banner == self.aim.question => {
                vec![place(self.aim.answers, group)?]
            }
            _ => return None,
        };
        let of = |parts: &[usize]| count(&answers, (division, parts));
        Some((of(&[part]), of(&parts)))
    }

    /// Everybody said in which phase and region they are: who was asked or gave an answer at
    /// all stands beside who is there.
    fn group_size(&mut self, record: &Record) {
        let asked = record.question.as_str();
        if !matches!(asked, "phase" | "region")
            || matches!(self.aim.question, "phase" | "region")
        {
            return;
        }
        let everybody: Vec<usize> = (0..=self.aim.answers.len()).collect();
        let of = |division, parts: &[usize]| count(&everybody, (division, parts));
        let answer = match asked {
            "phase" => place(&PHASES, &record.answer),
            _ => place(&REGIONS, &record.answer),
        };
        let (Some(answer), Some(value)) = (answer, record.value) else { return };
        let sums = match (asked, record.banner.as_str()) {
            ("phase", "") => Some((of(PHASE, &[answer]), of(ALL, &[0]))),
            ("region", "") => Some((of(REGION, &[answer]), of(ALL, &[0]))),
            ("phase", "region") if answer == 0 => place(&REGIONS, &record.group)
                .map(|region| (of(PRIMARY, &[region]), of(REGION, &[region]))),
            ("region", "phase") if record.group == PHASES[0] => {
                Some((of(PRIMARY, &[answer]), of(PHASE, &[0])))
            }
            _ => None,
        };
        let banners = if asked == "phase" { [PHASE, PRIMARY] } else { [REGION, PRIMARY] };
        let used = self.used[banners[usize::from(!record.banner.is_empty())]];
        if let Some((part, whole)) = sums.filter(|_| used) {
            self.share(&part, &whole, (value - 0.5) / 100.0, (value + 0.5) / 100.0);
        }
    }

    /// That somebody known is in a cell.
    pub(crate) fn meet(&mut self, records: &[Record], cell: (&str, &str, &str)) {
        let is = |r: &&Record| (&*r.table, &*r.answer, &*r.group) == cell;
        let (part, _) = records.iter().find(is).and_then(|record| self.cell(record)).unwrap();
        self.tell(part, 1.0, f64::INFINITY);
    }

    /// Hidden cells in which there are from one to `small` people, or all but so many, with
    /// what can be found out about these.
    pub(crate) fn attack(&self, records: &[Record], small: f64, whole: bool) -> Vec<Found> {
        let hidden = |record: &&Record| record.status == "[c]" && record.statistic != "mean";
        let mut targets: Vec<(Found, Sum)> = Vec::new();
        for record in records.iter().filter(hidden) {
            let Some((part, base)) = self.cell(record) else { continue };
            let all = self.value(&base);
            for (target, of) in [(plus(&base, -1.0, &part), "all but "), (part, "")] {
                let truth = self.value(&target);
                let cell = format!("{of}{}, {}, {}", record.table, record.answer, record.group);
                if (1.0..=small).contains(&truth) {
                    let enough = (small + 1.0).min(all);
                    targets
                        .push((Found { cell, truth, enough, low: truth, high: truth }, target));
                }
            }
        }
        // Every way in which people may be spread says something of every cell.
        for target in 0..targets.len() {
            for direction in [OptimizationDirection::Maximize, OptimizationDirection::Minimize]
            {
                if !targets[target].0.is_narrow(0.0) {
                    break;
                }
                let atoms = self.extreme(&targets[target].1, direction, whole);
                for (found, sum) in &mut targets {
                    let value: f64 = sum.iter().map(|(atom, by)| by * atoms[*atom]).sum();
                    found.low = found.low.min(value);
                    found.high = found.high.max(value);
                }
            }
        }
        targets.into_iter().map(|(found, _)| found).collect()
    }

    /// Atoms where a sum is the largest or smallest that it can be; with people that cannot be divided if
    /// `whole`, which takes long.
    fn extreme(&self, target: &Sum, direction: OptimizationDirection, whole: bool) -> Vec<f64> {
        let mut problem = Problem::new(direction);
        let mut weights = vec![0.0; self.truth.len()];
        for (atom, by) in target {
            weights[*atom] = *by;
        }
        let all = i32::try_from(self.people.len()).unwrap();
        let atoms: Vec<_> = weights
            .iter()
            .map(|by| {
                if whole {
                    problem.add_integer_var(*by, (0, all))
                } else {
                    problem.add_var(*by, (0.0, f64::INFINITY))
                }
            })
            .collect();
        for (sum, low, high) in &self.facts {
            let expression = || {
                let mut expression = LinearExpr::empty();
                for (atom, by) in sum {
                    expression.add(atoms[*atom], *by);
                }
                expression
            };
            problem.add_constraint(expression(), ComparisonOp::Ge, *low);
            problem.add_constraint(expression(), ComparisonOp::Le, *high);
        }
        match problem.solve() {
            Ok(SolveOutcome::Solution(found)) => {
                atoms.iter().map(|atom| found.var_value(*atom)).collect()
            }
            other => panic!("{}: {other:?}", self.aim.question),
        }
    }
}

/// Which divisions the tables of a question have, or those of which it is the banner.
fn used(aim: Aim, records: &[Record]) -> Vec<bool> {
    let mut used = vec![true, false, false, false, false];
    let own = records.iter().filter(|record| record.question == aim.question);
    for (division, _) in own.filter_map(spot) {
        used[division] = true;
        used[REGION] |= division == PRIMARY;
        used[PHASE] |= division == PRIMARY || division == ROLE;
    }
    used
}

fn place(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|own| *own == name)
}

/// The regions of a nation.
fn nation(name: &str) -> Option<Vec<usize>> {
    let (_, within) = NATIONS.iter().find(|(nation, _)| *nation == name)?;
    Some((0..REGIONS.len()).filter(|region| within[*region]).collect())
}

/// Who is in the column of a figure.
fn spot(record: &Record) -> Option<(usize, Vec<usize>)> {
    let group = record.group.as_str();
    match (record.table.as_str(), record.banner.as_str()) {
        ("primary", "") => Some((PRIMARY, (0..6).collect())),
        ("primary", "region") => Some((PRIMARY, vec![place(&REGIONS, group)?])),
        ("inland", "") => Some((REGION, (0..5).collect())),
        (_, "") => Some((ALL, vec![0])),
        (_, "phase") => Some((PHASE, vec![place(&PHASES, group)?])),
        (_, "region") => Some((REGION, vec![place(&REGIONS, group)?])),
        (_, "nation") => Some((REGION, nation(group)?)),
        (_, "phase-role") => {
            let (phase, role) = group.split_once(", ")?;
            Some((ROLE, vec![3 * place(&PHASES, phase)? + place(&ROLES, role)?]))
        }
        _ => None,
    }
}
