//! What is said of derived variables that the poll file describes wrongly.

use super::{Action, Derive, Name};
use crate::diagnostic::{Findings, full};
use crate::poll::load;

/// A poll file with some `[[derive]]`: what it makes, and what is said.
fn read(derive: &str) -> (Vec<Derive>, String) {
    let mut findings = Findings::default();
    let text = format!(
        "format = 1\nid = \"p\"\ntitle = \"P\"\nschema = \"s\"\ndata = [\"d\"]\n[method]\n\
         sampling = \"nonprobability\"\n[[derive]]\n{derive}\n"
    );
    let poll = load("poll.toml", &text, &mut findings);
    let said = findings.list().iter().map(full).collect::<Vec<_>>().join("\n");
    (poll.map(|poll| poll.derived).unwrap_or_default(), said)
}

fn said(derive: &str) -> String {
    read(derive).1
}

#[test]
fn each_kind_is_read() {
    let all = "name = \"a\"\nfrom = \"role\"\nrecode = { \"L\" = [\"H\", \"D\"] }\nrest = \"T\"
        [[derive]]\nname = \"b\"\nfrom = \"years\"\nbands = [[0, 5, \"Few\"], [5, inf, \"Many\"]]
        [[derive]]\nname = \"c\"\ncombine = [\"a\", \"b\"]\njoin = \" / \"
        [[derive]]\nname = \"d\"\nfirst_of = [\"q1\", \"q1b\"]
        [[derive]]\nname = \"e\"\ncount = { of = [\"x.a\", \"x.b\"] }\nkind = \"single\"
        [[derive]]\nname = \"f\"\nscore = { of = [\"v\"], minimum_answered = 2 }\nunit = \"points\"
        [[derive]]\nname = \"g\"\nfilter = \"years >= 5\"\nyes = \"Old hand\"
        [[derive]]\nfrom = \"school\"\nlookup = { file = \"s.csv\", key = \"urn\", columns = { h = \"PHASE\", i = \"REGION\" } }";
    let (derived, said) = read(all);
    assert_eq!(said, "");
    let names: Vec<&String> =
        derived.iter().flat_map(Derive::names).map(Name::get_ref).collect();
    assert_eq!(names, ["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
    assert!(matches!(&derived[2].action, Action::Combine { join, .. } if join == " / "));
    assert!(matches!(&derived[4].action, Action::Count { number: false, .. }));
    assert!(matches!(&derived[7].action, Action::Lookup(lookup) if !lookup.number));
}

#[test]
fn a_variable_is_made_in_exactly_one_way() {
    insta::assert_snapshot!(said("name = \"a\""), @r"
    error[Q040]: the variable does not say how it is made
      --> poll.toml:8:1   `derive[1].name`
        help: add exactly one of `recode`, `bands`, `combine`, `first_of`, `count`, `score`, `filter`, `lookup`
    ");
    insta::assert_snapshot!(said("name = \"a\"\nfirst_of = [\"q\", \"r\"]\nfilter = \"q = 1\""), @r"
    error[Q040]: `first_of` and `filter` do not go together
      --> poll.toml:11:10   `derive[1].filter`
        help: make two variables, the second from the first
    ");
    insta::assert_snapshot!(said("name = \"a\"\nrecodes = { }"), @r"
    error[Q002]: `recodes` is not a key of `derive[1]`
      --> poll.toml:10:1   `derive[1].recodes`
        help: did you mean `recode`?
    error[Q040]: the variable does not say how it is made
      --> poll.toml:8:1   `derive[1].name`
        help: add exactly one of `recode`, `bands`, `combine`, `first_of`, `count`, `score`, `filter`, `lookup`
    ");
    insta::assert_snapshot!(said("name = \"a\"\nfilter = \"q = 1\"\nrest = \"x\"\nunit = \"h\""), @r"
    error[Q040]: `rest` means nothing to `filter` here
      --> poll.toml:11:8   `derive[1].rest`
        help: take it out; `filter` knows `yes`, `no`, `categoriesOrdered`, `nets`, `scores`, `pinned`, `nonsubstantive`
    error[Q040]: `unit` means nothing to `filter` here
      --> poll.toml:12:8   `derive[1].unit`
        help: take it out; `filter` knows `yes`, `no`, `categoriesOrdered`, `nets`, `scores`, `pinned`, `nonsubstantive`
    ");
    insta::assert_snapshot!(said("name = \"a\"\nscore = { of = [\"q\"] }\nnets = { \"N\" = [\"x\"] }"), @r"
    error[Q040]: `nets` means nothing to `score` here
      --> poll.toml:11:10   `derive[1].nets`
        help: take it out: only a list of answers has it
    ");
}

#[test]
fn names_are_names_and_stand_once() {
    insta::assert_snapshot!(said("filter = \"q = 1\""), @r#"
    error[Q040]: the variable has no `name`
      --> poll.toml:8:1   `derive[1].name`
        help: add `name = "..."`: lower case letters, digits and `_`
    "#);
    insta::assert_snapshot!(said("name = \"Old hands\"\nfilter = \"q = 1\""), @r"
    error[Q041]: `Old hands` cannot be the name of a variable
      --> poll.toml:9:8   `derive[1].name`
        help: use lower case letters, digits and `_`, beginning with a letter
    ");
    insta::assert_snapshot!(said("name = \"a\"\nfilter = \"q = 1\"\n[[derive]]\nname = \"a\"\nfilter = \"q = 2\""), @r"
    error[Q041]: two derived variables are called `a`
      --> poll.toml:12:8   `derive[2].name`
        help: give one another name
    ");
}

#[test]
fn bands_follow_each_other() {
    let bands = |bands: &str| said(&format!("name = \"a\"\nfrom = \"y\"\nbands = [{bands}]"));
    assert_eq!(bands("[-inf, 5, \"A\"], [5, 5, \"B\"]"), "");
    insta::assert_snapshot!(bands("[0, 5, \"A\"], [6, 9, \"B\"]"), @r"
    error[Q042]: there is a gap from 5 to 6
      --> poll.toml:11:23   `derive[1].bands`
        help: begin `B` at 5: a band has its first number, and the next one its last
    ");
    insta::assert_snapshot!(bands("[0, 5, \"A\"], [4, 9, \"B\"]"), @r"
    error[Q042]: `A` and `B` overlap
      --> poll.toml:11:23   `derive[1].bands`
        help: end `A` where `B` begins, in order
    ");
    insta::assert_snapshot!(bands("[5, 0, \"A\"]"), @r"
    error[Q042]: nothing is from 5 to 0
      --> poll.toml:11:10   `derive[1].bands`
        help: write the smaller number first
    ");
    insta::assert_snapshot!(bands("[5, 5, \"A\"], [5, 9, \"B\"]"), @r"
    error[Q042]: nothing can be in `A`
      --> poll.toml:11:23   `derive[1].bands`
        help: let it end where the next band begins
    ");
    insta::assert_snapshot!(bands(""), @r#"
    error[Q042]: there are no bands
      --> poll.toml:11:9   `derive[1].bands`
        help: write `bands = [[0, 5, "Under 5"], [5, 15, "5 to 14"]]`
    "#);
}

#[test]
fn what_a_kind_needs_is_asked_for() {
    insta::assert_snapshot!(said("name = \"a\"\nrecode = { \"L\" = [] }\nrest = \"x\"\nkeep = true"), @r#"
    error[Q040]: `L` has no answers
      --> poll.toml:10:12   `derive[1].recode`
        help: name the answers that become it, or take it out
    error[Q040]: `rest` and `keep` do not go together
      --> poll.toml:11:8   `derive[1].rest`
        help: take one of both out
    error[Q040]: the variable has no `from`
      --> poll.toml:8:1   `derive[1].from`
        help: add `from = "..."`: a question, or an earlier derived variable
    "#);
    insta::assert_snapshot!(said("name = \"a\"\ncombine = [\"q\", \"q\"]"), @r"
    error[Q040]: `q` stands twice in `combine`
      --> poll.toml:10:17   `derive[1].combine`
        help: take one of both out
    ");
    insta::assert_snapshot!(said("name = \"a\"\nfirst_of = [\"q\"]"), @r"
    error[Q040]: `first_of` names 1 of at least 2
      --> poll.toml:10:12   `derive[1].first_of`
        help: add what it is made from
    ");
    insta::assert_snapshot!(said("name = \"a\"\ncount = { answers = [\"x\"] }"), @r#"
    error[Q040]: `count` does not say of what
      --> poll.toml:8:1   `derive[1].count.of`
        help: add `of = ["...", "..."]`
    "#);
    insta::assert_snapshot!(said("name = \"a\"\nscore = { of = [\"q\"], method = \"sum\", minimum_answered = 1 }"), @r#"
    error[Q040]: a sum of fewer items is smaller, whatever was answered
      --> poll.toml:10:58   `derive[1].score.minimum_answered`
        help: take `minimum_answered` out, or use `method = "mean"`
    "#);
    insta::assert_snapshot!(said("name = \"a\"\nfilter = \"q == 1\""), @r"
    error[Q043]: `==` is not a sign here
      --> poll.toml:10:13   `derive[1].filter`
        help: write `=`
    ");
}

#[test]
fn a_lookup_has_file_key_and_columns() {
    insta::assert_snapshot!(said("name = \"a\"\nfrom = \"s\"\nlookup = { column = \"X\" }"), @r#"
    error[Q040]: the lookup has no `file`
      --> poll.toml:11:10   `derive[1].lookup.file`
        help: write `lookup = { file = "schools.csv", key = "urn", column = "PHASE" }`
    error[Q040]: the lookup has no `key`
      --> poll.toml:11:10   `derive[1].lookup.key`
        help: write `lookup = { file = "schools.csv", key = "urn", column = "PHASE" }`
    "#);
    insta::assert_snapshot!(said("name = \"a\"\nfrom = \"s\"\nlookup = { file = \"f\", key = \"k\" }"), @r#"
    error[Q040]: the lookup has no `column`
      --> poll.toml:11:10   `derive[1].lookup.column`
        help: add `column = "PHASE"`, or several: `columns = { phase = "PHASE" }`
    "#);
    insta::assert_snapshot!(said("name = \"a\"\nfrom = \"s\"\ntitle = \"A\"\nlookup = { file = \"f\", key = \"k\", columns = { b = \"B\", c = \"C\" }, categories = [\"x\"] }"), @r"
    error[Q040]: `name` and `columns` do not go together
      --> poll.toml:9:8   `derive[1].name`
        help: take `name` out: the names stand in `columns`
    error[Q040]: `title` is that of one variable
      --> poll.toml:12:10   `derive[1].title`
        help: make a variable of its own of each column, with `name` and `column`
    error[Q040]: `categories` are those of one variable with one answer
      --> poll.toml:12:81   `derive[1].lookup.categories`
        help: make a variable of its own of each column
    ");
}
