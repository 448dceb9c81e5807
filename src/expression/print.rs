//! Expressions as text: in the language itself, and in words for a page.

use std::fmt::{self, Display, Formatter};

use super::{Expression, Literal, Node, Sign, parse};
use crate::words::{Words, fill};

impl Display for Expression {
    /// Prints it in one way only, however it was typed; what is printed can be read
    /// again.
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.root.printed(&LANGUAGE))
    }
}

impl Expression {
    /// Its meaning in words: `phase is Primary and age is at least 30`.
    #[must_use]
    pub fn words(&self, words: &Words) -> String {
        self.root.printed(&Style {
            all: words.all_hold,
            any: words.one_holds,
            not: words.not,
            sign: &|sign| match sign {
                Sign::Equal => words.equal,
                Sign::NotEqual => words.not_equal,
                Sign::Less => words.less,
                Sign::AtMost => words.at_most,
                Sign::More => words.more,
                Sign::AtLeast => words.at_least,
            },
            within: [words.one_of, words.none_of],
            missing: [words.missing, words.not_missing],
            name: str::to_owned,
            value: |literal| literal.text.clone(),
            list: &|values| words.list_or(values),
        })
    }
}

/// How the parts of an expression are written; gaps are `{name}`, `{value}`, `{values}` and
/// `{condition}`.
struct Style<'w> {
    /// Between conditions that all hold.
    all: &'w str,
    /// Between conditions of which one holds.
    any: &'w str,
    not: &'w str,
    sign: &'w dyn Fn(Sign) -> &'w str,
    /// In a list, not in it.
    within: [&'w str; 2],
    /// Missing, not missing.
    missing: [&'w str; 2],
    name: fn(&str) -> String,
    value: fn(&Literal) -> String,
    list: &'w dyn Fn(&[String]) -> String,
}

const LANGUAGE: Style<'_> = Style {
    all: " and ",
    any: " or ",
    not: "not ({condition})",
    sign: &|sign| match sign {
        Sign::Equal => "{name} = {value}",
        Sign::NotEqual => "{name} != {value}",
        Sign::Less => "{name} < {value}",
        Sign::AtMost => "{name} <= {value}",
        Sign::More => "{name} > {value}",
        Sign::AtLeast => "{name} >= {value}",
    },
    within: ["{name} in ({values})", "{name} not in ({values})"],
    missing: ["{name} is missing", "{name} is not missing"],
    name: |name| match parse::expression(&format!("{name} is missing")) {
        Ok(Node::Missing(same)) if same.text == name => name.to_owned(),
        _ => format!("`{name}`"),
    },
    value: |literal| match literal.number {
        Some(_) => literal.text.clone(),
        None => format!("'{}'", literal.text.replace('\'', "''")),
    },
    list: &|values| values.join(", "),
};

impl Node {
    fn printed(&self, style: &Style<'_>) -> String {
        match self {
            Self::All(nodes) => joined(nodes, style.all, style),
            Self::Any(nodes) => joined(nodes, style.any, style),
            Self::Not(node) => node.denied(style),
            Self::Compare(name, sign, value) => {
                let (name, value) = ((style.name)(&name.text), (style.value)(value));
                fill((style.sign)(*sign), &[("name", &name), ("value", &value)])
            }
            Self::In(..) | Self::Missing(_) => self.stated(style, false),
        }
    }

    /// The opposite. Brackets keep `not` apart from what it does not cover.
    fn denied(&self, style: &Style<'_>) -> String {
        match self {
            Self::In(..) | Self::Missing(_) => self.stated(style, true),
            _ => fill(style.not, &[("condition", &self.printed(style))]),
        }
    }

    /// A list or a missing answer, or the opposite.
    fn stated<'w>(&self, style: &Style<'w>, negative: bool) -> String {
        let choose = |[plain, denied]: [&'w str; 2]| if negative { denied } else { plain };
        match self {
            Self::In(name, values) => {
                let values: Vec<String> = values.iter().map(style.value).collect();
                let (name, values) = ((style.name)(&name.text), (style.list)(&values));
                fill(choose(style.within), &[("name", &name), ("values", &values)])
            }
            Self::Missing(name) => {
                fill(choose(style.missing), &[("name", &(style.name)(&name.text))])
            }
            _ => self.printed(style),
        }
    }
}

/// Conditions with a word between them; those that hold a weaker word stand in brackets.
fn joined(nodes: &[Node], between: &str, style: &Style<'_>) -> String {
    let part = |node: &Node| match node {
        Node::All(_) | Node::Any(_) => format!("({})", node.printed(style)),
        _ => node.printed(style),
    };
    nodes.iter().map(part).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::super::Expression;
    use crate::words::EN_GB;

    fn both(text: &str) -> String {
        let expression = Expression::parse(text).unwrap();
        let printed = expression.to_string();
        let again = Expression::parse(&printed).unwrap().to_string();
        assert_eq!(again, printed, "what is printed can be read again");
        format!("{printed}\n    {}", expression.words(&EN_GB))
    }

    #[test]
    fn expressions_print_in_one_way_and_in_english() {
        let texts = [
            "phase=\"Primary\" AND age>=30",
            "a <> 'it''s' or b is not missing and not c < -1.5",
            "(a = 1 or b = 2) and ((c = 3))",
            "region not in ('North', \"South\",'East') and not (a = 1 and b > 2)",
            "reasons includes 'Pay' and not not a is missing and b in (1)",
            "not reasons includes 'Pay' or a <= 3 or a != 'He said \"no\"'",
            "a = 1 or (b = 2 and c = 3)",
            "`How old?` > 30 or `plain` = 2 and `in` is missing",
        ];
        insta::assert_snapshot!(texts.map(both).join("\n"), @r#"
    phase = 'Primary' and age >= 30
        phase is Primary and age is at least 30
    a != 'it''s' or (b is not missing and not (c < -1.5))
        a is not it's or (b has an answer and not (c is under -1.5))
    (a = 1 or b = 2) and c = 3
        (a is 1 or b is 2) and c is 3
    region not in ('North', 'South', 'East') and not (a = 1 and b > 2)
        region is none of North, South or East and not (a is 1 and b is over 2)
    reasons = 'Pay' and a is missing and b = 1
        reasons is Pay and a has no answer and b is 1
    not (reasons = 'Pay') or a <= 3 or a != 'He said "no"'
        not (reasons is Pay) or a is at most 3 or a is not He said "no"
    a = 1 or (b = 2 and c = 3)
        a is 1 or (b is 2 and c is 3)
    `How old?` > 30 or (plain = 2 and `in` is missing)
        How old? is over 30 or (plain is 2 and in has no answer)
    "#);
    }
}
