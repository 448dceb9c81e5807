//! Made-up polls: people drawn from a fixed seed, and the three texts that a run begins with.
//!
//! Sparse, with regions within nations, a question with several answers, one that only some
//! were asked, one with scores and totals, one that is sensitive, and tables with a condition.
//! Everything that the attacker must not be told is here.

use std::fmt::Write as _;

/// Somebody who answered: places in the lists below.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) phase: usize,
    pub(crate) region: usize,
    pub(crate) role: usize,
    pub(crate) view: Option<usize>,
    pub(crate) pay: Option<usize>,
    pub(crate) uses: [bool; 4],
    pub(crate) lesson: Option<usize>,
}

pub(crate) const PHASES: [&str; 3] = ["Primary", "Secondary", "Special"];
/// The first four are in the nation of "Hills", the others in that of "Isles".
pub(crate) const REGIONS: [&str; 6] = ["North", "East", "South", "West", "Coast", "Outer"];
pub(crate) const NATIONS: [(&str, [bool; 6]); 2] = [
    ("Hills", [true, true, true, true, false, false]),
    ("Isles", [false, false, false, false, true, true]),
];
pub(crate) const ROLES: [&str; 3] = ["Teacher", "Support", "Head"];
pub(crate) const VIEWS: [&str; 5] =
    ["Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree"];
pub(crate) const VIEW_NETS: [(&str, [usize; 2]); 2] =
    [("All agree", [0, 1]), ("All disagree", [3, 4])];
pub(crate) const SCORES: [f64; 5] = [2.0, 1.0, 0.0, -1.0, -2.0];
pub(crate) const PAYS: [&str; 4] = ["Manage", "Struggle", "In debt", "Food bank"];
pub(crate) const USES: [&str; 4] = ["Mail", "Leaflet", "Meeting", "Radio"];
pub(crate) const LESSONS: [&str; 3] = ["Longer", "Same", "Shorter"];

/// Numbers of chance: `SplitMix64` (Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    /// From 0 up to 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A place in a list, by weights.
    fn place(&mut self, weights: &[f64]) -> usize {
        let mut left = self.share() * weights.iter().sum::<f64>();
        weights
            .iter()
            .position(|weight| {
                left -= weight;
                left < 0.0
            })
            .unwrap_or(0)
    }

    fn answer(&mut self, missing: f64, weights: &[f64]) -> Option<usize> {
        let place = self.place(weights);
        (self.share() >= missing).then_some(place)
    }
}

/// People of a poll; the rarer are the fewer the higher `skew` is (1: as usual).
pub(crate) fn people(n: usize, seed: u64, skew: f64) -> Vec<Person> {
    let mut chance = Chance(seed);
    let weights = |usual: &[f64]| usual.iter().map(|w| libm::pow(*w, skew)).collect::<Vec<_>>();
    let phases = weights(&[0.55, 0.35, 0.1]);
    let regions = weights(&[0.3, 0.25, 0.18, 0.15, 0.08, 0.04]);
    let roles = weights(&[0.7, 0.25, 0.05]);
    let views = weights(&[0.3, 0.34, 0.2, 0.11, 0.05]);
    let pays = weights(&[0.6, 0.28, 0.08, 0.04]);
    let lessons = weights(&[0.5, 0.4, 0.1]);
    let person = |_| {
        let phase = chance.place(&phases);
        let lesson = chance.answer(0.02, &lessons);
        Person {
            phase,
            region: chance.place(&regions),
            role: chance.place(&roles),
            view: chance.answer(0.03, &views),
            pay: chance.answer(0.05, &pays),
            uses: [0.6, 0.3, 0.1, 0.03].map(|share| chance.share() < share),
            lesson: lesson.filter(|_| phase == 0),
        }
    };
    (0..n).map(person).collect()
}

/// What the analyst says was asked.
pub(crate) fn schema() -> String {
    let mut text =
        "format = 1\nid = \"made-up\"\n[source]\nunknown_columns = \"keep\"\n".to_owned();
    let mut single = |name: &str, answers: &[&str], more: &str| {
        let _ = writeln!(
            text,
            "[question.{name}]\nkind = \"single\"\ntitle = \"The {name}\"\ncategories = {answers:?}\n{more}"
        );
    };
    single("phase", &PHASES, "");
    single("region", &REGIONS, "");
    single("role", &ROLES, "report = false");
    let nets =
        VIEW_NETS.map(|(net, [a, b])| format!("{net:?} = [{:?}, {:?}]", VIEWS[a], VIEWS[b]));
    let scores: Vec<String> =
        VIEWS.iter().zip(SCORES).map(|(view, score)| format!("{view:?} = {score}")).collect();
    let more =
        format!("nets = {{ {} }}\nscores = {{ {} }}", nets.join(", "), scores.join(", "));
    single("view", &VIEWS, &more);
    single("pay", &PAYS, "sensitive = true");
    single("lesson", &LESSONS, "asked_if = \"phase = 'Primary'\"");
    let _ = writeln!(
        text,
        "[question.uses]\nkind = \"multi\"\ntitle = \"The uses\"\ndelimiter = \"|\"\ncategories = {USES:?}"
    );
    text
}

/// What is to be published of a small poll: tables by phase and no others.
pub(crate) fn small_poll(profile: &str) -> String {
    let text = poll(profile);
    let (head, rest) = text.split_at(text.find("[[derive]]").unwrap());
    let end = rest.find("[disclosure]").unwrap();
    format!("{head}[tables]\nbanner = [\"phase\"]\n{}", &rest[end..])
}

/// What is to be published.
pub(crate) fn poll(profile: &str) -> String {
    let nation = NATIONS.map(|(nation, of)| {
        let regions: Vec<&str> =
            REGIONS.iter().zip(of).filter(|(_, within)| *within).map(|(r, _)| *r).collect();
        format!("{nation:?} = {regions:?}")
    });
    let deep = if profile == "officers" { ", \"phase > role\"" } else { "" };
    format!(
        "format = 1\nid = \"made-up\"\ntitle = \"Made up\"\nschema = \"schema.toml\"\n\
         data = [\"replies.csv\"]\nsynthetic = true\n\
         [method]\nsampling = \"nonprobability\"\n\
         [[derive]]\nname = \"nation\"\ntitle = \"Nation\"\nfrom = \"region\"\n\
         recode = {{ {} }}\nreport = false\n\
         [tables]\nbanner = [\"phase\", \"region\", \"nation\"{deep}]\n\
         [[table]]\nname = \"primary\"\nrows = \"view\"\nby = [\"region\"]\nwhere = \"phase = 'Primary'\"\n\
         [[table]]\nname = \"inland\"\nrows = \"view\"\nwhere = \"region != 'Outer'\"\n\
         [disclosure]\nprofile = \"{profile}\"\n",
        nation.join(", ")
    )
}

/// The replies as CSV.
pub(crate) fn replies(people: &[Person]) -> String {
    let mut text = "phase,region,role,view,pay,lesson,uses\n".to_owned();
    let one =
        |list: &[&'static str], place: Option<usize>| place.map_or("", |place| list[place]);
    for person in people {
        let uses = USES.iter().zip(person.uses).filter(|(_, picked)| *picked);
        let _ = writeln!(
            text,
            "{},{},{},{},{},{},{}",
            PHASES[person.phase],
            REGIONS[person.region],
            ROLES[person.role],
            one(&VIEWS, person.view),
            one(&PAYS, person.pay),
            one(&LESSONS, person.lesson),
            uses.map(|(used, _)| *used).collect::<Vec<_>>().join("|"),
        );
    }
    text
}
