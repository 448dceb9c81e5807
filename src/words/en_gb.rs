//! The message file: every fixed sentence of every output, in British English.
//!
//! The list of keys is the list of what a language has to say: each further language is a
//! file with one `Words` like `EN_GB`, and the compiler says what is missing there and which
//! key nobody reads. Titles, labels and notes are the poll's own words and stand in the poll
//! file and the schema.

macro_rules! catalogue {
    ($name:ident { $($key:ident: $text:expr,)* }) => {
        /// All fixed wording of one language.
        pub struct Words { $(pub(crate) $key: &'static str,)* }
        /// British English.
        pub static $name: Words = Words { $($key: $text,)* };

        #[cfg(test)]
        impl Words {
            /// Every key with its text.
            pub(super) fn entries(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($key), self.$key),)*]
            }
        }
    };
}

catalogue!(EN_GB {
    // Numbers and dates.
    lang: "en-GB",
    thousands: ",",
    decimal: ".",
    range: "{low} to {high}",
    point: "{n} point",
    points: "{n} points",
    small_numbers: "one two three four five six seven eight nine",
    in_ten: "{n} in ten",
    fractions: "a fifth, a quarter, a third, half, two thirds, three quarters",
    nearly: "nearly",
    almost: "almost",
    more_than: "more than",
    months: "January February March April May June July August September October \
        November December",
    date: "{day} {month} {year}",
    date_in_year: "{day} {month}",
    date_in_month: "{day}",
    list_comma: ", ",
    list_semicolon: "; ",
    list_and: " and ",
    list_or: " or ",
    quoted: "“{text}”",

    // Top and foot of the page.
    skip: "Skip to the results",
    published: "Published",
    synthetic: "Synthetic data",
    synthetic_long: "The answers in this report are made up. They describe nobody and \
        must not be quoted as findings.",
    officers: "Restricted",
    officers_long: "For officers of the organisation only. Not for publication.",
    analyst: "Private",
    analyst_long: "For the analyst only: nothing is hidden to protect confidentiality. \
        Not for publication.",
    draft: "Draft",
    draft_long: "This report is not finished. Figures and wording may change.",
    embargoed: "Embargoed",
    embargoed_long: "Not to be published, broadcast or passed on before its release.",
    corrected: "Corrected",
    corrected_long: "This report replaces an earlier one that was wrong.",
    made_with: "Made with pollsmith {version}. Poll {id}.",

    // Headings.
    findings: "Key findings",
    about: "About this poll",
    contents: "Contents",
    reading: "How to read this report",
    method: "Method and quality",
    files: "Files and checks",
    by: "By {banner}",
    who: "Who answered",

    // About this poll.
    sponsor: "Commissioned by",
    funder: "Paid for by",
    conducted_by: "Carried out by",
    population: "Who was asked",
    geography: "Where",
    frame: "Drawn from",
    recruitment: "How they were reached",
    fieldwork: "When",
    mode: "How they answered",
    languages: "Languages",
    incentives: "Incentives",
    invited: "Invited",
    started: "Started",
    completed: "Completed",
    response: "Response rate",
    participation: "Participation rate",
    response_counted: "{rate}: {n} counted out of {invited} invited",
    response_of: "{rate}: {completed} completed out of {invited} invited",
    removed: "Taken out",
    removed_each: "{n}: {reason}",
    respondents: "Counted in this report",
    respondents_n: "{n} people",
    effective: "Effective sample",
    effective_n: "About {n} (design effect of weighting {deff})",
    weighted_by: "Weighted by",
    contact: "Contact",
    tables_url: "Full tables",
    prior_waves: "Earlier waves",
    bpc: "Membership",
    bpc_long: "The organisation that commissioned this poll is a member of the British \
        Polling Council and follows its rules.",

    // Questions.
    one_answer: "One answer.",
    several_answers: "All answers that apply.",
    each_item: "One answer for each item.",
    a_number: "A number.",
    in_order: "Put in order of importance or preference.",
    asked_of: "Base: {base}.",
    adds_up: "People could choose several answers, so percentages can add to more than \
        100%.",

    // In members' own words. What stands in square brackets is part of what a person approves:
    // another word there asks for another approval.
    quotes_id: "quotes",
    quotes: "In their own words",
    quotes_long: "Some of what members wrote. They are not a sample, and say nothing of how \
        many think so. A person has approved each for publication. Words in square brackets \
        stand for what was taken out so that nobody can be recognised.",
    quoted_member: "Member who replied",
    quoted_group: "{group}, member who replied",
    sheet_quotes: "Quotes",
    quotes_question: "Question",
    quotes_text: "What a member wrote",
    quotes_by: "Who",
    redacted_email: "[e-mail]",
    redacted_web: "[web address]",
    redacted_handle: "[handle]",
    redacted_internet: "[IP address]",
    redacted_coordinates: "[coordinates]",
    redacted_insurance: "[National Insurance number]",
    redacted_phone: "[phone]",
    redacted_school_number: "[school number]",
    redacted_number: "[number]",
    redacted_postcode: "[postcode]",
    redacted_date: "[date]",
    redacted_name: "[name]",
    redacted_school: "[school]",

    // Earlier waves.
    waves_by: "By wave",
    waves_outside: "Compared with figures from elsewhere",
    waves_table: "{title}, by wave",
    waves_change: "Change since {wave}",
    waves_no_change: "no clear change",
    waves_not_offered: "-",
    waves_nothing: "\u{2013}",
    waves_changed: "Changed between {before} and {after}: {reasons}. Figures before and after \
        should not be compared.",
    waves_published: "Figures of {waves} are as they were published. The answers have been \
        deleted, so no change from them can be tested.",
    outside_source: "{label}: {source}.{base} Not tested against this poll.",
    outside_base: " Of {base}.",
    break_wording: "the wording of the question",
    break_item: "the wording of an item",
    break_answers: "the answers that were offered",
    break_base: "who was asked and counted",
    break_kind: "the kind of answer or its unit",
    break_scores: "the numbers that answers count in the mean",
    break_members: "the answers that a total is made of",
    break_weighting: "the variables of weighting",
    key_not_offered: "-: not offered or not asked in that wave.",
    key_change: "▲ higher, ▼ lower: a change since the wave before, by more than chance would \
        explain.",
    key_no_change: "No clear change: chance alone could explain the difference.",
    key_change_rounded: "Changes are worked out before rounding, so some differ by one from the \
        difference of the figures shown.",
    waves: "Comparisons between waves",
    waves_compared: "Waves",
    waves_wave: "{wave}: {n} people",
    waves_as_published: ", as published",
    waves_how: "How changes are worked out",
    waves_unrounded: "A change is this wave’s figure less that of the wave before which asked \
        the question, in points for percentages, from figures before rounding.",
    waves_test: "It is called higher or lower if, were there no change at all, one as large would \
        come up by chance in at most {alpha}% of such comparisons. The test allows for the \
        weights of both waves, and is not adjusted for the number of questions.",
    waves_separate: "Waves are treated as separate samples.",
    waves_linked: "Some people or schools, or other units of the sample, are in both waves; the \
        test allows for that.",
    waves_nonprobability: "The test takes those who replied for a random sample, which they are \
        not: people who reply in one wave may differ from those who reply in the next.",
    waves_broken: "Changed, so not tested",
    waves_broken_each: "{title}: {reasons}.",
    waves_alone: "Only in this wave",

    // Rows, columns and bases.
    yes: "Yes",
    no: "No",
    no_answer: "No answer",
    net_promoter_score: "Net promoter score",
    mean: "Mean",
    median: "Median",
    with_unit: "{what} ({unit})",
    first_choice: "First choice",
    in_the_first: "In the first {n}",
    mean_place: "Mean place, where ranked",
    base_all: "all who answered",
    base_all_routed: "all, whether they answered or not",
    base_routed: "{base}, whether they answered or not",
    base_asked: "those asked ({condition})",
    base_asked_answered: "those asked ({condition}) who answered",
    base_made_up: "{base} (synthetic data)",
    base_without: "{base}, without those who answered {answers}",

    // Conditions.
    all_hold: " and ",
    one_holds: " or ",
    not: "not ({condition})",
    equal: "{name} is {value}",
    not_equal: "{name} is not {value}",
    less: "{name} is under {value}",
    at_most: "{name} is at most {value}",
    more: "{name} is over {value}",
    at_least: "{name} is at least {value}",
    one_of: "{name} is one of {values}",
    none_of: "{name} is none of {values}",
    missing: "{name} has no answer",
    not_missing: "{name} has an answer",

    // What was done to the data.
    note_answers: "Answers",
    note_repairs: "Repairs",
    note_weights: "Weights",
    note_merged: "Merged groups",
    note_left_out: "Tables left out",
    left_out: "Nothing of these could be shown without giving away what few people answered: \
        {tables}.",
    count_none: "no",
    count_few: "fewer than 10",
    count_about: "about {n}",
    answers_all: "{n} replies were read and all of them are counted.",
    answers_aside: "{n} replies are counted; {aside} were set aside by the rules of the \
        questionnaire: an answer broke one, or the rules on careful answers left them out.",
    repairs: "As the questionnaire’s schema allows: {list}.",
    repairs_none: "No answer was changed in any way.",
    repairs_headings: "{n} column headings differed in spelling from the questionnaire and \
        were matched by name",
    repaired: "{from} was read as {to} in {n} answers",
    repaired_spelling: "another spelling, or what people wrote themselves,",
    repaired_invisible: "{text} with characters that cannot be seen",
    hidden_none: "No figure is hidden in this report.",
    hidden_one: "1 figure is hidden and marked [c], so that nobody who replied can be \
        recognised. Totals may not add up for that reason.",
    hidden_many: "{n} figures are hidden and marked [c], so that nobody who replied can be \
        recognised. Totals may not add up for that reason.",
    hidden_why: "A figure is hidden where few people gave the answer or few did not, where the \
        group is small, or where a hidden figure could be worked out from it: from a total, \
        another group or an earlier report. For which of these reasons a figure is hidden is \
        not said, since that would give some of them away.",
    hidden_few: "Few means 1 to {small} people.",
    hidden_few_sensitive: "Few means 1 to {small} people, or 1 to {sensitive} where a question or \
        a group is about something sensitive.",
    hidden_groups: " A small group is one of fewer than {floor} people (fewer than {local} in a \
        place smaller than a region), or one in which very few replies carry most of the weight; \
        none of its figures is shown.",
    hidden_all_or_none: " Where something sensitive is asked, answers that everybody or nobody \
        gave are hidden in groups of fewer than {n} people.",
    hidden_by_hand: "Some figures are hidden by decision of those who made this report, whatever \
        they are.",
    hidden_changed: "Not as usual in this report: {list}.",
    hidden_reason: " The reason: {reason}",
    changed_small: "few means at most {value} people, not {usual}",
    changed_small_sensitive: "few means at most {value} people where something sensitive is \
        asked, not {usual}",
    changed_floor: "a small group is one of fewer than {value} people, not {usual}",
    changed_unreliable: "figures of fewer than {value} people, not {usual}, are marked [u]",
    changed_all_or_none: "answers to something sensitive that everybody or nobody gave are hidden \
        in groups of fewer than {value} people, not {usual}",
    changed_base_step: "bases are rounded to the nearest {value}, not {usual}",
    marked_unreliable: "Figures of fewer than {n} people, and percentages whose 95% interval is \
        wider than {points} points, are marked [u] for low reliability; they are neither drawn \
        nor used in the findings.",
    rounded: "Percentages are rounded to whole numbers, means and medians to one decimal place, \
        bases to the nearest {step}. The number of people in the whole poll is exact.",
    rounded_exact: "Percentages are rounded to whole numbers, means and medians to one decimal \
        place. Bases are exact.",
    rounded_no_numbers: " Weighted numbers of people are not given.",
    rounded_numbers: " Weighted numbers of people are rounded to the nearest {step}.",
    weighting_from_given: "Weighting starts from the weights that came with the answers.",
    weighting_from_equal: "Weighting starts from equal weights.",
    weighting_rake: "Weights were raked to the targets of: {variables}.",
    weighting_poststratify: "Weights were post-stratified by: {variables}.",
    weighting_linear: "Weights were calibrated by generalised regression to: {variables}.",
    weighting_logit: "Weights were calibrated by the logit method to: {variables}.",
    weighting_nonresponse: "Those who replied stand for those of their class who did not: \
        {variables}.",
    weighting_bounds: " No weight was made less than {lower} times or more than {upper} \
        times what it was.",
    weighting_trim: "Extreme weights were cut ({n} people), so that weighted shares may miss \
        the targets a little.",
    weighting_targets: "Source of the targets ({variables}): {source}.",
    weighting_no_source: "not given",
    weighting_intervals: "Intervals allow for the weighting: they rest on what the weighting \
        variables leave unexplained (variance of calibration residuals). A percentage that \
        weighting sets has none.",
    weights_range: "The final weights run from {smallest} to {largest}: the largest is {ratio} \
        times the smallest.",
    weights_given: "The weights that came with the answers were used as they are.",
    weights_effective: "Weighting leaves an effective sample of about {effective} \
        (efficiency {efficiency}%).",
    weights_untold: "What weighting leaves of the sample is not given: with it the size of a \
        small group could be worked out.",
    crossed: " by ",

    // How derived variables were made.
    derived_recode: "Answers were grouped.",
    derived_bands: "Numbers were put into bands.",
    derived_filter: "Made from a condition on other answers.",
    derived_lookup: "Looked up by: {title}.",
    derived_first_of: "The first answer to any of: {titles}.",
    derived_combine: "Combined from: {titles}.",
    derived_count: "Counted, of {n}.",
    derived_mean: "Mean of {n} items.",
    derived_sum: "Sum of {n} items.",

    // Tables.
    table_number: "Table {n}: {caption}",
    table_by: "{title}, by {banner}",
    table_by_after_stop: "{title} By {banner}",
    table_filter: "{caption} ({filter})",
    table_row: "{caption}, as shares of those who gave each answer",
    table_whole: "{caption}, as shares of everybody in the table",
    table_mentions: "{caption}, as shares of all answers given",
    table_count: "{caption}, weighted numbers of respondents",
    answer: "Answer",
    item: "Item",
    measure: "Measure",
    percent: "Per cent",
    result: "Result",
    interval: "95% confidence interval",
    set_by_weighting: "set by weighting",
    higher: "▲ higher",
    lower: "▼ lower",
    base_filter: "{base} ({filter})",
    mentions_of: "all answers given by {base}",
    row_of: "those of {base} who gave the answer and whose group is known",
    whole_of: "{base} and whose group is known, of all columns together",
    base: "Base (unweighted)",
    base_weighted: "Base (weighted)",
    base_effective: "Effective base",
    total: "Total",

    // Who answered.
    who_framed: "How those who replied compare with everybody on the list, before and \
        after weighting. Those who did not say, or whose group is not known, are left out, so \
        a figure can differ from that of the question.",
    who_aimed: "How those who replied compare with the targets of weighting, before and \
        after it. Those who did not say, or whose group is not known, are left out, so a figure \
        can differ from that of the question.",
    who_group: "Group",
    who_members: "List",
    who_target: "Target",
    who_unweighted: "Replied",
    who_weighted: "Weighted",
    who_rate: "Response rate",
    who_source: "Source: {source}.",

    // Shorthand.
    key_c: "[c]: hidden to protect confidentiality.",
    key_u: "[u]: low reliability, because few people answered or the interval is wide.",
    key_low: "[low]: above zero, but rounds to zero.",
    key_z: "[z]: not asked of this group.",
    key_x: "[x]: not available.",
    key_b: "[b]: a break: something changed just before this wave, so the figure should not \
        be compared with older ones, and no change is given.",
    key_verdict: "▲ higher, ▼ lower: different from all other groups together, by more than \
        chance would explain.",
    key_verdict_overlap: "▲ higher, ▼ lower: different from those who are not in the column, by more \
        than chance would explain.",
    key_partial: "Some people in the total are in no column, because it is not known which of the \
        groups they belong to.",
    merged: "Groups that were merged because few people are in them: {list}.",
    merged_joined: "{group} ({banner})",
    merged_renamed: "{group} ({banner}: {parts})",
    key_overlap: "Somebody can be in several columns.",

    key_letters: "Letters: the figure is higher than that of the column with the letter, capitals \
        at {strong}%, lower case at {weak}% (method {method}, adjustment {adjust}).",
    key_letters_one: "Letters: the figure is higher than that of the column with the letter, at \
        {strong}% (method {method}, adjustment {adjust}).",
    key_low_base: "{mark}: fewer than {n} people in the column.",

    // How to read this report.
    percentages: "Percentages",
    percentages_long: "Each percentage is a share of the people named as the base of \
        its question, counting those who answered “don’t know” where that was offered.",
    rounding_long: "Percentages are rounded to whole numbers, so they may not add to \
        100%, and a total of several answers may differ by one from the sum of its \
        parts.",
    bases: "Bases",
    bases_long: "The unweighted base is the number of people who answered. The \
        effective base is smaller because some replies count for more than others: it \
        measures what weighting costs, and does not make a random sample of those who \
        replied.",
    bases_rounded: "Bases in tables are rounded, and never to more than replied; the number of \
        people in the whole poll is exact.",
    nets: "Totals",
    nets_long: "A row that is a total of several answers, such as all who agree, \
        counts each person once. It is not a difference between answers.",
    medians: "Means and medians",
    medians_long: "A mean adds all answers and divides by the number of people. A median is \
        the smallest answer that at least half of the people gave or stayed under, so one \
        very high answer hardly moves it.",
    comparisons: "Comparisons",
    comparisons_long: "“Higher” (▲) and “lower” (▼) mark a group whose figure differs from that of all other groups \
        together (in a nested table: of those under the same heading). They come from a test in which, if there were no differences at all, {alpha}% \
        of rows would carry a mark by chance{adjusted}. No mark does not mean that groups are \
        alike: it may mean that too few people answered to tell.",
    comparisons_adjusted: ", whatever the number of groups",
    comparisons_nonprobability: "The test takes those who replied for a random sample, which they \
        are not: a mark says that chance alone would hardly make such a difference among them.",
    intervals: "Intervals",
    intervals_shown: "A 95% confidence interval shows how far a figure could be from \
        the one that asking everybody would give, because only some were asked. It \
        allows for sampling and weighting only, not for who chose to answer or how \
        they understood the question.",
    intervals_nonprobability: "Intervals are not shown: people chose whether to \
        reply.",
    intervals_census: "Intervals are not shown: everybody was asked, so there is no \
        error from sampling.",
    shorthand: "Shorthand",
    shorthand_none: "No figure is hidden or marked in this report.",

    // Method and quality.
    chosen: "How people were chosen",
    chosen_probability: "By chance, so that everybody had a known chance of being \
        asked.",
    chosen_nonprobability: "They chose whether to reply. The results describe those \
        who replied. They stand for others only as far as those who replied are like \
        those who did not.",
    chosen_census: "Everybody was asked.",
    precision: "Precision",
    weighting: "Weighting",
    unweighted: "None: everybody counts the same.",
    weighting_made: "The weights were made for this report, as follows.",
    weighting_column: "The weights were delivered with the data.",
    weighting_by: "Results are weighted by {variables}.",
    weighting_source: "Source of the targets: {source}",
    weighting_efficiency: "Weighting efficiency: {n}%.",
    weighting_max: "Largest weight: {n}.",
    processing: "Processing",
    protection: "Confidentiality",
    protection_none: "Nothing is hidden, and nothing is rounded.",
    limitations: "Limitations",

    tests: "Tests",
    tests_method: "Each group is compared with all others, in each row: {method}. {adjust} A \
        difference is marked at the level of {alpha}%.",
    tests_design: "the difference over its standard error under the design of the sample",
    tests_other: "the method “{name}”",
    tests_none: "Nothing is done about the number of comparisons.",
    tests_bonferroni: "The level is shared out evenly among the comparisons of a row (Bonferroni).",
    tests_holm: "The level holds for all comparisons of a row together (Holm).",
    tests_bh: "The level is the share of false marks among all marks of a row (Benjamini and \
        Hochberg).",

    // Charts: what they are called, and what stands around them.
    chart_name: "{kind}: {title}",
    chart_bars: "Bar chart",
    chart_battery: "Diverging bar chart",
    chart_stacked: "Stacked bar chart",
    chart_panels: "Bar charts by group",
    chart_trend: "Line chart",
    stamp_draft: "DRAFT",
    stamp_embargoed: "EMBARGOED",
    stamp_corrected: "CORRECTED",
    stamp_officers: "RESTRICTED",
    stamp_analyst: "PRIVATE",
    chart_of: "% of {base}",
    chart_filter: ", {filter}",
    chart_several: "; people could choose several",
    chart_by_wave: "% of {base}, by wave",
    chart_net_by_wave: "{net}, % of {base}, by wave",
    chart_question: "Question: {question}",
    chart_question_how: "Question: {question} {how}",
    chart_how_multi: "Choose all that apply. Percentages can add to more than 100%.",
    chart_how_battery: "One answer for each statement.",
    chart_how_rank: "Put in order.",
    // A base that begins with the second loses it: "1,864 members who replied".
    chart_base: "Base: {n} {base} (unweighted).",
    chart_base_all: "all ",
    chart_weighted_by: "Weighted by {variables}.",
    chart_weighted: "Weighted.",
    chart_limit: "The first {n} are drawn; the table has all.",
    chart_lines: "Lines show 95% confidence intervals.",
    chart_ranges: "Ranges in brackets are 95% confidence intervals.",
    chart_uprights: "Upright lines show 95% confidence intervals.",
    chart_bands: "Bands show 95% confidence intervals.",
    chart_caveat: "Intervals allow for sampling and weighting only, not for who chose to \
        answer.",
    chart_source: "Source: {source}.",
    chart_synthetic: "Synthetic data, not a real poll.",
    chart_waves: "Waves: {waves}.",
    chart_wave: "{wave}: {days}",
    chart_even: "Waves stand at equal distances: not all dates of fieldwork are known.",
    chart_gap: "A gap in a line, {code}: {meaning}.",
    chart_small: "Waves with fewer than {n} answers have no point.",
    chart_published: "Figures of {waves} as they were published.",
    chart_broken: "Question changed {code}",
    chart_answers: "{n} answers",
    panels_key: "▲ higher, ▼ lower than all other groups together",
    panels_key_overlap: "▲ higher, ▼ lower than those who are not in the group",
    panels_at_least: "at least {n} answers",
    panels_bases: "answers",
    panels_bases_least: "answers, at least",
    panels_base: "{group} {n}",
    panels_each: "Answers: {groups}.",
    panels_each_least: "Answers, at least: {groups}.",
    panels_total: "{total} {value}",
    panels_net: "{net}, {measure}",
    panels_overlap: "Somebody can be in several groups.",
    panels_partial: "Some people in the total are in no group.",
    panels_hidden: "Not drawn: {groups}.",
    panels_differing: "Only answers in which a group differs are drawn; the table has all.",
    panels_differing_items: "Only items in which a group differs are drawn; the table has all.",
    panels_cut: "Not all rows are drawn; the table has all.",
    told_panels: "{n} groups.",
    told_differs: "{label}: {groups}.",
    told_differs_higher: "{group} {value}, higher than the rest",
    told_differs_lower: "{group} {value}, lower than the rest",
    told_also_higher: "{group} {value}, higher",
    told_also_lower: "{group} {value}, lower",
    told_cell: "{label}, {group}",

    // Charts: dots, rankings, net promoter score, who answered.
    chart_dots: "Dot plot",
    chart_ranks: "Bar chart of a ranking",
    chart_columns: "Column chart",
    chart_measure: "{measure} of {base}",
    chart_all: "All {value}",
    chart_bases: "Answers",
    chart_fewer: "← More detractors",
    chart_more: "More promoters →",
    chart_detractors: "Detractors",
    chart_passives: "Passives",
    chart_promoters: "Promoters",
    chart_rule: "The dashed line is all groups together.",
    chart_band: "The band around the dashed line is the interval of all groups together.",
    chart_arrows: "Dark, with ▲ or ▼: higher or lower than all other groups together, by more \
        than chance would explain.",
    chart_cut: "The scale begins at {from}, not at 0.",
    chart_profile_framed: "% of those who replied, before and after weighting, and of everybody \
        on the list",
    chart_profile_aimed: "% of those who replied, before and after weighting, and what \
        weighting aims at",
    chart_profile_limit: "The first {n} groups are drawn; the tables have all.",
    chart_replied: "{n} replied.",
    chart_replied_of: "{n} of {invited} invited replied.",
    chart_population: "{name}: {source}.",

    // Charts: figures that are not drawn.
    chart_c: "hidden to protect confidentiality",
    chart_u: "low reliability",
    chart_low: "above zero but rounds to zero",
    chart_z: "not asked",
    chart_b: "the question changed",
    chart_x: "not available",
    chart_code: "{code} {meaning}",
    chart_value_code: "{code} {value}, {meaning}",
    chart_under: "{code} under {value}",

    // Charts in words, for screen readers.
    told_answer: "{n} answer shown.",
    told_answers: "{n} answers shown.",
    told_item: "{n} item shown.",
    told_items: "{n} items shown.",
    told_line: "{n} line from {first} to {last}.",
    told_lines: "{n} lines from {first} to {last}.",
    told_group: "{n} group shown.",
    told_groups: "{n} groups shown.",
    told_groups_by: "{n} groups shown, by {variables}.",
    told_all: "{label}: all {value}.",
    told_ranks: "{label}: most often {most}, least often {least}.",
    told_rank: "{label}: most often {most}.",
    told_eleven: "11 answers from 0 to 10 shown.",
    told_most: "Most gave {answer}: {value}.",
    told_before: "Before weighting furthest apart: {group}, {name} {share}, replied {other}.",
    told_after: "After weighting furthest apart: {group}, {name} {share}, weighted {other}.",
    told_before_none: "Before weighting all groups have their share.",
    told_after_none: "After weighting all groups have their share.",
    told_highest: "Highest: {figure}.",
    told_lowest: "Lowest: {figure}.",
    told_extremes: "{label}: highest {highest}, lowest {lowest}.",
    told_only: "{label}: {figure}.",
    told_value: "{label} {value}",
    told_interval: "{label} {value} (95% interval {range})",
    told_point: "{label} {value}.",
    told_course: "{label} {from} to {to}{change}.",
    told_broken: ", question changed",
    told_higher: ", higher than the wave before",
    told_lower: ", lower than the wave before",
    told_neither: ", no clear change from the wave before",
    told_hidden: "{n} hidden.",
    told_full: "Full figures are in the table that follows.",

    // Workbook.
    reading_id: "reading",
    method_id: "method",
    sheet_cover: "Cover",
    sheet_notes: "Notes",
    book_subject: "Tables of a poll's results",
    book_made: "This workbook",
    book_long: "It holds the tables of report.html, one on each worksheet, with the same \
        figures. Each figure also has a row in results.csv.",
    one_table: "This worksheet contains one table.",
    to_contents: "Back to the contents",
    to_notes: "Notes",
    sheet_head: "Worksheet",
    sheet_title: "What it shows",
    contents_alt: "A list of the worksheets with tables, with links and what each shows.",
    note_head: "Note",
    note_about: "About",
    note_text: "Text",
    note_name: "note {n}",
    note_marker: " [note {n}]",
    notes_alt: "A numbered list of notes to the tables.",
    table_alt: "{rows} rows and {columns} columns below one row of heads. No cell is \
        empty.",
    unit_percent: " (%)",
    unit_points: " (points)",
    bound_low: "{column}, lower bound",
    bound_high: "{column}, upper bound",
    rows_of_bases: "Rows of bases hold numbers of people, all other rows percentages.",
    rows_of_bases_waves: "Rows of bases hold numbers of people, all other rows percentages, and \
        their changes in points.",
    compared_with: "{column}, compared with the rest",
    change_found: "{column}, result of the test",
    compared_higher: "higher",
    compared_lower: "lower",
    compared_none: "no difference found",
    not_applicable: "[z]: not applicable, because the figure has no interval or was not compared.",
    low_mark: " †",
    low_long: "†: base under 100.",
    very_low_mark: " ‡",
    very_low_long: "‡: base under 50.",
    letters_long: "Letters below a figure name the columns of the same banner that it is \
        higher than: capitals at the level of {capital}, lower case at {small}. Method: \
        {method}; adjustment for many comparisons: {adjust}.",
    in_excel: "In Excel: ",
    on_sheet: ", worksheet {names}.",
    on_sheets: ", worksheets {names}.",
    on_more_sheets: ", worksheet {first} and the {n} after it.",

    // A chart for pages of others.
    embed_comment: "A chart to paste into a page. It has no script and asks for nothing from \
        elsewhere. Set the level of its heading (h3), and the address of the data file near its \
        end, as your page needs them. If your content security policy refuses style elements, \
        allow this one by its hash, style-src '{hash}', or move its rules into a style sheet of \
        yours. Without the rules the wide picture is shown, as wide as its place.",
    embed_figures: "The figures as a table",
    embed_data: "The figures as a file (CSV)",

    // Files and checks.
    file_xlsx: "Every table as a worksheet of an Excel workbook.",
    files_long: "These files are published beside this page. They hold the same \
        figures.",
    file_csv: "One row for each figure in this report, with its base and its status.",
    file_json: "The same records for programs, with the details of the poll.",
    file_comparisons: "Private: every test behind letters and marks, with bases, standard errors \
        and p.",
    file_records: "Private: one row of codes for each respondent, without names, keys and free \
        text. It can still point at persons.",
    file_codebook: "Private: what the columns and codes of data.csv mean.",
    file_codebook_json: "Private: the same for programs, as a Table Schema.",
    file_charts: "A folder with every chart: as SVG and as PNG, wide and narrow, as HTML to paste \
        into a page, and its figures as CSV.",
    file_manifest: "What went in and what came out, with sizes and SHA-256 checksums.",
    file_sums: "Checksums of all files. To check them, run sha256sum -c SHA256SUMS in \
        the folder.",
    checks: "Checks",
    made: "Made with",
    tool: "pollsmith {version}",
    went_in: "Made from",
    went_in_each: "{path}, SHA-256 {sha256}",
    profile: "Disclosure profile",
    profile_public: "Public: small numbers are hidden, and figures and bases are rounded.",
    profile_officers: "Officers: less is hidden than in public.",
    profile_analyst: "Analyst: nothing is hidden.",
    sums: "SHA-256 of the files beside this page. That of charts/ is the checksum of the lines of \
        SHA256SUMS on its files, as grep charts/ SHA256SUMS | sha256sum prints it. Not in the list \
        are this page, and manifest.json and SHA256SUMS, which hold its checksum.",
    sums_file: "File",
    sums_hash: "SHA-256",
    sheet_of: "Page {page} of {pages}",
});
