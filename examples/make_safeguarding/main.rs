//! Makes the replies of `samples/safeguarding-2024-01`: a member poll that never took place;
//! with `2023-11` as third argument, those of the wave before it.
//!
//! Takes the path to write to (standard output if absent), gives 4,678 invented replies as
//! CSV, or 3,912 of the earlier wave: UTF-8, line feeds, one row of headers. A second path
//! gets the membership list, counted by cell. The seeds are fixed and floats are only added,
//! multiplied and compared, so that every machine writes the same bytes. It knows nothing of
//! the library and never reads a file.
//!
//! Each member has two hidden traits: how critical they are of inspection, and how strained
//! they are by their work. Both depend a little on phase, role, experience and sex. An
//! answer comes from lining members up by a trait plus noise and cutting the line, counted
//! in weights, where the wanted shares end. So the weighted percentages are what the lists
//! in `asked` say, but for the few cells that are blanked afterwards.

mod asked;
mod frame;
mod people;
mod wave;
mod words;

use std::fs::File;
use std::io::{self, BufWriter, Write};

use asked::{
    AGES, DONT_KNOW, EFFECTS_TEXT, EXPERIENCE, INSPECTED, ITEMS, PHASES, PLANS, PRIORITIES,
    PRIORITIES_TEXT, RECOMMEND, REGIONS, ROLES, SCALE, SCHOOL_TYPES, SEXES, SKIPPED, SUPPORT,
    Share, VISIT,
};
use people::{Member, Random, cut};
use wave::{AUTUMN, JANUARY, Wave};

/// The poll while it is being filled in.
struct Poll {
    wave: &'static Wave,
    random: Random,
    members: Vec<Member>,
    weights: Vec<f64>,
    columns: Vec<(String, Vec<String>)>,
}

impl Poll {
    /// Draws the members; no column is filled in yet.
    fn new(wave: &'static Wave) -> Self {
        let mut random = Random(wave.seed);
        let members: Vec<Member> =
            (0..wave.replies).map(|_| Member::draw(&mut random)).collect();
        let weights = vec![1.0; wave.replies];
        let mut poll = Self { wave, random, members, weights, columns: Vec::new() };
        poll.place_members();
        let count: f64 = poll.weights.iter().sum();
        let total: f64 = poll.members.iter().map(|member| member.weight).sum();
        for (member, weight) in poll.members.iter_mut().zip(&mut poll.weights) {
            member.feel(&mut poll.random);
            member.weight *= count / total;
            *weight = member.weight;
        }
        poll
    }

    /// Gives role, type of school, experience and age. Equal weights still stand, so the
    /// numbers of respondents are exact.
    fn place_members(&mut self) {
        let everyone = self.everyone();
        for (person, place) in self.line_up(&everyone, &ROLES, 1.0, |_| 0.0) {
            self.members[person].role = place;
        }
        let drift = |member: &Member| [-0.4, 0.5, -0.3, 0.6][member.phase];
        for (person, place) in self.line_up(&everyone, &SCHOOL_TYPES, 1.0, drift) {
            self.members[person].school_type = place;
        }
        let rank = |member: &Member| [0.0, 0.4, 1.5, 0.3][member.role];
        for (person, place) in self.line_up(&everyone, &EXPERIENCE, 1.0, rank) {
            self.members[person].experience = place;
        }
        let years = |member: &Member| [-2.2, -1.1, 0.0, 0.9, 2.3][member.experience];
        for (person, place) in self.line_up(&everyone, &AGES, 0.8, years) {
            // Nobody has taught for over 20 years, or over 10, before the age for it.
            let youngest = [0, 0, 0, 1, 2][self.members[person].experience];
            self.members[person].age = place.max(youngest);
        }
    }

    /// The places of all members.
    fn everyone(&self) -> Vec<usize> {
        (0..self.wave.replies).collect()
    }

    /// Cuts a line of members that is ordered by a trait plus noise.
    fn line_up(
        &mut self,
        who: &[usize],
        answers: &[Share],
        noise: f64,
        by: impl Fn(&Member) -> f64,
    ) -> Vec<(usize, usize)> {
        let random = &mut self.random;
        let scores: Vec<f64> =
            self.members.iter().map(|member| by(member) + noise * random.noise()).collect();
        let shares: Vec<f64> = answers.iter().map(|(_, share)| *share).collect();
        cut(who, &scores, &self.weights, &shares)
    }

    /// Adds a column.
    fn column(&mut self, header: &str, cells: Vec<String>) {
        self.columns.push((header.to_owned(), cells));
    }

    /// A column of something that is known of every member.
    fn fact(&mut self, header: &str, cell: impl Fn(&Member) -> String) {
        let cells = self.members.iter().map(cell).collect();
        self.column(header, cells);
    }

    /// One answer of a list, the first for those with the least of a trait; "Don't know"
    /// falls on anybody. Gives the cells, of which some are left empty.
    fn single(
        &mut self,
        header: &str,
        who: &[usize],
        answers: &[Share],
        by: impl Fn(&Member) -> f64,
    ) -> Vec<String> {
        let mut cells = vec![String::new(); self.wave.replies];
        let (sure, list) = self.without_doubt(who, answers, &mut cells);
        for (person, place) in self.line_up(&sure, list, 1.0, by) {
            list[place].0.clone_into(&mut cells[person]);
        }
        for cell in &mut cells {
            if self.random.chance(SKIPPED) {
                cell.clear();
            }
        }
        self.column(header, cells.clone());
        cells
    }

    /// Fills in "Don't know", if it is offered; gives who is left and what is left to them.
    fn without_doubt<'a>(
        &mut self,
        who: &[usize],
        answers: &'a [Share],
        cells: &mut [String],
    ) -> (Vec<usize>, &'a [Share]) {
        let Some(((DONT_KNOW, share), list)) = answers.split_last() else {
            return (who.to_vec(), answers);
        };
        let total: f64 = answers.iter().map(|(_, share)| share).sum();
        let halves = [("", total - share), (DONT_KNOW, *share)];
        let drawn = self.line_up(who, &halves, 1.0, |_| 0.0);
        for (person, _) in drawn.iter().filter(|(_, doubts)| *doubts == 1) {
            DONT_KNOW.clone_into(&mut cells[*person]);
        }
        let sure = drawn.into_iter().filter(|(_, doubts)| *doubts == 0);
        (sure.map(|(person, _)| person).collect(), list)
    }

    /// Several answers, the last of which goes with no other; shares are of all who answer.
    /// Gives the places of what each member ticked, nothing for those who left it out.
    fn multi(&mut self, options: &[Share]) -> Vec<Vec<usize>> {
        let mut ticks = vec![Vec::new(); self.wave.replies];
        let Some(((_, none), options)) = options.split_last() else { return ticks };
        let any = 100.0 - none;
        let mut rest = Vec::new();
        let ends = [("none", *none), ("any", any)];
        let all = self.everyone();
        for (person, place) in self.line_up(&all, &ends, 1.0, |m| m.critical) {
            if place == 0 {
                ticks[person].push(options.len());
            } else {
                rest.push(person);
            }
        }
        // The first option comes last, so that it can go to all who have ticked nothing.
        for (place, (_, share)) in options.iter().enumerate().rev() {
            self.tick(&rest, place, [any - share, *share], &mut ticks);
        }
        for ticked in &mut ticks {
            if self.random.chance(SKIPPED) {
                ticked.clear();
            }
        }
        ticks
    }

    /// Ticks one option for the more critical; `shares` are of those without and with it.
    fn tick(
        &mut self,
        who: &[usize],
        place: usize,
        shares: [f64; 2],
        ticks: &mut [Vec<usize>],
    ) {
        let mut scores: Vec<f64> = Vec::with_capacity(self.wave.replies);
        for (member, ticked) in self.members.iter().zip(&*ticks) {
            let must = if place == 0 && ticked.is_empty() { 100.0 } else { 0.0 };
            scores.push(0.5 * member.critical + self.random.noise() + must);
        }
        for (person, with) in cut(who, &scores, &self.weights, &shares) {
            if with == 1 {
                ticks[person].insert(0, place);
            }
        }
    }

    /// An id, times, and what the membership file says.
    fn head(&mut self) {
        let mut starts: Vec<u32> = (0..self.wave.replies).map(|_| self.start()).collect();
        starts.sort_unstable();
        let spent: Vec<u32> = (0..self.wave.replies).map(|_| self.seconds()).collect();
        let ends: Vec<u32> =
            starts.iter().zip(&spent).map(|(from, took)| from + took).collect();
        let mut id = self.wave.first_id;
        let ids = starts.iter().map(|_| {
            id += 1 + self.random.below(23);
            id.to_string()
        });
        let ids = ids.collect();
        self.column("respondent_id", ids);
        self.column("started", starts.iter().map(|time| self.wave.clock(*time)).collect());
        self.column("submitted", ends.iter().map(|time| self.wave.clock(*time)).collect());
        self.column("seconds", spent.iter().map(u32::to_string).collect());
        self.fact("region", |member| REGIONS[member.region].0.to_owned());
        self.fact("phase", |member| PHASES[member.phase].0.to_owned());
        self.fact("role", |member| ROLES[member.role].0.to_owned());
        self.fact("school_type", |member| SCHOOL_TYPES[member.school_type].0.to_owned());
        self.fact("experience", |member| EXPERIENCE[member.experience].0.to_owned());
        self.fact("age", |member| AGES[member.age].0.to_owned());
        self.fact("sex", |member| SEXES[member.sex].0.to_owned());
    }

    /// Seconds since the first midnight of fieldwork; two replies in three on the first day.
    fn start(&mut self) -> u32 {
        let day = if self.random.chance(0.66) { 0 } else { 86_400 };
        day + 7 * 3600 + self.random.below(31 * 1800)
    }

    /// How long a reply took: some rush through, some leave the page open.
    fn seconds(&mut self) -> u32 {
        match self.random.below(100) {
            0 => 38 + self.random.below(40),
            1 | 2 => 1500 + self.random.below(2000),
            _ => 150 + self.random.below(250) + self.random.below(350),
        }
    }

    /// The questions on inspection and on the union.
    fn opinions(&mut self) {
        let all = self.everyone();
        let text = "Inspections were paused for two weeks so that inspectors could be trained in mental health. Was the pause adequate?";
        if let Some(adequate) = self.wave.adequate {
            self.single(text, &all, adequate, |member| member.critical);
        }
        for ((text, critical_agree), shares) in ITEMS.into_iter().zip(self.wave.views) {
            let answers: Vec<Share> = SCALE.into_iter().zip(shares).collect();
            let sign = if critical_agree { -1.0 } else { 1.0 };
            self.single(text, &all, &answers, |member| sign * member.critical);
        }
        self.effects();
        let text = "Has your school been inspected in the past 12 months?";
        let inspected = self.single(text, &all, &INSPECTED, |member| 0.2 * member.critical);
        let visited: Vec<usize> =
            all.iter().copied().filter(|person| inspected[*person] == "Yes").collect();
        let text = "How would you describe that inspection, taken as a whole?";
        self.single(text, &visited, &VISIT, |member| member.critical);
        self.support();
        self.priorities();
    }

    /// One column for each option, which holds the option or nothing.
    fn effects(&mut self) {
        let ticks = self.multi(self.wave.effects);
        for (place, (label, _)) in self.wave.effects.iter().enumerate() {
            let cell = |ticked: &Vec<usize>| {
                if ticked.contains(&place) { (*label).to_owned() } else { String::new() }
            };
            let cells = ticks.iter().map(cell).collect();
            self.column(&format!("{EFFECTS_TEXT} - {label}"), cells);
        }
    }

    /// All options in one cell, with a bar between them.
    fn support(&mut self) {
        let ticks = self.multi(&SUPPORT);
        let cell = |ticked: &Vec<usize>| {
            ticked.iter().map(|place| SUPPORT[*place].0).collect::<Vec<_>>().join("|")
        };
        let cells = ticks.iter().map(cell).collect();
        self.column("What support around inspection do you want? Choose any", cells);
    }

    /// Places 1 to 3 on three of seven items; a few number only one or two.
    fn priorities(&mut self) {
        let mut cells = vec![vec![String::new(); self.wave.replies]; PRIORITIES.len()];
        for (person, member) in self.members.iter().enumerate() {
            let lean = [0.0, 0.4 * member.strain, 0.5 * member.critical, 0.0, 0.0, 0.0, 0.0];
            let mut order: Vec<(f64, usize)> = Vec::new();
            for (place, ((_, draw), lean)) in PRIORITIES.iter().zip(lean).enumerate() {
                order.push((-(draw + lean + self.random.noise()), place));
            }
            order.sort_by(|a, b| a.0.total_cmp(&b.0));
            let numbered = match self.random.below(100) {
                0 | 1 => 0,
                2 => 1,
                3 => 2,
                _ => 3,
            };
            for (rank, (_, place)) in (1..=numbered).zip(order) {
                cells[place][person] = format!("{rank}");
            }
        }
        for ((label, _), column) in PRIORITIES.iter().zip(cells) {
            self.column(&format!("{PRIORITIES_TEXT} - {label}"), column);
        }
    }

    /// The questions on work.
    fn work(&mut self) {
        let all = self.everyone();
        let strain = |member: &Member| member.strain;
        let text =
            "From 0, not at all, to 10, certainly: would you recommend teaching to a friend?";
        self.single(text, &all, &RECOMMEND, |member| -member.strain);
        let text = "Which of these comes closest to your workload?";
        self.single(text, &all, self.wave.workload, strain);
        self.single(self.wave.stress_text, &all, self.wave.stress, strain);
        let text = "What do you expect to be doing in two years' time?";
        let leaving =
            |member: &Member| 0.5 * member.strain + [0.0, 0.0, 0.0, 1.2, 5.5][member.age];
        self.single(text, &all, &PLANS, leaving);
        let hours: Vec<String> =
            (0..self.wave.replies).map(|person| self.hours(person)).collect();
        let text = "How many hours did you work in your last full week?";
        self.column(text, hours);
    }

    /// Hours in a week: mostly whole, a few halves, and some that nobody quite believes.
    fn hours(&mut self, person: usize) -> String {
        if self.random.chance(SKIPPED) {
            return String::new();
        }
        if self.random.chance(0.005) {
            return self.random.pick(&["4", "6", "91", "96", "105", "112"]).to_owned();
        }
        let member = &self.members[person];
        let mean = 49.0 + [0.0, 2.5, 5.0, -9.0][member.role] + 3.0 * member.strain;
        let hours = (mean + 5.5 * self.random.noise()).clamp(8.0, 88.0).round();
        let half = if self.random.chance(0.06) { 0.5 } else { 0.0 };
        format!("{}", hours + half)
    }

    /// Free text and addresses, with people in them who do not exist.
    fn words(&mut self) {
        let text = "Is there anything else that you would like to say about inspection?";
        let cells = (0..self.wave.replies).map(|_| words::comment(&mut self.random)).collect();
        self.column(text, cells);
        let cells = (0..self.wave.replies).map(|_| words::address(&mut self.random)).collect();
        self.column("Your e-mail address, if we may ask you more", cells);
        self.fact("weight", |member| format!("{:.4}", member.weight));
    }

    /// Writes the columns side by side.
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let headers: Vec<String> = self.columns.iter().map(|(text, _)| quoted(text)).collect();
        writeln!(out, "{}", headers.join(","))?;
        for row in 0..self.wave.replies {
            let cells: Vec<String> =
                self.columns.iter().map(|(_, cells)| quoted(&cells[row])).collect();
            writeln!(out, "{}", cells.join(","))?;
        }
        out.flush()
    }
}

/// A cell as RFC 4180 writes it.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn main() -> io::Result<()> {
    let earlier = std::env::args().nth(3).is_some_and(|wave| wave == "2023-11");
    let mut poll = Poll::new(if earlier { &AUTUMN } else { &JANUARY });
    poll.head();
    poll.opinions();
    poll.work();
    poll.words();
    if let Some(path) = std::env::args_os().nth(2) {
        frame::write(&mut BufWriter::new(File::create(path)?))?;
    }
    match std::env::args_os().nth(1) {
        Some(path) => poll.write(&mut BufWriter::new(File::create(path)?)),
        None => poll.write(&mut BufWriter::new(io::stdout().lock())),
    }
}
