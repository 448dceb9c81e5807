//! Whole drafts of small tables.

use proptest::prelude::*;

use super::{Draft, Export, Paths, draft};
use crate::diagnostic::{Findings, concise};
use crate::expression::Expression;
use crate::ingest::platform::platform;
use crate::questionnaire::{self, Dialect, Kind, Questionnaire};

/// The draft of a table: rows of headers, then rows of cells, each with the number of times
/// that it stands in the file. Cells are parted by `|`.
fn drafted(dialect: Dialect, headers: &[&str], rows: &[(usize, &str)]) -> Draft {
    let split = |line: &str| line.split('|').map(str::to_owned).collect::<Vec<String>>();
    let headers: Vec<Vec<String>> = headers.iter().map(|line| split(line)).collect();
    let rows: Vec<Vec<String>> = rows
        .iter()
        .flat_map(|(times, line)| std::iter::repeat_n(split(line), *times))
        .collect();
    of_rows(dialect, &headers, &rows)
}

fn of_rows(dialect: Dialect, headers: &[Vec<String>], rows: &[Vec<String>]) -> Draft {
    let headings = (platform(dialect).headings)(headers);
    let cell = |row: &Vec<String>, field| row.get(field).cloned().unwrap_or_default();
    let columns = (0..headings.len()).map(|f| rows.iter().map(|row| cell(row, f)).collect());
    let export = Export {
        name: "members.csv",
        dialect,
        why: None,
        header_rows: headers.len(),
        delimiter: b',',
        encoding: None,
        columns: columns.collect(),
        headings,
        truncated: false,
    };
    draft(&export, &Paths { schema: "members.schema.toml", data: "members.csv" })
}

/// The schema as the program reads it; what it says of either file.
fn loaded(draft: &Draft) -> (Option<Questionnaire>, String) {
    let mut findings = Findings::default();
    let mut none = |_: &str, _: &mut Findings| None;
    let schema = questionnaire::load("s.toml", &draft.schema, &mut none, &mut findings).ok();
    let poll = crate::poll::load("poll.toml", &draft.poll, &mut findings);
    let said = findings.list().iter().filter(|f| f.code.id != "Q036").map(concise);
    let said: Vec<String> = said.collect();
    (schema.filter(|_| poll.is_ok()), said.join("\n"))
}

/// The draft from the first shared list or question on, and that it can be loaded.
fn questions(draft: &Draft) -> String {
    assert_eq!(loaded(draft).1, "", "{}", draft.schema);
    let text = &draft.schema;
    let first = ["# Used by", "# Column"].iter().filter_map(|start| text.find(start)).min();
    text[first.unwrap_or(text.len())..].to_owned()
}

#[test]
fn a_draft_says_what_was_seen() {
    let headers = ["Response ID|Region|Union rep?|How many hours a week?|Email|Anything else?"];
    let mut rows: Vec<String> = Vec::new();
    for id in 0..60 {
        let rep = if id % 2 == 0 { "Yes|8" } else { "No|" };
        let region = ["North", "south", "South"][id % 3];
        rows.push(format!("{id}|{region}|{rep}|m{id}@example.org|Word {id}"));
    }
    let lines: Vec<(usize, &str)> = rows.iter().map(|row| (1, row.as_str())).collect();
    let draft = drafted(Dialect::Plain, &headers, &lines);
    insta::assert_snapshot!(draft.schema, @r#"
    # A draft, made by looking at 60 rows of `members.csv`. Every comment says what was seen.
    # Read it once beside the questionnaire:
    # - lines that begin with `# UNDECIDED:` need a decision; then take them out;
    # - answers that nobody gave are not in an export: add them;
    # - texts that one or two rows hold are not shown: they may be somebody's own words;
    # - titles that end in `...` were cut, and are what tables print: say them shorter.
    format = 1
    id = "members"

    [source]
    dialect = "plain"
    header_rows = 1
    delimiter = ","
    key = { column = "Response ID", duplicates = "reject" }   # every row has one of its own
    personal = [   # kept out of every output
      "Email",   # by its header
    ]
    unknown_columns = "reject"   # all columns are accounted for, so a new one is a surprise
    limits = { warn_rows = "0.5%", fail_rows = "5%" }   # of rows set aside

    # Column 2: every row has an answer.
    [question.region]
    kind = "single"
    title = "Region"
    categories = ["North", "South"]
    fold = ["case"]   # seen: 20 cells spelled otherwise; each will be counted as a repair

    # Column 3: every row has an answer.
    [question.union_rep]
    kind = "single"
    title = "Union rep?"
    categories = ["Yes", "No"]

    # Column 4: 30 of 60 rows have an answer.
    [question.hours_week]
    kind = "number"
    title = "How many hours a week?"
    unit = "hours"   # a word of the header
    # constraints = { minimum = 8, maximum = 8 }   # seen: 8 to 8
    # seen: empty in all 30 rows with 'No'; 100 % of the others answered
    asked_if = "union_rep = 'Yes'"

    # Column 6: every row has an answer.
    # words: never shown, only whether there are any
    [question.anything_else]
    kind = "text"
    title = "Anything else?"
    "#);
    insta::assert_snapshot!(draft.undecided.join("\n"), @"method.sampling: how were respondents chosen? nonprobability (they chose themselves), probability, or census (all were asked and nearly all replied)");
    assert_eq!(loaded(&draft).1, "");
}

#[test]
fn the_poll_file_has_every_item_to_fill_in() {
    let rows = [(30, "North|1.5"), (30, "South|0.5")];
    let draft = drafted(Dialect::Plain, &["Region|weight"], &rows);
    insta::assert_snapshot!(draft.poll, @r#"
    # A draft. Paths are relative to this file.
    format = 1
    id = "members"   # names the folder of the report
    title = "Members"   # the title of the report
    schema = "members.schema.toml"
    data = ["members.csv"]
    # wave = "2024-01"           # names this wave, if there are others

    # What a reader must be told before a figure means anything: fill in what you know and take
    # its `#` off.
    [method]
    # UNDECIDED: how were respondents chosen? nonprobability (they chose themselves),
    # probability, or census (all were asked and nearly all replied)
    # sampling = "nonprobability"
    # sponsor = ""              # who commissioned the poll
    # funder = ""               # who paid, if somebody else
    # conducted_by = ""         # who did the fieldwork
    # population = ""           # whom the poll stands for
    # geography = ""            # where they are
    # frame = ""                # the list that respondents were drawn from, in words
    # recruitment = ""          # how people were reached
    # invited = 0               # how many were invited
    # started = 0               # how many began
    # completed = 0             # how many finished
    # removed = { "answered twice" = 0 }
    # mode = "Online, link by e-mail"
    # languages = ["English"]
    # field_start = 2024-01-01  # first day of fieldwork
    # field_end = 2024-01-02    # last day
    # incentives = "None"       # what respondents were offered
    # precision_statement = ""  # what may be said of precision
    # processing = ""           # how the answers were checked
    # limitations = ""          # what the poll cannot tell
    # contact = ""              # whom to ask
    # tables_url = ""           # where the full tables are
    # prior_waves = ""          # earlier waves, in words
    # attribution = ""          # licence of the data, printed on the page
    # bpc_member = false        # whether the sponsor belongs to the British Polling Council
    # [method.weighting]        # how a delivered weight was made
    # variables = []            # the variables whose margins were set
    # targets_source = ""       # where the targets come from

    [design]
    # UNDECIDED: a column has the name of a weight and holds numbers above zero. If it is none,
    # take this line out
    weight = "weight"

    # Every question is tabulated in all, and by each of these. Questions with few answers that
    # tell groups of people apart serve best.
    [tables]
    # banner = ["region"]

    [disclosure]
    profile = "public"            # public, officers or analyst

    [report]
    lang = "en-GB"
    status = "draft"              # draft, embargoed, final or corrected
    # organisation = ""          # printed above the title
    # published = 2024-01-18     # the day of publication
    "#);
    assert_eq!(loaded(&draft).1, "");
    // Every line that can be filled in is a key that the program knows.
    let filled: Vec<&str> =
        draft.poll.lines().map(|l| l.strip_prefix("# ").unwrap_or(l)).collect();
    let filled = filled.iter().filter(|line| line.contains(" = ") || line.starts_with('['));
    let filled = Draft { poll: filled.copied().collect::<Vec<_>>().join("\n"), ..draft };
    assert_eq!(loaded(&filled).1, "");
}

#[test]
fn ticks_other_and_a_grid_of_surveymonkey() {
    let headers = [
        "Respondent ID|Why? (Tick all)|||How far do you agree?||Gender",
        "|Pay|None of these|Other (please specify)|I am safe|I am paid well|Response",
    ];
    let rows = [
        (10, "|Pay||the head|Agree|Strongly agree|Female"),
        (10, "||None of these||Disagree|Agree|Male"),
        (2, "|Pay||my own words|Neither agree nor disagree|Don't know|"),
    ];
    let rows: Vec<(usize, String)> =
        rows.iter().enumerate().map(|(i, (n, row))| (*n, format!("{i}{row}"))).collect();
    let rows: Vec<(usize, &str)> = rows.iter().map(|(n, row)| (*n, row.as_str())).collect();
    let draft = drafted(Dialect::SurveyMonkey, &headers, &rows);
    insta::assert_snapshot!(questions(&draft), @r#"
    # Used by `far_agree`.
    [scale.agree]
    categories = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree"]
    categoriesOrdered = true   # by the words; turn it round if need be
    nonsubstantive = ["Don't know"]   # shown and counted, but in no net and no mean

    # Columns 2 to 3: every row has an answer.
    # nobody picked two: if only one could be picked, add `max = 1`
    [question.why]
    kind = "multi"
    title = "Why? (Tick all)"
    categories = [
      "Pay",
      "None of these",
      { label = "Other", column = "Why? (Tick all) [Other (please specify)]" },
    ]
    exclusive = ["None of these"]   # cannot go with another answer
    other = "Other"   # what people wrote is read past
    other_column = "Why? (Tick all) [Other (please specify)]"

    # Columns 5 to 6: every row has an answer.
    [question.far_agree]
    kind = "grid"
    title = "How far do you agree?"
    scale = "agree"
    rows = ["I am safe", "I am paid well"]

    # Column 7: 20 of 22 rows have an answer.
    [question.gender]
    kind = "single"
    title = "Gender"
    categories = ["Female", "Male"]
    "#);
    assert!(!draft.schema.contains("my own words") && !draft.schema.contains("the head"));
}

#[test]
fn several_answers_in_a_cell_may_hold_the_mark_themselves() {
    let rows = [
        (9, "Pay|Yes;"),
        (7, "Pay, Reshape (join, pivot)|Yes;No;"),
        (5, "Reshape (join, pivot)|No;"),
        (4, "Hours, Pay|No;"),
        (1, "Pay, a Zebra|Yes;"),
    ];
    let draft = drafted(Dialect::GoogleForms, &["Which tools?|Which ones?"], &rows);
    insta::assert_snapshot!(questions(&draft), @r#"
    # Column 1: every row has an answer.
    # cells hold several answers, parted by `,`
    # 1 further text, in one or two rows, is not shown here; they count as the open answer
    [question.tools]
    kind = "multi"
    title = "Which tools?"
    delimiter = ","
    # order unknown (here: the alphabet); put them in the questionnaire's order
    categories = ["Hours", "Pay", "Reshape (join, pivot)"]
    other = "Other"   # any text that is not in the list counts as this

    # Column 2: every row has an answer.
    # cells hold several answers, parted by `;`
    [question.ones]
    kind = "multi"
    title = "Which ones?"
    delimiter = ";"
    categories = ["Yes", "No"]
    "#);
    assert!(!draft.schema.contains("Zebra"));
}

#[test]
fn rankings_in_either_form() {
    let headers = ["Rank them [Pay]|Rank them [Hours]|First [1]|First [2]"];
    let rows = [(9, "1|2|Bus|Car"), (8, "2|1|Car|Bus"), (5, "1||Bus|Train")];
    insta::assert_snapshot!(questions(&drafted(Dialect::GoogleForms, &headers, &rows)), @r#"
    # Columns 1 to 2: every row has an answer.
    # whole numbers, none twice in a row of the file: taken for the place of each item
    [question.rank_them]
    kind = "rank"
    title = "Rank them"
    max = 2   # the highest number seen
    rows = ["Pay", "Hours"]

    # Columns 3 to 4: every row has an answer.
    [question.first]
    kind = "rank"
    title = "First"
    places = 2   # a column for each place
    rows = ["Bus", "Car", "Train"]
    "#);
}

#[test]
fn numbers_are_quantities_scales_or_codes() {
    let headers = ["How many years in post?|Would you recommend us, 0 to 10?|Q3|Ticked|Lot"];
    let rows = [(9, "12|10|1|1|3"), (9, "4.5|0|2|0|9"), (9, "-99|7|3|1|5"), (3, "N/A|9|4|0|7")];
    let draft = drafted(Dialect::Plain, &headers, &rows);
    insta::assert_snapshot!(questions(&draft), @r#"
    # Column 1: 21 of 30 rows have an answer.
    [question.years_post]
    kind = "number"
    title = "How many years in post?"
    unit = "years"   # a word of the header
    # constraints = { minimum = 4.5, maximum = 12 }   # seen: 4.5 to 12
    missingValues = ["N/A"]   # seen, and taken for no answer

    # Column 2: every row has an answer.
    # whole numbers from 0 to 10 were seen; if a quantity was asked for, `kind = "number"`
    [question.recommend_us_0_10]
    kind = "single"
    title = "Would you recommend us, 0 to 10?"
    range = [0, 10]

    # Column 3: every row has an answer.
    # UNDECIDED: whole numbers from 1 to 4 were seen: places on a scale (as here), codes of
    # answers (then `categories`), or a quantity (then `kind = "number"`)?
    [question.q3]
    kind = "single"
    title = "Q3"
    range = [1, 4]

    # Column 4: every row has an answer.
    # UNDECIDED: the file holds 1 and 0: taken for Yes and No
    [question.ticked]
    kind = "single"
    title = "Ticked"
    categories = [{ value = "1", label = "Yes" }, { value = "0", label = "No" }]

    # Column 5: every row has an answer.
    # whole numbers from 3 to 9 were seen; if a quantity was asked for, `kind = "number"`
    [question.lot]
    kind = "single"
    title = "Lot"
    range = [1, 10]
    "#);
    assert!(draft.schema.contains("missingValues = [\"-99\"]"));
}

#[test]
fn spellings_are_folded_only_as_far_as_they_differ() {
    let rows = [
        (9, "Don\u{2019}t know|Yes"),
        (4, "don't  know|\u{feff}Yes"),
        (8, "Agree|No"),
        (8, "Disagree|No"),
    ];
    let draft = drafted(Dialect::Plain, &["Is it so?|Sure?"], &rows);
    insta::assert_snapshot!(questions(&draft), @r#"
    # Column 1: every row has an answer.
    [question.so]
    kind = "single"
    title = "Is it so?"
    categories = ["Agree", "Disagree"]
    nonsubstantive = ["Don’t know"]   # shown and counted, but in no net and no mean
    # seen: 4 cells spelled otherwise; each will be counted as a repair
    fold = ["case", "space", "quotes"]

    # Column 2: every row has an answer.
    [question.sure]
    kind = "single"
    title = "Sure?"
    categories = ["Yes", "No"]
    fold = ["invisible"]   # seen: 4 cells spelled otherwise; each will be counted as a repair
    "#);
}

#[test]
fn nobodys_own_words_are_shown() {
    let mut rows: Vec<(usize, &str)> = vec![(40, "Nurse|fine"), (30, "Teacher|bad")];
    rows.extend([(1, "Xylophone builder|my neighbour Zed"), (2, "Quilt maker|Yonder")]);
    rows.extend([(1, "07700 900123|ok"), (4, "zed@example.org|ok")]);
    for dialect in [Dialect::Plain, Dialect::GoogleForms, Dialect::Typeform] {
        let draft = drafted(dialect, &["Job?|Why so?"], &rows);
        let all = format!("{}{}{}", draft.schema, draft.poll, draft.undecided.join(" "));
        for word in ["Xylophone", "Zed", "zed", "Quilt", "Yonder", "07700"] {
            assert!(!all.contains(word), "{word} in\n{all}");
        }
        assert!(all.contains("Nurse"));
    }
}

#[test]
fn routing_is_in_force_only_if_no_row_speaks_against_it() {
    let rep = |stray: usize| {
        let rows =
            [(40, "Yes|5|a"), (30, "No||a"), (stray, "No|5|a"), (3, "Yes||a"), (9, "|| b")];
        drafted(Dialect::Plain, &["Rep?|How many hours?|Area"], &rows)
    };
    let line = |draft: &Draft| {
        let lines = draft.schema.lines().map(str::to_owned);
        lines.filter(|line| line.contains("asked_if")).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(line(&rep(0)), @r#"asked_if = "rep = 'Yes'""#);
    let found = loaded(&rep(0)).0.unwrap();
    let asked_if = found.question("hours").unwrap().asked_if.as_ref();
    assert_eq!(asked_if.map(Expression::names), Some(vec!["rep"]));
    assert!(line(&rep(30)).is_empty(), "half of them answered");
    // One answer in a hundred rows may be a slip: a person decides.
    let rows = [(150, "Yes|5"), (99, "No|"), (1, "No|5")];
    let doubtful = drafted(Dialect::Plain, &["Rep?|How many hours?"], &rows);
    insta::assert_snapshot!(line(&doubtful), @r#"# asked_if = "rep = 'Yes'""#);
    // Ten people who skipped a question are no routing.
    let chance = [(60, "Yes|5"), (60, "Yes|"), (10, "No|")];
    assert!(line(&drafted(Dialect::Plain, &["Rep?|How many hours?"], &chance)).is_empty());
}

#[test]
fn a_day_and_a_month_that_cannot_be_told_apart_are_undecided() {
    let draft = drafted(Dialect::Plain, &["When did you join"], &[(9, "03/02/2024")]);
    assert!(draft.undecided.iter().any(|line| line.contains("day or month first")));
    assert!(draft.schema.contains("\n# dates = \"%d/%m/%Y\"\n# dates = \"%m/%d/%Y\"\n"));
    let draft = drafted(Dialect::Plain, &["When did you join"], &[(9, "13/02/2024")]);
    assert!(draft.schema.contains("\ndates = \"%d/%m/%Y\""));
    assert_eq!(loaded(&draft).0.unwrap().questions[0].kind, Kind::Date);
    // Another column of dates may decide, or have a form that the schema has no room for.
    let headers = ["When did you join|When born|When trained"];
    let draft = drafted(Dialect::Plain, &headers, &[(9, "03/02/2024|13/02/1990|2001-02-03")]);
    let kinds = loaded(&draft).0.unwrap().questions.into_iter().map(|question| question.kind);
    assert!(kinds.eq([Kind::Date, Kind::Date, Kind::Text]));
    assert!(draft.schema.contains("\ndates = \"%d/%m/%Y\""));
    assert!(draft.undecided.iter().any(|line| line.starts_with("question.trained: its dates")));
}

#[test]
fn every_column_is_accounted_for() {
    let headers = ["id|Q|Q|x||started|Nothing"];
    let mut rows = Vec::new();
    for id in 0..30 {
        rows.push(format!("{id}|a|b|c|d|2024-01-{:02}T08:00:00|", id % 28 + 1));
    }
    let lines: Vec<(usize, &str)> = rows.iter().map(|row| (1, row.as_str())).collect();
    let draft = drafted(Dialect::Plain, &headers, &lines);
    let source = draft.schema.split("# Column 2").next().unwrap();
    insta::assert_snapshot!(source[source.find("[source]").unwrap()..], @r#"
    [source]
    dialect = "plain"
    header_rows = 1
    delimiter = ","
    key = { column = "id", duplicates = "reject" }   # every row has one of its own
    personal = []   # no column was seen that names people: make sure
    # Columns that are read past:
    # - the platform's own: `started`
    # - without a header: `column 5`
    # - without any answer: `Nothing`
    unknown_columns = "drop"
    limits = { warn_rows = "0.5%", fail_rows = "5%" }   # of rows set aside
    "#);
}

#[test]
fn codes_and_grids_of_limesurvey() {
    let headers = ["id. Response ID|q1[SQ001]. How far? [Pay]|q1[SQ002]. How far? [Hours]|\
                    q2[1]. Used [Rep]|q2[2]. Used [Line]|q2[other]. Used [Other]|q3. Phase"];
    let rows = [
        "Agree|Disagree|Yes|No||A1",
        "Strongly agree|Agree|No|Yes||A2",
        "N/A|N/A|N/A|N/A||A10",
        "Disagree|Strongly disagree|Yes|Yes|a friend|A2",
    ];
    let rows: Vec<String> =
        (0..40).map(|id| format!("{id}|{}", rows[id % rows.len()])).collect();
    let rows: Vec<(usize, &str)> = rows.iter().map(|row| (1, row.as_str())).collect();
    let draft = drafted(Dialect::LimeSurvey, &headers, &rows);
    insta::assert_snapshot!(questions(&draft), @r#"
    # Used by `q1`.
    [scale.agree]
    categories = ["Strongly agree", "Agree", "Disagree", "Strongly disagree"]
    categoriesOrdered = true   # by the words; turn it round if need be
    nets = { "All agree" = ["Strongly agree", "Agree"], "All disagree" = ["Disagree", "Strongly disagree"] }

    # Columns 2 to 3: 30 of 40 rows have an answer.
    [question.q1]
    kind = "grid"
    title = "How far?"
    scale = "agree"
    rows = ["Pay", "Hours"]

    # Columns 4 to 5: 30 of 40 rows have an answer.
    # taken for a tick list; if each line was a question of its own, `kind = "grid"`
    [question.q2]
    kind = "multi"
    title = "Used"
    categories = ["Rep", "Line", "Other"]
    picked = ["Yes"]
    not_picked = ["No"]
    other = "Other"   # what people wrote is read past
    other_column = "q2[other]"

    # Column 7: every row has an answer.
    # UNDECIDED: the file holds codes: write each answer's words as its `label`
    [question.q3]
    kind = "single"
    title = "Phase"
    categories = ["A1", "A2", "A10"]
    categoriesOrdered = true   # by the numbers
    "#);
}

#[test]
fn headers_that_begin_alike_are_one_question_if_their_cells_are_alike() {
    let headers = ["You and work: pay|You and work: hours|You and work: your role|\
                    Pay|Hours|Other"];
    let rows = [
        (9, "Good|Poor|Nurse|Pay||"),
        (9, "Fair|Good|Porter||Hours|"),
        (4, "Poor|Fair|Nurse|Pay|Hours|x"),
    ];
    let draft = drafted(Dialect::Typeform, &headers, &rows);
    insta::assert_snapshot!(questions(&draft), @r#"
    # Used by `work`.
    [scale.quality]
    categories = ["Good", "Fair", "Poor"]
    categoriesOrdered = true   # by the words; turn it round if need be

    # Columns 1 to 2: every row has an answer.
    [question.work]
    kind = "grid"
    title = "You and work"
    scale = "quality"
    rows = [
      { label = "pay", column = "You and work: pay" },
      { label = "hours", column = "You and work: hours" },
    ]

    # Column 3: every row has an answer.
    [question.work_role]
    kind = "single"
    title = "You and work: your role"
    categories = ["Nurse", "Porter"]

    # Columns 4 to 5: every row has an answer.
    # UNDECIDED: the export does not hold the question's words: give `text`
    [question.question_4]
    kind = "multi"
    title = "question 4"
    categories = [
      { label = "Pay", column = "Pay" },
      { label = "Hours", column = "Hours" },
      { label = "Other", column = "Other" },
    ]
    other = "Other"   # what people wrote is read past
    other_column = "Other"
    "#);
}

#[test]
fn lists_that_differ_in_one_answer_are_shown_to_a_person() {
    let rows = [
        (9, "Very rude|Very rude|Not rude at all"),
        (9, "Not at all rude|Somewhat rude|Somewhat rude"),
        (9, "Somewhat rude|Not at all rude|Very rude"),
    ];
    let draft = drafted(Dialect::Plain, &["Talking rude?|Eating rude?|Waking rude?"], &rows);
    insta::assert_snapshot!(draft.undecided[0], @r#"question.waking_rude: the same as `[scale.rude]` but for `Not rude at all` here and `Not at all rude` there. If they are one answer, use one list with `{ label = "Not at all rude", aliases = ["Not rude at all"] }`"#);
}

#[test]
fn a_header_that_two_columns_share_leads_to_neither() {
    let rows = [(9, "x|y|1"), (9, "y|x|2")];
    let draft = drafted(Dialect::Plain, &["Team|Team|Sum"], &rows);
    let named = draft.schema.lines().filter(|line| line.starts_with("column = "));
    assert!(named.eq(["column = \"Team (1)\"", "column = \"Team (2)\""]), "{}", draft.schema);
}

/// Texts that break things.
fn nasty() -> impl Strategy<Value = String> {
    let palette = [
        "",
        " ",
        "Yes",
        "No",
        "1",
        "2",
        "-99",
        "N/A",
        "'",
        "\"",
        "\"\"\"",
        "'''",
        "\\",
        "a\nb",
        "#",
        "=",
        "[x]",
        "Why? - Pay",
        "Why? - Hours",
        "Why? [Pay]",
        "\u{feff}Yes",
        "\u{202e}abc",
        "é",
        "日本",
        "Other",
        "Other (please specify)",
        "A;B",
        "A, B",
        "A, B, C",
        "2024-01-02",
        "1,5",
        "<b>Bold</b>",
        "Don't know",
        "id",
        "weight",
        "Q1_1",
        "Q1_2",
        "q[1]",
        "q[2]",
        "and",
        "in",
        "\u{7f}",
        "\t",
        "???",
        "Agree",
        "Strongly agree",
        "0",
        "10",
        "Rank 1",
        "Rank 2",
    ];
    prop::sample::select(palette.to_vec()).prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn every_draft_can_be_loaded(
        dialect in prop::sample::select(vec![
            Dialect::Plain, Dialect::SurveyMonkey, Dialect::Qualtrics, Dialect::MicrosoftForms,
            Dialect::GoogleForms, Dialect::LimeSurvey, Dialect::Jisc, Dialect::Typeform,
            Dialect::Alchemer,
        ]),
        headers in prop::collection::vec(prop::collection::vec(nasty(), 6), 1..4),
        rows in prop::collection::vec(prop::collection::vec(nasty(), 6), 0..6),
        times in 1_usize..30,
    ) {
        let rows: Vec<Vec<String>> =
            rows.iter().flat_map(|row| std::iter::repeat_n(row.clone(), times)).collect();
        let draft = of_rows(dialect, &headers, &rows);
        let (schema, said) = loaded(&draft);
        prop_assert!(schema.is_some(), "{said}\n{}\n{}", draft.schema, draft.poll);
    }
}
