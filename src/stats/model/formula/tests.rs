//! Formulas in, terms or problems out.

use super::*;

/// The terms as R would list them, `1` first for the intercept.
fn terms(text: &str) -> String {
    let formula = Formula::parse(text).unwrap_or_else(|p| panic!("{text}: {p}"));
    let one = formula.intercept.then(|| "1".to_owned());
    let labels = formula.terms.iter().map(|term| formula.label(term));
    one.into_iter().chain(labels).collect::<Vec<_>>().join(" + ")
}

/// The text that a problem points at, and what it says.
fn problem(text: &str) -> String {
    match Formula::parse(text) {
        Ok(formula) => panic!("{text} was read as {formula:?}"),
        Err(problem) => {
            format!("{} <- {problem}", text.get(problem.at.clone()).expect("inside the text"))
        }
    }
}

/// R: `attr(terms(...), "term.labels")`.
#[test]
fn terms_stand_in_the_order_of_r() {
    for (text, want) in [
        ("y ~ x + g", "1 + x + g"),
        ("y ~ b:a + a", "1 + a + b:a"),
        ("y ~ a * b * c - a:b:c", "1 + a + b + c + a:b + a:c + b:c"),
        ("y ~ (a + b + c)^2", "1 + a + b + c + a:b + a:c + b:c"),
        ("y ~ (a + b):c", "1 + a:c + b:c"),
        ("y ~ a / b", "1 + a + a:b"),
        ("y ~ a + a + (a)", "1 + a"),
        ("y ~ x - 1", "x"),
        ("y ~ 0 + x", "x"),
        ("y ~ x + -1", "x"),
        ("y ~ -1 + 1 + x", "1 + x"),
        ("y ~ x - 0", "1 + x"),
        ("~ sector + gender", "1 + sector + gender"),
        ("y ~ 1", "1"),
    ] {
        assert_eq!(terms(text), want, "{text}");
    }
}

/// R: `deparse`.
#[test]
fn labels_are_those_of_r() {
    for (text, want) in [
        ("~ `sch.wide` + sch.wide", "1 + sch.wide"),
        ("~ `my var`:`if`", "1 + `my var`:`if`"),
        ("~ .x + `.2`+Größe_2", "1 + .x + `.2` + Größe_2"),
        ("~ I(x**2)+I( -y*2 )+I(y/ 2)", "1 + I(x^2) + I(-y * 2) + I(y/2)"),
        ("~ I((y>3)&!(z==1))", "1 + I((y > 3) & !(z == 1))"),
        ("~ I(k=='x') + log( y+0.10)", "1 + I(k == \"x\") + log(y + 0.1)"),
        ("~ I(100000*x + 1e-7) + factor(z)", "1 + I(1e+05 * x + 1e-07) + factor(z)"),
        ("~ I(g%in%c('a',\"b\"))", "1 + I(g %in% c(\"a\", \"b\"))"),
        ("~ (y >= 3L)", "1 + y >= 3"),
        ("~ I(y-(z-1))", "1 + I(y - (z - 1))"),
    ] {
        assert_eq!(terms(text), want, "{text}");
    }
}

#[test]
fn signs_hold_as_firmly_as_in_r() {
    let tree = |text: &str| match Formula::parse(text).expect("reads").variables.remove(0) {
        Variable { expression: Node { kind: Kind::Call(_, given), .. }, .. } => {
            match &given[0].kind {
                Kind::Between(sign, left, right) => {
                    format!("{} {sign:?} {}", left.label(), right.label())
                }
                Kind::Before(sign, part) => format!("{sign:?} {}", part.label()),
                other => format!("{other:?}"),
            }
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(tree("~I(a - b - c)"), "a - b Minus c");
    assert_eq!(tree("~I(a ^ b ^ c)"), "a Power b^c");
    assert_eq!(tree("~I(-a ^ b)"), "Minus a^b");
    assert_eq!(tree("~I(a * -b + c)"), "a * -b Plus c");
    assert_eq!(tree("~I(!a == b & c)"), "!a == b And c");
    assert_eq!(tree("~I(a * -b %in% c:d)"), "a Times -b %in% c:d");
    assert_eq!(tree("~I(a > 1 | b < 2 & c)"), "a > 1 Or b < 2 & c");
}

#[test]
fn columns_are_named_once() {
    let formula = Formula::parse("log(pay) ~ age + I(age^2) + factor(`my g`)").expect("reads");
    assert_eq!(formula.columns(), ["pay", "age", "my g"]);
    assert_eq!(formula.variables[2].column(), Some("my g"));
    assert_eq!(formula.variables[1].column(), None);
}

#[test]
fn problems_point_and_help() {
    for (text, want) in [
        ("y ~ x + offset(log(n))", "offset(log(n)) <- `offset()` is not supported; offsets"),
        ("y ~ relevel(g)", "relevel(g) <- `relevel()` is not supported; choose the reference"),
        ("y ~ lag(x)", "lag(x) <- there is no function `lag`; known are: factor,"),
        ("y ~ log(x, 2)", "log(x, 2) <- `log()` takes one thing"),
        ("y ~ .", ". <- `.` does not stand for all variables here; name the variables"),
        ("y ~ x + y", "y <- the response also stands right of `~`; take it away"),
        ("y + x", " <- a formula has a `~`; write"),
        ("y ~ x ~ z", "~ <- a formula has one `~`; take the second"),
        ("y ~ my var", "var <- two terms have nothing between them; join them by `+`"),
        ("y ~ x +", " <- a term is missing here; write"),
        ("y ~ * x", "* <- a term is missing here; write"),
        ("y ~ (x + z", "(x + z <- a bracket is not closed; close"),
        ("y ~ x)", ") <- a bracket is closed that was not opened; take"),
        ("y ~ x + 2", "2 <- a number is no term; only 0 and 1"),
        ("y ~ x^z", "z <- terms are raised to whole powers only; for the square"),
        ("y ~ I(x = 1)", "= <- `=` has no meaning here; compare by `==`"),
        ("y ~ g %in% h", "g %in% h <- `%in%` between terms is not supported; for a"),
        ("y ~ I(c(1, 2))", "c(1, 2) <- there is no function `c`"),
        ("y ~ d$x", "$ <- `$` has no meaning here; write the variable's name alone"),
        ("y ~ `x", "`x <- a ` is not closed; put a second ` behind"),
        ("y ~ 2x", "2x <- `2x` is no number; put a name that begins with a digit"),
        ("y ~ x § z", "§ <- `§` has no meaning in a formula; put"),
        ("y ~ x - x - 1", "x - x - 1 <- the formula has no terms; write `~ 1`"),
        ("", " <- a term is missing here; write"),
    ] {
        let got = problem(text);
        assert!(got.starts_with(want), "{text}: {got}");
    }
}

#[test]
fn depth_and_breadth_have_ends() {
    let deep = format!("y ~ {}x{}", "(".repeat(99), ")".repeat(99));
    assert!(problem(&deep).contains("too many brackets"));
    let broad: Vec<String> = (0..65).map(|k| format!("x{k}")).collect();
    assert!(problem(&format!("y ~ {}", broad.join("+"))).contains("at most 64 variables"));
}
