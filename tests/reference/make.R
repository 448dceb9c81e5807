# Makes the reference cases on the samples of Californian schools (cases/schools-*.json).
#
# Made with R 4.2.2, survey 4.5 and jsonlite 1.8.4. Run in the folder of this script:
#   Rscript make.R
# The other cases came with the data in data/ and are not made here.

library(survey)
library(jsonlite)

read <- function(file) read.csv(file, na.strings = "", check.names = FALSE)
folder <- "../../samples/api-schools/"
strat <- read(paste0(folder, "apistrat.csv"))
clus1 <- read(paste0(folder, "apiclus1.csv"))
clus2 <- read(paste0(folder, "apiclus2.csv"))

# A design: R's object, the data file, and the keys of the case.
design <- function(object, file, ...) {
  list(object = object, data = paste0(folder, file), keys = list(...))
}
stratified <- design(
  svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = strat),
  "apistrat.csv", weights = "pw", strata = "stype", fpc = "fpc")
one_stage <- design(
  svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = clus1),
  "apiclus1.csv", weights = "pw", cluster = "dnum", fpc = "fpc")
two_stage <- design(
  svydesign(id = ~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2, data = clus2),
  "apiclus2.csv", weights = "pw", cluster = c("dnum", "snum"), fpc = c("fpc1", "fpc2"))
designs <- list(stratified = stratified, "one-stage" = one_stage, "two-stage" = two_stage)

# Counties as strata: 13 of 40 have one school, and 17 of 26 one district.
lonely <- function(rule, clusters) {
  if (clusters) {
    design(svydesign(id = ~dnum, strata = ~cname, weights = ~pw, data = clus2),
           "apiclus2.csv", weights = "pw", strata = "cname", cluster = "dnum",
           lonely_psu = rule)
  } else {
    design(svydesign(id = ~1, strata = ~cname, weights = ~pw, data = strat),
           "apistrat.csv", weights = "pw", strata = "cname", lonely_psu = rule)
  }
}

write_case <- function(id, design, ask, answer, rel_tol = 1e-8, note = NULL) {
  case <- list(id = paste0("schools-", id), data = design$data, design = design$keys,
               ask = ask, answer = answer, rel_tol = rel_tol)
  case$note <- note
  text <- toJSON(case, auto_unbox = TRUE, digits = NA, pretty = TRUE)
  # Short lists on one line.
  text <- gsub("\\[\\s+([^][{}]*?)\\s+\\]", "[\\1]", text, perl = TRUE)
  text <- gsub(",\\s*\n\\s*(-?[0-9\"][^\":{}]*[]])", ", \\1", text, perl = TRUE)
  writeLines(text, paste0("cases/schools-", id, ".json"))
}

wald <- function(est, se, df) est + c(-1, 1) * qt(0.975, df) * se

figures <- function(est, se, df) list(est = est, se = se, ci = wald(est, se, df))

# Est, se, interval and, if asked for, design effect of each variable.
rows_of <- function(stat, names, df, deff = FALSE) {
  rows <- lapply(seq_along(names), function(i) {
    row <- figures(coef(stat)[[i]], SE(stat)[[i]], df)
    if (deff) row$deff <- survey::deff(stat)[[i]]
    row
  })
  setNames(rows, names)
}

# A formula of one column, whatever its name.
of <- function(name) as.formula(paste0("~`", name, "`"))
group <- function(d, by, level) d[which(d$variables[[by]] == level), ]
levels_of <- function(d, by) sort(unique(na.omit(as.character(d$variables[[by]]))))
answered <- function(d, var) d[!is.na(d$variables[[var]]), ]

means <- function(id, design, var, deff) {
  d <- design$object
  r <- if (deff == "srs_wr") "replace" else TRUE
  rows <- lapply(var, function(v) {
    rows_of(svymean(of(v), answered(d, v), deff = r), v, degf(d), TRUE)[[1]]
  })
  ask <- list(stat = "mean", var = var, missing = "domain", ci = "wald_t", deff = deff)
  write_case(id, design, ask, list(rows = setNames(rows, var), df = degf(d)))
}

totals <- function(id, design, var) {
  d <- design$object
  total <- svytotal(of(var), answered(d, var), deff = "replace")
  ask <- list(stat = "total", var = var, missing = "domain", deff = "srs_wr")
  write_case(id, design, ask, list(rows = rows_of(total, var, degf(d), TRUE), df = degf(d)))
}

# A mean or total by the answers of another column.
by_group <- function(id, design, stat, var, by, deff = NULL) {
  d <- design$object
  of_group <- function(level) {
    g <- answered(group(d, by, level), var)
    f <- if (stat == "mean") svymean else svytotal
    r <- if (is.null(deff)) FALSE else if (deff == "srs_wr") "replace" else TRUE
    rows_of(f(of(var), g, deff = r), level, degf(d), !is.null(deff))[[1]]
  }
  levels <- levels_of(d, by)
  rows <- setNames(lapply(levels, of_group), levels)
  ask <- list(stat = stat, var = var, by = by, missing = "domain")
  ask$deff <- deff
  write_case(id, design, ask, list(rows = rows, df = degf(d)))
}

shares_by_group <- function(id, design, var, by) {
  d <- design$object
  of_group <- function(level) {
    stat <- svymean(of(var), answered(group(d, by, level), var))
    rows_of(stat, sub(paste0("`?", var, "`?"), "", names(coef(stat))), degf(d))
  }
  levels <- levels_of(d, by)
  ask <- list(stat = "proportion", var = var, by = by, missing = "domain", ci = "wald_t")
  rows <- setNames(lapply(levels, of_group), levels)
  write_case(id, design, ask, list(rows = rows, df = degf(d)))
}

# Wilson (1927) with p(1-p)/v for n and t for z.
wilson <- function(p, v, df) {
  n <- p * (1 - p) / v
  t <- qt(0.975, df)
  centre <- p + t^2 / (2 * n)
  half <- t * sqrt(p * (1 - p) / n + t^2 / (4 * n^2))
  (centre + c(-1, 1) * half) / (1 + t^2 / n)
}

intervals <- function(id, design, var, level, by = NULL, at = NULL) {
  whole <- design$object
  d <- answered(whole, var)
  if (!is.null(by)) d <- group(d, by, at)
  d <- update(d, .yes = as.numeric(d$variables[[var]] == level))
  df <- degf(whole)
  ci <- function(method) {
    as.vector(attr(svyciprop(~.yes, d, method = method, df = df), "ci"))
  }
  # svyciprop(method = "beta") takes the degrees of freedom of the group: done by hand.
  beta <- function() {
    m <- svymean(~.yes, d)
    p <- coef(m)[[1]]
    n <- p * (1 - p) / vcov(m)[[1]] * (qt(0.025, nrow(d) - 1) / qt(0.025, df))^2
    c(qbeta(0.025, n * p, n * (1 - p) + 1), qbeta(0.975, n * p + 1, n * (1 - p)))
  }
  m <- svymean(~.yes, d)
  ci <- list(wald_t = wald(coef(m)[[1]], SE(m)[[1]], df), logit = ci("logit"),
             korn_graubard_beta = beta(),
             wilson_effective_n = wilson(coef(m)[[1]], vcov(m)[[1]], df),
             arcsine = ci("asin"), profile_likelihood = ci("likelihood"))
  figures <- list(est = coef(m)[[1]], se = SE(m)[[1]], ci = ci)
  ask <- list(stat = "proportion", var = var, levels = level, missing = "domain",
              ci = names(ci))
  answer <- c(figures, df = df)
  if (!is.null(by)) {
    ask$domain <- paste0(by, " == '", at, "'")
  }
  note <- "R's logit and likelihood limits are of an iterative fit"
  write_case(id, design, ask, answer, 1e-6, note)
}

quantiles <- function(id, design, var, p, rule, type, by = NULL) {
  d <- design$object
  df <- degf(d)
  of_group <- function(g) {
    q <- svyquantile(of(var), answered(g, var), p, qrule = rule, df = df, ci = TRUE,
                     interval.type = c(mean = "mean", beta = "beta", logit = "xlogit")[[type]])
    rows <- lapply(seq_along(p), function(i) {
      row <- q[[1]][i, ]
      list(est = row[["quantile"]], ci = c(row[["ci.2.5"]], row[["ci.97.5"]]), se = row[["se"]])
    })
    setNames(rows, p)
  }
  ci <- if (type == "mean") "woodruff" else paste0("woodruff_", type)
  ask <- list(stat = "quantile", var = var, p = p, rule = rule, ci = ci, missing = "domain")
  ask$by <- by
  rows <- if (is.null(by)) of_group(d) else {
    levels <- levels_of(d, by)
    setNames(lapply(levels, function(l) of_group(group(d, by, l))), levels)
  }
  write_case(id, design, ask, list(rows = rows, df = df))
}

ratios <- function(id, design, num, den, by = NULL) {
  d <- design$object
  df <- degf(d)
  of_group <- function(g) {
    r <- svyratio(of(num), of(den), answered(answered(g, num), den))
    figures(coef(r)[[1]], SE(r)[[1]], df)
  }
  ask <- list(stat = "ratio", num = num, den = den, missing = "domain")
  ask$by <- by
  answer <- if (is.null(by)) of_group(d) else {
    levels <- levels_of(d, by)
    list(rows = setNames(lapply(levels, function(l) of_group(group(d, by, l))), levels))
  }
  write_case(id, design, ask, answer)
}

independence <- function(id, design, rows, cols) {
  d <- answered(answered(design$object, rows), cols)
  test <- svychisq(as.formula(paste0("~`", rows, "` + `", cols, "`")), d, statistic = "F")
  ask <- list(stat = "table_test", rows = rows, cols = cols, test = "rao_scott_2nd_order_F",
              missing = "domain")
  answer <- list(statistic = test$statistic[[1]], p = test$p.value[[1]],
                 ndf = test$parameter[["ndf"]], ddf = test$parameter[["ddf"]])
  write_case(id, design, ask, answer, 1e-7)
}

ttests <- function(id, design, var, keys, formula) {
  test <- svyttest(formula, design$object)
  answer <- list(t = test$statistic[[1]], df = test$parameter[[1]], p = test$p.value[[1]],
                 est = test$estimate[[1]], ci = as.vector(test$conf.int))
  write_case(id, design, c(list(stat = "ttest", var = var), keys), answer, 1e-7)
}

cells <- function(id, design, rows, cols, share) {
  d <- answered(answered(design$object, rows), cols)
  cell <- function(r, c) {
    within <- switch(share, row = group(d, rows, r), col = group(d, cols, c), total = d)
    v <- within$variables
    within <- update(within, .in = as.numeric(v[[rows]] == r & v[[cols]] == c))
    rows_of(svymean(~.in, within), "in", degf(design$object))[[1]]
  }
  answer <- lapply(levels_of(d, rows), function(r) {
    setNames(lapply(levels_of(d, cols), function(c) cell(r, c)), levels_of(d, cols))
  })
  answer <- list(rows = setNames(answer, levels_of(d, rows)))
  write_case(id, design, list(stat = "table_cells", rows = rows, cols = cols, share = share),
             answer)
}

for (name in names(designs)) {
  d <- designs[[name]]
  id <- function(what) paste0(name, "-", what)
  means(id("means"), d, c("api00", "api99", "enroll", "target", "mobility", "avg.ed"), "srs_wr")
  totals(id("total"), d, "enroll")
  by_group(id("mean-by-type"), d, "mean", "api00", "stype", "srs_wr")
  by_group(id("mean-by-awards"), d, "mean", "target", "awards")
  by_group(id("total-by-type"), d, "total", "enroll", "stype")
  intervals(id("intervals"), d, "sch.wide", "No")
  intervals(id("intervals-middle"), d, "comp.imp", "Yes", "stype", "M")
  shares_by_group(id("shares-by-type"), d, "awards", "stype")
  quantiles(id("quantiles"), d, "api00", c(0.1, 0.25, 0.5, 0.75, 0.9), "math", "mean")
  quantiles(id("medians-by-type"), d, "api00", 0.5, "math", "mean", "stype")
  independence(id("independence"), d, "awards", "stype")
}
means("two-stage-means-wor", two_stage, c("api00", "meals", "ell"), "srs_wor")
shares_by_group("stratified-shares-by-target", stratified, "stype", "sch.wide")
quantiles("two-stage-quantiles-beta", two_stage, "enroll", c(0.25, 0.5), "school", "beta")
quantiles("one-stage-quantiles-logit", one_stage, "meals", c(0.25, 0.5), "hf7", "logit")
ratios("two-stage-ratio", two_stage, "api.stu", "enroll")
ratios("stratified-ratio-by-type", stratified, "api.stu", "enroll", "stype")
cells("one-stage-cells-total", one_stage, "awards", "stype", "total")
cells("stratified-cells-row", stratified, "awards", "stype", "row")
ttests("stratified-ttest", stratified, "api00", list(group = "awards"), api00 ~ awards)
ttests("two-stage-ttest-paired", two_stage, "api00", list(paired_with = "api99"),
       I(api00 - api99) ~ 0)

for (rule in c("adjust", "average", "certainty", "remove")) {
  options(survey.lonely.psu = rule)
  for (clusters in c(FALSE, TRUE)) {
    d <- lonely(rule, clusters)
    id <- function(what) paste0("single-", if (clusters) "clusters-", rule, "-", what)
    means(id("means"), d, c("api00", "enroll"), "srs_wr")
    if (rule %in% c("certainty", "remove")) next
    # Here it matters that counties without a school of the type are left out.
    by_group(id("mean-by-type"), d, "mean", "api00", "stype")
    by_group(id("total-by-type"), d, "total", "enroll", "stype")
  }
}
options(survey.lonely.psu = "fail")

# Answers with numbers, numbers that are names, and a condition.
scores <- svymean(~I(ifelse(comp.imp == "Yes", 1.5, -2)), stratified$object)
df <- degf(stratified$object)
write_case("stratified-scores", stratified,
           list(stat = "mean", var = "comp.imp", scores = list(Yes = 1.5, No = -2)),
           list(rows = rows_of(scores, "comp.imp", df), df = df))
counties <- svymean(~factor(cnum), one_stage$object)
df <- degf(one_stage$object)
write_case("one-stage-factor", one_stage, list(stat = "mean", var = "cnum", as = "factor"),
           list(rows = rows_of(counties, sub(".*)", "", names(coef(counties))), df), df = df))
good <- subset(two_stage$object, stype == "E" & api00 > 600)
df <- degf(two_stage$object)
write_case("two-stage-domain", two_stage,
           list(stat = "mean", var = "enroll", domain = "stype == 'E' & api00 > 600",
                missing = "domain"),
           list(rows = rows_of(svymean(~enroll, good, na.rm = TRUE), "enroll", df), df = df))
