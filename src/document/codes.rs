//! What can be wrong with the form of a TOML file. `Q001` to `Q009` belong to this room;
//! the rooms that give the words a meaning go on from there.

use crate::diagnostic::{Code, Severity};

/// Every code of this room.
pub static CODES: &[&Code] = &[&SYNTAX, &UNKNOWN_KEY, &WRONG_TYPE, &UNKNOWN_WORD];

/// The text is not TOML.
pub static SYNTAX: Code = Code {
    id: "Q001",
    severity: Severity::Error,
    title: "the file is not valid TOML",
    explanation: "\
The poll file and the questionnaire are written in [TOML](https://toml.io). At the place
named, the text breaks its rules, so nothing after it can be trusted and nothing is run.

```toml
title = Workload and cover     # text needs quotation marks
id = \"workload\"
id = \"cover\"                   # a key may be set only once in its table
```

Remedy: put text in straight quotation marks, close every bracket that you open, write
`key = value` on one line, and set each key once. Later messages about the same file may
be consequences of the first one.",
};

/// A key that the table does not have.
pub static UNKNOWN_KEY: Code = Code {
    id: "Q002",
    severity: Severity::Error,
    title: "a key is not known",
    explanation: "\
A key stands in a table that has no such key. It is never passed over: a slip in
`sensitive` would otherwise publish what was to be protected.

```toml
[question.workload]
kind = \"single\"
titel = \"Workload\"             # `title` is meant
```

Remedy: correct the spelling, or move the key to the table it belongs to. In TOML a key belongs to
the nearest `[heading]` above it, so a key of the whole file must stand before the first
heading.",
};

/// A value of the wrong type.
pub static WRONG_TYPE: Code = Code {
    id: "Q003",
    severity: Severity::Error,
    title: "a value has the wrong type",
    explanation: "\
TOML tells text, numbers, dates, `true` and `false`, lists and tables apart, and each key
takes one of them.

```toml
categories = [1, 2]            # answers are text: [\"1\", \"2\"]
required = \"yes\"               # true or false, without quotation marks
strata = \"phase\"               # a list: [\"phase\"]
```

Remedy: write the value in the form that the message names.",
};

/// A word that is not in the list of words.
pub static UNKNOWN_WORD: Code = Code {
    id: "Q004",
    severity: Severity::Error,
    title: "a word is not one of those allowed",
    explanation: "\
Some keys take one word of a short list.

```toml
[question.workload]
kind = \"radio\"                 # single, multi, grid, rank, number, date or text
```

Remedy: use one of the words that the message lists. They are written in lower case.",
};
