//! What can go wrong at the edge of the program, and every code that there is.

use crate::diagnostic::{Code, Severity};

const fn error(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Error, title, explanation }
}

const fn warning(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Warning, title, explanation }
}

pub(super) static ARGUMENTS: Code = error(
    "X001",
    "the arguments do not go together",
    "`check` takes one poll file, which names the data, or data files and their schema.\n\n\
     Remedy: `pollsmith check poll.toml`, or `pollsmith check --schema SCHEMA DATA`.",
);

pub(super) static OUTPUT: Code = error(
    "X010",
    "the output cannot be written",
    "The folder does not exist and cannot be made, may not be written by this user, or the disk \
     is full. What was published before is untouched.\n\n\
     Remedy: correct the folder's permissions, or give another one with `--out` or `--private`.",
);

pub(super) static LOCKED: Code = error(
    "X075",
    "another run publishes this poll",
    "Two runs of one poll would overwrite each other, and neither would know what the other is \
     about to publish; so the second one stops before it reads anything.\n\n\
     Remedy: try again when the other run has ended.",
);

pub(super) static NO_EARLIER: Code = error(
    "X032",
    "there is no earlier release to go back to",
    "`rollback` goes back to the release that stood before the current one, as long as the private \
     folder keeps it. It keeps as many as `releases` in `[disclosure]` says (10), and starts to \
     when a release is replaced for the first time.\n\n\
     Remedy: give the private folder with which the poll was published (`--private DIR`), or \
     correct the poll and run it again.",
);

pub(super) static TAMPERED: Code = error(
    "X033",
    "an earlier release is not as it was published",
    "Before an earlier release becomes the current one each of its files is compared with its \
     SHA256SUMS, and that with the name of its folder. One of them has been changed, added or \
     taken away since.\n\n\
     Remedy: restore the folder from a copy; or take it out of the private folder, and `rollback` \
     goes back to the release before it.",
);

pub(super) static REPLACED: Code = warning(
    "X034",
    "the release that was replaced had been changed",
    "The files of the current release were not as they had been published: one was changed, added \
     or taken away by something else. A release in that state is not kept among the earlier ones, \
     as nobody could tell what it is; the new release is as it should be.\n\n\
     Remedy: change the poll, not its release; what is added to a release is gone with the next \
     one.",
);

pub(super) static STOPPED: Code = error(
    "X035",
    "the program was stopped",
    "Ctrl-C or SIGTERM ended the program. What it had begun is taken away, and each published page \
     is the last whole one. The exit code is 130 or 143.\n\n\
     Remedy: run it again.",
);

pub(super) static PRIVATE: Code = error(
    "X002",
    "the private folder is no private place",
    "The private folder holds row numbers and figures that are not for publication. It may not \
     be inside the folder of what is published, and without `--private` the home folder of the \
     user must be known.\n\n\
     Remedy: give another folder: `--private DIR`.",
);

pub(super) static NO_POLL: Code = error(
    "X004",
    "a poll file is expected",
    "`check` and `run` take a poll file, whose name ends in `.toml`; it names the data. Data alone \
     can be checked against a schema.\n\n\
     Remedy: `pollsmith check poll.toml`, or `pollsmith check --schema schema.toml answers.csv`.",
);

pub(super) static EXISTS: Code = error(
    "X005",
    "a file exists already",
    "`init` writes `schema.toml` and `poll.toml`, and never overwrites what somebody may have \
     worked on.\n\n\
     Remedy: give another folder with `--dir DIR`, or move the file away.",
);

pub(super) static KEYS: Code = error(
    "X006",
    "weights may not stand in a published folder",
    "`weigh --write` writes each respondent's key beside the weight, and a key is personal. The \
     file may not be below `reports`, nor in the folder of a release.\n\n\
     Remedy: give a file elsewhere: `--write DIR/weights.csv`.",
);

pub(super) static NO_KEY: Code = error(
    "X007",
    "weights cannot be written without a key",
    "`weigh --write` writes the key of each respondent beside the weight; without a key nobody could \
     tell whose weight is whose.\n\n\
     Remedy: add `key = { column = \"...\" }` to `[source]` in the schema.",
);

pub(super) static INTERVAL: Code = error(
    "X008",
    "an interval is asked for that the statistic does not have",
    "Means, totals and ratios have intervals of Student's t (`wald_t`), quantiles those of Woodruff, \
     shares any but Woodruff's.\n\n\
     Remedy: leave `--ci` out, or give one that the statistic has.",
);

pub(super) static EXPOSED: Code = Code {
    id: "D040",
    severity: Severity::Warning,
    title: "others may enter the private folder",
    explanation: "The private folder holds rows that were set aside, figures that are not for \
                  publication, and the key of members' numbers. It was made by something else, or \
                  its permissions were changed, so that other users of the machine may look \
                  into it.\n\n\
                  Remedy: `chmod 700 DIR` and `chmod 600 DIR/key`. If others may have read the \
                  key, take it away: the next run makes another one, and no figure changes.",
};

pub(super) static KEY_FILE: Code = error(
    "D041",
    "the key of members' numbers cannot be used",
    "Members' numbers are hashed as they are read, with a key of 32 random bytes. It stands in the \
     file `key` of the private folder, or in a file that the variable `POLLSMITH_KEY_FILE` names. \
     Nothing in the output depends on it.\n\n\
     Remedy: take the file away, and the next run makes a new one; a file that the variable names \
     must exist and hold 32 bytes: `head -c 32 /dev/urandom > FILE`.",
);

pub(super) static FAULT: Code = error(
    "D049",
    "an internal fault",
    "The program came to a point that its author thought impossible. It says the place in its \
     source, and nothing of the data. What was published before is untouched.\n\n\
     Remedy: report the place and, if possible, the schema; never the data.",
);

pub(super) static CHANGED: Code = error(
    "X040",
    "a file changed while it was read",
    "Half of what was read would be old and half new, so nothing is published. In a batch the poll \
     waits for the next one, and that is no failure.\n\n\
     Example: an export is still being copied into the folder.\n\n\
     Remedy: run it again when the file is complete; better, copy it under another name and rename \
     it.",
);

pub(super) static SAME_ID: Code = error(
    "X041",
    "two poll files have the same id",
    "The id names the folder of the release, and the second one would replace the first. `batch` \
     runs neither, and goes on with the others.\n\n\
     Remedy: give one of them another `id`, or keep copies out of the folders of the batch.",
);

pub(super) static FOLDER: Code = error(
    "X042",
    "a folder cannot be looked through",
    "`batch` looks for files of the name `poll.toml` in folders and everything below them, but for \
     those whose names begin with a full stop. It has come to one that is not there, or that this \
     user may not enter. The polls that were found elsewhere are run.\n\n\
     Remedy: correct the path, or the folder's permissions.",
);

pub(super) static LINK: Code = warning(
    "X043",
    "a link leads round in a circle, or nowhere",
    "`batch` follows links to folders. This one leads to a folder above itself, which would go on \
     without end, or to nothing. It is left out.\n\n\
     Remedy: take the link away.",
);

pub(super) static RECORD: Code = warning(
    "X044",
    "the record of the run cannot be written",
    "Each run leaves a file in the folder `runs` of the poll's private folder: when it was, how it \
     ended and what it read. The release itself is not concerned.\n\n\
     Remedy: correct the permissions of the private folder, or make room on the disk.",
);

pub(super) static COMMAND: Code = warning(
    "X045",
    "the command of `--on-failure` failed",
    "The command could not be started, or ended with an exit code other than 0. The exit code of the \
     batch stays what it is.\n\n\
     Remedy: try the command in a shell with the variables POLLSMITH_POLL, POLLSMITH_FILE, \
     POLLSMITH_EXIT_CODE and POLLSMITH_RECORD set.",
);

/// The codes of this room.
static CODES: &[&Code] = &[
    &ARGUMENTS,
    &OUTPUT,
    &LOCKED,
    &PRIVATE,
    &NO_POLL,
    &EXISTS,
    &KEYS,
    &NO_KEY,
    &INTERVAL,
    &EXPOSED,
    &KEY_FILE,
    &FAULT,
    &CHANGED,
    &SAME_ID,
    &FOLDER,
    &LINK,
    &RECORD,
    &COMMAND,
    &NO_EARLIER,
    &TAMPERED,
    &REPLACED,
    &STOPPED,
];

/// Every code of the program, in order.
pub(super) fn all() -> Vec<&'static Code> {
    let rooms = [
        crate::document::CODES,
        crate::questionnaire::CODES,
        crate::poll::CODES,
        crate::waves::CODES,
        crate::ingest::CODES,
        crate::ingest::BYTES_CODES,
        crate::exchange::CODES,
        crate::validate::CODES,
        crate::prepare::CODES,
        crate::verbatims::CODES,
        crate::estimate::CODES,
        crate::disclose::CODES,
        crate::chart::CODES,
        crate::report::CODES,
        crate::claims::CODES,
        crate::audit::CODES,
        crate::pipeline::CODES,
        CODES,
    ];
    let mut codes: Vec<&Code> = rooms.into_iter().flatten().copied().collect();
    codes.sort_by_key(|code| code.id);
    codes
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn every_code_is_there_once_and_says_what_to_do() {
        let codes = all();
        for pair in codes.windows(2) {
            assert!(pair[0].id < pair[1].id, "{} occurs twice", pair[1].id);
        }
        for code in codes {
            assert!(code.explanation.contains("Remedy:"), "{} has no remedy", code.id);
        }
    }
}
