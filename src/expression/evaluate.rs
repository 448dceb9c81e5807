//! An expression and columns of codes and numbers go in, one truth for each row comes
//! out.
//!
//! Each part is worked out for the whole column at a time: a condition on an answer is
//! decided once for each option, then looked up by code.

use super::{Expression, Literal, Name, Node, Problem, Sign};
use crate::document::nearest;

/// How many options a message lists.
const LISTED: usize = 20;

/// The code of an option that was not picked, in [`Column::Flags`].
pub const NOT_PICKED: u16 = 0;
/// The code of an option that was picked; greater codes say why there is no answer.
pub const PICKED: u16 = 1;

/// Whether a condition holds for a respondent: Kleene's strong logic of three values
/// (1952, §64), in which `and` is the least, `or` the greatest, and `not` turns the order
/// round. A filter keeps the rows that are [`Truth::True`], so it leaves out those of
/// which nothing is known, and so does the filter's `not`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    False,
    /// The answer it depends on is missing.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    fn of(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

/// Where an expression finds its variables.
pub trait Columns {
    /// The column of a variable, with one value for each row.
    fn column(&self, name: &str) -> Option<Column<'_>>;

    /// The names of all variables, for "did you mean".
    fn names(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// The values of a variable.
#[derive(Clone, Debug)]
pub enum Column<'a> {
    /// One answer of a list.
    Category {
        /// An index of `labels` for each row.
        codes: Codes<'a>,
        /// The options, then the reasons for no answer.
        labels: &'a [String],
        /// The code of the first reason: it and those above mean that the answer is
        /// missing.
        first_reason: usize,
    },
    /// A number for each row; not a number where it is missing.
    Number(&'a [f64]),
    /// Each option's label with [`NOT_PICKED`] or [`PICKED`] for each row; greater codes
    /// mean that the answer is missing.
    Flags(Vec<(&'a str, Codes<'a>)>),
}

/// Codes as they lie in memory.
#[derive(Clone, Copy, Debug)]
pub enum Codes<'a> {
    /// Of lists below 256.
    Byte(&'a [u8]),
    /// Of longer lists.
    Word(&'a [u16]),
    /// Of lists of any length.
    Long(&'a [u32]),
}

impl Codes<'_> {
    /// What a table says of each code; unknown for codes beyond the table.
    fn look_up(self, table: &[Truth]) -> Vec<Truth> {
        let truth = |code: usize| table.get(code).copied().unwrap_or(Truth::Unknown);
        match self {
            Self::Byte(codes) => codes.iter().map(|code| truth(usize::from(*code))).collect(),
            Self::Word(codes) => codes.iter().map(|code| truth(usize::from(*code))).collect(),
            Self::Long(codes) => codes.iter().map(|code| truth(*code as usize)).collect(),
        }
    }
}

impl Expression {
    /// Works the expression out for `rows` respondents. With no rows it still checks that
    /// all names and labels are known.
    ///
    /// # Errors
    /// The first name without a column, label that is no option, or comparison that does
    /// not fit the variable, with its place in the text.
    pub fn evaluate(&self, rows: usize, columns: &dyn Columns) -> Result<Vec<Truth>, Problem> {
        self.root.evaluate(rows, columns)
    }

    /// Which of `rows` respondents it is certain to hold for: a filter.
    ///
    /// # Errors
    /// As [`Self::evaluate`].
    pub fn filter(&self, rows: usize, columns: &dyn Columns) -> Result<Vec<bool>, Problem> {
        let truths = self.evaluate(rows, columns)?;
        Ok(truths.into_iter().map(|truth| truth == Truth::True).collect())
    }
}

impl Node {
    fn evaluate(&self, rows: usize, columns: &dyn Columns) -> Result<Vec<Truth>, Problem> {
        let mut truths = match self {
            Self::All(nodes) => folded(nodes, rows, columns, Truth::min)?,
            Self::Any(nodes) => folded(nodes, rows, columns, Truth::max)?,
            Self::Not(node) => {
                node.evaluate(rows, columns)?.into_iter().map(Truth::not).collect()
            }
            Self::Compare(name, sign, value) => {
                column(name, columns)?.compared(name, *sign, std::slice::from_ref(value))?
            }
            Self::In(name, values) => {
                column(name, columns)?.compared(name, Sign::Equal, values)?
            }
            Self::Missing(name) => column(name, columns)?.missing(rows),
        };
        truths.resize(rows, Truth::Unknown); // a column that is too short says nothing
        Ok(truths)
    }
}

/// Two or more conditions joined row by row.
fn folded(
    nodes: &[Node],
    rows: usize,
    columns: &dyn Columns,
    join: fn(Truth, Truth) -> Truth,
) -> Result<Vec<Truth>, Problem> {
    let mut all = nodes.iter().map(|node| node.evaluate(rows, columns));
    let first = all.next().unwrap_or_else(|| Ok(Vec::new()))?;
    all.try_fold(first, |mut sofar, next| {
        for (truth, other) in sofar.iter_mut().zip(next?) {
            *truth = join(*truth, other);
        }
        Ok(sofar)
    })
}

fn column<'c>(name: &Name, columns: &'c dyn Columns) -> Result<Column<'c>, Problem> {
    columns.column(&name.text).ok_or_else(|| {
        let problem =
            Problem::new(name.at.clone(), format!("there is no variable `{}`", name.text));
        match nearest(&name.text, columns.names()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("name a question by its key in the questionnaire"),
        }
    })
}

impl Column<'_> {
    /// Whether each row compares so with any of the values.
    fn compared(
        &self,
        name: &Name,
        sign: Sign,
        values: &[Literal],
    ) -> Result<Vec<Truth>, Problem> {
        match self {
            Self::Number(numbers) => number(numbers, name, sign, values),
            Self::Category { codes, labels, first_reason } => {
                let (options, reasons) =
                    labels.split_at_checked(*first_reason).unwrap_or((labels, &[]));
                let table = category(options, reasons, name, sign, values)?;
                Ok(codes.look_up(&table))
            }
            Self::Flags(flags) => self::flags(flags, name, sign, values),
        }
    }

    /// Whether the answer of each row is missing; of several flags, all of them.
    fn missing(&self, rows: usize) -> Vec<Truth> {
        match self {
            Self::Number(numbers) => numbers.iter().map(|n| Truth::of(n.is_nan())).collect(),
            Self::Category { codes, first_reason, .. } => no_answer(*codes, *first_reason),
            Self::Flags(flags) => {
                let all = vec![Truth::of(!flags.is_empty()); rows];
                flags.iter().fold(all, |sofar, (_, codes)| {
                    let missing = no_answer(*codes, usize::from(PICKED) + 1);
                    sofar.into_iter().zip(missing).map(|(a, b)| a.min(b)).collect()
                })
            }
        }
    }
}

fn no_answer(codes: Codes<'_>, first_reason: usize) -> Vec<Truth> {
    let answered = vec![Truth::False; first_reason];
    let turned = codes.look_up(&answered); // beyond the table is unknown: no answer
    turned.into_iter().map(|truth| Truth::of(truth == Truth::Unknown)).collect()
}

fn number(
    numbers: &[f64],
    name: &Name,
    sign: Sign,
    values: &[Literal],
) -> Result<Vec<Truth>, Problem> {
    let wanted = values.iter().map(|value| {
        value.number.ok_or_else(|| {
            let message = format!("`{}` is a number, and `{}` is text", name.text, value.text);
            let help = match value.text.parse::<f64>() {
                Ok(_) => "write the number without quotation marks",
                Err(_) => "its values are numbers: compare it with one",
            };
            Problem::new(value.at.clone(), message).help(help)
        })
    });
    let wanted = wanted.collect::<Result<Vec<f64>, Problem>>()?;
    let test = |x: f64| wanted.iter().any(|value| sign.holds(x, *value));
    let truth = |x: &f64| if x.is_nan() { Truth::Unknown } else { Truth::of(test(*x)) };
    Ok(numbers.iter().map(truth).collect())
}

/// What is true of each option.
fn category(
    options: &[String],
    reasons: &[String],
    name: &Name,
    sign: Sign,
    values: &[Literal],
) -> Result<Vec<Truth>, Problem> {
    if !matches!(sign, Sign::Equal | Sign::NotEqual) {
        return ordered(options, name, sign, values);
    }
    let mut table = vec![Truth::of(sign == Sign::NotEqual); options.len()];
    for value in values {
        let code = option(options.iter().map(String::as_str), reasons, name, value)?;
        if let Some(truth) = table.get_mut(code) {
            *truth = Truth::of(sign == Sign::Equal);
        }
    }
    Ok(table)
}

/// What is true of each option by its size, which only options that are numbers have.
fn ordered(
    options: &[String],
    name: &Name,
    sign: Sign,
    values: &[Literal],
) -> Result<Vec<Truth>, Problem> {
    let sizes: Option<Vec<f64>> = options.iter().map(|label| label.parse().ok()).collect();
    let wanted: Option<Vec<f64>> = values.iter().map(|v| v.text.parse().ok()).collect();
    let (Some(sizes), Some(wanted)) = (sizes, wanted) else {
        return Err(no_size(name));
    };
    let holds = |size: f64| wanted.iter().any(|value| sign.holds(size, *value));
    Ok(sizes.into_iter().map(|size| Truth::of(holds(size))).collect())
}

fn no_size(name: &Name) -> Problem {
    let message = format!("`{}` has answers in words, which have no size", name.text);
    Problem::new(name.at.clone(), message).help("name the answers: `in ('a', 'b')`")
}

/// Whether any of the options was picked, or for `!=` the one was not.
fn flags(
    flags: &[(&str, Codes<'_>)],
    name: &Name,
    sign: Sign,
    values: &[Literal],
) -> Result<Vec<Truth>, Problem> {
    let table = match sign {
        Sign::Equal => [Truth::False, Truth::True],
        Sign::NotEqual => [Truth::True, Truth::False],
        _ => return Err(no_size(name)),
    };
    let mut any: Option<Vec<Truth>> = None;
    for value in values {
        let code = option(flags.iter().map(|(label, _)| *label), &[], name, value)?;
        let picked = flags.get(code).map_or(Vec::new(), |(_, codes)| codes.look_up(&table));
        any = Some(match any {
            None => picked,
            Some(any) => any.into_iter().zip(picked).map(|(a, b)| a.max(b)).collect(),
        });
    }
    Ok(any.unwrap_or_default())
}

/// The index of the option that a value names.
fn option<'o>(
    options: impl Iterator<Item = &'o str> + Clone,
    reasons: &[String],
    name: &Name,
    value: &Literal,
) -> Result<usize, Problem> {
    options.clone().position(|label| label == value.text).ok_or_else(|| {
        let message = format!("`{}` is not an answer to `{}`", value.text, name.text);
        let help = if reasons.contains(&value.text) {
            format!("it is a reason for no answer: write `{} is missing`", name.text)
        } else if let Some(near) = nearest(&value.text, options.clone()) {
            format!("did you mean `{near}`?")
        } else {
            let labels: Vec<String> =
                options.clone().take(LISTED).map(|label| format!("`{label}`")).collect();
            let more = if options.count() > LISTED { ", and so on" } else { "" };
            format!("the answers are {}{more}", labels.join(", "))
        };
        Problem::new(value.at.clone(), message).help(help)
    })
}

impl Sign {
    #[expect(clippy::float_cmp, reason = "an analyst who writes `= 0.5` means exactly that")]
    fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::AtLeast => left >= right,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Poll {
        phases: Vec<String>,
        years: Vec<String>,
    }

    impl Columns for Poll {
        fn column(&self, name: &str) -> Option<Column<'_>> {
            Some(match name {
                "phase" => Column::Category {
                    codes: Codes::Byte(&[0, 1, 2, 3, 1]),
                    labels: &self.phases,
                    first_reason: 2,
                },
                "year" => Column::Category {
                    codes: Codes::Word(&[0, 1, 2, 0, 9]),
                    labels: &self.years,
                    first_reason: 3,
                },
                "age" => Column::Number(&[30.0, 29.5, f64::NAN, 61.0, -1.0]),
                "short" => Column::Number(&[1.0]),
                "reasons" => Column::Flags(vec![
                    ("Pay", Codes::Byte(&[1, 0, 2, 1, 0])),
                    ("Workload", Codes::Byte(&[1, 1, 3, 0, 0])),
                ]),
                _ => return None,
            })
        }

        fn names(&self) -> Vec<&str> {
            vec!["phase", "year", "age", "reasons"]
        }
    }

    fn evaluate(text: &str) -> Result<Vec<Truth>, Problem> {
        let list = |labels: &[&str]| labels.iter().map(|&label| label.to_owned()).collect();
        let poll = Poll {
            phases: list(&["Primary", "Secondary", "No answer", "Not asked"]),
            years: list(&["2019", "2020", "2021"]),
        };
        Expression::parse(text).unwrap().evaluate(5, &poll)
    }

    /// One sign for each row: `+` true, `-` false, `?` unknown.
    fn rows(text: &str) -> String {
        let sign = |truth| match truth {
            Truth::True => '+',
            Truth::False => '-',
            Truth::Unknown => '?',
        };
        evaluate(text).unwrap().into_iter().map(sign).collect()
    }

    fn wrong(text: &str) -> String {
        let problem = evaluate(text).unwrap_err();
        let (part, help) = (&text[problem.at], problem.help.unwrap_or_default());
        format!("[{part}] {}; {help}", problem.message)
    }

    #[test]
    fn answers_are_compared_by_label() {
        assert_eq!(rows("phase = 'Primary'"), "+-??-");
        assert_eq!(rows("phase != 'Primary'"), "-+??+");
        assert_eq!(rows("phase in ('Primary', 'Secondary', 'Primary')"), "++??+");
        assert_eq!(rows("phase not in ('Primary')"), "-+??+");
        assert_eq!(rows("phase is missing"), "--++-");
        assert_eq!(rows("phase is not missing"), "++--+");
    }

    #[test]
    fn numbers_are_compared_by_size() {
        assert_eq!(rows("age >= 30"), "+-?+-");
        assert_eq!(rows("age > 30"), "--?+-");
        assert_eq!(rows("age <= 29.5"), "-+?-+");
        assert_eq!(rows("age < 29.5"), "--?-+");
        assert_eq!(rows("age in (61, -1)"), "--?++");
        assert_eq!(rows("age <> 61"), "++?-+");
        assert_eq!(rows("age is missing"), "--+--");
        assert_eq!(rows("year = 2020 or year > '2020'"), "-++-?");
        assert_eq!(rows("short = 1"), "+????", "a column that is too short says nothing");
    }

    #[test]
    fn several_answers_are_picked_or_not() {
        assert_eq!(rows("reasons = 'Pay'"), "+-?+-");
        assert_eq!(rows("reasons != 'Pay'"), "-+?-+");
        assert_eq!(rows("reasons in ('Pay', 'Workload')"), "++?+-");
        assert_eq!(rows("reasons is missing"), "--+--");
    }

    #[test]
    fn the_unknown_stays_unknown_unless_it_does_not_matter() {
        assert_eq!(rows("not phase = 'Primary'"), "-+??+");
        assert_eq!(rows("phase = 'Primary' and age >= 30"), "+-??-");
        assert_eq!(rows("phase = 'Primary' and age > 99"), "--?--");
        assert_eq!(rows("phase = 'Primary' or age >= 30"), "+-?+-");
        assert_eq!(rows("not (phase is missing or age is missing)"), "++--+");
    }

    #[test]
    fn a_filter_keeps_what_is_certain() {
        let poll = Poll { phases: vec!["Primary".to_owned(); 2], years: vec![] };
        let kept = Expression::parse("not age > 30").unwrap().filter(5, &poll).unwrap();
        assert_eq!(kept, [true, true, false, false, true]);
    }

    #[test]
    fn what_does_not_fit_is_said_with_its_place() {
        let texts = [
            "phas = 'x'",
            "income > 3",
            "phase = 'primary '",
            "phase in ('Primary', 'Special')",
            "phase = 'Not asked'",
            "phase > 'Primary'",
            "age = '30'",
            "reasons = 'pay'",
            "reasons > 3",
            "year > 'last'",
        ];
        insta::assert_snapshot!(texts.map(wrong).join("\n"), @r#"
    [phas] there is no variable `phas`; did you mean `phase`?
    [income] there is no variable `income`; name a question by its key in the questionnaire
    ['primary '] `primary ` is not an answer to `phase`; did you mean `Primary`?
    ['Special'] `Special` is not an answer to `phase`; the answers are `Primary`, `Secondary`
    ['Not asked'] `Not asked` is not an answer to `phase`; it is a reason for no answer: write `phase is missing`
    [phase] `phase` has answers in words, which have no size; name the answers: `in ('a', 'b')`
    ['30'] `age` is a number, and `30` is text; write the number without quotation marks
    ['pay'] `pay` is not an answer to `reasons`; did you mean `Pay`?
    [reasons] `reasons` has answers in words, which have no size; name the answers: `in ('a', 'b')`
    [year] `year` has answers in words, which have no size; name the answers: `in ('a', 'b')`
    "#);
    }
}
