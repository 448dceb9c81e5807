//! What can be wrong with a report's own sentences.

use crate::diagnostic::{Code, Severity};

pub(super) static UNBOUND_FIGURE: Code = Code {
    id: "R001",
    severity: Severity::Error,
    title: "a headline or title names a figure that cannot be printed",
    explanation: "A figure in a headline or in the title of a chart is written `{question.answer|percent}`; for a \
        group `{question.answer@banner=group|percent}`; for an item of a grid \
        `{question.item.answer|percent}`. After the bar stands how it is printed: \
        `percent`, `in ten`, `fraction`, `points`, `mean`, `number`, or `silent`, which prints \
        nothing and only bears a word. A figure that is hidden, marked as \
        having low reliability, or of a table that is left out (D001) may not stand there.\n\n\
        Example: `{adequate.yse|percent}` where the answer's id is `yes`.\n\n\
        Remedy: take the id that the message names, or another figure.",
};

pub(super) static LOOSE_NUMBER: Code = Code {
    id: "R002",
    severity: Severity::Error,
    title: "a number in a headline or title is not bound to a figure",
    explanation: "Every number in a headline or title must come from the results, so that a \
        sentence cannot say what the figures do not. Write the figure's name in place of \
        the number.\n\n\
        Example: `3% said yes` where `{adequate.yes|percent} said yes` is meant.\n\n\
        Remedy: bind the number, or leave it out.",
};

const fn refused(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Error, title, explanation }
}

pub(super) static NO_FIGURE: Code = refused(
    "R003",
    "a word of a headline or title needs a figure, and none is bound",
    "\"Most\", \"nearly all\", \"more than\" and the like say something of the results, so a \
     figure has to bear them. It need not be printed: `{question.answer|silent}` prints \
     nothing.\n\n\
     Example: `Most members who replied said no`.\n\n\
     Remedy: `Most members who replied said no{adequate.no|silent}`, or print the figure.",
);

pub(super) static MAJORITY: Code = refused(
    "R004",
    "\"most\" or \"majority\" is not borne out",
    "\"Most\" and \"majority\" need a figure whose 95% interval lies above 50%, \"minority\" one \
     that lies below. The interval is used whether or not it may be printed.\n\n\
     Example: `Most members ({q.yes|percent})`, where 51% said yes and the interval goes from \
     47% to 55%.\n\n\
     Remedy: give the figure without the word.",
);

pub(super) static QUANTITY: Code = refused(
    "R005",
    "\"nearly all\", \"few\" or the like is not borne out",
    "By the released figure: \"nearly all\" is 95% or more, \"few\" and \"hardly any\" 5% or less, \
     \"all\" 100% and \"nobody\" 0%.\n\n\
     Example: `Nearly all members ({q.yes|percent})`, where 90% said yes.\n\n\
     Remedy: give the figure without the word.",
);

pub(super) static TWO_FIGURES: Code = refused(
    "R006",
    "a comparison needs two figures of one row",
    "\"More than\", \"fewer\", \"higher\", \"lower\" compare the same answer in two groups. The \
     group that is spoken of is bound first. One figure of a group is enough where it is compared \
     with \"others\" or \"the rest\".\n\n\
     Example: `More primary than secondary members said yes`, with no figure bound.\n\n\
     Remedy: bind both: `{q.yes@phase=primary|percent}` and `{q.yes@phase=secondary|percent}`.",
);

pub(super) static COMPARISON: Code = refused(
    "R007",
    "a comparison is not borne out by a test",
    "The verdict on a group says whether it differs from the rest, after adjustment for the number \
     of comparisons. Two groups may be said to differ where one is higher than the rest and the \
     other lower, or where there are only two.\n\n\
     Example: `higher than others`, where no difference was found.\n\n\
     Remedy: give both figures side by side, without the comparison.",
);

pub(super) static CHANGE: Code = refused(
    "R008",
    "a change cannot be said in a headline or title",
    "\"Rose\", \"fell\", \"up\" and \"down\" need the tested change since an earlier wave, and a \
     headline or title cannot bind one.\n\n\
     Example: `{q.yes|percent} said yes, up from last year`.\n\n\
     Remedy: leave the word out; where the poll file names an earlier wave under `[[previous]]`, the \
     question's table by wave gives the change and says whether it was found.",
);

pub(super) static TWICE: Code = refused(
    "R009",
    "\"doubled\" or \"halved\" is not borne out",
    "The one figure has to be 1.9 to 2.1 times the other.\n\n\
     Example: `twice as many`, where the figures are 40% and 25%.\n\n\
     Remedy: give both figures, without the word.",
);

pub(super) static SUPERLATIVE: Code = refused(
    "R010",
    "\"the most\" or \"the least\" is not borne out",
    "The figure has to be the highest, or lowest, of the answers of its question, of its items, or \
     of the groups of its banner.\n\n\
     Example: `The most common effect was {effects.home|percent}`, where another has more.\n\n\
     Remedy: bind the figure that it is true of; a word that is meant otherwise (\"the largest \
     union\") has to be put otherwise.",
);

pub(super) static NO_SHARE: Code = refused(
    "R011",
    "a share cannot be said in such words",
    "`in ten` gives \"seven in ten\" up to 2 points off, \"nearly seven in ten\" 3 or 4 points below \
     and \"more than seven in ten\" 3 to 5 above, for figures from 8% to 97%. `fraction` gives a \
     fifth, a quarter, a third, half, two thirds or three quarters within 1 point, \"almost\" and \
     \"more than\" within 4.\n\n\
     Example: `{adequate.yes|in ten}`, where 3% said yes.\n\n\
     Remedy: write `percent`.",
);

pub(super) static NO_TABLE: Code = refused(
    "R012",
    "a chart is of a table that there is not",
    "A `[[chart]]` names its table as `results.csv` does: the question's id for the whole poll, the id \
     and the banner for groups (`adequate-phase`), `adequate-waves` for a question over waves, or the \
     name of a `[[table]]`. `kind = \"stacked\"` is for grids.\n\n\
     Example: `table = \"adequate_phase\"`. Remedy: `table = \"adequate-phase\"`.",
);

pub(super) static ELSEWHERE: Code = refused(
    "R013",
    "the title of a chart names a figure of another table",
    "Readers look for the figures of a title below it, so the title of a chart names only figures of \
     its table or its question. Where the table counts only some (`where`), or has percentages of \
     rows, only its own figures may be named.\n\n\
     Example: `{workload.unmanageable|percent}` in the title of `adequate`.\n\n\
     Remedy: name a figure of the table; a `[[headline]]` may name every figure.",
);

pub(super) static TITLE_TOO_LONG: Code = refused(
    "R014",
    "the title of a chart is too long",
    "Above a chart there is room for two lines, 120 characters with the figures filled in; what is \
     longer would end in dots.\n\n\
     Remedy: say it in fewer words; what is left out may be said in a `[[headline]]`.",
);

pub(super) static BENT: Code = refused(
    "R015",
    "a word makes another number of a bound figure",
    "A bound figure is the number that was released. \"More than\", \"nearly\", \"over\", \"at least\", \
     \"twice\" or a minus directly before it would say another one, which nothing bears.\n\n\
     Example: `More than {q.yes|percent} said yes`.\n\n\
     Remedy: leave the word out; `|in ten` and `|fraction` say \"nearly\" and \"more than\" themselves \
     where they are true. For two groups give both figures, or say that one is higher.",
);

pub(super) static NOT_DRAWN: Code = Code {
    id: "R016",
    severity: Severity::Warning,
    title: "a chart is not drawn, since its table is left out",
    explanation: "A `[[chart]]` names a table by groups of which nothing may be shown: too few are in \
        each group, or what is hidden could be worked out (D001). The release has neither the table \
        nor its chart, and everything else.\n\n\
        Remedy: none needed. To have the chart, merge small groups (`merge_into` in the schema), \
        or take a banner out; to be rid of the warning, take the `[[chart]]` out or write \
        `draw = false`.",
};

pub(super) static TABLE_TOO_LARGE: Code = Code {
    id: "R020",
    severity: Severity::Error,
    title: "a table does not fit on a worksheet",
    explanation: "A worksheet has at most 16,384 columns and 1,048,576 rows. A table that \
        needs more would be cut, so nothing is published.\n\n\
        Example: a banner with one group for each of 20,000 schools.\n\n\
        Remedy: take the question out of the banner, or join its groups.",
};

/// Every code of this room.
pub static CODES: &[&Code] = &[
    &UNBOUND_FIGURE,
    &LOOSE_NUMBER,
    &NO_FIGURE,
    &MAJORITY,
    &QUANTITY,
    &TWO_FIGURES,
    &COMPARISON,
    &CHANGE,
    &TWICE,
    &SUPERLATIVE,
    &NO_SHARE,
    &NO_TABLE,
    &ELSEWHERE,
    &TITLE_TOO_LONG,
    &BENT,
    &NOT_DRAWN,
    &TABLE_TOO_LARGE,
];
