//! The draft poll file as text.

use super::columns::Column;
use super::lists::List;
use super::page::{Page, all_quoted, quoted};
use super::questions::Question;
use super::schema::id;
use super::{Export, Paths};

/// The items that a reader must be told, as lines to fill in.
const METHOD: [&str; 27] = [
    "sponsor = \"\"              # who commissioned the poll",
    "funder = \"\"               # who paid, if somebody else",
    "conducted_by = \"\"         # who did the fieldwork",
    "population = \"\"           # whom the poll stands for",
    "geography = \"\"            # where they are",
    "frame = \"\"                # the list that respondents were drawn from, in words",
    "recruitment = \"\"          # how people were reached",
    "invited = 0               # how many were invited",
    "started = 0               # how many began",
    "completed = 0             # how many finished",
    "removed = { \"answered twice\" = 0 }",
    "mode = \"Online, link by e-mail\"",
    "languages = [\"English\"]",
    "field_start = 2024-01-01  # first day of fieldwork",
    "field_end = 2024-01-02    # last day",
    "incentives = \"None\"       # what respondents were offered",
    "precision_statement = \"\"  # what may be said of precision",
    "processing = \"\"           # how the answers were checked",
    "limitations = \"\"          # what the poll cannot tell",
    "contact = \"\"              # whom to ask",
    "tables_url = \"\"           # where the full tables are",
    "prior_waves = \"\"          # earlier waves, in words",
    "attribution = \"\"          # licence of the data, printed on the page",
    "bpc_member = false        # whether the sponsor belongs to the British Polling Council",
    "[method.weighting]        # how a delivered weight was made",
    "variables = []            # the variables whose margins were set",
    "targets_source = \"\"       # where the targets come from",
];

/// Words of questions that tell groups of people apart, the usual banners first; a longer
/// word that begins so counts too, from five letters on.
const GROUPS: [&str; 20] = [
    "region",
    "phase",
    "sector",
    "role",
    "gender",
    "sex",
    "age",
    "school",
    "experience",
    "ethnicity",
    "employment",
    "contract",
    "location",
    "country",
    "education",
    "qualification",
    "income",
    "branch",
    "disability",
    "full",
];

/// A question longer than this, in letters, asks for more than a group.
const SHORT: usize = 60;

/// How many groups a banner takes, and how many banners are suggested.
const LEAST: usize = 2;
const MOST: usize = 8;
const BANNERS: usize = 5;

/// The poll file, and what is undecided in it.
pub(super) fn write(
    export: &Export<'_>,
    paths: &Paths<'_>,
    columns: &[Column<'_>],
    questions: &[Question],
) -> (String, Vec<String>) {
    let mut page = Page::default();
    let id = id(export.name);
    page.comment("A draft. Paths are relative to this file.");
    page.line("format = 1");
    page.set("id", &quoted(&id), "names the folder of the report");
    page.set("title", &quoted(&title(&id)), "the title of the report");
    page.line(&format!("schema = {}", quoted(paths.schema)));
    page.line(&format!("data = [{}]", quoted(paths.data)));
    page.line("# wave = \"2024-01\"           # names this wave, if there are others");
    page.gap();
    method(&mut page);
    design(&mut page, columns);
    banners(&mut page, questions);
    page.line("[disclosure]");
    page.line("profile = \"public\"            # public, officers or analyst");
    page.gap();
    page.line("[report]");
    page.line("lang = \"en-GB\"");
    page.line("status = \"draft\"              # draft, embargoed, final or corrected");
    page.line("# organisation = \"\"          # printed above the title");
    page.line("# published = 2024-01-18     # the day of publication");
    page.finish()
}

fn title(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or(words)
}

fn method(page: &mut Page) {
    page.comment("What a reader must be told before a figure means anything: fill in what you know and take its `#` off.");
    page.line("[method]");
    page.undecided(
        "method.sampling",
        "how were respondents chosen? nonprobability (they chose themselves), probability, or \
         census (all were asked and nearly all replied)",
    );
    page.line("# sampling = \"nonprobability\"");
    for line in METHOD {
        page.line(&format!("# {line}"));
    }
    page.gap();
}

fn design(page: &mut Page, columns: &[Column<'_>]) {
    let weight = columns.iter().find(|column| column.weight).and_then(|c| c.name.as_ref());
    let Some(weight) = weight else { return };
    page.line("[design]");
    page.undecided(
        "design.weight",
        "a column has the name of a weight and holds numbers above zero. If it is none, take \
         this line out",
    );
    page.line(&format!("weight = {}", quoted(weight)));
    page.gap();
}

fn banners(page: &mut Page, questions: &[Question]) {
    let mut fitting: Vec<(usize, &Question)> =
        questions.iter().filter_map(|question| Some((rank(question)?, question))).collect();
    fitting.sort_by_key(|(rank, _)| *rank);
    let keys: Vec<String> =
        fitting.into_iter().take(BANNERS).map(|(_, question)| question.key.clone()).collect();
    page.comment("Every question is tabulated in all, and by each of these. Questions with few answers that tell groups of people apart serve best.");
    page.line("[tables]");
    page.line(&format!("# banner = [{}]", all_quoted(&keys).join(", ")));
    page.gap();
}

/// How well a question serves as a banner, the best first; none if it does not.
fn rank(question: &Question) -> Option<usize> {
    let list = question.single().filter(|list| fits(list))?;
    let text = question.text.to_lowercase();
    if question.route.is_some() || text.chars().count() > SHORT || list.is_coded() {
        return None;
    }
    let said = format!("{} {text}", question.key);
    let words: Vec<&str> = said.split(|c: char| !c.is_alphanumeric()).collect();
    let says = |group: &str| {
        words.iter().any(|w| *w == group || (group.len() > 4 && w.starts_with(group)))
    };
    GROUPS.iter().position(|group| says(group))
}

fn fits(list: &List) -> bool {
    (LEAST..=MOST).contains(&list.all().count())
}
