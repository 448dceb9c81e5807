//! Models of eleven people and one who did not say, against R survey 4.5.

use super::*;

const X: [f64; 12] = [1.0, 4.0, 2.0, 8.0, 5.0, 7.0, 3.0, 9.0, 6.0, 2.0, 5.0, f64::NAN];
const K: [f64; 12] = [2.0, 5.0, 1.0, 9.0, 4.0, 7.0, 0.0, 6.0, 8.0, 3.0, 2.0, 4.0];
const W: [f64; 12] = [1.0, 2.0, 1.0, 3.0, 2.0, 1.0, 2.0, 1.0, 2.0, 3.0, 1.0, 2.0];
const G: [u32; 12] = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2];
const YES: [u32; 12] = [0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0];

fn labels(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

/// Calls something with the columns x, k, g, yes.
fn with_columns<T>(call: impl FnOnce(&Columns<'_>) -> T) -> T {
    let (groups, answers) = (labels("a b c d"), labels("no yes"));
    call(&[
        ("x", Column::Numbers(&X)),
        ("k", Column::Numbers(&K)),
        ("g", Column::Answers { codes: &G, labels: &groups }),
        ("yes", Column::Answers { codes: &YES, labels: &answers }),
    ])
}

fn model_with(formula: &str, choices: &Choices<'_>) -> Result<Model, Refusal> {
    with_columns(|columns| Model::new(&Formula::parse(formula)?, columns, choices))
}

fn model(formula: &str) -> Model {
    model_with(formula, &Choices::default()).unwrap_or_else(|r| panic!("{formula}: {r}"))
}

fn names(formula: &str) -> String {
    model(formula).names().join(" ")
}

fn fit(formula: &str, family: &str, stop: Stop, weights: &[f64]) -> Result<Fit, Refusal> {
    let model = model_with(formula, &Choices::default())?;
    Regression::new(&model, Family::named(family).expect("a family"), stop)?.fit(weights)
}

fn refusal(formula: &str, family: &str) -> String {
    match fit(formula, family, Stop::Settled, &W) {
        Ok(fit) => panic!("{formula} was fitted: {:?}", fit.coefficients),
        Err(refusal) => refusal.to_string(),
    }
}

fn close(got: &[f64], want: &[f64], relative: f64) {
    assert_eq!(got.len(), want.len());
    for (got, want) in got.iter().zip(want) {
        let allowed = relative * want.abs().max(1e-3);
        assert!((got - want).abs() <= allowed, "{got} is not {want}");
    }
}

/// The influence of the second person, times the weight.
fn second(fit: &Fit) -> Vec<f64> {
    fit.influence.iter().map(|values| values[1] * W[1]).collect()
}

/// Of weighted records drawn singly, with replacement (R: `svydesign(id = ~1)`).
fn standard_errors(fit: &Fit) -> Vec<f64> {
    let error = |values: &Vec<f64>| {
        let sum: f64 = values.iter().zip(W).map(|(u, w)| u * u * w * w).sum();
        // Eleven of twelve: R keeps the twelfth in the design.
        (sum * 12.0 / 11.0).sqrt()
    };
    fit.influence.iter().map(error).collect()
}

#[test]
fn columns_are_named_and_coded_as_in_r() {
    for (formula, want) in [
        ("~ x + g", "(Intercept) x gb gc"),
        ("~ g * x", "(Intercept) gb gc x gb:x gc:x"),
        ("~ g + x - 1", "ga gb gc x"),
        ("~ x:g", "(Intercept) x:ga x:gb x:gc"),
        ("~ g:yes - 1", "ga:yesno gb:yesno gc:yesno ga:yesyes gb:yesyes gc:yesyes"),
        ("~ g + g:yes", "(Intercept) gb gc ga:yesyes gb:yesyes gc:yesyes"),
        ("~ x * g - 1", "x ga gb gc x:gb x:gc"),
        ("~ factor(k) - 1 + I(x > 3)", FACTOR),
        ("~ 1", "(Intercept)"),
    ] {
        assert_eq!(names(formula), want, "{formula}");
    }
    let product = model("~ x:g").columns();
    close(&product[2][..5], &[0.0, 4.0, 0.0, 0.0, 5.0], 1e-15);
}

const FACTOR: &str = "factor(k)0 factor(k)1 factor(k)2 factor(k)3 factor(k)4 factor(k)5 \
    factor(k)6 factor(k)7 factor(k)8 factor(k)9 I(x > 3)TRUE";

#[test]
fn levels_are_chosen_kept_and_refused() {
    let names = |choices: &Choices<'_>| {
        model_with("~ factor(g)", choices).map(|model| model.names().join(" "))
    };
    let references = [("g", "c")];
    let chosen = Choices { references: &references, ..Choices::default() };
    assert_eq!(names(&chosen).as_deref(), Ok("(Intercept) factor(g)a factor(g)b"));
    let kept = Choices { keep_empty_levels: true, ..Choices::default() };
    assert_eq!(names(&kept).as_deref(), Ok("(Intercept) factor(g)b factor(g)c factor(g)d"));
    let domain: Vec<bool> = G.iter().map(|code| *code > 0).collect();
    let inside = Choices { domain: Some(&domain), ..Choices::default() };
    assert_eq!(names(&inside).as_deref(), Ok("(Intercept) factor(g)c"));

    let nobody = [("factor(g)", "d")];
    let refused = names(&Choices { references: &nobody, ..Choices::default() });
    let known = labels("a b c");
    let (variable, level) = ("factor(g)".to_owned(), "d".to_owned());
    assert_eq!(refused, Err(Refusal::UnknownLevel { variable, level, known }));
    let elsewhere = [("h", "a")];
    let refused = names(&Choices { references: &elsewhere, ..Choices::default() });
    assert_eq!(refused, Err(Refusal::UnknownVariable("h".to_owned())));
    let domain: Vec<bool> = G.iter().map(|code| *code == 1).collect();
    let refused = names(&Choices { domain: Some(&domain), ..Choices::default() });
    assert_eq!(refused, Err(Refusal::OneLevel { variable: "factor(g)".to_owned() }));
}

#[test]
fn a_missing_value_leaves_a_record_out() {
    let used = |formula: &str| model(formula).used().iter().filter(|used| **used).count();
    assert_eq!((used("~ g"), used("~ x"), used("x ~ g"), used("~ I(x > 3)")), (12, 11, 11, 11));
    // What is false or true whatever x may be.
    assert_eq!((used("~ I(x > 3 & k > 4)"), used("~ I(x > 3 | k > 3)")), (12, 12));
    assert_eq!((used("~ I(x %in% c(1, 2))"), used("~ I(k %in% 4)")), (11, 12));
    assert_eq!((used("~ I(x > 3 & k > 3)"), used("~ I(x > 3 | k > 4)")), (11, 11));
    assert_eq!((used("~ I(x^0)"), used("~ I(!(x > 3))"), used("~ I(-x)")), (11, 11, 11));
}

#[test]
fn expressions_are_refused_where_they_have_no_value() {
    let refusal = |formula: &str| match model_with(formula, &Choices::default()) {
        Ok(_) => panic!("{formula} has values"),
        Err(refusal) => refusal.to_string(),
    };
    for (formula, want) in [
        ("~ log(k)", "this has no value at 0; leave such records out"),
        ("~ I(x / k)", "this has no value at 3 and 0"),
        ("~ z", "there is no variable `z`; known are: x, k, g, yes"),
        ("~ log(g)", "there is no arithmetic on answers; compare"),
        ("~ I(g == 'A')", "there is no answer `A`; the answers are: a, b, c, d"),
        ("~ I(g %in% c('a', 'e'))", "there is no answer `e`"),
        ("~ I(g < 'b')", "answers can be alike or not, no more"),
        ("~ I(x:k)", "`:` has no meaning within a function"),
        ("~ 'a'", "`a` is a text, not a variable"),
    ] {
        assert!(refusal(formula).starts_with(want), "{formula}: {}", refusal(formula));
    }
}

#[test]
fn a_linear_model_is_that_of_r() {
    let fit = fit("k ~ x * g", "gaussian", Stop::Settled, &W).expect("fits");
    let want = [
        -0.404_388_714_733_538_7,
        1.125_391_849_529_779_9,
        3.096_696_407_041_232_4,
        -1.070_187_556_452_901_8,
        -0.817_699_541_837_472_4,
        0.298_336_964_029_542_2,
    ];
    close(&fit.coefficients, &want, 1e-12);
    let want = [
        1.439_667_658_610_331_9,
        0.171_027_045_754_772_1,
        2.111_837_788_869_927_6,
        1.646_617_252_166_994_8,
        0.274_669_341_549_209_1,
        0.283_866_586_295_755_7,
    ];
    close(&standard_errors(&fit), &want, 1e-12);
    let of_second = [0.0, 0.0, 1.242_603_550_295_857, 0.0, -0.165_680_473_372_781_1, 0.0];
    close(&second(&fit), &of_second, 1e-12);
    let rest = [fit.dispersion.expect("many records"), fit.deviance, fit.null_deviance];
    close(&rest, &[2.032_474_130_194_762, 20.324_741_301_947_62, 95.097_744_360_902_24], 1e-13);
    assert_eq!((fit.iterations, fit.records), (2, 11));
    close(&[fit.freedom(10.0)], &[5.0], 1e-15);
}

/// R with `epsilon = 1e-14`, whose standard errors still hold the weights of the step
/// before the last.
#[test]
fn a_logistic_model_is_that_of_r_when_settled() {
    let fit = fit("yes ~ x + g", "quasibinomial", Stop::Settled, &W).expect("fits");
    let want = [
        -4.433_204_888_616_955,
        1.633_921_486_869_362,
        -2.626_189_190_753_548,
        -6.690_092_078_629_399,
    ];
    close(&fit.coefficients, &want, 1e-11);
    let want = [
        3.671_762_542_215_924,
        1.527_665_216_842_621,
        3.956_076_394_711_156,
        6.409_115_788_862_772,
    ];
    close(&standard_errors(&fit), &want, 1e-10);
    let rest = [fit.dispersion.expect("many records"), fit.deviance, fit.null_deviance];
    close(
        &rest,
        &[0.757_579_419_109_780_9, 9.053_032_220_789_557, 15.021_106_832_223_929],
        1e-12,
    );
}

/// R as it comes.
#[test]
fn a_logistic_model_is_that_of_r_to_the_last_digit() {
    let fit = fit("yes ~ x + g", "quasibinomial", Stop::LikeR, &W).expect("fits");
    let want = [
        -4.433_204_888_614_799,
        1.633_921_486_868_566,
        -2.626_189_190_752_188,
        -6.690_092_078_626_283,
    ];
    close(&fit.coefficients, &want, 1e-13);
    let want = [
        3.671_760_236_198_645,
        1.527_664_354_367_384,
        3.956_075_046_046_998,
        6.409_112_527_370_93,
    ];
    close(&standard_errors(&fit), &want, 1e-12);
    let want = [
        2.075_563_439_595_465,
        -0.866_854_431_804_633,
        3.089_013_583_971_468,
        3.489_635_243_305_45,
    ];
    close(&second(&fit), &want, 1e-12);
    assert_eq!(fit.iterations, 7);
}

#[test]
fn other_links_and_counts_are_those_of_r() {
    let check = |formula: &str, family: &str, coefficients: &[f64], errors: &[f64]| {
        let fit = fit(formula, family, Stop::Settled, &W).expect("fits");
        close(&fit.coefficients, coefficients, 1e-7);
        close(&standard_errors(&fit), errors, 1e-6);
    };
    let b = [-1.469_695_702_026_775, 0.331_890_355_285_209_7];
    check(
        "yes ~ x",
        "binomial(probit)",
        &b,
        &[0.831_415_808_572_064_8, 0.146_737_640_487_297_3],
    );
    let b = [-2.121_282_462_720_788, 0.375_237_535_291_301];
    let cloglog = "quasibinomial(link = \"cloglog\")";
    check("yes ~ x", cloglog, &b, &[1.217_003_854_461_681_7, 0.167_874_942_348_550_4]);
    let b = [
        0.332_042_002_408_870_8,
        0.220_322_984_496_952,
        -0.124_114_997_624_925_6,
        0.226_412_256_925_983_6,
    ];
    let se = [
        0.457_507_329_842_585_5,
        0.054_650_971_641_157_25,
        0.275_716_219_831_799_8,
        0.237_906_551_498_569_8,
    ];
    check("k ~ x + g", "quasipoisson", &b, &se);
}

#[test]
fn the_influence_is_the_derivative_by_weight() {
    for (formula, family) in [("yes ~ x + g", "binomial"), ("k ~ x * g", "poisson")] {
        let at = |change: f64| {
            let mut weights = W;
            weights[4] += change;
            fit(formula, family, Stop::Settled, &weights).expect("fits")
        };
        let slope = |(up, down): (&f64, &f64)| (up - down) / 2e-4;
        let (up, down) = (at(1e-4).coefficients, at(-1e-4).coefficients);
        let slopes: Vec<f64> = up.iter().zip(&down).map(slope).collect();
        let influence: Vec<f64> = at(0.0).influence.iter().map(|u| u[4]).collect();
        close(&influence, &slopes, 1e-5);
    }
}

#[test]
fn weights_have_no_unit() {
    let doubled = W.map(|weight| weight * 64.0);
    let first = fit("yes ~ x", "binomial", Stop::Settled, &W).expect("fits");
    let second = fit("yes ~ x", "binomial", Stop::Settled, &doubled).expect("fits");
    close(&second.coefficients, &first.coefficients, 1e-15);
    close(&[second.influence[1][2] * 64.0], &[first.influence[1][2]], 1e-13);
}

/// R: `svyglm(..., return.replicates = TRUE)` with a second replicate weight.
#[test]
fn a_replicate_is_that_of_r() {
    let check = |formula: &str, family: Family, want: [f64; 2]| {
        let model = model(formula);
        let regression = Regression::new(&model, family, Stop::LikeR).expect("ready");
        let start = regression.fit(&W).expect("fits").coefficients;
        let mut weights = W;
        weights[4] = 6.0;
        close(&regression.coefficients_at(&weights, &start).expect("fits"), &want, 1e-13);
    };
    let logit = Family::Binomial(Link::Logit);
    check("yes ~ x", logit, [-2.651_088_645_999_421, 0.487_916_949_549_343_6]);
    check("k ~ x", Family::Poisson, [0.340_372_377_624_066_7, 0.219_971_323_081_315_2]);
}

#[test]
fn a_replicate_is_a_fit_at_its_weights() {
    let model = model("k ~ x + g");
    let regression = Regression::new(&model, Family::Poisson, Stop::Settled).expect("ready");
    let start = regression.fit(&W).expect("fits").coefficients;
    let mut weights = W;
    weights[1] = 0.0;
    let there = regression.coefficients_at(&weights, &start).expect("fits");
    close(&there, &regression.fit(&weights).expect("fits").coefficients, 1e-12);
    assert!((there[0] - start[0]).abs() > 1e-3);
}

/// R by hand: differences of `plogis(model.matrix(...) %*% coef)`, averaged.
#[test]
fn average_effects_are_those_of_r() {
    let model = model("yes ~ x + g");
    let regression =
        Regression::new(&model, Family::Binomial(Link::Logit), Stop::Settled).expect("ready");
    let fit = regression.fit(&W).expect("fits");
    let questions = model.questions();
    let effects = with_columns(|columns| {
        let effect = |q| model.effect(q, &fit, columns, &W).expect("exists");
        questions.iter().map(effect).collect::<Vec<_>>()
    });
    let values: Vec<f64> = effects.iter().map(|effect| effect.value).collect();
    let want = [-0.198_979_494_025_303_8, -0.482_486_474_569_090_9, 0.230_104_972_206_077_2];
    close(&values, &want, 1e-11);
    assert_eq!(questions[2].contrast, Contrast::Slope);
    let level = Contrast::Level { level: "c".to_owned(), reference: "a".to_owned() };
    assert_eq!(questions[1].contrast, level);
}

#[test]
fn the_influence_on_an_effect_is_its_derivative() {
    let formula = "k ~ log(x) * g + I(sqrt(x + 1) / (x - 10)) + I(-x^2 * exp(-x))";
    let model = model(formula);
    let regression = Regression::new(&model, Family::Poisson, Stop::Settled).expect("ready");
    let at = |change: f64, question: &Question| {
        let mut weights = W;
        weights[4] += change;
        let fit = regression.fit(&weights).expect("fits");
        with_columns(|columns| model.effect(question, &fit, columns, &weights).expect("exists"))
    };
    for question in model.questions() {
        let slope = (at(1e-5, &question).value - at(-1e-5, &question).value) / 2e-5;
        close(&[at(0.0, &question).influence[4]], &[slope], 1e-4);
    }
}

/// Differences between predictions a little to the right and left.
#[test]
fn a_slope_is_that_of_the_prediction() {
    let formula = "k ~ log(x) + I(x / (x + k)) + I(x^3 - 2 * x) + log10(x) - 1";
    let model = model(formula.trim_start_matches("k "));
    let weights = W.map(|_| 1.0);
    let question = model.questions().into_iter().find(|q| q.variable == "x").expect("x");
    let b = [0.3, -0.2, 0.01, 0.5];
    let sum = |x: f64, k: f64| {
        let log10 = libm::log10(x);
        0.3 * libm::log(x) - 0.2 * x / (x + k) + 0.01 * (x * x * x - 2.0 * x) + 0.5 * log10
    };
    let slope = |(x, k): (&f64, &f64)| (sum(x + 1e-4, *k) - sum(x - 1e-4, *k)) / 2e-4;
    let want = X.iter().zip(&K).take(11).map(slope).sum::<f64>() / 11.0;
    let got = with_columns(|columns| {
        model.effect_at(&question, (Family::Gaussian, &b), columns, &weights)
    });
    close(&[got.expect("exists")], &[want], 1e-7);
}

#[test]
fn effects_that_do_not_exist_are_refused() {
    let effects = |formula: &str| {
        let model = model(formula);
        let b = vec![0.1; model.names().len()];
        let effect = |columns: &Columns<'_>, q: &Question| {
            model.effect_at(q, (Family::Gaussian, &b), columns, &W).map(|_| ())
        };
        let questions = model.questions();
        let results = with_columns(|columns| {
            questions.iter().map(|q| effect(columns, q)).collect::<Vec<_>>()
        });
        let text = |r: &Result<(), Refusal>| {
            r.as_ref().map_or_else(Refusal::to_string, |()| "ok".to_owned())
        };
        results.iter().map(text).collect::<Vec<_>>().join("|")
    };
    assert!(effects("~ sqrt(k)").starts_with("this has no slope"));
    assert!(effects("~ x + factor(x)").starts_with("`factor(x)` does not change alone"));
    assert!(effects("~ x + I(x > 3)").ends_with("an average effect"));
    assert_eq!(effects("~ I(x > 3) + k"), "ok|ok");
}

/// R: `exp(cbind(coef, confint))`.
#[test]
fn ratios_are_those_of_r() {
    let ratio = ratio(1.633_921_486_869_362, 1.527_665_216_842_621, 7.0, 0.95).expect("exists");
    let want = [5.123_928_791_420_694, 0.138_285_798_303_911_7, 189.857_863_797_770_48];
    close(&[ratio.ratio, ratio.low, ratio.high], &want, 1e-11);
    assert_eq!(super::ratio(1.0, 0.0, 7.0, 0.95), None);
    assert_eq!(super::ratio(1.0, 1.0, 0.0, 0.95), None);
}

#[test]
fn the_success_is_the_second_answer_unless_chosen() {
    let coefficient = |formula: &str, success| {
        let model = model_with(formula, &Choices { success, ..Choices::default() })?;
        let logit = Family::Binomial(Link::Logit);
        Regression::new(&model, logit, Stop::Settled)?.fit(&W).map(|fit| fit.coefficients[1])
    };
    let up = coefficient("yes ~ x", None).expect("fits");
    close(&[coefficient("yes ~ x", Some("no")).expect("fits")], &[-up], 1e-12);
    close(&[coefficient("I(yes == \"yes\") ~ x", None).expect("fits")], &[up], 1e-13);
    let b = coefficient("g ~ x", Some("b")).expect("fits");
    close(&[coefficient("I(g %in% c('a', 'c')) ~ x", None).expect("fits")], &[-b], 1e-12);
    let references = [("g", "b")];
    let not_b = Choices { references: &references, ..Choices::default() };
    let model = model_with("g ~ x", &not_b).expect("columns");
    let regression = Regression::new(&model, Family::Binomial(Link::Logit), Stop::Settled);
    let fit = regression.and_then(|regression| regression.fit(&W)).expect("fits");
    close(&[fit.coefficients[1]], &[-b], 1e-12);
    let refused = coefficient("g ~ x", None).expect_err("three answers").to_string();
    assert!(refused.starts_with("the response has 3 answers; name the one"), "{refused}");
    let refused = coefficient("g ~ x", Some("d")).expect_err("nobody").to_string();
    assert!(refused.starts_with("no complete record has the answer `d` to `g`"), "{refused}");
}

#[test]
fn what_cannot_be_fitted_is_refused_with_a_remedy() {
    for (formula, family, want) in [
        ("~ x", "gaussian", "the formula has no response"),
        ("yes ~ x", "gaussian", "the response is answers, and this family takes numbers"),
        ("x ~ k", "binomial", "the response is 4, and the family takes 0 to 1"),
        ("I(k - 1) ~ x", "poisson", "the response is -1, and the family takes counts"),
        ("I(0 * k) ~ x", "poisson", "all complete records have the same response"),
        ("I(k > -1) ~ x", "binomial", "all complete records have the same response"),
        (
            "k ~ x + I(2 * x + 1) + g",
            "gaussian",
            "`I(2 * x + 1)` follows from `(Intercept)`, `x`;",
        ),
        ("k ~ I(0 * x)", "gaussian", "`I(0 * x)` is zero for every complete record"),
        (
            "k ~ factor(x) * g",
            "gaussian",
            "11 complete records are too few for 27 coefficients",
        ),
        ("I(k > 4) ~ k", "binomial", "the responses are told apart without error by `k`"),
        ("I(g != 'b' & k > 4) ~ g", "binomial", SEPARATED),
        (
            "I(k * (g == 'a')) ~ g",
            "poisson",
            "the responses are told apart without error by `g`",
        ),
        (
            "I(k > 4) ~ k",
            "binomial(probit)",
            "the responses are told apart without error by `k`",
        ),
    ] {
        let got = refusal(formula, family);
        assert!(got.starts_with(want), "{formula}: {got}");
    }
}

const SEPARATED: &str = "the responses are told apart without error by `g`,";

#[test]
fn weights_are_checked() {
    let fit = |weights: &[f64]| fit("k ~ x", "gaussian", Stop::Settled, weights).err();
    assert_eq!(fit(&W[..5]), Some(Refusal::Lengths));
    let mut weights = W;
    weights[3] = -1.0;
    assert_eq!(fit(&weights), Some(Refusal::Weight(3)));
    assert_eq!(fit(&[0.0; 12]), Some(Refusal::FewRecords { records: 0, coefficients: 2 }));
}

#[test]
fn families_go_by_their_names_in_r() {
    for (name, want) in [
        ("gaussian()", Some(Family::Gaussian)),
        ("quasibinomial", Some(Family::Binomial(Link::Logit))),
        ("binomial(link = 'probit')", Some(Family::Binomial(Link::Probit))),
        ("quasipoisson()", Some(Family::Poisson)),
        ("Gamma", None),
        ("quasigaussian", None),
        ("binomial(link=log)", None),
    ] {
        assert_eq!(Family::named(name), want, "{name}");
    }
}

/// The second derivative against differences of the first, and the first of the mean.
#[test]
fn derivatives_of_the_mean_are_right() {
    for link in [Link::Logit, Link::Probit, Link::CLogLog] {
        let family = Family::Binomial(link);
        for sum in [-2.0, -0.3, 0.4, 1.1] {
            let (up, down) = (sum + 1e-5, sum - 1e-5);
            close(&[family.slope(sum)], &[(family.mean(up) - family.mean(down)) / 2e-5], 1e-7);
            let bend = (family.slope(up) - family.slope(down)) / 2e-5;
            close(&[family.curvature(sum)], &[bend], 1e-6);
            close(&[family.link(family.mean(sum))], &[sum], 1e-12);
        }
    }
}
