//! What figures and intervals may be called: the names of R, and some that others use.

use pollsmith::stats::ProportionMethod;

/// Keys of an answer that hold rows and say nothing else.
pub(crate) const CONTAINERS: [&str; 7] =
    ["adjusted", "coefficients", "estimates", "pairs", "results", "rows", "then"];

/// Keys of an answer that are about the making of it.
const COMMENTS: [&str; 7] =
    ["converged", "family", "iterations", "method", "note", "null.value", "test"];

/// Other names of figures.
const FIGURES: [(&str, &[&str]); 24] = [
    (
        "est",
        &[
            "b",
            "coef",
            "coefficient",
            "coefficients",
            "contrast",
            "cor",
            "diff",
            "difference",
            "est",
            "estimate",
            "mean",
            "proportion",
            "quantile",
            "ratio",
            "share",
            "slope",
            "total",
            "value",
            "variance",
        ],
    ),
    ("se", &["SE", "se", "std.error", "std_error", "stderr"]),
    ("ci", &["CI", "ci", "ci95", "conf.int", "conf_int", "interval", "limits"]),
    ("low", &["ci_l", "ci_low", "ci_lower", "low", "lower"]),
    ("high", &["ci_high", "ci_u", "ci_upper", "high", "upper"]),
    ("deff", &["DEff", "deff", "design_effect"]),
    ("var", &["var"]),
    ("cv", &["cv"]),
    ("vcov", &["V", "cov", "covariance", "covmat", "vcov"]),
    ("t", &["statistic", "t", "t_value", "tvalue", "z"]),
    (
        "statistic",
        &["F", "Wald", "X2", "X_squared", "chisq", "chi_squared", "statistic", "stat"],
    ),
    ("df", &["ddf", "degf", "df", "df.residual", "df_residual", "parameter"]),
    ("ndf", &["df", "df1", "ndf", "numdf", "num_df", "parameter"]),
    ("ddf", &["ddf", "dendf", "den_df", "denom_df", "df2"]),
    ("p", &["P", "p", "p.value", "p_raw", "p_value", "pvalue"]),
    ("p_bonferroni", &["bonferroni", "bonf", "p_bonf", "p_bonferroni"]),
    ("p_holm", &["holm", "p_holm"]),
    ("p_bh", &["BH", "benjamini_hochberg", "bh", "fdr", "p_bh", "p_BH", "p_fdr"]),
    ("p_adjusted", &["p", "p.adjust", "p_adj", "p_adjusted"]),
    ("n", &["count", "n", "nobs", "unweighted_n"]),
    ("neff", &["effective_n", "ess", "n_eff", "neff"]),
    ("kish_deff", &["deff", "deff_kish", "kish", "kish_deff"]),
    ("sum", &["N", "sum", "sum_of_weights", "total"]),
    ("scale", &["scale"]),
];

/// The figures that a key may mean, the likeliest first.
pub(crate) fn figures(key: &str) -> Vec<&'static str> {
    let own = |(figure, _): &(&str, &[&str])| *figure != key;
    let mut found: Vec<(&str, &[&str])> =
        FIGURES.into_iter().filter(|(_, names)| names.contains(&key)).collect();
    found.sort_by_key(own);
    let others = ["max", "min", "weights"].into_iter().filter(|figure| *figure == key);
    found.into_iter().map(|(figure, _)| figure).chain(others).collect()
}

/// Whether a key of an answer is about the making of it.
pub(crate) fn is_comment(key: &str) -> bool {
    COMMENTS.contains(&key)
}

/// The method of an interval of a share.
pub(crate) fn method(name: &str) -> Option<ProportionMethod> {
    let own = match name {
        "mean" | "t" | "wald" | "normal" => "wald_t",
        "xlogit" => "logit",
        "beta" | "korn_graubard" | "korn-graubard" => "korn_graubard_beta",
        "wilson" => "wilson_effective_n",
        "asin" => "arcsine",
        "likelihood" | "profile" => "profile_likelihood",
        other => other,
    };
    ProportionMethod::named(own)
}
