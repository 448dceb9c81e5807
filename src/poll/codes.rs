//! What can be wrong with a poll file beyond its shape.

use crate::diagnostic::{Code, Severity};

const fn code(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Error, title, explanation }
}

pub(super) static NEEDED: Code = code(
    "Q030",
    "the poll file lacks something that is needed",
    "A poll file needs `format = 1`, an `id`, a `title`, the path of its `schema` and at least \
     one file of `data`. Paths are relative to the poll file.\n\n\
     Remedy: add the key that the message names.",
);

pub(super) static NAME: Code = code(
    "Q031",
    "the poll's id cannot name a folder",
    "The id names the folder of the published report, so it has only lower case letters, digits \
     and `-`.\n\n\
     Example: `id = \"Inspection poll 2024\"`. Remedy: `id = \"inspection-poll-2024\"`.",
);

pub(super) static DATES: Code = code(
    "Q032",
    "the dates of fieldwork do not make sense",
    "`field_start` and `field_end` are days written without quotes, such as `2024-01-13`, and \
     the first is not after the last.\n\n\
     Remedy: correct the dates.",
);

pub(super) static TABLE: Code = code(
    "Q060",
    "a table of one's own is not complete",
    "A `[[table]]` needs a `name` of its own, which becomes part of links and file names, and \
     `rows`: a question, or one item of it. `by` names its banners, `where` says who is counted, \
     `percent` what percentages are of.\n\n\
     Remedy: as the message says.",
);

pub(super) static TEST: Code = code(
    "Q061",
    "how columns are compared cannot be understood",
    "`test` in `[tables]` has a `method` (`design`, `effective_base`, `quantum`, `spss`, \
     `unpooled`, or `none`), `alpha` (the chance of calling two columns different that are not; a \
     second one for lower-case letters), `adjust` (`holm`, `bonferroni`, `bh`, `none`) and \
     `minimum`, the smallest base that is compared.\n\n\
     Remedy: as the message says.",
);

pub(super) static WHERE: Code = code(
    "Q062",
    "a condition cannot be read",
    "`where` is a condition on answers: `phase = 'Primary' and years >= 5`, `region in ('North', \
     'East')`, `age is missing`, `not`, brackets. Texts stand in single quotation marks.\n\n\
     Remedy: correct the condition where the message points.",
);

pub(super) static LANGUAGE: Code = code(
    "Q034",
    "the report has no wording in that language",
    "The fixed wording of the report exists in British English, `en-GB`.\n\n\
     Remedy: write `lang = \"en-GB\"` or take the key out.",
);

pub(super) static UNFINISHED: Code = code(
    "Q035",
    "disclosure items of the poll are missing",
    "With `--strict-disclosure` nothing is published while a reader could not learn who asked \
     whom, how and when.\n\n\
     Remedy: add the keys that the message names to `[method]` in the poll file.",
);

pub(super) static SAMPLING: Code = Code {
    id: "Q036",
    severity: Severity::Warning,
    title: "the poll does not say how respondents were chosen",
    explanation: "Whether intervals may be shown depends on how respondents were chosen. Without \
                  a word on it they are taken to have chosen themselves.\n\n\
                  Remedy: add `sampling` to `[method]`: `probability` if everybody had a known \
                  chance, `nonprobability` if people chose themselves, `census` if all were asked.",
};

pub(super) static STEP: Code = code(
    "Q037",
    "a step of weighting lacks something, or has what it does not know",
    "Each `[[weighting]]` step has a `method`. `rake`, `poststratify`, `linear` and `logit` meet \
     `targets`: a file with the columns `variable`, `category`, `share` or `count`, and `source`, or \
     `\"frame\"` for the members of the frame, with `by` to choose margins. `bounds` are multiples of \
     the weight before the step, the first below 1 and the second above. `trim` has `lower`, \
     `upper` and the `unit` of both. `nonresponse` has `by`.\n\n\
     ```toml\n[[weighting]]\nmethod = \"rake\"\ntargets = \"targets.csv\"\nbounds = [0.3, 3.0]\n\
     [[weighting]]\nmethod = \"trim\"\nupper = 4\nunit = \"mean\"\n```\n\n\
     Remedy: add or take out the key that the message names.",
);

pub(super) static REPLICATES: Code = code(
    "Q038",
    "replicate weights are not described in full",
    "`replicates` in `[design]` names the method by which replicate weights were made, or are to \
     be made: `jk1`, `jkn`, `brr`, `fay` (with `rho`), `bootstrap`, `sdr` or `other`. The factors \
     of the variance depend on it. `sdr` and `other` come as columns of the data. A key that the \
     method does not use is refused, since somebody may rely on it.\n\n\
     Example: `replicates = { columns = \"rw*\", method = \"brr\" }`.\n\n\
     Remedy: add what the message names; the documentation of the data says it.",
);

pub(super) static DERIVE: Code = code(
    "Q040",
    "a derived variable lacks something, or has what it does not know",
    "Each `[[derive]]` makes one variable, or several from one file, in exactly one way: \
     `recode`, `bands`, `combine`, `first_of`, `count`, `score`, `filter` or `lookup`. A key that \
     means nothing to that way is refused, since somebody may rely on it.\n\n\
     ```toml\n[[derive]]\nname = \"leader\"\nfrom = \"role\"\n\
     recode = { \"Leader\" = [\"Head\", \"Deputy\"] }\nrest = \"Teacher\"\n\
     [[derive]]\nname = \"experience_band\"\nfrom = \"years\"\n\
     bands = [[0, 5, \"Under 5\"], [5, 15, \"5 to 14\"], [15, 99, \"15 or more\"]]\n\
     [[derive]]\nname = \"phase_role\"\ncombine = [\"phase\", \"role\"]\n\
     [[derive]]\nname = \"pay\"\nfirst_of = [\"q1\", \"q1b\"]\n\
     [[derive]]\nname = \"burdens\"\ncount = { of = [\"effects.hours\", \"effects.home\"] }\n\
     [[derive]]\nname = \"trust\"\nscore = { of = [\"views.a\", \"views.b\"], minimum_answered = 1 }\n\
     [[derive]]\nname = \"old_hands\"\nfilter = \"phase = 'Primary' and years >= 5\"\n\
     [[derive]]\nfrom = \"school_number\"\nlookup = { file = \"schools.csv\", key = \"urn\", \
     columns = { school_phase = \"PHASE\" } }\n```\n\n\
     Remedy: add or take out the key that the message names.",
);

pub(super) static DERIVED_NAME: Code = code(
    "Q041",
    "the name of a derived variable cannot be used",
    "The name of a derived variable is like the key of a question: lower case letters, digits \
     and `_`, beginning with a letter. Tables, banners and headlines name the variable by it, so \
     no two have the same.\n\n\
     Example: `name = \"Experience band\"`. Remedy: `name = \"experience_band\"`.",
);

pub(super) static BANDS: Code = code(
    "Q042",
    "bands leave a gap, or overlap",
    "Each number belongs to exactly one band. A band has its first number and everything up to, \
     but not with, its second, with which the next band begins. The last band has both. `inf` \
     leaves the last band open, `-inf` the first.\n\n\
     Example: `bands = [[0, 5, \"Under 5\"], [6, 15, \"5 to 14\"]]` has no band for 5.5. \
     Remedy: `bands = [[0, 5, \"Under 5\"], [5, 15, \"5 to 14\"]]`.",
);

pub(super) static CONDITION: Code = code(
    "Q043",
    "the condition of a filter cannot be read",
    "A condition compares variables with answers in quotation marks or with numbers, and joins \
     comparisons by `and`, `or`, `not` and brackets. `in ('a', 'b')` and `is missing` are \
     comparisons too.\n\n\
     Example: `filter = \"phase == 'Primary'\"`. Remedy: `filter = \"phase = 'Primary'\"`.",
);

pub(super) static EARLIER: Code = code(
    "Q050",
    "an earlier wave is not described in full",
    "Each `[[previous]]` names an earlier wave by its poll file, or by its `results.json` where \
     the answers have been deleted: then its figures are printed as they were published, and \
     nothing is tested. Newest first. `label` is its name in tables. `linked_by` is the column \
     that names the same person in both waves. `rename`, `recode` and `breaks` say what changed, \
     where the schemas do not.\n\n\
     ```toml\n[[previous]]\npoll = \"../safeguarding-2023-11/poll.toml\"\n```\n\n\
     Remedy: add or correct what the message names.",
);

pub(super) static BENCHMARK: Code = code(
    "Q051",
    "a benchmark is not described in full",
    "A `[[benchmark]]` is a figure from outside that stands beside one of the poll. It has the \
     `figure` that it stands beside, its `value`, a `label` and its `source`: a figure that \
     nobody can look up is no benchmark.\n\n\
     ```toml\n[[benchmark]]\nfigure = \"workload.unmanageable\"\nvalue = 41\n\
     label = \"All teachers, 2023\"\nsource = \"Example workforce survey 2023, table 4\"\n```\n\n\
     Remedy: add the key that the message names.",
);

pub(super) static CHART: Code = code(
    "Q052",
    "what is said of a chart is not complete",
    "A `[[chart]]` names its `table` as `results.csv` does: the question's id for the whole poll, \
     `adequate-phase` for a question by a banner, `adequate-waves` over waves, or the `name` of a \
     `[[table]]`. It may have a `title` with bound figures, `kind = \"stacked\"` for the items of a \
     grid, and `draw = false`. Each table has at most one.\n\n\
     ```toml\n[[chart]]\ntable = \"adequate\"\n\
     title = \"Only {adequate.yes|percent} said the pause was adequate\"\n```\n\n\
     Remedy: add or correct what the message names.",
);

pub(super) static LOGO_WORDS: Code = code(
    "Q053",
    "the logo has no words for those who cannot see it",
    "A picture on a page needs words that say the same. For a logo these are the organisation's \
     name, or `logo_alt`.\n\n\
     Remedy: add `organisation = \"...\"` to `[report]`, or `logo_alt = \"...\"`.",
);

pub(super) static LAXER: Code = code(
    "D010",
    "a threshold hides less than usual, and no reason is given",
    "`[disclosure]` may change the thresholds of its profile: `small` (the largest number of \
     people that a figure must not stand for), `small_sensitive` (the same for sensitive \
     questions), `floor` (the base under which a column shows nothing), `unreliable` (the base \
     under which figures are marked), `all_or_none` (the base under which an answer of all or \
     nobody is hidden on a sensitive question) and `base_step` (to which bases are rounded). A \
     value that hides more is taken as it is. One that hides less needs a `reason`, which is \
     printed in the report, and holds only in the profile that the file names. The profile \
     `analyst` hides nothing, whatever the thresholds.\n\n\
     ```toml\n[disclosure]\nprofile = \"officers\"\nfloor = 20\n\
     reason = \"The branch has 25 members, and all of them agreed to the report.\"\n```\n\n\
     Remedy: add a reason, or take the key out.",
);

pub(super) static TOO_LOW: Code = code(
    "D011",
    "a threshold is lower than any reason allows",
    "Some thresholds have an end: `small` and `small_sensitive` are never under 2, so that figures \
     of one person or two are hidden in every report for others than the analyst; `floor` is \
     never under 10.\n\n\
     Example: `small = 1`. Remedy: `small = 2` with a reason, or take the key out. What shows \
     everything is profile `analyst`, which is not for publication.",
);

pub(super) static NO_THRESHOLD: Code = code(
    "D012",
    "a threshold makes no sense",
    "Thresholds are whole numbers from 0 to 1,000,000, and sensitive questions have at least as \
     much cover as others.\n\n\
     Example: `floor = -50`. Remedy: `floor = 50`.",
);

pub(super) static PROTECT: Code = code(
    "D013",
    "a figure that is to be hidden cannot be found",
    "`protect` in `[disclosure]` names figures that are hidden whatever they are: a question, \
     `question.answer` for one row of all its tables, `question@banner=group` for a column, \
     `question.answer@banner=group` for a single figure. Items of a grid stand between question \
     and answer. Names are ids, as in results.json: a label in lower case with `_` for all but \
     letters and digits. What they could be worked out from is hidden with them.\n\n\
     ```toml\n[disclosure]\nprotect = [\"pay.prefer_not_to_say\", \"pay@region=north_east\"]\n\
     ```\n\n\
     Remedy: take the id that the message names.",
);

pub(super) static QUOTES: Code = code(
    "D031",
    "what is said of quotes is not complete",
    "Each `[[quotes]]` names a `question` of open answers and the file of what a person has \
     `approved` of them. `attribute` is one question whose answer may stand beside a quote, and \
     `most` the largest number of quotes, 10 if absent. A question stands in one entry.\n\n\
     ```toml\n[[quotes]]\nquestion = \"comment\"\napproved = \"approved-quotes.csv\"\n\
     attribute = \"phase\"\n```\n\n\
     Remedy: add or correct what the message names.",
);

pub(super) static RETENTION: Code = code(
    "D043",
    "how long private records are kept is no number that can be right",
    "`retention_days` and `releases` in `[disclosure]` say how long what a run leaves in the private \
     folder is kept: findings, rows that were set aside, texts that could be quoted and the record \
     of the run for so many days (30), earlier releases in such a number (10). 0 days keeps no \
     findings, rows and texts. What is needed to protect earlier releases is kept as long as the \
     folder.\n\n\
     ```toml\n[disclosure]\nretention_days = 14\n```\n\n\
     Remedy: write a whole number, or take the key out.",
);

/// Every code of this room.
pub static CODES: &[&Code] = &[
    &NEEDED,
    &NAME,
    &DATES,
    &TABLE,
    &TEST,
    &WHERE,
    &LANGUAGE,
    &UNFINISHED,
    &SAMPLING,
    &STEP,
    &REPLICATES,
    &DERIVE,
    &DERIVED_NAME,
    &BANDS,
    &CONDITION,
    &EARLIER,
    &BENCHMARK,
    &CHART,
    &LOGO_WORDS,
    &LAXER,
    &TOO_LOW,
    &NO_THRESHOLD,
    &PROTECT,
    &QUOTES,
    &RETENTION,
];
