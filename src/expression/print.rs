//! Expressions as text: in the language itself, and in English for a page.

use std::fmt::{self, Display, Formatter};

use super::{Expression, Literal, Node, Sign, parse};

impl Display for Expression {
    /// Prints it in one way only, however it was typed; what is printed can be read
    /// again.
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.root.printed(&LANGUAGE))
    }
}

impl Expression {
    /// Its meaning in English: `phase is Primary and age is at least 30`.
    #[must_use]
    pub fn words(&self) -> String {
        self.root.printed(&ENGLISH)
    }
}

/// How the parts of an expression are written.
struct Style {
    name: fn(&str) -> String,
    sign: fn(Sign) -> &'static str,
    value: fn(&Literal) -> String,
    list: fn(&[String]) -> String,
    /// Before a list: in it, not in it.
    within: (&'static str, &'static str),
    /// After a name: missing, not missing.
    missing: (&'static str, &'static str),
}

const LANGUAGE: Style = Style {
    name: |name| match parse::expression(&format!("{name} is missing")) {
        Ok(Node::Missing(same)) if same.text == name => name.to_owned(),
        _ => format!("`{name}`"),
    },
    sign: |sign| match sign {
        Sign::Equal => "=",
        Sign::NotEqual => "!=",
        Sign::Less => "<",
        Sign::AtMost => "<=",
        Sign::More => ">",
        Sign::AtLeast => ">=",
    },
    value: |literal| match literal.number {
        Some(_) => literal.text.clone(),
        None => format!("'{}'", literal.text.replace('\'', "''")),
    },
    list: |values| format!("({})", values.join(", ")),
    within: ("in", "not in"),
    missing: ("is missing", "is not missing"),
};

const ENGLISH: Style = Style {
    name: str::to_owned,
    sign: |sign| match sign {
        Sign::Equal => "is",
        Sign::NotEqual => "is not",
        Sign::Less => "is under",
        Sign::AtMost => "is at most",
        Sign::More => "is over",
        Sign::AtLeast => "is at least",
    },
    value: |literal| literal.text.clone(),
    list: |values| match values.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("{} or {last}", rest.join(", "))
        }
        _ => values.concat(),
    },
    within: ("is one of", "is none of"),
    missing: ("has no answer", "has an answer"),
};

impl Node {
    fn printed(&self, style: &Style) -> String {
        match self {
            Self::All(nodes) => joined(nodes, " and ", style),
            Self::Any(nodes) => joined(nodes, " or ", style),
            Self::Not(node) => node.denied(style),
            Self::Compare(name, sign, value) => {
                format!(
                    "{} {} {}",
                    (style.name)(&name.text),
                    (style.sign)(*sign),
                    (style.value)(value)
                )
            }
            Self::In(..) | Self::Missing(_) => self.stated(style, false),
        }
    }

    /// The opposite. Brackets keep `not` apart from what it does not cover.
    fn denied(&self, style: &Style) -> String {
        match self {
            Self::In(..) | Self::Missing(_) => self.stated(style, true),
            _ => format!("not ({})", self.printed(style)),
        }
    }

    /// A list or a missing answer, or the opposite.
    fn stated(&self, style: &Style, negative: bool) -> String {
        let choose = |(plain, denied): (&'static str, &'static str)| {
            if negative { denied } else { plain }
        };
        match self {
            Self::In(name, values) => {
                let values: Vec<String> = values.iter().map(style.value).collect();
                format!(
                    "{} {} {}",
                    (style.name)(&name.text),
                    choose(style.within),
                    (style.list)(&values)
                )
            }
            Self::Missing(name) => {
                format!("{} {}", (style.name)(&name.text), choose(style.missing))
            }
            _ => self.printed(style),
        }
    }
}

/// Conditions with a word between them; those that hold a weaker word stand in brackets.
fn joined(nodes: &[Node], between: &str, style: &Style) -> String {
    let part = |node: &Node| match node {
        Node::All(_) | Node::Any(_) => format!("({})", node.printed(style)),
        _ => node.printed(style),
    };
    nodes.iter().map(part).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::super::Expression;

    fn both(text: &str) -> String {
        let expression = Expression::parse(text).unwrap();
        let printed = expression.to_string();
        let again = Expression::parse(&printed).unwrap().to_string();
        assert_eq!(again, printed, "what is printed can be read again");
        format!("{printed}\n    {}", expression.words())
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
