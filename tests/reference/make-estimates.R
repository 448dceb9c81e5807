# Makes the cases of means, totals, ratios, shares and quantiles.
source("cases.R")

means <- function(id, design, var, ..., deff = NULL, domain = NULL, stat = "mean") {
  whole <- design$object
  df <- degf(whole)
  d <- if (is.null(domain)) whole else subset_by(whole, domain$r)
  f <- if (stat == "mean") svymean else svytotal
  one <- function(v) {
    effect <- if (is.null(deff)) FALSE else if (deff == "srs_wr") "replace" else TRUE
    rows(f(of(v), answered(d, v), deff = effect), v, df, !is.null(deff))[[1]]
  }
  ask <- list(stat = stat, var = var, missing = "domain")
  ask$domain <- domain$asked
  ask$deff <- deff
  ask <- c(ask, list(...))
  write_case(id, design, ask, list(rows = sapply(var, one, simplify = FALSE), df = df))
}

subset_by <- function(d, condition) {
  inside <- eval(parse(text = condition), d$variables)
  d[which(inside), ]
}
condition <- function(asked, r = asked) list(asked = asked, r = r)

by_groups <- function(id, design, stat, var, by, deff = NULL, ...) {
  df <- degf(design$object)
  d <- answered(design$object, var, by)
  f <- if (stat == "mean") svymean else svytotal
  d$variables$.group <- do.call(paste, c(d$variables[by], sep = ":"))
  one <- function(g) {
    effect <- if (is.null(deff)) FALSE else if (deff == "srs_wr") "replace" else TRUE
    rows(f(of(var), g, deff = effect), var, df, !is.null(deff))[[1]]
  }
  ask <- list(stat = stat, var = var, by = by, missing = "domain")
  ask$deff <- deff
  write_case(id, design, c(ask, list(...)), list(rows = by_level(d, ".group", one), df = df))
}

means("mean-weights-only", poll, "n1", deff = "srs_wr", ci = "wald_t")
means("mean-strata", poll_strata, "n1", deff = "srs_wr")
means("mean-strata-clusters", poll_nested, "n1", deff = "srs_wr")
# The weights of those who answered sum to less than their number: no design effect.
means("mean-deff-wor-none", poll_nested, "n1", deff = "srs_wor")
means("mean-domain-r", poll_clusters, "n1",
      domain = condition("sector == 'Primary' & age %in% c('25-34', '35-44')"))
means("mean-domain-r-missing", poll_clusters, "n1",
      domain = condition("!is.na(q01) & q02 != 'Never' | n1 >= 60"))
means("mean-domain-own", poll_clusters, "n1",
      domain = condition("sector = 'Primary' and age in ('25-34', '35-44')",
                         "sector == 'Primary' & age %in% c('25-34', '35-44')"))
means("mean-domain-own-not", stratified, c("api00", "enroll"),
      domain = condition("not (stype = 'E') and meals < 50", "stype != 'E' & meals < 50"))
means("mean-domain-deff", one_stage, "api00", deff = "srs_wor",
      domain = condition("comp.imp == \"Yes\"", "comp.imp == 'Yes'"))
means("total-strata-deff-wor", stratified, c("enroll", "api.stu"), stat = "total",
      deff = "srs_wor")
means("total-clusters-nested", small, "x", stat = "total", deff = "srs_wr")
means("total-two-stage-domain", two_stage, "enroll", stat = "total",
      domain = condition("stype == 'E'"))
by_groups("mean-by-two", stratified, "mean", "api00", c("stype", "awards"))
by_groups("mean-by-deff-wr", poll_clusters, "mean", "n1", "role", "srs_wr")
by_groups("mean-by-deff-wor", two_stage, "mean", "api00", "awards", "srs_wor")
by_groups("total-by-deff-wr", stratified, "total", "enroll", "awards", "srs_wr")

# Answers as numbers, numbers as answers.
agreement <- c("Strongly agree" = 2, Agree = 1, "Neither agree nor disagree" = 0,
               Disagree = -1, "Strongly disagree" = -2)
scored <- function(id, design, by = NULL, stat = "mean", deff = NULL) {
  design$object <- update(design$object, q01 = unname(agreement[q01]))
  df <- degf(design$object)
  ask <- list(stat = stat, var = "q01", scores = as.list(agreement), missing = "domain")
  ask$by <- by
  ask$deff <- deff
  f <- if (stat == "mean") svymean else svytotal
  effect <- if (is.null(deff)) FALSE else "replace"
  one <- function(g) rows(f(~q01, answered(g, "q01"), deff = effect), "q01", df, !is.null(deff))
  answer <- if (is.null(by)) one(design$object) else {
    by_level(design$object, by, function(g) one(g)[[1]])
  }
  write_case(id, design, ask, list(rows = answer, df = df))
}
scored("mean-scores", poll_clusters, deff = "srs_wr")
scored("mean-scores-by", poll, by = "sector")

factor_of <- function(id, design, stat, var, ..., by = NULL, names = identity) {
  df <- degf(design$object)
  f <- if (stat == "mean") svymean else svytotal
  one <- function(g) {
    g <- answered(g, var)
    found <- f(as.formula(paste0("~factor(`", var, "`)")), g)
    rows(found, names(levels_of(g, var)), df)
  }
  d <- design$object
  answer <- list(rows = if (is.null(by)) one(d) else by_level(d, by, one), df = df)
  ask <- list(stat = stat, var = var, missing = "domain", ...)
  ask$by <- by
  write_case(id, design, ask, answer)
}
factor_of("mean-factor", poll_clusters, "mean", "q02", as = "factor")
factor_of("mean-factor-text", stratified, "mean", "stype")
factor_of("mean-factor-names-of-r", stratified, "mean", "stype", as = "factor",
          names = function(levels) paste0("stype", levels))
factor_of("total-factor", stratified, "total", "stype", as = "factor")

# Covariances of several means: of the records that have all of them.
covariances <- function(id, design, var, stat = "mean", style = "lists") {
  d <- answered(design$object, var)
  found <- (if (stat == "mean") svymean else svytotal)(as_formula(var), d)
  df <- degf(design$object)
  v <- vcov(found)
  row <- function(i) {
    if (style == "lists") v[i, ] else as.list(setNames(v[i, ], var))
  }
  matrix <- lapply(seq_along(var), row)
  if (style != "lists") names(matrix) <- var
  write_case(id, design, list(stat = stat, var = var, missing = "domain", vcov = TRUE),
             list(rows = rows(found, var, df), vcov = matrix, df = df))
}
covariances("mean-vcov", stratified, c("api00", "api99", "enroll"))
covariances("mean-vcov-missing", two_stage, c("api00", "avg.ed"), style = "names")
covariances("total-vcov", one_stage, c("enroll", "api.stu"), stat = "total")

ratios <- function(id, design, num, den, by = NULL, domain = NULL) {
  d <- answered(design$object, num, den)
  if (!is.null(domain)) d <- subset_by(d, domain)
  df <- degf(design$object)
  one <- function(g) {
    found <- svyratio(of(num), of(den), g)
    figures(coef(found), SE(found), df)
  }
  ask <- list(stat = "ratio", num = num, den = den, missing = "domain")
  ask$by <- by
  ask$domain <- domain
  answer <- if (is.null(by)) one(d) else list(rows = by_level(d, by, one))
  write_case(id, design, ask, c(answer, df = df))
}
ratios("ratio-weights-only", simple, "api.stu", "enroll")
ratios("ratio-clusters-by", one_stage, "api.stu", "enroll", by = "stype")
ratios("ratio-two-stage-domain", two_stage, "api.stu", "enroll", domain = "stype == 'E'")
ratios("ratio-missing", stratified, "growth", "target", by = "comp.imp")

# R's own functions; `svyciprop(method = "beta")` takes the degrees of freedom of the group.
limits <- function(d, df, method) {
  m <- svymean(~.yes, d)
  p <- coef(m)[[1]]
  n <- p * (1 - p) / vcov(m)[[1]]
  t <- qt(0.975, df)
  if (method == "wald_t") return(wald(p, SE(m)[[1]], df))
  if (method == "korn_graubard_beta") {
    n <- n * (qt(0.975, nrow(d) - 1) / t)^2
    return(c(qbeta(0.025, n * p, n * (1 - p) + 1), qbeta(0.975, n * p + 1, n * (1 - p))))
  }
  r <- c(logit = "logit", arcsine = "asin", profile_likelihood = "likelihood",
         wilson_effective_n = "wilson")[[method]]
  as.vector(attr(svyciprop(~.yes, d, method = r, df = df), "ci"))
}
of_levels <- function(d, var, levels) {
  d <- answered(d, var)
  update(d, .yes = as.numeric(d$variables[[var]] %in% levels))
}
share <- function(d, var, levels, df, ci) {
  d <- of_levels(d, var, levels)
  m <- svymean(~.yes, d)
  all <- sapply(ci, function(method) limits(d, df, method), simplify = FALSE)
  list(est = coef(m)[[1]], se = SE(m)[[1]], ci = if (length(ci) > 1) all else all[[1]])
}
every <- c("wald_t", "logit", "korn_graubard_beta", "wilson_effective_n", "arcsine",
           "profile_likelihood")

proportion <- function(id, design, var, ..., of = NULL, ci = "wald_t", by = NULL, each = FALSE,
                       rel_tol = 1e-8) {
  d <- design$object
  df <- degf(d)
  one <- function(g) {
    levels <- if (is.null(of)) levels_of(g, var) else of
    if (!each) return(share(g, var, levels, df, ci))
    sapply(levels, function(l) share(g, var, l, df, ci), simplify = FALSE)
  }
  found <- if (is.null(by)) one(d) else by_level(d, by, one)
  answer <- if (each || !is.null(by)) list(rows = found) else found
  ask <- list(stat = "proportion", var = var, ..., missing = "domain", ci = ci)
  ask$by <- by
  write_case(id, design, ask, c(answer, df = df), rel_tol)
}
net <- c("Strongly agree", "Agree")
proportion("proportion-weights-only", poll, "q01", each = TRUE)
proportion("proportion-strata", poll_strata, "q03", each = TRUE)
proportion("proportion-two-stage", two_stage, "stype", each = TRUE, ci = "arcsine")
proportion("proportion-levels-each", poll_clusters, "q01", levels = net, of = net, each = TRUE,
           ci = "wilson_effective_n")
proportion("proportion-levels-together", poll_clusters, "q01", levels = net, of = net,
           ci = every, rel_tol = 1e-5)
proportion("proportion-equals", stratified, "awards", equals = "Yes", of = "Yes", ci = every,
           rel_tol = 1e-5)
proportion("proportion-by-equals", poll_clusters, "q03", equals = "Very satisfied",
           of = "Very satisfied", by = "sector", ci = "korn_graubard_beta")
proportion("proportion-by-intervals", one_stage, "comp.imp", levels = "Yes", of = "Yes",
           by = "stype", ci = every[1:5], rel_tol = 1e-5)
proportion("proportion-by-each", poll_nested, "q01", by = "gender", each = TRUE)
proportion("proportion-rare", poll_clusters, "gender", levels = "Non-binary",
           of = "Non-binary", ci = every, rel_tol = 1e-5)

quantiles <- function(id, design, var, p, rule, type = "mean", by = NULL, domain = NULL, ...) {
  d <- answered(design$object, var)
  if (!is.null(domain)) d <- subset_by(d, domain)
  df <- degf(design$object)
  one <- function(g) {
    q <- svyquantile(of(var), g, p, qrule = rule, df = df, interval.type = type)[[1]]
    row <- function(i) {
      list(est = q[i, 1][[1]], ci = as.vector(q[i, 2:3]), se = q[i, 4][[1]])
    }
    setNames(lapply(seq_along(p), row), p)
  }
  ask <- list(stat = "quantile", var = var, p = p, rule = rule, missing = "domain", ...)
  ask$by <- by
  ask$domain <- domain
  answer <- if (is.null(by)) one(d) else by_level(d, by, one)
  write_case(id, design, ask, list(rows = answer, df = df))
}
for (rule in c("school", paste0("hf", 1:9))) {
  quantiles(paste0("quantile-rule-", rule), poll_clusters, "n1", c(0.1, 0.5, 0.75), rule,
            ci = "woodruff")
}
quantiles("quantile-weights-only", simple, "api00", c(0.072, 0.468, 0.933), "math",
          ci = "woodruff")
quantiles("quantile-strata-limits-beta", stratified, "enroll", c(0.25, 0.5, 0.75), "math",
          "beta", ci = "woodruff", limits = "beta")
quantiles("quantile-strata-limits-logit", stratified, "enroll", c(0.25, 0.5, 0.75), "math",
          "xlogit", ci = "woodruff", limits = "logit")
quantiles("quantile-limits-xlogit", poll_nested, "n1", 0.5, "school", "xlogit",
          ci = "woodruff_xlogit")
quantiles("quantile-limits-as-object", two_stage, "api00", c(0.25, 0.75), "hf6", "beta",
          ci = list(method = "woodruff", limits = "beta"))
quantiles("quantile-two-stage-by", two_stage, "api00", c(0.25, 0.5), "hf7", by = "awards",
          ci = "woodruff")
quantiles("quantile-domain", poll_clusters, "n1", 0.5, "math", domain = "sector == 'Primary'",
          ci = "woodruff")

cells <- function(id, design, r, c, share, nested = TRUE) {
  d <- answered(design$object, r, c)
  df <- degf(design$object)
  cell <- function(i, j) {
    v <- d$variables
    inside <- switch(share, row = v[[r]] == i, col = v[[c]] == j, total = rep(TRUE, nrow(v)))
    g <- d[which(inside), ]
    g <- update(g, .in = as.numeric(g$variables[[r]] == i & g$variables[[c]] == j))
    rows(svymean(~.in, g), "in", df)[[1]]
  }
  found <- sapply(levels_of(d, r), function(i) {
    sapply(levels_of(d, c), function(j) cell(i, j), simplify = FALSE)
  }, simplify = FALSE)
  if (!nested) {
    found <- setNames(do.call(base::c, found), outer_names(levels_of(d, r), levels_of(d, c)))
  }
  write_case(id, design,
             list(stat = "table_cells", rows = r, cols = c, share = share, missing = "domain"),
             list(rows = found, df = df))
}
outer_names <- function(a, b) paste(rep(a, each = length(b)), b, sep = ":")
cells("table-cells-row", poll_clusters, "q01", "sector", "row")
cells("table-cells-col", poll_nested, "q03", "gender", "col")
cells("table-cells-total", poll, "role", "q02", "total", nested = FALSE)
cells("table-cells-two-stage", two_stage, "stype", "awards", "col")
