//! Files as they stand, and what their columns become.

use std::io::{self, Read};

use super::*;
use crate::diagnostic::full;
use crate::expression::{Expression, Truth};

struct Memory(Vec<u8>);

impl Delivery for Memory {
    fn name(&self) -> &'static str {
        "file.csv"
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(&self.0[usize::try_from(offset).unwrap()..]))
    }
}

fn needed(column: &str, numbers: bool) -> Needed {
    Needed { column: column.to_owned(), numbers, why: "`--x`".to_owned() }
}

/// The file and what was said. Columns in brackets are needed as labels.
fn read_as(
    bytes: &[u8],
    columns: &[&str],
    missing: &[&str],
    source: &Source,
) -> (Option<Plain>, String) {
    let need = |column: &&str| match column.strip_prefix('[') {
        Some(label) => needed(label.trim_end_matches(']'), false),
        None => needed(column, true),
    };
    let columns: Vec<Needed> = columns.iter().map(need).collect();
    let missing: Vec<String> = missing.iter().map(|&word| word.to_owned()).collect();
    let asked = Asked { source, missing: &missing, columns: &columns };
    let mut findings = Findings::default();
    let delivery = Memory(bytes.to_vec());
    let plain = plain(&delivery, &asked, Manner::QUIET, &mut findings).ok();
    let said: Vec<String> = findings.list().iter().map(full).collect();
    (plain, said.join("\n"))
}

fn read(text: &str, columns: &[&str]) -> (Option<Plain>, String) {
    read_as(
        text.as_bytes(),
        columns,
        &[],
        &Source { delimiter: Some(b','), ..Source::default() },
    )
}

fn refused(text: &str, columns: &[&str]) -> String {
    let (plain, said) = read(text, columns);
    assert!(plain.is_none(), "it was read");
    said
}

#[test]
fn labels_are_in_order_and_numbers_are_known_where_all_cells_are_numbers() {
    let (plain, said) = read("w,g,k\n10,b,1\n9,a,2\n,,3\n9.0,b,4\n", &["[w]", "[g]"]);
    let plain = plain.unwrap();
    let (w, g) = (plain.column("w").unwrap(), plain.column("g").unwrap());
    assert_eq!((said.as_str(), plain.rows), ("", 4));
    assert_eq!(
        (w.labels.as_slice(), w.codes.as_slice()),
        (["9", "9.0", "10"].map(String::from).as_slice(), [2, 0, 3, 1].as_slice())
    );
    let numbers = w.numbers.as_ref().unwrap();
    assert_eq!((numbers[0], numbers[1], numbers[3]), (10.0, 9.0, 9.0));
    assert!(numbers[2].is_nan() && w.is_missing(2) && !w.is_missing(0));
    assert_eq!(
        (g.labels.as_slice(), g.codes.as_slice()),
        (["a", "b"].map(String::from).as_slice(), [1, 0, 2, 1].as_slice())
    );
    assert!(g.numbers.is_none() && g.is_missing(2));
}

#[test]
fn numbers_alone_are_the_same_numbers() {
    let text = "x,k\n 1 ,1\n-2.5e1,2\n\"\",3\n3,4\n";
    let numbers = |columns: &[&str]| {
        let plain = read(text, columns).0.unwrap();
        let numbers = plain.column("x").unwrap().numbers.clone().unwrap();
        numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(numbers(&["x"]), "1 -25 NaN 3");
    assert_eq!(numbers(&["[x]"]), "1 -25 NaN 3");
    assert_eq!(numbers(&["x", "[x]"]), "1 -25 NaN 3");
    assert_eq!(read(text, &["x"]).0.unwrap().column("x").unwrap().codes.len(), 0);
}

#[test]
fn words_for_missing_numbers_are_said() {
    for column in ["x", "[x]"] {
        let (plain, said) = read("x\n1\nNA\n.\nNA\n2\n", &[column]);
        let missing = plain.unwrap().column("x").unwrap().numbers.clone().unwrap();
        assert_eq!(missing.iter().filter(|x| x.is_nan()).count(), 3);
        insta::allow_duplicates! { insta::assert_snapshot!(said, @r"
        note[I052]: 2 cells of `x` with `NA` count as missing
          --> file.csv:3   row 3, column 1 `x`
         because: all other cells of the column are numbers or empty
        note[I052]: 1 cell of `x` with `.` counts as missing
          --> file.csv:4   row 4, column 1 `x`
         because: all other cells of the column are numbers or empty
        ") };
    }
    let (plain, said) = read("x\nyes\nNA\n", &["[x]"]);
    assert_eq!(plain.unwrap().column("x").unwrap().labels, ["NA", "yes"]);
    insta::assert_snapshot!(said, @r"
    warning[I053]: `NA` counts as an answer of `x`
      --> file.csv:3   row 3, column 1 `x`
     because: the column holds text, and 1 cell `NA`
        help: if it means that nothing is known: `--missing NA`
    ");
    let source = Source { delimiter: Some(b','), ..Source::default() };
    let (plain, said) = read_as(b"x,y\nyes,-9\nNA,3\n", &["[x]", "y"], &["NA", "-9"], &source);
    let plain = plain.unwrap();
    assert_eq!(
        (said.as_str(), &plain.column("x").unwrap().labels[..]),
        ("", &["yes".to_owned()][..])
    );
    assert!(plain.column("y").unwrap().is_missing(0));
}

#[test]
fn the_first_cell_that_is_no_number_is_kept() {
    let text = "name,x\nann,1\nbob,\"1,234\"\ncy,2%\n";
    for column in ["x", "[x]"] {
        let plain = read(text, &[column]).0.unwrap();
        let said =
            plain.no_number(plain.column("x").unwrap(), "a mean needs numbers", "no").unwrap();
        insta::allow_duplicates! { insta::assert_snapshot!(full(&said), @r"
        error[I054]: `x` is not a column of numbers
          --> file.csv:3:5   row 3, column 2 `x`
           | 1,234
           | ^^^^^
         because: a mean needs numbers, and this cell is the first that holds none
            help: if the comma parts thousands, take it out of the column; if decimals, say `--decimal-comma`
        ") };
    }
    let plain = read("x\n1\nann@example.org\n", &["x"]).0.unwrap();
    let said =
        plain.no_number(plain.column("x").unwrap(), "a mean needs numbers", "no").unwrap();
    assert_eq!((said.value, said.help.as_deref()), (None, Some("no")));
    let plain = read("email\n1\nsecret\n", &["[email]"]).0.unwrap();
    assert_eq!(plain.column("email").unwrap().odd.as_ref().unwrap().text, None);
}

#[test]
fn columns_are_found_or_the_nearest_is_named() {
    let text = "weight,region,region,rw1,rw2\n1,a,b,1,2\n";
    insta::assert_snapshot!(refused(text, &["wieght", "[stratum]"]), @r"
    error[I014]: the file has no column `wieght`
      --> file.csv:1   row 1
     because: `--x` names it
        help: did you mean `weight`?
    error[I014]: the file has no column `stratum`
      --> file.csv:1   row 1
     because: `--x` names it
        help: the columns are `weight`, `region`, `region`, `rw1`, `rw2`
    ");
    insta::assert_snapshot!(refused(text, &["[region]"]), @r"
    error[I016]: two columns have the header `region`
      --> file.csv:1   row 1, column 3 `region`
     because: columns 2 and 3; `--x` names it
        help: name the right one: `region (1)` or `region (2)`
    ");
    let (plain, _) = read(text, &["[region (2)]", "rw*"]);
    let plain = plain.unwrap();
    assert_eq!(plain.column("region (2)").unwrap().labels, ["b"]);
    let replicates: Vec<&str> =
        plain.matching("rw*").map(|column| column.header.as_str()).collect();
    assert_eq!(replicates, ["rw1", "rw2"]);
    assert!(refused(text, &["q*"]).contains("no column `q*`"));
}

#[test]
fn rows_of_another_width_stop_and_blank_ones_do_not() {
    insta::assert_snapshot!(refused("a,b\n1,2\n3\n\n4,5,6\n", &["a"]), @r"
    error[I050]: 2 rows have too few or too many cells
      --> file.csv:3   row 3
     because: the header has 2 cells, this row 1
        also: 1 more (row 5)
        help: export again with text in quotes; take lines that are no records out of the file
    ");
    let (plain, said) = read("a,b\n1,2\n,\n3,\n", &["a"]);
    assert_eq!(plain.unwrap().rows, 2);
    insta::assert_snapshot!(said, @r"
    note[I051]: 1 row holds nothing
      --> file.csv:3   row 3
     because: spreadsheets keep rows whose cells have been emptied
    ");
    assert!(refused("a,b\n", &["a"]).contains("I004"));
}

#[test]
fn any_form_is_read_and_messages_speak_of_options() {
    let plain = |bytes: &[u8], source: &Source| read_as(bytes, &["[Straße]"], &[], source);
    let (found, said) = plain("Straße;x\nÄ;1\n".as_bytes(), &Source::default());
    assert_eq!(found.unwrap().column("Straße").unwrap().labels, ["Ä"]);
    insta::assert_snapshot!(said, @r"
    note[I030]: cells are taken to be parted by semicolons
      --> file.csv
     because: of the usual marks it splits the header best
    ");
    let western = b"Stra\xDFe,x\n\xC4,1\n";
    let (found, said) = plain(western, &Source::default());
    assert!(found.is_none() && said.contains("`--encoding windows-1252`"), "{said}");
    let encoding = crate::questionnaire::Encoding::named("windows-1252");
    let source = Source { encoding, delimiter: Some(b','), ..Source::default() };
    assert_eq!(plain(western, &source).0.unwrap().column("Straße").unwrap().labels, ["Ä"]);
    let comma = Source { decimal: b',', delimiter: Some(b';'), ..Source::default() };
    let (found, _) = read_as(b"x;y\n1,5;2\n", &["x"], &[], &comma);
    assert_eq!(found.unwrap().column("x").unwrap().numbers, Some(vec![1.5]));
    let late = read_as(b"Report of 2024\n\nx,y\n1,2\n", &["x", "y"], &[], &Source::default());
    assert!(late.1.contains("say `--skip-rows 2`"), "{}", late.1);
}

#[test]
fn filters_see_numbers_and_labels() {
    let (plain, _) = read("age,phase\n30,Primary\n,Secondary\n41,\n", &["[age]", "[phase]"]);
    let plain = plain.unwrap();
    let rows = |text: &str| {
        let sign = |truth: &Truth| match truth {
            Truth::True => '+',
            Truth::False => '-',
            Truth::Unknown => '?',
        };
        let truths = Expression::parse(text).unwrap().evaluate(plain.rows, &plain).unwrap();
        truths.iter().map(sign).collect::<String>()
    };
    assert_eq!(rows("age >= 40"), "-?+");
    assert_eq!(rows("phase = 'Primary'"), "+-?");
    assert_eq!(rows("phase is missing or age is missing"), "-++");
}
