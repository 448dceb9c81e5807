//! Input that is wrong: one clear message, the right exit code, and what was published
//! before stays as it was.

use insta::assert_snapshot;

use super::trial::{REPLIES, Trial};

/// Publishes the small poll, spoils a file, publishes again; gives the messages. The
/// second run must end with the code and change nothing.
fn refused(code: i32, spoil: impl FnOnce(&Trial)) -> String {
    let trial = Trial::new();
    assert_eq!(trial.publish().code, Some(0));
    let before = trial.files("out");
    spoil(&trial);
    let end = trial.publish();
    assert_eq!((end.code, end.stdout.as_str()), (Some(code), ""), "{}", end.stderr);
    assert!(trial.files("out") == before, "what was published has changed");
    end.stderr
}

/// As [`refused`], for a change of one text within a file.
fn changed(name: &str, from: &str, to: &str) -> String {
    refused(3, |trial| trial.change(name, from, to))
}

/// As [`refused`], for a whole new data file.
fn data(bytes: impl AsRef<[u8]>) -> String {
    refused(3, |trial| trial.write("replies.csv", bytes))
}

/// Spoils a file of the small poll and publishes; gives the warnings of a run that must
/// go on without the bad rows.
fn set_aside(spoil: impl FnOnce(&Trial)) -> String {
    let trial = Trial::new();
    spoil(&trial);
    let end = trial.publish();
    assert_eq!((end.code, end.stdout.as_str()), (Some(0), "out/canteen/report.html\n"));
    end.stderr
}

#[test]
fn a_file_that_is_not_there_is_named() {
    assert_snapshot!(refused(3, |t| t.remove("poll.toml")), @r"
    error[Q005]: the file cannot be read
      --> poll.toml
     because: No such file or directory (os error 2)
        help: correct the path; paths in a poll file are relative to the poll file
    ");
    assert_snapshot!(refused(3, |t| t.remove("schema.toml")), @r"
    error[Q005]: the file cannot be read
      --> schema.toml
     because: No such file or directory (os error 2)
        help: correct the path; paths in a poll file are relative to the poll file
    ");
    assert_snapshot!(refused(3, |t| t.remove("replies.csv")), @r"
    error[I001]: the file cannot be read
      --> replies.csv
     because: No such file or directory (os error 2)
        help: correct the path; paths in a poll file are relative to the poll file
    ");
}

#[test]
fn data_of_another_kind_are_recognised() {
    assert_snapshot!(data(b"PK\x03\x04\x14\x00\x06\x00\x08\x00"), @r"
    error[I013]: the file is damaged
      --> replies.csv
     because: the list of its parts cannot be read: invalid Zip archive: Could not find EOCD
        help: fetch the file again, or save it anew with the program that wrote it
    ");
    assert_snapshot!(data(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00"), @r"
    error[I002]: the file is an old Office file, not a CSV
      --> replies.csv
     because: its first bytes say so, whatever its name is
        help: open it in a spreadsheet program, and save it as xlsx or `CSV UTF-8 (comma delimited)`
    ");
    assert_snapshot!(data("<!DOCTYPE html><html><body>Please sign in</body></html>\n"), @r"
    error[I002]: the file is a web page, not a CSV
      --> replies.csv
     because: its first bytes say so, whatever its name is
        help: open it in a browser: perhaps a login page or an error page was saved instead of the answers; then export them again as CSV or xlsx
    ");
    assert_snapshot!(data(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"), @r"
    error[I002]: the file is a PDF, not a CSV
      --> replies.csv
     because: its first bytes say so, whatever its name is
        help: export the answers from the survey platform as CSV or xlsx
    ");
    let wide: Vec<u8> =
        "\u{FEFF}id,email\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_snapshot!(data(wide), @r"
    note[I032]: the file is text, in UTF-16LE
      --> replies.csv
    error[I014]: the file has no column `site`
      --> replies.csv:1   row 1
     because: it is needed for `question.site` in the schema
        help: add the column to the file, or take it out of the schema
    error[I014]: the file has no column `enough`
      --> replies.csv:1   row 1
     because: it is needed for `question.enough` in the schema
        help: add the column to the file, or take it out of the schema
    error[I014]: the file has no column `minutes`
      --> replies.csv:1   row 1
     because: it is needed for `question.minutes` in the schema
        help: add the column to the file, or take it out of the schema
    error[I014]: the file has no column `words`
      --> replies.csv:1   row 1
     because: it is needed for `question.words` in the schema
        help: add the column to the file, or take it out of the schema
    error[I014]: the file has no column `weight`
      --> replies.csv:1   row 1
     because: it is needed for `design` in poll.toml
        help: add the column to the file, or take it out of the schema
    ");
    assert_snapshot!(data(b"id,email,weight,site,enough,minutes,words\n1,,1,North,Agree,,Ren\xE9\n"), @r#"
    error[I003]: the byte 0xE9 is not UTF-8 text
      --> replies.csv:2   row 2, column 7 `words`
     because: the file is in another encoding, and its letters would read windows-1252: `né`; macintosh: `nÈ`; iso-8859-15: `né`
        help: say which is right with `encoding = "windows-1252"`, `"macintosh"` or `"iso-8859-15"` in `[source]`, or export again as UTF-8
    "#);
}

#[test]
fn data_without_answers_are_refused() {
    assert_snapshot!(data(""), @r"
    error[I004]: the file is empty
      --> replies.csv
        help: check that the export was complete
    ");
    assert_snapshot!(data("id,email,weight,site,enough,minutes,words\n"), @r"
    error[I004]: the file has headers but no answers
      --> replies.csv
        help: check that the export was complete
    ");
}

#[test]
fn a_column_that_is_missing_is_named() {
    assert_snapshot!(changed("replies.csv", ",minutes,", ",duration,"), @r#"
    error[I014]: the file has no column `minutes`
      --> replies.csv:1   row 1
     because: it is needed for `question.minutes` in the schema
        help: add the column to the file, or take it out of the schema
    error[I015]: nothing names the column `duration`
      --> replies.csv:1   row 1, column 6 `duration`
     because: the schema does not know `duration`
        help: add a question for it, list it under `source.personal`, or say `unknown_columns = "drop"`
    "#);
}

#[test]
fn a_slip_in_the_schema_is_pointed_at() {
    assert_snapshot!(changed("schema.toml", "title = \"Site\"", "titel = \"Site\""), @r"
    error[Q002]: `titel` is not a key of `question.site`
      --> schema.toml:19:1   `question.site.titel`
        help: did you mean `title`?
    ");
    assert_snapshot!(changed("schema.toml", "scale = \"agree\"", "scale = \"agre\""), @r"
    error[Q013]: there is no scale `agre`
      --> schema.toml:26:9   `scale`
        help: did you mean `agree`?
    ");
    assert_snapshot!(changed("schema.toml", "\"enough = ", "\"enuff = "), @r"
    error[Q017]: there is no question `enuff`
      --> schema.toml:31:12   `asked_if`
       | enuff = 'Disagree'
       | ^^^^^^^^^^^^^^^^^^
        help: name a question by its key
    ");
    assert_snapshot!(changed("schema.toml", "'Disagree'", "'Disagre'"), @r"
    error[V192]: `Disagre` is not an answer to `enough`
      --> schema.toml:28:11   `question.minutes`
       | enough = 'Disagre'
       | ^^^^^^^^^^^^^^^^^^
     because: `asked_if` of `minutes`
        help: did you mean `Disagree`?
    ");
    assert_snapshot!(changed("schema.toml", "[source]", "[source"), @r"
    error[Q001]: a heading is not closed
      --> schema.toml:4:8
        help: write the heading as `[heading]`
    ");
}

#[test]
fn questions_that_wait_for_each_other_are_named() {
    let circle = "scale = \"agree\"\nasked_if = \"minutes > 60\"";
    assert_snapshot!(changed("schema.toml", "scale = \"agree\"", circle), @r"
    error[Q018]: `enough` depends on itself
      --> schema.toml:27:12   `question.enough.asked_if`
     because: the conditions go enough to minutes to enough
        help: take one of these conditions out
    error[Q018]: `minutes` depends on itself
      --> schema.toml:32:12   `question.minutes.asked_if`
     because: the conditions go minutes to enough to minutes
        help: take one of these conditions out
    ");
}

#[test]
fn a_slip_in_the_poll_file_is_pointed_at() {
    assert_snapshot!(changed("poll.toml", "wave =", "waev ="), @r"
    error[Q002]: `waev` is not a key of this file
      --> poll.toml:6:1   `waev`
        help: did you mean `wave`?
    ");
    assert_snapshot!(changed("poll.toml", "banner = [\"site\"]", "banner = [\"sites\"]"), @r"
    error[E010]: `sites` cannot be a banner
      --> poll.toml:21:11   `tables.banner`
     because: a banner is a question with a list of answers and without items
        help: did you mean `site`?
    ");
}

/// A table of one's own below `[tables]`.
fn table(lines: &str) -> String {
    let to = format!("[[table]]\n{lines}\n\n[disclosure]");
    changed("poll.toml", "[disclosure]", &to)
}

#[test]
fn a_banner_of_one_group_is_no_banner() {
    let said = refused(3, |t| {
        t.change(
            "schema.toml",
            "categories = [\"North\", \"South\"]",
            "categories = [\"North\"]",
        );
        let replies = std::fs::read_to_string(t.path("replies.csv")).unwrap();
        t.write("replies.csv", replies.replace("South", "North"));
    });
    assert_snapshot!(said, @r"
    error[E010]: `site` cannot be a banner
      --> poll.toml:21:11   `tables.banner`
     because: it has one group, which would only repeat the total
        help: take it out
    ");
}

#[test]
fn a_filter_that_leaves_nobody_is_pointed_at() {
    assert_snapshot!(table("name = \"a\"\nrows = \"enough\"\nwhere = \"minutes > 100\""), @r"
    error[E013]: nobody fulfils the condition
      --> poll.toml:26:9   `table.where`
       | minutes > 100
       | ^^^^^^^^^^^^^
        help: correct the condition, or take the table out
    ");
    assert_snapshot!(table("name = \"a\"\nrows = \"enough\"\nwhere = \"\""), @r"
    error[Q062]: a condition is missing
      --> poll.toml:26:10   `table.where`
       | (empty)
       | ^^^^^^^
        help: write one such as `phase = 'Primary'`
    ");
    assert_snapshot!(table("name = \"a\"\nrows = \"enough\"\nwhere = \"site = 'Nort'\""), @r"
    error[E014]: `Nort` is not an answer to `site`
      --> poll.toml:26:17   `table.where`
       | site = 'Nort'
       | ^^^^^^^^^^^^^
        help: did you mean `North`?
    ");
}

#[test]
fn a_net_or_score_that_does_not_fit_the_answers_is_pointed_at() {
    let net = "nets = { \"Either\" = [\"Agree\", \"North\"] }\nnonsubstantive";
    assert_snapshot!(changed("schema.toml", "nonsubstantive", net), @r"
    error[Q015]: `North` is not an answer here
      --> schema.toml:15:31   `nets`
        help: name an answer as it is spelled in `categories`
    ");
    let scores = "scores = { \"Agree\" = 1 }\nnonsubstantive";
    assert_snapshot!(changed("schema.toml", "nonsubstantive", scores), @r"
    error[Q022]: `Disagree` has no score
      --> schema.toml:24:11   `question.enough`
     because: the mean needs a number for each answer of substance
        help: add it to `scores`, or list the answer under `nonsubstantive`
    ");
}

#[test]
fn a_table_with_the_name_of_another_is_refused() {
    assert_snapshot!(table("name = \"enough-site\"\nrows = \"enough\""), @r"
    error[E017]: two tables are called `enough-site`
      --> poll.toml:24:8   `table.name`
     because: a name stands for one table in links, file names and data files
        help: a question by a banner has both their names: take another
    ");
}

#[test]
fn a_table_that_cannot_be_counted_so_is_refused() {
    let counts = "name = \"a\"\nrows = \"enough\"\nby = \"site\"\npercent = \"count\"";
    assert_snapshot!(table(counts), @r"
    error[E015]: the table `a` cannot be made
      --> poll.toml:24:8   `table`
     because: counts are not for the public
        help: run with `--profile officers` or `analyst`
    ");
    let rows = "name = \"a\"\nrows = \"minutes\"\nby = \"site\"\npercent = \"row\"";
    assert_snapshot!(table(rows), @r"
    error[E015]: the table `a` cannot be made
      --> poll.toml:27:11   `table.percent`
     because: a number has a mean and a median, and no percentages
        help: take `percent` out
    ");
}

/// The run goes on: all who are in the table are in one group.
#[test]
fn a_banner_with_everybody_in_one_group_is_said() {
    let said = set_aside(|t| {
        let own = "[[table]]\nname = \"a\"\nrows = \"enough\"\nby = \"site\"\n\
                   where = \"site = 'North'\"\n\n[disclosure]";
        t.change("poll.toml", "[disclosure]", own);
    });
    assert_snapshot!(said, @r"
    warning[E016]: all who answered `site` are in one group
      --> poll.toml:26:6   `table.by`
     because: the condition of the table leaves no other groups
        help: take the banner out, or look at the data
    published: 200 rows counted, 0 set aside, 0 repairs
    ");
}

#[test]
fn a_weight_that_is_no_weight_stops_the_run() {
    let weight = |text: &str| changed("replies.csv", ",1.5,", &format!(",{text},"));
    assert_snapshot!(weight("0"), @r"
    error[V161]: `weight` holds a weight that is not above zero
      --> replies.csv:3:23   row 3, column 3 `weight`
       | 0
       | ^
     because: a weight says how many members somebody stands for
        help: correct the weights, or take these respondents out of the file and say so in `[method] removed`
    ");
    assert_snapshot!(weight("-1.5"), @r"
    error[V161]: `weight` holds a weight that is not above zero
      --> replies.csv:3:23   row 3, column 3 `weight`
       | -1.5
       | ^^^^
     because: a weight says how many members somebody stands for
        help: correct the weights, or take these respondents out of the file and say so in `[method] removed`
    ");
    assert_snapshot!(weight(""), @r"
    error[V160]: `weight` has empty cells, and the design needs it
      --> replies.csv:3:23   row 3, column 3 `weight`
     because: the design of the poll file names this column
        help: complete the column, or take these respondents out of the file and say so in `[method] removed`
    ");
    assert_snapshot!(weight("heavy"), @r"
    error[V160]: `weight` holds a text where a number should be
      --> replies.csv:3:23   row 3, column 3 `weight`
       | heavy
       | ^^^^^
     because: the design of the poll file names this column
        help: complete the column, or take these respondents out of the file and say so in `[method] removed`
    ");
}

#[test]
fn rows_of_another_width_are_set_aside() {
    let short = |t: &Trial| t.change("replies.csv", "South,Disagree,40,", "South,Disagree,40");
    assert_snapshot!(set_aside(short), @r"
    note[V150]: a row has 6 cells, the header has 7
      --> replies.csv:10   row 10
     because: 6 cells are too few: the header has 7
        help: export again with text in quotes; a cell may hold a delimiter or a line break
    published: 199 rows counted, under 5 set aside, 0 repairs
    ");
    let long = |t: &Trial| t.change("replies.csv", "South,Disagree,40,", "South,Disagree,40,,");
    assert_snapshot!(set_aside(long), @r"
    note[V150]: a row has 8 cells, the header has 7
      --> replies.csv:10   row 10
     because: 8 cells are too many: the header has 7
        help: export again with text in quotes; a cell may hold a delimiter or a line break
    published: 199 rows counted, under 5 set aside, 0 repairs
    ");
}

#[test]
fn keys_that_occur_twice_are_set_aside() {
    assert_snapshot!(set_aside(|t| t.change("replies.csv", "\n7,", "\n6,")), @r#"
    note[V112]: the key `id` occurs more than once
      --> replies.csv:7   row 7
     because: `duplicates = "reject"`, so every row of such a key is set aside
        also: 1 more (row 8)
        help: find out which answer counts, or say `duplicates = "first"` or `"last"`
    published: 198 rows counted, under 5 set aside, 0 repairs
    "#);
}

#[test]
fn too_many_bad_rows_stop_the_run() {
    let rows = (1..=REPLIES).map(|_| "1,,1,North,Agree,,\n").collect::<String>();
    assert_snapshot!(data(format!("id,email,weight,site,enough,minutes,words\n{rows}")), @r#"
    error[V112]: the key `id` occurs more than once
      --> replies.csv:2   row 2
     because: `duplicates = "reject"`, so every row of such a key is set aside
        also: 199 more (rows 3, 4, 5, and so on)
        help: find out which answer counts, or say `duplicates = "first"` or `"last"`
    error[V190]: 200 of 200 rows are set aside
      --> replies.csv
     because: the schema allows 5 %, in `source.limits.fail_rows`
        help: mend what the messages above name, or raise the limit with good reason
    "#);
}

/// The third reply's words go over four lines and a blank line follows the fourth reply, so
/// rows, lines and characters are all different numbers.
#[test]
fn an_answer_that_is_not_listed_is_found_in_row_line_and_character() {
    let spoil = |t: &Trial| {
        t.change(
            "replies.csv",
            "Don't know,,\n",
            "Don't know,,\"Too \"\"short\"\"\n\nby\nfar\"\n",
        );
        t.change("replies.csv", "\n5,", "\n\n5,");
        t.change("replies.csv", "member8@example.org,1.5,North", "\"é, 8\",1.5,Nort");
    };
    assert_snapshot!(set_aside(spoil), @r"
    note[V102]: `site` holds a text that is none of its answers
      --> replies.csv:13:14   row 10, column 4 `site`
       | Nort
       | ^^^^
     because: its answers are `North`, `South`; declared at schema.toml:17
        help: the nearest answer is `North`: if it is meant, add the text to its `aliases`; otherwise add it to `categories`
    published: 199 rows counted, under 5 set aside, 0 repairs
    ");
}

#[test]
fn what_is_personal_is_never_shown() {
    let spoil = |t: &Trial| {
        t.change("schema.toml", "personal = [\"email\"]", "personal = [\"email\", \"words\"]");
        t.change("schema.toml", "kind = \"text\"", "kind = \"number\"");
        t.change(
            "replies.csv",
            "member3@example.org,0.5,South,Don't know,,",
            "member3@example.org,0.5,South,Don't know,,my secret",
        );
    };
    let said = set_aside(spoil);
    assert!(said.contains("V103"), "{said}");
    assert!(!said.contains("secret"), "{said}");
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let trial = Trial::new();
    trial.write("file", "");
    let end = trial.end(&["run", "poll.toml", "--out", "file/out", "--private", "private"]);
    assert_eq!((end.code, end.stdout.as_str()), (Some(6), ""));
    assert_snapshot!(end.stderr, @r"
    error[X010]: the output cannot be written
      --> file/out
     because: Not a directory (os error 20)
        help: correct the folder's permissions, or give others with `--out` and `--private`
    ");
    let end = trial.end(&["run", "poll.toml", "--out", "out", "--private", "file/private"]);
    assert_eq!((end.code, end.stdout.as_str()), (Some(6), ""));
    assert_snapshot!(end.stderr, @r"
    error[X010]: the output cannot be written
      --> file/private
     because: Not a directory (os error 20)
        help: correct the folder's permissions, or give others with `--out` and `--private`
    ");
    assert_eq!(trial.files("out").len(), 0);
}

#[test]
fn what_is_private_may_not_lie_within_what_is_published() {
    let trial = Trial::new();
    let end = trial.end(&["run", "poll.toml", "--out", "out", "--private", "./out/private"]);
    assert_eq!((end.code, end.stdout.as_str()), (Some(2), ""));
    assert_snapshot!(end.stderr, @r"
    error[X002]: the private folder lies inside the folder of what is published
        help: give another one: `--private DIR`
    ");
    assert_eq!(trial.files("out").len(), 0);
}

#[test]
fn a_slip_on_the_command_line_ends_with_two() {
    let trial = Trial::new();
    let wrong: [&[&str]; 5] = [
        &[],
        &["publish", "poll.toml"],
        &["run"],
        &["run", "poll.toml", "--profile", "press"],
        &["check", "poll.toml", "replies.csv"],
    ];
    for arguments in wrong {
        let end = trial.end(arguments);
        assert_eq!(end.code, Some(2), "{arguments:?}");
    }
}
