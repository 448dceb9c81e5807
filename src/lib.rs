//! `pollsmith`: from the CSV export of a members' poll to a page that can go to the press.
//!
//! # The map
//!
//! Rooms follow the way of the data; each takes one value and gives the next. [`pipeline`]
//! is the hallway: read it first.
//!
//! | room | takes | gives |
//! |---|---|---|
//! | [`questionnaire`] | schema text | `Questionnaire`: what was asked, what the file looks like |
//! | [`poll`] | poll file text | `Poll`: what to do with one delivery |
//! | [`waves`] | questionnaires and published figures | what is the same in an earlier wave, and what changed |
//! | [`ingest`] | bytes | `Responses`: a frame of coded columns, and each row's place |
//! | [`draft`] | an export's headings and cells | a commented draft of both files |
//! | [`validate`] | `Responses` | `Checked`: every rule applied, bad rows set aside |
//! | [`prepare`] | `Checked` | `Sample`: weights and design |
//! | [`verbatims`] | redacted texts, approvals | `Quotes`: what a person approved, word for word |
//! | [`exchange`] | `Questionnaire`, or a foreign schema; `Sample` | Table Schema, codebook; schema text; records in codes |
//! | [`tally`] | `Sample` | `Sums`: one pass over codes, additive |
//! | [`estimate`] | `Sample`, `Sums` | `Estimates`: numbers with uncertainty |
//! | [`tabulate`] | `Estimates` | `Table`s: arranged and labelled |
//! | [`disclose`] | `Table`s | `Released`: rounded, small cells hidden |
//! | [`chart`] | `Released` | `Chart`s: pictures as vectors |
//! | [`report`] | `Released`, `Chart`s | `Report`: the document without a format |
//! | [`publish`] | `Report` | `Bundle`: bytes in every format, with hashes |
//! | [`claims`] | a draft text, a release's `results.json` | findings: what the text may not say |
//! | [`audit`] | a release's `results.json` | the range of each hidden cell: what an outsider can work out |
//! | [`cli`] | arguments | exit code: the only room that touches disk, terminal and clock |
//!
//! A file without a schema takes a short way: `ingest::plain`, `prepare::plain`,
//! `estimate::plain`, and no further.
//!
//! The ground floor, which every room may use: [`diagnostic`] (findings as data), [`stats`]
//! (mathematics), [`expression`] (filters and routing), [`document`] (TOML), [`frame`]
//! (polars columns as slices), [`prose`] (numbers and claims in English), [`words`] (the fixed
//! words of every output, a file for each language), [`parallel`] (independent work on
//! several threads), [`attack`] (what published figures give away).
//!
//! # Decisions
//!
//! *Why is there no shared model room?* A room owns the type that it gives, so that a
//! reader finds a type where it is made, and no room can reach past its neighbour.
//!
//! *Why is the gate a type?* `chart`, `report` and `publish` accept `Released` only, whose
//! fields are private: an unprotected table cannot be published, because it does not
//! compile.
//!
//! *Why sums first?* Shares, means, their standard errors, design effects and tests are
//! closed forms of a few sums per cell. Sums are additive, so chunks and threads change
//! nothing, and one pass over the answers serves every table.
//!
//! *Why does polars never read a file?* Its reader pads short rows without a word and does
//! not know the row of a bad cell. The csv crate reads, our coders code, polars holds.
//!
//! # Words
//!
//! *base*: respondents that a percentage is of. *banner*: a variable whose groups are the
//! columns of crosstabs. *net*: a total of several answers, counted from respondents.
//! *topline*: a question's answers overall. *pinned*: an answer that stays last. *stratum*,
//! *PSU* (primary sampling unit): how the sample was drawn. *effective base*: the size of
//! an unweighted sample of the same precision, W²/Σw². *design effect*: variance against
//! that of simple random sampling. *Category*, *Number*, *Flags*, *Text*: the four measures
//! to which every kind of question lowers.

pub mod attack;
pub mod audit;
pub mod chart;
pub mod claims;
pub mod cli;
pub mod diagnostic;
pub mod disclose;
pub mod document;
pub mod draft;
pub mod estimate;
pub mod exchange;
pub mod expression;
pub mod frame;
pub mod ingest;
pub mod parallel;
pub mod pipeline;
pub mod poll;
pub mod prepare;
pub mod prose;
pub mod publish;
pub mod questionnaire;
pub mod report;
pub mod stats;
pub mod tabulate;
pub mod tally;
pub mod validate;
pub mod verbatims;
pub mod waves;
pub mod words;
