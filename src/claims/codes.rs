//! What can be wrong with a text that quotes a poll.

use crate::diagnostic::{Code, Severity};

const fn code(
    id: &'static str,
    severity: Severity,
    title: &'static str,
    explanation: &'static str,
) -> Code {
    Code { id, severity, title, explanation }
}

const fn error(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    code(id, Severity::Error, title, explanation)
}

const fn warning(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    code(id, Severity::Warning, title, explanation)
}

pub(super) static NOT_IN_TABLES: Code = error(
    "L001",
    "a number is not in the tables",
    "A percentage, a share in words, a difference in points or a mean is looked up among the \
     released figures of the questions that the sentence shares words with; of the groups that it \
     names, or else of everybody. Words give some room: \"a third\" is within one point, \"seven \
     in ten\" within two, \"nearly\" up to five points below, \"about\" within three. A percentage \
     in digits has to be the figure itself.\n\n\
     Example: `62% said inspection should be replaced`, where the figure is 83%.\n\n\
     Remedy: take the figure that the message names, or leave the number out.",
);

pub(super) static CANNOT_TELL: Code = warning(
    "L002",
    "it cannot be told which figure a number is",
    "Some figure has this value, but the sentence has no words in common with its question, its \
     answer or its group; or the number is no percentage and stands in no table. Numbers from \
     other sources are found here too.\n\n\
     Example: `61% were delighted`, in a poll that asked nothing of delight.\n\n\
     Remedy: say it in the words of the question; name the source of a number that is not of this \
     poll.",
);

pub(super) static HIDDEN: Code = error(
    "L003",
    "a number stands for a figure that is not published",
    "The figure is hidden to protect those who answered (`[c]`), was not asked of the group \
     (`[z]`), or rounds to zero (`[low]`), so no number may be given for it, not even one that is \
     known from elsewhere.\n\n\
     Example: `4% of teachers in special schools`, where the table has `[c]`.\n\n\
     Remedy: leave the group out, or take the figure of all; for `[low]` say \"under 1%\".",
);

pub(super) static UNRELIABLE: Code = warning(
    "L004",
    "a figure of low reliability is quoted without a caution",
    "The figure is marked `[u]`: few people answered, or the interval is wide.\n\n\
     Example: `67% of supply teachers`, of whom 60 answered.\n\n\
     Remedy: leave it out, or say in the sentence that few answered and that it is only an \
     indication.",
);

pub(super) static DENOMINATOR: Code = error(
    "L005",
    "a percentage is said to be of people of whom it is not",
    "A percentage of members who replied is not one of all teachers, and a percentage of those \
     inspected is not one of all members. The population of the poll stands in `method.population` \
     of the results, the base of each figure in `percent_of`. It is a warning, not an error, where \
     a poll whose respondents chose themselves is quoted as if all had answered, and the text has \
     not said before that the figures are of those who replied.\n\n\
     Example: `3% of teachers`, where the figure is of members who replied.\n\n\
     Remedy: name those whom the figure is of: \"3% of members who replied\".",
);

pub(super) static WRONG_PLACE: Code = error(
    "L006",
    "a number stands with another answer or group than its own",
    "The number is in the tables, but not for what the sentence says: two numbers have changed \
     places, the figure is of everybody where a group is named, or of \"No\" where the sentence \
     says yes.\n\n\
     Example: `94% said the pause was adequate`, where 94% is of \"No\".\n\n\
     Remedy: take the figure of the answer and group that the sentence names.",
);

pub(super) static COUNT: Code = error(
    "L007",
    "a number of people is not in the results",
    "A number of people has to be that of the respondents, the base of a question, or the number \
     invited, started or completed, and to be called so. Numbers of people who gave an answer are \
     not published: weighted percentages cannot be turned into them.\n\n\
     Example: `a poll of 61,240 teachers`, where 61,240 were invited and 4,678 replied.\n\n\
     Remedy: take the number that the message names.",
);

pub(super) static QUANTITY: Code = error(
    "L008",
    "\"most\", \"few\" or the like is not borne out",
    "\"Most\" and \"majority\" need a figure whose interval lies above 50%; \"minority\" one that \
     lies below; \"nearly all\" 95% or more, \"hardly any\" and \"few\" 5% or less, \"all\" 100% \
     and \"nobody\" 0%. Where no interval is published, one is made from the effective base (Wilson) \
     and used without being shown. In quotations it is a warning.\n\n\
     Example: `Most members call their workload unmanageable`, where 41% do.\n\n\
     Remedy: give the figure instead of the word.",
);

pub(super) static COMPARISON: Code = error(
    "L009",
    "a comparison is not borne out by a test",
    "\"More than\", \"higher\", \"less likely\" need two figures of one row and a test that finds \
     the difference, in that direction: the `verdict` of the results. A group is tested against \
     the rest, so \"more than other members\" can be borne out where \"more than secondary \
     teachers\" cannot, unless the other group differs from the rest the other way. Two answers of \
     one question are compared by their figures and the effective base.\n\n\
     Example: `Primary teachers were more likely to say so`, where no difference was found.\n\n\
     Remedy: give both figures side by side, without the comparison.",
);

pub(super) static CHANGE: Code = error(
    "L010",
    "a change is not borne out",
    "\"Up\", \"fell\", \"more than last year\" need a figure of the kind `change`, which a release \
     has where its poll file names an earlier wave, and a verdict in that direction.\n\n\
     Example: `up from 40% last year`, in a poll without an earlier wave.\n\n\
     Remedy: add the earlier wave to the poll file as `[[previous]]`, or leave the change out.",
);

pub(super) static SUPERLATIVE: Code = error(
    "L011",
    "\"the most\" or \"the least\" is not borne out",
    "The figure has to be the highest, or lowest, of its question's answers, of its items, or of the \
     groups of its banner. Where two share the place, both have to be named. In quotations it is a \
     warning.\n\n\
     Example: `the most common effect was strain at home (50%)`, where longer hours have 78%.\n\n\
     Remedy: name the answer that is the highest.",
);

pub(super) static PRECISION: Code = error(
    "L012",
    "words of random samples are used of a poll that is none",
    "\"Margin of error\", \"plus or minus\" and \"statistically significant\" are for samples drawn \
     by chance. Where people chose whether to answer, nobody can say how far the figures are from \
     those of everybody. \"Representative\" is a warning: weighting makes the respondents like the \
     population in a few respects only.\n\n\
     Example: `margin of error of 3 points`, where `sampling = \"nonprobability\"`.\n\n\
     Remedy: leave it out, and say how people were reached and what the figures are weighted by.",
);

pub(super) static POINTS: Code = error(
    "L013",
    "a difference between percentages is given in per cent",
    "From 40% to 50% is a rise of 10 points, and of 25 per cent.\n\n\
     Example: `5% more likely`, where the figures are 45% and 50%.\n\n\
     Remedy: write points: \"5 points more\".",
);

pub(super) static MADE_UP: Code = warning(
    "L014",
    "the data are made up",
    "The results say `synthetic`: nobody gave these answers, and no figure of them may be quoted as \
     a finding.\n\n\
     Remedy: use the text as an example only.",
);

pub(super) static NOT_FINAL: Code = warning(
    "L015",
    "the results are not final",
    "The poll file says that the report is a draft, or under embargo.\n\n\
     Remedy: check the text again against the final results; say when the embargo ends.",
);

pub(super) static NOT_PUBLIC: Code = error(
    "L016",
    "the results are not for publication",
    "The results were made for officers or for the analyst: less is hidden in them than the public \
     may see.\n\n\
     Remedy: give the `results.json` of the public release.",
);

pub(super) static NO_TEXT: Code = error(
    "L017",
    "the text cannot be read",
    "Plain text and Markdown in UTF-8 can be checked (`.txt`, `.md`). Word, PDF and web pages \
     cannot.\n\n\
     Remedy: save the text as plain text (in a word processor: Save as, Plain text, UTF-8).",
);

pub(super) static NO_RESULTS: Code = error(
    "L018",
    "the results cannot be read",
    "`--results` takes the `results.json` of a release, of format 1.\n\n\
     Remedy: give that file; if it is of another version of the program, run the poll again.",
);

pub(super) static NOTHING: Code = warning(
    "L019",
    "the text says nothing that can be checked",
    "No number and no word such as \"most\" was found that could be a result.\n\n\
     Remedy: see that it is the right file.",
);

pub(super) static UNCHECKED: Code = warning(
    "L020",
    "a claim in words was not checked",
    "\"Has risen\" and \"more likely than\" are tested where the sentence leads to one answer of one \
     question, by a number or by its words. This one does not.\n\n\
     Example: `Views of inspection have fallen since November`, where the question has six items.\n\n\
     Remedy: give the figures, in the words of the question and the answer.",
);

/// Every code of this room.
pub static CODES: &[&Code] = &[
    &NOT_IN_TABLES,
    &CANNOT_TELL,
    &HIDDEN,
    &UNRELIABLE,
    &DENOMINATOR,
    &WRONG_PLACE,
    &COUNT,
    &QUANTITY,
    &COMPARISON,
    &CHANGE,
    &SUPERLATIVE,
    &PRECISION,
    &POINTS,
    &MADE_UP,
    &NOT_FINAL,
    &NOT_PUBLIC,
    &NO_TEXT,
    &NO_RESULTS,
    &NOTHING,
    &UNCHECKED,
];
